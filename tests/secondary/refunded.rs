//! What a payer after the first paid though nothing is left to it: told, and given back by the command that the item
//! names.

use clap::Parser;

use claimgate::commands::{Arguments, Command, bank};
use claimgate::denials::Category;
use claimgate::ledger::Account;
use claimgate::store::Work;

use super::told::{BACK_65, PAID_65, Told, Word, acme, beacon, house};
use super::{House, office_file, plain};

/// Of the charge of 100.00 the first left 15.00, and passed it on or did not; the next pays them.
const PASSED_ON: Word<'_> = ("19", PAID_65.1, PAID_65.2);
const PAID: Word<'_> = ("2", 1_500, &[("OA*23", 8_500)]);
const PAID_BACK: Word<'_> = ("22", -1_500, &[("OA*23", -8_500)]);
/// The first decides anew, and leaves nothing.
const PAYS_ALL: Word<'_> = ("1", 8_000, &[("CO*45", 2_000)]);

impl House {
    /// What a person does with the bank's commands; what is refused, in words.
    fn bank(&self, words: &[&str]) -> Result<(), String> {
        let all = ["claimgate", "bank"].iter().chain(words);
        let arguments = Arguments::try_parse_from(all.chain(&["--by", "ann"])).expect("a command");
        let Command::Bank(arguments) = arguments.command else { panic!("no bank command") };
        let done = bank::work_on(&arguments, &self.office(), &mut Vec::new());
        done.map(drop).map_err(|failure| failure.to_string())
    }

    /// Runs the one command of the bank that the items name; gives its words.
    fn refund_as_told(&self) -> Vec<String> {
        let items = self.of_next();
        let mut named: Vec<&str> =
            items.iter().filter_map(|item| item.action.split("`claimgate bank ").nth(1)).collect();
        named.retain(|rest| rest.contains("--amount"));
        let [rest] = named.as_slice() else { panic!("{items:#?}") };
        let command = rest.split('`').next().unwrap_or_default();
        let words = command.split(' ').chain(["--number", "7", "--reason", "letter"]);
        let words: Vec<String> = words.map(str::to_owned).collect();
        let done = self.bank(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(done, Ok(()), "{command}");
        words
    }

    /// Items about what the payer after the first paid, or was sent.
    fn of_next(&self) -> Vec<Work> {
        let mut items = self.open_items();
        items.retain(|item| [Category::Overpaid, Category::NextPayer].contains(&item.category));
        items
    }

    fn cents(&self, account: Account) -> i64 {
        self.books().get(account.name()).copied().unwrap_or_default()
    }
}

/// The office voids its claim, or the first decides anew and leaves nothing: one check for what the second paid
/// closes all that tells of it, and a check that was stopped opens it again.
#[test]
fn what_the_second_paid_for_nothing_goes_back_by_the_command_that_is_named() {
    for is_voided in [true, false] {
        let mut house = house();
        house.tell(&acme(10, &[PAID_65]));
        house.tell(&beacon(12, &[PAID]));
        if is_voided {
            house.work_on(&["open", "1", "--what", "another patient's"]);
            let item = house.open_items()[0].id.0.to_string();
            house.work_on(&["release", &item, "--as", "void"]);
            house.go_on();
            house.tell(&acme(13, &[BACK_65]));
        } else {
            house.tell(&acme(13, &[BACK_65, PAYS_ALL]));
        }
        let items = house.of_next();
        let categories: Vec<Category> = items.iter().map(|item| item.category).collect();
        assert!(categories.contains(&Category::Overpaid), "{is_voided}: {items:#?}");
        assert!(categories.contains(&Category::NextPayer), "{is_voided}: {items:#?}");
        assert_eq!(house.cents(Account::Patient), -1_500);

        let words = house.refund_as_told();
        assert!(house.of_next().is_empty(), "{is_voided}: {:#?}", house.of_next());
        assert_eq!(house.cents(Account::Patient), 0);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let refused = house.bank(&words).expect_err("booked already");
        assert!(refused.starts_with("check 7 of 15.00 to beacon is booked"), "{refused}");

        assert_eq!(house.bank(&["cancel-refund", "1", "--reason", "stopped"]), Ok(()));
        let again: Vec<_> = house.of_next().iter().map(|item| item.id).collect();
        assert_eq!(again, items.iter().map(|item| item.id).collect::<Vec<_>>(), "{is_voided}");
        assert_eq!(house.cents(Account::Patient), -1_500);
    }
}

/// The office sends another claim in the place of the first one, of which that leaves nothing: its items tell.
#[test]
fn what_is_told_of_a_replacement_goes_back_by_the_command_that_is_named() {
    let mut house = house();
    house.tell(&acme(10, &[PAID_65]));
    house.tell(&beacon(12, &[PAID]));
    let text = String::from_utf8(office_file(&plain()).to_vec()).expect("a text");
    let segments = text.matches('~').count() - 4;
    let text = text
        .replace("000000001", "000000002")
        .replace("11:B:1*Y*A*Y*Y~", "11:B:7*Y*A*Y*Y~REF*F8*ACME10~")
        .replace(&format!("SE*{segments}*"), &format!("SE*{}*", segments + 1));
    house.take("cedar", text.into());
    house.tell(&acme(13, &[BACK_65]));
    house.tell(&acme(14, &[PAYS_ALL]));
    let items = house.of_next();
    let of: Vec<_> = items.iter().map(|item| item.claim.map(|claim| claim.0)).collect();
    assert_eq!(of, [Some(3), Some(2)], "{items:#?}");
    house.refund_as_told();
    assert!(house.of_next().is_empty(), "{:#?}", house.of_next());
}

/// The first passed the claim on and takes all back, before the second pays or after: what that paid has an item until
/// one of them decides otherwise, or it goes back.
#[test]
fn what_the_second_paid_of_what_the_first_took_back_is_told_in_any_order() {
    let (first, back) = (acme(10, &[PASSED_ON]), acme(13, &[("22", -6_500, PAID_BACK_65)]));
    let paid = beacon(12, &[PAID]);
    for files in [[&first, &back, &paid], [&first, &paid, &back], [&paid, &first, &back]] {
        let told = |more: &[&Told<'_>]| {
            let mut house = house();
            files.iter().chain(more).for_each(|file| house.tell(file));
            house
        };
        let house = told(&[]);
        let items = house.of_next();
        let [item] = items.as_slice() else { panic!("{items:#?}") };
        assert_eq!((item.amount.cents(), item.alike.payer.as_str()), (1_500, "beacon"));
        assert!(item.what.starts_with("beacon paid 15.00 of what the payer before"), "{item:?}");
        assert_eq!(house.cents(Account::Patient), -1_500);
        house.refund_as_told();
        assert_eq!((house.of_next().len(), house.cents(Account::Patient)), (0, 0));
        for file in [acme(16, &[PASSED_ON]), beacon(15, &[PAID_BACK])] {
            let items = told(&[&file]).of_next();
            assert!(items.is_empty(), "{items:#?}");
        }
    }
}

/// What the first took back of what it had passed on.
const PAID_BACK_65: &[(&str, i64)] = BACK_65.2;
