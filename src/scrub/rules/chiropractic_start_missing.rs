use x12::view::claim::Claim;
use x12::view::parts::find_date;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-31",
    name: "chiropractic-start-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A6:701",
    what: "Medicare is billed for chiropractic care without the day on which it began.",
    why: "Medicare rejects manipulation of the spine without the initial treatment date",
    source: "CMS, Claims Processing Manual 100-04 ch. 12 section 220",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.is_filed_with(&["MB"]) || claim.date("454").is_some() {
        return;
    }
    for line in &claim.lines {
        let is_manipulation = line.procedure.code.is_any(&["98940", "98941", "98942"]);
        if is_manipulation && find_date(&line.dates, "454").is_none() {
            return findings.report_missing(
                "DTP",
                claim.place,
                format!("line {} is chiropractic, but DTP*454 is missing", line.number.text()),
                "add DTP*454 with the day of the first treatment",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*1AC2DE3FG45"),
        ("HI*ABK:E119*ABF:I10", "HI*ABK:M9903*ABF:I10"),
        ("HC:99213:25*60*UN*1*", "HC:98940:AT*60*UN*1*"),
    ]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:98940:AT*60*UN*1*")]),
    Example::passes(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("HC:99213:25*60*UN*1*", "HC:98940:AT*60*UN*1*"),
        ("HI*ABK", "DTP*454*D8*20260901~\nHI*ABK"),
    ]),
];
