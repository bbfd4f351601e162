//! Ready claims into batches, on each payer's schedule, after those for next payers were made.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use x12::compose::Envelope;
use x12::phi::Phi;
use x12::segment::Segment;
use x12::value::{Day, Money};
use x12::view::claim::Kind;

use crate::change::cases::Alike;
use crate::change::next::OWN_CHANNEL;
use crate::change::{
    BatchClaim, Change, ClaimId, DeliveryKind, Draw, Moment, Move, NewBatch, NewDelivery, NewWork,
    Stamp,
};
use crate::clock::{self, Timestamp};
use crate::denials::Category;
use crate::document::Document;
use crate::gateway::coordinate;
use crate::gateway::deliver::address;
use crate::gateway::family::{self, VOID};
use crate::gateway::knowledge::StoreKnowledge;
use crate::gateway::knowledge::known::turns_of;
use crate::gateway::receive::limits_of;
use crate::gateway::{Error, Gateway};
use crate::intake::control_number;
use crate::ledger::{self, GivenUp};
use crate::lifecycle::{Event, State, advance};
use crate::outbound::{self, Apart, Assembled, Outgoing, Parties};
use crate::reconcile::matching::person_keys;
use crate::reconcile::turns::Turns;
use crate::settings::names::PayerName;
use crate::settings::plan::PayerPlan;
use crate::store::{Claim, Store, Waiting};
use crate::telemetry::{self, Direction};
use crate::transport::Folder;

/// How often schedules are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The counter of ISA13 for all payers, so that a control number names one batch.
const COUNTER: &str = "batches";

/// Looks at every payer's schedule until the token is cancelled.
pub async fn run(gateway: Gateway, token: CancellationToken) {
    let mut reminded: Option<Day> = None;
    while token.run_until_cancelled(tokio::time::sleep(LOOK_EVERY)).await.is_some() {
        let (worker, before) = (gateway.clone(), reminded);
        let today = clock::now().day(&gateway.plan.zone);
        let look = move || {
            let now = clock::now();
            coordinate::turn(&worker, now)?;
            if before != Some(today) {
                coordinate::remind(&worker, now)?;
            }
            turn(&worker, now)
        };
        let looked = tokio::task::spawn_blocking(look).await;
        reminded = if matches!(looked, Ok(Ok(_))) { Some(today) } else { before };
        match looked {
            Ok(Ok(0)) => {}
            Ok(Ok(_)) => gateway.outgoing.notify_waiters(),
            Ok(Err(error)) => telemetry::trouble("making a batch", &error),
            Err(error) => telemetry::trouble("making a batch", &error),
        }
    }
}

/// Makes a batch for every payer whose schedule says so; gives how many were made.
pub fn turn(gateway: &Gateway, now: Timestamp) -> Result<usize, Error> {
    let mut made = 0;
    for waiting in gateway.store.waiting()? {
        let Some(payer) = PayerName::new(&waiting.payer).and_then(|name| gateway.plan.payer(&name))
        else {
            hold_unrouted(gateway, &waiting.payer, now)?;
            continue;
        };
        if is_due(payer, &waiting, now) {
            made += make_batches(gateway, payer, now)?;
        }
    }
    Ok(made)
}

fn is_due(payer: &PayerPlan, waiting: &Waiting, now: Timestamp) -> bool {
    let waited = now.micros().saturating_sub(waiting.since.0);
    let every = i64::try_from(payer.batch.every.as_micros()).unwrap_or(i64::MAX);
    waiting.claims >= u64::from(payer.batch.claims_max) || waited >= every
}

/// One interchange for each kind of claim that is ready for a payer: many payers take the three
/// 837s at three desks, and one answer would have to speak of two guides. A claim that cannot be
/// written with the usual delimiters goes in one of its own.
fn make_batches(gateway: &Gateway, payer: &PayerPlan, now: Timestamp) -> Result<usize, Error> {
    let claims = gateway.store.ready(payer.name.as_str(), payer.batch.claims_max)?;
    let mut made = 0;
    for kind in Kind::ALL {
        let of_kind: Vec<Claim> =
            claims.iter().filter(|claim| claim.place.kind == kind).cloned().collect();
        if of_kind.is_empty() {
            continue;
        }
        let Apart { together, refused } = outbound::apart(outgoing(gateway, &of_kind)?);
        if !refused.is_empty() {
            hold_unwritable(gateway, payer, refused.iter().filter_map(|&at| of_kind.get(at)), now)?;
        }
        for claims in together {
            made += make_batch(gateway, payer, (kind, &of_kind), claims, now)?;
        }
    }
    Ok(made)
}

