//! What the store, the archive and the settings know, for one decision.

pub mod known;
mod similar;

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use bytes::Bytes;
use x12::phi::Phi;
use x12::value::Day;

use crate::change::cases::taken_though_refunded;
use crate::change::refunds::RefundId;
use crate::change::{ArrivalId, ClaimId, ClaimPlace, ContentHash, ProviderEntry, WorkMove};
use crate::contracts::learned::{Key, Rate};
use crate::contracts::terms::Book;
use crate::denials::Category;
use crate::denials::table::Table;
use crate::document::{self, Document};
use crate::gateway::family;
use crate::gateway::knowledge::known::Kin;
use crate::gateway::receive::limits_of;
use crate::gateway::{Gateway, deliver};
use crate::intake::likeness::{Likeness, Other, Similar};
use crate::intake::{Knowledge, Route, Seen, Under};
use crate::reconcile::matching::{KnownClaim, normal_number};
use crate::reconcile::refunds::{self, Return, SentBack};
use crate::reconcile::{self, Carried, Stranger};
use crate::responses::SentClaim;
use crate::settings::names::PartnerName;
use crate::store::{self, Claim, Of, Past, SaidOfClaim, Submission, Work, WorkFilter};
use crate::transport::Folder;
pub use similar::similar;
use similar::{add_past, original, past_of, same_control_number, same_service};

/// Answers questions from the store. A pure room cannot handle a failing store, so the first
/// failure is kept, and whoever asked for the decision throws the decision away.
#[expect(missing_debug_implementations, reason = "it is made for one decision and never printed")]
pub struct StoreKnowledge<'a> {
    gateway: &'a Gateway,
    /// As they were when the decision began.
    contracts: Arc<Book>,
    denials: Arc<Table>,
    failure: Cell<Option<store::Error>>,
    /// Files that claims were cut out of, for the length of the decision.
    files: RefCell<HashMap<ContentHash, Bytes>>,
    /// What was found under a fingerprint and under a CLM01. Some offices give thousands of claims
    /// one number, and finding those again for each of them would take for ever.
    same_service: RefCell<HashMap<String, Option<Other>>>,
    same_control_number: RefCell<HashMap<String, Option<Other>>>,
    past: RefCell<HashMap<String, Vec<Past>>>,
    sent: RefCell<HashMap<String, Vec<SentClaim>>>,
}

