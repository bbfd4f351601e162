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
    source: "CMS, MS-DRG v40 to v44; CMS, Common Edits and Enhancements Module",
    needs: &["drg"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let (Some(days), Some(drg)) = (context.days, stay.drg) else { return };
    // Four digits are another grouper's: a group and how grave the case was. Medicare has its own alone.
    let is_of_another = drg.bytes().len() == 4
        && drg.bytes().iter().all(u8::is_ascii_digit)
        && !claim.is_filed_with(&["MA", "MB"]);
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

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*DR:193", "HI*DR:998X")]).of(Clean::Inpatient),
    Example::fails(&[("HI*DR:193", "HI*DR:015")]).of(Clean::Inpatient),
    Example::fails(&[("HI*DR:193", "HI*DR:077")]).of(Clean::Inpatient),
    Example::passes(&[("HI*DR:193", "HI*DR:999")]).of(Clean::Inpatient),
    Example::passes(&[("HI*DR:193", "HI*DR:1393")]).of(Clean::Inpatient),
    Example::fails(&[("HI*DR:193", "HI*DR:1393"), ("*CI~", "*MA~")]).of(Clean::Inpatient),
];
