//! What offices get of remittances: the file as it came when all of it is one office's, or else
//! the share of each. What nobody knows the office of waits for a person. An office that is paid for claims
//! of others (V45) gets all of it as well.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use bytes::Bytes;
use x12::fault::Place;
use x12::interchange::{Interchange, Set};
use x12::phi::Phi;
use x12::value::Money;
use x12::view::remittance::Remittance;

use super::shares::{self, Offices, Owner, Owners, Share};
use crate::change::{ArrivalId, Change, ClaimId, DeliveryKind, NewDelivery, NewWork};
use crate::denials::route::{self, Subject, shown};
use crate::intake::{Intake, Knowledge};
use crate::reconcile::matching::{Known, KnownClaim};
use crate::reconcile::offices::PaidElsewhere;
use crate::reconcile::{self, Decision};

/// A remittance of the interchange at hand, as far as its copies for offices are concerned.
#[derive(Debug)]
pub(crate) struct Remitted {
    /// TRN02.
    trace: String,
    amount: Money,
    /// What each office gets, and what nobody knows the office of; or why it cannot be parted. Nothing when
    /// all of it is nobody's, or when it pays a stranger.
    shares: Result<BTreeMap<Owner, Share>, String>,
    /// Another office that is paid, and so gets all of it.
    payee: Option<Payee>,
    /// Offices that had theirs before.
    had: BTreeSet<String>,
    left: Left,
    /// The index of its group.
    group: usize,
    place: Place,
}

/// V45: the office that is paid for claims of others, with the whole.
#[derive(Debug)]
struct Payee {
    found: PaidElsewhere,
    whole: Share,
}

/// What nobody knows the office of.
#[derive(Debug, Default)]
struct Left {
    claims: usize,
    adjustments: usize,
    /// CLP01 of the first of its claims.
    numbers: Vec<Phi<String>>,
    clps: Vec<Place>,
}

/// Whose claims a remittance pays, once it was reconciled.
pub(super) fn remitted(
    decision: &Decision,
    (interchange, set): (&Interchange, &Set),
    remittance: &Remittance<'_>,
    (owners, payee): (&Owners, &Owner),
) -> Option<Remitted> {
    let payment = decision.change.payments.first()?;
    // V25: whatever claims it names, it is a stranger's.
    let is_strangers = payment.broken.iter().any(|broken| broken.rule == "V25");
    let whole = || {
        let bytes = super::set_as_it_came(interchange, set, interchange.delimiters().segment);
        Share { amount: payment.amount, offset: Money::ZERO, bytes }
    };
    let all = owners.all();
    let shares = match (all.first(), all.len()) {
        _ if is_strangers => Ok(BTreeMap::new()),
        // Nobody's claims are work already, each by itself.
        (None | Some(None), 0 | 1) => Ok(BTreeMap::new()),
        // All of it, as it came, even if it does not add up.
        (Some(&office), 1) => Ok(BTreeMap::from([(office.clone(), whole())])),
        _ => shares::shares(interchange, set, remittance, owners, payee),
    };
    let elsewhere = decision.paid_elsewhere.clone().filter(|_| !is_strangers);
    let payee = elsewhere.map(|found| Payee { found, whole: whole() });
    let left = left(remittance, owners);
    let (trace, amount, place) = (shown(&payment.trace), payment.amount, remittance.place);
    let begin = interchange.set_header(set).offset();
    let groups = interchange.groups.iter();
    let before = groups.filter(|group| interchange.group_header(group).offset() < begin).count();
    let group = before.saturating_sub(1);
    let had = BTreeSet::new();
    Some(Remitted { trace, amount, shares, payee, had, left, group, place })
}

/// Whose everything in a remittance is, and whose its payee.
pub(super) fn owners(
    knowledge: &dyn Knowledge,
    (change, known): (&Change, &[KnownClaim]),
    (interchange, set): (&Interchange, &Set),
    remittance: &Remittance<'_>,
) -> (Owners, Owner) {
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
        clps: claims.map(|(claim, _)| claim.place).collect(),
    }
}

/// An item names so many claims at most.
const NUMBERS_MAX: usize = 10;

