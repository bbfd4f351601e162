use x12::value::Quantity;
use x12::view::claim::{Claim, Line};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-14",
    name: "ambulance-miles-differ",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:267",
    what: "The miles billed are not the miles of the transport.",
    why: "payers compare the two and deny the mileage",
    source: "common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(transport) = claim.ambulance else { return };
    let is_mileage = |line: &&Line<'_>| line.procedure.code.is_any(&["A0425", "A0435", "A0436"]);
    let mut mileage = claim.lines.iter().filter(is_mileage);
    // A claim for several rides tells their miles line by line.
    let (Some(line), None) = (mileage.next(), mileage.next()) else { return };
    if line.ambulance.is_some() {
        return;
    }
    let told = Quantity::parse(transport.miles.bytes());
    let billed = Quantity::parse(line.quantity.bytes());
    let (Some(told), Some(billed)) = (told, billed) else { return };
    // Miles are billed in tenths but often told whole.
    if 1000 <= (told.thousandths() - billed.thousandths()).abs() {
        findings.report(
            transport.miles.place,
            format!("CR106 says {} miles, SV104 {}", told.to_wire(), billed.to_wire()),
            "enter the miles with the patient aboard in both",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("HI*ABK", "CR1****A*DH*14~\nHI*ABK"),
        ("HC:99213:25*60*UN*1*", "HC:A0425:RH*60*UN*15*"),
        ("HC:93000*40", "HC:A0429:RH*40"),
    ]),
    Example::passes(&[
        ("HI*ABK", "CR1****A*DH*14~\nHI*ABK"),
        ("HC:99213:25*60*UN*1*", "HC:A0425:RH*60*UN*14.3*"),
        ("HC:93000*40", "HC:A0429:RH*40"),
    ]),
];
