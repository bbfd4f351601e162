//! What a payer denied: its item, and combinations of codes that are told.

use std::collections::BTreeSet;

use x12::value::Money;

use super::{Decider, Judged, Outcome, at_stake, provider_of};
use crate::change::WorkId;
use crate::change::cases::{Alike, Undecided};
use crate::denials::denied::{By, Denial, Denied, action_of_later, denied};
use crate::denials::route::Subject;
use crate::denials::scenario::Combination;
use crate::reconcile::Incoming;
use crate::reconcile::cases::{Later, stake_of_later};
use crate::reconcile::findings::Notebook;
use crate::reconcile::matching::{KnownClaim, Match};
use crate::reconcile::outcome::{first_payer, is_passed_on, names_first, passed_to};

impl Decider<'_> {
    pub(super) fn take_denied_parts(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        is_later_payer: bool,
    ) {
        if let Outcome::Denied(parts) = &judged.outcome {
            self.take_denial(judged, claim, parts, is_later_payer);
        }
    }

    pub(super) fn take_denial(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        parts: &[Denied],
        is_later_payer: bool,
    ) {
        let denial = Denial {
            parts: parts.to_vec(),
            // Some payers give CLP02 4 to every denial; its own meaning holds without a reason.
            is_patient_unknown: parts.is_empty(),
            decided_on: self.decided_on,
            service_to: claim.service_to,
            provider: provider_of(judged.payment, claim),
            passed_on_to: is_passed_on(judged.payment).then(|| passed_to(judged.payment)),
            names_next_payer: claim.names_next_payer && !is_later_payer,
            first_payer: names_first(judged.payment).map(first_payer).unwrap_or_default(),
        };
        let sum: Money = parts.iter().map(|part| part.amount).sum();
        let amount = if parts.is_empty() { at_stake(judged.payment) } else { sum.abs() };
        // A payer after the first denies no more than was left to it, whatever it takes off.
        let amount = self.left_to(judged, claim).map_or(amount, |left| amount.min(left));
        let subject = Subject { amount, ..self.subject(judged, Some(claim.id)) };
        let Incoming { denials: table, payer, .. } = *self.incoming;
        let codes = self.incoming.agreed.map(|agreed| agreed.codes);
        let by = By { table, payer, limits: self.limits, codes };
        self.note_outside(judged, parts, &by);
        let Some(mut work) = denied(&subject, &denial, &by) else { return };
        if is_later_payer {
            let mut members = claim.turns.claims.iter().filter(|member| !member.is_first);
            let its =
                members.find(|member| member.is_open && member.payer.as_deref() == Some(payer));
            let made = its.map(|member| member.claim);
            work.action = action_of_later(&work.action, payer, (claim.id, made));
        }
        self.add_work(work);
    }

    /// Brings items of denials by payers after the first up to what is at stake by now, once all that a remittance says is
    /// posted: what those before them left may have come after it, or was decided anew.
    pub(super) fn follow_stakes(&mut self, judged: &[Judged<'_, '_>]) {
        let mut seen = BTreeSet::new();
        for one in judged {
            let Match::Sure { claim, .. } = &one.found else { continue };
            if seen.insert(claim.turns.root().unwrap_or(claim.id)) {
                self.follow_stakes_of(claim);
            }
        }
    }

    pub(super) fn follow_stakes_of(&mut self, claim: &KnownClaim) {
        let turns = self.turns_by_now(claim);
        let table = self.incoming.denials;
        let later = Later { turns: &turns, charged: claim.charged(), table };
        for item in &mut self.decision.change.work {
            let stake = stake_of_later(&Undecided::of_new(0, item), &later);
            item.amount = stake.unwrap_or(item.amount);
        }
        let own = claim.undecided.iter().map(|case| case.work);
        let own: BTreeSet<WorkId> = own.collect();
        let others = claim.worked_on.iter().filter(|case| !own.contains(&case.work));
        for case in claim.undecided.iter().chain(others) {
            let stake = stake_of_later(case, &later).filter(|stake| *stake != case.amount);
            let moved =
                self.decision.change.work_moves.iter_mut().find(|one| one.work == case.work);
            let amount = stake.filter(|_| case.ending.is_none());
            let Some(amount) = amount else { continue };
            let note = format!("brought up to date: {} was at stake before", case.amount);
            let anew = case.says_anew(None, amount, note);
            match moved {
                Some(step) if step.to.is_open() => step.says = anew.says,
                None if case.is_open() => self.decision.change.work_moves.push(anew),
                Some(_) | None => {}
            }
        }
    }

    /// C360: combinations of codes that the payer's own trade did not agree on.
    fn note_outside(&mut self, judged: &Judged<'_, '_>, parts: &[Denied], by: &By<'_>) {
        let mut notebook = Notebook { claim: Some(judged.ordinal), found: &mut self.beside };
        for part in parts {
            if by.core(part).combination == Combination::Outside {
                let Denied { group, reason, remarks, .. } = part;
                let with = if remarks.is_empty() {
                    "no remark".to_owned()
                } else {
                    Alike::remarks_of(remarks)
                };
                let what = format!("{group}-{reason} with {with} is in no table of CORE 360");
                notebook.add("C360", part.place, what);
            }
        }
    }
}
