//! The published JSON Schemas, made of the same tables that documents are read and written by.
//!
//! A schema describes what a guide allows. What stands in a document as it came (`$segment`, `unread`,
//! `segments`, `text`, `trailer`) is no part of it.
//!
//! ```
//! let guide = x12::guide::find("005010X221A1", "835").expect("the remittance");
//! assert!(x12::json::schema::schema(guide).contains("total_paid"));
//! ```

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::guide::row::{Codes, Guide, Kind, Tag};

use super::envelope::LATIN1;
use super::fields::{Field, Form, SegmentShape, Told, Value, form_of};
use super::node::{Node, Pairs};
use super::read::FORMAT;
use super::set::ORDER;
use super::shape::{self, Entry, EntryKind, ObjectShape};

/// The schema of documents that hold transactions of one guide, as JSON text.
///
/// ```
/// use x12::{guide, json};
///
/// let guide = guide::find("005010X222A1", "837").expect("the professional claim");
/// assert!(json::schema::schema(guide).contains("CLM01 patient control number"));
/// ```
pub fn schema(guide: &Guide) -> String {
    let root = shape::of(guide);
    let mut definitions = Definitions::default();
    let mut transaction = Object::new(root.table.name);
    transaction.add("set", constant(guide.set), true);
    transaction.add(
        "control_number",
        text("ST02, counted in the group when left out", 4, 9),
        false,
    );
    transaction.add("guide", text("ST03, the group's version when left out", 1, 35), false);
    definitions.add_entries(root, &mut transaction);
    definitions.push("transaction".to_owned(), transaction.node());
    for (name, node) in envelopes(guide) {
        definitions.push(name.to_owned(), node);
    }
    let mut pairs: Pairs<'static> = vec![
        pair("$schema", Node::text("https://json-schema.org/draft/2020-12/schema")),
        pair("$id", Node::text(format!("urn:claimgate:json:1:{}", guide.id))),
        pair("title", Node::text(format!("{} ({}, {})", guide.name, guide.set, guide.id))),
    ];
    let mut document = Object::new("A file: its interchanges, one behind the other.");
    document.add("format", constant(FORMAT), false);
    document.add("interchanges", list_of(reference("interchange"), None), true);
    pairs.extend(document.pairs());
    pairs.push(pair("$defs", Node::Object(definitions.all)));
    let mut out = Vec::new();
    Node::Object(pairs).write(0, &mut out).expect("memory takes all that is written");
    String::from_utf8(out).expect("JSON is text") + "\n"
}

fn envelopes(guide: &Guide) -> [(&'static str, Node<'static>); 4] {
    let mut party = Object::new("Who sends or receives the interchange.");
    party.add("qualifier", text("ISA05 or ISA07, ZZ when left out", 2, 2), false);
    party.add("id", text("ISA06 or ISA08", 1, 15), true);
    let mut delimiters =
        Object::new("The characters that separate things, where they are not * : ^ ~");
    for key in ["element", "component", "repetition", "segment"] {
        delimiters.add(key, text("One character", 1, 1), false);
    }
    let mut secret = Object::new("Where one was agreed.");
    secret.add("qualifier", text("ISA01 or ISA03", 2, 2), false);
    secret.add("id", text("ISA02 or ISA04", 1, 10), false);
    let mut interchange = Object::new("An interchange, ISA to IEA.");
    interchange.add("sender", reference("party"), true);
    interchange.add("receiver", reference("party"), true);
    interchange.add("date", day("ISA09"), true);
    interchange.add("time", time("ISA10"), true);
    interchange.add("control_number", text("ISA13", 1, 9), true);
    interchange.add(
        "acknowledgment_requested",
        typed("boolean", "ISA14, a TA1 is asked for"),
        false,
    );
    interchange.add("usage", one_of("ISA15", &["production", "test"]), true);
    interchange.add("version", text("ISA12, 00501 when left out", 5, 5), false);
    interchange.add("authorization", secret.node(), false);
    let mut secret = Object::new("Where one was agreed.");
    secret.add("qualifier", text("ISA03", 2, 2), false);
    secret.add("id", text("ISA04", 1, 10), false);
    interchange.add("security", secret.node(), false);
    interchange.add("delimiters", delimiters.node(), false);
    interchange.add("encoding", one_of("How characters are written", &["utf-8", LATIN1]), false);
    let ta1 = text("A TA1 as it is written in X12", 3, 200);
    interchange.add("interchange_acknowledgments", list_of(ta1, None), false);
    interchange.add("groups", list_of(reference("group"), None), true);
    let mut group = Object::new("A functional group, GS to GE.");
    group.add("sender", text("GS02", 2, 15), true);
    group.add("receiver", text("GS03", 2, 15), true);
    group.add("date", day("GS04"), true);
    group.add("time", time("GS05"), true);
    group.add("control_number", text("GS06", 1, 9), true);
    let spellings: Vec<&str> =
        std::iter::once(guide.id).chain(guide.also.iter().copied()).collect();
    group.add("version", one_of("GS08", &spellings), true);
    group.add("kind", text("GS01, the guide's when left out", 2, 2), false);
    group.add("agency", text("GS07, X when left out", 1, 2), false);
    group.add("transactions", list_of(reference("transaction"), None), true);
    [
        ("party", party.node()),
        ("interchange", interchange.node()),
        ("group", group.node()),
        ("date", day("A day of the calendar")),
    ]
}

