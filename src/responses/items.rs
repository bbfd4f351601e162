//! Items of the queue that remittances of one arrival open, close and end: a later set of the file finds
//! them as a later file would.

use std::collections::HashMap;

use x12::value::Money;

use crate::change::cases::{CaseEnd, Ending, OF_DECISIONS, Undecided};
use crate::change::{ArrivalId, Change, ClaimId, NewWork, WorkId, WorkMove, WorkState};
use crate::denials::Category;
use crate::intake::Intake;
use crate::reconcile::matching::KnownClaim;

/// What the arrival did so far with items about what payers decided.
#[derive(Debug, Default)]
pub(crate) struct ItemsHere {
    /// How many of the items of its change were looked at.
    noted: usize,
    /// Of these, those of each claim, by their places.
    of_claim: HashMap<ClaimId, Vec<usize>>,
    /// Where items stand that were moved.
    moved: HashMap<WorkId, WorkState>,
    /// What is at stake of items of which that changed.
    amounts: HashMap<WorkId, Money>,
    /// How items ended or, where that was taken back, that they did not.
    ended: HashMap<WorkId, Option<Ending>>,
}

impl ItemsHere {
    /// Takes note of the items that came into the change.
    fn note(&mut self, work: &[NewWork]) {
        for (place, item) in work.iter().enumerate().skip(self.noted) {
            if let Some(claim) = item.claim.filter(|_| is_about_decisions(item)) {
                self.of_claim.entry(claim).or_default().push(place);
            }
        }
        self.noted = work.len();
    }

    /// Adds what became of items to the change: each step that follows from where its item stands by now,
    /// whatever else the file says of what it is about.
    pub(super) fn add(&mut self, change: &mut Change, became: Became) {
        let Became { steps, ends, returns } = became;
        for step in steps {
            if self.moved.get(&step.work).is_none_or(|state| *state == step.from) {
                self.moved.insert(step.work, step.to);
                let amount = step.says.as_ref().and_then(|says| says.amount);
                self.amounts.extend(amount.map(|amount| (step.work, amount)));
                change.work_moves.push(step);
            }
        }
        for work in returns {
            match self.ended.insert(work, None) {
                // It ended by this very file.
                Some(Some(_)) => change.case_ends.retain(|end| end.work != work),
                Some(None) => {}
                None => change.case_returns.push(work),
            }
        }
        for end in ends {
            if self.ended.get(&end.work).is_none_or(Option::is_none) {
                self.ended.insert(end.work, Some(end.ending));
                change.case_ends.push(end);
            }
        }
    }

    /// Items of a claim that the store does not know yet, and those that it knows as they stand by now.
    fn bring_up(&self, cases: &mut Vec<Undecided>, work: &[NewWork], claim: ClaimId) {
        for &place in self.of_claim.get(&claim).into_iter().flatten() {
            let item = work.get(place).expect("it was noted");
            if cases.iter().all(|case| case.work != WorkId::of_new(place)) {
                cases.push(Undecided::of_new(place, item));
            }
        }
        for case in cases {
            case.state = self.moved.get(&case.work).copied().unwrap_or(case.state);
            case.ending = self.ended.get(&case.work).copied().unwrap_or(case.ending);
            case.amount = self.amounts.get(&case.work).copied().unwrap_or(case.amount);
        }
    }
}

/// What a decision wants of items.
#[derive(Debug, Default)]
pub(super) struct Became {
    pub steps: Vec<WorkMove>,
    pub ends: Vec<CaseEnd>,
    pub returns: Vec<WorkId>,
}

impl Became {
    /// Taken out of a change.
    pub(super) fn of(change: &mut Change) -> Became {
        Became {
            steps: std::mem::take(&mut change.work_moves),
            ends: std::mem::take(&mut change.case_ends),
            returns: std::mem::take(&mut change.case_returns),
        }
    }
}

/// Brings the items of a claim up to what the arrival did so far.
pub(super) fn bring_up_to_date(intake: &mut Intake<'_>, claim: &mut KnownClaim) {
    let Intake { items, change, .. } = intake;
    items.note(&change.work);
    items.bring_up(&mut claim.undecided, &change.work, claim.id);
    for other in claim.family.iter_mut().flat_map(|family| &mut family.others) {
        items.bring_up(&mut other.undecided, &change.work, other.id);
    }
    for member in &claim.turns.claims {
        items.bring_up(&mut claim.worked_on, &change.work, member.claim);
    }
    let turns = &claim.turns;
    claim.worked_on.retain(|case| turns.is_worked_on(case));
}

/// The step that closes the item of a claim payment that waited, when the arrival itself opened it.
pub(super) fn step_of_waiting(
    change: &Change,
    (arrival, offset): (ArrivalId, usize),
    note: &str,
) -> Option<WorkMove> {
    let is_its = |item: &NewWork| {
        item.arrival == Some(arrival)
            && item.category == Category::Unexplained
            && item.remitted.is_some_and(|place| place.offset == offset)
    };
    let place = change.work.iter().position(is_its)?;
    let (work, from, to) = (WorkId::of_new(place), WorkState::Open, WorkState::Resolved);
    Some(WorkMove { work, from, to, owner: String::new(), note: note.to_owned(), says: None })
}

fn is_about_decisions(item: &NewWork) -> bool {
    match item.category {
        Category::Denied | Category::Underpaid | Category::Overpaid => true,
        category => {
            let is_rule = OF_DECISIONS.contains(&item.alike.rule.as_str());
            category == Category::Unexplained && is_rule
        }
    }
}
