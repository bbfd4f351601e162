//! Small named changes laid over segments: what leaves is what came, plus these.
//!
//! ```
//! use x12::delimiters::Delimiters;
//! use x12::edit::{Edit, apply};
//! use x12::segment::Segment;
//!
//! let nm1 = Segment::new(b"NM1*IL*1*HAZEL*NORA", 0, 14, Delimiters::OURS);
//! let edits = [Edit::Set { segment: 14, element: 9, component: 0, value: "MEM000001".to_owned() }];
//! let edited = apply([nm1], &edits).expect("a value without delimiters");
//! assert_eq!(edited, [(14, b"NM1*IL*1*HAZEL*NORA*****MEM000001".to_vec())]);
//! ```

use crate::delimiters::Delimiters;
use crate::segment::Segment;

/// One change. Segments are named by their number in the set as it came, ST = 1, so that a list
/// of edits does not depend on its order.
///
/// ```
/// use x12::edit::Edit;
///
/// let edits = [
///     // CLM05-3 of segment 19: a replacement.
///     Edit::Set { segment: 19, element: 5, component: 3, value: "7".to_owned() },
///     // And the number of what it replaces.
///     Edit::Insert {
///         after: 19,
///         elements: [["REF"], ["F8"], ["PCN0001"]].map(|text| text.map(str::to_owned).to_vec()).to_vec(),
///     },
///     Edit::Remove { segment: 24 },
/// ];
/// # use x12::{delimiters::Delimiters, edit::apply, segment::Segment};
/// # let clm = Segment::new(b"CLM*A1*120***11:B:1", 0, 19, Delimiters::OURS);
/// # let nte = Segment::new(b"NTE*ADD*OLD", 0, 24, Delimiters::OURS);
/// # let edited = apply([clm, nte], &edits).expect("edits that fit");
/// # assert_eq!(edited, [(19, b"CLM*A1*120***11:B:7".to_vec()), (19, b"REF*F8*PCN0001".to_vec())]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Puts a value into an element, or into a part of it (component 0 is the whole element).
    Set {
        /// Which segment of the set.
        segment: u32,
        /// From 1.
        element: u8,
        /// From 1; 0 stands for the whole element.
        component: u8,
        /// What is to stand there; empty to leave nothing there.
        value: String,
    },
    /// Adds a segment after another. Its tag and elements; a composite has its parts.
    Insert {
        /// The segment that it stands behind.
        after: u32,
        /// The tag, then the elements; each is a list of its parts.
        elements: Vec<Vec<String>>,
    },
    /// Leaves a segment out.
    Remove {
        /// Which segment of the set.
        segment: u32,
    },
}

impl Edit {
    /// The segment that it is for, or that it stands behind.
    const fn number(&self) -> u32 {
        match self {
            Edit::Set { segment, .. } | Edit::Remove { segment } => *segment,
            Edit::Insert { after, .. } => *after,
        }
    }
}

/// Why an edit cannot be laid over a segment.
///
/// ```
/// use x12::delimiters::Delimiters;
/// use x12::edit::{Edit, EditError, apply};
/// use x12::segment::Segment;
///
/// let clm = Segment::new(b"CLM*A1*120", 0, 19, Delimiters::OURS);
/// let edits = [Edit::Set { segment: 19, element: 1, component: 0, value: "A*1".to_owned() }];
/// let refused = apply([clm], &edits).expect_err("a delimiter of the file");
/// assert_eq!(refused, EditError::HoldsDelimiter { segment: 19, element: 1, component: 0 });
/// assert!(refused.to_string().starts_with("the value for element 1 of segment 19 holds"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The value holds a delimiter of the file, or a control character.
    HoldsDelimiter {
        /// The segment that it was for; of an added one, the segment before it.
        segment: u32,
        /// CLM05 is 5.
        element: u8,
        /// CLM05-3 is 3; 0 for the whole element.
        component: u8,
    },
    /// Element 0 is the tag, and is not edited.
    NoSuchElement,
    /// Binary data has its length before it and may hold delimiters.
    IsBinary,
    /// The file's component separator is another delimiter too, so that nothing has parts.
    NoParts,
    /// ST and SE stay where they are.
    BreaksEnvelope,
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            EditError::HoldsDelimiter { segment, element, component } => {
                let part = if *component == 0 { String::new() } else { format!("-{component}") };
                return write!(
                    f,
                    "the value for element {element}{part} of segment {segment} holds a delimiter or a \
                     control character; write it without"
                );
            }
            EditError::NoSuchElement => "elements are counted from 1; name one such as NM109",
            EditError::IsBinary => "binary data cannot be edited; remove the segment, or keep it",
            EditError::NoParts => {
                "the file has no component separator of its own; edit the whole element"
            }
            EditError::BreaksEnvelope => {
                "the edit removes ST or SE, or adds behind SE; edit what stands between them"
            }
        })
    }
}

