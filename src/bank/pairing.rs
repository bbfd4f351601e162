//! Which deposit is the money of which remittance, as far as it is sure. It depends on what there
//! is and not on the order in which it came: what comes later may undo a pair.

use std::collections::{BTreeMap, BTreeSet};

use x12::value::Money;

use super::nearest::Nearest;
use super::payers::Payers;
use super::returns::returns;
use super::{calendar, payer_key};
use crate::change::deposits::{
    Awaited, Deposit, DepositId, DepositTier, KeptDeposit, Pairing, PaymentId, Reassociation, Way,
    trace_key,
};

/// Both sides under one trace number.
#[derive(Debug, Default)]
pub(super) struct Group<'k> {
    pub deposits: Vec<(DepositId, &'k Deposit)>,
    pub payments: Vec<(PaymentId, &'k Awaited)>,
    pub payers: Payers<'k>,
}

/// Both sides by trace number, each in an order of its own; deposits that a person put aside are
/// left out.
pub(super) fn groups<'k>(
    known: &'k Reassociation,
    payers: &'k [String],
) -> BTreeMap<String, Group<'k>> {
    let mut groups: BTreeMap<String, Group<'_>> = BTreeMap::new();
    for KeptDeposit { id, deposit, set_aside } in &known.deposits {
        if set_aside.is_empty() {
            let key = trace_key(&deposit.trace);
            groups.entry(key).or_default().deposits.push((*id, deposit));
        }
    }
    for (id, payment) in &known.payments {
        groups.entry(trace_key(&payment.trace)).or_default().payments.push((*id, payment));
    }
    for group in groups.values_mut() {
        group.payers = Payers::of_settings(payers);
        for (_, payment) in &group.payments {
            group.payers.add(payment);
        }
        group.deposits.sort_by_key(|(_, deposit)| (deposit.day, &deposit.identity));
        group.payments.sort_by_key(|(_, payment)| (payment.paid_on, &payment.identity));
    }
    groups
}

/// What persons had a hand in, and the pairs that stay as they are for it.
#[derive(Debug, Default)]
struct Held {
    deposits: BTreeSet<DepositId>,
    payments: BTreeSet<PaymentId>,
    pairings: Vec<Pairing>,
}

/// Deposits that the bank took back by itself, each by the entry that does.
pub fn taken_back(known: &Reassociation) -> BTreeMap<DepositId, DepositId> {
    returns(known, &held(known).deposits)
}

fn held(known: &Reassociation) -> Held {
    let persons = || known.pairings.iter().filter(|pairing| pairing.tier == DepositTier::Person);
    let mut held: BTreeSet<DepositId> = persons().map(|pairing| pairing.deposit).collect();
    let mut paid: BTreeSet<PaymentId> = persons().map(|pairing| pairing.payment).collect();
    let written_off = known.payments.iter().filter(|(_, payment)| !payment.written_off.is_zero());
    paid.extend(written_off.map(|(id, _)| *id));
    let mut found: Vec<Pairing> = Vec::new();
    for pairing in &known.pairings {
        let is_touched = held.contains(&pairing.deposit) || paid.contains(&pairing.payment);
        if pairing.tier != DepositTier::Person && is_touched {
            found.push(pairing.clone());
        }
    }
    held.extend(found.iter().map(|pairing| pairing.deposit));
    paid.extend(found.iter().map(|pairing| pairing.payment));
    Held { deposits: held, payments: paid, pairings: found }
}

/// The pairs of all that is known, and no others. What a person had a hand in stays as it is, and what the
/// bank took back is nobody's money.
pub(super) fn pairings(known: &Reassociation, payers: &[String]) -> Vec<Pairing> {
    let Held { deposits: mut held, payments: paid, pairings: mut found } = held(known);
    held.extend(returns(known, &held).keys());
    for (key, mut group) in groups(known, payers) {
        group.deposits.retain(|(id, deposit)| !held.contains(id) && Money::ZERO < deposit.amount);
        group.payments.retain(|(id, payment)| !paid.contains(id) && wants_deposit(payment));
        if !key.is_empty() {
            found.extend(pairs_of(group));
        }
    }
    found
}

