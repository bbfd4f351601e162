//! Which deposit is which remittance's, by what both say alone: the same in whatever order they come,
//! never against a name that the bank tells, and never as sure while one that is nearer stays open.

use claimgate::bank::{Terms, reassociate};
use claimgate::change::deposits::{
    Awaited, Deposit, DepositId, KeptCase, KeptDeposit, Pairing, PaymentId, Reassociation, Way,
};
use claimgate::change::{ArrivalId, Change, Moment, NewWork, Stamp, WorkId, WorkState, WorkWords};
use proptest::prelude::*;
use x12::fault::Place;
use x12::value::{Day, Money};

use crate::orders::cases;

/// Name in the settings, N1*PR, TRN03.
const PAYERS: [[&str; 3]; 3] = [
    ["acme", "ACME HEALTH", "1512345678"],
    ["beta", "BETA HEALTH PLAN OF OHIO", "1999999999"],
    ["gamma", "GAMMA MUTUAL", ""],
];

/// What the bank calls them, whose name it plainly is, and an id of theirs.
const NAMES: [(&str, Option<usize>, &str); 6] = [
    ("ACME HEALTH", Some(0), ""),
    ("ACME HEALTH", Some(0), "1512345678"),
    ("BETA HEALTH", Some(1), ""),
    ("GAMMA MUTUAL INS", Some(2), ""),
    ("ABC CLEARING", None, ""),
    ("", None, ""),
];

/// A remittance: who pays, and the day of November.
type Paid = (usize, u8);

/// A deposit: who pays, as the bank tells, and the day of November.
type Shown = (usize, u8);

fn day(of_november: u8) -> Day {
    Day::new(2026, 11, of_november).expect("a day")
}

fn payment(index: usize, (payer, paid_on): Paid) -> Awaited {
    let [name, payer_name, payer_id] = PAYERS[payer];
    Awaited {
        arrival: ArrivalId(1),
        identity: format!("payment {index:02}"),
        payer: name.to_owned(),
        payer_id: payer_id.to_owned(),
        payer_name: payer_name.to_owned(),
        way: Way::Ach,
        trace: "SAME1".to_owned(),
        paid_on: Some(day(paid_on)),
        amount: Money::from_cents(6_250),
        stated: Money::from_cents(6_250),
        written_off: Money::ZERO,
    }
}

fn deposit(index: usize, (name, shown_on): Shown) -> Deposit {
    let (payer_name, _, payer_id) = NAMES[name];
    Deposit {
        arrival: ArrivalId(2),
        identity: format!("deposit {index:02}"),
        day: day(shown_on),
        amount: Money::from_cents(6_250),
        way: Way::Ach,
        trace: "SAME1".to_owned(),
        payer_id: payer_id.to_owned(),
        payer_name: payer_name.to_owned(),
        bank_reference: String::new(),
        is_claim_payment: true,
        place: Place::default(),
    }
}

/// What is written when `paid` and `shown` are known, which came in these orders.
fn decide(paid: &[Paid], shown: &[Shown], orders: (&[usize], &[usize])) -> Option<Change> {
    let payments = orders.0.iter().zip(1..);
    let payments = payments.map(|(&at, id)| (PaymentId(id), payment(at, paid[at])));
    let deposits = orders.1.iter().zip(1..).map(|(&at, id)| KeptDeposit {
        id: DepositId(id),
        deposit: deposit(at, shown[at]),
        set_aside: String::new(),
    });
    let (payments, deposits) = (payments.collect(), deposits.collect());
    looked_at(&Reassociation { payments, deposits, ..Reassociation::default() })
}

/// What is written on the last of November when this is known.
fn looked_at(known: &Reassociation) -> Option<Change> {
    let terms = Terms { remittance_days: 5, deposit_days: 5, check_days: 10, since: Some(day(1)) };
    let stamp = Stamp { now: Moment(0), today: day(30), time: "0000".to_owned() };
    let payers = PAYERS.map(|[name, ..]| name.to_owned());
    reassociate(known, &payers, &terms, &stamp)
}

/// Deposits with their remittances, both by their places in what is known.
fn pairs(paid: &[Paid], shown: &[Shown], orders: (&[usize], &[usize])) -> Vec<(usize, usize)> {
    let change = decide(paid, shown, orders).unwrap_or_default();
    let place = |id: i64, order: &[usize]| order[usize::try_from(id).expect("a number") - 1];
    let of = |Pairing { deposit, payment, .. }: &Pairing| {
        (place(deposit.0, orders.1), place(payment.0, orders.0))
    };
    let mut pairs: Vec<_> = change.bank.paired.iter().map(|(pairing, _)| of(pairing)).collect();
    pairs.sort_unstable();
    pairs
}

