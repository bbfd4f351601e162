//! What other claims say that bears on one: its doubles, the patient's visits and stays, and the claim
//! that it replaces.

use std::borrow::Cow;
use std::fmt;

use x12::value::{Day, DayRange};

/// Other claims, each in words that name it: `claim A1`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Bills the same services for the same patient.
    pub same_service: Option<Told<Whereabouts>>,
    /// Has the same CLM01 and came from the same partner.
    pub same_control_number: Option<Told<Whereabouts>>,
    /// Visits of the same patient that the same billing provider bills.
    pub visits: Vec<Told<Visit>>,
    /// Operations on the same patient that the same billing provider bills.
    pub operations: Vec<Told<Operation>>,
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

/// Where a claim stood when it was asked for, in a word; `None` where there is nothing to say of it.
pub type Whereabouts = Option<&'static str>;

/// A visit: evaluation and management of a patient on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    pub day: Day,
    /// The NPI of whoever saw the patient.
    pub provider: ShortText,
    /// Their taxonomy code, empty where the claim does not say it.
    pub specialty: ShortText,
    /// A modifier says that it stands apart from other services of the day.
    pub is_apart: bool,
}

/// An operation, whose price may hold the visits of some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    pub day: Day,
    pub code: ShortText,
    /// The NPI of the surgeon.
    pub provider: ShortText,
    /// Their taxonomy code, empty where the claim does not say it.
    pub specialty: ShortText,
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

impl Told<Whereabouts> {
    /// What to do about a claim that doubles this one, and how this one stood.
    pub fn beside(&self, fix: &'static str) -> Cow<'static, str> {
        match self.what {
            Some(state) => format!("{fix}; the other was {state} when this was found").into(),
            None => fix.into(),
        }
    }
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

/// An NPI or a taxonomy code, kept in place: each claim has some. Of a longer text the start is kept.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ShortText([u8; 16]);

impl ShortText {
    pub fn new(text: &[u8]) -> ShortText {
        let mut kept = [0; 16];
        for (kept, &byte) in kept.iter_mut().zip(text) {
            *kept = byte;
        }
        ShortText(kept)
    }

    pub fn bytes(&self) -> &[u8] {
        self.0.split(|&byte| byte == 0).next().unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.bytes().is_empty()
    }
}

impl fmt::Display for ShortText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(self.bytes()))
    }
}

impl fmt::Debug for ShortText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Visit {
    /// Whether payers take this provider for the one whom the patient saw: those of a specialty in a group
    /// count as one.
    pub fn is_to(&self, provider: ShortText, specialty: ShortText) -> bool {
        self.provider == provider || (!self.specialty.is_empty() && self.specialty == specialty)
    }

    /// Whether two visits are to one and the same.
    pub fn is_to_the_same(&self, other: &Visit) -> bool {
        self.is_to(other.provider, other.specialty)
    }
}
