-- The value that a rule would write, with what stood there and whether it was laid over the claim: JSON,
-- blank where it knows none. Of findings that came before it is not known.
ALTER TABLE findings ADD COLUMN edit TEXT NOT NULL DEFAULT '';
