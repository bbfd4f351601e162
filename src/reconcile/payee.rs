//! What the store knows of a remittance as a whole: whom it pays, and under which number.

use x12::segment::Field;
use x12::view::remittance::{ProviderAdjustment, ProviderSummary, Remittance};

use super::balance::Balance;
use super::findings::Notebook;
use super::matching::{KnownClaim, is_same_tax_id, tax_id_of};
use super::provider::entry_of;
use super::{Incoming, Payee};
use crate::denials::printable;

/// V09, V25 and V35.
pub(super) fn compare_with_known(
    remittance: &Remittance<'_>,
    incoming: &Incoming<'_>,
    known: &[KnownClaim],
    balance: &mut Balance,
) {
    let mut notebook = Notebook { claim: None, found: &mut balance.findings };
    if incoming.is_trace_used {
        let what = "TRN02 came before, with another payment to this payee".to_owned();
        notebook.add("V09", remittance.trace.place, what);
    }
    let again = |entry: &&ProviderAdjustment<'_>| is_said_again(entry, remittance, incoming);
    if let Some(entry) = remittance.provider_adjustments.iter().find(again) {
        let (reason, amount) = (printable(&entry.reason), entry.amount.money().unwrap_or_default());
        let what = format!("PLB {reason} of {amount} came before under this TRN02");
        notebook.add("V35", entry.amount.place, what);
    }
    if !is_payee_ours(remittance, incoming.payee, known) {
        let what =
            "no claim was ever billed for who is paid (N1*PE), so that no office gets a copy"
                .to_owned();
        let place = remittance.payee.as_ref().map_or(remittance.place, |payee| payee.place);
        notebook.add("V25", place, what);
    }
}

/// Whether a payment under the same number said the same of a provider.
pub(super) fn is_said_again(
    entry: &ProviderAdjustment<'_>,
    remittance: &Remittance<'_>,
    incoming: &Incoming<'_>,
) -> bool {
    let new = entry_of(entry, remittance);
    !new.amount.is_zero() && incoming.adjusted.contains(&new)
}

/// V25: by its NPI, by its tax number where a claim of ours has one, or by the providers that it is
/// paid for.
fn is_payee_ours(remittance: &Remittance<'_>, payee: Payee, known: &[KnownClaim]) -> bool {
    if payee == Payee::Ours {
        return true;
    }
    let tax_id = remittance.payee.as_ref().and_then(tax_id_of);
    let has_tax_id =
        |id: Field<'_>| known.iter().any(|claim| is_same_tax_id(&claim.billing_tax_id, &id.text()));
    let is_provider = |heading: &ProviderSummary<'_>| {
        known.iter().any(|claim| heading.provider.is(&claim.billing_npi))
    };
    // Without numbers on both sides nothing is known, and nothing is matched by it.
    let is_silent = payee == Payee::Unsaid
        && (tax_id.is_none() || known.iter().all(|claim| claim.billing_tax_id.is_empty()));
    is_silent || tax_id.is_some_and(has_tax_id) || remittance.summaries.iter().any(is_provider)
}
