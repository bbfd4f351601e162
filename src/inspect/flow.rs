//! A file looked through as it comes, set by set, so that no more of it is in memory than that.
//!
//! What is said is the same as with foresight. Only its order differs: what is wrong with an
//! envelope is known when it closes, and so is said behind its sets.

use std::ops::Range;

use x12::interchange::Interchange;
use x12::segment::Segment;
use x12::stream::{Piece, SetPiece};

use super::{Address, Inspector, Note, Options, Sink, Summary, ours, text_of};
use crate::intake::seen::{Doubles, SeenInFile, SeenSet};

/// Puts together what is said of the pieces of a file.
#[derive(Debug)]
pub struct Flow<'a> {
    options: &'a Options<'a>,
    /// Where the present piece stands.
    address: Address,
    /// All interchanges that have ended, the groups of the one that has not, and the sets of the
    /// group that has not.
    total: Summary,
    /// What stands before the first interchange: a file without any is told of in one word.
    strays: Vec<Range<usize>>,
    interchange: Summary,
    group: Summary,
    doubles: Doubles,
}

/// A set that is still to be looked through, and where it stands. It depends on nothing else but on
/// doubles in the sets before, so that several may be looked through side by side.
#[derive(Debug)]
pub struct Unread {
    set: SetPiece,
    address: Address,
}

/// A set that was looked through.
#[derive(Debug)]
pub struct Seen {
    set: SetPiece,
    address: Address,
    notes: Vec<Note>,
    summary: Summary,
    claims: SeenSet,
}

/// What to do with a piece.
#[derive(Debug)]
pub enum Turn {
    /// A set is to be looked through, and then told of in its turn.
    Set(Box<Unread>),
    /// An envelope is to be told of in its turn.
    Envelope(Box<Piece>),
}

impl<'a> Flow<'a> {
    /// A flow from which nothing has come yet.
    pub fn new(options: &'a Options<'a>) -> Flow<'a> {
        let none = Summary::default();
        Flow {
            options,
            address: Address::default(),
            total: none,
            strays: Vec::new(),
            interchange: none,
            group: none,
            doubles: Doubles::default(),
        }
    }

    /// Says what to do with the next piece.
    pub fn turn(piece: Piece) -> Turn {
        let set = match piece {
            Piece::Set(set) | Piece::LargeSet(set) => set,
            other => return Turn::Envelope(Box::new(other)),
        };
        let (interchange, group, _) = set.parts();
        let address = Address {
            interchange: text_of(&interchange.header(), 13),
            group: text_of(&interchange.group_header(group), 6),
            ..Address::default()
        };
        Turn::Set(Box::new(Unread { set, address }))
    }

    /// Tells of a set; each in its turn.
    pub fn tell_set(&mut self, seen: Seen, sink: &mut dyn Sink) {
        let before = self.doubles.before();
        let seen = match before.filter(|before| before.resembles_any(&seen.claims)) {
            // Rare enough to look once more, now that all before it is known.
            Some(_) => {
                let Seen { set, address, .. } = seen;
                look(set, address, self.options, before)
            }
            None => seen,
        };
        self.doubles.note(&seen.claims);
        self.group = self.group.plus(seen.summary);
        let (interchange, _, set) = seen.set.parts();
        for note in &seen.notes {
            let segment = interchange.set_segment(set, note.place.segment);
            sink.note(note.clone(), segment.as_ref());
        }
    }

    /// Tells of what stands around sets, in its turn.
    pub fn tell_envelope(&mut self, piece: &Piece, sink: &mut dyn Sink) {
        match piece {
            Piece::Stray(range) if self.address.interchange.is_empty() => {
                self.strays.push(range.clone());
            }
            Piece::Stray(range) => self.tell_stray(range.clone(), sink),
            Piece::Interchange(interchange) => {
                for stray in std::mem::take(&mut self.strays) {
                    self.tell_stray(stray, sink);
                }
                self.interchange.interchanges += 1;
                self.doubles.begin(interchange);
                let number = text_of(&interchange.header(), 13);
                self.address = Address { interchange: number, ..Address::default() };
            }
            Piece::Ta1(interchange) => {
                let mut summary = std::mem::take(&mut self.interchange);
                self.inspector(interchange, &mut summary, sink).note_ta1_faults(&self.address);
                self.interchange = summary;
            }
            Piece::Group(_) | Piece::Set(_) | Piece::LargeSet(_) => {}
            Piece::GroupEnd(interchange) => {
                let mut group = std::mem::take(&mut self.group);
                let Some(ended) = interchange.groups.first() else { return };
                self.address.group = text_of(&interchange.group_header(ended), 6);
                let mut inspector = self.inspector(interchange, &mut group, sink);
                if inspector.note_group_faults(&self.address, ended) {
                    group = group.turned_away();
                }
                self.address.group.clear();
                self.interchange = self.interchange.plus(group);
            }
            Piece::End(interchange) => {
                let mut ended = std::mem::take(&mut self.interchange);
                let mut inspector = self.inspector(interchange, &mut ended, sink);
                if inspector.note_interchange_faults(&self.address) {
                    ended = ended.turned_away();
                }
                self.total = self.total.plus(ended);
            }
        }
    }

    fn tell_stray(&mut self, range: Range<usize>, sink: &mut dyn Sink) {
        self.total.stray_bytes += range.len() as u64;
        self.total.findings += 1;
        self.total.to_act_on += 1;
        sink.note(ours::stray_bytes(&range), None);
        sink.stray(range, &[]);
    }

    fn inspector<'b>(
        &self,
        interchange: &'b Interchange,
        summary: &'b mut Summary,
        sink: &'b mut dyn Sink,
    ) -> Inspector<'b, 'b>
    where
        'a: 'b,
    {
        Inspector { interchange, options: self.options, before: None, sink, summary }
    }

    /// What it all came to.
    pub const fn summary(&self) -> Summary {
        self.total
    }
}

/// Looks through a set.
pub fn look_through(unread: Unread, options: &Options<'_>) -> Seen {
    let Unread { set, address } = unread;
    look(set, address, options, None)
}

fn look(
    set: SetPiece,
    address: Address,
    options: &Options<'_>,
    before: Option<&SeenInFile>,
) -> Seen {
    let mut notes = Vec::new();
    let mut summary = Summary::default();
    let mut inner = address.clone();
    let claims = {
        let (interchange, group, one) = set.parts();
        let mut sink = |note: Note, _: Option<&Segment<'_>>| notes.push(note);
        let (sink, summary) = (&mut sink, &mut summary);
        let mut inspector = Inspector { interchange, options, before, sink, summary };
        let told = inspector.take_set(&mut inner, group, one, false);
        told.expect("whoever only keeps notes has nothing that fails")
    };
    Seen { set, address, notes, summary, claims }
}
