//! One segment to JSON and back.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::cutting::trim;
use crate::delimiters::Delimiters;
use crate::guide::row::{Codes, Kind};
use crate::segment::Segment;

use super::dates::{NO_DAY, NO_TIME, iso_date, iso_day, iso_time, wire_date, wire_day, wire_time};
use super::fields::{Field, Fixed, FixedText, Form, SegmentShape, Told, Value, form_of};
use super::names::nearest;
use super::node::{Node, Pairs};
use super::problem::{Path, Problems, X12Place};

/// How the characters of an interchange are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// Each byte is a character: what files that are not UTF-8 are read as, so that no byte is lost.
    Latin1,
}

impl Encoding {
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match (self, std::str::from_utf8(bytes)) {
            (Encoding::Utf8, Ok(text)) => Cow::Borrowed(text),
            (Encoding::Latin1, Ok(text)) if text.is_ascii() => Cow::Borrowed(text),
            // A piece that is not UTF-8 is in no interchange that is.
            (Encoding::Utf8 | Encoding::Latin1, _) => {
                Cow::Owned(bytes.iter().copied().map(char::from).collect())
            }
        }
    }

    /// The bytes of a text; `None` when a character has none.
    pub fn encode(self, text: &str, out: &mut Vec<u8>) -> Option<()> {
        match self {
            Encoding::Utf8 => out.extend_from_slice(text.as_bytes()),
            Encoding::Latin1 => {
                for letter in text.chars() {
                    out.push(u8::try_from(u32::from(letter)).ok()?);
                }
            }
        }
        Some(())
    }
}

/// How an interchange is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Script {
    pub delimiters: Delimiters,
    pub encoding: Encoding,
}

/// A segment without separators at its end, or at the end of its composites: what it says.
pub(super) fn canonical(segment: &[u8], delimiters: Delimiters) -> Vec<u8> {
    let mut out = Vec::with_capacity(segment.len());
    for (index, element) in segment.split(|&byte| byte == delimiters.element).enumerate() {
        if index > 0 {
            out.push(delimiters.element);
        }
        for (index, repeat) in
            element.split(|&byte| Some(byte) == delimiters.repetition).enumerate()
        {
            if index > 0 {
                out.extend(delimiters.repetition);
            }
            let is_separator = |&byte: &u8| byte == delimiters.component;
            let end = repeat.iter().rposition(|byte| !is_separator(byte)).map_or(0, |at| at + 1);
            out.extend_from_slice(&repeat[..end]);
        }
    }
    while out.last() == Some(&delimiters.element) {
        out.pop();
    }
    out
}

/// The keys and values of a segment. `implied` are values that need not be told.
pub(super) fn take<'a>(
    shape: &'static SegmentShape,
    segment: &Segment<'a>,
    script: Script,
    implied: &[(u8, String)],
    pairs: &mut Pairs<'a>,
) {
    let mut texts: Vec<&[u8]> = segment.elements().collect();
    for (position, text) in implied {
        if let Some(found) = texts.get_mut(usize::from(*position))
            && *found == text.as_bytes()
        {
            *found = &[];
        }
    }
    take_fields(&shape.fields, &texts, script, pairs);
}

/// What a segment is under a key of its own.
pub(super) fn take_node<'a>(
    shape: &'static SegmentShape,
    segment: &Segment<'a>,
    script: Script,
) -> Node<'a> {
    let mut pairs = Vec::new();
    take(shape, segment, script, &[], &mut pairs);
    node_of(shape.form(), pairs)
}

