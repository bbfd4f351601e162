//! Answers to predeterminations: what a payer would pay for what was not done yet. Nothing was charged,
//! so that nothing is posted. A claim for what was done may be answered so by mistake.

use x12::value::Money;
use x12::view::remittance::ClaimPayment;

use super::{Decider, Judged, Outcome};
use crate::change::cases::{Alike, ESTIMATED, Undecided};
use crate::change::{NewWork, Word};
use crate::denials::Category;
use crate::denials::route;
use crate::lifecycle::{Event, State};
use crate::reconcile::matching::{KnownClaim, Match};

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

    /// Opens an item where a payer takes a claim that asks for money for a predetermination, once all that a
    /// remittance decides is heard.
    pub(super) fn tell_estimated(&mut self, all: &[Judged<'_, '_>]) {
        for judged in all {
            let Match::Sure { claim, .. } = &judged.found else { continue };
            let is_told = judged.outcome == Outcome::Estimate && judged.paid().is_zero();
            let asks = !claim.is_predetermination && !self.is_of_later_payer(judged, claim);
            let state = self.state(claim);
            if !is_told || !asks || !waits_for_decision(state) || self.has_estimated(claim) {
                continue;
            }
            let told = would_pay(judged.payment);
            // So the payer has it, and it can go out once more.
            if state != State::Accepted {
                self.advance_as(judged, claim, Event::ClaimAccepted, &told);
            }
            let what = format!(
                "the payer took the claim for a predetermination (CLP02 25), and will not pay it as it is: {told}"
            );
            let action = "ask the payer to process it as a claim, for the services were rendered; where it does not, \
                          see that nothing in the claim asks for a predetermination, and release it as it was, or \
                          corrected";
            self.decision.summary.unexplained += 1;
            let work = route::unexplained(&self.subject(judged, Some(claim.id)), what, action);
            let alike = Alike { rule: ESTIMATED.to_owned(), ..work.alike.clone() };
            let deadline = claim.service_to.map(|day| self.limits.filing(day));
            self.add_work(NewWork { amount: claim.charge, deadline, alike, ..work });
        }
    }

    fn has_estimated(&self, claim: &KnownClaim) -> bool {
        let is_its = |item: &NewWork| item.claim == Some(claim.id) && item.alike.rule == ESTIMATED;
        self.decision.change.work.iter().any(is_its)
            || claim.undecided.iter().any(|case| case.is_open_by(ESTIMATED))
    }

    /// The payer decides on the claim, or on one in its place.
    pub(super) fn close_estimated(&mut self, claim: &KnownClaim) {
        let others = claim.family.iter().flat_map(|family| &family.others);
        let cases = others.flat_map(|other| &other.undecided).chain(&claim.undecided);
        let told = cases.filter(|case| case.is_open_by(ESTIMATED));
        self.close_items(told, "closed by itself: the payer decided on the claim");
    }

    /// What was denied before is answered now.
    fn close_unanswered(&mut self, claim: &KnownClaim) {
        let is_it = |case: &&Undecided| case.category == Category::Denied && case.is_open();
        let cases = claim.undecided.iter().filter(is_it);
        self.close_items(cases, "the payer said what it would pay");
    }
}

/// Whether a claim that went out is with its payer, and nothing was decided of it.
const fn waits_for_decision(state: State) -> bool {
    match state {
        State::Batched | State::Sent | State::Acknowledged | State::Accepted => true,
        State::Rejected
        | State::Held
        | State::Ready
        | State::Returned
        | State::Paid
        | State::Denied
        | State::Closed => false,
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
