//! From a balanced remittance to postings, moves of claims, and work.

use std::collections::{HashMap, HashSet};

use x12::fault::Place;
use x12::phi::Phi;
use x12::value::{Day, Money};
use x12::view::parts::Adjustment;
use x12::view::remittance::{ClaimPayment, ProviderAdjustment, Remittance};

use super::balance::{self, Balance, Equation};
use super::findings::Finding;
use super::matching::{
    Known, KnownClaim, Match, Parties, days_of, match_claim, match_lines, normal_number,
};
use super::outcome::{Outcome, outcome};
use super::rules::Rule;
use super::{Decision, Incoming};
use crate::change::{ClaimId, Move, NewClaimPayment, NewPayment, NewWork, Stamp};
use crate::denials::printable;
use crate::denials::route::{self, Denial, Denied, Limits, Origin, Subject, shown};
use crate::ledger::{self, Debtor};
use crate::lifecycle::{Event, State, advance};

pub(super) fn decide(
    remittance: &Remittance<'_>,
    known: &[KnownClaim],
    incoming: &Incoming<'_>,
    limits: &Limits,
    stamp: &Stamp,
) -> Decision {
    let balance = balance::balance(remittance);
    let known = Known::new(known);
    let payee_npi = remittance.payee.as_ref().and_then(|payee| payee.npi());
    let parties = Parties { payer: incoming.payer, payee_npi };
    let claims = remittance.claims.iter().enumerate();
    let judged: Vec<Judged<'_, '_>> =
        claims.map(|(index, payment)| judge(index + 1, payment, &known, &parties)).collect();

    let mut decider = Decider {
        incoming,
        limits,
        balance: &balance,
        decided_on: remittance.paid_on.day().unwrap_or(stamp.today),
        states: HashMap::new(),
        bound: HashSet::new(),
        puzzled: HashSet::new(),
        payment: payment_of(remittance, incoming, &balance, &judged),
        decision: Decision::default(),
    };
    decider.count(&judged);
    if balance.may_post() {
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
        decider.take_provider_adjustments(remittance, &known);
    } else {
        decider.refuse(remittance);
    }
    decider.finish()
}

/// A claim payment with its claim and its meaning.
struct Judged<'r, 'k> {
    /// From 1.
    ordinal: usize,
    payment: &'r ClaimPayment<'r>,
    found: Match<'k>,
    /// LX01 for each service.
    lines: Vec<Option<u32>>,
    outcome: Outcome,
}

fn judge<'r, 'k>(
    ordinal: usize,
    payment: &'r ClaimPayment<'r>,
    known: &Known<'k>,
    parties: &Parties<'_>,
) -> Judged<'r, 'k> {
    let found = match_claim(payment, known, parties);
    let lines: Vec<Option<u32>> = match &found {
        Match::Sure { claim, .. } => {
            match_lines(payment, claim).into_iter().map(|found| found.line).collect()
        }
        Match::Suggested { .. } | Match::Unknown => vec![None; payment.services.len()],
    };
    let outcome = outcome(payment, &lines);
    Judged { ordinal, payment, found, lines, outcome }
}

impl Judged<'_, '_> {
    fn paid(&self) -> Money {
        self.payment.paid.money().unwrap_or_default()
    }

    /// The money at stake: what was paid, or what was charged when nothing was.
    fn at_stake(&self) -> Money {
        let charge = self.payment.charge.money().unwrap_or_default();
        if self.paid().is_zero() { charge.abs() } else { self.paid().abs() }
    }
}

/// Gathers the change.
struct Decider<'a> {
    incoming: &'a Incoming<'a>,
    limits: &'a Limits,
    balance: &'a Balance,
    /// The day of the remittance.
    decided_on: Day,
    /// Where claims stand after the moves so far: one remittance may speak of a claim often.
    states: HashMap<ClaimId, State>,
    /// Numbers of payers that were bound so far.
    bound: HashSet<(ClaimId, String)>,
    /// Claims that have work of the kind `Unexplained` already.
    puzzled: HashSet<ClaimId>,
    payment: NewPayment,
    decision: Decision,
}

