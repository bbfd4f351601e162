//! Denials by payer, reason and provider, out of the ledger.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use x12::fault::Place;
use x12::phi::Phi;
use x12::value::Money;

use super::cells::{Cell, Column, Kind, column, text};
use super::facts::{DeniedCase, Entry, Later, Remittance};
use super::{Asked, Row};
use crate::change::{ArrivalId, ClaimId, Moment};
use crate::denials::reasons::Class;
use crate::denials::table;
use crate::ledger::{Account, PAID_TO_PATIENT, Posting, adjustments_in, taken_off};

pub const COLUMNS: &[Column] = &[
    text("payer", 16),
    text("provider", 12),
    text("group", 7),
    text("reason", 8),
    text("meaning", 50),
    text("topic", 20),
    column("claims", Kind::Count),
    column("denials", Kind::Count),
    column("denied", Kind::Money),
    column("taken_back", Kind::Money),
    column("left", Kind::Money),
];

pub const MEAN: &[&str] = &[
    "one row for each payer, billing provider (NPI), group (CAS01) and reason (CARC) with a denial",
    "a denial is an adjustment that was posted and whose reason is one that the queue gives to a desk, by our table and the rows of config/denials.toml that name no remark; contractual reductions, patients' shares by their benefits, and lines that 97 rolls up in another one that OA-94 adds them to, of their claim or of another one of the patient, are none: the queue has no item of them",
    "claims: claims with such a denial; denials: how often it was posted, each line counted by itself",
    "denied: the adjustments that lowered a payment; taken_back: what reversals gave back of them, with a minus; left: both together",
    "of a payer after the first: what it denies to the patient's account (PR) counts too, though that account has it already and nothing is posted; and of one claim payment no more than what the payer before it left, for the rest gives way to that one's decision",
    "what waits in suspense is not posted, and so not in it",
];

/// The reason of what is paid with another service, or denied as a part of it.
const ROLLED_UP: &str = "97";

/// Denials so far.
#[derive(Debug, Default)]
pub struct Denials {
    /// By payer, provider, group and reason.
    rows: BTreeMap<[String; 4], Sum>,
    /// The CLPs that items are about: the bytes where they begin, by file and account.
    told: HashMap<(ArrivalId, ClaimId), Vec<usize>>,
    /// What is rolled up in other services, by claim, line and group.
    rolled_up: HashMap<(ClaimId, String, String), Money>,
    /// How much a CLP of a payer after the first may still deny of what was left to it, by its item.
    left: HashMap<Clp, Money>,
    /// What items were opened with.
    at_risk: HashMap<Clp, Money>,
    /// What such CLPs took off beyond that, by claim, payer, line and code.
    beyond: HashMap<(ClaimId, [String; 3]), Money>,
}

/// A CLP: its file, the account, and the byte where it begins.
type Clp = (ArrivalId, ClaimId, usize);

#[derive(Debug, Default)]
struct Sum {
    claims: BTreeSet<ClaimId>,
    times: u64,
    denied: Money,
    taken_back: Money,
}

impl Denials {
    /// Takes an item about a denial. All items come before the first posting.
    pub fn take_case(&mut self, case: &DeniedCase) {
        let (Some(account), Some(arrival)) = (case.account, case.arrival) else { return };
        let offset = case.remitted.unwrap_or_default();
        self.told.entry((arrival, account)).or_default().push(offset);
        *self.at_risk.entry((arrival, account, offset)).or_default() += case.amount;
    }

    /// Takes what payers after the first said in a remittance. All remittances come before the first posting.
    pub fn take_later(&mut self, remittance: &Remittance, asked: &Asked) {
        for told in &remittance.claims {
            let Some(later) = &told.later else { continue };
            let clp = (remittance.arrival, later.account, later.offset);
            if let Some(at_risk) = self.at_risk.get(&clp) {
                self.left.insert(clp, *at_risk);
            }
        }
        for entry in left_to_patient(remittance) {
            self.take(&entry, asked);
        }
    }

