//! What a claim payment means for its claim. CLP02 tells how the payer took it, not whether it
//! paid: a denial is what the adjustments say.

use x12::segment::Field;
use x12::value::Money;
use x12::view::parts::{Adjustment, Party};
use x12::view::remittance::{ClaimPayment, ServicePayment};

use super::pended::Pended;
use crate::denials::bundle;
use crate::denials::denied::Denied;
use crate::denials::printable;
use crate::denials::reasons::Class;
use crate::denials::route::shown;
use crate::denials::table::{Asked, Table};

/// What a claim payment means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Paid, or settled by what contracts and patients bear; nothing is left to correct.
    Paid,
    /// Denied, the claim or some of its services. Empty when the payer denies without a reason.
    Denied(Vec<Denied>),
    /// An earlier payment is taken back.
    Reversed,
    /// An estimate before the service; no decision.
    Estimate,
    /// Not this payer's claim; it passed the claim on.
    Elsewhere,
    /// The payer has not decided yet.
    Waiting,
    /// CLP02 is none of the codes of the guide.
    Unclear,
}

/// Says which adjustments are denials: the table, for one payer.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    pub table: &'a Table,
    /// The payer by its name in the settings; empty when it is not known.
    pub payer: &'a str,
}

impl Judge<'_> {
    /// What an adjustment with these remarks is.
    pub fn class(&self, adjustment: &Adjustment<'_>, remarks: &[String]) -> Class {
        let (group, reason) = (printable(&adjustment.group), printable(&adjustment.reason));
        self.class_of((&group, &reason), remarks)
    }

    /// The same by its group and its reason.
    pub fn class_of(&self, (group, reason): (&str, &str), remarks: &[String]) -> Class {
        self.table.class(&Asked { payer: self.payer, group, reason, remarks })
    }
}

