use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-20",
    name: "billing-address-is-a-box",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:503:85",
    what: "The billing provider's address is a box, not a street.",
    why: "payers send there what only a street can receive and reject a box; it belongs in 2010AB",
    source: "Stedi, \"Invalid billing provider address\"; CMS, edit X222.087.2010AA.N302.060",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(address) = claim.billing.address else { return };
    for line in [address.line, address.second_line] {
        if is_box(&line.text()) {
            findings.report(
                line.place,
                "the billing address is a post office box, lockbox or private mailbox",
                "give the street address; where to pay is said in loop 2010AB",
            );
        }
    }
}

/// Whether a line of an address names a box. A street may be called Boxwood.
fn is_box(line: &str) -> bool {
    let mut words = line.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(number_apart);
    if !words.any(|word| WORDS.iter().any(|one| word.eq_ignore_ascii_case(one))) {
        return false;
    }
    let upper = line.to_ascii_uppercase();
    let words: Vec<&str> = upper
        .split(|c: char| !c.is_ascii_alphanumeric())
        .flat_map(number_apart)
        .filter(|word| !word.is_empty())
        .collect();
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    // `100 LOCKBOX LN` is a street.
    let has_lockbox = words
        .iter()
        .position(|word| *word == "LOCKBOX")
        .is_some_and(|at| at == 0 || words.get(at + 1).is_none_or(is_number));
    let has = |phrase: &[&str]| words.windows(phrase.len().max(1)).any(|window| window == phrase);
    has(&["PO", "BOX"])
        || has(&["PO", "BX"])
        || has(&["P", "O", "BOX"])
        || has(&["P", "O", "BX"])
        || has(&["P", "O", "B"])
        || has(&["POST", "OFFICE", "BOX"])
        || has(&["POSTAL", "BOX"])
        || has(&["LOCK", "BOX"])
        || has(&["PRIVATE", "MAILBOX"])
        || has(&["CALLER", "BOX"])
        || has(&["CALLER", "SERVICE"])
        || has(&["PO", "DRAWER"])
        || has(&["P", "O", "DRAWER"])
        || has_lockbox
        || words.iter().any(|word| matches!(*word, "POBOX" | "PMB"))
        || matches!(*words, ["BOX", _] | ["APARTADO" | "APDO", ..])
        || matches!(*words, ["DRAWER", number] if is_number(&number))
        || matches!(*words, ["POB" | "LB", number] if number.bytes().all(|b| b.is_ascii_digit()))
}

/// One of these stands in the name of every box.
const WORDS: [&str; 13] = [
    "BOX", "BX", "B", "LOCKBOX", "MAILBOX", "DRAWER", "POBOX", "PMB", "APARTADO", "APDO", "POB",
    "LB", "CALLER",
];

/// A word, and the number that is written together with it, as in `BOX12`.
fn number_apart(word: &str) -> [&str; 2] {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, rest) = word.split_at(letters);
    if rest.bytes().all(|byte| byte.is_ascii_digit()) { [letters, rest] } else { [word, ""] }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("N3*12 MAIN ST~", "N3*PO BOX 9~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*P.O. BOX 9~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*Post Office Box 9~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*LOCKBOX 4~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*12 MAIN ST*PMB 4~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*BOX 99~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*POB 99~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*P.O.B. 1~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*P.O BOX12~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*PO BX 9~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*DRAWER 12~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*P.O. DRAWER 9~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*CALLER SERVICE 100~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*APARTADO 5~")]),
    Example::passes(&[("N3*12 MAIN ST~", "N3*100 LOCKBOX LN~")]),
    Example::passes(&[("N3*12 MAIN ST~", "N3*410 BOXWOOD ST~")]),
    Example::passes(&[("N3*12 MAIN ST~", "N3*410 CALLER ST~")]),
    Example::passes(&[("N3*12 MAIN ST~", "N3*9 BOX ELDER RD~")]),
    Example::passes(&[("N3*12 MAIN ST~", "N3*3 PO RIVER RD~")]),
];
