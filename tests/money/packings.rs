//! What payers say of claims in remittances that come in one file, in one each, or in any parting in
//! between: the books are the same, and so is what is open in the queue.

use proptest::prelude::*;
use x12::value::Money;

use claimgate::denials::Category;
use claimgate::ledger::Account;

use crate::cases;
use crate::made;
use crate::overtaken::deliver_all;
use crate::payers::CHARGE;
use crate::world::{Balances, World};

/// What a remittance says of its claim.
#[derive(Clone, Copy, Debug)]
enum Word {
    Paid {
        cents: i64,
    },
    Denied {
        reason: &'static str,
    },
    /// Half of the charge is decided on, and paid or denied.
    Half {
        is_paid: bool,
        number: usize,
    },
    /// What one of those before it said is taken back.
    Back {
        which: usize,
    },
}

/// How remittances are put into files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// In the same group as the one before it.
    Set,
    /// In the same file, in an interchange of its own.
    Interchange,
    File,
}

/// One remittance of one claim.
#[derive(Clone, Debug)]
struct Told {
    claim: usize,
    word: Word,
    /// Days after the first.
    day: i64,
}

fn word() -> impl Strategy<Value = Word> {
    prop_oneof![
        3 => (1..=3_i64).prop_map(|tenths| Word::Paid { cents: tenths * CHARGE / 10 }),
        3 => prop::sample::select(vec!["50", "29"]).prop_map(|reason| Word::Denied { reason }),
        2 => (any::<bool>(), 0..2_usize).prop_map(|(is_paid, number)| Word::Half { is_paid, number }),
        3 => (0..4_usize).prop_map(|which| Word::Back { which }),
    ]
}

fn told() -> impl Strategy<Value = Vec<Told>> {
    let one = (1..=2_usize, word(), 0..2_i64);
    prop::collection::vec(one, 2..7).prop_map(|all| {
        let mut day = 0;
        let told = |(claim, word, after): (usize, Word, i64)| {
            day += after;
            Told { claim, word, day }
        };
        all.into_iter().map(told).collect()
    })
}

fn joint() -> impl Strategy<Value = Joint> {
    prop::sample::select(vec![Joint::Set, Joint::Set, Joint::Interchange, Joint::File])
}

/// In which order up to six remittances come, and in which files.
pub fn order() -> impl Strategy<Value = (Vec<usize>, Vec<Joint>)> {
    let order = Just((0..6_usize).collect::<Vec<usize>>()).prop_shuffle();
    (order, prop::collection::vec(joint(), 6))
}

/// The same is left of remittances in this order and in these files as when each comes by itself, one after
/// another.
pub fn come_in_any_order(
    remittances: &[Remittance],
    (order, joints): (&[usize], &[Joint]),
    live: impl Fn(&[&Remittance], &[Joint]) -> Left,
) -> Result<(), TestCaseError> {
    let all: Vec<&Remittance> = remittances.iter().collect();
    let (balances, open) = live(&all, &[]);
    let shuffled = order.iter().filter_map(|at| remittances.get(*at)).collect::<Vec<_>>();
    let (moved, still_open) = live(&shuffled, joints);
    prop_assert_eq!(balances, moved);
    prop_assert_eq!(kinds(open), kinds(still_open));
    Ok(())
}

/// A set of a remittance, with what it pays in cents.
#[derive(Clone, Debug)]
pub struct Remittance {
    /// ST02, which is the same in every file: payments of nothing are told apart by their bytes.
    pub number: usize,
    pub body: String,
    pub cents: i64,
}

/// A CLP with its adjustments: charge, paid, and the code that adjusts the rest.
fn claim_payment(
    told: &Told,
    (charge, paid, code, number): (i64, i64, &str, &str),
    sign: i64,
) -> String {
    let wire = |cents: i64| Money::from_cents(sign * cents).to_wire();
    let claim = format!("M{:05}", told.claim);
    let status = if sign < 0 { "22" } else { "1" };
    let (day, rest) = (made::days_ago(20).to_wire(), charge - paid);
    format!(
        "CLP*{claim}*{status}*{0}*{1}**12*{number}{claim}~NM1*QC*1*ROE*JANE****MI*W{claim}~\
         SVC*HC:99213*{0}*{1}**1~DTM*472*{day}~CAS*{code}*{2}~REF*6R*{claim}L1~",
        wire(charge),
        wire(paid),
        wire(rest)
    )
}

