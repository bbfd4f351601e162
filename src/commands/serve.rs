//! `claimgate serve`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::store::{Desk, load_plan};
use super::{Failure, Outcome};
use crate::code_sets::library::Library;
use crate::gateway::{Error, Gateway};
use crate::limits::{RELOAD_SECONDS_MAX, STOP_SECONDS_MAX};
use crate::settings::plan::Plan;
use crate::shelf;
use crate::telemetry;

/// Runs the daemon until SIGTERM or SIGINT.
pub fn run(desk: &Desk<'_>) -> Result<Outcome, Failure> {
    let plan = load_plan(desk)?;
    telemetry::init_log(plan.log).map_err(|error| Failure::World(error.to_string()))?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::World(format!("starting the runtime failed: {error}")))?;
    let outcome = runtime.block_on(async {
        let gateway = Gateway::open(plan)?;
        let running = gateway.start().await?;
        let until = CancellationToken::new();
        let reloading = reload_on_hangup(&gateway, desk, until.clone());
        tokio::join!(reloading, async {
            stop_signal().await;
            until.cancel();
        });
        running.stop().await;
        Ok(Outcome::Clean)
    });
    // Settings that are still being read are of no use any more.
    runtime.shutdown_timeout(Duration::from_secs(STOP_SECONDS_MAX));
    outcome
}

/// Reads the rules of payers and offices, the contracts, the table of denials and the imported code sets anew on SIGHUP, until told to
/// stop. When anything of them is wrong or damaged, all stays as it is.
async fn reload_on_hangup(gateway: &Gateway, desk: &Desk<'_>, until: CancellationToken) {
    let Ok(mut hangup) = signal(SignalKind::hangup()) else {
        return telemetry::trouble("listening for SIGHUP", &"the system refused");
    };
    loop {
        tokio::select! {
            () = until.cancelled() => return,
            _ = hangup.recv() => {}
        }
        // A registry of providers takes a while to read, and whatever else goes on goes on.
        let (config, data) = (desk.config.map(Path::to_owned), desk.data.to_owned());
        let started_with = Arc::clone(&gateway.plan);
        let reading = tokio::task::spawn_blocking(move || {
            read_anew(&started_with, &Desk { config: config.as_deref(), data: &data })
        });
        let reading = tokio::time::timeout(Duration::from_secs(RELOAD_SECONDS_MAX), reading);
        let read = tokio::select! {
            () = until.cancelled() => return,
            read = reading => read,
        };
        let read = match read {
            Ok(Ok(read)) => read,
            Ok(Err(error)) => Err(Failure::World(error.to_string())),
            Err(_) => Err(Failure::World(format!(
                "reading took more than {RELOAD_SECONDS_MAX} seconds; see whether the disk of the \
                 settings answers, and send SIGHUP again"
            ))),
        };
        match read {
            Ok((codes, plan)) => {
                let rules = plan.payers.iter().map(|payer| payer.profile.rules.len()).sum();
                let earlier = gateway.rulebook();
                gateway.take_rulebook(plan.rulebook(Arc::clone(&codes)));
                gateway.take_contracts(Arc::clone(&plan.contracts));
                gateway.take_denials(Arc::clone(&plan.denials));
                for (set, edition) in codes.other_than(&earlier.codes) {
                    telemetry::edition_in_force(set, edition);
                }
                telemetry::rules_reloaded(
                    plan.payers.len(),
                    rules,
                    plan.contracts.contracts().len(),
                    plan.denials.rows().len() + plan.denials.rejections().len(),
                );
            }
            Err(failure) => telemetry::rules_refused(&failure),
        }
    }
}

/// The directory of the data stays the one that the gateway works on, whatever the settings say now,
/// and so do payers and offices: rules of others would be asked of nobody's claims.
fn read_anew(started_with: &Plan, desk: &Desk<'_>) -> Result<(Arc<Library>, Plan), Failure> {
    let plan = load_plan(desk)?;
    if let Some(other) = plan.differs_in(started_with) {
        return Err(Failure::Unusable(format!(
            "{other} is not as it was at the start; put it back, or restart to work with it"
        )));
    }
    Ok((shelf::load(&started_with.data_dir)?, plan))
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
