//! What payers denied and is worked on. The ledger took it off what they owe the moment they denied it, so
//! that it stands beside the receivables until the work on it ends.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use x12::value::Money;

use super::denied::adjusted;
use super::facts::{DeniedCase, Entry};
use crate::change::cases::Ending;
use crate::change::{ArrivalId, ClaimId, WorkState};
use crate::denials::reasons::{Class, OF_COPIES, is_next_payers_alone, may_be_next_payers};
use crate::denials::table::{self, Table};
use crate::ledger::{Account, GIVES_WAY};

/// What payers denied, as the ledger has it, and the open items about it.
#[derive(Debug, Default)]
pub struct Denied {
    table: Arc<Table>,
    /// What items are about, by the file that it came in and the account, in the order of the bytes there.
    told: HashMap<(ArrivalId, ClaimId), Vec<Told>>,
    /// What is at risk by the open items of each account.
    at_risk: HashMap<ClaimId, AtRisk>,
    /// Accounts of which the payer took a correction for a copy, and somebody works on that.
    taken_for_copies: HashSet<ClaimId>,
    payers: Names,
    codes: Names,
    /// Whether a code (its place in `codes`) of a payer is a denial.
    denials: HashMap<(u32, u32), bool>,
    taken_off: HashMap<ClaimId, Vec<TakenOff>>,
    /// What gave way of each account to a later payer.
    given: HashMap<ClaimId, Money>,
}

/// A CLP that an item is about.
#[derive(Debug)]
struct Told {
    /// The byte where it begins; all of its file where that is not known.
    offset: usize,
    /// Group and reason of what costs most there; empty when the payer gave none.
    leading: String,
    stage: Option<Stage>,
}

/// Where the work on a denial stands; of several items about a line the last of these counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// A person closed it, and nobody is asked for it any more.
    GivenUp,
    /// The payer denied the corrected claim too.
    DeniedAgain,
    /// A corrected claim was released, and the payer has not decided on it.
    Released,
    /// Somebody has to do something.
    Open,
}

impl Stage {
    fn of(case: &DeniedCase) -> Option<Stage> {
        match (case.ending, case.state) {
            (Some(Ending::GivenUp), _) => Some(Stage::GivenUp),
            (_, WorkState::Resolved) => None,
            (Some(Ending::DeniedAgain), _) => Some(Stage::DeniedAgain),
            (Some(Ending::Corrected | Ending::Appealed | Ending::PaidLater), _) => None,
            (None, WorkState::Open | WorkState::Taken) => Some(Stage::Open),
            (None, WorkState::Released) => Some(Stage::Released),
        }
    }

    /// Whether somebody works on the item, or waits for what comes of it.
    const fn is_at_work(self) -> bool {
        match self {
            Stage::Released | Stage::Open => true,
            Stage::GivenUp | Stage::DeniedAgain => false,
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct AtRisk {
    open: Money,
    released: Money,
}

/// What one payer took off one line of a claim with one code, less what it took back of it.
#[derive(Debug)]
struct TakenOff {
    line: u32,
    payer: u32,
    code: u32,
    is_of_patient: bool,
    is_denial: bool,
    of_next: OfNext,
    /// Of the item that is about it.
    stage: Option<Stage>,
    amount: Money,
}

/// Whether what is taken off may be the next payer's to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OfNext {
    No,
    /// Where nobody corrects it.
    Perhaps,
    /// Nobody can.
    Surely,
}

impl OfNext {
    fn of(group: &str, reason: &str) -> OfNext {
        match (may_be_next_payers(group, reason), is_next_payers_alone(group, reason)) {
            (_, true) => OfNext::Surely,
            (true, false) => OfNext::Perhaps,
            (false, false) => OfNext::No,
        }
    }
}

/// What decides whether a denial is worked on, besides its item.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    /// The payer has the claim once more, or one in its place, and has not decided on it.
    pub is_with_payer: bool,
    pub is_closed: bool,
}

/// Whether a claim goes on to the payer after the one that denied it, and no claim of ours went there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoesOn {
    No,
    /// Its office bills that one, or it is not decided yet.
    ToCome,
    /// That one has it, for the payer before passed it on.
    PassedOn,
}

