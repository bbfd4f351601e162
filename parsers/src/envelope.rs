//! How ISA, GS and ST nest, and whether their trailers agree with them.

use std::collections::HashSet;

use crate::delimiters::{Delimiters, can_delimit};
use crate::fault::{Fault, GroupFault, InterchangeFault, Kind, Place, SetFault};
use crate::guide::row::Tag;
use crate::interchange::{Group, Interchange, Set};
use crate::segment::Segment;
use crate::value::{Day, is_time};

const GS: Tag = Tag::new(b"GS");
const GE: Tag = Tag::new(b"GE");
const ST: Tag = Tag::new(b"ST");
const SE: Tag = Tag::new(b"SE");
const ISA: Tag = Tag::new(b"ISA");
const IEA: Tag = Tag::new(b"IEA");
const TA1: Tag = Tag::new(b"TA1");

/// Kinds of sender and receiver ids, ISA05 and ISA07.
const ID_QUALIFIERS: [&[u8]; 9] = [b"01", b"14", b"20", b"27", b"28", b"29", b"30", b"33", b"ZZ"];

/// Checks the sixteen elements of the ISA.
pub(crate) fn check_header(interchange: &mut Interchange, fixed_width: bool) {
    use InterchangeFault as F;
    const ELEMENTS: usize = 16;
    let isa = interchange.header();
    if isa.elements().count() > ELEMENTS + 1 {
        // A separator inside a value moves all that follows; nothing more can be said of it.
        let offset = isa.place(ELEMENTS + 1, 0).offset;
        return interchange.report(F::ElementSeparatorInvalid, offset, ISA);
    }
    let blank = |n: usize| isa.text(n).iter().all(|&byte| byte == b' ');
    let one_of = |n: usize, codes: &[&[u8]]| codes.contains(&isa.text(n));
    let digits = |n: usize, len: usize| {
        isa.text(n).len() == len && isa.text(n).iter().all(u8::is_ascii_digit)
    };
    let authorization_fits = isa.text(1) != b"00" || blank(2);
    let version_known = one_of(12, &[b"00501"]);
    let wrong = [
        (!fixed_width, 16, F::ElementSeparatorInvalid),
        (!one_of(1, &[b"00", b"03"]), 1, F::AuthorizationQualifierInvalid),
        (!authorization_fits, 2, F::AuthorizationInvalid),
        (!one_of(3, &[b"00", b"01"]), 3, F::SecurityQualifierInvalid),
        (!one_of(5, &ID_QUALIFIERS), 5, F::SenderQualifierInvalid),
        (blank(6), 6, F::SenderInvalid),
        (!one_of(7, &ID_QUALIFIERS), 7, F::ReceiverQualifierInvalid),
        (blank(8), 8, F::ReceiverInvalid),
        (Day::parse_short(isa.text(9)).is_none(), 9, F::DateInvalid),
        (!is_time(isa.text(10)), 10, F::TimeInvalid),
        (!digits(12, 5), 12, F::VersionInvalid),
        (digits(12, 5) && !version_known, 12, F::VersionUnsupported),
        (!digits(13, 9) || isa.text(13) == b"000000000", 13, F::ControlNumberInvalid),
        (!one_of(14, &[b"0", b"1"]), 14, F::AcknowledgmentRequestInvalid),
        (!one_of(15, &[b"P", b"T"]), 15, F::UsageInvalid),
    ];
    let found: Vec<_> = wrong
        .into_iter()
        .filter(|&(is_wrong, _, _)| is_wrong)
        .map(|(_, element, fault)| (fault, isa.place(element, 0).offset))
        .chain(delimiters_that_clash(&isa))
        .collect();
    for (fault, offset) in found {
        interchange.report(fault, offset, ISA);
    }
}

fn delimiters_that_clash(isa: &Segment<'_>) -> Option<(InterchangeFault, usize)> {
    let Delimiters { element, component, repetition, segment } = isa.delimiters();
    let end = isa.end();
    if segment == element || Some(segment) == repetition {
        return Some((InterchangeFault::TerminatorInvalid, end));
    }
    let clash = [Some(element), Some(segment), repetition].contains(&Some(component))
        || !can_delimit(component);
    clash.then(|| (InterchangeFault::ComponentSeparatorInvalid, isa.place(16, 0).offset))
}

