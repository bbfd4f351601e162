//! Reports of a small store of our own, against the files in testdata/reports, on every backend; and
//! the command that writes them. `UPDATE=1 cargo test` writes them anew; read the difference.

#[path = "store/sample.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod sample;

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use claimgate::change::cases::Alike;
use claimgate::change::deposits;
use claimgate::change::{
    ArrivalId, Change, ClaimId, Compared, FindingRecord, Moment, NewClaim, NewClaimPayment,
    NewPayment, NewProviderAdjustment, NewWork, Tier,
};
use claimgate::clock::Zone;
use claimgate::commands::export::each_row;
use claimgate::contracts::Class;
use claimgate::denials::Category;
use claimgate::ledger::{Account, Posting, charge};
use claimgate::lifecycle::{Event, State};
use claimgate::reports::cells::Cell;
use claimgate::reports::workbook::{Contents, workbook};
use claimgate::reports::{Asked, REPORTS, Report, Row, csv};
use claimgate::scrub::Severity;
use claimgate::store::{self, NewArrival, Remembered, Store, WorkFilter};
use x12::fault::Place;
use x12::phi::Phi;
use x12::value::{Day, Money};

use sample::*;

/// Noon of a day of 2026, in microseconds.
fn noon(month: u8, day: u8) -> i64 {
    let on = Day::new(2026, month, day).expect("a day");
    let first = Day::new(1970, 1, 1).expect("a day");
    (on.days_since(first) * 86_400 + 43_200) * 1_000_000
}

/// A claim of 100.00 and its number in cents, so that each is told apart.
fn claim_of(arrival: ArrivalId, number: u32, office: &str) -> NewClaim {
    NewClaim { partner: office.to_owned(), ..claim(arrival, number) }
}

/// Five claims of two offices: one is held, four go out; one is rejected and sent again, one paid, one
/// denied and taken back, one half denied. A takeback is open, a rule is broken, money waits.
fn fill(store: &dyn Store) {
    let office = match store
        .remember(&NewArrival { received_at: Moment(noon(3, 1)), ..arrival("office", "claims") })
    {
        Ok(Remembered::New(id)) => id,
        other => panic!("{other:?}"),
    };
    let mut came = change(noon(3, 1));
    came.claims = (1..=5).map(|number| claim_of(office, number, "cedar")).collect();
    came.claims[3].partner = "birch".to_owned();
    came.claims[1].findings = vec![FindingRecord { severity: Severity::Repair, ..finding(1) }];
    (came.claims[4].event, came.claims[4].work) = (Event::HeldBack, Some(work(None, None)));
    store.commit(&came).expect("committed");
    let ids = [1, 2, 3, 4].map(ClaimId);
    let mut out = batch(noon(3, 2), 1, &ids);
    for (number, id) in (1..).zip(ids) {
        out.postings.extend(charge(id, cents(10_000 + number), Place::default()));
    }
    store.commit(&out).expect("sent");
    let moved =
        |at, claim, from, event| Change { moves: vec![step(claim, from, event)], ..change(at) };
    for id in ids {
        store.commit(&moved(noon(3, 2), id, State::Batched, Event::Delivered)).expect("moved");
    }
    for (claim, from, event) in [
        (ids[0], State::Sent, Event::ClaimAccepted),
        (ids[1], State::Sent, Event::ClaimRejected),
        (ids[1], State::Returned, Event::Released),
        (ids[2], State::Sent, Event::Denied),
        (ids[0], State::Accepted, Event::Paid),
    ] {
        store.commit(&moved(noon(3, 20), claim, from, event)).expect("moved");
    }
    store.commit(&batch(noon(3, 21), 2, &ids[1..2])).expect("sent again");
    let payer = remit(store, [ids[0], ids[2]]);
    let mut cases = change(noon(4, 1));
    for (category, claim) in [(Category::Underpaid, ids[0]), (Category::Overpaid, ids[3])] {
        let what = "@said so".to_owned();
        cases.work.push(NewWork { category, what, ..work(Some(claim), Some(day(30))) });
    }
    let of_payer = Alike { payer: "ACME".to_owned(), ..Alike::default() };
    let rates =
        NewWork { category: Category::RateChanged, alike: of_payer.clone(), ..work(None, None) };
    cases.work.push(rates);
    let codes = Alike { group: "CO".to_owned(), reason: "16".to_owned(), ..of_payer };
    cases.work.push(NewWork {
        category: Category::Denied,
        arrival: Some(payer),
        remitted: Some(Place { offset: 890, segment: 11, ..Place::default() }),
        amount: cents(10_003),
        alike: codes,
        ..work(Some(ids[2]), Some(day(30)))
    });
    store.commit(&cases).expect("opened");
    hold_against_contract(store, payer, [ids[0], ids[2]]);
}

