//! Persons who work on the queue between files: what is held goes on, what waits is attached or given up,
//! and the power goes in between.

use std::collections::BTreeSet;

use proptest::prelude::*;

use claimgate::commands::statement;
use claimgate::store::{Work, WorkFilter};

use crate::cases;
use crate::made;
use crate::overtaken::deliver_all;
use crate::payers::{CLAIMS, CYCLES, Fate, Remitted, fate, files};
use crate::world::{World, work_on_deposits};

#[derive(Clone, Copy, Debug)]
enum Deed {
    /// A remittance comes, for the first time or again.
    Remit(usize),
    /// The bank shows what it paid.
    Deposit(usize),
    /// A person takes an item, and does the first of the verbs from this one on that can be done.
    Item {
        which: usize,
        verb: usize,
        claim: usize,
    },
    /// A person takes back what was done with an item.
    Detach {
        which: usize,
    },
    GiveUp {
        claim: usize,
    },
    /// What no bank showed of a remittance is given up, or waited for again.
    Bank {
        remittance: usize,
        verb: &'static str,
    },
    /// So many halves of a write from now.
    Crash {
        halves: u64,
    },
}

/// A deed of a person with an item.
const fn item(which: usize, verb: usize, claim: usize) -> Deed {
    Deed::Item { which, verb, claim }
}

/// A part is of a cent.
const VERBS: [&str; 6] =
    ["post", "attach", "part attach", "write-off", "part write-off", "resolve"];

fn deed() -> impl Strategy<Value = Deed> {
    let item = (any::<usize>(), 0..VERBS.len(), 1..=CLAIMS);
    prop_oneof![
        4 => (0..=CYCLES).prop_map(Deed::Remit),
        2 => (0..=CYCLES).prop_map(Deed::Deposit),
        4 => item.prop_map(|(which, verb, claim)| Deed::Item { which, verb, claim }),
        2 => any::<usize>().prop_map(|which| Deed::Detach { which }),
        1 => (1..=CLAIMS).prop_map(|claim| Deed::GiveUp { claim }),
        2 => (1..=CYCLES, prop_oneof![2 => Just("write-off"), 1 => Just("reopen")])
            .prop_map(|(remittance, verb)| Deed::Bank { remittance, verb }),
        1 => (1..7_u64).prop_map(|halves| Deed::Crash { halves }),
    ]
}

impl World {
    fn do_deed(&mut self, deed: Deed, files: &[Remitted], control_number: usize) {
        match deed {
            Deed::Remit(at) => {
                let Some(file) = files.get(at).filter(|file| !file.claims.is_empty()) else {
                    return;
                };
                let payer = if file.is_second { "beacon" } else { "acme" };
                let text = file.text(at + 1, at + 1, "");
                let arrival = self.take_in(payer, &format!("{control_number}.835"), &text);
                self.amounts.entry(arrival).or_insert(file.amount());
            }
            Deed::Deposit(at) => {
                let Some(file) = files.get(at) else { return };
                self.show_deposit(file, at + 1, false);
            }
            Deed::Item { which, verb, claim } => {
                let open = self.open_items();
                let Some(item) = open.get(which % open.len().max(1)) else { return };
                let (id, claim) = (item.id.0.to_string(), claim.to_string());
                // `audit` tells of money that waits without an item.
                let waits = item.remitted.is_some();
                let verbs = VERBS.iter().cycle().skip(verb).take(VERBS.len());
                for verb in verbs.filter(|verb| !waits || **verb != "resolve") {
                    let whole = verb.trim_start_matches("part ");
                    let mut words = vec![whole, &id];
                    if whole == "attach" {
                        words.extend([&claim, "--despite", "patient,payee,payer"]);
                    }
                    if whole == "write-off" && which % 2 == 1 {
                        words.extend(["--to", "other-system"]);
                    }
                    if whole != *verb {
                        words.extend(["--amount", "0.01"]);
                    }
                    words.extend(["--reason", "it is so"]);
                    if self.work_on(&words) || self.store().probe().is_err() {
                        break;
                    }
                }
            }
            Deed::Detach { which } => {
                let items = self.store().work(&WorkFilter::default()).expect("read");
                let is_done = |item: &&Work| !item.state.is_open() && item.remitted.is_some();
                let done: Vec<&Work> = items.iter().filter(is_done).collect();
                let Some(item) = done.get(which % done.len().max(1)) else { return };
                self.work_on(&["detach", &item.id.0.to_string(), "--reason", "it is not so"]);
            }
            Deed::GiveUp { claim } => {
                self.work_on(&["give-up", &claim.to_string(), "--reason", "it never comes"]);
            }
            Deed::Bank { remittance, verb } => {
                let words = [verb, &remittance.to_string(), "--reason", "it is so"];
                work_on_deposits(&words, &self.office(self.gateway.store.clone())).ok();
            }
            Deed::Crash { halves } => self.crashing.die_after(halves),
        }
    }
}

