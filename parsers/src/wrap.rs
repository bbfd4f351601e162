//! Files cut into lines of a fixed width, as old systems do, with no regard for segments.
//!
//! The line ends are no part of the data; they may split an element, and even a tag. Such a file
//! is read from a copy without them, and because the width is fixed, the place of every byte in
//! the file as it came is a matter of arithmetic.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use memchr::memchr2;

use crate::delimiters::{HEADER_LEN, Header, can_delimit, header};

/// The widest line that is looked for; records were 80, 132, 256 or 1024 columns wide.
const WIDTH_MAX: usize = 1024;

/// How many lines have to be of one width, where the header fits in the first.
const LINES_MIN: usize = 2;

/// So much of a stretch tells how it is cut.
pub(crate) const BEGINNING_LEN: usize = LINES_MAX * (WIDTH_MAX + 2) + HEADER_LEN;

/// How many lines are looked at for one that is cut within a segment; by chance, a few may all end
/// behind terminators.
const LINES_MAX: usize = 64;

/// A stretch of a file that is cut into lines of one width.
#[derive(Clone, Debug)]
pub(crate) struct Wrap {
    /// Where the stretch stands in the file. It begins with a header.
    stretch: Range<usize>,
    width: usize,
    line_end_len: usize,
}

impl Wrap {
    /// The stretch that starts at `start`, if it is cut into lines there.
    pub(crate) fn find(file: &[u8], start: usize) -> Option<Wrap> {
        let mut wrap = Wrap::begin(file, start)?;
        wrap.stretch.end = start + wrap.len_of(&file[start..]);
        Some(wrap)
    }

    /// The same, when so much of it has come as tells; nobody knows yet where it ends.
    pub(crate) fn begin(file: &[u8], start: usize) -> Option<Wrap> {
        let bytes = &file[start..];
        let element = *bytes.get(3).filter(|&&byte| can_delimit(byte))?;
        // What cannot be a header of fixed width is found out soon.
        if bytes.get(6) != Some(&element) {
            return None;
        }
        let width = memchr2(b'\r', b'\n', &bytes[..bytes.len().min(WIDTH_MAX + 1)])?;
        let line_end_len = line_end_len(&bytes[width..])?;
        let wrap = Wrap { stretch: start..file.len(), width, line_end_len };
        // Enough of it to tell, however narrow the lines are.
        let beginning = bytes.get(..HEADER_LEN * 3).unwrap_or(bytes);
        let beginning = wrap.joined(beginning, HEADER_LEN + ENVELOPE_TAG_LEN_MAX);
        let header = header(&beginning).filter(|header| header.fixed_width)?;
        let ends_lines = matches!(header.delimiters.segment, b'\r' | b'\n');
        let cuts_header = width < HEADER_LEN && header.len == HEADER_LEN;
        // The line end may also be one of the header's delimiters, and what follows it be stray.
        let cuts_header =
            cuts_header && (!is_header(bytes) || is_envelope(&beginning[HEADER_LEN..]));
        if ends_lines || !(cuts_header || wrap.cuts_segments(bytes, &header)) {
            return None;
        }
        Some(wrap)
    }

    /// The same stretch of a stream, of which this text starts at `start`.
    pub(crate) const fn begun_at(mut self, start: usize) -> Wrap {
        self.stretch = start..usize::MAX;
        self
    }

    /// The next line of a stretch of which `bytes` has come: how much of it is text, how much it
    /// takes with its line end, and whether the stretch ends with it. None where it cannot be told.
    pub(crate) fn next_line(&self, bytes: &[u8], is_last: bool) -> Option<(usize, usize, bool)> {
        let within = bytes.get(..=self.width).unwrap_or(bytes);
        let Some(end) = memchr2(b'\r', b'\n', within) else {
            // The last line; or lines are no longer cut here.
            return match bytes.len() <= self.width {
                true if is_last => Some((bytes.len(), bytes.len(), true)),
                true => None,
                false => Some((0, 0, true)),
            };
        };
        if !is_last && bytes.len() < end + 2 {
            return None;
        }
        if end < self.width || line_end_len(&bytes[end..]) != Some(self.line_end_len) {
            return Some((end, end, true));
        }
        Some((end, end + self.line_end_len, is_last && bytes.len() <= end + self.line_end_len))
    }

