//! Every log line and every metric: one function for each event, which both logs and counts.
//!
//! Lines carry ids of ours, places, codes and counts. Names of files that came in are left out:
//! offices write patients' names into them.
//!
//! ERROR: data at risk or a person needed. WARN: odd, handled. INFO: started, stopped, file done.
//! DEBUG: at most one line a file.

pub mod metrics;

use std::fmt::Display;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};
use tracing_subscriber::EnvFilter;

use crate::limits;
use crate::scrub::Severity;
use crate::settings::names::{ChannelName, PayerName};
use crate::settings::plan::LogPlan;

use self::metrics as m;

/// Why nothing can be logged or counted.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the log is set up already; set it up once, when the program starts")]
    Log(#[source] tracing_subscriber::util::TryInitError),
    #[error("metrics cannot be set up; set them up once, when the program starts: {0}")]
    Metrics(#[source] metrics_exporter_prometheus::BuildError),
}

/// Which way something goes, as seen from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    In,
    Out,
}

/// How an interchange, a transaction set or a claim was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    /// Accepted, with errors noted.
    Noted,
    /// Some of it accepted.
    Partly,
    Rejected,
    /// Seen before, answered as before.
    Duplicate,
}

/// What an acknowledgment acknowledges: an interchange, its transaction sets, its claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acknowledgment {
    Ta1,
    Implementation999,
    ClaimAck277,
}

/// What became of a file in an inbox when it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileTaken {
    Whole,
    TooLarge,
    Unreadable,
}

/// What a stretch of a socket's bytes was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    Interchange,
    TooLong,
    Torn,
    Junk,
}

/// What became of a connection that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    Opened,
    /// Too many are open.
    Refused,
    Failed,
}

/// Which way money is posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Credit,
    Debit,
}

/// Starts the log, on stderr. Other people's crates speak from WARN on.
pub fn init_log(log: LogPlan) -> Result<(), Error> {
    use tracing_subscriber::util::SubscriberInitExt;

    let filter = EnvFilter::new(format!("warn,claimgate={}", log.level.name()));
    // Colours are for people; a file or a collector gets plain lines.
    let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(is_terminal)
        .with_target(false)
        // A full disk or a collector that went away costs lines, nothing else: telling of it on
        // stderr would panic, and take along whichever task had something to say.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    let started =
        if log.json { lines.json().finish().try_init() } else { lines.finish().try_init() };
    started.map_err(Error::Log)
}

/// Starts the metrics. The handle renders them.
pub fn init_metrics() -> Result<PrometheusHandle, Error> {
    let handle = prometheus()?.install_recorder().map_err(Error::Metrics)?;
    describe();
    Ok(handle)
}

/// Folds measurements together until the token is cancelled. Without this they pile up for as
/// long as nobody collects the metrics.
pub async fn keep_up(handle: PrometheusHandle, token: CancellationToken) {
    let mut every = tokio::time::interval(Duration::from_secs(limits::METRICS_UPKEEP_SECONDS));
    loop {
        tokio::select! {
            _ = every.tick() => handle.run_upkeep(),
            () = token.cancelled() => return,
        }
    }
}

/// Every metric, for the reference.
pub const fn metrics_reference() -> &'static [m::Metric] {
    &m::ALL
}

fn prometheus() -> Result<PrometheusBuilder, Error> {
    let mut builder = PrometheusBuilder::new();
    for metric in m::ALL.iter().filter(|metric| metric.kind == m::MetricKind::Histogram) {
        let matcher = Matcher::Full(metric.name.to_owned());
        builder =
            builder.set_buckets_for_metric(matcher, &m::BUCKETS_SECONDS).map_err(Error::Metrics)?;
    }
    Ok(builder)
}

fn describe() {
    for metric in m::ALL {
        metric.describe();
    }
}

// The daemon's life.

/// The daemon works.
pub fn started(version: &str, data: &Path, offices: usize, payers: usize) {
    info!(version, data = %data.display(), offices, payers, "claimgate started");
    if payers == 0 {
        warn!("no payer is in the settings: every claim will be held; see config/payers");
    }
}

