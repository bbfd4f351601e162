//! Work that is done on all processors, and given back in the order in which it came.

use std::collections::VecDeque;
use std::io;
use std::num::NonZero;
use std::ops::Range;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use x12::foresight::{Each, Sets, Whole};
use x12::interchange::Interchange;

use crate::intake::groups::{JudgedSet, JudgedSets, Judging};

/// Work that waits for its turn, for each worker: enough that none is idle while something large is
/// taken, and little enough that memory stays small.
const WAITING_PER_WORKER: usize = 2;

/// What comes next in the order.
#[derive(Debug)]
pub enum Step<J, R> {
    /// It is to be worked on.
    Work(J),
    /// There is nothing to do.
    Done(R),
}

/// Something to do, and where what comes of it goes.
type Job<J, R> = (J, SyncSender<R>);

/// What is taken in its turn.
enum Due<R> {
    Done(R),
    Work(Receiver<R>),
}

/// How many processors there are.
pub fn count() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does all `work` with so many workers, and gives what comes of it to `take` in the order of
/// `steps`. What is taken is the same, however many workers there are.
pub fn in_order<J: Send, R: Send>(
    steps: impl Iterator<Item = Step<J, R>>,
    workers: usize,
    work: impl Fn(J) -> R + Sync,
    mut take: impl FnMut(R),
) {
    if workers < 2 {
        return steps.for_each(|step| {
            take(match step {
                Step::Work(job) => work(job),
                Step::Done(done) => done,
            });
        });
    }
    let waiting_max = workers * WAITING_PER_WORKER;
    let (jobs, waiting) = sync_channel::<Job<J, R>>(waiting_max);
    let waiting = Arc::new(Mutex::new(waiting));
    thread::scope(|scope| {
        for _ in 0..workers {
            let (waiting, work) = (waiting.clone(), &work);
            scope.spawn(move || work_off(&waiting, work));
        }
        let mut due = VecDeque::new();
        let mut working = 0;
        for step in steps {
            match step {
                Step::Done(done) => due.push_back(Due::Done(done)),
                Step::Work(job) => {
                    let (done, result) = sync_channel(1);
                    jobs.send((job, done)).expect("workers live as long as there are jobs");
                    due.push_back(Due::Work(result));
                    working += 1;
                }
            }
            while working > waiting_max || matches!(due.front(), Some(Due::Done(_))) {
                working -= take_next(&mut due, &mut take);
            }
        }
        while !due.is_empty() {
            take_next(&mut due, &mut take);
        }
        drop(jobs);
    });
}

/// Takes what is due next; gives how much work that was.
fn take_next<R>(due: &mut VecDeque<Due<R>>, take: &mut impl FnMut(R)) -> usize {
    match due.pop_front() {
        Some(Due::Done(done)) => {
            take(done);
            0
        }
        Some(Due::Work(result)) => {
            take(result.recv().expect("a worker answers each job"));
            1
        }
        None => 0,
    }
}

fn work_off<J, R>(waiting: &Mutex<Receiver<Job<J, R>>>, work: &impl Fn(J) -> R) {
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((job, done)) = job else { return };
        // Who no longer listens needs no answer.
        done.send(work(job)).ok();
    }
}

/// The sets of an interchange that is in memory, judged on all processors.
#[derive(Debug)]
pub struct JudgedOnAll<'a> {
    interchange: &'a Interchange,
    sets: Whole<'a>,
    /// The groups that have been judged.
    judged: usize,
    workers: usize,
}

impl<'a> JudgedOnAll<'a> {
    /// The sets of an interchange, with so many workers.
    pub const fn of(interchange: &'a Interchange, workers: usize) -> JudgedOnAll<'a> {
        JudgedOnAll { interchange, sets: Whole::of(interchange), judged: 0, workers }
    }
}

impl Sets for JudgedOnAll<'_> {
    fn next_group(&mut self, each: &mut Each<'_>) -> io::Result<()> {
        self.judged += 1;
        self.sets.next_group(each)
    }

    fn same_group(&mut self, each: &mut Each<'_>) -> io::Result<()> {
        self.sets.same_group(each)
    }

    fn bytes(&mut self, range: Range<usize>) -> Vec<u8> {
        self.sets.bytes(range)
    }
}

impl JudgedSets for JudgedOnAll<'_> {
    fn judge_group(
        &mut self,
        judging: &Judging<'_>,
        take: &mut dyn FnMut(JudgedSet),
    ) -> io::Result<()> {
        let interchange = self.interchange;
        let group = interchange.groups.get(self.judged);
        // It counts as told of, and its sets come again.
        self.next_group(&mut |_, _, _| Ok(()))?;
        let Some(group) = group else { return Ok(()) };
        // For one set no worker is worth its start.
        let workers = if group.sets.len() < 2 { 1 } else { self.workers };
        let judge = |set| judging.judge(interchange, group, set);
        in_order(group.sets.iter().map(Step::Work), workers, judge, take);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_same_however_many_work() {
        let steps = |count: u64| {
            (0..count).map(|number| match number % 3 {
                0 => Step::Done(number),
                _ => Step::Work(number),
            })
        };
        for count in [0, 1, 2, 100] {
            for workers in [1, 2, 7] {
                let mut taken = Vec::new();
                let work = |number: u64| {
                    thread::sleep(std::time::Duration::from_micros(number * 37 % 100));
                    number
                };
                in_order(steps(count), workers, work, |number| taken.push(number));
                assert!(taken.iter().copied().eq(0..count), "{count} by {workers}");
            }
        }
    }
}
