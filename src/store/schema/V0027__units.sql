-- Units of the lines with a rate, in thousandths, but for those that a contract prices. Of lines from before each counts
-- as one unit.
ALTER TABLE rates ADD COLUMN units INTEGER NOT NULL DEFAULT 0;
UPDATE rates SET units = times * 1000;
