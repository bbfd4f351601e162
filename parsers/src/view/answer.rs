//! Acknowledgments that partners send: TA1, 999 and 997, 277CA.
//!
//! What we write of the same kinds is in [`crate::answer`].
//!
//! ```
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/ta1-alone.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! let ta1 = &x12::view::answer::ta1s(interchange)[0];
//! assert!(ta1.is_accepted());
//! ```

#[cfg(test)]
mod tests;

use crate::fault::Place;
use crate::interchange::{Interchange, Set};
use crate::segment::{Field, Segment};
use crate::value::Decimal;
use crate::view::parts::{Dated, Party, Procedure, Reference, find_date, find_reference};
use crate::walk::{Placed, Walked};

/// TA1: what became of one interchange. Each note has a TA1 of its own; they are read together.
///
/// ```
/// use x12::view::answer::{Ta1, ta1s};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/ta1-beside-groups.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// let ta1: &Ta1 = &ta1s(interchange)[1];
/// assert!(ta1.control_number.is("000000005") && ta1.notes[0].is("024") && !ta1.is_accepted());
/// ```
#[derive(Clone, Debug)]
pub struct Ta1<'a> {
    /// Where the first of them stands.
    pub place: Place,
    /// TA101, the ISA13 of the interchange that is answered.
    pub control_number: Field<'a>,
    /// TA102, its ISA09.
    pub day: Field<'a>,
    /// TA103, its ISA10.
    pub time: Field<'a>,
    /// TA104: A taken, E taken with errors, R rejected.
    pub verdict: Field<'a>,
    /// TA105 of each.
    pub notes: Vec<Field<'a>>,
}

impl<'a> Ta1<'a> {
    fn from_segment(ta1: &Segment<'a>) -> Ta1<'a> {
        Ta1 {
            place: ta1.place(0, 0),
            control_number: ta1.field(1),
            day: ta1.field(2),
            time: ta1.field(3),
            verdict: ta1.field(4),
            notes: vec![ta1.field(5)],
        }
    }

    /// Whether the interchange was taken. E counts: it must not be sent again.
    pub fn is_accepted(&self) -> bool {
        self.verdict.is_any(&["A", "E"])
    }

    fn answers_the_same(&self, other: &Ta1<'_>) -> bool {
        let named = |ta1: &Ta1<'a>| [ta1.control_number, ta1.day, ta1.time].map(|it| it.bytes());
        named(self) == [other.control_number, other.day, other.time].map(|it| it.bytes())
    }

    /// Adds what another TA1 says of the same interchange; a rejection is the last word.
    fn join(&mut self, other: Ta1<'a>) {
        if !other.is_accepted() {
            self.verdict = other.verdict;
        }
        for note in other.notes {
            let is_known = self.notes.iter().any(|known| known.bytes() == note.bytes());
            if !is_known && self.notes.len() < NOTES_MAX {
                self.notes.push(note);
            }
        }
    }
}

/// The standard has fewer notes; more of them on one interchange say nothing.
const NOTES_MAX: usize = 40;

/// What the TA1 segments of an interchange say, one for each interchange that they answer.
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/ta1-beside-groups.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// assert_eq!(x12::view::answer::ta1s(interchange).len(), 2);
/// ```
pub fn ta1s(interchange: &Interchange) -> Vec<Ta1<'_>> {
    let mut answers: Vec<Ta1<'_>> = Vec::new();
    for ta1 in interchange.ta1s().map(|ta1| Ta1::from_segment(&ta1)) {
        match answers.last_mut() {
            Some(last) if last.answers_the_same(&ta1) => last.join(ta1),
            Some(_) | None => answers.push(ta1),
        }
    }
    answers
}

