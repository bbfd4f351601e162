//! Reports that list: payments, postings, what payers carry.

use x12::value::Money;

use super::cells::{Cell, Column, Kind, column, text};
use super::facts::{Entry, Remittance, Told};
use super::{Asked, DayOf, Row};
use crate::ledger::{KEPT, REFUND};

pub const PAYMENTS: &[Column] = &[
    text("payer", 16),
    text("payee", 14),
    text("trace", 20),
    column("paid_on", Kind::Day),
    column("payment", Kind::Money),
    text("balanced", 10),
    column("claims", Kind::Count),
    column("matched", Kind::Count),
    column("charged", Kind::Money),
    column("paid_for_claims", Kind::Money),
    column("patient_responsibility", Kind::Money),
    column("beside_claims", Kind::Money),
    column("in_suspense", Kind::Money),
    column("arrival", Kind::Count),
];

pub const PAYMENTS_MEAN: &[&str] = &[
    "one row for each remittance (ST to SE) that was recorded, posted or not",
    "payment: BPR02 of the whole remittance, also where an office is asked for",
    "balanced: yes when it adds up and breaks no rule that holds a payment, so that it was posted, though claims of it may be held; no when nothing of it was posted, or a person let it go on (queue post)",
    "claims, charged, paid_for_claims, patient_responsibility: CLP segments, and their CLP03, CLP04 and CLP05 added up; of an office, those that were matched to its claims",
    "matched: claims among them that are known for sure",
    "beside_claims: payment less paid_for_claims, which is what PLB adds (or takes, with a minus); blank where an office is asked for",
    "in_suspense: what of paid_for_claims waits for a person when the report is written",
];

/// A remittance; `None` when it is not asked for.
pub fn payment(remittance: &Remittance, asked: &Asked) -> Option<Row> {
    if !asked.is_within(remittance.paid_on) || !asked.is_payer(&remittance.payer) {
        return None;
    }
    let is_asked = |told: &&Told| asked.is_office(&told.office);
    let claims: Vec<&Told> = remittance.claims.iter().filter(is_asked).collect();
    if asked.office.is_some() && claims.is_empty() {
        return None;
    }
    let sum =
        |amount: fn(&Told) -> Money| -> Money { claims.iter().map(|told| amount(told)).sum() };
    let paid = sum(|told| told.paid);
    let beside = match asked.office {
        Some(_) => Cell::Empty,
        None => Cell::Money(remittance.amount - paid),
    };
    Some(vec![
        Cell::text(&remittance.payer),
        Cell::text(&remittance.payee),
        Cell::text(&remittance.trace),
        Cell::day(remittance.paid_on),
        Cell::Money(remittance.amount),
        Cell::text(if remittance.is_balanced { "yes" } else { "no" }),
        Cell::count(claims.len()),
        Cell::count(claims.iter().filter(|told| told.is_matched).count()),
        Cell::Money(sum(|told| told.charge)),
        Cell::Money(paid),
        Cell::Money(sum(|told| told.patient_responsibility)),
        beside,
        Cell::Money(sum(|told| told.suspended)),
        Cell::Count(remittance.arrival.0.unsigned_abs()),
    ])
}

pub const POSTINGS: &[Column] = &[
    column("posting", Kind::Count),
    column("day", Kind::Day),
    text("payer", 16),
    text("trace", 20),
    text("office", 16),
    text("provider", 12),
    column("claim", Kind::Count),
    text("line", 6),
    text("account", 20),
    column("amount", Kind::Money),
    text("reason", 12),
    column("arrival", Kind::Count),
    column("segment", Kind::Count),
    column("booked", Kind::Day),
];

pub const POSTINGS_NUMBERS: &[Column] = &[text("patient_control_number", 20)];

pub const POSTINGS_MEAN: &[&str] = &[
    "one row for each posting, in the order in which they were made; nothing is ever changed or taken away",
    "amount: a debit is positive, a credit negative; the amounts of a remittance add up to nothing, and so do those of all days together",
    "claim: the claim's number here; arrival and segment: the file and the segment that say so; of what is charged or given up those of the claim",
    "deposit, deposited: what a bank shows, and what of it is the money of a remittance; trace is the bank's, payer that of the remittances that the deposit is paired with (blank before, and where they are several payers')",
    "reason: paid, charge, write-off (what was given up, or left suspense to go back), refund (what was sent back to a payer), kept (what its payer does not want back), other system (what left suspense for the books of another system), decided late (what of it a payer decided on after all), a group and reason of CAS (CO-45), or a reason of PLB (WO)",
    "day: of the remittance (BPR16), of the deposit, or that on which a claim was charged or given up",
    "booked: the day on which the posting was made: when a file was decided on, or a person said so; it never goes back from one posting to the next. What persons attach, take off and give up later belongs to the day of its remittance, and is booked when they do so: of a month that is closed by `--booked` nothing changes any more. Of what was posted before the upgrade to V0024 it is the day on which the remittance came, or a later one",
    "of an office: postings to its claims; what a PLB moves belongs to no claim, and is left out",
];

/// A posting; `None` when it is not asked for.
pub fn posting(entry: &Entry, asked: &Asked, day_of: DayOf<'_>) -> Option<Row> {
    let booked = day_of(entry.booked_at);
    // What is sent back to a payer goes out when it is booked, as what is charged and given up.
    let is_refund = [REFUND, KEPT].contains(&entry.posting.reason.as_str());
    let of_money = entry.paid_on.or(entry.deposited_on).filter(|_| !is_refund);
    let day = of_money.or((is_refund || entry.payment.is_none()).then_some(booked));
    let asked_of = if asked.by_booking { Some(booked) } else { day };
    let is_asked =
        asked.is_within(asked_of) && asked.is_payer(&entry.payer) && asked.is_office(&entry.office);
    if !is_asked {
        return None;
    }
    let posting = &entry.posting;
    let number = |number: Option<i64>| match number {
        Some(number) => Cell::Count(number.unsigned_abs()),
        None => Cell::Empty,
    };
    let mut row = vec![
        Cell::Count(entry.id.unsigned_abs()),
        Cell::day(day),
        Cell::text(&entry.payer),
        Cell::text(&entry.trace),
        Cell::text(&entry.office),
        Cell::text(&entry.provider),
        number(posting.claim.map(|claim| claim.0)),
        Cell::text(&posting.line),
        Cell::text(posting.account.name()),
        Cell::Money(posting.amount),
        Cell::text(&posting.reason),
        number(entry.arrival.map(|arrival| arrival.0)),
        Cell::Count(u64::from(posting.source.segment)),
        Cell::day(Some(booked)),
    ];
    if asked.with_numbers {
        row.push(Cell::text(entry.control_number.expose()));
    }
    Some(row)
}
