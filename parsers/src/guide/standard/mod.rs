//! Sets that are held against the base standard alone: their loops in its order, every row with
//! all elements of its base segment, and no list of codes.
//!
//! No guide tells their rows apart by qualifiers. A segment that fits two rows goes to the first
//! one that is open: the innermost loop before those around it, and in a loop the next one ahead.
//!
//! ```
//! use x12::guide::standard::{ALL, is_standard};
//!
//! assert!(ALL.iter().all(|guide| is_standard(guide)));
//! assert!(ALL.iter().any(|guide| guide.set == "271"));
//! ```

pub(crate) mod claim_status;
pub(crate) mod eligibility;
pub(crate) mod enrollment;
pub(crate) mod premium;
pub(crate) mod services_review;

use super::base;
use super::row::{Guide, Loop, NO_KEY, R, Row, S, Slot, Usage};

/// Every set that is held against the base standard alone.
pub static ALL: &[&Guide] = &[
    &eligibility::INQUIRY_GUIDE,
    &eligibility::ANSWER_GUIDE,
    &claim_status::REQUEST_GUIDE,
    &claim_status::RESPONSE_GUIDE,
    &services_review::GUIDE,
    &enrollment::GUIDE,
    &premium::GUIDE,
];

/// Whether a set is held against the base standard alone.
///
/// ```
/// use x12::guide::{find, standard::is_standard};
///
/// assert!(!is_standard(find("005010X222A1", "837").expect("the professional claim")));
/// ```
pub fn is_standard(guide: &Guide) -> bool {
    ALL.iter().any(|known| std::ptr::eq(*known, guide))
}

const fn table(
    id: &'static str,
    usage: Usage,
    repeat_max: u32,
    name: &'static str,
    rows: &'static [Row],
) -> Loop {
    Loop { id, usage, repeat_max, name, rows }
}

/// A mandatory segment.
const fn must(tag: &str) -> Row {
    row(tag, R, 1)
}

/// A mandatory segment that may stand up to so many times.
const fn must_up_to(use_max: u32, tag: &str) -> Row {
    row(tag, R, use_max)
}

/// An optional segment.
const fn may(tag: &str) -> Row {
    row(tag, S, 1)
}

/// An optional segment that may stand up to so many times.
const fn up_to(use_max: u32, tag: &str) -> Row {
    row(tag, S, use_max)
}

const fn row(tag: &str, usage: Usage, use_max: u32) -> Row {
    let base = base::of(tag);
    Row::Segment(Slot {
        tag: base.tag,
        keys: [NO_KEY, NO_KEY],
        usage,
        use_max,
        name: base.name,
        elements: base.elements,
    })
}
