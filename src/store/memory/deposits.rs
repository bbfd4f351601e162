//! Deposits in the plain model.

use std::collections::BTreeSet;

use x12::value::{Day, Money};

use super::model::{Model, Origin, at, number_after};
use crate::change::deposits::{
    Asked, Awaited, DepositId, KeptCase, KeptDeposit, Mark, NewDeposit, Pairing, PaymentId,
    Reassociation, WrittenOff, awaited_from, trace_key,
};
use crate::change::refunds::KeptRefund;
use crate::change::{Change, NewPayment, WorkId, WorkWords};
use crate::ledger::{Account, Posting};
use crate::store::{Committed, Error, Result};

/// What a bank showed, in the order in which it came.
#[derive(Clone, Debug, Default)]
pub(super) struct Bank {
    pub deposits: Vec<KeptDeposit>,
    pub pairings: Vec<Pairing>,
    pub written_off: Vec<WrittenOff>,
    /// Each with whether it was taken back.
    pub refunds: Vec<(KeptRefund, bool)>,
    /// Each with whether it is over.
    pub cases: Vec<(String, WorkId, bool)>,
    pub version: u64,
}

/// What was posted as cash of a payment.
fn awaited(payment: &NewPayment) -> Money {
    let cash = payment.postings.iter().filter(|posting| posting.account == Account::Cash);
    cash.map(|posting| posting.amount).sum()
}

impl Model {
    pub fn write_deposits(&mut self, change: &Change, committed: &mut Committed) -> Result<()> {
        let bank = &change.bank;
        if let Some(version) = bank.version {
            if self.bank.version != version {
                return Err(Error::Stale { what: "list of deposits" });
            }
            self.bank.version += 1;
        }
        for new in &bank.deposits {
            self.add_deposit(new)?;
        }
        for (parted, _, postings) in &bank.parted {
            self.part(parted)?;
            self.post_deposit(parted.deposit, postings)?;
        }
        for (paired, postings) in &bank.paired {
            self.must_have_payment(paired.payment)?;
            if at(&self.bank.deposits, paired.deposit.0).is_none() {
                return Err(Error::Dangling);
            }
            self.bank.pairings.push(paired.clone());
            self.post_deposit(paired.deposit, postings)?;
        }
        for (id, why, postings) in &bank.set_aside {
            let mut kept = self.bank.deposits.iter_mut();
            let kept = kept.find(|kept| kept.id == *id && kept.set_aside.is_empty());
            let kept = kept.ok_or(Error::Stale { what: "deposit" })?;
            kept.set_aside.clone_from(why);
            self.post_deposit(*id, postings)?;
        }
        for (one, postings) in &bank.written_off {
            self.must_have_payment(one.payment)?;
            self.bank.written_off.push(one.clone());
            self.post_payment(one.payment, postings)?;
        }
        for (one, postings) in &bank.reopened {
            if one.amount.is_zero() || self.written_off_of(one.payment) != one.amount {
                return Err(Error::Stale { what: "write-off" });
            }
            self.bank.written_off.retain(|kept| kept.payment != one.payment);
            self.post_payment(one.payment, postings)?;
        }
        self.write_refunds(bank, change.at)?;
        self.write_cases(change, committed)
    }

    fn write_cases(&mut self, change: &Change, committed: &mut Committed) -> Result<()> {
        let stale = || Error::Stale { what: "case of a deposit" };
        for key in &change.bank.closed {
            let mut cases = self.bank.cases.iter_mut();
            let case = cases.find(|(own, _, is_over)| own == key && !is_over);
            case.ok_or_else(stale)?.2 = true;
        }
        for (key, work) in &change.bank.cases {
            if self.bank.cases.iter().any(|(own, _, is_over)| own == key && !is_over) {
                return Err(stale());
            }
            let work = self.add_work(work, work.claim, change.at)?;
            self.bank.cases.push((key.clone(), work, false));
            committed.work.push(work);
        }
        Ok(())
    }

    fn add_deposit(&mut self, new: &NewDeposit) -> Result<()> {
        let NewDeposit { deposit, postings } = new;
        if self.bank.deposits.iter().any(|kept| kept.deposit.identity == deposit.identity) {
            return Err(Error::Stale { what: "deposit" });
        }
        self.must_have_arrival(Some(deposit.arrival))?;
        let id = DepositId(number_after(&self.bank.deposits));
        let (deposit, set_aside) = (deposit.clone(), String::new());
        self.bank.deposits.push(KeptDeposit { id, deposit, set_aside });
        self.post_deposit(id, postings)
    }

    fn post_deposit(&mut self, id: DepositId, postings: &[Posting]) -> Result<()> {
        let kept = at(&self.bank.deposits, id.0).ok_or(Error::Stale { what: "deposit" })?;
        let origin = Origin::Deposit(id, kept.deposit.arrival);
        postings.iter().try_for_each(|posting| self.post(origin, posting))
    }

    fn post_payment(&mut self, id: PaymentId, postings: &[Posting]) -> Result<()> {
        let index = usize::try_from(id.0 - 1).map_err(|_| Error::Dangling)?;
        postings.iter().try_for_each(|posting| self.post(Origin::Payment(index), posting))
    }

    fn must_have_payment(&self, id: PaymentId) -> Result<()> {
        at(&self.payments, id.0).map(drop).ok_or(Error::Dangling)
    }

    fn written_off_of(&self, id: PaymentId) -> Money {
        let of_it = self.bank.written_off.iter().filter(|one| one.payment == id);
        of_it.map(|one| one.amount).sum()
    }

    /// What was given up, the newest first, each with what it is of.
    pub fn written_off(&self) -> Vec<(WrittenOff, Awaited)> {
        let newest = self.bank.written_off.iter().rev();
        let found = newest.filter_map(|one| {
            let payment = at(&self.payments, one.payment.0)?;
            Some((one.clone(), self.awaited_of(one.payment, payment)))
        });
        found.collect()
    }

