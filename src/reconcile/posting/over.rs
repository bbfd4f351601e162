//! What is over when a payer took back what it had said of a claim: items of the queue, and the claim
//! itself when its office replaced or voided it.

use x12::fault::Place;
use x12::value::Money;

use super::{Decider, Judged};
use crate::change::cases::{TOO_MUCH, Undecided};
use crate::change::next::{NextPayer, Step};
use crate::change::{ClaimId, Move, Word, WorkState};
use crate::denials::Category;
use crate::denials::route::Subject;
use crate::denials::variance::{given_back, taken_back};
use crate::ledger;
use crate::lifecycle::{Event, State, advance};
use crate::reconcile::cases::{self, Later};
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::standing::{Said, Settled, Standing, is_exact};
use crate::reconcile::too_much::is_of_part;

impl Decider<'_> {
    /// Closes items that nobody has to work on any more, each once.
    pub(super) fn close_items<'c>(
        &mut self,
        cases: impl IntoIterator<Item = &'c Undecided>,
        note: &str,
    ) {
        for case in cases {
            if self.closed.insert(case.work) {
                let step = case.step(WorkState::Resolved, note.to_owned());
                self.decision.change.work_moves.push(step);
            }
        }
    }

    /// Closes items about what the payer took back; what it decided anew has items of its own.
    pub(super) fn close_taken_back(&mut self, over: &[&Undecided], word: Word) {
        for &case in over {
            let what = match case.category {
                Category::Denied => "what it had denied",
                _ => "the payment that it is about",
            };
            let then = match word {
                Word::Paid => ", and paid",
                Word::Denied => ", and denied it anew",
                Word::Reversed | Word::Reviewed => "",
            };
            self.close_items([case], &format!("the payer took back {what}{then}"));
        }
    }

    /// Takes note that nothing is left of what a payer decided on a claim that nobody took back.
    pub(super) fn note_taken_back(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        if judged.payment.is_reversal() && !is_over(claim) {
            let subject = self.subject(judged, Some(claim.id));
            self.taken_back.push((self.speech(judged, claim), subject));
        }
    }

    /// Opens an item of each claim of which the payer took back what it paid, and decided nothing anew.
    pub(super) fn tell_taken_back<'k>(
        &mut self,
        known: impl Fn(ClaimId) -> Option<&'k KnownClaim>,
    ) {
        for (speech, subject) in std::mem::take(&mut self.taken_back) {
            let Some(claim) = known(speech.0) else { continue };
            let (others, _) = self.said_beside(claim, &speech);
            let settled = self.weigh(claim, &speech);
            let said = self.said_so_far(claim, &speech).clone();
            let amount = last_taken_back(&said, &settled);
            if !others.is_empty() || settled.word != Some(Word::Reversed) {
                continue;
            }
            if !said.iter().any(|one| one.is_posted && self.is_here(one, subject.place)) {
                self.follow_taken_back(claim, &said, &Subject { amount, ..subject });
                continue;
            }
            // Of what was voided nobody wants it decided on anew.
            let root = claim.turns.root().unwrap_or(claim.account);
            if claim.comes_to().is_charged_no_more() || self.voided.contains(&root) {
                continue;
            }
            if amount.is_zero() {
                self.close_reversals(claim, &said, "the payer decided otherwise since");
                continue;
            }
            // Of several that take it back together the last tells of all.
            self.close_reversals(claim, &said, "another reversal tells of all that was taken back");
            let subject = Subject { amount, ..subject };
            let mut asked = overpaid_by_person(claim);
            if amount <= asked.iter().map(|case| case.amount).sum() {
                asked.retain(|case| case.is_open());
                self.close_items(asked, "closed by itself: the payer took back all that it paid");
                self.add_work(given_back(&subject));
                continue;
            }
            let (payer, limits) = (self.incoming.payer, self.limits);
            self.add_work(taken_back(&subject, payer, limits, self.decided_on));
        }
    }

    fn is_here(&self, one: &Said, place: Place) -> bool {
        one.is_at(&self.payment.identity, place.offset)
    }

    /// Brings the item up to date, where a reversal waits that would have taken something back before.
    fn follow_taken_back(&mut self, claim: &KnownClaim, said: &[Said], subject: &Subject) {
        let reversals = || said.iter().filter(|one| one.is_posted && one.word == Word::Reversed);
        let is_it = |case: &&Undecided| reversals().any(|one| is_of_reversal(case, one));
        let is_other = |case: &&Undecided| case.amount != subject.amount;
        let words = taken_back(subject, self.incoming.payer, self.limits, self.decided_on).what;
        for case in claim.undecided.iter().filter(is_it).filter(is_other) {
            let note = "brought up to date by another reversal".to_owned();
            let step = case.says_anew(Some(words.clone()), subject.amount, note);
            self.decision.change.work_moves.push(step);
        }
    }

    /// Closes items of what was taken back, as the payer decided anew.
    pub(super) fn close_decided_anew(&mut self, claim: &KnownClaim, said: &[Said]) {
        self.close_reversals(claim, said, "the payer decided anew");
    }

    fn close_reversals(&mut self, claim: &KnownClaim, said: &[Said], why: &str) {
        let reversals = || said.iter().filter(|one| one.word == Word::Reversed);
        let is_it = |case: &&Undecided| reversals().any(|one| is_of_reversal(case, one));
        let cases = claim.undecided.iter().filter(is_it);
        self.close_items(cases, &format!("closed by itself: {why}"));
    }

    /// Closes denials whose money a payer after the one that denied it paid, or left to the patient.
    pub(super) fn close_settled_later(&mut self, claim: &KnownClaim) {
        let root = claim.turns.root().unwrap_or(claim.id);
        let Some(turns) = self.turns.get(&root) else { return };
        let later = Later { turns, charged: claim.charged(), table: self.incoming.denials };
        let arrival = self.incoming.arrival;
        // What is denied here may be paid by then.
        let before = self.incoming.items_before;
        let opened = self.decision.change.work.iter().enumerate();
        let opened = opened.map(|(place, item)| Undecided::of_new(before + place, item));
        let denied: Vec<Undecided> = claim.worked_on.iter().cloned().chain(opened).collect();
        for (end, step) in cases::settled_later(&denied, &later, arrival) {
            if self.closed.insert(end.work) {
                self.decision.change.case_ends.push(end);
                let is_closed = step.is_some();
                self.decision.change.work_moves.extend(step);
                // Whether the first claim goes on may have waited for it.
                let is_one_of_many = claim.names_next_payer || claim.follows.is_some();
                if is_closed && is_one_of_many && self.asked.insert(root) {
                    let asked = NextPayer { claim: root, step: Step::Asked };
                    self.decision.change.next_payers.push(asked);
                }
            }
        }
    }

    /// Nothing is left of what a payer said of a claim that its office replaced or took back.
    pub(super) fn end(&mut self, source: Place, claim: &KnownClaim) {
        let Some(void) = &claim.void else {
            return self.close((claim.id, self.state(claim)), "another went out in its place");
        };
        // What went out in its place after all has the charge.
        let is_charged = !void.charged.is_zero() && !claim.is_replaced;
        if is_charged && self.voided.insert(claim.account) {
            self.payment.postings.extend(ledger::voided(claim.account, void.charged, source));
        }
        if let Some((id, kept)) = void.claim {
            let state = self.states.get(&id).copied().unwrap_or(kept);
            self.close((id, state), "the payer took back what it asks it to");
        }
    }

    /// What was voided because all was taken back is charged again, for something is not.
    pub(super) fn charge_again(&mut self, source: Place, claim: &KnownClaim) {
        let Some(void) = claim.void.as_ref().filter(|void| void.charged.is_zero()) else { return };
        self.payment.postings.extend(ledger::voided(claim.account, -claim.charged(), source));
        if let Some((id, from @ State::Closed)) = void.claim
            && let Some(to) = advance(from, Event::Detached)
        {
            let (event, note) = (Event::Detached, "what it asks for is not done".to_owned());
            self.states.insert(id, to);
            let step = Move { claim: id, event, from, to, note, arrival: None };
            self.decision.change.moves.push(step);
        }
    }

    /// Whether what is denied as a second copy is no copy, but the replacement or the void of a claim that was
    /// decided on: CLP09 says so, or one is on its way.
    pub(super) fn is_of_correction(&self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> bool {
        let is_out =
            matches!(self.state(claim), State::Sent | State::Acknowledged | State::Accepted);
        let frequency = &judged.payment.frequency;
        is_out || frequency.is_any(&["7", "8"]) && !frequency.is(&claim.frequency)
    }

    /// What was decided first stands, and the item of the denial says that the payer did not take what should
    /// change it.
    pub(super) fn tell_correction_refused(&mut self, opened: usize) {
        if let Some(item) = self.decision.change.work.get_mut(opened) {
            item.what = format!("the replacement or the void is not taken: {}", item.what);
            item.action = format!(
                "what the payer decided before stands, also what it overpaid: ask it how it takes a \
                 correction, then send that anew; {}",
                item.action
            );
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

/// What a payer paid by its last decisions, that it took back; not what it decided on before these.
fn last_taken_back(said: &[Said], settled: &Settled) -> Money {
    let pairs = settled
        .pairs
        .iter()
        .filter_map(|&(reversal, original)| Some((said.get(reversal)?, said.get(original)?)));
    let pairs: Vec<(&Said, &Said)> = pairs.collect();
    let last = pairs.iter().map(|(_, original)| *original);
    let Some(last) = last.max_by_key(|one| (one.paid_on, &one.identity, one.offset)) else {
        return Money::ZERO;
    };
    // Of several that take back the same the first one does, whichever of them came first.
    let taken_back_by = |(reversal, original): &(&Said, &Said)| {
        let alike = said.iter().filter(|one| is_exact(one, original)).chain([*reversal]);
        alike.map(|one| (one.paid_on, one.identity.clone())).min()
    };
    let is_of_last = |pair: &&(&Said, &Said)| {
        let by = taken_back_by(pair);
        pair.1 == last
            || by.is_some_and(|(paid_on, identity)| {
                last.paid_on < paid_on || (last.paid_on == paid_on && last.identity != identity)
            })
    };
    pairs.iter().filter(is_of_last).map(|(_, original)| original.paid).sum()
}

/// Whether an item is open that tells of what this reversal took back.
pub(super) fn is_of_reversal(case: &Undecided, reversal: &Said) -> bool {
    case.category == Category::Underpaid && case.is_open() && cases::is_about(case, reversal)
}

/// Items by which a person says that the payer paid what it does not owe, worked on or sent.
fn overpaid_by_person(claim: &KnownClaim) -> Vec<&Undecided> {
    let is_it = |case: &&Undecided| {
        let goes_on = case.is_open() || case.state == WorkState::Released;
        case.category == Category::Overpaid && case.arrival.is_none() && goes_on
    };
    claim.undecided.iter().filter(is_it).collect()
}

/// Whether a claim is done with once all that was said of it is taken back.
pub(super) const fn is_over(claim: &KnownClaim) -> bool {
    claim.is_replaced || claim.void.is_some()
}

/// What happened to such a claim in this state.
pub(super) fn event_of(claim: &KnownClaim, state: State) -> Event {
    match &claim.void {
        Some(void) if !void.is_new_to_come => Event::Voided,
        // A payer that does what its void asks has taken it, whether or not it said so before: the new
        // claim may go.
        Some(_) if matches!(state, State::Sent | State::Acknowledged) => Event::ClaimAccepted,
        Some(_) | None => Event::Reversed,
    }
}

/// Open items about what was said and stands no more.
pub(super) fn items<'c>(
    cases: &'c [Undecided],
    said: &[Said],
    standing: &Standing,
) -> Vec<&'c Undecided> {
    let is_over = |case: &&Undecided| {
        let is_its = |one: &&Said| cases::is_about(case, one);
        let mut of_file = said.iter().filter(is_its);
        let is_own = of_file.any(|one| one.word != Word::Reversed);
        let left = standing.left.iter().filter_map(|&at| said.get(at));
        let mut left = left.filter(is_its);
        let stands = match case.category {
            Category::Denied => left.any(|one| one.word == Word::Denied),
            Category::Underpaid | Category::Overpaid => left.next().is_some(),
            _ => true,
        };
        // What is too much is told by all that was decided, and by parts that a person posted.
        let is_too_much = case.rule == TOO_MUCH || is_of_part(case);
        case.is_open() && !is_too_much && is_own && !stands
    };
    cases.iter().filter(is_over).collect()
}
