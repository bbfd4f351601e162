use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LIST-09",
    name: "npi-of-another-kind",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:562:85",
    what: "The NPI of a person stands with an organization, or that of an organization with a person.",
    why: "payers look the number up, find another kind of provider, and reject the claim",
    source: "CMS, NPPES: entity types 1 and 2",
    needs: &["npi"],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let on = context.days.map_or(context.today, |days| days.from);
    for party in &context.parties {
        let Some(npi) = party.npi() else { continue };
        let what = match (context.codes.provider_kind(form::trimmed(&npi), on), party.kind.bytes())
        {
            (Some(1), b"2") => "the NPI is a person's, and NM102 says organization",
            (Some(2), b"1") => "the NPI is an organization's, and NM102 says person",
            _ => continue,
        };
        findings.report_as(
            format!("A7:562:{}", party.entity.text()),
            npi.place,
            what,
            "correct NM102, or look the provider up in the NPI registry",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("XX*1999001021", "XX*1999001047")]).with_codes(),
    Example::passes(&[]).with_codes(),
];
