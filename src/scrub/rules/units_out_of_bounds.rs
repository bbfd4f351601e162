use x12::value::Quantity;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-02",
    name: "units-out-of-bounds",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A7:476",
    what: "A line bills more units than payers can store, or finer than tenths.",
    why: "Medicare and others take at most 9999.9 with one decimal and reject the rest",
    source: "CMS, Common Edits and Enhancements Module",
    needs: &[],
    examples: EXAMPLES,
    check,
};

const UNITS_MAX: Quantity = Quantity::from_thousandths(9_999_900);

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let text = line.quantity.bytes();
        let is_number = text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
        let is_out = match Quantity::parse(text) {
            Some(units) => UNITS_MAX < units || units.thousandths() % 100 != 0,
            // Finer than thousandths, or more than can be counted.
            None => !text.is_empty() && is_number,
        };
        if is_out {
            findings.report(
                line.quantity.place,
                format!("line {} has {} units", line.number.text(), line.quantity.text()),
                "split the line, or round to tenths as the code's unit allows",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*60*UN*1*", "*60*UN*10000*")]),
    Example::fails(&[("*60*UN*1*", "*60*UN*1.25*")]),
    Example::fails(&[("*60*UN*1*", "*60*UN*1.1234*")]),
    Example::passes(&[("*60*UN*1*", "*60*UN*9999.9*")]),
];
