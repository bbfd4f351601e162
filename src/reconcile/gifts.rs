//! What a payer gives beside its claims, by a PLB with a minus, and whether it can mean so much: V46.

use x12::value::Money;
use x12::view::remittance::{ProviderAdjustment, Remittance};

use super::provider::net_of;
use crate::denials::printable;
use crate::ledger::Account;

/// A remittance, as far as it says what can be meant.
#[derive(Debug)]
pub(super) struct Gifts<'r, 'b> {
    remittance: &'r Remittance<'b>,
    /// What all its claims are paid.
    paid: Money,
    /// The first entry that gives interest, by where it stands.
    interest_at: Option<usize>,
}

/// More is given than anybody can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TooMuch {
    pub given: Money,
    /// `PLB L6 gives interest of 99999.00, and all claims together are paid 148.00`.
    pub what: String,
}

/// A bonus of a year may come with the claims of a week.
const TIMES_PAID: i64 = 10;

impl<'r, 'b> Gifts<'r, 'b> {
    pub(super) fn of(remittance: &'r Remittance<'b>) -> Gifts<'r, 'b> {
        let claims = remittance.claims.iter().filter(|claim| !claim.is_reversal());
        let paid = claims.map(|claim| claim.paid.money().unwrap_or_default());
        let mut entries = remittance.provider_adjustments.iter();
        let first = entries.find(|entry| is_interest(entry) && amount(entry).is_negative());
        Gifts {
            remittance,
            paid: paid.filter(|paid| Money::ZERO < *paid).sum(),
            interest_at: first.map(|entry| entry.amount.place.offset),
        }
    }

    /// Whether an entry gives too much: more interest than all that is paid for claims, told at the first of
    /// it, or more than ten times as much of anything else. Where nothing is paid for claims nobody can tell.
    pub(super) fn too_much(&self, entry: &ProviderAdjustment<'_>) -> Option<TooMuch> {
        if self.paid.is_zero() || !amount(entry).is_negative() || is_no_gift(entry) {
            return None;
        }
        let (given, most, of_what) = match is_interest(entry) {
            true => (self.interest_from(entry)?, self.paid.cents(), "interest of "),
            false => (-amount(entry), self.paid.cents().saturating_mul(TIMES_PAID), ""),
        };
        // What the same remittance takes again is not given.
        if given.cents() <= most || !net_of(entry, self.remittance).is_negative() {
            return None;
        }
        let (reason, paid) = (printable(&entry.reason), self.paid);
        let what =
            format!("PLB {reason} gives {of_what}{given}, and all claims together are paid {paid}");
        Some(TooMuch { given, what })
    }

    /// All the interest, at the first entry that gives some.
    fn interest_from(&self, entry: &ProviderAdjustment<'_>) -> Option<Money> {
        let is_first = self.interest_at == Some(entry.amount.place.offset);
        let all = self.remittance.provider_adjustments.iter().filter(|one| is_interest(one));
        is_first.then(|| -all.map(amount).sum::<Money>())
    }
}

fn is_interest(entry: &ProviderAdjustment<'_>) -> bool {
    Account::of_provider_adjustment(&entry.reason) == Account::Interest
}

/// Pay by the head is no gift, nor is what is carried, sent back, or met by another provider's money (OB).
fn is_no_gift(entry: &ProviderAdjustment<'_>) -> bool {
    let account = Account::of_provider_adjustment(&entry.reason);
    [Account::Capitation, Account::Forwarded, Account::Takeback].contains(&account)
        || entry.reason.is("OB")
}

fn amount(entry: &ProviderAdjustment<'_>) -> Money {
    entry.amount.money().unwrap_or_default()
}
