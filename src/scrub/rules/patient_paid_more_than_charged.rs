use x12::view::claim::{Claim, Kind};
use x12::view::parts::find_amount;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-08",
    name: "patient-paid-more-than-charged",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:732+A7:178",
    what: "The patient is said to have paid more than the claim charges, or less than nothing.",
    why: "the payer may take the amount from what it pays",
    source: "common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // An institution says what it expects of the patient, the others what he has paid.
    let (qualifier, what) = match claim.kind {
        Kind::Professional | Kind::Dental => ("F5", "the patient paid"),
        Kind::Institutional => ("F3", "the patient owes"),
    };
    let Some(paid) = find_amount(&claim.amounts, qualifier) else { return };
    let (Some(amount), Some(total)) = (paid.money(), claim.total_charge.money()) else { return };
    if total < amount || amount.is_negative() {
        findings.report(
            paid.place,
            format!("{what} {amount} of a charge of {total}"),
            format!("enter in AMT*{qualifier} only the patient's part of this claim"),
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("HI*ABK", "AMT*F5*100~\nHI*ABK")]),
    Example::fails(&[("HI*ABK", "AMT*F5*100.01~\nHI*ABK")]),
    Example::fails(&[("HI*ABK", "AMT*F5*-1~\nHI*ABK")]),
];
