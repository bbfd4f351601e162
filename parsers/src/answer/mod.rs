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
//! #     receiver: "WILLOWCLINIC".into(),
//! #     application_sender: "CLAIMGATE".to_owned(),
//! #     application_receiver: "WILLOWCLINIC".into(),
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

use std::collections::HashSet;

use crate::guide::control::ID_QUALIFIERS;
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

/// Whom an answer to an interchange is for: its sender, in the words of its own header.
///
/// ```
/// use x12::answer::{Sender, sender_of};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// let Sender { qualifier, id, .. } = sender_of(&reading.interchanges[0]);
/// assert_eq!((qualifier.as_str(), id.as_slice()), ("ZZ", b"WILLOWCLINIC".as_slice()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// ISA05; `ZZ` for a kind that is not in the list, which would break our own ISA.
    pub qualifier: String,
    /// ISA06 without the blanks that fill it up, byte for byte: those before it are its own.
    pub id: Vec<u8>,
    /// GS02 of the first group, or else ISA06.
    pub application: Vec<u8>,
}

/// The sender of an interchange, as [`Sender`] has it.
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// assert!(!x12::answer::sender_of(interchange).application.is_empty());
/// ```
pub fn sender_of(answered: &Interchange) -> Sender {
    let isa = answered.header();
    let qualifier = ID_QUALIFIERS.iter().find(|known| known.as_bytes() == isa.text(5).trim_ascii());
    let id = isa.text(6).trim_ascii_end().to_vec();
    let gs = answered.groups.first().map(|group| answered.group_header(group));
    let application = gs.map(|gs| gs.text(2).to_vec()).filter(|sender| sender.len() >= 2);
    Sender {
        qualifier: qualifier.map_or("ZZ", |known| known).to_owned(),
        application: application.unwrap_or_else(|| id.clone()),
        id,
    }
}

/// What may stand of a value where the standard bounds its length: the characters past `len_max`
/// are cut, and a value that is too short is filled up with blanks, which mean nothing at its end.
///
/// An acknowledgment repeats what was sent, and that may be just what was wrong; but one that
/// breaks its own guide is turned away unread. Its bytes stay as they came: one that is not UTF-8
/// counts as a character, as it does where values are checked.
fn fitted(text: &[u8], len_min: usize, len_max: usize) -> Vec<u8> {
    let mut fitted = Vec::with_capacity(text.len().min(len_max).max(len_min));
    let mut len = 0;
    for character in characters(text).take(len_max) {
        fitted.extend_from_slice(character);
        len += 1;
    }
    fitted.extend(std::iter::repeat_n(b' ', len_min.saturating_sub(len)));
    fitted
}

/// The characters of a value, each byte that is not UTF-8 as one.
fn characters(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.utf8_chunks().flat_map(|chunk| {
        let valid = chunk.valid().split("").filter(|text| !text.is_empty()).map(str::as_bytes);
        valid.chain(chunk.invalid().chunks(1))
    })
}

/// What is said of numbers that may be just what was wrong with them: each as it was sent where
/// `fits` says that an answer can hold it, and else as far as `cut` lets it stand. One that then
/// is another's gets a number that nobody has, counted down from the greatest, so that no verdict
/// is taken for that on another.
fn numbers_told(
    sent: &[Vec<u8>],
    fits: impl Fn(&[u8]) -> bool,
    cut: impl Fn(&[u8]) -> Vec<u8>,
) -> Vec<Vec<u8>> {
    let mut taken: HashSet<Vec<u8>> = sent.iter().filter(|sent| fits(sent)).cloned().collect();
    let mut free = (1..=999_999_999_u32).rev().map(|number| number.to_string().into_bytes());
    let mut told = Vec::with_capacity(sent.len());
    for sent in sent {
        if fits(sent) {
            told.push(sent.clone());
            continue;
        }
        let mut number = cut(sent);
        while taken.contains(&number)
            && let Some(next) = free.next()
        {
            number = next;
        }
        taken.insert(number.clone());
        told.push(number);
    }
    told
}
