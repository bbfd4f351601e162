//! Diagnosis related groups of Medicare: the numbers, and when they were in force. The groups of
//! other payers (APR-DRG) have other numbers.
//!
//! The rows are printed by `scripts/codes/drg.py`.

use x12::value::Day;

use crate::code_sets::{Standing, day, standing_between};

/// Which publication the table follows.
pub const EDITION: &str = "MS-DRG versions 40 to 44, valid to 2027-03-31";

/// The last day that the versions speak for.
pub const LAST_DAY: Day = Day::new(2027, 3, 31).expect("a day of the calendar");

/// How many numbers the table has.
pub const CODE_COUNT: usize = count();

/// What the number, three digits, is worth on the day of discharge.
pub fn standing(code: &[u8], on: Day) -> Standing {
    let &[hundreds, tens, ones] = code else { return Standing::Unknown };
    if ![hundreds, tens, ones].iter().all(u8::is_ascii_digit) {
        return Standing::Unknown;
    }
    let [hundreds, tens, ones] = [hundreds, tens, ones].map(|digit| u16::from(digit - b'0'));
    let number = hundreds * 100 + tens * 10 + ones;
    let run = RUNS.iter().find(|run| (run.low..=run.high).contains(&number));
    run.map_or(Standing::Unknown, |run| standing_between(run.first, run.last, on))
}

const fn count() -> usize {
    let (mut count, mut runs) = (0, RUNS);
    while let Some((run, rest)) = runs.split_first() {
        count += (run.high - run.low) as usize + 1;
        runs = rest;
    }
    count
}

/// Numbers that follow each other and were in force on the same days.
struct Run {
    low: u16,
    high: u16,
    first: Option<Day>,
    last: Option<Day>,
}

const fn run(low: u16, high: u16, first: u32, last: u32) -> Run {
    Run { low, high, first: day(first), last: day(last) }
}

const RUNS: &[Run] = &[
    run(1, 8, 0, 0),
    run(10, 14, 0, 0),
    run(16, 42, 0, 0),
    run(52, 76, 0, 0),
    run(77, 79, 0, 20250930),
    run(80, 103, 0, 0),
    run(113, 117, 0, 0),
    run(121, 125, 0, 0),
    run(135, 159, 0, 0),
    run(163, 168, 0, 0),
    run(173, 173, 20231001, 0),
    run(175, 208, 0, 0),
    run(209, 209, 20251001, 0),
    run(210, 211, 20261001, 0),
    run(212, 212, 20231001, 0),
    run(213, 213, 20251001, 0),
    run(215, 221, 0, 0),
    run(222, 227, 0, 20230930),
    run(228, 229, 0, 0),
    run(231, 236, 0, 0),
    run(239, 245, 0, 0),
    run(246, 249, 0, 20230930),
    run(250, 257, 0, 0),
    run(258, 262, 0, 20260930),
    run(263, 263, 0, 0),
    run(264, 264, 0, 20260930),
    run(265, 274, 0, 0),
    run(275, 279, 20231001, 0),
    run(280, 293, 0, 0),
    run(294, 295, 0, 20250930),
    run(296, 316, 0, 0),
    run(317, 317, 20241001, 0),
    run(318, 318, 20251001, 0),
    run(319, 320, 0, 0),
    run(321, 325, 20231001, 0),
    run(326, 337, 0, 0),
    run(338, 343, 0, 20230930),
    run(344, 358, 0, 0),
    run(359, 360, 20251001, 0),
    run(361, 362, 20261001, 0),
    run(368, 395, 0, 0),
    run(397, 399, 20231001, 0),
    run(400, 400, 20261001, 0),
    run(402, 402, 20241001, 0),
    run(403, 404, 20261001, 0),
    run(405, 425, 0, 0),
    run(426, 430, 20241001, 0),
    run(432, 446, 0, 0),
    run(447, 448, 20241001, 0),
    run(449, 449, 20261001, 0),
    run(450, 451, 20241001, 0),
    run(453, 455, 0, 20240930),
    run(456, 458, 0, 0),
    run(459, 460, 0, 20240930),
    run(461, 465, 0, 0),
    run(466, 468, 0, 20260930),
    run(469, 483, 0, 0),
    run(485, 487, 0, 20260930),
    run(488, 489, 0, 0),
    run(492, 508, 0, 0),
    run(509, 509, 0, 20250930),
    run(510, 522, 0, 0),
    run(523, 525, 20261001, 0),
    run(533, 566, 0, 0),
    run(570, 585, 0, 0),
    run(592, 607, 0, 0),
    run(614, 630, 0, 0),
    run(637, 645, 0, 0),
    run(650, 675, 0, 0),
    run(682, 684, 0, 0),
    run(686, 690, 0, 0),
    run(693, 700, 0, 0),
    run(707, 718, 0, 0),
    run(722, 730, 0, 0),
    run(731, 733, 20261001, 0),
    run(734, 735, 0, 0),
    run(736, 741, 0, 20260930),
    run(742, 750, 0, 0),
    run(754, 761, 0, 0),
    run(768, 770, 0, 0),
    run(776, 776, 0, 0),
    run(779, 779, 0, 0),
    run(783, 849, 0, 0),
    run(850, 850, 20241001, 0),
    run(853, 858, 0, 0),
    run(862, 872, 0, 0),
    run(876, 876, 0, 0),
    run(880, 887, 0, 0),
    run(894, 897, 0, 0),
    run(901, 909, 0, 0),
    run(913, 923, 0, 0),
    run(927, 929, 0, 0),
    run(933, 935, 0, 0),
    run(939, 941, 0, 0),
    run(945, 951, 0, 0),
    run(955, 959, 0, 0),
    run(963, 965, 0, 0),
    run(969, 970, 0, 0),
    run(974, 977, 0, 0),
    run(981, 983, 0, 0),
    run(987, 989, 0, 0),
    run(998, 999, 0, 0),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_a_number_is_worth_on_a_day() {
        let day = |text: &str| Day::parse_dashed(text).expect("a day");
        for (number, on, expected) in [
            ("193", "2026-11-01", Standing::Valid),
            ("999", "2026-11-01", Standing::Valid),
            ("015", "2026-11-01", Standing::Unknown),
            ("000", "2026-11-01", Standing::Unknown),
            ("1931", "2026-11-01", Standing::Unknown),
            ("19A", "2026-11-01", Standing::Unknown),
            ("077", "2025-09-30", Standing::Valid),
            ("077", "2025-10-01", Standing::Ended(day("2025-09-30"))),
            ("210", "2026-09-30", Standing::NotYet(day("2026-10-01"))),
            ("210", "2026-10-01", Standing::Valid),
        ] {
            assert_eq!(standing(number.as_bytes(), day(on)), expected, "{number} on {on}");
        }
    }
}
