//! `claimgate bank`: files of the bank, deposits, and whose money they are.

mod by_reference;
mod cancelled;
mod refund;
mod returned;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;
use x12::fault::Place;
use x12::value::Money;

use self::refund::RefundArguments;
use super::queue::{name_of, parse_name, parse_words};
use super::store::{Desk, Office, load_without_contracts, open};
use super::terminal::Harmless;
use super::{Failure, Format, Outcome, count};
use crate::bank::{self, BankFile, Entry, Wrong, persons};
use crate::change::Change;
use crate::change::deposits::{
    Asked, Awaited, DepositId, KeptDeposit, Pairing, PaymentId, Reassociation, WrittenOff,
};
use crate::change::refunds::RefundId;
use crate::gateway::{self, Gateway, receive};
use crate::responses::paid;
use crate::store::archive;
use crate::transport::Arrival;
use crate::transport::settle;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  claimgate bank show deposits.ach\n  claimgate bank take deposits.ach\n  \
    claimgate bank deposits\n  claimgate bank match 7 12 --reason \"same payer and week\" --by ann"
)]
pub struct BankArguments {
    #[command(subcommand)]
    command: BankCommand,
    #[arg(long, value_enum, global = true, default_value = "text")]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum BankCommand {
    /// What a file of the bank holds, or what is wrong with it; nothing is kept.
    #[command(after_help = "Example:\n  claimgate bank show deposits.ach")]
    Show {
        /// A NACHA, BAI2 or CSV file.
        file: PathBuf,
    },
    /// Bring a file of the bank in, as the watched directory does.
    #[command(
        after_help = "Example:\n  claimgate --data /var/lib/claimgate bank take deposits.ach"
    )]
    Take {
        /// A NACHA, BAI2 or CSV file.
        file: PathBuf,
    },
    /// Deposits, and the remittances whose money they are; then remittances without a deposit.
    #[command(after_help = "Example:\n  claimgate bank deposits --all")]
    Deposits {
        /// Also deposits that are settled.
        #[arg(long)]
        all: bool,
        /// At most so many.
        #[arg(long, default_value = "100")]
        limit: u32,
    },
    /// Say that a deposit is the money of one remittance, or of several.
    #[command(
        after_help = "Example:\n  claimgate bank match 7 12 13 --reason \"the payer says so\" --by ann"
    )]
    Match {
        /// The deposit's number.
        deposit: i64,
        /// The remittances' numbers.
        #[arg(required = true)]
        remittances: Vec<i64>,
        #[command(flatten)]
        why: Why,
    },
    /// Undo a match that a person made.
    #[command(
        after_help = "Example:\n  claimgate bank part 7 --reason \"it was another week\" --by ann"
    )]
    Part {
        /// The deposit's number.
        deposit: i64,
        #[command(flatten)]
        why: Why,
    },
    /// Give up what of a remittance no bank has shown: a fee that was kept, or money that never comes.
    #[command(
        after_help = "Example:\n  claimgate bank write-off 12 --reason \"fee of the card\" --by ann"
    )]
    WriteOff {
        /// The remittance's number.
        remittance: i64,
        #[command(flatten)]
        why: Why,
    },
    /// Undo what was written off of a remittance: it waits for its money again.
    #[command(
        after_help = "Example:\n  claimgate bank reopen 12 --reason \"the rest came\" --by ann"
    )]
    Reopen {
        /// The remittance's number.
        remittance: i64,
        #[command(flatten)]
        why: Why,
    },
    /// Book what the office sends back to a payer, by check or transfer.
    #[command(
        after_help = "Examples:\n  claimgate bank refund --reference 2026101RA --number 881 --reason \"refund of \
        October\" --by ann\n  claimgate bank refund --claim 7 --amount 65.00 --number 881 --reason \"paid twice\" \
        --by ann"
    )]
    Refund(RefundArguments),
    /// A refund that was booked was not sent, or was stopped.
    #[command(
        after_help = "Example:\n  claimgate bank cancel-refund 3 --reason \"the check was stopped\" --by ann"
    )]
    CancelRefund {
        /// The refund's number.
        refund: i64,
        #[command(flatten)]
        why: Why,
    },
    /// Refunds that were booked, and what payers have not told of yet.
    #[command(after_help = "Example:\n  claimgate bank refunds")]
    Refunds,
    /// Put a deposit aside that pays no claims, or that another file told already.
    #[command(
        after_help = "Example:\n  claimgate bank set-aside 7 --reason \"card payments\" --by ann"
    )]
    SetAside {
        /// The deposit's number.
        deposit: i64,
        #[command(flatten)]
        why: Why,
    },
}

