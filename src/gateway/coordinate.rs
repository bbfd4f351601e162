//! Claims for the payers that come next, made when the payer before has decided.
//!
//! A remittance only asks whether its claims go on. Here it is answered, from all that the payer
//! said by now, so that the order of files makes no difference. A claim that is made arrives like
//! any other: its bytes are durable first, and it is read, checked and scrubbed by the same road.

pub(crate) mod chain;
mod making;

use std::time::Duration;

use x12::value::Money;

use crate::change::cases::{Alike, PASSED_ON, UNBILLED};
use crate::change::next::why::Why;
use crate::change::next::{Answer, NextPayer, OWN_CHANNEL, Step};
use crate::change::{
    ArrivalId, Change, ClaimId, Draw, Moment, Move, NewWork, Resend, Settlement, Stamp, Verdict,
    WorkMove, WorkWords,
};
use crate::clock::Timestamp;
use crate::coordination;
use crate::denials::Category;
use crate::denials::follow::{Again, Follow, Now, follows_no_more};
use crate::denials::reasons::Desk;
use crate::denials::route;
use crate::document::{self, Document};
use crate::gateway::family;
use crate::gateway::knowledge::StoreKnowledge;
use crate::gateway::knowledge::known::turns_of;
use crate::gateway::{Error, Gateway, receive};
use crate::ledger::Account;
use crate::lifecycle::{Event, State, advance};
use crate::settings::names::PayerName;
use crate::store::{self, Claim, KeptNextPayer, Store, Work, WorkFilter};
use chain::{Chain, End};

/// Claims that are looked at in one turn.
const DUE_MAX: u32 = 500;

