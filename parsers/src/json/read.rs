//! A JSON document to X12.
//!
//! Everything that is wrong is collected. What is written is then read again, laid against its
//! guide, and what is found is told by its place in the document.
//!
//! ```
//! let composed = x12::json::read::read(b"[]");
//! assert!(composed.bytes.is_empty() && !composed.problems.is_empty());
//! ```

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use crate::check::Checker;
use crate::delimiters::{self, Delimiters};
use crate::fault::told::Told;
use crate::fault::{ElementFault, Fault, Kind, Place, SegmentFault};
use crate::guide::row::{Guide, Row, Tag, Usage};
use crate::guide::{self, control};
use crate::interchange::{self, Group, Interchange};
use crate::segment::Segment;
use crate::walk::walk;

use super::envelope::{
    GROUP_KEYS, INTERCHANGE_KEYS, SEPARATES, expected_under, key_of, script_of, text_of,
    write_group, write_header,
};
use super::node::{Node, Pairs};
use super::problem::{Gravity, Path, Problem, Problems, X12Place};
use super::segment::{Encoding, Pen, Script};
use super::set::{SetPen, WrittenSet, describe};

const ISA: Tag = Tag::new(b"ISA");
const IEA: Tag = Tag::new(b"IEA");
const GS: Tag = Tag::new(b"GS");
const GE: Tag = Tag::new(b"GE");
const SE: Tag = Tag::new(b"SE");

/// The form of document that we write and read.
///
/// ```
/// assert_eq!(x12::json::read::FORMAT, "claimgate-x12/1");
/// ```
pub const FORMAT: &str = "claimgate-x12/1";

/// A document in memory takes some ten times its text, and a larger one can be cut by
/// interchanges.
///
/// ```
/// assert_eq!(x12::json::read::JSON_BYTES_MAX, 256 << 20);
/// ```
pub const JSON_BYTES_MAX: usize = 256 * 1024 * 1024;

/// What became of a document.
///
/// ```
/// use x12::json::read::{Composed, read};
///
/// let Composed { bytes, problems } = read(br#"{"interchanges": []}"#);
/// println!("{} bytes, {} problems", bytes.len(), problems.len());
/// ```
#[derive(Debug)]
pub struct Composed {
    /// The interchanges, one behind the other; empty when the document cannot be told in X12.
    pub bytes: Vec<u8>,
    /// Why the document cannot be told in X12, or what the guides have against it.
    pub problems: Vec<Problem>,
}

/// Writes the X12 that a JSON document tells. `bytes` may be there beside problems: then it is what
/// the document says, and the guides forbid it.
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// let before = x12::interchange::read(&file);
/// let mut document = Vec::new();
/// x12::json::write::write(&before, &mut document).expect("memory takes it");
///
/// let composed = x12::json::read::read(&document);
/// assert!(composed.problems.is_empty());
/// let after = x12::interchange::read(&composed.bytes.into());
/// let segments = |reading: &x12::interchange::Reading| -> Vec<Vec<u8>> {
///     reading.interchanges[0].all_segments().map(|segment| segment.bytes().to_vec()).collect()
/// };
/// assert_eq!(segments(&after), segments(&before));
///
/// let composed = x12::json::read::read(b"{\"interchanges\": [{\"sender\": 7}]}");
/// assert!(composed.bytes.is_empty());
/// let said: Vec<String> = composed.problems.iter().map(ToString::to_string).collect();
/// assert!(said[0].starts_with("$.interchanges[0].sender: an object is expected here"));
/// ```
pub fn read(text: &[u8]) -> Composed {
    let fail = |what: String| Composed {
        bytes: Vec::new(),
        problems: vec![Problem {
            path: "$".to_owned(),
            place: None,
            what,
            gravity: Gravity::Unwritable,
        }],
    };
    if JSON_BYTES_MAX < text.len() {
        let mib = JSON_BYTES_MAX / (1024 * 1024);
        return fail(format!("the document is larger than {mib} MiB; cut it by interchanges"));
    }
    let document = match Node::parse(text) {
        Ok(document) => document,
        Err(what) => return fail(what),
    };
    let script = Script { delimiters: Delimiters::OURS, encoding: Encoding::Utf8 };
    let mut pen = Pen::new(script, Problems::default());
    let bytes = Bytes::from(write_document(&document, &mut pen));
    if !pen.problems.is_writable() {
        return Composed { bytes: Vec::new(), problems: pen.problems.into_list() };
    }
    check(&document, &bytes, &mut pen);
    Composed { bytes: bytes.into(), problems: pen.problems.into_list() }
}

