//! A claim of an 837, professional, institutional or dental: 2300 and its lines, with the parties
//! from above it.
//!
//! ```
//! use x12::view::claim::{Kind, claims};
//! use x12::{guide, interchange, walk};
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! let reading = interchange::read(&file);
//! let interchange = &reading.interchanges[0];
//! let set = &interchange.groups[0].sets[0];
//! let guide = guide::find(Kind::Professional.version(), "837").expect("the professional claim");
//! let walked = walk::walk(interchange, set, guide);
//!
//! let claims: Vec<_> = claims(interchange, set, &walked).collect();
//! assert_eq!(claims.len(), 6);
//! assert_eq!(claims[2].subscriber.relationship.text(), "");
//! assert_eq!(claims[2].person().expect("a patient").first_name.text(), "LIA");
//! ```

pub mod dental;
pub mod institutional;
mod read;

use std::ops::Range;

use crate::fault::Place;
use crate::guide::ALL;
use crate::guide::row::{Guide, Tag};
use crate::interchange::{Interchange, Set};
use crate::segment::{Field, Segment};
use crate::value::{DayRange, Money, Quantity};
use crate::view::parts::{
    Adjustment, Amount, Dated, Party, Procedure, Reference, find_amount, find_date, find_reference,
};
use crate::walk::Walked;

use self::dental::{Dental, DentalLine};
use self::institutional::Institutional;
use self::read::Reader;

/// Which of the three 837s a claim is.
///
/// ```
/// use x12::guide;
/// use x12::view::claim::Kind;
///
/// for kind in Kind::ALL {
///     let guide = guide::find(kind.version(), "837").expect("its guide");
///     assert_eq!(Kind::of_guide(guide), Some(kind));
///     assert_eq!(Kind::of_letter(kind.letter()), Some(kind));
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 837P.
    Professional,
    /// 837I.
    Institutional,
    /// 837D.
    Dental,
}

impl Kind {
    /// All three.
    pub const ALL: [Kind; 3] = [Kind::Professional, Kind::Institutional, Kind::Dental];

    /// The letter behind 837.
    pub const fn letter(self) -> &'static str {
        match self {
            Kind::Professional => "P",
            Kind::Institutional => "I",
            Kind::Dental => "D",
        }
    }

    /// The kind with this letter.
    pub fn of_letter(letter: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.letter() == letter)
    }

    /// The version that we write, as GS08 and ST03 have it.
    pub const fn version(self) -> &'static str {
        match self {
            Kind::Professional => "005010X222A1",
            Kind::Institutional => "005010X223A2",
            Kind::Dental => "005010X224A2",
        }
    }

    /// Which claims a guide describes; nothing when it describes none.
    pub fn of_guide(guide: &Guide) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.version() == guide.id)
    }

    /// Which claims a walked set holds.
    fn of_walked(walked: &Walked) -> Option<Kind> {
        let table = walked.placed.first()?.table;
        let guide = ALL.iter().find(|guide| std::ptr::eq(&raw const guide.table, table))?;
        Kind::of_guide(guide)
    }
}