/// 999 or 997: what became of one functional group.
///
/// ```
/// use x12::view::answer::ImplementationAck;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/rejected-999.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// let ack: ImplementationAck = x12::view::answer::implementation_ack(interchange, set);
/// assert!(ack.functional_id.is("HC") && ack.control_number.is("5"));
/// assert!(ack.verdict.is("P") && !ack.is_rejected());
/// assert!(ack.received.is("2") && ack.accepted.is("1"));
/// ```
#[derive(Clone, Debug)]
pub struct ImplementationAck<'a> {
    /// Where its AK1 stands.
    pub place: Place,
    /// AK101, the GS01 of the group that is answered.
    pub functional_id: Field<'a>,
    /// AK102, its GS06.
    pub control_number: Field<'a>,
    /// AK103, its GS08.
    pub version: Field<'a>,
    /// AK2 to IK5, one for each set that is spoken of.
    pub sets: Vec<SetAck<'a>>,
    /// AK901: A taken, E with errors, P in part, R rejected.
    pub verdict: Field<'a>,
    /// AK902: how many transaction sets the group said it had.
    pub announced: Field<'a>,
    /// AK903: how many came.
    pub received: Field<'a>,
    /// AK904: how many were taken.
    pub accepted: Field<'a>,
    /// AK905 to 909, the filled ones.
    pub codes: Vec<Field<'a>>,
}

impl ImplementationAck<'_> {
    /// Whether the whole group was rejected, whatever is said of its sets.
    pub fn is_rejected(&self) -> bool {
        self.verdict.is_any(REJECTING)
    }
}

/// AK2: what became of one transaction set.
///
/// ```
/// use x12::view::answer::SetAck;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/rejected-999.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let ack = x12::view::answer::implementation_ack(interchange, set);
/// let set: &SetAck = &ack.sets[0];
/// assert!(set.control_number.is("0001") && set.is_rejected() && !set.is_accepted());
/// assert!(ack.sets[1].is_accepted());
/// ```
#[derive(Clone, Debug)]
pub struct SetAck<'a> {
    /// Where its AK2 stands.
    pub place: Place,
    /// AK201, its ST01.
    pub set: Field<'a>,
    /// AK202, its ST02.
    pub control_number: Field<'a>,
    /// AK203, its ST03; a 997 has none.
    pub version: Field<'a>,
    /// IK3 with what belongs to it.
    pub notes: Vec<SegmentNote<'a>>,
    /// IK501 or AK501: A taken, E with errors, R rejected; M, W and X rejected for security.
    pub verdict: Field<'a>,
    /// IK502 to 506, the filled ones.
    pub codes: Vec<Field<'a>>,
}

impl SetAck<'_> {
    /// Whether the set was taken, if with errors.
    pub fn is_accepted(&self) -> bool {
        self.verdict.is_any(&["A", "E"])
    }

    /// Whether the set was rejected. A set without a verdict is neither taken nor rejected.
    pub fn is_rejected(&self) -> bool {
        self.verdict.is_any(REJECTING)
    }
}

/// Verdicts that reject a group or a set; all but R do so for security.
const REJECTING: &[&str] = &["R", "M", "W", "X"];

/// IK3 or AK3: a segment that is wrong, or is missing.
///
/// ```
/// use x12::view::answer::SegmentNote;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/rejected-999.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let ack = x12::view::answer::implementation_ack(interchange, set);
/// let note: &SegmentNote = &ack.sets[0].notes[0];
/// assert!(note.tag.is("CLM") && note.loop_id.is("2300") && note.code.is("8"));
/// assert_eq!(note.position(), Some(22));
/// assert!(note.claim.expect("CTX").is("WC-4001"));
/// ```
#[derive(Clone, Debug)]
pub struct SegmentNote<'a> {
    /// Where its IK3 or AK3 stands.
    pub place: Place,
    /// IK301.
    pub tag: Field<'a>,
    /// IK302, counted from ST = 1.
    pub position: Field<'a>,
    /// IK303.
    pub loop_id: Field<'a>,
    /// IK304.
    pub code: Field<'a>,
    /// CTX01-2 beside CLM01: the claim that the segment belongs to.
    pub claim: Option<Field<'a>>,
    /// IK4, one for each wrong element.
    pub elements: Vec<ElementNote<'a>>,
}

impl SegmentNote<'_> {
    /// IK302 as a number, comparable with [`Place::segment`].
    pub fn position(&self) -> Option<u32> {
        number(&self.position)
    }
}

