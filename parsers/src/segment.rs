//! A borrowed look at one segment.
//!
//! ```
//! use x12::delimiters::Delimiters;
//! use x12::segment::Segment;
//!
//! let hi = Segment::new(b"HI*ABK:J0190*ABF:R509", 0, 20, Delimiters::OURS);
//! let codes: Vec<&[u8]> = (1..=2).map(|n| hi.part(n, 2)).collect();
//! assert_eq!(codes, [b"J0190", b"R509".as_slice()]);
//! ```

use std::ops::Range;

use crate::delimiters::Delimiters;
use crate::fault::Place;
use crate::guide::row::Tag;
use crate::value::{Day, Decimal, Money};
use crate::wrap::Wrap;

/// One segment of a file: its text without the terminator, and where it stands.
///
/// It borrows from the file and is copied freely. Elements count from 1, as the trade counts them:
/// CLM02 is element 2; parts of a composite count from 1 too. What is absent is empty. Finding element
/// `n` takes a look at the `n` before it, and nothing is allocated.
///
/// ```
/// use x12::delimiters::Delimiters;
/// use x12::guide::row::Tag;
/// use x12::segment::Segment;
/// use x12::value::{Day, Money};
///
/// // It stands at byte 900 of its file and is segment 19 of its set.
/// let clm = Segment::new(b"CLM*A1*120***11:B:1*Y", 900, 19, Delimiters::OURS);
/// assert_eq!(clm.tag(), Tag::new(b"CLM"));
/// assert_eq!(clm.tag_bytes(), b"CLM");
/// assert_eq!(clm.text(1), b"A1");
/// assert_eq!(clm.text(20), b"");
/// assert_eq!(clm.part(5, 3), b"1");
/// assert_eq!(clm.money(2), Money::parse(b"120"));
/// assert_eq!(clm.elements().count(), 7);
///
/// // Where it is, and where each of its values is.
/// assert_eq!((clm.offset(), clm.end(), clm.number()), (900, 921, 19));
/// assert_eq!(clm.place(5, 3).offset, 918);
/// assert_eq!(&clm.bytes()[918 - 900..], b"1*Y");
///
/// // A value that knows its place, to be handed on.
/// let frequency = clm.field_part(5, 3);
/// assert!(frequency.is("1") && frequency.place == clm.place(5, 3));
/// assert!(clm.field(3).is_empty());
///
/// let dmg = Segment::new(b"DMG*D8*19800402*F**:RET:2135-2^:RET:2106-3", 0, 0, clm.delimiters());
/// assert_eq!(dmg.day(2), Day::new(1980, 4, 2));
/// assert_eq!(dmg.repeats(5).count(), 2);
/// ```
#[derive(Clone, Copy)]
pub struct Segment<'a> {
    text: &'a [u8],
    /// Where the segment starts in the file, or in its copy without line ends.
    start: usize,
    /// How lines cut the file, when they do.
    wrap: Option<&'a Wrap>,
    /// Its place in its transaction set, ST = 1; 0 outside a set.
    number: u32,
    delimiters: Delimiters,
}

