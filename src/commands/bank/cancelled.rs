//! `claimgate bank cancel-refund`: a refund that was booked was not sent after all, so that what it settled is
//! open again.

use std::io::Write;

use x12::value::Money;

use super::refund::{by_contract, closing_note, debtor_of, paid, postings_of};
use super::returned::{is_of_return, returns_of, says_anew, unbooked};
use super::{Bank, Why};
use crate::change::cases::{GIVEN_TOO_MUCH, TOO_MUCH, taken_though_refunded};
use crate::change::deposits::BankChange;
use crate::change::refunds::{KeptRefund, Refund, RefundId};
use crate::change::{Change, ClaimId, WorkMove, WorkState, WorkWords};
use crate::commands::{Failure, Format, Outcome};
use crate::denials::Category;
use crate::gateway::family;
use crate::ledger::{self, Posting};
use crate::reconcile::refunded;
use crate::reconcile::refunds::{SentBack, unmet};
use crate::store::{Work, WorkFilter};

impl Bank<'_> {
    /// A refund that was booked was not sent after all.
    pub(super) fn cancel_refund(
        &self,
        id: RefundId,
        why: &Why,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let store = self.office.store.as_ref();
        let draws = vec![self.draw_refund()?];
        let all = store.refunds(None)?;
        let none = || {
            Failure::Unusable(format!(
                "there is no refund {}; `claimgate bank refunds` lists them",
                id.0
            ))
        };
        let kept = all.iter().find(|kept| kept.id == id).ok_or_else(none)?;
        let refund = &kept.refund;
        let why = why.told()?;
        let note = format!("open again: refund {} was taken back; {why}", id.0);
        let mut change = Change { at: self.office.stamp().now, draws, ..Change::default() };
        let postings = match refund.claim {
            None => {
                change.work_moves.extend(self.gifts_again(refund, &note)?);
                ledger::refund(refund.account, -refund.amount, refund.source)
            }
            Some(claim) => self.of_claim_again((claim, refund), &note, &mut change)?,
        };
        self.tell_unbooked_again((kept, &all), &note, &mut change)?;
        change.work_moves.extend(self.tell_taken_again(id)?);
        let items = change.work.len() + change.work_moves.len();
        let given_up = ledger::written_off_no_longer(&postings);
        change.bank = BankChange { unrefunded: vec![(id, why, postings)], ..BankChange::default() };
        store.commit(&change)?;
        if self.format == Format::Text {
            writeln!(out, "refund {} of {} is booked no more", id.0, refund.amount)?;
            if !given_up.is_zero() {
                writeln!(
                    out,
                    "{given_up} was given up as it was owed again, and is written off no longer"
                )?;
            }
            if items > 0 {
                writeln!(out, "items of the queue that it opens: {items}")?;
            }
        }
        Ok(Outcome::Clean)
    }

    /// The postings that take back a refund of what was paid of a claim, and the items that it closed.
    fn of_claim_again(
        &self,
        (id, refund): (ClaimId, &Refund),
        note: &str,
        change: &mut Change,
    ) -> Result<Vec<Posting>, Failure> {
        let store = self.office.store.as_ref();
        let first = self.office.claim(id)?;
        let debtor = debtor_of(&first, &refund.payer);
        let before = store.postings(id)?;
        // What other refunds gave back fills the credit before.
        let by_contract = by_contract(&before).min(refund.amount);
        let parts = (-refund.amount, -by_contract);
        let mut postings = postings_of(refund, (id, debtor), parts);
        // What was given up as the refund had it owed again is owed no more.
        postings.extend(family::given_up(store, &postings, refund.source)?);
        let known = self.office.known(first)?;
        let (steps, opens) = self.office.follow_too_much(&known, &postings, note);
        change.work_moves.extend(steps);
        change.work.extend(opens);
        change.work_moves.extend(self.office.no_longer_taken_back(&known, &postings)?);
        let after: Vec<Posting> = before.iter().chain(&postings).cloned().collect();
        let items = self.closed_by_refunds(id, &refund.payer)?;
        change.work_moves.extend(opened_again(&items, refund, paid(&after), note));
        change.read.extend(known.read);
        Ok(postings)
    }

    /// Items that a refund may have closed, open ones as well: of a claim, of those before it and of those that went
    /// out in its place, and of those that were made after it for the payer that was paid back.
    fn closed_by_refunds(&self, id: ClaimId, payer: &str) -> Result<Vec<Work>, Failure> {
        let store = self.office.store.as_ref();
        let Some(first) = store.claim(id)? else { return Ok(Vec::new()) };
        let mut claims: Vec<ClaimId> =
            family::all(store, first.clone())?.into_iter().map(|claim| claim.id).collect();
        claims.extend(self.before(&first)?);
        let followers = store.followers(id)?.into_iter();
        claims
            .extend(followers.filter(|one| one.payer.as_deref() == Some(payer)).map(|one| one.id));
        claims.sort_unstable();
        claims.dedup();
        let mut found = Vec::new();
        for claim in claims {
            for category in [Category::Overpaid, Category::NextPayer] {
                let category = Some(category);
                let filter = WorkFilter { claim: Some(claim), category, ..WorkFilter::default() };
                found.extend(store.work(&filter)?);
            }
        }
        found.sort_by_key(|item| item.id);
        Ok(found)
    }

    /// What the payer says that it got, and this refund was, has an item as if it had never been booked.
    fn tell_unbooked_again(
        &self,
        (cancelled, all): (&KeptRefund, &[KeptRefund]),
        note: &str,
        change: &mut Change,
    ) -> Result<(), Failure> {
        let store = self.office.store.as_ref();
        let Refund { payer, payee, .. } = &cancelled.refund;
        let told = store.returns(Some((payer.as_str(), payee.as_str())))?;
        let (told, returns) = returns_of(&told);
        let left = |is_it: &dyn Fn(&KeptRefund) -> bool| {
            let kept = all.iter().filter(|kept| is_it(kept));
            let sent: Vec<SentBack> = kept.cloned().map(SentBack::of).collect();
            unmet(&sent, &returns).returns
        };
        let (before, after) = (left(&|_| true), left(&|kept| kept.id != cancelled.id));
        let category = Some(Category::Unexplained);
        let items = match after.iter().all(|left| left.is_zero()) {
            true => Vec::new(),
            false => store.work(&WorkFilter { category, ..WorkFilter::default() })?,
        };
        for ((told, before), after) in told.iter().zip(before).zip(after) {
            let new = || unbooked(told, after);
            match items.iter().find(|item| is_of_return(item, told)) {
                Some(item) if after > before => {
                    change.work_moves.push(says_anew(item, &new(), note));
                }
                // What was met as it came, and set aside afterwards, has none so far.
                None if after > Money::ZERO => change.work.push(new()),
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    /// Items of V46 that a refund closed.
    fn gifts_again(&self, refund: &Refund, note: &str) -> Result<Vec<WorkMove>, Failure> {
        let category = Some(Category::Unexplained);
        let filter = WorkFilter { category, ..WorkFilter::default() };
        let mut items = self.office.store.work(&filter)?;
        let own = closing_note(refund);
        items.retain(|item| {
            let is_gift = item.alike.rule == GIVEN_TOO_MUCH && item.alike.payer == refund.payer;
            is_gift && item.state == WorkState::Resolved && item.note == own
        });
        Ok(items.iter().map(|item| opened(item, item.amount, note)).collect())
    }

    /// What the payer took though this refund paid it back was not paid back.
    fn tell_taken_again(&self, id: RefundId) -> Result<Vec<WorkMove>, Failure> {
        let category = Some(Category::Unexplained);
        let filter = WorkFilter { open_only: true, category, ..WorkFilter::default() };
        let mut items = self.office.store.work(&filter)?;
        items.retain(|item| item.alike.rule == taken_though_refunded(id));
        let step = |item: &Work| {
            let (what, action) = refunded::not_sent(&item.what);
            let (what, action) = (Some(what), Some(action.to_owned()));
            let says = WorkWords { what, action, ..WorkWords::default() };
            WorkMove { says: Some(says), ..item.step(item.state, &item.note) }
        };
        Ok(items.iter().map(step).collect())
    }
}

/// Items that a refund closed are open, with no more than is paid now. Of what was decided twice the credit
/// tells.
fn opened_again(items: &[Work], refund: &Refund, paid: Money, note: &str) -> Vec<WorkMove> {
    let own = closing_note(refund);
    let is_its = |item: &&Work| {
        item.state == WorkState::Resolved && item.note == own && item.alike.rule != TOO_MUCH
    };
    let opened = |item: &Work| {
        let amount = paid.min(item.amount);
        (Money::ZERO < amount).then(|| opened(item, amount, note))
    };
    items.iter().filter(is_its).filter_map(opened).collect()
}

/// A closed item is open, with what is at stake now.
fn opened(item: &Work, amount: Money, note: &str) -> WorkMove {
    let says = WorkWords { amount: Some(amount), ..WorkWords::default() };
    WorkMove { says: Some(says), ..item.step(WorkState::Open, note) }
}
