//! What the guides make depend on a value elsewhere: if this element says that, then this segment
//! or element has to be there, or may not be.
//!
//! Only dependencies stand here that one value decides, in one transaction set, and that no payer
//! disputes. What depends on the payer, on the calendar, on sums or on several values is for those
//! who act on claims. A 999 answers with I6 and I9, I9 and I13, and names the value in a CTX.
//!
//! ```
//! use x12::guide::conditions;
//!
//! let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
//! for condition in conditions::of(guide) {
//!     println!("{}: {:?} leads to {:?}", condition.name, condition.when, condition.then);
//! }
//! ```

use super::row::{Guide, Tag};

/// A dependency of a guide.
///
/// ```
/// use x12::guide::conditions::{Condition, of};
///
/// let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let known: &Condition = of(guide).find(|known| known.name == "accident-date").expect("one");
/// assert_eq!((known.when.tag.text().as_str(), known.when.element), ("CLM", 11));
/// ```
#[derive(Debug)]
pub struct Condition {
    /// A readable name, stable for ever.
    pub name: &'static str,
    /// The value that decides.
    pub when: When,
    /// What follows of it.
    pub then: Then,
}

/// The value that decides.
///
/// ```
/// use x12::guide::conditions::{Says, When, of};
///
/// let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let condition = of(guide).find(|known| known.name == "accident-state").expect("one");
/// let When { in_loop, tag, parts, says, .. } = &condition.when;
/// assert_eq!((*in_loop, tag.text().as_str()), ("2300", "CLM"));
/// // An automobile accident, in one of the first three parts.
/// assert!(parts.len() == 3 && matches!(says, Says::OneOf(["AA"])));
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct When {
    /// The loop of its segment; empty for any.
    pub in_loop: &'static str,
    /// Its segment.
    pub tag: Tag,
    /// Its element, from 1.
    pub element: u8,
    /// The parts of a composite, one of which is to say it; none for a plain element.
    pub parts: &'static [u8],
    /// What it says.
    pub says: Says,
}

/// What it says.
///
/// ```
/// use x12::guide::conditions::{Says, of};
///
/// let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let codes = of(guide).filter(|condition| matches!(condition.when.says, Says::OneOf(_)));
/// assert!(codes.count() > 0);
/// ```
#[derive(Debug, PartialEq, Eq)]
pub enum Says {
    /// One of these codes.
    OneOf(&'static [&'static str]),
    /// It is empty, or its segment is not there.
    Nothing,
}

/// What follows.
///
/// ```
/// use x12::guide::conditions::{Then, of};
///
/// let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let segments = of(guide).filter(|condition| matches!(condition.then, Then::Segment(_)));
/// assert!(segments.count() > 0);
/// ```
#[derive(Debug)]
pub enum Then {
    /// A segment has to stand in a loop, whenever that loop is there: the loop of the value, or
    /// one inside of it. Where the segment opens a loop, the loop has to stand.
    Segment(Target),
    /// The segment may not stand there.
    NoSegment(Target),
    /// The segment may not stand there, unless the other one stands before it.
    NoSegmentUnless(Target, Target),
    /// The element, or its part, has to be filled in the same segment.
    Element(u8, u8),
    /// One of two parts of the element has to be filled in the same segment; the first by rights.
    OneOfParts(u8, u8, u8),
    /// The element, or its part, may not be filled in the same segment.
    NoElement(u8, u8),
}

/// A segment's row in a guide.
///
/// ```
/// use x12::guide::conditions::{Target, Then, of};
///
/// let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let condition = of(guide).find(|known| known.name == "accident-date").expect("one");
/// let Then::Segment(Target { in_loop, tag, qualifier }) = &condition.then else { panic!("a date") };
/// assert_eq!((*in_loop, tag.text().as_str(), *qualifier), ("2300", "DTP", "439"));
/// ```
#[derive(Debug)]
pub struct Target {
    /// The loop that it stands in.
    pub in_loop: &'static str,
    /// Its tag.
    pub tag: Tag,
    /// A code of its first qualifier; empty where it needs none.
    pub qualifier: &'static str,
}

/// The dependencies of a guide.
///
/// ```
/// use x12::guide::conditions::{of};
///
/// let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// assert!(of(guide).any(|condition| condition.name == "accident-date"));
/// ```
pub fn of(guide: &Guide) -> impl Iterator<Item = &'static Condition> + use<> {
    let own: [&[Condition]; 3] = match guide.set {
        "837" if guide.id.contains("X222") => [PARTIES, CLAIMS, PROFESSIONAL],
        "837" if guide.id.contains("X223") => [PARTIES, CLAIMS, &[]],
        "837" if guide.id.contains("X224") => [PARTIES, CLAIMS, DENTAL],
        "835" => [PARTIES, REMITTANCES, &[]],
        _ => [&[], &[], &[]],
    };
    own.into_iter().flatten()
}

