//! Which rows, elements and codes of the guides have stood in some claim.

use std::collections::BTreeSet;

use x12::guide::row::{Codes, Content, Element, Loop, Row, Slot};
use x12::view::claim::Kind;

use crate::tree::{Batch, Node, Segment, What};

/// What has stood somewhere, by names such as `837P 2300 REF*G1`, `… REF02` and `… CLM07 A`.
#[derive(Debug, Default)]
pub struct Covered {
    seen: BTreeSet<String>,
}

impl Covered {
    pub fn note(&mut self, batch: &Batch) {
        self.note_loop(&guide_of(batch.kind), &batch.set);
    }

    fn note_loop(&mut self, guide: &str, node: &Node) {
        self.seen.insert(format!("{guide} {}", node.table.id));
        for part in &node.parts {
            match &part.what {
                What::Loop(inner) => self.note_loop(guide, inner),
                What::Segment(segment) => self.note_segment(guide, node.table, segment),
            }
        }
    }

    fn note_segment(&mut self, guide: &str, table: &Loop, segment: &Segment) {
        let name = name_of(guide, table, segment.slot);
        for element in segment.slot.elements {
            let position = usize::from(element.position);
            let value = segment.get(position);
            if value.is_empty() {
                continue;
            }
            let at = format!("{name} {position:02}");
            match element.content {
                Content::Simple(_) => self.note_value(&at, element, value),
                Content::Composite(parts) => {
                    for part in parts {
                        let number = usize::from(part.position);
                        let value = value.split(':').nth(number - 1).unwrap_or_default();
                        if !value.is_empty() {
                            self.note_value(&format!("{at}-{number}"), part, value);
                        }
                    }
                }
            }
        }
        self.seen.insert(name);
    }

    fn note_value(&mut self, at: &str, element: &Element, value: &str) {
        if let Codes::Listed(_) = element.codes {
            self.seen.insert(format!("{at} {value}"));
        }
        self.seen.insert(at.to_owned());
    }

    /// What has stood nowhere: loops, rows and elements, and codes if they are asked for.
    pub fn gaps(&self, with_codes: bool) -> Vec<String> {
        let mut all = Vec::new();
        for kind in Kind::ALL {
            let guide = x12::guide::find(kind.version(), "837").expect("a guide of claims");
            of_loop(&guide_of(kind), &guide.table, with_codes, &mut all);
        }
        let mut known = BTreeSet::new();
        let cannot = |name: &str| CANNOT_STAND.iter().any(|(start, _)| name.starts_with(start));
        all.retain(|name| !self.seen.contains(name) && !cannot(name) && known.insert(name.clone()));
        all
    }
}

/// What names of a guide begin with.
pub fn guide_of(kind: Kind) -> String {
    format!("837{}", kind.letter())
}

fn of_loop(guide: &str, table: &Loop, with_codes: bool, all: &mut Vec<String>) {
    all.push(format!("{guide} {}", table.id));
    for row in table.rows {
        match row {
            Row::Inner(inner) => of_loop(guide, inner, with_codes, all),
            Row::Segment(slot) => of_segment(guide, table, slot, with_codes, all),
        }
    }
}

fn of_segment(guide: &str, table: &Loop, slot: &Slot, with_codes: bool, all: &mut Vec<String>) {
    let name = name_of(guide, table, slot);
    for element in slot.elements {
        let at = format!("{name} {:02}", element.position);
        match element.content {
            Content::Simple(_) => of_value(&at, element, with_codes, all),
            Content::Composite(parts) => {
                for part in parts {
                    of_value(&format!("{at}-{}", part.position), part, with_codes, all);
                }
            }
        }
    }
    all.push(name);
}

fn of_value(at: &str, element: &Element, with_codes: bool, all: &mut Vec<String>) {
    if let (Codes::Listed(codes), true) = (element.codes, with_codes) {
        all.extend(codes.iter().map(|code| format!("{at} {code}")));
    }
    all.push(at.to_owned());
}

/// A row by its guide, its loop, its tag and its first qualifier.
fn name_of(guide: &str, table: &Loop, slot: &Slot) -> String {
    let keys = slot.keys.iter().filter(|key| key.position > 0);
    let keys: String =
        keys.filter_map(|key| key.codes.first()).map(|it| format!("*{it}")).collect();
    format!("{guide} {} {}{keys}", table.id, slot.tag.text())
}

/// What stands in no clean claim, and why.
pub const CANNOT_STAND: &[(&str, &str)] = &[(
    "837P 2410 LIN 02",
    "payers take national drug codes alone (N4); a rule warns of the other lists",
)];
