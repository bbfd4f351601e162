//! A report of balances: one account with its transfers, each with its TRN on a line of its own.

use super::super::write::PAYEE_ACCOUNT;
use super::{Letter, plain};

pub(super) fn write(letter: &Letter<'_>) -> String {
    let Letter { payer, when, number, transfers } = letter;
    let (day, total) = (letter.day(), letter.total().cents());
    let mut records = vec![
        format!("01,PAYEESBANK,PAYEES,{day},{},{number},80,,2/", when.time),
        format!("02,PAYEES,PAYEESBANK,1,{day},{},USD,2/", when.time),
        format!("03,{PAYEE_ACCOUNT},USD,,,,/"),
    ];
    for transfer in *transfers {
        // 142 is a transfer of the ACH network that was received.
        let (cents, name) = (transfer.amount.cents(), plain(&payer.name, 16));
        records.push(format!("16,142,{cents},Z,B{:07},,{name} HCCLAIMPMT", transfer.number));
        let trn = letter.trn(transfer);
        if !trn.is_empty() {
            records.push(format!("88,{trn}"));
        }
    }
    // From 03 to 49, then to 98, then to 99.
    records.push(format!("49,{total},{}/", records.len() - 1));
    records.push(format!("98,{total},1,{}/", records.len()));
    records.push(format!("99,{total},1,{}/", records.len() + 1));
    records.join("\n") + "\n"
}
