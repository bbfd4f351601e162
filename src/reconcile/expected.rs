//! What a claim payment comes to beside its contract, line by line, and the rates that it implies.
//!
//! What the payer allowed is what it pays, what it holds back of that by sequestration (253), and what
//! the patient bears (PR). AMT*B6 says the same by its definition, but no equation of the 835 holds it,
//! so it is told as evidence and nothing is reckoned with it.

mod bundled;
mod gathered;
mod shared;
mod sum;
#[cfg(test)]
mod tests;

use x12::fault::Place;
use x12::value::{Day, Money, Quantity};
use x12::view::remittance::ClaimPayment;

use super::matching::{KnownClaim, KnownLine, LineMatch, LinePart};
use super::outcome::Judge;
use super::pended::Pended;
use super::standing::Said;
use super::{Agreed, Incoming};
use crate::change::Compared;
use crate::contracts::Class;
use crate::contracts::explain::{Case, Decided, compare};
use crate::contracts::learned::{Key, Rate};
use crate::contracts::price::{Billed, BilledLine, Price, price};
use crate::contracts::terms::Party;
use crate::denials::printable;
use crate::ledger::PAID_TO_PATIENT;
pub(super) use bundled::Around;
use bundled::{LinePrice, Prices, Role, rolled_up, summed};
use gathered::{Gathered, Late};
use shared::{Set, completed};
use sum::Sum;

/// What was found of one claim payment.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub compared: Vec<Compared>,
    /// Lines of claim payments that came before and waited for this one, or that it leaves to stand for themselves.
    pub late: Vec<Compared>,
    /// Claim payments of which a line that is paid for others is held against another price than before.
    pub priced_anew: Vec<Said>,
    /// Each with the number of its line.
    pub rates: Vec<(u32, Rate)>,
    /// It has a part of lines, of the claim, or of a bundle, of which other parts are missing: then all are compared
    /// together.
    pub waits: bool,
}

/// A claim payment with its claim and the line of each of its services.
#[derive(Clone, Copy)]
pub(super) struct Paid<'p, 'r> {
    /// Its place in the remittance, from 0.
    pub at: usize,
    pub payment: &'p ClaimPayment<'r>,
    pub lines: &'p [LineMatch],
    pub claim: &'p KnownClaim,
    pub judge: Judge<'p>,
    pub pended: &'p Pended,
    pub around: &'p Around<'r>,
    /// All that its payer said of the claim and that holds, with it.
    pub holds: &'p [Said],
    /// All that its payer said of the claim and that is posted; nothing where it rolls up no lines.
    pub said: &'p [Said],
}

impl Paid<'_, '_> {
    /// Whether it leaves a line to another decision, and so says nothing of its price.
    fn leaves(&self, line: &KnownLine) -> bool {
        let mut own = self.lines.iter().filter(|found| found.line == Some(line.number)).peekable();
        own.peek().is_some() && own.all(|found| found.part == LinePart::Elsewhere)
    }

    /// Where it speaks of a line, or else where it begins.
    fn place_of(&self, line: u32) -> Place {
        let own = self.lines.iter().find(|found| found.line == Some(line));
        let service = own.and_then(|found| self.payment.services.get(found.service));
        service.map_or(self.payment.place, |service| service.place)
    }
}

