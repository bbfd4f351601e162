use x12::view::claim::Claim;

use crate::code_sets::{Standing, hcpcs};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LIST-01",
    name: "hcpcs-not-in-effect",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:507",
    what: "HCPCS has no such code, or had none on the day of service.",
    why: "codes come and go each quarter; payers go by the list of the day and reject the line",
    source: "Stedi, \"Invalid HCPCS Level II code\", 2026-06-30; CMS CEDI X222.351.2400.SV101-2.020",
    needs: &["hcpcs"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let code = line.procedure.code;
        // What can be none is another rule's.
        let is_hcpcs = hcpcs::is_shaped(code.bytes()) && hcpcs::may_be(code.bytes());
        if !line.procedure.qualifier.is("HC") || !is_hcpcs {
            continue;
        }
        let Some(days) = claim.days_of(line) else { continue };
        let standing = |on| context.codes.standing("hcpcs", code.bytes(), on);
        // On a line that spans a change either day will do.
        if standing(days.from) == Some(Standing::Valid) {
            continue;
        }
        let what = match standing(days.to) {
            Some(Standing::Unknown) => format!("HCPCS has no code {}", code.text()),
            Some(Standing::Ended(last)) => format!("{} ended on {last}", code.text()),
            Some(Standing::NotYet(first)) => {
                format!("{} is in effect from {first} on", code.text())
            }
            Some(Standing::Valid | Standing::Header) | None => continue,
        };
        findings.report(code.place, what, "bill the code of the day of service");
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:J0001*40")]).with_codes(),
    Example::fails(&[("HC:93000*40", "HC:G0402*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:G0008*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:J0001*40")]),
];
