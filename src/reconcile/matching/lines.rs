//! Which line does this SVC speak of?

use x12::value::Money;
use x12::view::parts::{Adjustment, Procedure};
use x12::view::remittance::{ClaimPayment, ServicePayment};

use super::left::is_paid_elsewhere;
use super::{KnownClaim, KnownLine};
use crate::denials::bundle;
use crate::denials::reasons::{self, Class};

/// Which line an SVC speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineMatch {
    /// The index of the service in its claim payment.
    pub service: usize,
    /// LX01 of the line; `None` when nothing agrees.
    pub line: Option<u32>,
    /// What agreed, in words.
    pub by: &'static str,
    pub part: LinePart,
}

/// How much of the charge of its line a claim payment decides on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinePart {
    /// All of it.
    Whole,
    /// All of it, and denies it: nothing is paid, in none of its services.
    Denied,
    /// All of it, and denies it as a copy of what was decided before.
    Copy,
    /// All of it, and denies a part as a copy: another CLP of the claim may decide on that.
    CopyInPart,
    /// All of it, and denies a part as a copy, and the rest for another reason: nothing is paid.
    DeniedBesideCopy,
    /// All of it, and says that another decision pays it: nothing is paid here, and nothing denied.
    Elsewhere,
    /// Another amount.
    Some,
    /// Another amount, and denies it: nothing is paid.
    SomeDenied,
}

impl LinePart {
    /// Whether a part of the line is denied as a copy, and another part decided on.
    pub fn is_copied_in_part(self) -> bool {
        matches!(self, LinePart::CopyInPart | LinePart::DeniedBesideCopy)
    }
}

