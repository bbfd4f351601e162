//! What is odd about a claim payment beside the claim as it was sent, and beside what was said of
//! it before.

use x12::segment::Field;
use x12::value::Money;
use x12::view::remittance::ClaimPayment;

use super::findings::{Finding, Notebook};
use super::matching::{KnownClaim, LineMatch, numbered};
use super::rules::rule;
use super::standing::{Said, Settled, TooLittle, is_exact};
use super::turns::StillLeft;
use crate::change::cases::{TOO_LITTLE, TOO_MUCH};

/// Findings of a claim payment that was matched for sure.
pub(super) fn beside(
    (ordinal, payment): (usize, &ClaimPayment<'_>),
    claim: &KnownClaim,
    lines: &[LineMatch],
) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut notebook = Notebook { claim: Some(ordinal), found: &mut found };
    let was_sent = claim.lines.iter().any(|line| !line.control_number.trim().is_empty());
    for (service, matched) in payment.services.iter().zip(lines) {
        let number = service.line_control_number().filter(|number| !number.is_empty());
        let is_known = number.is_some_and(|given| {
            claim.lines.iter().any(|line| {
                given.is(line.control_number.trim())
                    || given.text().trim().parse() == Ok(line.number)
            })
        });
        // What is taken back has the lines and procedures that were sent then.
        if payment.is_reversal() {
            continue;
        }
        if number.is_none() && was_sent {
            let what = "REF*6R is missing, though the line was sent with a number of its own";
            notebook.add("V22", service.place, what.to_owned());
        } else if number.is_some() && !is_known {
            let what = "REF*6R is the number of no line that was sent";
            notebook.add("V22", service.place, what.to_owned());
        } else if numbered(service, claim).is_some_and(|line| Some(line.number) != matched.line) {
            let what = "REF*6R is the number of a line with another procedure and another charge";
            notebook.add("V22", service.place, what.to_owned());
        }
        let line = claim.lines.iter().find(|line| Some(line.number) == matched.line);
        let is_other = line.is_some_and(|line| {
            let code = &service.procedure.code;
            !code.is_empty() && !code.is(&line.code) && !code.is(&line.revenue_code)
        });
        if is_other && service.submitted.is_none() {
            let what = "SVC01 is not the procedure that was sent, and SVC06 is missing";
            notebook.add("V20", service.procedure.place, what.to_owned());
        }
    }
    found
}

/// V33: the same was said of the claim before.
pub(super) fn double((ordinal, payment): (usize, &ClaimPayment<'_>)) -> Finding {
    let amount = |field: &Field<'_>| field.money().unwrap_or_default();
    let (paid, charge) = (amount(&payment.paid), amount(&payment.charge));
    let what = format!(
        "{paid} paid of {charge} was said before under the payer's same number, with the same \
         adjustments, and was not taken back"
    );
    Finding { rule: rule("V33"), claim: Some(ordinal), place: payment.place, what }
}

/// V34: decisions that were not taken back come to more than was charged, or one denies what was decided before.
pub(super) fn too_much(
    (ordinal, payment): (usize, &ClaimPayment<'_>),
    (settled, charge, paid): (&Settled, Money, Money),
) -> Finding {
    let beyond =
        if paid > Money::ZERO { format!("{paid} was paid beyond it") } else { String::new() };
    let what = beyond_charge((settled.decided, charge), &beyond, settled.denied_since);
    Finding { rule: rule(TOO_MUCH), claim: Some(ordinal), place: payment.place, what }
}

/// What is decided on beside the charge, what is `beyond` it, and what was denied since.
pub(super) fn beyond_charge(
    (decided, charge): (Money, Money),
    beyond: &str,
    denied_since: Money,
) -> String {
    let mut told = Vec::new();
    if charge < decided {
        told.push(format!("{decided} is decided on, and {charge} was charged"));
    }
    told.extend(Some(beyond).filter(|beyond| !beyond.is_empty()).map(str::to_owned));
    if denied_since > Money::ZERO {
        told.push(format!(
            "the payer denies {denied_since} that it had decided on before and did not take back: nothing is \
             taken off for that, and what it decided before stands"
        ));
    }
    told.join("; ")
}

/// V40: decisions on it come to less than was charged.
pub(super) fn too_little(
    (ordinal, payment): (usize, &ClaimPayment<'_>),
    short: &TooLittle,
    is_separated: bool,
) -> Finding {
    let TooLittle { decided, charge, left_out } = short;
    let left = *charge - *decided;
    let what = match left_out.as_slice() {
        [] => format!(
            "{decided} is decided on, all lines are spoken of, and {charge} was sent: of {left} nothing is \
             said, it was taken back, or a decision is to pay it that is not there"
        ),
        lines => {
            let numbers: Vec<String> = lines.iter().map(u32::to_string).collect();
            let named = if lines.len() == 1 { "line" } else { "lines" };
            let comes = match is_separated {
                true => ", which the payer tells by itself, it says (MA15)",
                false => "",
            };
            format!(
                "{decided} is decided on, and {charge} was sent: of {left} nothing is said; no decision speaks \
                 of {named} {}{comes}",
                numbers.join(", ")
            )
        }
    };
    Finding { rule: rule(TOO_LITTLE), claim: Some(ordinal), place: payment.place, what }
}

/// V40: a payer after the first decided on a part of what was left to it.
pub(super) fn left_out(
    (ordinal, payment): (usize, &ClaimPayment<'_>),
    left: &StillLeft,
) -> Finding {
    let numbers: Vec<String> = left.left_out.iter().map(u32::to_string).collect();
    let named = if numbers.len() == 1 { "line" } else { "lines" };
    let what = format!(
        "of {} that was left to it nothing is said; no decision speaks of {named} {}",
        left.amount - left.reviewed,
        numbers.join(", ")
    );
    Finding { rule: rule(TOO_LITTLE), claim: Some(ordinal), place: payment.place, what }
}

/// MA15: the claim was separated, and a notice of its own tells the other services.
pub(super) fn is_separated(payment: &ClaimPayment<'_>) -> bool {
    let of_services = payment.services.iter().flat_map(|service| &service.remarks);
    payment.remarks.iter().chain(of_services).any(|remark| remark.is("MA15"))
}

/// V38: so much was said of it before.
pub(super) fn too_often((ordinal, payment): (usize, &ClaimPayment<'_>), times: usize) -> Finding {
    let what = format!("{times} decisions on the claim are known already");
    Finding { rule: rule("V38"), claim: Some(ordinal), place: payment.place, what }
}

/// V16: whether a reversal is the whole of what it takes back.
pub(super) fn reversal(
    (ordinal, payment): (usize, &ClaimPayment<'_>),
    said: &Said,
    original: Option<&Said>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut notebook = Notebook { claim: Some(ordinal), found: &mut found };
    let Some(original) = original else {
        let what = "it takes back a payment that did not come, or did not come yet".to_owned();
        notebook.add("V16", payment.place, what);
        return found;
    };
    if !is_exact(said, original) {
        let told = |one: &Said| format!("{} paid of {}", one.paid, one.charge);
        let what = if (said.paid + original.paid, said.charge + original.charge)
            == (Money::ZERO, Money::ZERO)
        {
            "its adjustments are not those of the payment that it takes back".to_owned()
        } else {
            format!("it has {}, the payment that it takes back {}", told(said), told(original))
        };
        notebook.add("V16", payment.place, what);
    }
    found
}
