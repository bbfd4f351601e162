//! What is taken back of a claim beyond what was paid for it, what payers after the first paid for one that was
//! voided, or that the first took back, and denials that stand again as such a payer takes back what had settled them.

use std::collections::{BTreeSet, HashMap};

use x12::fault::Place;
use x12::value::Money;

use super::{Decider, Judged, refunded};
use crate::change::cases::{BEYOND_PAID, PAID_AFTER_TAKEN_BACK, PAID_FOR_VOIDED, Undecided};
use crate::change::{ClaimId, NewWork, Word, WorkState};
use crate::denials::Category;
use crate::denials::route::Subject;
use crate::denials::variance::{beyond_paid, paid_after_taken_back, paid_for_voided};
use crate::ledger::GivenUp;
use crate::reconcile::cases::{self, Later};
use crate::reconcile::matching::{KnownClaim, Match};
use crate::reconcile::turns::{Excess, Turns};

impl Decider<'_> {
    /// Looks at what each service comes to, once all that a remittance says is posted.
    pub(super) fn tell_beyond(&mut self, judged: &[Judged<'_, '_>]) {
        let mut made: HashMap<ClaimId, GivenUp> = HashMap::new();
        for posting in &self.payment.postings {
            if let Some(claim) = posting.claim {
                made.entry(claim).or_default().add([posting]);
            }
        }
        let mut seen = BTreeSet::new();
        for one in judged.iter().rev() {
            let Match::Sure { claim, .. } = &one.found else { continue };
            if seen.insert(claim.turns.root().unwrap_or(claim.account)) {
                let before = claim.comes_to();
                let here = claim.accounts().into_iter().filter_map(|account| made.get(&account));
                let after = here.fold(before, |sum, here| sum.with(here));
                self.tell_beyond_paid(one, claim, (&before, &after));
                self.tell_paid_for_nothing(one, claim, (&before, &after));
            }
        }
    }

    fn tell_beyond_paid(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        (before, after): (&GivenUp, &GivenUp),
    ) {
        let beyond = after.taken_back_beyond() - before.taken_back_beyond();
        // What a refund gave back already, the payer takes once more.
        let of_refunds = after.refunded_beyond() - before.refunded_beyond();
        let amount = beyond.max(of_refunds.min(after.paid_less_than(before)));
        let open = self.told_beyond_paid(claim);
        let told: Money = open.iter().map(|case| case.amount).sum();
        let by_now = after.taken_back_beyond().max(after.refunded_beyond());
        // What is told of one reversal is not told once more of another.
        let amount = if open.is_empty() { amount } else { amount.min(by_now - told) };
        if amount > Money::ZERO && before.is_known() {
            let amount = told + amount;
            let subject = Subject { amount, ..self.subject(judged, Some(claim.id)) };
            self.decision.summary.unexplained += 1;
            // Of a refund that only took a credit away nothing is taken back twice.
            let is_by_refund = after.refunded_beyond() > Money::ZERO;
            let refunds = if is_by_refund { claim.refunds.as_slice() } else { &[] };
            let work = match refunded::reversed(amount, refunds) {
                Some((what, action)) => NewWork { what, action, ..beyond_paid(&subject) },
                None => beyond_paid(&subject),
            };
            match open.first() {
                Some(case) => {
                    let note = format!("brought up to date: {} was beyond before", case.amount);
                    let step = case.says_anew(Some(work.what), amount, note);
                    self.decision.change.work_moves.push(step);
                }
                None => self.add_work(work),
            }
            let others = open.iter().skip(1);
            self.close_items(others, "closed by itself: another item says all of it");
        }
        if after.is_in_order() {
            let is_it = |case: &&Undecided| case.is_open_by(BEYOND_PAID);
            let cases = claim.undecided.iter().chain(&claim.worked_on).filter(is_it);
            self.close_items(cases, NO_MORE_TAKEN_BACK);
        }
    }

    /// The open items that say what was taken back beyond what was paid.
    fn told_beyond_paid(&self, claim: &KnownClaim) -> Vec<Undecided> {
        let kept = claim.cases().filter(|case| !self.closed.contains(&case.work));
        kept.filter(|case| case.is_open_by(BEYOND_PAID)).cloned().collect()
    }

    /// Opens an item of what a payer after the first paid, as far as none tells of it, where nothing is left that it
    /// may pay.
    fn tell_paid_for_nothing(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        (before, after): (&GivenUp, &GivenUp),
    ) {
        let turns = self.turns_by_now(claim);
        self.close_paid_for_nothing(claim, &turns, after);
        let Some(why) = Nothing::of(claim, &turns, after) else { return };
        let turns_before = Turns::of(claim);
        let paid_before = match Nothing::of(claim, &turns_before, before) == Some(why) {
            true => why.paid(claim, &turns_before),
            false => Vec::new(),
        };
        for paid in why.paid(claim, &turns) {
            let known = paid_before.iter().find(|one| one.payer == paid.payer);
            let new = paid.amount - known.map_or(Money::ZERO, |known| known.amount);
            let amount = new.min(paid.amount - self.told_as_overpaid(claim, &turns, &paid.payer));
            if amount > Money::ZERO {
                let subject = Subject { amount, ..self.subject(judged, Some(claim.id)) };
                let back_by = self.back_by_of(&paid.payer, judged);
                let work = match why {
                    Nothing::Voided => paid_for_voided(&subject, &paid.payer, back_by),
                    Nothing::TakenBack => paid_after_taken_back(&subject, &paid.payer, back_by),
                };
                let remitted = Some(Place { offset: paid.offset, ..Place::default() });
                self.add_work(NewWork { arrival: Some(paid.arrival), remitted, ..work });
            }
        }
    }

    /// Closes items of payers that took back what they paid where nothing was left, or all of them where something is
    /// left again.
    pub(super) fn close_paid_for_nothing(
        &mut self,
        claim: &KnownClaim,
        turns: &Turns,
        books: &GivenUp,
    ) {
        for of in [Nothing::Voided, Nothing::TakenBack] {
            let is_it = |case: &&Undecided| case.is_open_by(of.rule());
            let mut over: Vec<&Undecided> = claim.worked_on.iter().filter(is_it).collect();
            if over.is_empty() {
                continue;
            }
            let now = Nothing::of(claim, turns, books);
            let paid = of.paid(claim, turns);
            over.retain(|case| {
                let payer = turns.later_payer_of(case);
                now != Some(of) || paid.iter().all(|one| Some(one.payer.as_str()) != payer)
            });
            let why = match (of, now) {
                (_, Some(now)) if now == of => "the payer took back what it paid",
                (Nothing::Voided, _) => "the claim is charged again",
                (Nothing::TakenBack, Some(_)) => "the claim is voided, and another item says so",
                (Nothing::TakenBack, None) => "the payer before it decided anew",
            };
            self.close_items(over, &format!("closed by itself: {why}"));
        }
    }

    /// What open items say that a payer after the first paid too much.
    fn told_as_overpaid(&self, claim: &KnownClaim, turns: &Turns, payer: &str) -> Money {
        let work = self.decision.change.work.iter().enumerate();
        let new = work.map(|(place, item)| Undecided::of_new(place, item));
        let kept = claim.worked_on.iter().filter(|case| !self.closed.contains(&case.work));
        let all = new.chain(kept.cloned());
        let is_its = |case: &Undecided| {
            let is_overpaid = case.category == Category::Overpaid && case.is_open();
            is_overpaid && turns.later_payer_of(case) == Some(payer)
        };
        all.filter(is_its).map(|case| case.amount).sum()
    }

    /// The work on denials goes on where a payer after another takes back what had settled them.
    pub(super) fn return_taken_back_later(
        &mut self,
        claim: &KnownClaim,
        (word, is_after_another): (Word, bool),
    ) {
        if word == Word::Reversed && is_after_another {
            let turns = self.turns_by_now(claim);
            self.return_settled_later(claim, &turns);
        }
    }

    /// The work on denials goes on that a payer after the one that denied had settled, once that one takes back
    /// what it decided. What is asked of it again is expected from it, and open there.
    pub(super) fn return_settled_later(&mut self, claim: &KnownClaim, turns: &Turns) {
        let later = Later { turns, charged: claim.charged(), table: self.incoming.denials };
        let is_asked = turns.is_next_asked();
        for case in cases::standing_again(&claim.worked_on, &later) {
            if !self.returned.insert(case.work) {
                continue;
            }
            self.decision.change.case_returns.push(case.work);
            if !case.state.is_open() && !is_asked {
                let note = "open again: the payer after it took back what had settled it";
                let step = case.step(WorkState::Open, note.to_owned());
                self.decision.change.work_moves.push(step);
            }
        }
    }
}

