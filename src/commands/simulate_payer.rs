//! `claimgate simulate-payer`: a payer at the other end of two directories, for tests and shows.

mod kept;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use clap::Args;
use x12::value::Day;

use super::serve::stop_signal;
use super::{Failure, Outcome, parse_day};
use crate::clock::{self, Zone};
use crate::simulated_payer::script::Script;
use crate::simulated_payer::script::deposits::Bank;
use crate::simulated_payer::{self, Answer, State, When};
use crate::transport::drop::drop_file;

use kept::{Kept, Plans, VERSION};

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:\n  \
    claimgate simulate-payer --in data/payers/acme/outbox --out data/payers/acme/inbox\n  \
    claimgate simulate-payer --script payer.toml --state payer.json --cycles 3 --in to --out from\n  \
    claimgate simulate-payer --in data/payers/acme/outbox --out data/payers/acme/inbox --bank data/bank/inbox")]
pub struct SimulatePayerArguments {
    /// What the payer does, as docs/simulator.md describes it; without it as in the demonstration.
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// The directory that it takes 837s from; what was answered is removed.
    #[arg(long = "in", value_name = "DIR")]
    inbox: PathBuf,
    /// The directory that it drops its answers into.
    #[arg(long = "out", value_name = "DIR")]
    outbox: PathBuf,
    /// The directory that the bank drops its files of the payer's transfers into; without it there is
    /// no bank. A payer without a script pays by ACH then.
    #[arg(long, value_name = "DIR")]
    bank: Option<PathBuf>,
    /// Where it keeps what it paid, its control numbers and what it is owed, over restarts.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// In place of the script's seed.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The day that it writes; today without it. Times of day are 0000 then.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    today: Option<Day>,
    /// So many looks, each with a cycle of remittances, and it ends; without it until Ctrl-C.
    #[arg(long, value_name = "N")]
    cycles: Option<u32>,
    /// How long it waits between two looks.
    #[arg(long, value_name = "MS", default_value = "1000")]
    every_ms: u64,
}

/// Plays the payer.
pub fn run(arguments: &SimulatePayerArguments, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let script = script(arguments)?;
    let mut counter = Counter::open(script, &Places::of(arguments))?;
    let mut tell = |names: &[String]| -> Result<(), Failure> {
        for name in names {
            writeln!(out, "{name}")?;
        }
        Ok(out.flush()?)
    };
    let pause = Duration::from_millis(arguments.every_ms);
    if let Some(cycles) = arguments.cycles {
        for look in 0..cycles {
            if look > 0 {
                std::thread::sleep(pause);
            }
            tell(&counter.look(&now(arguments.today))?)?;
        }
        return Ok(Outcome::Clean);
    }
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::World(format!("starting the runtime failed: {error}")))?;
    runtime.block_on(async {
        let stop = stop_signal();
        tokio::pin!(stop);
        loop {
            tell(&counter.look(&now(arguments.today))?)?;
            if tokio::time::timeout(pause, &mut stop).await.is_ok() {
                return Ok(Outcome::Clean);
            }
        }
    })
}

/// What is written as day and time.
pub(super) fn now(today: Option<Day>) -> When {
    let now = clock::now();
    match today {
        Some(today) => When { today, time: "0000".to_owned() },
        None => When { today: now.day(&Zone::UTC), time: now.hhmm(&Zone::UTC) },
    }
}

fn script(arguments: &SimulatePayerArguments) -> Result<Script, Failure> {
    let mut script = match &arguments.script {
        Some(path) => read_script(path)?,
        None => plain(arguments.bank.is_some()),
    };
    script.seed = arguments.seed.unwrap_or(script.seed);
    if arguments.bank.is_none() {
        script.bank = None;
    } else if script.payer.pays_by != "ACH" {
        let what =
            "--bank shows transfers alone, and the script pays by check; say pays_by = \"ACH\"";
        return Err(Failure::Unusable(what.to_owned()));
    } else if script.bank.is_none() {
        script.bank = Some(Bank::default());
    }
    Ok(script)
}

/// The payer of the demonstration; with a bank it pays by ACH.
pub(super) fn plain(has_bank: bool) -> Script {
    let mut script = Script::plain("ACME HEALTH", "ACMEHEALTH");
    if has_bank {
        script.payer.pays_by = "ACH".to_owned();
        script.bank = Some(Bank::default());
    }
    script
}

fn read_script(path: &Path) -> Result<Script, Failure> {
    let shown = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::Unusable(format!("{shown} cannot be read: {error}")))?;
    Script::read(&text).map_err(|problems| {
        let lines = problems.iter().map(|problem| format!("{shown}: {problem}"));
        Failure::Unusable(lines.collect::<Vec<_>>().join("\n"))
    })
}

/// Where the payer and its bank take and drop files.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub inbox: PathBuf,
    pub outbox: PathBuf,
    pub bank: Option<PathBuf>,
    /// Where it keeps what it remembers.
    pub keep: Option<PathBuf>,
}

