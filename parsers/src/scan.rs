//! Where the delimiters of a text stand: all of them in one pass, sixty-four bytes at a time.
//!
//! Looking for the next separator byte by byte, or with one search for each element, costs more
//! than all else that is done with a clean file: an element has five characters in the mean. So
//! a block of bytes is compared with each delimiter at once, which gives a bit for each byte, and
//! the bits are written out as positions. The plain way to do the same stands in the tests, and
//! both have to agree on whatever bytes.
//!
//! A tape is made for a stretch of a file, some thousand segments at most, and then used again for
//! the next: its memory does not grow with the file.
//!
//! ```
//! use x12::delimiters::Delimiters;
//! use x12::scan::Tape;
//!
//! let mut tape = Tape::new();
//! for text in [b"LX*1~".as_slice(), b"REF*G1*AUTH1~"] {
//!     tape.scan(text, Delimiters::OURS);
//!     println!("{} element separators", tape.elements().len());
//! }
//! ```

use wide::u8x16;

use crate::delimiters::Delimiters;

/// Positions of delimiters in a stretch of text, ascending.
///
/// ```
/// use x12::delimiters::Delimiters;
/// use x12::scan::Tape;
///
/// let mut tape = Tape::new();
/// tape.scan("CLM*A1*120***11:B:1*É~".as_bytes(), Delimiters::OURS);
/// assert_eq!(tape.elements(), [3, 6, 10, 11, 12, 19]);
/// assert_eq!(tape.inner(), [15, 17]);
/// // The two bytes of the accented letter.
/// assert_eq!(tape.unusual(), [20, 21]);
/// ```
#[derive(Debug, Default)]
pub struct Tape {
    /// Element separators.
    elements: Positions,
    /// Component and repetition separators.
    inner: Positions,
    /// Bytes that are no plain text: control characters, and what is not ASCII.
    unusual: Positions,
}

/// The largest text that a tape takes.
///
/// ```
/// assert_eq!(x12::scan::STRETCH_BYTES_MAX, u32::MAX as usize - 1);
/// ```
pub const STRETCH_BYTES_MAX: usize = u32::MAX as usize - 1;

impl Tape {
    /// An empty tape; its memory comes with the first scan.
    pub fn new() -> Tape {
        Tape::default()
    }

    /// Forgets what stood here, and finds the delimiters of `text`.
    ///
    /// ```
    /// use x12::delimiters::Delimiters;
    /// use x12::scan::Tape;
    ///
    /// let mut tape = Tape::new();
    /// tape.scan(b"SV1*HC:99213*120~", Delimiters::OURS);
    /// assert_eq!(tape.elements(), [3, 12]);
    /// assert_eq!(tape.inner(), [6]);
    /// ```
    pub fn scan(&mut self, text: &[u8], delimiters: Delimiters) {
        assert!(text.len() <= STRETCH_BYTES_MAX, "a stretch of {} bytes", text.len());
        let needles = Needles::new(delimiters);
        for positions in [&mut self.elements, &mut self.inner, &mut self.unusual] {
            positions.len = 0;
        }
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        let mut at = 0;
        for block in blocks {
            self.push(at, needles.find_in(block));
            at += BLOCK as u32;
        }
        if !rest.is_empty() {
            // Blanks find nothing, unless they delimit.
            let mut block = [b' '; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            let found = needles.find_in(&block);
            self.push(at, found.only_first(rest.len()));
        }
    }

    fn push(&mut self, at: u32, found: Found) {
        self.elements.push(at, found.elements);
        // Most blocks have none of these.
        if found.inner != 0 {
            self.inner.push(at, found.inner);
        }
        if found.unusual != 0 {
            self.unusual.push(at, found.unusual);
        }
    }

    /// Where element separators stand.
    pub fn elements(&self) -> &[u32] {
        self.elements.found()
    }

    /// Where component and repetition separators stand.
    pub fn inner(&self) -> &[u32] {
        self.inner.found()
    }

    /// Where control characters stand, and bytes that are not ASCII.
    pub fn unusual(&self) -> &[u32] {
        self.unusual.found()
    }
}

/// How many bytes are looked at together: a bit for each fits in a `u64`.
const BLOCK: usize = 64;

/// How many positions are written at once. Writing more than there are and counting only those
/// that are there costs less than to ask after each whether it was the last.
const WRITTEN: usize = 8;

/// A list that grows without asking for room at each position.
#[derive(Debug, Default)]
struct Positions {
    list: Vec<u32>,
    len: usize,
}

/// Each byte of a block may be a delimiter, and a few more are written than there are.
const ROOM: usize = BLOCK + WRITTEN;

impl Positions {
    /// Makes the list longer. It begins small: most sets are, and what is never used would have
    /// to be filled with zeros all the same.
    #[cold]
    fn grow(&mut self) {
        self.list.resize((self.list.len() * 2).max(ROOM * 8), 0);
    }

