//! Do BPR, CLP, SVC, CAS and PLB add up? Every equation, with the amounts that enter it.
//!
//! AMT and QTY never enter a balance: they inform, and the guide leaves them out of it.

use x12::fault::Place;
use x12::segment::Field;
use x12::value::Decimal;
use x12::view::parts::Adjustment;
use x12::view::remittance::{ClaimPayment, Remittance, ServicePayment};

use super::findings::{Finding, findings};
use super::rules::{Effect, Rule, rule};
use crate::denials;

/// What a remittance adds up to.
#[derive(Clone, Debug, Default)]
pub struct Balance {
    /// The payment first, then claim by claim.
    pub equations: Vec<Equation>,
    /// What is odd though it adds up.
    pub findings: Vec<Finding>,
}

/// An amount that the payer states, and what it must come to.
#[derive(Clone, Debug)]
pub struct Equation {
    /// `V01` … `V05`.
    pub rule: &'static str,
    /// The ordinal of the claim in its remittance, from 1; `None` for the payment itself.
    pub claim: Option<usize>,
    /// What is stated: `CLP04 of claim 3`.
    pub what: String,
    /// Where it is stated.
    pub place: Place,
    /// The amount as stated.
    pub left: Decimal,
    /// What the terms come to.
    pub right: Decimal,
    /// What enters the right side, in the order of the file.
    pub terms: Vec<Term>,
    /// What the right side would be besides, with what stands beyond the last element of a CAS or PLB.
    pub beyond: Decimal,
    /// Whether money may not be posted when the sides differ.
    pub blocks_posting: bool,
    /// Whether every amount is one that we reckon with: whole cents, and not too large. What is no
    /// number at all counts as nothing.
    pub is_readable: bool,
}

/// One amount on the right side of an equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// `CLP04 of claim 3`, `CAS CO-45 of service 2 of claim 3`, `PLB WO`.
    pub what: String,
    pub place: Place,
    /// The amount as it stands in the file.
    pub amount: Decimal,
    pub sign: Sign,
}

/// Whether a term is added or taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

/// All equations of a remittance.
pub fn balance(remittance: &Remittance<'_>) -> Balance {
    let mut equations = vec![payment(remittance)];
    for (index, claim) in remittance.claims.iter().enumerate() {
        equations.extend(of_claim(claim, index + 1));
    }
    Balance { equations, findings: findings(remittance) }
}

impl Balance {
    /// Whether every equation holds and nothing is odd.
    pub fn is_clean(&self) -> bool {
        let is_note = |found: &Finding| found.rule.effect == Effect::Notes;
        self.findings.iter().all(is_note) && self.differences().next().is_none()
    }

    /// Whether every equation holds, and nothing else keeps money from being posted.
    pub fn adds_up(&self) -> bool {
        !self.findings.iter().any(Finding::holds_posting) && self.differences().next().is_none()
    }

    /// The equations that do not hold.
    pub fn differences(&self) -> impl Iterator<Item = &Equation> {
        self.equations.iter().filter(|equation| !equation.holds())
    }

    /// Whether the payment as a whole may be posted.
    pub fn may_post(&self) -> bool {
        let is_held = self.findings.iter().any(Finding::holds_payment);
        !is_held && self.blocking().all(|equation| equation.claim.is_some())
    }

    /// Whether a claim may be posted, by its ordinal from 1.
    pub fn may_post_claim(&self, ordinal: usize) -> bool {
        self.blocking_claim(ordinal).next().is_none()
            && self.holding_claim(ordinal).next().is_none()
    }

    /// The findings that forbid posting a claim, by its ordinal from 1.
    pub fn holding_claim(&self, ordinal: usize) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |found| found.holds_claim(ordinal))
    }

    /// The differences that forbid posting a claim, by its ordinal from 1.
    pub fn blocking_claim(&self, ordinal: usize) -> impl Iterator<Item = &Equation> {
        // The equations stand in the order of the claims, the payment's before them.
        let start = self.equations.partition_point(|equation| equation.claim < Some(ordinal));
        let of_claim = self.equations.iter().skip(start);
        let of_claim = of_claim.take_while(move |equation| equation.claim == Some(ordinal));
        of_claim.filter(|equation| equation.blocks_posting && !equation.holds())
    }

    /// The differences that forbid posting.
    pub fn blocking(&self) -> impl Iterator<Item = &Equation> {
        self.differences().filter(|equation| equation.blocks_posting)
    }
}