/// Whether a service and a line agree in one respect.
pub(super) type LineAgrees = fn(&ServicePayment<'_>, &KnownLine) -> bool;

/// The ways to find a line, the surest first. Payers split a line into several services, which
/// then share its number; so only what goes by the service alone takes each line once.
pub(super) const LINE_TIERS: [(&str, bool, LineAgrees); 5] = [
    ("line control number", false, |service, line| {
        let given = service.line_control_number();
        given.is_some_and(|given| !given.is_empty() && given.is(line.control_number.trim()))
    }),
    ("line number", false, |service, line| {
        let given = service.line_control_number();
        given.is_some_and(|given| given.text().trim().parse() == Ok(line.number))
    }),
    ("procedure, modifiers, day and charge", true, |service, line| {
        has_code(service, line)
            && has_modifiers(service, line)
            && has_day(service, line)
            && has_charge(service, line)
    }),
    ("procedure and charge", true, |service, line| {
        has_code(service, line) && has_charge(service, line)
    }),
    ("procedure", true, has_code),
];

/// Finds the line of each service that a payer decides on, in the order of the services.
pub fn match_lines(
    payment: &ClaimPayment<'_>,
    (claim, payer): (&KnownClaim, &str),
) -> Vec<LineMatch> {
    let nothing = |service| LineMatch { service, line: None, by: "nothing", part: LinePart::Some };
    let mut matches: Vec<LineMatch> = (0..payment.services.len()).map(nothing).collect();
    for (found, line) in matches.iter_mut().zip(mistaken(payment, claim)) {
        if line.is_some() {
            (found.line, found.by) = (line, AGAINST_ITS_NUMBER);
        }
    }
    let mut taken: Vec<u32> = matches.iter().filter_map(|found| found.line).collect();
    for (by, takes_once, agrees) in LINE_TIERS {
        for (found, service) in matches.iter_mut().zip(&payment.services) {
            if found.line.is_some() {
                continue;
            }
            let free = |line: &&KnownLine| !takes_once || !taken.contains(&line.number);
            if let Some(line) = claim.lines.iter().filter(free).find(|line| agrees(service, line)) {
                (found.line, found.by) = (Some(line.number), by);
                taken.push(line.number);
            }
        }
    }
    // A split without numbers: the rest of the only line with that procedure.
    for (found, service) in matches.iter_mut().zip(&payment.services) {
        let mut lines = claim.lines.iter().filter(|line| has_code(service, line));
        if let (None, Some(line), None) = (found.line, lines.next(), lines.next()) {
            (found.line, found.by) = (Some(line.number), "the only line with the procedure");
        }
    }
    let parts: Vec<LinePart> =
        matches.iter().map(|one| part(one, &matches, payment, (claim, payer))).collect();
    for (found, part) in matches.iter_mut().zip(parts) {
        found.part = part;
    }
    matches
}

/// How much of its line is decided on, by this service and those beside it.
fn part(
    found: &LineMatch,
    matches: &[LineMatch],
    payment: &ClaimPayment<'_>,
    (claim, payer): (&KnownClaim, &str),
) -> LinePart {
    let line = claim.lines.iter().find(|line| Some(line.number) == found.line);
    let beside = || {
        let of_line = matches.iter().filter(|other| other.line == found.line);
        of_line.filter_map(|other| payment.services.get(other.service))
    };
    let charge: Money = beside().map(|service| service.charge.money().unwrap_or_default()).sum();
    let Some(line) = line else { return LinePart::Some };
    let service = payment.services.get(found.service);
    let is_elsewhere = |one: &ServicePayment<'_>| is_paid_elsewhere(one, payment, (claim, payer));
    // Of a line in several services some may be denied beside others that are decided on.
    let is_decided = |one| !(is_denied(one) || is_of_copy(one) || is_elsewhere(one));
    let is_beside_decided = beside().any(is_decided);
    let is_of_copy = service.is_some_and(is_of_copy);
    let is_copied_in_part = !is_of_copy && service.is_some_and(has_copy);
    let is_denied = !is_of_copy && !is_beside_decided && service.is_some_and(is_denied);
    match line.charge == charge.abs() {
        true if is_of_copy => LinePart::Copy,
        true if is_copied_in_part && is_denied && service.is_some_and(has_denial) => {
            LinePart::DeniedBesideCopy
        }
        true if is_copied_in_part => LinePart::CopyInPart,
        true if service.is_some_and(is_elsewhere) => LinePart::Elsewhere,
        true if is_denied => LinePart::Denied,
        true => LinePart::Whole,
        false if is_denied => LinePart::SomeDenied,
        false => LinePart::Some,
    }
}

/// What was rolled up in another service is paid there, and not denied.
pub fn of_bundled(lines: &mut [LineMatch], payment: &ClaimPayment<'_>) {
    for (found, service) in lines.iter_mut().zip(&payment.services) {
        let is_denied = matches!(found.part, LinePart::Denied | LinePart::SomeDenied);
        if is_denied && bundle::rolled_up_in(service).next().is_some() {
            let is_whole = found.part == LinePart::Denied;
            found.part = if is_whole { LinePart::Whole } else { LinePart::Some };
        }
    }
}

/// Whether a service is denied as a copy, and nothing of it is decided on: neither paid nor the patient's, nor denied
/// for another reason.
pub(super) fn is_of_copy(service: &ServicePayment<'_>) -> bool {
    let is_patients = |one: &Adjustment<'_>| one.group.is("PR") && !is_by_copy(one);
    let is_decided =
        service.adjustments.iter().any(|one| is_patients(one) && !one.money().is_zero());
    let is_paid = !service.paid.money().unwrap_or_default().is_zero();
    has_copy(service) && !is_paid && !is_decided && !has_denial(service)
}

/// Whether a part of a service is denied otherwise than as a copy.
fn has_denial(service: &ServicePayment<'_>) -> bool {
    service.adjustments.iter().any(|one| {
        let is_denial = reasons::reason(&one.reason.text()).class == Class::Denial;
        is_denial && !is_by_copy(one) && !one.money().is_zero()
    })
}

fn has_copy(service: &ServicePayment<'_>) -> bool {
    service.adjustments.iter().any(|one| is_by_copy(one))
}

fn is_by_copy(adjustment: &Adjustment<'_>) -> bool {
    adjustment.reason.is_any(reasons::OF_COPIES) && !adjustment.money().is_zero()
}

/// Whether nothing of a service is paid, and a part of it denied, whoever is to bear it. What a patient owes
/// of what is covered (PR-1 to 3) is no denial.
fn is_denied(service: &ServicePayment<'_>) -> bool {
    let class = |one: &Adjustment<'_>| reasons::reason(&one.reason.text()).class;
    let mut all = service.adjustments.iter();
    let is_odd = |one: &Adjustment<'_>| one.money() < Money::ZERO || class(one) == Class::Waiting;
    service.paid.money().unwrap_or_default().is_zero()
        && !service.adjustments.iter().any(is_odd)
        && all.any(|one| class(one) == Class::Denial)
}

const AGAINST_ITS_NUMBER: &str = "procedure and charge, against its line number";

/// The line of each service whose number is of a line with another procedure and another charge, where both
/// are those of one other line alone, that no number rightly names: the payer mixed them up.
fn mistaken(payment: &ClaimPayment<'_>, claim: &KnownClaim) -> Vec<Option<u32>> {
    let fits = |service: &ServicePayment<'_>, line: &KnownLine| {
        has_code(service, line) && has_charge(service, line) && has_day(service, line)
    };
    let is_right = |line: &KnownLine| {
        let mut services = payment.services.iter();
        services.any(|service| {
            numbered(service, claim).is_some_and(|own| own.number == line.number)
                && (has_code(service, line) || has_charge(service, line))
        })
    };
    let other = |service: &ServicePayment<'_>| {
        let own = numbered(service, claim)?;
        let mut fitting = claim.lines.iter().filter(|line| fits(service, line));
        let found = fitting.next().filter(|_| fitting.next().is_none())?;
        let is_wrong = !has_code(service, own) && !has_charge(service, own);
        (is_wrong && !is_right(found)).then_some(found.number)
    };
    payment.services.iter().map(other).collect()
}

