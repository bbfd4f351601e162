-- CLPs of its arrival that an item tells of, though their money does not wait by it.
CREATE TABLE work_clps (
    work INTEGER NOT NULL REFERENCES work (id),
    place_offset INTEGER NOT NULL,
    PRIMARY KEY (work, place_offset)
) WITHOUT ROWID;

-- Of a part that a person attached beyond what was owed, the number of its segment stood last in the evidence.
INSERT INTO work_clps (work, place_offset)
SELECT DISTINCT work.id, claim_payments.place_offset FROM work
JOIN payments ON payments.arrival = work.arrival
JOIN claim_payments ON claim_payments.payment = payments.id
WHERE work.category = 'overpaid' AND work.remitted IS NULL
AND substr(rtrim(work.evidence, '0123456789'), -10) = '; segment '
AND substr(work.evidence, length(rtrim(work.evidence, '0123456789')) + 1) = CAST(claim_payments.place_segment AS TEXT);
