//! TA1, the answer to one interchange.
//!
//! TA105 holds one note, so an interchange with several faults is answered with a TA1 for each:
//! whoever mends the first finds the others beside it. All of them stand in one interchange, which
//! holds nothing else.
//!
//! These notes are never given, because nothing here can be wrong in that way:
//!
//! - 028 to 031, of deferred delivery: its segments have no place in an interchange of ours, and
//!   one that holds them has content that may not stand there (024).
//!
//! 006 (a sender who may not use the channel), 008 and 009 (a receiver that is not we), 014 (a day
//! in the future), 020 (the mode of the channel) and 025 (a control number that came before) also
//! depend on what the caller knows; it adds those faults to the ones that were read.
//!
//! ```
//! use x12::answer::{Verdict, ta1};
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/header-wrong.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! assert_eq!(ta1::verdict(&interchange.faults, &[]), Verdict::Rejected);
//! assert_eq!(ta1::notes(&interchange.faults)[..2], ["010", "007"]);
//! ```

use crate::answer::{Verdict, is_acknowledgment};
use crate::compose::Composer;
use crate::delimiters::fixed_field;
use crate::envelope::{ISA_ELEMENTS, can_be_answered};
use crate::fault::{Fault, InterchangeFault, Kind};
use crate::interchange::Interchange;
use crate::segment::Segment;

/// Whether an interchange wants a TA1: one that carries nothing but acknowledgments never does, or
/// two gateways would answer each other without an end. Nor does one without a sender: there is
/// nobody to send it to.
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/accepted-999.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// assert!(!x12::answer::ta1::is_wanted(interchange));
/// ```
pub fn is_wanted(answered: &Interchange) -> bool {
    if !can_be_answered(answered.header().text(6)) {
        return false;
    }
    let carries_nothing = answered.groups.is_empty() && answered.ta1s().next().is_none();
    carries_nothing || !answered.groups.iter().all(|group| is_acknowledgment(answered, group))
}

/// Writes the TA1 segments that answer `answered`, of which `faults` were found. They have to come
/// straight after the ISA, before any functional group.
///
/// `tolerated` lists the notes in spite of which an interchange of this sender is taken.
///
/// ```
/// use x12::answer::ta1;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
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
/// ta1::compose(&mut composer, interchange, &interchange.faults, &[]);
/// let answer = String::from_utf8(composer.finish()).expect("text");
/// assert!(answer.contains("~TA1*000000001*260301*0915*A*000~"));
/// ```
pub fn compose(
    composer: &mut Composer,
    answered: &Interchange,
    faults: &[Fault],
    tolerated: &[String],
) {
    let isa = answered.header();
    // A separator inside a name moves what stands behind it, and all three stand behind the names;
    // but not where the header has its width.
    let moved = isa.elements().count().saturating_sub(ISA_ELEMENTS + 1);
    let value = |n| fixed_field(isa.bytes(), n).unwrap_or_else(|| isa.text(n + moved));
    let verdict = verdict(faults, tolerated);
    for note in notes(faults) {
        composer
            .segment("TA1")
            .text(&digits_of(value(13), 9))
            .text(&digits_of(value(9), 6))
            .text(&digits_of(value(10), 4))
            .text(verdict.code())
            .text(note)
            .end();
    }
}

/// Whether an interchange with these faults is taken. Faults of its groups and transaction sets
/// do not count: a 999 answers those.
///
/// ```
/// use x12::answer::{Verdict, ta1};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/header-wrong.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// let all: Vec<String> = ta1::TOLERABLE.iter().map(|&note| note.to_owned()).collect();
/// assert_eq!(ta1::verdict(&[], &[]), Verdict::Accepted);
/// // Test or production is no matter to be lenient about.
/// assert_eq!(ta1::verdict(&interchange.faults, &all), Verdict::Rejected);
/// ```
pub fn verdict(faults: &[Fault], tolerated: &[String]) -> Verdict {
    let is_tolerated = |fault: InterchangeFault| {
        let note = fault.ta105();
        TOLERABLE.contains(&note) && tolerated.iter().any(|tolerated| tolerated == note)
    };
    let mut found = of_interchange(faults).peekable();
    match (found.peek(), of_interchange(faults).all(is_tolerated)) {
        (None, _) => Verdict::Accepted,
        (Some(_), true) => Verdict::WithErrors,
        (Some(_), false) => Verdict::Rejected,
    }
}

/// Whether a TA1 that came says one thing in TA104 and another in TA105: accepted with a note, or
/// rejected for none.
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/ta1-alone.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// let ta1 = interchange.ta1s().next().expect("a TA1");
/// assert!(!x12::answer::ta1::contradicts_itself(&ta1));
/// ```
pub fn contradicts_itself(ta1: &Segment<'_>) -> bool {
    let (verdict, note) = (ta1.text(4), ta1.text(5));
    // What is missing, the guide says.
    !verdict.is_empty() && !note.is_empty() && (verdict == b"A") != (note == b"000")
}

/// Notes that an operator may tolerate: nothing is lost by what they say, and it leaves no doubt of
/// who sent what to whom.
///
/// ```
/// use x12::answer::ta1::TOLERABLE;
///
/// assert!(TOLERABLE.contains(&"014") && !TOLERABLE.contains(&"025"));
/// ```
pub const TOLERABLE: &[&str] =
    &["005", "007", "010", "011", "012", "013", "014", "015", "016", "019"];

/// TA105 of each TA1: every reason once, in the order in which they were found; `000` for none.
///
/// ```
/// use x12::answer::ta1;
///
/// assert_eq!(ta1::notes(&[]), ["000"]);
/// ```
pub fn notes(faults: &[Fault]) -> Vec<&'static str> {
    let mut notes = Vec::new();
    for note in of_interchange(faults).map(InterchangeFault::ta105) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    if notes.is_empty() {
        notes.push("000");
    }
    notes
}

fn of_interchange(faults: &[Fault]) -> impl Iterator<Item = InterchangeFault> {
    faults.iter().filter_map(|fault| match fault.kind {
        Kind::Interchange(fault) => Some(fault),
        Kind::Group(_) | Kind::Set(_) | Kind::Segment(_) | Kind::Element(_) => None,
    })
}

/// TA101 to 103 have so many digits. Of a value with anything else in it the digits are repeated,
/// for an answer that breaks the standard itself is turned away unread.
fn digits_of(text: &[u8], len: usize) -> String {
    let digits = text.iter().copied().filter(u8::is_ascii_digit).map(char::from);
    let digits: String = digits.take(len).collect();
    format!("{digits:0>len$}")
}
