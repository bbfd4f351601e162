//! Published code sets with their dates of effect.
//!
//! `SOURCES.md` in this folder says where each table comes from and why it may ship. A set is one
//! file here and one row in `SETS`; guide tables and commands name it by the name in that row.

pub mod edition;
pub mod facts;
pub mod layouts;
pub mod library;
pub mod relative_values;
pub mod shape;
pub mod table;

mod cells;
pub mod dental_procedure;
pub mod drg;
pub mod first_listed;
pub mod hcpcs;
pub mod hipps;
pub mod icd10cm;
pub mod icd10pcs;
pub mod place_of_service;
pub mod tabular;
pub mod tooth;
pub mod traits;

pub mod admission_type;
pub mod condition;
pub mod occurrence;
pub mod occurrence_span;
pub mod patient_status;
pub mod point_of_origin;
pub mod present_on_admission;
pub mod revenue;
pub mod type_of_bill;
pub mod value_code;

pub mod cpt_modifier;
pub mod procedure_ended;

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

/// Rules ask by name some thirty times a claim, so that the way to a set is short: a table by what
/// tells most names apart, which the compiler fills.
fn named(name: &str) -> Option<&'static SetInfo> {
    place_of(name).map(|(_, set)| set)
}

/// A set with its place in `SETS`.
fn place_of(name: &str) -> Option<(usize, &'static SetInfo)> {
    let mut slot = slot_of(name.as_bytes());
    loop {
        let place = usize::from(*SLOTS.get(slot)?);
        let set = SETS.get(place)?;
        if set.name == name {
            return Some((place, set));
        }
        slot = (slot + 1) % SLOT_COUNT;
    }
}

/// A power of two, some times as many as there are sets.
const SLOT_COUNT: usize = 256;

/// For each slot the place of its set in `SETS`; where there is none, a place behind all.
static SLOTS: [u8; SLOT_COUNT] = {
    let mut slots = [u8::MAX; SLOT_COUNT];
    let mut at = 0;
    while at < SETS.len() {
        let mut slot = slot_of(SETS[at].name.as_bytes());
        while slots[slot] != u8::MAX {
            slot = (slot + 1) % SLOT_COUNT;
        }
        slots[slot] = at as u8;
        at += 1;
    }
    slots
};

