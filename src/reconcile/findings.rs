//! What is odd in a remittance though it adds up: everything that the file tells by itself.

use std::collections::{BTreeMap, HashSet};

use x12::fault::Place;
use x12::segment::Field;
use x12::value::{Day, Decimal, Money};
use x12::view::parts::{Adjustment, find_amount};
use x12::view::remittance::{ClaimPayment, ProviderSummary, Remittance, ServicePayment};

use super::gifts::{Gifts, Kind};
use super::matching::{claim_days, days_of, is_default_code};
use super::rules::{Effect, Rule, rule};
use crate::code_sets::{self, Standing, carc};
use crate::denials::bundle::{added, rolled_up};
use crate::denials::printable;
use crate::denials::reasons::{Class, reason};

/// A rule that a remittance breaks, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static Rule,
    /// The ordinal of the claim in its remittance, from 1; `None` for the payment itself.
    pub claim: Option<usize>,
    pub place: Place,
    /// What is wrong, in amounts and codes: nothing of a patient.
    pub what: String,
}

impl Finding {
    /// What is wrong, why it matters and what to do.
    pub fn message(&self) -> String {
        let Rule { why, fix, .. } = self.rule;
        format!("{}; {why}; {fix}", self.what)
    }

    /// Whether it keeps anything from being posted.
    pub const fn holds_posting(&self) -> bool {
        matches!(self.rule.effect, Effect::HoldsPayment | Effect::HoldsClaim)
    }

    /// Whether it keeps the whole remittance from being posted.
    pub fn holds_payment(&self) -> bool {
        self.rule.effect == Effect::HoldsPayment
    }

    /// Whether it keeps a claim from being posted, by its ordinal.
    pub fn holds_claim(&self, ordinal: usize) -> bool {
        self.rule.effect == Effect::HoldsClaim && self.claim == Some(ordinal)
    }
}

/// All findings of a remittance by itself: of the payment first, then claim by claim.
pub fn findings(remittance: &Remittance<'_>) -> Vec<Finding> {
    let paid_on = remittance.paid_on.day();
    let mut found = Vec::new();
    of_payment(remittance, &mut Notebook { claim: None, found: &mut found });
    for (index, claim) in remittance.claims.iter().enumerate() {
        let mut notebook = Notebook { claim: Some(index + 1), found: &mut found };
        of_claim(claim, paid_on, &mut notebook);
    }
    of_bundles(remittance, &mut found);
    of_shares(remittance, &mut found);
    found
}

/// Where findings of one claim, or of the payment, are written down.
pub(super) struct Notebook<'n> {
    pub claim: Option<usize>,
    pub found: &'n mut Vec<Finding>,
}

impl Notebook<'_> {
    pub fn add(&mut self, id: &str, place: Place, what: String) {
        self.found.push(Finding { rule: rule(id), claim: self.claim, place, what });
    }
}

