//! A remittance and its claims as they are kept, for reading.

use std::collections::BTreeMap;

use x12::fault::Place;
use x12::phi::Phi;
use x12::value::Money;
use x12::view::parts::{Adjustment, Party};
use x12::view::remittance::{ClaimPayment, Remittance};

use super::balance::Balance;
use super::findings::Finding;
use super::matching::{LineMatch, Match, days_of};
use super::posting::Judged;
use super::{Incoming, denied_lines, rolled_up, rules::rule};
use crate::change::deposits::Way;
use crate::change::{BrokenRule, ClaimId, NewClaimPayment, NewPayment, Tier};
use crate::denials::route::shown;
use crate::denials::{bundle, printable};

/// What the payer calls a claim, and what a person finds it by.
pub(super) fn claim_named(payment: &ClaimPayment<'_>) -> String {
    let number = shown(&payment.patient_control_number.text());
    let payer_number = shown(&payment.payer_control_number.text());
    let charge = payment.charge.money().unwrap_or_default();
    let status = printable(&payment.status);
    let days = days_of(payment);
    let service = days.map(|days| format!(", service {}", days.from)).unwrap_or_default();
    format!("CLP01 {number}, CLP02 {status}, CLP07 {payer_number}, charge {charge}{service}")
}

/// Whom the payer calls the patient, or else the insured: a person finds the claim by it that no number
/// tells.
pub(super) fn patient_named(payment: &ClaimPayment<'_>) -> String {
    let named = |entity: &str| payment.parties.iter().find(|party| party.entity.is(entity));
    let Some(party) = named("QC").or_else(|| named("IL")) else { return String::new() };
    let [last, first, number] =
        [&party.last_name, &party.first_name, &party.id].map(|field| shown(&field.text()));
    let name: Vec<String> = [last, first].into_iter().filter(|name| !name.is_empty()).collect();
    let of = |what: &str, text: String| match text.is_empty() {
        true => String::new(),
        false => format!(", {what} {text}"),
    };
    of("patient", name.join(" ")) + &of("member", number)
}

/// A remittance before anything of it is posted.
pub(super) fn payment_of(
    remittance: &Remittance<'_>,
    incoming: &Incoming<'_>,
    balance: &Balance,
    judged: &[Judged<'_, '_>],
) -> NewPayment {
    NewPayment {
        arrival: incoming.arrival,
        in_place_of: None,
        identity: incoming.identity.clone(),
        payer: incoming.payer.to_owned(),
        payee: payee_of(remittance),
        trace: remittance.trace.text().into_owned(),
        payer_id: remittance.trace_payer.text().trim().to_owned(),
        payer_name: remittance.payer.as_ref().map_or(String::new(), name_of),
        way: Way::named(&remittance.method.text()).unwrap_or(Way::Unsaid),
        paid_on: remittance.paid_on.day(),
        amount: remittance.amount.money().unwrap_or_default(),
        is_balanced: balance.may_post(),
        claims: judged.iter().map(claim_of).collect(),
        provider_adjustments: Vec::new(),
        broken: Vec::new(),
        postings: Vec::new(),
    }
}

/// N1*PR, by its name.
fn name_of(payer: &Party<'_>) -> String {
    payer.last_name.text().trim().to_owned()
}

/// N1*PE, by its number.
pub(super) fn payee_of(remittance: &Remittance<'_>) -> String {
    let payee = remittance.payee.as_ref();
    payee.map_or(String::new(), |payee| payee.id.text().trim().to_owned())
}

/// Each rule that is broken once, with how often, and where first.
pub(super) fn broken<'f>(
    balance: &Balance,
    findings: impl Iterator<Item = &'f Finding>,
) -> Vec<BrokenRule> {
    let mut broken: BTreeMap<&'static str, BrokenRule> = BTreeMap::new();
    let mut add = |id, place, what: String| {
        let new = || BrokenRule { rule: rule(id).id.to_owned(), times: 0, place, what };
        broken.entry(id).or_insert_with(new).times += 1;
    };
    for equation in balance.differences() {
        add(equation.rule, equation.place, equation.message());
    }
    for found in findings {
        add(found.rule.id, found.place, found.what.clone());
    }
    broken.into_values().collect()
}

