//! Is every claim accounted for, and every cent? A count of the raw files against what the store says.

mod books;
mod lost;
mod remitted;
mod service;
mod unexplained;

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use x12::guide::row::Tag;
use x12::interchange::Interchange;
use x12::value::Money;

use crate::change::{ArrivalId, ClaimId, ContentHash, Moment};
use crate::denials::table::Table;
use crate::lifecycle::State;
use crate::scrub::form;
use crate::store::{self, Arrival, Claim, Store, WorkFilter};
use lost::Brought;
use remitted::Cash;
pub use service::{QUESTIONS, Question, Sums, Unexplained};
use unexplained::Books;

/// How many arrivals are looked at at a time.
const ARRIVALS_PER_PAGE: u32 = 500;

/// What the audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    pub arrivals: u64,
    /// Arrivals without a decision.
    pub undecided: u64,
    /// Claims in the raw files, repeated interchanges aside.
    pub claims_in: u64,
    pub charge_in: Money,
    /// Of those, claims whose charge is no amount of whole cents: it counts as nothing everywhere.
    pub charges_unsummed: u64,
    /// Claims that came again, byte for byte.
    pub claims_repeated: u64,
    /// Claims in interchanges, groups and sets that were rejected whole.
    pub in_rejected_sets: u64,
    pub charge_in_rejected_sets: Money,
    /// Claims that the store follows, by state.
    pub by_state: BTreeMap<State, (u64, Money)>,
    /// Postings of the ledger since it is kept as a chain, and their digest.
    pub postings: u64,
    pub ledger: String,
    /// What does not agree, in words.
    pub disagreements: Vec<String>,
    /// What agrees, and nobody explained: a person should look.
    pub unexplained: Vec<Unexplained>,
}

impl Audit {
    /// Claims that are in some state or in a rejected set.
    pub fn claims_accounted(&self) -> u64 {
        self.in_rejected_sets + self.by_state.values().map(|(count, _)| count).sum::<u64>()
    }

    /// Charges of those.
    pub fn charge_accounted(&self) -> Money {
        let in_states: Money = self.by_state.values().map(|&(_, charge)| charge).sum();
        self.charge_in_rejected_sets + in_states
    }
}

