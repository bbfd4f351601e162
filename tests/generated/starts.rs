//! What claims start with, and how a batch comes of it.

use claimgate::scrub::example::Clean;
use claimgate::scrub::{Rulebook, rules};
use x12::guide::row::Row;

use crate::borders::BORDERS;
use crate::chance::Chance;
use crate::grow;
use crate::scenes::SCENES;
use crate::smaller::findings_in;
use crate::tree::{Batch, Node, Part, Segment, What};

/// A batch that is right before anything is added to it.
pub struct Start {
    pub name: String,
    pub batch: Batch,
    /// A claim of our own, and no example of a rule.
    pub is_scene: bool,
}

/// The clean claims, the scenes, and all that rules let pass, as long as no other rule minds.
pub fn starts(rulebook: &Rulebook) -> Vec<Start> {
    let mut starts = Vec::new();
    let read = |name: &str, text: &str| {
        let batch = Batch::read(text).unwrap_or_else(|| panic!("{name} breaks its guide"));
        Start { name: name.to_owned(), batch, is_scene: true }
    };
    starts.extend(Clean::ALL.iter().map(|clean| read(clean.name(), clean.text())));
    for scene in SCENES.iter().chain(BORDERS) {
        let start = read(scene.name, &scene.claim.text());
        let wrong = findings_in(&start.batch.write(), rulebook, |_| {});
        assert!(wrong.is_empty(), "the scene of {} is wrong: {wrong:?}", scene.name);
        starts.push(start);
    }
    for rule in rules::ALL {
        let passes = rule.examples.iter().filter(|example| example.finds == 0);
        for (number, example) in (1..).zip(passes) {
            let text = example.text();
            // Some are right in the eyes of their own rule alone.
            let Some(batch) = Batch::read(&text) else { continue };
            if findings_in(&text, rulebook, |_| {}).is_empty() {
                let name = format!("{}, pass {number}", rule.name);
                starts.push(Start { name, batch, is_scene: false });
            }
        }
    }
    starts
}

/// The batch that a seed makes of a start.
pub fn generated(starts: &[Start], at: usize, seed: u64) -> Batch {
    grown_with(starts, at, &Chance::new(seed))
}

/// The same with decisions of one's own.
pub fn grown_with(starts: &[Start], at: usize, chance: &Chance) -> Batch {
    let start = &starts[at];
    let mut batch = start.batch.clone();
    if chance.happens("another start", 12) {
        let of_kind: Vec<&Start> =
            starts.iter().filter(|other| other.batch.kind == batch.kind).collect();
        let other = chance.pick("which start", &of_kind);
        take_in(&mut batch, &other.batch, chance);
    }
    grow::varied(batch, chance).unwrap_or_else(|| panic!("nothing grows of {}", start.name))
}

/// Puts the claims of another batch behind its own: under its billing provider, or with their own.
fn take_in(batch: &mut Batch, other: &Batch, chance: &Chance) {
    // Encounters are no claims.
    let kind = |batch: &Batch| batch.set.find("BHT").map(|bht| bht.get(6).to_owned());
    if kind(batch) != kind(other) {
        return;
    }
    let is_apart = chance.happens("another provider", 50);
    for level in other.set.loops().filter(|inner| inner.table.id == "2000A") {
        let own = batch.set.loops_mut().find(|inner| inner.table.id == "2000A");
        let own = own.expect("a batch has a billing provider");
        // Some claims are right for their own provider alone.
        if is_apart || provider_of(own) != provider_of(level) {
            put_behind(&mut batch.set, What::Loop(level.clone()));
            continue;
        }
        for subscriber in level.loops().filter(|inner| inner.table.id == "2000B") {
            put_behind(own, What::Loop(subscriber.clone()));
        }
    }
}

/// The segments of a level's billing provider.
fn provider_of(level: &Node) -> Vec<String> {
    let party = level.loops().filter(|inner| inner.table.id != "2000B").flat_map(Node::segments);
    let own = level.segments().filter(|segment| !segment.starts("HL"));
    own.chain(party).map(Segment::text).collect()
}

fn put_behind(node: &mut Node, what: What) {
    let What::Loop(inner) = &what else { return };
    let is_its = |row: &Row| matches!(row, Row::Inner(table) if std::ptr::eq(*table, inner.table));
    let row = node.table.rows.iter().position(is_its).expect("a loop of this table");
    node.insert(Part { row, what });
}
