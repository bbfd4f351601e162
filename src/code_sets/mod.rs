//! Published code sets with their dates of effect.
//!
//! `SOURCES.md` in this folder says where each table comes from and why it may ship. A set is one
//! file here and one row in `SETS`; guide tables and commands name it by the name in that row.

pub mod layouts;
pub mod library;
pub mod table;

pub mod icd10cm;
pub mod place_of_service;

pub mod claim_filing;
pub mod claim_frequency;

pub mod carc;
pub mod remark;

pub mod adjustment_group;
pub mod provider_adjustment;
pub mod remittance_status;

pub mod claim_status;
pub mod claim_status_category;

pub mod country;
pub mod currency;
pub mod state;

use x12::value::Day;

/// What a code is worth on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In effect.
    Valid,
    /// Names a group: never sent by itself, longer codes that start with it are in effect. Only
    /// diagnoses have these.
    Header,
    /// Not in the edition that we carry.
    Unknown,
    /// In effect from this day on.
    NotYet(Day),
    /// This was its last day of effect.
    Ended(Day),
}

/// A set that we carry.
#[derive(Debug)]
pub struct SetInfo {
    /// As guide tables and commands call it.
    pub name: &'static str,
    /// Which publication the table follows.
    pub edition: &'static str,
    /// How many codes it has, in effect or ended.
    pub count: usize,
    standing: fn(&[u8], Day) -> Standing,
    meaning: fn(&[u8]) -> Option<&'static str>,
}

/// All sets that we carry, by name.
pub fn list() -> &'static [SetInfo] {
    SETS
}

/// Whether the code of the named set is in effect on the day; `None` when we do not carry the
/// set. A code may also be missing because it is newer than our edition.
pub fn contains(set: &str, code: &[u8], on: Day) -> Option<bool> {
    standing(set, code, on).map(|standing| standing == Standing::Valid)
}

/// What the code of the named set is worth on the day; `None` when we do not carry the set.
pub fn standing(set: &str, code: &[u8], on: Day) -> Option<Standing> {
    named(set).map(|set| (set.standing)(code, on))
}

/// Our own short words for the code of the named set; `None` when we have none.
pub fn meaning(set: &str, code: &[u8]) -> Option<&'static str> {
    named(set).and_then(|set| (set.meaning)(code))
}

fn named(name: &str) -> Option<&'static SetInfo> {
    SETS.iter().find(|set| set.name == name)
}

/// In byte order of the names.
static SETS: &[SetInfo] = &[
    SetInfo {
        name: "adjustment-group",
        edition: adjustment_group::EDITION,
        count: adjustment_group::CODES.len(),
        standing: |code, _| always(adjustment_group::meaning(code).is_some()),
        meaning: adjustment_group::meaning,
    },
    SetInfo {
        name: "claim-adjustment-reason",
        edition: carc::EDITION,
        count: carc::CODE_COUNT,
        standing: carc::standing,
        meaning: carc::meaning,
    },
    SetInfo {
        name: "claim-filing",
        edition: claim_filing::EDITION,
        count: claim_filing::CODES.len(),
        standing: |code, _| always(claim_filing::meaning(code).is_some()),
        meaning: claim_filing::meaning,
    },
    SetInfo {
        name: "claim-frequency",
        edition: claim_frequency::EDITION,
        count: claim_frequency::CODES.len(),
        standing: |code, _| always(claim_frequency::meaning(code).is_some()),
        meaning: claim_frequency::meaning,
    },
    SetInfo {
        name: "claim-status",
        edition: claim_status::EDITION,
        count: claim_status::CODE_COUNT,
        standing: |code, _| always(claim_status::contains(code)),
        meaning: claim_status::meaning,
    },
    SetInfo {
        name: "claim-status-category",
        edition: claim_status_category::EDITION,
        count: claim_status_category::CODES.len(),
        standing: |code, _| always(claim_status_category::meaning(code).is_some()),
        meaning: claim_status_category::meaning,
    },
    SetInfo {
        name: "country",
        edition: country::EDITION,
        count: country::CODE_COUNT,
        standing: |code, _| always(country::contains(code)),
        meaning: |_| None,
    },
    SetInfo {
        name: "currency",
        edition: currency::EDITION,
        count: currency::CODE_COUNT,
        standing: |code, _| always(currency::contains(code)),
        meaning: |_| None,
    },
    SetInfo {
        name: "diagnosis",
        edition: icd10cm::EDITION,
        count: icd10cm::CODE_COUNT,
        standing: icd10cm::standing,
        meaning: |_| None,
    },
    SetInfo {
        name: "place-of-service",
        edition: place_of_service::EDITION,
        count: place_of_service::CODE_COUNT,
        standing: place_of_service::standing,
        meaning: place_of_service::meaning,
    },
    SetInfo {
        name: "provider-adjustment",
        edition: provider_adjustment::EDITION,
        count: provider_adjustment::CODES.len(),
        standing: |code, _| always(provider_adjustment::meaning(code).is_some()),
        meaning: provider_adjustment::meaning,
    },
    SetInfo {
        name: "remark",
        edition: remark::EDITION,
        count: remark::CODE_COUNT,
        standing: |code, _| always(remark::kind(code).is_some()),
        meaning: remark::meaning,
    },
    SetInfo {
        name: "remittance-status",
        edition: remittance_status::EDITION,
        count: remittance_status::CODES.len(),
        standing: |code, _| always(remittance_status::meaning(code).is_some()),
        meaning: remittance_status::meaning,
    },
    SetInfo {
        name: "state",
        edition: state::EDITION,
        count: state::CODE_COUNT,
        standing: |code, _| always(state::meaning(code).is_some()),
        meaning: state::meaning,
    },
];

/// For sets whose codes have no days of effect.
fn always(is_known: bool) -> Standing {
    if is_known { Standing::Valid } else { Standing::Unknown }
}

/// A code and our own short words for it.
#[derive(Debug)]
struct Entry {
    code: &'static str,
    meaning: &'static str,
}

const fn entry(code: &'static str, meaning: &'static str) -> Entry {
    Entry { code, meaning }
}

/// Looks a code up in a table in byte order.
fn find(table: &'static [Entry], code: &[u8]) -> Option<&'static Entry> {
    let index = table.binary_search_by(|entry| entry.code.as_bytes().cmp(code)).ok()?;
    table.get(index)
}

fn standing_between(first: Option<Day>, last: Option<Day>, on: Day) -> Standing {
    match (first, last) {
        (Some(first), _) if on < first => Standing::NotYet(first),
        (_, Some(last)) if on > last => Standing::Ended(last),
        _ => Standing::Valid,
    }
}

/// Writes days into tables as `20260101`; 0 is none. The compiler refuses what is no day.
const fn day(ccyymmdd: u32) -> Option<Day> {
    if ccyymmdd == 0 {
        return None;
    }
    let (year, month, day) = (ccyymmdd / 10_000, ccyymmdd / 100 % 100, ccyymmdd % 100);
    let day = Day::new(year as u16, month as u8, day as u8);
    assert!(day.is_some(), "not a day of the calendar");
    day
}

#[cfg(test)]
mod tests;
