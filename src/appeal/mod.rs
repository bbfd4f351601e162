//! An appeal packet: what a person sends to a payer to have a claim decided on again.
//!
//! It is a page to print and a document that proves it: every file that the packet speaks of stands in
//! it with its SHA-256 and with the very segments that concern the claim, so that whoever has the file
//! can check that they say so. Segments of other patients' claims are in neither.

mod base64;
pub mod bill;
pub mod check;
pub mod document;
pub mod evidence;
mod keys;
pub mod page;

use x12::value::{Day, Decimal, Money};

use crate::convert::statement;
use crate::denials::reasons::{Class, group_meaning};
use crate::denials::route::Limits;
use crate::denials::ruling::{Ruling, remarks_of, ruling};
use crate::denials::table::{Asked, Table};

use bill::Bill;
use evidence::File;

/// All that a packet says.
#[derive(Debug)]
pub struct Packet {
    /// The item of the queue.
    pub case: i64,
    /// Our number of the claim.
    pub claim: i64,
    pub today: Day,
    /// When it was made, as RFC 3339 has it.
    pub made_at: String,
    pub made_by: String,
    pub payer: Party,
    /// The insured, by the number that this payer gave.
    pub member: statement::Name,
    /// What the payer calls the claim.
    pub payer_control_number: String,
    pub charge: Money,
    /// The last day for an appeal, as far as it is known.
    pub deadline: Option<Day>,
    /// What is asked.
    pub asks: String,
    /// A person's arguments, paragraph by paragraph; none when they are still to be written.
    pub arguments: Vec<String>,
    pub bill: Option<Bill>,
    pub decision: Option<Decision>,
    /// What was paid less than agreed, where the item is about that.
    pub underpaid: Vec<Underpaid>,
    /// What was denied in it.
    pub objections: Vec<Objection>,
    pub filed: Option<Filed>,
    /// The same of the claim to the payer that was asked first, where this one was made from its decision.
    pub filed_before: Option<Filed>,
    /// What payers decided before it, on which the claim was made, the first of them first.
    pub before: Vec<Decision>,
    pub steps: Vec<Step>,
    pub files: Vec<File>,
}

/// When the claim was filed, in days from its last day of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filed {
    pub first: i64,
    /// The first time that the payer did not send it back: what it sent back it never received.
    pub taken: Option<i64>,
    /// How many days the payer gives.
    pub limit: Option<u32>,
    /// Another payer was asked before this one.
    pub is_after_another: bool,
}

impl Filed {
    /// The same of the claim to the payer that was asked first.
    fn before_in_words(self) -> String {
        let first = self.in_words();
        first.replacen(
            "The claim was first sent",
            "The payer that was asked first was sent the claim",
            1,
        )
    }

    fn in_words(self) -> String {
        let Filed { first, taken, limit, is_after_another } = self;
        let to = if is_after_another { " to this payer" } else { "" };
        let sent =
            format!("The claim was first sent{to} {first} days after the last day of service");
        let limit = limit.map(|limit| format!("; the payer gives {limit} days"));
        let limit = limit.unwrap_or_default();
        match taken {
            Some(taken) if taken == first => format!("{sent}{limit}."),
            Some(taken) => format!(
                "{sent}, and sent back by the payer; it was sent again, and not sent back, {taken} days \
                 after that day{limit}."
            ),
            None => format!("{sent}, and sent back by the payer{limit}."),
        }
    }
}

/// The first sending that was not sent back: of those before, the payer's front end did so before the next
/// one went out.
pub fn taken_of<T: Copy + Ord>(sent: &[T], sent_back: &[T]) -> Option<T> {
    let ends = sent.iter().skip(1).map(Some).chain([None]);
    let is_back = |from: T, to: Option<&T>| {
        sent_back.iter().any(|at| from <= *at && to.is_none_or(|to| at < to))
    };
    sent.iter().zip(ends).find(|(from, to)| !is_back(**from, *to)).map(|(at, _)| *at)
}

/// Whom the packet goes to.
#[derive(Clone, Debug, Default)]
pub struct Party {
    pub name: String,
    pub address: Vec<String>,
}

/// What the payer decided.
#[derive(Debug)]
pub struct Decision {
    /// TRN02.
    pub trace: String,
    pub paid_on: Option<Day>,
    pub payer: statement::Name,
    pub claim: statement::Claim,
}

