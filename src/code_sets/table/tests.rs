//! A stored table reads back the same, and answers as the rows that it was made of.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::draft::{Contradiction, Draft};
use super::sorted::Sorted;
use super::*;

fn day(text: &str) -> Day {
    Day::parse_dashed(text).expect("a day")
}

fn span(first: &str, last: &str, facts: &[u32]) -> Span {
    let day = |text: &str| Day::parse(text.as_bytes());
    Span { first: day(first), last: day(last), facts: facts.to_vec() }
}

fn about() -> About {
    About {
        set: "made-up".to_owned(),
        edition: "first".to_owned(),
        file: "made-up.tsv".to_owned(),
        rows: 3,
        imported: Day::new(2026, 11, 22),
        first: None,
        last: None,
    }
}

fn table(rows: &[(&str, Span)]) -> Result<Table, Contradiction> {
    let mut draft = Draft::default();
    for (line, (code, span)) in (2..).zip(rows) {
        assert!(draft.add(code, span.clone(), line), "{code}");
    }
    draft.finish(about())
}

proptest! {
    #[test]
    fn numbers_are_found_at_their_places(numbers in prop::collection::btree_set(0..u64::MAX / 2, 0..200)) {
        let sorted = Sorted::new(numbers.iter().copied());
        prop_assert_eq!(sorted.len(), numbers.len());
        for (place, &number) in numbers.iter().enumerate() {
            prop_assert_eq!(sorted.find(number), Some(place));
            prop_assert_eq!(sorted.at(place), Some(number));
            prop_assert_eq!(sorted.find(number + 1).is_some(), numbers.contains(&(number + 1)));
        }
        let all: Vec<u64> = sorted.iter().map(|(_, number)| number).collect();
        prop_assert_eq!(all, numbers.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_stored_table_reads_back_the_same(
        rows in prop::collection::btree_map("[A-Z0-9]{1,12}", (0u32..50, 0u32..400), 0..150)
    ) {
        let mut draft = Draft::default();
        for (line, (code, &(first, fact))) in (2..).zip(&rows) {
            let first = Some(day("2020-01-01").plus_days(first));
            let span = Span { first, last: None, facts: vec![fact] };
            prop_assert!(draft.add(code, span, line));
        }
        let table = draft.finish(about()).expect("each code stands once");
        let read = Table::unpack(&table.pack());
        prop_assert_eq!(read.as_ref(), Some(&table));
        prop_assert_eq!(table.len(), rows.len());
        for (code, &(first, fact)) in &rows {
            let first = day("2020-01-01").plus_days(first);
            prop_assert_eq!(table.standing(code.as_bytes(), first), Standing::Valid);
            let fact_read = table.span(code.as_bytes(), first).and_then(|span| span.fact(0));
            prop_assert_eq!(fact_read, Some(fact));
        }
        let names: Vec<String> = table.entries().map(|(name, _)| name).collect();
        prop_assert_eq!(names, rows.into_keys().collect::<Vec<_>>());
    }

    #[test]
    fn stored_pairs_read_back_the_same(
        rows in prop::collection::btree_map(("[0-9]{4}[0-9FTU]", "[A-V][0-9]{4}"), 0u32..3, 0..150)
    ) {
        let mut draft = Draft::default();
        for (line, ((one, other), &fact)) in (2..).zip(&rows) {
            let span = Span { facts: vec![fact], ..Span::default() };
            prop_assert!(draft.add_pair([one, other], span, line));
        }
        let table = draft.finish(about()).expect("each pair stands once");
        let read = Table::unpack(&table.pack());
        prop_assert_eq!(read.as_ref(), Some(&table));
        let mut firsts: BTreeMap<String, usize> = BTreeMap::new();
        for ((one, other), &fact) in &rows {
            let [one_at, other_at] = [one, other].map(|code| table.member(code.as_bytes()));
            let (one_at, other_at) = (one_at.expect("a code"), other_at.expect("a code"));
            let facts: Vec<_> = table.pair(one_at, other_at).iter().map(|span| span.fact(0)).collect();
            prop_assert_eq!(facts, vec![Some(fact)]);
            prop_assert_eq!(table.pair(other_at, one_at), &[]);
            *firsts.entry(one.clone()).or_default() += 1;
        }
        for (one, count) in firsts {
            let one = table.member(one.as_bytes()).expect("a code");
            prop_assert_eq!(table.pairs_of(one).count(), count);
        }
    }

    #[test]
    fn a_damaged_table_is_not_read(at in 0usize..1000, bit in 0u8..8) {
        let table = table(&[("A1", span("20260101", "", &[1])), ("B2", span("", "", &[]))]);
        let mut bytes = table.expect("two codes").pack();
        let at = at % bytes.len();
        prop_assert!(Table::unpack(&bytes[..at]).is_none());
        bytes[at] ^= 1 << bit;
        prop_assert!(Table::unpack(&bytes).is_none());
    }
}

#[test]
fn rows_about_the_same_days_supplement_one_another_or_contradict() {
    let both = table(&[
        ("A1", span("20260101", "", &[1, NOTHING])),
        ("A1", span("20260101", "", &[NOTHING, 2])),
    ]);
    let both = both.expect("they fit");
    assert_eq!(both.spans(b"A1"), [span("20260101", "", &[1, 2])]);
    let apart =
        table(&[("A1", span("20250101", "20251231", &[1])), ("A1", span("20260101", "", &[2]))]);
    assert_eq!(apart.expect("they fit").spans(b"A1").len(), 2);
    let ends_twice =
        table(&[("A1", span("20200101", "", &[])), ("A1", span("20200101", "20211231", &[]))]);
    assert_eq!(ends_twice.err().map(|why| why.line + why.earlier_line), Some(5));
    let against = table(&[("A1", span("", "", &[1])), ("A1", span("20260101", "", &[2]))]);
    assert_eq!(against.err(), Some(Contradiction { line: 3, earlier_line: 2 }));
}

#[test]
fn answers_for_the_days_that_it_speaks_for() {
    let mut draft = Draft::default();
    draft.last = Some(day("2026-09-30"));
    assert!(draft.add("E119", span("20151001", "", &[]), 2));
    assert!(draft.add("E1", span("20151001", "20160930", &[]), 3));
    assert!(draft.add("Z99", span("20261001", "", &[]), 4));
    assert!(!draft.add("e119", Span::default(), 5) && !draft.add("", Span::default(), 6));
    let table = draft.finish(about()).expect("three codes");
    for (code, on, expected) in [
        ("E119", "2027-01-01", Standing::Valid),
        ("E119", "2015-09-30", Standing::NotYet(day("2015-10-01"))),
        ("Z99", "2027-01-01", Standing::NotYet(day("2026-10-01"))),
        ("E1", "2026-01-01", Standing::Header),
        ("E1", "2016-01-01", Standing::Valid),
        ("E11", "2026-01-01", Standing::Header),
        ("E12", "2026-01-01", Standing::Unknown),
    ] {
        let standing = table.standing_with_headers(code.as_bytes(), day(on));
        assert_eq!(standing, expected, "{code} on {on}");
    }
}

#[test]
fn a_yearly_edition_goes_on_from_the_one_before() {
    let before = table(&[
        ("A1", span("20151001", "", &[])),
        ("A2", span("20151001", "", &[])),
        ("A3", span("20151001", "20200930", &[])),
        ("A5", span("20270401", "", &[])),
    ]);
    let mut draft = Draft::default();
    draft.first = Some(day("2026-10-01"));
    draft.last = Some(day("2027-09-30"));
    for (code, line) in [("A1", 1), ("A4", 2)] {
        assert!(draft.add(code, span("20261001", "", &[]), line));
    }
    draft.continue_from(&before.expect("a table"));
    let table = draft.finish(about()).expect("no row contradicts another");
    let spans: Vec<(String, Vec<Span>)> =
        table.entries().map(|(code, spans)| (code, spans.to_vec())).collect();
    let expected = [
        ("A1", span("20151001", "", &[])),
        ("A2", span("20151001", "20260930", &[])),
        ("A3", span("20151001", "20200930", &[])),
        ("A4", span("20261001", "", &[])),
    ];
    assert_eq!(spans, expected.map(|(code, span)| (code.to_owned(), vec![span])));
}

#[test]
fn says_what_a_new_edition_changes() {
    let before = table(&[
        ("A1", span("20200101", "", &[])),
        ("A2", span("20200101", "", &[])),
        ("A3", span("20200101", "", &[7])),
        ("A4", span("20200101", "20211231", &[])),
        ("A6", span("20200101", "", &[])),
        ("A7", span("20200101", "", &[])),
    ]);
    let after = table(&[
        ("A1", span("20200101", "", &[])),
        ("A2", span("20200101", "20260930", &[])),
        ("A3", span("20200101", "", &[8])),
        ("A5", span("20261001", "", &[])),
    ]);
    let on = day("2026-11-01");
    let (before, after) = (before.expect("a table"), after.expect("a table"));
    let change = change::between(&before, &after, on, |code| code != "A7");
    assert_eq!(change.added.first, ["A5"]);
    assert_eq!(change.ended.first, ["A2", "A7"]);
    assert_eq!(change.kept.first, ["A6"]);
    assert_eq!(change.changed.first, ["A3", "A4"]);
}

#[test]
fn tells_a_list_that_was_cut_off_from_one_that_lost_codes() {
    let list = |codes: &[u32]| {
        let mut draft = Draft::default();
        for code in codes {
            assert!(draft.add(&format!("A{code:03}"), Span::default(), 0));
        }
        draft
    };
    let before: Vec<u32> = (0..50).collect();
    let before = list(&before).finish(About::default()).expect("no code twice");
    let today = Day::new(2026, 11, 2).expect("a day");
    for (kept, missing, is_end) in
        [(vec![0, 1, 2], 47, true), (vec![0, 1, 49], 47, false), ((1..49).collect(), 2, false)]
    {
        let loss = list(&kept).loss(&before, today);
        assert_eq!((loss.missing, loss.is_end), (missing, is_end), "{kept:?}");
    }
}
