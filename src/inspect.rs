//! A file looked through from end to end: every fault and finding, with all that there is to say
//! of it. What `check` prints and `show` puts in place.

pub mod faults;
pub mod flow;
mod ours;
mod received;
mod summary;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read, Seek};
use std::ops::Range;

use x12::answer::is_acknowledgment;
use x12::fault::{Fault, Kind, Place};
use x12::foresight::{Foresight, Part, Sets};
use x12::interchange::{Group, Interchange, Set};
use x12::segment::Segment;
use x12::value::Day;
use x12::view::claim::{Claim, Kind as ClaimKind, claims};

use crate::change::ContentHash;
use crate::intake::advice::fix;
use crate::intake::judge::{Judged, SetVerdict, group_faults, judge_mending, sent_ahead};
use crate::intake::likeness::{Looks, looks};
use crate::intake::mended::{MENDED, Mending};
use crate::intake::seen::{Doubles, SeenInFile, SeenInSet, SeenSet};
use crate::scrub::mended::Mended;
use crate::scrub::path::Filed;
use crate::scrub::{self, Earlier, Finding, Rulebook, Severity, Suggestion};
use faults::{answer_to, snip_of};
pub use summary::Summary;

/// What is to be looked for.
#[derive(Debug)]
pub struct Options<'a> {
    pub today: Day,
    pub rulebook: &'a Rulebook,
    /// Only findings of these rules, and these faults of envelope and guide, by code or name, are told;
    /// all without any.
    pub only: &'a [String],
}

/// Where in the envelopes something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// ISA13.
    pub interchange: String,
    /// GS06.
    pub group: String,
    /// ST02.
    pub transaction: String,
    /// `837P`, `835` …
    pub set: String,
    /// CLM01 or CLP01.
    pub claim: Option<String>,
    /// Who bills for the claim: the NPI, or another number or the name where there is none.
    pub provider: Option<String>,
}

/// A claim of a set, and where it stands.
struct Owner {
    segments: Range<u32>,
    number: String,
    provider: String,
}

/// A fault or a finding with all that there is to say of it.
#[derive(Clone, Debug)]
pub struct Note {
    pub address: Address,
    /// Readable and stable: `claim-total-differs`.
    pub name: Cow<'static, str>,
    /// Stable for ever: `CG-BAL-01`, `X12-IK4-7`.
    pub code: Cow<'static, str>,
    pub snip: u8,
    pub severity: Severity,
    pub loop_id: String,
    /// The tag of the segment, empty outside segments.
    pub segment: String,
    pub place: Place,
    /// It is the segment itself that is missing, and should stand on this side of the one at
    /// `place`.
    pub missing: Option<Side>,
    pub value: Option<String>,
    pub what: Cow<'static, str>,
    pub why: Cow<'static, str>,
    pub fix: Cow<'static, str>,
    pub answer: Answer,
    /// Whether `answer` is really given: nobody acknowledges an acknowledgment.
    pub is_answered: bool,
    pub edit: Option<Suggestion>,
    /// The code sets that judged, each with its edition.
    pub tables: Vec<(&'static str, String)>,
}

impl Note {
    /// The element of `segment` that it speaks of; 0 for the whole. A fault of the envelope knows
    /// its byte alone.
    pub fn element_in(&self, segment: &Segment<'_>) -> u8 {
        if self.place.element > 0 || self.place.segment > 0 {
            return self.place.element;
        }
        let at = self.place.offset.saturating_sub(segment.offset());
        let text = segment.bytes();
        let before = text.get(..at).unwrap_or(text).iter();
        let separator = segment.delimiters().element;
        let separators = before.filter(|&&byte| byte == separator).count();
        u8::try_from(separators).unwrap_or(u8::MAX)
    }
}

/// A side of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    Behind,
}

impl Side {
    /// As it stands before the segment's number.
    pub const fn in_words(self) -> &'static str {
        match self {
            Side::Before => "before",
            Side::Behind => "after",
        }
    }
}

