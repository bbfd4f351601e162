//! ISA and GS as JSON, and back.

use std::borrow::Cow;

use crate::delimiters::{Delimiters, can_delimit};
use crate::segment::Segment;
use crate::value::Day;

use super::dates::{NO_DAY, NO_TIME, iso_day, iso_time, wire_day, wire_time};
use super::node::{Node, Pairs};
use super::problem::{Path, X12Place};
use super::segment::{Encoding, Pen, Script};
use crate::guide::row::Tag;

/// Keys of an interchange.
pub(super) const INTERCHANGE_KEYS: [&str; 16] = [
    "sender",
    "receiver",
    "date",
    "time",
    "control_number",
    "acknowledgment_requested",
    "usage",
    "version",
    "authorization",
    "security",
    "delimiters",
    "encoding",
    "interchange_acknowledgments",
    "groups",
    "trailer",
    "text",
];

/// Keys of a functional group.
pub(super) const GROUP_KEYS: [&str; 10] = [
    "sender",
    "receiver",
    "date",
    "time",
    "control_number",
    "version",
    "kind",
    "agency",
    "transactions",
    "trailer",
];

/// The keys that tell the elements of ISA, from the first.
const ISA_KEYS: [&str; 15] = [
    "authorization",
    "authorization",
    "security",
    "security",
    "sender",
    "sender",
    "receiver",
    "receiver",
    "date",
    "time",
    "delimiters",
    "version",
    "control_number",
    "acknowledgment_requested",
    "usage",
];

/// The keys that tell the elements of GS, from the first.
const GS_KEYS: [&str; 8] =
    ["kind", "sender", "receiver", "date", "time", "control_number", "agency", "version"];

/// The keys that tell the elements of ST, from the first.
const ST_KEYS: [&str; 3] = ["set", "control_number", "guide"];

/// The key that tells an element of the envelope.
pub(super) fn key_of(tag: Tag, element: u8) -> Option<&'static str> {
    let keys: &[&'static str] = match tag {
        ISA => &ISA_KEYS,
        GS => &GS_KEYS,
        ST => &ST_KEYS,
        _ => return None,
    };
    keys.get(usize::from(element).checked_sub(1)?).copied()
}

/// What is said of a text under a key of the envelope that has a form of its own in JSON.
pub(super) fn expected_under(tag: Tag, key: &str) -> Option<&'static str> {
    Some(match key {
        "date" if tag == ISA => {
            "this is no day of the calendar from 2000 to 2099; write YYYY-MM-DD"
        }
        "date" => NO_DAY,
        "time" => NO_TIME,
        "usage" => "`production` or `test` is expected here",
        "acknowledgment_requested" => "true or false is expected here",
        _ => return None,
    })
}

const ISA: Tag = Tag::new(b"ISA");
const GS: Tag = Tag::new(b"GS");
const ST: Tag = Tag::new(b"ST");

/// Keys of a party that an interchange goes between, and of its passwords.
const PARTY_KEYS: [&str; 2] = ["qualifier", "id"];

const DELIMITER_KEYS: [&str; 4] = ["element", "component", "repetition", "segment"];

const VERSION: &str = "00501";
pub(super) const LATIN1: &str = "iso-8859-1";

