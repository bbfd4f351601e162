use x12::segment::Field;
use x12::view::claim::{Claim, Line};

use crate::code_sets::library::Fee;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-FEE-04",
    name: "second-surgeon-not-paid",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:453",
    what: "An assistant, a second surgeon or a team is billed for a procedure that is paid to one.",
    why: "payers deny the line, or ask for the reason why one was not enough",
    source: "CMS, Physician Fee Schedule, indicators of assistants, co-surgeons and teams",
    needs: &["mpfs"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        for modifier in &line.procedure.modifiers {
            let Some(which) = asked_by(*modifier) else { continue };
            let Some(days) = claim.days_of(line) else { continue };
            let code = line.procedure.code;
            let Some(fee) = context.codes.fee(code.bytes(), days.from) else { continue };
            let (never, with_reason) = match which(fee) {
                (Helper::Assistant, said) => (said == b'1', said == b'0'),
                (Helper::Surgeon, said) => (said == b'0', said == b'1'),
            };
            if never || with_reason && !is_explained(claim, line) {
                findings.report(
                    modifier.place,
                    format!("{} with {} is not paid as it stands", code.text(), modifier.text()),
                    if never {
                        "drop the line"
                    } else {
                        "say why in NTE, or send the record (PWK)"
                    },
                );
            }
        }
    }
}

/// Who helps; the schedule counts differently for each.
enum Helper {
    Assistant,
    Surgeon,
}

/// What of the fee schedule a modifier asks for.
fn asked_by(modifier: Field<'_>) -> Option<fn(Fee) -> (Helper, u8)> {
    match modifier.bytes() {
        b"80" | b"81" | b"82" | b"AS" => Some(|fee| (Helper::Assistant, fee.assistant)),
        b"62" => Some(|fee| (Helper::Surgeon, fee.two_surgeons)),
        b"66" => Some(|fee| (Helper::Surgeon, fee.team)),
        _ => None,
    }
}

/// Whether the claim says anything beyond its codes.
fn is_explained(claim: &Claim<'_>, line: &Line<'_>) -> bool {
    let attachments = claim.attachments.iter().chain(&line.attachments);
    attachments.count() + claim.notes.len() + line.notes.len() > 0
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:20610:80*40")]).with_codes(),
    Example::fails(&[("HC:93000*40", "HC:69210:AS*40")]).with_codes(),
    Example::passes(&[
        ("HC:93000*40", "HC:69210:AS*40"),
        ("HI*ABK", "NTE*ADD*UNUSUAL ANATOMY~\nHI*ABK"),
    ])
    .with_codes(),
    Example::fails(&[("HC:93000*40", "HC:20610:62*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:27130:80*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:20610:80*40")]),
];
