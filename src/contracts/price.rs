//! What a contract pays for each line of a claim, with the steps in words.

use std::fmt::Write as _;

use x12::value::{Day, Money, Quantity};

use super::explain::Decided;
use super::medicare;
use super::share::{Share, rounded};
use super::terms::{Book, By, Contract, Party, Rate, SeveralBy};
use crate::code_sets::library::Library;

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
    /// The rate, for all its units, before anything lowers or raises it.
    pub full: Money,
    /// Of one unit.
    pub unit: Money,
    pub factors: Vec<Factor>,
    /// With its factors; what is owed unless less was charged.
    pub fee: Money,
    /// What the payer allows: the fee, or the charge where that is less and the contract says so.
    pub allowed: Money,
    pub tolerance: Money,
    pub sequestration: Option<Share>,
    /// The shares for several procedures, when the line is one of those that are reduced.
    pub ranks: Vec<Share>,
    /// How it is come by: `99213, row 17 of acme-2026.csv: 92.50 x 100 %`.
    pub words: String,
}

/// What lowers or raises a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    pub kind: FactorKind,
    pub share: Share,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorKind {
    Modifier(String),
    /// The place among the procedures of its day, from 1.
    Rank(usize),
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
        decided.paid - self.paid(decided.patient) + beyond
    }

    /// Its factors over another amount, but for those that are left out.
    pub(super) fn with_factors(&self, full: Money, keeps: impl Fn(&Factor) -> bool) -> Money {
        let kept = self.factors.iter().filter(|factor| keeps(factor));
        kept.fold(full, |amount, factor| factor.share.of(amount))
    }
}

/// Prices all lines of a claim, in their order.
pub fn price(book: &Book, billed: &Billed<'_>, codes: &Library) -> Vec<Priced> {
    let mut drafts: Vec<Result<Draft<'_>, Unpriced>> =
        billed.lines.iter().map(|line| draft(book, &billed.party, line, codes)).collect();
    rank(&mut drafts);
    let finish = |(draft, line): (Result<Draft<'_>, Unpriced>, &BilledLine<'_>)| Priced {
        line: line.number,
        price: draft.and_then(|draft| draft.finish(line)),
    };
    drafts.into_iter().zip(&billed.lines).map(finish).collect()
}

/// A line while it is priced: all that does not depend on other lines.
struct Draft<'b> {
    contract: &'b Contract,
    day: Day,
    price: Price,
    reduction: Reduction,
}

/// What becomes of a line beside others of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reduction {
    None,
    Ranked,
    /// By a rule of Medicare's that we do not reckon; with its indicator.
    Unknown(u8),
    /// It stands beside others under such a rule.
    Lost(u8),
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
    let rate = contract.rates.iter().find(|rate| rate.takes(line)).ok_or_else(|| {
        unpriced(format!(
            "no rate of {} takes {} at place {}",
            contract.file, line.code, line.place
        ))
    })?;
    let Base { unit, full, spent, words } =
        base(contract, rate, line, (day, codes)).map_err(unpriced)?;
    let mut price = Price {
        contract: contract.name.clone(),
        full,
        unit,
        factors: Vec::new(),
        fee: full,
        allowed: full,
        tolerance: contract.tolerance,
        sequestration: contract.sequestration,
        ranks: Vec::new(),
        words,
    };
    if !matches!(rate.by, By::Charge) {
        for modifier in line.modifiers.iter().filter(|modifier| **modifier != spent) {
            let share = modifier_share(contract, modifier, line, (day, codes)).map_err(unpriced)?;
            if let Some(share) = share {
                price.add(FactorKind::Modifier(modifier.clone()), share);
            }
        }
    }
    let reduction = match rate.by {
        By::Charge => Reduction::None,
        By::Schedule(_) | By::Amount(_) | By::Medicare(_) => {
            reduction(contract, line, (day, codes)).map_err(unpriced)?
        }
    };
    Ok(Draft { contract, day, price, reduction })
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
struct Base {
    unit: Money,
    full: Money,
    /// The modifier that the rate's own row is for.
    spent: String,
    words: String,
}

fn base(
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
            return Ok(Base { unit: full, full, spent: String::new(), words });
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
            let found = medicare::price(asked, (code, line.modifiers, line.place), day, codes)?;
            (found.amount, found.modifier, found.words)
        }
    };
    let units = units(line)?;
    let unit = rate.share.of(listed);
    // Units have three places, so that half a cent may be left.
    let full = rounded(i128::from(unit.cents()) * i128::from(units.thousandths()), 1_000);
    let mut words = format!("{code}{}, {source} x {}", modifiers_told(line.modifiers), rate.share);
    if units != Quantity::ONE {
        write!(words, ", x {} units", units.to_wire()).expect("a text takes all");
    }
    Ok(Base { unit, full, spent, words })
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