fn in_order(paid: &[Paid], shown: &[Shown]) -> Vec<(usize, usize)> {
    let (payments, deposits): (Vec<_>, Vec<_>) =
        ((0..paid.len()).collect(), (0..shown.len()).collect());
    pairs(paid, shown, (&payments, &deposits))
}

#[test]
fn a_name_that_the_bank_tells_speaks_against_another_payers_remittance() {
    let (acme, beta, unknown, nobody) = (0, 2, 4, 5);
    // Beta's money is not ACME's, whose remittance alone came.
    assert_eq!(in_order(&[(0, 19)], &[(beta, 19)]), []);
    // Nearer days say less than names.
    assert_eq!(in_order(&[(0, 20), (1, 18)], &[(acme, 18), (beta, 20)]), [(0, 0), (1, 1)]);
    assert_eq!(in_order(&[(0, 19), (1, 19)], &[(beta, 19)]), [(0, 1)]);
    // What cannot be another's leaves the other to the one that says nothing.
    assert_eq!(in_order(&[(0, 19), (1, 19)], &[(unknown, 19), (beta, 19)]), [(0, 0), (1, 1)]);
    // A name that nobody is known by says nothing.
    assert_eq!(in_order(&[(0, 19)], &[(unknown, 19)]), [(0, 0)]);
    assert_eq!(in_order(&[(1, 19)], &[(nobody, 19)]), [(0, 0)]);
}

#[test]
fn a_deposit_of_another_payer_by_its_name_is_told_of() {
    let change = decide(&[(0, 19)], &[(2, 19)], (&[0], &[0])).expect("an item");
    let (_, work) = &change.bank.cases[0];
    assert!(work.what.ends_with("the bank names another payer"), "{}", work.what);
    // A deposit under the same number, of another payer and amount, is no difference.
    assert_eq!(change.bank.cases.len(), 1);
}

/// Remittances, deposits with day, cents and number, pairs of both, and the item.
type Taking<'a> = (&'a [Paid], &'a [(u8, i64, &'a str)], &'a [(i64, i64)], Option<String>);

/// What the bank took back of a deposit is nobody's money: its remittance waits again, until another comes.
#[test]
fn what_the_bank_takes_back_is_waited_for_again() {
    let shown = |index: usize, (of_november, cents, trace): (u8, i64, &str)| KeptDeposit {
        id: DepositId(index as i64 + 1),
        deposit: Deposit {
            amount: Money::from_cents(cents),
            trace: trace.to_owned(),
            bank_reference: if trace.is_empty() || index == 0 { "B77" } else { "" }.to_owned(),
            ..deposit(index, (1, of_november))
        },
        set_aside: String::new(),
    };
    let told = |paid: &[Paid], deposits: &[(u8, i64, &str)]| {
        let payments = paid.iter().enumerate();
        let payments = payments.map(|(at, one)| (PaymentId(at as i64 + 1), payment(at, *one)));
        let deposits = deposits.iter().enumerate().map(|(at, one)| shown(at, *one));
        let known = Reassociation {
            payments: payments.collect(),
            deposits: deposits.collect(),
            ..Reassociation::default()
        };
        let terms =
            Terms { remittance_days: 99, deposit_days: 99, check_days: 99, since: Some(day(1)) };
        let stamp = Stamp { now: Moment(0), today: day(30), time: "0000".to_owned() };
        let change = reassociate(&known, &[], &terms, &stamp).unwrap_or_default();
        let pairs = change.bank.paired.iter().map(|(one, _)| (one.deposit.0, one.payment.0));
        let items = change.bank.cases.iter().map(|(key, work)| format!("{key}: {}", work.what));
        (pairs.collect::<Vec<_>>(), items.collect::<Vec<_>>())
    };
    let back = "the bank took deposit 1 of 62.50 back on 2026-11-21: a check that was not paid, or a transfer \
                that was reversed";
    let first = (20, 6_250, "SAME1");
    let cases: [Taking<'_>; 8] = [
        (&[(0, 19)], &[first], &[(1, 1)], None),
        (&[(0, 19)], &[first, (21, -6_250, "SAME1")], &[], Some(format!("deposit 2: {back}"))),
        // It has the bank's number of the deposit, and no other.
        (&[(0, 19)], &[first, (21, -6_250, "")], &[], Some(format!("deposit 2: {back}"))),
        // It was deposited again, and another comes under the number.
        (&[(0, 19)], &[first, (21, -6_250, "SAME1"), (24, 6_250, "SAME1")], &[(3, 1)], None),
        // No remittance came yet.
        (&[], &[first, (21, -6_250, "SAME1")], &[], Some(format!("deposit 2: {back}"))),
        // A part, what came before, and another number take nothing back by themselves.
        (&[(0, 19)], &[first, (21, -250, "SAME1")], &[(1, 1)], Some("the bank took 2.50".into())),
        (
            &[(0, 19)],
            &[first, (19, -6_250, "SAME1")],
            &[(1, 1)],
            Some("the bank took 62.50".into()),
        ),
        (
            &[(0, 19)],
            &[first, (21, -6_250, "OTHER")],
            &[(1, 1)],
            Some("the bank took 62.50".into()),
        ),
    ];
    for (paid, deposits, pairs, item) in cases {
        let (found, items) = told(paid, deposits);
        assert_eq!(found, pairs, "{deposits:?}");
        match item {
            None => assert!(items.is_empty(), "{deposits:?}: {items:?}"),
            Some(what) => {
                assert_eq!(items.len(), 1, "{deposits:?}: {items:?}");
                assert!(items[0].contains(&what), "{deposits:?}: {items:?}");
            }
        }
    }
}

