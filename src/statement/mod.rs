//! What a patient owes: the share that payers left, once the last payer that is expected has paid.
//!
//! Only what payers called the patient's share (PR) is asked of a patient, less what later payers paid of
//! it. It is read off the ledger, so that a page says what an auditor finds.

mod expected;
pub mod page;
pub mod table;
#[cfg(test)]
mod tests;

use x12::value::{Day, Money};
use x12::view::claim::{Claim, Line};
use x12::view::parts::Party;

pub use expected::{Link, Open, waits_for};

use crate::change::ClaimId;
use crate::code_sets::carc;
use crate::ledger::{
    Account, GIVES_WAY, KEPT, NEXT_PAYER, PAID_TO_PATIENT, Posting, REFUND, WRITTEN_OFF,
    adjustments_in,
};

/// A statement for one patient.
#[derive(Debug, Default)]
pub struct Statement {
    pub made_on: Option<Day>,
    pub patient: Addressee,
    /// Who is to be paid.
    pub provider: Addressee,
    /// Services that nobody but the patient pays any more.
    pub bills: Vec<Bill>,
    /// Services for which a payer is still expected.
    pub waiting: Vec<Waiting>,
}

/// A name with its address, line by line, and a telephone number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addressee {
    pub name: String,
    pub address: Vec<String>,
    pub phone: String,
}

/// The services of one claim, whoever it went to.
#[derive(Debug, Default)]
pub struct Bill {
    /// CLM01.
    pub number: String,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub lines: Vec<Service>,
    /// What payers paid, took off and left, each with its reason.
    pub entries: Vec<Entry>,
    /// AMT*F5: what the patient paid at the visit.
    pub paid_at_visit: Money,
}

/// A line of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// LX01; empty for what stands for the claim as a whole.
    pub number: String,
    pub day: Option<Day>,
    pub procedure: String,
    pub charge: Money,
    pub paid: Money,
    pub taken_off: Money,
    pub owed: Money,
}

/// What a payer did, summed over all that it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub payer: String,
    pub kind: Kind,
    /// `CO-45`; empty for what was paid.
    pub code: String,
    pub words: String,
    pub amount: Money,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The payer paid it.
    Paid,
    /// Nobody owes it.
    TakenOff,
    /// The patient owes it, unless a later payer pays it.
    Share,
    /// A later payer does not pay it: it is in the share that the one before left.
    NotPaid,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Paid => "paid by insurance",
            Kind::TakenOff => "taken off",
            Kind::Share => "your share",
            Kind::NotPaid => "not paid, and so yours",
        }
    }
}

/// A claim that is not the patient's yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub claim: ClaimId,
    /// CLM01.
    pub number: String,
    pub from: Option<Day>,
    /// Who is expected, or what is to be done first.
    pub why: String,
}

/// What the ledger has of one claim of a chain, and the payers that it tells of.
#[derive(Debug)]
pub struct Posted<'a> {
    /// The payer that the claim went to.
    pub payer: &'a str,
    /// Whoever paid after it under the same claim.
    pub later_payer: &'a str,
    /// Both sides of each entry, one behind the other.
    pub postings: &'a [Posting],
}

/// The bill of a claim and of those that follow it: the first claim as it was sent, and what the
/// ledger has of all of them.
pub fn bill(claim: &Claim<'_>, chain: &[Posted<'_>]) -> Bill {
    let days = claim.service_days();
    let paid_at_visit = claim.amounts.iter().find(|one| one.qualifier.is("F5"));
    let mut bill = Bill {
        number: claim.patient_control_number.text().into_owned(),
        from: days.map(|days| days.from),
        to: days.map(|days| days.to),
        lines: claim.lines.iter().map(|line| service(claim, line)).collect(),
        entries: Vec::new(),
        paid_at_visit: paid_at_visit.and_then(|one| one.amount.money()).unwrap_or_default(),
    };
    let first = chain.first().map_or("", |first| first.payer);
    for posted in chain {
        for pair in posted.postings.chunks(2) {
            if let [one, other] = pair {
                bill.take((first, posted), one, other);
            }
        }
    }
    bill.entries.retain(|entry| !entry.amount.is_zero());
    bill.lines.retain(|line| !line.is_blank());
    bill.put_together();
    bill
}

fn service(claim: &Claim<'_>, line: &Line<'_>) -> Service {
    let procedure = &line.procedure;
    let modifiers = procedure.modifiers.iter().map(|modifier| modifier.text());
    let revenue_code = line.revenue_code.map(|code| code.text());
    let parts = revenue_code.into_iter().chain([procedure.code.text()]).chain(modifiers);
    let parts: Vec<String> =
        parts.filter(|part| !part.is_empty()).map(|part| part.into_owned()).collect();
    Service {
        number: line.number.text().into_owned(),
        day: claim.days_of(line).map(|days| days.from),
        procedure: parts.join(" "),
        charge: line.charge.money().unwrap_or_default(),
        ..Service::default()
    }
}

