//! Which services are visits, and which are for patients who have not been seen for years.

use x12::view::claim::{Claim, Kind, Line};

use super::earlier::{Stay, Visit};

/// Codes of CPT for visits, by the blocks of its own index: office, hospital, consultation, emergency,
/// nursing facility, home, preventive.
const VISITS: &[(u32, u32)] = &[
    (99_202, 99_205),
    (99_211, 99_215),
    (99_221, 99_223),
    (99_231, 99_236),
    (99_238, 99_239),
    (99_242, 99_245),
    (99_252, 99_255),
    (99_281, 99_285),
    (99_304, 99_310),
    (99_315, 99_316),
    (99_341, 99_350),
    (99_381, 99_387),
    (99_391, 99_397),
];

/// Those of them that are for new patients.
const NEW_PATIENTS: &[(u32, u32)] = &[(99_202, 99_205), (99_341, 99_345), (99_381, 99_387)];

/// Modifiers that say of a visit that it stands apart from what else was done that day.
const APART: &[&str] = &["24", "25", "27", "57", "59", "XE", "XP", "XS", "XU"];

/// Whether a line bills a visit of a new patient.
pub fn is_of_new_patient(line: &Line<'_>) -> bool {
    is_among(line, NEW_PATIENTS)
}

/// The visits that a professional claim bills, each with its line.
pub fn visits_of<'a, 'c>(
    claim: &'a Claim<'c>,
) -> impl Iterator<Item = (&'a Line<'c>, Visit)> + use<'a, 'c> {
    let lines = if claim.kind == Kind::Professional { claim.lines.as_slice() } else { &[] };
    lines.iter().filter(|line| is_among(line, VISITS)).filter_map(|line| {
        let seen_by = line.provider("82").or_else(|| claim.provider("82"));
        let provider = seen_by.unwrap_or(&claim.billing);
        let taxonomy = provider.taxonomy.or(claim.billing.taxonomy);
        let visit = Visit {
            day: claim.days_of(line)?.from,
            provider: provider.id.text().into_owned(),
            specialty: taxonomy.map_or(String::new(), |code| code.text().into_owned()),
            is_apart: line.procedure.has_any_modifier(APART),
        };
        Some((line, visit))
    })
}

/// The stay in an acute hospital that a claim bills.
pub fn stay_of(claim: &Claim<'_>) -> Option<Stay> {
    let stay = claim.institutional.as_ref().filter(|stay| stay.facility_type.is("11"))?;
    let days = claim.service_days()?;
    let admitted = stay.admission.as_ref().and_then(|admission| admission.days());
    Some(Stay {
        admitted: admitted.map_or(days.from, |days| days.from),
        to: days.to,
        // 30 says that the patient stays on.
        is_over: !stay.patient_status.is("30"),
    })
}

fn is_among(line: &Line<'_>, blocks: &[(u32, u32)]) -> bool {
    let number = line.procedure.number();
    number.is_some_and(|number| blocks.iter().any(|&(from, to)| (from..=to).contains(&number)))
}
