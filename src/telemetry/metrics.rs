//! Every metric, by name: one table from which they are described, counted and documented.

use metrics::{Label, counter, describe_counter, describe_gauge, describe_histogram};
use metrics::{gauge, histogram};

/// One metric. Labels come only from closed lists and configured names, never from files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// `claimgate_<noun>_<unit>`, and `_total` when it only grows.
    pub name: &'static str,
    pub kind: MetricKind,
    pub labels: &'static [&'static str],
    pub meaning: &'static str,
}

/// How a metric behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricKind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// A spread of measurements, in seconds.
    Histogram,
}

impl MetricKind {
    /// The word in the reference.
    pub const fn name(self) -> &'static str {
        match self {
            MetricKind::Counter => "counter",
            MetricKind::Gauge => "gauge",
            MetricKind::Histogram => "histogram",
        }
    }
}

/// Where the buckets of histograms end: from a commit to a slow morning.
pub(super) const BUCKETS_SECONDS: [f64; 15] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 600.0, 3_600.0];

pub(super) const FILES_IN: Metric = count(
    "claimgate_files_total",
    &["channel", "outcome"],
    "Files taken out of inboxes; outcome taken, too-large or unreadable.",
);
pub(super) const FILES_SETTLED: Metric = count(
    "claimgate_files_settled_total",
    &["channel", "outcome"],
    "Files moved to done or error.",
);
pub(super) const DIRECTORY_TROUBLES: Metric = count(
    "claimgate_directory_troubles_total",
    &["channel"],
    "Times a directory could not be read, written or cleared as it should; tried again.",
);
pub(super) const CONNECTIONS: Metric = count(
    "claimgate_connections_total",
    &["channel", "outcome"],
    "Connections; outcome opened, refused or failed.",
);
pub(super) const CONNECTIONS_OPEN: Metric =
    level("claimgate_connections_open", &["channel"], "Connections that are open now.");
pub(super) const FRAMES: Metric = count(
    "claimgate_frames_total",
    &["channel", "kind"],
    "What sockets brought; kind interchange, too-long, torn or junk.",
);
pub(super) const INTERCHANGES: Metric = count(
    "claimgate_interchanges_total",
    &["direction", "channel", "outcome"],
    "Interchanges in and out.",
);
pub(super) const TRANSACTIONS: Metric = count(
    "claimgate_transactions_total",
    &["direction", "channel", "set", "outcome"],
    "Transaction sets in and out.",
);
pub(super) const CLAIMS: Metric = count(
    "claimgate_claims_total",
    &["direction", "channel", "outcome"],
    "Claims in and out; outcome is the state that they took.",
);
pub(super) const BYTES: Metric = count(
    "claimgate_interchange_bytes_total",
    &["direction", "channel"],
    "Bytes of interchanges in and out.",
);
pub(super) const FINDINGS: Metric =
    count("claimgate_findings_total", &["rule", "severity"], "Places where claims broke a rule.");
pub(super) const ACKNOWLEDGMENTS: Metric = count(
    "claimgate_acknowledgments_total",
    &["direction", "kind", "verdict"],
    "TA1, 999 and 277CA, given (out) and received (in).",
);
pub(super) const ACKNOWLEDGMENT_SECONDS: Metric = spread(
    "claimgate_acknowledgment_seconds",
    &["channel"],
    "From the arrival of a file to the commit of its acknowledgments.",
);
pub(super) const QUEUE_ITEMS: Metric =
    level("claimgate_queue_items", &["kind"], "Work that waits for a person.");
pub(super) const QUEUE_AGE: Metric = level(
    "claimgate_queue_age_seconds",
    &["kind"],
    "How long the oldest work has waited for a person.",
);
pub(super) const OVERRIDDEN: Metric = level(
    "claimgate_claims_overridden",
    &["rule"],
    "Claims that people let pass although this rule held them.",
);
pub(super) const SUSPENSE_PAYMENTS: Metric = level(
    "claimgate_suspense_payments",
    &[],
    "Claim payments whose money waits in suspense for a person.",
);
pub(super) const SUSPENSE_CENTS: Metric =
    level("claimgate_suspense_cents", &[], "Cents that wait in suspense; below 0 when taken back.");
pub(super) const REMITTANCES: Metric =
    count("claimgate_remittances_total", &["payer"], "Remittance advices taken in.");
pub(super) const PAYMENTS: Metric =
    count("claimgate_payments_total", &["payer"], "Claim payments taken in.");
