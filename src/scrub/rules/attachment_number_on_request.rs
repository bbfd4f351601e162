//! An attachment that is only available on request has a number already.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-24",
    name: "attachment-number-on-request",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:489",
    why: "nothing travels yet, so the payer would look for an attachment that does not come",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
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

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_attachment_number_on_request() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("HI*ABK", "PWK*OZ*AA***AC*N1~\nHI*ABK")]).len(), 1);
        assert_eq!(findings(&RULE, &[("HI*ABK", "PWK*OZ*FX***AC*N1~\nHI*ABK")]).len(), 0);
    }
}