impl<'a> StoreKnowledge<'a> {
    pub fn new(gateway: &'a Gateway) -> StoreKnowledge<'a> {
        StoreKnowledge {
            gateway,
            contracts: gateway.contracts(),
            denials: gateway.denials(),
            failure: Cell::new(None),
            files: RefCell::default(),
            same_service: RefCell::default(),
            same_control_number: RefCell::default(),
            past: RefCell::default(),
            sent: RefCell::default(),
        }
    }

    /// What went wrong while asking, if anything did.
    pub fn failure(self) -> Option<store::Error> {
        self.failure.into_inner()
    }

    fn ask<T: Default>(&self, answer: store::Result<T>) -> T {
        answer.unwrap_or_else(|error| {
            let first = self.failure.take();
            self.failure.set(Some(first.unwrap_or(error)));
            T::default()
        })
    }

    fn store(&self) -> &dyn store::Store {
        self.gateway.store.as_ref()
    }

    /// The file that a claim stands in.
    pub fn file(&self, content: &ContentHash) -> Option<Bytes> {
        if let Some(bytes) = self.files.borrow().get(content) {
            return Some(bytes.clone());
        }
        match self.gateway.archive.get(content) {
            Ok(bytes) => {
                self.files.borrow_mut().insert(content.clone(), bytes.clone());
                Some(bytes)
            }
            Err(error) => {
                let first = self.failure.take();
                let error =
                    store::Error::Failed { doing: "reading the archive", source: error.into() };
                self.failure.set(Some(first.unwrap_or(error)));
                None
            }
        }
    }

    /// A claim's segments with its edits.
    pub fn document(&self, claim: &Claim) -> Option<Document> {
        let file = self.file(&claim.place.file)?;
        document::cut(&claim.place, &file, &claim.edits).ok()
    }

    fn office_folder(&self, partner: &str, folder: Folder) -> Option<String> {
        let office = self.gateway.plan.office(&PartnerName::new(partner)?)?;
        Some(deliver::address(&office.channel, folder))
    }

    fn known_claims(&self, kept: Vec<(Claim, Vec<SaidOfClaim>)>) -> Vec<KnownClaim> {
        let asked: Vec<ClaimId> = kept.iter().map(|(claim, _)| claim.id).collect();
        let mut later: HashMap<ClaimId, Vec<Claim>> = HashMap::new();
        for one in self.ask(self.store().replacements(&asked)) {
            if let Some(before) = one.replaces {
                later.entry(before).or_default().push(one);
            }
        }
        // What an office itself bills to the payer after has the same CLM01.
        let followed: HashSet<ClaimId> =
            kept.iter().filter_map(|(claim, _)| claim.follows).collect();
        let kin = |(claim, said): &(Claim, Vec<SaidOfClaim>)| {
            let later = later.remove(&claim.id).unwrap_or_default();
            self.ask(Kin::of(self.store(), (claim, said), later))
        };
        let kin: Vec<Kin> = kept.iter().map(kin).collect();
        let mut known = known::known_claims(kept, &|content| self.file(content));
        for (claim, kin) in known.iter_mut().zip(kin) {
            kin.add_to(claim);
            for before in &mut claim.payers_before {
                if let Some(payer) = self.gateway.plan.route(before) {
                    *before = payer.name.to_string();
                }
            }
            let others = claim.family.iter().flat_map(|family| &family.others);
            let mut members = others.map(|other| other.id).chain([claim.id]);
            let is_followed = members.any(|member| followed.contains(&member));
            self.ask(known::add_turns(self.store(), claim, is_followed));
            claim.worked_on = self.ask(known::worked_on(self.store(), &claim.turns));
            claim.refunds = self.ask(known::refunds_of(self.store(), claim));
        }
        known
    }
}

/// Whether a correction was told of any claim of a patient, open or done with.
fn is_correction_told(
    store: &dyn store::Store,
    claim: ClaimId,
    says: &Phi<String>,
) -> store::Result<bool> {
    let Some(claim) = store.claim(claim)? else { return Ok(false) };
    let mut claims = vec![claim.id];
    if !claim.patient.is_empty() {
        let others = store.claims_of_patient(&claim.patient, PATIENTS_CLAIMS_MAX)?;
        claims.extend(others.into_iter().map(|other| other.id));
    }
    for claim in claims {
        let (category, claim) = (Some(Category::Corrected), Some(claim));
        let filter = WorkFilter { open_only: false, category, claim, ..WorkFilter::default() };
        let items = store.work(&filter)?;
        if items.iter().any(|item| item.evidence.starts_with(says.expose().as_str())) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Of a patient with more claims one correction may be told twice.
const PATIENTS_CLAIMS_MAX: u32 = 1_000;

/// A payer that gives all its payments one number is not looked through to its first.
const UNDER_MAX: u32 = 50;

/// Some payers give every payment of nothing the same number; of an office there are few.
const PAYEES_UNDER_MAX: u32 = 50;

/// Payers have a handful of numbers and names.
const PAID_AS_MAX: u32 = 500;

/// A claim with the submission that an answer may speak of.
fn sent_claim(claim: Claim, submission: Option<Submission>) -> SentClaim {
    let (set_number, batch_reference) =
        submission.map(|sent| (sent.set_number, sent.batch_reference)).unwrap_or_default();
    SentClaim {
        id: claim.id,
        state: claim.state,
        payer: claim.payer.unwrap_or_default(),
        partner: claim.partner,
        patient_control_number: claim.patient_control_number.into_inner(),
        charge: claim.charge,
        service_to: claim.service_to,
        set_number,
        batch_reference,
        earlier_references: Vec::new(),
        is_superseded: false,
    }
}

impl Knowledge for StoreKnowledge<'_> {
    fn interchange(&self, route: &str, control_number: &str, content: &ContentHash) -> Seen {
        let known = self.ask(self.store().interchanges(route, control_number));
        let Some(same) = known.iter().find(|one| one.content == *content) else {
            return if known.is_empty() { Seen::No } else { Seen::OtherBytes };
        };
        let deliveries = self.ask(self.store().answers(same.arrival));
        let first = self.ask(self.store().arrival(same.arrival));
        let channel = first.map(|first| first.channel).unwrap_or_default();
        Seen::SameBytes(deliver::to_sender(deliveries, &channel))
    }

    /// One decision is about one partner, and about claims that the store does not know yet.
    fn similar(&self, likeness: &Likeness) -> Similar {
        let found = self.ask(family::claim_before(self.store(), likeness));
        let with_it = Likeness { follows: likeness.follows.or(found), ..likeness.clone() };
        let likeness = &with_it;
        let (fingerprint, number) = (&likeness.looks.fingerprint, &likeness.patient_control_number);
        let past = match likeness.asks_for_past() {
            true => {
                once(&self.past, &likeness.patient, || self.ask(past_of(self.store(), likeness)))
            }
            false => Vec::new(),
        };
        let service = || self.ask(same_service(self.store(), likeness));
        let control_number = || self.ask(same_control_number(self.store(), likeness));
        let mut similar = Similar {
            same_service: once(&self.same_service, fingerprint, service),
            same_control_number: match likeness.follows {
                // Who else has the number is another question for each that follows.
                Some(_) => control_number(),
                None => once(&self.same_control_number, number.expose(), control_number),
            },
            follows: found,
            original: self.ask(original(self.store(), &self.gateway.plan, likeness)),
            ..Similar::default()
        };
        add_past(&mut similar, likeness, past);
        similar
    }

    fn route(&self, payer_id: &str) -> Option<Route> {
        self.gateway.plan.route(payer_id).map(|payer| Route {
            payer: payer.name.to_string(),
            is_production: payer.production,
            limits: limits_of(payer),
        })
    }

    fn next_number(&self, counter: &str) -> u64 {
        self.ask(self.store().next_number(counter)).max(1)
    }

    fn batch(&self, control_number: u32) -> Vec<SentClaim> {
        let claims = self.ask(self.store().claims_of_batch(control_number));
        let with_batch = |(claim, submission): (Claim, Submission)| {
            // Mostly a claim is sent once, and there is nothing to ask.
            let is_superseded = claim.times_sent > 1 && {
                let last = self.ask(self.store().submissions(claim.id)).pop();
                last.is_some_and(|last| last.batch != submission.batch)
            };
            SentClaim { is_superseded, ..sent_claim(claim, Some(submission)) }
        };
        claims.into_iter().map(with_batch).collect()
    }

    fn sent(&self, number: &str) -> Vec<SentClaim> {
        let with_last = |claim: Claim| {
            let mut submissions = self.ask(self.store().submissions(claim.id));
            let last = submissions.pop();
            let earlier_references =
                submissions.into_iter().map(|earlier| earlier.batch_reference).collect();
            SentClaim { earlier_references, ..sent_claim(claim, last) }
        };
        once(&self.sent, number, || {
            let claims = self.ask(self.store().claims_by_control_number(number)).into_iter();
            claims.filter(|claim| claim.times_sent > 0).map(with_last).collect()
        })
    }

    fn payable(&self, keys: &[(String, String)]) -> Vec<KnownClaim> {
        let numbers: BTreeSet<String> =
            keys.iter().flat_map(|(control_number, _)| spellings(control_number)).collect();
        // Some payers write 0 for all claims.
        let of_payer = keys.iter().map(|(_, number)| number);
        let payer_numbers: BTreeSet<String> =
            of_payer.filter(|one| !normal_number(one).is_empty()).cloned().collect();
        let mut kept = self.ask(self.store().payable(&numbers, &payer_numbers));
        // A claim whose number has more zeros before it may be the one, where none has that number.
        let found: HashSet<String> = kept.iter().map(|(claim, _)| upper(claim)).collect();
        let unmet =
            keys.iter().filter(|(number, _)| !found.contains(&number.trim().to_uppercase()));
        let padded: BTreeSet<String> = unmet.flat_map(|(number, _)| with_zeros(number)).collect();
        if !padded.is_empty() {
            kept.extend(self.ask(self.store().payable(&padded, &BTreeSet::new())));
            kept.sort_by_key(|(claim, _)| claim.id);
            kept.dedup_by_key(|(claim, _)| claim.id);
        }
        let mut known = self.known_claims(kept);
        share_numbers(&mut known);
        known
    }

    fn payable_by_id(&self, claims: &[ClaimId]) -> Vec<KnownClaim> {
        let claims = claims.iter().filter_map(|id| self.ask(self.store().claim(*id)));
        self.known_claims(self.ask(known::with_said(self.store(), claims.collect())))
    }

    fn alike(&self, strangers: &[Stranger]) -> Vec<KnownClaim> {
        let mut found: BTreeMap<(Reverse<Option<Day>>, Reverse<ClaimId>), Claim> = BTreeMap::new();
        let by_person = |stranger: &Stranger, of| {
            self.ask(self.store().claims_by_charge(stranger.charge, stranger.days, of, ALIKE_MAX))
        };
        for stranger in strangers {
            let anybody = Of::Anybody { lines: stranger.lines };
            let of = match stranger.people.is_empty() {
                true => vec![anybody],
                false => {
                    stranger.people.iter().map(Of::Person).chain([Of::Unkept]).collect::<Vec<_>>()
                }
            };
            let claims = of.into_iter().flat_map(|of| by_person(stranger, of));
            found.extend(claims.map(|one| ((Reverse(one.service_from), Reverse(one.id)), one)));
        }
        let claims = found.into_values().collect();
        self.known_claims(self.ask(known::with_said(self.store(), claims)))
    }

    fn unsent(&self, number: &str) -> Option<ClaimId> {
        let claims = self.ask(self.store().claims_by_control_number(number));
        claims.iter().find(|claim| claim.times_sent == 0).map(|claim| claim.id)
    }

    fn remitted_in(&self, identity: &str) -> Option<ContentHash> {
        let arrival = self.ask(self.store().payment(identity))?;
        self.ask(self.store().arrival(arrival)).map(|arrival| arrival.content)
    }

    fn file(&self, content: &ContentHash) -> Option<Bytes> {
        StoreKnowledge::file(self, content)
    }

    fn step_of_waiting(
        &self,
        claim: ClaimId,
        (arrival, offset): (ArrivalId, usize),
        note: &str,
    ) -> Option<WorkMove> {
        let filter = WorkFilter { open_only: true, claim: Some(claim), ..WorkFilter::default() };
        let mut items = self.ask(self.store().work(&filter)).into_iter();
        let item = items.find(|item| item.is_of_money_at(arrival, offset))?;
        Some(item.closes(note))
    }

    fn carried(&self, payer: &str, payee: &str) -> Vec<Carried> {
        let kept = self.ask(self.store().carried(payer, payee));
        let entries = kept.iter();
        entries
            .filter_map(|one| Carried::of_entry(&one.reason, payee, &one.reference, one.amount))
            .collect()
    }

    fn refunds(&self, payer: &str, payee: &str) -> Vec<SentBack> {
        let of = Some((payer, payee));
        let kept = self.ask(self.store().refunds(of)).into_iter();
        let sent: Vec<SentBack> = kept.map(SentBack::of).collect();
        if sent.is_empty() {
            return sent;
        }
        let told = self.ask(self.store().returns(of));
        let told: Vec<Return> = told.iter().filter_map(Return::of_kept).collect();
        let (held, _) = refunds::hold(&sent, &told);
        held
    }

    fn is_set_aside(&self, of: (&str, &str), reference: &str) -> bool {
        let said = self.ask(self.store().said_under(of, reference));
        said.iter().any(|kept| refunds::sets_aside(&kept.entry))
    }

    fn steps_of_refunds(&self, met: &[RefundId], note: &str) -> Vec<WorkMove> {
        if met.is_empty() {
            return Vec::new();
        }
        let rules: Vec<String> = met.iter().map(|id| taken_though_refunded(*id)).collect();
        let category = Some(Category::Unexplained);
        let filter = WorkFilter { open_only: true, category, ..WorkFilter::default() };
        let items = self.ask(self.store().work(&filter)).into_iter();
        items
            .filter(|item| rules.contains(&item.alike.rule))
            .map(|item| item.closes(note))
            .collect()
    }

    fn is_billed_for(&self, npi: &str) -> bool {
        self.ask(self.store().is_billed_for(npi))
    }

    fn is_trace_used(&self, payer: &str, payee: &str, trace: &str) -> bool {
        self.ask(self.store().is_trace_used(payer, payee, trace))
    }

    fn payees_under(&self, payer: &str, trace: &str) -> Vec<String> {
        self.ask(self.store().payees_under(payer, trace, PAYEES_UNDER_MAX))
    }

    fn is_correction_told(&self, claim: ClaimId, says: &Phi<String>) -> bool {
        self.ask(is_correction_told(self.store(), claim, says))
    }

    fn paid_as(&self, payer: &str, number: Option<&str>) -> Vec<[String; 2]> {
        let paid = self.ask(self.store().paid_as(payer, number, PAID_AS_MAX)).into_iter();
        let posted = paid.filter(|one| !reconcile::is_refused(&one.identity, one.amount));
        posted.map(|one| [one.payer_id, one.payer_name]).collect()
    }

    fn paid_under(&self, (payer, payee): (&str, &str), trace: &str) -> Vec<Under> {
        let kept = self.ask(self.store().paid_under(payer, payee, trace, UNDER_MAX)).into_iter();
        let under = kept.map(|(arrival, paid)| Under {
            arrival,
            is_held: reconcile::is_refused(&paid.identity, paid.amount),
            identity: paid.identity,
        });
        under.collect()
    }

    fn step_of_held(&self, (arrival, offset): (ArrivalId, usize), note: &str) -> Option<WorkMove> {
        let category = Some(Category::OutOfBalance);
        let filter = WorkFilter { open_only: true, category, ..WorkFilter::default() };
        let is_it = |item: &Work| {
            (item.arrival, item.remitted, item.claim) == (Some(arrival), Some(offset), None)
        };
        let item = self.ask(self.store().work(&filter)).into_iter().find(is_it)?;
        Some(item.closes(note))
    }

    fn adjusted_under(
        &self,
        (payer, payee): (&str, &str),
        trace: &str,
        payments: u32,
    ) -> Vec<Vec<ProviderEntry>> {
        self.ask(self.store().adjusted_under(payer, payee, trace, payments))
    }

    fn contracts(&self) -> Arc<Book> {
        Arc::clone(&self.contracts)
    }

    fn denials(&self) -> Arc<Table> {
        Arc::clone(&self.denials)
    }

    fn rates(&self, keys: &[&Key], limit: u32) -> Vec<Rate> {
        self.ask(self.store().rates(keys, limit))
    }

    fn hash(&self, bytes: &[u8]) -> ContentHash {
        store::archive::hash_of(bytes)
    }

    fn remits_channel(&self, partner: &str) -> Option<String> {
        self.office_folder(partner, Folder::Remits)
    }

    fn reports_channel(&self, partner: &str) -> Option<String> {
        self.office_folder(partner, Folder::Reports)
    }

    fn office_of(&self, provider: &str) -> Option<String> {
        let bills = |id: &String| !provider.is_empty() && id == provider;
        let offices = &self.gateway.plan.offices;
        let office = offices.iter().find(|office| office.providers.iter().any(bills));
        let named = office.map(|office| office.name.to_string());
        // Whom the settings give to nobody is whose claims alone were billed for it.
        named.or_else(|| match self.ask(self.store().offices_billed_for(provider)).as_slice() {
            [office] if !provider.is_empty() => Some(office.clone()),
            _ => None,
        })
    }

    fn providers(&self) -> Vec<(String, Vec<String>)> {
        let offices = self.gateway.plan.offices.iter();
        let naming = offices.filter(|office| !office.providers.is_empty());
        naming.map(|office| (office.name.to_string(), office.providers.clone())).collect()
    }
}

/// A claim that its office replaced or voided has a number with the payer, whoever says so first.
fn share_numbers(known: &mut [KnownClaim]) {
    let later = known.iter().filter(|claim| claim.account != claim.id);
    let told: Vec<(ClaimId, String)> =
        later.map(|claim| (claim.account, claim.original_number.clone())).collect();
    for (account, number) in told {
        let first = known.iter_mut().find(|claim| claim.id == account);
        if let Some(first) = first.filter(|first| first.original_number.is_empty()) {
            first.original_number = number;
        }
    }
}

/// Claims of one charge and day that are looked at: of one person, or where a payment names nobody.
const ALIKE_MAX: u32 = 100;

/// What was found under a key before, or is found now.
fn once<T: Clone>(found: &RefCell<HashMap<String, T>>, key: &str, find: impl FnOnce() -> T) -> T {
    if let Some(found) = found.borrow().get(key) {
        return found.clone();
    }
    let new = find();
    found.borrow_mut().insert(key.to_owned(), new.clone());
    new
}

/// How a payer may have written a control number: upper case, leading zeros gone.
fn spellings(control_number: &str) -> Vec<String> {
    let control_number = control_number.trim();
    let mut spellings = vec![
        control_number.to_owned(),
        control_number.to_uppercase(),
        control_number.trim_start_matches('0').to_owned(),
    ];
    spellings.dedup();
    spellings.retain(|spelling| !spelling.is_empty());
    spellings
}

fn upper(claim: &Claim) -> String {
    claim.patient_control_number.expose().trim().to_uppercase()
}

/// A number with more zeros before it, as an office may have sent it. What begins with a letter has none.
fn with_zeros(control_number: &str) -> Vec<String> {
    let number = control_number.trim().trim_start_matches('0');
    if !number.starts_with(|first: char| first.is_ascii_digit()) {
        return Vec::new();
    }
    let zeros = CONTROL_NUMBER_LEN.saturating_sub(number.len());
    (1..=zeros).map(|zeros| format!("{:0>zeros$}{number}", "")).collect()
}

/// So much of CLM01 payers have to give back.
const CONTROL_NUMBER_LEN: usize = 20;

/// The archive's file of a place, for whoever has no decision to take.
pub fn cut(gateway: &Gateway, place: &ClaimPlace, edits: &[x12::edit::Edit]) -> Option<Document> {
    let file = gateway.archive.get(&place.file).ok()?;
    document::cut(place, &file, edits).ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use x12::phi::Phi;

    use super::*;
    use crate::clock::Timestamp;
    use crate::gateway::receive::take_in;
    use crate::settings::names::ChannelName;
    use crate::settings::written::Settings;
    use crate::store::Store;
    use crate::store::archive::Archive;
    use crate::transport::Arrival;

    #[test]
    fn asks_the_store_once_a_decision_for_the_claims_of_a_number() {
        let place = tempfile::tempdir().expect("a directory");
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/claimgate.toml");
        let plan = Settings::load(Some(&config), place.path()).expect("settings");
        let archive = Archive::open(place.path()).expect("an archive");
        let store: Arc<dyn Store> = store::open("memory:").expect("a store");
        let gateway = Gateway::new(plan, store, archive);
        let likeness = Likeness {
            partner: "cedar".to_owned(),
            patient_control_number: Phi::new("A1".to_owned()),
            ..Likeness::default()
        };
        let before = StoreKnowledge::new(&gateway);
        assert_eq!(before.similar(&likeness).same_control_number, None);

        let bytes = include_bytes!("../../testdata/stories/clean-batch/monday.edi");
        let cedar = ChannelName::new("cedar").expect("a name");
        let now = Timestamp::from_micros(1_793_611_800_000_000);
        let bytes = Bytes::from_static(bytes);
        let arrival = Arrival::of_bytes(cedar, "monday.edi".to_owned(), bytes, now);
        take_in(&gateway, &arrival, now).expect("taken in");
        assert_eq!(before.similar(&likeness).same_control_number, None, "asked again");
        let after = StoreKnowledge::new(&gateway);
        assert!(after.similar(&likeness).same_control_number.is_some());
    }
}
