//! Which rules hold for which payer, and how hard.

use std::sync::Arc;

use x12::value::Day;
use x12::view::claim::Claim;

use super::{Context, Earlier, Finding, Rule, rules, scrub};
use crate::code_sets::library::Library;

/// Everything that claims are scrubbed with.
#[derive(Clone, Debug)]
pub struct Rulebook {
    pub rules: Vec<&'static Rule>,
    pub codes: Arc<Library>,
}

impl Rulebook {
    /// All rules, with the code sets that are built in.
    pub fn built_in() -> Rulebook {
        Rulebook { rules: rules::ALL.to_vec(), codes: Library::built_in() }
    }

    /// What is wrong with a claim, in the order of its segments.
    pub fn scrub(&self, claim: &Claim<'_>, today: Day, earlier: Earlier) -> Vec<Finding> {
        let context = Context { today, earlier, codes: Arc::clone(&self.codes) };
        scrub(claim, &context, &self.rules)
    }
}
