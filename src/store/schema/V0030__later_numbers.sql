-- The numbers by which payers after its own know a claim: a takeback may name it by such a number alone.
CREATE INDEX claim_payments_by_later_number ON claim_payments (payer_control_number)
    WHERE claim IS NOT NULL AND status <> '1' AND payer_control_number <> '';
