//! What a committed decision is to the operator: counts, never contents.

use std::collections::BTreeMap;

use crate::change::{self, Change, DeliveryKind};
use crate::intake::Decided;
use crate::intake::tally::{Answered, SetOutcome};
use crate::lifecycle;
use crate::scrub::rules::ALL;
use crate::settings::names::{ChannelName, PayerName};
use crate::telemetry::{self, Acknowledgment, Direction, Side, Verdict};

/// Counts everything that came of an arrival.
pub fn taken_in(channel: &ChannelName, payer: Option<&PayerName>, decided: &Decided, bytes: u64) {
    let tally = &decided.tally;
    let taken = tally.interchanges - tally.rejected_interchanges - tally.repeated_interchanges;
    let outcomes = [
        (Verdict::Accepted, taken),
        (Verdict::Rejected, tally.rejected_interchanges),
        (Verdict::Duplicate, tally.repeated_interchanges),
    ];
    // The bytes of a file count once, with its first interchange.
    let mut bytes = bytes;
    for (verdict, count) in outcomes {
        for _ in 0..count {
            telemetry::interchange(Direction::In, channel, verdict, std::mem::take(&mut bytes));
        }
    }
    for (&(set, outcome), &count) in &tally.sets_by_outcome {
        for _ in 0..count {
            telemetry::transaction(Direction::In, channel, set, set_verdict(outcome));
        }
    }
    let verdict = decided.change.settles.as_ref().map(|settled| settled.verdict);
    if let Some(verdict @ (change::Verdict::Rejected | change::Verdict::Unusable)) = verdict {
        telemetry::refused(channel, verdict.name());
    }
    count_claims(channel, &decided.change);
    count_answers(decided);
    if let Some(payer) = payer {
        count_payments(payer, &decided.change);
    }
}

const fn set_verdict(outcome: SetOutcome) -> Verdict {
    match outcome {
        SetOutcome::Accepted => Verdict::Accepted,
        SetOutcome::WithErrors => Verdict::Noted,
        SetOutcome::Rejected => Verdict::Rejected,
    }
}

fn count_claims(channel: &ChannelName, change: &Change) {
    let mut states: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut findings: BTreeMap<(&str, crate::scrub::Severity), u64> = BTreeMap::new();
    for claim in &change.claims {
        if let Some(state) = lifecycle::begin(claim.event) {
            *states.entry(state.name()).or_default() += 1;
        }
        for finding in &claim.findings {
            *findings.entry((&finding.code, finding.severity)).or_default() += 1;
        }
    }
    for step in &change.moves {
        *states.entry(step.to.name()).or_default() += 1;
    }
    for (state, count) in states {
        telemetry::claims(Direction::In, channel, state, count);
    }
    for ((code, severity), count) in findings {
        // Faults of guides are counted with the answers.
        if let Some(name) = rule_name(code) {
            telemetry::findings(name, severity, count);
        }
    }
}

/// What a rule is called in metrics. The code of a payer's rule is its name in the settings.
pub(super) fn rule_name(code: &str) -> Option<&str> {
    let ours = ALL.iter().find(|rule| rule.code == code).map(|rule| rule.name);
    ours.or_else(|| code.contains('/').then_some(code))
}

fn count_answers(decided: &Decided) {
    let tally = &decided.tally;
    let verdict = |rejected: u64, all: u64| match rejected {
        0 => Verdict::Accepted,
        rejected if rejected == all => Verdict::Rejected,
        _ => Verdict::Partly,
    };
    let of_interchanges = verdict(tally.rejected_interchanges, tally.interchanges);
    let of_sets = verdict(tally.rejected_sets, tally.sets);
    let of_claims = verdict(tally.rejected, tally.ready + tally.held + tally.rejected);
    for delivery in &decided.change.deliveries {
        let Some(kind) = acknowledgment(delivery.kind) else { continue };
        let verdict = match kind {
            Acknowledgment::Ta1 => of_interchanges,
            Acknowledgment::Implementation999 => of_sets,
            Acknowledgment::ClaimAck277 => of_claims,
        };
        telemetry::acknowledgment(Direction::Out, kind, verdict);
    }
    for (&(kind, answered), &count) in &tally.answers_by_verdict {
        let Some(kind) = acknowledgment(kind) else { continue };
        for _ in 0..count {
            telemetry::acknowledgment(Direction::In, kind, answer_verdict(answered));
        }
    }
}

const fn acknowledgment(kind: DeliveryKind) -> Option<Acknowledgment> {
    match kind {
        DeliveryKind::Ta1 => Some(Acknowledgment::Ta1),
        DeliveryKind::ImplementationAck => Some(Acknowledgment::Implementation999),
        DeliveryKind::ClaimAck => Some(Acknowledgment::ClaimAck277),
        DeliveryKind::Report | DeliveryKind::Claims | DeliveryKind::Remittance => None,
    }
}

const fn answer_verdict(answered: Answered) -> Verdict {
    match answered {
        Answered::Accepted => Verdict::Accepted,
        Answered::Noted => Verdict::Noted,
        Answered::Partly => Verdict::Partly,
        Answered::Rejected => Verdict::Rejected,
    }
}

fn count_payments(payer: &PayerName, change: &Change) {
    for payment in &change.payments {
        let unmatched = payment.claims.iter().filter(|claim| claim.claim.is_none()).count();
        let claims = payment.claims.len() as u64;
        telemetry::remittance(payer, claims, unmatched as u64, payment.is_balanced);
        for posting in &payment.postings {
            let side = if posting.amount.is_negative() { Side::Credit } else { Side::Debit };
            telemetry::posted(payer, side, posting.amount.cents().unsigned_abs());
        }
    }
}
