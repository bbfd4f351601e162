-- Rates by the days of their services: a line on the wrong side of a change hides it no longer. Of lines from before, the
-- first and the last day alone are known: one of them counts on the first, all others on the last.
CREATE TABLE rates_by_day (
    payer TEXT NOT NULL,
    payee TEXT NOT NULL,
    plan TEXT NOT NULL,
    code TEXT NOT NULL,
    modifiers TEXT NOT NULL,
    place TEXT NOT NULL,
    amount INTEGER NOT NULL,
    day TEXT NOT NULL,
    times INTEGER NOT NULL,
    units INTEGER NOT NULL,
    -- Whether it needs no more telling that the payer went over to it.
    is_told INTEGER NOT NULL,
    PRIMARY KEY (payer, payee, plan, code, modifiers, place, amount, day)
);
INSERT INTO rates_by_day
    SELECT payer, payee, plan, code, modifiers, place, amount, first_day, 1, units / times, is_told FROM rates
    WHERE first_day < last_day AND 1 < times;
INSERT INTO rates_by_day
    SELECT payer, payee, plan, code, modifiers, place, amount, last_day,
        CASE WHEN first_day < last_day AND 1 < times THEN times - 1 ELSE times END,
        CASE WHEN first_day < last_day AND 1 < times THEN units - units / times ELSE units END,
        is_told
    FROM rates;
DROP TABLE rates;
ALTER TABLE rates_by_day RENAME TO rates;
