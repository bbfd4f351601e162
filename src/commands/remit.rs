//! `claimgate remit`.

pub mod draft;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use x12::value::{Day, Decimal, Money};
use x12::view::remittance::{Remittance, remittance};

use super::ahead::{each_remittance, open_ahead};
use super::store::{Desk, open};
use super::terminal::Harmless;
use super::{Failure, Format, Outcome, count, parse_day};
use crate::intake::judge::{judge, objection};
use crate::reconcile::balance::{Balance, Equation, Sign, balance};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate remit payment.835\n  \
    claimgate --data DIR remit --draft 12 15 --check 8841 --paid-on 2026-10-06 -o paper.json")]
pub struct RemitArguments {
    /// The remittance, an 835.
    #[arg(value_name = "FILE", required_unless_present = "draft", conflicts_with = "draft")]
    file: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Also the equations that hold.
    #[arg(long)]
    all: bool,
    /// Write a remittance for these claims instead, by their numbers here: a JSON document in which a person fills
    /// in what a payment on paper says.
    #[arg(long, value_name = "CLAIM", num_args = 1.., requires_all = ["check", "paid_on"])]
    draft: Vec<i64>,
    /// The number of the check, or of the transfer.
    #[arg(long, value_name = "NUMBER", requires = "draft")]
    check: Option<String>,
    /// The day of the check.
    #[arg(long, value_name = "DAY", value_parser = parse_day, requires = "draft")]
    paid_on: Option<Day>,
    /// Who paid, by its name in the settings; without it the payer that the claims went to.
    #[arg(long, value_name = "NAME", requires = "draft")]
    payer: Option<String>,
    /// Where to write the draft; to the terminal without it.
    #[arg(short, long, value_name = "FILE", requires = "draft")]
    output: Option<PathBuf>,
}

/// Balances every remittance of a file, or writes one for a person to complete.
pub fn run(
    arguments: &RemitArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let Some(path) = &arguments.file else {
        return draft::write(arguments, &open(desk)?, out);
    };
    let (mut file, len) = open_ahead(path)?;
    let mut differs = false;
    each_remittance(&mut file, (path, len), &mut |around, remitted| {
        let (interchange, group, set) = remitted;
        let judged = judge(interchange, group, set);
        let remittance = remittance(interchange, set, &judged.walked);
        let balance = balance(&remittance);
        let told = Told {
            remittance: &remittance,
            balance: &balance,
            objection: objection(around.0, around.1, &judged),
            all: arguments.all,
        };
        differs |= !balance.adds_up() || told.objection.is_some();
        match arguments.format {
            Format::Json => write_json(&told, out),
            Format::Text => write_text(&told, &mut Harmless(out)),
        }
    })?;
    Ok(Outcome::from_findings(differs))
}

/// What there is to say of one remittance.
struct Told<'t, 'a> {
    remittance: &'t Remittance<'a>,
    balance: &'t Balance,
    /// Why its file is not taken as it is.
    objection: Option<&'static str>,
    /// Also the equations that hold.
    all: bool,
}

fn write_text(told: &Told<'_, '_>, out: &mut dyn Write) -> Result<(), Failure> {
    let Told { remittance, balance, objection, all } = *told;
    let amount = match remittance.amount.decimal() {
        Some(amount) => amount.to_string(),
        None => "no amount that can be read".to_owned(),
    };
    let payer = remittance.payer.as_ref().map(|payer| payer.last_name.text().into_owned());
    writeln!(
        out,
        "remittance {} of {amount} from {}: {}, {}",
        remittance.trace.text(),
        payer.unwrap_or_default(),
        count(remittance.claims.len() as u64, "claim"),
        count(remittance.provider_adjustments.len() as u64, "provider adjustment")
    )?;
    if let Some(objection) = objection {
        writeln!(out, "  {objection}; `claimgate check` says why")?;
    }
    for equation in &balance.equations {
        if !equation.holds() || all {
            write_equation(equation, out)?;
        }
    }
    for found in &balance.findings {
        let of = found.claim.map(|ordinal| format!(" of claim {ordinal}")).unwrap_or_default();
        let (segment, byte) = (found.place.segment, found.place.offset);
        writeln!(
            out,
            "  {} {}{of}, segment {segment} (byte {byte}): {}",
            found.rule.cited(),
            found.rule.effect.name(),
            found.message()
        )?;
    }
    let wrong = balance.differences().count() as u64;
    let all = balance.equations.len() as u64;
    writeln!(out, "  of {}: {} right, {wrong} wrong", count(all, "equation"), all - wrong)?;
    Ok(())
}

fn write_equation(equation: &Equation, out: &mut dyn Write) -> Result<(), Failure> {
    let verdict = if equation.holds() { "holds" } else { "DOES NOT HOLD" };
    writeln!(
        out,
        "  {} {verdict}: {}: {} against {}, segment {} (byte {})",
        equation.rule().cited(),
        equation.what,
        equation.left,
        equation.right,
        equation.place.segment,
        equation.place.offset
    )?;
    if !equation.is_readable || equation.holds_with_beyond() {
        writeln!(out, "    {}", equation.message())?;
    }
    for term in &equation.terms {
        let sign = match term.sign {
            Sign::Plus => '+',
            Sign::Minus => '-',
        };
        writeln!(
            out,
            "    {sign} {:>14}  {}, segment {}",
            term.amount, term.what, term.place.segment
        )?;
    }
    Ok(())
}

/// Whole cents; none for what is finer, or too large to reckon with.
fn cents(amount: Decimal) -> Option<i64> {
    amount.money().map(Money::cents)
}

fn write_json(told: &Told<'_, '_>, out: &mut dyn Write) -> Result<(), Failure> {
    let Told { remittance, balance, objection, all } = *told;
    let equations: Vec<_> = balance
        .equations
        .iter()
        .filter(|equation| all || !equation.holds())
        .map(|equation| {
            let terms: Vec<_> = equation
                .terms
                .iter()
                .map(|term| {
                    json!({
                        "what": term.what, "amount_cents": cents(term.amount),
                        "subtracts": matches!(term.sign, Sign::Minus),
                        "position": term.place.segment, "offset": term.place.offset,
                    })
                })
                .collect();
            json!({
                "rule": equation.rule, "rfis": equation.rule().rfis, "what": equation.what, "holds": equation.holds(),
                "left_cents": cents(equation.left), "right_cents": cents(equation.right),
                "blocks_posting": equation.blocks_posting,
                "position": equation.place.segment, "offset": equation.place.offset,
                "terms": terms,
            })
        })
        .collect();
    let findings: Vec<_> = balance
        .findings
        .iter()
        .map(|one| {
            json!({
                "rule": one.rule.id, "rfis": one.rule.rfis, "effect": one.rule.effect.name(),
                "claim": one.claim, "what": one.what, "why": one.rule.why, "fix": one.rule.fix,
                "position": one.place.segment, "offset": one.place.offset,
            })
        })
        .collect();
    let object = json!({
        "kind": "remittance",
        "trace": remittance.trace.text(),
        "amount_cents": remittance.amount.decimal().and_then(cents),
        "claims": remittance.claims.len(),
        "is_balanced": balance.adds_up(),
        "may_post": balance.may_post(),
        "equations": equations,
        "findings": findings,
        "objection": objection,
    });
    writeln!(out, "{object}")?;
    Ok(())
}
