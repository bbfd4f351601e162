-- When every posting was booked. Of those from before, it is no earlier than what is known of them and of
-- those that were made before them.
CREATE TABLE booked (id INTEGER PRIMARY KEY, at INTEGER NOT NULL);
INSERT INTO booked
SELECT id, MAX(known) OVER (ORDER BY id) FROM (
    SELECT postings.id AS id, COALESCE(postings.posted_at, payments.posted_at, arrivals.received_at,
        (SELECT MIN(batches.created_at) FROM batch_claims
            JOIN batches ON batches.id = batch_claims.batch
            WHERE batch_claims.claim = postings.claim), 0) AS known
    FROM postings
    LEFT JOIN payments ON payments.id = postings.payment
    LEFT JOIN deposits ON deposits.id = postings.deposit
    LEFT JOIN arrivals ON arrivals.id = deposits.arrival
);
UPDATE postings SET posted_at = (SELECT at FROM booked WHERE booked.id = postings.id);
DROP TABLE booked;

-- The last of them: no posting is booked before one that was made earlier.
ALTER TABLE ledger ADD COLUMN booked_at INTEGER NOT NULL DEFAULT 0;
UPDATE ledger SET booked_at = (SELECT COALESCE(MAX(posted_at), 0) FROM postings);
