//! Bytes in and out: watched directories and sockets. This room carries and does not know what a
//! claim is.
//!
//! What comes in is an `Arrival` on one bounded queue. It stays where it is, in `.work` or at the
//! sender, until the gateway has committed what it decided; then the gateway answers and settles.

pub mod watch;

pub mod drop;
pub mod framing;
pub mod settle;
pub mod tcp;

mod grown;
mod line;
pub mod look;

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Timestamp;
use crate::limits;
use crate::settings::names::ChannelName;
use crate::settings::plan::{
    Channel, OfficeDirectories, PayerDirectories, Plan, ReceivingDirectories, WatchPlan,
};

use self::settle::Filing;
use self::tcp::{Dialling, Listening, Outgoing};
use self::watch::Watch;

/// Something came in.
pub struct Arrival {
    pub channel: ChannelName,
    /// What its sender called it; empty for what came over a socket. It may name a patient, so it
    /// is for the store and for its owner, not for messages.
    pub name: String,
    pub content: Content,
    pub received_at: Timestamp,
    /// Where it lies in `.work`, and where it goes from there.
    filing: Option<Filing>,
    /// Who waits for the answer.
    reply: Option<oneshot::Sender<Vec<Bytes>>>,
}

/// What came in.
#[derive(Clone)]
pub enum Content {
    /// A whole file, or one interchange of a socket. It may be torn, or no X12 at all.
    Whole(Bytes),
    /// More than we take. The start is enough to read the header of the first interchange.
    TooLarge { bytes: u64, start: Bytes },
    /// A file that the system does not let us read, and why.
    Unreadable { why: String },
}

/// Where something goes that is sent over a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Folder {
    /// To an office: TA1, 999, 277CA.
    Acks,
    /// To an office: 835.
    Remits,
    /// To an office: for people to read.
    Reports,
    /// To a payer.
    Outbox,
}

/// What goes wrong with the world outside.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("could not {doing} {}: {source}; {}", .place.display(), advice(.source))]
    File { doing: &'static str, place: PathBuf, source: io::Error },
    #[error("{} holds other bytes already and is not overwritten; see who wrote it, then move it \
        away", .0.display())]
    Occupied(PathBuf),
    #[error("could not listen on {address}: {source}; {}", advice(.source))]
    Listen { address: SocketAddr, source: io::Error },
    #[error("{channel} is not connected: {why}; nothing was lost, it is tried again")]
    NotConnected { channel: ChannelName, why: String },
    #[error("the gateway stops; what was not sent is sent after the next start")]
    Stopping,
    #[error("{channel} has no {}; this is our mistake, report it", .folder.name())]
    NoSuchFolder { channel: ChannelName, folder: Folder },
}

/// The channels, at work.
#[derive(Debug)]
pub struct Transport {
    ways_out: HashMap<ChannelName, WayOut>,
    /// Directories that must be there and writable.
    directories: Vec<PathBuf>,
    listening: Vec<(ChannelName, SocketAddr)>,
    tasks: TaskTracker,
}

#[derive(Debug)]
enum WayOut {
    Office(OfficeDirectories),
    Payer(PayerDirectories),
    Connection(mpsc::Sender<Outgoing>),
}

/// A queue for arrivals of the length that the gateway is meant to have.
pub fn arrivals() -> (mpsc::Sender<Arrival>, mpsc::Receiver<Arrival>) {
    mpsc::channel(limits::ARRIVALS_WAITING_MAX)
}

