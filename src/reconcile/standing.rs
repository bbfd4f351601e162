//! Where all that a payer ever said of a claim leaves it: the same end for any order in which its
//! files came.
//!
//! A payer takes back what it decided, then decides anew, often in two files, and the second may
//! come first. So what was said is laid out by the days of payment, each reversal is set against
//! what it takes back, and the last word of what is left decides.

use x12::value::{Day, Money};

use crate::change::{ArrivalId, Word};

/// What a payer said of a claim in one CLP that was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The file that it came in.
    pub arrival: ArrivalId,
    /// BPR16.
    pub paid_on: Option<Day>,
    /// The identity of its remittance.
    pub identity: String,
    /// Where its CLP stands in the file.
    pub offset: usize,
    /// CLP07.
    pub payer_control_number: String,
    /// CLP03 and CLP04 as they stand; those of a reversal have a minus.
    pub charge: Money,
    pub paid: Money,
    /// Every adjustment, for reading: `CO-45 30.00, line 2 PR-3 10.00`.
    pub adjustments: String,
    pub word: Word,
}

/// What all of it leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The last word; `Reversed` when all is taken back, `None` when nothing was said.
    pub word: Option<Word>,
    /// Which reversal takes which back, as places in what was given: the reversal first.
    pub pairs: Vec<(usize, usize)>,
    /// What holds: what was said and not taken back, in order.
    pub left: Vec<usize>,
}

/// The sum of all that was said of one claim by one payer.
pub fn standing(said: &[Said]) -> Standing {
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.sort_by_key(|&at| said.get(at).map(in_order));
    let mut left: Vec<usize> = order.clone();
    let mut reversals: Vec<usize> = order;
    left.retain(|&at| said.get(at).is_some_and(|one| one.word != Word::Reversed));
    reversals.retain(|&at| said.get(at).is_some_and(|one| one.word == Word::Reversed));
    let any_is_reversed = !reversals.is_empty();
    let mut pairs = Vec::new();
    for takes_back in WAYS {
        reversals.retain(|&reversal| {
            let found = left.iter().rposition(|&original| {
                matches!((said.get(reversal), said.get(original)),
                    (Some(reversal), Some(original)) if takes_back(reversal, original))
            });
            if let Some(found) = found {
                pairs.push((reversal, left.remove(found)));
            }
            found.is_none()
        });
    }
    let last = left.last().and_then(|&at| said.get(at));
    let word = last.map(|last| {
        // Of the parts of one remittance a denied one has the last word.
        let same = left.iter().filter_map(|&at| said.get(at));
        let mut same = same.filter(|one| one.identity == last.identity);
        if same.any(|one| one.word == Word::Denied) { Word::Denied } else { Word::Paid }
    });
    Standing { word: word.or(any_is_reversed.then_some(Word::Reversed)), pairs, left }
}

/// Whether a reversal takes back exactly what a payment said: charge, money and every adjustment.
pub fn is_exact(reversal: &Said, original: &Said) -> bool {
    let parts = |text: &str| {
        let mut parts: Vec<String> = text.split(", ").map(str::to_owned).collect();
        // Remarks say why, and a reversal has its own.
        parts.retain(|part| !part.is_empty() && !part.starts_with("remarks "));
        parts
    };
    let (mut one, mut other) = (parts(&reversal.adjustments), parts(&original.adjustments));
    for part in &mut other {
        *part = negated(part);
    }
    one.sort();
    other.sort();
    has_opposite_money(reversal, original) && one == other
}

/// `CO-45 30.00` as `CO-45 -30.00`, and back.
fn negated(part: &str) -> String {
    match part.rsplit_once(' ') {
        Some((_, "0.00")) => part.to_owned(),
        Some((of, amount)) => match amount.strip_prefix('-') {
            Some(amount) => format!("{of} {amount}"),
            None => format!("{of} -{amount}"),
        },
        None => part.to_owned(),
    }
}

type Takes = fn(&Said, &Said) -> bool;