fn of_payment(remittance: &Remittance<'_>, notebook: &mut Notebook<'_>) {
    let amount = remittance.amount.decimal().unwrap_or_default();
    let place = remittance.amount.place;
    let (handling, method) = (remittance.handling.is("H"), remittance.method.is("NON"));
    if remittance.trace.is_empty() {
        let what = "the payment has no number (TRN02)".to_owned();
        notebook.add("V31", remittance.trace.place, what);
    }
    if !remittance.currency.is_empty() && !remittance.currency.is("USD") {
        let currency = &remittance.currency;
        let paid_on = remittance.paid_on.day();
        let is_known = paid_on.and_then(|on| code_sets::contains("currency", currency.bytes(), on));
        let code = if is_known == Some(true) { currency.text() } else { "?".into() };
        let what = format!("CUR02 is {code}");
        notebook.add("V37", remittance.currency.place, what);
    }
    of_day(remittance, notebook);
    if remittance.handling.is("P") || (handling && !amount.is_zero()) {
        let code = if handling { "H (notification)" } else { "P (prenotification)" };
        let what = format!("BPR01 is {code}, by which no money moves, and BPR02 is {amount}");
        notebook.add("V44", remittance.handling.place, what);
    }
    if amount.is_negative() {
        notebook.add("V07", place, format!("BPR02 is {amount}, which cannot be paid"));
    }
    if amount.is_zero() && !(handling && method) {
        let what = "nothing is paid, but BPR01 is not H or BPR04 is not NON".to_owned();
        notebook.add("V08", place, what);
    }
    if !amount.is_zero() && (handling || method) {
        let what = "BPR01 is H or BPR04 is NON, but something is paid".to_owned();
        notebook.add("V08", place, what);
    }
    let is_transfer = remittance.method.is_any(&["ACH", "FWT"]);
    if is_transfer && remittance.originator.bytes() != remittance.trace_payer.bytes() {
        let what = "TRN03 is not BPR10, though money is transferred".to_owned();
        notebook.add("V10", remittance.trace_payer.place, what);
    }
    of_interest(remittance, notebook);
    of_gifts(remittance, notebook);
    of_entries_beyond(remittance, notebook);
    for entry in &remittance.provider_adjustments {
        let reason = printable(&entry.reason);
        if entry.amount.decimal().is_some_and(Decimal::is_zero) {
            notebook.add("V17", entry.amount.place, format!("PLB {reason} has an amount of zero"));
        }
        if code_sets::meaning("provider-adjustment", entry.reason.bytes()).is_none() {
            let what = format!("PLB has the reason {reason}, which the guide does not have");
            notebook.add("V19", entry.reason.place, what);
        }
    }
    for summary in &remittance.summaries {
        let claims = remittance.claims.get(summary.claims.clone()).unwrap_or_default();
        let charge: Money = claims.iter().map(|claim| money(&claim.charge)).sum();
        let stated = summary.charge.money();
        let is_counted = summary.claim_count.text().trim().parse() == Ok(claims.len());
        if !is_counted || stated != Some(charge) {
            let what = format!(
                "TS3 says {} claims of {}; {} of {charge} follow",
                printable_number(&summary.claim_count),
                stated.map_or("no amount".to_owned(), |stated| stated.to_string()),
                claims.len()
            );
            notebook.add("V28", summary.place, what);
        }
        of_days(summary, claims, notebook);
    }
}

/// V43: BPR16 beside the day on which the file was written, and beside the services that it pays. Today is
/// not asked: who loads the remittances of years has days of years ago.
fn of_day(remittance: &Remittance<'_>, notebook: &mut Notebook<'_>) {
    let Some(paid_on) = remittance.paid_on.day() else { return };
    let mut what = format!("it is paid on {paid_on} (BPR16)");
    // What was only estimated is yet to be done.
    let done = remittance.claims.iter().filter(|claim| !claim.status.is("25"));
    let services: Vec<Day> = done.filter_map(days_of).map(|days| days.from).collect();
    let first = services.iter().min().filter(|first| first.days_since(paid_on) > DAYS_AHEAD_MAX);
    let ahead = remittance.written_on.day().map(|written_on| paid_on.days_since(written_on));
    // Payers send an old one again when they are asked for it: then its services are old, too.
    let is_of_then = |day: &Day| (-DAYS_AHEAD_MAX..=DAYS_YEAR).contains(&paid_on.days_since(*day));
    if let Some(first) = first {
        what += &format!(", and none of its services is before {first}");
    } else if let Some(days) = ahead.filter(|&days| days > DAYS_AHEAD_MAX) {
        what += &format!(", {days} days after it was written (GS04)");
    } else if let Some(days) = ahead.filter(|&days| days < -DAYS_LATE_MAX)
        && !services.iter().any(is_of_then)
    {
        what += &format!(", {} days before it was written (GS04)", days.abs());
    } else {
        return;
    }
    notebook.add("V43", remittance.paid_on.place, what);
}

/// A transfer is told some days ahead, and no service is paid a month before it is done.
const DAYS_AHEAD_MAX: i64 = 31;

const DAYS_YEAR: i64 = 366;

/// A payer writes a remittance in the week in which it pays; a slip of the year in January is a year less
/// some days.
const DAYS_LATE_MAX: i64 = 350;

