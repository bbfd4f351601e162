//! X12's answers to requests for interpretation that no remittance shows by itself: each is a test under
//! its number. The others are in `src/reconcile/rfi.rs` and `src/scrub/rfi.rs`.

use claimgate::change::ClaimId;
use claimgate::denials::Category;
use claimgate::ledger::Account;
use claimgate::lifecycle::State;

use crate::made::Made;
use crate::payers::{Fate, Remitted, files};
use crate::world::{World, work_on_deposits};

const PAID: i64 = 6_000;

/// A remittance of the payer's that is posted.
fn take_in(world: &mut World, file: &Remitted, cycle: usize) {
    let text = file.text(cycle, cycle, "");
    posted(world, &format!("{cycle}.835"), &text, file.amount());
}

pub fn posted(world: &mut World, name: &str, text: &str, amount: i64) {
    let arrival = world.take_in("acme", name, text);
    world.amounts.insert(arrival, amount);
    world.check();
}

/// One that pays a claim, and has entries of a PLB.
pub fn paid(number: &str, entries: &[(&str, i64)]) -> Remitted {
    let mut file = Remitted::default();
    file.add(number, "1", PAID, &[("CO*45", 10_000 - PAID)]);
    file.entries = entries.iter().map(|(code, cents)| ((*code).to_owned(), *cents)).collect();
    file
}

/// One that denies a claim.
fn denied(number: &str) -> Remitted {
    let mut file = Remitted::default();
    file.add(number, "1", 0, &[("CO*50", 10_000)]);
    file
}

/// How often a rule was broken.
pub fn broken(world: &World, payer: &str, rule: &str) -> u64 {
    let totals = world.store().broken_rules().expect("read");
    let of = totals.iter().filter(|total| total.payer == payer && total.rule == rule);
    of.map(|total| total.times).sum()
}

/// What an account comes to, of one claim or of all that is posted.
pub fn balance(world: &World, account: Account, claim: Option<i64>) -> i64 {
    let (balances, _) = world.end();
    let of =
        balances.iter().filter(|((of, id), _)| *of == account && (claim.is_none() || *id == claim));
    of.map(|(_, cents)| cents).sum()
}

fn postings(world: &World) -> usize {
    world.store().journal(0, u32::MAX).expect("read").len()
}

/// What is told of a reversal alone.
const TAKEN_BACK: &str = "the payer took back 60.00, all that it paid, and decided nothing anew";

pub fn told(world: &World) -> Vec<String> {
    world.open_items().into_iter().map(|item| item.what).collect()
}

/// What open items say was paid too much, in cents.
fn overpaid(world: &World) -> Vec<i64> {
    let items = world.open_items().into_iter();
    let overpaid = items.filter(|item| item.category == Category::Overpaid);
    overpaid.map(|item| item.amount.cents()).collect()
}

fn state(world: &World, claim: i64) -> State {
    world.store().claim(ClaimId(claim)).expect("read").expect("a claim").state
}

/// TRN02 is one payment's: another one under it is told, and is a payment all the same.
#[test]
fn rfi_654() {
    let mut world = World::new(false);
    take_in(&mut world, &paid("M00001", &[]), 1);
    assert_eq!(broken(&world, "acme", "V09"), 0);
    let other = paid("M00002", &[]);
    let text = other.text(2, 2, "").replace("TRN*1*T2*", "TRN*1*T1*");
    posted(&mut world, "other.835", &text, other.amount());
    assert_eq!(broken(&world, "acme", "V09"), 1);
    assert_eq!(balance(&world, Account::Cash, None), 2 * PAID);
    assert_eq!([state(&world, 1), state(&world, 2)], [State::Paid, State::Paid]);
}

/// It is the payer's and the payee's: another payer may use it for itself.
#[test]
fn rfi_1708() {
    let mut world = World::new(false);
    let fate = Fate::Second { paid: PAID, share: 1_000, then: 500 };
    let of_both = files(&[fate], 0);
    take_in(&mut world, &of_both[0], 1);
    world.send_anew(&[fate]);
    let second = of_both[3].text(2, 2, "").replace("TRN*1*T2*", "TRN*1*T1*");
    let arrival = world.take_in("beacon", "second.835", &second);
    world.amounts.insert(arrival, of_both[3].amount());
    world.check();
    assert_eq!(balance(&world, Account::Cash, None), PAID + 500);
    for payer in ["acme", "beacon"] {
        assert_eq!(broken(&world, payer, "V09"), 0, "{payer}");
    }
}

