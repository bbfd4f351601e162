//! `claimgate queue detach`: what `attach` or `write-off` did with money that waited is taken back.

use std::collections::BTreeSet;
use std::io::Write;

use x12::phi::Phi;
use x12::value::Money;

use super::{Queue, step};
use crate::change::cases::PART_BEYOND;
use crate::change::detached::{Detached, Posted};
use crate::change::{
    ArrivalId, Change, ClaimId, NewWork, Tier, WorkId, WorkMove, WorkState, WorkWords,
};
use crate::commands::{Failure, Outcome};
use crate::denials::Category;
use crate::denials::route::{self, Subject};
use crate::gateway::family;
use crate::ledger::{self, Account, Posting};
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::{self, TakenBack};
use crate::store::{Told, Work, WorkFilter};

/// A claim payment that a person decided on, by its arrival.
struct Decided {
    arrival: ArrivalId,
    told: Told,
}

impl Queue<'_> {
    /// Takes back what a person did with money that waited.
    pub(super) fn detach(
        &self,
        id: WorkId,
        (reason, by): (&str, &str),
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        let decided = self.decided(&item)?;
        let claim = decided.told.stands.claim.filter(|_| decided.told.word.is_some());
        let why = format!("taken back by {by}: {reason}");
        let mut change = match claim {
            Some(claim) => self.taken_off(&decided, claim, &why)?,
            None => self.put_back(&decided, &why)?,
        };
        let amount = change.detached.first().map_or(Money::ZERO, |back| back.waits.suspended);
        let waited_for = change.detached.first().and_then(|back| back.waits.claim);
        let mut told = Vec::new();
        for other in change.detached.iter().skip(1) {
            let (step, work) = self.item_of(other, claim, &why)?;
            change.work_moves.extend(step);
            change.work.extend(work);
            writeln!(told, "{} waits again for what was said of it", other.waits.suspended)?;
        }
        let says = WorkWords {
            amount: Some(amount.abs()).filter(|amount| !amount.is_zero()),
            ..WorkWords::default()
        };
        change.work_moves.push(WorkMove { says: Some(says), ..open_again(&item, &why) });
        self.office.store.commit(&change)?;
        let what = match amount.is_zero() {
            true => "what it is about".to_owned(),
            false => amount.to_string(),
        };
        let of =
            claim.map_or(String::new(), |claim| format!(", and is claim {}'s no more", claim.0));
        writeln!(out, "{what} waits in suspense again{of}; item {} is open", id.0)?;
        out.write_all(&told)?;
        for claim in [claim, waited_for.filter(|other| Some(*other) != claim)] {
            self.free(claim, out)?;
        }
        Ok(Outcome::ToActOn)
    }

    /// What a person did with the money of an item.
    fn decided(&self, item: &Work) -> Result<Decided, Failure> {
        let unusable = |why: &str| Failure::Unusable(format!("item {} {why}", item.id.0));
        let at = item.arrival.zip(item.remitted);
        let (arrival, offset) = at.ok_or_else(|| unusable("is about no money that waited"))?;
        if !item.category.may_hold_money() {
            return Err(unusable(
                "is about what was decided; what waited is detached by the item that it waited by",
            ));
        }
        let told = self.office.store.told(arrival, offset)?;
        let told = told.ok_or_else(|| unusable("is about a payment that was not posted"))?;
        let waits = told.stands.waits.is_some() || !told.stands.suspended.is_zero();
        let is_divided = waits && told.waited.is_some();
        if waits && !is_divided {
            return Err(unusable("waits for somebody; there is nothing to take back"));
        }
        if told.stands.tier != Tier::Person && !is_divided {
            return Err(unusable(
                "was posted when what it waited for came, and by no person; what the payer says of it \
                 decides",
            ));
        }
        Ok(Decided { arrival, told })
    }

    /// What was written off, or divided, is one again.
    fn put_back(&self, decided: &Decided, why: &str) -> Result<Change, Failure> {
        let Decided { arrival, told } = decided;
        let store = self.office.store.as_ref();
        let offset = told.place.offset;
        let suspense = store.in_suspense(&told.identity, offset)?;
        let claims: BTreeSet<ClaimId> = suspense.iter().filter_map(|made| made.claim).collect();
        let (mut others, mut read) = (Vec::new(), Vec::new());
        for &claim in &claims {
            read.extend(store.claim(claim)?.map(|claim| (claim.id, claim.revision)));
            let posted = store.posted(&told.identity, offset, claim)?.into_iter();
            others.extend(posted.filter(|posting| posting.account != Account::Suspense));
        }
        let mut postings = ledger::together_again(&suspense, &others, told.place);
        postings.extend(family::given_up(store, &postings, told.place)?);
        let mut work_moves = self.no_longer_beyond(decided, (&claims, &postings), why)?;
        let (mut work, mut services) = (Vec::new(), BTreeSet::new());
        for &claim in &claims {
            let known = self.known(claim)?;
            self.must_not_be_missed(&known, &postings)?;
            let mut over = self.office.no_longer_taken_back(&known, &postings)?;
            let (steps, opens) = self.office.follow_too_much(&known, &postings, why);
            over.extend(steps);
            // Two claims may be of one service.
            if services.insert(known.turns.root().unwrap_or(known.account)) {
                work.extend(opens);
            }
            let closed: BTreeSet<WorkId> = work_moves.iter().map(|step| step.work).collect();
            work_moves.extend(over.into_iter().filter(|step| !closed.contains(&step.work)));
        }
        let detached = Detached {
            arrival: *arrival,
            offset,
            from: None,
            left: told.stands.suspended,
            waits: posted_of((*arrival, told), Vec::new()).waits_again(why),
            postings,
        };
        let at = self.office.stamp().now;
        Ok(Change { at, read, work, work_moves, detached: vec![detached], ..Change::default() })
    }

    /// Closes items that tell that a part of the money was more than was owed for its claim. What a part of other money
    /// paid beyond is told on while any of it is in credit.
    fn no_longer_beyond(
        &self,
        decided: &Decided,
        (claims, made): (&BTreeSet<ClaimId>, &[Posting]),
        why: &str,
    ) -> Result<Vec<WorkMove>, Failure> {
        let mut over = Vec::new();
        for &claim in claims {
            let kept = self.office.store.postings(claim)?;
            let here = made.iter().filter(|posting| posting.claim == Some(claim));
            let all: Vec<&Posting> = kept.iter().chain(here).collect();
            let owed = |account: Account| -> Money {
                let own = all.iter().filter(|posting| posting.account == account);
                own.map(|posting| posting.amount).sum()
            };
            let is_owed_by_payer = Money::ZERO <= owed(Account::Receivable);
            let is_in_credit = !is_owed_by_payer || owed(Account::Patient) < Money::ZERO;
            let filter =
                WorkFilter { open_only: true, claim: Some(claim), ..WorkFilter::default() };
            for item in self.office.store.work(&filter)? {
                let is_of_part = (item.arrival, item.remitted) == (Some(decided.arrival), None);
                let clps = self.office.store.clps_of(item.id)?;
                let is_of_other = !clps.contains(&decided.told.place.offset);
                let is_met = item.alike.rule == PART_BEYOND && is_owed_by_payer;
                let is_its = is_of_part && !(is_of_other && is_in_credit);
                if item.category == Category::Overpaid && (is_its || is_met) {
                    over.push(item.closes(why));
                }
            }
        }
        Ok(over)
    }

    /// What was attached is taken off its claim.
    fn taken_off(&self, decided: &Decided, claim: ClaimId, why: &str) -> Result<Change, Failure> {
        let Decided { arrival, told } = decided;
        let known = self.known(claim)?;
        let posted = self.posted_to(&known)?;
        let at = (told.identity.as_str(), told.place.offset);
        let back = TakenBack { claim: &known, posted: &posted, at, why };
        let of = (told.payer.as_str(), *arrival, told.identity.as_str());
        let change = self.in_remittance(of, |remittance, incoming, when| {
            reconcile::detach(remittance, &back, incoming, when)
        })?;
        let gone =
            || Failure::Unusable(format!("nothing of the remittance is said of claim {}", claim.0));
        let mut change = change.ok_or_else(gone)?;
        let made = change.detached.iter().flat_map(|one| one.postings.clone());
        let made: Vec<Posting> = made.collect();
        self.must_not_be_missed(&known, &made)?;
        change.work_moves.extend(self.office.no_longer_taken_back(&known, &made)?);
        Ok(change)
    }

    /// All that is posted of a claim.
    fn posted_to(&self, claim: &KnownClaim) -> Result<Vec<Posted>, Failure> {
        let later = claim.later.iter().map(|(_, said)| said);
        let mut posted = Vec::new();
        for said in claim.earlier.iter().chain(later).filter(|said| said.is_posted) {
            let store = self.office.store.as_ref();
            let Some(told) = store.told(said.arrival, said.offset)? else { continue };
            let postings = store.posted(&said.identity, said.offset, claim.account)?;
            posted.push(posted_of((said.arrival, &told), postings));
        }
        Ok(posted)
    }

    /// The item of what waits again with it: the one that it had, or a new one.
    fn item_of(
        &self,
        back: &Detached,
        claim: Option<ClaimId>,
        why: &str,
    ) -> Result<(Option<WorkMove>, Option<NewWork>), Failure> {
        let filter = WorkFilter { claim, ..WorkFilter::default() };
        let items = self.office.store.work(&filter)?.into_iter();
        let its = items.rev().find(|item| item.is_of_money_at(back.arrival, back.offset));
        if let Some(item) = its {
            return Ok((Some(open_again(&item, why)), None));
        }
        let told = self.office.store.told(back.arrival, back.offset)?;
        let work = told.map(|told| {
            let subject = Subject {
                claim,
                arrival: back.arrival,
                amount: told.paid.abs(),
                place: told.place,
                payer: told.payer,
                names: Phi::new(format!("CLP02 {}", told.status)),
            };
            let what = "what it was posted after was taken off its claim".to_owned();
            let action = "it is posted by itself when that comes back; `claimgate queue attach` posts it as it is";
            let work = route::unexplained(&subject, what, action);
            NewWork { remitted: Some(told.place), ..work }
        });
        Ok((None, work))
    }
}

fn posted_of((arrival, told): (ArrivalId, &Told), postings: Vec<ledger::Posting>) -> Posted {
    Posted {
        arrival,
        identity: told.identity.clone(),
        place: told.place,
        paid: told.paid,
        stands: told.stands.clone(),
        waited: told.waited.clone(),
        postings,
    }
}

/// An item waits for somebody again.
fn open_again(item: &Work, why: &str) -> WorkMove {
    step(item, WorkState::Open, "", why)
}