/// Sorts the segments into groups and sets, and checks every trailer.
pub(crate) fn nest(interchange: &mut Interchange) {
    let mut nesting = Nesting::default();
    for index in 1..interchange.segment_count() as u32 {
        nesting.take(interchange, index);
    }
    nesting.close_group(interchange, interchange.segment_count() as u32, None);
}

/// Which envelopes are open, and what has to be remembered of those before.
#[derive(Debug, Default)]
pub(crate) struct Nesting {
    pub open_group: Option<Group>,
    /// The ST of the set that is open.
    pub open_set: Option<u32>,
    /// Segments of the open set that are not kept: it is larger than a stream takes.
    pub dropped: u32,
    group_count: usize,
    /// GS06 of every group so far, and ST02 of every set of the open group.
    group_numbers: HashSet<Vec<u8>>,
    set_numbers: HashSet<Vec<u8>>,
}

/// Whether a segment with this tag stands in a set, if one is open.
pub(crate) const fn stays_in_set(tag: Tag) -> bool {
    !(tag.is(GS) || tag.is(GE) || tag.is(ST) || tag.is(SE) || tag.is(IEA))
}

impl Nesting {
    /// Takes the next segment of an interchange.
    pub(crate) fn take(&mut self, interchange: &mut Interchange, index: u32) {
        let segment = interchange.segment(index, 0);
        match segment.tag() {
            GS => {
                self.close_group(interchange, index, None);
                self.open_group = Some(Group {
                    header: index,
                    trailer: None,
                    sets: Vec::new(),
                    set_count: 0,
                    faults: Vec::new(),
                });
            }
            GE if self.open_group.is_some() => {
                self.close_group(interchange, index, Some(index));
            }
            ST if self.open_group.is_some() => {
                self.close_set(interchange, index, None);
                self.open_set = Some(index);
            }
            SE if self.open_set.is_some() => {
                self.close_set(interchange, index, Some(index));
            }
            IEA => {
                self.close_group(interchange, index, None);
                check_trailer(interchange, index, self.group_count);
            }
            TA1 if self.open_set.is_none() => interchange.push_ta1(index),
            GE | SE => {
                let offset = segment.offset();
                interchange.report(InterchangeFault::StructureInvalid, offset, SE);
            }
            _ if self.open_set.is_some() => {}
            tag => {
                let offset = segment.offset();
                interchange.report(InterchangeFault::ContentInvalid, offset, tag);
            }
        }
    }

    /// Closes the open set with its SE, or without one before segment `next`.
    pub(crate) fn close_set(&mut self, interchange: &Interchange, next: u32, trailer: Option<u32>) {
        let (Some(start), Some(group)) = (self.open_set.take(), &mut self.open_group) else {
            return;
        };
        let end = trailer.map_or(next, |index| index + 1);
        let mut set =
            Set { segments: start..end, has_trailer: trailer.is_some(), faults: Vec::new() };
        let number = interchange.set_header(&set).text(2).to_vec();
        let is_repeated = !self.set_numbers.insert(number);
        let count = set.segment_count() + std::mem::take(&mut self.dropped);
        check_set(interchange, group, &mut set, trailer.map(|index| (index, count)), is_repeated);
        group.sets.push(set);
        group.set_count += 1;
    }

    pub(crate) fn close_group(
        &mut self,
        interchange: &mut Interchange,
        next: u32,
        trailer: Option<u32>,
    ) {
        self.close_set(interchange, next, None);
        self.set_numbers.clear();
        if let Some(mut group) = self.open_group.take() {
            group.trailer = trailer;
            let number = interchange.group_header(&group).text(6).to_vec();
            let is_repeated = !self.group_numbers.insert(number);
            check_group(interchange, &mut group, is_repeated);
            interchange.groups.push(group);
            self.group_count += 1;
        }
    }
}

