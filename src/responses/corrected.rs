//! V27: whom payers correct, for whoever keeps the registration. Each correction of a patient is told once,
//! however many claims of the same patient have it.

use x12::phi::Phi;
use x12::value::Money;
use x12::view::parts::Party;
use x12::view::remittance::Remittance;

use crate::change::{ArrivalId, Change, NewWork};
use crate::denials::Category;
use crate::denials::corrected::corrected;
use crate::denials::route::{Subject, shown};
use crate::intake::Knowledge;
use crate::reconcile::matching::{KnownClaim, letters_of, normal_number};

/// Work for what a remittance corrects of the patients whose claims it decides on. `here` is what the
/// arrival opens already.
pub(super) fn work(
    knowledge: &dyn Knowledge,
    (change, known): (&Change, &[KnownClaim]),
    remittance: &Remittance<'_>,
    (arrival, origin): (ArrivalId, &str),
    here: &[NewWork],
) -> Vec<NewWork> {
    let mut work: Vec<NewWork> = Vec::new();
    let told = change.payments.iter().flat_map(|payment| &payment.claims);
    for told in told.filter(|told| told.word.is_some() && told.status != "22") {
        let payment = remittance.claims.iter().find(|one| one.place.offset == told.place.offset);
        let parties = payment.into_iter().flat_map(|payment| &payment.parties);
        let claim = known.iter().find(|claim| Some(claim.id) == told.claim);
        let mut corrections = parties.filter(|party| party.entity.is("74"));
        let (Some(party), Some(claim)) = (corrections.next(), claim) else { continue };
        let Some(what) = difference(party, claim) else { continue };
        let says = says(party, claim);
        let is_same = |one: &NewWork| {
            one.category == Category::Corrected && one.evidence.starts_with(says.expose().as_str())
        };
        if here.iter().chain(&work).any(is_same) || knowledge.is_correction_told(claim.id, &says) {
            continue;
        }
        let trace = shown(&remittance.trace.text());
        let subject = Subject {
            claim: Some(claim.id),
            arrival,
            amount: Money::ZERO,
            place: party.place,
            payer: change.payments.first().map_or(String::new(), |paid| paid.payer.clone()),
            names: Phi::new(format!("{origin}, trace {trace}")),
        };
        work.push(corrected(&subject, what, &says));
    }
    work
}

/// What the payer says otherwise than the claim; nothing where it repeats what was sent.
fn difference(party: &Party<'_>, claim: &KnownClaim) -> Option<&'static str> {
    let number = normal_number(&party.id.text());
    let has_number = |known: &Phi<String>| normal_number(known.expose()) == number;
    let is_other_number = !number.is_empty() && !claim.member_ids.iter().any(has_number);
    let (last, first) = (letters_of(&party.last_name.text()), letters_of(&party.first_name.text()));
    let has_name = |known: &[Phi<String>; 2]| {
        let [known_last, known_first] = known.each_ref().map(|name| letters_of(name.expose()));
        (last.is_empty() || known_last == last) && (first.is_empty() || known_first == first)
    };
    let is_told = !(last.is_empty() && first.is_empty());
    let is_other_name = is_told && !claim.names.iter().any(has_name);
    match (is_other_name, is_other_number) {
        (true, true) => Some("name and number"),
        (true, false) => Some("name"),
        (false, true) => Some("number"),
        (false, false) => None,
    }
}

/// `NM1*74 ROE JAYNE, number W2; the claim has ROE JANE, number W1`.
fn says(party: &Party<'_>, claim: &KnownClaim) -> Phi<String> {
    let of = |[last, first]: [&str; 2], number: &str| {
        let name = format!("{} {}", shown(last), shown(first));
        let number = shown(number);
        let parts = [name.trim().to_owned(), format!("number {number}")];
        let is_there = |(index, part): &(usize, String)| {
            if *index == 0 { !part.is_empty() } else { !number.is_empty() }
        };
        let there = parts.into_iter().enumerate().filter(is_there);
        there.map(|(_, part)| part).collect::<Vec<_>>().join(", ")
    };
    let new = of([&party.last_name.text(), &party.first_name.text()], &party.id.text());
    let names = claim.names.last().map(|names| names.each_ref().map(|one| one.expose().as_str()));
    let number = claim.member_ids.last().filter(|number| !number.expose().is_empty());
    let number = number.or(claim.member_ids.first()).map_or("", |number| number.expose());
    let old = of(names.unwrap_or_default(), number);
    Phi::new(format!("NM1*74 {new}; the claim has {old}; "))
}
