use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-02",
    name: "diagnosis-pointer-repeated",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A7:477",
    what: "A line points at one diagnosis twice.",
    why: "front ends reject the line; often another diagnosis was meant",
    source: "common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        for (index, pointer) in line.pointers.iter().enumerate() {
            // 01 and 1 are one number; of what is none the guide tells.
            let number = |pointer: &Field<'_>| pointer.text().parse::<u8>().ok();
            let mut before = line.pointers.iter().take(index);
            if number(pointer).is_some() && before.any(|known| number(known) == number(pointer)) {
                findings.report(
                    pointer.place,
                    format!(
                        "line {} points at diagnosis {} twice",
                        line.number.text(),
                        pointer.text()
                    ),
                    "drop the second pointer, or point at the diagnosis that was meant",
                );
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV1*HC:99213:25*60*UN*1***1:2", "SV1*HC:99213:25*60*UN*1***1:1")]),
    Example::fails(&[("SV1*HC:99213:25*60*UN*1***1:2", "SV1*HC:99213:25*60*UN*1***1:01")]),
    Example::passes(&[("SV1*HC:99213:25*60*UN*1***1:2", "SV1*HC:99213:25*60*UN*1***2:1")]),
];
