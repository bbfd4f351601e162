use x12::segment::Field;
use x12::value::Day;
use x12::view::claim::Claim;

use crate::scrub::example::segments::OTHER_FIRST_PAYER;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-61",
    name: "secondary-reason-of-another-age",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Hold,
    status: "A8:578+A8:158:QC",
    what: "Medicare is second for a reason that is for patients of another age.",
    why: "12 is for those who work from 65 on, 43 for the disabled below; Medicare returns a claim with the wrong one",
    source: "CMS, MSP Manual 100-05 ch. 1 sections 10.1 and 10.3; CGS, \"MSP claims, billing reminders\", 2025-08-21; \
             First Coast, MSP type on electronic claims",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let this = &claim.subscriber;
    let birth = claim.person().and_then(|person| person.birth).and_then(|birth| birth.day());
    let (Some(days), Some(birth)) = (context.days, birth) else { return };
    let is_second = !this.responsibility.is_empty() && !this.responsibility.is_any(&["P", "U"]);
    // A birth after the service is another rule's.
    if !is_second || !claim.is_filed_with(&["MA", "MB"]) || days.from < birth {
        return;
    }
    let mut tell = |kind: Field<'_>, what: &'static str, fix: &'static str| {
        findings.report(kind.place, what, fix);
    };
    let kind = this.insurance_type;
    // Who is born on the first of a month has Medicare for age from the month before.
    if kind.is("12") && later(days.to).years_since(birth) < 65 {
        tell(kind, "12 (working aged) for a patient below 65", DISABLED);
    }
    if kind.is("43") && 65 <= days.from.years_since(birth) {
        tell(kind, "43 (disabled) for a patient of 65 or more", AGED);
    }
}

/// Two months at most lie between the first day of Medicare for age and the birthday.
fn later(day: Day) -> Day {
    day.plus_days(62)
}

const DISABLED: &str = "enter 43 if a large employer's plan pays first for a disabled patient, or correct the date of birth";

const AGED: &str = "enter 12 if an employer's plan pays first for a worker or spouse, or correct the date of birth";

const EXAMPLES: &[Example] = &[
    Example::fails(&[WORKING, NUMBER, OTHER, ("19800101", "19620101")]),
    Example::passes(&[WORKING, NUMBER, OTHER, ("19800101", "19611001")]),
    Example::passes(&[WORKING, NUMBER, OTHER, ("19800101", "19611201")]),
    Example::fails(&[DISABILITY, NUMBER, OTHER, ("19800101", "19611001")]),
    Example::passes(&[DISABILITY, NUMBER, OTHER]),
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*S*18***12****CI")]),
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*P*18***12****MB")]),
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*S*18***15****MB")]),
];

const WORKING: (&str, &str) = ("SBR*P*18*GRP1******CI", "SBR*S*18***12****MB");

const DISABILITY: (&str, &str) = ("SBR*P*18*GRP1******CI", "SBR*S*18***43****MB");

const NUMBER: (&str, &str) = ("MI*W1", "MI*1EG4TE5MK73");

const OTHER: (&str, &str) = ("LX*1", OTHER_FIRST_PAYER);
