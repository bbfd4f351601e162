//! What items of the queue have in common, and how the work on them ended.

use x12::value::Money;

use super::rows;
use super::values::Value;
use super::work::IS_OPEN;
use crate::change::cases::{
    Alike, BY_PAYMENT, CaseEnd, Count, Ending, EndingTotal, OF_DECISIONS, Others, Undecided, Waits,
};
use crate::change::{ArrivalId, ClaimId, Moment, WorkId, WorkState};
use crate::denials::Category;
use crate::lifecycle::Event;
use crate::reports::facts::DeniedCase;
use crate::store::sqlite::{Row, Session};
use crate::store::{Error, Result, WorkFilter};

/// So many others are named.
pub const NAMED_MAX: u32 = 5;

/// Items that wait, as far as their order depends on them: all of it stands in one index.
pub fn waits(session: &Session<'_>, filter: &WorkFilter) -> Result<Vec<Waits>> {
    let mut statement =
        format!("SELECT id, category, payer, reason, deadline, amount FROM work WHERE {IS_OPEN}");
    let mut values: Vec<Value<'_>> = Vec::new();
    if let Some(category) = filter.category {
        statement.push_str(" AND category = ?");
        values.push(category.name().into());
    }
    if !filter.desk.is_empty() {
        statement.push_str(" AND desk = ?");
        values.push((&filter.desk).into());
    }
    let mut waits = session.query(&statement, &values, |row| {
        Ok(Waits {
            work: WorkId(row.int()?),
            category: rows::category(row)?,
            payer: row.string()?,
            reason: row.string()?,
            deadline: rows::maybe_day(row)?,
            amount: rows::money(row)?,
        })
    })?;
    // Here, for a database would leave the index for the order.
    waits.sort_unstable_by_key(|one: &Waits| one.work);
    Ok(waits)
}

/// Denials and underpayments of a claim that have not ended.
pub fn undecided(session: &Session<'_>, claim: ClaimId) -> Result<Vec<Undecided>> {
    let statement = "SELECT id, category, rule, state, owner, amount, arrival, remitted, ending, EXISTS (SELECT 1 FROM claim_events \
         WHERE claim_events.claim = work.claim AND event = ? AND at >= work.opened_at) \
         FROM work WHERE claim = ? AND (category IN (?, ?, ?) OR (category = ? AND rule IN (?, ?, ?, ?, ?))) \
         AND (ending = '' OR (category = ? AND ending IN (?, ?, ?))) ORDER BY id";
    let [one, other, last] = BY_PAYMENT.map(Ending::name);
    let [too_much, too_little, beyond, stays, estimated] = OF_DECISIONS;
    let values = [
        Event::Appealed.name().into(),
        claim.into(),
        Category::Denied.name().into(),
        Category::Underpaid.name().into(),
        Category::Overpaid.name().into(),
        Category::Unexplained.name().into(),
        too_much.into(),
        too_little.into(),
        beyond.into(),
        stays.into(),
        estimated.into(),
        Category::Denied.name().into(),
        one.into(),
        other.into(),
        last.into(),
    ];
    session.query(statement, &values, |row| {
        Ok(Undecided {
            work: WorkId(row.int()?),
            category: rows::category(row)?,
            rule: row.string()?,
            state: work_state(row)?,
            owner: row.string()?,
            amount: rows::money(row)?,
            arrival: row.maybe_int()?.map(ArrivalId),
            remitted: rows::maybe_offset(row)?,
            ending: rows::maybe_ending(row)?,
            was_appealed: row.int()? != 0,
        })
    })
}

fn work_state(row: &mut Row<'_>) -> Result<WorkState> {
    WorkState::named(row.text()?).ok_or(Error::Unreadable { what: "a state of work" })
}

