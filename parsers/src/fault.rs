//! What can be wrong with an interchange, and the code that each acknowledgment gives for it.
//!
//! A fault is data: it is collected, never thrown. Each has a place to the byte, and none has a
//! value in it, so that a fault may be logged.

mod words;

use std::fmt;

use crate::guide::row::Tag;
use words::Words;

/// Where something stands. Positions count from 1; 0 stands for the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The byte in the file.
    pub offset: usize,
    /// The segment in its transaction set, ST = 1; 0 outside a set.
    pub segment: u32,
    pub element: u8,
    pub component: u8,
    pub repeat: u16,
}

/// Something wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: Kind,
    pub place: Place,
    /// The loop it stands in, or should stand in; empty in the envelope.
    pub loop_id: &'static str,
    /// The segment it concerns: the one that is wrong, or the one that is missing.
    pub tag: Tag,
    /// What the guide table calls the thing; empty when the table does not know it.
    pub name: &'static str,
}

/// At which level a fault lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Interchange(InterchangeFault),
    Group(GroupFault),
    Set(SetFault),
    Segment(SegmentFault),
    Element(ElementFault),
}

/// A fault that a TA1 answers, rejecting the interchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InterchangeFault {
    ControlNumbersDiffer,
    StandardUnsupported,
    VersionUnsupported,
    TerminatorInvalid,
    SenderQualifierInvalid,
    SenderInvalid,
    ReceiverQualifierInvalid,
    ReceiverInvalid,
    ReceiverUnknown,
    AuthorizationQualifierInvalid,
    AuthorizationInvalid,
    SecurityQualifierInvalid,
    SecurityInvalid,
    DateInvalid,
    TimeInvalid,
    StandardInvalid,
    VersionInvalid,
    ControlNumberInvalid,
    AcknowledgmentRequestInvalid,
    UsageInvalid,
    GroupCountWrong,
    StructureInvalid,
    EndsEarly,
    ContentInvalid,
    Duplicate,
    ElementSeparatorInvalid,
    ComponentSeparatorInvalid,
}

impl InterchangeFault {
    /// TA105.
    pub const fn ta105(self) -> &'static str {
        match self {
            InterchangeFault::ControlNumbersDiffer => "001",
            InterchangeFault::StandardUnsupported => "002",
            InterchangeFault::VersionUnsupported => "003",
            InterchangeFault::TerminatorInvalid => "004",
            InterchangeFault::SenderQualifierInvalid => "005",
            InterchangeFault::SenderInvalid => "006",
            InterchangeFault::ReceiverQualifierInvalid => "007",
            InterchangeFault::ReceiverInvalid => "008",
            InterchangeFault::ReceiverUnknown => "009",
            InterchangeFault::AuthorizationQualifierInvalid => "010",
            InterchangeFault::AuthorizationInvalid => "011",
            InterchangeFault::SecurityQualifierInvalid => "012",
            InterchangeFault::SecurityInvalid => "013",
            InterchangeFault::DateInvalid => "014",
            InterchangeFault::TimeInvalid => "015",
            InterchangeFault::StandardInvalid => "016",
            InterchangeFault::VersionInvalid => "017",
            InterchangeFault::ControlNumberInvalid => "018",
            InterchangeFault::AcknowledgmentRequestInvalid => "019",
            InterchangeFault::UsageInvalid => "020",
            InterchangeFault::GroupCountWrong => "021",
            InterchangeFault::StructureInvalid => "022",
            InterchangeFault::EndsEarly => "023",
            InterchangeFault::ContentInvalid => "024",
            InterchangeFault::Duplicate => "025",
            InterchangeFault::ElementSeparatorInvalid => "026",
            InterchangeFault::ComponentSeparatorInvalid => "027",
        }
    }
}

/// A fault that AK9 of a 999 answers, rejecting the functional group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupFault {
    GroupUnsupported,
    VersionUnsupported,
    TrailerMissing,
    ControlNumbersDiffer,
    SetCountWrong,
    ControlNumberInvalid,
    ControlNumberRepeated,
}

impl GroupFault {
    /// AK905.
    pub const fn ak905(self) -> &'static str {
        match self {
            GroupFault::GroupUnsupported => "1",
            GroupFault::VersionUnsupported => "2",
            GroupFault::TrailerMissing => "3",
            GroupFault::ControlNumbersDiffer => "4",
            GroupFault::SetCountWrong => "5",
            GroupFault::ControlNumberInvalid => "6",
            GroupFault::ControlNumberRepeated => "19",
        }
    }
}

/// A fault that IK5 of a 999 answers, rejecting the transaction set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetFault {
    Unsupported,
    TrailerMissing,
    ControlNumbersDiffer,
    SegmentCountWrong,
    IdentifierInvalid,
    ControlNumberInvalid,
    NotOfThisGroup,
    ControlNumberRepeated,
    GuideInvalid,
    GuideUnsupported,
}