/// The pairs of a group, of what is surest first.
pub(super) fn pairs_of(mut group: Group<'_>) -> Vec<Pairing> {
    let mut found = Vec::new();
    for tier in [DepositTier::TraceAndPayer, DepositTier::Trace] {
        if group.deposits.is_empty() || group.payments.is_empty() {
            break;
        }
        let Found { pairs, doubtful } = pair(&group, tier);
        group.deposits.retain(|(id, _)| !doubtful.contains(id));
        for (deposit, payment) in pairs {
            let at = |(id, _): &(DepositId, _)| *id == deposit;
            let Some(one) = group.deposits.iter().position(at) else { continue };
            let at = |(id, _): &(PaymentId, _)| *id == payment;
            let Some(other) = group.payments.iter().position(at) else { continue };
            let (one, other) = (group.deposits.remove(one).1, group.payments.remove(other).1);
            let (amount, evidence) = (one.amount, evidence(one, other, tier));
            found.push(Pairing { deposit, payment, amount, tier, evidence });
        }
    }
    found
}

/// Whether a remittance says that money is on its way.
pub(super) fn wants_deposit(payment: &Awaited) -> bool {
    payment.way != Way::Nothing && Money::ZERO < payment.amount
}

fn evidence(deposit: &Deposit, payment: &Awaited, tier: DepositTier) -> String {
    let number = if payment.way == Way::Check { "check number" } else { "TRN02" };
    let payer = match tier {
        DepositTier::TraceAndPayer => ", TRN03",
        DepositTier::Trace | DepositTier::Person => "",
    };
    let days = match payment.paid_on {
        None => "the remittance has no day".to_owned(),
        Some(day) if day == deposit.day => "on the same day".to_owned(),
        Some(day) => {
            let days = calendar::between(day, deposit.day);
            format!("{days} business {} apart", if days == 1 { "day" } else { "days" })
        }
    };
    format!("{number}{payer} and amount, {days}")
}

/// Whether the numbers of two sides agree, their trace numbers aside, and no name speaks against it.
fn fits(group: &Group<'_>, deposit: &Deposit, payment: &Awaited, tier: DepositTier) -> bool {
    if deposit.amount != payment.amount || !deposit.way.agrees(payment.way) {
        return false;
    }
    let (bank, payer) = (payer_key(&deposit.payer_id), payer_key(&payment.payer_id));
    let is_said = !bank.is_empty() && !payer.is_empty();
    match tier {
        DepositTier::TraceAndPayer => is_said && bank == payer,
        DepositTier::Trace => !is_said && !group.payers.is_another(deposit, payment),
        DepositTier::Person => false,
    }
}

/// A payer that gives all its payments one number makes pairs of which none is sure.
const CANDIDATES_MAX: usize = 20_000;

/// What one tier says of a group.
#[derive(Debug, Default)]
struct Found {
    pairs: Vec<(DepositId, PaymentId)>,
    /// Deposits that are the money of one of several remittances, nobody knows which.
    doubtful: BTreeSet<DepositId>,
}

/// Pairs of one tier under one number. Mostly there is one deposit and one remittance. When a number
/// was used again, the nearest day tells which belong together; where more remittances than deposits
/// are as near, none of these is sure.
fn pair(group: &Group<'_>, tier: DepositTier) -> Found {
    let mut levels: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
    let mut count = 0;
    for (one, (_, deposit)) in group.deposits.iter().enumerate() {
        for (other, (_, payment)) in group.payments.iter().enumerate() {
            if fits(group, deposit, payment, tier) {
                levels.entry(distance(deposit, payment)).or_default().push((one, other));
                count += 1;
            }
            if CANDIDATES_MAX < count {
                return Found::default();
            }
        }
    }
    let mut nearest = Nearest::default();
    for edges in levels.into_values() {
        nearest.look_at(edges);
    }
    let deposit = |at: usize| group.deposits.get(at).map(|(id, _)| *id);
    let payment = |at: usize| group.payments.get(at).map(|(id, _)| *id);
    let pairs = nearest.pairs.iter();
    let pairs = pairs.filter_map(|(other, one)| Some((deposit(*one)?, payment(*other)?)));
    let doubtful = nearest.doubtful_deposits.iter();
    Found { pairs: pairs.collect(), doubtful: doubtful.filter_map(|one| deposit(*one)).collect() }
}

/// How far apart in days; what has no day is as far as can be.
fn distance(deposit: &Deposit, payment: &Awaited) -> u64 {
    payment.paid_on.map_or(u64::MAX, |day| day.days_since(deposit.day).unsigned_abs())
}
