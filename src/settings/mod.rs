//! Files in config/ become `Settings`, as written; settings become a `Plan`, checked.
//!
//! Every problem is listed at once, with its file and key and what to do about it. A key that we
//! do not know is a problem, because a misspelt setting is a setting that does nothing.

pub mod contracts;
pub mod denials;
pub mod names;
pub mod plan;
pub mod profile;
pub mod written;

mod check;
mod layers;
mod overlaps;
mod source;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::layers::{Layer, Origins};
use self::plan::Plan;
use self::written::{PartnerSettings, PayerSettings, Settings};
use crate::limits::PROBLEMS_MAX;

/// Where the settings are looked for when the operator names no file.
pub const DEFAULT_FILE: &str = "config/claimgate.toml";

/// Environment variables that overrule keys of the main file: `CLAIMGATE_WEB__ADDRESS`.
pub const ENVIRONMENT_PREFIX: &str = "CLAIMGATE";

/// One thing that is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, or where else the value came from.
    pub file: String,
    /// The key, with its sections: `web.address`. Empty when the whole file is meant.
    pub key: String,
    /// What is wrong, why it matters, what to do.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key.is_empty() {
            return write!(f, "{}: {}", self.file, self.what);
        }
        write!(f, "{}: {}: {}", self.file, self.key, self.what)
    }
}

impl Settings {
    /// Reads the settings and checks them.
    ///
    /// `path` is the main file; `partners/*.toml`, `payers/*.toml`, `contracts/*.toml` and
    /// `denials.toml` are looked for beside it.
    /// Without a path the defaults hold: one office, no payers. Either way the environment has
    /// the last word over the main file's keys. Relative directories are under `data_dir`.
    pub fn load(path: Option<&Path>, data_dir: &Path) -> Result<Plan, Vec<Problem>> {
        load_with(path, data_dir, None)
    }

    /// The same where nothing but contracts may be wrong: a plan that says so, and what is wrong with them.
    pub fn load_without_contracts(
        path: Option<&Path>,
        data_dir: &Path,
    ) -> Result<(Plan, Vec<Problem>), Vec<Problem>> {
        load_apart(path, data_dir, None)
    }
}

/// A file of settings, as written, and where its values came from.
#[derive(Debug)]
struct Written<T> {
    settings: T,
    origins: Origins,
    /// The file's name without its ending; a partner or payer is called so unless it says.
    stem: String,
    /// It could be read at all.
    is_whole: bool,
}

/// All that was written.
#[derive(Debug)]
struct AllWritten {
    main: Written<Settings>,
    partners: Vec<Written<PartnerSettings>>,
    payers: Vec<Written<PayerSettings>>,
    data_dir: PathBuf,
}

/// `environment` takes the place of the process's own variables in tests.
fn load_with(
    path: Option<&Path>,
    data_dir: &Path,
    environment: Option<HashMap<String, String>>,
) -> Result<Plan, Vec<Problem>> {
    let (plan, problems) = load_apart(path, data_dir, environment)?;
    if problems.is_empty() { Ok(plan) } else { Err(problems) }
}

/// The plan, and what is wrong with its contracts where nothing else is.
fn load_apart(
    path: Option<&Path>,
    data_dir: &Path,
    environment: Option<HashMap<String, String>>,
) -> Result<(Plan, Vec<Problem>), Vec<Problem>> {
    let (mut problems, mut of_contracts) = (Vec::new(), Vec::new());
    let config_dir = path.and_then(Path::parent).unwrap_or(Path::new(""));
    let mut sources: Vec<Layer> = path.map(|path| Layer::File(path.into())).into_iter().collect();
    sources.push(Layer::Environment(environment));
    let main = layers::read(&sources, &[], &mut problems);
    let (partners, payers) = match path {
        Some(_) => (
            read_all(&config_dir.join("partners"), &[], &mut problems),
            read_all(&config_dir.join("payers"), profile::KEYS, &mut problems),
        ),
        None => (Vec::new(), Vec::new()),
    };
    let all = AllWritten { main, partners, payers, data_dir: data_dir.into() };
    let mut plan = check::check(&all, &mut problems);
    if path.is_some() {
        let folder = config_dir.join("contracts");
        plan.contracts = Arc::new(contracts::read_all(&folder, &plan.payers, &mut of_contracts));
        plan.are_contracts_whole = of_contracts.is_empty();
        let file = config_dir.join(denials::FILE);
        plan.denials = Arc::new(denials::read(&file, &plan.payers, &mut problems));
    }
    if problems.is_empty() {
        return Ok((plan, of_contracts));
    }
    problems.extend(of_contracts);
    Err(problems)
}

/// Reads every `.toml` in a directory, in the order of their names. No directory, no files.
fn read_all<T>(directory: &Path, elsewhere: &[&str], problems: &mut Vec<Problem>) -> Vec<Written<T>>
where
    T: Default + serde::Serialize + serde::de::DeserializeOwned,
{
    let paths = files_in(directory, problems);
    let read = |path| layers::read(&[Layer::File(path)], elsewhere, problems);
    let all = paths.into_iter().map(read);
    // What could not be read has been told; that it says nothing leads to nothing more.
    all.filter(|written| written.is_whole).collect()
}

/// Every `.toml` in a directory, in the order of their names. No directory, no files.
fn files_in(directory: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let entries = match std::fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            problems.push(Problem {
                file: directory.display().to_string(),
                key: String::new(),
                what: format!("the directory cannot be read: {error}; let the gateway read it"),
            });
            return Vec::new();
        }
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths
}

/// Adds a problem to the others, unless too many of its file were told. It is put into words only if
/// it is told: to show its line takes as long as the file is, and a file may have a fault in every line.
fn tell(problems: &mut Vec<Problem>, file: &str, key: &str, what: impl FnOnce() -> String) {
    let told = problems.iter().filter(|known| known.file == file).count();
    let (key, what) = match told.cmp(&PROBLEMS_MAX) {
        Ordering::Less => (key, what()),
        Ordering::Equal => {
            ("", format!("more is wrong than these {PROBLEMS_MAX}; correct them first"))
        }
        Ordering::Greater => return,
    };
    problems.push(Problem { file: file.to_owned(), key: cut(key), what: cut(&what) });
}

/// What is said, with its values cut: they may be as long as the file.
fn cut(text: &str) -> String {
    let first = |text: &str, signs: usize| text.chars().take(signs).collect::<String>();
    let word = |word: &str| match word.chars().count() {
        0..=WORD_SIGNS_MAX => word.to_owned(),
        _ => format!("{}…", first(word, CUT_SIGNS)),
    };
    let line = |line: &str| {
        let line = line.split(' ').map(word).collect::<Vec<_>>().join(" ");
        match line.chars().count() {
            0..=LINE_SIGNS_MAX => line,
            // What stands at its end says what is taken in place of the value.
            count => {
                let last: String = line.chars().skip(count - 2 * CUT_SIGNS).collect();
                format!("{} … {last}", first(&line, 2 * CUT_SIGNS))
            }
        }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Longer than what is shown of a line, and the mark below it.
const WORD_SIGNS_MAX: usize = 120;
/// The names of all keys of a rule take less.
const LINE_SIGNS_MAX: usize = 2_000;
/// So much of a value tells it from others.
const CUT_SIGNS: usize = 80;

#[cfg(test)]
mod tests;
