//! A stream says of a file what reading the whole of it says, wherever it is cut into pieces.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use std::ops::Range;
use std::path::PathBuf;

use bytes::Bytes;
use common::{files_under, published, testdata};
use proptest::prelude::*;
use x12::fault::Fault;
use x12::guide;
use x12::interchange::{Group, Interchange, Set, read};
use x12::stream::{Piece, SEGMENT_BYTES_MAX, Stream, pieces};
use x12::walk::walk;

/// All that there is to say of a file, one after another.
#[derive(Debug, PartialEq)]
enum Told {
    Interchange(Vec<u8>, usize),
    Ta1(Vec<u8>, usize),
    Group(Vec<u8>, usize),
    Set { segments: Vec<(Vec<u8>, usize, usize, u32)>, faults: Vec<Fault>, walked: Vec<Fault> },
    GroupEnd(Vec<Fault>, Option<usize>),
    End(Vec<Fault>),
    Stray(Range<usize>),
}

fn told_of_set(interchange: &Interchange, group: &Group, set: &Set) -> Told {
    let segments = interchange.set_segments(set);
    let version = String::from_utf8_lossy(interchange.group_header(group).text(8)).into_owned();
    let number = String::from_utf8_lossy(interchange.set_header(set).text(1)).into_owned();
    let walked = guide::find(&version, &number).map(|guide| walk(interchange, set, guide).faults);
    Told::Set {
        segments: segments.map(|s| (s.bytes().to_vec(), s.offset(), s.end(), s.number())).collect(),
        faults: set.faults.clone(),
        walked: walked.unwrap_or_default(),
    }
}

/// What reading the whole file says; strays last, and TA1s behind their ISA.
fn whole(bytes: &Bytes) -> Vec<Told> {
    let mut told = Vec::new();
    let reading = read(bytes);
    for interchange in &reading.interchanges {
        let isa = interchange.header();
        told.push(Told::Interchange(isa.bytes().to_vec(), isa.offset()));
        let ta1s = interchange.ta1s();
        told.extend(ta1s.map(|ta1| Told::Ta1(ta1.bytes().to_vec(), ta1.offset())));
        for group in &interchange.groups {
            let gs = interchange.group_header(group);
            told.push(Told::Group(gs.bytes().to_vec(), gs.offset()));
            told.extend(group.sets.iter().map(|set| told_of_set(interchange, group, set)));
            let trailer = interchange.group_trailer(group).map(|trailer| trailer.offset());
            told.push(Told::GroupEnd(group.faults.clone(), trailer));
        }
        told.push(Told::End(interchange.faults.clone()));
    }
    told.extend(reading.strays.into_iter().map(Told::Stray));
    told
}

/// What a stream says of the same, in the same order.
fn streamed(stream: impl Iterator<Item = Piece>) -> Vec<Told> {
    let (mut told, mut strays, mut isa) = (Vec::new(), Vec::new(), 0);
    for piece in stream {
        told.push(match piece {
            Piece::Interchange(interchange) => {
                isa = told.len() + 1;
                let header = interchange.header();
                Told::Interchange(header.bytes().to_vec(), header.offset())
            }
            Piece::Ta1(interchange) => {
                let ta1 = interchange.ta1s().next().expect("the TA1");
                told.insert(isa, Told::Ta1(ta1.bytes().to_vec(), ta1.offset()));
                isa += 1;
                continue;
            }
            Piece::Group(interchange) => {
                let gs = interchange.all_segments().nth(1).expect("a group has its GS");
                Told::Group(gs.bytes().to_vec(), gs.offset())
            }
            Piece::Set(set) => {
                let (interchange, group, set) = set.parts();
                told_of_set(interchange, group, set)
            }
            Piece::LargeSet(_) => panic!("no set here is so large"),
            Piece::GroupEnd(interchange) => {
                let group = &interchange.groups[0];
                let trailer = interchange.group_trailer(group).map(|trailer| trailer.offset());
                Told::GroupEnd(group.faults.clone(), trailer)
            }
            Piece::End(interchange) => Told::End(interchange.faults.clone()),
            Piece::Stray(range) => {
                strays.push(Told::Stray(range));
                continue;
            }
        });
    }
    told.extend(strays);
    told
}

const SET_BYTES_MAX: usize = 1 << 24;

fn in_chunks(bytes: &[u8], mut len_of: impl FnMut() -> usize) -> Vec<Told> {
    let mut stream = Stream::new(SET_BYTES_MAX);
    let mut said = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(len_of().clamp(1, rest.len()));
        stream.push(chunk);
        said.extend(std::iter::from_fn(|| stream.next_piece()));
        rest = after;
    }
    stream.finish();
    said.extend(std::iter::from_fn(|| stream.next_piece()));
    streamed(said.into_iter())
}

fn agree(bytes: &Bytes, what: &str) {
    let expected = whole(bytes);
    let read = pieces(&bytes[..], SET_BYTES_MAX).map(|piece| piece.expect("no disk here"));
    assert!(streamed(read) == expected, "{what}: read at once");
    for len in [1, 7, 1000] {
        assert!(in_chunks(bytes, || len) == expected, "{what}: in chunks of {len}");
    }
}