/// IK4 or AK4: an element that is wrong.
///
/// ```
/// use x12::view::answer::ElementNote;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/rejected-999.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let ack = x12::view::answer::implementation_ack(interchange, set);
/// let ElementNote { position, component, code, value, .. } = ack.sets[0].notes[0].elements[0];
/// // CLM05-3 holds a code that is none: 9.
/// assert!(position.is("5") && component.is("3") && code.is("7") && value.is("9"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ElementNote<'a> {
    /// IK401-1.
    pub position: Field<'a>,
    /// IK401-2.
    pub component: Field<'a>,
    /// IK401-3.
    pub repeat: Field<'a>,
    /// IK402.
    pub data_number: Field<'a>,
    /// IK403.
    pub code: Field<'a>,
    /// IK404: the value that is wrong.
    pub value: Field<'a>,
}

/// What a 999 or a 997 says. Tags alone tell its segments apart, so that it can be read without
/// a guide: a 997 has none here, and partners break that of the 999.
///
/// ```
/// use x12::view::answer::implementation_ack;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/accepted-999.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// let ack = implementation_ack(interchange, set);
/// assert!(ack.sets.iter().all(|set| set.is_accepted()));
/// ```
pub fn implementation_ack<'a>(interchange: &'a Interchange, set: &'a Set) -> ImplementationAck<'a> {
    let nowhere = Field::absent(interchange.set_header(set).place(0, 0));
    let mut ack = ImplementationAck {
        place: nowhere.place,
        functional_id: nowhere,
        control_number: nowhere,
        version: nowhere,
        sets: Vec::new(),
        verdict: nowhere,
        announced: nowhere,
        received: nowhere,
        accepted: nowhere,
        codes: Vec::new(),
    };
    for segment in interchange.set_segments(set) {
        ack.take(&segment, nowhere);
    }
    ack
}

impl<'a> ImplementationAck<'a> {
    fn take(&mut self, segment: &Segment<'a>, nowhere: Field<'a>) {
        match segment.tag_bytes() {
            b"AK1" => {
                self.place = segment.place(0, 0);
                self.functional_id = segment.field(1);
                self.control_number = segment.field(2);
                self.version = segment.field(3);
            }
            b"AK2" => self.sets.push(SetAck {
                place: segment.place(0, 0),
                set: segment.field(1),
                control_number: segment.field(2),
                version: segment.field(3),
                notes: Vec::new(),
                verdict: nowhere,
                codes: Vec::new(),
            }),
            b"AK9" => {
                self.verdict = segment.field(1);
                self.announced = segment.field(2);
                self.received = segment.field(3);
                self.accepted = segment.field(4);
                self.codes = filled(segment, 5..=9);
            }
            _ => {
                if let Some(set) = self.sets.last_mut() {
                    set.take(segment);
                }
            }
        }
    }
}

impl<'a> SetAck<'a> {
    fn take(&mut self, segment: &Segment<'a>) {
        match segment.tag_bytes() {
            b"IK5" | b"AK5" => {
                self.verdict = segment.field(1);
                self.codes = filled(segment, 2..=6);
            }
            b"IK3" | b"AK3" => self.notes.push(SegmentNote {
                place: segment.place(0, 0),
                tag: segment.field(1),
                position: segment.field(2),
                loop_id: segment.field(3),
                code: segment.field(4),
                claim: None,
                elements: Vec::new(),
            }),
            b"CTX" => {
                if let Some(note) = self.notes.last_mut()
                    && segment.part(1, 1) == b"CLM01"
                {
                    note.claim = Some(segment.field_part(1, 2));
                }
            }
            b"IK4" | b"AK4" => {
                if let Some(note) = self.notes.last_mut() {
                    note.elements.push(ElementNote {
                        position: segment.field_part(1, 1),
                        component: segment.field_part(1, 2),
                        repeat: segment.field_part(1, 3),
                        data_number: segment.field(2),
                        code: segment.field(3),
                        value: segment.field(4),
                    });
                }
            }
            _ => {}
        }
    }
}