impl std::error::Error for EditError {}

/// Lays edits over segments; gives each resulting segment with the number of the one it came
/// from (an added one has the number of the segment before it).
///
/// ```
/// use x12::delimiters::Delimiters;
/// use x12::edit::{Edit, apply};
/// use x12::segment::Segment;
///
/// let segments = [
///     Segment::new(b"REF*G1*AUTH1", 0, 20, Delimiters::OURS),
///     Segment::new(b"HI*ABK:E119", 13, 21, Delimiters::OURS),
/// ];
/// let edited = apply(segments, &[Edit::Remove { segment: 20 }]).expect("an edit that fits");
/// assert_eq!(edited, [(21, b"HI*ABK:E119".to_vec())]);
/// ```
pub fn apply<'a>(
    segments: impl IntoIterator<Item = Segment<'a>>,
    edits: &[Edit],
) -> Result<Vec<(u32, Vec<u8>)>, EditError> {
    // Those of a segment side by side, in the order that they came in.
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.number());
    let mut edited = Vec::new();
    for segment in segments {
        let number = segment.number();
        let start = sorted.partition_point(|edit| edit.number() < number);
        let own = sorted.get(start..).unwrap_or_default();
        let own = own.split_at(own.partition_point(|edit| edit.number() == number)).0;
        if !own.iter().any(|edit| matches!(edit, Edit::Remove { .. })) {
            edited.push((number, edit_segment(&segment, own)?));
        }
        for edit in own {
            if let Edit::Insert { elements, .. } = edit {
                edited.push((number, new_segment(elements, number, segment.delimiters())?));
            }
        }
    }
    Ok(edited)
}

/// A segment with the edits that are for it.
fn edit_segment(segment: &Segment<'_>, edits: &[&Edit]) -> Result<Vec<u8>, EditError> {
    let delimiters = segment.delimiters();
    let mut elements: Vec<Vec<u8>> = Vec::new();
    for edit in edits {
        let Edit::Set { segment: number, element, component, value } = edit else { continue };
        if *element == 0 {
            return Err(EditError::NoSuchElement);
        }
        if matches!(segment.tag_bytes(), b"BIN" | b"BDS") {
            return Err(EditError::IsBinary);
        }
        if elements.is_empty() {
            elements = segment.elements().map(<[u8]>::to_vec).collect();
        }
        refuse_delimiters(value, delimiters, (*number, *element, *component))?;
        if 0 < *component {
            refuse_parts(delimiters)?;
        }
        let at = usize::from(*element);
        if elements.len() <= at {
            elements.resize(at + 1, Vec::new());
        }
        if let Some(text) = elements.get_mut(at) {
            *text = with_part(text, usize::from(*component), value, delimiters.component);
        }
    }
    if elements.is_empty() {
        return Ok(segment.bytes().to_vec());
    }
    while elements.len() > 1 && elements.last().is_some_and(Vec::is_empty) {
        elements.pop();
    }
    Ok(elements.join(&delimiters.element))
}

