//! What an acknowledgment that came says of itself: sums and verdicts that no guide can compare.

use x12::answer::{ta1, x214, x231};
use x12::fault::Place;
use x12::interchange::{Interchange, Set};
use x12::segment::Segment;
use x12::view::answer::{claim_acks, implementation_ack};

use super::{Address, Answer, Note};
use crate::intake::judge::Judged;
use crate::scrub::Severity;

/// A promise of acknowledgments that one of them breaks.
#[derive(Clone, Copy, Debug)]
pub struct Broken {
    pub place: Place,
    code: &'static str,
    name: &'static str,
    words: &'static str,
    /// By the trade's list of edits: 3 where sums differ, 4 where one thing contradicts another.
    snip: u8,
}

/// What a 999, a 997 or a 277CA breaks by itself.
pub fn broken(interchange: &Interchange, set: &Set, judged: &Judged) -> Vec<Broken> {
    match interchange.set_header(set).text(1) {
        b"999" | b"997" => {
            let found = x231::rules::breaches(&implementation_ack(interchange, set));
            let broken = found.into_iter().map(|breach| {
                let (rule, place) = (breach.rule, breach.place);
                let snip = if rule == x231::rules::Rule::CountsAgree { 3 } else { 4 };
                Broken { place, code: rule.code(), name: rule.name(), words: rule.words(), snip }
            });
            broken.collect()
        }
        b"277" if judged.guide.is_some_and(|guide| guide.id == x214::VERSION) => {
            let acks = claim_acks(interchange, set, &judged.walked);
            let broken = x214::rules::breaches(&acks).into_iter().map(|breach| {
                use x214::rules::Rule as R;
                let (rule, place) = (breach.rule, breach.place);
                let snip = if matches!(rule, R::CountsAgree | R::ChargesAddUp) { 3 } else { 4 };
                Broken { place, code: rule.code(), name: rule.name(), words: rule.words(), snip }
            });
            broken.collect()
        }
        _ => Vec::new(),
    }
}

/// What a TA1 breaks by itself.
pub fn broken_ta1(ta1: &Segment<'_>) -> Option<Broken> {
    ta1::contradicts_itself(ta1).then(|| Broken {
        place: ta1.place(5, 0),
        code: "V-ACK-21",
        name: "note-contradicts-verdict",
        words: "TA104 accepts in spite of the note in TA105, or rejects without one",
        snip: 4,
    })
}

/// What is said of it. The acknowledgment is taken all the same.
pub fn note(address: &Address, broken: &Broken, segment: Option<&Segment<'_>>) -> Note {
    Note {
        address: address.clone(),
        name: broken.name.into(),
        code: broken.code.into(),
        snip: broken.snip,
        severity: Severity::Warn,
        loop_id: String::new(),
        segment: segment.map_or(String::new(), |segment| segment.tag().text()),
        place: broken.place,
        missing: None,
        value: None,
        what: broken.words.into(),
        why:
            "nobody answers an acknowledgment: it is read as it stands, and what it says twice may \
              be wrong once"
                .into(),
        fix: "ask its sender what became of the claims before you rely on it".into(),
        answer: Answer::None,
        is_answered: false,
        edit: None,
        tables: Vec::new(),
    }
}
