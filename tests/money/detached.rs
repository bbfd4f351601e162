//! What a person attached or wrote off and takes back: the books are as if nobody had ever done it.

use proptest::prelude::*;

use claimgate::change::{ArrivalId, ClaimId, WorkId, WorkState};
use claimgate::denials::Category;
use claimgate::ledger::Account;
use claimgate::lifecycle::{Event, State};
use claimgate::store::{KeptPosting, SaidOfClaim, Work};
use x12::value::Money;

use crate::cases;
use crate::payers::{CLAIMS, CYCLES, Fate, Remitted, fate, files};
use crate::world::{World, work_on};

const PAID: i64 = 6_000;

/// Of one claim, the payment under a number that nobody knows and what takes it back under the claim's own.
fn unknown_and_back(world: &mut World) {
    let unknown = files(&[Fate::Unknown { paid: PAID }], 0);
    let back = files(&[Fate::TakenBack { paid: PAID }], 0);
    world.remit(&unknown, 0, 1);
    world.remit(&back, 1, 2);
}

#[test]
fn what_was_posted_stays_and_gets_its_minus() {
    for is_on_disk in [false, true] {
        let mut world = World::new(is_on_disk);
        let unknown = files(&[Fate::Unknown { paid: PAID }], 0);
        world.remit(&unknown, 0, 1);
        let before = (world.told(), world.end());
        let never = world.store().journal(0, 99).expect("read");
        assert!(world.work_on(&["attach", "1", "1", "--reason", "same patient"]));
        let attached = world.store().journal(0, 99).expect("read");
        assert_eq!(world.claims()[0].payer_control_number, "PNOBODY");
        assert!(world.work_on(&["detach", "1", "--reason", "the brother's"]));
        let detached = world.store().journal(0, 99).expect("read");
        assert_eq!(&detached[..attached.len()], &attached[..]);
        // Each at the segment that it came from.
        let of = |postings: &[KeptPosting], sign: i64| {
            let told = postings.iter().map(|KeptPosting { arrival, posting, .. }| {
                let place = (posting.source.segment, posting.source.offset);
                let reason = posting.reason.clone();
                (
                    *arrival,
                    posting.account,
                    posting.claim,
                    sign * posting.amount.cents(),
                    reason,
                    place,
                )
            });
            let mut told: Vec<_> = told.collect();
            told.sort();
            told
        };
        let (made, back) = (&attached[never.len()..], &detached[attached.len()..]);
        assert_eq!((of(made, 1), made.len()), (of(back, -1), 4));
        assert_eq!((world.told(), world.end()), before);
        let history = world.store().history(ClaimId(1)).expect("read").expect("the claim");
        let last = history.events.last().expect("an event");
        assert_eq!((last.event, last.to), (Event::Detached, State::Accepted));
        assert!(last.note.starts_with("taken back by ann: the brother's"), "{}", last.note);
        let item = world.store().work_item(WorkId(1)).expect("read").expect("the item");
        assert_eq!(
            (item.state, item.note.as_str()),
            (WorkState::Open, "taken back by ann: the brother's")
        );
        // It is attached to the right one then.
        assert!(world.work_on(&["attach", "1", "2", "--reason", "it is his"]));
        assert!(!world.work_on(&["detach", "2", "--reason", "there is none"]));
        world.check();
    }
}

#[test]
fn what_was_posted_because_of_it_waits_again() {
    let mut world = World::new(false);
    unknown_and_back(&mut world);
    let before = (world.told(), world.end());
    assert_eq!(world.waiting_items().len(), 2);
    assert!(world.work_on(&["attach", "1", "1", "--reason", "same patient"]));
    // What was taken back is told.
    let told: Vec<Category> = world.waiting_items().iter().map(|item| item.category).collect();
    assert_eq!(told, [Category::Underpaid]);
    // It was posted by no person.
    assert!(!world.work_on(&["detach", "2", "--reason", "it is not so"]));
    assert!(world.work_on(&["detach", "1", "--reason", "the brother's"]));
    assert_eq!((world.told(), world.end()), before);
    assert_eq!(world.waiting_items().len(), 2);
    let told = world.waiting_items();
    assert!(told.iter().all(|item| item.category != Category::Underpaid));
    world.check();
}