/// A service that was paid less than its contract says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Underpaid {
    /// `line 2`, or the claim.
    pub of: String,
    /// The procedure with its modifiers; empty for the whole claim.
    pub procedure: String,
    /// The contract, and how its price is come by.
    pub contract: String,
    pub words: String,
    /// What the contract allows, and what the payer would have paid of it beside the patient's share.
    pub allowed: Money,
    pub patient: Money,
    pub expected: Money,
    pub paid: Money,
    /// What is left to pay.
    pub short: Money,
}

/// What happened to the claim, and where it stands.
#[derive(Clone, Debug)]
pub struct Step {
    /// As RFC 3339 has it.
    pub at: String,
    pub what: String,
    /// Control numbers by which the other side finds it.
    pub numbers: String,
    /// The file of the packet that says so, by its index.
    pub file: Option<usize>,
}

/// One thing that a payer did not pay, in our words.
#[derive(Debug, PartialEq, Eq)]
pub struct Objection {
    /// `line 2`, or the claim.
    pub of: String,
    /// `CO-16`.
    pub code: String,
    pub amount: Decimal,
    pub meaning: String,
    pub bearer: &'static str,
}

/// What was denied, and what our table and the office's rows say of an appeal against it.
#[derive(Debug, Default)]
pub struct Grounds {
    pub objections: Vec<Objection>,
    /// Of what was denied the dearest; `None` when nothing was.
    pub ruling: Option<Ruling>,
}

impl Decision {
    /// `ACME HEALTH (835 T1 of 2026-11-20)`.
    pub fn named(&self) -> String {
        let on = self.paid_on.map_or(String::new(), |day| format!(" of {day}"));
        format!("{} (835 {}{on})", self.payer.name, self.trace)
    }

    /// What was denied: adjustments that are more than the contract's and the patient's share, by the table
    /// for a payer that is known by its name in the settings.
    pub fn grounds(&self, table: &Table, payer: &str, limits: &Limits) -> Grounds {
        let mut grounds = Grounds::default();
        let mut dearest = None;
        let mut add = |of: &str, reasons: &[statement::Reason], remarks: Vec<String>| {
            for denied in reasons {
                let statement::Reason { group, code, amount, .. } = denied;
                let asked = Asked { payer, group, reason: code, remarks: &remarks };
                if table.class(&asked) != Class::Denial {
                    continue;
                }
                if dearest.is_none_or(|dearest| dearest < *amount) {
                    dearest = Some(*amount);
                    let known = remarks_of(remarks.iter());
                    grounds.ruling = Some(ruling(table, &asked, &known, limits));
                }
                grounds.objections.push(Objection {
                    of: of.to_owned(),
                    code: format!("{group}-{code}"),
                    amount: *amount,
                    meaning: table.meaning(&asked).to_owned(),
                    bearer: group_meaning(group),
                });
            }
        };
        add("the claim", &self.claim.adjustments, self.claim.remarks.clone());
        for (number, line) in (1..).zip(&self.claim.lines) {
            // A claim's remarks speak of all its services.
            let remarks = line.remarks.iter().chain(&self.claim.remarks).cloned().collect();
            add(&format!("service {number}"), &line.adjustments, remarks);
        }
        grounds
    }

    /// Remark codes with our words for them, each once.
    pub fn remarks(&self) -> Vec<(String, &'static str)> {
        let of_lines = self.claim.lines.iter().flat_map(|line| &line.remarks);
        let mut codes: Vec<&String> = self.claim.remarks.iter().chain(of_lines).collect();
        codes.sort();
        codes.dedup();
        let worded = |code: &String| {
            let own = crate::denials::remarks::remark(code).map(|remark| remark.meaning);
            let known = own.or_else(|| crate::code_sets::remark::meaning(code.as_bytes()));
            (code.clone(), known.unwrap_or("not in our list"))
        };
        codes.into_iter().map(worded).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_back_is_not_filed() {
        for (sent, back, taken) in [
            (&[10, 20][..], &[][..], Some(10)),
            (&[10, 20], &[12], Some(20)),
            (&[10, 20], &[12, 20], None),
            (&[10, 20, 30], &[21], Some(10)),
            (&[10], &[10], None),
        ] {
            assert_eq!(taken_of(sent, back), taken, "{sent:?} {back:?}");
        }
        for (filed, words) in [
            ((48, Some(48), Some(90)), "service; the payer gives 90 days."),
            (
                (48, Some(95), Some(90)),
                "and not sent back, 95 days after that day; the payer gives",
            ),
            ((48, None, None), "and sent back by the payer."),
        ] {
            let (first, taken, limit) = filed;
            let told = Filed { first, taken, limit, is_after_another: false }.in_words();
            assert!(told.contains(words), "{told}");
        }
    }
}
