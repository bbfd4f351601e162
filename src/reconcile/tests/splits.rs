//! Claims of which a payer decides in several CLPs that each tell all of it, and what it decides twice.

use proptest::prelude::*;

use super::decided_anew::said;
use super::*;
use crate::change::cases::{Ending, Undecided};
use crate::change::{WorkId, WorkState};
use crate::reconcile::matching::KnownLine;

/// Line 1 is paid, and line 2 said to be paid elsewhere; the other way round.
fn part(number: u8, code: &str) -> String {
    let (paid, first, second) = match number {
        1 => (50, ("50", "CO*45*10".to_owned()), ("0", format!("OA*{code}*40"))),
        _ => (30, ("0", format!("OA*{code}*60")), ("30", "CO*45*10".to_owned())),
    };
    format!(
        "CLP*A1*1*100*{paid}**12*P{number}~SVC*HC:99213*60*{}~CAS*{}~REF*6R*A1-1~\
         SVC*HC:93000*40*{}~CAS*{}~REF*6R*A1-2~",
        first.0, first.1, second.0, second.1
    )
}

#[test]
fn parts_that_each_tell_the_whole_charge_are_posted_once_and_denied_nowhere() {
    for code in ["B13", "94", "23", "18"] {
        for order in [[1, 2], [2, 1]] {
            let body = order.map(|number| part(number, code)).concat();
            let decision = decide_one("I*80*C*CHK", &body, &[known_claim(1)]);
            assert!(work(&decision).is_empty(), "{code}: {:?}", decision.change.work);
            assert!(decision.change.payments[0].broken.iter().all(|one| one.rule != "V34"));
            let sums = balances(postings(&decision));
            let of = |account| sums.get(&account).copied().unwrap_or_default();
            let found = [Account::Cash, Account::Contractual, Account::OtherAdjustment].map(of);
            assert_eq!(found, [8_000, 2_000, 0], "{code}");
            assert_eq!(of(Account::Receivable), -10_000, "{code}");
        }
        // In two files: what the first leaves stays owed, unless it denies it as paid before.
        let before = said(&[(10, "I*50*C*CHK", &part(1, code))]);
        let decision = decide_one("I*30*C*CHK", &part(2, code), &[before]);
        let sums = balances(postings(&decision));
        let is_denied = ["B13", "18"].contains(&code);
        let expected = if is_denied { None } else { Some(&-4_000) };
        assert_eq!(sums.get(&Account::Receivable), expected, "{code}: {sums:?}");
        assert!(decision.change.payments[0].broken.iter().all(|one| one.rule != "V34"));
    }
    // What nobody decides on is told.
    for (code, rule) in [("94", "V40"), ("23", "V40"), ("B13", "dup")] {
        let decision = decide_one("I*50*C*CHK", &part(1, code), &[known_claim(1)]);
        let [item] = decision.change.work.as_slice() else { panic!("{:?}", decision.change.work) };
        assert_eq!(item.amount, Money::from_cents(4_000), "{code}");
        assert!(item.what.starts_with(rule), "{}", item.what);
    }
}

/// Of a copy of the whole claim its denial is told, and what is added to a line is paid.
#[test]
fn a_second_copy_and_what_is_added_to_a_line_are_no_parts() {
    let copy = "CLP*A1*1*100*0**12*P2~SVC*HC:99213*60*0~CAS*CO*18*60~REF*6R*A1-1~\
                SVC*HC:93000*40*0~CAS*CO*18*40~REF*6R*A1-2~";
    let paid = "CLP*A1*1*100*70**12*P1~SVC*HC:99213*60*40~CAS*CO*45*20~REF*6R*A1-1~\
                SVC*HC:93000*40*30~CAS*CO*45*10~REF*6R*A1-2~";
    let decision = decide_one("I*70*C*CHK", &format!("{paid}{copy}"), &[known_claim(1)]);
    assert_eq!(work(&decision), [(Category::Denied, Some(1))]);
    let above = "CLP*A1*1*100*130**12*P1~SVC*HC:99213*60*90~CAS*OA*94*-30~REF*6R*A1-1~\
                 SVC*HC:93000*40*40~REF*6R*A1-2~";
    let decision = decide_one("I*130*C*CHK", above, &[known_claim(1)]);
    assert_eq!(balances(postings(&decision))[&Account::OtherAdjustment], -3_000);
    assert!(work(&decision).is_empty());
}

