//! What the store knows of a remittance as a whole: whom it pays, and under which number.

use std::collections::{HashMap, HashSet};

use x12::segment::Field;
use x12::value::{Money, is_npi};
use x12::view::remittance::{ProviderAdjustment, ProviderSummary, Remittance};

use super::balance::Balance;
use super::findings::{Notebook, is_after_another};
use super::matching::{Known, KnownClaim, Match, Parties, is_same_tax_id, match_claim, tax_id_of};
use super::provider::entry_of;
use super::{Incoming, Payee};
use crate::change::ProviderEntry;
use crate::denials::printable;

/// V09, V25, V35, V39 and V41.
pub(super) fn compare_with_known(
    remittance: &Remittance<'_>,
    incoming: &Incoming<'_>,
    known: &[KnownClaim],
    balance: &mut Balance,
) {
    let mut notebook = Notebook { claim: None, found: &mut balance.findings };
    if let Some(fault) = &incoming.rejected {
        let what = format!("its transaction set was rejected with a 999: {fault}");
        notebook.add("V39", remittance.place, what);
    }
    if incoming.is_trace_used {
        let what = "TRN02 came before, with another payment to this payee".to_owned();
        notebook.add("V09", remittance.trace.place, what);
    }
    if let Some((entry, _)) = said_again(remittance, incoming).find(|&(_, is_again)| is_again) {
        let (reason, amount) = (printable(&entry.reason), entry.amount.money().unwrap_or_default());
        let what = format!("PLB {reason} of {amount} came before under this TRN02");
        notebook.add("V35", entry.amount.place, what);
    }
    if incoming.is_payer_strange && !is_of_payer(remittance, incoming, known) {
        let what = "it names no payer of the settings, neither TRN03 nor N1*PR is one under which the owner of the \
             channel paid before, and it decides on no claim that was sent to it"
            .to_owned();
        notebook.add(OF_ANOTHER, remittance.trace_payer.place, what);
    }
    if !is_payee_ours(remittance, incoming.payee, known) {
        let what =
            "no claim was ever billed for who is paid (N1*PE), so that no office gets a copy"
                .to_owned();
        let place = remittance.payee.as_ref().map_or(remittance.place, |payee| payee.place);
        notebook.add("V25", place, what);
    }
}

/// The entries of a PLB, and whether a payment under the same number said the same of a provider.
/// What one PLB takes and gives back is said by neither: some payers carry the balance of each payment
/// on to the next under one number, and each of these takes up what it passes on.
pub(super) fn said_again<'r, 'b>(
    remittance: &'r Remittance<'b>,
    incoming: &Incoming<'_>,
) -> impl Iterator<Item = (&'r ProviderAdjustment<'b>, bool)> {
    let entries = &remittance.provider_adjustments;
    let own: Vec<ProviderEntry> = entries.iter().map(|entry| entry_of(entry, remittance)).collect();
    let numbers = numbers_of_payee(remittance, incoming);
    let words = |entry| words(entry, &numbers);
    let before: HashSet<Words<'_>> =
        incoming.adjusted.iter().flat_map(|one| left(one, &numbers)).collect();
    let left = left(&own, &numbers);
    let is_again = |words: Words<'_>| left.contains(&words) && before.contains(&words);
    let is_again: Vec<bool> = own.iter().map(|entry| is_again(words(entry))).collect();
    entries.iter().zip(is_again)
}

/// Whom an entry is about, its reason, its reference and its amount.
type Words<'e> = (&'e str, &'e str, &'e str, Money);

/// Who is paid has one name, by whichever of its numbers an entry (PLB01) calls it.
fn words<'e>(entry: &'e ProviderEntry, numbers: &'e [String]) -> Words<'e> {
    let payee = match numbers.first().filter(|_| numbers.contains(&entry.payee)) {
        Some(own) => own,
        None => &entry.payee,
    };
    (payee, &entry.reason, entry.reference.expose(), entry.amount)
}

/// The numbers by which an entry may call who is paid. Of several NPIs under one tax id each is a provider
/// of its own.
fn numbers_of_payee(remittance: &Remittance<'_>, incoming: &Incoming<'_>) -> Vec<String> {
    let tax_id = remittance.payee.as_ref().and_then(tax_id_of);
    let mut numbers: Vec<String> = incoming.payees.to_vec();
    numbers.extend(tax_id.map(|id| id.text().trim().to_owned()));
    let is_npi = |number: &String| is_npi(number.as_bytes());
    if numbers.iter().filter(|number| is_npi(number)).count() > 1 {
        let own = super::payee(remittance);
        numbers.retain(|number| !is_npi(number) || *number == own);
    }
    numbers
}

/// What a PLB says, without what it takes back itself.
fn left<'e>(entries: &'e [ProviderEntry], numbers: &'e [String]) -> HashSet<Words<'e>> {
    let mut counts: HashMap<Words<'_>, u32> = HashMap::new();
    for entry in entries {
        *counts.entry(words(entry, numbers)).or_default() += 1;
    }
    let count = |words: Words<'_>| counts.get(&words).copied().unwrap_or_default();
    let is_left = |&&(payee, reason, reference, amount): &&Words<'_>| {
        count((payee, reason, reference, -amount)) < count((payee, reason, reference, amount))
    };
    counts.keys().filter(is_left).copied().collect()
}

/// The rule that a remittance is of the channel's payer.
pub(super) const OF_ANOTHER: &str = "V41";

/// What a remittance calls its payer: N1*PR and TRN03.
pub(super) fn says_it_is(remittance: &Remittance<'_>) -> (String, String) {
    let name = remittance.payer.as_ref().map(|payer| payer.last_name.text().trim().to_owned());
    (name.unwrap_or_default(), remittance.trace_payer.text().trim().to_owned())
}

/// V41: whether it decides, as the first, on a claim that went to the payer: then that payer has another
/// number and another name.
fn is_of_payer(remittance: &Remittance<'_>, incoming: &Incoming<'_>, known: &[KnownClaim]) -> bool {
    let known = Known::new(known);
    remittance.claims.iter().enumerate().any(|(index, payment)| {
        let parties = Parties::of(remittance, incoming.payer, index);
        let is_its = |claim: &KnownClaim| claim.payer.as_deref() == Some(incoming.payer);
        let is_sure = matches!(match_claim(payment, &known, &parties), Match::Sure { claim, .. } if is_its(claim));
        is_sure && !is_after_another(payment)
    })
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
