//! What gives way, of what payers say one after another.

use proptest::prelude::*;

use super::*;
use crate::change::Word;
use crate::ledger::{charge, give_up};

fn said(charge: i64, adjustments: &str) -> Said {
    Said {
        arrival: ArrivalId(1),
        is_posted: true,
        paid_on: Day::new(2026, 10, 20),
        identity: adjustments.to_owned(),
        offset: 0,
        payer_control_number: String::new(),
        charge: Money::from_cents(charge),
        paid: Money::ZERO,
        adjustments: adjustments.to_owned(),
        whole_lines: Vec::new(),
        lines: None,
        word: if charge < 0 { Word::Reversed } else { Word::Paid },
        status: String::new(),
        is_let: false,
        claim: None,
    }
}

fn turns(all: Vec<Vec<Said>>) -> Turns {
    let mut turns = Turns::default();
    let payers = [(None, "1"), (Some("beta"), "2"), (Some("alpha"), "3")];
    // The order in which words come makes no difference.
    for (said, (payer, status)) in all.into_iter().zip(payers).rev() {
        for one in said.into_iter().rev() {
            let is_reversal = one.word == Word::Reversed;
            let status = if is_reversal { "22" } else { status }.to_owned();
            turns.add(payer, Said { status, ..one });
        }
    }
    turns
}

#[test]
fn what_was_taken_off_gives_way_to_what_a_later_payer_takes_as_left() {
    let first = said(160, "line 1 CO-29 1.00, line 2 CO-45 0.10, line 2 PR-2 0.10, remarks N1");
    let first_back = said(-160, "line 1 CO-29 -1.00, line 2 CO-45 -0.10, line 2 PR-2 -0.10");
    let second = said(160, "line 1 CO-45 0.40, line 2 OA-23 0.50");
    let usual = said(160, "line 1 OA-23 1.00, line 2 OA-23 0.50, line 2 PR-2 0.05");
    let hidden = said(160, "CO-45 1.50");
    let back = said(-160, "line 1 CO-45 -0.40, line 2 OA-23 -0.50");
    let third = said(160, "OA-23 1.00, PR-2 0.10");
    let denied = Said { word: Word::Denied, ..said(160, "OA-23 1.50, CO-16 0.10") };
    let on = |day: u8, said: &Said| Said { paid_on: Day::new(2026, 10, day), ..said.clone() };
    let waits = Said { is_posted: false, ..second.clone() };
    // The first payer pays more on the 25th, and leaves nothing to the patient.
    let anew = [on(24, &first_back), on(25, &said(160, "CO-45 0.10"))];
    let anew = [vec![first.clone()], anew.to_vec()].concat();
    let denied_all =
        Said { word: Word::Denied, ..on(25, &said(160, "line 1 CO-16 1.00, line 2 CO-16 0.60")) };
    let denied_anew = vec![first.clone(), on(24, &first_back), denied_all];
    let beside = said(160, "line 1 CO-45 1.00, line 2 CO-45 0.55");
    let beside_back = said(-160, "line 1 CO-45 -1.00, line 2 CO-45 -0.55");
    let all_left = said(160, "PR-1 1.60");
    let cases: [(Vec<Vec<Said>>, i64); 23] = [
        (vec![vec![first.clone()]], 0),
        (vec![vec![first.clone()], vec![usual.clone()]], 0),
        (vec![vec![first.clone()], vec![second.clone()]], 100),
        (vec![vec![first.clone()], vec![waits]], 0),
        (vec![vec![first.clone()], vec![hidden]], 0),
        // V23: 1.50 was settled before, and the rest of CO-45 is its own.
        (vec![vec![first.clone()], vec![beside.clone()]], -5),
        (vec![vec![first.clone()], vec![beside.clone(), on(21, &beside_back)]], 0),
        (vec![vec![first.clone()], vec![said(160, "CO-45 1.30, PR-2 0.10")]], 20),
        (vec![vec![all_left.clone()], vec![said(160, "CO-45 0.15, PR-2 0.05")]], -15),
        (vec![vec![all_left], vec![said(160, "OA-23 0.20, CO-45 0.15, PR-2 0.05")]], 0),
        (vec![vec![], vec![beside]], 0),
        // Nor does what its payer decided anew.
        (vec![vec![first.clone()], vec![denied.clone(), usual.clone()]], 0),
        // What is taken back, or has not come yet, moves nothing.
        (vec![vec![first.clone()], vec![second.clone(), on(21, &back)]], 0),
        // What is taken off before anybody decided comes to nothing until then.
        (vec![vec![first.clone(), on(21, &first_back)], vec![second.clone()]], 40),
        (vec![vec![], vec![second.clone()]], 40),
        (vec![vec![], vec![denied.clone()]], 10),
        // The second left 0.05, and the third takes 0.60.
        (vec![vec![first.clone()], vec![usual.clone()], vec![third.clone()]], 55),
        (vec![vec![first], vec![], vec![third]], 50),
        // The second knew the old word of the first: it is owed what it paid, and nothing gives way.
        (vec![anew.clone(), vec![Said { paid: Money::from_cents(5), ..usual.clone() }]], 0),
        // It knew the new one, and pays of what the first took off by contract: that stays off.
        (vec![anew.clone(), vec![Said { paid: Money::from_cents(5), ..on(26, &usual) }]], 0),
        // The first denies anew what it had paid: that gives way, whenever the second decided.
        (vec![denied_anew.clone(), vec![Said { paid: Money::from_cents(5), ..usual.clone() }]], 10),
        (vec![denied_anew, vec![Said { paid: Money::from_cents(5), ..on(26, &usual) }]], 10),
        // What it took off of the old one counts no more.
        (vec![anew, vec![Said { paid: Money::from_cents(70), ..second }]], 40),
    ];
    for (all, expected) in cases {
        let found = turns(all.clone()).given_way(Money::from_cents(160));
        let sum: Money = found.into_values().sum();
        assert_eq!(sum, Money::from_cents(expected), "{all:#?}");
    }
}

