//! Dental procedures (SV301-2): what each is done to, by blocks of their numbers, and which codes
//! have ended. Which codes there are is the publisher's list, which an operator can import.

use x12::value::Day;

use crate::code_sets::tooth::ToothKind;
use crate::code_sets::{Standing, day};

/// Which publication the table follows.
pub const EDITION: &str = "codes that ended from 2015 to 2025";

/// How many codes are known to have ended.
pub const CODE_COUNT: usize = ENDED.len();

/// Whether the code had ended by the day. Of all others nothing is known.
pub fn standing(code: &[u8], on: Day) -> Standing {
    let Some(number) = number(code) else { return Standing::Unknown };
    let ended = ENDED.binary_search_by_key(&number, |&(ended, _)| ended).ok();
    match ended.and_then(|index| ENDED.get(index)) {
        Some(&(_, Some(last))) if on > last => Standing::Ended(last),
        Some(_) | None => Standing::Unknown,
    }
}

/// What a procedure is done to, and so what a line of it must name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    Tooth,
    /// So many surfaces of a tooth: at least, at most.
    Surfaces(u8, u8),
    /// A quarter of the mouth.
    Quadrant,
}

/// What the procedure is done to; `None` when its code does not tell.
pub fn site(code: &[u8]) -> Option<Site> {
    let number = number(code)?;
    if let Some(&(_, least, most)) = SURFACES.iter().find(|&&(code, ..)| code == number) {
        return Some(Site::Surfaces(least, most));
    }
    if is_in(QUADRANTS, number) {
        return Some(Site::Quadrant);
    }
    is_in(TEETH, number).then_some(Site::Tooth)
}

/// Whether it is a crown, an inlay or a prosthesis, first placed or replaced.
pub fn is_prosthesis(code: &[u8]) -> bool {
    number(code).is_some_and(|number| is_in(PROSTHESES, number))
}

/// Whether it is orthodontic treatment with an appliance: not the look before it, nor a visit in
/// the course of it.
pub fn is_orthodontic_treatment(code: &[u8]) -> bool {
    number(code).is_some_and(|number| (8010..=8090).contains(&number))
}

/// The only kind of tooth that the procedure is done on; `None` when its code does not tell.
pub fn tooth_kind(code: &[u8]) -> Option<ToothKind> {
    match number(code)? {
        3310 | 3346 | 3410 | 3471 | 3501 => Some(ToothKind::Front),
        3320 | 3347 | 3421 | 3472 | 3502 => Some(ToothKind::Premolar),
        3330 | 3348 | 3425 | 3473 | 3503 => Some(ToothKind::Molar),
        _ => None,
    }
}

/// Whether the procedure is done on milk teeth alone.
pub fn is_of_primary_teeth(code: &[u8]) -> bool {
    matches!(number(code), Some(2929 | 2930 | 2934 | 3230 | 3240 | 7111))
}

/// The digits behind the D; `None` of what is no dental code.
fn number(code: &[u8]) -> Option<u16> {
    let [b'D', digits @ ..] = code else { return None };
    if digits.len() != 4 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0')))
}

fn is_in(blocks: &[(u16, u16)], number: u16) -> bool {
    blocks.iter().any(|&(first, last)| (first..=last).contains(&number))
}

/// As many as the five that TOO03 can hold.
const MANY: u8 = 5;

/// Code, surfaces at least, surfaces at most.
static SURFACES: &[(u16, u8, u8)] = &[
    (2140, 1, 1),
    (2150, 2, 2),
    (2160, 3, 3),
    (2161, 4, MANY),
    (2330, 1, 1),
    (2331, 2, 2),
    (2332, 3, 3),
    (2335, 4, MANY),
    (2391, 1, 1),
    (2392, 2, 2),
    (2393, 3, 3),
    (2394, 4, MANY),
    (2410, 1, 1),
    (2420, 2, 2),
    (2430, 3, MANY),
    (2510, 1, 1),
    (2520, 2, 2),
    (2530, 3, MANY),
    (2542, 2, 2),
    (2543, 3, 3),
    (2544, 4, MANY),
    (2610, 1, 1),
    (2620, 2, 2),
    (2630, 3, MANY),
    (2642, 2, 2),
    (2643, 3, 3),
    (2644, 4, MANY),
    (2650, 1, 1),
    (2651, 2, 2),
    (2652, 3, MANY),
    (2662, 2, 2),
    (2663, 3, 3),
    (2664, 4, MANY),
];

