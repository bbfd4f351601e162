use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-FEE-03",
    name: "both-sides-not-paid",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:453",
    what: "Modifier 50 stands with a procedure that cannot be given on both sides, or always is.",
    why: "the fee schedule does not pay more for two sides here; payers deny the line",
    source: "CMS, Physician Fee Schedule, bilateral indicator",
    needs: &["mpfs"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(modifier) = line.procedure.modifiers.iter().find(|code| code.is("50")) else {
            continue;
        };
        let Some(days) = claim.days_of(line) else { continue };
        let code = line.procedure.code;
        let what = match context.codes.fee(code.bytes(), days.from).map(|fee| fee.both_sides) {
            Some(b'0') => format!("{} is not paid for two sides", code.text()),
            Some(b'2') => format!("{} is for both sides as it is", code.text()),
            Some(_) | None => continue,
        };
        findings.report(modifier.place, what, "drop 50, or bill the code that has two sides");
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:71046:50*40")]).with_codes(),
    Example::fails(&[("HC:93000*40", "HC:69210:50*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:20610:50*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:71046:50*40")]),
];
