//! What waits for a person when a claim is held: whose desk, why, until when, and how much is at stake.

use x12::value::Day;
use x12::view::claim::Claim;

use crate::change::cases::Alike;
use crate::change::{FindingRecord, NewWork};
use crate::denials::Category;
use crate::denials::reasons::Desk;
use crate::denials::route::Limits;
use crate::intake::Route;

/// Findings hold the claim.
pub(super) fn by_rules(
    claim: &Claim<'_>,
    findings: &[FindingRecord],
    route: Option<&Route>,
) -> NewWork {
    let gravest = findings.iter().map(|finding| finding.severity).min();
    let holds: Vec<&FindingRecord> =
        findings.iter().filter(|finding| Some(finding.severity) == gravest).collect();
    let what: Vec<&str> = holds.iter().map(|finding| finding.what.as_str()).collect();
    let action: Vec<&str> = holds.iter().map(|finding| finding.fix.as_str()).collect();
    let evidence: Vec<String> = holds
        .iter()
        .map(|finding| format!("{} at byte {}", finding.code, finding.place.offset))
        .collect();
    // One desk owns the claim; what stands first in it is usually what the rest follows from.
    let desk = holds.first().map_or(Desk::Billers, |finding| desk_of(&finding.code));
    NewWork {
        claim: None,
        arrival: None,
        category: Category::Held,
        desk: desk.name().to_owned(),
        what: what.join("; "),
        action: action.join("; "),
        evidence: evidence.join("; "),
        deadline: route.and_then(|route| deadline(claim, route)),
        amount: claim.charge(),
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike {
            payer: route.map(|route| route.payer.clone()).unwrap_or_default(),
            rule: holds.first().map(|finding| finding.code.clone()).unwrap_or_default(),
            ..Alike::default()
        },
    }
}

/// No payer takes the claim.
pub(super) fn unrouted(
    claim: &Claim<'_>,
    payer_id: Option<&str>,
    route: Option<&Route>,
) -> NewWork {
    let correct = "correct NM109 of 2010BB, or add the payer id under config/payers; then release";
    let (what, action) = match (route, payer_id) {
        (Some(Route { payer, .. }), _) => (
            format!("the claim came as a test (ISA15 T), and payer {payer} takes production"),
            "resolve it; to bill it in earnest, its office sends it with ISA15 P",
        ),
        (None, Some(id)) => (format!("no payer in the settings takes payer id {id}"), correct),
        (None, None) => ("the claim names no payer".to_owned(), correct),
    };
    NewWork {
        claim: None,
        arrival: None,
        category: Category::Unrouted,
        desk: "operator".to_owned(),
        what,
        action: action.to_owned(),
        evidence: "2010BB NM109".to_owned(),
        deadline: None,
        amount: claim.charge(),
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike::default(),
    }
}

/// The last day on which the payer takes the claim.
fn deadline(claim: &Claim<'_>, route: &Route) -> Option<Day> {
    let service_to = claim.service_days()?.to;
    let corrects = claim.frequency.is_any(&["7", "8"]);
    let last = if corrects { Limits::correction } else { Limits::filing };
    Some(last(&route.limits, service_to))
}

/// Who can answer for what a rule finds, by the group that its code names.
fn desk_of(code: &str) -> Desk {
    let group = code.strip_prefix("CG-").and_then(|rest| rest.split('-').next());
    let found = DESKS.iter().find(|(known, _)| Some(*known) == group);
    // The rules of a payer's own file, and faults of the guide, are about how it wants its bills.
    found.map_or(Desk::Billers, |&(_, desk)| desk)
}

const DESKS: &[(&str, Desk)] = &[
    ("BAL", Desk::Billers),
    ("CODE", Desk::Billers),
    ("DATE", Desk::Billers),
    ("DENT", Desk::Coders),
    ("DUP", Desk::Billers),
    ("DX", Desk::Coders),
    ("FEE", Desk::Coders),
    ("FORM", Desk::Billers),
    ("HIST", Desk::Coders),
    ("ICD", Desk::Coders),
    ("ID", Desk::FrontDesk),
    ("LINE", Desk::Coders),
    ("LIST", Desk::Coders),
    ("MCE", Desk::Coders),
    ("NCCI", Desk::Coders),
    ("ORIG", Desk::Billers),
    ("SIT", Desk::Billers),
    ("UB", Desk::Billers),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scrub::rules::ALL;

    #[test]
    fn gives_every_group_of_rules_a_desk() {
        for rule in ALL {
            let group = rule.code.split('-').nth(1).unwrap_or_default();
            assert!(DESKS.iter().any(|(known, _)| *known == group), "{group} has no desk");
        }
        assert_eq!(desk_of("CG-NCCI-01"), Desk::Coders);
        assert_eq!(desk_of("acme/member-number"), Desk::Billers);
        assert_eq!(desk_of("element-too-long"), Desk::Billers);
    }
}
