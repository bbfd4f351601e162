//! Bytes to segments, groups and sets.

use divan::Bencher;
use divan::counter::BytesCount;

use crate::sample;

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let file = sample::named_or_clean(10_000);
    bencher.counter(BytesCount::new(file.len())).bench(|| x12::interchange::read(&file));
}