#[test]
fn no_deposit_is_sure_beside_one_that_is_as_doubtful() {
    let acme = 1;
    let paid = [(0, 19), (0, 19), (0, 19), (0, 18)];
    assert_eq!(in_order(&paid, &[(acme, 19), (acme, 19)]), []);
    assert_eq!(in_order(&paid, &[(acme, 19), (acme, 20)]), [], "nor one that is near to them");
    assert_eq!(in_order(&paid, &[(acme, 19), (acme, 18)]), [(1, 3)]);
    let all = [(acme, 19), (acme, 19), (acme, 19), (acme, 20)];
    assert_eq!(in_order(&paid, &all).len(), 4, "all of them are there");
}

fn some_of_each() -> impl Strategy<Value = (Vec<Paid>, Vec<Shown>)> {
    let near = || 16..22_u8;
    (
        prop::collection::vec((0..PAYERS.len(), near()), 1..7),
        prop::collection::vec((0..NAMES.len(), near()), 1..7),
    )
}

fn of_each_in_an_order() -> impl Strategy<Value = (Vec<Paid>, Vec<Shown>, Vec<usize>, Vec<usize>)> {
    some_of_each().prop_flat_map(|(paid, shown)| {
        let (payments, deposits): (Vec<_>, Vec<_>) =
            ((0..paid.len()).collect(), (0..shown.len()).collect());
        (Just(paid), Just(shown), Just(payments).prop_shuffle(), Just(deposits).prop_shuffle())
    })
}

/// Whether ids agree, or one is missing and no name speaks against it.
fn is_sound((name, _): Shown, (payer, _): Paid) -> (bool, bool) {
    let ((_, named, id), own) = (NAMES[name], PAYERS[payer][2]);
    let is_said = !id.is_empty() && !own.is_empty();
    (is_said && id == own, !is_said && named.is_none_or(|named| named == payer))
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn pairs_are_the_same_in_any_order((paid, shown, payments, deposits) in of_each_in_an_order()) {
        let expected = in_order(&paid, &shown);
        prop_assert_eq!(pairs(&paid, &shown, (&payments, &deposits)), expected);
    }

    #[test]
    fn no_pair_is_against_a_name_or_beside_a_nearer_one((paid, shown) in some_of_each()) {
        let pairs = in_order(&paid, &shown);
        for &(one, other) in &pairs {
            let (by_id, by_name) = is_sound(shown[one], paid[other]);
            prop_assert!(by_id || by_name, "{:?} and {:?}", shown[one], paid[other]);
            let apart = |paid: Paid| shown[one].1.abs_diff(paid.1);
            for (at, &rival) in paid.iter().enumerate() {
                let is_open = pairs.iter().all(|(_, paired)| *paired != at);
                let is_like = is_sound(shown[one], rival) == (by_id, by_name);
                prop_assert!(!(is_open && is_like && apart(rival) < apart(paid[other])), "{pairs:?}");
            }
        }
    }
}