/// Three lines of one claim, of which two are in one item, and one of another that has none.
fn hold_against_contract(store: &dyn Store, payer: ArrivalId, [first, third]: [ClaimId; 2]) {
    let mut lines = [1, 2, 3].map(|line: usize| Compared {
        line: line.to_string(),
        place: Place { offset: 940 + line, segment: 13, ..Place::default() },
        ..compared(payer, first)
    });
    (lines[1].variance, lines[1].class) = (cents(0), Class::AsExpected);
    (lines[2].variance, lines[2].class) = (cents(-8_250), Class::Underpaid);
    let item = NewWork {
        category: Category::Underpaid,
        arrival: Some(payer),
        amount: cents(8_500),
        lines: vec![lines[0].place, lines[2].place],
        ..work(Some(first), Some(day(28)))
    };
    let mut change = Change { work: vec![item], ..change(noon(4, 2)) };
    change.compared.extend(lines);
    change.compared.push(Compared { class: Class::Denied, day: None, ..compared(payer, third) });
    store.commit(&change).expect("compared");
}

/// One payment, one denial, a part of it taken back, and one that nobody knows.
fn remit(store: &dyn Store, [first, third]: [ClaimId; 2]) -> ArrivalId {
    let payer = arrive(store, "835");
    let mut paid = payment(payer, "payment 1", Some(first));
    paid.postings = postings(first, 10_001, &[("CO-45", 3_001), ("PR-3", 1_000)], 1);
    // Nobody's spreadsheet runs what a payer wrote.
    paid.trace = "=1+1".to_owned();
    let mut denied = payment(payer, "payment 2", Some(third));
    (denied.trace, denied.paid_on) = ("T,2".to_owned(), Some(day(22)));
    (denied.amount, denied.claims[0].paid) = (cents(0), cents(0));
    denied.postings = postings(third, 10_003, &[("CO-16", 10_003)], 1);
    denied.broken.clear();
    let mut undone = NewPayment { identity: "payment 3".to_owned(), ..denied.clone() };
    undone.postings = postings(third, 10_003, &[("CO-16", 4_000)], -1);
    undone.provider_adjustments = vec![NewProviderAdjustment {
        reason: "FB".to_owned(),
        amount: cents(1_250),
        ..denied.provider_adjustments[0].clone()
    }];
    let waits = NewPayment {
        claims: vec![NewClaimPayment {
            claim: None,
            tier: Tier::Unknown,
            ..payment(payer, "", None).claims[0].clone()
        }],
        ..payment(payer, "payment 4", None)
    };
    let payments = vec![paid, denied, undone, waits];
    store.commit(&Change { payments, ..change(noon(3, 22)) }).expect("posted");
    payer
}

/// Cash and adjustments against what the payer owes, in cents.
fn postings(claim: ClaimId, owed: i64, adjusted: &[(&str, i64)], sign: i64) -> Vec<Posting> {
    let side = |account, amount: i64, reason: &str| Posting {
        account,
        claim: Some(claim),
        line: "1".to_owned(),
        amount: cents(sign * amount),
        reason: reason.to_owned(),
        source: Place { offset: 900, segment: 12, ..Place::default() },
    };
    let mut made = Vec::new();
    let mut pair = |account, amount, reason: &str| {
        made.push(side(account, amount, reason));
        made.push(side(Account::Receivable, -amount, reason));
    };
    let paid = owed - adjusted.iter().map(|(_, amount)| amount).sum::<i64>();
    if sign > 0 && paid > 0 {
        pair(Account::Cash, paid, "paid");
    }
    for (reason, amount) in adjusted {
        let account =
            if reason.starts_with("PR") { Account::Patient } else { Account::Contractual };
        pair(account, *amount, reason);
    }
    made
}