/// A part of what waits, for a claim of which nothing is owed any more.
#[test]
fn a_part_beyond_what_is_owed_is_told_until_it_is_taken_back() {
    let mut world = World::new(false);
    let all = files(&[Fate::Paid { paid: PAID, share: 0 }, Fate::Unknown { paid: PAID }], 0);
    world.remit(&all, 0, 1);
    let overpaid = |world: &World| -> Vec<Money> {
        let items = world.open_items().into_iter();
        let items = items.filter(|item| item.category == Category::Overpaid);
        items.map(|item| item.amount).collect()
    };
    let waits = world.open_items()[0].id.0.to_string();
    let attach = |claim, amount| ["attach", &waits, claim, "--amount", amount, "--reason", "so"];
    assert!(world.work_on(&attach("2", "20")));
    assert!(overpaid(&world).is_empty());
    assert!(world.work_on(&attach("1", "10")));
    assert_eq!(overpaid(&world), [Money::from_cents(1_000)]);
    world.check();
    assert!(world.work_on(&["detach", &waits, "--reason", "not so"]));
    assert!(overpaid(&world).is_empty());
    world.check();
}

/// Two payments of one file, each with a part for a claim of which nothing is owed any more.
#[test]
fn each_part_beyond_what_is_owed_is_told_until_it_is_taken_back_itself() {
    let unknown = Fate::Unknown { paid: PAID };
    let all = files(&[Fate::Paid { paid: PAID, share: 0 }, unknown, unknown], 0);
    let overpaid = |world: &World| -> Vec<Money> {
        let items = world.open_items().into_iter();
        let items = items.filter(|item| item.category == Category::Overpaid);
        items.map(|item| item.amount).collect()
    };
    let parts = [("10", Money::from_cents(1_000)), ("7", Money::from_cents(700))];
    for first in [0, 1] {
        let mut world = World::new(false);
        world.remit(&all, 0, 1);
        let waiting: Vec<String> =
            world.waiting_items().iter().map(|item| item.id.0.to_string()).collect();
        for (item, (part, _)) in waiting.iter().zip(parts) {
            let words = ["attach", item, "1", "--amount", part, "--despite", "patient"];
            assert!(world.work_on(&[&words[..], &["--reason", "so"]].concat()));
        }
        assert_eq!(overpaid(&world), parts.map(|(_, amount)| amount));
        assert!(world.work_on(&["detach", &waiting[first], "--reason", "not so"]));
        assert_eq!(overpaid(&world), [parts[1 - first].1]);
        world.check();
        assert!(world.work_on(&["detach", &waiting[1 - first], "--reason", "not so"]));
        assert!(overpaid(&world).is_empty());
        world.check();
    }
}

/// The same where it came before the payer settled the claim, or before what that denied gave way.
#[test]
fn a_part_is_beyond_what_is_owed_whichever_came_first() {
    for (fate, is_beyond) in [
        (Fate::Paid { paid: PAID, share: 0 }, true),
        (Fate::Denied, true),
        (Fate::TakenBack { paid: PAID }, false),
    ] {
        for is_on_disk in [false, true] {
            let mut world = World::new(is_on_disk);
            let unknown = files(&[Fate::Unknown { paid: PAID }], 0);
            world.remit(&unknown, 0, 1);
            let overpaid = |world: &World| -> Vec<Money> {
                let items = world.open_items().into_iter();
                let items = items.filter(|item| item.category == Category::Overpaid);
                items.map(|item| item.amount).collect()
            };
            assert!(world.work_on(&["attach", "1", "1", "--amount", "20", "--reason", "so"]));
            assert!(overpaid(&world).is_empty());
            let all = files(&[fate], 0);
            let text = all[0].text(2, 2, "").replace("*T2*", "*T9*");
            let arrival = world.take_in("acme", "all.835", &text);
            world.amounts.insert(arrival, all[0].amount());
            world.check();
            assert_eq!(overpaid(&world), [Money::from_cents(2_000)], "{fate:?}");
            world.remit(&all, 1, 3);
            assert_eq!(!overpaid(&world).is_empty(), is_beyond, "{fate:?}");
            assert!(world.work_on(&["detach", "1", "--reason", "not so"]));
            assert!(overpaid(&world).is_empty(), "{fate:?}");
            world.check();
        }
    }
}