impl Service {
    fn is_blank(&self) -> bool {
        [self.charge, self.paid, self.taken_off, self.owed].iter().all(|amount| amount.is_zero())
    }
}

impl Service {
    /// All of it together with these.
    fn with(mut self, lines: &[Service]) -> Service {
        for line in lines {
            self.charge += line.charge;
            self.paid += line.paid;
            self.taken_off += line.taken_off;
            self.owed += line.owed;
        }
        let procedures: Vec<&str> = lines.iter().map(|line| line.procedure.as_str()).collect();
        self.procedure = procedures.join(", ");
        self
    }

    /// Whether a payer decided on the line by itself.
    fn is_decided(&self) -> bool {
        [self.paid, self.taken_off, self.owed].iter().any(|amount| !amount.is_zero())
    }
}

impl Bill {
    /// What the patient is to pay.
    pub fn balance(&self) -> Money {
        self.owed() - self.paid_at_visit
    }

    /// What payers left to the patient.
    pub fn owed(&self) -> Money {
        self.lines.iter().map(|line| line.owed).sum()
    }

    /// The charges of all lines.
    pub fn charge(&self) -> Money {
        self.lines.iter().map(|line| line.charge).sum()
    }

    /// What was charged and nobody has decided on.
    pub fn undecided(&self) -> Money {
        let decided = self.lines.iter().map(|line| line.paid + line.taken_off + line.owed);
        self.charge() - decided.sum::<Money>()
    }

    /// Takes an entry of the ledger: an account, and who owed what it settles.
    fn take(&mut self, (first, posted): (&str, &Posted<'_>), one: &Posting, other: &Posting) {
        // What was sent back to a payer is paid no more.
        if other.account == Account::Returned {
            self.line(&other.line).paid += other.amount;
            let is_later = one.account == Account::Patient;
            let payer = if is_later { posted.later_payer } else { posted.payer };
            self.note(payer, Kind::Paid, other);
            if is_later {
                self.line(&one.line).owed += one.amount;
                return;
            }
        }
        let kind = match one.account {
            Account::Cash | Account::Suspense => Kind::Paid,
            Account::Contractual | Account::OtherAdjustment | Account::WriteOff => Kind::TakenOff,
            Account::Patient => Kind::Share,
            // The charge itself, and what is no payer's word on the claim.
            Account::Receivable
            | Account::Charges
            | Account::Interest
            | Account::Capitation
            | Account::Forwarded
            | Account::Takeback
            | Account::ProviderAdjustment
            | Account::Returned
            | Account::OtherSystem
            | Account::Bank
            | Account::Unexplained => return,
        };
        // What settles the patient's share came from a payer after the first.
        let is_later = other.account == Account::Patient;
        let line = self.line(&one.line);
        match kind {
            Kind::Paid => line.paid += one.amount,
            Kind::TakenOff => line.taken_off += one.amount,
            Kind::Share | Kind::NotPaid => line.owed += one.amount,
        }
        if is_later {
            line.owed += other.amount;
        }
        // What was given up is told of the first payer, whoever decides on it after all.
        let payer = match (one.account == Account::WriteOff, is_later) {
            (true, _) => first,
            (false, true) => posted.later_payer,
            (false, false) => posted.payer,
        };
        self.note(payer, kind, one);
    }

    /// Of a claim that was decided on as a whole its lines stand in one row, with their charges, so that it
    /// adds up. What was decided on line by line stays, but for lines of which a part is taken off all at
    /// once (a deductible of the claim): of none of them is said what was paid for it.
    fn put_together(&mut self) {
        let Some(at) = self.lines.iter().position(|line| line.number.is_empty()) else { return };
        let whole = &self.lines[at];
        let is_even = whole.charge == whole.paid + whole.taken_off + whole.owed;
        let takes_off = is_even && whole.paid.is_negative();
        if is_even && !takes_off {
            return;
        }
        let is_by_itself = |line: &Service| match takes_off {
            true => line.paid <= Money::ZERO && line.is_decided(),
            false => line.is_decided(),
        };
        let whole = self.lines.remove(at);
        let (decided, left): (Vec<Service>, Vec<Service>) =
            std::mem::take(&mut self.lines).into_iter().partition(is_by_itself);
        self.lines = decided;
        self.lines.push(whole.with(&left));
    }

    fn line(&mut self, number: &str) -> &mut Service {
        let index = self.lines.iter().position(|line| line.number == number);
        let index = index.unwrap_or_else(|| {
            self.lines.push(Service { number: number.to_owned(), ..Service::default() });
            self.lines.len() - 1
        });
        &mut self.lines[index]
    }

    fn note(&mut self, payer: &str, kind: Kind, posting: &Posting) {
        let code = match kind {
            Kind::Paid => "",
            // With what of it was decided on after all.
            Kind::TakenOff if posting.account == Account::WriteOff && posting.reason != KEPT => {
                WRITTEN_OFF
            }
            Kind::TakenOff | Kind::Share | Kind::NotPaid => posting.reason.as_str(),
        };
        self.add(payer, (kind, code), posting.amount);
    }

    fn add(&mut self, payer: &str, (kind, code): (Kind, &str), amount: Money) {
        let same =
            |entry: &&mut Entry| entry.payer == payer && entry.kind == kind && entry.code == code;
        match self.entries.iter_mut().find(same) {
            Some(entry) => entry.amount += amount,
            None => self.entries.push(Entry {
                payer: payer.to_owned(),
                kind,
                code: code.to_owned(),
                words: words(code),
                amount,
            }),
        }
    }

    /// Takes what payers after the first left to the patient, each with all adjustments that it told: the
    /// ledger has it already, as the share that the payer before left.
    pub fn take_not_paid<'a>(&mut self, told: impl Iterator<Item = (&'a str, &'a str)>) {
        let owed = self.owed();
        for (payer, adjustments) in told {
            for (_, code, amount) in adjustments_in(adjustments) {
                if code.starts_with("PR-") && code != "PR-23" {
                    self.add(payer, (Kind::NotPaid, code), amount);
                }
            }
        }
        let is_told = |entry: &Entry| entry.kind != Kind::NotPaid || Money::ZERO < entry.amount;
        self.entries.retain(is_told);
        // Who does not tell what was settled before takes that off too.
        let not_paid = self.entries.iter_mut().filter(|entry| entry.kind == Kind::NotPaid);
        not_paid.for_each(|entry| entry.amount = entry.amount.min(owed));
        self.entries.retain(|entry| !entry.amount.is_zero());
    }
}

