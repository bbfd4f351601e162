//! `claimgate check` on a large file: how long, and how much memory.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::sample::{self, Batch};
use crate::{Row, Target, median_of};

/// About 100 MB.
const CLAIMS: u32 = 190_000;

const RUNS: usize = 3;

const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Runs the program itself; one claim in twenty has something to be found.
pub fn checking() -> Vec<Row> {
    let place = tempfile::tempdir().expect("a place for the file");
    let path = place.path().join("large.837");
    let batch = Batch { number: 1, claims: CLAIMS, payers: 1, spoiled_every: 20 };
    let file = sample::file(&batch);
    std::fs::write(&path, &file).expect("room for the file");
    let (mut rates, mut peaks) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let began = Instant::now();
        let mut program = Command::new(env!("CARGO_BIN_EXE_claimgate"))
            .arg("check")
            .arg(&path)
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        peaks.push(peak_megabytes(&mut program));
        rates.push(f64::from(CLAIMS) / began.elapsed().as_secs_f64());
    }
    vec![
        Row {
            name: "claimgate check, 190,000 claims: memory",
            measured: median_of(peaks),
            unit: "MB",
            target: Target::AtMost(300.0),
        },
        Row {
            name: "claimgate check, 190,000 claims",
            measured: median_of(rates),
            unit: "claims/s",
            target: Target::Watched,
        },
    ]
}

/// Waits for the program; gives the most memory that it held. Linux alone tells.
fn peak_megabytes(program: &mut Child) -> f64 {
    let status = format!("/proc/{}/status", program.id());
    let mut kilobytes = 0.0;
    while program.try_wait().expect("the program is ours").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok());
        kilobytes = number.unwrap_or(kilobytes);
        std::thread::sleep(LOOK_EVERY);
    }
    kilobytes / 1e3
}
