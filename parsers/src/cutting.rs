//! Cuts an interchange into segments, one after another, whether all of its text is there or more
//! of it is still to come.

use std::ops::Range;

use memchr::memchr;

use crate::delimiters::{self, Delimiters, HEADER_LEN, HEADER_LEN_MAX, Header};

/// Goes through the text behind a header.
#[derive(Debug)]
pub(crate) struct Cutter {
    delimiters: Delimiters,
    /// Where the next segment begins.
    from: usize,
    /// No terminator that ends it stands before this.
    searched: usize,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
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
    pub(crate) const fn new(header: &Header, from: usize) -> Cutter {
        Cutter { delimiters: header.delimiters, from, searched: from }
    }

    /// Where the next segment begins, or what stands before it.
    pub(crate) const fn from(&self) -> usize {
        self.from
    }

    /// The text has lost so many bytes at its start, all of which have been cut.
    pub(crate) const fn rebase(&mut self, count: usize) {
        self.from = self.from.saturating_sub(count);
        self.searched = self.searched.saturating_sub(count);
    }

    /// What has no end within so many bytes, of `len` that are there: a segment for all that.
    pub(crate) fn cut_at(&mut self, len: usize, bytes_max: usize) -> Next {
        let end = self.from + bytes_max;
        if len <= end {
            return Next::Wait;
        }
        let start = std::mem::replace(&mut self.from, end);
        self.searched = end;
        Next::Segment(start..end)
    }

    /// The next segment of `bytes`; blank ones are left out. `is_last` says that no more will come.
    #[inline]
    pub(crate) fn next(&mut self, bytes: &[u8], is_last: bool) -> Next {
        loop {
            let Some(rest) = bytes.get(self.searched..) else { return Next::End };
            // What follows the last terminator is a segment too when its terminator was forgotten.
            let end = match memchr(self.delimiters.segment, rest) {
                Some(found) => self.searched + found,
                None if is_last => bytes.len(),
                None => {
                    self.searched = bytes.len();
                    return Next::Wait;
                }
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
const BINARY_BYTES_MAX: usize = 64 << 20;

fn is_trailer(text: &[u8], delimiters: Delimiters) -> bool {
    let rest = text.strip_prefix(b"IEA");
    rest.is_some_and(|rest| rest.first().is_none_or(|&byte| byte == delimiters.element))
}

/// `BIN*length*data` and `BDS*filter*length*data`: where the data ends, as the length says.
fn binary_data_end(bytes: &[u8], delimiters: Delimiters) -> Option<usize> {
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
pub(crate) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\r' | b'\n' | b'\t' | 0 | 0x1A)
}
