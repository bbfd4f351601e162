//! What a person decides about a deposit.

use x12::fault::Place;
use x12::value::Money;

use super::pairing::taken_back;
use super::payers::may_be_same_payer;
use super::reassociate::{change_of, postings_of};
use crate::change::deposits::{
    Awaited, BankChange, DepositId, DepositTier, KeptDeposit, Pairing, PaymentId, Reassociation,
    WrittenOff, trace_key,
};
use crate::change::{Change, Stamp};
use crate::ledger;

/// Why a decision cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("there is no open deposit {0}; `claimgate bank deposits` lists them")]
    NoDeposit(i64),
    #[error(
        "nothing of deposit {deposit} is left for remittance {payment}; name only those that it pays"
    )]
    NothingLeft { deposit: i64, payment: i64 },
    #[error(
        "there is no remittance {0} that waits for its deposit; `claimgate bank deposits` lists them"
    )]
    NoPayment(i64),
    #[error(
        "deposit {deposit} was taken from the account, and no bank showed any of remittance \
         {payment} before"
    )]
    NotPaid { deposit: i64, payment: i64 },
    #[error(
        "deposit {0} is paired by its trace number and not by a person; set it aside if it is another's"
    )]
    NotAPersons(i64),
    #[error(
        "deposit {deposit} is open and has the number of remittance {payment}; first say whose \
         money it is (`claimgate bank match`), or set it aside"
    )]
    Came { deposit: i64, payment: i64 },
    #[error(
        "what no bank showed of remittance {0} is written off; `claimgate bank reopen {0}` first"
    )]
    WrittenOff(i64),
    #[error(
        "nothing of remittance {0} is written off; `claimgate bank deposits --all` lists what is"
    )]
    NotWrittenOff(i64),
}

/// A deposit is the money of these remittances, in their order, as far as it goes. What was taken
/// from the account was theirs, so that they wait for their money again.
pub fn matched(
    known: &Reassociation,
    deposit: DepositId,
    payments: &[PaymentId],
    why: &str,
    stamp: &Stamp,
) -> Result<Change, Refusal> {
    let kept = open_deposit(known, deposit)?;
    let mut left = kept.deposit.amount - paired(known, |pairing| pairing.deposit == deposit);
    let mut bank = BankChange { version: Some(known.version), ..BankChange::default() };
    for id in payments {
        let awaited = awaited(known, *id)?;
        let shown = paired(known, |pairing| pairing.payment == *id);
        let amount = if kept.deposit.amount.is_negative() {
            left.max(-shown)
        } else {
            left.min(awaited.amount - awaited.written_off - shown)
        };
        if left.is_zero() {
            return Err(Refusal::NothingLeft { deposit: deposit.0, payment: id.0 });
        }
        if amount.is_zero() && Money::ZERO < left && !awaited.written_off.is_zero() {
            return Err(Refusal::WrittenOff(id.0));
        }
        let is_again = bank.paired.iter().any(|(pairing, _)| pairing.payment == *id);
        if amount.is_zero() || is_again || amount.is_negative() != left.is_negative() {
            return Err(match kept.deposit.amount.is_negative() {
                true => Refusal::NotPaid { deposit: deposit.0, payment: id.0 },
                false => Refusal::NoPayment(id.0),
            });
        }
        left -= amount;
        let evidence = why.to_owned();
        let pairing =
            Pairing { deposit, payment: *id, amount, tier: DepositTier::Person, evidence };
        let postings = postings_of(known, &pairing, false);
        bank.paired.push((pairing, postings));
    }
    Ok(change_of(bank, stamp))
}

/// A deposit is no payment of claims, or another file told of it already: it leaves the ledger.
pub fn set_aside(
    known: &Reassociation,
    deposit: DepositId,
    why: &str,
    stamp: &Stamp,
) -> Result<Change, Refusal> {
    let kept = open_deposit(known, deposit)?;
    let mut bank = BankChange { version: Some(known.version), ..BankChange::default() };
    for parted in known.pairings.iter().filter(|pairing| pairing.deposit == deposit) {
        bank.parted.push((parted.clone(), why.to_owned(), postings_of(known, parted, true)));
    }
    let postings = ledger::deposit(-kept.deposit.amount, kept.deposit.place);
    bank.set_aside.push((deposit, why.to_owned(), postings));
    Ok(change_of(bank, stamp))
}

