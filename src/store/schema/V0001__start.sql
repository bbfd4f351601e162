-- What the gateway remembers. Money in cents, days as YYYY-MM-DD, moments in microseconds since
-- 1970, yes and no as 1 and 0. An index stands here only for a question that is asked.

CREATE TABLE arrivals (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    bytes_len INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    -- Empty until it is decided.
    verdict TEXT,
    summary TEXT NOT NULL,
    times INTEGER NOT NULL,
    UNIQUE (channel, content)
);
CREATE INDEX arrivals_unsettled ON arrivals (id) WHERE verdict IS NULL;

CREATE TABLE interchanges (
    id INTEGER PRIMARY KEY,
    arrival INTEGER NOT NULL REFERENCES arrivals (id),
    content TEXT NOT NULL,
    route TEXT NOT NULL,
    control_number TEXT NOT NULL,
    is_accepted INTEGER NOT NULL
);
CREATE INDEX interchanges_accepted ON interchanges (control_number, route) WHERE is_accepted = 1;

CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    arrival INTEGER NOT NULL REFERENCES arrivals (id),
    -- Where its segments stand: the archive's file, its delimiters, and a run of segments each.
    file TEXT NOT NULL,
    delimiters BLOB NOT NULL,
    billing_start INTEGER NOT NULL,
    billing_end INTEGER NOT NULL,
    billing_number INTEGER NOT NULL,
    subscriber_start INTEGER NOT NULL,
    subscriber_end INTEGER NOT NULL,
    subscriber_number INTEGER NOT NULL,
    patient_start INTEGER NOT NULL,
    patient_end INTEGER NOT NULL,
    patient_number INTEGER NOT NULL,
    claim_start INTEGER NOT NULL,
    claim_end INTEGER NOT NULL,
    claim_number INTEGER NOT NULL,
    partner TEXT NOT NULL,
    set_number TEXT NOT NULL,
    batch_reference TEXT NOT NULL,
    batch_type TEXT NOT NULL,
    is_test INTEGER NOT NULL,
    patient_control_number TEXT NOT NULL,
    payer_id TEXT NOT NULL,
    payer TEXT,
    billing_npi TEXT NOT NULL,
    charge INTEGER NOT NULL,
    frequency TEXT NOT NULL,
    payer_control_number TEXT NOT NULL,
    service_from TEXT,
    service_to TEXT,
    fingerprint TEXT NOT NULL,
    state TEXT NOT NULL,
    -- When it came into its state, or was last told to stay in it.
    changed_at INTEGER NOT NULL,
    times_sent INTEGER NOT NULL
);
-- Ready claims of a payer in order, payers that wait, and totals by state.
CREATE INDEX claims_by_state ON claims (state, payer, id, changed_at, charge);
CREATE INDEX claims_by_arrival ON claims (arrival);
CREATE INDEX claims_by_control_number ON claims (patient_control_number);
CREATE INDEX claims_by_payer_number ON claims (payer_control_number)
    WHERE payer_control_number <> '';
CREATE INDEX claims_by_fingerprint ON claims (fingerprint);

-- The list of edits that a claim has now, as JSON.
CREATE TABLE edits (
    claim INTEGER PRIMARY KEY REFERENCES claims (id),
    list TEXT NOT NULL
);

-- Only ever added to: the audit trail.
CREATE TABLE claim_events (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claims (id),
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    note TEXT NOT NULL,
    arrival INTEGER REFERENCES arrivals (id)
);
CREATE INDEX claim_events_by_claim ON claim_events (claim);

CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claims (id),
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    place_offset INTEGER NOT NULL,
    place_segment INTEGER NOT NULL,
    place_element INTEGER NOT NULL,
    place_component INTEGER NOT NULL,
    place_repeat INTEGER NOT NULL,
    what TEXT NOT NULL,
    fix TEXT NOT NULL,
    status TEXT NOT NULL
);
CREATE INDEX findings_by_claim ON findings (claim);

