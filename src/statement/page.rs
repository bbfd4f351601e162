//! A statement as a page to print. It stands alone and runs nothing; what comes out of claims is
//! escaped.

use askama::Template;
use x12::value::Day;

use super::{Bill, Statement};

#[derive(Template)]
#[template(path = "statement.html")]
struct Page<'a> {
    statement: &'a Statement,
}

/// The page.
pub fn page(statement: &Statement) -> String {
    Page { statement }.render().expect("texts and amounts can be written to memory")
}

// What the page asks.

impl Statement {
    fn day(&self) -> String {
        day(self.made_on)
    }
}

impl Bill {
    fn days(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from != to => format!("{from} to {to}"),
            (from, to) => day(from.or(to)),
        }
    }
}

fn day(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
