//! Random changes on the plain model and on each database: every answer and every read must be the
//! same after every step.

use std::fmt::{Debug, Write as _};

use claimgate::change::cases::{CaseEnd, ENDINGS};
use claimgate::change::deposits::{Asked, BankChange, DepositId, PaymentId};
use claimgate::change::next::why::Why;
use claimgate::change::refunds::RefundId;
use claimgate::change::{
    ArrivalId, BatchId, Change, ClaimId, DeliveryId, DeliveryOutcome, DeliveryResult, Draw,
    InterchangeSeen, Moment, Move, NewClaim, NewPayment, WorkId, WorkMove, WorkState, next,
};
use claimgate::denials::CATEGORIES;
use claimgate::lifecycle::{EVENTS, Event, STATES, State, advance};
use claimgate::store::{self, Claim, Of, Store, WorkFilter};
use proptest::collection::vec;
use proptest::prelude::*;
use x12::edit::Edit;
use x12::value::DayRange;

use crate::BACKENDS;
use crate::sample::*;

/// As many of each thing are there before the first step.
const IDS_MAX: i64 = 6;

/// Names nothing.
const ID_UNKNOWN: i64 = 99;

/// One step.
#[derive(Clone, Debug)]
enum Step {
    Remember { channel: u8, content: u8 },
    Commit(Vec<Part>),
}

/// A part of a change, before it is known what the store holds.
#[derive(Clone, Debug)]
enum Part {
    Settle {
        arrival: i64,
    },
    Interchange {
        arrival: i64,
        is_accepted: bool,
    },
    Claim {
        arrival: i64,
        number: u32,
        event: usize,
        has_payer: bool,
        findings: u32,
        has_work: bool,
    },
    Move {
        claim: i64,
        choice: usize,
        is_stale: bool,
    },
    PayerNumber {
        claim: i64,
        number: u8,
    },
    Edits {
        claim: i64,
        segment: u32,
    },
    Work {
        claim: Option<i64>,
        category: usize,
        deadline: Option<u8>,
    },
    WorkMove {
        work: i64,
        to: usize,
        is_stale: bool,
    },
    CaseEnd {
        work: i64,
        ending: usize,
    },
    Override {
        claim: i64,
        number: u32,
    },
    Delivery {
        channel: u8,
        arrival: Option<i64>,
    },
    Batch {
        control_number: u32,
        claims_max: u32,
    },
    Result {
        delivery: i64,
        outcome: u8,
    },
    Payment {
        arrival: i64,
        identity: u8,
        claim: Option<i64>,
    },
    Release {
        arrival: i64,
        claim: Option<i64>,
        left: u8,
        /// Taken back.
        is_back: bool,
    },
    Deposit {
        arrival: i64,
        number: u8,
        has_trace: bool,
    },
    Pair {
        deposit: i64,
        payment: i64,
        is_parted: bool,
    },
    SetAside {
        deposit: i64,
    },
    WriteOff {
        payment: i64,
        is_undone: bool,
    },
    Refund {
        number: i64,
        has_claim: bool,
        is_undone: bool,
    },
    Case {
        key: u8,
        is_over: bool,
    },
    Version {
        ahead: u64,
    },
    NextPayer {
        claim: i64,
        answer: Option<usize>,
        is_stale: bool,
    },
    Follow {
        arrival: i64,
        claim: i64,
    },
    Draw {
        counter: u8,
        ahead: u64,
        count: u64,
    },
}