fn node_of(form: Form, mut pairs: Pairs<'_>) -> Node<'_> {
    match form {
        Form::Mark => Node::Bool(true),
        Form::Plain => pairs.pop().map_or(Node::Null, |(_, node)| node),
        Form::Object => Node::Object(pairs),
    }
}

fn take_fields<'a>(
    fields: &'static [Field],
    texts: &[&'a [u8]],
    script: Script,
    pairs: &mut Pairs<'a>,
) {
    for field in fields {
        if let Some(node) = take_field(field, texts, script) {
            pairs.push((Cow::Borrowed(&field.key), node));
        }
    }
}

fn take_field<'a>(field: &'static Field, texts: &[&'a [u8]], script: Script) -> Option<Node<'a>> {
    let text_at = |position: u8| texts.get(usize::from(position)).copied().unwrap_or_default();
    match &field.told {
        Told::Value(value) => {
            let text = text_at(value.position);
            (!text.is_empty()).then(|| take_value(value, script.encoding.decode(text)))
        }
        Told::Date { format, value } => {
            let (form, text) = (text_at(format.position), text_at(value.position));
            if form.is_empty() && text.is_empty() {
                return None;
            }
            let (form, text) = (script.encoding.decode(form), script.encoding.decode(text));
            Some(take_date(format, form, text))
        }
        Told::Composite { fields, .. } => {
            let text = text_at(field.position);
            (!text.is_empty()).then(|| take_composite(fields, text, script))
        }
        Told::List(turns) => {
            let mut items: Vec<Node<'a>> = turns
                .iter()
                .map(|turn| {
                    let mut pairs = Vec::new();
                    take_fields(turn, texts, script, &mut pairs);
                    if pairs.is_empty() { Node::Null } else { node_of(form_of(turn), pairs) }
                })
                .collect();
            let end = items.iter().rposition(|item| *item != Node::Null).map_or(0, |at| at + 1);
            items.truncate(end);
            (!items.is_empty()).then_some(Node::List(items))
        }
        Told::Repeats { of, .. } => {
            let text = text_at(field.position);
            if text.is_empty() {
                return None;
            }
            let repeats = text.split(|&byte| Some(byte) == script.delimiters.repetition);
            let items = repeats.map(|repeat| {
                let mut texts: Vec<&'a [u8]> = vec![&[]; usize::from(of.position)];
                texts.push(repeat);
                take_field(of, &texts, script).unwrap_or(Node::Null)
            });
            Some(Node::List(items.collect()))
        }
    }
}

/// A date; what is none stays as it is written, with its format where there is a choice.
fn take_date<'a>(format: &Value, form: Cow<'a, str>, text: Cow<'a, str>) -> Node<'a> {
    let is_only = matches!(format.codes, Codes::Listed(&[only]) if only == form);
    match iso_date(&form, &text) {
        Some(date) => date,
        None if is_only && !text.is_empty() => Node::Text(text),
        None => Node::Object(vec![
            ("format".into(), Node::Text(form)),
            ("value".into(), Node::Text(text)),
        ]),
    }
}

fn take_composite<'a>(fields: &'static [Field], text: &'a [u8], script: Script) -> Node<'a> {
    let parts = text.split(|&byte| byte == script.delimiters.component);
    // Parts count from 1.
    let texts: Vec<&'a [u8]> = std::iter::once(&[][..]).chain(parts).collect();
    let mut pairs = Vec::new();
    take_fields(fields, &texts, script, &mut pairs);
    node_of(form_of(fields), pairs)
}

fn take_value<'a>(value: &Value, text: Cow<'a, str>) -> Node<'a> {
    let iso = match value.data.kind {
        Kind::DT => iso_day(&text),
        Kind::TM => iso_time(&text),
        Kind::AN | Kind::ID | Kind::N0 | Kind::R => None,
    };
    Node::Text(iso.map_or(text, Cow::Owned))
}

