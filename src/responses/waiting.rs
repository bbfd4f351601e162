//! Claim payments that waited for others, and are posted once these came.

use std::collections::{HashMap, HashSet};

use x12::phi::Phi;
use x12::value::Money;

use super::in_file::{self, InFile};
use super::items::{self, Became};
use super::remittances::named_payer;
use super::{rates, told};
use crate::change::{ClaimId, NewClaimPayment, NewPayment, Released};
use crate::denials::route::Limits;
use crate::intake::Intake;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::standing::Said;
use crate::reconcile::turns::MadeHere;
use crate::reconcile::{self, Agreed, Freed, Incoming, Unblocked};

/// What the remittances of an arrival said of claims, as places in the payments of its change and
/// in their claims.
#[derive(Debug, Default)]
pub(crate) struct SaidHere {
    places: HashMap<ClaimId, Vec<(usize, usize)>>,
    /// Claims whose charge was taken off with what was paid of them.
    voided: HashSet<ClaimId>,
    made: MadeHere,
}

impl SaidHere {
    /// Takes note of a payment that stands at this place.
    pub(super) fn note(&mut self, at: usize, payment: &NewPayment) {
        for (index, told) in payment.claims.iter().enumerate() {
            if let Some(claim) = told.claim.filter(|_| told.is_said()) {
                self.places.entry(claim).or_default().push((at, index));
            }
        }
        self.voided.extend(reconcile::voided(&payment.postings));
        self.made.note(&payment.postings);
    }

    /// Takes note of what waited, and is posted.
    fn note_released(&mut self, released: &Released) {
        self.voided.extend(reconcile::voided(&released.postings));
        self.made.note(&released.postings);
    }

    /// What was said of a claim, each with its payment.
    fn of<'i>(
        &'i self,
        intake: &'i Intake<'_>,
        claim: ClaimId,
    ) -> impl Iterator<Item = (&'i NewPayment, &'i NewClaimPayment)> {
        let places = self.places.get(&claim).into_iter().flatten();
        places.filter_map(|&(at, index)| {
            let payment = intake.change.payments.get(at)?;
            Some((payment, payment.claims.get(index)?))
        })
    }
}

/// Adds to a claim what remittances of the same arrival did, which the store does not know yet.
pub(super) fn bring_up_to_date(intake: &mut Intake<'_>, claim: &mut KnownClaim) {
    let moved = intake.change.routes.iter().rfind(|(id, _)| *id == claim.id);
    if let Some((_, payer)) = moved {
        claim.payer = Some(payer.clone());
        for member in claim.turns.claims.iter_mut().filter(|member| member.claim == claim.id) {
            member.payer = Some(payer.clone());
        }
    }
    add_said(intake, claim);
    follow(intake, claim);
}

/// Where a claim, its void and its items stand by now. A charge is taken off once.
fn follow(intake: &mut Intake<'_>, claim: &mut KnownClaim) {
    items::bring_up_to_date(intake, claim);
    claim.state = intake.state_of(claim.id, claim.state);
    let made = &intake.said.made;
    claim.books.bring_up_to_date([claim.account], made);
    let members: Vec<ClaimId> = claim.turns.claims.iter().map(|member| member.claim).collect();
    match members.is_empty() {
        // It decides alone with a payer that nobody expected.
        true => claim.turns.books.bring_up_to_date([claim.account], made),
        false => claim.turns.books.bring_up_to_date(members, made),
    }
    let Some(void) = &mut claim.void else { return };
    if intake.said.voided.contains(&claim.account) {
        void.charged = Money::ZERO;
    }
    if let Some((id, state)) = &mut void.claim {
        *state = intake.state_of(*id, *state);
    }
}

