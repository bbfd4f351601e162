//! What the books say that nobody explained: no fault of the ledger, but a question to a person. What may be
//! asked about is found while the postings are read; only that is looked at closely.

use std::collections::{BTreeSet, HashMap};

use x12::value::Money;

use super::service::{Member, Service, Sums, Unexplained, is_decided, wants_item};
use crate::change::cases::Ending;
use crate::change::{ClaimId, Moment, WorkId, WorkState};
use crate::denials::table::Table;
use crate::ledger::{Account, GIVES_WAY};
use crate::reports::facts::{DeniedCase, Entry};
use crate::store::{self, Claim, Store, WorkFilter};

/// How many items are read at a time.
const ITEMS_PER_PAGE: u32 = 5_000;

/// How often a service is read anew while something is posted to it.
const ATTEMPTS_MAX: u32 = 3;

/// Something of a claim gave way to a later payer.
const GAVE_WAY: u8 = 1;
/// Something was taken off that wants an item.
const WANTS_ITEM: u8 = 2;
/// A denial of it has an item that is open, or that a person gave up.
const HAS_ITEM: u8 = 4;
/// Its payer is done with it.
const IS_DECIDED: u8 = 8;

/// What the postings of each claim come to.
pub(super) struct Books<'t> {
    table: &'t Table,
    /// By the number of the claim.
    sums: Vec<Sums>,
    marks: Vec<u8>,
    /// Whether what a payer takes off with a code wants an item.
    codes: HashMap<String, HashMap<String, bool>>,
    /// Claims that follow another one or went out in its place, each with that one; once all are taken, in
    /// order and each with the first of all.
    roots: Vec<(ClaimId, ClaimId)>,
}