fn write_document(document: &Node<'_>, pen: &mut Pen) -> Vec<u8> {
    const KEYS: [&str; 2] = ["format", "interchanges"];
    let at = &Path::TOP;
    let Node::Object(pairs) = document else {
        pen.expected("an object", document, at);
        return Vec::new();
    };
    pen.check_keys(pairs, |key| KEYS.contains(&key), || KEYS.into_iter(), at);
    match find(pairs, "format") {
        Some(Node::Text(text)) if text == FORMAT => {}
        None => {}
        Some(_) => {
            let what = format!("this is not the form that we read, {FORMAT}");
            pen.note(&at.key("format"), what);
        }
    }
    let mut out = Vec::new();
    let interchanges = list_of(pairs, "interchanges", pen, at);
    for (index, interchange) in interchanges.iter().enumerate() {
        let at = &at.key("interchanges");
        let start = out.len();
        write_interchange(interchange, pen, &at.index(index), &mut out);
        // What stands as it came may have lost its end, and must not run into the next header.
        if index + 1 < interchanges.len()
            && let Some(header) = out.get(start..).and_then(delimiters::header)
            && out.last() != Some(&header.delimiters.segment)
        {
            out.push(header.delimiters.segment);
        }
    }
    out
}

fn write_interchange(node: &Node<'_>, pen: &mut Pen, at: &Path<'_>, out: &mut Vec<u8>) {
    let Node::Object(pairs) = node else { return pen.expected("an object", node, at) };
    let keys = || INTERCHANGE_KEYS.into_iter();
    pen.check_keys(pairs, |key| INTERCHANGE_KEYS.contains(&key), keys, at);
    pen.script = script_of(pairs, pen, at);
    let terminator = pen.script.delimiters.segment;
    match find(pairs, "text") {
        Some(Node::Text(text)) => return write_as_it_came(text, pen, &at.key("text"), out),
        Some(node) => return pen.expected("a text", node, &at.key("text")),
        None => {}
    }
    let header = write_header(pairs, pen, at);
    out.extend(header);
    out.push(terminator);
    if find(pairs, "interchange_acknowledgments").is_some() {
        write_raw(pairs, "interchange_acknowledgments", pen, at, out);
    }
    let groups = list_of(pairs, "groups", pen, at);
    for (index, group) in groups.iter().enumerate() {
        let at = &at.key("groups");
        write_functional_group(group, pen, &at.index(index), out);
    }
    let number = match find(pairs, "control_number") {
        Some(Node::Text(text)) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{text:0>9}")
        }
        Some(Node::Text(text)) => text.clone().into_owned(),
        Some(_) | None => String::new(),
    };
    write_trailer(pairs, "IEA", groups.len(), &number, pen, at, out);
}

/// An interchange that no other form tells.
fn write_as_it_came(text: &str, pen: &mut Pen, at: &Path<'_>, out: &mut Vec<u8>) {
    let start = out.len();
    if pen.script.encoding.encode(text, out).is_none() {
        pen.note(at, "a character here cannot be written");
    }
    // Of anything else a part would belong to no interchange, or to the one before.
    let text = Bytes::copy_from_slice(&out[start..]);
    let reading = interchange::read(&text);
    if !matches!(&reading.interchanges[..], [one] if one.span() == (0..text.len())) {
        pen.note(at, "one interchange is expected here, from its ISA to its IEA, and nothing else");
    }
}

