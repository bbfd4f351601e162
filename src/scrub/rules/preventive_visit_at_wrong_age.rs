use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-16",
    name: "preventive-visit-at-wrong-age",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:475",
    what: "A preventive visit is billed with the code of another age.",
    why: "the codes go by age; payers deny the line",
    source: "CMS, Integrated Outpatient Code Editor, procedure and age",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// The last digit of the code, with the first and last year of age. 9938x are for new patients,
/// 9939x for known ones.
const AGES: &[(u32, i32, i32)] =
    &[(1, 0, 0), (2, 1, 4), (3, 5, 11), (4, 12, 17), (5, 18, 39), (6, 40, 64), (7, 65, i32::MAX)];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let birth = claim.person().and_then(|person| person.birth).and_then(|birth| birth.day());
    let Some(born) = birth else { return };
    for line in &claim.lines {
        let (Some(number), Some(days)) = (line.procedure.number(), line.service_days()) else {
            continue;
        };
        if !matches!(number / 10, 9938 | 9939) {
            continue;
        }
        let band = AGES.iter().find(|(digit, _, _)| *digit == number % 10);
        let Some((_, youngest, oldest)) = band else { continue };
        let years = days.from.years_since(born);
        if years < *youngest || *oldest < years {
            findings.report(
                line.procedure.code.place,
                format!("{number} is not for a patient of this age"),
                "use the code of the patient's age on the day of service, or correct DMG02",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99381*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99396*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99397*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99393*60*UN*1*"), ("19800101", "20190814")]),
];