/// Adds what was said of a claim, and of those that are charged together with it.
fn add_said(intake: &Intake<'_>, claim: &mut KnownClaim) {
    let own = claim.payer.as_deref();
    for (payment, told) in intake.said.of(intake, claim.id) {
        let said = Said::of_claim((payment, told), &claim.lines);
        match reconcile::is_later_payer(&payment.payer, own, &told.status) {
            false => claim.earlier.push(said),
            true => claim.later.push((payment.payer.clone(), said)),
        }
    }
    let others = claim.family.iter_mut().flat_map(|family| &mut family.others);
    let mut all: Vec<&mut Said> = claim.earlier.iter_mut().collect();
    all.extend(claim.later.iter_mut().map(|(_, said)| said));
    for other in others {
        let own = other.payer.as_deref();
        let said = intake.said.of(intake, other.id);
        let said = said
            .filter(|(by, told)| !reconcile::is_later_payer(&by.payer, own, &told.status))
            .map(|(payment, told)| Said::of(payment, told));
        other.said.extend(said);
        all.extend(&mut other.said);
    }
    let turns = &mut claim.turns;
    for member in &turns.claims.clone() {
        for (payment, told) in intake.said.of(intake, member.claim) {
            let payer = member.speaker(&payment.payer, &told.status);
            turns.add(payer, Said::of(payment, told));
        }
    }
    all.extend(turns.said_mut());
    // What waits in the store may have been posted by an earlier remittance of the arrival.
    for one in all.into_iter().filter(|one| !one.is_posted) {
        let mut released = intake.change.released.iter();
        if let Some(it) = released.find(|it| (it.arrival, it.offset) == (one.arrival, one.offset)) {
            one.is_posted = true;
            // Of what waited only the status was known.
            one.word = it.word.unwrap_or(one.word);
        }
    }
}

/// Posts what waited out of suspense, by the file that it came in, and closes its items.
pub(super) fn post_unblocked(
    intake: &mut Intake<'_>,
    unblocked: Vec<Unblocked>,
    (payer, limits): (&str, &Limits),
) {
    for Unblocked { mut claim, payer: said_by, arrival, identity, offset } in unblocked {
        let is_here = arrival == intake.source.arrival;
        let content = is_here.then(|| intake.source.content.clone());
        let content = content.or_else(|| intake.knowledge.remitted_in(&identity));
        let Some(file) = content.and_then(|content| intake.knowledge.file(&content)) else {
            continue;
        };
        follow(intake, &mut claim);
        let (contracts, rulebook) = (intake.knowledge.contracts(), intake.rulebook);
        let denials = intake.knowledge.denials();
        let file_before = Phi::new("a file that came before");
        let incoming = Incoming {
            agreed: Some(Agreed { book: &contracts, codes: &rulebook.codes }),
            items_before: intake.change.work.len(),
            ..Incoming::to_ours((&said_by, arrival, identity), file_before, &denials)
        };
        let at = (offset, &claim);
        let posted = in_file::find(&file, |InFile { remittance, .. }| {
            let own = named_payer(intake.knowledge, remittance).filter(|_| said_by != payer);
            let when = (own.as_ref().map_or(limits, |own| &own.limits), intake.stamp);
            let found = reconcile::attach(remittance, at, &incoming, Freed::Itself, when);
            let from = (remittance.trace.text().into_owned(), remittance.place);
            found.map(|change| (change, from))
        });
        let Some((mut posted, (trace, place))) = posted else { continue };
        rates::learn(intake, &mut posted, (&trace, place));
        let became = Became::of(&mut posted);
        for released in &posted.released {
            intake.said.note_released(released);
            told::note_freed(intake, &claim, (&trace, released));
        }
        for one in &posted.moves {
            intake.set_state(one.claim, one.to);
        }
        let note = "what it waited for came";
        let step = match is_here {
            true => items::step_of_waiting(&intake.change, (arrival, offset), note),
            false => intake.knowledge.step_of_waiting(claim.id, (arrival, offset), note),
        };
        let change = &mut intake.change;
        intake.items.add(change, Became { steps: step.into_iter().collect(), ..Became::default() });
        change.read.extend(posted.read);
        change.moves.extend(posted.moves);
        change.released.extend(posted.released);
        change.payer_numbers.extend(posted.payer_numbers);
        change.work.extend(posted.work);
        intake.items.add(change, became);
        change.compared.extend(posted.compared);
        change.next_payers.extend(posted.next_payers);
    }
}
