//! Any bytes, read, edited, written and read again: what is not edited leaves as it came, and what
//! is edited is found where it was laid.

#![no_main]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::borrow::Cow;

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use x12::edit::{Edit, apply};
use x12::interchange::{Interchange, Set, read, without_cuts};
use x12::write::{SetEdits, write};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, file)) = bytes.split_first_chunk::<4>() else { return };
    let reading = read(&Bytes::copy_from_slice(file));
    for interchange in &reading.interchanges {
        assert_eq!(write(interchange, &[]).expect("no edit"), interchange.bytes());
        // Lines that are cut again inside of a file that was cut into lines are nobody's.
        let terminator = interchange.delimiters().segment;
        if matches!(without_cuts(&interchange.bytes(), terminator), Cow::Owned(_)) {
            continue;
        }
        let sets = interchange.groups.iter().flat_map(|group| &group.sets);
        if let Some(set) = sets.into_iter().find(|set| 3 < set.segment_count()) {
            edit_and_read_again(interchange, set, &edit(choice, set));
        }
    }
});

/// One change to a segment between ST and SE, as the input chooses.
fn edit(&[what, at, element, component]: &[u8; 4], set: &Set) -> Edit {
    let segment = 2 + u32::from(at) % (set.segment_count() - 2);
    match what % 3 {
        0 => Edit::Remove { segment },
        1 => Edit::Insert {
            after: segment - 1,
            elements: vec![vec!["K3".to_owned()], vec!["ADDED".to_owned()]],
        },
        _ => Edit::Set { segment, element, component, value: "SET".to_owned() },
    }
}

fn edit_and_read_again(interchange: &Interchange, set: &Set, edit: &Edit) {
    // What nearly is a header may become one by an edit; nobody edits it.
    if interchange.set_segments(set).any(|segment| segment.bytes().starts_with(b"ISA")) {
        return;
    }
    let edits = std::slice::from_ref(edit);
    let Ok(out) = write(interchange, &[SetEdits { set, edits }]) else { return };
    let expected = apply(interchange.set_segments(set), edits).expect("they were written");
    let again = read(&Bytes::from(out));
    let found = again.interchanges.iter().flat_map(|one| {
        let sets = one.groups.iter().flat_map(|group| &group.sets);
        sets.map(|set| one.set_segments(set).map(|segment| segment.bytes().to_vec()).collect())
    });
    let found: Vec<Vec<Vec<u8>>> = found.collect();
    let last = if set.has_trailer() { expected.len() - 1 } else { expected.len() };
    let is_it = |segments: &Vec<Vec<u8>>| {
        segments.len() == expected.len()
            && segments[..last].iter().zip(&expected).all(|(found, (_, text))| found == text)
    };
    assert!(found.iter().any(is_it), "the edited set is not found again");
}
