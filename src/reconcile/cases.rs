//! What a payment means for the denials and underpayments of its claim that are still being worked: how
//! the work ended, and which items close by themselves.

use std::collections::BTreeSet;

use x12::value::{Day, Money};

use super::denied_lines::said_of_denied;
use super::standing::{Said, is_of_copy};
use super::turns::{self, Turns};
use crate::change::cases::{CaseEnd, Ending, Undecided};
use crate::change::{ArrivalId, Word, WorkMove, WorkState};
use crate::denials::Category;
use crate::denials::reasons::{Class, group_and_reason};
use crate::denials::table::{Asked, Table};

/// What a claim's own payer said now, where that stands.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// Some of it is denied still, or again.
    pub is_denied: bool,
    /// Held against its contract: whether a line is paid less than agreed. `None` where no contract
    /// prices it.
    pub is_under: Option<bool>,
    /// What came in by it of what the item is about: what is paid, and what the patient is to pay.
    pub came_in: Money,
    pub arrival: ArrivalId,
    pub decided_on: Day,
}

/// How the work on an item ends by what the payer says now, and the step that closes the item when it is
/// open; nothing when it goes on.
pub fn end(case: &Undecided, now: &Now) -> Option<(CaseEnd, Option<WorkMove>)> {
    let goes_on = match case.category {
        Category::Denied => now.is_denied,
        Category::Underpaid => now.is_under != Some(false),
        _ => true,
    };
    let was_tried = case.was_appealed || case.state == WorkState::Released;
    if goes_on {
        // What nobody tried to change is the same item still.
        let is_lost = now.is_denied && was_tried && case.category == Category::Denied;
        let ending = Ending::DeniedAgain;
        let lost = CaseEnd { work: case.work, ending, recovered: Money::ZERO };
        return is_lost.then_some((lost, None));
    }
    let ending = match case.state {
        WorkState::Released => Ending::Corrected,
        WorkState::Open | WorkState::Taken | WorkState::Resolved if case.was_appealed => {
            Ending::Appealed
        }
        WorkState::Open | WorkState::Taken | WorkState::Resolved => Ending::PaidLater,
    };
    let recovered = case.amount.min(now.came_in);
    let end = CaseEnd { work: case.work, ending, recovered };
    let note = format!(
        "closed by itself: the payer's decision of {} settles it ({recovered} of {}, {}), arrival {}",
        now.decided_on,
        case.amount,
        ending.name(),
        now.arrival.0
    );
    Some((end, case.is_open().then(|| case.step(WorkState::Resolved, note))))
}

/// What came in of what an item is about, by what its payer says now: what is settled of the lines that were
/// denied, where they are told, or else of the claim, beside what was settled of them before. What was decided
/// before the denial is nothing of it.
pub fn came_in(before: &Said, now: &Said, table: &Table) -> Money {
    let is_earlier = now.paid_on < before.paid_on;
    if is_earlier || now.is_review() || (is_of_copy(before) && now.paid_on == before.paid_on) {
        return Money::ZERO;
    }
    let denied = before.adjustments().filter(|(_, code, _)| is_denial(code, table));
    let denied: BTreeSet<&str> = denied.map(|(line, _, _)| line).collect();
    let of_now = now.lines.as_deref().unwrap_or_default();
    let is_part = now.charge < before.charge && !of_now.is_empty();
    let has_lines = !denied.is_empty()
        && !denied.contains("")
        && now.adjustments().all(|(line, _, _)| !line.is_empty())
        && (now.charge == before.charge || is_part);
    let came = if has_lines {
        let told = |line: &str| !is_part || of_now.iter().any(|own| own.number.to_string() == line);
        let lines: BTreeSet<&str> = denied.into_iter().filter(|line| told(line)).collect();
        taken_off(before, &lines, table) - taken_off(now, &lines, table)
    } else {
        settled(now, table) - settled(before, table)
    };
    came.max(Money::ZERO)
}

/// What is neither paid nor the patient's of these lines.
fn taken_off(said: &Said, lines: &BTreeSet<&str>, table: &Table) -> Money {
    let is_its = |(line, code, _): &(&str, &str, Money)| {
        lines.contains(line) && (!code.starts_with("PR-") || is_denial(code, table))
    };
    said.adjustments().filter(is_its).map(|(_, _, amount)| amount).sum()
}

