//! A person's corrections: edits named as the trade names them, and what a release adds.
//!
//! There is no second road: a corrected claim is cut out, its edits laid over, and it is read,
//! checked and scrubbed again like any that comes in.

use bytes::Bytes;
use x12::edit::Edit;
use x12::fault::{Fault, Place};
use x12::guide::row::Tag;
use x12::guide::segments::{base, is_x12_tag};
use x12::segment::Segment;
use x12::value::Day;
use x12::view::claim::{Claim, Kind, claims};

use crate::change::Resend;
use crate::document::Document;
use crate::outbound;
use crate::scrub::path::Filed;
use crate::scrub::{self, Earlier, Finding, Rulebook, Severity};

/// Why an edit or a release cannot be done; said to the person who asked for it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(
        "'{0}' is not an edit; write ELEMENT=VALUE such as CLM05-3=7, or SEGMENT:ELEMENT=VALUE such as 17:NM109=W1"
    )]
    NotAnEdit(String),
    #[error(
        "the claim has no segment {0}; `claimgate queue show` lists its segments with their numbers"
    )]
    NoSuchSegment(String),
    #[error("the claim has {count} {tag} segments; say which: {choices}")]
    Ambiguous { tag: String, count: usize, choices: String },
    #[error(
        "the number under which the payer knows the claim is not known, and a replacement must carry it in REF*F8; add it with --insert 'REF*F8*NUMBER', or release it with --as original"
    )]
    NoPayerNumber,
    #[error(
        "segment {0} is the HL that numbers a level; levels are numbered anew when the claim is sent"
    )]
    LevelIsOurs(u32),
    #[error(
        "X12 has no segment '{0}', and the payer would reject it; write a tag such as REF or NTE"
    )]
    UnknownTag(String),
    #[error(
        "{tag} has {elements} elements, so that there is no {tag}{asked:02}, and the payer would reject it; name one that {tag} has"
    )]
    NoSuchElement { tag: String, elements: usize, asked: usize },
    #[error(
        "{0} belongs to the envelope, which is written anew when the claim is sent; edit the claim's own segments"
    )]
    EnvelopeIsOurs(String),
    #[error(
        "CLM is the claim itself, so that it is neither removed nor added a second time; to give the claim up, close its item with `claimgate queue resolve`"
    )]
    ClmStays,
    #[error("an edit cannot be laid over the claim: {0}")]
    Edit(String),
}

/// Reads `CLM05-3=7`, `17:NM109=W1` or `17:CLM05-3=7` against the segments that it may mean.
pub fn parse_set(text: &str, document: &Document) -> Result<Edit, Refusal> {
    let malformed = || Refusal::NotAnEdit(text.to_owned());
    let (target, value) = text.split_once('=').ok_or_else(malformed)?;
    let (number, target) = match target.split_once(':') {
        Some((number, target)) => (Some(number.parse::<u32>().map_err(|_| malformed())?), target),
        None => (None, target),
    };
    let (element, component) = match target.split_once('-') {
        Some((element, part)) => (element, part.parse::<u8>().map_err(|_| malformed())?),
        None => (target, 0),
    };
    let cut = element.len().checked_sub(2).filter(|&cut| element.is_char_boundary(cut));
    let (tag, position) = element.split_at(cut.ok_or_else(malformed)?);
    let position = position.parse::<u8>().map_err(|_| malformed())?;
    if tag.is_empty() || position == 0 {
        return Err(malformed());
    }
    let tag = tag.to_ascii_uppercase();
    let segment = find_segment(document, &tag, number)?;
    refuse_beyond(&tag, usize::from(position))?;
    Ok(Edit::Set { segment, element: position, component, value: value.to_owned() })
}

fn find_segment(document: &Document, tag: &str, number: Option<u32>) -> Result<u32, Refusal> {
    if tag == "HL" {
        return Err(Refusal::LevelIsOurs(number.unwrap_or_default()));
    }
    refuse_envelope(tag)?;
    let has_tag = |segment: &Segment<'_>| segment.tag_bytes() == tag.as_bytes();
    let found: Vec<Segment<'_>> = document
        .segments()
        .filter(has_tag)
        .filter(|segment| number.is_none_or(|number| segment.number() == number))
        .collect();
    match found.as_slice() {
        [] => Err(Refusal::NoSuchSegment(match number {
            Some(number) => format!("{number} with the tag {tag}"),
            None => tag.to_owned(),
        })),
        [one] => Ok(one.number()),
        several => Err(Refusal::Ambiguous {
            tag: tag.to_owned(),
            count: several.len(),
            choices: several
                .iter()
                .map(|segment| format!("{}:{tag}", segment.number()))
                .collect::<Vec<_>>()
                .join(", "),
        }),
    }
}