impl<'a> Segment<'a> {
    /// A look at `text`, which starts at `offset` in its file.
    ///
    /// `number` is its place in its transaction set, ST = 1; 0 for a segment outside one.
    pub const fn new(
        text: &'a [u8],
        offset: usize,
        number: u32,
        delimiters: Delimiters,
    ) -> Segment<'a> {
        Segment { text, start: offset, wrap: None, number, delimiters }
    }

    /// The same look into a file that lines cut.
    pub(crate) const fn cut_by(self, wrap: Option<&'a Wrap>) -> Segment<'a> {
        Segment { wrap, ..self }
    }

    /// The whole segment, without its terminator.
    pub const fn bytes(&self) -> &'a [u8] {
        self.text
    }

    /// Its place in its transaction set, ST = 1.
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// Where it starts in the text that it was cut from: the file, or its copy without line ends.
    pub(crate) const fn start(&self) -> usize {
        self.start
    }

    /// Where it starts in the file.
    pub fn offset(&self) -> usize {
        self.offset_of(0)
    }

    /// Where the segment ends in the file, without its terminator.
    pub fn end(&self) -> usize {
        self.offset_of(self.text.len())
    }

    fn offset_of(&self, at: usize) -> usize {
        match self.wrap {
            // The end of a segment that fills its line is on that line: behind it, nothing or
            // another interchange may begin.
            Some(wrap) if at != 0 && at == self.text.len() => {
                wrap.offset_in_file(self.start + at - 1) + 1
            }
            Some(wrap) => wrap.offset_in_file(self.start + at),
            None => self.start + at,
        }
    }

    /// The delimiters of its interchange.
    pub const fn delimiters(&self) -> Delimiters {
        self.delimiters
    }

    /// `CLM` of `CLM*…`.
    pub fn tag(&self) -> Tag {
        Tag::new(self.tag_bytes())
    }

    /// The tag as it is written, whatever its length.
    pub fn tag_bytes(&self) -> &'a [u8] {
        let end = self.text.iter().position(|&byte| byte == self.delimiters.element);
        &self.text[..end.unwrap_or(self.text.len())]
    }

    /// The pieces between element separators; the first is the tag.
    pub fn elements(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let separator = self.delimiters.element;
        self.text.split(move |&byte| byte == separator)
    }

    /// Element `n` as it stands, empty when absent. CLM02 is `text(2)` of a CLM.
    pub fn text(&self, n: usize) -> &'a [u8] {
        self.range(n).and_then(|range| self.text.get(range)).unwrap_or_default()
    }

    /// Where element `n` stands in the segment.
    fn range(&self, n: usize) -> Option<Range<usize>> {
        let separator = self.delimiters.element;
        let end_of =
            |start: usize| start + piece_end(self.text.get(start..).unwrap_or_default(), separator);
        let mut range = 0..end_of(0);
        for _ in 0..n {
            if range.end == self.text.len() {
                return None;
            }
            let start = range.end + 1;
            range = start..end_of(start);
        }
        Some(range)
    }

    /// Part `m` of composite `n`, empty when absent. CLM05-3 is `part(5, 3)`. Of one that repeats
    /// it is the first one's.
    pub fn part(&self, n: usize, m: usize) -> &'a [u8] {
        part_of(self.first_repeat(self.text(n)), self.delimiters.component, m)
    }

    /// An element up to where it repeats.
    fn first_repeat(&self, element: &'a [u8]) -> &'a [u8] {
        let separator = self.delimiters.repetition;
        let end = separator.map_or(element.len(), |separator| piece_end(element, separator));
        element.get(..end).unwrap_or_default()
    }

    /// What stands at a place of the segment, empty when nothing does.
    ///
    /// ```
    /// use x12::delimiters::Delimiters;
    /// use x12::fault::Place;
    /// use x12::segment::Segment;
    ///
    /// let clm = Segment::new(b"CLM*A1*100***11:B:1^12:B:7", 0, 2, Delimiters::OURS);
    /// let place = Place { element: 5, component: 3, repeat: 2, ..Place::default() };
    /// assert_eq!(clm.value_at(&place), b"7");
    /// ```
    pub fn value_at(&self, place: &Place) -> &'a [u8] {
        let [n, m, repeat]: [usize; 3] =
            [place.element.into(), place.component.into(), place.repeat.into()];
        match (repeat, m) {
            (0, 0) => self.text(n),
            (0, m) => self.part(n, m),
            (repeat, m) => {
                let value = self.repeats(n).nth(repeat - 1).unwrap_or_default();
                if m == 0 { value } else { part_of(value, self.delimiters.component, m) }
            }
        }
    }

    /// The repetitions of element `n`: one unless the repetition separator stands in it.
    pub fn repeats(&self, n: usize) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let separator = self.delimiters.repetition;
        self.text(n).split(move |&byte| Some(byte) == separator)
    }

    /// Element `n` with its place.
    pub fn field(&self, n: usize) -> Field<'a> {
        self.field_part(n, 0)
    }

    /// Part `m` of composite `n` with its place; 0 stands for the whole.
    pub fn field_part(&self, n: usize, m: usize) -> Field<'a> {
        let range = self.range(n);
        let element = range.clone().and_then(|range| self.text.get(range)).unwrap_or_default();
        if m == 0 {
            return Field { text: element, place: self.place_of(range, n, 0) };
        }
        let repeat = self.first_repeat(element);
        let range = range.map(|range| range.start..range.start + repeat.len());
        let text = part_of(repeat, self.delimiters.component, m);
        Field { text, place: self.place_of(range, n, m) }
    }

    /// Several elements with their places, found in one pass; name them in ascending order.
    pub(crate) fn fields<const N: usize>(&self, numbers: [usize; N]) -> [Field<'a>; N] {
        let absent = self.place_of(None, 0, 0);
        let fields = numbers.map(|n| Field::absent(Place { element: counted(n), ..absent }));
        self.pick(fields, numbers, 0..self.text.len(), self.delimiters.element)
    }

    /// Several parts of composite `n` with their places, as `fields` gives elements.
    pub(crate) fn field_parts<const N: usize>(
        &self,
        n: usize,
        numbers: [usize; N],
    ) -> [Field<'a>; N] {
        let range = self.range(n).unwrap_or(self.text.len()..self.text.len());
        let repeat = self.first_repeat(self.text.get(range.clone()).unwrap_or_default());
        let range = range.start..range.start + repeat.len();
        let absent = self.place_of(Some(range.end..range.end), n, 0);
        let fields = numbers.map(|m| Field::absent(Place { component: counted(m), ..absent }));
        // Parts count from 1.
        let numbers = numbers.map(|m| m.saturating_sub(1));
        self.pick(fields, numbers, range, self.delimiters.component)
    }

    /// Fills in the fields with these numbers among the pieces that a range of the segment has.
    fn pick<const N: usize>(
        &self,
        mut fields: [Field<'a>; N],
        numbers: [usize; N],
        range: Range<usize>,
        separator: u8,
    ) -> [Field<'a>; N] {
        let (mut start, mut n) = (range.start, 0);
        let mut rest = self.text.get(range).unwrap_or_default();
        let mut end = piece_end(rest, separator);
        for (field, number) in fields.iter_mut().zip(numbers) {
            while n < number {
                let Some(behind) = rest.get(end + 1..) else { return fields };
                (start, n) = (start + end + 1, n + 1);
                rest = behind;
                end = piece_end(rest, separator);
            }
            field.text = rest.get(..end).unwrap_or_default();
            field.place.offset = self.offset_of(start);
        }
        fields
    }

    /// Element `n` as an amount, if it is one.
    pub fn money(&self, n: usize) -> Option<Money> {
        Money::parse(self.text(n))
    }

    /// Element `n` as a day, if it is one.
    pub fn day(&self, n: usize) -> Option<Day> {
        Day::parse(self.text(n))
    }

    /// The place of element `n`, part `m`; 0 stands for the whole.
    pub fn place(&self, n: usize, m: usize) -> Place {
        self.place_of(self.range(n), n, m)
    }

    /// The place of part `m` of element `n`, which stands at `range`.
    fn place_of(&self, range: Option<Range<usize>>, n: usize, m: usize) -> Place {
        // What is absent would stand at the segment's end.
        let end = self.text.len();
        self.place_in(range.unwrap_or(end..end), counted(n), counted(m), 0)
    }

    /// The place of part `component` of the element that stands at `range` of the segment.
    pub(crate) fn place_in(
        &self,
        range: Range<usize>,
        element: u8,
        component: u8,
        repeat: u16,
    ) -> Place {
        let Delimiters { component: part_separator, repetition, .. } = self.delimiters;
        let repeats = usize::from(repeat.saturating_sub(1));
        let parts = usize::from(component.saturating_sub(1));
        if repeats == 0 && parts == 0 {
            let offset = self.offset_of(range.start);
            return Place { offset, segment: self.number, element, component, repeat };
        }
        let text = self.text.get(range.clone()).unwrap_or_default();
        let repeat_at = behind(text, repeats, |byte| Some(byte) == repetition);
        let text = text.get(repeat_at..).unwrap_or_default();
        let part_at = behind(text, parts, |byte| byte == part_separator);
        let offset = self.offset_of(range.start + repeat_at + part_at);
        Place { offset, segment: self.number, element, component, repeat }
    }
}