/// One claim, looked at by the trade's names.
///
/// Fields hold what stands in the file; the comment beside each says where that is. What the guide
/// allows several times is a list, what it allows to be left out is an `Option` or an empty field.
///
/// ```
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
/// let claim: x12::view::claim::Claim = claim;
/// assert!(claim.patient_control_number.is("WC-3001"));
/// assert_eq!(claim.charge().to_wire(), "1150.5");
/// assert!(claim.is_filed_with(&["MA", "MB"]));
///
/// // By qualifier: the prior authorization, the day of the accident, the rendering provider.
/// assert!(claim.reference("G1").expect("REF*G1").is("AUTH1"));
/// assert_eq!(claim.date("439").and_then(|date| date.days()).expect("a day").from.day(), 5);
/// assert!(claim.provider("82").expect("NM1*82").npi().is_some());
///
/// // Who was treated, when, for what.
/// assert!(claim.person().is_some());
/// let days = claim.service_days().expect("days");
/// assert!(days.from <= days.to);
/// assert_eq!(claim.days_of(&claim.lines[0]).expect("days").to.to_string(), "2026-02-11");
/// assert!(claim.place_of(&claim.lines[0]).is("12"));
/// assert!(claim.coded_diagnoses().next().expect("the principal one").qualifier.is("ABK"));
/// assert_eq!(claim.diagnoses_of(&["ABN", "BN"]).count(), 0);
/// assert_eq!(claim.all_diagnoses().count(), claim.coded_diagnoses().count());
/// let pointed = claim.diagnoses_of_line(&claim.lines[0]).next().expect("its first diagnosis");
/// assert_eq!(pointed.code.bytes(), claim.diagnoses[0].code.bytes());
///
/// // All of a kind, wherever they stand.
/// assert!(claim.parties().count() > 10);
/// assert!(claim.amounts_everywhere().iter().all(|amount| amount.money().is_some()));
/// assert!(claim.references_everywhere().filter(|known| known.qualifier.is("G2")).count() > 1);
///
/// // What another payer decided, line by line.
/// let first = claim.other_payers[0].id().expect("a payer with a number");
/// let (line, adjudication) = claim.adjudications_by(first).next().expect("a decision");
/// assert!(line.number.is("1") && adjudication.paid.is("400"));
/// ```
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// Which 837 it came in.
    pub kind: Kind,
    /// Where its CLM stands.
    pub place: Place,
    /// Which segments of its set it is made of.
    pub extent: Extent,
    /// BHT03, the batch that it came in.
    pub batch: Field<'a>,
    /// BHT04.
    pub batch_date: Field<'a>,
    /// BHT06: CH a claim to be paid, RP an encounter to be reported.
    pub batch_type: Field<'a>,
    /// 1000A: who sent the batch.
    pub submitter: Option<Party<'a>>,
    /// 2010AA.
    pub billing: Party<'a>,
    /// CUR02: what the amounts are in, when they are not in dollars.
    pub currency: Option<Field<'a>>,
    /// 2010AB: the address that payment goes to, when it is another.
    pub pay_to: Option<Party<'a>>,
    /// 2000B and 2010BA.
    pub subscriber: Subscriber<'a>,
    /// 2010BB.
    pub payer: Option<Party<'a>>,
    /// The patient, when that is not the subscriber.
    pub patient: Option<Patient<'a>>,
    /// CLM01.
    pub patient_control_number: Field<'a>,
    /// CLM02.
    pub total_charge: Field<'a>,
    /// CLM05-1; absent in an institutional claim, which has a type of bill there.
    pub place_of_service: Field<'a>,
    /// CLM05-3.
    pub frequency: Field<'a>,
    /// CLM07.
    pub assignment: Field<'a>,
    /// CLM11-1 to 3, the filled ones.
    pub related_causes: Vec<Field<'a>>,
    /// CLM11-4.
    pub accident_state: Field<'a>,
    /// CLM11-5.
    pub accident_country: Field<'a>,
    /// CLM20.
    pub delay_reason: Field<'a>,
    /// DTP segments.
    pub dates: Vec<Dated<'a>>,
    /// AMT segments.
    pub amounts: Vec<Amount<'a>>,
    /// REF segments.
    pub references: Vec<Reference<'a>>,
    /// PWK segments: report type, how it comes, and its control number.
    pub attachments: Vec<Attachment<'a>>,
    /// NTE02 of every note.
    pub notes: Vec<Field<'a>>,
    /// CR1.
    pub ambulance: Option<Ambulance<'a>>,
    /// CRC01 of every CRC: what its conditions are about.
    pub conditions: Vec<Field<'a>>,
    /// HI segments, code by code.
    pub diagnoses: Vec<Diagnosis<'a>>,
    /// 2310: rendering, referring, supervising, attending, operating provider, facility, ambulance
    /// stops.
    pub providers: Vec<Party<'a>>,
    /// 2320 with 2330, one for each payer.
    pub other_payers: Vec<OtherPayer<'a>>,
    /// What an institutional claim says beyond the others.
    pub institutional: Option<Institutional<'a>>,
    /// What a dental claim says beyond the others.
    pub dental: Option<Dental<'a>>,
    /// 2400.
    pub lines: Vec<Line<'a>>,
    /// Separators with nothing behind them, at the ends of the segments since the claim before.
    pub loose_ends: Vec<Field<'a>>,
}