/// Reads `REF*F8*123` as a segment to add. Without a place it goes where the guide wants such a
/// segment in the claim.
pub fn parse_insert(text: &str, after: Option<u32>, document: &Document) -> Result<Edit, Refusal> {
    let elements: Vec<Vec<String>> =
        text.split('*').map(|element| element.split(':').map(str::to_owned).collect()).collect();
    let tag = elements.first().and_then(|element| element.first()).cloned().unwrap_or_default();
    if tag.len() < 2 || elements.len() < 2 {
        return Err(Refusal::NotAnEdit(text.to_owned()));
    }
    refuse_envelope(&tag)?;
    if !is_x12_tag(Tag::new(tag.as_bytes())) {
        return Err(Refusal::UnknownTag(tag));
    }
    match tag.as_str() {
        "CLM" => return Err(Refusal::ClmStays),
        "HL" => return Err(Refusal::LevelIsOurs(after.unwrap_or_default())),
        _ => refuse_beyond(&tag, elements.len() - 1)?,
    }
    let after = match after {
        Some(after) => after,
        None => place_for(&tag, document).ok_or(Refusal::NoSuchSegment(tag))?,
    };
    if !document.segments().any(|segment| segment.number() == after) {
        return Err(Refusal::NoSuchSegment(after.to_string()));
    }
    Ok(Edit::Insert { after, elements })
}

/// Leaves a segment out, by its number.
pub fn parse_remove(number: u32, document: &Document) -> Result<Edit, Refusal> {
    let segment = document.segments().find(|known| known.number() == number);
    match segment.map(|segment| segment.tag_bytes()) {
        None => Err(Refusal::NoSuchSegment(number.to_string())),
        Some(b"CLM") => Err(Refusal::ClmStays),
        Some(b"HL") => Err(Refusal::LevelIsOurs(number)),
        Some(_) => Ok(Edit::Remove { segment: number }),
    }
}

fn refuse_envelope(tag: &str) -> Result<(), Refusal> {
    match tag {
        "ISA" | "GS" | "ST" | "SE" | "GE" | "IEA" => Err(Refusal::EnvelopeIsOurs(tag.to_owned())),
        _ => Ok(()),
    }
}

fn refuse_beyond(tag: &str, asked: usize) -> Result<(), Refusal> {
    match base(Tag::new(tag.as_bytes())) {
        Some(base) if asked > base.elements.len() => {
            let (tag, elements) = (tag.to_owned(), base.elements.len());
            Err(Refusal::NoSuchElement { tag, elements, asked })
        }
        Some(_) | None => Ok(()),
    }
}

/// The order of the segments of loop 2300, before its inner loops.
const CLAIM_ORDER: [&str; 18] = [
    "CLM", "DTP", "CL1", "DN1", "DN2", "PWK", "CN1", "AMT", "REF", "K3", "NTE", "CR1", "CR2",
    "CRC", "HI", "HCP", "NM1", "LX",
];

/// After which segment of the claim a new one with this tag belongs.
fn place_for(tag: &str, document: &Document) -> Option<u32> {
    let rank = |tag: &[u8]| CLAIM_ORDER.iter().position(|known| known.as_bytes() == tag);
    let own = rank(tag.as_bytes())?;
    let inner = |segment: &Segment<'_>| matches!(segment.tag_bytes(), b"NM1" | b"LX" | b"SBR");
    document
        .claim_segments()
        .take_while(|segment| !inner(segment))
        .filter(|segment| rank(segment.tag_bytes()).is_some_and(|known| known <= own))
        .last()
        .map(|segment| segment.number())
}

