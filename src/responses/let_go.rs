//! A remittance that was held as a whole, and that a person lets go on: the claims that add up are
//! posted like any, the rest waits.

use std::collections::BTreeSet;

use bytes::Bytes;
use x12::phi::Phi;

use super::copies::{self, Copies, From, Remitted};
use super::in_file::{self, InFile, Names};
use super::payees::{self, Here};
use super::remittances::{named_payer, our_offices, passed_to, spoken_of, unsent};
use super::sent_back::{self, set_aside_before};
use super::{corrected, same_claims, told};
use crate::change::{ArrivalId, Change, ClaimId, DeliveryKind, NewDelivery, Stamp, WorkId};
use crate::denials::route::{Limits, Origin, Sender};
use crate::intake::Knowledge;
use crate::intake::notices::Notices;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::refunds::SentBack;
use crate::reconcile::{self, Agreed, Carried, Decision, Incoming, Payee};

/// What is known of the file.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    pub arrival: ArrivalId,
    pub name: Phi<&'a str>,
    /// The payer whose channel it came by, and the days that it gives.
    pub payer: &'a str,
    pub limits: &'a Limits,
    /// What payers owe by contract.
    pub agreed: Agreed<'a>,
    /// Who lets it go on, and why.
    pub by: &'a str,
    /// The item that holds it.
    pub item: WorkId,
    /// What the file led to when it came.
    pub before: &'a Before,
}

/// What offices and persons have of a file.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// Its 835s for offices: the channel that each left by, or is to leave by.
    pub remits: Vec<(String, Bytes)>,
    /// What items about it say.
    pub items: Vec<String>,
}

/// What it does that a remittance goes on.
#[derive(Debug)]
pub struct LetGo {
    pub change: Change,
    /// The identity of a remittance that is posted under the same number of the payer: of the same day and
    /// amount, or about the same claims.
    pub taken_by: Option<String>,
    /// Claims of which something waited for it.
    pub freed: Vec<ClaimId>,
}

/// What it does that the remittance whose BPR stands at this byte goes on; `None` when none does.
pub fn let_go(
    (file, offset): (&Bytes, usize),
    held: &Held<'_>,
    knowledge: &dyn Knowledge,
    stamp: &Stamp,
) -> Option<LetGo> {
    in_file::find(file, |one| {
        let is_it = one.remittance.place.offset == offset;
        is_it.then(|| {
            let names = one.names(|bytes| knowledge.hash(bytes));
            decided(one, names, held, (knowledge, stamp))
        })
    })
}

fn decided(
    one: &InFile<'_>,
    Names { own, refused, .. }: Names,
    held: &Held<'_>,
    (knowledge, stamp): (&dyn Knowledge, &Stamp),
) -> LetGo {
    let remittance = &one.remittance;
    let known = spoken_of(knowledge, remittance);
    let route = named_payer(knowledge, remittance);
    let (payer, limits) = match &route {
        Some(route) => (route.payer.as_str(), &route.limits),
        None => (held.payer, held.limits),
    };
    let was_recorded = knowledge.remitted_in(&refused).is_some();
    // Another one is posted under its number: it stays apart by its content.
    let payees = payees::of(remittance, payer, (knowledge, &Here::default()));
    let taken = posted_as(one, (&own, &payees), knowledge);
    let is_taken = taken.is_some();
    let providers = reconcile::providers(remittance);
    let carried: Vec<Carried> =
        providers.iter().flat_map(|provider| knowledge.carried(payer, provider)).collect();
    let refunds: Vec<SentBack> =
        providers.iter().flat_map(|provider| knowledge.refunds(payer, provider)).collect();
    let trace = remittance.trace.text();
    let instead = || same_claims::posted_instead(remittance, (payer, &payees), &own, knowledge);
    let taken_by = taken.or_else(instead);
    let adjusted = payees::adjusted_under((payer, &payees), &trace, knowledge);
    let incoming = Incoming {
        arrival: held.arrival,
        file: held.name,
        payer,
        identity: if is_taken { refused.clone() } else { own.clone() },
        carried: &carried,
        refunds: &refunds,
        set_aside: &set_aside_before(knowledge, payer, remittance),
        payee: Payee::Ours,
        payees: &payees,
        offices: &our_offices(knowledge, &providers),
        is_trace_used: is_taken,
        is_payer_strange: false,
        adjusted: &adjusted,
        unsent: &unsent(knowledge, remittance, &known),
        passed_to: &passed_to(knowledge, remittance),
        rejected: None,
        is_let_go: true,
        agreed: Some(held.agreed),
        denials: &knowledge.denials(),
        items_before: 0,
    };
    let mut decision = reconcile::decide(remittance, &known, &incoming, limits, stamp);
    let sender = Sender::Payer(payer);
    let origin = Origin { file: held.name, arrival: held.arrival, sender }.told();
    tell(one, (&mut decision, &known), held, (knowledge, stamp));
    let freed = decision.unblocked.iter().map(|freed| freed.claim.id).collect();
    let steps = knowledge.steps_of_refunds(&decision.refunds_met, sent_back::TOLD);
    decision.change.work_moves.extend(steps);
    let mut change = decision.change;
    for payment in change.payments.iter_mut().filter(|_| was_recorded) {
        payment.in_place_of = Some(refused.clone());
    }
    for step in &mut change.moves {
        step.note.push_str(&format!("; held as a whole, and let go on by {}", held.by));
    }
    let from = (held.arrival, origin.as_str());
    let work = corrected::work(knowledge, (&change, &known), remittance, from, &change.work);
    change.work.extend(work);
    // What one person lets go on is no way in which a payer goes on paying.
    change.rates.clear();
    LetGo { change: Change { at: stamp.now, ..change }, taken_by, freed }
}

