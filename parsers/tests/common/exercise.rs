//! All that can be done with a file, for the sake of what might go wrong on the way. The property
//! tests and the fuzz targets go through it.

use bytes::Bytes;
use x12::answer::x231::{Echo, SetJudgement};
use x12::answer::{ta1, x231};
use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;
use x12::fault::Fault;
use x12::interchange::{Group, Interchange, Reading, Set, read};
use x12::value::Day;
use x12::view::{answer, claim, remittance};
use x12::walk::{FAULTS_MAX, Walked};
use x12::write::write;

use super::{faults_of, line, walked};

/// Reads a file, walks its sets, looks at them by every view, answers it, and asserts what holds
/// of every file.
pub fn exercise(bytes: &Bytes) -> Reading {
    let reading = read(bytes);
    assert_every_byte_is_somewhere(bytes, &reading);
    for interchange in &reading.interchanges {
        assert_eq!(write(interchange, &[]).expect("no edit"), interchange.bytes());
        assert_places_are_inside(interchange);
        answer_to(interchange);
        answer::ta1s(interchange);
        for group in &interchange.groups {
            for set in &group.sets {
                answer::implementation_ack(interchange, set);
                let Some(walked) = walked(interchange, group, set) else { continue };
                assert_walk_is_sound(set, &walked);
                claim::claims(interchange, set, &walked).for_each(drop);
                remittance::remittance(interchange, set, &walked);
                answer::claim_acks(interchange, set, &walked);
            }
        }
    }
    reading
}

/// Every byte of a file is in one interchange, in a stray piece, or blank; between interchanges the
/// terminator of the one before may stand again.
fn assert_every_byte_is_somewhere(bytes: &Bytes, reading: &Reading) {
    let mut known = vec![false; bytes.len()];
    let spans = reading.interchanges.iter().map(Interchange::span);
    for range in spans.chain(reading.strays.iter().cloned()) {
        for at in range {
            assert!(!known[at], "byte {at} is in two pieces");
            known[at] = true;
        }
    }
    let blank = |byte: u8| b" \r\n\t\0\x1A\xEF\xBB\xBF".contains(&byte);
    let ends_nothing = |at: usize| {
        let before = reading.interchanges.iter().rfind(|one| one.span().end <= at);
        before.is_some_and(|before| before.delimiters().segment == bytes[at])
    };
    for (at, known) in known.iter().enumerate() {
        assert!(*known || blank(bytes[at]) || ends_nothing(at), "byte {at} is lost");
    }
}

/// A fault points into the interchange that it speaks of, or at its end.
fn assert_places_are_inside(interchange: &Interchange) {
    let span = interchange.span();
    let inside = |fault: &Fault| {
        let offset = fault.place.offset;
        assert!(span.start <= offset && offset <= span.end, "{} of {span:?}", line(fault));
    };
    interchange.faults.iter().for_each(inside);
    for group in &interchange.groups {
        group.faults.iter().for_each(inside);
        for set in &group.sets {
            set.faults.iter().for_each(inside);
            let walked = walked(interchange, group, set);
            walked.iter().flat_map(|walked| &walked.faults).for_each(inside);
        }
    }
}

fn assert_walk_is_sound(set: &Set, walked: &Walked) {
    assert!(walked.faults.len() <= FAULTS_MAX);
    let count = set.segment_count();
    for fault in &walked.faults {
        assert!(fault.place.segment <= count, "{} of {count}", line(fault));
    }
    let place = |fault: &Fault| (fault.place.segment, fault.place.offset);
    assert!(walked.faults.is_sorted_by_key(place), "faults come in the order of the file");
    let numbers: Vec<u32> = walked.placed.iter().map(|placed| placed.number).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "a segment has two places");
    assert!(numbers.iter().all(|number| (1..=count).contains(number)));
}

/// The TA1 and the 999 that answer an interchange.
pub fn answer_to(interchange: &Interchange) -> Vec<u8> {
    let envelope = envelope();
    let mut composer = Composer::new(&envelope, Delimiters::OURS);
    ta1::compose(&mut composer, interchange, &interchange.faults, &[]);
    let numbers = x231::group_numbers(interchange);
    for (group, number) in interchange.groups.iter().zip(&numbers) {
        let judged = |set| judge(interchange, group, set);
        let sets: Vec<_> = group.sets.iter().map(judged).collect();
        let echo = Echo::WrongValues;
        let numbered = (group, number.as_slice());
        x231::compose(&mut composer, &envelope, interchange, numbered, &group.faults, &sets, echo);
    }
    composer.finish()
}

fn judge(interchange: &Interchange, group: &Group, set: &Set) -> SetJudgement {
    let mut faults = set.faults.clone();
    faults.extend(walked(interchange, group, set).into_iter().flat_map(|walked| walked.faults));
    SetJudgement { faults, is_tolerated: false }
}

/// Our own reader finds nothing wrong with our answers.
pub fn assert_answers_are_sound(reading: &Reading) {
    for interchange in &reading.interchanges {
        let answer = Bytes::from(answer_to(interchange));
        let found: Vec<_> = faults_of(&read(&answer)).iter().map(line).collect();
        let Some(first) = found.first() else { continue };
        let text = String::from_utf8_lossy(&answer[..answer.len().min(2000)]).replace('~', "~\n");
        panic!("{} faults of our own answer, such as {first}:\n{text}", found.len());
    }
}

/// Who answers, and when.
pub fn envelope() -> Envelope {
    Envelope {
        sender_qualifier: "ZZ".to_owned(),
        sender: "CLAIMGATE".to_owned(),
        receiver_qualifier: "ZZ".to_owned(),
        receiver: "WILLOWCLINIC".into(),
        application_sender: "CLAIMGATE".to_owned(),
        application_receiver: "WILLOWCLINIC".into(),
        day: Day::parse(b"20260302").expect("a day"),
        time: "0800".to_owned(),
        control_number: 1,
        wants_ta1: false,
        is_production: false,
    }
}
