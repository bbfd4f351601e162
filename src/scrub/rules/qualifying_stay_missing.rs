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
    what: "Skilled nursing is billed to Medicare without the hospital stay of three days in the 30 days before it.",
    why: "Medicare covers skilled nursing only after such a stay and returns the bill",
    source: "CMS, Claims Processing Manual 100-04 ch. 6 (occurrence span 70); 42 CFR 409.30",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let is_skilled = stay.facility_type.is_any(&["18", "21"]) && claim.is_filed_with(&["MA"]);
    // A bill for a denial, one of a former member of a health plan, a waiver in a disaster or a
    // demonstration.
    let is_excused = ["20", "21", "58", "DR"].iter().any(|code| stay.has_condition(code))
        || claim.reference("P4").is_some()
        || stay.frequency.is_any(&["0", "8"]);
    if !is_skilled || is_excused {
        return;
    }
    let came = stay.admission.and_then(|admission| admission.days());
    let came = came.or(context.days).map(|days| days.from);
    // No bed was free, the patient was not fit for the care yet, or came back to it.
    let may_be_longer_ago = ["55", "56", "57"].iter().any(|code| stay.has_condition(code));
    let qualifies = |days: DayRange| {
        let gap = came.map_or(0, |came| came.days_since(days.to));
        2 <= days.to.days_since(days.from) && 0 <= gap && (gap <= DAYS_BETWEEN || may_be_longer_ago)
    };
    let stays = || stay.occurrence_spans.iter().filter(|span| span.code.is("70"));
    if stays().any(|span| span.days().is_none_or(qualifies)) {
        return;
    }
    match stays().next() {
        Some(span) => findings.report_as(
            "A7:722",
            span.date.place,
            "occurrence span 70 is no stay of three days that ended at most 30 days before the admission",
            "write the days in hospital, correct DTP*435, or add condition 55, 56 or 57",
        ),
        None => {
            let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
            findings.report_missing(
                "HI",
                last,
                "no occurrence span 70 of three days",
                "add HI*BI with code 70 and the days in hospital",
            );
        }
    }
}

/// From the discharge from hospital to skilled nursing.
const DAYS_BETWEEN: i64 = 30;

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BI:70:RD8:20260201-20260206~\n", "")]).of(Clean::Nursing),
    Example::fails(&[("20260201-20260206", "20260205-20260206")]).of(Clean::Nursing),
    Example::passes(&[("20260201-20260206", "20260203-20260206")]).of(Clean::Nursing),
    // After the admission, and too long before it.
    Example::fails(&[("20260201-20260206", "20260207-20260212")]).of(Clean::Nursing),
    Example::fails(&[("20260201-20260206", "20260101-20260106")]).of(Clean::Nursing),
    Example::passes(&[("20260201-20260206", "20260101-20260107")]).of(Clean::Nursing),
    Example::passes(&[
        ("20260201-20260206", "20260101-20260106"),
        ("HI*BE:80:::14", "HI*BE:80:::14~\nHI*BG:56"),
    ])
    .of(Clean::Nursing),
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
