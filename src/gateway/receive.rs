//! An arrival, from bytes to commit.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use serde_json::json;
use tokio::sync::{Semaphore, mpsc};
use x12::phi::Phi;

use crate::change::next::OWN_CHANNEL;
use crate::change::{
    ArrivalId, Change, ContentHash, DeliveryId, DeliveryOutcome, DeliveryResult, Moment,
    Settlement, Stamp, Verdict,
};
use crate::clock::{self, Timestamp};
use crate::cores::{self, JudgedOnAll};
use crate::denials::route::{self, Limits, Origin, Sender};
use crate::gateway::coordinate;
use crate::gateway::deliver::{address, to_sender};
use crate::gateway::knowledge::StoreKnowledge;
use crate::gateway::{Error, Gateway};
use crate::gateway::{deposits, observe};
use crate::intake::{self, Decided, Identity, Role, Source, Terms};
use crate::settings::names::ChannelName;
use crate::settings::plan::PayerPlan;
use crate::store::{self, NewArrival, Remembered};
use crate::telemetry;
use crate::transport::settle::{Outcome, settle};
use crate::transport::{Arrival, Content, Folder};

/// How often a decision is taken again when somebody else decided first.
const DECISIONS_MAX: u32 = 5;

/// Arrivals that wait behind another of their channel.
const WAITING_PER_CHANNEL_MAX: usize = 16;

/// Takes arrivals until the queue ends: in order within a channel, channels side by side, at most
/// as many decisions at once as there are cores.
pub async fn run(gateway: Gateway, mut arrivals: mpsc::Receiver<Arrival>) {
    let permits = Arc::new(Semaphore::new(cores::count()));
    let mut lanes: HashMap<ChannelName, mpsc::Sender<Arrival>> = HashMap::new();
    let mut workers = tokio::task::JoinSet::new();
    while let Some(arrival) = arrivals.recv().await {
        let lane = lanes.entry(arrival.channel.clone()).or_insert_with(|| {
            let (sender, receiver) = mpsc::channel(WAITING_PER_CHANNEL_MAX);
            workers.spawn(work_lane(gateway.clone(), receiver, permits.clone()));
            sender
        });
        if lane.send(arrival).await.is_err() {
            // A lane ends only when its sender is dropped, below.
            break;
        }
    }
    drop(lanes);
    while workers.join_next().await.is_some() {}
}

async fn work_lane(
    gateway: Gateway,
    mut arrivals: mpsc::Receiver<Arrival>,
    permits: Arc<Semaphore>,
) {
    while let Some(arrival) = arrivals.recv().await {
        let permit = permits.acquire().await;
        handle(&gateway, arrival).await;
        drop(permit);
    }
}

/// What became of an arrival.
#[derive(Debug)]
pub struct Handled {
    pub arrival: ArrivalId,
    pub outcome: Outcome,
    /// What is noted beside the file.
    pub meta: serde_json::Value,
}

async fn handle(gateway: &Gateway, arrival: Arrival) {
    let worker = gateway.clone();
    let deciding = tokio::task::spawn_blocking(move || {
        let handled = take_in(&worker, &arrival, clock::now());
        (arrival, handled)
    });
    let (mut arrival, handled) = match deciding.await {
        Ok((arrival, Ok(handled))) => (arrival, handled),
        Ok((_, Err(error))) => return telemetry::trouble("taking in an arrival", &error),
        Err(error) => return telemetry::trouble("taking in an arrival", &error),
    };
    if arrival.wants_answer() {
        answer_connection(gateway, &mut arrival, handled.arrival).await;
    }
    gateway.outgoing.notify_waiters();
    if let Err(error) = settle(&arrival, handled.outcome, &handled.meta).await {
        telemetry::trouble("filing an arrival away", &error);
    }
    telemetry::acknowledged(&arrival.channel, clock::now().seconds_since(arrival.received_at));
}

/// Gives the answers back over the connection that waits for them; what it does not take leaves
/// like any other delivery.
async fn answer_connection(gateway: &Gateway, arrival: &mut Arrival, id: ArrivalId) {
    let store = gateway.store.clone();
    let answers = tokio::task::spawn_blocking(move || store.answers(id)).await;
    let Ok(Ok(answers)) = answers else { return };
    let over_wire: Vec<_> = answers
        .into_iter()
        .filter(|answer| answer.channel.ends_with(Folder::Acks.name()))
        .collect();
    let bytes = over_wire.iter().map(|answer| answer.bytes.clone()).collect();
    if !arrival.answer(bytes) {
        return;
    }
    let delivered = over_wire
        .iter()
        .map(|answer| DeliveryResult { delivery: answer.id, outcome: DeliveryOutcome::Delivered });
    let change = Change {
        at: Moment(clock::now().micros()),
        delivery_results: delivered.collect(),
        ..Change::default()
    };
    let store = gateway.store.clone();
    let committed = tokio::task::spawn_blocking(move || store.commit(&change)).await;
    if let Ok(Err(error)) = committed {
        telemetry::trouble("noting an answer as sent", &error);
    }
}