/// Why nothing of what payers after the first paid of a service was left to them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nothing {
    /// The claim was voided.
    Voided,
    /// The first payer took back all that it decided.
    TakenBack,
}

impl Nothing {
    /// `None` where something may be left.
    fn of(claim: &KnownClaim, turns: &Turns, books: &GivenUp) -> Option<Nothing> {
        match books.is_charged_no_more() {
            true => Some(Nothing::Voided),
            false => turns.is_first_taken_back(claim.charged()).then_some(Nothing::TakenBack),
        }
    }

    /// The rule of its items.
    const fn rule(self) -> &'static str {
        match self {
            Nothing::Voided => PAID_FOR_VOIDED,
            Nothing::TakenBack => PAID_AFTER_TAKEN_BACK,
        }
    }

    /// What payers after the first paid all the same; what was sent to them on what is taken back has an item of its
    /// own, at the claim that was sent.
    fn paid(self, claim: &KnownClaim, turns: &Turns) -> Vec<Excess> {
        let mut paid = turns.paid_by_later(claim.charged());
        let first = turns.root().unwrap_or(claim.account);
        paid.retain(|one| self == Nothing::Voided || !turns.is_billed_beside(first, &one.payer));
        paid
    }
}

/// Why an item closes that tells of more taken back than was paid.
pub const NO_MORE_TAKEN_BACK: &str = "closed by itself: no more is taken back than was paid";