/// 277CA: what a payer or clearinghouse says of the claims that it was sent.
///
/// ```
/// use x12::view::answer::ClaimAcks;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/claim-acknowledgment.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// let acks: ClaimAcks = x12::view::answer::claim_acks(interchange, set, &walked);
/// assert!(acks.source.expect("who answers").last_name.is("CLAIMGATE"));
/// let rejected = acks.claims.iter().filter(|claim| claim.is_rejected());
/// assert_eq!((acks.claims.len(), rejected.count()), (2, 1));
/// ```
#[derive(Clone, Debug)]
pub struct ClaimAcks<'a> {
    /// Where its BHT stands.
    pub place: Place,
    /// BHT03.
    pub file_number: Field<'a>,
    /// NM1*PR or NM1*AY: who answers.
    pub source: Option<Party<'a>>,
    /// NM1*41: who is answered.
    pub receiver: Option<Party<'a>>,
    /// DTP of 2200A: when the batch came (050) and when it was decided on (009).
    pub dates: Vec<Dated<'a>>,
    /// 2200B: usually one.
    pub batches: Vec<BatchAck<'a>>,
    /// 2000C and 2200C: one for each billing provider.
    pub providers: Vec<ProviderAck<'a>>,
    /// 2200D, in the order of the file.
    pub claims: Vec<ClaimAck<'a>>,
}

/// 2200B: what became of a batch.
///
/// ```
/// use x12::view::answer::BatchAck;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/claim-acknowledgment.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let acks = x12::view::answer::claim_acks(interchange, set, &walked);
/// let batch: &BatchAck = &acks.batches[0];
/// assert!(batch.number.is("BATCH0003") && !batch.is_rejected());
/// assert!(batch.claims_rejected.expect("QTY*AA").is("1"));
/// ```
#[derive(Clone, Debug)]
pub struct BatchAck<'a> {
    /// Where its TRN stands.
    pub place: Place,
    /// TRN02, the BHT03 of the batch that is answered.
    pub number: Field<'a>,
    /// STC segments, status by status.
    pub statuses: Vec<Status<'a>>,
    /// QTY*90: how many claims were taken.
    pub claims_accepted: Option<Field<'a>>,
    /// QTY*AA: how many were not.
    pub claims_rejected: Option<Field<'a>>,
    /// AMT*YU: their charges.
    pub charges_accepted: Option<Field<'a>>,
    /// AMT*YY.
    pub charges_rejected: Option<Field<'a>>,
}

/// 2000C and 2200C: what became of the claims of one billing provider.
///
/// ```
/// use x12::view::answer::ProviderAck;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/claim-acknowledgment.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let acks = x12::view::answer::claim_acks(interchange, set, &walked);
/// let provider: &ProviderAck = &acks.providers[0];
/// assert!(provider.statuses[0].category.is("A1"));
/// assert!(provider.claims_rejected.expect("QTY*QC").is("1"));
/// ```
#[derive(Clone, Debug)]
pub struct ProviderAck<'a> {
    /// Where its HL stands.
    pub place: Place,
    /// STC, each with up to three composites.
    /// STC segments, status by status.
    pub statuses: Vec<Status<'a>>,
    /// QTY*QA: how many claims were taken.
    pub claims_accepted: Option<Field<'a>>,
    /// QTY*QC: how many were not.
    pub claims_rejected: Option<Field<'a>>,
    /// AMT*YU: their charges.
    pub charges_accepted: Option<Field<'a>>,
    /// AMT*YY.
    pub charges_rejected: Option<Field<'a>>,
}

