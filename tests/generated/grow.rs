//! A claim grown by its guide: row by row, what may stand there and does not is put there, with
//! what the claim says already in mind. All that stood there before stays.

use std::cell::Cell;

use x12::guide::row::{Codes, Content, Element, Row, Slot, Usage};

use crate::chance::Chance;
use crate::codes;
use crate::facts::{self, Facts};
use crate::rows::{Room, is_apt, room_of_loop, room_of_segment};
use crate::tree::{Batch, Node, Part, Segment, What};
use crate::values::{Ask, Say, longer, say};
use crate::variants;

/// A start with more in it. `None` where nothing can be said of a claim of it.
pub fn grown(mut batch: Batch, chance: &Chance) -> Option<Batch> {
    let claims = facts_of(&batch, chance)?;
    grow(&mut batch, claims, chance);
    Some(batch)
}

/// A start that became another claim, with more in it.
pub fn varied(mut batch: Batch, chance: &Chance) -> Option<Batch> {
    variants::vary(&mut batch, chance);
    let claims = facts_of(&batch, chance)?;
    variants::renew(&mut batch.set, chance);
    grow(&mut batch, claims, chance);
    Some(batch)
}

fn facts_of(batch: &Batch, chance: &Chance) -> Option<Vec<Facts>> {
    let claims = facts::of_claims(&batch.write(), chance);
    let count = count_of_claims(&batch.set);
    (claims.len() == count && count > 0).then_some(claims)
}

fn count_of_claims(node: &Node) -> usize {
    let below: usize = node.loops().map(count_of_claims).sum();
    below + usize::from(node.table.id == "2300")
}

fn grow(batch: &mut Batch, claims: Vec<Facts>, chance: &Chance) {
    Grower { chance, claims, at: Cell::new(0) }.grow(&mut batch.set, "");
    batch.number();
}

struct Grower<'a> {
    chance: &'a Chance,
    claims: Vec<Facts>,
    /// How many claims were gone through.
    at: Cell<usize>,
}

