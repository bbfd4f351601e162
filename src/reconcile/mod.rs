//! What a remittance does to claims and to the ledger.

pub mod balance;
#[cfg(test)]
pub mod testing;
