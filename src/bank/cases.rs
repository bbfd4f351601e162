//! What a person has to see: a side that is missing, and two sides that differ.

mod held;

use std::collections::{BTreeMap, BTreeSet};

use x12::value::{Day, Money};

use super::pairing::{Group, groups, taken_back as all_taken_back, wants_deposit};
use super::payers::{is_same_payer, may_be_same_payer};
use super::reassociate::Terms;
use super::{calendar, payer_key};
use crate::change::cases::Alike;
use crate::change::deposits::{
    Awaited, Deposit, DepositId, KeptDeposit, Pairing, PaymentId, Reassociation, Way, trace_key,
};
use crate::change::{ArrivalId, NewWork};
use crate::denials::Category;
use crate::denials::reasons::Desk;
use crate::denials::route::shown;

/// CORE rule 370: both sides come within so many business days of one another.
const APART_DAYS_MAX: u32 = 3;

/// A case under its key.
pub(super) type Case = (String, NewWork);

/// Every case that there is now, with `pairings` as they are from now on.
pub(super) fn cases<'k>(
    known: &'k Reassociation,
    payers: &'k [String],
    pairings: &'k [Pairing],
    terms: &'k Terms,
    today: Day,
) -> Vec<Case> {
    let mut desk = Cases {
        known,
        pairings,
        groups: groups(known, payers),
        left: BTreeMap::new(),
        unpaid: BTreeMap::new(),
        covered: BTreeSet::new(),
        spoken_for: BTreeSet::new(),
        taken_back: all_taken_back(known),
        terms,
        today,
        found: Vec::new(),
    };
    desk.count();
    let mut deposits: Vec<&KeptDeposit> = known.deposits.iter().collect();
    deposits.sort_by_key(|kept| (kept.deposit.day, &kept.deposit.identity));
    for kept in deposits.into_iter().filter(|kept| kept.set_aside.is_empty()) {
        desk.look_at_deposit(kept.id, &kept.deposit);
    }
    for (id, payment) in &known.payments {
        desk.look_at_payment(*id, payment);
    }
    desk.found
}

struct Cases<'k> {
    known: &'k Reassociation,
    pairings: &'k [Pairing],
    groups: BTreeMap<String, Group<'k>>,
    /// What of a deposit is the money of no remittance.
    left: BTreeMap<DepositId, Money>,
    /// What of a remittance no bank shows, and nobody gave up.
    unpaid: BTreeMap<PaymentId, Money>,
    /// Remittances that the case of a deposit speaks of.
    covered: BTreeSet<PaymentId>,
    /// Those under the number of a deposit of their own.
    spoken_for: BTreeSet<PaymentId>,
    /// Deposits that the bank took back, each by the entry that does.
    taken_back: BTreeMap<DepositId, DepositId>,
    terms: &'k Terms,
    today: Day,
    found: Vec<Case>,
}

/// What is said of a deposit that is open.
struct Told {
    what: String,
    action: String,
    payments: Vec<PaymentId>,
}

impl<'k> Cases<'k> {
    fn count(&mut self) {
        for kept in &self.known.deposits {
            self.left.insert(kept.id, kept.deposit.amount);
        }
        for (id, payment) in &self.known.payments {
            self.unpaid.insert(*id, payment.amount - payment.written_off);
        }
        for Pairing { deposit, payment, amount, .. } in self.pairings {
            if let Some(left) = self.left.get_mut(deposit) {
                *left -= *amount;
            }
            if let Some(unpaid) = self.unpaid.get_mut(payment) {
                *unpaid -= *amount;
            }
        }
    }

    fn left_of(&self, id: DepositId) -> Money {
        self.left.get(&id).copied().unwrap_or_default()
    }

    fn unpaid_of(&self, id: PaymentId) -> Money {
        self.unpaid.get(&id).copied().unwrap_or_default()
    }

    fn look_at_deposit(&mut self, id: DepositId, deposit: &'k Deposit) {
        let left = self.left_of(id);
        if left.is_zero() || self.taken_back.contains_key(&id) {
            return;
        }
        if let Some(of) = self.taken_by(id) {
            if let Some(told) = self.returned(deposit, of) {
                self.tell_of_deposit((id, deposit), -left, told);
            }
            return;
        }
        if let Some(told) = self.difference(id, deposit, left) {
            self.spoken_for.extend(&told.payments);
            return self.tell_of_deposit((id, deposit), left, told);
        }
        // Of equal deposits each may be the money of the same remittances.
        let told = match self.suggestion(id, deposit, left) {
            Some(told) => told,
            None if self.is_late(deposit) => {
                missing_remittance(id, (deposit, left), &self.slip(deposit, left))
            }
            None => return,
        };
        self.tell_of_deposit((id, deposit), left, told);
    }