impl Equation {
    /// Its row in the table of rules.
    pub fn rule(&self) -> &'static Rule {
        rule(self.rule)
    }

    /// Whether both sides are the same, to the cent, and every amount could be read.
    pub fn holds(&self) -> bool {
        self.is_readable && self.left == self.right
    }

    /// Whether the payer reckoned with what stands where no segment has an element.
    pub fn holds_with_beyond(&self) -> bool {
        self.is_readable && !self.beyond.is_zero() && self.left == self.right + self.beyond
    }

    /// How much more is stated than the terms come to.
    pub fn difference(&self) -> Decimal {
        self.left - self.right
    }

    /// What is wrong, why it matters and what to do.
    pub fn message(&self) -> String {
        let remedy = match self.rule {
            _ if !self.is_readable => {
                "the sum cannot be checked; ask the payer for a corrected 835"
            }
            "V01" => "no money may be posted; ask the payer for a corrected 835",
            "V02" | "V03" => "the claim may not be posted; ask the payer what was adjusted",
            "V04" => "the claim is posted as a whole; compare its services with what was sent",
            _ => "the patient's share is uncertain; compare before billing the patient",
        };
        format!("{}; {remedy}", self.told())
    }

    /// What is wrong, for whoever writes the remittance.
    pub fn told(&self) -> String {
        let Equation { what, left, right, .. } = self;
        if !self.is_readable {
            return format!(
                "{what} or an amount that enters it cannot be read, is not in whole cents or is too large"
            );
        }
        let terms = match self.rule {
            "V01" => "the claims less the provider adjustments",
            "V02" => "its charge less all adjustments",
            "V03" => "its charge less its adjustments",
            "V04" => "its services",
            _ => "the adjustments of group PR",
        };
        let difference = self.difference().abs();
        let beyond = if self.holds_with_beyond() {
            format!(
                ": the {} beyond the last element of {} (V47), which no sum has",
                self.beyond.abs(),
                if self.rule == "V01" { "a PLB" } else { "a CAS" }
            )
        } else {
            String::new()
        };
        format!("{what} is {left}, but {terms} come to {right}, {difference} apart{beyond}")
    }
}

/// V01: BPR02 is the sum of CLP04 less the sum of PLB.
fn payment(remittance: &Remittance<'_>) -> Equation {
    let mut sum = Sum::new("V01", None, "BPR02".to_owned(), remittance.amount);
    for (index, claim) in remittance.claims.iter().enumerate() {
        sum.add(format!("CLP04 of claim {}", index + 1), claim.paid, Sign::Plus);
    }
    for entry in &remittance.provider_adjustments {
        let what = format!("PLB {}", denials::printable(&entry.reason));
        sum.add(what, entry.amount, Sign::Minus);
    }
    for entry in &remittance.provider_adjustments_beyond {
        sum.equation.beyond -= entry.amount.decimal().unwrap_or_default();
    }
    sum.equation
}

fn of_claim(claim: &ClaimPayment<'_>, ordinal: usize) -> Vec<Equation> {
    let of_claim = format!("claim {ordinal}");
    let start = |rule, element: &str, stated| {
        Sum::new(rule, Some(ordinal), format!("{element} of {of_claim}"), stated)
    };
    // V02: CLP04 is CLP03 less every adjustment, of the claim and of its services.
    let mut paid = start("V02", "CLP04", claim.paid);
    paid.add(format!("CLP03 of {of_claim}"), claim.charge, Sign::Plus);
    paid.add_adjustments(&claim.adjustments, &of_claim);
    paid.add_beyond(&claim.adjustments_beyond);
    for (index, service) in claim.services.iter().enumerate() {
        paid.add_adjustments(&service.adjustments, &of_service(index, &of_claim));
        paid.add_beyond(&service.adjustments_beyond);
    }
    let mut equations = vec![paid.equation];
    for (index, service) in claim.services.iter().enumerate() {
        equations.push(of_one_service(service, index, ordinal));
    }
    // Inpatient claims paid by group may come without services.
    if !claim.services.is_empty() {
        equations.extend(of_all_services(claim, ordinal));
    }
    // A reversal may leave CLP05 out.
    if !claim.is_reversal() {
        let mut patient = start("V05", "CLP05", claim.patient_responsibility).warns();
        let of_patient = |list: &[Adjustment<'_>], of: &str, sum: &mut Sum| {
            for adjustment in list.iter().filter(|adjustment| adjustment.group.is("PR")) {
                sum.add(adjustment_name(adjustment, of), adjustment.amount, Sign::Plus);
            }
        };
        let beyond = claim.services.iter().flat_map(|service| &service.adjustments_beyond);
        for adjustment in claim.adjustments_beyond.iter().chain(beyond) {
            if adjustment.group.is("PR") {
                patient.equation.beyond += adjustment.amount.decimal().unwrap_or_default();
            }
        }
        of_patient(&claim.adjustments, &of_claim, &mut patient);
        for (index, service) in claim.services.iter().enumerate() {
            of_patient(&service.adjustments, &of_service(index, &of_claim), &mut patient);
        }
        equations.push(patient.equation);
    }
    equations
}

