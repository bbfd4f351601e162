//! What a 277CA promises beyond its guide: sums that add up, every claim once, and statuses that
//! say something by themselves.
//!
//! A guide table cannot check these, for they compare segments with each other, or with the claims
//! that are answered. We hold what we write to them; what partners send breaks them often.
//!
//! ```
//! use x12::answer::x214::rules::{breaches};
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/claim-acknowledgment.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! # let group = &interchange.groups[0];
//! # let set = &group.sets[0];
//! # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
//! # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
//! # let guide = x12::guide::find(&version, &number).expect("a guide");
//! # let walked = x12::walk::walk(interchange, set, guide);
//! # let acks = x12::view::answer::claim_acks(interchange, set, &walked);
//! for breach in breaches(&acks) {
//!     println!("{} at byte {}: {}", breach.rule.code(), breach.place.offset, breach.rule.words());
//! }
//! ```

use std::collections::HashMap;

use crate::answer::fitted;
use crate::answer::x214::statuses::{needs_companion, needs_entity};
use crate::fault::Place;
use crate::segment::Field;
use crate::value::{Day, Decimal};
use crate::view::answer::{ClaimAck, ClaimAcks, Status, category_rejects};
use crate::view::claim::Claim;
use crate::view::parts::find_date;

/// A promise that is broken, and where.
///
/// ```
/// use x12::answer::x214::rules::{Breach, breaches};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/claim-acknowledgment.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let acks = x12::view::answer::claim_acks(interchange, set, &walked);
/// let breaches: Vec<Breach> = breaches(&acks);
/// assert!(breaches.iter().all(|breach| breach.place.offset < file.len()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breach {
    /// What it breaks.
    pub rule: Rule,
    /// The STC, QTY, AMT or TRN that breaks it.
    pub place: Place,
}

/// What a 277CA promises.
///
/// ```
/// use x12::answer::x214::rules::Rule;
///
/// assert_eq!((Rule::CountsAgree.code(), Rule::CountsAgree.name()), ("V-ACK-01", "claims-differ"));
/// println!("{}", Rule::EveryClaimOnce.words());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Claims that are counted as taken and as rejected are those that stand below, and all of the
    /// set that is answered.
    CountsAgree,
    /// Their charges too.
    ChargesAddUp,
    /// Every claim of the set is answered once.
    EveryClaimOnce,
    /// STC03 is U where the category rejects, and WQ where it does not.
    ActionFollowsCategory,
    /// STC04 is the charge of the claim.
    ChargeIsTheClaims,
    /// STC02 is the day on which the batch was decided on.
    DayIsTheBatchs,
    /// A status that needs an entity has one.
    EntityIsThere,
    /// A status that needs another beside it has one.
    CompanionIsThere,
    /// STC01 is filled in before STC10, and STC10 before STC11.
    StatusesInOrder,
}

impl Rule {
    /// A code that is stable for ever.
    pub const fn code(self) -> &'static str {
        match self {
            Rule::CountsAgree => "V-ACK-01",
            Rule::ChargesAddUp => "V-ACK-02",
            Rule::EveryClaimOnce => "V-ACK-03",
            Rule::ActionFollowsCategory => "V-ACK-04",
            Rule::ChargeIsTheClaims => "V-ACK-05",
            Rule::DayIsTheBatchs => "V-ACK-06",
            Rule::EntityIsThere => "V-ACK-07",
            Rule::CompanionIsThere => "V-ACK-08",
            Rule::StatusesInOrder => "V-ACK-09",
        }
    }

    /// A readable name for the fault.
    pub const fn name(self) -> &'static str {
        match self {
            Rule::CountsAgree => "claims-differ",
            Rule::ChargesAddUp => "charges-differ",
            Rule::EveryClaimOnce => "claim-answered-twice-or-never",
            Rule::ActionFollowsCategory => "action-contradicts-category",
            Rule::ChargeIsTheClaims => "charge-of-another-claim",
            Rule::DayIsTheBatchs => "day-of-another-batch",
            Rule::EntityIsThere => "entity-missing",
            Rule::CompanionIsThere => "status-needs-another",
            Rule::StatusesInOrder => "statuses-out-of-order",
        }
    }

    /// What a breach of it means.
    pub const fn words(self) -> &'static str {
        match self {
            Rule::CountsAgree => "claims taken and rejected are not as many as there are",
            Rule::ChargesAddUp => "charges taken and rejected are not those of the claims",
            Rule::EveryClaimOnce => "a claim is answered twice, not at all, or was never sent",
            Rule::ActionFollowsCategory => "STC03 says otherwise than the category",
            Rule::ChargeIsTheClaims => "STC04 is not the charge of the claim",
            Rule::DayIsTheBatchs => "STC02 is not the day on which the batch was decided on",
            Rule::EntityIsThere => "the status says nothing without an entity",
            Rule::CompanionIsThere => "the status says nothing without another beside it",
            Rule::StatusesInOrder => "a later status is filled in before an earlier one",
        }
    }
}

