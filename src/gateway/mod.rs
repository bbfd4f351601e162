//! The only room that sees both ends: what transports bring is decided on and committed, and what
//! was committed is sent.

pub mod coordinate;
pub mod deliver;
pub mod deposits;
pub mod dispatch;
pub mod family;
mod health;
pub mod knowledge;
mod observe;
pub mod receive;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::change::{Moment, Stamp};
use crate::clock::{self, Timestamp};
use crate::code_sets::library::Library;
use crate::contracts::terms::Book;
use crate::denials::table::Table;
use crate::scrub::Rulebook;
use crate::settings::plan::Plan;
use crate::store::Store;
use crate::store::archive::Archive;
use crate::telemetry;
use crate::transport::{self, Transport};
use crate::web;

/// What every part of the gateway works with.
#[derive(Clone)]
pub struct Gateway {
    pub plan: Arc<Plan>,
    pub store: Arc<dyn Store>,
    pub archive: Arc<Archive>,
    /// What claims are scrubbed with now; see `rulebook` and `take_rulebook`.
    rules: Arc<RwLock<Arc<Rulebook>>>,
    /// What payers owe now; see `contracts` and `take_contracts`.
    contracts: Arc<RwLock<Arc<Book>>>,
    /// By what denials are routed now; see `denials` and `take_denials`.
    denials: Arc<RwLock<Arc<Table>>>,
    /// Wakes whoever sends: something was committed that is to leave.
    pub(crate) outgoing: Arc<Notify>,
    /// Keeps a second gateway from the same directory, for as long as this one is there.
    _lock: Option<Arc<File>>,
}

