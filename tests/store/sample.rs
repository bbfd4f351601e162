//! Made-up stores, arrivals, claims and payments. Nothing here belongs to anyone.

use std::sync::Arc;

use bytes::Bytes;
use claimgate::change::cases::Alike;
use claimgate::change::deposits::{
    Deposit, DepositId, DepositTier, NewDeposit, Pairing, PaymentId, Way, WrittenOff,
};
use claimgate::change::detached::{Detached, Waited};
use claimgate::change::refunds::Refund;
use claimgate::change::{
    ArrivalId, Awaits, BatchClaim, BrokenRule, Change, ClaimId, ClaimPlace, Compared, ContentHash,
    DeliveryKind, EditRecord, FindingRecord, Moment, Move, NewBatch, NewClaim, NewClaimPayment,
    NewDelivery, NewPayment, NewProviderAdjustment, NewWork, Override, Piece, Released, Resend,
    Settlement, Tier, Verdict, Word, WorkWords,
};
use claimgate::contracts::Class;
use claimgate::contracts::learned::{Key, Rate};
use claimgate::denials::Category;
use claimgate::denials::scenario::{COMBINATIONS, Core, Scenario};
use claimgate::ledger::{self, Account, Debtor, Posting};
use claimgate::lifecycle::{Event, State, advance};
use claimgate::scrub::Severity;
use claimgate::scrub::earlier::{Operation, ShortText, Stay, Visit};
use claimgate::store::{self, NewArrival, Remembered, Store};
use tempfile::TempDir;
use x12::delimiters::Delimiters;
use x12::fault::Place;
use x12::phi::Phi;
use x12::value::{Day, Money};
use x12::view::claim::Kind;

/// A new store, and the directory that it stands in.
pub fn new_store(scheme: &str) -> (Arc<dyn Store>, TempDir) {
    let dir = tempfile::tempdir().expect("a directory");
    let url = match scheme {
        "memory" => "memory:".to_owned(),
        "sqlite" => format!("sqlite:{}", dir.path().join("store.db").display()),
        other => panic!("nothing says how to make a store of scheme {other}"),
    };
    (store::open(&url).expect("a new store"), dir)
}

pub fn hash(text: &str) -> ContentHash {
    store::archive::hash_of(text.as_bytes())
}

pub fn cents(cents: i64) -> Money {
    Money::from_cents(cents)
}

pub fn day(day: u8) -> Day {
    Day::new(2026, 3, day).expect("a day in March")
}

pub fn arrival(channel: &str, text: &str) -> NewArrival {
    NewArrival {
        channel: channel.to_owned(),
        name: format!("{text}.edi"),
        content: hash(text),
        len: 1_000,
        received_at: Moment(500),
    }
}

/// Remembers an arrival that must be new.
pub fn arrive(store: &dyn Store, text: &str) -> ArrivalId {
    match store.remember(&arrival("office", text)).expect("remembered") {
        Remembered::New(id) => id,
        seen @ Remembered::Seen { .. } => panic!("{text} was {seen:?}"),
    }
}

/// A change that wants nothing yet.
pub fn change(at: i64) -> Change {
    Change { at: Moment(at), ..Change::default() }
}

