//! A file, read: what to acknowledge, what to keep, what to hold.
//!
//! This room decides on whole arrivals. Claims go through `claims`; what payers answer goes
//! through `responses`, and remittances through `reconcile`.

pub mod claims;
pub mod judge;
mod kept;
pub mod likeness;
pub(crate) mod notices;
mod report;
pub mod tally;

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use x12::answer::x231::SetJudgement;
use x12::answer::{Verdict, sender_of, ta1, x231};
use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;
use x12::fault::{Fault, InterchangeFault, Kind, Place};
use x12::guide::row::Tag;
use x12::interchange::{Group, Interchange, Reading};
use x12::value::Day;

use crate::change::{
    ArrivalId, Change, ClaimId, ContentHash, DeliveryId, DeliveryKind, DeliveryOutcome,
    DeliveryResult, Draw, InterchangeSeen, NewDelivery, Settlement, Stamp,
};
use crate::denials::route;
use crate::intake::judge::{Judged, SetVerdict, group_faults, judge};
use crate::intake::notices::Notices;
use crate::intake::report::Report;
use crate::intake::tally::{SetOutcome, Tally, known_set};
use crate::lifecycle::State;
use crate::reconcile::matching::KnownClaim;
use crate::responses::{self, SentClaim};
use crate::scrub::Scrubber;

/// What an arrival is, as far as its content does not say.
#[derive(Clone, Debug)]
pub struct Source {
    pub arrival: ArrivalId,
    pub content: ContentHash,
    /// The name it came under.
    pub name: String,
    pub len: u64,
    /// Why nothing of it is taken, when only its start was read.
    pub refused: Option<String>,
}

/// What the settings say of whoever sends by a channel.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The office or payer, by its name in the settings.
    pub partner: String,
    pub role: Role,
    /// Who may send here, ISA06 with blanks trimmed; empty for anybody.
    pub senders: Vec<String>,
    /// Who we are here, ISA08; empty for anybody.
    pub receivers: Vec<String>,
    /// ISA15 of this channel; `None` for either.
    pub is_production: Option<bool>,
    /// A TA1 for every interchange, whatever ISA14 says.
    pub always_ta1: bool,
    /// Notes of a TA1 in spite of which an interchange is taken.
    pub tolerated_notes: Vec<String>,
    /// The channel that acknowledgments leave by.
    pub acks: String,
    /// The channel that reports leave by; empty for none.
    pub reports: String,
    /// Whether remittances get a 999 even when all of them are taken. Rejections are always told.
    pub acknowledges_remittances: bool,
    /// Whether a 999 repeats wrong values, IK404: they may be a patient's.
    pub repeats_wrong_values: bool,
    /// Sets that are rejected as unsupported, of those that are otherwise answered and kept.
    pub unsupported_sets: Vec<String>,
    /// How this gateway signs what it writes.
    pub identity: Identity,
    /// Deadlines for what the payer sends back.
    pub limits: crate::denials::route::Limits,
}

/// What a partner sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Claims.
    Office,
    /// Answers and remittances.
    Payer,
    /// Both: for answering a file without knowing who sent it.
    Anybody,
}

/// How we sign answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub name: String,
    /// ISA05 and ISA06.
    pub qualifier: String,
    pub id: String,
    /// GS02.
    pub application: String,
}

/// Where claims for a payer id go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The payer, by its name in the settings.
    pub payer: String,
    /// It takes claims in earnest, so that no test may reach it.
    pub is_production: bool,
}

/// Whether an interchange is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    No,
    /// The same bytes, and what their sender was answered then.
    SameBytes(Vec<DeliveryId>),
    /// Other bytes under the same control number.
    OtherBytes,
}

