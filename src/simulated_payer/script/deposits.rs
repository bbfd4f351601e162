//! What becomes of the payer's transfers at the bank of those who are paid.

use serde::Deserialize;
use toml::Spanned;
use x12::value::Money;

use super::{Reader, Written};
use crate::bank::Form;

/// The bank of those who are paid.
#[derive(Clone, Debug)]
pub struct Bank {
    pub form: Form,
    /// The first that fits a payment is what becomes of its deposit.
    pub deposits: Vec<DepositRule>,
}

impl Default for Bank {
    fn default() -> Bank {
        Bank { form: Form::Nacha, deposits: Vec::new() }
    }
}

/// What becomes of the deposits of some payments; by itself, that they come at once and whole.
#[derive(Clone, Debug)]
pub struct DepositRule {
    /// Those of this cycle; the first is 0.
    pub cycle: Option<u32>,
    /// Those to this NPI or tax id; to everybody when it is empty.
    pub payee: String,
    /// Of a hundred that fit, so many.
    pub percent: u64,
    /// It comes so many cycles later.
    pub late: u32,
    pub is_missing: bool,
    /// It is so much more than the remittance says.
    pub off_by: Money,
    pub trace: Shown,
    /// How often the payer pays it again.
    pub again: u32,
}

impl Default for DepositRule {
    fn default() -> DepositRule {
        DepositRule {
            cycle: None,
            payee: String::new(),
            percent: 100,
            late: 0,
            is_missing: false,
            off_by: Money::ZERO,
            trace: Shown::Own,
            again: 0,
        }
    }
}

/// Which trace number the bank shows with a deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Own,
    /// That of the transfer before it.
    Before,
    /// One that no remittance has.
    Unknown,
    /// None: the bank leaves the addenda out.
    Nothing,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct WrittenBank {
    form: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct WrittenDeposit {
    cycle: Option<u32>,
    payee: String,
    percent: Option<u64>,
    late: u32,
    missing: bool,
    off_by: Option<String>,
    trace: Option<String>,
    again: u32,
}

impl Reader<'_> {
    pub(super) fn bank(&mut self, written: &Written) -> Option<Bank> {
        let first = written.bank.as_ref().map(Spanned::span);
        let first = first.or_else(|| written.deposit.first().map(Spanned::span))?;
        if written.payer.pays_by.as_ref().is_none_or(|way| way.get_ref() != "ACH") {
            self.report(&first, "a bank shows transfers alone: payer.pays_by has to be ACH");
        }
        let form = written.bank.as_ref().and_then(|bank| bank.get_ref().form.as_deref());
        let form = match form.map_or(Some(Form::Nacha), Form::named) {
            Some(Form::Any) | None => {
                self.report(&first, "bank.form is nacha, bai2 or csv");
                Form::Nacha
            }
            Some(form) => form,
        };
        let deposits = written.deposit.iter().map(|one| self.deposit(one)).collect();
        Some(Bank { form, deposits })
    }

    fn deposit(&mut self, written: &Spanned<WrittenDeposit>) -> DepositRule {
        let (at, one) = (&written.span(), written.get_ref());
        let percent = one.percent.unwrap_or(100);
        if 100 < percent {
            self.report(at, "percent is 100 at most");
        }
        let trace = match one.trace.as_deref() {
            None | Some("own") => Shown::Own,
            Some("before") => Shown::Before,
            Some("unknown") => Shown::Unknown,
            Some("none") => Shown::Nothing,
            Some(_) => {
                self.report(at, "trace is own, before, unknown or none");
                Shown::Own
            }
        };
        DepositRule {
            cycle: one.cycle,
            payee: one.payee.clone(),
            percent,
            late: one.late,
            is_missing: one.missing,
            off_by: self.money(at, "off_by", one.off_by.as_ref()),
            trace,
            again: one.again,
        }
    }
}