/// What the header says, in the document's words.
pub(super) fn take_header<'a>(header: &Segment<'a>, script: Script) -> Pairs<'a> {
    let texts: Vec<Cow<'a, str>> = header
        .elements()
        .map(|text| match script.encoding.decode(text) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches(' ')),
            Cow::Owned(text) => Cow::Owned(text.trim_end_matches(' ').to_owned()),
        })
        .collect();
    let text = |n: usize| texts.get(n).cloned().unwrap_or_default();
    let mut pairs: Pairs<'a> = vec![
        ("sender".into(), party(text(5), text(6))),
        ("receiver".into(), party(text(7), text(8))),
        ("date".into(), Node::text(short_iso(&text(9)).map_or(text(9), Cow::Owned))),
        ("time".into(), Node::text(iso_time(&text(10)).map_or(text(10), Cow::Owned))),
        ("control_number".into(), Node::Text(text(13))),
    ];
    pairs.push((
        "acknowledgment_requested".into(),
        match &*text(14) {
            "0" => Node::Bool(false),
            "1" => Node::Bool(true),
            _ => Node::Text(text(14)),
        },
    ));
    let usage = match &*text(15) {
        "P" => Cow::Borrowed("production"),
        "T" => Cow::Borrowed("test"),
        _ => text(15),
    };
    pairs.push(("usage".into(), Node::Text(usage)));
    if text(12) != VERSION {
        pairs.push(("version".into(), Node::Text(text(12))));
    }
    for (key, at) in [("authorization", 1), ("security", 3)] {
        if text(at) != "00" || !text(at + 1).is_empty() {
            pairs.push((key.into(), party(text(at), text(at + 1))));
        }
    }
    if script.delimiters != Delimiters::OURS {
        let Delimiters { element, component, segment, .. } = script.delimiters;
        let of = |byte: u8| Node::text(char::from(byte).to_string());
        let values = [of(element), of(component), Node::Text(text(11)), of(segment)];
        let delimiters = DELIMITER_KEYS.map(Cow::Borrowed).into_iter().zip(values);
        pairs.push(("delimiters".into(), Node::Object(delimiters.collect())));
    }
    if script.encoding == Encoding::Latin1 {
        pairs.push(("encoding".into(), Node::text(LATIN1)));
    }
    pairs
}

fn party<'a>(qualifier: Cow<'a, str>, id: Cow<'a, str>) -> Node<'a> {
    let pairs = [("qualifier", qualifier), ("id", id)];
    let told = pairs.into_iter().filter(|(_, text)| !text.is_empty());
    Node::Object(told.map(|(key, text)| (key.into(), Node::Text(text))).collect())
}

/// `YYMMDD` as `YYYY-MM-DD`.
fn short_iso(text: &str) -> Option<String> {
    Day::parse_short(text.as_bytes()).map(|day| day.to_string())
}

/// What the header of a group says.
pub(super) fn take_group<'a>(
    header: &Segment<'a>,
    kind: Option<&'static str>,
    script: Script,
) -> Pairs<'a> {
    let text = |n: usize| script.encoding.decode(header.text(n));
    let mut pairs: Pairs<'a> = Vec::new();
    let mut tell = |key: &'static str, text: Cow<'a, str>| {
        if !text.is_empty() {
            pairs.push((key.into(), Node::Text(text)));
        }
    };
    tell("sender", text(2));
    tell("receiver", text(3));
    tell("date", iso_day(&text(4)).map_or(text(4), Cow::Owned));
    tell("time", iso_time(&text(5)).map_or(text(5), Cow::Owned));
    tell("control_number", text(6));
    tell("version", text(8));
    if kind != Some(&*text(1)) {
        tell("kind", text(1));
    }
    if text(7) != "X" {
        tell("agency", text(7));
    }
    pairs
}

/// How an interchange of the document is to be written.
pub(super) fn script_of(pairs: &Pairs<'_>, pen: &mut Pen, at: &Path<'_>) -> Script {
    let mut script = Script { delimiters: Delimiters::OURS, encoding: Encoding::Utf8 };
    match find(pairs, "encoding") {
        Some(Node::Text(text)) if text == LATIN1 => script.encoding = Encoding::Latin1,
        Some(Node::Text(text)) if text == "utf-8" => {}
        Some(_) => {
            let what = format!("utf-8 or {LATIN1} is expected here");
            pen.note(&at.key("encoding"), what);
        }
        None => {}
    }
    let Some(node) = find(pairs, "delimiters") else { return script };
    let at = &at.key("delimiters");
    let Node::Object(pairs) = node else {
        pen.expected("an object", node, at);
        return script;
    };
    pen.check_keys(pairs, |key| DELIMITER_KEYS.contains(&key), || DELIMITER_KEYS.into_iter(), at);
    let mut byte_at = |key: &str, ours: u8| match find(pairs, key) {
        None => ours,
        Some(Node::Text(text)) if text.chars().count() == 1 => {
            let byte = text.chars().next().and_then(|letter| u8::try_from(letter).ok());
            byte.unwrap_or(ours)
        }
        Some(_) => {
            pen.note(&at.key(key), "one character is expected here");
            ours
        }
    };
    let element = byte_at("element", b'*');
    let component = byte_at("component", b':');
    let repetition = Some(byte_at("repetition", b'^')).filter(|&byte| can_delimit(byte));
    let segment = byte_at("segment", b'~');
    script.delimiters = Delimiters { element, component, repetition, segment };
    let all = [Some(element), Some(component), repetition, Some(segment)];
    let is_twice =
        |at: usize| all[at].is_some() && all.iter().skip(at + 1).any(|other| *other == all[at]);
    if (0..all.len()).any(is_twice) || !all.iter().flatten().all(|&byte| can_delimit(byte)) {
        let what = "four different characters that are no letters, digits or blanks are expected";
        pen.note(at, what);
    }
    script
}

