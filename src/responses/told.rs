//! What each office is told of a remittance: what was posted of each of its claims, what waits and why,
//! what each PLB moves, and a last line that adds it up to what the office is paid.
//!
//! It is noted when a remittance is decided on and told when all of its file is: a later set may post what
//! waited, and close an item.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use x12::phi::Phi;
use x12::value::Money;
use x12::view::parts::Party;
use x12::view::remittance::{ClaimPayment, ProviderAdjustment, Remittance};

use super::shares::Owners;
use super::{WAITS, waits};
use crate::change::{ArrivalId, Change, ClaimId, NewPayment, NewWork, Released, Word, WorkState};
use crate::code_sets;
use crate::denials::printable;
use crate::denials::route::shown;
use crate::intake::Intake;
use crate::intake::notices::{News, Notice};
use crate::ledger::Account;
use crate::lifecycle::Event;
use crate::reconcile::Decision;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::offices::PaidElsewhere;
use crate::reconcile::outcome::{first_payer, names_first};

/// What one office has of a remittance.
#[derive(Debug)]
pub(crate) struct Part {
    office: String,
    /// TRN02.
    trace: String,
    /// Who pays how much, and which part of it is the office's.
    heading: Vec<String>,
    /// The item about it, by its place in the change, where nothing of it is posted.
    held: Option<usize>,
    /// What the office is paid.
    amount: Money,
    claims: Vec<OfClaim>,
    entries: Vec<Moved>,
    /// What waited since an earlier file, and is posted by this one.
    freed: Vec<Phi<String>>,
    /// V45: it pays claims of others alone.
    is_anothers: bool,
}

/// What is said of one claim.
#[derive(Debug)]
struct OfClaim {
    /// CLM01, or CLP01 where nobody knows which claim it is.
    number: Phi<String>,
    charge: Money,
    payments: Vec<Paid>,
    news: Vec<Phi<String>>,
    /// Items about it, by their places in the change.
    items: Vec<usize>,
    is_matched: bool,
}

/// One CLP.
#[derive(Clone, Copy, Debug)]
struct Paid {
    amount: Money,
    waits: bool,
    offset: usize,
}

/// What an entry of a PLB moves: what it adds to the payment, or takes off it with a minus.
#[derive(Debug)]
struct Moved {
    amount: Money,
    told: Phi<String>,
    items: Vec<usize>,
}

/// What a remittance is, for whoever tells of it.
pub(super) struct Of<'a> {
    pub remittance: &'a Remittance<'a>,
    pub decision: &'a Decision,
    pub known: &'a [KnownClaim],
    pub owners: &'a Owners,
    /// What each office that gets a part is paid less for what others owe; with a minus what others' money met.
    pub given: &'a BTreeMap<String, Money>,
}

/// What offices are to be told of a remittance. Items of its decision have their places in the change after so
/// many others.
pub(super) fn parts(of: &Of<'_>, before: usize) -> Vec<Part> {
    let Some(payment) = of.decision.change.payments.first() else { return Vec::new() };
    // V25: whatever claims it names, it is a stranger's.
    if payment.broken.iter().any(|broken| broken.rule == "V25") {
        return Vec::new();
    }
    let is_shared = of.owners.all().len() > 1;
    let offices: BTreeSet<&String> = of.owners.all().into_iter().flatten().collect();
    let part = |office: &String| {
        let mut part = Part {
            office: office.clone(),
            trace: shown(&payment.trace),
            heading: Vec::new(),
            held: held_by(of, before),
            amount: payment.amount,
            claims: claims_of(of, (office, payment), before),
            entries: entries_of(of, (office, payment), before),
            freed: Vec::new(),
            is_anothers: false,
        };
        let given = of.given.get(office);
        part.entries.extend(given.and_then(offset_of));
        if is_shared {
            part.amount = part.sum();
        }
        part.heading = heading(payment, is_shared.then_some((part.amount, given)));
        part
    };
    let mut parts: Vec<Part> = offices.into_iter().map(part).collect();
    if let Some(found) = &of.decision.paid_elsewhere {
        tell_payee(&mut parts, found, payment);
    }
    parts
}

