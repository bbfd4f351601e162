use x12::view::claim::Claim;

use crate::scrub::editor::report_procedures_in;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-MCE-08",
    name: "procedure-covered-at-times",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A8:465",
    what: "A stay billed to Medicare has a procedure that Medicare covers in some circumstances only.",
    why: "the contractor looks at the circumstances before it pays",
    source: "CMS, Medicare Code Editor v44, limited coverage",
    needs: &["procedure-covered-at-times"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let words = (
        |code: &str| format!("procedure {code} is covered in some circumstances only"),
        "see that the circumstances are on the claim: the trial, the approved hospital, the illness",
    );
    report_procedures_in("procedure-covered-at-times", claim, context, words, findings);
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("SBR*P*18*******CI", "SBR*P*18*******MA"),
        ("MI*MEM000001", "MI*1AC2DE3FG45"),
        ("HI*BBR:3E03329", "HI*BBR:02WA3QZ"),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[("HI*BBR:3E03329", "HI*BBR:02WA3QZ")]).of(Clean::Inpatient),
];
