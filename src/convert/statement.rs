//! What a remittance says, in the order in which people read it.

use x12::segment::Field;
use x12::value::{Day, DayRange, Decimal};
use x12::view::parts::{Adjustment, Party, find_amount, find_date};
use x12::view::remittance::{ClaimPayment, ProviderAdjustment, Remittance, ServicePayment};

use crate::code_sets::{adjustment_group, carc, provider_adjustment, remittance_status};

/// One remittance.
#[derive(Debug, Default)]
pub struct Statement {
    pub payer: Name,
    pub payee: Name,
    /// TRN03.
    pub payer_number: String,
    /// The number of the cheque or transfer.
    pub trace: String,
    pub paid_on: Option<Day>,
    /// BPR04.
    pub method: String,
    pub total: Decimal,
    pub claims: Vec<Claim>,
    pub provider_adjustments: Vec<Balance>,
}

/// A party: its name, its number, its address line by line.
#[derive(Clone, Debug, Default)]
pub struct Name {
    pub name: String,
    pub number: String,
    pub address: Vec<String>,
}

/// What the payer decided for one claim.
#[derive(Debug)]
pub struct Claim {
    /// CLP01, the office's own number.
    pub number: String,
    pub payer_number: String,
    pub status: String,
    pub status_words: &'static str,
    pub is_reversal: bool,
    pub patient_last_name: String,
    pub patient_first_name: String,
    /// The member number, of the patient or else of the insured.
    pub member: String,
    pub provider: Name,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub charge: Decimal,
    pub paid: Decimal,
    /// CLP05, as the payer says it.
    pub patient_responsibility: Decimal,
    /// What is adjusted on the claim and on none of its lines.
    pub adjustments: Vec<Reason>,
    pub remarks: Vec<String>,
    pub lines: Vec<Line>,
}

/// What the payer decided for one service.
#[derive(Debug)]
pub struct Line {
    /// REF*6R.
    pub control_number: String,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub procedure: String,
    pub modifiers: Vec<String>,
    pub revenue_code: String,
    pub units: String,
    pub charge: Decimal,
    /// AMT*B6, when the payer says it.
    pub allowed: Option<Decimal>,
    pub paid: Decimal,
    pub adjustments: Vec<Reason>,
    pub remarks: Vec<String>,
}

/// One adjustment with its reason.
#[derive(Debug)]
pub struct Reason {
    pub group: String,
    pub group_words: &'static str,
    pub code: String,
    pub words: &'static str,
    pub amount: Decimal,
}

/// Decimal that belongs to no claim.
#[derive(Debug)]
pub struct Balance {
    pub provider: String,
    pub code: String,
    pub words: &'static str,
    pub reference: String,
    /// As the payer writes it: what is positive lowers the payment.
    pub amount: Decimal,
}

const UNKNOWN: &str = "Not in our list";

/// Lays a remittance out.
pub fn statement(remittance: &Remittance<'_>) -> Statement {
    Statement {
        payer: name(remittance.payer.as_ref()),
        payee: name(remittance.payee.as_ref()),
        payer_number: text(&remittance.trace_payer),
        trace: text(&remittance.trace),
        paid_on: remittance.paid_on.day(),
        method: text(&remittance.method),
        total: money(&remittance.amount),
        claims: remittance.claims.iter().map(claim).collect(),
        provider_adjustments: remittance.provider_adjustments.iter().map(balance).collect(),
    }
}

impl Claim {
    /// What the claim says beyond its lines.
    pub fn beyond_lines(&self) -> (Decimal, Decimal) {
        let charged: Decimal = self.lines.iter().map(|line| line.charge).sum();
        let paid: Decimal = self.lines.iter().map(|line| line.paid).sum();
        (self.charge - charged, self.paid - paid)
    }

    /// The adjustments of the claim and of its lines.
    pub fn all_adjustments(&self) -> impl Iterator<Item = &Reason> {
        self.adjustments.iter().chain(self.lines.iter().flat_map(|line| &line.adjustments))
    }
}

