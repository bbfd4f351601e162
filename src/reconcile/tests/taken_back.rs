//! What is over when a payer takes back what it said: items, and claims that were replaced or voided.

use super::decided_anew::said;
use super::*;
use crate::change::cases::Undecided;
use crate::change::{WorkId, WorkState};
use crate::denials::known::PlbRow;
use crate::reconcile::matching::{KnownLine, Void};
use crate::reconcile::taken_back::LineBefore;

/// A claim of 100.00 that was paid 60.00 in an earlier file, whose item is still open.
fn paid_before(id: i64, word: Word, category: Category) -> KnownClaim {
    let earlier = Said {
        arrival: ArrivalId(7),
        is_posted: true,
        paid_on: Day::new(2026, 10, 20),
        identity: "earlier".to_owned(),
        offset: 0,
        payer_control_number: "P1".to_owned(),
        charge: Money::from_cents(10_000),
        paid: Money::from_cents(6_000),
        adjustments: "CO-45 40.00".to_owned(),
        whole_lines: Vec::new(),
        lines: None,
        word,
        status: "1".to_owned(),
        is_let: false,
        claim: None,
    };
    let case = Undecided {
        work: WorkId(3),
        category,
        rule: String::new(),
        state: WorkState::Open,
        owner: String::new(),
        amount: Money::from_cents(4_000),
        arrival: Some(ArrivalId(7)),
        remitted: None,
        was_appealed: false,
        ending: None,
    };
    let payer_control_numbers = vec!["P1".to_owned()];
    let (earlier, undecided) = (vec![earlier], vec![case]);
    KnownClaim { payer_control_numbers, earlier, undecided, ..in_state(id, State::Paid) }
}

const TAKEN_BACK: &str = "CLP*A1*22*-100*-60**12*P1**8~CAS*CO*45*-40~";

#[test]
fn closes_items_about_what_was_taken_back() {
    let body = format!("{TAKEN_BACK}CLP*A1*1*100*70**12*P1~CAS*CO*45*30~");
    for (category, word) in [(Category::Denied, Word::Denied), (Category::Underpaid, Word::Paid)] {
        let known = [paid_before(1, word, category)];
        let decision = decide_one("I*10*C*CHK", &body, &known);
        let closed = &decision.change.work_moves;
        assert_eq!(closed.iter().map(|step| step.work).collect::<Vec<_>>(), [WorkId(3)]);
        assert_eq!(closed[0].to, WorkState::Resolved);
        assert!(closed[0].note.starts_with("the payer took back"), "{}", closed[0].note);
    }
    // What is about something else stays.
    let known = [paid_before(1, Word::Paid, Category::Discrepancy)];
    assert!(decide_one("I*10*C*CHK", &body, &known).change.work_moves.is_empty());
    let still = "CLP*A1*1*100*70**12*P1~CAS*CO*45*30~";
    let known = [paid_before(1, Word::Denied, Category::Denied)];
    // What is paid without that ends by itself.
    let paid = decide_one("I*70*C*CHK", still, &known);
    let notes: Vec<&str> = paid.change.work_moves.iter().map(|step| step.note.as_str()).collect();
    assert!(notes[0].starts_with("closed by itself") && notes.len() == 1, "{notes:?}");
}

/// The void has the claim's own number, day and charge, and the payer's number of it; yet what the
/// payer takes back is the claim.
#[test]
fn a_void_is_honoured_by_the_reversal_of_what_it_voids() {
    let void = KnownClaim {
        account: ClaimId(1),
        frequency: "8".to_owned(),
        original_number: "P1".to_owned(),
        patient_control_number: Phi::new("A1".to_owned()),
        ..in_state(2, State::Sent)
    };
    let charged = Money::from_cents(10_000);
    let taken = Void { claim: Some((ClaimId(2), State::Sent)), is_new_to_come: false, charged };
    let claim = paid_before(1, Word::Paid, Category::Discrepancy);
    let known = [KnownClaim { void: Some(taken), ..claim }, void];
    for frequency in ["8", "1", ""] {
        let body = TAKEN_BACK.replace("**8~", &format!("**{frequency}~"));
        let body = format!("{body}PLB*1999001013*20261231*WO:P1*-60~");
        let decision = decide_one("H*0*C*NON", &body, &known);
        let expected = [
            (1, Event::Voided, State::Paid, State::Closed),
            (2, Event::Closed, State::Sent, State::Closed),
        ];
        assert_eq!(moves(&decision), expected, "{frequency}");
        let of_claims = postings(&decision).iter().filter(|posting| posting.claim.is_some());
        assert!(of_claims.clone().all(|posting| posting.claim == Some(ClaimId(1))));
        // 100.00 is owed again, and charged no more.
        assert_eq!(balances(of_claims).get(&Account::Receivable), None);
    }
}

