-- A claim that its payer passed on by itself, as it said, and of which a person says that it never came there.
ALTER TABLE next_payers ADD COLUMN never_came INTEGER NOT NULL DEFAULT 0;
