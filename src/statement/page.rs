//! A statement as a page to print. It stands alone and runs nothing; what comes out of claims is
//! escaped.

use askama::Template;
use x12::value::{Day, Money};

use super::{Bill, Statement};
use crate::harmless;

#[derive(Template)]
#[template(path = "statement.html")]
struct Page<'a> {
    statement: &'a Statement,
}

/// The page.
pub fn page(statement: &Statement) -> String {
    let page = Page { statement }.render().expect("texts and amounts can be written to memory");
    harmless::lines(&page).into_owned()
}

// What the page asks.

impl Statement {
    fn day(&self) -> String {
        day(self.made_on)
    }

    /// What is asked for, or what the patient is owed.
    fn due(&self) -> String {
        let balance = self.balance();
        if balance.is_negative() {
            format!("Your account has a credit of {}", balance.abs())
        } else if balance.is_zero() {
            "You owe nothing".to_owned()
        } else {
            format!("You owe {balance}")
        }
    }

    /// Where that comes from.
    fn why_due(&self) -> &'static str {
        let paid: Money = self.bills.iter().map(|bill| bill.paid_at_visit).sum();
        match (self.balance().is_negative(), paid.is_zero()) {
            (true, _) => {
                "You paid more at the visit than your insurance left for you to pay. Nothing is asked of you \
                 for these services; ask us to give the credit back."
            }
            (false, true) => {
                "This is what your insurance left for you to pay. Nothing else is asked of you for these \
                 services."
            }
            (false, false) => {
                "This is what your insurance left for you to pay, less what you paid at the visit. Nothing \
                 else is asked of you for these services."
            }
        }
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
