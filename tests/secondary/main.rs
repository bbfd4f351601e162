//! Whatever a first payer decides, the claim for the second one balances, passes our own scrub, and
//! what the second one answers leaves the patient what it says.

mod again;
#[path = "../aged/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod aged;
mod chain;
#[path = "../simulate/crashing.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod crashing;
mod crossed;
#[path = "../daemon/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
mod denied;
mod later;
mod named;
mod never_came;
mod paper;
mod refunded;
mod reopened;
mod returned;
mod split;
mod told;
mod waiting;

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use proptest::collection::vec;
use proptest::prelude::*;

use claimgate::audit::audit;
use claimgate::change::next::Answer;
use claimgate::change::{ClaimId, Moment};
use claimgate::clock::{self, Timestamp, Zone};
use claimgate::commands::statement;
use claimgate::commands::store::Office;
use claimgate::gateway::{Gateway, coordinate, dispatch, receive};
use claimgate::intake::judge::judge;
use claimgate::ledger::Account;
use claimgate::lifecycle::State;
use claimgate::settings::names::ChannelName;
use claimgate::settings::plan::Plan;
use claimgate::settings::written::Settings;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{self, When};
use claimgate::statement::Kind;
use claimgate::store::archive::Archive;
use claimgate::store::{self, Store};
use claimgate::transport::Arrival;
use x12::value::Money;
use x12::view::claim::{Claim, claims};

use crashing::Crashing;
use daemon::{Place, drop_whole, files_of, wait};

const BEGIN: i64 = 1_793_611_800_000_000;

/// What a payer takes off: group and reason. None of them is a denial.
const TAKEN_OFF: [(&str, &str); 7] = [
    ("CO", "45"),
    ("CO", "253"),
    ("PR", "1"),
    ("PR", "2"),
    ("PR", "3"),
    ("PI", "131"),
    ("OA", "45"),
];

/// What is paid of an amount, and how the rest is parted; thousandths.
#[derive(Clone, Debug)]
struct Part {
    weight: i64,
    paid: i64,
    rest: Vec<(usize, i64)>,
    units: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Each line by itself, and perhaps something off the claim as a whole.
    ByLine,
    /// Lines in several CLPs.
    Split,
    /// The claim as a whole, without lines.
    Whole,
    /// All paid on the first line.
    Bundled,
}

#[derive(Clone, Debug)]
struct Decision {
    form: Form,
    /// Each line in one part or more.
    lines: Vec<(i64, Vec<Part>)>,
    /// Off the claim as a whole.
    of_claim: Vec<(usize, i64)>,
    kind: usize,
    is_child: bool,
}

fn part() -> impl Strategy<Value = Part> {
    let rest = vec((0..TAKEN_OFF.len(), 1..1000_i64), 1..5);
    let units = prop_oneof![Just(""), Just("1"), Just("2"), Just("0")];
    (1..100_i64, 0..=1000_i64, rest, units).prop_map(|(weight, paid, rest, units)| Part {
        weight,
        paid,
        rest,
        units,
    })
}

fn decision() -> impl Strategy<Value = Decision> {
    let form = prop_oneof![
        4 => Just(Form::ByLine),
        2 => Just(Form::Split),
        2 => Just(Form::Whole),
        1 => Just(Form::Bundled)
    ];
    let line = (1_000..50_000_i64, vec(part(), 1..3));
    let of_claim = vec((0..TAKEN_OFF.len(), 1..200_i64), 0..3);
    (form, vec(line, 1..5), of_claim, 0..3_usize, any::<bool>()).prop_map(
        |(form, lines, of_claim, kind, is_child)| Decision {
            form,
            lines,
            of_claim,
            kind,
            is_child,
        },
    )
}

/// Cents as the wire has them.
fn wire(cents: i64) -> String {
    Money::from_cents(cents).to_wire()
}