/// `CO-45` in words that a patient reads.
fn words(code: &str) -> String {
    if code == WRITTEN_OFF {
        return "Given up by the provider; you do not owe it".to_owned();
    }
    if code == REFUND {
        return "Sent back to the insurance by the provider; you do not owe it".to_owned();
    }
    if code == KEPT {
        return "Paid too much by the insurance, which does not want it back".to_owned();
    }
    if code == GIVES_WAY {
        return "Taken off by one insurance and decided on by another".to_owned();
    }
    if code == NEXT_PAYER {
        return "Taken off by one insurance and asked of another".to_owned();
    }
    let Some((group, reason)) = code.split_once('-') else { return String::new() };
    let why = carc::meaning(reason.as_bytes()).unwrap_or("A reason that is not in our list");
    match group {
        // That it is the patient's share is said by where it stands.
        "PR" => why.to_owned(),
        _ if reason == PAID_TO_PATIENT => why.to_owned(),
        _ => format!("{why}; you do not owe it"),
    }
}

/// A party of a claim, to be written to.
pub fn addressee(party: &Party<'_>) -> Addressee {
    let text = |field: &x12::segment::Field<'_>| field.text().trim().to_owned();
    let names = [text(&party.first_name), text(&party.last_name)];
    let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
    let mut address = Vec::new();
    if let Some(found) = &party.address {
        let place = [text(&found.city), text(&found.state), zip(&text(&found.zip))];
        address.extend([text(&found.line), text(&found.second_line), place.join(" ")]);
        address.retain(|line| !line.trim().is_empty());
    }
    let phone = party.contacts.iter().find(|contact| contact.qualifier.is("TE"));
    Addressee {
        name: names.join(" "),
        address,
        phone: phone.map(|phone| text(&phone.value)).unwrap_or_default(),
    }
}

/// A ZIP code as it is written on an envelope.
fn zip(zip: &str) -> String {
    let is_long = zip.len() == 9 && zip.bytes().all(|byte| byte.is_ascii_digit());
    match zip.split_at_checked(5).filter(|_| is_long) {
        Some((place, rest)) => format!("{place}-{rest}"),
        None => zip.to_owned(),
    }
}

impl Statement {
    /// What the patient is to pay for all of it.
    pub fn balance(&self) -> Money {
        self.bills.iter().map(Bill::balance).sum()
    }
}
