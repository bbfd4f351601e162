//! `claimgate queue give-up`: what payers still owe for a claim is written off.

use std::io::Write;

use serde_json::json;
use x12::value::Money;

use super::{Queue, claim_move, given_up, noted, step};
use crate::change::next::why::Why;
use crate::change::next::{Answer, NextPayer, Step};
use crate::change::{Change, ClaimId, WorkId, WorkState};
use crate::commands::statement::waits_for_next;
use crate::commands::{Failure, Format, Outcome};
use crate::denials::Category;
use crate::gateway::family;
use crate::gateway::knowledge::known::turns_of;
use crate::ledger::{self, Account, Posting};
use crate::lifecycle::{Event, State, advance};
use crate::store::{Claim, Work};

impl Queue<'_> {
    /// Writes off what is owed for a claim, and closes it with its items.
    pub(super) fn give_up(
        &self,
        id: ClaimId,
        (reason, by): (&str, &str),
        format: Format,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let store = self.office.store.as_ref();
        let claim = self.office.claim(id)?;
        let first = family::first(store, &claim)?;
        let owed = self.balance_of(first.id, Account::Receivable)?;
        if owed.is_negative() {
            return Err(Failure::Unusable(format!(
                "claim {} is paid {} more than was charged; find out why before it is closed",
                id.0,
                owed.abs()
            )));
        }
        let mut change = Change { at: self.office.stamp().now, ..Change::default() };
        let is_done = claim.state == State::Closed && owed.is_zero();
        let Some(to) = advance(claim.state, Event::Closed).filter(|_| !is_done) else {
            return Err(Failure::Unusable(format!(
                "claim {} is {}, and cannot be given up now",
                id.0,
                claim.state.name()
            )));
        };
        // What is owed was read after them.
        change.read = vec![(claim.id, claim.revision), (first.id, first.revision)];
        let written_off = self.write_off_rest((&claim, &first), owed, &mut change)?;
        let note = format!("{by}: {reason}; {written_off} written off");
        change.moves.push(claim_move(&claim, Event::Closed, to, &note));
        let mut told = Vec::new();
        let closed = self.closed_when_given_up(id, &mut told)?;
        let moved = |item| step(item, WorkState::Resolved, by, &noted(item, by, reason));
        change.work_moves = closed.iter().map(moved).collect();
        change.case_ends = closed.iter().filter_map(given_up).collect();
        change.next_payers = self.nobody_else(&[claim.id, first.id], (reason, by))?;
        // A claim that waits for its answer is given up even if it has no charge of its own.
        let is_decided = matches!(claim.state, State::Paid | State::Denied);
        let is_waited_for = !change.next_payers.is_empty();
        if is_decided && owed.is_zero() && change.work_moves.is_empty() && !is_waited_for {
            return Err(self.nothing_to_give_up(id, first.id)?);
        }
        store.commit(&change)?;
        let items = change.work_moves.len();
        match format {
            Format::Json => {
                let (claim, cents) = (id.0, written_off.cents());
                let told =
                    json!({"claim": claim, "written_off_cents": cents, "items_closed": items});
                writeln!(out, "{told}")?;
            }
            Format::Text => {
                writeln!(
                    out,
                    "{written_off} is written off; claim {} is closed, with {items} items of the queue",
                    id.0
                )?;
                out.write_all(&told)?;
            }
        }
        Ok(Outcome::Clean)
    }

    /// The items that end with it: what a payer paid too much is to go back all the same.
    fn closed_when_given_up(&self, id: ClaimId, out: &mut dyn Write) -> Result<Vec<Work>, Failure> {
        let mut closed = self.closed_with_claim(id, out)?;
        for item in closed.extract_if(.., |item| item.category == Category::Overpaid) {
            let WorkId(item) = item.id;
            writeln!(out, "item {item} stays open, for what a payer paid too much is to go back")?;
        }
        Ok(closed)
    }

    /// Writes off what is owed under the first claim of a service; how much that comes to.
    fn write_off_rest(
        &self,
        (claim, first): (&Claim, &Claim),
        owed: Money,
        change: &mut Change,
    ) -> Result<Money, Failure> {
        let store = self.office.store.as_ref();
        let source = first.place.claim.begins_at();
        // What another payer denied is taken off by that one's word, as before this one was asked.
        let no_more = ledger::asked_no_more(first.id, &store.postings(first.id)?, source);
        let of_payer = no_more.iter().filter(|made| made.account == Account::Receivable);
        let asked: Money = of_payer.map(|made| -made.amount).sum();
        change.postings = ledger::give_up(first.id, owed - asked, source);
        change.postings.extend(no_more);
        // Of what is given up payers after the first may have decided already.
        let (mut turns, read) = turns_of(store, first.id)?;
        change.read.extend(read.into_iter().filter(|(id, _)| *id != claim.id && *id != first.id));
        for member in turns.claims.iter_mut().filter(|member| member.claim == claim.id) {
            member.is_open = false;
        }
        let gives = turns.give_up(&change.postings, (first.id, first.charge), source);
        let off = gives.iter().filter(|made| made.account == Account::WriteOff);
        let gives_way: Money = off.map(|made| made.amount).sum();
        change.postings.extend(gives);
        Ok(owed + gives_way)
    }

    /// No payer is waited for any more that one of these claims may have gone on to.
    fn nobody_else(
        &self,
        claims: &[ClaimId; 2],
        (reason, by): (&str, &str),
    ) -> Result<Vec<NextPayer>, Failure> {
        let mut steps = Vec::new();
        let mut claims = claims.to_vec();
        claims.dedup();
        for claim in claims {
            let Some(next) = self.office.store.next_payer(claim)? else { continue };
            if waits_for_next(self.office, claim)? {
                let answer = Answer::NothingLeft;
                let why = Why::said(format!("no other payer is expected: {by}: {reason}"));
                let answered = Step::Answered { asked: next.asked + 1, answer, why };
                let of_claim = |step| NextPayer { claim, step };
                steps.extend([Step::Asked, answered].map(of_claim));
            }
        }
        Ok(steps)
    }

    /// What a claim for a next payer asks for that the one before denied is taken off again, as it closes.
    pub(super) fn asked_no_more(&self, id: ClaimId) -> Result<Vec<Posting>, Failure> {
        let store = self.office.store.as_ref();
        let Some(claim) = store.claim(id)? else { return Ok(Vec::new()) };
        let first = family::first(store, &claim)?;
        Ok(ledger::asked_no_more(
            first.id,
            &store.postings(first.id)?,
            first.place.claim.begins_at(),
        ))
    }

    fn nothing_to_give_up(&self, id: ClaimId, account: ClaimId) -> Result<Failure, Failure> {
        let rest = match self.balance_of(account, Account::Patient)? {
            left if left > Money::ZERO => {
                format!("; {left} that payers left to the patient cannot be given up")
            }
            _ => String::new(),
        };
        Ok(Failure::Unusable(format!(
            "no payer owes anything for claim {}, and no item of the queue would close with it: \
             there is nothing to give up{rest}",
            id.0
        )))
    }

    fn balance_of(&self, claim: ClaimId, account: Account) -> Result<Money, Failure> {
        let postings = self.office.store.postings(claim)?;
        let own = postings.iter().filter(|posting| posting.account == account);
        Ok(own.map(|posting| posting.amount).sum())
    }
}
