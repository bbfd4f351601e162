use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-30",
    name: "mammography-number-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:21+A6:247",
    what: "A mammography is billed without the certificate of the place that made it.",
    why: "only certified places may make them; Medicare and most payers deny the line",
    source: "CMS, Common Edits and Enhancements Module; CMS, Claims Processing Manual 100-04 ch. 18",
    needs: &[],
    examples: EXAMPLES,
    check,
};

const MAMMOGRAPHY: &[&str] = &["77065", "77066", "77067", "G0202", "G0204", "G0206"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if claim.reference("EW").is_some() {
        return;
    }
    for line in &claim.lines {
        // Modifier 26 bills reading the pictures alone.
        let is_made = line.procedure.code.is_any(MAMMOGRAPHY) && !line.procedure.has_modifier("26");
        if is_made && line.reference("EW").is_none() {
            findings.report_missing(
                "REF",
                claim.place,
                format!("line {} is a mammography, but REF*EW is missing", line.number.text()),
                "add REF*EW with the FDA certification number",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:77067*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:77067:26*60*UN*1*")]),
    Example::passes(&[
        ("HC:99213:25*60*UN*1*", "HC:77067*60*UN*1*"),
        ("HI*ABK", "REF*EW*123456~\nHI*ABK"),
    ]),
];
