//! A small payer for the demonstration and for tests: it reads our 837 and answers with a 999, a
//! 277CA and an 835, by rules that anyone can read. It keeps nothing between files.
//!
//! - A member number that begins with `BAD` is rejected in the 277CA (A7:164).
//! - An injection into a joint (20610) that does not say which side is denied (CO-4).
//! - Everything else is paid at four fifths; a tenth is written off by contract (CO-45), and a
//!   tenth is the patient's coinsurance (PR-2).
//! - A replacement is preceded by the reversal of what was denied, which moves no money.

use bytes::Bytes;
use x12::answer::x231::{self, Echo, SetJudgement};
use x12::answer::{ta1, x214};
use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;
use x12::interchange::Interchange;
use x12::value::{Day, Money};
use x12::view::claim::{Claim, Line, claims};

use crate::intake::judge::{Judged, judge};

/// An answer, and what kind it is.
#[derive(Debug)]
pub struct Answer {
    /// `TA1`, `999`, `277CA`, `835`.
    pub kind: &'static str,
    pub bytes: Bytes,
}

/// Who the payer is.
#[derive(Clone, Debug)]
pub struct Payer {
    pub name: String,
    /// Its id in envelopes, with the qualifier ZZ.
    pub id: String,
}

/// Answers every interchange of a file. `first_number` is the control number of the first
/// answer; the others count on.
pub fn answer(
    payer: &Payer,
    file: &Bytes,
    first_number: u32,
    today: Day,
    time: &str,
) -> Vec<Answer> {
    let reading = x12::interchange::read(file);
    let mut desk = Desk { payer, number: first_number, today, time, answers: Vec::new() };
    for interchange in &reading.interchanges {
        desk.answer_interchange(interchange);
    }
    desk.answers
}

struct Desk<'a> {
    payer: &'a Payer,
    number: u32,
    today: Day,
    time: &'a str,
    answers: Vec<Answer>,
}

