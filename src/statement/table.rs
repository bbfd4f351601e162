//! A statement as a table: a row for each service, for what each payer decided, and for the balance of
//! each claim.
//!
//! In rows of services, `charge` less `paid`, `taken_off` and `share` is nothing. The rows of payers
//! repeat those amounts by their reasons; one of what a later payer did not pay has no amount, for the share
//! that the payer before left has it.

use x12::value::{Day, Money};

use super::{Bill, Kind, Statement};
use crate::convert::table::harmless;

/// The columns, in their order.
pub const COLUMNS: [&str; 13] = [
    "row",
    "patient",
    "patient_control_number",
    "service_date",
    "line",
    "service",
    "payer",
    "code",
    "words",
    "charge",
    "paid",
    "taken_off",
    "share",
];

/// The rows.
pub fn rows(statement: &Statement) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for bill in &statement.bills {
        for line in &bill.lines {
            let amounts = [line.charge, line.paid, line.taken_off, line.owed];
            let texts = [&line.number, &line.procedure, "", "", ""];
            rows.push(row("service", statement, bill, line.day.or(bill.from), texts, amounts));
        }
        for entry in &bill.entries {
            let amount = |kind| if entry.kind == kind { entry.amount } else { Money::ZERO };
            let amounts =
                [Money::ZERO, amount(Kind::Paid), amount(Kind::TakenOff), amount(Kind::Share)];
            let not_paid = format!("{} {}: {}", entry.amount, entry.kind.name(), entry.words);
            let words = if entry.kind == Kind::NotPaid { &not_paid } else { &entry.words };
            let texts = ["", "", entry.payer.as_str(), &entry.code, words];
            rows.push(row("payer", statement, bill, bill.from, texts, amounts));
        }
        if !bill.paid_at_visit.is_zero() {
            let texts = ["", "", "", "", "paid at the visit"];
            let amounts = [Money::ZERO, Money::ZERO, Money::ZERO, -bill.paid_at_visit];
            rows.push(row("patient", statement, bill, bill.from, texts, amounts));
        }
        let amounts = [Money::ZERO, Money::ZERO, Money::ZERO, bill.balance()];
        let words = if bill.balance().is_negative() { "credit" } else { "left to pay" };
        let texts = ["", "", "", "", words];
        rows.push(row("balance", statement, bill, bill.from, texts, amounts));
    }
    rows
}

fn row(
    kind: &str,
    statement: &Statement,
    bill: &Bill,
    day: Option<Day>,
    texts: [&str; 5],
    amounts: [Money; 4],
) -> Vec<String> {
    let mut row = vec![kind.to_owned()];
    row.extend([&statement.patient.name, &bill.number].map(|text| harmless(text)));
    row.push(day.map(|day| day.to_string()).unwrap_or_default());
    row.extend(texts.map(harmless));
    row.extend(amounts.map(|amount| amount.to_string()));
    row
}