    /// The deposit that an entry takes back.
    fn taken_by(&self, taker: DepositId) -> Option<&'k KeptDeposit> {
        let of = self.taken_back.iter().find(|(_, by)| **by == taker)?.0;
        self.known.deposits.iter().find(|kept| kept.id == *of)
    }

    /// What a deposit that the bank took back leaves: remittances that wait for their money again. Nothing, where
    /// they have it from another deposit or a person gave it up.
    fn returned(&self, taker: &Deposit, of: &KeptDeposit) -> Option<Told> {
        let key = trace_key(&of.deposit.trace);
        let group = self.groups.get(&key).filter(|_| !key.is_empty());
        let same = group.into_iter().flat_map(|group| &group.payments).filter(|(_, payment)| {
            let is_its = payment.amount == of.deposit.amount && wants_deposit(payment);
            is_its && may_be_same_payer(&of.deposit, payment)
        });
        let same: Vec<PaymentId> = same.map(|(id, _)| *id).collect();
        let open = same.iter().copied().filter(|id| !self.unpaid_of(*id).is_zero());
        let open: Vec<PaymentId> = open.collect();
        if !same.is_empty() && open.is_empty() {
            return None;
        }
        let what = format!(
            "the bank took deposit {} of {} back on {}: a check that was not paid, or a transfer that was \
             reversed",
            of.id.0, of.deposit.amount, taker.day
        );
        let action = match open.as_slice() {
            [] => "ask the payer why, and for its money if it owes any".to_owned(),
            open => format!(
                "ask the payer why and for its money: remittance {} waits for it again; what never comes, \
                 `claimgate bank write-off {}`",
                numbers_of(open),
                open.first().map_or(0, |id| id.0)
            ),
        };
        Some(Told { what, action, payments: open })
    }

    fn tell_of_deposit(&mut self, (id, deposit): (DepositId, &Deposit), left: Money, told: Told) {
        let days = self.terms.remittance_days;
        let deadline = calendar::after(deposit.day, days.saturating_mul(2));
        self.covered.extend(&told.payments);
        let mut evidence = deposit_named(id, deposit);
        for payment in told.payments.iter().take(TOLD_MAX) {
            let of = self.known.payments.iter().find(|(id, _)| id == payment);
            let of = of.map(|(id, payment)| payment_named(*id, payment));
            evidence.push_str(&of.map(|of| format!("; {of}")).unwrap_or_default());
        }
        let payer = self.payer_of(deposit, &told.payments);
        let Told { what, action, .. } = told;
        let key = format!("deposit {}", id.0);
        let of = (deposit.arrival, payer);
        self.found.push((key, work(of, left, deadline, [what, action, evidence])));
    }

    /// The payer of a deposit, by its name in the settings: that of remittances under its number (TRN03), or
    /// else of those that it may pay, or that have its trace number. Where these are several, nobody knows
    /// which.
    fn payer_of(&self, deposit: &Deposit, payments: &[PaymentId]) -> &'k str {
        let of_same = |is_it: &dyn Fn(PaymentId, &Awaited) -> bool| {
            let same = self.known.payments.iter().filter(|(id, payment)| is_it(*id, payment));
            let names: BTreeSet<&str> = same.map(|(_, payment)| payment.payer.as_str()).collect();
            names
        };
        let (trace, payer) = (trace_key(&deposit.trace), payer_key(&deposit.payer_id));
        let found = [
            of_same(&|_, payment| !payer.is_empty() && payer_key(&payment.payer_id) == payer),
            of_same(&|id, _| payments.contains(&id)),
            of_same(&|_, payment| !trace.is_empty() && trace_key(&payment.trace) == trace),
        ];
        let names = found.into_iter().find(|names| !names.is_empty()).unwrap_or_default();
        if names.len() == 1 { names.first().copied().unwrap_or_default() } else { "" }
    }

    /// The checks that come to a deposit together, where these are the only ones that do: perhaps one slip. That
    /// they are is for a person to say.
    fn slip(&self, deposit: &Deposit, left: Money) -> Vec<PaymentId> {
        let is_open = |(id, payment): &(&PaymentId, &Awaited)| {
            let came = payment
                .paid_on
                .is_some_and(|day| day <= deposit.day && deposit.day <= day.plus_days(SLIP_DAYS));
            came && wants_deposit(payment) && Money::ZERO < self.unpaid_of(**id)
        };
        let open = self.known.payments.iter().map(|(id, payment)| (id, payment)).filter(is_open);
        let open: Vec<(PaymentId, Money)> =
            open.map(|(id, _)| (*id, self.unpaid_of(*id))).take(SLIP_CHECKS_MAX + 1).collect();
        if SLIP_CHECKS_MAX < open.len() {
            return Vec::new();
        }
        let chosen = |set: u32| {
            open.iter().enumerate().filter(move |(at, _)| set & (1 << at) != 0).map(|(_, one)| *one)
        };
        let sum = |set: u32| -> Money { chosen(set).map(|(_, amount)| amount).sum() };
        let sets = 1..1_u32 << open.len();
        let mut same = sets.filter(|&set| 1 < set.count_ones() && sum(set) == left);
        match (same.next(), same.next()) {
            (Some(only), None) => chosen(only).map(|(id, _)| id).collect(),
            (None | Some(_), _) => Vec::new(),
        }
    }

    /// Whether a remittance should have come by now.
    fn is_late(&self, deposit: &Deposit) -> bool {
        let is_waited_for = deposit.is_claim_payment || !trace_key(&deposit.trace).is_empty();
        is_waited_for && calendar::after(deposit.day, self.terms.remittance_days) < self.today
    }

    /// What differs between a deposit and the remittances under its number.
    fn difference(&self, id: DepositId, deposit: &Deposit, left: Money) -> Option<Told> {
        if deposit.amount.is_negative() {
            return Some(taken_back(id, left));
        }
        let key = trace_key(&deposit.trace);
        let group = self.groups.get(&key).filter(|_| !key.is_empty())?;
        // Payers number their payments each by itself: what another one paid is no difference.
        let is_related = |(_, payment): &&(PaymentId, &Awaited)| {
            let may_be = may_be_same_payer(deposit, payment);
            payment.amount == left || may_be && !group.payers.is_another(deposit, payment)
        };
        let related: Vec<_> = group.payments.iter().filter(is_related).copied().collect();
        if related.is_empty() {
            return None;
        }
        if let Some(told) = self.held(&related, (id, deposit), left) {
            return Some(told);
        }
        let is_open = |(id, payment): &&(PaymentId, &Awaited)| {
            wants_deposit(payment) && !self.unpaid_of(*id).is_zero()
        };
        let open: Vec<_> = related.iter().filter(is_open).copied().collect();
        if open.is_empty() {
            let suggested = self.suggestion(id, deposit, left);
            return suggested.or_else(|| Some(self.nothing_open(&related, (id, deposit), left)));
        }
        let same = open.iter().filter(|(id, _)| self.unpaid_of(*id) == left);
        let same: Vec<_> = same.copied().collect();
        // What is another remittance's to the cent is no difference of this one.
        if same.is_empty()
            && let Some(told) = self.suggestion(id, deposit, left)
        {
            return Some(told);
        }
        let payments: Vec<PaymentId> = open.iter().map(|(id, _)| *id).collect();
        let (what, action) = match same.as_slice() {
            [] => self.unequal((id, left), group, &payments),
            [(_, payment)] => (one_amount(group, deposit, payment), match_by_hand(id, &payments)),
            same => used_again((id, left), same.len(), &payments),
        };
        Some(Told { what, action, payments })
    }

    /// A deposit that is none of the amounts that its remittances say.
    fn unequal(
        &self,
        (id, left): (DepositId, Money),
        group: &Group<'_>,
        payments: &[PaymentId],
    ) -> (String, String) {
        let sum: Money = payments.iter().map(|id| self.unpaid_of(*id)).sum();
        let confirm = match_by_hand(id, payments);
        if payments.len() > 1 && sum == left {
            let count = payments.len();
            return (format!("one deposit for {count} remittances under one number"), confirm);
        }
        let parts: Money = group.deposits.iter().map(|(id, _)| self.left_of(*id)).sum();
        if payments.len() == 1 && parts == sum {
            let what = format!("a part of a payment of {sum}: several deposits come to all of it");
            return (what, confirm);
        }
        let off = left - sum;
        let (side, off) = if off.is_negative() { ("less", -off) } else { ("more", off) };
        let what = format!("a deposit of {left} is {off} {side} than its remittance says, {sum}");
        let mut action = format!(
            "ask the payer and the bank for the difference (a fee, a part that comes apart, \
             another remittance); what is right, `claimgate bank match {} {}`",
            id.0,
            numbers_of(payments)
        );
        if let ("less", [payment]) = (side, payments) {
            action
                .push_str(&format!(", and of a fee then `claimgate bank write-off {}`", payment.0));
        }
        (what, action)
    }

    /// A deposit whose number has remittances, none of which waits for money.
    fn nothing_open(
        &self,
        payments: &[(PaymentId, &Awaited)],
        (id, deposit): (DepositId, &Deposit),
        left: Money,
    ) -> Told {
        let wants: Vec<PaymentId> = payments
            .iter()
            .filter(|(_, payment)| wants_deposit(payment))
            .map(|(id, _)| *id)
            .collect();
        let is_nothing = payments.iter().any(|(_, payment)| payment.way == Way::Nothing);
        if let Some(told) = given_up((id, left), payments) {
            return told;
        }
        let is_own = |one: &Pairing| one.deposit == id && wants.contains(&one.payment);
        let (what, action) = if self.pairings.iter().any(is_own) {
            (
                format!(
                    "{left} of a deposit of {} is left, and its remittance has all of its money",
                    deposit.amount
                ),
                "ask the payer what the rest is for; when its remittance is known, `claimgate bank \
                 match` says so",
            )
        } else if !wants.is_empty() {
            let amount = deposit.amount;
            (
                format!(
                    "another deposit of {amount} for a remittance that has its money from {}",
                    self.earlier(&wants)
                ),
                "if two files tell of one deposit, `claimgate bank set-aside` this one; if the \
                 payer paid twice, tell the payer and expect that it takes one back",
            )
        } else if is_nothing {
            (
                "the remittance of a deposit says that nothing is paid (BPR04 NON)".to_owned(),
                "ask the payer for the remittance that belongs to the deposit",
            )
        } else {
            (
                "the remittance of a deposit came and was not posted, for it does not add up"
                    .to_owned(),
                "work on the item of that remittance; the deposit finds its correction by itself",
            )
        };
        Told { what, action: action.to_owned(), payments: Vec::new() }
    }

    /// The deposits that have the money of remittances.
    fn earlier(&self, payments: &[PaymentId]) -> String {
        let pairs = self.pairings.iter().filter(|one| payments.contains(&one.payment));
        let ids: BTreeSet<i64> = pairs.map(|one| one.deposit.0).collect();
        let told: Vec<String> =
            ids.into_iter().take(TOLD_MAX).map(|id| format!("deposit {id}")).collect();
        told.join(", ")
    }

    /// Remittances that may be meant: the same payer and amount within a few days. A person says
    /// whether it is so.
    fn suggestion(&self, id: DepositId, deposit: &Deposit, left: Money) -> Option<Told> {
        let may_be = |(id, payment): &&(PaymentId, Awaited)| {
            // Days are counted last, for they take longest.
            let is_near = |day| calendar::between(day, deposit.day) <= APART_DAYS_MAX;
            wants_deposit(payment)
                && payment.amount == left
                && self.unpaid_of(*id) == left
                && payment.way.agrees(deposit.way)
                && is_same_payer(deposit, payment)
                && !self.spoken_for.contains(id)
                && payment.paid_on.is_some_and(is_near)
        };
        let found: Vec<PaymentId> =
            self.known.payments.iter().filter(may_be).map(|(id, _)| *id).collect();
        if found.is_empty() {
            return None;
        }
        let has_number = self.groups.get(&trace_key(&deposit.trace));
        let missing = if deposit.trace.is_empty() {
            "the bank left its trace number out"
        } else if has_number.is_some_and(|group| !group.payments.is_empty()) {
            "its trace number is that of another remittance"
        } else {
            "its trace number is that of no remittance"
        };
        let what = format!(
            "a deposit may be the money of remittance {}: payer, amount and day agree, and {missing}",
            numbers_or(&found)
        );
        let action = format!(
            "compare both, then `claimgate bank match {} {}`; ask the bank to hand on the addenda \
             of CCD+ entries",
            id.0,
            if found.len() == 1 { numbers_of(&found) } else { "NUMBER".to_owned() }
        );
        Some(Told { what, action, payments: found })
    }

    fn look_at_payment(&mut self, id: PaymentId, payment: &Awaited) {
        let unpaid = self.unpaid_of(id);
        let is_open = wants_deposit(payment) && !unpaid.is_zero() && !self.covered.contains(&id);
        let (Some(paid_on), Some(since)) = (payment.paid_on, self.terms.since) else { return };
        let days = match payment.way {
            Way::Check => self.terms.check_days,
            Way::Ach | Way::Wire | Way::Nothing | Way::Unsaid => self.terms.deposit_days,
        };
        // What was paid before the first file of the bank begins is in no file.
        if !is_open || paid_on < since || self.today <= calendar::after(paid_on, days) {
            return;
        }
        let used = self.groups.get(&trace_key(&payment.trace)).is_some_and(|group| {
            let others = group.payments.iter().filter(|(other, _)| *other != id);
            others.filter(|(_, other)| wants_deposit(other)).count() > 0
        });
        let mut what = if unpaid == payment.amount {
            format!(
                "a remittance says that {unpaid} was paid on {paid_on}, and {days} business days \
                 later no bank shows it"
            )
        } else {
            format!(
                "{days} business days after {paid_on} no bank shows {unpaid} of the {} that a \
                 remittance says was paid",
                payment.amount
            )
        };
        if used {
            what.push_str("; another remittance has its trace number (TRN02) too");
        }
        let action = match payment.way {
            Way::Check => "see whether the check came and was deposited; ask the payer for another",
            Way::Ach | Way::Wire | Way::Nothing | Way::Unsaid => {
                "see whether the bank's files are complete; then ask the payer to trace the transfer"
            }
        };
        let action = format!("{action}; what never comes, `claimgate bank write-off {}`", id.0);
        let deadline = calendar::after(paid_on, days.saturating_mul(2));
        let words = [what, action, payment_named(id, payment)];
        let key = format!("remittance {}", id.0);
        let of = (payment.arrival, payment.payer.as_str());
        self.found.push((key, work(of, unpaid, deadline, words)));
    }
}