/// What the document gives for a segment or a composite.
#[derive(Clone, Copy, Debug)]
pub(super) enum Given<'n, 'a> {
    Pairs(&'n [(Cow<'a, str>, Node<'a>)]),
    /// The value of the one field.
    Single(&'n Node<'a>),
    Nothing,
}

impl<'n, 'a> Given<'n, 'a> {
    fn find(&self, key: &str) -> Option<&'n Node<'a>> {
        let node = match self {
            Given::Pairs(pairs) => {
                pairs.iter().find(|(known, _)| known == key).map(|(_, node)| node)
            }
            Given::Single(node) => Some(*node),
            Given::Nothing => None,
        };
        node.filter(|node| **node != Node::Null)
    }
}

/// Writes segments from JSON.
#[derive(Debug)]
pub(super) struct Pen {
    pub script: Script,
    pub problems: Problems,
    /// What of X12 is being written.
    place: Option<X12Place>,
    is_in_composite: bool,
}

impl Pen {
    pub const fn new(script: Script, problems: Problems) -> Pen {
        Pen { script, problems, place: None, is_in_composite: false }
    }

    /// Notes what cannot be written, where we are in X12 too.
    pub fn note(&mut self, at: &Path<'_>, what: impl Into<String>) {
        self.problems.note(at, self.place, what);
    }

    /// Goes to an element of the segment, or within a composite to a part of it.
    fn go_to(&mut self, position: u8, is_part: bool) {
        if let Some(place) = &mut self.place {
            let (element, component) =
                if is_part { (place.element, position) } else { (position, 0) };
            (place.element, place.component) = (element, component);
        }
    }

    /// A segment as the document gives it, with what is implied.
    pub fn segment(
        &mut self,
        shape: &SegmentShape,
        given: Given<'_, '_>,
        implied: &[(u8, String)],
        at: &Path<'_>,
    ) -> Vec<u8> {
        let width = shape.slot.elements.last().map_or(0, |last| usize::from(last.position));
        let mut texts = vec![Vec::new(); width + 1];
        self.place = Some(shape.place());
        self.fill(&shape.fields, &shape.fixed, given, at, &mut texts);
        self.place = None;
        for (position, text) in implied {
            match texts.get_mut(usize::from(*position)) {
                Some(slot) if slot.is_empty() => *slot = text.as_bytes().to_vec(),
                Some(_) | None => {}
            }
        }
        texts[0] = shape.slot.tag.text().into_bytes();
        join(&texts, self.script.delimiters.element)
    }

    /// A segment that has a key of its own.
    pub fn segment_of_node(
        &mut self,
        shape: &SegmentShape,
        node: &Node<'_>,
        at: &Path<'_>,
    ) -> Vec<u8> {
        if let Node::Object(pairs) = node
            && let [(key, raw)] = &pairs[..]
            && key == RAW
        {
            return self.raw(raw, at);
        }
        self.place = Some(shape.place());
        let given = self.given(&shape.fields, node, at);
        self.segment(shape, given, &[], at)
    }

    /// A segment that stands in the document as it is written in X12.
    pub fn raw(&mut self, node: &Node<'_>, at: &Path<'_>) -> Vec<u8> {
        let mut out = Vec::new();
        let Node::Text(text) = node else {
            self.expected("a text", node, at);
            return out;
        };
        let delimiters = self.script.delimiters;
        let ends = text.bytes().any(|byte| byte == delimiters.segment);
        // What stands around a segment is no part of it, and would not come back.
        let whole = 0..text.len();
        let is_trimmed =
            trim(text.as_bytes(), whole.clone(), |byte| delimiters.holds(byte)) == whole;
        if ends || text.is_empty() || !is_trimmed {
            let what = "one segment is expected here, without its terminator and blanks around it";
            self.note(at, what);
        } else if self.script.encoding.encode(text, &mut out).is_none() {
            self.note(at, NOT_ENCODED);
        }
        out
    }

    /// What a node gives for these fields, by the form that they have in JSON.
    fn given<'n, 'a>(
        &mut self,
        fields: &[Field],
        node: &'n Node<'a>,
        at: &Path<'_>,
    ) -> Given<'n, 'a> {
        match (form_of(fields), node) {
            (Form::Plain, _) => Given::Single(node),
            (Form::Mark, Node::Bool(true)) => Given::Nothing,
            (Form::Mark, _) => {
                self.expected("true", node, at);
                Given::Nothing
            }
            (Form::Object, Node::Object(pairs)) => {
                let keys = || fields.iter().map(|field| &*field.key);
                self.check_keys(pairs, |key| keys().any(|known| known == key), keys, at);
                Given::Pairs(pairs)
            }
            (Form::Object, _) => {
                self.expected("an object", node, at);
                Given::Nothing
            }
        }
    }

