//! 277CA, the answer to the claims of one transaction set that a 999 has accepted: which of them
//! go on, and why the others come back.
//!
//! Levels nest as the guide has them: us, the submitter, each billing provider, each patient; the
//! first three carry sums of what stands below them. Sums are counted from the claims that are
//! written, so that they cannot disagree.
//!
//! ```
//! use x12::answer::x214::{self, ClaimVerdict, GROUP, Receipt, VERSION};
//! use x12::view::claim::claims;
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! # let group = &interchange.groups[0];
//! # let set = &group.sets[0];
//! # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
//! # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
//! # let guide = x12::guide::find(&version, &number).expect("a guide");
//! # let walked = x12::walk::walk(interchange, set, guide);
//! # use x12::compose::{Composer, Envelope};
//! # use x12::delimiters::Delimiters;
//! # use x12::value::Day;
//! # let envelope = Envelope {
//! #     sender_qualifier: "ZZ".to_owned(),
//! #     sender: "CLAIMGATE".to_owned(),
//! #     receiver_qualifier: "ZZ".to_owned(),
//! #     receiver: "WILLOWCLINIC".into(),
//! #     application_sender: "CLAIMGATE".to_owned(),
//! #     application_receiver: "WILLOWCLINIC".into(),
//! #     day: Day::parse(b"20260302").expect("a day"),
//! #     time: "0800".to_owned(),
//! #     control_number: 7,
//! #     wants_ta1: false,
//! #     is_production: false,
//! # };
//! # let mut composer = Composer::new(&envelope, Delimiters::OURS);
//! let receipt = Receipt {
//!     trace: "RECEIPT1",
//!     received: envelope.day,
//!     processed: envelope.day,
//!     time: "0800",
//!     source_name: "CLAIMGATE",
//!     source_id: "CLAIMGATE",
//! };
//! let accepted = |status: &str| ClaimVerdict {
//!     is_accepted: true,
//!     status: vec![status.to_owned()],
//!     ..ClaimVerdict::default()
//! };
//! let claims: Vec<_> =
//!     claims(interchange, set, &walked).map(|claim| (claim, accepted("A2:20"))).collect();
//! composer.begin_group(&envelope, GROUP, VERSION);
//! x214::compose(&mut composer, interchange, set, &walked, &claims, &receipt);
//! composer.end_group();
//! let answer = String::from_utf8(composer.finish()).expect("text");
//! assert!(answer.contains("~STC*A2:20*20260302*WQ*120~"));
//! ```

pub mod rules;
pub mod statuses;

use crate::answer::fitted;
use crate::answer::x214::statuses::needs_companion;
use crate::check::character_count;
use crate::compose::Composer;
use crate::delimiters::Delimiters;
use crate::guide::row::Tag;
use crate::guide::x214_claim_ack::GUIDE;
use crate::interchange::{Interchange, Set};
use crate::segment::{Field, Segment};
use crate::value::{Day, DayRange, Decimal, Quantity};
use crate::view::answer::category_rejects;
use crate::view::claim::{Claim, Extent, Line};
use crate::view::parts::{Party, find_reference};
use crate::walk::Walked;

/// GS01 of the group that holds such answers.
pub const GROUP: &str = GUIDE.group;

/// GS08 of that group.
pub const VERSION: &str = GUIDE.id;

/// What its version holds, whichever edition it is.
pub(crate) const NAME: &[u8] = b"X214";

/// That we have the claims, and who we are.
///
/// ```
/// use x12::answer::x214::Receipt;
/// use x12::value::Day;
///
/// let day = Day::parse(b"20260302").expect("a day");
/// let receipt = Receipt {
///     trace: "RECEIPT1",
///     received: day,
///     processed: day,
///     time: "0800",
///     source_name: "CLAIMGATE",
///     source_id: "CLAIMGATE",
/// };
/// assert_eq!(receipt.trace, "RECEIPT1");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Receipt<'a> {
    /// Our number for this receipt: BHT03 and TRN02 of 2200A.
    pub trace: &'a str,
    /// The day on which the claims came.
    pub received: Day,
    /// The day on which they were decided.
    pub processed: Day,
    /// HHMM of the answer.
    pub time: &'a str,
    /// Our name, in NM1*AY.
    pub source_name: &'a str,
    /// Our trading partner number, in NM1*AY.
    pub source_id: &'a str,
}

/// What was decided on one claim.
///
/// A status is written `category:status` or `category:status:entity`, as in `A7:562:85`; several
/// in one text are joined with `+`.
///
/// ```
/// use x12::answer::x214::{ClaimVerdict, LineVerdict};
///
/// let verdict = ClaimVerdict {
///     is_accepted: false,
///     status: vec!["A7:562:85".to_owned()],
///     lines: vec![LineVerdict { number: 1, status: vec!["A7:453".to_owned()] }],
///     note: Some("THE NPI HAS A WRONG CHECK DIGIT".to_owned()),
///     ..ClaimVerdict::default()
/// };
/// assert!(!verdict.is_accepted && verdict.trace.is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct ClaimVerdict {
    /// Whether the claim goes on.
    pub is_accepted: bool,
    /// The gravest first. Those that do not agree with `is_accepted` are left out; where none does,
    /// one stands for them.
    pub status: Vec<String>,
    /// Lines that are to blame; none for a claim that is accepted.
    pub lines: Vec<LineVerdict>,
    /// Our number for the claim, REF*D9; blank for none.
    pub trace: String,
    /// What a person should read, STC12; cut where the element is full.
    pub note: Option<String>,
}

