//! What the services of one line come to, or all that is told of a claim.

use x12::fault::Place;
use x12::value::{Day, Money};
use x12::view::parts::{Adjustment, find_amount};
use x12::view::remittance::ServicePayment;

use super::{Paid, per_unit};
use crate::contracts::Class;
use crate::contracts::explain::Decided;
use crate::denials::bundle;
use crate::denials::printable;
use crate::denials::reasons;
use crate::ledger::PAID_TO_PATIENT;
use crate::reconcile::matching::KnownLine;
use crate::reconcile::outcome::Judge;
use crate::reconcile::standing::Said;

/// What the services of one line come to.
pub(super) struct Sum<'p, 'r> {
    pub place: Place,
    pub charge: Money,
    pub decided: Decided,
    /// CO-45.
    contractual: Money,
    /// Whatever else was adjusted.
    others: Money,
    /// What was denied; the denial has work of its own.
    pub denied: Money,
    has_denial: bool,
    has_bundle: bool,
    is_capitated: bool,
    /// The payer's own reasons, for reading.
    told: Vec<String>,
    pub services: Vec<&'p ServicePayment<'r>>,
}

impl<'p, 'r> Sum<'p, 'r> {
    pub fn new(place: Place) -> Sum<'p, 'r> {
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
            told: Vec::new(),
            services: Vec::new(),
        }
    }

    /// `None` unless the services of the line are there with all of its charge, and decided on.
    pub fn of_line(paid: &Paid<'p, 'r>, line: &KnownLine) -> Option<Sum<'p, 'r>> {
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
            sum.take_all(&service.adjustments, paid.judge);
        }
        if paid.payment.is_reversal() {
            sum.negate();
        }
        sum.services = services;
        (sum.charge == line.charge).then_some(sum)
    }

    /// What was said before of a line, where it was decided on as a whole. It is known by its place among the lines.
    pub fn said((said, at): (&Said, usize), line: &KnownLine, judge: Judge<'_>) -> Option<Self> {
        // Each has a place of its own, by which its item knows it.
        let repeat = u16::try_from(at + 1).unwrap_or(u16::MAX);
        let mut sum = Sum::new(Place { offset: said.offset, repeat, ..Place::default() });
        sum.charge = line.charge;
        sum.decided.paid = said.paid_of(line)?;
        let of_line = said.adjustments().filter(|(of, _, _)| of.parse() == Ok(line.number));
        for (_, code, amount) in of_line {
            let (group, reason) = reasons::group_and_reason(code);
            sum.take((group, reason, amount), judge);
        }
        Some(sum)
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

    /// All adjustments of a list.
    pub fn take_all<'a>(
        &mut self,
        adjustments: impl IntoIterator<Item = &'a Adjustment<'a>>,
        judge: Judge<'_>,
    ) {
        for one in adjustments {
            let (group, reason) = (printable(&one.group), printable(&one.reason));
            self.take((&group, &reason, one.money()), judge);
        }
    }

    /// Takes an adjustment: its group, its reason and its amount.
    pub fn take(&mut self, (group, reason, amount): (&str, &str, Money), judge: Judge<'_>) {
        if amount.is_zero() {
            return;
        }
        let is_denial = judge.class_of((group, reason), &[]) == reasons::Class::Denial;
        self.has_denial |= is_denial;
        if is_denial {
            self.denied += amount;
        }
        self.has_bundle |= bundle::REASONS.contains(&reason);
        self.is_capitated |= reason == "24";
        self.told.push(format!("{group}-{reason} {amount}"));
        match (group, reason) {
            // The patient has it, and owes it.
            (_, PAID_TO_PATIENT) => self.decided.patient += amount,
            // What the plan does not cover may be the patient's, and is no part of what is allowed.
            ("PR", "45") if !is_denial => {
                self.decided.beyond_allowed += amount;
                self.others += amount;
            }
            ("PR", _) if !is_denial => self.decided.patient += amount,
            (_, "253") => self.decided.sequestered += amount,
            ("CO", "45") => self.contractual += amount,
            (_, _) => self.others += amount,
        }
    }

    /// What reasons say by themselves. Of a line that is paid in part the denied part explains no
    /// more than itself.
    pub fn class_by_reasons(&self, variance: Money, tolerance: Money) -> Option<Class> {
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

    /// Whether nothing is paid, and CO-45 alone says why, beside what the patient bears.
    pub fn is_taken_off_by_schedule(&self) -> bool {
        let Decided { paid, sequestered, .. } = self.decided;
        let none = [paid, sequestered, self.others, self.denied];
        Money::ZERO < self.contractual && none.iter().all(|amount| amount.is_zero())
    }

    /// The payer's own reasons, and AMT*B6 where it says another amount than was reckoned.
    pub fn told_by_payer(&self) -> String {
        let reasons = match self.told.as_slice() {
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
    pub fn rate(&self, line: &KnownLine) -> Option<(Money, Day)> {
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