impl Desk<'_> {
    fn envelope(&mut self, interchange: &Interchange) -> Envelope {
        let isa = interchange.header();
        let theirs = x12::answer::sender_of(interchange);
        let number = self.number;
        self.number += 1;
        Envelope {
            sender_qualifier: "ZZ".to_owned(),
            sender: self.payer.id.clone(),
            receiver_qualifier: theirs.qualifier,
            receiver: theirs.id.clone(),
            application_sender: self.payer.id.clone(),
            application_receiver: theirs.id,
            day: self.today,
            time: self.time.to_owned(),
            control_number: number,
            wants_ta1: false,
            is_production: isa.text(15) != b"T",
        }
    }

    fn push(&mut self, kind: &'static str, composer: Composer) {
        self.answers.push(Answer { kind, bytes: composer.finish().into() });
    }

    fn answer_interchange(&mut self, interchange: &Interchange) {
        // What acknowledges our remittances is not acknowledged in its turn.
        if interchange.groups.iter().any(|group| !x231::is_wanted(interchange, group)) {
            return;
        }
        let envelope = self.envelope(interchange);
        let mut composer = Composer::new(&envelope, Delimiters::OURS);
        ta1::compose(&mut composer, interchange, &interchange.faults, &[]);
        self.push("TA1", composer);
        if !interchange.faults.is_empty() {
            return;
        }
        let numbers = x231::group_numbers(interchange);
        for (group, number) in interchange.groups.iter().zip(&numbers) {
            let judged: Vec<Judged> =
                group.sets.iter().map(|set| judge(interchange, group, set)).collect();
            let verdicts: Vec<SetJudgement> = judged
                .iter()
                .map(|set| SetJudgement { faults: set.faults.clone(), is_tolerated: false })
                .collect();
            let envelope = self.envelope(interchange);
            let mut composer = Composer::new(&envelope, Delimiters::OURS);
            let echo = Echo::WrongValues;
            let numbered = (group, number.as_slice());
            x231::compose(&mut composer, &envelope, interchange, numbered, &[], &verdicts, echo);
            self.push("999", composer);
            for (set, judged) in group.sets.iter().zip(&judged) {
                if judged.faults.is_empty() {
                    self.answer_set(interchange, set, judged);
                }
            }
        }
    }

    fn answer_set(
        &mut self,
        interchange: &Interchange,
        set: &x12::interchange::Set,
        judged: &Judged,
    ) {
        let all: Vec<Claim<'_>> = claims(interchange, set, &judged.walked).collect();
        let envelope = self.envelope(interchange);
        let trace = envelope.control_number.to_string();
        let mut composer = Composer::new(&envelope, Delimiters::OURS);
        composer.begin_group(&envelope, x214::GROUP, x214::VERSION);
        let answered: Vec<(Claim<'_>, x214::ClaimVerdict)> =
            all.iter().map(|claim| (claim.clone(), front_end(claim))).collect();
        let receipt = x214::Receipt {
            trace: &trace,
            received: self.today,
            processed: self.today,
            time: self.time,
            source_name: &self.payer.name,
            source_id: &self.payer.id,
        };
        x214::compose(&mut composer, interchange, set, &judged.walked, &answered, &receipt);
        composer.end_group();
        self.push("277CA", composer);
        let taken: Vec<&Claim<'_>> =
            all.iter().filter(|claim| front_end(claim).is_accepted).collect();
        let mut providers: Vec<&[u8]> = Vec::new();
        for claim in &taken {
            if !providers.contains(&claim.billing.id.bytes()) {
                providers.push(claim.billing.id.bytes());
            }
        }
        for provider in providers {
            let own: Vec<&Claim<'_>> = taken
                .iter()
                .copied()
                .filter(|claim| claim.billing.id.bytes() == provider)
                .collect();
            self.pay(interchange, &own);
        }
    }

    /// One 835 for the claims of one provider.
    fn pay(&mut self, interchange: &Interchange, claims: &[&Claim<'_>]) {
        let Some(first) = claims.first() else { return };
        let envelope = self.envelope(interchange);
        let decisions: Vec<Decision<'_>> = claims.iter().flat_map(|claim| decide(claim)).collect();
        let total: Money = decisions.iter().map(Decision::paid).sum();
        let mut composer = Composer::new(&envelope, Delimiters::OURS);
        composer.begin_group(&envelope, "HP", "005010X221A1");
        composer.begin_set("835", None);
        let day = self.today.to_wire();
        let (handling, method) = if total.is_zero() { ("H", "NON") } else { ("I", "CHK") };
        composer
            .segment("BPR")
            .text(handling)
            .money(total)
            .text("C")
            .text(method)
            .skip(11)
            .text(&day)
            .end();
        let trace = format!("EFT{:09}", envelope.control_number);
        composer.segment("TRN").text("1").text(&trace).text("1999999999").end();
        composer.segment("DTM").text("405").text(&day).end();
        composer.segment("N1").text("PR").text(&self.payer.name).end();
        composer.segment("N3").text("1 PAYER PLAZA").end();
        composer.segment("N4").text("BOSTON").text("MA").text("02110").end();
        composer
            .segment("PER")
            .text("BL")
            .text("PROVIDER DESK")
            .text("TE")
            .text("8005550199")
            .end();
        let (name, npi) = (first.billing.last_name.text(), first.billing.id.text());
        composer.segment("N1").text("PE").text(&name).text("XX").text(&npi).end();
        composer.segment("LX").text("1").end();
        for decision in &decisions {
            decision.write(&mut composer);
        }
        composer.end_set();
        composer.end_group();
        self.push("835", composer);
    }
}

/// The 277CA's word on a claim.
fn front_end(claim: &Claim<'_>) -> x214::ClaimVerdict {
    let member = claim.subscriber.party.as_ref().map(|party| party.id.text().into_owned());
    let is_unknown = member.is_some_and(|member| member.starts_with("BAD"));
    x214::ClaimVerdict {
        is_accepted: !is_unknown,
        status: vec![if is_unknown { "A7:164:IL" } else { "A2:20:PR" }.to_owned()],
        ..x214::ClaimVerdict::default()
    }
}

/// What the payer decides for a claim, or for the one that it replaces.
struct Decision<'a> {
    claim: &'a Claim<'a>,
    is_reversal: bool,
    is_denied: bool,
}

/// The number under which the payer knows a claim, made from the office's own.
fn payer_number(claim: &Claim<'_>) -> String {
    format!("PCN{}{}", claim.patient_control_number.text(), claim.frequency.text())
}

fn decide<'a>(claim: &'a Claim<'a>) -> Vec<Decision<'a>> {
    let is_denied = claim.lines.iter().any(lacks_side);
    let mut decisions = Vec::new();
    if claim.frequency.is("7") {
        decisions.push(Decision { claim, is_reversal: true, is_denied: true });
    }
    decisions.push(Decision { claim, is_reversal: false, is_denied });
    decisions
}

