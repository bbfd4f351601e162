-- How often something was said of a claim or posted to it: what was decided on its account holds while
-- this stays as it was.
ALTER TABLE claims ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
