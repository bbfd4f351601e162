use x12::view::claim::Claim;
use x12::view::parts::find_date;

use crate::scrub::example::segments::{FIRST_LINE_PAID, OTHER_PAYER, SECOND_LINE_PAID};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-19",
    name: "other-payer-date-at-both-levels",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:516",
    what: "The day on which another payer decided stands both at the claim and at its lines.",
    why: "the guide wants it once; front ends reject the claim",
    source: "Stedi, \"Adjudication date at both levels\", 2026-07-29",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for other in &claim.other_payers {
        let (Some(of_claim), Some(id)) = (find_date(&other.dates, "573"), other.id()) else {
            continue;
        };
        let mut of_lines = claim.adjudications_by(id);
        if of_lines.any(|(_, known)| find_date(&known.dates, "573").is_some()) {
            findings.report(
                of_claim.value.place,
                "DTP*573 stands in 2330B and again in 2430 of the same payer",
                "keep it with the lines when the payer decided line by line, else with the claim",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[
        ("LX*1", OTHER_PAYER),
        ("REF*6R*A1-1", FIRST_LINE_PAID),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
    ]),
    Example::fails(&[
        ("LX*1", OTHER_PAYER),
        ("REF*6R*A1-1", FIRST_LINE_PAID),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
        ("OLD1~\nLX*1", "OLD1~\nDTP*573*D8*20261020~\nLX*1"),
    ]),
];