fn write_functional_group(node: &Node<'_>, pen: &mut Pen, at: &Path<'_>, out: &mut Vec<u8>) {
    let Node::Object(pairs) = node else { return pen.expected("an object", node, at) };
    pen.check_keys(pairs, |key| GROUP_KEYS.contains(&key), || GROUP_KEYS.into_iter(), at);
    let version = match find(pairs, "version") {
        Some(Node::Text(text)) => &**text,
        Some(_) | None => "",
    };
    let header = write_group(pairs, kind_of(version), pen, at);
    out.extend(header);
    out.push(pen.script.delimiters.segment);
    let sets = list_of(pairs, "transactions", pen, at);
    for (index, set) in sets.iter().enumerate() {
        let at = &at.key("transactions");
        write_set(set, version, index, pen, &at.index(index), out);
    }
    let number = match find(pairs, "control_number") {
        Some(Node::Text(text)) => text.clone().into_owned(),
        Some(_) | None => String::new(),
    };
    write_trailer(pairs, "GE", sets.len(), &number, pen, at, out);
}

/// GS01 of the groups of a guide.
pub(super) fn kind_of(version: &str) -> Option<&'static str> {
    let is_spelled = |guide: &&&Guide| guide.id == version || guide.also.contains(&version);
    guide::ALL.iter().find(is_spelled).map(|guide| guide.group)
}

/// ST03 as it follows from GS08; nothing where the guide has none.
pub(super) fn implied_guide(guide: &Guide, version: &str) -> String {
    let has_version = guide.table.rows.first().is_some_and(|row| match row {
        Row::Segment(slot) => slot
            .elements
            .iter()
            .any(|element| element.position == 3 && element.usage == Usage::Required),
        Row::Inner(_) => false,
    });
    if has_version { version.to_owned() } else { String::new() }
}

fn write_set(
    node: &Node<'_>,
    version: &str,
    index: usize,
    pen: &mut Pen,
    at: &Path<'_>,
    out: &mut Vec<u8>,
) {
    let Node::Object(pairs) = node else { return pen.expected("an object", node, at) };
    if find(pairs, "segments").is_some() {
        return write_raw(pairs, "segments", pen, at, out);
    }
    let Some(written) = set_of(pairs, version, index, pen, at, BTreeSet::new()) else { return };
    let count = written.segments as usize + 1;
    out.extend(written.bytes);
    let number = control_number(pairs, index);
    write_trailer(pairs, "SE", count, &number, pen, at, out);
}

/// ST02 of a transaction; where it is left out, its place in the group.
fn control_number(pairs: &Pairs<'_>, index: usize) -> String {
    match find(pairs, "control_number") {
        Some(Node::Text(text)) => text.clone().into_owned(),
        Some(_) | None => format!("{:04}", index + 1),
    }
}

