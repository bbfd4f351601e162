//! What payers answer: TA1, 999 and 277CA move the claims they speak of, remittances are
//! reconciled. Whatever fits nothing becomes work for a person.

mod again;
pub(crate) mod copies;
mod corrected;
pub mod in_file;
pub(crate) mod items;
pub mod let_go;
pub mod paid;
mod payees;
pub(crate) mod rates;
pub(crate) mod remittances;
pub mod same_claims;
mod sent_back;
mod shares;
pub(crate) mod told;
pub mod waiting;

use x12::fault::Place;
use x12::guide::row::Tag;
use x12::guide::segments::is_x12_tag;
use x12::interchange::{Interchange, Set};
use x12::phi::Phi;
use x12::segment::Field;
use x12::value::{Day, Money};
use x12::view::answer::{
    ClaimAck, ImplementationAck, SetAck, Status, Ta1, claim_acks, implementation_ack,
};

use crate::change::{ClaimId, ContentHash, DeliveryKind, Move, NewWork};
use crate::denials::route::{self, Returning, Subject, shown};
use crate::denials::table::Table;
use crate::denials::{answers, printable};
use crate::intake::Intake;
use crate::intake::judge::Judged;
use crate::intake::notices::{News, Notice};
use crate::intake::tally::Answered;
use crate::lifecycle::{Event, State, advance};
use crate::reconcile;

/// A claim that we sent, as far as an answer needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentClaim {
    pub id: ClaimId,
    pub state: State,
    /// The payer it is routed to, by its name in the settings.
    pub payer: String,
    pub partner: String,
    /// CLM01.
    pub patient_control_number: String,
    pub charge: Money,
    /// The last day of service.
    pub service_to: Option<Day>,
    /// ST02 and BHT03 of the set that carried it last.
    pub set_number: String,
    pub batch_reference: String,
    /// BHT03 of the sets that carried it before that one.
    pub earlier_references: Vec<String>,
    /// What is answered carried it, but it was sent again since.
    pub is_superseded: bool,
}

/// A TA1 for an interchange that we sent.
pub(crate) fn take_ta1(intake: &mut Intake<'_>, ta1: &Ta1<'_>) {
    let number = ta1.control_number.text().into_owned();
    let claims = batch_of(intake, &number);
    let notes: Vec<String> = ta1.notes.iter().map(printable).collect();
    let note = notes.join(", ");
    let verdict = if ta1.is_accepted() { Answered::Accepted } else { Answered::Rejected };
    intake.tally.answered(DeliveryKind::Ta1, verdict);
    if claims.is_empty() {
        let number = shown(&number);
        let what =
            format!("a TA1 speaks of interchange {number}, which was not sent to this payer");
        let verdict = printable(&ta1.verdict);
        let names = format!("TA1 {number} {verdict}, note {note}");
        return unexplained(intake, Puzzle { claim: None, what, names, place: ta1.place });
    }
    if ta1.is_accepted() {
        return intake.report.line(1, &format!("TA1: interchange {number} was accepted"));
    }
    intake.report.line(1, &format!("TA1: interchange {number} was rejected, note {note}"));
    let codes = notes.iter().map(|note| in_words(note, answers::ta105_meaning));
    let codes = format!("note {}", codes.collect::<Vec<_>>().join(", "));
    for claim in claims {
        reject_set(intake, &claim, ("TA1", &codes, &notes), ta1.place);
    }
}

/// The claims of an interchange that was sent to this payer.
fn batch_of(intake: &Intake<'_>, control_number: &str) -> Vec<SentClaim> {
    let Ok(number) = control_number.trim().parse::<u32>() else { return Vec::new() };
    let mut claims = intake.knowledge.batch(number);
    claims.retain(|claim| claim.payer == intake.terms.partner);
    claims
}

