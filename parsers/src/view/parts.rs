//! What claims and remittances are both made of: parties, dates, references, adjustments.
//!
//! ```
//! use x12::view::parts::{find_date, sum_of};
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/remittance/everything.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! # let group = &interchange.groups[0];
//! # let set = &group.sets[0];
//! # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
//! # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
//! # let guide = x12::guide::find(&version, &number).expect("a guide");
//! # let walked = x12::walk::walk(interchange, set, guide);
//! # let remittance = x12::view::remittance::remittance(interchange, set, &walked);
//! let claim = &remittance.claims[0];
//! assert!(find_date(&claim.dates, "050").is_some());
//! assert_eq!(sum_of(&claim.services[0].adjustments).to_wire(), "100");
//! ```

use crate::fault::Place;
use crate::segment::{Field, Segment};
use crate::value::{DayRange, Money};

/// A person or an organisation: NM1 and what follows it.
///
/// ```
/// use x12::view::parts::Party;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let claim = x12::view::claim::claims(interchange, set, &walked).next().expect("a claim");
/// let billing: &Party = &claim.billing;
/// assert!(billing.last_name.is("WILLOW CLINIC") && !billing.is_person());
/// assert!(billing.npi().expect("NM109").is("1999001302"));
/// // REF*EI: the tax number.
/// assert!(billing.reference("EI").expect("REF*EI").is("990000001"));
/// ```
#[derive(Clone, Debug)]
pub struct Party<'a> {
    /// Where its NM1 or N1 stands.
    pub place: Place,
    /// NM101.
    pub entity: Field<'a>,
    /// NM102: 1 a person, 2 an organisation.
    pub kind: Field<'a>,
    /// NM103.
    pub last_name: Field<'a>,
    /// NM104.
    pub first_name: Field<'a>,
    /// NM108.
    pub id_qualifier: Field<'a>,
    /// NM109.
    pub id: Field<'a>,
    /// N3 and N4.
    pub address: Option<Address<'a>>,
    /// REF segments.
    pub references: Vec<Reference<'a>>,
    /// PRV03.
    pub taxonomy: Option<Field<'a>>,
    /// The numbers of PER: telephone, fax, electronic mail.
    pub contacts: Vec<Reference<'a>>,
    /// DMG02.
    pub birth: Option<Field<'a>>,
    /// DMG03.
    pub sex: Option<Field<'a>>,
}

impl<'a> Party<'a> {
    /// A party from its NM1.
    pub(crate) fn from_nm1(nm1: &Segment<'a>) -> Party<'a> {
        let [entity, kind, last_name, first_name, id_qualifier, id] =
            nm1.fields([1, 2, 3, 4, 8, 9]);
        Party {
            place: nm1.place(0, 0),
            entity,
            kind,
            last_name,
            first_name,
            id_qualifier,
            id,
            address: None,
            references: Vec::new(),
            taxonomy: None,
            contacts: Vec::new(),
            birth: None,
            sex: None,
        }
    }

    /// A party from its N1, as remittances have it.
    pub(crate) fn from_n1(n1: &Segment<'a>) -> Party<'a> {
        let mut party = Party::from_nm1(n1);
        party.kind = Field::absent(n1.place(0, 0));
        party.last_name = n1.field(2);
        party.first_name = Field::absent(n1.place(0, 0));
        party.id_qualifier = n1.field(3);
        party.id = n1.field(4);
        party
    }

    /// Takes a segment that follows the NM1; gives false when it says nothing of a party.
    pub(crate) fn take(&mut self, segment: &Segment<'a>) -> bool {
        match segment.tag_bytes() {
            b"N3" => {
                let address = self.address.get_or_insert_with(|| Address::blank(segment));
                [address.line, address.second_line] = segment.fields([1, 2]);
            }
            b"N4" => {
                let address = self.address.get_or_insert_with(|| Address::blank(segment));
                [address.city, address.state, address.zip, address.country] =
                    segment.fields([1, 2, 3, 4]);
            }
            b"REF" => self.references.push(Reference::from_ref(segment)),
            b"PRV" => self.taxonomy = Some(segment.field(3)),
            b"DMG" => {
                [self.birth, self.sex] = segment.fields([2, 3]).map(Some);
            }
            b"PER" => {
                let pairs = [3, 5, 7].into_iter().filter(|&n| !segment.text(n).is_empty());
                self.contacts.extend(pairs.map(|n| Reference {
                    qualifier: segment.field(n),
                    value: segment.field(n + 1),
                    payer: Field::absent(segment.place(0, 0)),
                }));
            }
            _ => return false,
        }
        true
    }

    /// The value of the first reference with this qualifier.
    pub fn reference(&self, qualifier: &str) -> Option<Field<'a>> {
        find_reference(&self.references, qualifier)
    }

    /// NM109 when NM108 says that it is a national provider identifier.
    pub fn npi(&self) -> Option<Field<'a>> {
        self.id_qualifier.is("XX").then_some(self.id)
    }