impl Grower<'_> {
    /// The claim at hand; above a claim the first one below.
    fn facts(&self) -> &Facts {
        &self.claims[self.at.get().min(self.claims.len() - 1)]
    }

    fn grow(&self, node: &mut Node, place: &str) {
        if node.table.id == "2400" {
            let line = &self.facts().line;
            line.set(line.get() + 1);
        }
        let mut parts = std::mem::take(&mut node.parts).into_iter().peekable();
        for (number, row) in node.table.rows.iter().enumerate() {
            let mut count = 0;
            while let Some(mut part) = parts.next_if(|part| part.row == number) {
                let at = name_of(place, row, count);
                match &mut part.what {
                    What::Segment(segment) => self.fill(node, segment, &at, (count, false)),
                    What::Loop(inner) => self.grow(inner, &at),
                }
                node.parts.push(part);
                count += 1;
            }
            self.add(node, number, row, count, place);
        }
        if node.table.id == "2300" {
            self.at.set(self.at.get() + 1);
        }
    }

    /// Adds what there is room for in a row that has so many already.
    fn add(&self, node: &mut Node, number: usize, row: &'static Row, count: u32, place: &str) {
        let facts = self.facts();
        let (room, usage, bound) = match row {
            Row::Segment(slot) => (room_of_segment(facts, node, slot), slot.usage, slot.use_max),
            Row::Inner(table) => (room_of_loop(facts, node, table), table.usage, table.repeat_max),
        };
        let (room, is_needed) = match room {
            Room::For(room) => (room, usage == Usage::Required),
            Room::Needed => (1, true),
            Room::Payers => return self.add_payers(node, number, row, place),
        };
        for count in count..bound.min(room) {
            let at = name_of(place, row, count);
            if (is_needed && count == 0) || self.chance.fills(&at) {
                let what = match row {
                    Row::Segment(slot) => {
                        let segment = self.made(node, slot, &at, count);
                        // X12 has no segment without a value.
                        if segment.elements.iter().skip(1).all(String::is_empty) {
                            continue;
                        }
                        What::Segment(segment)
                    }
                    Row::Inner(table) => {
                        let mut inner = Node { table, parts: Vec::new() };
                        self.grow(&mut inner, &at);
                        What::Loop(inner)
                    }
                };
                node.parts.push(Part { row: number, what });
            }
        }
    }

    /// Adds a loop 2320 or 2430 for each of the other payers that has something to say there.
    fn add_payers(&self, node: &mut Node, number: usize, row: &'static Row, place: &str) {
        let Row::Inner(table) = row else { return };
        for payer in &self.facts().others {
            let at = format!("{place}/{} {}", table.id, payer.turn);
            if let Some(mut inner) = payer.begun(table, self.facts(), &at, self.chance) {
                self.grow(&mut inner, &at);
                node.parts.push(Part { row: number, what: What::Loop(inner) });
            }
        }
    }

    /// A new segment, with qualifiers that none of its row has yet.
    fn made(&self, node: &Node, slot: &'static Slot, at: &str, nth: u32) -> Segment {
        let mut segment = Segment { slot, elements: vec![slot.tag.text()], origin: None };
        for key in slot.keys.iter().filter(|key| key.position > 0) {
            let position = usize::from(key.position);
            let of_row = || node.segments().filter(|known| std::ptr::eq(known.slot, slot));
            let is_free = |code: &str| !of_row().any(|known| known.part(position, 1) == code);
            let fits = |code: &&str| is_free(code) && is_apt(self.facts(), node, code);
            let free: Vec<&str> = key.codes.iter().copied().filter(fits).collect();
            let all = if free.is_empty() { key.codes } else { free.as_slice() };
            segment.set(position, self.chance.pick(&format!("{at} key {position}"), all).into());
        }
        self.fill(node, &mut segment, at, (nth, true));
        segment
    }

    /// Fills the elements of a segment that are empty.
    fn fill(&self, around: &Node, segment: &mut Segment, at: &str, which: (u32, bool)) {
        let slot = segment.slot;
        let (nth, is_new) = which;
        let key = &slot.keys[0];
        for element in slot.elements {
            let position = usize::from(element.position);
            let place = format!("{at}-{position:02}");
            let (facts, chance) = (self.facts(), self.chance);
            let text = segment.get(position);
            // A composite that has nothing but its qualifier is to be filled yet.
            let is_begun = is_new && key.component > 0 && key.position == element.position;
            let is_filled = !text.is_empty() && !is_begun;
            let ask =
                Ask { facts, chance, around, segment, element, at, place: &place, nth, is_new };
            if is_filled {
                if let Some(longer) = longer(&ask) {
                    segment.set(position, longer);
                }
                continue;
            }
            let value = match (say(&ask), element.usage) {
                (Say::No, Usage::Situational) => continue,
                (Say::No, Usage::Required) => plain(element, &place, facts, chance),
                (Say::May(_), Usage::Situational) if !chance.fills(&place) => continue,
                (Say::May(value) | Say::Must(value), _) => value,
            };
            segment.set(position, value);
        }
    }
}

/// A value of an element by what its guide says of it alone.
fn plain(element: &Element, place: &str, facts: &Facts, chance: &Chance) -> String {
    match (element.codes, element.content) {
        (Codes::Listed(codes), _) => chance.pick(place, codes).to_owned(),
        (Codes::Set(set), _) => codes::pick_of(set, place, facts.days.to, chance),
        (Codes::Any, Content::Composite(_)) => panic!("{place} is a composite without a value"),
        (Codes::Any, Content::Simple(data)) => panic!("{place}: no value for {data:?}"),
    }
}

/// Where the how-manieth of a row stands: `/2000A 0/2000B 0/2300 0/REF*G1 0`.
fn name_of(place: &str, row: &Row, count: u32) -> String {
    match row {
        Row::Segment(slot) => {
            let key = slot.keys[0].codes.first().map(|code| format!("*{code}"));
            format!("{place}/{}{} {count}", slot.tag.text(), key.unwrap_or_default())
        }
        Row::Inner(table) => format!("{place}/{} {count}", table.id),
    }
}
