//! One connection: interchanges in, their replies and what is sent out.

use std::fmt;
use std::future;
use std::io;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::clock;
use crate::limits;
use crate::settings::names::ChannelName;
use crate::settings::plan::LimitsPlan;
use crate::telemetry::{self, FrameKind};

use super::framing::{Frame, Interchanges};
use super::tcp::Outgoing;
use super::{Arrival, Content, Error};

/// What a connection works with.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub channel: ChannelName,
    pub limits: LimitsPlan,
    pub arrivals: mpsc::Sender<Arrival>,
    pub token: CancellationToken,
}

/// Why a connection ended.
#[derive(Debug)]
pub(super) enum End {
    /// The other end has nothing more to say.
    Closed,
    Idle,
    /// An interchange took too long to come.
    Slow,
    Stopping,
    /// The gateway could not commit; the sender has to send again.
    Unanswered,
    Failed(io::Error),
}

/// How a connection went.
#[derive(Debug)]
pub(super) struct Ended {
    pub end: End,
    /// Something came or went.
    pub carried: bool,
}

/// The answer to one interchange, when the gateway has it.
type Reply = oneshot::Receiver<Vec<Bytes>>;

/// Serves a connection until it ends. `outgoing` is what is to be sent besides replies; without
/// it, an idle connection is closed.
pub(super) async fn converse(
    line: &Line,
    stream: TcpStream,
    outgoing: Option<&mut mpsc::Receiver<Outgoing>>,
) -> Ended {
    let (reader, writer) = stream.into_split();
    let (due, replies) = mpsc::channel(limits::REPLIES_DUE_MAX);
    let idle = if outgoing.is_some() { None } else { Some(line.limits.connection_idle) };
    let mut receiving = Receiving { line, reader, due, idle, carried: false };
    let mut sending = Sending { line, writer, carried: false };
    let end = {
        let send = sending.run(replies, outgoing);
        tokio::pin!(send);
        tokio::select! {
            // It goes on as long as replies may come, so this is a failure.
            sent = &mut send => sent.err().unwrap_or(End::Closed),
            end = receiving.run() => {
                // No more replies will become due; those that are must still be written.
                receiving.due = mpsc::channel(1).0;
                let grace = Duration::from_secs(limits::STOP_SECONDS_MAX);
                let written = tokio::select! {
                    written = &mut send => written,
                    () = line.stopped_for(grace) => Err(End::Stopping),
                };
                written.err().unwrap_or(end)
            }
        }
    };
    Ended { end, carried: receiving.carried || sending.carried }
}

impl Line {
    /// Waits until the gateway has been stopping for so long.
    async fn stopped_for(&self, grace: Duration) {
        self.token.cancelled().await;
        sleep(grace).await;
    }
}

struct Receiving<'a> {
    line: &'a Line,
    reader: OwnedReadHalf,
    due: mpsc::Sender<Reply>,
    idle: Option<Duration>,
    carried: bool,
}

impl Receiving<'_> {
    async fn run(&mut self) -> End {
        let mut decoder = Interchanges::new(self.line.limits.interchange_bytes_max);
        let mut buffer = BytesMut::new();
        // Since when an interchange is on its way.
        let mut begun: Option<Instant> = None;
        let slowest = Duration::from_secs(limits::INTERCHANGE_SECONDS_MAX);
        loop {
            buffer.reserve(limits::READ_BYTES);
            let left = begun.map(|begun| slowest.saturating_sub(begun.elapsed()));
            let patience = match (left, self.idle) {
                (Some(left), Some(idle)) => Some(left.min(idle)),
                (left, idle) => left.or(idle),
            };
            let read =
                self.line.token.run_until_cancelled(read(&mut self.reader, &mut buffer, patience));
            let end = match read.await {
                None => return End::Stopping,
                Some(Ok(Some(0))) => Some(End::Closed),
                Some(Ok(Some(_))) => None,
                Some(Ok(None)) => {
                    let slow = begun.is_some_and(|begun| begun.elapsed() >= slowest);
                    Some(if slow { End::Slow } else { End::Idle })
                }
                Some(Err(error)) => return End::Failed(error),
            };
            while let Some(frame) = decoder.next_frame(&mut buffer, end.is_some()) {
                begun = None;
                if let Err(end) = self.hand_over(frame).await {
                    return end;
                }
            }
            if let Some(end) = end {
                return end;
            }
            if decoder.is_between() && buffer.is_empty() {
                begun = None;
            } else {
                begun.get_or_insert_with(Instant::now);
            }
        }
    }

    async fn hand_over(&mut self, frame: Frame) -> Result<(), End> {
        let channel = &self.line.channel;
        let (kind, content) = match frame {
            Frame::Interchange(bytes) => (FrameKind::Interchange, Content::Whole(bytes)),
            Frame::Torn(bytes) => (FrameKind::Torn, Content::Whole(bytes)),
            Frame::TooLong(start) => {
                let bytes = self.line.limits.interchange_bytes_max as u64 + 1;
                (FrameKind::TooLong, Content::TooLarge { bytes, start })
            }
            Frame::Junk(count) => {
                telemetry::frame(channel, FrameKind::Junk, count);
                return Ok(());
            }
        };
        let bytes = match &content {
            Content::Whole(bytes) => bytes.len(),
            Content::TooLarge { bytes, .. } => *bytes as usize,
            Content::Unreadable { .. } => 0,
        };
        telemetry::frame(channel, kind, bytes);
        self.carried = true;
        let (arrival, reply) = Arrival::over_connection(channel.clone(), content, clock::now());
        let handing = async {
            // First the place for the reply: when too many are due, the sender has to wait.
            let place = self.due.reserve().await.map_err(|_| End::Unanswered)?;
            self.line.arrivals.send(arrival).await.map_err(|_| End::Stopping)?;
            place.send(reply);
            Ok(())
        };
        self.line.token.run_until_cancelled(handing).await.unwrap_or(Err(End::Stopping))
    }
}

