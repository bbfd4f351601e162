use x12::view::claim::Claim;
use x12::view::parts::find_date;

use crate::scrub::example::segments::{MEDICARE, PAYER};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-07",
    name: "filed-too-late",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:718",
    what: "A claim to Medicare is sent more than a year after the service, without saying why.",
    why: "Medicare denies claims after a year; the reason for the delay may save it. The limits of other payers stand in their profiles",
    source: "CMS, Claims Processing Manual 100-04 ch. 1 section 70",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Medicare's limit.
const FILING_AGE_DAYS_MAX: i64 = 365;

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    if !claim.is_filed_with(&["MA", "MB"]) {
        return;
    }
    // Replacements and voids answer to the date of the claim before them.
    if claim.frequency.is_any(&["7", "8"]) || !claim.delay_reason.is_empty() {
        return;
    }
    let of_lines = claim.lines.iter().filter_map(|line| find_date(&line.dates, "472"));
    for date in claim.date("434").into_iter().chain(of_lines) {
        let Some(days) = date.days() else { continue };
        if FILING_AGE_DAYS_MAX < context.made.days_since(days.to) {
            return findings.report(
                date.value.place,
                "the service lies more than a year before the claim was made",
                "give the reason for the delay in CLM20, or write the claim off",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        (PAYER, MEDICARE),
        ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20251027~\nREF*6R*A1-1"),
    ]),
    Example::passes(&[
        (PAYER, MEDICARE),
        ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20251028~\nREF*6R*A1-1"),
    ]),
    Example::passes(&[
        (PAYER, MEDICARE),
        ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20251027~\nREF*6R*A1-1"),
        ("*Y*A*Y*Y", "*Y*A*Y*Y***********1"),
    ]),
    Example::passes(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20251027~\nREF*6R*A1-1")]),
];
