//! 999, the answer to one functional group: which of its transaction sets were taken, and what is
//! wrong with the others, to the element.
//!
//! ```
//! use x12::answer::x231::{self, Echo, SetJudgement};
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/element-faults.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! # let group = &interchange.groups[0];
//! # let set = &group.sets[0];
//! # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
//! # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
//! # let guide = x12::guide::find(&version, &number).expect("a guide");
//! # let walked = x12::walk::walk(interchange, set, guide);
//! # use x12::compose::{Composer, Envelope};
//! # use x12::delimiters::Delimiters;
//! # use x12::value::Day;
//! # let envelope = Envelope {
//! #     sender_qualifier: "ZZ".to_owned(),
//! #     sender: "CLAIMGATE".to_owned(),
//! #     receiver_qualifier: "ZZ".to_owned(),
//! #     receiver: "WILLOWCLINIC".into(),
//! #     application_sender: "CLAIMGATE".to_owned(),
//! #     application_receiver: "WILLOWCLINIC".into(),
//! #     day: Day::parse(b"20260302").expect("a day"),
//! #     time: "0800".to_owned(),
//! #     control_number: 7,
//! #     wants_ta1: false,
//! #     is_production: false,
//! # };
//! # let mut composer = Composer::new(&envelope, Delimiters::OURS);
//! // What the envelope and the walk have against each set of the group.
//! let mut faults = set.faults.clone();
//! faults.extend(&walked.faults);
//! let sets = [SetJudgement { faults, is_tolerated: false }];
//! let numbers = x231::group_numbers(interchange);
//! let (numbered, echo) = ((group, &numbers[0][..]), Echo::WrongValues);
//! let verdict = x231::compose(
//!     &mut composer, &envelope, interchange, numbered, &group.faults, &sets, echo,
//! );
//! assert_eq!(verdict.code(), "R");
//! let answer = String::from_utf8(composer.finish()).expect("text");
//! assert!(answer.contains("~IK3*DMG*17*2010BA*8~"));
//! assert!(answer.contains("~IK4*2*1251*8*19800231~"));
//! ```

pub mod rules;

use crate::answer::{Verdict, fitted, is_acknowledgment, numbers_told};
use crate::check::character_count;
use crate::compose::{Composer, Envelope};
use crate::delimiters::Delimiters;
use crate::fault::{ElementFault, Fault, Kind, Layer, Place, Trigger};
use crate::guide::row::{Content, Data, Element, Tag, Usage};
use crate::guide::segments::base;
use crate::guide::x231_implementation_ack::GUIDE;
use crate::interchange::{Group, Interchange, Set};
use crate::segment::Segment;

/// What was found in one transaction set.
///
/// ```
/// use x12::answer::Verdict;
/// use x12::answer::x231::{SetJudgement, set_verdict};
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
/// let faults = walked.faults.clone();
/// let judgement = SetJudgement { faults, is_tolerated: true };
/// assert_eq!(set_verdict(&judgement), Verdict::WithErrors);
/// ```
#[derive(Clone, Debug, Default)]
pub struct SetJudgement {
    /// Those of its envelope and those of the walk together.
    pub faults: Vec<Fault>,
    /// The set is taken in spite of its faults: each lies in a claim that a 277CA rejects alone, or that
    /// is mended and goes on.
    pub is_tolerated: bool,
}

/// Whether IK404 may repeat wrong values.
///
/// ```
/// use x12::answer::x231::{self, Echo, SetJudgement};
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
/// # use x12::compose::{Composer, Envelope};
/// # use x12::delimiters::Delimiters;
/// # use x12::value::Day;
/// # let envelope = Envelope {
/// #     sender_qualifier: "ZZ".to_owned(),
/// #     sender: "CLAIMGATE".to_owned(),
/// #     receiver_qualifier: "ZZ".to_owned(),
/// #     receiver: "WILLOWCLINIC".into(),
/// #     application_sender: "CLAIMGATE".to_owned(),
/// #     application_receiver: "WILLOWCLINIC".into(),
/// #     day: Day::parse(b"20260302").expect("a day"),
/// #     time: "0800".to_owned(),
/// #     control_number: 7,
/// #     wants_ta1: false,
/// #     is_production: false,
/// # };
/// # let mut composer = Composer::new(&envelope, Delimiters::OURS);
/// # let sets = [SetJudgement { faults: walked.faults.clone(), is_tolerated: false }];
/// let numbers = x231::group_numbers(interchange);
/// let numbered = (group, &numbers[0][..]);
/// x231::compose(&mut composer, &envelope, interchange, numbered, &[], &sets, Echo::Nothing);
/// let answer = String::from_utf8(composer.finish()).expect("text");
/// assert!(answer.contains("~IK4*2*1251*8~"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// IK404 repeats what was wrong, up to 99 characters of it.
    WrongValues,
    /// For partners whose acknowledgments must not hold patients' data.
    Nothing,
}