/// The name under which a payment with its number, day and amount is posted, to its payee by whichever number.
fn posted_as(
    one: &InFile<'_>,
    (own, payees): (&str, &[String]),
    knowledge: &dyn Knowledge,
) -> Option<String> {
    let content = one.content(|bytes| knowledge.hash(bytes));
    let names = payees::identities(&one.remittance, (own, &content), payees);
    names.into_iter().find(|name| knowledge.remitted_in(name).is_some())
}

/// The offices hear what is posted now, as if it had just come, and get what they do not have of it yet.
fn tell(
    one: &InFile<'_>,
    (decision, known): (&mut Decision, &[KnownClaim]),
    held: &Held<'_>,
    (knowledge, stamp): (&dyn Knowledge, &Stamp),
) {
    let begin = format!("{}T{}", stamp.today.to_wire(), stamp.time);
    // Two of one file may go on in one minute.
    let which = format!("-item{}", held.item.0);
    let (at, remittance) = (one.at, &one.remittance);
    let (owners, payee) = copies::owners(knowledge, (&decision.change, known), at, remittance);
    // What X12 does not allow no office could read either.
    let of_this = match one.is_rejected() {
        true => None,
        false => copies::remitted(decision, at, remittance, (&owners, &payee)),
    };
    let given = of_this.as_ref().map(Remitted::offsets).unwrap_or_default();
    let of = told::Of { remittance, decision, known, owners: &owners, given: &given };
    let parts = told::parts(&of, 0);
    if let Some(remitted) = of_this {
        let has = |office: &str| {
            let channel = knowledge.remits_channel(office);
            let its = held.before.remits.iter().filter(|(of, _)| Some(of) == channel.as_ref());
            its.into_iter().any(|(_, file)| is_in(one, file))
        };
        let had = remitted.given().map(|given| given.office.to_owned());
        let had: BTreeSet<String> = had.filter(|office| has(office)).collect();
        let sender = Sender::Payer(held.payer);
        let origin = Origin { file: held.name, arrival: held.arrival, sender }.told();
        let from = From { arrival: held.arrival, payer: held.payer, origin: &origin };
        let (interchange, _) = one.at;
        let copied = copies::copies(&[remitted.without(had)], interchange, &from);
        let Copies { files, work, .. } = copied;
        let is_new = |what: &String| !held.before.items.contains(what);
        decision.change.work.extend(work.into_iter().filter(|item| is_new(&item.what)));
        let files = copies::deliveries(knowledge, files, held.arrival, &begin, &which);
        decision.change.deliveries.extend(files);
    }
    let mut notices = Notices::default();
    for notice in told::notices(&parts, held.arrival, &decision.change) {
        notices.add(notice);
    }
    let ArrivalId(arrival) = held.arrival;
    let kind = DeliveryKind::Report;
    for (office, text) in notices.finish(held.payer, stamp.today) {
        let Some(channel) = knowledge.reports_channel(&office) else { continue };
        decision.change.deliveries.push(NewDelivery {
            channel,
            kind,
            name: format!("{begin}_{arrival:08}{which}_{}.txt", kind.name()),
            bytes: text.into_bytes().into(),
            arrival: Some(held.arrival),
        });
    }
}

/// Whether an 835 that was made for an office has a remittance, or a part of it.
fn is_in(one: &InFile<'_>, file: &Bytes) -> bool {
    let same = |other: &InFile<'_>| (other.numbers() == one.numbers()).then_some(());
    in_file::find(file, same).is_some()
}
