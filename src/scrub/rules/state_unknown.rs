use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Located, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-19",
    name: "state-unknown",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:501:IL",
    what: "An address in the United States has a state that does not exist.",
    why: "payers check the state and reject the claim",
    source: "Tebra; US Postal Service, Publication 28",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for Located { party, address, state, has_state, zip } in &context.addresses {
        if state.is_empty() || *has_state {
            continue;
        }
        // Without a country a code of five or nine digits is taken for a ZIP.
        if address.country.is("US") || (address.country.is_empty() && zip.is_some()) {
            findings.report_as(
                format!("A7:501:{}", party.entity.text()),
                address.state.place,
                format!("there is no state {state}"),
                "write the state as the postal service does, such as MA",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BOSTON*MA*02110~", "BOSTON*XX*021103202~")]),
    Example::fails(&[("BOSTON*MA*02110~", "BOSTON*XX*02110~")]),
    Example::passes(&[("BOSTON*MA*02110~", "BOSTON*ma*02110~")]),
    Example::passes(&[("BOSTON*MA*02110~", "PARIS*XX*75001*FR~")]),
];
