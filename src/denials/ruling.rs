//! How a denial is worked: what our table and the office's rows say of it together.

use super::reasons::{Desk, Topic};
use super::remarks::{self, Remark};
use super::route::Limits;
use super::table::{Asked, OfficeRow, Table};
use crate::change::Resend;

/// How a denial is worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    pub topic: Topic,
    pub desk: String,
    /// What the desk does.
    pub action: String,
    /// How a corrected claim goes out; `None` when none may be paid.
    pub resend: Option<Resend>,
    pub appeal: Appeal,
    pub limits: Limits,
    /// What rows of the office said, each with where the row stands.
    pub by_office: Vec<(&'static str, String)>,
}

impl Ruling {
    /// How many days from the last day of service the claim may be sent again, and from the remittance an appeal
    /// may leave, as far as the deadline of its item is one of them.
    pub fn days(&self) -> (Option<u32>, Option<u32>) {
        let Limits { corrected_days, appeal_days, filing_days, .. } = self.limits;
        let sending = self.resend.map(|resend| match resend {
            // A claim that goes out as a new one is filed for the first time.
            Resend::Original => filing_days,
            Resend::Replacement | Resend::Void | Resend::VoidAndNew => corrected_days,
        });
        let may_appeal = match self.appeal {
            Appeal::MayWin => true,
            Appeal::Unlikely => sending.is_some(),
            Appeal::Forbidden => false,
        };
        (sending, may_appeal.then_some(appeal_days))
    }
}

/// Whether an appeal may win.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appeal {
    MayWin,
    /// Nobody ever won one.
    Unlikely,
    /// The payer says that there is none.
    Forbidden,
}

/// The rows of remark codes that a denial is routed by, each once.
pub fn remarks_of<'a>(codes: impl Iterator<Item = &'a String>) -> Vec<&'static Remark> {
    let mut found: Vec<&'static Remark> = Vec::new();
    for remark in codes {
        if let Some(remark) = remarks::remark(remark)
            && !found.iter().any(|known| std::ptr::eq(*known, remark))
        {
            found.push(remark);
        }
    }
    found
}

/// How a denial is worked, of which `asked` costs most; all its remarks are in `remarks`. Without a
/// reason the payer does not know the patient.
pub fn ruling(
    table: &Table,
    asked: &Asked<'_>,
    remarks: &[&'static Remark],
    limits: &Limits,
) -> Ruling {
    let own = (!asked.reason.is_empty()).then(|| table.own(asked));
    let (topic, desk, action) = match own {
        Some(reason) => (reason.topic, reason.desk, reason.action),
        None => {
            (Topic::Eligibility, Desk::FrontDesk, "verify the member number and name on the card")
        }
    };
    // A remark that says what is wrong sharpens the reason, before one that only says who acts.
    let sharper = remarks.iter().find(|remark| remark.is_correctable);
    let sharper = sharper.or_else(|| remarks.iter().find(|remark| !remark.action.is_empty()));
    let desk = sharper.and_then(|remark| remark.desk).unwrap_or(desk);
    let action = sharper.map_or(action, |remark| remark.action);
    let wants_new_claim = remarks.iter().any(|remark| remark.wants_new_claim);
    let is_correctable = own.is_none_or(|reason| reason.is_correctable)
        || sharper.is_some_and(|remark| remark.is_correctable)
        || wants_new_claim;
    let is_appealable = own.is_some_and(|reason| reason.is_appealable);
    let is_forbidden = remarks.iter().any(|remark| remark.forbids_appeal);
    let resend = if wants_new_claim { Resend::Original } else { Resend::Replacement };

    let mut office = Office { table, asked, said: Vec::new() };
    let topic = office.or("category", |row| row.topic, topic);
    let desk = office.or("desk", |row| row.desk.clone(), desk.name().to_owned());
    let may_appeal = !is_forbidden || table.said(asked, |row| row.is_appealable).is_some();
    let action = if may_appeal { action.to_owned() } else { without_appeal(action) };
    let action = office.or("action", |row| row.action.clone(), action);
    let is_correctable = office.or("correctable", |row| row.is_correctable, is_correctable);
    let resend = office.or("send_as", |row| row.resend, resend);
    let appeal = match (is_forbidden, is_appealable) {
        (true, _) => Appeal::Forbidden,
        (false, true) => Appeal::MayWin,
        (false, false) => Appeal::Unlikely,
    };
    let may_win = |may: bool| if may { Appeal::MayWin } else { Appeal::Unlikely };
    let appeal = office.or("appealable", |row| row.is_appealable.map(may_win), appeal);
    let limits = Limits {
        corrected_days: office.or(
            "corrected_days",
            |row| row.corrected_days,
            limits.corrected_days,
        ),
        appeal_days: office.or("appeal_days", |row| row.appeal_days, limits.appeal_days),
        filing_days: limits.filing_days,
        overpayment_days: limits.overpayment_days,
    };
    let by_office = office.said;
    let resend = is_correctable.then_some(resend);
    Ruling { topic, desk, action, resend, appeal, limits, by_office }
}

/// What is left to do where the payer says that there is no appeal.
fn without_appeal(action: &str) -> String {
    let left: Vec<&str> = action.split("; ").filter(|step| !step.contains("appeal")).collect();
    match left.as_slice() {
        [] => "write it off, or bill the patient where the group code allows it".to_owned(),
        left => left.join("; "),
    }
}

/// Asks the office's rows, and notes which of them answered.
struct Office<'a> {
    table: &'a Table,
    asked: &'a Asked<'a>,
    said: Vec<(&'static str, String)>,
}

impl<'a> Office<'a> {
    fn or<T>(&mut self, key: &'static str, of: impl Fn(&'a OfficeRow) -> Option<T>, own: T) -> T {
        match self.table.said(self.asked, of) {
            Some((value, place)) => {
                self.said.push((key, place.to_owned()));
                value
            }
            None => own,
        }
    }
}