impl Places {
    fn of(arguments: &SimulatePayerArguments) -> Places {
        let SimulatePayerArguments { inbox, outbox, bank, state, .. } = arguments.clone();
        Places { inbox, outbox, bank, keep: state }
    }
}

/// A payer between two directories.
pub(super) struct Counter {
    script: Script,
    state: State,
    places: Places,
}

impl Counter {
    /// Takes up where it left off, if it keeps where that was.
    pub fn open(script: Script, places: &Places) -> Result<Counter, Failure> {
        let mut counter = Counter { script, state: State::default(), places: places.clone() };
        if let Some(kept) = places.keep.as_deref().map(read_kept).transpose()?.flatten() {
            let unusable = || Failure::Unusable("the payer's state holds a wrong value".to_owned());
            counter.state = kept.state().ok_or_else(unusable)?;
            counter.settle(&kept.plans())?;
        }
        let lost = counter
            .state
            .claims
            .iter()
            .find(|held| counter.script.outcome(&held.outcome).is_none());
        match lost {
            Some(held) => Err(Failure::Unusable(format!(
                "the payer's state speaks of the outcome {:?}, which the script does not have; \
                 give it back, or begin with a new state",
                held.outcome
            ))),
            None => Ok(counter),
        }
    }

    /// Answers what came, and pays what is due; gives the names of what was dropped. What it decides
    /// is kept before it is told.
    pub fn look(&mut self, when: &When) -> Result<Vec<String>, Failure> {
        let files = files(&self.places.inbox);
        if files.is_empty() && !self.state.waits(&self.script) {
            return Ok(Vec::new());
        }
        let (mut answers, mut taken) = (Vec::new(), Vec::new());
        for file in &files {
            let bytes = fs::read(file).map(Bytes::from).map_err(|error| world(file, &error))?;
            answers.extend(simulated_payer::take(&self.script, &mut self.state, &bytes, when));
            taken.extend(file.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
        answers.extend(simulated_payer::remit(&self.script, &mut self.state, when));
        let shown = simulated_payer::statement(&self.script, &mut self.state, when);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let answer = |answer: &Answer| (answer.file_name(), text(&answer.bytes));
        let plans = Plans {
            unsent: answers.iter().map(answer).collect(),
            unshown: shown.iter().map(|file| (file.file_name(), text(&file.bytes))).collect(),
            taken,
        };
        self.settle(&plans)?;
        let Plans { unsent, unshown, .. } = plans;
        Ok(unsent.into_iter().chain(unshown).map(|(name, _)| name).collect())
    }

    /// Keeps what is about to happen, and lets it happen: however often, it happens once.
    fn settle(&self, plans: &Plans) -> Result<(), Failure> {
        self.save(plans.clone())?;
        let Places { inbox, outbox, bank, .. } = &self.places;
        for (name, text) in &plans.unsent {
            drop_into(outbox, name, text)?;
        }
        for (name, text) in &plans.unshown {
            let what = "the bank's last file may not have been dropped yet; say where with --bank";
            let bank = bank.as_ref().ok_or_else(|| Failure::Unusable(what.to_owned()))?;
            drop_into(bank, name, text)?;
        }
        for name in &plans.taken {
            let path = inbox.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(world(&path, &error));
                }
                Ok(()) | Err(_) => {}
            }
        }
        self.save(Plans::default())
    }

    fn save(&self, plans: Plans) -> Result<(), Failure> {
        let Some(path) = &self.places.keep else { return Ok(()) };
        let kept = Kept::new(&self.state, plans);
        let text = serde_json::to_vec(&kept).map_err(|error| Failure::World(error.to_string()))?;
        let draft = path.with_extension("tmp");
        fs::write(&draft, text)
            .and_then(|()| fs::rename(&draft, path))
            .map_err(|error| world(path, &error))
    }
}

fn drop_into(directory: &Path, name: &str, text: &str) -> Result<(), Failure> {
    drop_file(directory, name, text.as_bytes())
        .map(drop)
        .map_err(|error| Failure::World(error.to_string()))
}

fn read_kept(path: &Path) -> Result<Option<Kept>, Failure> {
    let shown = path.display();
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(world(path, &error)),
    };
    // What is wrong is said by its place alone: the file names patients.
    let kept: Kept = serde_json::from_slice(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Failure::Unusable(format!(
            "{shown} is no state of this payer: line {line}, column {column} cannot be read"
        ))
    })?;
    if kept.version != VERSION {
        let what = format!("{shown} is of another version; begin with a new state");
        return Err(Failure::Unusable(what));
    }
    Ok(Some(kept))
}

fn world(path: &Path, error: &io::Error) -> Failure {
    Failure::World(format!("{}: {error}", path.display()))
}

/// The finished files of a directory, in order.
pub(super) fn files(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && path.extension().is_some_and(|kind| kind != "tmp"))
        .collect();
    files.sort();
    files
}
