//! Claim statuses that say nothing by themselves.
//!
//! The numbers are facts, as the claim status list stands up to number 799; `SOURCES.md` beside the
//! code sets of the daemon says where they were read.
//!
//! ```
//! use x12::answer::x214::statuses::{needs_companion, needs_entity};
//!
//! // 562, a national provider identifier: whose?
//! assert!(needs_entity(b"562"));
//! println!("247 needs another beside it: {}", needs_companion(b"247"));
//! ```

/// Whether a status (STC01-2) says nothing unless an entity stands beside it (STC01-3).
///
/// ```
/// use x12::answer::x214::statuses::needs_entity;
///
/// assert!(needs_entity(b"19") && !needs_entity(b"0019") && !needs_entity(b"no number"));
/// ```
pub fn needs_entity(code: &[u8]) -> bool {
    is_in(NEED_ENTITY, code)
}

/// Whether a status says nothing unless a second one stands beside it in the same STC.
///
/// ```
/// use x12::answer::x214::statuses::needs_companion;
///
/// assert!(!needs_companion(b"no number"));
/// ```
pub fn needs_companion(code: &[u8]) -> bool {
    is_in(NEED_COMPANION, code)
}

/// The number as it is published, without leading zeros.
fn is_in(table: &[u16], code: &[u8]) -> bool {
    let is_published = matches!(code, [b'1'..=b'9', ..]);
    let number = str::from_utf8(code).ok().and_then(|text| text.parse::<u16>().ok());
    is_published && number.is_some_and(|number| table.binary_search(&number).is_ok())
}

/// In order.
static NEED_ENTITY: &[u16] = &[
    16, 17, 18, 19, 23, 24, 25, 26, 73, 85, 88, 89, 90, 91, 92, 93, 94, 96, 97, 106, 109, 114, 123,
    124, 125, 126, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142,
    143, 144, 145, 146, 147, 148, 149, 150, 153, 155, 157, 158, 159, 160, 161, 162, 163, 164, 165,
    166, 167, 168, 170, 173, 174, 175, 176, 182, 183, 252, 387, 395, 403, 466, 467, 470, 480, 487,
    491, 496, 499, 500, 501, 502, 503, 504, 505, 506, 514, 560, 561, 562, 563, 663, 676, 677, 680,
    689, 695, 741, 743, 754, 755, 756, 761, 775,
];

/// In order.
static NEED_COMPANION: &[u16] =
    &[21, 59, 60, 294, 402, 508, 510, 511, 512, 693, 694, 697, 700, 710, 732, 745, 748];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        assert!(NEED_ENTITY.is_sorted_by(|a, b| a < b));
        assert!(NEED_COMPANION.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn numbers_are_found_as_they_are_published() {
        assert!(needs_entity(b"562") && needs_entity(b"19") && !needs_entity(b"21"));
        assert!(needs_companion(b"21") && !needs_companion(b"562"));
        for odd in ["", "0", "0562", "+562", "562 ", "56 2", "99999"] {
            assert!(!needs_entity(odd.as_bytes()) && !needs_companion(odd.as_bytes()), "{odd}");
        }
    }
}
