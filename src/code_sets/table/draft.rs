//! A table in the making: what a reader of a publisher's file gathers, row by row.

use std::collections::{HashMap, HashSet};

use x12::value::Day;

use super::{About, CODE_CHARACTERS_MAX, Coding, Keys, NOTHING, Places, Sorted, Span, Table};

/// Rows that are not yet in order.
#[derive(Debug, Default)]
pub struct Draft {
    entries: Vec<Entry>,
    /// Each span once.
    spans: Vec<Span>,
    numbers: HashMap<Span, u32>,
    has_pairs: bool,
    /// The publisher names a code once for each of its holders, so that days may overlap.
    pub may_overlap: bool,
    /// The first and last day that the file speaks for, when it says.
    pub first: Option<Day>,
    pub last: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    first: u64,
    second: u64,
    line: u32,
    span: u32,
}

/// Two rows that cannot both be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    pub line: u64,
    pub earlier_line: u64,
}

/// What a new edition leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    pub in_force: usize,
    pub missing: usize,
    /// How many the new edition names that were not in force.
    pub strange: usize,
    /// The first of those that are missing.
    pub first: Vec<String>,
    /// Whether all that are missing stand behind the last that is named: a file that was cut off.
    pub is_end: bool,
}

/// Of the eleven of an NDC.
const PRODUCT_DIGITS: usize = 9;

/// No more are named.
const NAMED_MAX: usize = 5;

impl Draft {
    /// Adds a code; false when it cannot be one: too long, or with other than capital letters and
    /// digits.
    pub fn add(&mut self, code: &str, span: Span, line: u64) -> bool {
        let number = Coding::WIDEST.number(code.as_bytes()).filter(|_| !code.is_empty());
        number.is_some_and(|first| self.push(first, 0, span, line))
    }

    /// Adds a pair of codes, of which the second may be blank.
    pub fn add_pair(&mut self, codes: [&str; 2], span: Span, line: u64) -> bool {
        // Nothing is part of itself, nor follows itself.
        let [one, other] = codes;
        if one == other {
            return false;
        }
        self.has_pairs = true;
        let [first, second] = codes.map(|code| Coding::WIDEST.number(code.as_bytes()));
        match (first, second) {
            (Some(first), Some(second)) if first > 0 => self.push(first, second, span, line),
            _ => false,
        }
    }

    fn push(&mut self, first: u64, second: u64, span: Span, line: u64) -> bool {
        let number = self.number_of(span);
        self.entries.push(Entry { first, second, line: line as u32, span: number });
        true
    }

    fn number_of(&mut self, span: Span) -> u32 {
        let next = self.spans.len() as u32;
        *self.numbers.entry(span).or_insert_with_key(|span| {
            self.spans.push(span.clone());
            next
        })
    }

    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether it names a code.
    pub fn has(&self, code: &str) -> bool {
        let number = Coding::WIDEST.number(code.as_bytes());
        self.entries.iter().any(|entry| Some(entry.first) == number)
    }

    /// Whether it names days of effect.
    pub fn is_dated(&self) -> bool {
        self.spans.iter().any(|span| span.first.is_some() || span.last.is_some())
    }

    /// Of the codes in force on a day in the edition before, how many are not named here at all, not
    /// even as ended.
    pub fn loss(&self, before: &Table, on: Day) -> Loss {
        let own: HashSet<(u64, u64)> =
            self.entries.iter().map(|entry| (entry.first, entry.second)).collect();
        let number = |code: &str| Coding::WIDEST.number(code.as_bytes()).unwrap_or(0);
        let last = own.iter().max().copied();
        let is_of_drugs = before.about.set == "ndc";
        // A drug is a product, and is named by its packages too.
        let product = |entry: &Entry| {
            let code = Coding::WIDEST.code(entry.first);
            code.get(..PRODUCT_DIGITS).map(str::to_owned)
        };
        let products: HashSet<String> =
            self.entries.iter().filter(|_| is_of_drugs).filter_map(product).collect();
        let mut loss = Loss { is_end: true, strange: own.len(), ..Loss::default() };
        for (name, spans) in before.entries() {
            if !spans.iter().any(|span| span.holds_on(on)) {
                continue;
            }
            let (first, second) = name.split_once(' ').unwrap_or((&name, ""));
            loss.in_force += 1;
            let code = (number(first), number(second));
            if own.contains(&code) {
                loss.strange -= 1;
            } else if !products.contains(first) {
                loss.missing += 1;
                loss.is_end &= last < Some(code);
                if loss.first.len() < NAMED_MAX {
                    loss.first.push(name);
                }
            }
        }
        loss
    }

