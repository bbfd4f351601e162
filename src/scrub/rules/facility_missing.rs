use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-36",
    name: "facility-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:503:77",
    what: "Care was given in a hospital or nursing home that the claim does not name.",
    why: "payers price by the place and deny the claim when they cannot find it",
    source: "X12 837P guide, loop 2310C",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Hospitals, surgery centers, nursing facilities, psychiatric and rehabilitation hospitals.
const FACILITIES: &[&str] = &["21", "22", "23", "24", "31", "51", "61"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.place_of_service.is_any(FACILITIES) || claim.provider("77").is_some() {
        return;
    }
    let of_every_line = claim.lines.iter().all(|line| line.provider("77").is_some());
    // A hospital (28) or nursing facility (31) that bills for its own doctors is the place itself,
    // as is a surgery center (261QA). Without a taxonomy nobody can tell.
    let bills_itself = claim.billing.taxonomy.is_none_or(|taxonomy| {
        ["28", "31", "261QA"].iter().any(|start| taxonomy.bytes().starts_with(start.as_bytes()))
    });
    if !of_every_line && !bills_itself {
        let last = claim.providers.last();
        findings.report_missing(
            "NM1",
            last.map_or(claim.place, |party| party.place),
            format!("place of service {} without loop 2310C", claim.place_of_service.text()),
            "add loop 2310C with name, address and NPI of the place",
        );
    }
}

const FACILITY: &str = "\
    NM1*77*2*CEDAR NORTH*****XX*1999001104~\n\
    N3*2 OAK ST~\n\
    N4*BOSTON*MA*021103202~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("11:B:1", "22:B:1")]),
    Example::passes(&[("11:B:1", "22:B:1"), ("LX*1", FACILITY)]),
    Example::passes(&[("11:B:1", "22:B:1"), ("BI*PXC*207Q00000X", "BI*PXC*282N00000X")]),
];
