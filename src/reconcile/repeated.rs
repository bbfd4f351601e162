//! What a payer decides once more of what it decided before, and takes nothing back: what it pays then is paid
//! twice, and what it takes off is taken off once. The credit is what was overpaid, and no more. What it denies then
//! takes nothing off.

use std::collections::{BTreeMap, BTreeSet};

use x12::value::{Day, Money};

use super::denied_lines::{given_way, without};
use super::matching::LinePart;
use super::standing::{Said, in_order, is_of_copy, is_whole_denial};
use crate::change::{ClaimId, Word};
use crate::denials::reasons::group_and_reason;

/// What was decided once more, of what a payer said of one claim of this charge and holds, and of those that went out in
/// its place: of each, what it takes off lines that another decides on, or all of it where the whole charge was decided
/// on. Which one is the first is told by the days, whatever the order in which they came; what pays goes before what
/// does not. Each claim has lines of its own.
pub(super) fn repeated(holds: &[&Said], charge: Money) -> Vec<Said> {
    let claims: BTreeSet<Option<ClaimId>> = holds.iter().map(|one| one.claim).collect();
    let of_claim = |claim| holds.iter().copied().filter(move |one| one.claim == claim);
    let gone: Vec<Said> =
        claims.iter().flat_map(|&claim| given_way(&of_claim(claim).collect::<Vec<_>>())).collect();
    let mut all = without(holds.iter().copied(), &gone);
    let is_first = all.iter().any(Said::is_of_first);
    all.retain(|one| one.word != Word::Reversed && !(is_first && one.is_all_settled()));
    let decided: Money = all.iter().map(Said::decided).sum();
    if decided <= charge {
        return Vec::new();
    }
    all.retain(|one| !is_whole_denial(one));
    let told = all.clone();
    all.sort_by_cached_key(|one| {
        // What its payer decided as after another gives way to what it decided as the first.
        let is_second = is_first && one.is_after_another() && one.tells_settled();
        let (is_late, (day, identity, offset)) = in_turn(one, &told, (claims.len(), charge));
        (is_second, is_late, one.paid <= Money::ZERO, day, identity.to_owned(), offset)
    });
    let mut known: BTreeSet<(Option<ClaimId>, u32)> = BTreeSet::new();
    let mut explained = Money::ZERO;
    let mut repeated = Vec::new();
    let mut in_part: Vec<(&Said, Vec<u32>)> = Vec::new();
    // The lines that the decision which stands has as a whole.
    let mut stand: BTreeSet<(Option<ClaimId>, u32)> = BTreeSet::new();
    for one in &all {
        let decided = one.paid_lines();
        let is_known = |number: &u32| known.contains(&(one.claim, *number));
        let (again, new): (Vec<u32>, Vec<u32>) = decided.into_iter().partition(is_known);
        let is_whole = charge <= explained || one.speaks_of_none_but(&again);
        match (is_whole, again.is_empty()) {
            (true, _) => repeated.push(one.clone()),
            (false, false) if one.is_by_lines() => {
                repeated.push(one.with_lines(|number| again.contains(&number)));
                explained = explained.max(one.decided());
            }
            (false, false) => explained = explained.max(one.decided()),
            (false, true) => explained += one.decided() - one.left_to_another(),
        }
        if !is_whole && one.is_by_lines() {
            stand.extend(new.iter().map(|&number| (one.claim, number)));
            in_part.push((one, one.lines_in_part()));
        }
        known.extend(new.into_iter().map(|number| (one.claim, number)));
    }
    // A part of a line gives way to a decision on all of it, whichever was the first.
    for (one, lines) in in_part {
        let is_its = |number: u32| lines.contains(&number) && stand.contains(&(one.claim, number));
        if lines.iter().any(|&number| is_its(number)) {
            repeated.push(one.with_lines(is_its));
        }
    }
    // What is rolled up in a line stands on other accounts, and comes to nothing.
    repeated.retain(|one| !one.adjustments().any(|(_, code, _)| is_of_bundle(code)));
    repeated
}

/// The turn of a decision among all that hold of so many claims of one service. Lines of several claims are not compared,
/// so that what has the whole charge goes before what has not; and so it is of a claim that went out with another charge.
pub(super) fn in_turn<'s>(
    one: &'s Said,
    all: &[Said],
    (claims, charge): (usize, Money),
) -> (bool, (Option<Day>, &'s str, usize)) {
    let is_of_another =
        if 1 < claims { one.decided() != charge } else { is_of_another_charge(one, all, charge) };
    (is_of_another, in_order(one))
}

/// Whether it was decided on a claim before a person changed its charge: another decision has the charge of now, and the
/// same lines as a whole. Several parts of such a line are no decision of before.
pub(super) fn is_of_another_charge(one: &Said, all: &[Said], charge: Money) -> bool {
    let lines = |said: &Said| -> BTreeSet<u32> {
        said.lines.iter().flatten().map(|line| line.number).collect()
    };
    let is_all = |said: &Said, part| said.lines.iter().flatten().all(|line| line.part == part);
    let own = lines(one);
    let alike = || {
        let is_other = |other: &&Said| !other.is_at(&one.identity, one.offset);
        all.iter().filter(is_other).filter(|other| lines(other) == own)
    };
    let is_part = |said: &Said| !is_all(said, LinePart::Whole) && said.decided() < charge;
    one.charge != charge
        && one.decided() != charge
        && alike().any(|other| other.decided() == charge && is_all(other, LinePart::Whole))
        && !(is_part(one) && alike().any(is_part))
}

/// What was denied on a later day than it was decided on otherwise, of all that gave way of what a payer said of one
/// claim of this charge and holds: of a line that was denied more than once, once. `of_lines` gave way to what was decided
/// on the same lines, and `others` to what is decided beside them.
pub(super) fn denied_since(
    holds: &[&Said],
    (of_lines, others): (&[Said], &[Said]),
    charge: Money,
) -> Money {
    let decisions = || holds.iter().filter(|one| !is_whole_denial(one) && !one.is_review());
    let mut denied: BTreeMap<u32, Money> = BTreeMap::new();
    for one in of_lines {
        let of_line = one.lines.iter().flatten().map(|line| line.number);
        for number in of_line.filter(|&number| one.denies(number)) {
            let is_before = |other: &&&Said| other.paid_on < one.paid_on && other.settles(number);
            if decisions().any(|other| is_before(&other)) {
                let before = denied.entry(number).or_default();
                *before = one.charge.max(*before);
            }
        }
    }
    let is_since = |one: &&Said| decisions().any(|other| other.paid_on < one.paid_on);
    let others = others.iter().filter(|one| is_whole_denial(one) && !is_of_copy(one));
    let others = others.filter(is_since).map(|one| one.charge);
    (denied.into_values().sum::<Money>() + others.sum()).min(charge)
}

fn is_of_bundle(code: &str) -> bool {
    matches!(group_and_reason(code).1, "94" | "97")
}
