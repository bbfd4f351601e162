//! What a decision is held against its contract, and which of its rates count: one service is one line, however
//! often its payer decides on it.

use std::collections::BTreeMap;

use x12::fault::Place;

use super::{Decider, Judged, provider_of};
use crate::change::cases::Undecided;
use crate::change::{ArrivalId, Compared, Word};
use crate::contracts::learned::Rate;
use crate::denials::Category;
use crate::denials::route::Subject;
use crate::denials::variance::{Between, Days, differs};
use crate::reconcile::cases::is_about;
use crate::reconcile::expected::{Found, Paid, expected, rate_said};
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::rolled_up::may_be_of;
use crate::reconcile::standing::{Said, holding, standing};

/// How a decision stands beside its contract.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Held {
    /// Whether a line is paid less than agreed, when it prices any.
    pub is_under: Option<bool>,
    /// It is compared once the other parts of its claim are there.
    pub waits: bool,
}

impl Decider<'_> {
    /// Holds what the claim's own payer decided against its contract.
    pub(super) fn compare(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> Held {
        let Some(agreed) = self.incoming.agreed else { return Held::default() };
        let (payment, judge) = (judged.payment, self.incoming.judge());
        let Judged { lines, pended, ordinal, .. } = judged;
        let speech = self.speech(judged, claim);
        let (mut holds, mut said) = (Vec::new(), Vec::new());
        if agreed.book.is_with(self.incoming.payer) {
            let so_far = self.said_so_far(claim, &speech);
            holds.extend(holding(so_far, claim.charge).cloned());
            if may_be_of(so_far) {
                said.extend(so_far.iter().cloned());
            }
        }
        let said = self.posted_by_now(&said);
        let (around, holds, said) = (&self.around, &holds, &said);
        let at = ordinal - 1;
        let paid = Paid { at, payment, lines, claim, judge, pended, around, holds, said };
        let found = expected(&paid, self.incoming, &self.payment.payee, agreed);
        let Found { mut compared, late, priced_anew, rates, waits } = found;
        let own = self.subject(judged, Some(claim.id));
        self.add_differing(judged, claim, (own.clone(), &compared));
        let mut of_others: BTreeMap<(ArrivalId, usize), Vec<Compared>> = BTreeMap::new();
        for line in late {
            of_others.entry((line.arrival, line.place.offset)).or_default().push(line);
        }
        for ((arrival, offset), lines) in of_others {
            // Where the payer takes back what it said there, it is over.
            let place = Place { offset, ..Place::default() };
            self.add_differing(judged, claim, (Subject { arrival, place, ..own.clone() }, &lines));
            compared.extend(lines);
        }
        self.close_priced_anew(claim, &priced_anew);
        let is_less = |line: &Compared| line.class.is_case() && line.variance.is_negative();
        let is_under = (!compared.is_empty()).then(|| compared.iter().any(is_less));
        self.decision.change.compared.extend(compared);
        let rates = self.counted(judged, claim, rates);
        self.decision.change.rates.extend(rates);
        Held { is_under, waits }
    }

    /// Opens items of lines of a claim payment that are paid otherwise than agreed.
    fn add_differing(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        (subject, lines): (Subject, &[Compared]),
    ) {
        for is_under in [true, false] {
            let differing = lines
                .iter()
                .filter(|line| line.class.is_case() && line.variance.is_negative() == is_under);
            let differing: Vec<&Compared> = differing.collect();
            if !differing.is_empty() {
                let days = Days { decided_on: self.decided_on, back_by: self.back_by(judged) };
                let provider = provider_of(judged.payment, claim);
                let between = Between { payer: self.incoming.payer, provider: &provider };
                let by = (self.limits, days);
                self.add_work(differs(&subject, &differing, is_under, by, between));
            }
        }
    }

    /// What is told of a line as the one that is paid for others is over once it stands for itself, and the other way round.
    fn close_priced_anew(&mut self, claim: &KnownClaim, said: &[Said]) {
        let is_its = |case: &&Undecided| {
            let is_of_contract = matches!(case.category, Category::Underpaid | Category::Overpaid);
            case.is_open() && is_of_contract && said.iter().any(|one| is_about(case, one))
        };
        let cases = claim.undecided.iter().filter(is_its);
        self.close_items(
            cases,
            "closed by itself: the payer decided anew what is paid with the line",
        );
    }

    /// The rates of what was just posted, each with the number of its line, but for those of lines on which
    /// another decision stands: that one was counted.
    fn counted(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        rates: Vec<(u32, Rate)>,
    ) -> Vec<Rate> {
        if rates.is_empty() {
            return Vec::new();
        }
        let (identity, offset) = (self.payment.identity.clone(), judged.payment.place.offset);
        let speech = self.speech(judged, claim);
        let own = self.said_so_far(claim, &speech).clone();
        let others = claim.family.iter().flat_map(|family| &family.others);
        let others = others.map(|other| {
            let kept = self.said.get(&(other.id, None)).unwrap_or(&other.said);
            // The lines of a replacement have numbers of their own.
            let whole = |one: &Said| Said { whole_lines: Vec::new(), ..one.clone() };
            kept.iter().map(whole).collect::<Vec<_>>()
        });
        let stands: Vec<Said> = std::iter::once(own)
            .chain(others)
            .flat_map(|said| decisions(&said))
            .filter(|one| !one.is_at(&identity, offset))
            .collect();
        let mut counted = Vec::new();
        for (line, rate) in rates {
            let is_its =
                |one: &&Said| one.whole_lines.is_empty() || one.whole_lines.contains(&line);
            let others: Vec<&Said> = stands.iter().filter(is_its).collect();
            let Some(last) = others.last().filter(|_| rate.times < 0) else {
                counted.extend(Some(rate).filter(|_| others.is_empty()));
                continue;
            };
            // Its line goes over to what stands beside what is taken back.
            let line = claim.lines.iter().find(|one| one.number == line);
            let amount = line.and_then(|line| rate_said(last, line));
            if amount != Some(rate.amount) {
                let to = amount.map(|amount| Rate {
                    amount,
                    times: 1,
                    units_thousandths: -rate.units_thousandths,
                    ..rate.clone()
                });
                counted.extend(to.into_iter().chain([rate]));
            }
        }
        counted
    }
}

/// What was posted and not taken back.
fn decisions(said: &[Said]) -> Vec<Said> {
    let posted: Vec<Said> = said.iter().filter(|one| one.is_posted).cloned().collect();
    let left = standing(&posted).left;
    let left = left.into_iter().filter_map(|at| posted.get(at).cloned());
    left.filter(|one| one.word != Word::Reversed).collect()
}
