//! Guides as the walker looks at them most: the tags of a loop's rows side by side. Rows are large,
//! and a segment may be held against a hundred of them before one fits.

use std::sync::LazyLock;

use crate::guide;
use crate::guide::row::{Guide, Loop, Row, Tag, Usage};

use super::{row_tag, row_usage};

/// What a loop's table says, in short.
#[derive(Debug)]
pub(super) struct Outline {
    /// The tag of each row.
    pub tags: Vec<Tag>,
    /// The rows that must not be empty.
    pub required: Vec<usize>,
    /// For each row that is a loop, that loop.
    inner: Vec<Option<Outline>>,
}

/// One for each of the guides, in their order.
static ALL: LazyLock<Vec<Outline>> =
    LazyLock::new(|| guide::all().map(|guide| Outline::new(&guide.table)).collect());

/// The outline of a guide.
pub(super) fn of(guide: &Guide) -> &'static Outline {
    let index = guide::all().position(|known| std::ptr::eq(known, guide));
    index.and_then(|index| ALL.get(index)).expect("every guide stands in the list of all")
}

impl Outline {
    fn new(table: &'static Loop) -> Outline {
        let is_required = |&row: &usize| row_usage(&table.rows[row]) == Usage::Required;
        let inner = |row: &'static Row| match row {
            Row::Segment(_) => None,
            Row::Inner(table) => Some(Outline::new(table)),
        };
        Outline {
            tags: table.rows.iter().map(row_tag).collect(),
            required: (0..table.rows.len()).filter(is_required).collect(),
            inner: table.rows.iter().map(inner).collect(),
        }
    }

    /// The loop at a row.
    pub fn inner(&self, row: usize) -> Option<&Outline> {
        self.inner.get(row).and_then(Option::as_ref)
    }
}