/// A 999 or 997 for a group that we sent.
pub(crate) fn take_set_ack(
    intake: &mut Intake<'_>,
    interchange: &Interchange,
    set: &Set,
    _: &Judged,
) {
    let ack = implementation_ack(interchange, set);
    let answer = match interchange.set_header(set).text(1) {
        b"997" => "997",
        _ => "999",
    };
    let number = ack.control_number.text().into_owned();
    let claims = batch_of(intake, &number);
    intake.tally.answered(DeliveryKind::ImplementationAck, set_ack_verdict(&ack));
    let verdict = printable(&ack.verdict);
    if claims.is_empty() {
        let number = shown(&number);
        let what = format!("a {answer} speaks of group {number}, which was not sent to this payer");
        let names = format!("AK1 {number}, AK9 {verdict}");
        return unexplained(intake, Puzzle { claim: None, what, names, place: ack.place });
    }
    intake.report.line(3, &format!("{answer}: group {number} was answered with {verdict}"));
    for claim in claims {
        let answered = ack.sets.iter().find(|known| known.control_number.is(&claim.set_number));
        match answered {
            Some(set) if set.is_rejected() => {
                let codes = codes_for(&claim, set);
                reject_set(intake, &claim, (answer, &codes, &[]), set.place);
            }
            None if ack.is_rejected() => {
                let codes = coded("AK9", &ack.codes, answers::ak905_meaning);
                let codes = [vec![format!("group {number} as a whole")], codes].concat().join(", ");
                reject_set(intake, &claim, (answer, &codes, &[]), ack.place);
            }
            // It says nothing of the set that carries the claim now.
            Some(_) | None if claim.is_superseded => {}
            Some(_) | None => {
                let (event, place) = (Event::SetAccepted, ack.place);
                let step = Step { event, answer, codes: "", place, work: None };
                move_claim(intake, &claim, step);
            }
        }
    }
}

fn set_ack_verdict(ack: &ImplementationAck<'_>) -> Answered {
    let rejected = ack.sets.iter().filter(|set| set.is_rejected()).count();
    if ack.is_rejected() || (rejected > 0 && rejected == ack.sets.len()) {
        Answered::Rejected
    } else if rejected > 0 || ack.verdict.is("P") {
        Answered::Partly
    } else if ack.verdict.is("A") {
        Answered::Accepted
    } else {
        Answered::Noted
    }
}

