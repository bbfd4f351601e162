//! Whether what is decided on comes to the charge of a claim, and whether anything was allowed of it.

use std::collections::BTreeMap;

use x12::value::{Day, Money};

use super::{Decider, Judged, in_words};
use crate::change::NewWork;
use crate::change::cases::{Alike, TOO_LITTLE, TOO_MUCH, Undecided};
use crate::denials::discrepancy::OVERPAYMENT_DAYS;
use crate::denials::route;
use crate::denials::variance::{nothing_allowed, paid_twice};
use crate::reconcile::beside;
use crate::reconcile::matching::{KnownClaim, Match};
use crate::reconcile::outcome::Outcome;
use crate::reconcile::standing::Settled;

impl Decider<'_> {
    /// What may be decided on. Of what the payer took as void nothing is charged any more.
    fn charge_of(&self, claim: &KnownClaim, is_own: bool) -> Money {
        let is_voided = self.voided.contains(&claim.account)
            || claim.void.as_ref().is_some_and(|void| void.charged.is_zero());
        match is_own {
            true if is_voided => Money::ZERO,
            true => claim.charged(),
            false => claim.charge,
        }
    }

    /// V34: nobody owes more than was charged, so that something was decided twice. What was paid so is to
    /// be given back.
    pub(super) fn tell_too_much(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        settled: &Settled,
    ) {
        let speech = self.speech(judged, claim);
        let charge = self.charge_of(claim, speech.1.is_none());
        if judged.payment.is_reversal() || settled.decided <= charge {
            return;
        }
        let (others, _) = self.said_beside(claim, &speech);
        let of = (claim.lines.as_slice(), charge);
        let beyond = settled.paid_beyond(self.said_so_far(claim, &speech), &others, of);
        // What was paid before beyond the charge has an item of its own.
        let paid = beyond.min(judged.paid());
        let of = (judged.ordinal, judged.payment);
        let found = beside::too_much(of, (settled.decided, charge, paid));
        let (what, action) = in_words(std::iter::once(&found));
        self.beside.push(found);
        self.decision.summary.unexplained += 1;
        if self.puzzled.insert(claim.id) {
            let subject = self.subject(judged, Some(claim.id));
            let work = route::unexplained(&subject, what, action);
            let alike = Alike { rule: TOO_MUCH.to_owned(), ..Alike::default() };
            let work = NewWork { alike, ..work };
            let is_paid = paid > Money::ZERO;
            // With the place of its CLP an item that is no overpayment would wait for its money.
            let remitted = Some(judged.payment.place);
            let back_by = self.back_by(judged);
            let over = |work| NewWork { remitted, ..paid_twice(work, paid, back_by) };
            self.add_work(if is_paid { over(work) } else { work });
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

    /// Closes items of V34 once no payer's decisions come to more than the charge.
    pub(super) fn close_too_much(&mut self, claim: &KnownClaim) {
        let cases = open(&claim.undecided, TOO_MUCH);
        if cases.is_empty() {
            return;
        }
        let mut payers: Vec<Option<String>> = vec![None, Some(self.incoming.payer.to_owned())];
        payers.extend(claim.later.iter().map(|(payer, _)| Some(payer.clone())));
        for later in payers {
            let charge = self.charge_of(claim, later.is_none());
            if charge < self.weigh(claim, &(claim.id, later)).decided {
                return;
            }
        }
        self.close_items(cases, "closed by itself: the payer took back what was too much");
    }

    /// V40: whether a claim's own payer left out a part of what was sent, once all that a remittance says
    /// is heard: the parts of a claim may stand in several of its CLPs.
    pub(super) fn tell_too_little(&mut self, all: &[Judged<'_, '_>]) {
        let mut last = BTreeMap::new();
        for judged in all {
            let Match::Sure { claim, .. } = &judged.found else { continue };
            let claim: &KnownClaim = claim;
            let is_weighed = self.said.contains_key(&(claim.id, None));
            if is_weighed && self.speech(judged, claim).1.is_none() {
                last.insert(claim.id, (judged, claim));
            }
        }
        for (judged, claim) in last.into_values() {
            self.tell_whether_too_little(judged, claim);
        }
    }

    fn tell_whether_too_little(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let Some((decided, charge)) = self.close_too_little(claim) else { return };
        let told = open(&claim.undecided, TOO_LITTLE);
        if told.iter().any(|case| case.amount == charge - decided) {
            return;
        }
        self.close_items(told, "closed by itself: more or less of it is decided on by now");
        let of = (judged.ordinal, judged.payment);
        let found = beside::too_little(of, (decided, charge));
        let (mut what, action) = in_words(std::iter::once(&found));
        if judged.payment.is_reversal() && !judged.paid().is_zero() {
            what += &format!("; this reversal took {} back", -judged.paid());
        }
        // What is taken back may be decided anew in the next file.
        self.beside.extend(Some(found).filter(|_| !judged.payment.is_reversal()));
        self.decision.summary.unexplained += 1;
        let subject = self.subject(judged, Some(claim.id));
        let work = route::unexplained(&subject, what, action);
        let alike = Alike { rule: TOO_LITTLE.to_owned(), ..Alike::default() };
        self.add_work(NewWork { alike, amount: charge - decided, ..work });
    }

    /// What is decided on of a claim and its charge, where that is too little for good; otherwise its items
    /// of V40 close.
    pub(super) fn close_too_little(&mut self, claim: &KnownClaim) -> Option<(Money, Money)> {
        let own = (claim.id, None);
        let charge = self.charge_of(claim, true);
        let settled = self.weigh(claim, &own);
        // The claim before it, what went out in its place, or what takes it back, has the charge.
        let has_charge = claim.follows.is_none() && !claim.is_replaced && claim.void.is_none();
        let said = self.said_so_far(claim, &own);
        let decided = settled.too_little(said, &claim.lines, charge).filter(|_| has_charge);
        if let Some(decided) = decided {
            return Some((decided, charge));
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
        if is_nothing_allowed && !self.is_by_the_head && !self.may_hide_payments(judged, claim) {
            let subject = self.subject(judged, Some(claim.id));
            let until = self.limits.appeal(self.decided_on);
            self.add_work(nothing_allowed(&subject, charge, (self.incoming.payer, until)));
        }
    }
}

fn open<'c>(cases: &'c [Undecided], rule: &str) -> Vec<&'c Undecided> {
    cases.iter().filter(|case| case.rule == rule && case.is_open()).collect()
}
