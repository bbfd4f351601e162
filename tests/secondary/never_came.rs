//! What a payer says to have passed on, and the next one never got, is billed from here.

use claimgate::change::ClaimId;
use claimgate::change::next::Answer;
use claimgate::clock::Timestamp;
use claimgate::denials::Category;
use claimgate::gateway::coordinate;
use claimgate::lifecycle::{Event, State};

use super::House;
use super::told::{Told, Word, acme, beacon, house};

const PASSED_ON: Word<'_> = ("19", 6_500, &[("CO*45", 2_000), ("PR*1", 1_500)]);
const REST: Word<'_> = ("2", 1_500, &[("OA*23", 8_500)]);
const COPY: Word<'_> = ("4", 0, &[("OA*18", 10_000)]);

impl House {
    fn patient(&self) -> i64 {
        self.books().get("patient").copied().unwrap_or_default()
    }

    /// Fifty days pass.
    fn is_reminded(&mut self) {
        self.now = Timestamp::from_micros(self.now.micros() + 50 * 86_400_000_000);
        assert_eq!(coordinate::remind(&self.gateway, self.now).expect("told"), 1);
    }
}

#[test]
fn what_never_came_to_the_next_payer_is_billed_as_if_it_had_not_been_passed_on() {
    let mut house = house();
    house.tell(&acme(10, &[PASSED_ON]));
    assert_eq!((house.answer(), house.state(2)), (Some(Answer::PassedOn), None));
    house.is_reminded();
    let item = house.open_items().pop().expect("an item");
    assert_eq!(item.category, Category::NextPayer);
    assert!(item.action.contains("`claimgate queue bill-next 1` bills it"), "{}", item.action);
    let id = item.id.0.to_string();
    let told = house.work_on(&["release", &id]);
    assert!(told.contains("`claimgate queue bill-next 1`"), "{told}");
    assert_eq!(house.state(1), Some(State::Paid));

    let told = house.work_on(&["bill-next", "1", "--reason", "beacon has no such claim"]);
    assert!(told.contains("a claim with 15.00 is made for BEACON1"), "{told}");
    assert!(house.open_items().is_empty());
    house.go_on();
    assert_eq!((house.answer(), house.state(2)), (Some(Answer::Billed), Some(State::Batched)));
    house.sent_to("beacon", |claim| {
        assert_eq!(claim.subscriber.responsibility.text(), "S");
        assert_eq!(claim.other_payers.len(), 1);
    });
    let history = house.store().history(ClaimId(1)).expect("read").expect("a claim");
    let last = history.events.last().expect("an event");
    assert_eq!(last.event, Event::NeverCame);
    assert_eq!(last.note, "ann: beacon has no such claim; BEACON1 is billed");
    // Nobody is reminded any more.
    house.now = Timestamp::from_micros(house.now.micros() + 50 * 86_400_000_000);
    assert_eq!(coordinate::remind(&house.gateway, house.now).expect("told"), 0);
    house.tell(&beacon(12, &[REST]));
    assert_eq!((house.patient(), house.open_items().len()), (0, 0));
}

/// It came after all: what is paid for what was passed on counts, and the copy settles by itself.
#[test]
fn what_comes_after_all_is_paid_once_and_the_copy_settles_by_itself() {
    for order in [[REST, COPY], [COPY, REST]] {
        let mut house = house();
        house.tell(&acme(10, &[PASSED_ON]));
        house.work_on(&["bill-next", "1", "--reason", "beacon has no such claim"]);
        house.go_on();
        house.tell(&beacon(12, &[order[0]]));
        house.tell(&beacon(15, &[order[1]]));
        let items: Vec<String> = house.open_items().into_iter().map(|item| item.what).collect();
        assert_eq!((house.patient(), items), (0, Vec::new()), "{order:?}");
    }
}

/// The first payer decides anew, and passes on once more: the next payer has a claim of ours, which follows.
#[test]
fn what_its_payer_passes_on_anew_mends_the_claim_that_was_made() {
    let mut house = house();
    house.tell(&acme(10, &[PASSED_ON]));
    house.work_on(&["bill-next", "1", "--reason", "beacon has no such claim"]);
    house.go_on();
    let back: Word<'_> = ("22", -6_500, &[("CO*45", -2_000), ("PR*1", -1_500)]);
    let anew: Word<'_> = ("19", 5_500, &[("CO*45", 2_000), ("PR*1", 2_500)]);
    let words: [Word<'_>; 2] = [back, anew];
    let told: Told<'_> = acme(13, &words);
    house.tell(&told);
    assert_eq!(house.answer(), Some(Answer::Billed));
    let items: Vec<Category> = house.open_items().into_iter().map(|item| item.category).collect();
    assert_eq!(items, [Category::NextPayer]);
}

#[test]
fn what_was_not_passed_on_or_was_decided_on_is_not_billed_by_a_person() {
    let refused = |house: &House| house.refusal(&["bill-next", "1", "--reason", "why"]);
    let mut undecided = house();
    assert!(refused(&undecided).contains("claim 1 goes to no next payer"));
    undecided.tell(&acme(10, &[("1", 6_500, &[("CO*45", 2_000), ("PR*1", 1_500)])]));
    assert!(refused(&undecided).contains("was not passed on by its payer: beacon is billed"));
    let mut heard = house();
    heard.tell(&acme(10, &[PASSED_ON]));
    heard.tell(&beacon(12, &[REST]));
    assert!(refused(&heard).contains("beacon has decided on claim 1 already"));
    let mut paid = house();
    paid.tell(&acme(10, &[("19", 8_000, &[("CO*45", 2_000)])]));
    assert!(refused(&paid).contains("there is nothing to bill"));
}
