//! A file, read: what to acknowledge, what to keep, what to hold.
//!
//! This room decides on whole arrivals. Claims go through `claims`; what payers answer goes
//! through `responses`, and remittances through `reconcile`.

pub mod advice;
pub mod claims;
pub mod groups;
mod held;
pub mod judge;
mod kept;
pub mod likeness;
pub mod mended;
pub(crate) mod notices;
mod report;
pub mod seen;
pub mod tally;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;
use std::{fmt, io};

use bytes::Bytes;
use x12::answer::{Verdict, sender_of, ta1};
use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;
use x12::fault::{Fault, InterchangeFault};
use x12::foresight::Sets;
use x12::interchange::{Interchange, Reading, Set};
use x12::phi::Phi;

use crate::change::refunds::RefundId;
use crate::change::{
    ArrivalId, Change, ClaimId, ContentHash, DeliveryId, DeliveryKind, DeliveryOutcome,
    DeliveryResult, Draw, InterchangeSeen, NewDelivery, ProviderEntry, Settlement, Stamp, WorkMove,
};
use crate::contracts::learned::{Key, Rate};
use crate::contracts::terms::Book;
use crate::denials::route::{self, Origin, Sender};
use crate::denials::table::Table;
use crate::intake::groups::JudgedSets;
use crate::intake::judge::{fault_of_isa, sent_ahead};
use crate::intake::notices::Notices;
use crate::intake::report::Report;
use crate::intake::seen::SeenInFile;
use crate::intake::tally::Tally;
use crate::lifecycle::State;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::refunds::SentBack;
use crate::reconcile::{Carried, Stranger};
use crate::responses::{self, SentClaim};
use crate::scrub::Rulebook;

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
    /// We made it ourselves, for the payer that follows this claim's.
    pub follows: Option<ClaimId>,
    /// Claims that we made before for that payer, and withdraw as this one is made.
    pub instead_of: Vec<ClaimId>,
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
    /// How many days it gives.
    pub limits: route::Limits,
}

/// A remittance under a trace number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under {
    pub arrival: ArrivalId,
    pub identity: String,
    /// Nothing of it was posted.
    pub is_held: bool,
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
    /// These claims, as a remittance may speak of them.
    fn payable_by_id(&self, _claims: &[ClaimId]) -> Vec<KnownClaim> {
        Vec::new()
    }
    /// Claims that payments under strange numbers may be of.
    fn alike(&self, strangers: &[Stranger]) -> Vec<KnownClaim>;
    /// The last claim under this CLM01 that was never sent.
    fn unsent(&self, _patient_control_number: &str) -> Option<ClaimId> {
        None
    }
    /// The file in which a remittance came before.
    fn remitted_in(&self, identity: &str) -> Option<ContentHash>;
    /// The bytes of a file that came.
    fn file(&self, content: &ContentHash) -> Option<Bytes>;
    /// The step that closes the open item of a claim payment that waited, by its arrival and byte.
    fn step_of_waiting(
        &self,
        claim: ClaimId,
        at: (ArrivalId, usize),
        note: &str,
    ) -> Option<WorkMove>;
    /// What a payer carried forward for a provider.
    fn carried(&self, payer: &str, payee: &str) -> Vec<Carried>;
    /// What was sent back to a payer for a provider, held against what that says that came (PLB 72).
    fn refunds(&self, _payer: &str, _payee: &str) -> Vec<SentBack> {
        Vec::new()
    }
    /// Whether a payer set something aside for a provider under a reference.
    fn is_set_aside(&self, _of: (&str, &str), _reference: &str) -> bool {
        false
    }
    /// The steps that close open items about what was taken though these refunds paid it back.
    fn steps_of_refunds(&self, _met: &[RefundId], _note: &str) -> Vec<WorkMove> {
        Vec::new()
    }
    /// Whether a claim was ever billed for this NPI.
    fn is_billed_for(&self, npi: &str) -> bool;
    /// Whether the payer paid the payee under this number before.
    fn is_trace_used(&self, payer: &str, payee: &str, trace: &str) -> bool;
    /// Whom the payer paid under this number before.
    fn payees_under(&self, _payer: &str, _trace: &str) -> Vec<String> {
        Vec::new()
    }
    /// Whether an item of a claim of this patient begins by saying this of whom the payer corrects.
    fn is_correction_told(&self, claim: ClaimId, says: &Phi<String>) -> bool;
    /// The numbers (TRN03) and names under which a payer paid of late, each as often as it did: those
    /// with this number, or all.
    fn paid_as(&self, payer: &str, number: Option<&str>) -> Vec<[String; 2]>;
    /// The latest remittances of a payer to a payee under this number.
    fn paid_under(&self, _of: (&str, &str), _trace: &str) -> Vec<Under> {
        Vec::new()
    }
    /// The step that closes the open item of a remittance that is held as a whole, by its arrival and byte.
    fn step_of_held(&self, _at: (ArrivalId, usize), _note: &str) -> Option<WorkMove> {
        None
    }
    /// What the PLB of each of the latest payments under this number says, so many of them.
    fn adjusted_under(
        &self,
        of: (&str, &str),
        trace: &str,
        payments: u32,
    ) -> Vec<Vec<ProviderEntry>>;
    /// What payers owe by contract.
    fn contracts(&self) -> Arc<Book>;
    /// By what denials are routed.
    fn denials(&self) -> Arc<Table>;
    /// Amounts that payers allowed for each of these, the latest first, so many of each.
    fn rates(&self, keys: &[&Key], limit: u32) -> Vec<Rate>;
    /// The digest of bytes.
    fn hash(&self, bytes: &[u8]) -> ContentHash;
    /// The channel that copies of remittances for this office leave by, if it wants them.
    fn remits_channel(&self, partner: &str) -> Option<String>;
    /// The channel that reports for this office leave by, if it wants them.
    fn reports_channel(&self, partner: &str) -> Option<String>;
    /// The office through which alone a provider bills, by its NPI or tax id.
    fn office_of(&self, provider: &str) -> Option<String>;
    /// The offices whose settings name their providers, each with these.
    fn providers(&self) -> Vec<(String, Vec<String>)> {
        Vec::new()
    }
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

