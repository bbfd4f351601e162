-- What persons gave up of remittances, for no bank showed it: a fee that a card kept.

-- How much of a payment that is, in cents.
ALTER TABLE payments ADD COLUMN written_off INTEGER NOT NULL DEFAULT 0;
DROP INDEX payments_undeposited;
CREATE INDEX payments_undeposited ON payments (paid_on) WHERE awaited <> deposited + written_off;

CREATE TABLE write_offs (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payments (id),
    amount INTEGER NOT NULL,
    -- Who gave it up, and why.
    why TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- When it was waited for again, and why.
    undone_at INTEGER,
    undone_because TEXT NOT NULL
);
CREATE INDEX write_offs_by_payment ON write_offs (payment) WHERE undone_at IS NULL;