/// The claim never reached adjudication: it can be sent again until the filing limit.
fn reject_set(
    intake: &mut Intake<'_>,
    claim: &SentClaim,
    (answer, codes, notes): (&'static str, &str, &[String]),
    place: Place,
) {
    if claim.is_superseded {
        return late(intake, claim, answer, place);
    }
    let subject = subject(intake, Some(claim), place);
    let table = intake.knowledge.denials();
    let by = returning(intake, &table);
    let work = route::set_rejected(&subject, (answer, codes, notes), claim.service_to, by);
    let event = Event::SetRejected;
    move_claim(intake, claim, Step { event, answer, codes, place, work: Some(work) });
}

/// What a 999 notes against the set of a claim: what names the claim, or names none; without any
/// note, the codes of the set.
fn codes_for(claim: &SentClaim, answer: &SetAck<'_>) -> String {
    if answer.notes.is_empty() {
        let codes = std::iter::once(&answer.verdict).chain(&answer.codes);
        let codes: Vec<String> = codes.map(printable).collect();
        return format!("the set as a whole, IK5 {}", codes.join(" "));
    }
    let mut codes = Vec::new();
    for note in &answer.notes {
        let names_other =
            note.claim.is_some_and(|number| !number.is(&claim.patient_control_number));
        if names_other {
            continue;
        }
        let (tag, position) = (printable_tag(&note.tag), printable(&note.position));
        let code = in_words(&printable(&note.code), answers::ik304_meaning);
        codes.push(format!("{tag} at segment {position} of the set: IK3 {code}"));
        for element in &note.elements {
            let position = printable(&element.position);
            let code = in_words(&printable(&element.code), answers::ik403_meaning);
            codes.push(format!("element {position} of {tag}: IK4 {code}"));
        }
    }
    if codes.is_empty() && !answer.notes.is_empty() {
        return "nothing against this claim; another claim of its set was faulty".to_owned();
    }
    codes.extend(coded("IK5", &answer.codes, answers::ik502_meaning));
    if codes.is_empty() { "the payer gives no code".to_owned() } else { codes.join(", ") }
}

/// Codes with their words: `IK5 5 (a segment of the set is wrong)`.
fn coded(of: &str, codes: &[Field<'_>], meaning: Meaning) -> Vec<String> {
    codes.iter().map(|code| format!("{of} {}", in_words(&printable(code), meaning))).collect()
}

/// `5 (a segment of the set is wrong)`.
fn in_words(code: &str, meaning: Meaning) -> String {
    format!("{code} ({})", meaning(code).unwrap_or(answers::NOT_LISTED))
}

/// Our own words for the codes of one element.
type Meaning = fn(&str) -> Option<&'static str>;

/// The tag of a segment. Malformed answers have anything in its place, a name too, so what is no
/// tag of X12 is not repeated.
fn printable_tag(tag: &Field<'_>) -> String {
    let text = tag.text();
    if is_x12_tag(Tag::new(tag.bytes())) { text.into_owned() } else { "?".to_owned() }
}

/// A 277CA: each claim that it names.
pub(crate) fn take_claim_ack(
    intake: &mut Intake<'_>,
    interchange: &Interchange,
    set: &Set,
    judged: &Judged,
) {
    let acks = claim_acks(interchange, set, &judged.walked);
    intake.tally.answered(DeliveryKind::ClaimAck, claim_acks_verdict(&acks.claims));
    for ack in &acks.claims {
        if let Some(claim) = find_sent(intake, ack) {
            take_claim_status(intake, &claim, ack);
            continue;
        }
        let offset = ack.place.offset;
        let what =
            format!("a 277CA speaks of a claim (byte {offset}) that was not sent to this payer");
        let names = ack_named(ack);
        unexplained(intake, Puzzle { claim: None, what, names, place: ack.place });
    }
}

fn claim_acks_verdict(claims: &[ClaimAck<'_>]) -> Answered {
    let rejected = claims.iter().filter(|claim| claim.is_rejected()).count();
    if rejected > 0 {
        return if rejected == claims.len() { Answered::Rejected } else { Answered::Partly };
    }
    let all_taken = claims.iter().all(|claim| claim.is_accepted());
    if all_taken { Answered::Accepted } else { Answered::Noted }
}

/// What a person finds a claim by that a 277CA speaks of.
fn ack_named(ack: &ClaimAck<'_>) -> String {
    let mut names = format!("TRN02 {}", shown(&ack.patient_control_number.text()));
    if let Some(number) = ack.payer_control_number() {
        names += &format!(", REF*1K {}", shown(&number.text()));
    }
    if let Some(charge) = ack.charge() {
        names += &format!(", charge {charge}");
    }
    if let Some(days) = ack.service_date().and_then(|date| date.days()) {
        names += &format!(", service {}", days.from);
    }
    format!("{names}, STC {}", statuses_of(ack))
}

/// `A3:21+A7:562:85`.
fn statuses_of(ack: &ClaimAck<'_>) -> String {
    let line_statuses = ack.lines.iter().flat_map(|line| &line.statuses);
    let statuses: Vec<String> = ack.statuses.iter().chain(line_statuses).map(composite).collect();
    statuses.join("+")
}

/// STC12, which may name anybody: it is evidence, and in no message.
fn messages_of(ack: &ClaimAck<'_>) -> String {
    let line_statuses = ack.lines.iter().flat_map(|line| &line.statuses);
    let all = ack.statuses.iter().chain(line_statuses).map(|status| shown(&status.message.text()));
    let mut told: Vec<String> = Vec::new();
    for message in all.filter(|message| !message.is_empty()) {
        if told.len() < MESSAGES_TOLD_MAX && !told.contains(&message) {
            told.push(message);
        }
    }
    told.iter().map(|message| format!(", STC12 \"{message}\"")).collect()
}

/// A payer says the same of each code.
const MESSAGES_TOLD_MAX: usize = 3;

/// The claim that an acknowledgment speaks of: the one of its batch, else the one sent last.
///
/// An answer to an earlier batch is late: it must not move what was sent since.
fn find_sent(intake: &Intake<'_>, ack: &ClaimAck<'_>) -> Option<SentClaim> {
    let number = ack.patient_control_number.text();
    let mut sent = intake.knowledge.sent(number.trim());
    sent.retain(|claim| claim.payer == intake.terms.partner);
    let of_batch = |claim: &SentClaim| ack.batch.is(&claim.batch_reference);
    if let Some(index) = sent.iter().position(of_batch) {
        return Some(sent.swap_remove(index));
    }
    let of_earlier =
        |claim: &SentClaim| claim.earlier_references.iter().any(|earlier| ack.batch.is(earlier));
    if let Some(index) = sent.iter().position(of_earlier) {
        return Some(SentClaim { is_superseded: true, ..sent.swap_remove(index) });
    }
    sent.into_iter().max_by_key(|claim| claim.id)
}

fn take_claim_status(intake: &mut Intake<'_>, claim: &SentClaim, ack: &ClaimAck<'_>) {
    if claim.is_superseded {
        return late(intake, claim, "277CA", ack.place);
    }
    if let Some(number) = ack.payer_control_number().filter(|number| !number.is_empty()) {
        intake.change.payer_numbers.push((claim.id, number.text().into_owned()));
    }
    let statuses = statuses_of(ack);
    let step = Step {
        event: Event::ClaimAccepted,
        answer: "277CA",
        codes: &statuses,
        place: ack.place,
        work: None,
    };
    if ack.is_rejected() {
        let subject = subject(intake, Some(claim), ack.place);
        let table = intake.knowledge.denials();
        let by = returning(intake, &table);
        let mut work = route::claim_rejected(&subject, &statuses, claim.service_to, by);
        work.evidence += &messages_of(ack);
        let event = Event::ClaimRejected;
        move_claim(intake, claim, Step { event, work: Some(work), ..step });
    } else if ack.is_accepted() {
        move_claim(intake, claim, step);
    } else {
        intake.report.line(3, &format!("277CA: a claim was answered with {statuses}"));
    }
}

/// `A7:562:85`.
fn composite(status: &Status<'_>) -> String {
    let codes = [&status.category, &status.code, &status.entity];
    let filled = codes.into_iter().filter(|code| !code.is_empty());
    filled.map(printable).collect::<Vec<_>>().join(":")
}

/// By what rejections of this payer are routed.
fn returning<'a>(intake: &'a Intake<'_>, table: &'a Table) -> Returning<'a> {
    Returning { table, payer: &intake.terms.partner, limits: &intake.terms.limits }
}

/// What a new item of the queue is about.
fn subject(intake: &Intake<'_>, claim: Option<&SentClaim>, place: Place) -> Subject {
    Subject {
        claim: claim.map(|claim| claim.id),
        arrival: intake.source.arrival,
        amount: claim.map_or(Money::ZERO, |claim| claim.charge),
        place,
        payer: intake.terms.partner.clone(),
        names: Phi::new(intake.origin().told()),
    }
}

/// What an answer does to a claim.
struct Step<'a> {
    event: Event,
    /// `TA1`, `999` or `277CA`.
    answer: &'static str,
    /// Its codes; empty when it has none against the claim.
    codes: &'a str,
    place: Place,
    work: Option<NewWork>,
}