/// The loops of a guide, each described once.
#[derive(Default)]
struct Definitions {
    all: Pairs<'static>,
    known: BTreeSet<String>,
}

impl Definitions {
    fn push(&mut self, name: String, node: Node<'static>) {
        self.all.push((Cow::Owned(name), node));
    }

    fn loop_name(&mut self, shape: &'static ObjectShape) -> String {
        let name = shape.table.id.to_owned();
        if self.known.insert(name.clone()) {
            let mut object = Object::new(shape.table.name);
            self.add_entries(shape, &mut object);
            self.push(name.clone(), object.node());
        }
        name
    }

    fn add_entries(&mut self, shape: &'static ObjectShape, object: &mut Object) {
        for entry in &shape.entries {
            match &entry.kind {
                EntryKind::Envelope => {}
                EntryKind::Hoisted(segment) => add_hoisted(segment, entry, object),
                EntryKind::Merged(inner) => self.add_entries(inner, object),
                EntryKind::Segment { key, segment } => {
                    let mut node = fields_schema(segment.form(), &segment.fields, segment);
                    let name = format!("{} {}", segment.slot.tag.text(), segment.slot.name);
                    describe(&mut node, name);
                    object.add(key, listed(node, entry), entry.is_required());
                }
                EntryKind::Loop { key, object: inner } => {
                    let node = reference(&self.loop_name(inner));
                    object.add(key, listed(node, entry), entry.is_required());
                }
            }
        }
        object.has_order = true;
    }
}

/// The elements of a segment that are keys of the loop's object.
fn add_hoisted(segment: &'static SegmentShape, entry: &Entry, object: &mut Object) {
    // What counts says itself.
    let counts = [Tag::new(b"HL"), Tag::new(b"LX")].contains(&segment.slot.tag);
    let required: Vec<&'static str> = segment
        .fields
        .iter()
        .filter(|field| field.is_required && !counts)
        .map(|field| &*field.key)
        .collect();
    for field in &segment.fields {
        let is_required = entry.is_required() && required.contains(&&*field.key);
        object.add(&field.key, field_schema(field, segment, 0), is_required);
        if !entry.is_required() {
            let others = required.iter().copied().filter(|&key| key != field.key);
            object.depend(&field.key, others.collect());
        }
    }
}

fn listed(node: Node<'static>, entry: &Entry) -> Node<'static> {
    if !entry.is_list() {
        return node;
    }
    list_of(node, (entry.use_max != u32::MAX).then_some(entry.use_max))
}

fn fields_schema(
    form: Form,
    fields: &'static [Field],
    segment: &'static SegmentShape,
) -> Node<'static> {
    in_composite(form, fields, segment, 0)
}

/// Fields of a segment, or of its composite at `element`.
fn in_composite(
    form: Form,
    fields: &'static [Field],
    segment: &'static SegmentShape,
    element: u8,
) -> Node<'static> {
    match (form, fields) {
        (Form::Plain, [field]) => field_schema(field, segment, element),
        (Form::Mark, _) => Node::Object(vec![pair("const", Node::Bool(true))]),
        (Form::Plain | Form::Object, _) => {
            let mut object = Object::new("");
            for field in fields {
                object.add(&field.key, field_schema(field, segment, element), field.is_required);
            }
            object.node()
        }
    }
}

