//! One test for each promise, on every backend.

use claimgate::change::cases::{CaseEnd, Count, Ending};
use claimgate::change::next::why::Why;
use claimgate::change::next::{Answer, NextPayer, Step};
use claimgate::change::{
    ArrivalId, Change, ClaimId, DeliveryId, DeliveryOutcome, DeliveryResult, Draw, FindingRecord,
    InterchangeSeen, Moment, NewWork, Verdict, WorkId, WorkMove, WorkState, WorkWords,
};
use claimgate::denials::Category;
use claimgate::ledger::{self, Account, Posting};
use claimgate::lifecycle::{Event, State};
use claimgate::scrub::Severity;
use claimgate::scrub::earlier::Stay;
use claimgate::store::{Error, NewArrival, Remembered, StateTotal, Store, Waiting, WorkFilter};
use x12::edit::Edit;
use x12::fault::Place;

use crate::BACKENDS;
use crate::sample::*;

pub fn on_every_backend(test: impl Fn(&dyn Store)) {
    for scheme in BACKENDS {
        let (store, _dir) = new_store(scheme);
        test(&*store);
    }
}

/// Commits claims of a new arrival.
pub fn add_claims(store: &dyn Store, count: u32) -> Vec<ClaimId> {
    let arrival = arrive(store, "claims");
    let mut change = change(1_000);
    change.settles = Some(settlement(arrival));
    change.claims = (1..=count).map(|number| claim(arrival, number)).collect();
    store.commit(&change).expect("committed").claims
}

fn state_of(store: &dyn Store, id: ClaimId) -> State {
    store.claim(id).expect("read").expect("the claim").state
}

pub fn is_stale(store: &dyn Store, change: &Change, about: &str) -> bool {
    matches!(store.commit(change), Err(Error::Stale { what }) if what == about)
}

