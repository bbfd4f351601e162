//! `claimgate ledger`: the accounts, the money that waits, what payers carry, and the rules that
//! they break.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::export::all_carried;
use super::store::{Desk, open};
use super::terminal::{Harmless, harmless};
use super::{Failure, Format, Outcome};
use crate::ledger::REFUND;
use crate::reconcile::rules;
use crate::reports::facts::Open;
use crate::store::{AccountTotal, RuleTotal, Suspended};

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimgate --data /var/lib/claimgate ledger")]
pub struct LedgerArguments {
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// What the ledger holds.
struct Told {
    accounts: Vec<AccountTotal>,
    suspended: Vec<Suspended>,
    carried: Vec<Open>,
    broken: Vec<RuleTotal>,
}

/// Prints what the ledger holds.
pub fn run(
    arguments: &LedgerArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let store = open(desk)?.store;
    let told = Told {
        accounts: store.balances()?,
        suspended: store.suspended()?,
        carried: all_carried(store.as_ref())?,
        // What is only noted is no fault of a payer.
        broken: store
            .broken_rules()?
            .into_iter()
            .filter(|one| rules::rule(&one.rule).is_fault())
            .collect(),
    };
    match arguments.format {
        Format::Text => write_text(&told, &mut Harmless(out))?,
        Format::Json => write_json(&told, out)?,
    }
    Ok(Outcome::from_findings(!told.suspended.is_empty()))
}

fn write_text(told: &Told, out: &mut dyn Write) -> Result<(), Failure> {
    for total in &told.accounts {
        writeln!(out, "account {:<20} {:>16}", total.account.name(), total.amount)?;
    }
    if !told.suspended.is_empty() {
        writeln!(out, "waits in suspense; `claimgate queue attach` or `write-off` decides")?;
    }
    for one in &told.suspended {
        let claim = one.claim.map_or("no claim".to_owned(), |claim| format!("claim {}", claim.0));
        let day = one.paid_on.map_or("an unknown day".to_owned(), |day| day.to_string());
        writeln!(
            out,
            "  {:>14}  {claim}, {} trace {} of {day} (arrival {}, segment {}), CLP02 {}, charge {}; {}",
            one.amount,
            one.payer,
            one.trace,
            one.arrival.0,
            one.place.segment,
            one.status,
            one.charge,
            one.matched_by
        )?;
    }
    if !told.carried.is_empty() {
        writeln!(out, "carried forward or taken back, and not met; a minus is still to be taken")?;
    }
    for one in &told.carried {
        let Open { payer, payee, reason, reference, amount } = one;
        let (payee, reference) = (beginning(payee), beginning(reference.expose()));
        let said = if reason == REFUND { "sent back of" } else { reason };
        writeln!(out, "  {amount:>14}  {payer} to {payee}, PLB {said} {reference}")?;
    }
    if !told.broken.is_empty() {
        writeln!(out, "rules of remittances that payers broke")?;
    }
    for one in &told.broken {
        let rule = rules::rule(&one.rule);
        writeln!(
            out,
            "  {}: {}, {}; {} times in {} remittances",
            one.payer,
            rule.cited(),
            rule.name,
            one.times,
            one.remittances
        )?;
    }
    Ok(())
}

/// As much of what a payer wrote as fits on a line; all of it stands in `--format json`.
fn beginning(text: &str) -> String {
    let mut letters = text.chars();
    let beginning: String = letters.by_ref().take(REFERENCE_CHARACTERS_MAX).collect();
    let more = if letters.next().is_some() { "\u{2026}" } else { "" };
    format!("{}{more}", harmless(&beginning))
}

/// PLB03-2 has fifty characters.
const REFERENCE_CHARACTERS_MAX: usize = 60;

fn write_json(told: &Told, out: &mut dyn Write) -> Result<(), Failure> {
    let accounts: serde_json::Map<_, _> = told
        .accounts
        .iter()
        .map(|total| (total.account.name().to_owned(), json!(total.amount.cents())))
        .collect();
    let suspended: Vec<_> = told
        .suspended
        .iter()
        .map(|one| {
            json!({
                "amount_cents": one.amount.cents(), "claim": one.claim.map(|claim| claim.0),
                "payer": one.payer, "trace": one.trace, "arrival": one.arrival.0,
                "paid_on": one.paid_on.map(|day| day.to_string()), "status": one.status,
                "charge_cents": one.charge.cents(), "matched_by": one.matched_by,
                "position": one.place.segment, "offset": one.place.offset,
            })
        })
        .collect();
    let carried: Vec<_> = told
        .carried
        .iter()
        .map(|one| {
            json!({
                "payer": one.payer, "payee": one.payee, "reason": one.reason,
                "reference": one.reference.expose(), "amount_cents": one.amount.cents(),
            })
        })
        .collect();
    let broken: Vec<_> = told
        .broken
        .iter()
        .map(|one| {
            json!({
                "payer": one.payer, "rule": one.rule, "rfis": rules::rule(&one.rule).rfis,
                "times": one.times, "remittances": one.remittances,
            })
        })
        .collect();
    let object = json!({
        "kind": "ledger", "accounts_cents": accounts, "suspended": suspended,
        "carried": carried, "broken_rules": broken,
    });
    writeln!(out, "{object}")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_reference_its_beginning_is_told() {
        assert_eq!(beginning("P1001"), "P1001");
        assert_eq!(beginning("P1\naccount cash"), "P1\u{240a}account cash");
        let long = beginning(&"7".repeat(40_000));
        assert_eq!(long, format!("{}\u{2026}", "7".repeat(60)));
    }
}
