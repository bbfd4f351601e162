//! V27: whom payers correct, and which payer they say comes first, for whoever keeps the registration. Each
//! correction of a patient is told once, however many claims of the same patient have it.

use x12::fault::Place;
use x12::phi::Phi;
use x12::value::Money;
use x12::view::parts::Party;
use x12::view::remittance::{ClaimPayment, Remittance};

use crate::change::{ArrivalId, Change, NewWork};
use crate::denials::Category;
use crate::denials::corrected::{Correction, corrected};
use crate::denials::route::{Subject, shown};
use crate::intake::Knowledge;
use crate::reconcile::matching::{KnownClaim, letters_of, normal_number};
use crate::reconcile::outcome::{first_payer, names_first};

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
    let payer = change.payments.first().map_or("", |paid| paid.payer.as_str());
    let trace = shown(&remittance.trace.text());
    let told = change.payments.iter().flat_map(|payment| &payment.claims);
    for told in told.filter(|told| told.word.is_some() && told.status != "22") {
        let payment = remittance.claims.iter().find(|one| one.place.offset == told.place.offset);
        let claim = known.iter().find(|claim| Some(claim.id) == told.claim);
        let (Some(payment), Some(claim)) = (payment, claim) else { continue };
        let found = of_patient(payment, claim).into_iter();
        for (place, correction, says) in found.chain(of_order(knowledge, (payment, payer), claim)) {
            let is_same = |one: &NewWork| {
                one.category == Category::Corrected
                    && one.evidence.starts_with(says.expose().as_str())
            };
            if here.iter().chain(&work).any(is_same)
                || knowledge.is_correction_told(claim.id, &says)
            {
                continue;
            }
            let subject = Subject {
                claim: Some(claim.id),
                arrival,
                amount: Money::ZERO,
                place,
                payer: payer.to_owned(),
                names: Phi::new(format!("{origin}, trace {trace}")),
            };
            work.push(corrected(&subject, &correction, &says));
        }
    }
    work
}

/// Where a payer corrects something, what that is, and how it says so beside what the claim has.
type Found = (Place, Correction, Phi<String>);

/// NM1*74.
fn of_patient(payment: &ClaimPayment<'_>, claim: &KnownClaim) -> Option<Found> {
    let party = payment.parties.iter().find(|party| party.entity.is("74"))?;
    Some((party.place, Correction::Patient(difference(party, claim)?), says(party, claim)))
}

/// NM1*PR, where the claim does not have that payer before the one that decides.
fn of_order(
    knowledge: &dyn Knowledge,
    (payment, payer): (&ClaimPayment<'_>, &str),
    claim: &KnownClaim,
) -> Option<Found> {
    let party = names_first(payment)?;
    let number = party.id.text().trim().to_owned();
    let name_of = |number: &str| knowledge.route(number).map(|route| route.payer);
    let named = name_of(&number);
    let is_named = |known: &String| {
        normal_number(known) == normal_number(&number) || named.is_some() && name_of(known) == named
    };
    let is_own = named.is_some() && (named.as_deref() == Some(payer) || named == claim.payer);
    let first = first_payer(party);
    if first.is_empty() || is_own || claim.payers_before.iter().any(is_named) {
        return None;
    }
    let says = Phi::new(format!("NM1*PR {first}; "));
    Some((party.place, Correction::FirstPayer(first), says))
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
