use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-38",
    name: "ordering-provider-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:562:DK",
    what: "Equipment or supplies are billed without who ordered them.",
    why: "payers give equipment only on an order and deny the line",
    source: "CMS, CEDI front end (ordering provider of equipment); PM Help Center",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        // Whoever treats the patient orders what he hands out himself. Who bills for himself does
        // not name himself in 2310B.
        let treats = claim.provider("82").is_some()
            || line.provider("82").is_some()
            || claim.billing.is_person();
        if is_equipment(line.procedure.code) && !treats && line.provider("DK").is_none() {
            findings.report_missing(
                "NM1",
                line.procedure.place,
                "the line is for equipment or supplies, but NM1*DK is missing",
                "add loop 2420E with the name and NPI of who ordered it",
            );
        }
    }
}

/// Durable equipment (E, K) and supplies (A4206 to A8999).
fn is_equipment(code: Field<'_>) -> bool {
    match code.bytes() {
        [b'E' | b'K', number @ ..] => number.len() == 4,
        [b'A', b'4'..=b'8', ..] => code.bytes().len() == 5,
        _ => false,
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:E0601:RR*60*UN*1*")]),
    Example::fails(&[
        ("HC:99213:25*60*UN*1*", "HC:E0601:RR*60*UN*1*"),
        ("NM1*82*1*POE*SAM****XX*1999001021~\nPRV*PE*PXC*207Q00000X~\n", ""),
    ]),
    Example::passes(&[("NM1*82*1*POE*SAM****XX*1999001021~\nPRV*PE*PXC*207Q00000X~\n", "")]),
    Example::passes(&[
        ("HC:99213:25*60*UN*1*", "HC:A4565*60*UN*1*"),
        ("NM1*82*1*POE*SAM****XX*1999001021~\nPRV*PE*PXC*207Q00000X~\n", ""),
        ("NM1*85*2*CEDAR CLINIC", "NM1*85*1*POE*SAM"),
        ("SAM*****XX*1999001013", "SAM****XX*1999001013"),
    ]),
    Example::passes(&[
        ("HC:99213:25*60*UN*1*", "HC:E0601:RR*60*UN*1*"),
        ("NM1*82*1*POE*SAM****XX*1999001021~\nPRV*PE*PXC*207Q00000X~\n", ""),
        ("REF*6R*A1-1", "REF*6R*A1-1~\nNM1*DK*1*ASH*KIM****XX*1999001047"),
    ]),
];
