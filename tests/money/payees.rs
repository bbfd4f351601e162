//! A payment that comes again and names who is paid by its other number: the tax id where the first had the NPI, or
//! the other way round.

use claimgate::ledger::Account;
use claimgate::store::Work;

use crate::answers::broken;
use crate::payers::Remitted;
use crate::world::World;

const NPI: &str = "N1*PE*CEDAR CLINIC*XX*1999001013~";
const TAX_ID: &str = "N1*PE*CEDAR CLINIC*FI*04-3219876~";

/// A payment for a claim, with an entry of a PLB.
fn paid(claim: &str, entry: (&str, i64)) -> Remitted {
    let mut file = Remitted::default();
    file.add(claim, "1", 6_000, &[("CO*45", 4_000)]);
    file.entries.push((entry.0.to_owned(), entry.1));
    file
}

/// The file, and who is paid by it.
fn text(file: &Remitted, control_number: usize, payee: &str) -> String {
    let text = file.text(1, control_number, "");
    let (before, after) = text.split_once(NPI).expect("a payee");
    let (body, end) = after.split_once("~SE*").expect("a trailer");
    let (count, end) = end.split_once('*').expect("a count");
    let count = count.parse::<usize>().expect("a number") + payee.matches('~').count() - 1;
    format!("{before}{payee}{body}~SE*{count}*{end}")
}

fn take_in(world: &mut World, file: &Remitted, name: &str, text: &str) {
    let arrival = world.take_in("acme", name, text);
    world.amounts.insert(arrival, file.amount());
    world.check();
}

fn set_aside(world: &World) -> Vec<Work> {
    let mut items = world.open_items();
    items.retain(|item| item.what.contains("the number, day and amount of one that came before"));
    items
}

fn cash(world: &World) -> i64 {
    let (balances, _) = world.end();
    balances.iter().filter(|((account, _), _)| *account == Account::Cash).map(|(_, one)| *one).sum()
}

/// What makes two numbers one payee: a claim that is paid was billed with both; the settings of an office; REF*TJ
/// beside the NPI. The last says so of what is not ours to know otherwise.
#[test]
fn the_same_payment_to_the_same_payee_by_another_number_is_posted_once() {
    let rowan = ["N1*PE*ROWAN*XX*1999001070~", "N1*PE*ROWAN*FI*043219970~"];
    let beside =
        ["N1*PE*CEDAR CLINIC*XX*1999001013~REF*TJ*043219999~", "N1*PE*CEDAR CLINIC*FI*043219999~"];
    let back = |[first, second]: [&'static str; 2]| [second, first];
    let billed = [NPI, TAX_ID];
    let cases = [
        ("M00001", billed),
        ("M00001", back(billed)),
        ("ZZ1", rowan),
        ("ZZ1", back(rowan)),
        ("ZZ1", beside),
    ];
    for (claim, [first, second]) in cases {
        for entry in [("WO:PX1", -700), ("FB:F9", -1_500), ("L6", -300), ("WO:PX2", 900)] {
            let file = paid(claim, entry);
            let (first, second) = (text(&file, 1, first), text(&file, 2, second));
            let mut apart = World::new(true);
            take_in(&mut apart, &file, "1.835", &first);
            assert_eq!(cash(&apart), file.amount(), "{first}");
            let alone = apart.end();
            apart.take_in("acme", "2.835", &second);
            let mut together = World::new(false);
            take_in(&mut together, &file, "1.835", &format!("{first}{second}"));
            for world in [&apart, &together] {
                world.check();
                assert_eq!(world.end(), alone, "{first} {second}");
                let [item] = set_aside(world).try_into().expect("one item");
                assert!(item.what.ends_with("is named by another number"), "{}", item.what);
                assert_eq!(broken(world, "acme", "V09"), 1);
            }
            // Nothing of it is posted by a person's word either, but for `--another`.
            let id = set_aside(&apart)[0].id.0.to_string();
            assert!(apart.work_on(&["post", &id, "--reason", "let us see"]));
            assert_eq!(apart.end(), alone);
        }
    }
}

/// Two NPIs are two providers, with one tax id or not; and another tax id is another payee.
#[test]
fn two_payees_are_not_taken_for_one() {
    let with = |tax_id: &str| format!("{NPI}REF*TJ*{tax_id}~");
    let other_npi = "N1*PE*CEDAR CLINIC*XX*1999001070~REF*TJ*043219876~".to_owned();
    let other_tax_id = "N1*PE*CEDAR CLINIC*FI*043219971~".to_owned();
    for (first, second) in [(with("043219876"), other_npi), (with("043219876"), other_tax_id)] {
        let file = paid("ZZ1", ("L6", -300));
        let mut world = World::new(false);
        take_in(&mut world, &file, "1.835", &text(&file, 1, &first));
        take_in(&mut world, &file, "2.835", &text(&file, 2, &second));
        assert_eq!(cash(&world), 2 * file.amount(), "{second}");
        assert_eq!((set_aside(&world).len(), broken(&world, "acme", "V09")), (0, 0));
    }
}

/// V35: on another day, with the tax id in the PLB as well.
#[test]
fn what_a_plb_says_of_the_payee_by_another_number_is_said_again() {
    let mut world = World::new(false);
    let file = paid("M00001", ("L6", -300));
    take_in(&mut world, &file, "1.835", &file.text(1, 1, ""));
    let alone = world.end();
    let later = file.text(2, 2, "").replace("TRN*1*T2*", "TRN*1*T1*").replace(NPI, TAX_ID);
    world.take_in("acme", "2.835", &later.replace("PLB*1999001013*", "PLB*04-3219876*"));
    world.check();
    assert_eq!(world.end(), alone);
    assert_eq!([broken(&world, "acme", "V09"), broken(&world, "acme", "V35")], [1, 1]);
}
