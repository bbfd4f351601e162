use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LIST-05",
    name: "drug-unknown",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A7:218",
    what: "A drug is not in the directory of the FDA, or was not marketed on the day of service.",
    why: "payers price a drug by its NDC and deny one that they do not find",
    source: "Stedi, \"Unrecognized or inactive NDC\", 2026-11-09",
    needs: &["ndc"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let (Some(drug), Some(days)) = (line.drug, claim.days_of(line)) else { continue };
        let is_ndc = line.drug_list.is_some_and(|list| list.is("N4"))
            && drug.bytes().len() == 11
            && drug.bytes().iter().all(u8::is_ascii_digit)
            // What only fills the place is another rule's.
            && drug.bytes().windows(2).any(|pair| pair.first() != pair.last());
        if !is_ndc {
            continue;
        }
        // The directory comes by packages, or by products, which have no last two digits.
        let standing = |code: &[u8]| context.codes.standing("ndc", code, days.from);
        let package = standing(drug.bytes());
        let product = standing(drug.bytes().get(..9).unwrap_or_default());
        let standing = package.filter(|package| *package != Standing::Unknown).or(product);
        let what = match standing {
            Some(Standing::Unknown) => format!("the directory has no drug {}", drug.text()),
            Some(Standing::Ended(last)) => {
                format!("drug {} was marketed until {last}", drug.text())
            }
            Some(Standing::NotYet(first)) => {
                format!("drug {} is marketed from {first} on", drug.text())
            }
            Some(Standing::Valid | Standing::Header) | None => continue,
        };
        findings.report(drug.place, what, "take the NDC from the package that was used");
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1~",
        "DTP*472*D8*20261006~\nREF*6R*A1-1~\nLIN**N4*99999999998~\nCTP****1*ML~",
    )])
    .with_codes(),
    Example::passes(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1~",
        "DTP*472*D8*20261006~\nREF*6R*A1-1~\nLIN**N4*00002757001~\nCTP****1*ML~",
    )])
    .with_codes(),
];
