//! The segments of a stretch of text, split into elements by one tape.

use std::ops::Range;

use crate::delimiters::Delimiters;
use crate::scan::Tape;

/// Goes through the segments of a stretch, in their order.
#[derive(Debug)]
pub(crate) struct Splitter {
    delimiters: Delimiters,
    tape: Tape,
    /// The stretch that the tape holds, in the text that segments stand in.
    stretch: Range<usize>,
    /// Of each list of the tape, the part that belongs to the present segment.
    elements: Range<usize>,
    inner: Range<usize>,
    unusual: Range<usize>,
    /// Where the present segment starts in the stretch.
    start: usize,
}

/// One segment and its delimiters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Split<'a> {
    /// The segment.
    pub text: &'a [u8],
    /// Component and repetition separators, in the order of the text.
    pub inner: &'a [u32],
    /// Whether it has control characters, or such as are not ASCII.
    pub is_unusual: bool,
    pub component: u8,
    /// Element separators.
    elements: &'a [u32],
    /// Where it starts in the stretch, from which all positions count.
    start: usize,
}

impl Splitter {
    pub(crate) fn new(delimiters: Delimiters) -> Splitter {
        Splitter {
            delimiters,
            tape: Tape::new(),
            stretch: 0..0,
            elements: 0..0,
            inner: 0..0,
            unusual: 0..0,
            start: 0,
        }
    }

    /// Makes ready for the segments of a stretch, which starts at `start` in its text.
    pub(crate) fn take_stretch(&mut self, text: &[u8], start: usize) {
        self.tape.scan(text, self.delimiters);
        self.stretch = start..start + text.len();
        (self.elements, self.inner, self.unusual) = (0..0, 0..0, 0..0);
    }

    /// Goes on to the segment that starts at `start` and is `len` bytes long.
    pub(crate) fn go_to(&mut self, start: usize, len: usize) {
        let start = start.checked_sub(self.stretch.start).expect("segments come in their order");
        let end = start + len;
        assert!(end <= self.stretch.len(), "a segment past its stretch");
        self.start = start;
        let span = start as u32..end as u32;
        self.elements = next_within(self.tape.elements(), self.elements.end, &span);
        self.inner = next_within(self.tape.inner(), self.inner.end, &span);
        self.unusual = next_within(self.tape.unusual(), self.unusual.end, &span);
    }

    /// The present segment, of which this is the text.
    pub(crate) fn split<'a>(&'a self, text: &'a [u8]) -> Split<'a> {
        Split {
            text,
            inner: &self.tape.inner()[self.inner.clone()],
            is_unusual: !self.unusual.is_empty(),
            component: self.delimiters.component,
            elements: &self.tape.elements()[self.elements.clone()],
            start: self.start,
        }
    }
}

/// The positions that lie in `span`, looked for from index `from` on.
fn next_within(positions: &[u32], from: usize, span: &Range<u32>) -> Range<usize> {
    let mut first = from;
    while positions.get(first).is_some_and(|&at| at < span.start) {
        first += 1;
    }
    let mut end = first;
    while positions.get(end).is_some_and(|&at| at < span.end) {
        end += 1;
    }
    first..end
}

impl<'a> Split<'a> {
    /// How many elements it has, the tag counted.
    pub(crate) const fn count(&self) -> usize {
        self.elements.len() + 1
    }

    /// Where element `n` stands in the segment; the tag is 0. It must have one.
    pub(crate) fn span(&self, n: usize) -> (usize, usize) {
        let before = n.checked_sub(1).map(|before| self.elements[before] as usize);
        let start = before.map_or(0, |at| at + 1 - self.start);
        let end = self.elements.get(n).map_or(self.text.len(), |&at| at as usize - self.start);
        (start, end)
    }

    /// Element `n`, empty when absent.
    pub(crate) fn element(&self, n: usize) -> &'a [u8] {
        if n >= self.count() {
            return &[];
        }
        let (start, end) = self.span(n);
        &self.text[start..end]
    }

    /// Part `m` of composite `n`, empty when absent; 0 stands for the whole.
    pub(crate) fn part(&self, n: usize, m: usize) -> (usize, usize) {
        if n >= self.count() {
            return (0, 0);
        }
        let (mut start, end) = self.span(n);
        if m == 0 {
            return (start, end);
        }
        let mut inner = self.inner;
        while self.stands_before(inner, start) {
            inner = &inner[1..];
        }
        let mut left = m;
        loop {
            // What repeats is no part; that is for the caller to find in the text.
            let part_end = match self.take_before(&mut inner, end) {
                Some(at) if self.text[at] != self.component => continue,
                Some(at) => at,
                None if left > 1 => return (end, end),
                None => end,
            };
            left -= 1;
            if left == 0 {
                return (start, part_end);
            }
            start = part_end + 1;
        }
    }

    /// Whether the next of these separators stands before `end`.
    pub(crate) fn stands_before(&self, separators: &[u32], end: usize) -> bool {
        separators.first().is_some_and(|&at| (at as usize) < self.start + end)
    }

    /// Takes the next of these separators, if it stands before `end`; gives its place in the
    /// segment.
    pub(crate) fn take_before(&self, separators: &mut &[u32], end: usize) -> Option<usize> {
        let (&first, rest) = separators.split_first()?;
        let at = first as usize - self.start;
        if end <= at {
            return None;
        }
        *separators = rest;
        Some(at)
    }
}
