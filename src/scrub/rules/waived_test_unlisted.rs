use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LIST-08",
    name: "waived-test-unlisted",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A7:453",
    what: "Modifier QW stands on a test that is not on the list of waived tests.",
    why: "QW says that CLIA waives the test; payers deny it on any other",
    source: "CMS, tests granted waived status under CLIA",
    needs: &["clia-waived"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let procedure = &line.procedure;
        let Some(days) = claim.days_of(line) else { continue };
        let Some(modifier) = procedure.modifiers.iter().find(|one| one.is("QW")) else { continue };
        let standing = context.codes.standing("clia-waived", procedure.code.bytes(), days.from);
        if standing.is_some_and(|standing| standing != Standing::Valid) {
            findings.report(
                modifier.place,
                format!("{} is not a waived test", procedure.code.text()),
                "drop QW, or bill the test that was done",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:80061:QW*40"), ("HC:99213:25*60", "HC:80047:QW*60")])
        .with_codes(),
    Example::passes(&[("HC:93000*40", "HC:80061:QW*40")]).with_codes(),
];
