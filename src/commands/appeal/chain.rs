//! What happened to a claim and to those before it that it was made from, each step with its file.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::super::Failure;
use super::super::store::Office;
use crate::appeal::bill::Bill;
use crate::appeal::check::SUBMISSION;
use crate::appeal::evidence::{
    Excerpt, File, Found, Sent, control_number_at, in_answer, in_remittance, in_submission,
};
use crate::appeal::{Decision, Party, Step};
use crate::change::next::OWN_CHANNEL;
use crate::change::{ArrivalId, ContentHash, DeliveryKind, Moment, Piece};
use crate::clock::Timestamp;
use crate::lifecycle::Event;
use crate::settings::names::PayerName;
use crate::settings::plan::PayerPlan;
use crate::store::{Arrival, Claim, ClaimPayment, History};

/// What happened at which moment, still to be put in order.
#[derive(Default)]
pub(super) struct Chain {
    steps: Vec<(Moment, Step)>,
    pub files: Vec<File>,
}

impl Chain {
    /// Adds a file, and gives its place. What two remittances in one file say is one file.
    fn file(&mut self, what: &str, at: Moment, bytes: Bytes, found: Found) -> usize {
        let Found { control_number, excerpt, .. } = found;
        let sha256 = crate::store::archive::hash_of(&bytes).0;
        let known = self.files.iter().position(|file| file.sha256 == sha256);
        let index = known.unwrap_or_else(|| {
            let (what, at, excerpt) = (what.to_owned(), told(at), Vec::new());
            self.files.push(File { what, at, control_number, sha256, bytes, excerpt });
            self.files.len() - 1
        });
        // One file may have what two payers decided.
        let name = &mut self.files[index].what;
        if name != what {
            *name = format!("{name}, {what}");
        }
        for one in excerpt {
            let cited = &mut self.files[index].excerpt;
            if !cited.contains(&one) {
                cited.push(one);
            }
        }
        index
    }

    fn step(&mut self, at: Moment, what: String, numbers: String, file: Option<usize>) {
        self.steps.push((at, Step { at: told(at), what, numbers, file }));
    }

    /// The steps in their order.
    pub(super) fn in_order(&mut self) -> Vec<Step> {
        self.steps.sort_by_key(|(at, _)| *at);
        std::mem::take(&mut self.steps).into_iter().map(|(_, step)| step).collect()
    }
}

/// RFC 3339 to the second, in universal time.
pub(super) fn told(moment: Moment) -> String {
    let text = Timestamp::from_micros(moment.0).to_string();
    text.chars().take(19).chain(['Z']).collect()
}

/// The claims that one was made from, the nearest first: those for the payers before its own, and what they replaced.
pub(super) fn before(office: &Office, claim: &Claim) -> Result<Vec<History>, Failure> {
    let mut found: Vec<History> = Vec::new();
    let mut next = (claim.follows, claim.replaces);
    loop {
        // What a claim of one payer replaced is only looked through for whom it follows.
        let (id, is_before) = match (next, found.is_empty()) {
            ((Some(id), _), _) => (id, true),
            ((None, Some(id)), is_own) => (id, !is_own),
            ((None, None), _) => return Ok(found),
        };
        let Some(history) = office.store.history(id)? else { return Ok(found) };
        next = (history.claim.follows, history.claim.replaces);
        if is_before {
            found.push(history);
        }
    }
}

/// A claim whose steps are taken: the one of the case, or one before it.
pub(super) struct Link<'a> {
    pub office: &'a Office,
    pub history: &'a History,
    /// Whether it is one before that of the case.
    pub is_before: bool,
}

