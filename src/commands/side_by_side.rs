//! The sets of a file looked through on all processors, and told of in the order of the file.

use std::io;

use x12::stream::Piece;

use crate::cores::{Step, in_order};
use crate::inspect::flow::{Flow, Seen, Turn, Unread, look_through};
use crate::inspect::{Options, Sink, Summary};

/// What is told of in its turn.
enum Told {
    Envelope(Box<Piece>),
    Set(Box<Seen>),
}

/// Looks through a file piece by piece. Reading stops at the first error.
pub fn inspect(
    pieces: impl Iterator<Item = io::Result<Piece>>,
    options: &Options<'_>,
    workers: usize,
    sink: &mut dyn Sink,
) -> io::Result<Summary> {
    let mut flow = Flow::new(options);
    let mut failed = None;
    let pieces = pieces.map_while(|piece| piece.map_err(|error| failed = Some(error)).ok());
    let steps = pieces.map(|piece| match Flow::turn(piece) {
        Turn::Envelope(piece) => Step::Done(Told::Envelope(piece)),
        Turn::Set(unread) => Step::Work(unread),
    });
    let look = |unread: Box<Unread>| Told::Set(Box::new(look_through(*unread, options)));
    in_order(steps, workers, look, |told| match told {
        Told::Envelope(piece) => flow.tell_envelope(&piece, sink),
        Told::Set(seen) => flow.tell_set(*seen, sink),
    });
    failed.map_or(Ok(flow.summary()), Err)
}
