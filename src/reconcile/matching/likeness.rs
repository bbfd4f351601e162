//! How far numbers and names agree that payers return changed.

/// How close CLP01 comes to CLM01.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    Exact,
    Letters,
    Zeros,
}

pub(super) fn alike(given: &str, sent: &str) -> Option<Likeness> {
    let (given, sent) = (given.trim(), sent.trim());
    if given == sent {
        Some(Likeness::Exact)
    } else if given.eq_ignore_ascii_case(sent) {
        Some(Likeness::Letters)
    } else {
        (normal_number(given) == normal_number(sent)).then_some(Likeness::Zeros)
    }
}

/// A number as the loosest comparison sees it: upper case, no blanks around it, no zeros before
/// it. Payers return numbers changed in all three ways; `0` stands for none at all.
pub fn normal_number(number: &str) -> String {
    number.trim().to_ascii_uppercase().trim_start_matches('0').to_owned()
}

/// A name without hyphens, blanks and points, in capitals.
pub fn letters_of(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_uppercase).collect()
}

/// Names are cut, and written with and without hyphens, blanks and points.
pub fn is_same_name(one: &str, other: &str) -> bool {
    let (one, other) = (letters_of(one), letters_of(other));
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short == long || (short.len() >= CUT_NAME_BYTES_MIN && long.starts_with(&short))
}

/// A name shorter than this is another one that begins alike.
pub(super) const CUT_NAME_BYTES_MIN: usize = 5;

pub(super) fn has_same_initial(one: &str, other: &str) -> bool {
    let initial = |name: &str| name.trim().chars().next().map(|letter| letter.to_ascii_uppercase());
    match (initial(one), initial(other)) {
        (Some(one), Some(other)) => one == other,
        (None, _) | (_, None) => true,
    }
}
