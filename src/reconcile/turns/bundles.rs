//! Lines that a payer rolled up in another one, of what it said of a claim: what CO-97 takes off them is added to
//! the line that is paid for all (OA-94), so that of a bundle nothing is taken off, and nothing is denied.

use std::collections::BTreeMap;

use x12::value::Money;

use crate::change::Word;
use crate::denials::reasons::group_and_reason;
use crate::reconcile::standing::{Said, standing};

/// Which of what a payer said, and was posted, has lines that are paid with another.
pub(super) struct Bundles<'s> {
    found: Vec<(&'s Said, Found)>,
}

#[derive(Clone, Copy, Default)]
struct Found {
    /// As much is added to lines as is taken off those that 97 alone adjusts.
    is_even: bool,
    /// By its own word it is no denial: what it rolls up is paid with another line, perhaps of another claim.
    is_paid: bool,
}

impl<'s> Bundles<'s> {
    pub(super) fn of(posted: &'s [Said]) -> Bundles<'s> {
        // A payer may give each line a CLP of its own.
        let mut apart: BTreeMap<(&str, bool), (Money, Money)> = BTreeMap::new();
        for one in posted.iter().filter(|one| !is_even(sums(one))) {
            let of_remittance = apart.entry(remittance(one)).or_default();
            let (added, rolled_up) = sums(one);
            of_remittance.0 += added;
            of_remittance.1 += rolled_up;
        }
        let found = |one: &'s Said| {
            let beside = apart.get(&remittance(one)).copied();
            let is_even = is_even(sums(one)) || beside.is_some_and(is_even);
            (one, Found { is_even, is_paid: one.word == Word::Paid })
        };
        let mut found: Vec<(&Said, Found)> = posted.iter().map(found).collect();
        // A reversal takes back what the original was.
        for (reversal, original) in standing(posted).pairs {
            let of_original = found.get(original).map(|(_, found)| *found);
            if let (Some(slot), Some(of_original)) = (found.get_mut(reversal), of_original) {
                slot.1 = of_original;
            }
        }
        Bundles { found }
    }

    /// What was adjusted but for bundles: the number of the line, group and reason, and the amount.
    pub(super) fn without<'o>(
        &self,
        one: &'o Said,
    ) -> impl Iterator<Item = (&'o str, &'o str, Money)> + use<'o> {
        let mut all = self.found.iter();
        let found = all.find(|(other, _)| other.is_at(&one.identity, one.offset));
        let Found { is_even, is_paid } = found.map(|(_, found)| *found).unwrap_or_default();
        let rolled_up = rolled_up(one);
        one.adjustments().filter(move |&(line, code, amount)| {
            let is_added = is_even && adds(one, (line, code, amount));
            let is_rolled_up =
                is_of(code, ROLLED_UP) && (is_paid || is_even && rolled_up.contains_key(line));
            !is_added && !is_rolled_up
        })
    }
}

const ADDED: &str = "94";
const ROLLED_UP: &str = "97";

fn is_of(code: &str, reason: &str) -> bool {
    group_and_reason(code).1 == reason
}

fn is_even((added, rolled_up): (Money, Money)) -> bool {
    !added.is_zero() && added == rolled_up
}

/// What is said together, and what is taken back together.
fn remittance(one: &Said) -> (&str, bool) {
    (&one.identity, one.word == Word::Reversed)
}

/// What is added to lines, and what is taken off those that are rolled up.
fn sums(one: &Said) -> (Money, Money) {
    let added = one.adjustments().filter(|&adjustment| adds(one, adjustment));
    let added: Money = added.map(|(_, _, amount)| -amount).sum();
    (added, rolled_up(one).into_values().sum())
}

/// Whether it adds to a line. Of a reversal all amounts have the other sign.
fn adds(one: &Said, (line, code, amount): (&str, &str, Money)) -> bool {
    let is_negative = one.charge < Money::ZERO;
    is_of(code, ADDED) && !line.is_empty() && (amount < Money::ZERO) != is_negative
}

