//! How a claim is read: each level is kept until the next of its kind, and a claim takes along what
//! stands above it.

use std::ops::Range;

use crate::interchange::{Interchange, Set};
use crate::segment::{Field, Segment};
use crate::view::parts::{Amount, Dated, Party, Procedure, Reference, adjustments};
use crate::walk::Placed;

use super::dental::{Dental, DentalLine};
use super::institutional::Institutional;
use super::{
    Ambulance, Attachment, Claim, Diagnosis, Extent, Kind, Line, LineAdjudication, OtherPayer,
    Patient, Subscriber,
};

/// Which party a segment after an NM1 speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Current {
    Nobody,
    Submitter,
    Billing,
    PayTo,
    Subscriber,
    Payer,
    Patient,
    ClaimProvider,
    OtherSubscriber,
    OtherPayer,
    LineProvider,
}

/// Puts a claim together from the segments of its levels, in their order.
pub(super) struct Reader<'a> {
    interchange: &'a Interchange,
    set: &'a Set,
    kind: Kind,
    nowhere: Field<'a>,
    current: Current,
    batch: [Field<'a>; 3],
    submitter: Option<Party<'a>>,
    extent: Extent,
    /// Of segments since the last claim ended.
    loose_ends: Vec<Field<'a>>,
    billing: Option<Party<'a>>,
    currency: Option<Field<'a>>,
    pay_to: Option<Party<'a>>,
    subscriber: Subscriber<'a>,
    payer: Option<Party<'a>>,
    patient: Option<Patient<'a>>,
    claim: Option<Claim<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(kind: Kind, interchange: &'a Interchange, set: &'a Set) -> Reader<'a> {
        let nowhere = Field::absent(interchange.set_header(set).place(0, 0));
        Reader {
            interchange,
            set,
            kind,
            nowhere,
            current: Current::Nobody,
            batch: [nowhere; 3],
            submitter: None,
            extent: Extent::default(),
            loose_ends: Vec::new(),
            billing: None,
            currency: None,
            pay_to: None,
            subscriber: Subscriber::blank(nowhere),
            payer: None,
            patient: None,
            claim: None,
        }
    }

    pub(super) fn take(&mut self, placed: &Placed) {
        let Some(segment) = self.interchange.set_segment(self.set, placed.number) else { return };
        self.extend(placed);
        self.loose_ends.extend(loose_end(&segment));
        match placed.table.id {
            "1000A" => match segment.tag_bytes() {
                b"NM1" => {
                    self.submitter = Some(Party::from_nm1(&segment));
                    self.current = Current::Submitter;
                }
                _ => self.take_detail(&segment),
            },
            "2000A" | "2010AA" | "2010AB" | "2010AC" => self.take_billing(placed, &segment),
            "2000B" | "2010BA" | "2010BB" => self.take_subscriber(placed, &segment),
            "2000C" | "2010CA" => self.take_patient(placed, &segment),
            "2300" => self.take_claim(placed, &segment),
            id if id.starts_with("231") => self.take_provider(placed, &segment),
            id if id.starts_with("232") || id.starts_with("233") => {
                self.take_other_payer(placed, &segment);
            }
            "2400" | "2410" | "2440" => self.take_line(placed, &segment),
            id if id.starts_with("242") => self.take_provider(placed, &segment),
            "2430" => self.take_adjudication(placed, &segment),
            _ if segment.tag_bytes() == b"BHT" => {
                self.batch = [segment.field(3), segment.field(4), segment.field(6)];
            }
            _ => {}
        }
    }

    /// Keeps the ranges of segments that belong to each level.
    fn extend(&mut self, placed: &Placed) {
        let Extent { billing, subscriber, patient, claim } = &mut self.extent;
        if !placed.opens {
            return;
        }
        let number = placed.number;
        match placed.table.id {
            "2000A" => {
                *billing = number..number;
                *subscriber = 0..0;
                *patient = 0..0;
                *claim = 0..0;
            }
            "2000B" => {
                close(billing, number);
                *subscriber = number..number;
                *patient = 0..0;
                *claim = 0..0;
            }
            "2000C" => {
                close(subscriber, number);
                *patient = number..number;
                *claim = 0..0;
            }
            "2300" => {
                close(billing, number);
                close(subscriber, number);
                close(patient, number);
                *claim = number..number;
            }
            _ => {}
        }
    }

    fn take_billing(&mut self, placed: &Placed, segment: &Segment<'a>) {
        match (placed.table.id, segment.tag_bytes()) {
            ("2000A", b"HL") => {
                self.billing = None;
                self.currency = None;
                self.pay_to = None;
                self.forget_subscriber();
            }
            ("2000A", b"PRV") => {
                let mut billing = Party::from_nm1(segment);
                billing.taxonomy = Some(segment.field(3));
                self.billing = Some(billing);
            }
            ("2000A", b"CUR") => self.currency = filled(segment.field(2)),
            ("2010AA", b"NM1") => {
                let taxonomy = self.billing.take().and_then(|billing| billing.taxonomy);
                self.billing = Some(Party { taxonomy, ..Party::from_nm1(segment) });
                self.current = Current::Billing;
            }
            ("2010AB", b"NM1") => {
                self.pay_to = Some(Party::from_nm1(segment));
                self.current = Current::PayTo;
            }
            (_, b"NM1") => self.current = Current::Nobody,
            _ => self.take_detail(segment),
        }
    }

    fn forget_subscriber(&mut self) {
        self.subscriber = Subscriber::blank(self.nowhere);
        self.payer = None;
        self.patient = None;
        self.current = Current::Nobody;
    }

    fn take_subscriber(&mut self, placed: &Placed, segment: &Segment<'a>) {
        match (placed.table.id, segment.tag_bytes()) {
            ("2000B", b"HL") => {
                self.forget_subscriber();
                self.subscriber.place = segment.place(0, 0);
            }
            ("2000B", b"SBR") => self.subscriber.take_sbr(segment),
            ("2000B", b"PAT") => {
                self.subscriber.death = filled(segment.field(6));
                self.subscriber.weight = filled(segment.field(8));
            }
            ("2010BA", b"NM1") => {
                self.subscriber.party = Some(Party::from_nm1(segment));
                self.current = Current::Subscriber;
            }
            ("2010BB", b"NM1") => {
                self.payer = Some(Party::from_nm1(segment));
                self.current = Current::Payer;
            }
            _ => self.take_detail(segment),
        }
    }

    fn take_patient(&mut self, placed: &Placed, segment: &Segment<'a>) {
        let blank = Patient {
            place: segment.place(0, 0),
            level: segment.field(3),
            relationship: Field::absent(segment.place(0, 0)),
            death: None,
            weight: None,
            party: None,
        };
        match (placed.table.id, segment.tag_bytes()) {
            ("2000C", b"HL") => self.patient = Some(blank),
            ("2000C", b"PAT") => {
                let patient = self.patient.get_or_insert(blank);
                patient.place = segment.place(0, 0);
                patient.relationship = segment.field(1);
                patient.death = filled(segment.field(6));
                patient.weight = filled(segment.field(8));
            }
            ("2010CA", b"NM1") => {
                self.patient.get_or_insert(blank).party = Some(Party::from_nm1(segment));
                self.current = Current::Patient;
            }
            _ => self.take_detail(segment),
        }
    }

    /// Address, references and the like go to the party named last.
    fn take_detail(&mut self, segment: &Segment<'a>) {
        let party = match self.current {
            Current::Nobody => None,
            Current::Submitter => self.submitter.as_mut(),
            Current::Billing => self.billing.as_mut(),
            Current::PayTo => self.pay_to.as_mut(),
            Current::Subscriber => self.subscriber.party.as_mut(),
            Current::Payer => self.payer.as_mut(),
            Current::Patient => self.patient.as_mut().and_then(|patient| patient.party.as_mut()),
            Current::ClaimProvider => {
                self.claim.as_mut().and_then(|claim| claim.providers.last_mut())
            }
            Current::OtherSubscriber => {
                self.last_other().and_then(|other| other.subscriber.as_mut())
            }
            Current::OtherPayer => self.last_other().and_then(|other| other.payer.as_mut()),
            Current::LineProvider => self.last_line().and_then(|line| line.providers.last_mut()),
        };
        if let Some(party) = party {
            party.take(segment);
        }
    }

    fn last_other(&mut self) -> Option<&mut OtherPayer<'a>> {
        self.claim.as_mut()?.other_payers.last_mut()
    }

    fn last_line(&mut self) -> Option<&mut Line<'a>> {
        self.claim.as_mut()?.lines.last_mut()
    }

    fn take_claim(&mut self, placed: &Placed, segment: &Segment<'a>) {
        if placed.opens {
            self.current = Current::Nobody;
            self.claim = Some(self.begin_claim(segment));
            return;
        }
        let Some(claim) = &mut self.claim else { return };
        match segment.tag_bytes() {
            b"DTP" => {
                let dated = Dated::from_dtp(segment);
                claim.dates.push(dated);
                if let Some(institutional) = &mut claim.institutional {
                    institutional.take_date(dated);
                }
            }
            b"AMT" => claim.amounts.push(Amount::from_amt(segment)),
            b"REF" => claim.references.push(Reference::from_ref(segment)),
            b"PWK" => claim.attachments.push(Attachment::from_pwk(segment)),
            b"NTE" => claim.notes.push(segment.field(2)),
            b"CR1" => claim.ambulance = Some(Ambulance::from_cr1(segment)),
            b"CRC" => claim.conditions.push(segment.field(1)),
            b"HI" => claim.take_hi(segment),
            b"CL1" => {
                if let Some(institutional) = &mut claim.institutional {
                    institutional.take_cl1(segment);
                }
            }
            b"DN1" => {
                if let Some(dental) = &mut claim.dental {
                    dental.take_dn1(segment);
                }
            }
            b"DN2" => {
                if let Some(dental) = &mut claim.dental {
                    dental.take_dn2(segment);
                }
            }
            _ => {}
        }
    }

    fn begin_claim(&self, clm: &Segment<'a>) -> Claim<'a> {
        let [first, second, third, accident_state, accident_country] =
            clm.field_parts(11, [1, 2, 3, 4, 5]);
        let causes = [first, second, third].into_iter();
        let [patient_control_number, total_charge, assignment, delay_reason] =
            clm.fields([1, 2, 7, 20]);
        let is_institutional = self.kind == Kind::Institutional;
        Claim {
            kind: self.kind,
            place: clm.place(0, 0),
            extent: self.extent.clone(),
            batch: self.batch[0],
            batch_date: self.batch[1],
            batch_type: self.batch[2],
            submitter: self.submitter.clone(),
            billing: self.billing.clone().unwrap_or_else(|| Party::absent(self.nowhere)),
            currency: self.currency,
            pay_to: self.pay_to.clone(),
            subscriber: self.subscriber.clone(),
            payer: self.payer.clone(),
            patient: self.patient.clone(),
            patient_control_number,
            total_charge,
            place_of_service: match self.kind {
                Kind::Institutional => Field::absent(clm.place(0, 0)),
                Kind::Professional | Kind::Dental => clm.field_part(5, 1),
            },
            frequency: clm.field_part(5, 3),
            assignment,
            related_causes: causes.filter(|cause| !cause.is_empty()).collect(),
            accident_state,
            accident_country,
            delay_reason,
            dates: Vec::new(),
            amounts: Vec::new(),
            references: Vec::new(),
            attachments: Vec::new(),
            notes: Vec::new(),
            ambulance: None,
            conditions: Vec::new(),
            diagnoses: Vec::new(),
            providers: Vec::new(),
            other_payers: Vec::new(),
            institutional: is_institutional.then(|| Institutional::from_clm(clm)),
            dental: (self.kind == Kind::Dental).then(|| Dental::from_clm(clm)),
            lines: Vec::new(),
            loose_ends: Vec::new(),
        }
    }

    /// 2310 and 2420: a provider of the claim or of its last line.
    fn take_provider(&mut self, placed: &Placed, segment: &Segment<'a>) {
        let of_line = placed.table.id.starts_with("24");
        if segment.tag_bytes() != b"NM1" {
            return self.take_detail(segment);
        }
        let Some(claim) = &mut self.claim else { return };
        let party = Party::from_nm1(segment);
        if !of_line {
            claim.providers.push(party);
            self.current = Current::ClaimProvider;
        } else if let Some(line) = claim.lines.last_mut() {
            line.providers.push(party);
            self.current = Current::LineProvider;
        }
    }

    fn take_other_payer(&mut self, placed: &Placed, segment: &Segment<'a>) {
        let Some(claim) = &mut self.claim else { return };
        if placed.table.id == "2320" && placed.opens {
            self.current = Current::Nobody;
            return claim.other_payers.push(OtherPayer::from_sbr(segment));
        }
        let Some(other) = claim.other_payers.last_mut() else { return };
        match (placed.table.id, segment.tag_bytes()) {
            ("2320", b"CAS") => other.adjustments.extend(adjustments(segment)),
            ("2320", b"AMT") => other.amounts.push(Amount::from_amt(segment)),
            ("2320", b"MIA") => {
                other.remarks.extend(
                    [5, 20, 21, 22, 23].into_iter().filter_map(|n| filled(segment.field(n))),
                );
            }
            ("2320", b"MOA") => {
                other.remarks.extend((3..=7).filter_map(|n| filled(segment.field(n))));
            }
            ("2330A", b"NM1") => {
                other.subscriber = Some(Party::from_nm1(segment));
                self.current = Current::OtherSubscriber;
            }
            ("2330B", b"NM1") => {
                other.payer = Some(Party::from_nm1(segment));
                self.current = Current::OtherPayer;
            }
            ("2330B", b"DTP") => other.dates.push(Dated::from_dtp(segment)),
            (_, b"NM1") => self.current = Current::Nobody,
            _ => self.take_detail(segment),
        }
    }

    fn take_line(&mut self, placed: &Placed, segment: &Segment<'a>) {
        let Some(claim) = &mut self.claim else { return };
        if placed.table.id == "2400" && placed.opens {
            self.current = Current::Nobody;
            return claim.lines.push(Line::from_lx(segment));
        }
        let Some(line) = claim.lines.last_mut() else { return };
        match segment.tag_bytes() {
            b"SV1" => line.take_sv1(segment),
            b"SV2" => line.take_sv2(segment),
            b"SV3" => line.take_sv3(segment),
            b"TOO" => {
                if let Some(dental) = &mut line.dental {
                    dental.take_too(segment);
                }
            }
            b"DTP" => line.dates.push(Dated::from_dtp(segment)),
            b"AMT" => line.amounts.push(Amount::from_amt(segment)),
            b"REF" => line.references.push(Reference::from_ref(segment)),
            b"PWK" => line.attachments.push(Attachment::from_pwk(segment)),
            b"NTE" => line.notes.push(segment.field(2)),
            b"LIN" => {
                line.drug_list = Some(segment.field(2));
                line.drug = Some(segment.field(3));
            }
            b"CTP" => line.drug_quantity = Some(segment.field(4)),
            b"CR1" => line.ambulance = Some(Ambulance::from_cr1(segment)),
            b"HCP" => line.repriced_units = filled(segment.field(12)),
            b"SV5" => line.equipment = filled(segment.field_part(1, 2)),
            b"PS1" => line.bought_from = filled(segment.field(1)),
            b"LQ" => line.forms.push(segment.field(2)),
            _ => {}
        }
    }

    fn take_adjudication(&mut self, placed: &Placed, segment: &Segment<'a>) {
        let Some(line) = self.last_line() else { return };
        if placed.opens {
            return line.adjudications.push(LineAdjudication {
                place: segment.place(0, 0),
                payer: segment.field(1),
                paid: segment.field(2),
                procedure: Procedure::from_element(segment, 3),
                revenue_code: segment.field(4),
                bundled_with: segment.field(6),
                units: segment.field(5),
                adjustments: Vec::new(),
                amounts: Vec::new(),
                dates: Vec::new(),
            });
        }
        let Some(adjudication) = line.adjudications.last_mut() else { return };
        match segment.tag_bytes() {
            b"CAS" => adjudication.adjustments.extend(adjustments(segment)),
            b"AMT" => adjudication.amounts.push(Amount::from_amt(segment)),
            b"DTP" => adjudication.dates.push(Dated::from_dtp(segment)),
            _ => {}
        }
    }

    pub(super) fn finish_claim(&mut self, next: Option<&Placed>) -> Option<Claim<'a>> {
        let mut claim = self.claim.take()?;
        let end = next.map_or(self.set.segment_count() + 1, |next| next.number);
        claim.extent.claim.end = end;
        claim.loose_ends = std::mem::take(&mut self.loose_ends);
        Some(claim)
    }
}

