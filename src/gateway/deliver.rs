//! Committed deliveries out, with retry.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::change::{
    Change, DeliveryId, DeliveryKind, DeliveryOutcome, DeliveryResult, Moment, Move,
};
use crate::clock::{self, Timestamp};
use crate::gateway::Gateway;
use crate::lifecycle::{Event, advance};
use crate::settings::names::ChannelName;
use crate::store::{self, Delivery};
use crate::telemetry::{self, Direction, Verdict};
use crate::transport::{Folder, Transport};

/// How often waiting deliveries are looked for when nobody says that there are any.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Deliveries that one look takes up for a channel.
const DELIVERIES_PER_LOOK: u32 = 50;

/// Between the commit of an answer and the note that its connection took it stands one commit,
/// which may wait for another process.
const CONNECTION_SECONDS_MAX: i64 = 15;

/// The first wait after a failure; it doubles with each further one.
const RETRY_SECONDS_MIN: i64 = 5;
const RETRY_SECONDS_MAX: i64 = 3600;

/// Where a delivery goes, as the store keeps it.
pub fn address(channel: &ChannelName, folder: Folder) -> String {
    format!("{channel}:{}", folder.name())
}

/// Takes such an address apart.
fn parse_address(address: &str) -> Option<(ChannelName, Folder)> {
    let (channel, folder) = address.rsplit_once(':')?;
    let folder = [Folder::Acks, Folder::Remits, Folder::Reports, Folder::Outbox]
        .into_iter()
        .find(|known| known.name() == folder)?;
    Some((ChannelName::new(channel)?, folder))
}

/// What goes out once more when a file comes again by a channel: the answers to its sender, not
/// what the file led to for others.
pub fn to_sender(deliveries: Vec<Delivery>, channel: &str) -> Vec<DeliveryId> {
    let is_to_sender = |delivery: &Delivery| {
        delivery.kind.is_answer()
            && parse_address(&delivery.channel).is_some_and(|(name, _)| name.as_str() == channel)
    };
    let answers = deliveries.into_iter().filter(is_to_sender);
    answers.map(|delivery| delivery.id).collect()
}

