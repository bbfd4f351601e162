//! A claim grown by its guide: row by row, what may stand there and does not is put there, with
//! what the claim says already in mind. All that stood there before stays.

use std::cell::Cell;

use x12::guide::row::{Codes, Content, Element, Loop, Row, Slot, Usage};

use crate::chance::Chance;
use crate::coverage::{Decided, OtherPayer};
use crate::facts::{self, Facts};
use crate::rows::{Room, is_apt, room_of_loop, room_of_segment};
use crate::tree::{Batch, Node, Part, Segment, What};
use crate::values::{Ask, Say, say};
use crate::variants;

/// A start with more in it. `None` where nothing can be said of a claim of it.
pub fn grown(mut batch: Batch, chance: &Chance) -> Option<Batch> {
    let claims = facts::of_claims(&batch.write(), chance);
    let claim_count = count_of_claims(&batch.set);
    if claims.is_empty() || claims.len() != claim_count {
        return None;
    }
    let grower = Grower { chance, claims, at: Cell::new(0) };
    grower.grow(&mut batch.set, "");
    Some(batch)
}

/// A start that became another claim, with more in it.
pub fn varied(mut batch: Batch, chance: &Chance) -> Option<Batch> {
    variants::vary(&mut batch, chance);
    let claims = facts::of_claims(&batch.write(), chance);
    if claims.is_empty() || claims.len() != count_of_claims(&batch.set) {
        return None;
    }
    variants::renew(&mut batch.set, chance);
    let grower = Grower { chance, claims, at: Cell::new(0) };
    grower.grow(&mut batch.set, "");
    batch.number();
    Some(batch)
}