/// Parts of an amount by their weights; the last has what is left over.
fn parted(amount: i64, weights: &[i64]) -> Vec<i64> {
    let all: i64 = weights.iter().sum();
    let mut parts: Vec<i64> = weights.iter().map(|weight| amount * weight / all).collect();
    let told: i64 = parts.iter().sum();
    *parts.last_mut().expect("a part") += amount - told;
    parts
}

/// CAS segments of what is taken off, and what of it is the patient's.
fn cas(amount: i64, rest: &[(usize, i64)], out: &mut String) -> i64 {
    let weights: Vec<i64> = rest.iter().map(|(_, weight)| *weight).collect();
    let mut patient = 0;
    for ((which, _), cents) in rest.iter().zip(parted(amount, &weights)) {
        let (group, reason) = TAKEN_OFF[*which];
        if cents != 0 {
            out.push_str(&format!("CAS*{group}*{reason}*{}~", wire(cents)));
        }
        patient += if group == "PR" { cents } else { 0 };
    }
    patient
}

/// The CLPs of a decision, what they pay, and what they leave to the patient.
struct Told {
    clps: String,
    paid: i64,
    patient: i64,
}

/// What a kind of claim bills.
const CODES: [[&str; 4]; 3] = [
    ["99213", "93000", "71046", "80053"],
    ["0510", "0730", "0300", "0320"],
    ["D0120", "D1110", "D0220", "D0274"],
];

fn svc01(kind: usize, line: usize) -> String {
    let list = ["HC", "NU", "AD"][kind];
    format!("{list}:{}", CODES[kind][line])
}

impl Decision {
    fn charge(&self) -> i64 {
        self.lines.iter().map(|(charge, _)| charge).sum()
    }

    fn form(&self) -> Form {
        match self.form {
            Form::Bundled if self.lines.len() < 2 || self.kind != 0 => Form::ByLine,
            form => form,
        }
    }

    fn told(&self, number: &str) -> Told {
        match self.form() {
            Form::Whole => self.clp(number, "P1", &[]),
            Form::ByLine | Form::Bundled => {
                let all: Vec<usize> = (0..self.lines.len()).collect();
                self.clp(number, "P1", &all)
            }
            Form::Split => {
                let (mut clps, mut paid, mut patient) = (String::new(), 0, 0);
                for line in 0..self.lines.len() {
                    let told = self.clp(number, &format!("P1S{line}"), &[line]);
                    clps += &told.clps;
                    (paid, patient) = (paid + told.paid, patient + told.patient);
                }
                Told { clps, paid, patient }
            }
        }
    }

    /// One CLP of some lines; of the claim as a whole without any.
    fn clp(&self, number: &str, payer_number: &str, lines: &[usize]) -> Told {
        let mut services = String::new();
        let (mut paid, mut patient) = (0, 0);
        let charge = match lines {
            [] => self.charge(),
            lines => lines.iter().map(|line| self.lines[*line].0).sum(),
        };
        for &line in lines {
            if self.form() == Form::Bundled {
                let (pays, owes) = self.bundled(number, line, &mut services);
                (paid, patient) = (paid + pays, patient + owes);
                continue;
            }
            let (cents, parts) = &self.lines[line];
            let weights: Vec<i64> = parts.iter().map(|part| part.weight).collect();
            for (part, cents) in parts.iter().zip(parted(*cents, &weights)) {
                let pays = cents * part.paid / 1000;
                services.push_str(&format!(
                    "SVC*{}*{}*{}**{}~DTM*472*20261006~",
                    svc01(self.kind, line),
                    wire(cents),
                    wire(pays),
                    part.units
                ));
                patient += cas(cents - pays, &part.rest, &mut services);
                services.push_str(&format!("REF*6R*{number}L{}~", line + 1));
                paid += pays;
            }
        }
        let mut of_claim = String::new();
        let off = match lines {
            [] => charge - charge * self.lines[0].1[0].paid / 1000,
            _ => self.of_claim.iter().map(|(_, cents)| cents).sum::<i64>().min(paid),
        };
        let rest = if lines.is_empty() { &self.lines[0].1[0].rest } else { &self.of_claim };
        if off > 0 {
            patient += cas(off, rest, &mut of_claim);
        }
        paid = if lines.is_empty() { charge - off } else { paid - off };
        let remarks = if self.kind == 1 { "MIA*0*1*2**MA01" } else { "MOA***MA01" };
        let clps = format!(
            "CLP*{number}*1*{}*{}*{}*12*{payer_number}*11*1~{of_claim}NM1*QC*1*ROE*JANE****MI*W10001~\
             {remarks}~{services}",
            wire(charge),
            wire(paid),
            wire(patient)
        );
        Told { clps, paid, patient }
    }

