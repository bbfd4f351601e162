//! A claim as it was sent, in the order in which people read it.

use x12::segment::Field;
use x12::value::DayRange;
use x12::view::claim::{Attachment, Claim, Kind, Line, OtherPayer};
use x12::view::parts::Party;

use crate::convert::statement::Name;

/// A claim.
#[derive(Debug)]
pub struct Bill {
    pub kind: &'static str,
    /// CLM01.
    pub number: String,
    /// CLM05-3.
    pub frequency: String,
    /// REF*F8.
    pub payer_number: String,
    /// REF*G1 and REF*9F.
    pub authorization: String,
    pub referral: String,
    /// Its own notes and attachments (NTE, PWK).
    pub more: Vec<String>,
    pub billing: Name,
    pub tax_number: String,
    pub payer: Name,
    pub patient: Name,
    pub birth: String,
    pub sex: String,
    pub subscriber: Name,
    /// Who insures the patient beside that payer.
    pub others: Vec<Insurance>,
    pub days: String,
    pub charge: String,
    pub place_of_service: String,
    pub diagnoses: Vec<String>,
    /// What each does, and who it is.
    pub providers: Vec<(String, Name)>,
    pub lines: Vec<Service>,
}

/// Another payer of a claim, and the insured by that one's own number.
#[derive(Clone, Debug)]
pub struct Insurance {
    pub payer: Name,
    pub subscriber: Name,
}

/// A service line.
#[derive(Debug)]
pub struct Service {
    pub number: String,
    pub days: String,
    pub place: String,
    pub service: String,
    pub pointers: String,
    pub units: String,
    pub charge: String,
    /// Its own authorization and referral, notes and attachments.
    pub more: Vec<String>,
}

/// Lays a claim out.
pub fn bill(claim: &Claim<'_>) -> Bill {
    let reference =
        |qualifier: &str| claim.reference(qualifier).map(|value| text(&value)).unwrap_or_default();
    let person = claim.person();
    let of_person =
        |field: fn(&Party<'_>) -> Option<String>| person.and_then(field).unwrap_or_default();
    Bill {
        kind: match claim.kind {
            Kind::Professional => "professional (837P)",
            Kind::Institutional => "institutional (837I)",
            Kind::Dental => "dental (837D)",
        },
        number: text(&claim.patient_control_number),
        frequency: text(&claim.frequency),
        payer_number: reference("F8"),
        authorization: reference("G1"),
        referral: reference("9F"),
        more: more(&claim.attachments, &claim.notes),
        billing: name(Some(&claim.billing)),
        tax_number: ["EI", "SY"]
            .into_iter()
            .find_map(|qualifier| claim.billing.reference(qualifier))
            .map(|value| text(&value))
            .unwrap_or_default(),
        payer: name(claim.payer.as_ref()),
        patient: name(person),
        birth: of_person(|party| {
            party.birth.map(|day| day.day().map_or_else(|| text(&day), |it| it.to_string()))
        }),
        sex: of_person(|party| party.sex.map(|sex| text(&sex))),
        subscriber: name(claim.subscriber.party.as_ref()),
        others: claim.other_payers.iter().map(insurance).collect(),
        days: days(claim.service_days()),
        charge: amount(&claim.total_charge),
        place_of_service: text(&claim.place_of_service),
        diagnoses: claim.coded_diagnoses().map(|found| text(&found.code)).collect(),
        providers: claim
            .providers
            .iter()
            .map(|party| (role(party).to_owned(), name(Some(party))))
            .collect(),
        lines: claim.lines.iter().map(|line| service(claim, line)).collect(),
    }
}

fn insurance(other: &OtherPayer<'_>) -> Insurance {
    let (payer, subscriber) = (name(other.payer.as_ref()), name(other.subscriber.as_ref()));
    Insurance { payer, subscriber }
}

fn service(claim: &Claim<'_>, line: &Line<'_>) -> Service {
    let mut told: Vec<String> = line.revenue_code.iter().map(text).collect();
    told.push(text(&line.procedure.code));
    told.extend(line.procedure.modifiers.iter().map(text));
    told.retain(|part| !part.is_empty());
    let number = |(qualifier, word): (&str, &str)| {
        let found = line.reference(qualifier).map(|value| text(&value));
        found.filter(|number| !number.is_empty()).map(|number| format!("{word} {number}"))
    };
    let numbers = [("G1", "authorization"), ("9F", "referral")].into_iter().filter_map(number);
    let pointers: Vec<String> = line.pointers.iter().map(text).collect();
    Service {
        number: text(&line.number),
        days: days(claim.days_of(line)),
        place: text(&claim.place_of(line)),
        service: told.join(" "),
        pointers: pointers.join(" "),
        units: text(&line.quantity),
        charge: amount(&line.charge),
        more: numbers.chain(more(&line.attachments, &line.notes)).collect(),
    }
}

/// What goes with a claim or a line.
fn more(attachments: &[Attachment<'_>], notes: &[Field<'_>]) -> Vec<String> {
    let attached = attachments.iter().map(|one| {
        let Attachment { report, transmission, control_number } = one;
        let told = format!(
            "attachment {} ({}, {})",
            text(control_number),
            text(report),
            text(transmission)
        );
        told.replace("  ", " ")
    });
    let notes = notes.iter().map(|note| format!("note: {}", text(note)));
    attached.chain(notes).collect()
}

/// What a provider does in a claim, by NM101.
fn role(party: &Party<'_>) -> &'static str {
    match party.entity.bytes() {
        b"82" => "Rendering provider",
        b"DN" => "Referring provider",
        b"P3" => "Primary care provider",
        b"77" => "Service facility",
        b"DQ" => "Supervising provider",
        b"71" => "Attending provider",
        b"72" => "Operating provider",
        b"ZZ" => "Other operating provider",
        b"PW" => "Picked up at",
        b"45" => "Dropped off at",
        b"DD" => "Assistant surgeon",
        _ => "Provider",
    }
}

fn name(party: Option<&Party<'_>>) -> Name {
    let Some(party) = party else { return Name::default() };
    let (first, last) = (text(&party.first_name), text(&party.last_name));
    let name = if first.is_empty() { last } else { format!("{first} {last}") };
    let mut address = Vec::new();
    if let Some(found) = &party.address {
        let place = [text(&found.city), text(&found.state), text(&found.zip)];
        address.extend([text(&found.line), text(&found.second_line), place.join(" ")]);
        address.retain(|line| !line.trim().is_empty());
    }
    Name { name, number: text(&party.id), address }
}

fn days(range: Option<DayRange>) -> String {
    match range {
        Some(DayRange { from, to }) if from != to => format!("{from} to {to}"),
        Some(DayRange { from, .. }) => from.to_string(),
        None => String::new(),
    }
}

fn amount(field: &Field<'_>) -> String {
    field.decimal().map_or_else(|| text(field), |amount| amount.to_string())
}

fn text(field: &Field<'_>) -> String {
    field.text().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use x12::fault::Place;

    use super::*;

    #[test]
    fn a_line_is_laid_out_with_what_goes_with_it() {
        let field = |text: &'static str| Field::new(text.as_bytes(), Place::default());
        let attachment = Attachment {
            report: field("OZ"),
            transmission: field("BM"),
            control_number: field("ATT77"),
        };
        let told = more(&[attachment], &[field("RIGHT KNEE")]);
        assert_eq!(told, ["attachment ATT77 (OZ, BM)", "note: RIGHT KNEE"]);
    }
}
