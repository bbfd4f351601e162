//! Sets that are held against the base standard alone: answered with a 999 and kept, and a person
//! hears of them. Nothing here works on them or sends them on.

use x12::fault::{Fault, Kind, Place, SetFault};
use x12::guide::standard::is_standard;
use x12::interchange::{Interchange, Set};

use crate::denials::route;
use crate::intake::judge::{Judged, SetVerdict};
use crate::intake::tally::known_set;
use crate::intake::{Intake, Terms};

/// Whether a set is of those that are answered and kept.
pub(super) fn is_kept(judged: &Judged) -> bool {
    judged.guide.is_some_and(is_standard)
}

/// Rejects a set that the operator does not take from this partner, whatever else is wrong with it.
pub(super) fn refuse(terms: &Terms, interchange: &Interchange, set: &Set, judged: &mut Judged) {
    let st = interchange.set_header(set);
    let is_listed = |listed: &String| listed.as_bytes() == st.text(1);
    if !is_kept(judged) || !terms.unsupported_sets.iter().any(is_listed) {
        return;
    }
    let place = Place { segment: 1, ..st.place(1, 0) };
    let kind = Kind::Set(SetFault::Unsupported);
    judged.faults = vec![Fault { kind, place, loop_id: "", tag: st.tag(), name: "" }];
    judged.verdict = SetVerdict::Rejected;
}

/// Keeps a set that was accepted.
pub(super) fn keep(intake: &mut Intake<'_>, interchange: &Interchange, set: &Set) {
    let number = known_set(interchange.set_header(set).text(1));
    *intake.tally.kept.entry(number).or_default() += 1;
    intake.report.line(3, "read and kept; nothing here works on it or sends it on");
}

/// One item of work for all that an arrival had of them.
pub(super) fn tell(intake: &mut Intake<'_>) {
    let kept = &intake.tally.kept;
    if kept.is_empty() {
        return;
    }
    let sets: Vec<String> = kept.iter().map(|(set, count)| format!("{set}: {count}")).collect();
    let sets = format!("transaction sets ({})", sets.join(", "));
    let work = route::kept(&intake.origin(), &sets);
    intake.change.work.push(work);
}