#[test]
fn what_is_paid_twice_takes_off_once() {
    let first = "CLP*A1*1*100*60*10*12*P1~CAS*CO*45*30~CAS*PR*3*10~";
    let by_lines = "CLP*A1*1*100*60*10*12*P1~SVC*HC:99213*60*30~CAS*CO*45*20~CAS*PR*3*10~REF*6R*A1-1~\
                    SVC*HC:93000*40*30~CAS*CO*45*10~REF*6R*A1-2~";
    let again = |body: &str| body.replace("*P1~", "*P2~");
    for body in [first, by_lines] {
        let paid = (10, "I*60*C*CHK", body);
        let copy = again(body);
        let decision = decide_one("I*60*C*CHK", &copy, &[said(&[paid])]);
        assert_eq!(work(&decision), [(Category::Overpaid, Some(1))]);
        assert_eq!(decision.change.work[0].amount, Money::from_cents(6_000));
        let expected = BTreeMap::from([(Account::Cash, 6_000), (Account::Receivable, -6_000)]);
        assert_eq!(balances(postings(&decision)), expected, "{body}");
        // Whichever came first.
        let later = (28, "I*60*C*CHK", copy.as_str());
        let decision = decide_one("I*60*C*CHK", body, &[said(&[later])]);
        assert_eq!(balances(postings(&decision)), expected, "{body}");
    }
    let back = "CLP*A1*22*-100*-60*-10*12*P1~CAS*CO*45*-30~CAS*PR*3*-10~\
                PLB*1999001013*20261231*FB:X*-60~";
    let copy = again(first);
    for taken_back in [back.to_owned(), again(back)] {
        let both = [(10, "I*60*C*CHK", first), (12, "I*60*C*CHK", copy.as_str())];
        let decision = decide_one("H*0*C*NON", &taken_back, &[said(&both)]);
        let sums = balances(postings(&decision));
        assert_eq!(sums.get(&Account::Receivable), Some(&6_000), "{sums:?}");
        assert_eq!(sums.get(&Account::Contractual), None);
        assert_eq!(sums.get(&Account::Patient), None);
    }
}

/// What was posted by an earlier version is taken back as it was posted: it had taken off what a part leaves.
#[test]
fn a_reversal_takes_back_what_its_part_took_off() {
    let back = reversed(&part(1, "94"), 50);
    for was_taken_off in [false, true] {
        let mut before = said(&[(10, "I*50*C*CHK", &part(1, "94"))]);
        let told = &mut before.earlier[0].adjustments;
        assert!(told.contains("left line 2 OA-94 40.00"), "{told}");
        if was_taken_off {
            *told = told.replace("left ", "");
        }
        let decision = decide_one("H*0*C*NON", &back, &[before]);
        let sums = balances(postings(&decision));
        let of = |account| sums.get(&account).copied().unwrap_or_default();
        let found = [Account::OtherAdjustment, Account::Receivable].map(of);
        let expected = if was_taken_off { [-4_000, 10_000] } else { [0, 6_000] };
        assert_eq!(found, expected);
        assert!(work(&decision).iter().all(|(category, _)| *category != Category::Unexplained));
    }
}

/// Half of line 1 that is paid by one CLP, with the reason by which it leaves the rest.
fn half(number: u8, status: &str, code: &str) -> String {
    format!(
        "CLP*A1*{status}*100*25**12*P{number}~SVC*HC:99213*60*25~CAS*CO*45*5~CAS*OA*{code}*30~\
         REF*6R*A1-1~SVC*HC:93000*40*0~CAS*OA*94*40~REF*6R*A1-2~"
    )
}

/// What was taken off by an earlier version beside what was left stays so for its reversal.
#[test]
fn a_reversal_takes_back_the_half_of_a_line_that_its_part_took_off() {
    let back = reversed(&half(1, "1", "23"), 25);
    for (was_taken_off, expected) in [(false, [0, 3_000]), (true, [-3_000, 6_000])] {
        let mut before = said(&[(10, "I*25*C*CHK", &half(1, "1", "23"))]);
        let told = &mut before.earlier[0].adjustments;
        assert!(told.contains("left line 1 OA-23 30.00, left line 2 OA-94 40.00"), "{told}");
        if was_taken_off {
            *told = told.replace("left line 1", "line 1");
        }
        let sums = balances(postings(&decide_one("H*0*C*NON", &back, &[before])));
        let of = |account| sums.get(&account).copied().unwrap_or_default();
        assert_eq!([Account::OtherAdjustment, Account::Receivable].map(of), expected);
    }
}

