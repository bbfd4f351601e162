//! What a CLP may speak of that no number names: by the patient first.

use std::collections::{BTreeSet, HashMap};

use x12::phi::Phi;
use x12::value::Money;
use x12::view::remittance::ClaimPayment;

use super::{
    CUT_NAME_BYTES_MIN, CUT_NUMBER_CHARACTERS_MIN, Known, KnownClaim, Match, Question,
    SUGGESTIONS_MAX, ids, letters_of, normal_number, people, was_sent,
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
    let mut claims = examined(question, known);
    claims.retain(|claim| {
        was_sent(claim.state)
            && question.has_payer(claim)
            && question.has_payee(claim)
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

/// Claims of the same charge and days that are looked at: of the people that a payment names, where it names any.
fn examined<'a>(question: &Question<'_, '_>, known: &Known<'a>) -> Vec<&'a KnownClaim> {
    let Some(charge) = question.charge else { return Vec::new() };
    let alike = |indexes: Option<&Vec<usize>>| -> Vec<usize> {
        let indexes = indexes.into_iter().flatten().copied();
        let with_days = indexes
            .filter(|&index| known.claims.get(index).is_some_and(|one| question.has_days(one)));
        with_days.take(EXAMINED_MAX).collect()
    };
    let people = people_of(question.payment);
    let mut indexes = BTreeSet::new();
    if people.is_empty() {
        indexes.extend(alike(known.by_charge.get(&charge)));
    } else {
        let by_person = known.by_person.get_or_init(|| by_person(known.claims));
        for person in people.into_iter().chain([nobody()]) {
            indexes.extend(alike(by_person.get(&(charge, person))));
        }
    }
    indexes.into_iter().filter_map(|index| known.claims.get(index)).collect()
}

/// Known claims of each charge by whom they name.
pub(super) type ByPerson = HashMap<(Money, Phi<String>), Vec<usize>>;

fn by_person(claims: &[KnownClaim]) -> ByPerson {
    let mut found = ByPerson::new();
    for (index, claim) in claims.iter().enumerate() {
        let ids = claim.member_ids.iter().flat_map(|id| person_keys("", "", id.expose()));
        let names = claim.names.iter();
        let names = names.flat_map(|[last, first]| person_keys(last.expose(), first.expose(), ""));
        let mut keys: BTreeSet<Phi<String>> = ids.chain(names).collect();
        // What is not known of a claim speaks against nobody.
        if claim.names.is_empty() || claim.member_ids.iter().all(|id| id.expose().is_empty()) {
            keys.insert(nobody());
        }
        for key in keys {
            found.entry((claim.charge, key)).or_default().push(index);
        }
    }
    found
}

const fn nobody() -> Phi<String> {
    Phi::new(String::new())
}

/// By what a person of a claim is found: the number, and the beginning of the last name with the first initial.
pub fn person_keys(last: &str, first: &str, id: &str) -> Vec<Phi<String>> {
    let initial = first.trim().chars().next().map(|letter| letter.to_ascii_uppercase());
    let id = normal_number(id);
    let number = (!id.is_empty()).then(|| format!("#{id}"));
    number.into_iter().chain(name_key(last, initial)).map(Phi::new).collect()
}

/// Names are alike by as much of the last one as a payer may leave of it.
fn name_key(last: &str, initial: Option<char>) -> Option<String> {
    let letters = letters_of(last);
    let beginning = letters.get(..letters.floor_char_boundary(CUT_NAME_BYTES_MIN))?;
    let initial = initial.map(String::from).unwrap_or_default();
    (!beginning.is_empty()).then(|| format!("{beginning},{initial}"))
}

/// Whom a claim payment names, as claims have them: a first name that one side leaves out may be any.
pub fn people_of(payment: &ClaimPayment<'_>) -> BTreeSet<Phi<String>> {
    let mut keys = BTreeSet::new();
    for party in people(payment).take(PEOPLE_MAX) {
        let (last, first) = (party.last_name.text(), party.first_name.text());
        keys.extend(person_keys(&last, &first, &party.id.text()));
        let others = match first.trim().is_empty() {
            true => ('A'..='Z').map(Some).collect(),
            false => vec![None],
        };
        let others = others.into_iter().filter_map(|initial| name_key(&last, initial));
        keys.extend(others.map(Phi::new));
    }
    keys
}

/// A CLP names a patient, an insured and what is corrected of them.
const PEOPLE_MAX: usize = 6;

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

/// Claims of one charge and day that are compared: of one person, or where a payment names nobody.
const EXAMINED_MAX: usize = 100;