const fn when(in_loop: &'static str, tag: &str, element: u8, says: Says) -> When {
    When { in_loop, tag: Tag::new(tag.as_bytes()), element, parts: &[], says }
}

impl When {
    const fn in_parts(mut self, parts: &'static [u8]) -> When {
        self.parts = parts;
        self
    }
}

const fn target(in_loop: &'static str, tag: &str, qualifier: &'static str) -> Target {
    Target { in_loop, tag: Tag::new(tag.as_bytes()), qualifier }
}

const fn condition(name: &'static str, when: When, then: Then) -> Condition {
    Condition { name, when, then }
}

use Says::{Nothing, OneOf};
use Then::{Element, NoElement, NoSegment, NoSegmentUnless, OneOfParts, Segment};

/// Organizations have one name, in NM103.
const ORGANIZATION: When = when("", "NM1", 2, OneOf(&["2"]));

static PARTIES: &[Condition] = &[
    condition("organization-first-name", ORGANIZATION, NoElement(4, 0)),
    condition("organization-middle-name", ORGANIZATION, NoElement(5, 0)),
    condition("organization-name-suffix", ORGANIZATION, NoElement(7, 0)),
];

const SUBSCRIBER_IS_PATIENT: When = when("2000B", "SBR", 2, OneOf(&["18"]));
const SUBSCRIBER_IS_NOT_PATIENT: When = when("2000B", "SBR", 2, Nothing);
const REPLACES: When = when("2300", "CLM", 5, OneOf(&["7", "8"])).in_parts(&[3]);

/// Ways that an attachment travels apart from the claim, so that its number must join the two.
const TRAVELS_APART: Says = OneOf(&["BM", "EL", "EM", "FT", "FX"]);

static CLAIMS: &[Condition] = &[
    condition(
        "patient-beside-subscriber",
        SUBSCRIBER_IS_PATIENT,
        // A subscriber with claims of their own may have patients beside them.
        NoSegmentUnless(target("2000C", "HL", "23"), target("2300", "CLM", "")),
    ),
    condition("patient-level", SUBSCRIBER_IS_NOT_PATIENT, Segment(target("2000C", "HL", "23"))),
    condition("subscriber-address", SUBSCRIBER_IS_PATIENT, Segment(target("2010BA", "N3", ""))),
    condition("subscriber-city", SUBSCRIBER_IS_PATIENT, Segment(target("2010BA", "N4", ""))),
    condition("subscriber-birth-date", SUBSCRIBER_IS_PATIENT, Segment(target("2010BA", "DMG", ""))),
    condition("original-claim-number", REPLACES, Segment(target("2300", "REF", "F8"))),
    condition("attachment-number", when("2300", "PWK", 2, TRAVELS_APART), Element(6, 0)),
];

const AUTO_ACCIDENT: When = when("2300", "CLM", 11, OneOf(&["AA"])).in_parts(&[1, 2, 3]);
const ACCIDENT: When = when("2300", "CLM", 11, OneOf(&["AA", "OA"])).in_parts(&[1, 2, 3]);

static PROFESSIONAL: &[Condition] = &[
    // Abroad, CLM11-5 names the country instead.
    condition("accident-state", AUTO_ACCIDENT, OneOfParts(11, 4, 5)),
    condition("accident-date", ACCIDENT, Segment(target("2300", "DTP", "439"))),
    condition("line-attachment-number", when("2400", "PWK", 2, TRAVELS_APART), Element(6, 0)),
    condition(
        "subscriber-details-of-patient",
        SUBSCRIBER_IS_NOT_PATIENT,
        NoSegment(target("2000B", "PAT", "")),
    ),
];

static DENTAL: &[Condition] = &[
    // Abroad, CLM11-5 names the country instead.
    condition("accident-state", AUTO_ACCIDENT, OneOfParts(11, 4, 5)),
    condition("accident-date", ACCIDENT, Segment(target("2300", "DTP", "439"))),
];

/// Money that moves by itself needs the accounts that it moves between.
const ELECTRONIC: When = when("HEADER", "BPR", 4, OneOf(&["ACH", "BOP", "FWT"]));

static REMITTANCES: &[Condition] = &[
    condition("payment-format", when("HEADER", "BPR", 4, OneOf(&["ACH"])), Element(5, 0)),
    condition("payer-bank-numbering", ELECTRONIC, Element(6, 0)),
    condition("payer-bank", ELECTRONIC, Element(7, 0)),
    condition("payer-account-kind", ELECTRONIC, Element(8, 0)),
    condition("payer-account", ELECTRONIC, Element(9, 0)),
    condition("payer-company", ELECTRONIC, Element(10, 0)),
    condition("payee-bank-numbering", ELECTRONIC, Element(12, 0)),
    condition("payee-bank", ELECTRONIC, Element(13, 0)),
    condition("payee-account-kind", ELECTRONIC, Element(14, 0)),
    condition("payee-account", ELECTRONIC, Element(15, 0)),
];
