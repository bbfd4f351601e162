//! Parts of money that waits: of one payment for several claims, or of one that goes back in part.

use std::io::Write;

use x12::phi::Phi;
use x12::value::Money;

use super::write_off::{Leaving, done};
use super::{Queue, step};
use crate::change::{Change, ClaimId, NewWork, Released, Tier, WorkMove, WorkState, WorkWords};
use crate::commands::{Failure, Outcome};
use crate::denials::route::{self, Subject};
use crate::denials::variance::{BEYOND_ATTACHED, paid_twice};
use crate::gateway::family;
use crate::gateway::receive::limits_of;
use crate::ledger::{self, Debtor, Posting};
use crate::reconcile::is_later_payer;
use crate::reconcile::matching::KnownClaim;
use crate::settings::names::PayerName;
use crate::store::{Suspended, Work};

impl Queue<'_> {
    /// How much of what waits is asked for; `None` when all of it is, as it came.
    pub(super) fn part(
        &self,
        waiting: &Suspended,
        asked: Option<Money>,
    ) -> Result<Option<Money>, Failure> {
        let Some(asked) = asked else {
            // Of what was divided nobody knows what the payer says of the rest.
            let told = self.office.store.told(waiting.arrival, waiting.place.offset)?;
            let is_divided = told.is_some_and(|told| told.waited.is_some());
            return Ok(is_divided.then_some(waiting.amount));
        };
        if asked.is_zero() || waiting.amount.abs() < asked {
            return Err(Failure::Unusable(format!(
                "{} waits; give an amount above nothing and up to that",
                waiting.amount
            )));
        }
        // What is taken back waits with a minus.
        Ok(Some(if waiting.amount.is_negative() { -asked } else { asked }))
    }

    /// Posts a part of money that waits to a claim.
    pub(super) fn attach_part(
        &self,
        (item, waiting): (&Work, &Suspended),
        (known, amount): (&KnownClaim, Money),
        (reason, by): (&str, &str),
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let is_later = is_later_payer(&waiting.payer, known.payer.as_deref(), &waiting.status);
        let is_after_another = is_later || known.follows.is_some();
        let debtor = if is_after_another { Debtor::Patient } else { Debtor::Payer };
        let mut postings = ledger::part((known.account, debtor), amount, waiting.place);
        // What was given up of the claim is paid by it.
        let store = self.office.store.as_ref();
        postings.extend(family::given_up(store, &postings, waiting.place)?);
        self.must_be_there(known, &postings)?;
        let no_longer = self.office.no_longer_taken_back(known, &postings)?;
        let beyond = self.beyond_owed((known.account, debtor), amount, &postings)?;
        // What is paid beyond by it has an item of its own.
        let less = match amount.is_negative() {
            true => self.office.follow_too_much(known, &postings, reason).0,
            false => Vec::new(),
        };
        let what = format!("{amount} of it to claim {} by {by}: {reason}", known.id.0);
        let mut change = self.parted((item, waiting), (amount, what, postings), (reason, by))?;
        change.work_moves.extend(no_longer);
        change.work_moves.extend(less);
        let read = known.read.clone();
        let mut work = Vec::new();
        if beyond > Money::ZERO {
            writeln!(out, "{beyond} of it is more than is owed for the claim")?;
            work.push(self.overpaid((known, waiting), (beyond, by))?);
        }
        let is_new = !work.is_empty();
        self.office.store.commit(&Change { read, work, ..change })?;
        writeln!(out, "{amount} is posted to claim {}", known.id.0)?;
        let rest = self.tell_rest((item, waiting), amount, out)?;
        Ok(if is_new { Outcome::ToActOn } else { rest })
    }

    /// How much of an amount is more than a payer or a patient owes, with what is posted of it.
    fn beyond_owed(
        &self,
        (claim, debtor): (ClaimId, Debtor),
        amount: Money,
        made: &[Posting],
    ) -> Result<Money, Failure> {
        let kept = self.office.store.postings(claim)?;
        let here = made.iter().filter(|posting| posting.claim == Some(claim));
        let own = kept.iter().chain(here).filter(|posting| posting.account == debtor.account());
        let owed: Money = own.map(|posting| posting.amount).sum();
        Ok(amount.min(-owed))
    }

    fn overpaid(
        &self,
        (known, waiting): (&KnownClaim, &Suspended),
        (amount, by): (Money, &str),
    ) -> Result<NewWork, Failure> {
        let subject = Subject {
            claim: Some(known.account),
            arrival: waiting.arrival,
            amount,
            place: waiting.place,
            payer: waiting.payer.clone(),
            names: Phi::new(format!("attached by {by}")),
        };
        let what = format!("{amount} that was attached is more than was owed for the claim");
        let work = route::unexplained(&subject, what, BEYOND_ATTACHED);
        let payer = PayerName::new(&waiting.payer).and_then(|name| self.office.plan.payer(&name));
        let limits = payer.map(limits_of).unwrap_or_default();
        let plan = match self.office.store.claim(known.id)? {
            Some(claim) => self.plan_of(&claim)?,
            None => String::new(),
        };
        let back_by = limits.giving_back(&plan, self.office.stamp().today);
        Ok(NewWork { clps: vec![waiting.place], ..paid_twice(work, amount, back_by) })
    }

    /// Takes a part of money that waits off the books.
    pub(super) fn write_off_part(
        &self,
        (item, waiting): (&Work, &Suspended),
        amount: Money,
        leaving: Leaving<'_>,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let Leaving { to, reason, by } = leaving;
        let postings = ledger::write_off(amount, to, waiting.place);
        let what = format!("{amount} of it {} by {by}: {reason}", done(to));
        let change = self.parted((item, waiting), (amount, what, postings), (reason, by))?;
        self.office.store.commit(&change)?;
        writeln!(out, "{amount} is {}", done(to))?;
        self.tell_rest((item, waiting), amount, out)
    }

    fn parted(
        &self,
        (item, waiting): (&Work, &Suspended),
        (amount, what, postings): (Money, String, Vec<Posting>),
        (reason, by): (&str, &str),
    ) -> Result<Change, Failure> {
        let left = waiting.amount - amount;
        let told = self.office.store.told(waiting.arrival, waiting.place.offset)?;
        let released = Released {
            arrival: waiting.arrival,
            offset: waiting.place.offset,
            claim: None,
            word: None,
            tier: left.is_zero().then_some(Tier::Person),
            matched_by: format!("{}; {what}", waiting.matched_by),
            lines: told.map_or(String::new(), |told| told.stands.lines),
            adjustments: None,
            number_before: None,
            left,
            postings,
        };
        let at = self.office.stamp().now;
        let work_moves = vec![moved(item, left, (reason, by))];
        Ok(Change { at, released: vec![released], work_moves, ..Change::default() })
    }

    fn tell_rest(
        &self,
        (item, waiting): (&Work, &Suspended),
        amount: Money,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let left = waiting.amount - amount;
        match left.is_zero() {
            true => writeln!(out, "nothing is left; item {} is resolved", item.id.0)?,
            false => writeln!(out, "{left} waits on by item {}", item.id.0)?,
        }
        // What is divided is no word on the claim that it waited for.
        let is_new = self.free(waiting.claim, out)?;
        Ok(Outcome::from_findings(is_new || !left.is_zero()))
    }
}

/// Whoever divides it has taken the item, which is about what is left.
fn moved(item: &Work, left: Money, (reason, by): (&str, &str)) -> WorkMove {
    if left.is_zero() {
        return step(item, WorkState::Resolved, by, reason);
    }
    let says = WorkWords { amount: Some(left.abs()), ..WorkWords::default() };
    WorkMove { says: Some(says), ..step(item, WorkState::Taken, by, reason) }
}