fn field_schema(
    field: &'static Field,
    segment: &'static SegmentShape,
    element: u8,
) -> Node<'static> {
    match &field.told {
        Told::Value(value) => {
            let mut node = value_schema(value);
            describe(&mut node, name_of(value, segment, element));
            node
        }
        Told::Date { format, value } => {
            let mut node = date_schema(format);
            describe(&mut node, name_of(value, segment, element));
            node
        }
        Told::Composite { fields, .. } => {
            in_composite(form_of(fields), fields, segment, field.position)
        }
        Told::List(turns) => {
            let of_turn = |turn: &'static Vec<Field>| {
                let item = in_composite(form_of(turn), turn, segment, element);
                // A gap in what the table counts is null.
                Node::Object(vec![pair("anyOf", Node::List(vec![item, typed("null", "")]))])
            };
            let Some(first) = turns.first() else { return Node::Bool(false) };
            if turns.iter().all(|turn| is_alike(turn, first)) {
                return list_of(of_turn(first), u32::try_from(turns.len()).ok());
            }
            Node::Object(vec![
                pair("type", Node::text("array")),
                pair("prefixItems", Node::List(turns.iter().map(of_turn).collect())),
                pair("minItems", Node::number(1)),
                pair("items", Node::Bool(false)),
            ])
        }
        Told::Repeats { of, repeat_max } => {
            list_of(field_schema(of, segment, element), Some(u32::from(*repeat_max)))
        }
    }
}

/// Whether the same values may stand in two turns.
fn is_alike(turn: &[Field], other: &[Field]) -> bool {
    let is_same = |(field, other): (&Field, &Field)| match (&field.told, &other.told) {
        (Told::Value(value), Told::Value(other)) => match (value.codes, other.codes) {
            (Codes::Listed(codes), Codes::Listed(others)) => codes == others,
            (Codes::Any | Codes::Set(_), Codes::Any | Codes::Set(_)) => true,
            (Codes::Listed(_), _) | (_, Codes::Listed(_)) => false,
        },
        (Told::Composite { fields, .. }, Told::Composite { fields: others, .. }) => {
            is_alike(fields, others)
        }
        (Told::Date { .. }, Told::Date { .. }) => true,
        (Told::List(_), Told::List(_)) => true,
        (
            Told::Value(_)
            | Told::Date { .. }
            | Told::Composite { .. }
            | Told::List(_)
            | Told::Repeats { .. },
            _,
        ) => false,
    };
    turn.len() == other.len() && turn.iter().zip(other).all(is_same)
}

/// `CLM05-3 claim frequency`.
fn name_of(value: &Value, segment: &SegmentShape, element: u8) -> String {
    let (tag, name) = (segment.slot.tag.text(), value.element.name);
    let set = match value.codes {
        Codes::Set(set) => format!(", a code of the set {set}"),
        Codes::Any | Codes::Listed(_) => String::new(),
    };
    match element {
        0 => format!("{tag}{:02} {name}{set}", value.position),
        element => format!("{tag}{element:02}-{} {name}{set}", value.position),
    }
}

fn value_schema(value: &Value) -> Node<'static> {
    if let Codes::Listed(codes) = value.codes {
        return one_of("", codes);
    }
    match value.data.kind {
        Kind::DT => return day(""),
        Kind::TM => return time(""),
        Kind::AN | Kind::ID | Kind::N0 | Kind::R => {}
    }
    let len_max = match value.element.guide_len_max {
        0 => value.data.len_max,
        len_max => len_max,
    };
    // The length of a number counts digits alone.
    let (len_min, marks) = match value.data.kind {
        Kind::R | Kind::N0 => (1, 2),
        Kind::AN | Kind::ID | Kind::DT | Kind::TM => (value.data.len_min, 0),
    };
    let mut node = text("", len_min, len_max + marks);
    if let Node::Object(pairs) = &mut node {
        match value.data.kind {
            Kind::R => pairs.push(pattern(r"^-?([0-9]+\.?[0-9]*|\.[0-9]+)$")),
            Kind::N0 => pairs.push(pattern("^-?[0-9]+$")),
            Kind::AN | Kind::ID | Kind::DT | Kind::TM => {}
        }
    }
    node
}

/// A date in each form that the row allows.
fn date_schema(format: &Value) -> Node<'static> {
    let formats: &[&str] = match format.codes {
        Codes::Listed(codes) => codes,
        Codes::Any | Codes::Set(_) => &["D8", "RD8", "DT", "TM", ""],
    };
    let mut forms: Vec<Node<'static>> = formats
        .iter()
        .map(|&form| match form {
            "D8" => day(""),
            "RD8" => {
                let mut range = Object::new("");
                range.add("from", day(""), true);
                range.add("to", day(""), true);
                range.node()
            }
            "DT" => Node::Object(vec![
                pair("type", Node::text("string")),
                pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$"),
            ]),
            "TM" => time(""),
            _ => {
                let mut object = Object::new("");
                object.add("format", text("", 2, 3), true);
                object.add("value", text("", 1, 35), true);
                object.node()
            }
        })
        .collect();
    match forms.len() {
        1 => forms.remove(0),
        _ => Node::Object(vec![pair("anyOf", Node::List(forms))]),
    }
}