/// Which segments of its transaction set a claim is made of, by number, ST = 1. Segments that no
/// row took are inside too: nothing is lost.
///
/// Several claims may share the first three.
///
/// ```
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
/// let extent: &x12::view::claim::Extent = &claim.extent;
/// assert_eq!((extent.billing.clone(), extent.subscriber.clone()), (6..12, 12..19));
/// assert!(extent.patient.is_empty());
/// let segments = extent.claim.clone().filter_map(|number| interchange.set_segment(set, number));
/// let tags: Vec<String> = segments.map(|segment| segment.tag().text()).collect();
/// assert_eq!(tags, ["CLM", "HI", "LX", "SV1", "DTP"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// 2000A and 2010AA to AC.
    pub billing: Range<u32>,
    /// 2000B and 2010BA to BB.
    pub subscriber: Range<u32>,
    /// 2000C and 2010CA; empty when the subscriber is the patient.
    pub patient: Range<u32>,
    /// 2300 with all below it.
    pub claim: Range<u32>,
}

/// SBR and the person insured.
///
/// ```
/// use x12::view::claim::Subscriber;
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
/// let Subscriber { responsibility, relationship, filing_indicator, party, .. } = &claim.subscriber;
/// assert!(responsibility.is("P") && relationship.is("18") && filing_indicator.is("CI"));
/// assert!(party.as_ref().expect("NM1*IL").id.is("MEM000001"));
/// ```
#[derive(Clone, Debug)]
pub struct Subscriber<'a> {
    /// Where its SBR stands.
    pub place: Place,
    /// SBR01: P primary, S secondary, T tertiary …
    pub responsibility: Field<'a>,
    /// SBR02: 18 when the subscriber is the patient.
    pub relationship: Field<'a>,
    /// SBR03.
    pub group_number: Field<'a>,
    /// SBR04.
    pub group_name: Field<'a>,
    /// SBR05.
    pub insurance_type: Field<'a>,
    /// SBR09.
    pub filing_indicator: Field<'a>,
    /// PAT06.
    pub death: Option<Field<'a>>,
    /// PAT08.
    pub weight: Option<Field<'a>>,
    /// NM1*IL.
    pub party: Option<Party<'a>>,
}

/// PAT and the person treated, when that is not the subscriber.
///
/// ```
/// use x12::view::claim::{Patient, claims};
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
/// let claim = claims(interchange, set, &walked).nth(2).expect("a claim of a child");
/// let patient: &Patient = claim.patient.as_ref().expect("a patient");
/// assert!(patient.relationship.is("19") && patient.level.is("23"));
/// assert!(patient.party.as_ref().expect("NM1*QC").first_name.is("LIA"));
/// ```
#[derive(Clone, Debug)]
pub struct Patient<'a> {
    /// Where its PAT stands.
    pub place: Place,
    /// HL03.
    pub level: Field<'a>,
    /// PAT01.
    pub relationship: Field<'a>,
    /// PAT06.
    pub death: Option<Field<'a>>,
    /// PAT08.
    pub weight: Option<Field<'a>>,
    /// NM1*QC.
    pub party: Option<Party<'a>>,
}

/// PWK.
///
/// ```
/// use x12::view::claim::Attachment;
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
/// let Attachment { report, transmission, control_number } = claim.attachments[0];
/// assert!(report.is("OZ") && transmission.is("BM") && control_number.is("ATT0001"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Attachment<'a> {
    /// PWK01.
    pub report: Field<'a>,
    /// PWK02.
    pub transmission: Field<'a>,
    /// PWK06.
    pub control_number: Field<'a>,
}

/// CR1.
///
/// ```
/// use x12::view::claim::Ambulance;
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
/// let ambulance: Ambulance = claim.ambulance.expect("CR1");
/// assert!(ambulance.miles.is("12"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Ambulance<'a> {
    /// Where its CR1 stands.
    pub place: Place,
    /// CR106.
    pub miles: Field<'a>,
}

