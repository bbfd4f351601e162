//! `claimgate queue release`: a person lets a claim go out.

use std::io::Write;

use super::standing::OpenHold;
use super::tell::write_standing;
use super::{Queue, claim_move, must_be_open, noted, replace_same, step, tell_owner};
use crate::change::{Change, Override, Resend, WorkId, WorkMove, WorkState};
use crate::commands::terminal::Harmless;
use crate::commands::{Failure, Outcome};
use crate::corrections::resend_edits;
use crate::lifecycle::{Event, advance};
use crate::store::{Claim, Work, WorkFilter};

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
            return Err(Failure::Unusable(format!(
                "claim {} is {}, and cannot be released; `claimgate queue resolve` closes the item",
                claim.id.0,
                claim.state.name()
            )));
        };
        let resend = how.resend.or(item.resend).or_else(|| default_resend(&claim));
        let mut edits = claim.edits.clone();
        if let Some(resend) = resend {
            for edit in resend_edits(resend, &document, &claim.payer_control_number)? {
                replace_same(&mut edits, edit);
            }
        }
        let document = self.document(&claim, &edits)?;
        let standing = self.standing(&claim, &document)?;
        let holds = standing.open_holds();
        if standing.found.is_rejected() || (!holds.is_empty() && how.override_findings.is_none()) {
            write_standing(&standing, &mut Harmless(out))?;
            let why = match standing.found.is_rejected() {
                true => "correct it, for what is rejected nobody can let pass",
                false => "correct it, or give --override-findings \"REASON\"",
            };
            writeln!(out, "item {} was not released: the claim would come back; {why}", id.0)?;
            return Ok(Outcome::ToActOn);
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
            ..Change::default()
        };
        self.office.store.commit(&change)?;
        writeln!(
            out,
            "item {}: claim {} is ready and goes out with the next batch (CLM05-3 {})",
            id.0,
            claim.id.0,
            document.frequency()
        )?;
        for hold in holds {
            writeln!(out, "  in spite of {} ({})", hold.rule, hold.version)?;
        }
        Ok(Outcome::Clean)
    }

    /// The item, and every other open one of the same claim: one release answers them all.
    fn closing_moves(
        &self,
        item: &Work,
        claim: &Claim,
        by: &str,
        out: &mut dyn Write,
    ) -> Result<Vec<WorkMove>, Failure> {
        let filter = WorkFilter { open_only: true, claim: Some(claim.id), ..WorkFilter::default() };
        let items = self.office.store.work(&filter)?;
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
fn default_resend(claim: &Claim) -> Option<Resend> {
    if claim.state.is_adjudicated() {
        return Some(Resend::Replacement);
    }
    // A claim that its office sent as a replacement or a void stays one.
    None
}
