//! TA1, the answer to one interchange.

use crate::answer::{Verdict, fitted};
use crate::compose::Composer;
use crate::fault::{Fault, Kind};
use crate::interchange::Interchange;

/// Writes the TA1 that answers `answered`, of which `faults` were found. It has to come straight
/// after the ISA, before any functional group.
pub fn compose(composer: &mut Composer, answered: &Interchange, faults: &[Fault]) {
    let isa = answered.header();
    composer
        .segment("TA1")
        .text(&fitted(isa.text(13), 0, 9))
        .text(&fitted(isa.text(9), 0, 6))
        .text(&fitted(isa.text(10), 0, 4))
        .text(verdict(faults).code())
        .text(note(faults))
        .end();
}

/// Whether an interchange with these faults is taken. Faults of its groups and transaction sets
/// do not count: a 999 answers those.
pub fn verdict(faults: &[Fault]) -> Verdict {
    match first_note(faults) {
        Some(_) => Verdict::Rejected,
        None => Verdict::Accepted,
    }
}

/// TA105: why. There is room for one reason, and the first is given.
pub fn note(faults: &[Fault]) -> &'static str {
    first_note(faults).unwrap_or("000")
}

fn first_note(faults: &[Fault]) -> Option<&'static str> {
    faults.iter().find_map(|fault| match fault.kind {
        Kind::Interchange(fault) => Some(fault.ta105()),
        Kind::Group(_) | Kind::Set(_) | Kind::Segment(_) | Kind::Element(_) => None,
    })
}
