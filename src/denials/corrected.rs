//! A payer knows a patient, or who pays for the patient, otherwise than the office does.

use x12::phi::Phi;
use x12::value::Money;

use super::Category;
use super::reasons::Desk;
use super::route::Subject;
use crate::change::NewWork;
use crate::change::cases::Alike;

/// What a payer corrects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Which of the patient or the insured it knows otherwise (NM1*74): `name and number`.
    Patient(&'static str),
    /// Which payer comes first (NM1*PR), as it is named there.
    FirstPayer(String),
}

/// Work for what a payer corrects of a patient, with what it says instead.
pub fn corrected(subject: &Subject, correction: &Correction, says: &Phi<String>) -> NewWork {
    NewWork {
        claim: subject.claim,
        arrival: Some(subject.arrival),
        category: Category::Corrected,
        desk: Desk::FrontDesk.name().to_owned(),
        what: correction.what(),
        action: correction.action().to_owned(),
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
        clps: Vec::new(),
        alike: Alike::default(),
    }
}

impl Correction {
    fn what(&self) -> String {
        match self {
            Correction::Patient(what) => {
                format!("the payer knows the patient or the insured under another {what} (NM1*74)")
            }
            Correction::FirstPayer(payer) => {
                format!("the payer says that another payer comes first: {payer} (NM1*PR)")
            }
        }
    }

    const fn action(&self) -> &'static str {
        match self {
            Correction::Patient(_) => {
                "compare with the patient's card and correct the registration, so that the next claim \
                 has it; then `claimgate queue resolve` closes this"
            }
            Correction::FirstPayer(_) => {
                "check the order of coverage with the patient; where that payer comes first, correct the \
                 registration and the claim: it goes to that payer first, and to this one after it; then `claimgate \
                 queue resolve` closes this"
            }
        }
    }
}