/// What gives way of a claim with a bundle is what was denied as the next payer's to pay.
#[test]
fn nothing_of_a_bundle_gives_way_beside_what_is_the_next_payers() {
    let on = |day: u8, said: Said| Said { paid_on: Day::new(2026, 10, day), ..said };
    let old = "line 1 CO-45 0.06, line 1 PR-2 0.06, line 2 OA-209 0.40";
    let old = Said { word: Word::Denied, paid: Money::from_cents(108), ..said(160, old) };
    let back = "line 1 CO-45 -0.06, line 1 PR-2 -0.06, line 2 OA-209 -0.40";
    let back = Said { paid: Money::from_cents(-108), ..said(-160, back) };
    let bundle = "line 1 CO-45 0.27, line 1 PR-2 0.04, line 1 OA-94 -0.40, line 2 CO-97 0.40";
    let bundle = Said { paid: Money::from_cents(129), ..said(160, bundle) };
    // The second knew the old word.
    let second = said(160, "line 1 OA-23 1.14, line 1 PR-2 0.06, line 2 OA-23 0.40");
    let all = vec![old, on(21, back), on(22, bundle)];
    let given = turns(vec![all, vec![on(22, second)]]).given_way(Money::from_cents(160));
    assert!(given.into_values().all(Money::is_zero));

    let beside = "line 1 OA-94 -0.40, line 1 CO-45 0.30, line 1 PR-2 0.10, line 2 CO-97 0.40, \
                  line 3 OA-209 0.50";
    let beside = Said { word: Word::Denied, paid: Money::from_cents(70), ..said(160, beside) };
    let second = Said { paid: Money::from_cents(50), ..said(160, "OA-23 1.00, PR-2 0.10") };
    let given = turns(vec![vec![beside], vec![second]]).given_way(Money::from_cents(160));
    let given: Vec<(Account, Money)> =
        given.into_iter().filter(|(_, amount)| !amount.is_zero()).collect();
    assert_eq!(given, [(Account::OtherAdjustment, Money::from_cents(50))]);
}

