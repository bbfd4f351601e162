//! What is particular to a file: it stays, it is shared, and it must be fast.

use std::time::Instant;

use claimgate::change::{Change, Draw};
use claimgate::store::{self, Error};

use crate::sample::*;

#[test]
fn refuses_urls_that_it_does_not_know() {
    for url in ["", "oracle://user:secret@host", "sqlite:", "memory:x", "store.db"] {
        let Err(error) = store::open(url) else { panic!("{url} was opened") };
        let message = error.to_string();
        assert!(message.contains("sqlite:PATH, memory:"), "{message}");
        assert!(!message.contains("secret"), "{message}");
    }
}

#[test]
fn says_which_file_it_cannot_open() {
    let dir = tempfile::tempdir().expect("a directory");
    let missing = dir.path().join("no/such/directory/store.db");
    let text = dir.path().join("text.db");
    std::fs::write(&text, "this is no database, but long enough to be taken for one".repeat(99))
        .expect("a file");
    for path in [missing, text] {
        let Err(error) = store::open(&format!("sqlite:{}", path.display())) else {
            panic!("{} was opened", path.display());
        };
        assert!(matches!(error, Error::Open { .. }));
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
    }
}

#[test]
fn refuses_the_tables_of_a_later_version() {
    let (store, dir) = new_store("sqlite");
    drop(store);
    let path = dir.path().join("store.db");
    let file = rusqlite::Connection::open(&path).expect("the file");
    file.execute_batch(
        "INSERT INTO refinery_schema_history SELECT version + 999, 'later', applied_on, checksum \
         FROM refinery_schema_history LIMIT 1",
    )
    .expect("a later version");
    let opened = store::open(&format!("sqlite:{}", path.display()));
    assert!(matches!(opened, Err(Error::Unreadable { .. })));
}

#[test]
fn commits_nothing_to_a_file_that_was_moved_away() {
    let (store, dir) = new_store("sqlite");
    let (path, away) = (dir.path().join("store.db"), dir.path().join("away.db"));
    std::fs::rename(&path, &away).expect("moved away");
    let changed = change(1);
    assert!(matches!(store.commit(&changed), Err(Error::Gone { .. })));
    assert!(matches!(store.probe(), Err(Error::Gone { .. })));
    assert!(matches!(store.totals(), Err(Error::Gone { .. })));
    assert!(!path.exists(), "another file was made in its place");
    // Another in its place is not it, whatever it holds.
    std::fs::copy(&away, &path).expect("copied");
    assert!(matches!(store.probe(), Err(Error::Gone { .. })));
    std::fs::rename(&away, &path).expect("moved back");
    store.probe().expect("it is there again");
    store.commit(&changed).expect("committed");
}

#[test]
fn tells_of_pages_that_are_damaged() {
    use std::io::{Seek, Write};

    let (store, dir) = new_store("sqlite");
    let arrival = arrive(&*store, "a");
    let claims = vec![claim(arrival, 1)];
    store.commit(&Change { claims, ..change(1) }).expect("committed");
    assert_eq!(store.damages().expect("checked"), [""; 0]);
    drop(store);
    let path = dir.path().join("store.db");
    let file = rusqlite::Connection::open(&path).expect("the file");
    let number = |question: &str| file.query_row(question, [], |row| row.get::<_, i64>(0));
    let page =
        number("SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'claims'");
    let (page, size) = (page.expect("a page"), number("PRAGMA page_size").expect("a size"));
    drop(file);
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).expect("the file");
    let start = u64::try_from((page - 1) * size).expect("a place");
    file.seek(std::io::SeekFrom::Start(start)).expect("a page");
    file.write_all(&[0xA5; 64]).expect("damaged");
    drop(file);
    let store = store::open(&format!("sqlite:{}", path.display())).expect("opened");
    let damages = store.damages().expect("checked");
    assert!(!damages.is_empty() && damages[0] != "ok", "{damages:?}");
}

#[test]
fn keeps_what_was_committed_when_it_is_opened_again() {
    let (store, dir) = new_store("sqlite");
    let arrival = arrive(&*store, "a");
    let claims = vec![claim(arrival, 1)];
    store.commit(&Change { claims, ..change(1) }).expect("committed");
    drop(store);
    let url = format!("sqlite:{}", dir.path().join("store.db").display());
    let store = store::open(&url).expect("opened again");
    assert_eq!(store.claims_by_control_number("PCN1").expect("read").len(), 1);
}

#[cfg(unix)]
#[test]
fn is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let (store, dir) = new_store("sqlite");
    arrive(&*store, "a");
    for name in ["store.db", "store.db-wal"] {
        let mode = dir.path().join(name).metadata().expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

/// As the daemon and the command line do: each opens the file for itself, all at once.
#[test]
fn lets_several_open_one_file_and_write() {
    const WRITERS: u64 = 4;
    const DRAWS: u64 = 25;

    let dir = tempfile::tempdir().expect("a directory");
    let url = format!("sqlite:{}", dir.path().join("store.db").display());
    let arrival = arrive(&*store::open(&url).expect("opened"), "835");
    let write_some = |writer: u64| {
        let store = store::open(&url).expect("opened");
        let mut drawn = 0;
        while drawn < DRAWS {
            let first = store.next_number("isa").expect("read");
            let draws = vec![Draw { counter: "isa".to_owned(), first, count: 1 }];
            match store.commit(&Change { draws, ..change(1) }) {
                Ok(_) => drawn += 1,
                Err(Error::Stale { .. }) => continue,
                Err(error) => panic!("{error}"),
            }
            // This one reads before it writes: nobody may write in between.
            let payments = vec![payment(arrival, &format!("{writer}-{drawn}"), None)];
            store.commit(&Change { payments, ..change(1) }).expect("posted");
        }
    };
    let write_some = &write_some;
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || write_some(writer));
        }
    });
    let store = store::open(&url).expect("opened");
    assert_eq!(store.next_number("isa").expect("read"), WRITERS * DRAWS + 1);
}

#[test]
fn commits_ten_thousand_claims_within_a_second() {
    const CLAIMS: u32 = 10_000;

    let (store, _dir) = new_store("sqlite");
    for file in 1..=3 {
        let arrival = arrive(&*store, &format!("file {file}"));
        let mut change = change(1);
        change.settles = Some(settlement(arrival));
        for number in file * CLAIMS..(file + 1) * CLAIMS {
            let mut claim = claim(arrival, number);
            if number % 2 == 0 {
                claim.findings.push(finding(number % 7));
            }
            change.claims.push(claim);
        }
        let begun = Instant::now();
        store.commit(&change).expect("committed");
        let took = begun.elapsed();
        let rate = f64::from(CLAIMS) / took.as_secs_f64();
        eprintln!("{CLAIMS} claims committed in {took:?}: {rate:.0} a second");
        // Without optimization it says nothing.
        assert!(cfg!(debug_assertions) || took.as_secs_f64() < 1.0, "it took {took:?}");
    }
}
