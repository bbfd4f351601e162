//! The work on denials follows all that their payer decided: it ends where that settles what was denied, and goes on
//! where it does not any more, whatever came last.

use std::collections::HashSet;

use x12::value::Money;

use super::weighed::{Speech, Stands};
use super::{Decider, Judged};
use crate::change::cases::{Ending, Undecided};
use crate::change::{Word, WorkId, WorkState};
use crate::denials::Category;
use crate::reconcile::cases::{self, Later, Now};
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::outcome::Outcome;
use crate::reconcile::parted;
use crate::reconcile::rolled_up::paid_with;
use crate::reconcile::standing::{Said, is_of_copy, settled, settled_by};

impl Decider<'_> {
    /// What becomes of denials by what a payer says now.
    pub(super) fn follow_own(
        &mut self,
        of: (&KnownClaim, &Speech),
        own: &Said,
        opened: (usize, bool),
        takes_back: bool,
    ) {
        let before = self.said_without(of.0, of.1, own);
        let why = if takes_back { TAKEN_BACK } else { DECIDED_SINCE };
        self.follow_denials(of, &before, opened, why);
        if takes_back {
            self.return_tried(of, TAKEN_BACK);
        }
    }

    /// The same where a person takes something off the claim.
    pub(super) fn follow_taken_off(
        &mut self,
        of: (&KnownClaim, &Speech),
        before: &[Said],
        taken: &Said,
    ) {
        let opened = self.decision.change.work.len();
        self.follow_denials(of, before, (opened, false), TAKEN_OFF);
        if taken.word != Word::Reversed {
            self.return_tried(of, TAKEN_OFF);
        }
    }

    /// What was said of a claim before this was, or before it was posted.
    fn said_without(&mut self, claim: &KnownClaim, speech: &Speech, own: &Said) -> Vec<Said> {
        let mut before = self.said_so_far(claim, speech).clone();
        before.retain(|one| !one.is_at(&own.identity, own.offset));
        parted::join(&mut before);
        for one in &mut before {
            let mut freed = self.decision.unblocked.iter();
            one.is_posted &= !freed.any(|it| one.is_at(&it.identity, it.offset));
        }
        before
    }

    /// Ends the work on denials that are settled by now and were not by what was said `before`, and takes that up
    /// again of which it is the other way round. Of items that were opened here the first one may stay open, for
    /// it says that a correction is refused.
    fn follow_denials(
        &mut self,
        (claim, speech): (&KnownClaim, &Speech),
        before: &[Said],
        (opened, is_refused): (usize, bool),
        why: &str,
    ) {
        let (others, charge) = self.said_beside(claim, speech);
        let cases = self.denials_of(claim);
        if cases.is_empty() {
            return;
        }
        let holds_of = |said: &[Said]| -> Vec<Said> {
            let holds = settled(said, &others, charge).holds.into_iter();
            holds.filter_map(|at| said.get(at)).cloned().collect()
        };
        let now = holds_of(self.said_so_far(claim, speech));
        let before = holds_of(before);
        let [now, before] = [&now, &before].map(|holds| holds.iter().collect::<Vec<&Said>>());
        for (place, case) in cases {
            let is_new = place.is_some_and(|place| place >= opened);
            let denied = |holds: &[&Said]| -> Option<Said> {
                let denial = holds.iter().find(|one| cases::is_about(&case, one));
                denial.map(|one| (*one).clone())
            };
            // What was taken back has no work.
            let Some(denial) = denied(&now).filter(|_| !(is_new && is_refused)) else { continue };
            let is_settled = |denial| settled_by(&denial, &before, charge).is_some();
            let was_settled = !is_new && denied(&before).is_some_and(is_settled);
            match (was_settled, settled_by(&denial, &now, charge).cloned()) {
                (false, Some(by)) => {
                    let is_paid_with = paid_with(&denial, &now) == Some(&by);
                    self.end_denial(&case, &denial, (&by, is_paid_with));
                }
                (true, None) => self.return_denial(&case, why),
                (true, Some(_)) | (false, None) => {}
            }
        }
    }

    /// Items about denials of a claim, those that were opened here with their places. What was tried to change
    /// them is settled by the last word alone.
    fn denials_of(&self, claim: &KnownClaim) -> Vec<(Option<usize>, Undecided)> {
        let opened = self.decision.change.work.iter().enumerate();
        let own = opened.filter(|(_, item)| item.claim == Some(claim.id));
        let before = self.incoming.items_before;
        let own = own.map(|(place, item)| (Some(place), Undecided::of_new(before + place, item)));
        let known = claim.undecided.iter().map(|case| (None, case.clone()));
        let mut all: Vec<_> = known.chain(own).collect();
        all.retain(|(_, case)| {
            let was_tried = case.was_appealed || case.state == WorkState::Released;
            let is_over = case.ending.is_some_and(|ending| ending != Ending::PaidLater);
            case.category == Category::Denied && !was_tried && !is_over
        });
        all
    }

    fn end_denial(&mut self, case: &Undecided, denial: &Said, (by, is_paid_with): (&Said, bool)) {
        if self.returned.remove(&case.work) {
            // It goes on by this very remittance alone.
            let change = &mut self.decision.change;
            change.case_returns.retain(|work| *work != case.work);
            change.work_moves.retain(|step| step.work != case.work || step.to != WorkState::Open);
            return;
        }
        let is_ended = self.is_ended_here(case) || case.ending.is_some();
        let now = Now {
            is_denied: false,
            is_under: None,
            came_in: match is_paid_with {
                true => Money::ZERO,
                false => cases::came_in(denial, by, self.incoming.denials),
            },
            arrival: by.arrival,
            decided_on: by.paid_on.unwrap_or(self.today),
        };
        if let Some((end, step)) = cases::end(case, &now).filter(|_| !is_ended) {
            self.decision.change.case_ends.push(end);
            let mut step = step.filter(|step| self.closed.insert(step.work));
            let is_since = by.paid_on < denial.paid_on && !is_of_copy(denial);
            let why = by.is_review().then_some(REVIEWED).or(is_since.then_some(DENIED_SINCE));
            if let (Some(step), Some(why)) = (step.as_mut(), why) {
                step.note = format!("{why}, arrival {}", by.arrival.0);
            }
            if let Some(step) = step.as_mut().filter(|_| is_paid_with) {
                step.note = format!("{PAID_WITH}, arrival {}", by.arrival.0);
            }
            self.decision.change.work_moves.extend(step);
        }
    }

    fn return_denial(&mut self, case: &Undecided, why: &str) {
        if self.is_ended_here(case) {
            let change = &mut self.decision.change;
            change.case_ends.retain(|end| end.work != case.work);
            change.work_moves.retain(|step| step.work != case.work);
            self.closed.remove(&case.work);
        } else if case.ending.is_some() && self.returned.insert(case.work) {
            self.take_up(case, why);
        }
    }

    /// What a payer after the first denied, and was asked for once more by another claim, follows what it decides on that.
    pub(super) fn follow_sent_again(&mut self, claim: &KnownClaim) {
        let root = claim.turns.root().unwrap_or(claim.id);
        let Some(turns) = self.turns.get(&root) else { return };
        let later = Later { turns, charged: claim.charged(), table: self.incoming.denials };
        // What was denied of the claim itself, and of those in one another's place, is followed with these.
        let family = claim.family.iter().flat_map(|family| &family.others);
        let followed = family.flat_map(|other| &other.undecided).chain(&claim.undecided);
        let followed: HashSet<WorkId> = followed.map(|case| case.work).collect();
        let others = claim.worked_on.iter().filter(|case| !followed.contains(&case.work));
        for (case, end) in cases::decided_again(others, &later, self.incoming.arrival) {
            let change = &mut self.decision.change;
            change.case_ends.retain(|end| end.work != case.work);
            change.case_returns.retain(|work| *work != case.work);
            change.work_moves.retain(|step| step.work != case.work);
            let step = match end {
                Some(end) => {
                    change.case_ends.push(end);
                    self.closed.insert(case.work);
                    self.returned.remove(&case.work);
                    let note =
                        "closed by itself: the payer decided on what was sent to it once more";
                    case.is_open().then(|| case.step(WorkState::Resolved, note.to_owned()))
                }
                None => {
                    change.case_returns.extend(case.ending.map(|_| case.work));
                    self.closed.remove(&case.work);
                    self.returned.insert(case.work);
                    let note =
                        "open again: by what the payer decided since it stands, or a part of it";
                    let is_open = case.state.is_open();
                    (!is_open).then(|| case.step(WorkState::Open, note.to_owned()))
                }
            };
            self.decision.change.work_moves.extend(step);
        }
    }

    fn is_ended_here(&self, case: &Undecided) -> bool {
        self.decision.change.case_ends.iter().any(|end| end.work == case.work)
    }

    fn take_up(&mut self, case: &Undecided, why: &str) {
        let change = &mut self.decision.change;
        change.case_returns.push(case.work);
        if case.state == WorkState::Resolved {
            change.work_moves.push(case.step(WorkState::Open, format!("open again: {why}")));
        }
    }

    /// The work goes on on what was corrected or appealed, and denied, as what had settled it was taken back. It may
    /// have been paid in other parts.
    fn return_tried(&mut self, (claim, speech): (&KnownClaim, &Speech), why: &str) {
        let charge = self.said_beside(claim, speech).1;
        for case in &claim.undecided {
            let is_tried = case.ending.is_some_and(|ending| ending != Ending::PaidLater);
            if case.category != Category::Denied || !is_tried || self.returned.contains(&case.work)
            {
                continue;
            }
            let holds = self.weigh(claim, speech).holds;
            let said = self.said_so_far(claim, speech);
            let holds: Vec<&Said> = holds.iter().filter_map(|&at| said.get(at)).collect();
            let denial = holds.iter().find(|one| cases::is_about(case, one));
            if denial.is_some_and(|denial| settled_by(denial, &holds, charge).is_none()) {
                self.returned.insert(case.work);
                self.take_up(case, why);
            }
        }
    }

    /// Whether what is denied as a copy is no copy, but the correction of what was decided on before.
    pub(super) fn is_refused(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        denial: &Said,
    ) -> bool {
        if !is_of_copy(denial) || !self.is_of_correction(judged, claim) {
            return false;
        }
        let speech = self.speech(judged, claim);
        let charge = self.said_beside(claim, &speech).1;
        let holds = self.weigh(claim, &speech).holds;
        let said = self.said_so_far(claim, &speech);
        let holds: Vec<&Said> = holds.iter().filter_map(|&at| said.get(at)).collect();
        let by = settled_by(denial, &holds, charge);
        by.is_some_and(|by| by.paid_on < denial.paid_on)
    }

    /// An item as it stands by now.
    pub(super) fn by_now(&self, case: &Undecided) -> Undecided {
        let mut case = case.clone();
        if self.returned.contains(&case.work) {
            case.ending = None;
            let is_closed = case.state == WorkState::Resolved;
            case.state = if is_closed { WorkState::Open } else { case.state };
        }
        case
    }

    /// Whether a decision may settle what an item is about, or lose what somebody tried to change: then whether
    /// that is denied still, or again. Other denials follow all that is decided.
    pub(super) fn decides_item(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        case: &Undecided,
        stands: Stands,
    ) -> Option<bool> {
        let was_tried = case.was_appealed || case.state == WorkState::Released;
        let as_last = stands.is_last.then_some(matches!(judged.outcome, Outcome::Denied(_)));
        if was_tried || case.category != Category::Denied {
            return as_last;
        }
        let speech = self.speech(judged, claim);
        let holds = self.weigh(claim, &speech).holds;
        let said = self.said_so_far(claim, &speech);
        let mut holds = holds.iter().filter_map(|&at| said.get(at));
        let stands_itself = holds.any(|one| cases::is_about(case, one));
        as_last.filter(|_| !stands_itself)
    }
}

/// Why the work on what is denied as a copy ends.
const REVIEWED: &str =
    "closed by itself: the payer reviews what it had denied as a copy, and will decide on it";

/// Why the work on what is rolled up ends.
const PAID_WITH: &str = "closed by itself: it is paid with the line that it is rolled up in, which another remittance tells of (OA-94)";

/// Why the work on what was decided on before ends.
const DENIED_SINCE: &str =
    "closed by itself: the payer had decided on it before and took nothing back, and that stands";

/// Why the work on a denial goes on.
const TAKEN_BACK: &str = "the payer took back what had settled it";
const TAKEN_OFF: &str = "what had settled it was taken off the claim";
const DECIDED_SINCE: &str = "what had settled it does not by what the payer decided since";
