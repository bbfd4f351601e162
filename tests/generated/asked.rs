//! Conditions of payers: each name that they may speak of is asked of claims, until one has a value.

use claimgate::scrub::expression::names::{self, Of, Shape};
use claimgate::scrub::expression::{Condition, Lists};
use claimgate::scrub::path::Filed;

use crate::smaller::TODAY;

/// The conditions that no claim has met yet.
pub struct Asked {
    waiting: Vec<(String, Condition)>,
}

impl Asked {
    /// A condition for every name that docs/payers.md lists.
    pub fn new() -> Asked {
        let mut texts = Vec::new();
        of_shape(&names::CLAIM, "", &|has| has.to_owned(), &mut texts);
        of_shape(&names::CLAIM, "claim.", &|has| has.to_owned(), &mut texts);
        of_shape(&names::LINE, "line.", &|has| has.to_owned(), &mut texts);
        texts.push("has(today)".to_owned());
        let compiled = |text: String| {
            let condition = Condition::compile(&text, &Lists::default());
            let condition = condition.unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
            (text, condition)
        };
        Asked { waiting: texts.into_iter().map(compiled).collect() }
    }

    /// Asks a claim, and each of its lines, what none has answered.
    pub fn ask(&mut self, filed: &Filed<'_>) {
        self.waiting.retain(|(text, condition)| {
            let holds = |line| match condition.holds(filed, line, TODAY) {
                Ok(holds) => holds,
                Err(trouble) => panic!("{text}: {}", trouble.in_words()),
            };
            let is_met = match condition.is_of_line {
                true => filed.claim.lines.iter().any(|line| holds(Some(line))),
                false => holds(None),
            };
            !is_met
        });
    }

    /// The conditions that no claim has met.
    pub fn unanswered(&self) -> Vec<&str> {
        self.waiting.iter().map(|(text, _)| text.as_str()).collect()
    }
}

/// A condition for each name of a shape, and of all that stands under it; `around` puts it into the
/// conditions on the lists that it stands in.
fn of_shape(shape: &Shape, path: &str, around: &dyn Fn(&str) -> String, texts: &mut Vec<String>) {
    for name in shape.names {
        let full = format!("{path}{}", name.name);
        match name.of {
            Of::Text | Of::Number | Of::Day => texts.push(around(&format!("has({full})"))),
            Of::Texts => texts.push(around(&format!("0 < size({full})"))),
            Of::Thing(inner) => {
                texts.push(around(&format!("has({full})")));
                of_shape(inner, &format!("{full}."), around, texts);
            }
            Of::Things(inner) => {
                texts.push(around(&format!("0 < size({full})")));
                let one = format!("one{}", path.matches('.').count());
                let within = |has: &str| around(&format!("{full}.exists({one}, {has})"));
                of_shape(inner, &format!("{one}."), &within, texts);
            }
        }
    }
}
