//! Made-up people, places and numbers.

use crate::chance::Chance;
use crate::codes;
use crate::smaller::TODAY;

pub const LAST_NAMES: [&str; 10] = [
    "ROE",
    "HAZEL",
    "O'NEIL",
    "DE LA CRUZ",
    "SMITH-JONES",
    "BIRCH",
    "ASPEN",
    "ST. JOHN",
    "FIR",
    "LI",
];
pub const FIRST_NAMES: [&str; 6] = ["JANE", "TIM", "ANNA MARIA", "J", "HUGO", "MARY-ANN"];
pub const MIDDLE_NAMES: [&str; 4] = ["Q", "R", "MARIE", "LEE"];
pub const SUFFIXES: [&str; 4] = ["JR", "SR", "III", "MD"];
pub const ORGANIZATIONS: [&str; 5] = [
    "WILLOW CLINIC",
    "CEDAR & SONS, LLC",
    "ST. MARY'S HOSPITAL",
    "1ST CHOICE LAB #2",
    "OAK (NORTH) HEALTH PLAN",
];
pub const STREETS: [&str; 5] =
    ["7 ELM STREET", "100 MAIN ST", "1/2 HILL ROAD", "RR 2 BOX 7", "4711 N. 5TH AVE #12"];

/// City, state and five digits of the ZIP code.
const CITIES: [(&str, &str, &str); 12] = [
    ("BOSTON", "MA", "02110"),
    ("SPRINGFIELD", "IL", "62701"),
    ("SAN JUAN", "PR", "00901"),
    ("ST. LOUIS", "MO", "63101"),
    ("FISHERS ISLAND", "NY", "06390"),
    ("ANCHORAGE", "AK", "99501"),
    ("WASHINGTON", "DC", "20001"),
    ("HONOLULU", "HI", "96801"),
    ("HOUSTON", "TX", "77001"),
    ("MANHATTAN", "NY", "10001"),
    ("APO", "AE", "09094"),
    ("PAGO PAGO", "AS", "96799"),
];

/// N4 without its tag: city, state, ZIP code, country and country subdivision.
pub fn city(place: &str, is_whole_zip: bool, chance: &Chance) -> [String; 5] {
    let abroad = [
        ["TORONTO", "ON", "M5H2N2", "CA", ""],
        ["CALGARY", "AB", "T2P 1J9", "CA", ""],
        ["MUNICH", "", "", "DE", ""],
        ["TIJUANA", "", "", "MX", "BCN"],
        ["LONDON", "", "", "GB", "LND"],
    ];
    if chance.happens(&format!("{place} abroad"), 25) {
        if chance.happens(&format!("{place} anywhere"), 25) {
            let is_far =
                |code: &str| !matches!(code, "US" | "CA" | "PR" | "VI" | "GU" | "AS" | "MP" | "UM");
            let country = codes::pick_among("country", place, TODAY, chance, is_far);
            let country = country.expect("a country");
            return ["CAPITAL CITY", "", "", &country, ""].map(str::to_owned);
        }
        return chance.pick(place, &abroad.each_ref()).map(str::to_owned);
    }
    let (city, state, zip) = *chance.pick(place, &CITIES.each_ref());
    let has_nine = is_whole_zip || chance.happens(&format!("{place} zip"), 50);
    let zip =
        if has_nine { format!("{zip}{:04}", 1 + chance.below(place, 9000)) } else { zip.into() };
    let country = if chance.happens(&format!("{place} country"), 10) { "US" } else { "" };
    [city.to_owned(), state.to_owned(), zip, country.to_owned(), String::new()]
}

/// An NPI that nobody has, the same for a part in the same loop; parts differ.
pub fn npi(loop_id: &str, place: &str, chance: &Chance) -> String {
    // Loops in which providers stand; each has ten thousand numbers of its own.
    const LOOPS: [&str; 10] =
        ["2010AA", "2310A", "2310B", "2310C", "2310D", "2310E", "2420A", "2420B", "2420C", "2420D"];
    let own = LOOPS.iter().position(|known| *known == loop_id).unwrap_or(9);
    let nine = format!("199{own}{:05}", chance.below(place, 100_000));
    let mut sum = 24;
    for (at, digit) in nine.bytes().rev().enumerate() {
        let digit = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
        sum += digit / 10 + digit % 10;
    }
    format!("{nine}{}", (10 - sum % 10) % 10)
}

/// Ten digits that could be a telephone's.
pub fn telephone(place: &str, chance: &Chance) -> String {
    format!("617555{:04}", chance.below(place, 10_000))
}

/// Nine digits of a tax or social security number that nobody has.
pub fn nine_digits(place: &str, chance: &Chance) -> String {
    format!("12346{:04}", 1 + chance.below(place, 9_000))
}
