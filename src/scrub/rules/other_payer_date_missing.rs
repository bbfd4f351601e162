use x12::view::claim::Claim;
use x12::view::parts::find_date;

use crate::scrub::example::segments::FIRST_LINE_PAID;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-18",
    name: "other-payer-date-missing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:516",
    what: "Another payer has decided the claim, but not on which day.",
    why: "the next payer cannot match the payment and rejects the claim",
    source: "Stedi, \"Missing other payer adjudication date\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for other in &claim.other_payers {
        let has_decided = other.paid().is_some() || !other.adjustments.is_empty();
        let has_date = find_date(&other.dates, "573").is_some();
        // Where a payer decided line by line the guide itself demands the date in 2430.
        let by_line = other.id().is_some_and(|id| claim.adjudications_by(id).next().is_some());
        let Some(payer) = &other.payer else { continue };
        if has_decided && !has_date && !by_line {
            findings.report_missing(
                "DTP",
                payer.place,
                "the payer has decided the claim, but DTP*573 is missing",
                "add DTP*573 to loop 2330B with the day of its remittance advice",
            );
        }
    }
}

const OTHER_PAYER: &str = "\
    SBR*S*18*******CI~\n\
    CAS*PR*1*30~\n\
    AMT*D*70~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("LX*1", OTHER_PAYER)]),
    Example::passes(&[("LX*1", OTHER_PAYER), ("LX*1", "DTP*573*D8*20261020~\nLX*1")]),
    Example::passes(&[("LX*1", OTHER_PAYER), ("REF*6R*A1-1", FIRST_LINE_PAID)]),
    Example::passes(&[("LX*1", OTHER_PAYER), ("CAS*PR*1*30~\nAMT*D*70~\n", "")]),
];
