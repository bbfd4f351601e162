//! An interchange in the one form that all writers of it would give: our delimiters, no layout, no
//! separators at the ends of segments and composites, and counts that are right.
//!
//! ```
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! let written = x12::write::canonical::write(interchange).expect("no delimiter in data");
//! assert!(!written.contains(&b'\n'));
//! ```

use std::fmt;

use crate::check::split::{Split, Splitter};
use crate::delimiters::{Delimiters, HEADER_LEN};
use crate::fault::Place;
use crate::guide::row::Tag;
use crate::interchange::Interchange;
use crate::scan::Tape;
use crate::segment::Segment;

/// Data holds a character that would delimit; here.
///
/// ```
/// use x12::fault::Place;
/// use x12::write::canonical::HoldsDelimiter;
///
/// let place = Place { offset: 900, segment: 19, element: 1, ..Place::default() };
/// assert!(HoldsDelimiter { place }.to_string().starts_with("element 1 of segment 19, at byte 900"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldsDelimiter {
    /// The element that holds it.
    pub place: Place,
}

impl fmt::Display for HoldsDelimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { offset, segment, element, .. } = self.place;
        write!(
            f,
            "element {element} of segment {segment}, at byte {offset}, holds a character that \
             would delimit; write it without"
        )
    }
}

impl std::error::Error for HoldsDelimiter {}

/// Writes an interchange in its canonical form. What is canonical already stays as it is.
///
/// ```
/// use bytes::Bytes;
/// use x12::interchange::read;
/// use x12::write::canonical;
///
/// let file = Bytes::from_static(b"\
/// ISA|00|          |00|          |ZZ|A              |ZZ|B              |260301|0915|^|00501|000000001|0|T|>\r\n\
/// GS|HC|AA|BB|20260301|0915|1|X|005010X222A1\r\nST|837|0001\r\nSV1|HC>99213>>|10||\r\n\
/// SE|99|0001\r\nGE|1|1\r\nIEA|1|000000001\r\n");
/// let out = canonical::write(&read(&file).interchanges[0]).expect("no value holds * or ~");
/// assert!(out.ends_with(b"~ST*837*0001~SV1*HC:99213*10~SE*3*0001~GE*1*1~IEA*1*000000001~"));
/// assert_eq!(canonical::write(&read(&Bytes::from(out.clone())).interchanges[0]), Ok(out));
/// ```
pub fn write(interchange: &Interchange) -> Result<Vec<u8>, HoldsDelimiter> {
    let from = interchange.delimiters();
    let repetition = from.repetition.and(Delimiters::OURS.repetition);
    let to = Delimiters { repetition, ..Delimiters::OURS };
    let mut writer = Writer::new(interchange, from, to);
    writer.write_header(&interchange.header())?;
    let mut tape = Tape::new();
    for (segments, text, start) in interchange.stretches_of_all(STRETCH_SEGMENTS) {
        tape.scan(text, from);
        let mut splitter = Splitter::new(&tape, start);
        for segment in segments {
            let cut = splitter.cut(segment);
            writer.write(&cut.segment, &cut.split)?;
        }
    }
    Ok(writer.out)
}

const STRETCH_SEGMENTS: u32 = 512;

/// The widths of ISA01 to ISA15.
const WIDTHS: [usize; 15] = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1];

struct Writer {
    to: Delimiters,
    /// Whether the delimiters stay.
    is_same: bool,
    /// What each byte becomes; `REFUSED` for what is data here and would delimit there.
    becomes: [u16; 256],
    out: Vec<u8>,
    /// What stands in the open set and group so far, and in the interchange.
    segments: usize,
    sets: usize,
    groups: usize,
}

const REFUSED: u16 = 1 << 8;

impl Writer {
    fn new(interchange: &Interchange, from: Delimiters, to: Delimiters) -> Writer {
        let mut becomes = [0; 256];
        for (byte, becomes) in (0..=u8::MAX).zip(&mut becomes) {
            *becomes = match byte {
                _ if byte == from.element => to.element.into(),
                _ if byte == from.component => to.component.into(),
                _ if Some(byte) == from.repetition => to.repetition.unwrap_or(byte).into(),
                _ if to.holds(byte) => REFUSED,
                _ => byte.into(),
            };
        }
        let room = interchange.text().len() + HEADER_LEN;
        let out = Vec::with_capacity(room);
        Writer { to, is_same: from == to, becomes, out, segments: 0, sets: 0, groups: 0 }
    }

