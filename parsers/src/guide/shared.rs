//! Rows and element lists that several guides share: names, addresses, dates, references, money.
//!
//! Where a row has a key, its element list does not repeat the key's codes.

use super::elements::*;
use super::row::{Element, R, Row, S, Usage, el, group, keyed, seg};

/// The values that a key or a code list lets stand.
pub type Values = &'static [&'static str];

/// A row for one day.
pub const fn date(key: Values, usage: Usage, use_max: u32, name: &'static str) -> Row {
    keyed("DTP", 1, key, usage, use_max, name, DAY)
}

/// A row for one day, or for the first and last day of a range.
pub const fn date_or_range(key: Values, usage: Usage, use_max: u32, name: &'static str) -> Row {
    keyed("DTP", 1, key, usage, use_max, name, DAY_OR_RANGE)
}

/// A row for a plain date without a format, as the remittance has them.
pub const fn plain_date(key: Values, usage: Usage, use_max: u32, name: &'static str) -> Row {
    keyed("DTM", 1, key, usage, use_max, name, DTM)
}

/// A row for a reference number.
pub const fn reference(key: Values, usage: Usage, use_max: u32, name: &'static str) -> Row {
    keyed("REF", 1, key, usage, use_max, name, REF)
}

/// A row for a reference number that may belong to another payer than the claim's own.
pub const fn payer_reference(key: Values, usage: Usage, use_max: u32, name: &'static str) -> Row {
    keyed("REF", 1, key, usage, use_max, name, REF_OF_PAYER)
}

/// A row for an amount of money.
pub const fn amount(key: Values, usage: Usage, use_max: u32, name: &'static str) -> Row {
    keyed("AMT", 1, key, usage, use_max, name, AMT)
}

/// A row for a quantity.
pub const fn quantity(key: Values, usage: Usage, use_max: u32, name: &'static str) -> Row {
    keyed("QTY", 1, key, usage, use_max, name, QTY)
}

/// A row for a street.
pub const fn street(usage: Usage, name: &'static str) -> Row {
    seg("N3", usage, 1, name, N3)
}

/// A row for a city.
pub const fn city(usage: Usage, name: &'static str) -> Row {
    seg("N4", usage, 1, name, N4)
}

/// The last row of every transaction set.
pub const fn trailer() -> Row {
    seg("SE", R, 1, "end of the transaction set", SE)
}

/// DTP with one day.
pub static DAY: &[Element] = &[
    el(1, R, E374, "which date"),
    el(2, R, E1250, "date format").codes(&["D8"]),
    el(3, R, E1251, "date"),
];

/// DTP with one day or a range of days.
pub static DAY_OR_RANGE: &[Element] = &[
    el(1, R, E374, "which date"),
    el(2, R, E1250, "date format").codes(&["D8", "RD8"]),
    el(3, R, E1251, "date or range"),
];

/// DTM.
pub static DTM: &[Element] = &[el(1, R, E374, "which date"), el(2, R, E373, "date")];

/// REF.
pub static REF: &[Element] = &[el(1, R, E128, "which reference"), el(2, R, E127, "reference")];

/// REF with the payer that the reference belongs to.
pub static REF_OF_PAYER: &[Element] = &[
    el(1, R, E128, "which reference"),
    el(2, R, E127, "reference"),
    group(4, S, "other payer", C040),
];

/// The payer whose reference it is.
pub static C040: &[Element] =
    &[el(1, R, E128, "which reference").codes(&["2U"]), el(2, R, E127, "other payer identifier")];

/// AMT.
pub static AMT: &[Element] = &[el(1, R, E522, "which amount"), el(2, R, E782, "amount")];

/// QTY.
pub static QTY: &[Element] = &[el(1, R, E673, "what is counted"), el(2, R, E380, "quantity")];

/// N3.
pub static N3: &[Element] = &[el(1, R, E166, "street"), el(2, S, E166, "street, second line")];

/// N4.
pub static N4: &[Element] = &[
    el(1, R, E19, "city"),
    el(2, S, E156, "state").from_set("state"),
    el(3, S, E116, "zip code"),
    el(4, S, E26, "country").from_set("country"),
    el(7, S, E1715, "country subdivision"),
];

/// HL for a level at the top.
pub static HL_TOP: &[Element] = &[
    el(1, R, E628, "level number"),
    el(3, R, E735, "kind of level"),
    el(4, R, E736, "has levels below").codes(&["1"]),
];

/// HL for a level under another, with or without levels below.
pub static HL_MIDDLE: &[Element] = &[
    el(1, R, E628, "level number"),
    el(2, R, E734, "level above"),
    el(3, R, E735, "kind of level"),
    el(4, R, E736, "has levels below").codes(&["0", "1"]),
];

/// NM1 for a sender or receiver of files, person or organization.
pub static SENDER: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1", "2"]),
    el(3, R, E1035, "last name or organization"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(8, R, E66, "identifier qualifier").codes(&["46"]),
    el(9, R, E67, "trading partner identifier"),
];