    /// Whether NM102 says that it is a person.
    pub fn is_person(&self) -> bool {
        self.kind.is("1")
    }
}

/// N3 and N4.
///
/// ```
/// use x12::view::parts::Address;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let claim = x12::view::claim::claims(interchange, set, &walked).next().expect("a claim");
/// let address = claim.billing.address.expect("N3 and N4");
/// let Address { line, city, state, zip, .. } = address;
/// assert!(line.is("100 MAIN STREET") && city.is("SPRINGFIELD"));
/// assert!(state.is("IL") && zip.is("627010001"));
/// assert!(address.is_same_place(&address));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Address<'a> {
    /// N301.
    pub line: Field<'a>,
    /// N302.
    pub second_line: Field<'a>,
    /// N401.
    pub city: Field<'a>,
    /// N402.
    pub state: Field<'a>,
    /// N403.
    pub zip: Field<'a>,
    /// N404.
    pub country: Field<'a>,
}

impl<'a> Address<'a> {
    /// Whether both name one place, in letters of either size. Where no street is told there is none.
    pub fn is_same_place(&self, other: &Address<'_>) -> bool {
        let same =
            |one: Field<'_>, other: Field<'_>| one.bytes().eq_ignore_ascii_case(other.bytes());
        !self.line.is_empty()
            && same(self.line, other.line)
            && same(self.second_line, other.second_line)
            && same(self.city, other.city)
            && same(self.state, other.state)
            && same(self.zip, other.zip)
    }

    fn blank(near: &Segment<'a>) -> Address<'a> {
        let absent = Field::absent(near.place(0, 0));
        Address {
            line: absent,
            second_line: absent,
            city: absent,
            state: absent,
            zip: absent,
            country: absent,
        }
    }
}

/// REF: a qualifier and what it qualifies.
///
/// ```
/// use x12::view::parts::Reference;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let claim = x12::view::claim::claims(interchange, set, &walked).next().expect("a claim");
/// let Reference { qualifier, value, payer } = claim.billing.references[0];
/// assert!(qualifier.is("EI") && value.is("990000001") && payer.is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// REF01.
    pub qualifier: Field<'a>,
    /// REF02.
    pub value: Field<'a>,
    /// REF04-2: the other payer that the reference belongs to.
    pub payer: Field<'a>,
}

impl<'a> Reference<'a> {
    /// Reads a REF.
    pub(crate) fn from_ref(segment: &Segment<'a>) -> Reference<'a> {
        let [qualifier, value] = segment.fields([1, 2]);
        Reference { qualifier, value, payer: segment.field_part(4, 2) }
    }
}

/// The value of the first reference with this qualifier.
///
/// ```
/// use x12::view::parts::find_reference;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/every-loop.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let claim = x12::view::claim::claims(interchange, set, &walked).next().expect("a claim");
/// assert!(find_reference(&claim.references, "F8").expect("REF*F8").is("PAYERCLAIM1"));
/// assert!(find_reference(&claim.references, "QQ").is_none());
/// ```
pub fn find_reference<'a>(references: &[Reference<'a>], qualifier: &str) -> Option<Field<'a>> {
    references.iter().find(|known| known.qualifier.is(qualifier)).map(|known| known.value)
}

/// DTP or DTM.
///
/// ```
/// use x12::view::parts::Dated;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let claim = x12::view::claim::claims(interchange, set, &walked).next().expect("a claim");
/// let dated: Dated = claim.lines[0].dates[0];
/// assert!(dated.qualifier.is("472") && dated.form.is("D8"));
/// assert_eq!(dated.days().expect("a day").from.to_string(), "2026-02-10");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Dated<'a> {
    /// DTP01.
    pub qualifier: Field<'a>,
    /// DTP02; absent in a DTM, which always has one day.
    pub form: Field<'a>,
    /// DTP03 or DTM02.
    pub value: Field<'a>,
    /// The value, read once: whoever looks at a claim asks for its days again and again.
    days: Option<DayRange>,
}