/// Charge 1.60. The first payer pays 0.60, takes off 0.30 and leaves 0.70.
#[test]
fn no_more_gives_way_than_was_taken_off_and_what_is_paid_beyond_is_told() {
    let first = Said { paid: Money::from_cents(60), ..said(160, "CO-45 0.30, PR-2 0.70") };
    let denying = Said { paid: Money::from_cents(60), ..said(160, "CO-16 0.30, PR-2 0.70") };
    let pays = |cents: i64, adjustments: &str| {
        vec![Said { paid: Money::from_cents(cents), ..said(160, adjustments) }]
    };
    let contractual = |cents| vec![(Account::Contractual, cents)];
    // Line 2 is paid with line 1: nothing of it is denied.
    let bundle = "line 1 OA-94 -0.50, line 1 CO-45 0.30, line 1 PR-2 0.70, line 2 CO-97 0.50";
    let bundling = Said { paid: Money::from_cents(60), ..said(160, bundle) };
    let another = Said { word: Word::Denied, ..said(160, "CO-197 0.20, OA-209 0.10, PR-2 0.70") };
    let another = Said { paid: Money::from_cents(60), ..another };
    let denying_a_line = format!("{bundle}, line 3 CO-16 0.20").replace("CO-45 0.30", "CO-45 0.10");
    let denying_a_line = Said { word: Word::Denied, ..said(160, &denying_a_line) };
    let denying_a_line = Said { paid: Money::from_cents(60), ..denying_a_line };
    /// The first and the second word, what gives way, and what is paid beyond.
    type Case<'s> = (&'s Said, Vec<Said>, Vec<(Account, i64)>, i64);
    let cases: [Case<'_>; 15] = [
        (&first, pays(70, "OA-23 0.90"), vec![], 0),
        // A contract binds whatever another pays, and whatever that leaves to the patient.
        (&first, pays(100, "OA-23 0.60"), vec![], 30),
        (&first, pays(60, "OA-23 0.60, PR-2 0.40"), vec![], 0),
        (&first, pays(80, "OA-23 0.60, PR-2 0.20"), vec![], 10),
        // What both take off is taken off once.
        (&first, pays(60, "OA-23 0.60, CO-45 0.40"), contractual(30), 0),
        (&denying, pays(90, "OA-23 0.60, OA-45 0.10"), contractual(30), 0),
        (&denying, pays(110, "OA-23 0.50"), contractual(30), 10),
        (&bundling, pays(70, "OA-23 0.90"), vec![], 0),
        (&bundling, pays(100, "OA-23 0.60"), vec![], 30),
        (&bundling, pays(60, "OA-23 0.60, PR-2 0.40"), vec![], 0),
        (&denying_a_line, pays(100, "OA-23 0.60"), contractual(20), 10),
        // What was another payer's to pay gives way before what was denied otherwise.
        (
            &another,
            pays(90, "OA-23 0.70"),
            vec![(Account::Contractual, 10), (Account::OtherAdjustment, 10)],
            0,
        ),
        (&another, pays(75, "OA-23 0.85"), vec![(Account::OtherAdjustment, 5)], 0),
        // The later payer bundles as the first does.
        (&first, pays(70, "line 1 OA-94 -0.50, line 1 OA-23 0.90, line 2 CO-97 0.50"), vec![], 0),
        // Nobody owes what a later payer denies as well as the first paid it.
        (&first, pays(0, "OA-18 1.60"), vec![(Account::OtherAdjustment, 90)], 0),
    ];
    for (first, second, given, excess) in cases {
        let turns = turns(vec![vec![first.clone()], second.clone()]);
        let (found, excesses) = turns.weighed(Money::from_cents(160));
        let found: Vec<(Account, i64)> = found
            .into_iter()
            .map(|(account, amount)| (account, amount.cents()))
            .filter(|(_, cents)| *cents != 0)
            .collect();
        assert_eq!(found, given, "{second:#?}");
        let excesses: Vec<i64> = excesses.iter().map(|one| one.amount.cents()).collect();
        let expected: Vec<i64> = Some(excess).filter(|cents| *cents != 0).into_iter().collect();
        assert_eq!(excesses, expected, "{second:#?}");
    }
}

