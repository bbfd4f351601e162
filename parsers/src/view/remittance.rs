//! A remittance: the payment, the claims it pays, their services, and what it takes back.
//!
//! ```
//! use x12::value::Money;
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
//! // What the payment says, and what its claims and its balance adjustments come to.
//! let paid: Money = remittance.claims.iter().filter_map(|claim| claim.paid.money()).sum();
//! let taken = remittance.provider_adjustments.iter().filter_map(|one| one.amount.money()).sum();
//! assert_eq!(remittance.amount.money(), Some(paid - taken));
//! ```

use std::ops::Range;

use crate::fault::Place;
use crate::interchange::{Interchange, Set};
use crate::segment::{Field, Segment};
use crate::value::Money;
use crate::view::parts::{
    Adjustment, Amount, Dated, ELEMENTS_LOOKED_AT_MAX, Party, Procedure, Reference, adjustments,
    adjustments_beyond, find_date, find_reference, sum_of,
};
use crate::walk::{Placed, Walked};

/// One 835.
///
/// ```
/// use x12::view::remittance::Remittance;
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
/// let Remittance { amount, method, trace, payer, claims, .. } =
///     x12::view::remittance::remittance(interchange, set, &walked);
/// assert!(amount.is("1285.5") && method.is("ACH") && trace.is("EFT0001"));
/// assert!(payer.expect("N1*PR").last_name.is("EXAMPLE HEALTH PLAN"));
/// assert_eq!(claims.len(), 4);
/// ```
#[derive(Clone, Debug)]
pub struct Remittance<'a> {
    /// GS04, the day on which its group was written.
    pub written_on: Field<'a>,
    /// Where its BPR stands.
    pub place: Place,
    /// BPR01.
    pub handling: Field<'a>,
    /// BPR02.
    pub amount: Field<'a>,
    /// BPR04: ACH, CHK, NON …
    pub method: Field<'a>,
    /// BPR10, who pays: the payer's tax number with a 1 before it, when money is transferred.
    pub originator: Field<'a>,
    /// BPR16.
    pub paid_on: Field<'a>,
    /// TRN02, the number of the cheque or transfer.
    pub trace: Field<'a>,
    /// TRN03, the payer's tax number with a 1 before it.
    pub trace_payer: Field<'a>,
    /// CUR02, in what currency it is paid; absent when it is not said.
    pub currency: Field<'a>,
    /// N1*PR.
    pub payer: Option<Party<'a>>,
    /// N1*PE.
    pub payee: Option<Party<'a>>,
    /// TS3 segments, in the order of the file.
    pub summaries: Vec<ProviderSummary<'a>>,
    /// 2100, in the order of the file.
    pub claims: Vec<ClaimPayment<'a>>,
    /// PLB segments, entry by entry.
    pub provider_adjustments: Vec<ProviderAdjustment<'a>>,
    /// What stands behind PLB14, where a PLB ends: X12 has no such entries.
    pub provider_adjustments_beyond: Vec<ProviderAdjustment<'a>>,
}

/// CLP: what the payer decided for one claim.
///
/// ```
/// use x12::view::remittance::ClaimPayment;
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
/// let claim: &ClaimPayment = &remittance.claims[0];
/// assert!(claim.patient_control_number.is("WC-3001") && claim.status.is("1"));
/// assert!(!claim.is_reversal() && remittance.claims[1].is_reversal());
///
/// // Charge less all adjustments is what was paid.
/// let charge = claim.charge.money().expect("CLP03");
/// assert_eq!(charge - claim.adjusted(), claim.paid.money().expect("CLP04"));
/// assert_eq!(claim.all_adjustments().count(), 7);
/// ```
#[derive(Clone, Debug)]
pub struct ClaimPayment<'a> {
    /// Where its CLP stands.
    pub place: Place,
    /// CLP01, which should be CLM01 as it was sent.
    pub patient_control_number: Field<'a>,
    /// CLP02.
    pub status: Field<'a>,
    /// CLP03.
    pub charge: Field<'a>,
    /// CLP04.
    pub paid: Field<'a>,
    /// CLP05.
    pub patient_responsibility: Field<'a>,
    /// CLP06, the kind of plan.
    pub filing_indicator: Field<'a>,
    /// CLP07.
    pub payer_control_number: Field<'a>,
    /// CLP08: place of service, or the first two digits of the type of bill.
    pub facility_type: Field<'a>,
    /// CLP09.
    pub frequency: Field<'a>,
    /// CAS segments, reason by reason.
    pub adjustments: Vec<Adjustment<'a>>,
    /// What stands behind CAS19, where a CAS ends: X12 has no such adjustments.
    pub adjustments_beyond: Vec<Adjustment<'a>>,
    /// NM1 segments: QC patient, IL insured, 82 rendering provider, TT crossover …
    pub parties: Vec<Party<'a>>,
    /// REF segments.
    pub references: Vec<Reference<'a>>,
    /// DTM segments.
    pub dates: Vec<Dated<'a>>,
    /// AMT segments.
    pub amounts: Vec<Amount<'a>>,
    /// QTY*CA: days that were covered.
    pub covered_days: Option<Field<'a>>,
    /// QTY*OU: days beyond what the DRG pays for.
    pub outlier_days: Option<Field<'a>>,
    /// Remark codes of MIA and MOA.
    pub remarks: Vec<Field<'a>>,
    /// 2110.
    pub services: Vec<ServicePayment<'a>>,
}

