//! `claimgate contracts`: what payers owe by contract, tried on claims, and what they were seen to pay.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use x12::interchange::{Group, Interchange, Set};
use x12::value::{Day, Money};
use x12::view::claim::{Claim, Line, claims};

use super::ahead::{each_set, open_ahead};
use super::store::{Desk, load_plan, open};
use super::terminal::Harmless;
use super::{Failure, Format, Outcome, count};
use crate::code_sets::library::Library;
use crate::contracts::learned::{Key, LINES_MIN, Rates, Seen};
use crate::contracts::price::{Billed, BilledLine, Priced, Unpriced, price};
use crate::contracts::terms::{Book, By, Contract, Party, Rate, SeveralBy};
use crate::intake::judge::judge;
use crate::settings::plan::Plan;
use crate::shelf;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate --config config/claimgate.toml contracts check\n  \
    claimgate --config config/claimgate.toml contracts price batch.edi\n  \
    claimgate --data /var/lib/claimgate contracts rates --payer acme")]
pub struct ContractsArguments {
    #[command(subcommand)]
    command: ContractsCommand,
}

#[derive(Debug, Subcommand)]
enum ContractsCommand {
    /// Read config/contracts/ as the daemon would, and say what it comes to.
    #[command(after_help = "Example:\n  claimgate --config config/claimgate.toml contracts check")]
    Check {
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// What the contracts pay for each line of claims, and how that is come by.
    #[command(
        after_help = "Example:\n  claimgate --config config/claimgate.toml contracts price batch.edi"
    )]
    Price {
        /// The claims, an 837.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Price them as this payer's, whatever payer they name.
        #[arg(long, value_name = "NAME")]
        payer: Option<String>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// The rates that payments imply: charge less CO-45.
    #[command(
        after_help = "Example:\n  claimgate --data /var/lib/claimgate contracts rates --payer acme"
    )]
    Rates {
        /// Only those of this payer.
        #[arg(long, value_name = "NAME")]
        payer: Option<String>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

/// Checks contracts, prices claims, prints rates.
pub fn run(
    arguments: &ContractsArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    match &arguments.command {
        ContractsCommand::Check { format } => check(desk, *format, &mut Harmless(out)),
        ContractsCommand::Price { file, payer, format } => {
            let plan = load_plan(desk)?;
            let codes = shelf::load(desk.data)?;
            let pricing = Pricing { plan: &plan, codes: &codes, payer: payer.as_deref() };
            pricing.run(file, *format, &mut Harmless(out))
        }
        ContractsCommand::Rates { payer, format } => {
            let rates: Rates = open(desk)?.store.all_rates()?.into_iter().collect();
            let is_asked = |key: &&Key| payer.as_ref().is_none_or(|payer| key.payer == *payer);
            for key in rates.keys().filter(is_asked) {
                write_rates(key, &rates.seen(key), *format, &mut Harmless(&mut *out))?;
            }
            Ok(Outcome::Clean)
        }
    }
}

/// What contracts there are, and which code sets they need that are not at hand.
fn check(desk: &Desk<'_>, format: Format, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let plan = load_plan(desk)?;
    let codes = shelf::load(desk.data)?;
    let contracts = plan.contracts.contracts();
    let mut lacks_any = false;
    for contract in contracts {
        let lacking = lacking(contract, &codes);
        lacks_any |= !lacking.is_empty();
        let rates: Vec<String> = contract.rates.iter().map(rate_told).collect();
        let Contract { name, file, payer, from, to, .. } = contract;
        if format == Format::Json {
            let object = json!({
                "kind": "contract", "contract": name, "file": file, "payer": payer,
                "from": from.map(|day| day.to_string()), "to": to.map(|day| day.to_string()),
                "plans": contract.plans, "providers": contract.providers, "rates": rates,
                "lacks": lacking,
            });
            writeln!(out, "{object}")?;
            continue;
        }
        writeln!(out, "{name}: payer {payer}, services {}", days_told(*from, *to))?;
        for rate in rates {
            writeln!(out, "  {rate}")?;
        }
        for set in lacking {
            writeln!(
                out,
                "  needs {set}, which is not at hand; `claimgate codes import {set} FILE`"
            )?;
        }
    }
    if format == Format::Text {
        writeln!(out, "{}, nothing wrong with any", count(contracts.len() as u64, "contract"))?;
    }
    Ok(Outcome::from_findings(lacks_any))
}

fn days_told(from: Option<Day>, to: Option<Day>) -> String {
    let day = |day: Option<Day>, open: &str| day.map_or(open.to_owned(), |day| day.to_string());
    format!("from {} to {}", day(from, "the first"), day(to, "the last"))
}

fn rate_told(rate: &Rate) -> String {
    let Rate { name, share, .. } = rate;
    match &rate.by {
        By::Charge => format!("{name}: {share} of the charge"),
        By::Amount(amount) => format!("{name}: {amount}"),
        By::Schedule(schedule) => {
            let codes = count(schedule.len() as u64, "code");
            format!("{name}: {share} of {}, {codes}", schedule.file)
        }
        By::Medicare(asked) => {
            let at = if asked.locality.is_empty() { "without a locality" } else { &asked.locality };
            format!("{name}: {share} of Medicare's fee schedule, {at}")
        }
    }
}

/// Code sets that a contract is priced by and that are not imported.
fn lacking(contract: &Contract, codes: &Library) -> Vec<&'static str> {
    let rates = || contract.rates.iter().map(|rate| &rate.by);
    let by_medicare = rates().any(|by| matches!(by, By::Medicare(_)))
        || contract.bilateral.is_some_and(|both| both.by_medicare)
        || contract
            .several
            .as_ref()
            .is_some_and(|one| matches!(one.by, SeveralBy::Medicare { .. }));
    let by_locality = rates().any(|by| matches!(by, By::Medicare(one) if !one.locality.is_empty()));
    let asked = [("mpfs", by_medicare), ("mpfs-gpci", by_locality)];
    let lacks = |(set, is_asked): &(&str, bool)| *is_asked && codes.imported(set).is_none();
    asked.into_iter().filter(lacks).map(|(set, _)| set).collect()
}

