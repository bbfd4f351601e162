//! Files cut into lines of a fixed width, as old systems do, with no regard for segments.
//!
//! The line ends are no part of the data; they may split an element, and even a tag. Such a file
//! is read from a copy without them, and because the width is fixed, the place of every byte in
//! the file as it came is a matter of arithmetic.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use memchr::memchr2;

use crate::delimiters::{Delimiters, HEADER_LEN, Header, can_delimit, header, header_behind};

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
    /// What ends the segments of its first interchange.
    terminator: u8,
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
        let mut wrap = Wrap { stretch: start..file.len(), width, line_end_len, terminator: 0 };
        // Enough of it to tell, however narrow the lines are.
        let beginning = bytes.get(..HEADER_LEN * 3).unwrap_or(bytes);
        let beginning = wrap.joined(beginning, HEADER_LEN + ENVELOPE_TAG_LEN_MAX);
        let header = header(&beginning).filter(|header| header.fixed_width)?;
        wrap.terminator = header.delimiters.segment;
        // A line end that is left is a delimiter, or lines are not of one width already there.
        let has_line_end = memchr2(b'\r', b'\n', &beginning[..HEADER_LEN]).is_some();
        if has_line_end || !wrap.keeps_width(bytes, HEADER_LEN) {
            return None;
        }
        let cuts_header = width < HEADER_LEN && header.len == HEADER_LEN;
        // The line end may also be one of the header's delimiters, or the header be none, and what
        // follows be stray.
        let is_surely_cut = !is_header(bytes) && is_sound(header.delimiters);
        let cuts_header = cuts_header && (is_surely_cut || is_envelope(&beginning[HEADER_LEN..]));
        (cuts_header || wrap.cuts_segments(bytes, &header)).then_some(wrap)
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
        if !is_last && bytes.len() < end + 3 {
            return None;
        }
        if let Some(at) = self.other_header(bytes, end) {
            return Some((at, at, true));
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

    /// Whether a line end stands at the width of each line before the end of so much text.
    fn keeps_width(&self, bytes: &[u8], text_len: usize) -> bool {
        let line_ends =
            bytes.chunks(self.width + self.line_end_len).take((text_len - 1) / self.width);
        line_ends
            .map(|line| line_end_len(&line[self.width.min(line.len())..]))
            .all(|len| len == Some(self.line_end_len))
    }

    /// Whether line ends stand at the width over some lines, and not only behind terminators.
    fn cuts_segments(&self, bytes: &[u8], header: &Header) -> bool {
        let is_cut = |line: &[u8]| line.get(self.width - 1) != Some(&header.delimiters.segment);
        let has_width = |line: &&[u8]| {
            let (text, line_end) = line.split_at(self.width);
            memchr2(b'\r', b'\n', text).is_none() && line_end_len(line_end).is_some()
        };
        let line_len = self.width + self.line_end_len;
        let lines = || {
            let lines = bytes.chunks_exact(line_len).take(LINES_MAX).take_while(has_width);
            // What another interchange ends its segments with cuts nothing.
            let starts = (0..).step_by(line_len);
            let own = starts.map(|at| self.other_header(&bytes[at..], self.width).is_none());
            lines.zip(own).take_while(|(_, is_own)| *is_own).map(|(line, _)| line)
        };
        HEADER_LEN <= self.width && LINES_MIN <= lines().count() && lines().any(is_cut)
    }

    /// Where, in the line that `bytes` begin with and that ends at `line_end`, the header of another
    /// interchange stands whose terminator the line end is: this one is cut, or is over, and what follows is
    /// not cut into lines. Were the header cut from its terminator, the next line would begin with that.
    fn other_header(&self, bytes: &[u8], line_end: usize) -> Option<usize> {
        let at = header_behind(bytes.get(..=line_end)?)?;
        (bytes.get(line_end + self.line_end_len) != Some(&self.terminator)).then_some(at)
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
            if let Some(header) = self.other_header(rest, line_end) {
                return at + header;
            }
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

/// Whether a text can be cut by these: no two of them are one.
fn is_sound(delimiters: Delimiters) -> bool {
    let Delimiters { element, component, repetition: _, segment } = delimiters;
    can_delimit(component) && component != element && segment != element && component != segment
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
    /// The bytes of the interchanges of a text, and of what is stray.
    fn parts(text: &str) -> (Vec<Bytes>, Vec<Range<usize>>) {
        let reading = crate::interchange::read(&Bytes::copy_from_slice(text.as_bytes()));
        (reading.interchanges.iter().map(|one| one.bytes()).collect(), reading.strays)
    }

    #[test]
    fn the_line_end_behind_another_header_cuts_no_line() {
        let first = format!("{ISA}~GS*HC*IEA*IEA~IEA*1*000000001~");
        let second = format!("{ISA}\r\nGS*HC\r\nIEA*1*000000001\r").replace('*', "|");
        // As far from the line end behind the first as that from its beginning.
        let junk = "I".repeat(first.len() - ISA.len() - 1) + "~";
        let (found, strays) = parts(&format!("{first}\r{junk}{second}"));
        assert_eq!(found, [first.clone(), second.clone()]);
        assert_eq!(strays.len(), 1);
        assert_eq!(strays[0], first.len()..first.len() + 1 + junk.len());
        // The first may be torn as well.
        let torn = first.replace("IEA*1", "REF*1");
        let (found, strays) = parts(&format!("{torn}\r{junk}{second}"));
        assert_eq!(found, [format!("{torn}\r{junk}"), second.clone()]);
        assert!(strays.is_empty(), "{strays:?}");
        // And it may be cut into lines.
        let lines = format!("{ISA}~{}", "REF*IEA~".repeat(30));
        let lines: Vec<&str> = (0..3).map(|at| &lines[at * 110..(at + 1) * 110]).collect();
        for last in [&lines[2][..4], ""] {
            let cut = format!("{}\n{}\n{last}", lines[0], lines[1]);
            let (found, _) = parts(&format!("{cut}{second}"));
            assert_eq!(found, [cut.trim_end(), second.as_str()]);
        }
    }

    #[test]
    fn a_header_whose_terminator_stands_on_the_next_line_is_cut() {
        let first = format!("{ISA}~TA1*000000007*260101*1200*A*000~IEA*0*000000001~");
        let file = first.repeat(5);
        let lines: Vec<&[u8]> = file.as_bytes().chunks(first.len() + ISA.len()).collect();
        let cut = lines.join(&b"\r\n"[..]);
        let (found, strays) = parts(&String::from_utf8_lossy(&cut));
        assert_eq!((found.len(), strays.len()), (5, 0));
    }

    #[test]
    fn what_makes_no_sense_without_its_line_ends_is_not_cut() {
        // What would be taken for a line end that it is none of.
        let file = format!("{}\n{}x{}~", &ISA[..40], &ISA[40..80], &ISA[80..]);
        assert!(Wrap::find(file.as_bytes(), 0).is_none());
        let odd = &ISA[..ISA.len() - 2];
        for (behind, is_cut) in [
            ("\r*I*I", false),
            ("\r*~*I", false),
            ("\r*~~I", false),
            ("\r*\r~", false),
            ("\r*:~~", true),
            ("\r*:~", true),
            ("\r*I~GS*HC*A*B~", true),
        ] {
            let file = format!("{odd}{behind}");
            assert_eq!(Wrap::find(file.as_bytes(), 0).is_some(), is_cut, "{behind:?}");
        }
    }
}
