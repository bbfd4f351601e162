use x12::fault::Place;
use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::form::{Signs, signs_of};
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-15",
    name: "reserved-character-in-name",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:511+A7:481",
    what: "A name, an address or a number holds a character that files use as a separator, or one without a plain letter.",
    why: "a payer's reader may split the value there, and the rest of the claim moves",
    source: "Stedi, \"Reserved X12 delimiter in a value\", 2026-09-24; \"Colon in a value\", 2026-11-12",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut strange: Vec<Place> = Vec::new();
    let mut look = |field: Field<'_>, is_number: bool| {
        let signs = signs_of(field.bytes());
        let holds_blank = || is_number && field.text().contains(UNBREAKING);
        if signs.has_any(Signs::NOT_ASCII) && (is_strange(field) || holds_blank()) {
            strange.push(field.place);
        }
        if signs.has_any(Signs::RESERVED) {
            findings.report(
                field.place,
                "the value holds one of * : > ^ ` ~ |",
                "write the value without it",
            );
        }
    };
    look(claim.patient_control_number, true);
    look(claim.subscriber.group_name, false);
    // Notes are free text: what is written of them is delimited by other signs.
    for &field in &context.rough_words {
        look(field, false);
    }
    context.parties.iter().for_each(|party| look(party.id, true));
    for known in &context.references {
        // Authorization and referral numbers have a rule of their own.
        if !known.qualifier.is_any(&["G1", "9F"]) {
            look(known.value, true);
        }
    }
    let of_lines = claim.lines.iter().flat_map(|line| &line.attachments);
    claim.attachments.iter().chain(of_lines).for_each(|known| look(known.control_number, true));
    let told = claim.lines.iter().map(|line| line.procedure.description);
    // What a blank one leaves unsaid is another rule's.
    told.filter(|told| !form::is_blank(*told)).for_each(|told| look(told, false));
    for place in strange {
        findings.report(
            place,
            "the value holds a character that no plain letter stands for",
            "write the value in the letters A to Z",
        );
    }
}

/// A blank that does not break, which names are mended of and numbers are not.
const UNBREAKING: char = '\u{a0}';

/// Whether a value has a character that cannot be written in plain letters: another script, a
/// picture, a sign that is not printed; or nothing but blanks that do not break. Bytes that are not
/// UTF-8 may be letters of an older code.
fn is_strange(value: Field<'_>) -> bool {
    let is_nothing = |plain: String| plain.is_empty();
    std::str::from_utf8(value.bytes())
        .is_ok_and(|text| form::plain_capitals(text).is_none_or(is_nothing))
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("ROE*JANE", "ROE*JA>NE")]),
    Example::fails(&[("N3*1 ELM ST", "N3*1 ELM ST `B")]),
    Example::fails(&[("N3*1 ELM ST", "N3*\u{a0}")]),
    Example::fails(&[("CLM*A1*", "CLM*\u{a0}*")]),
    Example::fails(&[("CLM*A1*", "CLM*A1\u{202e}*")]),
    Example::fails(&[("REF*6R*A1-1", "REF*6R*A1>1")]),
    Example::fails(&[("REF*6R*A1-1", "REF*6R*\u{410}1-1")]),
    Example::fails(&[("HI*ABK", "PWK*OZ*BM***AC*A>1~\nHI*ABK")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99213:25::::LONG>ER*60*UN*1*")]),
    Example::fails(&[("****MI*W1~", "****MI*W1\u{200b}~")]),
    Example::fails(&[("****PI*ACME1~", "****PI*ACME\u{a0}1~")]),
    Example::fails(&[("****MI*W1~", "****MI*W1>1~")]),
    Example::fails(&[("ROE*JANE", "ROE*羅")]),
    Example::passes(&[("ROE*JANE", "ROE*JOSÉ")]),
    Example::passes(&[("HI*ABK", "NTE*ADD*MORE THAN > 3~\nHI*ABK")]),
    Example::passes(&[("ROE*JANE", "O'BRIEN-SMITH*JANE")]),
];
