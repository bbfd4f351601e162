//! The daemon itself, from a file in the inbox to acknowledgments on the disk, and from ready
//! claims to batches in the payers' outboxes.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::sample::{self, Batch, CLAIMS_PER_SET};
use crate::{Row, Target, median_of, processor_seconds};

const CLAIMS: u32 = 20_000;

/// No payer waits for as many claims as would make a batch due before its time, so that taking in
/// and sending are measured one after the other.
const PAYERS: u32 = 10;

const RUNS: usize = 3;

const LOOK_EVERY: Duration = Duration::from_millis(2);

/// Something is wrong when a run takes longer.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long a file must stand still before it is taken: that much of each run is waiting.
const STABLE: Duration = Duration::from_millis(10);

/// The schedules of payers are first looked at so long after a start.
const FIRST_SCHEDULE: Duration = Duration::from_millis(500);

/// One file of twenty thousand claims.
pub fn one_file() -> Vec<Row> {
    let measured = measure(1);
    vec![
        taken_in("inbox to acknowledgments, 1 file of 20,000", &measured),
        Row {
            name: "the same: processor time a claim",
            measured: measured.microseconds_per_claim,
            unit: "us",
            target: Target::Watched,
        },
        Row {
            name: "ready to batches delivered, 10 of 2,000",
            measured: measured.sent_per_second,
            unit: "claims/s",
            target: Target::Watched,
        },
    ]
}

/// Twenty files of a thousand claims.
pub fn many_files() -> Vec<Row> {
    vec![taken_in("inbox to acknowledgments, 20 files of 1,000", &measure(20))]
}

fn taken_in(name: &'static str, measured: &Measured) -> Row {
    let target = Target::AtLeast(5_000.0);
    Row { name, measured: measured.taken_in_per_second, unit: "claims/s", target }
}

/// What one run, or several, came to.
struct Measured {
    taken_in_per_second: f64,
    /// Of both cores together.
    microseconds_per_claim: f64,
    sent_per_second: f64,
}

fn measure(files: u32) -> Measured {
    let runs: Vec<Measured> = (0..RUNS).map(|_| run(files)).collect();
    let median = |part: fn(&Measured) -> f64| median_of(runs.iter().map(part).collect());
    Measured {
        taken_in_per_second: median(|run| run.taken_in_per_second),
        microseconds_per_claim: median(|run| run.microseconds_per_claim),
        sent_per_second: median(|run| run.sent_per_second),
    }
}

fn run(files: u32) -> Measured {
    let house = House::new(files);
    let daemon = house.start(3_600);
    let pid = daemon.id().to_string();
    let before = processor_seconds(&pid);
    let took = house.take_in(files).saturating_sub(STABLE);
    let seconds = processor_seconds(&pid) - before;
    stop(daemon);
    let began = Instant::now();
    let daemon = house.start(1);
    house.await_batches();
    let sent = began.elapsed().saturating_sub(FIRST_SCHEDULE);
    stop(daemon);
    let rate = |took: Duration| f64::from(CLAIMS) / took.as_secs_f64();
    Measured {
        taken_in_per_second: rate(took),
        microseconds_per_claim: seconds * 1e6 / f64::from(CLAIMS),
        sent_per_second: rate(sent),
    }
}

/// The place where a daemon runs.
struct House {
    root: TempDir,
}

impl House {
    fn new(files: u32) -> House {
        let house = House { root: tempfile::tempdir().expect("a place for the daemon") };
        house.write(
            "config/claimgate.toml",
            "[web]\naddress = \"127.0.0.1:0\"\n\
             [log]\nlevel = \"error\"\n\
             [watch]\nscan_seconds = 1\nstable_ms = 10\n",
        );
        house.write("config/partners/cedar.toml", "");
        for number in 0..files {
            let claims = CLAIMS / files;
            let batch = Batch { number: number + 1, claims, payers: PAYERS, spoiled_every: 0 };
            let name = format!("drop/{number:02}.837");
            house.write(&name, &String::from_utf8_lossy(&sample::file(&batch)));
        }
        house
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a name has a directory"))
            .and_then(|()| std::fs::write(&path, text))
            .expect("room for files");
    }

    /// Starts the daemon, and waits until it watches the inbox.
    fn start(&self, batches_every_seconds: u64) -> Child {
        for payer in 1..=PAYERS {
            let text = format!(
                "payer_ids = [\"ACME{payer}\"]\nisa_id = \"ACME{payer}\"\n\
                 [batch]\nevery_seconds = {batches_every_seconds}\n"
            );
            self.write(&format!("config/payers/acme{payer}.toml"), &text);
        }
        let child = Command::new(env!("CARGO_BIN_EXE_claimgate"))
            .arg("--config")
            .arg(self.path("config/claimgate.toml"))
            .arg("--data")
            .arg(self.path("data"))
            .arg("serve")
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        let inbox = self.path("data/offices/cedar/inbox");
        until("the daemon starts", || inbox.is_dir());
        child
    }

    /// From the renames into the inbox until the last acknowledgment is there.
    fn take_in(&self, files: u32) -> Duration {
        let inbox = self.path("data/offices/cedar/inbox");
        // The directory is made a moment before it is watched.
        std::thread::sleep(Duration::from_millis(500));
        let began = Instant::now();
        for number in 0..files {
            let name = format!("{number:02}.837");
            let from = self.path("drop").join(&name);
            std::fs::rename(from, inbox.join(name)).expect("one file system");
        }
        // Each file is answered with a TA1 and a 999, and each set with a 277CA.
        let answers = 2 * files + CLAIMS / CLAIMS_PER_SET;
        let acks = self.path("data/offices/cedar/acks");
        until("the acknowledgments", || count(&acks) >= answers as usize);
        began.elapsed()
    }

    fn await_batches(&self) {
        until("the batches", || {
            let delivered =
                |payer: &u32| count(&self.path(&format!("data/payers/acme{payer}/outbox"))) > 0;
            (1..=PAYERS).all(|payer| delivered(&payer))
        });
    }
}

fn until(what: &str, is_done: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_done() {
        assert!(began.elapsed() < PATIENCE, "still waiting for {what}");
        std::thread::sleep(LOOK_EVERY);
    }
}

/// Finished files in a directory.
fn count(directory: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(directory) else { return 0 };
    let is_whole = |path: &PathBuf| path.extension().is_none_or(|ending| ending != "tmp");
    entries.flatten().map(|entry| entry.path()).filter(is_whole).count()
}

/// Asks the daemon to stop, and waits until it has.
fn stop(mut daemon: Child) {
    let asked = Command::new("kill").arg(daemon.id().to_string()).status();
    assert!(asked.is_ok_and(|asked| asked.success()), "the daemon cannot be stopped");
    daemon.wait().expect("the daemon is ours");
}
