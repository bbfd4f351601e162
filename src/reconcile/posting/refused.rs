//! A remittance that is held as a whole.

use x12::phi::Phi;
use x12::view::remittance::Remittance;

use super::Decider;
use crate::change::NewWork;
use crate::denials::route::{self, Subject};
use crate::reconcile::findings::Finding;
use crate::reconcile::payee::{OF_ANOTHER, says_it_is};

impl Decider<'_> {
    /// Nothing of the remittance is posted; a person decides.
    pub(super) fn refuse(&mut self, remittance: &Remittance<'_>) {
        let subject = Subject {
            claim: None,
            arrival: self.incoming.arrival,
            amount: self.payment.amount,
            place: remittance.place,
            payer: self.incoming.payer.to_owned(),
            names: Phi::new(self.names()),
        };
        let holding = self.balance.findings.iter().filter(|found| found.holds_payment());
        let mut differences: Vec<String> = holding.map(Finding::message).collect();
        differences.extend(self.balance.blocking().map(|equation| equation.message()));
        let is_of_another = |found: &Finding| found.rule.id == OF_ANOTHER;
        let is_payer_alone = self.balance.blocking().next().is_none()
            && self
                .balance
                .findings
                .iter()
                .filter(|found| found.holds_payment())
                .all(is_of_another);
        let work = match (is_payer_alone, says_it_is(remittance)) {
            (true, (name, number)) => {
                route::held_as_anothers(&subject, &differences, (&name, &number))
            }
            (false, _) => route::held_as_a_whole(&subject, &differences),
        };
        self.add_work(NewWork { remitted: Some(remittance.place), ..work });
    }
}
