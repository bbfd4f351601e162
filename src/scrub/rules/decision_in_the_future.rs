use x12::view::claim::Claim;
use x12::view::parts::find_date;

use crate::scrub::example::segments::OTHER_PAYER_DECIDED;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-13",
    name: "decision-in-the-future",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:516",
    what: "Another payer is said to have decided after the claim was made.",
    why: "the next payer matches the decision by its day, and rejects one that has not come",
    source: "X12 837 guides, DTP*573",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let of_claim = claim.other_payers.iter().filter_map(|other| find_date(&other.dates, "573"));
    let of_lines = claim.lines.iter().flat_map(|line| &line.adjudications);
    let of_lines = of_lines.filter_map(|decision| find_date(&decision.dates, "573"));
    for date in of_claim.chain(of_lines) {
        let is_ahead = date.days().is_some_and(|days| context.made < days.to);
        if is_ahead {
            findings.report(
                date.value.place,
                format!("DTP*573 is after {}, when the claim was made", context.made),
                "write the day of the payer's remittance advice",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("LX*1", OTHER_PAYER_DECIDED), ("*20261020", "*20261029")]),
    Example::passes(&[("LX*1", OTHER_PAYER_DECIDED), ("*20261020", "*20261028")]),
    Example::passes(&[("LX*1", OTHER_PAYER_DECIDED)]),
];
