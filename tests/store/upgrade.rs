//! A store that an earlier build made, with rows in it, opened by this one.

use claimgate::change::deposits::Way;
use claimgate::change::{
    Change, ClaimId, Compared, DeliveryOutcome, DeliveryResult, Draw, FindingRecord,
    InterchangeSeen, NewWork,
};
use claimgate::contracts::Class;
use claimgate::contracts::learned::Rate;
use claimgate::denials::Category;
use claimgate::lifecycle::{Event, State};
use claimgate::store::{self, Of, Store};
use rusqlite::Connection;
use x12::edit::Edit;
use x12::fault::Place;
use x12::value::{Day, DayRange};
use x12::view::claim::Kind;

use crate::compare::everything;
use crate::from_words::FROM_WORDS;
use crate::sample::*;

const FIRST_VERSION: &str = include_str!("../../src/store/schema/V0001__start.sql");

/// The first version knew professional claims alone, and kept no editions and no edits with findings.
#[test]
fn brings_a_store_of_the_first_version_up_to_date_with_all_its_rows() {
    let (now_made, dir) = new_store("sqlite");
    fill(&*now_made);
    let expected = everything(&*now_made, 5_000);
    drop(now_made);
    let first_made = dir.path().join("first.db");
    set_back(&dir.path().join("store.db"), &first_made);

    let url = format!("sqlite:{}", first_made.display());
    // Once more changes nothing: it is up to date.
    for _ in 0..2 {
        let store = store::open(&url).expect("brought up to date");
        assert_eq!(everything(&*store, 5_000), without_revisions(&expected));
    }
    let store = store::open(&url).expect("opened");
    let claim_there = store.claim(ClaimId(1)).expect("read").expect("the first claim");
    assert_eq!(claim_there.place.kind, Kind::Professional);

    // Whom claims named that went out before is not known, and so they are looked at, whoever is asked for.
    let days = DayRange { from: day(1), to: day(9) };
    let unkept = store.claims_by_charge(cents(10_001), days, Of::Unkept, 9).expect("read");
    assert_eq!(unkept.iter().map(|claim| claim.id).collect::<Vec<_>>(), [ClaimId(1)]);

    // And it works on: a claim of another kind comes, and an old one moves.
    let mut next = change(6_000);
    next.claims = vec![claim(arrive(&*store, "file 2"), 4)];
    next.claims[0].findings = vec![finding(4)];
    next.moves = vec![step(ClaimId(3), State::Ready, Event::Batched)];
    let kind = next.claims[0].place.kind;
    assert_ne!(kind, Kind::Professional);
    store.commit(&next).expect("committed");
    let came = store.claims_by_control_number("PCN4").expect("read");
    assert_eq!(came.iter().map(|claim| claim.place.kind).collect::<Vec<_>>(), [kind]);
    let history = store.history(came[0].id).expect("read").expect("the claim");
    assert_eq!(history.findings, [finding(4)]);
}

/// Revisions are counted from the upgrade on.
fn without_revisions(notes: &str) -> String {
    let mut parts = notes.split("revision: ");
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|sign: char| sign.is_ascii_digit());
        told.push_str("revision: 0");
        told.push_str(rest);
    }
    told
}

