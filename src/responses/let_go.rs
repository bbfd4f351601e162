//! A remittance that was held as a whole, and that a person lets go on: the claims that add up are
//! posted like any, the rest waits.

use bytes::Bytes;
use x12::phi::Phi;
use x12::view::remittance::Remittance;

use super::in_file::{self, Names};
use super::remittances::{UNDER_ONE_NUMBER_MAX, named_payer, passed_to};
use super::{corrected, same_claims};
use crate::change::refunds::Refund;
use crate::change::{ArrivalId, Change, ClaimId, Stamp};
use crate::denials::route::{Limits, Origin};
use crate::intake::Knowledge;
use crate::reconcile::{self, Agreed, Carried, Incoming, Payee};

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
            decided(&one.remittance, names, held, (knowledge, stamp))
        })
    })
}

fn decided(
    remittance: &Remittance<'_>,
    Names { own, refused, .. }: Names,
    held: &Held<'_>,
    (knowledge, stamp): (&dyn Knowledge, &Stamp),
) -> LetGo {
    let known = knowledge.payable(&reconcile::keys(remittance));
    let route = named_payer(knowledge, remittance);
    let (payer, limits) = match &route {
        Some(route) => (route.payer.as_str(), &route.limits),
        None => (held.payer, held.limits),
    };
    let was_recorded = knowledge.remitted_in(&refused).is_some();
    // Another one is posted under its number: it stays apart by its content.
    let is_taken = knowledge.remitted_in(&own).is_some();
    let providers = reconcile::providers(remittance);
    let carried: Vec<Carried> =
        providers.iter().flat_map(|provider| knowledge.carried(payer, provider)).collect();
    let refunds: Vec<Refund> =
        providers.iter().flat_map(|provider| knowledge.refunds(payer, provider)).collect();
    let payee = reconcile::payee(remittance);
    let trace = remittance.trace.text();
    let instead = || same_claims::posted_instead(remittance, (payer, &payee), &own, knowledge);
    let taken_by = if is_taken { Some(own.clone()) } else { instead() };
    let adjusted = knowledge.adjusted_under((payer, &payee), &trace, UNDER_ONE_NUMBER_MAX);
    let incoming = Incoming {
        arrival: held.arrival,
        file: held.name,
        payer,
        identity: if is_taken { refused.clone() } else { own.clone() },
        carried: &carried,
        refunds: &refunds,
        payee: Payee::Ours,
        is_trace_used: false,
        is_payer_strange: false,
        adjusted: &adjusted,
        passed_to: &passed_to(knowledge, remittance),
        rejected: None,
        is_let_go: true,
        agreed: Some(held.agreed),
        denials: &knowledge.denials(),
        items_before: 0,
    };
    let decision = reconcile::decide(remittance, &known, &incoming, limits, stamp);
    let freed = decision.unblocked.iter().map(|freed| freed.claim.id).collect();
    let mut change = decision.change;
    for payment in change.payments.iter_mut().filter(|_| was_recorded) {
        payment.in_place_of = Some(refused.clone());
    }
    for step in &mut change.moves {
        step.note.push_str(&format!("; held as a whole, and let go on by {}", held.by));
    }
    let origin = Origin { file: held.name, arrival: held.arrival, payer }.told();
    let from = (held.arrival, origin.as_str());
    let work = corrected::work(knowledge, (&change, &known), remittance, from, &change.work);
    change.work.extend(work);
    // What one person lets go on is no way in which a payer goes on paying.
    change.rates.clear();
    LetGo { change: Change { at: stamp.now, ..change }, taken_by, freed }
}
