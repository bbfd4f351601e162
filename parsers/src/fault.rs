//! What can be wrong with an interchange, and the code that each acknowledgment gives for it.
//!
//! A fault is data: it is collected, never thrown. Each has a place to the byte, and none has a
//! value in it, so that a fault may be logged.
//!
//! ```
//! use x12::fault::{ElementFault, Kind};
//!
//! let kind = Kind::Element(ElementFault::DateInvalid);
//! assert_eq!(kind.name(), "date-invalid");
//! assert_eq!(ElementFault::DateInvalid.ik403(), "8");
//! println!("{}; {}; {}", kind.what(), kind.why(), kind.fix());
//! ```

mod all;
pub mod told;
mod words;

use std::fmt;

use crate::guide::row::Tag;
use words::Words;

/// Where something stands. Positions count from 1; 0 stands for the whole.
///
/// ```
/// use x12::delimiters::Delimiters;
/// use x12::fault::Place;
/// use x12::segment::Segment;
///
/// let clm = Segment::new(b"CLM*A1*120***11:B:1", 900, 19, Delimiters::OURS);
/// let Place { offset, segment, element, component, repeat } = clm.place(5, 1);
/// assert_eq!((offset, segment, element, component, repeat), (913, 19, 5, 1, 0));
///
/// // The segment as a whole, and nowhere in particular.
/// assert_eq!(clm.place(0, 0).offset, 900);
/// assert_eq!(Place::default().segment, 0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The byte in the file.
    pub offset: usize,
    /// The segment in its transaction set, ST = 1; 0 outside a set.
    pub segment: u32,
    /// CLM05 is 5; 0 stands for the whole segment.
    pub element: u8,
    /// CLM05-3 is 3; 0 stands for the whole element.
    pub component: u8,
    /// Which repetition of the element, from 1; 0 where it does not repeat.
    pub repeat: u16,
}

impl Place {
    /// What the trade calls it in a segment with this tag.
    ///
    /// ```
    /// use x12::fault::Place;
    ///
    /// let frequency = Place { element: 5, component: 3, ..Place::default() };
    /// assert_eq!(frequency.name_in("CLM"), "CLM05-3");
    /// assert_eq!(Place::default().name_in("CLM"), "CLM");
    /// ```
    pub fn name_in(&self, tag: &str) -> String {
        match (self.element, self.component) {
            (0, _) => tag.to_owned(),
            (element, 0) => format!("{tag}{element:02}"),
            (element, part) => format!("{tag}{element:02}-{part}"),
        }
    }
}

/// Something wrong, and where.
///
/// ```
/// use x12::fault::{ElementFault, Fault, Kind};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/element-faults.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// let dates = Kind::Element(ElementFault::DateInvalid);
/// let fault: &Fault = walked.faults.iter().find(|fault| fault.kind == dates).expect("one");
/// assert_eq!(fault.loop_id, "2010BA");
/// assert_eq!((fault.tag.text().as_str(), fault.place.element), ("DMG", 2));
/// assert_eq!(fault.name, "date of birth");
/// assert_eq!(&file[fault.place.offset..][..8], b"19800231");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: Kind,
    /// Where; of what is missing, where it should stand.
    pub place: Place,
    /// The loop it stands in, or should stand in; empty in the envelope.
    pub loop_id: &'static str,
    /// The segment it concerns: the one that is wrong, or the one that is missing.
    pub tag: Tag,
    /// What the guide table calls the thing; empty when the table does not know it.
    pub name: &'static str,
}