/// Decides on an arrival. `sets_of` says how the sets of an interchange are come by.
pub fn decide<'r, S: JudgedSets>(
    reading: &'r Reading,
    sets_of: impl Fn(&'r Interchange) -> S,
    source: &Source,
    terms: &Terms,
    knowledge: &dyn Knowledge,
    rulebook: &Rulebook,
    stamp: &Stamp,
) -> Decided {
    let mut deciding = Deciding::begin(source, terms, knowledge, rulebook, stamp);
    for interchange in &reading.interchanges {
        let content = knowledge.hash(&interchange.bytes());
        let mut sets = sets_of(interchange);
        let taken = deciding.take(interchange, content, &mut sets, &mut |_| Ok(()));
        taken.expect("whoever hears nothing has nothing that fails");
    }
    for stray in &reading.strays {
        deciding.note_stray(stray);
    }
    deciding.finish()
}

/// A decision on an arrival whose interchanges come one after another.
pub struct Deciding<'a> {
    intake: Intake<'a>,
}

/// Hears of a decision after each step of it: each answer, each claim and each set. It may take out what it
/// writes away; an error of it ends the decision.
pub type Took<'a> = dyn FnMut(&mut Change) -> io::Result<()> + 'a;

impl fmt::Debug for Deciding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deciding").finish_non_exhaustive()
    }
}

impl<'a> Deciding<'a> {
    /// A decision that nothing is known of yet.
    pub fn begin(
        source: &'a Source,
        terms: &'a Terms,
        knowledge: &'a dyn Knowledge,
        rulebook: &'a Rulebook,
        stamp: &'a Stamp,
    ) -> Deciding<'a> {
        let mut report = Report::for_reader(!terms.reports.is_empty());
        match source.follows {
            Some(_) => report.line(0, "a payer has decided, and another one pays after it"),
            None => report.line(0, &format!("file {} ({} bytes)", source.name, source.len)),
        }
        if let Some(why) = &source.refused {
            report.line(0, why);
        }
        let intake = Intake {
            source,
            terms,
            knowledge,
            rulebook,
            stamp,
            numbers: Numbers::default(),
            change: Change { at: stamp.now, ..Change::default() },
            report,
            notices: Notices::default(),
            tally: Tally::default(),
            refused: Vec::new(),
            remitted: Vec::new(),
            parts: Vec::new(),
            said: responses::waiting::SaidHere::default(),
            items: responses::items::ItemsHere::default(),
            payees: BTreeSet::new(),
            learned: responses::rates::Learned::default(),
            answers: 0,
            is_test: false,
            group_number: Vec::new(),
            seen: SeenInFile::default(),
            states: HashMap::new(),
            accepted: HashMap::new(),
        };
        Deciding { intake }
    }

    /// Decides on the next interchange: all of it or its outline, the digest of its bytes, and its
    /// sets.
    pub fn take(
        &mut self,
        interchange: &Interchange,
        content: ContentHash,
        sets: &mut dyn JudgedSets,
        took: &mut Took<'_>,
    ) -> io::Result<()> {
        self.intake.take_interchange(interchange, content, sets, took)
    }

    /// Takes note of bytes that belong to no interchange.
    pub fn note_stray(&mut self, stray: &Range<usize>) {
        self.intake.note_stray(stray);
    }

    /// What all of it leads to.
    pub fn finish(self) -> Decided {
        self.intake.finish()
    }
}

