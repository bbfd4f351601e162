//! Rates that payments imply: charge less CO-45 is what a payer allows for a code. When a payer goes
//! over to another amount, somebody should hear of it.

use std::collections::BTreeMap;

use x12::value::{Day, Money};

/// An amount is taken for a payer's rate once so many lines had it: what one line alone has may be
/// a slip. Both the rate that was and the one that is must have been seen so often, each on its side of a
/// change, and once more for each line that stands on the wrong side.
pub const LINES_MIN: i32 = 3;

/// What a rate is paid for, and to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The payer, by its name in the settings.
    pub payer: String,
    /// N1*PE, by its number: each payee has its own contract.
    pub payee: String,
    /// CLP06, the kind of plan.
    pub plan: String,
    pub code: String,
    /// In order, parted by blanks.
    pub modifiers: String,
    pub place: String,
}

/// An amount that a payer allowed for one unit, over all lines of one day with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    pub key: Key,
    pub amount: Money,
    /// The day of service.
    pub day: Day,
    /// Lines; of what an arrival says, with a minus those of which it was taken back.
    pub times: i32,
    /// Units of those of the lines that no contract prices, in thousandths, and with a minus as the lines: what is at
    /// stake where a contract prices a line, the item of that line has.
    pub units_thousandths: i64,
    /// It was told, or needs no telling because the contract says so.
    pub is_told: bool,
}

impl Rate {
    /// Takes in what else was seen of the same amount and day.
    fn join(&mut self, other: &Rate) {
        self.times = self.times.saturating_add(other.times);
        self.units_thousandths = self.units_thousandths.saturating_add(other.units_thousandths);
        self.is_told |= other.is_told;
    }
}

/// An amount over all days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub amount: Money,
    pub times: i32,
    pub units_thousandths: i64,
    pub is_told: bool,
    /// Lines by their days of service.
    pub days: BTreeMap<Day, i32>,
}

impl Seen {
    pub fn first(&self) -> Option<Day> {
        self.days.keys().next().copied()
    }

    pub fn last(&self) -> Option<Day> {
        self.days.keys().next_back().copied()
    }

    fn add(&mut self, rate: &Rate) {
        self.amount = rate.amount;
        self.times += rate.times;
        self.units_thousandths += rate.units_thousandths;
        self.is_told |= rate.is_told;
        *self.days.entry(rate.day).or_default() += rate.times;
    }

    fn lines(&self, is_counted: impl Fn(Day) -> bool) -> i32 {
        self.days.iter().filter(|(day, _)| is_counted(**day)).map(|(_, times)| times).sum()
    }
}

/// A payer went over from one rate to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateChange {
    pub key: Key,
    pub was: Seen,
    pub is: Seen,
    /// The first day with the new rate, but for lines on the wrong side.
    pub since: Day,
    /// Lines with the new rate before that day, and with the old one after it.
    pub odd: i32,
}

impl RateChange {
    /// What the lines with the new rate are paid more or less by it: a rate is for one unit. Parts of a cent of a part
    /// of a unit are left out.
    pub fn at_stake(&self) -> Money {
        let one = (self.is.amount - self.was.amount).abs();
        let units = self.is.units_thousandths.max(0);
        Money::from_cents(one.cents().saturating_mul(units) / 1_000)
    }

    /// The day of service that parts the two rates best, with enough lines of each on its side. Amounts that come and
    /// go beside one another have none.
    fn of(key: &Key, was: &Seen, is: &Seen) -> Option<RateChange> {
        let mut best: Option<(i32, Day)> = None;
        for &since in is.days.keys().filter(|day| was.first().is_some_and(|first| first < **day)) {
            let (early, late) = (is.lines(|day| day < since), was.lines(|day| since < day));
            let odd = early + late;
            let enough = LINES_MIN + odd;
            let is_enough = enough <= was.times - late && enough <= is.times - early;
            if is_enough && best.is_none_or(|(least, _)| odd < least) {
                best = Some((odd, since));
            }
        }
        let (odd, since) = best?;
        Some(RateChange { key: key.clone(), was: was.clone(), is: is.clone(), since, odd })
    }
}

/// Rates by what they are paid for, and by their amounts and days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates(BTreeMap<Key, BTreeMap<(Money, Day), Rate>>);

impl Rates {
    /// Adds what was seen, to the same amount and day if it was seen before.
    pub fn add(&mut self, rate: Rate) {
        let of_key = self.0.entry(rate.key.clone()).or_default();
        match of_key.get_mut(&(rate.amount, rate.day)) {
            Some(known) => known.join(&rate),
            None => {
                of_key.insert((rate.amount, rate.day), rate);
            }
        }
    }

