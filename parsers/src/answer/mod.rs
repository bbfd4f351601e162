//! Acknowledgments that we write: the TA1 for an interchange, the 999 for a functional group, the
//! 277CA for the claims of a transaction set.
//!
//! Each is written into a [`Composer`](crate::compose::Composer) that the caller has opened. What
//! we receive of the same kinds is read by [`view::answer`](crate::view::answer).
//!
//! ```
//! use x12::answer::ta1;
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/control-numbers-differ.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! # use x12::compose::{Composer, Envelope};
//! # use x12::delimiters::Delimiters;
//! # use x12::value::Day;
//! # let envelope = Envelope {
//! #     sender_qualifier: "ZZ".to_owned(),
//! #     sender: "CLAIMGATE".to_owned(),
//! #     receiver_qualifier: "ZZ".to_owned(),
//! #     receiver: "WILLOWCLINIC".to_owned(),
//! #     application_sender: "CLAIMGATE".to_owned(),
//! #     application_receiver: "WILLOWCLINIC".to_owned(),
//! #     day: Day::parse(b"20260302").expect("a day"),
//! #     time: "0800".to_owned(),
//! #     control_number: 7,
//! #     wants_ta1: false,
//! #     is_production: false,
//! # };
//! # let mut composer = Composer::new(&envelope, Delimiters::OURS);
//! ta1::compose(&mut composer, interchange, &interchange.faults, &[]);
//! let answer = composer.finish();
//! assert!(answer.windows(5).any(|text| text == b"*001~"), "TA105: control numbers differ");
//! ```

pub mod ta1;
pub mod x231;

pub mod x214;

use crate::interchange::{Group, Interchange};

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests read sample files")]
mod tests;

/// Whether an interchange or a transaction set was taken.
///
/// ```
/// use x12::answer::Verdict;
///
/// assert_eq!(Verdict::WithErrors.code(), "E");
/// assert!(Verdict::WithErrors.is_accepted() && !Verdict::Rejected.is_accepted());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Taken, without a fault.
    Accepted,
    /// Taken, though parts of it are rejected one by one in another acknowledgment.
    WithErrors,
    /// Not taken, nothing of it.
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
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/accepted-999.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// assert!(x12::answer::is_acknowledgment(interchange, group));
/// ```
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