impl SetFault {
    /// IK502.
    pub const fn ik502(self) -> &'static str {
        match self {
            SetFault::Unsupported => "1",
            SetFault::TrailerMissing => "2",
            SetFault::ControlNumbersDiffer => "3",
            SetFault::SegmentCountWrong => "4",
            SetFault::IdentifierInvalid => "6",
            SetFault::ControlNumberInvalid => "7",
            SetFault::NotOfThisGroup => "18",
            SetFault::ControlNumberRepeated => "23",
            SetFault::GuideInvalid => "19",
            SetFault::GuideUnsupported => "I6",
        }
    }
}

/// Which of the two layers is broken: X12 itself, or the guide that narrows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The base standard; IK502 says 5.
    Standard,
    /// The implementation guide; IK502 says I5.
    Guide,
}

/// What made a segment or an element required, or not used: a value elsewhere in the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trigger {
    /// Which of the guide's dependencies, by a name that is stable for ever.
    pub condition: &'static str,
    /// The segment that holds the value, and its loop.
    pub tag: Tag,
    pub loop_id: &'static str,
    pub place: Place,
}

/// A fault of one segment, or of one that should be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SegmentFault {
    TagUnknown,
    NotInSet,
    Unexpected,
    OutOfSequence,
    /// The standard demands the segment.
    MandatoryMissing,
    /// Only the guide demands it.
    Missing,
    LoopMissing,
    /// More runs of a loop than the standard has room for.
    LoopOverMaximum,
    /// More than the guide allows, though the standard has room.
    LoopTooOften,
    /// More segments than the standard has room for.
    OverMaximum,
    /// More than the guide allows, though the standard has room.
    TooOften,
    /// The standard has the segment at this place, the guide has not.
    NotUsed,
    DependentMissing(Trigger),
    DependentNotUsed(Trigger),
}

impl SegmentFault {
    /// IK304.
    ///
    /// A 999 has no codes of its own for more than the guide allows: 4 and 5 stand for both
    /// layers, and IK502 tells which it is.
    pub const fn ik304(self) -> &'static str {
        match self {
            SegmentFault::TagUnknown => "1",
            SegmentFault::Unexpected => "2",
            SegmentFault::MandatoryMissing => "3",
            SegmentFault::LoopOverMaximum | SegmentFault::LoopTooOften => "4",
            SegmentFault::OverMaximum | SegmentFault::TooOften => "5",
            SegmentFault::NotInSet => "6",
            SegmentFault::OutOfSequence => "7",
            SegmentFault::NotUsed => "I4",
            SegmentFault::DependentMissing(_) => "I6",
            SegmentFault::LoopMissing => "I7",
            SegmentFault::Missing => "I8",
            SegmentFault::DependentNotUsed(_) => "I9",
        }
    }

    /// Which layer it breaks.
    pub const fn layer(self) -> Layer {
        match self {
            SegmentFault::TagUnknown
            | SegmentFault::NotInSet
            | SegmentFault::Unexpected
            | SegmentFault::OutOfSequence
            | SegmentFault::MandatoryMissing
            | SegmentFault::LoopOverMaximum
            | SegmentFault::OverMaximum => Layer::Standard,
            SegmentFault::Missing
            | SegmentFault::LoopMissing
            | SegmentFault::LoopTooOften
            | SegmentFault::TooOften
            | SegmentFault::NotUsed
            | SegmentFault::DependentMissing(_)
            | SegmentFault::DependentNotUsed(_) => Layer::Guide,
        }
    }

    /// The value elsewhere that brought it about.
    pub const fn trigger(self) -> Option<Trigger> {
        match self {
            SegmentFault::DependentMissing(trigger) | SegmentFault::DependentNotUsed(trigger) => {
                Some(trigger)
            }
            SegmentFault::TagUnknown
            | SegmentFault::NotInSet
            | SegmentFault::Unexpected
            | SegmentFault::OutOfSequence
            | SegmentFault::MandatoryMissing
            | SegmentFault::Missing
            | SegmentFault::LoopMissing
            | SegmentFault::LoopOverMaximum
            | SegmentFault::LoopTooOften
            | SegmentFault::OverMaximum
            | SegmentFault::TooOften
            | SegmentFault::NotUsed => None,
        }
    }

    /// Whether it speaks of what should be there and is not.
    pub const fn is_absence(self) -> bool {
        match self {
            SegmentFault::MandatoryMissing
            | SegmentFault::Missing
            | SegmentFault::LoopMissing
            | SegmentFault::DependentMissing(_) => true,
            SegmentFault::TagUnknown
            | SegmentFault::NotInSet
            | SegmentFault::Unexpected
            | SegmentFault::OutOfSequence
            | SegmentFault::LoopOverMaximum
            | SegmentFault::LoopTooOften
            | SegmentFault::OverMaximum
            | SegmentFault::TooOften
            | SegmentFault::NotUsed
            | SegmentFault::DependentNotUsed(_) => false,
        }
    }
}

/// A fault of one element or one part of a composite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ElementFault {
    Missing,
    ConditionalMissing,
    TooMany,
    TooManyParts,
    TooManyRepeats,
    TooShort,
    TooLong,
    CharacterInvalid,
    /// Not a code of the standard.
    CodeInvalid,
    /// A code of the standard that the guide does not use here.
    CodeNotUsed,
    DateInvalid,
    TimeInvalid,
    Excluded,
    NotUsed,
    NumberOutOfSequence,
    DependentMissing(Trigger),
    DependentNotUsed(Trigger),
}

