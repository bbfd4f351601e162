//! What must hold in every change. Whatever breaks it is a bug of the room that decided.

use std::collections::BTreeSet;

use x12::value::Money;

use crate::change::{Change, Move};
use crate::lifecycle::{self, Event};

/// Panics when a change contradicts itself.
pub fn assert_sound(change: &Change) {
    for claim in &change.claims {
        let event = claim.event;
        assert!(lifecycle::begin(event).is_some(), "no claim begins with {event:?}");
    }
    for step in &change.moves {
        let (from, event, to) = (step.from, step.event, step.to);
        let leads_to = lifecycle::advance(from, event);
        assert!(leads_to == Some(to), "{event:?} takes {from:?} to {leads_to:?}, not to {to:?}");
    }
    let is_batched = |step: &&Move| step.event == Event::Batched;
    let batched: BTreeSet<_> =
        change.moves.iter().filter(is_batched).map(|step| step.claim).collect();
    for batch in &change.batches {
        for claim in &batch.claims {
            let id = claim.claim;
            assert!(batched.contains(&id), "{id:?} is in a batch but does not move");
        }
    }
    let sum: Money = change.postings.iter().map(|posting| posting.amount).sum();
    assert!(sum.is_zero(), "postings differ by {sum}");
    let sum: Money = change.bank.postings().map(|posting| posting.amount).sum();
    assert!(sum.is_zero(), "the postings of deposits differ by {sum}");
    for payment in &change.payments {
        let sum: Money = payment.postings.iter().map(|posting| posting.amount).sum();
        assert!(sum.is_zero(), "the postings of a payment differ by {sum}");
    }
}
