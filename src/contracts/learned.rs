//! Rates that payments imply: charge less CO-45 is what a payer allows for a code. When a payer goes
//! over to another amount, somebody should hear of it.

use std::collections::BTreeMap;

use x12::value::{Day, Money};

/// An amount is taken for a payer's rate once so many lines had it: what one line alone has may be
/// a slip. Both the rate that was and the one that is must have been seen so often.
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

/// An amount that a payer allowed for one unit, over all lines with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    pub key: Key,
    pub amount: Money,
    /// Lines; of what an arrival says, with a minus those of which it was taken back.
    pub times: i32,
    /// Units of those of the lines that no contract prices, in thousandths, and with a minus as the lines: what is at
    /// stake where a contract prices a line, the item of that line has.
    pub units_thousandths: i64,
    /// First and last day of service.
    pub first: Day,
    pub last: Day,
    /// It was told, or needs no telling because the contract says so.
    pub is_told: bool,
}

/// A payer went over from one rate to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateChange {
    pub was: Rate,
    pub is: Rate,
}

impl RateChange {
    /// What the lines with the new rate are paid more or less by it: a rate is for one unit. Parts of a cent of a part
    /// of a unit are left out.
    pub fn at_stake(&self) -> Money {
        let one = (self.is.amount - self.was.amount).abs();
        let units = self.is.units_thousandths.max(0);
        Money::from_cents(one.cents().saturating_mul(units) / 1_000)
    }
}

impl Rate {
    /// Takes in what else was seen of the same amount.
    pub fn join(&mut self, other: &Rate) {
        self.times = self.times.saturating_add(other.times);
        self.units_thousandths = self.units_thousandths.saturating_add(other.units_thousandths);
        // Where it was taken back tells no more than was told when it was seen.
        if other.times <= 0 {
            return;
        }
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.is_told |= other.is_told;
    }
}

/// Rates by what they are paid for and by their amount.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates(BTreeMap<Key, BTreeMap<Money, Rate>>);

impl Rates {
    /// Adds what was seen, to the same amount if it was seen before.
    pub fn add(&mut self, rate: Rate) {
        let amounts = self.0.entry(rate.key.clone()).or_default();
        match amounts.get_mut(&rate.amount) {
            Some(known) => known.join(&rate),
            None => {
                amounts.insert(rate.amount, rate);
            }
        }
    }

    /// The same of what is kept: what no line has any more is forgotten.
    pub fn keep(&mut self, rate: Rate) {
        let (key, amount) = (rate.key.clone(), rate.amount);
        self.add(rate);
        let Some(amounts) = self.0.get_mut(&key) else { return };
        amounts.retain(|kept, rate| *kept != amount || 0 < rate.times);
        if amounts.is_empty() {
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

    /// What changed by these, beside what was known. What is told is marked.
    ///
    /// An amount that comes and goes beside another is no change: all services with the new one come
    /// after the last with the old one.
    pub fn changes(&mut self, known: &[Rate]) -> Vec<RateChange> {
        let mut all = self.clone();
        for rate in known {
            all.add(rate.clone());
        }
        let mut changes = Vec::new();
        for rate in self.0.values_mut().flat_map(BTreeMap::values_mut) {
            let Some(amounts) = all.0.get(&rate.key) else { continue };
            let Some(is) = amounts.get(&rate.amount) else { continue };
            if is.is_told || is.times < LINES_MIN {
                continue;
            }
            let was = amounts.values().filter(|one| {
                one.amount != is.amount
                    && LINES_MIN <= one.times
                    && one.last <= is.first
                    && one.first < is.first
            });
            if let Some(was) = was.max_by_key(|one| (one.last, one.times)) {
                rate.is_told = true;
                changes.push(RateChange { was: was.clone(), is: is.clone() });
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
    use super::*;

    fn day(number: u8) -> Day {
        Day::new(2026, 10, number).expect("a day of October")
    }

    fn rate(cents: i64, times: i32, first: u8, last: u8) -> Rate {
        Rate {
            key: Key { payer: "acme".to_owned(), code: "99213".to_owned(), ..Key::default() },
            amount: Money::from_cents(cents),
            times,
            units_thousandths: i64::from(times) * 1_000,
            first: day(first),
            last: day(last),
            is_told: false,
        }
    }

    #[test]
    fn tells_a_new_rate_once_it_is_one() {
        let known = [rate(9250, 3, 1, 9)];
        for (seen, expected) in [
            (rate(9250, 5, 10, 12), 0),
            (rate(8800, 2, 10, 12), 0),
            (rate(8800, 3, 10, 12), 1),
            (rate(8800, 3, 9, 12), 1),
            // Beside the other.
            (rate(8800, 3, 5, 12), 0),
            // Before the other.
            (rate(8800, 3, 1, 1), 0),
            (Rate { is_told: true, ..rate(8800, 3, 10, 12) }, 0),
        ] {
            let mut rates: Rates = [seen.clone()].into_iter().collect();
            assert_eq!(rates.changes(&known).len(), expected, "{seen:?}");
            let is_told = seen.is_told || expected == 1;
            assert!(rates.all().all(|rate| rate.is_told == is_told), "{seen:?}");
        }
        let mut rates: Rates = [rate(8800, 9, 10, 12)].into_iter().collect();
        assert!(rates.changes(&[rate(9250, 2, 1, 9)]).is_empty());
    }

    /// Three lines of two units, and two of them taken back.
    #[test]
    fn a_change_is_worth_its_units() {
        let of_units =
            |units_thousandths, times| Rate { units_thousandths, ..rate(2_800, times, 10, 12) };
        let was = rate(3_000, 3, 1, 9);
        for (is, cents) in [
            (of_units(6_000, 3), 1_200),
            (of_units(7_500, 3), 1_500),
            // A contract prices all of them.
            (of_units(0, 3), 0),
            (of_units(-2_000, 3), 0),
        ] {
            assert_eq!(RateChange { was: was.clone(), is }.at_stake(), Money::from_cents(cents));
        }
        let mut rates = Rates::default();
        rates.keep(of_units(6_000, 3));
        rates.keep(of_units(-4_000, -2));
        assert_eq!(rates.all().map(|one| one.units_thousandths).collect::<Vec<_>>(), [2_000]);
    }

    #[test]
    fn counts_what_was_known_with_what_is_seen() {
        let known = [rate(9250, 7, 1, 9), rate(8800, 2, 10, 10)];
        let mut rates: Rates = [rate(8800, 1, 11, 11)].into_iter().collect();
        let changes = rates.changes(&known);
        assert_eq!(changes[0].is.times, 3);
        assert_eq!(changes[0].was, known[0]);
    }

    #[test]
    fn forgets_what_no_line_has_any_more() {
        let mut rates = Rates::default();
        rates.keep(rate(9250, 2, 1, 9));
        rates.keep(rate(9250, -1, 9, 9));
        assert_eq!(rates.all().cloned().collect::<Vec<_>>(), [rate(9250, 1, 1, 9)]);
        rates.keep(rate(9250, -1, 1, 1));
        rates.keep(rate(8800, -1, 2, 2));
        assert_eq!(rates, Rates::default());
    }
}
