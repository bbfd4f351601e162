//! What a payer has not decided on, of a claim of which it decided the rest: it takes nothing off.

use x12::view::parts::Adjustment;
use x12::view::remittance::{ClaimPayment, ServicePayment};

use super::matching::{LineMatch, LinePart};
use super::outcome::Judge;
use crate::denials::printable;
use crate::denials::reasons::{self, Class};

/// Adjustments of a claim payment that stay owed, by the bytes at which their amounts stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pended(Vec<usize>);

impl Pended {
    /// By the table and the office's rows: those for a remark, too.
    pub fn of(payment: &ClaimPayment<'_>, judge: Judge<'_>) -> Pended {
        let mut pended = Vec::new();
        let of_claim: Vec<String> = payment.remarks.iter().map(printable).collect();
        let mut take = |adjustments: &[Adjustment<'_>], remarks: &[String]| {
            let is_it = |one: &&Adjustment<'_>| {
                is_always(one) || judge.class(one, remarks) == Class::Waiting
            };
            let its = adjustments.iter().filter(is_it);
            pended.extend(its.map(|one| one.amount.place.offset));
        };
        take(&payment.adjustments, &of_claim);
        for service in &payment.services {
            let own = service.remarks.iter().map(printable);
            let remarks: Vec<String> = own.chain(of_claim.iter().cloned()).collect();
            take(&service.adjustments, &remarks);
        }
        Pended(pended)
    }

    pub fn has(&self, adjustment: &Adjustment<'_>) -> bool {
        self.0.contains(&adjustment.amount.place.offset)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an office's row alone says that it is open.
    pub(super) fn has_by_office(&self, adjustment: &Adjustment<'_>) -> bool {
        self.has(adjustment) && !is_always(adjustment)
    }

    pub(super) fn has_of(&self, service: &ServicePayment<'_>) -> bool {
        service.adjustments.iter().any(|one| self.has(one))
    }

    /// A line of which something is open is not denied.
    pub(super) fn keep_open(&self, lines: &mut [LineMatch], payment: &ClaimPayment<'_>) {
        for (found, service) in lines.iter_mut().zip(&payment.services) {
            if self.has_of(service) {
                found.part = match found.part {
                    LinePart::Denied => LinePart::Whole,
                    LinePart::SomeDenied => LinePart::Some,
                    part @ (LinePart::Whole
                    | LinePart::Some
                    | LinePart::Copy
                    | LinePart::Elsewhere) => part,
                };
            }
        }
    }
}

/// By our table, whatever an office's row says.
fn is_always(adjustment: &Adjustment<'_>) -> bool {
    reasons::reason(&adjustment.reason.text()).class == Class::Waiting
}
