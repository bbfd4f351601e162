//! What types cannot check: order of positions, keys that differ, code sets that exist.

use super::ambiguity::overlap;
use super::row::{Codes, Content, Element, Guide, Kind, Loop, NO_KEY, R, Row, S, Slot, Usage};
use super::standard_sets::{self, Last, Room};
use super::{ALL, SETS, all, control, find, segments, standard};

/// Every loop of a guide, once, with its table.
fn loops(guide: &'static Guide) -> Vec<&'static Loop> {
    let mut found = vec![&guide.table];
    let mut next = 0;
    while let Some(&table) = found.get(next) {
        for row in table.rows {
            if let Row::Inner(below) = row
                && !found.iter().any(|known| std::ptr::eq(*known, *below))
            {
                found.push(below);
            }
        }
        next += 1;
    }
    found
}

/// Every segment row of every guide, with a place to name when it is wrong.
fn slots() -> Vec<(String, &'static Slot)> {
    let control = control::ROWS.iter().filter_map(|row| match row {
        Row::Segment(slot) => Some((format!("control {}", slot.tag.text()), slot)),
        Row::Inner(_) => None,
    });
    all().flat_map(slots_of).chain(control).collect()
}

fn slots_of(guide: &'static Guide) -> Vec<(String, &'static Slot)> {
    let mut found = Vec::new();
    for table in loops(guide) {
        for row in table.rows {
            if let Row::Segment(slot) = row {
                let place =
                    format!("{} {} {} ({})", guide.id, table.id, slot.tag.text(), slot.name);
                found.push((place, slot));
            }
        }
    }
    found
}

/// Calls `look` with every element and every part of a composite.
fn elements(mut look: impl FnMut(&str, &Element)) {
    for (place, slot) in slots() {
        for element in slot.elements {
            look(&format!("{place} {}", element.position), element);
            if let Content::Composite(parts) = element.content {
                for part in parts {
                    look(&format!("{place} {}-{}", element.position, part.position), part);
                }
            }
        }
    }
}

fn assert_ascending(place: &str, elements: &[Element]) {
    let ascends = elements.is_sorted_by(|a, b| a.position < b.position);
    assert!(ascends && elements.iter().all(|element| 0 < element.position), "{place}: positions");
}

#[test]
fn positions_ascend() {
    for (place, slot) in slots() {
        assert_ascending(&place, slot.elements);
    }
    elements(|place, element| {
        if let Content::Composite(parts) = element.content {
            assert_ascending(place, parts);
        }
    });
}

#[test]
fn rows_fit_their_base_segments() {
    for (place, slot) in slots() {
        let base = segments::base(slot.tag);
        assert!(base.is_some(), "{place}: no base segment");
        let last = slot.elements.last().map_or(0, |element| element.position);
        assert!(
            base.is_some_and(|base| usize::from(last) <= base.elements.len()),
            "{place}: too many elements"
        );
        assert!(!slot.elements.is_empty(), "{place}: no elements");
        assert!(slot.use_max != 0, "{place}: may never be used");
    }
}

#[test]
fn no_segment_fits_two_rows_of_a_loop() {
    // The rows of the base standard have no qualifiers; still no loop of it has a tag twice, so
    // that only a loop inside and the one around it compete, and the one inside wins.
    for guide in all() {
        for table in loops(guide) {
            // A loop competes with its siblings and with the rows beside it by its head.
            let heads: Vec<&Slot> = table
                .rows
                .iter()
                .map(|row| match row {
                    Row::Segment(slot) => slot,
                    Row::Inner(below) => below.head(),
                })
                .collect();
            for (i, a) in heads.iter().enumerate() {
                for b in heads.iter().skip(i + 1) {
                    assert!(
                        !overlap(a, b),
                        "{} {}: {} ({}) also fits ({})",
                        guide.id,
                        table.id,
                        a.tag.text(),
                        a.name,
                        b.name
                    );
                }
            }
        }
    }
}

#[test]
fn rows_of_one_tag_stand_together() {
    for guide in all() {
        for table in loops(guide) {
            let mut seen = Vec::new();
            for row in table.rows {
                if let Row::Segment(slot) = row {
                    let again = seen.contains(&slot.tag) && seen.last() != Some(&slot.tag);
                    assert!(!again, "{} {}: {} is torn", guide.id, table.id, slot.tag.text());
                    seen.push(slot.tag);
                }
            }
        }
    }
}

#[test]
fn rows_come_in_the_order_of_the_standard() {
    for guide in ALL {
        let Some(standard) = standard_sets::find(guide.set) else { continue };
        for table in loops(guide) {
            let number = standard_sets::number_of(table.id);
            let places = table.rows.iter().filter_map(|row| match row {
                Row::Segment(slot) => Some((Last::Segment(slot.tag), slot.tag)),
                // The standard has its levels side by side.
                Row::Inner(inner) if standard_sets::number_of(inner.id) == number => None,
                Row::Inner(inner) => Some((Last::Loop(inner.id), inner.head().tag)),
            });
            let places: Vec<_> = places.collect();
            for pair in places.windows(2) {
                let [(before, _), (_, tag)] = *pair else { continue };
                let room = standard.room(table.id, before, tag);
                assert_ne!(room, Room::Behind, "{} {} {tag:?}", guide.id, table.id);
            }
        }
    }
}

#[test]
fn qualified_segments_have_keys() {
    // A wrong qualifier must never be taken for the row.
    let qualified =
        ["NM1", "HL", "N1", "REF", "DTP", "DTM", "AMT", "QTY", "CRC", "NTE", "LQ", "HI"];
    for (place, slot) in ALL.iter().flat_map(|guide| slots_of(guide)) {
        if qualified.contains(&slot.tag.text().as_str()) {
            assert!(slot.keys.iter().any(|key| key.position != 0), "{place}: no key");
        }
    }
}

#[test]
fn keys_point_at_elements_that_hold_codes() {
    for (place, slot) in slots() {
        for key in slot.keys.iter().filter(|key| key.position != NO_KEY.position) {
            let element = slot.elements.iter().find(|element| element.position == key.position);
            let part = match element.map(|element| element.content) {
                Some(Content::Composite(parts)) => {
                    parts.iter().find(|part| part.position == key.component)
                }
                Some(Content::Simple(_)) if key.component == 0 => element,
                Some(Content::Simple(_)) | None => None,
            };
            assert!(part.is_some(), "{place}: key at {} finds nothing", key.position);
            assert!(!key.codes.is_empty(), "{place}: key without codes");
            if let Some(Element { content: Content::Simple(data), codes, .. }) = part {
                let length = usize::from(data.len_min)..=usize::from(data.len_max);
                assert!(key.codes.iter().all(|code| length.contains(&code.len())), "{place}");
                if let Codes::Listed(listed) = codes {
                    let known = key.codes.iter().all(|code| listed.contains(code));
                    assert!(known, "{place}: key and list disagree");
                }
            }
        }
    }
}

#[test]
fn every_loop_opens_with_a_segment_used_once() {
    for guide in all() {
        for table in loops(guide) {
            let opens = match table.rows.first() {
                Some(Row::Segment(slot)) => slot.use_max == 1 && slot.usage == Usage::Required,
                Some(Row::Inner(_)) | None => false,
            };
            assert!(opens, "{} {}", guide.id, table.id);
            assert!(table.repeat_max != 0, "{} {}", guide.id, table.id);
        }
    }
}

#[test]
fn codes_are_known_and_fit() {
    elements(|place, element| match (element.codes, element.content) {
        (Codes::Any, _) => {}
        (Codes::Set(name), Content::Simple(_)) => {
            assert!(SETS.contains(&name), "{place}: no set {name}");
        }
        (Codes::Listed(listed), Content::Simple(data)) => {
            for (i, code) in listed.iter().enumerate() {
                let length = code.len();
                let fits =
                    usize::from(data.len_min) <= length && length <= usize::from(data.len_max);
                assert!(fits, "{place}: {code} does not fit element {}", data.number);
                assert!(!listed.iter().skip(i + 1).any(|other| other == code), "{place}: {code}");
            }
        }
        (_, Content::Composite(_)) => panic!("{place}: codes on a composite"),
    });
}

#[test]
fn guide_lengths_are_tighter_than_the_base() {
    elements(|place, element| {
        if element.guide_len_max != 0 {
            let within = match element.content {
                Content::Simple(data) => {
                    data.len_min <= element.guide_len_max && element.guide_len_max <= data.len_max
                }
                Content::Composite(_) => false,
            };
            assert!(within, "{place}: {}", element.guide_len_max);
        }
    });
}

#[test]
fn names_are_short_and_lower_case() {
    let check = |place: &str, name: &str| {
        let plain = name.chars().all(|c| c.is_ascii_lowercase() || " ',-0123456789".contains(c));
        assert!(plain && !name.is_empty() && name.len() <= 50, "{place}: {name}");
    };
    for (place, slot) in slots() {
        check(&place, slot.name);
    }
    elements(|place, element| check(place, element.name));
}

#[test]
fn guides_have_all_their_rows() {
    let counts = [
        ("005010X222A1", 214),
        ("005010X223A2", 158),
        ("005010X224A2", 149),
        ("005010X221A1", 53),
        ("005010X231A1", 11),
        ("005010", 8),
        ("005010X214", 38),
    ];
    for (id, rows) in counts {
        let found = ALL.iter().find(|guide| guide.id == id).map(|&guide| {
            loops(guide)
                .iter()
                .flat_map(|table| table.rows)
                .filter(|row| matches!(row, Row::Segment(_)))
                .count()
        });
        assert_eq!(found, Some(rows), "{id}");
    }
}

#[test]
fn guides_answer_to_their_names() {
    for guide in all() {
        for &version in guide.also.iter().chain([&guide.id]) {
            let found = find(version, guide.set);
            assert!(found.is_some_and(|found| std::ptr::eq(found, guide)), "{version}");
        }
    }
    assert!(find("005010X222A1", "835").is_none());
    assert!(find("004010X098", "837").is_none());
}

/// The element at a place such as `("005010X222A1", "2300", "CLM", 5, 3)`; part 0 for a whole
/// element. The first row with the tag counts.
fn element(id: &str, in_loop: &str, tag: &str, position: u8, part: u8) -> Option<&'static Element> {
    let guide = ALL.iter().find(|guide| guide.id == id)?;
    let table = loops(guide).into_iter().find(|table| table.id == in_loop)?;
    let slot = table.rows.iter().find_map(|row| match row {
        Row::Segment(slot) if slot.tag.text() == tag => Some(slot),
        Row::Segment(_) | Row::Inner(_) => None,
    })?;
    let element = slot.elements.iter().find(|element| element.position == position)?;
    match element.content {
        Content::Composite(parts) if part != 0 => parts.iter().find(|it| it.position == part),
        Content::Composite(_) | Content::Simple(_) => Some(element),
    }
}