impl ClaimPayment<'_> {
    /// Whether this takes an earlier payment back, CLP02 = 22.
    pub fn is_reversal(&self) -> bool {
        self.status.is("22")
    }

    /// All adjustments of the claim and its services.
    pub fn all_adjustments(&self) -> impl Iterator<Item = &Adjustment<'_>> {
        self.adjustments.iter().chain(self.services.iter().flat_map(|line| &line.adjustments))
    }

    /// What all adjustments add up to.
    pub fn adjusted(&self) -> Money {
        let of_services = self.services.iter().map(|line| sum_of(&line.adjustments)).sum::<Money>();
        sum_of(&self.adjustments) + of_services
    }
}

/// TS3: what the payer says that the claims after one LX come to.
///
/// ```
/// use x12::view::remittance::ProviderSummary;
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
/// let summary: &ProviderSummary = &remittance.summaries[0];
/// assert!(summary.claims == (0..3) && summary.charge.is("1130.5"));
/// // TS2 behind it.
/// assert!(summary.outlier_days.expect("TS207").is("7"));
/// assert!(summary.covered_days.expect("TS213").is("13"));
/// ```
#[derive(Clone, Debug)]
pub struct ProviderSummary<'a> {
    /// Where its TS3 stands.
    pub place: Place,
    /// TS301, by its NPI as a rule.
    pub provider: Field<'a>,
    /// TS304.
    pub claim_count: Field<'a>,
    /// TS305.
    pub charge: Field<'a>,
    /// TS207.
    pub outlier_days: Option<Field<'a>>,
    /// TS213.
    pub covered_days: Option<Field<'a>>,
    /// Which of the remittance's claims it is about: those up to the next LX.
    pub claims: Range<usize>,
    is_open: bool,
}

/// SVC: what the payer decided for one service.
///
/// ```
/// use x12::view::remittance::ServicePayment;
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
/// let service: &ServicePayment = &remittance.claims[0].services[0];
/// assert!(service.procedure.code.is("E0570") && service.paid.is("400"));
/// assert!(service.submitted.as_ref().expect("SVC06").code.is("E0571"));
/// assert!(service.line_control_number().expect("REF*6R").is("LINE-1"));
/// assert!(service.service_date().expect("DTM*150").value.is("20260210"));
/// ```
#[derive(Clone, Debug)]
pub struct ServicePayment<'a> {
    /// Where its SVC stands.
    pub place: Place,
    /// SVC01, the procedure that was adjudicated.
    pub procedure: Procedure<'a>,
    /// SVC02.
    pub charge: Field<'a>,
    /// SVC03.
    pub paid: Field<'a>,
    /// SVC04, when SVC01 is a procedure.
    pub revenue_code: Field<'a>,
    /// SVC05.
    pub quantity: Field<'a>,
    /// SVC06, the procedure that was submitted, when it was another.
    pub submitted: Option<Procedure<'a>>,
    /// CAS segments, reason by reason.
    pub adjustments: Vec<Adjustment<'a>>,
    /// What stands behind CAS19, where a CAS ends: X12 has no such adjustments.
    pub adjustments_beyond: Vec<Adjustment<'a>>,
    /// REF segments.
    pub references: Vec<Reference<'a>>,
    /// DTM segments.
    pub dates: Vec<Dated<'a>>,
    /// AMT segments.
    pub amounts: Vec<Amount<'a>>,
    /// LQ*HE, the remark codes.
    pub remarks: Vec<Field<'a>>,
}

impl<'a> ServicePayment<'a> {
    /// REF*6R: the line control number that was sent.
    pub fn line_control_number(&self) -> Option<Field<'a>> {
        find_reference(&self.references, "6R")
    }

    /// DTM*472, or the first day of a span.
    pub fn service_date(&self) -> Option<Dated<'a>> {
        find_date(&self.dates, "472").or_else(|| find_date(&self.dates, "150"))
    }
}