    /// Takes a posting, when it is asked for and denies something.
    pub fn take(&mut self, entry: &Entry, asked: &Asked) {
        if self.is_rolled_up(entry) {
            return;
        }
        let is_asked = asked.is_within(entry.paid_on)
            && asked.is_payer(&entry.payer)
            && asked.is_office(&entry.office);
        let Some((group, code)) = adjusted(entry).filter(|_| is_asked) else { return };
        let coded = table::Asked { payer: &entry.payer, group, reason: code, remarks: &[] };
        if asked.denials.class(&coded) != Class::Denial {
            return;
        }
        let key = [&entry.payer, &entry.provider, group, code].map(str::to_owned);
        let Some(amount) = self.within_left(entry) else { return };
        let sum = self.rows.entry(key).or_default();
        sum.claims.extend(entry.posting.claim);
        match amount.is_negative() {
            true => sum.taken_back += amount,
            false => {
                sum.times += 1;
                sum.denied += amount;
            }
        }
    }

    /// What of a posting was left to the payer that denies it, or is taken back of that; `None` of what was not.
    fn within_left(&mut self, entry: &Entry) -> Option<Money> {
        let Posting { amount, line, reason, source, .. } = &entry.posting;
        let (Some(claim), Some(arrival)) = (entry.posting.claim, entry.arrival) else {
            return Some(*amount);
        };
        let key = (claim, [&entry.payer, line, reason].map(Clone::clone));
        if amount.is_negative() {
            let Some(beyond) = self.beyond.get_mut(&key) else { return Some(*amount) };
            let part = (*beyond).min(-*amount);
            *beyond -= part;
            return Some(*amount + part).filter(|rest| !rest.is_zero());
        }
        let clps = self.told.get(&(arrival, claim)).into_iter().flatten();
        let clp = clps.copied().filter(|clp| *clp <= source.offset).max();
        let Some(left) = clp.and_then(|clp| self.left.get_mut(&(arrival, claim, clp))) else {
            return Some(*amount);
        };
        let part = (*amount).min(*left);
        *left -= part;
        if part < *amount {
            *self.beyond.entry(key).or_default() += *amount - part;
        }
        Some(part).filter(|part| !part.is_zero())
    }

    /// Whether a posting takes off what is paid with another service, of its claim or of another one, or gives
    /// that back: the queue has no item of it, as it has of a denial with the same reason.
    fn is_rolled_up(&mut self, entry: &Entry) -> bool {
        let Some((group, ROLLED_UP)) = adjusted(entry) else { return false };
        let (Some(claim), Some(arrival)) = (entry.posting.claim, entry.arrival) else {
            return false;
        };
        let amount = entry.posting.amount;
        let key = (claim, entry.posting.line.clone(), group.to_owned());
        if amount.is_negative() {
            let Some(known) = self.rolled_up.get_mut(&key) else { return false };
            let is_its = -amount <= *known;
            *known += if is_its { amount } else { Money::ZERO };
            return is_its;
        }
        let offset = entry.posting.source.offset;
        let told = self.told.get(&(arrival, claim));
        let is_told = told.is_some_and(|all| all.iter().any(|clp| *clp <= offset));
        if !is_told {
            *self.rolled_up.entry(key).or_default() += amount;
        }
        !is_told
    }

    pub fn rows(&self, asked: &Asked) -> Vec<Row> {
        let row = |([payer, provider, group, code], sum): (&[String; 4], &Sum)| {
            let coded = table::Asked { payer, group, reason: code, remarks: &[] };
            vec![
                Cell::text(payer),
                Cell::text(provider),
                Cell::text(group),
                Cell::text(code),
                Cell::text(asked.denials.meaning(&coded)),
                Cell::text(asked.denials.topic(&coded).name()),
                Cell::count(sum.claims.len()),
                Cell::Count(sum.times),
                Cell::Money(sum.denied),
                Cell::Money(sum.taken_back),
                Cell::Money(sum.denied + sum.taken_back),
            ]
        };
        self.rows.iter().map(row).collect()
    }
}