/// Charge 1.60. The first payer pays 0.80, takes off 0.40 and leaves 0.40.
#[test]
fn each_later_payer_that_pays_beyond_is_told_of_its_own_part() {
    let paid = |cents: i64, adjustments: &str| {
        vec![Said { paid: Money::from_cents(cents), ..said(160, adjustments) }]
    };
    let first = paid(80, "CO-45 0.40, PR-2 0.40");
    // The second and the third word, and what each of them pays beyond.
    for (second, third, expected) in [
        // The second decided as if it were the first, and leaves what is not open.
        (paid(80, "CO-45 0.40, PR-2 0.40"), paid(40, "OA-23 0.80, CO-45 0.40"), vec![40, 40]),
        // Each paid before it knew of the other.
        (paid(45, "OA-23 0.80, PR-2 0.35"), paid(35, "OA-23 1.25"), vec![5, 35]),
        // What the second leaves of a contract is owed by nobody.
        (paid(10, "OA-23 0.80, PR-2 0.70"), paid(70, "OA-23 0.90"), vec![40]),
        (paid(10, "OA-23 0.80, PR-2 0.70"), paid(30, "OA-23 0.90, PR-2 0.40"), vec![]),
        (paid(30, "OA-23 1.20, PR-2 0.10"), paid(10, "OA-23 1.50"), vec![]),
        (paid(30, "OA-23 1.20, PR-2 0.10"), paid(25, "OA-23 1.35"), vec![15]),
        (paid(30, "OA-23 1.40"), paid(25, "OA-23 1.35"), vec![25]),
    ] {
        let turns = turns(vec![first.clone(), second.clone(), third.clone()]);
        let excesses = turns.excesses(Money::from_cents(160));
        let excesses: Vec<i64> = excesses.iter().map(|one| one.amount.cents()).collect();
        assert_eq!(excesses, expected, "{second:#?} {third:#?}");
    }
}

/// Charge 1.60; the first payer says nothing, or decides on 0.60, and what is open is given up.
#[test]
fn what_was_given_up_with_the_first_payer_gives_way_to_what_a_later_one_takes_as_left() {
    let claim = (ClaimId(1), Money::from_cents(160));
    let second = |paid: i64, adjustments: &str| {
        vec![Said { paid: Money::from_cents(paid), ..said(160, adjustments) }]
    };
    let half = Said { paid: Money::from_cents(40), ..said(60, "PR-2 0.20") };
    // What the first said, what is given up, what the second says; what gives way, and is paid beyond.
    for (first, given_up, second, given, beyond) in [
        (vec![], 160, second(100, "CO-45 0.30, PR-2 0.30"), 130, 0),
        (vec![], 160, second(100, "OA-23 0.00, PR-2 0.60"), 160, 0),
        (vec![], 160, second(160, ""), 160, 0),
        (vec![half.clone()], 100, second(60, "OA-23 0.40, CO-45 0.60"), 100, 0),
        (vec![half], 100, second(140, "OA-23 0.20"), 100, 20),
    ] {
        let mut turns = turns(vec![first, second.clone()]);
        turns.books.add_stored(&charge(claim.0, Money::from_cents(160), Place::default()));
        let decided = Money::from_cents(given_up - 160);
        turns.books.add_stored(&charge(claim.0, decided, Place::default()));
        let cents = Money::from_cents(given_up);
        turns.books.add_stored(&give_up(claim.0, cents, Place::default()));
        let (found, excesses) = turns.weighed(claim.1);
        let found = found.get(&Account::WriteOff).copied().unwrap_or_default();
        assert_eq!(found, Money::from_cents(given), "{second:#?}");
        let found: i64 = excesses.iter().map(|one| one.amount.cents()).sum();
        assert_eq!(found, beyond, "{second:#?}");
        let posted = turns.settle(claim, Place::default());
        assert_eq!(posted.iter().map(|made| made.amount).sum::<Money>(), Money::ZERO);
        assert!(turns.settle(claim, Place::default()).is_empty());
    }
}

