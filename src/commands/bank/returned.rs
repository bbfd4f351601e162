//! Items about what a payer says that it got back by check (PLB 72), and nobody booked.

use x12::phi::Phi;
use x12::value::Money;

use crate::change::cases::NOT_BOOKED;
use crate::change::refunds::KeptEntry;
use crate::change::{NewWork, WorkMove, WorkState, WorkWords};
use crate::denials::route::{self, Subject, shown};
use crate::reconcile::refunds::Return;
use crate::store::Work;

/// Those of a payer's entries that say so, as they are kept and as they are held against refunds.
pub(super) fn returns_of(kept: &[KeptEntry]) -> (Vec<KeptEntry>, Vec<Return>) {
    let is_return = |kept: &KeptEntry| Return::of_kept(kept).map(|told| (kept.clone(), told));
    kept.iter().filter_map(is_return).unzip()
}

/// Whether an item is about a return.
pub(super) fn is_of_return(item: &Work, told: &KeptEntry) -> bool {
    let at = Some((told.arrival, told.place.offset));
    item.alike.rule == NOT_BOOKED && item.arrival.zip(item.remitted) == at
}

/// The item about a return that nobody booked.
pub(super) fn unbooked(told: &KeptEntry, left: Money) -> NewWork {
    let entry = &told.entry;
    let reference = shown(entry.reference.expose());
    let subject = Subject {
        claim: None,
        arrival: told.arrival,
        amount: left,
        place: told.place,
        payer: told.payer.clone(),
        names: Phi::new(format!("PLB01 {}, PLB reference {reference}", entry.payee)),
    };
    route::unbooked_refund(&subject, -entry.amount)
}

/// An item says what a new one would, and is open.
pub(super) fn says_anew(item: &Work, new: &NewWork, note: &str) -> WorkMove {
    let says = WorkWords {
        what: Some(new.what.clone()),
        action: Some(new.action.clone()),
        evidence: None,
        amount: Some(new.amount),
    };
    let step = match item.state.is_open() {
        true => item.step(item.state, &item.note),
        false => item.step(WorkState::Open, note),
    };
    WorkMove { says: Some(says), ..step }
}
