use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-17",
    name: "single-procedure-counted",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Warn,
    status: "A8:476",
    what: "A line says that its procedure was done once.",
    why: "the guide wants the number only above one; some front ends reject it, most do not mind",
    source: "X12 RFI 1866; Regence dental companion guide",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for quantity in claim.lines.iter().map(|line| line.quantity) {
        if quantity.is_any(ONE) {
            findings.report(
                quantity.place,
                "SV306 counts one procedure, which goes without saying",
                "leave SV306 empty unless the procedure was done more than once",
            );
        }
    }
}

/// One, however it is written.
const ONE: &[&str] = &["1", "01", "1.0", "1.00"];

const EXAMPLES: &[Example] = &[
    Example::fails(&[("AD:D1110*98", "AD:D1110*98****1")]).of(Clean::Dental),
    Example::passes(&[("AD:D1110*98", "AD:D0230*98****2")]).of(Clean::Dental),
];
