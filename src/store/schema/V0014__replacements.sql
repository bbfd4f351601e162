-- Which claim went out in the place of which: a replacement or a void (CLM05-3 7 or 8) shares the
-- charge with what it replaces. Of those that were sent before nothing is known.
ALTER TABLE claims ADD COLUMN replaces INTEGER REFERENCES claims (id);
CREATE INDEX claims_by_replaces ON claims (replaces) WHERE replaces IS NOT NULL;
-- Whose claims are billed for a provider is asked for each remittance.
DROP INDEX claims_by_billing_npi;
CREATE INDEX claims_by_billing_npi ON claims (billing_npi, partner);