/// NM1 for a provider, person or organization, with an NPI.
pub static PROVIDER: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1", "2"]),
    el(3, R, E1035, "last name or organization"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, S, E66, "identifier qualifier").codes(&["XX"]),
    el(9, S, E67, "npi"),
];

/// NM1 for a provider who must be a person, with an NPI.
pub static PROVIDER_PERSON: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1"]),
    el(3, R, E1035, "last name"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, S, E66, "identifier qualifier").codes(&["XX"]),
    el(9, S, E67, "npi"),
];

/// NM1 for a facility, with an NPI.
pub static FACILITY: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["2"]),
    el(3, R, E1035, "facility"),
    el(8, S, E66, "identifier qualifier").codes(&["XX"]),
    el(9, S, E67, "npi"),
];

/// NM1 for a payer or a plan.
pub static PAYER: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["2"]),
    el(3, R, E1035, "payer"),
    el(8, R, E66, "identifier qualifier").codes(&["PI", "XV"]),
    el(9, R, E67, "payer identifier"),
];

/// NM1 that only says that a person or organization plays a part.
pub static UNNAMED: &[Element] =
    &[el(1, R, E98, "part played"), el(2, R, E1065, "entity type").codes(&["1", "2"])];

/// NM1 that only says that a person plays a part.
pub static UNNAMED_PERSON: &[Element] =
    &[el(1, R, E98, "part played"), el(2, R, E1065, "entity type").codes(&["1"])];

/// NM1 that only says that a place or organization plays a part.
pub static UNNAMED_PLACE: &[Element] =
    &[el(1, R, E98, "part played"), el(2, R, E1065, "entity type").codes(&["2"])];

/// PER with up to three ways to reach someone.
pub static CONTACT: &[Element] = &[
    el(1, R, E366, "contact for").codes(&["IC"]),
    el(2, S, E93, "contact name"),
    el(3, R, E365, "first way to reach").codes(&["EM", "FX", "TE"]),
    el(4, R, E364, "first number or address"),
    el(5, S, E365, "second way to reach").codes(&["EM", "EX", "FX", "TE"]),
    el(6, S, E364, "second number or address"),
    el(7, S, E365, "third way to reach").codes(&["EM", "EX", "FX", "TE"]),
    el(8, S, E364, "third number or address"),
];

/// PER with a telephone and its extension.
pub static TELEPHONE: &[Element] = &[
    el(1, R, E366, "contact for").codes(&["IC"]),
    el(2, S, E93, "contact name"),
    el(3, R, E365, "way to reach").codes(&["TE"]),
    el(4, R, E364, "telephone number"),
    el(5, S, E365, "extension follows").codes(&["EX"]),
    el(6, S, E364, "extension"),
];

/// CAS: one group of adjustments, up to six reasons. Only the groups differ between guides.
pub const fn adjustments(groups: Values) -> [Element; 19] {
    [
        el(1, R, E1033, "adjustment group").codes(groups),
        el(2, R, E1034, "first reason").from_set("claim-adjustment-reason"),
        el(3, R, E782, "first amount"),
        el(4, S, E380, "first quantity"),
        el(5, S, E1034, "second reason").from_set("claim-adjustment-reason"),
        el(6, S, E782, "second amount"),
        el(7, S, E380, "second quantity"),
        el(8, S, E1034, "third reason").from_set("claim-adjustment-reason"),
        el(9, S, E782, "third amount"),
        el(10, S, E380, "third quantity"),
        el(11, S, E1034, "fourth reason").from_set("claim-adjustment-reason"),
        el(12, S, E782, "fourth amount"),
        el(13, S, E380, "fourth quantity"),
        el(14, S, E1034, "fifth reason").from_set("claim-adjustment-reason"),
        el(15, S, E782, "fifth amount"),
        el(16, S, E380, "fifth quantity"),
        el(17, S, E1034, "sixth reason").from_set("claim-adjustment-reason"),
        el(18, S, E782, "sixth amount"),
        el(19, S, E380, "sixth quantity"),
    ]
}

/// MOA: how Medicare priced an outpatient or professional claim.
pub static MOA: &[Element] = &[
    el(1, S, E954, "reimbursement rate"),
    el(2, S, E782, "payable by fee schedule"),
    el(3, S, E127, "first remark").from_set("remark"),
    el(4, S, E127, "second remark").from_set("remark"),
    el(5, S, E127, "third remark").from_set("remark"),
    el(6, S, E127, "fourth remark").from_set("remark"),
    el(7, S, E127, "fifth remark").from_set("remark"),
    el(8, S, E782, "paid for kidney disease"),
    el(9, S, E782, "professional part not payable"),
];

static SE: &[Element] =
    &[el(1, R, E96, "number of segments"), el(2, R, E329, "transaction set control number")];
