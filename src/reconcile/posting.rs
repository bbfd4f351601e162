//! From a balanced remittance to postings, moves of claims, and work.

mod aside;
mod beyond;
mod counted;
mod denials;
mod detached;
mod elsewhere;
mod estimated;
mod giving;
mod judged;
mod later;
mod over;
mod paid_to_patient;
mod passed_on;
pub mod refunded;
mod refused;
mod replaced;
mod reviewed;
mod settled;
mod splits;
mod sums;
mod takebacks;
mod too_much;
mod waits;
mod weighed;

use std::collections::{BTreeSet, HashMap, HashSet};

use x12::phi::Phi;
use x12::value::{Day, Money, is_npi};
use x12::view::remittance::{ClaimPayment, Remittance};

use super::balance::{self, Balance};
use super::cases::{self, Now};
use super::expected::Around;
use super::findings::{Finding, LATER_TELLS_PRIOR};
use super::matching::{Known, KnownClaim, Match, normal_number};
use super::offices::paid_elsewhere;
use super::outcome::{Outcome, is_passed_on};
use super::payee::compare_with_known;
use super::rules::Rule;
use super::standing::Said;
use super::told::{adjustments_told, broken, claim_named, lines_told, payment_of, remainder_told};
use super::turns::{FEE_SCHEDULE, Turns};
use super::{Decision, Freed, Incoming, beside, is_later_payer, taken_back};
use crate::change::cases::Undecided;
use crate::change::{
    Awaits, Change, ClaimId, Move, NewPayment, NewWork, Released, Stamp, Tier, Word, WorkId,
};
use crate::denials::Category;
use crate::denials::bundle::EvenSets;
use crate::denials::route::{self, Limits, Origin, Sender, Subject, shown};
use crate::ledger::{self, Account, Debtor, GivenUp};
use crate::lifecycle::{Event, State, advance};
pub(super) use aside::set_aside;
pub use beyond::NO_MORE_TAKEN_BACK;
use counted::Held;
pub(super) use detached::detach;
use detached::number_of;
pub(super) use judged::Judged;
use judged::{all_judged, at_stake, numbers};
use weighed::{Speech, Stands};
pub(super) use weighed::{beside_it, free};

pub(super) fn decide(
    remittance: &Remittance<'_>,
    known: &[KnownClaim],
    incoming: &Incoming<'_>,
    limits: &Limits,
    stamp: &Stamp,
) -> Decision {
    let mut balance = balance::balance(remittance);
    compare_with_known(remittance, incoming, known, &mut balance);
    let known = Known::new(known);
    let mut judged = all_judged(remittance, incoming, &known);
    let even = EvenSets::of(&remittance.claims);
    for judged in &mut judged {
        judged.call_bundled(&even);
    }
    splits::leave_to_each_other(&mut judged);

    let elsewhere = paid_elsewhere(remittance, &judged, incoming.offices);
    if let Some(found) = &elsewhere {
        found.note(remittance, &mut balance.findings);
    }
    let payment = payment_of(remittance, incoming, &balance, &judged);
    let mut decider = Decider::new((incoming, limits, stamp), &balance, payment);
    let may_post = incoming.is_let_go || balance.may_post();
    decider.around = Around::of(remittance, &even, incoming.has_contract());
    decider.count(&judged, may_post);
    if may_post {
        // An earlier payment is taken back before its correction; a denial has the last word.
        let mut order: Vec<&Judged<'_, '_>> = judged.iter().collect();
        order.sort_by_key(|judged| match judged.outcome {
            Outcome::Reversed => 0,
            Outcome::Denied(_) => 2,
            Outcome::Paid
            | Outcome::Estimate
            | Outcome::Elsewhere
            | Outcome::Waiting
            | Outcome::Unclear => 1,
        });
        for judged in order {
            decider.take(judged);
        }
        decider.tell_estimated(&judged);
        decider.free_relatives(&known);
        decider.free_of_others(&known);
        decider.tell_too_little(&judged);
        decider.tell_taken_back(|claim| known.with_id(claim));
        decider.tell_too_much(&judged);
        decider.tell_beyond(&judged);
        decider.follow_stakes(&judged);
        decider.take_provider_adjustments(remittance, &known);
        decider.take_remainder(remittance);
        decider.tell_paid_elsewhere(remittance, elsewhere.as_ref());
    } else {
        decider.refuse(remittance);
    }
    let mut decision = decider.finish();
    decision.paid_elsewhere = elsewhere;
    decision.change.read = read_of(&known, &decision);
    decision
}

