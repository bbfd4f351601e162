use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-42",
    name: "payer-turn-skipped",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:742",
    what: "A payer's turn comes after one that no payer of the claim has.",
    why: "each payer waits for those before it, and sends back a claim that does not name them",
    source: "X12 837 guides, SBR01; common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// In the order in which payers pay.
const TURNS: &[&str] = &["P", "S", "T", "A", "B", "C", "D", "E", "F", "G", "H"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let others = claim.other_payers.iter().map(|other| other.responsibility);
    let turns: Vec<Field<'_>> =
        std::iter::once(claim.subscriber.responsibility).chain(others).collect();
    let holder = |turn: &str| turns.iter().find(|held| held.is(turn));
    // That nobody is first is told by another rule. U says that a turn is not known.
    if holder("P").is_none() || holder("U").is_some() {
        return;
    }
    let free = TURNS.iter().position(|turn| holder(turn).is_none()).unwrap_or(TURNS.len());
    let next = TURNS.iter().skip(free).find_map(|turn| holder(turn));
    if let (Some(skipped), Some(next)) = (TURNS.get(free), next) {
        findings.report(
            next.place,
            format!("a payer has turn {}, and none has {skipped}", next.text()),
            "name the payer in between in a loop 2320, or correct SBR01",
        );
    }
}

const OTHER_PAYER: &str = "\
    SBR*T*18*******CI~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("LX*1", OTHER_PAYER)]),
    Example::passes(&[("LX*1", OTHER_PAYER), ("SBR*T*18*******CI~", "SBR*S*18*******CI~")]),
    Example::passes(&[("LX*1", OTHER_PAYER), ("SBR*T*18*******CI~", "SBR*U*18*******CI~")]),
];
