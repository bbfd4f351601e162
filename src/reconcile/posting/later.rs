//! What a payer after the first says of a claim: its own denials end as those of the claim's own payer do, and
//! what was left to it stays with it until it decided on all of it.

use super::weighed::{Stands, TAKEN_BACK};
use super::{Decider, Judged, over, word_of};
use crate::change::Word;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::standing::{Said, standing};

impl Decider<'_> {
    /// What a later payer decides moves no claim.
    pub(super) fn hear_later(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> Stands {
        let own = self.note_said(judged, claim, true);
        let speech = self.speech(judged, claim);
        let settled = self.weigh(claim, &speech);
        self.note_beyond(judged, claim, &settled);
        let said = self.said_so_far(claim, &speech).clone();
        let posted: Vec<Said> = said.iter().filter(|one| one.is_posted).cloned().collect();
        let word = word_of(&judged.outcome);
        let over = over::items(&claim.undecided, &posted, &standing(&posted));
        self.close_taken_back(&over, word);
        let is_taken_back = settled.pairs.iter().any(|(_, original)| *original == own);
        let opened = self.decision.change.work.len();
        self.take_denied_parts(judged, claim, true);
        // It may have decided anew before this came.
        if !is_taken_back && word == Word::Denied {
            let settled_by = self.settled_by(claim, &speech, own);
            self.end_at_once(opened, said.get(own), settled_by);
        }
        let undone = settled.pairs.iter().find(|(reversal, _)| *reversal == own);
        if let Some(original) = undone.and_then(|&(_, original)| said.get(original)) {
            self.return_denials((claim, &speech), original, TAKEN_BACK);
        }
        Stands { is_taken_back, is_last: settled.word == Some(word) && !is_taken_back }
    }
}
