use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-20",
    name: "remark-unknown",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Warn,
    status: "A7:634",
    what: "Another payer's remark is on no list of ours.",
    why: "the next payer cannot tell what was meant; the newest remarks may be missing here",
    source: "X12 837 guides, MIA and MOA; X12 remittance advice remark codes",
    needs: &["remark"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for remark in claim.other_payers.iter().flat_map(|other| &other.remarks) {
        let standing = context.codes.standing("remark", remark.bytes(), context.today);
        if standing.is_some_and(|standing| standing != Standing::Valid) {
            findings.report(
                remark.place,
                format!("there is no remark {}", remark.text()),
                "copy MIA and MOA from the payer's remittance advice",
            );
        }
    }
}

const OTHER_PAYER: &str = "\
    SBR*S*18*******CI~\n\
    OI***Y***Y~\n\
    MOA***MA01*ZZ99~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("LX*1", OTHER_PAYER)]),
    Example::passes(&[("LX*1", OTHER_PAYER), ("MOA***MA01*ZZ99~", "MOA***MA01~")]),
];
