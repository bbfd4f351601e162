//! A file of the bank to a change: each deposit once, whichever file tells it.

use std::collections::{BTreeMap, BTreeSet};

use x12::fault::Place;
use x12::value::Money;

use super::{BankFile, Entry, Form};
use crate::change::deposits::{BankChange, Deposit, NewDeposit};
use crate::change::{ArrivalId, ContentHash};
use crate::ledger;

/// What a file comes to, for the operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub deposits: u64,
    pub amount: Money,
    /// Deposits that an earlier file told.
    pub known: u64,
    pub others: u64,
}

/// The deposits of a file. `hash` gives the digest of bytes; what is the same in two files has one
/// digest. What a file tells twice is told twice: its second time has a digest of its own.
pub fn deposits(
    file: &BankFile,
    arrival: ArrivalId,
    hash: &dyn Fn(&[u8]) -> ContentHash,
) -> Vec<Deposit> {
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    let mut deposits = Vec::with_capacity(file.entries.len());
    for entry in &file.entries {
        let words = words(entry, file.form);
        let time = times.entry(words.clone()).or_insert(0);
        *time += 1;
        let identity = hash(format!("{words}\n{time}").as_bytes()).0;
        deposits.push(Deposit {
            arrival,
            identity,
            day: entry.day,
            amount: entry.amount,
            way: entry.way,
            trace: entry.trace.clone(),
            payer_id: entry.payer_id.clone(),
            payer_name: entry.payer_name.clone(),
            bank_reference: entry.bank_reference.clone(),
            is_claim_payment: entry.is_claim_payment,
            place: Place { offset: entry.offset, segment: entry.record, ..Place::default() },
        });
    }
    deposits
}

/// What makes an entry the same money: none of it is a place in a file, nor a name that stands in a text of the bank's.
fn words(entry: &Entry, form: Form) -> String {
    let Entry { account, day, amount, trace, payer_id, payer_name, bank_reference, .. } = entry;
    let parts = [
        account.expose().as_str(),
        &day.to_string(),
        &amount.to_wire(),
        trace,
        payer_id,
        match form {
            Form::Bai2 => "",
            Form::Nacha | Form::Csv | Form::Any => payer_name,
        },
        bank_reference,
    ];
    parts.map(|part| part.replace('\n', " ")).join("\n")
}

/// What is new of the deposits of a file, with their postings. `known` are identities that earlier
/// files told.
pub fn change(
    file: &BankFile,
    deposits: Vec<Deposit>,
    known: &BTreeSet<String>,
) -> (BankChange, Taken) {
    let mut taken = Taken { others: file.others.into(), ..Taken::default() };
    let mut bank = BankChange::default();
    for deposit in deposits {
        if known.contains(&deposit.identity) {
            taken.known += 1;
            continue;
        }
        taken.deposits += 1;
        taken.amount += deposit.amount;
        let postings = ledger::deposit(deposit.amount, deposit.place);
        bank.deposits.push(NewDeposit { deposit, postings });
    }
    (bank, taken)
}
