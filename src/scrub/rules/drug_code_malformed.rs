use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-09",
    name: "drug-code-malformed",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:218",
    what: "A national drug code is not eleven digits, or eleven times the same one.",
    why: "the payer cannot find the drug and rejects the line",
    source: "Stedi, \"Invalid NDC format\" and \"Unrecognized or inactive NDC\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(drug) = line.drug.filter(|drug| !drug.is_empty()) else { continue };
        // Numbers of other lists have forms of their own.
        if !line.drug_list.is_some_and(|list| list.is("N4")) {
            continue;
        }
        let parts: Vec<usize> = drug.bytes().split(|&byte| byte == b'-').map(<[u8]>::len).collect();
        let is_digits = drug.bytes().iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
        // Hyphens that show where a zero was left out are form; another rule mends them.
        let is_shaped = matches!(*parts, [11] | [5, 4, 2] | [4, 4, 2] | [5, 3, 2] | [5, 4, 1]);
        let what = if !is_shaped || !is_digits {
            "LIN03 is not a drug code of eleven digits"
        } else if is_filler(drug.bytes()) {
            "LIN03 fills the place of a drug code, and names no drug"
        } else {
            continue;
        };
        findings.report(
            drug.place,
            what,
            "write labeler, product and package as 5, 4 and 2 digits, padded with zeros",
        );
    }
}

/// Whether it only fills the place: nobody has labeler 00000, and none of the others such a number.
fn is_filler(code: &[u8]) -> bool {
    let mut digits = code.iter().filter(|byte| byte.is_ascii_digit());
    digits.next().is_some_and(|first| digits.all(|digit| digit == first))
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006302602~\nCTP****8*ML~")]),
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*0006302602~\nCTP****8*ML~")]),
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*000063026021~\nCTP****8*ML~")]),
    Example::passes(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006-3026-02~\nCTP****8*ML~")]),
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*000-63026-02~\nCTP****8*ML~")]),
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*99999999999~\nCTP****8*ML~")]),
];