/// What the store and the settings know, asked while deciding.
pub trait Knowledge {
    /// Whether an interchange came before.
    fn interchange(&self, route: &str, control_number: &str, content: &ContentHash) -> Seen;
    /// Other claims that look like this one.
    fn similar(&self, claim: &likeness::Likeness) -> likeness::Similar;
    /// The payer that a payer id is routed to.
    fn route(&self, payer_id: &str) -> Option<Route>;
    /// What a counter gives next.
    fn next_number(&self, counter: &str) -> u64;
    /// The claims of an interchange that we sent.
    fn batch(&self, control_number: u32) -> Vec<SentClaim>;
    /// Claims that were sent under this CLM01.
    fn sent(&self, patient_control_number: &str) -> Vec<SentClaim>;
    /// Claims that a remittance may speak of, by CLP01 and CLP07.
    fn payable(&self, keys: &[(String, String)]) -> Vec<KnownClaim>;
    /// Whether this remittance was posted before.
    fn is_posted(&self, identity: &str) -> bool;
    /// The digest of bytes.
    fn hash(&self, bytes: &[u8]) -> ContentHash;
    /// The channel that copies of remittances for this office leave by, if it wants them.
    fn remits_channel(&self, partner: &str) -> Option<String>;
    /// The channel that reports for this office leave by, if it wants them.
    fn reports_channel(&self, partner: &str) -> Option<String>;
    /// The office that a claim came from.
    fn partner_of(&self, claim: ClaimId) -> Option<String>;
}

/// Control numbers drawn in the course of one decision.
#[derive(Debug, Default)]
pub struct Numbers {
    drawn: BTreeMap<String, (u64, u64)>,
}

impl Numbers {
    /// The next number of a counter.
    pub fn draw(&mut self, counter: &str, knowledge: &dyn Knowledge) -> u32 {
        let (first, count) = self
            .drawn
            .entry(counter.to_owned())
            .or_insert_with(|| (knowledge.next_number(counter), 0));
        *count += 1;
        control_number(*first + *count - 1)
    }

    fn finish(self) -> Vec<Draw> {
        self.drawn
            .into_iter()
            .map(|(counter, (first, count))| Draw { counter, first, count })
            .collect()
    }
}

/// A control number has nine digits and is never nought; counters go round.
pub fn control_number(count: u64) -> u32 {
    ((count - 1) % 999_999_999) as u32 + 1
}

/// Everything that an arrival leads to.
#[derive(Debug)]
pub struct Decided {
    pub change: Change,
    pub tally: Tally,
}

/// Decides on an arrival.
pub fn decide(
    reading: &Reading,
    source: &Source,
    terms: &Terms,
    knowledge: &dyn Knowledge,
    scrubber: &Scrubber,
    stamp: &Stamp,
) -> Decided {
    let mut intake = Intake {
        source,
        terms,
        knowledge,
        scrubber,
        stamp,
        numbers: Numbers::default(),
        change: Change { at: stamp.now, ..Change::default() },
        report: Report::default(),
        notices: Notices::default(),
        tally: Tally::default(),
        refused: Vec::new(),
        remitted: Vec::new(),
        answers: 0,
        is_test: false,
        states: HashMap::new(),
        accepted: HashMap::new(),
    };
    intake.report.line(0, &format!("file {} ({} bytes)", source.name, source.len));
    if let Some(why) = &source.refused {
        intake.report.line(0, why);
    }
    for interchange in &reading.interchanges {
        intake.take_interchange(interchange);
    }
    intake.note_strays(reading);
    intake.finish(reading)
}

pub(crate) struct Intake<'a> {
    pub(crate) source: &'a Source,
    pub(crate) terms: &'a Terms,
    pub(crate) knowledge: &'a dyn Knowledge,
    pub(crate) scrubber: &'a Scrubber,
    pub(crate) stamp: &'a Stamp,
    pub(crate) numbers: Numbers,
    pub(crate) change: Change,
    pub(crate) report: Report,
    /// What offices are told of their claims when a payer answers.
    pub(crate) notices: Notices,
    pub(crate) tally: Tally,
    /// What was not read, and why.
    refused: Vec<String>,
    /// Remittances of the interchange at hand, for their copies.
    pub(crate) remitted: Vec<responses::Remitted>,
    answers: u32,
    /// ISA15 of the interchange at hand is T.
    pub(crate) is_test: bool,
    /// Where claims stand by now, in the course of this decision.
    states: HashMap<ClaimId, State>,
    /// The interchanges of this arrival that were accepted, by route and control number.
    accepted: HashMap<(String, String), ContentHash>,
}