/// The segments of a transaction without its SE.
pub(super) fn set_of(
    pairs: &Pairs<'_>,
    version: &str,
    index: usize,
    pen: &mut Pen,
    at: &Path<'_>,
    wanted: BTreeSet<u32>,
) -> Option<WrittenSet> {
    let st = Tag::new(b"ST");
    let set = text_of(pairs, "set", None, (st, 1), pen, at);
    let number = control_number(pairs, index);
    let told = match find(pairs, "guide") {
        Some(Node::Text(text)) => Some(text.clone().into_owned()),
        Some(node) => {
            pen.expected("a text", node, &at.key("guide"));
            None
        }
        None => None,
    };
    let Some(guide) = guide::find_written(told.as_deref().unwrap_or(version), &set) else {
        let place = Some(X12Place { loop_id: "", tag: st, element: 1, component: 0 });
        let known: Vec<String> =
            guide::ALL.iter().map(|guide| format!("{} of {}", guide.set, guide.id)).collect();
        let what = format!(
            "there is no table for this `set` in the group's `version`; there is {}",
            known.join(", ")
        );
        pen.problems.note(&at.key("set"), place, what);
        return None;
    };
    let told = told.unwrap_or_else(|| implied_guide(guide, version));
    let mut header = b"ST".to_vec();
    for (element, text) in (1..).zip([set, number, told]) {
        header.push(pen.script.delimiters.element);
        if text.bytes().any(|byte| pen.script.delimiters.holds(byte)) {
            let place = X12Place { loop_id: "", tag: st, element, component: 0 };
            let at = at.key(key_of(st, element).unwrap_or("guide"));
            pen.problems.note(&at, Some(place), SEPARATES);
        }
        header.extend_from_slice(text.as_bytes());
    }
    if header.last() == Some(&pen.script.delimiters.element) {
        header.pop();
    }
    let is_checked = wanted.is_empty() && !pen.problems.is_silent();
    Some(SetPen::new(pen, guide, is_checked).finding(wanted).write(pairs, &header, at))
}

/// The trailer that the counts make, or the one that the document has.
fn write_trailer(
    pairs: &Pairs<'_>,
    tag: &str,
    count: usize,
    number: &str,
    pen: &mut Pen,
    at: &Path<'_>,
    out: &mut Vec<u8>,
) {
    let Delimiters { element, segment, .. } = pen.script.delimiters;
    match find(pairs, "trailer") {
        // A file may have none.
        Some(Node::Text(text)) if text.is_empty() => return,
        Some(node) => {
            let raw = pen.raw(node, &at.key("trailer"));
            out.extend(raw);
        }
        None => {
            out.extend_from_slice(tag.as_bytes());
            out.push(element);
            out.extend_from_slice(count.to_string().as_bytes());
            out.push(element);
            if pen.script.encoding.encode(number, out).is_none() {
                pen.note(at, "a character here cannot be written");
            }
        }
    }
    out.push(segment);
}

fn write_raw(pairs: &Pairs<'_>, key: &str, pen: &mut Pen, at: &Path<'_>, out: &mut Vec<u8>) {
    let segments = list_of(pairs, key, pen, at);
    let at = &at.key(key);
    for (index, segment) in segments.iter().enumerate() {
        let raw = pen.raw(segment, &at.index(index));
        out.extend(raw);
        out.push(pen.script.delimiters.segment);
    }
}

fn list_of<'n, 'a>(
    pairs: &'n Pairs<'a>,
    key: &str,
    pen: &mut Pen,
    at: &Path<'_>,
) -> &'n [Node<'a>] {
    match find(pairs, key) {
        Some(Node::List(items)) => items,
        Some(node) => {
            pen.expected("a list", node, &at.key(key));
            &[]
        }
        None => {
            pen.note(&at.key(key), "this list is required; add it");
            &[]
        }
    }
}

/// Reads what was written and tells what the guides have against it, by its place in the document. What
/// each segment has against it has been told.
fn check(document: &Node<'_>, bytes: &Bytes, pen: &mut Pen) {
    let is_clean = pen.problems.is_empty();
    let reading = interchange::read(bytes);
    let at = &Path::TOP.key("interchanges");
    for (index, interchange) in reading.interchanges.iter().enumerate() {
        let at = &at.index(index);
        let told = item_of(pairs_of(document), "interchanges", index);
        for fault in &interchange.faults {
            tell_fault_of_interchange(interchange, fault, told, pen, at);
        }
        if let Some(told) = told {
            pen.script = script_of(told, pen, at);
        }
        let groups = &at.key("groups");
        for (index, group) in interchange.groups.iter().enumerate() {
            let at = &groups.index(index);
            let told = item_of(told, "groups", index);
            tell_faults_of_envelope(&group.faults, told, pen, at);
            let sets = &at.key("transactions");
            for (index, set) in group.sets.iter().enumerate() {
                let at = &sets.index(index);
                let told = item_of(told, "transactions", index);
                tell_faults_of_envelope(&set.faults, told, pen, at);
                let st = interchange.set_header(set);
                let gs = interchange.group_header(group).text(8);
                let version = if st.text(3).is_empty() { gs } else { st.text(3) };
                let (version, gs) = (String::from_utf8_lossy(version), String::from_utf8_lossy(gs));
                let kind = String::from_utf8_lossy(st.text(1));
                let Some(guide) = guide::find(&version, &kind) else { continue };
                let mut faults = walk(interchange, set, guide).faults;
                // Segments that stand as they came were looked at by nobody yet.
                let is_raw = told.is_some_and(|pairs| find(pairs, "segments").is_some());
                if !is_clean && !is_raw {
                    faults.retain(|fault| is_of_the_whole(fault.kind));
                }
                if !faults.is_empty() {
                    tell_faults(&faults, told, &gs, index, pen, at);
                }
            }
        }
    }
}

