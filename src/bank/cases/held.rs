//! A deposit that may be the money of a remittance that is held as a whole.

use std::collections::BTreeSet;

use x12::value::{Day, Money};

use super::{APART_DAYS_MAX, Cases, TOLD_MAX, Told, numbers_or};
use crate::bank::calendar;
use crate::bank::pairing::{Group, pairs_of, wants_deposit};
use crate::change::deposits::{
    Awaited, Deposit, DepositId, DepositTier, Pairing, PaymentId, Way, trace_key,
};

type Related<'r> = (PaymentId, &'r Awaited);

impl Cases<'_> {
    /// A deposit that none of the remittances that wait for money under its number says, and one that is held
    /// does.
    pub(super) fn held(
        &self,
        related: &[Related<'_>],
        (id, deposit): (DepositId, &Deposit),
        left: Money,
    ) -> Option<Told> {
        let posted = || related.iter().filter(|(_, payment)| wants_deposit(payment));
        posted().next()?;
        let same: Vec<Related<'_>> =
            posted().filter(|(_, payment)| payment.amount == left).copied().collect();
        let waits = |&(id, payment): &Related<'_>| {
            !self.unpaid_of(id).is_zero() || !payment.written_off.is_zero()
        };
        if same.iter().any(waits) {
            return None;
        }
        // The one that came first was paired, whichever that is.
        let mut shown = self.deposits_of(&same);
        shown.push((id, deposit));
        let is_near = |payment: &Awaited| {
            let apart = |day| {
                shown.iter().map(move |(_, deposit)| calendar::between(day, deposit.day)).min()
            };
            payment.paid_on.and_then(apart).is_some_and(|days| days <= APART_DAYS_MAX)
        };
        let is_it = |(_, payment): &&Related<'_>| {
            let is_held = payment.amount.is_zero() && payment.stated == left;
            is_held
                && payment.way != Way::Nothing
                && payment.way.agrees(deposit.way)
                && is_near(payment)
        };
        let held: Vec<Related<'_>> = related.iter().filter(is_it).copied().collect();
        if held.is_empty() {
            return None;
        }
        let payments: Vec<PaymentId> = held.iter().map(|(id, _)| *id).collect();
        let came = format!("remittance {}, which came and was not posted", numbers_or(&payments));
        if same.is_empty() {
            let what = format!(
                "a deposit may be the money of {came}: number, payer, amount and day agree; another remittance \
                 has its trace number (TRN02) too"
            );
            let action = "work on the item of that remittance; once it is posted (`claimgate queue post`), or its \
                          correction comes, the deposit finds it by itself";
            return Some(Told { what, action: action.to_owned(), payments });
        }
        let has_money: Vec<PaymentId> = same.iter().map(|(id, _)| *id).collect();
        let what = format!(
            "a deposit may be the money of {came}: it has the number and the amount of remittance {}, which has \
             its money from {}; {}",
            numbers_or(&has_money),
            self.earlier(&has_money),
            self.by_days(id, (&same, &held), shown)
        );
        let action = "work on the item of the remittance that was not posted: once it is (`claimgate queue post`), \
                      each of them finds its deposit by itself; if it is the other one told again, `claimgate bank \
                      set-aside` this deposit where two files tell of one, and else tell the payer that it paid twice";
        let payments = payments.into_iter().chain(has_money).collect();
        Some(Told { what, action: action.to_owned(), payments })
    }

    /// The deposits that are the whole money of remittances.
    fn deposits_of(&self, payments: &[Related<'_>]) -> Vec<(DepositId, &Deposit)> {
        let is_it = |pairing: &&Pairing| {
            let is_sure = pairing.tier != DepositTier::Person;
            let of = payments.iter().find(|(id, _)| *id == pairing.payment);
            is_sure && of.is_some_and(|(_, payment)| payment.amount == pairing.amount)
        };
        let pairs = self.pairings.iter().filter(is_it);
        let deposit = |pairing: &Pairing| {
            let kept = self.known.deposits.iter().find(|kept| kept.id == pairing.deposit)?;
            (kept.deposit.amount == pairing.amount).then_some((kept.id, &kept.deposit))
        };
        pairs.filter_map(deposit).collect()
    }

    /// Which deposit would be whose, were all of them posted.
    fn by_days(
        &self,
        id: DepositId,
        (same, held): (&[Related<'_>], &[Related<'_>]),
        shown: Vec<(DepositId, &Deposit)>,
    ) -> String {
        let as_posted = |&(id, payment): &Related<'_>| {
            (id, Awaited { amount: payment.stated, ..payment.clone() })
        };
        let unknown = "the days do not tell which deposit is whose".to_owned();
        let days: BTreeSet<Day> = shown.iter().map(|(_, deposit)| deposit.day).collect();
        if days.len() < shown.len() {
            return unknown;
        }
        let posted: Vec<(PaymentId, Awaited)> = held.iter().map(as_posted).collect();
        let key = shown.first().map_or(String::new(), |(_, deposit)| trace_key(&deposit.trace));
        let payers = self.groups.get(&key).map(|group| group.payers.clone()).unwrap_or_default();
        let payments = posted.iter().map(|(id, payment)| (*id, payment));
        let group = Group {
            deposits: shown,
            payments: payments.chain(same.iter().copied()).collect(),
            payers,
        };
        let mut pairs = pairs_of(group);
        pairs.sort_by_key(|pairing| pairing.deposit);
        if !pairs.iter().any(|pairing| pairing.deposit == id) {
            return unknown;
        }
        let told = pairs.iter().take(TOLD_MAX).map(|Pairing { deposit, payment, .. }| {
            format!("deposit {} is the money of remittance {}", deposit.0, payment.0)
        });
        format!("by the days {}", told.collect::<Vec<_>>().join(" and "))
    }
}
