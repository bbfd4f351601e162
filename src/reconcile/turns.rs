//! Payers that decide on one claim one after another: what an earlier one took off gives way to what a
//! later one takes as left.
//!
//! A payer decides on the charge less what was settled before it (reason 23). As a rule that is what the
//! payer before it left to the patient. One that pays what the payer before denied takes more: so much is
//! taken off no longer, and what the patient owes in the end is what the last payer leaves.

use std::collections::BTreeMap;

use x12::fault::Place;
use x12::value::Money;

use super::standing::{Said, holding, overruled};
use crate::change::ClaimId;
use crate::ledger::{Posting, gives_way};

/// What one payer said of a claim, or of one that follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub claim: ClaimId,
    /// The payer by its name in the settings, where it is not the claim's own.
    pub later: Option<String>,
    pub said: Vec<Said>,
}

/// The turns of all who spoke of one claim, the claim's own payer first. `said` has for each word the
/// payer and CLP02 of whoever is not the claim's own.
pub fn of_claim(claim: ClaimId, said: Vec<(Option<(String, String)>, Said)>) -> Vec<Turn> {
    // Its own payer has the first turn, whoever spoke first.
    let mut by_payer: BTreeMap<Option<(String, String)>, Vec<Said>> =
        BTreeMap::from([(None, Vec::new())]);
    for (later, one) in said {
        // CLP02: 20 passes on what is second, and 22 takes back whatever it was.
        let key = later.map(|(payer, status)| (turn_of(&status).to_owned(), payer));
        by_payer.entry(key).or_default().push(one);
    }
    let mut turns: Vec<Turn> = Vec::new();
    for (later, said) in by_payer {
        let later = later.map(|(_, payer)| payer);
        match turns.iter_mut().find(|turn| turn.later == later) {
            Some(turn) => turn.said.extend(said),
            None => turns.push(Turn { claim, later, said }),
        }
    }
    turns
}

/// So that they sort: second, third, and what does not say.
fn turn_of(status: &str) -> &str {
    match status {
        "20" => "2",
        "21" => "3",
        "22" => "4",
        other => other,
    }
}

impl Turn {
    /// What of it holds: neither taken back, nor a denial that gave way.
    pub(super) fn stands(&self, charged: Money) -> Vec<&Said> {
        let overruled = overruled(&self.said, &[], charged);
        holding(&self.said, charged).filter(|one| !overruled.contains(one)).collect()
    }
}

/// Adds a word to its turn. Who has none yet comes after all others of the claim.
pub(super) fn add(turns: &mut Vec<Turn>, claim: ClaimId, later: Option<&str>, said: Said) {
    let is_it = |turn: &&mut Turn| turn.claim == claim && turn.later.as_deref() == later;
    if let Some(turn) = turns.iter_mut().find(is_it) {
        return turn.said.push(said);
    }
    let turn = Turn { claim, later: later.map(str::to_owned), said: vec![said] };
    let of_claim = |known: &Turn| known.claim == claim;
    let at = match later {
        None => turns.iter().position(of_claim),
        Some(_) => turns.iter().rposition(of_claim).map(|at| at + 1),
    };
    turns.insert(at.unwrap_or(turns.len()), turn);
}

/// How much of what earlier payers took off gives way. What was taken back has its minus, and so counts
/// for nothing.
pub(super) fn given_way(turns: &[Turn], charged: Money) -> Money {
    let mut sum = Money::ZERO;
    let mut before: Option<Money> = None;
    for turn in turns {
        let overruled = overruled(&turn.said, &[], charged);
        let stands: Vec<&Said> = turn.said.iter().filter(|one| !overruled.contains(one)).collect();
        let charge: Money = stands.iter().map(|said| said.charge).sum();
        if charge.is_zero() {
            continue;
        }
        let settled: Money = stands.iter().copied().map(settled_before).sum();
        if let Some(left) = before {
            let taken = charge - settled;
            sum += if left < taken { taken - left } else { Money::ZERO };
        }
        before = Some(stands.into_iter().map(patients).sum());
    }
    sum
}

/// What has to be posted when a word is added.
pub(super) fn postings(
    (before, after): (&[Turn], &[Turn]),
    (claim, charged): (ClaimId, Money),
    source: Place,
) -> Vec<Posting> {
    gives_way(claim, given_way(after, charged) - given_way(before, charged), source)
}

/// What a payer says was settled before it: reason 23. V23: one that hides it has it in CO-45.
pub(super) fn settled_before(said: &Said) -> Money {
    let of_reason = sum_of(said, |code| code.ends_with("-23"));
    match of_reason.is_zero() {
        true => sum_of(said, |code| code == "CO-45"),
        false => of_reason,
    }
}

pub(super) fn patients(said: &Said) -> Money {
    sum_of(said, |code| code.starts_with("PR-") && !code.ends_with("-23"))
}

/// The adjustments with such a code: `CO-45 30.00, line 2 PR-3 10.00`.
fn sum_of(said: &Said, is_it: impl Fn(&str) -> bool) -> Money {
    said.adjustments().filter(|(_, code, _)| is_it(code)).map(|(_, _, amount)| amount).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{ArrivalId, Word};

    fn said(charge: i64, adjustments: &str) -> Said {
        Said {
            arrival: ArrivalId(1),
            is_posted: true,
            paid_on: None,
            identity: String::new(),
            offset: 0,
            payer_control_number: String::new(),
            charge: Money::from_cents(charge),
            paid: Money::ZERO,
            adjustments: adjustments.to_owned(),
            word: Word::Paid,
        }
    }

    fn turns(all: Vec<Vec<Said>>) -> Vec<Turn> {
        let claim = (1..).map(ClaimId);
        all.into_iter().zip(claim).map(|(said, claim)| Turn { claim, later: None, said }).collect()
    }

    #[test]
    fn what_was_taken_off_gives_way_to_what_a_later_payer_takes_as_left() {
        let first = said(160, "line 1 CO-29 1.00, line 2 CO-45 0.10, line 2 PR-2 0.10, remarks N1");
        let second = said(160, "line 1 CO-45 0.40, line 2 OA-23 0.50");
        let usual = said(160, "line 1 OA-23 1.00, line 2 OA-23 0.50, line 2 PR-2 0.05");
        let hidden = said(160, "CO-45 1.50");
        let back = said(-160, "line 1 CO-45 -0.40, line 2 OA-23 -0.50");
        let third = said(160, "OA-23 1.00, PR-2 0.10");
        let denied = Said { word: Word::Denied, ..said(160, "OA-23 1.50, CO-16 0.10") };
        let cases: [(Vec<Vec<Said>>, i64); 9] = [
            // Nor does what its payer decided anew.
            (vec![vec![first.clone()], vec![denied, usual.clone()]], 0),
            (vec![vec![first.clone()]], 0),
            (vec![vec![first.clone()], vec![usual.clone()]], 0),
            (vec![vec![first.clone()], vec![second.clone()]], 100),
            (vec![vec![first.clone()], vec![hidden]], 0),
            // What is taken back, or has not come yet, moves nothing.
            (vec![vec![first.clone()], vec![second.clone(), back]], 0),
            (vec![vec![], vec![second]], 0),
            // The second left 0.05, and the third takes 0.60.
            (vec![vec![first.clone()], vec![usual], vec![third.clone()]], 55),
            (vec![vec![first], vec![], vec![third]], 50),
        ];
        for (all, expected) in cases {
            let found = given_way(&turns(all), Money::from_cents(160));
            assert_eq!(found, Money::from_cents(expected));
        }
    }
}