/// Money that came after all, or may have, for a remittance of which a person gave some up.
fn given_up((id, left): (DepositId, Money), payments: &[(PaymentId, &Awaited)]) -> Option<Told> {
    let is_given_up = |(_, payment): &&(PaymentId, &Awaited)| !payment.written_off.is_zero();
    let given_up: Vec<_> = payments.iter().filter(is_given_up).collect();
    let sum: Money = given_up.iter().map(|(_, payment)| payment.written_off).sum();
    let payments: Vec<PaymentId> = given_up.iter().map(|(id, _)| *id).collect();
    let PaymentId(first) = payments.first()?;
    let what = format!(
        "{left} of a deposit came under the number of a remittance of which {sum} was written off"
    );
    let action = format!(
        "if it is that money, `claimgate bank reopen {first}`, and unless it is paired by itself \
         then, `claimgate bank match {} {first}`; if not, ask the payer what it is for",
        id.0
    );
    Some(Told { what, action, payments })
}

/// What does not agree, when trace number and amount do.
fn one_amount(group: &Group<'_>, deposit: &Deposit, payment: &Awaited) -> String {
    let differs = if !deposit.way.agrees(payment.way) {
        "the money did not come in the way that the remittance says (BPR04)"
    } else if !may_be_same_payer(deposit, payment) {
        "their payers differ (TRN03)"
    } else if group.payers.is_another(deposit, payment) {
        "the bank names another payer"
    } else {
        "other remittances of the number are as near to it"
    };
    format!("a deposit and a remittance have one trace number and one amount, and {differs}")
}

