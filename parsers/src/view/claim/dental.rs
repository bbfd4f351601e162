//! What only dental claims say: teeth, and orthodontic treatment.

use crate::segment::{Field, Segment};

/// The parts of a claim that an 837D alone has.
#[derive(Clone, Debug, Default)]
pub struct Dental<'a> {
    /// DN1.
    pub orthodontics: Option<Orthodontics<'a>>,
    /// DN2 segments.
    pub tooth_statuses: Vec<ToothStatus<'a>>,
}

/// DN1: how long an orthodontic treatment lasts.
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
#[derive(Clone, Copy, Debug)]
pub struct ToothStatus<'a> {
    /// DN201.
    pub tooth: Field<'a>,
    /// DN202: M missing, E to be extracted.
    pub status: Field<'a>,
}

/// TOO: a tooth that a service was done on.
#[derive(Clone, Debug)]
pub struct Tooth<'a> {
    /// TOO01: JP when the number is one of the universal system.
    pub list: Field<'a>,
    /// TOO02.
    pub number: Field<'a>,
    /// TOO03-1 to 5, the filled ones.
    pub surfaces: Vec<Field<'a>>,
}

/// What only the lines of dental claims say.
#[derive(Clone, Debug)]
pub struct DentalLine<'a> {
    /// SV304-1 to 5, the filled ones: areas of the mouth.
    pub oral_cavities: Vec<Field<'a>>,
    /// SV305: I an initial placement, R a replacement of a prosthesis.
    pub prosthesis: Field<'a>,
    /// TOO segments.
    pub teeth: Vec<Tooth<'a>>,
}

impl<'a> Dental<'a> {
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
            oral_cavities: areas.filter(|area| !area.is_empty()).collect(),
            prosthesis: sv3.field(5),
            teeth: Vec::new(),
        }
    }

    pub(super) fn take_too(&mut self, too: &Segment<'a>) {
        let [list, number] = too.fields([1, 2]);
        let surfaces = too.field_parts(3, [1, 2, 3, 4, 5]).into_iter();
        let surfaces = surfaces.filter(|surface| !surface.is_empty()).collect();
        self.teeth.push(Tooth { list, number, surfaces });
    }
}