pub fn settlement(arrival: ArrivalId) -> Settlement {
    Settlement { arrival, verdict: Verdict::Taken, summary: r#"{"claims":1}"#.to_owned() }
}

/// A clean claim for `ACME`; all that it holds depends on `number`.
pub fn claim(arrival: ArrivalId, number: u32) -> NewClaim {
    let start = u64::from(number) * 900;
    let piece =
        |from: u64, first_number| Piece { start: start + from, end: start + 99, first_number };
    NewClaim {
        arrival,
        place: ClaimPlace {
            kind: Kind::ALL[number as usize % Kind::ALL.len()],
            file: hash("the file"),
            delimiters: Delimiters::OURS,
            billing: piece(1, 4),
            subscriber: piece(2, 10),
            patient: Piece::default(),
            claim: piece(3, 20 + number),
        },
        follows: None,
        partner: "office".to_owned(),
        set_number: "0001".to_owned(),
        batch_reference: format!("REF{number}"),
        batch_type: "CH".to_owned(),
        is_test: number.is_multiple_of(2),
        patient_control_number: Phi::new(format!("PCN{number}")),
        payer_id: "99999".to_owned(),
        payer: Some("ACME".to_owned()),
        billing_npi: "1234567893".to_owned(),
        charge: cents(10_000 + i64::from(number)),
        frequency: "1".to_owned(),
        payer_control_number: String::new(),
        service_from: Some(day(1)),
        service_to: None,
        patient: format!("patient {}", number % 2),
        line_count: number,
        visits: (0..number % 3).map(|n| visit(n as u8 + 1)).collect(),
        operations: (0..number % 2).map(|_| operation()).collect(),
        stay: (number % 4 == 3).then(|| Stay { admitted: day(1), to: day(4), is_over: true }),
        fingerprint: hash(&format!("claim {number}")).0,
        event: Event::Passed,
        findings: Vec::new(),
        edits: Vec::new(),
        work: None,
    }
}

pub fn visit(on: u8) -> Visit {
    let [provider, specialty] = [b"1999001021", b"207Q00000X"].map(|text| ShortText::new(text));
    Visit { day: day(on), provider, specialty, is_apart: on == 2 }
}

pub fn operation() -> Operation {
    let Visit { day, provider, specialty, .. } = visit(3);
    Operation { day, code: ShortText::new(b"27130"), provider, specialty }
}

pub fn finding(number: u32) -> FindingRecord {
    FindingRecord {
        code: format!("CG-TEST-{number:02}"),
        severity: Severity::Hold,
        place: Place { offset: 77, segment: 21, element: 5, component: 3, repeat: 1 },
        what: "is wrong".to_owned(),
        fix: "write it right".to_owned(),
        status: "A7:500".to_owned(),
        tables: vec![("diagnosis".to_owned(), format!("edition {number}"))],
        edit: Some(EditRecord {
            element: "CLM05-3".to_owned(),
            from: Phi::new(" 1".to_owned()),
            to: Phi::new("1".to_owned()),
            is_made: number.is_multiple_of(2),
        }),
    }
}

pub fn override_of(claim: ClaimId, number: u32) -> Override {
    Override {
        claim,
        rule: finding(number).code,
        version: "claimgate 1.2.3, hcpcs 2026 October".to_owned(),
        content: hash("claim"),
        by: "ann".to_owned(),
        reason: "it is right".to_owned(),
    }
}

pub fn work(claim: Option<ClaimId>, deadline: Option<Day>) -> NewWork {
    NewWork {
        claim,
        arrival: None,
        category: Category::Held,
        desk: "billing".to_owned(),
        what: "what happened".to_owned(),
        action: "what to do".to_owned(),
        evidence: "CG-TEST-01".to_owned(),
        deadline,
        amount: cents(10_000),
        resend: deadline.map(|_| Resend::Original),
        remitted: None,
        lines: Vec::new(),
        clps: deadline
            .iter()
            .map(|day| Place { offset: 700 + usize::from(day.day()), ..Place::default() })
            .collect(),
        alike: Alike::default(),
    }
}

/// What items have in common: some share all of it, some a part.
pub fn alike(number: u32) -> Alike {
    let of = |one: &str, other: &str| if number.is_multiple_of(2) { one } else { other }.to_owned();
    Alike {
        payer: "acme".to_owned(),
        group: "CO".to_owned(),
        reason: of("97", ""),
        remarks: "M15 N20".to_owned(),
        procedure: format!("9921{}", number % 3),
        provider: of("1234567893", ""),
        rule: of("", "CG-TEST-01"),
        core: Core {
            scenario: Scenario::numbered((number % 5) as u8),
            combination: COMBINATIONS[number as usize % 4],
        },
    }
}

pub fn says(number: usize) -> WorkWords {
    let [what, action, evidence] =
        ["what is so", "what is left", "by"].map(|text| format!("{text} {number}"));
    // Of some that stays as it was.
    let what = Some(what).filter(|_| !number.is_multiple_of(5));
    let (action, evidence) = (Some(action), Some(evidence).filter(|_| !number.is_multiple_of(3)));
    WorkWords { what, action, evidence, amount: Some(Money::from_cents(number as i64)) }
}

/// A step that the lifecycle allows.
pub fn step(claim: ClaimId, from: State, event: Event) -> Move {
    let to = advance(from, event).expect("a step of the lifecycle");
    Move { claim, event, from, to, note: format!("by {}", event.name()), arrival: None }
}

pub fn delivery(channel: &str, name: &str) -> NewDelivery {
    NewDelivery {
        channel: channel.to_owned(),
        kind: DeliveryKind::ImplementationAck,
        name: name.to_owned(),
        bytes: Bytes::from(format!("ISA*{name}~")),
        arrival: None,
    }
}

/// A change that sends ready claims to their payer.
pub fn batch(at: i64, control_number: u32, claims: &[ClaimId]) -> Change {
    let batch_claim = |&claim: &ClaimId| BatchClaim {
        claim,
        set_number: "0002".to_owned(),
        batch_reference: format!("B{control_number}"),
        frequency: "1".to_owned(),
        people: vec![Phi::new("ROE,J".to_owned()), Phi::new(format!("#W{}", claim.0))],
    };
    let mut change = change(at);
    change.moves = claims.iter().map(|&id| step(id, State::Ready, Event::Batched)).collect();
    change.batches.push(NewBatch {
        payer: "ACME".to_owned(),
        control_number,
        claims: claims.iter().map(batch_claim).collect(),
        charge: cents(20_000),
        delivery: NewDelivery { kind: DeliveryKind::Claims, ..delivery("acme", "out.837") },
    });
    change
}

/// What a person does with the money of `payment`, when it waits.
pub fn released(arrival: ArrivalId, claim: Option<ClaimId>) -> Released {
    let source = Place { offset: 900, segment: 12, ..Place::default() };
    let posting = |account, amount| Posting {
        account,
        claim,
        line: String::new(),
        amount: cents(amount),
        reason: "paid".to_owned(),
        source,
    };
    let against = claim.map_or(Account::WriteOff, |_| Account::Receivable);
    Released {
        arrival,
        offset: source.offset,
        claim,
        word: claim.map(|_| Word::Paid),
        tier: claim.map(|_| Tier::Person),
        matched_by: "ann: found it".to_owned(),
        lines: String::new(),
        adjustments: claim.map(|_| "line 1 CO-45 40.00".to_owned()),
        number_before: None,
        left: cents(0),
        postings: vec![posting(Account::Suspense, 6_000), posting(against, -6_000)],
    }
}

/// The same of a part, beside which so much waits on.
pub fn part_released(arrival: ArrivalId, claim: Option<ClaimId>, left: i64) -> Released {
    let mut released = released(arrival, claim);
    released.left = cents(left);
    released.postings[0].amount -= released.left;
    released.postings[1].amount += released.left;
    released
}

/// What of it is taken back.
pub fn detached(arrival: ArrivalId, from: Option<ClaimId>, left: i64) -> Detached {
    let released = part_released(arrival, from, left);
    let back = released.postings.into_iter();
    Detached {
        arrival,
        offset: released.offset,
        from,
        left: released.left,
        waits: Waited {
            claim: None,
            tier: Tier::Suggested,
            matched_by: "not matched; taken back by ann: not so".to_owned(),
            lines: String::new(),
            adjustments: "CO-45 40.00".to_owned(),
            waits: Some(Awaits::Person),
            suspended: cents(6_000),
            number: None,
        },
        postings: back.map(|made| Posting { amount: -made.amount, ..made }).collect(),
    }
}

/// A remittance that pays a claim 60 of 100 and adjusts the rest.
pub fn payment(arrival: ArrivalId, identity: &str, claim: Option<ClaimId>) -> NewPayment {
    let source = Place { offset: 900, segment: 12, ..Place::default() };
    let posting = |account, amount, reason: &str| Posting {
        account,
        claim,
        line: "1".to_owned(),
        amount: cents(amount),
        reason: reason.to_owned(),
        source,
    };
    NewPayment {
        arrival,
        in_place_of: None,
        identity: identity.to_owned(),
        payer: "ACME".to_owned(),
        payee: "1999001013".to_owned(),
        trace: "TRACE1".to_owned(),
        payer_id: "1512345678".to_owned(),
        payer_name: "ACME HEALTH".to_owned(),
        way: Way::Ach,
        paid_on: Some(day(20)),
        amount: cents(6_000),
        is_balanced: true,
        claims: vec![NewClaimPayment {
            claim,
            tier: claim.map_or(Tier::Unknown, |_| Tier::ControlNumber),
            matched_by: "number".to_owned(),
            lines: "service 1 is line 1 by line control number".to_owned(),
            word: claim.map(|_| Word::Paid),
            suspended: claim.map_or(cents(6_000), |_| cents(0)),
            waits: None,
            status: "1".to_owned(),
            charge: cents(10_000),
            paid: cents(6_000),
            patient_responsibility: cents(1_000),
            payer_control_number: "PAYERS1".to_owned(),
            place: source,
            adjustments: "CO-45 30.00, PR-3 10.00".to_owned(),
        }],
        provider_adjustments: ["WO", "72"]
            .map(|reason| NewProviderAdjustment {
                payee: "1999001013".to_owned(),
                reason: reason.to_owned(),
                reference: Phi::new("REFERENCE1".to_owned()),
                amount: cents(-500),
                claim,
                origin: String::new(),
                place: source,
            })
            .to_vec(),
        broken: vec![BrokenRule {
            rule: "V05".to_owned(),
            times: 2,
            place: source,
            what: "what is wrong".to_owned(),
        }],
        postings: vec![
            posting(Account::Cash, 6_000, "paid"),
            posting(Account::Contractual, 3_000, "CO-45"),
            posting(Account::Patient, 1_000, "PR-3"),
            posting(Account::Receivable, -10_000, "paid"),
        ],
    }
}

/// A line that was paid, beside its contract.
pub fn compared(arrival: ArrivalId, claim: ClaimId) -> Compared {
    Compared {
        claim,
        arrival,
        place: Place { offset: 950, segment: 14, ..Place::default() },
        line: "1".to_owned(),
        code: "99213-25".to_owned(),
        contract: "acme-2026".to_owned(),
        plan: "GROUP1 12".to_owned(),
        day: Some(day(3)),
        charge: Some(cents(10_000)),
        allowed: cents(9_250),
        expected: cents(8_250),
        paid: cents(8_000),
        patient: cents(1_000),
        variance: cents(-250),
        class: Class::OlderRate,
        words: "99213, row 3 of acme.csv: 92.50 x 100 %".to_owned(),
    }
}

/// A rate that so many lines had.
pub fn rate(number: u32) -> Rate {
    let key = Key {
        payer: "ACME".to_owned(),
        payee: "1999001013".to_owned(),
        plan: "12".to_owned(),
        code: "99213".to_owned(),
        modifiers: String::new(),
        place: "11".to_owned(),
    };
    Rate {
        key,
        amount: cents(9_000 + i64::from(number % 2)),
        // Of some it was taken back.
        times: if number.is_multiple_of(5) { -(number as i32) } else { number as i32 },
        units_thousandths: i64::from(number)
            * if number.is_multiple_of(5) { -1_500 } else { 1_500 },
        day: day(number as u8 % 9 + 1),
        is_told: number.is_multiple_of(3),
    }
}

/// A deposit under a number, in the same amount as a payment.
pub fn new_deposit(arrival: ArrivalId, number: u8, trace: &str) -> NewDeposit {
    let place = Place { offset: 190, segment: 3, ..Place::default() };
    let amount = cents(6_000);
    let deposit = Deposit {
        arrival,
        identity: format!("deposit {number}"),
        day: day(number + 1),
        amount,
        way: Way::Ach,
        trace: trace.to_owned(),
        payer_id: "1512345678".to_owned(),
        payer_name: "ACME HEALTH".to_owned(),
        bank_reference: "011000010000007".to_owned(),
        is_claim_payment: true,
        place,
    };
    NewDeposit { deposit, postings: ledger::deposit(amount, place) }
}

/// What a person gave up of a payment.
pub fn written_off(payment: i64, amount: i64) -> (WrittenOff, Vec<Posting>) {
    let place = Place { offset: 250, segment: 4, element: 2, ..Place::default() };
    let amount = cents(amount);
    let one = WrittenOff { payment: PaymentId(payment), amount, why: "ann: a fee".to_owned() };
    (one, ledger::never_came(amount, place))
}

/// What was sent back of what the first payment carries, or of the first claim.
pub fn refund(number: i64, has_claim: bool) -> (Refund, Vec<Posting>) {
    let source = Place { offset: 260, segment: 5, element: 4, ..Place::default() };
    let amount = cents(100 * number);
    let refund = Refund {
        payer: "ACME".to_owned(),
        payee: "1999001013".to_owned(),
        reference: Phi::new(if has_claim { "" } else { "REFERENCE1" }.to_owned()),
        claim: has_claim.then_some(ClaimId(1)),
        account: Account::Takeback,
        payment: (!has_claim).then_some(PaymentId(1)),
        amount,
        number: format!("88{number}"),
        why: "ann: a letter".to_owned(),
        source,
    };
    let postings = match has_claim {
        true => ledger::refund_of_claim((ClaimId(1), Debtor::Payer), (amount, Money::ZERO), source),
        false => ledger::refund(Account::Takeback, amount, source),
    };
    (refund, postings)
}

/// The same, waited for again.
pub fn reopened(payment: i64, amount: i64) -> (WrittenOff, Vec<Posting>) {
    let (one, _) = written_off(payment, amount);
    let (_, postings) = written_off(payment, -amount);
    (WrittenOff { why: "ann: it came".to_owned(), ..one }, postings)
}

/// A deposit that is the money of a payment.
pub fn pairing(deposit: i64, payment: i64) -> (Pairing, Vec<Posting>) {
    let (amount, evidence) = (cents(6_000), "what agrees".to_owned());
    let (deposit, payment) = (DepositId(deposit), PaymentId(payment));
    let tier = DepositTier::TraceAndPayer;
    let place = Place { offset: 190, segment: 3, ..Place::default() };
    (Pairing { deposit, payment, amount, tier, evidence }, ledger::deposited(amount, place))
}
