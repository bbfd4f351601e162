//! Claims of two lines: what is denied of one and decided on anew gives way by itself, in whatever order and
//! files that comes.

use proptest::prelude::*;
use x12::value::Money;

use claimgate::denials::Category;
use claimgate::ledger::Account;

use crate::cases;
use crate::made;
use crate::packings::{Joint, Remittance, joint, kinds, live_in};
use crate::world::World;

/// What the lines charge, in cents.
const CHARGES: [i64; 2] = [6_000, 4_000];

/// What is said of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OfLine {
    Nothing,
    /// So many tenths are paid.
    Paid(i64),
    Denied(&'static str),
}
use OfLine::{Denied, Nothing, Paid};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Lines([OfLine; 2]),
    /// What one of those before it said is taken back.
    Back(usize),
}

fn of_line() -> impl Strategy<Value = OfLine> {
    prop_oneof![
        2 => Just(Nothing),
        3 => (1..=3_i64).prop_map(Paid),
        3 => prop::sample::select(vec!["50", "29"]).prop_map(Denied),
    ]
}

fn told() -> impl Strategy<Value = Vec<(Word, i64)>> {
    let lines = (of_line(), of_line()).prop_map(|(one, other)| match (one, other) {
        (Nothing, Nothing) => Word::Lines([Paid(1), Nothing]),
        both => Word::Lines([both.0, both.1]),
    });
    let word = prop_oneof![3 => lines, 1 => (0..4_usize).prop_map(Word::Back)];
    prop::collection::vec((word, 0..2_i64), 2..6).prop_map(|all| {
        let mut day = 0;
        let mut told: Vec<(Word, i64)> = Vec::new();
        for (word, after) in all {
            day += after;
            // Of two that are alike the one that came first is posted.
            let is_known = told.iter().any(|(known, _)| *known == word);
            if matches!(word, Word::Back(_)) || !is_known {
                told.push((word, day));
            }
        }
        told
    })
}

/// Of the first claim, each in a remittance of its own. What takes nothing back says nothing.
fn remittances(all: &[(Word, i64)]) -> Vec<Remittance> {
    let mut remittances = Vec::new();
    for (at, (word, day)) in all.iter().enumerate() {
        let (lines, sign) = match word {
            Word::Lines(lines) => (*lines, 1),
            Word::Back(which) => {
                let before = all[..at].iter().filter_map(|(word, _)| match word {
                    Word::Lines(lines) => Some(*lines),
                    Word::Back(_) => None,
                });
                let before: Vec<[OfLine; 2]> = before.collect();
                let Some(lines) = before.get(which % before.len().max(1)) else { continue };
                (*lines, -1)
            }
        };
        let (clp, paid) = claim_payment(lines, sign);
        let cents = paid.max(0);
        let plb = match paid {
            paid if paid < 0 => {
                format!("PLB*1999001013*20261231*FB:F{at}*{}~", Money::from_cents(paid).to_wire())
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
        remittances.push(Remittance { number: at + 1, body, cents });
    }
    remittances
}

/// A CLP, and what it pays in cents.
fn claim_payment(lines: [OfLine; 2], sign: i64) -> (String, i64) {
    let wire = |cents: i64| Money::from_cents(sign * cents).to_wire();
    let day = made::days_ago(20).to_wire();
    let (mut charged, mut paid, mut services) = (0, 0, String::new());
    for (number, (line, charge)) in (1..).zip(lines.into_iter().zip(CHARGES)) {
        let (amount, code) = match line {
            Nothing => continue,
            Paid(tenths) => (charge * tenths / 10, "45"),
            Denied(reason) => (0, reason),
        };
        charged += charge;
        paid += amount;
        let procedure = ["99213", "93000"][number - 1];
        services.push_str(&format!(
            "SVC*HC:{procedure}*{}*{}**1~DTM*472*{day}~CAS*CO*{code}*{}~REF*6R*M00001L{number}~",
            wire(charge),
            wire(amount),
            wire(charge - amount)
        ));
    }
    let status = if sign < 0 { "22" } else { "1" };
    let clp = format!(
        "CLP*M00001*{status}*{}*{}**12*PM00001~NM1*QC*1*ROE*JANE****MI*WM00001~{services}",
        wire(charged),
        wire(paid)
    );
    (clp, sign * paid)
}

fn live(remittances: &[&Remittance], joints: &[Joint]) -> crate::packings::Left {
    live_in(World::of_two_lines(), remittances, joints)
}

/// What is owed in the end, and what is open, in whatever order these come and in one file or in several.
fn end(words: &[Word]) -> (i64, Vec<Category>) {
    let told: Vec<(Word, i64)> = words.iter().copied().zip(0..).collect();
    let remittances = remittances(&told);
    let mut all: Vec<&Remittance> = remittances.iter().collect();
    let mut ends = Vec::new();
    for _ in 0..all.len() {
        for joints in [[Joint::File; 6], [Joint::Set; 6]] {
            for turned in [false, true] {
                let mut order = all.clone();
                if turned {
                    order.reverse();
                }
                let ((balances, _), open) = live(&order, &joints);
                let owed = balances.get(&(Account::Receivable, Some(1))).copied();
                let open: Vec<Category> = kinds(open).into_iter().map(|item| item.0).collect();
                ends.push((owed.unwrap_or_default(), open));
            }
        }
        all.rotate_left(1);
    }
    ends.dedup();
    assert_eq!(ends.len(), 1, "{words:?}: {ends:?}");
    ends.remove(0)
}

#[test]
fn a_denied_line_gives_way_to_what_is_decided_on_it_anew() {
    let denied = Word::Lines([Paid(3), Denied("50")]);
    let anew = Word::Lines([Nothing, Paid(2)]);
    let both = Word::Lines([Denied("50"), Denied("29")]);
    let first = Word::Lines([Paid(3), Nothing]);
    for (words, expected) in [
        (vec![denied], (0, vec![Category::Denied])),
        (vec![denied, anew], (0, vec![])),
        (vec![denied, anew, Word::Back(1)], (0, vec![Category::Denied])),
        // Denied once more, for another reason.
        (
            vec![denied, Word::Lines([Nothing, Denied("29")])],
            (0, vec![Category::Denied, Category::Denied]),
        ),
        // All is denied, and one line is paid: the other one stays denied.
        (vec![both, first], (0, vec![Category::Denied])),
        (vec![both, first, anew], (0, vec![])),
        // What was paid already, and no denial, gives way to nothing.
        (
            vec![first, anew, Word::Lines([Nothing, Denied("50")])],
            (-4_000, vec![Category::Unexplained, Category::Denied]),
        ),
    ] {
        assert_eq!(end(&words), expected, "{words:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(24),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_same_is_left_of_lines_in_whatever_order_remittances_come(
        told in told(),
        (order, joints) in (
            Just((0..6_usize).collect::<Vec<usize>>()).prop_shuffle(),
            prop::collection::vec(joint(), 6),
        ),
    ) {
        let remittances = remittances(&told);
        let all: Vec<&Remittance> = remittances.iter().collect();
        let (balances, open) = live(&all, &[]);
        let shuffled = order.iter().filter_map(|at| remittances.get(*at)).collect::<Vec<_>>();
        let (moved, still_open) = live(&shuffled, &joints);
        prop_assert_eq!(balances, moved);
        prop_assert_eq!(kinds(open), kinds(still_open));
    }
}
