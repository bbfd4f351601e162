//! What one payer left of a claim, by all that stands of what it said.

use x12::value::Money;

use super::bundles::Bundles;
use super::{Turn, add_to, give};
use crate::change::{ArrivalId, Word};
use crate::denials::reasons::{self, Class, may_be_next_payers};
use crate::ledger::{Account, PAID_TO_PATIENT, TakenOff};
use crate::reconcile::denied_lines::{left_of, without};
use crate::reconcile::standing::{Said, overruled, standing};

/// What one payer left.
#[derive(Default)]
pub(super) struct Left {
    /// By its name in the settings; `None` is the first.
    pub(super) payer: Option<String>,
    pub(super) charge: Money,
    /// What it says was settled before it.
    pub(super) settled: Money,
    /// V23: how much of that may be what it takes off itself.
    pub(super) hidden: Money,
    pub(super) patients: Money,
    pub(super) paid: Money,
    /// What it took off by contract and the like.
    pub(super) agreed: TakenOff,
    pub(super) denied: Denied,
    /// Where it paid last: the arrival, and the byte of its CLP.
    pub(super) paid_at: Option<(ArrivalId, usize)>,
}

/// What was denied.
#[derive(Default)]
pub(super) struct Denied {
    /// What may be the next payer's to pay.
    next_payers: TakenOff,
    pub(super) others: TakenOff,
}

impl Denied {
    pub(super) fn add(&mut self, more: &Denied) {
        add_to(&mut self.next_payers, &more.next_payers);
        add_to(&mut self.others, &more.others);
    }

    /// Moves as much of it to what gives way, first of what is a later payer's to pay; how much it was.
    pub(super) fn give(&mut self, beyond: &mut Money, given: &mut TakenOff) -> Money {
        let of_next = give(beyond, &mut self.next_payers, given);
        of_next + give(beyond, &mut self.others, given)
    }
}

impl Left {
    /// `None` of who said nothing that holds.
    pub(super) fn by(turn: &Turn, charged: Money) -> Option<Left> {
        let posted: Vec<Said> = turn.said.iter().filter(|one| one.is_posted).cloned().collect();
        let gave_way = overruled(&posted, &[], charged);
        let posted: Vec<Said> = posted.into_iter().filter(|one| !one.is_review()).collect();
        let counts = without(&posted, &gave_way);
        // What was taken back has its minus, and so counts for nothing.
        let sum = |of: fn(&Said) -> Money| -> Money { counts.iter().map(of).sum() };
        let charge = sum(|said| said.charge);
        if charge.is_zero() {
            return None;
        }
        let stands = standing(&posted).left.into_iter().filter_map(|at| posted.get(at));
        let stands: Vec<&Said> = stands.filter(|one| left_of(one, &gave_way).is_some()).collect();
        let hiding = hiding(&posted, turn.is_said_later());
        let hides = |one: &Said| {
            let mut all = posted.iter().zip(&hiding);
            all.any(|(other, hides)| *hides && other.is_at(&one.identity, one.offset))
        };
        let bundles = Bundles::of(&posted);
        let (hides, tells): (Vec<&Said>, Vec<&Said>) = counts.iter().partition(|one| hides(one));
        let hidden = hides.iter().map(|one| sum_of(one, |code| code == FEE_SCHEDULE)).sum();
        let paid_at = stands.iter().rev().find(|one| Money::ZERO < one.paid);
        let mut left = Left {
            payer: turn.payer.clone(),
            charge,
            settled: hidden + sum(of_reason_23),
            hidden,
            patients: sum(patients),
            paid: sum(|said| said.paid),
            paid_at: paid_at.map(|one| (one.arrival, one.offset)),
            ..Left::default()
        };
        // What was settled before it is not its own, and is not posted as that.
        let of_hiding = hides.iter().flat_map(|one| bundles.without(one));
        let of_hiding = of_hiding.filter(|(_, code, _)| *code != FEE_SCHEDULE);
        let of_telling = tells.iter().flat_map(|one| bundles.without(one));
        for (_, code, amount) in of_hiding.chain(of_telling) {
            left.take_off(code, amount);
        }
        Some(left)
    }

    /// Of a payer after the first, while none before it decided: what it takes off comes to nothing until then, for
    /// nothing is left to it yet.
    pub(super) fn take_nothing_off(&mut self, given: &mut TakenOff) {
        let mut taken = (self.charge - self.settled).max(Money::ZERO);
        give(&mut taken, &mut self.agreed, given);
        self.denied.give(&mut taken, given);
    }

    fn take_off(&mut self, code: &str, amount: Money) {
        let (group, reason) = reasons::group_and_reason(code);
        let off = match reasons::reason(reason).class {
            Class::Expected => &mut self.agreed,
            Class::Denial if may_be_next_payers(group, reason) => &mut self.denied.next_payers,
            Class::Denial => &mut self.denied.others,
            Class::Waiting => return,
        };
        let account = Account::of_adjustment(group, reason);
        if reason != "23" && account != Account::Patient {
            *off.entry(account).or_default() += amount;
        }
    }
}

/// V23: which of what a payer said, and was posted, has what was settled before it in its CO-45: what says
/// so by itself, and what takes such back.
pub(super) fn hiding(posted: &[Said], is_said_later: bool) -> Vec<bool> {
    let is_loose =
        |said: &Said| is_said_later && said.word == Word::Reversed && said.tells_no_settled();
    let mut hiding: Vec<bool> =
        posted.iter().map(|one| one.hides_settled() || is_loose(one)).collect();
    for (reversal, original) in standing(posted).pairs {
        let hides = hiding.get(original).copied().unwrap_or_default();
        hiding.get_mut(reversal).into_iter().for_each(|slot| *slot = hides);
    }
    hiding
}

/// What a payer says was settled before it: reason 23. V23: one that hides it has it in CO-45.
pub(in crate::reconcile) fn settled_before(said: &Said) -> Money {
    match said.hides_settled() {
        true => sum_of(said, |code| code == FEE_SCHEDULE),
        false => of_reason_23(said),
    }
}

fn of_reason_23(said: &Said) -> Money {
    sum_of(said, |code| code.ends_with("-23"))
}

/// What is above a payer's fees; where reason 23 is missing, above what was left to it.
pub(in crate::reconcile) const FEE_SCHEDULE: &str = "CO-45";

pub(in crate::reconcile) fn patients(said: &Said) -> Money {
    let is_paid_to =
        |code: &str| code.split_once('-').is_some_and(|(_, one)| one == PAID_TO_PATIENT);
    sum_of(said, |code| is_paid_to(code) || code.starts_with("PR-") && !code.ends_with("-23"))
}

/// The adjustments with such a code.
fn sum_of(said: &Said, is_it: impl Fn(&str) -> bool) -> Money {
    said.adjustments().filter(|(_, code, _)| is_it(code)).map(|(_, _, amount)| amount).sum()
}
