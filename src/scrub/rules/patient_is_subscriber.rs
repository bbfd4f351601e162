use x12::segment::Field;
use x12::view::claim::Claim;
use x12::view::parts::Party;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-51",
    name: "patient-is-subscriber",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:156",
    what: "The patient of loop 2000C is the subscriber once more.",
    why: "the payer looks for a dependent whom it does not have, and rejects the claim",
    source: "X12 837 guides, loops 2000B and 2000C",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let patient = claim.patient.as_ref().and_then(|patient| patient.party.as_ref());
    let (Some(patient), Some(subscriber)) = (patient, &claim.subscriber.party) else { return };
    // Where SBR02 says that they are one, another rule tells.
    let is_told = claim.subscriber.relationship.is("18") && !context.subscriber_has_claims;
    if !is_told && is_same_person(patient, subscriber) {
        findings.report(
            patient.last_name.place,
            "loop 2010CA has the name, the birth date and the sex of the subscriber",
            "write 18 in SBR02 and leave loop 2000C out, or name the patient",
        );
    }
}

/// Father and son may share a name, but not a birth date.
fn is_same_person(one: &Party<'_>, other: &Party<'_>) -> bool {
    let same = |one: Field<'_>, other: Field<'_>| {
        !one.is_empty() && form::capitals(one) == form::capitals(other)
    };
    let same_told = |one: Option<Field<'_>>, other: Option<Field<'_>>| {
        one.zip(other).is_some_and(|(one, other)| same(one, other))
    };
    same(one.last_name, other.last_name)
        && same(one.first_name, other.first_name)
        && same_told(one.birth, other.birth)
        && same_told(one.sex, other.sex)
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[NO_RELATION, CHILDREN, ("CLM*A1*100*", HERSELF)]),
    Example::passes(&[NO_RELATION, CHILDREN, ("CLM*A1*100*", NAMESAKE)]),
];

const NO_RELATION: (&str, &str) = ("SBR*P*18*", "SBR*P**");

const CHILDREN: (&str, &str) = ("HL*2*1*22*0", "HL*2*1*22*1");

const HERSELF: &str = "\
    HL*3*2*23*0~\n\
    PAT*G8~\n\
    NM1*QC*1*ROE*JANE~\n\
    N3*1 ELM ST~\n\
    N4*BOSTON*MA*02110~\n\
    DMG*D8*19800101*F~\n\
    CLM*A1*100*";

const NAMESAKE: &str = "\
    HL*3*2*23*0~\n\
    PAT*19~\n\
    NM1*QC*1*ROE*JANE~\n\
    N3*1 ELM ST~\n\
    N4*BOSTON*MA*02110~\n\
    DMG*D8*20100101*F~\n\
    CLM*A1*100*";
