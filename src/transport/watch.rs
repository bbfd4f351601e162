//! A watched inbox: complete files are claimed by a rename, read, and handed over.
//!
//! The listing is the truth, looked through every few seconds. What the system announces only
//! makes us look sooner: network drives announce nothing, and bursts lose announcements.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecursiveMode, Watcher};
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

use crate::clock::{self, Timestamp, Zone};
use crate::settings::names::ChannelName;
use crate::settings::plan::{ReceivingDirectories, WatchPlan};
use crate::telemetry::{self, FileTaken};

use super::look::{Looks, Seen};
use super::settle::{Filing, InHand};
use super::{Arrival, Content, Error};

/// One inbox to watch.
#[derive(Clone, Debug)]
pub struct Watch {
    pub channel: ChannelName,
    pub directories: Arc<ReceivingDirectories>,
    pub plan: WatchPlan,
    pub file_bytes_max: u64,
    /// Done and error are sorted by its days.
    pub zone: Zone,
}

/// Watches until the token is cancelled.
///
/// What lies in work and is in nobody's hands is handed over first: after a stop or crash, and
/// when an arrival was dropped without having been settled.
pub async fn run(watch: Watch, arrivals: mpsc::Sender<Arrival>, token: CancellationToken) {
    let mut watcher = Watching {
        notices: Notices::default(),
        looks: Looks::default(),
        in_hand: InHand::default(),
        looked_back: Instant::now(),
        watch: Arc::new(watch),
        arrivals,
    };
    watcher.recall().await;
    // Between two looks at the earliest, or a burst of notices would keep us looking.
    let pause = watcher.watch.plan.stable.min(LOOK_PAUSE_MAX);
    let watched = async {
        loop {
            let wait = watcher.notices.attend(&watcher.watch);
            if watcher.resume().await.is_err() || watcher.look_back().await.is_err() {
                return;
            }
            let Ok(next_look) = watcher.turn().await else { return };
            tokio::time::sleep(pause).await;
            tokio::select! {
                () = tokio::time::sleep(next_look.saturating_sub(pause)) => {}
                () = wait.notified() => {}
            }
        }
    };
    tokio::select! {
        () = watched => {}
        () = token.cancelled() => {}
    }
}

/// Nobody takes arrivals any more.
struct Closed;

struct Watching {
    watch: Arc<Watch>,
    in_hand: InHand,
    looks: Looks,
    /// When what was filed away was looked at.
    looked_back: Instant,
    notices: Notices,
    arrivals: mpsc::Sender<Arrival>,
}

impl Watching {
    /// Hands over what a stop or crash left in work, and what was given up unsettled.
    async fn resume(&mut self) -> Result<(), Closed> {
        let watch = self.watch.clone();
        let mut names = self.on_disk(move || watch.left_in_work()).await.unwrap_or_default();
        names.retain(|name| !self.in_hand.holds(name));
        if !names.is_empty() {
            telemetry::files_resumed(&self.watch.channel, names.len());
        }
        for work_name in names {
            let watch = self.watch.clone();
            let in_hand = self.in_hand.clone();
            let arrival = self.on_disk(move || Ok(watch.read(work_name, &in_hand))).await;
            self.hand_over(arrival.flatten()).await?;
        }
        Ok(())
    }

    /// Remembers what an earlier run filed away, for it may grow, or have grown while nobody looked.
    async fn recall(&self) {
        let (watch, filed) = (self.watch.clone(), self.in_hand.filed.clone());
        let recalled = self.on_disk(move || {
            let now = clock::now();
            let yesterday = Timestamp::from_micros(now.micros() - DAY_MICROS);
            filed.recall(&watch.directories, &[yesterday.day(&watch.zone), now.day(&watch.zone)]);
            Ok(())
        });
        recalled.await.unwrap_or_default();
    }

    /// Takes what writers added to files that were filed away.
    async fn look_back(&mut self) -> Result<(), Closed> {
        if self.looked_back.elapsed() < self.watch.plan.scan_every {
            return Ok(());
        }
        self.looked_back = Instant::now();
        let (watch, filed) = (self.watch.clone(), self.in_hand.filed.clone());
        let grown = self.on_disk(move || {
            let name = |work_name: &str| {
                let (_, name) = parse_work_name(work_name);
                new_work_name(OsStr::new(name), clock::now())
            };
            filed.look(&watch.directories, &watch.plan, name)
        });
        let grown = grown.await.unwrap_or_default();
        if grown.given_up > 0 {
            telemetry::file_grows_on(&self.watch.channel, grown.given_up);
        }
        for rest in grown.taken {
            telemetry::file_grew(&self.watch.channel, rest.bytes, rest.is_alone);
            let (watch, in_hand) = (self.watch.clone(), self.in_hand.clone());
            let arrival = self.on_disk(move || Ok(watch.read(rest.work_name, &in_hand))).await;
            self.hand_over(arrival.flatten()).await?;
        }
        Ok(())
    }

