use x12::view::claim::{Claim, Kind};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-17",
    name: "referring-provider-on-line-only",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:562:DN",
    what: "A line names a referring provider, the claim does not.",
    why: "a line's provider overrides the claim's; payers that read the claim's alone reject it",
    source: "Stedi, \"Missing claim-level referring provider\", 2026-07-21",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if claim.provider("DN").is_some() {
        return;
    }
    let of_line = claim.lines.iter().find_map(|line| line.provider("DN"));
    if of_line.is_some() {
        // Loop 2310A stands before all other providers, 2310F of institutional claims behind them.
        let diagnosis = claim.diagnoses.last().map(|diagnosis| diagnosis.code.place);
        let (in_loop, after) = match claim.kind {
            Kind::Professional | Kind::Dental => ("2310A", diagnosis),
            Kind::Institutional => {
                ("2310F", claim.providers.last().map(|party| party.place).or(diagnosis))
            }
        };
        let place = after.unwrap_or(claim.place);
        findings.report_missing(
            "NM1",
            place,
            format!("a line names a referring provider, but loop {in_loop} is missing"),
            "name the referring provider at the claim, and at lines only where another referred",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("REF*6R*A1-1~\n", "REF*6R*A1-1~\nNM1*DN*1*ASH*KIM****XX*1999001047~\n")]),
    Example::passes(&[
        ("NM1*82", "NM1*DN*1*ASH*KIM****XX*1999001047~\nNM1*82"),
        ("REF*6R*A1-1~\n", "REF*6R*A1-1~\nNM1*DN*1*ASH*KIM****XX*1999001047~\n"),
    ]),
];
