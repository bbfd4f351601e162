//! What every store must do: one suite for all backends, their comparison with the plain model
//! under random changes, and what is left after a kill.

mod accounts;
mod compare;
mod deposits;
mod from_words;
mod kill;
mod passed_on;
mod people;
mod sample;
mod sqlite;
mod suite;
mod upgrade;

use claimgate::store;

/// Every scheme of `store::open`. A backend that stands there and not here fails.
const BACKENDS: [&str; 2] = ["memory", "sqlite"];

#[test]
fn the_suite_runs_on_every_backend() {
    let (mut tested, mut known) = (BACKENDS.to_vec(), store::SCHEMES.to_vec());
    tested.sort_unstable();
    known.sort_unstable();
    assert_eq!(tested, known);
}
