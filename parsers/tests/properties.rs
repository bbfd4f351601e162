//! What holds for every file, whatever stands in it: reading it ends, soon and without a panic,
//! and what is not edited leaves as it came.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read sample files and measure"
)]

mod common;

use std::time::Duration;

use bytes::Bytes;
use common::exercise::{assert_answers_are_sound, exercise};
use common::{files_under, guide_of, testdata};
use proptest::prelude::*;
use x12::edit::Edit;
use x12::interchange::read;
use x12::write::{SetEdits, write};

const ISA: &str = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~";
const GS: &str = "GS*HC*AA*BB*20260101*1200*1*X*005010X222A1~";
const ST: &str = "ST*837*0001*005010X222A1~";

/// Bytes in which everything that reading looks for is likely.
fn likely_bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = [
        ISA,
        GS,
        ST,
        "ISA*",
        "ISA",
        "GS*",
        "ST*837*0001~",
        "SE*2*0001~",
        "GE*1*1~",
        "IEA*1*000000001~",
        "HL*1**20*1~",
        "HL*2*1*22*0~",
        "NM1*85*2*A~",
        "NM1*IL*1*A~",
        "CLM*A*1***11:B:1*Y*A*Y*Y~",
        "LX*1~",
        "SV1*HC:99213*1*UN*1***1~",
        "REF*EI*1~",
        "N3*A~",
        "N4*A~",
        "BIN*9*~~~~",
        "TA1*1~",
        "~",
        "*",
        ":",
        "^",
        "\r\n",
        "\n",
        " ",
        "\0",
        "\u{1A}",
        "\u{FEFF}",
        "é",
        "A",
        "1",
        "nm1*41~",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(pieces.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// One of our files with bytes put in, taken out or changed.
fn damaged_files() -> impl Strategy<Value = Vec<u8>> {
    let files: Vec<Vec<u8>> = files_under(&testdata(), ".edi")
        .iter()
        .map(|path| std::fs::read(path).expect("a test file"))
        .collect();
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..3u8);
    let changes = prop::collection::vec(change, 1..6);
    (prop::sample::select(files), changes).prop_map(|(mut file, changes)| {
        for (at, byte, what) in changes {
            if file.is_empty() {
                break;
            }
            let at = at.index(file.len());
            match what {
                0 => file[at] = byte,
                1 => drop(file.remove(at)),
                _ => file.insert(at, byte),
            }
        }
        file
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn takes_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        assert_answers_are_sound(&exercise(&Bytes::from(bytes)));
    }

    #[test]
    fn takes_what_looks_like_a_file(bytes in likely_bytes()) {
        assert_answers_are_sound(&exercise(&Bytes::from(bytes)));
    }

    #[test]
    fn takes_damaged_files(bytes in damaged_files()) {
        assert_answers_are_sound(&exercise(&Bytes::from(bytes)));
    }

    /// Lines of any width cut nothing but the file: the same faults, at the same bytes.
    #[test]
    fn reads_files_cut_into_lines(width in 40..300usize, ending in 0..3usize, file in 0..3usize) {
        let names = ["professional/plain.edi", "remittance/everything.edi", "professional/levels.edi"];
        let whole = std::fs::read(testdata().join(names[file])).expect("a test file");
        // One slip, so that a place can be compared.
        let text = String::from_utf8_lossy(&whole).replace("~\n", "~").replacen("*US", "*!!", 1);
        let text = text.replacen("N3*", "N3**", 1);
        let whole = text.as_bytes();
        let line_end = ["\n", "\r\n", "\r"][ending].as_bytes();
        let cut: Vec<u8> = whole.chunks(width).collect::<Vec<_>>().join(line_end);
        let plain = common::faults_of(&read(&Bytes::copy_from_slice(whole)));
        let reading = exercise(&Bytes::from(cut.clone()));
        let found = common::faults_of(&reading);
        prop_assert_eq!(found.len(), plain.len());
        for (found, plain) in found.iter().zip(&plain) {
            let at = plain.place.offset;
            prop_assert_eq!(found.place.offset, at + at / width * line_end.len());
            prop_assert_eq!(found.kind.name(), plain.kind.name());
        }
        prop_assert_eq!(reading.interchanges[0].span(), 0..cut.len());
        prop_assert_eq!(reading.strays.len(), 0);
    }

    /// An edit is found again where it was laid, and nothing else has changed.
    #[test]
    fn edits_leave_the_rest_alone(
        file in 0..2usize,
        places in prop::collection::btree_map(1..80u32, 0..3u8, 1..6),
    ) {
        let names = ["professional/every-loop.edi", "remittance/everything.edi"];
        let came = std::fs::read(testdata().join(names[file])).expect("a test file");
        let reading = read(&Bytes::from(came));
        let interchange = &reading.interchanges[0];
        let set = &interchange.groups[0].sets[0];
        let last = set.segment_count() - 1;
        let added = vec![vec!["K3".to_owned()], vec!["ADDED".to_owned()]];
        let edits: Vec<Edit> = places
            .iter()
            .map(|(&at, &what)| (at.clamp(2, last), what))
            .map(|(segment, what)| match what {
                0 => Edit::Remove { segment },
                1 => Edit::Insert { after: segment, elements: added.clone() },
                _ => Edit::Set { segment, element: 9, component: 0, value: "SET".to_owned() },
            })
            .collect();
        let out = write(interchange, &[SetEdits { set, edits: &edits }]).expect("edits that fit");
        let again = read(&Bytes::from(out));
        let [left] = &again.interchanges[..] else { panic!("one interchange") };
        prop_assert_eq!(&left.faults, &[]);
        let left_set = &left.groups[0].sets[0];
        prop_assert_eq!(&left_set.faults, &[], "SE01 was not counted again");
        let edited = x12::edit::apply(interchange.set_segments(set), &edits).expect("edits that fit");
        prop_assert_eq!(left_set.segment_count() as usize, edited.len());
        for (segment, (_, text)) in left.set_segments(left_set).zip(&edited) {
            let is_trailer = segment.number() == left_set.segment_count();
            prop_assert!(is_trailer || segment.bytes() == &text[..]);
        }
    }
}

/// How long a debug build may work on a megabyte made to be slow.
const READING_MAX: Duration =
    Duration::from_millis(if cfg!(debug_assertions) { 8000 } else { 2000 });

const SIZE: usize = 1_000_000;

/// How long this thread has worked: what others do on the machine does not count.
fn time_worked() -> Duration {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").expect("a thread");
    let nanoseconds = statistics.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.expect("the first number of three"))
}

fn repeated(begins: &str, piece: &str) -> Vec<u8> {
    let mut bytes = begins.as_bytes().to_vec();
    while bytes.len() < SIZE {
        bytes.extend_from_slice(piece.as_bytes());
    }
    bytes
}

#[test]
fn nothing_is_slow() {
    let set = format!("{ISA}{GS}{ST}");
    let numbered = |begins: &str, piece: fn(usize) -> String| {
        let mut bytes = begins.as_bytes().to_vec();
        for number in 1.. {
            bytes.extend_from_slice(piece(number).as_bytes());
            if SIZE <= bytes.len() {
                break;
            }
        }
        bytes
    };
    let claims = format!("{set}HL*1**20*1~HL*2*1*22*0~CLM*A*1~");
    let cases = [
        ("headers cut short", repeated("", "ISA*")),
        ("headers with short values", repeated("", "ISA*00*")),
        ("whole headers", repeated("", ISA)),
        ("headers that end in a line", repeated("", &format!("{}\nGS*~", &ISA[..105]))),
        ("the word", repeated("", "ISA")),
        ("terminators", repeated(ISA, "~")),
        ("line ends", repeated(ISA, "\r\n")),
        ("line ends alone", repeated(&ISA[..40], "\n")),
        ("separators", repeated(ISA, "*")),
        ("separators in a set", repeated(&set, "*")),
        ("one segment of values", repeated(&format!("{set}NM1"), "*A")),
        ("one segment of parts", repeated(&format!("{set}BHT*0019"), ":")),
        ("one element of repeats", repeated(&format!("{set}BHT*0019"), "^A")),
        ("one long value", repeated(&format!("{set}BHT*"), "A")),
        ("parts that are wrong", repeated(&format!("{claims}HI*"), "ABK:A^:")),
        ("adjustments", repeated(&format!("{claims}SBR*P~CAS"), "*CO*X")),
        ("groups", repeated(ISA, "GS*~")),
        ("groups alike", repeated(ISA, GS)),
        ("sets", repeated(&format!("{ISA}{GS}"), "ST*~")),
        ("sets alike", repeated(&format!("{ISA}{GS}"), ST)),
        ("sets apart", numbered(&format!("{ISA}{GS}"), |n| format!("ST*837*{n:06}~SE*2*{n:06}~"))),
        ("trailers", repeated(&set, "SE*1~GE*1~")),
        ("unknown segments", repeated(&set, "QQ~")),
        ("segments of other sets", repeated(&set, "AK9~")),
        ("segments in wrong places", repeated(&set, "SV1*1~")),
        ("lines without a claim", repeated(&set, "LX*1~SV1~")),
        ("claims", repeated(&claims, "CLM*A*1~")),
        ("levels in levels", numbered(&set, |n| format!("HL*{n}*{}*22*1~", n - 1))),
        ("levels of no level", numbered(&set, |n| format!("HL*{n}*999999*22*1~"))),
        ("levels of no kind", numbered(&set, |n| format!("HL*{n}**QQ*1~"))),
        ("lines", numbered(&claims, |n| format!("LX*{n}~SV1*HC:1*1*UN*1***1~"))),
        ("answers", repeated(ISA, "TA1*1~")),
        ("binary data", repeated(&set, "BIN*9*~")),
        ("binary data of all lengths", numbered(&set, |n| format!("BIN*{n}*~"))),
        ("lines of one width", repeated(&ISA[..80], &format!("\n{}", "A".repeat(80)))),
        ("wrong bytes", repeated(&set, "\u{7F}é*\u{1}~")),
    ];
    let mut slow = Vec::new();
    for (name, bytes) in cases {
        let before = time_worked();
        exercise(&Bytes::from(bytes));
        let took = time_worked().saturating_sub(before);
        if READING_MAX / 4 < took {
            println!("{name}: {took:?}");
        }
        if READING_MAX < took {
            slow.push(name);
        }
    }
    assert_eq!(slow, [""; 0]);
}

#[test]
fn knows_the_guides_of_its_test_files() {
    for path in files_under(&testdata().join("professional"), ".edi") {
        let reading = read(&Bytes::from(std::fs::read(&path).expect("a test file")));
        for interchange in &reading.interchanges {
            for group in &interchange.groups {
                for set in &group.sets {
                    assert!(guide_of(interchange, group, set).is_some(), "{}", path.display());
                }
            }
        }
    }
}
