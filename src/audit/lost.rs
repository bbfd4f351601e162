//! Remittances that came and stand nowhere: neither in the books, nor among those that are held.

use std::collections::BTreeMap;

use x12::guide::row::Tag;
use x12::interchange::{Interchange, Set};
use x12::value::Money;

use super::Audit;
use crate::change::ArrivalId;
use crate::store::{self, Store};

/// What the files of payers say, by their arrivals.
#[derive(Default)]
pub(super) struct Brought(Vec<OfArrival>);

struct OfArrival {
    arrival: ArrivalId,
    /// How many remittances were taken of it, as was noted then.
    taken: u64,
    said: Vec<Said>,
}

/// A remittance by its own words: what says a number or an amount twice may be kept by each of them.
#[derive(Default)]
struct Said {
    /// TRN02.
    numbers: Vec<String>,
    /// BPR02.
    amounts: Vec<Money>,
    segment: u32,
}

impl Brought {
    /// Takes what a file brought.
    pub fn add(&mut self, arrival: ArrivalId, interchanges: &[Interchange], taken: u64) {
        if taken == 0 {
            return;
        }
        let mut said = Vec::new();
        for interchange in interchanges {
            let sets = interchange.groups.iter().flat_map(|group| &group.sets);
            for set in sets.filter(|set| interchange.set_header(set).text(1) == b"835") {
                said.push(said_by(interchange, set));
            }
        }
        self.0.push(OfArrival { arrival, taken, said });
    }

    /// Holds it against what is kept, which is read later: what came was kept before it was counted here.
    pub fn compare(&self, store: &dyn Store, audit: &mut Audit) -> store::Result<()> {
        let known = known(store)?;
        for OfArrival { arrival, taken, said } in &self.0 {
            // What repeats an earlier one is kept with that.
            let is_kept = |said: &&Said| {
                let keys = said.numbers.iter().flat_map(|number| {
                    said.amounts.iter().map(move |amount| (number.clone(), *amount))
                });
                keys.filter_map(|key| known.get(&key)).any(|first| first <= arrival)
            };
            let kept = said.iter().filter(is_kept).count() as u64;
            let lost = taken.saturating_sub(kept);
            let first = said.iter().find(|said| !is_kept(said));
            if let Some(first) = first.filter(|_| lost > 0) {
                audit.disagreements.push(format!(
                    "arrival {}: {lost} of its {taken} remittances stand nowhere, neither posted nor held, such \
                     as that at segment {}; put back a store that has them, or have them sent under another \
                     interchange number (ISA13)",
                    arrival.0, first.segment
                ));
            }
        }
        Ok(())
    }
}

fn said_by(interchange: &Interchange, set: &Set) -> Said {
    let mut said = Said::default();
    for found in interchange.set_segments(set) {
        match found.tag() {
            BPR => {
                said.amounts.push(found.money(2).unwrap_or_default());
                said.segment = found.number();
            }
            TRN => said.numbers.push(found.field(2).text().into_owned()),
            // The names of payer and payee come after both.
            N1 => break,
            _ => {}
        }
    }
    if said.amounts.is_empty() {
        said.amounts.push(Money::ZERO);
    }
    if said.numbers.is_empty() {
        said.numbers.push(String::new());
    }
    said
}

/// The first arrival of each number and amount.
fn known(store: &dyn Store) -> store::Result<BTreeMap<(String, Money), ArrivalId>> {
    let mut known: BTreeMap<(String, Money), ArrivalId> = BTreeMap::new();
    let mut after = 0;
    loop {
        let page = store.remittances(after, ROWS_PER_PAGE)?;
        let Some(last) = page.last() else { return Ok(known) };
        after = last.id;
        for kept in page {
            let first = known.entry((kept.trace, kept.amount)).or_insert(kept.arrival);
            *first = kept.arrival.min(*first);
        }
    }
}

const BPR: Tag = Tag::new(b"BPR");
const TRN: Tag = Tag::new(b"TRN");
const N1: Tag = Tag::new(b"N1");

/// How many remittances are read at a time.
const ROWS_PER_PAGE: u32 = 5_000;