/// The element with its part `m` set; `m` = 0 sets the whole.
fn with_part(element: &[u8], m: usize, value: &str, separator: u8) -> Vec<u8> {
    if m == 0 {
        return value.as_bytes().to_vec();
    }
    let mut parts: Vec<&[u8]> = element.split(|&byte| byte == separator).collect();
    if parts.len() < m {
        parts.resize(m, &[]);
    }
    if let Some(part) = parts.get_mut(m - 1) {
        *part = value.as_bytes();
    }
    while parts.len() > 1 && parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    parts.join(&separator)
}

/// A segment to stand behind the one with this number.
fn new_segment(
    elements: &[Vec<String>],
    number: u32,
    delimiters: Delimiters,
) -> Result<Vec<u8>, EditError> {
    let counted = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
    let mut out = Vec::new();
    for (element, parts) in elements.iter().enumerate() {
        if element > 0 {
            out.push(delimiters.element);
        }
        for (index, part) in parts.iter().enumerate() {
            let component = if parts.len() == 1 { 0 } else { counted(index + 1) };
            refuse_delimiters(part, delimiters, (number, counted(element), component))?;
            if index > 0 {
                refuse_parts(delimiters)?;
                out.push(delimiters.component);
            }
            out.extend_from_slice(part.as_bytes());
        }
    }
    Ok(out)
}

/// Refuses a value for this segment, element and component.
fn refuse_delimiters(
    value: &str,
    delimiters: Delimiters,
    (segment, element, component): (u32, u8, u8),
) -> Result<(), EditError> {
    let refused = |byte: u8| delimiters.holds(byte) || byte < b' ' || byte == 0x7F;
    match value.bytes().any(refused) {
        true => Err(EditError::HoldsDelimiter { segment, element, component }),
        false => Ok(()),
    }
}

/// A header may name one character for two things, or forget ISA16; its interchange is faulted.
fn refuse_parts(delimiters: Delimiters) -> Result<(), EditError> {
    let Delimiters { element, component, segment, .. } = delimiters;
    if component == element || component == segment { Err(EditError::NoParts) } else { Ok(()) }
}

