//! Interest of an 835 that pays several offices: AMT*I says what each claim has of it, and PLB L6 may
//! pay all of that at once.

use std::collections::BTreeMap;

use x12::value::Money;
use x12::view::parts::find_amount;
use x12::view::remittance::{ProviderAdjustment, Remittance};

use super::owners::{Owner, Placed};

type Sums = BTreeMap<Owner, Money>;

/// The entries of PLBs with their owners. Interest for which no claim is named goes to the offices as
/// their claims say; where that does not add up, and its provider is not the only office whose claims
/// have interest, a person decides.
pub(super) fn divided(
    remittance: &Remittance<'_>,
    claims: &[Owner],
    placed: Vec<Placed>,
) -> Vec<Vec<(Owner, Money)>> {
    let entries = &remittance.provider_adjustments;
    let amount_of = |entry: &ProviderAdjustment<'_>| entry.amount.money().unwrap_or_default();
    let said = said_by_claims(remittance, claims);
    let is_free = |entry: &ProviderAdjustment<'_>, place: &Placed| {
        entry.reason.is("L6") && !place.names_claim && !said.is_empty()
    };
    // What claims say less what they get: by all entries as they are placed, and by those that stay so.
    let (mut open, mut wanted) = (said.clone(), said.clone());
    for (entry, place) in entries.iter().zip(&placed).filter(|(entry, _)| entry.reason.is("L6")) {
        *open.entry(place.owner.clone()).or_default() += amount_of(entry);
        if !is_free(entry, place) {
            *wanted.entry(place.owner.clone()).or_default() += amount_of(entry);
        }
    }
    let adds_up = open.values().copied().sum::<Money>().is_zero();
    let is_right = open.values().all(|amount| amount.is_zero());
    wanted.retain(|_, amount| !amount.is_zero());
    let mut found = Vec::with_capacity(placed.len());
    for (entry, place) in entries.iter().zip(placed) {
        let amount = amount_of(entry);
        let is_owners = open.get(&place.owner).is_some_and(|open| open.is_zero())
            || said.keys().eq([&place.owner]);
        found.push(if !is_free(entry, &place) || is_right {
            vec![(place.owner, amount)]
        } else if adds_up {
            // The first has all that is left to pay, and the others nothing.
            let parts = std::mem::take(&mut wanted).into_iter();
            parts.map(|(owner, interest)| (owner, -interest)).collect()
        } else if is_owners {
            vec![(place.owner, amount)]
        } else {
            vec![(None, amount)]
        });
    }
    found
}

/// AMT*I of the claims of each owner.
fn said_by_claims(remittance: &Remittance<'_>, claims: &[Owner]) -> Sums {
    let mut said = Sums::new();
    for (claim, owner) in remittance.claims.iter().zip(claims) {
        let interest = find_amount(&claim.amounts, "I").and_then(|amount| amount.money());
        if let Some(interest) = interest {
            *said.entry(owner.clone()).or_default() += interest;
        }
    }
    said
}
