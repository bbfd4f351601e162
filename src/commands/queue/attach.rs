//! `claimgate queue attach`: money that waits in suspense is posted to its claim, as a whole.

use std::io::Write;

use x12::phi::Phi;
use x12::value::Money;
use x12::view::remittance::Remittance;

use super::{Queue, must_be_open, step};
use crate::change::{ArrivalId, Change, ClaimId, Stamp, WorkId, WorkMove, WorkState};
use crate::commands::{Failure, Outcome};
use crate::denials::route::Limits;
use crate::gateway::receive::limits_of;
use crate::ledger;
use crate::reconcile::matching::{Another, Difference, KnownClaim, differences};
use crate::reconcile::{self, Agreed, Freed, Incoming, Unblocked};
use crate::responses::in_file;
use crate::settings::names::PayerName;
use crate::store::{self, Suspended, Work, WorkFilter};

impl Queue<'_> {
    /// Posts money that waits to a claim.
    pub(super) fn attach(
        &self,
        id: WorkId,
        (claim, amount, despite): (ClaimId, Option<Money>, &[Another]),
        (reason, by): (&str, &str),
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        let waiting = self.waiting(&item)?;
        let known = self.known(claim)?;
        let differing = self.must_be_its(&waiting, &known, despite)?;
        let reason = &format!("{reason}{differing}");
        if let Some(part) = self.part(&waiting, amount)? {
            return self.attach_part((&item, &waiting), (&known, part), (reason, by), out);
        }
        let matched_by = format!("{by}: {reason}");
        let change = self.posted(&waiting, &known, Freed::Person(&matched_by))?;
        let made = change.released.iter().flat_map(|one| one.postings.clone());
        self.must_be_there(&known, &made.collect::<Vec<_>>())?;
        let closes = step(&item, WorkState::Resolved, by, reason);
        let ends: Vec<WorkMove> =
            change.work_moves.iter().filter(|end| end.work != item.id).cloned().collect();
        let mut change = Change { work_moves: [vec![closes], ends].concat(), ..change };
        if !differing.is_empty() {
            let of_claim = change.moves.iter_mut().filter(|step| step.claim == claim);
            of_claim.for_each(|step| step.note.push_str(&format!("; attached by {matched_by}")));
        }
        self.office.store.commit(&change)?;
        let ClaimId(number) = claim;
        let what = match waiting.amount.is_zero() {
            true => "what it is about".to_owned(),
            false => waiting.amount.to_string(),
        };
        writeln!(out, "{what} is posted to claim {number}; item {} is resolved", id.0)?;
        let mut is_new = !change.work.is_empty();
        for claim in [Some(claim), waiting.claim.filter(|other| *other != claim)] {
            is_new |= self.free(claim, out)?;
        }
        Ok(Outcome::from_findings(is_new))
    }

    /// Money of one patient is posted to no other's claim unless a person says so: what differs, in words
    /// for the history.
    fn must_be_its(
        &self,
        waiting: &Suspended,
        claim: &KnownClaim,
        despite: &[Another],
    ) -> Result<String, Failure> {
        let of = (waiting.payer.as_str(), waiting.arrival, waiting.identity.as_str());
        let differing = self.in_remittance(of, |remittance, incoming, _| {
            differences(remittance, waiting.place.offset, claim, incoming.payer)
        })?;
        let differing = differing.unwrap_or_default();
        let (said, unsaid): (Vec<Difference>, Vec<Difference>) =
            differing.into_iter().partition(|one| despite.contains(&one.of));
        if unsaid.is_empty() {
            let differ = in_words(&said);
            return Ok(match said.is_empty() {
                true => differ,
                false => format!(" (although {differ})"),
            });
        }
        let mut who: Vec<&str> = unsaid.iter().map(|one| one.of.name()).collect();
        who.dedup();
        Err(Failure::Unusable(format!(
            "claim {} looks like somebody else's, for in the payment {}, and what is posted to it stands on its \
             patient's statement; name the right claim, or say `--despite {}` and why",
            claim.id.0,
            in_words(&unsaid),
            who.join(",")
        )))
    }

    /// Posts what waited for what a person did, of a claim and of its family; whether it opens items.
    pub(super) fn free(
        &self,
        claim: Option<ClaimId>,
        out: &mut dyn Write,
    ) -> Result<bool, Failure> {
        let Some(claim) = claim else { return Ok(false) };
        let KnownClaim { family, turns, .. } = self.known(claim)?;
        let others = family.iter().flat_map(|family| &family.others).map(|other| other.id);
        let mut all: Vec<ClaimId> = std::iter::once(claim).chain(others).collect();
        // What payers after it said may wait for it too.
        let next = self.office.store.followers(claim)?.into_iter().map(|next| next.id);
        for id in turns.claims.iter().map(|one| one.claim).chain(next) {
            let claim = self.office.store.claim(id)?;
            let was_sent = claim.is_some_and(|claim| claim.times_sent > 0);
            if was_sent && !all.contains(&id) {
                all.push(id);
            }
        }
        let mut is_new = false;
        for id in all {
            // What is posted may free what comes after it.
            for _ in 0..FREED_MAX {
                let freed = reconcile::free(&self.known(id)?).into_iter().next();
                let Some(freed) = freed else { break };
                is_new |= self.post_freed(&freed, out)?;
            }
        }
        Ok(is_new)
    }

    fn post_freed(&self, freed: &Unblocked, out: &mut dyn Write) -> Result<bool, Failure> {
        let at = (freed.arrival, freed.offset);
        let suspended = self.office.store.suspended()?.into_iter();
        let mut suspended = suspended.filter(|one| (one.arrival, one.place.offset) == at);
        // Somebody else posted it, and the claim is looked at anew.
        let Some(waiting) = suspended.next() else { return Ok(false) };
        let change = self.posted(&waiting, &freed.claim, Freed::Itself)?;
        let claim = freed.claim.id;
        let filter = WorkFilter { open_only: true, claim: Some(claim), ..WorkFilter::default() };
        let mut items = self.office.store.work(&filter)?.into_iter();
        let item = items.find(|item| item.is_of_money_at(at.0, at.1));
        let closes = item.map(|item| item.closes("what it waited for came"));
        let is_new = !change.work.is_empty();
        let mut change = change;
        let closed = closes.as_ref().map(|step| step.work);
        change.work_moves.retain(|step| Some(step.work) != closed);
        change.work_moves.extend(closes);
        match self.office.store.commit(&change) {
            Err(store::Error::Stale { .. }) => return Ok(false),
            committed => committed?,
        };
        writeln!(out, "{} waited for it, and is posted to claim {}", waiting.amount, claim.0)?;
        Ok(is_new)
    }

    /// What an item is about. Earlier versions closed such items with their claims: while the
    /// money waits, what is closed is decided on all the same.
    pub(super) fn waiting(&self, item: &Work) -> Result<Suspended, Failure> {
        if let Some(waiting) = self.money_of(item)? {
            return Ok(waiting);
        }
        must_be_open(item)?;
        Err(Failure::Unusable(format!(
            "nothing waits by item {}; `claimgate ledger` lists what does",
            item.id.0
        )))
    }

    /// What waits by an item: money in suspense, or what was said of no money.
    pub(super) fn money_of(&self, item: &Work) -> Result<Option<Suspended>, Failure> {
        if item.remitted.is_none() {
            return Ok(None);
        }
        let mut suspended = self.office.store.suspended()?.into_iter();
        Ok(suspended.find(|one| item.is_of_money_at(one.arrival, one.place.offset)))
    }

    pub(super) fn known(&self, id: ClaimId) -> Result<KnownClaim, Failure> {
        let claim = self.office.claim(id)?;
        if claim.times_sent == 0 {
            return Err(Failure::Unusable(format!(
                "claim {} was never sent, so nobody can have paid it; what was billed another way is in the books \
                 of another system: `claimgate queue write-off --to other-system`",
                id.0
            )));
        }
        self.office.known(claim)
    }

    /// What the money does to the claim, by the remittance as it came.
    fn posted(
        &self,
        waiting: &Suspended,
        known: &KnownClaim,
        by: Freed<'_>,
    ) -> Result<Change, Failure> {
        if known.is_predetermination && matches!(by, Freed::Person(_)) {
            return Err(Failure::Unusable(format!(
                "claim {} is a predetermination, which asks for no money; name the claim for what was done",
                known.id.0
            )));
        }
        let of = (waiting.payer.as_str(), waiting.arrival, waiting.identity.as_str());
        let change = self.in_remittance(of, |remittance, incoming, when| {
            let at = (waiting.place.offset, known);
            reconcile::attach(remittance, at, incoming, by, when)
        })?;
        let change = change.ok_or_else(|| none_of_its_claims(waiting))?;
        let posted = change.released.iter().flat_map(|released| &released.postings);
        let sum: Money = posted
            .filter(|posting| posting.account == ledger::Account::Suspense)
            .map(|posting| posting.amount)
            .sum();
        assert!(sum == waiting.amount, "{} waits, and {sum} is posted", waiting.amount);
        Ok(change)
    }

    /// What one finds in a remittance as it came: of a payer, in an arrival, by its identity.
    pub(super) fn in_remittance<Found>(
        &self,
        (payer, arrival, identity): (&str, ArrivalId, &str),
        look: impl Fn(&Remittance<'_>, &Incoming<'_>, (&Limits, &Stamp)) -> Option<Found>,
    ) -> Result<Option<Found>, Failure> {
        let stamp = self.office.stamp();
        let name = PayerName::new(payer);
        let limits = name.and_then(|name| self.office.plan.payer(&name)).map(limits_of);
        let limits = limits.unwrap_or_default();
        let kept = self.office.store.arrival(arrival)?;
        let gone = || Failure::Unusable("the remittance is no longer in the archive".to_owned());
        let kept = kept.ok_or_else(gone)?;
        let bytes = self.office.archive.get(&kept.content)?;
        let plan = &self.office.plan;
        let found_in = (payer, arrival, identity.to_owned());
        let incoming = Incoming {
            agreed: Some(Agreed { book: &plan.contracts, codes: &self.office.rulebook.codes }),
            ..Incoming::to_ours(found_in, Phi::new(kept.name.as_str()), &plan.denials)
        };
        Ok(in_file::find(&bytes, |one| look(&one.remittance, &incoming, (&limits, &stamp))))
    }
}

/// Of what a payment has beyond its claims the remittance says nothing that could be posted to one.
fn none_of_its_claims(waiting: &Suspended) -> Failure {
    Failure::Unusable(format!(
        "{} is what the payment has beyond its claims, and the remittance says of none that it is the claim's; \
         `claimgate queue attach --amount` posts the money alone, and `claimgate queue write-off` takes it off the \
         books when it goes back",
        waiting.amount
    ))
}

fn in_words(differing: &[Difference]) -> String {
    let what: Vec<&str> = differing.iter().map(|one| one.what).collect();
    match what.as_slice() {
        [] => String::new(),
        [one] => format!("{one} is another"),
        all => format!("{} are others", all.join(" and ")),
    }
}

/// More waits for nothing of one claim than of any that is one.
const FREED_MAX: usize = 100;