fn claim_of(judged: &Judged<'_, '_>) -> NewClaimPayment {
    let payment = judged.payment;
    let of = |why: &str| format!("not matched: {}", why_unmatched(why, judged.unsent));
    let (claim, tier, matched_by) = match &judged.found {
        Match::Sure { claim, tier, by } => (Some(claim.id), *tier, by.clone()),
        Match::Suggested { why, .. } => (None, Tier::Suggested, of(why)),
        Match::Unknown => (None, Tier::Unknown, of("")),
    };
    NewClaimPayment {
        claim,
        tier,
        matched_by: with_loose_lines(matched_by, claim.is_some(), &judged.lines),
        lines: lines_told(&judged.lines),
        word: None,
        suspended: Money::ZERO,
        waits: None,
        status: printable(&payment.status),
        charge: payment.charge.money().unwrap_or_default(),
        paid: payment.paid.money().unwrap_or_default(),
        patient_responsibility: payment.patient_responsibility.money().unwrap_or_default(),
        payer_control_number: payment.payer_control_number.text().trim().to_owned(),
        place: payment.place,
        adjustments: adjustments_told(judged),
    }
}

/// Why a claim payment is of no claim: `why` others are only suggested, if any are, and what of ours has its number.
pub(super) fn why_unmatched(why: &str, unsent: Option<ClaimId>) -> String {
    let its = |claim: ClaimId| {
        format!("its number (CLP01) is that of claim {}, which was never sent", claim.0)
    };
    match (why, unsent) {
        ("", None) => "no number of it is known".to_owned(),
        ("", Some(claim)) => its(claim),
        (why, None) => why.to_owned(),
        (why, Some(claim)) => format!("{why}; {}", its(claim)),
    }
}

/// What a payment has beyond its claims, kept beside them as money that waits.
pub(super) fn remainder_told(remainder: Money, place: Place) -> NewClaimPayment {
    NewClaimPayment {
        claim: None,
        tier: Tier::Unknown,
        matched_by: "what the payment has beyond its claims".to_owned(),
        lines: String::new(),
        word: None,
        suspended: remainder,
        waits: None,
        status: String::new(),
        charge: Money::ZERO,
        paid: remainder,
        patient_responsibility: Money::ZERO,
        payer_control_number: String::new(),
        place,
        adjustments: String::new(),
    }
}

fn with_loose_lines(mut matched_by: String, is_matched: bool, lines: &[LineMatch]) -> String {
    let loose = lines.iter().filter(|found| found.line.is_none()).count();
    if is_matched && loose > 0 {
        matched_by.push_str(&format!("; {loose} of {} services fit no line", lines.len()));
    }
    matched_by
}

/// `service 1 is line 1 by line control number`.
pub(super) fn lines_told(lines: &[LineMatch]) -> String {
    let told = lines.iter().map(denied_lines::told);
    told.collect::<Vec<_>>().join("; ")
}

/// `CO-45 30.00, line 2 PR-3 10.00 N130`.
pub(super) fn adjustments_told(judged: &Judged<'_, '_>) -> String {
    let Judged { payment, lines, pended, .. } = judged;
    let mut told = Vec::new();
    let mut tell = |of: &str, adjustments: &[Adjustment<'_>]| {
        for adjustment in adjustments {
            let group = printable(&adjustment.group);
            let reason = printable(&adjustment.reason);
            let mark = pended.mark(adjustment);
            told.push(format!("{mark}{of}{group}-{reason} {}", adjustment.money()));
        }
    };
    tell("", &payment.adjustments);
    for (index, service) in payment.services.iter().enumerate() {
        let line = lines.get(index).and_then(|found| found.line);
        let of = match line {
            Some(line) => format!("line {line} "),
            None => format!("service {} ", index + 1),
        };
        tell(&of, &service.adjustments);
    }
    told.extend(told_of_paid(judged));
    let of_services = payment.services.iter().flat_map(|service| &service.remarks);
    let remarks: Vec<String> = payment.remarks.iter().chain(of_services).map(printable).collect();
    if !remarks.is_empty() {
        told.push(format!("remarks {}", remarks.join(" ")));
    }
    told.join(", ")
}

/// What lines are paid as that are paid for others, where these are in another remittance.
fn told_of_paid(judged: &Judged<'_, '_>) -> Vec<String> {
    let Judged { payment, lines, .. } = judged;
    let mut told = Vec::new();
    if judged.is_even || payment.is_reversal() {
        return told;
    }
    for (index, service) in payment.services.iter().enumerate() {
        let line = lines.get(index).and_then(|found| found.line);
        let line = line.filter(|_| !bundle::added_to(service, payment).is_zero());
        told.extend(line.and_then(|line| rolled_up::told_of_paid(line, service)));
    }
    told
}

/// A number of the payer as the store may keep it.
pub(super) fn kept(text: &str) -> Phi<String> {
    Phi::new(text.trim().to_owned())
}
