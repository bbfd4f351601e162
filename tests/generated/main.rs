//! Valid claims made by the guides' own tables, of every loop and every segment, and what must hold
//! for all of them.

mod chance;
mod coded;
mod codes;
mod coverage;
mod covered;
mod facts;
mod grow;
mod parties;
mod rows;
mod scenes;
mod tree;
mod values;
mod variants;

use std::collections::BTreeMap;

use bytes::Bytes;
use claimgate::intake::judge::judge;
use claimgate::scrub::example::Clean;
use claimgate::scrub::path::Filed;
use claimgate::scrub::{Earlier, Rulebook};
use x12::value::Day;
use x12::view::claim::claims;

use chance::Chance;

fn wrong_with(text: &str, rulebook: &Rulebook) -> Vec<String> {
    let bytes = Bytes::copy_from_slice(text.as_bytes());
    let reading = x12::interchange::read(&bytes);
    let today = Day::new(2026, 11, 1).expect("a day of the calendar");
    let mut wrong = Vec::new();
    for interchange in &reading.interchanges {
        wrong.extend(interchange.faults.iter().map(|fault| fault.to_string()));
        for group in &interchange.groups {
            wrong.extend(group.faults.iter().map(|fault| fault.to_string()));
            for set in &group.sets {
                let judged = judge(interchange, group, set);
                for fault in &judged.faults {
                    let segment = interchange.set_segment(set, fault.place.segment);
                    let text = segment.map(|it| String::from_utf8_lossy(it.bytes()).into_owned());
                    wrong.push(format!("{fault} | {}", text.unwrap_or_default()));
                }
                for claim in claims(interchange, set, &judged.walked) {
                    let filed = Filed { claim: &claim, interchange, set, walked: &judged.walked };
                    for finding in rulebook.scrub(&filed, "", today, Earlier::default()) {
                        let segment = interchange.set_segment(set, finding.place.segment);
                        let text = segment.map(|it| String::from_utf8_lossy(it.bytes()).into_owned());
                        wrong.push(format!(
                            "{} {}: {} | {}",
                            finding.rule.code,
                            finding.rule.name,
                            finding.what,
                            text.unwrap_or_default()
                        ));
                    }
                }
            }
        }
    }
    wrong
}


/// Claims to start with: the clean ones, and all that a rule shows beside what it finds.
fn starts() -> Vec<(String, String)> {
    let mut starts: Vec<(String, String)> =
        Clean::ALL.iter().map(|clean| (format!("{clean:?}"), clean.text().to_owned())).collect();
    for scene in scenes::SCENES {
        let batch = tree::Batch::read(&scene.claim.text()).expect(scene.name);
        starts.push((scene.name.to_owned(), batch.write()));
    }
    for rule in claimgate::scrub::rules::ALL {
        for (number, example) in (1..).zip(rule.examples) {
            if example.finds == 0 && !example.has_codes {
                starts.push((format!("{} {number}", rule.name), example.text()));
            }
        }
    }
    starts
}

#[test]
fn generated_claims_are_clean() {
    let rounds = std::env::var("GENERATED").ok().and_then(|it| it.parse().ok()).unwrap_or(4);
    let from = std::env::var("FROM").ok().and_then(|it| it.parse().ok()).unwrap_or(0);
    let rulebook = Rulebook::built_in();
    let mut all: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let starts: Vec<_> =
        starts().into_iter().filter(|(name, text)| { let w = wrong_with(text, &rulebook); if scenes::SCENES.iter().any(|scene| scene.name == name) { for w in &w { println!("SCENE {name}: {w}"); } }; w.is_empty() }).collect();
    println!("{} starts", starts.len());
    let mut covered = covered::Covered::default();
    for seed in from..from + rounds {
        for (number, (name, text)) in starts.iter().enumerate() {
            let chance = Chance::new(seed * 1000 + number as u64);
            let Some(batch) = tree::Batch::read(text) else { println!("{name}"); continue };
            let Some(batch) = grow::varied(batch, &chance) else { println!("{name}"); continue };
            let text = batch.write();
            covered.note(&batch);
            for wrong in wrong_with(&text, &rulebook) {
                let key: String = wrong.split(['|', ':']).next().unwrap_or_default().to_owned();
                let known = all.entry(key).or_insert((0, format!("{name} seed {seed}: {wrong}")));
                known.0 += 1;
            }
            if std::env::var("SHOW").ok() == Some(format!("{name} {seed}")) {
                println!("{text}");
            }
        }
    }
    for gap in covered.gaps() { println!("GAP {gap}"); }
    for (key, (count, first)) in &all {
        println!("{count:5} {key}\n      {first}");
    }
    assert!(all.is_empty());
}
