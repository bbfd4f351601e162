//! The payer's front end: TA1, 999 and 277CA, and which claims go on to be decided.

use std::collections::HashMap;

use x12::answer::x231::{self, Echo, SetJudgement};
use x12::answer::{ta1, x214};
use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;
use x12::fault::{Fault, Kind, SegmentFault};
use x12::guide::row::Tag;
use x12::interchange::{Group, Interchange, Set};
use x12::view::claim::{Claim, claims};

use super::filed::{Filed, Sender};
use super::script::{Front, Outcome};
use super::{Desk, Held};
use crate::intake::judge::{Judged, judge};

/// A transaction set, what the guide says of it, and its claims with their outcomes.
struct Looked<'a, 's> {
    set: &'a Set,
    judged: &'a Judged,
    claims: Vec<(Claim<'a>, Filed, Option<&'s Outcome>)>,
}

impl Desk<'_> {
    pub(super) fn answer_interchange(&mut self, interchange: &Interchange) {
        // What acknowledges our remittances is not acknowledged in its turn.
        if interchange.groups.iter().any(|group| !x231::is_wanted(interchange, group)) {
            return;
        }
        let judged: Vec<Vec<Judged>> = interchange
            .groups
            .iter()
            .map(|group| group.sets.iter().map(|set| judge(interchange, group, set)).collect())
            .collect();
        let script = self.script;
        let looked: Vec<Vec<Looked<'_, '_>>> = interchange
            .groups
            .iter()
            .zip(&judged)
            .map(|(group, judged)| {
                let both = group.sets.iter().zip(judged);
                both.map(|(set, judged)| {
                    let all = claims(interchange, set, &judged.walked);
                    let claims = all.map(|claim| {
                        let filed = Filed::new(interchange, &claim);
                        let outcome = script.outcome_of(&filed);
                        (claim, filed, outcome)
                    });
                    Looked { set, judged, claims: claims.collect() }
                })
                .collect()
            })
            .collect();
        if !self.answer_envelope(interchange, looked.iter().flatten()) {
            return;
        }
        let numbers = x231::group_numbers(interchange);
        for ((group, number), looked) in interchange.groups.iter().zip(&numbers).zip(looked) {
            self.answer_group(interchange, (group, number), looked);
        }
    }

    fn reply(&mut self, interchange: &Interchange) -> Envelope {
        let theirs = x12::answer::sender_of(interchange);
        let sender = Sender {
            qualifier: theirs.qualifier,
            id: String::new(),
            is_production: interchange.header().text(15) != b"T",
        };
        // Whom we answer may have an id that is not UTF-8.
        Envelope {
            receiver: theirs.id.clone(),
            application_receiver: theirs.id,
            ..self.envelope(&sender)
        }
    }

    /// The TA1; whether the interchange goes on.
    fn answer_envelope<'a, 's: 'a>(
        &mut self,
        interchange: &Interchange,
        looked: impl Iterator<Item = &'a Looked<'a, 's>>,
    ) -> bool {
        let envelope = self.reply(interchange);
        let mut composer = Composer::new(&envelope, Delimiters::OURS);
        let mut outcomes =
            looked.flat_map(|set| &set.claims).filter_map(|(_, _, outcome)| *outcome);
        let refused = outcomes.find_map(|outcome| match &outcome.front {
            Front::RejectsInterchange(note) => Some(note),
            Front::Accepts(_) | Front::Silent | Front::RejectsSet | Front::RejectsClaim { .. } => {
                None
            }
        });
        match refused {
            Some(note) => {
                let isa = interchange.header();
                let ta1 = composer.segment("TA1");
                ta1.bytes(isa.text(13))
                    .bytes(isa.text(9))
                    .bytes(isa.text(10))
                    .text("R")
                    .text(note)
                    .end();
            }
            None => ta1::compose(&mut composer, interchange, &interchange.faults, &[]),
        }
        self.push("TA1", composer.finish());
        refused.is_none() && interchange.faults.is_empty()
    }

    fn answer_group(
        &mut self,
        interchange: &Interchange,
        (group, number): (&Group, &[u8]),
        looked: Vec<Looked<'_, '_>>,
    ) {
        let verdicts: Vec<SetJudgement> = looked
            .iter()
            .map(|set| {
                let mut faults = set.judged.faults.clone();
                faults.extend(set.claims.iter().filter_map(refusal));
                SetJudgement { faults, is_tolerated: false }
            })
            .collect();
        let envelope = self.reply(interchange);
        let mut composer = Composer::new(&envelope, Delimiters::OURS);
        let numbered = (group, number);
        let echo = Echo::WrongValues;
        x231::compose(&mut composer, &envelope, interchange, numbered, &[], &verdicts, echo);
        self.push("999", composer.finish());
        for (set, verdict) in looked.into_iter().zip(&verdicts) {
            if verdict.faults.is_empty() {
                self.answer_set(interchange, set);
            }
        }
    }

    fn answer_set(&mut self, interchange: &Interchange, looked: Looked<'_, '_>) {
        let Looked { set, judged, claims } = looked;
        let answered: Vec<(Claim<'_>, x214::ClaimVerdict)> = claims
            .iter()
            .filter_map(|(claim, _, outcome)| Some((claim.clone(), verdict(outcome.as_ref()?)?)))
            .collect();
        if !answered.is_empty() {
            let envelope = self.reply(interchange);
            let trace = envelope.control_number.to_string();
            let mut composer = Composer::new(&envelope, Delimiters::OURS);
            composer.begin_group(&envelope, x214::GROUP, x214::VERSION);
            let receipt = x214::Receipt {
                trace: &trace,
                received: self.when.today,
                processed: self.when.today,
                time: &self.when.time,
                source_name: &self.payer().name,
                source_id: &self.payer().id,
            };
            x214::compose(&mut composer, interchange, set, &judged.walked, &answered, &receipt);
            composer.end_group();
            self.push("277CA", composer.finish());
        }
        self.hold(claims.into_iter().map(|(_, filed, outcome)| (filed, outcome)).collect());
    }

    /// Keeps the claims that are taken.
    fn hold(&mut self, claims: Vec<(Filed, Option<&Outcome>)>) {
        let mut by_number: Option<HashMap<String, usize>> = None;
        for (claim, outcome) in claims {
            let Some(outcome) = outcome.filter(|one| matches!(one.front, Front::Accepts(_))) else {
                continue;
            };
            let replaces = claim.replaces().then(|| {
                let known = &self.state.claims;
                let by_number = by_number.get_or_insert_with(|| {
                    let numbered = known.iter().enumerate();
                    numbered.map(|(at, held)| (held.claim.payer_number(), at)).collect()
                });
                by_number.get(&claim.original).copied()
            });
            let after = outcome.steps.first().map_or(0, |step| step.after);
            self.state.claims.push(Held {
                outcome: outcome.name.clone(),
                next_step: 0,
                due: self.state.cycle + after,
                replaces: replaces.flatten(),
                standing: Vec::new(),
                claim,
            });
        }
    }
}

/// The fault that stands for a claim for which its whole set is refused.
fn refusal((claim, _, outcome): &(Claim<'_>, Filed, Option<&Outcome>)) -> Option<Fault> {
    outcome.filter(|outcome| outcome.front == Front::RejectsSet)?;
    let (kind, tag) = (Kind::Segment(SegmentFault::MandatoryMissing), Tag::new(b"HI"));
    Some(Fault { kind, place: claim.place, loop_id: "2300", tag, name: "" })
}

/// The 277CA's word on a claim; `None` when it has none.
fn verdict(outcome: &Outcome) -> Option<x214::ClaimVerdict> {
    let (is_accepted, status, note) = match &outcome.front {
        Front::Accepts(status) => (true, status, &None),
        Front::RejectsClaim { status, note } => (false, status, note),
        Front::Silent | Front::RejectsInterchange(_) | Front::RejectsSet => return None,
    };
    let (status, note) = (vec![status.clone()], note.clone());
    Some(x214::ClaimVerdict { is_accepted, status, note, ..x214::ClaimVerdict::default() })
}
