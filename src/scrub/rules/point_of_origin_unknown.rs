use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-09",
    name: "point-of-origin-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:229",
    what: "There is no such point of origin on the day of admission.",
    why: "payers reject a code that is off the list; 7, the emergency room, ended in 2010",
    source: "NUBC, point of origin",
    needs: &["point-of-origin"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    let origin = stay.admission_source;
    let standing = context.codes.standing("point-of-origin", origin.bytes(), days.from);
    let what = match standing {
        _ if origin.is_empty() => return,
        None | Some(Standing::Valid) => return,
        Some(Standing::Ended(last)) => format!("point of origin {} ended on {last}", origin.text()),
        Some(Standing::NotYet(_) | Standing::Header | Standing::Unknown) => {
            format!("there is no point of origin {}", origin.text())
        }
    };
    findings.report(
        origin.place,
        what,
        "write where the patient was before: 1 for home, also when he came through the emergency room",
    );
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("CL1*1*1*01", "CL1*1*7*01")]).of(Clean::Inpatient),
    Example::fails(&[("CL1*1*1*01", "CL1*1*H*01")]).of(Clean::Inpatient),
    Example::passes(&[("CL1*1*1*01", "CL1*1*D*01")]).of(Clean::Inpatient),
];
