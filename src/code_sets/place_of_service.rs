//! Places of service (CLM05-1 and SV105 of the professional 837).

use x12::value::Day;

use crate::code_sets::{Standing, day, standing_between};

/// Which publication the table follows.
pub const EDITION: &str = "CMS list of 2025-04-26";

/// How many codes there are.
pub const CODE_COUNT: usize = CODES.len();

/// Whether the code was in effect on the day of service. Codes older than 2016 count as always
/// in effect.
pub fn standing(code: &[u8], on: Day) -> Standing {
    match find(code) {
        Some(place) => standing_between(place.first, None, on),
        None => Standing::Unknown,
    }
}

/// Our own short words for the place; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(code).map(|place| place.meaning)
}

/// Whether Medicare pays the lower rate there, because the facility sends its own bill; `None`
/// when there is no such code.
pub fn is_facility(code: &[u8]) -> Option<bool> {
    find(code).map(|place| place.is_facility)
}

fn find(code: &[u8]) -> Option<&'static Place> {
    let index = CODES.binary_search_by(|place| place.code.as_bytes().cmp(code)).ok()?;
    CODES.get(index)
}

#[derive(Debug)]
struct Place {
    code: &'static str,
    is_facility: bool,
    first: Option<Day>,
    meaning: &'static str,
}

const fn place(code: &'static str, is_facility: bool, first: u32, meaning: &'static str) -> Place {
    Place { code, is_facility, first: day(first), meaning }
}

const FACILITY: bool = true;
const OFFICE: bool = false;

/// In place of a day.
const LONG_AGO: u32 = 0;

/// In byte order: code, rate, first day of effect, meaning.
static CODES: &[Place] = &[
    place("01", OFFICE, LONG_AGO, "Pharmacy"),
    place("02", FACILITY, 20170101, "Telehealth, patient not at home"),
    place("03", OFFICE, LONG_AGO, "School"),
    place("04", OFFICE, LONG_AGO, "Homeless shelter"),
    place("05", OFFICE, LONG_AGO, "Indian Health Service, free-standing"),
    place("06", OFFICE, LONG_AGO, "Indian Health Service, part of a hospital"),
    place("07", OFFICE, LONG_AGO, "Tribal 638, free-standing"),
    place("08", OFFICE, LONG_AGO, "Tribal 638, part of a hospital"),
    place("09", OFFICE, LONG_AGO, "Prison"),
    place("10", OFFICE, 20220101, "Telehealth, patient at home"),
    place("11", OFFICE, LONG_AGO, "Office"),
    place("12", OFFICE, LONG_AGO, "Home"),
    place("13", OFFICE, LONG_AGO, "Assisted living"),
    place("14", OFFICE, LONG_AGO, "Group home"),
    place("15", OFFICE, LONG_AGO, "Mobile unit"),
    place("16", OFFICE, LONG_AGO, "Temporary lodging"),
    place("17", OFFICE, LONG_AGO, "Walk-in clinic in a shop"),
    place("18", OFFICE, LONG_AGO, "Place of work"),
    place("19", FACILITY, 20160101, "Outpatient hospital, off campus"),
    place("20", OFFICE, LONG_AGO, "Urgent care"),
    place("21", FACILITY, LONG_AGO, "Inpatient hospital"),
    place("22", FACILITY, LONG_AGO, "Outpatient hospital, on campus"),
    place("23", FACILITY, LONG_AGO, "Emergency room"),
    place("24", FACILITY, LONG_AGO, "Ambulatory surgical center"),
    place("25", OFFICE, LONG_AGO, "Birthing center"),
    place("26", FACILITY, LONG_AGO, "Military treatment facility"),
    place("27", OFFICE, 20231001, "Street outreach"),
    place("31", FACILITY, LONG_AGO, "Skilled nursing facility"),
    place("32", OFFICE, LONG_AGO, "Nursing facility"),
    place("33", OFFICE, LONG_AGO, "Custodial care"),
    place("34", FACILITY, LONG_AGO, "Hospice"),
    place("41", FACILITY, LONG_AGO, "Ambulance on land"),
    place("42", FACILITY, LONG_AGO, "Ambulance by air or water"),
    place("49", OFFICE, LONG_AGO, "Independent clinic"),
    place("50", OFFICE, LONG_AGO, "Federally qualified health center"),
    place("51", FACILITY, LONG_AGO, "Inpatient psychiatric facility"),
    place("52", FACILITY, LONG_AGO, "Psychiatric facility, part of the day"),
    place("53", FACILITY, LONG_AGO, "Community mental health center"),
    place("54", OFFICE, LONG_AGO, "Care for people with intellectual disabilities"),
    place("55", OFFICE, LONG_AGO, "Residential treatment of addiction"),
    place("56", FACILITY, LONG_AGO, "Psychiatric residential treatment"),
    place("57", OFFICE, LONG_AGO, "Non-residential treatment of addiction"),
    place("58", OFFICE, 20200101, "Non-residential opioid treatment"),
    place("60", OFFICE, LONG_AGO, "Mass immunization"),
    place("61", FACILITY, LONG_AGO, "Inpatient rehabilitation"),
    place("62", OFFICE, LONG_AGO, "Outpatient rehabilitation"),
    place("65", OFFICE, LONG_AGO, "Dialysis"),
    place("66", OFFICE, 20240801, "PACE center for the elderly"),
    place("71", OFFICE, LONG_AGO, "Public health clinic"),
    place("72", OFFICE, LONG_AGO, "Rural health clinic"),
    place("81", OFFICE, LONG_AGO, "Independent laboratory"),
    place("99", OFFICE, LONG_AGO, "Other place"),
];
