//! How ISA, GS and ST nest, and whether their trailers agree with them.

use std::collections::HashSet;

use crate::check::{Checker, is_one_of};
use crate::delimiters::{
    Delimiters, FIRST_WITH_REPETITION, Header, SEPARATORS, can_delimit, fixed_field,
};
use crate::fault::told::Told;
use crate::fault::{Fault, GroupFault, InterchangeFault, Kind, Place, SetFault};
use crate::guide::control;
use crate::guide::row::{Row, Tag};
use crate::guide::shared::Values;
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

/// How many elements an ISA has.
pub(crate) const ISA_ELEMENTS: usize = 16;

/// Checks the sixteen elements of the ISA.
pub(crate) fn check_header(interchange: &mut Interchange, header: &Header) {
    use InterchangeFault as F;
    let isa = interchange.header();
    // The component separator may be the element separator, in its place.
    let doubled = usize::from(isa.delimiters().component == isa.delimiters().element);
    if isa.elements().count() > ISA_ELEMENTS + 1 + doubled {
        // A separator inside a value moves all that follows; nothing more can be said of it.
        let offset = isa.place(ISA_ELEMENTS + 1, 0).offset;
        return interchange.report(F::ElementSeparatorInvalid, offset, ISA);
    }
    let blank = |n: usize| isa.text(n).iter().all(|&byte| byte == b' ');
    let one_of = |n: usize, codes: Values| is_one_of(codes, isa.text(n));
    let digits = |n: usize, len: usize| {
        isa.text(n).len() == len && isa.text(n).iter().all(u8::is_ascii_digit)
    };
    let is_text = |n: usize| isa.text(n).iter().all(|byte| matches!(byte, b' '..=b'~'));
    let authorization_fits = is_text(2) && (isa.text(1) != b"00" || blank(2));
    let version_known = one_of(12, control::VERSIONS);
    // Up to 00401 ISA11 is the id of a standard, and later the repetition separator; some go on
    // writing the id, and repeat nothing.
    let is_before_repetition = digits(12, 5) && isa.text(12) < FIRST_WITH_REPETITION;
    let separates = isa.delimiters().repetition.is_some() || isa.text(11) == b"U";
    let wrong = [
        (!header.fixed_width, first_of_wrong_width(&isa), F::ElementSeparatorInvalid),
        (!one_of(1, control::AUTHORIZATION_QUALIFIERS), 1, F::AuthorizationQualifierInvalid),
        (!authorization_fits, 2, F::AuthorizationInvalid),
        (!one_of(3, control::SECURITY_QUALIFIERS), 3, F::SecurityQualifierInvalid),
        (!is_text(4), 4, F::SecurityInvalid),
        (!one_of(5, control::ID_QUALIFIERS), 5, F::SenderQualifierInvalid),
        (!can_name(&isa, 6) || !can_be_answered(isa.text(6)), 6, F::SenderInvalid),
        (!one_of(7, control::ID_QUALIFIERS), 7, F::ReceiverQualifierInvalid),
        (!can_name(&isa, 8), 8, F::ReceiverInvalid),
        (Day::parse_short(isa.text(9)).is_none(), 9, F::DateInvalid),
        (!is_time(isa.text(10)), 10, F::TimeInvalid),
        (is_before_repetition && isa.text(11) != b"U", 11, F::StandardUnsupported),
        (digits(12, 5) && !is_before_repetition && !separates, 11, F::StandardInvalid),
        (!digits(12, 5), 12, F::VersionInvalid),
        (digits(12, 5) && !version_known, 12, F::VersionUnsupported),
        (!digits(13, 9) || isa.text(13) == b"000000000", 13, F::ControlNumberInvalid),
        (!one_of(14, control::ACKNOWLEDGMENT_REQUESTS), 14, F::AcknowledgmentRequestInvalid),
        (!one_of(15, control::USAGES), 15, F::UsageInvalid),
    ];
    let found: Vec<_> = wrong
        .into_iter()
        .filter(|&(is_wrong, _, _)| is_wrong)
        .map(|(_, element, fault)| (fault, isa.place(element, 0).offset))
        .chain(delimiters_that_clash(&isa, header))
        .collect();
    for (fault, offset) in found {
        interchange.report(fault, offset, ISA);
    }
}

/// Whether an element may name somebody: it is not blank, and holds neither a control character nor
/// what separates things in its interchange.
fn can_name(segment: &Segment<'_>, n: usize) -> bool {
    let (id, delimiters) = (segment.text(n), segment.delimiters());
    let separates = |byte| delimiters.holds(byte) && can_delimit(byte);
    !id.trim_ascii().is_empty()
        && !id.iter().any(|&byte| byte.is_ascii_control() || separates(byte))
}

/// Whether the id of a sender, ISA06, leaves anything to write into the ISA08 of an answer.
pub(crate) fn can_be_answered(id: &[u8]) -> bool {
    !Delimiters::OURS.said(id).trim_ascii().is_empty()
}

