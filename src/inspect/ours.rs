//! What there is to say of a file beside what X12 has a code for.

use std::ops::Range;

use x12::fault::Place;
use x12::segment::Segment;

use super::{Address, Answer, Note};
use crate::intake::judge::Judged;
use crate::scrub::Severity;

/// Bytes that belong to no interchange.
pub fn stray_bytes(range: &Range<usize>) -> Note {
    Note {
        address: Address::default(),
        name: "stray-bytes".into(),
        code: "CG-FILE-01".into(),
        snip: 1,
        severity: Severity::Reject,
        loop_id: String::new(),
        segment: String::new(),
        place: Place { offset: range.start, ..Place::default() },
        missing: None,
        value: None,
        what: match range.len() {
            1 => "1 byte belongs to no interchange".into(),
            count => format!("{count} bytes belong to no interchange").into(),
        },
        why: "they are taken nowhere and answered by nothing, claims among them too".into(),
        fix: "look for an ISA that was cut or changed; begin each interchange with a whole one"
            .into(),
        answer: Answer::None,
        is_answered: false,
        edit: None,
        tables: Vec::new(),
    }
}

/// A set that was passed over.
pub fn too_large(address: &Address, st: &Segment<'_>) -> Note {
    Note {
        address: address.clone(),
        name: "set-too-large".into(),
        code: "CG-SET-01".into(),
        snip: 1,
        severity: Severity::Reject,
        loop_id: String::new(),
        segment: "ST".to_owned(),
        place: st.place(0, 0),
        missing: None,
        value: None,
        what: "the transaction set is larger than is checked in one piece".into(),
        why: "nothing in it was looked at; a set of so many claims is taken nowhere".into(),
        fix: "send its claims in several sets of 5000 at most".into(),
        answer: Answer::None,
        is_answered: false,
        edit: None,
        tables: Vec::new(),
    }
}

/// Says how many faults of a set are not told one by one.
pub fn untold(address: &Address, judged: &Judged, place: Place) -> Note {
    let count = judged.walked.untold.count();
    let (severity, why) = match judged.is_untold_mended() {
        true => (Severity::Repair, "the set has too many; their claims are mended like the others"),
        false => (
            Severity::Reject,
            "the set has too many; claims with faults are rejected like those with told ones",
        ),
    };
    Note {
        address: address.clone(),
        name: "faults-untold".into(),
        code: "CG-SET-02".into(),
        snip: 1,
        severity,
        loop_id: String::new(),
        segment: String::new(),
        place,
        missing: None,
        value: None,
        what: format!("{count} faults more, from here on, are not told one by one").into(),
        why: why.into(),
        fix: "mend those that are told first; most have one cause".into(),
        answer: Answer::Ik5("5"),
        is_answered: true,
        edit: None,
        tables: Vec::new(),
    }
}
