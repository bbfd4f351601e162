-- Whose decision the answer rests on, and to whom that one passed the claim on, which until now the note alone said. All
-- are empty where it says nothing of it.
ALTER TABLE next_payers ADD COLUMN decided_by TEXT NOT NULL DEFAULT '';
ALTER TABLE next_payers ADD COLUMN passed_to TEXT NOT NULL DEFAULT '';
ALTER TABLE next_payers ADD COLUMN is_to_unnamed INTEGER NOT NULL DEFAULT 0;

UPDATE next_payers SET decided_by = substr(note, 1, instr(note, ' decided without a claim of ours: ') - 1)
WHERE instr(note, ' decided without a claim of ours: ') > 0;
UPDATE next_payers SET decided_by = substr(note, 1, instr(note, ' passed the claim on by itself') - 1)
WHERE instr(note, ' decided without a claim of ours: ') = 0 AND instr(note, ' passed the claim on by itself') > 0;
-- The claim's own.
UPDATE next_payers SET decided_by = '' WHERE decided_by = 'the payer';
UPDATE next_payers SET passed_to = substr(note, instr(note, ' passed the claim on by itself, to ') + 35)
WHERE instr(note, ' passed the claim on by itself, to ') > 0;
UPDATE next_payers SET is_to_unnamed = 1, passed_to = substr(passed_to, 1, length(passed_to) - 31)
WHERE substr(passed_to, -31) = ', which the claim does not name';
