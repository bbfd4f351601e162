//! Sets laid against their guides, every element checked; alone, and with the reading before it.

use claimgate::intake::judge::judge;
use divan::Bencher;
use divan::counter::BytesCount;
use x12::interchange::Reading;

use crate::sample;

#[divan::bench]
fn walk(bencher: Bencher<'_, '_>) {
    let file = sample::named_or_clean(10_000);
    let reading = x12::interchange::read(&file);
    bencher.counter(BytesCount::new(file.len())).bench(|| count_faults(&reading));
}

#[divan::bench]
fn read_and_walk(bencher: Bencher<'_, '_>) {
    let file = sample::named_or_clean(10_000);
    bencher
        .counter(BytesCount::new(file.len()))
        .bench(|| count_faults(&x12::interchange::read(&file)));
}

fn count_faults(reading: &Reading) -> usize {
    let groups = reading
        .interchanges
        .iter()
        .flat_map(|interchange| interchange.groups.iter().map(move |group| (interchange, group)));
    let sets = groups.flat_map(|(interchange, group)| {
        group.sets.iter().map(move |set| judge(interchange, group, set))
    });
    sets.map(|judged| judged.faults.len()).sum()
}
