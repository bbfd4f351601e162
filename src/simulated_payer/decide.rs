//! What a step of the script makes of a claim: claim payments that add up to the cent.

use x12::value::{Day, Money};

use super::filed::{Code, Filed, FiledLine};
use super::script::{Act, Returned, Step};

/// What one CLP says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// CLP01.
    pub number: String,
    /// CLP02.
    pub status: String,
    pub charge: Money,
    pub paid: Money,
    /// CLP07.
    pub payer_number: String,
    pub frequency: String,
    pub facility: String,
    pub member: String,
    pub last_name: String,
    pub first_name: String,
    pub from: Option<Day>,
    /// NM1*TT; empty when the claim goes no further.
    pub forward_to: String,
    /// AMT*I.
    pub interest: Money,
    /// Of the claim as a whole.
    pub adjustments: Vec<Adjusted>,
    pub remarks: Vec<String>,
    pub services: Vec<Service>,
}

/// One reason of a CAS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjusted {
    pub group: String,
    pub reason: String,
    pub amount: Money,
}

/// What one SVC says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub procedure: Code,
    /// SVC06, when something else was submitted.
    pub submitted: Option<Code>,
    pub revenue_code: String,
    pub charge: Money,
    pub paid: Money,
    /// SVC05; empty when the line came back in parts.
    pub quantity: String,
    pub day: Option<Day>,
    pub adjustments: Vec<Adjusted>,
    /// REF*6R; empty when it is left out.
    pub control_number: String,
    pub remarks: Vec<String>,
}

impl Decided {
    /// What the patient owes: CLP05.
    pub fn share(&self) -> Money {
        let of_services = self.services.iter().flat_map(|service| &service.adjustments);
        let all = self.adjustments.iter().chain(of_services);
        all.filter(|one| one.group == "PR").map(|one| one.amount).sum()
    }

    /// The same with every amount negated: it takes this one back.
    pub fn reversed(&self) -> Decided {
        let negated = |adjustments: &[Adjusted]| {
            let negated =
                adjustments.iter().map(|one| Adjusted { amount: -one.amount, ..one.clone() });
            negated.collect::<Vec<_>>()
        };
        let services = self.services.iter().map(|service| Service {
            charge: -service.charge,
            paid: -service.paid,
            adjustments: negated(&service.adjustments),
            ..service.clone()
        });
        Decided {
            status: "22".to_owned(),
            charge: -self.charge,
            paid: -self.paid,
            forward_to: String::new(),
            interest: -self.interest,
            adjustments: negated(&self.adjustments),
            services: services.collect(),
            ..self.clone()
        }
    }
}

/// What a step that pays or denies says of a claim: one CLP, or several when it splits the claim.
pub fn decide(claim: &Filed, step: &Step) -> Vec<Decided> {
    let mut purse = Purse::new(claim, step);
    let parts = step.split_claim.min(claim.lines.len()).max(1);
    let per_part = claim.lines.len().div_ceil(parts).max(1);
    let mut decided = Vec::new();
    for (index, lines) in claim.lines.chunks(per_part).enumerate() {
        let mut services = match step.bundle.is_empty() || lines.len() < 2 {
            true => lines.iter().flat_map(|line| settle_line(line, step, &mut purse)).collect(),
            false => bundle(lines, step, &mut purse),
        };
        for service in &mut services {
            if !step.has_line_numbers {
                service.control_number.clear();
            }
        }
        decided.push(claim_payment(claim, step, (parts, index), services));
    }
    if let Some(first) = decided.first_mut() {
        first.interest = step.interest;
        first.paid += step.manner.claim_off_by;
    }
    decided
}

fn claim_payment(
    claim: &Filed,
    step: &Step,
    (parts, index): (usize, usize),
    services: Vec<Service>,
) -> Decided {
    let letter = match parts {
        1 => String::new(),
        _ => format!("S{}", index + 1),
    };
    let (number, payer_number) = returned(claim, step.number);
    let mut decided = Decided {
        number,
        status: status(claim, step),
        charge: services.iter().map(|service| service.charge).sum(),
        paid: services.iter().map(|service| service.paid).sum(),
        payer_number: format!("{payer_number}{letter}"),
        frequency: claim.frequency.clone(),
        facility: claim.facility.clone(),
        member: claim.member.clone(),
        last_name: claim.last_name.clone(),
        first_name: claim.first_name.clone(),
        from: claim.from,
        forward_to: step.forward_to.clone(),
        interest: Money::ZERO,
        adjustments: Vec::new(),
        remarks: Vec::new(),
        services,
    };
    if step.is_whole {
        for service in std::mem::take(&mut decided.services) {
            for one in service.adjustments {
                add(&mut decided.adjustments, &one.group, &one.reason, one.amount);
            }
            decided.remarks.extend(service.remarks);
        }
        decided.remarks.dedup();
    }
    decided
}

/// CLP01 and CLP07.
fn returned(claim: &Filed, how: Returned) -> (String, String) {
    let mut number = claim.number.clone();
    let payer_number = claim.payer_number();
    match how {
        Returned::Same => {}
        Returned::Cut => drop(number.pop()),
        Returned::Zero => number = "0".to_owned(),
        Returned::Unknown => {
            return (format!("NOBODY-{}", claim.number), format!("NOBODY-{payer_number}"));
        }
    }
    (number, payer_number)
}

