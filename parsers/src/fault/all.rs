//! Every fault that there is, for references of them.

use super::{
    ElementFault, GroupFault, InterchangeFault, Kind, Place, SegmentFault, SetFault, Trigger,
};
use crate::guide::row::Tag;

impl Kind {
    /// Every fault, those of the outermost envelope first. What another value brings about has an empty
    /// trigger.
    ///
    /// ```
    /// use x12::fault::Kind;
    ///
    /// let named = |name| Kind::all().find(|kind| kind.name() == name);
    /// let not_used = named("element-not-used").expect("a fault of elements");
    /// assert_eq!(not_used.fix(), "leave it empty");
    /// ```
    pub fn all() -> impl Iterator<Item = Kind> {
        let of_envelopes = OF_INTERCHANGES.into_iter().map(Kind::Interchange);
        let of_groups = OF_GROUPS.into_iter().map(Kind::Group);
        let of_sets = OF_SETS.into_iter().map(Kind::Set);
        let of_segments = OF_SEGMENTS.into_iter().map(Kind::Segment);
        let of_elements = OF_ELEMENTS.into_iter().map(Kind::Element);
        of_envelopes.chain(of_groups).chain(of_sets).chain(of_segments).chain(of_elements)
    }
}

/// Whatever brings a fault about.
const ANYTHING: Trigger = Trigger {
    condition: "",
    tag: Tag::new(b""),
    loop_id: "",
    place: Place { offset: 0, segment: 0, element: 0, component: 0, repeat: 0 },
};

const OF_INTERCHANGES: [InterchangeFault; 28] = [
    InterchangeFault::ControlNumbersDiffer,
    InterchangeFault::StandardUnsupported,
    InterchangeFault::VersionUnsupported,
    InterchangeFault::TerminatorInvalid,
    InterchangeFault::SenderQualifierInvalid,
    InterchangeFault::SenderInvalid,
    InterchangeFault::ReceiverQualifierInvalid,
    InterchangeFault::ReceiverInvalid,
    InterchangeFault::ReceiverUnknown,
    InterchangeFault::AuthorizationQualifierInvalid,
    InterchangeFault::AuthorizationInvalid,
    InterchangeFault::SecurityQualifierInvalid,
    InterchangeFault::SecurityInvalid,
    InterchangeFault::DateInvalid,
    InterchangeFault::TimeInvalid,
    InterchangeFault::StandardInvalid,
    InterchangeFault::VersionInvalid,
    InterchangeFault::ControlNumberInvalid,
    InterchangeFault::AcknowledgmentRequestInvalid,
    InterchangeFault::UsageInvalid,
    InterchangeFault::GroupCountWrong,
    InterchangeFault::StructureInvalid,
    InterchangeFault::EndsEarly,
    InterchangeFault::ContentInvalid,
    InterchangeFault::GroupHeaderInvalid,
    InterchangeFault::Duplicate,
    InterchangeFault::ElementSeparatorInvalid,
    InterchangeFault::ComponentSeparatorInvalid,
];

const OF_GROUPS: [GroupFault; 8] = [
    GroupFault::GroupUnsupported,
    GroupFault::VersionUnsupported,
    GroupFault::TrailerMissing,
    GroupFault::ControlNumbersDiffer,
    GroupFault::SetCountWrong,
    GroupFault::Empty,
    GroupFault::ControlNumberInvalid,
    GroupFault::ControlNumberRepeated,
];

const OF_SETS: [SetFault; 11] = [
    SetFault::Unsupported,
    SetFault::TrailerMissing,
    SetFault::ControlNumbersDiffer,
    SetFault::SegmentCountWrong,
    SetFault::SegmentTooLarge,
    SetFault::IdentifierInvalid,
    SetFault::ControlNumberInvalid,
    SetFault::NotOfThisGroup,
    SetFault::ControlNumberRepeated,
    SetFault::GuideInvalid,
    SetFault::GuideUnsupported,
];

const OF_SEGMENTS: [SegmentFault; 14] = [
    SegmentFault::TagUnknown,
    SegmentFault::NotInSet,
    SegmentFault::Unexpected,
    SegmentFault::OutOfSequence,
    SegmentFault::MandatoryMissing,
    SegmentFault::Missing,
    SegmentFault::LoopMissing,
    SegmentFault::LoopOverMaximum,
    SegmentFault::LoopTooOften,
    SegmentFault::OverMaximum,
    SegmentFault::TooOften,
    SegmentFault::NotUsed,
    SegmentFault::DependentMissing(ANYTHING),
    SegmentFault::DependentNotUsed(ANYTHING),
];

const OF_ELEMENTS: [ElementFault; 19] = [
    ElementFault::Missing,
    ElementFault::ConditionalMissing,
    ElementFault::TooMany,
    ElementFault::TooManyParts,
    ElementFault::TooManyRepeats,
    ElementFault::TooShort,
    ElementFault::TooLong,
    ElementFault::Displaced,
    ElementFault::CharacterInvalid,
    ElementFault::CodeInvalid,
    ElementFault::CodeNotUsed,
    ElementFault::DateInvalid,
    ElementFault::TimeInvalid,
    ElementFault::Excluded,
    ElementFault::NotUsed,
    ElementFault::NumberOutOfSequence,
    ElementFault::LevelsBelowDiffer,
    ElementFault::DependentMissing(ANYTHING),
    ElementFault::DependentNotUsed(ANYTHING),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The words of each fault stand in a match that misses none.
    #[test]
    fn no_fault_is_left_out() {
        let words = include_str!("words.rs");
        let quoted = words.lines().filter_map(|line| {
            let text = line.trim().trim_start_matches('(').strip_prefix('"')?;
            text.split_once("\",").map(|(name, _)| name)
        });
        let is_name =
            |name: &&str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let known: BTreeSet<&str> = Kind::all().map(Kind::name).collect();
        assert_eq!(quoted.filter(is_name).collect::<BTreeSet<&str>>(), known);
        assert_eq!(Kind::all().count(), known.len(), "two have one name");
    }
}
