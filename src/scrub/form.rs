//! Values without what is form alone, so that a rule about what they mean leaves their form to the
//! rules that see to it. Nearly all values come in their form already, and are borrowed.

use std::borrow::Cow;

use x12::segment::Field;

/// The value in capitals.
pub fn capitals(field: Field<'_>) -> Cow<'_, str> {
    let text = field.text();
    let has_small_letters = field.bytes().iter().any(u8::is_ascii_lowercase);
    if has_small_letters { Cow::Owned(text.to_ascii_uppercase()) } else { text }
}

/// The value without these signs.
pub fn without<'a>(field: Field<'a>, signs: &[u8]) -> Cow<'a, str> {
    let text = field.text();
    if !field.bytes().iter().any(|byte| signs.contains(byte)) {
        return text;
    }
    let is_kept = |sign: &char| !u8::try_from(*sign).is_ok_and(|byte| signs.contains(&byte));
    Cow::Owned(text.chars().filter(is_kept).collect())
}

/// A diagnosis code in capitals, without its point.
pub fn diagnosis(code: Field<'_>) -> Cow<'_, str> {
    let capitals = capitals(code);
    if capitals.contains('.') { Cow::Owned(capitals.replace('.', "")) } else { capitals }
}

/// A ZIP code without its hyphen; `None` when it has neither five nor nine digits.
pub fn zip(field: Field<'_>) -> Option<Cow<'_, str>> {
    let text = field.text();
    let digits = if text.contains('-') { Cow::Owned(text.replacen('-', "", 1)) } else { text };
    let is_zip = matches!(digits.len(), 5 | 9) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_zip.then_some(digits)
}

/// A telephone number without brackets, points, hyphens and the 1 or +1 in front of ten digits.
pub fn phone(field: Field<'_>) -> Cow<'_, str> {
    let text = without(field, b"() -.");
    let bare = text.strip_prefix('+').unwrap_or(&text);
    match bare.strip_prefix('1').filter(|rest| rest.len() == 10) {
        Some(rest) => Cow::Owned(rest.to_owned()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use x12::fault::Place;

    use super::*;

    fn field(text: &str) -> Field<'_> {
        Field::new(text.as_bytes(), Place::default())
    }

    #[test]
    fn leaves_out_what_is_form() {
        for (written, plain) in [("e11.65", "E1165"), ("E1165", "E1165"), ("", ""), ("é1", "é1")]
        {
            assert_eq!(diagnosis(field(written)), plain);
        }
        for (written, plain) in [
            ("02110", Some("02110")),
            ("02110-3202", Some("021103202")),
            ("0211-03202", Some("021103202")),
            ("02110--3202", None),
            ("0211", None),
            ("0211O", None),
            ("", None),
        ] {
            assert_eq!(zip(field(written)).as_deref(), plain);
        }
        for (written, plain) in [
            ("6175550142", "6175550142"),
            ("(617) 555-0142", "6175550142"),
            ("1-617-555-0142", "6175550142"),
            ("+1 617.555.0142", "6175550142"),
            ("+44 20 7946 0000", "+442079460000"),
            ("617555014é", "617555014é"),
        ] {
            assert_eq!(phone(field(written)), plain);
        }
        assert_eq!(without(field("04-32é19-876"), b"-"), "0432é19876");
    }

    #[test]
    fn borrows_what_is_in_its_form() {
        let plain = field("E1165");
        assert!(matches!(capitals(plain), Cow::Borrowed(_)));
        assert!(matches!(diagnosis(plain), Cow::Borrowed(_)));
        assert!(matches!(phone(field("6175550142")), Cow::Borrowed(_)));
        assert!(matches!(zip(field("02110")), Some(Cow::Borrowed(_))));
    }
}