/// One code of an HI. Those of institutional claims that are no diagnoses are not among these.
///
/// ```
/// use x12::view::claim::Diagnosis;
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
/// let Diagnosis { qualifier, code, .. } = &claim.diagnoses[1];
/// assert!(qualifier.is("ABF") && code.is("R509"));
/// assert!(claim.diagnoses[1].is_icd10());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Diagnosis<'a> {
    /// C022-1: ABK, ABF, BK, BF; in institutional claims also the lists of admitting diagnoses, of
    /// reasons for a visit and of external causes; in professional ones BP and BG, which are no
    /// diagnoses.
    pub qualifier: Field<'a>,
    /// C022-2.
    pub code: Field<'a>,
    /// C022-9.
    pub present_on_admission: Field<'a>,
}

impl<'a> Diagnosis<'a> {
    /// The code in element `n` of an HI.
    fn from_part(hi: &Segment<'a>, n: usize) -> Diagnosis<'a> {
        let [qualifier, code, present_on_admission] = hi.field_parts(n, [1, 2, 9]);
        Diagnosis { qualifier, code, present_on_admission }
    }

    /// Whether its list is ICD-10, not ICD-9.
    pub fn is_icd10(&self) -> bool {
        self.qualifier.bytes().starts_with(b"A")
    }
}

/// What C022-1 says of diagnoses.
const DIAGNOSIS_LISTS: &[&str] = &["ABK", "ABF", "ABJ", "APR", "ABN", "BK", "BF", "BJ", "PR", "BN"];

/// 2320: another payer of the same claim, with what it did.
///
/// ```
/// use x12::view::claim::OtherPayer;
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
/// let other: &OtherPayer = &claim.other_payers[0];
/// assert!(other.responsibility.is("P") && other.id().expect("NM109").is("FIRST1"));
/// assert!(other.paid().expect("AMT*D").is("800"));
/// assert_eq!(other.adjustments.len(), 5);
/// ```
#[derive(Clone, Debug)]
pub struct OtherPayer<'a> {
    /// Where its SBR stands.
    pub place: Place,
    /// SBR01.
    pub responsibility: Field<'a>,
    /// SBR03.
    pub group_number: Field<'a>,
    /// SBR04.
    pub group_name: Field<'a>,
    /// SBR05.
    pub insurance_type: Field<'a>,
    /// SBR09.
    pub filing_indicator: Field<'a>,
    /// CAS segments, reason by reason.
    pub adjustments: Vec<Adjustment<'a>>,
    /// AMT segments.
    pub amounts: Vec<Amount<'a>>,
    /// MIA05, MIA20 to 23 and MOA03 to 07: what this payer remarked.
    pub remarks: Vec<Field<'a>>,
    /// NM1*IL.
    pub subscriber: Option<Party<'a>>,
    /// NM1*PR.
    pub payer: Option<Party<'a>>,
    /// DTP segments.
    pub dates: Vec<Dated<'a>>,
}

impl<'a> OtherPayer<'a> {
    /// AMT*D: what this payer paid.
    pub fn paid(&self) -> Option<Field<'a>> {
        find_amount(&self.amounts, "D")
    }

    /// NM109 of the payer, by which lines name it.
    pub fn id(&self) -> Option<Field<'a>> {
        self.payer.as_ref().map(|payer| payer.id).filter(|id| !id.is_empty())
    }
}

