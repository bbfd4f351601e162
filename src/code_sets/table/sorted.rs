//! Whole numbers in rising order, kept in a byte or two each and found without unpacking them all.

use std::ops::Range;

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
    hints: Hints,
}

/// Of numbers that begin with the same bits, the block to look in: a search among all blocks would
/// wait for memory at each of its steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Hints {
    /// How many low bits are left out.
    shift: u32,
    /// For each beginning, how many blocks start below it.
    below: Vec<u32>,
}

impl Hints {
    /// About as many beginnings as there are blocks.
    fn new(firsts: &[u64]) -> Hints {
        let Some(&last) = firsts.last() else { return Hints::default() };
        let bits = u64::BITS - last.leading_zeros();
        let shift = bits.saturating_sub(firsts.len().next_power_of_two().ilog2());
        let mut below = Vec::with_capacity((last >> shift) as usize + 2);
        for (block, first) in firsts.iter().enumerate() {
            below.resize(below.len().max((first >> shift) as usize + 1), block as u32);
        }
        below.push(firsts.len() as u32);
        Hints { shift, below }
    }

    /// The blocks that start among the numbers with the same beginning.
    fn around(&self, number: u64) -> Range<usize> {
        let beginning = usize::try_from(number >> self.shift).unwrap_or(usize::MAX);
        let all = self.below.last().copied().unwrap_or_default();
        let at = |place: usize| self.below.get(place).copied().unwrap_or(all) as usize;
        at(beginning)..at(beginning.saturating_add(1))
    }
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
        sorted.hints = Hints::new(&sorted.firsts);
        sorted
    }

    pub const fn len(&self) -> usize {
        self.count
    }

    /// The place of a number; `None` when it is not in the set.
    pub fn find(&self, wanted: u64) -> Option<usize> {
        let block = self.block_of(wanted);
        let mut number = *self.firsts.get(block)?;
        let mut place = block * BLOCK;
        let last = (place + BLOCK).min(self.count) - 1;
        let mut differences = self.differences_from(block);
        while number < wanted && place < last {
            number += next_difference(&mut differences)?;
            place += 1;
        }
        (number == wanted).then_some(place)
    }

    fn differences_from(&self, block: usize) -> std::slice::Iter<'_, u8> {
        let start = self.starts.get(block).map_or(0, |&start| start as usize);
        self.differences.get(start..).unwrap_or_default().iter()
    }

    /// The last block that starts at or below a number; the first when none does.
    fn block_of(&self, number: u64) -> usize {
        let around = self.hints.around(number);
        let starts_below = |&first: &u64| first <= number;
        let among = self.firsts.get(around.clone()).unwrap_or_default();
        (around.start + among.partition_point(starts_below)).saturating_sub(1)
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
        let block = self.block_of(least);
        let mut walk = Walk {
            sorted: self,
            place: block * BLOCK,
            differences: self.differences_from(block),
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
        let is_whole = firsts.len() == blocks && starts.len() == blocks && firsts.is_sorted();
        if !is_whole {
            return None;
        }
        let hints = Hints::new(&firsts);
        Some(Sorted { count, firsts, starts, differences: from.bytes()?.to_vec(), hints })
    }
}

struct Walk<'a> {
    sorted: &'a Sorted,
    place: usize,
    differences: std::slice::Iter<'a, u8>,
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
            self.before + next_difference(&mut self.differences)?
        };
        self.place += 1;
        self.before = number;
        Some((place, number))
    }
}

fn next_difference(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u64> {
    let mut difference = 0;
    let mut shift = 0;
    loop {
        let byte = *bytes.next()?;
        difference |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return Some(difference);
        }
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
