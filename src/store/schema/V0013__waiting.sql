-- Claim payments that are posted by themselves when what they wait for comes: a reversal waits for the
-- payment that it takes back, a payment that was said twice for the reversal of the other. They may be
-- of no money.
ALTER TABLE claim_payments ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
DROP INDEX claim_payments_suspended;
CREATE INDEX claim_payments_suspended ON claim_payments (id) WHERE suspended <> 0 OR waits <> 0;
