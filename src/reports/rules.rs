//! How payers keep the rules of the 835: a scorecard.

use std::collections::BTreeMap;

use x12::value::Day;

use super::cells::{Cell, Column, Kind, column, text};
use super::facts::Remittance;
use super::{Asked, Row};
use crate::reconcile::rules::rule;

pub const COLUMNS: &[Column] = &[
    text("payer", 16),
    text("rule", 8),
    text("says", 60),
    text("rfis", 20),
    text("effect", 18),
    column("remittances", Kind::Count),
    column("breaking", Kind::Count),
    column("share", Kind::Share),
    column("times", Kind::Count),
    column("last", Kind::Day),
];

pub const MEAN: &[&str] = &[
    "one row for each payer and rule (V01 to V47, and C360 where the tables of CORE 360 are imported) that it broke, but for what is only noted and no fault (V27); a payer that broke none has one row without a rule",
    "rfis: X12's own answers to requests for interpretation that say so, by their numbers",
    "effect: what becomes of what breaks the rule",
    "remittances: those of the payer (ST to SE) within the days asked for; breaking: those of them that break the rule; share: breaking of remittances, in percent",
    "times: how often in all; last: the last day of payment of one that breaks it",
    "of remittances recorded before the rules were kept (V0007) none is counted as breaking any",
    "of an office: remittances that speak of a claim of it",
];

/// Payers so far.
#[derive(Debug, Default)]
pub struct Scorecard {
    payers: BTreeMap<String, Payer>,
}

#[derive(Debug, Default)]
struct Payer {
    remittances: u64,
    broken: BTreeMap<String, Broken>,
}

#[derive(Debug, Default)]
struct Broken {
    remittances: u64,
    times: u64,
    last: Option<Day>,
}

impl Scorecard {
    /// Takes a remittance, when it is asked for.
    pub fn take(&mut self, remittance: &Remittance, asked: &Asked) {
        let has_office = asked.office.is_none()
            || remittance.claims.iter().any(|told| asked.is_office(&told.office));
        let is_asked = asked.is_within(remittance.paid_on) && asked.is_payer(&remittance.payer);
        if !is_asked || !has_office {
            return;
        }
        let payer = self.payers.entry(remittance.payer.clone()).or_default();
        payer.remittances += 1;
        for (id, times) in remittance.broken.iter().filter(|(id, _)| rule(id).is_fault()) {
            let broken = payer.broken.entry(id.clone()).or_default();
            broken.remittances += 1;
            broken.times += u64::from(*times);
            broken.last = remittance.paid_on.max(broken.last);
        }
    }

    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (name, payer) in &self.payers {
            if payer.broken.is_empty() {
                let mut row = vec![Cell::text(name)];
                row.extend([const { Cell::Empty }; 4]);
                row.extend([Cell::Count(payer.remittances), Cell::Count(0), Cell::Share(0)]);
                row.extend([Cell::Count(0), Cell::Empty]);
                rows.push(row);
            }
            for (id, broken) in &payer.broken {
                let known = rule(id);
                let rfis: Vec<String> = known.rfis.iter().map(u16::to_string).collect();
                rows.push(vec![
                    Cell::text(name),
                    Cell::text(id),
                    Cell::text(known.name),
                    Cell::text(&rfis.join(", ")),
                    Cell::text(known.effect.name()),
                    Cell::Count(payer.remittances),
                    Cell::Count(broken.remittances),
                    Cell::share(broken.remittances, payer.remittances),
                    Cell::Count(broken.times),
                    Cell::day(broken.last),
                ]);
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::ArrivalId;

    #[test]
    fn what_is_only_noted_is_no_rule_that_a_payer_broke() {
        let remittance = |id, broken: &[&str]| Remittance {
            id,
            arrival: ArrivalId(id),
            payer: "acme".to_owned(),
            payee: String::new(),
            trace: String::new(),
            paid_on: None,
            amount: x12::value::Money::ZERO,
            is_balanced: true,
            claims: Vec::new(),
            broken: broken.iter().map(|rule| ((*rule).to_owned(), 1)).collect(),
        };
        let mut card = Scorecard::default();
        card.take(&remittance(1, &["V27"]), &Asked::default());
        assert_eq!(card.rows().iter().map(|row| row[1].clone()).collect::<Vec<_>>(), [Cell::Empty]);
        card.take(&remittance(2, &["V12", "V27"]), &Asked::default());
        let rules: Vec<Cell> = card.rows().iter().map(|row| row[1].clone()).collect();
        assert_eq!(rules, [Cell::text("V12")]);
    }
}
