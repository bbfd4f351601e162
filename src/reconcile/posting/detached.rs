//! What a person takes back of what was attached: the claim is left as if the CLP had never been its own.

use std::collections::BTreeSet;

use x12::fault::Place;
use x12::value::Money;
use x12::view::remittance::{ClaimPayment, Remittance};

use super::weighed::Speech;
use super::{Decider, giving, over};
use crate::change::cases::Undecided;
use crate::change::detached::{Detached, Posted, Waited};
use crate::change::{Awaits, Change, Move, Stamp, Word};
use crate::denials::route::Limits;
use crate::ledger::{self, Debtor, Posting};
use crate::lifecycle::{Event, State, advance};
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::standing::{Said, settled, standing};
use crate::reconcile::told::payment_of;
use crate::reconcile::turns::Turns;
use crate::reconcile::{Incoming, TakenBack, balance, is_later_payer, parted};

/// What was attached is taken back; `None` when the CLP is not there.
pub(in crate::reconcile) fn detach(
    remittance: &Remittance<'_>,
    back: &TakenBack<'_>,
    incoming: &Incoming<'_>,
    (limits, stamp): (&Limits, &Stamp),
) -> Option<Change> {
    let (identity, offset) = back.at;
    let payment = remittance.claims.iter().find(|one| one.place.offset == offset)?;
    let own = back.posted.iter().find(|one| is_it(one, identity, offset))?;
    let balance = balance::balance(remittance);
    let told = payment_of(remittance, incoming, &balance, &[]);
    let mut decider = Decider::new((incoming, limits, stamp), &balance, told);
    let detached = decider.take_back((payment, own), back)?;
    let change = decider.decision.change;
    let read = back.claim.read.clone();
    Some(Change { at: stamp.now, read, detached, ..change })
}

fn is_it(posted: &Posted, identity: &str, offset: usize) -> bool {
    posted.place.offset == offset && posted.identity == identity
}

