-- Every posting of every claim went into this index at the place of its amount, anywhere in it, and only
-- the sums of accounts read it. Those read the postings themselves.
DROP INDEX postings_by_account;