/// Until V0015 a comparison did not know its item: it is found where there is no doubt.
#[test]
fn finds_the_items_of_lines_that_were_compared_before_they_were_kept() {
    let (now_made, dir) = new_store("sqlite");
    fill(&*now_made);
    let payer = arrive(&*now_made, "835 of lines");
    let line = |claim: i64, line: usize, cents_more: i64, class: Class| Compared {
        line: line.to_string(),
        place: Place { offset: 900 + line, ..Place::default() },
        variance: cents(cents_more),
        class,
        ..compared(payer, ClaimId(claim))
    };
    let mut decided = change(5_000);
    decided.compared = vec![
        line(1, 1, -100, Class::Underpaid),
        line(1, 2, -200, Class::OlderRate),
        line(1, 3, 300, Class::Overpaid),
        line(1, 4, -400, Class::Denied),
        line(2, 1, -500, Class::Underpaid),
    ];
    // Of the second claim there are two: nobody knows which of them has the line.
    for (category, claim) in [
        (Category::Underpaid, 1),
        (Category::Overpaid, 1),
        (Category::Denied, 1),
        (Category::Underpaid, 2),
        (Category::Underpaid, 2),
    ] {
        let arrival = Some(payer);
        decided.work.push(NewWork { category, arrival, ..work(Some(ClaimId(claim)), None) });
    }
    decided.rates = vec![rate(3)];
    let items = now_made.commit(&decided).expect("committed").work;
    drop(now_made);
    let file = dir.path().join("store.db");
    let as_before = Connection::open(&file).expect("the file");
    let take_back = "ALTER TABLE comparisons DROP COLUMN plan; \
         ALTER TABLE comparisons DROP COLUMN day; ALTER TABLE comparisons DROP COLUMN charge; \
         ALTER TABLE comparisons DROP COLUMN work; ALTER TABLE claims DROP COLUMN revision; \
         ALTER TABLE claim_payments DROP COLUMN waited; \
         DROP INDEX provider_adjustments_by_payment; DROP INDEX payments_by_payer; DROP INDEX claim_payments_by_later_number; \
         DROP TABLE claim_people; DROP INDEX claims_without_people; ALTER TABLE claims DROP COLUMN people_kept; \
         DROP TABLE refunds; DROP INDEX deposits_by_bank_reference; \
         DROP TABLE write_offs; DROP INDEX payments_undeposited; \
         ALTER TABLE payments DROP COLUMN written_off; \
         ALTER TABLE postings DROP COLUMN posted_at; ALTER TABLE claims DROP COLUMN charge_in_file; \
         ALTER TABLE ledger DROP COLUMN booked_at; ALTER TABLE next_payers DROP COLUMN never_came; \
         DROP TABLE rates; CREATE TABLE rates (payer TEXT NOT NULL, payee TEXT NOT NULL, \
         plan TEXT NOT NULL, code TEXT NOT NULL, modifiers TEXT NOT NULL, place TEXT NOT NULL, \
         amount INTEGER NOT NULL, times INTEGER NOT NULL, first_day TEXT NOT NULL, \
         last_day TEXT NOT NULL, is_told INTEGER NOT NULL, \
         PRIMARY KEY (payer, payee, plan, code, modifiers, place, amount)); \
         INSERT INTO rates VALUES ('ACME', '1999001013', '12', '99213', '', '11', 9001, 3, \
         '2026-10-04', '2026-10-12', 1); \
         CREATE INDEX payments_undeposited ON payments (paid_on) WHERE awaited <> deposited; \
         DELETE FROM refinery_schema_history WHERE version >= 15";
    as_before.execute_batch(FROM_WORDS).expect("words alone");
    as_before.execute_batch(take_back).expect("as it was before");
    drop(as_before);

    let store = store::open(&format!("sqlite:{}", file.display())).expect("brought up to date");
    // Until V0027 nobody counted units, and until V0028 the first and the last day were known alone.
    assert_eq!(store.all_rates().expect("read"), [rate_of(4, 1), rate_of(12, 2)]);
    let told = store.expected(0, 99).expect("read");
    let found: Vec<_> = told.iter().map(|line| line.item).collect();
    assert_eq!(found, [Some(items[0]), Some(items[0]), Some(items[1]), None, None]);
    let before =
        |line: &Compared| Compared { plan: String::new(), day: None, charge: None, ..line.clone() };
    let expected: Vec<_> = decided.compared.iter().map(before).collect();
    assert_eq!(told.into_iter().map(|line| line.compared).collect::<Vec<_>>(), expected);
}

/// So many lines of a day of October.
fn rate_of(on: u8, times: i32) -> Rate {
    let day = Day::new(2026, 10, on).expect("a day");
    Rate { day, times, units_thousandths: i64::from(times) * 1_000, ..rate(3) }
}