/// Why the gateway could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("another gateway works on {}; stop it first, or name another directory with --data", .0.display())]
    InUse(PathBuf),
    #[error("{} cannot be locked: {source}; check the disk and the directory's permissions", .path.display())]
    Lock { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Store(#[from] crate::store::Error),
    #[error(transparent)]
    Archive(#[from] crate::store::archive::Error),
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Transport(Vec<transport::Error>),
    #[error(transparent)]
    Web(#[from] web::Error),
    #[error(transparent)]
    Telemetry(#[from] telemetry::Error),
    #[error(transparent)]
    Codes(#[from] crate::shelf::Error),
}

/// A gateway that runs.
#[derive(Debug)]
pub struct Running {
    pub web: std::net::SocketAddr,
    tasks: TaskTracker,
    /// Stops taking in.
    intake: CancellationToken,
    /// Stops sending, after the last arrival was decided on.
    delivery: CancellationToken,
    transport: Arc<Transport>,
    receiver: tokio::task::JoinHandle<()>,
}

impl Gateway {
    /// Opens the store and the archive of a data directory.
    pub fn open(plan: Plan) -> Result<Gateway, Error> {
        let data = plan.data_dir.clone();
        let lock = lock(&data)?;
        let archive = Archive::open(&data.join("archive"))?;
        let database = data.join("claimgate.db");
        archive.refuse_lost(&database)?;
        let store = crate::store::open(&format!("sqlite:{}", database.display()))?;
        let codes = crate::shelf::load(&data)?;
        let gateway = Gateway::new(plan, store, archive);
        gateway.take_rulebook(gateway.plan.rulebook(codes));
        Ok(Gateway { _lock: Some(Arc::new(lock)), ..gateway })
    }

    /// A gateway over a store and an archive that are open.
    pub fn new(plan: Plan, store: Arc<dyn Store>, archive: Archive) -> Gateway {
        Gateway::beside(Arc::new(plan), store, Arc::new(archive))
    }

    /// The same beside a daemon that may be running.
    pub fn beside(plan: Arc<Plan>, store: Arc<dyn Store>, archive: Arc<Archive>) -> Gateway {
        let rules = Arc::new(RwLock::new(Arc::new(plan.rulebook(Library::built_in()))));
        let contracts = Arc::new(RwLock::new(Arc::clone(&plan.contracts)));
        let denials = Arc::new(RwLock::new(Arc::clone(&plan.denials)));
        let outgoing = Arc::new(Notify::new());
        Gateway { plan, store, archive, rules, contracts, denials, outgoing, _lock: None }
    }

    /// What claims are scrubbed with, for one decision.
    pub fn rulebook(&self) -> Arc<Rulebook> {
        Arc::clone(&self.rules.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Scrubs with another rulebook from the next decision on. Decisions under way keep theirs.
    pub fn take_rulebook(&self, rulebook: Rulebook) {
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(rulebook);
    }

    /// What payers owe by contract, for one decision.
    pub fn contracts(&self) -> Arc<Book> {
        Arc::clone(&self.contracts.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Goes by other contracts from the next decision on. Decisions under way keep theirs.
    pub fn take_contracts(&self, contracts: Arc<Book>) {
        *self.contracts.write().unwrap_or_else(PoisonError::into_inner) = contracts;
    }

    /// By what denials are routed, for one decision.
    pub fn denials(&self) -> Arc<Table> {
        Arc::clone(&self.denials.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Routes denials by another table from the next decision on. Decisions under way keep theirs.
    pub fn take_denials(&self, denials: Arc<Table>) {
        *self.denials.write().unwrap_or_else(PoisonError::into_inner) = denials;
    }

    /// A moment, for one decision.
    pub fn stamp(&self, now: Timestamp) -> Stamp {
        Stamp {
            now: Moment(now.micros()),
            today: now.day(&self.plan.zone),
            time: now.hhmm(&self.plan.zone),
        }
    }

    /// Starts everything: first what an earlier run left undone, then the channels, then the
    /// loops that send.
    pub async fn start(&self) -> Result<Running, Error> {
        let metrics = telemetry::init_metrics()?;
        let (intake, delivery) = (CancellationToken::new(), CancellationToken::new());
        let tasks = TaskTracker::new();
        let worker = self.clone();
        let finished =
            tokio::task::spawn_blocking(move || receive::finish_unsettled(&worker, clock::now()));
        match finished.await {
            Ok(finished) => finished?,
            Err(error) => telemetry::trouble("finishing what an earlier run left", &error),
        }
        let (sender, arrivals) = transport::arrivals();
        let transport = transport::start(&self.plan, sender, &intake).await;
        let transport = Arc::new(transport.map_err(Error::Transport)?);
        let listener = web::bind(self.plan.web_address).await?;
        let address = listener.local_addr().unwrap_or(self.plan.web_address);
        let (gateway, checked) = (self.clone(), transport.clone());
        let check: web::Check = Arc::new(move || health::troubles(&gateway, &checked));
        tasks.spawn(telemetry::keep_up(metrics.clone(), delivery.clone()));
        let routes = web::routes(web::Web { metrics, check });
        let token = delivery.clone();
        tasks.spawn(async move {
            if let Err(error) = web::serve(listener, routes, token).await {
                telemetry::trouble("serving the web page", &error);
            }
        });
        let receiver = self.spawn_receiver(arrivals);
        tasks.spawn(dispatch::run(self.clone(), delivery.clone()));
        tasks.spawn(deliver::run(self.clone(), transport.clone(), delivery.clone()));
        tasks.spawn(deposits::run(self.clone(), delivery.clone()));
        tasks.spawn(health::run(self.clone(), delivery.clone()));
        tasks.close();
        telemetry::started(
            env!("CARGO_PKG_VERSION"),
            &self.plan.data_dir,
            self.plan.offices.len(),
            self.plan.payers.len(),
        );
        for payer in self.plan.payers.iter().filter(|payer| !payer.production) {
            telemetry::sends_tests(&payer.name);
        }
        Ok(Running { web: address, tasks, intake, delivery, transport, receiver })
    }

    fn spawn_receiver(
        &self,
        arrivals: mpsc::Receiver<transport::Arrival>,
    ) -> tokio::task::JoinHandle<()> {
        tokio::spawn(receive::run(self.clone(), arrivals))
    }
}

/// Takes a data directory for this process alone; the system gives it back when the process ends,
/// however it ends.
fn lock(data: &Path) -> Result<File, Error> {
    let path = data.join("gateway.lock");
    let failed = |source| Error::Lock { path: path.clone(), source };
    std::fs::create_dir_all(data).map_err(failed)?;
    let file = File::create(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(data.to_owned())),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

impl Running {
    /// Stops in order: nothing more is taken in, what was taken in is decided on and answered,
    /// then sending stops. What was not sent is sent after the next start.
    pub async fn stop(self) {
        telemetry::stopping();
        self.intake.cancel();
        // The channels close when the last arrival is answered, and then the queue ends.
        self.transport.stopped().await;
        if let Err(error) = self.receiver.await {
            telemetry::trouble("stopping the receiver", &error);
        }
        self.delivery.cancel();
        self.tasks.wait().await;
        telemetry::stopped();
    }
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gateway").field("data_dir", &self.plan.data_dir).finish_non_exhaustive()
    }
}