/// One arrival, from its bytes to the commit of what was decided at `now`. The bytes are durable
/// before the arrival is recorded, the arrival is recorded before anything is decided, and nothing
/// is answered before the decision is committed.
pub fn take_in(gateway: &Gateway, arrival: &Arrival, now: Timestamp) -> Result<Handled, Error> {
    let (bytes, len, refusal) = match &arrival.content {
        Content::Whole(bytes) => (bytes.clone(), bytes.len() as u64, None),
        Content::TooLarge { bytes, start } => (start.clone(), *bytes, None),
        Content::Unreadable { why } => {
            let text = format!("the file cannot be read: {why}; correct its permissions");
            // Its bytes are not known, so each is a file of its own.
            let kept = format!("{text}\n{}\n{}\n", arrival.name, arrival.received_at.micros());
            (Bytes::from(kept), 0, Some(text))
        }
    };
    let content = gateway.archive.put(&bytes)?;
    let remembered = gateway.store.remember(&NewArrival {
        channel: arrival.channel.to_string(),
        name: arrival.name.clone(),
        content: content.clone(),
        len,
        received_at: Moment(arrival.received_at.micros()),
    })?;
    let (Remembered::New(id) | Remembered::Seen { arrival: id, .. }) = remembered;
    let (channel, name) = (&arrival.channel, arrival.name.as_str());
    let kept = Kept { id, channel, name, content: &content, len, now };
    if let Remembered::Seen { is_settled: true, is_same_drop, .. } = remembered {
        if !is_same_drop {
            answer_again(gateway, &kept)?;
        }
        return handled_before(gateway, &kept);
    }
    match refusal {
        Some(why) => refuse(gateway, &kept, &why),
        None => settle_arrival(gateway, &kept, &bytes),
    }
}

/// An arrival that is recorded, and when it is decided on.
struct Kept<'a> {
    id: ArrivalId,
    channel: &'a ChannelName,
    name: &'a str,
    content: &'a ContentHash,
    /// More than is in the archive, when only its start was read.
    len: u64,
    now: Timestamp,
}

fn settle_arrival(gateway: &Gateway, kept: &Kept<'_>, bytes: &Bytes) -> Result<Handled, Error> {
    if *kept.channel == gateway.plan.bank.channel {
        return take_bank_file(gateway, kept, bytes);
    }
    let Some(terms) = terms_of(gateway, kept.channel) else {
        let why = "the channel is no longer in the settings; put it back, or move the file";
        return refuse(gateway, kept, why);
    };
    let source = Source {
        arrival: kept.id,
        content: kept.content.clone(),
        name: kept.name.to_owned(),
        len: kept.len,
        refused: (kept.len > bytes.len() as u64).then(|| too_large(gateway, kept)),
        follows: None,
        instead_of: Vec::new(),
    };
    // One bad file must not stop the daemon: whatever we did wrong, the file is set aside with
    // its bytes kept, and the next one is taken.
    let stamp = gateway.stamp(kept.now);
    let decided =
        catch_unwind(AssertUnwindSafe(|| decide(gateway, bytes, &source, &terms, &stamp)));
    let Ok(decided) = decided else {
        telemetry::panicked(kept.channel);
        let why = "the gateway failed on this file, which is our mistake; it is kept for repair";
        return refuse(gateway, kept, why);
    };
    let decided = decided?;
    let settled = decided.change.settles.as_ref().map(|one| (one.verdict, one.summary.clone()));
    let (verdict, summary) = settled.unwrap_or((Verdict::Unusable, String::new()));
    let payer = gateway.plan.payer_of(kept.channel).map(|payer| &payer.name);
    observe::taken_in(kept.channel, payer, &decided, bytes.len() as u64);
    Ok(handled(kept, verdict, &summary))
}

