-- What contracts say of lines that were paid: a row for each line that a contract prices; a claim that
-- was adjusted as a whole has one row without a line.
CREATE TABLE comparisons (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claims (id),
    arrival INTEGER NOT NULL REFERENCES arrivals (id),
    place_offset INTEGER NOT NULL,
    place_segment INTEGER NOT NULL,
    place_element INTEGER NOT NULL,
    place_component INTEGER NOT NULL,
    place_repeat INTEGER NOT NULL,
    -- LX01; empty for the whole claim.
    line TEXT NOT NULL,
    code TEXT NOT NULL,
    contract TEXT NOT NULL,
    -- In cents: what the contract allows, what would have been paid, what was, and the difference.
    allowed INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    patient INTEGER NOT NULL,
    variance INTEGER NOT NULL,
    class TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX comparisons_by_claim ON comparisons (claim);

-- What payers allow for one unit, as their payments imply: charge less CO-45.
CREATE TABLE rates (
    payer TEXT NOT NULL,
    payee TEXT NOT NULL,
    plan TEXT NOT NULL,
    code TEXT NOT NULL,
    modifiers TEXT NOT NULL,
    place TEXT NOT NULL,
    amount INTEGER NOT NULL,
    times INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    -- Whether it needs no more telling that the payer went over to it.
    is_told INTEGER NOT NULL,
    PRIMARY KEY (payer, payee, plan, code, modifiers, place, amount)
);
