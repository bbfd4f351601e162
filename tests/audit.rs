//! What the audit sees of a store that somebody changed by hand.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn claimgate(data: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimgate"));
    command.arg("--data").arg(data).args(words).output().expect("run")
}

/// What is changed, and words of what the audit says then; none where it is right.
const CHANGES: &[(&str, &str)] = &[
    ("UPDATE claims SET charge = charge", ""),
    ("UPDATE postings SET amount = amount + 100 WHERE id = 3", "another digest"),
    ("DELETE FROM postings WHERE id = (SELECT MAX(id) FROM postings)", "another digest"),
    (
        "INSERT INTO postings (payment, account, claim, line, amount, reason, place_offset, \
         place_segment, place_element, place_component, place_repeat) SELECT payment, account, \
         claim, line, amount, reason, place_offset, place_segment, place_element, \
         place_component, place_repeat FROM postings WHERE id = 3",
        "1 postings were added past the ledger",
    ),
    ("UPDATE payments SET amount = amount + 100 WHERE id = 1", "payment 1 is of"),
    // As if it had never come: its money is in no account, and nobody waits for it.
    ("UPDATE payments SET trace = 'ANOTHER' WHERE id = 1", "stand nowhere"),
    // As if it had been posted so: the sum is right, and one claim has what is another's.
    (
        "UPDATE postings SET place_offset = (SELECT MAX(other.place_offset) FROM postings AS other \
         WHERE other.payment = postings.payment AND account = 'cash') WHERE account = 'cash' \
         AND payment = 1 AND reason = 'paid'",
        "of it stands in the ledger; ",
    ),
    ("UPDATE claim_payments SET suspended = 500 WHERE id = 1", "account of suspense"),
    ("UPDATE claim_payments SET suspended = 500 WHERE id = 1", "no open item"),
    ("UPDATE claims SET charge = charge + 1 WHERE id = 1", "charges of"),
    (
        "INSERT INTO write_offs (payment, amount, why, at, undone_because) \
         VALUES (1, 500, 'ann: a fee', 0, '')",
        "written off of remittances",
    ),
];

#[test]
fn the_audit_tells_what_was_changed_by_hand() {
    let folder = tempfile::tempdir().expect("a directory");
    let kept = folder.path().join("demo");
    let told = claimgate(folder.path(), &["demo", "--once", "--keep", &kept.to_string_lossy()]);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let data = kept.join("data");
    let (store, copy) = (data.join("claimgate.db"), folder.path().join("copy.db"));
    let file = rusqlite::Connection::open(&store).expect("the store");
    file.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("one file");
    drop(file);
    fs::copy(&store, &copy).expect("a copy");
    for &(statement, says) in CHANGES {
        for name in ["claimgate.db-wal", "claimgate.db-shm"] {
            fs::remove_file(data.join(name)).ok();
        }
        fs::copy(&copy, &store).expect("as it was");
        let file = rusqlite::Connection::open(&store).expect("the store");
        file.execute_batch(statement).expect("changed");
        drop(file);
        let audited = claimgate(&data, &["audit"]);
        let text = String::from_utf8_lossy(&audited.stdout).into_owned();
        assert_eq!(audited.status.code(), Some(i32::from(!says.is_empty())), "{statement}: {text}");
        assert!(text.contains(says), "{statement}: {text}");
    }
}
