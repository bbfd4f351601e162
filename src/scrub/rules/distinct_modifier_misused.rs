use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-08",
    name: "distinct-modifier-misused",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:453",
    what: "A line has modifier 59 together with one that replaces it, or on a visit.",
    why: "XE, XP, XS and XU say what 59 leaves open; a visit takes 25 instead",
    source: "CMS, National Correct Coding Initiative policy manual, chapter 1",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Visits: office, hospital, emergency, nursing facility, home.
const VISITS: std::ops::RangeInclusive<u32> = 99202..=99350;

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let Some(modifier) = procedure.modifiers.iter().find(|code| code.is("59")) else {
            continue;
        };
        let is_visit = procedure.number().is_some_and(|number| VISITS.contains(&number));
        if is_visit || procedure.has_any_modifier(&["XE", "XP", "XS", "XU"]) {
            findings.report(
                modifier.place,
                format!("modifier 59 on {}", procedure.code.text()),
                "keep the X modifier alone, or 25 on a visit",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:20610:59:XS*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99214:59*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:20610:59*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:20610:XS*60*UN*1*")]),
];
