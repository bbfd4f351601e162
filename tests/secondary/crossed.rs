//! What a payer passed on by itself, and the next one denied, goes to that one once more, and not to the first.

use bytes::Bytes;

use claimgate::change::ClaimId;
use claimgate::change::cases::Ending;
use claimgate::change::next::Answer;
use claimgate::commands::statement;
use claimgate::denials::Category;
use claimgate::lifecycle::{Event, State};
use x12::value::Money;

use super::told::{PAID_65, Word, acme, beacon, house};
use super::{House, office_file, plain};

/// Of the charge of 100.00 the first left 15.00, and passed it on; the next denies them.
const PASSED_ON: Word<'_> = ("19", PAID_65.1, PAID_65.2);
const DENIED: Word<'_> = ("4", 0, &[("OA*23", 8_500), ("CO*16", 1_500)]);
const BACK: Word<'_> = ("22", 0, &[("OA*23", -8_500), ("CO*16", -1_500)]);
const PAYS: Word<'_> = ("2", 1_000, &[("OA*23", 8_500), ("PR*3", 500)]);

impl House {
    fn told_by_both(words: [&[Word<'_>]; 2]) -> House {
        let mut house = house();
        house.tell(&acme(10, words[0]));
        house.tell(&beacon(12, words[1]));
        house
    }

    /// What the open items say.
    fn told(&self) -> Vec<String> {
        let items = self.open_items().into_iter();
        items
            .map(|item| {
                format!("{:?} {}: {}; {}", item.claim, item.category.name(), item.what, item.action)
            })
            .collect()
    }

    /// Why nothing is asked of the patient, or what is.
    fn due(&self) -> Result<Money, String> {
        let due = statement::statement_for(&self.office(), "A1").expect("a statement");
        due.waiting.first().map_or(Ok(due.balance()), |one| Err(one.why.clone()))
    }
}

#[test]
fn what_the_next_payer_denied_is_sent_to_it_in_the_place_of_that() {
    // What is taken back on the 15th is of the 12th.
    let files: [&[(u8, &[Word<'_>])]; 4] = [
        &[(14, &[PAYS])],
        &[(15, &[BACK, PAYS])],
        &[(15, &[BACK]), (16, &[PAYS])],
        &[(14, &[PAYS]), (15, &[BACK])],
    ];
    for files in files {
        let mut house = House::told_by_both([&[PASSED_ON], &[DENIED]]);
        let item = house.open_items().pop().expect("an item");
        assert!(
            item.action.contains("`claimgate queue bill-next 1` sends it to beacon"),
            "{item:?}"
        );
        let shown = house.work_on(&["show", &item.id.0.to_string()]);
        assert!(!shown.contains("goes out as"), "{shown}");
        let id = item.id.0.to_string();
        house.work_on(&["edit", &id, "--insert", "NTE*ADD*SEE THE REPORT"]);
        let told = house.work_on(&["bill-next", "1", "--reason", "report added"]);
        assert!(told.contains("a claim with 15.00 is made for BEACON1"), "{told}");
        assert!(told.contains("(CLM05-3 7, REF*F8 BEACON12)"), "{told}");
        house.go_on();
        assert_eq!((house.open_items().len(), house.answer()), (0, Some(Answer::Billed)));
        house.sent_to("beacon", |claim| {
            assert_eq!(claim.frequency.text(), "7");
            let number = claim.references.iter().find(|one| one.qualifier.is("F8"));
            assert_eq!(number.expect("REF*F8").value.text(), "BEACON12");
            assert_eq!(claim.subscriber.responsibility.text(), "S");
            assert_eq!(claim.other_payers.len(), 1);
            assert_eq!(claim.notes.first().expect("a note").text(), "SEE THE REPORT");
        });
        let history = house.store().history(ClaimId(1)).expect("read").expect("a claim");
        assert_eq!(history.events.last().expect("an event").event, Event::BilledAgain);
        assert_eq!(house.due(), Err("beacon is expected to decide".to_owned()));

        for (day, words) in files {
            house.tell(&beacon(*day, words));
        }
        let other = House::told_by_both([&[PASSED_ON], &[PAYS]]);
        assert_eq!(house.books(), other.books(), "{files:?}");
        assert_eq!((house.told(), house.due()), (Vec::new(), Ok(Money::from_cents(500))));
        assert_eq!((house.state(1), house.state(2)), (Some(State::Paid), Some(State::Paid)));
        assert_eq!(house.endings(), [(Some(Ending::Corrected), 1_500)], "{files:?}");
    }
}

/// The first paid rightly: what goes there again is said by a person.
#[test]
fn a_denial_of_the_next_payer_does_not_send_the_claim_to_the_first_again() {
    for order in [[0, 1], [1, 0]] {
        let mut house = house();
        for at in order {
            house.tell(&[acme(10, &[PASSED_ON]), beacon(12, &[DENIED])][at]);
        }
        let item = house.open_items().pop().expect("an item").id.0.to_string();
        let told = house.work_on(&["release", &item]);
        assert!(told.contains("goes to acme again; "), "{told}");
        assert!(told.contains("or say with --as what goes to acme"), "{told}");
        assert_eq!(house.state(1), Some(State::Paid));
        let told = house.work_on(&["release", &item, "--as", "replacement"]);
        assert!(told.contains("claim 1 is ready"), "{told}");
    }
}

/// What came too soon is sent again too, once the first has decided.
#[test]
fn what_was_denied_before_the_first_decided_goes_out_again() {
    let mut house = house();
    house.tell(&beacon(12, &[DENIED]));
    assert!(
        house.refusal(&["bill-next", "1", "--reason", "why"]).contains("goes to no next payer")
    );
    house.tell(&acme(13, &[PAID_65]));
    house.work_on(&["bill-next", "1", "--reason", "NPI put right"]);
    house.go_on();
    house.tell(&beacon(15, &[PAYS]));
    let other = House::told_by_both([&[PASSED_ON], &[PAYS]]);
    assert_eq!((house.books(), house.told()), (other.books(), Vec::new()));
}

/// A payer that takes no replacement gets a new claim, and one that paid gets none.
#[test]
fn what_goes_out_again_is_what_its_payer_takes() {
    let store = claimgate::store::open("memory:").expect("a store");
    let mut house = House::of(store, |plan| {
        plan.payers.iter_mut().for_each(|payer| payer.frequencies = vec!["1".to_owned()]);
    });
    house.take("cedar", office_file(&plain()));
    house.tell(&acme(10, &[PASSED_ON]));
    house.tell(&beacon(12, &[DENIED]));
    let told = house.work_on(&["bill-next", "1", "--reason", "NPI put right"]);
    assert!(told.contains("as a new one, for it takes no replacement"), "{told}");
    house.go_on();
    house.sent_to("beacon", |claim| {
        assert_eq!(claim.frequency.text(), "1");
        assert!(!claim.references.iter().any(|one| one.qualifier.is("F8")));
    });
    // Denied once more, the item hangs at the claim that was made.
    house.tell(&beacon(15, &[DENIED]));
    let items = house.open_items();
    assert_eq!(items.iter().map(|item| item.claim).collect::<Vec<_>>(), [Some(ClaimId(2))]);
    assert_eq!(house.endings()[0], (Some(Ending::DeniedAgain), 0));
}

/// An item of what a payer after the first paid too much says whom to pay back.
#[test]
fn what_a_later_payer_paid_too_much_names_it() {
    let too_much: Word<'_> = ("2", 6_500, &[("OA*23", 3_500)]);
    let house = House::told_by_both([&[PASSED_ON], &[too_much]]);
    let told = house.told().join(" ");
    let command = "`claimgate bank refund --claim 1 --payer beacon --amount 50.00`";
    assert!(told.contains(command), "{told}");
}

/// What a person attaches and takes off again leaves the books as they were, whatever gave way in between.
#[test]
fn what_a_later_payer_said_is_detached_without_a_trace() {
    let strange = |day: u8, word: Word<'_>| {
        let text = String::from_utf8(beacon(day, &[word]).file().to_vec()).expect("a text");
        let text = text.replace("CLP*A1*", "CLP*LOST*").replace("A1L1~", "LOST1~");
        let text = text.replace("*12*BEACON", "*12*LOST");
        Bytes::from(text.replace("20261006", "20261008"))
    };
    // What comes under a strange number, and what is matched before it and after it was attached.
    let stories: [(Word<'_>, &[Word<'_>], &[Word<'_>]); 6] = [
        (DENIED, &[], &[PAYS]),
        (DENIED, &[PAYS], &[]),
        (PAYS, &[DENIED], &[]),
        (PAYS, &[], &[DENIED]),
        (BACK, &[DENIED, PAYS], &[]),
        (BACK, &[DENIED], &[PAYS]),
    ];
    for (by_hand, before, after) in stories {
        let [mut house, mut twin] = [house(), house()];
        for house in [&mut house, &mut twin] {
            house.tell(&acme(10, &[PASSED_ON]));
            for (day, word) in (12..).zip(before) {
                house.tell(&beacon(day, &[*word]));
            }
        }
        house.take("beacon", strange(15, by_hand));
        let items = house.open_items();
        let waits = items.iter().find(|item| item.category == Category::Unmatched);
        let waits = waits.unwrap_or_else(|| panic!("{items:#?}")).id.0.to_string();
        house.work_on(&["attach", &waits, "1", "--despite", "patient", "--reason", "by phone"]);
        for house in [&mut house, &mut twin] {
            for (day, word) in (16..).zip(after) {
                house.tell(&beacon(day, &[*word]));
            }
        }
        house.work_on(&["detach", &waits, "--reason", "another's"]);
        let [mut found, mut expected] = [house.books(), twin.books()];
        for books in [&mut found, &mut expected] {
            books.retain(|account, _| !["cash", "suspense"].contains(account));
        }
        assert_eq!(found, expected, "{by_hand:?} {before:?} {after:?}");
    }
}