/// Makes the directories, opens the sockets and starts to take things in. Every channel that
/// cannot be started is listed, and then none is.
///
/// When `token` is cancelled, nothing more is taken in; connections still write the answers to
/// what they handed over. `Transport::stopped` waits for that.
pub async fn start(
    plan: &Plan,
    arrivals: mpsc::Sender<Arrival>,
    token: &CancellationToken,
) -> Result<Transport, Vec<Error>> {
    let mut starting = Starting { errors: Vec::new(), watches: Vec::new(), listeners: Vec::new() };
    let mut transport = Transport {
        ways_out: HashMap::new(),
        directories: Vec::new(),
        listening: Vec::new(),
        tasks: TaskTracker::new(),
    };
    let mut diallers = Vec::new();
    for channel in plan.channels() {
        let name = channel.name;
        let way_out = match channel.kind {
            Channel::OfficeDirectory(directories) => {
                starting.watch(&name, &directories.receiving, plan);
                WayOut::Office(directories)
            }
            Channel::OfficeListen { address, directories } => {
                starting.listen(&name, address, plan).await;
                WayOut::Office(directories)
            }
            Channel::PayerDirectory(directories) => {
                starting.watch(&name, &directories.receiving, plan);
                WayOut::Payer(directories)
            }
            Channel::BankDirectory(directories) => {
                // It ends in no IEA: when it stands still it is whole, or the bank has to say so.
                let watch = WatchPlan { torn_timeout: plan.watch.stable, ..plan.watch };
                starting.watch_as(&name, &directories, watch, plan);
                continue;
            }
            Channel::PayerDial { address } => {
                let (sender, outgoing) = mpsc::channel(limits::OUTGOING_WAITING_MAX);
                diallers.push(Dialling {
                    channel: name.clone(),
                    address,
                    limits: plan.limits,
                    outgoing,
                });
                WayOut::Connection(sender)
            }
        };
        starting.make(way_out.directories());
        transport.directories.extend(way_out.directories().into_iter().map(Path::to_path_buf));
        transport.ways_out.insert(name, way_out);
    }
    if !starting.errors.is_empty() {
        return Err(starting.errors);
    }
    for watch in starting.watches {
        transport.directories.push(watch.directories.inbox.clone());
        transport.directories.push(watch.directories.work.clone());
        transport.tasks.spawn(watch::run(watch, arrivals.clone(), token.clone()));
    }
    for listening in starting.listeners {
        transport.listening.push((listening.channel.clone(), listening.address));
        transport.tasks.spawn(tcp::listen(listening, arrivals.clone(), token.clone()));
    }
    for dialling in diallers {
        transport.tasks.spawn(tcp::dial(dialling, arrivals.clone(), token.clone()));
    }
    transport.tasks.close();
    Ok(transport)
}

struct Starting {
    errors: Vec<Error>,
    watches: Vec<Watch>,
    listeners: Vec<Listening>,
}

impl Starting {
    fn watch(&mut self, channel: &ChannelName, directories: &ReceivingDirectories, plan: &Plan) {
        self.watch_as(channel, directories, plan.watch, plan);
    }

    fn watch_as(
        &mut self,
        channel: &ChannelName,
        directories: &ReceivingDirectories,
        watch: WatchPlan,
        plan: &Plan,
    ) {
        let ReceivingDirectories { inbox, work, done, error } = directories;
        self.make(vec![inbox, work, done, error]);
        self.watches.push(Watch {
            channel: channel.clone(),
            directories: Arc::new(directories.clone()),
            plan: watch,
            file_bytes_max: plan.limits.file_bytes_max,
            zone: plan.zone.clone(),
        });
    }

    async fn listen(&mut self, channel: &ChannelName, address: SocketAddr, plan: &Plan) {
        match Listening::bind(channel.clone(), address, plan.limits).await {
            Ok(listening) => self.listeners.push(listening),
            Err(error) => self.errors.push(error),
        }
    }

    fn make(&mut self, directories: Vec<&Path>) {
        for directory in directories {
            if let Err(source) = std::fs::create_dir_all(directory) {
                let place = directory.to_path_buf();
                self.errors.push(Error::File { doing: "make the directory", place, source });
            }
        }
    }
}

impl Transport {
    /// Sends bytes over a channel. When this returns they are durable in the folder, or handed to
    /// the system over a connection. The same name with the same bytes may be sent again.
    pub async fn send(
        &self,
        channel: &ChannelName,
        folder: Folder,
        name: &str,
        bytes: Bytes,
    ) -> Result<(), Error> {
        let way_out = self.ways_out.get(channel);
        let no_such_folder = || Error::NoSuchFolder { channel: channel.clone(), folder };
        let directory = match way_out.ok_or_else(no_such_folder)? {
            WayOut::Connection(_) if folder != Folder::Outbox => return Err(no_such_folder()),
            WayOut::Connection(queue) => return tcp::send(queue, bytes).await,
            WayOut::Office(directories) => match folder {
                Folder::Acks => &directories.acks,
                Folder::Remits => &directories.remits,
                Folder::Reports => &directories.reports,
                Folder::Outbox => return Err(no_such_folder()),
            },
            WayOut::Payer(directories) => match folder {
                Folder::Outbox => &directories.outbox,
                Folder::Acks | Folder::Remits | Folder::Reports => return Err(no_such_folder()),
            },
        };
        let (directory, name) = (directory.clone(), name.to_owned());
        blocking(move || drop::drop_file(&directory, &name, &bytes)).await
    }