/// Moves a claim and tells its office; when the event cannot happen in its state, a person has to
/// look.
fn move_claim(intake: &mut Intake<'_>, claim: &SentClaim, step: Step<'_>) {
    let Step { event, answer, codes, place, work } = step;
    let from = intake.state_of(claim.id, claim.state);
    let Some(to) = advance(from, event) else {
        let ClaimId(id) = claim.id;
        let what = format!(
            "the payer says '{}' of claim {id}, which is {}; this cannot follow",
            event.name(),
            from.name()
        );
        if work.is_some() {
            tell_office(intake, claim, answer, News::Told(waits(&what)));
        }
        let names = format!("{answer} {codes}").trim_end().to_owned();
        return unexplained(intake, Puzzle { claim: Some(claim), what, names, place });
    };
    intake.set_state(claim.id, to);
    intake.change.moves.push(Move {
        claim: claim.id,
        event,
        from,
        to,
        // The statuses of a 277CA tell by themselves where they come from.
        note: match (answer, codes) {
            ("277CA", codes) => codes.to_owned(),
            (answer, codes) => format!("{answer} {codes}").trim_end().to_owned(),
        },
        arrival: Some(intake.source.arrival),
    });
    match &work {
        Some(work) => tell_office(intake, claim, answer, News::Told(waits(&work.what))),
        // That a set could be read is no news for an office: a 277CA follows.
        None if event == Event::ClaimAccepted => {
            tell_office(intake, claim, answer, News::Accepted);
        }
        None => {}
    }
    intake.change.work.extend(work);
}