/// Offices get their remittances of an interchange; a person is told of what nobody gets.
pub(crate) fn copy_to_offices(intake: &mut Intake<'_>, interchange: &Interchange) {
    let remitted = std::mem::take(&mut intake.remitted);
    let origin = intake.origin().told();
    let from =
        From { arrival: intake.source.arrival, payer: &intake.terms.partner, origin: &origin };
    let Copies { files, work, kept_back } = copies(&remitted, interchange, &from);
    for line in kept_back {
        intake.report.line(3, &format!("not copied to an office: {line}"));
    }
    intake.change.work.extend(work);
    // One file may hold several interchanges, and each has a name of its own.
    let ordinal = match intake.tally.interchanges {
        0 | 1 => String::new(),
        ordinal => format!("-{ordinal:02}"),
    };
    let begin = format!("{}T{}", intake.stamp.today.to_wire(), intake.stamp.time);
    let delivered = deliveries(intake.knowledge, files, from.arrival, &begin, &ordinal);
    intake.change.deliveries.extend(delivered);
}

/// The file of a payer that remittances stand in.
#[derive(Clone, Copy, Debug)]
pub(super) struct From<'a> {
    pub arrival: ArrivalId,
    /// Whose channel it came by.
    pub payer: &'a str,
    pub origin: &'a str,
}

/// What offices get of an interchange, and what is told of that.
#[derive(Debug)]
pub(super) struct Copies {
    pub files: Vec<(String, Bytes)>,
    pub work: Vec<NewWork>,
    /// Why nobody gets a part.
    pub kept_back: Vec<String>,
}

/// The interchange as it came, where all of it is one office's, or else the shares of each.
pub(super) fn copies(remitted: &[Remitted], interchange: &Interchange, from: &From<'_>) -> Copies {
    let mut offices: BTreeMap<&str, Vec<(usize, Given<'_>)>> = BTreeMap::new();
    for one in remitted {
        for given in one.given() {
            offices.entry(given.office).or_default().push((one.group, given));
        }
    }
    let sets: usize = interchange.groups.iter().map(|group| group.set_count()).sum();
    let files = offices.into_iter().map(|(office, given)| {
        let is_all = given.len() == sets && given.iter().all(|(_, given)| given.is_whole);
        let shares: Vec<(usize, &Share)> =
            given.iter().map(|(group, given)| (*group, given.share)).collect();
        let bytes = match is_all {
            true => interchange.bytes(),
            false => shares::interchange_of(interchange, &shares).into(),
        };
        (office.to_owned(), bytes)
    });
    let files = files.collect();
    let (mut work, mut kept_back) = (Vec::new(), Vec::new());
    for one in remitted {
        match &one.shares {
            Err(why) => {
                kept_back.push(why.clone());
                work.push(keep_back(from, one, why));
            }
            Ok(shares) if shares.contains_key(&None) => {
                let (what, item) = keep_left(from, one);
                kept_back.push(format!("{what}, nobody knows whose they are"));
                work.push(item);
            }
            Ok(_) => {}
        }
        work.extend(tell_offsets(from, one));
    }
    Copies { files, work, kept_back }
}

/// What one office gets of a remittance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    pub office: &'a str,
    share: &'a Share,
    /// It is all of it.
    is_whole: bool,
}

impl Remitted {
    /// What offices get of it. Who is paid for claims of others has all of it, and no part beside.
    pub(super) fn given(&self) -> impl Iterator<Item = Given<'_>> {
        let is_whole = self.is_one_offices();
        let paid = self.payee.as_ref().map(|payee| (payee.found.paid.as_str(), &payee.whole));
        let own =
            self.parts().filter(move |(office, _)| paid.is_none_or(|(paid, _)| *office != paid));
        let own = own.map(move |(office, share)| Given { office, share, is_whole });
        let whole = paid.map(|(office, share)| Given { office, share, is_whole: true });
        own.chain(whole).filter(|given| !self.had.contains(given.office))
    }

    /// The parts of the offices that it is for.
    fn parts(&self) -> impl Iterator<Item = (&str, &Share)> {
        let shares = self.shares.iter().flatten();
        shares.filter_map(|(owner, share)| owner.as_deref().map(|office| (office, share)))
    }

    fn is_one_offices(&self) -> bool {
        self.shares.as_ref().is_ok_and(|shares| shares.len() == 1) && self.parts().count() == 1
    }

    /// Leaves out the offices that have theirs.
    pub(super) fn without(self, had: BTreeSet<String>) -> Remitted {
        Remitted { had, ..self }
    }

    /// What each part is paid less for what other offices owe; with a minus what others' money met.
    pub(super) fn offsets(&self) -> BTreeMap<String, Money> {
        self.parts().map(|(office, share)| (office.to_owned(), share.offset)).collect()
    }
}

