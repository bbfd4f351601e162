use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-18",
    name: "drug-list-uncommon",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A7:218",
    what: "A drug is named by another list than the national drug code.",
    why: "payers read N4 alone; other lists name supplies, and few payers take them",
    source: "X12 837P guide, LIN02",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for list in claim.lines.iter().filter_map(|line| line.drug_list) {
        if !list.is_empty() && !list.is("N4") {
            findings.report(
                list.place,
                format!("LIN02 is {}", list.text()),
                "write N4 and the national drug code, or drop loop 2410",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006302602~\nCTP****8*ML~")]),
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**UP*00006302602~\nCTP****8*ML~")]),
];