/// How a functional group was answered.
///
/// ```
/// use x12::answer::Verdict;
/// use x12::answer::x231::GroupVerdict;
///
/// let sets = vec![Verdict::Accepted, Verdict::Rejected];
/// let verdict = GroupVerdict { announced: 2, sets, is_group_faulty: false };
/// assert_eq!((verdict.code(), verdict.accepted()), ("P", 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupVerdict {
    /// How many transaction sets the group says it has, AK902.
    pub announced: u32,
    /// What became of each transaction set that came, in their order.
    pub sets: Vec<Verdict>,
    /// Whether faults of the group itself reject all that it holds.
    pub is_group_faulty: bool,
}

impl GroupVerdict {
    /// How many transaction sets were taken, AK904.
    pub fn accepted(&self) -> usize {
        self.sets.iter().filter(|set| set.is_accepted()).count()
    }

    /// AK901: A all were taken, E all but some with errors, P some, R none.
    pub fn code(&self) -> &'static str {
        match self.accepted() {
            _ if self.is_group_faulty => "R",
            // Where there are no sets at all, none was taken either.
            0 => "R",
            accepted if accepted == self.sets.len() => {
                let with_errors = self.sets.contains(&Verdict::WithErrors);
                if with_errors { "E" } else { "A" }
            }
            _ => "P",
        }
    }
}

/// The longest value that IK404 repeats, in characters.
const ECHO_LEN_MAX: usize = 99;

/// How many error codes an IK5 or an AK9 has room for.
const CODES_MAX: usize = 5;

/// The largest number that fits where a 999 counts transaction sets or segments.
const COUNT_MAX: u32 = 999_999;

/// IK304 of a segment whose elements are wrong.
const ELEMENTS_IN_ERROR: &str = "8";

/// CTX01 of the value that made something required, or not used.
const SITUATIONAL_TRIGGER: &str = "SITUATIONAL TRIGGER";

/// What a set is about, piece by piece, so that a fault can say whose data it concerns: a claim, a
/// payment, a member. CTX01 names the piece by one of its values.
struct UnitKind {
    set: &'static [u8],
    name: &'static str,
    /// The segment that names it: its tag, its qualifier in the first element if it needs one, and
    /// the element.
    tag: Tag,
    qualifier: &'static [u8],
    element: usize,
    /// Whether it is the whole set, wherever the value stands in it.
    is_whole_set: bool,
    /// Segments at which the piece is over.
    ends: &'static [Tag],
    /// How the loops that lie in it begin; what is missing elsewhere is not missing in it.
    loops: &'static [&'static str],
    /// Whether the value is a person's own number.
    is_personal: bool,
}

const fn unit(set: &'static [u8], name: &'static str, tag: &str, element: usize) -> UnitKind {
    let (qualifier, ends, loops) = (&[], &[], &[""]);
    let tag = Tag::new(tag.as_bytes());
    let (is_whole_set, is_personal) = (false, false);
    UnitKind { set, name, tag, qualifier, element, is_whole_set, ends, loops, is_personal }
}

const HL: Tag = Tag::new(b"HL");
const SE: Tag = Tag::new(b"SE");
const INS: Tag = Tag::new(b"INS");

