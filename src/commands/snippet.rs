//! A finding drawn at its place: the segment, a caret under the very element, and what there is to
//! say of it. `check` and `show` draw with it.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Renderer, Snippet};
use x12::fault::Place;
use x12::segment::Segment;

use super::terminal::{ARROW, Look, Shown, harmless, wrap};
use crate::inspect::{Answer, Note, Side};
use crate::scrub::Severity;

/// Draws findings in one look.
#[derive(Debug)]
pub struct Drawer {
    look: Look,
    renderer: Renderer,
}

/// How a segment stands on its page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting<'a> {
    /// Columns that the segment is moved in.
    pub indent: usize,
    /// What stands behind it.
    pub name: &'a str,
    /// What its elements say.
    pub meaning: &'a str,
    /// It stands in a claim, and what is found in it is of that one.
    pub is_of_claim: bool,
}

/// A finding, and the numbers of the claims that it is of: those that share a segment may share
/// what is wrong with it.
struct Shared<'a> {
    note: &'a Note,
    claims: Vec<&'a str>,
}

impl<'a> Shared<'a> {
    /// Findings that say the same of the same place as one, in their order.
    fn of(notes: &'a [Note]) -> Vec<Shared<'a>> {
        let mut all: Vec<Shared<'_>> = Vec::new();
        for note in notes {
            let claim = note.address.claim.as_deref();
            let is_same = |known: &&mut Shared<'_>| says(known.note) == says(note);
            match all.iter_mut().find(is_same) {
                Some(known) => known.claims.extend(claim),
                None => all.push(Shared { note, claims: claim.into_iter().collect() }),
            }
        }
        all
    }

    /// `WC-3001, WC-3002 and 3 more`.
    fn claims_in_words(&self) -> String {
        let told = self.claims.iter().take(CLAIMS_TOLD_MAX).copied().collect::<Vec<_>>().join(", ");
        match self.claims.len().saturating_sub(CLAIMS_TOLD_MAX) {
            0 => told,
            more => format!("{told} and {more} more"),
        }
    }
}

impl Drawer {
    pub fn new(look: Look) -> Drawer {
        let renderer = if look.is_coloured { Renderer::styled() } else { Renderer::plain() };
        // Lines of a file are cut beside the caret when they are far too long, not sooner.
        Drawer { look, renderer: renderer.term_width(look.width.max(SEGMENT_COLUMNS)) }
    }

    /// One finding by itself, with a heading that says where it is.
    pub fn alone(&self, file: &str, note: &Note, segment: Option<&Segment<'_>>) -> String {
        let level = level(note.severity).with_name(note.severity.name());
        let title = level.primary_title(harmless(&note.what).into_owned()).id(&*note.code);
        let excerpt = segment.map(|segment| Excerpt::new(segment, std::iter::once(note)));
        let group = title.elements(
            excerpt.iter().map(|excerpt| excerpt.snippet(Setting::default(), &[&note.name])),
        );
        let picture = self.renderer.render(&[group.elements(self.words(note, false, true))]);
        // Where it is stands under the heading; a path of the library's would be file, line, column.
        let digits = excerpt.filter(|excerpt| excerpt.number > 0);
        let digits = digits.map_or(0, |excerpt| excerpt.number.to_string().len());
        let address = address(file, note);
        let (title, rest) = picture.split_once('\n').unwrap_or((&picture, ""));
        format!(
            "{title}\n{:digits$}{} {}\n{rest}",
            "",
            self.look.paint(ARROW, "-->"),
            harmless(&address)
        )
    }

    /// Findings of one segment, drawn under it; the segment is part of what is drawn.
    pub fn in_place(&self, segment: &Segment<'_>, notes: &[Note], setting: Setting<'_>) -> String {
        let gravest = notes.iter().map(|note| note.severity).min().unwrap_or(Severity::Warn);
        let notes = Shared::of(notes);
        let labels: Vec<String> = notes.iter().map(|shared| label(shared.note)).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        // In a very long segment each finding has a stretch of its own.
        let is_long = segment.bytes().len() > EXCERPT_BYTES_MAX;
        let at_once = if is_long { 1 } else { notes.len().max(1) };
        let mut pictures = Vec::new();
        let mut meaning = Some(setting.meaning).filter(|meaning| !meaning.is_empty());
        for (notes, labels) in notes.chunks(at_once).zip(labels.chunks(at_once)) {
            let excerpt = Excerpt::new(segment, notes.iter().map(|shared| shared.note));
            let mut group =
                Group::with_level(level(gravest)).element(excerpt.snippet(setting, labels));
            if let Some(meaning) = meaning.take() {
                group = group.element(self.said(Level::NOTE, "reads", meaning));
            }
            let mut known = Vec::new();
            for shared in notes {
                let note = shared.note;
                // Once is enough for each reason.
                let is_known = known.contains(&&note.why);
                known.push(&note.why);
                group = group.elements(self.words(note, true, !is_known));
                if !setting.is_of_claim && !shared.claims.is_empty() {
                    let name = if shared.claims.len() > 1 { "claims" } else { "claim" };
                    let claims = shared.claims_in_words();
                    group = group.element(self.said(Level::NOTE, name, &claims));
                }
            }
            // The line above the segment is empty, and the page goes on without it.
            let picture = self.renderer.render(&[group]);
            pictures.push(picture.split_once('\n').map_or("", |(_, rest)| rest).to_owned());
        }
        pictures.join("\n")
    }

