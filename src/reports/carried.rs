//! What payers carry and take back, and what was sent back to them: what of it is open on both sides.

use x12::value::Money;

use super::cells::{Cell, Column, Kind, column, text};
use super::facts::Open;
use super::{Asked, Row};
use crate::change::refunds::{KeptEntry, KeptRefund};
use crate::code_sets::provider_adjustment;
use crate::ledger::REFUND;
use crate::reconcile::refunds::{Return, SentBack, unmet};

pub const CARRIED: &[Column] = &[
    text("payer", 16),
    text("payee", 14),
    text("reason", 8),
    text("meaning", 40),
    column("open", Kind::Money),
];

pub const CARRIED_NUMBERS: &[Column] = &[text("reference", 30)];

pub const CARRIED_MEANS: &[&str] = &[
    "one row for each payer, provider (PLB01, whoever was paid), reason (PLB FB, WO, WU) and reference whose entries do not come to nothing",
    "open: the entries of PLB added up as they stand; with a minus, the payer lent it to an earlier payment and has yet to take it, or to be sent it; without one, it took more than it had carried",
    "refund: what was sent back to the payer (`claimgate bank refund`), and no return (72) of it came yet",
    "72: what the payer says that it got back, and nobody booked; a return is held against the refund that it names, then against one of its amount, then against any of its payer and provider that was booked before; what is left of it, against what the payer took without having carried it",
    "the rows add up to the accounts forwarded and takeback; refunds of what was paid of a claim stand at the claim",
    "`--office` is refused: a PLB names a provider, not an office",
];

/// What a payer carries; `None` when it is not asked for.
pub fn row(open: &Open, asked: &Asked) -> Option<Row> {
    if !asked.is_payer(&open.payer) {
        return None;
    }
    let meaning = match open.reason.as_str() {
        REFUND => "Sent back, and not told of yet",
        reason => provider_adjustment::meaning(reason.as_bytes()).unwrap_or_default(),
    };
    let mut row = vec![
        Cell::text(&open.payer),
        Cell::text(&open.payee),
        Cell::text(&open.reason),
        Cell::text(meaning),
        Cell::Money(open.amount),
    ];
    if asked.with_numbers {
        row.push(Cell::text(open.reference.expose()));
    }
    Some(row)
}

/// What payers carry, with what was sent back to them and what they say came: each side less the other.
pub fn open(mut carried: Vec<Open>, refunds: &[KeptRefund], told: &[KeptEntry]) -> Vec<Open> {
    let sent: Vec<SentBack> = refunds.iter().cloned().map(SentBack::of).collect();
    let returns: Vec<Return> = told.iter().filter_map(Return::of_kept).collect();
    let unmet = unmet(&sent, &returns);
    // What a payer says it got, and then has not, undoes what it said.
    let undone = told.iter().filter(|kept| !kept.entry.amount.is_negative());
    for KeptEntry { payer, entry, .. } in undone {
        let of = (payer.as_str(), entry.payee.as_str());
        add(&mut carried, of, (RETURN, &entry.reference), entry.amount);
    }
    for (told, of_carried) in returns.iter().zip(unmet.of_carried) {
        let left = told.amount - of_carried;
        let left = take_of_taken(&mut carried, told, left);
        add(&mut carried, (&told.payer, &told.payee), (RETURN, &told.reference), -left);
    }
    for (SentBack { refund, .. }, left) in sent.iter().zip(unmet.refunds) {
        if refund.is_of_carried() {
            let of = (refund.payer.as_str(), refund.payee.as_str());
            add(&mut carried, of, (REFUND, &refund.reference), left);
        }
    }
    carried.retain(|one| !one.amount.is_zero());
    let key = |one: &Open| {
        let Open { payer, payee, reason, reference, .. } = one;
        (payer.clone(), payee.clone(), reason.clone(), reference.expose().clone())
    };
    carried.sort_by_cached_key(key);
    carried
}

/// PLB03-1 of what a payer got back.
const RETURN: &str = "72";

/// A letter asked for what a check paid: the takeback beside the return was never set aside. Under its own
/// reference first; what is left of the return.
fn take_of_taken(carried: &mut [Open], told: &Return, mut left: Money) -> Money {
    // What was set aside under its own reference pays nothing else.
    let ways: &[bool] = if told.is_set_aside { &[true] } else { &[true, false] };
    for &is_same in ways {
        for one in carried.iter_mut() {
            let is_taken = matches!(one.reason.as_str(), "WO" | "WU") && Money::ZERO < one.amount;
            let is_its = one.payer == told.payer && one.payee == told.payee;
            if is_taken && is_its && (one.reference == told.reference || !is_same) {
                let met = one.amount.min(left);
                one.amount -= met;
                left -= met;
            }
        }
    }
    left
}