/// What is wrong with one service line.
///
/// ```
/// use x12::answer::x214::LineVerdict;
///
/// let verdict = LineVerdict { number: 2, status: vec!["A7:454".to_owned()] };
/// assert_eq!(verdict.number, 2);
/// ```
#[derive(Clone, Debug, Default)]
pub struct LineVerdict {
    /// LX01 of the line.
    pub number: u32,
    /// What to say of the line, the gravest first.
    pub status: Vec<String>,
}

/// A clearinghouse has it. Above the claims, this is all we say when we take them in.
const RECEIVED: &str = "A1:19:AY";

/// The same of a claim, where the guide does not let a status be about a clearinghouse.
const CLAIM_RECEIVED: &str = "A1:19:PR";

/// A claim came back for its lines; their statuses say why.
const LINES_REJECTED: &str = "A3:247";

/// A claim came back, and nobody said why.
const REJECTED: &str = "A3:0";

/// A status that is no more than that.
const NO_MORE: &str = "0";

/// Stands where the guide asks for a name or a number that the claim does not have.
const UNKNOWN: &str = "UNKNOWN";

/// How many statuses an STC has room for.
const STATUSES_MAX: usize = 3;

/// Writes a transaction set that answers `set`. The caller has begun a group of kind [`GROUP`]
/// and version [`VERSION`]; one group holds the answers to all sets of an interchange.
///
/// `claims` are all claims of the set, in their order.
///
/// ```
/// use x12::answer::x214::{self, ClaimVerdict, GROUP, Receipt, VERSION};
/// use x12::view::claim::claims;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # use x12::compose::{Composer, Envelope};
/// # use x12::delimiters::Delimiters;
/// # use x12::value::Day;
/// # let envelope = Envelope {
/// #     sender_qualifier: "ZZ".to_owned(),
/// #     sender: "CLAIMGATE".to_owned(),
/// #     receiver_qualifier: "ZZ".to_owned(),
/// #     receiver: "WILLOWCLINIC".into(),
/// #     application_sender: "CLAIMGATE".to_owned(),
/// #     application_receiver: "WILLOWCLINIC".into(),
/// #     day: Day::parse(b"20260302").expect("a day"),
/// #     time: "0800".to_owned(),
/// #     control_number: 7,
/// #     wants_ta1: false,
/// #     is_production: false,
/// # };
/// # let mut composer = Composer::new(&envelope, Delimiters::OURS);
/// let receipt = Receipt {
///     trace: "RECEIPT1",
///     received: envelope.day,
///     processed: envelope.day,
///     time: "0800",
///     source_name: "CLAIMGATE",
///     source_id: "CLAIMGATE",
/// };
/// let accepted = |status: &str| ClaimVerdict {
///     is_accepted: true,
///     status: vec![status.to_owned()],
///     ..ClaimVerdict::default()
/// };
/// let claims: Vec<_> =
///     claims(interchange, set, &walked).map(|claim| (claim, accepted("A2:20"))).collect();
/// composer.begin_group(&envelope, GROUP, VERSION);
/// x214::compose(&mut composer, interchange, set, &walked, &claims, &receipt);
/// composer.end_group();
/// let answer = String::from_utf8(composer.finish()).expect("text");
/// assert!(answer.contains("~STC*A2:20*20260302*WQ*120~"));
/// ```
pub fn compose(
    composer: &mut Composer,
    answered: &Interchange,
    set: &Set,
    walked: &Walked,
    claims: &[(Claim<'_>, ClaimVerdict)],
    receipt: &Receipt<'_>,
) {
    let answers: Vec<ClaimAnswer> = claims
        .iter()
        .map(|(claim, verdict)| {
            ClaimAnswer::new(answered, set, claim, verdict, receipt, composer.delimiters())
        })
        .collect();
    compose_answers(composer, answered, set, walked, &answers, receipt);
}

/// The same of claims that were answered one by one, so that no claim has to be kept. The caller has begun a group of kind [`GROUP`]
/// and version [`VERSION`]; one group holds the answers to all sets of an interchange.
///
/// `claims` are all claims of the set, in their order, each answered by itself.
///
/// ```
/// use x12::answer::x214::{self, ClaimAnswer, ClaimVerdict, GROUP, Receipt, VERSION};
/// use x12::view::claim::claims;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # use x12::compose::{Composer, Envelope};
/// use x12::delimiters::Delimiters;
/// # use x12::value::Day;
/// # let envelope = Envelope {
/// #     sender_qualifier: "ZZ".to_owned(),
/// #     sender: "CLAIMGATE".to_owned(),
/// #     receiver_qualifier: "ZZ".to_owned(),
/// #     receiver: "WILLOWCLINIC".into(),
/// #     application_sender: "CLAIMGATE".to_owned(),
/// #     application_receiver: "WILLOWCLINIC".into(),
/// #     day: Day::parse(b"20260302").expect("a day"),
/// #     time: "0800".to_owned(),
/// #     control_number: 7,
/// #     wants_ta1: false,
/// #     is_production: false,
/// # };
/// # let mut composer = Composer::new(&envelope, Delimiters::OURS);
/// let receipt = Receipt {
///     trace: "RECEIPT1",
///     received: envelope.day,
///     processed: envelope.day,
///     time: "0800",
///     source_name: "CLAIMGATE",
///     source_id: "CLAIMGATE",
/// };
/// let accepted = |status: &str| ClaimVerdict {
///     is_accepted: true,
///     status: vec![status.to_owned()],
///     ..ClaimVerdict::default()
/// };
/// let answer = |claim| {
///     let verdict = accepted("A2:20");
///     ClaimAnswer::new(interchange, set, &claim, &verdict, &receipt, Delimiters::OURS)
/// };
/// let answers: Vec<_> = claims(interchange, set, &walked).map(answer).collect();
/// composer.begin_group(&envelope, GROUP, VERSION);
/// x214::compose_answers(&mut composer, interchange, set, &walked, &answers, &receipt);
/// composer.end_group();
/// let answer = String::from_utf8(composer.finish()).expect("text");
/// assert!(answer.contains("~STC*A2:20*20260302*WQ*120~"));
/// ```
pub fn compose_answers(
    composer: &mut Composer,
    answered: &Interchange,
    set: &Set,
    walked: &Walked,
    claims: &[ClaimAnswer],
    receipt: &Receipt<'_>,
) {
    let mut answer = Answer::begin(composer, answered, set, receipt);
    let sums = Sums::of(claims);
    answer.compose_batch(walked, !claims.is_empty(), &[vec![RECEIVED]], "WQ", &sums);
    for of_provider in claims.chunk_by(|a, b| a.provider == b.provider) {
        let provider_level = answer.compose_provider(of_provider);
        for of_patient in of_provider.chunk_by(|a, b| a.person == b.person) {
            answer.compose_patient(provider_level, of_patient);
        }
    }
    answer.composer.end_set();
}

/// What a 277CA says of one claim, in a set of which more may come.
///
/// ```
/// use x12::answer::x214::{ClaimAnswer, ClaimVerdict, Receipt};
/// use x12::delimiters::Delimiters;
/// use x12::value::Day;
/// use x12::view::claim::claims;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let set = &interchange.groups[0].sets[0];
/// # let guide = x12::guide::find("005010X222A1", "837").expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # let day = Day::parse(b"20260302").expect("a day");
/// # let receipt = Receipt {
/// #     trace: "RECEIPT1",
/// #     received: day,
/// #     processed: day,
/// #     time: "0800",
/// #     source_name: "CLAIMGATE",
/// #     source_id: "CLAIMGATE",
/// # };
/// let claim = claims(interchange, set, &walked).next().expect("a claim");
/// let verdict = ClaimVerdict { is_accepted: true, ..ClaimVerdict::default() };
/// let answer =
///     ClaimAnswer::new(interchange, set, &claim, &verdict, &receipt, Delimiters::OURS);
/// # let _ = answer;
/// ```
#[derive(Clone, Debug)]
pub struct ClaimAnswer {
    is_accepted: bool,
    charge: Decimal,
    /// Where the levels above it begin: that of its provider, and those of its person.
    provider: u32,
    person: (u32, u32),
    /// NM1 of both. Only the first claim of a level needs them.
    provider_name: Box<[u8]>,
    person_name: Box<[u8]>,
    /// What stands below the patient's level.
    segments: Box<[u8]>,
    segment_count: u32,
}

impl ClaimAnswer {
    /// Answers a claim, to be written with these delimiters.
    pub fn new(
        answered: &Interchange,
        set: &Set,
        claim: &Claim<'_>,
        verdict: &ClaimVerdict,
        receipt: &Receipt<'_>,
        delimiters: Delimiters,
    ) -> ClaimAnswer {
        let written = |write: &dyn Fn(&mut Answer<'_, '_>)| {
            let mut composer = Composer::apart(delimiters);
            let composer_at = &mut composer;
            write(&mut Answer { composer: composer_at, answered, set, receipt, level: 0 });
            composer.into_segments()
        };
        let (segments, segment_count) = written(&|answer| answer.compose_claim(claim, verdict));
        let (provider, person) = levels_of(claim);
        ClaimAnswer {
            is_accepted: verdict.is_accepted,
            charge: charge_of(claim),
            provider,
            person,
            provider_name: written(&|answer| answer.compose_billing(claim)).0.into(),
            person_name: written(&|answer| answer.compose_person(claim)).0.into(),
            segments: segments.into(),
            segment_count,
        }
    }

    /// Puts it under the levels of `claim`: the same claim as it came, where it was answered as it reads
    /// with its faults mended.
    ///
    /// ```
    /// use x12::answer::x214::{ClaimAnswer, ClaimVerdict};
    /// # use x12::answer::x214::Receipt;
    /// # use x12::delimiters::Delimiters;
    /// # use x12::value::Day;
    /// # use x12::view::claim::claims;
    /// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
    /// # let day = Day::parse(b"20260302").expect("a day");
    /// # let receipt = Receipt {
    /// #     trace: "RECEIPT1",
    /// #     received: day,
    /// #     processed: day,
    /// #     time: "0800",
    /// #     source_name: "CLAIMGATE",
    /// #     source_id: "CLAIMGATE",
    /// # };
    /// # let guide = x12::guide::find("005010X222A1", "837").expect("a guide");
    /// # let came = x12::interchange::read(&FILE.into());
    /// # let mended = x12::interchange::read(&FILE.into());
    /// # let (came, mended) = (&came.interchanges[0], &mended.interchanges[0]);
    /// # let (set, set_mended) = (&came.groups[0].sets[0], &mended.groups[0].sets[0]);
    /// # let walked = x12::walk::walk(came, set, guide);
    /// # let walked_mended = x12::walk::walk(mended, set_mended, guide);
    /// let as_came = claims(came, set, &walked).next().expect("a claim");
    /// let as_mended = claims(mended, set_mended, &walked_mended).next().expect("a claim");
    /// let (verdict, to) = (ClaimVerdict::default(), Delimiters::OURS);
    /// let answer = ClaimAnswer::new(mended, set_mended, &as_mended, &verdict, &receipt, to);
    /// let answer = answer.among(&as_came);
    /// # let _ = answer;
    /// ```
    pub fn among(self, claim: &Claim<'_>) -> ClaimAnswer {
        let (provider, person) = levels_of(claim);
        ClaimAnswer { provider, person, ..self }
    }
}

/// Where the levels begin that a claim stands under: that of its provider, and those of its person.
fn levels_of(claim: &Claim<'_>) -> (u32, (u32, u32)) {
    let Extent { billing, subscriber, patient, .. } = &claim.extent;
    (billing.start, (subscriber.start, patient.start))
}

/// Writes a transaction set that turns away `set` as a whole, as one that came before (`A8:746:40`
/// and the like); `status` is in the notation of [`ClaimVerdict`]. No claim of it is named.
///
/// ```
/// use x12::answer::x214::{self, GROUP, Receipt, VERSION};
/// use x12::view::claim::claims;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// # use x12::compose::{Composer, Envelope};
/// # use x12::delimiters::Delimiters;
/// # use x12::value::Day;
/// # let envelope = Envelope {
/// #     sender_qualifier: "ZZ".to_owned(),
/// #     sender: "CLAIMGATE".to_owned(),
/// #     receiver_qualifier: "ZZ".to_owned(),
/// #     receiver: "WILLOWCLINIC".into(),
/// #     application_sender: "CLAIMGATE".to_owned(),
/// #     application_receiver: "WILLOWCLINIC".into(),
/// #     day: Day::parse(b"20260302").expect("a day"),
/// #     time: "0800".to_owned(),
/// #     control_number: 7,
/// #     wants_ta1: false,
/// #     is_production: false,
/// # };
/// # let mut composer = Composer::new(&envelope, Delimiters::OURS);
/// # let receipt = Receipt {
/// #     trace: "RECEIPT1",
/// #     received: envelope.day,
/// #     processed: envelope.day,
/// #     time: "0800",
/// #     source_name: "CLAIMGATE",
/// #     source_id: "CLAIMGATE",
/// # };
/// let claims: Vec<_> = claims(interchange, set, &walked).collect();
/// let twice = ["A8:746:40".to_owned()];
/// composer.begin_group(&envelope, GROUP, VERSION);
/// x214::compose_rejected(&mut composer, interchange, set, &walked, &claims, &twice, &receipt);
/// composer.end_group();
/// let answer = String::from_utf8(composer.finish()).expect("text");
/// assert!(answer.contains("~STC*A8:746:40*20260302*U*120~"));
/// ```
pub fn compose_rejected(
    composer: &mut Composer,
    answered: &Interchange,
    set: &Set,
    walked: &Walked,
    claims: &[Claim<'_>],
    status: &[String],
    receipt: &Receipt<'_>,
) {
    let mut answer = Answer::begin(composer, answered, set, receipt);
    let sums = Sums {
        claims_rejected: claims.len(),
        charges_rejected: claims.iter().map(charge_of).sum(),
        ..Sums::default()
    };
    let status = leading(status, false, REJECTED);
    answer.compose_batch(walked, false, &status, "U", &sums);
    answer.composer.end_set();
}

/// The statuses of a verdict that agree with it, or else one that does. Those that one reason gives
/// belong together.
fn leading<'s>(status: &'s [String], is_accepted: bool, otherwise: &'s str) -> Vec<Vec<&'s str>> {
    // Whoever reads it goes by any category that rejects, so no other may stand beside it.
    let agrees = |text: &&str| {
        let category = text.split(':').next().unwrap_or_default();
        !text.is_empty() && category_rejects(category) != is_accepted
    };
    let reasons = status.iter().map(|text| text.split('+').filter(agrees).collect::<Vec<_>>());
    let mut told: Vec<Vec<&str>> = Vec::new();
    for reason in reasons.filter(|reason| !reason.is_empty()) {
        if !told.contains(&reason) {
            told.push(reason);
        }
    }
    if told.is_empty() {
        told.push(vec![otherwise]);
    }
    told
}

/// Packs reasons into what one STC holds each. A reason is not torn apart, for many statuses say
/// little by themselves; only one with more statuses than an STC has room for goes on in the next.
fn segments_of<'s>(reasons: &[Vec<&'s str>]) -> Vec<Vec<&'s str>> {
    let mut segments: Vec<Vec<&str>> = Vec::new();
    for reason in reasons {
        for part in reason.chunks(STATUSES_MAX) {
            match segments.last_mut() {
                Some(last) if last.len() + part.len() <= STATUSES_MAX => last.extend(part),
                Some(_) | None => segments.push(part.to_vec()),
            }
        }
    }
    segments
}

