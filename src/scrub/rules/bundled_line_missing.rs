use std::collections::HashSet;

use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::example::segments::{OTHER_PAYER, SECOND_LINE_PAID};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-09",
    name: "bundled-line-missing",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:526",
    what: "A line was bundled into a line that the claim does not have.",
    why: "the payer cannot follow the earlier decision and rejects the claim",
    source: "X12 837 guides, SVD06",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let decided = claim.lines.iter().flat_map(|line| &line.adjudications);
    let targets: Vec<Field<'_>> =
        decided.map(|paid| paid.bundled_with).filter(|target| !target.is_empty()).collect();
    if targets.is_empty() {
        return;
    }
    let known: HashSet<&[u8]> = claim.lines.iter().map(|line| line.number.bytes()).collect();
    for target in targets {
        if !known.contains(target.bytes()) {
            findings.report(
                target.place,
                format!("SVD06 names line {} of {}", target.text(), claim.lines.len()),
                "write in SVD06 the LX01 of the line that it was bundled into",
            );
        }
    }
}

const FIRST: &str = "\
    REF*6R*A1-1~\n\
    SVD*OLD1*50*HC:99213:25**1*2~\n\
    CAS*CO*45*10~\n\
    DTP*573*D8*20261020";

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
        ("HC:99213:25**1*2~", "HC:99213:25**1*3~"),
    ]),
];
