//! What every store must do with what a bank shows.

use claimgate::change::Change;
use claimgate::change::deposits::{Asked, DepositId};
use claimgate::change::refunds::KeptEntry;
use claimgate::ledger::{self, Account};
use claimgate::reports::facts::Entry;
use claimgate::store;

use crate::sample::*;
use crate::suite::{add_claims, is_stale, on_every_backend};

#[test]
fn keeps_deposits_with_what_they_are_the_money_of() {
    on_every_backend(|store| {
        let claim = add_claims(store, 1)[0];
        let (remittance, bank) = (arrive(store, "835"), arrive(store, "deposits"));
        let payments = vec![payment(remittance, "one", Some(claim))];
        store.commit(&Change { payments, ..change(2) }).expect("posted");
        let mut shown = change(3);
        shown.bank.deposits = vec![new_deposit(bank, 1, "trace-1"), new_deposit(bank, 2, "")];
        store.commit(&shown).expect("taken");
        assert!(is_stale(store, &shown, "deposit"));
        let known = store.reassociation(&Asked::default()).expect("read");
        assert_eq!((known.deposits.len(), known.payments.len()), (2, 1));
        assert_eq!(known.payments[0].1.amount, cents(6_000));

        let mut paired = change(4);
        paired.bank.version = Some(known.version);
        paired.bank.paired = vec![pairing(1, 1)];
        paired.bank.cases = vec![("deposit 2".to_owned(), work(None, None))];
        store.commit(&paired).expect("paired");
        // Somebody else decided meanwhile.
        assert!(is_stale(store, &paired, "list of deposits"));
        let known = store.reassociation(&Asked::default()).expect("read");
        assert_eq!(known.deposits.iter().map(|kept| kept.id.0).collect::<Vec<_>>(), [2]);
        assert_eq!((known.payments.len(), known.cases.len()), (0, 1));
        let asked = Asked { deposit: Some(DepositId(1)), payments: Vec::new() };
        let known = store.reassociation(&asked).expect("read");
        assert_eq!((known.payments.len(), known.pairings.len()), (1, 1));
        let balance = |account| {
            let balances = store.balances().expect("read");
            let total = balances.into_iter().find(|total| total.account == account);
            total.map_or(0, |total| total.amount.cents())
        };
        assert_eq!(balance(Account::Bank), 12_000);
        assert_eq!((balance(Account::Unexplained), balance(Account::Cash)), (-6_000, 0));

        // Reports have it under the day, the number and the payer of the deposit.
        let entries = store.entries(0, 99).expect("read");
        let of_bank = entries.iter().filter(|entry| entry.deposited_on.is_some());
        let told = |entry: &Entry| {
            let posted = (entry.posting.account, entry.posting.reason.clone());
            (posted, entry.deposited_on, entry.trace.clone(), entry.payer.clone(), entry.arrival)
        };
        let told: Vec<_> = of_bank.map(told).collect();
        let row = |account, reason: &str, number, trace: &str, payer: &str| {
            let posted = (account, reason.to_owned());
            (posted, Some(day(number)), trace.to_owned(), payer.to_owned(), Some(bank))
        };
        let payer = payment(remittance, "one", Some(claim)).payer;
        let expected = [
            row(Account::Bank, "deposit", 2, "trace-1", &payer),
            row(Account::Unexplained, "deposit", 2, "trace-1", &payer),
            row(Account::Bank, "deposit", 3, "", ""),
            row(Account::Unexplained, "deposit", 3, "", ""),
            row(Account::Unexplained, "deposited", 2, "trace-1", &payer),
            row(Account::Cash, "deposited", 2, "trace-1", &payer),
        ];
        assert_eq!(told, expected);

        let (pair, _) = pairing(1, 1);
        let undone = ledger::deposited(cents(-6_000), new_deposit(bank, 1, "").deposit.place);
        let mut parted = change(5);
        parted.bank.parted = vec![(pair, "why".to_owned(), undone)];
        store.commit(&parted).expect("parted");
        assert!(is_stale(store, &parted, "pair of a deposit"));
        assert_eq!((balance(Account::Unexplained), balance(Account::Cash)), (-12_000, 6_000));
        // Each posting comes from the file that tells it.
        let journal = store.journal(0, 99).expect("read");
        assert_eq!(journal.iter().filter(|kept| kept.arrival == Some(bank)).count(), 8);
    });
}

