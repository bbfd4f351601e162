//! Which services are visits, and which are for patients who have not been seen for years.

use x12::view::claim::{Claim, Kind, Line};

use super::earlier::{Operation, ShortText, Stay, Visit};

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
        let (provider, specialty) = provider_of(claim, line);
        let visit = Visit {
            day: claim.days_of(line)?.from,
            provider,
            specialty,
            is_apart: line.procedure.has_any_modifier(APART),
        };
        Some((line, visit))
    })
}

/// The operations that a professional claim bills whole: not the part of an assistant, of the care before
/// or after, or of the operation alone.
pub fn operations_of<'a>(claim: &'a Claim<'_>) -> impl Iterator<Item = Operation> + use<'a> {
    let lines = if claim.kind == Kind::Professional { claim.lines.as_slice() } else { &[] };
    let operations = lines.iter().filter(|line| {
        let number = line.procedure.number();
        number.is_some_and(|number| SURGERY.contains(&number))
            && !line.procedure.has_any_modifier(PARTS)
    });
    operations.filter_map(|line| {
        let (provider, specialty) = provider_of(claim, line);
        let code = ShortText::new(line.procedure.code.bytes());
        Some(Operation { day: claim.days_of(line)?.from, code, provider, specialty })
    })
}

/// The block of CPT for surgery.
const SURGERY: std::ops::RangeInclusive<u32> = 10_000..=69_999;

const PARTS: &[&str] = &["54", "55", "56", "80", "81", "82", "AS"];

/// Who gave the service of a line, and their specialty.
fn provider_of(claim: &Claim<'_>, line: &Line<'_>) -> (ShortText, ShortText) {
    let given_by = line.provider("82").or_else(|| claim.provider("82"));
    let provider = given_by.unwrap_or(&claim.billing);
    let taxonomy = provider.taxonomy.or(claim.billing.taxonomy);
    let specialty = taxonomy.map_or_else(ShortText::default, |code| ShortText::new(code.bytes()));
    (ShortText::new(provider.id.bytes()), specialty)
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
    // Most lines bill something else, and are told by their first digits.
    line.procedure.code.bytes().starts_with(b"99")
        && line
            .procedure
            .number()
            .is_some_and(|number| blocks.iter().any(|&(from, to)| (from..=to).contains(&number)))
}
