//! What a payer says is another's, and sent there: CLP02 23. From then on the other is expected to decide.

use super::{Decider, Judged};
use crate::change::Move;
use crate::lifecycle::{Event, State, advance};
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::outcome::{passed_to, passed_to_id};
use crate::reconcile::standing::Said;

impl Decider<'_> {
    /// Takes that a claim is not its payer's: it is the one's that NM1*TT names, or a person finds out whose.
    pub(super) fn take_elsewhere(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let mut moved = self.decision.change.routes.iter();
        // One claim may come in several CLPs.
        if moved.any(|(id, _)| *id == claim.id) && judged.paid().is_zero() {
            return;
        }
        let to = self.expected_of(judged, claim);
        match to.and_then(|to| Some((to, advance(self.state(claim), Event::PassedOn)?))) {
            Some((to, state)) => self.expect_of(to, judged, (claim, state)),
            None => {
                self.suspend(judged);
                let what = format!("{NOT_ITS_OWN}{}", self.told_of_other(judged));
                self.puzzle_over_money(judged, claim.id, what, FIND_OUT);
            }
        }
    }

    /// The payer that is to decide on a claim of which its own decided nothing.
    fn expected_of(&self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> Option<String> {
        let own = Some(self.incoming.payer).filter(|own| !own.is_empty());
        let is_undecided = claim.earlier.iter().all(Said::is_review)
            && claim.later.is_empty()
            && !self.states.contains_key(&claim.id);
        let may_move = own.is_some() && claim.payer.as_deref() == own && is_undecided;
        let to = self.named(judged).filter(|to| Some(*to) != own)?;
        (may_move && judged.paid().is_zero()).then(|| to.to_owned())
    }

    /// The payer of NM1*TT by its name in the settings.
    fn named(&self, judged: &Judged<'_, '_>) -> Option<&str> {
        let number = passed_to_id(judged.payment);
        let mut named = self.incoming.passed_to.iter();
        named.find(|(id, _)| *id == number).map(|(_, name)| name.as_str())
    }

    fn expect_of(
        &mut self,
        to: String,
        judged: &Judged<'_, '_>,
        (claim, state): (&KnownClaim, State),
    ) {
        let note = format!(
            "835 claim {}: not the claim of {}, which passed it on to {to} (CLP02 23); {to} is expected to decide",
            judged.ordinal, self.incoming.payer
        );
        let (event, arrival) = (Event::PassedOn, Some(self.incoming.arrival));
        let from = self.state(claim);
        let step = Move { claim: claim.id, event, from, to: state, note, arrival };
        self.decision.change.moves.push(step);
        self.decision.change.routes.push((claim.id, to));
    }

    /// To whom it was passed on, and whether that one is in the settings.
    fn told_of_other(&self, judged: &Judged<'_, '_>) -> String {
        let to = passed_to(judged.payment);
        match (to.as_str(), self.named(judged)) {
            ("", _) => "; it does not say to whom".to_owned(),
            (to, Some(_)) => format!("; NM1*TT names {to}"),
            (to, None) => format!("; NM1*TT names {to}, which is no payer of the settings"),
        }
    }
}

const NOT_ITS_OWN: &str =
    "the payer says that the claim is not its own and passed it on (CLP02 23)";

const FIND_OUT: &str = "find out which payer has it now, and expect the answer from there";
