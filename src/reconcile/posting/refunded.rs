//! What is told of a payer that takes by its PLB what a refund paid back.

use x12::value::Money;
use x12::view::remittance::ProviderAdjustment;

use crate::change::cases::taken_though_refunded;
use crate::change::refunds::{KeptRefund, Refund, RefundId};
use crate::denials::printable;
use crate::reconcile::refunds::SentBack;

/// What an item says of it.
pub(super) struct Told {
    pub what: String,
    pub action: &'static str,
    /// By it the item is found when the payer tells of the check.
    pub rule: Option<String>,
}

/// `None` where no refund paid it back. `rest` is what nothing explains of what an entry takes.
pub(super) fn taken(
    entry: &ProviderAdjustment<'_>,
    rest: Money,
    paid_back: &[&SentBack],
) -> Option<Told> {
    // What the payer did not tell of yet goes before what it has.
    let waits: Vec<&SentBack> =
        paid_back.iter().copied().filter(|one| !one.left.is_zero()).collect();
    let is_told = waits.is_empty();
    let all = if is_told { paid_back } else { &waits };
    let whole = all.iter().find(|one| rest <= one.refund.amount);
    let named: Vec<&SentBack> = whole.map_or_else(|| all.to_vec(), |one| vec![*one]);
    let sum: Money = named.iter().map(|one| one.refund.amount).sum();
    let told = names(named.iter().map(|one| (one.id, &one.refund)));
    let of_it = if sum < rest { " a part of" } else { "" };
    let (tells, action) = match (is_told, sum < rest) {
        (true, _) => (" and the payer says that it has that (PLB 72)", HAS_IT),
        (false, true) => ("", REST),
        (false, false) => ("", NOT_TOLD),
    };
    let rule = match named.as_slice() {
        [one] if !is_told && rest <= sum => Some(taken_though_refunded(one.id)),
        _ => None,
    };
    let what = format!(
        "the payer takes {} back with PLB {}{BUT}{} paid{of_it} this back{tells}",
        entry.amount.money().unwrap_or_default(),
        printable(&entry.reason),
        told
    );
    (!named.is_empty()).then_some(Told { what, action, rule })
}

/// What an item says, and what to do, where a payer reverses what was in credit of the claim by a refund, or is kept:
/// this is taken back twice then. `None` of a claim of which none was booked.
pub(super) fn reversed(amount: Money, sent: &[KeptRefund]) -> Option<(String, String)> {
    let last = sent.last()?;
    let (became, book) = match last.refund.is_kept() {
        true => ("left here", ""),
        false => ("paid back", BOOK_ANEW),
    };
    let what = format!(
        "{amount} more was taken back of the claim than was paid for it: the payer reverses what {} {became}",
        names(sent.iter().map(|one| (one.id, &one.refund)))
    );
    let action = format!(
        "take the refund back (`claimgate bank cancel-refund {}`), with which the item closes{book}",
        last.id.0
    );
    Some((what, action))
}

const BOOK_ANEW: &str = ", and book the check under the reference of the PLB that sets the money aside or takes it \
     (`claimgate bank refund --reference REFERENCE`); a PLB 72 that tells of the check is met by that";

/// Refunds with their numbers here, and what was sent.
fn names<'a>(refunds: impl Iterator<Item = (RefundId, &'a Refund)>) -> String {
    let told = refunds.map(|(id, one)| format!("refund {} ({}, {})", id.0, one.by(), one.amount));
    told.collect::<Vec<String>>().join(" and ")
}

/// What such an item says, and what to do, once its refund was taken back.
pub fn not_sent(what: &str) -> (String, &'static str) {
    let taken = what.split(BUT).next().unwrap_or_default();
    (format!("{taken}{BUT}the refund that paid it was not sent after all"), NOT_SENT)
}

const BUT: &str = ", and ";

const NOT_SENT: &str = "ask the payer for which claim and why, and for the reversal (CLP02 22) where it sent none; appeal if nothing \
     was overpaid";

const NOT_TOLD: &str = "tell the payer which check paid it, and ask for the 72 or for what it took; the item closes when the payer \
     tells of the check (PLB 72); a check that never left: `claimgate bank cancel-refund`";

const REST: &str = "tell the payer which check paid it, and ask why it takes more, and for the 72 or for what it took";

const HAS_IT: &str = "where its 72 stands for this, both come to nothing, and the item may be closed; where it took the same \
     twice, ask for it back";