pub(crate) struct Intake<'a> {
    pub(crate) source: &'a Source,
    pub(crate) terms: &'a Terms,
    pub(crate) knowledge: &'a dyn Knowledge,
    pub(crate) rulebook: &'a Rulebook,
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
    pub(crate) remitted: Vec<responses::copies::Remitted>,
    /// What offices are told of the remittances of the file.
    pub(crate) parts: Vec<responses::told::Part>,
    /// Who is paid (N104) by each remittance of the file so far, with its tax id.
    pub(crate) payees: BTreeSet<(String, String)>,
    /// Where what was said of claims stands in the payments of the change.
    pub(crate) said: responses::waiting::SaidHere,
    /// What became of items about what payers decided.
    pub(crate) items: responses::items::ItemsHere,
    /// What the remittances of the arrival imply of rates.
    pub(crate) learned: responses::rates::Learned,
    answers: u32,
    /// ISA15 of the interchange at hand is T.
    pub(crate) is_test: bool,
    /// AK102 of the group at hand.
    group_number: Vec<u8>,
    /// Claims of the sets before.
    pub(crate) seen: SeenInFile,
    /// Where claims stand by now, in the course of this decision.
    states: HashMap<ClaimId, State>,
    /// The interchanges of this arrival that were accepted, by route and control number.
    accepted: HashMap<(String, String), ContentHash>,
}