fn add(
    carried: &mut Vec<Open>,
    (payer, payee): (&str, &str),
    (reason, reference): (&str, &x12::phi::Phi<String>),
    amount: Money,
) {
    let same = |one: &&mut Open| {
        let is_of = one.payer == payer && one.payee == payee;
        is_of && one.reason == reason && one.reference == *reference
    };
    match carried.iter_mut().find(same) {
        Some(one) => one.amount += amount,
        None => carried.push(Open {
            payer: payer.to_owned(),
            payee: payee.to_owned(),
            reason: reason.to_owned(),
            reference: reference.clone(),
            amount,
        }),
    }
}

#[cfg(test)]
mod tests {
    use x12::fault::Place;
    use x12::phi::Phi;

    use super::*;
    use crate::change::deposits::PaymentId;
    use crate::change::refunds::{Refund, RefundId};
    use crate::change::{ArrivalId, ClaimId, Moment, ProviderEntry};
    use crate::ledger::Account;

    /// Reason, reference and cents.
    type Entry<'a> = (&'a str, &'a str, i64);

    fn entry((reason, reference, cents): Entry<'_>) -> KeptEntry {
        KeptEntry {
            payment: PaymentId(1),
            arrival: ArrivalId(1),
            at: Moment(0),
            payer: "acme".to_owned(),
            entry: ProviderEntry {
                payee: "1234567893".to_owned(),
                reason: reason.to_owned(),
                reference: Phi::new(reference.to_owned()),
                amount: Money::from_cents(cents),
            },
            is_set_aside: false,
            place: Place::default(),
        }
    }

    /// A refund of what is carried under a reference, or of a claim where it has none.
    fn refund((number, reference, cents): Entry<'_>) -> KeptRefund {
        let KeptEntry { payer, entry, place, .. } = entry(("", reference, cents));
        let claim = reference.is_empty().then_some(ClaimId(1));
        KeptRefund {
            id: RefundId(1),
            at: Moment(0),
            refund: Refund {
                payer,
                payee: entry.payee,
                reference: entry.reference,
                claim,
                account: Account::Takeback,
                payment: None,
                amount: entry.amount,
                number: number.to_owned(),
                why: String::new(),
                source: place,
            },
        }
    }

    #[test]
    fn refunds_and_returns_are_open_until_they_meet() {
        let cases: [(&[Entry<'_>], &[Entry<'_>], &[Entry<'_>]); 9] = [
            (&[("WO", "P1", -65)], &[], &[("WO", "P1", -65)]),
            (&[("WO", "P1", -65)], &[("1", "P1", 65)], &[("WO", "P1", -65), ("refund", "P1", 65)]),
            // Nobody booked the check that the payer tells of.
            (&[("WO", "P1", -65), ("72", "C1", -65), ("WO", "P1", 65)], &[], &[("72", "C1", -65)]),
            (&[("WO", "P1", -65), ("72", "C1", -65), ("WO", "P1", 65)], &[("1", "P1", 65)], &[]),
            // A reversal and a return without a WO, and a forwarded balance that a check paid.
            (&[("72", "C1", -65)], &[("C1", "C1", 65)], &[]),
            (
                &[("FB", "F1", -65), ("FB", "F2", 65), ("72", "C1", -65)],
                &[("C1", "F1", 65)],
                &[("FB", "F1", -65), ("FB", "F2", 65)],
            ),
            // A letter asked for it: the claim has the refund.
            (&[("72", "L1", -65), ("WO", "L1", 65)], &[("C1", "", 65)], &[]),
            (&[("72", "C1", -65), ("WO", "L1", 65)], &[], &[]),
            (&[("72", "C1", -65), ("72", "C1", 65)], &[], &[]),
        ];
        for (told, sent, expected) in cases {
            let told: Vec<KeptEntry> = told.iter().copied().map(entry).collect();
            let mut carried = Vec::new();
            for KeptEntry { payer, entry, .. } in
                told.iter().filter(|kept| kept.entry.reason != RETURN)
            {
                let of = (payer.as_str(), entry.payee.as_str());
                add(&mut carried, of, (&entry.reason, &entry.reference), entry.amount);
            }
            let told: Vec<KeptEntry> =
                told.into_iter().filter(|kept| kept.entry.reason == RETURN).collect();
            let sent: Vec<KeptRefund> = sent.iter().copied().map(refund).collect();
            let found = open(carried, &sent, &told);
            let found: Vec<Entry<'_>> = found
                .iter()
                .map(|one| {
                    (one.reason.as_str(), one.reference.expose().as_str(), one.amount.cents())
                })
                .collect();
            assert_eq!(found, expected, "{told:?}");
        }
    }
}
