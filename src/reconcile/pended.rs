//! What a claim payment does not decide on, though it tells of it: its payer has not decided yet, or another CLP of
//! the claim does. Neither takes anything off.

use x12::view::parts::Adjustment;
use x12::view::remittance::{ClaimPayment, ServicePayment};

use super::findings::is_after_another;
use super::is_later_payer;
use super::matching::{KnownClaim, LineMatch, LinePart, left_to_others};
use super::outcome::Judge;
use super::taken_back::originals;
use crate::denials::printable;
use crate::denials::reasons::{self, Class};
use crate::ledger;

/// Adjustments of a claim payment that stay owed, by the bytes at which their amounts stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pended {
    /// The payer has not decided on them.
    reviewed: Vec<usize>,
    /// Another CLP of the claim decides on them.
    left: Vec<usize>,
}

impl Pended {
    /// What the payer has not decided on, by the table and the office's rows: those for a remark, too.
    pub fn of(payment: &ClaimPayment<'_>, judge: Judge<'_>) -> Pended {
        let mut reviewed = Vec::new();
        let of_claim: Vec<String> = payment.remarks.iter().map(printable).collect();
        let mut take = |adjustments: &[Adjustment<'_>], remarks: &[String]| {
            let is_it = |one: &&Adjustment<'_>| {
                is_always(one) || judge.class(one, remarks) == Class::Waiting
            };
            let its = adjustments.iter().filter(is_it);
            reviewed.extend(its.map(|one| one.amount.place.offset));
        };
        take(&payment.adjustments, &of_claim);
        for service in &payment.services {
            let own = service.remarks.iter().map(printable);
            let remarks: Vec<String> = own.chain(of_claim.iter().cloned()).collect();
            take(&service.adjustments, &remarks);
        }
        Pended { reviewed, left: Vec::new() }
    }

    /// With what is left to other CLPs of a claim. A reversal takes back what was taken off.
    pub(super) fn beside_others(
        self,
        payment: &ClaimPayment<'_>,
        (claim, payer): (&KnownClaim, &str),
    ) -> Pended {
        let is_later = is_later_payer(payer, claim.payer.as_deref(), &payment.status.text());
        let is_after_another = is_later
            || claim.follows.is_some()
            || !claim.payers_before.is_empty()
            || is_after_another(payment);
        let mut left = left_to_others(payment, is_after_another);
        left.retain(|offset| !self.reviewed.contains(offset));
        if !left.is_empty() && payment.is_reversal() {
            let taken_off = taken_off(payment, claim);
            left.retain(|offset| !taken_off.contains(offset));
        }
        Pended { left, ..self }
    }

    pub fn has(&self, adjustment: &Adjustment<'_>) -> bool {
        let offset = adjustment.amount.place.offset;
        self.reviewed.contains(&offset) || self.left.contains(&offset)
    }

    /// Whether nothing is under review.
    pub fn is_empty(&self) -> bool {
        self.reviewed.is_empty()
    }

    /// How an adjustment is marked where it is kept for reading; not what is open by our table.
    pub(super) fn mark(&self, adjustment: &Adjustment<'_>) -> &'static str {
        let offset = adjustment.amount.place.offset;
        match self.reviewed.contains(&offset) && !is_always(adjustment) {
            true => ledger::PENDED,
            false if self.left.contains(&offset) => ledger::LEFT,
            false => "",
        }
    }

    pub(super) fn has_of(&self, service: &ServicePayment<'_>) -> bool {
        service.adjustments.iter().any(|one| self.has(one))
    }

    /// Whether something of a service is left to another CLP.
    pub(super) fn has_left(&self, service: &ServicePayment<'_>) -> bool {
        let is_it = |one: &Adjustment<'_>| self.left.contains(&one.amount.place.offset);
        service.adjustments.iter().any(is_it)
    }

    /// A line of which something is open is not denied, and one of which a part is left to others is not decided on as
    /// a whole.
    pub(super) fn keep_open(&self, lines: &mut [LineMatch], payment: &ClaimPayment<'_>) {
        if self.reviewed.is_empty() && self.left.is_empty() {
            return;
        }
        for (found, service) in lines.iter_mut().zip(&payment.services) {
            let is_reviewed =
                |one: &Adjustment<'_>| self.reviewed.contains(&one.amount.place.offset);
            if service.adjustments.iter().any(is_reviewed) {
                found.part = match found.part {
                    LinePart::Denied => LinePart::Whole,
                    LinePart::SomeDenied => LinePart::Some,
                    LinePart::DeniedBesideCopy | LinePart::Copy => LinePart::CopyInPart,
                    part @ (LinePart::Whole
                    | LinePart::Some
                    | LinePart::CopyInPart
                    | LinePart::Elsewhere) => part,
                };
            }
            if self.has_left(service) {
                found.part = match found.part {
                    LinePart::Denied => LinePart::SomeDenied,
                    LinePart::Whole => LinePart::Some,
                    part @ (LinePart::Some
                    | LinePart::SomeDenied
                    | LinePart::Copy
                    | LinePart::CopyInPart
                    | LinePart::DeniedBesideCopy
                    | LinePart::Elsewhere) => part,
                };
            }
        }
    }
}

/// What of a reversal was taken off by what it takes back, though it is left to others: by an earlier version, or as a
/// payer that decides after another; by the bytes of the amounts.
fn taken_off(reversal: &ClaimPayment<'_>, claim: &KnownClaim) -> Vec<usize> {
    let later = claim.later.iter().map(|(_, said)| said);
    let originals = originals(reversal, claim.earlier.iter().chain(later));
    let was_left = |adjustment: &Adjustment<'_>| {
        let code = format!("{}-{}", printable(&adjustment.group), printable(&adjustment.reason));
        let mut parts = originals.iter().flat_map(|one| one.left_parts());
        parts.any(|(_, of, amount)| of == code && amount == -adjustment.money())
    };
    match originals.is_empty() {
        true => Vec::new(),
        false => {
            let all = reversal.all_adjustments().filter(|one| !was_left(one));
            all.map(|one| one.amount.place.offset).collect()
        }
    }
}

/// By our table, whatever an office's row says.
fn is_always(adjustment: &Adjustment<'_>) -> bool {
    reasons::reason(&adjustment.reason.text()).class == Class::Waiting
}
