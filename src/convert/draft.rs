//! A remittance for a payment on paper, for a person to complete: all that the claims say is in it, and what
//! only the paper tells is a question mark, which no guide takes for an amount or an identifier.

use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;
use x12::view::claim::{Claim, Line};
use x12::view::parts::Party;

/// What is said of the payment.
#[derive(Clone, Debug)]
pub struct Heading {
    pub envelope: Envelope,
    /// TRN02.
    pub check: String,
    /// BPR16, as X12 writes a day.
    pub paid_on: String,
    /// TRN03, when the payer has told it before.
    pub payer_number: String,
    /// N1*PR, when the payer has told it before.
    pub payer_name: String,
}

/// What a claim says to the payer of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub payee: Payee,
    pub payer: Payer,
    number: String,
    /// CLP02: 1 the first payer, 2 the second, 3 a later one.
    status: &'static str,
    charge: String,
    filing_indicator: String,
    /// CLP07.
    payer_number: String,
    facility: String,
    frequency: String,
    patient: [String; 2],
    member: String,
    from: String,
    lines: Vec<Service>,
}

/// Who is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payee {
    name: String,
    npi: String,
    tax_id: String,
}

/// Who pays, as the claim says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payer {
    name: String,
    street: String,
    city: [String; 3],
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Service {
    procedure: Vec<String>,
    charge: String,
    revenue_code: String,
    quantity: String,
    day: String,
    /// REF*6R: the line's number as it was sent.
    number: String,
}

/// What a person has to fill in.
pub const ASKED: &str = "?";

/// What a claim says to its own payer, or to another that it names by NM109 of its 2330B; `None` when it
/// names no such payer. `payer_number` is the payer's own number of the claim.
pub fn told(claim: &Claim<'_>, other: Option<&str>, payer_number: String) -> Option<Told> {
    let own = &claim.subscriber;
    let (turn, filing_indicator, payer, subscriber) = match other {
        None => {
            (own.responsibility, own.filing_indicator, claim.payer.as_ref(), own.party.as_ref())
        }
        Some(id) => {
            let is_it = |payer: &&x12::view::claim::OtherPayer<'_>| {
                payer.id().is_some_and(|known| known.text().eq_ignore_ascii_case(id))
            };
            let payer = claim.other_payers.iter().find(is_it)?;
            let party = payer.payer.as_ref();
            (payer.responsibility, payer.filing_indicator, party, payer.subscriber.as_ref())
        }
    };
    let person = claim.person();
    let frequency = claim.frequency.text().into_owned();
    let institutional = claim.institutional.as_ref();
    let facility = institutional.map_or(claim.place_of_service, |bill| bill.facility_type);
    let indicator = filing_indicator.text().into_owned();
    let is_known = KINDS_OF_PLANS.contains(&indicator.as_str());
    Some(Told {
        payee: payee_of(&claim.billing),
        payer: payer_of(payer),
        number: claim.patient_control_number.text().into_owned(),
        status: match turn.bytes() {
            b"P" | b"U" | b"" => "1",
            b"S" => "2",
            _ => "3",
        },
        charge: claim.charge().to_wire(),
        filing_indicator: if is_known { indicator } else { "ZZ".to_owned() },
        payer_number,
        facility: facility.text().into_owned(),
        frequency,
        patient: [
            person.map(|it| it.last_name.text().into_owned()).unwrap_or_default(),
            person.map(|it| it.first_name.text().into_owned()).unwrap_or_default(),
        ],
        member: subscriber.map(|party| party.id.text().into_owned()).unwrap_or_default(),
        from: claim.service_days().map(|days| days.from.to_wire()).unwrap_or_default(),
        lines: claim.lines.iter().map(|line| service(claim, line)).collect(),
    })
}

/// CLP06.
const KINDS_OF_PLANS: [&str; 19] = [
    "12", "13", "14", "15", "16", "17", "AM", "CH", "DS", "HM", "LM", "MA", "MB", "MC", "OF", "TV",
    "VA", "WC", "ZZ",
];

fn payee_of(billing: &Party<'_>) -> Payee {
    let tax_id = billing.reference("EI").or_else(|| billing.reference("SY"));
    Payee {
        name: billing.last_name.text().into_owned(),
        npi: billing.id.text().into_owned(),
        tax_id: tax_id.map(|id| id.text().into_owned()).unwrap_or_default(),
    }
}

fn payer_of(payer: Option<&Party<'_>>) -> Payer {
    let address = payer.and_then(|payer| payer.address.as_ref());
    let name = payer.map(|payer| payer.last_name.text().into_owned()).unwrap_or_default();
    let untold = || "NOT TOLD".to_owned();
    Payer {
        name,
        street: address.map_or_else(untold, |address| address.line.text().into_owned()),
        city: match address {
            None => [untold(), String::new(), String::new()],
            Some(at) => [at.city, at.state, at.zip].map(|field| field.text().into_owned()),
        },
    }
}

