//! What each CLP says, of which claim.

use x12::segment::Field;
use x12::value::Money;
use x12::view::remittance::{ClaimPayment, Remittance};

use crate::change::ClaimId;
use crate::denials::bundle::EvenSets;
use crate::reconcile::matching::{
    Known, KnownClaim, LineMatch, Match, Parties, lines_of_bundled, match_claim, match_lines,
};
use crate::reconcile::outcome::{Outcome, of_bundled, outcome};
use crate::reconcile::pended::Pended;
use crate::reconcile::{Incoming, taken_back};

/// What each CLP says, of which claim.
pub(super) fn all_judged<'r, 'k>(
    remittance: &'r Remittance<'r>,
    incoming: &Incoming<'_>,
    known: &Known<'k>,
) -> Vec<Judged<'r, 'k>> {
    let claims = remittance.claims.iter().enumerate();
    let judge = |(index, payment)| {
        let parties = Parties::of(remittance, incoming.payer, index);
        Judged::of((index + 1, payment), match_claim(payment, known, &parties), incoming)
    };
    claims.map(judge).collect()
}

/// A claim payment with its claim and its meaning.
pub(in crate::reconcile) struct Judged<'r, 'k> {
    /// From 1.
    pub ordinal: usize,
    pub payment: &'r ClaimPayment<'r>,
    pub found: Match<'k>,
    /// The claim of ours that has its number, where that was never sent, and none that was has it.
    pub unsent: Option<ClaimId>,
    pub lines: Vec<LineMatch>,
    pub outcome: Outcome,
    pub pended: Pended,
    /// Whether its remittance has all of the bundles that it is of.
    pub is_even: bool,
}

impl<'r, 'k> Judged<'r, 'k> {
    pub fn of(
        (ordinal, payment): (usize, &'r ClaimPayment<'r>),
        found: Match<'k>,
        incoming: &Incoming<'_>,
    ) -> Judged<'r, 'k> {
        let mut lines = match &found {
            Match::Sure { claim, .. } => {
                let mut lines = match_lines(payment, (claim, incoming.payer));
                taken_back::restore(&mut lines, payment, (claim, incoming.payer));
                lines
            }
            Match::Suggested { .. } | Match::Unknown => Vec::new(),
        };
        let mut pended = Pended::of(payment, incoming.judge());
        if let Match::Sure { claim, .. } = &found {
            pended = pended.beside_others(payment, (claim, incoming.payer));
        }
        pended.keep_open(&mut lines, payment);
        let outcome = outcome(payment, &numbers(&lines), (incoming.judge(), &pended));
        let unsent = incoming.unsent_claim(payment);
        Judged { ordinal, payment, found, unsent, lines, outcome, pended, is_even: false }
    }

    /// The claim that it is about, where that is sure.
    pub fn claim(&self) -> Option<&'k KnownClaim> {
        match &self.found {
            Match::Sure { claim, .. } => Some(*claim),
            Match::Suggested { .. } | Match::Unknown => None,
        }
    }

    /// What is rolled up in services that are paid with another is not denied.
    pub fn call_bundled(&mut self, even: &EvenSets) {
        self.is_even = even.has(self.ordinal - 1);
        if !self.is_even {
            return;
        }
        self.outcome = of_bundled(self.outcome.clone(), self.payment);
        lines_of_bundled(&mut self.lines, self.payment);
    }
}

/// LX01 for each service.
pub(super) fn numbers(lines: &[LineMatch]) -> Vec<Option<u32>> {
    lines.iter().map(|found| found.line).collect()
}

impl Judged<'_, '_> {
    pub fn paid(&self) -> Money {
        self.payment.paid.money().unwrap_or_default()
    }
}

/// The money at stake: what was paid, or what was charged when nothing was.
pub(super) fn at_stake(payment: &ClaimPayment<'_>) -> Money {
    let amount = |field: &Field<'_>| field.money().unwrap_or_default().abs();
    let (paid, charge) = (amount(&payment.paid), amount(&payment.charge));
    if paid.is_zero() { charge } else { paid }
}