/// 2200D: what became of one claim.
///
/// ```
/// use x12::view::answer::ClaimAck;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/claim-acknowledgment.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let acks = x12::view::answer::claim_acks(interchange, set, &walked);
/// let claim: &ClaimAck = &acks.claims[0];
/// assert!(claim.patient_control_number.is("WC-3001"));
/// assert!(claim.is_rejected() && !claim.is_accepted());
/// assert!(claim.payer_control_number().expect("REF*1K").is("PCN0001"));
/// assert!(claim.clearinghouse_trace().expect("REF*D9").is("TRACE1"));
/// assert_eq!(claim.charge().expect("STC04").to_wire(), "1150.5");
/// let days = claim.service_date().and_then(|date| date.days()).expect("DTP*472");
/// assert_eq!(days.to.to_string(), "2026-02-11");
/// ```
#[derive(Clone, Debug)]
pub struct ClaimAck<'a> {
    /// Where its TRN stands.
    pub place: Place,
    /// The batch that it came in, BHT03; blank when the answer does not say.
    pub batch: Field<'a>,
    /// Which of the providers it stands under.
    pub provider: Option<usize>,
    /// NM1*85.
    pub billing: Option<Party<'a>>,
    /// NM1*QC.
    pub patient: Option<Party<'a>>,
    /// TRN02, which should be CLM01 as it was sent.
    pub patient_control_number: Field<'a>,
    /// STC segments, status by status.
    pub statuses: Vec<Status<'a>>,
    /// REF segments.
    pub references: Vec<Reference<'a>>,
    /// DTP segments.
    pub dates: Vec<Dated<'a>>,
    /// 2220D.
    pub lines: Vec<LineAck<'a>>,
}

/// 2220D: what became of one service line.
///
/// ```
/// use x12::view::answer::LineAck;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/claim-acknowledgment.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let acks = x12::view::answer::claim_acks(interchange, set, &walked);
/// let line: &LineAck = &acks.claims[0].lines[0];
/// assert!(line.procedure.code.is("E0570") && line.statuses[0].category.is("A7"));
/// assert!(line.line_control_number().expect("REF*FJ").is("LINE-1"));
/// assert!(line.service_date().expect("DTP*472").value.is("20260210"));
/// ```
#[derive(Clone, Debug)]
pub struct LineAck<'a> {
    /// Where its SVC stands.
    pub place: Place,
    /// SVC01.
    pub procedure: Procedure<'a>,
    /// SVC02.
    pub charge: Field<'a>,
    /// STC segments, status by status.
    pub statuses: Vec<Status<'a>>,
    /// REF segments.
    pub references: Vec<Reference<'a>>,
    /// DTP segments.
    pub dates: Vec<Dated<'a>>,
}

/// STC01, STC10 or STC11 with what the STC says besides.
///
/// ```
/// use x12::view::answer::Status;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/claim-acknowledgment.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let acks = x12::view::answer::claim_acks(interchange, set, &walked);
/// let Status { category, code, action, amount, .. } = acks.claims[0].statuses[0];
/// assert!(category.is("A3") && code.is("247") && action.is("U") && amount.is("1150.5"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Status<'a> {
    /// STC01-1: A1, A7 …
    pub category: Field<'a>,
    /// STC01-2.
    pub code: Field<'a>,
    /// STC01-3: about whom.
    pub entity: Field<'a>,
    /// STC02.
    pub day: Field<'a>,
    /// STC03: WQ taken, U rejected.
    pub action: Field<'a>,
    /// STC04, the charge.
    pub amount: Field<'a>,
    /// STC12.
    pub message: Field<'a>,
}

/// Whether a status category rejects a claim: A3 returned, A4 not found, A6, A7 and A8 rejected.
pub(crate) fn category_rejects(category: &str) -> bool {
    matches!(category, "A3" | "A4" | "A6" | "A7" | "A8")
}

/// Categories that take a claim: passed on, received, taken into adjudication, split.
const ACCEPTING: &[&str] = &["A0", "A1", "A2", "A5"];

/// Whether any of these statuses rejects.
///
/// The category decides, not STC03: payers do send A7 with WQ.
fn any_rejects(statuses: &[Status<'_>]) -> bool {
    statuses.iter().any(|status| category_rejects(&status.category.text()))
}

impl BatchAck<'_> {
    /// Whether the batch was turned away as a whole.
    pub fn is_rejected(&self) -> bool {
        any_rejects(&self.statuses)
    }
}

impl<'a> ClaimAck<'a> {
    /// Whether its category turns the claim away.
    pub fn is_rejected(&self) -> bool {
        any_rejects(&self.statuses)
    }

