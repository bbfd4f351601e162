use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-06",
    name: "type-of-bill-unassigned",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:228",
    what: "There is no such type of bill.",
    why: "payers route and price the claim by its type of bill and reject one that is not assigned",
    source: "NUBC, type of bill",
    needs: &["type-of-bill"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    let facility_type = stay.facility_type;
    let is_well_formed = matches!(facility_type.bytes(), [b'1'..=b'9', b'1'..=b'9']);
    let what = match context.codes.standing("type-of-bill", facility_type.bytes(), days.to) {
        None | Some(Standing::Valid) => return,
        Some(Standing::Ended(last)) => {
            format!("types of bill that begin with {} ended on {last}", facility_type.text())
        }
        Some(Standing::Unknown | Standing::Header | Standing::NotYet(_)) => {
            format!("no type of bill begins with {}", facility_type.text())
        }
    };
    if is_well_formed {
        findings.report(
            facility_type.place,
            what,
            "write the facility and the kind of care: 11 for inpatients, 13 for outpatients",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*13:A:1*", "*19:A:1*")]).of(Clean::Outpatient),
    Example::fails(&[("32:A:4", "33:A:4")]).of(Clean::HomeHealth),
    Example::passes(&[("32:A:4", "33:A:4"), ("20260101-20260130", "20130901-20130930")])
        .of(Clean::HomeHealth),
    Example::passes(&[("*13:A:1*", "*78:A:1*")]).of(Clean::Outpatient),
    Example::passes(&[("*13:A:1*", "*03:A:1*")]).of(Clean::Outpatient),
];