/// What a payer that decides first calls settled before it may be settled by another CLP of the claim; of who pays
/// after another it is what that one settled.
#[test]
fn what_others_settled_is_left_to_another_part_of_the_first_payer_alone() {
    let after = KnownClaim { payers_before: vec!["1".to_owned()], ..known_claim(1) };
    for (status, claim, is_left) in [
        ("1", known_claim(1), true),
        ("19", known_claim(1), true),
        ("2", known_claim(1), false),
        ("3", known_claim(1), false),
        ("4", known_claim(1), false),
        ("1", after.clone(), false),
        ("1", KnownClaim { follows: Some(ClaimId(2)), ..known_claim(1) }, false),
    ] {
        let claims = [claim];
        let decision = decide_one("I*25*C*CHK", &half(1, status, "23"), &claims);
        let told = &decision.change.payments[0].claims[0].adjustments;
        assert_eq!(told.contains("left line 1 OA-23 30.00"), is_left, "{status}: {told}");
        assert!(told.contains("left line 2 OA-94 40.00"), "{status}: {told}");
    }
    // Nor is what 23 adds left to anybody.
    let added = half(1, "1", "23").replace("CO*45*5~CAS*OA*23*30", "CO*45*65~CAS*OA*23*-30");
    let decision = decide_one("I*25*C*CHK", &added, &[known_claim(1)]);
    let told = &decision.change.payments[0].claims[0].adjustments;
    assert!(told.contains(", line 1 OA-23 -30.00"), "{told}");
    // Who denies the whole claim leaves nothing of it.
    let all = "CLP*A1*1*100*0**12*P1~SVC*HC:99213*60*0~CAS*OA*94*60~REF*6R*A1-1~\
               SVC*HC:93000*40*0~CAS*OA*23*40~REF*6R*A1-2~";
    for (status, is_left) in [("1", true), ("4", false)] {
        let body = all.replace("A1*1*", &format!("A1*{status}*"));
        let decision = decide_one("H*0*C*NON", &body, &[known_claim(1)]);
        let told = &decision.change.payments[0].claims[0].adjustments;
        assert_eq!(told == "left line 1 OA-94 60.00, left line 2 OA-23 40.00", is_left, "{told}");
    }
    // So it is of whole lines, and no item asks what they are.
    let decision = decide_one("I*50*C*CHK", &part(1, "23"), &[after]);
    assert_eq!(balances(postings(&decision))[&Account::Receivable], -10_000);
    assert!(work(&decision).is_empty(), "{:?}", decision.change.work);
}

/// Half of line 1 that is denied by one CLP, with the reason by which it leaves the rest.
fn half_denied(code: &str) -> String {
    format!(
        "CLP*A1*1*100*0**12*P2~SVC*HC:99213*60*0~CAS*CO*50*30~CAS*OA*{code}*30~REF*6R*A1-1~\
         SVC*HC:93000*40*0~CAS*OA*94*40~REF*6R*A1-2~"
    )
}

/// Half of a line is paid by one CLP and half denied by another: whichever comes first, in one file or two, the other
/// half of neither is taken off.
#[test]
fn half_a_line_is_denied_beside_the_half_that_is_paid() {
    let codes = ["94", "23", "B13", "18"];
    for (code, of_other) in codes.iter().flat_map(|one| codes.map(|other| (one, other))) {
        let [paid, denied] = [half(1, "1", code), half_denied(of_other)];
        for [first, second] in [[&paid, &denied], [&denied, &paid]] {
            let both = decide_one("I*25*C*CHK", &format!("{first}{second}"), &[known_claim(1)]);
            let sums = balances(postings(&both));
            let of = |account| sums.get(&account).copied().unwrap_or_default();
            let found = [Account::Cash, Account::Contractual, Account::OtherAdjustment].map(of);
            assert_eq!(found, [2_500, 3_500, 0], "{code} {of_other}");
            assert_eq!(of(Account::Receivable), -6_000, "{code} {of_other}");
            let denials = both.change.work.iter().filter(|one| one.category == Category::Denied);
            let denials: Vec<Money> = denials.map(|one| one.amount).collect();
            assert_eq!(denials, [Money::from_cents(3_000)], "{code} {of_other}");
        }
        let [paid, denied] = [event(5, 25, &paid), event(6, 0, &denied)];
        let turned = [event(6, 25, &paid.2), event(5, 0, &denied.2)];
        for [first, second] in [[&paid, &denied], [&denied, &paid], [&turned[0], &turned[1]]] {
            let sums = over_files(known_claim(1), &[first, second]).pop().expect("the last file");
            let of = |account| sums.get(&account).copied().unwrap_or_default();
            let found = [Account::Contractual, Account::OtherAdjustment].map(of);
            assert_eq!(found, [3_500, 0], "{code} {of_other}");
            assert_eq!(of(Account::Receivable), -6_000, "{code} {of_other}");
        }
    }
}

