//! What a first payer passed on goes on from the second one to a third as where we had billed that second one.

use bytes::Bytes;

use claimgate::change::ClaimId;
use claimgate::change::next::Answer;
use claimgate::clock::Timestamp;
use claimgate::commands::statement;
use claimgate::denials::Category;
use claimgate::gateway::coordinate;
use claimgate::reports::Report;
use x12::value::Money;
use x12::view::claim::Claim;

use super::told::{Told, Word, acme, beacon, elm};
use super::{House, office_file, plain};

/// Of the charge of 100.00 the first left 15.00, the second 10.00 of these, and the third 4.00.
const FIRST: [(&str, i64); 2] = [("CO*45", 2_000), ("PR*1", 1_500)];
const SECOND: [(&str, i64); 2] = [("OA*23", 8_500), ("PR*2", 1_000)];
pub(super) const THIRD: Word<'_> = ("3", 600, &[("OA*23", 9_000), ("PR*3", 400)]);

const BILLED: Word<'_> = ("1", 6_500, &FIRST);
const PASSED_ON: Word<'_> = ("19", 6_500, &FIRST);
pub(super) const DECIDES: Word<'_> = ("2", 500, &SECOND);
const FORWARDS: Word<'_> = ("20", 500, &SECOND);

const TO_BEACON: &str = "BEACON PLAN*****PI*BEACON1";
const TO_ELM: &str = "ELM PLAN*****PI*ELM1";

/// A claim for acme that names so many payers after it: beacon, and elm.
pub(super) fn house(names: usize) -> House {
    let file = String::from_utf8(office_file(&plain()).to_vec()).expect("a text");
    let begin = file.find("SBR*S*").expect("the second payer");
    let end = file.find("LX*1~").expect("a line");
    let second = &file[begin..end];
    let third = second.replace("SBR*S*", "SBR*T*").replace("GRP2", "GRP3");
    let third = third.replace("B20001", "E30001").replace(TO_BEACON, TO_ELM);
    let others = [String::new(), second.to_owned(), format!("{second}{third}")];
    let text = file.replace(second, &others[names]);
    let [set, trailer] = ["ST*837", "SE*"].map(|tag| text.find(tag).expect("a set"));
    let segments = text[set..trailer].matches('~').count() + 1;
    let count = text[trailer..].split('*').nth(1).expect("a count");
    let text = text.replace(&format!("SE*{count}*"), &format!("SE*{segments}*"));
    let mut house = House::open();
    house.take("cedar", Bytes::from(text));
    house
}

/// A file with NM1*TT in its CLP.
fn to(told: Told<'_>, payer: &str) -> Bytes {
    with(told, "MI*W1~", &format!("MI*W1~NM1*TT*2*{payer}~"))
}

fn with(told: Told<'_>, old: &str, new: &str) -> Bytes {
    let text = String::from_utf8(told.file().to_vec()).expect("a text");
    let more = text.matches(old).count() * (new.matches('~').count() - old.matches('~').count());
    let count = text.split("SE*").nth(1).expect("a trailer").split('*').next().expect("a count");
    let segments = count.parse::<usize>().expect("a number") + more;
    let text = text.replace(&format!("SE*{count}*"), &format!("SE*{segments}*"));
    Bytes::from(text.replace(old, new))
}

