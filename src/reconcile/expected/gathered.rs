//! Lines that a payer pays as one over several remittances: they are held against the contract once all of them are
//! there, or once all of the claim is decided on and they are not. A bundle that is broken up later leaves its line to
//! stand for itself.

use std::collections::{BTreeMap, BTreeSet};

use x12::value::Money;

use super::Paid;
use super::bundled::{Line, RolledUp};
use crate::change::Word;
use crate::denials::bundle::{At, Rolled, told_apart};
use crate::reconcile::denied_lines::{given_way, without};
use crate::reconcile::matching::{KnownClaim, LinePart};
use crate::reconcile::rolled_up::{
    Sums, added_to_lines, even_remittances, may_be_even, over_remittances, rolled_up,
};
use crate::reconcile::standing::{Said, holding, standing};

/// What a claim payment means for lines that are paid as one over several remittances.
#[derive(Default)]
pub(super) struct Gathered {
    /// Its own lines that wait for others.
    pub waits: BTreeSet<u32>,
    pub bundles: Vec<RolledUp>,
    /// The lines, by their places in the claim, that are paid for others no more.
    pub broken: BTreeSet<usize>,
    /// Lines of others that waited for it.
    pub late: Vec<Late>,
    /// Those whose line was broken, and is paid for others again.
    pub whole_again: Vec<Said>,
}

/// A line that another claim payment of the claim decided on.
pub(super) struct Late {
    /// Its place in the claim.
    pub at: usize,
    pub said: Said,
    pub is_broken: bool,
}

/// How a line stands that is paid for others, or with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// The others may come.
    Waits,
    Together,
    /// All of the claim is decided on without the others.
    Apart,
    /// The others were there, and are decided on otherwise.
    Broken,
}

/// Such a line, of one of the claim payments that stand.
struct OfLine {
    stands: Stands,
    is_paid: bool,
    /// Whether it came before those that it belongs to.
    waited: bool,
    /// The place of its claim payment.
    of: usize,
}

/// The remittance, the byte of the claim payment and the line.
type Key = (String, usize, u32);

/// All such lines.
struct Standing {
    said: Vec<Said>,
    sets: Vec<Vec<usize>>,
    lines: BTreeMap<Key, OfLine>,
}

/// How they stood before.
#[derive(Default)]
struct Before {
    last: BTreeMap<Key, Stands>,
    /// Those that did not wait at some time, and so were compared then.
    resolved: BTreeSet<Key>,
}

impl Before {
    /// After each word of the payer, in the order in which they were posted.
    fn of(said: &[Said], claim: &KnownClaim) -> Before {
        let said = as_posted(said);
        let mut before = Before::default();
        for at in 1..=said.len() {
            let then = Standing::of(said.get(..at).unwrap_or_default(), claim);
            before.last = then.lines.into_iter().map(|(key, line)| (key, line.stands)).collect();
            let resolved = before.last.iter().filter(|(_, stands)| **stands != Stands::Waits);
            before.resolved.extend(resolved.map(|(key, _)| key.clone()));
        }
        before
    }
}

