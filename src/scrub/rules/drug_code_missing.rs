use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-06",
    name: "drug-code-missing",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Warn,
    status: "A6:218",
    what: "A drug is billed without its national drug code.",
    why: "Medicaid and many plans pay for a drug only when they know the package",
    source: "common practice of Medicaid and commercial plans",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        // J codes are drugs; J7294 to J7307 are contraceptives that plans know by the code alone.
        let is_drug = match line.procedure.code.bytes() {
            [b'J', b'7', b'2' | b'3', ..] => false,
            [b'J', number @ ..] => number.len() == 4 && number.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        if is_drug && line.drug.is_none() {
            let last = line.references.last().map_or(line.procedure.place, |last| last.value.place);
            findings.report_missing(
                "LIN",
                last,
                format!("line {} is a drug, but LIN is missing", line.number.text()),
                "add loop 2410 with the drug code and the quantity",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:J9271*60*UN*1*")]),
    Example::passes(&[
        ("HC:99213:25*60*UN*1*", "HC:J9271*60*UN*1*"),
        ("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006302602~\nCTP****8*ML~"),
    ]),
];