/// V03: SVC03 is SVC02 less the service's adjustments.
fn of_one_service(service: &ServicePayment<'_>, index: usize, ordinal: usize) -> Equation {
    let of = of_service(index, &format!("claim {ordinal}"));
    let mut sum = Sum::new("V03", Some(ordinal), format!("SVC03 of {of}"), service.paid);
    sum.add(format!("SVC02 of {of}"), service.charge, Sign::Plus);
    sum.add_adjustments(&service.adjustments, &of);
    sum.add_beyond(&service.adjustments_beyond);
    sum.equation
}

/// V04: CLP03 is the sum of SVC02, and CLP04 the sum of SVC03 less the claim's own adjustments.
/// Postings put what the services leave over on the claim as a whole, so this only warns.
fn of_all_services(claim: &ClaimPayment<'_>, ordinal: usize) -> [Equation; 2] {
    let of_claim = format!("claim {ordinal}");
    let start = |element, stated| {
        Sum::new("V04", Some(ordinal), format!("{element} of {of_claim}"), stated)
    };
    let mut charge = start("CLP03", claim.charge).warns();
    let mut paid = start("CLP04", claim.paid).warns();
    for (index, service) in claim.services.iter().enumerate() {
        let of = of_service(index, &of_claim);
        charge.add(format!("SVC02 of {of}"), service.charge, Sign::Plus);
        paid.add(format!("SVC03 of {of}"), service.paid, Sign::Plus);
    }
    paid.add_adjustments(&claim.adjustments, &of_claim);
    paid.add_beyond(&claim.adjustments_beyond);
    [charge.equation, paid.equation]
}

fn of_service(index: usize, of_claim: &str) -> String {
    format!("service {} of {of_claim}", index + 1)
}

fn adjustment_name(adjustment: &Adjustment<'_>, of: &str) -> String {
    let group = denials::printable(&adjustment.group);
    let reason = denials::printable(&adjustment.reason);
    format!("CAS {group}-{reason} of {of}")
}

/// An equation while its terms are gathered.
struct Sum {
    equation: Equation,
}

impl Sum {
    fn new(rule: &'static str, claim: Option<usize>, what: String, stated: Field<'_>) -> Sum {
        let equation = Equation {
            rule,
            claim,
            what,
            place: stated.place,
            left: stated.decimal().unwrap_or_default(),
            right: Decimal::ZERO,
            terms: Vec::new(),
            beyond: Decimal::ZERO,
            blocks_posting: true,
            is_readable: is_readable(&stated),
        };
        Sum { equation }
    }

    fn warns(mut self) -> Sum {
        self.equation.blocks_posting = false;
        self
    }

    fn add(&mut self, what: String, field: Field<'_>, sign: Sign) {
        let amount = field.decimal().unwrap_or_default();
        match sign {
            Sign::Plus => self.equation.right += amount,
            Sign::Minus => self.equation.right -= amount,
        }
        self.equation.is_readable &= is_readable(&field);
        self.equation.terms.push(Term { what, place: field.place, amount, sign });
    }

