//! Values without what is form alone, so that a rule about what they mean leaves their form to the
//! rules that see to it. Nearly all values come in their form already, and are borrowed.

use std::borrow::Cow;

use x12::segment::Field;
use x12::value::Money;

/// The value without blanks around it.
pub fn trimmed<'a>(field: &Field<'a>) -> &'a [u8] {
    let mut bytes = field.bytes();
    while let [b' ', rest @ ..] | [rest @ .., b' '] = bytes {
        bytes = rest;
    }
    bytes
}

/// Which kinds of signs a text has, one bit for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs(u8);

impl Signs {
    pub const SMALL_LETTER: u8 = 1;
    pub const BLANK: u8 = 1 << 1;
    /// What files are usually delimited with; a payer's may be, where this one is not.
    pub const RESERVED: u8 = 1 << 2;
    pub const NOT_ASCII: u8 = 1 << 3;

    /// Whether there is a sign of any of these kinds.
    pub const fn has_any(self, kinds: u8) -> bool {
        self.0 & kinds != 0
    }

    /// By byte: rules look at every letter of a claim.
    const OF: [u8; 256] = {
        let mut of = [0; 256];
        let mut byte = 0;
        while byte < of.len() {
            of[byte] = match byte as u8 {
                b'a'..=b'z' => Signs::SMALL_LETTER,
                b' ' => Signs::BLANK,
                b'*' | b':' | b'>' | b'^' | b'`' | b'~' | b'|' => Signs::RESERVED,
                128.. => Signs::NOT_ASCII,
                _ => 0,
            };
            byte += 1;
        }
        of
    };
}

/// The kinds of signs that a text has, seen in one pass without a branch.
pub fn signs_of(text: &[u8]) -> Signs {
    Signs(text.iter().fold(0, |signs, &byte| signs | Signs::OF[usize::from(byte)]))
}

/// Whether there is nothing to read in a value: blanks that do not break are blanks too.
pub fn is_blank(field: Field<'_>) -> bool {
    field.text().trim().is_empty()
}

/// The value in capitals, without blanks around it.
pub fn capitals(field: Field<'_>) -> Cow<'_, str> {
    let bytes = trimmed(&field);
    let has_small_letters = bytes.iter().any(u8::is_ascii_lowercase);
    let text = text_of(bytes);
    if has_small_letters { Cow::Owned(text.to_ascii_uppercase()) } else { text }
}

/// The value without these signs.
pub fn without<'a>(field: Field<'a>, signs: &[u8]) -> Cow<'a, str> {
    let text = field.text();
    let is_sign = |byte: &u8| !byte.is_ascii_alphanumeric() && signs.contains(byte);
    if !field.bytes().iter().any(is_sign) {
        return text;
    }
    let is_kept = |sign: &char| !u8::try_from(*sign).is_ok_and(|byte| signs.contains(&byte));
    Cow::Owned(text.chars().filter(is_kept).collect())
}