/// The rules of payers and offices were read anew.
pub fn rules_reloaded(payers: usize, rules: usize, contracts: usize, denials: usize) {
    info!(
        payers,
        rules,
        contracts,
        denials,
        "the rules of payers and offices are in force as their files have them now, and so are the \
         contracts and the rows of denials"
    );
}

/// Settings or code sets that were read anew cannot be used.
pub fn rules_refused(why: &dyn std::fmt::Display) {
    error!(
        %why,
        "the rules stay as they were, and so do the code sets; correct what is wrong and send \
         SIGHUP again"
    );
}

/// A code set has another edition than before.
pub fn edition_in_force(set: &str, edition: &str) {
    info!(set, edition, "a code set is in force in this edition");
}

/// What goes to a payer goes as a test, whatever its office meant.
pub fn sends_tests(payer: &PayerName) {
    warn!(%payer, "claims go to this payer as tests (ISA15 T); set production = true to bill it");
}

/// The page, the metrics and the health checks can be asked for.
pub fn web_started(address: SocketAddr) {
    info!(%address, "web page, metrics and health checks served");
}

/// The daemon was asked to stop and finishes what it has in hand.
pub fn stopping() {
    info!("claimgate stopping; finishing what is in hand");
}

/// The daemon stopped in order.
pub fn stopped() {
    info!("claimgate stopped");
}

/// The store or the archive fails, so that nothing can be taken in. `why` must hold no PHI.
pub fn not_ready(why: &str) {
    error!(why, "nothing can be taken in; what comes waits where it lies, and nothing is answered");
}

/// What failed works again.
pub fn ready_again() {
    info!("store and archive work again; what waited is taken in");
}

/// Something of the world failed and is tried again. `error` must hold no PHI.
pub fn trouble(doing: &'static str, error: &dyn Display) {
    warn!(doing, %error, "trouble, tried again");
}

/// Handling a file went wrong in us; the file was set aside.
pub fn panicked(channel: &ChannelName) {
    m::PANICS.add([channel.as_str()], 1);
    error!(%channel, "a file could not be handled, which is our mistake; it was set aside; report \
        it");
}

// Directories.

/// A file was taken out of an inbox.
pub fn file_taken(channel: &ChannelName, taken: FileTaken, bytes: u64) {
    m::FILES_IN.add([channel.as_str(), taken.name()], 1);
    match taken {
        FileTaken::Whole => debug!(%channel, bytes, "file taken"),
        FileTaken::TooLarge => {
            warn!(%channel, bytes, "file is larger than limits.file_bytes_max and is not read");
        }
        FileTaken::Unreadable => {
            warn!(%channel, "file cannot be read; let the gateway read what offices drop");
        }
    }
}

/// Files that a stop or crash left in work are handed over again.
pub fn files_resumed(channel: &ChannelName, files: usize) {
    info!(%channel, files, "files left in work are taken up again");
}

/// Nothing of a file or of what came over a connection was taken.
pub fn refused(channel: &ChannelName, verdict: &'static str) {
    warn!(%channel, verdict, "nothing of what came was taken; why is in the report to the office, \
        or in the queue when a payer sent it");
}

/// Something was added to a file after it was taken; what came afterwards is taken, too.
pub fn file_grew(channel: &ChannelName, bytes: u64, is_alone: bool) {
    warn!(%channel, bytes, is_alone, "a file was added to after it was taken; what came afterwards is \
        taken as a file of its own, or all of it once more where it does not begin with ISA; let its \
        writer write under a name that ends in .tmp, and rename");
}

/// Files are added to again and again, and are not looked at any more.
pub fn file_grows_on(channel: &ChannelName, files: usize) {
    error!(%channel, files, "files in done or error are added to again and again; what is added from \
        now on is not taken: end the program that writes, and drop what it wrote into the inbox again");
}

/// A file was moved to where files end up.
pub fn file_settled(channel: &ChannelName, outcome: &'static str) {
    m::FILES_SETTLED.add([channel.as_str(), outcome], 1);
    debug!(%channel, outcome, "file settled");
}

/// A directory could not be used; tried again. `error` must not hold the name of an office's file.
pub fn directory_trouble(channel: &ChannelName, error: &dyn Display) {
    m::DIRECTORY_TROUBLES.add([channel.as_str()], 1);
    warn!(%channel, %error, "directory trouble, tried again");
}

