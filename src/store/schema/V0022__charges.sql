-- CLM02 of a claim as it came, once it went out with another. A claim asks for what it went out with last.
ALTER TABLE claims ADD COLUMN charge_in_file INTEGER;
