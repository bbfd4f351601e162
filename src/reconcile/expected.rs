//! What a claim payment comes to beside its contract, line by line, and the rates that it implies.
//!
//! What the payer allowed is what it pays, what it holds back of that by sequestration (253), and what
//! the patient bears (PR). AMT*B6 says the same by its definition, but no equation of the 835 holds it,
//! so it is told as evidence and nothing is reckoned with it.

#[cfg(test)]
mod tests;

use x12::fault::Place;
use x12::value::{Day, Money, Quantity};
use x12::view::parts::{Adjustment, find_amount};
use x12::view::remittance::{ClaimPayment, ServicePayment};

use super::matching::{KnownClaim, KnownLine, LineMatch, LinePart};
use super::outcome::Judge;
use super::pended::Pended;
use super::standing::Said;
use super::{Agreed, Incoming};
use crate::change::Compared;
use crate::contracts::Class;
use crate::contracts::explain::{Case, Decided, compare};
use crate::contracts::learned::{Key, Rate};
use crate::contracts::price::{Billed, BilledLine, Price, Priced, price};
use crate::contracts::terms::Party;
use crate::denials::printable;
use crate::denials::reasons;
use crate::ledger::PAID_TO_PATIENT;

/// What was found of one claim payment.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub compared: Vec<Compared>,
    /// Each with the number of its line.
    pub rates: Vec<(u32, Rate)>,
}

/// A claim payment with its claim and the line of each of its services.
#[derive(Clone, Copy)]
pub(super) struct Paid<'p, 'r> {
    pub payment: &'p ClaimPayment<'r>,
    pub lines: &'p [LineMatch],
    pub claim: &'p KnownClaim,
    pub judge: Judge<'p>,
    pub pended: &'p Pended,
    /// The remittance pays by the head (PLB CT or CR).
    pub is_by_the_head: bool,
}

