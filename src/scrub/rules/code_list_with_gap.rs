use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-21",
    name: "code-list-with-gap",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:511+A7:481",
    what: "A place between two codes of an HI segment is empty.",
    why: "the guides fill HI from the front; behind a gap payers count the diagnoses that lines point at otherwise",
    source: "X12 837 guides, HI03 to HI12 (each only where the one before is used)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let diagnoses = claim.diagnoses.iter().map(|one| one.code);
    let of_bill = claim.institutional.iter().flat_map(|bill| {
        let dated = bill.procedures.iter().chain(&bill.occurrences).chain(&bill.occurrence_spans);
        let values = bill.values.iter().map(|one| one.code);
        let plain = bill.conditions.iter().chain(&bill.treatments).copied();
        dated.map(|one| one.code).chain(values).chain(plain)
    });
    // Codes of one list come together.
    let mut before: Option<Field<'_>> = None;
    for code in diagnoses.chain(of_bill) {
        let at = (code.place.segment, code.place.element);
        let last = before.filter(|before| before.place.segment == at.0);
        // That the first place is empty is a fault of the guide.
        if last.is_some_and(|last| last.place.element + 1 < at.1) {
            findings.report(
                code.place,
                "the place before this code is empty",
                "move the codes together, and count the pointers of the lines anew",
            );
        }
        before = Some(code);
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119**ABF:I10")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:E785*ABF:I10")]),
    Example::fails(&[("*ABF:E119:::::::Y", "**ABF:E119:::::::Y")]).of(Clean::Inpatient),
    Example::fails(&[("*BE:80:::4", "**BE:80:::4")]).of(Clean::Inpatient),
    Example::passes(&[("HI*BE:01", "HI*BG:C1~\nHI*BE:01")]).of(Clean::Inpatient),
];
