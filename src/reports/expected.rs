//! What contracts expect of lines and what was paid, as it was found when the remittance was decided.

use std::collections::{BTreeMap, HashSet};

use x12::value::Money;

use super::cells::{Cell, Column, Kind, column, text};
use super::facts::{Case, Expected};
use super::{Asked, DayOf, Row};
use crate::change::{Compared, WorkId};

pub const UNDERPAYMENTS: &[Column] = &[
    column("item", Kind::Count),
    text("category", 12),
    text("state", 10),
    column("opened", Kind::Day),
    column("deadline", Kind::Day),
    column("amount", Kind::Money),
    text("payer", 16),
    text("office", 16),
    text("provider", 12),
    column("claim", Kind::Count),
    text("contract", 16),
    text("plan", 14),
    text("line", 6),
    text("procedure", 14),
    column("service_day", Kind::Day),
    column("charge", Kind::Money),
    column("allowed", Kind::Money),
    column("patient", Kind::Money),
    column("expected", Kind::Money),
    column("paid", Kind::Money),
    column("variance", Kind::Money),
    text("class", 18),
    text("how", 60),
    text("trace", 20),
    column("paid_on", Kind::Day),
];

pub const UNDERPAYMENTS_MEAN: &[&str] = &[
    "one row for each line that was paid other than its contract says and is in an item of the queue, of the categories underpaid, overpaid and rate-changed, open or done with; an item of which no line is known (a person opened it, a payer went over to other rates) has one row",
    "amount: the money at stake; of a line its variance without a sign, so that the rows of an item add up to what the item says; of rates that changed, the change times the units of lines that no contract prices: those that one prices are in items of their own",
    "deadline: of what is underpaid, the last day of the payer's appeal limit; of what is overpaid, the last day to report and return it, or to appeal where nothing but the patient's share is too much",
    LINE_MEANS,
    AMOUNTS_MEAN,
    VARIANCE_MEANS,
    FACTS_MEAN,
];

pub const EXPECTED: &[Column] = &[
    text("payer", 16),
    text("trace", 20),
    column("paid_on", Kind::Day),
    text("office", 16),
    text("provider", 12),
    column("claim", Kind::Count),
    text("contract", 16),
    text("plan", 14),
    text("line", 6),
    text("procedure", 14),
    column("service_day", Kind::Day),
    column("charge", Kind::Money),
    column("allowed", Kind::Money),
    column("patient", Kind::Money),
    column("expected", Kind::Money),
    column("paid", Kind::Money),
    column("variance", Kind::Money),
    text("class", 18),
    text("how", 60),
    column("item", Kind::Count),
];

pub const EXPECTED_MEANS: &[&str] = &[
    "one row for each line that a contract prices and a claim's first payer decided on, as agreed or not, each time it did; what it took back later stays",
    "item: the item of the queue that the line is in, if it is in one",
    LINE_MEANS,
    AMOUNTS_MEAN,
    VARIANCE_MEANS,
    FACTS_MEAN,
];

const LINE_MEANS: &str = "line, procedure: LX01, and the code with its modifiers; both are blank where the claim was paid or adjusted as a whole, which its one row tells";

const AMOUNTS_MEAN: &str = "allowed: what the contract allows; patient: what the payer leaves to the patient, what is beyond the price with it (PR-45); expected: what it would have paid by the contract beside that share, less sequestration; nothing of what is paid by the head (`capitated`)";

const VARIANCE_MEANS: &str = "variance: paid less expected, and what the patient bears beyond the whole price; class and how: what the difference comes from, as far as the amount tells, and how the price is come by";

const FACTS_MEAN: &str = "all of it as it was found when the remittance was decided, by the contract of that day; plan: SBR03 and SBR09 of the claim; what was decided before the upgrade to V0015 has no plan, day and charge";

pub const UNDERPAYMENTS_NUMBERS: &[Column] =
    &[text("patient_control_number", 20), text("what", 60)];

pub const EXPECTED_NUMBERS: &[Column] = &[text("patient_control_number", 20)];

/// Lines in items of the queue.
#[derive(Debug)]
pub struct Underpayments {
    cases: BTreeMap<WorkId, Case>,
    /// With the number of the line's decision; an item without any comes at its place too.
    rows: BTreeMap<(WorkId, i64), Row>,
    told: HashSet<WorkId>,
}