/// What a person paired is undone.
pub fn parted(
    known: &Reassociation,
    deposit: DepositId,
    why: &str,
    stamp: &Stamp,
) -> Result<Change, Refusal> {
    let mut bank = BankChange { version: Some(known.version), ..BankChange::default() };
    let of_deposit = known.pairings.iter().filter(|pairing| pairing.deposit == deposit);
    for pairing in of_deposit {
        if pairing.tier != DepositTier::Person {
            return Err(Refusal::NotAPersons(deposit.0));
        }
        bank.parted.push((pairing.clone(), why.to_owned(), postings_of(known, pairing, true)));
    }
    if bank.parted.is_empty() {
        return Err(Refusal::NoDeposit(deposit.0));
    }
    Ok(change_of(bank, stamp))
}

/// What no bank showed of a remittance never comes: a fee was kept, or all of it. `source` is its BPR02.
pub fn written_off(
    known: &Reassociation,
    id: PaymentId,
    why: &str,
    (source, stamp): (Place, &Stamp),
) -> Result<Change, Refusal> {
    let payment = awaited(known, id)?;
    let shown = paired(known, |pairing| pairing.payment == id);
    let amount = payment.amount - payment.written_off - shown;
    if amount <= Money::ZERO {
        return Err(Refusal::NoPayment(id.0));
    }
    // Given up beside its own money, both would stay open for ever.
    let key = trace_key(&payment.trace);
    let taken_back = taken_back(known);
    let came = known.deposits.iter().find(|KeptDeposit { id, deposit, set_aside }| {
        let left = deposit.amount - paired(known, |pairing| pairing.deposit == *id);
        set_aside.is_empty()
            && Money::ZERO < left
            && !taken_back.contains_key(id)
            && !key.is_empty()
            && trace_key(&deposit.trace) == key
            && may_be_same_payer(deposit, payment)
    });
    if let Some(came) = came {
        return Err(Refusal::Came { deposit: came.id.0, payment: id.0 });
    }
    let mut bank = BankChange { version: Some(known.version), ..BankChange::default() };
    let one = WrittenOff { payment: id, amount, why: why.to_owned() };
    bank.written_off.push((one, ledger::never_came(amount, source)));
    Ok(change_of(bank, stamp))
}

/// All that was written off of a remittance is waited for again.
pub fn reopened(
    known: &Reassociation,
    id: PaymentId,
    why: &str,
    (source, stamp): (Place, &Stamp),
) -> Result<Change, Refusal> {
    let amount = awaited(known, id)?.written_off;
    if amount.is_zero() {
        return Err(Refusal::NotWrittenOff(id.0));
    }
    let mut bank = BankChange { version: Some(known.version), ..BankChange::default() };
    let one = WrittenOff { payment: id, amount, why: why.to_owned() };
    bank.reopened.push((one, ledger::never_came(-amount, source)));
    Ok(change_of(bank, stamp))
}

fn awaited(known: &Reassociation, id: PaymentId) -> Result<&Awaited, Refusal> {
    let found = known.payments.iter().find(|(known, _)| *known == id);
    found.map(|(_, payment)| payment).ok_or(Refusal::NoPayment(id.0))
}

fn open_deposit(known: &Reassociation, id: DepositId) -> Result<&KeptDeposit, Refusal> {
    let is_asked = |kept: &&KeptDeposit| kept.id == id && kept.set_aside.is_empty();
    known.deposits.iter().find(is_asked).ok_or(Refusal::NoDeposit(id.0))
}

fn paired(known: &Reassociation, is_asked: impl Fn(&Pairing) -> bool) -> Money {
    known.pairings.iter().filter(|pairing| is_asked(pairing)).map(|pairing| pairing.amount).sum()
}
