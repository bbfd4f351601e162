//! `claimgate queue bill-next`: what a payer passed on by itself never came to the next one, and is billed to it.

use std::io::Write;

use serde_json::json;
use x12::value::Money;

use super::{Queue, claim_move, noted, step, tell_owner};
use crate::change::cases::PASSED_ON;
use crate::change::next::{Answer, NextPayer, Step};
use crate::change::{Change, ClaimId, Word, WorkState};
use crate::commands::{Failure, Format, Outcome};
use crate::coordination;
use crate::corrections;
use crate::denials::Category;
use crate::gateway::family;
use crate::gateway::knowledge::known::turns_of;
use crate::lifecycle::{Event, advance};
use crate::reconcile::is_later_payer;
use crate::store::{Claim, KeptNextPayer, Work, WorkFilter};

impl Queue<'_> {
    /// Has a claim made for the payer that its own said to have passed it on to.
    pub(super) fn bill_next(
        &self,
        id: ClaimId,
        (reason, by): (&str, &str),
        format: Format,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let store = self.office.store.as_ref();
        let claim = self.office.claim(id)?;
        let first = family::first(store, &claim)?;
        let family = family::all(store, first.clone())?;
        let passed_on = self.passed_on(id, &family)?;
        let next = self.payer_after(&claim)?;
        self.must_be_unheard(&family)?;
        let left = turns_of(store, first.id)?.0.left_to_next(first.charge);
        if left <= Money::ZERO {
            return Err(Failure::Unusable(format!(
                "nothing of claim {} was left to the patient, or denied as another payer's to pay: there \
                 is nothing to bill",
                id.0
            )));
        }
        let reminders = self.reminders(&family)?;
        let never_came =
            format!("it never came to the next payer, which is billed: {by}: {reason}");
        let moved = |item| step(item, WorkState::Resolved, by, &noted(item, by, &never_came));
        let sent = family.iter().find(|known| known.id == passed_on.claim).unwrap_or(&claim);
        let none = || Failure::Unusable(format!("claim {} was never sent", sent.id.0));
        let to = advance(sent.state, Event::NeverCame).ok_or_else(none)?;
        let note = format!("{by}: {reason}; {next} is billed");
        let change = Change {
            at: self.office.stamp().now,
            next_payers: vec![NextPayer { claim: passed_on.claim, step: Step::NeverCame }],
            moves: vec![claim_move(sent, Event::NeverCame, to, &note)],
            work_moves: reminders.iter().map(moved).collect(),
            ..Change::default()
        };
        store.commit(&change)?;
        let items = reminders.len();
        if format == Format::Json {
            let told = json!({
                "claim": id.0, "next_payer_id": next, "left_cents": left.cents(), "items_closed": items
            });
            writeln!(out, "{told}")?;
            return Ok(Outcome::Clean);
        }
        for item in &reminders {
            tell_owner(item, by, out)?;
            writeln!(out, "item {} is resolved", item.id.0)?;
        }
        writeln!(
            out,
            "a claim with {left} is made for {next} as soon as the gateway looks, as if claim {} had not \
             been passed on; `claimgate claim {}` tells what became of it",
            id.0, id.0
        )?;
        Ok(Outcome::Clean)
    }

    /// The claim of a service that was passed on, and no answer is due.
    fn passed_on(&self, id: ClaimId, family: &[Claim]) -> Result<KeptNextPayer, Failure> {
        let mut known = None;
        for claim in family {
            let next = self.office.store.next_payer(claim.id)?;
            let is_passed_on = |next: &KeptNextPayer| next.answer == Some(Answer::PassedOn);
            if let Some(next) = next {
                if is_passed_on(&next) && !next.is_due {
                    return Ok(next);
                }
                known = Some(next);
            }
        }
        let id = id.0;
        Err(Failure::Unusable(match known {
            None => format!(
                "claim {id} goes to no next payer: its own has not decided, or it names none after it"
            ),
            Some(next) if next.is_due => format!(
                "whether claim {id} goes on is decided when the gateway looks; ask again then"
            ),
            Some(next) => {
                format!("claim {id} was not passed on by its payer: {}", next.note)
            }
        }))
    }

    /// The id of the payer after a claim's own, NM109 in 2330B.
    fn payer_after(&self, claim: &Claim) -> Result<String, Failure> {
        let document = self.office.document(claim, &claim.edits)?;
        let today = self.office.stamp().today;
        let next = corrections::look(&document, today, coordination::next_payer);
        next.flatten().map(|(_, id)| id).ok_or_else(|| {
            Failure::Unusable(format!(
                "claim {} names no payer after its own (2320 and 2330B), so none can be billed from here; \
                 send the claim for the next payer from your own system, with what was decided in 2320",
                claim.id.0
            ))
        })
    }

    /// What the next payer decided on came to it.
    fn must_be_unheard(&self, family: &[Claim]) -> Result<(), Failure> {
        for claim in family {
            let own = claim.payer.as_deref();
            let mut said = self.office.store.said(claim.id)?;
            said.retain(|one| is_later_payer(&one.payer, own, &one.status));
            let words = said.iter().map(|one| if one.word == Word::Reversed { -1 } else { 1 });
            if let (Some(one), 1..) = (said.last(), words.sum::<i64>()) {
                return Err(Failure::Unusable(format!(
                    "{} has decided on claim {} already, so it came there",
                    one.payer, claim.id.0
                )));
            }
        }
        Ok(())
    }

    /// The open items that ask what became of what was passed on.
    fn reminders(&self, family: &[Claim]) -> Result<Vec<Work>, Failure> {
        let mut reminders = Vec::new();
        for claim in family {
            let filter =
                WorkFilter { open_only: true, claim: Some(claim.id), ..WorkFilter::default() };
            reminders.extend(self.office.store.work(&filter)?);
        }
        reminders
            .retain(|item| item.category == Category::NextPayer && item.alike.rule == PASSED_ON);
        Ok(reminders)
    }
}
