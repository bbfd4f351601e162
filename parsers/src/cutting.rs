//! Cuts an interchange into segments, one after another, whether all of its text is there or more
//! of it is still to come.
//!
//! What reads from a line asks here whether the whole of an interchange has come:
//!
//! ```
//! use x12::cutting::{Cutter, Next};
//! use x12::delimiters;
//!
//! let file = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260301*0915*^*00501*000000001*0*T*:~\
//! TA1*000000007*260301*0915*A*000~IEA*0*000000001~\r\nISA*00*";
//! let header = delimiters::header(file).expect("a header");
//!
//! // Where the interchange ends of which so much has come, if it has an end there.
//! let end_of = |cutter: &mut Cutter, came: &[u8]| loop {
//!     match cutter.next(came, false) {
//!         Next::Segment(_) => {}
//!         Next::Trailer(_, end) => return Some(end),
//!         Next::Header(..) | Next::End | Next::Wait => return None,
//!     }
//! };
//! let mut cutter = Cutter::new(&header, header.len);
//! assert_eq!(end_of(&mut cutter, &file[..150]), None);
//! assert_eq!(end_of(&mut cutter, file), Some(154));
//! ```

use std::ops::Range;

use memchr::memchr;

use crate::delimiters::{self, Delimiters, HEADER_LEN, HEADER_LEN_MAX, Header};

/// Goes through the text behind a header. It looks at each byte once, in whatever pieces they come.
///
/// ```
/// use x12::cutting::{Cutter, Next};
/// use x12::delimiters;
///
/// # let isa = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260301*0915*^*00501*000000001*0*T*:~";
/// let header = delimiters::header(isa).expect("a header");
/// let mut text = b"N1*A~ N2*".to_vec();
/// let mut cutter = Cutter::new(&header, 0);
/// assert_eq!(cutter.next(&text, false), Next::Segment(0..4));
/// assert_eq!(cutter.next(&text, false), Next::Wait);
///
/// // What has been cut may be let go of, when more comes.
/// text.drain(..cutter.from());
/// cutter.rebase(cutter.from());
/// text.extend_from_slice(b"a long story of which nobody wants the rest");
/// cutter.pass_over();
/// assert_eq!(cutter.next(&text, false), Next::Wait);
/// text.extend_from_slice(b" and more~N3*B~");
/// assert_eq!(cutter.next(&text, false), Next::Segment(56..60));
/// assert_eq!(cutter.next(&text, true), Next::End);
/// ```
#[derive(Clone, Debug)]
pub struct Cutter {
    delimiters: Delimiters,
    /// Where the next segment begins.
    from: usize,
    /// No terminator that ends it stands before this.
    searched: usize,
    /// Nobody wants the segment that begins at `from`.
    passes_over: bool,
}

/// What comes next. Places count from the start of the bytes.
///
/// ```
/// use x12::cutting::{Cutter, Next};
/// use x12::delimiters;
///
/// # let isa = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260301*0915*^*00501*000000001*0*T*:~";
/// let header = delimiters::header(isa).expect("a header");
/// let next = |text: &[u8], is_last| Cutter::new(&header, 0).next(text, is_last);
///
/// assert_eq!(next(b"\nSE*2*0001~", false), Next::Segment(1..10));
/// assert_eq!(next(b"IEA*1*000000001~ISA", false), Next::Trailer(0..15, 16));
/// assert_eq!(next(b"IEA*1*0000", false), Next::Wait);
/// assert_eq!(next(b"IEA*1*0000", true), Next::Trailer(0..10, 10));
/// assert_eq!(next(b"", true), Next::End);
///
/// // Two that lost the rest of the first: behind a segment, and within one.
/// assert_eq!(next(isa, true), Next::Header(None, 0));
/// let torn = [b"N4*SPRI".as_slice(), isa].concat();
/// assert_eq!(next(&torn, true), Next::Header(Some(0..7), 7));
/// ```
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// A segment, without its terminator and the blanks around it.
    Segment(Range<usize>),
    /// The IEA, and where the interchange ends behind it.
    Trailer(Range<usize>, usize),
    /// Another header begins here, before any IEA: this interchange was cut, the next one is whole.
    /// The segment that was cut with it, if it was.
    Header(Option<Range<usize>>, usize),
    /// The text ends without an IEA.
    End,
    /// More of the text has to come before it can be told.
    Wait,
}

impl Cutter {
    /// For the text of an interchange whose body begins at `from`.
    pub const fn new(header: &Header, from: usize) -> Cutter {
        let delimiters = header.delimiters;
        Cutter { delimiters, from, searched: from, passes_over: false }
    }