/// A segment with other delimiters; `None` when its data holds one of them.
///
/// ```
/// use x12::delimiters::Delimiters;
/// use x12::edit::transcribe;
/// use x12::segment::Segment;
///
/// let theirs = Delimiters { element: b'|', component: b'>', repetition: None, segment: b'\n' };
/// let clm = Segment::new(b"CLM|A1|120|||11>B>1", 0, 19, theirs);
/// assert_eq!(transcribe(&clm, Delimiters::OURS).as_deref(), Some(&b"CLM*A1*120***11:B:1"[..]));
///
/// // What would be data there would delimit here.
/// let nte = Segment::new(b"NTE|ADD|2*3", 0, 20, theirs);
/// assert_eq!(transcribe(&nte, Delimiters::OURS), None);
/// ```
pub fn transcribe(segment: &Segment<'_>, to: Delimiters) -> Option<Vec<u8>> {
    let from = segment.delimiters();
    let mut out = Vec::with_capacity(segment.bytes().len());
    for &byte in segment.bytes() {
        let written = if byte == from.element {
            to.element
        } else if byte == from.component {
            to.component
        } else if from.repetition == Some(byte) {
            to.repetition?
        } else if to.holds(byte) {
            return None;
        } else {
            byte
        };
        out.push(written);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(text: &str, number: u32) -> Segment<'_> {
        Segment::new(text.as_bytes(), 0, number, Delimiters::OURS)
    }

    fn apply_one(text: &str, edit: Edit) -> Vec<String> {
        let edited = apply([segment(text, 7)], &[edit]).expect("the edit fits");
        edited.into_iter().map(|(_, text)| String::from_utf8_lossy(&text).into_owned()).collect()
    }

    #[test]
    fn sets_elements_and_parts() {
        let set = |element, component, value: &str| Edit::Set {
            segment: 7,
            element,
            component,
            value: value.to_owned(),
        };
        assert_eq!(apply_one("CLM*A*10***11:B:1", set(5, 3, "7")), ["CLM*A*10***11:B:7"]);
        assert_eq!(apply_one("REF*F8", set(2, 0, "X1")), ["REF*F8*X1"]);
        assert_eq!(apply_one("NM1*IL*1*A", set(3, 0, "")), ["NM1*IL*1"]);
        assert_eq!(apply_one("SV1*HC:99213", set(1, 3, "25")), ["SV1*HC:99213:25"]);
    }

    #[test]
    fn inserts_and_removes_segments() {
        let elements = vec![vec!["REF".to_owned()], vec!["F8".to_owned()], vec!["1".to_owned()]];
        let insert = Edit::Insert { after: 7, elements };
        assert_eq!(apply_one("CLM*A*1", insert), ["CLM*A*1", "REF*F8*1"]);
        assert!(apply_one("K3*X", Edit::Remove { segment: 7 }).is_empty());
    }

    #[test]
    fn takes_edits_in_any_order() {
        let set = |segment, element, value: &str| Edit::Set {
            segment,
            element,
            component: 0,
            value: value.to_owned(),
        };
        let note = |after, text: &str| Edit::Insert {
            after,
            elements: vec![vec!["K3".into()], vec![text.into()]],
        };
        let edits = [
            set(9, 1, "F"),
            note(7, "C"),
            set(7, 1, "A"),
            Edit::Remove { segment: 8 },
            note(7, "D"),
            note(8, "E"),
            set(7, 2, "B"),
            set(9, 1, "G"),
        ];
        let segments = [7, 8, 9, 10].map(|number| segment("K3*X", number));
        let edited = apply(segments, &edits).expect("edits that fit");
        let texts =
            edited.iter().map(|(at, text)| (*at, std::str::from_utf8(text).expect("ASCII")));
        let expected =
            [(7, "K3*A*B"), (7, "K3*C"), (7, "K3*D"), (8, "K3*E"), (9, "K3*G"), (10, "K3*X")];
        assert_eq!(texts.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn takes_time_by_the_number_of_edits() {
        // Each looked for among all of them, these would take minutes.
        let count = 100_000;
        let set =
            |segment| Edit::Set { segment, element: 1, component: 0, value: segment.to_string() };
        let edits: Vec<Edit> = (1..=count).map(set).collect();
        let edited = apply((1..=count).map(|number| segment("K3*X", number)), &edits);
        let edited = edited.expect("edits that fit");
        assert!(edited.iter().all(|(at, text)| *text == format!("K3*{at}").into_bytes()));
    }

    #[test]
    fn refuses_a_value_that_holds_a_delimiter() {
        let set = Edit::Set { segment: 1, element: 1, component: 0, value: "A*B".to_owned() };
        let refused = EditError::HoldsDelimiter { segment: 1, element: 1, component: 0 };
        assert_eq!(apply([segment("K3*X", 1)], &[set]), Err(refused));
    }

    #[test]
    fn refuses_to_edit_binary_data() {
        let set = Edit::Set { segment: 7, element: 3, component: 0, value: "A".to_owned() };
        assert_eq!(apply([segment("BIN*9*AB~SE*1~C", 7)], &[set]), Err(EditError::IsBinary));
        assert!(apply_one("BIN*9*AB~SE*1~C", Edit::Remove { segment: 7 }).is_empty());
    }

    #[test]
    fn refuses_to_make_parts_where_nothing_has_parts() {
        let clash = Delimiters { component: b'~', ..Delimiters::OURS };
        let segment = Segment::new(b"K3*X", 0, 1, clash);
        let set = Edit::Set { segment: 1, element: 1, component: 2, value: "A".to_owned() };
        assert_eq!(apply([segment], &[set]), Err(EditError::NoParts));
    }

    #[test]
    fn transcribes_delimiters_but_never_data() {
        let pipes = Delimiters { element: b'|', component: b'>', repetition: None, segment: b'\n' };
        let from = Segment::new(b"SV1|HC>99213|10", 0, 1, pipes);
        assert_eq!(transcribe(&from, Delimiters::OURS), Some(b"SV1*HC:99213*10".to_vec()));
        let data = Segment::new(b"NTE|ADD|A*B", 0, 1, pipes);
        assert_eq!(transcribe(&data, Delimiters::OURS), None);
    }
}
