//! Sockets: offices connect to us, we connect to payers.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::limits;
use crate::settings::names::ChannelName;
use crate::settings::plan::LimitsPlan;
use crate::telemetry::{self, Connection};

use super::line::{Ended, Line, converse};
use super::{Arrival, Error};

/// An address that is listened on.
#[derive(Debug)]
pub struct Listening {
    pub channel: ChannelName,
    /// With the port that the system chose, when it was to choose.
    pub address: SocketAddr,
    limits: LimitsPlan,
    listener: TcpListener,
}

/// An address to connect to.
#[derive(Debug)]
pub struct Dialling {
    pub channel: ChannelName,
    /// `host:port`.
    pub address: String,
    pub limits: LimitsPlan,
    pub outgoing: mpsc::Receiver<Outgoing>,
}

/// An interchange that is to be sent.
#[derive(Debug)]
pub struct Outgoing {
    pub bytes: Bytes,
    /// Told when it has been handed to the system, or why it could not be.
    pub sent: oneshot::Sender<Result<(), Error>>,
}

impl Listening {
    /// Starts to listen; connections are taken by `listen`.
    pub async fn bind(
        channel: ChannelName,
        address: SocketAddr,
        limits: LimitsPlan,
    ) -> Result<Listening, Error> {
        let bound = TcpListener::bind(address).await;
        let failed = |source| Error::Listen { address, source };
        let listener = bound.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Listening { channel, address, limits, listener })
    }
}

/// Takes connections until the token is cancelled, then waits for those that are open.
pub async fn listen(
    listening: Listening,
    arrivals: mpsc::Sender<Arrival>,
    token: CancellationToken,
) {
    let Listening { channel, address, limits, listener } = listening;
    telemetry::listening(&channel, address);
    let places = Arc::new(Semaphore::new(limits.connections_max));
    let connections = TaskTracker::new();
    let line = Line { channel, limits, arrivals, token };
    while let Some(accepted) = line.token.run_until_cancelled(listener.accept()).await {
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Mostly too many open files; it passes when others close.
                telemetry::not_connected(&line.channel, &error);
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let Ok(place) = places.clone().try_acquire_owned() else {
            telemetry::connection(&line.channel, Connection::Refused);
            continue;
        };
        let line = line.clone();
        connections.spawn(async move {
            telemetry::connection(&line.channel, Connection::Opened);
            let Ended { end, .. } = converse(&line, stream, None).await;
            telemetry::connection_closed(&line.channel, &end);
            drop(place);
        });
    }
    connections.close();
    connections.wait().await;
}

/// Keeps a connection until the token is cancelled, and connects again when it is lost.
pub async fn dial(dialling: Dialling, arrivals: mpsc::Sender<Arrival>, token: CancellationToken) {
    let Dialling { channel, address, limits, mut outgoing } = dialling;
    let line = Line { channel, limits, arrivals, token };
    let mut failures = 0;
    loop {
        let Some(connected) = line.token.run_until_cancelled(connect(&address)).await else {
            return;
        };
        let why = match connected {
            Ok(stream) => {
                telemetry::connection(&line.channel, Connection::Opened);
                let Ended { end, carried } = converse(&line, stream, Some(&mut outgoing)).await;
                telemetry::connection_closed(&line.channel, &end);
                if carried {
                    failures = 0;
                }
                end.to_string()
            }
            Err(error) => {
                telemetry::not_connected(&line.channel, &error);
                error.to_string()
            }
        };
        let wait = delay(failures, RandomState::new().build_hasher().finish());
        failures = failures.saturating_add(1);
        // Whoever wants to send meanwhile is told at once, and tries again in its own time.
        tokio::select! {
            () = sleep(wait) => {}
            () = line.token.cancelled() => return,
            () = refuse(&mut outgoing, &line.channel, &why) => {}
        }
    }
}

/// Hands an interchange to a connection and waits until it is on its way.
pub(super) async fn send(queue: &mpsc::Sender<Outgoing>, bytes: Bytes) -> Result<(), Error> {
    let (sent, told) = oneshot::channel();
    queue.send(Outgoing { bytes, sent }).await.map_err(|_| Error::Stopping)?;
    told.await.map_err(|_| Error::Stopping)?
}

async fn connect(address: &str) -> io::Result<TcpStream> {
    let patience = Duration::from_secs(limits::CONNECT_SECONDS_MAX);
    let stream = timeout(patience, TcpStream::connect(address)).await??;
    // Replies are small and somebody waits for each.
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn refuse(outgoing: &mut mpsc::Receiver<Outgoing>, channel: &ChannelName, why: &str) {
    while let Some(refused) = outgoing.recv().await {
        let (channel, why) = (channel.clone(), why.to_owned());
        // Whoever sent it may have stopped waiting.
        refused.sent.send(Err(Error::NotConnected { channel, why })).ok();
    }
    std::future::pending().await
}

/// How long to wait after so many failures: doubled each time up to a bound, and up to a quarter
/// less by `chance`, so that many gateways do not come back in the same moment.
fn delay(failures: u32, chance: u64) -> Duration {
    let doubled = limits::RECONNECT_DELAY_MS_MIN.saturating_mul(1 << failures.min(20));
    let longest = doubled.min(limits::RECONNECT_DELAY_MS_MAX);
    Duration::from_millis(longest - chance % (longest / 4))
}

/// After an accept that failed, so that we do not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

#[cfg(test)]
mod tests;