static UNITS: &[UnitKind] = &[
    UnitKind { ends: &[HL, SE], loops: &["23", "24"], ..unit(b"837", "CLM01", "CLM", 1) },
    UnitKind { is_whole_set: true, ..unit(b"835", "TRN02", "TRN", 2) },
    unit(b"820", "ENT01", "ENT", 1),
    UnitKind { ends: &[HL, SE], ..unit(b"270", "TRN02", "TRN", 2) },
    UnitKind { ends: &[HL, SE], ..unit(b"271", "TRN02", "TRN", 2) },
    UnitKind { ends: &[HL, SE], ..unit(b"276", "TRN02", "TRN", 2) },
    UnitKind { ends: &[HL, SE], ..unit(b"277", "TRN02", "TRN", 2) },
    UnitKind {
        qualifier: b"0F",
        ends: &[INS, SE],
        is_personal: true,
        ..unit(b"834", "SUBSCRIBER NUMBER REF02", "REF", 2)
    },
];

/// What becomes of a transaction set with these faults.
///
/// ```
/// use x12::answer::Verdict;
/// use x12::answer::x231::{SetJudgement, set_verdict};
///
/// assert_eq!(set_verdict(&SetJudgement::default()), Verdict::Accepted);
/// ```
pub fn set_verdict(judgement: &SetJudgement) -> Verdict {
    match (judgement.faults.is_empty(), judgement.is_tolerated) {
        (true, _) => Verdict::Accepted,
        (false, true) => Verdict::WithErrors,
        (false, false) => Verdict::Rejected,
    }
}

/// Whether a group wants a 999: acknowledgments are never acknowledged.
///
/// ```
/// use x12::answer::x231::is_wanted;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// assert!(is_wanted(interchange, group));
/// ```
pub fn is_wanted(answered: &Interchange, group: &Group) -> bool {
    !is_acknowledgment(answered, group)
}

/// Decides on a group and its transaction sets, for whom `sets` has one judgement each.
///
/// ```
/// use x12::answer::x231::{SetJudgement, judge};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// let sets: Vec<SetJudgement> = group.sets.iter().map(|_| SetJudgement::default()).collect();
/// assert_eq!(judge(interchange, group, &group.faults, &sets).code(), "A");
/// ```
pub fn judge(
    answered: &Interchange,
    group: &Group,
    group_faults: &[Fault],
    sets: &[SetJudgement],
) -> GroupVerdict {
    judge_group(answered, group, group_faults, sets.iter().map(set_verdict).collect())
}

fn judge_group(
    answered: &Interchange,
    group: &Group,
    group_faults: &[Fault],
    mut sets: Vec<Verdict>,
) -> GroupVerdict {
    let is_group_faulty = !group_faults.is_empty();
    if is_group_faulty {
        sets.fill(Verdict::Rejected);
    }
    let announced = answered.group_trailer(group).and_then(|ge| number(ge.text(1)));
    let announced = announced.unwrap_or(sets.len() as u32).min(COUNT_MAX);
    GroupVerdict { announced, sets, is_group_faulty }
}

/// Writes a functional group with the 999 that answers a group, which comes with its number of
/// [`group_numbers`]. `sets` has one judgement for each of its transaction sets.
///
/// ```
/// use x12::answer::x231::{self, Echo, SetJudgement};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # use x12::compose::{Composer, Envelope};
/// # use x12::delimiters::Delimiters;
/// # use x12::value::Day;
/// # let envelope = Envelope {
/// #     sender_qualifier: "ZZ".to_owned(),
/// #     sender: "CLAIMGATE".to_owned(),
/// #     receiver_qualifier: "ZZ".to_owned(),
/// #     receiver: "WILLOWCLINIC".into(),
/// #     application_sender: "CLAIMGATE".to_owned(),
/// #     application_receiver: "WILLOWCLINIC".into(),
/// #     day: Day::parse(b"20260302").expect("a day"),
/// #     time: "0800".to_owned(),
/// #     control_number: 7,
/// #     wants_ta1: false,
/// #     is_production: false,
/// # };
/// # let mut composer = Composer::new(&envelope, Delimiters::OURS);
/// let sets: Vec<SetJudgement> = group.sets.iter().map(|_| SetJudgement::default()).collect();
/// let numbers = x231::group_numbers(interchange);
/// let numbered = (group, &numbers[0][..]);
/// x231::compose(&mut composer, &envelope, interchange, numbered, &[], &sets, Echo::WrongValues);
/// let answer = String::from_utf8(composer.finish()).expect("text");
/// assert!(answer.contains("~AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~"));
/// ```
pub fn compose(
    composer: &mut Composer,
    envelope: &Envelope,
    answered: &Interchange,
    (group, number): (&Group, &[u8]),
    group_faults: &[Fault],
    sets: &[SetJudgement],
    echo: Echo,
) -> GroupVerdict {
    let (came, judged) = (group.sets.len(), sets.len());
    assert!(came == judged, "{judged} judgements for {came} transaction sets");
    let delimiters = composer.delimiters();
    let both = group.sets.iter().zip(sets);
    let answers = both.map(|(set, one)| SetAnswer::new(answered, set, one, echo, delimiters));
    let answers: Vec<SetAnswer> = answers.collect();
    compose_answers(composer, envelope, answered, (group, number), group_faults, &answers)
}