/// How a claim is corrected that its payer decided on, by the frequencies (CLM05-3) that the payer
/// takes; none named means all. Who takes no replacement gets a void and a new claim, and who takes
/// neither, such as Medicare's Part B, a new claim alone.
pub fn as_payer_takes(wanted: Resend, frequencies: &[String]) -> Resend {
    let takes = |resend: Resend| {
        frequencies.is_empty() || frequencies.iter().any(|known| known == resend.frequency())
    };
    match wanted {
        Resend::Replacement if !takes(Resend::Replacement) && takes(Resend::Void) => {
            Resend::VoidAndNew
        }
        Resend::Replacement if !takes(Resend::Replacement) => Resend::Original,
        Resend::Original | Resend::Replacement | Resend::Void | Resend::VoidAndNew => wanted,
    }
}

/// A claim's edits without the REF*F8 that an earlier release added, where this one has no use for it
/// or knows a better number. The document has the edits.
pub fn before_resend(
    resend: Resend,
    edits: &[Edit],
    document: &Document,
    payer_control_number: &str,
) -> Vec<Edit> {
    let references: Vec<Segment<'_>> =
        own_segments(document).filter(|segment| is_original_reference(segment)).collect();
    let is_reference = |edit: &Edit| match edit {
        Edit::Insert { after, elements } => {
            let text = |at: usize| elements.get(at).map(|parts| parts.concat()).unwrap_or_default();
            let mut same = references.iter().filter(|segment| segment.number() == *after);
            text(0) == "REF"
                && text(1) == "F8"
                && same.any(|segment| segment.text(2) == text(2).as_bytes())
        }
        Edit::Set { .. } | Edit::Remove { .. } => false,
    };
    let gives_way = resend == Resend::Original || !payer_control_number.is_empty();
    edits.iter().filter(|edit| !gives_way || !is_reference(edit)).cloned().collect()
}

/// The segments of loop 2300. References further down belong to other payers and to lines.
fn own_segments(document: &Document) -> impl Iterator<Item = Segment<'_>> {
    let is_further = |segment: &Segment<'_>| matches!(segment.tag_bytes(), b"NM1" | b"SBR" | b"LX");
    document.claim_segments().take_while(move |segment| !is_further(segment))
}

fn is_original_reference(segment: &Segment<'_>) -> bool {
    segment.tag_bytes() == b"REF" && segment.text(1) == b"F8"
}

/// The edits that a way of sending adds to a claim's own, `before_resend`.
pub fn resend_edits(
    resend: Resend,
    document: &Document,
    payer_control_number: &str,
) -> Result<Vec<Edit>, Refusal> {
    let clm = own_segments(document).find(|segment| segment.tag_bytes() == b"CLM");
    let Some(clm) = clm else { return Err(Refusal::NoSuchSegment("CLM".to_owned())) };
    let original_reference = own_segments(document).find(is_original_reference);
    let mut edits = Vec::new();
    // The third digit of a type of bill says more than "first" or "again": what was sent as the
    // second claim of a long stay is still that when it goes out as it was.
    let stays_interim = resend == Resend::Original
        && document.kind == Kind::Institutional
        && !matches!(clm.part(5, 3), b"" | b"7" | b"8");
    if !stays_interim && clm.part(5, 3) != resend.frequency().as_bytes() {
        edits.push(Edit::Set {
            segment: clm.number(),
            element: 5,
            component: 3,
            value: resend.frequency().to_owned(),
        });
    }
    if resend == Resend::Original {
        // A first claim replaces nothing.
        edits.extend(original_reference.map(|it| Edit::Remove { segment: it.number() }));
        return Ok(edits);
    }
    match original_reference {
        // Without a better number, the one that the claim carries already is kept.
        Some(_) if payer_control_number.is_empty() => {}
        Some(reference) if reference.text(2) == payer_control_number.as_bytes() => {}
        Some(reference) => edits.push(Edit::Set {
            segment: reference.number(),
            element: 2,
            component: 0,
            value: payer_control_number.to_owned(),
        }),
        None if payer_control_number.is_empty() => return Err(Refusal::NoPayerNumber),
        None => {
            let text = format!("REF*F8*{payer_control_number}");
            edits.push(parse_insert(&text, None, document)?);
        }
    }
    Ok(edits)
}

/// What is wrong with a claim as it stands with its edits.
#[derive(Debug, Default)]
pub struct Rescrubbed {
    /// Against the guide; places are segments of the claim as it came.
    pub faults: Vec<Fault>,
    pub findings: Vec<Finding>,
    /// The code sets that their rules asked, each once with the edition that answered.
    pub tables: Vec<(&'static str, String)>,
}

/// A rule that holds a claim, and what tells whether it says the same once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The rule's code.
    pub rule: String,
    /// Of the rule, and of the code sets that it asks.
    pub version: String,
    /// The claim, and what the rule says of it.
    pub content: Vec<u8>,
}