#[test]
fn sets_without_a_guide_have_their_names_and_groups() {
    let sets = standard::ALL.iter().map(|guide| (guide.id, guide.set, guide.group));
    assert_eq!(
        sets.collect::<Vec<_>>(),
        [
            ("005010X279A1", "270", "HS"),
            ("005010X279A1", "271", "HB"),
            ("005010X212", "276", "HR"),
            ("005010X212", "277", "HN"),
            ("005010X217", "278", "HI"),
            ("005010X220A1", "834", "BE"),
            ("005010X218", "820", "RA"),
        ]
    );
    assert!(find("005010X214", "277").is_some_and(|guide| !standard::is_standard(guide)));
    assert!(find("005010X212", "277").is_some_and(standard::is_standard));
}

#[test]
fn the_kinds_of_group_are_those_of_the_sets() {
    let mut kinds: Vec<&str> = all().map(|guide| guide.group).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, control::GROUPS);
}

#[test]
fn well_known_elements_are_as_the_guides_say() {
    let listed = |id, in_loop, tag, position, part| match element(id, in_loop, tag, position, part)
        .map(|element| element.codes)
    {
        Some(Codes::Listed(listed)) => listed,
        Some(Codes::Any | Codes::Set(_)) | None => &[],
    };
    let p = "005010X222A1";
    assert_eq!(listed(p, "2400", "SV1", 1, 1), ["ER", "HC", "IV", "WK"]);
    assert_eq!(listed(p, "2300", "CLM", 5, 2), ["B"]);
    assert_eq!(listed(p, "2320", "CAS", 1, 0), ["CO", "CR", "OA", "PI", "PR"]);
    assert_eq!(listed(p, "HEADER", "BHT", 6, 0), ["31", "CH", "RP"]);
    let i = "005010X223A2";
    assert_eq!(listed(i, "2400", "SV2", 2, 1), ["ER", "HC", "HP", "IV", "WK"]);
    assert_eq!(listed(i, "2300", "CLM", 5, 2), ["A"]);
    assert_eq!(listed(i, "2300", "HI", 1, 9), ["N", "U", "W", "Y"]);
    assert_eq!(listed(i, "2010AA", "NM1", 2, 0), ["2"]);
    assert_eq!(element(i, "2300", "CL1", 1, 0).map(|cl101| cl101.usage), Some(R));
    assert_eq!(element(i, "2300", "CLM", 1, 0).map(|clm01| clm01.guide_len_max), Some(20));
    let r = "005010X221A1";
    assert_eq!(listed(r, "2100", "CAS", 1, 0), ["CO", "OA", "PI", "PR"]);
    assert_eq!(listed(r, "HEADER", "BPR", 4, 0), ["ACH", "BOP", "CHK", "FWT", "NON"]);
    assert_eq!(listed(r, "HEADER", "PLB", 13, 1).len(), 41);
    assert_eq!(element(p, "2300", "CLM", 1, 0).map(|clm01| clm01.guide_len_max), Some(20));
    assert_eq!(element(p, "2010BA", "NM1", 9, 0).map(|nm109| nm109.usage), Some(S));
    let charge = element(p, "2300", "CLM", 2, 0).map(|clm02| clm02.content);
    assert!(matches!(charge, Some(Content::Simple(data)) if data.kind == Kind::R));
}