impl Intake<'_> {
    fn take_interchange(&mut self, interchange: &Interchange) {
        self.tally.interchanges += 1;
        let isa = interchange.header();
        self.is_test = isa.text(15) == b"T";
        let trimmed = |n: usize| String::from_utf8_lossy(isa.text(n)).trim().to_owned();
        let (sender, receiver) = (trimmed(6), trimmed(8));
        let route = format!("{}:{sender}>{}:{receiver}/{}", trimmed(5), trimmed(7), trimmed(15));
        let number = trimmed(13);
        let content = self.knowledge.hash(&interchange.bytes());
        let mut faults = match self.source.refused {
            // Where its start ends says nothing about the interchange.
            Some(_) => vec![fault_at(InterchangeFault::ContentInvalid, &isa, 13)],
            None => interchange.faults.clone(),
        };
        faults.extend(self.policy_faults(interchange, &sender, &receiver));
        // What may not come by this channel is rejected, whoever sent the same before.
        let judge = |faults: &[Fault]| ta1::verdict(faults, &self.terms.tolerated_notes);
        let seen = if judge(&faults).is_accepted() {
            self.seen(&route, &number, &content)
        } else {
            Seen::No
        };
        match seen {
            Seen::No => {}
            Seen::SameBytes(answers) => return self.repeat(interchange, &number, answers),
            Seen::OtherBytes => faults.push(fault_at(InterchangeFault::Duplicate, &isa, 13)),
        }
        let verdict = judge(&faults);
        let told = match verdict {
            Verdict::Accepted => "accepted",
            Verdict::WithErrors => "accepted with errors",
            Verdict::Rejected => "rejected with TA1",
        };
        self.report.line(0, &format!("interchange {number} from {sender} to {receiver}: {told}"));
        // Why only its start was read is said above.
        for fault in faults.iter().filter(|_| self.source.refused.is_none()) {
            self.report.fault(1, fault);
        }
        self.answer_interchange(interchange, &faults);
        if verdict.is_accepted() {
            let own = (route.clone(), number.clone());
            self.accepted.entry(own).or_insert_with(|| content.clone());
        }
        self.change.interchanges.push(InterchangeSeen {
            arrival: self.source.arrival,
            content,
            route,
            control_number: number,
            is_accepted: verdict.is_accepted(),
        });
        if !verdict.is_accepted() {
            self.note_refused("an interchange", faults.first());
            self.tally.rejected_interchanges += 1;
            for set in interchange.groups.iter().flat_map(|group| &group.sets) {
                self.count_rejected(interchange, set);
            }
            return;
        }
        for ta1 in x12::view::answer::ta1s(interchange) {
            responses::take_ta1(self, &ta1);
        }
        for group in &interchange.groups {
            self.take_group(interchange, group);
        }
        responses::copy_to_office(self, interchange);
    }

    /// Whether an interchange came before: in this arrival, or in an earlier one.
    fn seen(&self, route: &str, number: &str, content: &ContentHash) -> Seen {
        match self.accepted.get(&(route.to_owned(), number.to_owned())) {
            // Its answers are on their way already.
            Some(here) if here == content => Seen::SameBytes(Vec::new()),
            Some(_) => Seen::OtherBytes,
            None => self.knowledge.interchange(route, number, content),
        }
    }

    /// What the settings have against an interchange.
    fn policy_faults(&self, interchange: &Interchange, sender: &str, receiver: &str) -> Vec<Fault> {
        use InterchangeFault as F;
        let isa = interchange.header();
        let allowed =
            |known: &[String], id: &str| known.is_empty() || known.iter().any(|known| known == id);
        let mode_differs =
            self.terms.is_production.is_some_and(|production| (isa.text(15) == b"P") != production);
        let sent_on = Day::parse_short(isa.text(9));
        // A day's difference is the clock of another time zone.
        let from_future = sent_on.is_some_and(|day| day.days_since(self.stamp.today) > 1);
        [
            (!allowed(&self.terms.senders, sender), F::SenderInvalid, 6),
            (!allowed(&self.terms.receivers, receiver), F::ReceiverUnknown, 8),
            (mode_differs, F::UsageInvalid, 15),
            (from_future, F::DateInvalid, 9),
        ]
        .into_iter()
        .filter(|&(is_wrong, _, _)| is_wrong)
        .map(|(_, fault, element)| fault_at(fault, &isa, element))
        .collect()
    }

    /// The same bytes came before: the same answers go out again, and nothing else happens.
    fn repeat(&mut self, interchange: &Interchange, number: &str, answers: Vec<DeliveryId>) {
        self.tally.repeated_interchanges += 1;
        for set in interchange.groups.iter().flat_map(|group| &group.sets) {
            self.tally.claims_in_repeats += claims::count(interchange, set).0;
        }
        self.report.line(
            0,
            &format!("interchange {number} came before, byte for byte: its answers go out again"),
        );
        let again = |delivery| DeliveryResult { delivery, outcome: DeliveryOutcome::Again };
        self.change.delivery_results.extend(answers.into_iter().map(again));
    }

    fn answer_interchange(&mut self, interchange: &Interchange, faults: &[Fault]) {
        let tolerated = &self.terms.tolerated_notes;
        let is_asked = self.terms.always_ta1 || interchange.header().text(14) == b"1";
        let is_due = is_asked || !ta1::verdict(faults, tolerated).is_accepted();
        if !is_due || !ta1::is_wanted(interchange) {
            return;
        }
        let envelope = self.answer_envelope(interchange);
        let mut composer = Composer::new(&envelope, Delimiters::OURS);
        ta1::compose(&mut composer, interchange, faults, &self.terms.tolerated_notes);
        self.deliver(DeliveryKind::Ta1, composer.finish().into());
    }

    /// The way back: their ids turned round, our number.
    pub(crate) fn answer_envelope(&mut self, interchange: &Interchange) -> Envelope {
        let isa = interchange.header();
        let theirs = sender_of(interchange);
        let counter = format!("answers:{}", self.terms.partner);
        let identity = &self.terms.identity;
        Envelope {
            sender_qualifier: identity.qualifier.clone(),
            sender: identity.id.clone(),
            receiver_qualifier: theirs.qualifier,
            receiver: theirs.id,
            application_sender: identity.application.clone(),
            application_receiver: theirs.application,
            day: self.stamp.today,
            time: self.stamp.time.clone(),
            control_number: self.numbers.draw(&counter, self.knowledge),
            wants_ta1: false,
            is_production: isa.text(15) != b"T",
        }
    }

    /// Where a claim stands by now, when the store says `kept`.
    pub(crate) fn state_of(&self, claim: ClaimId, kept: State) -> State {
        self.states.get(&claim).copied().unwrap_or(kept)
    }

    /// Remembers where a move of this decision takes a claim.
    pub(crate) fn set_state(&mut self, claim: ClaimId, state: State) {
        self.states.insert(claim, state);
    }

    /// Puts an answer to this arrival on its way.
    pub(crate) fn deliver(&mut self, kind: DeliveryKind, bytes: Bytes) {
        let channel = match kind {
            DeliveryKind::Report => &self.terms.reports,
            _ => &self.terms.acks,
        };
        self.deliver_by(channel.clone(), kind, bytes);
    }

    fn deliver_by(&mut self, channel: String, kind: DeliveryKind, bytes: Bytes) {
        self.answers += 1;
        let ArrivalId(arrival) = self.source.arrival;
        let day = self.stamp.today.to_wire();
        if channel.is_empty() {
            return;
        }
        let extension = if kind == DeliveryKind::Report { "txt" } else { "x12" };
        self.change.deliveries.push(NewDelivery {
            channel,
            kind,
            name: format!(
                "{day}T{}_{arrival:08}-{:02}_{}.{extension}",
                self.stamp.time,
                self.answers,
                kind.name()
            ),
            bytes,
            arrival: Some(self.source.arrival),
        });
    }

    fn take_group(&mut self, interchange: &Interchange, group: &Group) {
        let gs = interchange.group_header(group);
        let (kind, number) = (gs.text(1), String::from_utf8_lossy(gs.text(6)).into_owned());
        let mut faults = group_faults(interchange, group);
        if !self.may_send(kind) {
            faults.push(group_fault(x12::fault::GroupFault::GroupUnsupported, &gs));
        }
        let judge_one = |set| {
            let mut judged = judge(interchange, group, set);
            kept::refuse(self.terms, interchange, set, &mut judged);
            judged
        };
        let judged: Vec<Judged> = group.sets.iter().map(judge_one).collect();
        let is_rejected = !faults.is_empty();
        let verdict = if is_rejected { "rejected with 999" } else { "read" };
        self.report.line(1, &format!("group {number}: {verdict}"));
        for fault in &faults {
            self.report.fault(2, fault);
        }
        self.note_refused("a group", faults.first());
        self.acknowledge_group(interchange, group, &faults, &judged);
        for (set, judged) in group.sets.iter().zip(&judged) {
            self.tally.sets += 1;
            self.report_set(interchange, set, judged, is_rejected);
            let outcome = match &judged.verdict {
                _ if is_rejected => SetOutcome::Rejected,
                SetVerdict::Rejected => SetOutcome::Rejected,
                SetVerdict::WithErrors(_) => SetOutcome::WithErrors,
                SetVerdict::Accepted => SetOutcome::Accepted,
            };
            let number = known_set(interchange.set_header(set).text(1));
            *self.tally.sets_by_outcome.entry((number, outcome)).or_default() += 1;
            if is_rejected || judged.verdict.is_rejected() {
                if !is_rejected {
                    let fault = set.faults.first().or(judged.faults.first());
                    self.note_refused(&format!("a set {number}"), fault);
                }
                self.tally.rejected_sets += 1;
                self.count_rejected(interchange, set);
                continue;
            }
            match kind {
                _ if kept::is_kept(judged) => kept::keep(self, interchange, set),
                b"HC" => claims::take_set(self, interchange, set, judged),
                b"HP" => responses::take_remittance(self, interchange, set, judged),
                b"FA" => responses::take_set_ack(self, interchange, set, judged),
                b"HN" => responses::take_claim_ack(self, interchange, set, judged),
                _ => {}
            }
        }
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
        judged: &[Judged],
    ) {
        let kind = interchange.group_header(group).text(1);
        let all_taken = faults.is_empty() && !judged.iter().any(|set| set.verdict.is_rejected());
        let wanted = match kind {
            b"HC" => true,
            _ if judged.iter().any(kept::is_kept) => true,
            b"HP" => !all_taken || self.terms.acknowledges_remittances,
            _ => !all_taken,
        };
        if !wanted || !x231::is_wanted(interchange, group) {
            return;
        }
        let sets: Vec<SetJudgement> = judged
            .iter()
            .map(|set| SetJudgement {
                faults: set.faults.clone(),
                is_tolerated: matches!(set.verdict, SetVerdict::WithErrors(_)),
            })
            .collect();
        let envelope = self.answer_envelope(interchange);
        let mut composer = Composer::new(&envelope, Delimiters::OURS);
        let echo = match self.terms.repeats_wrong_values {
            true => x231::Echo::WrongValues,
            false => x231::Echo::Nothing,
        };
        x231::compose(&mut composer, &envelope, interchange, group, faults, &sets, echo);
        self.deliver(DeliveryKind::ImplementationAck, composer.finish().into());
    }

    fn report_set(
        &mut self,
        interchange: &Interchange,
        set: &x12::interchange::Set,
        judged: &Judged,
        in_rejected_group: bool,
    ) {
        let st = interchange.set_header(set);
        let kind = String::from_utf8_lossy(st.text(1)).into_owned();
        let number = String::from_utf8_lossy(st.text(2)).into_owned();
        let verdict = match &judged.verdict {
            _ if in_rejected_group => "rejected with its group",
            SetVerdict::Accepted => "accepted",
            SetVerdict::WithErrors(claims) if claims.is_empty() => "accepted with errors",
            SetVerdict::WithErrors(_) => "accepted with errors: faulty claims are rejected",
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

    fn count_rejected(&mut self, interchange: &Interchange, set: &x12::interchange::Set) {
        let (count, charge) = claims::count(interchange, set);
        self.tally.claims += count;
        self.tally.charge += charge;
        self.tally.claims_in_rejected_sets += count;
        self.tally.charge_in_rejected_sets += charge;
    }

    fn note_strays(&mut self, reading: &Reading) {
        for stray in &reading.strays {
            self.tally.stray_bytes += stray.len() as u64;
            let text = format!(
                "bytes {} to {} belong to no interchange; look for a header that was cut",
                stray.start, stray.end
            );
            self.report.line(0, &text);
            self.refused.push(text);
        }
    }

    /// Remembers why something was not read.
    fn note_refused(&mut self, what: &str, fault: Option<&Fault>) {
        let Some(fault) = fault else { return };
        self.refused.push(format!("{what} (byte {}): {fault}", fault.place.offset));
    }

    /// Offices read reports; of what a payer sent, nobody would hear. What a limit of ours keeps
    /// out is for the operator, whoever sent it.
    fn tell_of_refused(&mut self) {
        let reasons = match &self.source.refused {
            Some(why) => vec![why.clone()],
            None if self.terms.role == Role::Payer => std::mem::take(&mut self.refused),
            None => return,
        };
        if !reasons.is_empty() {
            self.change.work.push(route::refused(self.source.arrival, &reasons));
        }
    }

    fn finish(mut self, reading: &Reading) -> Decided {
        let verdict = self.tally.verdict();
        if reading.interchanges.is_empty() {
            let text =
                "no interchange was found: the file does not start with ISA; send an X12 file";
            self.report.line(0, text);
            self.refused.push(text.to_owned());
        }
        self.tell_of_refused();
        kept::tell(&mut self);
        let summary = self.tally.summary();
        let report = std::mem::take(&mut self.report).finish();
        self.deliver(DeliveryKind::Report, report.into_bytes().into());
        let notices = std::mem::take(&mut self.notices);
        for (office, text) in notices.finish(&self.terms.partner, self.stamp.today) {
            if let Some(channel) = self.knowledge.reports_channel(&office) {
                self.deliver_by(channel, DeliveryKind::Report, text.into_bytes().into());
            }
        }
        let mut change = self.change;
        change.draws = self.numbers.finish();
        change.settles = Some(Settlement { arrival: self.source.arrival, verdict, summary });
        Decided { change, tally: self.tally }
    }
}

/// Faults of one set that a report lists.
const REPORTED_FAULTS_MAX: usize = 100;

fn fault_at(fault: InterchangeFault, isa: &x12::segment::Segment<'_>, element: usize) -> Fault {
    let place = Place { segment: 0, ..isa.place(element, 0) };
    let (kind, tag) = (Kind::Interchange(fault), Tag::new(b"ISA"));
    Fault { kind, place, loop_id: "", tag, name: "" }
}

fn group_fault(fault: x12::fault::GroupFault, gs: &x12::segment::Segment<'_>) -> Fault {
    let place = Place { segment: 0, ..gs.place(1, 0) };
    Fault { kind: Kind::Group(fault), place, loop_id: "", tag: Tag::new(b"GS"), name: "" }
}
