//! A claim of an 837, professional, institutional or dental: 2300 and its lines, with the parties
//! from above it.

pub mod dental;
pub mod institutional;
mod read;

use std::ops::Range;

use crate::fault::Place;
use crate::guide::ALL;
use crate::guide::row::{Guide, Tag};
use crate::interchange::{Interchange, Set};
use crate::segment::{Field, Segment};
use crate::value::{DayRange, Money};
use crate::view::parts::{
    Adjustment, Amount, Dated, Party, Procedure, Reference, find_amount, find_date, find_reference,
};
use crate::walk::Walked;

use self::dental::{Dental, DentalLine};
use self::institutional::Institutional;
use self::read::Reader;

/// Which of the three 837s a claim is.
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
        let guide = ALL.iter().find(|guide| std::ptr::eq(&guide.table, table))?;
        Kind::of_guide(guide)
    }
}

/// One claim, looked at by the trade's names.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
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
    pub billing: Party<'a>,
    pub pay_to: Option<Party<'a>>,
    pub subscriber: Subscriber<'a>,
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
    pub dates: Vec<Dated<'a>>,
    pub amounts: Vec<Amount<'a>>,
    pub references: Vec<Reference<'a>>,
    /// PWK segments: report type, how it comes, and its control number.
    pub attachments: Vec<Attachment<'a>>,
    /// NTE02 of every note.
    pub notes: Vec<Field<'a>>,
    /// CR1.
    pub ambulance: Option<Ambulance<'a>>,
    /// CRC01 of every CRC: what its conditions are about.
    pub conditions: Vec<Field<'a>>,
    pub diagnoses: Vec<Diagnosis<'a>>,
    /// 2310: rendering, referring, supervising, attending, operating provider, facility, ambulance
    /// stops.
    pub providers: Vec<Party<'a>>,
    pub other_payers: Vec<OtherPayer<'a>>,
    /// What an institutional claim says beyond the others.
    pub institutional: Option<Institutional<'a>>,
    /// What a dental claim says beyond the others.
    pub dental: Option<Dental<'a>>,
    pub lines: Vec<Line<'a>>,
}

/// Which segments of its transaction set a claim is made of, by number, ST = 1. Segments that no
/// row took are inside too: nothing is lost.
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
#[derive(Clone, Debug)]
pub struct Patient<'a> {
    /// Where its PAT stands.
    pub place: Place,
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
#[derive(Clone, Copy, Debug)]
pub struct Ambulance<'a> {
    pub place: Place,
    /// CR106.
    pub miles: Field<'a>,
}

/// One code of an HI. Those of institutional claims that are no diagnoses are not among these.
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
    pub adjustments: Vec<Adjustment<'a>>,
    pub amounts: Vec<Amount<'a>>,
    /// NM1*IL.
    pub subscriber: Option<Party<'a>>,
    /// NM1*PR.
    pub payer: Option<Party<'a>>,
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
    pub dates: Vec<Dated<'a>>,
    pub amounts: Vec<Amount<'a>>,
    pub references: Vec<Reference<'a>>,
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
    /// LQ02 of every form: certificates of medical necessity.
    pub forms: Vec<Field<'a>>,
    /// 2420.
    pub providers: Vec<Party<'a>>,
    pub adjudications: Vec<LineAdjudication<'a>>,
    /// NTE02 of every note.
    pub notes: Vec<Field<'a>>,
}

impl<'a> Line<'a> {
    /// DTP*472.
    pub fn service_days(&self) -> Option<DayRange> {
        find_date(&self.dates, "472").and_then(|date| date.days())
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
#[derive(Clone, Debug)]
pub struct LineAdjudication<'a> {
    /// Where its SVD stands.
    pub place: Place,
    /// SVD01.
    pub payer: Field<'a>,
    /// SVD02.
    pub paid: Field<'a>,
    /// SVD04.
    pub revenue_code: Field<'a>,
    /// SVD06.
    pub bundled_with: Field<'a>,
    /// SVD05.
    pub units: Field<'a>,
    pub adjustments: Vec<Adjustment<'a>>,
    pub amounts: Vec<Amount<'a>>,
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

    /// Every reference with this qualifier: of the claim, its parties and its lines.
    pub fn references_everywhere(&self, qualifier: &str) -> Vec<Reference<'a>> {
        let of_parties = self.parties().flat_map(|party| &party.references);
        let of_lines = self.lines.iter().flat_map(|line| &line.references);
        let all = self.references.iter().chain(of_parties).chain(of_lines);
        all.filter(|known| known.qualifier.is(qualifier)).copied().collect()
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

    /// The diagnoses proper, in the order that lines point at: 1 is the principal one.
    pub fn coded_diagnoses(&self) -> impl Iterator<Item = &Diagnosis<'a>> {
        self.diagnoses
            .iter()
            .filter(|diagnosis| diagnosis.qualifier.is_any(&["ABK", "ABF", "BK", "BF"]))
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
