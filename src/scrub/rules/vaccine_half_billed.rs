use x12::view::claim::Claim;
use x12::view::parts::Procedure;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-21",
    name: "vaccine-half-billed",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Warn,
    status: "A8:454",
    what: "A vaccine is billed without its administration, or the administration without a vaccine.",
    why: "payers pay the one beside the other, unless the vaccine was free",
    source: "CMS, Claims Processing Manual 100-04 ch. 18",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let procedures = || claim.lines.iter().map(|line| &line.procedure);
    let has_vaccine = procedures().any(is_vaccine);
    let has_administration = procedures().any(is_administration);
    for procedure in procedures() {
        let (is_half, fix) = match (is_vaccine(procedure), is_administration(procedure)) {
            // Many a Medicaid pays the administration by the code of the vaccine that the state gave.
            (true, _) => (
                !has_administration && !procedure.has_modifier("SL"),
                "bill the administration too",
            ),
            (_, true) => (!has_vaccine, "bill the vaccine too, at no charge when it was free"),
            (false, false) => continue,
        };
        if is_half {
            findings.report(
                procedure.code.place,
                format!("{} is billed without its other half", procedure.code.text()),
                fix,
            );
        }
    }
}

fn is_vaccine(procedure: &Procedure<'_>) -> bool {
    match procedure.number() {
        Some(number) => matches!(number, 90476..=90748 | 90750..=90759 | 91300..=91399),
        None => procedure.code.is_any(&["Q2034", "Q2035", "Q2036", "Q2037", "Q2038", "Q2039"]),
    }
}

fn is_administration(procedure: &Procedure<'_>) -> bool {
    match procedure.number() {
        Some(number) => matches!(number, 90460 | 90461 | 90471..=90474 | 90480),
        None => procedure.code.is_any(&["G0008", "G0009", "G0010", "M0201"]),
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:90471*40")]),
    Example::fails(&[("HC:93000*40", "HC:90686*40")]),
    Example::passes(&[("HC:93000*40", "HC:90686:SL*40")]),
    Example::passes(&[("HC:93000*40", "HC:90686*40"), ("HC:99213:25*60", "HC:90471*60")]),
];
