//! Claims that their payer takes back neither as a replacement nor as a void, and what is done with them.

use std::collections::BTreeMap;

use x12::value::Money;

use super::Queue;
use crate::change::{ClaimId, Resend};
use crate::commands::Failure;
use crate::denials::denied::sends_to_later;
use crate::denials::route::{action_as_reopened, action_as_taken};
use crate::document::Document;
use crate::gateway::family;
use crate::ledger::Account;
use crate::lifecycle::State;
use crate::store::{Claim, Work};

/// Why a claim does not go out as was wanted.
pub(super) enum NotTaken {
    /// Whatever is laid over it, a rule of Medicare's rejects it.
    ByMedicare(Resend),
    /// As a new claim these lines are there a second time.
    Paid(Vec<PaidLine>),
}

/// A line of a claim that was paid.
pub(super) struct PaidLine {
    number: String,
    paid: Money,
    /// The first and the last of its segments.
    segments: (u32, u32),
}

/// The rule that Part B is sent first claims alone.
const ORIGINALS_ONLY: &str = "CG-SIT-33";

impl Queue<'_> {
    /// What is to be done, and as what the claim goes out, by what its payer takes.
    pub(super) fn say_as_taken(
        &self,
        item: &mut Work,
        (claim, document): (&Claim, &Document),
    ) -> Result<(), Failure> {
        let Some(wanted) = item.resend else { return Ok(()) };
        if let Some(by) = self.denied_later(item, claim).filter(|_| item.state.is_open()) {
            let sends = |made| sends_to_later(by, claim.id, made);
            item.action = item.action.replace(&sends(None), &sends(self.made_for(by, claim)?));
            item.resend = None;
            return Ok(());
        }
        let taken = self.as_taken(wanted, (claim, document));
        let unlike = match item.state.is_open() {
            true => self.not_taken(item, (claim, document))?,
            false => None,
        };
        // Nothing goes out: what to release it as is not said beside that.
        let is_taken = !matches!(unlike, Some(NotTaken::ByMedicare(_)));
        if is_taken {
            item.action = action_as_taken(&item.action, taken);
        }
        item.action = unlike.as_ref().map_or(item.action.clone(), |why| why.action(item));
        item.resend = is_taken.then_some(taken);
        Ok(())
    }

    /// Why a claim is not released where a payer after its own denied what was passed on to it.
    pub(super) fn is_anothers(
        &self,
        item: &Work,
        claim: &Claim,
    ) -> Result<Option<String>, Failure> {
        let Some(by) = self.denied_later(item, claim) else { return Ok(None) };
        let own = claim.payer.as_deref().unwrap_or("its payer");
        let goes = sends_to_later(by, claim.id, self.made_for(by, claim)?);
        Ok(Some(format!(
            "{by} denied it, and released here claim {} goes to {own} again; {goes}, or say with --as what goes to \
             {own}",
            claim.id.0
        )))
    }

    /// The last claim that was made for a payer after a claim's own.
    fn made_for(&self, payer: &str, claim: &Claim) -> Result<Option<ClaimId>, Failure> {
        let store = self.office.store.as_ref();
        let mut made = store.followers(family::first(store, claim)?.id)?;
        made.retain(|one| one.payer.as_deref() == Some(payer) && one.state != State::Closed);
        Ok(made.last().map(|made| made.id))
    }

    /// The payer after a claim's own that denied what an item is about. What one passed on as none of its own is
    /// another's claim by now, and that one is no later payer.
    fn denied_later<'i>(&self, item: &'i Work, claim: &Claim) -> Option<&'i str> {
        let own = claim.payer.as_deref().filter(|_| claim.times_sent > 0)?;
        let named = self.office.plan.route(&claim.payer_id).map(|payer| payer.name.to_string());
        item.denied_by().filter(|by| own != *by && named.as_deref() != Some(by))
    }

    /// Why a claim is not to go out as an item or its state wants, by what its payer takes.
    pub(super) fn not_taken(
        &self,
        item: &Work,
        (claim, document): (&Claim, &Document),
    ) -> Result<Option<NotTaken>, Failure> {
        let Some(wanted) = item.resend.or_else(|| super::release::default_resend(claim)) else {
            return Ok(None);
        };
        match wanted {
            Resend::Original => return Ok(None),
            Resend::Replacement | Resend::Void | Resend::VoidAndNew => {}
        }
        // One that it did not go to yet has nothing to replace, and paid nothing.
        let route = self.office.route_of(document, claim.is_test);
        if !route.is_ok_and(|payer| claim.payer.as_ref() == Some(&payer)) {
            return Ok(None);
        }
        if self.is_refused(wanted, claim)? {
            return Ok(Some(NotTaken::ByMedicare(wanted)));
        }
        let goes_out_anew = self.as_taken(wanted, (claim, document)) == Resend::Original;
        let paid = if goes_out_anew { self.paid_lines(claim, document)? } else { Vec::new() };
        Ok((!paid.is_empty()).then_some(NotTaken::Paid(paid)))
    }

    /// Whether Medicare's rule rejects a claim that goes out so.
    fn is_refused(&self, wanted: Resend, claim: &Claim) -> Result<bool, Failure> {
        // Where its number is not known, that is said first.
        let Ok(edits) = self.edits_of(Some(wanted), claim) else { return Ok(false) };
        let document = self.office.document(claim, &edits)?;
        let findings = self.standing(claim, &document)?.found.findings;
        Ok(findings.iter().any(|finding| finding.rule.code == ORIGINALS_ONLY))
    }

    /// The lines that are in the claim still, and for which its payer has paid.
    pub(super) fn paid_lines(
        &self,
        claim: &Claim,
        document: &Document,
    ) -> Result<Vec<PaidLine>, Failure> {
        let store = self.office.store.as_ref();
        let first = family::first(store, claim)?;
        let mut paid: BTreeMap<String, Money> = BTreeMap::new();
        for made in store.postings(first.id)? {
            let is_money = matches!(made.account, Account::Cash | Account::Suspense);
            if is_money && !made.line.is_empty() {
                *paid.entry(made.line).or_default() += made.amount;
            }
        }
        paid.retain(|_, amount| Money::ZERO < *amount);
        // Who takes a line out numbers the others anew: what was sent has the numbers that were paid.
        let as_sent = match claim.times_sent {
            0 | 1 => lines_of(&self.office.document(claim, &[])?),
            2.. => lines_of(document),
        };
        let paid = lines_of(document).into_iter().filter_map(|(_, segments)| {
            let is_it = |(_, (first, _)): &&(String, (u32, u32))| *first == segments.0;
            let number = as_sent.iter().find(is_it)?.0.clone();
            let paid = paid.get(&number).copied()?;
            Some(PaidLine { number, paid, segments })
        });
        Ok(paid.collect())
    }
}