/// There is something in an inbox that is no plain file.
pub fn not_a_file(channel: &ChannelName, inbox: &Path) {
    warn!(%channel, inbox = %inbox.display(), "something in the inbox is no plain file (a \
        directory or a link) and is left alone; drop files themselves");
}

/// The system does not tell of changes in a directory; it is still looked through in turn.
pub fn no_notices(channel: &ChannelName, error: &dyn Display) {
    warn!(%channel, %error, "changes in the inbox are not announced by the system; it is looked \
        through every few seconds all the same");
}

// Sockets.

/// Connections are taken at an address.
pub fn listening(channel: &ChannelName, address: SocketAddr) {
    info!(%channel, %address, "listening");
}

/// A connection was opened, refused or could not be made.
pub fn connection(channel: &ChannelName, connection: Connection) {
    m::CONNECTIONS.add([channel.as_str(), connection.name()], 1);
    match connection {
        Connection::Opened => {
            m::CONNECTIONS_OPEN.shift([channel.as_str()], 1.0);
            debug!(%channel, "connection opened");
        }
        Connection::Refused => {
            warn!(%channel, "connection refused: limits.connections_max are open");
        }
        Connection::Failed => {}
    }
}

/// A connection was closed.
pub fn connection_closed(channel: &ChannelName, why: &dyn Display) {
    m::CONNECTIONS_OPEN.shift([channel.as_str()], -1.0);
    debug!(%channel, %why, "connection closed");
}

/// A connection could not be made or taken; tried again.
pub fn not_connected(channel: &ChannelName, error: &dyn Display) {
    connection(channel, Connection::Failed);
    warn!(%channel, %error, "not connected, tried again");
}

/// A socket brought something.
pub fn frame(channel: &ChannelName, kind: FrameKind, bytes: usize) {
    m::FRAMES.add([channel.as_str(), kind.name()], 1);
    match kind {
        FrameKind::Interchange => debug!(%channel, bytes, "interchange received"),
        FrameKind::TooLong => {
            warn!(%channel, bytes, "interchange is longer than limits.interchange_bytes_max");
        }
        FrameKind::Torn => warn!(%channel, bytes, "interchange ends before its IEA"),
        FrameKind::Junk => warn!(%channel, bytes, "bytes outside any interchange, skipped"),
    }
}

// What files hold.

/// An interchange was judged and committed, or sent.
pub fn interchange(direction: Direction, channel: &ChannelName, verdict: Verdict, bytes: u64) {
    m::INTERCHANGES.add([direction.name(), channel.as_str(), verdict.name()], 1);
    m::BYTES.add([direction.name(), channel.as_str()], bytes);
    // What is sent has a line of its own, as a file.
    if direction == Direction::In {
        info!(%channel, outcome = verdict.name(), bytes, "interchange taken in");
    }
}

/// A transaction set was judged and committed, or sent. `set` is one that we know, or `other`.
pub fn transaction(
    direction: Direction,
    channel: &ChannelName,
    set: &'static str,
    verdict: Verdict,
) {
    m::TRANSACTIONS.add([direction.name(), channel.as_str(), set, verdict.name()], 1);
}

/// Claims took a state. `state` is the name of a state of the lifecycle.
pub fn claims(direction: Direction, channel: &ChannelName, state: &'static str, count: u64) {
    m::CLAIMS.add([direction.name(), channel.as_str(), state], count);
}

/// A rule found something: ours by its name, a payer's own by the name that its file gives it.
pub fn findings(rule: &str, severity: Severity, count: u64) {
    m::FINDINGS.add([rule, severity.name()], count);
}

/// An acknowledgment was given (out) or received (in).
pub fn acknowledgment(direction: Direction, kind: Acknowledgment, verdict: Verdict) {
    m::ACKNOWLEDGMENTS.add([direction.name(), kind.name(), verdict.name()], 1);
}

/// The acknowledgments of a file are committed, so long after it arrived.
pub fn acknowledged(channel: &ChannelName, after_seconds: f64) {
    m::ACKNOWLEDGMENT_SECONDS.record([channel.as_str()], after_seconds);
}

// Work, money, deliveries, the store.

