//! The real daemon is killed with a large batch in its hands, again and again. Once it is left
//! alone every claim is there exactly once, and left exactly once.

#[allow(dead_code, reason = "each test uses its part of it")]
mod chance;
#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
mod made;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use bytes::Bytes;
use claimgate::lifecycle::State;

use chance::{Chance, seed};
use daemon::{Place, files, files_of, wait};

const CLAIMS: usize = 10_000;

/// What the daemon has come to when it is killed, and up to how long after that.
type Moment<'a> = (&'a str, &'a dyn Fn() -> bool, u64);

#[test]
fn a_daemon_that_is_killed_loses_nothing_and_doubles_nothing() {
    let seed = seed();
    println!("seed {seed}; TEST_SEED={seed} repeats it");
    let mut chance = Chance(seed);
    let place = Place::new("", "");
    place.start().kill();
    let batch = made::interchange("CEDAR", 1, &made::many("K", CLAIMS));
    place.drop_claims("batch.edi", batch.as_bytes());
    let moments: [Moment<'_>; 5] = [
        ("is taken out of the inbox", &|| !files(&place.office(".work")).is_empty(), 300),
        ("is recorded", &|| !place.store().arrivals(None, 1).expect("read").is_empty(), 3_000),
        ("is decided on", &|| claims_in_store(&place) > 0, 500),
        // It may leave between two looks.
        ("is batched", &|| claims_in(&place, State::Ready) < CLAIMS as u64, 200),
        ("leaves", &|| !files(&place.payer("outbox")).is_empty(), 500),
    ];
    for (what, is_so, milliseconds_max) in moments {
        let daemon = place.start();
        wait(&format!("the batch {what}"), is_so);
        let pause = chance.below(milliseconds_max);
        std::thread::sleep(Duration::from_millis(pause));
        daemon.kill();
        println!("killed {pause} ms after the batch {what}");
    }
    let daemon = place.start();
    wait("every claim to be sent", || claims_in(&place, State::Sent) == CLAIMS as u64);
    wait("the file to be filed away", || files(&place.office(".work")).is_empty());
    wait("the answers", || files_of(&place.office("reports"), "REPORT.txt").len() == 1);
    daemon.stop();

    assert_eq!(claims_in_store(&place), CLAIMS);
    assert_sent_once(&place);
    let audited = place.command(&["audit"]);
    assert!(audited.status.success(), "{}", String::from_utf8_lossy(&audited.stdout));
}

fn claims_in(place: &Place, state: State) -> u64 {
    let totals = place.store().totals().expect("read");
    totals.iter().filter(|total| total.state == state).map(|total| total.claims).sum()
}

/// How many claims the store has; none of them twice.
fn claims_in_store(place: &Place) -> usize {
    let store = place.store();
    let mut numbers = HashSet::new();
    for arrival in store.arrivals(None, u32::MAX).expect("read") {
        for claim in store.claims_of_arrival(arrival.id).expect("read") {
            let is_new = numbers.insert(claim.patient_control_number.into_inner());
            assert!(is_new, "a claim is in the store twice");
        }
    }
    numbers.len()
}

/// Every claim is in one file for the payer, no control number is in two, and the office has one
/// answer of each kind, which names every claim once.
fn assert_sent_once(place: &Place) {
    let mut sent: HashMap<String, usize> = HashMap::new();
    let mut control_numbers = HashSet::new();
    for file in files(&place.payer("outbox")) {
        let text = std::fs::read(file).expect("read");
        for interchange in x12::interchange::read(&Bytes::from(text)).interchanges {
            assert!(interchange.faults.is_empty(), "{:?}", interchange.faults);
            let number = interchange.header().text(13).to_vec();
            assert!(control_numbers.insert(number), "a control number left twice");
            for set in interchange.groups.iter().flat_map(|group| &group.sets) {
                assert!(set.faults.is_empty(), "{:?}", set.faults);
                let clms = interchange.set_segments(set).filter(|one| one.tag_bytes() == b"CLM");
                for clm in clms {
                    let number = String::from_utf8_lossy(clm.text(1)).into_owned();
                    *sent.entry(number).or_default() += 1;
                }
            }
        }
    }
    assert_eq!(sent.len(), CLAIMS);
    assert!(sent.values().all(|&times| times == 1), "a claim left twice");
    for (ending, count) in [("_TA1.x12", 1), ("_999.x12", 1), ("_277CA.x12", 2)] {
        assert_eq!(files_of(&place.office("acks"), ending).len(), count, "{ending}");
    }
    let answered: usize = files_of(&place.office("acks"), "_277CA.x12")
        .iter()
        .map(|file| std::fs::read_to_string(file).expect("read").matches("TRN*2*K").count())
        .sum();
    assert_eq!(answered, CLAIMS);
}