    /// Whether the claim was taken. A claim may be neither taken nor rejected: then the sender
    /// speaks of something else, such as a system that is down.
    pub fn is_accepted(&self) -> bool {
        !self.is_rejected() && self.statuses.iter().any(|status| status.category.is_any(ACCEPTING))
    }

    /// REF*1K.
    pub fn payer_control_number(&self) -> Option<Field<'a>> {
        find_reference(&self.references, "1K")
    }

    /// REF*D9.
    pub fn clearinghouse_trace(&self) -> Option<Field<'a>> {
        find_reference(&self.references, "D9")
    }

    /// DTP*472.
    pub fn service_date(&self) -> Option<Dated<'a>> {
        find_date(&self.dates, "472")
    }

    /// STC04, the charge as the payer has it.
    pub fn charge(&self) -> Option<Decimal> {
        self.statuses.iter().find_map(|status| status.amount.decimal())
    }
}

impl<'a> LineAck<'a> {
    /// REF*FJ: the line control number that was sent.
    pub fn line_control_number(&self) -> Option<Field<'a>> {
        find_reference(&self.references, "FJ")
    }

    /// DTP*472.
    pub fn service_date(&self) -> Option<Dated<'a>> {
        find_date(&self.dates, "472")
    }
}

/// What a walked 277CA says.
///
/// ```
/// use x12::view::answer::claim_acks;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/claim-acknowledgment.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// assert!(claim_acks(interchange, set, &walked).file_number.is("TRACE0001"));
/// ```
pub fn claim_acks<'a>(
    interchange: &'a Interchange,
    set: &'a Set,
    walked: &'a Walked,
) -> ClaimAcks<'a> {
    let nowhere = Field::absent(interchange.set_header(set).place(0, 0));
    let mut reader = ClaimAckReader {
        batch: nowhere,
        billing: None,
        patient: None,
        acks: ClaimAcks {
            place: nowhere.place,
            file_number: nowhere,
            source: None,
            receiver: None,
            dates: Vec::new(),
            batches: Vec::new(),
            providers: Vec::new(),
            claims: Vec::new(),
        },
    };
    for placed in &walked.placed {
        if let Some(segment) = interchange.set_segment(set, placed.number) {
            reader.take(placed, &segment);
        }
    }
    reader.acks
}

/// What stands above the claim that is being read.
struct ClaimAckReader<'a> {
    batch: Field<'a>,
    billing: Option<Party<'a>>,
    patient: Option<Party<'a>>,
    acks: ClaimAcks<'a>,
}

impl<'a> ClaimAckReader<'a> {
    fn take(&mut self, placed: &Placed, segment: &Segment<'a>) {
        match placed.table.id {
            "HEADER" if segment.tag_bytes() == b"BHT" => {
                self.acks.place = segment.place(0, 0);
                self.acks.file_number = segment.field(3);
            }
            "2100A" => self.acks.source = Some(Party::from_nm1(segment)),
            "2100B" => self.acks.receiver = Some(Party::from_nm1(segment)),
            "2200A" if segment.tag_bytes() == b"DTP" => {
                self.acks.dates.push(Dated::from_dtp(segment));
            }
            "2200B" => self.take_batch(placed, segment),
            "2000C" => self.open_provider(segment),
            "2200C" => self.take_provider(segment),
            "2100C" => self.billing = Some(Party::from_nm1(segment)),
            "2000D" => self.patient = None,
            "2100D" => self.patient = Some(Party::from_nm1(segment)),
            "2200D" => self.take_claim(placed, segment),
            "2220D" => self.take_line(placed, segment),
            _ => {}
        }
    }

    fn take_batch(&mut self, placed: &Placed, segment: &Segment<'a>) {
        if placed.opens {
            self.batch = segment.field(2);
            self.acks.batches.push(BatchAck {
                place: segment.place(0, 0),
                number: segment.field(2),
                statuses: Vec::new(),
                claims_accepted: None,
                claims_rejected: None,
                charges_accepted: None,
                charges_rejected: None,
            });
        }
        let Some(batch) = self.acks.batches.last_mut() else { return };
        match (segment.tag_bytes(), segment.text(1)) {
            (b"STC", _) => batch.statuses.extend(statuses(segment)),
            (b"QTY", b"90") => batch.claims_accepted = Some(segment.field(2)),
            (b"QTY", b"AA") => batch.claims_rejected = Some(segment.field(2)),
            (b"AMT", b"YU") => batch.charges_accepted = Some(segment.field(2)),
            (b"AMT", b"YY") => batch.charges_rejected = Some(segment.field(2)),
            _ => {}
        }
    }

