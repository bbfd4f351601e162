//! Where items stand in the queue and why, and what others like them are and came to.

use std::collections::HashMap;
use std::io::Write;

use serde_json::{Value, json};
use x12::value::{Day, Money};

use crate::change::cases::{
    Count, EndingTotal, Others, PAID_ELSEWHERE, TOO_LITTLE, TOO_MUCH, Waits,
};
use crate::commands::{Failure, count};
use crate::denials::Category;
use crate::denials::priority::{Place, Record, Stake, has_record, place};
use crate::store::{Store, Work, WorkFilter};

/// What came of denials and underpayments, by category, payer and reason.
#[derive(Debug, Default)]
struct Records(HashMap<(Category, String, String), Record>);

impl Records {
    fn of(totals: &[EndingTotal]) -> Records {
        let mut records = Records::default();
        for total in totals {
            let key = (total.category, total.payer.clone(), total.reason.clone());
            let record = records.0.entry(key).or_default();
            record.cases += total.cases;
            record.at_risk += total.at_risk;
            record.recovered += total.recovered;
        }
        records
    }

    fn find(&self, category: Category, payer: &str, reason: &str) -> Record {
        if !has_record(category) {
            return Record::default();
        }
        let key = (category, payer.to_owned(), reason.to_owned());
        self.0.get(&key).copied().unwrap_or_default()
    }
}

/// Items that wait, those first that may bring most and are due soonest.
pub(super) fn ranked(
    store: &dyn Store,
    filter: &WorkFilter,
    today: Day,
) -> Result<Vec<Work>, Failure> {
    let records = Records::of(&store.endings(None)?);
    let waits = store.waits(filter)?;
    let score = |one: &Waits| {
        let record = records.find(one.category, &one.payer, &one.reason);
        let Waits { category, amount, deadline, .. } = *one;
        place(&Stake { category, amount, deadline }, &record, today).score
    };
    let mut order: Vec<(i64, &Waits)> = waits.iter().map(|one| (score(one), one)).collect();
    order.sort_by_key(|(score, one)| {
        (std::cmp::Reverse(*score), one.deadline.is_none(), one.deadline, one.work)
    });
    if filter.limit > 0 {
        order.truncate(filter.limit as usize);
    }
    let mut items = Vec::with_capacity(order.len());
    for (_, one) in order {
        items.extend(store.work_item(one.work)?);
    }
    Ok(items)
}

/// All that there is to say of an item beside itself.
#[derive(Debug)]
pub(super) struct Beside {
    place: Place,
    why: String,
    others: Others,
    /// How alike items ended, of the same payer and reason.
    endings: Vec<EndingTotal>,
}

/// What others are like an item, and where it stands by what they came to.
pub(super) fn beside(store: &dyn Store, item: &Work, today: Day) -> Result<Beside, Failure> {
    let alike = &item.alike;
    let mut endings = match has_record(item.category) && !alike.payer.is_empty() {
        true => store.endings(Some((&alike.payer, &alike.reason)))?,
        false => Vec::new(),
    };
    endings.retain(|total| total.category == item.category);
    let record = Records::of(&endings).find(item.category, &alike.payer, &alike.reason);
    let stake = Stake { category: item.category, amount: item.amount, deadline: item.deadline };
    let place = place(&stake, &record, today);
    let why = place.told(&stake, &record, today);
    let others = store.others(item.id, alike)?;
    Ok(Beside { place, why, others, endings })
}

pub(super) fn write_beside(
    item: &Work,
    beside: &Beside,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if item.state.is_open() {
        writeln!(out, "  why here:      {}", beside.why)?;
    }
    if let Some(ending) = item.ending {
        writeln!(out, "  ended:         {}, {} came in", ending.name(), item.recovered)?;
    }
    if item.category == Category::Denied {
        writeln!(out, "  CORE 360:      {}", item.alike.core.told())?;
    }
    for line in others_told(item, &beside.others) {
        writeln!(out, "  alike:         {line}")?;
    }
    if item.ending.is_none() && !beside.endings.is_empty() {
        let told: Vec<String> = by_ending(&beside.endings)
            .into_iter()
            .map(|(name, cases, at_risk, recovered)| {
                format!("{cases} {name} ({recovered} of {at_risk})")
            })
            .collect();
        writeln!(out, "  alike ended:   {}", told.join(", "))?;
    }
    Ok(())
}

