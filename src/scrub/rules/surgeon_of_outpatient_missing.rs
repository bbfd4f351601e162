use x12::view::claim::{Claim, Line};

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-56",
    name: "surgeon-of-outpatient-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A6:562:72",
    what: "An outpatient was operated on in an operating room, and nobody is named who operated.",
    why: "many payers reject a surgical procedure without its surgeon; some take the attending provider for it",
    source: "X12 837I guide, 2310B; NUBC, operating provider; CMS, Claims Processing Manual 100-04 ch. 25",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Of surgery in the index of CPT what others than surgeons do as well: drawing blood and giving it,
/// lines into veins, catheters of the bladder.
const MINOR: &[(u32, u32)] =
    &[(36_400, 36_460), (36_511, 36_522), (36_555, 36_598), (51_701, 51_705)];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    if !bill.facility_type.is_any(&["13", "83", "85"]) {
        return;
    }
    let is_named = |line: &Line<'_>| {
        ["72", "82", "ZZ"]
            .iter()
            .any(|entity| line.provider(entity).or_else(|| claim.provider(entity)).is_some())
    };
    let mut operations = claim.lines.iter().filter(|line| is_operation(line));
    if let Some(line) = operations.find(|line| !is_named(line)) {
        let attending = claim.provider("71").map(|party| party.place);
        findings.report_missing(
            "NM1",
            attending.unwrap_or(claim.place),
            format!("{} in an operating room, but NM1*72 is missing", line.procedure.code.text()),
            "add loop 2310B with who operated",
        );
    }
}

/// An operating room (0360) or a center for surgery (0490), and a code of surgery.
fn is_operation(line: &Line<'_>) -> bool {
    let is_room = line.revenue_code.is_some_and(|code| code.is_any(&["0360", "0490"]));
    // 73 says that it was called off before the patient slept.
    let is_done = !line.procedure.has_modifier("73");
    is_room
        && is_done
        && line.procedure.number().is_some_and(|number| {
            let is_minor = MINOR.iter().any(|&(from, to)| (from..=to).contains(&number));
            (10_004..=69_990).contains(&number) && !is_minor
        })
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[(LINE, "SV2*0360*HC:29881:RT*285*UN*1")]).of(Clean::Outpatient),
    Example::passes(&[(LINE, "SV2*0360*HC:29881:RT*285*UN*1"), SURGEON]).of(Clean::Outpatient),
    Example::passes(&[(LINE, "SV2*0360*HC:29881:73*285*UN*1")]).of(Clean::Outpatient),
    Example::passes(&[(LINE, "SV2*0360*HC:36415*285*UN*1")]).of(Clean::Outpatient),
    Example::passes(&[(LINE, "SV2*0360*HC:73610:RT*285*UN*1")]).of(Clean::Outpatient),
    // In the emergency department nobody need operate.
    Example::passes(&[(LINE, "SV2*0450*HC:12001*285*UN*1")]).of(Clean::Outpatient),
];

const LINE: &str = "SV2*0320*HC:73610:RT*285*UN*1";

const SURGEON: (&str, &str) = ("NM1*DN", "NM1*72*1*LARCH*MILES*E***XX*1999001427~\nNM1*DN");
