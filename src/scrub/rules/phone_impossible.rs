use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-22",
    name: "phone-impossible",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:127:85",
    what: "A telephone number is none: not ten digits, or an area or exchange that begins with 0 or 1.",
    why: "the payer cannot call; front ends reject the number",
    source: "Stedi, \"Phone number with an invalid area or exchange code\", \"Phone number not ten digits\"; North American Numbering Plan",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        // Other countries have numbers of other lengths. Canada's are like those here.
        let lives_abroad = party.address.is_some_and(|address| {
            !address.country.is_empty() && !address.country.is_any(&["US", "CA"])
        });
        for contact in party.contacts.iter().filter(|known| known.qualifier.is_any(&["TE", "FX"])) {
            if is_phone(contact.value.bytes()) {
                continue;
            }
            // Signs and a leading 1 are form; another rule drops them.
            let digits = form::phone(contact.value);
            // A fax abroad has a number of another length.
            let is_abroad = (contact.qualifier.is("FX") || lives_abroad) && digits.len() != 10;
            if !is_phone(digits.as_bytes()) && !is_abroad {
                findings.report_as(
                    format!("A7:127:{}", party.entity.text()),
                    contact.value.place,
                    "the telephone number is not ten digits with a possible area and exchange",
                    "correct the number; an extension stands by itself after EX",
                );
            }
        }
    }
}

fn is_phone(digits: &[u8]) -> bool {
    let [area, _, _, exchange, ..] = *digits else { return false };
    let can_begin = |byte: u8| (b'2'..=b'9').contains(&byte);
    let is_all_digits = digits.len() == 10 && digits.iter().all(u8::is_ascii_digit);
    is_all_digits && can_begin(area) && can_begin(exchange)
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("6175550142", "617555014")]),
    Example::fails(&[("6175550142", "61755501721")]),
    Example::fails(&[("6175550142", "1175550142")]),
    Example::fails(&[("6175550142", "6170550142")]),
    Example::fails(&[("6175550142", "6175550142*FX*6170550142")]),
    Example::passes(&[("6175550142", "6175550142*FX*442079460000")]),
    Example::passes(&[(
        "N4*BOSTON*MA*021103202~\nREF*EI*043219876",
        "N4*MUNICH***DE~\nREF*EI*043219876~\nPER*IC*ANN LOW*TE*498912345678",
    )]),
    Example::fails(&[("REF*EI*043219876", "REF*EI*043219876~\nPER*IC*ANN LOW*TE*498912345678")]),
    Example::passes(&[("6175550142", "16175550142")]),
    Example::passes(&[("6175550142", "+1 617 555 0142")]),
    Example::passes(&[("6175550142", "(617) 555-0142")]),
];
