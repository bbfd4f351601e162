use x12::view::claim::Claim;

use crate::scrub::earlier::{Operation, Visit};
use crate::scrub::example::Known;
use crate::scrub::visits::{operations_of, visits_of};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-HIST-04",
    name: "visit-within-operation",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:453",
    what: "A visit is billed within the days whose care the price of an operation holds, by the surgeon \
           or one of the same specialty in the group, and no modifier says that it is for something else.",
    why: "payers deny the visit as part of the operation (CARC 97)",
    source: "CMS, Claims Processing Manual 100-04 ch. 12 section 40.1; Physician Fee Schedule, global days",
    needs: &["mpfs"],
    examples: EXAMPLES,
    check,
};

/// For something else, apart from the procedure of the day, when the operation was decided on, on the way
/// back to it, or unrelated.
const APART: &[&str] = &["24", "25", "57"];

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let here: Vec<Operation> = operations_of(claim).collect();
    for (line, visit) in visits_of(claim) {
        if line.procedure.has_any_modifier(APART) {
            continue;
        }
        let elsewhere = context.earlier.operations.iter();
        let elsewhere = elsewhere.map(|told| (told.claim.as_str(), &told.what));
        let all = elsewhere.chain(here.iter().map(|operation| ("this claim", operation)));
        let mut within = all.filter(|(_, operation)| holds(operation, &visit, context));
        if let Some((claim, operation)) = within.next() {
            let Operation { day, code, .. } = operation;
            findings.report(
                line.procedure.code.place,
                format!("bills a visit that belongs to {code} of {day}, which {claim} bills"),
                "drop it, or say what it was for: 24 after the day of the operation for something else, 25 on that day \
                 for more than the operation, 57 for the decision to operate",
            );
        }
    }
}

/// Whether the price of an operation holds a visit.
fn holds(operation: &Operation, visit: &Visit, context: &Context<'_>) -> bool {
    let fee = context.codes.fee(operation.code.bytes(), operation.day);
    let Some(days) = fee.and_then(|fee| fee.days_after).filter(|&days| days > 0) else {
        return false;
    };
    let after = visit.day.days_since(operation.day);
    // A large operation holds the day before it, too.
    let first = if days >= LARGE_DAYS { -1 } else { 0 };
    visit.is_to(operation.provider, operation.specialty)
        && (first..=i64::from(days)).contains(&after)
}

const LARGE_DAYS: u32 = 90;

const EXAMPLES: &[Example] = &[
    Example::fails(PLAIN).with_codes().after(hip("2026-07-20")),
    Example::fails(PLAIN).with_codes().after(hip("2026-10-07")),
    Example::fails(&[("HC:99213:25", "HC:99213"), ("HC:93000*40", "HC:27130*40")]).with_codes(),
    Example::passes(PLAIN).with_codes().after(hip("2026-07-07")),
    Example::passes(&[("HC:99213:25", "HC:99213:24")]).with_codes().after(hip("2026-07-20")),
    // Another specialty, and an operation whose price holds no days.
    Example::passes(PLAIN).with_codes().after(Known::Operation(
        "2026-09-20",
        "27130",
        "1999001039",
        "207X00000X",
    )),
    Example::passes(PLAIN).with_codes().after(Known::Operation(
        "2026-10-05",
        "20610",
        "1999001021",
        "207Q00000X",
    )),
    Example::passes(PLAIN).after(hip("2026-07-20")),
];

const PLAIN: &[(&str, &str)] = &[("HC:99213:25", "HC:99213")];

const fn hip(day: &'static str) -> Known {
    Known::Operation(day, "27130", "1999001021", "207Q00000X")
}
