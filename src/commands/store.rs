//! What commands share that look into a gateway's store: its settings, its store, its archive.

use std::path::Path;
use std::sync::Arc;

use crate::change::{Moment, Stamp};
use crate::clock::{self, Timestamp};
use crate::document::Document;
use crate::settings;
use crate::settings::plan::Plan;
use crate::settings::written::Settings;
use crate::store::Store;
use crate::store::archive::Archive;

use super::Failure;

/// Where the settings and the data are.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    pub config: Option<&'a Path>,
    pub data: &'a Path,
}

/// A gateway's store, opened beside a daemon that may be running, at the moment of a command.
#[expect(missing_debug_implementations, reason = "a store is not printed")]
pub struct Office {
    pub plan: Arc<Plan>,
    pub store: Arc<dyn Store>,
    pub archive: Arc<Archive>,
    pub now: Timestamp,
}

/// The settings, or everything that is wrong with them.
pub fn load_plan(desk: &Desk<'_>) -> Result<Plan, Failure> {
    // Without a file named, the usual one is taken if it is there.
    let usual = Path::new(settings::DEFAULT_FILE);
    let file = desk.config.or_else(|| usual.is_file().then_some(usual));
    Settings::load(file, desk.data).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failure::Unusable(format!("the settings cannot be used:\n{}", lines.join("\n")))
    })
}

/// Opens the store of a data directory that a gateway has used.
pub fn open(desk: &Desk<'_>) -> Result<Office, Failure> {
    let plan = load_plan(desk)?;
    let database = plan.data_dir.join("claimgate.db");
    if !database.is_file() {
        return Err(Failure::Unusable(format!(
            "{} holds no store; start `claimgate serve` once, or name the directory with --data",
            plan.data_dir.display()
        )));
    }
    let store = crate::store::open(&format!("sqlite:{}", database.display()))?;
    let archive = Archive::open(&plan.data_dir.join("archive"))?;
    Ok(Office { plan: Arc::new(plan), store, archive: Arc::new(archive), now: clock::now() })
}

impl Office {
    /// The moment of the command, for one decision.
    pub fn stamp(&self) -> Stamp {
        let now = self.now;
        Stamp {
            now: Moment(now.micros()),
            today: now.day(&self.plan.zone),
            time: now.hhmm(&self.plan.zone),
        }
    }

    /// The payer that a claim goes to by its own NM1*PR, edits included. A test never goes to a
    /// payer that takes production.
    pub fn route_of(&self, document: &Document, is_test: bool) -> Option<String> {
        let payer = document
            .segments()
            .find(|segment| segment.tag_bytes() == b"NM1" && segment.text(1) == b"PR")?;
        let id = String::from_utf8_lossy(payer.text(9)).into_owned();
        let route = self.plan.route(&id).filter(|payer| !(is_test && payer.production));
        route.map(|payer| payer.name.to_string())
    }
}
