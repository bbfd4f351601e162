//! What changes when deposits and remittances are looked at together: pairs, cases and postings.

use std::collections::BTreeMap;

use x12::value::Day;

use super::cases::cases;
use super::pairing::{pairings, taken_back};
use crate::change::deposits::{
    BankChange, DepositTier, KeptCase, KeptDeposit, Pairing, Reassociation,
};
use crate::change::{Change, NewWork, Stamp, WorkMove, WorkState, WorkWords};
use crate::ledger::{self, Posting};

/// How long is waited for the side that is missing, in business days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// For a remittance after its deposit.
    pub remittance_days: u32,
    /// For a deposit after its remittance.
    pub deposit_days: u32,
    /// For a check, which comes by mail.
    pub check_days: u32,
    /// The first day of any deposit; `None` while there is none.
    pub since: Option<Day>,
}

/// What is to be written, so that pairs and cases are those of all that is known; `None` when they
/// are. `payers` are what payers are called in the settings.
pub fn reassociate(
    known: &Reassociation,
    payers: &[String],
    terms: &Terms,
    stamp: &Stamp,
) -> Option<Change> {
    let persons = known.pairings.iter().filter(|pairing| pairing.tier == DepositTier::Person);
    let sure = pairings(known, payers);
    let mut all = sure.clone();
    all.extend(persons.cloned());
    let mut change = Change { at: stamp.now, ..Change::default() };
    let bank = &mut change.bank;
    bank.version = Some(known.version);
    let is_kept = |pairing: &&Pairing| {
        pairing.tier == DepositTier::Person || sure.iter().any(|one| is_same(one, pairing))
    };
    let taken_back = taken_back(known);
    for parted in known.pairings.iter().filter(|pairing| !is_kept(pairing)) {
        let why = match taken_back.get(&parted.deposit) {
            Some(taker) => format!("the bank took it back: deposit {}", taker.0),
            None => "what came since speaks against it".to_owned(),
        };
        bank.parted.push((parted.clone(), why, postings_of(known, parted, true)));
    }
    let is_new = |pairing: &&Pairing| !known.pairings.iter().any(|one| is_same(one, pairing));
    for paired in sure.iter().filter(is_new) {
        bank.paired.push((paired.clone(), postings_of(known, paired, false)));
    }
    let wanted = cases(known, payers, &all, terms, stamp.today);
    compare_cases(known, wanted, &mut change);
    let is_nothing = change.bank.is_empty() && change.work_moves.is_empty();
    (!is_nothing).then_some(change)
}

fn is_same(one: &Pairing, other: &Pairing) -> bool {
    (one.deposit, one.payment, one.amount) == (other.deposit, other.payment, other.amount)
}

/// What a pair posts, or what undoes that.
pub(super) fn postings_of(
    known: &Reassociation,
    pairing: &Pairing,
    is_undone: bool,
) -> Vec<Posting> {
    let place = known.deposits.iter().find(|kept| kept.id == pairing.deposit);
    let place = place.map(|KeptDeposit { deposit, .. }| deposit.place).unwrap_or_default();
    let amount = if is_undone { -pairing.amount } else { pairing.amount };
    ledger::deposited(amount, place)
}

/// New cases are opened, what is said of others is brought up to date, and those that are over are
/// closed. What a person closed stays closed until it is over, or something else is to be said.
fn compare_cases(known: &Reassociation, wanted: Vec<super::cases::Case>, change: &mut Change) {
    let mut wanted: BTreeMap<String, _> = wanted.into_iter().collect();
    for case in &known.cases {
        let KeptCase { key, state, words, .. } = case;
        let is_open = state.is_open();
        match wanted.get(key) {
            Some(work) if is_open || words.what.as_ref() == Some(&work.what) => {
                let says = said(work);
                if is_open && says != *words {
                    change.work_moves.push(WorkMove { says: Some(says), ..step(case, *state) });
                }
                wanted.remove(key);
            }
            Some(_) | None => {
                change.bank.closed.push(key.clone());
                if is_open {
                    change.work_moves.push(closed(case));
                }
            }
        }
    }
    change.bank.cases.extend(wanted);
}

fn said(work: &NewWork) -> WorkWords {
    let NewWork { what, action, evidence, amount, .. } = work.clone();
    let (what, action) = (Some(what), Some(action));
    WorkWords { what, action, evidence: Some(evidence), amount: Some(amount) }
}

fn step(case: &KeptCase, to: WorkState) -> WorkMove {
    let (owner, note) = (case.owner.clone(), case.note.clone());
    WorkMove { work: case.work, from: case.state, to, owner, note, says: None }
}

fn closed(case: &KeptCase) -> WorkMove {
    let note = "closed by itself: deposits and remittances agree".to_owned();
    WorkMove { note, ..step(case, WorkState::Resolved) }
}

/// Nothing but what is to be written of a person's decision.
pub(super) fn change_of(bank: BankChange, stamp: &Stamp) -> Change {
    Change { at: stamp.now, bank, ..Change::default() }
}