/// First and last code of each block that is done on a tooth.
static TEETH: &[(u16, u16)] = &[
    (1351, 1355),
    (2140, 2998),
    (3110, 3998),
    (4212, 4212),
    (4249, 4249),
    (4263, 4264),
    (4268, 4268),
    (4273, 4278),
    (4283, 4285),
    (4381, 4381),
    (5520, 5520),
    (5640, 5660),
    (6010, 6013),
    (6056, 6077),
    (6081, 6088),
    (6094, 6094),
    (6096, 6107),
    (6205, 6253),
    (6545, 6794),
    (7111, 7140),
    (7210, 7252),
    (7270, 7272),
    (7280, 7283),
    (7953, 7953),
    (9911, 9911),
    (9974, 9974),
];

/// First and last code of each block that is done on a quarter of the mouth.
static QUADRANTS: &[(u16, u16)] = &[
    (4210, 4211),
    (4230, 4231),
    (4240, 4241),
    (4260, 4261),
    (4341, 4342),
    (4921, 4921),
    (7310, 7311),
    (7320, 7321),
];

/// First and last code of each block of crowns, inlays and prostheses. What is made for the
/// meantime, or at one sitting, is not among them.
static PROSTHESES: &[(u16, u16)] = &[
    (2510, 2664),
    (2710, 2794),
    (5110, 5140),
    (5211, 5228),
    (5282, 5286),
    (5863, 5866),
    (6058, 6077),
    (6082, 6088),
    (6094, 6094),
    (6097, 6099),
    (6110, 6123),
    (6194, 6195),
    (6205, 6252),
    (6545, 6792),
    (6794, 6794),
];

/// Code and last day, in the order of the codes.
static ENDED: &[(u16, Option<Day>)] = &[
    (260, day(20151231)),
    (351, day(20221231)),
    (421, day(20151231)),
    (704, day(20221231)),
    (1352, day(20251231)),
    (1515, day(20181231)),
    (1525, day(20181231)),
    (1550, day(20191231)),
    (1555, day(20191231)),
    (1705, day(20251231)),
    (1706, day(20251231)),
    (1707, day(20251231)),
    (1712, day(20251231)),
    (2941, day(20241231)),
    (2970, day(20151231)),
    (3427, day(20201231)),
    (4320, day(20211231)),
    (4321, day(20211231)),
    (5281, day(20181231)),
    (5510, day(20171231)),
    (5610, day(20171231)),
    (5620, day(20171231)),
    (5994, day(20201231)),
    (6052, day(20201231)),
    (6095, day(20241231)),
    (7960, day(20201231)),
    (8050, day(20211231)),
    (8060, day(20211231)),
    (8690, day(20211231)),
    (8691, day(20191231)),
    (8692, day(20191231)),
    (8693, day(20191231)),
    (8694, day(20191231)),
    (9220, day(20151231)),
    (9221, day(20151231)),
    (9241, day(20151231)),
    (9242, day(20151231)),
    (9248, day(20251231)),
    (9931, day(20151231)),
    (9940, day(20181231)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_a_procedure_is_done_to() {
        for (code, expected) in [
            ("D0120", None),
            ("D1110", None),
            ("D1351", Some(Site::Tooth)),
            ("D2140", Some(Site::Surfaces(1, 1))),
            ("D2390", Some(Site::Tooth)),
            ("D2394", Some(Site::Surfaces(4, 5))),
            ("D2740", Some(Site::Tooth)),
            ("D2999", None),
            ("D4341", Some(Site::Quadrant)),
            ("D4910", None),
            ("D5110", None),
            ("D7140", Some(Site::Tooth)),
            ("D8080", None),
            ("d7140", None),
            ("7140", None),
            ("D71401", None),
        ] {
            assert_eq!(site(code.as_bytes()), expected, "{code}");
        }
        assert!(is_prosthesis(b"D2740") && !is_prosthesis(b"D2799") && !is_prosthesis(b"D2950"));
        assert!(is_orthodontic_treatment(b"D8080") && !is_orthodontic_treatment(b"D8670"));
    }

    #[test]
    fn knows_codes_that_have_ended() {
        let last = Day::new(2018, 12, 31).expect("a day of the calendar");
        let after = last.plus_days(1);
        assert_eq!(standing(b"D1515", last), Standing::Unknown);
        assert_eq!(standing(b"D1515", after), Standing::Ended(last));
        assert_eq!(standing(b"D1516", after), Standing::Unknown);
        assert_eq!(standing(b"1515", after), Standing::Unknown);
        assert!(ENDED.is_sorted_by_key(|&(code, _)| code));
    }
}
