//! Denials of a claim whose office sent another in its place: what the payer decides on that one ends the work on
//! them.

use x12::value::Money;

use super::{Decider, Judged};
use crate::change::Word;
use crate::change::cases::{CaseEnd, Ending, Undecided};
use crate::denials::Category;
use crate::reconcile::cases;
use crate::reconcile::matching::{KnownClaim, Relative};
use crate::reconcile::outcome::Outcome;

impl Decider<'_> {
    /// Ends the work on what was denied before a claim went out in its place; it goes on when what was decided
    /// since is taken back. The item itself closes with the reversal of what was denied.
    pub(super) fn end_replaced(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim, word: Word) {
        let others = claim.family.iter().flat_map(|family| &family.others);
        let before: Vec<&Relative> =
            others.filter(|one| one.id < claim.id && one.payer == claim.payer).collect();
        for relative in before {
            for case in relative.undecided.iter().filter(|one| one.category == Category::Denied) {
                match word {
                    Word::Reversed => self.return_replaced(case),
                    Word::Paid | Word::Denied => self.end_of_replaced(judged, relative, case),
                    Word::Reviewed => {}
                }
            }
        }
    }

    fn return_replaced(&mut self, case: &Undecided) {
        if case.ending.is_some() && self.returned.insert(case.work) {
            self.decision.change.case_returns.push(case.work);
        }
    }

    fn end_of_replaced(&mut self, judged: &Judged<'_, '_>, relative: &Relative, case: &Undecided) {
        let ended = &self.decision.change.case_ends;
        let is_ended = case.ending.is_some() && !self.returned.contains(&case.work)
            || ended.iter().any(|end| end.work == case.work);
        let denial = relative.said.iter().find(|one| cases::is_about(case, one));
        let (Some(denial), false) = (denial, is_ended) else { return };
        let (ending, recovered) = match judged.outcome {
            Outcome::Denied(_) => (Ending::DeniedAgain, Money::ZERO),
            Outcome::Paid
            | Outcome::Reversed
            | Outcome::Estimate
            | Outcome::Elsewhere
            | Outcome::Waiting
            | Outcome::Unclear => {
                let own = self.said_by(judged, true);
                let came_in = cases::came_in(denial, &own, self.incoming.denials);
                (Ending::Corrected, case.amount.min(came_in))
            }
        };
        self.decision.change.case_ends.push(CaseEnd { work: case.work, ending, recovered });
    }
}
