-- Coordination of benefits: which claim was made for the payer after another's, and whether a claim
-- goes on to its next payer.
ALTER TABLE claims ADD COLUMN follows INTEGER REFERENCES claims (id);
CREATE INDEX claims_by_follows ON claims (follows) WHERE follows IS NOT NULL;

-- For statements: all claims of a patient.
CREATE INDEX claims_of_patient ON claims (patient);

CREATE TABLE next_payers (
    claim INTEGER PRIMARY KEY REFERENCES claims (id),
    -- How often it was asked, so that an answer to an earlier asking is known as such.
    asked INTEGER NOT NULL,
    is_due INTEGER NOT NULL,
    -- The last answer; empty before the first.
    answer TEXT NOT NULL,
    note TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX next_payers_due ON next_payers (claim) WHERE is_due <> 0;
