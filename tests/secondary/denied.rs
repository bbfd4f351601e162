//! What a payer after the first denies is that payer's denial, of what was left to it.

use clap::Parser;

use claimgate::appeal::check::{AtHand, Verdict, check};
use claimgate::change::cases::Ending;
use claimgate::change::{ClaimId, ContentHash, WorkId};
use claimgate::clock::Zone;
use claimgate::commands::export::each_row;
use claimgate::commands::{Arguments, Command, appeal, statement};
use claimgate::denials::Category;
use claimgate::reports::{Asked, Report, csv};
use claimgate::statement::Kind;
use claimgate::store::archive::hash_of;
use x12::value::{Day, Money};

use super::House;
use super::told::{BACK_65, PAID_65, Told, Word, acme, beacon, house};

impl House {
    /// The rows of a report with this text, as CSV.
    pub(super) fn rows(&self, report: Report, with: &str) -> Vec<String> {
        let today = Day::new(2026, 11, 20).expect("a day");
        let mut rows = Vec::new();
        each_row(self.store(), (report, &Asked::default()), (&Zone::UTC, today), &mut |row| {
            rows.push(String::from_utf8(csv::row(&row)).expect("a text").trim().to_owned());
            Ok(())
        })
        .expect("rows");
        rows.retain(|row| row.contains(with));
        rows
    }
}

/// Of the charge of 100.00 the first left 15.00, and billed the second by itself or let us do so.
const PASSED_ON: Word<'_> = ("19", PAID_65.1, PAID_65.2);

/// What the second takes off: with what was settled before it, or without.
const DENIED: [(&str, &[(&str, i64)]); 4] = [
    ("CO,29", &[("OA*23", 8_500), ("CO*29", 1_500)]),
    ("CO,29", &[("CO*29", 10_000)]),
    ("PR,96", &[("OA*23", 8_500), ("PR*96", 1_500)]),
    ("PR,96", &[("PR*96", 10_000)]),
];

#[test]
fn a_later_payers_denial_stands_under_its_name_with_what_was_left_to_it() {
    for first in [PAID_65, PASSED_ON] {
        for (status, (codes, off)) in
            DENIED.map(|one| ["2", "4"].map(|by| (by, one))).as_flattened()
        {
            let mut house = house();
            house.tell(&acme(10, &[first]));
            house.tell(&beacon(12, &[(status, 0, off)]));
            let told = format!("{} {status} {off:?}", first.0);
            let items = house.open_items();
            let [item] = items.as_slice() else { panic!("{told}: {items:?}") };
            assert_eq!(
                (item.payer(None), item.amount),
                (Some("beacon"), Money::from_cents(1_500)),
                "{told}"
            );
            let list = house.work_on(&["list"]);
            assert!(list.contains(" beacon ") && !list.contains(" acme "), "{told}: {list}");
            let denied = house.rows(Report::Denials, "");
            let row = format!("beacon,1999001013,{codes},");
            assert!(denied.len() == 1 && denied[0].starts_with(&row), "{told}: {denied:?}");
            assert!(denied[0].ends_with(",1,1,15.00,0.00,15.00"), "{told}: {denied:?}");
            let worked_on = house.rows(Report::Aging, "denied, worked on");
            assert_eq!(worked_on.len(), 2, "{told}: {worked_on:?}");
            let own = worked_on.iter().find(|row| row.starts_with("beacon,")).expect("its row");
            assert!(own.contains(",15.00,0.00,"), "{told}: {own}");
            assert!(house.rows(Report::Aging, "on hold").is_empty(), "{told}");
        }
    }
}

#[test]
fn a_later_payers_denial_that_is_taken_back_is_none() {
    for (codes, off) in DENIED {
        let back: Vec<(&str, i64)> = off.iter().map(|(code, cents)| (*code, -cents)).collect();
        let mut house = house();
        house.tell(&acme(10, &[PAID_65]));
        house.tell(&beacon(12, &[("2", 0, off)]));
        house.tell(&beacon(15, &[("22", 0, &back)]));
        let denied = house.rows(Report::Denials, codes);
        assert!(denied[0].ends_with(",1,1,15.00,-15.00,0.00"), "{off:?}: {denied:?}");
        assert!(house.rows(Report::Aging, "worked on").is_empty(), "{off:?}");
    }
}

