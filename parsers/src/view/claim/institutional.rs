//! What only institutional claims say: the type of bill, the stay, and the codes of the National
//! Uniform Billing Committee.
//!
//! ```
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/institutional/inpatient.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! # let group = &interchange.groups[0];
//! # let set = &group.sets[0];
//! # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
//! # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
//! # let guide = x12::guide::find(&version, &number).expect("a guide");
//! # let walked = x12::walk::walk(interchange, set, guide);
//! # let claim = x12::view::claim::claims(interchange, set, &walked).next().expect("a claim");
//! let stay = claim.institutional.as_ref().expect("an institutional claim");
//! assert_eq!(stay.type_of_bill(), "111");
//! ```

use crate::segment::{Field, Segment};
use crate::value::DayRange;
use crate::view::parts::Dated;

use super::Diagnosis;

/// The parts of a claim that an 837I alone has.
///
/// ```
/// use x12::view::claim::institutional::Institutional;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/institutional/inpatient.edi"));
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
/// let stay: &Institutional = claim.institutional.as_ref().expect("an institutional claim");
/// assert!(stay.is_inpatient() && stay.type_of_bill() == "111");
/// assert!(stay.patient_status.is("01") && stay.drg.expect("HI*DR").is("193"));
///
/// let procedure = stay.principal_procedure().expect("HI*BBR");
/// assert!(procedure.code.is("3E03329"));
/// assert_eq!(stay.other_procedures().count(), 2);
///
/// // Value code 80, covered days; no condition codes.
/// assert!(stay.value("80").expect("HI*BE").is("4"));
/// assert!(!stay.has_condition("40"));
/// ```
#[derive(Clone, Debug)]
pub struct Institutional<'a> {
    /// CLM05-1, the first two digits of the type of bill: what facility, what care.
    pub facility_type: Field<'a>,
    /// CLM05-3, the third digit of the type of bill.
    pub frequency: Field<'a>,
    /// DTP*434, the days that the statement covers.
    pub statement: Option<Dated<'a>>,
    /// DTP*435, with or without the hour.
    pub admission: Option<Dated<'a>>,
    /// DTP*096.
    pub discharge_hour: Option<Field<'a>>,
    /// CL101.
    pub admission_type: Field<'a>,
    /// CL102, the point of origin.
    pub admission_source: Field<'a>,
    /// CL103, the discharge status.
    pub patient_status: Field<'a>,
    /// HI*DR.
    pub drg: Option<Field<'a>>,
    /// HI*BBR, then every HI*BBQ; BR, BQ and CAH likewise.
    pub procedures: Vec<DatedCode<'a>>,
    /// HI*BH.
    pub occurrences: Vec<DatedCode<'a>>,
    /// HI*BI.
    pub occurrence_spans: Vec<DatedCode<'a>>,
    /// HI*BE.
    pub values: Vec<ValueCode<'a>>,
    /// HI*BG.
    pub conditions: Vec<Field<'a>>,
    /// HI*TC.
    pub treatments: Vec<Field<'a>>,
}

/// A code with the day, or the days, that it speaks of.
///
/// ```
/// use x12::view::claim::institutional::DatedCode;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/institutional/inpatient.edi"));
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
/// let stay = claim.institutional.as_ref().expect("an institutional claim");
/// let accident: &DatedCode = &stay.occurrences[0];
/// assert!(accident.list.is("BH") && accident.code.is("11"));
/// assert_eq!(accident.days().expect("a day").from.to_string(), "2026-01-30");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DatedCode<'a> {
    /// C022-1.
    pub list: Field<'a>,
    /// C022-2.
    pub code: Field<'a>,
    /// C022-3.
    pub form: Field<'a>,
    /// C022-4.
    pub date: Field<'a>,
}

impl DatedCode<'_> {
    /// First and last day, if the date is one in its form.
    pub fn days(&self) -> Option<DayRange> {
        DayRange::parse(self.form.bytes(), self.date.bytes())
    }
}