#[test]
fn remembers_the_same_bytes_of_a_channel_once() {
    on_every_backend(|store| {
        let first = arrive(store, "a");
        assert_eq!(store.unsettled().expect("read").len(), 1);
        let seen = |is_settled, is_same_drop| Remembered::Seen {
            arrival: first,
            is_settled,
            is_same_drop,
        };
        let read_once_more = arrival("office", "a");
        let came_again = NewArrival { received_at: Moment(600), ..arrival("office", "a") };
        assert_eq!(store.remember(&came_again).expect("remembered"), seen(false, false));
        assert_eq!(store.remember(&read_once_more).expect("remembered"), seen(false, true));
        let elsewhere = store.remember(&arrival("another office", "a")).expect("remembered");
        assert!(matches!(elsewhere, Remembered::New(id) if id != first));

        store.commit(&Change { settles: Some(settlement(first)), ..change(1) }).expect("settled");
        assert_eq!(store.remember(&came_again).expect("remembered"), seen(true, false));
        assert_eq!(store.remember(&read_once_more).expect("remembered"), seen(true, true));
        let kept = store.arrival(first).expect("read").expect("the arrival");
        assert_eq!((kept.times, kept.verdict), (3, Some(Verdict::Taken)));
        assert_eq!((kept.name.as_str(), kept.received_at, kept.len), ("a.edi", Moment(500), 1_000));
        assert_eq!(store.unsettled().expect("read").len(), 1);

        let ids = |after, limit| {
            let arrivals = store.arrivals(after, limit).expect("read");
            arrivals.into_iter().map(|arrival| arrival.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(None, 9), [ArrivalId(1), ArrivalId(2)]);
        assert_eq!(ids(None, 1), [ArrivalId(1)]);
        assert_eq!(ids(Some(ArrivalId(1)), 9), [ArrivalId(2)]);
    });
}

#[test]
fn settles_an_arrival_once() {
    on_every_backend(|store| {
        let arrival = arrive(store, "a");
        let settle = Change { settles: Some(settlement(arrival)), ..change(1) };
        store.commit(&settle).expect("settled");
        assert!(is_stale(store, &settle, "arrival"));
        let unknown = Change { settles: Some(settlement(ArrivalId(9))), ..change(1) };
        assert!(is_stale(store, &unknown, "arrival"));
    });
}

#[test]
fn writes_a_claim_with_its_event_findings_and_work() {
    on_every_backend(|store| {
        let arrival = arrive(store, "a");
        let mut held = claim(arrival, 1);
        held.event = Event::HeldBack;
        held.findings = vec![finding(1), finding(2)];
        held.work = Some(work(None, Some(day(9))));
        let mut change = change(1_000);
        change.claims = vec![held.clone(), claim(arrival, 2)];
        change.work = vec![work(None, None)];
        let committed = store.commit(&change).expect("committed");
        assert_eq!(committed.claims, [ClaimId(1), ClaimId(2)]);
        assert_eq!(committed.work, [WorkId(1), WorkId(2)]);

        let history = store.history(ClaimId(1)).expect("read").expect("the claim");
        let kept = &history.claim;
        assert_eq!((kept.state, kept.times_sent), (State::Held, 0));
        assert_eq!((kept.received_at, kept.changed_at), (Moment(500), Moment(1_000)));
        assert_eq!((&kept.place, kept.charge), (&held.place, held.charge));
        assert_eq!((kept.service_from, kept.service_to), (held.service_from, None));
        assert_eq!(kept.patient_control_number, held.patient_control_number);
        assert_eq!(history.findings, held.findings);
        let [event] = history.events.as_slice() else { panic!("one event") };
        assert_eq!((event.event, event.from, event.to), (Event::HeldBack, None, State::Held));
        assert_eq!(event.arrival, Some(arrival));
        let [item] = history.work.as_slice() else { panic!("one item of work") };
        assert_eq!((item.claim, item.state), (Some(ClaimId(1)), WorkState::Open));
        assert_eq!(store.claims_of_arrival(arrival).expect("read").len(), 2);
        assert!(store.history(ClaimId(9)).expect("read").is_none());
    });
}

#[test]
fn keeps_each_override_and_counts_claims_by_rule() {
    on_every_backend(|store| {
        let arrival = arrive(store, "a");
        let mut change = change(1_000);
        for number in 1..=3 {
            let mut held = claim(arrival, number);
            held.event = Event::HeldBack;
            let warned = FindingRecord { severity: Severity::Warn, ..finding(7) };
            held.findings = vec![finding(1), finding(1), finding(number), warned];
            change.claims.push(held);
        }
        // What is rejected was not held, whatever else is wrong with it.
        let mut refused = claim(arrival, 4);
        refused.event = Event::Refused;
        refused.findings =
            vec![finding(1), FindingRecord { severity: Severity::Reject, ..finding(9) }];
        change.claims.push(refused);
        let ids = store.commit(&change).expect("committed").claims;
        let code = |number: u32| finding(number).code;
        let held = vec![(code(1), 3), (code(2), 1), (code(3), 1)];
        assert_eq!(store.held_by_rule().expect("read"), held);
        assert_eq!(store.overridden_by_rule().expect("read"), []);

        let made = [override_of(ids[0], 1), override_of(ids[0], 1), override_of(ids[1], 2)];
        for (at, made) in (2..).zip(&made) {
            let change = Change { at: Moment(at), overrides: vec![made.clone()], ..change.clone() };
            store.commit(&Change { claims: Vec::new(), ..change }).expect("committed");
        }
        let kept = store.overrides(None).expect("read");
        assert_eq!(kept.iter().map(|one| one.at.0).collect::<Vec<_>>(), [2, 3, 4]);
        assert!(kept.iter().map(|one| &one.made).eq(&made));
        assert_eq!(store.overrides(Some(ids[0])).expect("read").len(), 2);
        assert_eq!(store.overrides(Some(ids[2])).expect("read"), []);
        let overridden = vec![(code(1), 1), (code(2), 1)];
        assert_eq!(store.overridden_by_rule().expect("read"), overridden);

        let nobodys = Change {
            overrides: vec![override_of(ClaimId(9), 1)],
            at: Moment(5),
            ..Change::default()
        };
        assert!(matches!(store.commit(&nobodys), Err(Error::Dangling)));
    });
}

#[test]
fn knows_whom_a_patients_claims_have_seen() {
    on_every_backend(|store| {
        let arrival = arrive(store, "a");
        let mut change = change(1_000);
        for number in 1..=4 {
            let mut claim = claim(arrival, number);
            claim.patient = "one patient".to_owned();
            (claim.visits, claim.stay) = (vec![visit(1), visit(number as u8)], None);
            claim.operations.clear();
            change.claims.push(claim);
        }
        change.claims[1].event = Event::Refused;
        change.claims[2].visits.clear();
        let stay = Stay { admitted: day(1), to: day(4), is_over: true };
        change.claims[3].stay = Some(stay);
        change.claims[3].operations = vec![operation()];
        store.commit(&change).expect("committed");

        let past = |patient, limit| store.past_of_patient(patient, limit).expect("read");
        let ids = |limit| {
            past("one patient", limit).into_iter().map(|one| one.claim.0).collect::<Vec<_>>()
        };
        // The newest first; not what was rejected, nor what bills neither visit nor stay.
        assert_eq!((ids(9), ids(1)), (vec![4, 1], vec![4]));
        let newest = past("one patient", 1).pop().expect("one");
        assert_eq!((newest.visits, newest.stay), (vec![visit(1), visit(4)], Some(stay)));
        assert_eq!(newest.operations, [operation()]);
        assert_eq!((newest.state, newest.times_sent), (State::Ready, 0));
        assert!(past("another", 9).is_empty() && past("", 9).is_empty());
    });
}

#[test]
fn moves_a_claim_only_from_the_state_it_is_in() {
    on_every_backend(|store| {
        let ids = add_claims(store, 1);
        let hold = Change { moves: vec![step(ids[0], State::Ready, Event::HeldBack)], ..change(2) };
        store.commit(&hold).expect("moved");
        assert_eq!(state_of(store, ids[0]), State::Held);
        assert!(is_stale(store, &hold, "claim"));
        let unknown = step(ClaimId(9), State::Ready, Event::HeldBack);
        assert!(is_stale(store, &Change { moves: vec![unknown], ..change(3) }, "claim"));
        let history = store.history(ids[0]).expect("read").expect("the claim");
        assert_eq!(history.events.len(), 2);
        assert_eq!(history.events[1].note, "by held-back");
        assert_eq!(history.claim.changed_at, Moment(2));
    });
}

#[test]
fn writes_nothing_of_a_change_that_fails() {
    on_every_backend(|store| {
        let ids = add_claims(store, 1);
        let arrival = arrive(store, "a");
        let mut change = batch(2, 1, &ids);
        change.settles = Some(settlement(arrival));
        change.claims = vec![claim(arrival, 7)];
        change.draws = vec![Draw { counter: "isa".to_owned(), first: 1, count: 1 }];
        change.edits = vec![(ids[0], vec![Edit::Remove { segment: 3 }])];
        change.payer_numbers = vec![(ids[0], "P1".to_owned())];
        change.work = vec![work(None, None)];
        change.deliveries = vec![delivery("office", "a.999")];
        change.payments = vec![payment(arrival, "one", None), payment(arrival, "one", None)];
        assert!(is_stale(store, &change, "payment"));

        assert_eq!(store.unsettled().expect("read").len(), 1);
        assert_eq!(store.next_number("isa").expect("read"), 1);
        assert!(store.claims_by_control_number("PCN7").expect("read").is_empty());
        assert!(store.work(&WorkFilter::default()).expect("read").is_empty());
        assert!(store.waiting_channels().expect("read").is_empty());
        assert!(store.payment("one").expect("read").is_none());
        assert!(store.balances().expect("read").is_empty());
        let history = store.history(ids[0]).expect("read").expect("the claim");
        assert_eq!((history.claim.state, history.claim.times_sent), (State::Ready, 0));
        assert!(history.claim.edits.is_empty() && history.submissions.is_empty());
        assert_eq!(history.claim.payer_control_number, "");
    });
}

#[test]
fn takes_a_charge_off_once() {
    on_every_backend(|store| {
        let ids = add_claims(store, 1);
        let postings = |made: [Posting; 2]| Change { postings: made.to_vec(), ..change(2) };
        let source = Place::default();
        let off = postings(ledger::voided(ids[0], cents(10_000), source));
        assert!(is_stale(store, &off, "charge"));
        let charge = postings(ledger::charge(ids[0], cents(10_000), source));
        store.commit(&charge).expect("charged");
        store.commit(&off).expect("taken off");
        // Two decided on it at one moment.
        assert!(is_stale(store, &off, "charge"));
        store.commit(&charge).expect("charged anew");
        store.commit(&off).expect("taken off");
    });
}

#[test]
fn draws_each_control_number_once() {
    on_every_backend(|store| {
        let draw = |first, count| {
            let draw = Draw { counter: "isa".to_owned(), first, count };
            Change { draws: vec![draw], ..change(1) }
        };
        assert_eq!(store.next_number("isa").expect("read"), 1);
        assert!(is_stale(store, &draw(2, 1), "counter"));
        store.commit(&draw(1, 3)).expect("drawn");
        assert!(is_stale(store, &draw(1, 1), "counter"));
        store.commit(&draw(4, 1)).expect("drawn");
        assert_eq!(store.next_number("isa").expect("read"), 5);
        assert_eq!(store.next_number("another").expect("read"), 1);
    });
}

#[test]
fn sends_claims_in_batches() {
    on_every_backend(|store| {
        let ids = add_claims(store, 2);
        let first = store.commit(&batch(2, 71, &ids)).expect("batched");
        assert_eq!((first.batches.len(), first.deliveries.len()), (1, 1));
        let sent = store.claims_of_batch(71).expect("read");
        let numbers: Vec<_> = sent.iter().map(|(claim, _)| claim.id).collect();
        assert_eq!(numbers, ids);
        assert!(sent.iter().all(|(claim, sub)| claim.times_sent == 1 && !sub.is_delivered));

        let mut delivered = change(3);
        let (delivery, outcome) = (first.deliveries[0], DeliveryOutcome::Delivered);
        delivered.delivery_results = vec![DeliveryResult { delivery, outcome }];
        delivered.moves = vec![step(ids[0], State::Batched, Event::Delivered)];
        store.commit(&delivered).expect("delivered");
        assert!(is_stale(store, &delivered, "claim"));

        let mut back = change(4);
        back.moves = vec![step(ids[0], State::Sent, Event::ClaimRejected)];
        store.commit(&back).expect("returned");
        back.moves = vec![step(ids[0], State::Returned, Event::Released)];
        store.commit(&back).expect("released");
        store.commit(&batch(5, 72, &ids[..1])).expect("batched again");
        let history = store.history(ids[0]).expect("read").expect("the claim");
        let sent: Vec<_> =
            history.submissions.iter().map(|sub| (sub.control_number, sub.is_delivered)).collect();
        assert_eq!(sent, [(71, true), (72, false)]);
        assert_eq!(history.claim.times_sent, 2);
        assert!(store.claims_of_batch(73).expect("read").is_empty());
    });
}

#[test]
fn keeps_deliveries_due_until_they_are_delivered() {
    on_every_backend(|store| {
        let arrival = arrive(store, "a");
        let mut change = change(10);
        change.deliveries = vec![delivery("office", "a.TA1"), delivery("office", "a.999")];
        change.deliveries[1].arrival = Some(arrival);
        let ids = store.commit(&change).expect("committed").deliveries;
        let due = |now, limit| {
            let due = store.undelivered("office", Moment(now), limit).expect("read");
            due.into_iter().map(|delivery| delivery.id).collect::<Vec<_>>()
        };
        let note = |at, delivery: DeliveryId, outcome| {
            let delivery_results = vec![DeliveryResult { delivery, outcome }];
            store.commit(&Change { delivery_results, ..crate::sample::change(at) })
        };
        assert_eq!((due(9, 9), due(10, 9), due(10, 1)), (vec![], ids.clone(), vec![ids[0]]));

        let failed =
            || DeliveryOutcome::Failed { retry_at: Moment(90), reason: "refused".to_owned() };
        note(20, ids[0], failed()).expect("noted");
        note(20, ids[1], DeliveryOutcome::Delivered).expect("noted");
        assert_eq!((due(89, 9), due(90, 9)), (vec![], vec![ids[0]]));
        assert_eq!(store.waiting_channels().expect("read"), [("office".to_owned(), 1)]);
        assert!(note(21, ids[1], DeliveryOutcome::Delivered).is_err());
        assert!(note(21, ids[1], failed()).is_err());
        assert!(note(21, DeliveryId(9), DeliveryOutcome::Again).is_err());

        note(30, ids[1], DeliveryOutcome::Again).expect("noted");
        assert_eq!((due(29, 9), due(30, 9)), (vec![], vec![ids[1]]));
        let answers = store.answers(arrival).expect("read");
        assert_eq!((answers.len(), answers[0].attempts), (1, 1));
        assert_eq!(answers[0].bytes, "ISA*a.999~");
        let waiting = store.undelivered("office", Moment(90), 9).expect("read");
        assert_eq!((waiting[0].attempts, waiting[0].last_failure.as_str()), (1, "refused"));
    });
}

/// Named by its place in the change, beside the work that new claims of the change bring.
#[test]
fn an_item_is_closed_by_the_change_that_opens_it_and_ends_no_more_when_its_work_goes_on() {
    on_every_backend(|store| {
        let claim = add_claims(store, 1)[0];
        let denial =
            || NewWork { category: Category::Denied, alike: alike(0), ..work(Some(claim), None) };
        let end = |ending| CaseEnd { work: WorkId::of_new(1), ending, recovered: cents(4_000) };
        let step = WorkMove {
            work: WorkId::of_new(1),
            from: WorkState::Open,
            to: WorkState::Resolved,
            owner: String::new(),
            note: "settled".to_owned(),
            says: None,
        };
        let opened = Change {
            work: vec![denial(), denial()],
            work_moves: vec![step.clone()],
            case_ends: vec![end(Ending::PaidLater)],
            ..crate::sample::change(10)
        };
        let ids = store.commit(&opened).expect("committed").work;
        let item = |id| store.work_item(id).expect("read").expect("the item");
        assert_eq!(
            (item(ids[0]).state, item(ids[1]).state),
            (WorkState::Open, WorkState::Resolved)
        );
        assert_eq!(item(ids[1]).ending, Some(Ending::PaidLater));
        assert_eq!(store.endings(None).expect("read").len(), 1);

        let step = WorkMove { work: ids[1], from: step.to, to: step.from, ..step };
        let returns = Change {
            work_moves: vec![step],
            case_returns: vec![ids[1]],
            ..crate::sample::change(20)
        };
        store.commit(&returns).expect("committed");
        assert_eq!((item(ids[1]).state, item(ids[1]).ending), (WorkState::Open, None));
        assert_eq!(item(ids[1]).recovered, cents(0));
        assert!(store.endings(None).expect("read").is_empty());
        let again = Change { case_returns: vec![ids[1]], ..crate::sample::change(30) };
        assert!(is_stale(store, &again, "item of work"));
        let beyond = Change { case_ends: vec![end(Ending::GivenUp)], ..crate::sample::change(30) };
        assert!(is_stale(store, &beyond, "item of work"));
    });
}

#[test]
fn finds_what_is_alike_and_counts_how_it_ended() {
    on_every_backend(|store| {
        let claim = add_claims(store, 1)[0];
        let mut change = change(10);
        // Each third has another procedure; odd ones have no reason and a rule instead.
        change.work = (0..6).map(|_| work(Some(claim), None)).collect();
        for (number, work) in change.work.iter_mut().enumerate() {
            work.category = Category::Denied;
            work.alike = alike(number as u32);
        }
        let ids = store.commit(&change).expect("committed").work;
        let others = store.others(ids[0], &alike(0)).expect("read");
        let count = |items: u64| Count { items, amount: cents(10_000 * items as i64) };
        assert_eq!(
            (others.codes, others.procedure, others.provider),
            (count(2), count(0), count(2))
        );
        assert_eq!((others.rule, others.first), (count(0), vec![ids[2], ids[4]]));
        let by_rule = store.others(ids[1], &alike(1)).expect("read");
        assert_eq!((by_rule.codes, by_rule.rule), (count(0), count(2)));
        assert_eq!(by_rule.first, [ids[3], ids[5]]);

        let undecided = store.undecided(claim).expect("read");
        assert_eq!(undecided.len(), 6);
        assert!(!undecided[0].was_appealed);
        let end = |work, ending, paid| CaseEnd { work, ending, recovered: cents(paid) };
        let ended = Change {
            case_ends: vec![
                end(ids[0], Ending::Corrected, 4_000),
                end(ids[2], Ending::Corrected, 9_000),
                end(ids[4], Ending::DeniedAgain, 0),
            ],
            ..crate::sample::change(20)
        };
        store.commit(&ended).expect("ended");
        assert!(is_stale(store, &ended, "item of work"));
        // What a payment ended may go on.
        let endings: Vec<Option<Ending>> =
            store.undecided(claim).expect("read").iter().map(|case| case.ending).collect();
        assert_eq!(endings, [Some(Ending::Corrected), None, Some(Ending::Corrected), None, None]);
        let totals = store.endings(Some(("acme", "97"))).expect("read");
        let told: Vec<_> = totals
            .iter()
            .map(|total| (total.ending, total.cases, total.at_risk, total.recovered))
            .collect();
        assert_eq!(
            told,
            [
                (Ending::Corrected, 2, cents(20_000), cents(13_000)),
                (Ending::DeniedAgain, 1, cents(10_000), cents(0))
            ]
        );
        assert_eq!(store.endings(None).expect("read"), totals);
        let item = store.work_item(ids[2]).expect("read").expect("the item");
        assert_eq!((item.ending, item.recovered), (Some(Ending::Corrected), cents(9_000)));
        // How it ended is one thing, whether somebody still has to act another.
        assert_eq!(store.waits(&WorkFilter::default()).expect("read").len(), 6);
        let denied = store.denied(ids[3], 1).expect("read");
        assert_eq!((denied.len(), denied[0].item), (1, ids[4]));
        assert_eq!(denied[0].ending, Some(Ending::DeniedAgain));
    });
}

#[test]
fn orders_the_queue_by_deadline() {
    on_every_backend(|store| {
        let claim = add_claims(store, 1)[0];
        let mut change = change(10);
        change.work =
            vec![work(None, None), work(Some(claim), Some(day(20))), work(None, Some(day(5)))];
        change.work[2].category = Category::Denied;
        change.work[2].desk = "denials".to_owned();
        let ids = store.commit(&change).expect("committed").work;
        let asked = |filter: WorkFilter| {
            let work = store.work(&filter).expect("read");
            work.into_iter().map(|item| item.id).collect::<Vec<_>>()
        };
        let all = WorkFilter::default;
        assert_eq!(asked(all()), [ids[2], ids[1], ids[0]]);
        assert_eq!(asked(WorkFilter { limit: 1, ..all() }), [ids[2]]);
        assert_eq!(asked(WorkFilter { claim: Some(claim), ..all() }), [ids[1]]);
        assert_eq!(asked(WorkFilter { desk: "denials".to_owned(), ..all() }), [ids[2]]);
        assert_eq!(asked(WorkFilter { category: Some(Category::Held), ..all() }), [ids[1], ids[0]]);

        let close = WorkMove {
            work: ids[0],
            from: WorkState::Open,
            to: WorkState::Resolved,
            owner: "ann".to_owned(),
            note: "written off".to_owned(),
            says: Some(says(1)),
        };
        let close = Change { work_moves: vec![close], ..crate::sample::change(20) };
        store.commit(&close).expect("closed");
        assert!(is_stale(store, &close, "item of work"));
        assert_eq!(asked(WorkFilter { open_only: true, ..all() }), [ids[2], ids[1]]);
        let closed = store.work_item(ids[0]).expect("read").expect("the item");
        assert_eq!((closed.state, closed.owner.as_str()), (WorkState::Resolved, "ann"));
        let said = WorkWords {
            what: Some(closed.what),
            action: Some(closed.action),
            evidence: Some(closed.evidence),
            amount: Some(closed.amount),
        };
        assert_eq!(said, says(1));
        assert_eq!((closed.opened_at, closed.changed_at), (Moment(10), Moment(20)));
        let depth = store.queue_depth().expect("read");
        assert_eq!(depth, [(Category::Held, 1, Moment(10)), (Category::Denied, 1, Moment(10))]);
    });
}

#[test]
fn posts_a_payment_once() {
    on_every_backend(|store| {
        let claim = add_claims(store, 1)[0];
        let arrival = arrive(store, "835");
        let payments = vec![payment(arrival, "one", Some(claim)), payment(arrival, "two", None)];
        store.commit(&Change { payments, ..change(2) }).expect("posted");
        assert_eq!(store.payment("one").expect("read"), Some(arrival));
        let again = vec![payment(arrival, "one", Some(claim))];
        assert!(is_stale(store, &Change { payments: again, ..change(3) }, "payment"));

        let history = store.history(claim).expect("read").expect("the claim");
        let [said] = history.payments.as_slice() else { panic!("one payment") };
        assert_eq!((said.paid, said.arrival, said.paid_on), (cents(6_000), arrival, Some(day(20))));
        assert_eq!(history.postings, payment(arrival, "one", Some(claim)).postings);
        assert_eq!(store.postings(claim).expect("read"), history.postings);
        let balances = store.balances().expect("read");
        let balances: Vec<_> =
            balances.into_iter().map(|total| (total.account, total.amount.cents())).collect();
        assert_eq!(
            balances,
            [
                (Account::Receivable, -20_000),
                (Account::Cash, 12_000),
                (Account::Contractual, 6_000),
                (Account::Patient, 2_000)
            ]
        );
    });
}

#[test]
fn replaces_the_edits_of_a_claim() {
    on_every_backend(|store| {
        let id = add_claims(store, 1)[0];
        let value = "a \"quoted\" value".to_owned();
        let elements = vec![vec!["REF".to_owned()], vec!["F8".to_owned(), String::new()]];
        let all = vec![
            Edit::Set { segment: 5, element: 2, component: 0, value },
            Edit::Insert { after: 6, elements },
            Edit::Remove { segment: 7 },
        ];
        for edits in [all, vec![Edit::Remove { segment: 8 }], Vec::new()] {
            store
                .commit(&Change { edits: vec![(id, edits.clone())], ..change(2) })
                .expect("edited");
            assert_eq!(store.claim(id).expect("read").expect("the claim").edits, edits);
        }
    });
}

#[test]
fn finds_claims_newest_first() {
    on_every_backend(|store| {
        let arrival = arrive(store, "a");
        let mut change = change(1);
        change.claims = vec![claim(arrival, 1), claim(arrival, 1), claim(arrival, 1)];
        change.claims[2].event = Event::Refused;
        let ids = store.commit(&change).expect("committed").claims;
        let payer_numbers = vec![(ids[0], "P1".to_owned()), (ids[1], "P1".to_owned())];
        store.commit(&Change { payer_numbers, ..crate::sample::change(2) }).expect("numbered");

        let fingerprint = hash("claim 1").0;
        let by_number = store.claims_by_control_number("PCN1").expect("read");
        let by_payer = store.claims_by_payer_number("P1").expect("read");
        let by_fingerprint = store.claims_by_fingerprint(&fingerprint).expect("read");
        let numbers = |claims: Vec<claimgate::store::Claim>| {
            claims.into_iter().map(|claim| claim.id).collect::<Vec<_>>()
        };
        assert_eq!(numbers(by_number), [ids[2], ids[1], ids[0]]);
        assert_eq!(numbers(by_payer), [ids[1], ids[0]]);
        assert_eq!(numbers(by_fingerprint), [ids[1], ids[0]]);
        assert!(store.claims_by_payer_number("").expect("read").is_empty());
    });
}

#[test]
fn counts_what_waits_for_a_payer() {
    on_every_backend(|store| {
        let ids = add_claims(store, 3);
        let mut unrouted = claim(ArrivalId(1), 4);
        unrouted.payer = None;
        store.commit(&Change { claims: vec![unrouted], ..change(2_000) }).expect("committed");
        store.commit(&batch(3_000, 1, &ids[..1])).expect("batched");

        let acme = Waiting { payer: "ACME".to_owned(), claims: 2, since: Moment(1_000) };
        assert_eq!(store.waiting().expect("read"), [acme]);
        let ready = |limit| {
            let ready = store.ready("ACME", limit).expect("read");
            ready.into_iter().map(|claim| claim.id).collect::<Vec<_>>()
        };
        assert_eq!((ready(9), ready(1)), (ids[1..].to_vec(), ids[1..2].to_vec()));
        let total = |state, claims, charge| StateTotal { state, claims, charge: cents(charge) };
        assert_eq!(
            store.totals().expect("read"),
            [total(State::Ready, 3, 30_009), total(State::Batched, 1, 10_001)]
        );
    });
}

#[test]
fn knows_accepted_interchanges_again() {
    on_every_backend(|store| {
        let arrival = arrive(store, "a");
        let seen = |route: &str, is_accepted| InterchangeSeen {
            arrival,
            content: hash("a"),
            route: route.to_owned(),
            control_number: "000000001".to_owned(),
            is_accepted,
        };
        let interchanges = vec![seen("A>B", true), seen("A>B", false), seen("C>B", true)];
        store.commit(&Change { interchanges, ..change(1) }).expect("committed");
        let known = store.interchanges("A>B", "000000001").expect("read");
        assert_eq!((known.len(), known[0].arrival), (1, arrival));
        assert_eq!(known[0].content, hash("a"));
        assert!(store.interchanges("A>B", "000000002").expect("read").is_empty());
    });
}

#[test]
fn refuses_what_refers_to_nothing_and_says_nothing_of_patients() {
    on_every_backend(|store| {
        let mut change = change(1);
        change.claims = vec![claim(ArrivalId(9), 1)];
        let error = store.commit(&change).expect_err("no such arrival");
        assert!(matches!(error, Error::Dangling));
        assert!(!format!("{error} {error:?}").contains("PCN1"));
        change.claims.clear();
        change.work = vec![work(Some(ClaimId(9)), None)];
        assert!(matches!(store.commit(&change), Err(Error::Dangling)));
        change.work.clear();
        change.edits = vec![(ClaimId(9), Vec::new())];
        assert!(matches!(store.commit(&change), Err(Error::Dangling)));
    });
}

#[test]
fn can_be_probed() {
    on_every_backend(|store| store.probe().expect("writable"));
}

#[test]
fn survives_a_change_that_contradicts_itself() {
    on_every_backend(|store| {
        let id = add_claims(store, 1)[0];
        let mut wrong =
            Change { moves: vec![step(id, State::Ready, Event::HeldBack)], ..change(2) };
        wrong.moves[0].to = State::Paid;
        let caught =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| store.commit(&wrong)));
        assert!(caught.is_err(), "a step outside the lifecycle is a bug");
        assert_eq!(state_of(store, id), State::Ready);
        store.commit(&batch(3, 1, &[id])).expect("the store goes on");
    });
}

#[test]
fn an_answer_about_the_next_payer_holds_until_it_is_asked_anew() {
    on_every_backend(|store| {
        let id = add_claims(store, 1)[0];
        let step = |step| Change { next_payers: vec![NextPayer { claim: id, step }], ..change(5) };
        let answered = |asked| {
            let why = Why::said("beacon is billed");
            step(Step::Answered { asked, answer: Answer::Billed, why })
        };
        assert!(is_stale(store, &answered(1), "next payer"), "nobody asked");
        store.commit(&step(Step::Asked)).expect("committed");
        store.commit(&step(Step::Asked)).expect("committed");
        let due = store.next_payers_due(9).expect("read");
        assert_eq!((due.len(), due[0].asked, due[0].answer), (1, 2, None));
        assert!(is_stale(store, &answered(1), "next payer"), "it was asked anew");
        store.commit(&answered(2)).expect("committed");
        assert!(is_stale(store, &answered(2), "next payer"), "it was answered");
        assert_eq!(store.next_payers_due(9).expect("read"), []);
        store.commit(&step(Step::Asked)).expect("committed");
        let kept = store.next_payer(id).expect("read").expect("kept");
        assert_eq!((kept.is_due, kept.answer), (true, Some(Answer::Billed)));
    });
}