/// What one CLP leaves to another as a copy is owed while that one reviews it, and off again once it takes the review
/// back: half of line 1, beside a line 2 that nobody decides on, and all of line 2.
#[test]
fn what_is_reviewed_elsewhere_is_not_off_as_a_copy() {
    let codes = ["94", "23", "B13", "18"];
    for (code, of_other) in ["B13", "18"].iter().flat_map(|one| codes.map(|other| (one, other))) {
        let of_half = half_denied(of_other).replace("CO*50", "OA*133");
        let of_line = format!(
            "CLP*A1*1*100*0**12*P2~SVC*HC:99213*60*0~CAS*OA*{of_other}*60~REF*6R*A1-1~\
             SVC*HC:93000*40*0~CAS*OA*133*40~REF*6R*A1-2~"
        );
        for (decided, paid, reviewed, owed) in [
            (half(1, "1", code), 25, of_half, [7_000, 4_000]),
            (part(1, code), 50, of_line, [4_000, 0]),
        ] {
            let back = (9, 0, reversed(&reviewed, 0));
            let [decided, reviewed] = [event(5, paid, &decided), event(6, 0, &reviewed)];
            for order in [[&decided, &reviewed, &back], [&reviewed, &decided, &back]] {
                let books = over_files(known_claim(1), &order);
                let of = |sums: &BTreeMap<Account, i64>| 10_000 + sums[&Account::Receivable];
                let found: Vec<i64> = books.iter().skip(1).map(of).collect();
                assert_eq!(found, owed, "{code} {of_other}");
            }
            let both = format!("{}{}", decided.2, reviewed.2);
            let both = decide_one(&format!("I*{paid}*C*CHK"), &both, &[known_claim(1)]);
            assert_eq!(balances(postings(&both))[&Account::Receivable], owed[0] - 10_000);
        }
    }
}

/// Half of the lines 1 and 2 that a payer decides on while it reviews the others, and then all of them, or the other
/// way round: the reductions of one of both stand.
#[test]
fn what_is_decided_beside_a_review_takes_off_once() {
    let first = "CLP*A1*1*100*50**12*P1~SVC*HC:99213*60*50~CAS*CO*45*10~REF*6R*A1-1~\
                 SVC*HC:93000*40*0~CAS*OA*133*40~REF*6R*A1-2~";
    let half = "CLP*A1*1*100*25**12*P1~SVC*HC:99213*60*25~CAS*CO*45*5~CAS*OA*133*30~REF*6R*A1-1~\
                SVC*HC:93000*40*0~CAS*OA*133*40~REF*6R*A1-2~";
    let all = "CLP*A1*1*100*80**12*P2~SVC*HC:99213*60*50~CAS*CO*45*10~REF*6R*A1-1~\
               SVC*HC:93000*40*30~CAS*CO*45*10~REF*6R*A1-2~";
    for (part, paid) in [(first, 50), (half, 25)] {
        let (part, all) = (event(5, paid, part), event(6, 80, all));
        for order in [[&part, &all], [&all, &part]] {
            let sums = over_files(known_claim(1), &order).pop().expect("the last file");
            assert_eq!(sums[&Account::Contractual], 2_000);
            assert_eq!(sums[&Account::Receivable], -10_000 - 100 * i64::from(paid));
        }
    }
}