    /// What all lines charge is paid on the first, under another procedure.
    fn bundled(&self, number: &str, line: usize, out: &mut String) -> (i64, i64) {
        let (cents, parts) = &self.lines[line];
        let submitted = svc01(self.kind, line);
        if line > 0 {
            out.push_str(&format!(
                "SVC*HC:80050*{}*0**0*{submitted}~DTM*472*20261006~CAS*CO*97*{}~REF*6R*{number}L{}~",
                wire(*cents),
                wire(*cents),
                line + 1
            ));
            return (0, 0);
        }
        let all = self.charge();
        // What is not paid at all would be a denial.
        let pays = (all * parts[0].paid / 1000).max(1);
        out.push_str(&format!(
            "SVC*HC:80050*{}*{}**1*{submitted}~DTM*472*20261006~CAS*OA*94*{}~",
            wire(*cents),
            wire(pays),
            wire(cents - all)
        ));
        let owes = cas(all - pays, &parts[0].rest, out);
        out.push_str(&format!("REF*6R*{number}L1~"));
        (pays, owes)
    }

    /// The claim, for the first payer.
    fn claim(&self, number: &str) -> String {
        let charge = wire(self.charge());
        let person = "N3*1 ELM ST~N4*BOSTON*MA*021101111~DMG*D8*19800101*F~";
        let payer = "NM1*PR*2*ACME HEALTH*****PI*ACME1~";
        let above = match self.is_child {
            false => format!(
                "HL*2*1*22*0~SBR*P*18*GRP1******CI~NM1*IL*1*ROE*JANE****MI*W10001~{person}{payer}"
            ),
            true => format!(
                "HL*2*1*22*1~SBR*P**GRP1******CI~NM1*IL*1*ROE*MARK****MI*W10001~{payer}\
                 HL*3*2*23*0~PAT*19~NM1*QC*1*ROE*JANE~{person}"
            ),
        };
        let clm = match self.kind {
            0 => format!(
                "CLM*{number}*{charge}***11:B:1*Y*A*Y*Y~HI*ABK:E119~\
                 NM1*82*1*POE*SAM****XX*1999001021~PRV*PE*PXC*207Q00000X~"
            ),
            1 => format!(
                "CLM*{number}*{charge}***13:A:1**A*Y*Y~DTP*434*RD8*20261006-20261006~CL1*2*1*01~\
                 HI*ABK:M1711~NM1*71*1*ROWAN*STELLA****XX*1999001419~"
            ),
            _ => format!(
                "CLM*{number}*{charge}***11:B:1*Y*A*Y*Y~DTP*472*D8*20261006~\
                 NM1*82*1*POE*SAM****XX*1999001021~PRV*PE*PXC*1223G0001X~"
            ),
        };
        let relationship = if self.number_of_next() == "18" { "18" } else { "01" };
        let mut text = format!(
            "{above}{clm}SBR*S*{relationship}*GRP2******CI~OI***Y***Y~\
             NM1*IL*1*ROE*{}****MI*B20001~NM1*PR*2*BEACON PLAN*****PI*BEACON1~",
            if relationship == "18" { "JANE" } else { "JOHN" }
        );
        for (line, (cents, _)) in self.lines.iter().enumerate() {
            let (code, amount) = (svc01(self.kind, line), wire(*cents));
            let service = match self.kind {
                0 => format!("SV1*{code}*{amount}*UN*1***1~DTP*472*D8*20261006~"),
                1 => {
                    let (revenue, procedure) = [
                        ("0510", "99213"),
                        ("0730", "93000"),
                        ("0300", "80053"),
                        ("0320", "71046"),
                    ][line];
                    format!("SV2*{revenue}*HC:{procedure}*{amount}*UN*1~DTP*472*D8*20261006~")
                }
                _ => format!("SV3*{code}*{amount}~"),
            };
            text.push_str(&format!("LX*{}~{service}REF*6R*{number}L{}~", line + 1, line + 1));
        }
        text
    }