impl Paid<'_, '_> {
    /// Whether it leaves a line to another decision, and so says nothing of its price.
    fn leaves(&self, line: &KnownLine) -> bool {
        let mut own = self.lines.iter().filter(|found| found.line == Some(line.number)).peekable();
        own.peek().is_some() && own.all(|found| found.part == LinePart::Elsewhere)
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
    if !incoming.payer.is_empty() && payment.is_reversal() {
        found.rates.extend(taken_back(paid, incoming, (payee, agreed)));
    }
    if incoming.payer.is_empty() || !payment.status.is_any(&["1", "19"]) {
        return found;
    }
    let bundles: Vec<Option<Bundle>> =
        claim.lines.iter().map(|line| Bundle::of(paid, line)).collect();
    let mut billed = billed(claim, incoming.payer);
    for (line, bundle) in billed.lines.iter_mut().zip(&bundles) {
        if let Some(Bundle { code, modifiers, charge }) = bundle {
            (line.code, line.modifiers, line.charge) = (code, modifiers, *charge);
        }
    }
    // Without a contract only rates are learned.
    let priced = match agreed.book.is_with(incoming.payer) {
        true => price(agreed.book, &billed, agreed.codes),
        false => Vec::new(),
    };
    let asked = Asked { paid, incoming, agreed, billed: &billed, priced: &priced };
    let is_whole = payment.services.is_empty()
        || payment.adjustments.iter().any(|adjustment| !adjustment.money().is_zero());
    if is_whole {
        found.compared.extend(asked.whole());
        return found;
    }
    for (at, line) in claim.lines.iter().enumerate() {
        let Some(sum) = Sum::of_line(paid, line).filter(|_| !paid.leaves(line)) else { continue };
        let carried = bundles.iter().zip(&priced).filter(|(_, priced)| priced.price.is_ok());
        let mut carried = carried.filter_map(|(bundle, _)| bundle.as_ref());
        let compared = match carried.find(|bundle| bundle.has(&sum)) {
            Some(bundle) => asked.part(at, line, (&sum, bundle)),
            None => asked.line(at, line, &sum),
        };
        let is_expected = compared.as_ref().is_some_and(|found| found.class == Class::AsExpected);
        let units_thousandths = units(line, compared.is_some());
        found.compared.extend(compared);
        let rate = sum.rate(line).map(|(amount, day)| {
            let key = key(paid, incoming, payee, line);
            let is_told = is_expected;
            Rate { key, amount, times: 1, units_thousandths, first: day, last: day, is_told }
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
            let (first, last, is_told) = (day, day, false);
            Rate { key, amount, times: -1, units_thousandths, first, last, is_told }
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
    let lines = claim.lines.iter().map(|line| BilledLine {
        number: line.number,
        code: if line.code.is_empty() { &line.revenue_code } else { &line.code },
        modifiers: &line.modifiers,
        place: &line.place,
        charge: line.charge,
        units: line.quantity,
        unit: &line.unit,
        day: line.day,
    });
    let party = Party { payer, plans: &claim.plans, provider: &claim.billing_npi };
    Billed { party, lines: lines.collect() }
}

/// A service that a payer made of several lines and paid under one of them: it is priced as what it
/// is, with the charges that went into it.
struct Bundle {
    code: String,
    modifiers: Vec<String>,
    charge: Money,
}

impl Bundle {
    /// What a line was paid as, when lines beside it are part of that.
    fn of(paid: &Paid<'_, '_>, line: &KnownLine) -> Option<Bundle> {
        let services = &paid.payment.services;
        let own = paid.lines.iter().filter(|found| found.line == Some(line.number));
        let mut own = own.filter_map(|found| services.get(found.service));
        let (service, None) = (own.next()?, own.next()) else { return None };
        let procedure = &service.procedure;
        let is_same = |other: &&ServicePayment<'_>| other.procedure.code.is(&procedure.code.text());
        let is_other = service.submitted.is_some() && !procedure.code.is(&line.code);
        if !is_other || is_part(service) || !services.iter().filter(is_same).any(is_part) {
            return None;
        }
        // Reason 94 with a minus: what came from the charges of the other lines.
        let moved = service.adjustments.iter().filter(|one| one.reason.is("94"));
        let moved: Money = moved.map(Adjustment::money).sum();
        Some(Bundle {
            code: procedure.code.text().into_owned(),
            modifiers: procedure.modifiers.iter().map(|one| one.text().into_owned()).collect(),
            charge: line.charge - moved,
        })
    }

    /// Whether the services of another line are part of it, and nothing is allowed for them.
    fn has(&self, sum: &Sum<'_, '_>) -> bool {
        let mut services = sum.services.iter();
        sum.decided.allowed().is_zero()
            && services.all(|one| one.procedure.code.is(&self.code) && is_part(one))
    }
}

fn is_part(service: &ServicePayment<'_>) -> bool {
    let is_unpaid = service.paid.money() == Some(Money::ZERO);
    is_unpaid && service.adjustments.iter().any(|one| one.reason.is_any(&BUNDLES))
}

/// All that a comparison asks.
struct Asked<'a> {
    paid: &'a Paid<'a, 'a>,
    incoming: &'a Incoming<'a>,
    agreed: Agreed<'a>,
    billed: &'a Billed<'a>,
    priced: &'a [Priced],
}

impl Asked<'_> {
    fn line(&self, at: usize, line: &KnownLine, sum: &Sum<'_, '_>) -> Option<Compared> {
        let price = self.priced.get(at)?.price.as_ref().ok()?;
        let Agreed { book, codes } = self.agreed;
        let case = Case { book, billed: self.billed, at, price, codes };
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
        Some(self.compared(Of::line(line), place, &found, (class, words)))
    }

    /// Whether it is the price of another procedure, as which the payer decided on it (SVC01).
    fn coded_otherwise(&self, at: usize, sum: &Sum<'_, '_>) -> Option<String> {
        let [service] = sum.services.as_slice() else { return None };
        service.submitted.as_ref()?;
        let code = service.procedure.code.text().into_owned();
        let modifiers: Vec<String> =
            service.procedure.modifiers.iter().map(|one| one.text().into_owned()).collect();
        let mut billed = self.billed.clone();
        let line = billed.lines.get_mut(at).filter(|line| line.code != code)?;
        (line.code, line.modifiers) = (&code, &modifiers);
        let priced = price(self.agreed.book, &billed, self.agreed.codes);
        let other = priced.get(at)?.price.as_ref().ok()?;
        let is_it = (sum.decided.allowed() - other.allowed).abs() <= other.tolerance;
        is_it
            .then(|| format!("it is the price of {code}, as which the payer decided on it (SVC01)"))
    }

    /// A line that was rolled up in another: of that one all is expected, and of this one nothing more.
    fn part(
        &self,
        at: usize,
        line: &KnownLine,
        (sum, bundle): (&Sum<'_, '_>, &Bundle),
    ) -> Option<Compared> {
        let price = self.priced.get(at)?.price.as_ref().ok()?;
        let price = Price { allowed: Money::ZERO, ..price.clone() };
        let (expected, variance) = (Money::ZERO, Money::ZERO);
        let found = Amounts { price: &price, expected, decided: sum.decided, variance };
        let words = format!("part of {}, which is priced on its own line", bundle.code);
        Some(self.compared(Of::line(line), sum.place, &found, (Class::Bundled, words)))
    }

    /// A claim that is paid or adjusted as a whole, when all its lines have a price.
    fn whole(&self) -> Option<Compared> {
        let payment = self.paid.payment;
        if !self.paid.pended.is_empty() {
            return None;
        }
        let prices: Option<Vec<&Price>> =
            self.priced.iter().map(|one| one.price.as_ref().ok()).collect();
        let (first, rest) = prices.as_deref()?.split_first().map(|(first, rest)| (*first, rest))?;
        let same = |other: &&&Price| {
            other.contract == first.contract && other.sequestration == first.sequestration
        };
        if rest.iter().filter(same).count() < rest.len() {
            return None;
        }
        let mut price = first.clone();
        for other in rest {
            price.allowed += other.allowed;
            price.tolerance += other.tolerance;
            price.words = format!("{}; {}", price.words, other.words);
        }
        let mut sum = Sum::new(payment.place);
        sum.decided.paid = payment.paid.money()?;
        for adjustment in payment.all_adjustments() {
            sum.take(adjustment, self.paid.judge);
        }
        let expected = price.paid(sum.decided.patient);
        let variance = price.variance(sum.decided);
        let class = self.class_of(&sum, variance, price.tolerance).unwrap_or_else(|| {
            if variance.abs() <= price.tolerance {
                Class::AsExpected
            } else if variance.is_negative() {
                Class::Underpaid
            } else {
                Class::Overpaid
            }
        });
        let found = Amounts { price: &price, expected, decided: sum.decided, variance };
        let words = format!("the claim was adjusted as a whole; {}", price.words);
        let KnownClaim { service_from: day, charge, .. } = *self.paid.claim;
        let of = Of { line: String::new(), code: String::new(), day, charge };
        Some(self.compared(of, payment.place, &found, (class, words)))
    }

    /// What reasons say by themselves, and the money that is paid by the head.
    fn class_of(&self, sum: &Sum<'_, '_>, variance: Money, tolerance: Money) -> Option<Class> {
        match self.paid.is_by_the_head && sum.is_taken_off_by_schedule() {
            true => Some(Class::Capitated),
            false => sum.class_by_reasons(variance, tolerance),
        }
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

/// What the services of one line come to.
struct Sum<'p, 'r> {
    place: Place,
    charge: Money,
    decided: Decided,
    /// CO-45.
    contractual: Money,
    /// Whatever else was adjusted.
    others: Money,
    /// What was denied; the denial has work of its own.
    denied: Money,
    has_denial: bool,
    has_bundle: bool,
    is_capitated: bool,
    services: Vec<&'p ServicePayment<'r>>,
}

/// A line that is part of another service.
const BUNDLES: [&str; 9] = ["60", "97", "128", "190", "194", "231", "234", "236", "B10"];

impl<'p, 'r> Sum<'p, 'r> {
    fn new(place: Place) -> Sum<'p, 'r> {
        Sum {
            place,
            charge: Money::ZERO,
            decided: Decided::default(),
            contractual: Money::ZERO,
            others: Money::ZERO,
            denied: Money::ZERO,
            has_denial: false,
            has_bundle: false,
            is_capitated: false,
            services: Vec::new(),
        }
    }

    /// `None` unless the services of the line are there with all of its charge, and decided on.
    fn of_line(paid: &Paid<'p, 'r>, line: &KnownLine) -> Option<Sum<'p, 'r>> {
        let own = paid.lines.iter().filter(|found| found.line == Some(line.number));
        let services: Vec<&ServicePayment<'_>> =
            own.filter_map(|found| paid.payment.services.get(found.service)).collect();
        if services.iter().any(|service| paid.pended.has_of(service)) {
            return None;
        }
        let mut sum = Sum::new(services.first()?.place);
        for service in &services {
            sum.charge += service.charge.money()?;
            sum.decided.paid += service.paid.money()?;
            for adjustment in &service.adjustments {
                sum.take(adjustment, paid.judge);
            }
        }
        if paid.payment.is_reversal() {
            sum.negate();
        }
        sum.services = services;
        (sum.charge == line.charge).then_some(sum)
    }

    /// A reversal, as what it takes back.
    fn negate(&mut self) {
        let Decided { paid, patient, sequestered, beyond_allowed } = &mut self.decided;
        let reckoned = [paid, patient, sequestered, beyond_allowed];
        let others = [&mut self.charge, &mut self.contractual, &mut self.others, &mut self.denied];
        for amount in reckoned.into_iter().chain(others) {
            *amount = -*amount;
        }
    }

    fn take(&mut self, adjustment: &Adjustment<'_>, judge: Judge<'_>) {
        let amount = adjustment.money();
        if amount.is_zero() {
            return;
        }
        let is_denial = judge.class(adjustment, &[]) == reasons::Class::Denial;
        self.has_denial |= is_denial;
        if is_denial {
            self.denied += amount;
        }
        self.has_bundle |= adjustment.reason.is_any(&BUNDLES);
        self.is_capitated |= adjustment.reason.is("24");
        match adjustment.group.bytes() {
            // The patient has it, and owes it.
            _ if adjustment.reason.is(PAID_TO_PATIENT) => self.decided.patient += amount,
            // What the plan does not cover may be the patient's, and is no part of what is allowed.
            b"PR" if !is_denial && adjustment.reason.is("45") => {
                self.decided.beyond_allowed += amount;
                self.others += amount;
            }
            b"PR" if !is_denial => self.decided.patient += amount,
            _ if adjustment.reason.is("253") => self.decided.sequestered += amount,
            b"CO" if adjustment.reason.is("45") => self.contractual += amount,
            _ => self.others += amount,
        }
    }

    /// What reasons say by themselves. Of a line that is paid in part the denied part explains no
    /// more than itself.
    fn class_by_reasons(&self, variance: Money, tolerance: Money) -> Option<Class> {
        let is_paid = Money::ZERO < self.decided.paid;
        let short = variance.abs();
        let is_short = variance.is_negative() && tolerance < short;
        let is_short_by_denial = is_short && short <= self.denied + tolerance;
        if self.is_capitated {
            Some(Class::Capitated)
        } else if !is_paid && self.has_bundle {
            Some(Class::Bundled)
        } else if self.has_denial && (!is_paid || is_short_by_denial) {
            Some(Class::Denied)
        } else {
            None
        }
    }

    /// Whether nothing is paid, and CO-45 alone says why.
    fn is_taken_off_by_schedule(&self) -> bool {
        let Decided { paid, patient, sequestered, .. } = self.decided;
        let none = [paid, patient, sequestered, self.others, self.denied];
        Money::ZERO < self.contractual && none.iter().all(|amount| amount.is_zero())
    }

    /// The payer's own reasons, and AMT*B6 where it says another amount than was reckoned.
    fn told_by_payer(&self) -> String {
        let adjustments = self.services.iter().flat_map(|service| &service.adjustments);
        let told = adjustments.filter(|one| !one.money().is_zero()).map(|one| {
            let (group, reason) = (printable(&one.group), printable(&one.reason));
            format!("{group}-{reason} {}", one.money())
        });
        let told: Vec<String> = told.collect();
        let reasons = match told.as_slice() {
            [] => String::new(),
            reasons => format!("; the payer's reasons: {}", reasons.join(", ")),
        };
        let told = |service: &&ServicePayment<'_>| find_amount(&service.amounts, "B6")?.money();
        let told: Vec<Money> = self.services.iter().filter_map(told).collect();
        let sum: Money = told.iter().copied().sum();
        if told.is_empty() || sum == self.decided.allowed() {
            return reasons;
        }
        format!("{reasons}; it says that it allowed {sum} (AMT*B6)")
    }

    /// What the payer allowed for one unit, and the day, when nothing but the contract lowered it.
    fn rate(&self, line: &KnownLine) -> Option<(Money, Day)> {
        let day = line.day?;
        let [service] = self.services.as_slice() else { return None };
        let allowed = self.charge - self.contractual;
        let is_plain = Money::ZERO < self.contractual
            && Money::ZERO < allowed
            && self.others.is_zero()
            && allowed == self.decided.allowed()
            && service.submitted.is_none()
            && !line.code.is_empty()
            && line.unit != "MJ";
        let rate = per_unit(allowed, line)?;
        is_plain.then_some((rate, day))
    }
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

/// So many amounts of one key are looked at: a payer has few rates for one thing at a time.
pub const AMOUNTS_MAX: u32 = 200;