/// Both parts are taken back in one file: what one of them denied is over with it, whichever goes first.
#[test]
fn a_denial_of_a_part_that_is_taken_back_too_is_not_open_again() {
    let both = [(10, "I*50*C*CHK", part(1, "B13")), (12, "I*30*C*CHK", part(2, "B13"))];
    let mut claim = said(&both.each_ref().map(|(day, paid, body)| (*day, *paid, body.as_str())));
    for (at, one) in claim.earlier.iter_mut().enumerate() {
        one.arrival = ArrivalId(10 + at as i64);
        claim.undecided.push(Undecided {
            work: WorkId(20 + at as i64),
            category: Category::Denied,
            rule: String::new(),
            state: WorkState::Resolved,
            owner: String::new(),
            amount: Money::from_cents(4_000),
            arrival: Some(one.arrival),
            remitted: None,
            was_appealed: false,
            ending: Some(Ending::PaidLater),
        });
    }
    claim.state = State::Paid;
    let back = [(1, 50), (2, 30)].map(|(number, paid)| {
        let text = reversed(&part(number, "B13"), paid);
        text.split_once("PLB").map(|(clp, _)| clp.to_owned()).expect("a PLB")
    });
    let plb = "PLB*1999001013*20261231*FB:X*-80~";
    for order in [[0, 1], [1, 0]] {
        let body = format!("{}{}{plb}", back[order[0]], back[order[1]]);
        let change = decide_one("H*0*C*NON", &body, std::slice::from_ref(&claim)).change;
        assert_eq!(change.case_returns, []);
        assert!(change.work_moves.iter().all(|step| step.to != WorkState::Open), "{order:?}");
    }
    // Of one part alone the other one's denial stands again.
    let body = format!("{}{}", back[1], plb.replace("-80", "-30"));
    let change = decide_one("H*0*C*NON", &body, &[claim]).change;
    assert_eq!(change.case_returns, [WorkId(20)]);
}

/// A day of October, what is paid then, and the claim payments.
type Event = (u8, i32, String);

fn event(day: u8, paid: i32, body: &str) -> Event {
    (day, paid, body.to_owned())
}

/// The same with the other sign.
fn reversed(body: &str, paid: i32) -> String {
    let turned = body.split_inclusive('~').map(|segment| {
        let negated = |at: usize, element: &str| {
            let is_amount = match segment.get(..3) {
                Some("CLP") => at == 3 || at == 4,
                Some("SVC") => at == 2 || at == 3,
                Some("CAS") => at == 3,
                Some(_) | None => false,
            };
            let (amount, end) =
                element.split_once('~').map_or((element, ""), |(text, _)| (text, "~"));
            match is_amount && amount != "0" {
                true => format!("-{amount}{end}"),
                false => element.to_owned(),
            }
        };
        let elements = segment.split('*').enumerate();
        elements.map(|(at, element)| negated(at, element)).collect::<Vec<_>>().join("*")
    });
    let turned: String = turned.collect();
    format!("{}PLB*1999001013*20261231*FB:X*-{paid}~", turned.replacen("*1*", "*22*", 1))
}

/// What the accounts of a claim come to after each of several files.
fn over_files(mut claim: KnownClaim, events: &[&Event]) -> Vec<BTreeMap<Account, i64>> {
    let mut made: Vec<Posting> = Vec::new();
    let mut books = Vec::new();
    for (day, paid, body) in events {
        let amount =
            if body.contains("PLB") { "H*0*C*NON".to_owned() } else { format!("I*{paid}*C*CHK") };
        let text = whole(&amount, body);
        let text = text.replace("20261030~", &format!("202610{day:02}~"));
        let text = text.replace("T1001", &format!("T{day}"));
        let decision = decide_text(&text, std::slice::from_ref(&claim)).remove(0);
        let payment = &decision.change.payments[0];
        let told = payment.claims.iter().map(|told| Said::of_claim((payment, told), &claim.lines));
        let told: Vec<Said> = told.collect();
        assert!(told.iter().all(|one| one.is_posted), "{body}");
        claim.earlier.extend(told);
        let moved = decision.change.moves.last();
        claim.state = moved.map_or(claim.state, |step| step.to);
        made.extend(postings(&decision).iter().filter(|one| one.claim.is_some()).cloned());
        books.push(balances(&made));
    }
    books
}

/// Lines of 60.00, 40.00 and 80.00, and how much of each is decided on in which of three parts.
const CHARGES: [i32; 3] = [60, 40, 80];

