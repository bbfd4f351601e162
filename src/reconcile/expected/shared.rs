//! A claim that is decided on in several claim payments, of which each has a part of a line, or of the claim as a
//! whole: what holds of all of them is held against the contract together, once they have all of it.

use std::collections::BTreeSet;

use x12::fault::Place;
use x12::value::Money;

use super::sum::Sum;
use crate::denials::reasons::group_and_reason;
use crate::reconcile::denied_lines::{given_way, without};
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::outcome::Judge;
use crate::reconcile::standing::Said;

/// Claim payments that together have all of some lines, and none of them all of one.
#[derive(Debug)]
pub(super) struct Set {
    pub lines: BTreeSet<u32>,
    /// Whether each of them tells its lines one by one.
    pub is_by_lines: bool,
    shares: Vec<Share>,
}

/// What one claim payment decides on of lines that it does not have as a whole, or does not tell one by one.
#[derive(Debug)]
struct Share {
    said: Said,
    lines: BTreeSet<u32>,
    charge: Money,
}

/// The sets that a claim payment completes, of all that stands of a claim with it; and whether it has a share in what
/// is not complete. It is known by its remittance and its byte there.
pub(super) fn completed(
    holds: &[Said],
    claim: &KnownClaim,
    (identity, offset): (&str, usize),
) -> (Vec<Set>, bool) {
    let is_own = |said: &Said| said.is_at(identity, offset);
    let others: Vec<Said> = holds.iter().filter(|said| !is_own(said)).cloned().collect();
    let before: Vec<Set> = sets(&others, claim);
    let (mut new, mut waits) = (Vec::new(), false);
    for set in sets(holds, claim) {
        let is_complete = set.is_complete(claim);
        waits |= !is_complete && set.shares.iter().any(|share| is_own(&share.said));
        if is_complete && set.may_be_compared() && !before.iter().any(|other| other.is_same(&set)) {
            new.push(set);
        }
    }
    (new, waits)
}

impl Set {
    /// How many claim payments it is of.
    pub fn len(&self) -> usize {
        self.shares.len()
    }

    /// What they come to together.
    pub fn sum<'p, 'r>(&self, place: Place, judge: Judge<'_>) -> Sum<'p, 'r> {
        let mut sum = Sum::new(place);
        for share in &self.shares {
            sum.charge += share.charge;
            sum.decided.paid += share.charge;
            for (code, amount) in share.adjustments() {
                sum.decided.paid -= amount;
                let (group, reason) = group_and_reason(code);
                sum.take((group, reason, amount), judge);
            }
        }
        sum
    }

    fn is_complete(&self, claim: &KnownClaim) -> bool {
        let charge: Money = self.shares.iter().map(|share| share.charge).sum();
        charge == charge_of(&self.lines, claim)
    }

    /// Only what a payer decides as the first one is compared; a denial (CLP02 4) is, beside such a decision.
    fn may_be_compared(&self) -> bool {
        let mut all = self.shares.iter().map(|share| &share.said);
        let is_first = |said: &Said| matches!(said.status.as_str(), "1" | "19");
        let is_open = |said: &Said| said.is_after_another() || said.reviewed().next().is_some();
        all.clone().any(is_first) && !all.any(is_open)
    }

    fn is_same(&self, other: &Set) -> bool {
        let is_same = |(one, other): (&Share, &Share)| {
            one.said.is_at(&other.said.identity, other.said.offset)
        };
        self.lines == other.lines
            && self.shares.len() == other.shares.len()
            && self.shares.iter().zip(&other.shares).all(is_same)
    }
}

impl Share {
    /// `None` of what decides on whole lines alone.
    fn of(said: &Said, claim: &KnownClaim) -> Option<Share> {
        let lines: BTreeSet<u32> = match said.is_told_by_lines() {
            true => said.shared_lines().into_iter().collect(),
            false => said.lines.iter().flatten().map(|line| line.number).collect(),
        };
        if said.is_told_by_lines() {
            let others = said.lines.iter().flatten().map(|line| line.number);
            let others: BTreeSet<u32> = others.filter(|number| !lines.contains(number)).collect();
            let copies: Money = said.copied_in_part().map(|(_, _, amount)| amount).sum();
            let charge = said.decided() - copies - charge_of(&others, claim);
            return (!lines.is_empty()).then(|| Share { said: said.clone(), lines, charge });
        }
        // Where nothing tells the lines, it may be any.
        let all = || claim.lines.iter().map(|line| line.number).collect();
        let lines = if lines.is_empty() { all() } else { lines };
        Some(Share { said: said.clone(), lines, charge: said.decided() })
    }

    /// What is taken off in it: group and reason, and the amount.
    fn adjustments(&self) -> impl Iterator<Item = (&str, Money)> {
        let is_by_lines = self.said.is_told_by_lines();
        let copies: Vec<_> = self.said.copied_in_part().filter(|_| is_by_lines).collect();
        let is_its = move |line: &str| {
            !is_by_lines || line.parse().is_ok_and(|line| self.lines.contains(&line))
        };
        let own = self.said.adjustments().filter(move |one| is_its(one.0) && !copies.contains(one));
        own.map(|(_, code, amount)| (code, amount))
    }
}

/// Claim payments that share lines, each with those that share lines with it. One that has all of its lines stands
/// alone, and of lines that are decided on as a whole nobody has a share.
fn sets(holds: &[Said], claim: &KnownClaim) -> Vec<Set> {
    let posted: Vec<&Said> = holds.iter().collect();
    let stands = without(posted.iter().copied(), &given_way(&posted));
    let shares = stands.iter().filter_map(|said| Share::of(said, claim));
    let (alone, mut parts): (Vec<Share>, Vec<Share>) =
        shares.partition(|share| share.charge == charge_of(&share.lines, claim));
    let whole = stands.iter().filter(|said| said.is_told_by_lines());
    let decided: BTreeSet<u32> = whole.flat_map(Said::whole_of_lines).collect();
    let decided: BTreeSet<u32> =
        alone.iter().flat_map(|share| share.lines.iter().copied()).chain(decided).collect();
    for share in &mut parts {
        share.lines.retain(|line| !decided.contains(line));
    }
    let mut sets: Vec<Set> = alone.into_iter().map(Set::alone).collect();
    let first = sets.len();
    for share in parts.into_iter().filter(|share| !share.lines.is_empty()) {
        let mut joined = Set::alone(share);
        let mut at = first;
        while let Some(set) = sets.get(at) {
            match set.lines.is_disjoint(&joined.lines) {
                true => at += 1,
                false => joined.join(sets.remove(at)),
            }
        }
        sets.push(joined);
    }
    for set in &mut sets {
        set.shares.sort_by(|one, other| {
            let key = |share: &Share| (share.said.identity.clone(), share.said.offset);
            key(one).cmp(&key(other))
        });
    }
    sets
}

impl Set {
    fn alone(share: Share) -> Set {
        let is_by_lines = share.said.is_told_by_lines();
        Set { lines: share.lines.clone(), is_by_lines, shares: vec![share] }
    }

    fn join(&mut self, other: Set) {
        self.lines.extend(other.lines);
        self.is_by_lines &= other.is_by_lines;
        self.shares.extend(other.shares);
    }
}

fn charge_of(lines: &BTreeSet<u32>, claim: &KnownClaim) -> Money {
    let of = claim.lines.iter().filter(|line| lines.contains(&line.number));
    of.map(|line| line.charge).sum()
}
