//! Lines that a payer rolled up in another one, of what it said of a claim: what CO-97 takes off them is added to the
//! line that is paid for all (OA-94). It may say the one in one remittance and the other in another.

use std::collections::{BTreeMap, BTreeSet};

use x12::value::Money;
use x12::view::remittance::ServicePayment;

use super::standing::{Said, in_order};
use crate::change::Word;
use crate::denials::bundle::is_even;
use crate::denials::printable;
use crate::denials::reasons::{self, Class, group_and_reason};

const ADDED: &str = "94";
const ROLLED_UP: &str = "97";

/// What is added to lines of a CLP, and what comes off those that are rolled up in others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub added: Money,
    pub rolled_up: Money,
}

impl Sums {
    pub(super) fn of(one: &Said) -> Sums {
        let added = added_to_lines(one).into_values().sum();
        Sums { added, rolled_up: rolled_up(one).into_values().sum() }
    }

    pub(super) fn add(&mut self, other: Sums) {
        self.added += other.added;
        self.rolled_up += other.rolled_up;
    }

    pub(super) fn is_even(self) -> bool {
        is_even(self.added, self.rolled_up)
    }

    pub(super) fn is_nothing(self) -> bool {
        self.added.is_zero() && self.rolled_up.is_zero()
    }
}

/// Whether a code of a group and a reason is of what is rolled up.
pub(super) fn is_of_rolled_up(code: &str) -> bool {
    group_and_reason(code).1 == ROLLED_UP
}

/// Whether it adds to a line. Of a reversal all amounts have the other sign.
pub(super) fn adds(one: &Said, (line, code, amount): (&str, &str, Money)) -> bool {
    let is_negative = one.charge < Money::ZERO;
    let is_added = group_and_reason(code).1 == ADDED;
    is_added && !line.is_empty() && (amount < Money::ZERO) != is_negative
}

/// What is added to lines, by their numbers.
pub(super) fn added_to_lines(one: &Said) -> BTreeMap<&str, Money> {
    let mut of_lines = BTreeMap::new();
    for (line, _, amount) in one.adjustments().filter(|&adjustment| adds(one, adjustment)) {
        *of_lines.entry(line).or_default() -= amount;
    }
    of_lines
}

/// What 97 takes off the lines that it alone adjusts, by their numbers.
pub(super) fn rolled_up(one: &Said) -> BTreeMap<&str, Money> {
    let mut of_lines: BTreeMap<&str, (Money, bool)> = BTreeMap::new();
    for (line, code, amount) in one.adjustments().filter(|(line, _, _)| !line.is_empty()) {
        let of_line = of_lines.entry(line).or_insert((Money::ZERO, true));
        of_line.0 += amount;
        of_line.1 &= is_of_rolled_up(code);
    }
    let alone = of_lines.into_iter().filter(|(_, (_, is_alone))| *is_alone);
    alone.map(|(line, (amount, _))| (line, amount)).collect()
}

/// The lines that are rolled up in others in any of this, and those that are paid for them.
pub(super) fn bundled_lines(said: &[Said]) -> BTreeSet<u32> {
    if !said.iter().any(|one| Money::ZERO < Sums::of(one).added) {
        return BTreeSet::new();
    }
    let of_one = |one| added_to_lines(one).into_keys().chain(rolled_up(one).into_keys());
    said.iter().flat_map(of_one).filter_map(|line| line.parse().ok()).collect()
}

/// Whether anything is added or rolled up in what was said: a quick look that may say yes of other codes.
pub(super) fn may_be_of(said: &[Said]) -> bool {
    let mut all = said.iter().map(|one| one.adjustments.as_str());
    all.any(|told| told.contains("-94 ") || told.contains("-97 "))
}

/// Of what a payer said and holds, in which remittances as much is added to lines as comes off others.
pub(super) fn even_remittances<'s>(said: &[&'s Said]) -> BTreeMap<&'s str, bool> {
    let mut of: BTreeMap<&str, Sums> = BTreeMap::new();
    for one in said.iter().filter(|one| one.word != Word::Reversed) {
        let sums = Sums::of(one);
        if !sums.is_even() {
            of.entry(&one.identity).or_default().add(sums);
        }
    }
    of.into_iter().map(|(identity, sums)| (identity, sums.is_even())).collect()
}

