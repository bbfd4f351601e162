use x12::view::claim::Claim;

use crate::code_sets::{Standing, drg};
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-39",
    name: "drg-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A7:256",
    what: "The diagnosis related group is not one of the grouper in force at discharge.",
    why: "payers that group by Medicare's list send back a number that is not on it",
    source: "CMS, MS-DRG v40 to v44; 3M, APR-DRG (001 to 956); CMS, Common Edits and Enhancements Module",
    needs: &["drg"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let (Some(days), Some(drg)) = (context.days, stay.drg) else { return };
    // Medicare has its own grouper alone.
    let is_of_another = is_of_all_patients(drg.bytes()) && !claim.is_filed_with(&["MA", "MB"]);
    let what = match context.codes.standing("drg", drg.bytes(), days.to) {
        None | Some(Standing::Valid) => return,
        Some(_) if drg.is_empty() || is_of_another => return,
        // It may have come after the versions that we carry.
        Some(Standing::Unknown) if drg::LAST_DAY < days.to => return,
        Some(Standing::Ended(last)) => format!("DRG {} ended on {last}", drg.text()),
        Some(Standing::NotYet(first)) => format!("DRG {} begins on {first}", drg.text()),
        Some(Standing::Unknown | Standing::Header) => format!("there is no DRG {}", drg.text()),
    };
    findings.report(
        drg.place,
        what,
        "group the stay again with the version of the day of discharge",
    );
}

/// Whether a number may be of the grouper for all patients, by which Medicaid and many plans pay: a
/// group from 001 to 956, with or without a fourth digit for how grave the case was.
fn is_of_all_patients(number: &[u8]) -> bool {
    let [a, b, c, rest @ ..] = number else { return false };
    let is_group = matches!([a, b, c], [b'0'..=b'8', _, _])
        || matches!([a, b, c], [b'9', b'0'..=b'4', _] | [b'9', b'5', b'0'..=b'6']);
    is_group && number != b"000" && rest.len() <= 1 && number.iter().all(u8::is_ascii_digit)
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*DR:193", "HI*DR:998X")]).of(Clean::Inpatient),
    Example::fails(&[("HI*DR:193", "HI*DR:990")]).of(Clean::Inpatient),
    Example::fails(&[("HI*DR:193", "HI*DR:015"), MEDICARE]).of(Clean::Inpatient),
    Example::fails(&[("HI*DR:193", "HI*DR:077"), MEDICARE]).of(Clean::Inpatient),
    // Other payers may group by 3M's numbers.
    Example::passes(&[("HI*DR:193", "HI*DR:720")]).of(Clean::Inpatient),
    Example::fails(&[("HI*DR:193", "HI*DR:720"), MEDICARE]).of(Clean::Inpatient),
    Example::passes(&[("HI*DR:193", "HI*DR:999")]).of(Clean::Inpatient),
    Example::passes(&[("HI*DR:193", "HI*DR:1393")]).of(Clean::Inpatient),
    Example::fails(&[("HI*DR:193", "HI*DR:1393"), MEDICARE]).of(Clean::Inpatient),
];

const MEDICARE: (&str, &str) = (
    "SBR*P*18*******CI~\nNM1*IL*1*HAZEL*NORA****MI*MEM000001",
    "SBR*P*18*******MA~\nNM1*IL*1*HAZEL*NORA****MI*1AC2DE3FG45",
);