/// Compares what the first payer decided with its contract. What a later payer pays depends on what
/// the first did, and a reversal has its amounts with a minus: neither is compared. The rates that a
/// reversal takes back are told with a minus.
pub(super) fn expected(
    paid: &Paid<'_, '_>,
    incoming: &Incoming<'_>,
    payee: &str,
    agreed: Agreed<'_>,
) -> Found {
    let mut found = Found::default();
    let Paid { payment, claim, .. } = *paid;
    let is_decision = payment.status.is_any(&["1", "19", "4"]);
    if incoming.payer.is_empty() || !is_decision && !payment.is_reversal() {
        return found;
    }
    if payment.is_reversal() {
        found.rates.extend(taken_back(paid, incoming, (payee, agreed)));
    }
    // Without a contract only rates are learned.
    let has_contract = agreed.book.is_with(incoming.payer);
    let own = (incoming.identity.as_str(), payment.place.offset);
    let mut gathered = if has_contract { Gathered::of(paid, own) } else { Gathered::default() };
    let has_late = !gathered.late.is_empty() || !gathered.whole_again.is_empty();
    if !is_decision && !has_late {
        return found;
    }
    gathered.with(if has_contract && is_decision { rolled_up(paid) } else { Vec::new() });
    let billed = billed(claim, incoming.payer);
    let prices = match has_contract {
        true => Prices::of(billed, &gathered.bundles, agreed),
        false => Prices { billed, lines: Vec::new() },
    };
    let asked = Asked { paid, incoming, agreed, prices: &prices };
    for late in &gathered.late {
        let Some(compared) = asked.late(late) else { continue };
        found.late.push(compared);
        found.priced_anew.extend(Some(&late.said).filter(|_| late.is_broken).cloned());
    }
    found.priced_anew.append(&mut gathered.whole_again);
    if !is_decision {
        return found;
    }
    let (sets, waits) = completed(paid.holds, claim, own);
    let waits = waits || !gathered.waits.is_empty();
    found.waits = waits && prices.lines.iter().any(|line| line.price.is_some());
    found.compared.extend(sets.iter().filter_map(|set| asked.set(set)));
    let is_whole = payment.services.is_empty()
        || payment.adjustments.iter().any(|adjustment| !adjustment.money().is_zero());
    if is_whole || payment.status.is("4") {
        return found;
    }
    for (at, line) in claim.lines.iter().enumerate() {
        let Some(sum) = Sum::of_line(paid, line).filter(|_| !paid.leaves(line)) else { continue };
        let is_shared = sets.iter().any(|set| set.lines.contains(&line.number));
        if is_shared || gathered.waits.contains(&line.number) {
            continue;
        }
        let compared = asked.line(at, line, &sum);
        let is_expected = compared.as_ref().is_some_and(|found| found.class == Class::AsExpected);
        let units_thousandths = units(line, compared.is_some());
        found.compared.extend(compared);
        let is_by_the_head = asked.is_by_the_head(&sum);
        let rate = sum.rate(line).filter(|_| !is_by_the_head).map(|(amount, day)| {
            let key = key(paid, incoming, payee, line);
            let is_told = is_expected;
            Rate { key, amount, day, times: 1, units_thousandths, is_told }
        });
        found.rates.extend(rate.map(|rate| (line.number, rate)));
    }
    found
}

/// The rates of what a reversal takes back: it says the same, with a minus.
fn taken_back(
    paid: &Paid<'_, '_>,
    incoming: &Incoming<'_>,
    (payee, agreed): (&str, Agreed<'_>),
) -> Vec<(u32, Rate)> {
    let mut rates = Vec::new();
    if paid.payment.adjustments.iter().any(|adjustment| !adjustment.money().is_zero()) {
        return rates;
    }
    let priced = match agreed.book.is_with(incoming.payer) {
        true => price(agreed.book, &billed(paid.claim, incoming.payer), agreed.codes),
        false => Vec::new(),
    };
    for (at, line) in paid.claim.lines.iter().enumerate() {
        let sum = Sum::of_line(paid, line).filter(|_| !paid.leaves(line));
        let rate = sum.and_then(|sum| sum.rate(line));
        let rate = rate.map(|(amount, day)| {
            let key = key(paid, incoming, payee, line);
            let is_priced = priced.get(at).is_some_and(|one| one.price.is_ok());
            let units_thousandths = -units(line, is_priced);
            Rate { key, amount, day, times: -1, units_thousandths, is_told: false }
        });
        rates.extend(rate.map(|rate| (line.number, rate)));
    }
    rates
}

/// Units of a line, in thousandths, where no contract prices it.
fn units(line: &KnownLine, is_priced: bool) -> i64 {
    let units = line.quantity.filter(|_| !is_priced).unwrap_or_default();
    units.thousandths()
}

fn key(paid: &Paid<'_, '_>, incoming: &Incoming<'_>, payee: &str, line: &KnownLine) -> Key {
    Key {
        payer: incoming.payer.to_owned(),
        payee: payee.to_owned(),
        plan: printable_or_empty(paid.payment),
        code: line.code.clone(),
        modifiers: sorted(&line.modifiers),
        place: line.place.clone(),
    }
}

fn printable_or_empty(payment: &ClaimPayment<'_>) -> String {
    let field = &payment.filing_indicator;
    if field.is_empty() { String::new() } else { printable(field) }
}

fn sorted(modifiers: &[String]) -> String {
    let mut modifiers = modifiers.to_vec();
    modifiers.sort();
    modifiers.join(" ")
}

/// A known claim as contracts are asked for it.
pub fn billed<'a>(claim: &'a KnownClaim, payer: &'a str) -> Billed<'a> {
    let party = Party { payer, plans: &claim.plans, provider: &claim.billing_npi };
    Billed { party, lines: claim.lines.iter().map(billed_line).collect() }
}

fn billed_line(line: &KnownLine) -> BilledLine<'_> {
    BilledLine {
        number: line.number,
        code: if line.code.is_empty() { &line.revenue_code } else { &line.code },
        modifiers: &line.modifiers,
        place: &line.place,
        charge: line.charge,
        units: line.quantity,
        unit: &line.unit,
        day: line.day,
    }
}

