//! Facts that stood in words alone in stores of earlier builds: they are read out of them once, as this build opens
//! the store.

use std::path::Path;
use std::sync::Arc;

use claimgate::change::cases::UNBILLED;
use claimgate::change::next::why::Why;
use claimgate::change::next::{Answer, NextPayer, Step};
use claimgate::change::{Change, NewWork, Tier};
use claimgate::denials::Category;
use claimgate::store::{self, Store, WorkFilter};
use rusqlite::Connection;
use x12::fault::Place;

use crate::sample::*;
use crate::suite::add_claims;

/// Takes away what came beside the words.
pub const FROM_WORDS: &str = "ALTER TABLE next_payers DROP COLUMN decided_by; \
     ALTER TABLE next_payers DROP COLUMN passed_to; ALTER TABLE next_payers DROP COLUMN is_to_unnamed; \
     DROP TABLE work_clps; \
     DELETE FROM refinery_schema_history WHERE version >= 32";

/// The store with nothing but words in it, and opened again.
fn opened_with_words_alone(store: Arc<dyn Store>, dir: &Path) -> Arc<dyn Store> {
    drop(store);
    let file = dir.join("store.db");
    let as_before = Connection::open(&file).expect("the file");
    as_before.execute_batch(FROM_WORDS).expect("words alone");
    drop(as_before);
    store::open(&format!("sqlite:{}", file.display())).expect("brought up to date")
}

#[test]
fn why_a_claim_goes_on_or_not_is_read_out_of_its_words() {
    let (store, dir) = new_store("sqlite");
    let why = [
        Why::said("beacon is billed; 10.00 is left of what was charged"),
        Why::said("passed on by somebody, which the claim does not name"),
        Why::passed_on(None, ""),
        Why::passed_on(None, "BEACON PLAN"),
        Why::passed_on(Some("beacon"), "ELM PLAN, WEST"),
        Why::passed_on_to_unnamed(None, "ZÉBRA"),
        Why::passed_on_to_unnamed(Some("beacon"), "ZÉBRA"),
        Why::said("the claim names no further payer").as_decided_by("beacon"),
        Why::passed_on(None, "BEACON PLAN").as_decided_by("beacon"),
        Why::passed_on(Some("beacon"), "").as_decided_by("elm"),
    ];
    let claims = add_claims(&*store, u32::try_from(why.len()).expect("few"));
    for (claim, why) in claims.iter().zip(&why) {
        let answered = Step::Answered { asked: 1, answer: Answer::PassedOn, why: why.clone() };
        for step in [Step::Asked, answered] {
            let next_payers = vec![NextPayer { claim: *claim, step }];
            store.commit(&Change { next_payers, ..change(5) }).expect("committed");
        }
    }
    let store = opened_with_words_alone(store, dir.path());
    for (claim, why) in claims.into_iter().zip(why) {
        assert_eq!(store.next_payer(claim).expect("read").map(|next| next.why), Some(why));
    }
}

#[test]
fn the_payment_of_which_a_part_was_attached_beyond_what_is_owed_is_read_out_of_the_evidence() {
    let (store, dir) = new_store("sqlite");
    let id = add_claims(&*store, 1)[0];
    let payer = arrive(&*store, "835");
    let mut paid = payment(payer, "payment 1", Some(id));
    let mut other = paid.claims[0].clone();
    let at = paid.claims[0].place;
    other.place = Place { segment: at.segment + 1, offset: at.offset + 50, ..at };
    paid.claims.push(other);
    let evidence = [
        (
            Some(Place { offset: at.offset, ..at }),
            format!("attached by ann; segment {}", at.segment),
        ),
        (None, format!("attached by ann; segment {}0", at.segment)),
        (None, format!("attached by ann; CLP at segment {}", at.segment)),
    ];
    let work = evidence.iter().map(|(clp, evidence)| NewWork {
        category: Category::Overpaid,
        arrival: Some(payer),
        evidence: evidence.clone(),
        clps: clp.iter().copied().collect(),
        ..work(Some(id), None)
    });
    let work = work.collect();
    let payments = vec![paid];
    let items = store.commit(&Change { payments, work, ..change(5) }).expect("committed").work;
    let clps = |store: &dyn Store| -> Vec<Vec<usize>> {
        items.iter().map(|item| store.clps_of(*item).expect("read")).collect()
    };
    let before = clps(&*store);
    assert_eq!(before, [vec![at.offset], Vec::new(), Vec::new()]);
    assert_eq!(clps(&*opened_with_words_alone(store, dir.path())), before);
}

#[test]
fn what_items_alone_said_of_next_payers_and_of_suggested_claims_is_read_out_of_them() {
    let (store, dir) = new_store("sqlite");
    let id = add_claims(&*store, 1)[0];
    let payer = arrive(&*store, "835");
    let mut paid = payment(payer, "payment 1", None);
    paid.claims[0].tier = Tier::Unknown;
    let at = paid.claims[0].place;
    let of = |category: Category, what: &str| NewWork {
        category,
        what: what.to_owned(),
        ..work(Some(id), None)
    };
    let perhaps = "a remittance speaks of a claim that cannot be named: ; perhaps claim 1";
    let work = vec![
        of(
            Category::NextPayer,
            "no claim was made for the next payer: the claim cannot be read again",
        ),
        of(Category::NextPayer, "the payer before decided once more"),
        NewWork {
            claim: None,
            arrival: Some(payer),
            remitted: Some(at),
            ..of(Category::Unmatched, perhaps)
        },
    ];
    let payments = vec![paid];
    store.commit(&Change { payments, work, ..change(5) }).expect("committed");
    let tier = |store: &dyn Store| {
        let told = store.told(payer, at.offset).expect("read").expect("the payment");
        told.stands.tier
    };
    assert_eq!(tier(&*store), Tier::Unknown);
    let store = opened_with_words_alone(store, dir.path());
    assert_eq!(tier(&*store), Tier::Suggested);
    let items = store.work(&WorkFilter::default()).expect("read").into_iter();
    let mut rules: Vec<(i64, String)> = items.map(|item| (item.id.0, item.alike.rule)).collect();
    rules.sort_unstable();
    assert_eq!(rules, [(1, UNBILLED.to_owned()), (2, String::new()), (3, String::new())]);
}