impl Decider<'_> {
    fn take_back(
        &mut self,
        (payment, own): (&ClaimPayment<'_>, &Posted),
        back: &TakenBack<'_>,
    ) -> Option<Vec<Detached>> {
        let claim = back.claim;
        let payer = self.incoming.payer;
        let is_later = is_later_payer(payer, claim.payer.as_deref(), &payment.status.text());
        let speech: Speech = (claim.id, is_later.then(|| payer.to_owned()));
        let is_after_another = is_later || claim.follows.is_some();
        let debtor = if is_after_another { Debtor::Patient } else { Debtor::Payer };
        let source = payment.paid.place;

        let was = self.weigh(claim, &speech).word;
        let gave_way = self.overruled_of(claim, &speech);
        let before = self.said_so_far(claim, &speech).clone();
        let at = before.iter().position(|one| one.is_at(back.at.0, back.at.1))?;
        let resting = self.resting_on(at, &before, (back, &speech));
        let (taken, left) = without(before.clone(), at, &resting);
        self.said_so_far(claim, &speech).clone_from(&left);
        let waiting: Vec<&Said> = left.iter().filter(|one| !one.is_posted).collect();
        let mut turns = self.turns_without(&taken, &waiting, claim);
        let gives_way = self.overruled_of(claim, &speech);

        let mut postings = ledger::taken_back(&own.postings, own.place);
        postings.extend(giving::owed_anew((&gave_way, &gives_way), (claim, debtor), source));
        if !is_later {
            self.stand_without((claim, was), source, back.why);
            self.unbind(&taken, own, claim, &left);
        }
        postings.append(&mut self.payment.postings);
        let rest = back.posted.iter().filter(|one| {
            let is_waiting = |said: &&Said| is_it(one, &said.identity, said.offset);
            waiting.iter().any(is_waiting)
        });
        let rest: Vec<Detached> = rest.map(|one| waits_for_word(one, claim)).collect();
        let of_rest = rest.iter().flat_map(|one| &one.postings);
        let made: Vec<Posting> = postings.iter().chain(of_rest).cloned().collect();
        postings.extend(self.give_up_again(claim, &made, source));
        if !claim.turns.is_empty() {
            turns.books.now.add(made.iter().filter(|one| one.claim == Some(claim.account)));
            postings.extend(turns.settle((claim.account, claim.charged()), source));
            self.close_excesses(claim, &claim.turns, &turns.excesses(claim.charged()));
            self.close_paid_for_nothing(claim, &turns, &turns.books.now.given_up);
            self.return_settled_later(claim, &turns);
            self.turns.insert(turns.root().unwrap_or(claim.id), turns);
        }
        let mut detached = vec![Detached {
            arrival: own.arrival,
            offset: own.place.offset,
            from: Some(claim.id),
            left: Money::ZERO,
            waits: own.waits_again(back.why),
            postings,
        }];
        detached.extend(rest);
        if !is_later {
            self.follow_taken_off((claim, &speech), &before, &taken);
        }
        self.ask_for_next_payer(claim, (is_later, false));
        self.close_items_of(taken, left, claim);
        let made: Vec<Posting> = detached.iter().flat_map(|one| one.postings.clone()).collect();
        self.follow_too_much(claim, payment, (&made, &mut BTreeSet::new()));
        self.follow_too_little(claim, payment);
        self.follow_stakes_of(claim);
        Some(detached)
    }

    /// Who decides on a claim once this is taken off it and that waits again.
    fn turns_without(&mut self, taken: &Said, waiting: &[&Said], claim: &KnownClaim) -> Turns {
        let mut turns = claim.turns.clone();
        turns.take_back(taken);
        for one in waiting {
            turns.set_waiting(one);
        }
        if !turns.is_empty() {
            self.turns.insert(turns.root().unwrap_or(claim.id), turns.clone());
        }
        turns
    }

    /// What was given up and is decided on no longer is written off again.
    fn give_up_again(
        &mut self,
        claim: &KnownClaim,
        made: &[Posting],
        source: Place,
    ) -> Vec<Posting> {
        let mut given_up = claim.books.now.given_up;
        given_up.add(made.iter().filter(|one| one.claim == Some(claim.account)));
        let postings = given_up.settle(claim.account, source);
        if given_up.is_all_that_is_open() {
            self.close_given_up(claim, None);
        }
        postings
    }

    /// What was posted by itself and would wait if this had not been said, by places in what was said.
    fn resting_on(
        &self,
        own: usize,
        said: &[Said],
        (back, speech): (&TakenBack<'_>, &Speech),
    ) -> BTreeSet<usize> {
        let (others, charge) = self.said_beside(back.claim, speech);
        let is_by_person = |one: &Said| {
            let mut posted = back.posted.iter();
            posted.any(|it| is_it(it, &one.identity, one.offset) && it.is_by_person())
        };
        let waiting = |without: Option<usize>| -> BTreeSet<usize> {
            let kept = said.iter().enumerate().filter(|(at, _)| Some(*at) != without);
            let anew = kept.clone().map(|(_, one)| {
                let is_posted = one.is_posted && is_by_person(one);
                Said { is_posted, ..one.clone() }
            });
            let anew: Vec<Said> = anew.collect();
            let waits = settled(&anew, &others, charge).waits;
            let waiting = kept.zip(waits).filter(|(_, wait)| wait.is_some());
            waiting.map(|((at, _), _)| at).collect()
        };
        let mut resting = waiting(Some(own));
        for at in waiting(None) {
            resting.remove(&at);
        }
        resting.retain(|&at| said.get(at).is_some_and(|one| one.is_posted && !is_by_person(one)));
        resting
    }

    /// Takes a claim to where all else that was said leaves it; `was` is what it came to before.
    fn stand_without(
        &mut self,
        (claim, was): (&KnownClaim, Option<Word>),
        source: Place,
        why: &str,
    ) {
        let word = self.weigh(claim, &(claim.id, None)).word;
        // What was replaced or voided is done with once all that was paid of it is taken back.
        let is_over = |word| word == Some(Word::Reversed) && over::is_over(claim);
        if is_over(word) && claim.state == State::Closed {
            return;
        }
        let note = format!("{why}; a payment is its own no more");
        self.step_back(claim, Event::Detached, note);
        let event = match word {
            Some(Word::Paid) => Some(Event::Paid),
            Some(Word::Denied) => Some(Event::Denied),
            Some(Word::Reversed) if is_over(word) => Some(over::event_of(claim, self.state(claim))),
            Some(Word::Reversed | Word::Reviewed) | None => None,
        };
        if let Some(event) = event {
            self.step_back(claim, event, "what else payers said of it".to_owned());
        }
        match (is_over(was), is_over(word)) {
            (_, true) => self.end(source, claim),
            (true, false) => self.charge_again(source, claim),
            (false, false) => {}
        }
    }

    fn step_back(&mut self, claim: &KnownClaim, event: Event, note: String) {
        let from = self.state(claim);
        let Some(to) = advance(from, event) else { return };
        self.states.insert(claim.id, to);
        self.decision.change.moves.push(Move {
            claim: claim.id,
            event,
            from,
            to,
            note,
            arrival: None,
        });
    }

    /// The payer's number of the claim is what it was, unless something else said it too.
    fn unbind(&mut self, taken: &Said, own: &Posted, claim: &KnownClaim, left: &[Said]) {
        let number = own.waited.as_ref().and_then(|waited| waited.number.clone());
        let number = number.filter(|_| number_of(claim) == taken.payer_control_number);
        let is_said = |one: &Said| one.payer_control_number == taken.payer_control_number;
        if let Some(number) = number.filter(|_| !left.iter().any(is_said)) {
            self.decision.change.payer_numbers.push((claim.id, number));
        }
    }

    /// Closes items about what is taken back.
    fn close_items_of(&mut self, taken: Said, left: Vec<Said>, claim: &KnownClaim) {
        let mut said: Vec<Said> = left.iter().filter(|one| one.is_posted).cloned().collect();
        let stands = standing(&said);
        said.extend(left.into_iter().filter(|one| !one.is_posted));
        // A reversal that is taken off, or waits again, took nothing back.
        let unsaid = said.iter().filter(|one| !one.is_posted).chain([&taken]);
        let mut over: Vec<&Undecided> = Vec::new();
        for reversal in unsaid.filter(|one| one.word == Word::Reversed) {
            let cases = claim.undecided.iter();
            over.extend(cases.filter(|case| over::is_of_reversal(case, reversal)));
        }
        said.push(taken);
        over.extend(over::items(&claim.undecided, &said, &stands));
        self.close_items(over, "what it is about was taken off the claim");
    }
}

/// What was said at this place, and what is left; of that some waits again.
fn without(said: Vec<Said>, at: usize, resting: &BTreeSet<usize>) -> (Said, Vec<Said>) {
    let mut left = said;
    for (index, one) in left.iter_mut().enumerate() {
        one.is_posted &= !resting.contains(&index);
    }
    let taken = left.remove(at);
    parted::join(&mut left);
    (taken, left)
}

/// What waits for another word of the claim again.
fn waits_for_word(posted: &Posted, claim: &KnownClaim) -> Detached {
    let mut postings: Vec<Posting> = ledger::taken_back(&posted.postings, posted.place);
    postings.extend(ledger::suspended_again(posted.paid, posted.place));
    Detached {
        arrival: posted.arrival,
        offset: posted.place.offset,
        from: Some(claim.id),
        left: Money::ZERO,
        waits: Waited {
            waits: Some(Awaits::Word),
            suspended: posted.paid,
            ..posted.stands.clone()
        },
        postings,
    }
}

/// The number under which the payer knows a claim.
pub(super) fn number_of(claim: &KnownClaim) -> String {
    let mut numbers = claim.payer_control_numbers.iter();
    numbers.next().unwrap_or(&claim.original_number).clone()
}