/// Counts every arrival's raw bytes anew and compares. `bytes_of` gives what the archive keeps, and the table
/// says what is a denial.
pub fn audit(
    store: &dyn Store,
    (table, now): (&Table, Moment),
    bytes_of: impl Fn(&Arrival) -> Result<Bytes, String>,
) -> store::Result<Audit> {
    let mut audit = Audit::default();
    // A daemon may work meanwhile, so what the store follows is asked before and after.
    let followed_before = followed(store)?;
    let mut of_claims = Books::new(table, followed_before);
    let cash = books::compare_cash(store, &mut of_claims, &mut audit)?;
    let mut brought = Brought::default();
    let mut after = None;
    loop {
        let page = store.arrivals(after, ARRIVALS_PER_PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for arrival in &page {
            let known = (&bytes_of, &cash, &mut brought);
            let kept = audit_arrival(store, arrival, known, &mut audit)?;
            for claim in &kept {
                of_claims.take(claim);
            }
        }
    }
    compare_totals(&mut audit, followed_before, followed(store)?);
    brought.compare(store, &mut audit)?;
    books::compare(store, &mut audit)?;
    audit.unexplained = of_claims.unexplained(store, now)?;
    Ok(audit)
}

/// Of these files of the archive those that no arrival speaks of.
pub fn unknown(
    store: &dyn Store,
    kept: impl IntoIterator<Item = ContentHash>,
) -> store::Result<BTreeSet<ContentHash>> {
    let mut unknown: BTreeSet<ContentHash> = kept.into_iter().collect();
    let mut after = None;
    while !unknown.is_empty() {
        let page = store.arrivals(after, ARRIVALS_PER_PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for arrival in &page {
            unknown.remove(&arrival.content);
        }
    }
    Ok(unknown)
}

/// Whether a claim waits without an item that says so. A daemon may have released it meanwhile.
fn nobody_sees(store: &dyn Store, id: ClaimId) -> store::Result<bool> {
    let filter = WorkFilter { open_only: true, claim: Some(id), ..WorkFilter::default() };
    let has_item = !store.work(&filter)?.is_empty();
    Ok(!has_item && store.claim(id)?.is_some_and(|claim| claim.state == State::Held))
}

/// How many claims the store follows.
fn followed(store: &dyn Store) -> store::Result<u64> {
    Ok(store.totals()?.iter().map(|total| total.claims).sum())
}

/// Gives the claims that are kept of it.
fn audit_arrival(
    store: &dyn Store,
    arrival: &Arrival,
    (bytes_of, cash, brought): (&impl Fn(&Arrival) -> Result<Bytes, String>, &Cash, &mut Brought),
    audit: &mut Audit,
) -> store::Result<Vec<Claim>> {
    audit.arrivals += 1;
    let ArrivalId(id) = arrival.id;
    if arrival.verdict.is_none() {
        audit.undecided += 1;
        return Ok(Vec::new());
    }
    let kept = store.claims_of_arrival(arrival.id)?;
    for claim in &kept {
        let (claims, charge) = audit.by_state.entry(claim.state).or_default();
        *claims += 1;
        *charge += claim.charge_in_file;
        if claim.state == State::Held && nobody_sees(store, claim.id)? {
            let text = format!("claim {} is held, and no item of the queue says so", claim.id.0);
            audit.disagreements.push(text);
        }
    }
    let bytes = match bytes_of(arrival) {
        Ok(bytes) => bytes,
        Err(why) => {
            audit.disagreements.push(format!("arrival {id}: its bytes cannot be read: {why}"));
            return Ok(kept);
        }
    };
    let interchanges = x12::interchange::read(&bytes).interchanges;
    remitted::compare(arrival.id, &interchanges, cash, audit);
    let Raw { claims: raw, charge, unsummed, charge_out_of_form } = count_raw(&interchanges);
    let summary = Summary::of(arrival);
    brought.add(arrival.id, &interchanges, summary.count("remittances"));
    let mended = summary.money("charge_mended_cents").min(charge_out_of_form);
    let raw_charge = charge + mended;
    audit.charges_unsummed += unsummed - summary.count("charges_mended").min(unsummed);
    let repeated = summary.count("claims_in_repeats");
    let rejected = summary.count("claims_in_rejected_sets");
    let rejected_charge = summary.money("charge_in_rejected_sets_cents");
    let kept_charge: Money = kept.iter().map(|claim| claim.charge_in_file).sum();
    let refused = summary.was_refused();
    if raw != kept.len() as u64 + rejected + repeated && !refused {
        audit.disagreements.push(format!(
            "arrival {id}: {raw} claims in the file, but {} kept, {rejected} in rejected sets, \
             {repeated} repeated",
            kept.len()
        ));
    }
    if repeated == 0 && raw_charge != kept_charge + rejected_charge && !refused {
        audit.disagreements.push(format!(
            "arrival {id}: charges of {raw_charge} in the file, but {kept_charge} kept and \
             {rejected_charge} in rejected sets"
        ));
    }
    audit.claims_repeated += repeated;
    audit.claims_in += raw - repeated.min(raw);
    audit.charge_in += if repeated == 0 { raw_charge } else { kept_charge + rejected_charge };
    audit.in_rejected_sets += if refused { raw } else { rejected };
    audit.charge_in_rejected_sets += if refused { raw_charge } else { rejected_charge };
    Ok(kept)
}

/// The counts that were noted when an arrival was decided on.
struct Summary(serde_json::Value);

impl Summary {
    fn of(arrival: &Arrival) -> Summary {
        Summary(serde_json::from_str(&arrival.summary).unwrap_or_default())
    }

    fn count(&self, key: &str) -> u64 {
        self.0.get(key).and_then(serde_json::Value::as_u64).unwrap_or_default()
    }

    fn money(&self, key: &str) -> Money {
        let cents = self.0.get(key).and_then(serde_json::Value::as_i64);
        Money::from_cents(cents.unwrap_or_default())
    }

    /// Set aside whole, with a reason: too large, unreadable, or our mistake.
    fn was_refused(&self) -> bool {
        self.0.get("refused").is_some()
    }
}

/// What a file holds, by its CLM segments alone: no guide, no decision.
#[derive(Default)]
struct Raw {
    claims: u64,
    charge: Money,
    unsummed: u64,
    /// What the unsummed charges come to where form alone keeps them from being summed.
    charge_out_of_form: Money,
}

fn count_raw(interchanges: &[Interchange]) -> Raw {
    const CLM: Tag = Tag::new(b"CLM");
    let mut counted = Raw::default();
    for interchange in interchanges {
        for set in interchange.groups.iter().flat_map(|group| &group.sets) {
            if interchange.set_header(set).text(1) != b"837" {
                continue;
            }
            for clm in interchange.set_segments(set).filter(|segment| segment.tag() == CLM) {
                counted.claims += 1;
                match clm.money(2) {
                    Some(charge) => counted.charge += charge,
                    None => {
                        counted.unsummed += 1;
                        let charge = form::amount(&clm.field(2)).unwrap_or_default();
                        counted.charge_out_of_form += charge;
                    }
                }
            }
        }
    }
    counted
}

fn compare_totals(audit: &mut Audit, followed_before: u64, followed_after: u64) {
    let of_arrivals: u64 = audit.by_state.values().map(|(count, _)| count).sum();
    if difference(of_arrivals, followed_before, followed_after) != 0 {
        audit.disagreements.push(format!(
            "the store follows {followed_after} claims, but {of_arrivals} belong to its arrivals"
        ));
    }
    let accounted = audit.claims_accounted();
    if audit.claims_in != accounted {
        audit
            .disagreements
            .push(format!("{} claims came in, but {accounted} are accounted for", audit.claims_in));
    }
    let charge = audit.charge_accounted();
    if audit.charge_in != charge {
        audit.disagreements.push(format!(
            "charges of {} came in, but {charge} are accounted for",
            audit.charge_in
        ));
    }
}

/// How far a count is off from what the store followed before it and after it. In between is
/// right: claims came while it was counted.
fn difference(counted: u64, before: u64, after: u64) -> i64 {
    counted as i64 - counted.clamp(before, after.max(before)) as i64
}

/// Keeps a running count of claims in minus claims accounted for, for the metric that must be 0.
#[derive(Debug, Default)]
pub struct Running {
    /// Everything up to here is decided and counted.
    counted_to: Option<ArrivalId>,
    claims_kept: u64,
}

impl Running {
    /// Claims that came in and were not rejected whole, less those that the store follows.
    pub fn unaccounted(&mut self, store: &dyn Store) -> store::Result<i64> {
        let before = followed(store)?;
        let mut kept = self.claims_kept;
        let mut after = self.counted_to;
        let mut all_decided = true;
        loop {
            let page = store.arrivals(after, ARRIVALS_PER_PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for arrival in &page {
                let summary = Summary::of(arrival);
                let rejected = summary.count("claims_in_rejected_sets");
                kept += summary.count("claims").saturating_sub(rejected);
                all_decided &= arrival.verdict.is_some();
                if all_decided {
                    (self.counted_to, self.claims_kept) = (Some(arrival.id), kept);
                }
            }
        }
        Ok(difference(kept, before, followed(store)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::NewArrival;

    #[test]
    fn tells_what_the_store_does_not_know() {
        let store = store::open("memory:").expect("a store");
        let [known, lost] = ["a", "b"].map(|digit| ContentHash(digit.repeat(64)));
        let arrival = NewArrival {
            channel: "cedar".to_owned(),
            name: "monday.edi".to_owned(),
            content: known.clone(),
            len: 1,
            received_at: Moment(1),
        };
        store.remember(&arrival).expect("remembered");
        let found = unknown(&*store, [known, lost.clone()]).expect("read");
        assert_eq!(found, BTreeSet::from([lost]));
    }

    #[test]
    fn claims_that_come_while_it_counts_are_not_amiss() {
        for (counted, before, after, expected) in
            [(5, 5, 5, 0), (5, 5, 8, 0), (7, 5, 8, 0), (8, 5, 8, 0), (4, 5, 8, -1), (9, 5, 8, 1)]
        {
            assert_eq!(difference(counted, before, after), expected, "{counted}");
        }
    }
}