/// Charge 1.60. The first payer denies all, and pays 0.80 of it once the second has paid.
#[test]
fn what_is_paid_beyond_is_told_also_of_what_the_first_decided_on_later() {
    let on = |day: u8, said: Said| Said { paid_on: Day::new(2026, 10, day), ..said };
    let paid = |cents: i64, said: Said| Said { paid: Money::from_cents(cents), ..said };
    let denied = Said { word: Word::Denied, ..on(20, said(160, "CO-16 1.60")) };
    let anew = paid(80, on(25, said(160, "CO-45 0.40, PR-2 0.40")));
    let denied_anew = on(25, said(160, "CO-22 1.60"));
    for (cents, last, expected) in [
        (160, &anew, Some(120)),
        (80, &anew, Some(40)),
        (40, &anew, None),
        (80, &denied_anew, None),
    ] {
        let second = paid(cents, on(22, said(160, "PR-2 0.10")));
        for day in [20, 22, 24] {
            let first = vec![denied.clone(), on(day, said(-160, "CO-16 -1.60")), last.clone()];
            let turns = turns(vec![first, vec![second.clone()]]);
            let excesses = turns.excesses(Money::from_cents(160));
            let excesses: Vec<i64> = excesses.iter().map(|one| one.amount.cents()).collect();
            assert_eq!(excesses, expected.into_iter().collect::<Vec<_>>(), "{cents}");
        }
    }
}

#[test]
fn what_is_posted_is_the_difference() {
    let claim = (ClaimId(1), Money::from_cents(160));
    let first = said(160, "line 1 CO-29 1.00, line 2 CO-45 0.10, line 2 PR-2 0.10");
    let second = said(160, "line 1 CO-45 0.40, line 2 OA-23 0.50");
    let mut turns = turns(vec![vec![first], vec![second.clone()]]);
    let posted = |postings: Vec<Posting>| -> Vec<i64> {
        postings.iter().map(|made| made.amount.cents()).collect()
    };
    assert_eq!(posted(turns.settle(claim, Place::default())), [-100, 100]);
    assert_eq!(posted(turns.settle(claim, Place::default())), [0; 0]);
    let status = "2".to_owned();
    turns.add(Some("beta"), Said { is_posted: false, status, ..second });
    assert_eq!(posted(turns.settle(claim, Place::default())), [100, -100]);
}

/// What a payer decides of 1.60: what is paid, and how the rest is taken off, in quarters of what is left.
fn decisions(codes: &'static [&'static str]) -> impl Strategy<Value = Said> {
    let drawn = (prop::collection::vec(0_i64..=4, codes.len()), any::<bool>());
    drawn.prop_map(move |(quarters, is_bundled)| {
        let (mut left, mut told) = (160, Vec::new());
        if is_bundled {
            told.push("line 1 OA-94 -0.50, line 2 CO-97 0.50".to_owned());
        }
        for (code, quarter) in codes.iter().zip(quarters) {
            let cents = left * quarter / 4;
            left -= cents;
            // That nothing was settled before is told too.
            if cents != 0 || code.ends_with("-23") {
                told.push(format!("line 1 {code} {}", Money::from_cents(cents)));
            }
        }
        let is_denied = told.iter().any(|one| one.contains("CO-29") || one.contains("OA-209"));
        let word = if is_denied { Word::Denied } else { Word::Paid };
        Said { word, paid: Money::from_cents(left), ..said(160, &told.join(", ")) }
    })
}