/// What a 277CA breaks by itself.
///
/// ```
/// use bytes::Bytes;
/// use x12::answer::x214::rules::{Rule, breaches};
/// use x12::view::answer::claim_acks;
/// use x12::{guide, interchange, walk};
///
/// # let text = "ISA*00*          *00*          *ZZ*PLAN           *ZZ*OFFICE         *260301*0915\
/// # *^*00501*000000001*0*T*:~GS*HN*PLAN*OFFICE*20260301*0915*1*X*005010X214~\
/// # ST*277*0001*005010X214~BHT*0085*08*1*20260301*0915*TH~HL*1**20*1~\
/// # NM1*PR*2*PLAN*****PI*PLAN1~TRN*1*1~DTP*050*D8*20260301~DTP*009*D8*20260301~HL*2*1*21*0~\
/// # NM1*41*2*OFFICE*****46*OFFICE~TRN*2*B1~STC*A7:562*20260301*U*50~QTY*AA*1~AMT*YY*50~\
/// # SE*14*0001~GE*1*1~IEA*1*000000001~";
/// let reading = interchange::read(&Bytes::from(text));
/// let interchange = &reading.interchanges[0];
/// let set = &interchange.groups[0].sets[0];
/// let guide = guide::find("005010X214", "277").expect("the claim acknowledgment");
/// let walked = walk::walk(interchange, set, guide);
/// let found = breaches(&claim_acks(interchange, set, &walked));
/// // Whose national provider identifier, the status does not say.
/// assert_eq!(found[0].rule, Rule::EntityIsThere);
/// assert_eq!(found[0].rule.code(), "V-ACK-07");
/// ```
pub fn breaches(acks: &ClaimAcks<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    check_sums(acks, &mut breaches);
    let processed = find_date(&acks.dates, "009").and_then(|date| date.value.day());
    let batches = acks.batches.iter().map(|batch| &batch.statuses);
    let providers = acks.providers.iter().map(|provider| &provider.statuses);
    let claims = acks.claims.iter().flat_map(|claim| {
        std::iter::once(&claim.statuses).chain(claim.lines.iter().map(|line| &line.statuses))
    });
    for statuses in batches.chain(providers).chain(claims) {
        for stc in statuses.chunk_by(|a, b| segment_of(a) == segment_of(b)) {
            check_status(stc, processed, &mut breaches);
        }
    }
    breaches.sort_by_key(|breach| (breach.place, breach.rule));
    breaches
}

/// What a 277CA breaks that answers these claims, by itself and against them: all claims of the
/// set that is answered.
///
/// ```
/// use x12::answer::x214::rules::{Rule, breaches_against};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/claim-acknowledgment.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let acks = x12::view::answer::claim_acks(interchange, set, &walked);
/// // The answers to two claims, held against none.
/// let breaches = breaches_against(&acks, &[]);
/// assert!(breaches.iter().any(|breach| breach.rule == Rule::CountsAgree));
/// ```
pub fn breaches_against(acks: &ClaimAcks<'_>, claims: &[Claim<'_>]) -> Vec<Breach> {
    let mut breaches = breaches(acks);
    // A set that is turned away as a whole names no claim, and counts all of them.
    if !acks.claims.is_empty() || claims.is_empty() {
        check_claims(acks, claims, &mut breaches);
    }
    let counts = acks.batches.iter().flat_map(|it| [it.claims_accepted, it.claims_rejected]);
    let charges = acks.batches.iter().flat_map(|it| [it.charges_accepted, it.charges_rejected]);
    let place = acks.batches.first().map_or(acks.place, |batch| batch.place);
    if counts.flatten().filter_map(|field| count(&field)).sum::<usize>() != claims.len() {
        breaches.push(Breach { rule: Rule::CountsAgree, place });
    }
    let charged: Decimal = claims.iter().filter_map(|claim| claim.total_charge.decimal()).sum();
    if charges.flatten().filter_map(|field| field.decimal()).sum::<Decimal>() != charged {
        breaches.push(Breach { rule: Rule::ChargesAddUp, place });
    }
    breaches.sort_by_key(|breach| (breach.place, breach.rule));
    breaches.dedup();
    breaches
}

