//! `claimgate queue bill-next`: what a payer passed on by itself never came to the next one, or was denied there, and is
//! billed to it.

use std::io::Write;

use serde_json::json;
use x12::value::Money;

use super::{Queue, claim_move, noted, step, tell_owner};
use crate::change::cases::{PASSED_ON, STAYS_WITH_LATER};
use crate::change::next::{Answer, NextPayer, Step};
use crate::change::{Change, ClaimId, Resend, Word, WorkState};
use crate::commands::{Failure, Format, Outcome};
use crate::coordination;
use crate::corrections;
use crate::denials::Category;
use crate::gateway::coordinate::{Heard, heard_of_next};
use crate::gateway::family;
use crate::gateway::knowledge::known::{known_claim, turns_of};
use crate::lifecycle::{Event, advance};
use crate::reconcile::is_later_payer;
use crate::store::{Claim, KeptNextPayer, Work, WorkFilter};

/// What is billed to a next payer.
struct Billed<'a> {
    claim: ClaimId,
    /// NM109 of the payer.
    next: &'a str,
    /// What was left to it.
    left: Money,
    /// Its number of what it denied, where the claim goes out in the place of that.
    replaces: Option<&'a str>,
    /// The payer that denied what was passed on, and whether it paid something beside that.
    denier: Option<(&'a str, bool)>,
}

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
        let sent = family.iter().find(|known| known.id == passed_on.claim).unwrap_or(&claim);
        let heard = self.heard(sent)?;
        let heard = heard.filter(|heard| heard.denied().is_some());
        let denier = heard.as_ref().map(|heard| heard.payer.as_str());
        self.must_be_unheard(&family, denier)?;
        let turns = turns_of(store, first.id)?.0;
        let left = turns.left_beside(denier.unwrap_or_default(), first.charge);
        if left <= Money::ZERO {
            return Err(Failure::Unusable(format!(
                "nothing of claim {} was left to the patient, or denied as another payer's to pay: there \
                 is nothing to bill",
                id.0
            )));
        }
        let items = self.done_with(&family, denier)?;
        let (event, to_say) = match denier {
            Some(_) => (Event::BilledAgain, "the next payer is billed with it once more"),
            None => (Event::NeverCame, "it never came to the next payer, which is billed"),
        };
        let said = format!("{to_say}: {by}: {reason}");
        let moved = |item: &Work| {
            let is_denial = item.category == Category::Denied;
            let to = if is_denial { WorkState::Released } else { WorkState::Resolved };
            step(item, to, by, &noted(item, by, &said))
        };
        let none = || Failure::Unusable(format!("claim {} was never sent", sent.id.0));
        let to = advance(sent.state, event).ok_or_else(none)?;
        let note = format!("{by}: {reason}; {next} is billed");
        let change = Change {
            at: self.office.stamp().now,
            next_payers: vec![NextPayer { claim: passed_on.claim, step: Step::NeverCame }],
            moves: vec![claim_move(sent, event, to, &note)],
            work_moves: items.iter().map(moved).collect(),
            ..Change::default()
        };
        store.commit(&change)?;
        let replaces = heard.as_ref().and_then(Heard::replaced);
        let denier = heard.as_ref().map(|heard| (heard.payer.as_str(), heard.paid_beside()));
        let billed = Billed { claim: id, next: &next, left, replaces, denier };
        tell(&billed, (&items, by), format, out)?;
        Ok(Outcome::Clean)
    }

    /// What the next payer said of what was passed on, where the claim names one.
    fn heard(&self, sent: &Claim) -> Result<Option<Heard>, Failure> {
        let document = self.office.document(sent, &sent.edits)?;
        let known = known_claim(self.office.store.as_ref(), sent.clone(), &document)?;
        let by = (self.office.plan.as_ref(), self.office.stamp().today);
        Ok(heard_of_next(by, &document, &known))
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

    /// What a next payer decided on came to it. What this one denied may be billed to it once more.
    fn must_be_unheard(&self, family: &[Claim], denier: Option<&str>) -> Result<(), Failure> {
        for claim in family {
            let own = claim.payer.as_deref();
            let mut said = self.office.store.said(claim.id)?;
            said.retain(|one| is_later_payer(&one.payer, own, &one.status));
            said.retain(|one| Some(one.payer.as_str()) != denier);
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

    /// The open items that ask what became of what was passed on, or say that the next payer denied it, and did not
    /// decide on the rest: the claim that goes there has all of it.
    fn done_with(&self, family: &[Claim], denier: Option<&str>) -> Result<Vec<Work>, Failure> {
        let mut items = Vec::new();
        for claim in family {
            let filter =
                WorkFilter { open_only: true, claim: Some(claim.id), ..WorkFilter::default() };
            items.extend(self.office.store.work(&filter)?);
        }
        items.retain(|item| {
            let is_reminder = item.category == Category::NextPayer && item.alike.rule == PASSED_ON;
            let is_left = item.alike.rule == STAYS_WITH_LATER;
            is_reminder || (denier.is_some() && (is_left || item.denied_by() == denier))
        });
        Ok(items)
    }
}

/// Says what is billed, and which items that closes.
fn tell(
    billed: &Billed<'_>,
    (items, by): (&[Work], &str),
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let Billed { claim: ClaimId(id), next, left, replaces, denier } = billed;
    let resend = if replaces.is_some() { Resend::Replacement } else { Resend::Original };
    if format == Format::Json {
        let told = json!({
            "claim": id, "next_payer_id": next, "left_cents": left.cents(), "items_closed": items.len(),
            "goes_out_as": resend.name()
        });
        writeln!(out, "{told}")?;
        return Ok(());
    }
    for item in items {
        tell_owner(item, by, out)?;
        let closed = if item.category == Category::Denied { "released" } else { "resolved" };
        writeln!(out, "item {} is {closed}", item.id.0)?;
    }
    let how = match (replaces, denier) {
        (Some(number), _) => format!("in the place of what it denied (CLM05-3 7, REF*F8 {number})"),
        (None, Some(_)) => "as a new one, for it takes no replacement of what it denied".to_owned(),
        (None, None) => format!("as if claim {id} had not been passed on"),
    };
    let beside = match denier {
        Some((payer, true)) => format!(
            ". It has all lines, also what {payer} paid: look whether it takes that back, or pays it twice"
        ),
        Some((_, false)) | None => String::new(),
    };
    writeln!(
        out,
        "a claim with {left} is made for {next} as soon as the gateway looks, {how}; `claimgate claim {id}` tells \
         what became of it{beside}"
    )?;
    Ok(())
}