/// The office sent a void and then a replacement, before the payer answered: what is asked for goes on.
#[test]
fn a_void_leaves_the_charge_to_a_replacement_that_is_out() {
    let charged = Money::from_cents(10_000);
    let taken = Void { claim: Some((ClaimId(2), State::Sent)), is_new_to_come: false, charged };
    let claim = paid_before(1, Word::Paid, Category::Discrepancy);
    let of_first = |id, frequency: &str, number: &str| KnownClaim {
        account: ClaimId(1),
        frequency: frequency.to_owned(),
        original_number: number.to_owned(),
        patient_control_number: Phi::new("A1".to_owned()),
        ..in_state(id, State::Sent)
    };
    let known = [
        KnownClaim { void: Some(taken), is_replaced: true, ..claim },
        of_first(2, "8", "P1"),
        of_first(3, "7", "P1"),
    ];
    let anew = "CLP*A1*1*100*80**12*P2**7~CAS*CO*45*20~";
    let reversal = TAKEN_BACK.replace("**8~", "**1~");
    for (body, owed) in [(reversal.clone(), 10_000), (format!("{reversal}{anew}"), 0)] {
        let off = if owed == 0 { "I*20*C*CHK" } else { "H*0*C*NON" };
        let plb = if owed == 0 { "" } else { "PLB*1999001013*20261231*WO:P1*-60~" };
        let decision = decide_one(off, &format!("{body}{plb}"), &known);
        let charged = postings(&decision).iter().filter_map(ledger::charged);
        assert_eq!(charged.sum::<Money>(), Money::ZERO, "the replacement charges it");
        let closed = moves(&decision).into_iter().filter(|step| step.0 == 2);
        let closed: Vec<_> = closed.map(|(_, event, ..)| event).collect();
        assert_eq!(closed, [Event::Closed], "the void is done");
        assert!(decision.change.work.is_empty(), "{:?}", decision.change.work);
    }
}

/// The void went out, then the replacement, and the payer does the void: what is charged is the
/// replacement's by then.
#[test]
fn a_void_takes_no_charge_back_that_a_replacement_has() {
    let charged = Money::from_cents(10_000);
    let void = Some(Void { claim: None, is_new_to_come: false, charged });
    let paid = paid_before(1, Word::Paid, Category::Discrepancy);
    let body = format!("{TAKEN_BACK}PLB*1999001013*20261231*WO:P1*-60~");
    for (is_replaced, expected) in [(false, None), (true, Some(&10_000))] {
        let claim = KnownClaim { void: void.clone(), is_replaced, ..paid.clone() };
        let decision = decide_one("H*0*C*NON", &body, &[claim]);
        assert_eq!(moves(&decision), [(1, Event::Voided, State::Paid, State::Closed)]);
        assert_eq!(balances(postings(&decision)).get(&Account::Receivable), expected);
    }
}

/// Nobody waited any longer for the answer to a void, and the payer does it after all.
#[test]
fn a_claim_that_was_given_up_is_voided_all_the_same() {
    let paid = paid_before(1, Word::Paid, Category::Discrepancy);
    let body = format!("{TAKEN_BACK}PLB*1999001013*20261231*WO:P1*-60~");
    for (charged, owed) in [(10_000, None), (0, Some(&10_000))] {
        let charged = Money::from_cents(charged);
        let void = Some(Void { claim: None, is_new_to_come: false, charged });
        let claim = KnownClaim { void, state: State::Closed, ..paid.clone() };
        let decision = decide_one("H*0*C*NON", &body, &[claim]);
        assert!(moves(&decision).is_empty() && work(&decision).is_empty());
        assert_eq!(balances(postings(&decision)).get(&Account::Receivable), owed);
    }
}