fn said(word: Word) -> Option<(i64, i64, &'static str, &'static str)> {
    let half = CHARGE / 2;
    match word {
        Word::Paid { cents } => Some((CHARGE, cents, "CO*45", "P")),
        Word::Denied { reason: "50" } => Some((CHARGE, 0, "CO*50", "P")),
        Word::Denied { .. } => Some((CHARGE, 0, "CO*29", "P")),
        Word::Half { is_paid, number } => {
            let number = ["H", "J"][number];
            let (paid, code) = if is_paid { (half / 2, "CO*45") } else { (0, "CO*50") };
            Some((half, paid, code, number))
        }
        Word::Back { .. } => None,
    }
}

/// Remittances in their order. What takes nothing back that was said before says nothing.
fn remittances(all: &[Told]) -> Vec<Remittance> {
    let mut remittances = Vec::new();
    for (at, told) in all.iter().enumerate() {
        let (what, sign) = match told.word {
            Word::Back { which } => {
                let before = all[..at].iter().filter(|one| one.claim == told.claim);
                let before: Vec<_> = before.filter_map(|one| said(one.word)).collect();
                let Some(&what) = before.get(which % before.len().max(1)) else { continue };
                (what, -1)
            }
            word => (said(word).expect("it is no reversal"), 1),
        };
        let of_claim = (claim_payment(told, what, sign), sign * what.1);
        remittances.push(remittance(at, told.day, &of_claim));
    }
    remittances
}

/// A remittance of one CLP, with what that pays in cents, so many days after the first. What it takes back is
/// carried forward.
pub fn remittance(at: usize, day: i64, (clp, paid): &(String, i64)) -> Remittance {
    let cents = (*paid).max(0);
    let plb = match *paid {
        paid if paid < 0 => {
            let carried = Money::from_cents(paid).to_wire();
            format!("PLB*1999001013*20261231*FB:F{at}*{carried}~")
        }
        _ => String::new(),
    };
    let amount = Money::from_cents(cents).to_wire();
    let payment = if cents == 0 { "H*0*C*NON".to_owned() } else { format!("I*{amount}*C*CHK") };
    let day = made::days_ago(15 - day).to_wire();
    let body = format!(
        "BPR*{payment}************{day}~TRN*1*T{at}*1512345678~DTM*405*{day}~\
         N1*PR*ACME HEALTH~N3*1 PAYER WAY~N4*BOSTON*MA*02110~\
         PER*BL*ACME CLAIMS*TE*6175550199~N1*PE*CEDAR CLINIC*XX*1999001013~LX*1~{clp}{plb}"
    );
    Remittance { number: at + 1, body, cents }
}

/// One interchange of these sets.
pub fn interchange(sets: &[&Remittance], control_number: usize) -> String {
    let today = made::days_ago(0).to_wire();
    let mut text = format!(
        "ISA*00*          *00*          *ZZ*ACME           *ZZ*CLAIMGATE      *{}*0000*^*00501*\
         {control_number:09}*0*T*:~GS*HP*ACME*CLAIMGATE*{today}*0000*{control_number}*X*\
         005010X221A1~",
        &today[2..]
    );
    for Remittance { number, body, .. } in sets {
        let segments = body.matches('~').count() + 2;
        text.push_str(&format!("ST*835*{number:04}~{body}SE*{segments}*{number:04}~"));
    }
    text.push_str(&format!("GE*{}*{control_number}~IEA*1*{control_number:09}~", sets.len()));
    text
}

/// Of each open item what it is about and what it says.
pub type Open = Vec<(Category, Option<i64>, Money, String)>;

/// The books, what is owed by its age, and what is open.
pub type Left = ((Balances, String), Open);

/// What is left when remittances come in this order and in these files.
fn live(remittances: &[&Remittance], joints: &[Joint]) -> Left {
    live_given_up(&[], remittances, joints)
}

/// The same where persons gave these claims up before anything came.
fn live_given_up(claims: &[usize], remittances: &[&Remittance], joints: &[Joint]) -> Left {
    let mut world = World::new(false);
    // What the payer did not take yet is not given up.
    deliver_all(&world);
    for claim in claims {
        assert!(world.work_on(&["give-up", &claim.to_string(), "--reason", "it never comes"]));
        world.check();
    }
    live_in(world, remittances, joints)
}

