//! The file of a claim that is made, and its arrival.

use bytes::Bytes;
use x12::compose::Envelope;
use x12::segment::Segment;
use x12::value::Money;

use super::{CHANNEL, Case, answered};
use crate::change::next::Answer;
use crate::change::{Change, Draw};
use crate::cores::{self, JudgedOnAll};
use crate::denials::reasons::may_be_next_payers;
use crate::document::Document;
use crate::gateway::deliver::address;
use crate::gateway::knowledge::StoreKnowledge;
use crate::gateway::{Error, receive};
use crate::intake::judge::judge;
use crate::intake::{self, Role, Source, Terms, control_number};
use crate::outbound::{self, Outgoing, Parties};
use crate::settings::names::PartnerName;
use crate::store::{self, NewArrival, Remembered};
use crate::transport::Folder;

/// The counter of ISA13 for claims that we make, so that each file of one is another.
pub(super) const COUNTER: &str = "next-payers";

impl Case<'_> {
    /// Takes a claim in that was made for the next payer.
    pub(super) fn make(&self, made: &Document, mut change: Change) -> Result<Change, Error> {
        let number = self.store().next_number(COUNTER)?;
        let bytes = self.file_of(made, control_number(number));
        let source = self.remember(&bytes)?;
        let terms = self.terms();
        let knowledge = StoreKnowledge::new(self.gateway);
        let rulebook = self.gateway.rulebook();
        let reading = x12::interchange::read(&bytes);
        let sets_of = |interchange| JudgedOnAll::of(interchange, cores::count());
        let decided =
            intake::decide(&reading, sets_of, &source, &terms, &knowledge, &rulebook, &self.stamp);
        if let Some(failure) = knowledge.failure() {
            return Err(failure.into());
        }
        let taken = decided.change;
        let made = taken.claims.first();
        let answer = match made {
            Some(made) => {
                let payer = made.payer.clone().unwrap_or_else(|| made.payer_id.clone());
                let left = left_told(&reading);
                answered(self.due, Answer::Billed, format!("{payer} is billed{left}"))
            }
            None => {
                let why =
                    format!("the claim that was made breaks its guide: {}", faults_of(&reading));
                change.work.push(self.work(&why));
                answered(self.due, Answer::Person, why)
            }
        };
        change.next_payers = answer.next_payers;
        change.draws = taken.draws;
        change.draws.push(Draw { counter: COUNTER.to_owned(), first: number, count: 1 });
        change.claims = taken.claims;
        change.interchanges = taken.interchanges;
        change.deliveries = taken.deliveries;
        change.settles = taken.settles;
        Ok(change)
    }

    /// The claim in an interchange from us to us.
    fn file_of(&self, made: &Document, number: u32) -> Bytes {
        let ours = &self.gateway.plan.identity;
        let envelope = Envelope {
            sender_qualifier: ours.ids.isa_qualifier.clone(),
            sender: ours.ids.isa_id.clone(),
            receiver_qualifier: ours.ids.isa_qualifier.clone(),
            receiver: ours.ids.isa_id.clone().into(),
            application_sender: ours.ids.gs_id.clone(),
            application_receiver: ours.ids.gs_id.clone().into(),
            day: self.stamp.today,
            time: self.stamp.time.clone(),
            control_number: number,
            wants_ta1: false,
            is_production: !self.claim.is_test,
        };
        let parties = Parties {
            submitter_name: ours.submitter_name.clone(),
            submitter_id: ours.submitter_id.clone(),
            contact_name: ours.contact_name.clone(),
            contact_phone: ours.contact_phone.clone(),
            receiver_name: ours.submitter_name.clone(),
            receiver_id: ours.submitter_id.clone(),
        };
        let batch_type = self.claim.batch_type.clone();
        let outgoing = Outgoing { key: (), batch_type, document: made.clone() };
        let together = outbound::apart(vec![outgoing]).together.pop().unwrap_or_default();
        outbound::assemble(&envelope, &parties, made.kind, together, 1).bytes.into()
    }

    /// Its bytes are durable before anything is decided about them.
    fn remember(&self, bytes: &Bytes) -> Result<Source, Error> {
        let content = self.gateway.archive.put(bytes)?;
        // Our own number of the claim, which says nothing of the patient.
        let name = format!("after-claim-{}.x12", self.claim.id.0);
        let len = bytes.len() as u64;
        let remembered = self.store().remember(&NewArrival {
            channel: CHANNEL.to_owned(),
            name: name.clone(),
            content: content.clone(),
            len,
            received_at: self.stamp.now,
        })?;
        let arrival = match remembered {
            Remembered::New(arrival) | Remembered::Seen { arrival, is_settled: false, .. } => {
                arrival
            }
            Remembered::Seen { .. } => {
                return Err(store::Error::Stale { what: "next payer" }.into());
            }
        };
        Ok(Source { arrival, content, name, len, refused: None, follows: Some(self.claim.id) })
    }

    /// The claim is its office's: it reads of it in a report, and is answered nothing else.
    fn terms(&self) -> Terms {
        let gateway = self.gateway;
        let office = PartnerName::new(&self.claim.partner);
        let office = office.and_then(|name| gateway.plan.office(&name));
        Terms {
            partner: self.claim.partner.clone(),
            role: Role::Office,
            senders: Vec::new(),
            receivers: Vec::new(),
            is_production: None,
            always_ta1: false,
            tolerated_notes: Vec::new(),
            acks: String::new(),
            reports: office
                .map_or(String::new(), |office| address(&office.channel, Folder::Reports)),
            acknowledges_remittances: false,
            repeats_wrong_values: false,
            unsupported_sets: Vec::new(),
            identity: receive::identity(gateway),
            limits: self.limits_of(&self.claim),
        }
    }
}

/// What the payer before left to the patient, or denied and may be the next payer's, for the note.
fn left_told(reading: &x12::interchange::Reading) -> String {
    let mut left = Money::ZERO;
    for interchange in &reading.interchanges {
        for set in interchange.groups.iter().flat_map(|group| &group.sets) {
            for segment in interchange.set_segments(set) {
                if segment.tag_bytes() == b"AMT" && segment.text(1) == b"EAF" {
                    left += segment.money(2).unwrap_or_default();
                }
                if segment.tag_bytes() == b"CAS" {
                    left += denied_for_next(&segment);
                }
            }
        }
    }
    format!("; {left} is left of what was charged")
}

/// What of a CAS may be the next payer's.
fn denied_for_next(cas: &Segment<'_>) -> Money {
    let text = |element: usize| String::from_utf8_lossy(cas.text(element)).into_owned();
    let is_its = |at: &usize| may_be_next_payers(&text(1), &text(*at));
    let amounts = (2..=17).step_by(3).filter(is_its).filter_map(|at| cas.money(at + 1));
    amounts.sum()
}

/// The first things that a guide has against a file. Faults name places and codes, never values.
fn faults_of(reading: &x12::interchange::Reading) -> String {
    let mut told = Vec::new();
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                let judged = judge(interchange, group, set);
                told.extend(judged.faults.iter().map(ToString::to_string));
            }
        }
    }
    told.truncate(FAULTS_TOLD_MAX);
    told.join("; ")
}

const FAULTS_TOLD_MAX: usize = 3;
