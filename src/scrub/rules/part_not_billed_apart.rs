use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-FEE-01",
    name: "part-not-billed-apart",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:453",
    what: "A line bills the professional or the technical part of a procedure that has no such part.",
    why: "the fee schedule has no price for such a part, and payers deny the line",
    source: "CMS, Physician Fee Schedule, PC/TC indicator; modifiers 26 and TC",
    needs: &["mpfs"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(days) = claim.days_of(line) else { continue };
        let code = line.procedure.code;
        for modifier in line.procedure.modifiers.iter().filter(|code| code.is_any(&["26", "TC"])) {
            let Some(fee) = context.codes.fee(code.bytes(), days.from) else { return };
            // 9 says that the schedule does not price it at all.
            let has_part = matches!(fee.parts, b'1' | b'9' | b' ')
                || context.codes.has_fee_of_part(code.bytes(), modifier.bytes());
            if !has_part {
                findings.report(
                    modifier.place,
                    format!("{} is not paid by parts, but bears {}", code.text(), modifier.text()),
                    "drop the modifier, or bill the code of the part that was given",
                );
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:93000:26*40")]).with_codes(),
    Example::fails(&[("HC:93000*40", "HC:83020:TC*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:83020:26*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:71046:26*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:93000:26*40")]),
];
