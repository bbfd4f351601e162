use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-FEE-02",
    name: "staff-service-in-hospital",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:249",
    what: "What the staff of an office does under its doctor is billed from a hospital.",
    why: "in a hospital its own staff does it, and is paid by the hospital; payers deny the line",
    source: "CMS, Physician Fee Schedule, PC/TC indicator 5",
    needs: &["mpfs"],
    examples: EXAMPLES,
    check,
};

/// Inpatient, outpatient and emergency care in a hospital, on its campus or off it.
const HOSPITALS: &[&str] = &["19", "21", "22", "23"];

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let place = claim.place_of(line);
        let Some(days) = claim.days_of(line).filter(|_| place.is_any(HOSPITALS)) else { continue };
        let code = line.procedure.code;
        if context.codes.fee(code.bytes(), days.from).is_some_and(|fee| fee.parts == b'5') {
            findings.report(
                code.place,
                format!("{} is given by office staff, at place {}", code.text(), place.text()),
                "leave it to the hospital, or correct the place of service",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40*UN*1***2", "HC:96372*40*UN*1*23**2")]).with_codes(),
    Example::passes(&[("HC:93000*40*UN*1***2", "HC:96372*40*UN*1***2")]).with_codes(),
    Example::passes(&[("HC:93000*40*UN*1***2", "HC:93000*40*UN*1*23**2")]).with_codes(),
];