impl Link<'_> {
    /// ` for acme`, of a claim before the one of the case.
    fn of(&self) -> String {
        let payer = self.history.claim.payer.as_deref().filter(|_| self.is_before);
        payer.map_or(String::new(), |payer| format!(" for {payer}"))
    }

    /// Who answers and decides.
    fn who(&self) -> &'static str {
        if self.is_before { "the payer before" } else { "the payer" }
    }

    /// What was said, and of one before by whom.
    fn says(&self, found: &Found) -> String {
        let says = found.says.join("; ");
        match self.history.claim.payer.as_deref().filter(|_| self.is_before) {
            Some(payer) => format!("of the claim for {payer}: {says}"),
            None => says,
        }
    }

    fn kept(&self, hash: &ContentHash) -> Result<Bytes, Failure> {
        Ok(self.office.archive.get(hash)?)
    }

    /// The file that the claim came in, with its segments. `made_from` are the decisions that a claim was made from
    /// here, as told.
    pub(super) fn take_arrival(&self, chain: &mut Chain, made_from: &str) -> Result<(), Failure> {
        let claim = &self.history.claim;
        let arrival = self.office.store.arrival(claim.arrival)?;
        let is_made = arrival.is_some_and(|arrival| arrival.channel == OWN_CHANNEL);
        let bytes = self.kept(&claim.place.file)?;
        let place = &claim.place;
        let start = usize::try_from(place.claim.start).unwrap_or(usize::MAX);
        let control_number = control_number_at(&bytes, start);
        let mut found = Found { control_number, ..Found::default() };
        for piece in [&place.billing, &place.subscriber, &place.patient, &place.claim] {
            found.excerpt.extend(cut_out(&bytes, piece));
        }
        let numbers = format!(
            "ISA13 {}, ST02 {}, BHT03 {}",
            found.control_number, claim.set_number, claim.batch_reference
        );
        let of = self.of();
        let (name, what) = match is_made {
            true => ("837 made here", format!("the claim{of} was made here{made_from}")),
            false => ("837 of the office", format!("the claim{of} came from its office")),
        };
        let file = chain.file(name, claim.received_at, bytes, found);
        chain.step(claim.received_at, what, numbers, Some(file));
        Ok(())
    }

    fn sent(&self) -> Vec<Sent> {
        let number = self.history.claim.patient_control_number.expose();
        let sent = self.history.submissions.iter().map(|sent| Sent {
            control_number: sent.control_number,
            set_number: sent.set_number.clone(),
            batch_reference: sent.batch_reference.clone(),
            patient_control_number: number.clone(),
        });
        sent.collect()
    }

    /// What went out, and how the claim reads in the last of it that went before the decision of this arrival.
    pub(super) fn take_submissions(
        &self,
        chain: &mut Chain,
        decided: Option<ArrivalId>,
    ) -> Result<Option<Bill>, Failure> {
        let mut last = None;
        let decision = match decided {
            Some(arrival) => self.office.store.arrival(arrival)?,
            None => None,
        };
        let decided_at = decision.map(|arrival| arrival.received_at);
        let of = self.of();
        for (sent, by) in self.history.submissions.iter().zip(self.sent()) {
            let deliveries = self.office.store.sent(sent.batch)?;
            let delivery = deliveries.into_iter().find(|it| it.kind == DeliveryKind::Claims);
            let mut file = None;
            if let Some(delivery) = delivery {
                let (found, bill) = in_submission(&delivery.bytes, &by);
                if decided_at.is_none_or(|decided| sent.at <= decided) {
                    last = bill.or(last);
                }
                // What went out is kept with the deliveries; from now on in the archive too, where
                // whoever checks the packet finds it.
                self.office.archive.put(&delivery.bytes)?;
                file = Some(chain.file(SUBMISSION, sent.at, delivery.bytes, found));
            }
            let numbers = format!(
                "ISA13 {:09}, ST02 {}, BHT03 {}, CLM05-3 {}",
                sent.control_number, sent.set_number, sent.batch_reference, sent.frequency
            );
            // By the name of that payer a claim before is known already.
            let of = if self.is_before { " before" } else { "" };
            let what = format!("the claim{of} went into an interchange for {}", sent.payer);
            chain.step(sent.at, what, numbers, file);
        }
        for event in self.history.events.iter().filter(|one| one.event == Event::Delivered) {
            let what = format!("the interchange{of} was delivered");
            chain.step(event.at, what, String::new(), None);
        }
        Ok(last)
    }

    /// TA1, 999 and 277CA: those that moved the claim, and TA1s, which move nothing when they accept.
    pub(super) fn take_answers(&self, chain: &mut Chain) -> Result<(), Failure> {
        let mut arrivals: BTreeMap<ArrivalId, Arrival> = BTreeMap::new();
        for event in &self.history.events {
            let is_answer = matches!(
                event.event,
                Event::SetAccepted
                    | Event::SetRejected
                    | Event::ClaimAccepted
                    | Event::ClaimRejected
            );
            if let Some(id) = event.arrival.filter(|_| is_answer)
                && let Some(arrival) = self.office.store.arrival(id)?
            {
                arrivals.insert(id, arrival);
            }
        }
        for arrival in self.small_arrivals()? {
            arrivals.insert(arrival.id, arrival);
        }
        let sent = self.sent();
        for arrival in arrivals.into_values() {
            let bytes = self.kept(&arrival.content)?;
            let Some(found) = in_answer(&bytes, &sent) else { continue };
            let says = self.says(&found);
            let numbers = format!("ISA13 {}", found.control_number);
            let name = format!("answer of {}", self.who());
            let file = chain.file(&name, arrival.received_at, bytes, found);
            chain.step(arrival.received_at, says, numbers, Some(file));
        }
        Ok(())
    }

    /// The payer that the claim went to, as far as the settings know it.
    pub(super) fn payer(&self) -> Option<&PayerPlan> {
        let name = self.history.claim.payer.as_deref().and_then(PayerName::new)?;
        self.office.plan.payer(&name)
    }

    /// What came from the payer since the claim did, and is no longer than a TA1 may be.
    fn small_arrivals(&self) -> Result<Vec<Arrival>, Failure> {
        let Some(payer) = self.payer() else { return Ok(Vec::new()) };
        let channel = payer.channel.to_string();
        let after = Some(self.history.claim.arrival);
        let mut found = self.office.store.arrivals(after, ARRIVALS_LOOKED_AT_MAX)?;
        found.retain(|one| one.channel == channel && one.len <= TA1_BYTES_MAX);
        Ok(found)
    }

    /// What remittances said of the claim, each with when it came, and laid out where it can be read.
    pub(super) fn take_remittances(&self, chain: &mut Chain) -> Result<Vec<Said<'_>>, Failure> {
        let mut all = Vec::new();
        for payment in &self.history.payments {
            let Some(arrival) = self.office.store.arrival(payment.arrival)? else { continue };
            let bytes = self.kept(&arrival.content)?;
            let (found, decision) = in_remittance(&bytes, payment.offset);
            let numbers = format!("ISA13 {}, TRN02 {}", found.control_number, payment.trace);
            let on = payment.paid_on.filter(|_| self.is_before);
            let on = on.map_or(String::new(), |day| format!(", of {day} (BPR16)"));
            let says = format!("{}{on}", self.says(&found));
            let name = format!("835 of {}", self.who());
            let file = chain.file(&name, arrival.received_at, bytes, found);
            chain.step(arrival.received_at, says, numbers, Some(file));
            all.push(Said { payment, at: arrival.received_at, laid_out: decision });
        }
        Ok(all)
    }
}

/// A decision on a claim.
pub(super) struct Said<'a> {
    pub payment: &'a ClaimPayment,
    /// When its file came.
    pub at: Moment,
    pub laid_out: Option<(Decision, Party)>,
}

/// So many files that came after a claim are looked at for TA1s.
const ARRIVALS_LOOKED_AT_MAX: u32 = 10_000;

/// A file of a few TA1s is shorter.
const TA1_BYTES_MAX: u64 = 4096;

fn cut_out(bytes: &Bytes, piece: &Piece) -> Option<Excerpt> {
    let start = usize::try_from(piece.start).ok()?;
    let end = usize::try_from(piece.end).ok()?;
    let bytes = bytes.get(start..end).filter(|bytes| !bytes.is_empty())?;
    Some(Excerpt { offset: start, bytes: bytes.to_vec() })
}