impl Intake<'_> {
    fn take_interchange(
        &mut self,
        interchange: &Interchange,
        content: ContentHash,
        sets: &mut dyn JudgedSets,
        took: &mut Took<'_>,
    ) -> io::Result<()> {
        self.tally.interchanges += 1;
        let isa = interchange.header();
        self.is_test = isa.text(15) == b"T";
        let trimmed = |n: usize| String::from_utf8_lossy(isa.text(n)).trim().to_owned();
        let (sender, receiver) = (trimmed(6), trimmed(8));
        let (route, number) = identity_of(interchange);
        let mut faults = match self.source.refused {
            // Where its start ends says nothing about the interchange.
            Some(_) => vec![fault_of_isa(InterchangeFault::ContentInvalid, &isa, 13)],
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
            Seen::SameBytes(answers) => return self.repeat(interchange, &number, answers, sets),
            Seen::OtherBytes => faults.push(fault_of_isa(InterchangeFault::Duplicate, &isa, 13)),
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
        let rejected = faults.first().filter(|_| !verdict.is_accepted());
        self.take_parts(interchange, rejected, sets, took)
    }

    /// Takes what an interchange holds, if it is not `rejected` for a fault.
    fn take_parts(
        &mut self,
        interchange: &Interchange,
        rejected: Option<&Fault>,
        sets: &mut dyn JudgedSets,
        took: &mut Took<'_>,
    ) -> io::Result<()> {
        if rejected.is_some() {
            self.note_refused("an interchange", rejected);
            self.tally.rejected_interchanges += 1;
            each_set(interchange, sets, &mut |interchange, set| {
                self.count_rejected(interchange, set);
            })?;
            return took(&mut self.change);
        }
        for ta1 in x12::view::answer::ta1s(interchange) {
            responses::take_ta1(self, &ta1);
        }
        took(&mut self.change)?;
        let numbers = x12::answer::x231::group_numbers(interchange);
        for (group, number) in interchange.groups.iter().zip(numbers) {
            self.group_number = number;
            self.take_group(interchange, group, sets, took)?;
        }
        responses::copies::copy_to_offices(self, interchange);
        Ok(())
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
        let of_settings = [
            (!allowed(&self.terms.senders, sender), F::SenderInvalid, 6),
            (!allowed(&self.terms.receivers, receiver), F::ReceiverUnknown, 8),
            (mode_differs, F::UsageInvalid, 15),
        ];
        let of_settings = of_settings.into_iter().filter(|&(is_wrong, _, _)| is_wrong);
        of_settings
            .map(|(_, fault, element)| fault_of_isa(fault, &isa, element))
            .chain(sent_ahead(interchange, self.stamp.today))
            .collect()
    }

    /// The same bytes came before: the same answers go out again, and nothing else happens.
    fn repeat(
        &mut self,
        interchange: &Interchange,
        number: &str,
        answers: Vec<DeliveryId>,
        sets: &mut dyn Sets,
    ) -> io::Result<()> {
        self.tally.repeated_interchanges += 1;
        each_set(interchange, sets, &mut |interchange, set| {
            self.tally.claims_in_repeats += claims::count(interchange, set).0;
        })?;
        self.report.line(
            0,
            &format!("interchange {number} came before, byte for byte: its answers go out again"),
        );
        let again = |delivery| DeliveryResult { delivery, outcome: DeliveryOutcome::Again };
        self.change.delivery_results.extend(answers.into_iter().map(again));
        Ok(())
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

    fn count_rejected(&mut self, interchange: &Interchange, set: &Set) {
        let (count, charge) = claims::count(interchange, set);
        self.tally.claims += count;
        self.tally.charge += charge;
        self.tally.claims_in_rejected_sets += count;
        self.tally.charge_in_rejected_sets += charge;
    }

    fn note_stray(&mut self, stray: &Range<usize>) {
        self.tally.stray_bytes += stray.len() as u64;
        let text = format!(
            "bytes {} to {} belong to no interchange; look for a header that was cut",
            stray.start, stray.end
        );
        self.report.line(0, &text);
        self.refused.push(text);
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
            let work = route::refused(&self.origin(), &reasons);
            self.change.work.push(work);
        }
    }

    /// The file that is read, and who sent it.
    pub(crate) fn origin(&self) -> Origin<'_> {
        let name = self.terms.partner.as_str();
        let sender = match self.terms.role {
            Role::Office => Sender::Office(name),
            Role::Payer => Sender::Payer(name),
            Role::Anybody => Sender::Channel(name),
        };
        let file = Phi::new(self.source.name.as_str());
        Origin { file, arrival: self.source.arrival, sender }
    }

    fn finish(mut self) -> Decided {
        let verdict = self.tally.verdict();
        if self.tally.interchanges == 0 {
            let text =
                "no interchange was found: the file does not start with ISA; send an X12 file";
            self.report.line(0, text);
            self.refused.push(text.to_owned());
        }
        self.tell_of_refused();
        kept::tell(&mut self);
        let summary = self.tally.summary(self.rulebook);
        let report = std::mem::take(&mut self.report).finish();
        self.deliver(DeliveryKind::Report, report.into_bytes().into());
        responses::told::tell(&mut self);
        let notices = std::mem::take(&mut self.notices);
        for (office, text) in notices.finish(&self.terms.partner, self.stamp.today) {
            if let Some(channel) = self.knowledge.reports_channel(&office) {
                self.deliver_by(channel, DeliveryKind::Report, text.into_bytes().into());
            }
        }
        let mut change = self.change;
        change.draws = self.numbers.finish();
        change.rates = self.learned.finish();
        change.settles = Some(Settlement { arrival: self.source.arrival, verdict, summary });
        Decided { change, tally: self.tally }
    }
}

/// Sender, receiver and usage, and ISA13: two interchanges that share them are one that came twice, or
/// one too many.
pub fn identity_of(interchange: &Interchange) -> (String, String) {
    let isa = interchange.header();
    let trimmed = |n: usize| String::from_utf8_lossy(isa.text(n)).trim().to_owned();
    let [from, sender, to, receiver, usage] = [5, 6, 7, 8, 15].map(trimmed);
    (format!("{from}:{sender}>{to}:{receiver}/{usage}"), trimmed(13))
}

/// Goes through the sets of an interchange that is not taken.
fn each_set(
    interchange: &Interchange,
    sets: &mut dyn Sets,
    each: &mut dyn FnMut(&Interchange, &Set),
) -> io::Result<()> {
    for _ in &interchange.groups {
        sets.next_group(&mut |interchange, _, set| {
            each(interchange, set);
            Ok(())
        })?;
    }
    Ok(())
}