    fn part(&mut self, parted: &Pairing) -> Result<()> {
        let same = |one: &Pairing| {
            (one.deposit, one.payment, one.amount)
                == (parted.deposit, parted.payment, parted.amount)
        };
        let found = self.bank.pairings.iter().position(same);
        self.bank.pairings.remove(found.ok_or(Error::Stale { what: "pair of a deposit" })?);
        Ok(())
    }

    pub fn mark(&self) -> Mark {
        Mark {
            version: self.bank.version,
            deposits: self.bank.deposits.len() as u64,
            payments: self.payments.len() as u64,
        }
    }

    pub fn first_day(&self) -> Option<Day> {
        self.bank.deposits.iter().map(|kept| kept.deposit.day).min()
    }

    pub fn is_open(&self, kept: &KeptDeposit) -> bool {
        let of_it = self.bank.pairings.iter().filter(|pairing| pairing.deposit == kept.id);
        let paired: Money = of_it.map(|pairing| pairing.amount).sum();
        kept.set_aside.is_empty() && kept.deposit.amount != paired
    }

    /// All that is open, all with the trace number of something open, and what is asked for.
    pub fn reassociation(&self, asked: &Asked) -> Reassociation {
        let version = self.bank.version;
        let Some(since) = self.first_day().map(awaited_from) else {
            return Reassociation { version, ..Reassociation::default() };
        };
        let payments = || (1..).map(PaymentId).zip(&self.payments);
        let is_unpaid = |id: PaymentId, payment: &NewPayment| {
            let of_it = self.bank.pairings.iter().filter(|pairing| pairing.payment == id);
            let deposited: Money = of_it.map(|pairing| pairing.amount).sum();
            awaited(payment) != deposited + self.written_off_of(id)
        };
        let is_open_payment = |id: PaymentId, payment: &NewPayment| {
            is_unpaid(id, payment) && payment.paid_on.is_none_or(|day| since <= day)
        };
        let of_deposits = self.bank.deposits.iter().map(|kept| trace_key(&kept.deposit.trace));
        let of_deposits: BTreeSet<String> = of_deposits.collect();
        let open = self.bank.deposits.iter().filter(|kept| self.is_open(kept));
        let open = open.map(|kept| trace_key(&kept.deposit.trace));
        let waiting = payments().filter(|(id, payment)| {
            is_open_payment(*id, payment)
                || is_unpaid(*id, payment) && of_deposits.contains(&trace_key(&payment.trace))
        });
        let waiting = waiting.map(|(_, payment)| trace_key(&payment.trace));
        let is_taker =
            |kept: &&KeptDeposit| self.is_open(kept) && kept.deposit.amount.is_negative();
        let takers = self.bank.deposits.iter().filter(is_taker);
        let takers: BTreeSet<&str> =
            takers.map(|kept| kept.deposit.bank_reference.as_str()).collect();
        let returned = self.bank.deposits.iter().map(|kept| &kept.deposit).filter(|deposit| {
            !deposit.bank_reference.is_empty() && takers.contains(deposit.bank_reference.as_str())
        });
        let returned = returned.map(|deposit| trace_key(&deposit.trace));
        let keys = open.chain(waiting).chain(returned).filter(|key| !key.is_empty());
        let keys: BTreeSet<String> = keys.collect();
        let mut deposits = self.bank.deposits.clone();
        deposits.retain(|kept| {
            self.is_open(kept)
                || keys.contains(&trace_key(&kept.deposit.trace))
                || Some(kept.id) == asked.deposit
        });
        let is_asked = |id: PaymentId| {
            let mut pairings = self.bank.pairings.iter();
            let of_deposit =
                pairings.any(|one| Some(one.deposit) == asked.deposit && one.payment == id);
            of_deposit || asked.payments.contains(&id)
        };
        let payments: Vec<_> = payments()
            .filter(|(id, payment)| {
                is_open_payment(*id, payment)
                    || keys.contains(&trace_key(&payment.trace))
                    || is_asked(*id)
            })
            .map(|(id, payment)| (id, self.awaited_of(id, payment)))
            .collect();
        let mut pairings = self.bank.pairings.clone();
        pairings.retain(|pairing| {
            deposits.iter().any(|kept| kept.id == pairing.deposit)
                || payments.iter().any(|(id, _)| *id == pairing.payment)
        });
        Reassociation { version, deposits, payments, pairings, cases: self.cases() }
    }

    fn cases(&self) -> Vec<KeptCase> {
        let open = self.bank.cases.iter().filter(|(_, _, is_over)| !is_over);
        let kept = open.filter_map(|(key, id, _)| {
            let work = at(&self.work, id.0)?;
            Some(KeptCase {
                key: key.clone(),
                work: *id,
                state: work.state,
                owner: work.owner.clone(),
                note: work.note.clone(),
                words: WorkWords {
                    what: Some(work.what.clone()),
                    action: Some(work.action.clone()),
                    evidence: Some(work.evidence.clone()),
                    amount: Some(work.amount),
                },
            })
        });
        kept.collect()
    }

    fn awaited_of(&self, id: PaymentId, payment: &NewPayment) -> Awaited {
        Awaited {
            arrival: payment.arrival,
            identity: payment.identity.clone(),
            payer: payment.payer.clone(),
            payer_id: payment.payer_id.clone(),
            payer_name: payment.payer_name.clone(),
            way: payment.way,
            trace: payment.trace.clone(),
            paid_on: payment.paid_on,
            amount: awaited(payment),
            stated: payment.amount,
            written_off: self.written_off_of(id),
        }
    }
}
