use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-36",
    name: "placeholder-for-number",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:164:IL",
    what: "A word such as NONE, or zeros, stands where the number of a member, an authorization or an earlier claim belongs.",
    why: "the payer finds nobody and nothing under it, and rejects the claim or denies it",
    source: "common practice of clearinghouses; X12 837 guides, NM109 of loop 2010BA, REF*G1, 9F and F8",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Insurers of cars, work and liability know a person by the accident, and some ask for such a word
/// in place of a member number.
const BY_ACCIDENT: &[&str] = &["AM", "LM", "WC"];

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let member = claim.subscriber.party.as_ref().map(|party| party.id);
    let is_known_by_number = !claim.is_filed_with(BY_ACCIDENT);
    if let Some(id) = member.filter(|id| is_known_by_number && is_placeholder(*id)) {
        findings.report(
            id.place,
            "the member number is no number but a word or zeros in its place",
            "enter the number from the insurance card",
        );
    }
    for number in &context.references {
        let status = match number.qualifier.bytes() {
            b"G1" | b"9F" => "A7:252:PR",
            b"F8" => "A7:464:PR",
            _ => continue,
        };
        if is_placeholder(number.value) {
            let qualifier = number.qualifier.text();
            findings.report_as(
                status,
                number.value.place,
                format!("REF*{qualifier} has a word, zeros or a sign in place of a number"),
                "enter the number that the payer gave, or drop the segment when there is none",
            );
        }
    }
}

fn is_placeholder(number: Field<'_>) -> bool {
    let number = form::capitals(number);
    let is_zeros = number.len() > 2 && number.bytes().all(|byte| byte == b'0');
    let is_sign = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_punctuation());
    is_zeros || is_sign || WORDS.contains(&number.as_ref())
}

const WORDS: &[&str] = &["N/A", "NA", "NONE", "NOT REQUIRED", "PENDING", "TBD", "UNK", "UNKNOWN"];

const EXAMPLES: &[Example] = &[
    Example::fails(&[("****MI*W1~", "****MI*UNKNOWN~")]),
    Example::fails(&[("****MI*W1~", "****MI*000000000~")]),
    Example::fails(&[("HI*ABK", "REF*G1*NONE~\nHI*ABK")]),
    Example::fails(&[("****MI*W1~", "****MI*-~")]),
    Example::fails(&[("11:B:1", "11:B:7"), ("HI*ABK", "REF*F8*NONE~\nHI*ABK")]),
    Example::fails(&[("11:B:1", "11:B:7"), ("HI*ABK", "REF*F8*.~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "REF*G1*NONE77~\nHI*ABK")]),
    Example::passes(&[("****MI*W1~", "****MI*000000001~")]),
    Example::passes(&[("GRP1******CI~\nNM1*IL*1*ROE*JANE****MI*W1~", BY_CASE)]),
];

const BY_CASE: &str = "GRP1******WC~\nNM1*IL*1*ROE*JANE****MI*UNKNOWN~";
