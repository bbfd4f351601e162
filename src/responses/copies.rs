//! What offices get of remittances: the file as it came when all of it is one office's, or else
//! the share of each. What nobody can part waits for a person.

use std::collections::{BTreeMap, HashMap};

use x12::fault::Place;
use x12::interchange::{Interchange, Set};
use x12::phi::Phi;
use x12::value::Money;
use x12::view::remittance::Remittance;

use super::shares::{self, Share};
use super::{origin, subject};
use crate::change::{ArrivalId, Change, ClaimId, DeliveryKind, NewDelivery};
use crate::denials::route::{self, Subject, shown};
use crate::intake::Intake;
use crate::intake::notices::{News, Notice};
use crate::reconcile::matching::KnownClaim;

/// A remittance of the interchange at hand, as far as its copies for offices are concerned.
#[derive(Debug)]
pub(crate) struct Remitted {
    /// TRN02.
    trace: String,
    amount: Money,
    /// The offices whose claims it pays, each with its share, or why it cannot be parted; nobody
    /// when none of its claims is known, or when it pays a stranger.
    shares: Result<BTreeMap<String, Share>, String>,
    /// The index of its group.
    group: usize,
    place: Place,
}

/// Notes whose claims a remittance pays, once it was reconciled.
pub(super) fn note_offices(
    intake: &mut Intake<'_>,
    (change, known): (&Change, &[KnownClaim]),
    (interchange, set): (&Interchange, &Set),
    remittance: &Remittance<'_>,
) {
    let Some(payment) = change.payments.first() else { return };
    let knowledge = intake.knowledge;
    let office_of = |provider: &str| knowledge.office_of(provider);
    let partners: HashMap<ClaimId, &String> =
        known.iter().map(|claim| (claim.id, &claim.partner)).collect();
    let partner_of = |claim: ClaimId| partners.get(&claim).map(|&partner| partner.clone());
    let matched = payment.claims.iter().map(|claim| claim.claim.and_then(partner_of)).collect();
    let owners = shares::owners(interchange, set, remittance, matched, &office_of);
    // V25: whatever claims it names, it is a stranger's.
    let is_strangers = payment.broken.iter().any(|broken| broken.rule == "V25");
    let shares = match only(&owners) {
        _ if is_strangers => Ok(BTreeMap::new()),
        // Nobody's claims are work already, each by itself.
        _ if owners.iter().all(Option::is_none) => Ok(BTreeMap::new()),
        // All of it, as it came, even if it does not add up.
        Some(office) => {
            let amount = payment.amount;
            let bytes = super::set_as_it_came(interchange, set, interchange.delimiters().segment);
            Ok(BTreeMap::from([(office, Share { amount, bytes })]))
        }
        None => shares::shares(interchange, set, remittance, &owners, &office_of),
    };
    let (trace, amount, place) = (shown(&payment.trace), payment.amount, remittance.place);
    let begin = interchange.set_header(set).offset();
    let groups = interchange.groups.iter();
    let before = groups.filter(|group| interchange.group_header(group).offset() < begin).count();
    let group = before.saturating_sub(1);
    intake.remitted.push(Remitted { trace, amount, shares, group, place });
}

/// The office that all claims are of.
fn only(owners: &[Option<String>]) -> Option<String> {
    let first = owners.first()?.as_ref()?;
    owners.iter().all(|owner| owner.as_ref() == Some(first)).then(|| first.clone())
}

/// Offices get their remittances of an interchange: as it came when every claim in it is one
/// office's, or else each its shares. A person is told of what nobody gets.
pub(crate) fn copy_to_offices(intake: &mut Intake<'_>, interchange: &Interchange) {
    let remitted = std::mem::take(&mut intake.remitted);
    let mut offices: BTreeMap<&String, Vec<(usize, &Share)>> = BTreeMap::new();
    for one in &remitted {
        for (office, share) in one.shares.iter().flatten() {
            offices.entry(office).or_default().push((one.group, share));
        }
    }
    let sets: usize = interchange.groups.iter().map(|group| group.set_count()).sum();
    let is_parted = |one: &Remitted| one.shares.as_ref().is_ok_and(|shares| !shares.is_empty());
    let is_whole = remitted.len() == sets && remitted.iter().all(is_parted);
    match offices.first_key_value() {
        Some((office, _)) if is_whole && offices.len() == 1 => {
            deliver(intake, office, interchange.bytes());
        }
        _ => {
            for (office, shares) in &offices {
                let bytes = shares::interchange_of(interchange, shares);
                deliver(intake, office, bytes.into());
            }
            note_shares(intake, &remitted);
        }
    }
    for one in &remitted {
        if let Err(why) = &one.shares {
            keep_back(intake, one, why);
        }
    }
}

/// Tells each office that it has a part of a payment.
fn note_shares(intake: &mut Intake<'_>, remitted: &[Remitted]) {
    for one in remitted {
        for (office, share) in one.shares.iter().flatten() {
            if one.shares.iter().flatten().count() < 2 {
                continue;
            }
            let what = format!(
                "its payment of {} was shared with other offices; the 835 in remits is the part \
                 of this one, {}, under the same trace number",
                one.amount, share.amount
            );
            intake.notices.add(Notice {
                office: office.clone(),
                answer: format!("an 835 (trace {})", one.trace),
                number: Phi::new(String::new()),
                amount: share.amount,
                news: News::Noted(what),
            });
        }
    }
}

/// Nobody gets it; a person decides.
fn keep_back(intake: &mut Intake<'_>, one: &Remitted, why: &str) {
    intake.report.line(3, &format!("not copied to an office: {why}"));
    let (payer, trace) = (&intake.terms.partner, &one.trace);
    let what = format!("the 835 of {payer}, trace {trace}, was copied to no office: {why}");
    let names = Phi::new(format!("{}, trace {trace} of {}", origin(intake), one.amount));
    let subject = Subject { amount: one.amount, names, ..subject(intake, None, one.place) };
    let action = "give each office what concerns it by hand, its reports name its claims; name \
                  the NPIs and tax ids of offices in their settings (providers); ask the payer \
                  for a remittance for each office";
    intake.change.work.push(route::unexplained(&subject, what, action));
}

fn deliver(intake: &mut Intake<'_>, office: &str, bytes: bytes::Bytes) {
    let Some(channel) = intake.knowledge.remits_channel(office) else { return };
    let ArrivalId(arrival) = intake.source.arrival;
    // One file may hold several interchanges, and each has a name of its own.
    let ordinal = match intake.tally.interchanges {
        0 | 1 => String::new(),
        ordinal => format!("-{ordinal:02}"),
    };
    let day = intake.stamp.today.to_wire();
    intake.change.deliveries.push(NewDelivery {
        channel,
        kind: DeliveryKind::Remittance,
        name: format!("{day}T{}_{arrival:08}{ordinal}_835.x12", intake.stamp.time),
        bytes,
        arrival: Some(intake.source.arrival),
    });
}