/// ISA, written to its fixed width.
pub(super) fn write_header(pairs: &Pairs<'_>, pen: &mut Pen, at: &Path<'_>) -> Vec<u8> {
    let [sender_qualifier, sender] = party_of(pairs, "sender", ["ZZ", ""], pen, at);
    let [receiver_qualifier, receiver] = party_of(pairs, "receiver", ["ZZ", ""], pen, at);
    let [authorization, authorization_text] =
        party_of(pairs, "authorization", ["00", " "], pen, at);
    let [security, security_text] = party_of(pairs, "security", ["00", " "], pen, at);
    let date = text_of(pairs, "date", None, (ISA, 9), pen, at);
    let time = text_of(pairs, "time", None, (ISA, 10), pen, at);
    let version = text_of(pairs, "version", Some(VERSION), (ISA, 12), pen, at);
    let number = text_of(pairs, "control_number", None, (ISA, 13), pen, at);
    let usage = text_of(pairs, "usage", None, (ISA, 15), pen, at);
    let wants_ta1 = match find(pairs, "acknowledgment_requested") {
        None => "0",
        Some(Node::Bool(wants)) => ["0", "1"][usize::from(*wants)],
        Some(Node::Text(text)) => text,
        Some(node) => {
            pen.expected("true or false", node, &at.key("acknowledgment_requested"));
            "0"
        }
    };
    // ISA11 says so when an older interchange has no separator for repeats.
    let repetition = match find(pairs, "delimiters") {
        Some(Node::Object(pairs)) => match find(pairs, "repetition") {
            Some(Node::Text(text)) => text.clone(),
            _ => "^".into(),
        },
        _ => "^".into(),
    };
    let day = wire_day(&date).filter(|day| day.starts_with("20"));
    let date = day.and_then(|day| day.get(2..).map(str::to_owned)).unwrap_or(date);
    let time = wire_time(&time).unwrap_or(time);
    let usage = match &*usage {
        "production" => "P".to_owned(),
        "test" => "T".to_owned(),
        _ => usage,
    };
    let is_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let number = if is_digits { format!("{number:0>9}") } else { number };
    let values: [(&str, usize); ISA_KEYS.len()] = [
        (&authorization, 2),
        (&authorization_text, 10),
        (&security, 2),
        (&security_text, 10),
        (&sender_qualifier, 2),
        (&sender, 15),
        (&receiver_qualifier, 2),
        (&receiver, 15),
        (&date, 6),
        (&time, 4),
        (&repetition, 1),
        (&version, 5),
        (&number, 9),
        (wants_ta1, 1),
        (&usage, 1),
    ];
    fixed_width(&values, pen, at)
}

fn fixed_width(values: &[(&str, usize)], pen: &mut Pen, at: &Path<'_>) -> Vec<u8> {
    let delimiters = pen.script.delimiters;
    let mut out = b"ISA".to_vec();
    for ((position, key), &(text, width)) in (1..).zip(ISA_KEYS).zip(values) {
        let place = X12Place { loop_id: "", tag: ISA, element: position, component: 0 };
        let count = text.chars().count();
        let is_data = key != "delimiters";
        let has_delimiter = |byte: u8| delimiters.holds(byte) || byte.is_ascii_control();
        let is_separated = is_data && text.bytes().any(has_delimiter);
        match expected_under(ISA, key) {
            Some(what) if width < count || is_separated => {
                pen.problems.note(&at.key(key), Some(place), what);
            }
            None if width < count => {
                let what = format!("there is room for {width} characters");
                pen.problems.note(&at.key(key), Some(place), what);
            }
            None if is_separated => pen.problems.note(&at.key(key), Some(place), SEPARATES),
            Some(_) | None => {}
        }
        out.push(delimiters.element);
        if pen.script.encoding.encode(text, &mut out).is_none() {
            pen.problems.note(&at.key(key), Some(place), "a character here cannot be written");
        }
        out.extend(std::iter::repeat_n(b' ', width.saturating_sub(count)));
    }
    out.extend([delimiters.element, delimiters.component]);
    out
}

