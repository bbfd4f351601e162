//! Claims that go out in one another's place: a replacement or a void (CLM05-3 7 or 8) is the same
//! service once more, so that the first of them has the charge and all that is posted.

use std::collections::{BTreeSet, HashSet};

use x12::fault::Place;
use x12::value::Money;

use crate::change::{ClaimId, Resend};
use crate::document::Document;
use crate::intake::likeness::{Likeness, is_same_payer_number};
use crate::ledger::{self, GivenUp, Posting};
use crate::lifecycle::State;
use crate::reconcile::matching::Void;
use crate::store::{self, Claim, Store, WorkFilter};

/// CLM05-3 of a claim that takes another one's place.
const REPLACING: [&str; 2] = ["7", "8"];
/// CLM05-3 of one that takes it back.
pub const VOID: &str = "8";

/// Whether a claim may go out in the place of another, before its segments are looked at.
pub fn may_replace(claim: &Claim) -> bool {
    let says_so = REPLACING.contains(&claim.frequency.as_str()) || !claim.edits.is_empty();
    claim.times_sent == 0 && claim.replaces.is_none() && says_so
}

/// The first of the claims that went out in one another's place.
pub fn first(store: &dyn Store, claim: &Claim) -> store::Result<Claim> {
    let mut found = claim.clone();
    // A claim is later than the one that it replaces, so this ends.
    while let Some(before) = found.replaces.filter(|before| *before < found.id) {
        match store.claim(before)? {
            Some(earlier) => found = earlier,
            None => break,
        }
    }
    Ok(found)
}

/// The first of them and all that went out in its place, oldest first.
pub fn all(store: &dyn Store, first: Claim) -> store::Result<Vec<Claim>> {
    let mut found = Vec::new();
    let mut seen: HashSet<ClaimId> = HashSet::new();
    let mut left = vec![first];
    while let Some(claim) = left.pop() {
        if seen.insert(claim.id) {
            left.extend(store.replacements(&[claim.id])?);
            found.push(claim);
        }
    }
    found.sort_by_key(|claim| claim.id);
    Ok(found)
}

/// What the ledger has as charged for a claim.
pub fn charged(store: &dyn Store, claim: ClaimId) -> store::Result<Money> {
    Ok(store.postings(claim)?.iter().filter_map(ledger::charged).sum())
}

/// What has to be posted where something was given up of the claims that these postings are of.
pub fn given_up(
    store: &dyn Store,
    postings: &[Posting],
    source: Place,
) -> store::Result<Vec<Posting>> {
    let claims: BTreeSet<ClaimId> = postings.iter().filter_map(|made| made.claim).collect();
    let mut settled = Vec::new();
    for claim in claims {
        let mut given_up = GivenUp::default();
        given_up.add(&store.postings(claim)?);
        given_up.add(postings.iter().filter(|made| made.claim == Some(claim)));
        settled.extend(given_up.settle(claim, source));
    }
    Ok(settled)
}

/// The claim that one takes the place of, by its CLM05-3, REF*F8 and CLM01: the newest of its
/// office for its payer that went out, or is about to.
pub fn replaced(
    store: &dyn Store,
    claim: &Claim,
    document: &Document,
) -> store::Result<Option<Claim>> {
    let number = crate::corrections::original_number(document);
    if !REPLACING.contains(&document.frequency().as_str()) || number.is_empty() {
        return Ok(None);
    }
    let is_before = |other: &Claim| {
        other.id < claim.id
            && other.partner == claim.partner
            && other.payer == claim.payer
            && other.frequency != VOID
            && (other.times_sent > 0 || other.state == State::Ready)
    };
    let is_same_patient =
        |other: &Claim| !claim.patient.is_empty() && other.patient == claim.patient;
    let own_number = claim.patient_control_number.expose();
    let mut family = store.claims_by_control_number(own_number)?;
    family.retain(|other| {
        // An office may give one number to several patients, but the payer does not.
        let is_known_so = is_same_payer_number(&other.payer_control_number, &number);
        is_before(other) && (is_same_patient(other) || is_known_so)
    });
    let mut under_number = store.claims_by_payer_number(&number)?;
    under_number.retain(|other| is_before(other) && is_same_patient(other));
    Ok(family.into_iter().chain(under_number).next())
}

/// The claim of the payer before, when an office itself bills the one after it under the same CLM01;
/// nothing when that one was billed already.
pub fn claim_before(store: &dyn Store, likeness: &Likeness) -> store::Result<Option<ClaimId>> {
    if likeness.follows.is_some() || likeness.own.is_some() || likeness.replaces.is_some() {
        return Ok(None);
    }
    let Some(payer) = likeness.payers_before.last() else { return Ok(None) };
    let number = likeness.patient_control_number.expose();
    let mut family = store.claims_by_control_number(number)?;
    family.retain(|claim| {
        claim.partner == likeness.partner
            // The patient has another number with each payer.
            && claim.billing_npi == likeness.billing_npi
            && claim.charge == likeness.charge
            && claim.service_from == likeness.service_from
            && claim.state != State::Rejected
    });
    let before = family.iter().find(|claim| claim.payer_id == *payer && claim.replaces.is_none());
    let Some(before) = before else { return Ok(None) };
    let mut later = store.followers(before.id)?;
    later.retain(|claim| !matches!(claim.state, State::Rejected | State::Closed));
    Ok(later.is_empty().then_some(before.id))
}

/// Of what went out in the place of a claim: whether a replacement did, and the void.
pub fn successors(
    store: &dyn Store,
    claim: &Claim,
    mut later: Vec<Claim>,
) -> store::Result<(bool, Option<Void>)> {
    // What the payer's front end sent back was never processed.
    later.retain(|one| one.times_sent > 0 && one.state != State::Returned);
    let is_replaced = later.iter().any(|one| one.frequency != VOID);
    let own_void = claim.times_sent > 1 && {
        let last = store.submissions(claim.id)?.pop();
        last.is_some_and(|last| last.frequency == VOID)
    };
    let void = later.into_iter().rfind(|one| one.frequency == VOID);
    if void.is_none() && !own_void {
        return Ok((is_replaced, None));
    }
    let filter = WorkFilter { open_only: true, claim: Some(claim.id), ..WorkFilter::default() };
    let open = store.work(&filter)?;
    let void = Void {
        claim: void.map(|void| (void.id, void.state)),
        is_new_to_come: open.iter().any(|item| item.resend == Some(Resend::Original)),
        charged: charged(store, first(store, claim)?.id)?,
    };
    Ok((is_replaced, Some(void)))
}