/// V28: days of TS2 beside those of the claims. Its amounts are not compared: X12's own example has another
/// sum of them than its claim.
fn of_days(
    summary: &ProviderSummary<'_>,
    claims: &[ClaimPayment<'_>],
    notebook: &mut Notebook<'_>,
) {
    // Whether a reversal counts its days with a minus is not said.
    if claims.is_empty() || claims.iter().any(ClaimPayment::is_reversal) {
        return;
    }
    let covered: Days<'_> = |claim| claim.covered_days;
    let outlier: Days<'_> = |claim| claim.outlier_days;
    for (what, stated, days) in [
        ("TS213 says {} covered days", summary.covered_days, covered),
        ("TS207 says {} outlier days", summary.outlier_days, outlier),
    ] {
        let Some(stated) = stated.and_then(|stated| stated.decimal()) else { continue };
        let of_claims: Option<Vec<Decimal>> =
            claims.iter().filter_map(days).map(|days| days.decimal()).collect();
        let Some(of_claims) = of_claims.filter(|all| !all.is_empty()) else { continue };
        let sum: Decimal = of_claims.iter().copied().sum();
        // What some claims do not say may be the rest.
        let is_whole = of_claims.len() == claims.len();
        if stated < sum || (is_whole && sum < stated) {
            let what = what.replace("{}", &stated.to_wire());
            let count = of_claims.len();
            let sum = sum.to_wire();
            let what = format!("{what}; {count} of its claims tell {sum}");
            notebook.add("V28", summary.place, what);
        }
    }
}

/// Where a claim tells some of its days.
type Days<'a> = fn(&ClaimPayment<'a>) -> Option<Field<'a>>;

/// What PLB L6 pays, and what the claims say of it in AMT*I.
pub(super) struct Interest {
    pub paid: Money,
    pub of_claims: Money,
}

pub(super) fn interest(remittance: &Remittance<'_>) -> Interest {
    let of_claims = remittance
        .claims
        .iter()
        .filter_map(|claim| find_amount(&claim.amounts, "I")?.money())
        .sum();
    let entries = remittance.provider_adjustments.iter().filter(|entry| entry.reason.is("L6"));
    Interest { paid: entries.map(|entry| -money(&entry.amount)).sum(), of_claims }
}

/// V18: what PLB L6 raises the payment by is what claims say of it in AMT*I.
fn of_interest(remittance: &Remittance<'_>, notebook: &mut Notebook<'_>) {
    let Interest { paid, of_claims } = interest(remittance);
    if paid != of_claims {
        let mut entries = remittance.provider_adjustments.iter();
        let first = entries.find(|entry| entry.reason.is("L6"));
        let place = first.map_or(remittance.place, |entry| entry.amount.place);
        let what = format!("PLB L6 pays interest of {paid}, the claims say {of_claims} in AMT*I");
        notebook.add("V18", place, what);
    }
}

/// V46, of every entry that gives.
fn of_gifts(remittance: &Remittance<'_>, notebook: &mut Notebook<'_>) {
    let gifts = Gifts::of(remittance, Kind::of);
    for entry in &remittance.provider_adjustments {
        if let Some(too_much) = gifts.too_much(entry) {
            notebook.add("V46", entry.amount.place, too_much.what.clone());
        }
    }
}