    /// The same of what is kept: what no line has any more is forgotten.
    pub fn keep(&mut self, rate: Rate) {
        let (key, at) = (rate.key.clone(), (rate.amount, rate.day));
        self.add(rate);
        let Some(of_key) = self.0.get_mut(&key) else { return };
        of_key.retain(|kept, rate| *kept != at || 0 < rate.times);
        if of_key.is_empty() {
            self.0.remove(&key);
        }
    }

    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.0.keys()
    }

    /// Those of one key.
    pub fn of(&self, key: &Key) -> impl Iterator<Item = &Rate> {
        self.0.get(key).into_iter().flat_map(BTreeMap::values)
    }

    pub fn all(&self) -> impl Iterator<Item = &Rate> {
        self.0.values().flat_map(BTreeMap::values)
    }

    /// The amounts of one key, those that were seen last behind the others.
    pub fn seen(&self, key: &Key) -> Vec<Seen> {
        let mut amounts: BTreeMap<Money, Seen> = BTreeMap::new();
        for rate in self.of(key) {
            amounts.entry(rate.amount).or_default().add(rate);
        }
        let mut amounts: Vec<Seen> = amounts.into_values().collect();
        amounts.sort_by_key(|one| (one.last(), one.amount));
        amounts
    }

    /// What changed by these, beside what was known. What is told is marked, on all days.
    pub fn changes(&mut self, known: &[Rate]) -> Vec<RateChange> {
        let mut all = self.clone();
        for rate in known {
            all.keep(rate.clone());
        }
        let mut changes = Vec::new();
        for key in self.keys() {
            let amounts = all.seen(key);
            let is_untold = |one: &&Seen| !one.is_told && LINES_MIN <= one.times;
            for is in amounts.iter().filter(is_untold) {
                let others = amounts.iter().filter(|one| one.amount != is.amount);
                let found = others.filter_map(|was| RateChange::of(key, was, is));
                changes.extend(found.max_by_key(|one| (one.was.last(), one.was.times)));
            }
        }
        for RateChange { key, is, .. } in &changes {
            for &day in is.days.keys() {
                let (key, amount) = (key.clone(), is.amount);
                let (times, units_thousandths, is_told) = (0, 0, true);
                self.add(Rate { key, amount, day, times, units_thousandths, is_told });
            }
        }
        changes
    }
}