/// V45: who has the money of others is told whose it is, and these who has theirs.
fn tell_payee(parts: &mut Vec<Part>, found: &PaidElsewhere, payment: &NewPayment) {
    for (office, (amount, _)) in found.by_office() {
        let told =
            format!("{amount} of it is paid to office {} (N1*PE), and not to this one", found.paid);
        if let Some(part) = parts.iter_mut().find(|part| part.office == office) {
            part.heading.push(told);
        }
    }
    // It has all of it, whatever part would be its own.
    parts.retain(|part| part.office != found.paid);
    let mut heading = heading(payment, None);
    heading.push(format!(
        "it pays this office {}; the 835 in remits is all of it, and the other office has its own",
        found.told()
    ));
    parts.push(Part {
        office: found.paid.clone(),
        trace: shown(&payment.trace),
        heading,
        held: None,
        amount: payment.amount,
        claims: Vec::new(),
        entries: Vec::new(),
        freed: Vec::new(),
        is_anothers: true,
    });
}

/// The item about a remittance of which nothing is posted.
fn held_by(of: &Of<'_>, before: usize) -> Option<usize> {
    if of.decision.summary.is_posted {
        return None;
    }
    let at = Some(of.remittance.place);
    let place = of.decision.change.work.iter().position(|item| item.remitted == at);
    Some(before + place.unwrap_or_default())
}

fn heading(payment: &NewPayment, part: Option<(Money, Option<&Money>)>) -> Vec<String> {
    let name = if payment.payer_name.is_empty() { &payment.payer } else { &payment.payer_name };
    let day = payment.paid_on.map(|day| format!(" on {day}")).unwrap_or_default();
    let mut told = vec![format!("{} pays {}{day}", shown(name), payment.amount)];
    match part {
        None => {}
        Some((amount, Some(_))) => told.push(format!(
            "its payment of {} was shared with other offices; the 835 in remits is the part of \
             this one, {amount}, under the same trace number",
            payment.amount
        )),
        Some((amount, None)) => told.push(format!(
            "its payment of {} was shared with other offices; {amount} of it is this one's, and \
             no 835 of that is in remits",
            payment.amount
        )),
    }
    told
}

/// The claims of an office, in the order in which the payer names them first.
fn claims_of(
    of: &Of<'_>,
    (office, payment): (&String, &NewPayment),
    before: usize,
) -> Vec<OfClaim> {
    let Of { remittance, decision, known, owners, .. } = of;
    let known: HashMap<ClaimId, &KnownClaim> =
        known.iter().map(|claim| (claim.id, claim)).collect();
    let items = Items::of(decision, before);
    let news = news_of(&decision.change, &known, &items);
    let mut found: Vec<OfClaim> = Vec::new();
    let mut places: HashMap<ClaimId, usize> = HashMap::new();
    let told = remittance.claims.iter().zip(&payment.claims).zip(&owners.claims);
    for ((said, told), _) in told.filter(|(_, owner)| owner.as_ref() == Some(office)) {
        let claim = told.claim.and_then(|claim| known.get(&claim).copied());
        let waits = told.waits.is_some() || !told.suspended.is_zero();
        let paid = Paid { amount: told.paid, waits, offset: told.place.offset };
        let Some(claim) = claim else {
            found.push(OfClaim {
                number: Phi::new(shown(&said.patient_control_number.text())),
                charge: told.charge,
                payments: vec![paid],
                news: vec![Phi::new(told.matched_by.clone())],
                items: items.of_payments.get(&told.place.offset).copied().into_iter().collect(),
                is_matched: false,
            });
            continue;
        };
        let place = *places.entry(claim.id).or_insert(found.len());
        if place == found.len() {
            found.push(OfClaim {
                number: claim.patient_control_number.clone(),
                charge: claim.charge,
                payments: Vec::new(),
                news: news.get(&claim.id).cloned().map(Phi::new).into_iter().collect(),
                items: items.of_claims.get(&claim.id).cloned().unwrap_or_default(),
                is_matched: true,
            });
        }
        let one = found.get_mut(place).expect("it was pushed at the latest now");
        one.payments.push(paid);
        one.news.extend(corrections(said));
    }
    found
}

/// Items that a decision opens, by their places in the change; what an entry of a PLB asks is told there.
struct Items {
    of_claims: HashMap<ClaimId, Vec<usize>>,
    /// Of what is known of no claim, by its CLP.
    of_payments: HashMap<usize, usize>,
}

impl Items {
    fn of(decision: &Decision, before: usize) -> Items {
        let mut items = Items { of_claims: HashMap::new(), of_payments: HashMap::new() };
        let asked: HashSet<usize> = decision.asked.iter().map(|(_, place)| *place).collect();
        for (place, item) in decision.change.work.iter().enumerate() {
            if asked.contains(&place) {
                continue;
            }
            if let Some(claim) = item.claim {
                items.of_claims.entry(claim).or_default().push(before + place);
            } else if let Some(at) = item.remitted {
                items.of_payments.insert(at.offset, before + place);
            }
        }
        items
    }
}