/// The claims on whose accounts a decision was taken.
fn read_of(known: &Known<'_>, decision: &Decision) -> Vec<(ClaimId, u64)> {
    let told = decision.change.payments.iter().flat_map(|payment| &payment.claims);
    let said = told.filter(|told| told.is_said()).filter_map(|told| told.claim);
    let freed = decision.unblocked.iter().map(|freed| freed.claim.id);
    let decided_on: BTreeSet<ClaimId> = said.chain(freed).collect();
    let claims = decided_on.into_iter().filter_map(|claim| known.with_id(claim));
    claims.flat_map(|claim| claim.read.iter().copied()).collect()
}

/// Money that waits, posted to the claim that a person names; `None` when the CLP is not there.
pub(super) fn attach(
    remittance: &Remittance<'_>,
    (offset, claim): (usize, &KnownClaim),
    incoming: &Incoming<'_>,
    by: Freed<'_>,
    (limits, stamp): (&Limits, &Stamp),
) -> Option<Change> {
    let (matched_by, tier) = match by {
        Freed::Person(words) => (words, Some(Tier::Person)),
        Freed::Itself => ("posted when what it waited for came", None),
    };
    let balance = balance::balance(remittance);
    let index = remittance.claims.iter().position(|found| found.place.offset == offset)?;
    let payment = remittance.claims.get(index)?;
    let words = matched_by.to_owned();
    let found = Match::Sure { claim, tier: tier.unwrap_or_default(), by: words };
    let mut judged = Judged::of((index + 1, payment), found, incoming);
    let even = EvenSets::of(&remittance.claims);
    judged.call_bundled(&even);
    splits::leave_to_others(&mut judged, claim, (remittance, incoming));
    let lines = lines_told(&judged.lines);
    let adjustments = Some(adjustments_told(&judged));
    let told = payment_of(remittance, incoming, &balance, &[]);
    let mut decider = Decider::new((incoming, limits, stamp), &balance, told);
    decider.around = Around::of(remittance, &even, incoming.has_contract());
    decider.post(&judged, claim);
    decider.tell_too_little(std::slice::from_ref(&judged));
    decider.tell_taken_back(|_| Some(claim));
    decider.tell_too_much(std::slice::from_ref(&judged));
    decider.tell_beyond(std::slice::from_ref(&judged));
    decider.follow_stakes(std::slice::from_ref(&judged));
    let Decider { payment, decision, .. } = decider;
    let is_bound = !decision.change.payer_numbers.is_empty();
    let number_before = is_bound.then(|| number_of(claim));
    let postings = match by {
        Freed::Person(_) => ledger::out_of_suspense(payment.postings),
        // As if it had never waited.
        Freed::Itself => ledger::instead_of_suspense(judged.payment, payment.postings),
    };
    let released = Released {
        arrival: incoming.arrival,
        offset,
        claim: Some(claim.id),
        word: Some(word_of(&judged.outcome)),
        tier,
        matched_by: matched_by.to_owned(),
        lines,
        adjustments,
        number_before,
        left: Money::ZERO,
        postings,
    };
    let rates = match by {
        // What one person attaches is no way in which a payer goes on paying.
        Freed::Person(_) => Vec::new(),
        Freed::Itself => decision.change.rates,
    };
    let (at, read, released) = (stamp.now, claim.read.clone(), vec![released]);
    Some(Change { at, read, released, rates, ..decision.change })
}