fn is_group_number(gs06: &[u8]) -> bool {
    (1..=9).contains(&gs06.len()) && gs06.iter().all(u8::is_ascii_digit)
}

/// AK102 of each group: GS06 as it was sent, where it is a number of a group at all; of any other its
/// digits. If those are the number of another group, one is given that none of them has.
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let reading = x12::interchange::read(&FILE.into());
/// # let interchange = &reading.interchanges[0];
/// let gs06 = interchange.group_header(&interchange.groups[0]).text(6);
/// assert_eq!(x12::answer::x231::group_numbers(interchange), [gs06]);
/// ```
pub fn group_numbers(answered: &Interchange) -> Vec<Vec<u8>> {
    let sent = answered.groups.iter().map(|group| answered.group_header(group).text(6).to_vec());
    let sent: Vec<Vec<u8>> = sent.collect();
    numbers_told(&sent, is_group_number, digits_of)
}

fn digits_of(gs06: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = gs06.iter().copied().filter(u8::is_ascii_digit).take(9).collect();
    if digits.is_empty() { b"0".to_vec() } else { digits }
}

/// The same of sets that were answered one by one, each of the group in its turn.
///
/// ```
/// use x12::answer::x231::{self, Echo, SetAnswer, SetJudgement};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # use x12::compose::{Composer, Envelope};
/// # use x12::delimiters::Delimiters;
/// # use x12::value::Day;
/// # let envelope = Envelope {
/// #     sender_qualifier: "ZZ".to_owned(),
/// #     sender: "CLAIMGATE".to_owned(),
/// #     receiver_qualifier: "ZZ".to_owned(),
/// #     receiver: "WILLOWCLINIC".into(),
/// #     application_sender: "CLAIMGATE".to_owned(),
/// #     application_receiver: "WILLOWCLINIC".into(),
/// #     day: Day::parse(b"20260302").expect("a day"),
/// #     time: "0800".to_owned(),
/// #     control_number: 7,
/// #     wants_ta1: false,
/// #     is_production: false,
/// # };
/// # let mut composer = Composer::new(&envelope, Delimiters::OURS);
/// let judgement = SetJudgement::default();
/// let answer = |set| {
///     SetAnswer::new(interchange, set, &judgement, Echo::WrongValues, Delimiters::OURS)
/// };
/// let answers: Vec<SetAnswer> = group.sets.iter().map(answer).collect();
/// let numbers = x231::group_numbers(interchange);
/// let numbered = (group, &numbers[0][..]);
/// x231::compose_answers(&mut composer, &envelope, interchange, numbered, &[], &answers);
/// let answer = String::from_utf8(composer.finish()).expect("text");
/// assert!(answer.contains("~AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~"));
/// ```
pub fn compose_answers(
    composer: &mut Composer,
    envelope: &Envelope,
    answered: &Interchange,
    (group, number): (&Group, &[u8]),
    group_faults: &[Fault],
    sets: &[SetAnswer],
) -> GroupVerdict {
    let verdicts = sets.iter().map(|set| set.verdict).collect();
    let verdict = judge_group(answered, group, group_faults, verdicts);
    composer.begin_group(envelope, GUIDE.group, GUIDE.id);
    composer.begin_set(GUIDE.set, Some(GUIDE.id));
    compose_group_answered(composer, &answered.group_header(group), number);
    let numbers = set_numbers(composer, sets);
    let of_group: Vec<_> = group_faults.iter().filter_map(code_of_sets).collect();
    for ((set, number), verdict_of_set) in sets.iter().zip(&numbers).zip(&verdict.sets) {
        let codes = first_codes(set.codes.iter().chain(&of_group).copied());
        // A faultless set in a faulty group is rejected with its group, and AK9 says so for it.
        if !verdict.is_group_faulty || set.has_faults || !codes.is_empty() {
            composer.segment("AK2").bytes(&set.kind).bytes(number).bytes(&set.guide).end();
            composer.append(&set.segments, set.segment_count);
            compose_set_verdict(composer, *verdict_of_set, &codes);
        }
    }
    compose_group_verdict(composer, &verdict, group_faults);
    composer.end_set();
    composer.end_group();
    verdict
}

