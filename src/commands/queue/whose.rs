//! What persons say of parts of 835s that nobody knew the office of.

use std::collections::BTreeSet;

use x12::value::Money;

use super::Queue;
use crate::change::{ArrivalId, ClaimId, WorkMove, WorkWords};
use crate::commands::Failure;
use crate::denials::Category;
use crate::denials::route::shown;
use crate::responses::whose::{known_no_more, known_now};
use crate::store::{Work, WorkFilter};

/// A CLP: its payer, its arrival, the identity of its remittance, and its byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfClp<'a> {
    pub payer: &'a str,
    pub arrival: ArrivalId,
    pub identity: &'a str,
    pub offset: usize,
}

impl Queue<'_> {
    /// The item about a part that nobody knew the office of says whose the money of a CLP in it is.
    pub(super) fn say_whose(
        &self,
        of: OfClp<'_>,
        (claim, amount): (ClaimId, Money),
    ) -> Result<Vec<WorkMove>, Failure> {
        let office = self.office.claim(claim)?.partner;
        self.retell(of, |what| known_now(what, amount, (office.as_str(), claim)))
    }

    /// It says so no more.
    pub(super) fn unsay_whose(
        &self,
        of: OfClp<'_>,
        claims: &BTreeSet<ClaimId>,
    ) -> Result<Vec<WorkMove>, Failure> {
        self.retell(of, |what| {
            let mut left = None;
            for &claim in claims {
                let told = left.as_deref().unwrap_or(what);
                left = known_no_more(told, claim).or(left);
            }
            left
        })
    }

    /// What items say anew that are about a part with the CLP, and are not closed.
    fn retell(
        &self,
        of: OfClp<'_>,
        anew: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<WorkMove>, Failure> {
        let category = Some(Category::Unexplained);
        let filter = WorkFilter { open_only: true, category, ..WorkFilter::default() };
        let mut items = self.office.store.work(&filter)?;
        items.retain(|item| item.arrival == Some(of.arrival) && item.claim.is_none());
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let at = (of.payer, of.arrival, of.identity);
        let named = self.in_remittance(at, |remittance, _, _| {
            let mut claims = remittance.claims.iter();
            let found = claims.find(|claim| claim.place.offset == of.offset)?;
            let number = shown(&found.patient_control_number.text());
            Some((shown(&remittance.trace.text()), number))
        })?;
        let Some((trace, number)) = named else { return Ok(Vec::new()) };
        items.retain(|item| is_of(item, &trace, &number));
        let told = items.iter().filter_map(|item| {
            let what = anew(&item.what)?;
            let says = WorkWords { what: Some(what), ..WorkWords::default() };
            Some(WorkMove { says: Some(says), ..item.step(item.state, &item.note) })
        });
        Ok(told.collect())
    }
}

/// Whether an item is about a part of the remittance of that number, with the CLP of that one.
fn is_of(item: &Work, trace: &str, number: &str) -> bool {
    let numbers = item.evidence.split_once("; CLP01 ").map_or("", |(_, numbers)| numbers);
    let numbers = numbers.split_once("; segment ").map_or(numbers, |(numbers, _)| numbers);
    item.what.contains(&format!(", trace {trace}, "))
        && numbers.split(", ").any(|one| one == number)
}
