//! What a payer said of a claim, weighed beside all else that it said: what is told twice waits, and so
//! does what takes back a payment that did not come.

use x12::value::Money;

use super::{Decider, Judged, event_of, in_words, over, word_of};
use crate::change::{NewWork, Word};
use crate::denials::route;
use crate::lifecycle::{Event, State, advance};
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::standing::{Said, Wait, settled, standing};
use crate::reconcile::told::adjustments_told;
use crate::reconcile::{Unblocked, beside};

impl Decider<'_> {
    /// What its own payer decided is weighed beside all else that it said of the claim.
    pub(super) fn take_decided(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        if self.is_of_later_payer(judged, claim) {
            return self.post(judged, claim);
        }
        let own = self.note_said(judged, claim, false);
        let said = self.said.entry(claim.id).or_default();
        let settled = settled(said, claim.charge);
        let is_free = |at: usize| settled.waits.get(at) == Some(&None);
        for (at, one) in said.iter_mut().enumerate() {
            if at != own && !one.is_posted && is_free(at) {
                one.is_posted = true;
                self.decision.unblocked.push(Unblocked {
                    claim: claim.clone(),
                    arrival: one.arrival,
                    identity: one.identity.clone(),
                    offset: one.offset,
                });
            }
        }
        match settled.waits.get(own).copied().flatten() {
            Some(wait) => self.wait(judged, claim, (own, wait)),
            None => self.post(judged, claim),
        }
    }

    /// Its money waits until what else is said of the claim explains it, or a person does.
    fn wait(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim, (own, wait): (usize, Wait)) {
        let of = (judged.ordinal, judged.payment);
        let said = self.said.get(&claim.id).map_or(&[][..], Vec::as_slice);
        let found = match (wait, said.get(own)) {
            (Wait::Unmet(original), Some(own)) => {
                beside::reversal(of, own, original.and_then(|at| said.get(at)))
            }
            (Wait::Double, _) | (Wait::Unmet(_), None) => vec![beside::double(of)],
        };
        self.suspend(judged);
        if let Some(told) = self.payment.claims.get_mut(judged.ordinal - 1) {
            told.waits = true;
        }
        self.decision.summary.unexplained += 1;
        let (what, action) = in_words(found.iter());
        let work = route::unexplained(&self.subject(judged, Some(claim.id)), what, action);
        self.add_work(NewWork { remitted: Some(judged.payment.place), ..work });
        self.beside.extend(found);
    }

    /// Adds to what was said of a claim; gives its place there.
    fn note_said(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim, is_posted: bool) -> usize {
        let new = self.said_by(judged, is_posted);
        let said = self.said.entry(claim.id).or_insert_with(|| claim.earlier.clone());
        // What waited, or is posted after it was weighed, is there already.
        let is_same = |one: &Said| (&one.identity, one.offset) == (&new.identity, new.offset);
        if let Some(at) = said.iter().position(is_same) {
            said[at] = new;
            return at;
        }
        let surplus = said.len().saturating_sub(SAID_MAX);
        said.drain(..surplus);
        said.push(new);
        said.len() - 1
    }

    pub(super) fn said_by(&self, judged: &Judged<'_, '_>, is_posted: bool) -> Said {
        Said {
            arrival: self.incoming.arrival,
            is_posted,
            paid_on: self.payment.paid_on,
            identity: self.payment.identity.clone(),
            offset: judged.payment.place.offset,
            payer_control_number: judged.payment.payer_control_number.text().trim().to_owned(),
            charge: judged.payment.charge.money().unwrap_or_default(),
            paid: judged.paid(),
            adjustments: adjustments_told(judged.payment, &judged.lines),
            word: word_of(&judged.outcome),
        }
    }

    /// Takes a claim to where all that was said of it leaves it; whether this has the last word.
    pub(super) fn say(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim, word: Word) -> bool {
        let own = self.note_said(judged, claim, true);
        let said = self.said.entry(claim.id).or_default();
        let settled = settled(said, claim.charge);
        let is_taken_back = settled.pairs.iter().any(|(_, original)| *original == own);
        let posted: Vec<Said> = said.iter().filter(|one| one.is_posted).cloned().collect();
        let left = standing(&posted);
        if word != Word::Reversed && settled.decided > claim.charge {
            self.tell_too_much(judged, claim, settled.decided);
        }
        // Nobody corrects what was taken back before it came.
        if !is_taken_back {
            self.take_denied_parts(judged, claim, false);
        }
        self.close_taken_back(&over::items(&claim.undecided, &posted, &left), word);
        let event = match settled.word {
            Some(Word::Paid) => Event::Paid,
            Some(Word::Denied) => Event::Denied,
            Some(Word::Reversed) | None => Event::Reversed,
        };
        let is_over = event == Event::Reversed && over::is_over(claim);
        if is_over && self.state(claim) == State::Closed {
            return false;
        }
        let event = if is_over { over::event_of(claim) } else { event };
        let is_own = event == event_of(word);
        // What came late, and does not have the last word, changes nothing.
        if is_own || advance(self.state(claim), event) != Some(self.state(claim)) {
            self.advance(judged, claim, event);
        }
        if is_over {
            self.end(judged, claim);
        }
        is_own && !is_taken_back
    }

    /// V34: nobody owes more than was charged, so that something was decided twice.
    fn tell_too_much(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim, decided: Money) {
        let found = beside::too_much((judged.ordinal, judged.payment), claim, decided);
        let (what, action) = in_words(std::iter::once(&found));
        self.puzzle(judged, claim.id, what, action);
        self.beside.push(found);
    }
}

/// What is said of one claim by thousands of CLPs is no claim's history.
const SAID_MAX: usize = 100;