/// Nobody gets it; a person decides.
fn keep_back(from: &From<'_>, one: &Remitted, why: &str) -> NewWork {
    let (payer, trace) = (from.payer, &one.trace);
    let what = format!("the 835 of {payer}, trace {trace}, was copied to no office: {why}");
    let action = "give each office what concerns it by hand, its reports name its claims; name \
                  the NPIs and tax ids of offices in their settings (providers); ask the payer \
                  for a remittance for each office";
    item(from, one, (one.amount, Phi::new(String::new())), (what, action))
}

/// What nobody knows the office of waits for a person; the offices have the rest.
fn keep_left(from: &From<'_>, one: &Remitted) -> (String, NewWork) {
    let amount = one.shares.as_ref().ok().and_then(|shares| shares.get(&None));
    let amount = amount.map_or(Money::ZERO, |share| share.amount + share.offset);
    let Left { claims, adjustments, numbers, clps } = &one.left;
    let mut counts = Vec::new();
    for (count, what) in [(*claims, "of its claims"), (*adjustments, "of its PLB entries")] {
        counts.extend((count > 0).then(|| format!("{count} {what}")));
    }
    let left = format!("{}, {amount} in all", counts.join(" and "));
    let (payer, trace) = (from.payer, &one.trace);
    let what = format!(
        "of the 835 of {payer}, trace {trace}, offices have their parts, but for {left}: nobody knew whose they \
         were when it came"
    );
    let numbers: Vec<&str> = numbers.iter().map(|number| number.expose().as_str()).collect();
    let names = match numbers.as_slice() {
        [] => String::new(),
        numbers => format!("; CLP01 {}", numbers.join(", ")),
    };
    let action = "give each office what concerns it by hand; name the NPIs and tax ids of offices \
                  in their settings (providers), so that the next such 835 finds them; ask the \
                  payer for a remittance for each office";
    let item = item(from, one, (amount, Phi::new(names)), (what, action));
    (left, NewWork { clps: clps.clone(), ..item })
}

/// Offices whose money met what others owe have to be made good by them.
fn tell_offsets(from: &From<'_>, one: &Remitted) -> Option<NewWork> {
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
        return None;
    }
    let (payer, trace) = (from.payer, &one.trace);
    let (owing, met) = (owing.join(", "), met.join(", "));
    let what = format!(
        "the 835 of {payer}, trace {trace}, takes more than it pays ({owing}), which the money of \
         others met ({met}); their parts say so as PLB OB"
    );
    let action = "settle it between the offices; ask the payer for a payment for each office";
    Some(item(from, one, (amount, Phi::new(String::new())), (what, action)))
}

fn item(
    from: &From<'_>,
    one: &Remitted,
    (amount, more): (Money, Phi<String>),
    (what, action): (String, &str),
) -> NewWork {
    let names = format!("{}, trace {} of {}{}", from.origin, one.trace, one.amount, more.expose());
    let subject = Subject {
        claim: None,
        arrival: from.arrival,
        amount,
        place: one.place,
        payer: from.payer.to_owned(),
        names: Phi::new(names),
    };
    route::unexplained(&subject, what, action)
}

/// Puts files on their way, of offices that want them. `begin` is when, and `which` tells apart what one
/// arrival leads to.
pub(super) fn deliveries(
    knowledge: &dyn Knowledge,
    files: Vec<(String, Bytes)>,
    arrival: ArrivalId,
    begin: &str,
    which: &str,
) -> Vec<NewDelivery> {
    let ArrivalId(number) = arrival;
    let delivery = |(office, bytes): (String, Bytes)| {
        let channel = knowledge.remits_channel(&office)?;
        Some(NewDelivery {
            channel,
            kind: DeliveryKind::Remittance,
            name: format!("{begin}_{number:08}{which}_835.x12"),
            bytes,
            arrival: Some(arrival),
        })
    };
    files.into_iter().filter_map(delivery).collect()
}
