//! Whole numbers in rising order, kept in a byte or two each and found without unpacking them all.

use super::packed::{Reader, Writer};

/// Numbers that follow a written-out one as differences.
const BLOCK: usize = 16;

/// A set of numbers. The place of a number is how many are below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    count: usize,
    /// The first number of each block.
    firsts: Vec<u64>,
    /// Where the differences of each block begin.
    starts: Vec<u32>,
    /// Seven bits a byte, the low ones first; the eighth says that more follow.
    differences: Vec<u8>,
}

impl Sorted {
    /// Takes numbers that rise strictly.
    pub fn new(numbers: impl IntoIterator<Item = u64>) -> Sorted {
        let mut sorted = Sorted::default();
        let mut before = None;
        for number in numbers {
            assert!(before < Some(number), "numbers must rise");
            if sorted.count.is_multiple_of(BLOCK) {
                sorted.firsts.push(number);
                sorted.starts.push(sorted.differences.len() as u32);
            } else {
                let difference = number - before.unwrap_or(0);
                push_difference(&mut sorted.differences, difference);
            }
            before = Some(number);
            sorted.count += 1;
        }
        sorted
    }

    pub const fn len(&self) -> usize {
        self.count
    }

    /// The place of a number; `None` when it is not in the set.
    pub fn find(&self, wanted: u64) -> Option<usize> {
        let (place, number) = self.from(wanted).next()?;
        (number == wanted).then_some(place)
    }

    /// The number at a place.
    pub fn at(&self, place: usize) -> Option<u64> {
        let first = *self.firsts.get(place / BLOCK)?;
        self.from(first).nth(place % BLOCK).map(|(_, number)| number)
    }

    /// Every number with its place, in order.
    pub fn iter(&self) -> impl Iterator<Item = (usize, u64)> {
        self.from(0)
    }

    /// Numbers from this one on, with their places.
    pub fn from(&self, least: u64) -> impl Iterator<Item = (usize, u64)> {
        let block = self.firsts.partition_point(|&first| first <= least).saturating_sub(1);
        let mut walk = Walk {
            sorted: self,
            place: block * BLOCK,
            at: self.starts.get(block).map_or(0, |&start| start as usize),
            before: 0,
        };
        let mut next = walk.next();
        while next.is_some_and(|(_, number)| number < least) {
            next = walk.next();
        }
        next.into_iter().chain(walk)
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.number(self.count as u64);
        to.numbers(self.firsts.iter().copied());
        to.numbers(self.starts.iter().map(|&start| u64::from(start)));
        to.bytes(&self.differences);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Sorted> {
        let count = from.number()? as usize;
        let firsts = from.numbers()?;
        let starts: Vec<u32> = from.numbers()?.into_iter().map(|start| start as u32).collect();
        let blocks = count.div_ceil(BLOCK);
        let is_whole = firsts.len() == blocks && starts.len() == blocks;
        is_whole.then_some(Sorted { count, firsts, starts, differences: from.bytes()?.to_vec() })
    }
}

struct Walk<'a> {
    sorted: &'a Sorted,
    place: usize,
    at: usize,
    before: u64,
}

impl Iterator for Walk<'_> {
    type Item = (usize, u64);

    fn next(&mut self) -> Option<(usize, u64)> {
        let place = self.place;
        if place >= self.sorted.count {
            return None;
        }
        let number = if place.is_multiple_of(BLOCK) {
            *self.sorted.firsts.get(place / BLOCK)?
        } else {
            let mut difference = 0;
            let mut shift = 0;
            loop {
                let byte = *self.sorted.differences.get(self.at)?;
                self.at += 1;
                difference |= u64::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            self.before + difference
        };
        self.place += 1;
        self.before = number;
        Some((place, number))
    }
}

fn push_difference(bytes: &mut Vec<u8>, difference: u64) {
    let mut rest = difference;
    while rest >= 0x80 {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}
