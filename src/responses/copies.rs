//! What offices get of remittances: the file as it came when all of it is one office's, or else
//! the share of each. What nobody knows the office of waits for a person.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use x12::fault::Place;
use x12::interchange::{Interchange, Set};
use x12::phi::Phi;
use x12::value::Money;
use x12::view::remittance::Remittance;

use super::shares::{self, Offices, Owner, Owners, Share};
use super::{origin, subject};
use crate::change::{ArrivalId, Change, ClaimId, DeliveryKind, NewDelivery};
use crate::denials::route::{self, Subject, shown};
use crate::intake::Intake;
use crate::reconcile;
use crate::reconcile::matching::{Known, KnownClaim};

/// A remittance of the interchange at hand, as far as its copies for offices are concerned.
#[derive(Debug)]
pub(crate) struct Remitted {
    /// TRN02.
    trace: String,
    amount: Money,
    /// What each office gets, and what nobody knows the office of; or why it cannot be parted. Nothing when
    /// all of it is nobody's, or when it pays a stranger.
    shares: Result<BTreeMap<Owner, Share>, String>,
    left: Left,
    /// The index of its group.
    group: usize,
    place: Place,
}

/// What nobody knows the office of.
#[derive(Debug, Default)]
struct Left {
    claims: usize,
    adjustments: usize,
    /// CLP01 of the first of its claims.
    numbers: Vec<Phi<String>>,
}

/// What an office gets of a remittance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given {
    /// What it is paid less for what other offices owe; negative where others' money met what it owes.
    pub offset: Money,
}

/// Notes whose claims a remittance pays, once it was reconciled; what each office gets.
pub(super) fn note_offices(
    intake: &mut Intake<'_>,
    change: &Change,
    (interchange, set): (&Interchange, &Set),
    remittance: &Remittance<'_>,
    (owners, payee): (&Owners, &Owner),
) -> BTreeMap<String, Given> {
    let Some(payment) = change.payments.first() else { return BTreeMap::new() };
    // V25: whatever claims it names, it is a stranger's.
    let is_strangers = payment.broken.iter().any(|broken| broken.rule == "V25");
    let all = owners.all();
    let shares = match (all.first(), all.len()) {
        _ if is_strangers => Ok(BTreeMap::new()),
        // Nobody's claims are work already, each by itself.
        (None | Some(None), 0 | 1) => Ok(BTreeMap::new()),
        // All of it, as it came, even if it does not add up.
        (Some(&office), 1) => {
            let bytes = super::set_as_it_came(interchange, set, interchange.delimiters().segment);
            let share = Share { amount: payment.amount, offset: Money::ZERO, bytes };
            Ok(BTreeMap::from([(office.clone(), share)]))
        }
        _ => shares::shares(interchange, set, remittance, owners, payee),
    };
    let left = left(remittance, owners);
    let (trace, amount, place) = (shown(&payment.trace), payment.amount, remittance.place);
    let begin = interchange.set_header(set).offset();
    let groups = interchange.groups.iter();
    let before = groups.filter(|group| interchange.group_header(group).offset() < begin).count();
    let group = before.saturating_sub(1);
    let remitted = Remitted { trace, amount, shares, left, group, place };
    let given = remitted.given();
    let given = given.map(|(office, share)| (office.clone(), Given { offset: share.offset }));
    let given = given.collect();
    intake.remitted.push(remitted);
    given
}

/// Whose everything in a remittance is, and whose its payee.
pub(super) fn owners(
    intake: &Intake<'_>,
    (change, known): (&Change, &[KnownClaim]),
    (interchange, set): (&Interchange, &Set),
    remittance: &Remittance<'_>,
) -> (Owners, Owner) {
    let knowledge = intake.knowledge;
    let asked: RefCell<HashMap<String, Owner>> = RefCell::default();
    let of_provider = |provider: &str| {
        let found = asked.borrow().get(provider).cloned();
        found.unwrap_or_else(|| {
            let office = knowledge.office_of(provider);
            asked.borrow_mut().insert(provider.to_owned(), office.clone());
            office
        })
    };
    let (payer, claims) = change
        .payments
        .first()
        .map_or(("", &[][..]), |payment| (payment.payer.as_str(), payment.claims.as_slice()));
    let keys = reconcile::keys_of_adjustments(remittance);
    let named = if keys.is_empty() { Vec::new() } else { knowledge.payable(&keys) };
    let named = Known::new(&named);
    let of_number = |number: &str| -> BTreeSet<String> {
        let claims = reconcile::claims_called(number, &named, payer);
        claims.iter().map(|claim| claim.partner.clone()).collect()
    };
    let partners: HashMap<ClaimId, &String> =
        known.iter().map(|claim| (claim.id, &claim.partner)).collect();
    let partner_of = |claim: ClaimId| partners.get(&claim).map(|&partner| partner.clone());
    let matched = claims.iter().map(|claim| claim.claim.and_then(partner_of)).collect();
    let offices = Offices { matched, of_provider: &of_provider, of_number: &of_number };
    let owners = Owners::of(interchange, set, remittance, &offices);
    (owners, shares::payee_office(remittance, &offices))
}

fn left(remittance: &Remittance<'_>, owners: &Owners) -> Left {
    let claims = remittance.claims.iter().zip(&owners.claims).filter(|(_, owner)| owner.is_none());
    let numbers = claims.clone().take(NUMBERS_MAX);
    let numbers = numbers.map(|(claim, _)| Phi::new(shown(&claim.patient_control_number.text())));
    let entries = owners.entries.iter().flatten().filter(|(owner, _)| owner.is_none());
    Left {
        claims: claims.clone().count(),
        adjustments: entries.count(),
        numbers: numbers.collect(),
    }
}

