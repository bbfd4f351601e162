//! The correction queue.

use super::rows;
use super::values::Value;
use crate::change::{ClaimId, Moment, WorkId};
use crate::denials::Category;
use crate::lifecycle::Event;
use crate::scrub::Severity;
use crate::store::sqlite::Session;
use crate::store::{KeptOverride, Result, Work, WorkFilter};

/// As the index of open work has it.
pub const IS_OPEN: &str = "state IN ('open', 'taken')";

/// Items of the queue: those with the nearest deadline first, those without one last.
pub fn work(session: &Session<'_>, filter: &WorkFilter) -> Result<Vec<Work>> {
    let mut statement = format!("{} WHERE 1 = 1", rows::WORK);
    let mut values: Vec<Value<'_>> = Vec::new();
    if filter.open_only {
        statement.push_str(" AND ");
        statement.push_str(IS_OPEN);
    }
    if let Some(category) = filter.category {
        statement.push_str(" AND category = ?");
        values.push(category.name().into());
    }
    if !filter.desk.is_empty() {
        statement.push_str(" AND desk = ?");
        values.push((&filter.desk).into());
    }
    if let Some(claim) = filter.claim {
        statement.push_str(" AND claim = ?");
        values.push(claim.into());
    }
    statement.push_str(" ORDER BY deadline IS NULL, deadline, id");
    if filter.limit > 0 {
        statement.push_str(" LIMIT ?");
        values.push(filter.limit.into());
    }
    session.query(&statement, &values, rows::work)
}

/// The bytes of the CLPs that an item tells of.
pub fn clps_of(session: &Session<'_>, work: WorkId) -> Result<Vec<usize>> {
    let statement = "SELECT place_offset FROM work_clps WHERE work = ? ORDER BY place_offset";
    session.query(statement, &[work.into()], rows::number)
}

/// Open items by category: how many, and since when the oldest waits.
pub fn queue_depth(session: &Session<'_>) -> Result<Vec<(Category, u64, Moment)>> {
    let statement = format!(
        "SELECT category, COUNT(*), MIN(opened_at) FROM work WHERE {IS_OPEN} GROUP BY category"
    );
    let mut depth = session.query(&statement, &[], |row| {
        Ok((rows::category(row)?, rows::number(row)?, Moment(row.int()?)))
    })?;
    depth.sort_by_key(|&(category, ..): &(Category, u64, Moment)| category);
    Ok(depth)
}

/// Holds that a person let pass, of a claim or of all, oldest first.
pub fn overrides(session: &Session<'_>, claim: Option<ClaimId>) -> Result<Vec<KeptOverride>> {
    let (condition, values) = match claim {
        Some(claim) => ("WHERE claim = ?", vec![claim.into()]),
        None => ("", Vec::new()),
    };
    let statement = format!("{} {condition} ORDER BY id", rows::OVERRIDES);
    session.query(&statement, &values, rows::kept_override)
}

/// How many claims people let pass in spite of each rule.
pub fn overridden_by_rule(session: &Session<'_>) -> Result<Vec<(String, u64)>> {
    let statement = "SELECT rule, COUNT(DISTINCT claim) FROM overrides GROUP BY rule ORDER BY rule";
    session.query(statement, &[], |row| Ok((row.string()?, rows::number(row)?)))
}

/// How many claims each rule held when they came.
pub fn held_by_rule(session: &Session<'_>) -> Result<Vec<(String, u64)>> {
    let statement = "SELECT code, COUNT(DISTINCT claim) FROM findings AS held WHERE severity = ? \
         AND EXISTS (SELECT 1 FROM claim_events WHERE claim = held.claim AND event = ?) \
         GROUP BY code ORDER BY code";
    let values = [Severity::Hold.name().into(), Event::HeldBack.name().into()];
    session.query(statement, &values, |row| Ok((row.string()?, rows::number(row)?)))
}