/// One entry of a PLB: money that belongs to no claim of this remittance. A positive amount
/// lowers the payment.
///
/// ```
/// use x12::view::remittance::ProviderAdjustment;
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
/// let ProviderAdjustment { reason, reference, amount, .. } = remittance.provider_adjustments[0];
/// // An overpayment is taken back from this payment.
/// assert!(reason.is("WO") && reference.is("PCN0002") && amount.is("20"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ProviderAdjustment<'a> {
    /// PLB01.
    pub provider: Field<'a>,
    /// PLB03-1, 05-1 …
    pub reason: Field<'a>,
    /// PLB03-2, 05-2 …
    pub reference: Field<'a>,
    /// PLB04, 06 …
    pub amount: Field<'a>,
}

/// The remittance in a walked 835.
///
/// A set that is no 835 gives a remittance in which everything is empty.
///
/// ```
/// use x12::view::remittance::remittance;
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
/// let remittance = remittance(interchange, set, &walked);
/// assert_eq!(remittance.paid_on.day().expect("BPR16").to_string(), "2026-03-10");
/// ```
pub fn remittance<'a>(
    interchange: &'a Interchange,
    set: &'a Set,
    walked: &'a Walked,
) -> Remittance<'a> {
    let nowhere = Field::absent(interchange.set_header(set).place(0, 0));
    let groups = &interchange.groups;
    let after = groups.partition_point(|group| group.header < set.segments.start);
    let group = after.checked_sub(1).and_then(|at| groups.get(at));
    let mut remittance = Remittance {
        written_on: group.map_or(nowhere, |group| interchange.group_header(group).field(4)),
        place: nowhere.place,
        handling: nowhere,
        amount: nowhere,
        method: nowhere,
        originator: nowhere,
        paid_on: nowhere,
        trace: nowhere,
        trace_payer: nowhere,
        currency: nowhere,
        payer: None,
        payee: None,
        summaries: Vec::new(),
        claims: Vec::new(),
        provider_adjustments: Vec::new(),
        provider_adjustments_beyond: Vec::new(),
    };
    for placed in &walked.placed {
        if let Some(segment) = interchange.set_segment(set, placed.number) {
            remittance.take(placed, &segment);
        }
    }
    remittance
}

impl<'a> Remittance<'a> {
    fn take(&mut self, placed: &Placed, segment: &Segment<'a>) {
        match placed.table.id {
            "1000A" if placed.opens => self.payer = Some(Party::from_n1(segment)),
            "1000B" if placed.opens => self.payee = Some(Party::from_n1(segment)),
            "1000A" => take_detail(self.payer.as_mut(), segment),
            "1000B" => take_detail(self.payee.as_mut(), segment),
            "2100" if placed.opens => {
                self.claims.push(ClaimPayment::from_clp(segment));
                if let Some(summary) = self.summaries.last_mut().filter(|one| one.is_open) {
                    summary.claims.end += 1;
                }
            }
            "2100" => {
                if let Some(claim) = self.claims.last_mut() {
                    claim.take(segment);
                }
            }
            "2110" => {
                if let Some(claim) = self.claims.last_mut() {
                    claim.take_service(placed.opens, segment);
                }
            }
            _ => self.take_top(segment),
        }
    }

    fn take_top(&mut self, segment: &Segment<'a>) {
        match segment.tag_bytes() {
            b"BPR" => {
                self.place = segment.place(0, 0);
                self.handling = segment.field(1);
                self.amount = segment.field(2);
                self.method = segment.field(4);
                self.originator = segment.field(10);
                self.paid_on = segment.field(16);
            }
            b"TRN" => {
                self.trace = segment.field(2);
                self.trace_payer = segment.field(3);
            }
            b"CUR" => self.currency = segment.field(2),
            b"LX" => {
                if let Some(summary) = self.summaries.last_mut() {
                    summary.is_open = false;
                }
            }
            b"TS3" => {
                let here = self.claims.len();
                self.summaries.push(ProviderSummary {
                    place: segment.place(0, 0),
                    provider: segment.field(1),
                    claim_count: segment.field(4),
                    charge: segment.field(5),
                    outlier_days: None,
                    covered_days: None,
                    claims: here..here,
                    is_open: true,
                });
            }
            b"TS2" => {
                if let Some(summary) = self.summaries.last_mut().filter(|one| one.is_open) {
                    let stated = |n| Some(segment.field(n)).filter(|days| !days.is_empty());
                    summary.outlier_days = stated(7);
                    summary.covered_days = stated(13);
                }
            }
            b"PLB" => {
                let entry = |n: usize| ProviderAdjustment {
                    provider: segment.field(1),
                    reason: segment.field_part(n, 1),
                    reference: segment.field_part(n, 2),
                    amount: segment.field(n + 1),
                };
                let within = [3, 5, 7, 9, 11, 13].into_iter();
                let within = within.filter(|&n| !segment.text(n).is_empty());
                self.provider_adjustments.extend(within.map(entry));
                let beyond =
                    (15..segment.elements().count().min(ELEMENTS_LOOKED_AT_MAX)).step_by(2);
                let beyond = beyond.map(entry);
                let beyond = beyond.filter(|one| !one.reason.is_empty() || !one.amount.is_empty());
                self.provider_adjustments_beyond.extend(beyond);
            }
            _ => {}
        }
    }
}

