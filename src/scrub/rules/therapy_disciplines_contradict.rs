use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-28",
    name: "therapy-disciplines-contradict",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:453",
    what: "A line is for two disciplines of therapy at once.",
    why: "each plan of care has its own limit and its own therapist; the payer cannot tell whose the line is",
    source: "CMS, Claims Processing Manual 100-04 ch. 5 section 20.1 (GN, GO, GP; CO with GO, CQ with GP)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let mut told = procedure
            .modifiers
            .iter()
            .filter_map(|modifier| discipline(modifier).map(|discipline| (modifier, discipline)));
        let Some((_, first)) = told.next() else { continue };
        if let Some((second, _)) = told.find(|(_, other)| *other != first) {
            findings.report(
                second.place,
                format!("modifier {} beside another discipline of therapy", second.text()),
                "bill each discipline on a line of its own; CQ goes with GP, CO with GO",
            );
        }
    }
}

/// Whose plan of care a modifier speaks of; assistants belong to the discipline of their therapist.
fn discipline(modifier: &Field<'_>) -> Option<&'static str> {
    match modifier.bytes() {
        b"GN" => Some("speech"),
        b"GO" | b"CO" => Some("occupational"),
        b"GP" | b"CQ" => Some("physical"),
        _ => None,
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:97530:GP:GO*40")]),
    Example::fails(&[("HC:93000*40", "HC:97530:CQ:GO*40")]),
    Example::passes(&[("HC:93000*40", "HC:97530:GP:CQ:59*40")]),
    Example::passes(&[("HC:93000*40", "HC:97530:CO:GO:KX*40")]),
    Example::passes(&[("HC:99213:25*60", "HC:97530:GO*60"), ("HC:93000*40", "HC:97530:GP:59*40")]),
];
