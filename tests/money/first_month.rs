//! The first month: payers pay claims that the system before this one sent.

use claimgate::ledger::Account;
use claimgate::store::Work;
use x12::value::Money;

use crate::made::{self, Made};
use crate::payers::Remitted;
use crate::world::World;

/// Each remittance pays two claims that nobody knows, takes one back, and pays one that may be ours.
fn of(cycle: usize, may_be: &str) -> String {
    let mut file = Remitted::default();
    file.add(&format!("OLD{cycle}1"), "1", 6_000, &[("CO*45", 4_000)]);
    file.add(&format!("OLD{cycle}2"), "1", 3_000, &[("CO*45", 7_000)]);
    file.add(&format!("OLD{cycle}3"), "22", 1_000, &[("CO*45", 9_000)]);
    file.add("TYPED", "1", 500, &[("CO*45", 9_500)]);
    let text = file.text(cycle, cycle, "").replace("MI*WTYPED", &format!("MI*W{may_be}"));
    text.replace("ROE*JANE****MI*WOLD", "HILL*ANN****MI*X")
}

const EACH: i64 = 6_000 + 3_000 - 1_000 + 500;

impl World {
    fn pay_old(&mut self, cycle: usize) {
        let text = of(cycle, &format!("M0000{cycle}"));
        let arrival = self.take_in("acme", &format!("{cycle}.835"), &text);
        self.amounts.insert(arrival, EACH);
        self.check();
    }

    fn on(&self, account: Account) -> i64 {
        let balances = self.store().balances().expect("read");
        let own = balances.iter().find(|total| total.account == account);
        own.map_or(0, |total| total.amount.cents())
    }

    fn waits(&self) -> Vec<Work> {
        let mut open = self.open_items();
        open.retain(|item| item.remitted.is_some());
        open.sort_by_key(|item| item.remitted.map(|at| (item.arrival, at)));
        open
    }
}

const WHY: [&str; 2] = ["--reason", "posted in the old system"];

#[test]
fn money_for_claims_of_an_older_system_leaves_suspense_for_an_account_of_its_own() {
    let mut world = World::new(false);
    for cycle in 1..=3 {
        world.pay_old(cycle);
    }
    let all = world.waits();
    assert_eq!((all.len(), world.on(Account::Suspense)), (12, -3 * EACH));
    assert!(all[0].action.contains("`claimgate queue write-off --to other-system`"));

    // One by one, a part, and several by their numbers.
    let id = |at: usize| all[at].id.0.to_string();
    let (first, second, third) = (id(0), id(1), id(2));
    let part = ["write-off", &first, "--to", "other-system", "--amount", "20.00", WHY[0], WHY[1]];
    assert!(world.work_on(&part));
    assert_eq!(world.on(Account::OtherSystem), -2_000);
    let rest = ["write-off", &first, &second, &third, "--to", "other-system", WHY[0], WHY[1]];
    assert!(world.work_on(&rest));
    world.check();
    assert_eq!(world.on(Account::OtherSystem), -8_000);
    assert_eq!(world.on(Account::Returned), 0);

    // A remittance, but for what may be ours.
    let of_remittance = ["write-off", "--trace", "T2", "--to", "other-system", WHY[0], WHY[1]];
    assert!(world.work_on(&of_remittance));
    assert_eq!(world.on(Account::OtherSystem), -16_000);
    let left: Vec<Money> = world.waits().iter().map(|item| item.amount).collect();
    assert_eq!(left.len(), 6, "{left:?}");
    world.check();

    // A part, and what was left to another system, go back as they came.
    for item in [&first, &third] {
        assert!(world.work_on(&["detach", item, "--reason", "it is ours"]));
        world.check();
    }
    assert_eq!(world.on(Account::OtherSystem), -16_000 + 6_000 - 1_000);

    // A payer, up to a day: of the last cycle nothing was paid by then.
    let day = x12::value::Day::parse(b"20200101").expect("a day").to_string();
    let by_payer = |until: &str| {
        ["write-off", "--payer", "acme", "--until", until, "--to", "other-system", WHY[0], WHY[1]]
            .map(str::to_owned)
    };
    let words = by_payer(&day);
    let refused = world.refused(&words.each_ref().map(String::as_str)).expect("refused");
    assert!(refused.contains("no money of a claim that nobody knows waits so"), "{refused}");
    let words = by_payer("2099-12-31");
    assert!(world.work_on(&words.each_ref().map(String::as_str)));
    assert_eq!(world.on(Account::OtherSystem), -3 * (EACH - 500));
    assert_eq!((world.waits().len(), world.on(Account::Suspense)), (3, -1_500));
    world.check();
}

#[test]
fn what_goes_back_to_a_payer_is_named_item_by_item() {
    let mut world = World::new(false);
    world.pay_old(1);
    for (words, why) in [
        (&["write-off", "--payer", "acme"][..], "say --to other-system"),
        (&["write-off", "--payer", "zebra", "--to", "other-system"], "waits so"),
        (&["write-off", "1", "2", "--amount", "1.00"], "an amount is of one item"),
    ] {
        let words = [words, &WHY].concat();
        let refused = world.refused(&words).expect("refused");
        assert!(refused.contains(why), "{words:?}: {refused}");
    }
    let first = world.waits()[0].id.0.to_string();
    assert!(world.work_on(&["write-off", &first, "--reason", "returned by check 81"]));
    assert_eq!((world.on(Account::Returned), world.on(Account::OtherSystem)), (-6_000, 0));
    world.check();
}

/// The system before this one billed it; or the payer got it by hand.
#[test]
fn money_for_a_claim_that_was_never_sent_names_that_claim() {
    let mut world = World::new(false);
    world.take_in("cedar", "new.edi", &made::interchange("CEDAR", 7, &[Made::new("KEPT1")]));
    let held = world.claims().last().expect("a claim").id.0;
    let mut file = Remitted::default();
    file.add("KEPT1", "1", 6_000, &[("CO*45", 4_000)]);
    file.add("OTHER", "1", 3_000, &[("CO*45", 7_000)]);
    let arrival = world.take_in("acme", "1.835", &file.text(1, 1, ""));
    world.amounts.insert(arrival, file.amount());
    let waits = world.waits();
    let told: Vec<&str> = waits.iter().map(|item| item.what.as_str()).collect();
    let its = format!("its number (CLP01) is that of claim {held}, which was never sent");
    assert!(told[0].contains(&its) && !told[1].contains("never sent"), "{told:?}");
    assert!(waits[0].action.contains("or it is billed twice"), "{}", waits[0].action);
    // Once it went out, it is found by its number.
    assert_eq!(world.dispatch(), 1);
    let item = waits[0].id.0.to_string();
    assert!(world.work_on(&["attach", &item, &held.to_string(), "--reason", "it is this one"]));
    world.check();
}