/// Gathers the change.
struct Decider<'a> {
    incoming: &'a Incoming<'a>,
    limits: &'a Limits,
    balance: &'a Balance,
    /// The day of the remittance.
    decided_on: Day,
    today: Day,
    /// What its remittance says beside each claim payment.
    around: Around<'a>,
    /// Where claims stand after the moves so far: one remittance may speak of a claim often.
    states: HashMap<ClaimId, State>,
    /// What each payer said of claims so far.
    said: HashMap<Speech, Vec<Said>>,
    /// The same of all their payers, where several decide, by the first claim of the service.
    turns: HashMap<ClaimId, Turns>,
    /// What was given up of claims, by their accounts.
    given_up: HashMap<ClaimId, GivenUp>,
    /// What is odd about claims beside what was sent.
    beside: Vec<Finding>,
    /// Numbers of payers that were bound so far.
    bound: HashSet<(ClaimId, String)>,
    /// Claims that have work of the kind `Unexplained` already.
    puzzled: HashSet<ClaimId>,
    /// Claims that a CLP decides on beyond their charge: the last such, by its ordinal, and whether the claim
    /// had no work of that kind before.
    decided_beyond: HashMap<ClaimId, (usize, bool)>,
    /// Items that were closed so far.
    closed: HashSet<WorkId>,
    /// Denials of which the work goes on.
    returned: HashSet<WorkId>,
    /// Claims whose charge was taken back with what was paid of it.
    voided: HashSet<ClaimId>,
    /// What was taken back, until it is known whether it is decided anew.
    taken_back: Vec<(Speech, Subject)>,
    /// Claims of which was asked already whether they go on.
    asked: HashSet<ClaimId>,
    /// What waited for nobody, by its ordinal in the remittance.
    let_go: HashSet<usize>,
    payment: NewPayment,
    decision: Decision,
}

impl<'a> Decider<'a> {
    fn new(
        (incoming, limits, stamp): (&'a Incoming<'a>, &'a Limits, &Stamp),
        balance: &'a Balance,
        payment: NewPayment,
    ) -> Decider<'a> {
        Decider {
            incoming,
            limits,
            balance,
            decided_on: payment.paid_on.unwrap_or(stamp.today),
            today: stamp.today,
            around: Around::default(),
            states: HashMap::new(),
            said: HashMap::new(),
            turns: HashMap::new(),
            given_up: HashMap::new(),
            beside: Vec::new(),
            bound: HashSet::new(),
            puzzled: HashSet::new(),
            decided_beyond: HashMap::new(),
            closed: HashSet::new(),
            returned: HashSet::new(),
            voided: HashSet::new(),
            taken_back: Vec::new(),
            asked: HashSet::new(),
            let_go: HashSet::new(),
            payment,
            decision: Decision::default(),
        }
    }
}