/// An item names so many claims at most.
const NUMBERS_MAX: usize = 10;

/// Offices get their remittances of an interchange: as it came when every claim in it is one
/// office's, or else each its shares. A person is told of what nobody gets.
pub(crate) fn copy_to_offices(intake: &mut Intake<'_>, interchange: &Interchange) {
    let remitted = std::mem::take(&mut intake.remitted);
    let mut offices: BTreeMap<&String, Vec<(usize, &Share)>> = BTreeMap::new();
    for one in &remitted {
        for (office, share) in one.given() {
            offices.entry(office).or_default().push((one.group, share));
        }
    }
    let sets: usize = interchange.groups.iter().map(|group| group.set_count()).sum();
    let is_whole = remitted.len() == sets && remitted.iter().all(Remitted::is_one_offices);
    match offices.first_key_value() {
        Some((office, _)) if is_whole && offices.len() == 1 => {
            deliver(intake, office, interchange.bytes());
        }
        _ => {
            for (office, shares) in &offices {
                let bytes = shares::interchange_of(interchange, shares);
                deliver(intake, office, bytes.into());
            }
        }
    }
    for one in &remitted {
        match &one.shares {
            Err(why) => keep_back(intake, one, why),
            Ok(shares) if shares.contains_key(&None) => keep_left(intake, one),
            Ok(_) => {}
        }
        tell_offsets(intake, one);
    }
}

impl Remitted {
    /// The offices that get something of it.
    fn given(&self) -> impl Iterator<Item = (&String, &Share)> {
        let shares = self.shares.iter().flatten();
        shares.filter_map(|(owner, share)| owner.as_ref().map(|office| (office, share)))
    }

    fn is_one_offices(&self) -> bool {
        self.shares.as_ref().is_ok_and(|shares| shares.len() == 1) && self.given().count() == 1
    }
}

/// Nobody gets it; a person decides.
fn keep_back(intake: &mut Intake<'_>, one: &Remitted, why: &str) {
    intake.report.line(3, &format!("not copied to an office: {why}"));
    let (payer, trace) = (&intake.terms.partner, &one.trace);
    let what = format!("the 835 of {payer}, trace {trace}, was copied to no office: {why}");
    let action = "give each office what concerns it by hand, its reports name its claims; name \
                  the NPIs and tax ids of offices in their settings (providers); ask the payer \
                  for a remittance for each office";
    add_item(intake, one, (one.amount, Phi::new(String::new())), (what, action));
}

/// What nobody knows the office of waits for a person; the offices have the rest.
fn keep_left(intake: &mut Intake<'_>, one: &Remitted) {
    let amount = one.shares.as_ref().ok().and_then(|shares| shares.get(&None));
    let amount = amount.map_or(Money::ZERO, |share| share.amount + share.offset);
    let Left { claims, adjustments, numbers } = &one.left;
    let mut counts = Vec::new();
    for (count, what) in [(*claims, "of its claims"), (*adjustments, "of its PLB entries")] {
        counts.extend((count > 0).then(|| format!("{count} {what}")));
    }
    let what = format!("{}, {amount} in all", counts.join(" and "));
    intake.report.line(3, &format!("not copied to an office: {what}, nobody knows whose they are"));
    let (payer, trace) = (&intake.terms.partner, &one.trace);
    let what = format!(
        "of the 835 of {payer}, trace {trace}, offices have their parts, but for {what}: nobody \
         knows whose they are"
    );
    let numbers: Vec<&str> = numbers.iter().map(|number| number.expose().as_str()).collect();
    let names = match numbers.as_slice() {
        [] => String::new(),
        numbers => format!("; CLP01 {}", numbers.join(", ")),
    };
    let action = "give each office what concerns it by hand; name the NPIs and tax ids of offices \
                  in their settings (providers), so that the next such 835 finds them; ask the \
                  payer for a remittance for each office";
    add_item(intake, one, (amount, Phi::new(names)), (what, action));
}

/// Offices whose money met what others owe have to be made good by them.
fn tell_offsets(intake: &mut Intake<'_>, one: &Remitted) {
    let (mut owing, mut met, mut amount) = (Vec::new(), Vec::new(), Money::ZERO);
    for (owner, share) in one.shares.iter().flatten() {
        let name = owner.as_deref().unwrap_or("what nobody knows the office of");
        if share.offset.is_negative() {
            owing.push(format!("{name} {}", share.offset.abs()));
            amount += share.offset.abs();
        } else if !share.offset.is_zero() {
            met.push(format!("{name} {}", share.offset));
        }
    }
    if amount.is_zero() {
        return;
    }
    let (payer, trace) = (&intake.terms.partner, &one.trace);
    let (owing, met) = (owing.join(", "), met.join(", "));
    let what = format!(
        "the 835 of {payer}, trace {trace}, takes more than it pays ({owing}), which the money of \
         others met ({met}); their parts say so as PLB OB"
    );
    let action = "settle it between the offices; ask the payer for a payment for each office";
    add_item(intake, one, (amount, Phi::new(String::new())), (what, action));
}

fn add_item(
    intake: &mut Intake<'_>,
    one: &Remitted,
    (amount, more): (Money, Phi<String>),
    (what, action): (String, &str),
) {
    let names =
        format!("{}, trace {} of {}{}", origin(intake), one.trace, one.amount, more.expose());
    let names = Phi::new(names);
    let subject = Subject { amount, names, ..subject(intake, None, one.place) };
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