/// A qualifier and what it qualifies.
fn party_of(
    pairs: &Pairs<'_>,
    key: &str,
    defaults: [&str; 2],
    pen: &mut Pen,
    at: &Path<'_>,
) -> [String; 2] {
    let at = &at.key(key);
    let is_optional = defaults.iter().all(|text| !text.is_empty());
    match find(pairs, key) {
        Some(Node::Object(pairs)) => {
            pen.check_keys(pairs, |key| PARTY_KEYS.contains(&key), || PARTY_KEYS.into_iter(), at);
            let text = |at: usize| match find(pairs, PARTY_KEYS[at]) {
                Some(Node::Text(text)) => text.clone().into_owned(),
                Some(_) | None => String::new(),
            };
            let qualifier = text(0);
            // What has been left out by hand is what most send.
            let is_left_out = find(pairs, PARTY_KEYS[0]).is_none() && !is_optional;
            [if is_left_out { defaults[0].to_owned() } else { qualifier }, text(1)]
        }
        Some(node) => {
            pen.expected("an object", node, at);
            defaults.map(str::to_owned)
        }
        None => {
            if !is_optional {
                pen.note(at, "this is required: an object with `qualifier` and `id`");
            }
            defaults.map(str::to_owned)
        }
    }
}

/// GS.
pub(super) fn write_group(
    pairs: &Pairs<'_>,
    kind: Option<&'static str>,
    pen: &mut Pen,
    at: &Path<'_>,
) -> Vec<u8> {
    let kind = text_of(pairs, "kind", kind, (GS, 1), pen, at);
    let sender = text_of(pairs, "sender", None, (GS, 2), pen, at);
    let receiver = text_of(pairs, "receiver", None, (GS, 3), pen, at);
    let date = text_of(pairs, "date", None, (GS, 4), pen, at);
    let time = text_of(pairs, "time", None, (GS, 5), pen, at);
    let number = text_of(pairs, "control_number", None, (GS, 6), pen, at);
    let agency = text_of(pairs, "agency", Some("X"), (GS, 7), pen, at);
    let version = text_of(pairs, "version", None, (GS, 8), pen, at);
    let date = wire_day(&date).unwrap_or(date);
    let time = wire_time(&time).unwrap_or(time);
    let delimiters = pen.script.delimiters;
    let mut out = b"GS".to_vec();
    let texts = [kind, sender, receiver, date, time, number, agency, version];
    for ((position, key), text) in (1..).zip(GS_KEYS).zip(texts) {
        let place = Some(X12Place { loop_id: "", tag: GS, element: position, component: 0 });
        if text.bytes().any(|byte| delimiters.holds(byte) || byte.is_ascii_control()) {
            let what = expected_under(GS, key).unwrap_or(SEPARATES);
            pen.problems.note(&at.key(key), place, what);
        }
        out.push(delimiters.element);
        if pen.script.encoding.encode(&text, &mut out).is_none() {
            pen.problems.note(&at.key(key), place, "a character here cannot be written");
        }
    }
    out
}

/// Said of a value of the envelope that would end early.
pub(super) const SEPARATES: &str = "a character that separates things cannot stand in a value";

/// A text under a key; without it the default, and without that it is missing.
pub(super) fn text_of(
    pairs: &Pairs<'_>,
    key: &str,
    default: Option<&str>,
    (tag, element): (Tag, u8),
    pen: &mut Pen,
    at: &Path<'_>,
) -> String {
    let place = Some(X12Place { loop_id: "", tag, element, component: 0 });
    match (find(pairs, key), default) {
        (Some(Node::Text(text)), _) => text.clone().into_owned(),
        (Some(node), _) => {
            pen.expected("a text", node, &at.key(key));
            String::new()
        }
        (None, Some(default)) => default.to_owned(),
        (None, None) => {
            pen.problems.note(&at.key(key), place, "this is required; add it");
            String::new()
        }
    }
}

fn find<'n, 'a>(pairs: &'n Pairs<'a>, key: &str) -> Option<&'n Node<'a>> {
    let found = pairs.iter().find(|(known, _)| known == key).map(|(_, node)| node);
    found.filter(|node| **node != Node::Null)
}