fn samples() -> Vec<(PathBuf, Bytes)> {
    let paths = files_under(&testdata(), ".edi").into_iter();
    paths.map(|path| (path.clone(), Bytes::from(std::fs::read(path).expect("a file")))).collect()
}

/// The file in lines of one width.
fn wrapped(bytes: &[u8], width: usize) -> Bytes {
    let text: Vec<u8> = bytes.iter().copied().filter(|byte| !b"\r\n".contains(byte)).collect();
    text.chunks(width).collect::<Vec<_>>().join(&b"\r\n"[..]).into()
}

#[test]
fn agrees_on_every_test_file() {
    let samples = samples();
    assert!(samples.len() > 20, "the test files are not there");
    for (path, bytes) in samples {
        agree(&bytes, &path.display().to_string());
    }
}

#[test]
fn agrees_on_every_published_file() {
    let Some(folder) = published() else { return };
    for path in files_under(&folder, "") {
        let bytes = Bytes::from(std::fs::read(&path).expect("a file"));
        let read = pieces(&bytes[..], SET_BYTES_MAX).map(|piece| piece.expect("no disk here"));
        let expected = whole(&bytes);
        assert!(streamed(read) == expected, "{}: read at once", path.display());
        assert!(in_chunks(&bytes, || 777) == expected, "{}: in chunks", path.display());
    }
}

#[test]
fn agrees_on_files_that_lines_cut() {
    for (path, file) in samples().into_iter().step_by(3) {
        // With a line end for a terminator, so that its header ends a line.
        let in_lines: Vec<u8> = file
            .iter()
            .filter(|byte| !b"\r\n".contains(byte))
            .map(|&byte| if byte == b'~' { b'\n' } else { byte })
            .collect();
        for width in [80, 132] {
            let bytes = wrapped(&file, width);
            agree(&bytes, &format!("{} in lines of {width}", path.display()));
            // Something follows that is not cut.
            let more = [&bytes[..], b"\n", b"ISA and more\n", &bytes[..bytes.len() / 2]].concat();
            agree(&more.into(), &format!("{} in lines of {width}, twice", path.display()));
            let torn = &bytes[..bytes.len().min(3 * (width + 2) + 5)];
            let more = [torn, &in_lines].concat();
            agree(&more.into(), &format!("{} torn in lines of {width}, and again", path.display()));
        }
    }
}

#[test]
fn agrees_on_binary_data() {
    let (_, bytes) = samples().into_iter().next().expect("a test file");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    for data in ["BIN*5*A~B~C~", "BDS*ASC*4*~~~~~", "BIN*99999*A~", "BIN*3*ISA~", "BIN*x*~"] {
        for before in ["HL*", "SE*", "GE*", "IEA*"] {
            let text = text.replacen(&format!("~\n{before}"), &format!("~\n{data}\n{before}"), 1);
            agree(&Bytes::from(text), &format!("{data} before {before}"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Files cut and put together anyhow, in chunks of any size.
    #[test]
    fn agrees_on_whatever_is_put_together(
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0usize..4000, 0usize..4000), 1..5),
        lens in prop::collection::vec(1usize..3000, 1..20),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"~*:^ISAGE\n\r \xEF".to_vec())), 0..6),
    ) {
        let samples = samples();
        let mut bytes = Vec::new();
        for (which, from, len) in picks {
            let (_, file) = which.get(&samples);
            // Most begin with their beginning.
            let from = if from < 3000 { 0 } else { from.min(file.len()) };
            let len = if len < 2000 { file.len() } else { len };
            bytes.extend_from_slice(&file[from..(from + len).min(file.len())]);
        }
        for (at, byte) in changes {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        let mut lens = lens.into_iter().cycle();
        let chunked = in_chunks(&bytes, || lens.next().expect("a cycle"));
        prop_assert_eq!(chunked, whole(&Bytes::from(bytes)));
    }
}

#[test]
fn passes_over_a_set_that_is_too_large() {
    let isa = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~";
    let large = "K3*A~".repeat(1000);
    let file = format!(
        "{isa}GS*HC*AA*BB*20260101*1200*1*X*005010X222A1~ST*837*0001~K3*A~SE*3*0001~\
         ST*837*0002~{large}SE*1002*0002~ST*837*0003~{large}SE*1000*0003~ST*837*0004~SE*2*0004~\
         GE*4*1~IEA*1*000000001~"
    );
    for chunk in [100, 5000] {
        let mut stream = Stream::new(1000);
        let mut said = Vec::new();
        for bytes in file.as_bytes().chunks(chunk) {
            stream.push(bytes);
            said.extend(std::iter::from_fn(|| stream.next_piece()));
        }
        stream.finish();
        said.extend(std::iter::from_fn(|| stream.next_piece()));
        let sets = said.iter().filter_map(|piece| match piece {
            Piece::Set(set) => Some((false, set.parts())),
            Piece::LargeSet(set) => Some((true, set.parts())),
            _ => None,
        });
        let sets: Vec<_> = sets
            .map(|(is_large, (_, _, set))| {
                let faults = set.faults.iter().map(|fault| (fault.kind.name(), fault.place.offset));
                (is_large, set.segment_count(), faults.collect::<Vec<_>>())
            })
            .collect();
        let wrong = file.find("SE*1000").expect("the wrong count") + 3;
        let expected = [
            (false, 3, vec![]),
            (true, 2, vec![]),
            (true, 2, vec![("segment-count-wrong", wrong)]),
            (false, 2, vec![]),
        ];
        assert_eq!(sets, expected);
        let Some(Piece::End(end)) = said.last() else { panic!("the interchange ends") };
        assert_eq!(end.faults, []);
    }
}