fn used_again(
    (id, left): (DepositId, Money),
    count: usize,
    payments: &[PaymentId],
) -> (String, String) {
    let what = format!(
        "the payer used one trace number again: {count} remittances of {left} have it, and the \
         days do not tell which of them this deposit is"
    );
    let action = format!(
        "find out which of the remittances {} it pays, then `claimgate bank match {} NUMBER`",
        numbers_of(payments),
        id.0
    );
    (what, action)
}

fn match_by_hand(id: DepositId, payments: &[PaymentId]) -> String {
    format!("compare both, then `claimgate bank match {} {}`", id.0, numbers_of(payments))
}

fn numbers_of(payments: &[PaymentId]) -> String {
    payments.iter().map(|id| id.0.to_string()).collect::<Vec<_>>().join(" ")
}

fn numbers_or(payments: &[PaymentId]) -> String {
    payments.iter().map(|id| id.0.to_string()).collect::<Vec<_>>().join(" or ")
}

/// Checks that are tried together for one deposit, each with each: 4,096 sums.
const SLIP_CHECKS_MAX: usize = 12;

/// A check is paid in within so many days of its date.
const SLIP_DAYS: u32 = 30;

/// Numbers that are told in full.
const TOLD_MAX: usize = 8;

fn taken_back(id: DepositId, left: Money) -> Told {
    let what = format!(
        "the bank took {} from the account: a check that was not paid, or what a payer of claims reversed",
        -left
    );
    let action = format!(
        "ask the bank and the payer which payment it was and why; `claimgate bank match {0} NUMBER` says which \
         remittance waits for its money again; if it was no payer's, `claimgate bank set-aside {0}`",
        id.0
    );
    Told { what, action, payments: Vec::new() }
}