/// A status that says nothing by itself, with no other in its STC: one is put beside it, which says
/// that there is no more to say.
fn companion_of(statuses: &[&str]) -> Option<String> {
    fn code(status: &str) -> &str {
        status.split(':').nth(1).unwrap_or_default()
    }
    let first = statuses.first()?;
    let is_alone = statuses.iter().all(|status| code(status) == code(first));
    let category = first.split(':').next()?;
    let is_wanted = is_alone && needs_companion(code(first).as_bytes());
    is_wanted.then(|| format!("{category}:{NO_MORE}"))
}

/// How many claims were taken and not, and what they charge.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    claims_accepted: usize,
    claims_rejected: usize,
    charges_accepted: Decimal,
    charges_rejected: Decimal,
}

impl Sums {
    fn of(claims: &[ClaimAnswer]) -> Sums {
        let mut sums = Sums::default();
        for claim in claims {
            if claim.is_accepted {
                sums.claims_accepted += 1;
                sums.charges_accepted += claim.charge;
            } else {
                sums.claims_rejected += 1;
                sums.charges_rejected += claim.charge;
            }
        }
        sums
    }

    fn charges(&self) -> Decimal {
        self.charges_accepted + self.charges_rejected
    }
}

/// One transaction set that is being written.
struct Answer<'c, 'a> {
    composer: &'c mut Composer,
    answered: &'a Interchange,
    set: &'a Set,
    receipt: &'a Receipt<'a>,
    /// HL01 of the level written last.
    level: u32,
}

