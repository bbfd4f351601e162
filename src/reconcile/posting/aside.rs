//! A remittance that is set aside, for another has its number, day and amount.

use x12::view::remittance::Remittance;

use super::all_judged;
use crate::change::NewPayment;
use crate::reconcile::Incoming;
use crate::reconcile::balance::balance;
use crate::reconcile::matching::{Known, KnownClaim};
use crate::reconcile::payee::compare_with_known;
use crate::reconcile::told::{broken, payment_of};

/// What is kept of it: what it says, and which rules it breaks. Nothing of it is posted.
pub(in crate::reconcile) fn set_aside(
    remittance: &Remittance<'_>,
    known: &[KnownClaim],
    incoming: &Incoming<'_>,
) -> NewPayment {
    let mut balance = balance(remittance);
    compare_with_known(remittance, incoming, known, &mut balance);
    let known = Known::new(known);
    let judged = all_judged(remittance, incoming, &known);
    let broken = broken(&balance, balance.findings.iter());
    let payment = payment_of(remittance, incoming, &balance, &judged);
    NewPayment { is_balanced: false, broken, ..payment }
}
