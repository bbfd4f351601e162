//! What is owed, by how long it is, and days in accounts receivable.

use std::collections::{BTreeMap, HashMap};

use x12::value::{Day, Money};

use super::cells::{Cell, Column, Kind, column, text};
use super::facts::{Entry, Life};
use super::{Asked, DayOf, Row};
use crate::change::ClaimId;
use crate::ledger::Account;

pub const COLUMNS: &[Column] = &[
    text("payer", 16),
    text("owed_by", 10),
    column("claims", Kind::Count),
    column("days_0_30", Kind::Money),
    column("days_31_60", Kind::Money),
    column("days_61_90", Kind::Money),
    column("days_91_120", Kind::Money),
    column("days_over_120", Kind::Money),
    column("open", Kind::Money),
    column("credit", Kind::Money),
    column("charged_in_90_days", Kind::Money),
    column("days_in_receivables", Kind::Tenths),
];

pub const MEAN: &[&str] = &[
    "one row for each payer that claims are routed to and whoever owes: the payer (account receivable) or patients (account patient); `(all)` is all payers together",
    "open: claim by claim, all postings to the account; claims that come to nothing are left out, and claims where more was paid than was owed are in credit and not in open",
    "age of what a payer owes: days from the day on which the claim first went out to the day of the report; of what a patient owes: from the last day of payment that moved it to the patient",
    "charged_in_90_days: charges of claims that first went out on the day of the report or in the 89 days before it",
    "days_in_receivables: open, divided by charged_in_90_days / 90; credits do not lower it; of patients it is not told",
];

/// How far back charges are averaged for days in receivables.
const AVERAGED_DAYS: i64 = 90;

/// The last day of each age.
const AGES_DAYS: [i64; 4] = [30, 60, 90, 120];

/// What is open so far.
#[derive(Debug, Default)]
pub struct Receivables {
    charged: HashMap<ClaimId, Money>,
    payer_owes: HashMap<ClaimId, Money>,
    patient_owes: HashMap<ClaimId, (Money, Option<Day>)>,
    /// By payer, and by whether it is patients who owe.
    rows: BTreeMap<(String, bool), Sum>,
}

#[derive(Clone, Debug, Default)]
struct Sum {
    claims: u64,
    ages: [Money; AGES_DAYS.len() + 1],
    credit: Money,
    charged: Money,
}

impl Receivables {
    /// Takes a posting. All postings come before the first claim.
    pub fn take(&mut self, entry: &Entry) {
        let posting = &entry.posting;
        let Some(claim) = posting.claim else { return };
        match posting.account {
            Account::Receivable => *self.payer_owes.entry(claim).or_default() += posting.amount,
            Account::Patient => {
                let (amount, since) = self.patient_owes.entry(claim).or_default();
                *amount += posting.amount;
                *since = entry.paid_on.max(*since);
            }
            // Claims that went out in one another's place are charged once, under the first of them.
            Account::Charges => *self.charged.entry(claim).or_default() -= posting.amount,
            Account::Cash
            | Account::Contractual
            | Account::OtherAdjustment
            | Account::Interest
            | Account::Capitation
            | Account::Forwarded
            | Account::Takeback
            | Account::ProviderAdjustment
            | Account::Suspense
            | Account::WriteOff
            | Account::Bank
            | Account::Unexplained => {}
        }
    }

    /// Takes a claim, when it is asked for.
    pub fn take_life(&mut self, life: &Life, asked: &Asked, (today, day_of): (Day, DayOf<'_>)) {
        if !asked.is_payer(&life.payer) || !asked.is_office(&life.office) {
            return;
        }
        let Some(sent) = life.first_sent_at.map(day_of) else { return };
        for payer in [life.payer.as_str(), ALL] {
            let sum = self.rows.entry((payer.to_owned(), false)).or_default();
            if today.days_since(sent) < AVERAGED_DAYS {
                sum.charged += self.charged.get(&life.claim).copied().unwrap_or_default();
            }
            if let Some(&amount) = self.payer_owes.get(&life.claim) {
                sum.add(amount, today.days_since(sent));
            }
            if let Some(&(amount, since)) = self.patient_owes.get(&life.claim) {
                let sum = self.rows.entry((payer.to_owned(), true)).or_default();
                sum.add(amount, today.days_since(since.unwrap_or(sent)));
            }
        }
    }

    pub fn rows(&self) -> Vec<Row> {
        self.rows.iter().map(|((payer, is_patient), sum)| sum.row(payer, *is_patient)).collect()
    }
}

/// In place of a payer; sorts before every name.
const ALL: &str = "(all)";

impl Sum {
    fn add(&mut self, amount: Money, age_days: i64) {
        if amount.is_zero() {
            return;
        }
        if amount.is_negative() {
            return self.credit += amount;
        }
        self.claims += 1;
        let age = AGES_DAYS.iter().take_while(|&&last| last < age_days).count();
        self.ages[age] += amount;
    }

    fn row(&self, payer: &str, is_patient: bool) -> Row {
        let open: Money = self.ages.iter().copied().sum();
        let mut row = vec![
            Cell::text(payer),
            Cell::text(if is_patient { "patient" } else { "payer" }),
            Cell::Count(self.claims),
        ];
        row.extend(self.ages.map(Cell::Money));
        row.extend([Cell::Money(open), Cell::Money(self.credit)]);
        row.extend(match is_patient {
            true => [Cell::Empty, Cell::Empty],
            false => [Cell::Money(self.charged), days_in(open, self.charged)],
        });
        row
    }
}

/// Rounded to the nearest tenth of a day: it is told, never added up.
fn days_in(open: Money, charged: Money) -> Cell {
    let (open, charged) = (i128::from(open.cents()), i128::from(charged.cents()));
    if charged <= 0 {
        return Cell::Empty;
    }
    let tenths = (open * i128::from(AVERAGED_DAYS) * 10 + charged / 2) / charged;
    Cell::Tenths(i64::try_from(tenths).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_each_day_into_its_age() {
        let age_of = |days: i64| {
            let mut sum = Sum::default();
            sum.add(Money::from_cents(1), days);
            sum.ages.iter().position(|amount| !amount.is_zero())
        };
        let ages = [-1, 0, 30, 31, 60, 61, 90, 91, 120, 121, 999].map(age_of);
        let expected = [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4].map(Some);
        assert_eq!(ages, expected);
    }

    #[test]
    fn divides_what_is_open_by_what_is_charged_in_a_day() {
        let cents = Money::from_cents;
        assert_eq!(days_in(cents(10_000), cents(0)), Cell::Empty);
        // 9,000.00 in ninety days is 100.00 a day.
        assert_eq!(days_in(cents(450_000), cents(900_000)), Cell::Tenths(450));
        assert_eq!(days_in(cents(100), cents(900_000)), Cell::Tenths(0));
        assert_eq!(days_in(cents(500), cents(900_000)), Cell::Tenths(1));
    }
}
