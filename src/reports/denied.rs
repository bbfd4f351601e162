//! Denials by payer, reason and provider, out of the ledger.

use std::collections::{BTreeMap, BTreeSet};

use x12::value::Money;

use super::cells::{Cell, Column, Kind, column, text};
use super::facts::Entry;
use super::{Asked, Row};
use crate::change::ClaimId;
use crate::denials::reasons::Class;
use crate::denials::table;
use crate::ledger::{Account, PAID_TO_PATIENT};

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
    "a denial is an adjustment that was posted and whose reason is one that the queue gives to a desk, by our table and the rows of config/denials.toml that name no remark; contractual reductions, patients' shares by their benefits, and lines that CO-97 rolls up in another one of their claim that OA-94 adds them to, are none",
    "claims: claims with such a denial; denials: how often it was posted, each line counted by itself",
    "denied: the adjustments that lowered a payment; taken_back: what reversals gave back of them, with a minus; left: both together",
    "what waits in suspense is not posted, and so not in it",
];

/// Denials so far.
#[derive(Debug, Default)]
pub struct Denials {
    /// By payer, provider, group and reason.
    rows: BTreeMap<[String; 4], Sum>,
}

#[derive(Debug, Default)]
struct Sum {
    claims: BTreeSet<ClaimId>,
    times: u64,
    denied: Money,
    taken_back: Money,
}

impl Denials {
    /// Takes a posting, when it is asked for and denies something.
    pub fn take(&mut self, entry: &Entry, asked: &Asked) {
        let is_asked = asked.is_within(entry.paid_on)
            && asked.is_payer(&entry.payer)
            && asked.is_office(&entry.office);
        let Some((group, code)) = adjusted(entry).filter(|_| is_asked) else { return };
        let coded = table::Asked { payer: &entry.payer, group, reason: code, remarks: &[] };
        if asked.denials.class(&coded) != Class::Denial {
            return;
        }
        let key = [&entry.payer, &entry.provider, group, code].map(str::to_owned);
        let sum = self.rows.entry(key).or_default();
        sum.claims.extend(entry.posting.claim);
        let amount = entry.posting.amount;
        match amount.is_negative() {
            true => sum.taken_back += amount,
            false => {
                sum.times += 1;
                sum.denied += amount;
            }
        }
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

/// Group and reason of an adjustment that a remittance posted. Of its two sides it is the one that
/// is not what was owed: of the patient's account, what the payer moved there.
pub(super) fn adjusted(entry: &Entry) -> Option<(&str, &str)> {
    entry.payment?;
    let (group, code) = entry.posting.reason.split_once('-')?;
    let is_it = match entry.posting.account {
        Account::Contractual => true,
        // What the contract takes off stands there only when it is added to another line.
        Account::OtherAdjustment => group != "CO",
        Account::Patient => group == "PR" || code == PAID_TO_PATIENT,
        Account::Receivable
        | Account::Charges
        | Account::Cash
        | Account::Interest
        | Account::Capitation
        | Account::Forwarded
        | Account::Takeback
        | Account::ProviderAdjustment
        | Account::Suspense
        | Account::Returned
        | Account::WriteOff
        | Account::Bank
        | Account::Unexplained => false,
    };
    // `write-off` has a hyphen too.
    (is_it && group.len() == 2).then_some((group, code))
}
