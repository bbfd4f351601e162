use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-15",
    name: "reserved-character-in-name",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:511+A7:481",
    what: "A name, an address or a number of the office holds a character that files use as a separator.",
    why: "a payer's reader may split the value there, and the rest of the claim moves",
    source: "Stedi, \"Reserved X12 delimiter in a value\", 2026-09-24; \"Colon in a value\", 2026-11-12",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let mut fields = vec![claim.patient_control_number, claim.subscriber.group_name];
    // Notes and descriptions are free text: what is written of them is delimited by other signs.
    for party in claim.parties() {
        fields.extend([party.last_name, party.first_name]);
        if let Some(address) = party.address {
            fields.extend([address.line, address.second_line, address.city]);
        }
    }
    let of_lines = claim.lines.iter().flat_map(|line| &line.references);
    let references = claim.references.iter().chain(of_lines);
    // Authorization and referral numbers have a rule of their own.
    let offices = references.filter(|known| !known.qualifier.is_any(&["G1", "9F"]));
    fields.extend(offices.map(|known| known.value));
    for field in fields {
        if field.bytes().iter().any(|byte| RESERVED.contains(byte)) {
            findings.report(
                field.place,
                "the value holds one of * : > ^ ` ~ |",
                "write the value without it",
            );
        }
    }
}

/// What files are usually written with; a payer's may be, where this one is not.
const RESERVED: &[u8] = b"*:>^`~|";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("ROE*JANE", "ROE*JA>NE")]),
    Example::fails(&[("N3*1 ELM ST", "N3*1 ELM ST `B")]),
    Example::fails(&[("REF*6R*A1-1", "REF*6R*A1>1")]),
    Example::passes(&[("HI*ABK", "NTE*ADD*MORE THAN > 3~\nHI*ABK")]),
    Example::passes(&[("ROE*JANE", "O'BRIEN-SMITH*JANE")]),
];
