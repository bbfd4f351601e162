//! The correction queue on the plain model: its items, what they have in common, and how the work on them
//! ended.

use std::collections::BTreeMap;

use x12::value::Money;

use super::model::{Model, at_mut, number_after};
use crate::change::cases::{
    Alike, BY_PAYMENT, CaseEnd, Count, EndingTotal, OF_DECISIONS, Others, PASSED_ON, Undecided,
    Waits,
};
use crate::change::next::Answer;
use crate::change::{ClaimId, Moment, NewWork, WorkId, WorkMove, WorkState, WorkWords};
use crate::denials::Category;
use crate::lifecycle::Event;
use crate::reports::facts::DeniedCase;
use crate::store::{Error, KeptNextPayer, Result, Work, WorkFilter};

/// So many others are named.
const NAMED_MAX: usize = 5;

pub(super) fn waits(model: &Model, filter: &WorkFilter) -> Vec<Waits> {
    let is_asked = |item: &&Work| {
        item.state.is_open()
            && filter.category.is_none_or(|category| item.category == category)
            && (filter.desk.is_empty() || item.desk == filter.desk)
    };
    let waits = |item: &Work| Waits {
        work: item.id,
        category: item.category,
        payer: item.alike.payer.clone(),
        reason: item.alike.reason.clone(),
        deadline: item.deadline,
        amount: item.amount,
    };
    model.work.iter().filter(is_asked).map(waits).collect()
}

pub(super) fn undecided(model: &Model, claim: ClaimId) -> Vec<Undecided> {
    let is_case = |item: &&Work| {
        let is_of_kind = match item.category {
            Category::Denied | Category::Underpaid | Category::Overpaid => true,
            category => {
                let is_rule = OF_DECISIONS.contains(&item.alike.rule.as_str());
                category == Category::Unexplained && is_rule
            }
        };
        let is_by_payment = item.category == Category::Denied
            && item.ending.is_some_and(|ending| BY_PAYMENT.contains(&ending));
        item.claim == Some(claim) && is_of_kind && (item.ending.is_none() || is_by_payment)
    };
    let undecided = |item: &Work| Undecided {
        work: item.id,
        category: item.category,
        rule: item.alike.rule.clone(),
        state: item.state,
        owner: item.owner.clone(),
        amount: item.amount,
        arrival: item.arrival,
        remitted: item.remitted,
        ending: item.ending,
        was_appealed: model
            .life(claim)
            .events
            .iter()
            .any(|event| event.event == Event::Appealed && item.opened_at <= event.at),
    };
    model.work.iter().filter(is_case).map(undecided).collect()
}

pub(super) fn others(model: &Model, id: WorkId, alike: &Alike) -> Others {
    let open: Vec<&Work> =
        model.work.iter().filter(|item| item.id != id && item.state.is_open()).collect();
    let same_codes = |item: &&&Work| {
        let one = &item.alike;
        !alike.reason.is_empty()
            && (&one.payer, &one.group, &one.reason, &one.remarks)
                == (&alike.payer, &alike.group, &alike.reason, &alike.remarks)
    };
    let same = |one: &str, other: &str| !one.is_empty() && one == other;
    let codes: Vec<&Work> = open.iter().filter(same_codes).copied().collect();
    let of = |items: &mut dyn Iterator<Item = &&Work>| {
        items.fold(Count::default(), |sum, item| Count {
            items: sum.items + 1,
            amount: sum.amount + item.amount,
        })
    };
    let by_rule: Vec<&Work> =
        open.iter().filter(|item| same(&alike.rule, &item.alike.rule)).copied().collect();
    let first = if codes.is_empty() { &by_rule } else { &codes };
    Others {
        codes: of(&mut codes.iter()),
        procedure: of(&mut codes
            .iter()
            .filter(|item| same(&alike.procedure, &item.alike.procedure))),
        provider: of(&mut codes.iter().filter(|item| same(&alike.provider, &item.alike.provider))),
        rule: of(&mut by_rule.iter()),
        first: first.iter().take(NAMED_MAX).map(|item| item.id).collect(),
    }
}

pub(super) fn endings(model: &Model, of: Option<(&str, &str)>) -> Vec<EndingTotal> {
    let mut totals: BTreeMap<[&str; 6], EndingTotal> = BTreeMap::new();
    for item in &model.work {
        let Some(ending) = item.ending else { continue };
        let Alike { payer, group, reason, remarks, .. } = &item.alike;
        if of.is_some_and(|of| of != (payer.as_str(), reason.as_str())) {
            continue;
        }
        let key = [payer, reason, group, remarks, item.category.name(), ending.name()];
        let total = totals.entry(key).or_insert_with(|| EndingTotal {
            category: item.category,
            payer: payer.clone(),
            group: group.clone(),
            reason: reason.clone(),
            remarks: remarks.clone(),
            ending,
            cases: 0,
            at_risk: Money::ZERO,
            recovered: Money::ZERO,
        });
        total.cases += 1;
        total.at_risk += item.amount;
        total.recovered += item.recovered;
    }
    totals.into_values().collect()
}

