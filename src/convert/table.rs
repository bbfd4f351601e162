//! A remittance as a table: one row for each service line.
//!
//! Three columns add up. `charge` over all rows of a remittance is what its claims were charged, and
//! `paid` is the payment; in each row, `charge` less the columns of adjustments is `paid`, if the
//! payer's own figures add up. So a claim without lines has a row, a claim that is adjusted beyond its
//! lines has one more, and so has each adjustment that belongs to no claim.

use x12::value::{Day, Decimal};

use crate::convert::statement::{Balance, Claim, Line, Reason, Statement};

/// The columns, in their order.
pub const COLUMNS: [&str; 40] = [
    "row",
    "payer",
    "payer_number",
    "payee",
    "payee_number",
    "check_or_transfer_number",
    "payment_date",
    "payment_method",
    "payment_total",
    "patient_control_number",
    "payer_claim_control_number",
    "claim_status",
    "patient_last_name",
    "patient_first_name",
    "member_number",
    "rendering_provider",
    "claim_from",
    "claim_to",
    "claim_charge",
    "claim_paid",
    "claim_patient_responsibility",
    "line",
    "line_control_number",
    "service_from",
    "service_to",
    "revenue_code",
    "procedure",
    "modifiers",
    "units",
    "allowed",
    "charge",
    "contractual",
    "deductible",
    "coinsurance",
    "copay",
    "other_patient_responsibility",
    "other_adjustments",
    "paid",
    "adjustments",
    "remarks",
];

/// The rows of a remittance.
pub fn rows(statement: &Statement) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for claim in &statement.claims {
        for (index, line) in claim.lines.iter().enumerate() {
            rows.push(line_row(statement, claim, index + 1, line));
        }
        let (charge, paid) = claim.beyond_lines();
        let has_more = !claim.adjustments.is_empty() || !charge.is_zero() || !paid.is_zero();
        if has_more || claim.lines.is_empty() {
            rows.push(claim_row(statement, claim, charge, paid));
        }
    }
    for balance in &statement.provider_adjustments {
        rows.push(balance_row(statement, balance));
    }
    rows
}

fn line_row(statement: &Statement, claim: &Claim, number: usize, line: &Line) -> Vec<String> {
    let mut row = begun("line", statement);
    push_claim(&mut row, claim);
    push_texts(&mut row, [&number.to_string(), &line.control_number]);
    push_day(&mut row, line.from);
    push_day(&mut row, line.to);
    push_texts(
        &mut row,
        [&line.revenue_code, &line.procedure, &line.modifiers.join(" "), &line.units],
    );
    row.push(line.allowed.map(|amount| amount.to_string()).unwrap_or_default());
    push_money(&mut row, line.charge, &line.adjustments, line.paid);
    push_texts(&mut row, [&told(&line.adjustments), &line.remarks.join(" ")]);
    row
}

/// What a claim says beyond its lines; all of it when it has none.
fn claim_row(statement: &Statement, claim: &Claim, charge: Decimal, paid: Decimal) -> Vec<String> {
    let mut row = begun("claim", statement);
    push_claim(&mut row, claim);
    push_blank(&mut row, 9);
    push_money(&mut row, charge, &claim.adjustments, paid);
    push_texts(&mut row, [&told(&claim.adjustments), &claim.remarks.join(" ")]);
    row
}

/// Decimal that belongs to no claim: what it takes from the payment, or adds.
fn balance_row(statement: &Statement, balance: &Balance) -> Vec<String> {
    let mut row = begun("provider", statement);
    push_blank(&mut row, 6);
    push_texts(&mut row, [&balance.provider]);
    push_blank(&mut row, 14);
    row.push(Decimal::ZERO.to_string());
    push_blank(&mut row, 5);
    row.push(balance.amount.to_string());
    row.push((-balance.amount).to_string());
    let told = format!("{} {} {}", balance.code, balance.reference, balance.amount);
    push_texts(&mut row, [&told, ""]);
    row
}

fn begun(kind: &str, statement: &Statement) -> Vec<String> {
    let mut row = Vec::with_capacity(COLUMNS.len());
    row.push(kind.to_owned());
    push_texts(
        &mut row,
        [
            &statement.payer.name,
            &statement.payer_number,
            &statement.payee.name,
            &statement.payee.number,
            &statement.trace,
        ],
    );
    push_day(&mut row, statement.paid_on);
    push_texts(&mut row, [&statement.method]);
    row.push(statement.total.to_string());
    row
}

fn push_claim(row: &mut Vec<String>, claim: &Claim) {
    push_texts(
        row,
        [
            &claim.number,
            &claim.payer_number,
            &claim.status,
            &claim.patient_last_name,
            &claim.patient_first_name,
            &claim.member,
            &claim.provider.number,
        ],
    );
    push_day(row, claim.from);
    push_day(row, claim.to);
    for amount in [claim.charge, claim.paid, claim.patient_responsibility] {
        row.push(amount.to_string());
    }
}

/// The columns that add up: the charge, what is taken off it, what is paid.
fn push_money(row: &mut Vec<String>, charge: Decimal, adjustments: &[Reason], paid: Decimal) {
    let sum = |is_in: &dyn Fn(&Reason) -> bool| -> Decimal {
        adjustments.iter().filter(|reason| is_in(reason)).map(|reason| reason.amount).sum()
    };
    let of_patient = |code: &str| sum(&|reason| reason.group == "PR" && reason.code == code);
    // The three that a patient is billed for by name.
    const SHARES: [&str; 3] = ["1", "2", "3"];
    let is_other_share =
        |reason: &Reason| reason.group == "PR" && !SHARES.contains(&reason.code.as_str());
    let is_other = |reason: &Reason| reason.group != "PR" && reason.group != "CO";
    let [deductible, coinsurance, copay] = SHARES.map(of_patient);
    let amounts = [
        charge,
        sum(&|reason| reason.group == "CO"),
        deductible,
        coinsurance,
        copay,
        sum(&is_other_share),
        sum(&is_other),
        paid,
    ];
    row.extend(amounts.map(|amount| amount.to_string()));
}

/// Every adjustment: `CO-45 30.00; PR-1 20.00`.
fn told(adjustments: &[Reason]) -> String {
    let told = adjustments
        .iter()
        .map(|reason| format!("{}-{} {}", reason.group, reason.code, reason.amount));
    told.collect::<Vec<_>>().join("; ")
}

fn push_day(row: &mut Vec<String>, day: Option<Day>) {
    row.push(day.map(|day| day.to_string()).unwrap_or_default());
}

fn push_blank(row: &mut Vec<String>, count: usize) {
    row.extend(std::iter::repeat_n(String::new(), count));
}

fn push_texts<const N: usize>(row: &mut Vec<String>, texts: [&str; N]) {
    row.extend(texts.map(harmless));
}

/// A text that no spreadsheet takes for a formula. What a payer or a patient wrote could begin with
/// a sign that spreadsheets act upon; an apostrophe before it makes it text again.
pub fn harmless(text: &str) -> String {
    match text.trim_start().bytes().next() {
        _ if text.starts_with(['\t', '\r']) => format!("'{text}"),
        Some(b'=' | b'+' | b'-' | b'@') => format!("'{text}"),
        Some(_) | None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_formulas_out_of_spreadsheets() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("-WC1", "'-WC1"),
            (" =1+1", "' =1+1"),
            ("@SUM", "'@SUM"),
            ("WC-1", "WC-1"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), written);
        }
    }
}
