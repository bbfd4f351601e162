//! Where an item stands in the queue: what it may bring, and how soon it must be done.
//!
//! What it may bring is its amount times the share that came in of alike items before. Few of those say
//! little, so they are mixed with a share that is stated here, which weighs as ten items.

use x12::value::{Day, Money};

use super::Category;

/// What came of alike items that have ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub cases: u64,
    pub at_risk: Money,
    pub recovered: Money,
}

/// An item of the queue, as far as its place depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Stake {
    pub category: Category,
    pub amount: Money,
    pub deadline: Option<Day>,
}

/// Where an item stands, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Highest first.
    pub score: i64,
    /// What it may bring.
    pub expected: Money,
    /// The share of its amount, in thousandths.
    pub share: i64,
    /// By how much its deadline raises it.
    pub urgency: i64,
}

/// Where an item stands, by what came of alike ones.
pub fn place(stake: &Stake, record: &Record, today: Day) -> Place {
    let share = share(stake.category, record);
    // A rank and no amount that anybody posts, so that it may be rounded down.
    let expected = stake.amount.cents().saturating_abs().saturating_mul(share) / 1_000;
    let urgency = stake.deadline.map_or(1, |day| urgency(days_until(day, today)));
    let score = expected.saturating_mul(urgency);
    Place { score, expected: Money::from_cents(expected), share, urgency }
}

/// Thousandths of its amount that an item may bring.
fn share(category: Category, record: &Record) -> i64 {
    let prior = prior(category);
    let cases = i64::try_from(record.cases).unwrap_or(i64::MAX).min(CASES_COUNTED_MAX);
    let at_risk = record.at_risk.cents();
    if cases == 0 || at_risk <= 0 {
        return prior;
    }
    let recovered = record.recovered.cents().clamp(0, at_risk);
    let own = i64::try_from(i128::from(recovered) * 1_000 / i128::from(at_risk)).unwrap_or(0);
    (PRIOR_CASES * prior + cases * own) / (PRIOR_CASES + cases)
}

/// How many items the stated share weighs.
pub const PRIOR_CASES: i64 = 10;

/// More say no more.
const CASES_COUNTED_MAX: i64 = 1_000_000;

/// Thousandths that are taken until there is a record.
pub const fn prior(category: Category) -> i64 {
    match category {
        // Half of what is denied or paid short comes in when it is worked.
        Category::Denied | Category::Underpaid => 500,
        // The claim was not decided on yet: most of it is paid once it goes out right.
        Category::Held
        | Category::Unrouted
        | Category::SetRejected
        | Category::ClaimRejected
        | Category::NextPayer
        | Category::Discrepancy => 900,
        // Money that is there, or that is owed.
        Category::Unmatched
        | Category::OutOfBalance
        | Category::Unexplained
        | Category::Deposit
        | Category::Overpaid => 1_000,
        // Nothing is lost when it waits.
        Category::Kept | Category::RateChanged | Category::Corrected => 100,
    }
}

/// Whether an item is ranked by what came of alike ones.
pub const fn has_record(category: Category) -> bool {
    match category {
        Category::Denied | Category::Underpaid => true,
        Category::Held
        | Category::Unrouted
        | Category::SetRejected
        | Category::ClaimRejected
        | Category::NextPayer
        | Category::Discrepancy
        | Category::Unmatched
        | Category::OutOfBalance
        | Category::Unexplained
        | Category::Deposit
        | Category::Overpaid
        | Category::Kept
        | Category::RateChanged
        | Category::Corrected => false,
    }
}

/// An item with this many days left or more is not raised; one due today, or overdue, counts as many
/// times.
pub const DAYS_RAISED: i64 = 30;

const fn urgency(days_left: i64) -> i64 {
    match days_left {
        ..=0 => DAYS_RAISED,
        1..DAYS_RAISED => DAYS_RAISED / (days_left + 1),
        DAYS_RAISED.. => 1,
    }
}

fn days_until(day: Day, today: Day) -> i64 {
    day.days_since(today)
}

impl Place {
    /// Why the item stands where it stands.
    pub fn told(&self, stake: &Stake, record: &Record, today: Day) -> String {
        let Stake { category, amount, deadline } = *stake;
        let percent = |thousandths: i64| format!("{}.{} %", thousandths / 10, thousandths % 10);
        let prior = percent(prior(category));
        let whence = match (has_record(category), record.cases) {
            (false, _) => "as of any item of its category".to_owned(),
            (true, 0) => "as nothing alike has ended yet".to_owned(),
            (true, cases) => format!(
                "{cases} alike ended with {} of {}; {prior} weighs as {PRIOR_CASES} more",
                record.recovered, record.at_risk
            ),
        };
        let due = match deadline.map(|day| days_until(day, today)) {
            None => "no deadline".to_owned(),
            Some(days) if days < 0 => format!("overdue, times {}", self.urgency),
            Some(days) => format!("{days} days left, times {}", self.urgency),
        };
        format!(
            "{amount} at risk, of which {} may come in ({whence}): {}; {due}",
            percent(self.share),
            self.expected
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_dashed(text).expect("a day")
    }

    fn record(cases: u64, at_risk: i64, recovered: i64) -> Record {
        let (at_risk, recovered) = (Money::from_cents(at_risk), Money::from_cents(recovered));
        Record { cases, at_risk, recovered }
    }

    #[test]
    fn few_endings_say_less_than_many() {
        for (record, share) in [
            (record(0, 0, 0), 500),
            (record(1, 10_000, 0), 454),
            (record(10, 10_000, 10_000), 750),
            (record(990, 100_000, 20_000), 203),
            // Nothing at risk says nothing, and no more comes in than was at risk.
            (record(5, 0, 100), 500),
            (record(10, 100, 5_000), 750),
        ] {
            let stake = Stake { category: Category::Denied, amount: Money::ZERO, deadline: None };
            assert_eq!(place(&stake, &record, day("2026-11-01")).share, share, "{record:?}");
        }
    }

    #[test]
    fn what_is_due_soon_goes_before_what_is_worth_somewhat_more() {
        let today = day("2026-11-01");
        let scored = |cents: i64, deadline: &str| {
            let deadline = Day::parse_dashed(deadline);
            let amount = Money::from_cents(cents);
            let stake = Stake { category: Category::Denied, amount, deadline };
            place(&stake, &Record::default(), today).score
        };
        assert!(scored(10_000, "2026-11-05") > scored(40_000, "2027-02-01"));
        assert!(scored(10_000, "2026-11-05") < scored(400_000, "2027-02-01"));
        assert_eq!(scored(10_000, "2026-10-01"), scored(10_000, "2026-11-01"));
        assert_eq!(scored(10_000, ""), scored(10_000, "2027-11-01"));
    }

    #[test]
    fn says_why() {
        let today = day("2026-11-01");
        let stake = Stake {
            category: Category::Denied,
            amount: Money::from_cents(120_000),
            deadline: Some(day("2026-11-06")),
        };
        let record = record(30, 300_000, 240_000);
        let place = place(&stake, &record, today);
        assert_eq!(
            place.told(&stake, &record, today),
            "1200.00 at risk, of which 72.5 % may come in (30 alike ended with 2400.00 of 3000.00; \
             50.0 % weighs as 10 more): 870.00; 5 days left, times 5"
        );
        let held = Stake { category: Category::Held, deadline: None, ..stake };
        let record = Record::default();
        let told = super::place(&held, &record, today).told(&held, &record, today);
        assert!(told.ends_with("(as of any item of its category): 1080.00; no deadline"), "{told}");
    }
}
