//! What can be wrong with an interchange, and the code that each acknowledgment gives for it.
//!
//! A fault is data: it is collected, never thrown. Each has a place to the byte, and none has a
//! value in it, so that a fault may be logged.

use std::fmt;

use crate::guide::row::Tag;

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

    const fn words(self) -> Words {
        match self {
            InterchangeFault::ControlNumbersDiffer => (
                "control-numbers-differ",
                "the control numbers of ISA13 and IEA02 differ",
                "write the same nine digits in IEA02 as in ISA13",
            ),
            InterchangeFault::StandardUnsupported => (
                "standard-unsupported",
                "ISA11 names a standard that is not supported here",
                "send version 00501, in which ISA11 is the repetition separator",
            ),
            InterchangeFault::VersionUnsupported => (
                "version-unsupported",
                "ISA12 names a version of the interchange that is not supported here",
                "send version 00501",
            ),
            InterchangeFault::TerminatorInvalid => (
                "terminator-invalid",
                "the segment terminator is the same as another delimiter",
                "use four different characters as delimiters",
            ),
            InterchangeFault::SenderQualifierInvalid => (
                "sender-qualifier-invalid",
                "ISA05 is not a known kind of sender id",
                "use 01, 14, 20, 27, 28, 29, 30, 33 or ZZ",
            ),
            InterchangeFault::SenderInvalid => (
                "sender-invalid",
                "ISA06 is not a sender who may use this channel",
                "send the sender id that was agreed for this channel",
            ),
            InterchangeFault::ReceiverQualifierInvalid => (
                "receiver-qualifier-invalid",
                "ISA07 is not a known kind of receiver id",
                "use 01, 14, 20, 27, 28, 29, 30, 33 or ZZ",
            ),
            InterchangeFault::ReceiverInvalid => (
                "receiver-invalid",
                "ISA08 is blank",
                "send the receiver id that was agreed for this channel",
            ),
            InterchangeFault::ReceiverUnknown => (
                "receiver-unknown",
                "ISA08 is not a receiver that this gateway speaks for",
                "send the receiver id that was agreed for this channel",
            ),
            InterchangeFault::AuthorizationQualifierInvalid => (
                "authorization-qualifier-invalid",
                "ISA01 is not 00 or 03",
                "write 00 and leave ISA02 blank, unless an authorization was agreed",
            ),
            InterchangeFault::AuthorizationInvalid => (
                "authorization-invalid",
                "ISA02 is filled in although ISA01 is 00, or holds what is not text",
                "write 00 in ISA01 and ten blanks in ISA02, unless an authorization was agreed",
            ),
            InterchangeFault::SecurityQualifierInvalid => (
                "security-qualifier-invalid",
                "ISA03 is not 00 or 01",
                "write 00 and leave ISA04 blank, unless a password was agreed",
            ),
            InterchangeFault::SecurityInvalid => (
                "security-invalid",
                "ISA04 holds what is not text",
                "write 00 in ISA03 and ten blanks in ISA04, unless a password was agreed",
            ),
            InterchangeFault::DateInvalid => (
                "interchange-date-invalid",
                "ISA09 is not a day of the calendar, or lies in the future",
                "write the day of sending as YYMMDD",
            ),
            InterchangeFault::TimeInvalid => (
                "interchange-time-invalid",
                "ISA10 is not a time of day",
                "write the time of sending as HHMM",
            ),
            InterchangeFault::StandardInvalid => (
                "standard-invalid",
                "ISA11 is neither a repetition separator nor the standards id of older versions",
                "write the repetition separator in ISA11, such as ^",
            ),
            InterchangeFault::VersionInvalid => {
                ("version-invalid", "ISA12 is not the number of a version", "send version 00501")
            }
            InterchangeFault::ControlNumberInvalid => (
                "control-number-invalid",
                "ISA13 is not nine digits above zero",
                "write a control number of nine digits in ISA13",
            ),
            InterchangeFault::AcknowledgmentRequestInvalid => (
                "acknowledgment-request-invalid",
                "ISA14 is not 0 or 1",
                "write 1 to ask for a TA1, else 0",
            ),
            InterchangeFault::UsageInvalid => (
                "usage-invalid",
                "ISA15 is not the mode of this channel",
                "write P for production or T for test, as agreed for the channel",
            ),
            InterchangeFault::GroupCountWrong => (
                "group-count-wrong",
                "IEA01 is not the number of functional groups that stand in the interchange",
                "count the GS segments again; a difference may mean that part of the file is lost",
            ),
            InterchangeFault::StructureInvalid => (
                "structure-invalid",
                "an envelope segment stands where none may stand",
                "nest the envelopes: ISA, GS, ST, SE, GE, IEA",
            ),
            InterchangeFault::EndsEarly => (
                "ends-early",
                "the file ends before the IEA of this interchange",
                "send the whole file again; nothing of it was taken",
            ),
            InterchangeFault::ContentInvalid => (
                "content-invalid",
                "something other than functional groups and TA1 stands in the interchange",
                "move every transaction set into a functional group, and complete the GS segments",
            ),
            InterchangeFault::Duplicate => (
                "interchange-duplicate",
                "this sender has sent another interchange with the same control number",
                "draw a new ISA13 for every new interchange",
            ),
            InterchangeFault::ElementSeparatorInvalid => (
                "element-separator-invalid",
                "the element separator does not stand where the fixed width of the ISA puts it",
                "pad every element of the ISA to its width: 106 bytes with the terminator",
            ),
            InterchangeFault::ComponentSeparatorInvalid => (
                "component-separator-invalid",
                "ISA16 is the same as another delimiter",
                "use four different characters as delimiters",
            ),
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

    const fn words(self) -> Words {
        match self {
            GroupFault::GroupUnsupported => (
                "group-unsupported",
                "GS01 names a kind of group that is not taken here",
                "send claims as HC, remittances as HP, acknowledgments as FA or HN",
            ),
            GroupFault::VersionUnsupported => (
                "guide-unsupported",
                "GS08 names an implementation guide that is not supported here",
                "send a guide that was agreed, such as 005010X222A1",
            ),
            GroupFault::TrailerMissing => (
                "group-trailer-missing",
                "the functional group has no GE",
                "close every GS with a GE; a missing one may mean that part of the file is lost",
            ),
            GroupFault::ControlNumbersDiffer => (
                "group-control-numbers-differ",
                "the control numbers of GS06 and GE02 differ",
                "write the same number in GE02 as in GS06",
            ),
            GroupFault::SetCountWrong => (
                "set-count-wrong",
                "GE01 is not the number of transaction sets that stand in the group",
                "count the ST segments again; a difference may mean that part of the file is lost",
            ),
            GroupFault::ControlNumberInvalid => (
                "group-control-number-invalid",
                "GS06 is not a number of one to nine digits",
                "write a number of one to nine digits in GS06",
            ),
            GroupFault::ControlNumberRepeated => (
                "group-control-number-repeated",
                "another group of this interchange has the same GS06",
                "number the groups of an interchange apart",
            ),
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
            SetFault::GuideUnsupported => "I6",
        }
    }

    const fn words(self) -> Words {
        match self {
            SetFault::Unsupported => (
                "set-unsupported",
                "ST01 names a transaction set that is not taken here",
                "send 837, 835, 999 or 277",
            ),
            SetFault::TrailerMissing => (
                "set-trailer-missing",
                "the transaction set has no SE",
                "close every ST with an SE; a missing one may mean that part of the file is lost",
            ),
            SetFault::ControlNumbersDiffer => (
                "set-control-numbers-differ",
                "the control numbers of ST02 and SE02 differ",
                "write the same number in SE02 as in ST02",
            ),
            SetFault::SegmentCountWrong => (
                "segment-count-wrong",
                "SE01 is not the number of segments from ST to SE",
                "count the segments again; a difference may mean that part of the file is lost",
            ),
            SetFault::IdentifierInvalid => (
                "set-identifier-invalid",
                "ST01 is not the number of a transaction set",
                "write three digits in ST01, such as 837",
            ),
            SetFault::ControlNumberInvalid => (
                "set-control-number-invalid",
                "ST02 is not four to nine characters",
                "write a control number of four to nine characters in ST02",
            ),
            SetFault::NotOfThisGroup => (
                "set-not-of-group",
                "the transaction set does not belong in a group of this kind",
                "put each kind of transaction set in a group of its own",
            ),
            SetFault::ControlNumberRepeated => (
                "set-control-number-repeated",
                "another transaction set of this group has the same ST02",
                "number the transaction sets of a group apart",
            ),
            SetFault::GuideUnsupported => (
                "set-guide-differs",
                "ST03 names another implementation guide than GS08",
                "write the same guide in ST03 as in GS08",
            ),
        }
    }
}

/// A fault of one segment, or of one that should be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SegmentFault {
    TagUnknown,
    NotInSet,
    Unexpected,
    OutOfSequence,
    Missing,
    LoopMissing,
    LoopTooOften,
    TooOften,
}

