//! Services that a payer rolled up in another one: CO-97 takes their whole charges off them, and OA-94
//! adds as much to the one that it pays for all (RFI 2320). What is paid there is denied nowhere.

use std::collections::HashMap;

use x12::segment::Field;
use x12::value::Money;
use x12::view::parts::Adjustment;
use x12::view::remittance::{ClaimPayment, ServicePayment};

/// What OA-94 adds to services. Of a reversal all amounts have a minus.
pub fn added(claim: &ClaimPayment<'_>) -> Money {
    let of_services = claim.services.iter().flat_map(|service| &service.adjustments);
    let adds = |one: &&Adjustment<'_>| {
        one.reason.is("94") && one.money().is_negative() != claim.is_reversal()
    };
    of_services.filter(adds).map(|one| -one.money()).sum()
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
    let mut by_patient: HashMap<String, (Money, Money)> = HashMap::new();
    let is_apart = |claim: &ClaimPayment<'_>| !claim.is_reversal() && !is_settled(claim);
    for claim in claims.iter().filter(|claim| is_apart(claim)) {
        let sums = by_patient.entry(patient(claim)).or_default();
        sums.0 += added(claim);
        sums.1 += rolled_up(claim);
    }
    let of_patient = |claim: &ClaimPayment<'_>| {
        let sums = by_patient.get(&patient(claim)).copied().unwrap_or_default();
        is_apart(claim) && !sums.0.is_zero() && sums.0 == sums.1
    };
    claims.iter().map(|claim| is_settled(claim) || of_patient(claim)).collect()
}

fn patient(claim: &ClaimPayment<'_>) -> String {
    let party = claim.parties.iter().find(|party| party.entity.is("QC"));
    let text = |field: Field<'_>| field.text().trim().to_owned();
    party.map_or(String::new(), |party| match text(party.id) {
        id if id.is_empty() => format!("{}*{}", text(party.last_name), text(party.first_name)),
        id => id,
    })
}
