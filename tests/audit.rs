//! What the audit sees of a store that somebody changed by hand, and what it asks of books that are wrong and in
//! balance.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use claimgate::change::{Change, ClaimId};
use claimgate::ledger::{Account, GIVES_WAY, Posting};
use claimgate::store;
use x12::fault::Place;
use x12::value::Money;

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

/// The store of the demo, which can be had again as it was.
struct Demo {
    data: PathBuf,
    copy: PathBuf,
    _folder: tempfile::TempDir,
}

impl Demo {
    fn new() -> Demo {
        let folder = tempfile::tempdir().expect("a directory");
        let kept = folder.path().join("demo");
        let told = claimgate(folder.path(), &["demo", "--once", "--keep", &kept.to_string_lossy()]);
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        let (data, copy) = (kept.join("data"), folder.path().join("copy.db"));
        let demo = Demo { data, copy, _folder: folder };
        demo.change("PRAGMA wal_checkpoint(TRUNCATE)");
        fs::copy(demo.store(), &demo.copy).expect("a copy");
        demo
    }

    fn store(&self) -> PathBuf {
        self.data.join("claimgate.db")
    }

    fn as_it_was(&self) {
        for name in ["claimgate.db-wal", "claimgate.db-shm"] {
            fs::remove_file(self.data.join(name)).ok();
        }
        fs::copy(&self.copy, self.store()).expect("as it was");
    }

    fn change(&self, statement: &str) {
        let file = rusqlite::Connection::open(self.store()).expect("the store");
        file.execute_batch(statement).expect("changed");
    }

    /// Posts from the second account to the first, as the gateway would: the ledger stays sound.
    fn post(&self, posted: &[Posted]) {
        let store = store::open(&format!("sqlite:{}", self.store().display())).expect("a store");
        let mut change = Change::default();
        for &(claim, to, from, cents, reason) in posted {
            for (account, cents) in [(to, cents), (from, -cents)] {
                change.postings.push(Posting {
                    account,
                    claim: Some(ClaimId(claim)),
                    line: String::new(),
                    amount: Money::from_cents(cents),
                    reason: reason.to_owned(),
                    source: Place { segment: 1, ..Place::default() },
                });
            }
        }
        store.commit(&change).expect("posted");
    }

    fn audit(&self) -> (Option<i32>, String) {
        let audited = claimgate(&self.data, &["audit"]);
        (audited.status.code(), String::from_utf8_lossy(&audited.stdout).into_owned())
    }
}