/// What an attached payment opened is not the item by which its money waited.
#[test]
fn money_is_detached_by_the_item_that_it_waited_by() {
    let mut world = World::new(false);
    let all = files(&[Fate::Paid { paid: PAID, share: 0 }, Fate::Unknown { paid: PAID }], 0);
    world.remit(&all, 0, 1);
    let waits = world.open_items()[0].id.0.to_string();
    assert!(world.work_on(&["attach", &waits, "1", "--reason", "so"]));
    let open = world.open_items();
    assert_eq!(open[0].category, Category::Overpaid);
    let over = open[0].id.0.to_string();
    let why = world.refused(&["detach", &over, "--reason", "not so"]).expect("it is refused");
    assert!(why.contains("by the item that it waited by"), "{why}");
    assert!(world.work_on(&["detach", &waits, "--reason", "not so"]));
    let open: Vec<String> = world.open_items().iter().map(|item| item.id.0.to_string()).collect();
    assert_eq!(open, [waits]);
    world.check();
}

#[test]
fn a_person_decides_anew_when_something_was_said_meanwhile() {
    let mut world = World::new(false);
    let unknown = files(&[Fate::Unknown { paid: PAID }], 0);
    world.remit(&unknown, 0, 1);
    assert!(world.work_on(&["attach", "1", "1", "--reason", "same patient"]));
    let beside = world.office(world.crashing.inner());
    // Somebody else takes it back first.
    world.crashing.overtake(move || {
        work_on(&["detach", "1", "--reason", "the brother's"], &beside).expect("detached");
    });
    let refused = world.refused(&["detach", "1", "--reason", "the sister's"]).expect("refused");
    assert!(refused.contains("changed in the meantime"), "{refused}");
    let beside = world.office(world.crashing.inner());
    world.crashing.overtake(move || {
        let part = ["attach", "1", "2", "--amount", "20.00", "--reason", "his share"];
        work_on(&part, &beside).expect("attached");
    });
    let refused = world.refused(&["attach", "1", "1", "--reason", "all of it"]).expect("refused");
    assert!(refused.contains("changed in the meantime"), "{refused}");
    world.check();
}

#[test]
fn money_of_another_is_attached_when_a_person_says_so() {
    let others = [
        ("NM1*QC*1*ROE*JOHN*", "patient", "the patient's name (NM1*QC NM103, NM104)"),
        ("NM1*QC*1*POE*JANE*", "patient", "the patient's name"),
        ("N1*PE*ELM CLINIC*XX*1999001302~", "payee", "the payee's NPI (N1*PE N104)"),
    ];
    for (other, who, what) in others {
        for part in [&[][..], &["--amount", "20.00"]] {
            let mut world = World::new(false);
            let paid = &files(&[Fate::Unknown { paid: PAID }], 0)[0];
            let text = paid.text(1, 1, "");
            let own = match who {
                "patient" => "NM1*QC*1*ROE*JANE*",
                _ => "N1*PE*CEDAR CLINIC*XX*1999001013~",
            };
            let text = text.replace(own, other);
            let arrival = world.take_in("acme", "1.835", &text);
            world.amounts.insert(arrival, paid.amount());
            if who == "payee" {
                assert!(world.work_on(&["post", "1", "--reason", "it is ours"]));
            }
            let waiting = world.waiting_items();
            let item = waiting.last().expect("an item").id;
            let number = item.0.to_string();
            let mut words = vec!["attach", &number, "1", "--reason", "she was asked"];
            words.extend(part);
            let refused = world.refused(&words).expect("refused");
            assert!(refused.contains(what), "{refused}");
            assert!(refused.contains(&format!("--despite {who}")), "{refused}");
            for value in ["JOHN", "POE", "NOBODY", "1999001302"] {
                assert!(!refused.contains(value), "{refused}");
            }
            let other_word = if who == "payee" { "patient,payer" } else { "payee,payer" };
            assert!(!world.work_on(&[&words[..], &["--despite", other_word]].concat()));
            assert_eq!(world.end().0.get(&(Account::Cash, Some(1))), None);
            assert!(world.work_on(&[&words[..], &["--despite", who]].concat()));
            world.check();
            let item = world.store().work_item(item).expect("read").expect("the item");
            assert!(item.note.starts_with("she was asked (although "), "{}", item.note);
            assert!(item.note.contains(what), "{}", item.note);
            if part.is_empty() {
                let history = world.store().history(ClaimId(1)).expect("read").expect("the claim");
                let last = history.events.last().expect("an event");
                let said = "attached by ann: she was asked (although ";
                assert!(last.note.contains(said) && last.note.contains(what), "{}", last.note);
            }
        }
    }
}

