//! What belongs to no claim of a remittance: posted, and explained or told.

use x12::phi::Phi;
use x12::value::Money;
use x12::view::remittance::{ProviderAdjustment, Remittance};

use super::Decider;
use crate::change::{NewProviderAdjustment, Word};
use crate::denials::printable;
use crate::denials::route::{self, Subject, shown};
use crate::ledger;
use crate::reconcile::matching::{Known, KnownClaim};
use crate::reconcile::provider::{
    Chain, Named, Source, TAKEBACKS_EXAMINED_MAX, claim_named_by, is_named_by, is_takeback,
    provider_of,
};
use crate::reconcile::standing::Said;
use crate::reconcile::told::kept;

impl Decider<'_> {
    pub(super) fn take_provider_adjustments(
        &mut self,
        remittance: &Remittance<'_>,
        known: &Known<'_>,
    ) {
        let mut chain = Chain::new(self.incoming.carried, remittance);
        let mut examined = 0;
        for entry in &remittance.provider_adjustments {
            self.payment.postings.extend(ledger::provider_adjustment(entry));
            let claim = claim_named_by(entry, known);
            let payee = provider_of(entry, remittance);
            let mut origin = String::new();
            if is_takeback(entry) && examined < TAKEBACKS_EXAMINED_MAX {
                examined += 1;
                let is_reversed = self.is_reversed(entry, claim, remittance);
                match chain.explain(entry, &payee, Named { claim, is_reversed }) {
                    Source::Known(why) => why.clone_into(&mut origin),
                    Source::Unexplained(rest) => self.take_unexplained(entry, claim, rest),
                }
            }
            self.payment.provider_adjustments.push(NewProviderAdjustment {
                payee,
                reason: printable(&entry.reason),
                reference: kept(&entry.reference.text()),
                amount: entry.amount.money().unwrap_or_default(),
                claim: claim.map(|claim| claim.id),
                origin,
                place: entry.amount.place,
            });
        }
    }

    /// Whether the claim that a takeback names was taken back, by this remittance or an earlier one.
    fn is_reversed(
        &self,
        entry: &ProviderAdjustment<'_>,
        claim: Option<&KnownClaim>,
        remittance: &Remittance<'_>,
    ) -> bool {
        let here = remittance.claims.iter().filter(|payment| payment.is_reversal());
        let is_reversal = |said: &Said| said.word == Word::Reversed;
        claim.is_some_and(|claim| claim.earlier.iter().any(is_reversal))
            || here.into_iter().any(|payment| is_named_by(entry, payment))
    }

    fn take_unexplained(
        &mut self,
        entry: &ProviderAdjustment<'_>,
        claim: Option<&KnownClaim>,
        rest: Money,
    ) {
        let amount = entry.amount.money().unwrap_or_default();
        let why = match (entry.reason.bytes(), claim) {
            _ if rest < amount => format!("{rest} of it is more than was left to be taken"),
            (b"FB", _) => {
                "nothing that was carried forward for this payee is left to be met".to_owned()
            }
            (_, Some(_)) => "names a claim of which nothing is left to be taken".to_owned(),
            (_, None) => "names no claim that we know; it is a denial without a claim".to_owned(),
        };
        let reason = printable(&entry.reason);
        let what = format!("the payer takes {amount} back with PLB {reason} and {why}");
        let place = entry.amount.place;
        let reference = shown(&entry.reference.text());
        let names = Phi::new(format!("{}, PLB reference {reference}", self.names()));
        let arrival = self.incoming.arrival;
        let claim = claim.map(|claim| claim.id);
        let subject = Subject { claim, arrival, amount: rest, place, names };
        let action = "ask the payer for which claim and why; appeal if nothing was overpaid";
        self.decision.summary.unexplained += 1;
        self.add_work(route::unexplained(&subject, what, action));
    }
}