/// What a 999 says of one transaction set, in a group of which more may come.
///
/// ```
/// use x12::answer::x231::{Echo, SetAnswer, SetJudgement};
/// use x12::delimiters::Delimiters;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let reading = x12::interchange::read(&FILE.into());
/// # let interchange = &reading.interchanges[0];
/// # let set = &interchange.groups[0].sets[0];
/// let (judgement, echo) = (SetJudgement::default(), Echo::WrongValues);
/// let answer = SetAnswer::new(interchange, set, &judgement, echo, Delimiters::OURS);
/// # let _ = answer;
/// ```
#[derive(Clone, Debug)]
pub struct SetAnswer {
    verdict: Verdict,
    has_faults: bool,
    /// ST01, ST02 as it was sent, and ST03.
    kind: Vec<u8>,
    number: Vec<u8>,
    guide: Vec<u8>,
    /// What stands between AK2 and IK5.
    segments: Vec<u8>,
    segment_count: u32,
    /// IK502 and on. IK501 is known when the group is.
    codes: Vec<&'static str>,
}

impl SetAnswer {
    /// Answers a set, to be written with these delimiters.
    pub fn new(
        answered: &Interchange,
        set: &Set,
        judgement: &SetJudgement,
        echo: Echo,
        delimiters: Delimiters,
    ) -> SetAnswer {
        let st = answered.set_header(set);
        let mut composer = Composer::apart(delimiters);
        let notes = SetNotes { answered, set, echo };
        notes.compose(&mut composer, &judgement.faults);
        let (segments, segment_count) = composer.into_segments();
        SetAnswer {
            verdict: set_verdict(judgement),
            has_faults: !judgement.faults.is_empty(),
            kind: fitted(st.text(1), 3, 3),
            number: st.text(2).to_vec(),
            guide: fitted(st.text(3), 0, 35),
            segments,
            segment_count,
            codes: notes.set_codes(&judgement.faults),
        }
    }
}

/// AK1.
fn compose_group_answered(composer: &mut Composer, gs: &Segment<'_>, number: &[u8]) {
    let version = if gs.text(8).is_empty() { b"NONE" } else { gs.text(8) };
    composer
        .segment("AK1")
        .bytes(&fitted(gs.text(1), 2, 2))
        .bytes(number)
        .bytes(&fitted(version, 1, 12))
        .end();
}

/// AK202 of each set: ST02 as it was sent, where an answer can hold it at all. One that is too
/// short is filled up with zeros before it, which leave it the same number, for blanks at the end
/// of a segment may be lost on the way; one that is too long is cut. If that is the number of
/// another set, one is given that no set of the group has.
fn set_numbers(composer: &Composer, sets: &[SetAnswer]) -> Vec<Vec<u8>> {
    let fits = |sent: &[u8]| {
        let len = character_count(sent);
        (4..=9).contains(&len) && composer.said(sent) == sent && !sent.ends_with(b" ")
    };
    let cut = |sent: &[u8]| {
        let said = composer.said(sent);
        let kept = fitted(said.trim_ascii_end(), 0, 9);
        let mut number = vec![b'0'; 4_usize.saturating_sub(character_count(&kept))];
        number.extend(kept);
        number
    };
    let sent: Vec<Vec<u8>> = sets.iter().map(|set| set.number.clone()).collect();
    numbers_told(&sent, fits, cut)
}

