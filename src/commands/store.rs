//! What commands share that look into a gateway's store: its settings, its store, its archive.

use std::path::Path;
use std::sync::Arc;

use x12::edit::Edit;

use crate::change::{ClaimId, Moment, Stamp};
use crate::clock::{self, Timestamp};
use crate::document::{Document, cut};
use crate::gateway::knowledge::known::known_claim;
use crate::reconcile::matching::KnownClaim;
use crate::scrub::Rulebook;
use crate::settings::plan::Plan;
use crate::settings::written::Settings;
use crate::settings::{self, Problem};
use crate::shelf;
use crate::store::archive::Archive;
use crate::store::{Claim, Store};

use super::{Failure, complain};

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
    pub rulebook: Rulebook,
    pub now: Timestamp,
}

/// The settings, or everything that is wrong with them.
pub fn load_plan(desk: &Desk<'_>) -> Result<Plan, Failure> {
    // Without a file named, the usual one is taken if it is there.
    let usual = Path::new(settings::DEFAULT_FILE);
    let file = desk.config.or_else(|| usual.is_file().then_some(usual));
    Settings::load(file, desk.data).map_err(unusable)
}

/// The same for who needs no contracts: what is wrong with these alone is told, and holds up nothing.
pub fn load_without_contracts(desk: &Desk<'_>) -> Result<Plan, Failure> {
    let usual = Path::new(settings::DEFAULT_FILE);
    let file = desk.config.or_else(|| usual.is_file().then_some(usual));
    let (plan, problems) = Settings::load_without_contracts(file, desk.data).map_err(unusable)?;
    for problem in &problems {
        complain(problem);
    }
    if !problems.is_empty() {
        complain(
            &"the contracts cannot be used until that is mended; this command goes on without them",
        );
    }
    Ok(plan)
}

fn unusable(problems: Vec<Problem>) -> Failure {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Failure::Unusable(format!("the settings cannot be used:\n{}", lines.join("\n")))
}

/// Opens the store of a data directory that a gateway has used.
pub fn open(desk: &Desk<'_>) -> Result<Office, Failure> {
    let plan = load_without_contracts(desk)?;
    let database = plan.data_dir.join("claimgate.db");
    let kept = plan.data_dir.join("archive");
    if kept.is_dir() {
        Archive::open(&kept)?.refuse_lost(&database)?;
    }
    if !database.is_file() {
        return Err(Failure::Unusable(format!(
            "{} holds no store; start `claimgate serve` once, or name the directory with --data",
            plan.data_dir.display()
        )));
    }
    let store = crate::store::open(&format!("sqlite:{}", database.display()))?;
    let archive = Archive::open(&kept)?;
    let rulebook = plan.rulebook(shelf::load(&plan.data_dir)?);
    let (plan, archive) = (Arc::new(plan), Arc::new(archive));
    Ok(Office { plan, store, archive, rulebook, now: clock::now() })
}

impl Office {
    /// What is posted is held against contracts, so they have to be whole.
    pub fn must_have_contracts(&self) -> Result<(), Failure> {
        if self.plan.are_contracts_whole {
            return Ok(());
        }
        let why = "what is posted is held against the contracts, and these cannot be used; mend what is told above first";
        Err(Failure::Unusable(why.to_owned()))
    }

    /// A claim by our number.
    pub fn claim(&self, id: ClaimId) -> Result<Claim, Failure> {
        let none = || Failure::Unusable(format!("there is no claim {}", id.0));
        self.store.claim(id)?.ok_or_else(none)
    }

    /// A claim's segments with these edits.
    pub fn document(&self, claim: &Claim, edits: &[Edit]) -> Result<Document, Failure> {
        let file = self.archive.get(&claim.place.file)?;
        cut(&claim.place, &file, edits).map_err(|error| Failure::Unusable(error.to_string()))
    }

    /// A claim with all that was said and posted of it.
    pub fn known(&self, claim: Claim) -> Result<KnownClaim, Failure> {
        let document = self.document(&claim, &claim.edits)?;
        let unedited = match claim.edits.is_empty() {
            true => None,
            false => Some(self.document(&claim, &[])?),
        };
        Ok(known_claim(self.store.as_ref(), claim, (&document, unedited.as_ref()))?)
    }

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
    pub fn route_of(&self, document: &Document, is_test: bool) -> Result<String, Unrouted> {
        let payer = document
            .segments()
            .find(|segment| segment.tag_bytes() == b"NM1" && segment.text(1) == b"PR")
            .ok_or(Unrouted::NoPayer)?;
        let id = String::from_utf8_lossy(payer.text(9)).into_owned();
        match self.plan.route(&id) {
            None => Err(Unrouted::UnknownId(id)),
            Some(payer) if is_test && payer.production => {
                Err(Unrouted::Test { payer: payer.name.to_string() })
            }
            Some(payer) => Ok(payer.name.to_string()),
        }
    }
}

/// Why no payer takes a claim.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unrouted {
    #[error("the claim names no payer, so it can go to none; add NM1*PR with the payer's id")]
    NoPayer,
    #[error(
        "no payer in the settings takes payer id {0}, so the claim can go nowhere; correct NM109 of 2010BB, or add the payer id under config/payers"
    )]
    UnknownId(String),
    #[error(
        "the claim came as a test (ISA15 T), and payer {payer} takes production only; resolve the item; to bill the claim in earnest, its office sends it with ISA15 P"
    )]
    Test { payer: String },
}