impl Decider<'_> {
    fn count(&mut self, judged: &[Judged<'_, '_>], is_posted: bool) {
        let is_sure = |judged: &&Judged<'_, '_>| matches!(judged.found, Match::Sure { .. });
        let matched = judged.iter().filter(is_sure).count();
        let summary = &mut self.decision.summary;
        summary.amount = self.payment.amount;
        summary.is_posted = is_posted;
        summary.claims = judged.len();
        summary.matched = matched;
        summary.unmatched = judged.len() - matched;
    }

    /// What BPR02 has beyond the claims and the PLB waits for a person: nothing, unless one let a
    /// payment go on that does not add up.
    fn take_remainder(&mut self, remittance: &Remittance<'_>) {
        let cash = self.payment.postings.iter().filter(|made| made.account == Account::Cash);
        let cash: Money = cash.map(|posting| posting.amount).sum();
        let remainder = self.payment.amount - cash;
        if remainder.is_zero() {
            return;
        }
        // BPR02, so that nobody takes its item for that of the remittance, and posts it once more.
        let place = remittance.amount.place;
        self.payment.postings.extend(ledger::remainder(remainder, place));
        self.payment.claims.push(remainder_told(remainder, place));
        self.decision.summary.suspense += remainder;
        let subject = Subject {
            claim: None,
            arrival: self.incoming.arrival,
            amount: remainder,
            place,
            payer: self.incoming.payer.to_owned(),
            names: Phi::new(self.names()),
        };
        let what = format!(
            "{remainder} of the payment is neither its claims' nor its PLB's, or was posted before"
        );
        let action = "ask the payer what it is for; `claimgate queue write-off` when it goes back";
        let work = route::unexplained(&subject, what, action);
        self.add_work(NewWork { remitted: Some(place), ..work });
    }

    fn take(&mut self, judged: &Judged<'_, '_>) {
        match &judged.found {
            Match::Unknown => self.take_unmatched(judged, "", &[]),
            Match::Suggested { claims, why } => self.take_unmatched(judged, why, claims),
            Match::Sure { claim, .. }
                if self.balance.may_post_claim(judged.ordinal)
                    || self.is_about_others(judged, claim) =>
            {
                self.take_matched(judged, claim);
            }
            Match::Sure { claim, .. } => self.take_held(judged, claim.id),
        }
    }

    fn take_matched(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        if claim.is_predetermination && self.take_estimated(judged, claim) {
            return;
        }
        let puzzle = match &judged.outcome {
            Outcome::Paid | Outcome::Denied(_) | Outcome::Reversed => {
                return self.take_decided(judged, claim);
            }
            // Neither has money, as a rule; the claim waits for what comes.
            Outcome::Waiting if judged.paid().is_zero() => {
                return self.take_reviewed(judged, claim);
            }
            Outcome::Estimate if judged.paid().is_zero() => return,
            Outcome::Estimate => ("the payer calls it an estimate (CLP02 25) and pays it", ASK),
            Outcome::Waiting => ("the payer pays what it has not decided on", ASK),
            Outcome::Elsewhere => return self.take_elsewhere(judged, claim),
            Outcome::Unclear => ("CLP02 is no status of a claim that we know", ASK),
        };
        self.suspend(judged);
        self.puzzle_over_money(judged, claim.id, puzzle.0.to_owned(), puzzle.1);
    }

    /// Money that waits has an item of its own, whatever else is told of its claim.
    fn puzzle_over_money(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: ClaimId,
        what: String,
        action: &str,
    ) {
        if judged.paid().is_zero() {
            return self.puzzle(judged, claim, what, action);
        }
        self.decision.summary.unexplained += 1;
        let subject = self.subject(judged, Some(claim));
        self.add_suspended(judged, route::unexplained(&subject, what, action));
    }

    fn is_of_later_payer(&self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> bool {
        let status = judged.payment.status.text();
        is_later_payer(self.incoming.payer, claim.payer.as_deref(), &status)
    }

    fn post(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let is_later_payer = self.is_of_later_payer(judged, claim);
        let posted_from = self.payment.postings.len();
        let before = self.overruled(judged, claim);
        // The claim before has the charge; what its payer left is the patient's until this one pays.
        let is_after_another = is_later_payer || claim.follows.is_some();
        let debtor = if is_after_another { Debtor::Patient } else { Debtor::Payer };
        let lines = numbers(&judged.lines);
        let mut postings = ledger::claim_payment(
            (judged.payment, &|one| judged.pended.has(one)),
            claim.account,
            &lines,
            debtor,
        );
        if self.hides_the_first(judged, claim) {
            postings.retain(|posting| posting.reason != FEE_SCHEDULE);
        }
        self.payment.postings.extend(postings);
        let word = word_of(&judged.outcome);
        self.note_word(judged, word);
        self.tell_paid_to_patient(judged, claim, word);
        let of = (judged.ordinal, judged.payment);
        self.beside.extend(beside::beside(of, claim, &judged.lines));
        // What a later payer decides leaves the claim where its own payer put it.
        if is_later_payer {
            let stands = self.hear_later(judged, claim);
            self.tell_nothing_allowed(judged, claim);
            if word != Word::Reversed {
                self.end_cases(judged, claim, None, stands);
            }
        } else {
            self.bind(judged, claim);
            let stands = self.say(judged, claim, word);
            let Held { is_under, waits } = self.compare(judged, claim);
            if is_under.is_none() && !waits {
                self.tell_nothing_allowed(judged, claim);
            }
            if word != Word::Reversed {
                self.end_cases(judged, claim, is_under, stands);
            }
            self.end_replaced(judged, claim, word);
            self.close_estimated(claim);
        }
        self.ask_for_next_payer(claim, (is_later_payer, is_passed_on(judged.payment)));
        self.give_way_of_denials(before, judged, (claim, debtor));
        self.take_up_again(judged, claim, posted_from);
        self.give_way_to_next(judged, claim, posted_from);
        self.follow_sent_again(claim);
        self.close_settled_later(claim);
        self.return_taken_back_later(claim, (word, is_after_another));
        self.tell_settled_by_nobody(judged, claim);
        self.tell_settled_by_unknown(judged, claim);
        let summary = &mut self.decision.summary;
        match word {
            Word::Denied => summary.denied += 1,
            Word::Reversed => summary.reversed += 1,
            Word::Paid => summary.paid += 1,
            Word::Reviewed => {}
        }
    }

    /// Ends the work on denials and underpayments that this decision settles, or loses.
    fn end_cases(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        is_under: Option<bool>,
        stands: Stands,
    ) {
        if claim.undecided.is_empty() {
            return;
        }
        let patient = judged.payment.patient_responsibility.money().unwrap_or_default();
        let own = self.said_by(judged, true);
        let said = self.said_so_far(claim, &self.speech(judged, claim)).clone();
        // What a payer after it denied, it does not settle, unless that one asked for its decision.
        let is_passed_on = is_passed_on(judged.payment);
        let of_later = |case: &&Undecided| {
            let mut later = claim.later.iter().map(|(_, said)| said);
            later.any(|one| cases::is_about(case, one) && !one.is_asked_anew(&said, is_passed_on))
        };
        // Nor does that one settle what others denied.
        let is_later = self.is_of_later_payer(judged, claim);
        let is_its = |case: &&Undecided| match is_later {
            true => said.iter().any(|one| cases::is_about(case, one)),
            false => !of_later(case),
        };
        let cases = claim.undecided.iter().filter(is_its);
        for case in cases.map(|case| self.by_now(case)).collect::<Vec<_>>() {
            let decided = self.decides_item(judged, claim, &case, stands);
            let Some(is_denied) = decided.filter(|_| case.ending.is_none()) else { continue };
            let about = |one: &&Said| one.word != Word::Reversed && cases::is_about(&case, one);
            let before = said.iter().find(about).map(|before| taken_back::by_now(before, claim));
            let before = before.as_ref();
            let came_in = before.map_or(judged.paid() + patient, |before| {
                cases::came_in(before, &own, self.incoming.denials)
            });
            // What is paid of other lines says nothing of its own.
            let is_under = is_under.filter(|_| !before.is_some_and(|before| own.is_beside(before)));
            let now = Now {
                is_denied,
                is_under,
                came_in,
                arrival: self.incoming.arrival,
                decided_on: self.decided_on,
            };
            let change = &mut self.decision.change;
            let is_over = change.case_ends.iter().any(|ended| ended.work == case.work);
            if let Some((ended, step)) = cases::end(&case, &now).filter(|_| !is_over) {
                change.case_ends.push(ended);
                let Some(step) = step else { continue };
                // What was taken back is closed already, and is told as what came of it.
                match change.work_moves.iter_mut().find(|made| made.work == step.work) {
                    Some(made) if case.category == Category::Underpaid => made.note = step.note,
                    Some(_) | None if self.closed.insert(step.work) => change.work_moves.push(step),
                    Some(_) | None => {}
                }
            }
        }
    }

    fn note_word(&mut self, judged: &Judged<'_, '_>, word: Word) {
        if let Some(told) = self.payment.claims.get_mut(judged.ordinal - 1) {
            told.word = Some(word);
        }
    }

    /// Remembers the number under which the payer knows the claim, for replacements and answers.
    fn bind(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let number = judged.payment.payer_control_number.text().trim().to_owned();
        let is_known = claim.payer_control_numbers.contains(&number);
        let entry = (claim.id, number);
        let is_number = !normal_number(&entry.1).is_empty();
        let is_new = is_number && !is_known && !judged.payment.is_reversal();
        if is_new && self.bound.insert(entry.clone()) {
            self.decision.change.payer_numbers.push(entry);
        }
    }

    fn state(&self, claim: &KnownClaim) -> State {
        self.states.get(&claim.id).copied().unwrap_or(claim.state)
    }

    fn advance(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim, event: Event) {
        let charge = judged.payment.charge.money().unwrap_or_default();
        // Then the next payer answers by itself, and nobody has to bill it.
        let passed = if is_passed_on(judged.payment) { "; passed on to another payer" } else { "" };
        self.advance_as(
            judged,
            claim,
            event,
            &format!("{} of {charge} paid{passed}", judged.paid()),
        );
    }

    fn advance_as(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        event: Event,
        told: &str,
    ) {
        let from = self.state(claim);
        let Some(to) = advance(from, event) else {
            let what = format!(
                "a remittance says {} of a claim that is {}, which cannot follow; its money is \
                 posted",
                event.name(),
                from.name()
            );
            return self.puzzle(judged, claim.id, what, "compare the claim's history with the 835");
        };
        let note = format!("835 claim {}: {told}", judged.ordinal);
        self.states.insert(claim.id, to);
        self.decision.change.moves.push(Move {
            claim: claim.id,
            event,
            from,
            to,
            note,
            arrival: Some(self.incoming.arrival),
        });
    }

    fn suspend(&mut self, judged: &Judged<'_, '_>) {
        self.payment.postings.extend(ledger::suspense(judged.payment));
        self.decision.summary.suspense += judged.paid();
        if let Some(told) = self.payment.claims.get_mut(judged.ordinal - 1) {
            told.suspended = judged.paid();
        }
    }

    /// Work for a claim payment that waits, also one of no money: whoever does it attaches it or gives it
    /// up.
    fn add_suspended(&mut self, judged: &Judged<'_, '_>, work: NewWork) {
        if let Some(told) = self.payment.claims.get_mut(judged.ordinal - 1) {
            told.waits = Some(Awaits::Person);
        }
        self.add_work(NewWork { remitted: Some(judged.payment.place), ..work });
    }

    /// One item for each claim is enough: whoever looks into it sees the whole remittance.
    fn puzzle(&mut self, judged: &Judged<'_, '_>, claim: ClaimId, what: String, action: &str) {
        self.decision.summary.unexplained += 1;
        if self.puzzled.insert(claim) {
            let subject = self.subject(judged, Some(claim));
            self.add_work(route::unexplained(&subject, what, action));
        }
    }

    fn subject(&self, judged: &Judged<'_, '_>, claim: Option<ClaimId>) -> Subject {
        self.subject_of(judged.payment, claim)
    }

    fn subject_of(&self, payment: &ClaimPayment<'_>, claim: Option<ClaimId>) -> Subject {
        let names = Phi::new(format!("{}, {}", self.names(), claim_named(payment)));
        let Incoming { arrival, payer, .. } = *self.incoming;
        let (amount, place) = (at_stake(payment), payment.place);
        Subject { claim, arrival, amount, place, payer: payer.to_owned(), names }
    }

    /// The file, the payer, the trace number and the money of the remittance.
    fn names(&self) -> String {
        let Incoming { file, arrival, payer, .. } = *self.incoming;
        let origin = Origin { file, arrival, sender: Sender::Payer(payer) }.told();
        format!("{origin}, trace {} of {}", shown(&self.payment.trace), self.payment.amount)
    }

    fn add_work(&mut self, work: NewWork) {
        self.decision.summary.work += 1;
        self.decision.change.work.push(work);
    }

    fn finish(mut self) -> Decision {
        let unblocked = self.unblocked_now();
        let Decider { mut payment, mut decision, beside, balance, let_go, .. } = self;
        decision.unblocked = unblocked;
        // Where those before it paid nothing, a later payer has nothing to tell of them.
        let is_let = |found: &&Finding| {
            let ordinal = found.claim.filter(|_| found.rule.id == LATER_TELLS_PRIOR);
            ordinal.is_some_and(|ordinal| let_go.contains(&ordinal))
        };
        let findings = balance.findings.iter().chain(&beside).filter(|found| !is_let(found));
        payment.broken = broken(balance, findings);
        decision.change.payments.push(payment);
        decision
    }
}

