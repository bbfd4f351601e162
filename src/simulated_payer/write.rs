//! Remittances as X12.

use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;

use super::Desk;
use super::cycle::{Entry, File, Heading, Payment};
use super::decide::{Adjusted, Decided, Service};
use super::filed::Code;
use super::script::Payer;

/// Routing numbers that no bank has.
pub(super) const PAYER_BANK: &str = "999999992";
pub(super) const PAYEE_BANK: &str = "999988880";

/// All payees have theirs there.
pub(super) const PAYEE_ACCOUNT: &str = "2000002";

impl Desk<'_> {
    /// An interchange with its remittances, and its copies.
    pub(super) fn write_remittances(&mut self, file: &File) {
        for _ in 0..=file.again {
            let envelope = self.envelope(&file.to);
            let mut composer = Composer::new(&envelope, Delimiters::OURS);
            composer.begin_group(&envelope, "HP", "005010X221A1");
            for payment in &file.payments {
                composer.begin_set("835", None);
                payment.write(self.payer(), &envelope, &mut composer);
                composer.end_set();
            }
            composer.end_group();
            self.push("835", composer.finish());
        }
    }
}

impl Payment {
    fn write(&self, payer: &Payer, envelope: &Envelope, composer: &mut Composer) {
        let day = envelope.day.to_wire();
        self.write_money(payer, &day, composer);
        let tax_id = format!("1{}", payer.tax_id);
        composer.segment("TRN").text("1").text(&self.trace).text(&tax_id).end();
        composer.segment("DTM").text("405").text(&day).end();
        composer.segment("N1").text("PR").text(&payer.name).end();
        composer.segment("N3").text("1 PAYER PLAZA").end();
        composer.segment("N4").text("BOSTON").text("MA").text("02110").end();
        let per = composer.segment("PER").text("BL").text("PROVIDER DESK");
        per.text("TE").text("8005550199").end();
        let payee = &self.payee;
        let qualifier = if payee.npi.is_empty() { "FI" } else { "XX" };
        let n1 = composer.segment("N1").text("PE").text(&payee.name);
        n1.text(qualifier).text(payee.id()).end();
        if !payee.npi.is_empty() && !payee.tax_id.is_empty() {
            composer.segment("REF").text("TJ").text(&payee.tax_id).end();
        }
        for (number, heading) in self.headings.iter().enumerate() {
            composer.segment("LX").text(&(number + 1).to_string()).end();
            if self.is_shared {
                write_summary(heading, &fiscal_year(&day), composer);
            }
            for claim in &heading.claims {
                claim.write(composer);
            }
        }
        write_adjustments(&self.adjustments, &fiscal_year(&day), composer);
    }

    fn write_money(&self, payer: &Payer, day: &str, composer: &mut Composer) {
        let (handling, method) = match self.amount.is_zero() {
            true => ("H", "NON"),
            false => ("I", payer.pays_by.as_str()),
        };
        let bpr = composer.segment("BPR").text(handling).money(self.amount).text("C").text(method);
        if method != "ACH" {
            return bpr.skip(11).text(day).end();
        }
        let tax_id = format!("1{}", payer.tax_id);
        let bpr = bpr.text("CCP").text("01").text(PAYER_BANK).text("DA").text("1000001");
        let bpr = bpr.text(&tax_id).skip(1);
        let bpr = bpr.text("01").text(PAYEE_BANK).text("DA").text(PAYEE_ACCOUNT);
        bpr.text(day).end();
    }
}

/// The end of the payee's fiscal year, as PLB02 and TS303 have it.
fn fiscal_year(day: &str) -> String {
    format!("{}1231", day.get(..4).unwrap_or_default())
}

fn write_summary(heading: &Heading, fiscal_year: &str, composer: &mut Composer) {
    let Heading { payee, claims } = heading;
    let facility = claims.first().map(|claim| claim.facility.as_str()).unwrap_or_default();
    let charge = claims.iter().map(|claim| claim.charge).sum();
    let ts3 = composer.segment("TS3").text(payee.id()).text(facility).text(fiscal_year);
    ts3.text(&claims.len().to_string()).money(charge).end();
}

