//! Lines that a payer rolled up in another one, of what it said of a claim: what CO-97 takes off them is added to
//! the line that is paid for all (OA-94), so that of a bundle nothing is taken off, and nothing is denied.

use std::collections::BTreeMap;

use x12::value::Money;

use crate::change::Word;
use crate::reconcile::rolled_up::{Sums, adds, is_of_rolled_up, over_remittances, rolled_up};
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
        let mut apart: BTreeMap<(&str, bool), Sums> = BTreeMap::new();
        for one in posted.iter().filter(|one| !Sums::of(one).is_even()) {
            apart.entry(remittance(one)).or_default().add(Sums::of(one));
        }
        let standing = standing(posted);
        let left: Vec<&Said> = standing.left.iter().filter_map(|&at| posted.get(at)).collect();
        // Or a remittance.
        let over: Vec<usize> = over_remittances(&left).into_iter().flatten().collect();
        let is_over = |one: &Said| {
            let mut of_over = over.iter().filter_map(|&at| left.get(at));
            of_over.any(|other| other.is_at(&one.identity, one.offset))
        };
        let found = |one: &'s Said| {
            let beside = apart.get(&remittance(one)).is_some_and(|sums| sums.is_even());
            let is_even = Sums::of(one).is_even() || beside || is_over(one);
            (one, Found { is_even, is_paid: one.word == Word::Paid })
        };
        let mut found: Vec<(&Said, Found)> = posted.iter().map(found).collect();
        // A reversal takes back what the original was.
        for (reversal, original) in standing.pairs {
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
                is_of_rolled_up(code) && (is_paid || is_even && rolled_up.contains_key(line));
            !is_added && !is_rolled_up
        })
    }
}

/// What is said together, and what is taken back together.
fn remittance(one: &Said) -> (&str, bool) {
    (&one.identity, one.word == Word::Reversed)
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
            claim: None,
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
            // Or a remittance of its own.
            (vec![denied(1, "line 1 OA-94 -0.60"), denied(2, "line 2 CO-97 0.60")], &both),
            // Nothing is added, or something else, or it was taken back.
            (vec![denied(1, "line 2 CO-97 0.60")], &[]),
            (vec![denied(1, "line 1 OA-94 -0.10, line 2 CO-97 0.60")], &[]),
            (
                vec![
                    denied(1, "line 1 OA-94 -0.60"),
                    back(2, "line 1 OA-94 0.60"),
                    denied(3, "line 2 CO-97 0.60"),
                ],
                &[],
            ),
            (vec![denied(1, "OA-94 -0.60, CO-97 0.60")], &[]),
            (vec![paid(1, "line 1 OA-94 -0.60")], &[]),
        ] {
            assert_eq!(left_out(&posted), expected, "{posted:#?}");
        }
    }
}
