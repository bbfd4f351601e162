//! What other claims say that bears on one: its doubles, the patient's visits and stays, and the claim
//! that it replaces.

use x12::value::{Day, DayRange};

/// Other claims, each in words that name it: `claim A1`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Bills the same services for the same patient.
    pub same_service: Option<String>,
    /// Has the same CLM01 and came from the same partner.
    pub same_control_number: Option<String>,
    /// Visits of the same patient that the same billing provider bills.
    pub visits: Vec<Told<Visit>>,
    /// Stays of the same patient in the same hospital.
    pub stays: Vec<Told<Stay>>,
    /// What this claim replaces or voids.
    pub original: Option<Told<Original>>,
}

/// What another claim says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<T> {
    pub claim: String,
    pub what: T,
}

/// A visit: evaluation and management of a patient on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub day: Day,
    /// The NPI of whoever saw the patient.
    pub provider: String,
    /// Their taxonomy code, empty where the claim does not say it.
    pub specialty: String,
    /// A modifier says that it stands apart from other services of the day.
    pub is_apart: bool,
}

/// A stay in a hospital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    pub admitted: Day,
    /// The last day that its bill covers.
    pub to: Day,
    /// The patient has left.
    pub is_over: bool,
}

/// The claim that another one replaces or voids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Original {
    pub standing: Standing,
    /// Its payer told another number for it than REF*F8 has.
    pub is_known_otherwise: bool,
    /// Both have the same CLM01, so that whoever sent them takes them for one.
    pub is_same_number: bool,
    pub is_same_patient: bool,
    pub is_same_provider: bool,
    pub days: Option<DayRange>,
    /// 0 when nobody counted them.
    pub lines: u32,
}

/// How far a claim has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It never left, so that its payer does not know it.
    Unsent,
    /// Its payer's front end sent it back.
    Returned,
    /// Its payer has it, and has not decided.
    Undecided,
    /// Its payer has decided.
    Decided,
}

impl Visit {
    /// Whether payers take two for visits to one and the same: those of a specialty in a group count
    /// as one.
    pub fn is_to_the_same(&self, other: &Visit) -> bool {
        self.provider == other.provider
            || (!self.specialty.is_empty() && self.specialty == other.specialty)
    }
}
