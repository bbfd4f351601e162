//! Conditions of payers: each name that they may speak of is asked of claims, until one has a value.

use std::collections::BTreeSet;

use claimgate::scrub::expression::names::{self, Of, Shape};
use claimgate::scrub::expression::{Budget, Condition, Lists, Patterns};
use claimgate::scrub::path::Filed;

use crate::smaller::TODAY;

/// The names that no claim has had a value for yet.
pub struct Asked {
    waiting: Vec<Question>,
}

struct Question {
    /// What has the name, and the name, as docs/payers.md lists them.
    name: String,
    text: String,
    condition: Condition,
}

impl Asked {
    /// A condition for every name, in every place where it may be said.
    pub fn new() -> Asked {
        let mut asked = Asked { waiting: Vec::new() };
        asked.add("today".to_owned(), "has(today)".to_owned());
        asked.add_shape(&names::CLAIM, "", &|has| has.to_owned());
        asked.add_shape(&names::CLAIM, "claim.", &|has| has.to_owned());
        asked.add_shape(&names::LINE, "line.", &|has| has.to_owned());
        asked
    }

    /// Adds each name of a shape, and of all that stands under it; `around` puts a condition into
    /// those on the lists that it stands in.
    fn add_shape(&mut self, shape: &Shape, path: &str, around: &dyn Fn(&str) -> String) {
        for name in shape.names {
            let full = format!("{path}{}", name.name);
            let said = format!("{} of {}", name.name, shape.what);
            let has = match name.of {
                Of::Text | Of::Number | Of::Day | Of::Thing(_) => format!("has({full})"),
                Of::Texts | Of::Things(_) => format!("0 < size({full})"),
            };
            self.add(said, around(&has));
            match name.of {
                Of::Text | Of::Number | Of::Day | Of::Texts => {}
                Of::Thing(inner) => self.add_shape(inner, &format!("{full}."), around),
                Of::Things(inner) => {
                    let one = format!("one{}", path.matches('.').count());
                    let within = |has: &str| around(&format!("{full}.exists({one}, {has})"));
                    self.add_shape(inner, &format!("{one}."), &within);
                }
            }
        }
    }

    fn add(&mut self, name: String, text: String) {
        let condition = Condition::compile(&text, &Lists::default(), &mut Patterns::of_payer());
        let condition = condition.unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
        self.waiting.push(Question { name, text, condition });
    }

    /// Asks a claim, and each of its lines, for what none has had.
    pub fn ask(&mut self, filed: &Filed<'_>) {
        let is_met = |question: &Question| {
            let Question { text, condition, .. } = question;
            let holds = |line| match condition.holds(filed, line, TODAY, &mut Budget::of_claim()) {
                Ok(holds) => holds,
                Err(trouble) => panic!("{text}: {}", trouble.in_words()),
            };
            match condition.is_of_line {
                true => filed.claim.lines.iter().any(|line| holds(Some(line))),
                false => holds(None),
            }
        };
        // What one provider has, all have.
        let met = self.waiting.iter().filter(|question| is_met(question));
        let met: BTreeSet<String> = met.map(|question| question.name.clone()).collect();
        self.waiting.retain(|question| !met.contains(&question.name));
    }

    /// The names that no claim has had a value for.
    pub fn unanswered(&self) -> BTreeSet<&str> {
        self.waiting.iter().map(|question| question.name.as_str()).collect()
    }
}