pub(super) const POSTINGS: Metric = count(
    "claimgate_postings_cents_total",
    &["payer", "side"],
    "Cents posted; side credit or debit.",
);
pub(super) const UNMATCHED: Metric = count(
    "claimgate_payments_unmatched_total",
    &["payer"],
    "Claim payments that fit no claim of ours.",
);
pub(super) const UNBALANCED: Metric = count(
    "claimgate_remittances_unbalanced_total",
    &["payer"],
    "Remittance advices that are held as a whole: they do not add up, or break a rule that holds a payment.",
);
pub(super) const DEPOSITS: Metric = count(
    "claimgate_deposits_total",
    &["outcome"],
    "Deposits in files of the bank; outcome new, or known when an earlier file told it.",
);
pub(super) const DEPOSITS_PAIRED: Metric = count(
    "claimgate_deposits_paired_total",
    &["tier"],
    "Deposits that were found to be the money of a remittance, by how sure that is.",
);
pub(super) const DELIVERIES_WAITING: Metric =
    level("claimgate_deliveries_waiting", &["channel"], "Files that wait to be sent.");
pub(super) const DELIVERIES: Metric = count(
    "claimgate_deliveries_total",
    &["channel", "outcome"],
    "Attempts to send a file; outcome sent or failed.",
);
pub(super) const COMMIT_SECONDS: Metric =
    spread("claimgate_store_commit_seconds", &[], "How long the store takes for a commit.");
pub(super) const COMMITS_FAILED: Metric =
    count("claimgate_store_commits_failed_total", &[], "Commits that the store refused.");
pub(super) const UNACCOUNTED: Metric = level(
    "claimgate_claims_unaccounted",
    &[],
    "Claims in, minus claims whose state is known. Anything but 0 is our mistake.",
);
pub(super) const PANICS: Metric = count(
    "claimgate_panics_total",
    &["channel"],
    "Files that were set aside because handling them went wrong in us.",
);

/// Every metric, in the order of the reference.
pub(super) const ALL: [Metric; 31] = [
    FILES_IN,
    FILES_SETTLED,
    DIRECTORY_TROUBLES,
    CONNECTIONS,
    CONNECTIONS_OPEN,
    FRAMES,
    INTERCHANGES,
    TRANSACTIONS,
    CLAIMS,
    BYTES,
    FINDINGS,
    ACKNOWLEDGMENTS,
    ACKNOWLEDGMENT_SECONDS,
    QUEUE_ITEMS,
    QUEUE_AGE,
    OVERRIDDEN,
    SUSPENSE_PAYMENTS,
    SUSPENSE_CENTS,
    REMITTANCES,
    PAYMENTS,
    POSTINGS,
    UNMATCHED,
    UNBALANCED,
    DEPOSITS,
    DEPOSITS_PAIRED,
    DELIVERIES_WAITING,
    DELIVERIES,
    COMMIT_SECONDS,
    COMMITS_FAILED,
    UNACCOUNTED,
    PANICS,
];

impl Metric {
    /// Adds to a counter. `values` are those of `labels`, in their order.
    pub(super) fn add<const N: usize>(&self, values: [&str; N], amount: u64) {
        debug_assert_eq!(self.kind, MetricKind::Counter, "{}", self.name);
        counter!(self.name, self.labelled(values)).increment(amount);
    }

    /// Sets a gauge.
    pub(super) fn set<const N: usize>(&self, values: [&str; N], value: f64) {
        debug_assert_eq!(self.kind, MetricKind::Gauge, "{}", self.name);
        gauge!(self.name, self.labelled(values)).set(value);
    }

    /// Moves a gauge up, or down when `by` is negative.
    pub(super) fn shift<const N: usize>(&self, values: [&str; N], by: f64) {
        debug_assert_eq!(self.kind, MetricKind::Gauge, "{}", self.name);
        gauge!(self.name, self.labelled(values)).increment(by);
    }

    /// Adds a measurement to a histogram.
    pub(super) fn record<const N: usize>(&self, values: [&str; N], seconds: f64) {
        debug_assert_eq!(self.kind, MetricKind::Histogram, "{}", self.name);
        histogram!(self.name, self.labelled(values)).record(seconds);
    }

    /// Tells the recorder what the metric means.
    pub(super) fn describe(&self) {
        match self.kind {
            MetricKind::Counter => describe_counter!(self.name, self.meaning),
            MetricKind::Gauge => describe_gauge!(self.name, self.meaning),
            MetricKind::Histogram => describe_histogram!(self.name, self.meaning),
        }
    }

    fn labelled<const N: usize>(&self, values: [&str; N]) -> Vec<Label> {
        assert_eq!(self.labels.len(), N, "{} has the labels {:?}", self.name, self.labels);
        self.labels
            .iter()
            .zip(values)
            .map(|(&key, value)| Label::new(key, value.to_owned()))
            .collect()
    }
}

const fn count(
    name: &'static str,
    labels: &'static [&'static str],
    meaning: &'static str,
) -> Metric {
    Metric { name, kind: MetricKind::Counter, labels, meaning }
}

const fn level(
    name: &'static str,
    labels: &'static [&'static str],
    meaning: &'static str,
) -> Metric {
    Metric { name, kind: MetricKind::Gauge, labels, meaning }
}

const fn spread(
    name: &'static str,
    labels: &'static [&'static str],
    meaning: &'static str,
) -> Metric {
    Metric { name, kind: MetricKind::Histogram, labels, meaning }
}
