//! Whose a part of an 835 is by now that nobody knew the office of when it came. The item keeps what was so then; what
//! persons did since stands in the books.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};
use x12::value::Money;

use super::Queue;
use crate::change::ClaimId;
use crate::commands::Failure;
use crate::denials::Category;
use crate::store::Work;

/// Money of such a part that is known to be a claim's.
#[derive(Debug)]
pub(super) struct Known {
    claim: ClaimId,
    office: String,
    amount: Money,
}

impl Queue<'_> {
    /// What is known by now of the part that an item tells of; empty of any other item.
    pub(super) fn known_since(&self, item: &Work) -> Result<Vec<Known>, Failure> {
        let is_of_part = item.claim.is_none() && item.category == Category::Unexplained;
        let Some(arrival) = item.arrival.filter(|_| is_of_part) else { return Ok(Vec::new()) };
        let store = self.office.store.as_ref();
        let mut amounts: BTreeMap<ClaimId, Money> = BTreeMap::new();
        for offset in store.clps_of(item.id)? {
            let Some(told) = store.told(arrival, offset)? else { continue };
            if let Some(claim) = told.stands.claim.filter(|_| told.word.is_some()) {
                *amounts.entry(claim).or_default() += told.paid;
                continue;
            }
            // Of what was divided the books alone tell who got a part.
            let parts = store.in_suspense(&told.identity, offset)?.into_iter();
            for (claim, amount) in parts.filter_map(|made| Some((made.claim?, made.amount))) {
                *amounts.entry(claim).or_default() += amount;
            }
        }
        let mut known = Vec::new();
        for (claim, amount) in amounts.into_iter().filter(|(_, amount)| !amount.is_zero()) {
            let office = self.office.claim(claim)?.partner;
            known.push(Known { claim, office, amount });
        }
        Ok(known)
    }
}

pub(super) fn write_known(known: &[Known], out: &mut dyn Write) -> Result<(), Failure> {
    for Known { claim, office, amount } in known {
        writeln!(out, "  known since:   {amount} is {office}'s (claim {})", claim.0)?;
    }
    Ok(())
}

pub(super) fn known_json(known: &[Known]) -> Value {
    let each = known.iter().map(|Known { claim, office, amount }| {
        json!({"claim": claim.0, "office": office, "amount_cents": amount.cents()})
    });
    each.collect()
}
