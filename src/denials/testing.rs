//! A subject, limits and days that the tests of this room share.

use x12::fault::Place;
use x12::phi::Phi;
use x12::value::{Day, Money};

use super::route::{Limits, Subject};
use crate::change::{ArrivalId, ClaimId};

pub const LIMITS: Limits =
    Limits { corrected_days: 90, appeal_days: 60, filing_days: 365, overpayment_days: 0 };

pub fn day(text: &str) -> Day {
    Day::parse_dashed(text).expect("a day")
}

pub fn subject() -> Subject {
    Subject {
        claim: Some(ClaimId(7)),
        arrival: ArrivalId(1),
        amount: Money::from_cents(4000),
        place: Place::default(),
        payer: "acme".to_owned(),
        names: Phi::default(),
    }
}
