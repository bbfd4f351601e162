//! What a bank takes back of a deposit: a check that was not paid, a transfer that was reversed or returned.

use std::collections::{BTreeMap, BTreeSet};

use super::payer_key;
use crate::change::deposits::{Deposit, DepositId, KeptDeposit, Reassociation, trace_key};

/// Words by which a bank says that it takes a deposit back.
const RETURNS: [&str; 16] = [
    "BOUNCED",
    "CHARGEBACK",
    "DISHONORED",
    "DISHONOURED",
    "NSF",
    "RECALL",
    "RECALLED",
    "RETURN",
    "RETURNED",
    "REVERSAL",
    "REVERSE",
    "REVERSED",
    "RTN",
    "RTND",
    "RVSL",
    "UNPAID",
];

/// What it asks for that is its own.
const FEES: [&str; 7] = ["CHARGE", "CHARGES", "CHG", "FEE", "FEES", "SERVICE", "TAX"];

/// Whether texts of one entry say that a deposit is taken back, and not that this costs a fee.
pub(super) fn says_return<'t>(texts: impl IntoIterator<Item = &'t str>) -> bool {
    let (mut is_return, mut is_fee) = (false, false);
    for text in texts {
        let text = text.to_ascii_uppercase().replace("CHARGE BACK", "CHARGEBACK");
        let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
        is_fee |= words.clone().any(|word| FEES.contains(&word));
        is_return |= words.any(|word| RETURNS.contains(&word));
    }
    is_return && !is_fee
}

/// Whether a cell says nothing but that the money leaves the account: `DEBIT`, `ACH_DEBIT`.
pub(super) fn says_debit(cell: &str) -> bool {
    let cell = cell.to_ascii_uppercase();
    let words = cell.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let is_kind = |word: &&str| KINDS.contains(word);
    match words.as_slice() {
        ["DR"] => true,
        words => {
            words.iter().any(|word| DEBITS.contains(word))
                && words.iter().all(|word| DEBITS.contains(word) || is_kind(word))
        }
    }
}

/// What leaves the account.
const DEBITS: [&str; 4] = ["DEBIT", "DEBITS", "WITHDRAWAL", "WITHDRAWALS"];

/// How it leaves, beside such a word.
const KINDS: [&str; 7] = ["ACH", "EFT", "ELECTRONIC", "MEMO", "TRANSACTION", "TRANSFER", "WIRE"];

/// Deposits that the bank took back, each by the entry that does. `held` are those that persons had a hand in.
/// What may be one of several takes none back by itself.
pub(super) fn returns(
    known: &Reassociation,
    held: &BTreeSet<DepositId>,
) -> BTreeMap<DepositId, DepositId> {
    let is_free = |kept: &&KeptDeposit| kept.set_aside.is_empty() && !held.contains(&kept.id);
    let mut deposits: Vec<&KeptDeposit> = known.deposits.iter().filter(is_free).collect();
    deposits.sort_by_key(|kept| (kept.deposit.day, &kept.deposit.identity));
    let mut found: BTreeMap<DepositId, DepositId> = BTreeMap::new();
    for taker in deposits.iter().filter(|kept| kept.deposit.amount.is_negative()) {
        let of_it = deposits.iter().filter(|kept| {
            !found.contains_key(&kept.id) && takes_back(&taker.deposit, &kept.deposit)
        });
        let of_it: Vec<_> = of_it.collect();
        let Some(latest) = of_it.last() else { continue };
        let as_late = of_it.iter().filter(|kept| kept.deposit.day == latest.deposit.day);
        if as_late.count() == 1 {
            found.insert(latest.id, taker.id);
        }
    }
    found
}

/// Whether an entry takes this deposit back: all of it, under its number, and not another payer's.
fn takes_back(taker: &Deposit, deposit: &Deposit) -> bool {
    if taker.amount != -deposit.amount || taker.day < deposit.day {
        return false;
    }
    let (own, other) = (payer_key(&taker.payer_id), payer_key(&deposit.payer_id));
    let is_same = |own: &str, other: &str| !own.is_empty() && own == other;
    is_same(&taker.bank_reference, &deposit.bank_reference)
        || is_same(&trace_key(&taker.trace), &trace_key(&deposit.trace))
            && (own.is_empty() || other.is_empty() || own == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bank_says_what_it_takes_back_and_what_that_costs() {
        for (text, expected) in [
            ("RETURNED CHECK", true),
            ("DEPOSITED ITEM RETURNED CHARGEBACK RTN REASON: NSF", true),
            ("Charge back, refer to maker", true),
            ("REVERSAL", true),
            ("ACH RTN R03", true),
            ("RETURNED ITEM FEE", false),
            ("NSF CHARGE", false),
            ("IRS TAX RETURN", false),
            ("CHECK 1001", false),
            ("TURNOVER", false),
            ("", false),
        ] {
            assert_eq!(says_return([text]), expected, "{text}");
        }
        assert!(!says_return(["RETURNED ITEM", "FEE"]));
    }

    #[test]
    fn a_word_says_what_leaves_the_account() {
        for text in
            ["DEBIT", "debit", "DR", "Dr.", "ACH_DEBIT", "Withdrawal", "Electronic Withdrawal"]
        {
            assert!(says_debit(text), "{text}");
        }
        for text in ["", "CREDIT", "ACH", "DR SMITH CLINIC", "DEBIT CARD DEPOSIT", "D", "DEPOSIT"] {
            assert!(!says_debit(text), "{text}");
        }
    }
}
