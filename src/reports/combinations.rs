//! Which groups, reasons and remarks payers deny with together, where CORE 360 puts them, and what came
//! of the work on them.

use std::collections::BTreeMap;

use x12::value::Money;

use super::cells::{Cell, Column, Kind, column, text};
use super::facts::DeniedCase;
use super::{Asked, DayOf, Row};
use crate::change::cases::Ending;
use crate::denials::scenario::Core;

pub const COLUMNS: &[Column] = &[
    text("payer", 16),
    text("scenario", 9),
    text("combination", 14),
    text("group", 7),
    text("reason", 8),
    text("remarks", 20),
    column("items", Kind::Count),
    column("at_risk", Kind::Money),
    column("undecided", Kind::Count),
    column("corrected", Kind::Count),
    column("appealed", Kind::Count),
    column("paid_later", Kind::Count),
    column("denied_again", Kind::Count),
    column("given_up", Kind::Count),
    column("recovered", Kind::Money),
];

pub const MEAN: &[&str] = &[
    "one row for each payer, scenario, combination, group (CAS01), reason (CARC) and remarks (RARC) of the denial that costs most in an item of the queue",
    "scenario: of CAQH CORE 360, 1 documentation, 2 data of the claim, 3 not covered, 4 not paid by itself; by its tables where they are imported (core-360), or else by what the reason is about",
    "combination: listed in the tables, outside of them, not governed (the tables do not have the reason), or not checked (no tables were imported when it came)",
    "items: items of the queue; at_risk: what they were opened with",
    "undecided: the work goes on; corrected: a corrected claim was paid; appealed: paid after an appeal; paid_later: paid without either, by the same payer or by one after it; denied_again: in spite of one; given_up: a person closed it",
    "recovered: what came in of what was at risk, the patient's share with it, beyond what was settled before: of the lines that were denied where the payer tells them, or else of the claim; nothing of a copy (18, B13) of what was paid before it; of a payer after the one that denied, what that one paid",
    "of items from before the upgrade to V0012 no codes are known, and they are not in it",
];

/// Combinations so far.
#[derive(Debug, Default)]
pub struct Combinations {
    /// By payer, where CORE 360 puts it, group, reason and remarks.
    rows: BTreeMap<(String, Core, [String; 3]), Sum>,
}

#[derive(Debug, Default)]
struct Sum {
    items: u64,
    at_risk: Money,
    undecided: u64,
    /// By `ENDINGS`.
    ended: BTreeMap<Ending, u64>,
    recovered: Money,
}

impl Combinations {
    /// Takes an item, when it is asked for.
    pub fn take(&mut self, case: &DeniedCase, asked: &Asked, day_of: DayOf<'_>) {
        let alike = &case.alike;
        let is_asked = asked.is_within(Some(day_of(case.opened_at)))
            && asked.is_payer(&alike.payer)
            && asked.is_office(&case.office);
        if !is_asked || alike.reason.is_empty() {
            return;
        }
        let codes = [&alike.group, &alike.reason, &alike.remarks].map(Clone::clone);
        let sum = self.rows.entry((alike.payer.clone(), alike.core, codes)).or_default();
        sum.items += 1;
        sum.at_risk += case.amount;
        sum.recovered += case.recovered;
        match case.ending {
            Some(ending) => *sum.ended.entry(ending).or_default() += 1,
            None => sum.undecided += 1,
        }
    }

    pub fn rows(&self) -> Vec<Row> {
        let row = |((payer, core, codes), sum): (&(String, Core, [String; 3]), &Sum)| {
            let ended = |ending| Cell::Count(sum.ended.get(&ending).copied().unwrap_or_default());
            let scenario = core.scenario.map(|scenario| scenario.number().to_string());
            let mut row = vec![
                Cell::text(payer),
                Cell::text(&scenario.unwrap_or_default()),
                Cell::text(core.combination.name()),
            ];
            row.extend(codes.iter().map(|code| Cell::text(code)));
            row.extend([
                Cell::Count(sum.items),
                Cell::Money(sum.at_risk),
                Cell::Count(sum.undecided),
                ended(Ending::Corrected),
                ended(Ending::Appealed),
                ended(Ending::PaidLater),
                ended(Ending::DeniedAgain),
                ended(Ending::GivenUp),
                Cell::Money(sum.recovered),
            ]);
            row
        };
        self.rows.iter().map(row).collect()
    }
}
