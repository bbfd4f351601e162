//! What is over when a payer took back what it had said of a claim: items of the queue, and the claim
//! itself when its office replaced or voided it.

use super::{Decider, Judged};
use crate::change::{ClaimId, Move, Word, WorkMove, WorkState};
use crate::denials::Category;
use crate::ledger;
use crate::lifecycle::{Event, State, advance};
use crate::reconcile::matching::{KnownClaim, OpenItem};
use crate::reconcile::standing::{Said, Standing};

impl Decider<'_> {
    /// Closes items about what the payer took back; what it decided anew has items of its own.
    pub(super) fn settle(&mut self, over: Vec<OpenItem>, word: Word) {
        for OpenItem { id, category, state, owner, .. } in over {
            if !self.settled.insert(id) {
                continue;
            }
            let what = match category {
                Category::Denied => "what it had denied",
                _ => "the payment that it is about",
            };
            let then = match word {
                Word::Paid => ", and paid",
                Word::Denied => ", and denied it anew",
                Word::Reversed => "",
            };
            let note = format!("the payer took back {what}{then}");
            let (from, to) = (state, WorkState::Resolved);
            let step = WorkMove { work: id, from, to, owner, note, says: None };
            self.decision.change.work_moves.push(step);
        }
    }

    /// Nothing is left of what a payer said of a claim that its office replaced or took back.
    pub(super) fn end(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let Some(void) = &claim.void else {
            return self.close((claim.id, self.state(claim)), "another went out in its place");
        };
        if !void.charged.is_zero() && self.voided.insert(claim.account) {
            let source = judged.payment.place;
            self.payment.postings.extend(ledger::charge(claim.account, -void.charged, source));
        }
        if let Some((id, kept)) = void.claim {
            let state = self.states.get(&id).copied().unwrap_or(kept);
            self.close((id, state), "the payer took back what it asks it to");
        }
        if !void.is_new_to_come {
            self.close((claim.id, self.state(claim)), "it was voided");
        }
    }

    fn close(&mut self, (claim, from): (ClaimId, State), why: &str) {
        let open = Some(from).filter(|from| *from != State::Closed);
        let Some(to) = open.and_then(|from| advance(from, Event::Closed)) else { return };
        self.states.insert(claim, to);
        let (event, arrival) = (Event::Closed, Some(self.incoming.arrival));
        self.decision.change.moves.push(Move {
            claim,
            event,
            from,
            to,
            note: why.to_owned(),
            arrival,
        });
    }
}

/// Items about what was said and stands no more.
pub(super) fn items(open: &[OpenItem], said: &[Said], standing: &Standing) -> Vec<OpenItem> {
    let is_over = |item: &&OpenItem| {
        let mut of_file = said.iter().filter(|one| one.arrival == item.arrival);
        let is_own = of_file.any(|one| one.word != Word::Reversed);
        let left = standing.left.iter().filter_map(|&at| said.get(at));
        let mut left = left.filter(|one| one.arrival == item.arrival);
        let stands = match item.category {
            Category::Denied => left.any(|one| one.word == Word::Denied),
            Category::Underpaid | Category::Overpaid => left.next().is_some(),
            _ => true,
        };
        is_own && !stands
    };
    open.iter().filter(is_over).cloned().collect()
}
