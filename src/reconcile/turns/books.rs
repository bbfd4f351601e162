//! What was posted so far of a service: what gave way, what was given up, and what next payers are asked
//! for.

use std::collections::{BTreeMap, HashMap};

use x12::value::Money;

use super::add_to;
use crate::change::ClaimId;
use crate::ledger::{Account, GivenUp, Posting, TakenOff, given_way, next_is_asked};

/// What was posted of what gives way, of what was given up, and of what next payers are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posted {
    pub(super) given: TakenOff,
    pub given_up: GivenUp,
    /// Money that waited in suspense, and was posted to the claim.
    pub attached: Money,
    /// By the claim that went to the payer that is asked.
    pub(super) asked: BTreeMap<ClaimId, TakenOff>,
}

impl Posted {
    pub fn add<'p>(&mut self, postings: impl IntoIterator<Item = &'p Posting> + Clone) {
        self.given_up.add(postings.clone());
        let is_attached =
            |made: &&Posting| made.account == Account::Suspense && made.claim.is_some();
        self.attached +=
            postings.clone().into_iter().filter(is_attached).map(|made| made.amount).sum::<Money>();
        add_to(&mut self.given, &given_way(postings.clone()));
        for made in postings {
            let asked = next_is_asked([made]);
            if let Some(claim) = made.claim.filter(|_| !asked.is_empty()) {
                add_to(self.asked.entry(claim).or_default(), &asked);
            }
        }
    }

    fn add_all(&mut self, later: &Posted) {
        self.given_up = self.given_up.with(&later.given_up);
        self.attached += later.attached;
        add_to(&mut self.given, &later.given);
        for (claim, asked) in &later.asked {
            add_to(self.asked.entry(*claim).or_default(), asked);
        }
    }
}

/// What was posted so far: by what is in the store, and by all that came until now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    stored: Posted,
    pub now: Posted,
    /// The charge of a claim of which no posting was read, for nobody spoke of it before this arrival.
    pub untouched: Option<Money>,
}

impl Books {
    /// Takes note of what is in the store.
    pub fn add_stored(&mut self, postings: &[Posting]) {
        self.stored.add(postings);
        self.now = self.stored.clone();
    }

    /// Takes note of all that is not in the store yet of these claims.
    pub fn bring_up_to_date(&mut self, claims: impl IntoIterator<Item = ClaimId>, made: &MadeHere) {
        self.now = self.stored.clone();
        for posted in claims.into_iter().filter_map(|claim| made.0.get(&claim)) {
            self.now.add_all(posted);
        }
    }
}

/// What was posted of claims and is not in the store yet.
#[derive(Debug, Default)]
pub struct MadeHere(HashMap<ClaimId, Posted>);

impl MadeHere {
    pub fn note(&mut self, postings: &[Posting]) {
        for made in postings {
            if let Some(claim) = made.claim {
                self.0.entry(claim).or_default().add([made]);
            }
        }
    }
}
