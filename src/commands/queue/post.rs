//! `claimgate queue post`: a remittance that was held as a whole goes on.

use std::io::Write;
use std::sync::Arc;

use x12::phi::Phi;

use super::{Queue, must_be_open, step};
use crate::change::{ArrivalId, Change, DeliveryKind, WorkId, WorkState};
use crate::commands::{Failure, Outcome};
use crate::denials::Category;
use crate::gateway::Gateway;
use crate::gateway::knowledge::StoreKnowledge;
use crate::gateway::receive::limits_of;
use crate::reconcile::Agreed;
use crate::responses::let_go::{Before, Held, LetGo, let_go};
use crate::responses::same_claims::PUT_RIGHT;
use crate::settings::names::ChannelName;
use crate::store::WorkFilter;

impl Queue<'_> {
    /// Posts what adds up of a remittance, and leaves the rest in suspense.
    pub(super) fn post(
        &self,
        id: WorkId,
        (reason, by): (&str, &str),
        is_another: bool,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        // What closed because the corrected one came is posted when both are paid.
        if !(is_another && item.note.starts_with(PUT_RIGHT)) {
            must_be_open(&item)?;
        }
        let none = || {
            Failure::Unusable(format!(
                "item {} is about no remittance that is held as a whole",
                item.id.0
            ))
        };
        let (Some(arrival), Some(offset), None) = (item.arrival, item.remitted, item.claim) else {
            return Err(none());
        };
        let arrival = self.office.store.arrival(arrival)?.ok_or_else(none)?;
        let file = self.office.archive.get(&arrival.content)?;
        let plan = &self.office.plan;
        let channel = ChannelName::new(&arrival.channel);
        let payer = channel.and_then(|channel| plan.payer_of(&channel));
        let limits = payer.map(limits_of).unwrap_or_default();
        let named = format!("{by}: {reason}");
        let held = Held {
            arrival: arrival.id,
            name: Phi::new(&arrival.name),
            payer: payer.map_or("", |payer| payer.name.as_str()),
            limits: &limits,
            agreed: Agreed { book: &plan.contracts, codes: &self.office.rulebook.codes },
            by: &named,
            item: item.id,
            before: &self.before(arrival.id)?,
        };
        let (store, archive) = (Arc::clone(&self.office.store), Arc::clone(&self.office.archive));
        let gateway = Gateway::beside(Arc::clone(plan), store, archive);
        let knowledge = StoreKnowledge::new(&gateway);
        let gone_on = let_go((&file, offset), &held, &knowledge, &self.office.stamp());
        if let Some(failure) = knowledge.failure() {
            return Err(failure.into());
        }
        let LetGo { mut change, taken_by, freed } = gone_on.ok_or_else(none)?;
        let taken_by = match taken_by.filter(|_| !is_another) {
            Some(identity) => self.office.store.payment(&identity)?,
            None => None,
        };
        if let Some(other) = taken_by {
            writeln!(out, "item {} was not posted: {}", id.0, taken(other, id))?;
            return Ok(Outcome::ToActOn);
        }
        let (posted, all) = posted_of(&change);
        let left = change.work.len();
        change.work_moves.retain(|other| other.work != item.id);
        change.work_moves.push(step(&item, WorkState::Resolved, by, reason));
        self.office.store.commit(&change)?;
        writeln!(
            out,
            "{posted} of {all} claims are posted, and {left} items are new; item {} is resolved",
            id.0
        )?;
        let mut is_new = left > 0;
        for claim in freed {
            is_new |= self.free(Some(claim), out)?;
        }
        Ok(Outcome::from_findings(is_new))
    }

    /// What offices and persons have of a file.
    fn before(&self, arrival: ArrivalId) -> Result<Before, Failure> {
        let store = self.office.store.as_ref();
        let answers = store.answers(arrival)?.into_iter();
        let remits = answers.filter(|delivery| delivery.kind == DeliveryKind::Remittance);
        let remits = remits.map(|delivery| (delivery.channel, delivery.bytes)).collect();
        let category = Some(Category::Unexplained);
        let items = store.work(&WorkFilter { category, ..WorkFilter::default() })?.into_iter();
        let items = items.filter(|item| item.arrival == Some(arrival));
        Ok(Before { remits, items: items.map(|item| item.what).collect() })
    }
}

/// How many claims are posted, and how many there are.
fn posted_of(change: &Change) -> (usize, usize) {
    let claims = change.payments.iter().flat_map(|payment| &payment.claims);
    let posted = claims.clone().filter(|told| told.word.is_some()).count();
    (posted, claims.filter(|told| !told.status.is_empty()).count())
}

/// Why a remittance is not posted of which a corrected one came.
fn taken(other: ArrivalId, item: WorkId) -> String {
    let (other, item) = (other.0, item.0);
    format!(
        "arrival {other} has a payment of the same number and payer, of the same day and amount or about the same \
         claims, which is posted. Where that is the corrected 835, close this with `claimgate queue resolve {item} --reason TEXT`; where this is \
         another payment, say --another"
    )
}
