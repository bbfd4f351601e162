//! What explains that a payer paid another amount than its contract says: what comes out to the cent.

use x12::value::{Day, Money, Quantity};

use super::Class;
use super::price::{Billed, BilledLine, Change, FactorKind, Price, price};
use super::share::Share;
use super::terms::{Book, By};
use crate::code_sets::library::Library;

/// What a payer decided of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    pub paid: Money,
    /// What the patient bears.
    pub patient: Money,
    /// What was held back by sequestration, reason 253.
    pub sequestered: Money,
    /// What the patient is asked for beyond what the payer allows: PR-45. Under a contract nobody owes it.
    pub beyond_allowed: Money,
}

impl Decided {
    /// What the payer allowed: what it pays, what it holds back of that, and what the patient bears.
    pub fn allowed(self) -> Money {
        self.paid + self.sequestered + self.patient
    }
}

/// What a comparison comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub class: Class,
    /// What the payer would have paid by the contract.
    pub expected: Money,
    /// What it paid more than that; negative when it paid less.
    pub variance: Money,
    /// What explains the difference; empty when nothing does, or there is none.
    pub why: String,
}

/// A line whose payment is held against its price.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    pub book: &'a Book,
    pub billed: &'a Billed<'a>,
    /// Its place among the lines that were billed.
    pub at: usize,
    pub price: &'a Price,
    pub codes: &'a Library,
}

/// Compares what was decided with what the contract says.
pub fn compare(case: &Case<'_>, decided: Decided) -> Verdict {
    let expected = case.price.paid(decided.patient);
    let variance = case.price.variance(decided);
    let (class, why) = if variance.abs() <= case.price.tolerance {
        (Class::AsExpected, String::new())
    } else if !decided.beyond_allowed.is_zero() && !variance.is_negative() {
        let beyond = decided.beyond_allowed;
        (Class::Overpaid, format!("{beyond} beyond it is left to the patient (PR-45)"))
    } else {
        explain(case, decided).unwrap_or_else(|| match variance.is_negative() {
            true => (Class::Underpaid, String::new()),
            false => (Class::Overpaid, String::new()),
        })
    };
    Verdict { class, expected, variance, why }
}

type Found = Option<(Class, String)>;

fn explain(case: &Case<'_>, decided: Decided) -> Found {
    let line = case.billed.lines.get(case.at)?;
    let allowed = decided.allowed();
    sequestration(case.price, decided)
        .or_else(|| {
            let what = format!("it is the charge of {}", line.charge);
            (allowed == line.charge).then_some((Class::BilledCharge, what))
        })
        .or_else(|| several(case.price, allowed))
        .or_else(|| modifier(case.price, allowed))
        .or_else(|| units(case.price, allowed))
        .or_else(|| older(case, line, allowed))
        .or_else(|| other_contract(case, line, allowed))
        .or_else(|| reduced(case, allowed))
}

/// Medicare's two percent, by whoever takes them.
const SEQUESTERED: Share = Share::of_percent(2);

fn sequestration(price: &Price, decided: Decided) -> Found {
    let is_allowed = (decided.allowed() - price.allowed).abs() <= price.tolerance;
    let what = match price.sequestration {
        Some(share) if is_allowed => {
            format!("sequestration of {share} is agreed, and {} was held back", decided.sequestered)
        }
        None if is_allowed && !decided.sequestered.is_zero() => {
            format!(
                "{} was held back by sequestration (253), which is not agreed",
                decided.sequestered
            )
        }
        Some(_) => return None,
        None => {
            let before = price.allowed - decided.patient;
            let lowered = before - SEQUESTERED.of(before) == decided.paid;
            return lowered.then(|| {
                let what =
                    format!("it is {SEQUESTERED} less, as by sequestration, without reason 253");
                (Class::Sequestration, what)
            });
        }
    };
    Some((Class::Sequestration, what))
}

fn several(price: &Price, allowed: Money) -> Found {
    let found = |what: String| Some((Class::SeveralProcedures, what));
    let without = price.with_factors(price.units, |factor| !factor.kind.is_of_several());
    let is_lowered = without != price.fee;
    if is_lowered && without == allowed {
        return found("it is the price without the reduction for several procedures".to_owned());
    }
    for left_out in price.factors.iter().filter(|factor| factor.kind.is_of_several()) {
        let amount = price.with_factors(price.units, |factor| factor != left_out);
        if amount == allowed && amount != price.fee {
            return found(format!("it is the price {}", without_told(&left_out.kind)));
        }
    }
    if let Some((_, what)) = price.if_reduced.iter().find(|(amount, _)| *amount == allowed) {
        return found(format!("it is the price {what}, as if another were paid whole"));
    }
    for share in price.ranks.iter().filter(|share| **share != Share::WHOLE) {
        if is_lowered && share.of(price.fee) == allowed {
            return found(format!("it is the reduced price, reduced once more to {share}"));
        }
        if share.of(without) == allowed {
            return found(format!("it is the price reduced to {share} for several procedures"));
        }
    }
    None
}