/// The claims as they go out, each known by its place in the list.
fn outgoing(gateway: &Gateway, claims: &[Claim]) -> Result<Vec<Outgoing<usize>>, Error> {
    let knowledge = StoreKnowledge::new(gateway);
    let outgoing = claims
        .iter()
        .enumerate()
        .filter_map(|(index, claim)| {
            let document = knowledge.document(claim)?;
            Some(Outgoing { key: index, batch_type: claim.batch_type.clone(), document })
        })
        .collect();
    match knowledge.failure() {
        Some(failure) => Err(failure.into()),
        None => Ok(outgoing),
    }
}

/// One interchange for a payer, committed with everything that it changes.
fn make_batch(
    gateway: &Gateway,
    payer: &PayerPlan,
    (kind, claims): (Kind, &[Claim]),
    mut outgoing: Vec<Outgoing<usize>>,
    now: Timestamp,
) -> Result<usize, Error> {
    let accounts = accounts_of(gateway, claims, &outgoing)?;
    outgoing.retain(|one| accounts.get(&one.key).is_none_or(|account| !account.is_asked));
    if outgoing.is_empty() {
        return Ok(0);
    }
    let stamp = gateway.stamp(now);
    let number = gateway.store.next_number(COUNTER)?;
    let envelope = envelope(gateway, payer, &stamp, control_number(number));
    let per_set = gateway.plan.limits.claims_per_set_max as usize;
    let assembled =
        outbound::assemble(&envelope, &parties(gateway, payer), kind, outgoing, per_set);
    let change = change_for(payer, (claims, &accounts), &assembled, &envelope, &stamp, number);
    match gateway.store.commit(&change) {
        Ok(_) => {
            let count = assembled.carried.len() as u64;
            telemetry::claims(Direction::Out, &payer.channel, State::Batched.name(), count);
            Ok(1)
        }
        // A claim was taken back, or a number drawn, in between: the next look sees it.
        Err(crate::store::Error::Stale { .. }) => Ok(0),
        Err(error) => Err(error.into()),
    }
}

/// Where the charge of a claim stands before it goes out.
struct Account {
    claim: ClaimId,
    charged: Money,
    given_up: GivenUp,
    /// The claim whose place it takes, when that is found only now.
    replaces: Option<ClaimId>,
    /// It asks for what another payer left, which is charged already.
    is_of_later_payer: bool,
    /// It asks what would be paid: nothing was done yet.
    is_predetermination: bool,
    /// Whom it names as it goes out.
    people: Vec<Phi<String>>,
    /// Who decided before, when it goes out to a later payer for the first time; and what that was read of.
    before: Option<(Turns, Vec<(ClaimId, u64)>)>,
    /// A payer of its service has spoken, and whether it is to go out is not answered yet.
    is_asked: bool,
}

/// The accounts of claims that go out, each by the claim's place in the list.
fn accounts_of(
    gateway: &Gateway,
    claims: &[Claim],
    outgoing: &[Outgoing<usize>],
) -> Result<HashMap<usize, Account>, Error> {
    let knowledge = StoreKnowledge::new(gateway);
    let mut accounts = HashMap::with_capacity(outgoing.len());
    for one in outgoing {
        if let Some(claim) = claims.get(one.key) {
            let is_predetermination = one.document.is_predetermination();
            let account = account_of(gateway, &knowledge, claim)?;
            let people = people_of(&one.document);
            accounts.insert(one.key, Account { is_predetermination, people, ..account });
        }
    }
    match knowledge.failure() {
        Some(failure) => Err(failure.into()),
        None => Ok(accounts),
    }
}

