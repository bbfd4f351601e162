//! What a contract pays for each line of a claim, with the steps in words. What becomes of a line beside
//! others of its day is next door, in `several`.

use std::fmt::Write as _;

use x12::value::{Day, Money, Quantity};

use super::explain::Decided;
use super::medicare;
use super::several::{Kind, Reduction, reduce};
use super::share::{Share, rounded};
use super::terms::{Book, By, Contract, Party, Rate, SeveralBy};
use crate::code_sets::library::Library;
use crate::code_sets::relative_values::RelativeValues;

/// A claim as it was billed.
#[derive(Clone, Debug)]
pub struct Billed<'a> {
    pub party: Party<'a>,
    pub lines: Vec<BilledLine<'a>>,
}

/// A line of it.
#[derive(Clone, Copy, Debug)]
pub struct BilledLine<'a> {
    /// LX01.
    pub number: u32,
    /// The procedure, or the revenue code of a line without one.
    pub code: &'a str,
    pub modifiers: &'a [String],
    pub place: &'a str,
    pub charge: Money,
    /// `None` when they cannot be read.
    pub units: Option<Quantity>,
    /// What is counted: UN, or MJ for minutes.
    pub unit: &'a str,
    pub day: Option<Day>,
}

/// A line with its price, or why it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    pub line: u32,
    pub price: Result<Price, Unpriced>,
}

/// Why a line has no price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unpriced {
    /// No contract with the payer holds for it.
    NoContract,
    /// Its contract cannot price it.
    Why { contract: String, why: String },
}

/// What a contract pays for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    pub contract: String,
    /// The rate of one unit, before anything lowers or raises it.
    pub unit: Money,
    /// How many units it is for.
    pub units: Quantity,
    /// In the order in which they are taken.
    pub factors: Vec<Factor>,
    /// With its factors; what is owed unless less was charged.
    pub fee: Money,
    /// What the payer allows: the fee, or the charge where that is less and the contract says so.
    pub allowed: Money,
    pub tolerance: Money,
    pub sequestration: Option<Share>,
    /// The shares for several procedures, when the line is one of those that are reduced.
    pub ranks: Vec<Share>,
    /// What it would be if another line of the day were the one that is paid whole, with what that is.
    pub if_reduced: Vec<(Money, String)>,
    /// How it is come by: `99213, row 17 of acme-2026.csv: 92.50 x 100 %`.
    pub words: String,
}

/// What stands between the words of prices that are added up.
pub const BETWEEN_PRICES: &str = " + ";

/// What lowers or raises a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    pub kind: FactorKind,
    pub change: Change,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorKind {
    Modifier(String),
    /// The place among the procedures of its day, from 1.
    Rank(usize),
    /// Another endoscopy of the day has the same base built in, and is paid with it.
    Base(String),
    /// A part that is paid whole once a day, and its share in all others.
    Part(Part, Share),
}

/// What a price is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Technical,
    Professional,
    Expense,
}

/// What becomes of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Times(Share),
    /// So much less for each unit but for so many of them; never below nothing.
    Less {
        each: Money,
        but: Quantity,
    },
}

impl Change {
    pub(super) fn of(self, amount: Money, units: Quantity) -> Money {
        match self {
            Change::Times(share) => share.of(amount),
            Change::Less { .. } => (amount - self.less(units)).max(Money::ZERO),
        }
    }

    /// What is taken off.
    fn less(self, units: Quantity) -> Money {
        match self {
            Change::Times(_) => Money::ZERO,
            Change::Less { each, but } => {
                let beyond = (units.thousandths() - but.thousandths()).max(0);
                times(each, Quantity::from_thousandths(beyond))
            }
        }
    }
}

/// Units have three places, so that half a cent may be left.
fn times(amount: Money, units: Quantity) -> Money {
    rounded(i128::from(amount.cents()) * i128::from(units.thousandths()), 1_000)
}

impl Part {
    pub const fn told(self) -> &'static str {
        match self {
            Part::Technical => "technical part",
            Part::Professional => "professional part",
            Part::Expense => "practice expense",
        }
    }
}

impl FactorKind {
    /// Whether it stands for the reduction of several procedures.
    pub(super) const fn is_of_several(&self) -> bool {
        match self {
            FactorKind::Modifier(_) => false,
            FactorKind::Rank(_) | FactorKind::Base(_) | FactorKind::Part(..) => true,
        }
    }
}

impl Factor {
    pub(super) fn is_of_both_sides(&self) -> bool {
        matches!(&self.kind, FactorKind::Modifier(code) if code == BOTH)
    }

