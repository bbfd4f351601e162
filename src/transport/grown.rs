//! What a writer adds to a file after it was taken. A file that was filed away is looked at for some
//! minutes more, and what came afterwards is taken as a file of its own.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use x12::cutting::is_blank;
use x12::value::Day;

use crate::limits;
use crate::settings::plan::{ReceivingDirectories, WatchPlan};

use super::Error;
use super::drop::{replace_file, sync};
use super::look::{Look, ends_whole};
use super::settle::day_directory;

/// The files of a channel that were filed away not long ago, the oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Filed(Arc<Mutex<VecDeque<FiledFile>>>);

/// A file in done or error, and what was read of it.
#[derive(Clone, Debug)]
pub(super) struct FiledFile {
    path: PathBuf,
    /// What it was called in work.
    work_name: String,
    read: AsRead,
    look: Look,
    /// How often what came afterwards was taken.
    taken: u32,
}

/// A file when it was read.
#[derive(Clone, Debug)]
pub(super) struct AsRead {
    pub bytes: u64,
    /// The SHA-256 of its bytes; empty where nobody noted it.
    pub sha256: String,
    pub changed: Option<SystemTime>,
}

/// What has to be done about files that were filed away.
#[derive(Debug, Default)]
pub(super) struct Grown {
    /// What came afterwards, as files in work.
    pub taken: Vec<Rest>,
    /// Files that grow too often to be followed any more.
    pub given_up: usize,
}

/// What came after a file was taken.
#[derive(Debug)]
pub(super) struct Rest {
    pub work_name: String,
    pub bytes: u64,
    /// It begins anew; else the whole file is taken once more.
    pub is_alone: bool,
}

impl Filed {
    /// Looks at a file that was filed away for some minutes more.
    pub(super) fn add(&self, path: PathBuf, work_name: String, read: AsRead) {
        let look = Look { size: read.bytes, changed: read.changed, since: Instant::now() };
        let mut files = self.files();
        if files.len() >= limits::FILED_FILES_WATCHED_MAX {
            files.pop_front();
        }
        files.push_back(FiledFile { path, work_name, read, look, taken: 0 });
    }

    /// Looks again at what an earlier run filed away on these days, where it may have grown since.
    pub(super) fn recall(&self, directories: &ReceivingDirectories, days: &[Day]) {
        let places = [&directories.done, &directories.error];
        for (root, day) in
            places.into_iter().flat_map(|root| days.iter().map(move |day| (root, day)))
        {
            let day = day_directory(root, *day);
            let Ok(entries) = fs::read_dir(&day) else { continue };
            for entry in entries.take(limits::FILES_PER_LOOK_MAX).flatten() {
                let Some(work_name) = entry.file_name().to_str().map(str::to_owned) else {
                    continue;
                };
                let Some(work_name) = work_name.strip_suffix(NOTE) else { continue };
                let Some(read) = noted(&entry.path()) else { continue };
                let path = day.join(work_name);
                let Ok(data) = fs::symlink_metadata(&path) else { continue };
                let is_fresh = data
                    .modified()
                    .is_ok_and(|changed| changed.elapsed().is_ok_and(|age| age < WATCHED));
                if data.len() != read.bytes || is_fresh {
                    self.add(path, work_name.to_owned(), read);
                }
            }
        }
    }

    /// Looks at each, and puts what came afterwards and stands still into work, under a name that
    /// `name` makes of the one that its file had.
    pub(super) fn look(
        &self,
        directories: &ReceivingDirectories,
        plan: &WatchPlan,
        name: impl Fn(&str) -> String,
    ) -> Result<Grown, Error> {
        let mut grown = Grown::default();
        let files = std::mem::take(&mut *self.files());
        let mut kept = VecDeque::new();
        let mut failure = None;
        for mut file in files {
            match file.look(directories, plan, &name, &mut grown) {
                Ok(true) => kept.push_back(file),
                Ok(false) => {}
                Err(error) => {
                    failure = Some(error);
                    kept.push_back(file);
                }
            }
        }
        // What was filed away meanwhile is younger.
        kept.extend(self.files().drain(..));
        *self.files() = kept;
        // What could be taken is handed over; the trouble comes again with the next look.
        match failure {
            Some(error) if grown.taken.is_empty() && grown.given_up == 0 => Err(error),
            Some(_) | None => Ok(grown),
        }
    }

    fn files(&self) -> MutexGuard<'_, VecDeque<FiledFile>> {
        // A list is whole between any two of its operations.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FiledFile {
    /// Looks at it once more. Says whether to go on with that.
    fn look(
        &mut self,
        directories: &ReceivingDirectories,
        plan: &WatchPlan,
        name: impl Fn(&str) -> String,
        grown: &mut Grown,
    ) -> Result<bool, Error> {
        // The operator may have cleared it away.
        let Ok(data) = fs::symlink_metadata(&self.path) else { return Ok(false) };
        if !data.is_file() {
            return Ok(false);
        }
        let now = Instant::now();
        let look = Look { size: data.len(), changed: data.modified().ok(), since: now };
        if !self.look.same_as(&look) {
            self.look = look;
        }
        let still = now.saturating_duration_since(self.look.since);
        if self.look.size == self.read.bytes && self.look.changed == self.read.changed {
            return Ok(still < WATCHED);
        }
        if still < plan.stable || still < plan.torn_timeout && !ends_whole(&self.path) {
            return Ok(true);
        }
        if self.taken >= TAKEN_MAX {
            grown.given_up += 1;
            return Ok(false);
        }
        if let Some(rest) = self.take(directories, name)? {
            self.taken += 1;
            grown.taken.push(rest);
        }
        Ok(true)
    }

