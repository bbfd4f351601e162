//! A CLP of a split claim that decides on nothing yet: its payer reviews its lines, or halves of lines. What another CLP
//! left to this one as a copy stays owed as long as the review runs.

use super::weighed::{SAID_MAX, event_of};
use super::{Decider, Judged};
use crate::change::Word;
use crate::ledger::Debtor;
use crate::reconcile::matching::KnownClaim;

impl Decider<'_> {
    /// Takes note of a review, or of one that is taken back, and posts what of copies gives way to it. Of a claim that
    /// is reviewed as a whole, and of what a payer after the first reviews, nothing is noted: it waits.
    pub(super) fn take_reviewed(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let speech = self.speech(judged, claim);
        let is_of_later = speech.1.is_some() || claim.follows.is_some();
        let is_full = self.said_so_far(claim, &speech).len() >= SAID_MAX;
        if is_of_later || is_full || !is_part(judged, claim) {
            return;
        }
        let posted_from = self.payment.postings.len();
        let opened = self.decision.change.work.len();
        let before = self.overruled(judged, claim);
        let was = self.weigh(claim, &speech).word;
        self.note_word(judged, Word::Reviewed);
        let at = self.note_said(judged, claim, true);
        let own = self.said_so_far(claim, &speech).get(at).cloned();
        if let Some(own) = own {
            self.follow_own((claim, &speech), &own, (opened, false), false);
        }
        let word = self.weigh(claim, &speech).word;
        if let Some(word) = word.filter(|_| was != word) {
            self.advance_as(
                judged,
                claim,
                event_of(word),
                "under review; what else was decided stands",
            );
        }
        self.ask_for_next_payer(claim, (false, false));
        self.give_way_of_denials(before, judged, (claim, Debtor::Payer));
        self.take_up_again(judged, claim, posted_from);
        self.give_way_to_next(judged, claim, posted_from);
    }
}

/// Whether other CLPs of the claim decide on what this one does not speak of, or leaves to them.
fn is_part(judged: &Judged<'_, '_>, claim: &KnownClaim) -> bool {
    let services = &judged.payment.services;
    let charge = judged.payment.charge.money().unwrap_or_default();
    let leaves = services.iter().any(|service| judged.pended.has_left(service));
    !services.is_empty() && (leaves || charge.abs() < claim.charge)
}