const NM1: Tag = Tag::new(b"NM1");

/// HL01 of the submitter's level, which stands under ours.
const SUBMITTER_LEVEL: u32 = 2;

impl<'c, 'a> Answer<'c, 'a> {
    /// Writes ST, BHT and our own level.
    fn begin(
        composer: &'c mut Composer,
        answered: &'a Interchange,
        set: &'a Set,
        receipt: &'a Receipt<'a>,
    ) -> Answer<'c, 'a> {
        let mut answer = Answer { composer, answered, set, receipt, level: 0 };
        answer.composer.begin_set(GUIDE.set, Some(GUIDE.id));
        let trace = or_else(receipt.trace, "0");
        answer
            .composer
            .segment("BHT")
            .text("0085")
            .text("08")
            .bytes(&fitted(trace.as_bytes(), 1, 30))
            .text(&receipt.processed.to_wire())
            .text(receipt.time)
            .text("TH")
            .end();
        answer.compose_level("", "20", Some(true));
        answer
            .composer
            .segment("NM1")
            .text("AY")
            .text("2")
            .bytes(&fitted(or_else(receipt.source_name, UNKNOWN).as_bytes(), 1, 60))
            .skip(4)
            .text("46")
            .bytes(&fitted(or_else(receipt.source_id, UNKNOWN).as_bytes(), 2, 80))
            .end();
        answer.compose_trace("1", trace.as_bytes());
        for (which, day) in [("050", receipt.received), ("009", receipt.processed)] {
            answer.composer.segment("DTP").text(which).text("D8").text(&day.to_wire()).end();
        }
        answer
    }