/// The first element of an ISA that is not as wide as the standard fixes it.
fn first_of_wrong_width(isa: &Segment<'_>) -> usize {
    let widths = SEPARATORS.iter().zip(&SEPARATORS[1..]).map(|(from, to)| to - from - 1);
    let is_wrong = |&(n, width): &(usize, usize)| isa.text(n).len() != width;
    (1..).zip(widths).find(is_wrong).map_or(ISA_ELEMENTS, |(n, _)| n)
}

fn delimiters_that_clash(isa: &Segment<'_>, header: &Header) -> Option<(InterchangeFault, usize)> {
    let Delimiters { element, component, repetition, segment } = isa.delimiters();
    // What cannot end it stands behind ISA16, which was taken to end it instead.
    let terminator = isa.end() + usize::from(!header.is_terminated);
    if !header.is_terminated || segment == element || Some(segment) == repetition {
        return Some((InterchangeFault::TerminatorInvalid, terminator));
    }
    let clash = [Some(element), Some(segment), repetition].contains(&Some(component))
        || !can_delimit(component);
    clash.then(|| (InterchangeFault::ComponentSeparatorInvalid, isa.place(16, 0).offset))
}

/// ISA12 of the versions before ours that are in use.
const OLDER_VERSIONS: [&[u8]; 4] = [b"00400", b"00401", b"00402", b"00403"];

/// Sorts the segments into groups and sets, and checks every trailer.
pub(crate) fn nest(interchange: &mut Interchange) {
    let mut nesting = Nesting::default();
    for index in 1..interchange.segment_count() as u32 {
        nesting.take(interchange, index);
    }
    nesting.close_group(interchange, interchange.segment_count() as u32, None);
    nesting.spare_old_acknowledgments(interchange);
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
    /// How many of the groups are acknowledgments.
    acknowledgment_count: usize,
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
        // Nearly all segments stand in a set, and most are told from an envelope by one letter.
        if self.open_set.is_some()
            && !matches!(interchange.first_byte(index), Some(b'G' | b'S' | b'I'))
        {
            return;
        }
        let segment = interchange.segment(index, 0);
        match segment.tag() {
            GS => {
                self.close_group(interchange, index, None);
                self.open_group = Some(Group {
                    header: index,
                    trailer: None,
                    sets: Vec::new(),
                    set_count: 0,
                    is_of_997: true,
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
            tag @ (GE | SE) => {
                let offset = segment.offset();
                interchange.report(InterchangeFault::StructureInvalid, offset, tag);
            }
            // Where nothing ends a segment, whatever follows is one that has no place.
            _ if self.open_set.is_some() || !has_terminator(interchange) => {}
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
        let mut set = Set {
            segments: start..end,
            has_trailer: trailer.is_some(),
            is_passed_over: self.dropped > 0,
            faults: Vec::new(),
        };
        let number = interchange.set_header(&set).text(2).to_vec();
        let is_repeated = !self.set_numbers.insert(number);
        let count = set.segment_count() + std::mem::take(&mut self.dropped);
        check_set(interchange, group, &mut set, trailer.map(|index| (index, count)), is_repeated);
        group.is_of_997 &= interchange.set_header(&set).text(1) == b"997";
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
            let is_acknowledgment = interchange.group_header(&group).text(1) == b"FA";
            check_group(interchange, &mut group, is_repeated);
            interchange.groups.push(group);
            self.group_count += 1;
            self.acknowledgment_count += usize::from(is_acknowledgment);
        }
    }

    /// Payers still answer with a 997 in an interchange of an older version. Whatever came in
    /// those versions, the acknowledgments of today are read alike in both.
    pub(crate) fn spare_old_acknowledgments(&self, interchange: &mut Interchange) {
        let is_known = OLDER_VERSIONS.contains(&interchange.header().text(12));
        if is_known && self.group_count > 0 && self.acknowledgment_count == self.group_count {
            interchange.faults.retain(|fault| match fault.kind {
                Kind::Interchange(
                    InterchangeFault::VersionUnsupported | InterchangeFault::StandardUnsupported,
                ) => false,
                Kind::Interchange(_) => true,
                Kind::Group(_) | Kind::Set(_) | Kind::Segment(_) | Kind::Element(_) => true,
            });
        }
    }
}

/// Lays the TA1 segments that an interchange carries against their row. Their faults reject
/// nothing: they answer an interchange of ours, and nobody answers them.
pub(crate) fn ta1_faults(interchange: &Interchange) -> Vec<Fault> {
    let mut told = Told::default();
    let slot = control::ROWS.iter().find_map(|row| match row {
        Row::Segment(slot) => (slot.tag == TA1).then_some(slot),
        Row::Inner(_) => None,
    });
    let Some(slot) = slot else { return Vec::new() };
    let mut checker = Checker::of_envelope();
    for ta1 in interchange.ta1s() {
        checker.check_alone(&ta1, (slot, &control::TABLE), None, &mut told);
    }
    told.faults
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
        b"HS" => st.text(1) == b"270",
        b"HB" => st.text(1) == b"271",
        b"HR" => st.text(1) == b"276",
        b"HI" => st.text(1) == b"278",
        b"BE" => st.text(1) == b"834",
        b"RA" => st.text(1) == b"820",
        _ => true,
    };
    note(id_is_set && !belongs, F::NotOfThisGroup, &st, 1);
    let convention = st.text(3);
    // A 997 is the same whatever guide it names, and whatever its group does.
    let differs = !convention.is_empty() && convention != gs.text(8) && st.text(1) != b"997";
    note(differs && !is_guide_name(convention), F::GuideInvalid, &st, 3);
    note(differs && is_guide_name(convention), F::GuideUnsupported, &st, 3);
    match trailer {
        None => note(true, F::TrailerMissing, &st, 0),
        Some((index, counted)) => {
            let se = interchange.segment(index, counted);
            let count = count_said(se.text(1), 10);
            note(count != Some(counted), F::SegmentCountWrong, &se, 1);
            note(se.text(2) != control_number, F::ControlNumbersDiffer, &se, 2);
        }
    }
    set.faults = faults;
}

/// Whether a text has the form of `005010X222A1`.
fn is_guide_name(text: &[u8]) -> bool {
    let (version, rest) = text.split_at(text.len().min(6));
    let number = rest.strip_prefix(b"X").unwrap_or_default();
    let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let amended = number.iter().all(u8::is_ascii_alphanumeric);
    version.len() == 6 && version.iter().all(u8::is_ascii_digit) && digits >= 3 && amended
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
            let count = count_said(ge.text(1), 6);
            note(count != Some(group.set_count), F::SetCountWrong, &ge, 1);
            // A count that is right, of what a group may not be.
            note(count == Some(0) && group.set_count == 0, F::Empty, &ge, 1);
            note(ge.text(2) != control_number, F::ControlNumbersDiffer, &ge, 2);
        }
    }
    let has_id = |n: usize| (2..=15).contains(&gs.text(n).len()) && can_name(&gs, n);
    let fits = [
        (2, has_id(2)),
        (3, has_id(3)),
        (4, Day::parse(gs.text(4)).is_some()),
        (5, is_time(gs.text(5))),
        (7, gs.text(7) == b"X"),
    ];
    let unfit = fits.into_iter().filter(|&(_, fits)| !fits);
    let unfit: Vec<Place> = unfit.map(|(n, _)| gs.place(n, 0)).collect();
    let ge = interchange.group_trailer(group);
    let surplus = [surplus(&gs, 8), ge.and_then(|ge| surplus(&ge, 2))];
    group.faults = faults;
    for place in unfit {
        interchange.report_at(InterchangeFault::GroupHeaderInvalid, place, GS);
    }
    // Where nothing ends a segment, it has room for all that follows.
    let ends = has_terminator(interchange);
    for (place, tag) in surplus.into_iter().zip([GS, GE]) {
        if let Some(place) = place.filter(|_| ends) {
            interchange.report_at(InterchangeFault::GroupHeaderInvalid, place, tag);
        }
    }
}