/// How much work of a kind waits for a person, and how long the oldest has.
pub fn queue(kind: &'static str, items: u64, oldest_seconds: f64) {
    m::QUEUE_ITEMS.set([kind], items as f64);
    m::QUEUE_AGE.set([kind], oldest_seconds);
}

/// So many claims people let pass although a rule held them.
pub fn overridden(rule: &str, claims: u64) {
    m::OVERRIDDEN.set([rule], claims as f64);
}

/// So many claim payments wait in suspense, and so much money.
pub fn suspense(payments: u64, cents: i64) {
    m::SUSPENSE_PAYMENTS.set([], payments as f64);
    m::SUSPENSE_CENTS.set([], cents as f64);
}

/// A remittance advice was taken in.
pub fn remittance(payer: &PayerName, payments: u64, unmatched: u64, balanced: bool) {
    m::REMITTANCES.add([payer.as_str()], 1);
    m::PAYMENTS.add([payer.as_str()], payments);
    m::UNMATCHED.add([payer.as_str()], unmatched);
    m::UNBALANCED.add([payer.as_str()], u64::from(!balanced));
    if balanced {
        info!(%payer, payments, unmatched, "remittance");
    } else {
        warn!(%payer, payments, unmatched, "remittance does not add up; see the queue");
    }
}

/// A file of the bank was taken in.
pub fn deposits(new: u64, known: u64) {
    m::DEPOSITS.add(["new"], new);
    m::DEPOSITS.add(["known"], known);
    info!(new, known, "deposits");
}

/// A deposit was found to be the money of a remittance.
pub fn paired(tier: &'static str) {
    m::DEPOSITS_PAIRED.add([tier], 1);
}

/// Money was posted.
pub fn posted(payer: &PayerName, side: Side, cents: u64) {
    m::POSTINGS.add([payer.as_str(), side.name()], cents);
}

/// So many files wait to be sent.
pub fn deliveries_waiting(channel: &ChannelName, count: u64) {
    m::DELIVERIES_WAITING.set([channel.as_str()], count as f64);
}

/// A file was sent.
pub fn delivered(channel: &ChannelName, delivery: i64, bytes: u64) {
    m::DELIVERIES.add([channel.as_str(), "sent"], 1);
    info!(%channel, delivery, bytes, "file sent");
}

/// A file could not be sent; tried again.
pub fn delivery_failed(channel: &ChannelName, delivery: i64, error: &dyn Display) {
    m::DELIVERIES.add([channel.as_str(), "failed"], 1);
    warn!(%channel, delivery, %error, "file not sent, tried again");
}

/// The store committed.
pub fn committed(took: Duration) {
    m::COMMIT_SECONDS.record([], took.as_secs_f64());
}

/// The store refused a commit: nothing was acknowledged, the file is kept and tried again.
pub fn commit_failed(error: &dyn Display) {
    m::COMMITS_FAILED.add([], 1);
    error!(%error, "the store refused a commit; nothing was acknowledged; see to its disk or \
        server");
}

/// Claims in, minus claims accounted for.
pub fn claims_unaccounted(count: i64) {
    m::UNACCOUNTED.set([], count as f64);
    if count != 0 {
        error!(count, "claims are unaccounted for, which is our mistake; run claimgate audit");
    }
}

impl Direction {
    /// The label.
    pub const fn name(self) -> &'static str {
        match self {
            Direction::In => "in",
            Direction::Out => "out",
        }
    }
}

impl Verdict {
    /// The label.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Accepted => "accepted",
            Verdict::Noted => "noted",
            Verdict::Partly => "partly",
            Verdict::Rejected => "rejected",
            Verdict::Duplicate => "duplicate",
        }
    }
}

impl Acknowledgment {
    /// The label.
    pub const fn name(self) -> &'static str {
        match self {
            Acknowledgment::Ta1 => "TA1",
            Acknowledgment::Implementation999 => "999",
            Acknowledgment::ClaimAck277 => "277CA",
        }
    }
}

impl FileTaken {
    /// The label.
    pub const fn name(self) -> &'static str {
        match self {
            FileTaken::Whole => "taken",
            FileTaken::TooLarge => "too-large",
            FileTaken::Unreadable => "unreadable",
        }
    }
}

