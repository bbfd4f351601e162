//! What the Medicare Code Editor is asked of the procedures of a stay.

use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Findings};

/// Reports every procedure of a stay billed to Medicare that stands in a set of the editor. `what`
/// tells it in words by its code.
pub fn report_procedures_in(
    set: &str,
    claim: &Claim<'_>,
    context: &Context<'_>,
    (what, fix): (impl Fn(&str) -> String, &'static str),
    findings: &mut Findings,
) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = claim.service_days() else { return };
    if !stay.facility_type.is("11") || !claim.is_filed_with(&["MA"]) {
        return;
    }
    for procedure in &stay.procedures {
        let code = procedure.code;
        if context.codes.standing(set, code.bytes(), days.to) == Some(Standing::Valid) {
            let status = if procedure.list.is("BBR") { "A8:465" } else { "A8:490" };
            findings.report_as(status, code.place, what(&code.text()), fix);
        }
    }
}