    /// Every key is known, and stands once.
    pub fn check_keys<'k, Keys: Iterator<Item = &'k str>>(
        &mut self,
        pairs: &[(Cow<'_, str>, Node<'_>)],
        is_known: impl Fn(&str) -> bool,
        keys: impl Fn() -> Keys,
        at: &Path<'_>,
    ) {
        let mut seen = HashSet::with_capacity(pairs.len());
        for (key, _) in pairs {
            if !seen.insert(&**key) {
                self.note(&at.key(key), "this key stands twice; leave one of them");
            } else if !is_known(key) {
                // Looking for the nearest takes its time, so only while it is told.
                let near = if self.problems.has_room() { nearest(key, keys()) } else { None };
                let what = match near {
                    Some(near) => format!("there is no such key here; did you mean `{near}`?"),
                    None => {
                        "there is no such key here; see the schema for those there are".to_owned()
                    }
                };
                self.note(&at.key(key), what);
            }
        }
    }

    pub fn expected(&mut self, what: &str, node: &Node<'_>, at: &Path<'_>) {
        let hint = match (what, node) {
            ("a text", Node::Number(_)) => {
                "; write it in quotes, so that it stays as it is written"
            }
            ("a list", _) => "; what may repeat is always in a list",
            _ => "",
        };
        let what = format!("{what} is expected here, not {}{hint}", node.kind());
        self.note(at, what);
    }

    fn fill(
        &mut self,
        fields: &[Field],
        fixed: &[Fixed],
        given: Given<'_, '_>,
        at: &Path<'_>,
        texts: &mut [Vec<u8>],
    ) {
        for field in fields {
            let Some(node) = given.find(&field.key) else { continue };
            match given {
                Given::Single(_) => self.fill_field(field, node, at, texts),
                Given::Pairs(_) | Given::Nothing => {
                    self.fill_field(field, node, &at.key(&field.key), texts);
                }
            }
        }
        for said in fixed {
            let is_there = |&position: &u8| !texts[usize::from(position)].is_empty();
            if said.beside.is_empty() || said.beside.iter().any(is_there) {
                texts[usize::from(said.position)] = self.fixed_text(&said.text);
            }
        }
    }

    fn fixed_text(&self, text: &FixedText) -> Vec<u8> {
        match text {
            FixedText::Code(code) => code.as_bytes().to_vec(),
            FixedText::Parts(parts) => {
                let width = parts.last().map_or(0, |last| usize::from(last.position));
                let mut texts = vec![Vec::new(); width];
                for part in parts {
                    texts[usize::from(part.position) - 1] = self.fixed_text(&part.text);
                }
                join(&texts, self.script.delimiters.component)
            }
        }
    }

    fn fill_field(&mut self, field: &Field, node: &Node<'_>, at: &Path<'_>, texts: &mut [Vec<u8>]) {
        // Parts stand behind one another in a composite, whose element we have gone to.
        self.go_to(field.position, self.is_in_composite);
        match &field.told {
            Told::Value(value) => texts[usize::from(value.position)] = self.value(value, node, at),
            Told::Date { format, value } => {
                let (form, text) = self.date(format, value, node, at);
                texts[usize::from(format.position)] = form;
                texts[usize::from(value.position)] = text;
            }
            Told::Composite { fields, fixed } => {
                texts[usize::from(field.position)] = self.composite(fields, fixed, node, at);
            }
            Told::List(turns) => self.list(turns, node, at, texts),
            Told::Repeats { of, .. } => {
                let Node::List(items) = node else {
                    return self.expected("a list", node, at);
                };
                let mut repeats = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    let mut texts = vec![Vec::new(); usize::from(of.position) + 1];
                    self.fill_field(of, item, &at.index(index), &mut texts);
                    repeats.extend(texts.pop());
                }
                let Some(separator) = self.script.delimiters.repetition else {
                    return self.note(at, "this interchange has no separator for repeats");
                };
                texts[usize::from(field.position)] = join(&repeats, separator);
            }
        }
    }

