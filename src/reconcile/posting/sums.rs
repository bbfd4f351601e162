//! Whether what is decided on comes to the charge of a claim, and whether anything was allowed of it.

use std::collections::BTreeMap;

use x12::value::{Day, Money};

use super::{Decider, Judged, in_words};
use crate::change::cases::{Alike, TOO_LITTLE, Undecided};
use crate::change::{ClaimId, NewWork};
use crate::denials::discrepancy::OVERPAYMENT_DAYS;
use crate::denials::route;
use crate::denials::variance::nothing_allowed;
use crate::reconcile::beside::{self, is_separated};
use crate::reconcile::matching::{KnownClaim, Match};
use crate::reconcile::outcome::Outcome;
use crate::reconcile::standing::TooLittle;

impl Decider<'_> {
    /// What may be decided on. Of what the payer took as void nothing is charged any more.
    pub(super) fn charge_of(&self, claim: &KnownClaim, is_own: bool) -> Money {
        let is_voided = self.voided.contains(&claim.account)
            || claim.void.as_ref().is_some_and(|void| void.charged.is_zero());
        match is_own {
            true if is_voided => Money::ZERO,
            true => claim.charged(),
            false => claim.charge,
        }
    }

    /// Until when what its payer paid too much is to go back.
    pub(super) fn back_by(&self, judged: &Judged<'_, '_>) -> Option<Day> {
        self.limits.giving_back(&judged.payment.filing_indicator.text(), self.today)
    }

    /// The same of a payer after the first. Of another than the one that speaks neither the plan nor the
    /// settings are at hand.
    pub(super) fn back_by_of(&self, payer: &str, judged: &Judged<'_, '_>) -> Option<Day> {
        match payer == self.incoming.payer {
            true => self.back_by(judged),
            false => Some(self.today.plus_days(OVERPAYMENT_DAYS)),
        }
    }

    /// Whether a claim has V34 already, by its own payer.
    pub(super) fn is_decided_beyond(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
    ) -> bool {
        let speech = self.speech(judged, claim);
        let charge = self.charge_of(claim, speech.1.is_none());
        speech.1.is_some() || charge < self.weigh(claim, &speech).decided
    }

    /// V40: whether a claim's own payer left out a part of what was sent, once all that a remittance says
    /// is heard: the parts of a claim may stand in several of its CLPs.
    pub(super) fn tell_too_little(&mut self, all: &[Judged<'_, '_>]) {
        let mut of_claims: BTreeMap<ClaimId, (&KnownClaim, Vec<&Judged<'_, '_>>)> = BTreeMap::new();
        for judged in all {
            let Match::Sure { claim, .. } = &judged.found else { continue };
            of_claims.entry(claim.id).or_insert((claim, Vec::new())).1.push(judged);
        }
        for (claim, parts) in of_claims.into_values() {
            if let Some(last) = parts.last() {
                self.tell_still_left(claim, (last.ordinal, last.payment));
            }
            let is_weighed = self.said.contains_key(&(claim.id, None));
            let is_own = |one: &&&Judged<'_, '_>| self.speech(one, claim).1.is_none();
            if let Some(last) = parts.iter().rev().find(is_own).filter(|_| is_weighed) {
                self.tell_whether_too_little((last, &parts), claim);
            }
        }
    }

    /// Of a claim in several parts the last one tells.
    fn tell_whether_too_little(
        &mut self,
        (judged, parts): (&Judged<'_, '_>, &[&Judged<'_, '_>]),
        claim: &KnownClaim,
    ) {
        let Some(short) = self.close_too_little(claim) else { return };
        let told = open(&claim.undecided, TOO_LITTLE);
        if told.iter().any(|case| case.amount == short.charge - short.decided) {
            return;
        }
        let is_left_out = !short.left_out.is_empty();
        // A part that waits speaks of its lines, and has an item of its own.
        if is_left_out && !parts.iter().all(|part| self.is_said(part, claim)) {
            return;
        }
        self.close_items(told, "closed by itself: more or less of it is decided on by now");
        let of = (judged.ordinal, judged.payment);
        let is_separated = is_left_out && parts.iter().any(|part| is_separated(part.payment));
        let found = beside::too_little(of, &short, is_separated);
        let (mut what, action) = in_words(std::iter::once(&found));
        if judged.payment.is_reversal() && !judged.paid().is_zero() {
            what += &format!("; this reversal took {} back", -judged.paid());
        }
        // What is taken back may be decided anew in the next file, and so is what the payer separated (MA15).
        let is_broken = !judged.payment.is_reversal() && !is_separated;
        self.beside.extend(Some(found).filter(|_| is_broken));
        self.decision.summary.unexplained += 1;
        let subject = self.subject(judged, Some(claim.id));
        let work = route::unexplained(&subject, what, action);
        let alike = Alike { rule: TOO_LITTLE.to_owned(), ..Alike::default() };
        self.add_work(NewWork { alike, amount: short.charge - short.decided, ..work });
    }

    /// Whether a claim payment is posted, or takes something back.
    fn is_said(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> bool {
        let (identity, offset) = (self.payment.identity.clone(), judged.payment.place.offset);
        let speech = self.speech(judged, claim);
        let mut said = self.said_so_far(claim, &speech).iter();
        judged.payment.is_reversal()
            || said.any(|one| one.is_posted && one.is_at(&identity, offset))
    }

    /// What is decided on of a claim and its charge, where that is too little; otherwise its items of V40 close.
    pub(super) fn close_too_little(&mut self, claim: &KnownClaim) -> Option<TooLittle> {
        let own = (claim.id, None);
        let charge = self.charge_of(claim, true);
        let settled = self.weigh(claim, &own);
        // What went out in its place, or what takes it back, has the charge.
        let is_it = !claim.is_replaced && claim.void.is_none();
        let said = self.said_so_far(claim, &own);
        let short = settled.too_little(said, &claim.lines, charge).filter(|_| is_it);
        // A payer after the first decides on what was left to it.
        let short = short.filter(|_| claim.follows.is_none());
        if short.is_some() {
            return short;
        }
        let note = "closed by itself: what is decided on comes to the charge, or was taken back";
        self.close_items(open(&claim.undecided, TOO_LITTLE), note);
        None
    }

    /// A fee schedule that allows nothing is none: a payer takes the whole charge off by it, and no payer before it
    /// paid.
    pub(super) fn tell_nothing_allowed(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let payment = judged.payment;
        let charge = payment.charge.money().unwrap_or_default();
        let mut taken_off = payment.all_adjustments().filter(|one| !one.money().is_zero());
        let is_by_schedule = taken_off.all(|one| one.group.is("CO") && one.reason.is("45"));
        let is_asked = judged.outcome == Outcome::Paid && charge > Money::ZERO;
        let is_nothing_allowed = is_asked && is_by_schedule && judged.paid().is_zero();
        if is_nothing_allowed
            && !self.around.is_by_the_head
            && !self.may_hide_payments(judged, claim)
        {
            let subject = self.subject(judged, Some(claim.id));
            let until = self.limits.appeal(self.decided_on);
            self.add_work(nothing_allowed(&subject, charge, (self.incoming.payer, until)));
        }
    }
}

fn open<'c>(cases: &'c [Undecided], rule: &str) -> Vec<&'c Undecided> {
    cases.iter().filter(|case| case.is_open_by(rule)).collect()
}