/// Whether a fault shows in the whole transaction alone. Beside others the rest may only follow from them:
/// what is missing, because its qualifier is wrong.
const fn is_of_the_whole(kind: Kind) -> bool {
    match kind {
        Kind::Segment(SegmentFault::DependentMissing(_) | SegmentFault::DependentNotUsed(_))
        | Kind::Element(ElementFault::DependentMissing(_) | ElementFault::DependentNotUsed(_)) => {
            true
        }
        Kind::Segment(_)
        | Kind::Element(_)
        | Kind::Interchange(_)
        | Kind::Group(_)
        | Kind::Set(_) => false,
    }
}

/// Tells a fault of an interchange by the key that brings it about.
fn tell_fault_of_interchange(
    interchange: &Interchange,
    fault: &Fault,
    told: Option<&Pairs<'_>>,
    pen: &mut Pen,
    at: &Path<'_>,
) {
    // The header's faults by themselves say each what it is.
    let is_in = |group: &Group| {
        let header = interchange.group_header(group);
        (header.offset()..=header.end()).contains(&fault.place.offset)
    };
    let bad = interchange.groups.iter().position(is_in);
    if let Some(index) = bad.filter(|_| fault.tag == GS)
        && let Some(group) = interchange.groups.get(index)
    {
        let faults = group_header_faults(&interchange.group_header(group));
        if !faults.is_empty() {
            let told = item_of(told, "groups", index);
            return tell_faults_of_envelope(&faults, told, pen, &at.key("groups").index(index));
        }
    }
    let isa = interchange.header();
    let before = fault.place.offset.checked_sub(isa.offset());
    let before = before.and_then(|at| isa.bytes().get(..at)).unwrap_or_default();
    let separator = isa.delimiters().element;
    let element = match fault.tag {
        ISA => before.iter().filter(|&&byte| byte == separator).count(),
        _ => usize::from(fault.place.element),
    };
    let place = Place { element: u8::try_from(element).unwrap_or(u8::MAX), ..fault.place };
    tell_faults_of_envelope(&[Fault { place, ..*fault }], told, pen, at);
}

/// What the header of a group has against it, but for the kind and the guide, which others judge.
fn group_header_faults(gs: &Segment<'_>) -> Vec<Fault> {
    let mut found = Told::default();
    let slot = control::ROWS.iter().find_map(|row| match row {
        Row::Segment(slot) => (slot.tag == GS).then_some(slot),
        Row::Inner(_) => None,
    });
    if let Some(slot) = slot {
        Checker::of_envelope().check_alone(gs, (slot, &control::TABLE), None, &mut found);
    }
    found.faults.retain(|fault| !matches!(fault.place.element, 1 | 8));
    found.faults
}

