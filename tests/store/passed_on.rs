//! Whether a claim goes on to its next payer, once its own payer said that it passed it on.

use claimgate::change::Change;
use claimgate::change::next::why::Why;
use claimgate::change::next::{Answer, NextPayer, Step};

use crate::sample::*;
use crate::suite::{add_claims, is_stale, on_every_backend};

#[test]
fn what_was_passed_on_and_never_came_is_asked_anew_once() {
    on_every_backend(|store| {
        let id = add_claims(store, 1)[0];
        let step = |step| Change { next_payers: vec![NextPayer { claim: id, step }], ..change(5) };
        let answered = |asked, answer| step(Step::Answered { asked, answer, why: Why::default() });
        assert!(is_stale(store, &step(Step::NeverCame), "next payer"), "nobody asked");
        for (asked, answer) in [(1, Answer::Office), (2, Answer::PassedOn)] {
            store.commit(&step(Step::Asked)).expect("committed");
            assert!(
                is_stale(store, &step(Step::NeverCame), "next payer"),
                "no answer, or it is due"
            );
            store.commit(&answered(asked, answer)).expect("committed");
        }
        store.commit(&step(Step::NeverCame)).expect("committed");
        assert!(is_stale(store, &step(Step::NeverCame), "next payer"), "it is due already");
        let due = store.next_payers_due(9).expect("read");
        assert_eq!((due[0].asked, due[0].never_came), (3, true));
        store.commit(&answered(3, Answer::Billed)).expect("committed");
        let kept = store.next_payer(id).expect("read").expect("kept");
        assert_eq!(
            (kept.is_due, kept.never_came, kept.answer),
            (false, true, Some(Answer::Billed))
        );
    });
}

/// A payer after its own knows a claim by a number that stands in what it said alone.
#[test]
fn a_claim_is_found_by_the_number_that_another_payer_than_its_own_has_for_it() {
    on_every_backend(|store| {
        let ids = add_claims(store, 2);
        store.commit(&batch(2_000, 1, &ids)).expect("sent");
        let payer = arrive(store, "835");
        let said = [
            ("BEACON", "2", "B7", ids[0]),
            ("BEACON", "1", "B8", ids[0]),
            ("ACME", "4", "A9", ids[1]),
            ("BEACON", "4", "B7", ids[1]),
        ];
        let payments = said.iter().zip(1..).map(|((payer_name, status, number, claim), at)| {
            let mut payment = payment(payer, &format!("payment {at}"), Some(*claim));
            payment.payer = (*payer_name).to_owned();
            payment.claims[0].status = (*status).to_owned();
            payment.claims[0].payer_control_number = (*number).to_owned();
            payment
        });
        let payments = payments.collect();
        store.commit(&Change { payments, ..change(3_000) }).expect("posted");
        let expected = [("B7", vec![ids[0], ids[1]]), ("B8", Vec::new()), ("A9", Vec::new())];
        for (number, expected) in expected {
            let numbers = [number.to_owned()].into();
            let found = store.payable(&[].into(), &numbers).expect("read").into_iter();
            assert_eq!(found.map(|(claim, _)| claim.id).collect::<Vec<_>>(), expected, "{number}");
        }
    });
}
