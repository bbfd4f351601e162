//! What comes while the claim for the next payer waits for its batch: that payer's own decision, or another one of the
//! payer before.

use std::sync::Arc;

use claimgate::change::next::Answer;
use claimgate::change::{ClaimId, DeliveryKind, Moment};
use claimgate::clock::Timestamp;
use claimgate::commands::statement;
use claimgate::gateway::{Gateway, coordinate, dispatch, receive};
use claimgate::lifecycle::State;
use claimgate::settings::names::ChannelName;
use claimgate::store;
use claimgate::transport::Arrival;

use super::crashing::Crashing;
use super::told::{BACK_65, PAID_65, Told, Word, acme, beacon, elm, house};
use super::{House, chain, office_file, plain};

/// Of the 15.00 that the first left.
const IN_FULL: Word<'_> = ("2", 1_500, &[("OA*23", 8_500)]);
const IN_PART: Word<'_> = ("2", 1_000, &[("OA*23", 8_500), ("PR*3", 500)]);
const DENIED: Word<'_> = ("4", 0, &[("OA*23", 8_500), ("CO*29", 1_500)]);
const DECIDED: [Word<'_>; 3] = [IN_FULL, IN_PART, DENIED];

/// The same taken back.
const BACK: [Word<'_>; 3] = [
    ("22", -1_500, &[("OA*23", -8_500)]),
    ("22", -1_000, &[("OA*23", -8_500), ("PR*3", -500)]),
    ("22", 0, &[("OA*23", -8_500), ("CO*29", -1_500)]),
];

impl House {
    /// A file comes, and whether claims go on is decided; no batch is due.
    fn hear_in_time(&mut self, told: &Told<'_>) {
        self.only_take(told);
        coordinate::turn(&self.gateway, self.now).expect("next payers");
    }

    fn only_take(&mut self, told: &Told<'_>) {
        take_in(&self.gateway, told, self.now);
        self.now = Timestamp::from_micros(self.now.micros() + 1_000_000);
    }

    /// The batch of every payer is due.
    fn send(&mut self) {
        self.now = Timestamp::from_micros(self.now.micros() + 600_000_000);
        dispatch::turn(&self.gateway, self.now).expect("batches");
    }

    fn sent_files(&self, payer: &str) -> usize {
        let channel = format!("{payer}:outbox");
        let files = self.store().undelivered(&channel, Moment(i64::MAX), 99).expect("read");
        files.iter().filter(|file| file.kind == DeliveryKind::Claims).count()
    }

    fn states(&self) -> Vec<State> {
        (2..9).map_while(|id| self.state(id)).collect()
    }

    /// What the last event of a claim says.
    fn last_note(&self, id: i64) -> String {
        let history = self.store().history(ClaimId(id)).expect("read").expect("a claim");
        history.events.last().expect("an event").note.clone()
    }

    /// What is asked of the patient, or who is waited for.
    fn due_now(&self) -> String {
        let due = statement::statement_for(&self.office(), "A1").expect("a statement");
        let why = due.waiting.first().map(|one| one.why.clone());
        why.unwrap_or_else(|| due.balance().to_string())
    }

    fn items(&self) -> Vec<String> {
        self.open_items().into_iter().map(|item| item.what).collect()
    }
}

fn take_in(gateway: &Gateway, told: &Told<'_>, now: Timestamp) {
    let name = ChannelName::new(told.payer()).expect("a name of the settings");
    let file = format!("{}.x12", told.payer());
    receive::take_in(gateway, &Arrival::of_bytes(name, file, told.file(), now), now)
        .expect("taken in");
}

const WITHDRAWN: &str = "withdrawn before it was sent: beacon decided without it";

/// Whichever of the two is heard first, and whatever the second decides, it is sent nothing, and the books are the same.
#[test]
fn a_claim_that_waits_is_withdrawn_where_its_payer_decides_meanwhile() {
    for word in DECIDED {
        let (first, words) = ([PAID_65], [word]);
        let files = [acme(10, &first), beacon(12, &words)];
        let [waited, crossed] = [[0, 1], [1, 0]].map(|order| {
            let mut house = house();
            for at in order {
                house.hear_in_time(&files[at]);
            }
            house.send();
            house
        });
        assert_eq!((waited.states(), crossed.states()), (vec![State::Closed], vec![]), "{word:?}");
        assert_eq!(waited.last_note(2), WITHDRAWN, "{word:?}");
        for house in [&waited, &crossed] {
            assert_eq!(house.sent_files("beacon"), 0, "{word:?}");
            assert_eq!(house.answer(), Some(Answer::NothingLeft), "{word:?}");
        }
        assert_eq!(waited.books(), crossed.books(), "{word:?}");
        assert_eq!(waited.due_now(), crossed.due_now(), "{word:?}");
        assert_eq!(waited.items(), crossed.items(), "{word:?}");
    }
}

/// What the second takes back is left to it again.
#[test]
fn a_payer_that_takes_back_what_it_decided_meanwhile_is_billed_after_all() {
    for (word, back) in DECIDED.into_iter().zip(BACK) {
        let (first, words, back) = ([PAID_65], [word], [back]);
        let mut house = house();
        house.hear_in_time(&acme(10, &first));
        house.hear_in_time(&beacon(12, &words));
        house.send();
        house.hear_in_time(&beacon(15, &back));
        assert_eq!(house.states(), [State::Closed, State::Ready], "{word:?} {:?}", house.items());
        house.send();
        assert_eq!(house.states(), [State::Closed, State::Batched], "{word:?}");
        house.sent_to("beacon", |claim| assert_eq!(claim.other_payers.len(), 1));
        assert_eq!(house.due_now(), "beacon is expected to decide", "{word:?}");
        house.tell(&beacon(16, &[IN_PART]));
        assert_eq!((house.due_now().as_str(), house.items()), ("5.00", vec![]), "{word:?}");
    }
}

/// The second says nothing of what the first paid, and a person puts its decision to the first claim.
#[test]
fn a_claim_that_waits_is_withdrawn_where_a_person_attaches_the_decision_of_its_payer() {
    let hides: [Word<'_>; 1] = [("2", 1_000, &[("CO*45", 8_500), ("PR*3", 500)])];
    let mut house = house();
    house.hear_in_time(&acme(10, &[PAID_65]));
    house.hear_in_time(&beacon(12, &hides));
    assert_eq!(house.states(), [State::Ready], "it is not posted yet");
    let held = house.open_items().pop().expect("an item");
    assert!(held.what.starts_with("V23"), "{}", held.what);
    house.work_on(&["attach", &held.id.0.to_string(), "1", "--reason", "it is his"]);
    house.send();
    assert_eq!(house.states(), [State::Ready], "nobody has looked yet");
    house.go_on();
    assert_eq!((house.states(), house.sent_files("beacon")), (vec![State::Closed], 0));
    assert_eq!((house.last_note(2).as_str(), house.due_now().as_str()), (WITHDRAWN, "5.00"));
    house.work_on(&["detach", &held.id.0.to_string(), "--reason", "another's"]);
    house.go_on();
    assert_eq!(house.states(), [State::Closed, State::Batched], "{:?}", house.items());
}

/// The batch is due before it is looked at what the second decided, or that comes as the batch is made.
#[test]
fn nothing_goes_out_beside_the_decision_of_its_payer() {
    let crashing = Arc::new(Crashing::new(store::open("memory:").expect("a store")));
    for is_overtaken in [false, true] {
        let mut house = match is_overtaken {
            true => House::with(crashing.clone()),
            false => House::open(),
        };
        house.take("cedar", office_file(&plain()));
        house.hear_in_time(&acme(10, &[PAID_65]));
        if is_overtaken {
            let (plan, archive) = (house.gateway.plan.clone(), house.gateway.archive.clone());
            let beside = Gateway::beside(plan, crashing.inner(), archive);
            let now = house.now;
            crashing.overtake(move || take_in(&beside, &beacon(12, &[IN_PART]), now));
        } else {
            house.only_take(&beacon(12, &[IN_PART]));
        }
        house.send();
        assert_eq!(house.states(), [State::Ready], "{is_overtaken}");
        house.go_on();
        assert_eq!(house.states(), [State::Closed], "{is_overtaken}");
        assert_eq!((house.sent_files("beacon"), house.due_now().as_str()), (0, "5.00"));
    }
}

/// What left is answered as ever.
#[test]
fn a_claim_that_went_to_its_payer_stays_there() {
    let mut house = house();
    house.tell(&acme(10, &[PAID_65]));
    house.tell(&beacon(12, &[IN_PART]));
    assert_eq!((house.states(), house.due_now().as_str()), (vec![State::Paid], "5.00"));
}

/// What a person has billed although it was passed on is withdrawn as the payer that has it pays, and not for what that
/// one had denied before.
#[test]
fn what_a_person_has_billed_waits_for_nothing_but_a_new_decision() {
    let passed_on: Word<'_> = ("19", PAID_65.1, PAID_65.2);
    let again: [Word<'_>; 2] = [BACK_65, ("19", 6_000, &[("CO*45", 2_000), ("PR*1", 2_000)])];
    for is_denied in [false, true] {
        let mut house = house();
        house.hear_in_time(&acme(10, &[passed_on]));
        if is_denied {
            house.hear_in_time(&beacon(12, &[DENIED]));
        }
        house.work_on(&["bill-next", "1", "--reason", "it has no such claim"]);
        coordinate::turn(&house.gateway, house.now).expect("next payers");
        assert_eq!(house.states(), [State::Ready], "{is_denied}");
        house.hear_in_time(&acme(13, &again));
        assert_eq!(house.states(), [State::Closed, State::Ready], "{is_denied}");
        assert_eq!(house.last_note(2), "withdrawn before it was sent: its payer decided anew");
        house.hear_in_time(&beacon(14, &[("2", 2_000, &[("OA*23", 8_000)])]));
        house.send();
        assert_eq!(house.states(), [State::Closed, State::Closed], "{is_denied}");
        assert_eq!((house.last_note(3).as_str(), house.sent_files("beacon")), (WITHDRAWN, 0));
        assert_eq!(house.due_now(), "0.00", "{is_denied}");
    }
}

/// Nothing is a double of what never left and was withdrawn for it.
#[test]
fn what_the_first_decides_anew_goes_out_in_the_place_of_what_waited() {
    let anew: [Word<'_>; 2] = [BACK_65, ("1", 6_000, &[("CO*45", 2_000), ("PR*1", 2_000)])];
    let mut house = house();
    house.hear_in_time(&acme(10, &[PAID_65]));
    house.hear_in_time(&acme(13, &anew));
    assert_eq!(house.items(), Vec::<String>::new());
    assert_eq!(house.states(), [State::Closed, State::Ready]);
    assert_eq!(house.last_note(2), "withdrawn before it was sent: its payer decided anew");
    house.send();
    assert_eq!(house.states(), [State::Closed, State::Batched]);
    house.tell(&beacon(14, &[("2", 2_000, &[("OA*23", 8_000)])]));
    assert_eq!((house.due_now().as_str(), house.items()), ("0.00", vec![]));
}

/// Of three payers the third decides while the claim for it waits, whoever sent the second one its claim.
#[test]
fn a_claim_that_waits_for_a_third_payer_is_withdrawn_as_well() {
    for status in ["1", "19"] {
        let mut house = chain::house(2);
        house.tell(&acme(10, &[(status, PAID_65.1, PAID_65.2)]));
        house.hear_in_time(&beacon(12, &[chain::DECIDES]));
        let waits = if status == "1" { 3 } else { 2 };
        assert_eq!(house.state(waits), Some(State::Ready), "{status}");
        house.hear_in_time(&elm(14, &[chain::THIRD]));
        house.send();
        assert_eq!(house.state(waits), Some(State::Closed), "{status} {:?}", house.items());
        let note = "withdrawn before it was sent: elm decided without it";
        assert_eq!((house.last_note(waits).as_str(), house.sent_files("elm")), (note, 0));
        assert_eq!((house.due_now().as_str(), house.items()), ("4.00", vec![]), "{status}");
    }
}
