//! The base standard, 005010: every segment that the sets of health care hold, with all its
//! elements.
//!
//! One line of a segment is its elements in order, each by its number in the dictionary; behind
//! them stand the dependencies among them. The facts were held against two and more public
//! transcriptions; the names are ours. Where those differ in a length, the wider one stands here.
//!
//! ```
//! use x12::guide::base::BASES;
//!
//! let claim = BASES.iter().find(|base| base.tag.text() == "CLM").expect("CLM");
//! assert_eq!(claim.elements.len(), 20);
//! ```

use super::elements::*;
use super::names::name;
use super::row::{Data, Element, R, S, Tag, el, group};
use super::segments::{Base, Composite, Note, Relation};

const fn segment(
    tag: &'static str,
    name: &'static str,
    elements: &'static [Element],
    notes: &'static [Note],
) -> Base {
    Base { tag: Tag::new(tag.as_bytes()), name, elements, notes }
}

const fn composite(
    number: u16,
    name: &'static str,
    notes: &'static [Note],
    parts: &'static [Element],
) -> Composite {
    Composite { number, name, parts, notes }
}

/// A mandatory element.
const fn must(data: Data) -> Element {
    el(0, R, data, name(data.number))
}

/// An optional element.
const fn may(data: Data) -> Element {
    el(0, S, data, name(data.number))
}

const fn must_group(composite: &'static Composite) -> Element {
    group(0, R, composite.name, composite.parts)
}

const fn may_group(composite: &'static Composite) -> Element {
    group(0, S, composite.name, composite.parts)
}

impl Element {
    const fn named(mut self, name: &'static str) -> Element {
        self.name = name;
        self
    }
}

/// Elements stand in the order of their positions, and none is left out.
const fn numbered<const N: usize>(mut elements: [Element; N]) -> [Element; N] {
    let mut at = 0;
    while at < N {
        elements[at].position = at as u8 + 1;
        at += 1;
    }
    elements
}

const fn paired(positions: &'static [u8]) -> Note {
    Note { relation: Relation::Paired, positions }
}

const fn at_least_one(positions: &'static [u8]) -> Note {
    Note { relation: Relation::AtLeastOne, positions }
}

const fn exclusive(positions: &'static [u8]) -> Note {
    Note { relation: Relation::Exclusive, positions }
}

const fn conditional(positions: &'static [u8]) -> Note {
    Note { relation: Relation::Conditional, positions }
}

const fn list_conditional(positions: &'static [u8]) -> Note {
    Note { relation: Relation::ListConditional, positions }
}

/// The segment with this tag. For tables: a tag that is not here does not compile.
pub(super) const fn of(tag: &str) -> &'static Base {
    let tag = Tag::new(tag.as_bytes());
    let mut at = 0;
    while at < BASES.len() {
        if BASES[at].tag.is(tag) {
            return &BASES[at];
        }
        at += 1;
    }
    panic!("no segment of the base standard has this tag")
}

/// Every composite. Its parts are a static of their own, so that they have one address, by which
/// a composite is known again.
///
/// ```
/// let procedure = x12::guide::base::COMPOSITES.iter().find(|known| known.number == 3);
/// assert_eq!(procedure.expect("C003").name, "procedure");
/// ```
pub static COMPOSITES: &[&Composite] = &[
    &C001, &C002, &C003, &C004, &C005, &C006, &C022, &C023, &C024, &C030, &C035, &C040, &C042,
    &C043, &C052, &C056, &C998, &C999,
];

/// Those whose parts depend on each other.
pub(crate) static DEPENDING: &[&Composite] = &[&C022, &C040, &C056];

/// Unit of measure.
pub(crate) static C001: Composite = composite(1, "unit of measure", &[], &C001_PARTS);
#[rustfmt::skip]
static C001_PARTS: [Element; 15] = numbered([
    must(E355), may(E1018), may(E649), may(E355), may(E1018), may(E649), may(E355), may(E1018),
    may(E649), may(E355), may(E1018), may(E649), may(E355), may(E1018), may(E649),
]);

/// What to do with the papers.
pub(crate) static C002: Composite = composite(2, "what to do with the papers", &[], &C002_PARTS);
#[rustfmt::skip]
static C002_PARTS: [Element; 5] = numbered([
    must(E704), may(E704), may(E704), may(E704), may(E704),
]);

/// Procedure.
pub(crate) static C003: Composite = composite(3, "procedure", &[], &C003_PARTS);
#[rustfmt::skip]
static C003_PARTS: [Element; 8] = numbered([
    must(E235), must(E234), may(E1339), may(E1339), may(E1339), may(E1339), may(E352), may(E234),
]);

/// Diagnosis pointers.
pub(crate) static C004: Composite = composite(4, "diagnosis pointers", &[], &C004_PARTS);
#[rustfmt::skip]
static C004_PARTS: [Element; 4] = numbered([
    must(E1328), may(E1328), may(E1328), may(E1328),
]);

/// Tooth surfaces.
pub(crate) static C005: Composite = composite(5, "tooth surfaces", &[], &C005_PARTS);
#[rustfmt::skip]
static C005_PARTS: [Element; 5] = numbered([
    must(E1369), may(E1369), may(E1369), may(E1369), may(E1369),
]);

/// Areas of the mouth.
pub(crate) static C006: Composite = composite(6, "areas of the mouth", &[], &C006_PARTS);
#[rustfmt::skip]
static C006_PARTS: [Element; 5] = numbered([
    must(E1361), may(E1361), may(E1361), may(E1361), may(E1361),
]);

