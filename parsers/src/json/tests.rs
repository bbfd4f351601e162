//! The names of the document: each stands once in its object, and stays what it is.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::guide;

use super::fields::{Field, Form, Told, form_of};
use super::set::SET_KEYS;
use super::shape::{self, EntryKind, ObjectShape};

/// Every key of a guide, an object inside another indented, with what else is told of it.
struct Outline {
    text: String,
    wrong: Vec<String>,
}

impl Outline {
    fn of(root: &ObjectShape) -> Outline {
        let mut outline = Outline { text: String::new(), wrong: Vec::new() };
        let mut keys: BTreeSet<String> = SET_KEYS.iter().map(|&key| key.to_owned()).collect();
        outline.object(root, 0, &mut keys);
        outline
    }

    fn object(&mut self, object: &ObjectShape, indent: usize, keys: &mut BTreeSet<String>) {
        for entry in &object.entries {
            let mark = if entry.is_list() { "[]" } else { "" };
            match &entry.kind {
                EntryKind::Envelope => {}
                EntryKind::Hoisted(segment) => {
                    self.note_key(shape::raw_key(segment.slot.tag), object, keys);
                    for field in &segment.fields {
                        self.note_key(field.key.clone(), object, keys);
                    }
                    self.fields(&segment.fields, indent);
                }
                EntryKind::Merged(inner) => self.object(inner, indent, keys),
                EntryKind::Segment { key, segment } => {
                    self.note_key(key.clone(), object, keys);
                    self.line(indent, &format!("{key}{mark}"));
                    self.form(segment.form(), &segment.fields, indent + 1);
                }
                EntryKind::Loop { key, object: inner } => {
                    self.note_key(key.clone(), object, keys);
                    self.line(indent, &format!("{key}{mark}"));
                    self.object(inner, indent + 1, &mut BTreeSet::new());
                }
            }
        }
    }

    fn note_key(&mut self, key: String, object: &ObjectShape, keys: &mut BTreeSet<String>) {
        if key == "$" || key.is_empty() || keys.contains(&key) {
            self.wrong.push(format!("{} {key}", object.table.id));
        }
        keys.insert(key);
    }

    fn form(&mut self, form: Form, fields: &[Field], indent: usize) {
        match form {
            Form::Mark => {}
            // The one key is not written; what is in it may have keys.
            Form::Plain => self.inner(fields, indent),
            Form::Object => self.fields(fields, indent),
        }
    }

    fn fields(&mut self, fields: &[Field], indent: usize) {
        let keys: BTreeSet<&str> = fields.iter().map(|field| &*field.key).collect();
        if keys.len() < fields.len() {
            let keys: Vec<&str> = fields.iter().map(|field| &*field.key).collect();
            self.wrong.push(format!("one of {keys:?}"));
        }
        for field in fields {
            let mark = match field.told {
                Told::List(_) | Told::Repeats { .. } => "[]",
                Told::Value(_) | Told::Date { .. } | Told::Composite { .. } => "",
            };
            self.line(indent, &format!("{}{mark}", field.key));
            self.inner(std::slice::from_ref(field), indent + 1);
        }
    }

    fn inner(&mut self, fields: &[Field], indent: usize) {
        for field in fields {
            match &field.told {
                Told::Value(_) | Told::Date { .. } => {}
                Told::Composite { fields, .. } => self.form(form_of(fields), fields, indent),
                Told::List(turns) => {
                    let first = turns.first().map_or(&[][..], |turn| turn);
                    self.form(form_of(first), first, indent);
                }
                Told::Repeats { of, .. } => self.inner(std::slice::from_ref(of), indent),
            }
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        writeln!(self.text, "{:width$}{text}", "", width = indent * 2).expect("text takes all");
    }
}

#[test]
fn every_name_stands_once_in_its_object() {
    for guide in guide::ALL {
        let outline = Outline::of(shape::of(guide));
        assert!(outline.wrong.is_empty(), "{}: {:#?}", guide.id, outline.wrong);
    }
}

/// What is published stays: a name that changes breaks whoever reads or writes documents.
/// `UPDATE=1 cargo test` writes the list anew.
#[test]
#[allow(clippy::disallowed_methods, reason = "the test compares with a file")]
fn names_stay_what_they_are() {
    let mut text = String::new();
    for guide in guide::ALL {
        let outline = Outline::of(shape::of(guide)).text;
        writeln!(text, "{} {}\n{outline}", guide.set, guide.id).expect("text takes all");
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/json/names.txt");
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(path, &text).expect("the list can be written");
    }
    let known = std::fs::read_to_string(path).unwrap_or_default();
    let is_same = known == text;
    assert!(is_same, "the names differ from {path}; with UPDATE=1 the list is written anew");
}
