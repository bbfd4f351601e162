//! What an office sent back to a payer, against what that payer says it got (PLB 72): both stand on one
//! account, so that each refund is met by the returns of its payer and provider.

use std::collections::{BTreeMap, BTreeSet};

use x12::phi::Phi;
use x12::value::Money;

use super::Carried;
use super::matching::KnownClaim;
use super::provider::{names_claim, names_in};
use crate::change::refunds::{KeptEntry, KeptRefund, Refund, RefundId};
use crate::change::{Moment, ProviderEntry};
use crate::ledger::Account;

/// What a payer says that it got back for a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    pub payer: String,
    pub payee: String,
    /// PLB03-2: the number of the check, or of what it pays.
    pub reference: Phi<String>,
    /// Above nothing.
    pub amount: Money,
    /// The payer had set something aside under that reference, so that it is no other's refund.
    pub is_set_aside: bool,
    /// When its file came.
    pub at: Moment,
}

impl Return {
    /// An entry of a PLB that comes now and says so; `None` of all others.
    pub fn of_entry(payer: &str, entry: &ProviderEntry, is_set_aside: bool) -> Option<Return> {
        let is_return = entry.reason == "72" && entry.amount.is_negative();
        is_return.then(|| Return {
            payer: payer.to_owned(),
            payee: entry.payee.clone(),
            reference: entry.reference.clone(),
            amount: -entry.amount,
            is_set_aside,
            at: Moment(i64::MAX),
        })
    }

    /// What a kept entry says so; `None` of all others.
    pub fn of_kept(kept: &KeptEntry) -> Option<Return> {
        let told = Return::of_entry(&kept.payer, &kept.entry, kept.is_set_aside)?;
        Some(Return { at: kept.at, ..told })
    }

    /// Whether it tells what its payer got for the provider of a refund.
    pub fn is_to(&self, refund: &Refund) -> bool {
        !refund.is_kept() && (&self.payer, &self.payee) == (&refund.payer, &refund.payee)
    }

    /// Whether it names a refund, by the number of its check or by what that pays.
    pub fn names(&self, refund: &Refund) -> bool {
        let names = names_in(self.reference.expose());
        let own = [refund.reference.expose().trim(), refund.number.trim()];
        self.is_to(refund) && own.iter().any(|own| !own.is_empty() && names.contains(own))
    }
}

/// Whether an entry of a PLB sets something aside, to be taken later or to be sent back.
pub fn sets_aside(entry: &ProviderEntry) -> bool {
    entry.amount.is_negative() && matches!(entry.reason.as_str(), "WO" | "WU" | "FB")
}

/// A refund, with what of it no payer told of yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBack {
    pub id: RefundId,
    /// When it was booked.
    pub at: Moment,
    pub refund: Refund,
    pub left: Money,
}

impl SentBack {
    /// All of it is to be told of, but for what stays with the office.
    pub fn of(kept: KeptRefund) -> SentBack {
        let KeptRefund { id, at, refund } = kept;
        let left = if refund.is_kept() { Money::ZERO } else { refund.amount };
        SentBack { id, at, refund, left }
    }

    /// The number of its check.
    fn number(&self) -> &str {
        self.refund.number.trim()
    }

    /// Whether it gave back what was paid of a claim.
    pub(super) fn is_of(&self, claim: &KnownClaim) -> bool {
        self.refund.claim.is_some_and(|of| [claim.id, claim.account].contains(&of))
    }

    /// Whether it paid back what an entry takes: of the claim that this names, or under its reference.
    pub(super) fn paid_back(&self, reference: &str, claim: Option<&KnownClaim>) -> bool {
        let own = self.refund.reference.expose().trim();
        match self.refund.claim {
            Some(_) if self.refund.is_kept() => false,
            Some(_) => claim.is_some_and(|claim| self.is_of(claim)),
            None => {
                let is_named = !own.is_empty() && names_in(reference).contains(&own);
                is_named || claim.is_some_and(|claim| names_claim(own, claim, &self.refund.payer))
            }
        }
    }
}

/// Where nobody asks what was set aside.
pub static NOTHING_SET_ASIDE: BTreeSet<(String, Phi<String>)> = BTreeSet::new();

/// What the other side does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unmet {
    /// Of each refund what no payer told of.
    pub refunds: Vec<Money>,
    /// Of each return what nobody booked.
    pub returns: Vec<Money>,
    /// What of each return met a refund of what was carried, which stands on the same account.
    pub of_carried: Vec<Money>,
}

/// How sure it is that a return speaks of a refund.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tier {
    /// It names the refund, by its number or its reference.
    Named,
    /// It is of its amount.
    Alike,
    /// It is of the amount of all that one check pays.
    AlikeCheck,
    /// It came after the refund was booked.
    After,
}

/// The surest first.
const TIERS: [Tier; 4] = [Tier::Named, Tier::Alike, Tier::AlikeCheck, Tier::After];