    fn list(
        &mut self,
        turns: &[Vec<Field>],
        node: &Node<'_>,
        at: &Path<'_>,
        texts: &mut [Vec<u8>],
    ) {
        let Node::List(items) = node else {
            return self.expected("a list", node, at);
        };
        if turns.len() < items.len() {
            self.go_to(position_behind(turns), self.is_in_composite);
            let what = format!("there is room for {} here; leave the rest out", turns.len());
            self.note(&at.index(turns.len()), what);
        }
        for (index, (item, turn)) in items.iter().zip(turns).enumerate() {
            if *item != Node::Null {
                let at = at.index(index);
                let given = self.given(turn, item, &at);
                self.fill(turn, &[], given, &at, texts);
            }
        }
    }

    fn composite(
        &mut self,
        fields: &[Field],
        fixed: &[Fixed],
        node: &Node<'_>,
        at: &Path<'_>,
    ) -> Vec<u8> {
        let given = self.given(fields, node, at);
        let width = width_of(fields, fixed);
        let mut texts = vec![Vec::new(); width + 1];
        self.is_in_composite = true;
        self.fill(fields, fixed, given, at, &mut texts);
        self.is_in_composite = false;
        join(texts.get(1..).unwrap_or_default(), self.script.delimiters.component)
    }

    fn value(&mut self, value: &Value, node: &Node<'_>, at: &Path<'_>) -> Vec<u8> {
        let Node::Text(text) = node else {
            self.expected("a text", node, at);
            return Vec::new();
        };
        let (wire, wrong) = match value.data.kind {
            Kind::DT => (wire_day(text), Some(NO_DAY)),
            Kind::TM => (wire_time(text), Some(NO_TIME)),
            Kind::AN | Kind::ID | Kind::N0 | Kind::R => (None, None),
        };
        match (wire, wrong) {
            (Some(wire), _) => self.plain(&wire, at),
            // The colon of a time separates things too, and is not what is wrong with it.
            (None, Some(wrong)) if text.bytes().any(|byte| self.script.delimiters.holds(byte)) => {
                self.note(at, wrong);
                Vec::new()
            }
            (None, _) => self.plain(text, at),
        }
    }

