//! What offices are told of remittances adds up, line by line, to what they are paid.

use std::collections::BTreeMap;

use bytes::Bytes;
use x12::value::Money;

/// What is told of a remittance: the lines of its block, and what its last line comes to.
struct Block<'t> {
    trace: &'t str,
    total: Money,
}

/// Of what left, by channel, name and bytes: each 835 that an office got has a report, the amount of which is
/// its BPR02. Gives how many remittances reports tell of.
pub fn add_up<'d>(left: impl Iterator<Item = (&'d str, &'d str, &'d Bytes)>) -> usize {
    let mut reports: BTreeMap<(String, String), Vec<(String, Money)>> = BTreeMap::new();
    let mut remits = Vec::new();
    for (channel, name, bytes) in left {
        let Some((office, folder)) = channel.split_once(':') else { continue };
        let arrival = name.split_once('_').map_or("", |(_, rest)| &rest[..8]);
        let of = (office.to_owned(), arrival.to_owned());
        let text = String::from_utf8_lossy(bytes);
        if folder == "reports" {
            let told = blocks(&text).into_iter().map(|block| (block.trace.to_owned(), block.total));
            reports.entry(of).or_default().extend(told);
        } else if folder == "remits" {
            remits.extend(paid(&text).into_iter().map(|one| (of.clone(), one, text.to_string())));
        }
    }
    for (of, one, text) in remits {
        let told = reports.get(&of).map_or(&[][..], Vec::as_slice);
        assert!(told.contains(&one), "{of:?}: {one:?} of {told:?}\n{text}");
    }
    reports.values().map(Vec::len).sum()
}

/// TRN02 and BPR02 of each remittance of a file.
fn paid(text: &str) -> Vec<(String, Money)> {
    let segments: Vec<Vec<&str>> =
        text.split('~').map(|segment| segment.trim().split('*').collect()).collect();
    let of = |tag: &str| -> Vec<&str> {
        let found = segments.iter().filter(|one| one.first() == Some(&tag));
        found.map(|one| one.get(2).copied().unwrap_or_default()).collect()
    };
    let amounts = of("BPR").into_iter().map(money);
    of("TRN").into_iter().map(str::to_owned).zip(amounts).collect()
}

/// The remittances that a report tells of; each adds up.
fn blocks(report: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut lines = report.lines().peekable();
    while let Some(heading) = lines.next() {
        let Some((_, rest)) = heading.split_once(" answered with an 835 (trace ") else { continue };
        let (trace, _) = rest.rsplit_once(") on ").expect("a day");
        let mut sums = [Money::ZERO; 3];
        let mut said = Money::ZERO;
        while let Some(line) = lines.next_if(|line| line.starts_with("  ")) {
            let line = line.trim_start();
            if line.starts_with("claim ") {
                if line.contains("no part of this one") {
                    continue;
                }
                let (_, told) = line.split_once("): ").expect("amounts");
                let told = told.split(';').next().unwrap_or_default();
                for (index, becomes) in [" posted", " waiting"].into_iter().enumerate() {
                    if let Some((before, _)) = told.split_once(becomes) {
                        sums[index] += last(before);
                    }
                }
            } else if line.starts_with("PLB ") {
                let (_, told) = line.split_once(": ").expect("an amount");
                let waits = told.split(';').next().is_some_and(|told| told.ends_with(" waiting"));
                sums[if waits { 1 } else { 2 }] += first(told);
            } else if line.ends_with("neither its claims' nor its PLB's") {
                sums[1] += first(line);
            } else if line.starts_with("it pays this office ") {
                // V45: claims of others alone, and each of these has its own report.
                found.push(Block { trace, total: said });
            } else if line.starts_with("it is held as a whole")
                || line.contains(" of it is paid to office ")
            {
            } else if let Some((terms, total)) = line.rsplit_once(" = ") {
                assert_eq!(terms.split(" + ").map(first).collect::<Vec<_>>(), sums, "{report}");
                let total = money(total);
                assert_eq!(sums.into_iter().sum::<Money>(), total, "{report}");
                assert_eq!(total, said, "{report}");
                found.push(Block { trace, total });
                sums = [Money::ZERO; 3];
            } else if let Some((_, amount)) = line.split_once(" the part of this one, ") {
                said = first(amount);
            } else if let Some((_, amount)) = line.split_once("with other offices; ") {
                said = first(amount);
            } else {
                let (_, amount) = line.split_once(" pays ").expect("a heading");
                said = first(amount);
            }
        }
        assert_eq!(sums, [Money::ZERO; 3], "nothing adds it up: {report}");
    }
    assert_eq!(found.len(), report.matches("answered with an 835 (trace ").count(), "{report}");
    found
}

fn first(text: &str) -> Money {
    money(text.split([' ', ',', ';']).next().unwrap_or_default())
}

fn last(text: &str) -> Money {
    money(text.rsplit(' ').next().unwrap_or_default())
}

fn money(text: &str) -> Money {
    Money::parse(text.as_bytes()).unwrap_or_else(|| panic!("{text} is no amount"))
}
