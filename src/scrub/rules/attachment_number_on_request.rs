use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-24",
    name: "attachment-number-on-request",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:489",
    what: "An attachment that is only available on request has a number already.",
    why: "nothing travels yet, so the payer would look for an attachment that does not come",
    source: "Stedi, \"Attachment control number for an attachment available on request\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let of_lines = claim.lines.iter().flat_map(|line| &line.attachments);
    for attachment in claim.attachments.iter().chain(of_lines) {
        if attachment.transmission.is("AA") && !attachment.control_number.is_empty() {
            findings.report(
                attachment.control_number.place,
                "PWK02 is AA, but PWK06 has a number",
                "drop PWK05 and PWK06, or say in PWK02 how the attachment travels",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK", "PWK*OZ*AA***AC*N1~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "PWK*OZ*FX***AC*N1~\nHI*ABK")]),
];