    /// A text that may stand in an element.
    fn plain(&mut self, text: &str, at: &Path<'_>) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        if text.is_empty() {
            self.note(at, "this text is empty; leave the key out");
        } else if self.script.encoding.encode(text, &mut out).is_none() {
            self.note(at, NOT_ENCODED);
        } else if let Some(&byte) = out.iter().find(|&&byte| self.script.delimiters.holds(byte)) {
            let what = format!(
                "`{}` separates things in this interchange and cannot stand in a value; take it \
                 out, or name other `delimiters`",
                char::from(byte)
            );
            self.note(at, what);
            // What stands beside it is looked at as if this were a value.
            for byte in out.iter_mut().filter(|byte| self.script.delimiters.holds(**byte)) {
                *byte = b' ';
            }
        }
        out
    }

    /// A day of a range.
    fn day(&mut self, node: &Node<'_>, at: &Path<'_>) -> Option<String> {
        let Node::Text(text) = node else {
            self.expected("a text", node, at);
            return None;
        };
        let day = wire_day(text);
        if day.is_none() {
            self.note(at, NO_DAY);
        }
        day
    }

    /// The format of a date and its value.
    fn date(
        &mut self,
        format: &Value,
        value: &Value,
        node: &Node<'_>,
        at: &Path<'_>,
    ) -> (Vec<u8>, Vec<u8>) {
        self.go_to(value.position, self.is_in_composite);
        match node {
            Node::Text(text) => match (wire_date(text), format.codes) {
                (Some((form, wire)), _) => (form.as_bytes().to_vec(), self.plain(&wire, at)),
                (None, Codes::Listed(&[form])) => (form.as_bytes().to_vec(), self.plain(text, at)),
                (None, Codes::Any | Codes::Listed(_) | Codes::Set(_)) => {
                    self.note(at, no_date(format.codes));
                    (Vec::new(), Vec::new())
                }
            },
            Node::Object(pairs) if pairs.iter().any(|(key, _)| key == "from" || key == "to") => {
                const KEYS: [&str; 2] = ["from", "to"];
                self.check_keys(pairs, |key| KEYS.contains(&key), || KEYS.into_iter(), at);
                let given = Given::Pairs(pairs);
                let [Some(_), Some(_)] = KEYS.map(|key| given.find(key)) else {
                    let what = "`from` and `to` are both expected here, each as YYYY-MM-DD";
                    self.note(at, what);
                    return (Vec::new(), Vec::new());
                };
                let [from, to] = KEYS.map(|key| self.day(given.find(key)?, &at.key(key)));
                match (from, to) {
                    (Some(from), Some(to)) => {
                        (b"RD8".to_vec(), self.plain(&format!("{from}-{to}"), at))
                    }
                    _ => (Vec::new(), Vec::new()),
                }
            }
            Node::Object(pairs) => {
                const KEYS: [&str; 2] = ["format", "value"];
                self.check_keys(pairs, |key| KEYS.contains(&key), || KEYS.into_iter(), at);
                let given = Given::Pairs(pairs);
                let mut text = |key, position| {
                    self.go_to(position, self.is_in_composite);
                    match given.find(key) {
                        Some(Node::Text(text)) if text.is_empty() => Vec::new(),
                        Some(Node::Text(text)) => self.plain(text, &at.key(key)),
                        Some(node) => {
                            self.expected("a text", node, &at.key(key));
                            Vec::new()
                        }
                        None => Vec::new(),
                    }
                };
                (text("format", format.position), text("value", value.position))
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::List(_) => {
                self.expected("a date", node, at);
                (Vec::new(), Vec::new())
            }
        }
    }
}

/// The key of a segment that stands as it is written in X12.
pub(super) const RAW: &str = "$segment";

const NOT_ENCODED: &str =
    "a character here has no byte in ISO 8859-1; leave `encoding` out to write UTF-8";

/// What is said of a text that is no date of any of these formats.
fn no_date(formats: Codes) -> String {
    let has = |format| matches!(formats, Codes::Listed(codes) if codes.contains(&format));
    let time = if has("DT") { " or YYYY-MM-DDTHH:MM" } else { "" };
    let range = if has("RD8") { ", or an object with `from` and `to`" } else { "" };
    format!("{NO_DAY}{time}{range}")
}

/// Where the turn would stand that there is no room for.
fn position_behind(turns: &[Vec<Field>]) -> u8 {
    let first = |turn: &Vec<Field>| turn.first().map_or(0, |field| field.position);
    match turns {
        [.., before, last] => first(last).saturating_add(first(last).saturating_sub(first(before))),
        [only] => first(only).saturating_add(1),
        [] => 0,
    }
}

fn width_of(fields: &[Field], fixed: &[Fixed]) -> usize {
    let of_fields = fields.iter().map(|field| match &field.told {
        Told::Value(value) | Told::Date { value, .. } => value.position,
        Told::Composite { .. } | Told::Repeats { .. } => field.position,
        Told::List(turns) => {
            let last = turns.last().map_or(0, |turn| width_of(turn, &[]));
            u8::try_from(last).unwrap_or(u8::MAX)
        }
    });
    let of_fixed = fixed.iter().map(|said| said.position);
    usize::from(of_fields.chain(of_fixed).max().unwrap_or_default())
}

/// Values with separators between them, and none behind the last that is there.
fn join(texts: &[Vec<u8>], separator: u8) -> Vec<u8> {
    let end = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |at| at + 1);
    texts[..end].join(&separator)
}
