//! A claim that a person edits asks for what it goes out with.

use claimgate::change::ClaimId;
use claimgate::gateway::knowledge::cut;
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

/// The name and number of the insured are corrected; what the payer takes back has the old ones.
#[test]
fn a_payer_takes_back_what_it_was_sent_whatever_the_claim_says_by_now() {
    let mut world = World::new(false);
    let mut denied = Remitted::default();
    denied.add("M00001", "1", 0, &[("CO*16", 10_000)]);
    remit(&mut world, &denied, 1);
    let item = world.open_items()[0].id.0.to_string();
    let at = number_of(&world, "IL");
    let name = format!("{at}:NM103=MILLER");
    let number = format!("{at}:NM109=WNEW");
    assert!(world.work_on(&["edit", &item, "--set", &name, "--set", &number]));
    assert!(world.work_on(&["release", &item]));
    assert_eq!(world.dispatch(), 1);

    let mut anew = Remitted::default();
    anew.add("M00001", "22", 0, &[("CO*16", 10_000)]);
    let back = anew.claims.len();
    anew.add("M00001", "1", 6_000, &[("CO*45", 4_000)]);
    let paid = anew.claims.split_off(back);
    anew.claims += &paid.replace("ROE*JANE****MI*WM00001", "MILLER*JANE****MI*WNEW");
    remit(&mut world, &anew, 2);
    assert_eq!(balance(&world, Account::Contractual, Some(1)), 4_000);
    assert_eq!(balance(&world, Account::Receivable, Some(1)), 0);
    let open = world.open_items();
    assert!(open.is_empty(), "{:?}", open.iter().map(|item| &item.what).collect::<Vec<_>>());
}

/// A payer that never had the claim has nothing to replace.
#[test]
fn a_claim_that_goes_to_another_payer_is_a_first_one() {
    let mut world = World::new(false);
    let mut denied = Remitted::default();
    denied.add("M00001", "1", 0, &[("CO*16", 10_000)]);
    remit(&mut world, &denied, 1);
    let item = world.open_items()[0].id.0.to_string();
    let payer = format!("{}:NM109=BEACON1", number_of(&world, "PR"));
    assert!(world.work_on(&["edit", &item, "--set", &payer]));
    assert!(world.work_on(&["release", &item]));
    assert_eq!(world.dispatch(), 1);
    let history = world.store().history(ClaimId(1)).expect("read").expect("the claim");
    let sent: Vec<(&str, &str)> = history
        .submissions
        .iter()
        .map(|one| (one.payer.as_str(), one.frequency.as_str()))
        .collect();
    assert_eq!(sent, [("acme", "1"), ("beacon", "1")]);
}

/// The segment of the first claim that names somebody.
fn number_of(world: &World, whom: &str) -> u32 {
    let claim = world.store().claim(ClaimId(1)).expect("read").expect("it");
    let document = cut(&world.gateway, &claim.place, &[]).expect("its segments");
    let mut named = document.segments().filter(|one| one.tag_bytes() == b"NM1");
    named.find(|one| one.text(1) == whom.as_bytes()).expect("the name").number()
}

fn remit(world: &mut World, file: &Remitted, cycle: usize) {
    let arrival = world.take_in("acme", &format!("{cycle}.835"), &file.text(cycle, cycle, ""));
    world.amounts.insert(arrival, file.amount());
    world.check();
}