#[test]
fn a_statement_says_who_did_not_pay_what_is_asked_and_why() {
    for first in [PAID_65, PASSED_ON] {
        for (codes, off) in DENIED {
            let mut house = house();
            house.tell(&acme(10, &[first]));
            house.tell(&beacon(12, &[("2", 0, off)]));
            let due = |house: &House| {
                statement::statement_for(&house.office(), "A1").expect("a statement")
            };
            assert_eq!(due(&house).waiting[0].why, "somebody looks at what beacon decided");
            let item = house.open_items()[0].id.0.to_string();
            house.work_on(&["resolve", &item, "--reason", "agreed", "--keep-claim"]);
            house.go_on();
            if codes != "PR,96" {
                continue;
            }
            let due = due(&house);
            assert_eq!(due.waiting, [], "{} {off:?}", first.0);
            let told = due.bills[0].entries.iter().filter(|entry| entry.kind == Kind::NotPaid);
            let told: Vec<(&str, &str, i64)> = told
                .map(|entry| (entry.payer.as_str(), entry.code.as_str(), entry.amount.cents()))
                .collect();
            assert_eq!(told, [("BEACON PLAN", "PR-96", 1_500)]);
            assert_eq!(due.balance(), Money::from_cents(1_500));
        }
    }
}

/// The packet goes to whoever denied, and names the insured by that one's number.
#[test]
fn an_appeal_names_the_member_of_the_payer_that_denied() {
    for (first, member) in [(PAID_65, "B20001"), (PASSED_ON, "B20001")] {
        let mut house = house();
        house.tell(&acme(10, &[first]));
        house.tell(&beacon(12, &[("2", 0, DENIED[2].1)]));
        let folder = tempfile::tempdir().expect("a directory");
        let into = folder.path().to_str().expect("a path");
        let item = house.open_items()[0].id;
        let number = item.0.to_string();
        let words = ["claimgate", "appeal", &number, "-o", into, "--by", "ann"];
        let arguments = Arguments::try_parse_from(words).expect("a command");
        let Command::Appeal(arguments) = arguments.command else { panic!("no appeal") };
        appeal::make(&arguments, item, &house.office(), &mut Vec::new()).expect("made");
        let page = folder.path().join(format!("appeal-{number}.html"));
        let page = std::fs::read_to_string(page).expect("the page");
        let told = page.lines().find(|line| line.contains("<dt>Member")).expect("a member");
        assert!(told.contains(member), "{} {told}", first.0);
        assert!(page.contains("<dt>Other coverage"), "{}", first.0);
    }
}

/// Who checks a packet has all files of the gateway.
struct Archived<'a>(&'a House, Vec<u8>);

impl AtHand for Archived<'_> {
    fn file(&self, sha256: &str) -> Option<Vec<u8>> {
        let found = self.0.gateway.archive.get(&ContentHash(sha256.to_owned()));
        found.ok().map(|bytes| bytes.to_vec())
    }

    fn page(&self, _: &str) -> Option<Vec<u8>> {
        Some(self.1.clone())
    }
}

/// What was made here did not come from the office: the packet says so, and has all that went before.
#[test]
fn an_appeal_to_a_second_payer_has_the_claim_to_the_first_and_its_decision() {
    let mut house = house();
    house.tell(&acme(10, &[PAID_65]));
    house.tell(&beacon(12, &[("2", 0, DENIED[0].1)]));
    let folder = tempfile::tempdir().expect("a directory");
    let into = folder.path().to_str().expect("a path");
    let item = house.open_items()[0].id;
    let number = item.0.to_string();
    let words = ["claimgate", "appeal", &number, "-o", into, "--by", "ann"];
    let arguments = Arguments::try_parse_from(words).expect("a command");
    let Command::Appeal(arguments) = arguments.command else { panic!("no appeal") };
    appeal::make(&arguments, item, &house.office(), &mut Vec::new()).expect("made");
    let page = std::fs::read(folder.path().join(format!("appeal-{number}.html"))).expect("a page");
    let document = folder.path().join(format!("appeal-{number}.json"));
    let document = std::fs::read(document).expect("the document");

    let value: serde_json::Value = serde_json::from_slice(&document).expect("JSON");
    let texts = |list: &str, key: &str| -> Vec<String> {
        let list = value[list].as_array().expect("a list").iter();
        list.map(|one| one[key].as_str().expect("a text").to_owned()).collect()
    };
    let files = [
        "837 of the office",
        "837 sent",
        "835 of the payer before",
        "837 made here",
        "837 sent",
        "835 of the payer",
    ];
    assert_eq!(texts("files", "what"), files);
    let steps = texts("chain", "what");
    let made = "the claim was made here, from what ACME (835 ACME10 of 2026-11-10) decided";
    for said in [
        "the claim for acme came from its office",
        "the claim before went into an interchange for acme",
        "of the claim for acme: 835 ACME10 decided on the claim (CLP02 1, paid 65), of 2026-11-10 (BPR16)",
        made,
        "the claim went into an interchange for beacon",
    ] {
        assert!(steps.iter().any(|step| step == said), "{said}: {steps:#?}");
    }
    assert!(!steps.iter().any(|step| step == "the claim came from its office"), "{steps:#?}");
    let before = &value["before"][0];
    assert_eq!((&before["trace"], &before["paid_on"]), (&"ACME10".into(), &"2026-11-10".into()));

    let text = String::from_utf8(page.clone()).expect("text");
    for said in [
        made,
        "The payer that was asked first was sent the claim ",
        "Decided by the payer before this one: ACME (835 ACME10 of 2026-11-10). The claim was first sent to this payer ",
        "<h2>A payer before: remittance ACME10 of 2026-11-10</h2>",
    ] {
        assert!(text.contains(said), "the page says nothing of {said}: {text}");
    }
    let checked = check(&document, &Archived(&house, page), &|bytes| hash_of(bytes).0);
    let checked = checked.expect("a packet");
    assert_eq!(checked.len(), 2 + files.len());
    assert!(checked.iter().all(|one| one.verdict == Verdict::Holds), "{checked:?}");
}