    /// Where the next segment begins, or what stands before it.
    pub const fn from(&self) -> usize {
        self.from
    }

    /// What ends the segments: behind the trailer too it may stand once more, and ends nothing.
    pub const fn terminator(&self) -> u8 {
        self.delimiters.segment
    }

    /// The text has lost so many bytes at its start, all of which have been cut.
    pub const fn rebase(&mut self, count: usize) {
        self.from = self.from.saturating_sub(count);
        self.searched = self.searched.saturating_sub(count);
    }

    /// Says that nobody wants the segment that is being read: what there is and will be of it, up
    /// to its terminator, is passed over.
    pub const fn pass_over(&mut self) {
        self.passes_over = true;
    }

    /// The start of the segment that waits for its end, where it is longer than so many bytes. What
    /// else there will be of it is passed over.
    pub(crate) fn cut_off(&mut self, bytes: &[u8], bytes_max: usize) -> Next {
        // At its end a header may stand.
        let is_short = bytes.len() - self.from <= bytes_max + HEADER_LEN;
        // Of binary data the end is known.
        let is_data = || matches!(self.end_of_data(bytes, self.from, false), Data::Unknown);
        if self.passes_over || is_short || is_data() {
            return Next::Wait;
        }
        let start = self.from;
        self.from += bytes_max;
        self.pass_over();
        Next::Segment(start..self.from)
    }

    /// The next segment of `bytes`; blank ones are left out. `is_last` says that no more will come.
    #[inline]
    pub fn next(&mut self, bytes: &[u8], is_last: bool) -> Next {
        if self.passes_over
            && let Some(next) = self.passed_over(bytes, is_last)
        {
            return next;
        }
        loop {
            let Some(rest) = bytes.get(self.searched..) else { return Next::End };
            // What follows the last terminator is a segment too when its terminator was forgotten.
            let end = match memchr(self.delimiters.segment, rest) {
                Some(found) => self.searched + found,
                None if is_last => bytes.len(),
                None => return self.without_end(bytes),
            };
            let mut segment = trim(bytes, self.from..end, |byte| self.delimiters.holds(byte));
            // Without a terminator, what a file is padded with would be data.
            if end == bytes.len() {
                segment = without_padding(bytes, segment);
            }
            let text = &bytes[segment.clone()];
            if end < bytes.len() && is_ordinary(text) {
                (self.from, self.searched) = (end + 1, end + 1);
                return Next::Segment(segment);
            }
            if text.starts_with(b"ISA") {
                if !is_last && bytes.len() < segment.start + HEADER_LEN_MAX {
                    return Next::Wait;
                }
                if delimiters::header(&bytes[segment.start..]).is_some() {
                    return Next::Header(None, segment.start);
                }
            }
            let with_terminator = &bytes[segment.start..(end + 1).min(bytes.len())];
            if let Some(cut) = delimiters::header_behind(with_terminator) {
                let cut = segment.start + cut;
                return Next::Header(Some(without_padding(bytes, segment.start..cut)), cut);
            }
            // A terminator inside binary data is data.
            match self.end_of_data(bytes, segment.start, is_last) {
                Data::Ends(data_end) if end < data_end => {
                    self.searched = data_end;
                    continue;
                }
                Data::Unknown => return Next::Wait,
                Data::Ends(_) | Data::NotBelieved => {}
            }
            (self.from, self.searched) = (end + 1, end + 1);
            if is_trailer(text, self.delimiters) {
                return Next::Trailer(segment, (end + 1).min(bytes.len()));
            }
            if !segment.is_empty() {
                return Next::Segment(segment);
            }
        }
    }

    /// No terminator has come that ends the next segment. A header may have, which names another.
    fn without_end(&mut self, bytes: &[u8]) -> Next {
        self.searched = bytes.len();
        let is_layout = |byte: &u8| is_blank(*byte) && !self.delimiters.holds(*byte);
        self.from += bytes[self.from..].iter().take_while(|byte| is_layout(byte)).count();
        match delimiters::header(&bytes[self.from..]) {
            Some(_) => Next::Header(None, self.from),
            None => Next::Wait,
        }
    }