type File = (&'static str, Bytes);

fn first() -> File {
    ("acme", to(acme(10, &[PASSED_ON]), TO_BEACON))
}

fn second(words: &[Word<'_>], day: u8) -> File {
    ("beacon", beacon(day, words).file())
}

fn forwarded() -> File {
    forwarded_as("20")
}

/// The second payer may call itself the first (19).
fn forwarded_as(status: &str) -> File {
    let word: Word<'_> = (status, FORWARDS.1, FORWARDS.2);
    ("beacon", to(beacon(12, &[word]), TO_ELM))
}

fn third() -> File {
    ("elm", elm(14, &[THIRD]).file())
}

impl House {
    fn hear(&mut self, files: &[File]) {
        for (payer, file) in files {
            self.take(payer, file.clone());
        }
    }

    /// What is asked of the patient, or why nothing is.
    fn asks(&self) -> String {
        let due = statement::statement_for(&self.office(), "A1").expect("a statement");
        let why = due.waiting.first().map(|one| one.why.clone());
        why.unwrap_or_else(|| due.balance().to_string())
    }

    fn note(&self) -> String {
        self.store().next_payer(ClaimId(1)).expect("read").expect("it was asked").why.note
    }

    /// The rows of aging with something open, each by its payer and whoever owes.
    fn aging(&self) -> Vec<String> {
        let rows = self.rows(Report::Aging, "");
        let rows: Vec<String> =
            rows.iter().map(|row| row.replace("\"denied, worked on\"", "denied")).collect();
        let rows = rows.iter().map(|row| row.split(',').collect::<Vec<&str>>());
        let open = rows.filter(|row| row[0] != "(all)" && row[8] != "0.00");
        open.map(|row| format!("{} {} {}", row[0], row[1], row[8])).collect()
    }

    fn is_asked_in(&mut self, days: i64) -> usize {
        self.now = Timestamp::from_micros(self.now.micros() + days * 86_400_000_000);
        coordinate::remind(&self.gateway, self.now).expect("told")
    }

    fn told_of(&self, category: Category) -> Vec<String> {
        let items = self.open_items().into_iter().filter(|item| item.category == category);
        items.map(|item| item.what).collect()
    }

    fn all_told(&self) -> Vec<String> {
        self.open_items().into_iter().map(|item| item.what).collect()
    }
}

/// All orders of some files.
fn orders(files: &[File]) -> Vec<Vec<File>> {
    if files.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..files.len() {
        let mut rest = files.to_vec();
        let one = rest.remove(at);
        all.extend(orders(&rest).into_iter().map(|rest| [vec![one.clone()], rest].concat()));
    }
    all
}

/// All segments that the last payer is sent of a claim, but for remarks.
fn told_to_third(house: &House) -> Vec<String> {
    let sent = house.store().undelivered("elm:outbox", claimgate::change::Moment(i64::MAX), 9);
    let sent = sent.expect("read").last().expect("a file").bytes.clone();
    let text = String::from_utf8(sent.to_vec()).expect("a text");
    let begin = text.find("SBR*T").expect("its level");
    let segments = text[begin..].split('~').take_while(|one| !one.starts_with("SE*"));
    segments.filter(|one| !one.starts_with("MOA*")).map(str::to_owned).collect()
}

fn check(claim: &Claim<'_>) {
    assert_eq!(claim.subscriber.responsibility.text(), "T");
    let turns: Vec<_> = claim.other_payers.iter().map(|one| one.responsibility.text()).collect();
    assert!(turns.len() == 2 && turns.iter().any(|turn| turn == "P"), "{turns:?}");
    for line in &claim.lines {
        assert_eq!(line.adjudications.len(), 2);
        for known in &line.adjudications {
            let off: Money = known.adjustments.iter().map(|one| one.money()).sum();
            assert_eq!(known.paid.money().map(|paid| paid + off), line.charge.money());
        }
    }
}

#[test]
fn what_the_second_payer_leaves_goes_to_the_third_as_where_we_billed_the_second() {
    let mut billed = house(2);
    billed.hear(&[("acme", acme(10, &[BILLED]).file()), second(&[DECIDES], 12)]);
    let by_remark =
        ("acme", with(acme(10, &[BILLED]), "SVC*HC:99213*", "MOA***MA18~SVC*HC:99213*"));
    for passed_on in [first(), by_remark] {
        for order in orders(&[passed_on, second(&[DECIDES], 12)]) {
            let mut house = house(2);
            house.hear(&order);
            assert_eq!(
                (house.answer(), house.asks()),
                (Some(Answer::Billed), "elm is expected to decide".to_owned())
            );
            house.sent_to("elm", check);
            assert_eq!(told_to_third(&house), told_to_third(&billed));
            assert_eq!(house.aging(), ["elm payer 10.00"]);
            assert_eq!(house.note(), "elm is billed; 10.00 is left of what was charged");
            let refused = house.refusal(&["bill-next", "1", "--reason", "why"]);
            assert!(refused.contains("elm is billed"), "{refused}");
            house.hear(&[third()]);
            assert_eq!((house.asks(), house.all_told()), ("4.00".to_owned(), Vec::new()));
            assert_eq!(house.aging(), ["acme patient 4.00"]);
        }
    }
}

#[test]
fn what_the_second_payer_passes_on_is_waited_for_at_the_third() {
    let both = |status| orders(&[first(), forwarded_as(status)]);
    for order in [both("20"), both("19")].concat() {
        let mut house = house(2);
        house.hear(&order);
        let waits = "elm is expected to decide; beacon passed the claim on".to_owned();
        assert_eq!((house.answer(), house.asks()), (Some(Answer::PassedOn), waits));
        assert_eq!(house.note(), "beacon passed the claim on by itself, to ELM PLAN");
        assert_eq!(house.aging(), ["beacon next payer 10.00"]);
        assert_eq!((house.is_asked_in(44), house.is_asked_in(2)), (0, 1));
        let told =
            "beacon passed the claim on to ELM PLAN by itself, and in 45 days nobody decided on it";
        assert_eq!(house.all_told(), [told]);
        let told = house.work_on(&["bill-next", "1", "--reason", "it never came"]);
        assert!(told.contains("a claim with 10.00 is made for ELM1"), "{told}");
        house.go_on();
        house.sent_to("elm", check);
        assert_eq!((house.answer(), house.all_told()), (Some(Answer::Billed), Vec::new()));
        house.hear(&[third()]);
        assert_eq!((house.asks(), house.all_told()), ("4.00".to_owned(), Vec::new()));
    }
}

/// The item that asks for the second payer's decision closes with it, and another asks for the third's.
#[test]
fn each_payer_that_a_claim_was_passed_on_to_is_asked_for() {
    let mut house = house(2);
    house.hear(&[first()]);
    assert_eq!(house.is_asked_in(46), 1);
    house.go_on();
    house.hear(&[forwarded()]);
    assert_eq!((house.all_told(), house.is_asked_in(46)), (Vec::new(), 1));
    house.hear(&[third()]);
    assert_eq!((house.asks(), house.all_told()), ("4.00".to_owned(), Vec::new()));
    assert_eq!(house.is_asked_in(46), 0);
}

#[test]
fn the_patient_is_asked_once_all_that_a_claim_was_passed_on_to_have_decided() {
    // Payers that the claim names beside the first.
    for names in [0, 1, 2] {
        let all = |status| orders(&[first(), forwarded_as(status), third()]);
        for order in [all("20"), all("19")].concat() {
            let mut house = house(names);
            for at in 0..3 {
                house.hear(&order[at..=at]);
                let payers: Vec<&str> = order[..=at].iter().map(|(payer, _)| *payer).collect();
                let asks = house.asks();
                assert_eq!(asks == "4.00", at == 2, "{names} {payers:?}: {asks}");
                if payers.contains(&"acme") && at < 2 {
                    let waits = if payers.contains(&"beacon") { "el" } else { "beacon" };
                    let is_asked_for = asks.to_lowercase().starts_with(waits);
                    let is_expected = is_asked_for && asks.contains("is expected to decide");
                    assert!(is_expected || names == 0, "{names} {payers:?}: {asks}");
                }
            }
            assert_eq!(house.all_told(), Vec::<String>::new(), "{names}");
        }
    }
}

#[test]
fn what_the_second_payer_denies_goes_on_as_its_reason_says() {
    const NOT_ITS: Word<'_> = ("2", 0, &[("OA*23", 8_500), ("OA*209", 1_500)]);
    const LEFT_OUT: Word<'_> = ("2", 0, &[("OA*23", 8_500), ("PR*96", 1_500)]);
    for word in [NOT_ITS, LEFT_OUT] {
        for order in orders(&[first(), second(&[word], 12)]) {
            let mut house = house(2);
            house.hear(&order);
            if word == LEFT_OUT {
                assert_eq!((house.answer(), house.state(2)), (Some(Answer::Waits), None));
                assert_eq!(house.asks(), "somebody looks at what beacon decided");
                assert_eq!(house.aging(), ["beacon denied 15.00"]);
                let told = house.work_on(&["resolve", "1", "--keep-claim", "--reason", "right"]);
                assert!(told.contains("claim 1 goes on to its next payer with 15.00"), "{told}");
                house.go_on();
            }
            assert_eq!((house.answer(), house.all_told()), (Some(Answer::Billed), Vec::new()));
            assert_eq!(house.aging(), ["elm payer 15.00"]);
            house.sent_to("elm", check);
            let pays: Word<'_> = ("3", 1_100, &[("OA*23", 8_500), ("PR*3", 400)]);
            house.hear(&[("elm", elm(14, &[pays]).file())]);
            assert_eq!((house.asks(), house.all_told()), ("4.00".to_owned(), Vec::new()));
        }
    }
}

/// What the second payer denied goes there once more, and then on to the third.
#[test]
fn what_the_second_payer_denied_is_billed_to_it_before_the_third() {
    const DENIED: Word<'_> = ("4", 0, &[("OA*23", 8_500), ("CO*16", 1_500)]);
    let mut house = house(2);
    house.hear(&[first(), second(&[DENIED], 12)]);
    assert_eq!(house.answer(), Some(Answer::Waits));
    let told = house.work_on(&["bill-next", "1", "--reason", "the number put right"]);
    assert!(told.contains("a claim with 15.00 is made for BEACON1"), "{told}");
    house.go_on();
    house.sent_to("beacon", |claim| assert_eq!(claim.frequency.text(), "7"));
    house.hear(&[second(&[DECIDES], 15)]);
    house.sent_to("elm", check);
    house.hear(&[third()]);
    assert_eq!((house.asks(), house.all_told()), ("4.00".to_owned(), Vec::new()));
}

#[test]
fn the_claim_for_the_third_follows_what_those_before_it_take_back_and_decide_anew() {
    const BACK: Word<'_> = ("22", -500, &[("OA*23", -8_500), ("PR*2", -1_000)]);
    const ANEW: Word<'_> = ("2", 300, &[("OA*23", 8_500), ("PR*2", 1_200)]);
    let items = |back: &[File]| {
        let mut house = house(2);
        house.hear(&[first(), second(&[DECIDES], 12)]);
        house.hear(back);
        (house.told_of(Category::NextPayer), house.answer())
    };
    let (told, answer) = items(&[second(&[BACK], 15)]);
    let says = "what claim 1 was paid is so no more, and this one was sent on it";
    assert_eq!((told, answer), (vec![says.to_owned()], Some(Answer::PassedOn)));
    let (told, answer) = items(&[second(&[BACK, ANEW], 15)]);
    let says = "10.00 was left to its payer, and 12.00 is now";
    assert!(told.len() == 1 && told[0].contains(says), "{told:?}");
    assert_eq!(answer, Some(Answer::Billed));
    let back: Word<'_> = ("22", -6_500, &[("CO*45", -2_000), ("PR*1", -1_500)]);
    let (told, answer) = items(&[("acme", acme(13, &[back]).file())]);
    assert_eq!((told.len(), answer), (1, Some(Answer::Waits)), "{told:?}");
    let (told, answer) = items(&[("acme", to(acme(13, &[back, PASSED_ON]), TO_BEACON))]);
    assert_eq!((told, answer), (Vec::new(), Some(Answer::Billed)));
}

/// The first does not say that it passed the claim on, and the claim names nobody after it.
#[test]
fn what_a_payer_that_nobody_names_passes_on_is_waited_for() {
    let files = [("acme", acme(10, &[BILLED]).file()), forwarded()];
    for order in orders(&files) {
        let mut house = house(0);
        house.hear(&order);
        assert_eq!(house.asks(), "ELM PLAN is expected to decide; beacon passed the claim on");
        house.hear(&[third()]);
        assert_eq!((house.asks(), house.all_told()), ("4.00".to_owned(), Vec::new()));
    }
}

/// What the second passed on and the third denied goes to that one once more.
#[test]
fn what_the_third_payer_denied_is_billed_to_it_once_more() {
    const DENIED: Word<'_> = ("4", 0, &[("OA*23", 9_000), ("CO*16", 1_000)]);
    for order in orders(&[first(), forwarded(), ("elm", elm(14, &[DENIED]).file())]) {
        let mut house = house(2);
        house.hear(&order);
        assert_eq!(house.asks(), "somebody looks at what elm decided");
        let told = house.work_on(&["bill-next", "1", "--reason", "the number put right"]);
        assert!(told.contains("a claim with 10.00 is made for ELM1"), "{told}");
        assert!(told.contains("(CLM05-3 7, REF*F8 ELM14)"), "{told}");
        house.go_on();
        house.sent_to("elm", check);
        house.hear(&[("elm", elm(16, &[THIRD]).file())]);
        assert_eq!((house.asks(), house.all_told()), ("4.00".to_owned(), Vec::new()));
    }
}

/// Who calls itself the first, and was billed by us, or tells nothing that was settled before it.
#[test]
fn a_second_payer_that_calls_itself_the_first_is_taken_for_the_second_where_it_tells_of_another() {
    let mut house = house(2);
    house.hear(&[("acme", acme(10, &[BILLED]).file()), forwarded_as("19")]);
    assert_eq!(house.asks(), "elm is expected to decide; beacon passed the claim on");
    house.hear(&[third()]);
    assert_eq!((house.asks(), house.all_told()), ("4.00".to_owned(), Vec::new()));

    let nothing_before: Word<'_> = ("19", 8_000, &[("CO*45", 2_000)]);
    for order in orders(&[first(), second(&[nothing_before], 12)]) {
        let mut house = self::house(2);
        house.hear(&order);
        let told = house.told_of(Category::Unmatched);
        assert_eq!(told.len(), 1, "{:?}", house.all_told());
        assert_eq!(house.asks(), "beacon is expected to decide; acme passed the claim on");
    }
}

/// The claim names the second payer alone, and the first passes it on to another.
#[test]
fn a_payer_that_the_claim_does_not_name_is_waited_for_before_the_one_that_it_names() {
    const BACK: Word<'_> = ("22", -500, &[("OA*23", -8_500), ("PR*2", -1_000)]);
    const ANEW: Word<'_> = ("2", 700, &[("OA*23", 8_500), ("PR*2", 800)]);
    let to_elm = || ("acme", to(acme(10, &[PASSED_ON]), TO_ELM));
    let decides = || ("elm", elm(12, &[DECIDES]).file());
    let back = || ("elm", elm(15, &[BACK]).file());
    let waits = "ELM PLAN is expected to decide; acme passed the claim on";
    for files in [vec![to_elm()], vec![to_elm(), decides(), back()]] {
        let mut house = house(1);
        house.hear(&files);
        assert_eq!((house.answer(), house.asks()), (Some(Answer::PassedOn), waits.to_owned()));
        assert_eq!(house.is_asked_in(46), 1);
        let told = house.all_told();
        assert!(told[0].starts_with("acme passed the claim on to ELM PLAN by itself"), "{told:?}");
    }
    // Whether the one that it names is billed is a person's: with what is left by now.
    for is_late in [false, true] {
        let mut house = house(1);
        house.hear(&[to_elm()]);
        assert_eq!(house.is_asked_in(if is_late { 46 } else { 2 }), usize::from(is_late));
        let at_stake = |house: &House| -> Vec<i64> {
            let items = house.open_items().into_iter();
            let items = items.filter(|item| item.category == Category::NextPayer);
            items.map(|item| item.amount.cents()).collect()
        };
        house.hear(&[decides()]);
        assert_eq!(at_stake(&house), [1_000], "{is_late} {:?}", house.all_told());
        house.hear(&[("elm", elm(15, &[BACK, ANEW]).file())]);
        assert_eq!(at_stake(&house), [800], "{is_late} {:?}", house.all_told());
    }
}
