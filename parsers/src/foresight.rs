//! A file of any size, read with foresight: what is known of an interchange when it has ended is
//! known when it begins.
//!
//! The file is read more than once, side by side. One reading goes ahead to the end of the
//! interchange and gives its [outline](crate::stream::Stream::outlining); a second one follows and
//! gives its sets, one at a time; and a third gives the sets of a group once more, to whom needs
//! that. No more is in memory than the outline and a set.
//!
//! ```
//! use std::io::Cursor;
//! use x12::foresight::{Foresight, Part, Sets};
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/counts-wrong.edi"));
//! let mut file = Foresight::new([FILE; 4].map(Cursor::new), 1 << 20);
//! let mut told = Vec::new();
//! while let Some(part) = file.next_part(&mut |_, _| {}) {
//!     let Part::Interchange(outline) = part else { continue };
//!     told.extend(outline.faults.iter().map(|fault| fault.kind.name()));
//!     for _ in &outline.groups {
//!         file.next_group(&mut |interchange, _, set| {
//!             told.push(if interchange.set_header(set).text(1) == b"837" { "a claim set" } else { "" });
//!             Ok(())
//!         })?;
//!     }
//! }
//! assert_eq!(told, ["group-count-wrong", "a claim set"]);
//! assert!(file.failure().is_none());
//! # Ok::<(), std::io::Error>(())
//! ```

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use crate::interchange::{Group, Interchange, Set};
use crate::stream::{Piece, Pieces, SetPiece, pieces};

/// Hears of a set, with the interchange and the group that it stands in. That interchange is the
/// set's own: of a stream, it holds no other.
///
/// ```
/// use x12::foresight::{Each, Sets, Whole};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let reading = x12::interchange::read(&FILE.into());
/// let mut segments = 0;
/// let each: &mut Each<'_> = &mut |interchange, _, set| {
///     segments += interchange.set_segments(set).len();
///     Ok(())
/// };
/// Whole::of(&reading.interchanges[0]).next_group(each)?;
/// assert!(segments > 20);
/// # Ok::<(), std::io::Error>(())
/// ```
pub type Each<'a> = dyn FnMut(&Interchange, &Group, &Set) -> io::Result<()> + 'a;

/// Where the sets of an interchange come from, group by group: memory, or a file that is read.
///
/// ```
/// use x12::foresight::{Sets, Whole};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// let reading = x12::interchange::read(&FILE.into());
/// let mut sets = Whole::of(&reading.interchanges[0]);
/// let mut count = 0;
/// sets.next_group(&mut |_, _, _| Ok(count += 1))?;
/// sets.same_group(&mut |_, _, _| Ok(count += 1))?;
/// assert_eq!(count, 2);
/// # Ok::<(), std::io::Error>(())
/// ```
pub trait Sets {
    /// Tells of each set of the next group. An error of `each` ends it.
    fn next_group(&mut self, each: &mut Each<'_>) -> io::Result<()>;

    /// Tells of the sets of the same group once more.
    fn same_group(&mut self, each: &mut Each<'_>) -> io::Result<()>;

    /// Bytes of the file; fewer where it has no more.
    fn bytes(&mut self, range: Range<usize>) -> Vec<u8>;
}

/// The sets of an interchange that is in memory.
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// use x12::foresight::{Sets, Whole};
///
/// let reading = x12::interchange::read(&FILE.into());
/// assert_eq!(Whole::of(&reading.interchanges[0]).bytes(0..3), b"ISA");
/// ```
#[derive(Debug)]
pub struct Whole<'a> {
    interchange: &'a Interchange,
    /// The groups that have been told of.
    told: usize,
}

impl<'a> Whole<'a> {
    /// The sets of an interchange, from its first group on.
    pub const fn of(interchange: &'a Interchange) -> Whole<'a> {
        Whole { interchange, told: 0 }
    }
}

impl Sets for Whole<'_> {
    fn next_group(&mut self, each: &mut Each<'_>) -> io::Result<()> {
        self.told += 1;
        self.same_group(each)
    }

    fn same_group(&mut self, each: &mut Each<'_>) -> io::Result<()> {
        let group = self.told.checked_sub(1).and_then(|last| self.interchange.groups.get(last));
        let Some(group) = group else { return Ok(()) };
        group.sets.iter().try_for_each(|set| each(self.interchange, group, set))
    }