impl<'a> Dated<'a> {
    /// Reads a DTP.
    pub(crate) fn from_dtp(segment: &Segment<'a>) -> Dated<'a> {
        let [qualifier, form, value] = segment.fields([1, 2, 3]);
        let days = match form.bytes() {
            b"" => DayRange::parse(b"D8", value.bytes()),
            form => DayRange::parse(form, value.bytes()),
        };
        Dated { qualifier, form, value, days }
    }

    /// Reads a DTM.
    pub(crate) fn from_dtm(segment: &Segment<'a>) -> Dated<'a> {
        let [qualifier, value] = segment.fields([1, 2]);
        let days = DayRange::parse(b"D8", value.bytes());
        Dated { qualifier, form: Field::absent(segment.place(0, 0)), value, days }
    }

    /// First and last day, if the value is a date in its form.
    pub const fn days(&self) -> Option<DayRange> {
        self.days
    }
}

/// The first date with this qualifier.
///
/// ```
/// use x12::view::parts::find_date;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let claim = x12::view::claim::claims(interchange, set, &walked).next().expect("a claim");
/// let service = find_date(&claim.lines[0].dates, "472").expect("DTP*472");
/// assert!(service.value.is("20260210"));
/// ```
pub fn find_date<'a>(dates: &[Dated<'a>], qualifier: &str) -> Option<Dated<'a>> {
    dates.iter().find(|known| known.qualifier.is(qualifier)).copied()
}

/// AMT: a qualifier and an amount.
///
/// ```
/// use x12::view::parts::Amount;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/every-loop.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let claim = x12::view::claim::claims(interchange, set, &walked).next().expect("a claim");
/// let Amount { qualifier, amount } = claim.amounts[0];
/// assert!(qualifier.is("F5") && amount.is("20.5"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Amount<'a> {
    /// AMT01.
    pub qualifier: Field<'a>,
    /// AMT02.
    pub amount: Field<'a>,
}

impl<'a> Amount<'a> {
    /// Reads an AMT.
    pub(crate) fn from_amt(segment: &Segment<'a>) -> Amount<'a> {
        let [qualifier, amount] = segment.fields([1, 2]);
        Amount { qualifier, amount }
    }
}

/// The first amount with this qualifier.
///
/// ```
/// use x12::view::parts::find_amount;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/every-loop.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let claim = x12::view::claim::claims(interchange, set, &walked).next().expect("a claim");
/// // What the patient has paid.
/// let paid = find_amount(&claim.amounts, "F5").and_then(|amount| amount.money());
/// assert_eq!(paid.expect("AMT*F5").cents(), 2_050);
/// ```
pub fn find_amount<'a>(amounts: &[Amount<'a>], qualifier: &str) -> Option<Field<'a>> {
    amounts.iter().find(|known| known.qualifier.is(qualifier)).map(|known| known.amount)
}

/// One reason and amount of a CAS; a CAS holds up to six.
///
/// ```
/// use x12::view::parts::Adjustment;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/remittance/everything.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let remittance = x12::view::remittance::remittance(interchange, set, &walked);
/// let adjustment: Adjustment = remittance.claims[0].adjustments[0];
/// assert!(adjustment.group.is("CO") && adjustment.reason.is("45"));
/// assert_eq!(adjustment.money().to_wire(), "10");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Adjustment<'a> {
    /// CAS01: CO, PR, OA or PI.
    pub group: Field<'a>,
    /// CAS02, 05, 08 …
    pub reason: Field<'a>,
    /// CAS03, 06, 09 …
    pub amount: Field<'a>,
    /// CAS04, 07, 10 …
    pub quantity: Field<'a>,
}

impl Adjustment<'_> {
    /// The amount, nothing when it is none.
    pub fn money(&self) -> Money {
        self.amount.money().unwrap_or_default()
    }
}

/// The adjustments of one CAS; a triplet that is blank throughout is none.
pub(crate) fn adjustments<'a>(cas: &Segment<'a>) -> impl Iterator<Item = Adjustment<'a>> + use<'a> {
    triplets(cas, [2, 5, 8, 11, 14, 17].into_iter())
}