fn missing_remittance(
    id: DepositId,
    (deposit, left): (&Deposit, Money),
    slip: &[PaymentId],
) -> Told {
    let what = format!("a deposit of {left} came on {}, and no remittance for it", deposit.day);
    let several = match slip {
        [] => format!(
            "if it is a slip of several checks, `claimgate bank match {} NUMBER NUMBER` with their remittances",
            id.0
        ),
        slip => format!(
            "remittances {} wait for checks that come to this together: if it is a slip of them, `claimgate bank \
             match {} {}`",
            numbers_of(slip),
            id.0,
            numbers_of(slip)
        ),
    };
    let action = format!(
        "{several}; else ask the payer for the 835; if it is no payment of claims, `claimgate bank set-aside {}`",
        id.0
    );
    Told { what, action, payments: Vec::new() }
}

fn deposit_named(id: DepositId, deposit: &Deposit) -> String {
    let Deposit { arrival: ArrivalId(arrival), day, amount, trace, payer_id, payer_name, .. } =
        deposit;
    format!(
        "deposit {} of {amount} on {day} (arrival {arrival}, record {}), trace {}, payer {} {}",
        id.0,
        deposit.place.segment,
        or_none(trace),
        or_none(payer_id),
        shown(payer_name)
    )
}

fn payment_named(id: PaymentId, payment: &Awaited) -> String {
    let Awaited { arrival: ArrivalId(arrival), payer, trace, payer_id, amount, .. } = payment;
    let day = payment.paid_on.map_or("no day".to_owned(), |day| day.to_string());
    let mut named = format!(
        "remittance {} of {amount} on {day} (arrival {arrival}), payer {payer}, trace {}, TRN03 {}",
        id.0,
        or_none(trace),
        or_none(payer_id)
    );
    if !payment.written_off.is_zero() {
        named.push_str(&format!(", {} of it written off", payment.written_off));
    }
    named
}

fn or_none(number: &str) -> String {
    if number.is_empty() { "none".to_owned() } else { shown(number) }
}

fn work(
    (arrival, payer): (ArrivalId, &str),
    amount: Money,
    deadline: Day,
    [what, action, evidence]: [String; 3],
) -> NewWork {
    NewWork {
        claim: None,
        arrival: Some(arrival),
        category: Category::Deposit,
        desk: Desk::Posters.name().to_owned(),
        what,
        action,
        evidence: evidence.trim_end().to_owned(),
        deadline: Some(deadline),
        amount,
        resend: None,
        remitted: None,
        lines: Vec::new(),
        clps: Vec::new(),
        alike: Alike { payer: payer.to_owned(), ..Alike::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::deposits::awaited_from;

    #[test]
    fn what_is_older_than_all_that_is_looked_at_is_never_suggested() {
        let mut deposit = Day::new(2024, 1, 1).expect("a day");
        while deposit.year() < 2040 {
            let older = awaited_from(deposit).minus_days(1);
            assert!(APART_DAYS_MAX < calendar::between(older, deposit), "{older} to {deposit}");
            deposit = deposit.plus_days(1);
        }
    }
}
