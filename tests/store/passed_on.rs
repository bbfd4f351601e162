//! Whether a claim goes on to its next payer, once its own payer said that it passed it on.

use claimgate::change::Change;
use claimgate::change::next::{Answer, NextPayer, Step};

use crate::sample::*;
use crate::suite::{add_claims, is_stale, on_every_backend};

#[test]
fn what_was_passed_on_and_never_came_is_asked_anew_once() {
    on_every_backend(|store| {
        let id = add_claims(store, 1)[0];
        let step = |step| Change { next_payers: vec![NextPayer { claim: id, step }], ..change(5) };
        let answered = |asked, answer| step(Step::Answered { asked, answer, note: String::new() });
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
