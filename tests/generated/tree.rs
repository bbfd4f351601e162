//! A transaction set as its guide sees it: loops in loops, each segment in its row.

use bytes::Bytes;
use x12::guide::row::{Loop, Row, Slot};
use x12::interchange::read;
use x12::view::claim::Kind;
use x12::walk::walk;

/// An interchange with one set.
#[derive(Clone, Debug)]
pub struct Batch {
    pub isa: String,
    pub gs: String,
    pub kind: Kind,
    pub set: Node,
}

/// A loop that stands in a set, or all of the set.
#[derive(Clone, Debug)]
pub struct Node {
    pub table: &'static Loop,
    /// In the order of the table's rows.
    pub parts: Vec<Part>,
}

/// What stands in a loop, and in which row of its table.
#[derive(Clone, Debug)]
pub struct Part {
    pub row: usize,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    Segment(Segment),
    Loop(Node),
}

/// A segment by its elements; the first is its tag.
#[derive(Clone, Debug)]
pub struct Segment {
    pub slot: &'static Slot,
    pub elements: Vec<String>,
    /// Which segment of the text it was read from it is; none for one that was made.
    pub origin: Option<u32>,
}

impl Batch {
    /// Reads a text with one set, a segment a line. `None` where a segment has no row.
    pub fn read(text: &str) -> Option<Batch> {
        let bytes = Bytes::copy_from_slice(text.as_bytes());
        let reading = read(&bytes);
        let interchange = reading.interchanges.first()?;
        let group = interchange.groups.first()?;
        let set = group.sets.first()?;
        let header = interchange.group_header(group);
        let version = String::from_utf8_lossy(header.text(8)).into_owned();
        let guide = x12::guide::find(&version, "837")?;
        let walked = walk(interchange, set, guide);
        if walked.placed.len() != set.segment_count() as usize {
            return None;
        }
        let line = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut open = vec![Node { table: &guide.table, parts: Vec::new() }];
        for placed in &walked.placed {
            if placed.opens && !std::ptr::eq(placed.table, &raw const guide.table) {
                close_until(&mut open, |top| top.row_of_loop(placed.table).is_some());
                open.push(Node { table: placed.table, parts: Vec::new() });
            } else {
                close_until(&mut open, |top| std::ptr::eq(top.table, placed.table));
            }
            let segment = interchange.set_segment(set, placed.number)?;
            let elements = line(segment.bytes()).split('*').map(str::to_owned).collect();
            let origin = Some(placed.number);
            let top = open.last_mut()?;
            let row = top.row_of_slot(placed.slot)?;
            let what = What::Segment(Segment { slot: placed.slot, elements, origin });
            top.parts.push(Part { row, what });
        }
        close_until(&mut open, |top| std::ptr::eq(top.table, &raw const guide.table));
        let (isa, gs) = (line(interchange.header().bytes()), line(header.bytes()));
        Some(Batch { isa, gs, kind: Kind::of_guide(guide)?, set: open.pop()? })
    }

    /// Numbers its levels and lines.
    pub fn number(&mut self) {
        self.set.number(&mut 0, None);
    }

    /// The text under control numbers of its own.
    pub fn numbered(&self, number: usize) -> String {
        let mut batch = self.clone();
        let with = |text: &str, at: usize, value: String| {
            let mut elements: Vec<String> = text.split('*').map(str::to_owned).collect();
            elements[at] = value;
            elements.join("*")
        };
        batch.isa = with(&self.isa, 13, format!("{number:09}"));
        batch.gs = with(&self.gs, 6, number.to_string());
        batch.write()
    }

    /// The text, a segment a line, with its levels and lines numbered and its segments counted.
    pub fn write(&self) -> String {
        let mut set = self.set.clone();
        set.number(&mut 0, None);
        let mut lines = Vec::new();
        set.write(&mut lines);
        let count = lines.len();
        if let Some(last) = lines.last_mut() {
            let number = last.rsplit('*').next().unwrap_or_default().to_owned();
            *last = format!("SE*{count}*{number}");
        }
        let field = |text: &str, at: usize| text.split('*').nth(at).unwrap_or_default().to_owned();
        let mut text = format!("{}~\n{}~\n", self.isa, self.gs);
        for line in lines {
            text.push_str(&line);
            text.push_str("~\n");
        }
        text + &format!("GE*1*{}~\nIEA*1*{}~\n", field(&self.gs, 6), field(&self.isa, 13))
    }
}

/// Closes loops until one of those that are open fits.
fn close_until(open: &mut Vec<Node>, fits: impl Fn(&Node) -> bool) {
    while open.last().is_some_and(|top| !fits(top)) {
        let Some(mut inner) = open.pop() else { return };
        // Neighbouring rows of one tag may come in any order.
        inner.parts.sort_by_key(|part| part.row);
        let Some(outer) = open.last_mut() else { return open.push(inner) };
        let row = outer.row_of_loop(inner.table).expect("a loop is opened in one that has it");
        outer.parts.push(Part { row, what: What::Loop(inner) });
    }
}