/// A diagnosis code in capitals, without its point: the one behind the third character. Any other
/// point is more than form.
pub fn diagnosis(code: Field<'_>) -> Cow<'_, str> {
    let capitals = capitals(code);
    match capitals.split_once('.') {
        Some((category, rest)) if category.len() == 3 && !rest.contains('.') => {
            Cow::Owned(format!("{category}{rest}"))
        }
        Some(_) | None => capitals,
    }
}

/// A procedure code in capitals, without what people put between its letters. A question mark, and what is
/// not ASCII, may stand for a letter that was lost, and stays.
pub fn procedure(code: Field<'_>) -> Cow<'_, str> {
    let text = code.text();
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) {
        return text;
    }
    let is_between = |sign: char| sign == ' ' || sign != '?' && sign.is_ascii_punctuation();
    let kept: String = text.chars().filter(|&sign| !is_between(sign)).collect();
    Cow::Owned(kept.to_ascii_uppercase())
}

/// A ZIP code without what parts its last four digits from the first five; `None` when it has
/// neither five nor nine digits, or is all zeros.
pub fn zip(field: Field<'_>) -> Option<Cow<'_, str>> {
    let bytes = trimmed(&field);
    let digits = match bytes {
        [five @ .., b'-' | b' ', _, _, _, _] if five.len() == 5 => {
            Cow::Owned([five, &bytes[6..]].concat())
        }
        _ => Cow::Borrowed(bytes),
    };
    let is_zip = matches!(digits.len(), 5 | 9)
        && digits.iter().all(u8::is_ascii_digit)
        && digits.iter().any(|&digit| digit != b'0');
    is_zip.then(|| match digits {
        Cow::Borrowed(digits) => text_of(digits),
        Cow::Owned(digits) => Cow::Owned(text_of(&digits).into_owned()),
    })
}

/// The nine digits of a tax number, written together or in groups of such lengths with one hyphen or
/// blank between them; `None` of any other form, in which a digit may be lost or moved.
pub fn tax_number<'a>(number: Field<'a>, lengths: &[usize]) -> Option<Cow<'a, str>> {
    let written = trimmed(&number);
    let groups = || written.split(|byte| b"- ".contains(byte)).map(<[u8]>::len);
    let is_grouped = groups().eq([9]) || groups().eq(lengths.iter().copied());
    let digits = without(number, b"- ");
    let is_nine = digits.len() == 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_grouped && is_nine).then_some(digits)
}

/// Of an employer: 04-3219876.
pub const EMPLOYER_GROUPS: &[usize] = &[2, 7];

/// Of a person: 536-22-1847.
pub const PERSON_GROUPS: &[usize] = &[3, 2, 4];

/// A Medicare number in capitals, without the hyphens and blanks of the card.
pub fn medicare_number(field: Field<'_>) -> String {
    without(field, b"- ").to_ascii_uppercase()
}

/// Which kind of character stands at each of the eleven places of a Medicare number: digit 1 to 9,
/// digit, letter, letter or digit.
const MEDICARE_NUMBER: &[u8; 11] = b"1LXDLXDLLDD";

/// Whether a number, in capitals, has the form of Medicare's.
pub fn is_medicare_number(number: &[u8]) -> bool {
    // Letters that are easily read as digits are left out.
    let is_letter = |byte: u8| byte.is_ascii_uppercase() && !b"SLOIBZ".contains(&byte);
    let fits = |(&byte, &kind): (&u8, &u8)| match kind {
        b'1' => (b'1'..=b'9').contains(&byte),
        b'D' => byte.is_ascii_digit(),
        b'L' => is_letter(byte),
        _ => is_letter(byte) || byte.is_ascii_digit(),
    };
    number.len() == MEDICARE_NUMBER.len() && number.iter().zip(MEDICARE_NUMBER).all(fits)
}

/// An amount in dollars, without what its form alone has too much; `None` of what is no amount of whole
/// cents.
pub fn amount(field: &Field<'_>) -> Option<Money> {
    Money::parse(&amount_digits(field.bytes())?)
}

/// An amount without blanks around it, a plus, the sign or code of dollars at one end and the commas
/// between its thousands. A comma anywhere else may stand for a decimal point, and a sign or a blank
/// between digits for a digit that was lost. A sign of another currency stays: what it comes to in
/// dollars is not for us to say.
pub fn amount_digits(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.trim_ascii();
    let bare = without_dollars(text).trim_ascii();
    let said_dollars = bare.len() < text.len();
    let (is_negative, text) = match bare {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, bare),
    };
    let text = if said_dollars { text } else { without_dollars(text).trim_ascii() };
    let (whole, cents) = match text.iter().position(|&byte| byte == b'.') {
        Some(point) => text.split_at(point),
        None => (text, &b""[..]),
    };
    let mut digits = if is_negative { b"-".to_vec() } else { Vec::new() };
    digits.extend(thousands(whole)?);
    digits.extend(cents);
    Some(digits)
}

