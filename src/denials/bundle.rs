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

/// What OA-94 adds to a service of a claim.
pub fn added_to(service: &ServicePayment<'_>, claim: &ClaimPayment<'_>) -> Money {
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
    is_even(added(claim), rolled_up(claim))
}

/// Whether as much is added as is rolled up.
pub fn is_even(added: Money, rolled_up: Money) -> bool {
    !added.is_zero() && added == rolled_up
}

/// Claims of a remittance of which as much is added to services as comes off others of them: each alone, or those of
/// a patient, as laboratories have them (RFI 2009).
#[derive(Debug, Default)]
pub struct EvenSets {
    sets: Vec<Vec<usize>>,
    is_in: Vec<bool>,
}

impl EvenSets {
    pub fn of(claims: &[ClaimPayment<'_>]) -> EvenSets {
        let mut found = EvenSets { sets: Vec::new(), is_in: vec![false; claims.len()] };
        let mut by_patient: BTreeMap<String, (Vec<usize>, Money, Money)> = BTreeMap::new();
        for (at, claim) in claims.iter().enumerate() {
            let (added, rolled_up) = (added(claim), rolled_up(claim));
            if is_even(added, rolled_up) {
                found.add(vec![at]);
            } else if !claim.is_reversal() && (!added.is_zero() || !rolled_up.is_zero()) {
                let of_patient = by_patient.entry(patient(claim)).or_default();
                of_patient.0.push(at);
                of_patient.1 += added;
                of_patient.2 += rolled_up;
            }
        }
        for (set, added, rolled_up) in by_patient.into_values() {
            if is_even(added, rolled_up) {
                found.add(set);
            }
        }
        found
    }

    fn add(&mut self, set: Vec<usize>) {
        for &at in &set {
            self.is_in.get_mut(at).into_iter().for_each(|slot| *slot = true);
        }
        self.sets.push(set);
    }

    /// Whether what is rolled up in a claim, or is added to it, is so in a set.
    pub fn has(&self, at: usize) -> bool {
        self.is_in.get(at).copied().unwrap_or_default()
    }

    /// The services that are paid for others, in all claims of the remittance: what OA-94 adds to them comes off others
    /// (CO-97), or others bear their name (SVC01) and are unpaid as part of another.
    pub fn bundles(&self, claims: &[ClaimPayment<'_>]) -> Vec<Bundle> {
        let within = self.sets.iter().flat_map(|set| told_apart(&services_of(claims, set)));
        let mut bundles: Vec<Bundle> = within.collect();
        for (at, claim) in claims.iter().enumerate() {
            if !claim.is_reversal() && !self.has(at) {
                by_name(claim, at, &mut bundles);
            }
        }
        bundles
    }
}

/// A service that is paid for others, or that is rolled up.
#[derive(Clone, Debug)]
pub struct Rolled {
    pub at: At,
    /// The procedure that it is paid as, or as part of; empty where that is not known.
    pub code: String,
    /// What OA-94 adds to it; nothing to what is rolled up.
    pub added: Money,
    pub charge: Money,
}

/// What is added and rolled up in the claims of a set.
fn services_of(claims: &[ClaimPayment<'_>], set: &[usize]) -> Vec<Rolled> {
    let mut found = Vec::new();
    for (at, claim) in set.iter().filter_map(|&at| Some((at, claims.get(at)?))) {
        for (service, one) in claim.services.iter().enumerate() {
            let added = added_to(one, claim);
            if !added.is_zero() || rolled_up_in(one).next().is_some() {
                let code = one.procedure.code.text().into_owned();
                let charge = one.charge.money().unwrap_or_default();
                found.push(Rolled { at: At { claim: at, service }, code, added, charge });
            }
        }
    }
    found
}

/// The bundles of what is even, in its order. Of several each has the parts that bear its name, or that follow it, or
/// that are left over.
pub fn told_apart(services: &[Rolled]) -> Vec<Bundle> {
    let is_paid = |one: &&Rolled| !one.added.is_zero();
    let (paid, mut parts): (Vec<&Rolled>, Vec<&Rolled>) = services.iter().partition(is_paid);
    let bundle = |one: &&Rolled| Bundle {
        paid: one.at,
        added: one.added,
        parts: Vec::new(),
        is_even: false,
    };
    let mut bundles: Vec<Bundle> = paid.iter().map(bundle).collect();
    for by in [By::Name, By::Place, By::Rest] {
        for (index, (bundle, one)) in bundles.iter_mut().zip(&paid).enumerate() {
            if bundle.is_even {
                continue;
            }
            let is_before_next = |part: At| paid.get(index + 1).is_none_or(|next| part < next.at);
            let is_its = |part: &&&Rolled| match by {
                By::Name => !one.code.is_empty() && one.code == part.code,
                By::Place => one.at < part.at && is_before_next(part.at),
                By::Rest => true,
            };
            let own: Vec<&Rolled> = parts.iter().filter(is_its).copied().collect();
            if own.iter().map(|part| part.charge).sum::<Money>() == bundle.added {
                bundle.parts = own.iter().map(|part| part.at).collect();
                bundle.is_even = true;
                parts.retain(|part| !bundle.parts.contains(&part.at));
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
fn by_name(claim: &ClaimPayment<'_>, at: usize, bundles: &mut Vec<Bundle>) {
    let is_under_another = |one: &ServicePayment<'_>| {
        let code = one.procedure.code.text();
        one.submitted.as_ref().is_some_and(|submitted| !submitted.code.is(&code))
    };
    for (service, one) in claim.services.iter().enumerate() {
        if !is_under_another(one) || is_part(one) {
            continue;
        }
        let code = one.procedure.code.text();
        let is_its = |(_, other): &(usize, &ServicePayment<'_>)| {
            other.procedure.code.is(&code) && is_part(other)
        };
        let named = claim.services.iter().enumerate().filter(is_its);
        let parts: Vec<At> = named.map(|(service, _)| At { claim: at, service }).collect();
        let added = added_to(one, claim);
        // Otherwise more than the charge is paid, which 94 says too.
        if !parts.is_empty() || !added.is_zero() {
            bundles.push(Bundle { paid: At { claim: at, service }, added, parts, is_even: false });
        }
    }
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