impl Rescrubbed {
    /// Whether it would be rejected, so that nobody can let it pass.
    pub fn is_rejected(&self) -> bool {
        !self.faults.is_empty() || scrub::gravest(&self.findings) == Some(Severity::Reject)
    }

    /// The rules that hold the claim, in the order of their findings.
    pub fn holds(&self, document: &Document, rulebook: &Rulebook) -> Vec<Hold> {
        let mut holds: Vec<Hold> = Vec::new();
        for finding in self.findings.iter().filter(|one| one.severity == Severity::Hold) {
            // Bytes are counted anew whenever a claim is read, and so are no part of it.
            let Place { segment, element, component, .. } = finding.place;
            let said = format!("{segment}:{element}:{component} {}\n", finding.what);
            let known = holds.iter().position(|hold| *hold.rule == *finding.rule.code);
            let index = known.unwrap_or_else(|| {
                holds.push(Hold {
                    rule: finding.rule.code.to_string(),
                    version: rulebook.version_of(&finding.rule),
                    content: document.identity(),
                });
                holds.len() - 1
            });
            holds[index].content.extend(said.bytes());
        }
        holds
    }
}

/// Shows a claim as it stands with its edits; nothing when it is no claim any more.
pub fn look<T>(document: &Document, today: Day, see: impl FnOnce(&Claim<'_>) -> T) -> Option<T> {
    let bytes = Bytes::from(outbound::alone(document, "CH", today));
    let reading = x12::interchange::read(&bytes);
    let interchange = reading.interchanges.first()?;
    let group = interchange.groups.first()?;
    let set = group.sets.first()?;
    let judged = crate::intake::judge::judge(interchange, group, set);
    claims(interchange, set, &judged.walked).next().map(|claim| see(&claim))
}

/// Reads, checks and scrubs a claim as it stands with its edits. `earlier` asks the store which other
/// claims it resembles now.
pub fn rescrub<E>(
    document: &Document,
    batch_type: &str,
    rulebook: &Rulebook,
    office: &str,
    today: Day,
    earlier: impl Fn(&Claim<'_>) -> Result<Earlier, E>,
) -> Result<Rescrubbed, E> {
    let bytes = Bytes::from(outbound::alone(document, batch_type, today));
    let reading = x12::interchange::read(&bytes);
    let numbers = numbers_of(document);
    let mut found = Rescrubbed::default();
    let mut failure = None;
    let mut past = |claim: &Claim<'_>| {
        earlier(claim).unwrap_or_else(|error| {
            failure = Some(error);
            Earlier::default()
        })
    };
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                let judged = crate::intake::judge::judge(interchange, group, set);
                found.faults.extend(judged.faults.iter().copied());
                for claim in claims(interchange, set, &judged.walked) {
                    let filed = Filed { claim: &claim, interchange, set, walked: &judged.walked };
                    found.findings.extend(rulebook.scrub(&filed, office, today, &mut past));
                }
            }
        }
    }
    if let Some(error) = failure {
        return Err(error);
    }
    let original = |number: u32| numbers.get(number as usize).copied().unwrap_or_default();
    for fault in &mut found.faults {
        fault.place.segment = original(fault.place.segment);
    }
    for finding in &mut found.findings {
        finding.place.segment = original(finding.place.segment);
    }
    let mut sets: Vec<&'static str> =
        found.findings.iter().flat_map(|finding| finding.rule.needs).copied().collect();
    sets.sort_unstable();
    sets.dedup();
    found.tables = rulebook.codes.editions(&sets);
    Ok(found)
}

