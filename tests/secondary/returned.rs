//! What a payer after the first paid, and takes back or has to give back.

use claimgate::audit::audit;
use claimgate::change::Moment;
use claimgate::change::cases::Ending;
use claimgate::change::next::Answer;
use claimgate::denials::Category;
use claimgate::store::Work;
use x12::value::Money;

use super::told::{BACK_65, PAID_65, Word, acme, beacon, house};
use super::{House, aged};

impl House {
    /// What an audit asks, a month from now.
    fn questions(&self) -> String {
        const MONTH_MICROS: i64 = 31 * 86_400_000_000;
        let archive = &self.gateway.archive;
        let later = Moment(self.now.micros() + MONTH_MICROS);
        let audited = audit(self.store(), (&self.gateway.denials(), later), |arrival| {
            archive.get(&arrival.content).map_err(|error| error.to_string())
        });
        let audited = audited.expect("audited");
        assert_eq!(audited.disagreements, Vec::<String>::new());
        aged::questions(self.store(), &audited.unexplained)
    }

    fn open_of(&self, category: Category) -> Vec<Work> {
        let mut items = self.open_items();
        items.retain(|item| item.category == category);
        items
    }
}

/// Nothing is paid by the first, which says that it may be another's to pay, or denies as its own.
const DENIED: [Word<'_>; 3] = [
    ("19", 0, &[("OA*209", 10_000)]),
    ("1", 0, &[("CO*16", 10_000)]),
    ("1", 0, &[("CO*29", 10_000)]),
];

#[test]
fn a_denial_is_worked_on_again_once_the_payer_after_it_takes_back_what_it_paid() {
    let paid: Word<'_> = ("2", 6_000, &[("OA*23", 0), ("CO*45", 3_000), ("PR*2", 1_000)]);
    let back: Word<'_> = ("22", -6_000, &[("OA*23", 0), ("CO*45", -3_000), ("PR*2", -1_000)]);
    for denied in DENIED {
        let mut house = house();
        house.tell(&acme(10, &[denied]));
        assert_eq!(house.open_of(Category::Denied).len(), 1, "{denied:?}");
        house.tell(&beacon(12, &[paid]));
        assert!(house.open_of(Category::Denied).is_empty(), "{denied:?}");
        assert_eq!(house.endings(), [(Some(Ending::PaidLater), 6_000)]);
        house.tell(&beacon(15, &[back]));
        let items = house.open_of(Category::Denied);
        let [item] = items.as_slice() else { panic!("{denied:?}: {items:?}") };
        assert_eq!(item.amount, Money::from_cents(10_000));
        assert_eq!(item.note, "open again: the payer after it took back what had settled it");
        assert_eq!(house.endings(), [(None, 0)]);
        assert_eq!(house.questions(), "");
        // It pays once more, and nobody has to work on it.
        house.tell(&beacon(18, &[paid]));
        assert!(house.open_of(Category::Denied).is_empty(), "{denied:?}");
        assert_eq!(house.endings(), [(Some(Ending::PaidLater), 6_000)]);
        assert_eq!(house.questions(), "");
    }
}

/// It pays, takes that back and allows nothing, all in one file: the last word has its item.
#[test]
fn a_schedule_that_allows_nothing_is_asked_about_beside_what_the_file_takes_back() {
    let mut house = house();
    house.tell(&acme(10, &[PAID_65, BACK_65, ("1", 0, &[("CO*45", 10_000)])]));
    let items = house.open_of(Category::Underpaid);
    assert_eq!(items.iter().map(|item| item.amount.cents()).collect::<Vec<_>>(), [10_000]);
    assert_eq!(house.questions(), "");
}

/// What a payer is asked for again by a claim that it has is open there, and its item tells of the takeback.
#[test]
fn what_is_asked_of_the_next_payer_again_is_open_there() {
    let first: Word<'_> = ("1", 6_500, &[("CO*45", 2_000), ("OA*209", 1_500)]);
    let paid: Word<'_> = ("2", 1_500, &[("OA*23", 8_500)]);
    let back: Word<'_> = ("22", -1_500, &[("OA*23", -8_500)]);
    let mut house = house();
    house.tell(&acme(10, &[first]));
    assert_eq!(house.answer(), Some(Answer::Billed));
    house.tell(&beacon(12, &[paid]));
    assert_eq!(house.endings(), [(Some(Ending::PaidLater), 1_500)]);
    house.tell(&beacon(15, &[back]));
    assert_eq!(house.endings(), [(None, 0)]);
    assert!(house.open_of(Category::Denied).is_empty());
    assert_eq!(house.open_of(Category::Underpaid).len(), 1);
    assert_eq!(house.questions(), "");
}

/// The office takes its claim back, and the second payer had paid for it, or does so after.
#[test]
fn what_a_later_payer_paid_for_a_voided_claim_is_told_until_it_is_given_back() {
    let paid: Word<'_> = ("2", 1_500, &[("OA*23", 8_500)]);
    let back: Word<'_> = ("22", -1_500, &[("OA*23", -8_500)]);
    for is_paid_first in [true, false] {
        let mut house = house();
        house.tell(&acme(10, &[PAID_65]));
        if is_paid_first {
            house.tell(&beacon(12, &[paid]));
        }
        house.work_on(&["open", "1", "--what", "another patient's"]);
        let item = house.open_of(Category::Discrepancy)[0].id.0.to_string();
        let told = house.work_on(&["release", &item, "--as", "void"]);
        assert!(told.contains("CLM05-3 8"), "{told}");
        house.go_on();
        house.tell(&acme(13, &[BACK_65]));
        if !is_paid_first {
            assert!(house.open_of(Category::Overpaid).is_empty());
            house.tell(&beacon(12, &[paid]));
        }
        let items = house.open_of(Category::Overpaid);
        let [item] = items.as_slice() else { panic!("{is_paid_first}: {items:?}") };
        assert_eq!((item.amount.cents(), item.alike.payer.as_str()), (1_500, "beacon"));
        assert!(
            item.what.starts_with("the claim is voided, and beacon paid 15.00"),
            "{}",
            item.what
        );
        assert_eq!(house.questions(), "");
        house.tell(&beacon(15, &[back]));
        assert!(house.open_of(Category::Overpaid).is_empty(), "{is_paid_first}");
        // Nobody asks it to decide anew.
        assert!(house.open_of(Category::Underpaid).is_empty(), "{is_paid_first}");
        assert_eq!(house.questions(), "");
    }
}