/// What waits, by arrival and byte, with its claim and its cents.
type Waiting = Vec<(ArrivalId, usize, Option<ClaimId>, i64)>;

impl World {
    fn remit(&mut self, files: &[Remitted], at: usize, control_number: usize) {
        let Some(file) = files.get(at).filter(|file| !file.claims.is_empty()) else { return };
        let payer = if file.is_second { "beacon" } else { "acme" };
        let text = file.text(at + 1, control_number, "");
        let arrival = self.take_in(payer, &format!("{at}.835"), &text);
        self.amounts.insert(arrival, file.amount());
        self.check();
    }

    fn waiting_items(&self) -> Vec<Work> {
        let mut items = self.open_items();
        items.retain(|item| item.remitted.is_some());
        items
    }

    /// What is said of each claim and what waits.
    fn told(&self) -> (Vec<Vec<SaidOfClaim>>, Vec<String>, Waiting) {
        let claims = self.claims();
        let mut said: Vec<Vec<SaidOfClaim>> =
            claims.iter().map(|claim| self.store().said(claim.id).expect("read")).collect();
        for of_claim in &mut said {
            of_claim.sort_by_key(|one| (one.arrival, one.offset));
        }
        let numbers = claims.into_iter().map(|claim| claim.payer_control_number).collect();
        let waiting = self.store().suspended().expect("read").into_iter();
        let waiting = waiting
            .map(|one| (one.arrival, one.place.offset, one.claim, one.amount.cents()))
            .collect();
        (said, numbers, waiting)
    }
}