/// Answers for every claim of which it is asked whether it goes on; gives how many were answered.
pub fn turn(gateway: &Gateway, now: Timestamp) -> Result<usize, Error> {
    let mut answered = 0;
    for due in gateway.store.next_payers_due(DUE_MAX)? {
        match answer(gateway, &due, now) {
            Ok(()) => answered += 1,
            // Something else was decided in between: the next look sees it.
            Err(Error::Store(store::Error::Stale { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(answered)
}

/// Opens an item for every claim that was passed on long ago, and of which no later payer was heard; gives
/// for how many.
pub fn remind(gateway: &Gateway, now: Timestamp) -> Result<usize, Error> {
    let stamp = gateway.stamp(now);
    let day_micros = i64::try_from(Duration::from_hours(24).as_micros()).unwrap_or(i64::MAX);
    let before = Moment(stamp.now.0.saturating_sub(day_micros.saturating_mul(EXPECTED_DAYS)));
    let store = gateway.store.as_ref();
    let mut told = 0;
    loop {
        let late = store.passed_on_before(before, DUE_MAX)?;
        let mut change = Change { at: stamp.now, ..Change::default() };
        for next in &late {
            let Some(claim) = store.claim(next.claim)? else { continue };
            let own = claim.payer.as_deref().unwrap_or("its payer");
            let payer = next.why.decided_by.as_deref().unwrap_or(own);
            let to = next.why.passed_to().unwrap_or("the next payer");
            let first = family::first(store, &claim)?;
            // Whoever closed it gave up what was denied.
            let left = if claim.state == State::Closed {
                left_to_patient(store, first.id)?
            } else {
                turns_of(store, first.id)?.0.left_to_next(first.charge)
            };
            let about = (claim.id, left);
            change.work.push(route::passed_on_and_unheard(about, (payer, to), EXPECTED_DAYS));
        }
        told += change.work.len();
        if change.work.is_empty() {
            return Ok(told);
        }
        store.commit(&change)?;
    }
}

fn left_to_patient(store: &dyn Store, account: ClaimId) -> Result<Money, Error> {
    let postings = store.postings(account)?;
    let left = postings.iter().filter(|posting| posting.account == Account::Patient);
    Ok(left.map(|posting| posting.amount).sum())
}

/// The reason of what no patient and perhaps another payer pays.
const NEXT_PAYERS: &str = "209";

/// Days in which the payer that a claim was passed on to is expected to answer: the payer before sends it
/// within two weeks, and laws on prompt payment leave it thirty days.
const EXPECTED_DAYS: i64 = 45;

/// Sets aside what was made and not finished, when the gateway stopped in between.
pub fn forget(gateway: &Gateway, arrival: ArrivalId, now: Timestamp) -> Result<(), Error> {
    let summary = serde_json::json!({"refused": "made anew"}).to_string();
    let settles = Some(Settlement { arrival, verdict: Verdict::Unusable, summary });
    // Its number is used up, so that what is made next is another file.
    let first = gateway.store.next_number(making::COUNTER)?;
    let draws = vec![Draw::one(making::COUNTER, first)];
    let change = Change { at: gateway.stamp(now).now, settles, draws, ..Change::default() };
    gateway.store.commit(&change)?;
    Ok(())
}

/// What is known of a claim whose payer has spoken.
struct Case<'a> {
    gateway: &'a Gateway,
    stamp: Stamp,
    due: &'a KeptNextPayer,
    /// Of which it is asked, or the last that went out in its place and was decided on.
    claim: Claim,
    /// The payers after the next one.
    beyond: Vec<String>,
    /// Those before it that decided without a claim of ours.
    decided: Vec<String>,
    /// Claims that were made for payers after its own before, on any of its family, and are not closed.
    followers: Vec<Claim>,
}

fn answer(gateway: &Gateway, due: &KeptNextPayer, now: Timestamp) -> Result<(), Error> {
    let store = gateway.store.as_ref();
    let Some(asked) = store.claim(due.claim)? else { return Ok(()) };
    let all = family::all(store, family::first(store, &asked)?)?;
    let claim = chain::last_decided(&all, asked);
    let knowledge = StoreKnowledge::new(gateway);
    let document = knowledge.document(&claim);
    if let Some(failure) = knowledge.failure() {
        return Err(failure.into());
    }
    let stamp = gateway.stamp(now);
    let Some(document) = document else {
        let why = Why::said("the claim cannot be cut out of its file");
        let change = Change { at: stamp.now, ..answered(due, Answer::Person, why) };
        store.commit(&change)?;
        return Ok(());
    };
    let (all, is_billed_anyway) = chain::made_for_others(store, &all)?;
    let open = all.iter().filter(|made| chain::is_with_payer(made));
    let followers: Vec<Claim> = open.cloned().collect();
    if let Some(follower) = of_office(store, &followers)? {
        let why =
            Why::said(format!("its office billed the next payer itself: claim {}", follower.0));
        let change = Change { at: stamp.now, ..answered(due, Answer::Billed, why) };
        store.commit(&change)?;
        return Ok(());
    }
    let chain = Chain {
        plan: &gateway.plan,
        store,
        archive: &gateway.archive,
        today: stamp.today,
        claim: &claim,
        document: &document,
        followers: &all,
        is_billed_anyway,
    };
    let End { comes, after, decided } = chain.end()?;
    let beyond = chain::names(&gateway.plan, after.get(1..).unwrap_or_default());
    let case = Case { gateway, stamp, due, claim, beyond, decided, followers };
    let change = match comes {
        Ok(made) => case.without_advice(case.bill(&made)?)?,
        Err((answer, why)) => case.do_not_bill(answer, why)?,
    };
    store.commit(&change)?;
    Ok(())
}

/// The claim for the next payer that its office sent itself, if there is one.
fn of_office(store: &dyn Store, followers: &[Claim]) -> Result<Option<ClaimId>, Error> {
    for follower in followers {
        let arrival = store.arrival(follower.arrival)?;
        if arrival.is_some_and(|arrival| arrival.channel != OWN_CHANNEL) {
            return Ok(Some(follower.id));
        }
    }
    Ok(None)
}

/// The answer, with nothing else.
fn answered(due: &KeptNextPayer, answer: Answer, why: Why) -> Change {
    let step = Step::Answered { asked: due.asked, answer, why };
    Change { next_payers: vec![NextPayer { claim: due.claim, step }], ..Change::default() }
}

impl Case<'_> {
    fn store(&self) -> &dyn Store {
        self.gateway.store.as_ref()
    }

    /// A claim for the next payer, unless the one that was made before says the same.
    fn bill(&self, made: &Document) -> Result<Change, Error> {
        let mut change = Change { at: self.stamp.now, ..Change::default() };
        let mut is_billed = false;
        for follower in &self.followers {
            if self.is_beyond(follower) {
                self.tell_taken_back(follower, "its payer decided anew", &mut change)?;
            } else if self.says_the_same(follower, made)? {
                is_billed = true;
                self.forget_change(follower, made, &mut change)?;
            } else if self.withdraw(follower, "its payer decided anew", &mut change)? {
                // It never left, and another takes its place.
            } else {
                is_billed = true;
                let left = self.left_to(follower, Some(made))?;
                let now = match self.mend(follower, made, &mut change)? {
                    true => Now::Laid(again(follower)),
                    false => Now::Unlaid,
                };
                self.tell_of_change(follower, (now, left), &mut change)?;
            }
        }
        self.close_reminders(&mut change)?;
        if is_billed {
            let why = Why::said("a claim went to the next payer before");
            change.next_payers = answered(self.due, Answer::Billed, why).next_payers;
            return Ok(change);
        }
        self.make(made, change)
    }

    /// Whoever was to bill the next payer need not, once that is done.
    fn without_advice(&self, mut change: Change) -> Result<Change, Error> {
        let is_billed =
            |one: &NextPayer| matches!(one.step, Step::Answered { answer: Answer::Billed, .. });
        let open = match change.next_payers.iter().any(is_billed) {
            true => self.open_work(&self.claim)?,
            false => Vec::new(),
        };
        let is_advice = |item: &Work| {
            let is_denial = item.category == Category::Denied && item.resend.is_none();
            is_unbilled(item) || (is_denial && item.alike.reason == NEXT_PAYERS)
        };
        let note = "closed by itself: a claim for the next payer is made";
        let closed = open.into_iter().filter(is_advice).map(|item| item.closes(note));
        change.work_moves.extend(closed);
        Ok(change)
    }

    /// Nothing goes to the next payer; what was made before is withdrawn, or told.
    fn do_not_bill(&self, answer: Answer, why: Why) -> Result<Change, Error> {
        let mut change = Change { at: self.stamp.now, ..Change::default() };
        for follower in &self.followers {
            if answer == Answer::Waits || self.is_beyond(follower) {
                self.tell_taken_back(follower, &why.note, &mut change)?;
            } else if !self.withdraw(follower, &why.note, &mut change)? {
                let left = self.left_to(follower, None)?;
                self.tell_of_change(follower, (Now::NotBilled(&why.note), left), &mut change)?;
            }
        }
        let is_waited_for = self.due.answer == Some(Answer::PassedOn) && self.due.why == why;
        if answer != Answer::PassedOn || !is_waited_for {
            self.close_reminders(&mut change)?;
        }
        let says = (answer == Answer::Person).then(|| unbilled(&why.note));
        let mut open = self.open_work(&self.claim)?;
        // Reminders end by themselves.
        open.retain(|item| item.category == Category::NextPayer && item.alike.rule != PASSED_ON);
        let is_stale = |item: &Work| is_unbilled(item) && Some(&item.what) != says.as_ref();
        let (stale, told): (Vec<Work>, Vec<Work>) = open.into_iter().partition(is_stale);
        let note = "closed by itself: what it says is so no more";
        change.work_moves.extend(stale.into_iter().map(|item| item.closes(note)));
        if let Some(says) = says {
            let now = self.work(says)?;
            match told.iter().find(|item| is_unbilled(item)) {
                Some(item) if item.amount != now.amount => {
                    let amount = Some(now.amount);
                    let says = Some(WorkWords { amount, ..WorkWords::default() });
                    let step = item.step(item.state, &item.note);
                    change.work_moves.push(WorkMove { says, ..step });
                }
                None if told.is_empty() => change.work.push(now),
                Some(_) | None => {}
            }
        }
        change.next_payers = answered(self.due, answer, why).next_payers;
        Ok(change)
    }

    /// Whether a claim was made for a payer after the next one, by what one between them had decided.
    fn is_beyond(&self, follower: &Claim) -> bool {
        follower.payer.as_ref().is_some_and(|payer| self.beyond.contains(payer))
    }

    /// A payer before took back what a claim was made of: the claim is withdrawn, or a person is told.
    fn tell_taken_back(
        &self,
        follower: &Claim,
        why: &str,
        change: &mut Change,
    ) -> Result<(), Error> {
        if !self.withdraw(follower, why, change)? {
            let told = (self.taken_back(follower)?, self.left_to(follower, None)?);
            self.tell_of_change(follower, told, change)?;
        }
        Ok(())
    }

    /// What of what was left to the payer of a claim stands, where the payer before took back what it decided.
    fn taken_back(&self, follower: &Claim) -> Result<Now<'static>, Error> {
        let first = family::first(self.store(), &self.claim)?;
        let turns = turns_of(self.store(), first.id)?.0;
        let next = follower.payer.as_deref().unwrap_or_default();
        let stands = turns.stands_beside(next, first.charge);
        Ok(if Money::ZERO < stands { Now::TakenBackInPart(stands) } else { Now::TakenBack })
    }

    /// Closes a claim that never left, with its items, and says why, or that its own payer decided meanwhile; gives
    /// whether it did.
    fn withdraw(&self, follower: &Claim, why: &str, change: &mut Change) -> Result<bool, Error> {
        let Some(to) = advance(follower.state, Event::Closed) else { return Ok(false) };
        if !chain::never_left(follower) {
            return Ok(false);
        }
        let has_decided = |payer: &&String| self.decided.contains(payer);
        let note = match follower.payer.as_ref().filter(has_decided) {
            Some(payer) => format!("withdrawn before it was sent: {payer} decided without it"),
            None => format!("withdrawn before it was sent: {why}"),
        };
        let open = self.open_work(follower)?.into_iter();
        change.work_moves.extend(open.map(|item| item.closes(&note)));
        let (event, from) = (Event::Closed, follower.state);
        change.moves.push(Move { claim: follower.id, event, from, to, note, arrival: None });
        Ok(true)
    }

    /// A claim that went to the next payer says what is so no more: a person decides.
    fn tell_of_change(
        &self,
        follower: &Claim,
        (now, left): (Now<'_>, [Option<Money>; 2]),
        change: &mut Change,
    ) -> Result<(), Error> {
        let new = follows_no_more(&Follow {
            claim: follower.id,
            before: self.claim.id,
            now,
            left,
            charge: follower.charge,
            service_to: follower.service_to,
            limits: self.limits_of(follower),
        });
        let note = "the payer before decided once more";
        for item in self.open_work(follower)? {
            if item.category == Category::NextPayer && item.what == new.what {
                return Ok(());
            } else if item.category == Category::NextPayer {
                change.work_moves.push(item.closes(note));
            }
        }
        change.work.push(new);
        Ok(())
    }

    /// What was decided is told already: nobody need look at it any more.
    fn forget_change(
        &self,
        follower: &Claim,
        made: &Document,
        change: &mut Change,
    ) -> Result<(), Error> {
        let is_as_sent = self.is_as_made(follower, made)?;
        for item in self.open_work(follower)? {
            let is_laid = is_laid(&item);
            if item.category != Category::NextPayer || (is_laid && !is_as_sent) {
                continue;
            }
            if is_laid {
                change.edits.push((follower.id, Vec::new()));
            }
            let note = "the payer before decided once more, and this claim says so";
            change.work_moves.push(item.closes(note));
        }
        Ok(())
    }

    /// Lays what was decided anew over a claim that was sent, unless a person laid something else
    /// over it; gives whether it did.
    fn mend(&self, follower: &Claim, made: &Document, change: &mut Change) -> Result<bool, Error> {
        let open = self.open_work(follower)?;
        let is_ours = |item: &Work| item.category == Category::NextPayer && is_laid(item);
        if !follower.edits.is_empty() && !open.iter().any(is_ours) {
            return Ok(false);
        }
        let kept = self.as_made(follower)?;
        let edits = kept.and_then(|kept| coordination::edits_between(&kept, made));
        let Some(edits) = edits else { return Ok(false) };
        change.edits.push((follower.id, edits));
        let (event, from) = (Event::Edited, follower.state);
        if let Some(to) = advance(from, event) {
            let note = format!("claim {} was decided anew", self.claim.id.0);
            change.moves.push(Move { claim: follower.id, event, from, to, note, arrival: None });
        }
        Ok(true)
    }

    /// The payer that the claim was passed on to has decided, or the claim was not passed on after all.
    fn close_reminders(&self, change: &mut Change) -> Result<(), Error> {
        for item in self.open_work(&self.claim)? {
            if item.category == Category::NextPayer && item.alike.rule == PASSED_ON {
                let note = "closed by itself: a payer has decided on it since";
                change.work_moves.push(item.closes(note));
            }
        }
        Ok(())
    }

    /// What the payers before left to the payer of a claim, as it was told last and as it should be told now.
    fn left_to(
        &self,
        follower: &Claim,
        made: Option<&Document>,
    ) -> Result<[Option<Money>; 2], Error> {
        let sent = match follower.times_sent {
            // What was laid over it since was never sent.
            0 | 1 => self.as_made(follower)?,
            _ => StoreKnowledge::new(self.gateway).document(follower),
        };
        Ok([sent.as_ref().map(making::left_in), made.map(making::left_in)])
    }

    fn limits_of(&self, claim: &Claim) -> route::Limits {
        let name = claim.payer.as_deref().and_then(PayerName::new);
        let payer = name.and_then(|name| self.gateway.plan.payer(&name));
        payer.map(receive::limits_of).unwrap_or_default()
    }

    fn open_work(&self, claim: &Claim) -> Result<Vec<Work>, Error> {
        let filter = WorkFilter { open_only: true, claim: Some(claim.id), ..WorkFilter::default() };
        Ok(self.store().work(&filter)?)
    }

    /// Work for a claim whose next payer a person has to bill.
    fn work(&self, what: String) -> Result<NewWork, Error> {
        let first = family::first(self.store(), &self.claim)?;
        let left = turns_of(self.store(), first.id)?.0.left_to_next(first.charge);
        Ok(NewWork {
            claim: Some(self.claim.id),
            arrival: None,
            category: Category::NextPayer,
            desk: Desk::Billers.name().to_owned(),
            what,
            action: "compare the claim with its remittances, and bill the next payer by hand"
                .to_owned(),
            evidence: String::new(),
            deadline: None,
            amount: if left.is_zero() { self.claim.charge } else { left },
            resend: None,
            remitted: None,
            lines: Vec::new(),
            clps: Vec::new(),
            alike: Alike { rule: UNBILLED.to_owned(), ..Alike::default() },
        })
    }

    /// The claim as it stands in the file that was made for it, before any edit.
    fn as_made(&self, follower: &Claim) -> Result<Option<Document>, Error> {
        let file = self.gateway.archive.get(&follower.place.file)?;
        Ok(document::cut(&follower.place, &file, &[]).ok())
    }

    /// Whether a claim went out once, and tells what another would.
    fn is_as_made(&self, follower: &Claim, made: &Document) -> Result<bool, Error> {
        let kept = self.as_made(follower)?.filter(|_| follower.times_sent <= 1);
        Ok(kept.is_some_and(|kept| is_same(follower, &kept, made)))
    }

    fn says_the_same(&self, follower: &Claim, made: &Document) -> Result<bool, Error> {
        let with_edits = StoreKnowledge::new(self.gateway).document(follower);
        let is_edited_so = with_edits.is_some_and(|kept| is_same(follower, &kept, made));
        Ok(is_edited_so || self.is_as_made(follower, made)?)
    }
}

/// Whether an item says that no claim was made, and why.
fn is_unbilled(item: &Work) -> bool {
    item.category == Category::NextPayer && item.alike.rule == UNBILLED
}

fn unbilled(why: &str) -> String {
    format!("no claim was made for the next payer: {why}")
}

/// Whether two claims tell the next payer the same. What it has already need not be told again for
/// the sake of a number or a day.
fn is_same(follower: &Claim, kept: &Document, made: &Document) -> bool {
    match follower.times_sent > 0 && follower.state != State::Returned {
        true => coordination::told(kept) == coordination::told(made),
        false => coordination::identity(kept) == coordination::identity(made),
    }
}

/// How a claim goes out again that its payer has.
fn again(follower: &Claim) -> Again {
    match follower.state {
        // What the payer sent back unread is sent for the first time.
        State::Returned => Again::Original,
        State::Paid | State::Denied | State::Closed => Again::Replacement,
        State::Rejected
        | State::Held
        | State::Ready
        | State::Batched
        | State::Sent
        | State::Acknowledged
        | State::Accepted => Again::ReplacementInTime,
    }
}

/// Whether what was decided anew is laid over the claim of an item.
fn is_laid(item: &Work) -> bool {
    match item.resend {
        Some(Resend::Original | Resend::Replacement) => true,
        Some(Resend::Void | Resend::VoidAndNew) | None => false,
    }
}