/// What of it belongs together over several remittances, as places in what was given: as much is added in them as comes
/// off, and in no part of them. What one remittance has all of is in none.
pub(super) fn over_remittances(said: &[&Said]) -> Vec<Vec<usize>> {
    let has = |code: &str| said.iter().any(|one| one.adjustments.contains(code));
    if !has("-94 ") || !has("-97 ") {
        return Vec::new();
    }
    let even = even_remittances(said);
    let is_open =
        |one: &Said| one.word != Word::Reversed && even.get(&*one.identity) != Some(&true);
    let mut open: Vec<(usize, Sums)> = said
        .iter()
        .enumerate()
        .filter(|(_, one)| is_open(one))
        .map(|(at, one)| (at, Sums::of(one)))
        .filter(|(_, sums)| !sums.is_nothing() && !sums.is_even())
        .collect();
    open.sort_by_key(|(at, _)| said.get(*at).map(|one| in_order(one)));
    let mut sets = Vec::new();
    while let Some(set) = smallest_even(&open) {
        open.retain(|(at, _)| !set.contains(at));
        sets.push(set);
    }
    sets
}

/// The smallest set of these that is even; of several the first.
fn smallest_even(open: &[(usize, Sums)]) -> Option<Vec<usize>> {
    let is_even = |places: &mut dyn Iterator<Item = &(usize, Sums)>| {
        let mut sum = Sums::default();
        places.for_each(|(_, sums)| sum.add(*sums));
        sum.is_even()
    };
    if TRIED_MAX < open.len() {
        let all = || open.iter().map(|(at, _)| *at).collect();
        return is_even(&mut open.iter()).then(all);
    }
    let chosen = |mask: u32| {
        let is_in = move |(bit, _): &(usize, &(usize, Sums))| mask & (1 << bit) != 0;
        open.iter().enumerate().filter(is_in).map(|(_, one)| one)
    };
    let masks = || 1..1_u32 << open.len();
    let sizes = 2..=open.len() as u32;
    let mut sets = sizes.flat_map(|size| masks().filter(move |mask| mask.count_ones() == size));
    let found = sets.find(|&mask| is_even(&mut chosen(mask)))?;
    Some(chosen(found).map(|(at, _)| *at).collect())
}

/// Of so many each set is tried; of more all together.
const TRIED_MAX: usize = 10;

/// Whether something with others of these, or by itself, adds as much to lines as comes off.
pub(super) fn may_be_even(own: &Said, all: &[&Said]) -> bool {
    let others = all.iter().filter(|one| !one.is_at(&own.identity, own.offset));
    let others =
        others.map(|one| Sums::of(one)).filter(|sums| !sums.is_nothing() && !sums.is_even());
    let mut reached = vec![Sums::of(own)];
    for other in others {
        if TRIED_MAX < reached.len().ilog2() as usize {
            break;
        }
        for at in 0..reached.len() {
            let mut sum = reached.get(at).copied().unwrap_or_default();
            sum.add(other);
            reached.push(sum);
        }
    }
    reached.into_iter().any(Sums::is_even)
}

/// What a denial is paid with, where all that it denies is rolled up in lines of other remittances: the last of that.
pub(super) fn paid_with<'s>(denial: &Said, holds: &[&'s Said]) -> Option<&'s Said> {
    if !is_all_rolled_up(denial) {
        return None;
    }
    let is_own = |one: &Said| one.is_at(&denial.identity, denial.offset);
    let has_own =
        |set: &Vec<usize>| set.iter().any(|&at| holds.get(at).is_some_and(|one| is_own(one)));
    let set = over_remittances(holds).into_iter().find(has_own)?;
    let others = set.into_iter().filter_map(|at| holds.get(at).copied());
    others.filter(|one| !is_own(one)).max_by_key(|one| in_order(one))
}

/// Whether all that a denial denies is rolled up in other lines. That nobody knows the patient (CLP02 4) has a meaning
/// of its own.
fn is_all_rolled_up(denial: &Said) -> bool {
    let rolled_up = rolled_up(denial);
    let is_denied = |code: &str, amount: Money| {
        Money::ZERO < amount && reasons::reason(group_and_reason(code).1).class == Class::Denial
    };
    let mut denied = denial.adjustments().filter(|(_, code, amount)| is_denied(code, *amount));
    denial.word == Word::Denied
        && denial.status != "4"
        && !rolled_up.is_empty()
        && denied.all(|(line, code, _)| is_of_rolled_up(code) && rolled_up.contains_key(line))
}

/// What is paid with lines of other remittances is no denial.
pub(super) fn call_paid(stays: &mut [Said]) {
    let places = over_remittances(&stays.iter().collect::<Vec<&Said>>());
    for at in places.into_iter().flatten() {
        if let Some(one) = stays.get_mut(at).filter(|one| is_all_rolled_up(one)) {
            one.word = Word::Paid;
        }
    }
}