impl ElementFault {
    /// IK403.
    pub const fn ik403(self) -> &'static str {
        match self {
            ElementFault::Missing => "1",
            ElementFault::ConditionalMissing => "2",
            ElementFault::TooMany => "3",
            ElementFault::TooShort => "4",
            ElementFault::TooLong => "5",
            ElementFault::CharacterInvalid => "6",
            ElementFault::CodeInvalid | ElementFault::NumberOutOfSequence => "7",
            ElementFault::DateInvalid => "8",
            ElementFault::TimeInvalid => "9",
            ElementFault::Excluded => "10",
            ElementFault::TooManyRepeats => "12",
            ElementFault::TooManyParts => "13",
            ElementFault::CodeNotUsed => "I6",
            ElementFault::DependentMissing(_) => "I9",
            ElementFault::NotUsed => "I10",
            ElementFault::DependentNotUsed(_) => "I13",
        }
    }

    /// Which layer it breaks, where the fault alone tells: a value may be missing or too long by
    /// either.
    pub const fn layer(self) -> Option<Layer> {
        match self {
            ElementFault::Missing | ElementFault::TooLong => None,
            ElementFault::ConditionalMissing
            | ElementFault::TooMany
            | ElementFault::TooManyParts
            | ElementFault::TooManyRepeats
            | ElementFault::TooShort
            | ElementFault::CharacterInvalid
            | ElementFault::CodeInvalid
            | ElementFault::DateInvalid
            | ElementFault::TimeInvalid
            | ElementFault::Excluded
            | ElementFault::NumberOutOfSequence => Some(Layer::Standard),
            ElementFault::CodeNotUsed
            | ElementFault::NotUsed
            | ElementFault::DependentMissing(_)
            | ElementFault::DependentNotUsed(_) => Some(Layer::Guide),
        }
    }

    /// The value elsewhere that brought it about.
    pub const fn trigger(self) -> Option<Trigger> {
        match self {
            ElementFault::DependentMissing(trigger) | ElementFault::DependentNotUsed(trigger) => {
                Some(trigger)
            }
            ElementFault::Missing
            | ElementFault::ConditionalMissing
            | ElementFault::TooMany
            | ElementFault::TooManyParts
            | ElementFault::TooManyRepeats
            | ElementFault::TooShort
            | ElementFault::TooLong
            | ElementFault::CharacterInvalid
            | ElementFault::CodeInvalid
            | ElementFault::CodeNotUsed
            | ElementFault::DateInvalid
            | ElementFault::TimeInvalid
            | ElementFault::Excluded
            | ElementFault::NotUsed
            | ElementFault::NumberOutOfSequence => None,
        }
    }
}

impl Kind {
    /// The value elsewhere that brought the fault about.
    pub const fn trigger(self) -> Option<Trigger> {
        match self {
            Kind::Segment(fault) => fault.trigger(),
            Kind::Element(fault) => fault.trigger(),
            Kind::Interchange(_) | Kind::Group(_) | Kind::Set(_) => None,
        }
    }

    const fn words(self) -> Words {
        match self {
            Kind::Interchange(fault) => fault.words(),
            Kind::Group(fault) => fault.words(),
            Kind::Set(fault) => fault.words(),
            Kind::Segment(fault) => fault.words(),
            Kind::Element(fault) => fault.words(),
        }
    }

    /// A readable name for the fault, stable for ever.
    pub const fn name(self) -> &'static str {
        self.words().0
    }

    /// What is wrong.
    pub const fn what(self) -> &'static str {
        self.words().1
    }

    /// What to do about it.
    pub const fn fix(self) -> &'static str {
        self.words().2
    }

    /// Why it matters: what the receiver does with it.
    pub const fn why(self) -> &'static str {
        match self {
            Kind::Interchange(_) => "the whole interchange is rejected with a TA1",
            Kind::Group(_) => "the functional group is rejected with a 999",
            Kind::Set(_) => "the transaction set is rejected with a 999",
            Kind::Segment(_) | Kind::Element(_) => {
                "the transaction set breaks its guide and is rejected with a 999"
            }
        }
    }
}

/// The thing, what is wrong with it, what to do: never its value.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = &self.place;
        match (self.kind, place.element, place.component) {
            (Kind::Interchange(_) | Kind::Group(_) | Kind::Set(_), _, _) => {}
            (_, 0, _) => write!(f, "{:?}", self.tag)?,
            (_, element, 0) => write!(f, "{:?}{element:02}", self.tag)?,
            (_, element, part) => write!(f, "{:?}{element:02}-{part}", self.tag)?,
        }
        if !self.name.is_empty() {
            write!(f, " ({})", self.name)?;
        }
        let gap = if matches!(self.kind, Kind::Segment(_) | Kind::Element(_)) { ": " } else { "" };
        write!(f, "{gap}{}; {}", self.kind.what(), self.kind.fix())
    }
}
