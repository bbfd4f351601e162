use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LIST-02",
    name: "procedure-ended",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:454",
    what: "A procedure was no longer in CPT on the day of service.",
    why: "codes end with the year; payers go by the day of service and reject the line",
    source: "CMS CEDI X222.351.2400.SV101-2.020",
    needs: &["procedure", "procedure-ended"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let code = line.procedure.code;
        let Some(days) = claim.days_of(line) else { continue };
        // By the whole list when the operator has imported it, else by what has ended.
        let ended = || context.codes.standing("procedure-ended", code.bytes(), days.from);
        let by_list = context.codes.standing("procedure", code.bytes(), days.from);
        if let Some(Standing::Ended(last)) = by_list.or_else(ended)
            && line.procedure.qualifier.is("HC")
        {
            findings.report(
                code.place,
                format!("procedure {} ended on {last}", code.text()),
                "bill the code of the day of service",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60", "HC:99201:25*60")]),
    Example::passes(&[("HC:99213:25*60", "HC:99202:25*60")]),
];
