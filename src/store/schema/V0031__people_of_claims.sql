-- Who is named by claims that went out, as the patient or the insured: by number, and by last name and initial. A
-- payment that names none of our numbers may be of one of them.
CREATE TABLE claim_people (
    person TEXT NOT NULL,
    -- As the claim went out.
    charge INTEGER NOT NULL,
    service_from TEXT NOT NULL,
    claim INTEGER NOT NULL REFERENCES claims (id),
    PRIMARY KEY (person, charge, service_from, claim)
) WITHOUT ROWID;
-- Of what went out before it is not known.
ALTER TABLE claims ADD COLUMN people_kept INTEGER NOT NULL DEFAULT 0;
CREATE INDEX claims_without_people ON claims (charge, service_from) WHERE people_kept = 0 AND times_sent > 0;
