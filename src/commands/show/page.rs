//! A file laid out for reading: a line for each segment, under the loops that it stands in.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Write};
use std::ops::Range;

use x12::delimiters::Delimiters;
use x12::interchange::{Group, Interchange, Set};
use x12::segment::Segment;
use x12::walk::Placed;

use super::meaning;
use crate::commands::count;
use crate::commands::snippet::{Drawer, EXCERPT_BYTES_MAX, Setting, line, shown};
use crate::commands::terminal::{BOLD, DIM, LOOP, Look, MEANING, NAME, Shown, harmless, wrap};
use crate::inspect::{Note, Sink, Summary, set_name};
use crate::intake::judge::Judged;

/// Which part of a file is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    pub only_findings: bool,
    /// CLM01, CLP01 or TRN02.
    pub claim: Option<&'a str>,
}

/// Lays out what it hears.
pub struct Page<'a> {
    look: Look,
    chosen: Chosen<'a>,
    drawer: Drawer,
    out: &'a mut dyn Write,
    /// Why writing failed, if it did: then nothing more is written.
    failed: Option<io::Error>,
    /// Notes of what is about to begin.
    pending: Vec<Note>,
    /// Notes of the envelope that are not written yet, by where they point.
    envelope: BTreeMap<usize, Vec<Note>>,
    /// Segments outside sets that are not written yet.
    outside: VecDeque<Outside>,
    /// The loops that are open, the outermost first.
    headings: Vec<Heading>,
    /// How wide the column of numbers is.
    digits: usize,
    /// Whether anything of what was chosen was there.
    has_chosen: bool,
}

/// A segment outside sets, kept until its turn.
struct Outside {
    offset: usize,
    end: usize,
    text: Vec<u8>,
    delimiters: Delimiters,
}

/// The heading of a loop, or of the set.
struct Heading {
    depth: usize,
    text: String,
    /// What it stands over is of one claim.
    is_of_claim: bool,
    is_written: bool,
}