    /// Goes to the end of the segment that nobody wants, if it has come.
    fn passed_over(&mut self, bytes: &[u8], is_last: bool) -> Option<Next> {
        let rest = bytes.get(self.searched..).unwrap_or_default();
        let end = memchr(self.delimiters.segment, rest).map(|found| self.searched + found);
        let past = end.map_or(bytes.len(), |end| end + 1);
        if end.is_none() && !is_last {
            // A header may stand at its end.
            self.from = self.from.max(past.saturating_sub(HEADER_LEN));
            self.searched = past;
            return Some(Next::Wait);
        }
        self.passes_over = false;
        let passed = bytes.get(self.from..past).unwrap_or_default();
        if let Some(cut) = delimiters::header_behind(passed) {
            return Some(Next::Header(None, self.from + cut));
        }
        (self.from, self.searched) = (past, past);
        None
    }

    /// Where the data of a BIN or BDS ends that begins at `start`, as its length says. A length
    /// behind which no terminator stands is not believed.
    #[inline]
    fn end_of_data(&self, bytes: &[u8], start: usize, is_last: bool) -> Data {
        let stated = binary_data_end(&bytes[start..], self.delimiters);
        let Some(end) = stated.and_then(|len| start.checked_add(len)) else {
            return Data::NotBelieved;
        };
        match bytes.get(end) {
            Some(&byte) if byte == self.delimiters.segment => Data::Ends(end),
            Some(_) => Data::NotBelieved,
            None if is_last || BINARY_BYTES_MAX < end - start => Data::NotBelieved,
            None => Data::Unknown,
        }
    }
}

/// Whether a segment is surely no header, no trailer and no binary data, and too short for a header
/// to stand behind it. Most are so, and need not be asked one thing after another.
#[inline]
fn is_ordinary(text: &[u8]) -> bool {
    matches!(text, [first, ..] if *first != b'I' && *first != b'B') && text.len() < HEADER_LEN - 1
}

/// What is known of binary data.
enum Data {
    Ends(usize),
    NotBelieved,
    /// It has not come yet.
    Unknown,
}

/// Binary data that is waited for when its end has not come yet. A length that is wrong would
/// else keep the rest of a stream waiting.
const BINARY_BYTES_MAX: usize = 32 << 20;

fn is_trailer(text: &[u8], delimiters: Delimiters) -> bool {
    let rest = text.strip_prefix(b"IEA");
    rest.is_some_and(|rest| rest.first().is_none_or(|&byte| byte == delimiters.element))
}

/// `BIN*length*data` and `BDS*filter*length*data`: where the data ends, as the length says.
pub(crate) fn binary_data_end(bytes: &[u8], delimiters: Delimiters) -> Option<usize> {
    let length_at = match bytes.get(..3)? {
        b"BIN" => 1,
        b"BDS" => 2,
        _ => return None,
    };
    const FIELDS_LEN_MAX: usize = 40;
    let beginning = bytes.get(..FIELDS_LEN_MAX).unwrap_or(bytes);
    let mut fields = beginning.splitn(length_at + 2, |&byte| byte == delimiters.element);
    let before = fields.by_ref().take(length_at).map(|field| field.len() + 1).sum::<usize>();
    let length = fields.next()?;
    fields.next()?;
    let data_len: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
    (before + length.len() + 1).checked_add(data_len)
}

/// Blanks before a segment and line ends behind it are layout, unless they delimit. Blanks at its
/// end are its last value's: whether they may go is for a rule to say.
#[inline]
pub(crate) fn trim(
    bytes: &[u8],
    range: Range<usize>,
    delimits: impl Fn(u8) -> bool,
) -> Range<usize> {
    let Range { mut start, mut end } = range;
    // All layout is below the letters, and most segments have none.
    if let [first, .., last] = &bytes[start..end]
        && b' ' < *first
        && b' ' < *last
    {
        return start..end;
    }
    while start < end && is_blank(bytes[start]) && !delimits(bytes[start]) {
        start += 1;
    }
    while start < end && matches!(bytes[end - 1], b'\r' | b'\n') {
        end -= 1;
    }
    start..end
}

/// A segment without the blanks at its end, where no terminator says that they are its value's.
fn without_padding(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let text = &bytes[range.clone()];
    let padding = text.iter().rev().take_while(|&&byte| is_blank(byte)).count();
    range.start..range.end - padding
}

/// Whether bytes are blank between interchanges: white space, and what old systems pad with.
///
/// ```
/// assert!(b" \r\n\t\0\x1A".iter().all(|&byte| x12::cutting::is_blank(byte)));
/// assert!(!x12::cutting::is_blank(b'~'));
/// ```
pub const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\r' | b'\n' | b'\t' | 0 | 0x1A)
}
