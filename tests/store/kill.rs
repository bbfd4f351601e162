//! A process that is killed between any two instructions leaves whole changes and nothing else,
//! and every change that it was told to be written.

use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use claimgate::change::{Change, ClaimId, Draw};
use claimgate::lifecycle::{Event, State};
use claimgate::store::{self, Arrival, Store};

use crate::sample::*;

/// Names the store that the killed process writes to.
const STORE_URL: &str = "CLAIMGATE_TEST_STORE_URL";

/// Large enough that a kill often falls into a commit.
const CLAIMS_OF_FILE: u32 = 200;

const KILLS: u64 = 8;

/// Not a test of its own: what the killed process does.
#[test]
fn writes_until_it_is_killed() {
    let Ok(url) = std::env::var(STORE_URL) else { return };
    let store = store::open(&url).expect("opened");
    loop {
        let first = store.next_number("file").expect("read");
        let arrival = match store.unsettled().expect("read").first() {
            Some(left) => left.id,
            None => arrive(&*store, &format!("file {first}")),
        };
        let mut change = change(1);
        change.settles = Some(settlement(arrival));
        change.draws = vec![Draw { counter: "file".to_owned(), first, count: 1 }];
        change.claims = (0..CLAIMS_OF_FILE).map(|number| claim(arrival, number)).collect();
        change.deliveries = vec![delivery("office", "file.999")];
        change.deliveries[0].arrival = Some(arrival);
        let claims = store.commit(&change).expect("committed").claims;
        store.commit(&batch(2, first as u32, &claims)).expect("batched");
        let mut out = std::io::stdout();
        writeln!(out, "committed {first}").and_then(|()| out.flush()).expect("told");
    }
}

fn start(url: &str) -> (Child, BufReader<ChildStdout>) {
    let myself = std::env::current_exe().expect("this test");
    let mut child = Command::new(myself)
        .args(["--exact", "kill::writes_until_it_is_killed", "--nocapture"])
        .env(STORE_URL, url)
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let told = BufReader::new(child.stdout.take().expect("its output"));
    (child, told)
}

/// The last number that the process was told to be committed.
fn last_told(told: &mut BufReader<ChildStdout>, stop_after: usize) -> u64 {
    let numbers = told.lines().map_while(Result::ok).filter_map(|line| {
        line.split_once("committed ").and_then(|(_, number)| number.parse::<u64>().ok())
    });
    numbers.take(stop_after).last().unwrap_or(0)
}

fn assert_whole(store: &dyn Store, arrival: &Arrival) {
    let claims = store.claims_of_arrival(arrival.id).expect("read");
    let answers = store.answers(arrival.id).expect("read");
    if arrival.verdict.is_none() {
        assert!(claims.is_empty() && answers.is_empty(), "half of a change was written");
        return;
    }
    assert_eq!((claims.len(), answers.len()), (CLAIMS_OF_FILE as usize, 1));
    let is_batched = claims[0].state == State::Batched;
    for claim in claims {
        let history = store.history(claim.id).expect("read").expect("the claim");
        let events: Vec<_> = history.events.iter().map(|event| event.event).collect();
        if is_batched {
            assert_eq!((claim.state, claim.times_sent), (State::Batched, 1));
            assert_eq!(events, [Event::Passed, Event::Batched]);
        } else {
            assert_eq!((claim.state, claim.times_sent), (State::Ready, 0));
            assert_eq!(events, [Event::Passed]);
        }
        assert_eq!(history.submissions.len(), usize::from(is_batched));
    }
}

/// Batches what a kill left behind, as a restarted gateway does.
fn finish(store: &dyn Store) {
    let left: Vec<ClaimId> =
        store.ready("ACME", u32::MAX).expect("read").iter().map(|claim| claim.id).collect();
    if !left.is_empty() {
        store.commit(&batch(3, 0, &left)).expect("batched");
    }
    store.commit(&Change::default()).expect("the store can be written to");
}

#[test]
fn a_kill_leaves_whole_changes_and_all_that_were_told() {
    let dir = tempfile::tempdir().expect("a directory");
    let url = format!("sqlite:{}", dir.path().join("store.db").display());
    for round in 1..=KILLS {
        let (mut child, mut told) = start(&url);
        let before = last_told(&mut told, 2);
        // Another moment of the commit in each round.
        std::thread::sleep(Duration::from_micros(round * 1_700));
        child.kill().expect("killed");
        child.wait().expect("gone");
        let told = before.max(last_told(&mut told, usize::MAX));
        assert!(told > 0, "the process wrote nothing");

        let store = store::open(&url).expect("opened after the kill");
        let written = store.next_number("file").expect("read") - 1;
        assert!(written == told || written == told + 1, "{told} were told, {written} written");
        let arrivals = store.arrivals(None, u32::MAX).expect("read");
        let settled = arrivals.iter().filter(|arrival| arrival.verdict.is_some()).count();
        assert_eq!(settled as u64, written);
        for arrival in &arrivals {
            assert_whole(&*store, arrival);
        }
        finish(&*store);
    }
}
