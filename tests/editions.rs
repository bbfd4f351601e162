//! New editions of code sets through the real program: taken up while it serves, and kept with what
//! they found.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::fs;
use std::process::Command;

use daemon::{Daemon, Place, files_of, wait};
use made::{interchange, many};

/// Takes in a made-up list of places of service; the claims of these tests are from place 11.
fn import(place: &Place, edition: &str, rows: &str) {
    let file = place.root.path().join("places.tsv");
    fs::write(&file, format!("code\teff_from\teff_to\n{rows}")).expect("written");
    let file = file.to_str().expect("a plain name");
    let words = ["codes", "import", "place-of-service", file, "--edition", edition, "--smaller"];
    let output = place.command(&words);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn hang_up(daemon: &Daemon<'_>) {
    let id = daemon.id().to_string();
    let sent = Command::new("kill").args(["-HUP", &id]).status().expect("sent");
    assert!(sent.success());
}

/// Sends in the claim `C{number}00001`, and waits for its answer.
fn send(place: &Place, number: u32) {
    let batch = interchange("CEDAR", number, &many(&format!("C{number}"), 1));
    place.drop_claims(&format!("batch{number}.edi"), batch.as_bytes());
    let answers = || files_of(&place.office("acks"), "_277CA.x12").len();
    wait("the answer", || answers() == number as usize);
}

fn claim(place: &Place, number: u32, format: &str) -> String {
    let number = format!("C{number}00001");
    let output = place.command(&["claim", &number, "--format", format]);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_new_edition_holds_from_the_next_file_on_and_a_damaged_one_never() {
    let place = Place::new("", "");
    let daemon = place.start();
    send(&place, 1);
    assert!(!claim(&place, 1, "text").contains("CG-CODE-04"));

    import(&place, "without 11", "11\t20000101\t20200101\n12\t20000101\t\n");
    send(&place, 2);
    assert!(!claim(&place, 2, "text").contains("CG-CODE-04"), "nobody told the daemon");
    hang_up(&daemon);
    wait("the new edition", || place.log().contains("edition=\"without 11\""));
    wait("the end", || place.log().contains("are in force as their files have them now"));
    send(&place, 3);
    let told = claim(&place, 3, "text");
    assert!(told.contains("reject CG-CODE-04"), "{told}");
    assert!(told.contains("\n    by place-of-service: without 11\n"), "{told}");

    // One byte short, as when a disk was full.
    let table = place.data().join("codes/place-of-service.table");
    import(&place, "with 11", "11\t20000101\t\n12\t20000101\t\n");
    let renewed = fs::read(&table).expect("the table");
    fs::write(&table, &renewed[..renewed.len() - 1]).expect("cut");
    hang_up(&daemon);
    wait("the refusal", || place.log().contains("and so do the code sets"));
    assert!(place.log().contains("place-of-service.table is damaged"));
    send(&place, 4);

    fs::write(&table, &renewed).expect("whole again");
    assert!(claim(&place, 4, "text").contains("by place-of-service: without 11"));
    hang_up(&daemon);
    wait("the newest edition", || place.log().contains("edition=\"with 11\""));
    wait("its turn", || {
        place.log().matches("are in force as their files have them now").count() == 2
    });
    send(&place, 5);
    assert!(!claim(&place, 5, "text").contains("CG-CODE-04"));
    // What was found keeps the edition that found it.
    let told = claim(&place, 3, "json");
    assert!(told.contains("\"tables\":{\"place-of-service\":\"without 11\"}"), "{told}");
    daemon.stop();
}
