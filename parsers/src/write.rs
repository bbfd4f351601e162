//! An interchange's bytes again, with edits laid over it.
//!
//! What is not edited leaves as it came: its delimiters, its line ends, the blanks around its
//! segments. Only SE01 follows the edits, because it counts what they add and remove; no edit
//! adds or removes a set or a group, so that GE01 and IEA01 stay as they came.
//!
//! ```
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! let written = x12::write::write(interchange, &[]).expect("nothing is edited");
//! assert_eq!(written, interchange.bytes());
//! ```

pub mod canonical;

use std::ops::Range;

use crate::edit::{Edit, EditError, apply};
use crate::interchange::{Interchange, Set};

/// The edits of one transaction set of the interchange.
///
/// ```
/// use x12::edit::Edit;
/// use x12::write::{SetEdits, write};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// let edits = [Edit::Set { segment: 2, element: 2, component: 0, value: "18".to_owned() }];
/// let written = write(interchange, &[SetEdits { set, edits: &edits }]).expect("edits that fit");
/// assert!(written.windows(9).any(|text| text == b"*0019*18*"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SetEdits<'a> {
    /// A set of the interchange that is written.
    pub set: &'a Set,
    /// By segment numbers of the set as it came.
    pub edits: &'a [Edit],
}

/// Writes an interchange with edits laid over its sets, each of which is named at most once.
///
/// An added segment ends as the one before it does. An interchange that was cut into lines of a
/// fixed width leaves as it came when nothing is edited, else without those line ends.
///
/// A value that holds a delimiter of the file is refused, and nothing is written.
///
/// ```
/// use x12::edit::{Edit, EditError};
/// use x12::write::{SetEdits, write};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// let edit = |value: &str| {
///     [Edit::Set { segment: 2, element: 3, component: 0, value: value.to_owned() }]
/// };
/// let edits = edit("BATCH0099");
/// let written = write(interchange, &[SetEdits { set, edits: &edits }]).expect("edits that fit");
/// assert_eq!(written.len(), interchange.bytes().len());
///
/// let edits = edit("BATCH~99");
/// let refused = write(interchange, &[SetEdits { set, edits: &edits }]);
/// assert_eq!(refused, Err(EditError::HoldsDelimiter { segment: 2, element: 3, component: 0 }));
/// ```
pub fn write(interchange: &Interchange, edited: &[SetEdits<'_>]) -> Result<Vec<u8>, EditError> {
    let mut edited: Vec<_> = edited.iter().filter(|set| !set.edits.is_empty()).collect();
    if edited.is_empty() {
        return Ok(interchange.bytes().to_vec());
    }
    edited.sort_by_key(|edited| edited.set.segments.start);
    let mut out = Vec::with_capacity(interchange.bytes().len());
    let mut next = 0;
    for SetEdits { set, edits } in edited {
        assert!(next <= set.segments.start, "a set is named twice, or is of another interchange");
        copy(interchange, next..set.segments.start, &mut out);
        write_set(interchange, set, edits, &mut out)?;
        next = set.segments.end;
    }
    copy(interchange, next..interchange.segment_count() as u32, &mut out);
    Ok(out)
}

/// Segments as they came, each with what stands behind it.
fn copy(interchange: &Interchange, indexes: Range<u32>, out: &mut Vec<u8>) {
    for index in indexes {
        out.extend_from_slice(interchange.segment(index, 0).bytes());
        out.extend_from_slice(interchange.gap_after(index));
    }
}

fn write_set(
    interchange: &Interchange,
    set: &Set,
    edits: &[Edit],
    out: &mut Vec<u8>,
) -> Result<(), EditError> {
    let count = set.segment_count();
    let end = if set.has_trailer() { count } else { count + 1 };
    let breaks_envelope = |edit: &Edit| match edit {
        Edit::Remove { segment } => *segment == 1 || *segment == end,
        Edit::Insert { after, .. } => end <= *after,
        Edit::Set { .. } => false,
    };
    if edits.iter().any(breaks_envelope) {
        return Err(EditError::BreaksEnvelope);
    }
    let delimiters = interchange.delimiters();
    let segments = apply(interchange.set_segments(set), edits)?;
    let is_counted_again = segments.len() != count as usize;
    for (number, text) in &segments {
        if *number == count && set.has_trailer() && is_counted_again {
            push_trailer(text, segments.len(), delimiters.element, out);
        } else {
            out.extend_from_slice(text);
        }
        let gap = interchange.gap_after(set.segments.start + number - 1);
        // The last terminator of a file may have been forgotten; what pads the file stays behind it.
        if !gap.contains(&delimiters.segment) && !set.has_trailer() {
            out.push(delimiters.segment);
        }
        out.extend_from_slice(gap);
    }
    Ok(())
}

/// SE with SE01 counted again.
fn push_trailer(text: &[u8], count: usize, separator: u8, out: &mut Vec<u8>) {
    let count = count.to_string();
    let mut elements: Vec<&[u8]> = text.split(|&byte| byte == separator).collect();
    match elements.get_mut(1) {
        Some(se01) => *se01 = count.as_bytes(),
        None => elements.push(count.as_bytes()),
    }
    out.extend_from_slice(&elements.join(&separator));
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::interchange::read;

    const ISA: &str = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~";

    fn written(file: &str, edits: &[Edit]) -> Result<String, EditError> {
        let reading = read(&Bytes::copy_from_slice(file.as_bytes()));
        let interchange = &reading.interchanges[0];
        let set = &interchange.groups[0].sets[0];
        let out = write(interchange, &[SetEdits { set, edits }])?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    fn file(body: &str) -> String {
        format!("{ISA}\r\nGS*HC*A1*B1*20260101*1200*1*X*V~\r\n{body}GE*1*1~\r\nIEA*1*000000001~")
    }

    #[test]
    fn keeps_what_is_not_edited_and_counts_again() {
        let came = file("ST*837*0001~\r\nK3*A~ \nK3*B ~\r\nSE*4*0001~\r\n");
        assert_eq!(written(&came, &[]).as_ref(), Ok(&came));
        let remove = Edit::Remove { segment: 2 };
        let elements = vec![vec!["K3".to_owned()], vec!["C".to_owned()]];
        let insert = Edit::Insert { after: 3, elements };
        let left = file("ST*837*0001~\r\nK3*B ~\r\nSE*3*0001~\r\n");
        assert_eq!(written(&came, std::slice::from_ref(&remove)), Ok(left));
        let left = file("ST*837*0001~\r\nK3*A~ \nK3*B ~\r\nK3*C~\r\nSE*5*0001~\r\n");
        assert_eq!(written(&came, std::slice::from_ref(&insert)), Ok(left));
        let left = file("ST*837*0001~\r\nK3*B ~\r\nK3*C~\r\nSE*4*0001~\r\n");
        assert_eq!(written(&came, &[remove, insert]), Ok(left));
    }

    #[test]
    fn adds_the_terminator_that_the_file_forgot() {
        let came = format!("{ISA}GS*HC~ST*837*0001~K3*A");
        let elements = vec![vec!["K3".to_owned()], vec!["B".to_owned()]];
        let insert = Edit::Insert { after: 2, elements };
        assert_eq!(written(&came, std::slice::from_ref(&insert)), Ok(format!("{came}~K3*B~")));
        let padded = written(&format!("{came}\r\n\0"), &[insert]);
        assert_eq!(padded, Ok(format!("{came}~\r\n\0K3*B~\r\n\0")));
    }

    #[test]
    fn refuses_to_break_the_envelope() {
        let came = file("ST*837*0001~SE*2*0001~");
        for edit in [
            Edit::Remove { segment: 1 },
            Edit::Remove { segment: 2 },
            Edit::Insert { after: 2, elements: vec![vec!["K3".to_owned()]] },
        ] {
            assert_eq!(written(&came, &[edit]), Err(EditError::BreaksEnvelope));
        }
    }
}
