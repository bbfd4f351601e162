//! A table of deposits.

use super::{Letter, plain};

pub(super) fn write(letter: &Letter<'_>) -> String {
    let mut text = "Date,Amount,Payer,Description\n".to_owned();
    for transfer in letter.transfers {
        let (day, amount) = (letter.when.today, transfer.amount);
        let (name, trn) = (plain(&letter.payer.name, 16), letter.trn(transfer));
        text.push_str(&format!("{day},{amount},{name},HCCLAIMPMT {trn}\n"));
    }
    text
}
