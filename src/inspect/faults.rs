//! What there is to say of each fault of envelopes and guides before any file has it.

use x12::fault::{ElementFault, Kind, Layer, SegmentFault};

use super::Answer;

/// A fault, as references of rules have it.
#[derive(Clone, Debug)]
pub struct Reference {
    pub kind: Kind,
    pub code: String,
    pub snip: u8,
    /// The acknowledgment that tells it, and where.
    pub told_in: String,
    /// What it breaks, in words.
    pub breaks: &'static str,
}

impl Reference {
    /// Whether it is called so, by code or name. Several have one code.
    pub fn is(&self, wanted: &str) -> bool {
        self.code == wanted || self.kind.name() == wanted
    }
}

/// Every fault, those of the outermost envelope first.
pub fn references() -> impl Iterator<Item = Reference> {
    Kind::all().map(|kind| {
        let answer = answer_to(kind);
        Reference {
            kind,
            code: answer.stable_code(),
            snip: snip_of(kind),
            told_in: answer.in_words(),
            breaks: broken_by(kind),
        }
    })
}

pub(super) const fn answer_to(kind: Kind) -> Answer {
    match kind {
        Kind::Interchange(fault) => Answer::Ta1(fault.ta105()),
        Kind::Group(fault) => Answer::Ak9(fault.ak905()),
        Kind::Set(fault) => Answer::Ik5(fault.ik502()),
        Kind::Segment(fault) => Answer::Ik3(fault.ik304()),
        Kind::Element(fault) => Answer::Ik4(fault.ik403()),
    }
}

impl Answer {
    pub(super) fn stable_code(&self) -> String {
        match self {
            Answer::Ta1(code) => format!("X12-TA1-{code}"),
            Answer::Ak9(code) => format!("X12-AK9-{code}"),
            Answer::Ik5(code) => format!("X12-IK5-{code}"),
            Answer::Ik3(code) => format!("X12-IK3-{code}"),
            Answer::Ik4(code) => format!("X12-IK4-{code}"),
            Answer::Status(status) => status.clone(),
            Answer::None => String::new(),
        }
    }

    /// The acknowledgment, the element, and what it says.
    fn in_words(&self) -> String {
        match self {
            Answer::Ta1(code) => format!("TA1, TA105 {code}"),
            Answer::Ak9(code) => format!("999, AK905 {code}"),
            Answer::Ik5(code) => format!("999, IK502 {code}"),
            Answer::Ik3(code) => format!("999, IK304 {code}"),
            Answer::Ik4(code) => format!("999, IK304 8 and IK403 {code}"),
            Answer::Status(status) => format!("277CA, STC {status}"),
            Answer::None => "no acknowledgment".to_owned(),
        }
    }
}

/// Type 1 is what the base standard asks, type 2 what the guide asks.
pub(super) const fn snip_of(kind: Kind) -> u8 {
    match kind {
        Kind::Interchange(_) | Kind::Group(_) | Kind::Set(_) => 1,
        Kind::Segment(
            SegmentFault::TagUnknown
            | SegmentFault::MandatoryMissing
            | SegmentFault::OverMaximum
            | SegmentFault::LoopOverMaximum,
        ) => 1,
        Kind::Segment(SegmentFault::DependentMissing(_) | SegmentFault::DependentNotUsed(_))
        | Kind::Element(ElementFault::DependentMissing(_) | ElementFault::DependentNotUsed(_)) => 4,
        Kind::Segment(_) => 2,
        Kind::Element(
            ElementFault::TooMany
            | ElementFault::TooManyParts
            | ElementFault::TooShort
            | ElementFault::TooLong
            | ElementFault::Displaced
            | ElementFault::CharacterInvalid
            | ElementFault::DateInvalid
            | ElementFault::TimeInvalid
            | ElementFault::Excluded
            | ElementFault::ConditionalMissing,
        ) => 1,
        Kind::Element(_) => 2,
    }
}

const fn broken_by(kind: Kind) -> &'static str {
    let layer = match kind {
        Kind::Interchange(_) => return "the envelope of an interchange",
        Kind::Group(_) => return "the envelope of a functional group",
        Kind::Set(_) => return "the envelope of a transaction set",
        Kind::Segment(fault) => Some(fault.layer()),
        Kind::Element(fault) => fault.layer(),
    };
    match layer {
        Some(Layer::Standard) => "X12 itself",
        Some(Layer::Guide) => "the implementation guide",
        None => "X12 itself, or the implementation guide that narrows it",
    }
}
