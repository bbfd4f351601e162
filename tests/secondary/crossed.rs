//! What a payer passed on by itself, and the next one denied, goes to that one once more, and not to the first.

use claimgate::change::ClaimId;
use claimgate::change::cases::Ending;
use claimgate::change::next::Answer;
use claimgate::commands::statement;
use claimgate::lifecycle::{Event, State};
use x12::value::Money;

use super::House;
use super::told::{PAID_65, Word, acme, beacon, house};

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

        let told = house.work_on(&["bill-next", "1", "--reason", "NPI put right"]);
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