fn live(
    fates: &[Fate],
    files: &[Remitted],
    order: &[usize],
    // After which file, which item, and to which claim; to none is written off.
    attached: Option<(usize, usize, Option<usize>)>,
    is_on_disk: bool,
) -> (World, bool) {
    let mut world = World::new(is_on_disk);
    let mut detached = None;
    for (step, at) in order.iter().enumerate() {
        world.remit(files, *at, step + 1);
        if *at == 0 {
            world.send_anew(fates);
        }
        if let Some((_, which, claim)) = attached.filter(|(after, ..)| *after == step) {
            let items = world.waiting_items();
            if let Some(item) = items.get(which % items.len().max(1)) {
                let id = item.id.0.to_string();
                let claim = claim.map(|claim| claim.to_string());
                let mut words = vec![if claim.is_some() { "attach" } else { "write-off" }, &id];
                words.extend(claim.as_deref());
                if claim.is_none() && which % 2 == 1 {
                    words.extend(["--to", "other-system"]);
                }
                words.extend(["--reason", "it is so"]);
                let before = (world.told(), world.end());
                if world.work_on(&words) {
                    world.check();
                    detached = Some(id.clone());
                    // At once it restores all but what it opened.
                    let back = ["detach", &id, "--reason", "it is not so"];
                    let waits_more = world.waiting_items().len() + 1 == items.len();
                    assert!(world.work_on(&back), "{:?}", world.refused(&back));
                    world.check();
                    if waits_more {
                        assert_eq!(before, (world.told(), world.end()));
                    }
                    assert!(world.work_on(&words), "{:?}", world.refused(&words));
                    world.check();
                }
            }
        }
    }
    let is_detached = detached.is_some();
    if let Some(id) = detached {
        let back = ["detach", &id, "--reason", "it is not so"];
        assert!(world.work_on(&back), "{:?}", world.refused(&back));
        world.check();
        // Once is enough.
        assert!(!world.work_on(&back));
    }
    (world, is_detached)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(24),
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_detached_was_never_attached(
        fates in prop::collection::vec(fate(), CLAIMS),
        interest in 0_i64..500,
        mut order in Just((1..=CYCLES).collect::<Vec<usize>>()).prop_shuffle(),
        attached in (0..=CYCLES, any::<usize>(), prop::option::weighted(0.8, 1..=CLAIMS)),
        is_on_disk in prop::bool::weighted(0.2),
    ) {
        order.insert(0, 0);
        let files = files(&fates, interest);
        let (never, _) = live(&fates, &files, &order, None, false);
        let (world, is_detached) = live(&fates, &files, &order, Some(attached), is_on_disk);
        prop_assert_eq!(never.end(), world.end());
        if is_detached {
            prop_assert_eq!(never.told(), world.told());
        }
    }

    #[test]
    fn what_is_divided_is_one_again(
        fates in prop::collection::vec(fate(), CLAIMS),
        which in any::<usize>(),
        parts in prop::collection::vec((1..60_i64, prop::option::weighted(0.7, 1..=CLAIMS)), 1..5),
        rest in prop::option::of(prop::option::weighted(0.7, 1..=CLAIMS)),
        is_on_disk in prop::bool::weighted(0.2),
    ) {
        let files = files(&fates, 0);
        let mut world = World::new(is_on_disk);
        world.remit(&files, 0, 1);
        world.send_anew(&fates);
        let items = world.waiting_items();
        let Some(item) = items.get(which % items.len().max(1)) else { return Ok(()) };
        let waits = |world: &World| -> i64 {
            let all = world.store().suspended().expect("read").into_iter();
            let own = all.filter(|one| Some(one.place.offset) == item.remitted);
            own.map(|one| one.amount.cents()).sum()
        };
        let before = (world.end(), world.told());
        let (id, whole) = (item.id.0.to_string(), waits(&world));
        let mut left = whole;
        let mut asked: Vec<(Option<i64>, Option<usize>)> = Vec::new();
        for (percent, claim) in parts {
            asked.push((Some(whole * percent / 100), claim));
        }
        asked.extend(rest.map(|claim| (None, claim)));
        for (part, claim) in asked {
            let claim = claim.map(|claim| claim.to_string());
            let mut words = vec![if claim.is_some() { "attach" } else { "write-off" }, &id];
            words.extend(claim.as_deref());
            if claim.is_none() && which % 2 == 1 {
                words.extend(["--to", "other-system"]);
            }
            let amount = part.map(|cents| Money::from_cents(cents).to_string());
            if let Some(amount) = &amount {
                words.extend(["--amount", amount]);
            }
            words.extend(["--reason", "it is so"]);
            let is_possible = part.map_or(left > 0, |part| 0 < part && part <= left);
            // The rest of what was not divided is posted as it came.
            if part.is_none() && left == whole {
                continue;
            }
            prop_assert_eq!(world.refused(&words).is_none(), is_possible);
            if is_possible {
                left -= part.unwrap_or(left);
            }
            prop_assert_eq!(waits(&world), left);
            world.check();
        }
        let is_divided = left < whole;
        let back = ["detach", &id, "--reason", "it is not so"];
        prop_assert_eq!(world.refused(&back).is_none(), is_divided);
        world.check();
        if is_divided {
            prop_assert_eq!(before, (world.end(), world.told()));
            prop_assert_eq!(&world.waiting_items()[..].len(), &items.len());
        }
    }
}