/// Rows in every table: claims in several states with findings, work and a history, a batch, answers
/// that went out and one that waits, a payment with its postings, a counter.
fn fill(store: &dyn Store) {
    let office = arrive(store, "file 1");
    let mut came = change(1_000);
    came.settles = Some(settlement(office));
    for number in 1..=3 {
        let mut claim = claim(office, number);
        claim.place.kind = Kind::Professional;
        // Nobody took note of these.
        (claim.patient, claim.line_count) = (String::new(), 0);
        (claim.visits, claim.operations, claim.stay) = (Vec::new(), Vec::new(), None);
        claim.findings = vec![FindingRecord { tables: Vec::new(), edit: None, ..finding(number) }];
        claim.edits =
            vec![Edit::Set { segment: 21, element: 5, component: 3, value: "1".to_owned() }];
        if number == 2 {
            let work = NewWork { clps: Vec::new(), ..work(None, Some(day(9))) };
            (claim.event, claim.work) = (Event::HeldBack, Some(work));
        }
        came.claims.push(claim);
    }
    came.deliveries = vec![delivery("office", "one.x12"), delivery("office", "two.x12")];
    came.interchanges = vec![InterchangeSeen {
        arrival: office,
        content: hash("file 1"),
        route: "A>B".to_owned(),
        control_number: "000000001".to_owned(),
        is_accepted: true,
    }];
    came.draws = vec![Draw { counter: "counter 1".to_owned(), first: 1, count: 2 }];
    let committed = store.commit(&came).expect("committed");
    let delivered =
        DeliveryResult { delivery: committed.deliveries[0], outcome: DeliveryOutcome::Delivered };
    let mut out = Change { delivery_results: vec![delivered], ..change(2_000) };
    out.work = vec![work(Some(ClaimId(1)), None)];
    store.commit(&out).expect("committed");
    store.commit(&batch(3_000, 1, &[ClaimId(1)])).expect("sent");
    let payer = arrive(store, "835");
    let mut paid = payment(payer, "payment 1", Some(ClaimId(1)));
    // Nobody took note of these.
    paid.claims[0].lines.clear();
    paid.payee.clear();
    (paid.provider_adjustments, paid.broken) = (Vec::new(), Vec::new());
    (paid.payer_id, paid.payer_name, paid.way) = (String::new(), String::new(), Way::Unsaid);
    let payments = vec![paid];
    store.commit(&Change { payments, ..change(4_000) }).expect("posted");
}

/// Makes a file with the tables of the first version, and puts all rows into it that it can hold.
fn set_back(from: &std::path::Path, to: &std::path::Path) {
    let file = Connection::open(to).expect("a file");
    file.execute_batch(FIRST_VERSION).expect("the tables of the first version");
    file.execute_batch("PRAGMA foreign_keys = OFF").expect("rows in any order");
    file.execute("ATTACH ? AS later", [from.to_str().expect("a path")]).expect("the other file");
    let texts = |query: &str| -> Vec<String> {
        let mut rows = file.prepare(query).expect("a question");
        let texts = rows.query_map([], |row| row.get(0)).expect("an answer");
        texts.map(|text| text.expect("a text")).collect()
    };
    for table in texts("SELECT name FROM main.sqlite_master WHERE type = 'table'") {
        let columns = texts(&format!("SELECT name FROM main.pragma_table_info('{table}')"));
        let columns = columns.join(", ");
        let copy = format!(
            "DELETE FROM main.{table}; \
             INSERT INTO main.{table} ({columns}) SELECT {columns} FROM later.{table}"
        );
        file.execute_batch(&copy).expect("rows copied");
        let count = texts(&format!("SELECT CAST(count(*) AS TEXT) FROM main.{table}"));
        assert!(count != ["0"], "{table} has no row to bring up to date");
    }
    let history = "SELECT sql FROM later.sqlite_master WHERE name = 'refinery_schema_history'";
    file.execute_batch(&texts(history).join(";")).expect("a history");
    file.execute_batch(
        "INSERT INTO main.refinery_schema_history \
         SELECT * FROM later.refinery_schema_history WHERE version = 1",
    )
    .expect("the first step of it");
}