/// The code that an acknowledgment gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Ta1(&'static str),
    Ak9(&'static str),
    Ik5(&'static str),
    Ik3(&'static str),
    /// IK304 is then 8.
    Ik4(&'static str),
    Status(String),
    /// No acknowledgment speaks of it.
    None,
}

/// Hears what a file is made of and what is wrong with it, in the order of the file. Notes come
/// before what they are about: those of an interchange and of a group before it begins, those of a
/// set before the set.
pub trait Sink {
    /// Something is wrong; `segment` is where, or what it should stand behind.
    fn note(&mut self, note: Note, segment: Option<&Segment<'_>>);

    /// Bytes that belong to no interchange; `start` is how they begin, where that is at hand.
    fn stray(&mut self, _stray: Range<usize>, _start: &[u8]) {}

    /// An interchange begins, whose outline this is, and its notes have been given.
    fn begin(&mut self, _interchange: &Interchange) {}

    /// A group begins, and its notes have been given.
    fn group(&mut self, _interchange: &Interchange, _group: &Group) {}

    /// A set was looked through, and its notes have been given. An error ends it all.
    fn set(
        &mut self,
        _interchange: &Interchange,
        _group: &Group,
        _set: &Set,
        _judged: &Judged,
    ) -> io::Result<()> {
        Ok(())
    }

    /// An interchange ends.
    fn end(&mut self, _interchange: &Interchange) {}
}

impl<F: FnMut(Note, Option<&Segment<'_>>)> Sink for F {
    fn note(&mut self, note: Note, segment: Option<&Segment<'_>>) {
        self(note, segment);
    }
}

/// Looks through a file, set by set, and tells `sink` what there is. Where reading fails, the file
/// knows why.
pub fn inspect<R: Read + Seek>(
    file: &mut Foresight<R>,
    options: &Options<'_>,
    sink: &mut dyn Sink,
) -> io::Result<Summary> {
    let mut summary = Summary::default();
    let mut doubles = Doubles::default();
    while let Some(part) = file.next_part(&mut |_, _| {}) {
        match part {
            Part::Stray(stray) => {
                summary.stray_bytes += stray.len() as u64;
                let end = stray.end.min(stray.start + STRAY_BYTES_SHOWN);
                let start = file.bytes(stray.start..end);
                sink.stray(stray, &start);
            }
            Part::Interchange(outline) => {
                let summary = &mut summary;
                Inspector { interchange: &outline, options, before: None, sink, summary }
                    .take_interchange(file, &mut doubles)?;
            }
        }
    }
    Ok(summary)
}

/// Nobody brought a file that is only looked at: its ISA06 tells whose it is, if anything does.
const NO_OFFICE: &str = "";

/// So much is shown of bytes that belong to no interchange.
const STRAY_BYTES_SHOWN: usize = 200;

/// The name that people give a set: `837P` for professional claims, `837I` for institutional ones.
pub fn set_name(interchange: &Interchange, group: &Group, set: &Set) -> String {
    let number = String::from_utf8_lossy(interchange.set_header(set).text(1)).into_owned();
    let version = String::from_utf8_lossy(interchange.group_header(group).text(8)).into_owned();
    let letter = match number.as_str() {
        "837" if version.contains("X222") => "P",
        "837" if version.contains("X223") => "I",
        "837" if version.contains("X224") => "D",
        "277" if version.contains("X214") => "CA",
        _ => "",
    };
    format!("{number}{letter}")
}

/// What was found in a set, and which of its claims is concerned.
enum Found<'a> {
    Finding(usize, Box<Finding>),
    Fault(Option<usize>, &'a Fault),
    /// From here on not all faults are told one by one.
    Untold(Place),
    /// An acknowledgment contradicts itself.
    Broken(received::Broken),
}

impl Found<'_> {
    const fn place(&self) -> Place {
        match self {
            Found::Finding(_, finding) => finding.place,
            Found::Fault(_, fault) => fault.place,
            Found::Untold(place) => *place,
            Found::Broken(broken) => broken.place,
        }
    }
}

struct Inspector<'a, 'b> {
    interchange: &'a Interchange,
    options: &'a Options<'a>,
    /// Claims of the sets before, where there may be doubles of them.
    before: Option<&'b SeenInFile>,
    sink: &'b mut dyn Sink,
    summary: &'b mut Summary,
}

impl Inspector<'_, '_> {
    fn take_interchange(&mut self, sets: &mut dyn Sets, doubles: &mut Doubles) -> io::Result<()> {
        self.summary.interchanges += 1;
        let interchange = self.interchange;
        let number = text_of(&interchange.header(), 13);
        let mut address = Address { interchange: number, ..Address::default() };
        let is_rejected = self.note_interchange_faults(&address);
        self.note_ta1_faults(&address);
        self.sink.begin(interchange);
        doubles.begin(interchange);
        for group in &interchange.groups {
            address.group = text_of(&interchange.group_header(group), 6);
            let is_bad = self.note_group_faults(&address, group);
            self.sink.group(interchange, group);
            sets.next_group(&mut |interchange, group, set| {
                let Inspector { options, sink, summary, .. } = self;
                let before = doubles.before();
                let mut inspector =
                    Inspector { interchange, options, before, sink: *sink, summary };
                let claims = inspector.take_set(&mut address, group, set, is_rejected || is_bad)?;
                doubles.note(&claims);
                Ok(())
            })?;
            address.transaction.clear();
            address.set.clear();
        }
        self.sink.end(interchange);
        Ok(())
    }

    /// Says what is wrong with an interchange, and whether anything is.
    fn note_interchange_faults(&mut self, address: &Address) -> bool {
        let interchange = self.interchange;
        let ahead = sent_ahead(interchange, self.options.today);
        for fault in interchange.faults.iter().chain(&ahead) {
            let offset = fault.place.offset;
            let before = interchange.outside_sets().take_while(|one| one.offset() <= offset);
            // A file that ends early does so behind its last segment, wherever that stands.
            let segment = before.last().filter(|segment| offset <= segment.end() + 1);
            self.emit(self.fault_note(address, fault, None), segment.as_ref());
        }
        !interchange.faults.is_empty() || ahead.is_some()
    }

    /// Says what is wrong with the TA1 segments that came.
    fn note_ta1_faults(&mut self, address: &Address) {
        for fault in self.interchange.ta1_faults() {
            let offset = fault.place.offset;
            let stands_in = |ta1: &Segment<'_>| (ta1.offset()..=ta1.end()).contains(&offset);
            let ta1 = self.interchange.ta1s().find(stands_in);
            let value = ta1.as_ref().filter(|_| fault.place.element > 0);
            let value = value.map(|ta1| value_at(ta1, &fault.place));
            let note = Note {
                value: value.filter(|value| !value.is_empty()),
                ..unanswered(self.fault_note(address, &fault, None))
            };
            self.emit(note, ta1.as_ref());
        }
        for ta1 in self.interchange.ta1s() {
            if let Some(broken) = received::broken_ta1(&ta1) {
                self.emit(received::note(address, &broken, Some(&ta1)), Some(&ta1));
            }
        }
    }

    /// Says what is wrong with a group, and whether anything is.
    fn note_group_faults(&mut self, address: &Address, group: &Group) -> bool {
        let interchange = self.interchange;
        let faults = group_faults(interchange, group);
        for fault in &faults {
            let trailer = interchange.group_trailer(group);
            let segment = trailer.filter(|trailer| trailer.tag() == fault.tag);
            let segment = segment.or_else(|| Some(interchange.group_header(group)));
            let note = self.fault_note(address, fault, None);
            self.emit(as_answered(note, interchange, group), segment.as_ref());
        }
        !faults.is_empty()
    }

    /// Looks through a set, and gives what later sets remember of its claims.
    fn take_set(
        &mut self,
        address: &mut Address,
        group: &Group,
        set: &Set,
        envelope_is_bad: bool,
    ) -> io::Result<SeenSet> {
        address.transaction = text_of(&self.interchange.set_header(set), 2);
        address.set = set_name(self.interchange, group, set);
        self.summary.transactions += 1;
        if set.is_passed_over() {
            // Without its claims there is nothing that could be said of it but this.
            let st = self.interchange.set_header(set);
            self.emit(ours::too_large(address, &st), Some(&st));
            for fault in &set.faults {
                self.emit(self.fault_note(address, fault, None), None);
            }
            self.sink.set(self.interchange, group, set, &Judged::nothing())?;
            return Ok(SeenSet::default());
        }
        let Options { today, rulebook, .. } = *self.options;
        let mending = Mending { rulebook, office: NO_OFFICE, today };
        let judged = judge_mending(self.interchange, group, set, &mending);
        let set_is_bad = envelope_is_bad || judged.verdict.is_rejected();
        let mut found: Vec<Found<'_>> = Vec::new();
        let (owners, seen) = self.take_claims(set, &judged, set_is_bad, &mut found);
        for fault in &judged.faults {
            let segment = fault.place.segment;
            // Claims come in the order of their segments.
            let begun = owners.partition_point(|owner| owner.segments.start <= segment);
            let owns = |&owner: &usize| {
                owners.get(owner).is_some_and(|owner| owner.segments.contains(&segment))
            };
            found.push(Found::Fault(begun.checked_sub(1).filter(owns), fault));
        }
        if let Some(first) = judged.walked.untold.segments().first() {
            let segment = self.interchange.set_segment(set, first.start);
            found.extend(segment.map(|segment| Found::Untold(segment.place(0, 0))));
        }
        let broken = received::broken(self.interchange, set, &judged);
        found.extend(broken.into_iter().map(Found::Broken));
        found.sort_by_key(|one| (one.place().segment, one.place().offset));
        // Notes are large: each is made when it is its turn.
        for one in found {
            let note = self.found_note(address, &owners, (group, set), &judged, one);
            let segment = self.interchange.set_segment(set, note.place.segment);
            self.emit(note, segment.as_ref());
        }
        self.sink.set(self.interchange, group, set, &judged)?;
        // Nobody looks at the claims of a set that is turned away.
        Ok(if judged.verdict.is_rejected() { SeenSet::default() } else { seen.finish() })
    }

    /// What there is to say of something that was found in a set.
    fn found_note(
        &self,
        address: &Address,
        owners: &[Owner],
        (group, set): (&Group, &Set),
        judged: &Judged,
        found: Found<'_>,
    ) -> Note {
        let address_of = |owner: Option<usize>| {
            let owner = owner.and_then(|owner| owners.get(owner));
            let claim = owner.map(|owner| owner.number.clone());
            let provider = owner.map(|owner| owner.provider.clone());
            Address { claim, provider, ..address.clone() }
        };
        match found {
            Found::Finding(owner, finding) => {
                self.finding_note(&address_of(Some(owner)), judged, set, &finding)
            }
            Found::Fault(owner, fault) => {
                let note = self.fault_note(&address_of(owner), fault, Some(set));
                as_answered(as_judged(note, judged, fault), self.interchange, group)
            }
            Found::Untold(place) => {
                as_answered(ours::untold(address, judged, place), self.interchange, group)
            }
            Found::Broken(broken) => {
                let at = self.interchange.set_segment(set, broken.place.segment);
                received::note(address, &broken, at.as_ref())
            }
        }
    }

    /// Scrubs the claims of a set and counts them; gives where each stands, and whose it is.
    fn take_claims(
        &mut self,
        set: &Set,
        judged: &Judged,
        set_is_bad: bool,
        found: &mut Vec<Found<'_>>,
    ) -> (Vec<Owner>, SeenInSet) {
        let (mut owners, mut seen) = (Vec::new(), SeenInSet::default());
        if set.segment_count() == 0 || judged.guide.and_then(ClaimKind::of_guide).is_none() {
            let (count, _) = crate::intake::claims::count(self.interchange, set);
            self.summary.claims += count;
            self.summary.rejected += if set_is_bad { count } else { 0 };
            self.summary.clean += if set_is_bad { 0 } else { count };
            return (owners, seen);
        }
        let nothing = SeenInFile::default();
        let before = self.before.filter(|_| !judged.verdict.is_rejected()).unwrap_or(&nothing);
        for claim in claims(self.interchange, set, &judged.walked) {
            let filed =
                Filed { claim: &claim, interchange: self.interchange, set, walked: &judged.walked };
            let alone = judged.mended.read(&filed);
            let mended = alone.as_ref().and_then(Mended::claim);
            let read = mended.as_ref().unwrap_or(&claim);
            let mut last = Looks::default();
            let findings = self.scrub(&filed, |read| {
                last = looks(read, digest);
                seen.earlier(read, &last, before)
            });
            let is_rejected = self.count_claim(&claim, judged, &findings, set_is_bad);
            seen.note(read, claim.place, &last, !is_rejected);
            let owner = owners.len();
            let number = claim.patient_control_number.text().into_owned();
            let billing = &claim.billing;
            let provider = if billing.id.is_empty() { billing.last_name } else { billing.id };
            let provider = provider.text().into_owned();
            owners.push(Owner { segments: claim.extent.claim, number, provider });
            let findings = findings.into_iter().map(Box::new);
            found.extend(findings.map(|finding| Found::Finding(owner, finding)));
        }
        (owners, seen)
    }

    fn scrub(&self, filed: &Filed<'_>, past: impl FnMut(&Claim<'_>) -> Earlier) -> Vec<Finding> {
        self.options.rulebook.scrub(filed, NO_OFFICE, self.options.today, past)
    }

    /// Counts a claim; says whether it is rejected itself, not with its set.
    fn count_claim(
        &mut self,
        claim: &Claim<'_>,
        judged: &Judged,
        found: &[Finding],
        set_is_bad: bool,
    ) -> bool {
        let summary = &mut *self.summary;
        summary.claims += 1;
        summary.note_kind(claim.kind);
        let gravest = scrub::gravest(found);
        let is_rejected = judged.breaks_guide(claim) || gravest == Some(Severity::Reject);
        let count = match gravest {
            _ if set_is_bad || is_rejected => &mut summary.rejected,
            Some(Severity::Reject) => &mut summary.rejected,
            Some(Severity::Hold) => &mut summary.held,
            _ if found.iter().any(|finding| finding.severity == Severity::Repair) => {
                &mut summary.repaired
            }
            Some(Severity::Warn | Severity::Repair) | None => &mut summary.clean,
        };
        *count += 1;
        is_rejected
    }

    fn emit(&mut self, note: Note, segment: Option<&Segment<'_>>) {
        let is_wanted = |one: &String| *one == *note.code || *one == *note.name;
        if !self.options.only.is_empty() && !self.options.only.iter().any(is_wanted) {
            return;
        }
        self.summary.findings += 1;
        if matches!(note.severity, Severity::Reject | Severity::Hold) {
            self.summary.to_act_on += 1;
        }
        self.sink.note(note, segment);
    }

    fn fault_note(&self, address: &Address, fault: &Fault, set: Option<&Set>) -> Note {
        let answer = answer_to(fault.kind);
        let segment = set.and_then(|set| self.interchange.set_segment(set, fault.place.segment));
        let tag = x12::guide::row::Tag::text(fault.tag);
        // What is missing has no value, and its place is that of the segment before it.
        let value = segment
            .filter(|segment| fault.place.element > 0 && segment.tag() == fault.tag)
            .map(|segment| value_at(&segment, &fault.place))
            .filter(|value| !value.is_empty());
        let advice = fix(fault, value.as_deref().unwrap_or_default().as_bytes());
        let name = if fault.name.is_empty() { String::new() } else { format!(" ({})", fault.name) };
        Note {
            address: address.clone(),
            name: fault.kind.name().into(),
            code: answer.stable_code().into(),
            snip: snip_of(fault.kind),
            severity: Severity::Reject,
            loop_id: fault.loop_id.to_owned(),
            segment: tag.clone(),
            place: fault.place,
            missing: is_missing(fault.kind).then(|| match segment {
                // What is missing in front of a loop has the place of the segment that came.
                Some(segment) if segment.offset() == fault.place.offset => Side::Before,
                Some(_) | None => Side::Behind,
            }),
            value,
            what: format!("{}{name}: {}", fault.place.name_in(&tag), fault.kind.sentence()).into(),
            why: fault.kind.why().into(),
            fix: advice.into(),
            answer,
            is_answered: true,
            edit: None,
            tables: Vec::new(),
        }
    }

    fn finding_note(
        &self,
        address: &Address,
        judged: &Judged,
        set: &Set,
        finding: &Finding,
    ) -> Note {
        let number = finding.place.segment;
        let placed = judged.walked.placed_at(number);
        let segment = self.interchange.set_segment(set, number);
        let value = segment
            .filter(|_| finding.place.element > 0 && finding.missing.is_none())
            .map(|segment| value_at(&segment, &finding.place))
            .filter(|value| !value.is_empty());
        Note {
            address: address.clone(),
            name: finding.rule.name.clone(),
            code: finding.rule.code.clone(),
            snip: finding.rule.snip,
            severity: finding.severity,
            loop_id: placed.map_or(String::new(), |placed| placed.table.id.to_owned()),
            segment: match (&finding.missing, segment) {
                (Some(missing), _) => missing.to_string(),
                (None, Some(segment)) => segment.tag().text(),
                (None, None) => String::new(),
            },
            place: finding.place,
            missing: finding.missing.as_ref().map(|_| Side::Behind),
            value,
            what: finding.what.clone(),
            why: finding.rule.why.clone(),
            fix: finding.fix.clone(),
            answer: Answer::Status(finding.status.to_string()),
            is_answered: finding.severity == Severity::Reject,
            edit: finding.edit.clone(),
            tables: self.options.rulebook.codes.editions(finding.rule.needs),
        }
    }
}

/// Tells claims of one set apart; nothing is kept by it.
fn digest(text: &[u8]) -> ContentHash {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(seed);
        hasher.write(text);
        hasher.finish()
    };
    ContentHash(format!("{:016x}{:016x}", half(0), half(1)))
}

/// A note on a fault of a set, with what happens to the set for it. In a file that is read as it comes
/// nobody knows yet whether the envelopes around it will close as they should.
fn as_judged(note: Note, judged: &Judged, fault: &Fault) -> Note {
    let why = match &judged.verdict {
        SetVerdict::Accepted | SetVerdict::Rejected => return note,
        SetVerdict::WithErrors(_) if judged.is_mended(fault) => {
            let why = "unless an envelope around it is rejected, the transaction set is accepted \
                       with errors, and its 999 says E; a repair mends the value, so that no claim \
                       is rejected for it";
            let (severity, fix) = (Severity::Repair, MENDED.into());
            return Note { why: why.into(), severity, fix, ..note };
        }
        SetVerdict::WithErrors(_) if judged.guide.and_then(ClaimKind::of_guide).is_none() => {
            "unless an envelope around it is rejected, the remittance is read as far as it goes; a \
             999, which says E of it, is sent where the settings of its payer ask for one, or \
             where another set of its group is rejected"
        }
        SetVerdict::WithErrors(_) => {
            "unless an envelope around it is rejected, the transaction set is accepted with \
             errors, and its 999 says E; the claim breaks the guide, and a 277CA rejects it alone"
        }
    };
    Note { why: why.into(), ..note }
}

/// A note on what stands in a group: nobody answers for it where the group itself is an answer.
fn as_answered(note: Note, interchange: &Interchange, group: &Group) -> Note {
    if is_acknowledgment(interchange, group) { unanswered(note) } else { note }
}

/// A note on an acknowledgment that came.
fn unanswered(note: Note) -> Note {
    let why = "nobody answers an acknowledgment: what this one says may be lost, or be taken for \
               something else";
    Note { why: why.into(), is_answered: false, ..note }
}

/// Whether a fault says that a whole segment is not there.
const fn is_missing(kind: Kind) -> bool {
    match kind {
        Kind::Segment(fault) => fault.is_absence(),
        Kind::Interchange(_) | Kind::Group(_) | Kind::Set(_) | Kind::Element(_) => false,
    }
}

fn text_of(segment: &Segment<'_>, n: usize) -> String {
    String::from_utf8_lossy(segment.text(n)).into_owned()
}

/// The text at a place of a segment.
fn value_at(segment: &Segment<'_>, place: &Place) -> String {
    String::from_utf8_lossy(segment.value_at(place)).into_owned()
}
