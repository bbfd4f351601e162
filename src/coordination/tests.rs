//! What a payer decided, and whether a claim goes on.

use proptest::prelude::*;
use x12::delimiters::Delimiters;
use x12::guide;
use x12::interchange::read;
use x12::value::Day;
use x12::view::claim::Kind;
use x12::view::remittance::remittance;
use x12::walk::walk;

use super::*;
use crate::change::ArrivalId;
use crate::document::Numbered;
use crate::reconcile::denied_lines::SaidOfLine;
use crate::reconcile::matching::LinePart;
use crate::reconcile::testing::{known_claim, whole};

fn said(day: u8, identity: &str, cents: i64, word: Word) -> Said {
    let sign = if word == Word::Reversed { -1 } else { 1 };
    Said {
        arrival: ArrivalId(i64::from(day)),
        is_posted: true,
        paid_on: Day::new(2026, 10, day),
        identity: identity.to_owned(),
        offset: 0,
        payer_control_number: format!("P{identity}"),
        charge: Money::from_cents(sign * cents),
        paid: Money::ZERO,
        adjustments: String::new(),
        whole_lines: Vec::new(),
        lines: None,
        word,
        status: "1".to_owned(),
        is_let: false,
        claim: None,
    }
}

#[test]
fn what_a_payer_decided_on_is_all_of_a_claim_or_a_part() {
    use Word::{Denied, Paid, Reversed};
    let charge = Money::from_cents(10_000);
    let cents = Money::from_cents;
    let cases: [(&[Said], Extent); 8] = [
        (&[], Extent::Nothing),
        (&[said(1, "A", 10_000, Paid)], Extent::Whole(vec![0])),
        (&[said(1, "A", 4_000, Paid)], Extent::Part(cents(4_000))),
        (&[said(1, "A", 4_000, Paid), said(2, "B", 6_000, Denied)], Extent::Whole(vec![0, 1])),
        (&[said(1, "A", 10_000, Paid), said(2, "B", 10_000, Reversed)], Extent::Nothing),
        // Decided again without a reversal: the last word counts.
        (&[said(1, "A", 10_000, Denied), said(2, "B", 10_000, Paid)], Extent::Whole(vec![1])),
        (
            &[said(1, "A", 10_000, Paid), said(2, "B", 4_000, Paid), said(2, "B", 6_000, Paid)],
            Extent::Whole(vec![1, 2]),
        ),
        (&[said(1, "A", 8_000, Paid), said(2, "B", 7_000, Paid)], Extent::TooMuch(cents(15_000))),
    ];
    for (said, expected) in cases {
        assert_eq!(extent(said, charge), expected, "{said:?}");
    }
}

/// Of a claim whose parts each tell all of it, the last part is not all that was decided.
#[test]
fn a_part_that_tells_the_whole_charge_does_not_go_on_alone() {
    let part = |day, parts: [LinePart; 2], adjustments: &str| {
        let lines = (1..).zip(parts).map(|(number, part)| SaidOfLine { number, part });
        let adjustments = adjustments.to_owned();
        let identity = format!("of {day}");
        Said {
            lines: Some(lines.collect()),
            adjustments,
            ..said(day, &identity, 10_000, Word::Paid)
        }
    };
    let (paid, left, copy) = (LinePart::Whole, LinePart::Elsewhere, LinePart::Copy);
    let charge = Money::from_cents(10_000);
    // What was posted of it before the upgrade has no mark.
    for (mark, other) in [("left ", "OA-94"), ("", "OA-94"), ("", "OA-B13")] {
        let is_copy = other == "OA-B13";
        let left = if is_copy { copy } else { left };
        let word = if is_copy { Word::Denied } else { Word::Paid };
        let first = format!("line 1 CO-45 10.00, {mark}line 2 {other} 40.00");
        let second = format!("{mark}line 1 {other} 60.00, line 2 CO-45 10.00");
        let mut parts = [part(1, [paid, left], &first), part(2, [left, paid], &second)];
        for one in &mut parts {
            one.word = word;
        }
        assert_eq!(extent(&parts, charge), Extent::Whole(vec![0, 1]), "{first}");
        let alone = extent(&parts[..1], charge);
        let waits = Extent::Part(Money::from_cents(6_000));
        assert_eq!(alone, if is_copy { Extent::Whole(vec![0]) } else { waits }, "{first}");
        assert_eq!(parts[0].may_leave_to_others(), is_copy);
    }
    // Half a line each.
    let some = LinePart::Some;
    let halves = [
        part(1, [some, paid], "line 1 CO-45 5.00, left line 1 OA-94 30.00, line 2 CO-45 10.00"),
        part(2, [some, left], "left line 1 OA-94 30.00, left line 2 OA-94 40.00"),
    ];
    assert_eq!(extent(&halves, charge), Extent::Whole(vec![0, 1]));
    assert_eq!(extent(&halves[..1], charge), Extent::Part(Money::from_cents(7_000)));
    // By B13, which denies the rest while the other part is not there.
    let shared = LinePart::CopyInPart;
    let first = "line 1 CO-45 5.00, line 1 OA-B13 30.00, line 2 CO-45 10.00";
    let mut halves = [
        part(1, [shared, paid], first),
        part(2, [shared, copy], "line 1 OA-B13 30.00, line 2 OA-B13 40.00"),
    ];
    for one in &mut halves {
        one.word = Word::Denied;
    }
    assert_eq!(extent(&halves, charge), Extent::Whole(vec![0, 1]));
    assert_eq!(extent(&halves[..1], charge), Extent::Whole(vec![0]));
    assert!(halves[0].may_leave_to_others());
    let [stands, _] = stands(&halves, charge).try_into().expect("both");
    let stands = stands.expect("the first");
    assert!(!stands.may_leave_to_others() && stands.word == Word::Paid);
    let left: Vec<_> = halves[0].left_beside(&stands).collect();
    assert_eq!(left, [("1", "OA-B13", Money::from_cents(3_000))]);
    // Nor is what an office's row calls open decided on.
    let open = part(1, [paid, paid], "line 1 CO-45 10.00, pended line 2 CO-252 40.00");
    assert_eq!(extent(&[open], charge), Extent::Part(Money::from_cents(6_000)));
}

