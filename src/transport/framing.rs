//! Whole interchanges out of a stream of bytes, whatever pieces it comes in.
//!
//! The end of an interchange is found as the parser finds it: segment by segment, by the
//! terminator that its own header names. `IEA` in the middle of data ends nothing. Each byte is
//! looked at once, and no more than the largest interchange is kept.

use std::io;

use bytes::{Buf, Bytes, BytesMut};
use memchr::{memchr, memmem};
use tokio_util::codec::{Decoder, Encoder};
use x12::delimiters::{self, Delimiters};

/// A stretch of a stream.
#[derive(Clone, PartialEq, Eq)]
pub enum Frame {
    /// ISA to IEA, with its terminator.
    Interchange(Bytes),
    /// An interchange that ends before its IEA: the stream ended, or another header came.
    Torn(Bytes),
    /// An interchange that is longer than we take; its start. The rest of it is skipped.
    TooLong(Bytes),
    /// So many bytes that belong to no interchange; blanks alone are not told of.
    Junk(usize),
}

/// Cuts a stream into frames. The frames are the same wherever the stream is cut into pieces.
#[derive(Debug)]
pub struct Interchanges {
    interchange_bytes_max: usize,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Between interchanges.
    Between(Gap),
    /// In an interchange, which starts the buffer.
    Inside {
        delimiters: Delimiters,
        /// Where the segment starts that is being read.
        segment: usize,
        /// No terminator stands between `segment` and here.
        scanned: usize,
    },
    /// In the rest of an interchange that is too long.
    Skipping { delimiters: Delimiters, segment: Skipped },
}

/// What has been passed since the last interchange.
#[derive(Clone, Copy, Debug, Default)]
struct Gap {
    bytes: usize,
    is_junk: bool,
}

/// What is known of a segment that is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Skipped {
    Start,
    Middle,
    Trailer,
}

/// What a stage of the work came to.
enum Step {
    /// More bytes are needed.
    Wait,
    /// Another state; go on.
    On,
    Found(Frame),
}

impl Interchanges {
    /// Interchanges of at most so many bytes.
    pub fn new(interchange_bytes_max: usize) -> Interchanges {
        assert!(interchange_bytes_max > HEADER_LEN_MAX, "no interchange is so short");
        Interchanges { interchange_bytes_max, state: State::Between(Gap::default()) }
    }

    /// Whether nothing has begun that is not finished.
    pub fn is_between(&self) -> bool {
        matches!(self.state, State::Between(Gap { is_junk: false, .. }))
    }

    /// The next frame of what is buffered. `is_last` says that nothing more will come.
    pub fn next_frame(&mut self, buffer: &mut BytesMut, is_last: bool) -> Option<Frame> {
        loop {
            let step = match self.state {
                State::Between(gap) => self.between(buffer, gap, is_last),
                State::Inside { .. } => self.inside(buffer, is_last),
                State::Skipping { delimiters, segment } => {
                    self.skip(buffer, delimiters, segment, is_last)
                }
            };
            match step {
                Step::Wait => return None,
                Step::On => {}
                Step::Found(frame) => return Some(frame),
            }
        }
    }

    /// Passes over everything up to the next header.
    fn between(&mut self, buffer: &mut BytesMut, mut gap: Gap, is_last: bool) -> Step {
        let found = memmem::find(buffer, b"ISA");
        let passed = match found {
            Some(start) => start,
            None if is_last => buffer.len(),
            // The start of `ISA` may have come.
            None if buffer.ends_with(b"IS") => buffer.len() - 2,
            None if buffer.ends_with(b"I") => buffer.len() - 1,
            None => buffer.len(),
        };
        gap.pass(buffer, passed);
        self.state = State::Between(gap);
        match found {
            Some(_) => match begins(buffer, is_last) {
                Begins::Header(header) => {
                    let (delimiters, segment) = (header.delimiters, header.len);
                    self.state = State::Inside { delimiters, segment, scanned: segment };
                    gap.told()
                }
                Begins::Other => {
                    gap.pass(buffer, 1);
                    self.state = State::Between(gap);
                    Step::On
                }
                Begins::Unclear => Step::Wait,
            },
            None if is_last && gap.is_junk => {
                self.state = State::Between(Gap::default());
                gap.told()
            }
            None => Step::Wait,
        }
    }

    /// Reads segments up to the IEA.
    fn inside(&mut self, buffer: &mut BytesMut, is_last: bool) -> Step {
        let State::Inside { delimiters, mut segment, mut scanned } = self.state else {
            return Step::On;
        };
        let bytes_max = self.interchange_bytes_max;
        let terminator = delimiters.segment;
        let end = loop {
            while buffer.get(segment).is_some_and(|&byte| byte != terminator && is_blank(byte)) {
                segment += 1;
            }
            self.state = State::Inside { delimiters, segment, scanned };
            if segment > bytes_max {
                return self.too_long(buffer, delimiters, segment);
            }
            match begins(&buffer[segment..], is_last) {
                // Another header before the IEA: this interchange was cut, the next one is whole.
                Begins::Header(_) => break Err(segment),
                Begins::Unclear => return Step::Wait,
                Begins::Other => {}
            }
            scanned = scanned.max(segment);
            let found = memchr(terminator, &buffer[scanned..]).map(|found| scanned + found);
            let past = found.map_or(buffer.len(), |end| end + 1);
            if past > bytes_max {
                return self.too_long(buffer, delimiters, segment);
            }
            // The same, in the middle of a segment.
            if let Some(cut) = delimiters::header_behind(&buffer[segment..past])
                && (found.is_some() || is_last)
            {
                break Err(segment + cut);
            }
            let text = without_line_end(&buffer[segment..found.unwrap_or(past)]);
            if is_trailer(text, delimiters) && (found.is_some() || is_last) {
                break Ok(past);
            }
            match found {
                Some(_) => (segment, scanned) = (past, past),
                None if is_last => break Err(past),
                None => {
                    self.state = State::Inside { delimiters, segment, scanned: past };
                    return Step::Wait;
                }
            }
        };
        self.state = State::Between(Gap::default());
        Step::Found(match end {
            Ok(end) => Frame::Interchange(buffer.split_to(end).freeze()),
            Err(end) => Frame::Torn(buffer.split_to(end).freeze()),
        })
    }

