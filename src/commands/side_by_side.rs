//! The sets of a file looked through on all processors, and told of in the order of the file.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use x12::stream::Piece;

use crate::inspect::flow::{Flow, Seen, Turn, Unread, look_through};
use crate::inspect::{Options, Sink, Summary};

/// Sets that wait for their turn, for each worker: enough that none is idle while a large set is
/// told of, and few enough that memory stays small.
const WAITING_PER_WORKER: usize = 2;

/// A set to be looked through, and where the result goes.
type Job = (Box<Unread>, SyncSender<Seen>);

/// What is told of in its turn.
enum Due {
    Envelope(Box<Piece>),
    Set(Receiver<Seen>),
}

/// Looks through a file piece by piece. Reading stops at the first error.
pub fn inspect(
    pieces: impl Iterator<Item = io::Result<Piece>>,
    options: &Options<'_>,
    workers: usize,
    sink: &mut dyn Sink,
) -> io::Result<Summary> {
    let mut flow = Flow::new(options);
    if workers < 2 {
        for piece in pieces {
            match flow.turn(piece?) {
                Turn::Envelope(piece) => flow.tell_envelope(&piece, sink),
                Turn::Set(unread) => flow.tell_set(&look_through(*unread, options), sink),
            }
        }
        return Ok(flow.summary());
    }
    let waiting_max = workers * WAITING_PER_WORKER;
    let (jobs, waiting) = sync_channel::<Job>(waiting_max);
    let waiting = Arc::new(Mutex::new(waiting));
    thread::scope(|scope| {
        for _ in 0..workers {
            let waiting = waiting.clone();
            scope.spawn(move || work(&waiting, options));
        }
        let mut due = VecDeque::new();
        let mut sets = 0;
        for piece in pieces {
            match flow.turn(piece?) {
                Turn::Envelope(piece) => due.push_back(Due::Envelope(piece)),
                Turn::Set(unread) => {
                    let (done, seen) = sync_channel(1);
                    jobs.send((unread, done)).expect("workers live as long as there are jobs");
                    due.push_back(Due::Set(seen));
                    sets += 1;
                }
            }
            while sets > waiting_max || matches!(due.front(), Some(Due::Envelope(_))) {
                sets -= tell_next(&mut due, &mut flow, sink);
            }
        }
        while !due.is_empty() {
            tell_next(&mut due, &mut flow, sink);
        }
        drop(jobs);
        Ok(flow.summary())
    })
}

/// Tells of what is due next; gives how many sets that were.
fn tell_next(due: &mut VecDeque<Due>, flow: &mut Flow<'_>, sink: &mut dyn Sink) -> usize {
    match due.pop_front() {
        Some(Due::Envelope(piece)) => {
            flow.tell_envelope(&piece, sink);
            0
        }
        Some(Due::Set(seen)) => {
            flow.tell_set(&seen.recv().expect("a worker answers each job"), sink);
            1
        }
        None => 0,
    }
}

fn work(waiting: &Mutex<Receiver<Job>>, options: &Options<'_>) {
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((unread, done)) = job else { return };
        // Who no longer listens needs no answer.
        done.send(look_through(*unread, options)).ok();
    }
}