/// 2400: one service.
///
/// ```
/// use x12::view::claim::Line;
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
/// let line: &Line = &claim.lines[0];
/// assert!(line.number.is("1") && line.procedure.code.is("E0570") && line.charge.is("500"));
/// assert_eq!(line.service_days().expect("DTP*472").from.to_string(), "2026-02-10");
/// assert!(line.reference("6R").is_some());
/// assert_eq!(line.units().expect("SV104").to_wire(), line.quantity.text());
/// // The referring provider, by the code of the part played.
/// assert!(line.provider("DN").expect("NM1*DN").last_name.is("CEDAR"));
/// ```
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Where its LX stands.
    pub place: Place,
    /// LX01.
    pub number: Field<'a>,
    /// SV101, SV202 or SV301; an institutional line may have none.
    pub procedure: Procedure<'a>,
    /// SV201.
    pub revenue_code: Option<Field<'a>>,
    /// SV102, SV203 or SV302.
    pub charge: Field<'a>,
    /// SV207.
    pub noncovered: Option<Field<'a>>,
    /// SV103 or SV204.
    pub unit: Field<'a>,
    /// SV104, SV205 or SV306.
    pub quantity: Field<'a>,
    /// SV105 or SV303.
    pub place_of_service: Field<'a>,
    /// SV107-1 to 4 or SV311-1 to 4, the filled ones.
    pub pointers: Vec<Field<'a>>,
    /// What a dental line says beyond the others.
    pub dental: Option<DentalLine<'a>>,
    /// DTP segments.
    pub dates: Vec<Dated<'a>>,
    /// AMT segments.
    pub amounts: Vec<Amount<'a>>,
    /// REF segments.
    pub references: Vec<Reference<'a>>,
    /// PWK segments.
    pub attachments: Vec<Attachment<'a>>,
    /// LIN02: N4 when LIN03 is a national drug code.
    pub drug_list: Option<Field<'a>>,
    /// LIN03, the national drug code.
    pub drug: Option<Field<'a>>,
    /// CTP04.
    pub drug_quantity: Option<Field<'a>>,
    /// CR1.
    pub ambulance: Option<Ambulance<'a>>,
    /// HCP12.
    pub repriced_units: Option<Field<'a>>,
    /// SV111: Y when the service follows from a screening of a child.
    pub screening: Option<Field<'a>>,
    /// SV501-2: the equipment that is rented or sold.
    pub equipment: Option<Field<'a>>,
    /// PS101: from whom the service was bought.
    pub bought_from: Option<Field<'a>>,
    /// LQ02 of every form: certificates of medical necessity.
    pub forms: Vec<Field<'a>>,
    /// 2420.
    pub providers: Vec<Party<'a>>,
    /// 2430, one for each decision of another payer.
    pub adjudications: Vec<LineAdjudication<'a>>,
    /// NTE02 of every note.
    pub notes: Vec<Field<'a>>,
}

impl<'a> Line<'a> {
    /// DTP*472.
    pub fn service_days(&self) -> Option<DayRange> {
        find_date(&self.dates, "472").and_then(|date| date.days())
    }

    /// How many; `None` when that cannot be read.
    pub fn units(&self) -> Option<Quantity> {
        // The guide wants SV306 only above one procedure; SV104 and SV205 have to be there.
        match self.dental.is_some() && self.quantity.is_empty() {
            true => Some(Quantity::ONE),
            false => Quantity::parse(self.quantity.bytes()),
        }
    }

    /// The value of the first reference with this qualifier.
    pub fn reference(&self, qualifier: &str) -> Option<Field<'a>> {
        find_reference(&self.references, qualifier)
    }

    /// The line's provider of this kind, by NM101.
    pub fn provider(&self, entity: &str) -> Option<&Party<'a>> {
        self.providers.iter().find(|party| party.entity.is(entity))
    }
}

/// 2430: what another payer decided for a line.
///
/// ```
/// use x12::view::claim::LineAdjudication;
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
/// let adjudication: &LineAdjudication = &claim.lines[0].adjudications[0];
/// assert!(adjudication.payer.is("FIRST1") && adjudication.paid.is("400"));
/// assert!(adjudication.procedure.code.is("E0570"));
/// assert_eq!(x12::view::parts::sum_of(&adjudication.adjustments).to_wire(), "100");
/// ```
#[derive(Clone, Debug)]
pub struct LineAdjudication<'a> {
    /// Where its SVD stands.
    pub place: Place,
    /// SVD01.
    pub payer: Field<'a>,
    /// SVD02.
    pub paid: Field<'a>,
    /// SVD03, what was paid for; an institutional line may have none.
    pub procedure: Procedure<'a>,
    /// SVD04.
    pub revenue_code: Field<'a>,
    /// SVD06.
    pub bundled_with: Field<'a>,
    /// SVD05.
    pub units: Field<'a>,
    /// CAS segments, reason by reason.
    pub adjustments: Vec<Adjustment<'a>>,
    /// AMT segments.
    pub amounts: Vec<Amount<'a>>,
    /// DTP segments.
    pub dates: Vec<Dated<'a>>,
}