fn without_dollars(text: &[u8]) -> &[u8] {
    let is_dollars = |code: &[u8; 3]| code.eq_ignore_ascii_case(b"USD");
    match text {
        [b'$', rest @ ..] | [rest @ .., b'$'] => rest,
        _ => match (text.split_first_chunk(), text.split_last_chunk()) {
            (Some((code, rest)), _) if is_dollars(code) => rest,
            (_, Some((rest, code))) if is_dollars(code) => rest,
            _ => text,
        },
    }
}

/// The digits of a whole number; of one with commas, if each stands before three digits and none behind
/// a zero alone.
fn thousands(whole: &[u8]) -> Option<Vec<u8>> {
    if !whole.contains(&b',') {
        return whole.iter().all(u8::is_ascii_digit).then(|| whole.to_vec());
    }
    let mut groups = whole.split(|&byte| byte == b',');
    let first =
        groups.next().filter(|first| matches!(first, [b'1'..=b'9', ..] if first.len() <= 3))?;
    let mut digits = first.to_vec();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.extend(group);
    }
    Some(digits)
}

/// Nearly all is UTF-8, and seen to be so more quickly than it is mended.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
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

/// Whether a name is in plain capitals with single blanks and no reserved character, as nearly all are.
pub fn is_plain_words(text: &[u8]) -> bool {
    let signs = signs_of(text);
    let has_spare_blank = || {
        text.starts_with(b" ") || text.ends_with(b" ") || text.windows(2).any(|two| two == b"  ")
    };
    let is_rough = signs.has_any(Signs::SMALL_LETTER | Signs::RESERVED | Signs::NOT_ASCII);
    !is_rough && (!signs.has_any(Signs::BLANK) || !has_spare_blank())
}