fn take_detail<'a>(party: Option<&mut Party<'a>>, segment: &Segment<'a>) {
    if let Some(party) = party {
        party.take(segment);
    }
}

impl<'a> ClaimPayment<'a> {
    fn from_clp(clp: &Segment<'a>) -> ClaimPayment<'a> {
        ClaimPayment {
            place: clp.place(0, 0),
            patient_control_number: clp.field(1),
            status: clp.field(2),
            charge: clp.field(3),
            paid: clp.field(4),
            patient_responsibility: clp.field(5),
            filing_indicator: clp.field(6),
            payer_control_number: clp.field(7),
            facility_type: clp.field(8),
            frequency: clp.field(9),
            adjustments: Vec::new(),
            adjustments_beyond: Vec::new(),
            parties: Vec::new(),
            references: Vec::new(),
            dates: Vec::new(),
            amounts: Vec::new(),
            covered_days: None,
            outlier_days: None,
            remarks: Vec::new(),
            services: Vec::new(),
        }
    }

    fn take(&mut self, segment: &Segment<'a>) {
        match segment.tag_bytes() {
            b"CAS" => {
                self.adjustments.extend(adjustments(segment));
                self.adjustments_beyond.extend(adjustments_beyond(segment));
            }
            b"NM1" => self.parties.push(Party::from_nm1(segment)),
            b"REF" => self.references.push(Reference::from_ref(segment)),
            b"DTM" => self.dates.push(Dated::from_dtm(segment)),
            b"AMT" => self.amounts.push(Amount::from_amt(segment)),
            b"QTY" => match segment.text(1) {
                b"CA" => self.covered_days = Some(segment.field(2)),
                b"OU" => self.outlier_days = Some(segment.field(2)),
                _ => {}
            },
            b"MIA" => self.take_remarks(segment, &[5, 20, 21, 22, 23]),
            b"MOA" => self.take_remarks(segment, &[3, 4, 5, 6, 7]),
            _ => {}
        }
    }

    fn take_remarks(&mut self, segment: &Segment<'a>, elements: &[usize]) {
        let remarks = elements.iter().map(|&n| segment.field(n));
        self.remarks.extend(remarks.filter(|remark| !remark.is_empty()));
    }

    fn take_service(&mut self, opens: bool, segment: &Segment<'a>) {
        if opens {
            return self.services.push(ServicePayment::from_svc(segment));
        }
        let Some(service) = self.services.last_mut() else { return };
        match segment.tag_bytes() {
            b"CAS" => {
                service.adjustments.extend(adjustments(segment));
                service.adjustments_beyond.extend(adjustments_beyond(segment));
            }
            b"REF" => service.references.push(Reference::from_ref(segment)),
            b"DTM" => service.dates.push(Dated::from_dtm(segment)),
            b"AMT" => service.amounts.push(Amount::from_amt(segment)),
            b"LQ" => service.remarks.push(segment.field(2)),
            _ => {}
        }
    }
}

impl<'a> ServicePayment<'a> {
    fn from_svc(svc: &Segment<'a>) -> ServicePayment<'a> {
        let submitted = Procedure::from_element(svc, 6);
        ServicePayment {
            place: svc.place(0, 0),
            procedure: Procedure::from_element(svc, 1),
            charge: svc.field(2),
            paid: svc.field(3),
            revenue_code: svc.field(4),
            quantity: svc.field(5),
            submitted: Some(submitted).filter(|submitted| !submitted.code.is_empty()),
            adjustments: Vec::new(),
            adjustments_beyond: Vec::new(),
            references: Vec::new(),
            dates: Vec::new(),
            amounts: Vec::new(),
            remarks: Vec::new(),
        }
    }
}
