//! Claims looked at by their names, and held against every rule.

use claimgate::intake::judge::judge;
use claimgate::scrub::path::Filed;
use claimgate::scrub::{Earlier, Rulebook};
use divan::Bencher;
use divan::counter::ItemsCount;
use x12::interchange::{Interchange, Reading};
use x12::view::claim::claims;
use x12::walk::Walked;

use crate::sample;

#[divan::bench]
fn view(bencher: Bencher<'_, '_>) {
    with_claims(bencher, |filed| filed.claim.lines.len());
}

#[divan::bench]
fn view_and_scrub(bencher: Bencher<'_, '_>) {
    let (rulebook, today) = (Rulebook::built_in(), sample::today());
    with_claims(bencher, |filed| rulebook.scrub(filed, "", today, |_| Earlier::default()).len());
}

/// Measures `work` on each claim of a file that was walked before.
fn with_claims(bencher: Bencher<'_, '_>, work: impl Fn(&Filed<'_>) -> usize + Sync) {
    let file = sample::named_or_clean(2_000);
    let reading = x12::interchange::read(&file);
    let walked = walk_all(&reading);
    let each = || {
        let sets = walked.iter().zip(sets(&reading));
        sets.flat_map(|(walked, (interchange, set))| {
            let claims = claims(interchange, set, walked);
            claims.map(move |claim| (claim, interchange, set, walked))
        })
    };
    bencher.counter(ItemsCount::new(each().count())).bench(|| {
        let found = each().map(|(claim, interchange, set, walked)| {
            work(&Filed { claim: &claim, interchange, set, walked })
        });
        found.sum::<usize>()
    });
}

fn sets(reading: &Reading) -> impl Iterator<Item = (&Interchange, &x12::interchange::Set)> {
    reading.interchanges.iter().flat_map(|interchange| {
        let sets = interchange.groups.iter().flat_map(|group| &group.sets);
        sets.map(move |set| (interchange, set))
    })
}

fn walk_all(reading: &Reading) -> Vec<Walked> {
    let groups = reading
        .interchanges
        .iter()
        .flat_map(|interchange| interchange.groups.iter().map(move |group| (interchange, group)));
    let sets = groups.flat_map(|(interchange, group)| {
        group.sets.iter().map(move |set| judge(interchange, group, set).walked)
    });
    sets.collect()
}