    fn add_adjustments(&mut self, list: &[Adjustment<'_>], of: &str) {
        for adjustment in list {
            self.add(adjustment_name(adjustment, of), adjustment.amount, Sign::Minus);
        }
    }

    fn add_beyond(&mut self, list: &[Adjustment<'_>]) {
        for adjustment in list {
            self.equation.beyond -= adjustment.amount.decimal().unwrap_or_default();
        }
    }
}

/// What is absent is nothing: CLP05 and SVC03 may be. What is there must be an amount.
fn is_readable(field: &Field<'_>) -> bool {
    field.is_empty() || field.money().is_some()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, read_remittances, whole};
    use super::*;

    fn balance_of(payment: &str, body: &str) -> Balance {
        let mut found = Vec::new();
        read_remittances(&whole(payment, body), |remittance| found.push(balance(remittance)));
        assert_eq!(found.len(), 1, "one remittance");
        found.remove(0)
    }

    fn broken(payment: &str, body: &str) -> Vec<(&'static str, String)> {
        let balance = balance_of(payment, body);
        balance.differences().map(|found| (found.rule, found.what.clone())).collect()
    }

    const SERVICE: &str = "SVC*HC:99213*100*60**1~CAS*CO*45*30~CAS*PR*3*10~";

    #[test]
    fn holds_when_all_adds_up() {
        let body = format!("CLP*A*1*100*60*10*12*P1~{SERVICE}PLB*1999001013*20261231*WO:X*5~");
        assert!(balance_of("I*55*C*CHK", &body).is_clean());
    }

    #[test]
    fn a_negative_provider_adjustment_raises_the_payment() {
        let body =
            "CLP*A*1*100*60**12*P1~CAS*CO*45*40~AMT*I*1.27~PLB*1999001013*20261231*L6:X*-1.27~";
        let balance = balance_of("I*61.27*C*CHK", body);
        assert!(balance.is_clean());
        let terms = &balance.equations[0].terms;
        let names: Vec<&str> = terms.iter().map(|term| term.what.as_str()).collect();
        assert_eq!(names, ["CLP04 of claim 1", "PLB L6"]);
        assert_eq!(terms[1].sign, Sign::Minus);
    }

    #[test]
    fn finds_each_sum_that_fails() {
        let cases = [
            // The payment.
            ("I*60*C*CHK", "CLP*A*1*100*50**12*P1~CAS*CO*45*50~", vec![("V01", "BPR02")]),
            // A claim without services.
            (
                "I*60*C*CHK",
                "CLP*A*1*100*60**12*P1~CAS*CO*45*39~",
                vec![("V02", "CLP04 of claim 1")],
            ),
            // A service, and so its claim.
            (
                "I*60*C*CHK",
                "CLP*A*1*100*60**12*P1~SVC*HC:99213*100*60**1~CAS*CO*45*39~",
                vec![("V02", "CLP04 of claim 1"), ("V03", "SVC03 of service 1 of claim 1")],
            ),
            // The services leave out what the claim charges.
            (
                "I*60*C*CHK",
                "CLP*A*1*120*60*20*12*P1~CAS*PR*1*20~SVC*HC:99213*100*60**1~CAS*CO*45*40~",
                vec![("V04", "CLP03 of claim 1"), ("V04", "CLP04 of claim 1")],
            ),
            // The patient's share.
            (
                "I*60*C*CHK",
                "CLP*A*1*100*60*9*12*P1~CAS*PR*1*10~CAS*CO*45*30~",
                vec![("V05", "CLP05 of claim 1")],
            ),
        ];
        for (payment, body, expected) in cases {
            let expected: Vec<(&str, String)> =
                expected.into_iter().map(|(rule, what)| (rule, what.to_owned())).collect();
            assert_eq!(broken(payment, body), expected, "{body}");
        }
    }

    #[test]
    fn a_reversal_needs_no_patient_share() {
        let body = "CLP*A*22*-100*-60**12*P1~CAS*CO*45*-30~CAS*PR*3*-10~\
                    CLP*B*1*100*60**12*P2~CAS*CO*45*40~";
        assert!(broken("H*0*C*NON", body).is_empty());
    }

    #[test]
    fn what_is_no_amount_never_balances() {
        let balance = balance_of("I*60*C*CHK", "CLP*A*1*100*60**12*P1~CAS*CO*45*forty~");
        assert!(!balance.may_post_claim(1));
        assert!(balance.equations[1].message().contains("cannot be read"));
    }

    #[test]
    fn warns_of_negative_and_empty_payments() {
        let rules = |payment: &str, body: &str| -> Vec<&'static str> {
            balance_of(payment, body).findings.iter().map(|found| found.rule.id).collect()
        };
        let back = "CLP*A*22*-100*-60**12*P1~CAS*CO*45*-40~";
        assert_eq!(rules("I*-60*C*CHK", back), ["V07"]);
        let nothing = "CLP*A*1*100*0**12*P1~CAS*CO*45*100~";
        assert_eq!(rules("I*0*C*CHK", nothing), ["V08"]);
        assert!(rules("H*0*C*NON", nothing).is_empty());
        let paid = "CLP*A*1*60*60**12*P1~";
        assert_eq!(rules("H*60*C*NON", paid), ["V44", "V08"]);
        assert_eq!(rules("H*60*C*ACH*CTX*01*9*DA*9*1512345678", paid), ["V44", "V08"]);
        assert_eq!(rules("P*60*C*CHK", paid), ["V44"]);
        assert_eq!(rules("P*0*C*NON", nothing), ["V44", "V08"]);
        assert!(!balance_of("P*60*C*CHK", paid).may_post());
    }

    #[test]
    fn messages_name_no_value_but_amounts_and_codes() {
        let body = "CLP*SECRET*1*100*60**12*SECRET~NM1*QC*1*SECRET~CAS*CO*SECRETCODE*39~";
        let balance = balance_of("I*60*C*CHK", body);
        assert!(!format!("{balance:?}").contains("SECRET"));
        assert!(balance.differences().all(|found| !found.message().contains("SECRET")));
    }

    #[test]
    fn published_examples_balance() {
        let folder = "stupidedi/005010/X221A1 HP835 Health Care Claim Payment Advice/pass";
        let files = testing::corpus_files(folder, |_| true);
        for (name, text) in &files {
            let mut count = 0;
            read_remittances(text, |remittance| {
                count += 1;
                for equation in balance(remittance).equations {
                    assert!(equation.holds(), "{name}: {}", equation.message());
                }
            });
            assert!(count > 0, "{name} holds a remittance");
        }
    }
}