/// Payers write one number into all that pays nothing, so the number alone is no identity: each is posted
/// once, though its file comes again.
#[test]
fn rfi_1847() {
    let mut world = World::new(false);
    for (index, number) in ["M00001", "M00002", "M00003"].into_iter().enumerate() {
        for control_number in [index + 1, index + 11] {
            let text = denied(number).text(1, control_number, "");
            let text = text.replace("TRN*1*T1*", "TRN*1*EO0000000000*");
            let before = postings(&world);
            posted(&mut world, &format!("{control_number}.835"), &text, 0);
            assert_eq!(before < postings(&world), control_number < 10);
        }
        assert_eq!(broken(&world, "acme", "V09"), index as u64);
        assert_eq!(state(&world, index as i64 + 1), State::Denied);
    }
    let denials = told(&world).iter().filter(|what| what.contains("denied with CO-50")).count();
    assert_eq!(denials, 3, "{:?}", told(&world));
}

/// A reversal in one file and its correction in another: the payer waits with the money (WO with a minus),
/// and takes it with the correction (WO with a plus), bound by PLB03-2.
#[test]
fn rfi_791() {
    for (reference, is_bound) in [("WO:PM00001", true), ("WO:NOBODY", false)] {
        let mut world = World::new(false);
        let [first, reversed, corrected, _] =
            files(&[Fate::Corrected { first: PAID, then: 8_000 }], 0).try_into().expect("four");
        take_in(&mut world, &first, 1);
        take_in(&mut world, &reversed, 2);
        assert_eq!(balance(&world, Account::Receivable, Some(1)), 10_000);
        assert_eq!(balance(&world, Account::Takeback, None), -PAID);
        let text = corrected.text(3, 3, "").replace("WO:PM00001", reference);
        posted(&mut world, "3.835", &text, corrected.amount());
        assert_eq!(balance(&world, Account::Cash, None), 8_000);
        assert_eq!(balance(&world, Account::Receivable, Some(1)), 0);
        assert_eq!(balance(&world, Account::Takeback, None), 0);
        assert_eq!(state(&world, 1), State::Paid);
        assert_eq!(world.open_items().is_empty(), is_bound, "{:?}", told(&world));
    }
}

/// What a person does at the bank's desk; whether it is done.
pub fn bank(world: &World, words: &[&str]) -> bool {
    let words: Vec<&str> = words.iter().copied().chain(["--reason", "a letter"]).collect();
    work_on_deposits(&words, &world.office(world.gateway.store.clone())).is_ok()
}

const NOT_BOOKED: &str =
    "the payer says that it got 60.00 back by check (PLB 72), and no refund is booked";

/// The payer takes back what it paid of the first claim, with these entries of a PLB, beside another that it
/// pays.
fn reverse(entries: &[(&str, i64)], beside: Option<&str>) -> Remitted {
    let mut file = beside.map_or_else(Remitted::default, |number| paid(number, &[]));
    file.add("M00001", "22", PAID, &[("CO*45", 10_000 - PAID)]);
    file.entries = entries.iter().map(|(code, cents)| ((*code).to_owned(), *cents)).collect();
    file
}

/// What was taken back and is returned by cheque: 72 with a minus for the cheque that the payer asked for,
/// met by WO with a plus; B2 with a minus for one that it did not wait for.
#[test]
fn rfi_1374() {
    // The payer waits; the office sends a cheque; what waited is met by it.
    let mut world = World::new(false);
    take_in(&mut world, &paid("M00001", &[]), 1);
    take_in(&mut world, &reverse(&[("WO:PM00001", -PAID)], None), 2);
    let cheque = paid("M00002", &[("72:CHK9", -PAID), ("WO:PM00001", PAID)]);
    assert_eq!(cheque.amount(), PAID);
    world.take_in("acme", "3.835", &cheque.text(3, 3, ""));
    assert_eq!(balance(&world, Account::Cash, None), 2 * PAID);
    assert_eq!(balance(&world, Account::Takeback, None), -PAID, "until the check is booked");
    assert_eq!(told(&world), [TAKEN_BACK, NOT_BOOKED]);
    assert!(bank(&world, &["refund", "--reference", "CHK9", "--number", "9"]));
    assert_eq!(balance(&world, Account::Takeback, None), 0);
    assert_eq!(balance(&world, Account::Returned, None), -PAID);
    assert_eq!(told(&world), [TAKEN_BACK]);

    // The payer takes it at once, and the office sends a cheque all the same: it comes back.
    let mut world = World::new(false);
    take_in(&mut world, &paid("M00001", &[]), 1);
    let at_once = reverse(&[], Some("M00002"));
    assert_eq!(at_once.amount(), 0);
    take_in(&mut world, &at_once, 2);
    take_in(&mut world, &paid("M00003", &[("B2:CHK9", -PAID)]), 3);
    assert_eq!(balance(&world, Account::Cash, None), 3 * PAID);
    assert_eq!(balance(&world, Account::ProviderAdjustment, None), -PAID);
    assert_eq!(balance(&world, Account::Receivable, Some(1)), 10_000);
    assert_eq!(told(&world), [TAKEN_BACK]);
}