impl Decider<'_> {
    fn count(&mut self, judged: &[Judged<'_, '_>]) {
        let is_sure = |judged: &&Judged<'_, '_>| matches!(judged.found, Match::Sure { .. });
        let matched = judged.iter().filter(is_sure).count();
        let summary = &mut self.decision.summary;
        summary.amount = self.payment.amount;
        summary.is_posted = self.balance.may_post();
        summary.claims = judged.len();
        summary.matched = matched;
        summary.unmatched = judged.len() - matched;
    }

    /// Nothing of the remittance is posted; a person decides.
    fn refuse(&mut self, remittance: &Remittance<'_>) {
        let subject = Subject {
            claim: None,
            arrival: self.incoming.arrival,
            amount: self.payment.amount,
            place: remittance.place,
            names: Phi::new(self.names()),
        };
        let holding = self.balance.findings.iter().filter(|found| found.holds_payment());
        let mut differences: Vec<String> = holding.map(Finding::message).collect();
        differences.extend(self.balance.blocking().map(|equation| equation.message()));
        self.add_work(route::out_of_balance(&subject, &differences));
    }

    fn take(&mut self, judged: &Judged<'_, '_>) {
        match &judged.found {
            Match::Unknown => {
                let why = "no number of it is known";
                self.take_unmatched(judged, why, &[]);
            }
            Match::Suggested { claims, why } => self.take_unmatched(judged, why, claims),
            Match::Sure { claim, .. } if self.balance.may_post_claim(judged.ordinal) => {
                self.take_matched(judged, claim);
            }
            Match::Sure { claim, .. } => self.take_held(judged, claim.id),
        }
    }

    fn take_unmatched(&mut self, judged: &Judged<'_, '_>, why: &str, claims: &[ClaimId]) {
        self.suspend(judged);
        // An estimate without money asks for nothing.
        if judged.outcome != Outcome::Estimate || !judged.paid().is_zero() {
            let work = route::unmatched(&self.subject(judged, None), why, claims);
            self.add_work(work);
        }
    }

    fn take_held(&mut self, judged: &Judged<'_, '_>, claim: ClaimId) {
        self.suspend(judged);
        let unequal = self.balance.blocking_claim(judged.ordinal).map(Equation::message);
        let differences: Vec<String> = unequal.collect();
        if differences.is_empty() {
            let holding = self.balance.holding_claim(judged.ordinal).map(|found| {
                let Rule { why, .. } = found.rule;
                format!("{}: {}; {why}", found.rule.cited(), found.what)
            });
            let what = holding.collect::<Vec<_>>().join("; ");
            let fix = self.balance.holding_claim(judged.ordinal).map(|found| found.rule.fix);
            return self.puzzle(judged, claim, what, fix.last().unwrap_or(ASK));
        }
        self.decision.summary.out_of_balance += 1;
        let work = route::out_of_balance(&self.subject(judged, Some(claim)), &differences);
        self.add_work(work);
    }

    fn take_matched(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let puzzle = match &judged.outcome {
            Outcome::Paid | Outcome::Denied(_) | Outcome::Reversed => {
                return self.post(judged, claim);
            }
            // Neither has money, as a rule; the claim waits for what comes.
            Outcome::Estimate | Outcome::Waiting if judged.paid().is_zero() => return,
            Outcome::Estimate => ("the payer calls it an estimate (CLP02 25) and pays it", ASK),
            Outcome::Waiting => ("the payer pays what it has not decided on", ASK),
            Outcome::Elsewhere => (
                "the payer says that the claim is not its own and passed it on (CLP02 23)",
                "find out which payer has it now, and expect the answer from there",
            ),
            Outcome::Unclear => ("CLP02 is no status of a claim that we know", ASK),
        };
        self.suspend(judged);
        self.puzzle(judged, claim.id, puzzle.0.to_owned(), puzzle.1);
    }

    fn post(&mut self, judged: &Judged<'_, '_>, claim: &KnownClaim) {
        let is_later_payer = self.is_later_payer(judged, claim);
        let debtor = if is_later_payer { Debtor::Patient } else { Debtor::Payer };
        let postings = ledger::claim_payment(judged.payment, claim.id, &judged.lines, debtor);
        self.payment.postings.extend(postings);
        let event = match &judged.outcome {
            Outcome::Denied(parts) => {
                self.take_denial(judged, claim, parts, is_later_payer);
                Event::Denied
            }
            Outcome::Reversed => Event::Reversed,
            Outcome::Paid
            | Outcome::Estimate
            | Outcome::Elsewhere
            | Outcome::Waiting
            | Outcome::Unclear => Event::Paid,
        };
        // What a later payer decides leaves the claim where its own payer put it.
        if !is_later_payer {
            self.bind(judged, claim);
            self.advance(judged, claim, event);
        }
        let summary = &mut self.decision.summary;
        match event {
            Event::Denied => summary.denied += 1,
            Event::Reversed => summary.reversed += 1,
            _ => summary.paid += 1,
        }
    }

    /// Whether the payment comes from a payer to which the first one passed the claim on.
    fn is_later_payer(&self, judged: &Judged<'_, '_>, claim: &KnownClaim) -> bool {
        let payer = self.incoming.payer;
        let is_other = claim.payer.as_ref().is_some_and(|name| name != payer && !payer.is_empty());
        is_other && judged.payment.status.is_any(&["2", "3", "20", "21", "22"])
    }

    fn take_denial(
        &mut self,
        judged: &Judged<'_, '_>,
        claim: &KnownClaim,
        parts: &[Denied],
        is_later_payer: bool,
    ) {
        let denial = Denial {
            parts: parts.to_vec(),
            // Some payers give CLP02 4 to every denial; its own meaning holds without a reason.
            is_patient_unknown: parts.is_empty(),
            decided_on: self.decided_on,
            service_from: claim.service_from,
        };
        let denied: Money = parts.iter().map(|part| part.amount).sum();
        let amount = if parts.is_empty() { judged.at_stake() } else { denied.abs() };
        let subject = Subject { amount, ..self.subject(judged, Some(claim.id)) };
        let Some(mut work) = route::denied(&subject, &denial, self.limits) else { return };
        if is_later_payer {
            work.action = "another payer than the one that the claim went to denied it; send the \
                           correction there, for released here it goes to the first payer again"
                .to_owned();
        }
        self.add_work(work);
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
        let charge = judged.payment.charge.money().unwrap_or_default();
        // Then the next payer answers by itself, and nobody has to bill it.
        let is_passed_on = judged.payment.status.is_any(&["19", "20", "21"]);
        let passed = if is_passed_on { "; passed on to another payer" } else { "" };
        let note =
            format!("835 claim {}: {} of {charge} paid{passed}", judged.ordinal, judged.paid());
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

    fn take_provider_adjustments(&mut self, remittance: &Remittance<'_>, known: &Known<'_>) {
        for entry in &remittance.provider_adjustments {
            self.payment.postings.extend(ledger::provider_adjustment(entry));
        }
        let takebacks = remittance.provider_adjustments.iter().filter(|entry| is_takeback(entry));
        for entry in takebacks.take(TAKEBACKS_EXAMINED_MAX) {
            if !is_explained(entry, remittance, known) {
                self.take_unexplained(entry);
            }
        }
    }

    fn take_unexplained(&mut self, entry: &ProviderAdjustment<'_>) {
        let amount = entry.amount.money().unwrap_or_default();
        let what = format!(
            "the payer takes {amount} back with PLB {} and names no claim that we know; it is a \
             denial without a claim",
            printable(&entry.reason)
        );
        let place = entry.amount.place;
        let reference = shown(&entry.reference.text());
        let names = Phi::new(format!("{}, PLB reference {reference}", self.names()));
        let arrival = self.incoming.arrival;
        let subject = Subject { claim: None, arrival, amount, place, names };
        let action = "ask the payer for which claim and why; appeal if nothing was overpaid";
        self.decision.summary.unexplained += 1;
        self.add_work(route::unexplained(&subject, what, action));
    }

    fn suspend(&mut self, judged: &Judged<'_, '_>) {
        self.payment.postings.extend(ledger::suspense(judged.payment));
        self.decision.summary.suspense += judged.paid();
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
        let place: Place = judged.payment.place;
        let names = Phi::new(format!("{}, {}", self.names(), claim_named(judged.payment)));
        let arrival = self.incoming.arrival;
        Subject { claim, arrival, amount: judged.at_stake(), place, names }
    }

    /// The file, the payer, the trace number and the money of the remittance.
    fn names(&self) -> String {
        let Incoming { file, arrival, payer, .. } = *self.incoming;
        let origin = Origin { file, arrival, payer }.told();
        format!("{origin}, trace {} of {}", shown(&self.payment.trace), self.payment.amount)
    }

    fn add_work(&mut self, work: NewWork) {
        self.decision.summary.work += 1;
        self.decision.change.work.push(work);
    }

    fn finish(self) -> Decision {
        let Decider { payment, mut decision, .. } = self;
        decision.change.payments.push(payment);
        decision
    }
}

