//! The file of a claim that is made, and its arrival.

use bytes::Bytes;
use x12::compose::Envelope;
use x12::segment::Segment;
use x12::value::Money;

use super::{Case, answered, unbilled};
use crate::change::next::why::Why;
use crate::change::next::{Answer, OWN_CHANNEL};
use crate::change::{Change, Draw};
use crate::coordination::rank;
use crate::cores::{self, JudgedOnAll};
use crate::denials::reasons::may_be_next_payers;
use crate::document::Document;
use crate::gateway::deliver::address;
use crate::gateway::knowledge::StoreKnowledge;
use crate::gateway::{Error, receive};
use crate::intake::judge::judge;
use crate::intake::{self, Role, Source, Terms, control_number};
use crate::lifecycle::Event;
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
        let mut source = self.remember(&bytes)?;
        let closed = change.moves.iter().filter(|made| made.event == Event::Closed);
        source.instead_of = closed.map(|made| made.claim).collect();
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
                answered(self.due, Answer::Billed, Why::said(format!("{payer} is billed{left}")))
            }
            None => {
                let why =
                    format!("the claim that was made breaks its guide: {}", faults_of(&reading));
                change.work.push(self.work(unbilled(&why))?);
                answered(self.due, Answer::Person, Why::said(why))
            }
        };
        change.next_payers = answer.next_payers;
        change.draws = taken.draws;
        change.draws.push(Draw::one(COUNTER, number));
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
            channel: OWN_CHANNEL.to_owned(),
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
        let (follows, instead_of) = (Some(self.claim.id), Vec::new());
        Ok(Source { arrival, content, name, len, refused: None, follows, instead_of })
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

/// What the payer before left to the patient, or denied and may be the next payer's, for the note. Those
/// before that one left what it decided on.
fn left_told(reading: &x12::interchange::Reading) -> String {
    let mut left = Money::ZERO;
    for interchange in &reading.interchanges {
        for set in interchange.groups.iter().flat_map(|group| &group.sets) {
            left += left_by_last(&interchange.set_segments(set).collect::<Vec<_>>());
        }
    }
    format!("; {left} is left of what was charged")
}

/// The same of one claim.
pub(super) fn left_in(document: &Document) -> Money {
    left_by_last(&document.segments().collect::<Vec<_>>())
}

/// What the last of the payers before left of the claim in a set: in its 2320, and in the 2430 that has its
/// number in SVD01.
fn left_by_last(segments: &[Segment<'_>]) -> Money {
    let turns = segments.iter().filter(|segment| segment.tag_bytes() == b"SBR");
    let turns: Vec<Option<usize>> = turns.map(|segment| rank(&text(segment, 1))).collect();
    let own = turns.first().copied().flatten();
    let last = turns.iter().skip(1).copied().flatten().filter(|&turn| Some(turn) < own).max();
    let (mut id, mut is_last, mut left) = (String::new(), false, Money::ZERO);
    for segment in segments {
        match segment.tag_bytes() {
            b"SBR" => is_last = last.is_some() && rank(&text(segment, 1)) == last,
            b"NM1" if is_last && segment.text(1) == b"PR" => id = text(segment, 9),
            b"LX" => is_last = false,
            b"SVD" => is_last = text(segment, 1) == id,
            b"AMT" if is_last && segment.text(1) == b"EAF" => {
                left += segment.money(2).unwrap_or_default();
            }
            b"CAS" if is_last => left += denied_for_next(segment),
            _ => {}
        }
    }
    left
}

fn text(segment: &Segment<'_>, element: usize) -> String {
    String::from_utf8_lossy(segment.text(element)).into_owned()
}

/// What of a CAS may be the next payer's.
fn denied_for_next(cas: &Segment<'_>) -> Money {
    let is_its = |at: &usize| may_be_next_payers(&text(cas, 1), &text(cas, *at));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Three payers: the first left 10.00, and the second 4.00 of that.
    #[test]
    fn what_is_left_is_what_the_last_payer_before_left() {
        let of_claims = "SBR*T*18~CLM*C9*100~SBR*P*18~AMT*D*80~AMT*EAF*10~NM1*PR*2*ACME*****PI*ACME1~\
                         SBR*S*18~AMT*D*6~AMT*EAF*4~NM1*PR*2*BEACON*****PI*BEACON1~LX*1~";
        let of_lines = "SBR*T*18~CLM*C9*100~SBR*P*18~NM1*PR*2*ACME*****PI*ACME1~SBR*S*18~\
                        NM1*PR*2*BEACON*****PI*BEACON1~LX*1~SVD*ACME1*80~CAS*PR*2*10~AMT*EAF*10~\
                        SVD*BEACON1*6~AMT*EAF*4~";
        let of_first = "SBR*S*18~CLM*C9*100~SBR*P*18~AMT*EAF*10~NM1*PR*2*ACME*****PI*ACME1~\
                        SBR*T*18~NM1*PR*2*ZEBRA*****PI*ZEBRA1~LX*1~";
        for (text, left) in [(of_claims, 400), (of_lines, 400), (of_first, 1_000)] {
            let text = format!(
                "ISA*00*          *00*          *ZZ*US             *ZZ*US             *261102*0930*^*00501*\
                 000000001*0*P*:~GS*HC*US*US*20261102*0930*1*X*005010X222A1~ST*837*0001~{text}SE*9*0001~\
                 GE*1*1~IEA*1*000000001~"
            );
            let reading = x12::interchange::read(&Bytes::from(text));
            let told = format!("; {} is left of what was charged", Money::from_cents(left));
            assert_eq!(left_told(&reading), told);
        }
    }
}
