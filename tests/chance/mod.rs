//! Chance that can be had again: a test prints its seed, and the seed repeats the run.

use std::time::SystemTime;

/// `TEST_SEED`, which repeats a run, or the time.
pub fn seed() -> u64 {
    if let Ok(seed) = std::env::var("TEST_SEED") {
        return seed.parse().expect("a number");
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    now.as_micros() as u64
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
#[derive(Debug)]
pub struct Chance(pub u64);

impl Chance {
    /// A number less than `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
    /// A place in a list.
    pub fn index(&mut self, len: usize) -> usize {
        self.below(len as u64) as usize
    }
}
