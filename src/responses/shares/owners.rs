//! Whose each claim and each entry of a PLB is in an 835 that may pay several offices.

use std::collections::{BTreeSet, HashMap};

use x12::interchange::{Interchange, Set};
use x12::segment::Field;
use x12::value::Money;
use x12::view::remittance::{ClaimPayment, ProviderAdjustment, Remittance};

use super::interest;
use crate::reconcile::names_in;

/// An office by its name in the settings; `None` where nobody knows which.
pub(in crate::responses) type Owner = Option<String>;

/// What is known of offices besides the segments.
pub(in crate::responses) struct Offices<'a> {
    /// Of each claim, the office of the claim of ours that it pays.
    pub matched: Vec<Owner>,
    /// Who bills through which office alone: an NPI or a tax id.
    pub of_provider: &'a dyn Fn(&str) -> Owner,
    /// The offices of all claims of ours that this payer may call by a number.
    pub of_number: &'a dyn Fn(&str) -> BTreeSet<String>,
}

/// Whose everything is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::responses) struct Owners {
    /// In the order of the claims.
    pub claims: Vec<Owner>,
    /// In the order of the entries of PLBs: one owner with all of it, or several with a part each.
    pub entries: Vec<Vec<(Owner, Money)>>,
}

impl Owners {
    /// Of each claim: who we know that it is of, whom its providers bill through, or, where no other office has a
    /// claim here, the payee. Of an entry: who has the claim that it names, in this 835 or in an
    /// earlier one, or else its provider. Interest goes with the claims that it is for.
    pub fn of(
        interchange: &Interchange,
        set: &Set,
        remittance: &Remittance<'_>,
        offices: &Offices<'_>,
    ) -> Owners {
        let headings = headings(interchange, set);
        let payee = payee_office(remittance, offices);
        let claims = claim_owners(remittance, &headings, payee.as_ref(), offices);
        let placing = Placing::new(remittance, &headings, &claims, payee, offices);
        let placed: Vec<Placed> =
            remittance.provider_adjustments.iter().map(|entry| placing.place(entry)).collect();
        let entries = interest::divided(remittance, &claims, placed);
        Owners { claims, entries }
    }

    /// Everybody who has something in it.
    pub fn all(&self) -> BTreeSet<&Owner> {
        let entries = self.entries.iter().flatten().map(|(owner, _)| owner);
        self.claims.iter().chain(entries).collect()
    }
}

/// The heading of each claim: which it is, from 1, and its TS301; empty where it has none.
pub(super) fn headings(interchange: &Interchange, set: &Set) -> Vec<(usize, String)> {
    let (mut found, mut number, mut provider) = (Vec::new(), 0, String::new());
    for segment in interchange.set_segments(set) {
        match segment.tag_bytes() {
            b"LX" => {
                number += 1;
                provider.clear();
            }
            b"TS3" => segment.field(1).text().trim().clone_into(&mut provider),
            b"CLP" => found.push((number, provider.clone())),
            _ => {}
        }
    }
    found
}

/// The office of N1*PE, by its NPI or its tax id.
pub(in crate::responses) fn payee_office(
    remittance: &Remittance<'_>,
    offices: &Offices<'_>,
) -> Owner {
    let payee = remittance.payee.as_ref()?;
    let office_of = |id: Field<'_>| (offices.of_provider)(id.text().trim());
    office_of(payee.id).or_else(|| payee.reference("TJ").and_then(office_of))
}

fn claim_owners(
    remittance: &Remittance<'_>,
    headings: &[(usize, String)],
    payee: Option<&String>,
    offices: &Offices<'_>,
) -> Vec<Owner> {
    let known = offices.matched.iter().zip(&remittance.claims).enumerate();
    let mut contradictory = BTreeSet::new();
    let mut owners: Vec<Owner> = Vec::with_capacity(remittance.claims.len());
    for (index, (office, claim)) in known {
        let heading = headings.get(index).map_or("", |(_, provider)| provider.as_str());
        let mut said = match office {
            Some(office) => BTreeSet::from([office.clone()]),
            None => said_by_providers(claim, heading, offices),
        };
        if said.len() > 1 {
            contradictory.insert(index);
            said.clear();
        }
        owners.push(said.pop_first());
    }
    let is_payees = payee.is_some() && owners.iter().flatten().all(|owner| Some(owner) == payee);
    if is_payees && contradictory.is_empty() {
        for owner in &mut owners {
            *owner = payee.cloned();
        }
    }
    owners
}