impl Gathered {
    /// `own` is the claim payment by its remittance and its byte there.
    pub fn of(paid: &Paid<'_, '_>, own: (&str, usize)) -> Gathered {
        let Paid { claim, said, .. } = *paid;
        if said.is_empty() {
            return Gathered::default();
        }
        let is_own = |one: &Said| one.is_at(own.0, own.1);
        let now = Standing::of(said, claim);
        let before: Vec<Said> = said.iter().filter(|one| !is_own(one)).cloned().collect();
        let is_late =
            now.lines.values().any(|line| now.said.get(line.of).is_some_and(|of| !is_own(of)));
        let before = Before::of(if is_late { &before } else { &[] }, claim);
        let mut found = Gathered { bundles: now.bundles(claim), ..Gathered::default() };
        if !now.said.iter().any(is_own) {
            // It gave way as it came.
            let own = said.iter().find(|one| is_own(one));
            let lines = own.iter().flat_map(|own| rolled_up(own).into_keys());
            let lines = lines.filter_map(|line| line.parse().ok());
            found.waits.extend(lines.filter(|&line| own.is_some_and(|own| waited_with(own, line))));
        }
        for (key, line) in &now.lines {
            let Some(of) = now.said.get(line.of) else { continue };
            let Some(at) = claim.lines.iter().position(|one| one.number == key.2) else { continue };
            if line.stands == Stands::Broken {
                found.broken.insert(at);
            }
            if is_own(of) {
                found.waits.extend(Some(key.2).filter(|_| line.stands == Stands::Waits));
                continue;
            }
            let was_broken = before.last.get(key) == Some(&Stands::Broken);
            let is_due = match line.stands {
                Stands::Waits => false,
                Stands::Together | Stands::Apart => line.waited && !before.resolved.contains(key),
                Stands::Broken => !was_broken,
            };
            if line.stands == Stands::Together && was_broken {
                found.whole_again.push(of.clone());
            }
            if is_due && matches!(of.status.as_str(), "1" | "19") {
                let is_broken = line.stands == Stands::Broken;
                found.late.push(Late { at, said: of.clone(), is_broken });
                found.bundles.extend(line.alone(key.2, of, claim));
            }
        }
        found
    }

    /// With what its own remittance says is paid for others, but for lines that are known here.
    pub fn with(&mut self, of_remittance: Vec<RolledUp>) {
        let known: BTreeSet<usize> =
            self.bundles.iter().filter_map(|one| one.paid).chain(self.broken.clone()).collect();
        let is_new = |one: &RolledUp| one.paid.is_none_or(|at| !known.contains(&at));
        self.bundles.extend(of_remittance.into_iter().filter(is_new));
    }
}

impl Standing {
    fn of(said: &[Said], claim: &KnownClaim) -> Standing {
        let holds: Vec<&Said> = holding(said, claim.charge).collect();
        let stands = without(holds.iter().copied(), &given_way(&holds));
        let of_stands: Vec<&Said> = stands.iter().collect();
        let (sets, even) = (over_remittances(&of_stands), even_remittances(&of_stands));
        let all = decisions(said);
        let is_spoken_of =
            |number| stands.iter().any(|one| one.lines.is_none() || one.speaks_of(number));
        let is_all_there = claim.lines.iter().all(|line| is_spoken_of(line.number))
            && claim.charge <= stands.iter().map(Said::decided).sum();
        let mut lines = BTreeMap::new();
        for (of, one) in stands.iter().enumerate() {
            let is_together = sets.iter().any(|set| set.contains(&of));
            let is_even = Sums::of(one).is_even() || even.get(&*one.identity) == Some(&true);
            if is_even && !is_together {
                continue;
            }
            let paid = added_to_lines(one).into_keys().map(|line| (line, true));
            for (line, is_paid) in paid.chain(rolled_up(one).into_keys().map(|line| (line, false)))
            {
                let Ok(number) = line.parse() else { continue };
                let waited = match is_paid {
                    true => one.paid_as(number).is_some(),
                    false => waited_with(one, number),
                };
                // What is paid once more for the same others waits until the one or the other is taken back.
                let is_double = is_paid && !is_together && may_be_even(one, &of_stands);
                let stands = match is_together {
                    true => Stands::Together,
                    false if is_double => Stands::Waits,
                    false if is_paid && may_be_even(one, &all) => Stands::Broken,
                    false if waited => Stands::Apart,
                    false => continue,
                };
                let stands = if is_together || is_all_there { stands } else { Stands::Waits };
                let key = (one.identity.clone(), one.offset, number);
                lines.insert(key, OfLine { stands, is_paid, waited, of });
            }
        }
        Standing { said: stands, sets, lines }
    }

