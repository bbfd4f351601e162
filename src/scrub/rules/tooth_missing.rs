use x12::segment::Field;
use x12::view::claim::Claim;

use crate::code_sets::dental_procedure::{self, Site};
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-06",
    name: "tooth-missing",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A6:244",
    what: "A procedure is billed that is done on a tooth, and the tooth is missing.",
    why: "the payer cannot follow what was done to which tooth and rejects the line",
    source: "ADA, Code on Dental Procedures and Nomenclature; X12 005010X224, TOO",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let teeth = line.dental.iter().flat_map(|dental| &dental.teeth);
        let numbers: Vec<Field<'_>> = teeth.map(|tooth| tooth.number).collect();
        match dental_procedure::site(line.procedure.code.bytes()) {
            Some(Site::Tooth | Site::Surfaces(..)) => {}
            Some(Site::Quadrant) | None => continue,
        }
        let what = format!("{} is done on a tooth, which is missing", line.procedure.code.text());
        let fix = "add TOO with the number of the tooth";
        match numbers.iter().find(|number| number.is_empty()) {
            Some(empty) => findings.report(empty.place, what, fix),
            None if numbers.is_empty() => {
                findings.report_missing("TOO", line.procedure.place, what, fix);
            }
            None => {}
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("TOO*JP*8*M~\n", "")]).of(Clean::Dental),
    Example::fails(&[("TOO*JP*8*M", "TOO*JP**M")]).of(Clean::Dental),
    Example::fails(&[("AD:D0120", "AD:D7140")]).of(Clean::Dental),
    Example::passes(&[("AD:D0120*55", "AD:D7140*55~\nTOO*JP*1")]).of(Clean::Dental),
];