impl Node {
    fn row_of_loop(&self, table: &'static Loop) -> Option<usize> {
        let is_it = |row: &Row| matches!(row, Row::Inner(inner) if std::ptr::eq(*inner, table));
        self.table.rows.iter().position(is_it)
    }

    fn row_of_slot(&self, slot: &'static Slot) -> Option<usize> {
        let is_it = |row: &Row| matches!(row, Row::Segment(known) if std::ptr::eq(known, slot));
        self.table.rows.iter().position(is_it)
    }

    /// The segments of this loop itself.
    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.parts.iter().filter_map(|part| match &part.what {
            What::Segment(segment) => Some(segment),
            What::Loop(_) => None,
        })
    }

    pub fn segments_mut(&mut self) -> impl Iterator<Item = &mut Segment> {
        self.parts.iter_mut().filter_map(|part| match &mut part.what {
            What::Segment(segment) => Some(segment),
            What::Loop(_) => None,
        })
    }

    /// The loops right inside of this one.
    pub fn loops(&self) -> impl Iterator<Item = &Node> {
        self.parts.iter().filter_map(|part| match &part.what {
            What::Loop(node) => Some(node),
            What::Segment(_) => None,
        })
    }

    pub fn loops_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        self.parts.iter_mut().filter_map(|part| match &mut part.what {
            What::Loop(node) => Some(node),
            What::Segment(_) => None,
        })
    }

    /// The first segment that begins like this: `REF*G1`.
    pub fn find(&self, start: &str) -> Option<&Segment> {
        self.segments().find(|segment| segment.starts(start))
    }

    /// The row and the table of a loop that may stand right inside of this one.
    pub fn inner(&self, id: &str) -> Option<(usize, &'static Loop)> {
        self.table.rows.iter().enumerate().find_map(|(number, row)| match row {
            Row::Inner(inner) if inner.id == id => Some((number, *inner)),
            Row::Inner(_) | Row::Segment(_) => None,
        })
    }

    /// Puts a segment into the row that its qualifiers ask for.
    pub fn put(&mut self, elements: Vec<String>) {
        let fits = |slot: &Slot| {
            let mut keys = slot.keys.iter().filter(|key| key.position > 0);
            slot.tag.text() == elements[0]
                && keys.all(|key| {
                    let value = elements.get(usize::from(key.position));
                    let value = value.and_then(|value| value.split(':').next());
                    key.codes.iter().any(|code| Some(*code) == value)
                })
        };
        let found = self.table.rows.iter().enumerate().find_map(|(number, row)| match row {
            Row::Segment(slot) if fits(slot) => Some((number, slot)),
            Row::Segment(_) | Row::Inner(_) => None,
        });
        let (row, slot) = found.expect("the guide has the segment");
        let what = What::Segment(Segment { slot, elements, origin: None });
        self.insert(Part { row, what });
    }

    /// Puts a part behind those of its row and of the rows before.
    pub fn insert(&mut self, part: Part) {
        let at = self.parts.partition_point(|known| known.row <= part.row);
        self.parts.insert(at, part);
    }

    fn number(&mut self, last: &mut u32, above: Option<u32>) {
        let has_below = self.loops().any(|inner| inner.find("HL").is_some());
        let mut own = above;
        if let Some(level) = self.segments_mut().find(|segment| segment.starts("HL")) {
            *last += 1;
            own = Some(*last);
            level.say(1, last.to_string());
            level.say(2, above.map_or(String::new(), |above| above.to_string()));
            level.say(4, u8::from(has_below).to_string());
        }
        let mut lines = 0;
        for inner in self.loops_mut() {
            inner.number(last, own);
            if let Some(line) = inner.segments_mut().find(|segment| segment.starts("LX")) {
                lines += 1;
                line.say(1, lines.to_string());
            }
        }
    }

    fn write(&self, lines: &mut Vec<String>) {
        for part in &self.parts {
            match &part.what {
                What::Segment(segment) => lines.push(segment.text()),
                What::Loop(node) => node.write(lines),
            }
        }
    }
}

impl Segment {
    pub fn get(&self, position: usize) -> &str {
        self.elements.get(position).map_or("", String::as_str)
    }

    /// A part of a composite, from 1.
    pub fn part(&self, position: usize, part: usize) -> &str {
        self.get(position).split(':').nth(part - 1).unwrap_or_default()
    }

    /// Sets a value, where it is another; the segment stays as it came where it is not.
    fn say(&mut self, position: usize, value: String) {
        if self.get(position) != value {
            self.set(position, value);
        }
    }

    pub fn set(&mut self, position: usize, value: String) {
        if self.elements.len() <= position {
            self.elements.resize(position + 1, String::new());
        }
        self.elements[position] = value;
        while self.elements.last().is_some_and(String::is_empty) {
            self.elements.pop();
        }
    }

    /// Whether its first elements are these.
    pub fn starts(&self, start: &str) -> bool {
        start
            .split('*')
            .zip(&self.elements)
            .all(|(wanted, element)| element == wanted || element.split(':').next() == Some(wanted))
    }

    pub fn text(&self) -> String {
        self.elements.join("*")
    }
}
