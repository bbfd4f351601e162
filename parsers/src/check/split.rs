//! The segments of a stretch of text, split into elements by one tape.

use std::ops::{Deref, Range};

use crate::scan::Tape;
use crate::segment::Segment;

/// Goes through the segments of a stretch, in their order.
#[derive(Debug)]
pub(crate) struct Splitter<'a> {
    /// Where the stretch that the tape holds starts in the text of the segments.
    stretch: usize,
    elements: Rest<'a>,
    inner: Rest<'a>,
    unusual: Rest<'a>,
}

/// What the segments before have left of a list of the tape.
#[derive(Debug)]
struct Rest<'a>(&'a [u32]);

/// A segment, and where its delimiters stand.
#[derive(Clone, Copy)]
pub(crate) struct Cut<'a> {
    pub segment: Segment<'a>,
    pub split: Split<'a>,
}

impl<'a> Deref for Cut<'a> {
    type Target = Segment<'a>;

    fn deref(&self) -> &Segment<'a> {
        &self.segment
    }
}

/// The delimiters of one segment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Split<'a> {
    /// The segment.
    pub text: &'a [u8],
    /// Element separators.
    elements: &'a [u32],
    /// Component and repetition separators.
    pub inner: &'a [u32],
    /// Where it starts in the stretch, from which all positions count.
    start: usize,
    pub component: u8,
    /// Whether it has control characters, or such as are not ASCII.
    pub is_unusual: bool,
}

impl<'a> Splitter<'a> {
    /// Makes ready for a stretch that starts at `start` in its text, and that `tape` holds.
    pub(crate) fn new(tape: &'a Tape, start: usize) -> Splitter<'a> {
        Splitter {
            stretch: start,
            elements: Rest(tape.elements()),
            inner: Rest(tape.inner()),
            unusual: Rest(tape.unusual()),
        }
    }

    /// Splits the next segment.
    #[inline]
    pub(crate) fn cut(&mut self, segment: Segment<'a>) -> Cut<'a> {
        let text = segment.bytes();
        let start = segment.start().checked_sub(self.stretch).expect("segments come in order");
        let span = start as u32..(start + text.len()) as u32;
        let split = Split {
            text,
            elements: self.elements.take_within(&span),
            inner: self.inner.take_within(&span),
            start,
            component: segment.delimiters().component,
            is_unusual: !self.unusual.take_within(&span).is_empty(),
        };
        Cut { segment, split }
    }
}

impl<'a> Rest<'a> {
    /// The positions that lie in `span`; those up to its end are no longer of the rest.
    #[inline]
    fn take_within(&mut self, span: &Range<u32>) -> &'a [u32] {
        // Between segments stands a position now and then: blanks that delimit, line ends.
        while let Some((&at, rest)) = self.0.split_first()
            && at < span.start
        {
            self.0 = rest;
        }
        // A segment has a handful: to go through them is quicker than to search.
        let mut count = 0;
        while self.0.get(count).is_some_and(|&at| at < span.end) {
            count += 1;
        }
        let (within, rest) = self.0.split_at(count);
        self.0 = rest;
        within
    }
}

impl<'a> Split<'a> {
    /// How many elements it has, the tag counted.
    pub(crate) const fn count(&self) -> usize {
        self.elements.len() + 1
    }

    /// Where element `n` stands in the segment; the tag is 0. It must have one.
    pub(crate) fn span(&self, n: usize) -> (usize, usize) {
        let start = n.checked_sub(1).map_or(0, |before| self.end_of(before) + 1);
        (start, self.end_of(n))
    }

    /// Where element `n` ends in the segment, or the segment if it has no more.
    #[inline]
    pub(crate) fn end_of(&self, n: usize) -> usize {
        self.elements.get(n).map_or(self.text.len(), |&at| at as usize - self.start)
    }

    /// Element `n`, empty when absent.
    pub(crate) fn element(&self, n: usize) -> &'a [u8] {
        if n >= self.count() {
            return &[];
        }
        let (start, end) = self.span(n);
        &self.text[start..end]
    }

    /// Where element `n` stands, as far as it is not repeated.
    #[inline]
    fn first_repeat_span(&self, n: usize) -> (usize, usize) {
        if n >= self.count() {
            return (0, 0);
        }
        let (start, end) = self.span(n);
        if self.inner.is_empty() {
            return (start, end);
        }
        let places = self.inner.iter().map(|&at| at as usize - self.start);
        let mut within = places.skip_while(|&at| at < start).take_while(|&at| at < end);
        (start, within.find(|&at| self.text[at] != self.component).unwrap_or(end))
    }

    /// Where part `m` of composite `n` stands, as far as it is not repeated; 0 stands for the
    /// whole. It is empty when absent.
    #[inline]
    pub(crate) fn part(&self, n: usize, m: usize) -> (usize, usize) {
        let span = self.first_repeat_span(n);
        if m == 0 { span } else { self.part_in(span, m) }
    }

    fn part_in(&self, (mut start, end): (usize, usize), m: usize) -> (usize, usize) {
        let mut inner = self.inner;
        while self.stands_before(inner, start) {
            inner = &inner[1..];
        }
        for _ in 1..m {
            let Some(at) = self.take_before(&mut inner, end) else { return (end, end) };
            start = at + 1;
        }
        (start, self.take_before(&mut inner, end).unwrap_or(end))
    }

    /// Whether some composite ends with an empty part.
    pub(crate) fn has_empty_last_part(&self) -> bool {
        let mut places = self.inner.iter().map(|&at| at as usize - self.start).peekable();
        while let Some(at) = places.next() {
            let next = at + 1;
            let is_before_element =
                || self.elements.binary_search(&((self.start + next) as u32)).is_ok();
            if next == self.text.len() || places.peek() == Some(&next) || is_before_element() {
                return true;
            }
        }
        false
    }

    /// Whether the next of these separators stands before `end`.
    #[inline]
    pub(crate) fn stands_before(&self, separators: &[u32], end: usize) -> bool {
        separators.first().is_some_and(|&at| (at as usize) < self.start + end)
    }

    /// Takes the next of these separators, if it stands before `end`; gives its place in the
    /// segment.
    #[inline]
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