/// What is paid, and what the patient is to pay.
fn settled(said: &Said, table: &Table) -> Money {
    let is_patients =
        |(_, code, _): &(&str, &str, Money)| code.starts_with("PR-") && !is_denial(code, table);
    let patients = said.adjustments().filter(is_patients);
    said.paid + patients.map(|(_, _, amount)| amount).sum::<Money>()
}

/// Whether an adjustment denies, by its group and reason: `CO-16`.
fn is_denial(code: &str, table: &Table) -> bool {
    let (group, reason) = group_and_reason(code);
    table.class(&Asked { payer: "", group, reason, remarks: &[] }) == Class::Denial
}

/// Whether an item is about what was said there. Of items of earlier versions the file alone is known.
pub fn is_about(case: &Undecided, one: &Said) -> bool {
    case.arrival == Some(one.arrival) && case.remitted.is_none_or(|offset| offset == one.offset)
}

/// What payers said one after another of a claim.
#[derive(Clone, Copy, Debug)]
pub struct Later<'a> {
    pub turns: &'a Turns,
    /// The charge of the claim.
    pub charged: Money,
    /// What says which adjustments are denials.
    pub table: &'a Table,
}

/// Denials that end because a payer after the one that denied takes what was denied as left, and denies
/// none of it: it is paid, or the patient's. `denied` is what any of them denied and nobody gave up; what is
/// open of it is closed.
pub fn settled_later(
    denied: &[Undecided],
    later: &Later<'_>,
    arrival: ArrivalId,
) -> Vec<(CaseEnd, Option<WorkMove>)> {
    let mut ended = Vec::new();
    let turns = later.turns.holding(later.charged);
    for (at, stands) in turns.iter().enumerate() {
        let is_its = |case: &&Undecided| {
            let mut denials = stands.iter().filter(|one| one.word == Word::Denied);
            let is_denial = case.category == Category::Denied && case.ending.is_none();
            is_denial && denials.any(|one| is_about(case, one))
        };
        let all: Vec<&Undecided> = denied.iter().filter(is_its).collect();
        let open: Vec<&Undecided> = all.iter().copied().filter(|case| case.is_open()).collect();
        let settled = |cases: &[&Undecided]| {
            let amount: Money = cases.iter().map(|case| case.amount).sum();
            let asked = left_with(stands, amount, later.table);
            let paid = turns.iter().skip(at + 1).find_map(|stands| paid_of(stands, asked));
            paid.filter(|_| !cases.is_empty())
        };
        // What a person keeps off the claim for good may be beside it.
        let found = [all, open].into_iter().find_map(|cases| Some((settled(&cases)?, cases)));
        let Some((mut paid, cases)) = found else { continue };
        for case in cases {
            let recovered = case.amount.min(paid);
            paid -= recovered;
            let note = format!(
                "closed by itself: a payer after it decided on what was denied ({recovered} of {} \
                 paid), arrival {}",
                case.amount, arrival.0
            );
            let end = CaseEnd { work: case.work, ending: Ending::PaidLater, recovered };
            ended.push((end, case.is_open().then(|| case.step(WorkState::Resolved, note))));
        }
    }
    ended
}

/// What is at stake of a denial by a payer after the first: it denies no more than was left to it by now, whatever it takes
/// off; `None` of what another denied, or by an office's row alone.
pub fn stake_of_later(case: &Undecided, later: &Later<'_>) -> Option<Money> {
    let is_known = case.category == Category::Denied && case.remitted.is_some();
    let payer = later.turns.later_payer_of(case).filter(|_| is_known)?;
    let denial = later.turns.said_by(Some(payer)).iter().find(|one| is_about(case, one))?;
    let of_it = denial
        .adjustments()
        .filter(|(_, code, amount)| *amount > Money::ZERO && is_denial(code, later.table));
    let denied: Money = of_it.map(|(_, _, amount)| amount).sum();
    let left = later.turns.left_to((payer, &denial.status), later.charged);
    (Money::ZERO < denied).then(|| left.map_or(denied, |left| denied.min(left)))
}