    /// The submitter's level, with the sums of the batch.
    fn compose_batch(
        &mut self,
        walked: &Walked,
        has_claims: bool,
        status: &[Vec<&str>],
        action: &str,
        sums: &Sums,
    ) {
        let batch = self.find(walked, "HEADER", "BHT").map(|bht| bht.text(3)).unwrap_or_default();
        let submitter = self.find(walked, "1000A", "NM1");
        let kind = submitter.filter(|nm1| nm1.text(2) == b"1").map_or("2", |_| "1");
        let id = submitter.map(|nm1| nm1.text(9)).filter(|id| !id.is_empty());
        // Somebody sent the interchange, even if its claims do not say who.
        let sender = self.answered.header().text(6).trim_ascii_end();
        self.compose_level("1", "21", Some(has_claims));
        self.compose_name("41", kind, submitter.as_ref(), "46", id.unwrap_or(sender));
        self.compose_trace("2", if batch.is_empty() { b"0" } else { batch });
        for statuses in segments_of(status) {
            let day = self.receipt.processed.to_wire();
            let charge = amount_told(sums.charges());
            self.compose_status(&statuses, [&day, action, &charge], None);
        }
        self.compose_sums(["90", "AA"], sums);
    }

    /// The segment with this tag that the walk placed in this loop.
    fn find(&self, walked: &Walked, in_loop: &str, tag: &str) -> Option<Segment<'a>> {
        let tag = Tag::new(tag.as_bytes());
        let is_it =
            |placed: &&crate::walk::Placed| placed.table.id == in_loop && placed.slot.tag == tag;
        let placed = walked.placed.iter().find(is_it)?;
        self.answered.set_segment(self.set, placed.number)
    }

    /// A billing provider's level, with the sums of its claims. Gives its HL01.
    fn compose_provider(&mut self, claims: &[ClaimAnswer]) -> u32 {
        let level = self.compose_level(&SUBMITTER_LEVEL.to_string(), "19", Some(true));
        if let Some(first) = claims.first() {
            self.composer.append(&first.provider_name, 1);
        }
        let mut trace = fitted(self.receipt.trace.as_bytes(), 0, 38);
        trace.extend(format!("-{level}").bytes());
        self.compose_trace("1", &trace);
        let sums = Sums::of(claims);
        self.compose_status(&[RECEIVED], ["", "WQ", &amount_told(sums.charges())], None);
        self.compose_sums(["QA", "QC"], &sums);
        level
    }

    fn compose_billing(&mut self, claim: &Claim<'_>) {
        let billing = &claim.billing;
        let nm1 = self.answered.set_segment(self.set, billing.place.segment);
        let kind = if billing.is_person() { "1" } else { "2" };
        let (qualifier, id) = provider_id(claim);
        self.compose_name("85", kind, nm1.as_ref(), qualifier, id.bytes());
    }

    /// A patient's level with its claims.
    fn compose_patient(&mut self, above: u32, claims: &[ClaimAnswer]) {
        self.compose_level(&above.to_string(), "PT", None);
        if let Some(first) = claims.first() {
            self.composer.append(&first.person_name, 1);
        }
        for claim in claims {
            self.composer.append(&claim.segments, claim.segment_count);
        }
    }

    fn compose_person(&mut self, claim: &Claim<'_>) {
        let person = claim
            .person()
            .and_then(|party| self.answered.set_segment(self.set, party.place.segment));
        // Only the insured has a member number; it stands for dependents too.
        let insured = claim.subscriber.party.as_ref().filter(|party| !party.id.is_empty());
        let qualifier = insured.filter(|party| party.id_qualifier.is("II")).map_or("MI", |_| "II");
        let id = insured.map(|party| party.id.bytes()).unwrap_or_default();
        self.compose_name("QC", "1", person.as_ref(), qualifier, id);
    }

    fn compose_claim(&mut self, claim: &Claim<'_>, verdict: &ClaimVerdict) {
        self.compose_trace("2", claim.patient_control_number.bytes());
        let (lines, unnamed) = if verdict.is_accepted {
            (Vec::new(), Vec::new())
        } else {
            lines_to_blame(claim, verdict)
        };
        let otherwise = match (verdict.is_accepted, lines.is_empty()) {
            (true, _) => CLAIM_RECEIVED,
            (false, false) => LINES_REJECTED,
            (false, true) => REJECTED,
        };
        let action = if verdict.is_accepted { "WQ" } else { "U" };
        let day = self.receipt.processed.to_wire();
        let charge = amount_told(charge_of(claim));
        let mut note = verdict.note.as_deref();
        let status = [verdict.status.clone(), unnamed].concat();
        for statuses in segments_of(&leading(&status, verdict.is_accepted, otherwise)) {
            self.compose_status(&statuses, [&day, action, &charge], note.take());
        }
        self.compose_references(claim, verdict);
        let received = DayRange { from: self.receipt.received, to: self.receipt.received };
        self.compose_service(claim.service_days().unwrap_or(received));
        for (line, procedure, verdict) in lines {
            self.compose_line(line, &procedure, verdict);
        }
    }

    /// Our number for the claim, the one that it brought along, and its type of bill.
    fn compose_references(&mut self, claim: &Claim<'_>, verdict: &ClaimVerdict) {
        let brought = claim.reference("D9").map(|number| number.bytes()).unwrap_or_default();
        let ours = verdict.trace.as_bytes();
        let is_other = brought != ours;
        let clm = self.answered.set_segment(self.set, claim.place.segment);
        // CLM05-2 is A where CLM05-1 starts a type of bill, and B where it is a place of service.
        let bill = clm
            .filter(|clm| clm.part(5, 2) == b"A")
            .map(|clm| [clm.part(5, 1), clm.part(5, 3)].concat());
        let numbers = [
            ("D9", ours),
            ("D9", if is_other { brought } else { b"" }),
            ("BLT", bill.as_deref().unwrap_or_default()),
        ];
        for (which, number) in numbers.into_iter().filter(|(_, number)| !number.is_empty()) {
            self.compose_reference(which, number);
        }
    }

    fn compose_line(&mut self, line: &Line<'_>, procedure: &[&[u8]], verdict: &LineVerdict) {
        let is_named_by_it = procedure.first() == Some(&REVENUE_CODE.as_bytes());
        let revenue_code = revenue_code_of(line).filter(|_| !is_named_by_it);
        // SVC02 must be there and be an amount, and SVC07 a quantity, whatever the line has.
        let charge = amount_told(line.charge.decimal().unwrap_or_default());
        let quantity = Quantity::parse(line.quantity.bytes()).map(Quantity::to_wire);
        self.composer
            .segment("SVC")
            .parts(procedure)
            .text(&charge)
            .skip(1)
            .bytes(revenue_code.unwrap_or_default())
            .skip(2)
            .text(&quantity.unwrap_or_default())
            .end();
        for statuses in segments_of(&leading(&verdict.status, false, REJECTED)) {
            self.compose_status(&statuses, ["", "U", ""], None);
        }
        // A line without a control number of its own goes by its position.
        let own = find_reference(&line.references, "6R").filter(|number| !number.is_empty());
        self.compose_reference("FJ", own.unwrap_or(line.number).bytes());
        if let Some(days) = line.service_days() {
            self.compose_service(days);
        }
    }

    /// HL. Gives its number.
    fn compose_level(&mut self, above: &str, kind: &str, has_below: Option<bool>) -> u32 {
        self.level += 1;
        let below = has_below.map_or("", |has_below| if has_below { "1" } else { "0" });
        self.composer
            .segment("HL")
            .text(&self.level.to_string())
            .text(above)
            .text(kind)
            .text(below)
            .end();
        self.level
    }

    /// NM1, with the names as they came.
    fn compose_name(
        &mut self,
        entity: &str,
        kind: &str,
        nm1: Option<&Segment<'_>>,
        qualifier: &str,
        id: &[u8],
    ) {
        let nm1 = nm1.filter(|nm1| nm1.tag() == NM1);
        let name = |n: usize| nm1.map(|nm1| nm1.text(n)).unwrap_or_default();
        let last_name = if name(3).is_empty() { UNKNOWN.as_bytes() } else { name(3) };
        let id = if id.is_empty() { UNKNOWN.as_bytes() } else { id };
        self.composer
            .segment("NM1")
            .text(entity)
            .text(kind)
            .bytes(last_name)
            .bytes(name(4))
            .bytes(name(5))
            .skip(1)
            .bytes(name(7))
            .text(qualifier)
            .bytes(id)
            .end();
    }

    /// TRN: 1 a number of ours, 2 one of theirs.
    fn compose_trace(&mut self, whose: &str, number: &[u8]) {
        self.composer.segment("TRN").text(whose).bytes(&fitted(number, 1, 50)).end();
    }

    /// One STC with up to three statuses; `[day, action, charge]` are STC02 to 04.
    fn compose_status(&mut self, statuses: &[&str], besides: [&str; 3], note: Option<&str>) {
        let companion = companion_of(statuses);
        let parts = |index: usize| -> Vec<&str> {
            let beside = companion.as_deref().filter(|_| index == statuses.len());
            let status = statuses.get(index).copied().or(beside);
            let parts = status.map(|status| status.split(':')).into_iter().flatten();
            parts
                .enumerate()
                .map(|(n, part)| if n == 2 { entity_told(part) } else { part })
                .collect()
        };
        let [day, action, charge] = besides;
        self.composer
            .segment("STC")
            .parts(&parts(0))
            .text(day)
            .text(action)
            .text(charge)
            .skip(5)
            .parts(&parts(1))
            .parts(&parts(2))
            .bytes(&fitted(note.unwrap_or_default().as_bytes(), 0, 264))
            .end();
    }

    /// QTY and AMT; what is nothing is not said.
    fn compose_sums(&mut self, [accepted, rejected]: [&str; 2], sums: &Sums) {
        let counts = [(accepted, sums.claims_accepted), (rejected, sums.claims_rejected)];
        for (which, count) in counts.into_iter().filter(|&(_, count)| count != 0) {
            self.composer.segment("QTY").text(which).text(&count.to_string()).end();
        }
        let charges = [
            ("YU", sums.charges_accepted, sums.claims_accepted),
            ("YY", sums.charges_rejected, sums.claims_rejected),
        ];
        for (which, charge, _) in charges.into_iter().filter(|&(_, _, count)| count != 0) {
            self.composer.segment("AMT").text(which).text(&amount_told(charge)).end();
        }
    }

    fn compose_reference(&mut self, which: &str, number: &[u8]) {
        self.composer.segment("REF").text(which).bytes(&fitted(number, 1, 50)).end();
    }

    /// DTP*472.
    fn compose_service(&mut self, days: DayRange) {
        // A claim may come back for a range that runs backwards; its answer may not have one.
        let (from, to) = (days.from.min(days.to), days.from.max(days.to));
        let (form, text) = if from == to {
            ("D8", from.to_wire())
        } else {
            ("RD8", format!("{}-{}", from.to_wire(), to.to_wire()))
        };
        self.composer.segment("DTP").text("472").text(form).text(&text).end();
    }
}