    pub(super) fn times(kind: FactorKind, share: Share) -> Factor {
        Factor { kind, change: Change::Times(share) }
    }

    /// Its words behind those of the price; none where it changes nothing.
    fn told(&self, units: Quantity) -> String {
        let less = self.change.less(units);
        match (&self.kind, self.change) {
            (FactorKind::Rank(1), _) => String::new(),
            (FactorKind::Modifier(code), Change::Times(share)) => {
                format!(", x {share} for modifier {code}")
            }
            (FactorKind::Rank(rank), Change::Times(share)) => {
                format!(", x {share} as procedure {rank} of the day")
            }
            (FactorKind::Base(base), _) => {
                format!(", less {less} of {base}, the endoscopy that it has in common with another")
            }
            (FactorKind::Part(part @ Part::Expense, share), _) => format!(
                ", less {less}: the {} is paid at {share} in each unit but the first of the day",
                part.told()
            ),
            (FactorKind::Part(part, share), _) => {
                format!(
                    ", less {less}: the {} is paid at {share} beside others of the day",
                    part.told()
                )
            }
            (FactorKind::Modifier(_) | FactorKind::Rank(_), Change::Less { .. }) => {
                format!(", less {less}")
            }
        }
    }
}

impl Price {
    /// What the payer pays when the patient bears so much: the rest, less sequestration.
    pub fn paid(&self, patient: Money) -> Money {
        let before = if patient < self.allowed { self.allowed - patient } else { Money::ZERO };
        before - self.sequestration.map_or(Money::ZERO, |share| share.of(before))
    }

    /// What was paid more than that, by the payer or by the patient: who bears more than the whole
    /// price is charged what nobody owes.
    pub fn variance(&self, decided: Decided) -> Money {
        let beyond = (decided.patient - self.allowed).max(Money::ZERO);
        let variance = decided.paid - self.paid(decided.patient) + beyond;
        // A payer that paid too little is asked for that first.
        if variance < -self.tolerance { variance } else { variance + decided.beyond_allowed }
    }

    /// Its factors over another number of units, but for those that are left out.
    pub(super) fn with_factors(&self, units: Quantity, keeps: impl Fn(&Factor) -> bool) -> Money {
        let kept = self.factors.iter().filter(|factor| keeps(factor));
        kept.fold(times(self.unit, units), |amount, factor| factor.change.of(amount, units))
    }

    /// Keeps what a factor would leave of it that another line takes in its place.
    pub(super) fn note_if_reduced(&mut self, at: usize, factor: Factor) {
        let told = match &factor.kind {
            FactorKind::Modifier(_) | FactorKind::Rank(_) => return,
            FactorKind::Base(base) => format!("less that of the endoscopy {base}"),
            FactorKind::Part(part, share) => format!("whose {} is paid at {share}", part.told()),
        };
        let mut reduced = self.clone();
        reduced.put(at, factor);
        if reduced.fee != self.fee {
            self.if_reduced.push((reduced.fee, told));
        }
    }

    /// Adds a factor behind those that are there.
    pub(super) fn add(&mut self, factor: Factor) {
        self.put(self.factors.len(), factor);
    }

    /// Adds a factor at a place among those that are there.
    pub(super) fn put(&mut self, at: usize, factor: Factor) {
        self.factors.insert(at, factor);
        self.fee = self.with_factors(self.units, |_| true);
    }
}

/// Prices all lines of a claim, in their order.
pub fn price(book: &Book, billed: &Billed<'_>, codes: &Library) -> Vec<Priced> {
    let mut drafts: Vec<Result<Draft<'_>, Unpriced>> =
        billed.lines.iter().map(|line| draft(book, &billed.party, line, codes)).collect();
    reduce(&mut drafts, book, billed, codes);
    let finish = |(draft, line): (Result<Draft<'_>, Unpriced>, &BilledLine<'_>)| Priced {
        line: line.number,
        price: draft.map(|draft| draft.finish(line)),
    };
    drafts.into_iter().zip(&billed.lines).map(finish).collect()
}

/// A line while it is priced: all that does not depend on other lines.
pub(super) struct Draft<'b> {
    pub contract: &'b Contract,
    pub rate: &'b Rate,
    pub price: Price,
    pub reduction: Reduction,
}

