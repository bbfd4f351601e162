//! A claim that a person edits asks for what it goes out with.

use claimgate::change::ClaimId;
use claimgate::ledger::Account;
use x12::value::Money;

use crate::answers::{balance, broken};
use crate::payers::Remitted;
use crate::world::World;

/// A service of 100.00 is found to be one of 50.00, its claim replaced, and the payer decides anew.
#[test]
fn a_replacement_with_another_charge_is_owed_what_it_asks_for() {
    for (is_on_disk, then) in [(false, "1"), (true, "1"), (true, "4")] {
        let mut world = World::new(is_on_disk);
        let claim = ClaimId(1);
        let mut paid = Remitted::default();
        paid.add("M00001", "1", 6_000, &[("CO*45", 4_000)]);
        remit(&mut world, &paid, 1);
        let found =
            ["open", "1", "--found", "overpaid", "--amount", "30", "--what", "one unit less"];
        assert!(world.work_on(&found));
        let item = world.open_items()[0].id.0.to_string();
        let edit =
            ["edit", &item, "--set", "SV101-2=99212", "--set", "SV102=50", "--set", "CLM02=50"];
        assert!(world.work_on(&edit));
        // Until it goes out, its payer knows the old one.
        let charge = |world: &World| world.store().claim(claim).expect("read").expect("it").charge;
        assert_eq!(charge(&world), Money::from_cents(10_000));
        assert!(world.work_on(&["release", &item]));
        assert_eq!(world.dispatch(), 1);
        assert_eq!(charge(&world), Money::from_cents(5_000));
        world.check();

        let share = if then == "1" { 3_000 } else { 0 };
        let mut anew = Remitted::default();
        anew.add("M00001", "22", 6_000, &[("CO*45", 4_000)]);
        anew.add("M00001", then, share, &[("CO*45", 5_000 - share)]);
        anew.finish(2);
        let of_it = format!("*50*{}*", Money::from_cents(share).to_wire());
        anew.claims = anew.claims.replace(&of_it.replace("*50*", "*100*"), &of_it);
        anew.claims = anew.claims.replace("HC:99213*50*", "HC:99212*50*");
        remit(&mut world, &anew, 2);
        let of = |account| balance(&world, account, Some(1));
        assert_eq!((of(Account::Charges), of(Account::Receivable)), (-5_000, 0));
        assert_eq!((of(Account::Contractual), of(Account::Patient)), (5_000 - share, 0));
        // The payer said what was submitted, each time, and spoke of all of it.
        for rule in ["V20", "V34", "V40"] {
            assert_eq!(broken(&world, "acme", rule), 0, "{rule}");
        }
    }
}

fn remit(world: &mut World, file: &Remitted, cycle: usize) {
    let arrival = world.take_in("acme", &format!("{cycle}.835"), &file.text(cycle, cycle, ""));
    world.amounts.insert(arrival, file.amount());
    world.check();
}
