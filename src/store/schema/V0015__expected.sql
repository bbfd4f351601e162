-- What a comparison with a contract was made of, and the item of the queue that the line is in. Of what
-- was decided before, plan, day and charge are not known.
ALTER TABLE comparisons ADD COLUMN plan TEXT NOT NULL DEFAULT '';
ALTER TABLE comparisons ADD COLUMN day TEXT;
ALTER TABLE comparisons ADD COLUMN charge INTEGER;
ALTER TABLE comparisons ADD COLUMN work INTEGER REFERENCES work (id);
-- The item of the claim and the arrival, where there is only one: of two nobody knows which.
UPDATE comparisons SET work = (SELECT CASE WHEN COUNT(*) = 1 THEN MIN(work.id) END FROM work
    WHERE work.claim = comparisons.claim AND work.arrival = comparisons.arrival
    AND work.category = CASE WHEN comparisons.variance < 0 THEN 'underpaid' ELSE 'overpaid' END)
    WHERE class NOT IN ('as-expected', 'bundled', 'denied', 'capitated');
