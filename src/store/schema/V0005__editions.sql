-- The code sets that a finding's rule asked, each with the edition that answered: JSON, blank where it
-- asked none. Of findings that came before it is not known.
ALTER TABLE findings ADD COLUMN tables TEXT NOT NULL DEFAULT '';
