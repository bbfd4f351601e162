//! Some offices give all claims of a patient one number (CLM01), and a family has one member's number. Money of
//! another visit, or of another of the family, waits for a person, and what stands beside a claim in its file does
//! not hide it.

use claimgate::ledger::Account;
use claimgate::lifecycle::State;

use crate::made::{self, Made};
use crate::payers::Remitted;
use crate::world::World;

const PAID: i64 = 8_000;

fn of(number: &str, status: &str) -> Remitted {
    let mut file = Remitted::default();
    file.add(number, status, PAID, &[("PR*2", 2_000)]);
    file
}

/// Takes in a remittance with one of its values changed.
fn take_in(world: &mut World, file: &Remitted, cycle: usize, (from, to): (&str, &str)) {
    let text = file.text(cycle, cycle, "");
    assert!(text.contains(from), "{from}");
    let arrival = world.take_in("acme", &format!("{cycle}.835"), &text.replace(from, to));
    world.amounts.insert(arrival, file.amount());
    world.check();
}

/// What is on an account, of one of the claims.
fn on(world: &World, account: Account, claim: i64) -> i64 {
    world.end().0.get(&(account, Some(claim))).copied().unwrap_or(0)
}

#[test]
fn money_of_another_visit_or_of_a_relative_waits() {
    let day = made::days_ago(20).to_wire();
    let other_day = made::days_ago(90).to_wire();
    let (day, other_day) = (format!("DTM*472*{day}~"), format!("DTM*472*{other_day}~"));
    let (jane, dora) = ("NM1*QC*1*ROE*JANE*", "NM1*QC*1*ROE*DORA*");
    for is_on_disk in [false, true] {
        for (change, why) in [
            ((day.as_str(), other_day.as_str()), "no day of service does"),
            ((jane, dora), "the patient does not"),
        ] {
            let mut world = World::new(is_on_disk);
            let claim = world.claims()[0].id.0;
            let untouched = on(&world, Account::Receivable, claim);
            let mut old = Remitted::default();
            old.add_as("OLD7", "M00001", "1", PAID, &[("PR*2", 2_000)]);
            take_in(&mut world, &old, 1, change);
            assert_eq!(on(&world, Account::Receivable, claim), untouched, "{why}");
            assert_eq!(on(&world, Account::Patient, claim), 0, "{why}");
            assert!(world.open_items().iter().any(|item| item.what.contains(why)), "{why}");

            // What is paid for this one is posted as if the other had never come.
            take_in(&mut world, &of("M00001", "1"), 2, ("*12*PM00001~", "*12*K1~"));
            assert_eq!(world.claims()[0].state, State::Paid);
            assert_eq!(on(&world, Account::Receivable, claim), 0, "{why}");
            assert_eq!(on(&world, Account::Patient, claim), 2_000, "{why}");

            // A takeback of the other takes nothing of it.
            let mut back = Remitted::default();
            back.add_as("OLD7", "M00001", "22", PAID, &[("PR*2", 2_000)]);
            back.finish(3);
            take_in(&mut world, &back, 3, change);
            assert_eq!(world.claims()[0].state, State::Paid);
            assert_eq!(on(&world, Account::Receivable, claim), 0, "{why}");
        }
    }
}

/// A number in other letters is found whatever else the file pays.
#[test]
fn a_neighbour_in_the_file_hides_no_claim() {
    for is_on_disk in [false, true] {
        for numbers in [["K0001", "AB12CD"], ["AB12CD", "K0001"]] {
            let mut world = World::new(is_on_disk);
            world.send([Made::new("K0001"), Made::new("ab12cd")]);
            let mut file = Remitted::default();
            for number in numbers {
                file.add(number, "1", PAID, &[("PR*2", 2_000)]);
            }
            take_in(&mut world, &file, 1, ("WAB12CD", "Wab12cd"));
            let paid = world.claims().into_iter().filter(|claim| claim.state == State::Paid);
            assert_eq!(paid.count(), 2, "{numbers:?}");
            assert!(world.open_items().is_empty(), "{numbers:?}");
        }
    }
}