/// What payers and persons do, one after another, with a look at the books after each.
fn live(
    fates: &[Fate],
    (interest, off): (i64, (usize, i64)),
    deeds: Vec<Deed>,
    is_on_disk: bool,
    given_up_first: bool,
) {
    let mut files = files(fates, interest);
    files[off.0].off_by = off.1;
    let mut world = World::new(is_on_disk);
    deliver_all(&world);
    if given_up_first {
        world.do_deed(Deed::GiveUp { claim: 1 }, &files, 0);
    }
    world.do_deed(Deed::Remit(0), &files, 0);
    world.send_anew(fates);
    let mut shown = BTreeSet::new();
    for (number, deed) in deeds.into_iter().enumerate() {
        if matches!(deed, Deed::Deposit(at) if !shown.insert(at)) {
            continue;
        }
        world.do_deed(deed, &files, number + 1);
        if !matches!(deed, Deed::Crash { .. }) {
            world.look();
        }
    }
}

#[test]
fn what_is_put_back_on_one_claim_takes_nothing_off_what_another_was_denied() {
    let fates = [
        Fate::Unknown { paid: 1 },
        Fate::Voided { paid: 0 },
        Fate::Denied,
        Fate::Unknown { paid: 1 },
    ];
    let deeds = vec![
        Deed::Remit(1),
        Deed::Item { which: 5576387763408659933, verb: 4, claim: 1 },
        Deed::Item { which: 36, verb: 3, claim: 3 },
    ];
    live(&fates, (0, (0, 1)), deeds, false, true);
}

#[test]
fn what_was_given_up_gives_way_to_a_second_payer_of_whom_nobody_heard_before() {
    let nothing = Fate::Paid { paid: 0, share: 0 };
    let fates = [Fate::Second { paid: 1, share: 99, then: 1 }, nothing, nothing, nothing];
    live(&fates, (0, (0, 1)), vec![Deed::Remit(3)], false, true);
}

/// Its office itself bills the second payer, which decides before the remittance of the first one is let go.
#[test]
fn what_was_given_up_gives_way_to_a_first_payer_that_is_heard_after_the_second() {
    let nothing = Fate::Paid { paid: 0, share: 0 };
    let fates = [Fate::Second { paid: 1, share: 5199, then: 0 }, nothing, nothing, nothing];
    let deeds = vec![Deed::Remit(3), Deed::Item { which: 0, verb: 0, claim: 1 }];
    live(&fates, (0, (0, 47)), deeds, false, true);
}

#[test]
fn a_part_of_money_keeps_its_item_where_a_claim_payment_of_its_file_is_taken_off() {
    let fates = [
        Fate::Replaced { first: 1, then: 0 },
        Fate::Paid { paid: 0, share: 0 },
        Fate::Unknown { paid: 2 },
        Fate::Voided { paid: 251 },
    ];
    let deeds = vec![
        item(0, 0, 1),
        item(14419396193057194, 1, 1),
        item(9969969313810324868, 5, 1),
        item(3541337469911888214, 0, 1),
        item(17914909888375375873, 1, 1),
        Deed::Detach { which: 16094032494354555115 },
    ];
    live(&fates, (0, (0, 2)), deeds, false, true);
}

