//! Trouble around the real daemon: what it stands on fails, and it goes on.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use claimgate::audit::audit;
use claimgate::change::Moment;
use claimgate::clock;
use claimgate::gateway::Gateway;
use claimgate::gateway::receive::take_in;
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::store::archive::{self, Archive};
use claimgate::store::{self, NewArrival};
use claimgate::transport::Arrival;

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

#[test]
fn what_is_added_to_a_file_that_was_taken_is_taken_too() {
    let place = Place::new("", "");
    let daemon = place.start();
    place.drop_claims("batch.edi", interchange("CEDAR", 1, &many("G", 1)).as_bytes());
    let answers = || files_of(&place.office("acks"), "_277CA.x12").len();
    wait("the answers", || answers() == 1);
    wait("the file to be filed away", || {
        !files_below(&place.office("done"), "batch.edi").is_empty()
    });
    let done = files_below(&place.office("done"), "batch.edi").remove(0);
    let mut writer = OpenOptions::new().append(true).open(done).expect("a writer");
    writer.write_all(interchange("CEDAR", 2, &many("H", 1)).as_bytes()).expect("written");
    wait("the answers to what was added", || answers() == 2);
    wait("the second file", || files_below(&place.office("done"), "batch.edi").len() == 2);
    assert!(place.log().contains("a file was added to after it was taken"));

    // What is added while nobody looks is found at the next start.
    daemon.stop();
    writer.write_all(interchange("CEDAR", 3, &many("I", 1)).as_bytes()).expect("written");
    let daemon = place.start();
    wait("the answers to what was added since", || answers() == 3);
    wait("the third file", || files_below(&place.office("done"), "batch.edi").len() == 3);
    daemon.stop();
    let arrivals = place.store().arrivals(None, 10).expect("read");
    assert_eq!(arrivals.iter().map(|arrival| arrival.times).collect::<Vec<_>>(), [1, 1, 1]);
}

/// The files below a directory whose names end so.
fn files_below(directory: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let found = paths.flat_map(|path| match path.is_dir() {
        true => files_below(&path, ending),
        false => vec![path],
    });
    found.filter(|path| path.to_string_lossy().ends_with(ending)).collect()
}

#[test]
fn nothing_is_answered_while_the_store_is_moved_away() {
    let place = Place::new("", "");
    let daemon = place.start();
    let (store, away) = (place.data().join("claimgate.db"), place.root.path().join("away.db"));
    fs::rename(&store, &away).expect("moved away");
    place.drop_claims("batch.edi", interchange("CEDAR", 1, &many("J", 1)).as_bytes());
    wait("readiness to fail", || {
        let page = daemon.page("/readyz");
        page.starts_with("HTTP/1.1 503") && page.contains("the store's file")
    });
    wait("the log", || place.log().contains("nothing can be taken in"));
    wait("a look at the file", || place.log().contains("taking in an arrival"));
    assert!(files(&place.office("acks")).is_empty(), "it was answered");
    assert!(!store.exists(), "another store was made in its place");

    fs::rename(&away, &store).expect("moved back");
    wait("the answers", || files(&place.office("acks")).len() == 3);
    wait("readiness", || daemon.page("/readyz").starts_with("HTTP/1.1 200"));
    wait("the log", || place.log().contains("store and archive work again"));
    daemon.stop();
}

#[test]
fn an_archive_that_cannot_be_written_is_told() {
    let place = Place::new("", "");
    let daemon = place.start();
    let unfinished = place.data().join("archive/unfinished");
    fs::remove_dir(&unfinished).expect("removed");
    fs::write(&unfinished, "in the way").expect("written");
    wait("readiness to fail", || {
        let page = daemon.page("/readyz");
        page.starts_with("HTTP/1.1 503") && page.contains("archive")
    });
    wait("the log", || place.log().contains("nothing can be taken in"));
    fs::remove_file(&unfinished).expect("removed");
    fs::create_dir(&unfinished).expect("made");
    wait("readiness", || daemon.page("/readyz").starts_with("HTTP/1.1 200"));
    daemon.stop();
}

#[test]
fn an_audit_beside_a_daemon_that_works_agrees() {
    let place = Place::new("", "");
    let config = place.root.path().join("config/claimgate.toml");
    let plan = Settings::load(Some(&config), &place.data()).expect("settings");
    let archive = Archive::open(&place.data().join("archive")).expect("an archive");
    let gateway = Gateway::new(plan, store::open("memory:").expect("a store"), archive);
    let batch = |number: u32| interchange("CEDAR", number, &many(&format!("A{number}"), 2));
    let take = |number: u32| {
        let (cedar, now) = (ChannelName::new("cedar").expect("a name"), clock::now());
        let batch = batch(number).into();
        let arrival = Arrival::of_bytes(cedar, "batch.edi".to_owned(), batch, now);
        take_in(&gateway, &arrival, now).expect("taken in");
    };
    take(1);
    // The second file has come, and is decided on while the first one is counted.
    let second = batch(2);
    let remembered = gateway.store.remember(&NewArrival {
        channel: "cedar".to_owned(),
        name: "batch.edi".to_owned(),
        content: archive::hash_of(second.as_bytes()),
        len: second.len() as u64,
        received_at: Moment(1),
    });
    remembered.expect("remembered");
    let audited =
        audit(gateway.store.as_ref(), (&gateway.denials(), Moment(i64::MAX)), |arrival| {
            take(2);
            gateway.archive.get(&arrival.content).map_err(|error| error.to_string())
        });
    let audited = audited.expect("read");
    assert_eq!(audited.disagreements, Vec::<String>::new());
    assert_eq!((audited.undecided, audited.claims_in, audited.claims_accounted()), (1, 2, 2));
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
