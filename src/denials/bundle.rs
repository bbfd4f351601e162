//! Services that a payer rolled up in another one: CO-97 takes their whole charges off them, and OA-94
//! adds as much to the one that it pays for all (RFI 2320). What is paid there is denied nowhere.

use std::collections::BTreeMap;

use x12::segment::Field;
use x12::value::Money;
use x12::view::parts::Adjustment;
use x12::view::remittance::{ClaimPayment, ServicePayment};

/// A service that is paid for others as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    pub paid: At,
    /// What OA-94 adds to it.
    pub added: Money,
    /// The services that are paid with it, as far as it can be told which they are.
    pub parts: Vec<At>,
    /// Whether these are all that is added.
    pub is_even: bool,
}

/// A service, by the index of its claim payment in the remittance, and by its own in that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub claim: usize,
    pub service: usize,
}

/// Reasons for which a service is part of another one.
pub const REASONS: [&str; 9] = ["60", "97", "128", "190", "194", "231", "234", "236", "B10"];

/// What OA-94 adds to services. Of a reversal all amounts have a minus.
pub fn added(claim: &ClaimPayment<'_>) -> Money {
    claim.services.iter().map(|service| added_to(service, claim)).sum()
}

fn added_to(service: &ServicePayment<'_>, claim: &ClaimPayment<'_>) -> Money {
    let adds = |one: &&Adjustment<'_>| {
        one.reason.is("94") && one.money().is_negative() != claim.is_reversal()
    };
    service.adjustments.iter().filter(adds).map(|one| -one.money()).sum()
}

/// The charges that CO-97 takes off.
pub fn rolled_up(claim: &ClaimPayment<'_>) -> Money {
    claim.services.iter().flat_map(rolled_up_in).map(Adjustment::money).sum()
}

/// What takes the whole charge off a service, for it is paid with another.
pub fn rolled_up_in<'s, 'f>(
    service: &'s ServicePayment<'f>,
) -> impl Iterator<Item = &'s Adjustment<'f>> {
    let charge = service.charge.money().unwrap_or_default();
    service.adjustments.iter().filter(move |one| one.reason.is("97") && one.money() == charge)
}

/// Whether what is rolled up in a claim is added to another service of it.
pub fn is_settled(claim: &ClaimPayment<'_>) -> bool {
    let added = added(claim);
    !added.is_zero() && added == rolled_up(claim)
}

