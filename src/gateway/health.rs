//! What the operator's monitors ask: is it ready, and how much waits.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::audit;
use crate::clock;
use crate::gateway::Gateway;
use crate::telemetry;
use crate::transport::Transport;

/// How often gauges are counted anew.
const COUNT_EVERY: Duration = Duration::from_secs(5);

/// What keeps the gateway from working: its store, its directories.
pub fn troubles(gateway: &Gateway, transport: &Transport) -> Vec<String> {
    let store = gateway.store.probe().err().map(|error| error.to_string());
    let directories = transport.troubles().into_iter().map(|error| error.to_string());
    store.into_iter().chain(directories).collect()
}

/// Keeps the gauges of the queue true.
pub async fn run(gateway: Gateway, token: CancellationToken) {
    let running = Arc::new(Mutex::new(audit::Running::default()));
    loop {
        let (worker, running) = (gateway.clone(), running.clone());
        let counted = tokio::task::spawn_blocking(move || {
            let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
            count(&worker, &mut running)
        });
        if let Ok(Err(error)) = counted.await {
            telemetry::trouble("counting the queue", &error);
        }
        if token.run_until_cancelled(tokio::time::sleep(COUNT_EVERY)).await.is_none() {
            return;
        }
    }
}

fn count(gateway: &Gateway, running: &mut audit::Running) -> crate::store::Result<()> {
    let now = clock::now().micros();
    for (category, items, since) in gateway.store.queue_depth()? {
        let oldest = (now - since.0) as f64 / 1e6;
        telemetry::queue(category.name(), items, if items == 0 { 0.0 } else { oldest });
    }
    telemetry::claims_unaccounted(running.unaccounted(gateway.store.as_ref())?);
    Ok(())
}