/// What becomes of claims, where their money does not say it.
fn news_of(
    change: &Change,
    known: &HashMap<ClaimId, &KnownClaim>,
    items: &Items,
) -> HashMap<ClaimId, String> {
    // That a claim is closed with what was taken back is no other news.
    let closed = change.moves.iter().filter(|step| step.event == Event::Closed);
    let closed: HashSet<ClaimId> = closed.map(|step| step.claim).collect();
    let mut news = HashMap::new();
    for step in change.moves.iter().filter(|step| step.event != Event::Closed) {
        let has_item = items.of_claims.contains_key(&step.claim);
        let told = match step.event {
            Event::Reversed if closed.contains(&step.claim) => {
                let is_replaced = known.get(&step.claim).is_some_and(|claim| claim.is_replaced);
                let then =
                    if is_replaced { "replaced, and done with" } else { "given up as before" };
                // An item says that it is taken back.
                let first = if has_item { "" } else { "the payer takes it back; " };
                Some(format!("{first}it is {then}"))
            }
            Event::Reversed if has_item => None,
            Event::Reversed => Some("the payer takes it back; expect its correction".to_owned()),
            Event::Voided => {
                let told =
                    "all that was paid is taken back, as the void asked; the claim is closed";
                Some(told.to_owned())
            }
            Event::Estimated | Event::PassedOn => {
                step.note.split_once(": ").map(|(_, told)| told.to_owned())
            }
            Event::Denied if is_taken_back_in(change, step.claim) => {
                Some(taken_back_in_part(change, known.get(&step.claim).copied()))
            }
            Event::Denied if !has_item => {
                let told = "the payer denies it with codes that ask for nothing; read the 835";
                Some(told.to_owned())
            }
            Event::Paid
            | Event::Denied
            | Event::Refused
            | Event::HeldBack
            | Event::Passed
            | Event::Edited
            | Event::Released
            | Event::Batched
            | Event::Delivered
            | Event::SetAccepted
            | Event::SetRejected
            | Event::ClaimAccepted
            | Event::ClaimRejected
            | Event::Closed
            | Event::Appealed
            | Event::NeverCame
            | Event::BilledAgain
            | Event::Detached => None,
        };
        match told {
            Some(told) => news.insert(step.claim, told),
            None => news.remove(&step.claim),
        };
    }
    news
}

/// Whether all that a remittance says of a claim takes something back.
fn is_taken_back_in(change: &Change, claim: ClaimId) -> bool {
    let said = change.payments.iter().flat_map(|payment| &payment.claims);
    let words = said.filter(|told| told.claim == Some(claim)).filter_map(|told| told.word);
    let mut said = words.filter(|word| *word != Word::Reviewed).peekable();
    said.peek().is_some() && said.all(|word| word == Word::Reversed)
}

/// That a payer takes back a part of what it decided, and denies the rest; with the items that this opens again.
fn taken_back_in_part(change: &Change, claim: Option<&KnownClaim>) -> String {
    let opened = change.work_moves.iter().filter(|step| step.to == WorkState::Open);
    let cases = claim.map_or(&[][..], |claim| &claim.undecided);
    let of_claim = opened.filter(|step| cases.iter().any(|case| case.work == step.work));
    let items: Vec<String> = of_claim.map(|step| step.work.0.to_string()).collect();
    let told = "the payer takes back a part of what it decided, and the rest is denied";
    match items.as_slice() {
        [] => told.to_owned(),
        [item] => format!("{told}; item {item} is open again"),
        _ => format!("{told}; items {} are open again", items.join(", ")),
    }
}

/// V27: whom the payer corrects, with what it says instead, and which payer it says comes first.
fn corrections(said: &ClaimPayment<'_>) -> impl Iterator<Item = Phi<String>> {
    let insured = said.parties.iter().find(|party| party.entity.is("74")).map(|party| {
        let to = said_of_insured(party);
        let to = to.expose();
        Phi::new(format!("the payer knows the insured as {to}; correct the registration"))
    });
    let order = names_first(said).map(|party| {
        let first = first_payer(party);
        Phi::new(format!(
            "the payer says that another comes first: {first}; check the order of coverage"
        ))
    });
    insured.into_iter().chain(order)
}

/// `ROE JAYNE, number W10001`: as far as it is said.
fn said_of_insured(party: &Party<'_>) -> Phi<String> {
    let names = [party.last_name, party.first_name];
    let names: Vec<String> = names.iter().map(|name| name.text().trim().to_owned()).collect();
    let mut told = vec![names.join(" ").trim().to_owned()];
    let number = party.id.text().trim().to_owned();
    told.extend(Some(format!("number {number}")).filter(|_| !number.is_empty()));
    told.retain(|part| !part.is_empty());
    Phi::new(told.join(", "))
}

