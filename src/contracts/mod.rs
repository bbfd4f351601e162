//! What payers owe by contract, and what their payments teach of the rates that they go by.
//!
//! A contract prices a line step by step, and each step that multiplies is rounded to whole cents, half
//! a cent up. What a payer allowed is held against it; what differs is named by what would explain
//! the amount to the cent.

pub mod explain;
pub mod learned;
pub mod medicare;
pub mod price;
pub mod schedule;
mod several;
pub mod share;
pub mod terms;
#[cfg(test)]
mod tests;

/// What a difference between contract and payment comes from, as far as the amount tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Within the tolerance of the contract.
    AsExpected,
    /// The price of an earlier time.
    OlderRate,
    /// The price of another contract with the same payer.
    OtherContract,
    /// The reduction for several procedures on a day, more often or less often than agreed.
    SeveralProcedures,
    /// What a modifier adds or takes, left out.
    Modifier,
    /// The price of fewer units than were billed.
    Units,
    /// The charge, where the contract says otherwise.
    BilledCharge,
    /// Sequestration, taken or not taken against the contract.
    Sequestration,
    /// Not paid, as part of another service.
    Bundled,
    /// Denied; the denial has work of its own.
    Denied,
    /// Paid for by the head; no line of it is compared.
    Capitated,
    /// Less than agreed, and nothing that we know explains the amount.
    Underpaid,
    /// More than agreed, and nothing that we know explains the amount.
    Overpaid,
}

impl Class {
    pub const ALL: [Class; 13] = [
        Class::AsExpected,
        Class::OlderRate,
        Class::OtherContract,
        Class::SeveralProcedures,
        Class::Modifier,
        Class::Units,
        Class::BilledCharge,
        Class::Sequestration,
        Class::Bundled,
        Class::Denied,
        Class::Capitated,
        Class::Underpaid,
        Class::Overpaid,
    ];

    /// The word that users and the store know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Class::AsExpected => "as-expected",
            Class::OlderRate => "older-rate",
            Class::OtherContract => "other-contract",
            Class::SeveralProcedures => "several-procedures",
            Class::Modifier => "modifier",
            Class::Units => "units",
            Class::BilledCharge => "billed-charge",
            Class::Sequestration => "sequestration",
            Class::Bundled => "bundled",
            Class::Denied => "denied",
            Class::Capitated => "capitated",
            Class::Underpaid => "underpaid",
            Class::Overpaid => "overpaid",
        }
    }

    /// The class of that name.
    pub fn named(name: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.name() == name)
    }

    /// Whether it is a case of its own. A denial has one already.
    pub const fn is_case(self) -> bool {
        match self {
            Class::AsExpected | Class::Bundled | Class::Denied | Class::Capitated => false,
            Class::OlderRate
            | Class::OtherContract
            | Class::SeveralProcedures
            | Class::Modifier
            | Class::Units
            | Class::BilledCharge
            | Class::Sequestration
            | Class::Underpaid
            | Class::Overpaid => true,
        }
    }
}
