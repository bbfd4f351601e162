//! What payers after the first paid of what they decided, and whether one of them is asked.

use x12::value::Money;

use super::{Excess, Turns};
use crate::reconcile::standing::Said;

impl Turns {
    /// What each payer after the first paid and did not take back, whatever was left to it.
    pub(in crate::reconcile) fn paid_by_later(&self, charged: Money) -> Vec<Excess> {
        let mut found = Vec::new();
        for (turn, holds) in self.turns.iter().zip(self.holding(charged)) {
            let paid: Money = holds.iter().map(|one| one.paid).sum();
            let last = holds.iter().rfind(|one| Money::ZERO < one.paid);
            let (Some(payer), Some(Said { arrival, offset, .. })) = (&turn.payer, last) else {
                continue;
            };
            let (payer, arrival, offset) = (payer.clone(), *arrival, *offset);
            found.push(Excess { payer, amount: paid, paid, arrival, offset });
        }
        found.retain(|one| Money::ZERO < one.amount);
        found
    }

    /// Whether a payer is asked by now for what another denied.
    pub(in crate::reconcile) fn is_next_asked(&self) -> bool {
        let asked = self.books.now.asked.values();
        asked.flat_map(|of| of.values()).any(|amount| Money::ZERO < *amount)
    }
}
