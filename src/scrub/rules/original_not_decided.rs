use x12::view::claim::Claim;

use crate::scrub::earlier::{Original, Standing};
use crate::scrub::example::{Known, PAID, REPLACEMENT};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ORIG-01",
    name: "original-not-decided",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:464+A8:535",
    what: "A replacement or void of a claim on which its payer has not decided.",
    why: "the payer has nothing yet that it could replace, and sends the replacement back",
    source: "X12, claim status code 787; common practice of payers",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    if !claim.frequency.is_any(&["7", "8"]) {
        return;
    }
    let Some(told) = &context.earlier.original else { return };
    let original = &told.what;
    let (why, fix) = match original.standing {
        Standing::Decided => return,
        Standing::Undecided => {
            ("its payer has not decided on", "release it when the payer has decided")
        }
        Standing::Returned => (
            "its payer's front end sent back",
            "send the corrected claim as a first one, CLM05-3 1",
        ),
        Standing::Unsent => ("was never sent", "correct that claim, and resolve this one"),
    };
    findings.report(
        claim.frequency.place,
        format!("CLM05-3 is {}, of {}, which {why}", claim.frequency.text(), told.claim),
        fix,
    );
}

const EXAMPLES: &[Example] = &[
    Example::fails(REPLACEMENT).after(Known::Original("it replaces a claim that was sent", SENT)),
    Example::fails(REPLACEMENT).after(Known::Original("it replaces a claim that came back", BACK)),
    Example::fails(REPLACEMENT).after(Known::Original("it replaces a claim that is held", HELD)),
    Example::passes(REPLACEMENT).after(Known::Original("it replaces a claim that was paid", PAID)),
    Example::passes(&[]).after(Known::Original("an earlier claim was sent", SENT)),
    Example::passes(REPLACEMENT),
];

const SENT: Original = Original { standing: Standing::Undecided, ..PAID };
const BACK: Original = Original { standing: Standing::Returned, ..PAID };
const HELD: Original = Original { standing: Standing::Unsent, ..PAID };
