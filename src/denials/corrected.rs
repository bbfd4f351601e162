//! A payer knows a patient otherwise than the office does.

use x12::phi::Phi;
use x12::value::Money;

use super::Category;
use super::reasons::Desk;
use super::route::Subject;
use crate::change::NewWork;
use crate::change::cases::Alike;

/// Work for what a payer corrects of a patient: which of it, and what it says instead.
pub fn corrected(subject: &Subject, what: &str, says: &Phi<String>) -> NewWork {
    NewWork {
        claim: subject.claim,
        arrival: Some(subject.arrival),
        category: Category::Corrected,
        desk: Desk::FrontDesk.name().to_owned(),
        what: format!("the payer knows the patient or the insured under another {what} (NM1*74)"),
        action:
            "compare with the patient's card and correct the registration, so that the next claim \
                 has it; then `claimgate queue resolve` closes this"
                .to_owned(),
        evidence: format!(
            "{}{}; NM1 at segment {}",
            says.expose(),
            subject.names.expose(),
            subject.place.segment
        ),
        deadline: None,
        // Nothing is lost of the claim: it was decided on.
        amount: Money::ZERO,
        resend: None,
        remitted: None,
        lines: Vec::new(),
        alike: Alike::default(),
    }
}
