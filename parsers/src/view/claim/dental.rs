//! What only dental claims say: teeth, and orthodontic treatment.
//!
//! ```
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/dental/tooth-status.edi"));
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
//! let dental = claim.dental.as_ref().expect("a dental claim");
//! let missing = dental.tooth_statuses.iter().filter(|tooth| tooth.status.is("M"));
//! assert_eq!(missing.count(), 4);
//! ```

use crate::segment::{Field, Segment};

/// The parts of a claim that an 837D alone has.
///
/// ```
/// use x12::view::claim::dental::Dental;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/dental/orthodontics.edi"));
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
/// let dental: &Dental = claim.dental.as_ref().expect("a dental claim");
/// assert!(dental.orthodontics.is_some() && dental.tooth_statuses.len() == 2);
/// assert!(!dental.is_predetermination());
/// ```
#[derive(Clone, Debug)]
pub struct Dental<'a> {
    /// CLM19: PB when nothing was done yet, and what would be paid is asked.
    pub predetermination: Field<'a>,
    /// DN1.
    pub orthodontics: Option<Orthodontics<'a>>,
    /// DN2 segments.
    pub tooth_statuses: Vec<ToothStatus<'a>>,
}

/// DN1: how long an orthodontic treatment lasts.
///
/// ```
/// use x12::view::claim::dental::Orthodontics;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/dental/orthodontics.edi"));
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
/// let dental = claim.dental.as_ref().expect("a dental claim");
/// let Orthodontics { months, months_left, .. } = dental.orthodontics.expect("DN1");
/// assert!(months.is("24") && months_left.is("24"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Orthodontics<'a> {
    /// DN101, months of treatment in all.
    pub months: Field<'a>,
    /// DN102, months that remain.
    pub months_left: Field<'a>,
    /// DN104: Y when the claim is for orthodontics.
    pub is_orthodontic: Field<'a>,
}

/// DN2: a tooth that is missing or is to be drawn.
///
/// ```
/// use x12::view::claim::dental::ToothStatus;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/dental/orthodontics.edi"));
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
/// let dental = claim.dental.as_ref().expect("a dental claim");
/// let ToothStatus { tooth, status } = dental.tooth_statuses[1];
/// assert!(tooth.is("16") && status.is("E"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ToothStatus<'a> {
    /// DN201.
    pub tooth: Field<'a>,
    /// DN202: M missing, E to be extracted.
    pub status: Field<'a>,
}

/// TOO: a tooth that a service was done on.
///
/// ```
/// use x12::view::claim::dental::Tooth;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/dental/tooth-status.edi"));
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
/// let line = claim.lines[0].dental.as_ref().expect("a dental line");
/// let Tooth { list, number, surface, surfaces } = &line.teeth[0];
/// assert!(list.is("JP") && number.is("30"));
/// assert!(surfaces[0].is("M") && surfaces[1].is("O") && surface.is("M:O"));
/// ```
#[derive(Clone, Debug)]
pub struct Tooth<'a> {
    /// TOO01: JP when the number is one of the universal system.
    pub list: Field<'a>,
    /// TOO02.
    pub number: Field<'a>,
    /// TOO03 as it stands.
    pub surface: Field<'a>,
    /// TOO03-1 to 5, the filled ones.
    pub surfaces: Vec<Field<'a>>,
}

/// What only the lines of dental claims say.
///
/// ```
/// use x12::view::claim::dental::DentalLine;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/dental/orthodontics.edi"));
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
/// let line: &DentalLine = claim.lines[0].dental.as_ref().expect("a dental line");
/// assert!(line.oral_cavities[0].is("01") && line.oral_cavities[1].is("02"));
/// assert!(line.area.is("01:02"));
/// assert!(line.prosthesis.is_empty() && line.teeth.is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct DentalLine<'a> {
    /// SV304 as it stands.
    pub area: Field<'a>,
    /// SV304-1 to 5, the filled ones: areas of the mouth.
    pub oral_cavities: Vec<Field<'a>>,
    /// SV305: I an initial placement, R a replacement of a prosthesis.
    pub prosthesis: Field<'a>,
    /// TOO segments.
    pub teeth: Vec<Tooth<'a>>,
}

impl<'a> Dental<'a> {
    /// Whether it asks what would be paid, before anything is done.
    pub fn is_predetermination(&self) -> bool {
        self.predetermination.is("PB")
    }

    pub(super) fn from_clm(clm: &Segment<'a>) -> Dental<'a> {
        Dental { predetermination: clm.field(19), orthodontics: None, tooth_statuses: Vec::new() }
    }

    pub(super) fn take_dn1(&mut self, dn1: &Segment<'a>) {
        let [months, months_left, is_orthodontic] = dn1.fields([1, 2, 4]);
        self.orthodontics = Some(Orthodontics { months, months_left, is_orthodontic });
    }

    pub(super) fn take_dn2(&mut self, dn2: &Segment<'a>) {
        let [tooth, status] = dn2.fields([1, 2]);
        self.tooth_statuses.push(ToothStatus { tooth, status });
    }
}

impl<'a> DentalLine<'a> {
    pub(super) fn from_sv3(sv3: &Segment<'a>) -> DentalLine<'a> {
        let areas = sv3.field_parts(4, [1, 2, 3, 4, 5]).into_iter();
        DentalLine {
            area: sv3.field(4),
            oral_cavities: areas.filter(|area| !area.is_empty()).collect(),
            prosthesis: sv3.field(5),
            teeth: Vec::new(),
        }
    }

    pub(super) fn take_too(&mut self, too: &Segment<'a>) {
        let [list, number, surface] = too.fields([1, 2, 3]);
        let surfaces = too.field_parts(3, [1, 2, 3, 4, 5]).into_iter();
        let surfaces = surfaces.filter(|surface| !surface.is_empty()).collect();
        self.teeth.push(Tooth { list, number, surface, surfaces });
    }
}
