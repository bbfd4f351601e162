//! A file read with foresight says what reading the whole of it says, its document too.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use std::io::Cursor;
use std::path::PathBuf;

use bytes::Bytes;
use common::{files_under, published, testdata};
use proptest::prelude::*;
use x12::foresight::{Foresight, Part, Sets, Whole};
use x12::interchange::{Interchange, read};
use x12::json::write::{Document, Glance, write};
use x12::segment::Segment;

const SET_BYTES_MAX: usize = 1 << 24;

/// All that an interchange says: of its envelope, and of each of its sets twice.
fn told(interchange: &Interchange, sets: &mut dyn Sets) -> Vec<String> {
    let of = |segment: Segment<'_>| {
        let text = String::from_utf8_lossy(segment.bytes()).into_owned();
        format!("{} to {}, {}: {text}", segment.offset(), segment.end(), segment.number())
    };
    let mut told = vec![format!("{:?} {:?}", interchange.span(), interchange.faults)];
    told.extend(interchange.outside_sets().map(of));
    told.extend(interchange.ta1s().map(of));
    told.extend(interchange.trailer().map(of));
    told.push(format!("{:?}", interchange.ta1_faults()));
    for group in &interchange.groups {
        told.push(of(interchange.group_header(group)));
        told.extend(interchange.group_trailer(group).map(of));
        let (faults, is_of_997) = (&group.faults, group.is_of_997());
        told.push(format!("{} sets, {is_of_997}, {faults:?}", group.set_count()));
        let mut all = Vec::new();
        let mut each = |interchange: &Interchange, _: &_, set: &_| {
            all.extend(interchange.set_segments(set).map(of));
            all.push(format!("{:?}", set.faults));
            Ok(())
        };
        sets.next_group(&mut each).expect("nothing that fails");
        // Groups whose sets are asked for once lie between those that are asked for twice.
        if group.set_count() % 2 == 1 {
            sets.same_group(&mut each).expect("nothing that fails");
        }
        told.extend(all);
    }
    told
}

fn agree(bytes: &Bytes, what: &str) {
    let reading = read(bytes);
    let whole = reading.interchanges.iter();
    let whole: Vec<_> = whole.map(|one| told(one, &mut Whole::of(one))).collect();
    let (mut streamed, mut strays) = (Vec::new(), Vec::new());
    let mut file = foreseen(bytes);
    while let Some(part) = file.next_part(&mut |_, _| {}) {
        match part {
            Part::Stray(stray) => strays.push(stray),
            Part::Interchange(outline) => streamed.push(told(&outline, &mut file)),
        }
    }
    assert!(file.failure().is_none(), "{what}");
    assert_eq!(strays, reading.strays, "{what}");
    assert_eq!(streamed, whole, "{what}");
    let mut at_once = Vec::new();
    let notices = write(&reading, &mut at_once).expect("memory takes it");
    let (document, said) = document_of(bytes);
    assert!(document == at_once, "{what}: its document");
    assert_eq!(said.len(), notices.len(), "{what}: its notices");
    assert!(notices.iter().all(|notice| said.contains(notice)), "{what}: its notices");
}

fn foreseen(bytes: &Bytes) -> Foresight<Cursor<&[u8]>> {
    Foresight::new([&bytes[..]; 4].map(Cursor::new), SET_BYTES_MAX)
}

fn document_of(bytes: &Bytes) -> (Vec<u8>, Vec<x12::json::write::Notice>) {
    let (mut written, mut notices) = (Vec::new(), Vec::new());
    let mut tell = |notice| notices.push(notice);
    let mut document = Document::begin(&mut written, &mut tell).expect("memory takes it");
    let mut file = foreseen(bytes);
    loop {
        let mut glance = Glance::default();
        match file.next_part(&mut |interchange, set| glance.at(interchange, set)) {
            Some(Part::Interchange(outline)) => {
                document.interchange(&outline, glance, &mut file).expect("memory takes it");
            }
            Some(Part::Stray(stray)) => document.stray(&stray),
            None => break,
        }
    }
    document.end().expect("memory takes it");
    (written, notices)
}

fn samples() -> Vec<(PathBuf, Bytes)> {
    let paths = files_under(&testdata(), ".edi").into_iter();
    paths.map(|path| (path.clone(), Bytes::from(std::fs::read(path).expect("a file")))).collect()
}

#[test]
fn agrees_on_every_test_file() {
    let samples = samples();
    assert!(samples.len() > 20, "the test files are not there");
    for (path, bytes) in &samples {
        agree(bytes, &path.display().to_string());
    }
    let all: Vec<&[u8]> = samples.iter().map(|(_, bytes)| &bytes[..]).collect();
    agree(&Bytes::from(all.join(&b"\n"[..])), "all of them in one file");
}

#[test]
fn agrees_on_every_published_file() {
    let Some(folder) = published() else { return };
    for path in files_under(&folder, "") {
        let bytes = Bytes::from(std::fs::read(&path).expect("a file"));
        agree(&bytes, &path.display().to_string());
    }
}

#[test]
fn agrees_on_files_that_lines_cut() {
    for (path, bytes) in samples().into_iter().step_by(2) {
        let text: Vec<u8> = bytes.iter().copied().filter(|byte| !b"\r\n".contains(byte)).collect();
        let cut = text.chunks(80).collect::<Vec<_>>().join(&b"\r\n"[..]);
        let more = [&cut, &b"\nISA and more\n"[..], &cut[..cut.len() / 2], &text].concat();
        agree(&more.into(), &format!("{} in lines of 80", path.display()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Files put together anyhow, with bytes changed.
    #[test]
    fn agrees_on_whatever_is_put_together(
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0usize..6000), 1..5),
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), prop::sample::select(b"~*:^ISAGE\n\r \xEF".to_vec())),
            0..6,
        ),
    ) {
        let samples = samples();
        let mut bytes = Vec::new();
        for (which, len) in picks {
            let (_, file) = which.get(&samples);
            bytes.extend_from_slice(&file[..len.min(file.len())]);
        }
        for (at, byte) in changes {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        agree(&Bytes::from(bytes), "put together");
    }
}

#[test]
fn a_set_that_is_too_large_is_said_to_be() {
    let bytes = Bytes::from_static(include_bytes!("../../testdata/professional/several.edi"));
    let mut file = Foresight::new([&bytes[..]; 4].map(Cursor::new), 100);
    let mut count = 0;
    while let Some(part) = file.next_part(&mut |_, _| {}) {
        let Part::Interchange(outline) = part else { continue };
        for _ in &outline.groups {
            let mut each = |interchange: &Interchange, _: &_, set: &x12::interchange::Set| {
                assert!(set.is_passed_over());
                assert_eq!(interchange.set_header(set).tag_bytes(), b"ST");
                count += 1;
                Ok(())
            };
            file.next_group(&mut each).expect("nothing that fails");
        }
    }
    assert!(count > 0);
}