/// Open items that have something in common with one, without itself.
pub fn others(session: &Session<'_>, id: WorkId, alike: &Alike) -> Result<Others> {
    let mut others = Others::default();
    let Alike { payer, group, reason, remarks, procedure, provider, rule, .. } = alike;
    if !reason.is_empty() {
        // The same conditions as the index has, or it is not used.
        let same = format!(
            "FROM work WHERE {IS_OPEN} AND reason <> '' AND payer = ? AND reason = ? \
             AND adjustment_group = ? AND remarks = ? AND id <> ?"
        );
        let key: [Value<'_>; 5] =
            [payer.into(), reason.into(), group.into(), remarks.into(), id.into()];
        let statement = format!(
            "SELECT procedure, provider, COUNT(*), SUM(amount) {same} \
             GROUP BY procedure, provider"
        );
        let found = session.query(&statement, &key, |row| {
            let (is_procedure, is_provider) = (row.text()? == procedure, row.text()? == provider);
            Ok((is_procedure, is_provider, count(row)?))
        })?;
        for (is_procedure, is_provider, count) in found {
            add(&mut others.codes, count);
            if is_procedure && !procedure.is_empty() {
                add(&mut others.procedure, count);
            }
            if is_provider && !provider.is_empty() {
                add(&mut others.provider, count);
            }
        }
        others.first = first(session, &same, &key)?;
    }
    if !rule.is_empty() {
        let same = format!("FROM work WHERE {IS_OPEN} AND rule <> '' AND rule = ? AND id <> ?");
        let key: [Value<'_>; 2] = [rule.into(), id.into()];
        let statement = format!("SELECT COUNT(*), COALESCE(SUM(amount), 0) {same}");
        others.rule = session.query_one(&statement, &key, count)?.unwrap_or_default();
        if others.first.is_empty() {
            others.first = first(session, &same, &key)?;
        }
    }
    Ok(others)
}

fn first(session: &Session<'_>, same: &str, key: &[Value<'_>]) -> Result<Vec<WorkId>> {
    let statement = format!("SELECT id {same} ORDER BY id LIMIT ?");
    let values: Vec<Value<'_>> = key.iter().copied().chain([NAMED_MAX.into()]).collect();
    session.query(&statement, &values, |row| Ok(WorkId(row.int()?)))
}

fn count(row: &mut Row<'_>) -> Result<Count> {
    Ok(Count { items: rows::number(row)?, amount: rows::money(row)? })
}

fn add(sum: &mut Count, more: Count) {
    sum.items += more.items;
    sum.amount += more.amount;
}

/// How the work on denials and underpayments ended.
pub fn endings(session: &Session<'_>, of: Option<(&str, &str)>) -> Result<Vec<EndingTotal>> {
    let (condition, values) = match of {
        Some((payer, reason)) => {
            ("WHERE payer = ? AND reason = ?", vec![payer.into(), reason.into()])
        }
        None => ("", Vec::new()),
    };
    let statement = format!(
        "SELECT category, payer, adjustment_group, reason, remarks, ending, cases, at_risk, \
         recovered FROM endings {condition} \
         ORDER BY payer, reason, adjustment_group, remarks, category, ending"
    );
    session.query(&statement, &values, |row| {
        Ok(EndingTotal {
            category: rows::category(row)?,
            payer: row.string()?,
            group: row.string()?,
            reason: row.string()?,
            remarks: row.string()?,
            ending: rows::maybe_ending(row)?
                .ok_or(Error::Unreadable { what: "how an item ended" })?,
            cases: rows::number(row)?,
            at_risk: rows::money(row)?,
            recovered: rows::money(row)?,
        })
    })
}

/// Ends the work on an item, and counts it.
pub fn end(session: &Session<'_>, end: &CaseEnd) -> Result<()> {
    let CaseEnd { work, ending, recovered } = *end;
    let statement = "UPDATE work SET ending = ?, recovered = ? WHERE id = ? AND ending = ''";
    let values = [ending.name().into(), recovered.into(), work.into()];
    if session.exec(statement, &values)? != 1 {
        return Err(Error::Stale { what: "item of work" });
    }
    let statement = "INSERT INTO endings (payer, reason, adjustment_group, remarks, category, \
         ending, cases, at_risk, recovered) \
         SELECT payer, reason, adjustment_group, remarks, category, ending, 1, amount, recovered \
         FROM work WHERE id = ? \
         ON CONFLICT (payer, reason, adjustment_group, remarks, category, ending) DO UPDATE SET \
         cases = endings.cases + 1, at_risk = endings.at_risk + excluded.at_risk, \
         recovered = endings.recovered + excluded.recovered";
    session.exec(statement, &[work.into()]).map(drop)
}

/// The work on an item goes on, and its end counts no more.
pub fn resume(session: &Session<'_>, work: WorkId) -> Result<()> {
    let statement = "UPDATE endings SET cases = cases - 1, \
         at_risk = at_risk - (SELECT amount FROM work WHERE id = ?), \
         recovered = recovered - (SELECT recovered FROM work WHERE id = ?) \
         WHERE (payer, reason, adjustment_group, remarks, category, ending) = \
         (SELECT payer, reason, adjustment_group, remarks, category, ending FROM work WHERE id = ?)";
    session.exec(statement, &[work.into(), work.into(), work.into()])?;
    session.exec("DELETE FROM endings WHERE cases = 0", &[])?;
    let statement = "UPDATE work SET ending = '', recovered = 0 WHERE id = ? AND ending <> ''";
    match session.exec(statement, &[work.into()])? {
        1 => Ok(()),
        _ => Err(Error::Stale { what: "item of work" }),
    }
}

/// Items about denials after one, in order, with the office of each claim and the first of those that went
/// out in one another's place.
pub fn denied(session: &Session<'_>, after: WorkId, limit: u32) -> Result<Vec<DeniedCase>> {
    let alike = rows::ALIKE;
    let statement = format!(
        "SELECT work.id, state, opened_at, claim, (WITH RECURSIVE before (id) AS (SELECT work.claim \
         UNION ALL SELECT claims.replaces FROM claims JOIN before ON claims.id = before.id \
         WHERE claims.replaces < claims.id) SELECT MIN(id) FROM before), arrival, remitted, \
         COALESCE((SELECT partner FROM claims WHERE claims.id = work.claim), ''), amount, {alike} \
         FROM work WHERE category = 'denied' AND work.id > ? ORDER BY work.id LIMIT ?"
    );
    session.query(&statement, &[after.into(), limit.into()], |row| {
        let (item, state) = (WorkId(row.int()?), work_state(row)?);
        let opened_at = Moment(row.int()?);
        let [claim, account] = [row.maybe_int()?.map(ClaimId), row.maybe_int()?.map(ClaimId)];
        let arrival = row.maybe_int()?.map(ArrivalId);
        let remitted = rows::maybe_offset(row)?;
        let office = row.string()?;
        let amount: Money = rows::money(row)?;
        let (alike, ending, recovered) = rows::alike(row)?;
        Ok(DeniedCase {
            item,
            state,
            opened_at,
            claim,
            account,
            arrival,
            remitted,
            office,
            alike,
            amount,
            ending,
            recovered,
        })
    })
}