fn count_of_claims(node: &Node) -> usize {
    let below: usize = node.loops().map(count_of_claims).sum();
    below + usize::from(node.table.id == "2300")
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
        let parts = std::mem::take(&mut node.parts);
        let mut parts = parts.into_iter().peekable();
        for (number, row) in node.table.rows.iter().enumerate() {
            let mut count = 0;
            while let Some(mut part) = parts.next_if(|part| part.row == number) {
                let at = name_of(place, row, count);
                match &mut part.what {
                    What::Segment(segment) => self.fill(node, segment, &at, count),
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

    /// Adds what there is room for in a row.
    fn add(&self, node: &mut Node, number: usize, row: &'static Row, count: u32, place: &str) {
        let (room, is_required) = match row {
            Row::Segment(slot) => (
                room_of_segment(self.facts(), node, slot, self.chance, place),
                slot.usage == Usage::Required,
            ),
            Row::Inner(table) => (
                room_of_loop(self.facts(), node, table, self.chance, place),
                table.usage == Usage::Required,
            ),
        };
        let bound = match row {
            Row::Segment(slot) => slot.use_max,
            Row::Inner(table) => table.repeat_max,
        };
        match room {
            Room::For(more) => {
                for count in count..bound.min(more) {
                    let at = name_of(place, row, count);
                    if (is_required && count == 0) || self.chance.fills(&at) {
                        let what = self.made(node, row, &at, count);
                        node.parts.push(Part { row: number, what });
                    }
                }
            }
            Room::Needed if count == 0 => {
                let what = self.made(node, row, &name_of(place, row, 0), 0);
                node.parts.push(Part { row: number, what });
            }
            Room::Needed => {}
            Room::Made(segments) => {
                let Row::Segment(slot) = row else { panic!("{place} is made as a whole") };
                for elements in segments {
                    let segment = Segment { slot, elements, origin: None };
                    node.parts.push(Part { row: number, what: What::Segment(segment) });
                }
            }
            Room::Payers => {
                let Row::Inner(table) = row else { panic!("{place} is no loop") };
                for payer in &self.facts().others {
                    if table.id == "2430" && payer.decided != Decided::LineByLine {
                        continue;
                    }
                    let at = format!("{place}/{} {}", table.id, payer.turn);
                    let inner = self.of_payer(table, payer, &at);
                    node.parts.push(Part { row: number, what: What::Loop(inner) });
                }
            }
        }
    }

    fn made(&self, node: &Node, row: &'static Row, at: &str, nth: u32) -> What {
        match row {
            Row::Segment(slot) => What::Segment(self.made_segment(node, slot, at, nth)),
            Row::Inner(table) => {
                let mut inner = Node { table, parts: Vec::new() };
                self.grow(&mut inner, at);
                What::Loop(inner)
            }
        }
    }

    fn made_segment(&self, node: &Node, slot: &'static Slot, at: &str, nth: u32) -> Segment {
        let mut segment = Segment { slot, elements: vec![slot.tag.text()], origin: None };
        for key in slot.keys.iter().filter(|key| key.position > 0) {
            let is_taken = |code: &&&str| {
                node.segments().any(|known| {
                    std::ptr::eq(known.slot, slot) && known.part(key.position.into(), 1) == **code
                })
            };
            let fits = |code: &&&str| !is_taken(code) && is_apt(self.facts(), node, code);
            let free: Vec<&str> = key.codes.iter().filter(fits).copied().collect();
            let free = if free.is_empty() { key.codes.to_vec() } else { free };
            let start = self.chance.below(&format!("{at} key {}", key.position), free.len());
            segment.set(key.position.into(), free[start].to_owned());
        }
        self.fill(node, &mut segment, at, nth);
        segment
    }

    /// Fills the elements that are empty.
    fn fill(&self, around: &Node, segment: &mut Segment, at: &str, nth: u32) {
        let slot = segment.slot;
        for element in slot.elements {
            let position = usize::from(element.position);
            let place = format!("{at}-{position:02}");
            let is_key_alone = slot.keys[0].component > 0
                && segment.origin.is_none()
                && slot.keys[0].position == element.position;
            let is_filled = !segment.get(position).is_empty() && !is_key_alone;
            let ask = Ask {
                facts: self.facts(),
                chance: self.chance,
                around,
                segment,
                element,
                place: &place,
                nth,
            };
            if is_filled {
                if let Some(longer) = crate::values::longer(&ask) {
                    segment.set(position, longer);
                }
                continue;
            }
            let value = match (say(&ask), element.usage) {
                (Say::No, Usage::Situational) => continue,
                (Say::No, Usage::Required) => plain(element, &place, self.facts(), self.chance),
                (Say::May(_), Usage::Situational) if !self.chance.fills(&place) => continue,
                (Say::May(value) | Say::Must(value), _) => value,
            };
            segment.set(position, value);
        }
    }

    /// A loop 2320 or 2430 of another payer.
    fn of_payer(&self, table: &'static Loop, payer: &OtherPayer, at: &str) -> Node {
        let facts = self.facts();
        let mut node = Node { table, parts: Vec::new() };
        let mut ready = if table.id == "2430" {
            payer.of_line(facts, at, self.chance)
        } else {
            let mut ready = vec![payer.coverage(facts, at, self.chance)];
            ready.extend(payer.amounts(facts, at, self.chance));
            ready
        };
        if table.id == "2320" {
            ready.push(vec!["NM1".to_owned(), "PR".to_owned()]);
        }
        for (number, row) in table.rows.iter().enumerate() {
            match row {
                Row::Segment(slot) => {
                    let is_of_row = |elements: &Vec<String>| {
                        let key = &slot.keys[0];
                        let code = elements.get(usize::from(key.position));
                        elements[0] == slot.tag.text()
                            && (key.position == 0
                                || key.codes.iter().any(|known| code.is_some_and(|it| it == known)))
                    };
                    let (own, rest): (Vec<_>, Vec<_>) = ready.into_iter().partition(is_of_row);
                    ready = rest;
                    for elements in own {
                        let what = What::Segment(Segment { slot, elements, origin: None });
                        node.parts.push(Part { row: number, what });
                    }
                    if !matches!(slot.tag.text().as_str(), "SBR" | "CAS" | "AMT" | "SVD" | "DTP") {
                        let is_decided =
                            matches!(payer.decided, Decided::AsAWhole | Decided::LineByLine);
                        let is_outcome = matches!(slot.tag.text().as_str(), "MIA" | "MOA");
                        if is_decided || !is_outcome {
                            self.add(&mut node, number, row, 0, at);
                        }
                    }
                }
                Row::Inner(inner) => {
                    self.add(&mut node, number, row, 0, at);
                    if inner.id == "2330B" {
                        if let Some(part) = node.parts.last_mut() {
                            name_payer(part, payer);
                        }
                    }
                }
            }
        }
        node
    }
}

/// Writes into a loop 2330B whose it is, and when it decided.
fn name_payer(part: &mut Part, payer: &OtherPayer) {
    let What::Loop(node) = &mut part.what else { return };
    for segment in node.segments_mut() {
        if segment.starts("NM1") {
            segment.set(3, payer.name.clone());
            segment.set(9, payer.id.clone());
        }
    }
    if payer.decided == Decided::AsAWhole {
        let is_date = |row: &Row| matches!(row, Row::Segment(slot) if slot.tag.text() == "DTP");
        let row = node.table.rows.iter().position(is_date).expect("a row for the day");
        let Row::Segment(slot) = &node.table.rows[row] else { return };
        let elements = ["DTP", "573", "D8", &payer.on.to_wire()].map(str::to_owned).to_vec();
        node.insert(Part { row, what: What::Segment(Segment { slot, elements, origin: None }) });
    }
}

/// A value of an element by what its guide says of it alone.
pub fn plain(element: &Element, place: &str, facts: &Facts, chance: &Chance) -> String {
    match (element.codes, element.content) {
        (Codes::Listed(codes), _) => chance.pick(place, codes).to_owned(),
        (Codes::Set(set), _) => crate::codes::pick_of(set, place, facts.days.to, chance),
        (Codes::Any, Content::Composite(_)) => panic!("{place} is a composite without a value"),
        (Codes::Any, Content::Simple(data)) => panic!("{place}: no value for {data:?}"),
    }
}

fn name_of(place: &str, row: &Row, count: u32) -> String {
    match row {
        Row::Segment(slot) => {
            let key = slot.keys[0].codes.first().copied().unwrap_or_default();
            let star = if key.is_empty() { "" } else { "*" };
            format!("{place}/{}{star}{key} {count}", slot.tag.text())
        }
        Row::Inner(table) => format!("{place}/{} {count}", table.id),
    }
}