#[test]
fn a_part_of_what_is_taken_back_is_told_as_paid_twice_no_longer() {
    let fates = [
        Fate::TakenBack { paid: 1 },
        Fate::TakenBack { paid: 1 },
        Fate::Replaced { first: 139, then: 1 },
        Fate::Replaced { first: 178, then: 1 },
    ];
    let deeds = vec![
        Deed::Remit(2),
        item(5530778030977655620, 5, 2),
        Deed::GiveUp { claim: 4 },
        item(9010126590827437756, 1, 1),
        Deed::Remit(2),
        Deed::Remit(2),
        item(1853886045961690643, 4, 4),
        Deed::Detach { which: 10925093201226947059 },
        Deed::Remit(0),
        item(12103244731566089249, 3, 1),
        item(3975365641216349712, 0, 2),
        Deed::Deposit(1),
        Deed::Bank { remittance: 1, verb: "write-off" },
        Deed::Remit(2),
        item(14923394635443558580, 0, 4),
        Deed::Remit(1),
    ];
    live(&fates, (0, (0, 2)), deeds, false, false);
}

#[test]
fn what_is_let_go_on_closes_items_as_when_it_comes() {
    let fates = [
        Fate::Paid { paid: 0, share: 0 },
        Fate::Corrected { first: 1, then: 1 },
        Fate::TakenBack { paid: 372 },
        Fate::Denied,
    ];
    let deeds = vec![
        Deed::GiveUp { claim: 1 },
        Deed::Remit(2),
        item(7182480203576182502, 0, 1),
        item(7090333409357379745, 5, 3),
        Deed::Remit(1),
        item(9861927938917991378, 3, 1),
    ];
    live(&fates, (0, (1, 1)), deeds, false, false);
}

#[test]
fn a_part_of_money_keeps_its_item_where_what_was_detached_before_is_written_off_no_longer() {
    let fates = [
        Fate::TakenBack { paid: 1 },
        Fate::Replaced { first: 1, then: 0 },
        Fate::Unknown { paid: 4 },
        Fate::Unknown { paid: 433 },
    ];
    let deeds = vec![
        item(291743335306707721, 5, 1),
        Deed::Detach { which: 9520389812478195690 },
        item(13288751078287483019, 3, 1),
        item(10880334387013263334, 2, 1),
        Deed::Detach { which: 12819530517610634554 },
    ];
    live(&fates, (0, (1, 1)), deeds, false, true);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(24),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    #[test]
    fn ten_things_hold_of_the_ledger_whatever_persons_decide(
        fates in prop::collection::vec(fate(), CLAIMS),
        interest in 0_i64..500,
        off in (prop_oneof![Just(0), 0..=CYCLES], 1_i64..50),
        deeds in prop::collection::vec(deed(), 1..20),
        is_on_disk in prop::bool::weighted(0.1),
        given_up_first in any::<bool>(),
    ) {
        live(&fates, (interest, off), deeds, is_on_disk, given_up_first);
    }
}

/// Some offices count their claims as the gateway does: no statement is of whoever comes first.
#[test]
fn a_number_of_two_patients_claims_is_no_ones_statement() {
    let mut world = World::new(false);
    world.send([made::Made::new("2")]);
    let office = world.office(world.gateway.store.clone());
    let refused = statement::statement_for(&office, "2").expect_err("claim 2 is another patient's");
    let told = "claims of several patients have that number; name one of claims 2, 5, with --ours";
    assert!(refused.to_string().starts_with(told), "{refused}");
    assert!(statement::statement_for(&office, "3").is_ok());
}
