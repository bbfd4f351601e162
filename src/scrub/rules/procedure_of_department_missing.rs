use x12::segment::Field;
use x12::value::Money;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-35",
    name: "procedure-of-department-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:507+A6:455",
    what: "An outpatient line of a department that is paid by procedure has no procedure.",
    why: "the payer prices such a line by its HCPCS code and rejects it without one",
    source: "CMS, Integrated Outpatient Code Editor, edit 48",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    if !stay.facility_type.is_any(&["13", "14", "23", "74", "75", "76", "85"]) {
        return;
    }
    for line in &claim.lines {
        let Some(revenue) = line.revenue_code else { continue };
        // A charge of nothing tells of a service that is paid elsewhere.
        let is_charged = line.charge.money().is_some_and(|charge| Money::ZERO < charge);
        if line.procedure.code.is_empty() && is_charged && needs_procedure(revenue) {
            findings.report(
                line.procedure.place,
                format!("revenue code {} without a procedure", revenue.text()),
                "add the HCPCS code of the service in SV202",
            );
        }
    }
}

/// Laboratory, imaging, surgery, therapies, emergency, clinics, rides, listed drugs, tests.
fn needs_procedure(revenue: Field<'_>) -> bool {
    const DEPARTMENTS: &[&str] = &[
        "030", "031", "032", "035", "040", "042", "043", "044", "045", "046", "047", "048", "051",
        "054", "061", "073", "074", "092",
    ];
    let is_in = DEPARTMENTS.iter().any(|start| revenue.bytes().starts_with(start.as_bytes()));
    is_in
        || revenue.is_any(&[
            "0340", "0341", "0342", "0360", "0361", "0634", "0635", "0636", "0750", "0771",
        ])
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV2*0320*HC:73610:RT*", "SV2*0320**")]).of(Clean::Outpatient),
    Example::passes(&[("SV2*0320*HC:73610:RT*", "SV2*0270**")]).of(Clean::Outpatient),
    Example::passes(&[("SV2*0320*HC:73610:RT*", "SV2*0320**"), ("*13:A:1*", "*71:A:1*")])
        .of(Clean::Outpatient),
    Example::passes(&[]).of(Clean::Inpatient),
];
