use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-20",
    name: "present-on-admission-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:688",
    what: "A diagnosis of an acute inpatient does not say whether it was there at admission.",
    why: "Medicare returns the bill; a condition that arose in hospital does not raise the payment",
    source: "X12 837I guide, HI*ABK and ABF; CMS, Claims Processing Manual 100-04 ch. 23",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    if !stay.facility_type.is("11") || !is_acute_hospital(claim) {
        return;
    }
    for diagnosis in claim.coded_diagnoses() {
        let indicator = diagnosis.present_on_admission;
        let is_asked = diagnosis.is_icd10() && !is_exempt(diagnosis.code.bytes());
        if indicator.is_empty() && is_asked {
            findings.report(
                indicator.place,
                "the diagnosis does not say whether it was present on admission",
                "add Y, N, U or W in the ninth part of the diagnosis",
            );
        }
    }
}

/// Whether the bill is of a hospital that Medicare pays by the stay, by the taxonomy of the billing
/// provider: a general one (282N), not one for children or of critical access. Long-term,
/// psychiatric, rehabilitation, religious and military hospitals are not asked. Without a taxonomy
/// nobody can tell, and most are general ones.
pub(super) fn is_acute_hospital(claim: &Claim<'_>) -> bool {
    let Some(taxonomy) = claim.billing.taxonomy else { return true };
    let taxonomy = form::capitals(taxonomy);
    taxonomy.starts_with("282N") && !taxonomy.starts_with("282NC")
}

/// The categories that the official guidelines except (appendix I), and all that is no illness:
/// each year's list picks from these.
fn is_exempt(code: &[u8]) -> bool {
    let is_later = matches!(code, [b'S' | b'T', _, _, _, _, _, b'D' | b'S']);
    let is_listed = EXEMPT.iter().any(|start| code.starts_with(start.as_bytes()));
    is_later || is_listed
}

const EXEMPT: &[&str] = &[
    "B90", "B91", "B92", "B94", "E64", "I252", "I69", "O09", "O665", "O80", "O94", "P00", "P01",
    "P02", "P03", "P04", "Q", "U07", "V", "W", "X", "Y", "Z",
];

const EXAMPLES: &[Example] = &[
    Example::fails(&[("ABF:E119:::::::Y", "ABF:E119")]).of(Clean::Inpatient),
    Example::fails(&[("HI*ABK:J189:::::::Y", "HI*ABK:J189")]).of(Clean::Inpatient),
    Example::passes(&[("ABF:E119:::::::Y", "ABF:Z7901")]).of(Clean::Inpatient),
    Example::passes(&[("ABF:E119:::::::Y", "ABF:E119"), ("282N00000X", "283Q00000X")])
        .of(Clean::Inpatient),
    Example::passes(&[("ABF:E119:::::::Y", "ABF:E119"), ("282N00000X", "2865M2000X")])
        .of(Clean::Inpatient),
    Example::fails(&[("ABF:E119:::::::Y", "ABF:E119"), ("PRV*BI*PXC*282N00000X~\n", "")])
        .of(Clean::Inpatient),
    Example::passes(&[]).of(Clean::Nursing),
];