/// At which level a fault lies.
///
/// ```
/// use x12::fault::{GroupFault, InterchangeFault, Kind, SegmentFault};
///
/// /// Which acknowledgment says it, in which element, with which code.
/// fn code_of(kind: Kind) -> (&'static str, &'static str) {
///     match kind {
///         Kind::Interchange(fault) => ("TA105", fault.ta105()),
///         Kind::Group(fault) => ("AK905", fault.ak905()),
///         Kind::Set(fault) => ("IK502", fault.ik502()),
///         Kind::Segment(fault) => ("IK304", fault.ik304()),
///         Kind::Element(fault) => ("IK403", fault.ik403()),
///     }
/// }
///
/// let ends_early = Kind::Interchange(InterchangeFault::EndsEarly);
/// assert_eq!(code_of(ends_early), ("TA105", "023"));
/// assert_eq!(code_of(Kind::Group(GroupFault::TrailerMissing)), ("AK905", "3"));
/// assert_eq!(code_of(Kind::Segment(SegmentFault::TagUnknown)), ("IK304", "1"));
///
/// assert_eq!(ends_early.name(), "ends-early");
/// assert!(!ends_early.what().is_empty() && !ends_early.why().is_empty());
/// assert!(!ends_early.fix().is_empty() && ends_early.trigger().is_none());
/// assert_eq!(ends_early.sentence(), ends_early.what());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of ISA, IEA and what stands between groups.
    Interchange(InterchangeFault),
    /// Of GS and GE.
    Group(GroupFault),
    /// Of ST and SE.
    Set(SetFault),
    /// Of a segment as a whole, or of one that is missing.
    Segment(SegmentFault),
    /// Of an element or a part of one.
    Element(ElementFault),
}

/// A fault that a TA1 answers, rejecting the interchange.
///
/// ```
/// use x12::fault::InterchangeFault;
///
/// assert_eq!(InterchangeFault::ControlNumbersDiffer.ta105(), "001");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InterchangeFault {
    /// TA105 001: the control numbers of ISA13 and IEA02 differ.
    ///
    /// TA105 001: the control numbers of ISA13 and IEA02 differ.
    ControlNumbersDiffer,
    /// TA105 002: ISA11 names a standard that is not supported here.
    StandardUnsupported,
    /// TA105 003: ISA12 names a version of the interchange that is not supported here.
    ///
    /// TA105 003: ISA12 names a version of the interchange that is not supported here.
    VersionUnsupported,
    /// TA105 004: what stands behind ISA16 cannot end segments.
    ///
    /// TA105 004: what stands behind ISA16 cannot end segments.
    TerminatorInvalid,
    /// TA105 005: ISA05 is not a known kind of sender id.
    ///
    /// TA105 005: ISA05 is not a known kind of sender id.
    SenderQualifierInvalid,
    /// TA105 006: ISA06 is not a sender who may use this channel.
    ///
    /// TA105 006: ISA06 is not a sender who may use this channel.
    SenderInvalid,
    /// TA105 007: ISA07 is not a known kind of receiver id.
    ///
    /// TA105 007: ISA07 is not a known kind of receiver id.
    ReceiverQualifierInvalid,
    /// TA105 008: ISA08 is blank or holds what may not stand in an id.
    ///
    /// TA105 008: ISA08 is blank or holds what may not stand in an id.
    ReceiverInvalid,
    /// TA105 009: ISA08 is not a receiver that this gateway speaks for.
    ///
    /// TA105 009: ISA08 is not a receiver that this gateway speaks for.
    ReceiverUnknown,
    /// TA105 010: ISA01 is not 00 or 03.
    ///
    /// TA105 010: ISA01 is not 00 or 03.
    AuthorizationQualifierInvalid,
    /// TA105 011: ISA02 is not ten characters, or is filled in although ISA01 is 00.
    ///
    /// TA105 011: ISA02 is filled in although ISA01 is 00, or holds what is not text.
    AuthorizationInvalid,
    /// TA105 012: ISA03 is not 00 or 01.
    ///
    /// TA105 012: ISA03 is not 00 or 01.
    SecurityQualifierInvalid,
    /// TA105 013: ISA04 is not ten characters.
    ///
    /// TA105 013: ISA04 holds what is not text.
    SecurityInvalid,
    /// TA105 014: ISA09 is not a day of the calendar, or lies in the future.
    ///
    /// TA105 014: ISA09 is not a day of the calendar, or lies in the future.
    DateInvalid,
    /// TA105 015: ISA10 is not a time of day.
    ///
    /// TA105 015: ISA10 is not a time of day.
    TimeInvalid,
    /// TA105 016: ISA11 is neither a repetition separator nor the standards id of older versions.
    StandardInvalid,
    /// TA105 017: ISA12 is not the number of a version.
    ///
    /// TA105 017: ISA12 is not the number of a version.
    VersionInvalid,
    /// TA105 018: ISA13 is not nine digits above zero.
    ///
    /// TA105 018: ISA13 is not nine digits above zero.
    ControlNumberInvalid,
    /// TA105 019: ISA14 is not 0 or 1.
    ///
    /// TA105 019: ISA14 is not 0 or 1.
    AcknowledgmentRequestInvalid,
    /// TA105 020: ISA15 is not the mode of this channel.
    ///
    /// TA105 020: ISA15 is not the mode of this channel.
    UsageInvalid,
    /// TA105 021: IEA01 is not the number of functional groups that stand in the interchange.
    ///
    /// TA105 021: IEA01 is not the number of functional groups that stand in the interchange.
    GroupCountWrong,
    /// TA105 022: an envelope segment stands where none may stand.
    ///
    /// TA105 022: an envelope segment stands where none may stand.
    StructureInvalid,
    /// TA105 023: the file ends before the IEA of this interchange.
    ///
    /// TA105 023: the file ends before the IEA of this interchange.
    EndsEarly,
    /// TA105 024: something other than functional groups and TA1 stands in the interchange.
    ///
    /// TA105 024: something other than functional groups and TA1 stands in the interchange.
    ContentInvalid,
    /// TA105 024: a value of GS or GE is missing, malformed or one too many.
    ///
    /// TA105 024: a value of GS or GE is missing, malformed or one too many.
    GroupHeaderInvalid,
    /// TA105 025: this sender has sent another interchange with the same control number.
    ///
    /// TA105 025: this sender has sent another interchange with the same control number.
    Duplicate,
    /// TA105 026: the element separator does not stand where the fixed width of the ISA puts it.
    ///
    /// TA105 026: the element separator does not stand where the fixed width of the ISA puts it.
    ElementSeparatorInvalid,
    /// TA105 027: ISA16 is no character that separates, or another delimiter.
    ///
    /// TA105 027: ISA16 is no character that separates, or another delimiter.
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
            InterchangeFault::ContentInvalid | InterchangeFault::GroupHeaderInvalid => "024",
            InterchangeFault::Duplicate => "025",
            InterchangeFault::ElementSeparatorInvalid => "026",
            InterchangeFault::ComponentSeparatorInvalid => "027",
        }
    }
}

