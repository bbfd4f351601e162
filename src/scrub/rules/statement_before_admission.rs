use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-68",
    name: "statement-before-admission",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:188+A8:189",
    what: "The statement of a stay begins long before the patient was admitted.",
    why: "tests of the three days before are part of a stay for Medicare, and of a week for other payers at \
          most; what was given before is billed by itself",
    source: "CMS, Claims Processing Manual 100-04 ch. 3 section 40.3 (three days); NUBC, statement covers period",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// By the contracts of other payers.
const DAYS_OF_OTHERS: i64 = 7;

const DAYS_OF_MEDICARE: i64 = 3;

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let (Some(admission), Some(statement)) = (stay.admission, stay.statement) else { return };
    let (Some(came), Some(covers)) = (admission.days(), statement.days()) else { return };
    let is_stay = stay.is_inpatient() && !stay.facility_type.is("12") && came.from <= covers.to;
    let at_most = if claim.is_filed_with(&["MA"]) { DAYS_OF_MEDICARE } else { DAYS_OF_OTHERS };
    let days = came.from.days_since(covers.from);
    if is_stay && at_most < days {
        findings.report(
            statement.value.place,
            format!("the statement begins {days} days before the admission"),
            "begin DTP*434 with the admission, or correct DTP*435",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("20260201-20260205", "20260115-20260205")]).of(Clean::Inpatient),
    Example::passes(&[("20260201-20260205", "20260125-20260205")]).of(Clean::Inpatient),
    Example::fails(&[("20260206-20260220", "20260202-20260220")]).of(Clean::Nursing),
    Example::passes(&[("20260206-20260220", "20260203-20260220")]).of(Clean::Nursing),
];
