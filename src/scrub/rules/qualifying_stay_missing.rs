use x12::value::DayRange;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-44",
    name: "qualifying-stay-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:721",
    what: "Skilled nursing is billed to Medicare without the hospital stay of three days before it.",
    why: "Medicare covers skilled nursing only after such a stay and returns the bill",
    source: "CMS, Claims Processing Manual 100-04 ch. 6 (occurrence span 70)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let is_skilled = stay.facility_type.is_any(&["18", "21"]) && claim.is_filed_with(&["MA"]);
    // A bill for a denial, one of a former member of a health plan, a waiver in a disaster or a
    // demonstration.
    let is_excused = ["20", "21", "58", "DR"].iter().any(|code| stay.has_condition(code))
        || claim.reference("P4").is_some()
        || stay.frequency.is_any(&["0", "8"]);
    let is_long = |days: DayRange| 2 <= days.to.days_since(days.from);
    let mut stays = stay.occurrence_spans.iter().filter(|span| span.code.is("70"));
    let has_stay = stays.any(|span| span.days().is_none_or(is_long));
    if is_skilled && !is_excused && !has_stay {
        let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
        findings.report_missing(
            "HI",
            last,
            "no occurrence span 70 of three days",
            "add HI*BI with code 70 and the days in hospital",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BI:70:RD8:20260201-20260206~\n", "")]).of(Clean::Nursing),
    Example::fails(&[("20260201-20260206", "20260205-20260206")]).of(Clean::Nursing),
    Example::passes(&[("20260201-20260206", "20260203-20260206")]).of(Clean::Nursing),
    Example::passes(&[
        ("HI*BI:70:RD8:20260201-20260206~\n", ""),
        ("SBR*P*18*******MA", "SBR*P*18*******CI"),
    ])
    .of(Clean::Nursing),
    Example::passes(&[
        ("HI*BI:70:RD8:20260201-20260206~\n", ""),
        ("HI*BE:80:::14", "HI*BE:80:::14~\nHI*BG:58"),
    ])
    .of(Clean::Nursing),
];
