//! The bank of those who are paid: what it shows of the payer's transfers, as its script tells it.

mod bai2;
mod nacha;
mod table;

use x12::value::{Day, Money};

use super::cycle::Payment;
use super::script::deposits::{Bank, DepositRule, Shown};
use super::script::{Payer, Script, chance};
use super::{State, When};
use crate::bank::Form;

/// What is on its way to the bank, and what the bank has shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Till {
    /// The number of the last file.
    pub files: u32,
    /// The number of the last transfer.
    pub transfers: u32,
    /// The trace number of the last one.
    pub trace: String,
    /// In the order in which they were paid.
    pub coming: Vec<Transfer>,
}

/// Money on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    pub number: u32,
    /// The cycle that shows it.
    pub due: u32,
    pub amount: Money,
    /// TRN02 as the bank has it; empty when it leaves the addenda out.
    pub trace: String,
    pub payee: String,
    pub payee_id: String,
}

/// A file of the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankFile {
    pub number: u32,
    pub form: Form,
    pub bytes: Vec<u8>,
}

impl BankFile {
    /// What it is called. Names follow the order in which the bank wrote.
    pub fn file_name(&self) -> String {
        let ending = match self.form {
            Form::Nacha | Form::Any => "ach",
            Form::Bai2 => "bai",
            Form::Csv => "csv",
        };
        format!("{:06}_deposits.{ending}", self.number)
    }
}

/// Sends the money of a payment on its way, as the first rule that fits says; what none fits comes
/// whole in the same cycle. What is paid by check is in no file.
pub(super) fn transfer(script: &Script, state: &mut State, payment: &Payment) {
    let Some(bank) = &script.bank else { return };
    if payment.amount.is_zero() || script.payer.pays_by != "ACH" {
        return;
    }
    let rule = bank.rule(script.seed, state.cycle, payment);
    let amount = payment.amount + rule.off_by;
    if rule.is_missing || amount <= Money::ZERO {
        return;
    }
    let till = &mut state.till;
    let trace = match rule.trace {
        Shown::Own => payment.trace.clone(),
        Shown::Before if till.trace.is_empty() => payment.trace.clone(),
        Shown::Before => till.trace.clone(),
        Shown::Unknown => format!("X{}", payment.trace),
        Shown::Nothing => String::new(),
    };
    till.trace.clone_from(&payment.trace);
    for _ in 0..=rule.again {
        till.transfers += 1;
        till.coming.push(Transfer {
            number: till.transfers,
            due: state.cycle + rule.late,
            amount,
            trace: trace.clone(),
            payee: payment.payee.name.clone(),
            payee_id: payment.payee.id().to_owned(),
        });
    }
}

impl Bank {
    fn rule(&self, seed: u64, cycle: u32, payment: &Payment) -> DepositRule {
        let fits = |(index, rule): &(usize, &DepositRule)| {
            let drawn = chance(seed, &payment.trace, *index as u64) % 100;
            rule.cycle.is_none_or(|own| own == cycle)
                && (rule.payee.is_empty() || rule.payee == payment.payee.id())
                && drawn < rule.percent
        };
        let rule = self.deposits.iter().enumerate().find(fits);
        rule.map(|(_, rule)| rule.clone()).unwrap_or_default()
    }
}

/// What the bank shows by now; `None` when nothing came since its last file.
pub(super) fn statement(script: &Script, state: &mut State, when: &When) -> Option<BankFile> {
    let form = script.bank.as_ref()?.form;
    let cycle = state.cycle;
    let till = &mut state.till;
    // A cycle is over when it is counted.
    let shown: Vec<Transfer> = till.coming.extract_if(.., |one| one.due < cycle).collect();
    if shown.is_empty() {
        return None;
    }
    till.files += 1;
    let letter = Letter { payer: &script.payer, when, number: till.files, transfers: &shown };
    let text = match form {
        Form::Nacha | Form::Any => nacha::write(&letter),
        Form::Bai2 => bai2::write(&letter),
        Form::Csv => table::write(&letter),
    };
    Some(BankFile { number: till.files, form, bytes: text.into_bytes() })
}

/// What goes into a file.
struct Letter<'a> {
    payer: &'a Payer,
    when: &'a When,
    number: u32,
    transfers: &'a [Transfer],
}

impl Letter<'_> {
    fn total(&self) -> Money {
        self.transfers.iter().map(|one| one.amount).sum()
    }

    /// YYMMDD.
    fn day(&self) -> String {
        short(self.when.today)
    }

    /// TRN03, under which the payer also has its transfers made.
    fn company(&self) -> String {
        format!("1{}", self.payer.tax_id)
    }

    /// The TRN of a remittance, as it comes to the bank; empty when it does not.
    fn trn(&self, transfer: &Transfer) -> String {
        match transfer.trace.as_str() {
            "" => String::new(),
            trace => format!("TRN*1*{trace}*{}~", self.company()),
        }
    }
}

fn short(day: Day) -> String {
    day.to_wire().get(2..).unwrap_or_default().to_owned()
}

/// Text as banks take it, at most so long.
fn plain(text: &str, length: usize) -> String {
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || " .&-".contains(*letter);
    text.chars().filter(is_plain).take(length).collect::<String>().to_ascii_uppercase()
}