/// A price without one of the steps that lower it beside others.
fn without_told(kind: &FactorKind) -> String {
    match kind {
        FactorKind::Modifier(code) => format!("without modifier {code}"),
        FactorKind::Rank(rank) => format!("that is not reduced as procedure {rank} of the day"),
        FactorKind::Base(base) => format!("from which the endoscopy {base} is not taken"),
        FactorKind::Part(part, share) => {
            format!("whose {} is paid whole and not at {share}", part.told())
        }
    }
}

/// Where nothing is agreed on several procedures, payers go by these.
const USUAL: [Share; 2] = [Share::of_percent(50), Share::of_percent(25)];

fn reduced(case: &Case<'_>, allowed: Money) -> Found {
    let Price { ranks, if_reduced, factors, .. } = case.price;
    let is_agreed = !ranks.is_empty()
        || !if_reduced.is_empty()
        || factors.iter().any(|factor| factor.kind.is_of_several());
    if case.billed.lines.len() < 2 || is_agreed {
        return None;
    }
    let share = USUAL.into_iter().find(|share| share.of(case.price.fee) == allowed)?;
    let what =
        format!("it is {share} of the price, as for several procedures, which is not agreed");
    Some((Class::SeveralProcedures, what))
}

fn modifier(price: &Price, allowed: Money) -> Found {
    for left_out in &price.factors {
        let (FactorKind::Modifier(code), Change::Times(share)) = (&left_out.kind, left_out.change)
        else {
            continue;
        };
        if price.with_factors(price.units, |factor| factor != left_out) == allowed {
            let what = format!("it is the price without {share} for modifier {code}");
            return Some((Class::Modifier, what));
        }
    }
    None
}

/// Payers pay fewer units than were billed, rarely more than some dozens.
const UNITS_MAX: i64 = 100;

fn units(price: &Price, allowed: Money) -> Found {
    if price.unit.is_zero() {
        return None;
    }
    let billed = price.units.thousandths() / 1_000;
    for count in 1..billed.min(UNITS_MAX) {
        let units = Quantity::from_thousandths(count * 1_000);
        if price.with_factors(units, |_| true) == allowed {
            let what = format!("it is the price of {count} of the units");
            return Some((Class::Units, what));
        }
    }
    None
}

fn older(case: &Case<'_>, line: &BilledLine<'_>, allowed: Money) -> Found {
    let day = line.day?;
    for earlier in earlier_days(case, line, day) {
        let mut billed = case.billed.clone();
        for line in &mut billed.lines {
            line.day = Some(earlier);
        }
        let priced = price(case.book, &billed, case.codes).into_iter().nth(case.at)?;
        if let Ok(found) = priced.price
            && found.fee == allowed
        {
            let what = format!("it is the price of {earlier}: {}", found.words);
            return Some((Class::OlderRate, what));
        }
    }
    None
}

/// Days on which other rates may have held: ends of earlier rows and contracts, and the day a year
/// and two years before.
fn earlier_days(case: &Case<'_>, line: &BilledLine<'_>, day: Day) -> Vec<Day> {
    let payer = case.billed.party.payer;
    let mut days = Vec::new();
    for contract in case.book.contracts().iter().filter(|one| one.payer == payer) {
        days.extend(contract.to.filter(|to| *to < day));
        for rate in &contract.rates {
            if let By::Schedule(schedule) = &rate.by {
                days.extend(schedule.ended(line.code, day));
            }
        }
    }
    for years in [1, 2] {
        let earlier = |day_of_month| Day::new(day.year() - years, day.month(), day_of_month);
        days.extend(earlier(day.day()).or_else(|| earlier(28)));
    }
    days.sort_unstable_by(|one, other| other.cmp(one));
    days.dedup();
    days
}

fn other_contract(case: &Case<'_>, line: &BilledLine<'_>, allowed: Money) -> Found {
    let day = line.day?;
    let party = case.billed.party;
    let others = case.book.contracts().iter();
    let others = others.filter(|one| {
        one.payer == party.payer && one.name != case.price.contract && one.holds_on(day)
    });
    for other in others {
        let alone = Book::new(vec![other.for_anybody()]);
        let priced = price(&alone, case.billed, case.codes).into_iter().nth(case.at)?;
        if let Ok(found) = priced.price
            && found.fee == allowed
        {
            let what = format!("it is the price of contract {}: {}", other.name, found.words);
            return Some((Class::OtherContract, what));
        }
    }
    None
}