/// A part: of each line it pays four fifths of its share, and leaves the rest to others by its reason.
fn shared(number: usize, shares: &[[i32; 3]; 3], code: &str) -> Event {
    let mut services = String::new();
    let mut paid_in_all = 0;
    for (line, charge) in CHARGES.into_iter().enumerate() {
        let share = shares[number][line];
        let (paid, left) = (share * 4 / 5, charge - share);
        paid_in_all += paid;
        let off = if share == 0 { String::new() } else { format!("CAS*CO*45*{}~", share - paid) };
        let left = if left == 0 { String::new() } else { format!("CAS*OA*{code}*{left}~") };
        let line = line + 1;
        services += &format!("SVC*HC:9921{line}*{charge}*{paid}~{off}{left}REF*6R*A1-{line}~");
    }
    let body = format!("CLP*A1*1*180*{paid_in_all}**12*P{number}~{services}");
    (number as u8 + 5, paid_in_all, body)
}

fn claim_of_three() -> KnownClaim {
    let mut claim = known_claim(1);
    let lines = (1..).zip(CHARGES).map(|(number, charge)| KnownLine {
        number,
        control_number: format!("A1-{number}"),
        code: format!("9921{number}"),
        modifiers: Vec::new(),
        charge: Money::from_cents(i64::from(charge) * 100),
        ..claim.lines[0].clone()
    });
    claim.lines = lines.collect();
    claim.charge = Money::from_cents(18_000);
    claim
}

/// Each line is decided on in one part, or half in one and half in another.
fn shares() -> impl Strategy<Value = [[i32; 3]; 3]> {
    prop::array::uniform3((0..3_usize, 0..3_usize)).prop_map(|of_lines| {
        let mut shares = [[0; 3]; 3];
        for (line, (one, other)) in of_lines.into_iter().enumerate() {
            shares[one][line] += CHARGES[line] / 2;
            shares[other][line] += CHARGES[line] / 2;
        }
        shares
    })
}

proptest! {
    /// A claim in up to three parts, each in a file of its own and some taken back, in any order. One that leaves all
    /// to others may come with them.
    #[test]
    fn parts_over_files_leave_owed_what_nobody_decided_on(
        shares in shares(),
        codes in prop::array::uniform3(prop::sample::select(vec!["94", "23", "B13", "18"])),
        back in prop::array::uniform3(any::<bool>()),
        order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let decided = |part: usize| shares[part].iter().sum::<i32>();
        let mut events: Vec<(usize, bool, Event)> = Vec::new();
        for at in order {
            let (part, is_second) = (at % 3, events.iter().any(|(part, ..)| *part == at % 3));
            if is_second && (!back[part] || decided(part) == 0) {
                continue;
            }
            // Of several that leave all to others one is enough, and what denies all is no part.
            let is_other = |(other, ..): &(usize, bool, Event)| decided(*other) == 0;
            let is_denial = ["B13", "18"].contains(&codes[part]);
            if decided(part) == 0 && (is_denial || events.iter().any(is_other)) {
                continue;
            }
            let (day, paid, body) = shared(part, &shares, codes[part]);
            let body = if is_second { reversed(&body, paid) } else { body };
            let day = if is_second { day + 10 } else { day };
            events.push((part, is_second, (day, paid, body)));
        }
        let all: Vec<&Event> = events.iter().map(|(.., event)| event).collect();
        let books = over_files(claim_of_three(), &all);
        let mut stands = [false; 3];
        for ((part, is_back, _), sums) in events.iter().zip(&books) {
            stands[*part] = !is_back;
            let standing: i32 = (0..3).filter(|&part| stands[part]).map(decided).sum();
            let of = |account| sums.get(&account).copied().unwrap_or_default();
            prop_assert_eq!(of(Account::Cash), i64::from(standing) * 80);
            prop_assert_eq!(of(Account::Contractual), i64::from(standing) * 20);
            let is_denied = (0..3).any(|part| {
                stands[part] && decided(part) > 0 && ["B13", "18"].contains(&codes[part])
            });
            if !is_denied || standing == 0 || standing == 180 {
                prop_assert_eq!(of(Account::OtherAdjustment), 0);
                prop_assert_eq!(of(Account::Receivable), -100 * i64::from(standing));
            }
        }
    }
}
