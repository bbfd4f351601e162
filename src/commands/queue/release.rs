//! `claimgate queue release`: a person lets a claim go out.

use std::io::Write;

use x12::edit::Edit;

use super::not_taken::told;
use super::standing::{OpenHold, Standing};
use super::tell::write_standing;
use super::{Queue, claim_move, must_be_open, noted, replace_same, step, tell_owner};
use crate::change::cases::{PASSED_ON, TAKEN_BACK};
use crate::change::{Change, NewWork, Override, Resend, WorkId, WorkMove, WorkState};
use crate::commands::terminal::Harmless;
use crate::commands::{Failure, Outcome};
use crate::corrections::{as_payer_takes, before_resend, resend_edits};
use crate::denials::discrepancy::{Subject, after_void};
use crate::document::Document;
use crate::gateway::receive::limits_of;
use crate::lifecycle::{Event, State, advance};
use crate::settings::names::PayerName;
use crate::store::{Claim, Work};

/// How a claim is let go.
pub(super) struct Releasing<'a> {
    pub resend: Option<Resend>,
    /// Why, although rules hold it.
    pub override_findings: Option<&'a str>,
    pub by: &'a str,
}

impl Queue<'_> {
    pub(super) fn release(
        &self,
        id: WorkId,
        how: &Releasing<'_>,
        out: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let item = self.item(id)?;
        must_be_open(&item)?;
        let (claim, document) = self.claim_of(&item)?;
        let Some(to) = advance(claim.state, Event::Released) else {
            return Err(Failure::Unusable(not_now(&claim)));
        };
        let resend = self.resend(how, &item, (&claim, &document));
        let unsaid = self.must_be_said(resend, &item, (&claim, &document))?;
        let unsaid = unsaid.filter(|_| how.resend.is_none());
        if let Some(why) = unsaid {
            writeln!(out, "item {} was not released: {why}", id.0)?;
            return Ok(Outcome::ToActOn);
        }
        let edits = self.edits_of(resend, &claim)?;
        let document = self.office.document(&claim, &edits)?;
        let standing = self.standing(&claim, &document)?;
        let holds = standing.open_holds();
        if standing.found.is_rejected() || (!holds.is_empty() && how.override_findings.is_none()) {
            return would_come_back(id, &standing, out);
        }
        let payer = match &standing.route {
            Ok(payer) => payer.clone(),
            Err(unrouted) => {
                writeln!(out, "item {} was not released: {unrouted}", id.0)?;
                return Ok(Outcome::ToActOn);
            }
        };
        let overrides: Vec<Override> = match how.override_findings {
            Some(reason) => holds.iter().map(|hold| let_pass(hold, &claim, how, reason)).collect(),
            None => Vec::new(),
        };
        let note = note_of(how, &overrides);
        let change = Change {
            at: self.office.stamp().now,
            edits: vec![(claim.id, edits)],
            moves: vec![claim_move(&claim, Event::Released, to, &note)],
            routes: vec![(claim.id, payer)],
            overrides,
            work_moves: self.closing_moves(&item, &claim, how.by, &mut Harmless(out))?,
            work: self.work_left(resend, &item, &claim, how.by),
            ..Change::default()
        };
        let committed = self.office.store.commit(&change)?;
        for left in committed.work {
            writeln!(out, "item {} waits until the payer has taken the void", left.0)?;
        }
        writeln!(
            out,
            "item {}: claim {} is ready and goes out with the next batch (CLM05-3 {})",
            id.0,
            claim.id.0,
            document.frequency()
        )?;
        if resend == Some(Resend::Original) && claim.state.is_adjudicated() {
            self.tell_paid((&claim, &document), out)?;
        }
        for hold in holds {
            writeln!(out, "  in spite of {} ({})", hold.rule, hold.version)?;
        }
        Ok(Outcome::Clean)
    }

    /// Says what goes out a second time.
    fn tell_paid(
        &self,
        (claim, document): (&Claim, &Document),
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let paid = self.paid_lines(claim, document)?;
        if !paid.is_empty() {
            writeln!(out, "  what was paid goes out with it, and is a duplicate: {}", told(&paid))?;
        }
        Ok(())
    }

    /// As what the claim goes out. A person's word stands; what else is wanted is done as the payer
    /// takes it.
    fn resend(
        &self,
        how: &Releasing<'_>,
        item: &Work,
        (claim, document): (&Claim, &Document),
    ) -> Option<Resend> {
        let wanted = item.resend.or_else(|| default_resend(claim));
        how.resend.or_else(|| wanted.map(|wanted| self.as_taken(wanted, (claim, document))))
    }

    /// What a payer takes for that; one that the claim did not go to yet knows nothing to replace or to void.
    pub(super) fn as_taken(
        &self,
        wanted: Resend,
        (claim, document): (&Claim, &Document),
    ) -> Resend {
        let route = self.office.route_of(document, claim.is_test).ok();
        match route.is_some_and(|payer| claim.payer.as_ref().is_some_and(|own| *own != payer)) {
            true => Resend::Original,
            false => as_payer_takes(wanted, self.frequencies_of(claim)),
        }
    }

    /// Why a person has to say as what a claim goes out; `None` where that is known.
    fn must_be_said(
        &self,
        resend: Option<Resend>,
        item: &Work,
        (claim, document): (&Claim, &Document),
    ) -> Result<Option<String>, Failure> {
        if item.alike.rule == TAKEN_BACK {
            let why = "what the claim says of the payer before is so no more; void it with --as void where nothing is \
                       left to its payer, or say with --as what else it goes out as";
            return Ok(Some(why.to_owned()));
        }
        if item.alike.rule == PASSED_ON {
            let why = format!(
                "its payer has decided, and passed it on; `claimgate queue bill-next {}` bills the next payer where \
                 it never came there, or say with --as what goes to its own payer once more",
                claim.id.0
            );
            return Ok(Some(why));
        }
        if let Some(why) = self.is_anothers(item, claim)? {
            return Ok(Some(why));
        }
        if let Some(why) = self.not_taken(item, (claim, document))? {
            return Ok(Some(why.why(item)));
        }
        let is_edited = self.is_edited_void(resend, claim)?;
        Ok(is_edited.then(|| edited(claim, item.id)))
    }

    /// Whether a claim is to be voided over which a person laid edits that its payer never had.
    fn is_edited_void(&self, resend: Option<Resend>, claim: &Claim) -> Result<bool, Failure> {
        if !matches!(resend, Some(Resend::Void | Resend::VoidAndNew)) {
            return Ok(false);
        }
        let history = self.office.store.history(claim.id)?;
        let events = history.map(|history| history.events).unwrap_or_default();
        let since = events.iter().rev().take_while(|event| event.event != Event::Batched);
        let is_edited = { since }.any(|event| event.event == Event::Edited);
        Ok(is_edited && !claim.edits.is_empty())
    }

    /// The edits that the claim has from now on.
    pub(super) fn edits_of(
        &self,
        resend: Option<Resend>,
        claim: &Claim,
    ) -> Result<Vec<Edit>, Failure> {
        let Some(resend) = resend else { return Ok(claim.edits.clone()) };
        let number = &claim.payer_control_number;
        let document = self.office.document(claim, &claim.edits)?;
        let mut edits = before_resend(resend, &claim.edits, &document, number);
        let document = self.office.document(claim, &edits)?;
        for edit in resend_edits(resend, &document, number)? {
            replace_same(&mut edits, edit);
        }
        Ok(edits)
    }

    /// What CLM05-3 may be for the claim's payer; nothing for whatever it is.
    pub(super) fn frequencies_of(&self, claim: &Claim) -> &[String] {
        let payer = claim.payer.as_deref().and_then(PayerName::new);
        let payer = payer.and_then(|name| self.office.plan.payer(&name));
        payer.map_or(&[], |payer| &payer.frequencies)
    }

    /// What is still to be done once the claim is out.
    fn work_left(
        &self,
        resend: Option<Resend>,
        item: &Work,
        claim: &Claim,
        by: &str,
    ) -> Vec<NewWork> {
        match resend {
            Some(Resend::VoidAndNew) => {}
            Some(Resend::Original | Resend::Replacement | Resend::Void) | None => {
                return Vec::new();
            }
        }
        let payer = claim.payer.as_deref().and_then(PayerName::new);
        let limits = payer.and_then(|name| self.office.plan.payer(&name)).map(limits_of);
        let subject = Subject {
            claim: claim.id,
            amount: item.amount,
            was_sent: true,
            service_to: claim.service_to,
            decided_on: None,
            plan: "",
        };
        vec![after_void(&subject, by, limits.as_ref())]
    }

    /// The item, and every other open one of the same claim: one release answers them all, but not for
    /// money that waits.
    fn closing_moves(
        &self,
        item: &Work,
        claim: &Claim,
        by: &str,
        out: &mut dyn Write,
    ) -> Result<Vec<WorkMove>, Failure> {
        let items = self.closed_with_claim(claim.id, out)?;
        for one in &items {
            tell_owner(one, by, out)?;
        }
        let moved = |one: &Work| {
            let is_asked = one.id == item.id;
            let note = if is_asked { "released" } else { "released with another item" };
            step(one, WorkState::Released, by, &noted(one, by, note))
        };
        Ok(items.iter().map(moved).collect())
    }
}

