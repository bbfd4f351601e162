//! What was decided on a claim's account holds while nothing else is said of it.

use claimgate::change::{Change, ClaimId};
use claimgate::ledger;
use x12::fault::Place;

use crate::sample::*;
use crate::suite::{add_claims, is_stale, on_every_backend};

/// A person and the daemon decide on one claim at one moment.
#[test]
fn takes_what_was_decided_on_an_account_while_it_stays_as_it_was() {
    on_every_backend(|store| {
        let ids = add_claims(store, 2);
        let payer = arrive(store, "835");
        let read = |claim: ClaimId| {
            let known = store.claim(claim).expect("read").expect("the claim");
            vec![(claim, known.revision)]
        };
        let owed = || ledger::give_up(ids[0], cents(6_000), Place::default());
        let decided = Change { read: read(ids[0]), postings: owed(), ..change(2) };
        let paid = |identity: &str, claim| Change {
            payments: vec![payment(payer, identity, Some(claim))],
            ..change(3)
        };
        // What is said of another claim is nothing to it.
        store.commit(&paid("one", ids[1])).expect("posted");
        let early = decided.clone();
        store.commit(&paid("two", ids[0])).expect("posted");
        assert!(is_stale(store, &early, "account of a claim"));
        // Made anew it holds, once.
        let anew = Change { read: read(ids[0]), ..decided };
        store.commit(&anew).expect("given up");
        assert!(is_stale(store, &anew, "account of a claim"));

        // So it is of what a person does with money that waits.
        store
            .commit(&Change { payments: vec![payment(payer, "odd", None)], ..change(4) })
            .expect("kept");
        let before = read(ids[1]);
        store
            .commit(&Change { released: vec![released(payer, Some(ids[1]))], ..change(5) })
            .expect("attached");
        assert_ne!(read(ids[1]), before);
    });
}
