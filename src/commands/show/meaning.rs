//! What the elements of a segment say: amounts, dates, names, and codes in words. Plain text that
//! can be read where it stands is not said twice.

use x12::guide::row::{Codes, Content, Data, Element, Kind, Slot};
use x12::segment::{Segment, part_of};
use x12::value::{Day, DayRange, Money, is_npi};

use super::words;
use crate::code_sets;
use crate::denials::answers;

/// What a segment's elements say, by the names that its guide table gives them.
pub fn of(segment: &Segment<'_>, slot: &Slot) -> Vec<String> {
    let mut reader = Reader::default();
    match segment.tag_bytes() {
        b"NM1" => reader.say_name(segment),
        b"N1" => reader.say_organization(segment),
        _ => {}
    }
    let tells_date = segment.tag_bytes() == b"DTP";
    for element in slot.elements {
        let n = usize::from(element.position);
        let key = slot.keys.iter().find(|key| usize::from(key.position) == n && key.component == 0);
        // What tells this row from others with its tag is said by the row's name.
        let is_told = key.is_some_and(|key| key.codes.len() == 1);
        for text in segment.repeats(n).filter(|text| !text.is_empty()) {
            match element.content {
                Content::Simple(data) => {
                    reader.keep(data, text);
                    let is_bare = tells_date && data.number == 1251;
                    let element = if is_bare { nameless(element) } else { *element };
                    if !is_told {
                        reader.say(&element, data, text);
                    }
                }
                Content::Composite(parts) => {
                    let separator = segment.delimiters().component;
                    reader.read_parts(element, parts, text, separator);
                }
            }
        }
    }
    reader.said
}

/// What a segment of the envelope says, which no guide table describes.
pub fn of_envelope(segment: &Segment<'_>) -> Vec<String> {
    let text = |n: usize| String::from_utf8_lossy(segment.text(n)).trim().to_owned();
    let word = |data: u16, n: usize| {
        words::meaning(data, segment.text(n)).map_or_else(|| text(n), str::to_owned)
    };
    let day = |day: Option<Day>, n: usize| day.map_or_else(|| text(n), dashed);
    let mut said = match segment.tag_bytes() {
        b"ISA" => vec![
            format!("from {} ({})", text(6), text(5)),
            format!("to {} ({})", text(8), text(7)),
            format!("{} {}", day(Day::parse_short(segment.text(9)), 9), time(segment.text(10))),
            format!("number {}", text(13)),
            match segment.text(15) {
                b"P" => "production".to_owned(),
                b"T" => "test".to_owned(),
                _ => text(15),
            },
        ],
        b"GS" => vec![
            word(479, 1),
            format!("from {}", text(2)),
            format!("to {}", text(3)),
            format!("{} {}", day(segment.day(4), 4), time(segment.text(5))),
            format!("number {}", text(6)),
            format!("guide {}", text(8)),
        ],
        b"TA1" => vec![
            format!("interchange {}", text(1)),
            format!("of {} {}", day(Day::parse_short(segment.text(2)), 2), time(segment.text(3))),
            match segment.text(4) {
                b"A" => "accepted".to_owned(),
                b"E" => "accepted, with errors noted".to_owned(),
                b"R" => "rejected".to_owned(),
                _ => text(4),
            },
            match answers::ta105_meaning(&text(5)) {
                Some(meaning) => format!("note {}: {meaning}", text(5)),
                None => format!("note {}", text(5)),
            },
        ],
        b"GE" => vec![format!("transaction sets: {}", text(1)), format!("number {}", text(2))],
        b"IEA" => vec![format!("groups: {}", text(1)), format!("number {}", text(2))],
        _ => Vec::new(),
    };
    said.retain(|piece| !piece.trim().is_empty());
    said
}

/// What a segment of the envelope is.
pub const fn envelope_name(tag: &[u8]) -> &'static str {
    match tag {
        b"ISA" => "interchange",
        b"GS" => "functional group",
        b"GE" => "end of the group",
        b"IEA" => "end of the interchange",
        b"TA1" => "acknowledgment of an interchange",
        _ => "(belongs to no transaction set)",
    }
}

/// Reads elements in their order: what one says may depend on those before it.
#[derive(Debug, Default)]
struct Reader {
    said: Vec<String>,
    has_name: bool,
    /// What kind of identifier, unit, date, list or place the next value is of.
    identifier: Vec<u8>,
    unit: Vec<u8>,
    date: Vec<u8>,
    list: Vec<u8>,
    place: Vec<u8>,
}