impl FromIterator<Rate> for Rates {
    fn from_iter<I: IntoIterator<Item = Rate>>(seen: I) -> Rates {
        let mut rates = Rates::default();
        seen.into_iter().for_each(|rate| rates.add(rate));
        rates
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(number: u8) -> Day {
        Day::new(2026, 10, number).expect("a day of October")
    }

    fn rate(cents: i64, times: i32, on: u8) -> Rate {
        Rate {
            key: Key { payer: "acme".to_owned(), code: "99213".to_owned(), ..Key::default() },
            amount: Money::from_cents(cents),
            day: day(on),
            times,
            units_thousandths: i64::from(times) * 1_000,
            is_told: false,
        }
    }

    /// Lines of 92.50 and of 88.00, by the days of their services.
    fn lines(old: &[u8], new: &[u8]) -> Vec<Rate> {
        let old = old.iter().map(|&on| rate(9250, 1, on));
        old.chain(new.iter().map(|&on| rate(8800, 1, on))).collect()
    }

    /// So many lines on the wrong side, so many more are asked for on both sides.
    #[test]
    fn tells_a_new_rate_once_enough_lines_have_it() {
        for (old, new, expected) in [
            (&[1, 1, 9][..], &[10, 11, 12][..], Some((10, 0))),
            (&[1, 1, 9], &[10, 11], None),
            (&[1, 9], &[10, 11, 12], None),
            // The last day of the old one.
            (&[1, 1, 9], &[9, 9, 12], Some((9, 0))),
            // One line at the new rate before, or one at the old rate after.
            (&[1, 2, 3, 4], &[2, 10, 11, 12], None),
            (&[1, 2, 3, 4], &[2, 10, 11, 12, 13], Some((10, 1))),
            (&[1, 3, 4], &[2, 10, 11, 12, 13], None),
            (&[1, 2, 3, 4, 20], &[10, 11, 12], None),
            (&[1, 2, 3, 4, 20], &[10, 11, 12, 13], Some((10, 1))),
            (&[1, 2, 3, 4, 5, 20], &[2, 10, 11, 12, 13, 14], Some((10, 2))),
            // Beside one another, or the other way round.
            (&[1, 3, 5, 7, 9], &[2, 4, 6, 8, 10], None),
            (&[1, 1, 1], &[1, 1, 1], None),
            (&[10, 11, 12], &[1, 2, 3], None),
            // Now and then.
            (&[1, 2, 3, 4, 5, 6, 7, 8, 9], &[3, 6, 9], None),
        ] {
            // All at once, and one by one in both orders of the days: the end is the same, and it is told once.
            let all = lines(old, new);
            let mut at_once: Rates = all.clone().into_iter().collect();
            let of_new = |changes: Vec<RateChange>| -> Vec<(u8, i32)> {
                let of_new = changes.iter().filter(|one| one.is.amount.cents() == 8800);
                of_new.map(|one| (one.since.day(), one.odd)).collect()
            };
            let found = of_new(at_once.changes(&[]));
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{old:?} {new:?}");
            let mut told = 0;
            let mut known = Rates::default();
            for one in all {
                let mut seen: Rates = [one].into_iter().collect();
                let before: Vec<Rate> = known.all().cloned().collect();
                told += of_new(seen.changes(&before)).len();
                seen.all().for_each(|rate| known.keep(rate.clone()));
            }
            assert_eq!(told, usize::from(expected.is_some()), "{old:?} {new:?}");
        }
    }

    #[test]
    fn what_was_told_or_is_agreed_is_not_told_again() {
        let known = lines(&[1, 2, 3], &[10, 11]);
        let agreed = Rate { is_told: true, ..rate(8800, 1, 12) };
        let mut rates: Rates = [agreed].into_iter().collect();
        assert!(rates.changes(&known).is_empty());
        // Nor where the line by which it was told is taken back, and another comes.
        let mut kept: Rates = known.iter().cloned().collect();
        let mut third: Rates = [rate(8800, 1, 12)].into_iter().collect();
        assert_eq!(third.changes(&known).len(), 1);
        third.all().for_each(|rate| kept.keep(rate.clone()));
        kept.keep(rate(8800, -1, 12));
        let known: Vec<Rate> = kept.all().cloned().collect();
        let mut again: Rates = [rate(8800, 1, 13)].into_iter().collect();
        assert!(again.changes(&known).is_empty());
    }

    proptest! {
        /// Whatever the order of the lines, a payer that changed its rate is told of once, and a line of ten at the
        /// wrong rate hides nothing.
        #[test]
        fn a_change_is_told_once_beside_a_line_on_each_wrong_side(
            (old, new) in (5_u8..9, 6_u8..9), early in 1_u8..9, late in 20_u8..28,
            order in Just((0..20_usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let mut all: Vec<Rate> = (1..=old).map(|on| rate(9250, 1, on)).collect();
            all.extend((0..new).map(|on| rate(8800, 1, 10 + on)));
            all.extend([rate(8800, 1, early), rate(9250, 1, late)]);
            let mut known = Rates::default();
            let mut told = 0;
            for at in order.into_iter().filter(|at| *at < all.len()) {
                let mut seen: Rates = [all[at].clone()].into_iter().collect();
                let before: Vec<Rate> = known.all().cloned().collect();
                let changes = seen.changes(&before);
                told += changes.iter().filter(|one| one.is.amount.cents() == 8800).count();
                seen.all().for_each(|rate| known.keep(rate.clone()));
            }
            prop_assert_eq!(told, 1);
        }

        /// Amounts that take turns are no change, however many lines there are.
        #[test]
        fn amounts_that_take_turns_are_no_change(lines in 8_u8..28) {
            let mut all: Rates = (1..=lines).map(|on| rate([9250, 8800][usize::from(on % 2)], 1, on)).collect();
            prop_assert!(all.changes(&[]).is_empty());
        }
    }

    /// Three lines of two units, and two of them taken back.
    #[test]
    fn a_change_is_worth_its_units() {
        let of_units = |units_thousandths| Seen {
            units_thousandths,
            amount: Money::from_cents(2_800),
            ..Seen::default()
        };
        let was = Seen { amount: Money::from_cents(3_000), ..Seen::default() };
        // Of the last two a contract prices all.
        for (units, cents) in [(6_000, 1_200), (7_500, 1_500), (0, 0), (-2_000, 0)] {
            let (key, is, since, odd) = (Key::default(), of_units(units), day(10), 0);
            let change = RateChange { key, was: was.clone(), is, since, odd };
            assert_eq!(change.at_stake(), Money::from_cents(cents));
        }
        let mut rates = Rates::default();
        rates.keep(Rate { units_thousandths: 6_000, ..rate(2_800, 3, 10) });
        rates.keep(Rate { units_thousandths: -4_000, ..rate(2_800, -2, 10) });
        assert_eq!(rates.all().map(|one| one.units_thousandths).collect::<Vec<_>>(), [2_000]);
    }

    #[test]
    fn forgets_what_no_line_has_any_more() {
        let mut rates = Rates::default();
        rates.keep(rate(9250, 2, 1));
        rates.keep(rate(9250, 1, 2));
        rates.keep(rate(9250, -1, 2));
        assert_eq!(rates.all().cloned().collect::<Vec<_>>(), [rate(9250, 2, 1)]);
        rates.keep(rate(9250, -2, 1));
        rates.keep(rate(8800, -1, 2));
        assert_eq!(rates, Rates::default());
    }
}
