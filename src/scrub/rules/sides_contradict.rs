use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-09",
    name: "sides-contradict",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:453",
    what: "A line is for both sides and for one, or for left and right at once.",
    why: "the payer cannot tell how often the service was given and denies the line",
    source: "CMS, modifiers 50, RT and LT (Claims Processing Manual 100-04 ch. 12)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let sides: Vec<&Field<'_>> =
            procedure.modifiers.iter().filter(|code| code.is_any(&["50", "LT", "RT"])).collect();
        let differ = |second: &&Field<'_>| {
            sides.first().is_some_and(|first| first.bytes() != second.bytes())
        };
        if let Some(second) = sides.iter().copied().find(differ) {
            findings.report(
                second.place,
                format!("modifier {} beside another side on one line", second.text()),
                "bill 50 alone, or one line with LT and one with RT",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:20610:50:RT*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:20610:LT:RT*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:20610:RT*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:20610:50*60*UN*1*")]),
];