/// A fault that AK9 of a 999 answers, rejecting the functional group.
///
/// ```
/// use x12::fault::GroupFault;
///
/// assert_eq!(GroupFault::VersionUnsupported.ak905(), "2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupFault {
    /// AK905 1: GS01 names a kind of group that is not taken here.
    ///
    /// AK905 1: GS01 names a kind of group that is not taken here.
    GroupUnsupported,
    /// AK905 2: GS08 names an implementation guide that is not supported here.
    ///
    /// AK905 2: GS08 names an implementation guide that is not supported here.
    VersionUnsupported,
    /// AK905 3: the functional group has no GE.
    ///
    /// AK905 3: the functional group has no GE.
    TrailerMissing,
    /// AK905 4: the control numbers of GS06 and GE02 differ.
    ///
    /// AK905 4: the control numbers of GS06 and GE02 differ.
    ControlNumbersDiffer,
    /// AK905 5: GE01 is not the number of transaction sets that stand in the group.
    ///
    /// AK905 5: GE01 is not the number of transaction sets that stand in the group.
    SetCountWrong,
    /// AK905 5: the functional group has no transaction set, and X12 knows none without.
    ///
    /// AK905 5: the functional group has no transaction set, and X12 knows none without.
    Empty,
    /// AK905 6: GS06 is not a number of one to nine digits.
    ///
    /// AK905 6: GS06 is not a number of one to nine digits.
    ControlNumberInvalid,
    /// AK905 19: another group of this interchange has the same GS06.
    ///
    /// AK905 19: another group of this interchange has the same GS06.
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
            GroupFault::SetCountWrong | GroupFault::Empty => "5",
            GroupFault::ControlNumberInvalid => "6",
            GroupFault::ControlNumberRepeated => "19",
        }
    }

    /// IK502 of each set of the group, where what is wrong with it is wrong with its sets too.
    pub(crate) const fn ik502(self) -> Option<&'static str> {
        match self {
            GroupFault::GroupUnsupported => Some(SetFault::Unsupported.ik502()),
            GroupFault::VersionUnsupported => Some(SetFault::GuideUnsupported.ik502()),
            GroupFault::TrailerMissing
            | GroupFault::ControlNumbersDiffer
            | GroupFault::SetCountWrong
            | GroupFault::Empty
            | GroupFault::ControlNumberInvalid
            | GroupFault::ControlNumberRepeated => None,
        }
    }
}