fn draft<'b>(
    book: &'b Book,
    party: &Party<'_>,
    line: &BilledLine<'_>,
    codes: &Library,
) -> Result<Draft<'b>, Unpriced> {
    let day = line.day.ok_or(Unpriced::NoContract)?;
    let contract = book.contract(party, day).ok_or(Unpriced::NoContract)?;
    let unpriced = |why: String| Unpriced::Why { contract: contract.name.clone(), why };
    let rate = rate(contract, line).map_err(unpriced)?;
    let Base { unit, units, spent, words } =
        base(contract, rate, line, (day, codes)).map_err(unpriced)?;
    let full = times(unit, units);
    let mut price = Price {
        contract: contract.name.clone(),
        unit,
        units,
        factors: Vec::new(),
        fee: full,
        allowed: full,
        tolerance: contract.tolerance,
        sequestration: contract.sequestration,
        ranks: Vec::new(),
        if_reduced: Vec::new(),
        words,
    };
    if !matches!(rate.by, By::Charge) {
        // Both sides are one procedure, of which the others take their shares.
        let (both, others): (Vec<_>, Vec<_>) = line.modifiers.iter().partition(|one| *one == BOTH);
        for modifier in both.into_iter().chain(others).filter(|modifier| **modifier != spent) {
            let share = modifier_share((contract, rate), modifier, line, (day, codes));
            if let Some(share) = share.map_err(unpriced)? {
                price.add(Factor::times(FactorKind::Modifier(modifier.clone()), share));
            }
        }
    }
    let reduction = match rate.by {
        By::Charge => Reduction::None,
        By::Schedule(_) | By::Amount(_) | By::Medicare(_) => {
            reduction(contract, line, (day, codes)).map_err(unpriced)?
        }
    };
    Ok(Draft { contract, rate, price, reduction })
}

/// The rate that prices a line.
pub(super) fn rate<'b>(contract: &'b Contract, line: &BilledLine<'_>) -> Result<&'b Rate, String> {
    contract.rates.iter().find(|rate| rate.takes(line)).ok_or_else(|| {
        // A hospital's line has no place of its own.
        let place = if line.place.is_empty() { "" } else { " at place " };
        format!("no rate of {} takes {}{place}{}", contract.file, line.code, line.place)
    })
}

/// Whether a contract has a rate of its own for a line: not a percent of the charge for all that nothing else prices.
pub fn has_own_rate(book: &Book, party: &Party<'_>, line: &BilledLine<'_>) -> bool {
    let contract = line.day.and_then(|day| book.contract(party, day));
    let found = contract.and_then(|contract| rate(contract, line).ok());
    found.is_some_and(|rate| match rate.by {
        By::Charge => rate.codes.take(line.code, false),
        By::Schedule(_) | By::Amount(_) | By::Medicare(_) => true,
    })
}

impl Rate {
    fn takes(&self, line: &BilledLine<'_>) -> bool {
        self.codes.take(line.code, true)
            && self.modifiers.iter().all(|modifier| line.modifiers.contains(modifier))
            && (self.places.is_empty() || self.places.iter().any(|place| place == line.place))
            // A schedule without the code leaves it to the next rate.
            && match (&self.by, line.day) {
                (By::Schedule(schedule), Some(day)) => {
                    schedule.find(line.code, line.modifiers, line.place, day).is_some()
                }
                (By::Schedule(_) | By::Charge | By::Amount(_) | By::Medicare(_), _) => true,
            }
    }
}

/// A rate before its factors.
pub(super) struct Base {
    pub unit: Money,
    units: Quantity,
    /// The modifier that the rate's own row is for.
    pub spent: String,
    words: String,
}

pub(super) fn base(
    contract: &Contract,
    rate: &Rate,
    line: &BilledLine<'_>,
    (day, codes): (Day, &Library),
) -> Result<Base, String> {
    let code = line.code;
    let (listed, spent, source) = match &rate.by {
        By::Charge => {
            let full = rate.share.of(line.charge);
            let words = format!(
                "{code}, {} of {}: charge of {} x {}",
                rate.name, contract.file, line.charge, rate.share
            );
            let (unit, units) = (full, Quantity::ONE);
            return Ok(Base { unit, units, spent: String::new(), words });
        }
        By::Amount(amount) => {
            (*amount, String::new(), format!("{} of {}: {amount}", rate.name, contract.file))
        }
        By::Schedule(schedule) => {
            let row = schedule.find(code, line.modifiers, line.place, day);
            let row = row.ok_or_else(|| format!("{} has no row for {code}", schedule.file))?;
            let source = format!("row {} of {}: {}", row.number, schedule.file, row.amount);
            (row.amount, row.modifier.clone(), source)
        }
        By::Medicare(asked) => {
            let row = medicare::find(asked, (code, line.modifiers, line.place), day, codes)?;
            let (amount, words) = (row.amount(Share::WHOLE), row.told());
            (amount, row.modifier, words)
        }
    };
    let units = units(line)?;
    let unit = rate.share.of(listed);
    let mut words = format!("{code}{}, {source} x {}", modifiers_told(line.modifiers), rate.share);
    if units != Quantity::ONE {
        write!(words, ", x {} units", units.to_wire()).expect("a text takes all");
    }
    Ok(Base { unit, units, spent, words })
}