pub fn live_in(mut world: World, remittances: &[&Remittance], joints: &[Joint]) -> Left {
    let mut files: Vec<Vec<Vec<&Remittance>>> = Vec::new();
    for (at, &one) in remittances.iter().enumerate() {
        match (joints.get(at).copied().unwrap_or(Joint::File), files.last_mut()) {
            (Joint::Set, Some(file)) => file.last_mut().expect("an interchange").push(one),
            (Joint::Interchange, Some(file)) => file.push(vec![one]),
            (_, _) => files.push(vec![vec![one]]),
        }
    }
    let mut control_number = 0;
    for (at, file) in files.iter().enumerate() {
        let mut text = String::new();
        for sets in file {
            control_number += 1;
            text.push_str(&interchange(sets, control_number));
        }
        let arrival = world.take_in("acme", &format!("{at}.835"), &text);
        world.amounts.insert(arrival, file.iter().flatten().map(|one| one.cents).sum());
        world.check();
    }
    let open = world.open_items().into_iter();
    let mut open: Open = open
        .map(|item| (item.category, item.claim.map(|claim| claim.0), item.amount, item.what))
        .collect();
    open.sort();
    ((world.end().0, world.aging()), open)
}

/// Without what was said before: of two that are alike the one that came first is posted.
fn once(mut told: Vec<Told>) -> Vec<Told> {
    let mut seen = Vec::new();
    told.retain(|one| {
        let what = (one.claim, said(one.word));
        let is_new = matches!(one.word, Word::Back { .. }) || !seen.contains(&what);
        seen.push(what);
        is_new
    });
    told
}

/// Of what is decided too often or out of turn and paid nothing, it is the one that came last that an item is about.
pub fn kinds(mut open: Open) -> Open {
    for (category, _, amount, what) in &mut open {
        if *category == Category::Unexplained {
            *amount = Money::ZERO;
            *what = what.get(..3).unwrap_or_default().to_owned();
        }
    }
    open.sort_by(|one, other| (one.1, &one.3, one.2).cmp(&(other.1, &other.3, other.2)));
    open.dedup();
    open
}

/// Denied, paid on the next day, and the payment taken back or not: in every order, in one file and in
/// one each.
#[test]
fn a_denial_is_open_while_it_stands() {
    let denied = Word::Denied { reason: "50" };
    let words = [denied, Word::Paid { cents: 1_000 }, Word::Back { which: 1 }];
    let tell = |(day, &word): (usize, &Word)| Told { claim: 1, word, day: day as i64 };
    let part = Word::Half { is_paid: false, number: 0 };
    let alike = Word::Half { is_paid: false, number: 1 };
    let other = Word::Half { is_paid: true, number: 1 };
    for (words, expected) in [
        (words.to_vec(), vec![Category::Denied]),
        (words[..2].to_vec(), vec![]),
        // Two halves are denied alike, and one of them is taken back.
        (vec![part, alike, Word::Back { which: 0 }], vec![Category::Denied, Category::Unexplained]),
        // Half is denied, and the other half is paid.
        (vec![part, other], vec![Category::Denied]),
    ] {
        let told: Vec<Told> = words.iter().enumerate().map(tell).collect();
        let remittances = remittances(&told);
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let all: Vec<&Remittance> =
                order.iter().filter_map(|&at: &usize| remittances.get(at)).collect();
            for joints in [[Joint::File; 3], [Joint::Set; 3]] {
                let (_, open) = live(&all, &joints);
                let open: Vec<Category> = open.iter().map(|item| item.0).collect();
                assert_eq!(open, expected, "{words:?} in the order {order:?}, {joints:?}");
            }
        }
    }
}

/// What was paid beyond the charge is taken back, and then stands by its double that waited: its item is
/// another.
#[test]
fn an_overpayment_that_stands_by_its_double_is_told_once() {
    let paid = |cents| Word::Paid { cents };
    let words =
        [(paid(2_000), 0), (paid(1_000), 0), (paid(1_000), 1), (Word::Back { which: 1 }, 1)];
    let told = words.map(|(word, day)| Told { claim: 2, word, day });
    let remittances = remittances(&told);
    let all: Vec<&Remittance> = remittances.iter().collect();
    for joints in [[Joint::File; 4], [Joint::Set; 4]] {
        let open: Vec<Category> = live(&all, &joints).1.iter().map(|item| item.0).collect();
        assert_eq!(open, [Category::Overpaid], "{joints:?}");
    }
}

