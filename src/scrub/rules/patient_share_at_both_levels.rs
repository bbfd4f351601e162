use x12::view::claim::Claim;
use x12::view::parts::find_amount;

use crate::scrub::example::segments::{OTHER_PAYER, SECOND_LINE_PAID};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-11",
    name: "patient-share-at-both-levels",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:639",
    what: "What is left for the patient stands both at the claim and at its lines, for one payer.",
    why: "the next payer would count the patient's share twice and rejects the claim",
    source: "Stedi, \"Duplicate remaining patient liability\", 2026-06-19",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for other in &claim.other_payers {
        let of_claim = find_amount(&other.amounts, "EAF");
        let (Some(of_claim), Some(id)) = (of_claim, other.id()) else { continue };
        let mut of_lines = claim.adjudications_by(id);
        if of_lines.any(|(_, known)| find_amount(&known.amounts, "EAF").is_some()) {
            findings.report(
                of_claim.place,
                "AMT*EAF stands in 2320 and again in 2430 of the same payer",
                "keep it with the lines when the payer decided line by line, else with the claim",
            );
        }
    }
}

const FIRST: &str = "\
    REF*6R*A1-1~\n\
    SVD*OLD1*50*HC:99213:25**1~\n\
    CAS*CO*45*10~\n\
    DTP*573*D8*20261020~\n\
    AMT*EAF*5";

const EXAMPLES: &[Example] = &[
    Example::passes(&[
        ("LX*1", OTHER_PAYER),
        ("REF*6R*A1-1", FIRST),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
    ]),
    Example::fails(&[
        ("LX*1", OTHER_PAYER),
        ("REF*6R*A1-1", FIRST),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
        ("OI***Y***Y~", "AMT*EAF*5~\nOI***Y***Y~"),
    ]),
];