fn others_told(item: &Work, others: &Others) -> Vec<String> {
    let of = |one: Count| format!("{} over {}", count(one.items, "open item"), one.amount);
    let mut told = Vec::new();
    let alike = &item.alike;
    if others.codes.items > 0 {
        let with =
            if alike.remarks.is_empty() { String::new() } else { format!(" {}", alike.remarks) };
        let mut line = format!(
            "{} with {}-{}{with} of payer {}",
            of(others.codes),
            alike.group,
            alike.reason,
            alike.payer
        );
        for (what, one) in [("procedure", others.procedure), ("provider", others.provider)] {
            if one.items > 0 {
                line.push_str(&format!(
                    "; {} of them for the same {what} ({})",
                    one.items, one.amount
                ));
            }
        }
        told.push(line);
    }
    if others.rule.items > 0 {
        let are = if [TOO_MUCH, TOO_LITTLE, PAID_ELSEWHERE].contains(&alike.rule.as_str()) {
            "that break"
        } else {
            "held by"
        };
        told.push(format!("{} {are} {}", of(others.rule), alike.rule));
    }
    if let Some(line) = told.first_mut() {
        let ids: Vec<String> = others.first.iter().map(|id| id.0.to_string()).collect();
        line.push_str(&format!(": item {}", ids.join(", ")));
        if others.codes.items.max(others.rule.items) > others.first.len() as u64 {
            line.push_str(" …");
        }
    }
    told
}

/// Cases, what was at risk and what came in, over all groups and remarks.
fn by_ending(totals: &[EndingTotal]) -> Vec<(&'static str, u64, Money, Money)> {
    let mut sums: Vec<(&'static str, u64, Money, Money)> = Vec::new();
    for ending in crate::change::cases::ENDINGS {
        let own = totals.iter().filter(|total| total.ending == ending);
        let sum = own.fold((0, Money::ZERO, Money::ZERO), |sum, total| {
            (sum.0 + total.cases, sum.1 + total.at_risk, sum.2 + total.recovered)
        });
        if sum.0 > 0 {
            sums.push((ending.name(), sum.0, sum.1, sum.2));
        }
    }
    sums
}

pub(super) fn beside_json(item: &Work, beside: &Beside) -> Value {
    let count = |one: Count| json!({"items": one.items, "amount_cents": one.amount.cents()});
    let Beside { place, why, others, endings } = beside;
    let endings: Vec<Value> = by_ending(endings)
        .into_iter()
        .map(|(name, cases, at_risk, recovered)| {
            json!({"ending": name, "cases": cases, "at_risk_cents": at_risk.cents(),
                "recovered_cents": recovered.cents()})
        })
        .collect();
    let alike = &item.alike;
    json!({
        "place": {"score": place.score, "expected_cents": place.expected.cents(),
            "share_thousandths": place.share, "urgency": place.urgency, "why": why},
        "alike": {
            "payer": alike.payer, "group": alike.group, "reason": alike.reason,
            "remarks": alike.remarks, "procedure": alike.procedure, "provider": alike.provider,
            "rule": alike.rule, "same_codes": count(others.codes),
            "same_procedure": count(others.procedure), "same_provider": count(others.provider),
            "same_rule": count(others.rule),
            "first": others.first.iter().map(|id| id.0).collect::<Vec<_>>(),
            "ended": endings,
        },
        "core_360": {"scenario": alike.core.scenario.map(|one| one.number()),
            "combination": alike.core.combination.name()},
        "ending": item.ending.map(|ending| ending.name()),
        "recovered_cents": item.recovered.cents(),
    })
}