/// Tells faults of an envelope by the keys of its object. What its trailer has against it follows
/// from the header, unless the document has a trailer of its own.
fn tell_faults_of_envelope(
    faults: &[Fault],
    told: Option<&Pairs<'_>>,
    pen: &mut Pen,
    at: &Path<'_>,
) {
    let has = |key: &str| told.is_some_and(|pairs| find(pairs, key).is_some());
    let (has_trailer, is_as_it_came) = (has("trailer"), has("text") || has("segments"));
    for fault in faults {
        if matches!(fault.tag, IEA | GE | SE) && !has_trailer && !pen.problems.is_empty() {
            continue;
        }
        let element = fault.place.element;
        let Some(key) = key_of(fault.tag, element).filter(|_| !is_as_it_came) else {
            note_faults(std::slice::from_ref(fault), pen, at);
            continue;
        };
        let path = at.key(key).to_string();
        if pen.problems.is_told(0, &path) {
            continue;
        }
        let (tag, loop_id) = (fault.tag, fault.loop_id);
        let what = expected_under(tag, key).map_or_else(|| said_of(fault), str::to_owned);
        pen.problems.forbid(|| path, X12Place { loop_id, tag, element, component: 0 }, what);
    }
}

fn said_of(fault: &Fault) -> String {
    format!("{}; {}", fault.kind.sentence(), fault.kind.fix())
}

fn note_faults(faults: &[Fault], pen: &mut Pen, at: &Path<'_>) {
    for fault in faults {
        let place = X12Place {
            loop_id: fault.loop_id,
            tag: fault.tag,
            element: fault.place.element,
            component: fault.place.component,
        };
        pen.problems.forbid(|| at.to_string(), place, said_of(fault));
    }
}

/// Tells faults of a transaction by where their segments stand in the document, for which it is
/// written once more.
fn tell_faults(
    faults: &[Fault],
    told: Option<&Pairs<'_>>,
    version: &str,
    index: usize,
    pen: &mut Pen,
    at: &Path<'_>,
) {
    let mut found = BTreeMap::new();
    if told.is_some_and(|pairs| find(pairs, "segments").is_some()) {
        let at = &at.key("segments");
        for fault in faults {
            // ST is the first.
            let index = fault.place.segment.saturating_sub(1) as usize;
            note_faults(std::slice::from_ref(fault), pen, &at.index(index));
        }
        return;
    }
    if let Some(pairs) = told {
        let wanted: BTreeSet<u32> = faults.iter().map(|fault| fault.place.segment).collect();
        let mut silent = Pen::new(pen.script, Problems::silent());
        let written = set_of(pairs, version, index, &mut silent, at, wanted);
        found = written.map(|written| written.found).unwrap_or_default();
    }
    for fault in faults {
        match (found.get(&fault.place.segment), fault.kind) {
            (Some((path, Some(shape))), Kind::Element(_)) => {
                let said = describe(fault, shape);
                let path = || format!("{path}{}", said.path);
                pen.problems.forbid(path, said.place, said.what);
            }
            (Some((path, _)), _) => {
                let said = said_of(fault);
                let place = X12Place {
                    loop_id: fault.loop_id,
                    tag: fault.tag,
                    element: fault.place.element,
                    component: fault.place.component,
                };
                pen.problems.forbid(|| path.clone(), place, said);
            }
            (None, _) => note_faults(std::slice::from_ref(fault), pen, at),
        }
    }
}

fn pairs_of<'n, 'a>(node: &'n Node<'a>) -> Option<&'n Pairs<'a>> {
    match node {
        Node::Object(pairs) => Some(pairs),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::List(_) => None,
    }
}

fn item_of<'n, 'a>(pairs: Option<&'n Pairs<'a>>, key: &str, index: usize) -> Option<&'n Pairs<'a>> {
    match find(pairs?, key)? {
        Node::List(items) => pairs_of(items.get(index)?),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Object(_) => None,
    }
}

fn find<'n, 'a>(pairs: &'n Pairs<'a>, key: &str) -> Option<&'n Node<'a>> {
    let found = pairs.iter().find(|(known, _)| known == key).map(|(_, node)| node);
    found.filter(|node| **node != Node::Null)
}
