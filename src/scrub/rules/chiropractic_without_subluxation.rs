use x12::view::claim::{Claim, Line};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-08",
    name: "chiropractic-without-subluxation",
    snip: 5,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A8:254+A8:700",
    what: "Medicare is billed for chiropractic care and the first diagnosis is no subluxation.",
    why: "Medicare covers manipulation of the spine for subluxation (M99.00 to M99.05) only",
    source: "Stedi, \"Invalid primary diagnosis on Medicare chiropractic claims\", 2025-12-03",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(first) = claim.coded_diagnoses().next() else { return };
    let is_manipulation =
        |line: &Line<'_>| line.procedure.code.is_any(&["98940", "98941", "98942"]);
    let is_subluxation = matches!(first.code.bytes(), [b'M', b'9', b'9', b'0', b'0'..=b'5']);
    let is_billed = claim.is_filed_with(&["MB"]) && claim.lines.iter().any(is_manipulation);
    if is_billed && first.qualifier.is("ABK") && !is_subluxation {
        findings.report(
            first.code.place,
            format!("diagnosis {} stands first on chiropractic lines", first.code.text()),
            "put the subluxation (M9900 to M9905) first",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*1AC2DE3FG45"),
        ("HI*ABK", "DTP*454*D8*20260901~\nHI*ABK"),
        ("HC:99213:25*60*UN*1*", "HC:98940:AT*60*UN*1*"),
    ]),
    Example::passes(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("HC:99213:25*60*UN*1*", "HC:98940:AT*60*UN*1*"),
        ("HI*ABK:E119*ABF:I10", "HI*ABK:M9903*ABF:I10"),
    ]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:98940:AT*60*UN*1*")]),
];
