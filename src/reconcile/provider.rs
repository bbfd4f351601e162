//! What belongs to no claim of a remittance: balances carried forward and takebacks, over several
//! files.
//!
//! A payer that takes back more than it pays carries the rest forward: FB with a minus now, FB with
//! a plus in a later payment. One that waits before it takes back does the same with WO; when the
//! office sends a cheque, 72 with a minus meets the WO. So each plus must have its minus somewhere,
//! or name a claim. What has neither is a denial without a claim, and a person hears of it.

use x12::segment::Field;
use x12::value::Money;
use x12::view::remittance::{ClaimPayment, ProviderAdjustment, Remittance};

use super::Carried;
use super::matching::{Known, KnownClaim};
use crate::ledger::Account;

/// Whether an entry takes money for something that happened before.
pub(super) fn is_takeback(entry: &ProviderAdjustment<'_>) -> bool {
    let lowers = entry.amount.money().unwrap_or_default() > Money::ZERO;
    lowers && entry.reason.is_any(&["WO", "WU", "FB"])
}

/// What was carried for a payee so far, by earlier remittances and by this one.
#[derive(Debug)]
pub(super) struct Chain {
    open: Vec<Carried>,
}

impl Chain {
    pub(super) fn new(carried: &[Carried]) -> Chain {
        Chain { open: carried.to_vec() }
    }

    /// Adds all entries of a remittance that lower nothing: they carry something forward, wherever
    /// in it they stand.
    pub(super) fn carry(&mut self, entries: &[ProviderAdjustment<'_>]) {
        for entry in entries {
            let amount = entry.amount.money().unwrap_or_default();
            if amount.is_negative() && self.account(&entry.reason).is_some() {
                self.add(entry, amount);
            }
        }
    }

    /// What explains a takeback, in words; takes it off what is open.
    pub(super) fn explain(
        &mut self,
        entry: &ProviderAdjustment<'_>,
        claim: Option<&KnownClaim>,
        is_in_remittance: bool,
    ) -> Option<&'static str> {
        let amount = entry.amount.money().unwrap_or_default();
        let why = if self.has_open(entry, amount, true) {
            Some("carried forward under this reference")
        } else if claim.is_some() {
            Some("names a claim that we sent")
        } else if is_in_remittance {
            Some("names a claim of its own remittance")
        } else if self.has_open(entry, amount, false) {
            Some("carried forward for this payee")
        } else {
            None
        };
        self.add(entry, amount);
        why
    }

    fn account(&self, reason: &Field<'_>) -> Option<Account> {
        let account = Account::of_provider_adjustment(reason);
        matches!(account, Account::Forwarded | Account::Takeback).then_some(account)
    }

    /// Whether so much was carried: under the entry's reference, or for whatever reference.
    fn has_open(&self, entry: &ProviderAdjustment<'_>, amount: Money, same: bool) -> bool {
        let account = self.account(&entry.reason);
        let reference = entry.reference.text();
        // A takeback names what it is for; only what is carried forward has no name of its own.
        if !same && account != Some(Account::Forwarded) {
            return false;
        }
        let open = self.open.iter().filter(|one| {
            Some(one.account) == account && (!same || one.reference.expose() == reference.trim())
        });
        let open: Money = open.map(|one| one.amount).sum();
        amount <= -open
    }

    fn add(&mut self, entry: &ProviderAdjustment<'_>, amount: Money) {
        let Some(account) = self.account(&entry.reason) else { return };
        let reference = super::told::kept(&entry.reference.text());
        let same = |one: &&mut Carried| one.account == account && one.reference == reference;
        match self.open.iter_mut().find(same) {
            Some(one) => one.amount += amount,
            None => self.open.push(Carried { account, reference, amount }),
        }
    }
}

/// The claim that PLB03-2 names. Payers write CLM01, their own number or both into it, with days
/// before or after them.
pub(super) fn claim_named_by<'k>(
    entry: &ProviderAdjustment<'_>,
    known: &Known<'k>,
) -> Option<&'k KnownClaim> {
    let reference = entry.reference.text();
    known.with_number(|number| is_named(&reference, number))
}

/// Whether PLB03-2 names a claim of the remittance that it stands in.
pub(super) fn is_in_remittance(
    entry: &ProviderAdjustment<'_>,
    remittance: &Remittance<'_>,
) -> bool {
    remittance.claims.iter().any(|claim| is_named_by(entry, claim))
}

/// Whether PLB03-2 names this claim, by CLP07 or CLP01.
pub fn is_named_by(entry: &ProviderAdjustment<'_>, claim: &ClaimPayment<'_>) -> bool {
    let reference = entry.reference.text();
    [claim.payer_control_number, claim.patient_control_number]
        .iter()
        .any(|number| is_named(&reference, &number.text()))
}

fn is_named(reference: &str, number: &str) -> bool {
    let number = number.trim();
    number.len() >= NAMED_NUMBER_CHARACTERS_MIN && reference.contains(number)
}

/// A shorter number stands in any longer one by chance.
const NAMED_NUMBER_CHARACTERS_MIN: usize = 4;

/// Each is compared with every claim, and no payer lists so many: the rest is posted unexamined.
pub(super) const TAKEBACKS_EXAMINED_MAX: usize = 500;
