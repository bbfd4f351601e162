use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-23",
    name: "attachment-number-missing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:489",
    what: "An attachment is announced without the number by which to find it.",
    why: "the payer cannot match the attachment with the claim and rejects or denies it",
    source: "X12 837 guides, PWK06",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let of_lines = claim.lines.iter().flat_map(|line| &line.attachments);
    for attachment in claim.attachments.iter().chain(of_lines) {
        // AA waits until the payer asks; a line's certificate (CT) travels in the claim itself.
        let travels = attachment.transmission.is_any(&["BM", "EL", "EM", "FT", "FX"]);
        if travels && attachment.control_number.is_empty() {
            findings.report(
                attachment.control_number.place,
                format!("PWK02 is {}, but PWK06 is empty", attachment.transmission.text()),
                "add PWK05 AC and in PWK06 the number that the attachment carries",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK", "PWK*OZ*BM~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "PWK*OZ*AA~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "PWK*OZ*BM***AC*N1~\nHI*ABK")]),
];
