//! A million and a half pairs of procedures: how long a look-up takes, and all rules with them.

use std::hint::black_box;
use std::time::Instant;

use claimgate::code_sets::library::Library;
use claimgate::code_sets::table::draft::Draft;
use claimgate::code_sets::table::{About, Span, Table};
use claimgate::intake::judge::judge;
use claimgate::scrub::path::Filed;
use claimgate::scrub::{Earlier, Rulebook};
use x12::view::claim::claims;

use crate::sample;
use crate::{Row, Target, median_of, processor_time};

/// As many codes in pairs, and pairs, as NCCI has for practitioners.
const CODES: u32 = 10_800;
const PAIRS_OF_EACH: u32 = 155;

const LOOKUPS: u32 = 2_000_000;
const CLAIMS: u32 = 20_000;
const RUNS: usize = 5;

/// Look-ups of pairs, and claims a second with all rules.
pub fn with_pairs() -> Vec<Row> {
    let table = pairs();
    let packed = table.pack().len();
    let began = Instant::now();
    black_box(Table::unpack(&table.pack()));
    let load = began.elapsed().as_secs_f64();
    let lookup = lookup_ns(&table);
    let claims = claims_per_second(&Rulebook::with(Library::with([table])));
    let row = |name, measured, unit, target| Row { name, measured, unit, target };
    vec![
        row("1.67 million pairs on the disk", packed as f64 / 1e6, "MB", Target::Watched),
        row("1.67 million pairs, packed and read", load * 1e3, "ms", Target::Watched),
        row("looking a pair up", lookup, "ns", Target::AtMost(100.0)),
        row("scrubbing with pairs, one core", claims, "claims/s", Target::AtLeast(100_000.0)),
    ]
}

/// Made-up pairs, as many for each code.
fn pairs() -> Table {
    let mut draft = Draft::default();
    let code = |number: u32| format!("{:05}", 1_000 + number * 8);
    for one in 0..CODES {
        for step in 0..PAIRS_OF_EACH {
            let other = (one + 1 + step * 61) % CODES;
            let span = Span { facts: vec![u32::from(step % 3 > 0)], ..Span::default() };
            draft.add_pair([&code(one), &code(other)], span, 0);
        }
    }
    let about = About { set: "ncci-ptp".to_owned(), ..About::default() };
    draft.finish(about).expect("no pair comes twice")
}

/// Both codes are known, as in a rule that compares lines.
fn lookup_ns(table: &Table) -> f64 {
    let codes: Vec<String> =
        (0..CODES).map(|number| format!("{:05}", 1_000 + number * 8)).collect();
    let members: Vec<_> = codes.iter().filter_map(|code| table.member(code.as_bytes())).collect();
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let began = processor_time();
        let mut found = 0;
        for number in 0..LOOKUPS {
            let at = |number: u32| members.get(number as usize % members.len()).copied();
            let pair = at(number.wrapping_mul(2_654_435_761)).zip(at(number.wrapping_mul(40_503)));
            found += pair.map_or(0, |(one, other)| table.pair(one, other).len());
        }
        black_box(found);
        let took = began
            .zip(processor_time())
            .map_or(0.0, |(began, now)| now.saturating_sub(began).as_secs_f64());
        times.push(took * 1e9 / f64::from(LOOKUPS));
    }
    median_of(times)
}

/// Claims that were read and walked before, and are scrubbed as soon as they are looked at, as the
/// gateway does it. What looking at them takes is taken off.
fn claims_per_second(rulebook: &Rulebook) -> f64 {
    let file = sample::named_or_clean(CLAIMS);
    let reading = x12::interchange::read(&file);
    let today = sample::today();
    let mut rates = Vec::new();
    let mut sets = Vec::new();
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                sets.push((interchange, set, judge(interchange, group, set).walked));
            }
        }
    }
    for _ in 0..RUNS {
        let seconds = |scrubs: bool| {
            let began = processor_time();
            let mut count = 0_u32;
            for (interchange, set, walked) in &sets {
                for claim in claims(interchange, set, walked) {
                    count += 1;
                    let filed = Filed { claim: &claim, interchange, set, walked };
                    if scrubs {
                        black_box(rulebook.scrub(&filed, "", today, |_| Earlier::default()));
                    }
                    black_box(&claim);
                }
            }
            let took = began
                .zip(processor_time())
                .map_or(1.0, |(began, now)| now.saturating_sub(began).as_secs_f64());
            took / f64::from(count)
        };
        let looking = seconds(false);
        rates.push(1.0 / (seconds(true) - looking));
    }
    median_of(rates)
}