/// The entries of PLBs of an office, or its parts of them.
fn entries_of(of: &Of<'_>, (office, payment): (&String, &NewPayment), before: usize) -> Vec<Moved> {
    let Of { remittance, decision, owners, .. } = of;
    let mut found = Vec::new();
    for (entry, parts) in remittance.provider_adjustments.iter().zip(&owners.entries) {
        let own = parts.iter().filter(|(owner, _)| owner.as_ref() == Some(office));
        let offset = entry.amount.place.offset;
        let kept = payment.provider_adjustments.iter().find(|one| one.place.offset == offset);
        let origin = kept.map_or("", |kept| kept.origin.as_str());
        let asked = decision.asked.iter().filter(|(at, _)| *at == offset);
        let items: Vec<usize> = asked.map(|(_, place)| before + place).collect();
        for (_, amount) in own {
            let told = entry_told(entry, origin);
            found.push(Moved { amount: -*amount, told, items: items.clone() });
        }
    }
    found
}

/// `PLB WO (Overpayment recovery) of 1999999984, reference P1001`.
fn entry_told(entry: &ProviderAdjustment<'_>, origin: &str) -> Phi<String> {
    let mut told = format!("PLB {}", printable(&entry.reason));
    if let Some(meaning) = code_sets::meaning("provider-adjustment", entry.reason.bytes()) {
        told += &format!(" ({meaning})");
    }
    let provider = shown(&entry.provider.text());
    let reference = shown(&entry.reference.text());
    for (word, value) in [(" of", provider), (", reference", reference)] {
        if !value.is_empty() {
            told += &format!("{word} {value}");
        }
    }
    if !origin.is_empty() {
        told += &format!(", {origin}");
    }
    Phi::new(told)
}

/// What a part says of money that meets what others owe.
fn offset_of(offset: &Money) -> Option<Moved> {
    let why = match *offset {
        offset if offset.is_zero() => return None,
        offset if offset.is_negative() => {
            "the payer takes more from this office than it pays it, which the money of others met"
        }
        _ => "the money of this office met what others owe",
    };
    let told = Phi::new(format!("PLB OB (Offset for affiliated providers), {why}"));
    Some(Moved { amount: -*offset, told, items: Vec::new() })
}

impl Part {
    /// What its claims and its entries come to.
    fn sum(&self) -> Money {
        let paid = self.claims.iter().flat_map(|claim| &claim.payments);
        let paid: Money = paid.map(|paid| paid.amount).sum();
        let moved: Money = self.entries.iter().map(|entry| entry.amount).sum();
        paid + moved
    }
}

/// Notes that what an earlier file said of a claim is posted now.
pub(super) fn note_freed(
    intake: &mut Intake<'_>,
    claim: &KnownClaim,
    (trace, released): (&str, &Released),
) {
    // What its own file posts is told as posted.
    if released.arrival == intake.source.arrival {
        return;
    }
    let of_suspense = released.postings.iter().filter(|made| made.account == Account::Suspense);
    let waited: Money = of_suspense.map(|made| made.amount).sum();
    let (number, charge, trace) =
        (claim.patient_control_number.expose(), claim.charge, shown(trace));
    let told = Phi::new(format!(
        "claim {number} ({charge}): {waited} of an earlier 835 (trace {trace}), which waited, is \
         posted now; it is no part of this one"
    ));
    let mut of_office = intake.parts.iter_mut().rev();
    match of_office.find(|part| part.office == claim.partner) {
        Some(part) => part.freed.push(told),
        None => intake.notices.add(Notice {
            office: claim.partner.clone(),
            answer: "an 835".to_owned(),
            number: claim.patient_control_number.clone(),
            amount: waited,
            news: News::Line(told),
        }),
    }
}

/// Tells offices of all remittances of the file.
pub(crate) fn tell(intake: &mut Intake<'_>) {
    let parts = std::mem::take(&mut intake.parts);
    for notice in notices(&parts, intake.source.arrival, &intake.change) {
        intake.notices.add(notice);
    }
}