impl<'a> Claim<'a> {
    /// The value of the claim's first reference with this qualifier.
    pub fn reference(&self, qualifier: &str) -> Option<Field<'a>> {
        find_reference(&self.references, qualifier)
    }

    /// The claim's first date with this qualifier.
    pub fn date(&self, qualifier: &str) -> Option<Dated<'a>> {
        find_date(&self.dates, qualifier)
    }

    /// CLM02 as an amount, nothing when it is none.
    pub fn charge(&self) -> Money {
        self.total_charge.money().unwrap_or_default()
    }

    /// First and last day of service: what the statement of an institutional claim covers, else
    /// over all lines.
    pub fn service_days(&self) -> Option<DayRange> {
        if let Some(days) = self.statement_days() {
            return Some(days);
        }
        let days = || self.lines.iter().filter_map(|line| self.days_of(line));
        let from = days().map(|range| range.from).min()?;
        let to = days().map(|range| range.to).max()?;
        Some(DayRange { from, to })
    }

    /// DTP*434 of an institutional claim.
    fn statement_days(&self) -> Option<DayRange> {
        self.institutional.as_ref()?.statement?.days()
    }

    /// The days of a line: its own, or else those that a claim has for all its lines.
    pub fn days_of(&self, line: &Line<'a>) -> Option<DayRange> {
        line.service_days().or_else(|| match self.kind {
            Kind::Professional => None,
            Kind::Institutional => self.statement_days(),
            Kind::Dental => self.date("472").and_then(|date| date.days()),
        })
    }

    /// Where the service of a line was given: its own place, or else that of the claim.
    pub fn place_of(&self, line: &Line<'a>) -> Field<'a> {
        if line.place_of_service.is_empty() { self.place_of_service } else { line.place_of_service }
    }

    /// The person treated: the patient, or else the subscriber.
    pub fn person(&self) -> Option<&Party<'a>> {
        match &self.patient {
            Some(patient) => patient.party.as_ref(),
            None => self.subscriber.party.as_ref(),
        }
    }

    /// The claim-level provider of this kind, by NM101.
    pub fn provider(&self, entity: &str) -> Option<&Party<'a>> {
        self.providers.iter().find(|party| party.entity.is(entity))
    }

    /// Everyone whom the claim names, in the order of its segments.
    pub fn parties(&self) -> impl Iterator<Item = &Party<'a>> {
        let above = self.submitter.iter().chain([&self.billing]).chain(&self.pay_to);
        let insured = self.subscriber.party.iter().chain(&self.payer);
        let patient = self.patient.iter().filter_map(|patient| patient.party.as_ref());
        let others =
            self.other_payers.iter().flat_map(|other| other.subscriber.iter().chain(&other.payer));
        let of_lines = self.lines.iter().flat_map(|line| &line.providers);
        above.chain(insured).chain(patient).chain(&self.providers).chain(others).chain(of_lines)
    }

    /// Every field that holds an amount of money, in no particular order.
    pub fn amounts_everywhere(&self) -> Vec<Field<'a>> {
        let mut fields = vec![self.total_charge];
        fields.extend(self.amounts.iter().map(|amount| amount.amount));
        for other in &self.other_payers {
            fields.extend(other.amounts.iter().map(|amount| amount.amount));
            fields.extend(other.adjustments.iter().map(|adjustment| adjustment.amount));
        }
        for line in &self.lines {
            fields.push(line.charge);
            fields.extend(line.noncovered);
            fields.extend(line.amounts.iter().map(|amount| amount.amount));
            for adjudication in &line.adjudications {
                fields.push(adjudication.paid);
                fields.extend(adjudication.amounts.iter().map(|amount| amount.amount));
                fields.extend(adjudication.adjustments.iter().map(|adjustment| adjustment.amount));
            }
        }
        fields
    }

    /// Every reference: of the claim, its parties and its lines.
    pub fn references_everywhere(&self) -> impl Iterator<Item = &Reference<'a>> {
        let of_parties = self.parties().flat_map(|party| &party.references);
        let of_lines = self.lines.iter().flat_map(|line| &line.references);
        self.references.iter().chain(of_parties).chain(of_lines)
    }

    /// What payer `id` decided for the lines, each with its line.
    pub fn adjudications_by(
        &self,
        id: Field<'a>,
    ) -> impl Iterator<Item = (&Line<'a>, &LineAdjudication<'a>)> {
        self.lines.iter().flat_map(move |line| {
            let of_payer =
                line.adjudications.iter().filter(move |known| known.payer.bytes() == id.bytes());
            of_payer.map(move |adjudication| (line, adjudication))
        })
    }

    /// Whether the payer that the claim goes to is one of these, by SBR09.
    pub fn is_filed_with(&self, indicators: &[&str]) -> bool {
        self.subscriber.filing_indicator.is_any(indicators)
    }

    /// The diagnoses proper, in the order that lines point at: 1 is the principal one. Those of the
    /// dentists' list (TQ) are among them.
    pub fn coded_diagnoses(&self) -> impl Iterator<Item = &Diagnosis<'a>> {
        self.diagnoses
            .iter()
            .filter(|diagnosis| diagnosis.qualifier.is_any(&["ABK", "ABF", "BK", "BF", "TQ"]))
    }

    /// The diagnoses that a line points at, in its order. A pointer to none is left out.
    pub fn diagnoses_of_line(&self, line: &Line<'a>) -> impl Iterator<Item = &Diagnosis<'a>> {
        let numbers = line.pointers.iter().filter_map(|pointer| pointer.text().parse().ok());
        let numbers: Vec<usize> = numbers.collect();
        numbers.into_iter().filter_map(|number| self.coded_diagnoses().nth(number.checked_sub(1)?))
    }

    /// Whatever is coded as a diagnosis, also those at admission, reasons for a visit and external
    /// causes.
    pub fn all_diagnoses(&self) -> impl Iterator<Item = &Diagnosis<'a>> {
        self.diagnoses.iter().filter(|diagnosis| diagnosis.qualifier.is_any(DIAGNOSIS_LISTS))
    }

    /// The diagnoses of these lists: ABJ and BJ those at admission, APR and PR reasons for a visit,
    /// ABN and BN external causes.
    pub fn diagnoses_of(&self, lists: &[&str]) -> impl Iterator<Item = &Diagnosis<'a>> {
        self.diagnoses.iter().filter(move |diagnosis| diagnosis.qualifier.is_any(lists))
    }
}

