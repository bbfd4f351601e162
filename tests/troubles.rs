//! Trouble around the real daemon: what it stands on fails, and it goes on.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::fs::{self, OpenOptions};

use daemon::{Place, files, files_of, wait};
use made::{interchange, many};

#[test]
fn a_log_that_cannot_be_written_stops_nothing() {
    let place = Place::new("", "");
    let full = OpenOptions::new().write(true).open("/dev/full").expect("a disk that is full");
    let daemon = place.start_logging_to(full);
    wait("the inbox", || place.office("inbox").is_dir());
    for number in 1..=2 {
        let batch = interchange("CEDAR", number, &many(&format!("L{number}"), 1));
        place.drop_claims("batch.edi", batch.as_bytes());
        let answers = || files_of(&place.office("acks"), "_277CA.x12").len();
        wait("the answers", || answers() == number as usize);
        wait("the file to be filed away", || {
            fs::read_dir(place.office(".work")).is_ok_and(|mut left| left.next().is_none())
        });
    }
    daemon.stop();
}

#[test]
fn a_file_that_cannot_be_filed_away_is_answered_once() {
    let place = Place::new("", "");
    let daemon = place.start();
    fs::remove_dir_all(place.office("done")).expect("removed");
    fs::write(place.office("done"), "in the way").expect("written");
    let batch = interchange("CEDAR", 1, &many("F", 1));
    place.drop_claims("batch.edi", batch.as_bytes());
    let answers = || files(&place.office("acks"));
    wait("the answers", || answers().len() == 3);
    wait("the report", || !files(&place.office("reports")).is_empty());
    for answer in answers() {
        fs::remove_file(answer).expect("collected");
    }
    let tries = || place.log().matches("filing an arrival away").count();
    let so_far = tries();
    wait("more tries", || tries() > so_far + 2);
    assert!(answers().is_empty(), "the answers came once more");

    fs::remove_file(place.office("done")).expect("removed");
    wait("the file to be filed away", || files(&place.office(".work")).is_empty());
    daemon.stop();
    assert!(answers().is_empty(), "the answers came once more");
    let arrivals = place.store().arrivals(None, 10).expect("read");
    assert_eq!(arrivals.iter().map(|arrival| arrival.times).collect::<Vec<_>>(), [1]);
    assert!(note_of(&place).contains("\"claims\": 1"), "the note says what became of the file");
}

/// The note beside the only file that was filed away.
fn note_of(place: &Place) -> String {
    let mut directory = place.office("done");
    loop {
        let entries = fs::read_dir(&directory).expect("read");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        let last = paths.pop().expect("something");
        if last.is_file() {
            return fs::read_to_string(last).expect("a note");
        }
        directory = last;
    }
}