/// Where a guide goes past its base on purpose, as "segment, position, part: why".
const PAST_THE_BASE: &[(&str, u8, u8)] = &[];

/// What a row says of an element, against what the base says of it: the difference, if it is one.
fn past_the_base(element: &Element, base: &Element) -> Option<String> {
    if element.usage == S && base.usage == Usage::Required {
        return Some("not required, though mandatory".into());
    }
    if base.repeat_max < element.repeat_max {
        return Some(format!("{} repeats of {}", element.repeat_max, base.repeat_max));
    }
    match (element.content, base.content) {
        (Content::Simple(ours), Content::Simple(theirs)) if ours != theirs => {
            Some(format!("element {} for {}", ours.number, theirs.number))
        }
        (Content::Simple(_), Content::Simple(_))
        | (Content::Composite(_), Content::Composite(_)) => None,
        (Content::Simple(_), Content::Composite(_))
        | (Content::Composite(_), Content::Simple(_)) => Some("a composite, or none".into()),
    }
}

#[test]
fn rows_keep_within_the_base() {
    let mut wrong = Vec::new();
    let mut compare = |place: &str, tag: &str, part_of: u8, ours: &[Element], base: &[Element]| {
        for required in base.iter().filter(|it| it.usage == Usage::Required) {
            if !ours.iter().any(|it| it.position == required.position) {
                wrong.push(format!(
                    "{place} {part_of} {}: not used, though mandatory",
                    required.position
                ));
            }
        }
        for element in ours {
            let at = usize::from(element.position);
            let (whole, part) =
                if part_of == 0 { (element.position, 0) } else { (part_of, element.position) };
            let known = PAST_THE_BASE.contains(&(tag, whole, part));
            match at.checked_sub(1).and_then(|index| base.get(index)) {
                None => wrong.push(format!("{place} {whole}-{part}: not in the base")),
                Some(it) => match past_the_base(element, it) {
                    Some(what) if !known => wrong.push(format!("{place} {whole}-{part}: {what}")),
                    Some(_) | None => {}
                },
            }
        }
    };
    for (place, slot) in slots() {
        let base = segments::base(slot.tag).expect("another test says that each row has a base");
        compare(&place, &slot.tag.text(), 0, slot.elements, base.elements);
        for element in slot.elements {
            let theirs = base.element(element.position).map(|it| it.content);
            if let (Content::Composite(ours), Some(Content::Composite(theirs))) =
                (element.content, theirs)
            {
                compare(&place, &slot.tag.text(), element.position, ours, theirs);
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
