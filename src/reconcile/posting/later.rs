//! What a payer after the first says of a claim: its own denials end as those of the claim's own payer do, and
//! what was left to it stays with it until it decided on all of it.

use std::collections::BTreeSet;

use x12::value::Money;
use x12::view::remittance::ClaimPayment;

use super::weighed::Stands;
use super::{Decider, Judged, over, word_of};
use crate::change::cases::{SETTLED_BY_UNKNOWN, STAYS_WITH_LATER, Undecided};
use crate::change::{ArrivalId, NewWork, Word};
use crate::denials::route::Subject;
use crate::denials::variance::{settled_by_unknown, stays_with_later};
use crate::reconcile::beside;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::standing::{Said, standing};
use crate::reconcile::turns::{StillLeft, settled_before};

impl Decider<'_> {
    /// What a later payer decides moves no claim.
    pub(super) fn hear_later(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> Stands {
        let own = self.note_said(judged, claim, true);
        let speech = self.speech(judged, claim);
        let settled = self.weigh(claim, &speech);
        self.note_beyond(judged, claim, &settled);
        let said = self.said_so_far(claim, &speech).clone();
        let posted: Vec<Said> = said.iter().filter(|one| one.is_posted).cloned().collect();
        let word = word_of(&judged.outcome);
        let over = over::items(&claim.undecided, &posted, &standing(&posted));
        self.close_taken_back(&over, word);
        let is_taken_back = settled.pairs.iter().any(|(_, original)| *original == own);
        let takes_back = settled.pairs.iter().any(|(reversal, _)| *reversal == own);
        let opened = self.decision.change.work.len();
        // Nobody corrects what was taken back before it came.
        if !is_taken_back {
            self.take_denied_parts(judged, claim, true);
        }
        if let Some(own) = said.get(own) {
            self.follow_own((claim, &speech), own, (opened, false), takes_back);
        }
        Stands { is_last: settled.word == Some(word) && !is_taken_back }
    }

    /// Opens an item where the payer that was asked first decides as a later one, and takes a part for settled by one
    /// before it that nobody knows; closes it where that payer decides as the first.
    pub(super) fn tell_settled_by_unknown(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let is_first = claim.follows.is_none() && !self.is_of_later_payer(judged, claim);
        let own = self.said_by(judged, true);
        let is_own = claim.payer.as_deref() == Some(self.incoming.payer);
        if is_first && is_own && own.is_of_first() {
            let is_it = |case: &&Undecided| case.is_open_by(SETTLED_BY_UNKNOWN);
            let note = "closed by itself: the payer decided as the first";
            return self.close_items(claim.undecided.iter().filter(is_it), note);
        }
        let is_asked = is_first && own.word != Word::Reversed && own.is_after_another();
        let mut others = claim.later.iter().map(|(_, said)| said);
        let is_known = !claim.payers_before.is_empty()
            || (is_asked && self.decided_as_first_since(judged, claim))
            || others.any(|one| one.is_posted && one.is_of_first());
        let mut all = judged.payment.all_adjustments();
        let Some(first) = all.find(|one| one.reason.is("23")).filter(|_| is_asked && !is_known)
        else {
            return;
        };
        let amount = settled_before(&own);
        if amount > Money::ZERO {
            let place = first.amount.place;
            let subject = Subject { amount, place, ..self.subject(judged, Some(claim.id)) };
            let by = (self.incoming.payer, self.limits.appeal(self.decided_on));
            let work = settled_by_unknown(&subject, by);
            self.add_work(NewWork { remitted: Some(judged.payment.place), ..work });
        }
    }

    /// Whether a payer decided as the first one after it did as after another, and that came before.
    fn decided_as_first_since(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> bool {
        let own = self.said_by(judged, true);
        let speech = self.speech(judged, claim);
        let holds = self.weigh(claim, &speech).holds;
        let said = self.said_so_far(claim, &speech);
        let mut holds = holds.iter().filter_map(|&at| said.get(at));
        holds.any(|one| one.is_posted && one.is_of_first() && own.paid_on <= one.paid_on)
    }

    /// Brings the items up to date of what is not decided on, once something was taken off the claim.
    pub(super) fn follow_too_little(&mut self, claim: &KnownClaim, payment: &ClaimPayment<'_>) {
        self.close_too_little(claim);
        self.tell_still_left(claim, (0, payment));
    }

    /// Brings the items up to date of what payers after the first have not decided on of what was left to them.
    pub(super) fn tell_still_left(&mut self, claim: &KnownClaim, of: (usize, &ClaimPayment<'_>)) {
        let here = (claim.id, Some(self.incoming.payer.to_owned()));
        let is_followed = !claim.later.is_empty() || self.said.contains_key(&here);
        if claim.follows.is_none() && !is_followed {
            return;
        }
        let turns = self.turns_by_now(claim);
        // Of a claim that was made for a payer its own items tell.
        let is_here = |payer: &str| match claim.follows {
            Some(_) => claim.payer.as_deref() == Some(payer),
            None => !turns.is_billed_beside(claim.id, payer),
        };
        let mut told: BTreeSet<ArrivalId> = BTreeSet::new();
        for (payer, said) in turns.later().filter(|(payer, _)| is_here(payer)) {
            let arrivals: BTreeSet<ArrivalId> = said.iter().map(|one| one.arrival).collect();
            let left = turns.still_left(payer, (claim.charged(), &claim.lines));
            self.follow_still_left((claim, of), (payer, &arrivals), left);
            told.extend(arrivals);
        }
        let is_over = |case: &&Undecided| {
            case.is_open_by(STAYS_WITH_LATER)
                && case.arrival.is_none_or(|arrival| !told.contains(&arrival))
        };
        let over = claim.undecided.iter().filter(is_over);
        self.close_items(over, "closed by itself: what it is about was taken off the claim");
    }

    fn follow_still_left(
        &mut self,
        (claim, of): (&KnownClaim, (usize, &ClaimPayment<'_>)),
        (payer, arrivals): (&str, &BTreeSet<ArrivalId>),
        left: Option<StillLeft>,
    ) {
        let is_its = |case: &&Undecided| {
            case.is_open_by(STAYS_WITH_LATER)
                && case.arrival.is_some_and(|arrival| arrivals.contains(&arrival))
        };
        let open: Vec<&Undecided> = claim.undecided.iter().filter(is_its).collect();
        let Some(left) = left else {
            let note = "closed by itself: the payer decided on the rest, or took back all";
            return self.close_items(open, note);
        };
        if open.iter().any(|case| case.amount == left.amount) {
            return;
        }
        self.close_items(open, "closed by itself: more or less of it is decided on by now");
        self.decision.summary.unexplained += 1;
        let StillLeft { amount, arrival, .. } = left;
        let is_of_this = payer == self.incoming.payer && !of.1.is_reversal();
        if is_of_this && !left.left_out.is_empty() {
            self.beside.push(beside::left_out(of, &left));
        }
        let subject = Subject { amount, ..self.subject_of(of.1, Some(claim.id)) };
        let work = stays_with_later(&subject, payer, (&left.left_out, left.reviewed));
        self.add_work(NewWork { arrival: Some(arrival), ..work });
    }
}
