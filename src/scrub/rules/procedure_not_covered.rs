use x12::view::claim::Claim;

use crate::scrub::editor::report_procedures_in;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-MCE-07",
    name: "procedure-not-covered",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:465",
    what: "A stay billed to Medicare has a procedure that Medicare does not cover.",
    why: "its editor returns the stay unless the procedure is billed as not covered",
    source: "CMS, Medicare Code Editor v44, non-covered procedure",
    needs: &["procedure-not-covered"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let words = (
        |code: &str| format!("Medicare does not cover procedure {code}"),
        "bill the procedure apart as not covered, or correct it",
    );
    report_procedures_in("procedure-not-covered", claim, context, words, findings);
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("SBR*P*18*******CI", "SBR*P*18*******MA"),
        ("MI*MEM000001", "MI*1AC2DE3FG45"),
        ("HI*BBR:3E03329", "HI*BBR:00F3XZZ"),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[("HI*BBR:3E03329", "HI*BBR:00F3XZZ")]).of(Clean::Inpatient),
];