/// An object of the schema.
struct Object {
    description: String,
    properties: Pairs<'static>,
    required: Vec<String>,
    dependent: Pairs<'static>,
    has_order: bool,
}

impl Object {
    fn new(description: &str) -> Object {
        Object {
            description: description.to_owned(),
            properties: Vec::new(),
            required: Vec::new(),
            dependent: Vec::new(),
            has_order: false,
        }
    }

    fn add(&mut self, key: &str, node: Node<'static>, is_required: bool) {
        self.properties.push((Cow::Owned(key.to_owned()), node));
        if is_required {
            self.required.push(key.to_owned());
        }
    }

    /// The key calls for others.
    fn depend(&mut self, key: &str, others: Vec<&'static str>) {
        if !others.is_empty() {
            let others = others.into_iter().map(Node::text).collect();
            self.dependent.push((Cow::Owned(key.to_owned()), Node::List(others)));
        }
    }

    fn pairs(mut self) -> Pairs<'static> {
        if self.has_order {
            let keys = list_of(typed("string", ""), None);
            self.properties.push((Cow::Borrowed(ORDER), keys));
        }
        let mut pairs = Vec::new();
        if !self.description.is_empty() {
            pairs.push(pair("description", Node::text(self.description)));
        }
        pairs.push(pair("type", Node::text("object")));
        pairs.push(pair("properties", Node::Object(self.properties)));
        if !self.required.is_empty() {
            let required = self.required.into_iter().map(Node::text).collect();
            pairs.push(pair("required", Node::List(required)));
        }
        if !self.dependent.is_empty() {
            pairs.push(pair("dependentRequired", Node::Object(self.dependent)));
        }
        pairs.push(pair("additionalProperties", Node::Bool(false)));
        pairs
    }

    fn node(self) -> Node<'static> {
        Node::Object(self.pairs())
    }
}

fn pair(key: &'static str, node: Node<'static>) -> (Cow<'static, str>, Node<'static>) {
    (Cow::Borrowed(key), node)
}

/// Puts a description first, unless there is one.
fn describe(node: &mut Node<'static>, description: String) {
    if let Node::Object(pairs) = node
        && pairs.first().is_none_or(|(key, _)| key != "description")
    {
        pairs.insert(0, pair("description", Node::text(description)));
    }
}

fn described(description: &str, mut pairs: Pairs<'static>) -> Node<'static> {
    if !description.is_empty() {
        pairs.insert(0, pair("description", Node::text(description.to_owned())));
    }
    Node::Object(pairs)
}

fn reference(name: &str) -> Node<'static> {
    Node::Object(vec![pair("$ref", Node::text(format!("#/$defs/{name}")))])
}

fn list_of(item: Node<'static>, items_max: Option<u32>) -> Node<'static> {
    let mut pairs = vec![
        pair("type", Node::text("array")),
        pair("items", item),
        pair("minItems", Node::number(1)),
    ];
    if let Some(items_max) = items_max {
        pairs.push(pair("maxItems", Node::number(items_max)));
    }
    Node::Object(pairs)
}

fn typed(kind: &'static str, description: &str) -> Node<'static> {
    described(description, vec![pair("type", Node::text(kind))])
}

fn text(description: &str, len_min: u16, len_max: u16) -> Node<'static> {
    let pairs = vec![
        pair("type", Node::text("string")),
        pair("minLength", Node::number(u32::from(len_min))),
        pair("maxLength", Node::number(u32::from(len_max))),
    ];
    described(description, pairs)
}

fn constant(value: &'static str) -> Node<'static> {
    Node::Object(vec![pair("const", Node::text(value))])
}

fn one_of(description: &str, codes: &[&'static str]) -> Node<'static> {
    let codes = codes.iter().copied().map(Node::text).collect();
    described(description, vec![pair("enum", Node::List(codes))])
}

fn pattern(pattern: &'static str) -> (Cow<'static, str>, Node<'static>) {
    pair("pattern", Node::text(pattern))
}

fn day(description: &str) -> Node<'static> {
    let pairs = vec![pair("type", Node::text("string")), pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")];
    described(description, pairs)
}

fn time(description: &str) -> Node<'static> {
    let pairs = vec![
        pair("type", Node::text("string")),
        pattern(r"^[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,2})?)?$"),
    ];
    described(description, pairs)
}
