-- P, I or D: which of the three 837s a claim is. All that came before were professional.
ALTER TABLE claims ADD COLUMN kind TEXT NOT NULL DEFAULT 'P';
