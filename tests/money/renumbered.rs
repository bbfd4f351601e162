//! A line that a person takes out of a claim, the rest numbered anew: what the payer takes back of it leaves nothing on
//! any line, and what was denied is found again under its new number.

use std::collections::BTreeMap;

use claimgate::change::cases::Ending;
use claimgate::change::{ArrivalId, ClaimId};
use claimgate::denials::Category;
use claimgate::gateway::knowledge::cut;
use claimgate::ledger::Account;
use claimgate::store::Work;
use x12::value::Money;

use crate::made;
use crate::packings::{Remittance, interchange, remittance};
use crate::world::World;

/// A service: its line as it was first sent, the charge, what is paid, and what adjusts the rest, in cents.
type Service<'a> = (usize, i64, i64, &'a [(&'a str, i64)]);

const FIRST: Service<'_> = (1, 6_000, 4_800, &[("CO*45", 600), ("PR*2", 600)]);
const DENIED: Service<'_> = (2, 4_000, 0, &[("CO*50", 4_000)]);
const ANEW: Service<'_> = (2, 4_000, 3_000, &[("CO*45", 600), ("PR*2", 400)]);
/// With the same taken off as of the other line.
const LIKE_FIRST: Service<'_> = (2, 4_000, 2_800, &[("CO*45", 600), ("PR*2", 600)]);

/// A CLP, and what it pays; `sign` is -1 of a reversal. Payers that give no REF*6R are found by the procedure.
fn claim_payment(
    (number, sign): (&str, i64),
    services: &[Service<'_>],
    has_numbers: bool,
) -> (String, i64) {
    let wire = |cents: i64| Money::from_cents(sign * cents).to_wire();
    let day = made::days_ago(20).to_wire();
    let (charge, paid) = services.iter().fold((0, 0), |sums, one| (sums.0 + one.1, sums.1 + one.2));
    let status = if sign < 0 { "22" } else { "1" };
    let mut told = format!(
        "CLP*M00001*{status}*{}*{}**12*{number}~NM1*QC*1*ROE*JANE****MI*WM00001~",
        wire(charge),
        wire(paid)
    );
    for (line, charge, paid, adjustments) in services {
        let procedure = ["99213", "93000"][line - 1];
        let (charge, paid) = (wire(*charge), wire(*paid));
        told += &format!("SVC*HC:{procedure}*{charge}*{paid}**1~DTM*472*{day}~");
        for (code, cents) in *adjustments {
            told += &format!("CAS*{code}*{}~", wire(*cents));
        }
        if has_numbers {
            told += &format!("REF*6R*M00001L{line}~");
        }
    }
    (told, sign * paid)
}

fn hear(world: &mut World, name: usize, all: &[&Remittance]) -> ArrivalId {
    let arrival = world.take_in("acme", &format!("{name}.835"), &interchange(all, name));
    world.amounts.insert(arrival, all.iter().map(|one| one.cents).sum());
    world.check();
    arrival
}

/// Takes a line of the claim out in an item, numbers the other one anew, and releases it as a replacement.
fn take_out(world: &mut World, item: &str, line: &str, charge: &str) {
    let claim = world.store().claim(ClaimId(1)).expect("read").expect("it");
    let document = cut(&world.gateway, &claim.place, &[]).expect("its segments");
    let (mut of_line, mut other, mut is_its) = (Vec::new(), String::new(), false);
    for segment in document.segments() {
        if segment.tag_bytes() == b"LX" {
            is_its = segment.text(1) == line.as_bytes();
            if !is_its {
                other = format!("{}:LX01=1", segment.number());
            }
        }
        if is_its {
            of_line.push(segment.number().to_string());
        }
    }
    let charge = format!("CLM02={charge}");
    let mut words = vec!["edit", item, "--set", &charge, "--set", &other];
    words.extend(of_line.iter().flat_map(|number| ["--remove", number.as_str()]));
    assert!(world.work_on(&words), "{:?}", world.refused(&words));
    let release = ["release", item, "--as", "replacement"];
    assert!(world.work_on(&release), "{:?}", world.refused(&release));
    assert_eq!(world.dispatch(), 1);
}

/// What is left of each line, in cents.
fn by_line(world: &World) -> Vec<(String, Account, i64)> {
    let mut left: BTreeMap<(String, Account), i64> = BTreeMap::new();
    for posting in world.store().postings(ClaimId(1)).expect("read") {
        if !matches!(posting.account, Account::Receivable | Account::Charges) {
            // What a person attaches comes out of suspense.
            let is_money = posting.account == Account::Suspense;
            let account = if is_money { Account::Cash } else { posting.account };
            *left.entry((posting.line, account)).or_default() += posting.amount.cents();
        }
    }
    let left = left.into_iter().filter(|(_, cents)| *cents != 0);
    left.map(|((line, account), cents)| (line, account, cents)).collect()
}

fn item(world: &World, id: &str) -> Work {
    let history = world.store().history(ClaimId(1)).expect("read").expect("the claim");
    history.work.into_iter().find(|one| one.id.0.to_string() == id).expect("the item")
}

/// In whatever order and files the payer takes the old decision back and decides anew.
#[test]
fn what_is_taken_back_of_a_claim_is_taken_off_the_lines_that_it_was_posted_to() {
    for has_numbers in [true, false] {
        for order in [&[&[1, 2][..]][..], &[&[2, 1]], &[&[1], &[2]], &[&[2], &[1]]] {
            let mut world = World::of_two_lines();
            let of = |what, services: &[Service<'_>]| claim_payment(what, services, has_numbers);
            let all = [
                remittance(0, 0, &of(("P1", 1), &[FIRST, DENIED])),
                remittance(1, 2, &of(("P1", -1), &[FIRST, DENIED])),
                remittance(2, 2, &of(("P1R", 1), &[ANEW])),
            ];
            hear(&mut world, 1, &[&all[0]]);
            let denied = world.open_items()[0].id.0.to_string();
            take_out(&mut world, &denied, "1", "40");
            for (name, file) in (2..).zip(order) {
                let file: Vec<&Remittance> = file.iter().map(|at| &all[*at]).collect();
                hear(&mut world, name, &file);
            }
            let left = |account, cents| ("1".to_owned(), account, cents);
            let expected = [
                left(Account::Cash, 3_000),
                left(Account::Contractual, 600),
                left(Account::Patient, 400),
            ];
            assert_eq!(by_line(&world), expected, "{has_numbers} {order:?}");
            let item = item(&world, &denied);
            let came_in = (Some(Ending::Corrected), Money::from_cents(3_400));
            assert_eq!((item.ending, item.recovered), came_in, "{has_numbers} {order:?}");
            let open = world.open_items();
            let open: Vec<&String> = open.iter().map(|item| &item.what).collect();
            assert!(open.is_empty(), "{has_numbers} {order:?}: {open:?}");
        }
    }
}

/// The last line is taken out, of two that had the same taken off.
#[test]
fn what_is_taken_back_of_a_line_that_is_gone_leaves_nothing_of_it() {
    for (has_numbers, is_by_hand) in [(true, false), (false, false), (true, true)] {
        let mut world = World::of_two_lines();
        let of = |what, services: &[Service<'_>]| claim_payment(what, services, has_numbers);
        hear(&mut world, 1, &[&remittance(0, 0, &of(("P1", 1), &[FIRST, LIKE_FIRST]))]);
        let found = ["open", "1", "--found", "overpaid", "--amount", "28", "--what", "not done"];
        assert!(world.work_on(&found));
        let opened = world.open_items()[0].id.0.to_string();
        take_out(&mut world, &opened, "2", "60");
        let mut back = remittance(1, 2, &of(("P1", -1), &[FIRST, LIKE_FIRST]));
        let anew = remittance(2, 2, &of(("P1R", 1), &[FIRST]));
        if is_by_hand {
            // Under numbers that nobody knows: a person names the claim.
            back.body = back.body.replace("CLP*M00001*", "CLP*NOBODY*").replace("*P1~", "*PX~");
        }
        hear(&mut world, 2, &[&back]);
        if is_by_hand {
            let mut waits = world.open_items().into_iter().filter(|item| item.id.0 != 1);
            let waits = waits.next().expect("it waits").id.0.to_string();
            let words = ["attach", &waits, "1", "--reason", "same patient"];
            assert!(world.work_on(&words), "{:?}", world.refused(&words));
            world.check();
        }
        assert_eq!(by_line(&world), [], "{has_numbers} {is_by_hand}");
        hear(&mut world, 3, &[&anew]);
        let lines: Vec<String> = by_line(&world).into_iter().map(|(line, ..)| line).collect();
        assert_eq!(lines, ["1", "1", "1"], "{has_numbers}");
        // What was decided on the claim as it is by now is taken back of the lines of that.
        hear(&mut world, 4, &[&remittance(3, 3, &of(("P1R", -1), &[FIRST]))]);
        assert_eq!(by_line(&world), [], "{has_numbers}");
        let denied = world.open_items().iter().any(|one| one.category == Category::Denied);
        assert!(!denied, "nothing was denied");
    }
}