/// Claim, account, the other account, cents, reason.
type Posted = (i64, Account, Account, i64, &'static str);

use Account::{Cash, Contractual, Patient, Receivable};

/// Books that are in balance, and what is asked of them. Claim 1 is of 185.00: 148.00 is paid, 18.50 taken off
/// and 18.50 left to the patient; claim 2 of 125.00 leaves 12.50.
const BOOKS: &[(&str, &[Posted], &str)] = &[
    ("", &[], ""),
    ("", &[(1, Contractual, Patient, 1_850, "CO-45")], ""),
    ("", &[(1, Contractual, Patient, 2_000, "CO-45")], "patient-in-credit: what"),
    (
        "",
        &[(1, Contractual, Patient, 2_000, "CO-45")],
        "claim 1: 1.50; charged 185.00, paid 148.00",
    ),
    ("", &[(1, Contractual, Receivable, 1_000, "CO-45")], "payer-in-credit"),
    ("", &[(1, Cash, Receivable, 1_000, "paid")], "payer-in-credit"),
    ("", &[(1, Cash, Receivable, -15_000, "paid")], "paid-back"),
    ("", &[(1, Contractual, Receivable, -20_000, "CO-45")], "owed-twice"),
    (
        "",
        &[(1, Contractual, Cash, 14_800, "CO-45"), (1, Contractual, Patient, 1_850, "CO-45")],
        "nothing-paid",
    ),
    // Given up, or paid for patients and not for services.
    (
        "",
        &[
            (1, Account::WriteOff, Cash, 14_800, "write-off"),
            (1, Contractual, Patient, 1_850, "CO-45"),
        ],
        "",
    ),
    ("", &[(1, Contractual, Cash, 14_800, "CO-24"), (1, Contractual, Patient, 1_850, "CO-24")], ""),
    ("", &[(1, Contractual, Patient, -500, GIVES_WAY)], "gave-way"),
    // Of a denial, or of what a later payer takes off as well.
    (
        "",
        &[(1, Contractual, Patient, 500, "CO-16"), (1, Contractual, Patient, -500, GIVES_WAY)],
        "",
    ),
    (
        "",
        &[(1, Contractual, Patient, 500, "CO-45"), (1, Contractual, Patient, -500, GIVES_WAY)],
        "",
    ),
    // The rest may come in a few weeks.
    ("", &[(1, Contractual, Receivable, -500, "CO-45")], ""),
    (LONG_AGO, &[(1, Contractual, Receivable, -500, "CO-45")], "left-open"),
    // Of two claims the one may be the other's for the next payer, or in its place.
    ("", &[(2, Contractual, Patient, 2_000, "CO-45")], "claim 2: 7.50;"),
    (
        "UPDATE claims SET follows = 1 WHERE id = 2",
        &[(2, Contractual, Patient, 2_000, "CO-45")],
        "",
    ),
    (
        "",
        &[(2, Contractual, Receivable, 500, "CO-45"), (1, Contractual, Receivable, -500, "CO-45")],
        "claim 2: 5.00;",
    ),
    (
        "UPDATE claims SET replaces = 1 WHERE id = 2",
        &[(2, Contractual, Receivable, 500, "CO-45"), (1, Contractual, Receivable, -500, "CO-45")],
        "",
    ),
    (
        "UPDATE claims SET follows = 1 WHERE id = 2",
        &[(2, Contractual, Patient, 4_000, "CO-45")],
        "claim 1 (with 2): 9.00;",
    ),
];

const LONG_AGO: &str = "UPDATE claims SET changed_at = changed_at - 40 * 86400000000";

#[test]
fn the_audit_asks_what_nobody_explained() {
    let demo = Demo::new();
    for &(statement, posted, asks) in BOOKS {
        demo.as_it_was();
        demo.change(statement);
        demo.post(posted);
        let (code, text) = demo.audit();
        assert_eq!(code, Some(if asks.is_empty() { 0 } else { 4 }), "{posted:?}: {text}");
        assert!(text.contains("everything agrees") && text.contains(asks), "{posted:?}: {text}");
    }
}

#[test]
fn an_item_answers_what_the_audit_asks_until_it_closes_by_itself() {
    let demo = Demo::new();
    demo.post(&[(1, Contractual, Patient, 2_000, "CO-45"), (2, Cash, Receivable, 100, "paid")]);
    assert_eq!(demo.audit().0, Some(4));
    let open = ["queue", "open", "1", "--what", "a credit", "--found", "overpaid", "--by", "ann"];
    claimgate(&demo.data, &open);
    let (code, text) = demo.audit();
    assert!(!text.contains("claim 1: ") && text.contains("claim 2: "), "{text}");
    assert_eq!(code, Some(4));
    claimgate(&demo.data, &["queue", "open", "2", "--what", "a cent", "--by", "ann"]);
    assert_eq!(demo.audit().0, Some(0));
    // Whoever closes it has looked.
    for item in ["5", "6"] {
        let words = ["queue", "resolve", item, "--keep-claim", "--reason", "ours", "--by", "ann"];
        let resolved = claimgate(&demo.data, &words);
        assert!(resolved.status.success(), "{}", String::from_utf8_lossy(&resolved.stderr));
    }
    assert_eq!(demo.audit().0, Some(0));
    demo.change("UPDATE work SET note = 'closed by itself: the payer took it back' WHERE id = 5");
    let (code, text) = demo.audit();
    assert!(text.contains("claim 1: 1.50"), "{text}");
    assert_eq!(code, Some(4));
    let told = claimgate(&demo.data, &["audit", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&told.stdout).expect("one object");
    assert_eq!(json["unexplained"][0]["question"], "patient-in-credit");
    assert_eq!(json["unexplained"][0]["owed_by_patient_cents"], -150);
    // A fault goes before a question.
    demo.change("UPDATE payments SET amount = amount + 100 WHERE id = 1");
    assert_eq!(demo.audit().0, Some(1));
}

/// Items tell of as much of a credit as they say, and a person who closes one answers for that.
#[test]
fn a_credit_is_asked_about_as_far_as_items_do_not_tell_of_it() {
    let demo = Demo::new();
    demo.post(&[(1, Contractual, Patient, 2_000, "CO-45")]);
    let open = ["queue", "open", "1", "--what", "a credit", "--found", "overpaid", "--by", "ann"];
    let of_one = [&open[..], &["--amount", "1.00"]].concat();
    claimgate(&demo.data, &of_one);
    let (code, text) = demo.audit();
    assert!(text.contains("claim 1: 0.50;"), "{text}");
    assert_eq!(code, Some(4));
    let words = ["queue", "resolve", "5", "--keep-claim", "--reason", "ours", "--by", "ann"];
    assert!(claimgate(&demo.data, &words).status.success());
    assert!(demo.audit().1.contains("claim 1: 0.50;"));
    let of_rest = [&open[..], &["--amount", "0.50"]].concat();
    claimgate(&demo.data, &of_rest);
    assert_eq!(demo.audit().0, Some(0));
}

#[test]
fn the_audit_tells_what_was_changed_by_hand() {
    let demo = Demo::new();
    for &(statement, says) in CHANGES {
        demo.as_it_was();
        demo.change(statement);
        let audited = claimgate(&demo.data, &["audit"]);
        let text = String::from_utf8_lossy(&audited.stdout).into_owned();
        assert_eq!(audited.status.code(), Some(i32::from(!says.is_empty())), "{statement}: {text}");
        assert!(text.contains(says), "{statement}: {text}");
    }
}
