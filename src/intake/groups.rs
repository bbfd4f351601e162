//! One functional group: a 999 that answers all of its sets, then each set by itself.
//!
//! The sets come twice, for what the 999 says of the last of them is known before anything becomes of
//! the first. What their guides say is kept in between, as far as it is not too much.

use std::io::{self, Read, Seek};

use x12::answer::x231::{self, Echo, SetAnswer, SetJudgement};
use x12::compose::Composer;
use x12::delimiters::Delimiters;
use x12::fault::{Fault, GroupFault, Kind, Place};
use x12::foresight::{Foresight, Sets, Whole};
use x12::guide::row::Tag;
use x12::interchange::{Group, Interchange, Set};
use x12::segment::Segment;

use crate::change::DeliveryKind;
use crate::intake::judge::{Judged, SetVerdict, group_faults, judge_mending};
use crate::intake::mended::Mending;
use crate::intake::tally::{SetOutcome, known_set};
use crate::intake::{Intake, Role, Terms, Took, claims, kept};
use crate::limits::SEGMENTS_JUDGED_MAX;
use crate::responses::{self, remittances};

/// Faults of one set that a report lists.
const REPORTED_FAULTS_MAX: usize = 100;

/// How the sets of a group are laid against their guides: each for itself, so that several may be
/// side by side.
#[derive(Debug)]
pub struct Judging<'a> {
    terms: &'a Terms,
    mending: Mending<'a>,
    is_answered: bool,
}

/// What the guide says of a set, and what a 999 says of that.
#[derive(Debug)]
pub struct JudgedSet {
    judged: Judged,
    answer: Option<SetAnswer>,
}

impl Judging<'_> {
    /// Lays a set against its guide.
    pub fn judge(&self, interchange: &Interchange, group: &Group, set: &Set) -> JudgedSet {
        let judged = self.judge_set(interchange, group, set);
        let answer = self.is_answered.then(|| {
            let faults = judged.faults.clone();
            let is_tolerated = matches!(judged.verdict, SetVerdict::WithErrors(_));
            let judgement = SetJudgement { faults, is_tolerated };
            let echo = match self.terms.repeats_wrong_values {
                true => Echo::WrongValues,
                false => Echo::Nothing,
            };
            SetAnswer::new(interchange, set, &judgement, echo, Delimiters::OURS)
        });
        JudgedSet { judged, answer }
    }

    fn judge_set(&self, interchange: &Interchange, group: &Group, set: &Set) -> Judged {
        let mut judged = judge_mending(interchange, group, set, &self.mending);
        kept::refuse(self.terms, interchange, set, &mut judged);
        judged
    }
}

/// The sets of an interchange that is decided on.
pub trait JudgedSets: Sets {
    /// Judges each set of the next group, and gives what comes of it in their order.
    fn judge_group(
        &mut self,
        judging: &Judging<'_>,
        take: &mut dyn FnMut(JudgedSet),
    ) -> io::Result<()> {
        self.next_group(&mut |interchange, group, set| {
            take(judging.judge(interchange, group, set));
            Ok(())
        })
    }
}

impl JudgedSets for Whole<'_> {}

impl<R: Read + Seek> JudgedSets for Foresight<R> {}

/// What the guides say of the sets of a group.
#[derive(Default)]
struct GroupJudged {
    /// Of each set; none where there was too much to keep.
    sets: Vec<Option<Judged>>,
    /// The segments that are placed in those that are kept.
    segments: usize,
    answers: Vec<SetAnswer>,
    any_is_kept: bool,
    any_is_rejected: bool,
}

impl GroupJudged {
    fn take(&mut self, JudgedSet { judged, answer }: JudgedSet) {
        self.answers.extend(answer);
        self.any_is_kept |= kept::is_kept(&judged);
        self.any_is_rejected |= judged.verdict.is_rejected();
        self.segments += judged.walked.placed.len();
        self.sets.push((self.segments <= SEGMENTS_JUDGED_MAX).then_some(judged));
    }
}

impl<'a> Intake<'a> {
    pub(super) fn take_group(
        &mut self,
        interchange: &Interchange,
        group: &Group,
        sets: &mut dyn JudgedSets,
        took: &mut Took<'_>,
    ) -> io::Result<()> {
        let gs = interchange.group_header(group);
        let (kind, number) = (gs.text(1), String::from_utf8_lossy(gs.text(6)).into_owned());
        let mut faults = group_faults(interchange, group);
        if !self.may_send(kind) {
            faults.push(group_fault(GroupFault::GroupUnsupported, &gs));
        }
        let judging = self.judging(interchange, group);
        let mut judged = GroupJudged::default();
        sets.judge_group(&judging, &mut |one| judged.take(one))?;
        let is_rejected = !faults.is_empty();
        self.tally.rejected_groups += u64::from(is_rejected);
        let verdict = if is_rejected { "rejected with 999" } else { "read" };
        self.report.line(1, &format!("group {number}: {verdict}"));
        for fault in &faults {
            self.report.fault(2, fault);
        }
        self.note_refused("a group", faults.first());
        self.acknowledge_group(interchange, group, &faults, &judged);
        judged.answers.clear();
        took(&mut self.change)?;
        let mut known = judged.sets.into_iter();
        sets.same_group(&mut |interchange, group, set| {
            let known = known.next().flatten();
            let judged = known.unwrap_or_else(|| judging.judge_set(interchange, group, set));
            self.take_set(interchange, kind, (set, &judged), is_rejected, took)?;
            took(&mut self.change)
        })
    }

