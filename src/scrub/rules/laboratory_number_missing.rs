use x12::view::claim::{Claim, Line};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-29",
    name: "laboratory-number-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A6:544",
    what: "Laboratory work is billed without the laboratory's CLIA number.",
    why: "Medicare, Medicaid and every payer of an independent laboratory reject tests without it",
    source: "Tebra, CLIA number missing; CMS, Claims Processing Manual 100-04 ch. 16",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Pathology consultations, skin tests, blood products, sperm and egg work: no CLIA number needed.
const EXEMPT: &[std::ops::RangeInclusive<u32>] = &[
    80500..=80506,
    81050..=81050,
    82075..=82075,
    83013..=83014,
    83987..=83987,
    86077..=86079,
    86485..=86580,
    86910..=86999,
    88000..=88099,
    88125..=88125,
    88240..=88241,
    88304..=88399,
    88720..=88749,
    89049..=89049,
    89220..=89399,
];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let is_laboratory = claim.place_of_service.is("81");
    if !is_laboratory && !claim.is_filed_with(&["MA", "MB", "MC"]) {
        return;
    }
    let has_number = claim.reference("X4").is_some()
        || claim.lines.iter().any(|line| line.reference("X4").is_some());
    if !has_number && claim.lines.iter().any(|line| is_test(line)) {
        findings.report_missing(
            "REF",
            claim.place,
            "a laboratory test is billed, but REF*X4 is missing",
            "add REF*X4 with the CLIA number of the laboratory that did the test",
        );
    }
}

/// Whether a line bills a test that only a certified laboratory may do.
fn is_test(line: &Line<'_>) -> bool {
    let Some(number) = line.procedure.number() else { return false };
    let is_exempt = EXEMPT.iter().any(|block| block.contains(&number));
    // Modifier 26 bills reading the result alone.
    line.procedure.qualifier.is("HC")
        && (80047..=89398).contains(&number)
        && !is_exempt
        && !line.procedure.has_modifier("26")
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:80053*60*UN*1*"), ("11:B:1", "81:B:1")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:80053*60*UN*1*")]),
    Example::fails(&[
        ("HC:99213:25*60*UN*1*", "HC:80053*60*UN*1*"),
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
    ]),
    Example::passes(&[
        ("HC:99213:25*60*UN*1*", "HC:80053:26*60*UN*1*"),
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
    ]),
    Example::passes(&[
        ("HC:99213:25*60*UN*1*", "HC:88305*60*UN*1*"),
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
    ]),
    Example::passes(&[
        ("HC:99213:25*60*UN*1*", "HC:80053*60*UN*1*"),
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("HI*ABK", "REF*X4*22D2187634~\nHI*ABK"),
    ]),
];
