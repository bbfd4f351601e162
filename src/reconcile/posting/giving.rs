//! What gives way: what one payer took off to what a later one pays, and a denial to what its own payer
//! decides anew.

use super::{Decider, Judged};
use crate::ledger::{self, Debtor};
use crate::reconcile::Unblocked;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::standing::{Said, overruled};
use crate::reconcile::turns::Turns;

impl Decider<'_> {
    /// What a payer before took off gives way to what one after it takes as left.
    pub(super) fn give_way_to_next(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let is_later = self.is_of_later_payer(judged, claim);
        let is_alone = claim.follows.is_none() && !claim.names_next_payer;
        if is_alone && !is_later && claim.later.is_empty() {
            return;
        }
        let payer = match (is_later, claim.follows) {
            (true, _) => Some(self.incoming.payer),
            (false, Some(_)) => claim.payer.as_deref(),
            (false, None) => None,
        };
        let said = self.said_by(judged, true);
        let root = claim.turns.root().unwrap_or(claim.id);
        let turns = self.turns.entry(root).or_insert_with(|| match claim.turns.is_empty() {
            false => claim.turns.clone(),
            true => Turns::alone(claim),
        });
        turns.add(payer, &judged.payment.status.text(), said);
        let of = (claim.account, claim.charged());
        let postings = turns.settle(of, judged.payment.paid.place);
        self.payment.postings.extend(postings);
    }

    /// Denials that gave way by now to what the payer decided anew.
    pub(super) fn overruled(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> Vec<Said> {
        let speech = self.speech(judged, claim);
        let (others, charge) = self.said_beside(claim, &speech);
        let mut posted = self.said_so_far(claim, &speech).clone();
        // What waits no longer is posted after this.
        let freed = &self.decision.unblocked;
        posted.retain(|one| {
            let is_it = |it: &Unblocked| (&it.identity, it.offset) == (&one.identity, one.offset);
            one.is_posted && !freed.iter().any(is_it)
        });
        overruled(&posted, &others, charge)
    }

    /// What denials took off that gave way is owed again, and is taken off again when they stand after all.
    pub(super) fn give_way_of_denials(
        &mut self,
        before: Vec<Said>,
        judged: &Judged<'_, '_>,
        (claim, debtor): (&KnownClaim, Debtor),
    ) {
        let after = self.overruled(judged, claim);
        let source = judged.payment.paid.place;
        let new = after.iter().filter(|denial| !before.contains(denial));
        let gone = before.iter().filter(|denial| !after.contains(denial));
        let owed = new.flat_map(Said::adjustments).map(|(line, code, off)| (line, code, -off));
        for adjustment in owed.chain(gone.flat_map(Said::adjustments)) {
            let postings = ledger::adjusts(adjustment, (claim.account, debtor), source);
            self.payment.postings.extend(postings);
        }
    }
}