/// A person said that 60.00 were overpaid, and the payer takes them back: nobody appeals for them.
#[test]
fn what_was_overpaid_and_is_taken_back_is_done_with() {
    let body = format!("{TAKEN_BACK}PLB*1999001013*20261231*WO:P1*-60~");
    let found = |cents, state| {
        let mut claim = paid_before(1, Word::Paid, Category::Overpaid);
        let amount = Money::from_cents(cents);
        let by_person = Undecided { arrival: None, amount, state, ..claim.undecided[0].clone() };
        claim.undecided = vec![by_person];
        claim
    };
    for (cents, state, opened, closed) in [
        (6_000, WorkState::Taken, Category::Discrepancy, 1),
        (6_000, WorkState::Released, Category::Discrepancy, 0),
        (6_000, WorkState::Resolved, Category::Underpaid, 0),
        // More is taken back than was overpaid.
        (5_000, WorkState::Open, Category::Underpaid, 0),
    ] {
        let decision = decide_one("H*0*C*NON", &body, &[found(cents, state)]);
        assert_eq!(work(&decision), [(opened, Some(1))], "{cents} {state:?}");
        assert_eq!(decision.change.work_moves.len(), closed, "{cents} {state:?}");
    }
    let anew = "CLP*A1*1*100*60**12*P2~CAS*CO*45*40~";
    let anew = format!("{TAKEN_BACK}{anew}");
    let decision = decide_one("H*0*C*NON", &anew, &[found(6_000, WorkState::Open)]);
    assert!(decision.change.work_moves.is_empty());
}

/// The void of a claim whose new one is to come was taken without a 277CA: the new one may go.
#[test]
fn a_reversal_takes_the_void_that_it_honours() {
    let charged = Money::from_cents(10_000);
    let void = Some(Void { claim: None, is_new_to_come: true, charged });
    let paid = paid_before(1, Word::Paid, Category::Discrepancy);
    for state in [State::Sent, State::Acknowledged] {
        let claim = KnownClaim { void: void.clone(), state, ..paid.clone() };
        let body = format!("{TAKEN_BACK}PLB*1999001013*20261231*WO:P1*-60~");
        let decision = decide_one("H*0*C*NON", &body, &[claim]);
        assert_eq!(moves(&decision), [(1, Event::ClaimAccepted, state, State::Accepted)]);
    }
}

/// The postings of a replacement are those of the claim that it replaces, in either order of files.
#[test]
fn a_replacement_shares_the_charge_with_what_it_replaces() {
    let first = paid_before(1, Word::Paid, Category::Discrepancy);
    let known = [
        KnownClaim { is_replaced: true, ..first },
        KnownClaim {
            account: ClaimId(1),
            frequency: "7".to_owned(),
            original_number: "P1".to_owned(),
            patient_control_number: Phi::new("A1".to_owned()),
            ..in_state(2, State::Sent)
        },
    ];
    for frequency in ["7", ""] {
        let anew = format!("CLP*A1*1*100*70**12*P2**{frequency}~CAS*CO*45*30~");
        let body = format!("{TAKEN_BACK}{anew}").replace("**8~", "**1~");
        let decision = decide_one("I*10*C*CHK", &body, &known);
        let expected = [
            (1, Event::Reversed, State::Paid, State::Accepted),
            (1, Event::Closed, State::Accepted, State::Closed),
            (2, Event::Paid, State::Sent, State::Paid),
        ];
        assert_eq!(moves(&decision), expected, "{frequency}");
        assert!(postings(&decision).iter().all(|posting| posting.claim == Some(ClaimId(1))));
    }
}

