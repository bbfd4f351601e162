//! The cash of the ledger against the files of payers, segment by segment: no guide, no match, no decision.

use x12::guide::row::Tag;
use x12::interchange::{Interchange, Set};
use x12::segment::Segment;
use x12::value::Money;

use super::Audit;
use crate::change::ArrivalId;
use crate::ledger;
use crate::reports::facts::Entry;

/// The cash of remittances, by the arrival and the byte that it is posted from.
#[derive(Default)]
pub(super) struct Cash(Vec<Posted>);

struct Posted {
    arrival: ArrivalId,
    offset: usize,
    amount: Money,
    is_remainder: bool,
}

impl Cash {
    /// Takes what one posting adds.
    pub fn add(&mut self, entry: &Entry) {
        let posting = &entry.posting;
        if let (Some(arrival), Some(_)) = (entry.arrival, entry.payment)
            && ledger::is_paid(posting)
        {
            self.0.push(Posted {
                arrival,
                offset: posting.source.offset,
                amount: posting.amount,
                is_remainder: posting.reason == ledger::REMAINDER,
            });
        }
    }

    /// Once all is taken.
    pub fn sort(&mut self) {
        self.0.sort_unstable_by_key(|one| (one.arrival, one.offset));
    }

    /// Of one arrival, from one byte on to another.
    fn between(&self, arrival: ArrivalId, from: usize, to: usize) -> &[Posted] {
        let first = self.0.partition_point(|one| (one.arrival, one.offset) < (arrival, from));
        let rest = self.0.get(first..).unwrap_or_default();
        let count = rest.partition_point(|one| (one.arrival, one.offset) < (arrival, to));
        rest.get(..count).unwrap_or_default()
    }
}

/// Of each remittance that was posted, each CLP04 stands in the ledger, posted to a claim or waiting, and
/// so does each PLB. A payment that a person let go on may leave out what a PLB says a second time.
pub(super) fn compare(
    arrival: ArrivalId,
    interchanges: &[Interchange],
    cash: &Cash,
    audit: &mut Audit,
) {
    let mut differences = 0_u64;
    let mut first = None;
    for interchange in interchanges {
        for set in interchange.groups.iter().flat_map(|group| &group.sets) {
            if interchange.set_header(set).text(1) != b"835" {
                continue;
            }
            for difference in differences_of(arrival, (interchange, set), cash) {
                differences += 1;
                first.get_or_insert(difference);
            }
        }
    }
    if let Some(first) = first {
        let ArrivalId(id) = arrival;
        let more = match differences {
            1 => String::new(),
            _ => format!("; {} more of this file are not as they came", differences - 1),
        };
        audit.disagreements.push(format!("arrival {id}: {first}{more}"));
    }
}

fn differences_of(
    arrival: ArrivalId,
    (interchange, set): (&Interchange, &Set),
    cash: &Cash,
) -> Vec<String> {
    let mut differences = Vec::new();
    let mut segments = interchange.set_segments(set).peekable();
    let (Some(start), Some(end)) = (segments.next(), interchange.set_segments(set).last()) else {
        return differences;
    };
    let posted = cash.between(arrival, start.offset(), end.offset());
    if posted.is_empty() {
        return differences;
    }
    let is_let_go = posted.iter().any(|one| one.is_remainder);
    let mut marks = segments.filter(|segment| matches!(segment.tag(), CLP | PLB)).peekable();
    while let Some(mark) = marks.next() {
        let until = marks.peek().map_or(end.offset(), Segment::offset);
        let stands = cash.between(arrival, mark.offset(), until);
        let stands: Money = stands.iter().map(|one| one.amount).sum();
        let told = told_by(&mark);
        let is_left_out = mark.tag() == PLB && is_let_go;
        if stands != told && !is_left_out {
            let tag = if mark.tag() == PLB { "PLB" } else { "CLP" };
            differences.push(format!(
                "the {tag} at segment {} comes to {told}, but {stands} of it stands in the ledger",
                mark.number()
            ));
        }
    }
    differences
}

const CLP: Tag = Tag::new(b"CLP");
const PLB: Tag = Tag::new(b"PLB");

/// What a CLP pays, or a PLB adds to the payment.
fn told_by(segment: &Segment<'_>) -> Money {
    let money = |element| segment.money(element).unwrap_or_default();
    match segment.tag() == PLB {
        true => -[4, 6, 8, 10, 12, 14].into_iter().map(money).sum::<Money>(),
        false => money(4),
    }
}
