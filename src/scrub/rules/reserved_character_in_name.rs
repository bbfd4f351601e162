use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-15",
    name: "reserved-character-in-name",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:511+A7:481",
    what: "A name, an address or a number of the office holds a character that files use as a separator, or one without a plain letter.",
    why: "a payer's reader may split the value there, and the rest of the claim moves",
    source: "Stedi, \"Reserved X12 delimiter in a value\", 2026-09-24; \"Colon in a value\", 2026-11-12",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut look = |field: Field<'_>| {
        if field.bytes().iter().copied().any(is_reserved) {
            findings.report(
                field.place,
                "the value holds one of * : > ^ ` ~ |",
                "write the value without it",
            );
        }
    };
    look(claim.patient_control_number);
    look(claim.subscriber.group_name);
    let mut strange: Vec<Field<'_>> = Vec::new();
    // Notes and descriptions are free text: what is written of them is delimited by other signs.
    for party in &context.parties {
        let names = [party.last_name, party.first_name].into_iter();
        let words = party.address.map(|address| [address.line, address.second_line, address.city]);
        for field in names.chain(words.into_iter().flatten()) {
            if !is_usual(field.bytes()) {
                look(field);
                strange.extend(Some(field).filter(|field| is_strange(field.bytes())));
            }
        }
    }
    let of_lines = claim.lines.iter().flat_map(|line| &line.references);
    for known in claim.references.iter().chain(of_lines) {
        // Authorization and referral numbers have a rule of their own.
        if !known.qualifier.is_any(&["G1", "9F"]) {
            look(known.value);
        }
    }
    for field in strange {
        findings.report(
            field.place,
            "the value holds a character that no plain letter stands for",
            "write the value in the letters A to Z",
        );
    }
}

/// Whether a value has a character that cannot be written in plain letters: another script, a
/// picture, a sign that is not printed. Bytes that are not UTF-8 may be letters of an older code.
fn is_strange(value: &[u8]) -> bool {
    !value.is_ascii()
        && std::str::from_utf8(value).is_ok_and(|text| form::plain_capitals(text).is_none())
}

/// What files are usually written with; a payer's may be, where this one is not.
const fn is_reserved(byte: u8) -> bool {
    matches!(byte, b'*' | b':' | b'>' | b'^' | b'`' | b'~' | b'|')
}

/// Whether a value has neither a reserved character nor a strange one, as nearly all have not.
fn is_usual(value: &[u8]) -> bool {
    !value.iter().any(|&byte| UNUSUAL[usize::from(byte)])
}

/// By byte: the rule looks at every letter of every name.
const UNUSUAL: [bool; 256] = {
    let mut unusual = [false; 256];
    let mut byte = 0;
    while byte < unusual.len() {
        unusual[byte] = 128 <= byte || is_reserved(byte as u8);
        byte += 1;
    }
    unusual
};

const EXAMPLES: &[Example] = &[
    Example::fails(&[("ROE*JANE", "ROE*JA>NE")]),
    Example::fails(&[("N3*1 ELM ST", "N3*1 ELM ST `B")]),
    Example::fails(&[("REF*6R*A1-1", "REF*6R*A1>1")]),
    Example::fails(&[("ROE*JANE", "ROE*羅")]),
    Example::passes(&[("ROE*JANE", "ROE*JOSÉ")]),
    Example::passes(&[("HI*ABK", "NTE*ADD*MORE THAN > 3~\nHI*ABK")]),
    Example::passes(&[("ROE*JANE", "O'BRIEN-SMITH*JANE")]),
];
