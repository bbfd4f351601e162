//! What two payers say of one claim leaves the same books whichever file comes first, and what the first
//! denies as another's to pay is asked of that one.

use std::collections::BTreeMap;

use bytes::Bytes;
use clap::Parser;

use claimgate::change::cases::Ending;
use claimgate::change::next::Answer;
use claimgate::change::{ClaimId, DeliveryOutcome, Moment, WorkId};
use claimgate::commands::{Arguments, Command, queue, statement};
use claimgate::denials::Category;
use claimgate::gateway::{coordinate, deliver, dispatch, receive};
use claimgate::ledger::Account;
use claimgate::lifecycle::State;
use claimgate::settings::names::ChannelName;
use claimgate::store::{Work, WorkFilter};
use claimgate::transport::Arrival;

use super::{House, envelope, office_file, plain, wire};

/// Of the charge of 100.00: CLP02, what is paid, and what is taken off.
pub(super) type Word<'a> = (&'a str, i64, &'a [(&'a str, i64)]);

/// A file of a payer, by the day of its payment in November.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    payer: &'a str,
    day: u8,
    words: &'a [Word<'a>],
}

pub(super) const PAID_65: Word<'_> = ("1", 6_500, &[("CO*45", 2_000), ("PR*1", 1_500)]);
pub(super) const BACK_65: Word<'_> = ("22", -6_500, &[("CO*45", -2_000), ("PR*1", -1_500)]);
const DEDUCTIBLE: Word<'_> = ("1", 0, &[("PR*1", 10_000)]);

