//! `claimgate queue attach` and `write-off`: what becomes of money that waits in suspense.

use std::io::Write;

use x12::phi::Phi;
use x12::value::Money;

use super::{Queue, must_be_open, step};
use crate::change::{Change, ClaimId, Released, Tier, WorkId, WorkMove, WorkState};
use crate::commands::{Failure, Outcome};
use crate::gateway::knowledge::known::known_claim;
use crate::gateway::receive::limits_of;
use crate::ledger;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::{self, Agreed, Freed, Incoming, Payee};
use crate::responses::waiting::each_remittance;
use crate::settings::names::PayerName;
use crate::store::{Suspended, Work};

impl Queue<'_> {
    /// Posts money that waits to a claim.
    pub(super) fn attach(
        &self,
        id: WorkId,
        claim: ClaimId,
        (reason, by): (&str, &str),
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        let waiting = self.waiting(&item)?;
        let known = self.known(claim)?;
        let matched_by = format!("{by}: {reason}");
        let change = self.posted(&waiting, &known, &matched_by)?;
        let closes = step(&item, WorkState::Resolved, by, reason);
        let ends: Vec<WorkMove> =
            change.work_moves.iter().filter(|end| end.work != item.id).cloned().collect();
        let change = Change { work_moves: [vec![closes], ends].concat(), ..change };
        self.office.store.commit(&change)?;
        let ClaimId(number) = claim;
        writeln!(out, "{} is posted to claim {number}; item {} is resolved", waiting.amount, id.0)?;
        Ok(Outcome::from_findings(!change.work.is_empty()))
    }

    /// Takes money that waits off the books.
    pub(super) fn write_off(
        &self,
        id: WorkId,
        (reason, by): (&str, &str),
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        let waiting = self.waiting(&item)?;
        let released = Released {
            arrival: waiting.arrival,
            offset: waiting.place.offset,
            claim: None,
            word: None,
            tier: Some(Tier::Person),
            matched_by: format!("written off by {by}: {reason}"),
            lines: String::new(),
            postings: ledger::write_off(waiting.amount, waiting.place),
        };
        let change = Change {
            at: self.office.stamp().now,
            released: vec![released],
            work_moves: vec![step(&item, WorkState::Resolved, by, reason)],
            ..Change::default()
        };
        self.office.store.commit(&change)?;
        writeln!(out, "{} is written off; item {} is resolved", waiting.amount, id.0)?;
        Ok(Outcome::Clean)
    }

    /// The money that an item is about.
    fn waiting(&self, item: &Work) -> Result<Suspended, Failure> {
        must_be_open(item)?;
        let suspended = self.office.store.suspended()?;
        let found = suspended.into_iter().find(|one| {
            Some(one.arrival) == item.arrival && Some(one.place.offset) == item.remitted
        });
        found.ok_or_else(|| {
            Failure::Unusable(format!(
                "no money waits by item {}; `claimgate ledger` lists what does",
                item.id.0
            ))
        })
    }

    fn known(&self, id: ClaimId) -> Result<KnownClaim, Failure> {
        let claim = self.office.store.claim(id)?;
        let claim =
            claim.ok_or_else(|| Failure::Unusable(format!("there is no claim {}", id.0)))?;
        if claim.times_sent == 0 {
            return Err(Failure::Unusable(format!(
                "claim {} was never sent, so nobody can have paid it",
                id.0
            )));
        }
        let document = self.document(&claim, &claim.edits)?;
        Ok(known_claim(self.office.store.as_ref(), claim, &document)?)
    }

    /// What the money does to the claim, by the remittance as it came.
    fn posted(
        &self,
        waiting: &Suspended,
        known: &KnownClaim,
        matched_by: &str,
    ) -> Result<Change, Failure> {
        let stamp = self.office.stamp();
        let payer = PayerName::new(&waiting.payer);
        let limits = payer.and_then(|name| self.office.plan.payer(&name)).map(limits_of);
        let limits = limits.unwrap_or_default();
        let arrival = self.office.store.arrival(waiting.arrival)?;
        let gone = || Failure::Unusable("the remittance is no longer in the archive".to_owned());
        let arrival = arrival.ok_or_else(gone)?;
        let bytes = self.office.archive.get(&arrival.content)?;
        let incoming = Incoming {
            arrival: waiting.arrival,
            file: Phi::new(arrival.name.as_str()),
            payer: &waiting.payer,
            identity: waiting.identity.clone(),
            carried: &[],
            payee: Payee::Ours,
            is_trace_used: false,
            adjusted: &[],
            is_let_go: false,
            agreed: Some(Agreed {
                book: &self.office.plan.contracts,
                codes: &self.office.rulebook.codes,
            }),
            denials: &self.office.plan.denials,
        };
        let mut change = None;
        each_remittance(&bytes, |remittance| {
            let at = (waiting.place.offset, known);
            let when = (&limits, &stamp);
            let found =
                reconcile::attach(remittance, at, &incoming, Freed::Person(matched_by), when);
            change = change.take().or(found);
        });
        let change = change.ok_or_else(gone)?;
        let posted = change.released.iter().flat_map(|released| &released.postings);
        let sum: Money = posted
            .filter(|posting| posting.account == ledger::Account::Suspense)
            .map(|posting| posting.amount)
            .sum();
        assert!(sum == waiting.amount, "{} waits, and {sum} is posted", waiting.amount);
        Ok(change)
    }
}
