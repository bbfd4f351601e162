//! Money that another office of ours has than the one whose claims it is for: posted, and told.

use x12::phi::Phi;
use x12::view::remittance::Remittance;

use super::Decider;
use crate::change::NewWork;
use crate::change::cases::{Alike, PAID_ELSEWHERE};
use crate::denials::reasons::Desk;
use crate::denials::route::{self, Subject};
use crate::reconcile::offices::{Owed, PaidElsewhere};

impl Decider<'_> {
    /// One item for all of it: the money is the claims', and lies with somebody else.
    pub(super) fn tell_paid_elsewhere(
        &mut self,
        remittance: &Remittance<'_>,
        found: Option<&PaidElsewhere>,
    ) {
        let Some(found) = found else { return };
        let PaidElsewhere { paid, payee, claims } = found;
        let what = format!("the payer pays office {paid} {}", found.told());
        let of = |Owed { claim, number, office, amount, .. }: &Owed| {
            format!("claim {} of {office} (CLP01 {}) {amount}", claim.0, number.expose())
        };
        let mut named: Vec<String> = claims.iter().take(CLAIMS_NAMED_MAX).map(of).collect();
        let rest = claims.len().saturating_sub(CLAIMS_NAMED_MAX);
        named.extend((rest > 0).then(|| format!("and {rest} more")));
        let names = format!("{}, N1*PE {payee}; {}", self.names(), named.join("; "));
        let place = remittance.payee.as_ref().map_or(remittance.place, |payee| payee.place);
        let subject = Subject {
            claim: None,
            arrival: self.incoming.arrival,
            amount: found.amount(),
            place,
            payer: self.incoming.payer.to_owned(),
            names: Phi::new(names),
        };
        let action = "see in the bank of the office that is paid that the money came, and have it passed on or given \
                      back; ask the payer to pay each office under its own numbers. What of it is in suspense has an \
                      item of its own, and the rest is posted to the claims";
        let work = route::unexplained(&subject, what, action);
        self.decision.summary.unexplained += 1;
        self.add_work(NewWork {
            desk: Desk::Posters.name().to_owned(),
            alike: Alike { rule: PAID_ELSEWHERE.to_owned(), ..work.alike.clone() },
            ..work
        });
    }
}

/// An item names so many claims.
const CLAIMS_NAMED_MAX: usize = 20;
