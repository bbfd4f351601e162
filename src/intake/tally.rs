//! Counts over one arrival, and what they say of it.

use std::collections::BTreeMap;

use serde_json::json;
use x12::value::Money;

use crate::change::{DeliveryKind, Verdict};
use crate::scrub::Rulebook;

/// Counts over one arrival.
#[derive(Debug, Default)]
pub struct Tally {
    pub interchanges: u64,
    pub rejected_interchanges: u64,
    pub repeated_interchanges: u64,
    /// Groups that were rejected as a whole.
    pub rejected_groups: u64,
    pub sets: u64,
    pub rejected_sets: u64,
    /// Claims as they stand in the file.
    pub claims: u64,
    pub charge: Money,
    /// Claims in interchanges, groups and sets that were rejected as a whole.
    pub claims_in_rejected_sets: u64,
    pub charge_in_rejected_sets: Money,
    /// Charges that can be summed only as they were mended.
    pub charges_mended: u64,
    pub charge_mended: Money,
    pub claims_in_repeats: u64,
    pub ready: u64,
    pub held: u64,
    pub rejected: u64,
    pub remittances: u64,
    /// Sets that were accepted and kept, by their number.
    pub kept: BTreeMap<&'static str, u64>,
    pub answers: u64,
    pub stray_bytes: u64,
    /// TA1, 999 and 277CA that came, by their verdict.
    pub answers_by_verdict: BTreeMap<(DeliveryKind, Answered), u64>,
    /// Sets by their number and what became of them.
    pub sets_by_outcome: BTreeMap<(&'static str, SetOutcome), u64>,
}

impl Tally {
    /// A payer answered.
    pub(crate) fn answered(&mut self, kind: DeliveryKind, verdict: Answered) {
        self.answers += 1;
        *self.answers_by_verdict.entry((kind, verdict)).or_default() += 1;
    }

    /// What became of the file as a whole.
    pub(super) fn verdict(&self) -> Verdict {
        if self.interchanges == 0 {
            Verdict::Unusable
        } else if self.rejected_interchanges == self.interchanges
            || (self.rejected_sets == self.sets && self.rejected_sets + self.rejected_groups > 0)
        {
            Verdict::Rejected
        } else if self.rejected_interchanges > 0
            || self.rejected_groups > 0
            || self.rejected_sets > 0
            || self.rejected > 0
            || self.stray_bytes > 0
        {
            Verdict::Partly
        } else {
            Verdict::Taken
        }
    }

    /// What a note beside the file and the store say of it.
    pub(super) fn summary(&self, rulebook: &Rulebook) -> String {
        json!({
            "rules": &*rulebook.version,
            "interchanges": self.interchanges,
            "rejected_interchanges": self.rejected_interchanges,
            "repeated_interchanges": self.repeated_interchanges,
            "sets": self.sets,
            "rejected_sets": self.rejected_sets,
            "claims": self.claims,
            "charge_cents": self.charge.cents(),
            "claims_in_rejected_sets": self.claims_in_rejected_sets,
            "charge_in_rejected_sets_cents": self.charge_in_rejected_sets.cents(),
            "charges_mended": self.charges_mended,
            "charge_mended_cents": self.charge_mended.cents(),
            "claims_in_repeats": self.claims_in_repeats,
            "ready": self.ready,
            "held": self.held,
            "rejected": self.rejected,
            "remittances": self.remittances,
            "kept_sets": self.kept.values().sum::<u64>(),
            "answers": self.answers,
            "stray_bytes": self.stray_bytes,
        })
        .to_string()
    }
}

/// What a payer's answer says of what we sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answered {
    Accepted,
    /// Accepted with errors, or neither accepted nor rejected.
    Noted,
    /// Some of it rejected.
    Partly,
    Rejected,
}

/// What became of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetOutcome {
    Accepted,
    /// Accepted in spite of faults: some of its claims are rejected, or mended.
    WithErrors,
    Rejected,
}

/// The number of a set, as far as we know it.
pub(super) fn known_set(number: &[u8]) -> &'static str {
    match number {
        b"837" => "837",
        b"835" => "835",
        b"999" => "999",
        b"997" => "997",
        b"277" => "277",
        b"270" => "270",
        b"271" => "271",
        b"276" => "276",
        b"278" => "278",
        b"820" => "820",
        b"834" => "834",
        _ => "other",
    }
}