fn of_claim(claim: &ClaimPayment<'_>, paid_on: Option<Day>, notebook: &mut Notebook<'_>) {
    if code_sets::meaning("remittance-status", claim.status.bytes()).is_none() {
        let what = format!("CLP02 is {}, which the guide does not have", printable(&claim.status));
        notebook.add("V11", claim.status.place, what);
    }
    let (charge, paid) = (money(&claim.charge), money(&claim.paid));
    let is_contrary = |amount: Money| match claim.is_reversal() {
        true => amount > Money::ZERO,
        false => amount.is_negative(),
    };
    if is_contrary(charge) || is_contrary(paid) {
        let status = printable(&claim.status);
        let what = format!("CLP02 is {status}, the charge is {charge} and {paid} is paid");
        notebook.add("V32", claim.place, what);
    }
    of_adjustments(&claim.adjustments, &claim.remarks, &[], paid_on, notebook);
    of_adjustments_beyond(&claim.adjustments_beyond, notebook);
    for remark in &claim.remarks {
        of_remark(remark, paid_on, notebook);
    }
    for service in &claim.services {
        of_adjustments(&service.adjustments, &service.remarks, &claim.remarks, paid_on, notebook);
        of_adjustments_beyond(&service.adjustments_beyond, notebook);
        for remark in &service.remarks {
            of_remark(remark, paid_on, notebook);
        }
        of_service(service, claim, notebook);
    }
    // Whether anything was paid before, the claim tells that it is about.
    if claim.status.is_any(LATER_PAYER) && hides_the_first(claim) {
        let what =
            format!("CLP02 is {}, CO-45 is there and OA-23 is not", printable(&claim.status));
        notebook.add(LATER_TELLS_PRIOR, claim.place, what);
    }
    for party in &claim.parties {
        let what = match party.entity.bytes() {
            b"74" => "the payer corrects the insured's name or number (NM1*74)",
            b"PR" => "the payer names another payer that comes first (NM1*PR)",
            b"TT" => "the payer passed the claim on to another payer (NM1*TT)",
            _ => continue,
        };
        notebook.add("V27", party.place, what.to_owned());
    }
}

/// Whether adjustments of a later payer do not say what was settled before it.
fn hides_the_first(claim: &ClaimPayment<'_>) -> bool {
    let has = |code: &str| claim.all_adjustments().any(|found| found.reason.is(code));
    has("45") && !has("23")
}

/// The rule that a later payer says what was settled before it.
/// The rule that only those can judge who know what the payers before paid.
pub const LATER_TELLS_PRIOR: &str = "V23";

/// Whether a claim payment says that it comes after that of another payer: by CLP02, or, where all is denied, by
/// what was settled before it (23) beside what it denies itself.
pub(super) fn is_after_another(payment: &ClaimPayment<'_>) -> bool {
    let has = |is_settled: bool| {
        payment.all_adjustments().any(|found| found.reason.is("23") == is_settled)
    };
    payment.status.is_any(LATER_PAYER) || payment.status.is("4") && has(true) && has(false)
}

/// Whether a payer calls itself the first (19), and tells what was settled before it (23).
pub(super) fn calls_itself_first(payment: &ClaimPayment<'_>) -> bool {
    let settled = payment.all_adjustments().filter(|found| found.reason.is("23"));
    payment.status.is("19") && settled.map(Adjustment::money).sum::<Money>() > Money::ZERO
}

/// CLP02 of whoever pays after another payer.
pub(super) const LATER_PAYER: &[&str] = &["2", "3", "20", "21"];