/// What stands behind CAS19, where a CAS ends, in the form of further adjustments.
pub(crate) fn adjustments_beyond<'a>(
    cas: &Segment<'a>,
) -> impl Iterator<Item = Adjustment<'a>> + use<'a> {
    triplets(cas, (20..ELEMENTS_LOOKED_AT_MAX).step_by(3))
}

/// X12 counts the elements of a segment with two digits; each one further on takes longer to find.
pub(crate) const ELEMENTS_LOOKED_AT_MAX: usize = 100;

/// The adjustments that begin at elements of a CAS.
fn triplets<'a, I: Iterator<Item = usize>>(
    cas: &Segment<'a>,
    starts: I,
) -> impl Iterator<Item = Adjustment<'a>> + use<'a, I> {
    let cas = *cas;
    let count = cas.elements().count();
    starts.take_while(move |&n| n < count).filter_map(move |n| {
        let [group, reason, amount, quantity] = cas.fields([1, n, n + 1, n + 2]);
        let adjustment = Adjustment { group, reason, amount, quantity };
        let blank = adjustment.reason.is_empty()
            && adjustment.amount.is_empty()
            && adjustment.quantity.is_empty();
        (!blank).then_some(adjustment)
    })
}

/// What adjustments add up to.
///
/// ```
/// use x12::value::Money;
/// use x12::view::parts::sum_of;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/remittance/everything.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let remittance = x12::view::remittance::remittance(interchange, set, &walked);
/// // CO 45 takes 10 away, OA 23 gives them back.
/// assert_eq!(sum_of(&remittance.claims[0].adjustments), Money::ZERO);
/// ```
pub fn sum_of(adjustments: &[Adjustment<'_>]) -> Money {
    adjustments.iter().map(Adjustment::money).sum()
}

/// C003: a procedure with its modifiers.
///
/// ```
/// use x12::view::parts::Procedure;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/every-loop.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let claim = x12::view::claim::claims(interchange, set, &walked).next().expect("a claim");
/// let procedure: &Procedure = &claim.lines[0].procedure;
/// assert!(procedure.code.is("E0570") && procedure.description.is("NEBULIZER"));
/// assert!(procedure.has_modifier("RR") && procedure.has_any_modifier(&["NU", "UE"]));
/// // Not five digits, so in no block of numbers.
/// assert!(procedure.number().is_none() && !procedure.is_anesthesia());
/// ```
#[derive(Clone, Debug)]
pub struct Procedure<'a> {
    /// The element that holds the composite.
    pub place: Place,
    /// C003-1.
    pub qualifier: Field<'a>,
    /// C003-2.
    pub code: Field<'a>,
    /// C003-3 to 6, the filled ones.
    pub modifiers: Vec<Field<'a>>,
    /// C003-7.
    pub description: Field<'a>,
}

impl<'a> Procedure<'a> {
    /// The procedure in element `n` of a segment.
    pub(crate) fn from_element(segment: &Segment<'a>, n: usize) -> Procedure<'a> {
        let [qualifier, code, first, second, third, fourth, description] =
            segment.field_parts(n, [1, 2, 3, 4, 5, 6, 7]);
        let modifiers = [first, second, third, fourth].into_iter();
        Procedure {
            place: segment.place(n, 0),
            qualifier,
            code,
            modifiers: modifiers.filter(|modifier| !modifier.is_empty()).collect(),
            description,
        }
    }

    /// Whether the line carries this modifier.
    pub fn has_modifier(&self, code: &str) -> bool {
        self.modifiers.iter().any(|modifier| modifier.is(code))
    }

    /// Whether the line carries one of these modifiers.
    pub fn has_any_modifier(&self, codes: &[&str]) -> bool {
        self.modifiers.iter().any(|modifier| modifier.is_any(codes))
    }

    /// A code of five digits as a number, for blocks of codes.
    pub fn number(&self) -> Option<u32> {
        let digits = self.code.bytes();
        if digits.len() != 5 || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        Some(digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
    }

    /// Whether the code is one of the anesthesia block, 00100 to 01999.
    pub fn is_anesthesia(&self) -> bool {
        self.number().is_some_and(|number| (100..=1999).contains(&number))
    }
}
