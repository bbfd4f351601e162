//! The simulated payer: what it writes reads back without a fault and adds up, unless its script
//! says otherwise; the same script and files give the same bytes; it remembers.

#[path = "../made/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

mod bank;
mod command;
mod scripts;