fn claim(claim: &ClaimPayment<'_>) -> Claim {
    let party = |entity: &str| claim.parties.iter().find(|party| party.entity.is(entity));
    let patient = party("QC");
    let member_of = |party: Option<&Party<'_>>| party.map(|party| text(&party.id));
    let member = member_of(patient).filter(|member| !member.is_empty());
    let from = find_date(&claim.dates, "232").and_then(|dated| dated.days());
    let to = find_date(&claim.dates, "233").and_then(|dated| dated.days());
    Claim {
        number: text(&claim.patient_control_number),
        payer_number: text(&claim.payer_control_number),
        status: text(&claim.status),
        status_words: remittance_status::meaning(claim.status.bytes()).unwrap_or(UNKNOWN),
        is_reversal: claim.is_reversal(),
        patient_last_name: patient.map(|party| text(&party.last_name)).unwrap_or_default(),
        patient_first_name: patient.map(|party| text(&party.first_name)).unwrap_or_default(),
        member: member.or_else(|| member_of(party("IL"))).unwrap_or_default(),
        provider: name(party("82")),
        from: from.map(|days| days.from),
        to: to.or(from).map(|days| days.to),
        charge: money(&claim.charge),
        paid: money(&claim.paid),
        patient_responsibility: money(&claim.patient_responsibility),
        adjustments: claim.adjustments.iter().map(reason).collect(),
        remarks: claim.remarks.iter().map(text).collect(),
        lines: claim.services.iter().map(line).collect(),
    }
}

fn line(service: &ServicePayment<'_>) -> Line {
    let days = |qualifier: &str| -> Option<DayRange> {
        find_date(&service.dates, qualifier).and_then(|dated| dated.days())
    };
    let from = days("472").or_else(|| days("150"));
    let to = days("151").or(from);
    // A revenue code stands as the procedure itself when there is no other.
    let is_revenue = service.procedure.qualifier.is("NU");
    let revenue_code = match is_revenue {
        true => text(&service.procedure.code),
        false => text(&service.revenue_code),
    };
    Line {
        control_number: service.line_control_number().as_ref().map(text).unwrap_or_default(),
        from: from.map(|days| days.from),
        to: to.map(|days| days.to),
        procedure: if is_revenue { String::new() } else { text(&service.procedure.code) },
        modifiers: service.procedure.modifiers.iter().map(text).collect(),
        revenue_code,
        units: text(&service.quantity),
        charge: money(&service.charge),
        allowed: find_amount(&service.amounts, "B6").and_then(|amount| amount.decimal()),
        paid: money(&service.paid),
        adjustments: service.adjustments.iter().map(reason).collect(),
        remarks: service.remarks.iter().map(text).collect(),
    }
}

fn reason(adjustment: &Adjustment<'_>) -> Reason {
    Reason {
        group: text(&adjustment.group),
        group_words: adjustment_group::meaning(adjustment.group.bytes()).unwrap_or(UNKNOWN),
        code: text(&adjustment.reason),
        words: carc::meaning(adjustment.reason.bytes()).unwrap_or(UNKNOWN),
        amount: money(&adjustment.amount),
    }
}

fn balance(adjustment: &ProviderAdjustment<'_>) -> Balance {
    Balance {
        provider: text(&adjustment.provider),
        code: text(&adjustment.reason),
        words: provider_adjustment::meaning(adjustment.reason.bytes()).unwrap_or(UNKNOWN),
        reference: text(&adjustment.reference),
        amount: money(&adjustment.amount),
    }
}

fn name(party: Option<&Party<'_>>) -> Name {
    let Some(party) = party else { return Name::default() };
    let first = text(&party.first_name);
    let last = text(&party.last_name);
    let name = if first.is_empty() { last } else { format!("{first} {last}") };
    let mut address = Vec::new();
    if let Some(found) = &party.address {
        let place = [text(&found.city), text(&found.state), text(&found.zip)];
        address.extend([text(&found.line), text(&found.second_line), place.join(" ")]);
        address.retain(|line| !line.trim().is_empty());
    }
    Name { name, number: text(&party.id), address }
}

fn text(field: &Field<'_>) -> String {
    field.text().trim_end().to_owned()
}

fn money(field: &Field<'_>) -> Decimal {
    field.decimal().unwrap_or_default()
}