impl<'a> Page<'a> {
    pub fn new(look: Look, chosen: Chosen<'a>, out: &'a mut dyn Write) -> Page<'a> {
        Page {
            look,
            chosen,
            drawer: Drawer::new(look),
            out,
            failed: None,
            pending: Vec::new(),
            envelope: BTreeMap::new(),
            outside: VecDeque::new(),
            headings: Vec::new(),
            digits: DIGITS_MIN,
            has_chosen: false,
        }
    }

    /// Ends the page; says whether anything of what was chosen was there.
    pub fn finish(mut self, summary: &Summary) -> Result<bool, io::Error> {
        if summary.interchanges > 0 && self.chosen.claim.is_none() {
            let Summary { claims, findings, to_act_on, .. } = *summary;
            let claims =
                if claims > 0 { format!("{}, ", count(claims, "claim")) } else { String::new() };
            let findings = count(findings, "finding");
            self.write(&format!("\n{claims}{findings}, {to_act_on} to act on"));
        }
        match self.failed {
            Some(error) => Err(error),
            None => Ok(self.has_chosen),
        }
    }

    const fn is_all(&self) -> bool {
        !self.chosen.only_findings && self.chosen.claim.is_none()
    }

    fn write(&mut self, line: &str) {
        if self.failed.is_none()
            && let Err(error) = writeln!(self.out, "{line}")
        {
            self.failed = Some(error);
        }
    }

    /// A line with the gutter before it: the segment's number, or nothing.
    fn write_line(&mut self, number: u32, line: &str) {
        let digits = self.digits;
        let number = if number > 0 { number.to_string() } else { String::new() };
        let gutter = format!("{number:>digits$} |");
        let gutter = self.look.paint(DIM, &gutter).into_owned();
        let line = line.trim_end();
        self.write(&if line.is_empty() { gutter } else { format!("{gutter} {line}") });
    }

    /// A segment with its name, its findings and its meaning.
    fn write_segment(&mut self, segment: &Segment<'_>, notes: &[Note], told: Told<'_>) {
        self.write_headings();
        let Told { indent, name, meaning } = told;
        let meaning = harmless(&meaning.join(" · ")).into_owned();
        let is_of_claim = self.headings.iter().any(|heading| heading.is_of_claim);
        let setting = Setting { indent, name, meaning: &meaning, is_of_claim };
        if !notes.is_empty() {
            let picture = self.drawer.in_place(segment, notes, setting);
            // The gutter of the picture is as wide as its number; ours is as wide as any.
            let number = segment.number();
            let own = if number > 0 { number.to_string().len() } else { 0 };
            let space = self.digits.saturating_sub(own);
            for line in picture.lines() {
                self.write(&format!("{:space$}{line}", ""));
            }
            return;
        }
        let bytes = segment.bytes();
        let mut text = shown(segment, 0..bytes.len().min(EXCERPT_BYTES_MAX)).text;
        if let Some(left) = bytes.len().checked_sub(EXCERPT_BYTES_MAX).filter(|&left| left > 0) {
            text.push_str(&format!("… and {left} bytes more"));
        }
        let line = line(&text, setting);
        let line = self.coloured(&line, &text, segment, setting);
        self.write_line(segment.number(), &line);
        if meaning.is_empty() {
            return;
        }
        let indent = indent + MEANING_INDENT;
        let width = self.look.width.saturating_sub(indent + self.digits + 3).max(40);
        for line in wrap(&meaning, width) {
            let line = self.look.paint(MEANING, &line);
            let line = format!("{:indent$}{line}", "");
            self.write_line(0, &line);
        }
    }

    /// A line with its tag and its name in colour.
    fn coloured(
        &self,
        plain: &str,
        text: &str,
        segment: &Segment<'_>,
        setting: Setting<'_>,
    ) -> String {
        let Setting { indent, name, .. } = setting;
        if !self.look.is_coloured {
            return plain.to_owned();
        }
        let tag_len = Shown::new(segment.tag_bytes()).text.len();
        let (tag, rest) = text.split_at_checked(tag_len).unwrap_or((text, ""));
        let space = plain.len().saturating_sub(indent + text.len() + name.len());
        let (tag, name) = (self.look.paint(BOLD, tag), self.look.paint(NAME, name));
        format!("{:indent$}{tag}{rest}{:space$}{name}", "", "")
    }

    /// Writes the headings of the loops that are open and not written yet.
    fn write_headings(&mut self) {
        let mut due = Vec::new();
        for heading in self.headings.iter_mut().filter(|heading| !heading.is_written) {
            heading.is_written = true;
            due.push((heading.depth, heading.text.clone()));
        }
        for (depth, text) in due {
            let text = self.look.paint(LOOP, &text);
            let line = format!("{:indent$}{text}", "", indent = SET_INDENT + depth * 2);
            self.write_line(0, &line);
        }
    }

    /// Opens a loop, which closes those beside it and inside it.
    fn open(&mut self, depth: usize, text: String, is_of_claim: bool) {
        self.headings.retain(|heading| heading.depth < depth);
        self.headings.push(Heading { depth, text, is_of_claim, is_written: false });
    }

    /// Keeps what was said of an envelope until its segment is written.
    fn take_pending(&mut self) {
        for note in self.pending.drain(..) {
            self.envelope.entry(note.place.offset).or_default().push(note);
        }
    }

    /// Writes the segments outside sets that begin before `offset`.
    fn write_outside(&mut self, offset: usize) {
        while let Some(one) = self.outside.front()
            && one.offset < offset
        {
            let Some(one) = self.outside.pop_front() else { return };
            let segment = Segment::new(&one.text, one.offset, 0, one.delimiters);
            let own = one.offset..one.end + 1;
            let mut notes = Vec::new();
            while let Some((&at, _)) = self.envelope.range(own.clone()).next() {
                notes.extend(self.envelope.remove(&at).unwrap_or_default());
            }
            if !self.is_all() && notes.is_empty() {
                continue;
            }
            self.headings.clear();
            let tag = segment.tag_bytes();
            let indent = if matches!(tag, b"ISA" | b"IEA") { 0 } else { 2 };
            let name = meaning::envelope_name(tag);
            let meaning = meaning::of_envelope(&segment);
            self.write_segment(&segment, &notes, Told { indent, name, meaning });
        }
    }

    /// Writes what is said of a place that no segment stands at.
    fn write_alone(&mut self, notes: &[Note]) {
        for note in notes {
            let interchange = format!("interchange {}", note.address.interchange);
            let picture = self.drawer.alone(&interchange, note, None);
            for line in picture.lines() {
                self.write(line);
            }
        }
    }

    fn set_heading(
        &self,
        interchange: &Interchange,
        group: &Group,
        set: &Set,
        judged: &Judged,
    ) -> String {
        let number = String::from_utf8_lossy(interchange.set_header(set).text(2)).into_owned();
        let name = match judged.guide {
            Some(guide) => guide.name,
            None if set.is_passed_over() => "too large to be looked through",
            None => "no guide of ours describes it",
        };
        harmless(&format!("{} {number}: {name}", set_name(interchange, group, set))).into_owned()
    }
}

/// What is said of a segment, and how far in.
struct Told<'a> {
    indent: usize,
    name: &'a str,
    meaning: Vec<String>,
}