/// What the payer calls a claim, and what a person finds it by.
fn claim_named(payment: &ClaimPayment<'_>) -> String {
    let number = shown(&payment.patient_control_number.text());
    let payer_number = shown(&payment.payer_control_number.text());
    let charge = payment.charge.money().unwrap_or_default();
    let status = printable(&payment.status);
    let days = days_of(payment);
    let service = days.map(|days| format!(", service {}", days.from)).unwrap_or_default();
    format!("CLP01 {number}, CLP02 {status}, CLP07 {payer_number}, charge {charge}{service}")
}

/// What to do when only the payer can tell.
const ASK: &str = "ask the payer what it means, then post by hand";

fn payment_of(
    remittance: &Remittance<'_>,
    incoming: &Incoming<'_>,
    balance: &Balance,
    judged: &[Judged<'_, '_>],
) -> NewPayment {
    NewPayment {
        arrival: incoming.arrival,
        identity: incoming.identity.clone(),
        payer: incoming.payer.to_owned(),
        trace: remittance.trace.text().into_owned(),
        paid_on: remittance.paid_on.day(),
        amount: remittance.amount.money().unwrap_or_default(),
        is_balanced: balance.blocking().next().is_none() && balance.may_post(),
        claims: judged.iter().map(claim_of).collect(),
        postings: Vec::new(),
    }
}

