//! Which of our offices is paid, and whose claims it is paid for.

use std::collections::{BTreeMap, BTreeSet};

use x12::phi::Phi;
use x12::segment::Field;
use x12::value::Money;
use x12::view::parts::Party;
use x12::view::remittance::Remittance;

use super::findings::{Finding, Notebook};
use super::matching::{KnownClaim, Match, Parties, is_same_tax_id, tax_id_of};
use super::posting::Judged;
use crate::change::ClaimId;
use crate::change::cases::PAID_ELSEWHERE;
use crate::denials::route::shown;

/// The offices of the settings, as far as a remittance may speak of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OurOffices {
    /// Each office that names its `providers`, with their NPIs and tax ids.
    pub providers: Vec<(String, Vec<String>)>,
    /// The offices of the providers that the PLB is about, as far as they are known.
    pub of_entries: BTreeMap<String, String>,
}

/// Where nobody asks for them.
pub static NO_OFFICES: OurOffices =
    OurOffices { providers: Vec::new(), of_entries: BTreeMap::new() };

impl OurOffices {
    /// The office whose settings name a provider.
    fn naming(&self, id: &str) -> Option<&str> {
        let is_it = |own: &String| is_same_tax_id(own, id);
        let mut offices = self.providers.iter();
        offices.find(|(_, own)| own.iter().any(is_it)).map(|(office, _)| office.as_str())
    }

    /// Who is paid (N1*PE), by the settings alone.
    fn paid(&self, payee: &Party<'_>) -> Option<&str> {
        let numbers = [Some(payee.id), tax_id_of(payee)];
        numbers.into_iter().flatten().find_map(|number| self.naming(&number.text()))
    }

    fn names_providers_of(&self, office: &str) -> bool {
        self.providers.iter().any(|(name, own)| name == office && !own.is_empty())
    }
}

/// Money of one remittance for claims of other offices than the one that is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidElsewhere {
    /// The office that is paid.
    pub paid: String,
    /// N104 of N1*PE.
    pub payee: String,
    pub claims: Vec<Owed>,
}

/// A claim whose money another office has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The office that sent it.
    pub office: String,
    pub claim: ClaimId,
    /// CLM01.
    pub number: Phi<String>,
    pub amount: Money,
    /// Its ordinal in the remittance, from 1.
    ordinal: usize,
}

impl PaidElsewhere {
    pub fn amount(&self) -> Money {
        self.claims.iter().map(|owed| owed.amount).sum()
    }

    /// What each office is owed, and for how many claims.
    pub fn by_office(&self) -> BTreeMap<&str, (Money, usize)> {
        let mut owed: BTreeMap<&str, (Money, usize)> = BTreeMap::new();
        for one in &self.claims {
            let of = owed.entry(&one.office).or_default();
            of.0 += one.amount;
            of.1 += 1;
        }
        owed
    }

    /// `148.00 for 1 claim of office south`, of each office.
    pub fn told(&self) -> String {
        let of = |(office, (amount, count)): (&str, (Money, usize))| {
            let claims = if count == 1 { "claim" } else { "claims" };
            format!("{amount} for {count} {claims} of office {office}")
        };
        let told: Vec<String> = self.by_office().into_iter().map(of).collect();
        told.join(" and ")
    }

    /// The rule that each of the claims breaks.
    pub(super) fn note(&self, remittance: &Remittance<'_>, found: &mut Vec<Finding>) {
        for Owed { amount, ordinal, .. } in &self.claims {
            let claim = remittance.claims.get(ordinal - 1);
            let place = claim.map_or(remittance.place, |claim| claim.place);
            let what = format!("{amount} is paid to another office than the claim's");
            Notebook { claim: Some(*ordinal), found }.add(PAID_ELSEWHERE, place, what);
        }
    }
}

/// V45. A payment in which the office that is paid has a claim of its own is one for several offices, and is
/// parted; and whom a claim was billed for is paid for it, whoever sent it.
pub(super) fn paid_elsewhere(
    remittance: &Remittance<'_>,
    judged: &[Judged<'_, '_>],
    offices: &OurOffices,
) -> Option<PaidElsewhere> {
    let payee = remittance.payee.as_ref()?;
    let paid = offices.paid(payee)?;
    let sure = judged.iter().filter_map(|judged| match judged.found {
        Match::Sure { claim, .. } => Some((judged, claim)),
        Match::Suggested { .. } | Match::Unknown => None,
    });
    let sure: Vec<(&Judged<'_, '_>, &KnownClaim)> = sure.collect();
    let senders: BTreeSet<&str> = sure.iter().map(|(_, claim)| claim.partner.as_str()).collect();
    if senders.contains(paid) {
        return None;
    }
    let is_owed = |ordinal: usize, claim: &KnownClaim| {
        let parties = Parties::of(remittance, "", ordinal - 1);
        let has_npi = |number: &Field<'_>| !number.is_empty() && number.is(&claim.billing_npi);
        let mut billed_for = [&claim.billing_npi, &claim.billing_tax_id].into_iter();
        let is_billed_for = has_npi(&payee.id)
            || tax_id_of(payee).is_some_and(|id| is_same_tax_id(&id.text(), &claim.billing_tax_id))
            || billed_for.any(|number| offices.naming(number) == Some(paid));
        // The number of a claim's own office beside that of another, or above its heading (TS301).
        let own = [tax_id_of(payee), parties.provider].into_iter().flatten();
        let is_named = own.into_iter().any(|number| {
            has_npi(&number) || offices.naming(&number.text()) == Some(&claim.partner)
        });
        offices.names_providers_of(&claim.partner) && !is_billed_for && !is_named
    };
    let owed = sure.into_iter().filter_map(|(judged, claim)| {
        let amount = judged.payment.paid.money().unwrap_or_default();
        let is_it = Money::ZERO < amount && is_owed(judged.ordinal, claim);
        is_it.then(|| Owed {
            office: claim.partner.clone(),
            claim: claim.id,
            number: Phi::new(shown(claim.patient_control_number.expose())),
            amount,
            ordinal: judged.ordinal,
        })
    });
    let claims: Vec<Owed> = owed.collect();
    let payee = shown(&payee.id.text());
    (!claims.is_empty()).then(|| PaidElsewhere { paid: paid.to_owned(), payee, claims })
}
