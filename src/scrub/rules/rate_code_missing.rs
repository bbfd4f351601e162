use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-36",
    name: "rate-code-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:513",
    what: "A line that is paid by a rate code has none.",
    why: "revenue codes 0022, 0023 and 0024 stand for rates of skilled nursing, home health and rehabilitation; without the HIPPS code there is nothing to pay",
    source: "CMS, Claims Processing Manual 100-04 ch. 6, 10 and 3",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(revenue) = line.revenue_code else { continue };
        let has_rate = line.procedure.qualifier.is("HP") && !line.procedure.code.is_empty();
        if revenue.is_any(&["0022", "0023", "0024"]) && !has_rate {
            findings.report(
                line.procedure.place,
                format!("revenue code {} without a HIPPS code", revenue.text()),
                "add HP and the five characters of the rate in SV202",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV2*0022*HP:KAXD1*", "SV2*0022**")]).of(Clean::Nursing),
    Example::fails(&[("SV2*0022*HP:KAXD1*", "SV2*0022*HC:G0299*")]).of(Clean::Nursing),
    Example::passes(&[]).of(Clean::Nursing),
];
