use x12::value::{Day, DayRange};
use x12::view::claim::Claim;

use crate::scrub::earlier::Original;
use crate::scrub::example::{Known, PAID, REPLACEMENT};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ORIG-03",
    name: "original-is-another-claim",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:464+A8:535",
    what: "The claim that REF*F8 names is of another billing provider, or is another patient's or of other \
           days under another CLM01.",
    why: "the payer takes back what it paid for that claim",
    source: "common practice of payers: a replacement is of the same patient, provider and days",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(number) = claim.reference("F8") else { return };
    let Some(told) = &context.earlier.original else { return };
    let original = &told.what;
    let touches = |days: DayRange| {
        let own = context.days;
        own.is_none_or(|own| own.from <= days.to && days.from <= own.to)
    };
    // Under the same CLM01 a name or a day may be what is corrected.
    let what = if !original.is_same_provider {
        "of another billing provider"
    } else if original.is_same_number {
        return;
    } else if !original.is_same_patient {
        "of another patient"
    } else if !original.days.is_none_or(touches) {
        "of other days"
    } else {
        return;
    };
    findings.report(
        number.place,
        format!("REF*F8 is the number of {}, which is {what}", told.claim),
        "look the number up again, and put that of the claim that is replaced into REF*F8",
    );
}

const EXAMPLES: &[Example] = &[
    Example::fails(REPLACEMENT)
        .after(Known::Original("REF*F8 names a claim of another provider", PROVIDERS)),
    Example::fails(REPLACEMENT)
        .after(Known::Original("REF*F8 names a claim of another patient", PATIENTS)),
    Example::fails(REPLACEMENT).after(Known::Original("REF*F8 names a claim of May", DAYS)),
    Example::passes(REPLACEMENT)
        .after(Known::Original("the patient's name was another in the same claim", NAME)),
    Example::passes(REPLACEMENT).after(Known::Original("REF*F8 names the claim", RIGHT)),
    Example::passes(REPLACEMENT),
];

const RIGHT: Original = Original { is_same_number: false, ..PAID };
const PROVIDERS: Original = Original { is_same_provider: false, ..PAID };
const PATIENTS: Original = Original { is_same_patient: false, is_same_number: false, ..PAID };
const NAME: Original = Original { is_same_patient: false, ..PAID };
const DAYS: Original = Original { days: MAY, is_same_number: false, ..PAID };
const MAY: Option<DayRange> = match Day::new(2026, 5, 4) {
    Some(day) => Some(DayRange { from: day, to: day }),
    None => None,
};
