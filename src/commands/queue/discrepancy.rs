//! `claimgate queue open`: a person found something wrong with a claim that was let go.

use std::io::Write;

use x12::value::{Day, Money};

use super::{Queue, claim_move};
use crate::change::{Change, ClaimId, WorkId};
use crate::commands::Failure;
use crate::corrections;
use crate::denials::discrepancy::{Found, Subject, work};
use crate::gateway::receive::limits_of;
use crate::lifecycle::{Event, State, advance};
use crate::settings::names::PayerName;
use crate::store::{Claim, History, WorkFilter};

/// What a person found.
pub(super) struct Wrong<'a> {
    pub what: &'a str,
    pub found: Found,
    /// The money at stake, when it is not all of the charge.
    pub amount: Option<Money>,
    /// When it was found out, when that was not today.
    pub on: Option<Day>,
}

impl Queue<'_> {
    /// Opens an item; one that waits for its payer's next batch is called back.
    pub(super) fn open(
        &self,
        id: ClaimId,
        wrong: &Wrong<'_>,
        by: &str,
        out: &mut dyn Write,
    ) -> Result<WorkId, Failure> {
        let history = self
            .office
            .store
            .history(id)?
            .ok_or_else(|| Failure::Unusable(format!("there is no claim {}", id.0)))?;
        self.must_be_free(&history)?;
        let History { claim, payments, .. } = &history;
        let payer = claim.payer.as_deref().and_then(PayerName::new);
        let limits = payer.and_then(|name| self.office.plan.payer(&name)).map(limits_of);
        let plan = self.plan_of(claim)?;
        let subject = Subject {
            claim: id,
            amount: wrong.amount.unwrap_or(claim.charge),
            was_sent: claim.times_sent > 0,
            service_to: claim.service_to,
            decided_on: payments.iter().filter_map(|payment| payment.paid_on).max(),
            plan: &plan,
        };
        let stamp = self.office.stamp();
        let found_on = wrong.on.unwrap_or(stamp.today);
        if stamp.today < found_on {
            return Err(Failure::Unusable(format!("--identified {found_on} lies ahead")));
        }
        let Wrong { what, found, .. } = *wrong;
        let told = format!("{what} ({by})");
        let mut change = Change { at: stamp.now, ..Change::default() };
        change.work = vec![work(&subject, found, &told, limits.as_ref(), found_on)];
        if let Some(to) = advance(claim.state, Event::HeldBack) {
            change.moves.push(claim_move(claim, Event::HeldBack, to, &format!("{by}: {what}")));
        }
        let committed = self.office.store.commit(&change)?;
        let item = committed.work.first().copied().expect("the change has one item of work");
        writeln!(out, "item {} is open: claim {} is {}", item.0, id.0, self.state_of(id)?.name())?;
        Ok(item)
    }

    /// Of which kind the plan of a claim is, SBR09; empty where it cannot be read.
    pub(super) fn plan_of(&self, claim: &Claim) -> Result<String, Failure> {
        let document = self.office.document(claim, &claim.edits)?;
        let plan = corrections::look(&document, self.office.stamp().today, |view| {
            view.subscriber.filing_indicator.text().into_owned()
        });
        Ok(plan.unwrap_or_default())
    }

    /// What one item speaks of needs no second one, and what is done with is not begun anew.
    fn must_be_free(&self, history: &History) -> Result<(), Failure> {
        let claim = &history.claim;
        let filter = WorkFilter { open_only: true, claim: Some(claim.id), ..WorkFilter::default() };
        if let Some(item) = self.office.store.work(&filter)?.first() {
            return Err(Failure::Unusable(format!(
                "claim {} waits in item {} already; work on that one",
                claim.id.0, item.id.0
            )));
        }
        let why = match claim.state {
            State::Rejected => "was rejected, and its office sends it anew",
            State::Closed => "is closed",
            State::Held
            | State::Ready
            | State::Batched
            | State::Sent
            | State::Acknowledged
            | State::Accepted
            | State::Returned
            | State::Paid
            | State::Denied => return Ok(()),
        };
        Err(Failure::Unusable(format!("claim {} {why}", claim.id.0)))
    }

    fn state_of(&self, id: ClaimId) -> Result<State, Failure> {
        let claim = self.office.store.claim(id)?;
        Ok(claim.map_or(State::Closed, |claim| claim.state))
    }
}