    fn open_provider(&mut self, segment: &Segment<'a>) {
        self.billing = None;
        self.patient = None;
        self.acks.providers.push(ProviderAck {
            place: segment.place(0, 0),
            statuses: Vec::new(),
            claims_accepted: None,
            claims_rejected: None,
            charges_accepted: None,
            charges_rejected: None,
        });
    }

    fn take_provider(&mut self, segment: &Segment<'a>) {
        let Some(provider) = self.acks.providers.last_mut() else { return };
        match (segment.tag_bytes(), segment.text(1)) {
            (b"STC", _) => provider.statuses.extend(statuses(segment)),
            (b"QTY", b"QA") => provider.claims_accepted = Some(segment.field(2)),
            (b"QTY", b"QC") => provider.claims_rejected = Some(segment.field(2)),
            (b"AMT", b"YU") => provider.charges_accepted = Some(segment.field(2)),
            (b"AMT", b"YY") => provider.charges_rejected = Some(segment.field(2)),
            _ => {}
        }
    }

    fn take_claim(&mut self, placed: &Placed, segment: &Segment<'a>) {
        if placed.opens {
            self.acks.claims.push(ClaimAck {
                place: segment.place(0, 0),
                batch: self.batch,
                provider: self.acks.providers.len().checked_sub(1),
                billing: self.billing.clone(),
                patient: self.patient.clone(),
                patient_control_number: segment.field(2),
                statuses: Vec::new(),
                references: Vec::new(),
                dates: Vec::new(),
                lines: Vec::new(),
            });
        }
        let Some(claim) = self.acks.claims.last_mut() else { return };
        match segment.tag_bytes() {
            b"STC" => claim.statuses.extend(statuses(segment)),
            b"REF" => claim.references.push(Reference::from_ref(segment)),
            b"DTP" => claim.dates.push(Dated::from_dtp(segment)),
            _ => {}
        }
    }

    fn take_line(&mut self, placed: &Placed, segment: &Segment<'a>) {
        let Some(claim) = self.acks.claims.last_mut() else { return };
        if placed.opens {
            claim.lines.push(LineAck {
                place: segment.place(0, 0),
                procedure: Procedure::from_element(segment, 1),
                charge: segment.field(2),
                statuses: Vec::new(),
                references: Vec::new(),
                dates: Vec::new(),
            });
        }
        let Some(line) = claim.lines.last_mut() else { return };
        match segment.tag_bytes() {
            b"STC" => line.statuses.extend(statuses(segment)),
            b"REF" => line.references.push(Reference::from_ref(segment)),
            b"DTP" => line.dates.push(Dated::from_dtp(segment)),
            _ => {}
        }
    }
}

/// The statuses of one STC, the filled ones.
fn statuses<'a>(stc: &Segment<'a>) -> impl Iterator<Item = Status<'a>> + use<'a> {
    let stc = *stc;
    [1, 10, 11].into_iter().filter(move |&n| !stc.text(n).is_empty()).map(move |n| Status {
        category: stc.field_part(n, 1),
        code: stc.field_part(n, 2),
        entity: stc.field_part(n, 3),
        day: stc.field(2),
        action: stc.field(3),
        amount: stc.field(4),
        message: stc.field(12),
    })
}

/// The elements of a segment from a range that hold something.
fn filled<'a>(segment: &Segment<'a>, elements: std::ops::RangeInclusive<usize>) -> Vec<Field<'a>> {
    elements.map(|n| segment.field(n)).filter(|field| !field.is_empty()).collect()
}

fn number(field: &Field<'_>) -> Option<u32> {
    std::str::from_utf8(field.bytes()).ok()?.parse().ok()
}