    /// One look, and everything that is complete handed over. Says when to look again.
    async fn turn(&mut self) -> Result<Duration, Closed> {
        let (watch, mut looks) = (self.watch.clone(), std::mem::take(&mut self.looks));
        let looked = self.on_disk(move || {
            let seen = watch.look(&mut looks)?;
            Ok((looks, seen))
        });
        let Some((looks, seen)) = looked.await else { return Ok(self.watch.plan.scan_every) };
        self.looks = looks;
        if seen.odd {
            telemetry::not_a_file(&self.watch.channel, &self.watch.directories.inbox);
        }
        let mut told = false;
        for name in seen.ready {
            let (watch, in_hand) = (self.watch.clone(), self.in_hand.clone());
            let claimed = tokio::task::spawn_blocking(move || watch.claim(&name, &in_hand)).await;
            match claimed {
                Ok(Ok(arrival)) => self.hand_over(arrival).await?,
                // The same trouble mostly holds for all of them, so it is told once a look.
                Ok(Err(error)) if !told => {
                    telemetry::directory_trouble(&self.watch.channel, &error);
                    told = true;
                }
                Ok(Err(_)) => {}
                Err(failed) if failed.is_panic() => telemetry::panicked(&self.watch.channel),
                // Cancelled, because the program ends.
                Err(_) => {}
            }
        }
        let plan = &self.watch.plan;
        Ok(if seen.growing { plan.stable.min(plan.scan_every) } else { plan.scan_every })
    }

    async fn hand_over(&self, arrival: Option<Arrival>) -> Result<(), Closed> {
        let Some(arrival) = arrival else { return Ok(()) };
        let (taken, bytes) = match &arrival.content {
            Content::Whole(bytes) => (FileTaken::Whole, bytes.len() as u64),
            Content::TooLarge { bytes, .. } => (FileTaken::TooLarge, *bytes),
            Content::Unreadable { .. } => (FileTaken::Unreadable, 0),
        };
        self.arrivals.send(arrival).await.map_err(|_| Closed)?;
        telemetry::file_taken(&self.watch.channel, taken, bytes);
        Ok(())
    }

    /// Does work on the disk; trouble is told, and tried again by the next turn.
    async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Option<T> {
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(value)) => return Some(value),
            Ok(Err(error)) => telemetry::directory_trouble(&self.watch.channel, &error),
            Err(failed) if failed.is_panic() => telemetry::panicked(&self.watch.channel),
            // Cancelled, because the program ends.
            Err(_) => {}
        }
        None
    }
}

impl Watch {
    fn look(&self, looks: &mut Looks) -> Result<Seen, Error> {
        let ReceivingDirectories { inbox, work, .. } = &*self.directories;
        let failed = |doing, place: &Path| {
            let place = place.to_path_buf();
            move |source| Error::File { doing, place, source }
        };
        // Somebody may have removed them. What lies above is not made: when a drive is not
        // mounted, an inbox in its place would take files that nobody finds again.
        for directory in [inbox, work] {
            match fs::create_dir(directory) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(failed("make the directory", directory)(error));
                }
                Ok(()) | Err(_) => {}
            }
        }
        looks.look(inbox, &self.plan, Instant::now()).map_err(failed("look through", inbox))
    }

    /// Claims a file and reads it. `None` when it is gone: somebody else took it, or took it back.
    fn claim(&self, name: &OsStr, in_hand: &InHand) -> Result<Option<Arrival>, Error> {
        let ReceivingDirectories { inbox, work, .. } = &*self.directories;
        let work_name = new_work_name(name, clock::now());
        match fs::rename(inbox.join(name), work.join(&work_name)) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound && work.is_dir() => {
                return Ok(None);
            }
            Err(source) => {
                let (doing, place) = ("take a file out of", inbox.clone());
                return Err(Error::File { doing, place, source });
            }
        }
        let mut arrival = self.read(work_name, in_hand);
        if let Some(arrival) = &mut arrival {
            arrival.name = name.to_string_lossy().into_owned();
        }
        Ok(arrival)
    }

    /// Reads a file in work. `None` when it is gone.
    fn read(&self, work_name: String, in_hand: &InHand) -> Option<Arrival> {
        let path = self.directories.work.join(&work_name);
        let changed = fs::symlink_metadata(&path).and_then(|file| file.modified()).ok();
        let content = match read_bounded(&path, self.file_bytes_max) {
            Ok(content) => content,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => Content::Unreadable { why: error.to_string() },
        };
        let (received_at, name) = parse_work_name(&work_name);
        // From the name, so that it is the same when a crash makes us read the file again.
        let received_at = received_at.unwrap_or_else(clock::now);
        let name = name.to_owned();
        let day = received_at.day(&self.zone);
        Some(Arrival {
            channel: self.channel.clone(),
            name,
            content,
            received_at,
            filing: Some(Filing {
                directories: self.directories.clone(),
                file: in_hand.hold(work_name),
                day,
                changed,
            }),
            reply: None,
        })
    }

    /// The names of what is in work, the oldest first.
    fn left_in_work(&self) -> Result<Vec<String>, Error> {
        let work = &self.directories.work;
        let failed = |source| Error::File { doing: "look through", place: work.clone(), source };
        let entries = fs::read_dir(work).map_err(failed)?.flatten();
        let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
        let mut names: Vec<String> =
            files.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        // Whether the directory can be written is tried with such a file.
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        Ok(names)
    }
}