fn part() -> impl Strategy<Value = Part> {
    use Part::*;
    let id = || prop_oneof![40 => 1..=IDS_MAX, 1 => Just(ID_UNKNOWN)];
    let maybe_id = move || proptest::option::of(id());
    let seldom = || proptest::bool::weighted(0.1);
    let claim = (id(), 1..4u32, 0..3usize, any::<bool>(), 0..3u32, any::<bool>());
    let claim = claim.prop_map(|(arrival, number, event, has_payer, findings, has_work)| Claim {
        arrival,
        number,
        event,
        has_payer,
        findings,
        has_work,
    });
    prop_oneof![
        1 => id().prop_map(|arrival| Settle { arrival }),
        1 => (id(), any::<bool>())
            .prop_map(|(arrival, is_accepted)| Interchange { arrival, is_accepted }),
        6 => claim,
        6 => (id(), 0..15usize, seldom())
            .prop_map(|(claim, choice, is_stale)| Move { claim, choice, is_stale }),
        1 => (id(), 0..3u8).prop_map(|(claim, number)| PayerNumber { claim, number }),
        1 => (id(), 0..3u32).prop_map(|(claim, segment)| Edits { claim, segment }),
        2 => (maybe_id(), 0..8usize, proptest::option::of(1..4u8))
            .prop_map(|(claim, category, deadline)| Work { claim, category, deadline }),
        2 => (id(), 0..4usize, seldom())
            .prop_map(|(work, to, is_stale)| WorkMove { work, to, is_stale }),
        2 => (id(), 0..5usize).prop_map(|(work, ending)| CaseEnd { work, ending }),
        1 => (id(), 0..3u32).prop_map(|(claim, number)| Override { claim, number }),
        2 => (0..2u8, maybe_id()).prop_map(|(channel, arrival)| Delivery { channel, arrival }),
        2 => (1..4u32, 0..3u32)
            .prop_map(|(control_number, claims_max)| Batch { control_number, claims_max }),
        2 => (id(), 0..3u8).prop_map(|(delivery, outcome)| Result { delivery, outcome }),
        2 => (id(), 0..4u8, maybe_id())
            .prop_map(|(arrival, identity, claim)| Payment { arrival, identity, claim }),
        4 => (id(), maybe_id(), 0..2u8, any::<bool>())
            .prop_map(|(arrival, claim, left, is_back)| Release { arrival, claim, left, is_back }),
        2 => (id(), 0..6u8, any::<bool>())
            .prop_map(|(arrival, number, has_trace)| Deposit { arrival, number, has_trace }),
        2 => (1..4i64, 1..4i64, proptest::bool::weighted(0.3))
            .prop_map(|(deposit, payment, is_parted)| Pair { deposit, payment, is_parted }),
        1 => (1..4i64).prop_map(|deposit| SetAside { deposit }),
        2 => (1..4i64, proptest::bool::weighted(0.3))
            .prop_map(|(payment, is_undone)| WriteOff { payment, is_undone }),
        2 => (1..4i64, any::<bool>(), proptest::bool::weighted(0.3)).prop_map(
            |(number, has_claim, is_undone)| Refund { number, has_claim, is_undone }
        ),
        1 => (0..3u8, any::<bool>()).prop_map(|(key, is_over)| Case { key, is_over }),
        1 => proptest::bool::weighted(0.1).prop_map(|wrong| Version { ahead: wrong.into() }),
        3 => (id(), proptest::option::of(0..6usize), seldom())
            .prop_map(|(claim, answer, is_stale)| NextPayer { claim, answer, is_stale }),
        1 => (id(), id()).prop_map(|(arrival, claim)| Follow { arrival, claim }),
        1 => (0..2u8, proptest::bool::weighted(0.1), 0..3u64)
            .prop_map(|(counter, wrong, count)| Draw { counter, ahead: wrong.into(), count }),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let remember =
        (0..2u8, 0..4u8).prop_map(|(channel, content)| Step::Remember { channel, content });
    // Large changes fail more often; most should not.
    let commit = vec(part(), 1..4).prop_map(Step::Commit);
    vec(prop_oneof![1 => remember, 4 => commit], 1..40)
}

/// What is there before the first step, so that most changes have something to be about.
fn prepare(store: &dyn Store) {
    let mut change = change(1);
    for number in 1..=IDS_MAX {
        let arrival = arrive(store, &format!("first {number}"));
        change.claims.push(claim(arrival, 1));
        change.work.push(work(None, None));
        change.deliveries.push(delivery("channel 0", "name"));
    }
    store.commit(&change).expect("committed");
}

/// Makes a change of parts. What the model holds makes most of them possible.
fn to_change(parts: &[Part], model: &dyn Store, at: i64) -> Change {
    let mut change = change(at);
    for part in parts {
        add_part(&mut change, part, model, at);
    }
    change
}

fn add_part(change: &mut Change, part: &Part, model: &dyn Store, at: i64) {
    match *part {
        Part::Settle { arrival } => change.settles = Some(settlement(ArrivalId(arrival))),
        Part::Interchange { arrival, is_accepted } => change.interchanges.push(InterchangeSeen {
            arrival: ArrivalId(arrival),
            content: hash("interchange"),
            route: "A>B".to_owned(),
            control_number: "000000001".to_owned(),
            is_accepted,
        }),
        Part::Claim { .. } => change.claims.extend(new_claim(part)),
        Part::Move { claim, choice, is_stale } => {
            change.read.extend(account(model, ClaimId(claim), is_stale));
            change.moves.extend(lawful_move(model, ClaimId(claim), choice, is_stale));
        }
        Part::PayerNumber { claim, number } => {
            change.payer_numbers.push((ClaimId(claim), format!("P{number}")));
            change.replacements.extend(replacement(claim, number));
        }
        Part::Edits { claim, segment } => {
            let edits = (0..segment).map(|segment| Edit::Remove { segment }).collect();
            change.edits.push((ClaimId(claim), edits));
        }
        Part::Work { claim, category, deadline } => {
            let mut work = work(claim.map(ClaimId), deadline.map(day));
            work.category = CATEGORIES[category];
            work.alike = alike(claim.unwrap_or_default() as u32 + category as u32);
            change.work.push(work);
        }
        Part::WorkMove { work, to, is_stale } => {
            change.work_moves.push(work_move(model, WorkId(work), to, is_stale));
        }
        Part::CaseEnd { work, ending } => {
            let (work, ending) = (WorkId(work), ENDINGS[ending]);
            let recovered = cents(work.0 * 100);
            change.case_ends.push(CaseEnd { work, ending, recovered });
        }
        Part::Override { claim, number } => {
            change.overrides.push(override_of(ClaimId(claim), number));
        }
        Part::Delivery { channel, arrival } => {
            let mut delivery = delivery(&format!("channel {channel}"), "name");
            delivery.arrival = arrival.map(ArrivalId);
            change.deliveries.push(delivery);
        }
        Part::Batch { control_number, claims_max } => {
            let ready = model.ready("ACME", claims_max).expect("read");
            let ids: Vec<_> = ready.into_iter().map(|claim| claim.id).collect();
            let Change { moves, batches, .. } = batch(at, control_number, &ids);
            change.moves.extend(moves);
            change.batches.extend(batches);
        }
        Part::Result { delivery, outcome } => {
            change.delivery_results.push(result(DeliveryId(delivery), outcome, at));
        }
        Part::Draw { .. } => change.draws.extend(draw(part, model)),
        Part::Payment { .. }
        | Part::Release { .. }
        | Part::NextPayer { .. }
        | Part::Follow { .. } => add_money(change, part, model),
        Part::Deposit { .. }
        | Part::Pair { .. }
        | Part::SetAside { .. }
        | Part::WriteOff { .. }
        | Part::Refund { .. }
        | Part::Case { .. }
        | Part::Version { .. } => add_to_bank(&mut change.bank, part, model),
    }
}

fn result(delivery: DeliveryId, outcome: u8, at: i64) -> DeliveryResult {
    DeliveryResult { delivery, outcome: to_outcome(outcome, at) }
}

/// A claim with its revision, or with one that it does not have.
fn account(model: &dyn Store, claim: ClaimId, is_stale: bool) -> Option<(ClaimId, u64)> {
    let known = model.claim(claim).expect("read")?;
    Some((claim, known.revision + u64::from(is_stale)))
}

/// Now and then a claim went out in the place of the one before.
fn replacement(claim: i64, number: u8) -> Option<(ClaimId, ClaimId)> {
    (number.is_multiple_of(3) && claim > 1).then_some((ClaimId(claim), ClaimId(claim - 1)))
}

/// A remittance on the day of deposits or long before, under the number that they have or another.
fn payment_of(identity: u8, arrival: ArrivalId, claim: Option<ClaimId>) -> NewPayment {
    let mut payment = payment(arrival, &format!("payment {identity}"), claim);
    let long_before = Some(day(1).minus_days(20));
    match identity {
        0 => {}
        1 => payment.paid_on = long_before,
        2 => (payment.paid_on, payment.trace) = (long_before, "TRACE2".to_owned()),
        _ => (payment.paid_on, payment.trace) = (None, String::new()),
    }
    payment
}

/// What remittances say, and what follows of it.
fn add_money(change: &mut Change, part: &Part, model: &dyn Store) {
    match *part {
        Part::Payment { arrival, identity, claim } => {
            let (arrival, claim) = (ArrivalId(arrival), claim.map(ClaimId));
            change.compared.extend(claim.map(|claim| compared(arrival, claim)));
            change.rates.push(rate(u32::from(identity) + 1));
            change.payments.push(payment_of(identity, arrival, claim));
        }
        Part::Release { arrival, claim, left, is_back } => {
            let claim = claim.map(ClaimId).filter(|_| left == 0);
            let (arrival, left) = (ArrivalId(arrival), i64::from(left) * 2_000);
            match is_back {
                true => change.detached.push(detached(arrival, claim, left)),
                false => change.released.push(part_released(arrival, claim, left)),
            }
        }
        Part::NextPayer { claim, answer, is_stale } => {
            change.next_payers.push(next_payer(model, ClaimId(claim), answer, is_stale));
        }
        Part::Follow { arrival, claim: before } => {
            let follows = Some(ClaimId(before));
            change.claims.push(NewClaim { follows, ..claim(ArrivalId(arrival), 2) });
        }
        _ => {}
    }
}

fn draw(part: &Part, model: &dyn Store) -> Option<Draw> {
    let Part::Draw { counter, ahead, count } = *part else { return None };
    let counter = format!("counter {counter}");
    let first = model.next_number(&counter).expect("read") + ahead;
    Some(Draw { counter, first, count })
}

fn new_claim(part: &Part) -> Option<NewClaim> {
    let Part::Claim { arrival, number, event, has_payer, findings, has_work } = *part else {
        return None;
    };
    let mut claim = claim(ArrivalId(arrival), number);
    claim.event = [Event::Refused, Event::HeldBack, Event::Passed][event];
    claim.payer = claim.payer.filter(|_| has_payer);
    claim.findings = (0..findings).map(finding).collect();
    claim.work = has_work.then(|| work(None, None));
    Some(claim)
}

fn add_to_bank(bank: &mut BankChange, part: &Part, model: &dyn Store) {
    match *part {
        Part::Deposit { arrival, number, has_trace } => {
            let trace = if has_trace { "trace-1" } else { "" };
            bank.deposits.push(new_deposit(ArrivalId(arrival), number, trace));
        }
        Part::Pair { deposit, payment, is_parted } => {
            let (pairing, postings) = pairing(deposit, payment);
            if is_parted {
                bank.parted.push((pairing, "why".to_owned(), postings));
            } else {
                bank.paired.push((pairing, postings));
            }
        }
        Part::SetAside { deposit } => {
            bank.set_aside.push((DepositId(deposit), "ann: why".to_owned(), Vec::new()));
        }
        Part::WriteOff { payment, is_undone: false } => {
            bank.written_off.push(written_off(payment, 6_000));
        }
        Part::WriteOff { payment, is_undone: true } => {
            bank.reopened.push(reopened(payment, 6_000));
        }
        Part::Refund { number, has_claim, is_undone: false } => {
            bank.refunded.push(refund(number, has_claim));
        }
        Part::Refund { number, has_claim, is_undone: true } => {
            let (_, postings) = refund(number, has_claim);
            bank.unrefunded.push((RefundId(number), "ann: stopped".to_owned(), postings));
        }
        Part::Case { key, is_over } => {
            let key = format!("deposit {key}");
            if is_over {
                bank.closed.push(key);
            } else {
                bank.cases.push((key, work(None, None)));
            }
        }
        Part::Version { ahead } => {
            let version = model.mark().expect("read").version;
            bank.version = Some(version + ahead);
        }
        _ => {}
    }
}

/// An asking, or an answer to the last one, or to another.
fn next_payer(
    model: &dyn Store,
    claim: ClaimId,
    answer: Option<usize>,
    is_stale: bool,
) -> next::NextPayer {
    let kept = model.next_payer(claim).expect("read");
    let asked = kept.map_or(0, |kept| kept.asked) + u32::from(is_stale);
    let step = match answer {
        None if is_stale => next::Step::NeverCame,
        None => next::Step::Asked,
        Some(answer) => {
            next::Step::Answered { asked, answer: next::ANSWERS[answer], why: why(answer) }
        }
    };
    next::NextPayer { claim, step }
}

/// Words alone, or with whose decision they are and to whom the claim was passed on.
fn why(answer: usize) -> Why {
    let by = Some("beacon").filter(|_| answer % 2 == 1);
    match answer % 3 {
        0 => Why::said(format!("note {answer}")),
        1 => Why::passed_on(by, "ELM PLAN"),
        _ => Why::passed_on_to_unnamed(by, "OAK PLAN").as_decided_by("elm"),
    }
}

/// A step of work from the state that it is in, or from another.
fn work_move(model: &dyn Store, work: WorkId, to: usize, is_stale: bool) -> WorkMove {
    let kept = model.work_item(work).expect("read");
    let state = kept.map_or(WorkState::Open, |kept| kept.state);
    WorkMove {
        work,
        from: if is_stale { WORK_STATES[to] } else { state },
        to: WORK_STATES[to],
        owner: format!("owner {to}"),
        note: format!("note {to}"),
        says: (to % 2 == 1).then(|| says(to)),
    }
}

/// A step that the lifecycle allows, from the state that the claim is in, or from another.
fn lawful_move(model: &dyn Store, id: ClaimId, choice: usize, is_stale: bool) -> Option<Move> {
    let kept = model.claim(id).expect("read");
    let state = kept.map_or(State::Ready, |kept| kept.state);
    let froms = STATES.into_iter().filter(|&from| (from == state) != is_stale);
    let lawful: Vec<_> = froms
        .flat_map(|from| EVENTS.map(|event| (from, event)))
        .filter(|&(from, event)| advance(from, event).is_some())
        .collect();
    let &(from, event) = lawful.get(choice % lawful.len().max(1))?;
    Some(step(id, from, event))
}

fn to_outcome(outcome: u8, at: i64) -> DeliveryOutcome {
    match outcome {
        0 => DeliveryOutcome::Delivered,
        1 => DeliveryOutcome::Again,
        _ => DeliveryOutcome::Failed { retry_at: Moment(at + 2), reason: "refused".to_owned() },
    }
}

const WORK_STATES: [WorkState; 4] =
    [WorkState::Open, WorkState::Taken, WorkState::Released, WorkState::Resolved];

/// Notes an answer, with what `Phi` keeps from being printed.
fn note<T: Debug>(notes: &mut String, verb: &str, answer: store::Result<T>) {
    writeln!(notes, "{verb}: {answer:?}").expect("a String takes all");
}

fn note_claims(notes: &mut String, verb: &str, claims: store::Result<Vec<Claim>>) {
    for claim in claims.as_ref().expect("read") {
        notes.push_str(claim.patient_control_number.expose());
    }
    note(notes, verb, claims);
}

/// What the verbs about money answer.
fn note_money(notes: &mut String, store: &dyn Store) {
    let days = DayRange { from: day(1), to: day(9) };
    for lines in [0, 1, 2] {
        let of = Of::Anybody { lines };
        note_claims(notes, "by charge", store.claims_by_charge(cents(10_001), days, of, 2));
    }
    note(notes, "carried", store.all_carried());
    note(notes, "carried", store.carried("ACME", "1999001013"));
    note(notes, "paid as", store.paid_as("ACME", None, 3));
    note(notes, "paid as one", store.paid_as("ACME", Some("1512345678"), 3));
    note(notes, "adjusted", store.adjusted_under("ACME", "1999001013", "TRACE1", 9));
    note(notes, "billed for", store.is_billed_for("1234567893"));
    note(notes, "billed by", store.offices_billed_for("1234567893"));
    note(notes, "paid under", store.paid_under("ACME", "1999001013", "TRACE1", 2));
    note(notes, "mark", store.mark());
    note(notes, "first deposit", store.first_deposit());
    let identities = ["deposit 1", "deposit 9"].map(str::to_owned);
    note(notes, "known deposits", store.known_deposits(&identities));
    for (deposit, payments) in [(None, vec![]), (Some(DepositId(1)), vec![PaymentId(2)])] {
        let asked = Asked { deposit, payments };
        note(notes, "reassociation", store.reassociation(&asked));
    }
    for (open_only, limit) in [(false, 99), (true, 2)] {
        note(notes, "deposits", store.deposits(open_only, limit));
    }
    note(notes, "suspended", store.suspended());
    note(notes, "rates", store.all_rates());
    note(notes, "rates", store.rates(&[&rate(1).key, &rate(2).key], 2));
    note(notes, "broken rules", store.broken_rules());
    note(notes, "written off", store.written_off(99));
    note(notes, "written off last", store.written_off(1));
    for of in [None, Some(("ACME", "1999001013")), Some(("ACME", "1"))] {
        note(notes, "refunds", store.refunds(of));
        note(notes, "returns", store.returns(of));
    }
    note(notes, "said under", store.said_under(("ACME", "1999001013"), "REFERENCE1"));
    note(notes, "given under", store.given_under("REFERENCE1"));
    note(notes, "totals", store.totals());
    note(notes, "balances", store.balances());
}

fn note_item(notes: &mut String, store: &dyn Store, id: i64) {
    note(notes, "work item", store.work_item(WorkId(id)));
    note(notes, "CLPs of it", store.clps_of(WorkId(id)));
    note(notes, "others", store.others(WorkId(id), &alike(id as u32)));
}

/// What is kept of claim payments.
fn note_told(notes: &mut String, store: &dyn Store, id: i64) {
    note(notes, "told", store.told(ArrivalId(id), 900));
    let identity = format!("payment {id}");
    note(notes, "in suspense", store.in_suspense(&identity, 900));
    note(notes, "posted", store.posted(&identity, 900, ClaimId(id)));
}

/// The answer of every verb that reads.
pub fn everything(store: &dyn Store, now: i64) -> String {
    let notes = &mut String::new();
    note(notes, "unsettled", store.unsettled());
    note(notes, "arrivals", store.arrivals(None, 99));
    note(notes, "arrivals after", store.arrivals(Some(ArrivalId(1)), 3));
    note(notes, "interchanges", store.interchanges("A>B", "000000001"));
    note(notes, "waiting", store.waiting());
    note(notes, "next payers", store.next_payers_due(3));
    note(notes, "overrides", store.overrides(None));
    for patient in ["patient 0", "patient 1", ""] {
        note(notes, "past", store.past_of_patient(patient, 3));
        note_claims(notes, "of patient", store.claims_of_patient(patient, 3));
    }
    note(notes, "overridden by rule", store.overridden_by_rule());
    note(notes, "held by rule", store.held_by_rule());
    note_claims(notes, "ready", store.ready("ACME", 2));
    for id in 0..=IDS_MAX * 2 {
        note(notes, "arrival", store.arrival(ArrivalId(id)));
        note(notes, "answers", store.answers(ArrivalId(id)));
        note_claims(notes, "claims of arrival", store.claims_of_arrival(ArrivalId(id)));
        note(notes, "claim", store.claim(ClaimId(id)));
        note(notes, "history", store.history(ClaimId(id)));
        note(notes, "overrides", store.overrides(Some(ClaimId(id))));
        note(notes, "postings", store.postings(ClaimId(id)));
        note(notes, "said", store.said(ClaimId(id)));
        note(notes, "refunds of it", store.refunds_of(ClaimId(id)));
        note_told(notes, store, id);
        note(notes, "next payer", store.next_payer(ClaimId(id)));
        note_claims(notes, "followers", store.followers(ClaimId(id)));
        note_claims(notes, "replacements", store.replacements(&[ClaimId(id)]));
        note(notes, "undecided", store.undecided(ClaimId(id)));
        note_item(notes, store, id);
    }
    for (own, payers) in [("PCN1 PCN2", "P2"), ("", ""), ("PCN3", "P0 P1")] {
        let each = |numbers: &str| numbers.split(' ').map(str::to_owned).collect();
        let payable = store.payable(&each(own), &each(payers)).expect("read");
        let (claims, said): (Vec<_>, Vec<_>) = payable.into_iter().unzip();
        note_claims(notes, "payable", Ok(claims));
        note(notes, "said of them", Ok(said));
    }
    for number in 0..4 {
        let fingerprint = hash(&format!("claim {number}")).0;
        let (own, payers) = (format!("PCN{number}"), format!("P{number}"));
        note_claims(notes, "by number", store.claims_by_control_number(&own));
        note_claims(notes, "by payer's number", store.claims_by_payer_number(&payers));
        note_claims(notes, "by fingerprint", store.claims_by_fingerprint(&fingerprint));
        note(notes, "claims of batch", store.claims_of_batch(number));
        note(notes, "payment", store.payment(&format!("payment {number}")));
        note(notes, "next number", store.next_number(&format!("counter {number}")));
        let channel = format!("channel {number}");
        note(notes, "undelivered", store.undelivered(&channel, Moment(now), 3));
    }
    note(notes, "undelivered", store.undelivered("acme", Moment(i64::MAX), 99));
    note(notes, "waiting channels", store.waiting_channels());
    for (category, claim) in [(None, None), (Some(CATEGORIES[0]), None), (None, Some(ClaimId(1)))] {
        for (open_only, limit) in [(false, 0), (true, 2)] {
            let filter = WorkFilter { open_only, category, claim, limit, ..WorkFilter::default() };
            note(notes, "work", store.work(&filter));
            note(notes, "waits", store.waits(&filter));
        }
    }
    note_money(notes, store);
    note(notes, "queue depth", store.queue_depth());
    note(notes, "endings", store.endings(None));
    note(notes, "endings of one", store.endings(Some(("acme", "97"))));
    note(notes, "denied", store.denied(WorkId(0), 99));
    note(notes, "denied after", store.denied(WorkId(2), 1));
    note(notes, "probe", store.probe());
    std::mem::take(notes)
}

/// The journal of the ledger, and the chain of it.
fn ledger(store: &dyn Store) -> String {
    let notes = &mut String::new();
    note(notes, "journal", store.journal(0, 99));
    note(notes, "journal after", store.journal(3, 2));
    note(notes, "remittances", store.remittances(0, 99));
    note(notes, "remittances after", store.remittances(1, 1));
    note(notes, "entries", store.entries(0, 99));
    note(notes, "entries after", store.entries(3, 2));
    note(notes, "expected", store.expected(0, 99));
    note(notes, "expected after", store.expected(2, 2));
    note(notes, "lives", store.lives(ClaimId(0), 99));
    note(notes, "lives after", store.lives(ClaimId(2), 2));
    note(notes, "sent", store.sent(BatchId(1)));
    note(notes, "chain", store.chain());
    std::mem::take(notes)
}

/// Few enough for every day; `PROPTEST_CASES=1000` for a night.
fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(16)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_backend_answers_as_the_plain_model_does(steps in steps()) {
        for scheme in BACKENDS.into_iter().filter(|&scheme| scheme != "memory") {
            let (model, _nothing) = new_store("memory");
            let (tested, _dir) = new_store(scheme);
            prepare(&*model);
            prepare(&*tested);
            for (step, at) in steps.iter().zip(1_000..) {
                let (expected, found) = match step {
                    Step::Remember { channel, content } => {
                        let arrival =
                            arrival(&format!("channel {channel}"), &format!("file {content}"));
                        let (expected, found) =
                            (model.remember(&arrival), tested.remember(&arrival));
                        (format!("{expected:?}"), format!("{found:?}"))
                    }
                    Step::Commit(parts) => {
                        let change = to_change(parts, &*model, at);
                        let (expected, found) = (model.commit(&change), tested.commit(&change));
                        (format!("{expected:?}"), format!("{found:?}"))
                    }
                };
                prop_assert_eq!(expected, found);
                prop_assert_eq!(everything(&*model, at), everything(&*tested, at));
                prop_assert_eq!(ledger(&*model), ledger(&*tested));
            }
        }
    }
}
