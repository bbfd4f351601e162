//! What a 999 promises beyond its guide: counts and verdicts that go with each other, and a reason
//! where it rejects.
//!
//! A guide table cannot check these, for they compare segments with each other. A 997 promises the same.
//!
//! ```
//! use x12::answer::x231::rules::breaches;
//! use x12::view::answer::implementation_ack;
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/rejected-999.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! # let set = &interchange.groups[0].sets[0];
//! for breach in breaches(&implementation_ack(interchange, set)) {
//!     println!("{} at byte {}: {}", breach.rule.code(), breach.place.offset, breach.rule.words());
//! }
//! ```

use crate::fault::Place;
use crate::segment::Field;
use crate::view::answer::{ImplementationAck, SetAck};

/// A promise that is broken, and where.
///
/// ```
/// use x12::answer::x231::rules::{Breach, breaches};
/// use x12::view::answer::implementation_ack;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/rejected-999.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let set = &interchange.groups[0].sets[0];
/// let breaches: Vec<Breach> = breaches(&implementation_ack(interchange, set));
/// assert!(breaches.iter().all(|breach| breach.place.offset < file.len()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breach {
    /// What it breaks.
    pub rule: Rule,
    /// Where it is broken.
    pub place: Place,
}

/// What a 999 promises.
///
/// ```
/// use x12::answer::x231::rules::Rule;
///
/// assert_eq!((Rule::CountsAgree.code(), Rule::CountsAgree.name()), ("V-ACK-11", "sets-differ"));
/// println!("{}", Rule::CountsAgree.words());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// AK904 and what is left of AK903 have room for the sets that are answered one by one.
    CountsAgree,
    /// AK901 says what became of the sets.
    GroupFollowsSets,
    /// What is rejected, or accepted with errors, has a reason.
    RejectionSaysWhy,
    /// What is accepted has none.
    AcceptanceSaysNothing,
    /// IK304 is 8 where elements are told, and only there.
    ElementsFollowSegment,
}

impl Rule {
    /// A code that is stable for ever.
    pub const fn code(self) -> &'static str {
        match self {
            Rule::CountsAgree => "V-ACK-11",
            Rule::GroupFollowsSets => "V-ACK-12",
            Rule::RejectionSaysWhy => "V-ACK-13",
            Rule::AcceptanceSaysNothing => "V-ACK-14",
            Rule::ElementsFollowSegment => "V-ACK-15",
        }
    }

    /// A readable name for the fault.
    pub const fn name(self) -> &'static str {
        match self {
            Rule::CountsAgree => "sets-differ",
            Rule::GroupFollowsSets => "group-contradicts-sets",
            Rule::RejectionSaysWhy => "rejection-without-reason",
            Rule::AcceptanceSaysNothing => "acceptance-with-reason",
            Rule::ElementsFollowSegment => "elements-contradict-segment",
        }
    }

    /// What a breach of it means.
    pub const fn words(self) -> &'static str {
        match self {
            Rule::CountsAgree => "the counts of the group are not those of its sets",
            Rule::GroupFollowsSets => "the verdict on the group is not what became of its sets",
            Rule::RejectionSaysWhy => {
                "something is rejected, or has errors, and no reason is given"
            }
            Rule::AcceptanceSaysNothing => {
                "something is accepted, and yet reasons against it are given"
            }
            Rule::ElementsFollowSegment => {
                "the segment has another fault than its elements, or elements that are not told"
            }
        }
    }
}

/// What a 999 or a 997 breaks by itself.
///
/// ```
/// use bytes::Bytes;
/// use x12::answer::x231::rules::{Rule, breaches};
/// use x12::view::answer::implementation_ack;
///
/// # let text = "ISA*00*          *00*          *ZZ*PLAN           *ZZ*OFFICE         *260301*0915\
/// # *^*00501*000000001*0*T*:~GS*FA*PLAN*OFFICE*20260301*0915*1*X*005010X231A1~\
/// # ST*999*0001*005010X231A1~AK1*HC*1*005010X222A1~AK2*837*0001*005010X222A1~IK5*R*5~\
/// # AK9*A*1*1*1~SE*6*0001~GE*1*1~IEA*1*000000001~";
/// let reading = x12::interchange::read(&Bytes::from(text));
/// let interchange = &reading.interchanges[0];
/// let set = &interchange.groups[0].sets[0];
/// let found = breaches(&implementation_ack(interchange, set));
/// // The only set was rejected, and the group was accepted with it.
/// let rules: Vec<Rule> = found.iter().map(|breach| breach.rule).collect();
/// assert_eq!(rules, [Rule::GroupFollowsSets, Rule::CountsAgree]);
/// ```
pub fn breaches(ack: &ImplementationAck<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for set in &ack.sets {
        check_set(set, &mut breaches);
    }
    // Without an AK9 there is nothing to compare with; the guide says that it is missing.
    if !ack.verdict.is_empty() {
        check_group(ack, &mut breaches);
    }
    breaches.sort_by_key(|breach| (breach.place, breach.rule));
    breaches
}

fn check_set(set: &SetAck<'_>, breaches: &mut Vec<Breach>) {
    let mut breach = |rule, place| breaches.push(Breach { rule, place });
    let has_reason = !set.notes.is_empty() || !set.codes.is_empty();
    match (set.verdict.is("A"), has_reason) {
        _ if set.verdict.is_empty() => {}
        (true, true) => breach(Rule::AcceptanceSaysNothing, set.verdict.place),
        (false, false) => breach(Rule::RejectionSaysWhy, set.verdict.place),
        (true, false) | (false, true) => {}
    }
    for note in set.notes.iter().filter(|note| !note.code.is_empty()) {
        if note.code.is("8") == note.elements.is_empty() {
            breach(Rule::ElementsFollowSegment, note.code.place);
        }
    }
}

fn check_group(ack: &ImplementationAck<'_>, breaches: &mut Vec<Breach>) {
    let mut breach = |rule, place| breaches.push(Breach { rule, place });
    let rejected = ack.sets.iter().filter(|set| set.is_rejected()).count() as u64;
    let accepted = ack.sets.iter().filter(|set| set.is_accepted()).count() as u64;
    let counts = (number(&ack.received), number(&ack.accepted));
    let (told_accepted, told_rejected) = match counts {
        (Some(received), Some(taken)) => {
            let left = received.checked_sub(taken);
            if taken < accepted || left.is_none_or(|left| left < rejected) {
                breach(Rule::CountsAgree, ack.accepted.place);
            }
            (taken.max(accepted), left.unwrap_or_default().max(rejected))
        }
        _ => (accepted, rejected),
    };
    let is_so = match ack.verdict.bytes() {
        b"A" | b"E" => told_rejected == 0,
        b"P" => told_accepted > 0 && told_rejected > 0,
        b"R" | b"M" | b"W" | b"X" => told_accepted == 0,
        // The guide says that there is no such verdict.
        _ => true,
    };
    if !is_so {
        breach(Rule::GroupFollowsSets, ack.verdict.place);
    }
    let has_reason = !ack.codes.is_empty();
    if ack.verdict.is("A") && has_reason {
        breach(Rule::AcceptanceSaysNothing, ack.verdict.place);
    }
    if ack.is_rejected() && !has_reason && rejected == 0 {
        breach(Rule::RejectionSaysWhy, ack.verdict.place);
    }
}

fn number(field: &Field<'_>) -> Option<u64> {
    std::str::from_utf8(field.bytes()).ok()?.parse().ok()
}
