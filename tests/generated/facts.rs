//! What a claim says of itself before anything is added to it, so that what is added agrees.

use std::cell::Cell;

use bytes::Bytes;
use x12::segment::Field;
use x12::value::{Day, DayRange};
use x12::view::claim::{Claim, Kind, Line, claims};

use crate::chance::Chance;
use crate::coverage::OtherPayer;

/// One claim.
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug)]
pub struct Facts {
    pub kind: Kind,
    /// The day on which the batch was made.
    pub made: Day,
    pub days: DayRange,
    pub total_cents: i64,
    /// CLM05-1: a place of service, or the first two digits of a type of bill.
    pub place: String,
    pub is_inpatient: bool,
    pub sex: String,
    pub birth: Option<Day>,
    pub patient_is_subscriber: bool,
    /// SBR01 and SBR09.
    pub turn: String,
    pub plan: String,
    pub is_predetermination: bool,
    pub is_ambulance: bool,
    /// It tells, or is to tell, whether a screening of a child led to a referral.
    pub is_screening: bool,
    pub has_referring: bool,
    pub has_operating: bool,
    pub is_orthodontic: bool,
    pub lines: Vec<LineFacts>,
    /// Codes that stand in HI already.
    pub coded: Vec<String>,
    /// The payers beside the claim's own that are to be added.
    pub others: Vec<OtherPayer>,
    /// How many lines were gone through.
    pub line: Cell<usize>,
}

/// One line.
#[derive(Debug)]
pub struct LineFacts {
    pub cents: i64,
    /// `HC:99213:25`, as it stands.
    pub procedure: String,
    pub list: String,
    pub code: String,
    pub revenue: String,
    pub units: String,
    pub days: DayRange,
}

/// The facts of every claim of a set, in its order.
pub fn of_claims(text: &str, chance: &Chance) -> Vec<Facts> {
    let bytes = Bytes::copy_from_slice(text.as_bytes());
    let reading = x12::interchange::read(&bytes);
    let mut facts = Vec::new();
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            let version = interchange.group_header(group).text(8);
            let guide = x12::guide::find(&String::from_utf8_lossy(version), "837");
            let guide = guide.expect("a guide of claims");
            for set in &group.sets {
                let walked = x12::walk::walk(interchange, set, guide);
                for claim in claims(interchange, set, &walked) {
                    let number = facts.len();
                    facts.extend(Facts::of(&claim, &format!("claim {number}"), chance));
                }
            }
        }
    }
    facts
}

impl Facts {
    /// `None` for a claim without days: nothing can be said to fit it.
    fn of(claim: &Claim<'_>, place: &str, chance: &Chance) -> Option<Facts> {
        let made = claim.batch_date.day()?;
        // What is only asked about has no day yet.
        let days = claim.service_days().unwrap_or(DayRange { from: made, to: made });
        let person = claim.person();
        let stay = claim.institutional.as_ref();
        let text = |field: Field<'_>| field.text().into_owned();
        let codes = |line: &Line<'_>, starts: &[&str]| {
            starts.iter().any(|start| line.procedure.code.bytes().starts_with(start.as_bytes()))
        };
        let mut facts = Facts {
            kind: claim.kind,
            made,
            days,
            total_cents: claim.total_charge.money()?.cents(),
            place: stay.map_or(text(claim.place_of_service), |stay| text(stay.facility_type)),
            is_inpatient: stay.is_some_and(|stay| stay.is_inpatient()),
            sex: person.and_then(|person| person.sex).map_or(String::new(), text),
            birth: person.and_then(|person| person.birth).and_then(|birth| birth.day()),
            patient_is_subscriber: claim.patient.is_none(),
            turn: text(claim.subscriber.responsibility),
            plan: text(claim.subscriber.filing_indicator),
            is_predetermination: claim
                .dental
                .as_ref()
                .is_some_and(|dental| dental.is_predetermination()),
            is_ambulance: claim.ambulance.is_some(),
            is_screening: claim.conditions.iter().any(|about| about.is("ZZ"))
                || chance.happens(&format!("{place} screening"), 20),
            has_referring: claim.provider("DN").is_some(),
            has_operating: claim.provider("72").is_some(),
            is_orthodontic: claim.lines.iter().any(|line| codes(line, &["D80", "D81", "D86"])),
            lines: claim.lines.iter().map(|line| LineFacts::of(claim, line, days)).collect(),
            coded: claim.all_diagnoses().map(|one| text(one.code)).collect(),
            others: Vec::new(),
            line: Cell::new(0),
        };
        if claim.other_payers.is_empty() {
            facts.others = crate::coverage::others(&facts, place, chance);
        }
        Some(facts)
    }

    /// The line that is gone through; the last one for what stands behind all lines.
    pub fn line(&self) -> &LineFacts {
        let at = self.line.get().saturating_sub(1).min(self.lines.len().saturating_sub(1));
        &self.lines[at]
    }

    /// So many days before the first day of service.
    pub fn before(&self, days: i64) -> String {
        minus(self.days.from, days).to_wire()
    }

    /// So many days after the last day of service.
    pub fn after(&self, days: u32) -> String {
        self.days.to.plus_days(days).to_wire()
    }
}

impl LineFacts {
    fn of(claim: &Claim<'_>, line: &Line<'_>, days: DayRange) -> LineFacts {
        let procedure = &line.procedure;
        let mut parts = vec![procedure.qualifier.text(), procedure.code.text()];
        parts.extend(procedure.modifiers.iter().map(|modifier| modifier.text()));
        LineFacts {
            cents: line.charge.money().map_or(0, |charge| charge.cents()),
            procedure: parts.join(":"),
            list: procedure.qualifier.text().into_owned(),
            code: procedure.code.text().into_owned(),
            revenue: line.revenue_code.map_or(String::new(), |code| code.text().into_owned()),
            units: line.quantity.text().into_owned(),
            days: claim.days_of(line).unwrap_or(days),
        }
    }

    /// Equipment that is bought or rented.
    pub fn is_equipment(&self) -> bool {
        self.list == "HC" && matches!(self.code.as_bytes(), [b'E' | b'K', ..])
    }

    /// What has a drug in it.
    pub fn is_drug(&self) -> bool {
        self.list == "HC" && matches!(self.code.as_bytes(), [b'J' | b'Q', ..])
            || self.revenue.starts_with("025")
            || self.revenue == "0636"
    }
}

/// A day so many days earlier.
pub fn minus(day: Day, days: i64) -> Day {
    let long_ago = Day::new(1900, 1, 1).expect("a day of the calendar");
    let since = day.days_since(long_ago) - days;
    long_ago.plus_days(u32::try_from(since).unwrap_or_default())
}