#[derive(Debug, Args)]
struct Why {
    /// Why; kept with the deposit or the remittance.
    #[arg(long, value_name = "TEXT", value_parser = parse_words)]
    reason: String,
    /// Who does it; the system's user without it.
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    by: Option<String>,
}

impl Why {
    fn told(&self) -> Result<String, Failure> {
        Ok(format!("{}: {}", name_of(self.by.as_deref())?, self.reason))
    }
}

/// Reads files of the bank, and works on deposits.
pub fn run(
    arguments: &BankArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    match &arguments.command {
        BankCommand::Show { file } => {
            let plan = load_without_contracts(desk)?.bank;
            let read = bank::read(&bytes_of(file)?, plan.form, &plan.columns);
            show(read, arguments.format, out)
        }
        BankCommand::Take { .. }
        | BankCommand::Deposits { .. }
        | BankCommand::Match { .. }
        | BankCommand::Part { .. }
        | BankCommand::WriteOff { .. }
        | BankCommand::Reopen { .. }
        | BankCommand::Refund(_)
        | BankCommand::CancelRefund { .. }
        | BankCommand::Refunds
        | BankCommand::SetAside { .. } => work_on(arguments, &open(desk)?, out),
    }
}

/// Works on the deposits of a store that is open.
pub fn work_on(
    arguments: &BankArguments,
    office: &Office,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let bank = Bank { office, format: arguments.format };
    let stamp = office.stamp();
    match &arguments.command {
        BankCommand::Show { .. } => Ok(Outcome::Clean),
        BankCommand::Take { file } => bank.take(file, out),
        BankCommand::Deposits { all, limit } => bank.list(*all, *limit, out),
        BankCommand::Match { deposit, remittances, why } => {
            let payments: Vec<PaymentId> = remittances.iter().copied().map(PaymentId).collect();
            let (id, why) = (DepositId(*deposit), why.told()?);
            let asked = Asked { deposit: Some(id), payments: payments.clone() };
            let known = office.store.reassociation(&asked)?;
            bank.decide(persons::matched(&known, id, &payments, &why, &stamp), id, out)
        }
        BankCommand::Part { deposit, why } => {
            let (id, why) = (DepositId(*deposit), why.told()?);
            let known = office.store.reassociation(&asked_for(id))?;
            bank.decide(persons::parted(&known, id, &why, &stamp), id, out)
        }
        BankCommand::WriteOff { remittance, why } => {
            let (id, why) = (PaymentId(*remittance), why.told()?);
            let (known, source) = bank.remittance(id)?;
            bank.settle(persons::written_off(&known, id, &why, (source, &stamp)), id, out)
        }
        BankCommand::Reopen { remittance, why } => {
            let (id, why) = (PaymentId(*remittance), why.told()?);
            let (known, source) = bank.remittance(id)?;
            bank.settle(persons::reopened(&known, id, &why, (source, &stamp)), id, out)
        }
        BankCommand::Refund(asked) => bank.refund(asked, out),
        BankCommand::CancelRefund { refund, why } => {
            bank.cancel_refund(RefundId(*refund), why, out)
        }
        BankCommand::Refunds => bank.refunds(out),
        BankCommand::SetAside { deposit, why } => {
            let (id, why) = (DepositId(*deposit), why.told()?);
            let known = office.store.reassociation(&asked_for(id))?;
            bank.decide(persons::set_aside(&known, id, &why, &stamp), id, out)
        }
    }
}