/// IK5.
fn compose_set_verdict(composer: &mut Composer, verdict: Verdict, codes: &[&str]) {
    let mut ik5 = composer.segment("IK5").text(verdict.code());
    for code in codes {
        ik5 = ik5.text(code);
    }
    ik5.end();
}

/// AK9.
fn compose_group_verdict(composer: &mut Composer, verdict: &GroupVerdict, faults: &[Fault]) {
    let codes = faults.iter().filter_map(|fault| match fault.kind {
        Kind::Group(fault) => Some(fault.ak905()),
        Kind::Interchange(_) | Kind::Set(_) | Kind::Segment(_) | Kind::Element(_) => None,
    });
    let count = |sets: usize| sets.min(COUNT_MAX as usize).to_string();
    let mut ak9 = composer
        .segment("AK9")
        .text(verdict.code())
        .text(&verdict.announced.to_string())
        .text(&count(verdict.sets.len()))
        .text(&count(verdict.accepted()));
    for code in first_codes(codes) {
        ak9 = ak9.text(code);
    }
    ak9.end();
}

/// IK502 of each set, for what is wrong with its group.
fn code_of_sets(fault: &Fault) -> Option<&'static str> {
    match fault.kind {
        Kind::Group(fault) => fault.ik502(),
        Kind::Interchange(_) | Kind::Set(_) | Kind::Segment(_) | Kind::Element(_) => None,
    }
}

/// Each code once, as many as there is room for.
fn first_codes(codes: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut first = Vec::new();
    for code in codes {
        if first.len() < CODES_MAX && !first.contains(&code) {
            first.push(code);
        }
    }
    first
}

fn number(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The faults of one transaction set, written down.
struct SetNotes<'a> {
    answered: &'a Interchange,
    set: &'a Set,
    echo: Echo,
}

/// A fault and where in the transaction set a 999 puts it.
#[derive(Clone, Copy)]
struct Note<'a> {
    position: u32,
    fault: &'a Fault,
}

impl<'a> SetNotes<'a> {
    /// The IK3 loops.
    fn compose(&self, composer: &mut Composer, faults: &[Fault]) {
        let notes = self.notes(faults);
        let units = if notes.is_empty() { Units::default() } else { self.units() };
        for notes in notes.chunk_by(|a, b| a.position == b.position) {
            self.compose_segment(composer, notes, &units);
        }
    }

