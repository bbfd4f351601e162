//! V34: more is decided on than was charged, and the items that say what of it is paid too much.

use std::collections::BTreeSet;

use x12::value::{Day, Money};
use x12::view::remittance::ClaimPayment;

use super::{Decider, Judged};
use crate::change::cases::{TOO_MUCH, Undecided};
use crate::change::{ClaimId, Word, WorkState};
use crate::denials::discrepancy::OVERPAYMENT_DAYS;
use crate::ledger::Posting;
use crate::reconcile::beside;
use crate::reconcile::matching::{KnownClaim, Match, Void};
use crate::reconcile::standing::{Said, Settled};
use crate::reconcile::too_much::{Followed, TooMuch, decides_once, follow, too_much};
use crate::reconcile::turns::Turns;

/// The service and the payer that items are about.
type Told = BTreeSet<(ClaimId, Option<String>)>;

impl Decider<'_> {
    /// Nobody owes more than was charged, so that something was decided twice; and what was decided on otherwise
    /// before is not denied.
    pub(super) fn note_beyond(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        settled: &Settled,
    ) {
        let speech = self.speech(judged, claim);
        let charge = self.charge_of(claim, speech.1.is_none());
        let is_beyond = charge < settled.decided || settled.denied_since > Money::ZERO;
        if judged.payment.is_reversal() || !is_beyond {
            return;
        }
        let (others, _) = self.said_beside(claim, &speech);
        let of = (claim.lines.as_slice(), charge);
        if decides_once(self.said_so_far(claim, &speech), settled, of) {
            return;
        }
        let beyond = settled.paid_beyond(self.said_so_far(claim, &speech), &others, of);
        // What was paid before beyond the charge is told of that payment.
        let paid = beyond.min(judged.paid());
        let of = (judged.ordinal, judged.payment);
        self.beside.push(beside::too_much(of, (settled, charge, paid)));
        self.decision.summary.unexplained += 1;
        let is_first = self.puzzled.insert(claim.id);
        let noted = self.decided_beyond.entry(claim.id).or_insert((judged.ordinal, is_first));
        noted.0 = judged.ordinal;
    }

    /// Brings the items up to date, once all that a remittance says is posted.
    pub(super) fn tell_too_much(&mut self, judged: &[Judged<'_, '_>]) {
        let mut told = Told::new();
        for one in judged {
            let Match::Sure { claim, .. } = &one.found else { continue };
            if self.may_be_too_much(claim) {
                let noted = self.decided_beyond.get(&claim.id).map(|noted| noted.0);
                let about = judged.iter().find(|one| Some(one.ordinal) == noted).unwrap_or(one);
                let made = std::mem::take(&mut self.payment.postings);
                self.follow_too_much(claim, about.payment, (&made, &mut told));
                self.payment.postings = made;
            }
        }
    }

    /// Whether something was decided twice by now, or is told to be so; of most claims neither.
    fn may_be_too_much(&self, claim: &KnownClaim) -> bool {
        let said = self.said.get(&(claim.id, None));
        let by_now = self.turns.get(&claim.turns.root().unwrap_or(claim.id));
        let (before, by_now) = (claim.turns.later(), by_now.into_iter().flat_map(Turns::later));
        // What is taken back may leave two others that come to more than the charge, as it had settled one of them.
        let is_of_many = |said: &Vec<Said>| {
            // What is posted after this is looked at then.
            let mut to_come = self.decision.unblocked.iter();
            said.len() > 2
                && said.iter().any(|one| one.word == Word::Reversed)
                && !to_come.any(|one| one.claim.id == claim.id)
        };
        self.decided_beyond.contains_key(&claim.id)
            || said.is_some_and(is_of_many)
            || claim.cases().any(|case| case.is_open_by(TOO_MUCH))
            || before.chain(by_now).any(|(_, said)| said.len() > 1)
    }

    /// The items of one claim, and of those before and after it; `made` is all that is posted here.
    pub(super) fn follow_too_much(
        &mut self,
        claim: &KnownClaim,
        payment: &ClaimPayment<'_>,
        (made, told): (&[Posting], &mut Told),
    ) {
        let before = too_much(claim);
        let by_now = self.claim_by_now(claim, made);
        let root = claim.turns.root().unwrap_or(claim.account);
        for now in too_much(&by_now) {
            if !told.insert((root, now.payer.clone())) {
                continue;
            }
            let before = before.iter().find(|one| one.payer == now.payer);
            let cases = by_now.told_too_much(now.payer.as_deref());
            let Followed { steps, opens, .. } = follow(&cases, before, &now);
            for step in steps {
                if step.to == WorkState::Resolved {
                    self.closed.insert(step.work);
                }
                self.decision.change.work_moves.push(step);
            }
            for now in &opens {
                if now.is_without_money() && !self.may_ask(claim) {
                    continue;
                }
                let subject = self.subject_of(payment, Some(claim.id));
                let work = now.item(&subject, self.too_much_back_by(now, payment));
                self.add_work(work);
            }
        }
    }

    /// Whether nothing else is asked about a claim by this remittance.
    fn may_ask(&self, claim: &KnownClaim) -> bool {
        match self.decided_beyond.get(&claim.id) {
            Some((_, is_first)) => *is_first,
            None => !self.puzzled.contains(&claim.id),
        }
    }

    /// Of another payer than the one that speaks neither the plan nor the settings are at hand.
    fn too_much_back_by(&self, now: &TooMuch, payment: &ClaimPayment<'_>) -> Option<Day> {
        let is_other = now.payer.as_deref().is_some_and(|payer| payer != self.incoming.payer);
        match is_other {
            true => Some(self.today.plus_days(OVERPAYMENT_DAYS)),
            false => self.limits.giving_back(&payment.filing_indicator.text(), self.today),
        }
    }

    /// A claim with what is said and posted of it by now, and its items as they stand.
    fn claim_by_now(&self, claim: &KnownClaim, made: &[Posting]) -> KnownClaim {
        let mut by_now = claim.with_postings(made);
        by_now.turns = self.turns_by_now(claim);
        if let Some(said) = self.said.get(&(claim.id, None)) {
            by_now.earlier = self.posted_by_now(said);
        }
        if self.voided.contains(&claim.account) {
            let void = by_now.void.get_or_insert(Void::default());
            void.charged = Money::ZERO;
        }
        self.bring_items_up(claim.id, &mut by_now.undecided);
        let relatives = by_now.family.iter_mut().flat_map(|family| &mut family.others);
        for other in relatives {
            if let Some(said) = self.said.get(&(other.id, None)) {
                other.said = self.posted_by_now(said);
            }
            self.bring_items_up(other.id, &mut other.undecided);
        }
        by_now.worked_on.retain(|case| !self.closed.contains(&case.work));
        by_now
    }

    /// Items without those that are closed here, and with those that are opened.
    fn bring_items_up(&self, claim: ClaimId, cases: &mut Vec<Undecided>) {
        cases.retain(|case| !self.closed.contains(&case.work));
        let opened = self.decision.change.work.iter().enumerate();
        let own = opened.filter(|(_, item)| item.claim == Some(claim));
        let before = self.incoming.items_before;
        cases.extend(own.map(|(place, item)| Undecided::of_new(before + place, item)));
    }
}