/// A check was sent back, told of by its payer, and stopped.
#[test]
fn keeps_what_persons_sent_back() {
    on_every_backend(|store| {
        let claim = add_claims(store, 1)[0];
        let remittance = arrive(store, "835");
        let payments = vec![payment(remittance, "one", Some(claim))];
        store.commit(&Change { payments, ..change(2) }).expect("posted");
        let mut sent = change(3);
        sent.bank.refunded = vec![refund(1, false), refund(2, true)];
        store.commit(&sent).expect("booked");
        let balance = |account| {
            let balances = store.balances().expect("read");
            let total = balances.into_iter().find(|total| total.account == account);
            total.map_or(0, |total| total.amount.cents())
        };
        assert_eq!(balance(Account::Returned), -300);
        let of = Some(("ACME", "1999001013"));
        let kept = store.refunds(of).expect("read");
        assert_eq!(kept, store.refunds(None).expect("read"));
        let told: Vec<_> = kept.iter().map(|kept| (kept.id.0, kept.refund.clone())).collect();
        assert_eq!(told, [(1, refund(1, false).0), (2, refund(2, true).0)]);
        // They count on the day on which they were booked, whatever day the remittance has.
        let entries = store.entries(0, 99).expect("read");
        let days = entries.iter().filter(|entry| entry.posting.reason == ledger::REFUND);
        let days: Vec<_> = days.map(|entry| (entry.payment, entry.booked_at)).collect();
        let at = sent.at;
        assert_eq!(days, [(Some(1), at), (Some(1), at), (None, at), (None, at)]);

        let mut stopped = change(4);
        let postings = ledger::refund(Account::Takeback, cents(-100), refund(1, false).0.source);
        stopped.bank.unrefunded = vec![(kept[0].id, "ann: stopped".to_owned(), postings)];
        store.commit(&stopped).expect("taken back");
        assert!(is_stale(store, &stopped, "refund"));
        assert_eq!(balance(Account::Returned), -200);
        assert_eq!(store.refunds(None).expect("read").len(), 1);

        let returns = store.returns(of).expect("read");
        let reasons = |kept: &[KeptEntry]| {
            kept.iter().map(|kept| kept.entry.reason.clone()).collect::<Vec<_>>()
        };
        assert_eq!((reasons(&returns), returns[0].arrival), (vec!["72".to_owned()], remittance));
        let said = store.said_under(("ACME", "1999001013"), "REFERENCE1").expect("read");
        assert_eq!(reasons(&said), ["WO", "72"]);
        assert!(store.said_under(("ACME", "1999001013"), "").expect("read").is_empty());
    });
}

/// A card kept a fee: it is waited for no more, until a person says so.
#[test]
fn keeps_what_persons_gave_up_of_a_payment() {
    on_every_backend(|store| {
        let claim = add_claims(store, 1)[0];
        let (remittance, bank) = (arrive(store, "835"), arrive(store, "deposits"));
        let payments = vec![payment(remittance, "one", Some(claim))];
        store.commit(&Change { payments, ..change(2) }).expect("posted");
        let mut shown = change(3);
        shown.bank.deposits = vec![new_deposit(bank, 1, "")];
        store.commit(&shown).expect("taken");
        let open = || store.reassociation(&Asked::default()).expect("read").payments;
        let balance = |account| {
            let balances = store.balances().expect("read");
            let total = balances.into_iter().find(|total| total.account == account);
            total.map_or(0, |total| total.amount.cents())
        };
        let write_off = |payment, amount| {
            let mut change = change(4);
            change.bank.written_off = vec![written_off(payment, amount)];
            change
        };
        store.commit(&write_off(1, 100)).expect("written off");
        assert_eq!(open()[0].1.written_off, cents(100));
        store.commit(&write_off(1, 5_900)).expect("written off");
        assert!(open().is_empty());
        assert!(matches!(store.commit(&write_off(99, 1)), Err(store::Error::Dangling)));
        let listed = store.written_off(1).expect("read");
        assert_eq!((listed.len(), listed[0].0.amount), (1, cents(5_900)));
        assert_eq!(listed[0].1.written_off, cents(6_000));
        assert_eq!((balance(Account::Cash), balance(Account::WriteOff)), (0, 6_000));
        // It comes from the remittance, and reports have it under its payer.
        let entries = store.entries(0, 99).expect("read");
        let last = entries.last().expect("an entry");
        assert_eq!((last.payment, last.arrival), (Some(1), Some(remittance)));

        let reopen = |amount| {
            let mut change = change(5);
            change.bank.reopened = vec![reopened(1, amount)];
            change
        };
        assert!(is_stale(store, &reopen(5_900), "write-off"));
        store.commit(&reopen(6_000)).expect("reopened");
        assert!(is_stale(store, &reopen(0), "write-off"));
        assert_eq!(open()[0].1.written_off, cents(0));
        assert!(store.written_off(9).expect("read").is_empty());
        assert_eq!((balance(Account::Cash), balance(Account::WriteOff)), (6_000, 0));
    });
}

/// A bank takes back what a deposit paid, and a person pairs the rest of it with the same remittance.
#[test]
fn of_two_pairs_that_are_the_same_one_is_parted_at_a_time() {
    on_every_backend(|store| {
        let claim = add_claims(store, 1)[0];
        let (remittance, bank) = (arrive(store, "835"), arrive(store, "deposits"));
        let payments = vec![payment(remittance, "one", Some(claim))];
        store.commit(&Change { payments, ..change(2) }).expect("posted");
        let mut shown = change(3);
        shown.bank.deposits = vec![new_deposit(bank, 1, "trace-1")];
        shown.bank.paired = vec![pairing(1, 1), pairing(1, 1)];
        store.commit(&shown).expect("paired");
        let pairs = || {
            let asked = Asked { deposit: Some(DepositId(1)), payments: Vec::new() };
            store.reassociation(&asked).expect("read").pairings.len()
        };
        let part = |times: usize| {
            let mut parted = change(4);
            parted.bank.parted =
                (0..times).map(|_| (pairing(1, 1).0, "why".to_owned(), Vec::new())).collect();
            parted
        };
        assert!(is_stale(store, &part(3), "pair of a deposit"));
        assert_eq!(pairs(), 2);
        store.commit(&part(1)).expect("parted");
        assert_eq!(pairs(), 1);
        store.commit(&part(1)).expect("parted");
        assert_eq!(pairs(), 0);
    });
}