/// What becomes of denials of a payer after the first, once it decided in this arrival under another claim of the
/// service, by which it was asked once more: the end of the work on each, or `None` of what stands, were it in part.
pub fn decided_again<'c>(
    denied: impl IntoIterator<Item = &'c Undecided>,
    later: &Later<'_>,
    arrival: ArrivalId,
) -> Vec<(&'c Undecided, Option<CaseEnd>)> {
    let mut found = Vec::new();
    for case in denied.into_iter().filter(|case| later.turns.is_later_denial(case)) {
        let Some(payer) = later.turns.later_payer_of(case) else { continue };
        let said = later.turns.said_by(Some(payer));
        let is_heard = said.iter().any(|one| one.arrival == arrival && !is_about(case, one));
        let Some(denial) = said.iter().find(|one| is_about(case, one)).filter(|_| is_heard) else {
            continue;
        };
        let holds = later.turns.holding_of(payer, later.charged);
        if holds.iter().any(|one| is_about(case, one) && one.word == Word::Denied) {
            found.push((case, None));
            continue;
        }
        let others = holds.iter().filter(|one| !is_about(case, one)).collect();
        let anew = said_of_denied(denial, others);
        if case.ending.is_some() || anew.is_empty() {
            continue;
        }
        let (ending, came) = match anew.iter().any(|one| one.word == Word::Denied) {
            true => (Ending::DeniedAgain, Money::ZERO),
            false => {
                let came = anew.iter().map(|one| came_in(denial, one, later.table));
                (Ending::Corrected, came.sum())
            }
        };
        let recovered = case.amount.min(came);
        found.push((case, Some(CaseEnd { work: case.work, ending, recovered })));
    }
    found
}

/// Denials that ended as a payer after the one that denied paid what was denied, and that stand again, for none of
/// those after it takes them as left any more.
pub fn standing_again<'c>(cases: &'c [Undecided], later: &Later<'_>) -> Vec<&'c Undecided> {
    let mut found = Vec::new();
    let turns = later.turns.holding(later.charged);
    for (at, stands) in turns.iter().enumerate() {
        let is_its = |case: &&Undecided| {
            let mut denials = stands.iter().filter(|one| one.word == Word::Denied);
            case.category == Category::Denied && denials.any(|one| is_about(case, one))
        };
        let all: Vec<&Undecided> = cases.iter().filter(is_its).collect();
        let ended: Vec<&Undecided> =
            all.iter().copied().filter(|case| case.ending.is_some()).collect();
        let is_settled = |cases: &[&Undecided]| {
            let amount: Money = cases.iter().map(|case| case.amount).sum();
            let asked = left_with(stands, amount, later.table);
            turns.iter().skip(at + 1).any(|stands| paid_of(stands, asked).is_some())
        };
        if !is_settled(&all) && !is_settled(&ended) {
            found.extend(ended);
        }
    }
    found
}

/// What a payer left to the patient, with what it denied of the rest.
fn left_with(stands: &[Said], denied: Money, table: &Table) -> Money {
    let is_denied = |code: &str| code.starts_with("PR-") && is_denial(code, table);
    let adjustments = stands.iter().flat_map(|one| one.adjustments());
    let of_patient = adjustments.filter(|(_, code, _)| is_denied(code));
    let of_patient: Money = of_patient.map(|(_, _, amount)| amount).sum();
    let patients: Money = stands.iter().map(turns::patients).sum();
    patients + (denied - of_patient).max(Money::ZERO)
}

