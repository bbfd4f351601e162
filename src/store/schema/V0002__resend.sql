-- How the claim of an item goes out again: original, replacement, void. NULL when nothing says.
ALTER TABLE work ADD COLUMN resend TEXT;
