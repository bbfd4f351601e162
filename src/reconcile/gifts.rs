//! What a payer gives beside its claims, by a PLB with a minus, and whether it can mean so much: V46.

use std::collections::{BTreeMap, HashMap};

use x12::value::Money;
use x12::view::remittance::{ProviderAdjustment, Remittance};

use super::provider::entry_of;
use crate::change::ProviderEntry;
use crate::denials::printable;
use crate::ledger::Account;

/// What kind of gift an entry is of: all of a kind are added up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Pay by the head is no gift, nor is what is carried, sent back, or met by another provider's money (OB).
    None,
    /// The office expects it, and its row has a bound of its own.
    Expected,
    /// Of any reason.
    Interest,
    /// Set aside or carried (WO, WU, FB) under a reference that nobody knows.
    Unknown,
    /// Any other, by its reason.
    Of(String),
}

impl Kind {
    /// By the entry alone.
    pub(super) fn of(entry: &ProviderAdjustment<'_>) -> Kind {
        match Account::of_provider_adjustment(&entry.reason) {
            Account::Capitation | Account::Forwarded | Account::Takeback => Kind::None,
            _ if entry.reason.is("OB") => Kind::None,
            Account::Interest => Kind::Interest,
            _ => Kind::Of(printable(&entry.reason)),
        }
    }
}

/// More is given than anybody can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TooMuch {
    pub kind: Kind,
    pub given: Money,
    /// `PLB L6 gives interest of 99999.00, and all claims together are paid 148.00`.
    pub what: String,
}

/// What a remittance gives too much of, each told at the first entry of its kind, by where that stands.
#[derive(Debug)]
pub(super) struct Gifts(BTreeMap<usize, TooMuch>);

/// All of one kind.
#[derive(Default)]
struct Sum {
    /// Where the first stands that gives, and its reason.
    first: Option<(usize, String)>,
    entries: usize,
    given: Money,
}

/// A bonus of a year may come with the claims of a week.
const TIMES_PAID: i64 = 10;

impl Gifts {
    /// More interest than all that is paid for claims, or more than ten times as much of any other kind. Where
    /// nothing is paid for claims nobody can tell.
    pub(super) fn of(
        remittance: &Remittance<'_>,
        kind_of: impl Fn(&ProviderAdjustment<'_>) -> Kind,
    ) -> Gifts {
        let claims = remittance.claims.iter().filter(|claim| !claim.is_reversal());
        let paid = claims.map(|claim| claim.paid.money().unwrap_or_default());
        let paid: Money = paid.filter(|paid| Money::ZERO < *paid).sum();
        let mut found = BTreeMap::new();
        if paid.is_zero() {
            return Gifts(found);
        }
        for (kind, sum) in sums(remittance, kind_of) {
            let times = if kind == Kind::Interest { 1 } else { TIMES_PAID };
            let most = paid.cents().saturating_mul(times);
            let Some((at, reason)) = sum.first.filter(|_| most < sum.given.cents()) else {
                continue;
            };
            let of_what = if kind == Kind::Interest { "interest of " } else { "" };
            let many = match sum.entries {
                1 => String::new(),
                entries => format!(" in {entries} entries"),
            };
            let under = match kind {
                Kind::Unknown => " under a reference that nobody knows",
                Kind::None | Kind::Expected | Kind::Interest | Kind::Of(_) => "",
            };
            let given = sum.given;
            let what = format!(
                "PLB {reason} gives {of_what}{given}{many}{under}, and all claims together are paid {paid}"
            );
            found.insert(at, TooMuch { kind, given, what });
        }
        Gifts(found)
    }

    /// What is told at an entry.
    pub(super) fn too_much(&self, entry: &ProviderAdjustment<'_>) -> Option<&TooMuch> {
        self.0.get(&entry.amount.place.offset)
    }
}

/// What is given of each kind. What the same remittance takes again is not given.
fn sums(
    remittance: &Remittance<'_>,
    kind_of: impl Fn(&ProviderAdjustment<'_>) -> Kind,
) -> Vec<(Kind, Sum)> {
    let mut sums: BTreeMap<Kind, Sum> = BTreeMap::new();
    let mut found = Vec::new();
    // There may be thousands, so that each is looked at once.
    let mut nets: HashMap<Key, Money> = HashMap::new();
    for entry in &remittance.provider_adjustments {
        *nets.entry(key(entry, remittance)).or_default() += amount(entry);
    }
    let net = |entry| nets.get(&key(entry, remittance)).copied().unwrap_or_default();
    for entry in &remittance.provider_adjustments {
        let amount = amount(entry);
        let kind = kind_of(entry);
        if kind == Kind::None || amount.is_zero() {
            continue;
        }
        let gives = amount.is_negative() && net(entry).is_negative();
        let first = gives.then(|| (entry.amount.place.offset, printable(&entry.reason)));
        if kind == Kind::Expected {
            found.push((Kind::of(entry), Sum { first, entries: 1, given: -amount }));
            continue;
        }
        let sum = sums.entry(kind).or_default();
        sum.given -= amount;
        sum.entries += usize::from(gives);
        sum.first = sum.first.take().or(first);
    }
    // What is set aside is mostly what is taken back or taken in the same payment.
    if let Some(sum) = sums.get_mut(&Kind::Unknown) {
        sum.given -= taken(remittance);
    }
    found.extend(sums);
    found
}

/// Provider, reason and reference.
type Key = (String, String, String);

fn key(entry: &ProviderAdjustment<'_>, remittance: &Remittance<'_>) -> Key {
    let ProviderEntry { payee, reason, reference, .. } = entry_of(entry, remittance);
    (payee, reason, reference.expose().clone())
}

/// What a remittance takes back of claims, and by PLBs.
fn taken(remittance: &Remittance<'_>) -> Money {
    let claims = remittance.claims.iter();
    let back = claims.map(|claim| claim.paid.money().unwrap_or_default());
    let back: Money = back.filter(|paid| paid.is_negative()).map(Money::abs).sum();
    let entries = remittance.provider_adjustments.iter().map(amount);
    back + entries.filter(|amount| Money::ZERO < *amount).sum::<Money>()
}

fn amount(entry: &ProviderAdjustment<'_>) -> Money {
    entry.amount.money().unwrap_or_default()
}
