//! What becomes of a file when it has been handled: done or error, by the day, with a note beside.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use serde_json::Value as Json;
use x12::value::Day;

use crate::settings::names::ChannelName;
use crate::settings::plan::ReceivingDirectories;
use crate::telemetry;

use super::drop::{replace_file, sync};
use super::grown::{AsRead, Filed, NOTE};
use super::{Arrival, Content, Error, blocking};

/// Where a file ends up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was handled and answered, if only with a rejection.
    Done,
    /// It could not be handled; a person must look.
    Error,
}

impl Outcome {
    /// The name of its directory.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Error => "error",
        }
    }
}

/// The files in work that somebody is handling, and those that were filed away a moment ago.
#[derive(Clone, Debug, Default)]
pub(super) struct InHand {
    names: Arc<Mutex<HashSet<String>>>,
    pub filed: Filed,
}

/// A file that is in hand until this is dropped.
#[derive(Debug)]
pub(super) struct Held {
    all: InHand,
    /// Its name in `.work`: unique for ever, so that nothing is overwritten.
    work_name: String,
}

/// Where a file lies in `.work`, and where it goes from there.
#[derive(Clone, Debug)]
pub(super) struct Filing {
    pub directories: Arc<ReceivingDirectories>,
    pub file: Arc<Held>,
    pub day: Day,
    /// When it was last written to before it was read.
    pub changed: Option<SystemTime>,
}

impl InHand {
    pub(super) fn holds(&self, work_name: &str) -> bool {
        self.names().contains(work_name)
    }

    pub(super) fn hold(&self, work_name: String) -> Arc<Held> {
        self.names().insert(work_name.clone());
        Arc::new(Held { all: self.clone(), work_name })
    }

    fn names(&self) -> MutexGuard<'_, HashSet<String>> {
        // A set of names is whole between any two of its operations.
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.names().remove(&self.work_name);
    }
}

/// Moves the file of an arrival to `done/YYYY/MM/DD/` or `error/YYYY/MM/DD/` and writes `meta`
/// beside it. To be called after the commit; may be called again. Does nothing for what came over
/// a socket. A file whose arrival is dropped without this comes again with the next look.
pub async fn settle(arrival: &Arrival, outcome: Outcome, meta: &Json) -> Result<(), Error> {
    let Some(filing) = arrival.filing.clone() else { return Ok(()) };
    let mut meta = meta.clone();
    let mut read = None;
    // Of what was read in part, or not at all, a person was told already.
    if let (Content::Whole(bytes), Some(note)) = (&arrival.content, meta.as_object_mut()) {
        note.insert("bytes".to_owned(), bytes.len().into());
        let sha256 = note.get("sha256").and_then(Json::as_str).unwrap_or_default().to_owned();
        read = Some(AsRead { bytes: bytes.len() as u64, sha256, changed: filing.changed });
    }
    let note = format!("{meta:#}\n");
    let channel = arrival.channel.clone();
    blocking(move || file_away(&channel, &filing, outcome, note.as_bytes(), read)).await
}

fn file_away(
    channel: &ChannelName,
    filing: &Filing,
    outcome: Outcome,
    note: &[u8],
    read: Option<AsRead>,
) -> Result<(), Error> {
    let ReceivingDirectories { work, done, error, .. } = &*filing.directories;
    let root = match outcome {
        Outcome::Done => done,
        Outcome::Error => error,
    };
    let day = day_directory(root, filing.day);
    // The note first: once the file is gone from work, nobody would come back for the note.
    let note_name = format!("{}{NOTE}", filing.file.work_name);
    replace_file(&day, &note_name, note).map_err(|error| without_name(error, &day))?;
    let path = day.join(&filing.file.work_name);
    match fs::rename(work.join(&filing.file.work_name), &path) {
        Ok(()) => {
            telemetry::file_settled(channel, outcome.name());
            if let Some(read) = read {
                filing.file.all.filed.add(path, filing.file.work_name.clone(), read);
            }
        }
        // Settled before.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => {
            return Err(Error::File { doing: "move a file to", place: day, source });
        }
    }
    sync(&day)
}

pub(super) fn day_directory(root: &Path, day: Day) -> PathBuf {
    root.join(format!("{:04}", day.year()))
        .join(format!("{:02}", day.month()))
        .join(format!("{:02}", day.day()))
}

/// An office's own file name does not belong in messages.
fn without_name(error: Error, directory: &Path) -> Error {
    match error {
        Error::File { doing: "write", source, .. } => {
            Error::File { doing: "write a note into", place: directory.into(), source }
        }
        other => other,
    }
}