    /// The stretch without its line ends.
    pub(crate) fn unwrap(&self, file: &[u8]) -> Bytes {
        Bytes::from(self.joined(&file[self.stretch.clone()], usize::MAX))
    }

    /// Where the stretch stands in the file.
    pub(crate) fn stretch(&self) -> Range<usize> {
        self.stretch.clone()
    }

    /// Where a byte of the copy stands in the file.
    pub(crate) fn offset_in_file(&self, at: usize) -> usize {
        self.stretch.start + at + at / self.width * self.line_end_len
    }

    /// Where a piece of the copy stands in the file.
    pub(crate) fn range_in_file(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset_in_file(range.start);
        let end = match range.end.checked_sub(1) {
            Some(last) if range.start <= last => self.offset_in_file(last) + 1,
            Some(_) | None => start,
        };
        start..end
    }

    fn joined(&self, bytes: &[u8], len_max: usize) -> BytesMut {
        let mut out = BytesMut::with_capacity(bytes.len().min(len_max));
        for line in bytes.chunks(self.width + self.line_end_len) {
            let room = len_max - out.len();
            out.extend_from_slice(&line[..line.len().min(self.width).min(room)]);
        }
        out
    }

    /// Whether line ends stand at the width over some lines, and not only behind terminators.
    fn cuts_segments(&self, bytes: &[u8], header: &Header) -> bool {
        let is_cut = |line: &[u8]| line.get(self.width - 1) != Some(&header.delimiters.segment);
        let has_width = |line: &&[u8]| {
            let (text, line_end) = line.split_at(self.width);
            memchr2(b'\r', b'\n', text).is_none() && line_end_len(line_end).is_some()
        };
        let lines = || {
            let lines = bytes.chunks_exact(self.width + self.line_end_len).take(LINES_MAX);
            lines.take_while(has_width)
        };
        HEADER_LEN <= self.width && LINES_MIN <= lines().count() && lines().any(is_cut)
    }

    /// How many bytes from the start keep to the width; the last line may be shorter.
    fn len_of(&self, bytes: &[u8]) -> usize {
        let mut at = 0;
        loop {
            let rest = &bytes[at..];
            let Some(line_end) = memchr2(b'\r', b'\n', &rest[..rest.len().min(self.width + 1)])
            else {
                // The last line; or lines are no longer cut here.
                return if rest.len() <= self.width { bytes.len() } else { at };
            };
            if line_end < self.width || line_end_len(&rest[line_end..]) != Some(self.line_end_len) {
                return at + line_end;
            }
            at += self.width + self.line_end_len;
            if bytes.len() <= at {
                return bytes.len();
            }
        }
    }
}

/// Whether bytes are a header of fixed width as they stand.
fn is_header(bytes: &[u8]) -> bool {
    header(bytes).is_some_and(|header| header.fixed_width)
}

/// Whether bytes begin with a segment that follows a header.
fn is_envelope(bytes: &[u8]) -> bool {
    [&b"GS"[..], b"TA1", b"IEA"].iter().any(|tag| bytes.starts_with(tag))
}

const ENVELOPE_TAG_LEN_MAX: usize = 3;

/// How many bytes the line end takes that `bytes` begin with.
fn line_end_len(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'\r', b'\n', ..] => Some(2),
        [b'\r' | b'\n', ..] => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISA: &str = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:";

    #[test]
    fn a_line_end_behind_a_header_may_be_its_terminator() {
        for (behind, is_cut) in [
            ("\r~GS*HC*A*B~", true),
            ("\nIEA*0*000000001\n", false),
            // Each of these could be a delimiter, and what follows is no segment of an envelope.
            ("\r*\r", false),
            ("\r~ \r", false),
            ("\n|||\n", false),
        ] {
            let file = format!("{ISA}{behind}");
            assert_eq!(Wrap::find(file.as_bytes(), 0).is_some(), is_cut, "{behind:?}");
        }
        // A torn one keeps its last terminator.
        let torn = Bytes::from(format!("{ISA}\r*\r"));
        assert_eq!(crate::interchange::read(&torn).interchanges[0].bytes(), torn);
    }
}
