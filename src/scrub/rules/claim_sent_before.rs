use x12::view::claim::{Claim, Kind};

use crate::scrub::example::{Clean, Known};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DUP-04",
    name: "claim-sent-before",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:78",
    what: "The claim bills what another claim bills: the same services by the same provider for the same patient. Two \
           rendering providers (NM1*82) of different NPI on one day are no double.",
    why: "the payer pays one of the two and denies the other as a duplicate",
    source: "CMS, Common Edits and Enhancements Module, duplicate claims; Claims Processing Manual 100-04 ch. 1 section 120.2",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    // A replacement or a void repeats its original by its nature. An institutional claim is billed
    // anew under more frequencies: as one of a series, for late charges, for no payment.
    let is_new = match claim.kind {
        Kind::Professional | Kind::Dental => claim.frequency.is("1"),
        Kind::Institutional => claim.frequency.is_any(&["0", "1", "2", "3", "4", "5", "9"]),
    };
    if !is_new {
        return;
    }
    if let Some(other) = &context.earlier.same_service {
        findings.report(
            claim.patient_control_number.place,
            format!("bills the same services for the same patient as {}", other.claim),
            other.beside(
                "resolve it if it was sent twice; release it if the services were given twice",
            ),
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[]).after(Known::SameService),
    Example::passes(&[("11:B:1*", "11:B:7*")]).after(Known::SameService),
    Example::fails(&[]).of(Clean::Inpatient).after(Known::SameService),
    // One of a series that came twice.
    Example::fails(&[("11:A:1", "11:A:3")]).of(Clean::Inpatient).after(Known::SameService),
    Example::passes(&[("11:A:1", "11:A:7")]).of(Clean::Inpatient).after(Known::SameService),
    Example::passes(&[("11:A:1", "11:A:8")]).of(Clean::Inpatient).after(Known::SameService),
];