fn check_set(
    interchange: &Interchange,
    group: &Group,
    set: &mut Set,
    trailer: Option<(u32, u32)>,
    is_repeated: bool,
) {
    use SetFault as F;
    let st = interchange.set_header(set);
    let control_number = st.text(2);
    let gs = interchange.group_header(group);
    let mut faults = Vec::new();
    let mut note = |is_wrong: bool, fault: SetFault, segment: &Segment<'_>, element: usize| {
        if is_wrong {
            let place = segment.place(element, 0);
            let (tag, kind) = (segment.tag(), Kind::Set(fault));
            faults.push(Fault { kind, place, loop_id: "", tag, name: "" });
        }
    };
    let id_is_set = st.text(1).len() == 3 && st.text(1).iter().all(u8::is_ascii_digit);
    note(!id_is_set, F::IdentifierInvalid, &st, 1);
    note(!(4..=9).contains(&control_number.len()), F::ControlNumberInvalid, &st, 2);
    note(is_repeated, F::ControlNumberRepeated, &st, 2);
    let belongs = match gs.text(1) {
        b"HC" => st.text(1) == b"837",
        b"HP" => st.text(1) == b"835",
        b"FA" => st.text(1) == b"999" || st.text(1) == b"997",
        b"HN" => st.text(1) == b"277",
        _ => true,
    };
    note(id_is_set && !belongs, F::NotOfThisGroup, &st, 1);
    let convention = st.text(3);
    note(!convention.is_empty() && convention != gs.text(8), F::GuideUnsupported, &st, 3);
    match trailer {
        None => note(true, F::TrailerMissing, &st, 0),
        Some((index, counted)) => {
            let se = interchange.segment(index, counted);
            let count = std::str::from_utf8(se.text(1)).ok().and_then(|text| text.parse().ok());
            note(count != Some(counted), F::SegmentCountWrong, &se, 1);
            note(se.text(2) != control_number, F::ControlNumbersDiffer, &se, 2);
        }
    }
    set.faults = faults;
}

fn check_group(interchange: &mut Interchange, group: &mut Group, is_repeated: bool) {
    use GroupFault as F;
    let gs = interchange.group_header(group);
    let control_number = gs.text(6);
    let number_fits =
        (1..=9).contains(&control_number.len()) && control_number.iter().all(u8::is_ascii_digit);
    let mut faults = Vec::new();
    let mut note = |is_wrong: bool, fault: GroupFault, segment: &Segment<'_>, element: usize| {
        if is_wrong {
            let place = Place { segment: 0, ..segment.place(element, 0) };
            let (tag, kind) = (segment.tag(), Kind::Group(fault));
            faults.push(Fault { kind, place, loop_id: "", tag, name: "" });
        }
    };
    note(!number_fits, F::ControlNumberInvalid, &gs, 6);
    note(is_repeated, F::ControlNumberRepeated, &gs, 6);
    match interchange.group_trailer(group) {
        None => note(true, F::TrailerMissing, &gs, 0),
        Some(ge) => {
            let count = std::str::from_utf8(ge.text(1)).ok().and_then(|text| text.parse().ok());
            note(count != Some(group.set_count), F::SetCountWrong, &ge, 1);
            note(ge.text(2) != control_number, F::ControlNumbersDiffer, &ge, 2);
        }
    }
    let has_ids = (2..=15).contains(&gs.text(2).len()) && (2..=15).contains(&gs.text(3).len());
    let dated = Day::parse(gs.text(4)).is_some() && is_time(gs.text(5));
    let offset = gs.offset();
    let content_fits = has_ids && dated && gs.text(7) == b"X";
    group.faults = faults;
    if !content_fits {
        interchange.report(InterchangeFault::ContentInvalid, offset, GS);
    }
}

fn check_trailer(interchange: &mut Interchange, index: u32, group_count: usize) {
    let iea = interchange.segment(index, 0);
    let count = std::str::from_utf8(iea.text(1)).ok().and_then(|text| text.parse().ok());
    let (count_place, number_place) = (iea.place(1, 0).offset, iea.place(2, 0).offset);
    let count_fits = count == Some(group_count);
    let number_fits = iea.text(2) == interchange.header().text(13);
    if !count_fits {
        interchange.report(InterchangeFault::GroupCountWrong, count_place, IEA);
    }
    if !number_fits {
        interchange.report(InterchangeFault::ControlNumbersDiffer, number_place, IEA);
    }
}
