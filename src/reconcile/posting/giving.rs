//! What gives way: what one payer took off to what a later one pays, and a denial to what its own payer
//! decides anew; and whether a claim goes on to a later payer.

use x12::fault::Place;
use x12::value::Money;

use super::weighed::{Speech, beside_it};
use super::{Decider, Judged};
use crate::change::cases::{PAID_AFTER_TAKEN_BACK, PAID_FOR_VOIDED, TOO_MUCH, Undecided};
use crate::change::next::{NextPayer, Step};
use crate::change::{ArrivalId, ClaimId, Move, NewWork};
use crate::denials::Category;
use crate::denials::route::Subject;
use crate::denials::variance::{
    beyond_attached, beyond_charge, beyond_left, paid_as_first, settled_by_nobody,
};
use crate::ledger::{self, Account, Debtor, Posting};
use crate::lifecycle::{Event, State, advance};
use crate::reconcile::findings::{LATER_PAYER, LATER_TELLS_PRIOR};
use crate::reconcile::matching::{KnownClaim, Relative};
use crate::reconcile::outcome::Outcome;
use crate::reconcile::repeated::repeated;
use crate::reconcile::standing::{Said, holding, overruled};
use crate::reconcile::turns::{Excess, Turns, settled_before};

impl Decider<'_> {
    /// What was given up of a claim gives way to what is decided on of it after all. `from` is where the
    /// postings of this decision begin.
    pub(super) fn take_up_again(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        from: usize,
    ) {
        let books = self.given_up.entry(claim.account);
        let books = books.or_insert_with(|| claim.books.now.given_up);
        let before = books.beyond_owed();
        let made = self.payment.postings.get(from..).unwrap_or_default();
        books.add(made.iter().filter(|one| one.claim == Some(claim.account)));
        let postings = books.settle(claim.account, judged.payment.paid.place);
        let is_given_up_again = books.is_all_that_is_open();
        let beyond = books.beyond_owed() - before;
        let told = self.tell_beyond_attached(judged, claim, beyond);
        self.tell_beyond_charge(judged, claim, beyond - told);
        self.tell_written_off(claim.id, &postings);
        self.payment.postings.extend(postings);
        if is_given_up_again {
            self.close_given_up(claim, Some(self.incoming.arrival));
        }
    }

    /// Opens an item where a person had posted a part of money in suspense to the claim, and what the payer
    /// decides leaves so much less to be owed; how much it tells.
    fn tell_beyond_attached(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        beyond: Money,
    ) -> Money {
        let amount = beyond.min(claim.books.now.attached);
        if amount <= Money::ZERO || claim.follows.is_some() || self.is_decided_beyond(judged, claim)
        {
            return Money::ZERO;
        }
        let subject = Subject { amount, ..self.subject(judged, Some(claim.id)) };
        let work = beyond_attached(&subject, self.back_by(judged));
        self.add_work(work);
        amount
    }

    /// Opens an item of what stands as a credit as a person posted a claim payment that does not add up (V02).
    fn tell_beyond_charge(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim, beyond: Money) {
        let payment = judged.payment;
        let taken_off: Money = payment.all_adjustments().map(|one| one.money()).sum();
        let charge = payment.charge.money().unwrap_or_default();
        let amount = beyond.min(judged.paid() + taken_off - charge);
        if amount <= Money::ZERO || claim.follows.is_some() || self.is_decided_beyond(judged, claim)
        {
            return;
        }
        let subject = Subject { amount, ..self.subject(judged, Some(claim.id)) };
        let work = beyond_charge(&subject, self.back_by(judged));
        self.add_work(work);
    }

    /// What becomes of what was given up is told where the claim's history tells of the decision.
    fn tell_written_off(&mut self, claim: ClaimId, postings: &[Posting]) {
        let of = postings.iter().filter(|made| made.account == Account::WriteOff);
        let written_off: Money = of.map(|made| made.amount).sum();
        let told = match written_off {
            Money::ZERO => return,
            more if more > Money::ZERO => format!("; {more} is given up again"),
            less => format!("; {} was given up, and is written off no longer", less.abs()),
        };
        let mut moves = self.decision.change.moves.iter_mut();
        if let Some(step) = moves.rfind(|step| step.claim == claim) {
            step.note.push_str(&told);
        }
    }

    /// A claim of which nothing holds that was decided after it was given up is given up again.
    pub(super) fn close_given_up(&mut self, claim: &KnownClaim, arrival: Option<ArrivalId>) {
        let (from, event) = (self.state(claim), Event::Closed);
        let is_moved = self.states.contains_key(&claim.id);
        let Some(to) = advance(from, event).filter(|_| is_moved && from == State::Accepted) else {
            return;
        };
        self.states.insert(claim.id, to);
        let note = "what is not decided on was given up before".to_owned();
        let step = Move { claim: claim.id, event, from, to, note, arrival };
        self.decision.change.moves.push(step);
    }

    /// What a payer before took off gives way to what one after it takes as left. `from` is where the
    /// postings of this decision begin.
    pub(super) fn give_way_to_next(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        from: usize,
    ) {
        let is_later = self.is_of_later_payer(judged, claim);
        let names_none = claim.follows.is_none() && !claim.names_next_payer;
        let is_alone = names_none && claim.later.is_empty() && claim.turns.claims.is_empty();
        if is_alone && !is_later {
            return;
        }
        let payer = self.speaker(judged, claim).map(str::to_owned);
        let said = self.said_by(judged, true);
        let root = claim.turns.root().unwrap_or(claim.id);
        let turns = self.turns.entry(root).or_insert_with(|| Turns::of(claim));
        let before = turns.excesses(claim.charged());
        turns.add(payer.as_deref(), said);
        let made = self.payment.postings.get(from..).unwrap_or_default();
        turns.books.now.add(made.iter().filter(|one| one.claim == Some(claim.account)));
        let of = (claim.account, claim.charged());
        let postings = turns.settle(of, judged.payment.paid.place);
        let after = turns.excesses(claim.charged());
        self.tell_written_off(claim.id, &postings);
        self.payment.postings.extend(postings);
        self.tell_excesses(judged, claim, (&before, &after));
        let turns = self.turns.get(&root).cloned().unwrap_or_default();
        self.close_excesses(claim, &turns, &after);
    }

    /// Opens an item of what a payer paid beyond what was left to it, as far as it was not so before.
    fn tell_excesses(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        (before, after): (&[Excess], &[Excess]),
    ) {
        for excess in after {
            let known = before.iter().find(|one| one.payer == excess.payer);
            let new = excess.amount - known.map_or(Money::ZERO, |known| known.amount);
            if new <= Money::ZERO {
                continue;
            }
            let subject = Subject { amount: new, ..self.subject(judged, Some(claim.id)) };
            let back_by = self.back_by_of(&excess.payer, judged);
            let of = (excess.payer.as_str(), excess.paid);
            let work = match self.turns_by_now(claim).is_order_asked(of.0, claim.charged()) {
                true => paid_as_first(&subject, of, self.limits.appeal(self.decided_on)),
                false => beyond_left(&subject, of, back_by),
            };
            let Excess { arrival, offset, .. } = *excess;
            let remitted = Some(Place { offset, ..Place::default() });
            self.add_work(NewWork { arrival: Some(arrival), remitted, ..work });
        }
    }

    /// Closes the items of payers that paid no more than was left, by what is said by now.
    pub(super) fn close_excesses(
        &mut self,
        claim: &KnownClaim,
        turns: &Turns,
        excesses: &[Excess],
    ) {
        let is_over = |case: &&Undecided| {
            let payer = turns.later_payer_of(case);
            let is_more = |payer| excesses.iter().any(|excess| excess.payer == payer);
            let others = [TOO_MUCH, PAID_FOR_VOIDED, PAID_AFTER_TAKEN_BACK];
            let is_other = others.contains(&case.rule.as_str());
            let is_excess = case.category == Category::Overpaid && !is_other;
            is_excess && payer.is_some_and(|payer| !is_more(payer))
        };
        let cases = claim.worked_on.iter().filter(is_over);
        self.close_items(cases, "closed by itself: no more is paid than was left");
    }

    /// Who speaks: `None` is the first payer.
    fn speaker<'s>(&'s self, judged: &Judged<'_, '_>, claim: &'s KnownClaim) -> Option<&'s str> {
        match (self.is_of_later_payer(judged, claim), claim.follows) {
            (true, _) => Some(self.incoming.payer),
            (false, Some(_)) => claim.payer.as_deref(),
            (false, None) => None,
        }
    }

    /// What those before a payer left to it, where they decided; `None` of the first.
    pub(super) fn left_to(&self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> Option<Money> {
        let payer = self.speaker(judged, claim)?;
        let status = judged.payment.status.text();
        self.turns_by_now(claim).left_to((payer, &status), claim.charged())
    }

    /// Opens an item where a payer says that all was settled before it, and the one before it denied a part as
    /// the next one's to pay: nobody pays that, and nobody is asked.
    pub(super) fn tell_settled_by_nobody(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let own = self.said_by(judged, true);
        let payer = self.speaker(judged, claim).map(str::to_owned);
        let is_asked = judged.outcome == Outcome::Paid && !own.hides_settled();
        let Some(payer) = payer.filter(|_| is_asked) else { return };
        let mut turns = self.turns_by_now(claim);
        turns.add(Some(&payer), own.clone());
        let left = turns.left_by_nobody((&payer, &own.status), claim.charged());
        let is_open = |case: &Undecided| case.is_open() && !self.closed.contains(&case.work);
        let mut denials = claim.worked_on.iter().filter(|case| case.category == Category::Denied);
        if left <= Money::ZERO || denials.any(is_open) {
            return;
        }
        let subject = Subject { amount: left, ..self.subject(judged, Some(claim.id)) };
        let until = self.limits.appeal(self.decided_on);
        let work = settled_by_nobody(&subject, settled_before(&own), (&payer, until));
        self.add_work(work);
    }

    /// V23: whether its CO-45 has what was settled before it too, which is posted already. How much of it is
    /// its own is reckoned with what gives way.
    pub(super) fn hides_the_first(&self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> bool {
        let payment = judged.payment;
        if !payment.is_reversal() && !payment.status.is_any(LATER_PAYER) {
            return false;
        }
        let own = self.said_by(judged, true);
        if !payment.is_reversal() || !own.tells_no_settled() {
            return own.hides_settled();
        }
        let payer = self.speaker(judged, claim);
        let mut turns = self.turns_by_now(claim);
        turns.add(payer, own.clone());
        turns.hides(payer, &own)
    }

    /// V23: whether its CO-45 may have what payers before it paid.
    pub(super) fn may_hide_payments(&self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> bool {
        let own = self.said_by(judged, true);
        let payer = self.speaker(judged, claim).filter(|_| own.hides_settled());
        payer.is_some_and(|payer| {
            !self.turns_by_now(claim).is_unpaid_before(payer, &own, claim.charged())
        })
    }

    /// V23: whether nothing holds a decision but what payers before it may have paid.
    pub(super) fn is_about_others(&self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> bool {
        let mut holding = self.balance.holding_claim(judged.ordinal);
        let is_decision = matches!(judged.outcome, Outcome::Paid | Outcome::Denied(_));
        is_decision
            && !claim.is_predetermination
            && self.balance.blocking_claim(judged.ordinal).next().is_none()
            && holding.all(|found| found.rule.id == LATER_TELLS_PRIOR)
    }

    /// All who spoke of a claim, with what is said of it here.
    pub(super) fn turns_by_now(&self, claim: &KnownClaim) -> Turns {
        let root = claim.turns.root().unwrap_or(claim.id);
        let mut turns = self.turns.get(&root).cloned().unwrap_or_else(|| Turns::of(claim));
        // What is said of the claim before may be posted as that of a claim that stands alone.
        for member in turns.claims.clone() {
            let said = self.said.get(&(member.claim, None)).into_iter().flatten();
            for one in said.filter(|one| one.is_posted) {
                let payer = member.payer.as_deref().filter(|_| !member.is_first);
                turns.add(payer, one.clone());
            }
        }
        turns
    }

    /// Denials that gave way by now to what the payer decided anew, and what it takes off once more.
    pub(super) fn overruled(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> Vec<Said> {
        let speech = self.speech(judged, claim);
        self.overruled_of(claim, &speech)
    }

    pub(super) fn overruled_of(&mut self, claim: &KnownClaim, speech: &Speech) -> Vec<Said> {
        let said = self.said_so_far(claim, speech).clone();
        let of_relative = |other: &Relative| self.posted_by_now(self.said_of_relative(other));
        let (others, charge) = beside_it(claim, speech.1.is_none(), of_relative);
        let mut posted = self.posted_by_now(&said);
        posted.extend(self.said_under_another(claim, speech, &said));
        let mut gone = overruled(&posted, &others, charge);
        // What a payer after the first takes off is weighed with what those before it left.
        if speech.1.is_none() && claim.follows.is_none() && 1 < posted.len() + others.len() {
            let charge = if others.is_empty() { claim.charge } else { charge };
            let relatives = claim.family.iter().flat_map(|family| &family.others);
            let of_relatives: Vec<Vec<Said>> = relatives.map(of_relative).collect();
            let all = of_relatives.iter().chain([&posted]);
            let holds: Vec<&Said> = all.flat_map(|said| holding(said, charge)).collect();
            gone.extend(repeated(&holds, charge));
        }
        gone
    }

    /// What a payer after the first said under another claim of the service that has the same lines: it may have denied
    /// all before the first decided, and decide on the claim that was made for it then.
    pub(super) fn said_under_another(
        &self,
        claim: &KnownClaim,
        speech: &Speech,
        said: &[Said],
    ) -> Vec<Said> {
        let own = claim.payer.as_ref().filter(|_| claim.follows.is_some());
        let Some(payer) = speech.1.as_ref().or(own) else { return Vec::new() };
        let turns = self.turns_by_now(claim);
        let family = claim.family.iter().flat_map(|family| &family.others);
        let family = family.flat_map(|other| self.said_of_relative(other));
        let here: Vec<&Said> = said.iter().chain(family).collect();
        let is_here = |one: &Said| here.iter().any(|own| own.is_at(&one.identity, one.offset));
        let mut all = self.posted_by_now(turns.said_by(Some(payer)));
        all.retain(|one| !is_here(one));
        all
    }

    /// What the books have of it: what waits no longer is posted after this.
    pub(super) fn posted_by_now(&self, said: &[Said]) -> Vec<Said> {
        let freed = &self.decision.unblocked;
        let is_to_come = |one: &Said| freed.iter().any(|it| one.is_at(&it.identity, it.offset));
        said.iter().filter(|one| one.is_posted && !is_to_come(one)).cloned().collect()
    }

    /// What its own payer says may send a claim on to the next, and what that one says without a claim of ours to
    /// the one after it.
    pub(super) fn ask_for_next_payer(
        &mut self,
        claim: &KnownClaim,
        (is_later_payer, passes_on): (bool, bool),
    ) {
        let payer = self.incoming.payer;
        let may_go_on = match is_later_payer {
            true => {
                (claim.is_asked_on || passes_on) && !claim.turns.is_billed_beside(claim.id, payer)
            }
            false => claim.names_next_payer || claim.is_asked_on || passes_on,
        };
        if may_go_on && self.asked.insert(claim.id) {
            let asked = NextPayer { claim: claim.id, step: Step::Asked };
            self.decision.change.next_payers.push(asked);
        }
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
        let postings = owed_anew((&before, &after), (claim, debtor), source);
        self.payment.postings.extend(postings);
    }
}

/// What denials took off that gave way by now and did not before, and the other way round.
pub(super) fn owed_anew(
    (before, after): (&[Said], &[Said]),
    (claim, debtor): (&KnownClaim, Debtor),
    source: Place,
) -> Vec<Posting> {
    let new = after.iter().filter(|denial| !before.contains(denial));
    let gone = before.iter().filter(|denial| !after.contains(denial));
    let owed = new.flat_map(Said::adjustments).map(|(line, code, off)| (line, code, -off));
    let all = owed.chain(gone.flat_map(Said::adjustments));
    all.flat_map(|adjustment| ledger::adjusts(adjustment, (claim.account, debtor), source))
        .collect()
}