impl Underpayments {
    pub fn of(cases: Vec<Case>) -> Underpayments {
        let cases = cases.into_iter().map(|case| (case.item, case)).collect();
        Underpayments { cases, rows: BTreeMap::new(), told: HashSet::new() }
    }

    /// Takes a line, when it is in an item that is asked for.
    pub fn take(&mut self, line: &Expected, asked: &Asked, day_of: DayOf<'_>) {
        let case = line.item.and_then(|item| self.cases.get(&item));
        let Some(case) = case.filter(|case| is_asked(case, asked, day_of)) else { return };
        let mut row = of_case(case, line.compared.variance.abs(), day_of);
        row.extend(of_claim(line));
        row.extend(of_line(&line.compared));
        row.extend([Cell::text(&line.trace), Cell::day(line.paid_on)]);
        if asked.with_numbers {
            row.extend([Cell::text(line.control_number.expose()), Cell::text(case.what.expose())]);
        }
        self.told.insert(case.item);
        self.rows.insert((case.item, line.id), row);
    }

    /// All rows by item, once every line was taken.
    pub fn rows(mut self, asked: &Asked, day_of: DayOf<'_>) -> Vec<Row> {
        for case in self.cases.values() {
            if !self.told.contains(&case.item) && is_asked(case, asked, day_of) {
                self.rows.insert((case.item, 0), alone(case, asked, day_of));
            }
        }
        self.rows.into_values().collect()
    }
}

fn is_asked(case: &Case, asked: &Asked, day_of: DayOf<'_>) -> bool {
    asked.is_within(Some(day_of(case.opened_at)))
        && asked.is_payer(&case.payer)
        && asked.is_office(&case.office)
}

/// An item of which no line is known.
fn alone(case: &Case, asked: &Asked, day_of: DayOf<'_>) -> Row {
    let mut row = of_case(case, case.amount, day_of);
    row.extend([
        Cell::text(&case.payer),
        Cell::text(&case.office),
        Cell::text(&case.provider),
        case.claim.map_or(Cell::Empty, |claim| Cell::Count(claim.0.unsigned_abs())),
    ]);
    row.resize(UNDERPAYMENTS.len(), Cell::Empty);
    if asked.with_numbers {
        row.extend([Cell::text(case.control_number.expose()), Cell::text(case.what.expose())]);
    }
    row
}

fn of_case(case: &Case, amount: Money, day_of: DayOf<'_>) -> Row {
    vec![
        Cell::Count(case.item.0.unsigned_abs()),
        Cell::text(case.category),
        Cell::text(case.state),
        Cell::Day(day_of(case.opened_at)),
        Cell::day(case.deadline),
        Cell::Money(amount),
    ]
}

/// A line, when it is asked for.
pub fn expected(line: &Expected, asked: &Asked) -> Option<Row> {
    let is_asked = asked.is_within(line.paid_on)
        && asked.is_payer(&line.payer)
        && asked.is_office(&line.office);
    if !is_asked {
        return None;
    }
    let [payer, of_claim @ ..] = of_claim(line);
    let mut row = vec![payer, Cell::text(&line.trace), Cell::day(line.paid_on)];
    row.extend(of_claim);
    row.extend(of_line(&line.compared));
    row.push(line.item.map_or(Cell::Empty, |item| Cell::Count(item.0.unsigned_abs())));
    if asked.with_numbers {
        row.push(Cell::text(line.control_number.expose()));
    }
    Some(row)
}

fn of_claim(line: &Expected) -> [Cell; 4] {
    [
        Cell::text(&line.payer),
        Cell::text(&line.office),
        Cell::text(&line.provider),
        Cell::Count(line.compared.claim.0.unsigned_abs()),
    ]
}

fn of_line(line: &Compared) -> [Cell; 13] {
    [
        Cell::text(&line.contract),
        Cell::text(&line.plan),
        Cell::text(&line.line),
        Cell::text(&line.code),
        Cell::day(line.day),
        line.charge.map_or(Cell::Empty, Cell::Money),
        Cell::Money(line.allowed),
        Cell::Money(line.patient),
        Cell::Money(line.expected),
        Cell::Money(line.paid),
        Cell::Money(line.variance),
        Cell::text(line.class.name()),
        Cell::text(&line.words),
    ]
}
