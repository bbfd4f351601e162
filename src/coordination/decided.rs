//! What a payer decided on a claim in one CLP, in the values that the next payer is told.

use x12::interchange::{Interchange, Set};
use x12::value::{Day, Money, Quantity};
use x12::view::parts::{Adjustment, Procedure};
use x12::view::remittance::{ClaimPayment, Remittance, ServicePayment};

use crate::reconcile::matching::{KnownClaim, is_default_code, match_lines};
use crate::reconcile::outcome::{is_passed_on, passed_to, passed_to_id};
use crate::reconcile::standing::Said;
use crate::reconcile::turns::may_be_next_payers;

/// One CLP. Its values are a payer's, so they are checked when they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// BPR16.
    pub paid_on: Option<Day>,
    /// CLP07.
    pub payer_control_number: String,
    /// CLP04.
    pub paid: Money,
    /// CLP02 19 to 21, NM1*TT or a remark: the payer sent the claim on by itself.
    pub is_passed_on: bool,
    /// To whom, by NM1*TT: its name or else its number, and its number; both empty when it does not say.
    pub passed_to: [String; 2],
    /// CAS of the claim as a whole.
    pub adjustments: Vec<Adjusted>,
    /// MIA and MOA by element, the first of them MIA01.
    pub inpatient: Vec<String>,
    pub outpatient: Vec<String>,
    pub services: Vec<Service>,
}

/// An adjustment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjusted {
    pub group: String,
    pub reason: String,
    pub amount: Money,
    pub quantity: String,
}

/// One SVC.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// LX01 of the line that it speaks of.
    pub line: Option<u32>,
    pub charge: Money,
    pub paid: Money,
    /// SVC01 by its parts: list, code, modifiers. SVC06 when the payer had no code for it.
    pub procedure: Vec<String>,
    /// SVC06 says that it was billed under another code.
    pub is_recoded: bool,
    /// SVC04, or SVC01 where that is a revenue code.
    pub revenue_code: String,
    /// SVC05.
    pub units: Option<Quantity>,
    pub adjustments: Vec<Adjusted>,
}

impl Decided {
    /// What stands of it, by what its CLP said and what of that stands: not the lines that another CLP decides on, nor
    /// what it leaves of a line to such.
    pub fn of(&self, said: &Said, stands: &Said) -> Decided {
        let mut own = self.clone();
        let lines: Vec<u32> = own.services.iter().filter_map(|service| service.line).collect();
        if said == stands
            && (said.lines.is_none() || lines.iter().all(|&line| said.speaks_of(line)))
        {
            return own;
        }
        own.paid = said.paid;
        let is_told = |number: u32| stands.lines.iter().flatten().any(|line| line.number == number);
        own.services.retain(|service| service.line.is_none_or(is_told));
        for (number, code, amount) in said.left_beside(stands) {
            let is_its = |one: &Adjusted| {
                format!("{}-{}", one.group, one.reason) == code && one.amount == amount
            };
            let of_line = |service: &&mut Service| {
                let line = service.line.map(|line| line.to_string());
                line.as_deref() == Some(number) && service.adjustments.iter().any(is_its)
            };
            let Some(service) = own.services.iter_mut().find(of_line) else { continue };
            service.adjustments.retain(|one| !is_its(one));
        }
        let says = |one: &Service| !one.paid.is_zero() || !one.adjustments.is_empty();
        own.services.retain(|one| says(one) || one.charge.is_zero());
        own
    }

    /// What it leaves to the patient: all of group PR.
    pub fn left_to_patient(&self) -> Money {
        left_to_patient(&self.adjustments)
            + self.services.iter().map(Service::left_to_patient).sum::<Money>()
    }

    /// What it denies and the next payer may pay.
    pub fn left_to_next(&self) -> Money {
        let of_services = self.services.iter().flat_map(|service| &service.adjustments);
        let all = self.adjustments.iter().chain(of_services);
        all.filter(|one| may_be_next_payers(&one.group, &one.reason)).map(|one| one.amount).sum()
    }

    /// Whether everything that was not paid was bundled into another line, and so was not denied.
    pub fn is_bundled_alone(&self) -> bool {
        let mut unpaid = self
            .services
            .iter()
            .filter(|one| one.paid.is_zero() && !one.charge.is_zero())
            .peekable();
        unpaid.peek().is_some() && unpaid.all(|one| self.bundled_with(one).is_some())
    }