/// What payers after the first leave to the patient in a remittance, as if it were posted: the account of the
/// patient has it already.
pub(super) fn left_to_patient(remittance: &Remittance) -> impl Iterator<Item = Entry> {
    let later = remittance.claims.iter().filter_map(|told| Some((told, told.later.as_ref()?)));
    later.flat_map(move |(told, Later { account, offset, adjustments })| {
        let of_patient = adjustments_in(adjustments).filter(|(_, code, _)| code.starts_with("PR-"));
        of_patient.map(move |(line, code, amount)| Entry {
            id: 0,
            payment: Some(remittance.id),
            arrival: Some(remittance.arrival),
            payer: remittance.payer.clone(),
            trace: String::new(),
            paid_on: remittance.paid_on,
            deposited_on: None,
            booked_at: Moment(0),
            office: told.office.clone(),
            provider: told.provider.clone(),
            control_number: Phi::default(),
            posting: Posting {
                account: Account::Patient,
                claim: Some(*account),
                line: line.to_owned(),
                amount,
                reason: code.to_owned(),
                source: Place { offset: *offset, ..Place::default() },
            },
        })
    })
}

/// Group and reason of an adjustment that a remittance posted. Of its two sides it is the one that
/// is not what was owed: of the patient's account, what the payer moved there.
pub(super) fn adjusted(entry: &Entry) -> Option<(&str, &str)> {
    entry.payment?;
    let posting = &entry.posting;
    if posting.account != Account::Patient {
        return taken_off(posting);
    }
    let (group, code) = posting.group_and_reason()?;
    (group == "PR" || code == PAID_TO_PATIENT).then_some((group, code))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::change::cases::Alike;
    use crate::change::{WorkId, WorkState};
    use crate::denials::table::Table;

    /// What a remittance takes off a claim at a byte of its file.
    fn entry(claim: i64, code: &str, cents: i64, offset: usize) -> Entry {
        let posting = Posting {
            account: Account::Contractual,
            claim: Some(ClaimId(claim)),
            line: "1".to_owned(),
            amount: Money::from_cents(cents),
            reason: code.to_owned(),
            source: Place { offset, ..Place::default() },
        };
        Entry {
            id: 0,
            payment: Some(1),
            arrival: Some(ArrivalId(9)),
            payer: "acme".to_owned(),
            trace: String::new(),
            paid_on: None,
            deposited_on: None,
            booked_at: Moment(0),
            office: String::new(),
            provider: String::new(),
            control_number: Phi::default(),
            posting,
        }
    }

    fn item(account: i64, clp: usize) -> DeniedCase {
        DeniedCase {
            item: WorkId(1),
            state: WorkState::Resolved,
            opened_at: Moment(0),
            claim: Some(ClaimId(account)),
            account: Some(ClaimId(account)),
            arrival: Some(ArrivalId(9)),
            remitted: Some(clp),
            office: String::new(),
            alike: Alike::default(),
            amount: Money::ZERO,
            ending: None,
            recovered: Money::ZERO,
        }
    }

    /// In a laboratory what is rolled up in one claim is paid with another one of the patient (RFI 2009).
    #[test]
    fn what_is_paid_with_another_claim_is_no_denial() {
        let asked = Asked { denials: Arc::new(Table::default()), ..Asked::default() };
        let told = |entries: &[Entry]| {
            let mut denials = Denials::default();
            // Claim 2 has an item, claim 1 none.
            denials.take_case(&item(2, 500));
            for entry in entries {
                denials.take(entry, &asked);
            }
            let rows = denials.rows(&asked).into_iter();
            let told = rows.map(|row| [row[3].clone(), row[7].clone(), row[10].clone()]);
            told.collect::<Vec<_>>()
        };
        let row = |code: &str, times, cents| {
            [Cell::text(code), Cell::Count(times), Cell::Money(Money::from_cents(cents))]
        };
        let (bundle, back) = (entry(1, "CO-97", 3_000, 120), entry(1, "CO-97", -3_000, 900));
        assert!(told(std::slice::from_ref(&bundle)).is_empty());
        assert!(told(&[bundle.clone(), back.clone()]).is_empty(), "nor is its reversal");
        let denied = entry(2, "CO-97", 4_000, 520);
        assert_eq!(told(&[bundle.clone(), denied]), [row("97", 1, 4_000)]);
        // Nobody knows what this gives back.
        assert_eq!(told(&[back]), [row("97", 0, -3_000)]);
        assert_eq!(told(&[bundle, entry(1, "CO-16", 500, 120)]), [row("16", 1, 500)]);
    }
}
