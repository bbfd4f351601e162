//! A remittance as a page: what was paid for each claim, and why not all of it.
//!
//! The page stands alone, prints well, and runs nothing. What comes out of the file is escaped.

use std::io::{self, Write};

use askama::Template;
use x12::value::{Day, Decimal};

use crate::convert::statement::{Claim, Line, Reason, Statement};

/// Begins the page of one file's remittances.
pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(written(&Beginning).as_bytes())
}

/// Writes one of them.
pub fn remittance(statement: &Statement, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "\n{}", written(&Remittance { statement }))
}

/// Ends the page.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    write!(out, "\n{}", written(&End))
}

fn written(template: &dyn askama::DynTemplate) -> String {
    template.dyn_render().expect("texts and amounts can be written to memory")
}

#[derive(Template)]
#[template(path = "eob-beginning.html")]
struct Beginning;

#[derive(Template)]
#[template(path = "eob.html")]
struct Remittance<'a> {
    statement: &'a Statement,
}

/// What was decided for one claim, to stand in a page.
pub fn claim(claim: &Claim) -> String {
    written(&ClaimSection { claim })
}

#[derive(Template)]
#[template(path = "eob-claim.html")]
struct ClaimSection<'a> {
    claim: &'a Claim,
}

#[derive(Template)]
#[template(path = "eob-end.html")]
struct End;

/// What stands where there is nothing to say.
const DASH: &str = "–";

// What the page asks of a remittance.

impl Statement {
    fn day(&self) -> String {
        days(self.paid_on, None)
    }

    fn charged(&self) -> Decimal {
        self.claims.iter().map(|claim| claim.charge).sum()
    }

    fn paid_for_claims(&self) -> Decimal {
        self.claims.iter().map(|claim| claim.paid).sum()
    }

    fn left_for_patients(&self) -> Decimal {
        self.claims.iter().map(|claim| claim.patient_responsibility).sum()
    }

    /// What was added to the payment beside the claims; negative when it was taken off.
    fn beside_claims(&self) -> Decimal {
        -self.provider_adjustments.iter().map(|balance| balance.amount).sum::<Decimal>()
    }

    /// The reasons of all claims and lines, each once.
    fn reasons(&self) -> Vec<&Reason> {
        let mut reasons: Vec<&Reason> =
            self.claims.iter().flat_map(Claim::all_adjustments).collect();
        reasons.sort_by(|a, b| (&a.group, &a.code).cmp(&(&b.group, &b.code)));
        reasons.dedup_by(|a, b| (&a.group, &a.code) == (&b.group, &b.code));
        reasons
    }
}

impl Claim {
    fn days(&self) -> String {
        days(self.from, self.to)
    }

    fn patient(&self) -> String {
        match self.patient_first_name.is_empty() {
            true => self.patient_last_name.clone(),
            false => format!("{}, {}", self.patient_last_name, self.patient_first_name),
        }
    }
}

impl Line {
    fn days(&self) -> String {
        days(self.from, self.to)
    }

    fn service(&self) -> String {
        let codes = [self.revenue_code.clone(), self.procedure.clone(), self.modifiers.join(" ")];
        let told: Vec<String> = codes.into_iter().filter(|code| !code.is_empty()).collect();
        told.join(" ")
    }

    fn allowed_amount(&self) -> String {
        self.allowed.map_or_else(|| DASH.to_owned(), |amount| amount.to_string())
    }
}

fn days(from: Option<Day>, to: Option<Day>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from != to => format!("{from} to {to}"),
        (Some(day), _) | (None, Some(day)) => day.to_string(),
        (None, None) => DASH.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_comes_out_of_the_file() {
        let mut statement = Statement { trace: "<script>\"&'".to_owned(), ..Statement::default() };
        statement.payer.name = "<b>".to_owned();
        let page = written(&Remittance { statement: &statement });
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
    }
}
