//! Decisions that a seed and the place in the claim make together. One place decides nothing of
//! another: when a part is left out, all else stays as it was, so that a claim can be made smaller
//! and still be the same claim.

use std::cell::RefCell;
use std::collections::BTreeSet;

/// How likely what need not be there is there, in percent: bare claims, full ones, and between.
const FULLNESS: [u64; 4] = [4, 20, 55, 92];

/// What is decided by chance, the same for a seed whenever it is asked.
#[derive(Debug)]
pub struct Chance {
    seed: u64,
    /// Places that stay empty, though the seed would fill them.
    left_out: BTreeSet<String>,
    /// Places that were filled.
    filled: RefCell<Vec<String>>,
}

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance { seed, left_out: BTreeSet::new(), filled: RefCell::default() }
    }

    /// The same without what stands at these places.
    pub fn without(seed: u64, left_out: BTreeSet<String>) -> Chance {
        Chance { left_out, ..Chance::new(seed) }
    }

    /// Whether what need not stand at a place stands there.
    pub fn fills(&self, place: &str) -> bool {
        let fullness = FULLNESS[(self.seed % 4) as usize];
        self.happens(place, fullness)
    }

    /// Whether something happens at a place, so many times in a hundred.
    pub fn happens(&self, place: &str, percent: u64) -> bool {
        let happens = self.number(place) % 100 < percent && !self.left_out.contains(place);
        if happens {
            self.filled.borrow_mut().push(place.to_owned());
        }
        happens
    }

    /// One of `all`.
    pub fn pick<'a, T: ?Sized>(&self, place: &str, all: &[&'a T]) -> &'a T {
        all[self.below(place, all.len())]
    }

    /// A number less than `bound`.
    pub fn below(&self, place: &str, bound: usize) -> usize {
        // Another number than the one that decided whether anything is there at all.
        (mixed(self.number(place)) % bound as u64) as usize
    }

    /// The places that were filled so far.
    pub fn filled(&self) -> Vec<String> {
        self.filled.borrow().clone()
    }

    /// FNV-1a of the place, mixed with the seed.
    fn number(&self, place: &str) -> u64 {
        let hash = place.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        mixed(hash ^ mixed(self.seed))
    }
}

/// The last steps of SplitMix64.
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
