use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-10",
    name: "drug-code-with-hyphens",
    snip: 2,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Repair,
    status: "A7:218",
    what: "A national drug code is written with its hyphens.",
    why: "X12 writes eleven digits; the hyphens show where a zero was left out",
    source: "FDA, National Drug Code; common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        // Other lists have hyphens of their own.
        let is_ndc = line.drug_list.is_some_and(|list| form::trimmed(&list) == b"N4");
        let Some(drug) = line.drug.filter(|_| is_ndc) else { continue };
        if let Some(digits) = in_eleven_digits(&drug.text()) {
            findings.repair(
                drug,
                digits,
                "the drug code has hyphens",
                "write labeler, product and package as 5, 4 and 2 digits without them",
            );
        }
    }
}

/// The eleven digits of a code with hyphens; `None` when it has another grouping than
/// 5-4-2, 4-4-2, 5-3-2 or 5-4-1.
fn in_eleven_digits(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    let [labeler, product, package] = *parts.as_slice() else { return None };
    let all_digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let form = (labeler.len(), product.len(), package.len());
    let is_known = matches!(form, (5, 4, 2) | (4, 4, 2) | (5, 3, 2) | (5, 4, 1));
    (all_digits && is_known).then(|| format!("{labeler:0>5}{product:0>4}{package:0>2}"))
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006302602~\nCTP****8*ML~")]),
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006-3026-02~\nCTP****8*ML~")]),
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*0006-3026-02~\nCTP****8*ML~")]),
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006-026-02~\nCTP****8*ML~")]),
    Example::passes(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*006-3026-02~\nCTP****8*ML~")]),
    Example::passes(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**EN*0006-3026-02~\nCTP****8*ML~")]),
];