fn read_bounded(path: &Path, bytes_max: u64) -> io::Result<Content> {
    // Not through a link: it might lead to a file that its sender may not read.
    if !fs::symlink_metadata(path)?.is_file() {
        return Ok(Content::Unreadable { why: "it is no plain file".into() });
    }
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::new();
    if size > bytes_max {
        file.take(HEADER_BYTES).read_to_end(&mut bytes)?;
        return Ok(Content::TooLarge { bytes: size, start: Bytes::from(bytes) });
    }
    // It stood still, but nothing keeps its sender from adding to it.
    file.take(bytes_max).read_to_end(&mut bytes)?;
    Ok(Content::Whole(Bytes::from(bytes)))
}

/// A name for work that no other file has: the time, a running number, and what the file was
/// called, as far as that is fit for a name.
fn new_work_name(name: &OsStr, now: Timestamp) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed) & 0xFFFF;
    let fit = |letter: char| if letter.is_control() || letter == '/' { '_' } else { letter };
    let name: String = name.to_string_lossy().chars().map(fit).collect();
    // Names may be 255 bytes long, and ours is added to.
    let start = (0..name.len())
        .find(|&start| name.len() - start <= WORK_NAME_KEPT_BYTES && name.is_char_boundary(start));
    let (_, end) = name.split_at(start.unwrap_or(0));
    format!("{:016x}-{number:04x}__{end}", now.micros())
}

/// When a file in work was received, and what it was called.
fn parse_work_name(work_name: &str) -> (Option<Timestamp>, &str) {
    let Some((id, name)) = work_name.split_once("__") else { return (None, work_name) };
    let micros = id.split_once('-').and_then(|(time, _)| i64::from_str_radix(time, 16).ok());
    (micros.map(Timestamp::from_micros), name)
}

/// What the system announces.
#[derive(Default)]
struct Notices {
    wake: Arc<Notify>,
    /// The watch is gone: the inbox was removed, or the system gave up.
    lost: Arc<AtomicBool>,
    watcher: Option<notify::RecommendedWatcher>,
    told: bool,
}

impl Notices {
    /// Sees to it that changes are announced, if the system can. Gives what to wait for.
    fn attend(&mut self, watch: &Watch) -> Arc<Notify> {
        let lost = self.lost.swap(false, Ordering::AcqRel);
        if self.watcher.is_none() || lost {
            self.watcher = match self.watcher(&watch.directories.inbox) {
                Ok(watcher) => Some(watcher),
                Err(error) => {
                    if !self.told {
                        telemetry::no_notices(&watch.channel, &error);
                    }
                    self.told = true;
                    None
                }
            };
        }
        self.wake.clone()
    }

    fn watcher(&self, inbox: &Path) -> notify::Result<notify::RecommendedWatcher> {
        let (wake, lost) = (self.wake.clone(), self.lost.clone());
        let place = inbox.to_path_buf();
        let mut watcher = notify::recommended_watcher(move |event| {
            let event: notify::Event = match event {
                Ok(event) => event,
                Err(_) => {
                    lost.store(true, Ordering::Release);
                    wake.notify_one();
                    return;
                }
            };
            let of_inbox = event.paths.contains(&place);
            match event.kind {
                // Our own reading is no news; that somebody has finished writing is.
                EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
                EventKind::Access(_) => return,
                EventKind::Remove(_) if of_inbox => lost.store(true, Ordering::Release),
                _ => {}
            }
            wake.notify_one();
        })?;
        watcher.watch(inbox, RecursiveMode::NonRecursive)?;
        Ok(watcher)
    }
}

/// Some writers hold a file open over midnight.
const DAY_MICROS: i64 = 86_400_000_000;

/// Enough to read a header.
const HEADER_BYTES: u64 = 200;

/// How much of a name is kept in work; endings tell the most, so the end.
const WORK_NAME_KEPT_BYTES: usize = 160;

const LOOK_PAUSE_MAX: Duration = Duration::from_millis(200);

#[cfg(test)]
mod tests;