fn modifiers_told(modifiers: &[String]) -> String {
    modifiers.iter().map(|modifier| format!("-{modifier}")).collect()
}

fn units(line: &BilledLine<'_>) -> Result<Quantity, String> {
    if line.unit == "MJ" {
        return Err("minutes of anesthesia are not priced".to_owned());
    }
    let units = line.units.filter(|units| Quantity::default() < *units);
    units.ok_or_else(|| "its units cannot be read".to_owned())
}

/// Both sides of the body.
const BOTH: &str = "50";

/// Modifiers that split an operation among several: assistants, two surgeons, teams, and those who see to
/// the operation, the days after it, or the days before. Medicare never pays the whole price for one.
const OF_SEVERAL_SURGEONS: [&str; 9] = ["54", "55", "56", "62", "66", "80", "81", "82", "AS"];

fn modifier_share(
    (contract, rate): (&Contract, &Rate),
    modifier: &str,
    line: &BilledLine<'_>,
    (day, codes): (Day, &Library),
) -> Result<Option<Share>, String> {
    let agreed = contract.modifiers.get(modifier).copied();
    match contract.bilateral.filter(|_| modifier == BOTH) {
        Some(both) if both.by_medicare => Ok(match indicators(line, (day, codes))?.both_sides {
            b'1' => Some(both.share),
            b'3' => Some(Share::of_percent(200)),
            _ => None,
        }),
        Some(both) => Ok(Some(both.share)),
        None if agreed.is_none()
            && matches!(rate.by, By::Medicare(_))
            && OF_SEVERAL_SURGEONS.contains(&modifier) =>
        {
            Err(format!(
                "the contract does not say what modifier {modifier} leaves of Medicare's price; write it \
                 under [modifiers]"
            ))
        }
        None => Ok(agreed),
    }
}

/// What becomes of a line beside others, by its contract.
pub(super) fn reduction(
    contract: &Contract,
    line: &BilledLine<'_>,
    when: (Day, &Library),
) -> Result<Reduction, String> {
    let Some(several) = &contract.several else { return Ok(Reduction::None) };
    let by = match &several.by {
        SeveralBy::Codes { codes, except } => {
            let is_reduced = codes.take(line.code, true) && !except.take(line.code, false);
            return Ok(if is_reduced { Reduction::Ranked } else { Reduction::None });
        }
        SeveralBy::Medicare { indicators } => indicators,
    };
    let values = indicators(line, when)?;
    if !by.is_empty() && !by.contains(&values.several) {
        return Ok(Reduction::None);
    }
    Ok(match values.several {
        b'1' => Reduction::RankedAsBefore1995,
        b'2' => Reduction::Ranked,
        b'3' => Reduction::Endoscopy(values.base),
        b'4' => Reduction::Part(Kind::Imaging),
        b'5' => Reduction::Part(Kind::Therapy),
        b'6' => Reduction::Part(Kind::Heart),
        b'7' => Reduction::Part(Kind::Eye),
        _ => Reduction::None,
    })
}

/// What Medicare's schedule says of several procedures, of both sides and of parts.
pub(super) fn indicators(
    line: &BilledLine<'_>,
    (day, codes): (Day, &Library),
) -> Result<RelativeValues, String> {
    codes.relative_values(line.code, "", day).ok_or_else(|| {
        format!("Medicare's fee schedule, by which {} is reduced, is not at hand", line.code)
    })
}

impl Draft<'_> {
    fn finish(self, line: &BilledLine<'_>) -> Price {
        let Draft { contract, mut price, .. } = self;
        let steps = price.factors.iter().map(|factor| factor.told(price.units));
        price.words.extend(steps.collect::<Vec<_>>());
        price.allowed = price.fee;
        if contract.is_lesser_of && line.charge < price.fee {
            price.allowed = line.charge;
            write!(price.words, ", no more than the charge of {}", line.charge)
                .expect("a text takes all");
        }
        price
    }
}
