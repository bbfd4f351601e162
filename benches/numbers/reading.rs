//! Reading, checking and writing on one core, beside what others do with the same bytes in the
//! same run.

use std::hint::black_box;
use std::time::{Duration, Instant};

use bytes::Bytes;
use claimgate::intake::judge::judge;
use memchr::memchr;
use nom::bytes::complete::{tag, take_till};
use nom::multi::many0_count;
use nom::sequence::terminated;
use nom::{IResult, Parser};
use x12::interchange::{Interchange, read};
use x12::scan::Tape;
use x12::write::canonical;

use crate::{Row, Target, median, processor_time, sample};

const RUNS: usize = 15;

/// Delimiters are looked for in stretches, as the walker does.
const STRETCH_BYTES: usize = 16 << 10;

/// Every number of one core; all of one file.
pub fn on_one_core() -> Vec<Row> {
    let file = sample::named_or_clean(19_000);
    let reading = read(&file);
    let interchange = reading.interchanges.first().expect("the file holds an interchange");
    // Each in turn, so that what else the machine does falls on all of them.
    let mut times: [Vec<Duration>; 5] = Default::default();
    for _ in 0..RUNS {
        let took = [
            time(|| scan(&file, interchange)),
            time(|| memchr_per_element(&file, interchange)),
            time(|| nom_tokenizer(&file, interchange)),
            time(|| read_and_judge(&file)),
            time(|| canonical::write(interchange).map_or(0, |out| out.len())),
        ];
        times.iter_mut().zip(took).for_each(|(times, took)| times.push(took));
    }
    let [scan, plain, nom, check, write] =
        times.map(|times| file.len() as f64 / 1e6 / median(times).as_secs_f64());
    let row = |name, measured, unit, target| Row { name, measured, unit, target };
    vec![
        row("delimiter scan, one core", scan, "MB/s", Target::AtLeast(1_500.0)),
        row("one memchr for each element", plain, "MB/s", Target::Watched),
        row("delimiter scan over memchr", scan / plain, "times", Target::AtLeast(4.0)),
        row("read, walk and check, one core", check, "MB/s", Target::AtLeast(200.0)),
        row("naive nom tokenizer that checks nothing", nom, "MB/s", Target::Watched),
        row("read, walk and check over nom", check / nom, "times", Target::AtLeast(0.5)),
        row("canonical write, one core", write, "MB/s", Target::AtLeast(500.0)),
    ]
}

fn time<T>(work: impl Fn() -> T) -> Duration {
    let (began, busy) = (Instant::now(), processor_time());
    black_box(work());
    match (busy, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => began.elapsed(),
    }
}

fn scan(file: &Bytes, interchange: &Interchange) -> usize {
    let mut tape = Tape::new();
    let count = |stretch: &[u8]| {
        tape.scan(stretch, interchange.delimiters());
        tape.elements().len() + tape.inner().len()
    };
    file.chunks(STRETCH_BYTES).map(count).sum()
}

fn memchr_per_element(file: &Bytes, interchange: &Interchange) -> usize {
    let delimiters = interchange.delimiters();
    let (mut elements, mut rest) = (0, &file[..]);
    while let Some(end) = memchr(delimiters.segment, rest) {
        let mut segment = &rest[..end];
        while let Some(at) = memchr(delimiters.element, segment) {
            black_box(&segment[..at]);
            elements += 1;
            segment = &segment[at + 1..];
        }
        rest = &rest[end + 1..];
    }
    elements
}

/// Segments and elements by combinators, without a list of them.
fn nom_tokenizer(file: &Bytes, interchange: &Interchange) -> usize {
    let delimiters = interchange.delimiters();
    let (star, tilde) = ([delimiters.element], [delimiters.segment]);
    let element = |input| -> IResult<&[u8], &[u8]> {
        take_till(|byte| byte == delimiters.element || byte == delimiters.segment).parse(input)
    };
    let segment = |input| -> IResult<&[u8], usize> {
        let (input, _) = element(input)?;
        let more = many0_count((tag(&star[..]), element));
        terminated(more, tag(&tilde[..])).parse(input)
    };
    let (mut elements, mut rest) = (0, &file[..]);
    while let Ok((after, count)) = segment(rest) {
        elements += count;
        rest = after;
    }
    elements
}

fn read_and_judge(file: &Bytes) -> usize {
    let mut faults = 0;
    for interchange in &read(file).interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                faults += judge(interchange, group, set).faults.len();
            }
        }
    }
    faults
}