/// What answers an earlier sending of a claim does not move the one that is on its way now.
fn late(intake: &mut Intake<'_>, claim: &SentClaim, answer: &str, place: Place) {
    let ClaimId(id) = claim.id;
    let what = format!(
        "the payer's {answer} answers an earlier sending of claim {id}, which was sent again \
         since; the claim stays {}",
        intake.state_of(claim.id, claim.state).name()
    );
    let names = format!("CLM01 {}", shown(&claim.patient_control_number));
    unexplained(intake, Puzzle { claim: Some(claim), what, names, place });
}

fn tell_office(intake: &mut Intake<'_>, claim: &SentClaim, answer: &str, news: News) {
    intake.notices.add(Notice {
        office: claim.partner.clone(),
        answer: format!("a {answer}"),
        number: Phi::new(claim.patient_control_number.clone()),
        amount: claim.charge,
        news,
    });
}

/// What an office is told of a claim with an item in the queue.
fn waits(what: &str) -> String {
    format!("{what}; {WAITS}")
}

const WAITS: &str = "it waits in the correction queue";

/// What fits nothing that we sent, or cannot happen.
struct Puzzle<'a> {
    claim: Option<&'a SentClaim>,
    what: String,
    /// What a person finds it by in the file; it may hold a patient's control number.
    names: String,
    place: Place,
}

fn unexplained(intake: &mut Intake<'_>, puzzle: Puzzle<'_>) {
    let Puzzle { claim, what, names, place } = puzzle;
    intake.report.line(3, &what);
    let action = "compare the file with what was sent; ask the payer; then resolve this item";
    let names = Phi::new(format!("{}, {names}", intake.origin().told()));
    let subject = Subject { names, ..subject(intake, claim, place) };
    intake.change.work.push(route::unexplained(&subject, what, action));
}

/// What names a remittance that is not posted. One whose set was rejected says with another count of
/// its segments what a good one says.
fn refused_as(identity: &str, content: &ContentHash, judged: &Judged) -> String {
    let refused = reconcile::refused_identity(identity, content);
    if judged.verdict.is_rejected() { format!("{refused}/rejected") } else { refused }
}

/// The digest of what a set says, however it is numbered, wrapped and separated: the same again has the
/// same.
fn content_of(
    interchange: &Interchange,
    set: &Set,
    hash: impl Fn(&[u8]) -> ContentHash,
) -> ContentHash {
    let given = interchange.delimiters();
    let mut said = Vec::new();
    for segment in interchange.set_segments(set) {
        if matches!(segment.tag_bytes(), b"ST" | b"SE") {
            continue;
        }
        said.extend_from_slice(segment.tag_bytes());
        let start = said.len();
        for element in segment.elements() {
            said.push(b'*');
            said.extend(element.iter().map(|&byte| match byte {
                _ if byte == given.component => b':',
                _ if Some(byte) == given.repetition => b'^',
                byte => byte,
            }));
        }
        // What is left empty at the end says nothing.
        let end = said.iter().rposition(|&byte| byte != b'*').map_or(start, |last| last + 1);
        said.truncate(end);
        said.push(b'\n');
    }
    hash(&said)
}

/// The segments of a set, each with what ends it.
fn set_as_it_came(interchange: &Interchange, set: &Set, terminator: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    for segment in interchange.set_segments(set) {
        bytes.extend_from_slice(segment.bytes());
        bytes.push(terminator);
    }
    bytes
}