/// How long the first piece of a text is.
fn piece_end(text: &[u8], separator: u8) -> usize {
    text.iter().position(|&byte| byte == separator).unwrap_or(text.len())
}

/// The number of an element or a part as places keep it.
fn counted(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// Where the piece behind `count` separators starts; the end when there are fewer.
fn behind(text: &[u8], count: usize, is_separator: impl Fn(u8) -> bool) -> usize {
    let lengths = text.split(|&byte| is_separator(byte)).map(|piece| piece.len() + 1);
    lengths.take(count).sum::<usize>().min(text.len())
}

impl std::fmt::Debug for Segment<'_> {
    // A segment may hold a patient's name; only its place is for messages.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at byte {}", self.tag(), self.offset())
    }
}

/// Whether a value is exactly this text.
pub(crate) fn is_same(value: &[u8], text: &str) -> bool {
    // Codes are so short that comparing them here is quicker than having it done.
    value.len() == text.len() && value.iter().copied().eq(text.bytes())
}

/// Part `m` of a composite, from 1; empty when absent.
///
/// ```
/// use x12::segment::part_of;
///
/// assert_eq!(part_of(b"HC:99213:25", b':', 2), b"99213");
/// assert_eq!(part_of(b"HC:99213:25", b':', 4), b"");
/// ```
pub fn part_of(composite: &[u8], component: u8, m: usize) -> &[u8] {
    composite.split(|&byte| byte == component).nth(m.saturating_sub(1)).unwrap_or_default()
}

