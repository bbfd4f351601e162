//! Answers to predeterminations: what a payer would pay for what was not done yet. Nothing was charged,
//! so that nothing is posted.

use x12::value::Money;
use x12::view::remittance::ClaimPayment;

use super::{Decider, Judged, Outcome};
use crate::change::Word;
use crate::change::cases::Undecided;
use crate::denials::Category;
use crate::lifecycle::Event;
use crate::reconcile::matching::KnownClaim;

impl Decider<'_> {
    /// Takes what is said of a predetermination; false when that is nothing of its own.
    pub(super) fn take_estimated(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> bool {
        let is_paid = !judged.paid().is_zero();
        match &judged.outcome {
            Outcome::Paid | Outcome::Denied(_) | Outcome::Reversed | Outcome::Estimate
                if is_paid =>
            {
                self.suspend(judged);
                let what = "the payer pays a predetermination (CLM19 PB), which asks for no money";
                let action =
                    "attach it to the claim for what was done, or ask the payer what it pays";
                self.puzzle_over_money(judged, claim.id, what.to_owned(), action);
            }
            Outcome::Paid | Outcome::Estimate => {
                let told = would_pay(judged.payment);
                self.advance_as(judged, claim, Event::Estimated, &told);
                self.close_unanswered(claim);
            }
            // Its item leads to a better question.
            Outcome::Denied(parts) => {
                self.note_word(judged, Word::Denied);
                self.advance(judged, claim, Event::Denied);
                self.take_denial(judged, claim, parts, false);
            }
            Outcome::Reversed => self.advance(judged, claim, Event::Reversed),
            Outcome::Elsewhere | Outcome::Waiting | Outcome::Unclear => return false,
        }
        true
    }

    /// What was denied before is answered now.
    fn close_unanswered(&mut self, claim: &KnownClaim) {
        let is_it = |case: &&Undecided| case.category == Category::Denied && case.is_open();
        let cases = claim.undecided.iter().filter(is_it);
        self.close_items(cases, "the payer said what it would pay");
    }
}

/// What would be paid of the charge, and what would be left to the patient: what is not paid yet (101),
/// or, where no adjustment says so, what the others leave.
fn would_pay(payment: &ClaimPayment<'_>) -> String {
    let charge = payment.charge.money().unwrap_or_default();
    let (mut estimate, mut patient, mut all) = (None, Money::ZERO, Money::ZERO);
    for adjustment in payment.all_adjustments() {
        let amount = adjustment.money();
        all += amount;
        if adjustment.reason.is(ESTIMATE) {
            *estimate.get_or_insert(Money::ZERO) += amount;
        } else if adjustment.group.is("PR") {
            patient += amount;
        }
    }
    let paid = estimate.unwrap_or(charge - all);
    format!("an estimate: {paid} of {charge} would be paid, {patient} would be left to the patient")
}

/// CAS: what would be paid once the work is done.
const ESTIMATE: &str = "101";
