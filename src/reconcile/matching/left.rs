//! What a CLP leaves to another CLP of the same claim: each tells the whole charge, and decides on a part of it.

use x12::view::parts::Adjustment;
use x12::view::remittance::{ClaimPayment, ServicePayment};

use super::KnownClaim;
use super::lines::is_of_copy;
use crate::denials::bundle;
use crate::reconcile::{findings, is_later_payer};

/// The adjustments that take nothing off, for another CLP decides on what they are about, by the bytes at which
/// their amounts stand: services or parts of services by 94 or, of who decides first, by 23. A CLP that decides on
/// nothing itself says as well that there is another.
pub fn left_to_others(payment: &ClaimPayment<'_>, is_after_another: bool) -> Vec<usize> {
    let mut all = payment.services.iter().flat_map(|service| &service.adjustments);
    let mut left = Vec::new();
    if !all.any(|one| one.reason.is_any(&["94", "23"])) {
        return left;
    }
    for service in &payment.services {
        if is_of_copy(service) {
            continue;
        }
        let is_left = |one: &&Adjustment<'_>| {
            let is_of = one.reason.is("94") || one.reason.is("23") && !is_after_another;
            let is_taken_off = one.money().is_negative() == payment.is_reversal();
            is_of && is_taken_off && !one.money().is_zero()
        };
        left.extend(service.adjustments.iter().filter(is_left).map(|one| one.amount.place.offset));
    }
    let mut all = payment.all_adjustments().filter(|one| !one.money().is_zero());
    let is_all = all.all(|one| left.contains(&one.amount.place.offset));
    // What 94 adds to a line it may take off another one: the charge is moved. Nor is anything left of what is
    // denied as a whole.
    if !bundle::added(payment).is_zero() || is_all && payment.status.is("4") {
        left.clear();
    }
    left
}

/// Whether all of a service is said to be paid in another place, and nothing of it here: by 94, or by 23 of a
/// payer that decides first.
pub(super) fn is_paid_elsewhere(
    service: &ServicePayment<'_>,
    payment: &ClaimPayment<'_>,
    (claim, payer): (&KnownClaim, &str),
) -> bool {
    let charge = service.charge.money().unwrap_or_default();
    let is_after_another = is_later_payer(payer, claim.payer.as_deref(), &payment.status.text())
        || !claim.payers_before.is_empty()
        || findings::is_after_another(payment);
    let is_it = |one: &Adjustment<'_>| {
        let is_of = one.reason.is("94") || one.reason.is("23") && !is_after_another;
        is_of && one.money() == charge
    };
    let mut all = service.adjustments.iter().filter(|one| !one.money().is_zero());
    let alone = all.next().filter(|_| all.next().is_none());
    service.paid.money().unwrap_or_default().is_zero() && alone.is_some_and(is_it)
}
