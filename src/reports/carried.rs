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
    "72: what the payer says that it got back, and nobody booked; a return is held against the refund that it names, then against one of its amount, then against any of its payer and provider that was booked before; what is left of it, against what the payer took without having carried it: under its own reference, in its amount beside it, or of the claim of a refund that it may be",
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

/// What payers carry, with what was sent back to them and what they say came: each side less the other. `taken` are
/// the entries under the references of what they took without having carried it.
pub fn open(
    mut carried: Vec<Open>,
    refunds: &[KeptRefund],
    (told, taken): (&[KeptEntry], &[KeptEntry]),
) -> Vec<Open> {
    let sent: Vec<SentBack> = refunds.iter().cloned().map(SentBack::of).collect();
    let returns = told.iter().filter_map(|kept| Some((kept, Return::of_kept(kept)?)));
    let (entries, returns): (Vec<&KeptEntry>, Vec<Return>) = returns.unzip();
    let unmet = unmet(&sent, &returns);
    // What a payer says it got, and then has not, undoes what it said.
    let undone = told.iter().filter(|kept| !kept.entry.amount.is_negative());
    for KeptEntry { payer, entry, .. } in undone {
        let of = (payer.as_str(), entry.payee.as_str());
        add(&mut carried, of, (RETURN, &entry.reference), entry.amount);
    }
    for ((kept, told), of_carried) in entries.iter().zip(&returns).zip(unmet.of_carried) {
        let is_its = |one: &&KeptEntry| is_paid_by(one, (kept, told), &sent);
        let its: Vec<&KeptEntry> = taken.iter().filter(is_its).collect();
        let left = told.amount - of_carried;
        let left = take_of_taken(&mut carried, (told, &its), left);
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

/// Whether a payer took what it had not carried.
pub fn is_taken(open: &Open) -> bool {
    matches!(open.reason.as_str(), "WO" | "WU") && Money::ZERO < open.amount
}

/// Whether a check that a payer tells of paid what an entry takes: this stands beside it with its amount, or names the
/// claim of a refund that may be the check.
fn is_paid_by(taken: &KeptEntry, (kept, told): (&KeptEntry, &Return), sent: &[SentBack]) -> bool {
    let is_beside = taken.payment == kept.payment && taken.entry.amount == told.amount;
    let is_named = sent.iter().any(|one| told.names(&one.refund));
    let mut may_be = sent.iter().filter(|one| match is_named {
        true => told.names(&one.refund),
        false => told.is_to(&one.refund),
    });
    let is_refunded =
        taken.claim.is_some() && may_be.any(|SentBack { refund, .. }| refund.claim == taken.claim);
    // What was set aside under its own reference pays nothing else.
    !told.is_set_aside && taken.entry.amount > Money::ZERO && (is_beside || is_refunded)
}

/// A letter asked for what a check paid: the takeback that the return is for was never set aside. Under its own
/// reference first, then what else it is for; what is left of the return.
fn take_of_taken(
    carried: &mut [Open],
    (told, its): (&Return, &[&KeptEntry]),
    mut left: Money,
) -> Money {
    for is_same in [true, false] {
        for one in carried.iter_mut().filter(|one| is_taken(one)) {
            let is_its = one.payer == told.payer && one.payee == told.payee;
            let is_for = match is_same {
                true => one.reference == told.reference,
                false => its.iter().any(|KeptEntry { payer, entry, .. }| {
                    (payer, &entry.payee) == (&one.payer, &one.payee)
                        && (&entry.reason, &entry.reference) == (&one.reason, &one.reference)
                }),
            };
            if is_its && is_for {
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
            claim: None,
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
        let cases: [(&[Entry<'_>], &[Entry<'_>], &[Entry<'_>]); 11] = [
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
            // What it took beside the check is another's, but for what has its amount.
            (
                &[("WO", "OLD", 30), ("72", "C1", -65), ("WO", "L1", 65)],
                &[("C1", "", 65)],
                &[("WO", "OLD", 30)],
            ),
            (
                &[("WO", "OLD", 30), ("72", "C1", -65)],
                &[("C1", "", 65)],
                &[("72", "C1", -65), ("WO", "OLD", 30)],
            ),
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
            let (told, taken): (Vec<KeptEntry>, Vec<KeptEntry>) =
                told.into_iter().partition(|kept| kept.entry.reason == RETURN);
            let sent: Vec<KeptRefund> = sent.iter().copied().map(refund).collect();
            let found = open(carried, &sent, (&told, &taken));
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
