use std::collections::HashMap;

use x12::segment::Field;
use x12::value::Money;
use x12::view::claim::{Claim, LineAdjudication};
use x12::view::parts::sum_of;

use crate::scrub::example::segments::{FIRST_LINE_PAID, OTHER_PAYER, SECOND_LINE_PAID};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-04",
    name: "line-adjudication-differs",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:672+A7:643",
    what: "A line's charge is not what another payer paid and adjusted for it.",
    why: "the next payer cannot see what is left of the line and rejects the claim out of balance",
    source: "Stedi, \"COB service lines must balance\"; X12 837 guides, section 1.4.4",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // The payers whose lines are asked about, and whether their AMT*D is what they paid.
    let mut paid_as_told: HashMap<&[u8], bool> = HashMap::new();
    for line in &claim.lines {
        let Some(charge) = line.charge.money() else { continue };
        for (index, first) in line.adjudications.iter().enumerate().take(ADJUDICATIONS_MAX) {
            let is_same = |known: &LineAdjudication<'_>| known.payer.bytes() == first.payer.bytes();
            // A payer that splits a line answers it in several parts; they count together.
            if line.adjudications.iter().take(index).any(is_same) {
                continue;
            }
            let mut accounted = Money::ZERO;
            for known in line.adjudications.iter().filter(|known| is_same(known)) {
                accounted += known.paid.money().unwrap_or_default() + sum_of(&known.adjustments);
            }
            if accounted != charge {
                // Where what was paid is what the payer says it paid for the claim, the adjustments
                // are rather wrong.
                let adjusted = first.adjustments.first().map(|adjustment| adjustment.amount);
                let odd = adjusted.filter(|_| {
                    let known = paid_as_told.entry(first.payer.bytes());
                    *known.or_insert_with(|| is_paid_as_told(claim, first.payer))
                });
                findings.report(
                    odd.unwrap_or(first.paid).place,
                    format!("paid and adjusted come to {accounted}, the line's charge to {charge}"),
                    "copy SVD02 and every CAS of the line from the payer's remittance advice",
                );
            }
        }
    }
}

/// The guide's limit for a line. One with more is rejected for that.
const ADJUDICATIONS_MAX: usize = 15;

/// Whether a payer's AMT*D is what it paid for the lines, less what it took from the claim.
fn is_paid_as_told(claim: &Claim<'_>, payer: Field<'_>) -> bool {
    let is_it = |id: Field<'_>| id.bytes() == payer.bytes();
    let Some(other) = claim.other_payers.iter().find(|other| other.id().is_some_and(is_it)) else {
        return false;
    };
    let paid = claim.adjudications_by(payer).map(|(_, known)| known.paid.money());
    let of_lines: Money = paid.map(Option::unwrap_or_default).sum();
    let told = other.paid().and_then(|paid| paid.money());
    told == Some(of_lines - sum_of(&other.adjustments))
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[
        ("LX*1", OTHER_PAYER),
        ("REF*6R*A1-1", FIRST_LINE_PAID),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
    ]),
    Example::fails(&[
        ("LX*1", OTHER_PAYER),
        ("REF*6R*A1-1", FIRST_LINE_PAID),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
        ("CAS*CO*45*10~", "CAS*CO*45*9~"),
        ("CAS*CO*45*5~", "CAS*CO*45*6~"),
    ])
    .times(2),
    Example::passes(&[
        ("REF*6R*A1-1", FIRST_LINE_PAID),
        ("SVD*OLD1*50*HC:99213:25**1~\nCAS*CO*45*10~", "SVD*OLD1*0*HC:99213:25**1~\nCAS*CO*45*60~"),
    ]),
];
