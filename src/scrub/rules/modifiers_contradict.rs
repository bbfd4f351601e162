use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-29",
    name: "modifiers-contradict",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:453",
    what: "Two modifiers of a line exclude each other.",
    why: "the payer cannot tell which of them is so, and denies the line or returns it",
    source: "CMS, Claims Processing Manual 100-04 ch. 12 section 50 (anesthesia), ch. 17 section 40 (JW, JZ), ch. 20 \
             section 130 (equipment); MLN Matters MM6563 (GX beside GA and GZ)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Of each group a line has one at most, for the reason that stands behind it.
const GROUPS: &[(&[&str], &str)] = &[
    (&["NU", "RR", "UE"], "equipment is sold new, sold used, or rented: keep one"),
    (
        &["KH", "KI", "KJ"],
        "a month of rent is the first, one of the next two, or a later one: keep one",
    ),
    (
        &["JW", "JZ"],
        "bill what was discarded on a line of its own with JW; JZ says that nothing was",
    ),
    (
        &["GA", "GX", "GZ"],
        "a notice was required and given, given without need, or not given: keep one",
    ),
    (
        &["AA", "AD", "QK", "QX", "QY", "QZ"],
        "one person gives or directs the anesthesia of a line: keep one",
    ),
];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // Most lines have one modifier at most.
    let procedures = claim.lines.iter().map(|line| &line.procedure);
    for procedure in procedures.filter(|procedure| procedure.modifiers.len() > 1) {
        for (group, fix) in GROUPS {
            let mut of_group = procedure.modifiers.iter().filter(|code| code.is_any(group));
            let Some(first) = of_group.next() else { continue };
            // The same one twice is another rule's.
            if let Some(second) = of_group.find(|second| second.bytes() != first.bytes()) {
                findings.report(
                    second.place,
                    format!("modifier {} beside {}", second.text(), first.text()),
                    *fix,
                );
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:E0570:NU:RR*40")]),
    Example::fails(&[("HC:93000*40", "HC:E0570:RR:KH:KI*40")]),
    Example::fails(&[("HC:93000*40", "HC:97597:GA:GZ*40")]),
    Example::fails(&[("HC:93000*40*UN*1", "HC:00812:AA:QK*40*MJ*30")]),
    Example::passes(&[("HC:93000*40", "HC:E0570:RR:KH:BP*40")]),
    Example::passes(&[("HC:93000*40", "HC:97597:GX:GY*40")]),
    Example::passes(&[("HC:93000*40*UN*1", "HC:00812:QK:QS:P3*40*MJ*30")]),
    Example::passes(&[("HC:99213:25*60", "HC:J9035*60"), ("HC:93000*40", "HC:J9035:JW*40")]),
];
