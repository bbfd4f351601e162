use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-NCCI-04",
    name: "add-on-alone",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:736",
    what: "An add-on procedure is billed, and none of the procedures that it adds to.",
    why: "an add-on is never done by itself; payers deny it",
    source: "CMS, National Correct Coding Initiative, Add-on Code Edits, type 1",
    needs: &["ncci-addon"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    if !context.codes.has("ncci-addon") {
        return;
    }
    for line in claim.lines.iter().filter(|line| line.procedure.qualifier.is("HC")) {
        let Some(days) = claim.days_of(line) else { continue };
        let code = line.procedure.code;
        let Some(add_on) = context.codes.add_on(code.bytes(), days.from) else { continue };
        let has_primary =
            claim.lines.iter().any(|other| add_on.follows(other.procedure.code.bytes()));
        if !has_primary {
            findings.report(
                code.place,
                format!("{} adds to a procedure that is not on the claim", code.text()),
                "bill it with its primary procedure, on one claim",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:11045*40")]).with_codes(),
    Example::passes(&[("HC:99213:25*60", "HC:11042*60"), ("HC:93000*40", "HC:11045*40")])
        .with_codes(),
];
