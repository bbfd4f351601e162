//! What to do about a fault of the guide, where the value shows what was meant better than its kind.

use x12::fault::{ElementFault, Fault, Kind};

/// What to do about a fault of an element that holds this value.
pub fn fix(fault: &Fault, value: &[u8]) -> &'static str {
    match fault.kind {
        Kind::Element(ElementFault::DateInvalid) if has_year_last(value) => {
            "this looks like month, day and year; which number is the month cannot be known from it: write \
             CCYYMMDD, a range with a hyphen between"
        }
        Kind::Element(ElementFault::CharacterInvalid) if is_of_other_money(value) => {
            "claims are in dollars: write what is charged in them, in digits alone, without the sign or \
             code of a currency"
        }
        Kind::Element(ElementFault::CharacterInvalid) if has_minus_behind(value) => {
            "this looks like an amount taken off; no charge is: write the charge in digits alone"
        }
        kind => kind.fix(),
    }
}

/// Whether a text begins as 10/06/2026 does.
fn has_year_last(text: &[u8]) -> bool {
    let mut parts = text.trim_ascii().split(|byte| b"/-.".contains(byte));
    let lengths = [(); 3].map(|()| {
        let part = parts.next().unwrap_or_default().trim_ascii();
        part.iter().take_while(|byte| byte.is_ascii_digit()).count()
    });
    matches!(lengths, [1..=2, 1..=2, 2 | 4])
}

/// Whether digits stand beside the sign or the code of a currency that is not the dollar.
fn is_of_other_money(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let rest = text.trim_matches(|sign: char| sign.is_ascii_digit() || " .,-+".contains(sign));
    let is_sign = matches!(rest, "€" | "£" | "¥" | "₹" | "\u{fffd}");
    let is_code = ["EUR", "GBP", "CAD", "MXN", "JPY", "CHF"]
        .iter()
        .any(|code| rest.eq_ignore_ascii_case(code));
    rest.len() < text.len() && (is_sign || is_code)
}

/// Whether digits end in a minus.
fn has_minus_behind(text: &[u8]) -> bool {
    matches!(text, [amount @ .., b'-']
        if !amount.is_empty() && amount.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.'))
}

#[cfg(test)]
mod tests {
    use x12::fault::Place;
    use x12::guide::row::Tag;

    use super::*;

    #[test]
    fn says_what_a_value_looks_like() {
        for (fault, value, words) in [
            (ElementFault::DateInvalid, "10/06/2026", "month, day and year"),
            (ElementFault::DateInvalid, "10-6-26", "month, day and year"),
            (ElementFault::DateInvalid, "10/06/2026-10/07/2026", "month, day and year"),
            (ElementFault::DateInvalid, "2026-13-40", "a day of the calendar"),
            (ElementFault::DateInvalid, "", "a day of the calendar"),
            (ElementFault::CharacterInvalid, "€140", "in dollars"),
            (ElementFault::CharacterInvalid, "140 GBP", "in dollars"),
            (ElementFault::CharacterInvalid, "140.00-", "taken off"),
            (ElementFault::CharacterInvalid, "-", "the characters that"),
            (ElementFault::CharacterInvalid, "14O", "the characters that"),
        ] {
            let (kind, tag) = (Kind::Element(fault), Tag::new(b"DTP"));
            let fault = Fault { kind, place: Place::default(), loop_id: "", tag, name: "" };
            let told = fix(&fault, value.as_bytes());
            assert!(told.contains(words), "{value}: {told}");
        }
    }
}