/// The offices that the providers of a claim bill through: who rendered it (NM1*82), or its lines (REF*HPI),
/// and TS301 of its heading.
fn said_by_providers(
    claim: &ClaimPayment<'_>,
    heading: &str,
    offices: &Offices<'_>,
) -> BTreeSet<String> {
    let rendering = claim.parties.iter().filter(|party| party.entity.is("82"));
    let of_lines = claim.services.iter().flat_map(|line| &line.references);
    let of_lines = of_lines.filter(|reference| reference.qualifier.is("HPI"));
    let ids = rendering.map(|party| party.id).chain(of_lines.map(|reference| reference.value));
    let ids: BTreeSet<String> = ids.map(|id| id.text().trim().to_owned()).collect();
    let ids = ids.iter().map(String::as_str).chain([heading]);
    ids.filter_map(|id| (offices.of_provider)(id)).collect()
}

/// Where an entry goes, and whether a claim that it names says so.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub owner: Owner,
    pub names_claim: bool,
}

/// All that says whose an entry of a PLB is.
struct Placing<'a> {
    /// The owners of the claims here, by CLP01 and by CLP07.
    by_number: HashMap<String, BTreeSet<Owner>>,
    /// The owners of the claims under each TS301.
    by_heading: HashMap<&'a str, BTreeSet<&'a Owner>>,
    /// Whose all claims are; of a payment without claims, the payee's office.
    only: Owner,
    offices: &'a Offices<'a>,
}

impl<'a> Placing<'a> {
    fn new(
        remittance: &Remittance<'_>,
        headings: &'a [(usize, String)],
        claims: &'a [Owner],
        payee: Owner,
        offices: &'a Offices<'a>,
    ) -> Placing<'a> {
        let mut placing = Placing {
            by_number: HashMap::new(),
            by_heading: HashMap::new(),
            only: if claims.is_empty() { payee } else { only(claims.iter().collect()) },
            offices,
        };
        if remittance.provider_adjustments.is_empty() {
            return placing;
        }
        for ((claim, owner), (_, provider)) in remittance.claims.iter().zip(claims).zip(headings) {
            for number in [claim.payer_control_number, claim.patient_control_number] {
                let number = number.text().trim().to_owned();
                placing.by_number.entry(number).or_default().insert(owner.clone());
            }
            placing.by_heading.entry(provider).or_default().insert(owner);
        }
        placing
    }

    fn place(&self, entry: &ProviderAdjustment<'_>) -> Placed {
        let provider = entry.provider.text();
        let of_provider = (self.offices.of_provider)(provider.trim());
        if let Some(named) = self.named(entry) {
            // One number may be that of claims of two offices; two numbers may name two.
            let owner = if named.contains(&of_provider) {
                of_provider
            } else {
                only(named.iter().collect())
            };
            return Placed { owner, names_claim: true };
        }
        let under = || only(self.by_heading.get(provider.trim())?.clone());
        let owner = of_provider.or_else(under).or_else(|| self.only.clone());
        Placed { owner, names_claim: false }
    }

    /// Who has a claim by each of the numbers that a reference holds; `None` where it names no claim.
    fn named(&self, entry: &ProviderAdjustment<'_>) -> Option<BTreeSet<Owner>> {
        let is_of_claims = !entry.reason.is_any(&NEVER_OF_CLAIMS);
        let of_earlier = |number: &str| -> BTreeSet<Owner> {
            let offices = is_of_claims.then(|| (self.offices.of_number)(number));
            offices.into_iter().flatten().map(Some).collect()
        };
        let mut named: Option<BTreeSet<Owner>> = None;
        for number in names_in(&entry.reference.text()) {
            let owners = self.by_number.get(number).cloned();
            let owners = owners.unwrap_or_else(|| of_earlier(number));
            if owners.is_empty() {
                continue;
            }
            named = Some(match named {
                None => owners,
                Some(before) => &before & &owners,
            });
        }
        named
    }
}

/// Capitation, levies, loans and payments by the month have numbers of their own: that one is also an earlier
/// claim's is chance.
const NEVER_OF_CLAIMS: [&str; 8] = ["CR", "CT", "IR", "IS", "LE", "LS", "PI", "SL"];

fn only(owners: BTreeSet<&Owner>) -> Owner {
    match owners.len() {
        1 => owners.first().and_then(|&owner| owner.clone()),
        _ => None,
    }
}