    /// Whether the second payer insures the patient: half of the charges say so.
    fn number_of_next(&self) -> &'static str {
        if self.charge() % 2 == 0 { "18" } else { "01" }
    }
}

fn envelope(kind: &str, sender: &str, version: &str, body: &str, segments: usize) -> Bytes {
    let set =
        if kind == "HC" { format!("ST*837*0001*{version}~") } else { "ST*835*0001~".to_owned() };
    Bytes::from(format!(
        "ISA*00*          *00*          *ZZ*{sender:<15}*ZZ*CLAIMGATE      *261102*0900*^*00501*\
         000000001*0*T*:~GS*{kind}*{sender}*CLAIMGATE*20261102*0900*1*X*{version}~{set}{body}\
         SE*{}*0001~GE*1*1~IEA*1*000000001~",
        segments + 2
    ))
}

fn office_file(decision: &Decision) -> Bytes {
    let version = ["005010X222A1", "005010X223A2", "005010X224A2"][decision.kind];
    let specialty = ["207Q00000X", "282N00000X", "1223G0001X"][decision.kind];
    let body = format!(
        "BHT*0019*00*B1*20261102*0900*CH~NM1*41*2*CEDAR BILLING*****46*CEDAR~\
         PER*IC*ANN LOW*TE*6175550142~NM1*40*2*CLAIMGATE*****46*CLAIMGATE~HL*1**20*1~\
         PRV*BI*PXC*{specialty}~NM1*85*2*CEDAR CLINIC*****XX*1999001013~N3*12 MAIN ST~\
         N4*BOSTON*MA*021103202~REF*EI*043219876~{}",
        decision.claim("A1")
    );
    envelope("HC", "CEDAR", version, &body, body.matches('~').count())
}

fn remittance(sender: &str, paid: i64, clps: &str) -> Bytes {
    let method = if paid == 0 { "NON" } else { "CHK" };
    let body = format!(
        "BPR*I*{}*C*{method}************20261110~TRN*1*{sender}1*1999999999~DTM*405*20261110~\
         N1*PR*{sender}~N3*1 PAYER PLAZA~N4*BOSTON*MA*02110~PER*BL*DESK*TE*8005550199~\
         N1*PE*CEDAR CLINIC*XX*1999001013~LX*1~{clps}",
        wire(paid)
    );
    envelope("HP", sender, "005010X221A1", &body, body.matches('~').count())
}

struct House {
    gateway: Gateway,
    now: Timestamp,
    _place: tempfile::TempDir,
}

impl House {
    fn open() -> House {
        House::with(store::open("memory:").expect("a store"))
    }

    fn with(store: Arc<dyn Store>) -> House {
        House::of(store, |_| {})
    }

    fn of(store: Arc<dyn Store>, settle: impl FnOnce(&mut Plan)) -> House {
        let place = tempfile::tempdir().expect("a directory");
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/claimgate.toml");
        let mut plan = Settings::load(Some(&config), place.path()).expect("settings");
        settle(&mut plan);
        let archive = Archive::open(&place.path().join("archive")).expect("an archive");
        let gateway = Gateway::new(plan, store, archive);
        House { gateway, now: Timestamp::from_micros(BEGIN), _place: place }
    }

    fn store(&self) -> &dyn Store {
        self.gateway.store.as_ref()
    }