impl Reader {
    /// `Hazel, Nora Q` of an NM1.
    fn say_name(&mut self, segment: &Segment<'_>) {
        let text = |n: usize| String::from_utf8_lossy(segment.text(n)).into_owned();
        let given = [6, 4, 5, 7].map(text);
        let given: Vec<&str> =
            given.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let name = match (text(3), given.join(" ")) {
            (last, given) if given.is_empty() => last,
            (last, given) => format!("{last}, {given}"),
        };
        self.has_name = true;
        if !name.is_empty() {
            self.said.push(name);
        }
    }

    /// An organization of an N1.
    fn say_organization(&mut self, segment: &Segment<'_>) {
        if !segment.text(2).is_empty() {
            self.said.push(String::from_utf8_lossy(segment.text(2)).into_owned());
        }
    }

    /// The parts of a composite. What they are of may stand behind them.
    fn read_parts(&mut self, whole: &Element, parts: &[Element], text: &[u8], separator: u8) {
        let there = parts.iter().filter_map(|part| match part.content {
            Content::Simple(data) => {
                let text = part_of(text, separator, usize::from(part.position));
                (!text.is_empty()).then_some((part, data, text))
            }
            Content::Composite(_) => None,
        });
        for (_, data, text) in there.clone() {
            self.keep(data, text);
        }
        for (part, data, text) in there {
            let part = match data.number {
                // Whether the procedure is the one paid or the one submitted.
                234 => Element { name: whole.name, ..*part },
                // The day of what was just said.
                1251 => nameless(part),
                _ => *part,
            };
            self.say(&part, data, text);
        }
    }

    /// Keeps what tells how other values are to be read.
    fn keep(&mut self, data: Data, text: &[u8]) {
        match data.number {
            66 => self.identifier = text.to_vec(),
            355 => self.unit = text.to_vec(),
            1250 => self.date = text.to_vec(),
            1270 => self.list = text.to_vec(),
            1332 => self.place = text.to_vec(),
            _ => {}
        }
    }

    fn say(&mut self, element: &Element, data: Data, text: &[u8]) {
        if let Some(said) = self.meaning(element, data, text) {
            self.said.push(said.trim_start().to_owned());
        }
    }

    fn meaning(&self, element: &Element, data: Data, text: &[u8]) -> Option<String> {
        let Element { name, codes, .. } = element;
        let plain = || String::from_utf8_lossy(text).into_owned();
        let set = match (codes, data.number) {
            (Codes::Set(name), _) => Some(*name),
            (Codes::Any | Codes::Listed(_), number) => self.set_of(number),
        };
        if let Some(set) = set.filter(|set| !SETS_OF_PLAIN_NAMES.contains(set)) {
            let meaning = code_sets::meaning(set, text)?;
            // On a type of bill 1 says how long the stay was that is billed.
            let is_of_bill = data.number == 1325 && self.place == b"A";
            let mut senses = meaning.split("; ");
            let sense = if is_of_bill { senses.last() } else { senses.next() };
            let meaning = sense.unwrap_or(meaning);
            // Reasons and statuses are spoken of by their codes.
            return Some(match data.number {
                127 | 1034 | 1271 => format!("{name} {}: {meaning}", plain()),
                _ => format!("{name}: {meaning}"),
            });
        }
        match (data.number, data.kind) {
            // Said with the value that follows, with the name, or by the loops.
            (66 | 156 | 235 | 355 | 736 | 1250 | 1270 | 1332, _) => None,
            (1035..=1039 | 1065, _) if self.has_name => None,
            (67, _) => Some(self.identified(&plain(), text)),
            // Some values of an institutional claim are money, others are days, hours or weights.
            (782, _) if self.list == b"BE" => Some(format!("{name} {}", plain())),
            (782, _) => Some(format!("{name} {}", Money::parse(text).map_or_else(plain, amount))),
            (1251, _) => Some(format!("{name} {}", self.dates(text).unwrap_or_else(plain))),
            (_, Kind::DT) => {
                Some(format!("{name} {}", Day::parse(text).map_or_else(plain, dashed)))
            }
            (_, Kind::TM) => Some(format!("{name} {}", time(text))),
            (1271, _) => Some(self.listed(name, &plain())),
            (234 | 1328 | 1339, _) => Some(format!("{name} {}", plain())),
            (380, _) => Some(self.counted(name, &plain())),
            (_, Kind::R) => Some(format!("{name} {}", plain())),
            // The word says what the name would.
            (number @ (128 | 374 | 522 | 673 | 1321 | 1351 | 1359 | 1363 | 1368), _) => {
                words::meaning(number, text).map(str::to_owned)
            }
            (number, _) => words::meaning(number, text).map(|word| format!("{name}: {word}")),
        }
    }