fn rows(store: &dyn Store, report: Report, asked: &Asked) -> Vec<Row> {
    let mut rows = Vec::new();
    let today = Day::new(2026, 5, 10).expect("a day");
    each_row(store, (report, asked), (&Zone::UTC, today), &mut |row| {
        rows.push(row);
        Ok(())
    })
    .expect("rows");
    rows
}

fn written(store: &dyn Store, report: Report, asked: &Asked) -> String {
    let columns = report.columns(asked.with_numbers);
    let mut bytes = csv::header(&columns);
    for row in rows(store, report, asked) {
        assert_eq!(row.len(), columns.len(), "{}", report.name());
        bytes.extend(csv::row(&row));
    }
    String::from_utf8(bytes).expect("text")
}

#[test]
fn tells_a_small_store_as_expected_on_every_backend() {
    let asked = Asked { with_numbers: true, ..Asked::default() };
    for scheme in ["memory", "sqlite"] {
        let (store, _dir) = new_store(scheme);
        fill(&*store);
        for report in REPORTS {
            let told = written(&*store, report, &asked);
            is_current(&format!("{}.csv", report.name()), &told);
        }
    }
}

fn is_current(name: &str, told: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/reports").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, told).expect("written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        expected, told,
        "{name}; UPDATE=1 cargo test --test reports, and read the difference"
    );
}

#[test]
fn leaves_out_what_is_not_asked_for() {
    let (store, _dir) = new_store("memory");
    fill(&*store);
    let count = |report, asked: &Asked| rows(&*store, report, asked).len();
    let birch = Asked { office: Some("birch".to_owned()), ..Asked::default() };
    let other = Asked { payer: Some("nobody".to_owned()), ..Asked::default() };
    let early = Asked { to: Some(day(20)), ..Asked::default() };
    let late = Asked { from: Some(day(22)), ..Asked::default() };
    for (report, [all, of_birch, until, since]) in [
        (Report::Payments, [4, 0, 2, 2]),
        (Report::Denials, [1, 0, 0, 1]),
        (Report::Acceptance, [2, 1, 2, 0]),
        (Report::CleanClaims, [2, 1, 2, 0]),
        (Report::Underpayments, [5, 1, 0, 5]),
        (Report::Expected, [4, 0, 3, 1]),
        (Report::Scorecard, [1, 0, 1, 1]),
    ] {
        let asked = [&Asked::default(), &birch, &early, &late].map(|asked| count(report, asked));
        assert_eq!(asked, [all, of_birch, until, since], "{}", report.name());
        assert_eq!(count(report, &other), 0, "{}", report.name());
    }
}

#[test]
fn rows_of_underpayments_add_up_to_their_items() {
    for scheme in ["memory", "sqlite"] {
        let (store, _dir) = new_store(scheme);
        fill(&*store);
        let told = rows(&*store, Report::Underpayments, &Asked::default());
        for category in [Category::Underpaid, Category::Overpaid, Category::RateChanged] {
            let filter = WorkFilter { category: Some(category), ..WorkFilter::default() };
            for item in store.work(&filter).expect("read") {
                let own = told.iter().filter(|row| row[0] == Cell::Count(item.id.0 as u64));
                let sum: Money = own.map(|row| amount(&row[5])).sum();
                assert_eq!(sum, item.amount, "item {} on {scheme}", item.id.0);
            }
        }
    }
}

fn amount(cell: &Cell) -> Money {
    match *cell {
        Cell::Money(amount) => amount,
        _ => panic!("an amount"),
    }
}

#[test]
fn postings_add_up_to_the_balances_of_the_ledger() {
    let (store, _dir) = new_store("sqlite");
    fill(&*store);
    let told = rows(&*store, Report::Postings, &Asked::default());
    let balances = store.balances().expect("read");
    for total in balances {
        let name = Cell::text(total.account.name());
        let of_account = told.iter().filter(|row| row[8] == name);
        let sum: Money = of_account.map(|row| amount(&row[9])).sum();
        assert_eq!(sum, total.amount, "{}", total.account.name());
    }
}

