use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-10",
    name: "upin-malformed",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:133:82",
    what: "A UPIN is neither a letter with five digits nor three letters with three.",
    why: "the number is of an old kind, and payers that read it reject what is none",
    source: "Stedi, \"Invalid UPIN format\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        for number in party.references.iter().filter(|known| known.qualifier.is("1G")) {
            let text = number.value.bytes();
            let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let is_rest_digits = text.iter().skip(letters).all(u8::is_ascii_digit);
            if text.len() != 6 || !matches!(letters, 1 | 3) || !is_rest_digits {
                findings.report_as(
                    format!("A7:133:{}", party.entity.text()),
                    number.value.place,
                    "REF*1G is no UPIN",
                    "drop REF*1G; the NPI is enough",
                );
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("PE*PXC*207Q00000X", "PE*PXC*207Q00000X~\nREF*1G*AB1234")]),
    Example::fails(&[("PE*PXC*207Q00000X", "PE*PXC*207Q00000X~\nREF*1G*A1234")]),
    Example::passes(&[("PE*PXC*207Q00000X", "PE*PXC*207Q00000X~\nREF*1G*A12345")]),
    Example::passes(&[("PE*PXC*207Q00000X", "PE*PXC*207Q00000X~\nREF*1G*ABC123")]),
];