fn would_come_back(
    id: WorkId,
    standing: &Standing,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    write_standing(standing, &mut Harmless(out))?;
    let why = match standing.found.is_rejected() {
        true => "correct it, for what is rejected nobody can let pass",
        false => "correct it, or give --override-findings \"REASON\"",
    };
    writeln!(out, "item {} was not released: the claim would come back; {why}", id.0)?;
    Ok(Outcome::ToActOn)
}

/// Why a void does not go out with edits.
fn edited(claim: &Claim, item: WorkId) -> String {
    let (claim, item) = (claim.id.0, item.0);
    format!(
        "claim {claim} was edited since it was sent, and a void is of the claim as its payer has it; take \
         the edits back (`claimgate queue edit {item} --undo-all`, which takes back those before too), and \
         lay them over the new claim once the payer has taken the void; or say --as when the edits are \
         what the payer has"
    )
}

/// Why a claim cannot go out.
fn not_now(claim: &Claim) -> String {
    let (id, state) = (claim.id.0, claim.state.name());
    match claim.state {
        State::Batched | State::Sent | State::Acknowledged => format!(
            "claim {id} is {state}, and goes out once more only when its payer has answered; release it then, \
             or close the item with `claimgate queue resolve`"
        ),
        State::Rejected
        | State::Held
        | State::Ready
        | State::Accepted
        | State::Returned
        | State::Paid
        | State::Denied
        | State::Closed => format!(
            "claim {id} is {state}, and cannot be released; `claimgate queue resolve` closes the item"
        ),
    }
}

fn let_pass(hold: &OpenHold, claim: &Claim, how: &Releasing<'_>, reason: &str) -> Override {
    Override {
        claim: claim.id,
        rule: hold.rule.clone(),
        version: hold.version.clone(),
        content: hold.content.clone(),
        by: how.by.to_owned(),
        reason: reason.to_owned(),
    }
}

/// What the history says of it: who, why, and in spite of what.
fn note_of(how: &Releasing<'_>, overrides: &[Override]) -> String {
    let rules: Vec<&str> = overrides.iter().map(|made| made.rule.as_str()).collect();
    match how.override_findings {
        Some(reason) if rules.is_empty() => format!("{}: {reason}", how.by),
        Some(reason) => format!("{} in spite of {}: {reason}", how.by, rules.join(", ")),
        None => how.by.to_owned(),
    }
}

/// What a claim goes out as when neither a person nor the item says: a claim that the payer decided on is replaced.
pub(super) fn default_resend(claim: &Claim) -> Option<Resend> {
    if claim.state.is_adjudicated() {
        return Some(Resend::Replacement);
    }
    // A claim that its office sent as a replacement or a void stays one.
    None
}