/// What was denied once more stands when the first denial is taken back, and gives way to what is decided
/// after it as any denial does.
#[test]
fn a_denial_that_waited_gives_way_in_one_file_as_in_several() {
    let denied = Word::Denied { reason: "29" };
    let half = Word::Half { is_paid: false, number: 0 };
    let words = [(denied, 0), (denied, 1), (Word::Back { which: 0 }, 1), (half, 1)];
    let told = words.map(|(word, day)| Told { claim: 1, word, day });
    let remittances = remittances(&told);
    let all: Vec<&Remittance> = remittances.iter().collect();
    let [each, packed] = [[Joint::File; 4], [Joint::Set; 4]].map(|joints| live(&all, &joints));
    assert_eq!(each, packed);
    assert_eq!(each.0.0[&(Account::Contractual, Some(1))], CHARGE / 2);
}

/// Paid and taken back, then denied, which is taken back too: what was paid by the last decision is nothing.
#[test]
fn what_was_taken_back_before_a_denial_has_no_item_once_that_is_taken_back() {
    let denied = Word::Denied { reason: "50" };
    let [paid, back] = [Word::Paid { cents: 1_000 }, Word::Back { which: 0 }];
    let words = [(paid, 0), (back, 0), (denied, 1), (Word::Back { which: 1 }, 1)];
    let told = words.map(|(word, day)| Told { claim: 1, word, day });
    let remittances = remittances(&told);
    for order in [[0, 1, 2, 3], [0, 1, 3, 2]] {
        let all: Vec<&Remittance> = order.iter().map(|&at: &usize| &remittances[at]).collect();
        for joints in [[Joint::File; 4], [Joint::Set; 4]] {
            assert_eq!(live(&all, &joints).1, [], "{order:?}, {joints:?}");
        }
    }
}

/// Taken back twice: the first of the two does it, whichever of them is heard first.
#[test]
fn what_was_taken_back_twice_is_told_alike_in_any_order() {
    let [first, then] = [1_000, 2_000].map(|cents| Word::Paid { cents });
    let back = |which| Word::Back { which };
    let words = [(first, 0), (back(0), 0), (then, 1), (back(2), 1), (back(1), 1)];
    let remittances = remittances(&words.map(|(word, day)| Told { claim: 2, word, day }));
    let live = |order: [usize; 5]| {
        let all: Vec<&Remittance> = order.iter().filter_map(|&at| remittances.get(at)).collect();
        kinds(live(&all, &[Joint::Set; 5]).1)
    };
    assert_eq!(live([0, 1, 2, 3, 4]), live([0, 3, 4, 2, 1]));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(24),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_same_is_open_however_remittances_are_put_into_files(
        told in told(),
        joints in prop::collection::vec(joint(), 6),
    ) {
        let remittances = remittances(&told);
        let all: Vec<&Remittance> = remittances.iter().collect();
        let (balances, open) = live(&all, &[]);
        let (packed, still_open) = live(&all, &joints);
        prop_assert_eq!(balances, packed);
        prop_assert_eq!(open, still_open);
    }
    #[test]
    fn the_same_is_open_in_whatever_order_remittances_come(
        told in told(),
        (order, joints) in order(),
    ) {
        come_in_any_order(&remittances(&once(told)), (&order, &joints), live)?;
    }

    /// What is still written off is what would be owed, and all else is as if nobody had given it up.
    #[test]
    fn what_was_given_up_gives_way_in_whatever_order_remittances_come(
        told in told(),
        given_up in prop::sample::select(vec![vec![1], vec![2], vec![1, 2]]),
        (order, joints) in order(),
    ) {
        let remittances = remittances(&once(told));
        let all: Vec<&Remittance> = remittances.iter().collect();
        let ((mut expected, _), open) = live(&all, &[]);
        for claim in &given_up {
            let claim = Some(*claim as i64);
            let owed = expected.remove(&(Account::Receivable, claim)).unwrap_or_default();
            let written_off = owed.clamp(0, CHARGE);
            let left = [(Account::Receivable, owed - written_off), (Account::WriteOff, written_off)];
            let left = left.into_iter().filter(|(_, cents)| *cents != 0);
            expected.extend(left.map(|(account, cents)| ((account, claim), cents)));
        }
        let ((found, aged), still_open) = live_given_up(&given_up, &all, &[]);
        prop_assert_eq!(&expected, &found);
        prop_assert_eq!(kinds(open.clone()), kinds(still_open));
        let shuffled = order.iter().filter_map(|at| remittances.get(*at)).collect::<Vec<_>>();
        let (moved, still_open) = live_given_up(&given_up, &shuffled, &joints);
        prop_assert_eq!((expected, aged), moved);
        prop_assert_eq!(kinds(open), kinds(still_open));
    }
}
