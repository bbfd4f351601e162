use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-55",
    name: "admission-of-newborn",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:231+A8:254",
    what: "A stay that begins with a birth is not admitted as a newborn's.",
    why: "Z38 comes first on the stay of the birth alone, which is of admission type 4; payers return any other",
    source: "NUBC, priority of admission; CMS and NCHS, ICD-10-CM guidelines, I.C.16.a.2",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(principal) = claim.diagnoses_of(&["ABK"]).next() else { return };
    let is_birth = form::diagnosis(principal.code).starts_with("Z38");
    let admission = stay.admission_type;
    // 9 says that nobody knows, and a missing type is the guide's.
    if stay.facility_type.is("11") && is_birth && admission.is_any(&["1", "2", "3", "5"]) {
        findings.report(
            admission.place,
            format!("{} comes first, but CL101 is {}", principal.code.text(), admission.text()),
            "write 4 in CL101, and 5 or 6 in CL102; or put first what brought the child back",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[BIRTH, BORN, FOUND, OTHERS]).of(Clean::Inpatient),
    Example::passes(&[BIRTH, BORN, FOUND, OTHERS, ("CL1*1*1*01", "CL1*4*5*01")])
        .of(Clean::Inpatient),
    Example::passes(&[BIRTH, BORN, FOUND, OTHERS, ("CL1*1*1*01", "CL1*9*1*01")])
        .of(Clean::Inpatient),
    Example::passes(&[("HI*ABK:J189:", "HI*ABK:P599:"), BORN]).of(Clean::Inpatient),
];

const BIRTH: (&str, &str) = ("HI*ABK:J189:::::::Y", "HI*ABK:Z3800");

const BORN: (&str, &str) = ("DMG*D8*19500402", "DMG*D8*20260201");

const FOUND: (&str, &str) = ("HI*ABJ:J189", "HI*ABJ:Z3800");

const OTHERS: (&str, &str) =
    ("HI*ABF:J9601:::::::Y*ABF:E119:::::::Y*ABF:I10:::::::N", "HI*ABF:P599:::::::Y");
