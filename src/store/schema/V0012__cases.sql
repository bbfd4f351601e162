-- What items of the queue have in common, and how the work on denials and underpayments ended. Of items
-- that came before nothing of it is known.
ALTER TABLE work ADD COLUMN payer TEXT NOT NULL DEFAULT '';
-- CAS01, CAS02 and the remarks of the denial that costs most.
ALTER TABLE work ADD COLUMN adjustment_group TEXT NOT NULL DEFAULT '';
ALTER TABLE work ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE work ADD COLUMN remarks TEXT NOT NULL DEFAULT '';
ALTER TABLE work ADD COLUMN procedure TEXT NOT NULL DEFAULT '';
ALTER TABLE work ADD COLUMN provider TEXT NOT NULL DEFAULT '';
-- Our own rule, when it holds the claim.
ALTER TABLE work ADD COLUMN rule TEXT NOT NULL DEFAULT '';
-- CORE 360: 1 to 4, 0 for none; and whether its tables have the combination.
ALTER TABLE work ADD COLUMN scenario INTEGER NOT NULL DEFAULT 0;
ALTER TABLE work ADD COLUMN combination TEXT NOT NULL DEFAULT 'not checked';
-- Empty while it goes on; what came in of its amount, in cents.
ALTER TABLE work ADD COLUMN ending TEXT NOT NULL DEFAULT '';
ALTER TABLE work ADD COLUMN recovered INTEGER NOT NULL DEFAULT 0;

-- With all that is read of them, so that no row is looked up; `state` is asked again beside its condition.
CREATE INDEX work_alike
    ON work (payer, reason, adjustment_group, remarks, procedure, provider, amount, state)
    WHERE state IN ('open', 'taken') AND reason <> '';
CREATE INDEX work_by_rule ON work (rule, amount, state)
    WHERE state IN ('open', 'taken') AND rule <> '';
-- All that the order of the queue is made of.
CREATE INDEX work_waiting ON work (category, desk, payer, reason, deadline, amount, state)
    WHERE state IN ('open', 'taken');
CREATE INDEX work_denied ON work (id) WHERE category = 'denied';

-- How the work on alike denials and underpayments ended, counted as it ends.
CREATE TABLE endings (
    payer TEXT NOT NULL,
    reason TEXT NOT NULL,
    adjustment_group TEXT NOT NULL,
    remarks TEXT NOT NULL,
    category TEXT NOT NULL,
    ending TEXT NOT NULL,
    cases INTEGER NOT NULL,
    at_risk INTEGER NOT NULL,
    recovered INTEGER NOT NULL,
    PRIMARY KEY (payer, reason, adjustment_group, remarks, category, ending)
);
