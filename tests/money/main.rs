//! What an auditor signs: whatever payers send and persons decide, in whatever order, twice, half twice
//! and with a crash in between, ten things hold of the ledger after every step, and independent files
//! leave the same balances in any order. `answers` has those of X12 that take several files.

mod again;
#[path = "../aged/mod.rs"]
mod aged;
mod answers;
mod corrected;
#[path = "../simulate/crashing.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod crashing;
mod detached;
mod edited;
mod first_month;
mod let_go;
mod lines;
#[path = "../made/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;
mod orders;
mod overtaken;
mod packings;
mod payees;
mod payers;
mod persons;
mod put_right;
mod recharged;
mod refunds;
mod renumbered;
mod shared;
mod strangers;
mod taken_back;
#[path = "../told/mod.rs"]
mod told;
mod twice;
mod visits;
mod world;

/// Few enough for every day; `PROPTEST_CASES=1000` for a night.
fn cases(usual: u32) -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}