/// Health care code.
pub(crate) static C022: Composite =
    composite(22, "health care code", &[paired(&[3, 4]), exclusive(&[8, 9])], &C022_PARTS);
#[rustfmt::skip]
static C022_PARTS: [Element; 9] = numbered([
    must(E1270), must(E1271), may(E1250), may(E1251), may(E782), may(E380), may(E799), may(E1271),
    may(E1073),
]);

/// Where the service was given.
pub(crate) static C023: Composite = composite(23, "where the service was given", &[], &C023_PARTS);
#[rustfmt::skip]
static C023_PARTS: [Element; 3] = numbered([
    must(E1331), may(E1332), may(E1325),
]);

/// Related causes.
pub(crate) static C024: Composite = composite(24, "related causes", &[], &C024_PARTS);
#[rustfmt::skip]
static C024_PARTS: [Element; 5] = numbered([
    must(E1362), may(E1362), may(E1362), may(E156), may(E26),
]);

/// Place in the segment.
pub(crate) static C030: Composite = composite(30, "place in the segment", &[], &C030_PARTS);
#[rustfmt::skip]
static C030_PARTS: [Element; 3] = numbered([
    must(E722), may(E1528), may(E1686),
]);

/// Specialty.
pub(crate) static C035: Composite = composite(35, "specialty", &[], &C035_PARTS);
#[rustfmt::skip]
static C035_PARTS: [Element; 3] = numbered([
    must(E1222), may(E559), may(E1073),
]);

/// Further references.
pub(crate) static C040: Composite =
    composite(40, "further references", &[paired(&[3, 4]), paired(&[5, 6])], &C040_PARTS);
#[rustfmt::skip]
static C040_PARTS: [Element; 6] = numbered([
    must(E128), must(E127), may(E128), may(E127), may(E128), may(E127),
]);

/// Adjustment.
pub(crate) static C042: Composite = composite(42, "adjustment", &[], &C042_PARTS);
#[rustfmt::skip]
static C042_PARTS: [Element; 2] = numbered([
    must(E426), may(E127),
]);

/// Status.
pub(crate) static C043: Composite = composite(43, "status", &[], &C043_PARTS);
#[rustfmt::skip]
static C043_PARTS: [Element; 4] = numbered([
    must(E1271), must(E1271), may(E98), may(E1270),
]);

/// Medicare status.
pub(crate) static C052: Composite = composite(52, "medicare status", &[], &C052_PARTS);
#[rustfmt::skip]
static C052_PARTS: [Element; 4] = numbered([
    must(E1218), may(E1701), may(E1701), may(E1701),
]);

/// Race or ethnicity.
pub(crate) static C056: Composite =
    composite(56, "race or ethnicity", &[paired(&[2, 3])], &C056_PARTS);
#[rustfmt::skip]
static C056_PARTS: [Element; 3] = numbered([
    may(E1109), may(E1270), may(E1271),
]);

/// Context.
pub(crate) static C998: Composite = composite(998, "context", &[], &C998_PARTS);
#[rustfmt::skip]
static C998_PARTS: [Element; 2] = numbered([
    must(E9999), may(E9998),
]);

/// Element number.
pub(crate) static C999: Composite = composite(999, "element number", &[], &C999_PARTS);
#[rustfmt::skip]
static C999_PARTS: [Element; 2] = numbered([
    must(E725), may(E725),
]);

