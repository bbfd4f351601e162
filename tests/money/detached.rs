//! What a person attached or wrote off and takes back: the books are as if nobody had ever done it.

use proptest::prelude::*;

use claimgate::change::{ArrivalId, ClaimId};
use claimgate::store::{SaidOfClaim, Work};
use x12::value::Money;

use crate::cases;
use crate::payers::{CLAIMS, CYCLES, Fate, Remitted, fate, files};
use crate::world::World;

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
) -> (World, bool) {
    let mut world = World::new(false);
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
    ) {
        order.insert(0, 0);
        let files = files(&fates, interest);
        let (never, _) = live(&fates, &files, &order, None);
        let (world, is_detached) = live(&fates, &files, &order, Some(attached));
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
    ) {
        let files = files(&fates, 0);
        let mut world = World::new(false);
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