    /// The faults of segments and elements, in the order of the set.
    fn notes<'f>(&self, faults: &'f [Fault]) -> Vec<Note<'f>> {
        let mut notes: Vec<_> = faults
            .iter()
            .filter(|fault| matches!(fault.kind, Kind::Segment(_) | Kind::Element(_)))
            .map(|fault| Note { position: self.position(fault), fault })
            .collect();
        notes.sort_by_key(|note| {
            let Place { element, component, repeat, .. } = note.fault.place;
            (note.position, element, component, repeat)
        });
        notes
    }

    /// IK302. What is missing stands nowhere: its place is the end of the segment before it, and
    /// its position is the next one.
    fn position(&self, fault: &Fault) -> u32 {
        let number = fault.place.segment;
        let segment = self.answered.set_segment(self.set, number);
        let is_behind = matches!(fault.kind, Kind::Segment(_))
            && segment.is_some_and(|segment| segment.offset() < fault.place.offset);
        (number + u32::from(is_behind)).clamp(1, COUNT_MAX)
    }

    /// The IK3 loops of the segment at one position: one for each fault of the segment, and one
    /// for those of its elements together.
    fn compose_segment(&self, composer: &mut Composer, notes: &[Note<'_>], units: &Units<'_>) {
        let of_elements: Vec<_> =
            notes.iter().filter(|note| matches!(note.fault.kind, Kind::Element(_))).collect();
        for note in notes {
            if let Kind::Segment(fault) = note.fault.kind {
                self.compose_segment_note(composer, *note, fault.ik304(), units);
            }
        }
        if let Some(&&first) = of_elements.first() {
            self.compose_segment_note(composer, first, ELEMENTS_IN_ERROR, units);
        }
        for note in of_elements {
            self.compose_element_note(composer, note.fault);
        }
    }

    /// IK3 and CTX.
    fn compose_segment_note(
        &self,
        composer: &mut Composer,
        note: Note<'_>,
        code: &str,
        units: &Units<'_>,
    ) {
        composer
            .segment("IK3")
            .text(&self.tag(note.fault))
            .text(&note.position.to_string())
            .text(loop_number(note.fault.loop_id))
            .text(code)
            .end();
        if let Kind::Segment(fault) = note.fault.kind
            && let Some(trigger) = fault.trigger()
        {
            compose_trigger(composer, &trigger);
        }
        if let Some((name, value)) = units.around(note.fault) {
            composer.segment("CTX").parts(&[name.as_bytes(), &fitted(value, 0, 35)]).end();
        }
    }

    /// IK301. A tag that X12 does not have is shown as far as the form of a tag allows.
    fn tag(&self, fault: &Fault) -> String {
        let known = fault.tag.text();
        if (2..=3).contains(&known.len()) && known.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return known;
        }
        let segment = self.answered.set_segment(self.set, fault.place.segment);
        let text = segment.map_or(&[][..], |segment| segment.tag_bytes());
        let shown = text.iter().take(3).map(|&byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(byte),
            _ => '?',
        });
        format!("{:?<2}", shown.collect::<String>())
    }

    /// IK4.
    fn compose_element_note(&self, composer: &mut Composer, fault: &Fault) {
        let Kind::Element(kind) = fault.kind else { return };
        let Place { element, component, repeat, .. } = fault.place;
        let or_blank = |number: u32| if number == 0 { String::new() } else { number.to_string() };
        let position = element.clamp(1, 99).to_string();
        let component = or_blank(u32::from(component.min(99)));
        let repeat = or_blank(u32::from(repeat.min(9999)));
        let data = data_of(fault);
        composer
            .segment("IK4")
            .parts(&[&position, &component, &repeat])
            .text(&or_blank(data.map_or(0, |data| u32::from(data.number))))
            .text(kind.ik403())
            .bytes(&self.wrong_value(&fault.place))
            .end();
        if let Some(trigger) = kind.trigger() {
            compose_trigger(composer, &trigger);
        }
    }

    /// IK404; empty for a value that is missing.
    fn wrong_value(&self, place: &Place) -> Vec<u8> {
        match self.echo {
            // No value of an X12 segment ends in blanks but to fill its least length.
            Echo::WrongValues => {
                fitted(self.value(place), 0, ECHO_LEN_MAX).trim_ascii_end().to_vec()
            }
            Echo::Nothing => Vec::new(),
        }
    }

    /// The value at a place; empty when nothing stands there.
    fn value(&self, place: &Place) -> &'a [u8] {
        let Some(segment) = self.answered.set_segment(self.set, place.segment) else { return &[] };
        segment.value_at(place)
    }

    /// IK502 and on. That segments are wrong comes first, by the standard and by the guide, then
    /// what is wrong with the envelope.
    fn set_codes(&self, faults: &[Fault]) -> Vec<&'static str> {
        let is_in = |layer| move |fault: &Fault| self.layer(fault) == Some(layer);
        let by_standard = faults.iter().any(is_in(Layer::Standard)).then_some("5");
        let by_guide = faults.iter().any(is_in(Layer::Guide)).then_some("I5");
        let of_envelope = faults.iter().filter_map(|fault| match fault.kind {
            Kind::Set(fault) => Some(fault.ik502()),
            Kind::Interchange(_) | Kind::Group(_) | Kind::Segment(_) | Kind::Element(_) => None,
        });
        first_codes(by_standard.into_iter().chain(by_guide).chain(of_envelope))
    }

    /// Which layer a fault of a segment or an element breaks.
    fn layer(&self, fault: &Fault) -> Option<Layer> {
        match fault.kind {
            Kind::Segment(kind) => Some(kind.layer()),
            Kind::Element(kind) => Some(kind.layer().unwrap_or_else(|| self.layer_of(kind, fault))),
            Kind::Interchange(_) | Kind::Group(_) | Kind::Set(_) => None,
        }
    }

    /// The layer of a fault of an element that may break either.
    fn layer_of(&self, kind: ElementFault, fault: &Fault) -> Layer {
        let is_of_standard = match kind {
            ElementFault::TooLong => {
                let data = data_of(fault);
                let len = character_count(self.value(&fault.place));
                data.is_none_or(|data| usize::from(data.len_max) < len)
            }
            _ => is_mandatory(fault),
        };
        if is_of_standard { Layer::Standard } else { Layer::Guide }
    }

    /// Where the claims of an 837 stand, the payment of an 835, the members of an 834.
    fn units(&self) -> Units<'a> {
        let set = self.answered.set_header(self.set).text(1);
        let kind = UNITS.iter().find(|kind| kind.set == set);
        let kind = kind.filter(|kind| !kind.is_personal || self.echo == Echo::WrongValues);
        let mut units = Units { kind, starts: Vec::new() };
        let Some(kind) = kind else { return units };
        for segment in self.answered.set_segments(self.set) {
            let tag = segment.tag();
            if tag == kind.tag && (kind.qualifier.is_empty() || segment.text(1) == kind.qualifier) {
                let start = if kind.is_whole_set { 1 } else { segment.number() };
                units.starts.push((start, segment.text(kind.element)));
                if kind.is_whole_set {
                    break;
                }
            } else if kind.ends.contains(&tag) {
                units.starts.push((segment.number(), &[]));
            }
        }
        units
    }
}

