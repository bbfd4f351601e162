-- Under which numbers (TRN03) and names a payer paid before: whoever comes by its channel under others is
-- somebody else.
CREATE INDEX payments_by_payer ON payments (payer, payer_id);
