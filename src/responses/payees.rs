//! By which other numbers a payer named who is paid now: its NPI in one file, its tax id in another. Two are one only
//! where a remittance, a claim of ours or the settings say so.

use std::collections::BTreeSet;

use x12::value::is_npi;
use x12::view::remittance::Remittance;

use super::{in_file, remittances};
use crate::change::{ContentHash, ProviderEntry};
use crate::intake::{Intake, Knowledge};
use crate::reconcile;
use crate::reconcile::matching::{KnownClaim, is_same_tax_id, tax_id_of};

/// What earlier remittances of the same file say.
#[derive(Debug, Default)]
pub(super) struct Here {
    /// Whom the payer paid under the same number.
    payees: BTreeSet<String>,
    /// Who was paid by any number, each with its tax id.
    named: BTreeSet<(String, String)>,
}

impl Here {
    pub(super) fn of(intake: &Intake<'_>, remittance: &Remittance<'_>, payer: &str) -> Here {
        let trace = remittance.trace.text();
        let earlier = intake.change.payments.iter();
        let under = earlier.filter(|one| one.payer == payer && one.trace == trace.as_ref());
        let payees = under.map(|one| one.payee.clone()).collect();
        Here { payees, named: intake.payees.clone() }
    }
}

/// Who is paid, with the tax id that the remittance has for it.
pub(super) fn named(remittance: &Remittance<'_>) -> Option<(String, String)> {
    let tax_id = tax_id_of(remittance.payee.as_ref()?)?;
    Some((reconcile::payee(remittance), tax_id.text().trim().to_owned()))
}

/// The numbers of who is paid, the remittance's own first, and then those under which the payer paid it by the same
/// TRN02 before.
pub(super) fn of(
    remittance: &Remittance<'_>,
    payer: &str,
    (knowledge, here): (&dyn Knowledge, &Here),
) -> Vec<String> {
    let own = reconcile::payee(remittance);
    let trace = remittance.trace.text();
    let mut others: BTreeSet<String> = here.payees.clone();
    others.extend(knowledge.payees_under(payer, &trace));
    others.retain(|other| *other != own);
    let mut numbers = vec![own.clone()];
    if others.is_empty() {
        return numbers;
    }
    let known = remittances::spoken_of(knowledge, remittance);
    let tax_id = named(remittance).map(|(_, tax_id)| tax_id);
    let is_it = |other: &String| match (&tax_id, is_tax_id(other)) {
        (Some(tax_id), true) => is_same_tax_id(tax_id, other),
        (None, true) => is_npi(own.as_bytes()) && is_of_npi((&own, other), &known, knowledge),
        // Two NPIs are two providers.
        (Some(tax_id), false) if is_npi(other.as_bytes()) && !is_npi(own.as_bytes()) => {
            is_of_npi((other, tax_id), &known, knowledge)
                || was_named((other, tax_id), here)
                || was_named_before((other, tax_id), (payer, &trace), knowledge)
        }
        (Some(_) | None, false) => false,
    };
    numbers.extend(others.into_iter().filter(is_it));
    numbers
}

/// What each PLB of the latest payments to these numbers says, under one TRN02.
pub(super) fn adjusted_under(
    (payer, payees): (&str, &[String]),
    trace: &str,
    knowledge: &dyn Knowledge,
) -> Vec<Vec<ProviderEntry>> {
    let of = |payee: &String| {
        knowledge.adjusted_under((payer, payee), trace, remittances::UNDER_ONE_NUMBER_MAX)
    };
    payees.iter().flat_map(of).collect()
}

/// What a remittance may be called by that came before, as the payee has these numbers; its own first.
pub(super) fn identities(
    remittance: &Remittance<'_>,
    (own, content): (&str, &ContentHash),
    payees: &[String],
) -> Vec<String> {
    let others = payees.iter().skip(1);
    let others = others.map(|payee| reconcile::identity_as(remittance, payee, content));
    std::iter::once(own.to_owned()).chain(others).collect()
}

/// Nine digits; some write them with hyphens.
fn is_tax_id(number: &str) -> bool {
    let digits = number.bytes().filter(|byte| *byte != b'-' && *byte != b' ');
    let digits: Vec<u8> = digits.collect();
    digits.len() == TAX_ID_DIGITS && digits.iter().all(u8::is_ascii_digit)
}

const TAX_ID_DIGITS: usize = 9;

/// Whether a claim that is paid was billed with both, or one office of the settings alone has both and no other
/// tax id.
fn is_of_npi((npi, tax_id): (&str, &str), known: &[KnownClaim], knowledge: &dyn Knowledge) -> bool {
    let is_billed = |claim: &KnownClaim| {
        claim.billing_npi == npi && is_same_tax_id(&claim.billing_tax_id, tax_id)
    };
    let offices = knowledge.providers();
    let has = |own: &[String], number| own.iter().any(|own| is_same_tax_id(own, number));
    let mut naming = offices.iter().filter(|(_, own)| has(own, npi) || has(own, tax_id));
    let by_settings = match (naming.next(), naming.next()) {
        (Some((_, own)), None) => {
            let tax_ids = own.iter().filter(|number| is_tax_id(number)).count();
            has(own, npi) && has(own, tax_id) && tax_ids == 1
        }
        (Some(_) | None, _) => false,
    };
    known.iter().any(is_billed) || by_settings
}

/// Whether a remittance of this file has the tax id beside the NPI (REF*TJ).
fn was_named((npi, tax_id): (&str, &str), here: &Here) -> bool {
    here.named.iter().any(|(payee, own)| payee == npi && is_same_tax_id(own, tax_id))
}

/// Whether one that came before has.
fn was_named_before(
    (npi, tax_id): (&str, &str),
    (payer, trace): (&str, &str),
    knowledge: &dyn Knowledge,
) -> bool {
    let under = knowledge.paid_under((payer, npi), trace).into_iter().take(FILES_READ_MAX);
    let mut said = under.filter_map(|one| {
        let file = knowledge.file(&knowledge.remitted_in(&one.identity)?)?;
        in_file::find(&file, |kept| {
            let is_it = kept.names(|bytes| knowledge.hash(bytes)).has(&one.identity);
            is_it.then(|| named(&kept.remittance)).flatten()
        })
    });
    said.any(|(_, own)| is_same_tax_id(&own, tax_id))
}

/// A payer writes the tax id beside the NPI in all of its files or in none.
const FILES_READ_MAX: usize = 3;