    /// Writes out the bits of a block that starts at `at`.
    fn push(&mut self, at: u32, mut bits: u64) {
        if self.list.len() < self.len + ROOM {
            self.grow();
        }
        let count = bits.count_ones() as usize;
        let mut len = self.len;
        self.len += count;
        while bits != 0 {
            let room = self.list[len..].first_chunk_mut::<WRITTEN>();
            for position in room.expect("there is room for every byte of a block") {
                *position = at.wrapping_add(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
            }
            len += WRITTEN;
        }
    }

    fn found(&self) -> &[u32] {
        &self.list[..self.len]
    }
}

/// What is looked for, each spread over a whole vector.
struct Needles {
    element: u8x16,
    component: u8x16,
    repetition: u8x16,
}

/// What stands in a block, a bit for each byte, the first byte lowest.
struct Found {
    elements: u64,
    inner: u64,
    unusual: u64,
}

impl Needles {
    fn new(delimiters: Delimiters) -> Needles {
        let Delimiters { element, component, repetition, segment: _ } = delimiters;
        Needles {
            element: u8x16::splat(element),
            component: u8x16::splat(component),
            // To look twice for the component separator is to look for nothing more.
            repetition: u8x16::splat(repetition.unwrap_or(component)),
        }
    }

    #[inline]
    fn find_in(&self, block: &[u8; BLOCK]) -> Found {
        let mut found = Found { elements: 0, inner: 0, unusual: 0 };
        let (vectors, _) = block.as_chunks::<16>();
        for (index, &bytes) in vectors.iter().enumerate() {
            let bytes = u8x16::from(bytes);
            let place = index * 16;
            let element = bytes.simd_eq(self.element);
            let inner = bytes.simd_eq(self.component) | bytes.simd_eq(self.repetition);
            // Plain text is `' '..='~'`.
            let is_low = bytes.min(u8x16::splat(b' ' - 1)).simd_eq(bytes);
            let is_high = bytes.max(u8x16::splat(b'~' + 1)).simd_eq(bytes);
            found.elements |= u64::from(element.to_bitmask()) << place;
            found.inner |= u64::from(inner.to_bitmask()) << place;
            found.unusual |= u64::from((is_low | is_high).to_bitmask()) << place;
        }
        // What delimits is not unusual, and a separator has one meaning.
        found.inner &= !found.elements;
        found.unusual &= !(found.elements | found.inner);
        found
    }
}

impl Found {
    fn only_first(self, count: usize) -> Found {
        let first = (1 << count) - 1;
        let Found { elements, inner, unusual } = self;
        Found { elements: elements & first, inner: inner & first, unusual: unusual & first }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, byte by byte.
    fn plain(text: &[u8], delimiters: Delimiters) -> [Vec<u32>; 3] {
        let mut found = [Vec::new(), Vec::new(), Vec::new()];
        for (at, &byte) in text.iter().enumerate() {
            let kind = match byte {
                _ if byte == delimiters.element => 0,
                _ if byte == delimiters.component => 1,
                _ if Some(byte) == delimiters.repetition => 1,
                b' '..=b'~' => continue,
                _ => 2,
            };
            found[kind].push(at as u32);
        }
        found
    }

    fn scanned(tape: &mut Tape, text: &[u8], delimiters: Delimiters) -> [Vec<u32>; 3] {
        tape.scan(text, delimiters);
        [tape.elements().to_vec(), tape.inner().to_vec(), tape.unusual().to_vec()]
    }

    fn delimiters() -> impl Strategy<Value = Delimiters> {
        let any = || prop_oneof![any::<u8>(), prop::sample::select(b"*:^~|>\n\r \xFF\0".to_vec())];
        (any(), any(), prop::option::of(any()), any()).prop_map(
            |(element, component, repetition, segment)| Delimiters {
                element,
                component,
                repetition,
                segment,
            },
        )
    }

    fn text() -> impl Strategy<Value = Vec<u8>> {
        let byte = prop_oneof![any::<u8>(), prop::sample::select(b"*:^~|>A0 \n\r\0".to_vec())];
        prop::collection::vec(byte, 0..700)
    }

    proptest! {
        #[test]
        fn finds_what_the_plain_way_finds(
            texts in prop::collection::vec(text(), 1..4),
            delimiters in delimiters(),
        ) {
            // The same tape each time: nothing of a longer text may be left in it.
            let mut tape = Tape::new();
            for text in &texts {
                prop_assert_eq!(scanned(&mut tape, text, delimiters), plain(text, delimiters));
            }
        }
    }

    #[test]
    fn finds_delimiters_at_the_ends_of_blocks() {
        let mut tape = Tape::new();
        for len in 0..200 {
            let text = vec![b'*'; len];
            let [elements, ..] = scanned(&mut tape, &text, Delimiters::OURS);
            assert_eq!(elements, (0..len as u32).collect::<Vec<_>>());
        }
    }
}