/// The reversal came first, and waits; once the payment comes both are posted, and a claim whose new one
/// is to come owes nothing until that goes out.
#[test]
fn a_void_takes_the_charge_back_once_whatever_comes_first() {
    let charged = Money::from_cents(10_000);
    let void = Some(Void { claim: None, is_new_to_come: true, charged });
    let claim = KnownClaim { void, ..in_state(1, State::Sent) };
    let body = format!("{TAKEN_BACK}PLB*1999001013*20261231*FB:C1*-60~");
    let text = whole("H*0*C*NON", &body).replace("20261030~", "20261031~").replace("T1001", "T2");
    let first = decide_text(&text, std::slice::from_ref(&claim)).remove(0);
    let payment = &first.change.payments[0];
    let earlier = vec![Said::of(payment, &payment.claims[0])];
    let second = decide_one("I*60*C*CHK", PAID_60, &[KnownClaim { earlier, ..claim }]);
    let [unblocked] = second.unblocked.as_slice() else { panic!("one waits no longer") };
    let mut posted = None;
    read_remittances(&text, |remittance| {
        let at = (unblocked.offset, &unblocked.claim);
        posted = attach(remittance, at, &incoming(remittance), Freed::Itself, (&LIMITS, &stamp()));
    });
    let posted = posted.expect("the reversal");
    let released = posted.released.iter().flat_map(|released| &released.postings);
    let sums = balances(postings(&first).iter().chain(postings(&second)).chain(released));
    assert_eq!(sums[&Account::Receivable], -10_000);
    assert_eq!(sums[&Account::Charges], 10_000);
}

#[test]
fn what_the_office_knows_that_a_plb_takes_opens_no_item() {
    let row = |reference: Option<&str>| PlbRow {
        payer: "acme".to_owned(),
        provider: Some("1999001013".to_owned()),
        reason: "LE".to_owned(),
        reference: reference.map(str::to_owned),
        amount_max: Money::from_cents(1_000),
        until: Day::new(2026, 10, 30).expect("a day"),
        meaning: "a levy".to_owned(),
        place: "denials.toml line 3".to_owned(),
    };
    let known = [known_claim(1)];
    let decided = |plb: &str, amount: &str, row: PlbRow| {
        let body = format!("CLP*A1*1*100*60**12*P1~CAS*CO*45*40~PLB*1999001013*20261231*{plb}~");
        let table = BUILT_IN.clone().with_known(vec![row]);
        let mut decision = None;
        read_remittances(&whole(&format!("I*{amount}*C*CHK"), &body), |remittance| {
            let incoming = Incoming { denials: &table, ..incoming(remittance) };
            decision = Some(decide(remittance, &known, &incoming, &LIMITS, &stamp()));
        });
        decision.expect("a remittance")
    };
    let levy = || row(Some("LEVY77"));
    let day_before = Day::new(2026, 10, 29).expect("a day");
    let cases = [
        ("LE:LEVY77*10", "50", levy(), true),
        ("LE:LEVY77*10.01", "49.99", levy(), false),
        ("LE:LEVY78*10", "50", levy(), false),
        ("LE:LEVY78*10", "50", row(None), true),
        // What names a claim is of that claim.
        ("LE:A1*10", "50", row(None), false),
        ("LS:LEVY77*10", "50", levy(), false),
        ("LE:LEVY77*10", "50", PlbRow { until: day_before, ..levy() }, false),
        ("LE:LEVY77*10", "50", PlbRow { payer: "beacon".to_owned(), ..levy() }, false),
        ("LE:LEVY77*10", "50", PlbRow { provider: Some("1999001302".to_owned()), ..levy() }, false),
        // A takeback is explained by what was carried.
        ("WO:LEVY77*10", "50", PlbRow { reason: "WO".to_owned(), ..levy() }, false),
    ];
    for (plb, amount, row, is_known) in cases {
        let told = format!("{plb} {row:?}");
        let Decision { change, summary, .. } = decided(plb, amount, row);
        assert_eq!(change.work.is_empty(), is_known, "{told}");
        assert_eq!(summary.known, usize::from(is_known), "{told}");
        let origin = &change.payments[0].provider_adjustments[0].origin;
        let words = "known until 2026-10-30 by denials.toml line 3: a levy";
        assert_eq!(origin == words, is_known, "{told}: {origin}");
        // It is posted either way.
        let cash = balances(&change.payments[0].postings)[&Account::Cash];
        assert_eq!(Money::from_cents(cash).to_wire(), amount, "{told}");
    }
}