fn modifier_share(
    contract: &Contract,
    modifier: &str,
    line: &BilledLine<'_>,
    (day, codes): (Day, &Library),
) -> Result<Option<Share>, String> {
    match contract.bilateral.filter(|_| modifier == "50") {
        Some(both) if both.by_medicare => Ok(match indicators(line, (day, codes))?.1 {
            b'1' => Some(both.share),
            b'3' => Some(Share::of_percent(200)),
            _ => None,
        }),
        Some(both) => Ok(Some(both.share)),
        None => Ok(contract.modifiers.get(modifier).copied()),
    }
}

fn reduction(
    contract: &Contract,
    line: &BilledLine<'_>,
    when: (Day, &Library),
) -> Result<Reduction, String> {
    let Some(several) = &contract.several else { return Ok(Reduction::None) };
    Ok(match &several.by {
        SeveralBy::Codes { codes, except } => {
            let is_reduced = codes.take(line.code, true) && !except.take(line.code, false);
            if is_reduced { Reduction::Ranked } else { Reduction::None }
        }
        SeveralBy::Medicare => match indicators(line, when)?.0 {
            b'2' => Reduction::Ranked,
            // Of one family of endoscopies; imaging, therapy and others by their parts.
            indicator @ b'3'..=b'7' => Reduction::Unknown(indicator),
            _ => Reduction::None,
        },
    })
}

/// What Medicare's schedule says of several procedures and of both sides.
fn indicators(line: &BilledLine<'_>, (day, codes): (Day, &Library)) -> Result<(u8, u8), String> {
    let values = codes.relative_values(line.code, "", day);
    let values = values.ok_or_else(|| {
        format!("Medicare's fee schedule, by which {} is reduced, is not at hand", line.code)
    })?;
    Ok((values.several, values.both_sides))
}

impl Price {
    fn add(&mut self, kind: FactorKind, share: Share) {
        self.fee = share.of(self.fee);
        match &kind {
            FactorKind::Modifier(code) => {
                write!(self.words, ", x {share} for modifier {code}").expect("a text takes all");
            }
            FactorKind::Rank(1) => {}
            FactorKind::Rank(rank) => {
                write!(self.words, ", x {share} as procedure {rank} of the day")
                    .expect("a text takes all");
            }
        }
        self.factors.push(Factor { kind, share });
    }
}

/// The dearest procedure of a day is paid whole, the next by its share, and so on.
fn rank(drafts: &mut [Result<Draft<'_>, Unpriced>]) {
    let mut order: Vec<(String, Day, i64, usize)> = Vec::new();
    let mut unknown: Vec<(String, Day, u8, usize)> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let Ok(draft) = draft else { continue };
        let name = draft.contract.name.clone();
        match draft.reduction {
            Reduction::None | Reduction::Lost(_) => {}
            Reduction::Ranked => order.push((name, draft.day, -draft.price.fee.cents(), at)),
            Reduction::Unknown(indicator) => unknown.push((name, draft.day, indicator, at)),
        }
    }
    // Equal prices keep the order of their lines.
    order.sort();
    for group in order.chunk_by(|one, other| (&one.0, one.1) == (&other.0, other.1)) {
        for (rank, &(.., at)) in group.iter().enumerate() {
            if let Some(Ok(draft)) = drafts.get_mut(at) {
                draft.take_rank(rank + 1);
            }
        }
    }
    unknown.sort();
    for group in
        unknown.chunk_by(|one, other| (&one.0, one.1, one.2) == (&other.0, other.1, other.2))
    {
        // One alone is paid whole.
        for &(.., indicator, at) in group.iter().filter(|_| group.len() > 1) {
            if let Some(Ok(draft)) = drafts.get_mut(at) {
                draft.reduction = Reduction::Lost(indicator);
            }
        }
    }
}

impl Draft<'_> {
    fn take_rank(&mut self, rank: usize) {
        let Some(several) = &self.contract.several else { return };
        let share = several.shares.get(rank - 1).or(several.shares.last());
        self.price.ranks.clone_from(&several.shares);
        self.price.add(FactorKind::Rank(rank), share.copied().unwrap_or(Share::WHOLE));
    }

    fn finish(self, line: &BilledLine<'_>) -> Result<Price, Unpriced> {
        let Draft { contract, mut price, reduction, .. } = self;
        if let Reduction::Lost(indicator) = reduction {
            let indicator = char::from(indicator);
            let why = format!(
                "several of its kind stand on the day, and the reduction of indicator {indicator} \
                 is not reckoned"
            );
            return Err(Unpriced::Why { contract: contract.name.clone(), why });
        }
        price.allowed = price.fee;
        if contract.is_lesser_of && line.charge < price.fee {
            price.allowed = line.charge;
            write!(price.words, ", no more than the charge of {}", line.charge)
                .expect("a text takes all");
        }
        Ok(price)
    }
}
