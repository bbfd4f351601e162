//! The code sets at hand: those that are built in, and those that the operator has imported.

use std::sync::Arc;

use x12::value::Day;

use super::{SetInfo, Standing};

/// What rules ask for codes.
#[derive(Debug, Default)]
pub struct Library {}

impl Library {
    /// What is built in, and nothing else.
    pub fn built_in() -> Arc<Library> {
        Arc::new(Library::default())
    }

    /// Whether a set is at hand.
    pub fn has(&self, set: &str) -> bool {
        self.info(set).is_some()
    }

    /// What the code of the named set is worth on the day; `None` when the set is not at hand.
    pub fn standing(&self, set: &str, code: &[u8], on: Day) -> Option<Standing> {
        self.info(set).map(|info| (info.standing)(code, on))
    }

    /// Which publication answers for the named set.
    pub fn edition(&self, set: &str) -> Option<&str> {
        self.info(set).map(|info| info.edition)
    }

    fn info(&self, set: &str) -> Option<&'static SetInfo> {
        super::named(set)
    }
}