    /// Puts what came afterwards into work; `None` where nothing did.
    fn take(
        &mut self,
        directories: &ReceivingDirectories,
        name: impl Fn(&str) -> String,
    ) -> Result<Option<Rest>, Error> {
        let day = self.path.parent().unwrap_or(&directories.done).to_path_buf();
        let failed =
            |source| Error::File { doing: "read a file again in", place: day.clone(), source };
        let size = self.look.size;
        let start = self.unread().map_err(failed)?;
        let mut as_read = AsRead { bytes: size, sha256: String::new(), changed: self.look.changed };
        let Some(start) = start else {
            as_read.sha256 = digest_of_all(&self.path, size).map_err(failed)?;
            self.read = as_read;
            return Ok(None);
        };
        let work_name = name(&self.work_name);
        let draft = day.join(format!(".{work_name}.tmp"));
        let copied = copy(&self.path, start, size, &draft);
        let copied = copied.and_then(|()| fs::rename(&draft, directories.work.join(&work_name)));
        if let Err(source) = copied {
            // A draft that filled the disk would keep it full. If it cannot be removed, so be it.
            fs::remove_file(&draft).ok();
            return Err(failed(source));
        }
        sync(&directories.work)?;
        as_read.sha256 = digest_of_all(&self.path, size).map_err(failed)?;
        // After a crash before this it is taken again: the same bytes by the same channel.
        self.note(&day, &as_read, &work_name)?;
        self.read = as_read;
        Ok(Some(Rest { work_name, bytes: size - start, is_alone: start > 0 }))
    }

    /// From where on nothing of the file was read; `None` when all was, but for blanks.
    fn unread(&self) -> io::Result<Option<u64>> {
        let mut file = File::open(&self.path)?;
        if self.look.size < self.read.bytes
            || digest(&mut file, self.read.bytes)? != self.read.sha256
        {
            return Ok(Some(0));
        }
        let mut start = [0; START_BYTES];
        let mut at = self.read.bytes;
        loop {
            let left = self.look.size.saturating_sub(at).min(START_BYTES as u64) as usize;
            if left == 0 {
                return Ok(None);
            }
            file.seek(SeekFrom::Start(at))?;
            file.read_exact(&mut start[..left])?;
            match start[..left].iter().position(|byte| !is_blank(*byte)) {
                None => at += left as u64,
                Some(0) if start[..left].starts_with(b"ISA") => return Ok(Some(at)),
                Some(0) => return Ok(Some(0)),
                Some(blanks) => at += blanks as u64,
            }
        }
    }

    /// Says beside the file what became of it.
    fn note(&self, day: &Path, read: &AsRead, work_name: &str) -> Result<(), Error> {
        let note_name = format!("{}{NOTE}", self.work_name);
        let note = fs::read(day.join(&note_name)).ok();
        let note = note.and_then(|note| serde_json::from_slice::<Json>(&note).ok());
        let Some(mut note) = note.filter(Json::is_object) else { return Ok(()) };
        note["grown"] = json!({
            "bytes": read.bytes,
            "sha256": read.sha256,
            "taken_as": work_name,
        });
        replace_file(day, &note_name, format!("{note:#}\n").as_bytes())
    }
}

/// What a note says of the bytes that were read.
fn noted(note: &Path) -> Option<AsRead> {
    let note: Json = serde_json::from_slice(&fs::read(note).ok()?).ok()?;
    let last = note.get("grown").filter(|grown| grown.is_object()).unwrap_or(&note);
    let (bytes, sha256) = (last.get("bytes")?.as_u64()?, last.get("sha256")?.as_str()?);
    Some(AsRead { bytes, sha256: sha256.to_owned(), changed: None })
}

fn digest_of_all(path: &Path, bytes: u64) -> io::Result<String> {
    digest(&mut File::open(path)?, bytes)
}

/// The SHA-256 of so many bytes of a file.
fn digest(file: &mut File, bytes: u64) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let (mut file, mut part) = (file.take(bytes), vec![0; PART_BYTES]);
    loop {
        match file.read(&mut part)? {
            0 => break,
            read => hasher.update(&part[..read]),
        }
    }
    let mut digits = String::with_capacity(64);
    for byte in hasher.finalize() {
        write!(digits, "{byte:02x}").expect("writing to a String does not fail");
    }
    Ok(digits)
}

fn copy(from: &Path, start: u64, end: u64, to: &Path) -> io::Result<()> {
    let mut from = File::open(from)?;
    from.seek(SeekFrom::Start(start))?;
    let mut to = File::create(to)?;
    io::copy(&mut from.take(end - start), &mut to)?;
    to.flush()?;
    to.sync_all()
}

/// What the name of a note adds to that of its file.
pub(super) const NOTE: &str = ".meta.json";

/// How long a file is looked at after it last changed. Who writes on after a longer pause than this
/// is told by nobody.
const WATCHED: Duration = Duration::from_secs(limits::FILED_WATCHED_SECONDS);

/// How often something is taken of one file. A writer that never ends would fill the archive.
const TAKEN_MAX: u32 = 100;

/// How much of a file is in memory while its digest is made.
const PART_BYTES: usize = 65_536;

/// How much is looked at at once for the beginning of an interchange.
const START_BYTES: usize = 512;