/// What a payer paid that takes so much as left, and denies none of it.
fn paid_of(stands: &[Said], asked: Money) -> Option<Money> {
    let is_paid = !stands.is_empty() && stands.iter().all(|one| one.word == Word::Paid);
    let taken: Money = stands.iter().map(|one| one.charge - turns::settled_before(one)).sum();
    (is_paid && taken >= asked).then(|| stands.iter().map(|one| one.paid).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::WorkId;
    use crate::reconcile::denied_lines::SaidOfLine;
    use crate::reconcile::matching::LinePart;

    fn now() -> Now {
        Now {
            is_denied: false,
            is_under: None,
            came_in: Money::from_cents(3_000),
            arrival: ArrivalId(9),
            decided_on: Day::new(2026, 11, 20).expect("a day"),
        }
    }

    fn case(category: Category, state: WorkState, was_appealed: bool) -> Undecided {
        let (work, owner, amount) = (WorkId(7), "ann".to_owned(), Money::from_cents(4_000));
        Undecided {
            work,
            category,
            rule: String::new(),
            state,
            owner,
            amount,
            arrival: None,
            remitted: None,
            was_appealed,
            ending: None,
        }
    }

    #[test]
    fn a_denial_ends_when_nothing_of_it_is_left() {
        use WorkState::{Open, Released, Resolved, Taken};
        for (state, was_appealed, ending, closes) in [
            (Open, false, Ending::PaidLater, true),
            (Taken, true, Ending::Appealed, true),
            (Released, false, Ending::Corrected, false),
            (Released, true, Ending::Corrected, false),
            (Resolved, true, Ending::Appealed, false),
        ] {
            let case = case(Category::Denied, state, was_appealed);
            let (end, step) = end(&case, &now()).expect("it ended");
            assert_eq!((end.ending, end.recovered), (ending, Money::from_cents(3_000)));
            assert_eq!(step.is_some(), closes, "{state:?}");
        }
        let (_, step) = end(&case(Category::Denied, Taken, false), &now()).expect("it ended");
        let step = step.expect("it closes");
        assert_eq!((step.to, step.owner.as_str()), (Resolved, "ann"));
        assert_eq!(
            step.note,
            "closed by itself: the payer's decision of 2026-11-20 settles it (30.00 of 40.00, paid \
             later), arrival 9"
        );
    }

    fn line(number: u32) -> SaidOfLine {
        SaidOfLine { number, part: LinePart::Whole }
    }

    /// What a payer said in October or later: of 250.00, two lines of 100.00 and 150.00.
    fn said(day: u8, paid: i64, adjustments: &str) -> Said {
        Said {
            arrival: ArrivalId(7),
            is_posted: true,
            paid_on: Day::new(2026, 10, day),
            identity: format!("of {day}"),
            offset: 0,
            payer_control_number: String::new(),
            charge: Money::from_cents(25_000),
            paid: Money::from_cents(paid),
            adjustments: adjustments.to_owned(),
            whole_lines: Vec::new(),
            lines: Some([1, 2].map(line).to_vec()),
            word: Word::Paid,
            status: "1".to_owned(),
            is_let: false,
            claim: None,
        }
    }

    #[test]
    fn what_was_paid_before_a_denial_is_nothing_that_came_in_of_it() {
        let denied = "line 1 CO-16 100.00, remarks M76";
        let part = Said {
            charge: Money::from_cents(10_000),
            lines: Some([1].map(line).to_vec()),
            ..said(20, 6_000, "line 1 CO-45 30.00, line 1 PR-1 10.00")
        };
        let copy = Said { word: Word::Denied, ..said(12, 0, "CO-18 250.00") };
        let table = Table::default();
        for (before, now, came) in [
            // One dollar of a hundred, beside a line that was paid before and is told once more.
            (said(10, 15_000, denied), said(20, 15_100, "line 1 CO-45 99.00"), 100),
            // What the other line lost meanwhile is no part of it.
            (
                said(10, 15_000, denied),
                said(20, 12_000, "line 1 CO-45 30.00, line 2 CO-45 100.00"),
                7_000,
            ),
            (said(10, 15_000, denied), part, 7_000),
            // What is the patient's came in, but for what is denied to the patient's account.
            (
                said(10, 15_000, denied),
                said(20, 15_000, "line 1 PR-1 20.00, line 1 PR-96 80.00"),
                2_000,
            ),
            (said(10, 7_000, "CO-45 180.00"), said(20, 8_000, "CO-45 170.00"), 1_000),
            (copy.clone(), said(10, 25_000, ""), 0),
            (copy.clone(), said(12, 25_000, ""), 0),
            (copy, said(20, 25_000, ""), 25_000),
        ] {
            let told = format!("{now:?}");
            assert_eq!(came_in(&before, &now, &table), Money::from_cents(came), "{told}");
        }
    }

    #[test]
    fn what_was_tried_and_is_denied_again_is_lost() {
        let again = Now { is_denied: true, ..now() };
        let lost = |state, was_appealed| {
            end(&case(Category::Denied, state, was_appealed), &again).map(|(end, _)| end.ending)
        };
        assert_eq!(lost(WorkState::Released, false), Some(Ending::DeniedAgain));
        assert_eq!(lost(WorkState::Open, true), Some(Ending::DeniedAgain));
        assert_eq!(lost(WorkState::Open, false), None);
    }

    #[test]
    fn an_underpayment_ends_when_its_contract_says_so() {
        let case = case(Category::Underpaid, WorkState::Open, false);
        for (is_under, ends) in [(None, false), (Some(true), false), (Some(false), true)] {
            assert_eq!(end(&case, &Now { is_under, ..now() }).is_some(), ends, "{is_under:?}");
        }
    }
}