    /// What there is to say of a finding, line by line.
    fn words(&self, note: &Note, with_title: bool, with_why: bool) -> Vec<Element<'static>> {
        let mut words = Vec::new();
        if with_title {
            let name = format!("{} {}", note.severity.name(), note.code);
            words.push(self.said(level(note.severity), &name, &note.what));
        }
        if with_why {
            words.push(self.said(Level::NOTE, "why", &note.why));
        }
        words.push(self.said(Level::HELP, "fix", &note.fix));
        if let Some(edit) = &note.edit {
            let asks = if edit.is_safe { "is made" } else { "is proposed" };
            let (from, to) = (shortened(edit.from.expose()), shortened(edit.to.expose()));
            words.push(self.said(Level::HELP, "edit", &format!("'{from}' to '{to}' {asks}")));
        }
        let is_rule = matches!(note.answer, Answer::Status(_));
        let (name, code) = match (answer(&note.answer), note.is_answered) {
            (told, true) => told,
            (_, false) if note.answer == Answer::None => ("answer", "none".to_owned()),
            // What is held or goes out is rejected by nobody.
            ((_, code), false) if is_rule => {
                ("answer", format!("none; a rejection would say {code}"))
            }
            ((_, code), false) => ("answer", format!("none; of other sets one would say {code}")),
        };
        words.push(self.said(Level::NOTE, name, &code));
        for (set, edition) in &note.tables {
            words.push(self.said(Level::NOTE, "by", &format!("{set}: {edition}")));
        }
        words
    }

