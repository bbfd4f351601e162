-- When something was posted that no remittance says: a charge, or what a person gave up. Empty of the rest,
-- and of charges from before.
ALTER TABLE postings ADD COLUMN posted_at INTEGER;
UPDATE postings SET posted_at = (SELECT MAX(claim_events.at) FROM claim_events
    WHERE claim_events.claim = postings.claim AND event = 'closed' AND note LIKE '%; % written off')
WHERE payment IS NULL AND claim IS NOT NULL AND reason = 'write-off';