impl<'t> Books<'t> {
    /// For about so many claims.
    pub fn new(table: &'t Table, claims: u64) -> Books<'t> {
        let claims = usize::try_from(claims).unwrap_or_default() + 1;
        Books {
            table,
            sums: Vec::with_capacity(claims),
            marks: Vec::with_capacity(claims),
            codes: HashMap::new(),
            roots: Vec::new(),
        }
    }

    /// Takes a posting.
    pub fn add(&mut self, entry: &Entry) {
        let posting = &entry.posting;
        let Some(at) = posting.claim.and_then(place_of) else { return };
        if self.sums.len() <= at {
            self.sums.resize(at + 1, Sums::default());
        }
        if let Some(sums) = self.sums.get_mut(at) {
            sums.add(posting.account, posting.amount);
        }
        if matches!(posting.account, Account::Contractual | Account::OtherAdjustment) {
            let mark = match posting.reason == GIVES_WAY {
                true => GAVE_WAY,
                false if self.wants_item(entry) => WANTS_ITEM,
                false => 0,
            };
            self.mark(at, mark);
        }
    }

    fn wants_item(&mut self, entry: &Entry) -> bool {
        let (payer, posting) = (entry.payer.as_str(), &entry.posting);
        if let Some(&known) = self.codes.get(payer).and_then(|codes| codes.get(&posting.reason)) {
            return known;
        }
        let wants = wants_item(posting, payer, self.table);
        let codes = self.codes.entry(payer.to_owned()).or_default();
        codes.insert(posting.reason.clone(), wants);
        wants
    }

    fn mark(&mut self, at: usize, mark: u8) {
        if self.marks.len() <= at {
            self.marks.resize(at + 1, 0);
        }
        if let Some(marks) = self.marks.get_mut(at) {
            *marks |= mark;
        }
    }

    /// Takes a claim.
    pub fn take(&mut self, claim: &Claim) {
        if let Some(at) = place_of(claim.id).filter(|_| is_decided(claim.state)) {
            self.mark(at, IS_DECIDED);
        }
        if let Some(before) = claim.replaces.or(claim.follows) {
            self.roots.push((claim.id, before));
        }
    }

    /// A claim is later than the one that it follows or replaces.
    fn find_roots(&mut self) {
        self.roots.sort_unstable();
        for at in 0..self.roots.len() {
            let Some(&(_, before)) = self.roots.get(at) else { continue };
            let root = self.root_of(before).unwrap_or(before);
            if let Some(link) = self.roots.get_mut(at) {
                link.1 = root;
            }
        }
    }

    /// The first claim of the service of one that follows another or went out in its place.
    fn root_of(&self, claim: ClaimId) -> Option<ClaimId> {
        let at = self.roots.binary_search_by_key(&claim, |&(claim, _)| claim).ok()?;
        self.roots.get(at).map(|&(_, root)| root)
    }

    /// What nobody explained, once all postings and claims are taken.
    pub fn unexplained(
        mut self,
        store: &dyn Store,
        now: Moment,
    ) -> store::Result<Vec<Unexplained>> {
        self.find_roots();
        let mut after = WorkId(0);
        loop {
            let page = store.denied(after, ITEMS_PER_PAGE)?;
            let Some(last) = page.last() else { break };
            after = last.item;
            let known = page.iter().filter(|case| is_known(case));
            let claims: Vec<ClaimId> =
                known.flat_map(|case| [case.claim, case.account]).flatten().collect();
            for claim in claims {
                if let Some(at) = place_of(claim) {
                    self.mark(at, HAS_ITEM);
                }
            }
        }
        let mut members: Vec<(ClaimId, ClaimId)> = self.roots.clone();
        members.sort_unstable_by_key(|&(claim, root)| (root, claim));
        let mut found = Vec::new();
        for root in self.asked_about() {
            let from = members.partition_point(|&(_, other)| other < root);
            let to = members.partition_point(|&(_, other)| other <= root);
            let others = members.get(from..to).unwrap_or_default();
            let claims: Vec<ClaimId> =
                std::iter::once(root).chain(others.iter().map(|&(claim, _)| claim)).collect();
            found.extend(read(store, &claims)?.unexplained(self.table, now));
        }
        Ok(found)
    }

    /// The first claims of services that something may be asked about.
    fn asked_about(&self) -> BTreeSet<ClaimId> {
        let mut asked = BTreeSet::new();
        for (at, sums) in self.sums.iter().enumerate() {
            let marks = self.marks.get(at).copied().unwrap_or_default();
            let has = |mark: u8| marks & mark != 0;
            let is_refused = sums.is_all_taken_off() && has(WANTS_ITEM) && !has(HAS_ITEM);
            let is_left = has(IS_DECIDED) && Money::ZERO < sums.receivable;
            if sums.is_odd() || is_refused || is_left || has(GAVE_WAY) {
                let claim = ClaimId(at as i64);
                asked.insert(self.root_of(claim).unwrap_or(claim));
            }
        }
        asked
    }
}

/// Whether it is known for sure that somebody is to look, or did.
fn is_known(case: &DeniedCase) -> bool {
    match case.state {
        WorkState::Open | WorkState::Taken | WorkState::Released => true,
        WorkState::Resolved => case.ending == Some(Ending::GivenUp),
    }
}

fn place_of(claim: ClaimId) -> Option<usize> {
    usize::try_from(claim.0).ok()
}

/// A service as it is now. Where something is posted meanwhile, its items may be of before or after.
fn read(store: &dyn Store, claims: &[ClaimId]) -> store::Result<Service> {
    for attempt in 1..=ATTEMPTS_MAX {
        let before = revisions(store, claims)?;
        let mut service = Service::default();
        for &id in claims {
            let filter = WorkFilter { claim: Some(id), ..WorkFilter::default() };
            let postings = store.postings(id)?;
            service.items.extend(store.work(&filter)?);
            let Some(claim) = store.claim(id)? else { continue };
            service.members.push(Member { claim, postings });
        }
        if attempt == ATTEMPTS_MAX || revisions(store, claims)? == before {
            return Ok(service);
        }
    }
    Ok(Service::default())
}

fn revisions(store: &dyn Store, claims: &[ClaimId]) -> store::Result<Vec<Option<u64>>> {
    let of = |&id: &ClaimId| Ok(store.claim(id)?.map(|claim| claim.revision));
    claims.iter().map(of).collect()
}