    /// The line into which a service was bundled. The one that was paid instead has what the others
    /// charged rolled into it (OA-94), and nothing was paid for these (CO-97).
    pub fn bundled_with(&self, service: &Service) -> Option<u32> {
        let carries = |known: &&Service| {
            known.adjustments.iter().any(|one| one.reason == "94" && one.amount.is_negative())
        };
        if !service.paid.is_zero() || !service.has_reason("97") || carries(&service) {
            return None;
        }
        let mut carriers: Vec<&Service> = self.services.iter().filter(carries).collect();
        if carriers.len() > 1 {
            carriers.retain(|known| known.procedure.get(1) == service.procedure.get(1));
        }
        match carriers.as_slice() {
            [carrier] => carrier.line.filter(|line| Some(*line) != service.line),
            _ => None,
        }
    }
}

impl Service {
    /// What it leaves to the patient: all of group PR.
    pub fn left_to_patient(&self) -> Money {
        left_to_patient(&self.adjustments)
    }

    /// Whether an adjustment has this reason.
    pub fn has_reason(&self, reason: &str) -> bool {
        self.adjustments.iter().any(|one| one.reason == reason)
    }
}

/// What adjustments leave to the patient.
pub fn left_to_patient(adjustments: &[Adjusted]) -> Money {
    adjustments.iter().filter(|one| one.group == "PR").map(|one| one.amount).sum()
}

/// What stands in the CLP at this byte, about this claim.
pub fn decided(
    (interchange, set): (&Interchange, &Set),
    remittance: &Remittance<'_>,
    offset: usize,
    claim: &KnownClaim,
) -> Option<Decided> {
    let payment = remittance.claims.iter().find(|claim| claim.place.offset == offset)?;
    let lines = match_lines(payment, (claim, ""));
    let service = |(index, service): (usize, &ServicePayment<'_>)| {
        service_of(service, lines.get(index).and_then(|found| found.line))
    };
    let of_claim = |tag: &[u8]| elements_of(interchange, set, payment, tag);
    Some(Decided {
        paid_on: remittance.paid_on.day(),
        payer_control_number: payment.payer_control_number.text().trim().to_owned(),
        paid: payment.paid.money().unwrap_or_default(),
        is_passed_on: is_passed_on(payment),
        passed_to: [passed_to(payment), passed_to_id(payment)],
        adjustments: adjusted(&payment.adjustments),
        inpatient: of_claim(b"MIA"),
        outpatient: of_claim(b"MOA"),
        services: payment.services.iter().enumerate().map(service).collect(),
    })
}

fn service_of(service: &ServicePayment<'_>, line: Option<u32>) -> Service {
    let decided = &service.procedure;
    let told = match &service.submitted {
        Some(submitted) if is_default_code(decided) => submitted,
        Some(_) | None => decided,
    };
    let revenue_code = if decided.qualifier.is("NU") { decided.code } else { service.revenue_code };
    Service {
        line,
        charge: service.charge.money().unwrap_or_default(),
        paid: service.paid.money().unwrap_or_default(),
        procedure: parts_of(told),
        is_recoded: service
            .submitted
            .as_ref()
            .is_some_and(|known| !known.code.is(&told.code.text())),
        revenue_code: revenue_code.text().trim().to_owned(),
        units: Quantity::parse(service.quantity.bytes()),
        adjustments: adjusted(&service.adjustments),
    }
}

fn parts_of(procedure: &Procedure<'_>) -> Vec<String> {
    let parts = [procedure.qualifier, procedure.code].into_iter();
    let parts = parts.chain(procedure.modifiers.iter().copied());
    parts.map(|part| part.text().trim().to_owned()).collect()
}

/// What takes nothing off is no adjustment to tell.
fn adjusted(adjustments: &[Adjustment<'_>]) -> Vec<Adjusted> {
    let adjustments = adjustments.iter().filter(|one| !one.money().is_zero());
    adjustments
        .map(|one| Adjusted {
            group: one.group.text().trim().to_owned(),
            reason: one.reason.text().trim().to_owned(),
            amount: one.money(),
            quantity: one.quantity.text().trim().to_owned(),
        })
        .collect()
}

/// The elements of a segment of a CLP that stands before its services.
fn elements_of(
    interchange: &Interchange,
    set: &Set,
    payment: &ClaimPayment<'_>,
    tag: &[u8],
) -> Vec<String> {
    let own = (payment.place.segment + 1..)
        .map_while(|number| interchange.set_segment(set, number))
        .take_while(|segment| !matches!(segment.tag_bytes(), b"CLP" | b"SVC" | b"PLB" | b"SE"));
    let found = own.into_iter().find(|segment| segment.tag_bytes() == tag);
    let text = |element: &[u8]| String::from_utf8_lossy(element).trim().to_owned();
    found.map_or(Vec::new(), |segment| segment.elements().skip(1).map(text).collect())
}