/// What a payer denied of a claim, and is worked on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtWork {
    /// Taken off what is owed.
    pub beside: Money,
    /// Left to the patient, whose account has it.
    pub patients: Money,
}

impl Denied {
    pub fn new(table: &Arc<Table>) -> Denied {
        Denied { table: Arc::clone(table), ..Denied::default() }
    }

    /// Takes an item about a denial. All items come before the first posting.
    pub fn take_case(&mut self, case: &DeniedCase) {
        let (Some(account), Some(arrival)) = (case.account, case.arrival) else { return };
        let (stage, alike) = (Stage::of(case), &case.alike);
        match stage {
            Some(Stage::Open) => self.at_risk.entry(account).or_default().open += case.amount,
            Some(Stage::Released) => {
                self.at_risk.entry(account).or_default().released += case.amount;
            }
            Some(Stage::GivenUp | Stage::DeniedAgain) | None => {}
        }
        // What it denied before stands, for nothing is posted of what it takes for a copy of that.
        if stage.is_some_and(Stage::is_at_work) && OF_COPIES.contains(&alike.reason.as_str()) {
            self.taken_for_copies.insert(account);
        }
        let leading = match alike.reason.is_empty() {
            true => String::new(),
            false => format!("{}-{}", alike.group, alike.reason),
        };
        let told = Told { offset: case.remitted.unwrap_or_default(), leading, stage };
        let all = self.told.entry((arrival, account)).or_default();
        all.push(told);
        // Of items about one CLP the one that is open stands last, and counts.
        all.sort_by_key(|one| (one.offset, one.stage));
    }

    /// Takes a posting.
    pub fn take(&mut self, entry: &Entry) {
        let posting = &entry.posting;
        let Some(account) = posting.claim else { return };
        if posting.reason == GIVES_WAY && posting.account != Account::Patient {
            *self.given.entry(account).or_default() += posting.amount;
            return;
        }
        let Some((group, reason)) = adjusted(entry) else { return };
        let payer = self.payers.place(&entry.payer);
        let code = self.codes.place(&posting.reason);
        let is_denial = *self.denials.entry((payer, code)).or_insert_with(|| {
            let asked = table::Asked { payer: &entry.payer, group, reason, remarks: &[] };
            self.table.class(&asked) == Class::Denial
        });
        let told = self.told_of(entry).filter(|_| !posting.amount.is_negative());
        let is_leading = |one: &&Told| one.leading.is_empty() || one.leading == posting.reason;
        let told = told.filter(|one| is_denial || is_leading(one));
        let stage = told.and_then(|one| one.stage);
        let is_worked_on = stage.is_some_and(Stage::is_at_work);
        // What an item may be about by its remarks alone is kept with all that takes it back.
        if !is_denial && !self.at_risk.contains_key(&account) {
            return;
        }
        let new = TakenOff {
            line: posting.line.parse().unwrap_or_default(),
            payer,
            code,
            is_of_patient: posting.account == Account::Patient,
            is_denial: is_denial || is_worked_on,
            of_next: OfNext::of(group, reason),
            stage,
            amount: posting.amount,
        };
        add(self.taken_off.entry(account).or_default(), new);
    }

    /// The item that is about the CLP that a posting comes from.
    fn told_of(&self, entry: &Entry) -> Option<&Told> {
        let all = self.told.get(&(entry.arrival?, entry.posting.claim?))?;
        let offset = entry.posting.source.offset;
        all.iter().rev().find(|one| one.offset <= offset)
    }

    /// Whether anything of an account was denied, or gave way.
    pub fn has(&self, account: ClaimId) -> bool {
        self.taken_off.contains_key(&account) || self.given.contains_key(&account)
    }

    /// What of an account was denied and stands, less what gave way to a later payer. No more than that is
    /// worked on.
    pub fn standing(&self, account: ClaimId) -> Money {
        let all = self.taken_off.get(&account).into_iter().flatten();
        let denied = all.filter(|one| one.is_denial && !one.is_of_patient);
        let given = self.given.get(&account).copied().unwrap_or_default();
        denied.map(|one| one.amount).sum::<Money>() + given
    }