/// Whether it is too large, how many segments it has, and its faults.
type ToldOfSet = (bool, u32, Vec<String>);

/// What a stream says of sets that have something too large in them, and of the interchange.
fn told_of_large(file: &[u8], chunk: usize) -> (Vec<ToldOfSet>, Vec<String>) {
    let mut stream = Stream::new(1 << 26);
    let mut said = Vec::new();
    for bytes in file.chunks(chunk) {
        stream.push(bytes);
        said.extend(std::iter::from_fn(|| stream.next_piece()));
    }
    stream.finish();
    said.extend(std::iter::from_fn(|| stream.next_piece()));
    let faults = |faults: &[Fault]| -> Vec<String> {
        let said = |fault: &Fault| {
            let Fault { kind, place, tag, .. } = fault;
            format!("{} {} {} {}", kind.name(), tag.text(), place.segment, place.offset)
        };
        faults.iter().map(said).collect()
    };
    let mut sets = Vec::new();
    for piece in &said {
        let (is_large, set) = match piece {
            Piece::Set(set) => (false, set.parts().2),
            Piece::LargeSet(set) => (true, set.parts().2),
            _ => continue,
        };
        sets.push((is_large, set.segment_count(), faults(&set.faults)));
    }
    let Some(Piece::End(end)) = said.last() else { panic!("the interchange ends") };
    (sets, faults(&end.faults))
}

#[test]
fn passes_over_what_is_too_large_and_reads_on() {
    let isa = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~";
    let large = "x".repeat(SEGMENT_BYTES_MAX + 400_000);
    let bytes_max = "x".repeat(SEGMENT_BYTES_MAX - 7);
    let gap = "~".repeat(SEGMENT_BYTES_MAX + 9);
    let binary = format!("BIN*{}*{large}~", large.len());
    let file = format!(
        "{isa}{gap}GS*HC*AA*BB*20260101*1200*1*X*005010X222A1~ST*837*0001~NTE*A*{large}~SE*3*0001~\
         ST*837*0002~NTE*A*{bytes_max}~SE*3*0002~ST*837*0003~{gap}K3*A~SE*3*0003~\
         ST*837*0004~{gap}SE*2*0004~ST*837*0005~{binary}SE*3*0005~ST*837*0006~K3*A~{large}"
    );
    let place = file.find("NTE").expect("a note");
    let last = file.len() - large.len();
    let expected = vec![
        (true, 2, vec![format!("segment-too-large NTE 2 {place}")]),
        (false, 3, vec![]),
        (true, 2, vec![]),
        (true, 2, vec![]),
        (false, 3, vec![]),
        (
            true,
            1,
            vec![
                format!("set-trailer-missing ST 1 {}", file.rfind("ST*").expect("an ST")),
                format!("segment-too-large  3 {last}"),
            ],
        ),
    ];
    for chunk in [1 << 18, 77_777, file.len()] {
        let (sets, faults) = told_of_large(file.as_bytes(), chunk);
        assert_eq!(sets, expected, "in chunks of {chunk}");
        assert_eq!(faults, [format!("ends-early IEA 0 {}", file.len())]);
    }
}

/// Outside sets, too, nothing is kept that has no end.
#[test]
fn reads_on_behind_what_is_too_large_outside_sets() {
    let isa = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~";
    let large = "x".repeat(2 * SEGMENT_BYTES_MAX);
    let set = "ST*837*0001~K3*A~SE*3*0001~";
    let group = format!("GS*HC*AA*BB*20260101*1200*1*X*005010X222A1~{set}GE*1*1~");
    let file = format!("{isa}{large}~{group}{large}{isa}{group}IEA*1*000000001~");
    for chunk in [1 << 18, 77_777, file.len()] {
        let mut stream = Stream::new(1 << 26);
        let (mut sets, mut ends) = (0, Vec::new());
        let chunks = file.as_bytes().chunks(chunk).map(Some).chain([None]);
        for bytes in chunks {
            match bytes {
                Some(bytes) => stream.push(bytes),
                None => stream.finish(),
            }
            for piece in std::iter::from_fn(|| stream.next_piece()) {
                sets += usize::from(matches!(piece, Piece::Set(_)));
                if let Piece::End(end) = piece {
                    ends.push(end.faults.iter().map(|fault| fault.kind.name()).collect::<Vec<_>>());
                }
            }
        }
        let expected = [vec!["content-invalid", "ends-early"], vec![]];
        assert_eq!((sets, ends.as_slice()), (2, expected.as_slice()), "in chunks of {chunk}");
    }
}