/// What a bank shows belongs to the month of the deposit, so that a month can be closed.
#[test]
fn a_month_of_postings_has_what_the_bank_showed() {
    for scheme in ["memory", "sqlite"] {
        let (store, _dir) = new_store(scheme);
        let claims = arrive(&*store, "claims");
        store.commit(&Change { claims: vec![claim(claims, 1)], ..change(1) }).expect("came");
        let (remittance, bank) = (arrive(&*store, "835"), arrive(&*store, "deposits"));
        let payments = vec![payment(remittance, "one", Some(ClaimId(1)))];
        store.commit(&Change { payments, ..change(2) }).expect("posted");
        let mut shown = change(3);
        shown.bank.deposits = vec![new_deposit(bank, 1, "trace-1")];
        store.commit(&shown).expect("taken");
        let mut paired = change(4);
        let known = store.reassociation(&deposits::Asked::default()).expect("read");
        paired.bank.version = Some(known.version);
        paired.bank.paired = vec![pairing(1, 1)];
        store.commit(&paired).expect("paired");
        let of = |asked: &Asked| rows(&*store, Report::Postings, asked);
        let shown = new_deposit(bank, 1, "").deposit.day;
        let on_it = Asked { from: Some(shown), to: Some(shown), ..Asked::default() };
        let told = of(&on_it);
        let sum = |account: Account| -> Money {
            let own = told.iter().filter(|row| row[8] == Cell::text(account.name()));
            own.map(|row| amount(&row[9])).sum()
        };
        assert_eq!((sum(Account::Bank), sum(Account::Unexplained)), (cents(6_000), cents(0)));
        let of_bank = told.iter().filter(|row| row[3] == Cell::text("trace-1"));
        assert_eq!(of_bank.count(), 4, "{scheme}");
        let payer = Asked { payer: Some(payment(remittance, "", None).payer), ..on_it.clone() };
        assert_eq!(of(&payer), told, "{scheme}");
        let all: Money = of(&Asked::default()).iter().map(|row| amount(&row[9])).sum();
        assert_eq!(all, cents(0));
    }
}

/// What is attached or decided later belongs to the day of its payment, and is booked when it is.
#[test]
fn a_month_that_was_closed_by_booking_stays_closed() {
    for scheme in ["memory", "sqlite"] {
        let (store, _dir) = new_store(scheme);
        let claims = arrive(&*store, "claims");
        store.commit(&Change { claims: vec![claim(claims, 1)], ..change(1) }).expect("came");
        let payer = arrive(&*store, "835");
        let pays = |name: &str, month, of_day| {
            let mut paid = payment(payer, name, Some(ClaimId(1)));
            paid.paid_on = Some(day(20));
            paid.postings = postings(ClaimId(1), 10_001, &[("CO-45", 3_001)], 1);
            let change = Change { payments: vec![paid], ..change(noon(month, of_day)) };
            store.commit(&change).expect("posted");
        };
        let march = |by_booking| {
            let asked = Asked { by_booking, to: Some(day(31)), ..Asked::default() };
            written(&*store, Report::Postings, &asked)
        };
        pays("in time", 3, 31);
        let (booked, paid) = (march(true), march(false));
        assert_eq!(booked, paid, "{scheme}");
        assert!(booked.lines().nth(1).expect("a row").ends_with(",2026-03-31"), "{booked}");
        // One of the same day of payment comes in April, and one that was decided on beside it is written last.
        pays("late", 4, 2);
        pays("slow", 3, 30);
        assert_eq!(march(true), booked, "{scheme}");
        assert_eq!(march(false).lines().count(), 3 * paid.lines().count() - 2, "{scheme}");
        let april = Asked { by_booking: true, from: Day::new(2026, 4, 1), ..Asked::default() };
        let rows = rows(&*store, Report::Postings, &april);
        let last = rows.last().and_then(|row| row.last()).expect("a row");
        assert_eq!((rows.len(), last), (8, &Cell::day(Day::new(2026, 4, 2))), "{scheme}");
    }
}

/// The parts of a workbook, each by its name.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    let mut file = archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    file.read_to_string(&mut text).expect("text");
    text
}