/// A value code with its amount, which is money for most codes and a count for some.
///
/// ```
/// use x12::view::claim::institutional::ValueCode;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/institutional/inpatient.edi"));
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
/// let stay = claim.institutional.as_ref().expect("an institutional claim");
/// let ValueCode { code, amount } = stay.values[0];
/// assert!(code.is("01") && amount.is("1500"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ValueCode<'a> {
    /// C022-2.
    pub code: Field<'a>,
    /// C022-5.
    pub amount: Field<'a>,
}

impl<'a> Institutional<'a> {
    pub(super) fn from_clm(clm: &Segment<'a>) -> Institutional<'a> {
        let absent = Field::absent(clm.place(0, 0));
        Institutional {
            facility_type: clm.field_part(5, 1),
            frequency: clm.field_part(5, 3),
            statement: None,
            admission: None,
            discharge_hour: None,
            admission_type: absent,
            admission_source: absent,
            patient_status: absent,
            drg: None,
            procedures: Vec::new(),
            occurrences: Vec::new(),
            occurrence_spans: Vec::new(),
            values: Vec::new(),
            conditions: Vec::new(),
            treatments: Vec::new(),
        }
    }

    pub(super) fn take_cl1(&mut self, cl1: &Segment<'a>) {
        [self.admission_type, self.admission_source, self.patient_status] = cl1.fields([1, 2, 3]);
    }

    pub(super) fn take_date(&mut self, dated: Dated<'a>) {
        match dated.qualifier.bytes() {
            b"434" => self.statement = Some(dated),
            b"435" => self.admission = Some(dated),
            b"096" => self.discharge_hour = Some(dated.value),
            _ => {}
        }
    }

    /// Element `n` of an HI. Gives it back when it is a diagnosis.
    pub(super) fn take_code(&mut self, hi: &Segment<'a>, n: usize) -> Option<Diagnosis<'a>> {
        let [list, code, form, date, amount] = hi.field_parts(n, [1, 2, 3, 4, 5]);
        let dated = DatedCode { list, code, form, date };
        match list.bytes() {
            b"DR" => self.drg = Some(code),
            b"BBR" | b"BR" | b"CAH" | b"BBQ" | b"BQ" => self.procedures.push(dated),
            b"BH" => self.occurrences.push(dated),
            b"BI" => self.occurrence_spans.push(dated),
            b"BE" => self.values.push(ValueCode { code, amount }),
            b"BG" => self.conditions.push(code),
            b"TC" => self.treatments.push(code),
            _ => return Some(Diagnosis::from_part(hi, n)),
        }
        None
    }

    /// The type of bill as people say it: `131`.
    pub fn type_of_bill(&self) -> String {
        format!("{}{}", self.facility_type.text(), self.frequency.text())
    }

    /// Whether the type of bill is one of an inpatient stay.
    pub fn is_inpatient(&self) -> bool {
        self.facility_type.is_any(&["11", "12", "18", "21", "28", "41", "65", "66", "86"])
    }

    /// HI*BBR, BR or CAH.
    pub fn principal_procedure(&self) -> Option<&DatedCode<'a>> {
        self.procedures.iter().find(|procedure| procedure.list.is_any(&["BBR", "BR", "CAH"]))
    }

    /// HI*BBQ or BQ.
    pub fn other_procedures(&self) -> impl Iterator<Item = &DatedCode<'a>> {
        self.procedures.iter().filter(|procedure| procedure.list.is_any(&["BBQ", "BQ"]))
    }

    /// The amount of the first value code like this.
    pub fn value(&self, code: &str) -> Option<Field<'a>> {
        self.values.iter().find(|value| value.code.is(code)).map(|value| value.amount)
    }

    /// Whether the claim carries this condition code.
    pub fn has_condition(&self, code: &str) -> bool {
        self.conditions.iter().any(|condition| condition.is(code))
    }
}
