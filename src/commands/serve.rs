//! `claimgate serve`.

use tokio::signal::unix::{SignalKind, signal};

use super::store::{Desk, load_plan};
use super::{Failure, Outcome};
use crate::gateway::{Error, Gateway};
use crate::telemetry;

/// Runs the daemon until SIGTERM or SIGINT.
pub fn run(desk: &Desk<'_>) -> Result<Outcome, Failure> {
    let plan = load_plan(desk)?;
    telemetry::init_log(plan.log).map_err(|error| Failure::World(error.to_string()))?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::World(format!("starting the runtime failed: {error}")))?;
    runtime.block_on(async {
        let gateway = Gateway::open(plan)?;
        let running = gateway.start().await?;
        stop_signal().await;
        running.stop().await;
        Ok(Outcome::Clean)
    })
}

/// Waits for SIGTERM or SIGINT.
pub async fn stop_signal() {
    let terminate = signal(SignalKind::terminate());
    let interrupt = signal(SignalKind::interrupt());
    let (Ok(mut terminate), Ok(mut interrupt)) = (terminate, interrupt) else {
        return telemetry::trouble("listening for signals", &"the system refused");
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::World(error.to_string())
    }
}
