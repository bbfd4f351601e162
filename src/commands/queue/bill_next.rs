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
use crate::denials::Category;
use crate::gateway::coordinate::chain::{self, Chain, Heard, last_decided};
use crate::gateway::knowledge::known::{known_claim, turns_of};
use crate::gateway::{self, family};
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
        let passed_on = self.asked_on(id, &family)?;
        let sent = family.iter().find(|known| known.id == passed_on.claim).unwrap_or(&claim);
        let last = last_decided(&family, sent.clone());
        let is_waited_for = passed_on.answer == Some(Answer::PassedOn);
        let Some(next) = self.payer_after(&last, &family)? else {
            if is_waited_for {
                return Err(names_none(id));
            }
            self.must_be_unheard(&family, (None, None))?;
            return Err(not_passed_on(id, &passed_on));
        };
        let heard = self.heard(&last, &next)?.filter(|heard| heard.denied().is_some());
        let denier = heard.as_ref().map(|heard| heard.payer.as_str());
        self.must_be_unheard(&family, (Some(&next), denier))?;
        if !is_waited_for && denier.is_none() {
            return Err(not_passed_on(id, &passed_on));
        }
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

    /// What a payer said of what was passed on to it.
    fn heard(&self, sent: &Claim, payer_id: &str) -> Result<Option<Heard>, Failure> {
        let document = self.office.document(sent, &sent.edits)?;
        let known = known_claim(self.office.store.as_ref(), sent.clone(), (&document, None))?;
        Ok(chain::heard(&self.office.plan, payer_id, &known))
    }

    /// The claim of a service that may have been passed on, and no answer is due.
    fn asked_on(&self, id: ClaimId, family: &[Claim]) -> Result<KeptNextPayer, Failure> {
        let mut known = None;
        for claim in family {
            let next = self.office.store.next_payer(claim.id)?;
            if let Some(next) = next {
                if next.answer.is_some_and(Answer::may_be_billed_anyway) && !next.is_due {
                    return Ok(next);
                }
                known = Some(next);
            }
        }
        Err(match known {
            None => Failure::Unusable(format!(
                "claim {} goes to no next payer: its own has not decided, or it names none after it",
                id.0
            )),
            Some(next) if next.is_due => Failure::Unusable(format!(
                "whether claim {} goes on is decided when the gateway looks; ask again then",
                id.0
            )),
            Some(next) => not_passed_on(id, &next),
        })
    }

    /// The id of the payer that is to be billed, NM109 in 2330B: the one that has the claim by another's word alone,
    /// or that denied it.
    fn payer_after(&self, sent: &Claim, family: &[Claim]) -> Result<Option<String>, Failure> {
        let document = self.office.document(sent, &sent.edits)?;
        let store = self.office.store.as_ref();
        let (followers, _) = chain::made_for_others(store, family)?;
        let chain = Chain {
            plan: &self.office.plan,
            store,
            archive: &self.office.archive,
            today: self.office.stamp().today,
            claim: sent,
            document: &document,
            followers: &followers,
            is_billed_anyway: true,
        };
        let failed = |error: gateway::Error| Failure::World(error.to_string());
        Ok(chain.end().map_err(failed)?.after.into_iter().next())
    }

    /// What the next payer decided on came to it. What this one denied may be billed to it once more. Where nobody is
    /// next, all that later ones decided on came.
    fn must_be_unheard(
        &self,
        family: &[Claim],
        (next, denier): (Option<&str>, Option<&str>),
    ) -> Result<(), Failure> {
        let next = next.and_then(|id| self.office.plan.route(id));
        let next = next.map(|payer| payer.name.to_string());
        for claim in family {
            let own = claim.payer.as_deref();
            let mut said = self.office.store.said(claim.id)?;
            said.retain(|one| is_later_payer(&one.payer, own, &one.status));
            said.retain(|one| next.as_ref().is_none_or(|next| one.payer == *next));
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

/// A claim that waits for no payer that it was passed on to.
fn not_passed_on(id: ClaimId, next: &KeptNextPayer) -> Failure {
    Failure::Unusable(format!("claim {} was not passed on by its payer: {}", id.0, next.why.note))
}

fn names_none(id: ClaimId) -> Failure {
    Failure::Unusable(format!(
        "claim {} names no payer after its own (2320 and 2330B), so none can be billed from here; \
         send the claim for the next payer from your own system, with what was decided in 2320",
        id.0
    ))
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
