-- How a claim payment waited before a person decided on it, for whoever takes that back; empty of those
-- on which nobody decided.
ALTER TABLE claim_payments ADD COLUMN waited TEXT NOT NULL DEFAULT '';