/// A fault that IK5 of a 999 answers, rejecting the transaction set.
///
/// ```
/// use x12::fault::SetFault;
///
/// assert_eq!(SetFault::SegmentCountWrong.ik502(), "4");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetFault {
    /// IK502 1: ST01 names a transaction set that is not taken here.
    ///
    /// IK502 1: ST01 names a transaction set that is not taken here.
    Unsupported,
    /// IK502 2: the transaction set has no SE.
    ///
    /// IK502 2: the transaction set has no SE.
    TrailerMissing,
    /// IK502 3: the control numbers of ST02 and SE02 differ.
    ///
    /// IK502 3: the control numbers of ST02 and SE02 differ.
    ControlNumbersDiffer,
    /// IK502 4: SE01 is not the number of segments from ST to SE.
    ///
    /// IK502 4: SE01 is not the number of segments from ST to SE.
    SegmentCountWrong,
    /// IK502 5: a segment is so large that a stream does not take it.
    SegmentTooLarge,
    /// IK502 6: ST01 is not the number of a transaction set.
    ///
    /// IK502 6: ST01 is not the number of a transaction set.
    IdentifierInvalid,
    /// IK502 7: ST02 is not four to nine characters.
    ///
    /// IK502 7: ST02 is not four to nine characters.
    ControlNumberInvalid,
    /// IK502 18: the transaction set does not belong in a group of this kind.
    ///
    /// IK502 18: the transaction set does not belong in a group of this kind.
    NotOfThisGroup,
    /// IK502 23: another transaction set of this group has the same ST02.
    ///
    /// IK502 23: another transaction set of this group has the same ST02.
    ControlNumberRepeated,
    /// IK502 19: ST03 does not have the form of an implementation guide's name.
    GuideInvalid,
    /// IK502 I6: ST03 names another implementation guide than GS08.
    ///
    /// IK502 I6: ST03 names another implementation guide than GS08.
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
            SetFault::SegmentTooLarge => "5",
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
///
/// ```
/// use x12::fault::{ElementFault, Layer, SegmentFault};
///
/// assert_eq!(SegmentFault::TagUnknown.layer(), Layer::Standard);
/// assert_eq!(SegmentFault::Missing.layer(), Layer::Guide);
/// assert_eq!(ElementFault::CodeNotUsed.layer(), Some(Layer::Guide));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The base standard; IK502 says 5.
    Standard,
    /// The implementation guide; IK502 says I5.
    Guide,
}

/// What made a segment or an element required, or not used: a value elsewhere in the set.
///
/// ```
/// use x12::fault::{Kind, SegmentFault, Trigger};
///
/// // Whoever says that the subscriber is the patient (SBR02) gives day of birth and sex (DMG).
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/cut-in-the-middle.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// let triggers = walked.faults.iter().filter_map(|fault| fault.kind.trigger());
/// let Trigger { tag, loop_id, place, .. } = triggers.last().expect("one");
/// assert_eq!((loop_id, tag.text().as_str(), place.element), ("2000B", "SBR", 2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trigger {
    /// Which of the guide's dependencies, by a name that is stable for ever.
    pub condition: &'static str,
    /// The segment that holds the value, and its loop.
    pub tag: Tag,
    /// The loop that the segment stands in.
    pub loop_id: &'static str,
    /// Where the value stands.
    pub place: Place,
}