    /// What keeps the channels from working: directories that are gone, full or closed to us.
    /// Touches the disk, so call it where waiting is allowed.
    pub fn troubles(&self) -> Vec<Error> {
        self.directories.iter().filter_map(|directory| drop::probe(directory).err()).collect()
    }

    /// The addresses that are listened on, with the ports that the system chose.
    pub fn listening(&self) -> &[(ChannelName, SocketAddr)] {
        &self.listening
    }

    /// Waits until every channel has stopped, after the token was cancelled.
    pub async fn stopped(&self) {
        self.tasks.wait().await;
    }
}

impl WayOut {
    fn directories(&self) -> Vec<&Path> {
        match self {
            WayOut::Office(OfficeDirectories { acks, remits, reports, .. }) => {
                vec![acks, remits, reports]
            }
            WayOut::Payer(directories) => vec![&directories.outbox],
            WayOut::Connection(_) => Vec::new(),
        }
    }
}

impl Arrival {
    /// Answers the connection that it came over, if it came over one and somebody still waits.
    /// Says whether it did. To be called once, after the commit; an empty answer is one too.
    pub fn answer(&mut self, replies: Vec<Bytes>) -> bool {
        self.reply.take().is_some_and(|reply| reply.send(replies).is_ok())
    }

    /// Whether a connection waits for the answer.
    pub fn wants_answer(&self) -> bool {
        self.reply.is_some()
    }

    /// An arrival from nowhere, for the gateway's tests and for files named on the command line.
    pub fn of_bytes(channel: ChannelName, name: String, bytes: Bytes, now: Timestamp) -> Arrival {
        let content = Content::Whole(bytes);
        Arrival { channel, name, content, received_at: now, filing: None, reply: None }
    }

    /// An arrival whose answer is given back through the receiver.
    fn over_connection(
        channel: ChannelName,
        content: Content,
        now: Timestamp,
    ) -> (Arrival, oneshot::Receiver<Vec<Bytes>>) {
        let (sender, receiver) = oneshot::channel();
        let reply = Some(sender);
        let name = String::new();
        (Arrival { channel, name, content, received_at: now, filing: None, reply }, receiver)
    }
}

/// Without the name and the bytes: both may hold PHI.
impl fmt::Debug for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arrival")
            .field("channel", &self.channel)
            .field("content", &self.content)
            .field("received_at", &self.received_at)
            .finish_non_exhaustive()
    }
}

/// Without the bytes.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Content::Whole(bytes) => write!(f, "Whole({} bytes)", bytes.len()),
            Content::TooLarge { bytes, .. } => write!(f, "TooLarge({bytes} bytes)"),
            Content::Unreadable { why } => write!(f, "Unreadable({why})"),
        }
    }
}

impl Folder {
    /// The name of its directory.
    pub const fn name(self) -> &'static str {
        match self {
            Folder::Acks => "acks",
            Folder::Remits => "remits",
            Folder::Reports => "reports",
            Folder::Outbox => "outbox",
        }
    }
}

/// What the operator can do about an error of the system.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "let the user that the gateway runs as read and write there"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space",
        io::ErrorKind::ReadOnlyFilesystem => "mount it so that it can be written",
        io::ErrorKind::CrossesDevices => {
            "inbox, .work, done and error must be on one filesystem; mount them together"
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a file stands where a directory should; move it away"
        }
        io::ErrorKind::AddrInUse => {
            "another program has this port; stop it or choose another in the settings"
        }
        io::ErrorKind::AddrNotAvailable => "this machine has no such address; see the settings",
        _ => "see to the disk or network",
    }
}

/// Runs work that touches the disk where waiting is allowed.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(stopped) if stopped.is_cancelled() => Err(Error::Stopping),
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}

#[cfg(test)]
mod tests;
