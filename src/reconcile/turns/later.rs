//! What payers after the first paid of what they decided, and whether one of them is asked.

use std::collections::BTreeMap;

use x12::value::Money;

use super::{Excess, Turns, may_be_next_payers, settled_before};
use crate::change::cases::{BY_PAYMENT, Undecided};
use crate::change::{ArrivalId, ClaimId, Word};
use crate::denials::{Category, reasons};
use crate::reconcile::matching::KnownLine;
use crate::reconcile::standing::{Said, holding};

/// What of what was left to a payer after the first it has not decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reconcile) struct StillLeft {
    pub amount: Money,
    /// The lines of which it says nothing, or nothing any more.
    pub left_out: Vec<u32>,
    /// What of the amount it reviews.
    pub reviewed: Money,
    /// What it said last: the arrival.
    pub arrival: ArrivalId,
}

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

    /// Whether the first payer took back all that it decided.
    pub(in crate::reconcile) fn is_first_taken_back(&self, charged: Money) -> bool {
        let is_reversal = |one: &Said| one.is_posted && one.word == Word::Reversed;
        let first = self.said_by(None);
        first.iter().any(is_reversal) && holding(first, charged).next().is_none()
    }

    /// What the last of the payers but this one left to the patient, or denied and may be another payer's.
    pub fn left_beside(&self, payer: &str, charged: Money) -> Money {
        let mut others = self.clone();
        others.turns.retain(|turn| turn.payer.as_deref() != Some(payer));
        others.left_to_next(charged)
    }

    /// What stands of what the last of the payers but this one left so: nothing where that one took all back.
    pub fn stands_beside(&self, payer: &str, charged: Money) -> Money {
        let mut others = self.clone();
        others.turns.retain(|turn| turn.payer.as_deref() != Some(payer));
        let took_back = others.holding(charged).last().is_none_or(Vec::is_empty);
        if took_back { Money::ZERO } else { others.left_to_next(charged) }
    }

    /// Whether this payer after the first decided as the first one, and the first as after another: which of them comes
    /// first is to be asked.
    pub(in crate::reconcile) fn is_order_asked(&self, payer: &str, charged: Money) -> bool {
        let holding = self.holding(charged);
        let is_as_first = |one: &Said| one.is_of_first();
        let is_after = |one: &Said| one.is_after_another() && Money::ZERO < settled_before(one);
        let first = self.held_by(None, &holding);
        self.held_by(Some(payer), &holding).iter().any(is_as_first)
            && first.iter().any(is_after)
            && !first.iter().any(is_as_first)
    }

    /// What holds of what a payer after the first said.
    pub(in crate::reconcile) fn holding_of(&self, payer: &str, charged: Money) -> Vec<Said> {
        self.held_by(Some(payer), &self.holding(charged)).to_vec()
    }

    /// Of what holds of each payer's words what this one said.
    fn held_by<'h>(&self, payer: Option<&str>, holding: &'h [Vec<Said>]) -> &'h [Said] {
        let mut its = self.turns.iter().zip(holding);
        let of_payer = its.find(|(turn, _)| turn.payer.as_deref() == payer);
        of_payer.map(|(_, holds)| holds.as_slice()).unwrap_or_default()
    }

    /// Whether what is said in these turns may close an item, or end the work on it.
    pub fn is_worked_on(&self, case: &Undecided) -> bool {
        case.is_of_turns() || self.is_later_denial(case)
    }

    /// Whether what an item is about was denied by a payer after the first, and what that one decides by a claim that
    /// went there once more may end the work on it, or take it up again.
    pub(in crate::reconcile) fn is_later_denial(&self, case: &Undecided) -> bool {
        let may_change = case.ending.is_none_or(|ending| BY_PAYMENT.contains(&ending));
        case.category == Category::Denied && may_change && self.later_payer_of(case).is_some()
    }

    /// Whether a payer is asked by now for what another denied.
    pub(in crate::reconcile) fn is_next_asked(&self) -> bool {
        let asked = self.books.now.asked.values();
        asked.flat_map(|of| of.values()).any(|amount| Money::ZERO < *amount)
    }

    /// Whether a claim that goes beside this one was made for the payer.
    pub(in crate::reconcile) fn is_billed_beside(&self, claim: ClaimId, payer: &str) -> bool {
        let mut others = self.claims.iter().filter(|one| one.claim != claim && !one.is_first);
        others.any(|one| one.is_open && one.payer.as_deref() == Some(payer))
    }

    /// What of what was left to a payer after the first it has not decided on, where it decided on a part of it: lines
    /// that it leaves out, or took back, and what it reviews. Nothing while nobody before it decided.
    pub(in crate::reconcile) fn still_left(
        &self,
        payer: &str,
        (charged, lines): (Money, &[KnownLine]),
    ) -> Option<StillLeft> {
        let holding = self.holding(charged);
        let turns = || self.turns.iter().zip(&holding);
        let (own, holds) = turns().find(|(turn, _)| turn.payer.as_deref() == Some(payer))?;
        let mut before = turns().filter(|(turn, _)| turn.rank < own.rank).map(|(_, holds)| holds);
        let left = left_by_line(before.rfind(|holds| !holds.is_empty())?);
        let arrival = holds.last()?.arrival;
        let reviewed: Vec<(u32, Money)> = reviewed_in(holds);
        let in_review: Money = reviewed.iter().map(|(_, amount)| *amount).sum();
        let is_by_lines = holds.iter().all(|one| one.lines.is_some());
        let left_out = lines.iter().map(|line| line.number).filter(|&number| {
            let is_left = left.get(&number).is_some_and(|left| Money::ZERO < *left);
            let is_left = is_left || left.contains_key(&OF_CLAIM);
            is_by_lines && is_left && !holds.iter().any(|one| one.speaks_of(number))
        });
        let left_out: Vec<u32> = left_out.collect();
        let taken = holds.iter().map(|one| one.charge - settled_before(one)).sum::<Money>();
        let all: Money = left.values().copied().sum();
        let amount = all - (taken - in_review);
        let is_part = !left_out.is_empty() || Money::ZERO < in_review;
        let reviewed = in_review.min(amount);
        let of_it = StillLeft { amount, left_out, reviewed, arrival };
        (is_part && Money::ZERO < amount).then_some(of_it)
    }
}