/// The separators at the end of a segment that has values before them.
fn loose_end<'a>(segment: &Segment<'a>) -> Option<Field<'a>> {
    let separator = segment.delimiters().element;
    let bytes = segment.bytes();
    let count = bytes.iter().rev().take_while(|&&byte| byte == separator).count();
    let filled = bytes.len() - count;
    let end = bytes.get(filled..).filter(|end| !end.is_empty())?;
    let last = bytes.get(..filled)?.iter().filter(|&&byte| byte == separator).count();
    (last > 0).then(|| Field::new(end, segment.place(last + 1, 0)))
}

/// The field, unless it is empty.
fn filled(field: Field<'_>) -> Option<Field<'_>> {
    Some(field).filter(|field| !field.is_empty())
}

/// Ends an open range at `number`; one that is closed or was never begun stays as it is.
fn close(range: &mut Range<u32>, number: u32) {
    if range.start != 0 && range.start == range.end {
        range.end = number;
    }
}

impl<'a> Party<'a> {
    fn absent(nowhere: Field<'a>) -> Party<'a> {
        Party {
            place: nowhere.place,
            entity: nowhere,
            kind: nowhere,
            last_name: nowhere,
            first_name: nowhere,
            id_qualifier: nowhere,
            id: nowhere,
            address: None,
            references: Vec::new(),
            taxonomy: None,
            contacts: Vec::new(),
            birth: None,
            sex: None,
        }
    }
}

impl<'a> Claim<'a> {
    fn take_hi(&mut self, hi: &Segment<'a>) {
        // HI has twelve elements; what stands behind them is noise.
        let count = hi.elements().count().min(13);
        for n in 1..count {
            let code = match &mut self.institutional {
                Some(institutional) => institutional.take_code(hi, n),
                None => Some(Diagnosis::from_part(hi, n)),
            };
            self.diagnoses.extend(code.filter(|code| !code.qualifier.is_empty()));
        }
    }
}

impl<'a> Subscriber<'a> {
    fn blank(nowhere: Field<'a>) -> Subscriber<'a> {
        Subscriber {
            place: nowhere.place,
            responsibility: nowhere,
            relationship: nowhere,
            group_number: nowhere,
            group_name: nowhere,
            insurance_type: nowhere,
            filing_indicator: nowhere,
            death: None,
            weight: None,
            party: None,
        }
    }

    fn take_sbr(&mut self, sbr: &Segment<'a>) {
        self.place = sbr.place(0, 0);
        [
            self.responsibility,
            self.relationship,
            self.group_number,
            self.group_name,
            self.insurance_type,
            self.filing_indicator,
        ] = sbr.fields([1, 2, 3, 4, 5, 9]);
    }
}

impl<'a> Attachment<'a> {
    fn from_pwk(pwk: &Segment<'a>) -> Attachment<'a> {
        Attachment {
            report: pwk.field(1),
            transmission: pwk.field(2),
            control_number: pwk.field(6),
        }
    }
}

impl<'a> Ambulance<'a> {
    fn from_cr1(cr1: &Segment<'a>) -> Ambulance<'a> {
        Ambulance { place: cr1.place(0, 0), miles: cr1.field(6) }
    }
}

impl<'a> OtherPayer<'a> {
    fn from_sbr(sbr: &Segment<'a>) -> OtherPayer<'a> {
        let [responsibility, group_number, group_name, insurance_type, filing_indicator] =
            sbr.fields([1, 3, 4, 5, 9]);
        OtherPayer {
            place: sbr.place(0, 0),
            responsibility,
            group_number,
            group_name,
            insurance_type,
            filing_indicator,
            adjustments: Vec::new(),
            amounts: Vec::new(),
            remarks: Vec::new(),
            subscriber: None,
            payer: None,
            dates: Vec::new(),
        }
    }
}

impl<'a> Line<'a> {
    fn from_lx(lx: &Segment<'a>) -> Line<'a> {
        let absent = Field::absent(lx.place(0, 0));
        Line {
            place: lx.place(0, 0),
            number: lx.field(1),
            procedure: Procedure {
                place: lx.place(0, 0),
                qualifier: absent,
                code: absent,
                modifiers: Vec::new(),
                description: absent,
            },
            revenue_code: None,
            charge: absent,
            noncovered: None,
            unit: absent,
            quantity: absent,
            place_of_service: absent,
            pointers: Vec::new(),
            dental: None,
            dates: Vec::new(),
            amounts: Vec::new(),
            references: Vec::new(),
            attachments: Vec::new(),
            drug_list: None,
            drug: None,
            drug_quantity: None,
            ambulance: None,
            repriced_units: None,
            screening: None,
            equipment: None,
            bought_from: None,
            forms: Vec::new(),
            providers: Vec::new(),
            adjudications: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn take_sv1(&mut self, sv1: &Segment<'a>) {
        self.procedure = Procedure::from_element(sv1, 1);
        let [charge, unit, quantity, place_of_service, screening] = sv1.fields([2, 3, 4, 5, 11]);
        [self.charge, self.unit, self.quantity] = [charge, unit, quantity];
        self.place_of_service = place_of_service;
        self.screening = filled(screening);
        self.take_pointers(sv1, 7);
    }

    fn take_sv2(&mut self, sv2: &Segment<'a>) {
        self.revenue_code = filled(sv2.field(1));
        self.procedure = Procedure::from_element(sv2, 2);
        [self.charge, self.unit, self.quantity] = sv2.fields([3, 4, 5]);
        self.noncovered = filled(sv2.field(7));
    }

    fn take_sv3(&mut self, sv3: &Segment<'a>) {
        self.procedure = Procedure::from_element(sv3, 1);
        [self.charge, self.place_of_service, self.quantity] = sv3.fields([2, 3, 6]);
        self.take_pointers(sv3, 11);
        self.dental = Some(DentalLine::from_sv3(sv3));
    }

    fn take_pointers(&mut self, segment: &Segment<'a>, n: usize) {
        let pointers = segment.field_parts(n, [1, 2, 3, 4]).into_iter();
        self.pointers = pointers.filter(|pointer| !pointer.is_empty()).collect();
    }
}