fn account_of(
    gateway: &Gateway,
    knowledge: &StoreKnowledge<'_>,
    claim: &Claim,
) -> Result<Account, Error> {
    let store = gateway.store.as_ref();
    let mut replaces = None;
    if family::may_replace(claim)
        && let Some(document) = knowledge.document(claim)
    {
        replaces = family::replaced(store, claim, &document)?;
    }
    let first = match (&replaces, claim.replaces) {
        (Some(before), _) => family::first(store, before)?,
        (None, Some(_)) => family::first(store, claim)?,
        (None, None) => claim.clone(),
    };
    // Mostly a claim goes out once, and there is nothing to ask.
    let postings = match first.times_sent {
        0 => Vec::new(),
        _ => store.postings(first.id)?,
    };
    let mut given_up = GivenUp::default();
    given_up.add(&postings);
    let before = match first.follows.filter(|_| claim.times_sent == 0) {
        Some(_) => Some(turns_of(store, claim.id)?),
        None => None,
    };
    Ok(Account {
        claim: first.id,
        charged: postings.iter().filter_map(ledger::charged).sum(),
        given_up,
        replaces: replaces.map(|before| before.id),
        is_of_later_payer: first.follows.is_some(),
        is_predetermination: false,
        people: Vec::new(),
        is_asked: is_asked(store, claim, before.as_ref())?,
        before,
    })
}

