use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ICD-05",
    name: "initial-encounter-on-aftercare",
    snip: 5,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Warn,
    status: "A8:255+A8:700",
    what: "A cast or stitches come off, or a healed operation is looked at, for an injury coded as under treatment.",
    why: "the seventh character tells treatment from aftercare; the payer takes the visit for a new injury",
    source: "CMS and NCHS, ICD-10-CM guidelines, I.C.19.a",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        if !line.procedure.code.is_any(AFTERCARE) {
            continue;
        }
        let Some(first) = claim.diagnoses_of_line(line).next() else { continue };
        // A second letter for open fractures, a third for the worst of them.
        if let [b'S', _, _, _, _, _, b'A' | b'B' | b'C'] = first.code.bytes()
            && first.is_icd10()
        {
            findings.report(
                first.code.place,
                format!(
                    "{} is an injury under treatment, and {} comes after the treatment",
                    first.code.text(),
                    line.procedure.code.text()
                ),
                "end the diagnosis with D, or with the letter for how the fracture heals",
            );
        }
    }
}

/// Visits after an operation; casts and stitches that are taken off.
const AFTERCARE: &[&str] = &["99024", "29700", "29705", "29710", "15851", "15853", "15854"];

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:S52501A"),
        ("HC:93000*40", "HC:29705*40"),
    ]),
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:S52501D"),
        ("HC:93000*40", "HC:29705*40"),
    ]),
    // A cast is put on.
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:S52501A"),
        ("HC:93000*40", "HC:29075*40"),
    ]),
    // What went wrong after an operation is under treatment when it is seen.
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:T8141XA"),
        ("HC:93000*40", "HC:99024*40"),
    ]),
];