/// The claims of a walked 837, one after another.
///
/// One claim at a time is in memory. A set that is no 837, or was walked by no guide of claims, has
/// none.
///
/// ```
/// use x12::view::claim::claims;
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
/// let numbers: Vec<String> = claims(interchange, set, &walked)
///     .map(|claim| claim.patient_control_number.text().into_owned())
///     .collect();
/// assert_eq!(numbers[..2], ["WC-2001", "WC-2002"]);
/// ```
pub fn claims<'a>(
    interchange: &'a Interchange,
    set: &'a Set,
    walked: &'a Walked,
) -> impl Iterator<Item = Claim<'a>> {
    let mut reader = Kind::of_walked(walked).map(|kind| Reader::new(kind, interchange, set));
    let mut placed = walked.placed.iter().peekable();
    std::iter::from_fn(move || {
        let reader = reader.as_mut()?;
        loop {
            let next = placed.peek().copied();
            // A claim is complete when the next one, another level or the trailer begins.
            let ends_claim = next.is_none_or(|next| {
                next.opens && matches!(next.table.id, "2000A" | "2000B" | "2000C" | "2300")
                    || next.slot.tag == Tag::new(b"SE")
            });
            if ends_claim && let Some(claim) = reader.finish_claim(next) {
                return Some(claim);
            }
            let next = placed.next()?;
            reader.take(next);
        }
    })
}
