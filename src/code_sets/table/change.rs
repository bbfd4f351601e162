//! What a new edition of a set changes against the one before it.

use std::cmp::Ordering;

use x12::value::Day;

use super::{Span, Table, standing_in};
use crate::code_sets::Standing;

/// How many codes, or pairs, and a few of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// In effect in the new edition, and not in the one before.
    pub added: Named,
    /// In effect before, and gone or ended now.
    pub ended: Named,
    /// In effect before and not in the new edition, but known from elsewhere.
    pub kept: Named,
    /// In effect in both, with other days or other facts.
    pub changed: Named,
}

/// A number of codes, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub count: u64,
    pub first: Vec<String>,
}

/// No more are named.
const NAMED_MAX: usize = 5;

impl Named {
    fn add(&mut self, name: &str) {
        self.count += 1;
        if self.first.len() < NAMED_MAX {
            self.first.push(name.to_owned());
        }
    }
}

/// Compares two editions as they stand on a day. `is_known` asks for codes that the new one lacks.
pub fn between(before: &Table, after: &Table, on: Day, is_known: impl Fn(&str) -> bool) -> Change {
    let mut change = Change::default();
    let mut old = before.entries().peekable();
    let mut new = after.entries().peekable();
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return change,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((old, _)), Some((new, _))) => old.cmp(new),
        };
        let one = if order.is_le() { old.next() } else { None };
        let other = if order.is_ge() { new.next() } else { None };
        let name = one.as_ref().or(other.as_ref()).map_or("", |(name, _)| name.as_str()).to_owned();
        let spans = |entry: Option<(String, &[Span])>| -> Vec<Span> {
            entry.map_or(Vec::new(), |(_, spans)| spans.to_vec())
        };
        let (one, other) = (spans(one), spans(other));
        let was = standing_in(&one, on) == Standing::Valid;
        let is = standing_in(&other, on) == Standing::Valid;
        match (was, is) {
            (false, true) => change.added.add(&name),
            (true, false) if other.is_empty() && is_known(&name) => change.kept.add(&name),
            (true, false) => change.ended.add(&name),
            (true, true) | (false, false) if one != other => change.changed.add(&name),
            (true, true) | (false, false) => {}
        }
    }
}