/// Where the pieces begin that a transaction set is about, with the value that names each; a blank
/// one where none goes on.
#[derive(Default)]
struct Units<'a> {
    kind: Option<&'static UnitKind>,
    starts: Vec<(u32, &'a [u8])>,
}

impl<'a> Units<'a> {
    /// What names the piece that a fault lies in, and its value.
    fn around(&self, fault: &Fault) -> Option<(&'static str, &'a [u8])> {
        let kind = self.kind?;
        let after = self.starts.partition_point(|&(number, _)| number <= fault.place.segment);
        let &(_, value) = self.starts.get(after.checked_sub(1)?)?;
        let lacks = match fault.kind {
            Kind::Segment(fault) => fault.is_absence(),
            Kind::Element(_) => false,
            Kind::Interchange(_) | Kind::Group(_) | Kind::Set(_) => return None,
        };
        // What is missing behind the last segment of a claim may be missing outside of it.
        let lies_in = || kind.loops.iter().any(|begins| fault.loop_id.starts_with(begins));
        (!value.is_empty() && (!lacks || lies_in())).then_some((kind.name, value))
    }
}

/// CTX of the value that made something required, or not used.
fn compose_trigger(composer: &mut Composer, trigger: &Trigger) {
    let Place { segment, element, component, .. } = trigger.place;
    let component = if component == 0 { String::new() } else { component.to_string() };
    composer
        .segment("CTX")
        .text(SITUATIONAL_TRIGGER)
        .text(&trigger.tag.text())
        .text(&segment.clamp(1, COUNT_MAX).to_string())
        .text(loop_number(trigger.loop_id))
        .parts(&[&element.to_string(), &component])
        .end();
}

/// IK303: the number of a loop. The header, which is no loop of a guide, has none.
fn loop_number(id: &'static str) -> &'static str {
    if id.starts_with(|first: char| first.is_ascii_digit()) { id } else { "" }
}

/// The data element at a fault's place. The standard fixes it by tag and position; a whole
/// composite has a name in it, but no number.
fn data_of(fault: &Fault) -> Option<Data> {
    match element_of(fault)?.content {
        Content::Simple(data) => Some(data),
        Content::Composite(_) => None,
    }
}

/// Whether the standard itself demands what is missing: a part of a composite, too, where the
/// composite stands.
fn is_mandatory(fault: &Fault) -> bool {
    element_of(fault).is_some_and(|element| element.usage == Usage::Required)
}

fn element_of(fault: &Fault) -> Option<&'static Element> {
    let base = base(fault.tag)?;
    match fault.place.component {
        0 => base.element(fault.place.element),
        part => {
            let parts = base.composite(fault.place.element)?.parts;
            parts.get(usize::from(part).checked_sub(1)?)
        }
    }
}
