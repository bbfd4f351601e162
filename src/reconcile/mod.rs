//! What a remittance does to claims and to the ledger.

pub mod balance;
pub mod matching;
#[cfg(test)]
pub mod testing;