/// A value and the place it came from, so that whoever finds fault with it can point at it.
///
/// It prints as `[redacted]` and its place, since it may name a patient.
///
/// ```
/// use x12::delimiters::Delimiters;
/// use x12::fault::Place;
/// use x12::segment::{Field, Segment};
/// use x12::value::Money;
///
/// let sv1 = Segment::new(b"SV1*HC:99213*12O*UN*1", 700, 22, Delimiters::OURS);
/// let charge = sv1.field(2);
/// assert_eq!(charge.text(), "12O");
/// assert_eq!((charge.money(), charge.decimal()), (None, None));
/// assert_eq!(charge.place.offset, 713);
/// assert_eq!(format!("{charge:?}"), "[redacted] at byte 713");
///
/// let unit = sv1.field(3);
/// assert!(unit.is("UN") && unit.is_any(&["MJ", "UN"]) && !unit.is_empty());
///
/// // A value from elsewhere, and one that is not there.
/// let made = Field::new(b"20260210", Place::default());
/// assert_eq!(made.day().expect("a day").to_wire().as_bytes(), made.bytes());
/// assert!(Field::absent(Place::default()).is_empty());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    text: &'a [u8],
    /// Where it stands, or would stand.
    pub place: Place,
}

impl<'a> Field<'a> {
    /// A value that is not there; `place` is where it would stand.
    pub const fn absent(place: Place) -> Field<'a> {
        Field { text: &[], place }
    }

    /// A value and its place.
    pub const fn new(text: &'a [u8], place: Place) -> Field<'a> {
        Field { text, place }
    }

    /// Whether nothing stands there.
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The value as it stands.
    pub const fn bytes(&self) -> &'a [u8] {
        self.text
    }

    /// The value as text; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> std::borrow::Cow<'a, str> {
        // Nearly all is UTF-8, and seen to be so more quickly than it is mended.
        std::str::from_utf8(self.text)
            .map_or_else(|_| String::from_utf8_lossy(self.text), std::borrow::Cow::Borrowed)
    }

    /// Whether the value is exactly this.
    pub fn is(&self, text: &str) -> bool {
        is_same(self.text, text)
    }

    /// Whether the value is one of these.
    pub fn is_any(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.is(text))
    }

    /// The value as a number, exact, if it is one.
    pub fn decimal(&self) -> Option<Decimal> {
        Decimal::parse(self.text)
    }

    /// The value as an amount, if it is one.
    pub fn money(&self) -> Option<Money> {
        Money::parse(self.text)
    }

    /// The value as a day, if it is one.
    pub fn day(&self) -> Option<Day> {
        Day::parse(self.text)
    }
}

impl std::fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[redacted] at byte {}", self.place.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_fields_are_the_same_as_each_by_itself() {
        let delimiters = Delimiters::OURS;
        let texts = ["CLM*A1*100***11:B:1*Y", "HI*ABK:E119*ABF", "REF*", "SE", "", "A**:*:::*B:"];
        for text in texts.into_iter().chain(["CLM*A1*100***11:B^12:B:1*Y", "A*^B:C*D^:*^"]) {
            let segment = Segment::new(text.as_bytes(), 70, 3, delimiters);
            let numbers = [0, 1, 2, 5, 9];
            assert!(segment.fields(numbers) == numbers.map(|n| segment.field(n)), "{text}");
            for n in 0..7 {
                let numbers = [1, 2, 3, 7];
                let each = numbers.map(|m| segment.field_part(n, m));
                assert!(segment.field_parts(n, numbers) == each, "parts of {n} in {text}");
            }
        }
    }

    #[test]
    fn parts_of_a_composite_that_repeats_are_those_of_the_first() {
        let clm = Segment::new(b"CLM*A1*100***11:B:1^12:B:7*Y", 0, 2, Delimiters::OURS);
        assert_eq!([clm.part(5, 3), clm.field_part(5, 3).bytes()], [b"1", b"1"]);
        assert!(clm.part(5, 4).is_empty() && clm.field_part(5, 4).is_empty());
        assert_eq!(clm.field(5).bytes(), b"11:B:1^12:B:7");
    }
}
