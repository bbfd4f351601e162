//! Reason 100: the payer paid the patient, and not whoever treated.

use x12::value::Money;

use super::{Decider, Judged};
use crate::change::Word;
use crate::denials::printable;
use crate::denials::route::{self, Subject};
use crate::ledger::PAID_TO_PATIENT;
use crate::reconcile::matching::KnownClaim;

impl Decider<'_> {
    /// The patient owes it, as the ledger says; but who was paid seldom waits for a statement.
    pub(super) fn tell_paid_to_patient(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        word: Word,
    ) {
        let adjustments = judged.payment.all_adjustments();
        let found: Vec<_> = adjustments.filter(|one| one.reason.is(PAID_TO_PATIENT)).collect();
        let sum: Money = found.iter().map(|one| one.money()).sum();
        let Some(first) = found.first().filter(|_| Money::ZERO < sum) else { return };
        if word == Word::Reversed {
            return;
        }
        let group = printable(&first.group);
        let what = format!(
            "the payer paid {sum} to the patient, and not to you ({group}-{PAID_TO_PATIENT})"
        );
        let action = "collect it from the patient, whose statement asks for it; see that the claim assigns \
                      benefits (CLM08), so that the payer pays you next time";
        self.decision.summary.unexplained += 1;
        let subject = Subject { amount: sum, ..self.subject(judged, Some(claim.id)) };
        self.add_work(route::unexplained(&subject, what, action));
    }
}
