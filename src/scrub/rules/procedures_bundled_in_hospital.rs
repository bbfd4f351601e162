use x12::view::claim::Claim;

use super::procedures_bundled::find_bundled;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-NCCI-02",
    name: "procedures-bundled-in-hospital",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:454",
    what: "An outpatient procedure is part of another one of the same day, and no modifier parts them.",
    why: "payers pay for the other alone and deny this line as bundled",
    source: "CMS, National Correct Coding Initiative, pairs for outpatient hospitals",
    needs: &["ncci-ptp-hospital"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let is_outpatient = claim.institutional.as_ref().is_some_and(|bill| !bill.is_inpatient());
    if let Some(bundles) = context.codes.bundles("ncci-ptp-hospital")
        && is_outpatient
    {
        find_bundled(claim, bundles, findings);
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99284:25*620", "HC:80053*620"), ("HC:73610:RT*285", "HC:80048*285")])
        .of(Clean::Outpatient)
        .with_codes(),
    Example::passes(&[("HC:73610:RT*285", "HC:80048*285")]).of(Clean::Outpatient).with_codes(),
];
