-- Who was seen by whom and when, so that later claims of the same patient can be held against it. Of
-- claims that came before nothing is known.
ALTER TABLE claims ADD COLUMN patient TEXT NOT NULL DEFAULT '';
ALTER TABLE claims ADD COLUMN line_count INTEGER NOT NULL DEFAULT 0;
-- Visits and stay as JSON, empty where there are none.
ALTER TABLE claims ADD COLUMN history TEXT NOT NULL DEFAULT '';
CREATE INDEX claims_by_patient ON claims (patient) WHERE history <> '';