    /// What is paid for others that stand in other remittances.
    fn bundles(&self, claim: &KnownClaim) -> Vec<RolledUp> {
        let of_set = |set: &Vec<usize>| {
            let all = || set.iter().filter_map(|&at| self.said.get(at));
            let mut services: Vec<Rolled> = all().flat_map(services).collect();
            services.sort_by_key(|one| one.at);
            let bundles = told_apart(&services).into_iter();
            let found = bundles.filter_map(|bundle| {
                let number = bundle.paid.service as u32;
                let of =
                    all().find(|one| added_to_lines(one).contains_key(&*number.to_string()))?;
                let of_parts = bundle.parts.iter().map(|part| part.service as u32);
                let parts = bundle.is_even.then(|| of_parts.collect());
                rolled_up_in((number, of), bundle.added, parts, claim)
            });
            found.collect::<Vec<RolledUp>>()
        };
        self.sets.iter().flat_map(of_set).collect()
    }
}

impl OfLine {
    /// What a line is paid as whose others did not come.
    fn alone(&self, number: u32, of: &Said, claim: &KnownClaim) -> Option<RolledUp> {
        let added = *added_to_lines(of).get(&*number.to_string())?;
        let line = claim.lines.iter().find(|line| line.number == number)?;
        let is_other = of.paid_as(number).is_some_and(|(code, _)| code != line.code);
        let is_it = self.is_paid && self.stands == Stands::Apart && is_other;
        is_it.then(|| rolled_up_in((number, of), added, None, claim))?
    }
}

/// A line that is paid for others, whichever these are.
fn rolled_up_in(
    (number, of): (u32, &Said),
    added: Money,
    parts: Option<Vec<u32>>,
    claim: &KnownClaim,
) -> Option<RolledUp> {
    let place = |number: u32| claim.lines.iter().position(|line| line.number == number);
    let known = |number: &u32| claim.lines.get(place(*number)?).map(Line::known);
    let paid = place(number)?;
    let as_billed = known(&number)?;
    let numbers = parts.unwrap_or_default();
    let rest: Vec<Line> = numbers.iter().filter_map(known).collect();
    let is_known = !rest.is_empty() && rest.len() == numbers.len();
    let of_all = std::iter::once(as_billed.clone()).chain(rest);
    Some(RolledUp {
        paid: Some(paid),
        parts: numbers.iter().filter_map(|&number| place(number)).collect(),
        panel: as_billed.paid_as(of.paid_as(number), added),
        of: if is_known { of_all.collect() } else { Vec::new() },
    })
}

/// Lines that are paid for others, and those that are rolled up, by their numbers.
fn services(said: &Said) -> Vec<Rolled> {
    let of = |line: &str, added: Money, charge: Money| {
        let at = At { claim: 0, service: line.parse().ok()? };
        Some(Rolled { at, code: String::new(), added, charge })
    };
    let paid =
        added_to_lines(said).into_iter().filter_map(|(line, added)| of(line, added, Money::ZERO));
    let parts = rolled_up(said).into_iter();
    paid.chain(parts.filter_map(|(line, charge)| of(line, Money::ZERO, charge))).collect()
}

/// What was said, in the order in which it was posted: a reversal that came before what it takes back waited for all of
/// that remittance.
fn as_posted(said: &[Said]) -> Vec<Said> {
    let mut order: Vec<(usize, usize)> = (0..said.len()).map(|at| (at, at)).collect();
    for (reversal, original) in standing(said).pairs {
        let Some(original) = said.get(original) else { continue };
        let last = said.iter().rposition(|one| one.identity == original.identity);
        if let (Some(place), Some(last)) = (order.get_mut(reversal), last) {
            place.0 = place.0.max(last);
        }
    }
    order.sort_by_key(|(place, at)| (*place, *place != *at));
    order.into_iter().filter_map(|(_, at)| said.get(at).cloned()).collect()
}

/// Whether a line that is rolled up came before that with which it is paid.
fn waited_with(said: &Said, line: u32) -> bool {
    said.says_of(line, |part| part == LinePart::Denied)
}

/// What was decided, were it taken back.
fn decisions(said: &[Said]) -> Vec<&Said> {
    said.iter().filter(|one| one.word != Word::Reversed).collect()
}
