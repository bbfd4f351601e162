use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-05",
    name: "tax-number-prefix-unissued",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:128:85",
    what: "The billing provider's employer number begins with digits that are not given out.",
    why: "a digit was mistyped; payments would be reported to nobody",
    source: "IRS, prefixes of employer identification numbers",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// First two digits that the tax office has never used.
const UNISSUED: &[&[u8]] = &[
    b"00", b"07", b"08", b"09", b"17", b"18", b"19", b"28", b"29", b"49", b"69", b"70", b"78",
    b"79", b"89", b"96", b"97",
];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(number) = claim.billing.reference("EI") else { return };
    let digits = number.bytes();
    if digits.len() == 9 && UNISSUED.iter().any(|prefix| digits.starts_with(prefix)) {
        findings.report(
            number.place,
            "no employer number begins with these two digits",
            "enter the number from the provider's tax form",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("043219876", "073219876")]),
    Example::passes(&[("043219876", "813219876")]),
];
