use x12::view::claim::Claim;

use crate::scrub::earlier::Original;
use crate::scrub::example::{Known, PAID, REPLACEMENT};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ORIG-04",
    name: "replacement-lacks-lines",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:121",
    what: "A replacement has fewer lines than the claim that it replaces.",
    why: "a replacement takes the place of the whole claim: the payer takes back what it paid for the lines \
          that are not there",
    source: "common practice of payers; Medi-Cal, which wants one line a replacement, is the exception",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(told) = &context.earlier.original else { return };
    let original = &told.what;
    let lines = claim.lines.len();
    if claim.frequency.is("7") && lines < original.lines as usize {
        findings.report(
            claim.frequency.place,
            format!("has {lines} of the {} lines of {}", original.lines, told.claim),
            "send all lines again, the right ones as they were; release it if some are taken back",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(REPLACEMENT).after(Known::Original("it replaces a claim of three lines", THREE)),
    Example::passes(REPLACEMENT).after(Known::Original("it replaces a claim of two lines", PAID)),
    Example::passes(VOIDS).after(Known::Original("it voids a claim of three lines", THREE)),
    Example::passes(REPLACEMENT),
];

const VOIDS: &[(&str, &str)] = &[("11:B:1", "11:B:8"), ("HI*ABK", "REF*F8*9981~\nHI*ABK")];
const THREE: Original = Original { lines: 3, ..PAID };
