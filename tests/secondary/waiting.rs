//! What comes while the claim for the next payer waits for its batch.

use claimgate::change::ClaimId;
use claimgate::clock::Timestamp;
use claimgate::commands::statement;
use claimgate::gateway::{Gateway, coordinate, dispatch, receive};
use claimgate::lifecycle::State;
use claimgate::settings::names::ChannelName;
use claimgate::transport::Arrival;

use super::House;
use super::told::{BACK_65, PAID_65, Told, Word, acme, beacon, house};

impl House {
    /// A file comes, and whether claims go on is decided; no batch is due.
    fn hear_in_time(&mut self, told: &Told<'_>) {
        take_in(&self.gateway, told, self.now);
        self.now = Timestamp::from_micros(self.now.micros() + 1_000_000);
        coordinate::turn(&self.gateway, self.now).expect("next payers");
    }

    /// The batch of every payer is due.
    fn send(&mut self) {
        self.now = Timestamp::from_micros(self.now.micros() + 600_000_000);
        dispatch::turn(&self.gateway, self.now).expect("batches");
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