    /// What of an account is worked on, by the payer that denied it. Several items about one line count
    /// it once, and together no more than they say is at risk.
    pub fn at_work(
        &self,
        account: ClaimId,
        standing: Standing,
        goes_on: GoesOn,
    ) -> BTreeMap<&str, AtWork> {
        let mut found: BTreeMap<&str, AtWork> = BTreeMap::new();
        for one in self.taken_off.get(&account).into_iter().flatten() {
            let is_at_work = self.is_at_work(account, one, standing)
                && !is_owed_by_next(one, standing, goes_on)
                && Money::ZERO < one.amount;
            if !is_at_work {
                continue;
            }
            let of_payer = found.entry(self.payers.name(one.payer)).or_default();
            match one.is_of_patient {
                true => of_payer.patients += one.amount,
                false => of_payer.beside += one.amount,
            }
        }
        let at_risk = self.at_risk.get(&account).copied().unwrap_or_default();
        let released = if standing.is_closed { Money::ZERO } else { at_risk.released };
        let mut left = at_risk.open + released;
        for part in found.values_mut().filter(|_| !standing.is_with_payer) {
            part.beside = part.beside.min(left);
            left -= part.beside;
            part.patients = part.patients.min(left);
            left -= part.patients;
        }
        found
    }

    /// What of an account was denied as another payer's to pay, and the next one owes.
    pub fn owed_by_next(&self, account: ClaimId, standing: Standing, goes_on: GoesOn) -> Money {
        let all = self.taken_off.get(&account).into_iter().flatten();
        let of_next = all.filter(|one| is_owed_by_next(one, standing, goes_on));
        of_next.map(|one| one.amount).sum::<Money>().max(Money::ZERO)
    }

    fn is_at_work(&self, account: ClaimId, one: &TakenOff, standing: Standing) -> bool {
        let has_item = match one.stage {
            Some(Stage::Open) => true,
            Some(Stage::Released) => !standing.is_closed,
            Some(Stage::DeniedAgain) => {
                !standing.is_closed && self.taken_for_copies.contains(&account)
            }
            Some(Stage::GivenUp) | None => false,
        };
        has_item || (standing.is_with_payer && one.is_denial)
    }
}

/// Whether the payer after the one that denied it owes it.
fn is_owed_by_next(one: &TakenOff, standing: Standing, goes_on: GoesOn) -> bool {
    let has_no_item = one.stage.is_none();
    let is_its = match (one.of_next, goes_on) {
        (OfNext::No, _) | (_, GoesOn::No) => false,
        (OfNext::Surely, GoesOn::PassedOn) => one.stage != Some(Stage::GivenUp),
        // Somebody decides first whether it is that one's.
        (OfNext::Perhaps, GoesOn::PassedOn) | (_, GoesOn::ToCome) => has_no_item,
    };
    is_its && one.is_denial && !one.is_of_patient && !standing.is_closed
}

/// Adds to what is known of a line, or begins it.
fn add(all: &mut Vec<TakenOff>, new: TakenOff) {
    let key = |one: &TakenOff| (one.line, one.payer, one.code, one.is_of_patient);
    match all.iter_mut().find(|one| key(one) == key(&new)) {
        Some(known) => {
            known.amount += new.amount;
            known.is_denial |= new.is_denial;
            known.stage = known.stage.max(new.stage);
        }
        None => all.push(new),
    }
}

/// Words that come again and again, each by its place.
#[derive(Debug, Default)]
struct Names {
    places: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn place(&mut self, name: &str) -> u32 {
        if let Some(&place) = self.places.get(name) {
            return place;
        }
        let place = u32::try_from(self.names.len()).expect("a store has fewer payers and codes");
        self.places.insert(name.to_owned(), place);
        self.names.push(name.to_owned());
        place
    }

    fn name(&self, place: u32) -> &str {
        self.names.get(place as usize).map_or("", String::as_str)
    }
}