/// One deposit of three checks: a person is told which remittances wait for them, and nothing is paired.
#[test]
fn a_slip_of_several_checks_is_told_with_their_remittances() {
    let told = |cents: &[i64], left: i64| {
        let payments = cents.iter().enumerate().map(|(at, cents)| {
            let amount = Money::from_cents(*cents);
            let paid = Awaited {
                way: Way::Check,
                trace: format!("CHECK{at}"),
                amount,
                ..payment(at, (0, 5))
            };
            (PaymentId(at as i64 + 1), paid)
        });
        let amount = Money::from_cents(left);
        let slip = Deposit { way: Way::Check, trace: String::new(), amount, ..deposit(0, (5, 9)) };
        let known = Reassociation {
            payments: payments.collect(),
            deposits: vec![KeptDeposit {
                id: DepositId(1),
                deposit: slip,
                set_aside: String::new(),
            }],
            ..Reassociation::default()
        };
        let terms =
            Terms { remittance_days: 5, deposit_days: 99, check_days: 99, since: Some(day(1)) };
        let stamp = Stamp { now: Moment(0), today: day(30), time: "0000".to_owned() };
        let change = reassociate(&known, &[], &terms, &stamp).unwrap_or_default();
        assert!(change.bank.paired.is_empty());
        let of_deposit = change.bank.cases.iter().find(|(key, _)| key == "deposit 1");
        of_deposit.map(|(_, work)| work.action.clone()).expect("an item")
    };
    let action = told(&[8_000, 8_000, 8_000], 24_000);
    assert!(
        action.contains("remittances 1 2 3 wait for checks that come to this together"),
        "{action}"
    );
    assert!(action.contains("`claimgate bank match 1 1 2 3`"), "{action}");
    // Where others come to the same, or none do, nobody is named.
    for (cents, left) in [(&[8_000, 8_000, 8_000][..], 16_000), (&[8_000, 7_000], 16_000)] {
        let action = told(cents, left);
        assert!(action.contains("`claimgate bank match 1 NUMBER NUMBER`"), "{action}");
    }
}

/// ACME's payments and deposits of one day, each with its cents and number.
fn of_one_day(payments: &[(i64, &str)], deposits: &[(i64, &str)]) -> Reassociation {
    let payments = payments.iter().zip(1..).map(|((cents, trace), id)| {
        let amount = Money::from_cents(*cents);
        let trace = (*trace).to_owned();
        (PaymentId(id), Awaited { amount, trace, ..payment(id as usize, (0, 16)) })
    });
    let deposits = deposits.iter().zip(1..).map(|((cents, trace), id)| {
        let amount = Money::from_cents(*cents);
        let trace = (*trace).to_owned();
        let deposit = Deposit { amount, trace, ..deposit(id as usize, (1, 16)) };
        KeptDeposit { id: DepositId(id), deposit, set_aside: String::new() }
    });
    let (payments, deposits) = (payments.collect(), deposits.collect());
    Reassociation { payments, deposits, ..Reassociation::default() }
}

/// What a person is told of each deposit.
fn told_of(payments: &[(i64, &str)], deposits: &[(i64, &str)]) -> Vec<String> {
    told_in(&looked_at(&of_one_day(payments, deposits)).unwrap_or_default())
}

fn told_in(change: &Change) -> Vec<String> {
    let cases = change.bank.cases.iter().filter(|(key, _)| key.starts_with("deposit "));
    let mut told: Vec<String> = cases.map(|(key, work)| format!("{key}: {}", work.what)).collect();
    told.sort();
    told
}

/// Equal deposits without a number are each told with the remittances that they may be, and one under the
/// number of another transfer with the remittance whose amount it is.
#[test]
fn a_deposit_is_told_with_every_remittance_that_it_may_be() {
    let told = told_of(&[(8_000, "E1"), (8_000, "E2")], &[(8_000, ""), (8_000, "")]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|one| one.contains("the money of remittance 1 or 2")), "{told:?}");
    let told = told_of(&[(8_160, "E3"), (8_240, "E4")], &[(8_240, "E3")]);
    assert_eq!(
        told,
        [
            "deposit 1: a deposit may be the money of remittance 2: payer, amount and day agree, and its \
             trace number is that of another remittance"
        ]
    );
    // Also where the one of that number has its money from another deposit.
    let told = told_of(&[(8_160, "E3"), (8_240, "E4")], &[(8_160, "E3"), (8_240, "E3")]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("may be the money of remittance 2"), "{told:?}");
}