#[test]
fn tells_when_money_is_taken_back_without_a_claim() {
    let body = |reference: &str| {
        format!("CLP*A1*1*100*60**12*P1001~CAS*CO*45*40~PLB*1999001013*20261231*WO:{reference}*10~")
    };
    let decision = decide_one("I*50*C*CHK", &body("X9999"), &[known_claim(1)]);
    assert_eq!(work(&decision), [(Category::Unexplained, None)]);
    let sums = balances(postings(&decision));
    assert_eq!((sums[&Account::Cash], sums[&Account::Takeback]), (5000, 1000));
    // It names a claim that was paid and never taken back.
    let numbered = KnownClaim { payer_control_numbers: vec!["P1001".to_owned()], ..known_claim(1) };
    let numbered_alone = std::slice::from_ref(&numbered);
    let decision = decide_one("I*50*C*CHK", &body("20260101P1001"), numbered_alone);
    assert_eq!(work(&decision), [(Category::Unexplained, Some(1))]);
    let item = &decision.change.work[0];
    assert!(
        item.what.contains("took nothing back") && item.action.contains("CLP02 22"),
        "{item:?}"
    );
    // Its reversal set nothing aside, and so took the money at once.
    let reversed = KnownClaim { earlier: vec![reversal()], ..numbered };
    let decision = decide_one("I*50*C*CHK", &body("20260101P1001"), &[reversed]);
    assert_eq!(work(&decision), [(Category::Unexplained, Some(1))]);
    assert!(decision.change.work[0].what.ends_with("nothing is left to be taken"));
}

fn reversal() -> Said {
    Said {
        arrival: ArrivalId(1),
        is_posted: true,
        paid_on: None,
        identity: "before".to_owned(),
        offset: 0,
        payer_control_number: "P1001".to_owned(),
        charge: Money::from_cents(-10_000),
        paid: Money::from_cents(-6000),
        adjustments: "CO-45 -40.00".to_owned(),
        whole_lines: Vec::new(),
        lines: None,
        word: Word::Reversed,
        status: "22".to_owned(),
        is_let: false,
        claim: None,
    }
}

/// A person took the first line out since, and numbered the second anew.
#[test]
fn what_is_taken_back_was_posted_to_the_lines_of_before() {
    let split = "SVC*HC:99213*40*30~CAS*CO*45*10~REF*6R*A1-1~\
                 SVC*HC:99213*20*15~CAS*CO*45*5~REF*6R*A1-1~";
    let second = "SVC*HC:93000*40*0~CAS*CO*50*40~REF*6R*A1-2~";
    let paid = format!("CLP*A1*1*100*45**12*P1~{split}{second}");
    let negated = |services: &str| {
        let minus = |text: String, amount: &str| {
            text.replace(&format!("*{amount}*"), &format!("*-{amount}*"))
                .replace(&format!("*{amount}~"), &format!("*-{amount}~"))
        };
        ["10", "5", "15", "20", "30", "40"].into_iter().fold(services.to_owned(), minus)
    };
    let [split, second] = [split, second].map(negated);
    let whole = "CLP*A1*22*-100*-45**12*P1~";
    let by = |lines: &[u32], how: &str| {
        let told =
            (1..).zip(lines).map(|(at, line)| format!("service {at} is line {line} by {how}"));
        told.collect::<Vec<String>>()
    };
    let other = second.replace("CO*50", "CO*29");
    let kept = "what it takes back";
    let cases = [
        (format!("{whole}{split}{second}"), true, by(&[1, 1, 2], kept)),
        (format!("{whole}{second}{split}"), true, by(&[2, 1, 1], kept)),
        (format!("CLP*A1*22*-40*0**12*P1~{second}"), true, by(&[2], kept)),
        // What was never said, and a claim that nobody edited.
        (format!("CLP*A1*22*-40*0**12*P1~{other}"), true, by(&[1], "line control number")),
        (format!("{whole}{split}{second}"), false, by(&[1, 1, 2], "line control number")),
    ];
    for (body, is_edited, expected) in cases {
        let mut claim = said(&[(10, "I*45*C*CHK", &paid)]);
        if is_edited {
            let before = |line: &KnownLine, now| LineBefore {
                number: line.number,
                charge: line.charge,
                day: line.day,
                now,
            };
            claim.lines_before =
                vec![before(&claim.lines[0], None), before(&claim.lines[1], Some(1))];
            claim.lines.remove(0);
            claim.lines[0].number = 1;
        }
        let decision = decide_one("I*0*C*CHK", &body, &[claim]);
        let told = decision.change.payments[0].claims[0].lines.replace(", denied", "");
        assert_eq!(told.split("; ").collect::<Vec<&str>>(), expected, "{body}");
    }
}
