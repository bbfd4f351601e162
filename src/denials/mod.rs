//! Group, reason and remark codes to a desk, a deadline and a suggested action.

pub mod answers;
pub mod bundle;
pub mod corrected;
pub mod denied;
pub mod discrepancy;
pub mod follow;
pub mod known;
pub mod priority;
pub mod reasons;
pub mod remarks;
pub mod route;
pub mod ruling;
pub mod scenario;
pub mod statuses;
pub mod table;
#[cfg(test)]
mod testing;
pub mod variance;

use x12::segment::Field;

/// What kind of work an item of the queue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Our own scrubbing held the claim.
    Held,
    /// No payer's route takes the claim.
    Unrouted,
    /// The payer's TA1 or 999 rejected the claim's set.
    SetRejected,
    /// The payer's 277CA rejected the claim.
    ClaimRejected,
    /// A remittance denied the claim or a line of it.
    Denied,
    /// A remittance speaks of a claim that we do not know, or of more than one.
    Unmatched,
    /// A remittance does not add up.
    OutOfBalance,
    /// A payer's answer fits nothing that we sent, says what cannot happen, or was not read.
    Unexplained,
    /// What came was answered and kept, and nothing here works on it.
    Kept,
    /// A person found something wrong with a claim that was let go.
    Discrepancy,
    /// A payer paid less than it owes, by its contract or by a person's word.
    Underpaid,
    /// A payer paid what it does not owe, and it is to be reported and returned.
    Overpaid,
    /// A payer went over to other rates than it had paid before.
    RateChanged,
    /// A deposit or its remittance is missing, or the two differ.
    Deposit,
    /// The payer before decided anew, or no claim for the next one can be made by itself.
    NextPayer,
    /// A payer knows the patient or the insured under another name or number, or says that another comes first.
    Corrected,
}

/// Every category.
pub const CATEGORIES: [Category; 16] = [
    Category::Held,
    Category::Unrouted,
    Category::SetRejected,
    Category::ClaimRejected,
    Category::Denied,
    Category::Unmatched,
    Category::OutOfBalance,
    Category::Unexplained,
    Category::Kept,
    Category::Discrepancy,
    Category::Underpaid,
    Category::Overpaid,
    Category::RateChanged,
    Category::Deposit,
    Category::NextPayer,
    Category::Corrected,
];

impl Category {
    /// Whether money may wait by an item of it, for a person or for what else is to come; others are about
    /// what was decided and posted.
    pub const fn may_hold_money(self) -> bool {
        match self {
            Category::Unmatched | Category::OutOfBalance | Category::Unexplained => true,
            Category::Held
            | Category::Unrouted
            | Category::SetRejected
            | Category::ClaimRejected
            | Category::Denied
            | Category::Kept
            | Category::Discrepancy
            | Category::Underpaid
            | Category::Overpaid
            | Category::RateChanged
            | Category::Deposit
            | Category::NextPayer
            | Category::Corrected => false,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Category::Held => "held",
            Category::Unrouted => "unrouted",
            Category::SetRejected => "set-rejected",
            Category::ClaimRejected => "claim-rejected",
            Category::Denied => "denied",
            Category::Unmatched => "unmatched",
            Category::OutOfBalance => "out-of-balance",
            Category::Unexplained => "unexplained",
            Category::Kept => "kept",
            Category::Discrepancy => "discrepancy",
            Category::Underpaid => "underpaid",
            Category::Overpaid => "overpaid",
            Category::RateChanged => "rate-changed",
            Category::Deposit => "deposit",
            Category::NextPayer => "next-payer",
            Category::Corrected => "corrected",
        }
    }

    /// The category of that name.
    pub fn named(name: &str) -> Option<Category> {
        CATEGORIES.into_iter().find(|category| category.name() == name)
    }
}

/// A code as a message may print it. Malformed files have anything where a code belongs, so what
/// does not look like one is not repeated.
pub fn printable(code: &Field<'_>) -> String {
    let text = code.bytes();
    let has_digit = text.iter().any(u8::is_ascii_digit);
    let is_code = (1..=CODE_CHARACTERS_MAX).contains(&text.len())
        && text.iter().all(u8::is_ascii_alphanumeric)
        // Group and provider adjustment codes have two characters; all longer ones have a digit,
        // which names of people have not.
        && (has_digit || text.len() <= 2);
    if is_code { code.text().into_owned() } else { "?".to_owned() }
}

/// Reason and remark codes have five characters at most.
const CODE_CHARACTERS_MAX: usize = 5;