/// A remittance is held as a whole, and another one under its number has its money: what comes in the amount of the
/// one that is held is told with it.
#[test]
fn a_deposit_is_told_with_the_remittance_that_is_held() {
    let held = |of_november: u8| Awaited {
        amount: Money::ZERO,
        stated: Money::from_cents(13_001),
        ..payment(1, (0, of_november))
    };
    let posted = Awaited { amount: Money::from_cents(12_801), ..payment(2, (0, 16)) };
    let shown = |id: i64, cents: i64| KeptDeposit {
        id: DepositId(id),
        deposit: Deposit { amount: Money::from_cents(cents), ..deposit(id as usize, (1, 16)) },
        set_aside: String::new(),
    };
    let told = |of_november: u8, shown: Vec<KeptDeposit>| {
        let payments = vec![(PaymentId(1), held(of_november)), (PaymentId(2), posted.clone())];
        let known = Reassociation { payments, deposits: shown, ..Reassociation::default() };
        let change = looked_at(&known).expect("an item");
        let (_, work) = change.bank.cases.iter().find(|(key, _)| key == "deposit 1").expect("one");
        format!("{}; {}", work.what, work.action)
    };
    // Whether the other one has its money yet or not.
    for beside in [Some(shown(2, 12_801)), None] {
        let text = told(16, [shown(1, 13_001)].into_iter().chain(beside).collect());
        assert!(
            text.contains("may be the money of remittance 1, which came and was not posted"),
            "{text}"
        );
        assert!(text.contains("`claimgate queue post`"), "{text}");
    }
    let text = told(2, vec![shown(1, 13_001), shown(2, 12_801)]);
    assert!(text.contains("another deposit of 130.01"), "{text}");
}

/// A remittance that is held has the number and the amount of one that has its money: both are told, and by the days
/// which deposit is whose, also where the wrong one came first.
#[test]
fn a_deposit_of_a_held_remittance_is_told_beside_the_posted_one_of_its_amount() {
    let of = |of_november: u8| payment(1, (0, of_november));
    let held = |of_november: u8| Awaited {
        amount: Money::ZERO,
        stated: of(of_november).amount,
        ..of(of_november)
    };
    let shown = |id: i64, of_november: u8| KeptDeposit {
        id: DepositId(id),
        deposit: Deposit { amount: of(1).amount, ..deposit(id as usize, (1, of_november)) },
        set_aside: String::new(),
    };
    for (days, expected) in [
        (
            (17, 3),
            "by the days deposit 1 is the money of remittance 1 and deposit 2 is the money of remittance 2",
        ),
        (
            (3, 17),
            "by the days deposit 1 is the money of remittance 2 and deposit 2 is the money of remittance 1",
        ),
        ((10, 10), "the days do not tell which deposit is whose"),
    ] {
        let payments = vec![(PaymentId(1), held(16)), (PaymentId(2), of(2))];
        let known = Reassociation {
            payments,
            deposits: vec![shown(1, days.0), shown(2, days.1)],
            ..Reassociation::default()
        };
        let change = looked_at(&known).expect("an item");
        let told: Vec<&str> =
            change.bank.cases.iter().map(|(_, work)| work.what.as_str()).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        let begins = "a deposit may be the money of remittance 1, which came and was not posted: it has the \
                      number and the amount of remittance 2, which has its money from deposit ";
        assert!(told[0].starts_with(begins), "{told:?}");
        assert!(told[0].ends_with(expected), "{told:?}");
        let evidence = &change.bank.cases[0].1.evidence;
        assert!(
            evidence.contains("remittance 1 of") && evidence.contains("remittance 2 of"),
            "{evidence}"
        );
    }
}

/// An item that a person closed is not asked again, but a new one is when it is about other money.
#[test]
fn what_a_person_closed_is_told_again_when_it_may_be_another_remittance() {
    let before = of_one_day(&[(16_000, "E1")], &[(8_000, "E1")]);
    let change = looked_at(&before).unwrap_or_default();
    let (key, work) = change.bank.cases.first().expect("an item").clone();
    assert_eq!(work.what, "a deposit of 80.00 is 80.00 less than its remittance says, 160.00");
    let NewWork { what, action, evidence, amount, .. } = work;
    let case = KeptCase {
        key,
        work: WorkId(1),
        state: WorkState::Resolved,
        owner: "ann".to_owned(),
        note: "done".to_owned(),
        words: WorkWords {
            what: Some(what),
            action: Some(action),
            evidence: Some(evidence),
            amount: Some(amount),
        },
    };
    assert_eq!(looked_at(&Reassociation { cases: vec![case.clone()], ..before }), None);
    let after = of_one_day(&[(16_000, "E1"), (8_000, "E2")], &[(8_000, "E1")]);
    let change = looked_at(&Reassociation { cases: vec![case], ..after }).unwrap_or_default();
    assert_eq!(change.bank.closed, ["deposit 1"]);
    assert!(change.work_moves.is_empty(), "{:?}", change.work_moves);
    let told = told_in(&change);
    assert!(told.iter().any(|one| one.contains("may be the money of remittance 2")), "{told:?}");
}
