//! What an office sent back to a payer, against what that payer says it got (PLB 72): both stand on one
//! account, so that each refund is met by the returns of its payer and provider.

use x12::phi::Phi;
use x12::value::Money;

use super::Carried;
use crate::change::refunds::{KeptEntry, Refund};
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
}

impl Return {
    /// An entry of a PLB that says so; `None` of all others.
    pub fn of_entry(
        payer: &str,
        (payee, reason): (&str, &str),
        reference: &Phi<String>,
        amount: Money,
    ) -> Option<Return> {
        let (payer, payee) = (payer.to_owned(), payee.to_owned());
        let is_return = reason == "72" && amount.is_negative();
        let found = Return { payer, payee, reference: reference.clone(), amount: -amount };
        is_return.then_some(found)
    }

    /// What a kept entry says so; `None` of all others.
    pub fn of_kept(kept: &KeptEntry) -> Option<Return> {
        let entry = &kept.entry;
        Return::of_entry(&kept.payer, (&entry.payee, &entry.reason), &entry.reference, entry.amount)
    }
}

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

/// Whether a return may speak of a refund, with what is left of each.
type Fits = fn(&Refund, Money, &Return, Money) -> bool;

/// How sure it is that it does, the surest first.
const TIERS: [Fits; 3] = [
    |refund, _, told, _| {
        let names = super::provider::names_in(told.reference.expose());
        let own = [refund.reference.expose().trim(), refund.number.trim()];
        own.iter().any(|own| !own.is_empty() && names.contains(own))
    },
    |_, left, _, told| left == told,
    |_, _, _, _| true,
];

/// Holds refunds against returns, both in the order in which they came.
pub fn unmet(refunds: &[Refund], returns: &[Return]) -> Unmet {
    let mut unmet = Unmet {
        refunds: refunds.iter().map(|refund| refund.amount).collect(),
        returns: returns.iter().map(|told| told.amount).collect(),
        of_carried: vec![Money::ZERO; returns.len()],
    };
    for fits in TIERS {
        for ((told, told_left), of_carried) in
            returns.iter().zip(&mut unmet.returns).zip(&mut unmet.of_carried)
        {
            for (refund, left) in refunds.iter().zip(&mut unmet.refunds) {
                let is_same = refund.payer == told.payer && refund.payee == told.payee;
                if is_same && fits(refund, *left, told, *told_left) {
                    let met = (*left).min(*told_left);
                    *left -= met;
                    *told_left -= met;
                    if refund.claim.is_none() {
                        *of_carried += met;
                    }
                }
            }
        }
    }
    unmet
}

/// Refunds that no return has met, each with what is left of it.
pub fn left(refunds: &[Refund], returns: &[Return]) -> Vec<Refund> {
    let unmet = unmet(refunds, returns);
    let of_each = refunds.iter().zip(unmet.refunds).filter(|(_, left)| !left.is_zero());
    of_each.map(|(refund, amount)| Refund { amount, ..refund.clone() }).collect()
}

/// What a refund takes off what is carried; `None` of one for a claim.
pub(super) fn carried(refund: &Refund) -> Option<Carried> {
    let Refund { payee, reference, amount, .. } = refund;
    let carried = Carried {
        payee: payee.clone(),
        account: Account::Takeback,
        reference: reference.clone(),
        amount: *amount,
    };
    refund.claim.is_none().then_some(carried)
}

#[cfg(test)]
mod tests {
    use x12::fault::Place;

    use super::*;
    use crate::change::ClaimId;

    fn refund(number: &str, reference: &str, cents: i64) -> Refund {
        Refund {
            payer: "acme".to_owned(),
            payee: "1234567893".to_owned(),
            reference: Phi::new(reference.to_owned()),
            claim: reference.is_empty().then_some(ClaimId(1)),
            payment: None,
            amount: Money::from_cents(cents),
            number: number.to_owned(),
            why: String::new(),
            source: Place::default(),
        }
    }

    fn told(payee: &str, reference: &str, cents: i64) -> Return {
        let reference = Phi::new(reference.to_owned());
        let told = Return::of_entry("acme", (payee, "72"), &reference, Money::from_cents(-cents));
        told.expect("a return")
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
        assert_eq!(left(&refunds, &of_another), refunds);
    }
}