/// Six entries to a segment, each provider by itself.
fn write_adjustments(entries: &[Entry], fiscal_year: &str, composer: &mut Composer) {
    const ENTRIES_MAX: usize = 6;
    for of_provider in entries.chunk_by(|one, other| one.provider == other.provider) {
        for some in of_provider.chunks(ENTRIES_MAX) {
            let provider = some.first().map(|entry| entry.provider.as_str()).unwrap_or_default();
            let mut plb = composer.segment("PLB").text(provider).text(fiscal_year);
            for entry in some {
                plb = plb.parts(&[&entry.reason, &entry.reference]).money(entry.amount);
            }
            plb.end();
        }
    }
}

impl Decided {
    fn write(&self, composer: &mut Composer) {
        let share = self.share();
        let share = if share.is_zero() { String::new() } else { share.to_wire() };
        let clp = composer.segment("CLP").text(&self.number).text(&self.status);
        let clp = clp.money(self.charge).money(self.paid).text(&share);
        // A preferred provider organization: CI of the claim is no kind of plan here.
        let clp = clp.text("12").text(&self.payer_number).text(&self.facility);
        clp.text(&self.frequency).end();
        write_reasons(&self.adjustments, composer);
        let nm1 = composer.segment("NM1").text("QC").text("1").text(&self.last_name);
        let nm1 = nm1.text(&self.first_name).skip(3);
        match self.member.is_empty() {
            true => nm1.end(),
            false => nm1.text("MI").text(&self.member).end(),
        }
        if !self.forward_to.is_empty() {
            let nm1 = composer.segment("NM1").text("TT").text("2").text(&self.forward_to);
            nm1.skip(4).text("PI").text("NEXTPAYER").end();
        }
        if !self.remarks.is_empty() {
            let mut moa = composer.segment("MOA").skip(2);
            for remark in self.remarks.iter().take(5) {
                moa = moa.text(remark);
            }
            moa.end();
        }
        if let Some(from) = self.from.filter(|_| self.services.is_empty()) {
            composer.segment("DTM").text("232").text(&from.to_wire()).end();
        }
        if !self.interest.is_zero() {
            composer.segment("AMT").text("I").money(self.interest).end();
        }
        for service in &self.services {
            service.write(composer);
        }
    }
}

impl Service {
    fn write(&self, composer: &mut Composer) {
        let svc = composer.segment("SVC").parts(&parts(&self.procedure));
        let svc = svc.money(self.charge).money(self.paid);
        let svc = svc.text(&self.revenue_code).text(&self.quantity);
        match &self.submitted {
            Some(submitted) => svc.parts(&parts(submitted)).end(),
            None => svc.end(),
        }
        if let Some(day) = self.day {
            composer.segment("DTM").text("472").text(&day.to_wire()).end();
        }
        write_reasons(&self.adjustments, composer);
        if !self.control_number.is_empty() {
            composer.segment("REF").text("6R").text(&self.control_number).end();
        }
        for remark in &self.remarks {
            composer.segment("LQ").text("HE").text(remark).end();
        }
    }
}

fn parts(code: &Code) -> Vec<&str> {
    let mut parts = vec![code.qualifier.as_str(), code.code.as_str()];
    parts.extend(code.modifiers.iter().map(String::as_str));
    parts
}

/// A CAS for each group, six reasons to a segment.
fn write_reasons(adjustments: &[Adjusted], composer: &mut Composer) {
    const REASONS_MAX: usize = 6;
    let mut groups: Vec<&str> = Vec::new();
    for one in adjustments {
        if !groups.contains(&one.group.as_str()) {
            groups.push(&one.group);
        }
    }
    for group in groups {
        let of_group: Vec<&Adjusted> =
            adjustments.iter().filter(|one| one.group == group).collect();
        for some in of_group.chunks(REASONS_MAX) {
            let mut cas = composer.segment("CAS").text(group);
            for (index, one) in some.iter().enumerate() {
                cas = if index > 0 { cas.skip(1) } else { cas };
                cas = cas.text(&one.reason).money(one.amount);
            }
            cas.end();
        }
    }
}