pub(super) const fn acme<'a>(day: u8, words: &'a [Word<'a>]) -> Told<'a> {
    Told { payer: "acme", day, words }
}

pub(super) const fn beacon<'a>(day: u8, words: &'a [Word<'a>]) -> Told<'a> {
    Told { payer: "beacon", day, words }
}

pub(super) const fn elm<'a>(day: u8, words: &'a [Word<'a>]) -> Told<'a> {
    Told { payer: "elm", day, words }
}

impl Told<'_> {
    pub(super) const fn payer(&self) -> &str {
        self.payer
    }

    pub(super) fn file(&self) -> Bytes {
        let (sender, day) = (self.payer.to_uppercase(), self.day);
        let (mut clps, mut paid) = (String::new(), 0);
        for (status, amount, off) in self.words {
            let charge = wire(if *status == "22" { -10_000 } else { 10_000 });
            // A decision anew has a number of its own; what a file begins with it takes back itself.
            let takes_back_own = self.words.first().is_some_and(|(first, ..)| *first != "22");
            let is_of_before = *status == "22" && !takes_back_own;
            let number = if is_of_before { day.saturating_sub(3) } else { day };
            let cas: String =
                off.iter().map(|(code, cents)| format!("CAS*{code}*{}~", wire(*cents))).collect();
            clps.push_str(&format!(
                "CLP*A1*{status}*{charge}*{}**12*{sender}{number}~NM1*QC*1*ROE*JANE****MI*W1~\
                 SVC*HC:99213*{charge}*{}**1~DTM*472*20261006~{cas}REF*6R*A1L1~",
                wire(*amount),
                wire(*amount)
            ));
            paid += amount;
        }
        let forwarded = match paid {
            ..0 => format!("PLB*1999001013*20261231*FB:F{day}*{}~", wire(paid)),
            0.. => String::new(),
        };
        let paid = paid.max(0);
        let method = if paid == 0 { "H*0*C*NON" } else { "I" };
        let bpr = if paid == 0 { method.to_owned() } else { format!("I*{}*C*CHK", wire(paid)) };
        let body = format!(
            "BPR*{bpr}************202611{day:02}~TRN*1*{sender}{day}*1999999999~\
             DTM*405*202611{day:02}~N1*PR*{sender}~N3*1 PAYER PLAZA~N4*BOSTON*MA*02110~\
             PER*BL*DESK*TE*8005550199~N1*PE*CEDAR CLINIC*XX*1999001013~LX*1~{clps}{forwarded}"
        );
        let file = envelope("HP", &sender, "005010X221A1", &body, body.matches('~').count());
        let text = String::from_utf8(file.to_vec()).expect("a text");
        text.replace("000000001", &format!("{day:09}")).into()
    }
}

/// What the books have of all claims of the service, in cents, and what waits; charges are left out.
pub(super) type Books = BTreeMap<&'static str, i64>;

impl House {
    pub(super) fn tell(&mut self, told: &Told<'_>) {
        let name = ChannelName::new(told.payer).expect("a name of the settings");
        let file = format!("{}.x12", told.day);
        let arrival = Arrival::of_bytes(name, file, told.file(), self.now);
        receive::take_in(&self.gateway, &arrival, self.now).expect("taken in");
        self.go_on();
    }

    pub(super) fn go_on(&mut self) {
        coordinate::turn(&self.gateway, self.now).expect("next payers");
        self.now = claimgate::clock::Timestamp::from_micros(self.now.micros() + 600_000_000);
        dispatch::turn(&self.gateway, self.now).expect("batches");
    }

    pub(super) fn books(&self) -> Books {
        let mut books = Books::new();
        for kept in self.store().journal(0, u32::MAX).expect("read") {
            let of_claims = [
                Account::Receivable,
                Account::Cash,
                Account::Contractual,
                Account::OtherAdjustment,
                Account::Patient,
                Account::Suspense,
                Account::WriteOff,
            ];
            let is_of_plb = kept.posting.reason == "FB";
            if of_claims.contains(&kept.posting.account) && !is_of_plb {
                *books.entry(kept.posting.account.name()).or_default() +=
                    kept.posting.amount.cents();
            }
        }
        books.retain(|_, cents| *cents != 0);
        books
    }

    fn owed(&self, claim: i64) -> i64 {
        let postings = self.store().postings(ClaimId(claim)).expect("read");
        let owed = postings.iter().filter(|made| made.account == Account::Receivable);
        owed.map(|made| made.amount.cents()).sum()
    }

    pub(super) fn open_items(&self) -> Vec<Work> {
        let filter = WorkFilter { open_only: true, ..WorkFilter::default() };
        self.store().work(&filter).expect("read")
    }

    /// How the work on each denial ended, and what came in of it, in cents.
    pub(super) fn endings(&self) -> Vec<(Option<Ending>, i64)> {
        let denied = self.store().denied(WorkId(0), 99).expect("read");
        denied.iter().map(|case| (case.ending, case.recovered.cents())).collect()
    }

    pub(super) fn work_on(&self, words: &[&str]) -> String {
        let by: &[&str] =
            if matches!(words, ["list", ..] | ["show", ..]) { &[] } else { &["--by", "ann"] };
        let all = ["claimgate", "queue"].iter().chain(words).chain(by);
        let arguments = Arguments::try_parse_from(all).expect("a command");
        let Command::Queue(arguments) = arguments.command else { panic!("no queue command") };
        let mut out = Vec::new();
        if let Err(failure) = queue::work_on(&arguments, &self.office(), &mut out) {
            panic!("{words:?}: {failure}");
        }
        String::from_utf8(out).expect("a text")
    }

    /// Why a command of the queue is refused.
    pub(super) fn refusal(&self, words: &[&str]) -> String {
        let all = ["claimgate", "queue"].iter().chain(words).chain(&["--by", "ann"]);
        let arguments = Arguments::try_parse_from(all).expect("a command");
        let Command::Queue(arguments) = arguments.command else { panic!("no queue command") };
        let done = queue::work_on(&arguments, &self.office(), &mut Vec::new());
        done.expect_err("refused").to_string()
    }

    pub(super) fn answer(&self) -> Option<Answer> {
        self.store().next_payer(ClaimId(1)).expect("read")?.answer
    }
}

pub(super) fn house() -> House {
    let mut house = House::open();
    house.take("cedar", office_file(&plain()));
    house
}

/// All ways to lay two rows of files into one, each row in its order.
fn interleaved<'a>(one: &[Told<'a>], other: &[Told<'a>]) -> Vec<Vec<Told<'a>>> {
    let (Some((first, rest)), Some((second, others))) = (one.split_first(), other.split_first())
    else {
        return vec![[one, other].concat()];
    };
    let with = |first: &Told<'a>, rest: Vec<Vec<Told<'a>>>| {
        let first = *first;
        rest.into_iter().map(move |rest| [vec![first], rest].concat()).collect::<Vec<_>>()
    };
    [with(first, interleaved(rest, other)), with(second, interleaved(one, others))].concat()
}

pub(super) fn books(all: &[(&'static str, i64)]) -> Books {
    all.iter().copied().collect()
}

/// Each of the orders leaves these books, and no item about money that waits.
fn come_to(start: &[Told<'_>], rows: [&[Told<'_>]; 2], expected: &[(&'static str, i64)]) {
    for order in interleaved(rows[0], rows[1]) {
        let mut house = house();
        for told in start.iter().chain(&order) {
            house.tell(told);
        }
        let days: Vec<u8> = order.iter().map(|told| told.day).collect();
        assert_eq!(house.books(), books(expected), "{days:?}");
        let waits = house.open_items().into_iter().filter(|item| item.remitted.is_some());
        let waits: Vec<String> =
            waits.map(|item| item.what).filter(|what| what.starts_with('V')).collect();
        assert_eq!(waits, Vec::<String>::new(), "{days:?}");
    }
}

/// The coverage had ended: both take back, the first denies, and the second pays as the first.
#[test]
fn a_later_payers_contract_takes_off_once_though_its_oa_23_was_taken_back() {
    let second: Word<'_> = ("2", 1_500, &[("OA*23", 8_500)]);
    let back: Word<'_> = ("22", -1_500, &[("OA*23", -8_500)]);
    let first: Word<'_> = ("1", 6_000, &[("CO*45", 3_000), ("PR*2", 1_000)]);
    let denied: Word<'_> = ("1", 0, &[("PR*27", 10_000)]);
    come_to(
        &[acme(10, &[PAID_65]), beacon(12, &[second])],
        [
            &[acme(13, &[BACK_65]), acme(17, &[denied])],
            &[beacon(15, &[back]), beacon(18, &[first])],
        ],
        &[("cash", 6_000), ("contractual", 3_000), ("patient", 1_000)],
    );
}

#[test]
fn who_has_nothing_to_tell_of_those_before_it_is_posted_with_its_own_contract() {
    let zero: Word<'_> = ("2", 6_000, &[("OA*23", 0), ("CO*45", 3_000), ("PR*2", 1_000)]);
    let none: Word<'_> = ("2", 6_000, &[("CO*45", 3_000), ("PR*2", 1_000)]);
    let discount: Word<'_> = ("1", 0, &[("CO*45", 1_500), ("PR*1", 8_500)]);
    let expected = [("cash", 6_000), ("contractual", 3_000), ("patient", 1_000)];
    for (first, second) in [(DEDUCTIBLE, zero), (DEDUCTIBLE, none), (discount, none)] {
        come_to(&[], [&[acme(10, &[first])], &[beacon(12, &[second])]], &expected);
    }
    // The first pays after all, and the second takes its money back: its contract stays where it was.
    let back: Word<'_> = ("22", -6_000, &[("CO*45", -3_000), ("PR*2", -1_000)]);
    come_to(
        &[],
        [&[acme(10, &[DEDUCTIBLE])], &[beacon(12, &[none]), beacon(15, &[back])]],
        &[("patient", 10_000)],
    );
}

/// The second payer pays twice: that it did is told, also once the first decides.
#[test]
fn what_a_later_payer_pays_twice_stays_told() {
    let once: [Word<'_>; 1] = [("2", 1_500, &[("OA*23", 8_500)])];
    let again: [Word<'_>; 1] = [("2", 1_000, &[("OA*23", 8_500), ("PR*2", 500)])];
    let twice = [beacon(12, &once), beacon(15, &again)];
    for order in interleaved(&[acme(10, &[PAID_65])], &twice) {
        let mut house = house();
        for told in &order {
            house.tell(told);
        }
        let items = house.open_items().into_iter();
        let told = items.filter(|item| item.what.starts_with("V34"));
        assert_eq!(told.count(), 1);
    }
}

/// The second payer denies twice and takes both back, in as many files as it likes: all is as before it spoke.
#[test]
fn what_gave_way_to_two_denials_is_taken_back_with_both() {
    let first: [Word<'_>; 1] = [("1", 6_000, &[("CO*45", 3_000), ("PR*1", 1_000)])];
    for code in ["CO*97", "CO*252"] {
        let (off, taken_back) = ([(code, 10_000)], [(code, -10_000)]);
        let denials: [Word<'_>; 2] = [("2", 0, &off), ("2", 0, &[("CO*252", 10_000)])];
        let reversals: [Word<'_>; 2] = [("22", 0, &taken_back), ("22", 0, &[("CO*252", -10_000)])];
        let all = [denials, reversals].concat();
        let expected = [("cash", 6_000), ("contractual", 3_000), ("patient", 1_000)];
        for second in [&[beacon(12, &all)][..], &[beacon(12, &denials), beacon(15, &reversals)]] {
            come_to(&[acme(10, &first)], [second, &[]], &expected);
        }
    }
}

/// The first takes back and decides nothing anew, and the second pays as the first: of what is given up with
/// the first nothing is left to write off, whether the second decided before or after that.
#[test]
fn what_is_given_up_with_the_first_gives_way_to_what_the_second_decided() {
    let second: [Word<'_>; 1] = [("2", 1_500, &[("OA*23", 8_500)])];
    let anew: [Word<'_>; 2] =
        [("22", -1_500, &[("OA*23", -8_500)]), ("1", 6_000, &[("CO*45", 3_000), ("PR*2", 1_000)])];
    for is_given_up_first in [true, false] {
        let mut house = house();
        for told in [acme(10, &[PAID_65]), beacon(12, &second), acme(13, &[BACK_65])] {
            house.tell(&told);
        }
        let give_up =
            |house: &House| house.work_on(&["give-up", "1", "--reason", "coverage ended"]);
        if is_given_up_first {
            give_up(&house);
        }
        house.tell(&beacon(15, &anew));
        if !is_given_up_first {
            assert!(give_up(&house).starts_with("0.00 is written off"));
        }
        let left = [("cash", 6_000), ("contractual", 3_000), ("patient", 1_000)];
        assert_eq!(house.books(), books(&left), "{is_given_up_first}");
    }
}

/// V23: the first paid 65.00, and the second takes them off once more.
#[test]
fn who_hides_what_was_paid_before_waits_for_a_person_in_any_order() {
    let hides: Word<'_> = ("2", 1_500, &[("CO*45", 8_500)]);
    let mut scores = Vec::new();
    for order in interleaved(&[acme(10, &[PAID_65])], &[beacon(12, &[hides])]) {
        let mut house = house();
        for told in &order {
            house.tell(told);
        }
        let left =
            [("cash", 8_000), ("contractual", 2_000), ("patient", 1_500), ("suspense", -1_500)];
        assert_eq!(house.books(), books(&left));
        let items = house.open_items();
        let held = items.iter().find(|item| item.what.starts_with("V23")).expect("an item");
        house.work_on(&["attach", &held.id.0.to_string(), "1", "--reason", "it is his"]);
        assert_eq!(house.books(), books(&[("cash", 8_000), ("contractual", 2_000)]));
        let broken = house.store().broken_rules().expect("read");
        scores.push(broken.iter().map(|one| (one.rule.clone(), one.times)).collect::<Vec<_>>());
    }
    assert_eq!(scores[0], scores[1]);
}

/// Both paid as the first. The first takes back and denies; the second decided before that.
#[test]
fn a_denial_bows_to_whoever_paid_as_the_first() {
    let own: Word<'_> = ("1", 7_000, &[("CO*45", 2_500), ("PR*2", 500)]);
    for code in ["CO*22", "PR*27"] {
        let off = [(code, 10_000)];
        let denied: Word<'_> = ("1", 0, &off);
        come_to(
            &[acme(11, &[PAID_65])],
            [&[acme(14, &[BACK_65, denied])], &[beacon(13, &[own])]],
            &[("cash", 7_000), ("contractual", 2_500), ("patient", 500)],
        );
    }
}

/// The second paid what the first had left; that takes back what it decided, and denies all or says the same
/// once more. What stands decides, as if the first had said nothing else.
#[test]
fn what_the_first_decided_before_and_took_back_makes_no_difference() {
    let off = |code: &'static str| [(code, 10_000)];
    let (late, missing) = (off("CO*29"), off("CO*16"));
    let back_209: Word<'_> = ("22", -6_500, &[("CO*45", -2_000), ("OA*209", -1_500)]);
    let back = |code: &'static str| [(code, -10_000)];
    let back_missing = back("CO*16");
    let second: Word<'_> = ("2", 1_500, &[("OA*23", 8_500)]);
    let back_second: Word<'_> = ("22", -1_500, &[("OA*23", -8_500)]);
    let first = [
        (PAID_65, BACK_65),
        (FOR_NEXT, back_209),
        (("1", 0, missing.as_slice()), ("22", 0, back_missing.as_slice())),
    ];
    let denied = [("cash", 1_500), ("contractual", 8_500)];
    for (before, taken_back) in first {
        for (stands, left) in [
            (("1", 0, late.as_slice()), denied),
            (("1", 0, missing.as_slice()), denied),
            (FOR_NEXT, [("cash", 8_000), ("contractual", 2_000)]),
            (PAID_65, [("cash", 8_000), ("contractual", 2_000)]),
        ] {
            come_to(
                &[],
                [&[acme(10, &[before]), acme(13, &[taken_back, stands])], &[beacon(12, &[second])]],
                &left,
            );
        }
        // What the second takes back gives way no more.
        come_to(
            &[acme(10, &[before]), beacon(12, &[second])],
            [
                &[acme(13, &[taken_back]), acme(14, &[("1", 0, &late)])],
                &[beacon(15, &[back_second])],
            ],
            &[("contractual", 10_000)],
        );
    }
}

/// OA-209: not the patient's to pay, but the next payer's.
const FOR_NEXT: Word<'_> = ("1", 6_500, &[("CO*45", 2_000), ("OA*209", 1_500)]);

#[test]
fn what_is_the_next_payers_goes_on_by_itself_and_is_open_there() {
    let mut house = house();
    house.tell(&acme(10, &[FOR_NEXT]));
    assert_eq!((house.answer(), house.state(2)), (Some(Answer::Billed), Some(State::Batched)));
    house.sent_to("beacon", |claim| {
        let told = claim.lines[0].adjudications[0].adjustments.iter();
        let told: Vec<String> =
            told.map(|one| format!("{}-{}", one.group.text(), one.reason.text())).collect();
        assert_eq!(told, ["CO-45", "OA-209"]);
    });
    let open = [("cash", 6_500), ("contractual", 2_000), ("receivable", 1_500)];
    assert_eq!((house.books(), house.owed(1), house.owed(2)), (books(&open), 0, 1_500));
    assert!(house.open_items().is_empty(), "nobody is asked to bill it");
    let due = statement::statement_for(&house.office(), "A1").expect("a statement");
    assert_eq!((due.bills.len(), due.waiting.len()), (0, 1), "a payer is expected");

    // What is decided anew is asked anew.
    let off = [("CO*45", -2_000), ("OA*209", -1_500)];
    house.tell(&acme(13, &[("22", -6_500, &off)]));
    assert_eq!((house.owed(1), house.owed(2)), (10_000, 0));
    house.tell(&acme(14, &[FOR_NEXT]));
    assert_eq!((house.owed(1), house.owed(2)), (0, 1_500));

    let paid: Word<'_> = ("2", 1_500, &[("OA*23", 8_500)]);
    let nothing: Word<'_> = ("2", 0, &[("OA*23", 10_000)]);
    for (answer, left) in [
        (paid, [("cash", 8_000), ("contractual", 2_000)].as_slice()),
        (nothing, &[("cash", 6_500), ("contractual", 2_000), ("other-adjustment", 1_500)]),
    ] {
        let mut house = self::house();
        house.tell(&acme(10, &[FOR_NEXT]));
        house.tell(&beacon(12, &[answer]));
        assert_eq!(house.books(), books(left));
    }
}

/// The first denied as another's to pay, or left all to the patient: who decides after that allows nothing.
#[test]
fn a_second_payer_whose_fee_schedule_allows_nothing_is_asked_why() {
    let whole: Word<'_> = ("1", 0, &[("OA*209", 10_000)]);
    let nothing = |status: &'static str| -> Word<'static> { (status, 0, &[("CO*45", 10_000)]) };
    let rest: Word<'_> = ("2", 0, &[("OA*23", 8_500), ("CO*45", 1_500)]);
    for (first, second, asked) in [
        (whole, nothing("2"), 1),
        (whole, nothing("1"), 1),
        (DEDUCTIBLE, nothing("2"), 1),
        // The first had paid: what hides that waits, and what the second takes off of the rest is its contract.
        (PAID_65, nothing("2"), 0),
        (PAID_65, rest, 0),
    ] {
        let words = ([first], [second]);
        let (first_file, second_file) = ([acme(10, &words.0)], [beacon(12, &words.1)]);
        let mut orders = interleaved(&first_file, &second_file);
        // One that pays as the first waits for a person while nothing went to it.
        orders.retain(|order| second.0 != "1" || order.iter().is_sorted_by_key(|told| told.day));
        for order in orders {
            let mut house = house();
            for told in &order {
                house.tell(told);
            }
            let underpaid = |house: &House| {
                let items = house.open_items().into_iter();
                items.filter(|item| item.category == Category::Underpaid).count()
            };
            assert_eq!(underpaid(&house), asked, "{first:?} {second:?}");
            let back: Word<'_> = ("22", 0, &[("CO*45", -10_000)]);
            if asked == 1 {
                house.tell(&beacon(15, &[back]));
                assert_eq!(underpaid(&house), 0, "{first:?} {second:?}");
            }
        }
    }
}

/// The second payer denies before anything went to it, and takes that back.
#[test]
fn the_work_on_a_denial_of_a_later_payer_ends_when_it_takes_it_back() {
    let denied: Word<'_> = ("2", 0, &[("OA*23", 0), ("CO*16", 10_000)]);
    let back: Word<'_> = ("22", 0, &[("OA*23", 0), ("CO*16", -10_000)]);
    let mut house = house();
    house.tell(&beacon(12, &[denied]));
    let denials = |house: &House| -> usize {
        let items = house.open_items().into_iter();
        items.filter(|item| item.category == Category::Denied).count()
    };
    assert_eq!(denials(&house), 1);
    house.tell(&beacon(15, &[back]));
    assert_eq!(denials(&house), 0);
}

#[test]
fn what_the_payer_passed_on_itself_is_waited_for_and_not_billed_once_more() {
    let mut house = house();
    house.tell(&acme(10, &[("19", 6_500, &[("CO*45", 2_000), ("OA*209", 1_500)])]));
    assert_eq!((house.answer(), house.state(2)), (Some(Answer::PassedOn), None));
    let items = house.open_items();
    let actions: Vec<&str> = items.iter().map(|item| item.action.as_str()).collect();
    assert_eq!(actions, ["wait for the next payer: the payer passed the claim on by itself"]);
    let told = house.work_on(&["resolve", "1", "--keep-claim", "--reason", "beacon has it"]);
    let says =
        "the payer itself passed claim 1 on to the next payer, with 15.00; wait for its remittance";
    assert!(told.contains(says), "{told}");
    house.go_on();
    assert_eq!((house.answer(), house.state(2)), (Some(Answer::PassedOn), None));
    house.tell(&beacon(12, &[("2", 1_500, &[("OA*23", 8_500)])]));
    assert_eq!(house.books(), books(&[("cash", 8_000), ("contractual", 2_000)]));
    assert_eq!(house.endings(), [(Some(Ending::PaidLater), 1_500)]);
}

#[test]
fn what_the_next_payer_pays_is_recovered_of_what_was_denied() {
    let as_first: Word<'_> = ("1", 6_000, &[("CO*45", 3_000), ("PR*2", 1_000)]);
    let rest: Word<'_> = ("2", 1_500, &[("OA*23", 8_500)]);
    for (word, answer, recovered) in [
        // A person keeps the claim, and it goes on.
        (("1", 0, [("CO*27", 10_000)].as_slice()), as_first, 6_000),
        (("1", 0, &[("PR*27", 10_000)]), as_first, 6_000),
        // It goes on by itself, which closes the item.
        (FOR_NEXT, rest, 1_500),
    ] {
        let mut house = house();
        house.tell(&acme(10, &[word]));
        if !house.open_items().is_empty() {
            house.work_on(&["resolve", "1", "--keep-claim", "--reason", "not ours"]);
            house.go_on();
        }
        assert_eq!(house.endings(), [(None, 0)], "{word:?}");
        house.tell(&beacon(12, &[answer]));
        assert_eq!(house.endings(), [(Some(Ending::PaidLater), recovered)], "{word:?}");
    }
    // What a person gave up stays so.
    let mut house = house();
    house.tell(&acme(10, &[("1", 0, &[("PR*27", 10_000)])]));
    house.work_on(&["resolve", "1", "--reason", "not worth it"]);
    house.go_on();
    house.tell(&beacon(12, &[as_first]));
    assert_eq!(house.endings(), [(Some(Ending::GivenUp), 0)]);
}

#[test]
fn whom_nobody_asks_any_more_owes_nothing_and_neither_does_the_patient() {
    let mut house = house();
    house.tell(&acme(10, &[FOR_NEXT]));
    for delivery in house.store().undelivered("beacon:outbox", Moment(i64::MAX), 9).expect("read") {
        let outcome = DeliveryOutcome::Delivered;
        deliver::note(&house.gateway, &delivery, &outcome, house.now).expect("noted");
    }
    house.work_on(&["give-up", "2", "--reason", "no coverage"]);
    let left = [("cash", 6_500), ("contractual", 2_000), ("other-adjustment", 1_500)];
    assert_eq!(house.books(), books(&left));
    house.tell(&acme(13, &[("22", -6_500, &[("CO*45", -2_000), ("OA*209", -1_500)])]));
    assert_eq!((house.owed(1), house.owed(2)), (10_000, 0));
}

#[test]
fn a_denial_that_is_kept_goes_on_where_it_may_be_another_payers() {
    for (code, account, goes_on) in [
        ("CO*27", "contractual", true),
        ("CO*22", "contractual", true),
        ("OA*109", "other-adjustment", true),
        ("CO*197", "contractual", false),
    ] {
        let mut house = house();
        house.tell(&acme(10, &[("1", 0, &[(code, 10_000)])]));
        assert_eq!((house.answer(), house.state(2)), (Some(Answer::Waits), None), "{code}");
        assert_eq!(house.books(), books(&[(account, 10_000)]));
        let shown = house.work_on(&["show", "1"]);
        assert_eq!(shown.contains("`claimgate queue resolve --keep-claim`"), goes_on, "{shown}");
        let told = house.work_on(&["resolve", "1", "--keep-claim", "--reason", "not ours"]);
        house.go_on();
        let (left, says) = match goes_on {
            true => ("receivable", "claim 1 goes on to its next payer with 100.00"),
            false => (account, "no claim is made for a next payer"),
        };
        assert!(told.contains(says), "{code}: {told}");
        assert_eq!(house.books(), books(&[(left, 10_000)]), "{code}");
        assert_eq!(house.owed(2), if goes_on { 10_000 } else { 0 }, "{code}");
        let paid: Word<'_> = ("1", 6_000, &[("CO*45", 3_000), ("PR*2", 1_000)]);
        if goes_on {
            house.tell(&beacon(12, &[paid]));
            let all = books(&[("cash", 6_000), ("contractual", 3_000), ("patient", 1_000)]);
            assert_eq!(house.books(), all, "{code}");
        }
    }
    // Who closes the claim gives up what was denied.
    let mut house = house();
    house.tell(&acme(10, &[("1", 0, &[("CO*27", 10_000)])]));
    house.work_on(&["resolve", "1", "--reason", "not worth it"]);
    house.go_on();
    assert_eq!((house.state(1), house.state(2)), (Some(State::Closed), None));
}
