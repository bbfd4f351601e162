-- What a bank shows: deposits, the remittances whose money they are, and the cases of those that
-- differ or are missing.

-- TRN03, N1*PR and BPR04 of a remittance. Of those that came before nothing is known.
ALTER TABLE payments ADD COLUMN payer_id TEXT NOT NULL DEFAULT '';
ALTER TABLE payments ADD COLUMN payer_name TEXT NOT NULL DEFAULT '';
ALTER TABLE payments ADD COLUMN way TEXT NOT NULL DEFAULT '';
-- TRN02 as it is compared: letters and digits alone, without zeros before it.
ALTER TABLE payments ADD COLUMN trace_key TEXT NOT NULL DEFAULT '';
-- What was posted as cash, and how much of that a bank has shown, in cents.
ALTER TABLE payments ADD COLUMN awaited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payments ADD COLUMN deposited INTEGER NOT NULL DEFAULT 0;
UPDATE payments SET
    trace_key = LTRIM(UPPER(REPLACE(REPLACE(REPLACE(trace, ' ', ''), '-', ''), '.', '')), '0'),
    awaited = COALESCE((SELECT SUM(amount) FROM postings
        WHERE postings.payment = payments.id AND account = 'cash'), 0);
CREATE INDEX payments_by_trace_key ON payments (trace_key) WHERE trace_key <> '';
CREATE INDEX payments_undeposited ON payments (paid_on) WHERE awaited <> deposited;

CREATE TABLE deposits (
    id INTEGER PRIMARY KEY,
    arrival INTEGER NOT NULL REFERENCES arrivals (id),
    -- A digest of what makes it the same money, whichever file tells it.
    identity TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    -- A minus is what was taken from the account.
    amount INTEGER NOT NULL,
    way TEXT NOT NULL,
    trace TEXT NOT NULL,
    trace_key TEXT NOT NULL,
    payer_id TEXT NOT NULL,
    payer_name TEXT NOT NULL,
    bank_reference TEXT NOT NULL,
    is_claim_payment INTEGER NOT NULL,
    place_offset INTEGER NOT NULL,
    place_segment INTEGER NOT NULL,
    place_element INTEGER NOT NULL,
    place_component INTEGER NOT NULL,
    place_repeat INTEGER NOT NULL,
    -- Who put it aside, and why; empty when nobody did.
    set_aside TEXT NOT NULL,
    -- How much of it is the money of remittances, in cents.
    paired INTEGER NOT NULL
);
CREATE INDEX deposits_open ON deposits (id) WHERE set_aside = '' AND amount <> paired;
CREATE INDEX deposits_by_trace_key ON deposits (trace_key) WHERE trace_key <> '';
CREATE INDEX deposits_by_day ON deposits (day);

CREATE TABLE pairings (
    id INTEGER PRIMARY KEY,
    deposit INTEGER NOT NULL REFERENCES deposits (id),
    payment INTEGER NOT NULL REFERENCES payments (id),
    amount INTEGER NOT NULL,
    tier TEXT NOT NULL,
    evidence TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- When it was undone, and why.
    parted_at INTEGER,
    parted_because TEXT NOT NULL
);
CREATE INDEX pairings_by_deposit ON pairings (deposit) WHERE parted_at IS NULL;
CREATE INDEX pairings_by_payment ON pairings (payment) WHERE parted_at IS NULL;

-- Items of the queue that are opened and closed as deposits and remittances come.
CREATE TABLE deposit_cases (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    work INTEGER NOT NULL REFERENCES work (id),
    is_over INTEGER NOT NULL
);
CREATE UNIQUE INDEX deposit_cases_open ON deposit_cases (key) WHERE is_over = 0;

-- One row: how often pairings and cases have changed.
CREATE TABLE reassociations (version INTEGER NOT NULL);
INSERT INTO reassociations (version) VALUES (0);

ALTER TABLE postings ADD COLUMN deposit INTEGER REFERENCES deposits (id);