/// What stands in the first CLP of a remittance about a known claim.
fn decided_in(body: &str) -> Decided {
    let file = bytes::Bytes::from(whole("I*60*C*CHK", body));
    let reading = read(&file);
    let interchange = &reading.interchanges[0];
    let set = &interchange.groups[0].sets[0];
    let walked = walk(interchange, set, guide::find("005010X221A1", "835").expect("the guide"));
    let remittance = remittance(interchange, set, &walked);
    let offset = remittance.claims[0].place.offset;
    decided((interchange, set), &remittance, offset, &known_claim(1)).expect("the CLP")
}

#[test]
fn a_claim_that_was_passed_on_is_known_by_its_status_and_by_its_crossover_carrier() {
    for (body, expected) in [
        ("CLP*A1*19*100*60*40*12*P~CAS*PR*1*40~", true),
        ("CLP*A1*20*100*60*40*12*P~CAS*PR*1*40~", true),
        ("CLP*A1*1*100*60*40*12*P~CAS*PR*1*40~NM1*TT*2*BEACON PLAN*****PI*B1~", true),
        ("CLP*A1*1*100*60*40*12*P~CAS*PR*1*40~MOA***MA01*MA18~", true),
        ("CLP*A1*1*100*60*40*12*P~CAS*PR*1*40~NM1*QC*1*ROE*JANE~MOA***MA01~", false),
    ] {
        assert_eq!(decided_in(body).is_passed_on, expected, "{body}");
    }
}

#[test]
fn tells_bundled_lines_and_what_is_left() {
    let decided = decided_in(
        "CLP*A1*1*100*80*20*12*P~MOA***MA01~SVC*HC:80050*60*80**1*HC:99213~CAS*OA*94*-40~CAS*PR*2*20~\
         REF*6R*A1-1~SVC*HC:80050*40*0**0*HC:93000~CAS*CO*97*40~REF*6R*A1-2~",
    );
    let [carrier, other] = decided.services.as_slice() else { panic!("two services") };
    assert_eq!((decided.bundled_with(carrier), decided.bundled_with(other)), (None, Some(1)));
    assert!(decided.is_bundled_alone() && carrier.is_recoded);
    assert_eq!(decided.left_to_patient(), Money::from_cents(2_000));
    assert_eq!(decided.outpatient, ["", "", "MA01"]);
}

#[test]
fn a_number_a_day_and_that_it_is_sent_once_more_are_nothing_to_a_later_payer() {
    let document = |texts: &[&str]| {
        let numbered = (20..).zip(texts);
        let claim =
            numbered.map(|(number, text)| Numbered { number, text: text.as_bytes().to_vec() });
        let (billing, subscriber, patient) = (Vec::new(), Vec::new(), Vec::new());
        let (kind, delimiters) = (Kind::Professional, Delimiters::OURS);
        Document { kind, delimiters, billing, subscriber, patient, claim: claim.collect() }
    };
    let sent = ["CLM*A1*100***11:B:1*Y", "REF*F8*P1", "SVD*P*50*HC:99213", "DTP*573*D8*20261102"];
    for (at, other, is_told) in [
        (0, "CLM*A1*100***11:B:7*Y", false),
        (0, "CLM*A1*100***12:B:1*Y", true),
        (0, "CLM*A1*120***11:B:1*Y", true),
        (1, "REF*F8*P2", false),
        (1, "REF*G1*P1", true),
        (2, "SVD*P*40*HC:99213", true),
        (3, "DTP*573*D8*20261109", false),
    ] {
        let mut made = sent;
        made[at] = other;
        assert_eq!(told(&document(&sent)) != told(&document(&made)), is_told, "{other}");
    }
}

proptest! {
    /// The order in which independent remittances came makes no difference.
    #[test]
    fn what_holds_of_a_claim_does_not_depend_on_the_order_of_files(
        days in proptest::sample::subsequence((1..20_u8).collect::<Vec<_>>(), 1..6),
        cents in proptest::collection::vec(1..10_000_i64, 6),
        turn in 0..6_usize,
    ) {
        let all: Vec<Said> = days
            .iter()
            .zip(cents)
            .map(|(day, cents)| said(*day, &day.to_string(), cents, Word::Paid))
            .collect();
        let mut turned = all.clone();
        turned.rotate_left(turn % all.len());
        let charge: Money = all.iter().map(|one| one.charge).sum();
        let told = |said: &[Said]| match extent(said, charge) {
            Extent::Whole(places) => places.iter().map(|&at| said[at].clone()).collect(),
            _ => Vec::new(),
        };
        prop_assert_eq!(told(&all), told(&turned));
        prop_assert_eq!(told(&all), all);
    }
}
