//! Rates that a remittance implies, beside those that were seen before.

use x12::phi::Phi;
use x12::value::Money;
use x12::view::remittance::Remittance;

use super::origin;
use crate::change::Change;
use crate::contracts::learned::{Rate, Rates};
use crate::denials::route::{Subject, shown};
use crate::denials::variance;
use crate::intake::Intake;
use crate::reconcile::expected::AMOUNTS_MAX;

/// Takes the rates of a decision into the change, and tells a person of those that are new.
pub(super) fn learn(intake: &mut Intake<'_>, decided: &mut Change, remittance: &Remittance<'_>) {
    let mut seen: Rates = std::mem::take(&mut decided.rates).into_iter().collect();
    let mut known: Vec<Rate> =
        seen.keys().flat_map(|key| intake.knowledge.rates(key, AMOUNTS_MAX)).collect();
    // What other remittances of the same file imply is not in the store yet.
    known.extend(intake.change.rates.iter().cloned());
    let changes = seen.changes(&known);
    if !changes.is_empty() {
        let trace = shown(&remittance.trace.text());
        let subject = Subject {
            claim: None,
            arrival: intake.source.arrival,
            amount: Money::ZERO,
            place: remittance.place,
            names: Phi::new(format!("{}, trace {trace}", origin(intake))),
        };
        decided.work.push(variance::rates_changed(&subject, &changes));
    }
    decided.rates.extend(seen.all().cloned());
}