impl SegmentFault {
    /// IK304.
    pub const fn ik304(self) -> &'static str {
        match self {
            SegmentFault::TagUnknown => "1",
            SegmentFault::Unexpected => "2",
            SegmentFault::Missing => "3",
            SegmentFault::LoopTooOften => "4",
            SegmentFault::TooOften => "5",
            SegmentFault::NotInSet => "6",
            SegmentFault::OutOfSequence => "7",
            SegmentFault::LoopMissing => "I7",
        }
    }

    const fn words(self) -> Words {
        match self {
            SegmentFault::TagUnknown => (
                "segment-unknown",
                "X12 has no such segment",
                "look for a delimiter inside a value, or a segment that was cut",
            ),
            SegmentFault::NotInSet => (
                "segment-not-in-set",
                "the segment has no place in this transaction set",
                "leave the segment out",
            ),
            SegmentFault::Unexpected => (
                "segment-unexpected",
                "the segment cannot stand here, with this qualifier",
                "check its qualifier, and whether the segment that opens its loop is missing",
            ),
            SegmentFault::OutOfSequence => (
                "segment-out-of-sequence",
                "the segment belongs earlier in its loop",
                "move the segment to its place in the guide's order",
            ),
            SegmentFault::Missing => {
                ("segment-missing", "a required segment is missing", "add the segment")
            }
            SegmentFault::LoopMissing => {
                ("loop-missing", "a required loop is missing", "add at least one such loop")
            }
            SegmentFault::LoopTooOften => (
                "loop-too-often",
                "the loop stands here more often than the guide allows",
                "drop the surplus, or move it to another claim or transaction set",
            ),
            SegmentFault::TooOften => (
                "segment-too-often",
                "the segment stands here more often than the guide allows",
                "drop the surplus",
            ),
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
    CodeInvalid,
    DateInvalid,
    TimeInvalid,
    Excluded,
    NotUsed,
    NumberOutOfSequence,
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
            ElementFault::NotUsed => "I10",
        }
    }

    const fn words(self) -> Words {
        match self {
            ElementFault::Missing => {
                ("element-missing", "a required value is missing", "fill it in")
            }
            ElementFault::ConditionalMissing => (
                "element-conditional-missing",
                "a value is missing that another value of the segment calls for",
                "fill it in, or leave the other value out",
            ),
            ElementFault::TooMany => (
                "elements-too-many",
                "the segment has more elements than the standard gives it",
                "drop the surplus; look for an element separator inside a value",
            ),
            ElementFault::TooManyParts => (
                "components-too-many",
                "the composite has more parts than the standard gives it",
                "drop the surplus; look for a component separator inside a value",
            ),
            ElementFault::TooManyRepeats => (
                "repeats-too-many",
                "the value is repeated more often than the guide allows",
                "drop the surplus; look for a repetition separator inside a value",
            ),
            ElementFault::TooShort => {
                ("element-too-short", "the value is too short", "write it in full")
            }
            ElementFault::TooLong => {
                ("element-too-long", "the value is too long", "shorten it to the guide's length")
            }
            ElementFault::CharacterInvalid => (
                "character-invalid",
                "the value has a character that may not stand there",
                "use the characters that the element's form allows",
            ),
            ElementFault::CodeInvalid => (
                "code-invalid",
                "the value is not one of the guide's codes for this place",
                "use one of the codes that the guide lists",
            ),
            ElementFault::DateInvalid => (
                "date-invalid",
                "the value is not a day, or not in the form that its qualifier announces",
                "write a day of the calendar as CCYYMMDD, a range with a hyphen between",
            ),
            ElementFault::TimeInvalid => {
                ("time-invalid", "the value is not a time of day", "write it as HHMM or HHMMSS")
            }
            ElementFault::Excluded => (
                "element-excluded",
                "two values stand here of which only one may",
                "leave one of them out",
            ),
            ElementFault::NotUsed => {
                ("element-not-used", "the guide does not use this element here", "leave it empty")
            }
            ElementFault::NumberOutOfSequence => (
                "number-out-of-sequence",
                "the number does not follow from those before it",
                "number HL01 through the set and LX01 through the claim from 1, and let HL02 name an open level",
            ),
        }
    }
}

/// A readable name, what is wrong, what to do.
type Words = (&'static str, &'static str, &'static str);

impl Kind {
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
