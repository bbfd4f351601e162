//! What an institutional claim says, read from our own files by the trade's names.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use bytes::Bytes;
use common::{guide_of, testdata};
use x12::interchange::{Reading, read};
use x12::segment::Field;
use x12::value::{Day, DayRange};
use x12::view::claim::institutional::{DatedCode, Institutional};
use x12::view::claim::{Claim, Kind, claims};
use x12::walk::walk;

fn reading_of(name: &str) -> Reading {
    let path = testdata().join("institutional").join(name);
    read(&Bytes::from(std::fs::read(path).expect("a test file")))
}

/// Looks at every claim of a file.
fn look(name: &str, mut at: impl FnMut(&Claim<'_>, &Institutional<'_>)) {
    let reading = reading_of(name);
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                let guide = guide_of(interchange, group, set).expect("a guide of ours");
                let walked = walk(interchange, set, guide);
                for claim in claims(interchange, set, &walked) {
                    assert_eq!(claim.kind, Kind::Institutional);
                    assert!(claim.dental.is_none());
                    let institutional = claim.institutional.as_ref().expect("its own part");
                    at(&claim, institutional);
                }
            }
        }
    }
}

fn texts<'a>(fields: impl IntoIterator<Item = Field<'a>>) -> Vec<String> {
    fields.into_iter().map(|field| field.text().into_owned()).collect()
}

fn dated(codes: &[DatedCode<'_>]) -> Vec<String> {
    let one = |code: &DatedCode<'_>| {
        let days = code.days().map(|days| (days.from.to_wire(), days.to.to_wire()));
        let (from, to) = days.expect("days in their form");
        format!("{} {} {from} {to}", code.list.text(), code.code.text())
    };
    codes.iter().map(one).collect()
}

fn day(year: u16, month: u8, day: u8) -> Day {
    Day::new(year, month, day).expect("a day of the calendar")
}

#[test]
fn reads_a_stay() {
    look("inpatient.edi", |claim, stay| {
        assert_eq!(stay.type_of_bill(), "111");
        assert!(stay.is_inpatient());
        assert!(claim.place_of_service.is_empty() && claim.frequency.is("1"));
        let codes = [stay.admission_type, stay.admission_source, stay.patient_status];
        assert_eq!(texts(codes), ["1", "1", "01"]);
        let statement = DayRange { from: day(2026, 2, 1), to: day(2026, 2, 5) };
        assert_eq!(claim.service_days(), Some(statement));
        let admission = stay.admission.expect("DTP*435");
        assert!(admission.value.is("202602011420"));
        assert_eq!(admission.days().map(|days| days.from), Some(statement.from));
        assert_eq!(texts(stay.discharge_hour), ["1130"]);
        assert_eq!(texts(stay.drg), ["193"]);
        let present = |lists: &[&str]| {
            let of_lists = claim.diagnoses_of(lists);
            texts(of_lists.flat_map(|known| [known.code, known.present_on_admission]))
        };
        assert_eq!(present(&["ABK"]), ["J189", "Y"]);
        assert_eq!(present(&["ABJ"]), ["J189", ""]);
        assert_eq!(present(&["ABF"]), ["J9601", "Y", "E119", "Y", "I10", "N"]);
        let procedures = [
            "BBR 3E03329 20260201 20260201",
            "BBQ 02HV33Z 20260202 20260202",
            "BBQ 5A1935Z 20260203 20260203",
        ];
        assert_eq!(dated(&stay.procedures), procedures);
        assert_eq!(texts(stay.principal_procedure().map(|known| known.code)), ["3E03329"]);
        assert_eq!(stay.other_procedures().count(), 2);
        assert_eq!(dated(&stay.occurrences), ["BH 11 20260130 20260130"]);
        assert_eq!(texts(stay.value("80")), ["4"]);
        assert!(claim.provider("71").is_some_and(|attending| attending.taxonomy.is_some()));
        assert!(claim.provider("72").is_some_and(|operating| operating.is_person()));
        assert_eq!(texts(claim.lines.iter().filter_map(|line| line.revenue_code)).len(), 4);
        let last = claim.lines.last().expect("a line");
        assert!(last.procedure.code.is_empty());
        assert_eq!(texts([last.charge, last.unit, last.quantity]), ["2500", "UN", "9"]);
        assert_eq!(texts(last.noncovered), ["100"]);
        assert_eq!(claim.days_of(last), Some(statement));
    });
}

#[test]
fn reads_a_visit_and_a_child_of_the_subscriber() {
    let mut seen = Vec::new();
    look("outpatient.edi", |claim, visit| {
        assert_eq!(visit.type_of_bill(), "131");
        assert!(!visit.is_inpatient() && visit.admission.is_none() && visit.drg.is_none());
        let reasons = texts(claim.diagnoses_of(&["APR"]).map(|reason| reason.code));
        let causes = texts(claim.diagnoses_of(&["ABN"]).map(|cause| cause.code));
        let procedures = texts(claim.lines.iter().map(|line| line.procedure.code));
        seen.push((claim.patient.is_some(), reasons, causes, visit.conditions.len(), procedures));
    });
    let text = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
    let visit =
        (false, text(&["M25571", "R600"]), text(&["W010XXA"]), 1, text(&["99284", "73610", ""]));
    let child = (true, text(&["R509"]), Vec::new(), 0, text(&["99213"]));
    assert_eq!(seen, [visit, child]);
}

#[test]
fn reads_what_another_payer_did() {
    look("other-payer.edi", |claim, stay| {
        assert_eq!(stay.type_of_bill(), "117");
        assert_eq!(dated(&stay.occurrence_spans), ["BI 70 20260102 20260109"]);
        let first = claim.other_payers.first().expect("another payer");
        assert_eq!(texts(first.paid()), ["3889.75"]);
        let adjudications = claim.adjudications_by(first.id().expect("its number"));
        let decided: Vec<_> = adjudications.map(|(_, known)| known.revenue_code).collect();
        assert_eq!(texts(decided), ["0120", "0360"]);
    });
}

#[test]
fn reads_every_kind_of_code() {
    look("every-loop.edi", |claim, stay| {
        if claim.patient_control_number.is("WH-5001") {
            assert_eq!(claim.coded_diagnoses().count(), 14);
            assert_eq!(claim.diagnoses_of(&["APR"]).count(), 3);
            let counts = [
                stay.procedures.len(),
                stay.occurrence_spans.len(),
                stay.occurrences.len(),
                stay.values.len(),
                stay.conditions.len(),
                stay.treatments.len(),
            ];
            assert_eq!(counts, [3, 2, 2, 3, 2, 2]);
            assert!(stay.has_condition("67") && !stay.has_condition("68"));
            let parts = claim.providers.iter().map(|party| party.entity);
            assert_eq!(texts(parts), ["71", "72", "ZZ", "82", "77", "DN"]);
        }
    });
}
