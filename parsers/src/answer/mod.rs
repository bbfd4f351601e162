//! Acknowledgments that we write: the TA1 for an interchange, the 999 for a functional group, the
//! 277CA for the claims of a transaction set.
//!
//! Each is written into a [`Composer`](crate::compose::Composer) that the caller has opened. What
//! we receive of the same kinds is read by [`view::answer`](crate::view::answer).

pub mod ta1;
pub mod x231;

pub mod x214;

use crate::interchange::{Group, Interchange};

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests read sample files")]
mod tests;

/// Whether an interchange or a transaction set was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    /// Taken, though parts of it are rejected one by one in another acknowledgment.
    WithErrors,
    Rejected,
}

impl Verdict {
    /// Whether it was taken, with errors or without.
    pub const fn is_accepted(self) -> bool {
        matches!(self, Verdict::Accepted | Verdict::WithErrors)
    }

    /// TA104 and IK501.
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Accepted => "A",
            Verdict::WithErrors => "E",
            Verdict::Rejected => "R",
        }
    }
}

/// Whether a group answers what was sent before: 999 and 997, or 277CA. Such a group is never
/// acknowledged, or two gateways would answer each other without an end.
pub fn is_acknowledgment(interchange: &Interchange, group: &Group) -> bool {
    let gs = interchange.group_header(group);
    match gs.text(1) {
        b"FA" => true,
        // The answer to a status request (X212) is no acknowledgment.
        b"HN" => gs.text(8).windows(x214::NAME.len()).any(|part| part == x214::NAME),
        _ => false,
    }
}

/// What may stand of a value where the standard bounds its length: the characters past `len_max`
/// are cut, and a value that is too short is filled up with blanks, which mean nothing at its end.
///
/// An acknowledgment repeats what was sent, and that may be just what was wrong; but one that
/// breaks its own guide is turned away unread.
fn fitted(text: &[u8], len_min: usize, len_max: usize) -> String {
    let cut: String = String::from_utf8_lossy(text).chars().take(len_max).collect();
    format!("{cut:len_min$}")
}
