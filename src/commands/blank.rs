//! A gateway that knows nothing yet: for answering a file without a store.

use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest, Sha256};
use x12::phi::Phi;

use crate::change::{ArrivalId, ClaimId, ContentHash, ProviderEntry, WorkMove};
use crate::contracts::learned::{Key, Rate};
use crate::contracts::terms::Book;
use crate::denials::route::Limits;
use crate::denials::table::Table;
use crate::intake::likeness::{Likeness, Similar};
use crate::intake::{Knowledge, Route, Seen};
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::{Carried, Stranger};
use crate::responses::SentClaim;

/// Knows nothing, routes everything, and numbers from where it is told.
#[derive(Debug)]
pub struct Blank {
    pub first_control_number: u32,
}

impl Knowledge for Blank {
    fn interchange(&self, _: &str, _: &str, _: &ContentHash) -> Seen {
        Seen::No
    }

    fn similar(&self, _: &Likeness) -> Similar {
        Similar::default()
    }

    fn route(&self, payer_id: &str) -> Option<Route> {
        let (payer, limits) = (payer_id.to_owned(), Limits::default());
        Some(Route { payer, is_production: false, limits })
    }

    fn next_number(&self, _: &str) -> u64 {
        u64::from(self.first_control_number)
    }

    fn batch(&self, _: u32) -> Vec<SentClaim> {
        Vec::new()
    }

    fn sent(&self, _: &str) -> Vec<SentClaim> {
        Vec::new()
    }

    fn payable(&self, _: &[(String, String)]) -> Vec<KnownClaim> {
        Vec::new()
    }

    fn alike(&self, _: &[Stranger]) -> Vec<KnownClaim> {
        Vec::new()
    }

    fn remitted_in(&self, _: &str) -> Option<ContentHash> {
        None
    }

    fn step_of_waiting(&self, _: ClaimId, _: (ArrivalId, usize), _: &str) -> Option<WorkMove> {
        None
    }

    fn file(&self, _: &ContentHash) -> Option<Bytes> {
        None
    }

    fn carried(&self, _: &str, _: &str) -> Vec<Carried> {
        Vec::new()
    }

    fn is_billed_for(&self, _: &str) -> bool {
        true
    }

    fn is_trace_used(&self, _: &str, _: &str, _: &str) -> bool {
        false
    }

    fn is_correction_told(&self, _: ClaimId, _: &Phi<String>) -> bool {
        false
    }

    fn paid_as(&self, _: &str, _: Option<&str>) -> Vec<[String; 2]> {
        Vec::new()
    }

    fn adjusted_under(&self, _: (&str, &str), _: &str, _: u32) -> Vec<Vec<ProviderEntry>> {
        Vec::new()
    }

    fn contracts(&self) -> Arc<Book> {
        Arc::default()
    }

    fn denials(&self) -> Arc<Table> {
        Arc::default()
    }

    fn rates(&self, _: &[&Key], _: u32) -> Vec<Rate> {
        Vec::new()
    }

    fn hash(&self, bytes: &[u8]) -> ContentHash {
        let mut digester = Digester::default();
        digester.add(bytes);
        digester.finish()
    }

    fn remits_channel(&self, _: &str) -> Option<String> {
        None
    }

    fn reports_channel(&self, _: &str) -> Option<String> {
        None
    }

    fn office_of(&self, _: &str) -> Option<String> {
        None
    }
}

/// The digest of bytes that come one after another.
#[derive(Debug, Default)]
pub struct Digester {
    digest: Sha256,
}

impl Digester {
    pub fn add(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
    }

    pub fn finish(self) -> ContentHash {
        let digest = self.digest.finalize();
        ContentHash(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}