    fn take_set(
        &mut self,
        interchange: &Interchange,
        kind: &[u8],
        (set, judged): (&Set, &Judged),
        in_rejected_group: bool,
        took: &mut Took<'_>,
    ) -> io::Result<()> {
        self.tally.sets += 1;
        self.report_set(interchange, set, judged, in_rejected_group);
        let outcome = match &judged.verdict {
            _ if in_rejected_group => SetOutcome::Rejected,
            SetVerdict::Rejected => SetOutcome::Rejected,
            SetVerdict::WithErrors(_) => SetOutcome::WithErrors,
            SetVerdict::Accepted => SetOutcome::Accepted,
        };
        let number = known_set(interchange.set_header(set).text(1));
        *self.tally.sets_by_outcome.entry((number, outcome)).or_default() += 1;
        if in_rejected_group || judged.verdict.is_rejected() {
            let is_held = !in_rejected_group
                && kind == b"HP"
                && remittances::hold_rejected(self, interchange, set, judged);
            if !in_rejected_group && !is_held {
                let fault = set.faults.first().or(judged.faults.first());
                self.note_refused(&format!("a set {number}"), fault);
            }
            self.tally.rejected_sets += 1;
            self.count_rejected(interchange, set);
            return Ok(());
        }
        match kind {
            _ if kept::is_kept(judged) => kept::keep(self, interchange, set),
            b"HC" => claims::take_set(self, interchange, set, judged, took)?,
            b"HP" => remittances::take_remittance(self, interchange, set, judged),
            b"FA" => responses::take_set_ack(self, interchange, set, judged),
            b"HN" => responses::take_claim_ack(self, interchange, set, judged),
            _ => {}
        }
        Ok(())
    }

    fn judging(&self, interchange: &Interchange, group: &Group) -> Judging<'a> {
        let Intake { terms, rulebook, stamp, .. } = *self;
        let mending = Mending { rulebook, office: &terms.partner, today: stamp.today };
        Judging { terms, mending, is_answered: x231::is_wanted(interchange, group) }
    }

    /// Offices send claims and ask, payers answer; both may send reviews.
    fn may_send(&self, kind: &[u8]) -> bool {
        match self.terms.role {
            Role::Office => matches!(kind, b"HC" | b"HS" | b"HR" | b"HI" | b"BE" | b"RA"),
            Role::Payer => matches!(kind, b"HP" | b"FA" | b"HN" | b"HB" | b"HI" | b"BE" | b"RA"),
            Role::Anybody => true,
        }
    }

    fn acknowledge_group(
        &mut self,
        interchange: &Interchange,
        group: &Group,
        faults: &[Fault],
        judged: &GroupJudged,
    ) {
        let kind = interchange.group_header(group).text(1);
        let all_taken = faults.is_empty() && !judged.any_is_rejected;
        let wanted = match kind {
            b"HC" => true,
            _ if judged.any_is_kept => true,
            b"HP" => !all_taken || self.terms.acknowledges_remittances,
            _ => !all_taken,
        };
        if !wanted || !x231::is_wanted(interchange, group) {
            return;
        }
        let envelope = self.answer_envelope(interchange);
        let mut composer = Composer::new(&envelope, Delimiters::OURS);
        let answers = &judged.answers;
        let numbered = (group, self.group_number.as_slice());
        x231::compose_answers(&mut composer, &envelope, interchange, numbered, faults, answers);
        self.deliver(DeliveryKind::ImplementationAck, composer.finish().into());
    }

    fn report_set(
        &mut self,
        interchange: &Interchange,
        set: &Set,
        judged: &Judged,
        in_rejected_group: bool,
    ) {
        let st = interchange.set_header(set);
        let kind = String::from_utf8_lossy(st.text(1)).into_owned();
        let number = String::from_utf8_lossy(st.text(2)).into_owned();
        let verdict = match &judged.verdict {
            _ if in_rejected_group => "rejected with its group",
            SetVerdict::Accepted => "accepted",
            SetVerdict::WithErrors(_) if kind != "837" => "accepted with errors",
            SetVerdict::WithErrors(claims) if claims.is_empty() => {
                "accepted with errors: faulty claims are mended"
            }
            SetVerdict::WithErrors(_) if judged.mended.is_empty() => {
                "accepted with errors: faulty claims are rejected"
            }
            SetVerdict::WithErrors(_) => {
                "accepted with errors: faulty claims are mended or rejected"
            }
            SetVerdict::Rejected => "rejected with 999",
        };
        self.report.line(2, &format!("set {number} ({kind}): {verdict}"));
        for fault in judged.faults.iter().take(REPORTED_FAULTS_MAX) {
            self.report.fault(3, fault);
        }
        let more = judged.faults.len().saturating_sub(REPORTED_FAULTS_MAX);
        let more = more + judged.walked.untold.count();
        if more > 0 {
            self.report.line(3, &format!("and {more} faults more"));
        }
    }
}

fn group_fault(fault: GroupFault, gs: &Segment<'_>) -> Fault {
    let place = Place { segment: 0, ..gs.place(1, 0) };
    Fault { kind: Kind::Group(fault), place, loop_id: "", tag: Tag::new(b"GS"), name: "" }
}