/// The sums of batches and of providers against the claims that stand below them. Sums that are
/// left out altogether promise nothing.
fn check_sums(acks: &ClaimAcks<'_>, breaches: &mut Vec<Breach>) {
    for batch in &acks.batches {
        let below = || acks.claims.iter().filter(|claim| claim.batch.place == batch.number.place);
        // Nothing stands below a batch that was turned away as a whole.
        if below().next().is_some() {
            let counts = [batch.claims_accepted, batch.claims_rejected];
            let charges = [batch.charges_accepted, batch.charges_rejected];
            compare_sums(below(), counts, charges, batch.place, breaches);
        }
    }
    for (index, provider) in acks.providers.iter().enumerate() {
        let below = acks.claims.iter().filter(|claim| claim.provider == Some(index));
        let counts = [provider.claims_accepted, provider.claims_rejected];
        let charges = [provider.charges_accepted, provider.charges_rejected];
        compare_sums(below, counts, charges, provider.place, breaches);
    }
}

fn compare_sums<'c, 'a: 'c>(
    below: impl Iterator<Item = &'c ClaimAck<'a>>,
    counts: [Option<Field<'a>>; 2],
    charges: [Option<Field<'a>>; 2],
    place: Place,
    breaches: &mut Vec<Breach>,
) {
    let mut counted = [0; 2];
    let mut charged = [Decimal::ZERO; 2];
    for claim in below {
        let side = usize::from(claim.is_rejected());
        counted[side] += 1;
        charged[side] += claim.charge().unwrap_or_default();
    }
    let told = counts.map(|field| field.map_or(Some(0), |field| count(&field)));
    if counts.iter().any(Option::is_some) && told != counted.map(Some) {
        breaches.push(Breach { rule: Rule::CountsAgree, place });
    }
    let told = charges.map(|field| field.map_or(Some(Decimal::ZERO), |field| field.decimal()));
    if charges.iter().any(Option::is_some) && told != charged.map(Some) {
        breaches.push(Breach { rule: Rule::ChargesAddUp, place });
    }
}

/// One STC: its statuses, the filled ones in order.
fn check_status(stc: &[Status<'_>], processed: Option<Day>, breaches: &mut Vec<Breach>) {
    let Some(first) = stc.first() else { return };
    let mut breach = |rule, place| breaches.push(Breach { rule, place });
    let elements = stc.iter().map(|status| status.category.place.element);
    if !elements.eq([1, 10, 11].into_iter().take(stc.len())) {
        breach(Rule::StatusesInOrder, first.category.place);
    }
    let rejects = category_rejects(&first.category.text());
    if !first.action.is_empty() && first.action.is("U") != rejects {
        breach(Rule::ActionFollowsCategory, first.action.place);
    }
    if !first.day.is_empty() && processed.is_some() && first.day.day() != processed {
        breach(Rule::DayIsTheBatchs, first.day.place);
    }
    for status in stc {
        if needs_entity(status.code.bytes()) && status.entity.is_empty() {
            breach(Rule::EntityIsThere, status.code.place);
        }
        let is_other = |other: &Status<'_>| other.code.bytes() != status.code.bytes();
        if needs_companion(status.code.bytes()) && !stc.iter().any(is_other) {
            breach(Rule::CompanionIsThere, status.code.place);
        }
    }
}

/// Every claim once, with its charge. Claims of one number are told apart by their charges.
fn check_claims(acks: &ClaimAcks<'_>, claims: &[Claim<'_>], breaches: &mut Vec<Breach>) {
    let mut unanswered: HashMap<Vec<u8>, Vec<Decimal>> = HashMap::new();
    for claim in claims {
        let number = fitted(claim.patient_control_number.bytes(), 1, 50);
        let charge = claim.total_charge.decimal().unwrap_or_default();
        unanswered.entry(number).or_default().push(charge);
    }
    for ack in &acks.claims {
        let number = fitted(ack.patient_control_number.bytes(), 1, 50);
        let charges = unanswered.get_mut(&number).filter(|charges| !charges.is_empty());
        let Some(charges) = charges else {
            breaches.push(Breach { rule: Rule::EveryClaimOnce, place: ack.place });
            continue;
        };
        let same = charges.iter().position(|charge| ack.charge() == Some(*charge));
        if same.is_none() {
            breaches.push(Breach { rule: Rule::ChargeIsTheClaims, place: ack.place });
        }
        charges.swap_remove(same.unwrap_or_default());
    }
    if unanswered.values().any(|charges| !charges.is_empty()) {
        breaches.push(Breach { rule: Rule::EveryClaimOnce, place: acks.place });
    }
}

fn segment_of(status: &Status<'_>) -> u32 {
    status.category.place.segment
}

fn count(field: &Field<'_>) -> Option<usize> {
    str::from_utf8(field.bytes()).ok()?.parse().ok()
}
