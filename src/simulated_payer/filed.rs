//! A claim as the payer keeps it: what it needs to decide, and to write a remittance about it.

use x12::answer;
use x12::interchange::Interchange;
use x12::value::{Day, Money};
use x12::view::claim::{Claim, Line, OtherPayer};
use x12::view::parts::{Adjustment, Procedure};

/// A claim that the payer took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub sender: Sender,
    pub payee: Payee,
    /// CLM01.
    pub number: String,
    /// CLM05-3.
    pub frequency: String,
    /// REF*F8: the payer's number of the claim that this one replaces.
    pub original: String,
    pub charge: Money,
    pub member: String,
    pub last_name: String,
    pub first_name: String,
    /// CLP08.
    pub facility: String,
    /// 1 when this payer is the first, 2 the second, 3 a later one.
    pub rank: u8,
    pub from: Option<Day>,
    /// What earlier payers paid and wrote off, as far as lines do not say it.
    pub prior: Money,
    pub lines: Vec<FiledLine>,
}

/// Who sent the interchange, and so gets the remittance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub qualifier: String,
    pub id: String,
    pub is_production: bool,
}

/// The provider that bills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payee {
    pub name: String,
    /// Empty when it bills without one.
    pub npi: String,
    /// Empty when it is not told.
    pub tax_id: String,
}

impl Payee {
    /// By which the payer knows it: its NPI, or else its tax id.
    pub fn id(&self) -> &str {
        if self.npi.is_empty() { &self.tax_id } else { &self.npi }
    }
}

/// A service line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledLine {
    /// LX01.
    pub number: u32,
    /// REF*6R; empty when there is none.
    pub control_number: String,
    pub procedure: Code,
    /// SVC04.
    pub revenue_code: String,
    pub charge: Money,
    pub quantity: String,
    pub day: Option<Day>,
    /// What earlier payers paid and wrote off.
    pub prior: Money,
}

/// A procedure with its modifiers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    pub qualifier: String,
    pub code: String,
    pub modifiers: Vec<String>,
}

impl Filed {
    /// What a claim of an 837 says.
    pub fn new(interchange: &Interchange, claim: &Claim<'_>) -> Filed {
        let theirs = answer::sender_of(interchange);
        let sender = Sender {
            qualifier: theirs.qualifier,
            id: String::from_utf8_lossy(&theirs.id).into_owned(),
            is_production: interchange.header().text(15) != b"T",
        };
        let billing = &claim.billing;
        let tax_id = billing.reference("EI").or_else(|| billing.reference("SY"));
        let payee = Payee {
            name: billing.last_name.text().into_owned(),
            npi: billing.id.text().into_owned(),
            tax_id: tax_id.map(|id| id.text().into_owned()).unwrap_or_default(),
        };
        let member = claim.subscriber.party.as_ref();
        let person = claim.person();
        let lines: Vec<FiledLine> =
            claim.lines.iter().map(|line| filed_line(claim, line)).collect();
        let is_told_by_line = lines.iter().any(|line| !line.prior.is_zero());
        Filed {
            sender,
            payee,
            number: claim.patient_control_number.text().into_owned(),
            frequency: claim.frequency.text().into_owned(),
            original: claim.reference("F8").map(|it| it.text().into_owned()).unwrap_or_default(),
            charge: claim.charge(),
            member: member.map(|party| party.id.text().into_owned()).unwrap_or_default(),
            last_name: person.map(|it| it.last_name.text().into_owned()).unwrap_or_default(),
            first_name: person.map(|it| it.first_name.text().into_owned()).unwrap_or_default(),
            facility: match &claim.institutional {
                Some(institutional) => institutional.facility_type.text().into_owned(),
                None => claim.place_of_service.text().into_owned(),
            },
            rank: match claim.subscriber.responsibility.bytes() {
                b"S" => 2,
                b"T" | b"A" | b"B" | b"C" | b"D" | b"E" | b"F" | b"G" | b"H" => 3,
                _ => 1,
            },
            from: claim.service_days().map(|days| days.from),
            prior: if is_told_by_line { Money::ZERO } else { prior_of_claim(&claim.other_payers) },
            lines,
        }
    }

    /// The number under which the payer knows the claim, made from the office's own.
    pub fn payer_number(&self) -> String {
        format!("PCN{}{}", self.number, self.frequency)
    }

    /// Whether it takes the place of another one.
    pub fn replaces(&self) -> bool {
        self.frequency == "7" || self.is_void()
    }

    /// Whether it only takes another one back.
    pub fn is_void(&self) -> bool {
        self.frequency == "8"
    }
}

fn filed_line(claim: &Claim<'_>, line: &Line<'_>) -> FiledLine {
    let revenue_code = line.revenue_code.map(|code| code.text()).unwrap_or_default();
    // Where a line has no procedure, its revenue code stands for one.
    let (procedure, revenue_code) = match line.procedure.code.is_empty() {
        true if !revenue_code.is_empty() => {
            let (qualifier, code) = ("NU".to_owned(), revenue_code.into_owned());
            (Code { qualifier, code, modifiers: Vec::new() }, String::new())
        }
        _ => (code_of(&line.procedure), revenue_code.into_owned()),
    };
    let prior = line.adjudications.iter().map(|earlier| {
        earlier.paid.money().unwrap_or_default() + written_off(&earlier.adjustments)
    });
    FiledLine {
        number: line.number.text().parse().unwrap_or_default(),
        control_number: line.reference("6R").map(|it| it.text().into_owned()).unwrap_or_default(),
        procedure,
        revenue_code,
        charge: line.charge.money().unwrap_or_default(),
        quantity: line.quantity.text().into_owned(),
        day: claim.days_of(line).map(|days| days.from),
        prior: prior.sum(),
    }
}

fn code_of(procedure: &Procedure<'_>) -> Code {
    let modifiers = procedure.modifiers.iter().map(|modifier| modifier.text().into_owned());
    Code {
        qualifier: procedure.qualifier.text().into_owned(),
        code: procedure.code.text().into_owned(),
        modifiers: modifiers.collect(),
    }
}

fn prior_of_claim(others: &[OtherPayer<'_>]) -> Money {
    let of_one = |other: &OtherPayer<'_>| {
        let paid = other.paid().and_then(|paid| paid.money()).unwrap_or_default();
        paid + written_off(&other.adjustments)
    };
    others.iter().map(of_one).sum()
}

/// What the patient does not owe. What a payer takes for settled before it (23) the payers before it tell themselves.
fn written_off(adjustments: &[Adjustment<'_>]) -> Money {
    let is_own = |one: &&Adjustment<'_>| !one.group.is("PR") && !one.reason.is("23");
    adjustments.iter().filter(is_own).map(Adjustment::money).sum()
}
