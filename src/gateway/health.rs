//! What the operator's monitors ask: is it ready, and how much waits.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::audit;
use crate::change::Moment;
use crate::clock;
use crate::denials::{CATEGORIES, Category};
use crate::gateway::Gateway;
use crate::gateway::observe::rule_name;
use crate::telemetry;
use crate::transport::Transport;

/// How often gauges are counted anew.
const COUNT_EVERY: Duration = Duration::from_secs(5);

/// What keeps the gateway from working: its store, its archive, its directories.
pub fn troubles(gateway: &Gateway, transport: &Transport) -> Vec<String> {
    let store = gateway.store.probe().err().map(|error| error.to_string());
    let archive = gateway.archive.probe().err().map(|error| error.to_string());
    let directories = transport.troubles().into_iter().map(|error| error.to_string());
    store.into_iter().chain(archive).chain(directories).collect()
}

/// Keeps the gauges of the queue true, and tells once when store or archive fail.
pub async fn run(gateway: Gateway, token: CancellationToken) {
    let running = Arc::new(Mutex::new(audit::Running::default()));
    let mut told = None;
    loop {
        let (worker, running) = (gateway.clone(), running.clone());
        let counted = tokio::task::spawn_blocking(move || {
            let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
            let counted = count(&worker, &mut running).map_err(|error| error.to_string());
            counted.and_then(|()| worker.archive.probe().map_err(|error| error.to_string()))
        });
        let trouble = counted.await.ok().and_then(Result::err);
        match &trouble {
            Some(trouble) if told.as_ref() != Some(trouble) => telemetry::not_ready(trouble),
            None if told.is_some() => telemetry::ready_again(),
            Some(_) | None => {}
        }
        told = trouble;
        if token.run_until_cancelled(tokio::time::sleep(COUNT_EVERY)).await.is_none() {
            return;
        }
    }
}

fn count(gateway: &Gateway, running: &mut audit::Running) -> crate::store::Result<()> {
    let now = Moment(clock::now().micros());
    for (category, items, oldest_seconds) in depths(&gateway.store.queue_depth()?, now) {
        telemetry::queue(category.name(), items, oldest_seconds);
    }
    for (rule, claims) in gateway.store.overridden_by_rule()? {
        if let Some(name) = rule_name(&rule) {
            telemetry::overridden(name, claims);
        }
    }
    let mut suspended = gateway.store.suspended()?;
    suspended.retain(|waiting| !waiting.amount.is_zero());
    let cents = suspended.iter().map(|waiting| waiting.amount.cents()).sum();
    telemetry::suspense(suspended.len() as u64, cents);
    telemetry::claims_unaccounted(running.unaccounted(gateway.store.as_ref())?);
    Ok(())
}

/// Items and the age of the oldest for every category: a store says nothing of empty ones, and a
/// gauge that nobody sets keeps its last value.
fn depths(found: &[(Category, u64, Moment)], now: Moment) -> Vec<(Category, u64, f64)> {
    let depth = |category| {
        let of_category = found.iter().find(|(known, _, _)| *known == category);
        match of_category {
            Some(&(_, items, since)) if items > 0 => {
                (category, items, (now.0 - since.0) as f64 / 1e6)
            }
            Some(_) | None => (category, 0, 0.0),
        }
    };
    CATEGORIES.into_iter().map(depth).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_without_work_are_counted_as_nothing() {
        let depths = depths(&[(Category::Denied, 2, Moment(3_000_000))], Moment(5_000_000));
        assert_eq!(depths.len(), CATEGORIES.len());
        for (category, items, oldest_seconds) in depths {
            let expected = if category == Category::Denied { (2, 2.0) } else { (0, 0.0) };
            assert_eq!((items, oldest_seconds), expected, "{}", category.name());
        }
    }
}