/// What a claim charges, to the last place of CLM02: also what is finer than cents or too large to
/// go on. STC04 must be there and be a number, so that what is none is 0.
fn charge_of(claim: &Claim<'_>) -> Decimal {
    claim.total_charge.decimal().unwrap_or_default()
}

/// An amount as far as an element has room for it. A sum of charges that are far too large, and so
/// rejected, may have digits more: then its last places go, or it is the most that there is room for.
fn amount_told(amount: Decimal) -> String {
    let wire = amount.to_wire();
    if amount.is_writable() {
        return wire;
    }
    let (whole, fraction) = wire.split_once('.').unwrap_or((&wire, ""));
    let digits = whole.len() - usize::from(amount.is_negative());
    let Some(room) = AMOUNT_MAX.len().checked_sub(digits) else { return AMOUNT_MAX.to_owned() };
    let told = format!("{whole}.{}", fraction.get(..room).unwrap_or(fraction));
    told.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The most that an element of type R has room for.
const AMOUNT_MAX: &str = "999999999999999999";

/// STC01-3: how the guide of the answer calls a party of a claim, where it has no such word.
fn entity_told(entity: &str) -> &str {
    match entity {
        // Another operating physician, and an assistant surgeon: other physicians.
        "ZZ" | "DD" => "73",
        // The first provider who referred the patient.
        "P3" => "DN",
        // Where an ambulance takes up a patient, and where it leaves one: places of service.
        "PW" | "45" => "77",
        // A plan that is paid in the provider's stead.
        "PE" => "87",
        _ => entity,
    }
}

/// A line that is to blame, how the answer names it, and what is wrong with it.
type Blamed<'c, 'a> = (&'c Line<'a>, Vec<&'a [u8]>, &'c LineVerdict);

/// The lines that are to blame. What is wrong with a line that cannot be named is said of the
/// claim.
fn lines_to_blame<'c, 'a>(
    claim: &'c Claim<'a>,
    verdict: &'c ClaimVerdict,
) -> (Vec<Blamed<'c, 'a>>, Vec<String>) {
    let mut named = Vec::new();
    let mut unnamed = Vec::new();
    for blamed in &verdict.lines {
        let number = blamed.number.to_string();
        let Some(line) = claim.lines.iter().find(|known| known.number.is(&number)) else {
            continue;
        };
        match procedure_of(line) {
            Some(procedure) => named.push((line, procedure, blamed)),
            None => unnamed.extend(blamed.status.iter().cloned()),
        }
    }
    (named, unnamed)
}

/// SVC01: by which code the answer names a line. A line without a procedure is named by its revenue
/// code; one that has neither, or one from a list that the guide does not know, cannot be named.
fn procedure_of<'a>(line: &Line<'a>) -> Option<Vec<&'a [u8]>> {
    let procedure = &line.procedure;
    if procedure.qualifier.is_any(PROCEDURE_LISTS) && is_code(&procedure.code) {
        let modifiers = procedure.modifiers.iter().filter(|modifier| modifier.bytes().len() == 2);
        let codes = [procedure.qualifier.bytes(), procedure.code.bytes()];
        return Some(codes.into_iter().chain(modifiers.take(4).map(Field::bytes)).collect());
    }
    revenue_code_of(line).map(|code| vec![REVENUE_CODE.as_bytes(), code])
}

