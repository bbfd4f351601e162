//! Whole interchanges out of a stream of bytes, whatever pieces it comes in.
//!
//! The end of an interchange is where the parser finds it, who cuts it into segments. `IEA` in the
//! middle of data ends nothing. Each byte is looked at once, and no more than the largest
//! interchange is kept.

use std::io;

use bytes::{Buf, Bytes, BytesMut};
use memchr::memmem;
use tokio_util::codec::{Decoder, Encoder};
use x12::cutting::{Cutter, Next, is_blank};
use x12::delimiters::{self, HEADER_LEN, HEADER_LEN_MAX};

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

#[derive(Clone, Debug)]
enum State {
    /// Between interchanges.
    Between(Gap),
    /// In an interchange, which starts the buffer.
    Inside(Cutter),
    /// In the rest of an interchange that is too long.
    Skipping(Cutter),
}

/// What has been passed since the last interchange.
#[derive(Clone, Copy, Debug, Default)]
struct Gap {
    bytes: usize,
    /// What ended the segments of the interchange before.
    terminator: Option<u8>,
    is_junk: bool,
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
            let step = match self.state.clone() {
                State::Between(gap) => self.between(buffer, gap, is_last),
                State::Inside(cutter) => self.inside(buffer, cutter, is_last),
                State::Skipping(cutter) => self.skip(buffer, cutter, is_last),
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
                    self.state = State::Inside(Cutter::new(&header, header.len));
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
    fn inside(&mut self, buffer: &mut BytesMut, mut cutter: Cutter, is_last: bool) -> Step {
        let end = loop {
            let before = cutter.clone();
            let next = cutter.next(buffer, is_last);
            let len = buffer.len();
            let (reached, end) = match next {
                Next::Segment(_) => (cutter.from().min(len), None),
                Next::Trailer(_, end) => (end, Some(Ok(end))),
                Next::Header(None, at) => (at, Some(Err(at))),
                Next::Header(Some(_), at) => (at + HEADER_LEN, Some(Err(at))),
                Next::End => (len, Some(Err(len))),
                // A header that has not come to its end may be the next one's.
                Next::Wait if len <= self.interchange_bytes_max + HEADER_LEN_MAX => {
                    self.state = State::Inside(cutter);
                    return Step::Wait;
                }
                Next::Wait => (len, None),
            };
            if reached > self.interchange_bytes_max {
                return self.too_long(buffer, before);
            }
            if let Some(end) = end {
                break end;
            }
        };
        self.state = State::Between(Gap::behind(&cutter));
        Step::Found(match end {
            Ok(end) => Frame::Interchange(buffer.split_to(end).freeze()),
            Err(end) => Frame::Torn(buffer.split_to(end).freeze()),
        })
    }

    fn too_long(&mut self, buffer: &mut BytesMut, cutter: Cutter) -> Step {
        // A copy, so that the long buffer can go.
        let start = Bytes::copy_from_slice(&buffer[..HEADER_LEN_MAX.min(buffer.len())]);
        self.skip_to(buffer, cutter);
        Step::Found(Frame::TooLong(start))
    }

    /// Lets go of what has been cut of an interchange that is too long.
    fn skip_to(&mut self, buffer: &mut BytesMut, mut cutter: Cutter) {
        let count = cutter.from().min(buffer.len());
        buffer.advance(count);
        cutter.rebase(count);
        self.state = State::Skipping(cutter);
    }

    /// Passes over an interchange that is too long.
    fn skip(&mut self, buffer: &mut BytesMut, mut cutter: Cutter, is_last: bool) -> Step {
        let end = match cutter.next(buffer, is_last) {
            Next::Segment(_) => {
                self.skip_to(buffer, cutter);
                return Step::On;
            }
            Next::Wait => {
                if buffer.len() - cutter.from() > self.interchange_bytes_max {
                    cutter.pass_over();
                }
                self.skip_to(buffer, cutter);
                return Step::Wait;
            }
            Next::Trailer(_, end) | Next::Header(_, end) => end,
            Next::End => buffer.len(),
        };
        buffer.advance(end);
        self.state = State::Between(Gap::behind(&cutter));
        Step::On
    }
}

impl Gap {
    fn pass(&mut self, buffer: &mut BytesMut, count: usize) {
        for (at, &byte) in (self.bytes..).zip(&buffer[..count]) {
            let is_mark = BYTE_ORDER_MARK.get(at) == Some(&byte);
            self.is_junk |= !is_mark && !is_blank(byte) && Some(byte) != self.terminator;
        }
        self.bytes += count;
        buffer.advance(count);
    }

    /// Nothing has come yet behind the end of an interchange.
    fn behind(cutter: &Cutter) -> Gap {
        Gap { terminator: Some(cutter.terminator()), ..Gap::default() }
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

const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

#[cfg(test)]
mod tests;
