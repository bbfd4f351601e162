//! Reading, checking and writing on one core, beside what others do with the same bytes in the
//! same run.

use std::hint::black_box;
use std::time::{Duration, Instant};

use bytes::Bytes;
use claimgate::intake::judge::judge;
use memchr::memchr;
use nom::bytes::complete::{tag, take_till};
use nom::multi::{many0, many0_count, separated_list0};
use nom::sequence::terminated;
use nom::{IResult, Parser};
use x12::delimiters::Delimiters;
use x12::interchange::{Interchange, read};
use x12::scan::Tape;
use x12::write::canonical;

use crate::{Row, Target, median, processor_time, sample};

const RUNS: usize = 9;

/// Some systems count a thread's time in steps of four milliseconds. What is quick is done over and
/// over, so that a step is a small part of what is measured.
const MEASURED_FOR: Duration = Duration::from_millis(150);

/// Delimiters are looked for in stretches, as the walker does.
const STRETCH_BYTES: usize = 16 << 10;

/// Every number of one core: professional claims in a file of 10 MB, or the file that `BENCH_FILE`
/// names.
pub fn claims() -> Vec<Row> {
    on_one_core(&sample::named_or_clean(23_000))
}

/// The same in 100 MB, which no cache holds.
pub fn many_claims() -> Vec<Row> {
    on_one_core(&sample::clean(230_000))
}

/// Remittances of 10 MB.
pub fn remittances() -> Vec<Row> {
    on_one_core(&sample::remittances(42_000))
}

/// Of 100 MB.
pub fn many_remittances() -> Vec<Row> {
    on_one_core(&sample::remittances(420_000))
}

fn on_one_core(file: &Bytes) -> Vec<Row> {
    println!("a file of {:.1} MB:", file.len() as f64 / 1e6);
    let reading = read(file);
    let interchange = reading.interchanges.first().expect("the file holds an interchange");
    // Each in turn, so that what else the machine does falls on all of them.
    let mut times: [Vec<Duration>; 7] = Default::default();
    for _ in 0..RUNS {
        let took = [
            time(|| scan(file, interchange)),
            time(|| memchr_per_element(file, interchange)),
            time(|| nom_tokenizer(file, interchange)),
            time(|| nom_tokenizer_with_lists(file, interchange)),
            time(|| naive_nom_tokenizer(file, interchange)),
            time(|| read_and_judge(file)),
            time(|| reading.interchanges.iter().map(write).sum::<usize>()),
        ];
        times.iter_mut().zip(took).for_each(|(times, took)| times.push(took));
    }
    let [scan, plain, nom, lists, naive, check, written] =
        times.map(|times| file.len() as f64 / 1e6 / median(times).as_secs_f64());
    let row = |name, measured, unit, target| Row { name, measured, unit, target };
    vec![
        row("delimiter scan, one core", scan, "MB/s", Target::AtLeast(1_500.0)),
        row("one memchr for each element", plain, "MB/s", Target::Watched),
        row("delimiter scan over memchr", scan / plain, "times", Target::AtLeast(4.0)),
        row("read, walk and check, one core", check, "MB/s", Target::AtLeast(200.0)),
        row("nom that counts elements, and gives none", nom, "MB/s", Target::Watched),
        row("read, walk and check over it", check / nom, "times", Target::Watched),
        row("nom that lists the elements of one segment", lists, "MB/s", Target::Watched),
        row("read, walk and check over it", check / lists, "times", Target::Watched),
        row("nom tokenizer that lists all segments", naive, "MB/s", Target::Watched),
        row("read, walk and check over it", check / naive, "times", Target::AtLeast(0.5)),
        row("canonical write, one core", written, "MB/s", Target::AtLeast(500.0)),
    ]
}

/// How long the work takes once.
fn time<T>(work: impl Fn() -> T) -> Duration {
    let (began, busy) = (Instant::now(), processor_time());
    let mut times = 0;
    loop {
        black_box(work());
        times += 1;
        let took = match (busy, processor_time()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => began.elapsed(),
        };
        if MEASURED_FOR <= took {
            return took / times;
        }
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

/// The same with a list of each segment's elements, gone with the next segment.
fn nom_tokenizer_with_lists(file: &Bytes, interchange: &Interchange) -> usize {
    let segment = segment_of_elements(interchange.delimiters());
    let (mut elements, mut rest) = (0, &file[..]);
    while let Ok((after, list)) = segment(rest) {
        elements += black_box(list).len();
        rest = after;
    }
    elements
}

/// The tokenizer that is written first: all segments of the file, each a list of its elements.
fn naive_nom_tokenizer(file: &Bytes, interchange: &Interchange) -> usize {
    let segments = many0(segment_of_elements(interchange.delimiters())).parse(&file[..]);
    segments.map_or(0, |(_, segments): (_, Vec<Vec<&[u8]>>)| black_box(segments).len())
}

fn segment_of_elements(delimiters: Delimiters) -> impl Fn(&[u8]) -> IResult<&[u8], Vec<&[u8]>> {
    move |input| {
        let (star, tilde) = ([delimiters.element], [delimiters.segment]);
        let element = take_till(|byte| byte == delimiters.element || byte == delimiters.segment);
        terminated(separated_list0(tag(&star[..]), element), tag(&tilde[..])).parse(input)
    }
}

fn write(interchange: &Interchange) -> usize {
    canonical::write(interchange).map_or(0, |out| out.len())
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