/// Holds refunds, with what of each is left, against returns, both in the order in which they came. What names one
/// check is of no other.
pub fn unmet(sent: &[SentBack], returns: &[Return]) -> Unmet {
    let mut unmet = Unmet {
        refunds: sent.iter().map(|one| one.left).collect(),
        returns: returns.iter().map(|told| told.amount).collect(),
        of_carried: vec![Money::ZERO; returns.len()],
    };
    let is_named = |told: &Return| sent.iter().any(|one| told.names(&one.refund));
    let of_one: Vec<bool> =
        returns.iter().map(|told| told.is_set_aside || is_named(told)).collect();
    for tier in TIERS {
        let lefts = unmet.returns.iter_mut().zip(&mut unmet.of_carried);
        for ((told, of_one), (told_left, of_carried)) in returns.iter().zip(&of_one).zip(lefts) {
            if told_left.is_zero() || (*of_one && tier != Tier::Named) {
                continue;
            }
            let whole = *told_left;
            let of_checks = match tier {
                Tier::AlikeCheck => left_of_checks(sent, &unmet.refunds, told),
                Tier::Named | Tier::Alike | Tier::After => BTreeMap::new(),
            };
            for (one, left) in sent.iter().zip(&mut unmet.refunds) {
                let fits = match tier {
                    Tier::Named => told.names(&one.refund),
                    Tier::Alike => *left == whole,
                    Tier::AlikeCheck => of_checks.get(one.number()) == Some(&whole),
                    Tier::After => one.at <= told.at,
                };
                if fits && told.is_to(&one.refund) {
                    let met = (*left).min(*told_left);
                    *left -= met;
                    *told_left -= met;
                    if one.refund.is_of_carried() {
                        *of_carried += met;
                    }
                }
            }
        }
    }
    unmet
}

/// What is left of all refunds to the payer of a return, by the numbers of their checks.
fn left_of_checks<'s>(
    sent: &'s [SentBack],
    lefts: &[Money],
    told: &Return,
) -> BTreeMap<&'s str, Money> {
    let mut found = BTreeMap::new();
    for (one, left) in sent.iter().zip(lefts).filter(|(one, _)| told.is_to(&one.refund)) {
        *found.entry(one.number()).or_default() += *left;
    }
    found
}

/// The same of refunds that were held against earlier returns: each with what is left of it now.
pub fn hold(sent: &[SentBack], returns: &[Return]) -> (Vec<SentBack>, Unmet) {
    let unmet = unmet(sent, returns);
    let of_each = sent.iter().zip(&unmet.refunds);
    let held = of_each.map(|(one, left)| SentBack { left: *left, ..one.clone() }).collect();
    (held, unmet)
}

/// What a refund takes off what is carried; `None` of one for a claim, and of what is told of.
pub(super) fn carried(sent: &SentBack) -> Option<Carried> {
    let amount = &sent.left;
    let Refund { payee, reference, .. } = &sent.refund;
    let carried = Carried {
        payee: payee.clone(),
        account: Account::Takeback,
        reference: reference.clone(),
        amount: *amount,
    };
    (sent.refund.is_of_carried() && !amount.is_zero()).then_some(carried)
}

#[cfg(test)]
mod tests {
    use x12::fault::Place;

    use super::*;
    use crate::change::ClaimId;

    fn refund(number: &str, reference: &str, cents: i64) -> SentBack {
        let refund = Refund {
            payer: "acme".to_owned(),
            payee: "1234567893".to_owned(),
            reference: Phi::new(reference.to_owned()),
            claim: reference.is_empty().then_some(ClaimId(1)),
            account: Account::Takeback,
            payment: None,
            amount: Money::from_cents(cents),
            number: number.to_owned(),
            why: String::new(),
            source: Place::default(),
        };
        SentBack::of(KeptRefund { id: RefundId(1), at: Moment(9), refund })
    }

    fn told(payee: &str, reference: &str, cents: i64) -> Return {
        let entry = ProviderEntry {
            payee: payee.to_owned(),
            reason: "72".to_owned(),
            reference: Phi::new(reference.to_owned()),
            amount: Money::from_cents(-cents),
        };
        Return::of_entry("acme", &entry, false).expect("a return")
    }

    #[test]
    fn a_return_meets_the_refund_that_it_names_then_one_of_its_amount_then_any() {
        let refunds = [
            refund("CHK1", "P1001", 6_500),
            refund("CHK2", "P1002", 6_500),
            refund("CHK3", "", 10_000),
        ];
        for (returns, left, unbooked, of_carried) in [
            (vec![("CHK2", 6_500)], [6_500, 0, 10_000], vec![0], vec![6_500]),
            (vec![("P1002", 6_500)], [6_500, 0, 10_000], vec![0], vec![6_500]),
            (vec![("", 10_000)], [6_500, 6_500, 0], vec![0], vec![0]),
            (vec![("", 6_500)], [0, 6_500, 10_000], vec![0], vec![6_500]),
            // One check told in two parts, the second of them without its number.
            (vec![("CHK3", 4_000), ("", 6_000)], [6_500, 6_500, 0], vec![0, 0], vec![0, 0]),
            (vec![("CHK3", 4_000), ("", 5_000)], [1_500, 6_500, 6_000], vec![0, 0], vec![0, 5_000]),
            (vec![("", 30_000)], [0, 0, 0], vec![7_000], vec![13_000]),
        ] {
            let returns: Vec<Return> = returns
                .iter()
                .map(|(reference, cents)| told("1234567893", reference, *cents))
                .collect();
            let cents =
                |amounts: &[Money]| amounts.iter().map(|one| one.cents()).collect::<Vec<_>>();
            let found = unmet(&refunds, &returns);
            assert_eq!(cents(&found.refunds), left, "{returns:?}");
            assert_eq!(cents(&found.returns), unbooked, "{returns:?}");
            assert_eq!(cents(&found.of_carried), of_carried, "{returns:?}");
        }
        let of_another = [told("1999999992", "CHK1", 6_500)];
        assert_eq!(unmet(&refunds, &of_another).refunds, refunds.clone().map(|one| one.left));
        // What was set aside under its own reference came: no other's refund of the same amount did.
        let told = told("1234567893", "P1009", 6_500);
        let of_another = [Return { is_set_aside: true, ..told.clone() }];
        assert_eq!(unmet(&refunds, &of_another).returns, [told.amount]);
        assert_eq!(unmet(&refunds, &[told]).returns, [Money::ZERO]);
    }
}