/// The number of each line, LX01, and the first and the last of its segments.
fn lines_of(document: &Document) -> Vec<(String, (u32, u32))> {
    let mut lines: Vec<(String, (u32, u32))> = Vec::new();
    for segment in document.claim_segments() {
        let at = segment.number();
        if segment.tag_bytes() == b"LX" {
            lines.push((String::from_utf8_lossy(segment.text(1)).into_owned(), (at, at)));
        } else if let Some((_, (_, last))) = lines.last_mut() {
            *last = at;
        }
    }
    lines
}

impl NotTaken {
    /// What is to be done, where an item says to release the claim.
    pub(super) fn action(&self, item: &Work) -> String {
        match self {
            NotTaken::ByMedicare(_) => action_as_reopened(&item.action, item.id.0),
            NotTaken::Paid(lines) => {
                format!("take out what was paid first, {}; {}", told(lines), item.action)
            }
        }
    }

    /// Why it is not released by itself.
    pub(super) fn why(&self, item: &Work) -> String {
        let id = item.id.0;
        match self {
            NotTaken::ByMedicare(taken) => {
                let name = taken.name();
                format!(
                    "Medicare Part B takes no {name}, and rejects it; have the contractor reopen the claim (clerical \
                     errors), or appeal (`claimgate appeal {id}`), and resolve the item; `--as original` is for a \
                     claim that it never processed"
                )
            }
            NotTaken::Paid(lines) => format!(
                "its payer takes no replacement, so it goes out as a new claim, in which what was paid is denied as a \
                 duplicate, and often the rest with it; take out {} (`claimgate queue edit {id} --remove SEGMENT`, \
                 with --set CLM02 to what is left and LX01 of the other lines from 1 on), or say `--as original` if it is to go out so",
                told(lines)
            ),
        }
    }
}

/// Lines that were paid, in words.
pub(super) fn told(lines: &[PaidLine]) -> String {
    let told = lines.iter().map(|line| {
        let (first, last) = line.segments;
        format!("line {} (segments {first} to {last}; {} was paid)", line.number, line.paid)
    });
    told.collect::<Vec<String>>().join(", ")
}