/// What a claim payment means. `lines` has LX01 for each of its services, as far as it is known.
pub fn outcome(
    payment: &ClaimPayment<'_>,
    lines: &[Option<u32>],
    (judge, pended): (Judge<'_>, &Pended),
) -> Outcome {
    match payment.status.bytes() {
        b"1" | b"2" | b"3" | b"19" | b"20" | b"21" => {}
        b"4" => return Outcome::Denied(denied_parts(payment, lines, judge)),
        b"22" if takes_nothing_back(payment, judge, pended) => return Outcome::Waiting,
        b"22" => return Outcome::Reversed,
        b"23" => return Outcome::Elsewhere,
        b"25" => return Outcome::Estimate,
        _ => return Outcome::Unclear,
    }
    let parts = denied_parts(payment, lines, judge);
    if !parts.is_empty() {
        return Outcome::Denied(parts);
    }
    if amount(&payment.paid).is_zero() && !pended.is_empty() && !decides_on_a_line(payment, pended)
    {
        return Outcome::Waiting;
    }
    Outcome::Paid
}

/// Whether beside what its payer reviews a line is decided on as a whole: all of it may be the patient's.
fn decides_on_a_line(payment: &ClaimPayment<'_>, pended: &Pended) -> bool {
    payment.services.iter().any(|service| {
        let decided: Money = service.adjustments.iter().map(Adjustment::money).sum();
        !amount(&service.charge).is_zero() && !decided.is_zero() && !pended.has_of(service)
    })
}

/// Whether a reversal only ends what the payer had not decided on: it paid nothing, and nothing was denied.
fn takes_nothing_back(payment: &ClaimPayment<'_>, judge: Judge<'_>, pended: &Pended) -> bool {
    let is_denial =
        |found: &Adjustment<'_>| !pended.has(found) && judge.class(found, &[]) == Class::Denial;
    amount(&payment.paid).is_zero()
        && !pended.is_empty()
        && !decides_on_a_line(payment, pended)
        && !payment.all_adjustments().any(is_denial)
}

/// Remarks by which payers say that they sent a claim on to one or several others.
const PASSED_ON: [&str; 3] = ["MA07", "MA18", "N89"];

/// Whether the payer sent the claim on to the next one by itself: CLP02 19 to 21, NM1*TT or a remark.
pub fn is_passed_on(payment: &ClaimPayment<'_>) -> bool {
    let of_services = payment.services.iter().flat_map(|service| &service.remarks);
    payment.status.is_any(&["19", "20", "21"])
        || payment.parties.iter().any(|party| party.entity.is(PASSED_TO))
        || payment.remarks.iter().chain(of_services).any(|remark| remark.is_any(&PASSED_ON))
}

/// The payer that a claim was sent on to, by its name in NM1*TT or else its number there; empty without.
pub fn passed_to(payment: &ClaimPayment<'_>) -> String {
    let party = payment.parties.iter().find(|party| party.entity.is(PASSED_TO));
    let named = |field: &Field<'_>| shown(field.text().trim());
    party
        .map(|party| [named(&party.last_name), named(&party.id)])
        .and_then(|names| names.into_iter().find(|name| !name.is_empty()))
        .unwrap_or_default()
}

/// Its number in NM1*TT; empty without.
pub fn passed_to_id(payment: &ClaimPayment<'_>) -> String {
    let party = payment.parties.iter().find(|party| party.entity.is(PASSED_TO));
    party.map(|party| party.id.text().trim().to_owned()).unwrap_or_default()
}

/// NM101 of the payer that a claim was sent on to.
const PASSED_TO: &str = "TT";

/// Where a payer says that another one comes first (NM1*PR).
pub fn names_first<'p, 'a>(payment: &'p ClaimPayment<'a>) -> Option<&'p Party<'a>> {
    // A payer is no person, and a person's name goes into no message.
    payment.parties.iter().find(|party| party.entity.is("PR") && !party.kind.is("1"))
}

/// The payer that comes first, as NM1*PR has it: `BLUE PLAN, number BLUE1`, as far as it is said.
pub fn first_payer(party: &Party<'_>) -> String {
    let (name, number) = (shown(&party.last_name.text()), shown(&party.id.text()));
    match (name.is_empty(), number.is_empty()) {
        (false, false) => format!("{name}, number {number}"),
        (true, false) => format!("number {number}"),
        (_, true) => name,
    }
}

/// What it means when the services that are rolled up in it are paid with another: they are not
/// denied.
pub fn of_bundled(outcome: Outcome, payment: &ClaimPayment<'_>) -> Outcome {
    let Outcome::Denied(mut parts) = outcome else { return outcome };
    // That nobody knows the patient has a meaning of its own.
    if payment.status.is("4") {
        return Outcome::Denied(parts);
    }
    let rolled_up: Vec<usize> = payment
        .services
        .iter()
        .flat_map(bundle::rolled_up_in)
        .map(|found| found.amount.place.offset)
        .collect();
    parts.retain(|part| !rolled_up.contains(&part.place.offset));
    if parts.is_empty() { Outcome::Paid } else { Outcome::Denied(parts) }
}

/// Adjustments of the denying kind, on services or on the claim as a whole: of what was paid in part
/// the rest may be denied.
fn denied_parts(
    payment: &ClaimPayment<'_>,
    lines: &[Option<u32>],
    judge: Judge<'_>,
) -> Vec<Denied> {
    let mut parts = Vec::new();
    let remarks = payment.remarks.iter().map(printable).collect();
    let of = (None, String::new());
    take_denied(&payment.adjustments, of, remarks, judge, &mut parts);
    for (index, service) in payment.services.iter().enumerate() {
        // A service that only reports has no charge, so it cannot be denied.
        if !amount(&service.charge).is_zero() {
            let line = lines.get(index).copied().flatten();
            // A claim's remarks, such as MA130, speak of all its services.
            let remarks = service.remarks.iter().chain(&payment.remarks).map(printable).collect();
            let of = (line, submitted(service));
            take_denied(&service.adjustments, of, remarks, judge, &mut parts);
        }
    }
    parts
}

/// What was submitted is what is corrected, whatever was adjudicated.
fn submitted(service: &ServicePayment<'_>) -> String {
    let procedure = service.submitted.as_ref().unwrap_or(&service.procedure);
    if procedure.code.is_empty() { String::new() } else { printable(&procedure.code) }
}

fn amount(field: &Field<'_>) -> Money {
    field.money().unwrap_or_default()
}

fn take_denied(
    adjustments: &[Adjustment<'_>],
    (line, procedure): (Option<u32>, String),
    remarks: Vec<String>,
    judge: Judge<'_>,
    parts: &mut Vec<Denied>,
) {
    for adjustment in adjustments {
        // With a minus an adjustment adds to what is paid.
        if adjustment.money() <= Money::ZERO || judge.class(adjustment, &remarks) != Class::Denial {
            continue;
        }
        parts.push(Denied {
            line,
            group: printable(&adjustment.group),
            reason: printable(&adjustment.reason),
            amount: adjustment.money(),
            procedure: procedure.clone(),
            remarks: remarks.clone(),
            place: adjustment.amount.place,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read_remittances, whole};
    use super::*;
    use crate::denials::table::BUILT_IN;

    fn outcome_of(body: &str) -> Outcome {
        let mut found = Vec::new();
        read_remittances(&whole("I*0*C*CHK", body), |remittance| {
            let judge = Judge { table: &BUILT_IN, payer: "" };
            found.push(outcome(
                &remittance.claims[0],
                &[Some(1), Some(2)],
                (judge, &Pended::of(&remittance.claims[0], judge)),
            ));
        });
        found.remove(0)
    }

    fn denied_codes(body: &str) -> Vec<(Option<u32>, String)> {
        match outcome_of(body) {
            Outcome::Denied(parts) => {
                parts.into_iter().map(|part| (part.line, part.reason)).collect()
            }
            other => panic!("denied, not {other:?}"),
        }
    }

    #[test]
    fn nothing_paid_is_no_denial_when_contract_and_patient_bear_it() {
        for body in [
            "CLP*A*1*100*0*60*12*P~CAS*CO*45*40~CAS*PR*1*60~",
            "CLP*A*2*100*0**12*P~CAS*OA*23*100~",
            "CLP*A*1*100*0**12*P~CAS*CO*24*100~",
            "CLP*A*1*0*0**12*P~SVC*HC:3074F*0*0**1~CAS*CO*246*0~",
        ] {
            assert_eq!(outcome_of(body), Outcome::Paid, "{body}");
        }
    }

    #[test]
    fn a_line_without_payment_and_with_a_reason_is_a_denial() {
        let body = "CLP*A*1*100*50**12*P~SVC*HC:1*60*50~CAS*CO*45*10~SVC*HC:2*40*0~CAS*CO*50*40~";
        assert_eq!(denied_codes(body), [(Some(2), "50".to_owned())]);
        let whole = "CLP*A*1*100*0**12*P~CAS*CO*29*100~";
        assert_eq!(denied_codes(whole), [(None, "29".to_owned())]);
    }

    #[test]
    fn what_is_denied_of_a_line_that_is_paid_in_part_is_a_denial() {
        let body = "CLP*A*1*100*30**12*P~SVC*HC:1*100*30~CAS*CO*45*20**151*50~";
        assert_eq!(denied_codes(body), [(Some(1), "151".to_owned())]);
        let whole = "CLP*A*1*100*50**12*P~CAS*CO*50*50~";
        assert_eq!(denied_codes(whole), [(None, "50".to_owned())]);
        // What contracts and patients bear, and what is added, is none.
        for borne in ["CO*45*50", "PR*2*50", "CO*253*50", "CO*45*60**144*-10"] {
            let body = format!("CLP*A*1*100*50**12*P~SVC*HC:1*100*50~CAS*{borne}~");
            assert_eq!(outcome_of(&body), Outcome::Paid, "{borne}");
        }
    }

    #[test]
    fn status_tells_the_rest() {
        let cases = [
            ("22", Outcome::Reversed),
            ("23", Outcome::Elsewhere),
            ("25", Outcome::Estimate),
            ("4", Outcome::Denied(Vec::new())),
            ("99", Outcome::Unclear),
        ];
        for (status, expected) in cases {
            assert_eq!(outcome_of(&format!("CLP*A*{status}*100*0**12*P~")), expected);
        }
        let waiting = "CLP*A*1*100*0**12*P~CAS*OA*133*100~";
        assert_eq!(outcome_of(waiting), Outcome::Waiting);
        // A line beside what is reviewed may be all the patient's.
        for (status, sign, outcome) in [("1", "", Outcome::Paid), ("22", "-", Outcome::Reversed)] {
            let body = format!(
                "CLP*A*{status}*{sign}100*0**12*P~SVC*HC:1*{sign}60*0~CAS*OA*133*{sign}60~\
                 SVC*HC:2*{sign}40*0~CAS*PR*1*{sign}40~"
            );
            assert_eq!(outcome_of(&body), outcome);
            let all = body.replace("PR*1", "OA*133");
            assert_eq!(outcome_of(&all), Outcome::Waiting);
        }
    }
}