/// Sends what is due until the token is cancelled. Channels do not wait for one another.
pub async fn run(gateway: Gateway, transport: Arc<Transport>, token: CancellationToken) {
    let busy = Arc::new(Mutex::new(HashSet::new()));
    let mut sending = tokio::task::JoinSet::new();
    loop {
        let woken = async {
            tokio::select! {
                () = gateway.outgoing.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        };
        start_due(&gateway, &transport, &busy, &mut sending).await;
        if token.run_until_cancelled(woken).await.is_none() {
            break;
        }
        while sending.try_join_next().is_some() {}
    }
    // What was decided last is still sent, once.
    start_due(&gateway, &transport, &busy, &mut sending).await;
    while sending.join_next().await.is_some() {}
}

async fn start_due(
    gateway: &Gateway,
    transport: &Arc<Transport>,
    busy: &Arc<Mutex<HashSet<String>>>,
    sending: &mut tokio::task::JoinSet<()>,
) {
    let store = gateway.store.clone();
    let waiting = match tokio::task::spawn_blocking(move || store.waiting_channels()).await {
        Ok(Ok(waiting)) => waiting,
        Ok(Err(error)) => return telemetry::trouble("looking for deliveries", &error),
        Err(error) => return telemetry::trouble("looking for deliveries", &error),
    };
    count_waiting(gateway, &waiting);
    for (channel, _) in waiting {
        if !busy.lock().await.insert(channel.clone()) {
            continue;
        }
        let (gateway, transport, busy) = (gateway.clone(), transport.clone(), busy.clone());
        sending.spawn(async move {
            turn(&gateway, &transport, &channel).await;
            busy.lock().await.remove(&channel);
        });
    }
}

/// Says of every channel how much waits, nothing included.
fn count_waiting(gateway: &Gateway, waiting: &[(String, u64)]) {
    for channel in gateway.plan.channels() {
        let of_channel = waiting.iter().filter(|(address, _)| {
            parse_address(address).is_some_and(|(name, _)| name == channel.name)
        });
        let count = of_channel.map(|(_, count)| count).sum();
        telemetry::deliveries_waiting(&channel.name, count);
    }
}

/// Sends everything that is due on one channel.
pub async fn turn(gateway: &Gateway, transport: &Transport, channel: &str) {
    loop {
        let due_by = due_by(gateway, channel, clock::now());
        let store = gateway.store.clone();
        let wanted = channel.to_owned();
        let due = tokio::task::spawn_blocking(move || {
            store.undelivered(&wanted, due_by, DELIVERIES_PER_LOOK)
        });
        let due = match due.await {
            Ok(Ok(due)) if due.is_empty() => return,
            Ok(Ok(due)) => due,
            Ok(Err(error)) => return telemetry::trouble("looking for deliveries", &error),
            Err(error) => return telemetry::trouble("looking for deliveries", &error),
        };
        for delivery in due {
            if !send(gateway, transport, delivery).await {
                return;
            }
        }
    }
}

/// What has been due since then is sent. Answers that a connection waits for are given back over
/// it in a moment, and leave like any other only when it does not take them.
fn due_by(gateway: &Gateway, channel: &str, now: Timestamp) -> Moment {
    let is_answered_elsewhere = parse_address(channel).is_some_and(|(channel, folder)| {
        let office = gateway.plan.office_of(&channel);
        folder == Folder::Acks && office.is_some_and(|office| office.listen.is_some())
    });
    let head_start = if is_answered_elsewhere { CONNECTION_SECONDS_MAX * 1_000_000 } else { 0 };
    Moment(now.micros() - head_start)
}

/// Sends one delivery and commits how that went; gives whether the channel works.
async fn send(gateway: &Gateway, transport: &Transport, delivery: Delivery) -> bool {
    let Some((channel, folder)) = parse_address(&delivery.channel) else {
        telemetry::trouble("sending", &"a delivery names no channel");
        return false;
    };
    let sent = transport.send(&channel, folder, &delivery.name, delivery.bytes.clone()).await;
    let outcome = match &sent {
        Ok(()) => {
            let bytes = delivery.bytes.len() as u64;
            telemetry::delivered(&channel, delivery.id.0, bytes);
            if delivery.kind != DeliveryKind::Report {
                telemetry::interchange(Direction::Out, &channel, Verdict::Accepted, bytes);
            }
            DeliveryOutcome::Delivered
        }
        Err(error) => {
            telemetry::delivery_failed(&channel, delivery.id.0, error);
            let doubled = RETRY_SECONDS_MIN << delivery.attempts.min(10);
            let wait = doubled.min(RETRY_SECONDS_MAX);
            let retry_at = Moment(clock::now().micros() + wait * 1_000_000);
            DeliveryOutcome::Failed { retry_at, reason: error.to_string() }
        }
    };
    let gateway = gateway.clone();
    let committed =
        tokio::task::spawn_blocking(move || note(&gateway, &delivery, &outcome, clock::now()))
            .await;
    match committed {
        Ok(Ok(())) => sent.is_ok(),
        Ok(Err(error)) => {
            telemetry::commit_failed(&error);
            false
        }
        Err(error) => {
            telemetry::trouble("noting a delivery", &error);
            false
        }
    }
}

/// How often the note of a delivery is tried when claims move in the meantime.
const NOTES_MAX: u32 = 5;

/// Commits how an attempt to deliver went, and what follows for the claims of a batch.
pub fn note(
    gateway: &Gateway,
    delivery: &Delivery,
    outcome: &DeliveryOutcome,
    now: Timestamp,
) -> store::Result<()> {
    let mut attempt = 0;
    loop {
        attempt += 1;
        let mut change = Change {
            at: Moment(now.micros()),
            delivery_results: vec![DeliveryResult {
                delivery: delivery.id,
                outcome: outcome.clone(),
            }],
            ..Change::default()
        };
        if let (Some(batch), DeliveryOutcome::Delivered) = (delivery.batch, outcome) {
            let claims = gateway.store.claims_in(batch)?;
            change.moves = claims
                .into_iter()
                .filter_map(|(claim, state)| {
                    let event = Event::Delivered;
                    let to = advance(state, event)?;
                    let note = format!("delivery {}", delivery.id.0);
                    Some(Move { claim, event, from: state, to, note, arrival: None })
                })
                .collect();
        }
        match gateway.store.commit(&change) {
            Err(store::Error::Stale { .. }) if attempt < NOTES_MAX => {}
            result => return result.map(|_| ()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::written::Settings;
    use crate::store;
    use crate::store::archive::Archive;

    #[test]
    fn leaves_answers_to_the_connection_that_waits_for_them() {
        let place = tempfile::tempdir().expect("a directory");
        let partners = place.path().join("partners");
        std::fs::create_dir(&partners).expect("made");
        std::fs::write(place.path().join("claimgate.toml"), "").expect("written");
        let listening = "[channel]\nkind = \"tcp-listen\"\naddress = \"127.0.0.1:0\"\n";
        std::fs::write(partners.join("wire.toml"), listening).expect("written");
        std::fs::write(partners.join("cedar.toml"), "").expect("written");
        let config = place.path().join("claimgate.toml");
        let plan = Settings::load(Some(&config), place.path()).expect("settings");
        let archive = Archive::open(place.path()).expect("an archive");
        let gateway = Gateway::new(plan, store::open("memory:").expect("a store"), archive);
        let now = Timestamp::from_micros(100_000_000);
        let due = |channel: &str| due_by(&gateway, channel, now).0 / 1_000_000;
        assert_eq!((due("wire:acks"), due("wire:reports")), (85, 100));
        assert_eq!((due("cedar:acks"), due("acme:outbox")), (100, 100));
    }
}