CREATE TABLE batches (
    id INTEGER PRIMARY KEY,
    payer TEXT NOT NULL,
    control_number INTEGER NOT NULL,
    charge INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX batches_by_control_number ON batches (control_number);

CREATE TABLE batch_claims (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batches (id),
    claim INTEGER NOT NULL REFERENCES claims (id),
    set_number TEXT NOT NULL,
    batch_reference TEXT NOT NULL,
    frequency TEXT NOT NULL,
    -- The claim's times_sent with this batch: 1 for the first submission.
    attempt INTEGER NOT NULL
);
CREATE INDEX batch_claims_by_batch ON batch_claims (batch);
CREATE INDEX batch_claims_by_claim ON batch_claims (claim);

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    arrival INTEGER REFERENCES arrivals (id),
    batch INTEGER REFERENCES batches (id),
    attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    -- When to try next; empty when there is nothing left to do.
    due_at INTEGER,
    -- When it last went out; kept when it is to be written once more.
    delivered_at INTEGER,
    last_failure TEXT NOT NULL,
    -- Last, so that a look at the others does not read through it.
    bytes BLOB NOT NULL
);
CREATE INDEX deliveries_due ON deliveries (channel, id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_by_arrival ON deliveries (arrival) WHERE arrival IS NOT NULL;
CREATE INDEX deliveries_by_batch ON deliveries (batch) WHERE batch IS NOT NULL;

CREATE TABLE work (
    id INTEGER PRIMARY KEY,
    claim INTEGER REFERENCES claims (id),
    arrival INTEGER REFERENCES arrivals (id),
    category TEXT NOT NULL,
    desk TEXT NOT NULL,
    what TEXT NOT NULL,
    action TEXT NOT NULL,
    evidence TEXT NOT NULL,
    deadline TEXT,
    amount INTEGER NOT NULL,
    -- How the claim goes out again when nobody says otherwise.
    resend TEXT,
    state TEXT NOT NULL,
    owner TEXT NOT NULL,
    note TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);
CREATE INDEX work_open ON work (category, opened_at) WHERE state IN ('open', 'taken');
CREATE INDEX work_by_claim ON work (claim) WHERE claim IS NOT NULL;

CREATE TABLE payments (
    id INTEGER PRIMARY KEY,
    arrival INTEGER NOT NULL REFERENCES arrivals (id),
    identity TEXT NOT NULL UNIQUE,
    payer TEXT NOT NULL,
    trace TEXT NOT NULL,
    paid_on TEXT,
    amount INTEGER NOT NULL,
    is_balanced INTEGER NOT NULL,
    posted_at INTEGER NOT NULL
);

CREATE TABLE claim_payments (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payments (id),
    claim INTEGER REFERENCES claims (id),
    matched_by TEXT NOT NULL,
    status TEXT NOT NULL,
    charge INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    patient_responsibility INTEGER NOT NULL,
    payer_control_number TEXT NOT NULL,
    place_offset INTEGER NOT NULL,
    place_segment INTEGER NOT NULL,
    place_element INTEGER NOT NULL,
    place_component INTEGER NOT NULL,
    place_repeat INTEGER NOT NULL,
    adjustments TEXT NOT NULL
);
CREATE INDEX claim_payments_by_claim ON claim_payments (claim) WHERE claim IS NOT NULL;

-- Only ever added to: debits are positive, credits negative.
CREATE TABLE postings (
    id INTEGER PRIMARY KEY,
    -- Empty for what no remittance posted, such as the charge when a claim is sent.
    payment INTEGER REFERENCES payments (id),
    account TEXT NOT NULL,
    claim INTEGER REFERENCES claims (id),
    line TEXT NOT NULL,
    amount INTEGER NOT NULL,
    reason TEXT NOT NULL,
    place_offset INTEGER NOT NULL,
    place_segment INTEGER NOT NULL,
    place_element INTEGER NOT NULL,
    place_component INTEGER NOT NULL,
    place_repeat INTEGER NOT NULL
);
CREATE INDEX postings_by_claim ON postings (claim) WHERE claim IS NOT NULL;
CREATE INDEX postings_by_account ON postings (account, amount);

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
);

-- One row, written to find out whether the store can be written to.
CREATE TABLE probes (
    times INTEGER NOT NULL
);
INSERT INTO probes (times) VALUES (0);
