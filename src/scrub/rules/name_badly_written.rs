use x12::segment::Field;
use x12::view::claim::Claim;
use x12::view::parts::Address;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

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

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for party in claim.parties() {
        let names = [party.last_name, party.first_name].into_iter();
        let fields = names.chain(party.address.into_iter().flat_map(words_of));
        for field in fields.filter(|field| !is_plain(field.bytes())) {
            let Some(plain) = in_plain_capitals(&field.text()) else { continue };
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

/// The text in plain capitals; `None` when it has a letter that we do not know how to write.
fn in_plain_capitals(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for letter in word.chars() {
            match letter {
                _ if letter.is_ascii() => plain.push(letter.to_ascii_uppercase()),
                'À'..='Å' | 'à'..='å' | 'Ă' | 'ă' | 'Ą' | 'ą' => plain.push('A'),
                'Ç' | 'ç' | 'Ć' | 'ć' | 'Č' | 'č' => plain.push('C'),
                'È'..='Ë' | 'è'..='ë' | 'Ę' | 'ę' | 'Ě' | 'ě' => plain.push('E'),
                'Ì'..='Ï' | 'ì'..='ï' | 'İ' | 'ı' => plain.push('I'),
                'Ñ' | 'ñ' | 'Ń' | 'ń' | 'Ň' | 'ň' => plain.push('N'),
                'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' | 'Ő' | 'ő' => plain.push('O'),
                'Ù'..='Ü' | 'ù'..='ü' | 'Ű' | 'ű' => plain.push('U'),
                'Ý' | 'ý' | 'ÿ' => plain.push('Y'),
                'Š' | 'š' | 'Ś' | 'ś' => plain.push('S'),
                'Ž' | 'ž' | 'Ź' | 'ź' | 'Ż' | 'ż' => plain.push('Z'),
                'Ł' | 'ł' => plain.push('L'),
                'Ř' | 'ř' => plain.push('R'),
                'Æ' | 'æ' => plain.push_str("AE"),
                'ß' => plain.push_str("SS"),
                '’' | '‘' => plain.push('\''),
                _ => return None,
            }
        }
    }
    Some(plain)
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("ROE*JANE", "Roe*JANE")]),
    Example::fails(&[("ROE*JANE", "ROE*JOSÉ")]),
    Example::fails(&[("ROE*JANE", "DE  ROE*JANE")]),
    Example::fails(&[("ROE*JANE", "ROE *JANE")]),
    Example::passes(&[("ROE*JANE", "DE ROE*JANE")]),
    Example::passes(&[("ROE*JANE", " *JANE")]),
];
