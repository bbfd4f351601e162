//! Segments of a claim that is made: copied from the one before, or written anew in its delimiters.

use x12::delimiters::Delimiters;
use x12::segment::Segment;

use crate::document::Numbered;

/// Segments one after the other, numbered through.
#[derive(Debug)]
pub(super) struct Sheet {
    delimiters: Delimiters,
    last: u32,
    /// A value held a delimiter, so that what was written is of no use.
    pub is_broken: bool,
}

impl Sheet {
    pub fn new(delimiters: Delimiters) -> Sheet {
        Sheet { delimiters, last: 0, is_broken: false }
    }

    /// Numbers segments of one level.
    pub fn level(&mut self, segments: Vec<Vec<u8>>) -> Vec<Numbered> {
        let number = |text| {
            self.last += 1;
            Numbered { number: self.last, text }
        };
        segments.into_iter().map(number).collect()
    }

    /// A segment of these elements, the tag first.
    pub fn segment(&mut self, elements: &[&str]) -> Vec<u8> {
        let elements: Vec<Vec<u8>> = elements.iter().map(|element| self.text(element)).collect();
        self.join(elements)
    }

    /// A segment with elements that were written before.
    pub fn join(&self, mut elements: Vec<Vec<u8>>) -> Vec<u8> {
        while elements.len() > 1 && elements.last().is_some_and(Vec::is_empty) {
            elements.pop();
        }
        elements.join(&self.delimiters.element)
    }

    /// A composite of these parts.
    pub fn composite(&mut self, parts: &[&str]) -> Vec<u8> {
        let mut parts: Vec<Vec<u8>> = parts.iter().map(|part| self.text(part)).collect();
        while parts.last().is_some_and(Vec::is_empty) {
            parts.pop();
        }
        parts.join(&self.delimiters.component)
    }

    /// A value; one that holds a delimiter cannot be written.
    pub fn text(&mut self, value: &str) -> Vec<u8> {
        let Delimiters { element, component, repetition, segment } = self.delimiters;
        let is_delimiter =
            |byte: &u8| [element, component, segment].contains(byte) || repetition == Some(*byte);
        let is_unwritable = |byte: u8| is_delimiter(&byte) || byte.is_ascii_control();
        self.is_broken |= value.bytes().any(is_unwritable);
        value.as_bytes().to_vec()
    }
}

/// A segment as it stands.
pub(super) fn copied(segment: &Segment<'_>) -> Vec<u8> {
    segment.bytes().to_vec()
}

/// A segment with some of its elements changed, by their number.
pub(super) fn with(sheet: &Sheet, segment: &Segment<'_>, changed: &[(usize, Vec<u8>)]) -> Vec<u8> {
    let mut elements: Vec<Vec<u8>> = segment.elements().map(<[u8]>::to_vec).collect();
    for (element, value) in changed {
        if elements.len() <= *element {
            elements.resize(*element + 1, Vec::new());
        }
        if let Some(place) = elements.get_mut(*element) {
            place.clone_from(value);
        }
    }
    sheet.join(elements)
}
