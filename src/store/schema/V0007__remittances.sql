-- What is kept of remittances: how sure each match is and of which lines, what was posted of it and
-- what waits in suspense, what payers carry forward and take back, and which rules they break.
ALTER TABLE claim_payments ADD COLUMN tier TEXT NOT NULL DEFAULT '6 unknown';
ALTER TABLE claim_payments ADD COLUMN lines TEXT NOT NULL DEFAULT '';
-- paid, denied or reversed; empty when nothing of it was posted.
ALTER TABLE claim_payments ADD COLUMN word TEXT NOT NULL DEFAULT '';
-- What of it waits on the account of suspense, in cents.
ALTER TABLE claim_payments ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0;
CREATE INDEX claim_payments_suspended ON claim_payments (id) WHERE suspended <> 0;
-- Of what came before, what its status says; what was matched then was posted.
UPDATE claim_payments SET tier = '2 control number' WHERE claim IS NOT NULL;
UPDATE claim_payments SET word = CASE status WHEN '22' THEN 'reversed' WHEN '4' THEN 'denied'
    WHEN '25' THEN '' WHEN '23' THEN '' ELSE 'paid' END
    WHERE claim IS NOT NULL AND EXISTS (SELECT 1 FROM postings
        WHERE postings.payment = claim_payments.payment AND postings.claim = claim_payments.claim);
UPDATE claim_payments SET suspended = paid WHERE EXISTS (SELECT 1 FROM postings
    WHERE postings.payment = claim_payments.payment AND postings.account = 'suspense'
    AND postings.place_segment = claim_payments.place_segment);

ALTER TABLE payments ADD COLUMN payee TEXT NOT NULL DEFAULT '';
CREATE INDEX payments_by_trace ON payments (trace, payee, payer);
CREATE INDEX payments_by_arrival ON payments (arrival);

-- The byte of the CLP in the item's arrival whose money waits.
ALTER TABLE work ADD COLUMN remitted INTEGER;

-- Entries of PLB, as they stand: positive lowers a payment.
CREATE TABLE provider_adjustments (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payments (id),
    payer TEXT NOT NULL,
    payee TEXT NOT NULL,
    reason TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount INTEGER NOT NULL,
    claim INTEGER REFERENCES claims (id),
    -- What explains it; empty when nothing does.
    origin TEXT NOT NULL,
    place_offset INTEGER NOT NULL,
    place_segment INTEGER NOT NULL,
    place_element INTEGER NOT NULL,
    place_component INTEGER NOT NULL,
    place_repeat INTEGER NOT NULL
);
CREATE INDEX provider_adjustments_carried
    ON provider_adjustments (payer, payee, reason, reference, amount)
    WHERE reason IN ('FB', 'WO', 'WU', '72');

-- Rules of remittances that payers break, each once for a remittance.
CREATE TABLE broken_rules (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payments (id),
    rule TEXT NOT NULL,
    times INTEGER NOT NULL,
    place_offset INTEGER NOT NULL,
    place_segment INTEGER NOT NULL,
    place_element INTEGER NOT NULL,
    place_component INTEGER NOT NULL,
    place_repeat INTEGER NOT NULL,
    what TEXT NOT NULL
);
CREATE INDEX broken_rules_by_payment ON broken_rules (payment);

CREATE INDEX claims_by_billing_npi ON claims (billing_npi);
-- For money under a number that is none of ours.
CREATE INDEX claims_by_charge ON claims (charge, service_from);

-- One row: a digest over all postings since this version, each drawn into the one before it, so that
-- what is changed or lost afterwards is found. Those up to `after` came before.
CREATE TABLE ledger (
    after INTEGER NOT NULL,
    postings INTEGER NOT NULL,
    digest BLOB NOT NULL
);
INSERT INTO ledger (after, postings, digest)
    SELECT COALESCE(MAX(id), 0), 0, zeroblob(32) FROM postings;
