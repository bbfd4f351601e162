//! What facility and what care an institutional claim is about: the first two digits of the type of
//! bill (CLM05-1).

use x12::value::Day;

use crate::code_sets::{Entry, Standing, always, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "as in public CMS material to 2024, not the licensed list";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// What the code is worth on the day.
pub fn standing(code: &[u8], on: Day) -> Standing {
    match code {
        b"33" if HOME_HEALTH_AS_ONE < on => Standing::Ended(HOME_HEALTH_AS_ONE),
        _ => always(meaning(code).is_some()),
    }
}

/// The last day of 33: all home health under a plan is 32 since.
const HOME_HEALTH_AS_ONE: Day = Day::new(2013, 9, 30).expect("a day of the calendar");

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("11", "Hospital, inpatient"),
    entry("12", "Hospital, inpatient without Part A"),
    entry("13", "Hospital, outpatient"),
    entry("14", "Hospital, laboratory for others' patients"),
    entry("18", "Hospital, swing bed"),
    entry("21", "Skilled nursing, inpatient"),
    entry("22", "Skilled nursing, inpatient without Part A"),
    entry("23", "Skilled nursing, outpatient"),
    entry("28", "Skilled nursing, swing bed"),
    entry("32", "Home health under a plan of care"),
    entry("33", "Home health, until 2013"),
    entry("34", "Home health without a plan of care"),
    entry("41", "Religious institution, inpatient"),
    entry("43", "Religious institution, outpatient"),
    entry("65", "Intermediate care, level I"),
    entry("66", "Intermediate care, level II"),
    entry("71", "Rural health clinic"),
    entry("72", "Dialysis facility"),
    entry("73", "Clinic, freestanding"),
    entry("74", "Outpatient rehabilitation facility"),
    entry("75", "Comprehensive outpatient rehabilitation facility"),
    entry("76", "Community mental health center"),
    entry("77", "Federally qualified health center"),
    entry("78", "Freestanding emergency department"),
    entry("79", "Clinic, other"),
    entry("81", "Hospice outside a hospital"),
    entry("82", "Hospice in a hospital"),
    entry("83", "Ambulatory surgery of a hospital"),
    entry("84", "Birthing center"),
    entry("85", "Critical access hospital, outpatient"),
    entry("86", "Residential facility"),
    entry("87", "Opioid treatment program"),
    entry("89", "Special facility, other"),
];
