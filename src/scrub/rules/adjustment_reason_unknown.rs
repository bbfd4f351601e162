use x12::value::Day;
use x12::view::claim::Claim;
use x12::view::parts::{Adjustment, find_date};

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-11",
    name: "adjustment-reason-unknown",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:521",
    what: "Another payer's adjustment has a reason that was not on the list that day.",
    why: "the next payer cannot tell why money was withheld and rejects the claim",
    source: "X12 837 guides, CAS; X12 claim adjustment reason codes",
    needs: &["claim-adjustment-reason"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for other in &claim.other_payers {
        let of_claim = find_date(&other.dates, "573").and_then(|date| date.days());
        let on = of_claim.map_or(context.today, |days| days.from);
        report(&other.adjustments, on, context, findings);
        let Some(id) = other.id() else { continue };
        for (_, known) in claim.adjudications_by(id) {
            let of_line = find_date(&known.dates, "573").and_then(|date| date.days());
            let on = of_line.map_or(context.today, |days| days.from);
            report(&known.adjustments, on, context, findings);
        }
    }
}

fn report(adjustments: &[Adjustment<'_>], on: Day, context: &Context<'_>, findings: &mut Findings) {
    for reason in adjustments.iter().map(|adjustment| adjustment.reason) {
        let what = match context.codes.standing("claim-adjustment-reason", reason.bytes(), on) {
            _ if reason.is_empty() => continue,
            Some(Standing::Valid | Standing::Header) | None => continue,
            Some(Standing::Unknown) => format!("there is no adjustment reason {}", reason.text()),
            Some(Standing::NotYet(first)) => {
                format!("adjustment reason {} is in effect from {first} on", reason.text())
            }
            Some(Standing::Ended(last)) => {
                format!("adjustment reason {} ended on {last}", reason.text())
            }
        };
        findings.report(reason.place, what, "copy CAS from the payer's remittance advice");
    }
}

const OTHER_PAYER: &str = "\
    SBR*S*18*******CI~\n\
    CAS*PR*1*30~\n\
    AMT*D*70~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    DTP*573*D8*20261020~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::passes(&[("LX*1", OTHER_PAYER)]),
    Example::fails(&[("LX*1", OTHER_PAYER), ("CAS*PR*1*30~", "CAS*PR*999*30~")]),
];
