use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Located, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-28",
    name: "state-in-lower-case",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:501:IL",
    what: "A state is written in lower case.",
    why: "payers compare it letter by letter and do not find it",
    source: "DentalXChange",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for Located { address, state, .. } in &context.addresses {
        // A name that is written out is no code of two letters; another rule rejects it.
        if state.len() == 2 && address.state.bytes().iter().any(u8::is_ascii_lowercase) {
            findings.repair(
                address.state,
                state.clone().into_owned(),
                "the state has lower-case letters",
                "write it in capitals",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BOSTON*MA*02110~", "BOSTON*Ma*02110~")]),
    Example::passes(&[("BOSTON*MA*02110~", "BOSTON*Massachusetts*02110~")]),
    Example::passes(&[("BOSTON*MA*02110~", "BOSTON*NH*02110~")]),
];
