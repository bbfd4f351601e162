//! Reports: what the ledger, the remittances and the claims add up to, as tables.
//!
//! Each figure has one definition, which stands in the report's own entry here, on the second sheet
//! of a workbook and in docs/reports.md.

pub mod acceptance;
pub mod aging;
pub mod at_work;
pub mod carried;
pub mod cells;
pub mod combinations;
pub mod csv;
pub mod denied;
pub mod expected;
pub mod facts;
pub mod money;
pub mod rules;
pub mod workbook;

use std::sync::Arc;

use x12::value::Day;

use crate::change::Moment;
use crate::denials::table::Table;

use cells::{Cell, Column};

/// A report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Report {
    Payments,
    Postings,
    Denials,
    Aging,
    Acceptance,
    CleanClaims,
    Underpayments,
    Expected,
    Carried,
    Scorecard,
    Combinations,
}

/// Every report.
pub const REPORTS: [Report; 11] = [
    Report::Payments,
    Report::Postings,
    Report::Denials,
    Report::Aging,
    Report::Acceptance,
    Report::CleanClaims,
    Report::Underpayments,
    Report::Expected,
    Report::Carried,
    Report::Scorecard,
    Report::Combinations,
];

impl Report {
    /// The word that users know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Report::Payments => "payments",
            Report::Postings => "postings",
            Report::Denials => "denials",
            Report::Aging => "aging",
            Report::Acceptance => "acceptance",
            Report::CleanClaims => "clean-claims",
            Report::Underpayments => "underpayments",
            Report::Expected => "expected",
            Report::Carried => "carried",
            Report::Scorecard => "scorecard",
            Report::Combinations => "combinations",
        }
    }

    /// What it says.
    pub const fn title(self) -> &'static str {
        match self {
            Report::Payments => "Payments of payers",
            Report::Postings => "Postings of the ledger",
            Report::Denials => "Denials by payer, reason and provider",
            Report::Aging => "Receivables by age, and days in A/R",
            Report::Acceptance => "First-pass acceptance",
            Report::CleanClaims => "Clean claims",
            Report::Underpayments => {
                "What was paid other than agreed, line by line, with its items"
            }
            Report::Expected => "What contracts expect of every line that was decided",
            Report::Carried => "Forwarded balances and takebacks that are open",
            Report::Scorecard => "How payers keep the rules of the 835",
            Report::Combinations => "Codes of denials that stand together, and what came of them",
        }
    }

    /// Which days `--from` and `--to` speak of.
    pub const fn days(self) -> &'static str {
        match self {
            Report::Payments => "the day of payment, BPR16",
            Report::Postings => {
                "the day of payment, BPR16; of what a bank shows, the day of the deposit; of charges, the day on \
                 which the claim first went out; with `--booked`, the day on which it was booked"
            }
            Report::Denials => "the day of payment, BPR16",
            Report::Aging => {
                "none, and refused: what is open when the report is written, whenever it became so"
            }
            Report::Acceptance => "the day on which the claim first went out to its payer",
            Report::CleanClaims => "the day on which the claim's file came in",
            Report::Underpayments | Report::Combinations => "the day on which the item was opened",
            Report::Expected => "the day of payment, BPR16",
            Report::Carried => "none, and refused: what is open when the report is written",
            Report::Scorecard => "the day of payment, BPR16",
        }
    }

    /// Whether it tells of days: not of what is open now.
    pub const fn has_days(self) -> bool {
        match self {
            Report::Aging | Report::Carried => false,
            Report::Payments
            | Report::Postings
            | Report::Denials
            | Report::Acceptance
            | Report::CleanClaims
            | Report::Underpayments
            | Report::Expected
            | Report::Scorecard
            | Report::Combinations => true,
        }
    }

    /// What its figures mean, each in a sentence.
    pub const fn definitions(self) -> &'static [&'static str] {
        match self {
            Report::Payments => money::PAYMENTS_MEAN,
            Report::Postings => money::POSTINGS_MEAN,
            Report::Denials => denied::MEAN,
            Report::Aging => aging::MEAN,
            Report::Acceptance => acceptance::ACCEPTANCE_MEANS,
            Report::CleanClaims => acceptance::CLEAN_MEANS,
            Report::Underpayments => expected::UNDERPAYMENTS_MEAN,
            Report::Expected => expected::EXPECTED_MEANS,
            Report::Carried => carried::CARRIED_MEANS,
            Report::Scorecard => rules::MEAN,
            Report::Combinations => combinations::MEAN,
        }
    }

    /// Its columns, in their order; those that name claims come last.
    pub fn columns(self, with_numbers: bool) -> Vec<Column> {
        let mut columns = self.lean_columns().to_vec();
        if with_numbers {
            columns.extend(self.columns_of_numbers());
        }
        columns
    }

    /// What is told only to whoever asks for it, for it may name a patient.
    pub const fn columns_of_numbers(self) -> &'static [Column] {
        match self {
            Report::Postings => money::POSTINGS_NUMBERS,
            Report::Underpayments => expected::UNDERPAYMENTS_NUMBERS,
            Report::Expected => expected::EXPECTED_NUMBERS,
            Report::Carried => carried::CARRIED_NUMBERS,
            Report::Payments
            | Report::Denials
            | Report::Aging
            | Report::Acceptance
            | Report::CleanClaims
            | Report::Scorecard
            | Report::Combinations => &[],
        }
    }

    const fn lean_columns(self) -> &'static [Column] {
        match self {
            Report::Payments => money::PAYMENTS,
            Report::Postings => money::POSTINGS,
            Report::Denials => denied::COLUMNS,
            Report::Aging => aging::COLUMNS,
            Report::Acceptance => acceptance::ACCEPTANCE,
            Report::CleanClaims => acceptance::CLEAN,
            Report::Underpayments => expected::UNDERPAYMENTS,
            Report::Expected => expected::EXPECTED,
            Report::Carried => carried::CARRIED,
            Report::Scorecard => rules::COLUMNS,
            Report::Combinations => combinations::COLUMNS,
        }
    }
}