fn claim_of(judged: &Judged<'_, '_>) -> NewClaimPayment {
    let payment = judged.payment;
    let (claim, mut matched_by) = match &judged.found {
        Match::Sure { claim, by } => (Some(claim.id), by.clone()),
        Match::Suggested { why, .. } => (None, format!("not matched: {why}")),
        Match::Unknown => (None, "not matched: no number of it is known".to_owned()),
    };
    let loose = judged.lines.iter().filter(|line| line.is_none()).count();
    if claim.is_some() && loose > 0 {
        let all = judged.lines.len();
        matched_by.push_str(&format!("; {loose} of {all} services fit no line"));
    }
    NewClaimPayment {
        claim,
        matched_by,
        status: printable(&payment.status),
        charge: payment.charge.money().unwrap_or_default(),
        paid: judged.paid(),
        patient_responsibility: payment.patient_responsibility.money().unwrap_or_default(),
        payer_control_number: payment.payer_control_number.text().trim().to_owned(),
        place: payment.place,
        adjustments: adjustments_told(judged),
    }
}

/// `CO-45 30.00, line 2 PR-3 10.00 N130`.
fn adjustments_told(judged: &Judged<'_, '_>) -> String {
    let mut told = Vec::new();
    let mut tell = |of: &str, adjustments: &[Adjustment<'_>]| {
        for adjustment in adjustments {
            let group = printable(&adjustment.group);
            let reason = printable(&adjustment.reason);
            told.push(format!("{of}{group}-{reason} {}", adjustment.money()));
        }
    };
    tell("", &judged.payment.adjustments);
    for (index, service) in judged.payment.services.iter().enumerate() {
        let line = judged.lines.get(index).copied().flatten();
        let of = match line {
            Some(line) => format!("line {line} "),
            None => format!("service {} ", index + 1),
        };
        tell(&of, &service.adjustments);
    }
    let of_services = judged.payment.services.iter().flat_map(|service| &service.remarks);
    let remarks: Vec<String> =
        judged.payment.remarks.iter().chain(of_services).map(printable).collect();
    if !remarks.is_empty() {
        told.push(format!("remarks {}", remarks.join(" ")));
    }
    told.join(", ")
}

/// Whether an entry takes back what was paid for some claim.
pub(super) fn is_takeback(entry: &ProviderAdjustment<'_>) -> bool {
    let lowers = entry.amount.money().unwrap_or_default() > Money::ZERO;
    lowers && entry.reason.is_any(&["WO", "WU"])
}

/// Payers write CLM01, their own number or both into PLB03-2, with days before or after it.
fn is_explained(
    entry: &ProviderAdjustment<'_>,
    remittance: &Remittance<'_>,
    known: &Known<'_>,
) -> bool {
    let reference = entry.reference.text();
    let is_named = |number: &str| {
        let number = number.trim();
        number.len() >= NAMED_NUMBER_CHARACTERS_MIN && reference.contains(number)
    };
    let in_remittance = remittance.claims.iter().any(|claim| {
        is_named(&claim.payer_control_number.text())
            || is_named(&claim.patient_control_number.text())
    });
    in_remittance || known.any_number(is_named)
}

/// A shorter number stands in any longer one by chance.
const NAMED_NUMBER_CHARACTERS_MIN: usize = 4;

/// Each is compared with every claim, and no payer lists so many: the rest is posted unexamined.
const TAKEBACKS_EXAMINED_MAX: usize = 500;