/// Every segment, in the order of `Tag`: two characters first, then three.
#[rustfmt::skip]
pub static BASES: &[Base] = &[
    segment("EB", "eligibility or benefit", &numbered([
        must(E1390), may(E1207), may(E1365).repeats(99), may(E1336), may(E1204), may(E615),
        may(E782), may(E954), may(E673), may(E380), may(E1073), may(E1073), may_group(&C003),
        may_group(&C004),
    ]), &[paired(&[9, 10])]),
    segment("EC", "class of employment", &numbered([
        may(E1176), may(E1176), may(E1176), may(E954), may(E1201), may(E1149),
    ]), &[]),
    segment("EM", "equipment characteristics", &numbered([
        may(E188), may(E81), may(E184), may(E183), may(E26),
        may(CONSTRUCTION).named("construction"), may(E373),
    ]), &[conditional(&[2, 1]), conditional(&[4, 3])]),
    segment("EQ", "eligibility or benefit asked for", &numbered([
        may(E1365).repeats(99), may_group(&C003), may(E1207), may(E1336), may_group(&C004),
    ]), &[at_least_one(&[1, 2])]),
    segment("FC", "financial contribution", &numbered([
        must(E1224), may(E954), may(E782), may(E1470), may(E1073),
    ]), &[]),
    segment("GE", "end of a functional group", &numbered([
        must(E97), must(E28),
    ]), &[]),
    segment("GS", "start of a functional group", &numbered([
        must(E479), must(E142), must(E124), must(E373), must(E337), must(E28), must(E455),
        must(E480),
    ]), &[]),
    segment("HD", "health coverage", &numbered([
        must(E875), may(E1203), may(E1205), may(E1204), may(E1207), may(E609), may(E609),
        may(E1209), may(E1073), may(E1211), may(E1073),
    ]), &[]),
    segment("HI", "health care codes", &numbered([
        must_group(&C022), may_group(&C022), may_group(&C022), may_group(&C022), may_group(&C022),
        may_group(&C022), may_group(&C022), may_group(&C022), may_group(&C022), may_group(&C022),
        may_group(&C022), may_group(&C022),
    ]), &[]),
    segment("HL", "level", &numbered([
        must(E628), may(E734), must(E735), may(E736),
    ]), &[]),
    segment("K3", "text in a set form", &numbered([
        must(E449), may(E1333), may_group(&C001),
    ]), &[]),
    segment("LC", "life coverage", &numbered([
        must(E875), may(E1203), may(E1205), may(E1204), may(E380), may(E1161), may(E1073),
    ]), &[]),
    segment("LE", "end of a bounded loop", &numbered([
        must(E447),
    ]), &[]),
    segment("LQ", "code from a list", &numbered([
        may(E1270), may(E1271),
    ]), &[conditional(&[1, 2])]),
    segment("LS", "start of a bounded loop", &numbered([
        must(E447),
    ]), &[]),
    segment("LX", "line number", &numbered([
        must(E554),
    ]), &[]),
    segment("N1", "party", &numbered([
        must(E98), may(E93), may(E66), may(E67), may(E706), may(E98),
    ]), &[at_least_one(&[2, 3]), paired(&[3, 4])]),
    segment("N2", "more of a name", &numbered([
        must(E93), may(E93),
    ]), &[]),
    segment("N3", "street", &numbered([
        must(E166), may(E166),
    ]), &[]),
    segment("N4", "city", &numbered([
        may(E19), may(E156), may(E116), may(E26), may(E309), may(E310), may(E1715),
    ]), &[exclusive(&[2, 7]), conditional(&[6, 5]), conditional(&[7, 4])]),
    segment("N9", "reference with date", &numbered([
        must(E128), may(E127), may(E369), may(E373), may(E337), may(E623), may_group(&C040),
    ]), &[at_least_one(&[2, 3]), conditional(&[6, 5])]),
    segment("OI", "other insurance", &numbered([
        may(E1032), may(E1383), may(E1073), may(E1351), may(E1360), may(E1363),
    ]), &[]),
    segment("PM", "electronic funds transfer", &numbered([
        must(E507), must(E508), must(E1073), must(E1073), may(E569), may(E506),
    ]), &[]),
    segment("RP", "retirement product", &numbered([
        must(E875), may(E1205), may(E1203), may(E352), may(E1295), may(E1073),
        may(SPECIAL_PROCESSING).named("special processing"), may(AUTHORITY).named("authority"),
        may(E1204),
    ]), &[]),
    segment("SE", "end of the transaction set", &numbered([
        must(E96), must(E329),
    ]), &[]),
    segment("ST", "start of the transaction set", &numbered([
        must(E143), must(E329), may(E1705),
    ]), &[]),
    segment("UM", "services review", &numbered([
        must(E1525), may(E1322), may(E1365), may_group(&C023), may_group(&C024), may(E1338),
        may(E1213), may(E923), may(E1363), may(E1514),
    ]), &[]),
    segment("UR", "peer review", &numbered([
        must(APPROVAL).named("approval"), may(E380),
    ]), &[]),
    segment("AAA", "request not valid", &numbered([
        must(E1073), may(E559), may(E901), may(E889),
    ]), &[]),
    segment("ACT", "account", &numbered([
        must(E508), may(E93), may(E66), may(E67), may(E569), may(E508), may(E352), may(E107),
        may(E1216),
    ]), &[paired(&[3, 4]), conditional(&[5, 6]), conditional(&[7, 5])]),
    segment("AD1", "adjustment of an amount", &numbered([
        must(E426), may(E782), may(E1129), may(E594), may(E9),
    ]), &[]),
    segment("ADX", "adjustment", &numbered([
        must(E782), must(E426), may(E128), may(E127),
    ]), &[paired(&[3, 4])]),
    segment("AIN", "income", &numbered([
        must(E1186), must(E594), must(E782), may(E380), may(E1073), may(E127), may(E522),
        may(E1685), may(PAY_RATE).named("rate of pay"), may(E355), may(E380), may(E1271), may(E352),
    ]), &[]),
    segment("AK1", "group answered", &numbered([
        must(E479), must(E28), may(E480),
    ]), &[]),
    segment("AK2", "transaction set answered", &numbered([
        must(E143), must(E329), may(E1705),
    ]), &[]),
    segment("AK3", "segment in error", &numbered([
        must(E721), must(E719), may(E447), may(E720),
    ]), &[]),
    segment("AK4", "element in error", &numbered([
        must_group(&C030), may(E725), must(E723), may(E724),
    ]), &[]),
    segment("AK5", "verdict on the transaction set", &numbered([
        must(E717), may(E718), may(E718), may(E718), may(E718), may(E718),
    ]), &[]),
    segment("AK9", "verdict on the group", &numbered([
        must(E715), must(E97), must(E123), must(E2), may(E716), may(E716), may(E716), may(E716),
        may(E716),
    ]), &[]),
    segment("AMT", "amount", &numbered([
        must(E522), must(E782), may(E478),
    ]), &[]),
    segment("ASM", "amount and settlement", &numbered([
        must(E610), may(E107), may(E522),
    ]), &[]),
    segment("ATN", "attendance", &numbered([
        must(E380), may(E355), may(E673), may(E594), may(ATTENDANCE).named("kind of attendance"),
        may(E352),
    ]), &[]),
    segment("BEN", "beneficiary or owner", &numbered([
        may(E1130), may(E954), may(E1069), may(E1073), may(E1073), may(E1187),
    ]), &[]),
    segment("BGN", "beginning", &numbered([
        must(E353), must(E127), must(E373), may(E337), may(E623), may(E127), may(E640), may(E306),
        may(E786),
    ]), &[conditional(&[5, 4])]),
    segment("BHT", "beginning of a transaction with levels", &numbered([
        must(E1005), must(E353), may(E127), may(E373), may(E337), may(E640),
    ]), &[]),
    segment("BPR", "payment", &numbered([
        must(E305), must(E782), must(E478), must(E591), may(E812), may(E506), may(E507), may(E569),
        may(E508), may(E509), may(E510), may(E506), may(E507), may(E569), may(E508), may(E373),
        may(E1048), may(E506), may(E507), may(E569), may(E508),
    ]), &[
        paired(&[6, 7]), conditional(&[8, 9]), paired(&[12, 13]), conditional(&[14, 15]),
        paired(&[18, 19]), conditional(&[20, 21]),
    ]),
    segment("CAS", "adjustments", &numbered([
        must(E1033), must(E1034), must(E782), may(E380), may(E1034), may(E782), may(E380),
        may(E1034), may(E782), may(E380), may(E1034), may(E782), may(E380), may(E1034), may(E782),
        may(E380), may(E1034), may(E782), may(E380),
    ]), &[
        list_conditional(&[5, 6, 7]), conditional(&[6, 5]), conditional(&[7, 5]),
        list_conditional(&[8, 9, 10]), conditional(&[9, 8]), conditional(&[10, 8]),
        list_conditional(&[11, 12, 13]), conditional(&[12, 11]), conditional(&[13, 11]),
        list_conditional(&[14, 15, 16]), conditional(&[15, 14]), conditional(&[16, 14]),
        list_conditional(&[17, 18, 19]), conditional(&[18, 17]), conditional(&[19, 17]),
    ]),
    segment("CL1", "institutional codes", &numbered([
        may(E1315), may(E1314), may(E1352), may(E1345),
    ]), &[]),
    segment("CLM", "claim", &numbered([
        must(E1028), may(E782), may(E1032), may(E1343), may_group(&C023), may(E1073), may(E1359),
        may(E1073), may(E1363), may(E1351), may_group(&C024), may(E1366), may(E1073), may(E1338),
        may(E1073), may(E1360), may(E1029), may(E1073), may(E1383), may(E1514),
    ]), &[]),
    segment("CLP", "claim payment", &numbered([
        must(E1028), must(E1029), must(E782), must(E782), may(E782), may(E1032), may(E127),
        may(E1331), may(E1325), may(E1352), may(E1354), may(E380), may(E954), may(E1073),
    ]), &[]),
    segment("CN1", "contract", &numbered([
        must(E1166), may(E782), may(E332), may(E127), may(E338), may(E799),
    ]), &[]),
    segment("COB", "coordination of benefits", &numbered([
        may(E1138), may(E127), may(E1143), may(E1365),
    ]), &[]),
    segment("CR1", "ambulance", &numbered([
        may(E355), may(E81), may(E1316), may(E1317), may(E355), may(E380), may(E166), may(E166),
        may(E352), may(E352),
    ]), &[paired(&[1, 2]), paired(&[5, 6])]),
    segment("CR2", "chiropractic", &numbered([
        may(E609), may(E380), may(E1367), may(E1367), may(E355), may(E380), may(E380), may(E1342),
        may(E1073), may(E352), may(E352), may(E1073),
    ]), &[paired(&[1, 2]), conditional(&[4, 3]), paired(&[5, 6])]),
    segment("CR3", "durable equipment", &numbered([
        may(E1322), may(E355), may(E380), may(E1335), may(E352),
    ]), &[paired(&[2, 3])]),
    segment("CR4", "enteral or parenteral therapy", &numbered([
        must(E1073), may(E1322), may(E355), may(E380), may(E355), may(E380), may(E1344), may(E355),
        may(E380), may(E355), may(E65), may(E355), may(E81), may(E380), may(E352), may(E1346),
        may(E1347), may(E380), may(E380), may(E352), may(E380), may(E954), may(E380), may(E380),
        may(E954), may(E380), may(E954), may(E380), may(E352),
    ]), &[
        paired(&[3, 4]), paired(&[5, 6]), paired(&[8, 9]), paired(&[10, 11]), paired(&[12, 13]),
    ]),
    segment("CR5", "oxygen therapy", &numbered([
        may(E1322), may(E380), may(E1348), may(E1348), may(E352), may(E380), may(E380), may(E380),
        may(E352), may(E380), may(E380), may(E1349), may(E1350), may(E1350), may(E1350), may(E380),
        may(E1382), may(E1348),
    ]), &[]),
    segment("CR6", "home health care", &numbered([
        must(E923), must(E373), may(E1250), may(E1251), may(E373), may(E1073), must(E1073),
        must(E1322), may(E373), may(E235), may(E1137), may(E373), may(E373), may(E373), may(E1250),
        may(E1251), may(E1384), may(E373), may(E373), may(E373), may(E373),
    ]), &[paired(&[3, 4]), paired(&[9, 10, 11]), paired(&[15, 16, 17])]),
    segment("CR7", "home health treatment plan", &numbered([
        must(E921), must(E1470), must(E1470),
    ]), &[]),
    segment("CR8", "implant", &numbered([
        must(E1403), must(E1404), must(E373), must(E373), must(E127), must(E127), must(E127),
        must(E1073), must(E1073),
    ]), &[]),
    segment("CRC", "conditions", &numbered([
        must(E1136), must(E1073), must(E1321), may(E1321), may(E1321), may(E1321), may(E1321),
    ]), &[]),
    segment("CTP", "price", &numbered([
        may(E687), may(E236), may(E212), may(E380), may_group(&C001), may(E648), may(E649),
        may(E782), may(E639), may(E499), may(E289),
    ]), &[
        paired(&[4, 5]), conditional(&[6, 7]), conditional(&[9, 2]), conditional(&[10, 2]),
        conditional(&[11, 3]),
    ]),
    segment("CTX", "context", &numbered([
        must_group(&C998).repeats(10), may(E721), may(E719), may(E447), may_group(&C030),
        may_group(&C999),
    ]), &[]),
    segment("CUR", "currency", &numbered([
        must(E98), must(E100), may(E280), may(E98), may(E100), may(E669), may(E374), may(E373),
        may(E337), may(E374), may(E373), may(E337), may(E374), may(E373), may(E337), may(E374),
        may(E373), may(E337), may(E374), may(E373), may(E337),
    ]), &[
        conditional(&[8, 7]), conditional(&[9, 7]), list_conditional(&[10, 11, 12]),
        conditional(&[11, 10]), conditional(&[12, 10]), list_conditional(&[13, 14, 15]),
        conditional(&[14, 13]), conditional(&[15, 13]), list_conditional(&[16, 17, 18]),
        conditional(&[17, 16]), conditional(&[18, 16]), list_conditional(&[19, 20, 21]),
        conditional(&[20, 19]), conditional(&[21, 19]),
    ]),
    segment("DED", "deductions", &numbered([
        must(DEDUCTION).named("kind of deduction"), must(E127), must(E373), must(E610), must(E127),
        must(E1073), may(E93), may(E127), may(E1073),
    ]), &[]),
    segment("DMG", "demographics", &numbered([
        may(E1250), may(E1251), may(E1068), may(E1067), may_group(&C056).repeats(10), may(E1066),
        may(E26), may(E659), may(E380), may(E1270), may(E1271),
    ]), &[paired(&[1, 2]), paired(&[10, 11]), conditional(&[11, 5])]),
    segment("DN1", "orthodontics", &numbered([
        may(E380), may(E380), may(E1073), may(E352),
    ]), &[]),
    segment("DN2", "tooth status", &numbered([
        must(E127), may(E1368), may(E380), may(E1250), may(E1251), must(E1270),
    ]), &[paired(&[4, 5])]),
    segment("DSB", "disability", &numbered([
        must(E1146), may(E380), may(E1149), may(E1154), may(E1161), may(E782), may(E235),
        may(E1137),
    ]), &[paired(&[7, 8])]),
    segment("DTM", "date or time", &numbered([
        must(E374), may(E373), may(E337), may(E623), may(E1250), may(E1251),
    ]), &[at_least_one(&[2, 3, 5]), conditional(&[4, 3]), paired(&[5, 6])]),
    segment("DTP", "date, time or range", &numbered([
        must(E374), must(E1250), must(E1251),
    ]), &[]),
    segment("EMS", "employment position", &numbered([
        may(E352), may(E1176), may(E1149), may(E584), may(E128), may(E127), may(E127), may(E128),
        may(E66), may(E67), may(E332), may(E584), may(E66), may(E67), may(E1176),
    ]), &[paired(&[5, 6]), paired(&[7, 8]), paired(&[9, 10]), paired(&[13, 14])]),
    segment("ENT", "entity", &numbered([
        may(E554), may(E98), may(E66), may(E67), may(E98), may(E66), may(E67), may(E128), may(E127),
    ]), &[paired(&[2, 3, 4]), paired(&[5, 6, 7]), paired(&[8, 9])]),
    segment("FA1", "kind of financial data", &numbered([
        must(E559), may(E1300), may(E248),
    ]), &[]),
    segment("FA2", "accounting data", &numbered([
        must(E1196), must(E1195),
    ]), &[]),
    segment("FRM", "answer on a form", &numbered([
        must(E350), may(E1073), may(E127), may(E373), may(E332),
    ]), &[at_least_one(&[2, 3, 4, 5])]),
    segment("FSA", "tax advantage account", &numbered([
        must(E875), may(E1202), may(E1203), may(E508), may(E594), may(E1204), may(E1161),
        may(E1161), may(E1161),
    ]), &[]),
    segment("G53", "kind of maintenance", &numbered([
        must(E875),
    ]), &[]),
    segment("HCP", "pricing", &numbered([
        may(E1473), may(E782), may(E782), may(E127), may(E118), may(E127), may(E782), may(E234),
        may(E235), may(E234), may(E355), may(E380), may(E901), may(E1526), may(E1527),
    ]), &[at_least_one(&[1, 13]), paired(&[9, 10]), paired(&[11, 12])]),
    segment("HCR", "outcome of a services review", &numbered([
        must(E306), may(E127), may(E1271), may(E1073),
    ]), &[]),
    segment("HLH", "health data", &numbered([
        may(E1212), may(E65), may(E81), may(E81), may(E352), may(E1213), may(E352),
    ]), &[]),
    segment("HSD", "delivery of services", &numbered([
        may(E673), may(E380), may(E355), may(E1167), may(E615), may(E616), may(E678), may(E679),
    ]), &[paired(&[1, 2]), conditional(&[6, 5])]),
    segment("ICM", "individual income", &numbered([
        must(E594), must(E782), may(E380), may(E310), may(E1214), may(E100),
    ]), &[]),
    segment("IDC", "identification card", &numbered([
        must(E1204), must(E1215), may(E380), may(E306),
    ]), &[]),
    segment("IEA", "end of the interchange", &numbered([
        must(I16), must(I12),
    ]), &[]),
    segment("III", "information", &numbered([
        may(E1270), may(E1271), may(E1136), may(E933), may(E380), may_group(&C001), may(E752),
        may(E752), may(E752),
    ]), &[paired(&[1, 2]), list_conditional(&[3, 4, 5])]),
    segment("IK3", "segment in error", &numbered([
        must(E721), must(E719), may(E447), may(E620),
    ]), &[]),
    segment("IK4", "element in error", &numbered([
        must_group(&C030), may(E725), must(E621), may(E724),
    ]), &[]),
    segment("IK5", "verdict on the transaction set", &numbered([
        must(E717), may(E618), may(E618), may(E618), may(E618), may(E618),
    ]), &[]),
    segment("IMM", "immunization", &numbered([
        must(E1271), may(E1250), may(E1251), may(E1254), may(E755), must(E1270),
    ]), &[paired(&[2, 3]), conditional(&[3, 4])]),
    segment("INS", "insured benefit", &numbered([
        must(E1073), must(E1069), may(E875), may(E1203), may(E1216), may_group(&C052), may(E1219),
        may(E584), may(E1220), may(E1073), may(E1250), may(E1251), may(E1165), may(E19), may(E156),
        may(E26), may(E1470),
    ]), &[paired(&[11, 12])]),
    segment("INV", "investment vehicle", &numbered([
        must(E352), may(E954), may(E782), may(E380), may(E156), may(E352), may(E782),
    ]), &[]),
    segment("ISA", "start of the interchange", &numbered([
        must(I01), must(I02), must(I03), must(I04), must(I05), must(I06), must(I05), must(I07),
        must(I08), must(I09), must(I65), must(I11), must(I12), must(I13), must(I14), must(I15),
    ]), &[]),
    segment("IT1", "item data", &numbered([
        may(E350), may(E358), may(E355), may(E212), may(E639), may(E235), may(E234), may(E235),
        may(E234), may(E235), may(E234), may(E235), may(E234), may(E235), may(E234), may(E235),
        may(E234), may(E235), may(E234), may(E235), may(E234), may(E235), may(E234), may(E235),
        may(E234),
    ]), &[
        paired(&[2, 3, 4]), paired(&[6, 7]), paired(&[8, 9]), paired(&[10, 11]), paired(&[12, 13]),
        paired(&[14, 15]), paired(&[16, 17]), paired(&[18, 19]), paired(&[20, 21]),
        paired(&[22, 23]), paired(&[24, 25]),
    ]),
    segment("LIN", "item", &numbered([
        may(E350), must(E235), must(E234), may(E235), may(E234), may(E235), may(E234), may(E235),
        may(E234), may(E235), may(E234), may(E235), may(E234), may(E235), may(E234), may(E235),
        may(E234), may(E235), may(E234), may(E235), may(E234), may(E235), may(E234), may(E235),
        may(E234), may(E235), may(E234), may(E235), may(E234), may(E235), may(E234),
    ]), &[
        paired(&[4, 5]), paired(&[6, 7]), paired(&[8, 9]), paired(&[10, 11]), paired(&[12, 13]),
        paired(&[14, 15]), paired(&[16, 17]), paired(&[18, 19]), paired(&[20, 21]),
        paired(&[22, 23]), paired(&[24, 25]), paired(&[26, 27]), paired(&[28, 29]),
        paired(&[30, 31]),
    ]),
    segment("LOC", "location", &numbered([
        must(E128), must(E127), may(E352), may(E127), may(CATEGORY).named("category"), may(E128),
        may(E127), may(E352), may(E127), may(E739), may_group(&C001), may(E739), may_group(&C001),
        may(E739), may_group(&C001), may(E739), may_group(&C001), may(E739), may_group(&C001),
        may(E739), may_group(&C001), may(E128), may(E127), may(E352),
    ]), &[paired(&[6, 7]), paired(&[22, 23])]),
    segment("LUI", "language use", &numbered([
        may(E66), may(E67), may(E352), may(E1303), may(E1476),
    ]), &[paired(&[1, 2]), list_conditional(&[4, 2, 3])]),
    segment("MEA", "measurement", &numbered([
        may(E737), may(E738), may(E739), may_group(&C001), may(E740), may(E741), may(E935),
        may(E936), may(E752), may(E753), may(E1270), may(E1271),
    ]), &[
        at_least_one(&[3, 5, 6, 8]), exclusive(&[4, 12]), list_conditional(&[5, 4, 12]),
        list_conditional(&[6, 4, 12]), list_conditional(&[7, 3, 5, 6]), exclusive(&[8, 3]),
        paired(&[11, 12]),
    ]),
    segment("MIA", "inpatient pricing", &numbered([
        must(E380), may(E782), may(E380), may(E782), may(E127), may(E782), may(E782), may(E782),
        may(E782), may(E782), may(E782), may(E782), may(E782), may(E782), may(E380), may(E782),
        may(E782), may(E782), may(E782), may(E127), may(E127), may(E127), may(E127), may(E782),
    ]), &[]),
    segment("MOA", "outpatient pricing", &numbered([
        may(E954), may(E782), may(E127), may(E127), may(E127), may(E127), may(E127), may(E782),
        may(E782),
    ]), &[]),
    segment("MPI", "military personnel", &numbered([
        must(E1201), must(E584), must(E1595), may(E352), may(E1596), may(E1250), may(E1251),
    ]), &[paired(&[6, 7])]),
    segment("MSG", "message", &numbered([
        must(E933), may(E934), may(E1470),
    ]), &[conditional(&[3, 2])]),
    segment("NM1", "entity type", &numbered([
        must(E98), must(E1065), may(E1035), may(E1036), may(E1037), may(E1038), may(E1039),
        may(E66), may(E67), may(E706), may(E98), may(E1035),
    ]), &[paired(&[8, 9]), conditional(&[11, 10]), conditional(&[12, 3])]),
    segment("NTE", "note", &numbered([
        may(E363), must(E352),
    ]), &[]),
    segment("NX1", "property or entity", &numbered([
        must(E98), may(E98), may(E98), may(E98), may(E98),
    ]), &[]),
    segment("PAT", "patient", &numbered([
        may(E1069), may(E1384), may(E584), may(E1220), may(E1250), may(E1251), may(E355), may(E81),
        may(E1073),
    ]), &[paired(&[5, 6]), paired(&[7, 8])]),
    segment("PCT", "percentage", &numbered([
        must(E1004), must(E954),
    ]), &[]),
    segment("PDP", "personal property", &numbered([
        must(E1188), may(E23), may(E22),
    ]), &[paired(&[2, 3])]),
    segment("PDR", "real property", &numbered([
        must(E1074), may(E1270), may(E1271), may(E689),
    ]), &[paired(&[2, 3])]),
    segment("PEN", "pension", &numbered([
        must(E640), may(E782), may(E1224), may(E954),
        may(SPECIAL_PROCESSING).named("special processing"), may(E127), may(E1470), may(E1262),
        may(E875),
    ]), &[at_least_one(&[2, 4])]),
    segment("PER", "contact", &numbered([
        must(E366), may(E93), may(E365), may(E364), may(E365), may(E364), may(E365), may(E364),
        may(E443),
    ]), &[paired(&[3, 4]), paired(&[5, 6]), paired(&[7, 8])]),
    segment("PID", "description of a product", &numbered([
        must(E349), may(E750), may(E559), may(E751), may(E352), may(E752), may(E822), may(E1073),
        may(E819),
    ]), &[
        conditional(&[4, 3]), at_least_one(&[4, 5]), conditional(&[7, 3]), conditional(&[8, 4]),
        conditional(&[9, 5]),
    ]),
    segment("PKD", "packaging", &numbered([
        may(E103), may(E822), may(E559), may(E754), may(E102),
    ]), &[conditional(&[2, 1]), conditional(&[3, 2])]),
    segment("PLA", "place or location", &numbered([
        must(E306), must(E98), must(E373), may(E337), may(E1203),
    ]), &[]),
    segment("PLB", "provider balance", &numbered([
        must(E127), must(E373), must_group(&C042), must(E782), may_group(&C042), may(E782),
        may_group(&C042), may(E782), may_group(&C042), may(E782), may_group(&C042), may(E782),
        may_group(&C042), may(E782),
    ]), &[
        paired(&[5, 6]), paired(&[7, 8]), paired(&[9, 10]), paired(&[11, 12]), paired(&[13, 14]),
    ]),
    segment("PRV", "provider", &numbered([
        must(E1221), may(E128), may(E127), may(E156), may_group(&C035), may(E1223),
    ]), &[paired(&[2, 3])]),
    segment("PS1", "purchased service", &numbered([
        must(E127), must(E782), may(E156),
    ]), &[]),
    segment("PWK", "paperwork", &numbered([
        must(E755), may(E756), may(E757), may(E98), may(E66), may(E67), may(E352),
        may_group(&C002), may(E1525),
    ]), &[paired(&[5, 6])]),
    segment("PYD", "payroll deduction", &numbered([
        must(E782), may(E594), may(E1685), may(DEDUCTION_OF_PAY).named("kind of deduction"),
        may(E352),
    ]), &[]),
    segment("QTY", "quantity", &numbered([
        must(E673), may(E380), may_group(&C001), may(E61),
    ]), &[exclusive(&[2, 4]), at_least_one(&[2, 4])]),
    segment("RDM", "how the remittance is sent", &numbered([
        must(E756), may(E93), may(E364), may_group(&C040), may_group(&C040),
    ]), &[]),
    segment("REF", "reference", &numbered([
        must(E128), may(E127), may(E352), may_group(&C040),
    ]), &[at_least_one(&[2, 3])]),
    segment("REL", "relationship", &numbered([
        must(E1069), may(E1470),
    ]), &[]),
    segment("RMR", "open item", &numbered([
        may(E128), may(E127), may(E482), may(E782), may(E782), may(E782), may(E426), may(E782),
    ]), &[paired(&[1, 2]), paired(&[7, 8])]),
    segment("RPA", "rate amounts or percentages", &numbered([
        must(E562), may(E782), may(E118), may_group(&C001), may(E954),
    ]), &[]),
    segment("RYL", "royalty", &numbered([
        must(E554), may(E1035), may(E66), may(E67),
    ]), &[paired(&[3, 4])]),
    segment("SAC", "allowance or charge", &numbered([
        must(E248), may(E1300), may(E559), may(E1301), may(E610), may(E378), may(E332), may(E118),
        may(E355), may(E380), may(E380), may(E331), may(E127), may(E770), may(E352), may(E819),
    ]), &[
        at_least_one(&[2, 3]), paired(&[3, 4]), paired(&[6, 7]), paired(&[9, 10]),
        conditional(&[11, 10]), conditional(&[14, 13]), conditional(&[16, 15]),
    ]),
    segment("SBR", "subscriber", &numbered([
        must(E1138), may(E1069), may(E127), may(E93), may(E1336), may(E1143), may(E1073),
        may(E584), may(E1032),
    ]), &[]),
    segment("SD1", "safety data", &numbered([
        must(E349), must(E821), may(E559), may(E822), may(E751), may(E352), may(E156), may(E26),
    ]), &[list_conditional(&[3, 5, 6]), conditional(&[5, 3]), at_least_one(&[5, 6])]),
    segment("SLN", "part of an item", &numbered([
        must(E350), may(E350), must(E662), may(E380), may_group(&C001), may(E212), may(E639),
        may(E662), may(E235), may(E234), may(E235), may(E234), may(E235), may(E234), may(E235),
        may(E234), may(E235), may(E234), may(E235), may(E234), may(E235), may(E234), may(E235),
        may(E234), may(E235), may(E234), may(E235), may(E234),
    ]), &[
        paired(&[4, 5]), conditional(&[7, 6]), conditional(&[8, 6]), paired(&[9, 10]),
        paired(&[11, 12]), paired(&[13, 14]), paired(&[15, 16]), paired(&[17, 18]),
        paired(&[19, 20]), paired(&[21, 22]), paired(&[23, 24]), paired(&[25, 26]),
        paired(&[27, 28]),
    ]),
    segment("STC", "status", &numbered([
        must_group(&C043), may(E373), may(E306), may(E782), may(E782), may(E373), may(E591),
        may(E373), may(E429), may_group(&C043), may_group(&C043), may(E933),
    ]), &[]),
    segment("SV1", "professional service", &numbered([
        must_group(&C003), may(E782), may(E355), may(E380), may(E1331), may(E1365),
        may_group(&C004), may(E782), may(E1073), may(E1340), may(E1073), may(E1073), may(E1364),
        may(E1341), may(E1327), may(E1334), may(E127), may(E116), may(E782), may(E1337), may(E1360),
    ]), &[paired(&[3, 4])]),
    segment("SV2", "institutional service", &numbered([
        may(E234), may_group(&C003), may(E782), may(E355), may(E380), may(E1371), may(E782),
        may(E1073), may(E1345), may(E1337),
    ]), &[at_least_one(&[1, 2]), paired(&[4, 5])]),
    segment("SV3", "dental service", &numbered([
        must_group(&C003), may(E782), may(E1331), may_group(&C006), may(E1358), may(E380),
        may(E352), may(E1327), may(E1360), may(E1073), may_group(&C004),
    ]), &[]),
    segment("SV4", "drug service", &numbered([
        must(E127), may_group(&C003), may(E127), may(E1073), may(E1329), may(E1338), may(E1356),
        may(E352), may(E1073), may(E1073), may(E1370), may(E1319), may(E1320), may(E1330),
        may(E1327), may(E1384), may(E1337), may(E1357),
    ]), &[]),
    segment("SV5", "durable equipment service", &numbered([
        must_group(&C003), must(E355), may(E380), may(E782), may(E782), may(E594), may(E923),
    ]), &[at_least_one(&[4, 5]), conditional(&[6, 4])]),
    segment("SV6", "anesthesia service", &numbered([
        must_group(&C003), may(E1332), may(E1331), may(E782), may_group(&C004), may(E380),
        may(E1073),
    ]), &[paired(&[2, 3])]),
    segment("SV7", "drug adjudication", &numbered([
        may(E127), may(E127), may(E1355), must(E1207), must(E750), may(E1073),
    ]), &[]),
    segment("SVC", "service payment", &numbered([
        must_group(&C003), must(E782), may(E782), may(E234), may(E380), may_group(&C003), may(E380),
    ]), &[]),
    segment("SVD", "service adjudication", &numbered([
        must(E67), may(E782), may_group(&C003), may(E234), may(E380), may(E554),
    ]), &[]),
    segment("TA1", "interchange acknowledgment", &numbered([
        must(I12), must(I08), must(I09), must(I17), must(I18),
    ]), &[]),
    segment("TOO", "tooth", &numbered([
        may(E1270), may(E1271), may_group(&C005),
    ]), &[paired(&[1, 2])]),
    segment("TRN", "trace", &numbered([
        must(E481), must(E127), may(E509), may(E127),
    ]), &[]),
    segment("TS2", "inpatient totals", &numbered([
        may(E782), may(E782), may(E782), may(E782), may(E782), may(E782), may(E380), may(E782),
        may(E782), may(E380), may(E380), may(E380), may(E380), may(E380), may(E782), may(E380),
        may(E782), may(E782), may(E782),
    ]), &[]),
    segment("TS3", "provider totals", &numbered([
        must(E127), must(E1331), must(E373), must(E380), must(E782), may(E782), may(E782),
        may(E782), may(E782), may(E782), may(E782), may(E782), may(E782), may(E782), may(E782),
        may(E782), may(E782), may(E782), may(E782), may(E782), may(E782), may(E782), may(E380),
        may(E782),
    ]), &[]),
    segment("TXI", "tax", &numbered([
        must(E963), may(E782), may(E954), may(E955), may(E956), may(E441), may(E662), may(E828),
        may(E325), may(E350),
    ]), &[paired(&[4, 5]), conditional(&[8, 3])]),
    segment("TXP", "tax payment", &numbered([
        must(E325), must(TAX_PAYMENT).named("kind of tax payment"), must(E373),
        must(TAX_DETAIL).named("which tax amount"), must(TAX_AMOUNT).named("tax amount"),
        may(TAX_DETAIL).named("which tax amount"), may(TAX_AMOUNT).named("tax amount"),
        may(TAX_DETAIL).named("which tax amount"), may(TAX_AMOUNT).named("tax amount"),
        may(TAXPAYER_CHECK).named("check of the taxpayer"),
    ]), &[paired(&[6, 7]), paired(&[8, 9])]),
    segment("VEH", "vehicle", &numbered([
        may(E554), may(E539), may(E1096), may(E559), may(E127), may(E127), may(E127), may(E82),
        may(E127), may(E156), may(E310), may(E1073), may(E610), may(E1073), may(E610), may(E306),
        may(E26), may(E93), may(E26),
    ]), &[
        list_conditional(&[4, 5, 7]), conditional(&[5, 4]), conditional(&[7, 4]), paired(&[18, 19]),
    ]),
];