/// For each segment of the claim sent alone, the number it has in the set it came in.
fn numbers_of(document: &Document) -> Vec<u32> {
    // Nothing is 0; then ST, BHT, the submitter with its contact, and the receiver are ours.
    let mut numbers = vec![0; 6];
    for level in [&document.billing, &document.subscriber, &document.patient, &document.claim] {
        numbers.extend(level.iter().map(|known| known.number));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use x12::delimiters::Delimiters;

    use super::*;
    use crate::document::Numbered;

    /// A claim as it came, how it was released, and how it goes out.
    type Case<'a> = (&'a [&'a str], &'a [(Resend, &'a str)], &'a [&'a str]);

    /// A claim of these segments, CLM first; its numbers begin with 20.
    fn document(segments: &[&str], edits: &[Edit]) -> Document {
        let came = segments
            .iter()
            .zip(20..)
            .map(|(text, number)| Segment::new(text.as_bytes(), 0, number, Delimiters::OURS));
        let edited = x12::edit::apply(came, edits).expect("edits that fit");
        let claim = edited.into_iter().map(|(number, text)| Numbered { number, text }).collect();
        let (billing, subscriber, patient) = (Vec::new(), Vec::new(), Vec::new());
        let (kind, delimiters) = (Kind::Professional, Delimiters::OURS);
        Document { kind, delimiters, billing, subscriber, patient, claim }
    }

    /// The claim as it goes out after releases in these ways, each with the payer's number then.
    fn released(segments: &[&str], ways: &[(Resend, &str)]) -> Vec<String> {
        let text = |text: &str| vec![text.to_owned()];
        let last = 20 + segments.len() as u32 - 1;
        // What was decided by another payer keeps the number of its claim.
        let mut edits: Vec<Edit> = [["SBR", "P", "18"], ["REF", "F8", "OTHER"]]
            .map(|parts| Edit::Insert { after: last, elements: parts.map(text).to_vec() })
            .into();
        for &(resend, number) in ways {
            edits = before_resend(resend, &edits, &document(segments, &edits), number);
            let before = document(segments, &edits);
            edits.extend(resend_edits(resend, &before, number).expect("a number"));
        }
        let after = document(segments, &edits);
        let mut sent: Vec<String> =
            after.segments().map(|it| String::from_utf8_lossy(it.bytes()).into_owned()).collect();
        let of_other_payer = sent.split_off(sent.len() - 2);
        assert_eq!(of_other_payer, ["SBR*P*18", "REF*F8*OTHER"]);
        sent
    }

    #[test]
    fn each_release_says_what_it_is_and_forgets_what_the_one_before_was() {
        use Resend::{Original, Replacement, Void, VoidAndNew};

        const CAME: &[&str] = &["CLM*A1*100***11:B:1", "HI*ABK:E119"];
        const AGAIN: &[&str] = &["CLM*A1*100***11:B:7", "REF*F8*OLD", "HI*ABK:E119"];
        let cases: &[Case<'_>] = &[
            (CAME, &[(Replacement, "P1")], &["CLM*A1*100***11:B:7", "REF*F8*P1", "HI*ABK:E119"]),
            // The payer gave the replacement a number of its own.
            (
                CAME,
                &[(Replacement, "P1"), (Replacement, "P2")],
                &["CLM*A1*100***11:B:7", "REF*F8*P2", "HI*ABK:E119"],
            ),
            (
                CAME,
                &[(Replacement, "P1"), (Void, "P2")],
                &["CLM*A1*100***11:B:8", "REF*F8*P2", "HI*ABK:E119"],
            ),
            (
                CAME,
                &[(VoidAndNew, "P1"), (Original, "P1")],
                &["CLM*A1*100***11:B:1", "HI*ABK:E119"],
            ),
            (AGAIN, &[(Original, "P1")], &["CLM*A1*100***11:B:1", "HI*ABK:E119"]),
            (AGAIN, &[(Replacement, "")], AGAIN),
            (AGAIN, &[(Void, "NEW")], &["CLM*A1*100***11:B:8", "REF*F8*NEW", "HI*ABK:E119"]),
        ];
        for (came, ways, expected) in cases {
            assert_eq!(released(came, ways), *expected, "{ways:?}");
        }
    }

    #[test]
    fn corrects_as_the_payer_takes_it() {
        let taken =
            |codes: &[&str]| -> Vec<String> { codes.iter().map(|&code| code.to_owned()).collect() };
        for (frequencies, expected) in [
            (taken(&[]), Resend::Replacement),
            (taken(&["1", "7", "8"]), Resend::Replacement),
            (taken(&["1", "8"]), Resend::VoidAndNew),
            (taken(&["1"]), Resend::Original),
        ] {
            assert_eq!(as_payer_takes(Resend::Replacement, &frequencies), expected);
            assert_eq!(as_payer_takes(Resend::Void, &frequencies), Resend::Void);
        }
    }
}
