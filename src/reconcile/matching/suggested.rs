//! What a CLP may speak of that no number names: by the patient first.

use super::{
    CUT_NUMBER_CHARACTERS_MIN, Known, KnownClaim, Match, Question, SUGGESTIONS_MAX, ids,
    normal_number, was_sent,
};

/// Claims that a person should look at: a number cut short, or days, charge and services alike.
pub(super) fn suggest<'a>(question: &Question<'_, '_>, known: &Known<'a>) -> Match<'a> {
    let cut = normal_number(&question.number);
    if cut.len() >= CUT_NUMBER_CHARACTERS_MIN {
        let longer = known.by_control_number.range(cut.clone()..);
        let longer = longer.take_while(|(number, _)| number.starts_with(&cut));
        let claims: Vec<&KnownClaim> =
            longer.flat_map(|(_, at)| known.picked(Some(at))).take(SUGGESTIONS_MAX).collect();
        if !claims.is_empty() {
            let why = "CLP01 is the beginning of CLM01";
            return Match::Suggested { claims: ids(&claims), why };
        }
    }
    let same_charge = question.charge.and_then(|charge| known.by_charge.get(&charge));
    let examined = same_charge.into_iter().flatten().take(SUGGESTIONS_EXAMINED_MAX);
    let mut claims: Vec<&KnownClaim> =
        examined.filter_map(|&index| known.claims.get(index)).collect();
    claims.retain(|claim| {
        was_sent(claim.state)
            && question.has_payer(claim)
            && question.has_payee(claim)
            && question.has_days(claim)
            // A payer may decide on other services than those that were billed.
            && (question.has_same_codes(claim)
                || question.patient_by(claim) == Some(PatientBy::Number))
    });
    // Whom the patient's number names is it, and not all that are called alike.
    let best = claims.iter().filter_map(|claim| question.patient_by(claim)).max();
    claims.retain(|claim| best.is_some() && question.patient_by(claim) == best);
    claims.sort_by_key(|claim| !question.has_same_codes(claim));
    match best {
        Some(by) => Match::Suggested { claims: ids(&claims), why: by.why() },
        None => Match::Unknown,
    }
}

/// By what a patient is known, the surest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PatientBy {
    /// One side names nobody.
    Nothing,
    /// The last name, and the initial of the first.
    Initial,
    Name,
    /// The insured's or the patient's own.
    Number,
}

impl PatientBy {
    /// Why a claim is suggested of such a patient.
    const fn why(self) -> &'static str {
        match self {
            PatientBy::Nothing => {
                "payer, service days, charge and services agree, but no number does"
            }
            PatientBy::Initial => {
                "the patient's last name and initial, payer, service days, charge and services \
                 agree, but no number does"
            }
            PatientBy::Name => {
                "the patient's name, payer, service days, charge and services agree, but no number \
                 does"
            }
            PatientBy::Number => {
                "the member's number, payer, service days and charge agree, but no number of the \
                 claim does"
            }
        }
    }
}

/// Many claims have the same charge; a suggestion is not worth comparing them all.
const SUGGESTIONS_EXAMINED_MAX: usize = 100;