impl FrameKind {
    /// The label.
    pub const fn name(self) -> &'static str {
        match self {
            FrameKind::Interchange => "interchange",
            FrameKind::TooLong => "too-long",
            FrameKind::Torn => "torn",
            FrameKind::Junk => "junk",
        }
    }
}

impl Connection {
    /// The label.
    pub const fn name(self) -> &'static str {
        match self {
            Connection::Opened => "opened",
            Connection::Refused => "refused",
            Connection::Failed => "failed",
        }
    }
}

impl Side {
    /// The label.
    pub const fn name(self) -> &'static str {
        match self {
            Side::Credit => "credit",
            Side::Debit => "debit",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the metrics say after `events` on a recorder of their own.
    fn rendered(events: impl FnOnce()) -> String {
        let recorder = prometheus().expect("buckets").build_recorder();
        let handle = recorder.handle();
        ::metrics::with_local_recorder(&recorder, || {
            describe();
            events();
        });
        handle.render()
    }

    #[test]
    fn names_keep_to_the_grammar() {
        for metric in metrics_reference() {
            let name = metric.name;
            assert!(name.starts_with("claimgate_"), "{name}");
            let total = name.ends_with("_total");
            assert_eq!(total, metric.kind == m::MetricKind::Counter, "{name}");
            assert!(metric.meaning.ends_with('.'), "{name}");
        }
        let names: std::collections::BTreeSet<_> = m::ALL.iter().map(|one| one.name).collect();
        assert_eq!(names.len(), m::ALL.len(), "a name stands for two metrics");
    }

    #[test]
    fn counts_with_labels_and_meaning() {
        let channel = ChannelName::new("office").expect("a name");
        let text = rendered(|| {
            interchange(Direction::In, &channel, Verdict::Accepted, 12);
            acknowledged(&channel, 0.02);
            claims_unaccounted(0);
        });
        let lines = [
            "claimgate_interchanges_total{direction=\"in\",channel=\"office\",outcome=\"accepted\"} \
             1",
            "claimgate_interchange_bytes_total{direction=\"in\",channel=\"office\"} 12",
            "claimgate_acknowledgment_seconds_bucket{channel=\"office\",le=\"0.025\"} 1",
            "# TYPE claimgate_claims_unaccounted gauge",
            "# HELP claimgate_interchanges_total Interchanges in and out.",
        ];
        for line in lines {
            assert!(text.contains(line), "{line} is missing in {text}");
        }
    }

    #[test]
    fn every_event_counts_with_the_labels_of_its_metric() {
        let channel = ChannelName::new("office").expect("a name");
        let payer = PayerName::new("blue").expect("a name");
        let text = rendered(|| {
            panicked(&channel);
            file_taken(&channel, FileTaken::TooLarge, 1);
            file_settled(&channel, "done");
            directory_trouble(&channel, &"full");
            connection(&channel, Connection::Opened);
            connection_closed(&channel, &"done");
            not_connected(&channel, &"refused");
            frame(&channel, FrameKind::Torn, 1);
            transaction(Direction::Out, &channel, "837P", Verdict::Accepted);
            claims(Direction::In, &channel, "held", 2);
            findings(crate::scrub::rules::ALL[0].name, Severity::Hold, 1);
            acknowledgment(Direction::Out, Acknowledgment::Ta1, Verdict::Noted);
            queue("hold", 1, 2.0);
            overridden(crate::scrub::rules::ALL[0].name, 1);
            suspense(1, 100);
            deposits(1, 1);
            paired("1 trace number and payer");
            remittance(&payer, 1, 0, false);
            posted(&payer, Side::Credit, 3);
            deliveries_waiting(&channel, 1);
            delivered(&channel, 1, 1);
            delivery_failed(&channel, 1, &"down");
            committed(Duration::from_millis(1));
            commit_failed(&"full");
            claims_unaccounted(1);
            interchange(Direction::In, &channel, Verdict::Duplicate, 1);
            acknowledged(&channel, 1.0);
        });
        for metric in metrics_reference() {
            let counted = text.lines().any(|line| line.starts_with(metric.name));
            assert!(counted, "no event counts {}", metric.name);
        }
    }
}
