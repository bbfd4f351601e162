-- What offices sent back to payers by check or transfer.
CREATE TABLE refunds (
    id INTEGER PRIMARY KEY,
    payer TEXT NOT NULL,
    -- PLB01, or who billed the claim.
    payee TEXT NOT NULL,
    -- PLB03-2 of what it pays; empty where it pays back what was paid of a claim.
    reference TEXT NOT NULL,
    claim INTEGER REFERENCES claims (id),
    -- The remittance whose PLB it pays.
    payment INTEGER REFERENCES payments (id),
    amount INTEGER NOT NULL,
    -- Of the check or the transfer.
    number TEXT NOT NULL,
    -- Who sent it, and why.
    why TEXT NOT NULL,
    place_offset INTEGER NOT NULL,
    place_segment INTEGER NOT NULL,
    place_element INTEGER NOT NULL,
    place_component INTEGER NOT NULL,
    place_repeat INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- When it was taken back, and why: the check was stopped.
    undone_at INTEGER,
    undone_because TEXT NOT NULL
);
CREATE INDEX refunds_by_payee ON refunds (payer, payee) WHERE undone_at IS NULL;

-- What the bank takes back is found by its own number for it.
CREATE INDEX deposits_by_bank_reference ON deposits (bank_reference) WHERE bank_reference <> '';
