use x12::value::Quantity;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-05",
    name: "drug-quantity-not-positive",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:724",
    what: "A line names a drug and a quantity of nothing.",
    why: "the payer prices the drug by its quantity and rejects the line",
    source: "Stedi, \"Invalid drug unit count\", 2025-12-10",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for quantity in claim.lines.iter().filter_map(|line| line.drug_quantity) {
        let count = Quantity::parse(quantity.bytes());
        if count.is_some_and(|count| count.thousandths() <= 0) {
            findings.report(
                quantity.place,
                format!("CTP04 is {}", quantity.text()),
                "enter how much of the drug was given, in the unit of CTP05",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006302602~\nCTP****8*ML~")]),
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006302602~\nCTP****0*ML~")]),
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLIN**N4*00006302602~\nCTP****-8*ML~")]),
];