/// The line that REF*6R names.
pub(in crate::reconcile) fn numbered<'c>(
    service: &ServicePayment<'_>,
    claim: &'c KnownClaim,
) -> Option<&'c KnownLine> {
    let mut named = LINE_TIERS.iter().take(NUMBER_TIERS);
    named.find_map(|(_, _, agrees)| claim.lines.iter().find(|line| agrees(service, line)))
}

/// So many of the tiers go by REF*6R.
const NUMBER_TIERS: usize = 2;

/// What we submitted: SVC06 says so when the payer decided on something else.
fn submitted<'s, 'f>(service: &'s ServicePayment<'f>) -> &'s Procedure<'f> {
    service.submitted.as_ref().unwrap_or(&service.procedure)
}

/// The procedures agree, or the revenue codes where the payer or the line has no procedure.
pub(super) fn has_code(service: &ServicePayment<'_>, line: &KnownLine) -> bool {
    let Procedure { qualifier, code, .. } = submitted(service);
    if code.is_empty() {
        return false;
    }
    if qualifier.is("NU") {
        let plain = |code: &str| code.trim().trim_start_matches('0').to_owned();
        return !line.revenue_code.is_empty() && plain(&code.text()) == plain(&line.revenue_code);
    }
    code.is(&line.code)
}

fn has_modifiers(service: &ServicePayment<'_>, line: &KnownLine) -> bool {
    let Procedure { qualifier, modifiers: stated, .. } = submitted(service);
    // A revenue code has no modifiers, whatever the procedure beside it has.
    if qualifier.is("NU") {
        return true;
    }
    stated.len() == line.modifiers.len()
        && stated.iter().all(|code| line.modifiers.iter().any(|known| code.is(known)))
}

pub(super) fn has_day(service: &ServicePayment<'_>, line: &KnownLine) -> bool {
    let stated = service.service_date().and_then(|date| date.days());
    // A service without a date of its own has the claim's.
    match (stated, line.day) {
        (Some(days), Some(day)) => days.from == day,
        (None, _) | (_, None) => true,
    }
}

pub(super) fn has_charge(service: &ServicePayment<'_>, line: &KnownLine) -> bool {
    service.charge.money().map(Money::abs) == Some(line.charge)
}