/// A file of the bank: all of it, or nothing with what is wrong with it.
fn take_bank_file(gateway: &Gateway, kept: &Kept<'_>, bytes: &Bytes) -> Result<Handled, Error> {
    if kept.len > bytes.len() as u64 {
        return refuse(gateway, kept, &too_large(gateway, kept));
    }
    let reading = catch_unwind(AssertUnwindSafe(|| deposits::read(gateway, bytes)));
    let Ok(reading) = reading else {
        telemetry::panicked(kept.channel);
        let why = "the gateway failed on this file, which is our mistake; it is kept for repair";
        return refuse(gateway, kept, why);
    };
    match reading {
        Ok(file) => {
            let summary = deposits::take(gateway, kept.id, &file, kept.now)?;
            Ok(handled(kept, Verdict::Taken, &summary))
        }
        Err(why) => {
            telemetry::refused(kept.channel, Verdict::Unusable.name());
            refuse(gateway, kept, &why)
        }
    }
}

/// Why a limit keeps out what an arrival holds.
fn too_large(gateway: &Gateway, kept: &Kept<'_>) -> String {
    let (plan, limits) = (&gateway.plan, &gateway.plan.limits);
    let from_office = plan.office_of(kept.channel).is_some_and(|office| office.listen.is_some());
    let from_payer = plan.payer_of(kept.channel).is_some_and(|payer| payer.dial.is_some());
    if from_office || from_payer {
        return format!(
            "an interchange has more than {} bytes; split it into several, or raise \
             limits.interchange_bytes_max",
            limits.interchange_bytes_max
        );
    }
    format!(
        "the file has {} bytes and the limit is {}; split it by interchanges, or raise \
         limits.file_bytes_max",
        kept.len, limits.file_bytes_max
    )
}

/// Decides and commits; again when somebody else committed in between.
fn decide(
    gateway: &Gateway,
    bytes: &Bytes,
    source: &Source,
    terms: &Terms,
    stamp: &Stamp,
) -> Result<Decided, store::Error> {
    let reading = x12::interchange::read(bytes);
    let sets_of = |interchange| JudgedOnAll::of(interchange, cores::count());
    let mut attempt = 0;
    let mut turn = None;
    loop {
        attempt += 1;
        let knowledge = StoreKnowledge::new(gateway);
        let rulebook = gateway.rulebook();
        let decided =
            intake::decide(&reading, sets_of, source, terms, &knowledge, &rulebook, stamp);
        if let Some(failure) = knowledge.failure() {
            return Err(failure);
        }
        let began = std::time::Instant::now();
        match gateway.store.commit(&decided.change) {
            Ok(_) => {
                telemetry::committed(began.elapsed());
                return Ok(decided);
            }
            Err(store::Error::Stale { .. }) if attempt < DECISIONS_MAX => {
                // Commands are faster than a large file, and would be so each time.
                if turn.is_none() {
                    turn = Some(gateway.store.take_turn()?);
                }
            }
            Err(error) => {
                telemetry::commit_failed(&error);
                return Err(error);
            }
        }
    }
}

/// The same bytes by the same channel: one arrival, the same answers once more.
fn answer_again(gateway: &Gateway, repeated: &Kept<'_>) -> Result<(), Error> {
    let deliveries = gateway.store.answers(repeated.id)?;
    let answers = to_sender(deliveries, repeated.channel.as_str());
    let again = |id: DeliveryId| DeliveryResult { delivery: id, outcome: DeliveryOutcome::Again };
    let change = Change {
        at: Moment(repeated.now.micros()),
        delivery_results: answers.into_iter().map(again).collect(),
        ..Change::default()
    };
    gateway.store.commit(&change)?;
    Ok(())
}

/// What was decided on an arrival when it came first.
fn handled_before(gateway: &Gateway, repeated: &Kept<'_>) -> Result<Handled, Error> {
    let kept = gateway.store.arrival(repeated.id)?;
    let verdict = kept.as_ref().and_then(|kept| kept.verdict).unwrap_or(Verdict::Unusable);
    let summary = kept.as_ref().map_or("", |kept| kept.summary.as_str());
    let mut handled = handled(repeated, verdict, summary);
    // Not its name, which may be a patient's; the note lies beside the file.
    if let Some(kept) = kept.filter(|kept| kept.times > 1) {
        handled.meta["repeats"] = json!(kept.times);
    }
    Ok(handled)
}

/// Sets an arrival aside with a reason, and tells a person.
fn refuse(gateway: &Gateway, kept: &Kept<'_>, why: &str) -> Result<Handled, Error> {
    let arrival = kept.id;
    let summary = json!({"refused": why}).to_string();
    let change = Change {
        at: Moment(kept.now.micros()),
        settles: Some(Settlement { arrival, verdict: Verdict::Unusable, summary: summary.clone() }),
        work: vec![route::unusable(&origin(gateway, kept), why)],
        ..Change::default()
    };
    gateway.store.commit(&change)?;
    Ok(handled(kept, Verdict::Unusable, &summary))
}