    fn take(&mut self, channel: &str, bytes: Bytes) {
        let name = ChannelName::new(channel).expect("a name of the settings");
        let arrival = Arrival::of_bytes(name, format!("{channel}.edi"), bytes, self.now);
        receive::take_in(&self.gateway, &arrival, self.now).expect("taken in");
        coordinate::turn(&self.gateway, self.now).expect("next payers");
        self.now = Timestamp::from_micros(self.now.micros() + 600_000_000);
        dispatch::turn(&self.gateway, self.now).expect("batches");
    }

    fn office(&self) -> Office {
        Office {
            plan: self.gateway.plan.clone(),
            store: self.gateway.store.clone(),
            archive: self.gateway.archive.clone(),
            rulebook: claimgate::scrub::Rulebook::built_in(),
            now: self.now,
        }
    }

    fn state(&self, id: i64) -> Option<State> {
        self.store().claim(ClaimId(id)).expect("read").map(|claim| claim.state)
    }

    /// The one claim of the last file for a payer.
    fn sent_to(&self, payer: &str, look: impl FnOnce(&Claim<'_>)) {
        let channel = format!("{payer}:outbox");
        let sent = self.store().undelivered(&channel, Moment(i64::MAX), 99).expect("read");
        let bytes = sent.last().expect("a file").bytes.clone();
        let reading = x12::interchange::read(&bytes);
        let interchange = &reading.interchanges[0];
        let group = &interchange.groups[0];
        let judged = judge(interchange, group, &group.sets[0]);
        assert_eq!(judged.faults, [], "{}", String::from_utf8_lossy(&bytes));
        let mut found = claims(interchange, &group.sets[0], &judged.walked);
        look(&found.next().expect("a claim"));
        assert!(found.next().is_none(), "one claim");
    }
}

/// What the second payer is told balances to the cent, counted anew.
fn check_balance(claim: &Claim<'_>, told: &Told, charge: i64) {
    let cents = |money: Option<Money>| money.expect("an amount").cents();
    assert_eq!(claim.charge().cents(), charge);
    let other = &claim.other_payers[0];
    assert!(claim.subscriber.responsibility.is("S") && other.responsibility.is("P"));
    assert!(other.id().expect("its number").is("ACME1"));
    assert_eq!(cents(other.paid().expect("AMT*D").money()), told.paid);
    let of_claim: i64 = other.adjustments.iter().map(|one| one.money().cents()).sum();
    let (mut of_lines, mut paid, mut left) = (0, 0, 0);
    for line in &claim.lines {
        let mut accounted = 0;
        for known in &line.adjudications {
            let pays = cents(known.paid.money());
            let off: i64 = known.adjustments.iter().map(|one| one.money().cents()).sum();
            (paid, of_lines, accounted) = (paid + pays, of_lines + off, accounted + pays + off);
            left += known.amounts.iter().map(|one| cents(one.amount.money())).sum::<i64>();
        }
        let is_decided = !line.adjudications.is_empty();
        assert!(!is_decided || accounted == cents(line.charge.money()), "a line");
    }
    assert_eq!(told.paid + of_claim + of_lines, charge, "the claim");
    if claim.lines.iter().any(|line| !line.adjudications.is_empty()) {
        assert_eq!(paid - of_claim, told.paid, "what the lines were paid");
    }
    let of_claim = other.amounts.iter().filter(|one| one.qualifier.is("EAF"));
    left += of_claim.map(|one| cents(one.amount.money())).sum::<i64>();
    assert_eq!(left, told.patient, "what is left");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_decision_of_a_first_payer_makes_a_balanced_claim_for_the_second(
        decision in decision(),
        share in 0..=1000_i64,
    ) {
        let mut house = House::open();
        house.take("cedar", office_file(&decision));
        let came = house.store().history(ClaimId(1)).expect("read").expect("the claim");
        prop_assert_eq!(came.claim.state, State::Batched, "{:?}", came.findings);
        let told = decision.told("A1");
        house.take("acme", remittance("ACME", told.paid, &told.clps));
        prop_assert_eq!(house.state(1).map(|state| state.is_adjudicated()), Some(true));
        let next = house.store().next_payer(ClaimId(1)).expect("read").expect("it was asked");
        if told.patient <= 0 {
            prop_assert_eq!(next.answer, Some(Answer::NothingLeft), "{}", next.why.note);
            prop_assert_eq!(house.state(2), None);
            return Ok(());
        }
        let history = house.store().history(ClaimId(2)).expect("read");
        let history = history.ok_or_else(|| TestCaseError::fail(next.why.note.clone()))?;
        prop_assert_eq!(&history.findings, &[], "{:?}", history.work);
        prop_assert_eq!(history.claim.state, State::Batched);
        prop_assert_eq!(history.claim.follows, Some(ClaimId(1)));
        let charge = decision.charge();
        house.sent_to("beacon", |claim| check_balance(claim, &told, charge));

        let due = statement::statement_for(&house.office(), "A1").expect("a statement");
        prop_assert_eq!((due.bills.len(), due.waiting.len()), (0, 1), "a payer is expected");

        // The second payer pays a part of what was left.
        let pays = told.patient * share / 1000;
        let owes = told.patient - pays;
        let prior = charge - told.patient;
        let mut clp = format!(
            "CLP*A1*2*{}*{}*{}*12*B1*11*1~",
            wire(charge), wire(pays), wire(owes)
        );
        if prior > 0 {
            clp += &format!("CAS*OA*23*{}~", wire(prior));
        }
        if owes > 0 {
            clp += &format!("CAS*PR*2*{}~", wire(owes));
        }
        clp += "NM1*QC*1*ROE*JANE****MI*B20001~";
        house.take("beacon", remittance("BEACON", pays, &clp));
        prop_assert_eq!(house.state(2), Some(State::Paid));
        let balances = house.store().balances().expect("read");
        let of = |account| {
            balances.iter().filter(|one| one.account == account).map(|one| one.amount.cents()).sum()
        };
        prop_assert_eq!((of(Account::Receivable), of(Account::Patient)), (0_i64, owes));
        prop_assert_eq!(of(Account::Charges), -charge);
        let due = statement::statement_for(&house.office(), "A1").expect("a statement");
        prop_assert_eq!((due.waiting.len(), due.balance().cents()), (0, owes));
        for bill in &due.bills {
            prop_assert_eq!(bill.undecided().cents(), 0);
            let share = bill.entries.iter().filter(|entry| entry.kind == Kind::Share);
            prop_assert_eq!(share.map(|entry| entry.amount.cents()).sum::<i64>(), told.patient);
        }
        let archive = &house.gateway.archive;
        let audited = audit(house.store(), (&house.gateway.denials(), Moment(i64::MAX)), |arrival| {
            archive.get(&arrival.content).map_err(|error| error.to_string())
        });
        let audited = audited.expect("audited");
        prop_assert_eq!(audited.disagreements, Vec::<String>::new());
        prop_assert_eq!(audited.unexplained, Vec::new());
    }
}

/// One line, of which a part is left to the patient.
fn plain() -> Decision {
    let part = Part { weight: 1, paid: 500, rest: vec![(3, 1)], units: "1" };
    Decision {
        form: Form::ByLine,
        lines: vec![(10_000, vec![part])],
        of_claim: Vec::new(),
        kind: 0,
        is_child: false,
    }
}

#[test]
fn a_crash_anywhere_leaves_one_claim_for_the_second_payer() {
    for halves in 0..=5 {
        let crashing = Arc::new(Crashing::new(store::open("memory:").expect("a store")));
        let mut house = House::with(crashing.clone());
        house.take("cedar", office_file(&plain()));
        let told = plain().told("A1");
        let name = ChannelName::new("acme").expect("a name");
        let bytes = remittance("ACME", told.paid, &told.clps);
        let arrival = Arrival::of_bytes(name, "paid.x12".to_owned(), bytes, house.now);
        receive::take_in(&house.gateway, &arrival, house.now).expect("taken in");

        crashing.die_after(halves);
        let died = coordinate::turn(&house.gateway, house.now).is_err();
        assert_eq!(died, halves < 4, "{halves}: a file is remembered, and a change committed");
        crashing.revive();
        receive::finish_unsettled(&house.gateway, house.now).expect("finished");
        for _ in 0..2 {
            coordinate::turn(&house.gateway, house.now).expect("next payers");
        }
        let followers = house.store().followers(ClaimId(1)).expect("read");
        assert_eq!(followers.len(), 1, "{halves}");
        assert_eq!(followers[0].state, State::Ready);
        assert_eq!(house.store().next_payers_due(9).expect("read"), []);
        let archive = &house.gateway.archive;
        let audited =
            audit(house.store(), (&house.gateway.denials(), Moment(i64::MAX)), |arrival| {
                archive.get(&arrival.content).map_err(|error| error.to_string())
            });
        let audited = audited.expect("audited");
        assert_eq!((audited.disagreements, audited.undecided), (Vec::new(), 0), "{halves}");
        assert_eq!(audited.unexplained, Vec::new(), "{halves}");
    }
}

/// The payer answers what lies in its outbox.
fn answer(place: &Place, name: &str) {
    let folder = place.data().join("payers").join(name);
    wait("claims for a payer", || !files_of(&folder.join("outbox"), "_837.x12").is_empty());
    let file = files_of(&folder.join("outbox"), "_837.x12").remove(0);
    let batch = Bytes::from(std::fs::read(file).expect("read"));
    let id = name.to_uppercase();
    let when = When { today: clock::today(&Zone::UTC), time: "0000".to_owned() };
    let mut state = simulated_payer::State::default();
    let script = Script::plain(&id, &id);
    for answer in simulated_payer::answer(&script, &mut state, &batch, &when) {
        drop_whole(&folder.join("inbox"), &format!("{}.x12", answer.kind), &answer.bytes);
    }
}

#[test]
fn the_daemon_bills_the_second_payer_and_the_statement_waits_for_it() {
    let place = Place::new("", "");
    place.write(
        "config/payers/beacon.toml",
        "payer_ids = [\"BEACON1\"]\nisa_id = \"BEACON\"\n[batch]\nevery_seconds = 1\n",
    );
    let daemon = place.start();
    place.drop_claims("monday.edi", &office_file(&plain()));
    wait("the claim to leave", || !files_of(&place.payer("outbox"), "_837.x12").is_empty());
    let told = plain().told("A1");
    let paid = remittance("ACME", told.paid, &told.clps);
    drop_whole(&place.payer("inbox"), "paid.x12", &paid);
    let store = place.store();
    wait("the claim for the second payer", || {
        !store.followers(ClaimId(1)).expect("read").is_empty()
    });
    let early = place.command(&["statement", "A1"]);
    assert_eq!((early.status.code(), early.stdout.len()), (Some(1), 0));
    let told = String::from_utf8_lossy(&early.stderr).into_owned();
    assert!(told.contains("claim 1: beacon is expected to decide"), "{told}");
    answer(&place, "beacon");
    let state = |id| store.claim(ClaimId(id)).expect("read").expect("a claim").state;
    let work = || store.work(&store::WorkFilter::default()).expect("read");
    wait("what the second payer pays", || state(2) == State::Paid || !work().is_empty());
    assert_eq!(state(2), State::Paid, "{:?}", work());
    let due = place.command(&["statement", "2", "--format", "csv"]);
    let table = String::from_utf8_lossy(&due.stdout).into_owned();
    assert!(due.status.success() && table.contains("BEACON PLAN"), "{table}");
    let page = place.command(&["statement", "A1"]);
    assert!(String::from_utf8_lossy(&page.stdout).contains("You owe"), "a page");
    assert!(place.command(&["audit"]).status.success());
    daemon.stop();
}
