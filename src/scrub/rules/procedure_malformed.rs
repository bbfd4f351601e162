use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-01",
    name: "procedure-malformed",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:454",
    what: "A procedure code is not five letters and digits.",
    why: "no code list has such a code; the payer rejects the line",
    source: "Stedi, \"Invalid procedure code format\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        // HC is CPT and HCPCS, AD the dental codes; other lists have forms of their own.
        if !procedure.qualifier.is_any(&["AD", "HC"]) || procedure.code.is_empty() {
            continue;
        }
        // Blanks, signs and case are form; another rule sees to them.
        let bytes = procedure.code.bytes().iter().copied();
        let plain: Vec<u8> = bytes.filter(u8::is_ascii_alphanumeric).collect();
        let has_digit = plain.iter().any(u8::is_ascii_digit);
        // Codes that begin with four digits end in one more, or in a letter of CPT.
        let ends_wrongly = match plain.as_slice() {
            [first @ .., last] if first.iter().all(u8::is_ascii_digit) => {
                !last.is_ascii_digit() && !b"AFMTU".contains(&last.to_ascii_uppercase())
            }
            _ => false,
        };
        if plain.len() != 5 || !has_digit || ends_wrongly {
            findings.report(
                procedure.code.place,
                "the procedure is not a code of five letters and digits",
                "look the procedure up again; modifiers stand after it in parts of their own",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:9921*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:992133*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:ABCDE*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:9921X*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:0001U*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99-213*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:J9271*60*UN*1*")]),
];
