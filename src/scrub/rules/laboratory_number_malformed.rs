use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-08",
    name: "laboratory-number-malformed",
    snip: 5,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A7:544",
    what: "A CLIA number is not ten characters with a D in third place.",
    why: "the payer cannot find the laboratory's certificate and rejects the claim",
    source: "CMS, Common Edits and Enhancements Module; CMS, CLIA numbers",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    // Of the laboratory itself, and of the one that sent the specimen.
    for number in context.references.iter().filter(|known| known.qualifier.is_any(&["X4", "F4"])) {
        let is_shaped = match number.value.bytes() {
            [a, b, b'D', rest @ ..] => {
                rest.len() == 7 && [a, b].into_iter().chain(rest).all(u8::is_ascii_digit)
            }
            _ => false,
        };
        if !is_shaped {
            findings.report(
                number.value.place,
                "the CLIA number is not two digits, D and seven digits",
                "enter the number from the laboratory's certificate",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("HI*ABK", "REF*X4*22D2187634~\nHI*ABK")]),
    Example::fails(&[("HI*ABK", "REF*X4*2202187634~\nHI*ABK")]),
    Example::fails(&[("REF*6R*A1-1", "REF*6R*A1-1~\nREF*F4*22D218763")]),
];
