-- The account that a refund is taken off where it is of no claim: what a payer gave beside its claims is given back, too.
ALTER TABLE refunds ADD COLUMN account TEXT NOT NULL DEFAULT 'takeback';