/// What stands of a payer's words, if anything does, and what it decided before and took back.
type History = (Option<Said>, Vec<Said>);

fn history(codes: &'static [&'static str]) -> impl Strategy<Value = History> {
    (prop::option::weighted(0.9, decisions(codes)), prop::collection::vec(decisions(codes), 0..3))
}

fn reversal_of(one: &Said) -> Said {
    let told =
        one.adjustments().map(|(line, code, amount)| format!("line {line} {code} {}", -amount));
    let adjustments = told.collect::<Vec<_>>().join(", ");
    Said { charge: -one.charge, paid: -one.paid, word: Word::Reversed, adjustments, ..one.clone() }
}

/// The words of a payer, one a day from this one on.
fn words((stands, taken_back): &History, first: u8, payer: &str) -> Vec<Said> {
    let before = taken_back.iter().flat_map(|one| [one.clone(), reversal_of(one)]);
    let all = before.chain(stands.clone()).enumerate();
    let dated = |(at, one): (usize, Said)| {
        let paid_on = Day::new(2026, 10, first + at as u8);
        Said { paid_on, identity: format!("{payer} {at}"), ..one }
    };
    all.map(dated).collect()
}

fn given(turns: &Turns) -> TakenOff {
    let mut given = turns.given_way(Money::from_cents(160));
    given.retain(|_, amount| !amount.is_zero());
    given
}

fn beyond(turns: &Turns) -> Vec<(String, Money)> {
    let excesses = turns.excesses(Money::from_cents(160)).into_iter();
    excesses.map(|one| (one.payer, one.amount)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// What stands decides alone: neither what was decided before and taken back, nor when, nor in which
    /// order it came. What was posted on the way comes back.
    #[test]
    fn only_what_stands_decides_what_gives_way(
        first in history(&["CO-29", "OA-209", "CO-45", "PR-2"]),
        second in history(&["OA-23", "CO-29", "CO-45", "PR-2"]),
        starts in (1_u8..12, 1_u8..12),
        is_after in any::<bool>(),
        order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let status = |one: Said| {
            let status = match one.word {
                Word::Reversed => "22",
                Word::Paid | Word::Denied if is_after => "2",
                Word::Paid | Word::Denied | Word::Reviewed => "1",
            };
            Said { status: status.to_owned(), ..one }
        };
        let told = |first: &History, second: &History, starts: (u8, u8)| -> Vec<(Option<&str>, Said)> {
            let first = words(first, starts.0, "first").into_iter().map(|one| (None, one));
            let second = words(second, starts.1, "beta").into_iter();
            first.chain(second.map(|one| (Some("beta"), status(one)))).collect()
        };
        let mut alone = Turns::default();
        for (payer, one) in told(&(first.0.clone(), vec![]), &(second.0.clone(), vec![]), (1, 2)) {
            alone.add(payer, one);
        }
        let all = told(&first, &second, starts);
        let claim = (ClaimId(1), Money::from_cents(160));
        let (mut turns, mut posted) = (Turns::default(), TakenOff::new());
        for (payer, one) in order.iter().filter_map(|&at| all.get(at)) {
            turns.add(*payer, one.clone());
            let made = turns.settle(claim, Place::default());
            add_to(&mut posted, &ledger::given_way(&made));
        }
        posted.retain(|_, amount| !amount.is_zero());
        prop_assert_eq!(given(&turns), given(&alone));
        prop_assert_eq!(posted, given(&alone));
        prop_assert_eq!(beyond(&turns), beyond(&alone));
        prop_assert_eq!(turns.left_to_next(claim.1), alone.left_to_next(claim.1));
        let holds = |turns: &Turns| -> Vec<(String, Money)> {
            let holds = turns.holding(claim.1).into_iter().flatten();
            holds.map(|one| (one.adjustments, one.paid)).collect()
        };
        prop_assert_eq!(holds(&turns), holds(&alone));
    }
}