/// A fault of one segment, or of one that should be there.
///
/// ```
/// use x12::fault::{Layer, SegmentFault};
///
/// assert_eq!(SegmentFault::OutOfSequence.ik304(), "7");
/// assert_eq!(SegmentFault::OutOfSequence.layer(), Layer::Standard);
/// assert!(SegmentFault::LoopMissing.is_absence());
/// assert!(SegmentFault::TooOften.trigger().is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SegmentFault {
    /// IK304 1: X12 has no such segment.
    ///
    /// IK304 1: X12 has no such segment.
    TagUnknown,
    /// IK304 6: the segment has no place in this transaction set.
    ///
    /// IK304 6: the segment has no place in this transaction set.
    NotInSet,
    /// IK304 2: the segment cannot stand here, with this qualifier.
    ///
    /// IK304 2: the segment cannot stand here, with this qualifier.
    Unexpected,
    /// IK304 7: the segment belongs earlier in its loop.
    ///
    /// IK304 7: the segment belongs earlier in its loop.
    OutOfSequence,
    /// The standard demands the segment.
    ///
    /// IK304 3: a segment is missing that X12 itself demands.
    ///
    /// IK304 3: a segment is missing that X12 itself demands.
    MandatoryMissing,
    /// Only the guide demands it.
    ///
    /// IK304 I8: a required segment is missing.
    ///
    /// IK304 I8: a required segment is missing.
    Missing,
    /// IK304 I7: a required loop is missing.
    ///
    /// IK304 I7: a required loop is missing.
    LoopMissing,
    /// More runs of a loop than the standard has room for.
    ///
    /// IK304 4: the loop stands here more often than X12 itself has room for.
    ///
    /// IK304 4: the loop stands here more often than X12 itself has room for.
    LoopOverMaximum,
    /// More than the guide allows, though the standard has room.
    ///
    /// IK304 4: the loop stands here more often than the guide allows.
    ///
    /// IK304 4: the loop stands here more often than the guide allows.
    LoopTooOften,
    /// More segments than the standard has room for.
    ///
    /// IK304 5: the segment stands here more often than X12 itself has room for.
    ///
    /// IK304 5: the segment stands here more often than X12 itself has room for.
    OverMaximum,
    /// More than the guide allows, though the standard has room.
    ///
    /// IK304 5: the segment stands here more often than the guide allows.
    ///
    /// IK304 5: the segment stands here more often than the guide allows.
    TooOften,
    /// The standard has the segment at this place, the guide has not.
    ///
    /// IK304 I4: the guide does not use this segment here, or not with this qualifier.
    ///
    /// IK304 I4: the guide does not use this segment here, or not with this qualifier.
    NotUsed,
    /// IK304 I6: a segment is missing that another value of the set calls for.
    ///
    /// IK304 I6: a segment is missing that another value of the set calls for.
    DependentMissing(Trigger),
    /// IK304 I9: the segment may not stand here beside another value of the set.
    ///
    /// IK304 I9: the segment may not stand here beside another value of the set.
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
///
/// ```
/// use x12::fault::{ElementFault, Layer};
///
/// assert_eq!(ElementFault::CodeInvalid.ik403(), "7");
/// assert_eq!(ElementFault::CodeInvalid.layer(), Some(Layer::Standard));
/// // A value may be too long by the standard or by the guide alone.
/// assert_eq!(ElementFault::TooLong.layer(), None);
/// assert!(ElementFault::TooLong.trigger().is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ElementFault {
    /// IK403 1: a required value is missing.
    ///
    /// IK403 1: a required value is missing.
    Missing,
    /// IK403 2: a value is missing that another value of the segment calls for.
    ///
    /// IK403 2: a value is missing that another value of the segment calls for.
    ConditionalMissing,
    /// IK403 3: the segment has more elements than the standard gives it.
    ///
    /// IK403 3: the segment has more elements than the standard gives it.
    TooMany,
    /// IK403 13: the composite has more parts than the standard gives it.
    ///
    /// IK403 13: the composite has more parts than the standard gives it.
    TooManyParts,
    /// IK403 12: the value is repeated more often than the guide allows.
    ///
    /// IK403 12: the value is repeated more often than the guide allows.
    TooManyRepeats,
    /// IK403 4: the value is too short.
    ///
    /// IK403 4: the value is too short.
    TooShort,
    /// IK403 5: the value is too long.
    ///
    /// IK403 5: the value is too long.
    TooLong,
    /// IK403 5: an NPI stands where its qualifier belongs, and all before it a place too early.
    ///
    /// IK403 5: an NPI stands where its qualifier belongs, and all before it a place too early.
    Displaced,
    /// IK403 6: the value has a character that may not stand there.
    ///
    /// IK403 6: the value has a character that may not stand there.
    CharacterInvalid,
    /// Not a code of the standard.
    ///
    /// IK403 7: the value is not a code that X12 has for this element.
    ///
    /// IK403 7: the value is not a code that X12 has for this element.
    CodeInvalid,
    /// A code of the standard that the guide does not use here.
    ///
    /// IK403 I6: the value is a code of X12 that the guide does not use at this place.
    ///
    /// IK403 I6: the value is a code of X12 that the guide does not use at this place.
    CodeNotUsed,
    /// IK403 8: the value is not a day, or not in the form that its qualifier announces.
    ///
    /// IK403 8: the value is not a day, or not in the form that its qualifier announces.
    DateInvalid,
    /// IK403 9: the value is not a time of day.
    ///
    /// IK403 9: the value is not a time of day.
    TimeInvalid,
    /// IK403 10: two values stand here of which only one may.
    ///
    /// IK403 10: two values stand here of which only one may.
    Excluded,
    /// IK403 I10: the guide does not use this element here.
    ///
    /// IK403 I10: the guide does not use this element here.
    NotUsed,
    /// IK403 7: the number does not follow from those before it.
    ///
    /// IK403 7: the number does not follow from those before it.
    NumberOutOfSequence,
    /// IK403 7: HL04 says that a level follows below and none does, or the opposite.
    LevelsBelowDiffer,
    /// IK403 I9: a value is missing that another value of the set calls for.
    ///
    /// IK403 I9: a value is missing that another value of the set calls for.
    DependentMissing(Trigger),
    /// IK403 I13: the value may not stand here beside another value of the set.
    ///
    /// IK403 I13: the value may not stand here beside another value of the set.
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
            ElementFault::TooLong | ElementFault::Displaced => "5",
            ElementFault::CharacterInvalid => "6",
            ElementFault::CodeInvalid
            | ElementFault::NumberOutOfSequence
            | ElementFault::LevelsBelowDiffer => "7",
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
            | ElementFault::Displaced
            | ElementFault::CharacterInvalid
            | ElementFault::CodeInvalid
            | ElementFault::DateInvalid
            | ElementFault::TimeInvalid
            | ElementFault::Excluded
            | ElementFault::NumberOutOfSequence
            | ElementFault::LevelsBelowDiffer => Some(Layer::Standard),
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
            | ElementFault::Displaced
            | ElementFault::CharacterInvalid
            | ElementFault::CodeInvalid
            | ElementFault::CodeNotUsed
            | ElementFault::DateInvalid
            | ElementFault::TimeInvalid
            | ElementFault::Excluded
            | ElementFault::NotUsed
            | ElementFault::NumberOutOfSequence
            | ElementFault::LevelsBelowDiffer => None,
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

    /// What is wrong, with the value elsewhere that makes it so, where one does: never the value
    /// itself.
    ///
    /// ```
    /// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
    /// // The submitter is an organization, and has no first name.
    /// let text = String::from_utf8_lossy(FILE).replacen("*****46*", "*ANNA****46*", 1);
    /// let reading = x12::interchange::read(&text.into_bytes().into());
    /// # let interchange = &reading.interchanges[0];
    /// # let set = &interchange.groups[0].sets[0];
    /// # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
    /// let walked = x12::walk::walk(interchange, set, guide);
    /// assert!(walked.faults[0].kind.sentence().ends_with(", NM102 of loop 1000A"));
    /// ```
    pub fn sentence(self) -> String {
        match self.trigger() {
            Some(trigger) => format!("{}, {trigger}", self.what()),
            None => self.what().to_owned(),
        }
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
        write!(f, "{gap}{}; {}", self.kind.sentence(), self.kind.fix())
    }
}

/// Where the value stands: `SBR02 of loop 2000B`.
impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { element, component, .. } = self.place;
        write!(f, "{:?}", self.tag)?;
        match (element, component) {
            (0, _) => {}
            (element, 0) => write!(f, "{element:02}")?,
            (element, part) => write!(f, "{element:02}-{part}")?,
        }
        write!(f, " of loop {}", self.loop_id)
    }
}
