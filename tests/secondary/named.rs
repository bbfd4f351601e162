//! A claim that was passed on is found by the number that the payer after the first has for it, as by the first one's.

use bytes::Bytes;

use claimgate::change::ClaimId;
use claimgate::denials::Category;
use claimgate::store::Work;

use super::told::{BACK_65, PAID_65, Told, Word, acme, beacon, house};
use super::{House, envelope};

/// Of the charge of 100.00 the first left 15.00, and passed it on; the next pays them.
const PASSED_ON: Word<'_> = ("19", PAID_65.1, PAID_65.2);
const PAYS: Word<'_> = ("2", 1_500, &[("OA*23", 8_500)]);
const BACK: Word<'_> = ("22", -1_500, &[("OA*23", -8_500)]);

/// A remittance of PLBs alone, which come to nothing.
fn adjusts(payer: &str, day: u8, entries: &str) -> Bytes {
    let sender = payer.to_uppercase();
    let body = format!(
        "BPR*H*0*C*NON************202611{day:02}~TRN*1*{sender}{day}*1999999999~DTM*405*202611{day:02}~\
         N1*PR*{sender}~N3*1 PAYER PLAZA~N4*BOSTON*MA*02110~PER*BL*DESK*TE*8005550199~\
         N1*PE*CEDAR CLINIC*XX*1999001013~PLB*1999001013*20261231*{entries}~"
    );
    let file = envelope("HP", &sender, "005010X221A1", &body, body.matches('~').count());
    let text = String::from_utf8(file.to_vec()).expect("a text");
    text.replace("000000001", &format!("{day:09}")).into()
}

impl House {
    /// What is told of entries that nothing explains.
    fn unexplained(&self) -> Vec<Work> {
        let mut items = self.open_items();
        items.retain(|item| item.category == Category::Unexplained);
        items
    }
}

/// Both decided; one of them takes back, and says by its own number what a PLB is for.
#[test]
fn a_takeback_under_a_later_payers_number_is_told_as_under_the_first_ones() {
    let first = (acme(13, &[BACK_65]), ["acme", "ACME10", "65", "F13"]);
    let later = (beacon(15, &[BACK]), ["beacon", "BEACON12", "15", "F15"]);
    for (back, [payer, number, amount, forwarded]) in [first, later] {
        for is_first_heard in [true, false] {
            let told = |is_reversed: bool, entries: [&str; 2]| {
                let mut both = [acme(10, &[PASSED_ON]), beacon(12, &[PAYS])];
                both.rotate_left(usize::from(!is_first_heard));
                let mut house = house();
                for told in &both {
                    house.tell(told);
                }
                if is_reversed {
                    house.tell(&back);
                }
                for (day, entries) in (20..).zip(entries).filter(|(_, one)| !one.is_empty()) {
                    house.take(payer, adjusts(payer, day, entries));
                }
                house
            };
            let takes = format!("WO:{number}*{amount}*FB:X*-{amount}");
            let house = told(false, [&takes, ""]);
            let [item] = house.unexplained().try_into().expect("an item");
            assert_eq!(item.claim, Some(ClaimId(1)), "{item:?}");
            let says =
                "names a claim of which it took nothing back: there is no reversal (CLP02 22)";
            assert!(item.what.contains(says), "{item:?}");
            // It takes what it set aside under CLM01.
            let aside = format!("FB:{forwarded}*{amount}*WO:A1*-{amount}");
            let house = told(true, [&aside, &takes]);
            let items = house.unexplained();
            assert!(items.is_empty(), "{items:#?}");
        }
    }
}

/// What comes with another CLM01.
#[test]
fn what_a_later_payer_says_under_its_number_alone_is_put_to_the_claim() {
    let anew: Word<'_> = ("2", 1_000, &[("OA*23", 8_500), ("PR*3", 500)]);
    let lost = |told: &Told<'_>| {
        let text = String::from_utf8(told.file().to_vec()).expect("a text");
        Bytes::from(text.replace("CLP*A1*", "CLP*LOST*").replace("*W1~", "*W10001~"))
    };
    let [mut named, mut found] = [house(), house()];
    for house in [&mut named, &mut found] {
        house.tell(&acme(10, &[PASSED_ON]));
        house.tell(&beacon(12, &[PAYS]));
    }
    let back = beacon(15, &[BACK]);
    named.tell(&back);
    found.take("beacon", lost(&back));
    assert_eq!((found.books(), found.open_items().len()), (named.books(), 0));
    named.tell(&beacon(16, &[anew]));
    found.tell(&beacon(16, &[anew]));
    assert_eq!((found.books(), found.open_items().len()), (named.books(), 0));
}