/// How it is kept what a line is paid as that is paid for lines of other remittances: `line 1 is paid as 80050-26 for
/// others`. It says nothing where that cannot be kept.
pub(super) fn told_of_paid(line: u32, service: &ServicePayment<'_>) -> Option<String> {
    let procedure = &service.procedure;
    let codes: Vec<String> =
        [&procedure.code].into_iter().chain(&procedure.modifiers).map(printable).collect();
    let is_plain =
        |code: &String| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let told = codes.iter().all(is_plain).then(|| codes.join("-"))?;
    Some(format!("line {line}{PAID_AS}{told}{FOR_OTHERS}"))
}

/// Whether a part of what is kept of adjustments is such.
pub(super) fn is_told_of_paid(part: &str) -> bool {
    part.contains(PAID_AS)
}

const PAID_AS: &str = " is paid as ";
const FOR_OTHERS: &str = " for others";

impl Said {
    /// What a line is paid as, with its modifiers, where it waited for lines of other remittances.
    pub(super) fn paid_as(&self, line: u32) -> Option<(String, Vec<String>)> {
        let told = format!("line {line}{PAID_AS}");
        let mut parts = self.adjustments.split(", ");
        let codes = parts.find_map(|part| part.strip_prefix(&told)?.strip_suffix(FOR_OTHERS))?;
        let mut codes = codes.split('-').map(str::to_owned);
        Some((codes.next()?, codes.collect()))
    }
}

#[cfg(test)]
mod tests {
    use x12::value::Day;

    use super::*;
    use crate::change::ArrivalId;

    fn said(identity: &str, adjustments: &str) -> Said {
        Said {
            arrival: ArrivalId(1),
            is_posted: true,
            paid_on: Day::new(2026, 10, 1),
            identity: identity.to_owned(),
            offset: adjustments.len(),
            payer_control_number: String::new(),
            charge: Money::from_cents(100),
            paid: Money::ZERO,
            adjustments: adjustments.to_owned(),
            whole_lines: Vec::new(),
            lines: None,
            word: Word::Paid,
            status: "1".to_owned(),
            is_let: false,
            claim: None,
        }
    }

    #[test]
    fn what_is_rolled_up_is_found_over_remittances() {
        let top = "line 1 OA-94 -0.70, line 1 CO-45 0.65";
        let others = "line 2 CO-97 0.50, line 3 CO-97 0.20";
        let other = "line 4 CO-97 0.30";
        for (all, expected) in [
            (vec![("a", top), ("b", others)], vec![vec![0, 1]]),
            (vec![("b", top), ("a", others)], vec![vec![1, 0]]),
            // In one remittance nobody has to look for it.
            (vec![("a", top), ("a", others)], vec![]),
            (vec![("a", "line 1 OA-94 -0.70, line 2 CO-97 0.70")], vec![]),
            // Another denial beside it, wherever it stands.
            (vec![("a", top), ("b", other), ("c", others)], vec![vec![0, 2]]),
            (vec![("a", other), ("b", others), ("c", top)], vec![vec![1, 2]]),
            // Each has a remittance of its own; what comes off in part is nothing of it.
            (
                vec![("a", "line 2 CO-97 0.50"), ("b", top), ("c", "line 3 CO-97 0.20")],
                vec![vec![0, 1, 2]],
            ),
            (
                vec![("a", top), ("b", "line 2 CO-97 0.50, line 2 CO-45 0.20, line 3 CO-97 0.50")],
                vec![],
            ),
            (vec![("a", top), ("b", "line 2 CO-97 0.50")], vec![]),
            (vec![("a", "OA-94 -0.70"), ("b", others)], vec![]),
        ] {
            let kept: Vec<Said> = all.iter().map(|(of, told)| said(of, told)).collect();
            let kept: Vec<&Said> = kept.iter().collect();
            assert_eq!(over_remittances(&kept), expected, "{all:?}");
        }
    }

    #[test]
    fn what_a_line_is_paid_as_is_kept() {
        let one = said("a", "line 1 OA-94 -0.70, line 1 is paid as 80050-26 for others");
        assert_eq!(one.paid_as(1), Some(("80050".to_owned(), vec!["26".to_owned()])));
        assert_eq!(one.paid_as(2), None);
        assert_eq!(one.adjustments().count(), 1, "it is no adjustment");
    }
}
