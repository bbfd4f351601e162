//! What the bank shows: its files taken, and deposits and remittances brought together.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use tokio_util::sync::CancellationToken;
use x12::value::Day;

use crate::bank::told::{self, Taken};
use crate::bank::{self, BankFile, Terms, Wrong};
use crate::change::deposits::{Asked, Mark};
use crate::change::{ArrivalId, Change, ContentHash, Settlement, Verdict};
use crate::clock::{self, Timestamp};
use crate::gateway::{Error, Gateway};
use crate::settings::plan::Plan;
use crate::store::{self, Store, archive};
use crate::telemetry;

/// How often it is looked whether anything came.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How often a decision is taken again when somebody else decided first.
const DECISIONS_MAX: u32 = 5;

/// What is told of a file that is refused; the command tells all.
const WRONGS_TOLD_MAX: usize = 5;

/// A file of the bank, or why nothing of it is taken.
pub(super) fn read(gateway: &Gateway, bytes: &[u8]) -> Result<BankFile, String> {
    let plan = &gateway.plan.bank;
    bank::read(bytes, plan.form, &plan.columns).map_err(|wrongs| {
        let told: Vec<String> = wrongs.iter().take(WRONGS_TOLD_MAX).map(Wrong::to_string).collect();
        format!("nothing of a bank's file was taken: {}", told.join("; "))
    })
}

/// Commits the deposits of a file; gives what is noted beside it.
pub(super) fn take(
    gateway: &Gateway,
    arrival: ArrivalId,
    file: &BankFile,
    now: Timestamp,
) -> Result<String, Error> {
    let hash = |bytes: &[u8]| -> ContentHash { archive::hash_of(bytes) };
    let deposits = told::deposits(file, arrival, &hash);
    let identities: Vec<String> = deposits.iter().map(|one| one.identity.clone()).collect();
    let stamp = gateway.stamp(now);
    let mut attempt = 0;
    loop {
        attempt += 1;
        let known: BTreeSet<String> =
            gateway.store.known_deposits(&identities)?.into_iter().collect();
        let (bank, taken) = told::change(file, deposits.clone(), &known);
        let summary = summary(file, taken);
        let settles =
            Some(Settlement { arrival, verdict: Verdict::Taken, summary: summary.clone() });
        let change = Change { at: stamp.now, settles, bank, ..Change::default() };
        match gateway.store.commit(&change) {
            Ok(_) => {
                telemetry::deposits(taken.deposits, taken.known);
                return Ok(summary);
            }
            Err(store::Error::Stale { .. }) if attempt < DECISIONS_MAX => {}
            Err(error) => {
                telemetry::commit_failed(&error);
                return Err(error.into());
            }
        }
    }
}

fn summary(file: &BankFile, taken: Taken) -> String {
    let Taken { deposits, amount, known, others } = taken;
    json!({
        "form": file.form.name(), "deposits": deposits, "amount_cents": amount.cents(),
        "known_already": known, "no_deposits": others,
    })
    .to_string()
}

/// Looks at deposits and remittances together whenever something came, and on every new day.
pub async fn run(gateway: Gateway, token: CancellationToken) {
    let mut seen: Option<(Mark, Day)> = None;
    while token.run_until_cancelled(tokio::time::sleep(LOOK_EVERY)).await.is_some() {
        let (worker, before) = (gateway.clone(), seen);
        let looked = tokio::task::spawn_blocking(move || {
            let now = clock::now();
            let mark = (worker.store.mark()?, now.day(&worker.plan.zone));
            if Some(mark) != before {
                turn(&worker, now)?;
            }
            Ok::<_, Error>(mark)
        });
        match looked.await {
            Ok(Ok(mark)) => seen = Some(mark),
            Ok(Err(error)) => {
                telemetry::trouble("bringing deposits and remittances together", &error)
            }
            Err(error) => telemetry::trouble("bringing deposits and remittances together", &error),
        }
    }
}

/// Brings deposits and remittances together once; gives whether anything changed.
pub fn turn(gateway: &Gateway, now: Timestamp) -> Result<bool, Error> {
    reassociate(gateway.store.as_ref(), &gateway.plan, now).map_err(Error::from)
}

/// The same for a command, which has no gateway.
pub fn reassociate(store: &dyn Store, plan: &Plan, now: Timestamp) -> store::Result<bool> {
    let stamp = crate::change::Stamp {
        now: crate::change::Moment(now.micros()),
        today: now.day(&plan.zone),
        time: now.hhmm(&plan.zone),
    };
    let payers: Vec<String> = plan.payers.iter().map(|payer| payer.name.to_string()).collect();
    let mut attempt = 0;
    loop {
        attempt += 1;
        // Without a file of a bank nothing is waited for.
        let Some(since) = store.first_deposit()? else { return Ok(false) };
        let terms = Terms {
            remittance_days: plan.bank.remittance_days,
            deposit_days: plan.bank.deposit_days,
            check_days: plan.bank.check_days,
            since: Some(since),
        };
        let known = store.reassociation(&Asked::default())?;
        let Some(change) = bank::reassociate(&known, &payers, &terms, &stamp) else {
            return Ok(false);
        };
        match store.commit(&change) {
            Ok(_) => {
                for (pairing, _) in &change.bank.paired {
                    telemetry::paired(pairing.tier.name());
                }
                return Ok(true);
            }
            Err(store::Error::Stale { .. }) if attempt < DECISIONS_MAX => {}
            Err(error) => return Err(error),
        }
    }
}
