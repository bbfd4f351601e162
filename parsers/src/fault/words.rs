//! Each fault in words: a readable name, what is wrong, what to do.

use super::{ElementFault, GroupFault, InterchangeFault, SegmentFault, SetFault};

/// A readable name that is stable for ever, what is wrong, what to do.
pub(super) type Words = (&'static str, &'static str, &'static str);

impl InterchangeFault {
    pub(super) const fn words(self) -> Words {
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
                "what stands behind ISA16 cannot end segments: a letter, digit, blank or other delimiter",
                "use four different characters as delimiters, no letters, digits or blanks",
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
                "ISA08 is blank or holds what may not stand in an id",
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
                "move every transaction set into a functional group",
            ),
            InterchangeFault::GroupHeaderInvalid => (
                "group-header-invalid",
                "this value of the group's envelope is missing, malformed or one too many",
                "write ids of 2 to 15 characters, a day, a time and X into GS02 to GS05 and GS07",
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
                "ISA16 cannot separate parts: it is a letter, digit, blank or another delimiter",
                "use four different characters as delimiters, no letters, digits or blanks",
            ),
        }
    }
}

impl GroupFault {
    pub(super) const fn words(self) -> Words {
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
            GroupFault::Empty => (
                "group-empty",
                "the functional group has no transaction set",
                "leave the group out, or look for sets that were lost",
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

impl SetFault {
    pub(super) const fn words(self) -> Words {
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
            SetFault::SegmentTooLarge => (
                "segment-too-large",
                "the segment is larger than any may be, and was not read to its end",
                "look for a terminator that was lost, and for text that is no X12",
            ),
            SetFault::GuideInvalid => (
                "set-guide-invalid",
                "ST03 does not have the form of an implementation guide's name",
                "write the same guide in ST03 as in GS08, such as 005010X222A1",
            ),
            SetFault::GuideUnsupported => (
                "set-guide-differs",
                "ST03 names another implementation guide than GS08",
                "write the same guide in ST03 as in GS08",
            ),
        }
    }
}

impl SegmentFault {
    pub(super) const fn words(self) -> Words {
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
            SegmentFault::MandatoryMissing => (
                "segment-mandatory-missing",
                "a segment is missing that X12 itself demands",
                "add the segment",
            ),
            SegmentFault::Missing => {
                ("segment-missing", "a required segment is missing", "add the segment")
            }
            SegmentFault::LoopMissing => {
                ("loop-missing", "a required loop is missing", "add at least one such loop")
            }
            SegmentFault::LoopOverMaximum => (
                "loop-over-maximum",
                "the loop stands here more often than X12 itself has room for",
                "drop the surplus, or move it to another claim or transaction set",
            ),
            SegmentFault::LoopTooOften => (
                "loop-too-often",
                "the loop stands here more often than the guide allows",
                "drop the surplus, or move it to another claim or transaction set",
            ),
            SegmentFault::OverMaximum => (
                "segment-over-maximum",
                "the segment stands here more often than X12 itself has room for",
                "drop the surplus",
            ),
            SegmentFault::TooOften => (
                "segment-too-often",
                "the segment stands here more often than the guide allows",
                "drop the surplus",
            ),
            SegmentFault::NotUsed => (
                "segment-not-used",
                "the guide does not use this segment here, or not with this qualifier",
                "leave the segment out, or check its qualifier",
            ),
            SegmentFault::DependentMissing(_) => (
                "segment-dependent-missing",
                "a segment is missing that another value of the set calls for",
                "add the segment, or correct the value that calls for it",
            ),
            SegmentFault::DependentNotUsed(_) => (
                "segment-dependent-not-used",
                "the segment may not stand here beside another value of the set",
                "leave the segment out, or correct the value that rules it out",
            ),
        }
    }
}

impl ElementFault {
    pub(super) const fn words(self) -> Words {
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
                "the value is not a code that X12 has for this element",
                "use one of the codes that the guide lists",
            ),
            ElementFault::CodeNotUsed => (
                "code-not-used",
                "the value is a code of X12 that the guide does not use at this place",
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
            ElementFault::DependentMissing(_) => (
                "element-dependent-missing",
                "a value is missing that another value of the set calls for",
                "fill it in, or correct the value that calls for it",
            ),
            ElementFault::DependentNotUsed(_) => (
                "element-dependent-not-used",
                "the value may not stand here beside another value of the set",
                "leave it empty, or correct the value that rules it out",
            ),
            ElementFault::LevelsBelowDiffer => (
                "levels-below-differ",
                "HL04 says the opposite of what follows",
                "write 1 in HL04 where an HL follows that names this one in HL02, else 0",
            ),
            ElementFault::NumberOutOfSequence => (
                "number-out-of-sequence",
                "the number does not follow from those before it",
                "number HL01 through the set and LX01 through the claim from 1, and let HL02 name an open level",
            ),
        }
    }
}
