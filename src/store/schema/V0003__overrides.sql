-- Holds that a person let pass; only ever added to.
CREATE TABLE overrides (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claims (id),
    at INTEGER NOT NULL,
    rule TEXT NOT NULL,
    -- Of the rule, and of the code sets that it asks.
    version TEXT NOT NULL,
    -- Of the claim, and of what the rule said of it.
    content TEXT NOT NULL,
    made_by TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX overrides_by_claim ON overrides (claim);
CREATE INDEX overrides_by_rule ON overrides (rule);