/// An arrival that was kept, and who sent it.
fn origin<'a>(gateway: &'a Gateway, kept: &'a Kept<'_>) -> Origin<'a> {
    let plan = &gateway.plan;
    let sender = match (plan.payer_of(kept.channel), plan.office_of(kept.channel)) {
        (Some(payer), _) => Sender::Payer(payer.name.as_str()),
        (None, Some(office)) => Sender::Office(office.name.as_str()),
        (None, None) if *kept.channel == plan.bank.channel => Sender::Bank,
        (None, None) => Sender::Channel(kept.channel.as_str()),
    };
    Origin { file: Phi::new(kept.name), arrival: kept.id, sender }
}

fn handled(kept: &Kept<'_>, verdict: Verdict, summary: &str) -> Handled {
    let outcome = match verdict {
        Verdict::Taken | Verdict::Partly => Outcome::Done,
        Verdict::Rejected | Verdict::Unusable => Outcome::Error,
    };
    let summary: serde_json::Value = serde_json::from_str(summary).unwrap_or_default();
    let meta = json!({
        "arrival": kept.id.0,
        "sha256": kept.content.0,
        "verdict": verdict.name(),
        "summary": summary,
    });
    Handled { arrival: kept.id, outcome, meta }
}

/// How many days a payer gives.
pub const fn limits_of(payer: &PayerPlan) -> Limits {
    Limits {
        corrected_days: payer.corrected_claim_limit_days,
        appeal_days: payer.appeal_limit_days,
        overpayment_days: payer.overpayment_days,
        filing_days: payer.filing_limit_days,
    }
}

/// How we sign what we write.
pub(super) fn identity(gateway: &Gateway) -> Identity {
    let ours = &gateway.plan.identity;
    Identity {
        name: ours.name.clone(),
        qualifier: ours.ids.isa_qualifier.clone(),
        id: ours.ids.isa_id.clone(),
        application: ours.ids.gs_id.clone(),
    }
}

/// What the settings say of a channel.
fn terms_of(gateway: &Gateway, channel: &ChannelName) -> Option<Terms> {
    let plan = &gateway.plan;
    let identity = identity(gateway);
    let other_ids = plan.identity.other_isa_ids.iter();
    let receivers = std::iter::once(&identity.id).chain(other_ids).cloned().collect();
    let only = |id: &str| if id.is_empty() { Vec::new() } else { vec![id.to_owned()] };
    if let Some(office) = plan.office_of(channel) {
        return Some(Terms {
            partner: office.name.to_string(),
            role: Role::Office,
            senders: only(&office.ids.isa_id),
            receivers,
            is_production: None,
            tolerated_notes: office.tolerated_notes.clone(),
            always_ta1: office.listen.is_some(),
            acks: address(channel, Folder::Acks),
            reports: address(channel, Folder::Reports),
            // Offices send none.
            acknowledges_remittances: false,
            repeats_wrong_values: office.repeats_wrong_values,
            unsupported_sets: office.unsupported_sets.clone(),
            identity,
            limits: Limits::default(),
        });
    }
    let payer = plan.payer_of(channel)?;
    Some(Terms {
        partner: payer.name.to_string(),
        role: Role::Payer,
        senders: only(&payer.ids.isa_id),
        receivers,
        // A payer that is tried out may pay in earnest already; one in production tries nothing out on our books.
        is_production: payer.production.then_some(true),
        tolerated_notes: Vec::new(),
        always_ta1: payer.dial.is_some(),
        acks: address(channel, Folder::Outbox),
        reports: String::new(),
        acknowledges_remittances: payer.acknowledges_remittances,
        repeats_wrong_values: payer.repeats_wrong_values,
        unsupported_sets: payer.unsupported_sets.clone(),
        identity,
        limits: limits_of(payer),
    })
}

/// Decides on arrivals that an earlier run recorded and did not decide on: their bytes are in the
/// archive. One that cannot be finished does not keep the others waiting.
pub fn finish_unsettled(gateway: &Gateway, now: Timestamp) -> Result<(), Error> {
    for left in gateway.store.unsettled()? {
        // What we made and did not finish is made anew.
        if left.channel == OWN_CHANNEL {
            coordinate::forget(gateway, left.id, now)?;
            continue;
        }
        let Some(channel) = ChannelName::new(&left.channel) else { continue };
        let (name, content) = (left.name.as_str(), &left.content);
        let kept = Kept { id: left.id, channel: &channel, name, content, len: left.len, now };
        let finished = gateway
            .archive
            .get(&left.content)
            .map_err(Error::from)
            .and_then(|bytes| settle_arrival(gateway, &kept, &bytes));
        if let Err(error) = finished {
            telemetry::trouble("finishing what an earlier run left", &error);
        }
    }
    Ok(())
}