/// What 97 takes off the lines that it alone adjusts, by their numbers.
fn rolled_up(one: &Said) -> BTreeMap<&str, Money> {
    let mut of_lines: BTreeMap<&str, (Money, bool)> = BTreeMap::new();
    for (line, code, amount) in one.adjustments().filter(|(line, _, _)| !line.is_empty()) {
        let of_line = of_lines.entry(line).or_insert((Money::ZERO, true));
        of_line.0 += amount;
        of_line.1 &= is_of(code, ROLLED_UP);
    }
    let alone = of_lines.into_iter().filter(|(_, (_, is_alone))| *is_alone);
    alone.map(|(line, (amount, _))| (line, amount)).collect()
}

#[cfg(test)]
mod tests {
    use x12::value::Day;

    use super::*;
    use crate::change::ArrivalId;

    fn said(day: u8, word: Word, adjustments: &str) -> Said {
        let charge = if word == Word::Reversed { -185 } else { 185 };
        Said {
            arrival: ArrivalId(1),
            is_posted: true,
            paid_on: Day::new(2026, 10, day),
            identity: format!("of {day}"),
            offset: adjustments.len(),
            payer_control_number: String::new(),
            charge: Money::from_cents(charge),
            paid: Money::ZERO,
            adjustments: adjustments.to_owned(),
            whole_lines: Vec::new(),
            lines: None,
            word,
            status: String::new(),
            is_let: false,
        }
    }

    #[test]
    fn what_is_paid_with_another_line_is_left_out() {
        let [paid, denied, back] = [Word::Paid, Word::Denied, Word::Reversed]
            .map(|word| move |day: u8, told: &str| said(day, word, told));
        let left_out = |posted: &[Said]| -> Vec<String> {
            let bundles = Bundles::of(posted);
            let of = |one| -> Vec<String> {
                let stays: Vec<_> = bundles.without(one).collect();
                let gone = one.adjustments().filter(|part| !stays.contains(part));
                gone.map(|(line, code, amount)| format!("{line} {code} {amount}")).collect()
            };
            posted.iter().flat_map(of).collect()
        };
        let bundle = "line 1 OA-94 -0.60, line 1 CO-45 0.72, line 2 CO-97 0.60";
        let both = ["1 OA-94 -0.60", "2 CO-97 0.60"];
        let taken_back = ["1 OA-94 0.60", "2 CO-97 -0.60"];
        let bundle_back = "line 1 OA-94 0.60, line 1 CO-45 -0.72, line 2 CO-97 -0.60";
        let all = [both, taken_back].concat();
        for (posted, expected) in [
            (vec![paid(1, bundle)], both.as_slice()),
            (vec![paid(1, bundle), back(2, bundle_back)], &all),
            (vec![back(2, bundle_back)], &taken_back),
            // Another line is denied beside it, by 97 in part too.
            (vec![denied(1, &format!("{bundle}, line 3 CO-16 0.10, line 3 CO-97 0.20"))], &both),
            // Each line has a CLP.
            (
                vec![
                    denied(1, "line 1 OA-94 -0.60, line 3 CO-16 0.10"),
                    denied(1, "line 2 CO-97 0.60"),
                ],
                &both,
            ),
            // What is added was added to another claim of the patient.
            (vec![paid(1, "line 2 CO-97 0.60")], &both[1..]),
            (
                vec![paid(1, "line 2 CO-97 0.60"), back(2, "line 2 CO-97 -0.60")],
                &["2 CO-97 0.60", "2 CO-97 -0.60"],
            ),
            // Nothing is added, or something else, or on another day.
            (vec![denied(1, "line 2 CO-97 0.60")], &[]),
            (vec![denied(1, "line 1 OA-94 -0.10, line 2 CO-97 0.60")], &[]),
            (vec![denied(1, "line 1 OA-94 -0.60"), denied(2, "line 2 CO-97 0.60")], &[]),
            (vec![denied(1, "OA-94 -0.60, CO-97 0.60")], &[]),
            (vec![paid(1, "line 1 OA-94 -0.60")], &[]),
        ] {
            assert_eq!(left_out(&posted), expected, "{posted:#?}");
        }
    }
}