/// Reads what there is. `None` when nothing came for too long, 0 at the end.
async fn read(
    reader: &mut OwnedReadHalf,
    buffer: &mut BytesMut,
    patience: Option<Duration>,
) -> io::Result<Option<usize>> {
    let read = reader.read_buf(buffer);
    match patience {
        Some(patience) => timeout(patience, read).await.ok().transpose(),
        None => read.await.map(Some),
    }
}

struct Sending<'a> {
    line: &'a Line,
    writer: OwnedWriteHalf,
    carried: bool,
}

impl Sending<'_> {
    /// Writes replies in the order of what they answer, and what is to be sent between them. Ends
    /// when no more replies can become due and all are written.
    async fn run(
        &mut self,
        mut replies: mpsc::Receiver<Reply>,
        mut outgoing: Option<&mut mpsc::Receiver<Outgoing>>,
    ) -> Result<(), End> {
        let mut waiting: Option<Reply> = None;
        loop {
            tokio::select! {
                reply = replies.recv(), if waiting.is_none() => match reply {
                    Some(reply) => waiting = Some(reply),
                    None => break,
                },
                answer = answer(&mut waiting) => {
                    waiting = None;
                    for interchange in answer? {
                        self.write(&interchange).await.map_err(End::Failed)?;
                    }
                }
                next = next(&mut outgoing) => match next {
                    Some(next) => self.send(next).await?,
                    None => outgoing = None,
                },
            }
        }
        self.writer.shutdown().await.map_err(End::Failed)
    }

    async fn send(&mut self, outgoing: Outgoing) -> Result<(), End> {
        let written = self.write(&outgoing.bytes).await;
        let told = match &written {
            Ok(()) => Ok(()),
            Err(error) => Err(Error::NotConnected {
                channel: self.line.channel.clone(),
                why: error.to_string(),
            }),
        };
        // Whoever sent it may have stopped waiting; it will be sent again then.
        outgoing.sent.send(told).ok();
        written.map_err(End::Failed)
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.carried = true;
        let patience = Duration::from_secs(limits::WRITE_SECONDS_MAX);
        for piece in bytes.chunks(limits::READ_BYTES) {
            timeout(patience, self.writer.write_all(piece)).await??;
        }
        Ok(())
    }
}

/// The reply that is waited for; for ever when none is.
async fn answer(waiting: &mut Option<Reply>) -> Result<Vec<Bytes>, End> {
    match waiting {
        Some(reply) => reply.await.map_err(|_| End::Unanswered),
        None => future::pending().await,
    }
}

/// The next that is to be sent; for ever when nothing can be.
async fn next(outgoing: &mut Option<&mut mpsc::Receiver<Outgoing>>) -> Option<Outgoing> {
    match outgoing {
        Some(outgoing) => outgoing.recv().await,
        None => future::pending().await,
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Closed => f.write_str("closed by the other end"),
            End::Idle => f.write_str("nothing came for limits.connection_idle_seconds"),
            End::Slow => f.write_str("an interchange took too long to come"),
            End::Stopping => f.write_str("the gateway stops"),
            End::Unanswered => f.write_str("an interchange could not be committed"),
            End::Failed(error) => write!(f, "{error}"),
        }
    }
}
