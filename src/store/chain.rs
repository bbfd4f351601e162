//! The ledger as a chain: each posting is drawn into the digest of all before it. Whoever reads the
//! postings again from the first one comes to the same digest, or something was changed.

use sha2::{Digest, Sha256};

use crate::ledger::Posting;

/// Where the chain ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// How many postings are in it.
    pub postings: u64,
    pub digest: [u8; 32],
}

impl Chain {
    /// Draws in the next posting.
    pub fn add(&mut self, posting: &Posting) {
        let Posting { account, claim, line, amount, reason, source } = posting;
        let mut digest = Sha256::new();
        digest.update(self.digest);
        digest.update(account.name());
        digest.update([0]);
        digest.update(claim.map_or(0, |claim| claim.0).to_le_bytes());
        digest.update(amount.cents().to_le_bytes());
        digest.update((source.offset as u64).to_le_bytes());
        digest.update(source.segment.to_le_bytes());
        // Last, and apart: neither has a zero byte in it.
        digest.update(line);
        digest.update([0]);
        digest.update(reason);
        self.digest = digest.finalize().into();
        self.postings += 1;
    }

    /// The digest in hexadecimal.
    pub fn hex(&self) -> String {
        self.digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