/// How a reversal is known to belong to a payment, the surest first. What stands beside it in its
/// own remittance is its correction.
const WAYS: [Takes; 4] = [
    |reversal, original| {
        is_before(reversal, original)
            && has_same_number(reversal, original)
            && has_opposite_money(reversal, original)
    },
    |reversal, original| is_before(reversal, original) && has_opposite_money(reversal, original),
    |reversal, original| {
        reversal.paid_on == original.paid_on
            && reversal.identity != original.identity
            && has_opposite_money(reversal, original)
    },
    |reversal, original| is_before(reversal, original) && has_same_number(reversal, original),
];

fn is_before(reversal: &Said, original: &Said) -> bool {
    original.paid_on < reversal.paid_on
}

fn has_same_number(reversal: &Said, original: &Said) -> bool {
    let number = original.payer_control_number.trim();
    !number.is_empty() && number == reversal.payer_control_number.trim()
}

fn has_opposite_money(reversal: &Said, original: &Said) -> bool {
    reversal.charge == -original.charge && reversal.paid == -original.paid
}

/// By the day of payment; within a day by what does not depend on when a file came.
fn in_order(one: &Said) -> (Option<Day>, &str, usize) {
    (one.paid_on, &one.identity, one.offset)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(day: u8, number: &str, paid: i64, word: Word) -> Said {
        let sign = if word == Word::Reversed { -1 } else { 1 };
        Said {
            arrival: ArrivalId(i64::from(day)),
            paid_on: Day::new(2026, 10, day),
            identity: format!("{day}"),
            offset: 0,
            payer_control_number: number.to_owned(),
            charge: Money::from_cents(sign * 10_000),
            paid: Money::from_cents(sign * paid),
            adjustments: format!("CO-45 {}", Money::from_cents(sign * (10_000 - paid))),
            word,
        }
    }

    #[test]
    fn tells_the_last_word() {
        use Word::{Denied, Paid, Reversed};
        let cases: [(&[Said], Option<Word>); 8] = [
            (&[], None),
            (&[said(1, "P1", 60, Paid)], Some(Paid)),
            (&[said(1, "P1", 60, Paid), said(2, "P1", 60, Reversed)], Some(Reversed)),
            (
                &[said(1, "P1", 0, Denied), said(2, "P1", 0, Reversed), said(2, "P2", 60, Paid)],
                Some(Paid),
            ),
            // The reversal came, its payment did not yet.
            (&[said(2, "P1", 60, Reversed)], Some(Reversed)),
            // Decided again without a reversal.
            (&[said(1, "P1", 0, Denied), said(2, "P1", 60, Paid)], Some(Paid)),
            // Two parts of a split claim in one remittance.
            (&[said(1, "P1", 0, Denied), said(1, "P2", 60, Paid)], Some(Denied)),
            // What is taken back is another payment than the last.
            (
                &[said(1, "P1", 60, Paid), said(2, "P2", 0, Denied), said(3, "P2", 0, Reversed)],
                Some(Paid),
            ),
        ];
        for (said, expected) in cases {
            assert_eq!(standing(said).word, expected, "{said:?}");
        }
    }

    #[test]
    fn a_reversal_is_exact_or_not() {
        let original = said(1, "P1", 60, Word::Paid);
        let reversal = said(2, "P1", 60, Word::Reversed);
        assert!(is_exact(&reversal, &original));
        let other = Said { adjustments: "OA-45 -99.40".to_owned(), ..reversal.clone() };
        assert!(!is_exact(&other, &original));
        let part = Said { paid: Money::from_cents(-30), ..reversal };
        assert!(!is_exact(&part, &original));
        assert_eq!(standing(&[original, part]).word, Some(Word::Reversed));
    }

    proptest! {
        #[test]
        fn the_order_of_files_makes_no_difference(
            days in prop::collection::vec((1_u8..9, 0_i64..4, 0_usize..3), 0..9),
            seed in any::<u64>(),
        ) {
            let words = [Word::Paid, Word::Denied, Word::Reversed];
            let all: Vec<Said> = days
                .iter()
                .enumerate()
                .map(|(at, &(day, paid, word))| Said {
                    offset: at,
                    ..said(day, &format!("P{paid}"), paid, words[word])
                })
                .collect();
            let mut shuffled = all.clone();
            let mut chance = seed;
            for at in (1..shuffled.len()).rev() {
                chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                shuffled.swap(at, (chance >> 33) as usize % (at + 1));
            }
            prop_assert_eq!(standing(&all).word, standing(&shuffled).word);
        }
    }
}
