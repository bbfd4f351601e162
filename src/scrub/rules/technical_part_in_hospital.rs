use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-24",
    name: "technical-part-in-hospital",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:453+A8:249",
    what: "A doctor bills the technical part of a test that was made in a hospital.",
    why: "the hospital is paid for its machines and staff; payers deny the line",
    source: "CMS, Claims Processing Manual 100-04 ch. 13, modifier TC",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Inpatient, outpatient and emergency care in a hospital.
const HOSPITALS: &[&str] = &["21", "22", "23"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let technical = line.procedure.modifiers.iter().find(|code| code.is("TC"));
        let place = claim.place_of(line);
        if let Some(modifier) = technical
            && place.is_any(HOSPITALS)
        {
            findings.report(
                modifier.place,
                format!("modifier TC with place of service {}", place.text()),
                "bill the professional part (26), or correct the place of service",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40*UN*1***2", "HC:71046:TC*40*UN*1*23**2")]),
    Example::passes(&[("HC:93000*40*UN*1***2", "HC:71046:TC*40*UN*1***2")]),
    Example::passes(&[("HC:93000*40*UN*1***2", "HC:71046:26*40*UN*1*23**2")]),
];