/// An injection into a joint needs RT or LT.
fn lacks_side(line: &Line<'_>) -> bool {
    let procedure = &line.procedure;
    procedure.code.is("20610")
        && !procedure.has_modifier("RT")
        && !procedure.has_modifier("LT")
        && !procedure.has_modifier("50")
}

/// What becomes of one line's charge.
struct Split {
    paid: Money,
    contractual: Money,
    coinsurance: Money,
    denied: Money,
}

impl Decision<'_> {
    fn split(&self, charge: Money) -> Split {
        let zero = Money::ZERO;
        if self.is_denied {
            return Split { paid: zero, contractual: zero, coinsurance: zero, denied: charge };
        }
        // Tenths of whole cents, rounded down; the payer keeps what is left over.
        let tenth = Money::from_cents(charge.cents() / 10);
        let paid = charge - tenth - tenth;
        Split { paid, contractual: tenth, coinsurance: tenth, denied: zero }
    }

    fn charges(&self) -> impl Iterator<Item = Money> {
        self.claim.lines.iter().map(|line| line.charge.money().unwrap_or_default())
    }

    fn paid(&self) -> Money {
        let paid: Money = self.charges().map(|charge| self.split(charge).paid).sum();
        if self.is_reversal { -paid } else { paid }
    }

    fn write(&self, composer: &mut Composer) {
        let claim = self.claim;
        let signed = |amount: Money| if self.is_reversal { -amount } else { amount };
        let coinsurance: Money = self.charges().map(|one| self.split(one).coinsurance).sum();
        let number = match (self.is_reversal, claim.reference("F8")) {
            (true, Some(original)) => original.text().into_owned(),
            _ => payer_number(claim),
        };
        let responsibility =
            if coinsurance.is_zero() { String::new() } else { signed(coinsurance).to_wire() };
        composer
            .segment("CLP")
            .text(&claim.patient_control_number.text())
            .text(if self.is_reversal { "22" } else { "1" })
            .money(signed(claim.charge()))
            .money(self.paid())
            .text(&responsibility)
            // A preferred provider organization: CI of the claim is no kind of plan here.
            .text("12")
            .text(&number)
            .text(&match &claim.institutional {
                Some(institutional) => institutional.facility_type.text(),
                None => claim.place_of_service.text(),
            })
            .text(&claim.frequency.text())
            .end();
        if let Some(person) = claim.person() {
            composer
                .segment("NM1")
                .text("QC")
                .text("1")
                .text(&person.last_name.text())
                .text(&person.first_name.text())
                .end();
        }
        for line in &claim.lines {
            self.write_line(composer, line);
        }
    }

    fn write_line(&self, composer: &mut Composer, line: &Line<'_>) {
        let charge = line.charge.money().unwrap_or_default();
        let split = self.split(charge);
        let signed = |amount: Money| if self.is_reversal { -amount } else { amount };
        let mut procedure = vec![line.procedure.qualifier.text(), line.procedure.code.text()];
        procedure.extend(line.procedure.modifiers.iter().map(|modifier| modifier.text()));
        let mut parts: Vec<&str> = procedure.iter().map(|part| part.as_ref()).collect();
        let revenue_code = line.revenue_code.map(|code| code.text()).unwrap_or_default();
        let mut beside = &*revenue_code;
        if line.procedure.code.is_empty() && !revenue_code.is_empty() {
            (parts, beside) = (vec!["NU", &*revenue_code], "");
        }
        composer
            .segment("SVC")
            .parts(&parts)
            .money(signed(charge))
            .money(signed(split.paid))
            .text(beside)
            .text(&line.quantity.text())
            .end();
        if let Some(days) = line.service_days() {
            composer.segment("DTM").text("472").text(&days.from.to_wire()).end();
        }
        let adjustments = [
            ("CO", "4", split.denied),
            ("CO", "45", split.contractual),
            ("PR", "2", split.coinsurance),
        ];
        for (group, reason, amount) in adjustments {
            if !amount.is_zero() {
                composer.segment("CAS").text(group).text(reason).money(signed(amount)).end();
            }
        }
        if let Some(number) = line.reference("6R") {
            composer.segment("REF").text("6R").text(&number.text()).end();
        }
    }
}
