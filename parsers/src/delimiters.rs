//! The interchange header: 106 bytes that say how the rest is to be read.
//!
//! ```
//! use x12::delimiters::{Delimiters, header};
//!
//! let isa = b"ISA*00*          *00*          *ZZ*WILLOWCLINIC   *ZZ*CLAIMGATE      \
//! *260301*0915*^*00501*000000001*0*T*:~";
//! let header = header(isa).expect("a header");
//! assert_eq!(header.delimiters, Delimiters::OURS);
//! ```

use nom::bytes::complete::{tag, take, take_till};
use nom::multi::count;
use nom::{IResult, Parser};

/// The characters that separate things in one interchange. Each interchange has its own.
///
/// An interchange may use any characters but letters, digits and blanks.
///
/// ```
/// use x12::delimiters::Delimiters;
///
/// let Delimiters { element, component, repetition, segment } = Delimiters::OURS;
/// assert_eq!((element, component, repetition, segment), (b'*', b':', Some(b'^'), b'~'));
///
/// // What they separate cannot hold them.
/// assert!(Delimiters::OURS.holds(b'*') && !Delimiters::OURS.holds(b'|'));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delimiters {
    /// Between the elements of a segment: the byte behind `ISA`.
    pub element: u8,
    /// Between the parts of a composite: ISA16.
    pub component: u8,
    /// Only version 00402 and later have one; before, ISA11 is a standards id.
    pub repetition: Option<u8>,
    /// Behind each segment: the byte behind ISA16.
    pub segment: u8,
}

impl Delimiters {
    /// What we write with.
    pub const OURS: Delimiters =
        Delimiters { element: b'*', component: b':', repetition: Some(b'^'), segment: b'~' };

    /// Whether a byte has a meaning of its own and so cannot stand in data.
    pub fn holds(&self, byte: u8) -> bool {
        byte == self.element
            || byte == self.component
            || byte == self.segment
            || self.repetition == Some(byte)
    }

    /// What can be written of a value between these: a delimiter and a control character become a
    /// blank, all other bytes stay as they are.
    pub(crate) fn said(&self, text: &[u8]) -> Vec<u8> {
        let said = |&byte: &u8| {
            if self.holds(byte) || byte.is_ascii_control() { b' ' } else { byte }
        };
        text.iter().map(said).collect()
    }
}

/// What stands at the start of an interchange.
///
/// ```
/// use x12::delimiters::{HEADER_LEN, Header, header};
///
/// let isa = b"ISA|00|          |00|          |ZZ|WILLOWCLINIC   |ZZ|CLAIMGATE      \
/// |260301|0915|^|00501|000000001|0|T|>\n";
/// let Header { delimiters, len, fixed_width, is_terminated } = header(isa).expect("a header");
/// assert_eq!((len, fixed_width, is_terminated), (HEADER_LEN, true, true));
/// assert_eq!((delimiters.element, delimiters.segment), (b'|', b'\n'));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// What the interchange is written with.
    pub delimiters: Delimiters,
    /// How many bytes the header takes, its terminator included.
    pub len: usize,
    /// Every element has the width that the standard fixes.
    pub fixed_width: bool,
    /// What stands where the terminator belongs ends segments, or nothing stands there.
    pub is_terminated: bool,
}

/// The length of a header whose elements have the widths that the standard fixes.
///
/// ```
/// use x12::delimiters::{HEADER_LEN, header};
///
/// let loose = b"ISA*00**00**ZZ*WILLOWCLINIC*ZZ*CLAIMGATE*260301*0915*^*00501*000000001*0*T*:~";
/// assert!(header(loose).expect("a header").len < HEADER_LEN);
/// ```
pub const HEADER_LEN: usize = 106;

/// A header with its elements padded wrongly may be shorter or longer; past this it is not one.
///
/// ```
/// use x12::delimiters::{HEADER_LEN, HEADER_LEN_MAX};
///
/// // With so many bytes at hand it is clear whether a header begins there.
/// assert!(HEADER_LEN < HEADER_LEN_MAX);
/// ```
pub const HEADER_LEN_MAX: usize = 200;