/// Whether it is asked if a service goes on for which we made a claim. The payer that this waits for may have decided:
/// it is withdrawn then.
fn is_asked(
    store: &dyn Store,
    claim: &Claim,
    before: Option<&(Turns, Vec<(ClaimId, u64)>)>,
) -> Result<bool, Error> {
    let Some((_, service)) = before else { return Ok(false) };
    let arrival = store.arrival(claim.arrival)?;
    if arrival.is_none_or(|arrival| arrival.channel != OWN_CHANNEL) {
        return Ok(false);
    }
    for (claim, _) in service {
        if store.next_payer(*claim)?.is_some_and(|next| next.is_due) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The insured and the patient, as a payment that names no number of ours finds them.
fn people_of(document: &Document) -> Vec<Phi<String>> {
    let is_person = |segment: &Segment<'_>| {
        segment.tag_bytes() == b"NM1" && matches!(segment.text(1), b"IL" | b"QC")
    };
    let mut keys = BTreeSet::new();
    for segment in document.people_segments().filter(is_person) {
        let [last, first, id] = [3, 4, 9].map(|n| segment.field(n).text());
        keys.extend(person_keys(&last, &first, &id));
    }
    keys.into_iter().collect()
}

fn envelope(gateway: &Gateway, payer: &PayerPlan, stamp: &Stamp, number: u32) -> Envelope {
    let ours = &gateway.plan.identity.ids;
    Envelope {
        sender_qualifier: ours.isa_qualifier.clone(),
        sender: ours.isa_id.clone(),
        receiver_qualifier: payer.ids.isa_qualifier.clone(),
        receiver: payer.ids.isa_id.clone().into(),
        application_sender: ours.gs_id.clone(),
        application_receiver: payer.ids.gs_id.clone().into(),
        day: stamp.today,
        time: stamp.time.clone(),
        control_number: number,
        wants_ta1: true,
        is_production: payer.production,
    }
}

fn parties(gateway: &Gateway, payer: &PayerPlan) -> Parties {
    let ours = &gateway.plan.identity;
    Parties {
        submitter_name: ours.submitter_name.clone(),
        submitter_id: ours.submitter_id.clone(),
        contact_name: ours.contact_name.clone(),
        contact_phone: ours.contact_phone.clone(),
        receiver_name: payer.name.to_string().to_uppercase(),
        receiver_id: payer.ids.isa_id.clone(),
    }
}

fn change_for(
    payer: &PayerPlan,
    (claims, accounts): (&[Claim], &HashMap<usize, Account>),
    assembled: &Assembled<usize>,
    envelope: &Envelope,
    stamp: &Stamp,
    number: u64,
) -> Change {
    let mut change =
        Change { at: stamp.now, draws: vec![Draw::one(COUNTER, number)], ..Change::default() };
    let mut batch_claims = Vec::with_capacity(assembled.carried.len());
    let mut charge = Money::ZERO;
    for carried in &assembled.carried {
        let known = claims.get(carried.key).zip(accounts.get(&carried.key));
        let Some((claim, account)) = known else { continue };
        charge += carried.charge;
        // A void is of the claim as its payer has it.
        let asked = if carried.frequency == VOID { claim.charge } else { carried.charge };
        let note = format!("interchange {:09}", envelope.control_number);
        change.moves.extend(move_to(claim.id, claim.state, Event::Batched, note));
        change.replacements.extend(account.replaces.map(|before| (claim.id, before)));
        change.charges.extend((asked != claim.charge).then_some((claim.id, asked)));
        charge_once(&mut change, (claim, asked), account, &carried.frequency);
        ask_next(&mut change, (claim, asked), account);
        batch_claims.push(BatchClaim {
            claim: claim.id,
            set_number: carried.set_number.clone(),
            batch_reference: carried.batch_reference.clone(),
            frequency: carried.frequency.clone(),
            people: account.people.clone(),
        });
    }
    change.batches.push(NewBatch {
        payer: payer.name.to_string(),
        control_number: envelope.control_number,
        claims: batch_claims,
        charge,
        delivery: NewDelivery {
            channel: address(&payer.channel, Folder::Outbox),
            kind: DeliveryKind::Claims,
            name: format!(
                "{}T{}_{:09}_837.x12",
                stamp.today.to_wire(),
                stamp.time,
                envelope.control_number
            ),
            bytes: assembled.bytes.clone().into(),
            arrival: None,
        },
    });
    change
}

/// What is charged is owed from the moment the claim goes out first, and is charged once: a
/// replacement charges what it says otherwise, a void and a predetermination nothing, and a claim that
/// follows another asks for what that one left.
fn charge_once(
    change: &mut Change,
    (claim, asked): (&Claim, Money),
    account: &Account,
    frequency: &str,
) {
    if account.is_of_later_payer || account.is_predetermination || frequency == VOID {
        return;
    }
    let here = change.postings.iter().filter(|posting| posting.claim == Some(account.claim));
    let here: Money = here.filter_map(ledger::charged).sum();
    let more = asked - account.charged - here;
    if more.is_zero() {
        return;
    }
    let source = claim.place.claim.begins_at();
    change.postings.extend(ledger::charge(account.claim, more, source));
    // Of what is charged no more nothing is given up.
    let mut given_up = account.given_up;
    given_up.add(change.postings.iter().filter(|posting| posting.claim == Some(account.claim)));
    change.postings.extend(given_up.settle(account.claim, source));
}

/// A payer after the first owes what the one before denied and it is asked for, from the moment that the
/// claim goes out to it.
fn ask_next(change: &mut Change, (claim, asked): (&Claim, Money), account: &Account) {
    let Some((mut turns, read)) = account.before.clone() else { return };
    change.postings.extend(turns.ask_next((claim.id, asked), claim.place.claim.begins_at()));
    // Its payer may have decided since: then it does not go out.
    change.read.extend(read.into_iter().filter(|(id, _)| *id != claim.id));
}

fn move_to(claim: ClaimId, from: State, event: Event, note: String) -> Option<Move> {
    let to = advance(from, event)?;
    Some(Move { claim, event, from, to, note, arrival: None })
}

/// Claims that hold every delimiter: a person has to look at them.
fn hold_unwritable<'a>(
    gateway: &Gateway,
    payer: &PayerPlan,
    claims: impl Iterator<Item = &'a Claim>,
    now: Timestamp,
) -> Result<(), Error> {
    let mut change = Change { at: Moment(now.micros()), ..Change::default() };
    for claim in claims {
        let what = "the claim's data holds every delimiter that it could be written with";
        let note = what.to_owned();
        change.moves.extend(move_to(claim.id, claim.state, Event::HeldBack, note));
        let deadline = claim.service_to.map(|day| limits_of(payer).filing(day));
        let action = "take the delimiters out of the data";
        change.work.push(NewWork { deadline, ..work(claim, Category::Held, what, action) });
    }
    match gateway.store.commit(&change) {
        // A claim was taken back in between: the next look sees it.
        Ok(_) | Err(crate::store::Error::Stale { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn work(claim: &Claim, category: Category, what: &str, action: &str) -> NewWork {
    NewWork {
        claim: Some(claim.id),
        arrival: None,
        category,
        desk: "operator".to_owned(),
        what: what.to_owned(),
        action: action.to_owned(),
        evidence: String::new(),
        deadline: None,
        amount: claim.charge,
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike::default(),
    }
}

/// Claims whose payer has gone from the settings.
fn hold_unrouted(gateway: &Gateway, payer: &str, now: Timestamp) -> Result<(), Error> {
    let mut change = Change { at: Moment(now.micros()), ..Change::default() };
    for claim in gateway.store.ready(payer, u32::MAX)? {
        let what = format!("payer {payer} is no longer in the settings");
        change.moves.extend(move_to(claim.id, claim.state, Event::HeldBack, what.clone()));
        let action = "put the payer back under config/payers, then release the claim";
        change.work.push(work(&claim, Category::Unrouted, &what, action));
    }
    gateway.store.commit(&change)?;
    Ok(())
}