fn status(claim: &Filed, step: &Step) -> String {
    if !step.status.is_empty() {
        return step.status.clone();
    }
    let passed_on = if step.forward_to.is_empty() { 0 } else { 18 };
    (claim.rank.min(3) + passed_on).to_string()
}

/// What the patient still bears of the claim as a whole, and what earlier payers settled of it.
struct Purse {
    deductible: Money,
    copay: Money,
    overpay: Money,
    prior: Money,
    is_later_payer: bool,
}

impl Purse {
    fn new(claim: &Filed, step: &Step) -> Purse {
        let Step { deductible, copay, overpay, .. } = *step;
        let is_later_payer = claim.rank > 1;
        Purse { deductible, copay, overpay, prior: claim.prior, is_later_payer }
    }
}

/// As much of `amount` as there is room for, which is taken off both.
fn take(amount: &mut Money, room: &mut Money) -> Money {
    let taken = (*amount).min(*room).max(Money::ZERO);
    *amount -= taken;
    *room -= taken;
    taken
}

fn settle_line(line: &FiledLine, step: &Step, purse: &mut Purse) -> Vec<Service> {
    let parts = step.split_lines as i64;
    let mut services = Vec::new();
    for part in 0..parts {
        let each = Money::from_cents(line.charge.cents() / parts);
        let rest = line.charge - Money::from_cents(each.cents() * (parts - 1));
        let charge = if part + 1 == parts { rest } else { each };
        let prior = if part + 1 == parts { line.prior } else { Money::ZERO };
        let mut service = service_of(line, charge);
        if parts > 1 {
            service.quantity.clear();
        }
        settle(&mut service, charge, prior, (line, step), purse);
        if !step.recode.is_empty() && step.recode != line.procedure.code {
            let recoded = Code { code: step.recode.clone(), ..line.procedure.clone() };
            service.submitted = Some(std::mem::replace(&mut service.procedure, recoded));
        }
        services.push(service);
    }
    services
}

fn service_of(line: &FiledLine, charge: Money) -> Service {
    Service {
        procedure: line.procedure.clone(),
        submitted: None,
        revenue_code: line.revenue_code.clone(),
        charge,
        paid: Money::ZERO,
        quantity: line.quantity.clone(),
        day: line.day,
        adjustments: Vec::new(),
        control_number: line.control_number.clone(),
        remarks: Vec::new(),
    }
}

/// All lines are paid on the first, under one procedure; what the others charged is rolled into it
/// (OA-94) and comes off them (CO-97).
fn bundle(lines: &[FiledLine], step: &Step, purse: &mut Purse) -> Vec<Service> {
    let total: Money = lines.iter().map(|line| line.charge).sum();
    let prior: Money = lines.iter().map(|line| line.prior).sum();
    let mut services = Vec::new();
    for line in lines {
        let mut service = service_of(line, line.charge);
        if services.is_empty() {
            settle(&mut service, total, prior, (line, step), purse);
            add(&mut service.adjustments, "OA", "94", line.charge - total);
            let code = Code { code: step.bundle.clone(), ..line.procedure.clone() };
            service.submitted = Some(std::mem::replace(&mut service.procedure, code));
        } else {
            add(&mut service.adjustments, "CO", "97", line.charge);
        }
        services.push(service);
    }
    services
}

/// What is paid of a charge, and why the rest is not.
fn settle(
    service: &mut Service,
    charge: Money,
    prior: Money,
    (line, step): (&FiledLine, &Step),
    purse: &mut Purse,
) {
    let is_denied =
        step.act == Act::Deny && (step.lines.is_empty() || step.lines.contains(&line.number));
    if is_denied {
        add(&mut service.adjustments, &step.group, &step.reason, charge);
        service.remarks.clone_from(&step.remarks);
        return;
    }
    let list = &mut service.adjustments;
    // Half a cent up, as contracts round; the payer pays what is left over.
    let percent =
        |of: Money, percent: u32| Money::from_cents((of.cents() * i64::from(percent) + 50) / 100);
    let mut left = charge;
    if purse.is_later_payer {
        let mut prior = prior;
        let settled = take(&mut prior, &mut left) + take(&mut purse.prior, &mut left);
        let (group, reason) = if step.tells_prior { ("OA", "23") } else { ("CO", "45") };
        add(list, group, reason, settled);
    }
    let mut contractual = match purse.is_later_payer {
        // What the contract takes off, the first payer took off.
        true => Money::ZERO,
        false => percent(charge, step.contractual),
    };
    contractual = (contractual - purse.overpay).max(Money::ZERO);
    purse.overpay = Money::ZERO;
    add(list, "CO", "45", take(&mut contractual, &mut left));
    let deductible = take(&mut purse.deductible, &mut left);
    let mut coinsurance = percent(charge, step.coinsurance);
    add(list, "PR", "1", deductible);
    add(list, "PR", "2", take(&mut coinsurance, &mut left));
    add(list, "PR", "3", take(&mut purse.copay, &mut left));
    let mut sequestration = percent(left, step.sequestration);
    add(list, "CO", "253", take(&mut sequestration, &mut left));
    service.paid = left;
}

/// One reason stands once in a list.
fn add(list: &mut Vec<Adjusted>, group: &str, reason: &str, amount: Money) {
    if amount.is_zero() {
        return;
    }
    match list.iter_mut().find(|one| one.group == group && one.reason == reason) {
        Some(one) => one.amount += amount,
        None => {
            let (group, reason) = (group.to_owned(), reason.to_owned());
            list.push(Adjusted { group, reason, amount });
        }
    }
}