/// What is told of the remittances of an arrival, by where all of its change leaves them.
pub(super) fn notices(parts: &[Part], arrival: ArrivalId, change: &Change) -> Vec<Notice> {
    let here = change.released.iter().filter(|one| one.arrival == arrival);
    let mut by_now = ByNow {
        released: here.map(|one| one.offset).collect(),
        settled: BTreeMap::new(),
        work: &change.work,
    };
    for step in &change.work_moves {
        if let Some(place) = step.work.place_of_new() {
            by_now.settled.insert(place, step.to == WorkState::Resolved);
        }
    }
    let mut told = Vec::new();
    for part in parts {
        told.extend(lines_of(part, &by_now).into_iter().map(|line| Notice {
            office: part.office.clone(),
            answer: format!("an 835 (trace {})", part.trace),
            number: Phi::new(String::new()),
            amount: part.amount,
            news: News::Line(line),
        }));
    }
    told
}

/// Where things stand at the end of the file.
struct ByNow<'a> {
    /// The CLPs that waited, and were posted by a later set.
    released: HashSet<usize>,
    /// Items that were moved, by their places in the change, and whether they are done with.
    settled: BTreeMap<usize, bool>,
    work: &'a [NewWork],
}

impl ByNow<'_> {
    fn item(&self, place: usize, is_matched: bool) -> String {
        let what = self.work.get(place).map_or("", |item| item.what.as_str());
        match self.settled.get(&place) {
            Some(true) => format!("{what}; that is settled by now"),
            // Why it is not matched is told already, and others' claims are not named.
            Some(false) | None if !is_matched => WAITS.to_owned(),
            Some(false) | None => waits(what),
        }
    }

    /// What is told of a claim, and of its money that which is posted and that which waits.
    fn claim(&self, claim: &OfClaim, is_held: bool) -> (Phi<String>, Money, Money) {
        let waits = |paid: &&Paid| is_held || paid.waits && !self.released.contains(&paid.offset);
        let (waiting, posted): (Vec<&Paid>, Vec<&Paid>) = claim.payments.iter().partition(waits);
        let (told_posted, told_waiting) =
            (amounts(&posted, "posted"), amounts(&waiting, "waiting"));
        let told: Vec<String> = told_posted.into_iter().chain(told_waiting).collect();
        let (number, charge) = (claim.number.expose(), claim.charge);
        let mut told = format!("claim {number} ({charge}): {}", told.join(", "));
        for news in &claim.news {
            told += &format!("; {}", news.expose());
        }
        for place in &claim.items {
            told += &format!("; {}", self.item(*place, claim.is_matched));
        }
        (Phi::new(told), sum(&posted), sum(&waiting))
    }
}

/// All that is told of a part. What is posted, what waits and what PLBs move come to what is paid.
fn lines_of(part: &Part, by_now: &ByNow<'_>) -> Vec<Phi<String>> {
    let mut lines: Vec<Phi<String>> = part.heading.iter().cloned().map(Phi::new).collect();
    if part.is_anothers {
        return lines;
    }
    let is_held = part.held.is_some();
    if let Some(held) = part.held {
        let why = by_now.item(held, true);
        lines.push(Phi::new(format!("it is held as a whole, and nothing of it is posted: {why}")));
    }
    let (mut posted, mut waiting, mut moved) = (Money::ZERO, Money::ZERO, Money::ZERO);
    for claim in &part.claims {
        let (told, of_claim, of_claim_waiting) = by_now.claim(claim, is_held);
        posted += of_claim;
        waiting += of_claim_waiting;
        lines.push(told);
    }
    for entry in &part.entries {
        let (sum, waits) = if is_held { (&mut waiting, " waiting") } else { (&mut moved, "") };
        *sum += entry.amount;
        let mut told = format!("{}: {}{waits}", entry.told.expose(), entry.amount);
        for place in &entry.items {
            told += &format!("; {}", by_now.item(*place, true));
        }
        lines.push(Phi::new(told));
    }
    let rest = part.amount - part.sum();
    if !rest.is_zero() {
        waiting += rest;
        let told = format!("{rest} waiting is neither its claims' nor its PLB's");
        lines.push(Phi::new(told));
    }
    lines.extend(part.freed.iter().cloned());
    let total = posted + waiting + moved;
    let told = format!("{posted} posted + {waiting} waiting + {moved} by PLB = {total}");
    lines.push(Phi::new(told));
    lines
}

/// `21.20 posted`, or `3.20 posted (-18.00, 21.20)` of several; `None` of none.
fn amounts(payments: &[&Paid], becomes: &str) -> Option<String> {
    let total = sum(payments);
    let each: Vec<String> = payments.iter().map(|paid| paid.amount.to_string()).collect();
    match payments {
        [] => None,
        [_] => Some(format!("{total} {becomes}")),
        _ => Some(format!("{total} {becomes} ({})", each.join(", "))),
    }
}

fn sum(payments: &[&Paid]) -> Money {
    payments.iter().map(|paid| paid.amount).sum()
}