fn revenue_code_of<'a>(line: &Line<'a>) -> Option<&'a [u8]> {
    line.revenue_code.filter(is_code).map(|code| code.bytes())
}

/// Whether SVC01-2 and SVC04 can hold a value.
fn is_code(field: &Field<'_>) -> bool {
    (1..=48).contains(&character_count(field.bytes().trim_ascii_end()))
}

/// SVC01-1 of a revenue code.
const REVENUE_CODE: &str = "NU";

/// SVC01-1 of a procedure, as the guide lists them.
const PROCEDURE_LISTS: &[&str] = &["AD", "ER", "HC", "HP", "IV", "WK"];

/// NM108 and NM109 of the billing provider: its NPI; for one who needs none, the tax number.
fn provider_id<'a>(claim: &Claim<'a>) -> (&'static str, Field<'a>) {
    let billing: &Party<'a> = &claim.billing;
    let npi = billing.npi().filter(|npi| !npi.is_empty());
    let tax = || billing.reference("EI").or_else(|| billing.reference("SY"));
    match (npi, tax()) {
        (Some(npi), _) => ("XX", npi),
        (None, Some(tax)) => ("FI", tax),
        (None, None) => ("FI", Field::absent(billing.place)),
    }
}

fn or_else<'t>(text: &'t str, otherwise: &'t str) -> &'t str {
    if text.is_empty() { otherwise } else { text }
}