    /// The ISA, at its fixed width.
    fn write_header(&mut self, isa: &Segment<'_>) -> Result<(), HoldsDelimiter> {
        self.out.extend_from_slice(b"ISA");
        for (n, width) in (1..).zip(WIDTHS) {
            self.out.push(self.to.element);
            let start = self.out.len();
            match self.to.repetition {
                Some(repetition) if n == 11 => self.out.push(repetition),
                _ => self.out.extend_from_slice(isa.text(n)),
            }
            if n != 11 && self.out[start..].iter().any(|&byte| self.to.holds(byte)) {
                return Err(HoldsDelimiter { place: isa.place(n, 0) });
            }
            self.out.resize(self.out.len().max(start + width), b' ');
        }
        self.out.extend_from_slice(&[self.to.element, self.to.component, self.to.segment]);
        Ok(())
    }

    fn write(&mut self, segment: &Segment<'_>, split: &Split<'_>) -> Result<(), HoldsDelimiter> {
        const COUNTED: [&[u8]; 3] = [b"SE", b"GE", b"IEA"];
        let tag = split.element(0);
        self.segments += 1;
        match tag {
            b"ST" => (self.segments, self.sets) = (1, self.sets + 1),
            b"GS" => (self.sets, self.groups) = (0, self.groups + 1),
            b"BIN" | b"BDS" => return self.write_binary(segment, split),
            _ => {}
        }
        let start = self.out.len();
        if COUNTED.contains(&tag) {
            self.write_trailer(tag, segment, split)?;
        } else {
            self.translate(segment, 0, segment.bytes())?;
        }
        if split.has_empty_last_part() {
            let trimmed = without_empty_parts(&self.out[start..], self.to);
            self.out.truncate(start);
            self.out.extend_from_slice(&trimmed);
        }
        while self.out.len() > start && self.out.last() == Some(&self.to.element) {
            self.out.pop();
        }
        // Of separators alone nothing is left.
        if start < self.out.len() {
            self.out.push(self.to.segment);
        }
        Ok(())
    }

    /// A trailer with the count that is right.
    fn write_trailer(
        &mut self,
        tag: &[u8],
        segment: &Segment<'_>,
        split: &Split<'_>,
    ) -> Result<(), HoldsDelimiter> {
        let count = match tag {
            b"SE" => self.segments,
            b"GE" => self.sets,
            _ => self.groups,
        };
        self.out.extend_from_slice(tag);
        self.out.push(self.to.element);
        self.out.extend_from_slice(count.to_string().as_bytes());
        if split.count() > 2 {
            let rest = split.end_of(1);
            self.translate(segment, rest, &segment.bytes()[rest..])?;
        }
        Ok(())
    }

    /// Text of a segment, from `at` on, with its delimiters turned into ours.
    fn translate(
        &mut self,
        segment: &Segment<'_>,
        at: usize,
        text: &[u8],
    ) -> Result<(), HoldsDelimiter> {
        if self.is_same {
            // A terminator of ours that is data here was cut at; there is nothing to refuse.
            self.out.extend_from_slice(text);
            return Ok(());
        }
        let mut all = 0;
        self.out.extend(text.iter().map(|&byte| {
            let becomes = self.becomes[usize::from(byte)];
            all |= becomes;
            becomes as u8
        }));
        if all & REFUSED == 0 {
            return Ok(());
        }
        let is_refused = |&byte: &u8| self.becomes[usize::from(byte)] == REFUSED;
        let first = at + text.iter().position(is_refused).unwrap_or_default();
        let separator = segment.delimiters().element;
        let before = &segment.bytes()[..first];
        let element = before.iter().filter(|&&byte| byte == separator).count();
        Err(HoldsDelimiter { place: segment.place(element, 0) })
    }

    /// Binary data stays as it is, whatever it holds: a length goes before it.
    fn write_binary(
        &mut self,
        segment: &Segment<'_>,
        split: &Split<'_>,
    ) -> Result<(), HoldsDelimiter> {
        let fields = if segment.tag() == Tag::new(b"BIN") { 2 } else { 3 };
        if split.count() <= fields {
            self.translate(segment, 0, segment.bytes())?;
        } else {
            let data = split.end_of(fields - 1) + 1;
            self.translate(segment, 0, &segment.bytes()[..data])?;
            self.out.extend_from_slice(&segment.bytes()[data..]);
        }
        self.out.push(self.to.segment);
        Ok(())
    }
}

/// A segment without the component separators that end its elements.
fn without_empty_parts(segment: &[u8], delimiters: Delimiters) -> Vec<u8> {
    let mut out = Vec::with_capacity(segment.len());
    for &byte in segment {
        if byte == delimiters.element || Some(byte) == delimiters.repetition {
            pop_parts(&mut out, delimiters.component);
        }
        out.push(byte);
    }
    pop_parts(&mut out, delimiters.component);
    out
}

fn pop_parts(out: &mut Vec<u8>, component: u8) {
    while out.last() == Some(&component) {
        out.pop();
    }
}