/// What a payer left to the patient, or denied and may be the next payer's, by the numbers of lines.
fn left_by_line(holds: &[Said]) -> BTreeMap<u32, Money> {
    let mut left = BTreeMap::new();
    for (line, code, amount) in holds.iter().flat_map(Said::adjustments) {
        let (group, reason) = reasons::group_and_reason(code);
        if (group == "PR" && reason != "23") || may_be_next_payers(group, reason) {
            *left.entry(line.parse().unwrap_or(OF_CLAIM)).or_default() += amount;
        }
    }
    left.retain(|_, amount: &mut Money| !amount.is_zero());
    left
}

/// What a payer reviews, by the numbers of lines, and did not decide on in another CLP.
fn reviewed_in(holds: &[Said]) -> Vec<(u32, Money)> {
    let mut found = Vec::new();
    for (at, one) in holds.iter().enumerate() {
        for (line, _, amount) in one.reviewed() {
            let number = line.parse().unwrap_or(OF_CLAIM);
            let mut others = holds.iter().enumerate().filter(|(other, _)| *other != at);
            let is_decided = others.any(|(_, other)| {
                let is_open = other.reviewed().any(|(of, _, _)| of == line);
                other.speaks_of(number) && !is_open
            });
            if !is_decided {
                found.push((number, amount));
            }
        }
    }
    found
}

/// In place of the number of a line, where the claim as a whole is meant.
const OF_CLAIM: u32 = 0;