#[test]
fn writes_a_workbook_with_typed_cells_and_definitions() {
    let (store, _dir) = new_store("memory");
    fill(&*store);
    let asked = Asked::default();
    for report in REPORTS {
        let (columns, rows) = (report.columns(false), rows(&*store, report, &asked));
        let about = [("asked for", asked.in_words())];
        let contents = Contents {
            report,
            columns: &columns,
            rows: &rows,
            about: &about,
            today: Day::new(2026, 5, 10).expect("a day"),
        };
        let bytes = workbook(&contents).expect("a workbook");
        assert_eq!(bytes, workbook(&contents).expect("again"), "the same bytes");
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        let texts = part(&bytes, "xl/sharedStrings.xml");
        assert!(sheet.contains(r#"<pane ySplit="1" topLeftCell="A2""#), "the header stays");
        assert!(!sheet.contains("<f>"), "no formula");
        assert_eq!(sheet.matches("<row ").count(), rows.len() + 1);
        for text in report.definitions().iter().chain(columns.iter().map(|column| &column.name)) {
            assert!(texts.contains(&escaped(text)), "{}: {text}", report.name());
        }
    }
}

#[test]
fn money_and_days_are_numbers_in_a_workbook() {
    let (store, _dir) = new_store("memory");
    fill(&*store);
    let report = Report::Payments;
    let (columns, rows) = (report.columns(false), rows(&*store, report, &Asked::default()));
    let today = Day::new(2026, 5, 10).expect("a day");
    let contents = Contents { report, columns: &columns, rows: &rows, about: &[], today };
    let bytes = workbook(&contents).expect("a workbook");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    // 60.00 for payment 1, on 2026-03-20, which is day 46101 of a spreadsheet.
    assert!(sheet.contains(r#"<c r="E2" s="3"><v>60</v></c>"#), "{sheet}");
    assert!(sheet.contains("<v>46101</v></c>"), "{sheet}");
    // A text that begins like a formula is a shared string.
    assert!(sheet.contains(r#"<c r="C2" t="s">"#), "{sheet}");
    assert!(part(&bytes, "xl/sharedStrings.xml").contains("<t>=1+1</t>"));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn the_command_writes_a_file_for_its_owner_alone() {
    let folder = tempfile::tempdir().expect("a directory");
    let url = format!("sqlite:{}", folder.path().join("claimgate.db").display());
    fill(&*store::open(&url).expect("a new store"));
    let export = |words: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_claimgate"));
        command.arg("--data").arg(folder.path()).arg("export").args(words).output().expect("run")
    };
    let path = folder.path().join("denials.csv");
    let file = path.to_str().expect("a path");
    // What stood there before was for everybody.
    fs::write(&path, "old").expect("written");
    let told = export(&["denials", "-o", file]);
    assert_eq!(told.status.code(), Some(0), "{}", String::from_utf8_lossy(&told.stderr));
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/reports/denials.csv");
    assert_eq!(fs::read(&path).expect("the report"), fs::read(expected).expect("expected"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let mode = fs::metadata(&path).expect("the report").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    for words in [
        ["denials", "-o", file, "--office", "nobody"].as_slice(),
        &["denials", "-o", file, "--payer", "nobody"],
        &["denials", "-o", file, "--from", "2026-03-02", "--to", "2026-03-01"],
    ] {
        assert_eq!(export(words).status.code(), Some(2), "{words:?}");
    }
    // Nobody closes a month with what is open today.
    for report in ["aging", "carried"] {
        for day in [["--from", "2026-03-01"], ["--to", "2026-03-31"]] {
            let told = export(&[&[report, "-o", file], &day[..]].concat());
            let why = String::from_utf8_lossy(&told.stderr).into_owned();
            assert_eq!(told.status.code(), Some(2), "{why}");
            assert!(why.contains("takes no --from and --to"), "{why}");
        }
        assert_eq!(export(&[report, "-o", file]).status.code(), Some(0));
    }
}

#[test]
fn names_no_patient_unless_asked() {
    let (store, _dir) = new_store("memory");
    fill(&*store);
    let with = Asked { with_numbers: true, ..Asked::default() };
    let secrets = ["PCN", "REFERENCE1", "@said so"];
    for report in REPORTS {
        let lean = written(&*store, report, &Asked::default());
        assert!(secrets.iter().all(|secret| !lean.contains(secret)), "{}", report.name());
    }
    let all: String = REPORTS.map(|report| written(&*store, report, &with)).concat();
    assert!(secrets.iter().all(|secret| all.contains(secret)));
    assert_eq!(Phi::new("x").to_string(), "[redacted]");
}