/// Of each claim of a remittance, whether what is rolled up in it is added to another service: of the
/// claim, or, in laboratories, of another claim of the patient (RFI 2009).
pub fn settled(claims: &[ClaimPayment<'_>]) -> Vec<bool> {
    let sets = even_sets(claims);
    (0..claims.len()).map(|at| sets.iter().any(|set| set.contains(&at))).collect()
}

/// The services that are paid for others, in all claims of a remittance: what OA-94 adds to them comes off others
/// (CO-97), or others bear their name (SVC01) and are unpaid as part of another.
pub fn bundles(claims: &[ClaimPayment<'_>]) -> Vec<Bundle> {
    let mut bundles = Vec::new();
    let sets = even_sets(claims);
    for set in &sets {
        bundles.extend(within(claims, set));
    }
    for (at, claim) in claims.iter().enumerate() {
        if !claim.is_reversal() && !sets.iter().any(|set| set.contains(&at)) {
            bundles.extend(by_name(claims, at));
        }
    }
    bundles
}

/// Claims of which as much is added to services as comes off others of them: each alone, or those of a patient.
fn even_sets(claims: &[ClaimPayment<'_>]) -> Vec<Vec<usize>> {
    let mut sets = Vec::new();
    let mut by_patient: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        if is_settled(claim) {
            sets.push(vec![at]);
        } else if !claim.is_reversal() && (!added(claim).is_zero() || !rolled_up(claim).is_zero()) {
            by_patient.entry(patient(claim)).or_default().push(at);
        }
    }
    for set in by_patient.into_values() {
        let sum = |of: fn(&ClaimPayment<'_>) -> Money| -> Money {
            set.iter().filter_map(|&at| claims.get(at)).map(of).sum()
        };
        if !sum(added).is_zero() && sum(added) == sum(rolled_up) {
            sets.push(set);
        }
    }
    sets
}

/// The bundles of a set that is even. Of several each has the parts that bear its name, or that follow it, or that
/// are left over.
fn within(claims: &[ClaimPayment<'_>], set: &[usize]) -> Vec<Bundle> {
    let (mut bundles, mut parts) = (Vec::new(), Vec::new());
    for (claim, at) in set.iter().filter_map(|&at| Some((claims.get(at)?, at))) {
        for (service, one) in claim.services.iter().enumerate() {
            let (at, added) = (At { claim: at, service }, added_to(one, claim));
            if !added.is_zero() {
                bundles.push(Bundle { paid: at, added, parts: Vec::new(), is_even: false });
            } else if rolled_up_in(one).next().is_some() {
                parts.push(at);
            }
        }
    }
    let service = |at: At| claims.get(at.claim).and_then(|claim| claim.services.get(at.service));
    let bears_its_name = |bundle: &Bundle, part: At| {
        let (Some(one), Some(other)) = (service(bundle.paid), service(part)) else { return false };
        one.procedure.code.is(&other.procedure.code.text())
    };
    let paid: Vec<At> = bundles.iter().map(|bundle| bundle.paid).collect();
    for by in [By::Name, By::Place, By::Rest] {
        for (index, bundle) in bundles.iter_mut().enumerate().filter(|(_, one)| !one.is_even) {
            let is_before_next = |part: At| paid.get(index + 1).is_none_or(|next| part < *next);
            let is_its = |part: &At| match by {
                By::Name => bears_its_name(bundle, *part),
                By::Place => bundle.paid < *part && is_before_next(*part),
                By::Rest => true,
            };
            let own = parts.iter().copied().filter(is_its);
            let own: Vec<At> = own.collect();
            let charge = |at: &At| service(*at)?.charge.money();
            let sum: Money = own.iter().filter_map(charge).sum();
            if sum == bundle.added {
                parts.retain(|part| !own.contains(part));
                (bundle.parts, bundle.is_even) = (own, true);
            }
        }
    }
    bundles
}

/// How the parts of one of several bundles are known.
#[derive(Clone, Copy)]
enum By {
    Name,
    Place,
    Rest,
}

/// The bundles of a claim in which what is added is not what comes off others: a service under another procedure than
/// was submitted, and those that bear the same and are unpaid as part of another.
fn by_name(claims: &[ClaimPayment<'_>], at: usize) -> Vec<Bundle> {
    let Some(claim) = claims.get(at) else { return Vec::new() };
    let services = || claim.services.iter().enumerate();
    let mut bundles = Vec::new();
    for (service, one) in services().filter(|(_, one)| !is_part(one)) {
        let code = one.procedure.code.text();
        let is_its = |(_, other): &(usize, &ServicePayment<'_>)| {
            other.procedure.code.is(&code) && is_part(other)
        };
        let is_other = one.submitted.as_ref().is_some_and(|submitted| !submitted.code.is(&code));
        let named = services().filter(is_its).map(|(service, _)| At { claim: at, service });
        let parts: Vec<At> = named.filter(|_| is_other).collect();
        let added = added_to(one, claim);
        // Otherwise more than the charge is paid, which 94 says too.
        if !parts.is_empty() || is_other && !added.is_zero() {
            bundles.push(Bundle { paid: At { claim: at, service }, added, parts, is_even: false });
        }
    }
    bundles
}

/// Whether nothing is paid of a service, as it is part of another.
fn is_part(service: &ServicePayment<'_>) -> bool {
    let is_unpaid = service.paid.money() == Some(Money::ZERO);
    is_unpaid && service.adjustments.iter().any(|one| one.reason.is_any(&REASONS))
}

fn patient(claim: &ClaimPayment<'_>) -> String {
    let party = claim.parties.iter().find(|party| party.entity.is("QC"));
    let text = |field: Field<'_>| field.text().trim().to_owned();
    party.map_or(String::new(), |party| match text(party.id) {
        id if id.is_empty() => format!("{}*{}", text(party.last_name), text(party.first_name)),
        id => id,
    })
}
