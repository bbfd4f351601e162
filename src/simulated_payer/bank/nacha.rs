//! Entries of the ACH network: a batch CCD of the payer, each entry with the TRN of its remittance in
//! its addenda (CORE rule 370).

use super::super::write::{PAYEE_ACCOUNT, PAYEE_BANK, PAYER_BANK};
use super::{Letter, plain};

pub(super) fn write(letter: &Letter<'_>) -> String {
    let Letter { payer, when, transfers, .. } = letter;
    let (day, company, name) = (letter.day(), letter.company(), plain(&payer.name, 16));
    let from = bank(PAYER_BANK);
    let mut records = vec![
        format!(
            "101 {PAYEE_BANK} {PAYER_BANK}{day}{:<4}A094101{:<23}{:<23}{:8}",
            when.time, "BANK OF THE PAYEES", "BANK OF THE PAYER", ""
        ),
        format!(
            "5220{name:<16}{:20}{company:<10}CCDHCCLAIMPMT{day}{day}   1{from}{:07}",
            "", letter.number
        ),
    ];
    let mut counted = 0;
    for transfer in *transfers {
        let trn = letter.trn(transfer);
        let (number, cents) = (transfer.number, transfer.amount.cents());
        let has_addenda = u8::from(!trn.is_empty());
        let (id, payee) = (plain(&transfer.payee_id, 15), plain(&transfer.payee, 22));
        records.push(format!(
            "622{PAYEE_BANK}{PAYEE_ACCOUNT:<17}{cents:010}{id:<15}{payee:<22}  \
             {has_addenda}{from}{number:07}"
        ));
        counted += 1;
        if has_addenda == 1 {
            records.push(format!("705{trn:<80}0001{number:07}"));
            counted += 1;
        }
    }
    // The routing numbers without their check digits, added up; ten digits of it are kept.
    let hash: u64 = bank(PAYEE_BANK).parse().unwrap_or_default();
    let hash = hash * transfers.len() as u64 % 10_000_000_000;
    let sums = format!("{hash:010}{:012}{:012}", 0, letter.total().cents());
    records.push(format!("8220{counted:06}{sums}{company:<10}{:25}{from}{:07}", "", letter.number));
    let blocks = (records.len() + 1).div_ceil(RECORDS_PER_BLOCK);
    records.push(format!("9{:06}{blocks:06}{counted:08}{sums}{:39}", 1, ""));
    records.resize(blocks * RECORDS_PER_BLOCK, "9".repeat(94));
    records.join("\n") + "\n"
}

const RECORDS_PER_BLOCK: usize = 10;

/// A routing number without its check digit.
fn bank(routing: &str) -> &str {
    routing.get(..8).unwrap_or_default()
}
