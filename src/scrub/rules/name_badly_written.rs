use x12::segment::Field;
use x12::view::claim::Claim;
use x12::view::parts::Address;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-30",
    name: "name-badly-written",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:125:IL",
    what: "A name or an address has lower-case letters, accents or blanks too many.",
    why: "payers compare names letter by letter; many readers know plain capitals only",
    source: "DentalXChange, capitals; common practice for accents and doubled blanks",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        let names = [party.last_name, party.first_name].into_iter();
        let fields = names.chain(party.address.into_iter().flat_map(words_of));
        for field in fields.filter(|field| !is_plain(field.bytes())) {
            let Some(plain) = form::plain_capitals(&field.text()) else { continue };
            // Blanks alone are no name; the guide says so.
            if !plain.is_empty() && plain.as_bytes() != field.bytes() {
                findings.repair(
                    field,
                    plain,
                    "the value has lower-case letters, accents or blanks too many",
                    "write it in plain capitals with single blanks",
                );
            }
        }
    }
}

fn words_of(address: Address<'_>) -> [Field<'_>; 3] {
    [address.line, address.second_line, address.city]
}

/// Whether a value is in plain capitals already, as nearly all are.
fn is_plain(value: &[u8]) -> bool {
    let mut before = b' ';
    let is_usual = |&byte: &u8| {
        let is_spare_blank = before == b' ' && byte == b' ';
        before = byte;
        byte.is_ascii() && !byte.is_ascii_lowercase() && !is_spare_blank
    };
    value.iter().all(is_usual) && (value.is_empty() || before != b' ')
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("ROE*JANE", "Roe*JANE")]),
    Example::fails(&[("ROE*JANE", "ROE*JOSÉ")]),
    Example::fails(&[("ROE*JANE", "DE  ROE*JANE")]),
    Example::fails(&[("ROE*JANE", "ROE *JANE")]),
    Example::fails(&[("ROE*JANE", "ROE*JOSE\u{301}")]),
    Example::fails(&[("ROE*JANE", "GROẞ*JANE")]),
    Example::passes(&[("ROE*JANE", "DE ROE*JANE")]),
    Example::passes(&[("ROE*JANE", " *JANE")]),
];
