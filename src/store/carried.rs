//! What is taken under one form of a reference and was carried under another.

use super::CarriedTotal;
use crate::change::ClaimId;

impl CarriedTotal {
    /// Totals by reference, each with the claim that its entries name, as far as they do: payers name one now by
    /// its number and then by theirs, and what is taken under one form meets what was carried under another.
    pub fn by_claims(totals: Vec<(CarriedTotal, Option<ClaimId>)>) -> Vec<CarriedTotal> {
        let mut open: Vec<(CarriedTotal, Option<ClaimId>)> = Vec::with_capacity(totals.len());
        for (total, claim) in totals {
            let meets = |(one, of): &(CarriedTotal, Option<ClaimId>)| {
                claim.is_some() && claim == *of && one.is_met_by(&total)
            };
            let Some(at) = open.iter().position(meets) else {
                open.push((total, claim));
                continue;
            };
            let (before, _) = open.remove(at);
            let amount = before.amount + total.amount;
            let larger = if before.amount.abs() < total.amount.abs() { total } else { before };
            if !amount.is_zero() {
                open.push((CarriedTotal { amount, ..larger }, claim));
            }
        }
        let mut open: Vec<CarriedTotal> = open.into_iter().map(|(total, _)| total).collect();
        open.sort_by(|one, other| one.key().cmp(&other.key()));
        open
    }

    fn is_met_by(&self, other: &CarriedTotal) -> bool {
        let is_other_side = self.amount.is_negative() != other.amount.is_negative();
        let of = |one: &CarriedTotal| (one.payer.clone(), one.payee.clone(), one.reason.clone());
        is_other_side && of(self) == of(other)
    }

    fn key(&self) -> [&str; 4] {
        [&self.payer, &self.payee, &self.reason, self.reference.expose()]
    }
}

#[cfg(test)]
mod tests {
    use x12::phi::Phi;
    use x12::value::Money;

    use super::*;

    #[test]
    fn what_is_taken_under_another_form_of_its_reference_meets_what_was_carried() {
        let total = |reference: &str, reason: &str, cents, claim: Option<i64>| {
            let total = CarriedTotal {
                payer: "acme".to_owned(),
                payee: "1999001013".to_owned(),
                reason: reason.to_owned(),
                reference: Phi::new(reference.to_owned()),
                amount: Money::from_cents(cents),
            };
            (total, claim.map(ClaimId))
        };
        let open = |totals: Vec<(CarriedTotal, Option<ClaimId>)>| -> Vec<(String, i64)> {
            let open = CarriedTotal::by_claims(totals).into_iter();
            open.map(|one| (one.reference.expose().clone(), one.amount.cents())).collect()
        };
        let set_aside = total("P1", "WO", -8_000, Some(1));
        assert_eq!(
            open(vec![set_aside.clone(), total("Z1 20261006 P1", "WO", 8_000, Some(1))]),
            []
        );
        let part = open(vec![set_aside.clone(), total("Z1", "WO", 5_000, Some(1))]);
        assert_eq!(part, [("P1".to_owned(), -3_000)]);
        // Of another claim, or none, or another reason, and what was carried twice.
        let others =
            [("Z2", "WO", 8_000, Some(2)), ("Z3", "WO", 8_000, None), ("Z1", "FB", 8_000, Some(1))];
        for (reference, reason, cents, claim) in others {
            assert_eq!(
                open(vec![set_aside.clone(), total(reference, reason, cents, claim)]).len(),
                2
            );
        }
        assert_eq!(open(vec![set_aside, total("P1B", "WO", -8_000, Some(1))]).len(), 2);
    }
}