fn service(claim: &Claim<'_>, line: &Line<'_>) -> Service {
    let revenue_code = line.revenue_code.map(|code| code.text().into_owned()).unwrap_or_default();
    // Where a line has no procedure, its revenue code stands for one.
    let (procedure, revenue_code) = match line.procedure.code.is_empty() {
        true if !revenue_code.is_empty() => (vec!["NU".to_owned(), revenue_code], String::new()),
        true | false => {
            let own = [line.procedure.qualifier, line.procedure.code].into_iter();
            let all = own.chain(line.procedure.modifiers.iter().copied());
            (all.map(|field| field.text().into_owned()).collect(), revenue_code)
        }
    };
    let number = line.reference("6R").map_or(line.number, |reference| reference);
    Service {
        procedure,
        charge: line.charge.money().unwrap_or_default().to_wire(),
        revenue_code,
        quantity: line.quantity.text().into_owned(),
        day: claim.days_of(line).map(|days| days.from.to_wire()).unwrap_or_default(),
        number: number.text().into_owned(),
    }
}

/// The remittance of one payer to one payee, with what is to be filled in.
pub fn draft(heading: &Heading, (payer, payee): (&Payer, &Payee), claims: &[Told]) -> Vec<u8> {
    let mut composer = Composer::new(&heading.envelope, Delimiters::OURS);
    composer.begin_group(&heading.envelope, "HP", "005010X221A1");
    composer.begin_set("835", None);
    let bpr = composer.segment("BPR").text("I").text(ASKED).text("C").text("CHK");
    bpr.skip(11).text(&heading.paid_on).end();
    let number = said(&heading.payer_number);
    composer.segment("TRN").text("1").text(&heading.check).text(number).end();
    let day = heading.envelope.day.to_wire();
    composer.segment("DTM").text("405").text(&day).end();
    let name = if heading.payer_name.is_empty() { &payer.name } else { &heading.payer_name };
    composer.segment("N1").text("PR").text(said(name)).end();
    composer.segment("N3").text(&payer.street).end();
    let [city, state, postal_code] = &payer.city;
    composer.segment("N4").text(city).text(state).text(postal_code).end();
    composer.segment("PER").text("BL").text("ON PAPER").end();
    let (qualifier, id) = match payee.npi.is_empty() {
        true => ("FI", &payee.tax_id),
        false => ("XX", &payee.npi),
    };
    composer.segment("N1").text("PE").text(&payee.name).text(qualifier).text(id).end();
    if !payee.npi.is_empty() && !payee.tax_id.is_empty() {
        composer.segment("REF").text("TJ").text(&payee.tax_id).end();
    }
    composer.segment("LX").text("1").end();
    for claim in claims {
        claim.write(&mut composer);
    }
    composer.end_set();
    composer.end_group();
    composer.finish()
}

fn said(text: &str) -> &str {
    if text.is_empty() { ASKED } else { text }
}

impl Told {
    fn write(&self, composer: &mut Composer) {
        let clp = composer.segment("CLP").text(&self.number).text(self.status).text(&self.charge);
        let clp = clp.text(ASKED).text(ASKED).text(&self.filing_indicator).text(&self.payer_number);
        clp.text(&self.facility).text(&self.frequency).end();
        let is_by_line = !self.lines.is_empty();
        if !is_by_line {
            self.write_reasons(composer);
        }
        let [last, first] = &self.patient;
        let nm1 = composer.segment("NM1").text("QC").text("1").text(last).text(first).skip(3);
        match self.member.is_empty() {
            true => nm1.end(),
            false => nm1.text("MI").text(&self.member).end(),
        }
        if !is_by_line && !self.from.is_empty() {
            composer.segment("DTM").text("232").text(&self.from).end();
        }
        for line in &self.lines {
            let svc = composer.segment("SVC").parts(&line.procedure).text(&line.charge);
            svc.text(ASKED).text(&line.revenue_code).text(&line.quantity).end();
            if !line.day.is_empty() {
                composer.segment("DTM").text("472").text(&line.day).end();
            }
            self.write_reasons(composer);
            composer.segment("REF").text("6R").text(&line.number).end();
        }
    }

    /// What is mostly taken off: by contract and the patient's share, of a later payer what the one before it
    /// settled.
    fn write_reasons(&self, composer: &mut Composer) {
        let usual = match self.status {
            "1" => [("CO", "45"), ("PR", "1")],
            _ => [("OA", "23"), ("PR", "3")],
        };
        for (group, reason) in usual {
            composer.segment("CAS").text(group).text(reason).text(ASKED).end();
        }
    }
}