    fn bytes(&mut self, range: Range<usize>) -> Vec<u8> {
        let file = self.interchange.file();
        let end = range.end.min(file.len());
        file.get(range.start..end).unwrap_or_default().to_vec()
    }
}

/// What a file is made of, in its order.
///
/// ```
/// use std::io::Cursor;
/// use x12::foresight::{Foresight, Part};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/text-around.edi"));
/// let mut file = Foresight::new([FILE; 4].map(Cursor::new), 1 << 20);
/// let parts: Vec<&str> = std::iter::from_fn(|| file.next_part(&mut |_, _| {}))
///     .map(|part| match part {
///         Part::Stray(_) => "stray text",
///         Part::Interchange(_) => "an interchange",
///     })
///     .collect();
/// assert_eq!(parts[..3], ["stray text", "an interchange", "stray text"]);
/// ```
#[derive(Debug)]
pub enum Part {
    /// Text outside every interchange, blanks aside.
    Stray(Range<usize>),
    /// The outline of an interchange, whose sets come next.
    Interchange(Box<Interchange>),
}

/// A file that is read with foresight.
///
/// ```
/// use std::io::Cursor;
/// use x12::foresight::Foresight;
///
/// let mut file = Foresight::new([&b"no X12"[..]; 4].map(Cursor::new), 1 << 20);
/// assert!(file.next_part(&mut |_, _| {}).is_some(), "it has strayed");
/// assert!(file.next_part(&mut |_, _| {}).is_none() && file.failure().is_none());
/// ```
#[derive(Debug)]
pub struct Foresight<R> {
    ahead: Follower<R>,
    behind: Follower<R>,
    again: Follower<R>,
    raw: R,
    /// Whether `behind` stands in an interchange.
    is_inside: bool,
    failure: Option<io::Error>,
}

/// One reading of the file.
#[derive(Debug)]
struct Follower<R> {
    pieces: Pieces<R>,
    /// The groups that have ended so far.
    groups: u64,
}

impl<R: Read> Follower<R> {
    fn next(&mut self) -> io::Result<Option<Piece>> {
        let piece = self.pieces.next().transpose()?;
        self.groups += u64::from(matches!(piece, Some(Piece::GroupEnd(_))));
        Ok(piece)
    }
}

impl<R: Read + Seek> Foresight<R> {
    /// Reads a file that was opened so often; a set has so many bytes at most.
    pub fn new([ahead, behind, again, raw]: [R; 4], set_bytes_max: usize) -> Foresight<R> {
        let follow = |reader| Follower { pieces: pieces(reader, set_bytes_max), groups: 0 };
        let [ahead, behind, again] = [ahead, behind, again].map(follow);
        let ahead = Follower { pieces: ahead.pieces.outlining(), groups: 0 };
        Foresight { ahead, behind, again, raw, is_inside: false, failure: None }
    }

    /// What comes next. `glance` has a look at every set of an interchange before its outline is
    /// given.
    pub fn next_part(&mut self, glance: &mut dyn FnMut(&Interchange, &Set)) -> Option<Part> {
        if self.failure.is_some() {
            return None;
        }
        match self.part(glance) {
            Ok(part) => part,
            Err(failure) => {
                self.failure = Some(failure);
                None
            }
        }
    }

    /// Why reading stopped before the end of the file, if it did. A file that has changed in the
    /// meantime cannot be read on.
    pub const fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    fn part(&mut self, glance: &mut dyn FnMut(&Interchange, &Set)) -> io::Result<Option<Part>> {
        while self.is_inside {
            let piece = self.behind.next()?.ok_or_else(changed)?;
            self.is_inside = !matches!(piece, Piece::End(_));
        }
        match self.behind.next()? {
            None => return Ok(None),
            Some(Piece::Stray(range)) => return Ok(Some(Part::Stray(range))),
            Some(Piece::Interchange(_)) => {}
            Some(_) => return Err(changed()),
        }
        self.is_inside = true;
        loop {
            match self.ahead.next()?.ok_or_else(changed)? {
                Piece::Set(set) | Piece::LargeSet(set) => {
                    let (interchange, _, set) = set.parts();
                    glance(interchange, set);
                }
                Piece::End(outline) => return Ok(Some(Part::Interchange(Box::new(outline)))),
                Piece::Interchange(_)
                | Piece::Ta1(_)
                | Piece::Group(_)
                | Piece::GroupEnd(_)
                | Piece::Stray(_) => {}
            }
        }
    }

    /// Gives what `next` finds to `each`, to the end of the group.
    fn tell(
        &mut self,
        next: impl Fn(&mut Self) -> io::Result<Option<SetPiece>>,
        each: &mut Each<'_>,
    ) -> io::Result<()> {
        while self.failure.is_none() {
            match next(self) {
                Ok(Some(set)) => {
                    let (interchange, group, set) = set.parts();
                    each(interchange, group, set)?;
                }
                Ok(None) => break,
                Err(failure) => self.failure = Some(failure),
            }
        }
        Ok(())
    }
}

/// The next set of the group that a reading stands in or before, or none at its end.
fn next_set<R: Read>(follower: &mut Follower<R>) -> io::Result<Option<SetPiece>> {
    loop {
        match follower.next()?.ok_or_else(changed)? {
            Piece::Set(set) | Piece::LargeSet(set) => return Ok(Some(set)),
            Piece::GroupEnd(_) => return Ok(None),
            Piece::Interchange(_)
            | Piece::Ta1(_)
            | Piece::Group(_)
            | Piece::End(_)
            | Piece::Stray(_) => {}
        }
    }
}

fn changed() -> io::Error {
    io::Error::other("it changed while it was read")
}

impl<R: Read + Seek> Sets for Foresight<R> {
    fn next_group(&mut self, each: &mut Each<'_>) -> io::Result<()> {
        self.tell(|file| next_set(&mut file.behind), each)
    }

    fn same_group(&mut self, each: &mut Each<'_>) -> io::Result<()> {
        while self.failure.is_none() && self.again.groups + 1 < self.behind.groups {
            let skipped = self.again.next().and_then(|piece| piece.ok_or_else(changed));
            self.failure = skipped.err();
        }
        self.tell(|file| next_set(&mut file.again), each)
    }

    fn bytes(&mut self, range: Range<usize>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let found = self.raw.seek(SeekFrom::Start(range.start as u64));
        let read = found.and_then(|_| {
            let mut rest = self.raw.by_ref().take(range.len() as u64);
            rest.read_to_end(&mut bytes)
        });
        if let Err(failure) = read {
            self.failure.get_or_insert(failure);
        }
        bytes
    }
}
