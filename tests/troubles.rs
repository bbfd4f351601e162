//! Trouble around the real daemon: what it stands on fails, and it goes on.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::fs::{self, OpenOptions};

use daemon::{Place, files_of, wait};
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
