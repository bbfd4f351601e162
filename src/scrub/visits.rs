//! Which services are visits, which are for patients who have not been seen for years, and which bills of
//! institutions are paid by visits, treatments or rates.

use x12::value::DayRange;
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

/// Whether a line bills a visit to a clinic for which nobody but a doctor or his like is paid: in an
/// office, at home or in a nursing facility, talk with a psychiatrist or psychologist, or the yearly
/// visit of Medicare.
fn is_clinic_visit(line: &Line<'_>) -> bool {
    is_among(line, CLINIC_VISITS) || line.procedure.code.is_any(OTHER_CLINIC_VISITS)
}

const CLINIC_VISITS: &[(u32, u32)] =
    &[(99_202, 99_205), (99_212, 99_215), (99_304, 99_310), (99_341, 99_350)];

const OTHER_CLINIC_VISITS: &[&str] =
    &["90791", "90792", "90832", "90834", "90837", "G0402", "G0438", "G0439"];

/// Whether a clinic, by the first digits of its type of bill, bills Medicare and is to be paid.
pub fn is_medicare_bill_of_clinic(claim: &Claim<'_>, facility_type: &str) -> bool {
    let is_bill = claim.institutional.as_ref().is_some_and(|bill| {
        bill.facility_type.is(facility_type)
            && bill.frequency.is_any(&["1", "2", "3", "4", "7"])
            && !bill.has_condition("21")
    });
    is_bill && claim.is_filed_with(&["MA", "MB"])
}

/// Whether Medicare is billed for dialysis, by a line of its revenue codes (082 to 085).
pub fn is_medicare_bill_of_dialysis(claim: &Claim<'_>) -> bool {
    let mut codes = claim.lines.iter().filter_map(|line| line.revenue_code);
    is_medicare_bill_of_clinic(claim, "72")
        && codes.any(|code| matches!(code.bytes(), [b'0', b'8', b'2'..=b'5', _]))
}

/// Whether a line stands for the rate (HIPPS) of skilled nursing, home health or rehabilitation.
pub fn is_rate(line: &Line<'_>) -> bool {
    line.revenue_code.is_some_and(|code| code.is_any(&["0022", "0023", "0024"]))
}

/// The days of visits to a clinic, each with the first line that bills one.
pub fn clinic_visits_by_day<'a, 'c>(claim: &'a Claim<'c>) -> Vec<(DayRange, &'a Line<'c>)> {
    let mut known: Vec<(DayRange, &Line<'_>)> = Vec::new();
    for line in claim.lines.iter().filter(|line| is_clinic_visit(line)) {
        let Some(day) = claim.days_of(line) else { continue };
        if known.iter().all(|&(other, _)| other != day) {
            known.push((day, line));
        }
    }
    known
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