fn of_adjustments(
    adjustments: &[Adjustment<'_>],
    remarks: &[Field<'_>],
    other_remarks: &[Field<'_>],
    paid_on: Option<Day>,
    notebook: &mut Notebook<'_>,
) {
    let mut seen: HashSet<(&[u8], &[u8])> = HashSet::new();
    for adjustment in adjustments {
        let (group, reason) = (printable(&adjustment.group), printable(&adjustment.reason));
        let place = adjustment.reason.place;
        if !adjustment.group.is_any(&["CO", "OA", "PI", "PR"]) {
            notebook.add("V12", adjustment.group.place, format!("CAS01 is {group}"));
        }
        if adjustment.amount.decimal().is_some_and(Decimal::is_zero) {
            let what = format!("CAS {group}-{reason} has an amount of zero");
            notebook.add("V24", adjustment.amount.place, what);
        }
        if !seen.insert((adjustment.group.bytes(), adjustment.reason.bytes())) {
            let what = format!("CAS {group}-{reason} stands twice in one place");
            notebook.add("V15", place, what);
        }
        let of = format!("reason {reason}");
        of_code("claim-adjustment-reason", (&adjustment.reason, &of), paid_on, notebook);
        let has_remark = !remarks.is_empty() || !other_remarks.is_empty();
        if carc::needs_remark(adjustment.reason.bytes()) && !has_remark {
            let what = format!("CAS {group}-{reason} has no remark beside it");
            notebook.add("V14", place, what);
        }
    }
}

/// V47, of a claim or one of its services.
fn of_adjustments_beyond(beyond: &[Adjustment<'_>], notebook: &mut Notebook<'_>) {
    for adjustment in beyond {
        let Adjustment { group, reason, amount, .. } = adjustment;
        let of = format!("{}-{}", printable(group), printable(reason));
        notebook.add("V47", reason.place, beyond_in_words(("CAS", "CAS19"), amount, &of));
    }
}

/// V47, of the payment.
fn of_entries_beyond(remittance: &Remittance<'_>, notebook: &mut Notebook<'_>) {
    for entry in &remittance.provider_adjustments_beyond {
        let of = printable(&entry.reason);
        let what = beyond_in_words(("PLB", "PLB14"), &entry.amount, &of);
        notebook.add("V47", entry.reason.place, what);
    }
}

/// `CAS21 has 5.00 of CO-16, beyond CAS19`.
fn beyond_in_words((tag, last): (&str, &str), amount: &Field<'_>, of: &str) -> String {
    let element = amount.place.element;
    match amount.decimal() {
        Some(amount) => format!("{tag}{element} has {amount} of {of}, beyond {last}"),
        None => format!("{tag}{element} has no amount of {of}, beyond {last}"),
    }
}

fn of_remark(remark: &Field<'_>, paid_on: Option<Day>, notebook: &mut Notebook<'_>) {
    let of = format!("remark {}", printable(remark));
    of_code("remark", (remark, &of), paid_on, notebook);
}

fn of_code(
    set: &str,
    (code, of): (&Field<'_>, &str),
    paid_on: Option<Day>,
    notebook: &mut Notebook<'_>,
) {
    let Some(paid_on) = paid_on else { return };
    let what = match code_sets::standing(set, code.bytes(), paid_on) {
        None | Some(Standing::Valid) => return,
        Some(Standing::Ended(day)) => format!("{of} ended on {day}, before the payment"),
        Some(Standing::NotYet(day)) => format!("{of} begins on {day}, after the payment"),
        Some(Standing::Unknown | Standing::Header) => {
            format!("{of} is not in the published list that we carry")
        }
    };
    notebook.add("V13", code.place, what);
}

fn of_service(service: &ServicePayment<'_>, claim: &ClaimPayment<'_>, notebook: &mut Notebook<'_>) {
    if is_default_code(&service.procedure) && service.submitted.is_none() {
        let what = "SVC01 is a code for what has none, and SVC06 does not say what was submitted";
        notebook.add("V20", service.procedure.place, what.to_owned());
    }
    let stated = service.service_date().and_then(|date| date.days());
    if let (Some(days), Some(whole)) = (stated, claim_days(claim))
        && (days.from < whole.from || whole.to < days.to)
    {
        let what = "the service lies outside of the claim's days".to_owned();
        notebook.add("V26", service.place, what);
    }
}

/// V21: what OA-94 adds to one line is what CO-97 takes off the lines that are rolled up in it, of
/// the claim or, in laboratories, of several.
fn of_bundles(remittance: &Remittance<'_>, found: &mut Vec<Finding>) {
    let claims: Vec<(usize, &ClaimPayment<'_>)> =
        remittance.claims.iter().enumerate().filter(|(_, claim)| !claim.is_reversal()).collect();
    let apart: Vec<(usize, Money, Money)> = claims
        .iter()
        .map(|&(index, claim)| (index, added(claim), rolled_up(claim)))
        .filter(|&(_, added, rolled_up)| !added.is_zero() && added != rolled_up)
        .collect();
    if apart.is_empty() {
        return;
    }
    let all = |of: fn(&ClaimPayment<'_>) -> Money| -> Money {
        claims.iter().map(|&(_, claim)| of(claim)).sum()
    };
    // Alone, OA-94 says that the payer's own fees are above the charge.
    if all(added) == all(rolled_up) || all(rolled_up).is_zero() {
        return;
    }
    for (index, added, rolled_up) in apart {
        let Some(claim) = remittance.claims.get(index) else { continue };
        let what = format!(
            "OA-94 adds {added} to a line, CO-97 takes {rolled_up} off the lines beside it"
        );
        Notebook { claim: Some(index + 1), found }.add("V21", claim.place, what);
    }
}

/// V36 and V42, of every claim that is no reversal.
fn of_shares(remittance: &Remittance<'_>, found: &mut Vec<Finding>) {
    let claims = || remittance.claims.iter().enumerate().filter(|(_, claim)| !claim.is_reversal());
    let all: Money = claims().map(|(_, claim)| rolled_up(claim)).sum();
    for (index, claim) in claims() {
        let mut notebook = Notebook { claim: Some(index + 1), found };
        let share = claim.all_adjustments().filter(is_share).map(Adjustment::money).sum();
        // What is rolled up in it is another claim's charge.
        let beside = if all > rolled_up(claim) { added(claim) } else { Money::ZERO };
        let charge = money(&claim.charge) + beside;
        let is_odd = of_share((None, share), charge, claim.place, &mut notebook);
        let paid = money(&claim.paid);
        if paid > Money::ZERO && charge.cents().saturating_mul(TIMES_CHARGED) <= paid.cents() {
            let what = format!("{paid} is paid of a claim that charges {charge}");
            notebook.add("V42", claim.paid.place, what);
        }
        // What the claim says is not said of each of its services too.
        let services = if is_odd { &[] } else { claim.services.as_slice() };
        for (index, service) in services.iter().enumerate() {
            let of = |is_it: fn(&&Adjustment<'_>) -> bool| -> Money {
                service.adjustments.iter().filter(is_it).map(Adjustment::money).sum()
            };
            let beside = if all.is_zero() { Money::ZERO } else { of(|one| one.reason.is("94")) };
            let charge = money(&service.charge) - beside;
            of_share((Some(index), of(is_share)), charge, service.place, &mut notebook);
        }
        of_negative_denials(claim, &mut notebook);
    }
}

/// Encounter rates and drugs with a token charge are paid several times what was charged.
const TIMES_CHARGED: i64 = 10;

/// What a patient pays is no less than nothing, and no more than was charged; whether it is otherwise.
fn of_share(
    (service, share): (Option<usize>, Money),
    charge: Money,
    place: Place,
    notebook: &mut Notebook<'_>,
) -> bool {
    if !share.is_negative() && share <= charge {
        return false;
    }
    let of = service.map_or("the claim".to_owned(), |index| format!("service {}", index + 1));
    if share.is_negative() {
        notebook.add("V36", place, format!("the patient is to pay {share} of {of}"));
    } else {
        let what = format!("the patient is to pay {share} of {of}, which charges {charge}");
        notebook.add("V36", place, what);
    }
    true
}

/// Interest of a patient (85, 225) is no part of the charge, and may be given back.
fn is_share(adjustment: &&Adjustment<'_>) -> bool {
    adjustment.group.is("PR") && !adjustment.reason.is_any(&["85", "225"])
}

/// A denial of less than nothing. Other reasons may raise what is paid: what is allowed above the charge
/// (45, 94), an incentive, interest, what is given back of a reduction.
fn of_negative_denials(claim: &ClaimPayment<'_>, notebook: &mut Notebook<'_>) {
    let mut denied: BTreeMap<&[u8], Money> = BTreeMap::new();
    if !claim.all_adjustments().any(|one| one.money().is_negative()) {
        return;
    }
    // Some payers roll up with 97 alone: then it is negative in one place, of another claim at times.
    for one in claim.all_adjustments().filter(|one| !one.reason.is("97")) {
        let row = reason(&one.reason.text());
        if row.class == Class::Denial && !row.codes.is_empty() {
            *denied.entry(one.reason.bytes()).or_default() += one.money();
        }
    }
    for (reason, amount) in denied.into_iter().filter(|(_, amount)| amount.is_negative()) {
        let reason = String::from_utf8_lossy(reason);
        notebook.add("V36", claim.place, format!("{amount} is denied with {reason}"));
    }
}

fn money(field: &Field<'_>) -> Money {
    field.money().unwrap_or_default()
}

/// A count as a message may print it.
fn printable_number(field: &Field<'_>) -> String {
    let is_number = field.bytes().iter().all(u8::is_ascii_digit);
    if is_number { field.text().into_owned() } else { "?".to_owned() }
}