/// Where the sixteen separators stand in a header of fixed width.
pub(crate) const SEPARATORS: [usize; 16] =
    [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];

/// Where ISA11 and ISA12 stand in a header of fixed width.
const REPETITION: usize = 82;
const VERSION: std::ops::Range<usize> = 84..89;

/// Reads the header that `bytes` starts with, if it does. The start of a header gives nothing, or
/// what the whole of it gives, so that it can be read from a stream.
///
/// Fixed offsets are believed only when all sixteen separators stand where they belong; otherwise
/// the separators are counted, because partners do send headers with collapsed padding.
///
/// ```
/// use x12::delimiters::header;
///
/// // Without its padding: read, and faulted later.
/// let loose = b"ISA*00**00**ZZ*WILLOWCLINIC*ZZ*CLAIMGATE*260301*0915*^*00501*000000001*0*T*:~GS*";
/// let found = header(loose).expect("a header");
/// assert!(!found.fixed_width);
/// assert_eq!(&loose[found.len..], b"GS*");
///
/// assert!(header(b"ISABELLA*1*2~").is_none());
/// ```
pub fn header(bytes: &[u8]) -> Option<Header> {
    let element = *bytes.get(3)?;
    if !bytes.starts_with(b"ISA") || !can_delimit(element) {
        return None;
    }
    let is_fixed = SEPARATORS.iter().all(|&at| bytes.get(at).is_none_or(|&byte| byte == element));
    if is_fixed {
        return fixed_header(element, bytes);
    }
    // Two characters at most stand in ISA01; more is no header, and says so soon.
    bytes.get(4..7)?.iter().position(|&byte| byte == element)?;
    let bytes = bytes.get(..HEADER_LEN_MAX).unwrap_or(bytes);
    let (rest, fields) = fields(element, bytes).ok()?;
    let [component, segment, ..] = *rest else { return None };
    if !can_delimit(component) || !can_delimit(segment) {
        return None;
    }
    let field = |n: usize| fields.get(n).copied().unwrap_or_default();
    // A segment of data may begin with these letters too, but has no version and number in it.
    let is_number = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    if !is_number(field(11)) || !is_number(field(12)) {
        return None;
    }
    let repetition = repetition(field(10), field(11));
    let delimiters = Delimiters { element, component, repetition, segment };
    let len = bytes.len() - rest.len() + 2;
    Some(Header { delimiters, len, fixed_width: false, is_terminated: true })
}

/// Where a whole header stands at the end of a segment, given with its terminator: what came
/// before was cut off in the middle of the segment, and another interchange begins.
///
/// ```
/// use x12::delimiters::header_behind;
///
/// let cut = b"N4*SPRINGFISA*00*          *00*          *ZZ*WILLOWCLINIC   *ZZ*CLAIMGATE      \
/// *260301*0915*^*00501*000000002*0*T*:~";
/// assert_eq!(header_behind(cut), Some(10));
/// assert_eq!(header_behind(b"N4*SPRINGFIELD*IL~"), None);
/// ```
pub fn header_behind(segment: &[u8]) -> Option<usize> {
    let at = segment.len().checked_sub(HEADER_LEN)?;
    let is_whole = |header: Header| header.fixed_width && header.len == HEADER_LEN;
    header(&segment[at..]).is_some_and(is_whole).then_some(at)
}