    /// A line behind the gutter, or several: a name, and what is said under it.
    fn said(&self, level: Level<'static>, name: &str, text: &str) -> Element<'static> {
        let text = harmless(text).into_owned();
        // The gutter, the sign and the name before the text.
        let before = name.chars().count() + 10;
        let lines = wrap(&text, self.look.width.saturating_sub(before).max(30));
        level.with_name(harmless(name).into_owned()).message(lines.join("\n")).into()
    }
}

/// All that is drawn of a finding.
fn says(note: &Note) -> (&str, Place, &str, &str, &str, &Answer) {
    let Note { code, place, segment, what, fix, answer, .. } = note;
    (code, *place, segment, what, fix, answer)
}

/// The beginning of a value that is too long to read.
fn shortened(value: &str) -> Cow<'_, str> {
    match value.char_indices().nth(VALUE_CHARACTERS_MAX) {
        Some((end, _)) => Cow::Owned(format!("{}…", value.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(value),
    }
}

/// Which code an acknowledgment gives, and which acknowledgment.
pub fn answer(answer: &Answer) -> (&'static str, String) {
    match answer {
        Answer::Ta1(code) => ("TA1", format!("TA105 {code}")),
        Answer::Ak9(code) => ("999", format!("AK905 {code}")),
        Answer::Ik5(code) => ("999", format!("IK502 {code}")),
        Answer::Ik3(code) => ("999", format!("IK304 {code}")),
        Answer::Ik4(code) => ("999", format!("IK403 {code}")),
        Answer::Status(status) => ("277CA", status.clone()),
        Answer::None => ("", String::new()),
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Reject => Level::ERROR,
        Severity::Hold => Level::WARNING,
        Severity::Warn => Level::INFO,
        Severity::Repair => Level::HELP,
    }
}

/// What stands at the caret: where, and the name of what is wrong.
fn label(note: &Note) -> String {
    let element = note.place.name_in(&note.segment);
    let repeat = match note.place.repeat {
        0 | 1 => String::new(),
        repeat => format!(" (repetition {repeat})"),
    };
    let missing = if note.missing.is_some() { " should stand here" } else { "" };
    harmless(&format!("{element}{repeat}{missing}: {}", note.name)).into_owned()
}

/// Where a finding is: file, set, claim, loop, segment.
fn address(file: &str, note: &Note) -> String {
    let Note { address, place, .. } = note;
    let mut text = format!("{file}: byte {}", place.offset);
    if !address.transaction.is_empty() {
        text.push_str(&format!(", set {} ({})", address.transaction, address.set));
    }
    if let Some(claim) = address.claim.as_ref().filter(|claim| !claim.is_empty()) {
        text.push_str(&format!(", claim {claim}"));
    }
    if !note.loop_id.is_empty() {
        text.push_str(&format!(", loop {}", note.loop_id));
    }
    if place.segment > 0 {
        let (number, element) = (place.segment, place.name_in(&note.segment));
        text.push_str(&match note.missing {
            None => format!(", segment {number} {element}"),
            Some(side) => format!(", {} segment {number}: {element}", side.in_words()),
        });
    }
    text
}

/// A segment, or a stretch of a long one, with the places that are to be marked.
#[derive(Debug)]
struct Excerpt {
    /// The segment's number in its set; 0 outside one.
    number: u32,
    text: String,
    marks: Vec<Range<usize>>,
}

impl Excerpt {
    fn new<'a>(segment: &Segment<'_>, notes: impl Iterator<Item = &'a Note>) -> Excerpt {
        let ranges: Vec<Range<usize>> = notes.map(|note| range_of(segment, note)).collect();
        let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
        let bytes = segment.bytes();
        let from = if bytes.len() <= EXCERPT_BYTES_MAX {
            0
        } else {
            first.saturating_sub(EXCERPT_BYTES_MAX / 10)
        };
        let to = bytes.len().min(from + EXCERPT_BYTES_MAX);
        let before = if from > 0 { "…" } else { "" };
        let after = if to < bytes.len() { "…" } else { "" };
        let stretch = from..to;
        let shown = shown(segment, stretch.clone());
        let at = |offset: usize| {
            before.len() + shown.at(offset.clamp(stretch.start, stretch.end) - stretch.start)
        };
        let mark = |range: &Range<usize>| {
            at(range.start)..at(range.end.min(range.start + VALUE_CHARACTERS_MAX))
        };
        let marks = ranges.iter().map(mark).collect();
        let text = format!("{before}{}{after}", shown.text);
        Excerpt { number: segment.number(), text, marks }
    }

    fn snippet<'a>(&self, setting: Setting<'_>, labels: &[&'a str]) -> Snippet<'a, Annotation<'a>> {
        let Setting { indent, name, .. } = setting;
        let line = line(&self.text, setting);
        debug_assert!(name.is_empty() || line.ends_with(name), "the name stands last");
        let annotations = self.marks.iter().zip(labels).map(|(mark, &label)| {
            AnnotationKind::Primary.span(mark.start + indent..mark.end + indent).label(label)
        });
        Snippet::source(line)
            .line_start(self.number as usize)
            .line_numbering(self.number > 0)
            .annotations(annotations)
    }
}

/// A segment's text as it stands on a page, with its name behind it.
pub fn line(text: &str, setting: Setting<'_>) -> String {
    let Setting { indent, name, .. } = setting;
    if name.is_empty() {
        return format!("{:indent$}{text}", "");
    }
    // Names begin in one column where segments are short enough.
    let space = NAME_COLUMN.saturating_sub(indent + text.chars().count()).max(2);
    format!("{:indent$}{text}{:space$}{name}", "", "")
}

/// The bytes of a segment as they are shown. ISA02 and ISA04 are passwords in some channels.
pub fn shown(segment: &Segment<'_>, range: Range<usize>) -> Shown {
    let mut bytes = segment.bytes().get(range.clone()).unwrap_or_default().to_vec();
    if segment.tag_bytes() == b"ISA" {
        for n in [2, 4] {
            let secret = element_range(segment, n);
            let is_blank = segment.text(n).iter().all(|&byte| byte == b' ');
            for at in secret.filter(|_| !is_blank) {
                if let Some(byte) = at.checked_sub(range.start).and_then(|at| bytes.get_mut(at)) {
                    *byte = b'#';
                }
            }
        }
    }
    Shown::new(&bytes)
}

/// Where a finding's element stands in its segment; its end when the element is absent.
fn range_of(segment: &Segment<'_>, note: &Note) -> Range<usize> {
    let Place { component, repeat, .. } = note.place;
    let text = segment.bytes();
    match note.missing {
        Some(Side::Before) => return 0..0,
        Some(Side::Behind) => return text.len()..text.len(),
        None => {}
    }
    let range = element_range(segment, usize::from(note.element_in(segment)));
    let delimiters = segment.delimiters();
    let range = match delimiters.repetition.filter(|_| repeat > 0) {
        Some(separator) => piece(text, range, separator, usize::from(repeat) - 1),
        None => range,
    };
    match component {
        0 => range,
        component => piece(text, range, delimiters.component, usize::from(component) - 1),
    }
}

/// Where element `n` of a segment stands; its end when it has none.
fn element_range(segment: &Segment<'_>, n: usize) -> Range<usize> {
    let text = segment.bytes();
    piece(text, 0..text.len(), segment.delimiters().element, n)
}

/// Where piece `n` of a stretch stands, from 0; the stretch's end when there are fewer.
fn piece(text: &[u8], within: Range<usize>, separator: u8, n: usize) -> Range<usize> {
    let stretch = text.get(within.clone()).unwrap_or_default();
    let mut start = within.start;
    for (index, piece) in stretch.split(|&byte| byte == separator).enumerate() {
        if index == n {
            return start..start + piece.len();
        }
        start += piece.len() + 1;
    }
    within.end..within.end
}

/// The column that names begin in.
const NAME_COLUMN: usize = 60;

/// Segments of this many columns are drawn whole.
const SEGMENT_COLUMNS: usize = 400;

/// So many claims of a finding are told by their numbers.
const CLAIMS_TOLD_MAX: usize = 10;

/// No value is quoted, and no caret drawn, longer than this.
const VALUE_CHARACTERS_MAX: usize = 120;

/// Longer segments, such as pictures inside a file, are shown in stretches of this length.
pub const EXCERPT_BYTES_MAX: usize = 2_000;
