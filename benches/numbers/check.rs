//! `claimgate check` on a large file: how long, and how much memory.

use std::num::NonZero;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use claimgate::commands::side_by_side;
use claimgate::inspect::{Note, Options};
use claimgate::limits::SET_BYTES_MAX;
use claimgate::scrub::Rulebook;
use x12::segment::Segment;
use x12::stream::pieces;

use crate::sample::{self, Batch};
use crate::{Row, Target, median_of};

/// About 100 MB.
const CLAIMS: u32 = 190_000;

const RUNS: usize = 3;

const LOOK_EVERY: Duration = Duration::from_millis(5);

/// The same file on one processor and on two, in turn.
pub fn on_two_cores() -> Vec<Row> {
    if std::thread::available_parallelism().map_or(1, NonZero::get) < 2 {
        println!("skipped: two cores; this machine has one");
        return Vec::new();
    }
    let file = sample::file(&Batch { number: 1, claims: CLAIMS, payers: 1, spoiled_every: 0 });
    let rulebook = Rulebook::built_in();
    let options = Options { today: sample::today(), rulebook: &rulebook, only: &[] };
    let check = |workers: usize| {
        let began = Instant::now();
        let pieces = pieces(&file[..], SET_BYTES_MAX);
        let mut sink = |_: Note, _: Option<&Segment<'_>>| {};
        let summary = side_by_side::inspect(pieces, &options, workers, &mut sink);
        assert_eq!(summary.map_or(0, |summary| summary.claims), u64::from(CLAIMS));
        began.elapsed().as_secs_f64()
    };
    let (mut ones, mut twos) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ones.push(check(1));
        twos.push(check(2));
    }
    let (one, two) = (median_of(ones), median_of(twos));
    let megabytes = file.len() as f64 / 1e6;
    let row = |name, measured, unit, target| Row { name, measured, unit, target };
    vec![
        row("check with all rules, one core", megabytes / one, "MB/s", Target::Watched),
        row("check with all rules, two cores", megabytes / two, "MB/s", Target::Watched),
        row("two cores over one", one / two, "times", Target::AtLeast(1.8)),
    ]
}

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
            target: Target::AtMost(256.0),
        },
        Row {
            name: "claimgate check, 190,000 claims",
            measured: median_of(rates),
            unit: "claims/s",
            target: Target::Watched,
        },
    ]
}

/// The most memory that each command holds that writes in the order of its file, of 100 MB.
pub fn writing() -> Vec<Row> {
    let place = tempfile::tempdir().expect("a place for the files");
    let (claims, payments) = (place.path().join("large.837"), place.path().join("large.835"));
    let batch = Batch { number: 1, claims: CLAIMS, payers: 1, spoiled_every: 20 };
    std::fs::write(&claims, sample::file(&batch)).expect("room for the file");
    std::fs::write(&payments, sample::remittances(2 * CLAIMS)).expect("room for the file");
    let row = |name, file: &Path, words: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_claimgate"));
        let mut program = program.args(words).arg(file).stdout(Stdio::null());
        program = program.stderr(Stdio::null());
        let measured = peak_megabytes(&mut program.spawn().expect("the program starts"));
        Row { name, measured, unit: "MB", target: Target::AtMost(256.0) }
    };
    vec![
        row("claimgate show, 100 MB: memory", &claims, &["show"]),
        row("claimgate ack, 100 MB: memory", &claims, &["ack"]),
        row("convert --to json, 100 MB: memory", &claims, &["convert", "--to", "json"]),
        row("convert --to csv, 100 MB: memory", &payments, &["convert", "--to", "csv"]),
        row("convert --to html, 100 MB: memory", &payments, &["convert", "--to", "html"]),
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
