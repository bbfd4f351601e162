//! Codes, days and numbers, by what the guide says of each element, that have small letters in them or
//! blanks around them. No code of X12, nor of a set that its guides name, knows the one or the other.

use std::collections::HashSet;

use x12::fault::Place;
use x12::guide::row::{Codes, Content, Data, Element, Kind, Tag};
use x12::segment::{Field, Segment};

use super::form::{self, Signs};
use super::path::Filed;

/// A value that is not in its form.
#[derive(Clone, Copy, Debug)]
pub struct Loose<'a> {
    pub field: Field<'a>,
    /// The number of its data element in the dictionary of X12.
    pub number: u16,
    /// Whether capitals say the same; of numbers and days there are none.
    pub is_code: bool,
}

/// Codes whose data elements may be any text by the standard: of a product or service, of an industry's
/// list, of a facility, a modifier.
const CODES_OF_TEXT: [u16; 4] = [234, 1271, 1331, 1339];

/// Days and ranges of them, for which the standard has any text.
const DAYS_OF_TEXT: u16 = 1251;

/// A state; those of addresses have a rule of their own too.
const STATE: u16 = 156;

/// Amounts and postal codes have rules of their own.
const OF_OTHER_RULES: [u16; 2] = [782, 116];

/// References that are numbers of one form: of a laboratory. Others give theirs as they like.
const REFERENCES_OF_FORM: [&[u8]; 1] = [b"X4"];

/// The values of a claim that are not in their form, in the order of its segments.
pub fn values<'a>(filed: &Filed<'a>) -> Vec<Loose<'a>> {
    let Filed { claim, interchange, set, walked } = *filed;
    let extent = &claim.extent;
    let mut found = Vec::new();
    for number in [&extent.billing, &extent.subscriber, &extent.patient, &extent.claim]
        .into_iter()
        .flat_map(Clone::clone)
    {
        let Some(segment) = interchange.set_segment(set, number) else { continue };
        // Nearly all segments are as they should be, or have small letters in names alone.
        if !may_be_loose(segment.bytes()) {
            continue;
        }
        let Some(placed) = walked.placed_at(number) else { continue };
        let elements = segment.elements().zip(0_u8..).skip(1);
        for (_, position) in elements.filter(|(text, _)| may_be_loose(text)) {
            let of_row = placed.slot.elements.iter().find(|known| known.position == position);
            if let Some(element) = of_row {
                add_element(&segment, element, interchange.delimiters().repetition, &mut found);
            }
        }
    }
    // Procedures of lines have a rule of their own, for blanks and small letters and signs.
    if !found.is_empty() {
        let procedures = claim.lines.iter().map(|line| &line.procedure);
        let of_rule = procedures.filter(|procedure| procedure.qualifier.is_any(&["AD", "HC"]));
        let of_rule: HashSet<Place> = of_rule.map(|procedure| procedure.code.place).collect();
        found.retain(|loose| !of_rule.contains(&loose.field.place));
    }
    found
}

fn add_element<'a>(
    segment: &Segment<'a>,
    element: &'static Element,
    repetition: Option<u8>,
    found: &mut Vec<Loose<'a>>,
) {
    let names_nothing = |data: Data| kind_of(segment, data, element.codes).is_none();
    if matches!(element.content, Content::Simple(data) if names_nothing(data)) {
        return;
    }
    let whole = segment.field(usize::from(element.position));
    // Of what is repeated no one is named apart.
    if repetition.is_some_and(|sign| whole.bytes().contains(&sign)) {
        return;
    }
    let mut add = |field: Field<'a>, data: Data, codes: Codes| {
        let kind = kind_of(segment, data, codes);
        if let Some(is_code) = kind.filter(|_| is_loose(field)) {
            found.push(Loose { field, number: data.number, is_code });
        }
    };
    match element.content {
        Content::Simple(data) => add(whole, data, element.codes),
        Content::Composite(parts) => {
            for part in parts {
                let Content::Simple(data) = part.content else { continue };
                let at = (usize::from(element.position), usize::from(part.position));
                add(segment.field_part(at.0, at.1), data, part.codes);
            }
        }
    }
}

/// Whether a value is a code or else a day or a number; `None` of names, of notes, and of what others
/// number as they like.
fn kind_of(segment: &Segment<'_>, data: Data, codes: Codes) -> Option<bool> {
    let tag = segment.tag();
    let is_of_other_rule = OF_OTHER_RULES.contains(&data.number)
        || matches!(codes, Codes::Set("taxonomy"))
        || (tag == Tag::new(b"N4") && data.number == STATE);
    if is_of_other_rule {
        return None;
    }
    match (data.kind, codes) {
        (Kind::ID, _) | (Kind::AN, Codes::Listed(_) | Codes::Set(_)) => Some(true),
        (Kind::DT | Kind::TM | Kind::N0 | Kind::R, _) => Some(false),
        (Kind::AN, Codes::Any) if CODES_OF_TEXT.contains(&data.number) => Some(true),
        (Kind::AN, Codes::Any) if data.number == DAYS_OF_TEXT => Some(false),
        (Kind::AN, Codes::Any) => {
            let is_of_form = (tag == Tag::new(b"REF")
                && REFERENCES_OF_FORM.contains(&segment.text(1)))
                || tag == Tag::new(b"DN2");
            is_of_form.then_some(true)
        }
    }
}

fn may_be_loose(text: &[u8]) -> bool {
    form::signs_of(text).has_any(Signs::SMALL_LETTER | Signs::BLANK)
}

fn is_loose(field: Field<'_>) -> bool {
    may_be_loose(field.bytes())
}

impl Loose<'_> {
    pub fn has_small_letters(&self) -> bool {
        self.is_code && self.field.bytes().iter().any(u8::is_ascii_lowercase)
    }
}
