//! Rates that remittances imply, beside those that were seen before.

use std::collections::HashSet;

use x12::fault::Place;
use x12::phi::Phi;
use x12::value::Money;

use crate::change::Change;
use crate::contracts::learned::{Key, Rate, Rates};
use crate::denials::route::{Subject, shown};
use crate::denials::variance;
use crate::intake::Intake;
use crate::reconcile::expected::RATES_MAX;

/// What the remittances of one arrival imply: each rate is asked for once and written once, however
/// many of them have it.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    /// What was asked of the store.
    asked: HashSet<Key>,
    /// What the store knows of that, and what the arrival implies so far.
    known: Rates,
    /// What the arrival implies so far.
    seen: Rates,
}

impl Learned {
    /// What is to be written.
    pub(crate) fn finish(&self) -> Vec<Rate> {
        self.seen.all().cloned().collect()
    }

    fn add(&mut self, seen: &Rates) {
        for rate in seen.all() {
            self.known.keep(rate.clone());
            self.seen.add(rate.clone());
        }
    }
}

/// Takes the rates of a decision, and tells a person of those that are new.
pub(super) fn learn(intake: &mut Intake<'_>, decided: &mut Change, (trace, place): (&str, Place)) {
    let mut seen: Rates = std::mem::take(&mut decided.rates).into_iter().collect();
    let learned = &mut intake.learned;
    let new: Vec<&Key> = seen.keys().filter(|key| !learned.asked.contains(*key)).collect();
    if !new.is_empty() {
        intake
            .knowledge
            .rates(&new, RATES_MAX)
            .into_iter()
            .for_each(|rate| learned.known.keep(rate));
        learned.asked.extend(new.into_iter().cloned());
    }
    let known: Vec<Rate> = seen.keys().flat_map(|key| learned.known.of(key)).cloned().collect();
    let changes = seen.changes(&known);
    learned.add(&seen);
    if !changes.is_empty() {
        let trace = shown(trace);
        let subject = Subject {
            claim: None,
            arrival: intake.source.arrival,
            amount: Money::ZERO,
            place,
            payer: intake.terms.partner.clone(),
            names: Phi::new(format!("{}, trace {trace}", intake.origin().told())),
        };
        decided.work.push(variance::rates_changed(&subject, &changes));
    }
}
