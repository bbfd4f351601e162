//! Coordination of benefits: whether a claim goes on to the payer after its own, and the claim that
//! goes there, made from what its own payer decided.

mod adjudicated;
mod changed;
mod decided;
#[cfg(test)]
mod tests;
mod turned;
mod written;

use x12::segment::Segment;
use x12::value::Money;
use x12::view::claim::Claim;

use crate::change::Word;
use crate::change::next::Answer;
use crate::change::next::why::Why;
use crate::document::Document;
use crate::reconcile::denied_lines::left_of;
use crate::reconcile::standing::{Said, overruled, standing};

pub use changed::edits_between;
pub use decided::{Adjusted, Decided, Service, decided};

/// In which order payers pay: SBR01. U, unknown, is none of them.
const TURNS: &str = "PSTABCDEFGH";

/// The turn of a payer by SBR01, the first is 0.
pub fn rank(turn: &str) -> Option<usize> {
    TURNS.find(turn).filter(|_| turn.len() == 1)
}

/// Whose turn it is after a claim's own payer: SBR01 and NM109 in 2330B. Nobody's when the claim does
/// not say when its own payer pays.
pub fn next_payer(claim: &Claim<'_>) -> Option<(String, String)> {
    payers_after(claim).into_iter().next()
}

/// Who pays after a claim's own payer, each by SBR01 and NM109 in 2330B.
pub fn payers_after(claim: &Claim<'_>) -> Vec<(String, String)> {
    let Some(own) = rank(&claim.subscriber.responsibility.text()) else { return Vec::new() };
    let later = claim.other_payers.iter().filter_map(|other| {
        let turn = other.responsibility.text().into_owned();
        let after = rank(&turn).filter(|&after| after > own)?;
        Some((after, turn, other.id()?.text().into_owned()))
    });
    let mut later: Vec<(usize, String, String)> = later.collect();
    later.sort();
    later.into_iter().map(|(_, turn, id)| (turn, id)).collect()
}

/// Who pays before a claim's own payer: NM109 in 2330B of each.
pub fn payers_before(claim: &Claim<'_>) -> Vec<String> {
    let Some(own) = rank(&claim.subscriber.responsibility.text()) else { return Vec::new() };
    let before = claim.other_payers.iter().filter_map(|other| {
        let turn = rank(&other.responsibility.text()).filter(|&turn| turn < own)?;
        Some((turn, other.id()?.text().into_owned()))
    });
    let mut before: Vec<(usize, String)> = before.collect();
    before.sort();
    before.into_iter().map(|(_, id)| id).collect()
}

/// How much of a claim its payer has decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Nothing that holds: all was taken back.
    Nothing,
    /// So much of its charge.
    Part(Money),
    /// All of it, in these CLPs: places in what was given.
    Whole(Vec<usize>),
    /// More than was charged.
    TooMuch(Money),
}

/// Which CLPs of a claim's own payer tell the whole of it. Payers split a claim over several, and
/// decide anew without taking back; then the last word counts.
pub fn extent(said: &[Said], charge: Money) -> Extent {
    let stands = stands(said, charge);
    let of = |place: &usize| stands.get(*place).and_then(Option::as_ref);
    let mut left = standing(said).left;
    left.retain(|place| of(place).is_some());
    let sum =
        |places: &[usize]| -> Money { places.iter().filter_map(of).map(|one| one.charge).sum() };
    let Some(last) = left.last().and_then(of) else {
        return Extent::Nothing;
    };
    let same = |place: &usize| of(place).is_some_and(|one| one.identity == last.identity);
    let of_last: Vec<usize> = left.iter().copied().filter(same).collect();
    let last_alone = left.last().copied().into_iter().collect();
    let open: Money = left.iter().filter_map(of).map(Said::open).sum();
    if !open.is_zero() {
        // What is left to another decision is decided on when that is there.
        return match sum(&left) {
            told if told - open < charge => Extent::Part(told - open),
            told => Extent::TooMuch(told),
        };
    }
    for places in [left.clone(), of_last, last_alone] {
        if sum(&places) == charge {
            return Extent::Whole(places);
        }
    }
    match sum(&left) {
        decided if decided < charge => Extent::Part(decided),
        decided => Extent::TooMuch(decided),
    }
}

/// What stands of each CLP: without what it leaves to others, and without denials of lines that gave way; `None` of
/// what decides on nothing, such as the denial of a second copy.
fn stands(said: &[Said], charge: Money) -> Vec<Option<Said>> {
    let gave_way = overruled(said, &[], charge);
    said.iter().map(|one| left_of(one, &gave_way)).collect()
}

/// A claim of which is asked whether it goes on.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked of another part of the store")]
pub struct Question<'a> {
    /// As it was sent.
    pub document: &'a Document,
    pub charge: Money,
    /// What its own payer said of it, as far as it was posted.
    pub said: &'a [Said],
    /// What stands in a CLP of `said`, by its place there.
    pub decided: &'a [Option<Decided>],
    /// A denial of it is in the queue, and a correction may mend it.
    pub is_to_be_corrected: bool,
    /// A denial of it is in the queue, of whatever kind.
    pub is_denial_open: bool,
    /// It was passed on, and a person has the next payer billed nevertheless.
    pub is_billed_anyway: bool,
    /// The number under which the next payer knows what was passed on to it, where that is to be replaced.
    pub replaces: Option<&'a str>,
    /// Nothing more is done about it.
    pub is_closed: bool,
}