/// What claims are priced by.
struct Pricing<'a> {
    plan: &'a Plan,
    codes: &'a Library,
    payer: Option<&'a str>,
}

/// Of all claims of a file.
#[derive(Default)]
struct Total {
    lines: u64,
    priced: u64,
    charge: Money,
    allowed: Money,
    has_unpriced: bool,
}

impl Pricing<'_> {
    fn run(&self, path: &Path, format: Format, out: &mut dyn Write) -> Result<Outcome, Failure> {
        if let Some(payer) = self.payer
            && !self.plan.payers.iter().any(|known| known.name.as_str() == payer)
        {
            let text = format!("no payer of the settings is called {payer}");
            return Err(Failure::Unusable(text));
        }
        let (mut file, len) = open_ahead(path)?;
        let mut total = Total::default();
        each_set(&mut file, (path, len), ("837", "claims (837)"), &mut |_, given| {
            self.set(given, &mut total, format, out)
        })?;
        let Total { lines, priced, charge, allowed, has_unpriced } = total;
        if format == Format::Text {
            writeln!(out, "{} of {} priced: {allowed} of {charge}", priced, count(lines, "line"))?;
        }
        Ok(Outcome::from_findings(has_unpriced))
    }

    fn set(
        &self,
        (interchange, group, set): (&Interchange, &Group, &Set),
        total: &mut Total,
        format: Format,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let judged = judge(interchange, group, set);
        for claim in claims(interchange, set, &judged.walked) {
            let payer = self.payer.map(str::to_owned).or_else(|| {
                let id = claim.payer.as_ref()?.id.text().into_owned();
                Some(self.plan.route(&id)?.name.to_string())
            });
            let payer = payer.unwrap_or_default();
            let lines = priced(&self.plan.contracts, &claim, &payer, self.codes);
            let number = claim.patient_control_number.text();
            if format == Format::Text {
                let payer = if payer.is_empty() { "no payer of the settings" } else { &payer };
                writeln!(out, "claim {number}, {payer}")?;
            }
            for (line, priced) in claim.lines.iter().zip(lines) {
                total.take(line, &priced);
                match format {
                    Format::Text => write_line(line, &priced, out)?,
                    Format::Json => {
                        let mut object = line_json(line, &priced);
                        object["claim"] = json!(number);
                        object["payer"] = json!(payer);
                        writeln!(out, "{object}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The lines of a claim as contracts price them.
fn priced(book: &Book, claim: &Claim<'_>, payer: &str, codes: &Library) -> Vec<Priced> {
    let text = |field: &x12::segment::Field<'_>| field.text().trim().to_ascii_uppercase();
    let plans = [claim.subscriber.group_number, claim.subscriber.filing_indicator];
    let plans: Vec<String> = plans.iter().map(text).filter(|plan| !plan.is_empty()).collect();
    let provider = text(&claim.billing.id);
    let read = |line: &Line<'_>| {
        let code = text(&line.procedure.code);
        let revenue = line.revenue_code.map(|code| text(&code)).unwrap_or_default();
        let modifiers: Vec<String> = line.procedure.modifiers.iter().map(text).collect();
        let place = text(&claim.place_of(line));
        (if code.is_empty() { revenue } else { code }, modifiers, place, text(&line.unit))
    };
    let texts: Vec<_> = claim.lines.iter().map(read).collect();
    let lines =
        claim.lines.iter().zip(&texts).map(|(line, (code, modifiers, place, unit))| BilledLine {
            number: line.number.text().parse().unwrap_or_default(),
            code,
            modifiers,
            place,
            charge: line.charge.money().unwrap_or_default(),
            units: line.units(),
            unit,
            day: claim.days_of(line).map(|days| days.from),
        });
    let party = Party { payer, plans: &plans, provider: &provider };
    price(book, &Billed { party, lines: lines.collect() }, codes)
}

impl Total {
    fn take(&mut self, line: &Line<'_>, priced: &Priced) {
        self.lines += 1;
        match &priced.price {
            Ok(price) => {
                self.priced += 1;
                self.charge += line.charge.money().unwrap_or_default();
                self.allowed += price.allowed;
            }
            Err(Unpriced::NoContract) => {}
            Err(Unpriced::Why { .. }) => self.has_unpriced = true,
        }
    }
}

fn write_line(line: &Line<'_>, priced: &Priced, out: &mut dyn Write) -> Result<(), Failure> {
    let (number, charge) = (priced.line, line.charge.money().unwrap_or_default());
    match &priced.price {
        Ok(price) => {
            let (allowed, contract, words) = (price.allowed, &price.contract, &price.words);
            writeln!(out, "  line {number:>3} {charge:>12} {allowed:>12}  {contract}: {words}")?;
        }
        Err(Unpriced::NoContract) => {
            writeln!(out, "  line {number:>3} {charge:>12} {:>12}  no contract", "-")?;
        }
        Err(Unpriced::Why { contract, why }) => {
            writeln!(out, "  line {number:>3} {charge:>12} {:>12}  {contract}: {why}", "-")?;
        }
    }
    Ok(())
}

fn line_json(line: &Line<'_>, priced: &Priced) -> Value {
    let charge = line.charge.money().unwrap_or_default().cents();
    let number = priced.line;
    match &priced.price {
        Ok(price) => json!({
            "line": number, "charge_cents": charge, "allowed_cents": price.allowed.cents(),
            "fee_cents": price.fee.cents(), "contract": price.contract, "words": price.words,
            "sequestration": price.sequestration.map(|share| share.to_string()),
        }),
        Err(Unpriced::NoContract) => {
            json!({"line": number, "charge_cents": charge, "why": "no contract"})
        }
        Err(Unpriced::Why { contract, why }) => {
            json!({"line": number, "charge_cents": charge, "contract": contract, "why": why})
        }
    }
}

fn write_rates(
    key: &Key,
    rates: &[Seen],
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    for rate in rates {
        let Seen { amount, times, .. } = rate;
        let (Some(first), Some(last)) = (rate.first(), rate.last()) else { continue };
        if format == Format::Json {
            let object = json!({
                "kind": "rate", "payer": key.payer, "payee": key.payee, "plan": key.plan,
                "code": key.code, "modifiers": key.modifiers, "place": key.place,
                "amount_cents": amount.cents(), "lines": times, "first": first.to_string(),
                "last": last.to_string(), "is_rate": LINES_MIN <= *times,
            });
            writeln!(out, "{object}")?;
            continue;
        }
        let what = format!("{} {}", key.code, key.modifiers);
        writeln!(
            out,
            "{} to {}, plan {}: {:<12} place {:<2} {amount:>12}  {} from {first} to {last}{}",
            key.payer,
            key.payee,
            key.plan,
            what.trim_end(),
            key.place,
            count(u64::from(times.unsigned_abs()), "line"),
            if *times < LINES_MIN { ", too few for a rate" } else { "" }
        )?;
    }
    Ok(())
}
