use x12::view::claim::Claim;

use crate::scrub::example::segments::{MEDICARE, PAYER};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-49",
    name: "orderer-of-test-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:562:DK",
    what: "A laboratory test or an image is billed to Medicare without who asked for it.",
    why: "Medicare pays tests only on the word of a doctor, who may be the one that bills; it denies the line without",
    source: "CMS, CEDI and Common Edits and Enhancements Module; Claims Processing Manual 100-04 ch. 1 section 80.3; 42 CFR 410.34",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.is_filed_with(&["MB"]) || claim.provider("DN").is_some() {
        return;
    }
    for line in &claim.lines {
        // Images and what is given by rays, then the laboratory.
        let is_test = line.procedure.number().is_some_and(|code| TESTS.contains(&code));
        // A woman may come to screening by herself (42 CFR 410.34), and whoever reads the images
        // may add others at once (GG).
        let is_screening =
            line.procedure.code.is_any(SCREENING) || line.procedure.has_modifier("GG");
        let is_given = line.procedure.code.is_any(SKIN_TESTS);
        let is_ordered = ["DK", "DN"].iter().any(|entity| line.provider(entity).is_some());
        if is_test && !is_given && !is_screening && !is_ordered {
            findings.report_missing(
                "NM1",
                line.procedure.place,
                format!("{} without NM1*DN or NM1*DK", line.procedure.code.text()),
                "name who asked for the test in loop 2310A (DN) or 2420E (DK)",
            );
        }
    }
}

const TESTS: std::ops::Range<u32> = 70_010..90_000;

/// Read on the skin by the practice itself: no laboratory, by the fee schedule.
const SKIN_TESTS: &[&str] = &["86485", "86486", "86490", "86510", "86580"];

/// Mammography of those who have no complaint.
const SCREENING: &[&str] = &["77063", "77067"];

const EXAMPLES: &[Example] = &[
    Example::fails(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:71046*40")]),
    Example::passes(&[
        (PAYER, MEDICARE),
        ("HC:93000*40", "HC:71046*40"),
        ("NM1*82", "NM1*DN*1*ASH*KIM****XX*1999001047~\nNM1*82"),
    ]),
    Example::fails(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:77065:RT*40")]),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:77067*40")]),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:77065:GG:RT*40")]),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:86580*40")]),
    Example::passes(&[(PAYER, MEDICARE)]),
    Example::passes(&[("HC:93000*40", "HC:71046*40")]),
];
