//! `claimgate queue write-off`: money that waits in suspense and is no claim's of ours leaves it.

use std::collections::HashMap;
use std::io::{self, Write};

use x12::value::{Day, Money};

use super::arguments::WriteOffArguments;
use super::{Queue, name_of, step};
use crate::change::{ArrivalId, Change, Released, Tier, WorkId, WorkState};
use crate::commands::{Failure, Format, Outcome};
use crate::denials::Category;
use crate::ledger::{self, LeavesTo};
use crate::store::{Suspended, Work, WorkFilter};

/// What somebody decides on money that waits: where it goes, why, and who says so.
#[derive(Clone, Copy)]
pub(super) struct Leaving<'a> {
    pub to: LeavesTo,
    pub reason: &'a str,
    pub by: &'a str,
}

impl Queue<'_> {
    /// Takes money that waits off suspense: by some items, or by all of a remittance or a payer.
    pub(super) fn write_off(
        &self,
        wanted: &WriteOffArguments,
        format: Format,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        self.office.must_have_contracts()?;
        let by = name_of(wanted.by.as_deref())?;
        let leaving = Leaving { to: wanted.to.into(), reason: &wanted.reason, by: &by };
        let is_text = format == Format::Text;
        let mut told: Box<dyn Write + '_> = match is_text {
            true => Box::new(&mut *out),
            false => Box::new(io::sink()),
        };
        if wanted.ids.is_empty() && leaving.to == LeavesTo::Returned {
            let why = "what goes back to a payer is written off item by item; of many at once say --to other-system";
            return Err(Failure::Unusable(why.to_owned()));
        }
        let (chosen, is_all) = match wanted.ids.is_empty() {
            true => self.chosen(wanted, &mut *told)?,
            false => (self.named(&wanted.ids)?, true),
        };
        if wanted.amount.is_some() && chosen.len() != 1 {
            let why = "an amount is of one item; name it alone";
            return Err(Failure::Unusable(why.to_owned()));
        }
        let mut outcome = Outcome::from_findings(!is_all);
        let mut sum = Money::ZERO;
        for (item, waiting) in &chosen {
            if self.take_off((item, waiting), wanted.amount, leaving, &mut *told)?
                == Outcome::ToActOn
            {
                outcome = Outcome::ToActOn;
            }
            sum += waiting.amount;
        }
        if chosen.len() != 1 {
            writeln!(
                told,
                "{} items, {sum} in all, to account {}",
                chosen.len(),
                leaving.to.account().name()
            )?;
        }
        drop(told);
        for (item, _) in chosen.iter().filter(|_| !is_text) {
            self.show(item.id, format, out)?;
        }
        Ok(outcome)
    }

    /// The items of these numbers, each once, and what waits by them.
    fn named(&self, ids: &[i64]) -> Result<Vec<(Work, Suspended)>, Failure> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let mut named = Vec::new();
        for id in ids {
            let item = self.item(WorkId(id))?;
            let waiting = self.waiting(&item)?;
            named.push((item, waiting));
        }
        Ok(named)
    }

    /// The open items by which money of claims waits that nobody knows, of one remittance, or of a payer up
    /// to a day; and whether none of them was left out, as it may be a claim of ours.
    fn chosen(
        &self,
        wanted: &WriteOffArguments,
        told: &mut dyn Write,
    ) -> Result<(Vec<(Work, Suspended)>, bool), Failure> {
        let store = self.office.store.as_ref();
        let place = |one: &Suspended| (one.arrival, one.place.offset);
        let mut waits: HashMap<(ArrivalId, usize), Suspended> =
            store.suspended()?.into_iter().map(|one| (place(&one), one)).collect();
        waits.retain(|_, one| is_of(one, wanted) && !one.amount.is_zero());
        let category = Some(Category::Unmatched);
        let filter = WorkFilter { open_only: true, category, ..WorkFilter::default() };
        let (mut chosen, mut is_all) = (Vec::new(), true);
        for item in store.work(&filter)? {
            let Some(at) = item.arrival.zip(item.remitted) else { continue };
            let Some(waiting) = waits.remove(&at).filter(|one| one.claim.is_none()) else {
                continue;
            };
            let stands = store.told(at.0, at.1)?.map(|one| one.stands);
            if stands.is_some_and(|stands| stands.tier == Tier::Suggested) {
                is_all = false;
                writeln!(
                    told,
                    "item {} is left out, for it may be a claim of ours: `claimgate queue show {}` says which",
                    item.id.0, item.id.0
                )?;
                continue;
            }
            chosen.push((item, waiting));
        }
        if chosen.is_empty() {
            let why = "no money of a claim that nobody knows waits so; `claimgate ledger` lists what does, by \
                       payer, trace number and day";
            return Err(Failure::Unusable(why.to_owned()));
        }
        chosen.sort_by_key(|(item, _)| item.id);
        Ok((chosen, is_all))
    }

    /// Takes what waits by an item off suspense, or a part of it.
    fn take_off(
        &self,
        (item, waiting): (&Work, &Suspended),
        amount: Option<Money>,
        leaving: Leaving<'_>,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        if let Some(part) = self.part(waiting, amount)? {
            return self.write_off_part((item, waiting), part, leaving, out);
        }
        let change = Change {
            at: self.office.stamp().now,
            released: vec![set_aside(waiting, leaving)],
            work_moves: vec![step(item, WorkState::Resolved, leaving.by, leaving.reason)],
            ..Change::default()
        };
        self.office.store.commit(&change)?;
        let (amount, done) = (waiting.amount, done(leaving.to));
        writeln!(out, "{amount} is {done}; item {} is resolved", item.id.0)?;
        let is_new = self.free(waiting.claim, out)?;
        Ok(Outcome::from_findings(is_new))
    }
}

/// Whether what waits is of the remittance or the payer, and the time, that are asked for.
fn is_of(waiting: &Suspended, wanted: &WriteOffArguments) -> bool {
    let is_same = |own: &str, wanted: &Option<String>| {
        wanted.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(own))
    };
    let is_in_time = |until: Day| waiting.paid_on.is_some_and(|day| day <= until);
    is_same(&waiting.trace, &wanted.trace)
        && is_same(&waiting.payer, &wanted.payer)
        && wanted.until.is_none_or(is_in_time)
}

/// What became of money, in words.
pub(super) const fn done(to: LeavesTo) -> &'static str {
    match to {
        LeavesTo::Returned => "written off",
        LeavesTo::OtherSystem => "left to another system's books",
    }
}

/// What waits leaves suspense.
pub(super) fn set_aside(waiting: &Suspended, leaving: Leaving<'_>) -> Released {
    let Leaving { to, reason, by } = leaving;
    Released {
        arrival: waiting.arrival,
        offset: waiting.place.offset,
        claim: None,
        word: None,
        tier: Some(Tier::Person),
        matched_by: format!("{} by {by}: {reason}", done(to)),
        lines: String::new(),
        adjustments: None,
        number_before: None,
        left: Money::ZERO,
        postings: ledger::write_off(waiting.amount, to, waiting.place),
    }
}
