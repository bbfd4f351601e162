use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-01",
    name: "dental-procedure-malformed",
    snip: 5,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A7:737",
    what: "A dental claim bills a procedure whose code is not D and four digits.",
    why: "dental payers know no other codes; medical services go out as 837P",
    source: "Stedi, \"Dental procedure code without D\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for code in claim.lines.iter().map(|line| line.procedure.code) {
        // Blanks, signs and case are form, and what is no code at all has its own finding.
        let plain = form::procedure(code);
        let is_code = plain.len() == 5 && plain.bytes().any(|byte| byte.is_ascii_digit());
        let is_dental = matches!(plain.as_bytes(), [b'D', digits @ ..] if digits.iter().all(u8::is_ascii_digit));
        if is_code && !is_dental {
            findings.report(
                code.place,
                "the procedure is not a dental code, D and four digits",
                "bill the dental code, or bill the service to the medical plan in an 837P",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("AD:D0120", "AD:00120")]).of(Clean::Dental),
    Example::fails(&[("AD:D0120", "AD:99213")]).of(Clean::Dental),
    Example::fails(&[("AD:D0120", "AD:D012X")]).of(Clean::Dental),
    Example::passes(&[("AD:D0120", "AD:d0120")]).of(Clean::Dental),
    Example::passes(&[("AD:D0120", "AD:D-0120")]).of(Clean::Dental),
];
