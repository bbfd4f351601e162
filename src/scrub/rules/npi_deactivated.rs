use x12::value::is_npi;
use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LIST-07",
    name: "npi-deactivated",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:562:85",
    what: "A provider's NPI was deactivated in the registry before the day of service.",
    why: "payers pay nobody under a deactivated number",
    source: "Stedi, \"Deactivated NPI\", 2026-07-08",
    needs: &["npi"],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    if !context.codes.has("npi") {
        return;
    }
    let on = context.days.map_or(context.today, |days| days.from);
    for party in &context.parties {
        let Some(npi) = party.npi().filter(|npi| is_npi(form::trimmed(npi))) else { continue };
        // A number that the registry of last month lacks may be a new one.
        if let Some(Standing::Ended(last)) = context.codes.standing("npi", form::trimmed(&npi), on)
        {
            findings.report_as(
                format!("A7:562:{}", party.entity.text()),
                npi.place,
                format!("the NPI was deactivated on {last}"),
                "look the provider up in the NPI registry; bill under the number in force",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("XX*1999001021", "XX*1999001039")]).with_codes(),
    Example::passes(&[]).with_codes(),
];
