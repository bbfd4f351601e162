//! Which rates of a decision count: one service is one line, however often its payer decides on it.

use super::{Decider, Judged};
use crate::change::Word;
use crate::contracts::learned::Rate;
use crate::reconcile::expected::rate_said;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::standing::{Said, standing};

impl Decider<'_> {
    /// The rates of what was just posted, each with the number of its line, but for those of lines on which
    /// another decision stands: that one was counted.
    pub(super) fn counted(
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