    /// Takes over what the edition before says of the days before this one begins: a code of which
    /// both say the same goes on; what else was said ended on the day before.
    pub fn continue_from(&mut self, before: &Table) {
        let Some(start) = self.first else { return };
        let mut own: HashMap<u64, usize> = HashMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            own.insert(entry.first, index);
        }
        for (code, spans) in before.entries() {
            let Some(number) = Coding::WIDEST.number(code.as_bytes()) else { continue };
            for span in spans.iter().filter(|span| span.first.is_none_or(|first| first < start)) {
                let goes_on = span.last.is_none_or(|last| start <= last.plus_days(1));
                let same = own.get(&number).copied().filter(|&index| {
                    // Other amounts hold from now on alone.
                    goes_on && self.facts_of(index) == span.facts
                });
                match same {
                    Some(index) => {
                        let facts = span.facts.clone();
                        let number = self.number_of(Span { first: span.first, last: None, facts });
                        if let Some(entry) = self.entries.get_mut(index) {
                            entry.span = number;
                        }
                    }
                    None => {
                        let last = span.last.filter(|&last| last < start).or(day_before(start));
                        self.push(number, 0, Span { last, ..span.clone() }, 0);
                    }
                }
            }
        }
        self.first = before.about.first;
    }

    fn facts_of(&self, index: usize) -> Vec<u32> {
        let span = self.entries.get(index).and_then(|entry| self.spans.get(entry.span as usize));
        span.map_or(Vec::new(), |span| span.facts.clone())
    }

    /// Puts the rows in order. Rows that say the same, or supplement one another, become one.
    pub fn finish(mut self, about: About) -> Result<Table, Contradiction> {
        self.entries.sort_unstable();
        let mut keys: Vec<(u64, u64)> = Vec::new();
        let mut rows: HashMap<Box<[Span]>, u32> = HashMap::new();
        let mut places: Vec<u32> = Vec::with_capacity(self.entries.len());
        for group in self.entries.chunk_by(|a, b| (a.first, a.second) == (b.first, b.second)) {
            let Some(head) = group.first() else { continue };
            let row = self.row(group)?;
            let next = rows.len() as u32;
            places.push(*rows.entry(row.into()).or_insert(next));
            keys.push((head.first, head.second));
        }
        let mut numbered: Vec<(Box<[Span]>, u32)> = rows.into_iter().collect();
        numbered.sort_unstable_by_key(|(_, number)| *number);
        let rows = numbered.into_iter().map(|(row, _)| row).collect();
        let (coding, keys) = self.keys(&keys);
        let about = About { first: self.first, last: self.last, ..about };
        Ok(Table { about, coding, keys, places: Places::new(&places), rows })
    }

    /// What is said of one code.
    fn row(&self, group: &[Entry]) -> Result<Vec<Span>, Contradiction> {
        let mut row: Vec<(Span, u32)> = Vec::new();
        'entries: for entry in group {
            let Some(span) = self.spans.get(entry.span as usize) else { continue };
            for (kept, line) in &mut row {
                let overlaps = kept
                    .last
                    .is_none_or(|last| span.first.is_none_or(|first| first <= last))
                    && span.last.is_none_or(|last| kept.first.is_none_or(|first| first <= last));
                if !overlaps {
                    continue;
                }
                let same_days = (kept.first, kept.last) == (span.first, span.last);
                let fitting = together(&kept.facts, &span.facts)
                    .filter(|_| same_days || self.may_overlap || self.has_pairs);
                let Some(facts) = fitting else {
                    let (line, earlier_line) = (u64::from(entry.line), u64::from(*line));
                    return Err(Contradiction { line, earlier_line });
                };
                let last = match (kept.last, span.last) {
                    (Some(one), Some(other)) => Some(one.max(other)),
                    (None, _) | (_, None) => None,
                };
                // `None` is before every day.
                *kept = Span { first: kept.first.min(span.first), last, facts };
                continue 'entries;
            }
            row.push((span.clone(), entry.line));
        }
        let mut row: Vec<Span> = row.into_iter().map(|(span, _)| span).collect();
        row.sort();
        Ok(row)
    }

    /// The same codes in the narrowest coding that holds them.
    fn keys(&self, keys: &[(u64, u64)]) -> (Coding, Keys) {
        let wide = Coding::WIDEST;
        let mut codes: Vec<u64> = keys.iter().map(|(first, _)| *first).collect();
        if self.has_pairs {
            codes.extend(keys.iter().map(|(_, second)| *second));
            codes.sort_unstable();
        }
        codes.dedup();
        let mut coding = Coding { base: 11, width: 1 };
        let texts: Vec<String> = codes.iter().map(|&number| wide.code(number)).collect();
        for text in &texts {
            coding.width = coding.width.max(text.len() as u8);
            if !text.bytes().all(|byte| byte.is_ascii_digit()) {
                coding.base = 37;
            }
        }
        let narrow = |text: &String| coding.number(text.as_bytes()).expect("it was measured");
        let sorted = Sorted::new(texts.iter().map(narrow));
        if !self.has_pairs {
            return (coding, Keys::Codes(sorted));
        }
        let count = codes.len() as u64;
        let place = |number: u64| codes.partition_point(|&code| code < number) as u64;
        let pairs =
            Sorted::new(keys.iter().map(|&(first, second)| place(first) * count + place(second)));
        (coding, Keys::Pairs { codes: sorted, pairs })
    }
}

fn day_before(day: Day) -> Option<Day> {
    let of_month = || Day::new(day.year(), day.month(), day.day() - 1);
    let (year, month) =
        if day.month() == 1 { (day.year() - 1, 12) } else { (day.year(), day.month() - 1) };
    of_month().or_else(|| [31, 30, 29, 28].into_iter().find_map(|last| Day::new(year, month, last)))
}

/// The facts of two rows about the same days; `None` when they differ in one.
fn together(one: &[u32], other: &[u32]) -> Option<Vec<u32>> {
    let len = one.len().max(other.len());
    let at = |facts: &[u32], place: usize| facts.get(place).copied().unwrap_or(NOTHING);
    let mut facts = Vec::with_capacity(len);
    for place in 0..len {
        facts.push(match (at(one, place), at(other, place)) {
            (NOTHING, fact) | (fact, NOTHING) => fact,
            (fact, same) if fact == same => fact,
            (_, _) => return None,
        });
    }
    Some(facts)
}

const _: () = assert!(CODE_CHARACTERS_MAX <= 12, "more do not fit into a number");
