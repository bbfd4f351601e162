//! TA1, the answer to one interchange.
//!
//! ```
//! use x12::answer::{Verdict, ta1};
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/header-wrong.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! assert_eq!(ta1::verdict(&interchange.faults), Verdict::Rejected);
//! assert_eq!(ta1::note(&interchange.faults), "010");
//! ```

use crate::answer::{Verdict, fitted};
use crate::compose::Composer;
use crate::fault::{Fault, Kind};
use crate::interchange::Interchange;

/// Writes the TA1 that answers `answered`, of which `faults` were found. It has to come straight
/// after the ISA, before any functional group.
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
/// #     receiver: "WILLOWCLINIC".to_owned(),
/// #     application_sender: "CLAIMGATE".to_owned(),
/// #     application_receiver: "WILLOWCLINIC".to_owned(),
/// #     day: Day::parse(b"20260302").expect("a day"),
/// #     time: "0800".to_owned(),
/// #     control_number: 7,
/// #     wants_ta1: false,
/// #     is_production: false,
/// # };
/// # let mut composer = Composer::new(&envelope, Delimiters::OURS);
/// ta1::compose(&mut composer, interchange, &interchange.faults);
/// let answer = String::from_utf8(composer.finish()).expect("text");
/// assert!(answer.contains("~TA1*000000001*260301*0915*A*000~"));
/// ```
pub fn compose(composer: &mut Composer, answered: &Interchange, faults: &[Fault]) {
    let isa = answered.header();
    composer
        .segment("TA1")
        .text(&fitted(isa.text(13), 0, 9))
        .text(&fitted(isa.text(9), 0, 6))
        .text(&fitted(isa.text(10), 0, 4))
        .text(verdict(faults).code())
        .text(note(faults))
        .end();
}

/// Whether an interchange with these faults is taken. Faults of its groups and transaction sets
/// do not count: a 999 answers those.
///
/// ```
/// use x12::answer::{Verdict, ta1};
///
/// assert_eq!(ta1::verdict(&[]), Verdict::Accepted);
/// ```
pub fn verdict(faults: &[Fault]) -> Verdict {
    match first_note(faults) {
        Some(_) => Verdict::Rejected,
        None => Verdict::Accepted,
    }
}

/// TA105: why. There is room for one reason, and the first is given.
///
/// ```
/// use x12::answer::ta1;
///
/// assert_eq!(ta1::note(&[]), "000");
/// ```
pub fn note(faults: &[Fault]) -> &'static str {
    first_note(faults).unwrap_or("000")
}

fn first_note(faults: &[Fault]) -> Option<&'static str> {
    faults.iter().find_map(|fault| match fault.kind {
        Kind::Interchange(fault) => Some(fault.ta105()),
        Kind::Group(_) | Kind::Set(_) | Kind::Segment(_) | Kind::Element(_) => None,
    })
}