    fn too_long(&mut self, buffer: &mut BytesMut, delimiters: Delimiters, segment: usize) -> Step {
        // A copy, so that the long buffer can go.
        let start = Bytes::copy_from_slice(&buffer[..HEADER_LEN_MAX.min(buffer.len())]);
        buffer.advance(segment);
        self.state = State::Skipping { delimiters, segment: Skipped::Start };
        Step::Found(Frame::TooLong(start))
    }

    /// Lets go of a segment of an interchange that is too long.
    fn skip(
        &mut self,
        buffer: &mut BytesMut,
        delimiters: Delimiters,
        segment: Skipped,
        is_last: bool,
    ) -> Step {
        let terminator = delimiters.segment;
        let mut segment = segment;
        if segment == Skipped::Start {
            let is_layout = |&byte: &u8| byte != terminator && is_blank(byte);
            let blanks = buffer.iter().take_while(|byte| is_layout(byte)).count();
            buffer.advance(blanks);
            match begins(buffer, is_last) {
                Begins::Header(_) => {
                    self.state = State::Between(Gap::default());
                    return Step::On;
                }
                Begins::Unclear => return Step::Wait,
                Begins::Other if buffer.len() <= 3 && b"IEA".starts_with(buffer) && !is_last => {
                    return Step::Wait;
                }
                Begins::Other => {}
            }
            let end = memchr(terminator, buffer).unwrap_or(buffer.len());
            let is_trailer = is_trailer(without_line_end(&buffer[..end]), delimiters);
            segment = if is_trailer { Skipped::Trailer } else { Skipped::Middle };
        }
        match memchr(terminator, buffer) {
            Some(end) => {
                buffer.advance(end + 1);
                self.state = match segment {
                    Skipped::Trailer => State::Between(Gap::default()),
                    Skipped::Start | Skipped::Middle => {
                        State::Skipping { delimiters, segment: Skipped::Start }
                    }
                };
                Step::On
            }
            None => {
                buffer.clear();
                self.state = match is_last {
                    true => State::Between(Gap::default()),
                    false => State::Skipping { delimiters, segment },
                };
                Step::Wait
            }
        }
    }
}

impl Gap {
    fn pass(&mut self, buffer: &mut BytesMut, count: usize) {
        for (at, &byte) in (self.bytes..).zip(&buffer[..count]) {
            let is_mark = BYTE_ORDER_MARK.get(at) == Some(&byte);
            self.is_junk |= !is_mark && !is_blank(byte);
        }
        self.bytes += count;
        buffer.advance(count);
    }

    fn told(self) -> Step {
        if self.is_junk { Step::Found(Frame::Junk(self.bytes)) } else { Step::On }
    }
}

/// What a stretch of bytes begins with.
enum Begins {
    Header(delimiters::Header),
    Other,
    /// Too little has come to tell.
    Unclear,
}

fn begins(bytes: &[u8], is_last: bool) -> Begins {
    if !bytes.starts_with(b"ISA") {
        let may_become = b"ISA".starts_with(bytes) && !is_last;
        return if may_become { Begins::Unclear } else { Begins::Other };
    }
    match delimiters::header(bytes) {
        Some(header) => Begins::Header(header),
        None if bytes.len() < HEADER_LEN_MAX && !is_last => Begins::Unclear,
        None => Begins::Other,
    }
}

fn is_trailer(text: &[u8], delimiters: Delimiters) -> bool {
    text.starts_with(b"IEA") && text.get(3).is_none_or(|&byte| byte == delimiters.element)
}

fn without_line_end(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., b'\r' | b'\n'] = text {
        text = rest;
    }
    text
}

/// Blank between segments and interchanges: white space, and what old systems pad with.
const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\r' | b'\n' | b'\t' | 0 | 0x1A)
}

impl Decoder for Interchanges {
    type Item = Frame;
    type Error = io::Error;

    fn decode(&mut self, buffer: &mut BytesMut) -> io::Result<Option<Frame>> {
        Ok(self.next_frame(buffer, false))
    }

    fn decode_eof(&mut self, buffer: &mut BytesMut) -> io::Result<Option<Frame>> {
        Ok(self.next_frame(buffer, true))
    }
}

/// Interchanges follow one another without anything between them.
impl Encoder<Bytes> for Interchanges {
    type Error = io::Error;

    fn encode(&mut self, interchange: Bytes, buffer: &mut BytesMut) -> io::Result<()> {
        buffer.extend_from_slice(&interchange);
        Ok(())
    }
}

/// Without the bytes, which hold PHI.
impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Frame::Interchange(bytes) => write!(f, "Interchange({} bytes)", bytes.len()),
            Frame::Torn(bytes) => write!(f, "Torn({} bytes)", bytes.len()),
            Frame::TooLong(start) => write!(f, "TooLong({} bytes and more)", start.len()),
            Frame::Junk(count) => write!(f, "Junk({count} bytes)"),
        }
    }
}

/// The parser takes no header for one that is longer.
const HEADER_LEN_MAX: usize = 200;

const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

#[cfg(test)]
mod tests;
