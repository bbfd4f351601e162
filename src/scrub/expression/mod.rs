//! Conditions in CEL, the Common Expression Language, about one claim.
//!
//! The syntax is CEL's and read by its parser. Names and kinds are checked when a rule is loaded,
//! against what a claim is known to have, so that no condition fails for a misspelt name while
//! claims wait; and it is asked by an evaluator of ours that counts its steps, because the one that
//! comes with the parser can be stopped by nothing.

pub mod names;

mod kinds;
mod patterns;
mod run;
mod steps;
mod tree;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use cel::Env;
use x12::value::Day;
use x12::view::claim::Line;

use super::path::Filed;
use crate::limits::{EXPRESSION_BYTES_MAX, EXPRESSION_DEPTH_MAX};
use kinds::Checker;
pub use kinds::{FUNCTIONS, distance};
pub use patterns::{Pattern, Patterns};
use run::Run;
pub use steps::Budget;
use tree::Node;

/// A condition that was checked.
#[derive(Debug)]
pub struct Condition {
    root: Node,
    /// It speaks of `line`, so it is asked of each line.
    pub is_of_line: bool,
}

/// What is wrong with a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The characters that are wrong.
    pub at: Range<usize>,
    pub what: String,
}

/// Named lists of codes that conditions may speak of.
pub type Lists = BTreeMap<String, Arc<NamedList>>;

/// One of them. All conditions that speak of it share it.
#[derive(Debug)]
pub struct NamedList {
    texts: Vec<String>,
    known: HashSet<String>,
}

impl NamedList {
    /// A list of these texts.
    pub fn new(texts: Vec<String>) -> NamedList {
        let known = texts.iter().cloned().collect();
        NamedList { texts, known }
    }

    /// As they were written.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Whether it is one of them.
    pub fn has(&self, text: &str) -> bool {
        self.known.contains(text)
    }
}

/// Why a condition has no answer for a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    TooManySteps,
    /// This and what was asked of the claim before it.
    TooManyStepsForClaim,
    TooLarge,
}

impl Trouble {
    pub const fn in_words(self) -> &'static str {
        match self {
            Trouble::TooManySteps => "it takes more steps than a condition may take",
            Trouble::TooManyStepsForClaim => {
                "the payer's rules together take more steps than a claim may take"
            }
            Trouble::TooLarge => "a number in it grows out of bounds",
        }
    }
}

impl Condition {
    /// Reads and checks a condition; lists all that is wrong with it.
    pub fn compile(
        text: &str,
        lists: &Lists,
        patterns: &mut Patterns,
    ) -> Result<Condition, Vec<Wrong>> {
        let all = 0..text.chars().count();
        if text.len() > EXPRESSION_BYTES_MAX {
            let what = format!(
                "a condition has at most {EXPRESSION_BYTES_MAX} characters; say it in several rules"
            );
            return Err(vec![Wrong { at: 0..1, what }]);
        }
        if nests_too_deep(text) {
            let what = format!(
                "brackets stand in each other more than {EXPRESSION_DEPTH_MAX} deep; say it in \
                 several rules"
            );
            return Err(vec![Wrong { at: 0..1, what }]);
        }
        // Without its macros the parser leaves `exists` and its kin as they are written.
        let parser = Env::default().parser().max_recursion_depth(EXPRESSION_DEPTH_MAX as u16);
        let parsed = parser.enable_optional_syntax(false).parse_with_source_info(text);
        let (parsed, source) = parsed.map_err(|errors| {
            let wrong = errors.errors.iter().map(|error| Wrong {
                at: place_of(text, error.pos),
                what: format!("this is not CEL: {}", error.msg),
            });
            let wrong: Vec<Wrong> = wrong.take(WRONG_MAX).collect();
            if wrong.is_empty() {
                vec![Wrong { at: all.clone(), what: NOT_CEL.into() }]
            } else {
                wrong
            }
        })?;
        let mut checker = Checker::new(&source, lists, patterns);
        match checker.truth(&parsed) {
            Some(root) if checker.wrong.is_empty() => {
                Ok(Condition { root, is_of_line: checker.speaks_of_line })
            }
            Some(_) | None => Err(checker.wrong),
        }
    }

    /// Whether it holds for a claim, or for one line of it.
    pub fn holds(
        &self,
        filed: &Filed<'_>,
        line: Option<&Line<'_>>,
        today: Day,
        budget: &mut Budget,
    ) -> Result<bool, Trouble> {
        let mut run = Run::new(filed, line, today, budget.of_condition());
        let found = run.truth(&self.root);
        budget.settle(run.steps());
        found
    }
}

const NOT_CEL: &str = "this is not CEL";

/// So many faults of the syntax are told; one leads to others.
const WRONG_MAX: usize = 3;

/// The parser's line and column, from 1 and 0, as characters.
fn place_of(text: &str, (line, column): (isize, isize)) -> Range<usize> {
    let line = usize::try_from(line).unwrap_or(1).max(1);
    let before: usize = text.split_inclusive('\n').take(line - 1).map(|l| l.chars().count()).sum();
    let at = before + usize::try_from(column - 1).unwrap_or_default();
    at..at + 1
}

/// Whether brackets nest past the bound; those in texts count too, which harms nobody.
fn nests_too_deep(text: &str) -> bool {
    let mut depth = 0usize;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > EXPRESSION_DEPTH_MAX {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests;
