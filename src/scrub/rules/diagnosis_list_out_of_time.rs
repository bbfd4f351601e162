use x12::view::claim::Claim;

use crate::code_sets::icd10cm::FIRST_DAY;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-04",
    name: "diagnosis-list-out-of-time",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:255+A8:700",
    what: "Diagnoses or procedures come from a list that was not in use on the day of service.",
    why: "ICD-10 took the place of ICD-9 on 1 October 2015; payers reject the other list",
    source: "Stedi, \"ICD-10 diagnosis before 2015-10-01\" and \"ICD-9 qualifier after 2015-10-01\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// What HI names the lists before and since.
const ICD9: &[&str] = &["BK", "BF", "BJ", "PR", "BN", "BR", "BQ"];
const ICD10: &[&str] = &["ABK", "ABF", "ABJ", "APR", "ABN", "BBR", "BBQ"];

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    let of_diagnoses = claim.all_diagnoses().map(|diagnosis| diagnosis.qualifier);
    let procedures = claim.institutional.iter().flat_map(|stay| &stay.procedures);
    let of_procedures = procedures.map(|procedure| procedure.list);
    for list in of_diagnoses.chain(of_procedures) {
        let is_late = list.is_any(ICD9) && FIRST_DAY <= days.to;
        let is_early = list.is_any(ICD10) && days.from < FIRST_DAY;
        if is_late || is_early {
            // One finding will do: the list is wrong as a whole.
            return findings.report(
                list.place,
                if is_late {
                    "ICD-9 codes for a service since October 2015"
                } else {
                    "ICD-10 codes for a service before October 2015"
                },
                "code with the list of the day of service; split a claim that spans the change",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*BK:25000*BF:4019")]),
    Example::fails(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20150930~\nREF*6R*A1-1")]),
    Example::passes(&[
        ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20150930~\nREF*6R*A1-1"),
        ("DTP*472*D8*20261006~\nREF*6R*A1-2", "DTP*472*D8*20150930~\nREF*6R*A1-2"),
        ("HI*ABK:E119*ABF:I10", "HI*BK:25000*BF:4019"),
    ]),
    Example::fails(&[("HI*BBR:3E03329:D8:20260201", "HI*BR:9921:D8:20260201")])
        .of(Clean::Inpatient),
];
