//! Reversals of some lines of a CLP, which persons attach: the other lines of it stand. So what was said in the CLP is
//! parted, in what was taken back and what was not; both stand at its place.

use x12::value::Money;

use super::standing::{Said, has_same_number, in_order, is_exact};
use crate::change::Word;
use crate::ledger::{LEFT, PENDED};

/// Parts what posted reversals took back in part.
pub fn part(said: &mut Vec<Said>) {
    let is_it = |one: &&Said| one.word == Word::Reversed && one.is_posted && one.is_by_lines();
    let reversals: Vec<Said> = said.iter().filter(is_it).cloned().collect();
    for reversal in reversals {
        let is_whole = |one: &Said| one.word != Word::Reversed && is_exact(&reversal, one);
        if said.iter().any(is_whole) {
            continue;
        }
        let found = said.iter().enumerate();
        let found = found.filter_map(|(at, one)| Some((at, parted(one, &reversal)?)));
        let last =
            found.max_by(|(_, (one, _)), (_, (other, _))| in_order(one).cmp(&in_order(other)));
        let Some((at, (rest, taken))) = last else { continue };
        if let Some(place) = said.get_mut(at) {
            *place = rest;
            said.push(taken);
        }
    }
}

/// Adds what was said, or puts it in its place; gives its place.
pub(super) fn put(said: &mut Vec<Said>, new: Said) -> usize {
    let is_it = |one: &Said| one.is_at(&new.identity, new.offset);
    let at = said.iter().position(is_it).unwrap_or(said.len());
    let mut index = 0;
    said.retain(|one| {
        index += 1;
        index <= at || !is_it(one)
    });
    said.insert(at, new);
    part(said);
    at
}

/// Puts together again what is parted, after a reversal was taken off; what others took back is parted anew.
pub(super) fn join(said: &mut Vec<Said>) {
    let mut joined: Vec<Said> = Vec::with_capacity(said.len());
    for one in said.drain(..) {
        match joined.iter_mut().find(|known| known.is_at(&one.identity, one.offset)) {
            Some(known) => add(known, one),
            None => joined.push(one),
        }
    }
    part(&mut joined);
    *said = joined;
}

fn add(known: &mut Said, part: Said) {
    known.charge += part.charge;
    known.paid += part.paid;
    let both = [std::mem::take(&mut known.adjustments), part.adjustments];
    let both: Vec<String> = both.into_iter().filter(|text| !text.is_empty()).collect();
    known.adjustments = both.join(", ");
    known.whole_lines.extend(part.whole_lines);
    known.whole_lines.sort_unstable();
    known.lines.get_or_insert_default().extend(part.lines.into_iter().flatten());
}

/// What a reversal leaves of what was said, and what it takes back; `None` where it is not some lines of it, as they
/// were decided on.
fn parted(original: &Said, reversal: &Said) -> Option<(Said, Said)> {
    let is_open = |one: &Said| [LEFT, PENDED].iter().any(|mark| one.adjustments.contains(mark));
    let is_posted = original.is_posted && original.word == Word::Paid && original.is_by_lines();
    let is_its = has_same_number(reversal, original) && original.paid_on <= reversal.paid_on;
    if !is_posted || !is_its || is_open(original) || is_open(reversal) {
        return None;
    }
    let taken = Said {
        charge: -reversal.charge,
        paid: -reversal.paid,
        ..original.with_lines(|number| reversal.speaks_of(number))
    };
    let rest = Said {
        charge: original.charge - taken.charge,
        paid: original.paid - taken.paid,
        ..original.with_lines(|number| !reversal.speaks_of(number))
    };
    let has_lines = |one: &Said| one.lines.iter().flatten().next().is_some();
    let is_it = [&taken, &rest].into_iter().all(|one| has_lines(one) && adds_up(one));
    (is_it && is_exact(reversal, &taken)).then_some((rest, taken))
}

fn adds_up(said: &Said) -> bool {
    let off: Money = said.adjustments().map(|(_, _, amount)| amount).sum();
    said.charge > Money::ZERO && said.charge - said.paid == off
}

#[cfg(test)]
mod tests {
    use x12::value::Day;

    use super::*;
    use crate::reconcile::standing::{is_double, lines_of, settled};

    fn said(day: u8, sign: i64, lines: &[(u32, i64, i64)]) -> Said {
        let told = |(line, ..): &(u32, i64, i64)| format!("service 1 is line {line} by code");
        let off = |(line, charge, paid): &(u32, i64, i64)| {
            let amount = Money::from_cents(sign * (charge - paid));
            format!("line {line} CO-45 {amount}")
        };
        let told: Vec<String> = lines.iter().map(told).collect();
        let adjustments: Vec<String> = lines.iter().map(off).collect();
        let sum = |of: fn(&(u32, i64, i64)) -> i64| lines.iter().map(of).sum::<i64>();
        Said {
            arrival: crate::change::ArrivalId(i64::from(day)),
            is_posted: true,
            paid_on: Day::new(2026, 11, day),
            identity: format!("trace {day}"),
            offset: usize::from(day),
            payer_control_number: "P1".to_owned(),
            charge: Money::from_cents(sign * sum(|one| one.1)),
            paid: Money::from_cents(sign * sum(|one| one.2)),
            adjustments: adjustments.join(", "),
            whole_lines: lines.iter().map(|one| one.0).collect(),
            lines: lines_of(&told.join("; ")),
            word: if sign < 0 { Word::Reversed } else { Word::Paid },
            status: "1".to_owned(),
            is_let: false,
            claim: None,
        }
    }

    #[test]
    fn what_is_taken_back_of_one_line_leaves_the_others() {
        let whole = said(1, 1, &[(1, 6_000, 5_000), (2, 4_000, 3_000)]);
        let back = said(2, -1, &[(1, 6_000, 5_000)]);
        let anew = said(3, 1, &[(1, 6_000, 4_000)]);
        let charge = Money::from_cents(10_000);
        let all = [whole.clone(), back.clone(), anew];
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
            let mut known = Vec::new();
            for at in order {
                put(&mut known, all[at].clone());
            }
            let end = settled(&known, &[], charge);
            assert_eq!((end.decided, end.word), (charge, Some(Word::Paid)), "{order:?}");
            // What is there already stays as it is.
            let before = known.clone();
            part(&mut known);
            assert_eq!(known, before);
            // The reversal is taken off, and all of it stands again.
            known.retain(|one| one.word != Word::Reversed);
            join(&mut known);
            let is_it = |one: &Said| is_double(one, &whole) && one.whole_lines == whole.whole_lines;
            assert!(known.len() == 2 && known.iter().any(is_it), "{known:?}");
        }
        // What takes back more of a line than was paid leaves nothing that could be told.
        let other = said(2, -1, &[(1, 6_000, 5_500)]);
        let mut known = vec![whole.clone(), other];
        part(&mut known);
        assert_eq!(known.len(), 2);
        // Nor is what waits parted.
        let mut known = vec![whole, Said { is_posted: false, ..back }];
        part(&mut known);
        assert_eq!(known.len(), 2);
    }
}