pub(super) fn denied(model: &Model, after: WorkId, limit: u32) -> Vec<DeniedCase> {
    let is_asked = |item: &&Work| item.category == Category::Denied && after < item.id;
    let case = |item: &Work| DeniedCase {
        item: item.id,
        state: item.state,
        opened_at: item.opened_at,
        claim: item.claim,
        account: item.claim.map(|id| first_of(model, id)),
        arrival: item.arrival,
        remitted: item.remitted,
        office: item.claim.map_or_else(String::new, |id| model.life(id).claim.partner.clone()),
        alike: item.alike.clone(),
        amount: item.amount,
        ending: item.ending,
        recovered: item.recovered,
    };
    model.work.iter().filter(is_asked).take(limit as usize).map(case).collect()
}

/// The first of the claims that went out in one another's place.
pub(super) fn first_of(model: &Model, mut id: ClaimId) -> ClaimId {
    while let Some(before) = model.life(id).claim.replaces.filter(|before| *before < id) {
        id = before;
    }
    id
}

impl Model {
    pub(super) fn add_work(
        &mut self,
        new: &NewWork,
        claim: Option<ClaimId>,
        now: Moment,
    ) -> Result<WorkId> {
        self.must_have_claim(claim)?;
        self.must_have_arrival(new.arrival)?;
        let id = WorkId(number_after(&self.work));
        self.work_clps.insert(id, new.clp_offsets());
        self.work.push(Work {
            id,
            claim,
            arrival: new.arrival,
            category: new.category,
            desk: new.desk.clone(),
            what: new.what.clone(),
            action: new.action.clone(),
            evidence: new.evidence.clone(),
            deadline: new.deadline,
            amount: new.amount,
            resend: new.resend,
            remitted: new.remitted.map(|place| place.offset),
            state: WorkState::Open,
            owner: String::new(),
            note: String::new(),
            opened_at: now,
            changed_at: now,
            alike: new.alike.clone(),
            ending: None,
            recovered: Money::ZERO,
        });
        Ok(id)
    }

    pub(super) fn move_work(&mut self, id: WorkId, step: &WorkMove, now: Moment) -> Result<()> {
        match at_mut(&mut self.work, id.0) {
            Some(work) if work.state == step.from => {
                work.state = step.to;
                work.owner.clone_from(&step.owner);
                work.note.clone_from(&step.note);
                work.changed_at = now;
                if let Some(WorkWords { what, action, evidence, amount }) = &step.says {
                    let Work { what: told, action: todo, evidence: seen, .. } = &mut *work;
                    for (text, said) in [(told, what), (todo, action), (seen, evidence)] {
                        *text = said.clone().unwrap_or_else(|| std::mem::take(text));
                    }
                    // What ended keeps the amount that it ended with.
                    let amount = amount.filter(|_| work.ending.is_none());
                    work.amount = amount.unwrap_or(work.amount);
                }
                Ok(())
            }
            Some(_) | None => Err(Error::Stale { what: "item of work" }),
        }
    }

    pub(super) fn resume_case(&mut self, id: WorkId) -> Result<()> {
        match at_mut(&mut self.work, id.0) {
            Some(work) if work.ending.is_some() => {
                (work.ending, work.recovered) = (None, Money::ZERO);
                Ok(())
            }
            Some(_) | None => Err(Error::Stale { what: "item of work" }),
        }
    }

    pub(super) fn end_case(&mut self, end: &CaseEnd) -> Result<()> {
        match at_mut(&mut self.work, end.work.0) {
            Some(work) if work.ending.is_none() => {
                work.ending = Some(end.ending);
                work.recovered = end.recovered;
                Ok(())
            }
            Some(_) | None => Err(Error::Stale { what: "item of work" }),
        }
    }

    /// Claims that were passed on before a moment, and of which no item tells that nobody answers.
    pub fn passed_on_before(&self, before: Moment, limit: u32) -> Vec<KeptNextPayer> {
        let is_told = |next: &KeptNextPayer| {
            self.work.iter().any(|item| {
                item.claim == Some(next.claim)
                    && item.category == Category::NextPayer
                    && item.alike.rule == PASSED_ON
                    && item.opened_at >= next.at
            })
        };
        let waits = |next: &&KeptNextPayer| {
            let is_passed_on = !next.is_due && next.answer == Some(Answer::PassedOn);
            is_passed_on && next.at < before && !is_told(next)
        };
        let found = self.next_payers.values().filter(waits);
        found.take(limit as usize).cloned().collect()
    }
}