/// What comes of it.
#[derive(Debug)]
pub enum Outcome {
    /// This claim goes to the next payer.
    Bill(Box<Document>),
    /// Its payer sent it on by itself: what the next one has by that, or why nobody can tell; and to whom, as
    /// [`Decided::passed_to`].
    PassedOn(Result<Box<Document>, &'static str>, [String; 2]),
    /// No claim is made, and why.
    None(Answer, Why),
}

/// Decides whether a claim goes on to its next payer, and makes the claim that does.
pub fn decide(question: &Question<'_>, claim: &Claim<'_>) -> Outcome {
    let none = |answer, why: &str| Outcome::None(answer, Why::said(why));
    let next = next_payer(claim);
    let places = match extent(question.said, question.charge) {
        Extent::Nothing if question.said.is_empty() => {
            return none(Answer::Waits, "its payer has not decided");
        }
        Extent::Nothing => {
            return none(Answer::Waits, "the payer took back all that it had decided");
        }
        Extent::Part(part) => {
            let why = format!("the payer has decided on {part} of {}", question.charge);
            return Outcome::None(Answer::Waits, Why::said(why));
        }
        Extent::TooMuch(sum) => {
            let why = format!(
                "what the payer decided comes to {sum}, and {} was charged",
                question.charge
            );
            return Outcome::None(Answer::Person, Why::said(why));
        }
        Extent::Whole(places) => places,
    };
    let decided: Option<Vec<&Decided>> =
        places.iter().map(|&place| question.decided.get(place)?.as_ref()).collect();
    let Some(decided) = decided else {
        return none(Answer::Person, "the remittance cannot be read again");
    };
    let stands = stands(question.said, question.charge);
    let said: Vec<(&Said, &Said)> = places
        .iter()
        .filter_map(|&place| Some((question.said.get(place)?, stands.get(place)?.as_ref()?)))
        .collect();
    let decided: Vec<Decided> =
        decided.iter().zip(&said).map(|(one, (said, stands))| one.of(said, stands)).collect();
    let decided: Vec<&Decided> = decided.iter().collect();
    let turned = |turn: &str| {
        turned::turned(question.document, (turn, question.replaces), &decided).map(Box::new)
    };
    let passed_on_by = decided.iter().rev().find(|one| one.is_passed_on);
    if let Some(one) = passed_on_by.filter(|_| !question.is_billed_anyway) {
        let made = next.map_or(Err(NAMES_NONE), |(turn, _)| turned(&turn));
        return Outcome::PassedOn(made, one.passed_to.clone());
    }
    let Some((turn, _)) = next else { return none(Answer::NothingLeft, NAMES_NONE) };
    let is_denied = said
        .iter()
        .zip(&decided)
        .any(|((_, stands), decided)| stands.word == Word::Denied && !decided.is_bundled_alone());
    if is_denied && question.is_to_be_corrected {
        return none(Answer::Waits, "what was denied may be corrected first");
    }
    if question.is_denial_open && said.iter().any(|(_, stands)| stands.may_leave_to_others()) {
        let why = "what is denied as paid before may be decided on in another part of the claim";
        return none(Answer::Waits, why);
    }
    let mut left: Money = decided.iter().map(|one| one.left_to_patient()).sum();
    // Whoever closed the claim gave up what was denied.
    if !question.is_closed {
        left += decided.iter().map(|one| one.left_to_next()).sum::<Money>();
    }
    if left <= Money::ZERO {
        return none(Answer::NothingLeft, "the payer leaves nothing for anybody else to pay");
    }
    match turned(&turn) {
        Ok(document) => Outcome::Bill(document),
        Err(why) => none(Answer::Person, why),
    }
}

/// Why nothing goes on from the last payer.
pub const NAMES_NONE: &str = "the claim names no further payer";

/// What tells whether two claims for one payer say the same: their segments, but for the numbers of
/// their levels.
pub fn identity(document: &Document) -> Vec<Vec<u8>> {
    let levels = [&document.billing, &document.subscriber, &document.patient, &document.claim];
    let segments = levels.into_iter().flatten().map(|known| known.text.clone());
    segments.filter(|text| !text.starts_with(b"HL")).collect()
}

/// What a claim tells a later payer of money: its segments without the number and the day of what was
/// decided, and without what says that it is sent once more.
pub fn told(document: &Document) -> Vec<Vec<u8>> {
    let is_number_or_day = |segment: &Segment<'_>| {
        matches!((segment.tag_bytes(), segment.text(1)), (b"REF", b"F8") | (b"DTP", b"573"))
    };
    let segments = document.segments().filter(|segment| segment.tag_bytes() != b"HL");
    let told = segments.filter(|segment| !is_number_or_day(segment)).map(|segment| {
        if segment.tag_bytes() != b"CLM" {
            return segment.bytes().to_vec();
        }
        let but_frequency = [segment.part(5, 1), segment.part(5, 2)].join(&b':');
        let elements = segment.elements().enumerate();
        let kept = elements.map(|(at, element)| if at == 5 { &*but_frequency } else { element });
        kept.collect::<Vec<&[u8]>>().join(&b'*')
    });
    told.collect()
}
