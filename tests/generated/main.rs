//! Valid claims made by the guides' own tables, of every loop and every segment, and what must hold
//! for all of them: no guide and no rule finds fault, everything is accepted, and with the change
//! that a rule shows, the rule finds it there too.
//!
//! A round goes through all starts (`starts.rs`), with other seeds. `GENERATED_ROUNDS` asks for
//! more of them than a quick run takes, and `GENERATED_FROM` for others: hunting for false alarms
//! is `GENERATED_ROUNDS=100 GENERATED_FROM=1000 cargo test --test generated`. `GENERATED_DATA` names
//! a data directory with imported code sets that the rules are to ask.

mod answers;
mod asked;
mod borders;
mod chance;
mod coded;
mod codes;
mod coverage;
mod covered;
mod facts;
mod grow;
mod mutation;
mod parties;
mod rows;
mod scenes;
mod smaller;
mod starts;
mod tree;
mod values;
mod variants;

use std::collections::BTreeMap;
use std::env;
use std::path::Path;

use claimgate::scrub::Rulebook;
use claimgate::shelf;

use answers::Answers;
use asked::Asked;
use covered::{CANNOT_STAND, Covered};
use starts::{generated, starts};

/// So many claims come of each start in a quick run, and so many of scenes while something has stood
/// nowhere.
const ROUNDS: u64 = 2;
const ROUNDS_MAX: u64 = 40;

/// In a run of so many rounds every code of every guide has to stand somewhere too.
const ROUNDS_FOR_CODES: u64 = 30;

#[test]
fn no_guide_and_no_rule_finds_fault_with_generated_claims() {
    let rulebook = rulebook();
    let starts = starts(&Rulebook::built_in());
    let (rounds, from) = (number_of("GENERATED_ROUNDS", ROUNDS), number_of("GENERATED_FROM", 0));
    let (mut covered, mut asked) = (Covered::default(), Asked::new());
    let mut answers = Answers::default();
    let mut wrong: BTreeMap<String, String> = BTreeMap::new();
    let mut count = 0_u64;
    for round in from..from + rounds.max(ROUNDS_MAX) {
        // What has stood nowhere is looked for in full claims of its guide.
        let is_extra = from + rounds <= round;
        let gaps = covered.gaps(rounds >= ROUNDS_FOR_CODES);
        for (at, start) in starts.iter().enumerate() {
            let guide = covered::guide_of(start.batch.kind);
            let is_wanted = || gaps.iter().any(|gap| gap.starts_with(&guide));
            if is_extra && !(start.is_scene && is_wanted()) {
                continue;
            }
            let fullness = if is_extra { 3 } else { (at as u64 + round) % 4 };
            let seed = (round * 10_000 + at as u64) * 4 + fullness;
            let batch = generated(&starts, at, seed);
            let (text, found) = (batch.write(), &mut wrong);
            covered.note(&batch);
            answers.add(&batch, seed);
            for finding in smaller::findings_in(&text, &rulebook, |filed| asked.ask(filed)) {
                found
                    .entry(finding.name.clone())
                    .or_insert_with(|| smaller::told(&starts, at, seed, &finding, &rulebook));
            }
            count += 1;
        }
    }
    println!("{count} batches of {} starts", starts.len());
    let told: Vec<String> = wrong.into_values().collect();
    assert!(told.is_empty(), "a guide or rule finds fault:\n{}", told.join("\n"));
    answers.assert_all_is_accepted();
    let gaps = covered.gaps(rounds >= ROUNDS_FOR_CODES);
    assert!(gaps.is_empty(), "{} have stood nowhere:\n{}", gaps.len(), gaps.join("\n"));
    let unanswered = asked.unanswered();
    assert!(unanswered.is_empty(), "no claim has a value for {unanswered:?}");
    for (name, reason) in CANNOT_STAND {
        assert!(!reason.is_empty(), "{name} is left out without a reason");
    }
}

#[test]
fn every_rule_finds_its_own_change_in_generated_claims() {
    let missed = mutation::missed();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// All rules, with the code sets that are built in or those of `GENERATED_DATA`.
fn rulebook() -> Rulebook {
    match env::var("GENERATED_DATA") {
        Ok(data) => Rulebook::with(shelf::load(Path::new(&data)).expect("code sets")),
        Err(_) => Rulebook::built_in(),
    }
}

/// A number of the environment.
fn number_of(name: &str, otherwise: u64) -> u64 {
    match env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} must be a number, not {text}")),
        Err(_) => otherwise,
    }
}