/// What a report is asked of; nothing means all.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Postings by the day on which they were booked.
    pub by_booking: bool,
    pub office: Option<String>,
    pub payer: Option<String>,
    /// With what names claims to an office and to a payer.
    pub with_numbers: bool,
    /// What says which adjustments are denials.
    pub denials: Arc<Table>,
}

impl Asked {
    /// Whether a day is within what is asked. What has no day is asked for only when no day is.
    pub fn is_within(&self, day: Option<Day>) -> bool {
        match day {
            Some(day) => {
                self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
            }
            None => self.from.is_none() && self.to.is_none(),
        }
    }

    pub fn is_payer(&self, payer: &str) -> bool {
        self.payer.as_ref().is_none_or(|asked| asked == payer)
    }

    pub fn is_office(&self, office: &str) -> bool {
        self.office.as_ref().is_none_or(|asked| asked == office)
    }

    /// The days that are asked for, in words.
    pub fn in_words(&self) -> String {
        let mut told = match (self.from, self.to) {
            (None, None) => "all days".to_owned(),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("until {to}"),
            (Some(from), Some(to)) => format!("from {from} to {to}"),
        };
        if self.by_booking {
            told.push_str(" of booking");
        }
        let names = [("office", &self.office), ("payer", &self.payer)];
        for (what, name) in names {
            told.push_str(&match name {
                Some(name) => format!(", {what} {name}"),
                None => format!(", every {what}"),
            });
        }
        told
    }
}

/// The day of the calendar of a moment, where the gateway is.
pub type DayOf<'a> = &'a dyn Fn(Moment) -> Day;

/// One row of a report.
pub type Row = Vec<Cell>;
