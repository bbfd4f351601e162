//! What is said of no claim that can be named, or does not add up: its money waits for a person.

use x12::phi::Phi;

use super::{Decider, Judged, in_words};
use crate::change::ClaimId;
use crate::denials::route::{self, Subject};
use crate::reconcile::balance::Equation;
use crate::reconcile::outcome::Outcome;
use crate::reconcile::told::{patient_named, why_unmatched};

impl Decider<'_> {
    pub(super) fn take_unmatched(
        &mut self,
        judged: &Judged<'_, '_>,
        why: &str,
        claims: &[ClaimId],
    ) {
        self.suspend(judged);
        // An estimate without money asks for nothing.
        if judged.outcome != Outcome::Estimate || !judged.paid().is_zero() {
            let subject = self.subject(judged, None);
            let patient = patient_named(judged.payment);
            let names = Phi::new(format!("{}{patient}", subject.names.expose()));
            let why = why_unmatched(why, judged.unsent);
            let is_unsent = judged.unsent.is_some();
            let work = route::unmatched(&Subject { names, ..subject }, &why, (claims, is_unsent));
            self.add_suspended(judged, work);
        }
    }

    pub(super) fn take_held(&mut self, judged: &Judged<'_, '_>, claim: ClaimId) {
        self.suspend(judged);
        let unequal = self.balance.blocking_claim(judged.ordinal).map(Equation::message);
        let differences: Vec<String> = unequal.collect();
        if differences.is_empty() {
            self.decision.summary.unexplained += 1;
            let (what, fix) = in_words(self.balance.holding_claim(judged.ordinal));
            let work = route::unexplained(&self.subject(judged, Some(claim)), what, fix);
            return self.add_suspended(judged, work);
        }
        self.decision.summary.out_of_balance += 1;
        let work = route::out_of_balance(&self.subject(judged, Some(claim)), &differences);
        self.add_suspended(judged, work);
    }
}
