//! An 835 that pays several offices, cut up: each gets its own claims, its own part of what belongs
//! to no claim, and a payment that adds up again. What nobody knows the office of is a part, too,
//! and stays here.
//!
//! The segments stay as they came. Only BPR, the counts, and a PLB with entries of several offices
//! are written anew; the summaries of a heading (TS2, TS3) are left out where its claims are parted.
//! An office that owes more than it is paid has a payment of nothing: what the others' money met of
//! it stands as PLB OB (offset for affiliated providers) in its part with a minus, and in theirs with
//! a plus, so that all parts together are the whole.

mod interest;
mod owners;
mod scissors;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use x12::delimiters::Delimiters;
use x12::interchange::{Interchange, Set};
use x12::value::Money;
use x12::view::remittance::Remittance;

pub(super) use owners::{Offices, Owner, Owners, payee_office};
use scissors::{Own, Piece, Scissors};

use crate::reconcile;

/// A part of a transaction set, from its ST to its SE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Share {
    pub amount: Money,
    /// What it is paid less for what other parts owe; negative where others' money met what it owes.
    pub offset: Money,
    pub bytes: Vec<u8>,
}

/// The share of each owner, or why there is none.
pub(super) fn shares(
    interchange: &Interchange,
    set: &Set,
    remittance: &Remittance<'_>,
    owners: &Owners,
    payee: &Owner,
) -> Result<BTreeMap<Owner, Share>, String> {
    let amounts = amounts(remittance, owners);
    let whole: Money = amounts.values().copied().sum();
    if remittance.amount.money() != Some(whole) {
        return Err("it pays several offices and does not add up".to_owned());
    }
    if whole.is_negative() {
        return Err("it pays several offices, and less than nothing".to_owned());
    }
    let offsets = offsets(&amounts, payee);
    let headings = owners::headings(interchange, set);
    let delimiters = interchange.delimiters();
    let parted = |(owner, amount): (Owner, Money)| {
        let claims: Vec<bool> = owners.claims.iter().map(|one| *one == owner).collect();
        let entries = owners.entries.iter().zip(&remittance.provider_adjustments);
        let entries = entries.map(|(parts, entry)| {
            let amount = entry.amount.money().unwrap_or_default();
            match parts.iter().find(|(of, _)| *of == owner) {
                None => Piece::Nothing,
                Some((_, part)) if *part == amount && parts.len() == 1 => Piece::Whole,
                Some((_, part)) => Piece::Part(*part),
            }
        });
        let others = headings.iter().zip(&claims).filter(|(_, is_ours)| !**is_ours);
        let offset = offsets.get(&owner).copied().unwrap_or_default();
        let amount = amount - offset;
        let plb =
            (!offset.is_zero()).then(|| offset_elements(interchange, set, remittance, offset));
        let own = Own {
            amount,
            entries: entries.collect(),
            parted_headings: others.map(|((number, _), _)| *number).collect(),
            claims,
            offset: plb.as_deref(),
        };
        let mut scissors = Scissors::new(delimiters, own);
        for segment in interchange.set_segments(set) {
            scissors.take(&segment);
        }
        (owner, Share { amount, offset, bytes: scissors.out })
    };
    Ok(amounts.into_iter().map(parted).collect())
}

/// What the claims and the entries of each owner come to.
fn amounts(remittance: &Remittance<'_>, owners: &Owners) -> BTreeMap<Owner, Money> {
    let mut amounts: BTreeMap<Owner, Money> = BTreeMap::new();
    for (owner, claim) in owners.claims.iter().zip(&remittance.claims) {
        *amounts.entry(owner.clone()).or_default() += claim.paid.money().unwrap_or_default();
    }
    for (owner, part) in owners.entries.iter().flatten() {
        *amounts.entry(owner.clone()).or_default() -= *part;
    }
    amounts
}

/// What owners below nothing owe is met by the payee's office first, for it gets the money, then by
/// whoever is paid most; what nobody knows the office of comes last.
fn offsets(amounts: &BTreeMap<Owner, Money>, payee: &Owner) -> BTreeMap<Owner, Money> {
    let mut offsets = BTreeMap::new();
    let mut owed = Money::ZERO;
    let mut paid: Vec<(&Owner, Money)> = Vec::new();
    for (owner, amount) in amounts {
        if amount.is_negative() {
            offsets.insert(owner.clone(), *amount);
            owed -= *amount;
        } else {
            paid.push((owner, *amount));
        }
    }
    paid.sort_by_key(|&(owner, amount)| (owner.is_none(), owner != payee, -amount));
    for (owner, amount) in paid {
        let met = amount.min(owed);
        if !met.is_zero() {
            offsets.insert(owner.clone(), met);
            owed -= met;
        }
    }
    offsets
}

/// PLB OB of the payee, under the number of the payment.
fn offset_elements(
    interchange: &Interchange,
    set: &Set,
    remittance: &Remittance<'_>,
    offset: Money,
) -> Vec<Vec<u8>> {
    let component = interchange.delimiters().component;
    let mut fiscal_year = remittance.paid_on.text().chars().take(4).collect::<String>() + "1231";
    let mut trace = Vec::new();
    for segment in interchange.set_segments(set) {
        match segment.tag_bytes() {
            b"TRN" if trace.is_empty() => trace = segment.text(2).to_vec(),
            b"PLB" => {
                fiscal_year = segment.field(2).text().into_owned();
                break;
            }
            _ => {}
        }
    }
    let mut reason = b"OB".to_vec();
    if !trace.is_empty() && !trace.contains(&component) {
        reason.push(component);
        reason.extend(trace);
    }
    let payee = reconcile::payee(remittance).into_bytes();
    vec![b"PLB".to_vec(), payee, fiscal_year.into_bytes(), reason, offset.to_wire().into_bytes()]
}

/// Shares of one office in the sets of an interchange, by their place among the groups, as an
/// interchange of its own under the same numbers.
pub(super) fn interchange_of(interchange: &Interchange, shares: &[(usize, &Share)]) -> Vec<u8> {
    let Delimiters { element, segment, .. } = interchange.delimiters();
    let mut out = Vec::new();
    let mut write = |bytes: &[u8]| {
        out.extend_from_slice(bytes);
        out.push(segment);
    };
    let trailer = |tag: &str, count: usize, number: &[u8]| {
        [tag.as_bytes(), count.to_string().as_bytes(), number].join(&element)
    };
    write(interchange.header().bytes());
    let mut groups = 0;
    for (index, group) in interchange.groups.iter().enumerate() {
        let own: Vec<&Share> =
            shares.iter().filter(|(of, _)| *of == index).map(|&(_, share)| share).collect();
        if own.is_empty() {
            continue;
        }
        groups += 1;
        let gs = interchange.group_header(group);
        write(gs.bytes());
        for share in &own {
            // Its last terminator is written here.
            write(share.bytes.strip_suffix(&[segment]).unwrap_or(&share.bytes));
        }
        write(&trailer("GE", own.len(), gs.text(6)));
    }
    write(&trailer("IEA", groups, interchange.header().text(13)));
    out
}