/// All that a comparison asks.
struct Asked<'a> {
    paid: &'a Paid<'a, 'a>,
    incoming: &'a Incoming<'a>,
    agreed: Agreed<'a>,
    prices: &'a Prices<'a>,
}

impl Asked<'_> {
    fn line(&self, at: usize, line: &KnownLine, sum: &Sum<'_, '_>) -> Option<Compared> {
        let LinePrice { price, role } = self.prices.lines.get(at)?;
        let price = price.as_ref()?;
        match role {
            Role::Own => Some(self.by_itself(at, line, (sum, price))),
            Role::Sum => {
                let words = format!("{}; paid for several lines", price.words);
                Some(self.together(Of::line(line), sum, price, words))
            }
            // Of the line that is paid all is expected, and of this one nothing more.
            Role::Part(code) if sum.decided.allowed().is_zero() => {
                let (expected, variance) = (Money::ZERO, Money::ZERO);
                let found = Amounts { price, expected, decided: sum.decided, variance };
                let words = format!("part of {code}, which is priced on its own line");
                Some(self.compared(Of::line(line), sum.place, &found, (Class::Bundled, words)))
            }
            Role::Part(_) => None,
        }
    }

    /// A line of another claim payment, by what was said of it there.
    fn late(&self, late: &Late) -> Option<Compared> {
        let line = self.paid.claim.lines.get(late.at)?;
        let sum = Sum::said((&late.said, late.at), line, self.paid.judge)?;
        let mut found = self.line(late.at, line, &sum)?;
        found.arrival = late.said.arrival;
        if late.is_broken {
            found.words.push_str("; what it was paid for as well was decided on by itself since");
        }
        Some(found)
    }

    fn by_itself(
        &self,
        at: usize,
        line: &KnownLine,
        (sum, price): (&Sum<'_, '_>, &Price),
    ) -> Compared {
        let Agreed { book, codes } = self.agreed;
        let case = Case { book, billed: &self.prices.billed, at, price, codes };
        let verdict = compare(&case, sum.decided);
        let within = price.tolerance;
        let class = self.class_of(sum, verdict.variance, within).unwrap_or(verdict.class);
        let mut words = price.words.clone();
        if class.is_case() {
            let known = Some(verdict.why).filter(|why| !why.is_empty());
            let why = known.or_else(|| self.coded_otherwise(at, sum));
            words.push_str(&format!("; {}", why.as_deref().unwrap_or(UNEXPLAINED)));
            words.push_str(&sum.told_by_payer());
        }
        let (place, variance) = (sum.place, verdict.variance);
        let found = Amounts { price, expected: verdict.expected, decided: sum.decided, variance };
        self.compared(Of::line(line), place, &found, (class, words))
    }

    /// Whether it is the price of another procedure, as which the payer decided on it (SVC01).
    fn coded_otherwise(&self, at: usize, sum: &Sum<'_, '_>) -> Option<String> {
        let [service] = sum.services.as_slice() else { return None };
        service.submitted.as_ref()?;
        let code = service.procedure.code.text().into_owned();
        let modifiers: Vec<String> =
            service.procedure.modifiers.iter().map(|one| one.text().into_owned()).collect();
        let mut billed = self.prices.billed.clone();
        let line = billed.lines.get_mut(at).filter(|line| line.code != code)?;
        (line.code, line.modifiers) = (&code, &modifiers);
        let priced = price(self.agreed.book, &billed, self.agreed.codes);
        let other = priced.get(at)?.price.as_ref().ok()?;
        let is_it = (sum.decided.allowed() - other.allowed).abs() <= other.tolerance;
        is_it
            .then(|| format!("it is the price of {code}, as which the payer decided on it (SVC01)"))
    }

    /// Claim payments that together have all of some lines: a line of several by itself, others as one, when all of
    /// them have a price.
    fn set(&self, set: &Set) -> Option<Compared> {
        let claim = self.paid.claim;
        let of = claim.lines.iter().enumerate();
        let of = of.filter(|(_, line)| set.lines.contains(&line.number));
        let lines: Vec<(usize, &KnownLine)> = of.collect();
        let told = match set.len() {
            1 => "the claim was adjusted as a whole".to_owned(),
            several => format!("decided on in {several} claim payments (CLP)"),
        };
        if let [(at, line)] = lines.as_slice()
            && (set.is_by_lines || claim.lines.len() > 1)
        {
            let sum = set.sum(self.paid.place_of(line.number), self.paid.judge);
            let found = self.line(*at, line, &sum)?;
            return Some(Compared { words: format!("{}; {told}", found.words), ..found });
        }
        let prices = lines.iter().map(|&(at, _)| self.prices.lines.get(at)?.price.as_ref());
        let price = summed(prices)?;
        let sum = set.sum(self.paid.payment.place, self.paid.judge);
        let charge = lines.iter().map(|(_, line)| line.charge).sum();
        let (line, code, day) = (String::new(), String::new(), claim.service_from);
        let words = format!("{}; {told}", price.words);
        Some(self.together(Of { line, code, day, charge }, &sum, &price, words))
    }

    /// What is priced as a sum: it is told as too little or too much, without what explains it.
    fn together(&self, of: Of, sum: &Sum<'_, '_>, price: &Price, words: String) -> Compared {
        let expected = price.paid(sum.decided.patient);
        let variance = price.variance(sum.decided);
        let class = self.class_of(sum, variance, price.tolerance).unwrap_or_else(|| {
            if variance.abs() <= price.tolerance {
                Class::AsExpected
            } else if variance.is_negative() {
                Class::Underpaid
            } else {
                Class::Overpaid
            }
        });
        let found = Amounts { price, expected, decided: sum.decided, variance };
        self.compared(of, sum.place, &found, (class, words))
    }

    /// What reasons say by themselves, and the money that is paid by the head.
    fn class_of(&self, sum: &Sum<'_, '_>, variance: Money, tolerance: Money) -> Option<Class> {
        // Who bears more than the price is charged what nobody owes, however it is paid.
        match self.is_by_the_head(sum) && variance <= tolerance {
            true => Some(Class::Capitated),
            false => sum.class_by_reasons(variance, tolerance),
        }
    }

    fn is_by_the_head(&self, sum: &Sum<'_, '_>) -> bool {
        self.paid.around.is_by_the_head && sum.is_taken_off_by_schedule()
    }

    fn compared(
        &self,
        of: Of,
        place: Place,
        amounts: &Amounts<'_>,
        (class, words): (Class, String),
    ) -> Compared {
        let Of { line, code, day, charge } = of;
        let Amounts { price, mut expected, decided, mut variance } = *amounts;
        if class == Class::Capitated {
            // It is paid by the head: nothing is expected of the line.
            variance += expected;
            expected = Money::ZERO;
        }
        Compared {
            claim: self.paid.claim.id,
            arrival: self.incoming.arrival,
            place,
            line,
            code,
            contract: price.contract.clone(),
            plan: self.paid.claim.plans.join(" "),
            day,
            charge: Some(charge),
            allowed: price.allowed,
            expected,
            paid: decided.paid,
            patient: decided.patient + decided.beyond_allowed,
            variance,
            class,
            words,
        }
    }
}