/// Deposits listed after a decision: the one that it is about is among the newest.
const LISTED_MAX: u32 = 100_000;

struct Bank<'a> {
    office: &'a Office,
    format: Format,
}

impl Bank<'_> {
    fn take(&self, file: &PathBuf, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let Office { plan, store, archive, now, .. } = self.office;
        let gateway = Gateway::beside(plan.clone(), store.clone(), archive.clone());
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let (channel, bytes) = (plan.bank.channel.clone(), bytes_of(file)?);
        let arrival = Arrival::of_bytes(channel, name.unwrap_or_default(), bytes.into(), *now);
        let handled = receive::take_in(&gateway, &arrival, *now)?;
        self.reassociate()?;
        match self.format {
            Format::Json => writeln!(out, "{}", handled.meta)?,
            Format::Text => {
                let summary = &handled.meta["summary"];
                let told = |key: &str| summary[key].as_u64().unwrap_or_default();
                match summary["refused"].as_str() {
                    Some(why) => writeln!(Harmless(out), "{why}")?,
                    None => writeln!(
                        out,
                        "arrival {}: {}, {} known already, {} that are none",
                        handled.arrival.0,
                        count(told("deposits"), "deposit"),
                        told("known_already"),
                        told("no_deposits")
                    )?,
                }
            }
        }
        Ok(Outcome::from_findings(handled.outcome == settle::Outcome::Error))
    }

    /// Pairs, cases and items are brought up to date at once; a daemon finds nothing left to do.
    fn reassociate(&self) -> Result<(), Failure> {
        let Office { plan, store, now, .. } = self.office;
        gateway::deposits::reassociate(store.as_ref(), plan, *now)?;
        Ok(())
    }

    /// What is known of a remittance, and where it says how much it pays.
    fn remittance(&self, id: PaymentId) -> Result<(Reassociation, Place), Failure> {
        let Office { store, archive, .. } = self.office;
        let known = store.reassociation(&Asked { deposit: None, payments: vec![id] })?;
        let found = known.payments.iter().find(|(known, _)| *known == id);
        // Whatever it is about, it is refused for that.
        let Some((_, payment)) = found else { return Ok((known, Place::default())) };
        let gone = || Failure::Unusable("the remittance is no longer in the archive".to_owned());
        let arrival = store.arrival(payment.arrival)?.ok_or_else(gone)?;
        let bytes = archive.get(&arrival.content)?;
        let source = paid::amount_of(&bytes, &payment.identity, archive::hash_of);
        Ok((known, source.ok_or_else(gone)?))
    }

    fn commit(&self, change: Result<Change, persons::Refusal>) -> Result<(), Failure> {
        let change = change.map_err(|refusal| Failure::Unusable(refusal.to_string()))?;
        self.office.store.commit(&change)?;
        self.reassociate()
    }

    /// Writes a decision about a remittance, and shows it.
    fn settle(
        &self,
        change: Result<Change, persons::Refusal>,
        id: PaymentId,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        self.commit(change)?;
        let known =
            self.office.store.reassociation(&Asked { deposit: None, payments: vec![id] })?;
        let written_off = self.office.store.written_off(LISTED_MAX)?;
        for (_, payment) in known.payments.iter().filter(|(known, _)| *known == id) {
            self.write_remittance((id, payment), unpaid(&known, id, payment), &written_off, out)?;
        }
        Ok(Outcome::Clean)
    }

    /// Writes a decision about a deposit, and shows it.
    fn decide(
        &self,
        change: Result<Change, persons::Refusal>,
        id: DepositId,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        self.commit(change)?;
        let listed = self.office.store.deposits(false, LISTED_MAX)?;
        let taken = bank::taken_back(&self.office.store.reassociation(&Asked::default())?);
        for (kept, pairings) in listed.iter().filter(|(kept, _)| kept.id == id) {
            self.write_deposit((kept, pairings), &taken, out)?;
        }
        Ok(Outcome::Clean)
    }

    fn list(&self, all: bool, limit: u32, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let listed = self.office.store.deposits(!all, limit)?;
        let known = self.office.store.reassociation(&Asked::default())?;
        let taken = bank::taken_back(&known);
        let is_told = |id: DepositId| all || !(taken.contains_key(&id) || is_taker(&taken, id));
        for (kept, pairings) in listed.iter().filter(|(kept, _)| is_told(kept.id)) {
            self.write_deposit((kept, pairings), &taken, out)?;
        }
        let written_off = self.office.store.written_off(if all { limit } else { LISTED_MAX })?;
        for (id, payment) in &known.payments {
            let unpaid = unpaid(&known, *id, payment);
            if !unpaid.is_zero() {
                self.write_remittance((*id, payment), unpaid, &written_off, out)?;
            }
        }
        if all {
            let open = |id| known.payments.iter().find(|(known, _)| *known == id);
            let is_settled =
                |id| open(id).is_none_or(|(_, payment)| unpaid(&known, id, payment).is_zero());
            let mut told = BTreeSet::new();
            for (one, payment) in &written_off {
                let id = one.payment;
                if is_settled(id) && told.insert(id) {
                    self.write_remittance((id, payment), Money::ZERO, &written_off, out)?;
                }
            }
        }
        let has_open =
            listed.iter().any(|(kept, pairings)| !left(kept, pairings, &taken).is_zero());
        Ok(Outcome::from_findings(has_open))
    }

    fn write_remittance(
        &self,
        (id, payment): (PaymentId, &Awaited),
        unpaid: Money,
        written_off: &[(WrittenOff, Awaited)],
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let day = payment.paid_on.map(|day| day.to_string());
        let own = written_off.iter().filter(|(one, _)| one.payment == id).map(|(one, _)| one);
        let own: Vec<&WrittenOff> = own.collect();
        if self.format == Format::Json {
            let own: Vec<_> = own
                .iter()
                .map(|one| json!({ "amount_cents": one.amount.cents(), "evidence": one.why }))
                .collect();
            let object = json!({
                "kind": "remittance", "id": id.0, "amount_cents": payment.amount.cents(),
                "open_cents": unpaid.cents(), "paid_on": day, "payer": payment.payer,
                "trace": payment.trace, "payer_id": payment.payer_id,
                "way": payment.way.name(), "arrival": payment.arrival.0, "written_off": own,
            });
            writeln!(out, "{object}")?;
            return Ok(());
        }
        let out = &mut Harmless(out);
        write!(
            out,
            "remittance {:>5}  {}  {:>14}  {} {} trace {}",
            id.0,
            day.unwrap_or_default(),
            payment.amount,
            payment.payer,
            payment.way.name(),
            payment.trace
        )?;
        if !unpaid.is_zero() {
            write!(out, "; no bank shows {unpaid} of it")?;
        }
        for WrittenOff { amount, why, .. } in own {
            write!(out, "; {amount} is written off ({why})")?;
        }
        writeln!(out)?;
        Ok(())
    }

    fn write_deposit(
        &self,
        (kept, pairings): (&KeptDeposit, &[Pairing]),
        taken: &BTreeMap<DepositId, DepositId>,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let KeptDeposit { id, deposit, set_aside } = kept;
        let left = left(kept, pairings, taken);
        let taker = taken.get(id).map(|taker| taker.0);
        let takes = taken.iter().find(|(_, taker)| *taker == id).map(|(of, _)| of.0);
        if self.format == Format::Json {
            let pairings: Vec<_> = pairings
                .iter()
                .map(|one| {
                    json!({
                        "remittance": one.payment.0, "amount_cents": one.amount.cents(),
                        "tier": one.tier.name(), "evidence": one.evidence,
                    })
                })
                .collect();
            let object = json!({
                "kind": "deposit", "id": id.0, "day": deposit.day.to_string(),
                "amount_cents": deposit.amount.cents(), "open_cents": left.cents(),
                "trace": deposit.trace, "payer_id": deposit.payer_id,
                "payer_name": deposit.payer_name, "way": deposit.way.name(),
                "arrival": deposit.arrival.0, "record": deposit.place.segment,
                "set_aside": set_aside, "remittances": pairings, "taken_back_by": taker,
                "takes_back": takes,
            });
            writeln!(out, "{object}")?;
            return Ok(());
        }
        let out = &mut Harmless(out);
        write!(
            out,
            "deposit {:>8}  {}  {:>14}  {} trace {}",
            id.0, deposit.day, deposit.amount, deposit.payer_name, deposit.trace
        )?;
        for one in pairings {
            let Pairing { payment, amount, tier, evidence, .. } = one;
            write!(out, "; {amount} is remittance {} ({}: {evidence})", payment.0, tier.name())?;
        }
        if let Some(taker) = taker {
            write!(out, "; the bank took it back: deposit {taker}")?;
        } else if let Some(of) = takes {
            write!(out, "; takes deposit {of} back")?;
        } else if !set_aside.is_empty() {
            write!(out, "; put aside: {set_aside}")?;
        } else if !left.is_zero() {
            write!(out, "; {left} is open")?;
        }
        writeln!(out)?;
        Ok(())
    }
}