/// What findings say, with the rules that they break, and what to do about the last.
fn in_words<'f>(found: impl Iterator<Item = &'f Finding>) -> (String, &'static str) {
    let mut fix = ASK;
    let mut told = Vec::new();
    for one in found {
        let Rule { why, fix: of_rule, .. } = one.rule;
        told.push(format!("{}: {}; {why}", one.rule.cited(), one.what));
        fix = of_rule;
    }
    (told.join("; "), fix)
}

/// Who rendered it by the payer's word (NM1*82), or else who billed it.
fn provider_of(payment: &ClaimPayment<'_>, claim: &KnownClaim) -> String {
    let rendering = payment.parties.iter().find(|party| party.entity.is("82"));
    let npi = rendering.map(|party| party.id.text().trim().to_owned());
    npi.filter(|npi| is_npi(npi.as_bytes())).unwrap_or_else(|| claim.billing_npi.clone())
}

/// What to do when only the payer can tell.
const ASK: &str = "ask the payer what it means, then post by hand";

fn word_of(outcome: &Outcome) -> Word {
    match outcome {
        Outcome::Denied(_) => Word::Denied,
        Outcome::Reversed => Word::Reversed,
        Outcome::Paid
        | Outcome::Estimate
        | Outcome::Elsewhere
        | Outcome::Waiting
        | Outcome::Unclear => Word::Paid,
    }
}