/// The check is booked before the payer tells of it, and once more it cannot be; it is stopped, or the payer
/// takes the money all the same, or it was sent for a letter.
#[test]
fn a_refund_that_is_booked_is_met_by_what_its_payer_tells() {
    let cheque = paid("M00002", &[("72:CHK9", -PAID), ("WO:PM00001", PAID)]);
    let mut world = World::new(false);
    take_in(&mut world, &paid("M00001", &[]), 1);
    take_in(&mut world, &reverse(&[("WO:PM00001", -PAID)], None), 2);
    let refund = ["refund", "--reference", "PM00001", "--number", "9"];
    assert!(bank(&world, &refund) && !bank(&world, &refund));
    assert_eq!(balance(&world, Account::Takeback, None), 0);
    world.take_in("acme", "3.835", &cheque.text(3, 3, ""));
    assert_eq!(balance(&world, Account::Takeback, None), 0);
    assert_eq!(balance(&world, Account::Returned, None), -PAID);
    assert_eq!(told(&world), [TAKEN_BACK]);
    // It was stopped: what is open is so again, and what the payer says that it got was never sent.
    assert!(bank(&world, &["cancel-refund", "1"]) && !bank(&world, &["cancel-refund", "1"]));
    assert_eq!(told(&world), [TAKEN_BACK, NOT_BOOKED]);
    assert_eq!(balance(&world, Account::Takeback, None), -PAID);
    assert_eq!(balance(&world, Account::Returned, None), 0);

    // The check is booked, and the payer takes the money all the same: it is asked why.
    let mut world = World::new(false);
    take_in(&mut world, &paid("M00001", &[]), 1);
    take_in(&mut world, &reverse(&[("WO:PM00001", -PAID)], None), 2);
    assert!(bank(&world, &refund));
    take_in(&mut world, &paid("M00002", &[("WO:PM00001", PAID)]), 3);
    assert_eq!(balance(&world, Account::Takeback, None), PAID);
    let items = told(&world);
    assert!(items.iter().any(|item| item.contains("takes 60.00 back with PLB WO")), "{items:?}");

    // A letter asked for it: what was paid of the claim is owed again.
    let mut world = World::new(false);
    take_in(&mut world, &paid("M00001", &[]), 1);
    let refund = ["refund", "--claim", "1", "--number", "9", "--amount"];
    let of = |amount| refund.iter().copied().chain([amount]).collect::<Vec<&str>>();
    assert!(
        !bank(&world, &of("60.01")) && bank(&world, &of("60.00")) && !bank(&world, &of("0.01"))
    );
    assert_eq!(balance(&world, Account::Receivable, Some(1)), PAID);
    take_in(&mut world, &paid("M00002", &[("72:L7", -PAID), ("WO:L7", PAID)]), 2);
    assert_eq!(balance(&world, Account::Takeback, None), 0);
    assert!(told(&world).is_empty(), "{:?}", told(&world));
    assert!(bank(&world, &["cancel-refund", "1"]));
    assert_eq!(balance(&world, Account::Receivable, Some(1)), 0);

    // What was found to be too much is owed by nobody again.
    let found = ["open", "1", "--found", "overpaid", "--amount", "13.33", "--what", "the contract"];
    assert!(world.work_on(&found));
    assert!(bank(&world, &of("20.00")));
    let of_claim = |account| balance(&world, account, Some(1));
    assert_eq!(of_claim(Account::Receivable), 667);
    assert_eq!(of_claim(Account::Contractual), 10_000 - PAID + 1_333);
    assert!(overpaid(&world).is_empty(), "{:?}", told(&world));
    assert!(bank(&world, &["cancel-refund", "2"]));
}