impl Sink for Page<'_> {
    fn note(&mut self, note: Note, _: Option<&Segment<'_>>) {
        self.pending.push(note);
    }

    fn stray(&mut self, stray: Range<usize>, start: &[u8]) {
        if self.chosen.claim.is_some() {
            return;
        }
        let text = Shown::new(start).text;
        let more = if stray.len() > start.len() { "…" } else { "" };
        let Range { start, end } = stray;
        self.write(&format!("bytes {start} to {end} belong to no interchange: {text}{more}"));
    }

    fn begin(&mut self, interchange: &Interchange) {
        self.envelope.clear();
        self.take_pending();
        let keep = |segment: Segment<'_>| Outside {
            offset: segment.offset(),
            end: segment.end(),
            text: segment.bytes().to_vec(),
            delimiters: segment.delimiters(),
        };
        self.outside = interchange.outside_sets().map(keep).collect();
    }

    fn group(&mut self, _: &Interchange, _: &Group) {
        self.take_pending();
    }

    fn set(
        &mut self,
        interchange: &Interchange,
        group: &Group,
        set: &Set,
        judged: &Judged,
    ) -> io::Result<()> {
        let mut notes = std::mem::take(&mut self.pending);
        notes.sort_by_key(|note| note.place.segment);
        let mut notes = notes.as_slice();
        self.write_outside(interchange.set_header(set).offset());
        self.digits = set.segment_count().to_string().len().max(DIGITS_MIN);
        let heading = self.set_heading(interchange, group, set, judged);
        self.open(0, heading, false);
        let wanted = self.chosen.claim.map(|claim| ranges_of(claim, interchange, set, judged));
        let mut placed = judged.walked.placed.iter().peekable();
        let mut depth = 0;
        for segment in interchange.set_segments(set) {
            let number = segment.number();
            let own = placed.next_if(|known| known.number == number);
            let here = notes.iter().take_while(|note| note.place.segment <= number).count();
            let (here, later) = notes.split_at(here);
            notes = later;
            if let Some(own) = own {
                depth = usize::from(own.depth);
                if own.opens && depth > 0 {
                    let is_of_claim = segment.tag_bytes() == b"CLM";
                    self.open(depth, loop_heading(&segment, own), is_of_claim);
                }
                self.headings.retain(|heading| heading.depth <= depth);
            }
            let is_wanted =
                wanted.as_ref().is_none_or(|all| all.iter().any(|one| one.contains(&number)));
            if !is_wanted || (self.chosen.only_findings && here.is_empty()) {
                continue;
            }
            self.has_chosen = true;
            let told = Told {
                indent: SET_INDENT + 2 + depth * 2,
                name: name_of(own, judged),
                meaning: own.map_or_else(Vec::new, |own| meaning::of(&segment, own.slot)),
            };
            self.write_segment(&segment, here, told);
        }
        self.headings.clear();
        self.failed.take().map_or(Ok(()), Err)
    }

    fn end(&mut self, _: &Interchange) {
        self.write_outside(usize::MAX);
        let left: Vec<Note> = std::mem::take(&mut self.envelope).into_values().flatten().collect();
        self.write_alone(&left);
    }
}

fn name_of(own: Option<&Placed>, judged: &Judged) -> &'static str {
    match (own, judged.guide) {
        (Some(own), _) => own.slot.name,
        (None, Some(_)) => "(no place in the guide)",
        (None, None) => "",
    }
}

/// `2400 service line 3`: a loop's name, and the number that its first segment gives it.
fn loop_heading(head: &Segment<'_>, placed: &Placed) -> String {
    let table = placed.table;
    let number = match head.tag_bytes() {
        b"CLM" | b"CLP" | b"LX" | b"HL" => String::from_utf8_lossy(head.text(1)).into_owned(),
        _ => String::new(),
    };
    let text = format!("{} {} {number}", table.id, table.name);
    harmless(text.trim_end()).into_owned()
}

/// Where in a set the claim with this number stands, and those whom it is under: the beginnings of
/// the levels that its loop lies in.
fn ranges_of(
    claim: &str,
    interchange: &Interchange,
    set: &Set,
    judged: &Judged,
) -> Vec<Range<u32>> {
    let placed = &judged.walked.placed;
    let end = set.segment_count() + 1;
    let mut found = Vec::new();
    let mut open: Vec<&Placed> = Vec::new();
    for (index, own) in placed.iter().enumerate().filter(|(_, own)| own.opens) {
        open.retain(|outer| outer.depth < own.depth);
        open.push(own);
        let Some(segment) = interchange.set_segment(set, own.number) else { continue };
        let number = match segment.tag_bytes() {
            b"CLM" | b"CLP" => segment.text(1),
            b"TRN" => segment.text(2),
            _ => continue,
        };
        if number != claim.as_bytes() {
            continue;
        }
        let later = placed.iter().skip(index + 1);
        let is_outside =
            |next: &&Placed| next.depth < own.depth || (next.depth == own.depth && next.opens);
        let until = later.clone().find(is_outside).map_or(end, |next| next.number);
        for outer in open.iter().filter(|outer| outer.depth > 0 && outer.depth < own.depth) {
            let begins_more = |next: &&Placed| {
                next.number > outer.number
                    && next.opens
                    && matches!(next.slot.tag.text().as_str(), "HL" | "CLM" | "CLP" | "TRN")
            };
            let first = placed.iter().find(begins_more).map_or(end, |next| next.number);
            found.push(outer.number..first);
        }
        found.push(own.number..until);
    }
    found
}

/// How far in a set's heading stands.
const SET_INDENT: usize = 2;

/// How far under its segment the meaning stands.
const MEANING_INDENT: usize = 4;

/// The column of numbers is at least this wide, so that most pages look alike.
const DIGITS_MIN: usize = 4;