fn asked_for(id: DepositId) -> Asked {
    Asked { deposit: Some(id), ..Asked::default() }
}

/// What of a remittance no bank shows, and nobody gave up.
fn unpaid(known: &Reassociation, id: PaymentId, payment: &Awaited) -> Money {
    let paired = known.pairings.iter().filter(|pairing| pairing.payment == id);
    let shown: Money = paired.map(|pairing| pairing.amount).sum();
    payment.amount - payment.written_off - shown
}

/// Whether an entry takes a deposit back.
fn is_taker(taken: &BTreeMap<DepositId, DepositId>, id: DepositId) -> bool {
    taken.values().any(|taker| *taker == id)
}

/// What of a deposit is the money of no remittance.
fn left(kept: &KeptDeposit, pairings: &[Pairing], taken: &BTreeMap<DepositId, DepositId>) -> Money {
    let paired: Money = pairings.iter().map(|pairing| pairing.amount).sum();
    let is_done = taken.contains_key(&kept.id) || is_taker(taken, kept.id);
    let is_open = kept.set_aside.is_empty() && !is_done;
    if is_open { kept.deposit.amount - paired } else { Money::ZERO }
}

fn show(
    read: Result<BankFile, Vec<Wrong>>,
    format: Format,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let file = match read {
        Ok(file) => file,
        Err(wrongs) => {
            for wrong in &wrongs {
                let Wrong { record, field, what, fix } = wrong;
                match format {
                    Format::Text => writeln!(out, "{wrong}")?,
                    Format::Json => writeln!(
                        out,
                        "{}",
                        json!({
                            "kind": "wrong", "record": record, "field": field, "what": what,
                            "fix": fix,
                        })
                    )?,
                }
            }
            return Ok(Outcome::ToActOn);
        }
    };
    for entry in &file.entries {
        let Entry { day, amount, way, trace, payer_id, payer_name, record, .. } = entry;
        match format {
            Format::Json => writeln!(
                out,
                "{}",
                json!({
                    "kind": "deposit", "record": record, "day": day.to_string(),
                    "amount_cents": amount.cents(), "way": way.name(), "trace": trace,
                    "payer_id": payer_id, "payer_name": payer_name,
                })
            )?,
            Format::Text => writeln!(
                Harmless(out),
                "record {record:>6}  {day}  {amount:>14}  {:<3}  trace {trace}, payer {payer_id} {payer_name}",
                way.name()
            )?,
        }
    }
    if format == Format::Text {
        let deposits = count(file.entries.len() as u64, "deposit");
        writeln!(out, "{}: {deposits}, {} that are none", file.form.name(), file.others)?;
    }
    Ok(Outcome::Clean)
}

fn bytes_of(file: &PathBuf) -> Result<Vec<u8>, Failure> {
    std::fs::read(file)
        .map_err(|error| Failure::Unusable(format!("{} cannot be read: {error}", file.display())))
}
