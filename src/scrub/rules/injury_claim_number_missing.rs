use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-46",
    name: "injury-claim-number-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Hold,
    status: "A6:629",
    what: "An injury at work is billed to its insurer without the number of the case.",
    why: "the insurer of the employer finds the case by its number, and sends the bill back without",
    source: "X12 837 guides, REF*Y4 of loops 2010BA and 2010CA",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.is_filed_with(&["WC"]) {
        return;
    }
    let insured = claim.subscriber.party.iter();
    let number = insured.chain(claim.person()).find_map(|party| party.reference("Y4"));
    if let (None, Some(person)) = (number, claim.person()) {
        findings.report_missing(
            "REF",
            person.place,
            "SBR09 is WC, but REF*Y4 is missing",
            "add REF*Y4 with the number that the insurer gave the case",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("GRP1******CI~", "GRP1******WC~"),
        ("11:B:1*Y*A*Y*Y~", "11:B:1*Y*A*Y*Y**EM~\nDTP*439*D8*20260930~"),
    ]),
    Example::passes(&[
        ("GRP1******CI~", "GRP1******WC~"),
        ("11:B:1*Y*A*Y*Y~", "11:B:1*Y*A*Y*Y**EM~\nDTP*439*D8*20260930~"),
        ("19800101*F~", "19800101*F~\nREF*Y4*CASE1~"),
    ]),
    // The insurer asks for it whether or not CLM11 speaks of work.
    Example::fails(&[
        ("GRP1******CI~", "GRP1******WC~"),
        ("11:B:1*Y*A*Y*Y~", "11:B:1*Y*A*Y*Y~\nDTP*439*D8*20260930~"),
    ]),
    Example::passes(&[("11:B:1*Y*A*Y*Y~", "11:B:1*Y*A*Y*Y**EM~\nDTP*439*D8*20260930~")]),
];