/// What a refund closed is open again as it is cancelled, by what stands of it.
#[test]
fn a_refund_that_is_cancelled_opens_again_what_it_closed() {
    let refund = ["refund", "--claim", "1", "--number", "9", "--amount"];
    let of = |amount| refund.iter().copied().chain([amount]).collect::<Vec<&str>>();
    let found = ["open", "1", "--found", "overpaid", "--amount", "13.33", "--what", "the contract"];
    // What was paid twice is a credit: beyond that nothing goes back by its item, whatever that says.
    let mut world = World::new(false);
    take_in(&mut world, &paid("M00001", &[]), 1);
    let mut again = Remitted::default();
    again.add("M00001", "1", PAID - 1_000, &[("CO*45", 11_000 - PAID)]);
    take_in(&mut world, &again, 2);
    assert!(!bank(&world, &of("60.00")) && bank(&world, &of("50.00")));
    assert_eq!(balance(&world, Account::Receivable, Some(1)), 0);
    assert_eq!(balance(&world, Account::Contractual, Some(1)), 10_000 - PAID);
    // It was stopped: what is in credit has its item again.
    assert!(told(&world).is_empty());
    assert!(bank(&world, &["cancel-refund", "1"]));
    assert_eq!(overpaid(&world), [PAID - 1_000]);
    assert!(bank(&world, &of("20.00")) && bank(&world, &of("30.00")));
    assert!(overpaid(&world).is_empty());
    assert!(bank(&world, &["cancel-refund", "2"]));
    assert_eq!(overpaid(&world), [2_000]);
    assert!(bank(&world, &["cancel-refund", "3"]));
    let mut world = World::new(false);
    take_in(&mut world, &paid("M00001", &[]), 1);
    assert!(world.work_on(&found));
    assert!(bank(&world, &of("20.00")));
    assert!(overpaid(&world).is_empty());
    assert!(bank(&world, &["cancel-refund", "1"]));
    assert_eq!(overpaid(&world), [1_333]);
    let of_claim = |account| balance(&world, account, Some(1));
    assert_eq!((of_claim(Account::Receivable), of_claim(Account::Contractual)), (0, 10_000 - PAID));
}

/// Money is asked back by letter or taken back by a reversal, never both: what is taken for the letter of a
/// claim that was never reversed is told, and stays so when the reversal takes it once more.
#[test]
fn rfi_1082() {
    let mut world = World::new(false);
    take_in(&mut world, &paid("M00001", &[]), 1);
    take_in(&mut world, &paid("M00002", &[("WO:PM00001", PAID)]), 2);
    let items = told(&world);
    assert_eq!(items.len(), 1, "{items:?}");
    assert!(items[0].contains("takes 60.00 back with PLB WO"), "{items:?}");
    let mut reversal = paid("M00003", &[]);
    reversal.add("M00001", "22", PAID, &[("CO*45", 10_000 - PAID)]);
    take_in(&mut world, &reversal, 3);
    // What has a deadline stands before what has a later one, or none.
    assert_eq!(told(&world), [items[0].as_str(), TAKEN_BACK]);
    // The claim is owed again, and what was taken for the letter stands on an account of its own.
    assert_eq!(balance(&world, Account::Receivable, Some(1)), 10_000);
    assert_eq!(balance(&world, Account::Takeback, None), PAID);
    assert_eq!(balance(&world, Account::Cash, None), PAID);
    // The other way round nothing was set aside either.
    let mut world = World::new(false);
    take_in(&mut world, &paid("M00001", &[]), 1);
    take_in(&mut world, &reversal, 2);
    assert_eq!(told(&world), [TAKEN_BACK]);
    take_in(&mut world, &paid("M00002", &[("WO:PM00001", PAID)]), 3);
    assert_eq!(told(&world).len(), 2);
}

/// Paid to the wrong provider: a reversal here, and the correction goes to the other provider, though it
/// has the CLM01 of our claim.
#[test]
fn rfi_1776() {
    let mut world = World::new(false);
    let [first, reversed, corrected, _] =
        files(&[Fate::Corrected { first: PAID, then: 8_000 }], 0).try_into().expect("four");
    take_in(&mut world, &first, 1);
    take_in(&mut world, &reversed, 2);
    let text = corrected.text(3, 3, "");
    let (text, own) =
        (text.replace("PLB*1999001013", "PLB*1234567893"), "CEDAR CLINIC*XX*1999001013");
    assert!(text.contains(own));
    let arrival = world.take_in("acme", "3.835", &text.replace(own, "OTHER CLINIC*XX*1234567893"));
    world.check();
    assert_eq!(broken(&world, "acme", "V25"), 1);
    assert_eq!(balance(&world, Account::Receivable, Some(1)), 10_000);
    assert_eq!(balance(&world, Account::Cash, None), PAID);
    assert_ne!(state(&world, 1), State::Paid);
    let items = world.open_items();
    assert!(items.iter().any(|item| item.arrival == Some(arrival)), "{:?}", told(&world));
}

/// Payers leave out some of the zeros before CLM01, or add some: all claims are looked at that are as near.
#[test]
fn a_claim_is_found_whose_number_has_more_zeros_before_it() {
    for (sent, others, given) in [("00123", "123", "0123"), ("0088", "88", "088")] {
        let mut world = World::new(false);
        let names = [(sent, "ROE"), (others, "LOE")];
        world.send(names.map(|(number, last_name)| Made {
            last_name: last_name.to_owned(),
            ..Made::new(number)
        }));
        let claims = world.store().claims_by_control_number(sent).expect("read");
        take_in(&mut world, &paid(given, &[]), 1);
        assert_eq!(state(&world, claims[0].id.0), State::Paid, "{:?}", told(&world));
    }
}