/// The text in plain capitals with single blanks; `None` when it has a letter or a sign that we do
/// not know how to write.
pub fn plain_capitals(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    for word in text.split([' ', '\u{a0}']).filter(|word| !word.is_empty()) {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for letter in word.chars() {
            match letter {
                _ if letter.is_ascii() => plain.push(letter.to_ascii_uppercase()),
                'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => plain.push('A'),
                'Ç' | 'ç' | 'Ć'..='č' => plain.push('C'),
                'Ď'..='đ' | 'Ð' | 'ð' => plain.push('D'),
                'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => plain.push('E'),
                'Ĝ'..='ģ' => plain.push('G'),
                'Ĥ'..='ħ' => plain.push('H'),
                'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => plain.push('I'),
                'Ĵ' | 'ĵ' => plain.push('J'),
                'Ķ' | 'ķ' => plain.push('K'),
                'Ĺ'..='ł' => plain.push('L'),
                'Ñ' | 'ñ' | 'Ń'..='ň' => plain.push('N'),
                'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' | 'Ō'..='ő' => plain.push('O'),
                'Ŕ'..='ř' => plain.push('R'),
                'Ś'..='š' | 'Ș' | 'ș' => plain.push('S'),
                'Ţ'..='ŧ' | 'Ț' | 'ț' => plain.push('T'),
                'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => plain.push('U'),
                'Ŵ' | 'ŵ' => plain.push('W'),
                'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => plain.push('Y'),
                'Ź'..='ž' => plain.push('Z'),
                'Æ' | 'æ' => plain.push_str("AE"),
                'Œ' | 'œ' => plain.push_str("OE"),
                'Þ' | 'þ' => plain.push_str("TH"),
                'ß' | 'ẞ' => plain.push_str("SS"),
                '’' | '‘' => plain.push('\''),
                '‐'..='–' => plain.push('-'),
                // An accent that stands behind its letter.
                '\u{300}'..='\u{36f}'
                    if plain.ends_with(|last: char| last.is_ascii_uppercase()) => {}
                _ => return None,
            }
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use x12::fault::Place;

    use super::*;

    fn field(text: &str) -> Field<'_> {
        Field::new(text.as_bytes(), Place::default())
    }

    #[test]
    fn tells_plain_words_from_rough_ones() {
        for plain in ["", "ROE", "DE LA CRUZ", "O'NEIL-ROE 2ND", "7374 MILL CT", "A"] {
            assert!(is_plain_words(plain.as_bytes()), "{plain}");
        }
        for rough in ["Roe", "DE  LA", " ROE", "ROE ", " ", "JOSÉ", "RO:E", "RO~E", "1 ELM ST `B"]
        {
            assert!(!is_plain_words(rough.as_bytes()), "{rough}");
        }
    }

    #[test]
    fn leaves_out_what_is_form() {
        for (written, plain) in [
            ("e11.65", "E1165"),
            ("E1165", "E1165"),
            ("", ""),
            ("é1", "é1"),
            ("E1.1.9", "E1.1.9"),
            ("e11.9 ", "E119"),
            ("E1.19", "E1.19"),
        ] {
            assert_eq!(diagnosis(field(written)), plain);
        }
        for (written, plain) in [
            ("02110", Some("02110")),
            ("02110-3202", Some("021103202")),
            (" 02110 3202", Some("021103202")),
            ("0211-03202", None),
            ("02110-", None),
            ("-02110", None),
            ("021-10", None),
            ("00000", None),
            ("00000-0000", None),
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
        for (written, digits) in [
            ("043219876", Some("043219876")),
            ("04-3219876", Some("043219876")),
            (" 04 3219876", Some("043219876")),
            ("0432-19876", None),
            ("043219876-", None),
            ("04--3219876", None),
            ("04-321-9876", None),
            ("04-321987é", None),
            ("", None),
        ] {
            assert_eq!(tax_number(field(written), EMPLOYER_GROUPS).as_deref(), digits);
        }
    }

    #[test]
    fn mends_an_amount_only_where_nothing_is_guessed() {
        for (written, cents) in [
            ("$1,250.50", Some(125_050)),
            (" 120 ", Some(12_000)),
            ("1,25", None),
            ("1,2500", None),
            ("-$1,250", Some(-125_000)),
            ("120 $", Some(12_000)),
            ("12,345,678.9", Some(1_234_567_890)),
            ("0,250", None),
            (",250", None),
            ("1234,567", None),
            ("1.250,000", None),
            ("1.5,000", None),
            ("1$20", None),
            ("1 20", None),
            ("1,2 5", None),
            ("$$5", None),
            ("$-5", Some(-500)),
            ("USD 1,250", Some(125_000)),
            ("+140", Some(14_000)),
            ("£5", None),
            ("12.345", None),
            ("€5", None),
            ("£5", None),
            ("EUR5", None),
            ("USD140", Some(14_000)),
            ("usd 1,140.5", Some(114_050)),
            ("140 USD", Some(14_000)),
            ("+140", Some(14_000)),
            ("++140", None),
            ("+-140", None),
            ("140.00-", None),
            ("140+", None),
            ("USD", None),
            ("", None),
        ] {
            assert_eq!(amount(&field(written)).map(Money::cents), cents, "{written}");
        }
    }

    #[test]
    fn writes_in_plain_capitals_what_it_knows() {
        for (written, plain) in [
            ("Jose\u{301}", Some("JOSE")),
            ("GROẞ", Some("GROSS")),
            ("De\u{a0}La  Cruz", Some("DE LA CRUZ")),
            ("Đorđević–Łoś", Some("DORDEVIC-LOS")),
            ("ROE\u{202e}", None),
            ("羅", None),
            ("ROE 😀", None),
            ("\u{301}", None),
        ] {
            assert_eq!(plain_capitals(written).as_deref(), plain, "{written}");
        }
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