/// Whoever gives up a claim gives up the work on its denials.
#[test]
fn a_denial_of_a_claim_that_is_given_up_counts_as_given_up() {
    let mut house = house();
    house.tell(&acme(10, &[("1", 0, &[("CO*16", 10_000)])]));
    house.work_on(&["give-up", "1", "--reason", "too old"]);
    let denied = house.store().denied(WorkId(0), 99).expect("read");
    let endings: Vec<Option<Ending>> = denied.iter().map(|case| case.ending).collect();
    assert_eq!(endings, [Some(Ending::GivenUp)]);
}

/// The second payer was billed for 15.00, and the first pays all after all, or takes back what it paid.
#[test]
fn what_is_left_no_more_goes_out_as_a_void() {
    let back: [Word<'_>; 2] = [BACK_65, ("1", 8_000, &[("CO*45", 2_000)])];
    for (words, taken) in [(&back[..], Some("CLM05-3 8")), (&back[..1], None)] {
        let mut house = house();
        house.tell(&acme(10, &[PAID_65]));
        house.tell(&beacon(12, &[("2", 1_500, &[("OA*23", 8_500)])]));
        house.tell(&acme(13, words));
        let items = house.open_items();
        let item = items.iter().find(|item| item.category == Category::NextPayer);
        let item = item.expect("an item").id.0.to_string();
        let told = house.work_on(&["release", &item]);
        match taken {
            Some(frequency) => assert!(told.contains(frequency), "{told}"),
            None => {
                assert!(told.contains("was not released"), "{told}");
                let told = house.work_on(&["release", &item, "--as", "void"]);
                assert!(told.contains("CLM05-3 8"), "{told}");
            }
        }
    }
}

/// CLP02 4 says nothing of a turn, and the first may decide after it: books and items are those of CLP02 2 in
/// the order in which they pay. One that denied without a word of the first is billed with what that one decided.
#[test]
fn a_later_payers_denial_is_its_own_whatever_it_calls_it_and_whenever_it_comes() {
    for first in [PAID_65, PASSED_ON] {
        for (codes, off) in DENIED {
            let left = |words: &[&Told<'_>]| {
                let mut house = house();
                for told in words {
                    house.tell(told);
                }
                let told = house
                    .open_items()
                    .into_iter()
                    .map(|item| (item.payer(None).map(str::to_owned), item.category, item.what));
                let claim = house.store().claim(ClaimId(1)).expect("read").expect("a claim");
                let knew_of_first = off.iter().any(|(code, _)| *code == "OA*23");
                let aging = knew_of_first.then(|| house.rows(Report::Aging, ""));
                (house.books(), told.collect::<Vec<_>>(), claim.state, aging)
            };
            let denied = ["2", "4"].map(|status| [(status, 0, off)]);
            let [said, called] = denied.each_ref().map(|told| beacon(12, told));
            let first_said = [first];
            let paid = acme(10, &first_said);
            let expected = left(&[&paid, &said]);
            for words in [[&said, &paid], [&paid, &called], [&called, &paid]] {
                assert_eq!(left(&words), expected, "{} {codes} {off:?}", first.0);
            }
        }
    }
}

/// Before the first decided it denied all; what it decides on then is anew, whether it was billed for that or not.
#[test]
fn a_later_payer_that_denied_too_soon_decides_anew() {
    const PAYS: Word<'_> = ("2", 500, &[("OA*23", 8_500), ("PR*1", 1_000)]);
    for (codes, off) in [
        ("CO,31", &[("CO*31", 10_000)]),
        ("PR,31", &[("PR*31", 10_000)]),
        ("CO,22", &[("CO*22", 10_000)]),
    ] {
        for status in ["2", "4"] {
            let [mut house, mut other] = [house(), house()];
            house.tell(&beacon(9, &[(status, 0, off)]));
            house.tell(&acme(10, &[PAID_65]));
            house.tell(&beacon(12, &[PAYS]));
            other.tell(&acme(10, &[PAID_65]));
            other.tell(&beacon(12, &[PAYS]));
            assert_eq!(house.books(), other.books(), "{status} {codes}");
        }
    }
}