/// The count in a trailer: digits alone, and no more than its element has room for.
fn count_said<Count: std::str::FromStr>(text: &[u8], digits_max: usize) -> Option<Count> {
    let is_count = text.len() <= digits_max && text.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(text).ok().filter(|_| is_count)?.parse().ok()
}

/// Whether segments have something that ends them.
fn has_terminator(interchange: &Interchange) -> bool {
    let is_endless =
        |fault: &Fault| fault.kind == Kind::Interchange(InterchangeFault::TerminatorInvalid);
    !interchange.faults.iter().any(is_endless)
}

/// Where the first value stands that a segment of the envelope has no place for.
fn surplus(segment: &Segment<'_>, elements: usize) -> Option<Place> {
    let mut behind = elements + 1..segment.elements().count();
    behind.find(|&n| !segment.text(n).is_empty()).map(|n| segment.place(n, 0))
}

fn check_trailer(interchange: &mut Interchange, index: u32, group_count: usize) {
    let iea = interchange.segment(index, 0);
    let count = count_said(iea.text(1), 5);
    let (count_place, number_place) = (iea.place(1, 0), iea.place(2, 0));
    let count_fits = count == Some(group_count);
    let surplus = surplus(&iea, 2);
    let isa = interchange.header();
    let is_moved = isa.elements().count() > ISA_ELEMENTS + 1;
    let number_fits = match fixed_field(isa.bytes(), 13) {
        Some(number) => iea.text(2) == number,
        None => is_moved || iea.text(2) == isa.text(13),
    };
    if !count_fits {
        interchange.report_at(InterchangeFault::GroupCountWrong, count_place, IEA);
    }
    if !number_fits {
        interchange.report_at(InterchangeFault::ControlNumbersDiffer, number_place, IEA);
    }
    if let Some(place) = surplus {
        interchange.report_at(InterchangeFault::StructureInvalid, place, IEA);
    }
}
