//! What is wrong with a JSON document: the place in it, the place in X12, what to do.
//!
//! ```
//! let composed = x12::json::read::read(br#"{"interchanges": 1}"#);
//! for problem in &composed.problems {
//!     println!("{problem}");
//! }
//! assert_eq!(composed.problems[0].path, "$.interchanges");
//! ```

use std::fmt;

use crate::guide::row::Tag;

/// Something wrong, by its path in the document and by the place in X12 that it is about.
///
/// ```
/// use x12::json::problem::Problem;
/// use x12::json::read::read;
///
/// let problems: Vec<Problem> = read(b"{}").problems;
/// assert_eq!(problems[0].path, "$.interchanges");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// `$.interchanges[0].groups[0].transactions[0].billing_providers[0].npi`.
    pub path: String,
    /// Where it lies in X12, when it is about a segment.
    pub place: Option<X12Place>,
    /// What is wrong and what to do; never the value itself.
    pub what: String,
    /// What it keeps from happening.
    pub gravity: Gravity,
}

/// What a problem keeps from happening.
///
/// ```
/// use x12::json::problem::Gravity;
/// use x12::json::read::read;
///
/// let composed = read(b"not JSON");
/// assert!(composed.bytes.is_empty());
/// assert_eq!(composed.problems[0].gravity, Gravity::Unwritable);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// The document cannot be told in X12.
    Unwritable,
    /// It can, and its guide forbids what it says.
    Forbidden,
}

/// A loop, a segment, an element, a part; 0 stands for the whole.
///
/// ```
/// use x12::guide::row::Tag;
/// use x12::json::problem::X12Place;
///
/// let place = X12Place { loop_id: "2300", tag: Tag::new(b"CLM"), element: 5, component: 3 };
/// assert_eq!(place.to_string(), "2300 CLM05-3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct X12Place {
    /// As the guide calls it; empty in the envelope.
    pub loop_id: &'static str,
    /// The segment.
    pub tag: Tag,
    /// From 1; 0 stands for the whole segment.
    pub element: u8,
    /// From 1; 0 stands for the whole element.
    pub component: u8,
}

impl fmt::Display for X12Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.loop_id.is_empty() {
            write!(f, "{} ", self.loop_id)?;
        }
        match (self.element, self.component) {
            (0, _) => write!(f, "{:?}", self.tag),
            (element, 0) => write!(f, "{:?}{element:02}", self.tag),
            (element, part) => write!(f, "{:?}{element:02}-{part}", self.tag),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(place) = &self.place {
            write!(f, " ({place})")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// Problems that one document may report; past this it is noise.
///
/// ```
/// assert_eq!(x12::json::problem::PROBLEMS_MAX, 10_000);
/// ```
pub const PROBLEMS_MAX: usize = 10_000;

/// Collects problems.
#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<Problem>,
    /// Only whether there is one is of interest.
    is_silent: bool,
    count: usize,
    unwritable: usize,
}

impl Problems {
    /// Counts, and makes no words.
    pub fn silent() -> Problems {
        Problems { is_silent: true, ..Problems::default() }
    }

    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether anything keeps the document from being written.
    pub const fn is_writable(&self) -> bool {
        self.unwritable == 0
    }

    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether something at a path, or under it, was told after the first so many.
    pub fn is_told(&self, before: usize, path: &str) -> bool {
        let told = self.list.iter().skip(before);
        told.into_iter().any(|problem| problem.path.starts_with(path))
    }

    pub const fn is_silent(&self) -> bool {
        self.is_silent
    }

    /// Whether there is room for another.
    pub fn has_room(&self) -> bool {
        !self.is_silent && self.list.len() < PROBLEMS_MAX
    }

    /// What cannot be written.
    pub fn note(&mut self, at: &Path<'_>, place: Option<X12Place>, what: impl Into<String>) {
        self.unwritable += 1;
        self.push(|| at.to_string(), place, what.into(), Gravity::Unwritable);
    }

    /// What the guide forbids.
    pub fn forbid(
        &mut self,
        path: impl FnOnce() -> String,
        place: X12Place,
        what: impl Into<String>,
    ) {
        self.push(path, Some(place), what.into(), Gravity::Forbidden);
    }

    fn push(
        &mut self,
        path: impl FnOnce() -> String,
        place: Option<X12Place>,
        what: String,
        gravity: Gravity,
    ) {
        self.count += 1;
        if self.has_room() {
            self.list.push(Problem { path: path(), place, what, gravity });
        }
    }

    pub fn into_list(self) -> Vec<Problem> {
        self.list
    }
}

/// Where in the document we are: a chain to the top, made of what the callers hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path<'p> {
    outer: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    Top,
    Key(&'p str),
    Index(usize),
}

impl<'p> Path<'p> {
    pub const TOP: Path<'static> = Path { outer: None, step: Step::Top };

    pub const fn key(&'p self, key: &'p str) -> Path<'p> {
        Path { outer: Some(self), step: Step::Key(key) }
    }

    pub const fn index(&'p self, index: usize) -> Path<'p> {
        Path { outer: Some(self), step: Step::Index(index) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(outer) = self.outer {
            outer.fmt(f)?;
        }
        match self.step {
            Step::Top => f.write_str("$"),
            Step::Key(key) if is_plain(key) => write!(f, ".{key}"),
            // A key that is none of ours may hold anything, a name too.
            Step::Key(key) => write!(f, "[a key of {} characters]", key.chars().count()),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}

fn is_plain(key: &str) -> bool {
    const LEN_MAX: usize = 64;
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$';
    !key.is_empty() && key.len() <= LEN_MAX && key.bytes().all(is_word)
}
