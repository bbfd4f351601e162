use x12::view::claim::Claim;

use crate::scrub::example::segments::{FIRST_LINE_PAID, OTHER_PAYER_DECIDED, SECOND_LINE_PAID};
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-01",
    name: "procedure-malformed",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:454",
    what: "A procedure code, billed or paid for by another payer, has neither the form of CPT nor that of HCPCS.",
    why: "no code list has such a code; the payer rejects the line",
    source: "Stedi, \"Invalid procedure code format\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let billed = claim.lines.iter().map(|line| &line.procedure);
    let decided = claim.lines.iter().flat_map(|line| &line.adjudications);
    for procedure in billed.chain(decided.map(|decision| &decision.procedure)) {
        // HC is CPT and HCPCS, AD the dental codes; other lists have forms of their own.
        if !procedure.qualifier.is_any(&["AD", "HC"]) || procedure.code.is_empty() {
            continue;
        }
        // Blanks, signs and case are form; another rule sees to them.
        let plain = form::procedure(procedure.code);
        let is_dental = procedure.qualifier.is("AD");
        let is_code = plain.len() == 5
            && match plain.as_bytes() {
                // What a dental claim bills has a rule of its own.
                code if is_dental => code.iter().any(u8::is_ascii_digit),
                [first, rest @ ..] if first.is_ascii_alphabetic() => is_number(rest),
                [number @ .., last] => {
                    let ends_well = b"AFMTU".contains(last);
                    is_number(number) && (last.is_ascii_digit() || ends_well)
                }
                [] => false,
            };
        if !is_code {
            findings.report(
                procedure.code.place,
                "the procedure is no code: five digits, four and a letter, or a letter and four",
                "look the procedure up again; modifiers stand after it in parts of their own",
            );
        }
    }
}

fn is_number(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:9921*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:992133*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:ABCDE*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:992?13*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:J00\u{ff18}9271*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:9921X*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:Q9ZZ9*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:ZZ123*60*UN*1*")]),
    Example::fails(&[
        ("LX*1", OTHER_PAYER_DECIDED),
        ("REF*6R*A1-1", FIRST_LINE_PAID),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
        ("*50*HC:99213:25*", "*50*HC:ABCDE*"),
    ]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:0001U*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99-213*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:J9271*60*UN*1*")]),
];