const UNEXPLAINED: &str = "nothing that we know explains the amount";

/// What is compared: a line, or a claim as a whole.
struct Of {
    line: String,
    code: String,
    day: Option<Day>,
    charge: Money,
}

impl Of {
    fn line(line: &KnownLine) -> Of {
        let code = match line.code.as_str() {
            "" => line.revenue_code.clone(),
            code => [code.to_owned()]
                .into_iter()
                .chain(line.modifiers.clone())
                .collect::<Vec<_>>()
                .join("-"),
        };
        Of { line: line.number.to_string(), code, day: line.day, charge: line.charge }
    }
}

#[derive(Clone, Copy)]
struct Amounts<'a> {
    price: &'a Price,
    expected: Money,
    decided: Decided,
    variance: Money,
}

/// The same of what was said before of a line, where that decides on all of it.
pub(super) fn rate_said(said: &Said, line: &KnownLine) -> Option<Money> {
    if !said.whole_lines.contains(&line.number) {
        return None;
    }
    let number = line.number.to_string();
    let mut contractual = Money::ZERO;
    for (_, code, amount) in said.adjustments().filter(|(of, _, _)| *of == number) {
        match code.split_once('-')? {
            ("CO", "45") => contractual += amount,
            (_, "253" | PAID_TO_PATIENT) => {}
            ("PR", reason) if reason != "45" => {}
            (_, _) => return None,
        }
    }
    per_unit(line.charge - contractual, line).filter(|_| Money::ZERO < contractual)
}

fn per_unit(allowed: Money, line: &KnownLine) -> Option<Money> {
    let units = line.quantity.filter(|units| Quantity::default() < *units)?;
    let thousandths = allowed.cents().checked_mul(1_000)?;
    let is_whole = thousandths % units.thousandths() == 0;
    is_whole.then(|| Money::from_cents(thousandths / units.thousandths()))
}

/// So many amounts and days of one key are looked at, the last ones: a payer has few rates for one thing at a time.
pub const RATES_MAX: u32 = 200;
