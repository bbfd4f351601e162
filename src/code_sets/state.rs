//! States and territories of the United States and provinces of Canada (N402).

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "US Postal Service and Canada Post, 2026";

/// How many codes there are.
pub const CODE_COUNT: usize = OF_THE_UNITED_STATES.len() + OF_CANADA.len();

/// The name; `None` when there is no such code in either country.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    let found = find(OF_THE_UNITED_STATES, code).or_else(|| find(OF_CANADA, code));
    found.map(|entry| entry.meaning)
}

/// Whether this is a state, a territory, a freely associated state or an armed forces region of
/// the United States.
pub fn is_of_the_united_states(code: &[u8]) -> bool {
    LETTERS_OF_THE_UNITED_STATES.has(code)
}

/// Whether this is a province or a territory of Canada.
pub fn is_of_canada(code: &[u8]) -> bool {
    LETTERS_OF_CANADA.has(code)
}

/// Codes of two letters: for each first letter a bit for each second one. Rules ask for each address.
struct Letters([u32; 26]);

static LETTERS_OF_THE_UNITED_STATES: Letters = Letters::of(OF_THE_UNITED_STATES);
static LETTERS_OF_CANADA: Letters = Letters::of(OF_CANADA);

impl Letters {
    const fn of(entries: &[Entry]) -> Letters {
        let mut letters = [0; 26];
        let mut at = 0;
        while at < entries.len() {
            let [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] = entries[at].code.as_bytes() else {
                panic!("not two letters")
            };
            letters[(*first - b'A') as usize] |= 1 << (*second - b'A');
            at += 1;
        }
        Letters(letters)
    }

    fn has(&self, code: &[u8]) -> bool {
        let &[first, second @ b'A'..=b'Z'] = code else { return false };
        let seconds = self.0.get(usize::from(first.wrapping_sub(b'A')));
        seconds.is_some_and(|seconds| seconds >> (second - b'A') & 1 == 1)
    }
}

/// In byte order.
pub(super) static OF_THE_UNITED_STATES: &[Entry] = &[
    entry("AA", "Armed Forces Americas"),
    entry("AE", "Armed Forces Europe"),
    entry("AK", "Alaska"),
    entry("AL", "Alabama"),
    entry("AP", "Armed Forces Pacific"),
    entry("AR", "Arkansas"),
    entry("AS", "American Samoa"),
    entry("AZ", "Arizona"),
    entry("CA", "California"),
    entry("CO", "Colorado"),
    entry("CT", "Connecticut"),
    entry("DC", "District of Columbia"),
    entry("DE", "Delaware"),
    entry("FL", "Florida"),
    entry("FM", "Federated States of Micronesia"),
    entry("GA", "Georgia"),
    entry("GU", "Guam"),
    entry("HI", "Hawaii"),
    entry("IA", "Iowa"),
    entry("ID", "Idaho"),
    entry("IL", "Illinois"),
    entry("IN", "Indiana"),
    entry("KS", "Kansas"),
    entry("KY", "Kentucky"),
    entry("LA", "Louisiana"),
    entry("MA", "Massachusetts"),
    entry("MD", "Maryland"),
    entry("ME", "Maine"),
    entry("MH", "Marshall Islands"),
    entry("MI", "Michigan"),
    entry("MN", "Minnesota"),
    entry("MO", "Missouri"),
    entry("MP", "Northern Mariana Islands"),
    entry("MS", "Mississippi"),
    entry("MT", "Montana"),
    entry("NC", "North Carolina"),
    entry("ND", "North Dakota"),
    entry("NE", "Nebraska"),
    entry("NH", "New Hampshire"),
    entry("NJ", "New Jersey"),
    entry("NM", "New Mexico"),
    entry("NV", "Nevada"),
    entry("NY", "New York"),
    entry("OH", "Ohio"),
    entry("OK", "Oklahoma"),
    entry("OR", "Oregon"),
    entry("PA", "Pennsylvania"),
    entry("PR", "Puerto Rico"),
    entry("PW", "Palau"),
    entry("RI", "Rhode Island"),
    entry("SC", "South Carolina"),
    entry("SD", "South Dakota"),
    entry("TN", "Tennessee"),
    entry("TX", "Texas"),
    entry("UT", "Utah"),
    entry("VA", "Virginia"),
    entry("VI", "US Virgin Islands"),
    entry("VT", "Vermont"),
    entry("WA", "Washington"),
    entry("WI", "Wisconsin"),
    entry("WV", "West Virginia"),
    entry("WY", "Wyoming"),
];

/// In byte order.
pub(super) static OF_CANADA: &[Entry] = &[
    entry("AB", "Alberta"),
    entry("BC", "British Columbia"),
    entry("MB", "Manitoba"),
    entry("NB", "New Brunswick"),
    entry("NL", "Newfoundland and Labrador"),
    entry("NS", "Nova Scotia"),
    entry("NT", "Northwest Territories"),
    entry("NU", "Nunavut"),
    entry("ON", "Ontario"),
    entry("PE", "Prince Edward Island"),
    entry("QC", "Quebec"),
    entry("SK", "Saskatchewan"),
    entry("YT", "Yukon"),
];