const fn slot_of(name: &[u8]) -> usize {
    let [first, .., last] = name else { return 0 };
    let middle = name[name.len() / 2];
    (name.len() * 37 + *first as usize * 11 + middle as usize * 5 + *last as usize) % SLOT_COUNT
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
        name: "admission-type",
        edition: admission_type::EDITION,
        count: admission_type::CODES.len(),
        standing: |code, _| always(admission_type::meaning(code).is_some()),
        meaning: admission_type::meaning,
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
        name: "condition",
        edition: condition::EDITION,
        count: condition::CODES.len(),
        standing: |code, _| always(condition::meaning(code).is_some()),
        meaning: condition::meaning,
    },
    SetInfo {
        name: "country",
        edition: country::EDITION,
        count: country::CODE_COUNT,
        standing: |code, _| always(country::contains(code)),
        meaning: |_| None,
    },
    SetInfo {
        name: "cpt-modifier",
        edition: cpt_modifier::EDITION,
        count: cpt_modifier::CODE_COUNT,
        standing: |code, _| always(cpt_modifier::contains(code)),
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
        name: "dental-procedure-ended",
        edition: dental_procedure::EDITION,
        count: dental_procedure::CODE_COUNT,
        standing: dental_procedure::standing,
        meaning: |_| None,
    },
    SetInfo {
        name: "diagnosis",
        edition: icd10cm::EDITION,
        count: icd10cm::CODE_COUNT,
        standing: icd10cm::standing,
        meaning: |_| None,
    },
    traits::diagnoses::<{ traits::ADULT }>("diagnosis-adult", 863),
    traits::diagnoses::<{ traits::PEDIATRIC }>("diagnosis-child", 148),
    SetInfo {
        name: "diagnosis-companion",
        edition: tabular::EDITION,
        count: tabular::COMPANION.count(),
        standing: |code, on| tabular::COMPANION.standing(code, on),
        meaning: |_| None,
    },
    SetInfo {
        name: "diagnosis-excludes",
        edition: tabular::EDITION,
        count: tabular::EXCLUDES.count(),
        standing: |code, on| tabular::EXCLUDES.standing(code, on),
        meaning: |_| None,
    },
    traits::diagnoses::<{ traits::FEMALE }>("diagnosis-female", 3_494),
    SetInfo {
        name: "diagnosis-first-only",
        edition: first_listed::EDITION,
        count: first_listed::CODE_COUNT,
        standing: |code, _| first_listed::standing(code),
        meaning: |_| None,
    },
    SetInfo {
        name: "diagnosis-left",
        edition: tabular::EDITION,
        count: tabular::Side::Left.count(),
        standing: |code, _| tabular::Side::Left.standing(code),
        meaning: |_| None,
    },
    traits::diagnoses::<{ traits::MALE }>("diagnosis-male", 535),
    traits::diagnoses::<{ traits::MANIFESTATION }>("diagnosis-manifestation", 433),
    traits::diagnoses::<{ traits::MATERNITY }>("diagnosis-maternity", 2_619),
    traits::diagnoses::<{ traits::NEEDS_SECONDARY }>("diagnosis-never-alone", 1),
    traits::diagnoses::<{ traits::UNACCEPTABLE }>("diagnosis-never-first", 2_832),
    traits::diagnoses::<{ traits::NEWBORN }>("diagnosis-newborn", 457),
    SetInfo {
        name: "diagnosis-order",
        edition: tabular::EDITION,
        count: tabular::ORDER.count(),
        standing: |code, on| tabular::ORDER.standing(code, on),
        meaning: |_| None,
    },
    SetInfo {
        name: "diagnosis-right",
        edition: tabular::EDITION,
        count: tabular::Side::Right.count(),
        standing: |code, _| tabular::Side::Right.standing(code),
        meaning: |_| None,
    },
    traits::diagnoses::<{ traits::UNSPECIFIED }>("diagnosis-side-unspecified", 3_476),
    traits::diagnoses::<{ traits::WRONG_PROCEDURE }>("diagnosis-wrong-procedure", 3),
    SetInfo {
        name: "drg",
        edition: drg::EDITION,
        count: drg::CODE_COUNT,
        standing: drg::standing,
        meaning: |_| None,
    },
    SetInfo {
        name: "hipps",
        edition: hipps::EDITION,
        count: hipps::CODE_COUNT,
        standing: hipps::standing,
        meaning: |_| None,
    },
    SetInfo {
        name: "inpatient-procedure",
        edition: icd10pcs::EDITION,
        count: icd10pcs::CODE_COUNT,
        standing: icd10pcs::standing,
        meaning: |_| None,
    },
    SetInfo {
        name: "occurrence",
        edition: occurrence::EDITION,
        count: occurrence::CODES.len(),
        standing: |code, _| always(occurrence::meaning(code).is_some()),
        meaning: occurrence::meaning,
    },
    SetInfo {
        name: "occurrence-span",
        edition: occurrence_span::EDITION,
        count: occurrence_span::CODES.len(),
        standing: |code, _| always(occurrence_span::meaning(code).is_some()),
        meaning: occurrence_span::meaning,
    },
    SetInfo {
        name: "patient-status",
        edition: patient_status::EDITION,
        count: patient_status::CODES.len(),
        standing: |code, _| always(patient_status::meaning(code).is_some()),
        meaning: patient_status::meaning,
    },
    SetInfo {
        name: "place-of-service",
        edition: place_of_service::EDITION,
        count: place_of_service::CODE_COUNT,
        standing: place_of_service::standing,
        meaning: place_of_service::meaning,
    },
    SetInfo {
        name: "point-of-origin",
        edition: point_of_origin::EDITION,
        count: point_of_origin::CODE_COUNT,
        standing: point_of_origin::standing,
        meaning: point_of_origin::meaning,
    },
    SetInfo {
        name: "present-on-admission",
        edition: present_on_admission::EDITION,
        count: present_on_admission::CODES.len(),
        standing: |code, _| always(present_on_admission::meaning(code).is_some()),
        meaning: present_on_admission::meaning,
    },
    traits::procedures::<{ traits::COVERED_AT_TIMES }>("procedure-covered-at-times", 52),
    SetInfo {
        name: "procedure-ended",
        edition: procedure_ended::EDITION,
        count: procedure_ended::CODE_COUNT,
        standing: procedure_ended::standing,
        meaning: |_| None,
    },
    traits::procedures::<{ traits::NOT_COVERED }>("procedure-not-covered", 198),
    traits::procedures::<{ traits::LONG }>("procedure-of-days", 1),
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
        name: "revenue",
        edition: revenue::EDITION,
        count: revenue::CODE_COUNT,
        standing: |code, _| revenue::standing(code),
        meaning: |_| None,
    },
    SetInfo {
        name: "state",
        edition: state::EDITION,
        count: state::CODE_COUNT,
        standing: |code, _| always(state::meaning(code).is_some()),
        meaning: state::meaning,
    },
    SetInfo {
        name: "type-of-bill",
        edition: type_of_bill::EDITION,
        count: type_of_bill::CODES.len(),
        standing: type_of_bill::standing,
        meaning: type_of_bill::meaning,
    },
    SetInfo {
        name: "value",
        edition: value_code::EDITION,
        count: value_code::CODES.len(),
        standing: |code, _| always(value_code::meaning(code).is_some()),
        meaning: value_code::meaning,
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