/// A header whose separators stand where they belong, as far as it has come.
fn fixed_header(element: u8, bytes: &[u8]) -> Option<Header> {
    let [.., component, segment] = *bytes.get(..HEADER_LEN)? else { return None };
    let repetition = repetition(&bytes[REPETITION..=REPETITION], &bytes[VERSION]);
    // ISA16 was forgotten when its place is followed by the next segment, or when a tilde there
    // is followed by a line end: then it is the terminator. What else cannot delimit is a terminator
    // that is wrong, and the rest is read as if it were not there.
    let is_forgotten = !can_delimit(segment) || (component == b'~' && is_line_end(segment));
    let is_terminated = can_delimit(segment) || component == b'~' || {
        let next = bytes.get(HEADER_LEN - 1..=HEADER_LEN)?;
        BEGINNINGS.contains(&next)
    };
    let (segment, len) =
        if is_forgotten { (component, HEADER_LEN - 1) } else { (segment, HEADER_LEN) };
    let delimiters = Delimiters { element, component, repetition, segment };
    let header = Header { delimiters, len, fixed_width: true, is_terminated };
    can_delimit(segment).then_some(header)
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// The first version in which ISA11 is the repetition separator.
pub(crate) const FIRST_WITH_REPETITION: &[u8] = b"00402";

/// ISA11, where it may be one.
fn repetition(isa11: &[u8], version: &[u8]) -> Option<u8> {
    match isa11 {
        &[byte] if version >= FIRST_WITH_REPETITION && can_delimit(byte) => Some(byte),
        _ => None,
    }
}

/// How the segments begin that may follow an ISA.
const BEGINNINGS: &[&[u8]] = &[b"GS", b"TA", b"IE", b"IS"];

/// Element `n` of an ISA, without its terminator, at its fixed place; `None` where some separator
/// does not stand where it belongs.
pub(crate) fn fixed_field(isa: &[u8], n: usize) -> Option<&[u8]> {
    let element = isa.get(3)?;
    if SEPARATORS.iter().any(|&at| isa.get(at) != Some(element)) {
        return None;
    }
    let start = SEPARATORS.get(n.checked_sub(1)?)? + 1;
    let end = SEPARATORS.get(n).copied().unwrap_or(isa.len());
    isa.get(start..end)
}

/// `ISA`, a separator, then fifteen values each closed by that separator. The sixteenth value,
/// the component separator, and the terminator follow.
fn fields(element: u8, input: &[u8]) -> IResult<&[u8], Vec<&[u8]>> {
    let separator = [element];
    let (input, _) = (tag("ISA"), take(1usize)).parse(input)?;
    let value = |input| {
        let (input, value) = take_till(|byte| byte == element)(input)?;
        let (input, _) = tag(separator.as_slice())(input)?;
        Ok((input, value))
    };
    count(value, 15).parse(input)
}

/// Letters, digits and blanks never delimit.
pub(crate) fn can_delimit(byte: u8) -> bool {
    !byte.is_ascii_alphanumeric() && byte != b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISA: &[u8] = b"ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~";

    #[test]
    fn reads_a_header_of_fixed_width() {
        let header = header(ISA).expect("a plain header");
        assert_eq!(header.len, HEADER_LEN);
        assert!(header.fixed_width);
        assert_eq!(header.delimiters, Delimiters::OURS);
    }

    #[test]
    fn has_no_repetition_separator_before_00402() {
        let old = String::from_utf8_lossy(ISA).replace("00501", "00401");
        let header = header(old.as_bytes()).expect("an older header");
        assert_eq!(header.delimiters.repetition, None);
    }

    #[test]
    fn takes_a_letter_in_isa11_for_a_standards_id() {
        let old = String::from_utf8_lossy(ISA).replace("*^*", "*U*");
        assert_eq!(header(old.as_bytes()).expect("a header").delimiters.repetition, None);
    }

    #[test]
    fn counts_separators_when_padding_is_collapsed() {
        let loose = b"ISA*00**00**ZZ*SENDER*ZZ*RECEIVER*260101*1200*^*00501*000000001*0*T*:~GS*";
        let header = header(loose).expect("a collapsed header");
        assert!(!header.fixed_width);
        assert_eq!(&loose[header.len..], b"GS*");
    }

    #[test]
    fn refuses_what_only_looks_like_a_header() {
        assert!(header(b"ISABELLA*1*2").is_none());
        assert!(header(b"ISA*00*too short~").is_none());
        assert!(header(b"").is_none());
    }
}