    /// The code set that a data element is from, here or always.
    fn set_of(&self, data: u16) -> Option<&'static str> {
        Some(match data {
            426 => "provider-adjustment",
            1029 => "remittance-status",
            1032 => "claim-filing",
            1033 => "adjustment-group",
            1034 => "claim-adjustment-reason",
            // The indicator beside a diagnosis.
            1073 if !self.list.is_empty() => "present-on-admission",
            1314 => "point-of-origin",
            1315 => "admission-type",
            1325 => "claim-frequency",
            1331 if self.place == b"A" => "type-of-bill",
            1352 => "patient-status",
            _ => return None,
        })
    }

    /// A quantity with its unit.
    fn counted(&self, name: &str, plain: &str) -> String {
        match words::meaning(355, &self.unit) {
            Some(unit) if unit != name => format!("{name} {plain} {unit}"),
            Some(_) | None => format!("{name} {plain}"),
        }
    }

    /// A number that identifies somebody; a national one has a check digit.
    fn identified(&self, plain: &str, text: &[u8]) -> String {
        let kind = words::meaning(66, &self.identifier).unwrap_or("identifier");
        match self.identifier.as_slice() {
            b"XX" if !is_npi(text) => format!("{kind} {plain} (its check digit fails)"),
            _ => format!("{kind} {plain}"),
        }
    }

    /// A day, a range of days, a time, or a day and a time.
    fn dates(&self, text: &[u8]) -> Option<String> {
        if self.date == b"TM" {
            return Some(time(text));
        }
        if self.date == b"DT" && text.len() == 12 {
            let (day, clock) = text.split_at(8);
            return Some(format!("{} {}", dashed(Day::parse(day)?), time(clock)));
        }
        let DayRange { from, to } = DayRange::parse(&self.date, text)?;
        Some(if from == to { dashed(from) } else { format!("{} to {}", dashed(from), dashed(to)) })
    }

    /// A code of the list that was named before it: in words, or a diagnosis with its point.
    fn listed(&self, name: &str, plain: &str) -> String {
        let set = match self.list.as_slice() {
            b"BE" => Some("value"),
            b"BG" => Some("condition"),
            b"BH" => Some("occurrence"),
            b"BI" => Some("occurrence-span"),
            b"HE" => Some("remark"),
            _ => None,
        };
        if let Some(meaning) = set.and_then(|set| code_sets::meaning(set, plain.as_bytes())) {
            return format!("{name} {plain}: {meaning}");
        }
        let is_icd10 =
            matches!(self.list.as_slice(), [b'A', b'B', b'F' | b'J' | b'K' | b'N'] | b"APR");
        match plain.split_at_checked(3) {
            Some((category, rest)) if is_icd10 && !rest.is_empty() && !plain.contains('.') => {
                format!("{name} {category}.{rest}")
            }
            _ => format!("{name} {plain}"),
        }
    }
}

/// The element, without a name where the place tells what it is.
const fn nameless(element: &Element) -> Element {
    Element { name: "", ..*element }
}

/// Code sets whose codes everybody reads.
const SETS_OF_PLAIN_NAMES: &[&str] = &["country", "currency", "state"];

/// `1,234.50`.
pub fn amount(money: Money) -> String {
    let cents = money.cents().unsigned_abs();
    let whole = (cents / 100).to_string();
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let sign = if money.is_negative() { "-" } else { "" };
    format!("{sign}{text}.{:02}", cents % 100)
}

/// `2026-01-31`.
fn dashed(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// `09:15` of `0915`; as it stands when it is no time.
fn time(text: &[u8]) -> String {
    let plain = String::from_utf8_lossy(text).into_owned();
    match plain.split_at_checked(2) {
        Some((hour, rest)) if x12::value::is_time(text) => match rest.split_at_checked(2) {
            Some((minute, second)) if !second.is_empty() => format!("{hour}:{minute}:{second}"),
            _ => format!("{hour}:{rest}"),
        },
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_separators() {
        for (cents, text) in [
            (0, "0.00"),
            (5, "0.05"),
            (-5, "-0.05"),
            (12_345, "123.45"),
            (100_000, "1,000.00"),
            (-123_456_789, "-1,234,567.89"),
        ] {
            assert_eq!(amount(Money::from_cents(cents)), text);
        }
    }

    #[test]
    fn times_have_colons_when_they_are_times() {
        assert_eq!(time(b"0915"), "09:15");
        assert_eq!(time(b"091530"), "09:15:30");
        assert_eq!(time(b"25"), "25");
        assert_eq!(time(b"9915"), "9915");
    }
}
