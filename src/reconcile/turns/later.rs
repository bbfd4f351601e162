//! What payers after the first paid of what they decided, and whether one of them is asked.

use x12::value::Money;

use super::{Excess, Turns};
use crate::change::WorkState;
use crate::change::cases::Undecided;
use crate::denials::Category;
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

    /// What the last of the payers but this one left to the patient, or denied and may be another payer's.
    pub fn left_beside(&self, payer: &str, charged: Money) -> Money {
        let mut others = self.clone();
        others.turns.retain(|turn| turn.payer.as_deref() != Some(payer));
        others.left_to_next(charged)
    }

    /// What holds of what a payer after the first said.
    pub(in crate::reconcile) fn holding_of(&self, payer: &str, charged: Money) -> Vec<Said> {
        let turns = self.turns.iter().zip(self.holding(charged));
        let mut its = turns.filter(|(turn, _)| turn.payer.as_deref() == Some(payer));
        its.next().map(|(_, holds)| holds).unwrap_or_default()
    }

    /// Whether what is said in these turns may close an item, or end the work on it.
    pub fn is_worked_on(&self, case: &Undecided) -> bool {
        case.is_of_turns() || self.is_sent_again(case)
    }

    /// Whether what an item is about was denied by a payer after the first, and goes to that one once more.
    pub(in crate::reconcile) fn is_sent_again(&self, case: &Undecided) -> bool {
        let is_out = case.state == WorkState::Released && case.ending.is_none();
        is_out && case.category == Category::Denied && self.later_payer_of(case).is_some()
    }

    /// Whether a payer is asked by now for what another denied.
    pub(in crate::reconcile) fn is_next_asked(&self) -> bool {
        let asked = self.books.now.asked.values();
        asked.flat_map(|of| of.values()).any(|amount| Money::ZERO < *amount)
    }
}
