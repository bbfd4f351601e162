use x12::view::claim::{Claim, Kind};

use crate::code_sets::claim_frequency;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-05",
    name: "frequency-unknown",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:535",
    what: "The claim is neither a first claim nor a replacement nor a void; an institutional claim has a frequency that its list does not know.",
    why: "professional and dental claims know 1, 7 and 8, institutional ones a longer list; payers \
          reject the rest",
    source: "Stedi, \"Invalid claim frequency code\"; NUBC, type of bill, third digit",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let frequency = claim.frequency;
    let (is_known, fix) = match claim.kind {
        // 6 has a rule of its own.
        Kind::Professional | Kind::Dental => (
            frequency.is_any(&["1", "6", "7", "8"]),
            "write 1 for a first claim, 7 to replace one, 8 to void one",
        ),
        Kind::Institutional => (
            claim_frequency::meaning(frequency.bytes()).is_some(),
            "write the third digit of the type of bill: 1 for a whole stay, 7 to replace a claim",
        ),
    };
    if !frequency.is_empty() && !is_known {
        findings.report(frequency.place, format!("CLM05-3 is {}", frequency.text()), fix);
    }
}

const EXAMPLES: &[Example] =
    &[Example::fails(&[("11:B:1", "11:B:2")]), Example::passes(&[("11:B:1", "11:B:7")])];
