//! One transaction set against its guide: taken, taken without some claims, or rejected.

use std::ops::Range;

use x12::fault::told::Untold;
use x12::fault::{Fault, GroupFault, InterchangeFault, Kind, Layer, Place};
use x12::guide::row::{Guide, Tag};
use x12::guide::standard::is_standard;
use x12::interchange::{Group, Interchange, Set};
use x12::segment::Segment;
use x12::value::Day;
use x12::view::claim::{Claim, Extent, Kind as ClaimKind, claims};
use x12::walk::{Walked, walk};

use crate::intake::mended::{MendedClaims, Mending, mended_claims};
use crate::scrub::{TOLD_BY_RULES, rules};

/// What the guide says of a set.
#[derive(Debug)]
pub struct Judged {
    /// `None` when no guide of ours describes the set.
    pub guide: Option<&'static Guide>,
    pub walked: Walked,
    /// Faults of the envelope and of the guide together, in the order of the file.
    pub faults: Vec<Fault>,
    pub verdict: SetVerdict,
    /// Claims that are taken in spite of their faults, for repairs mend them all.
    pub mended: MendedClaims,
    /// What the claims are made of that are rejected out of a set that is taken.
    rejected: Stretches,
}

impl Judged {
    /// Of a set that nobody could look at.
    pub fn nothing() -> Judged {
        let (placed, faults, untold) = (Vec::new(), Vec::new(), Untold::default());
        let walked = Walked { placed, faults, untold };
        Judged {
            guide: None,
            walked,
            faults: Vec::new(),
            verdict: SetVerdict::Rejected,
            mended: MendedClaims::default(),
            rejected: Stretches::default(),
        }
    }

    /// Whether a claim is rejected for its faults, out of a set that is taken.
    pub fn breaks_guide(&self, claim: &Claim<'_>) -> bool {
        matches!(&self.verdict, SetVerdict::WithErrors(at_fault)
            if at_fault.binary_search(&claim.place.segment).is_ok())
    }

    /// Whether a fault is noted and no more: repairs mend every claim that it counts against.
    pub fn is_mended(&self, fault: &Fault) -> bool {
        !self.mended.is_empty() && !self.rejected.holds(fault.place.segment)
    }

    /// The same of all faults that are not told one by one.
    pub fn is_untold_mended(&self) -> bool {
        let mut untold_at = self.walked.untold.segments().iter().cloned().flatten();
        !self.mended.is_empty() && untold_at.all(|at| !self.rejected.holds(at))
    }
}

/// How a set is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetVerdict {
    Accepted,
    /// Taken in spite of faults. In an 837 every fault lies in claims, and some claims have none, or
    /// none that repairs do not mend: the others are rejected one by one, their neighbours go on.
    /// Here are the places of their CLM segments, ST = 1; other sets have none.
    WithErrors(Vec<u32>),
    Rejected,
}

impl SetVerdict {
    pub const fn is_rejected(&self) -> bool {
        matches!(self, SetVerdict::Rejected)
    }
}

/// The fault of an interchange that says it was sent after today.
pub fn sent_ahead(interchange: &Interchange, today: Day) -> Option<Fault> {
    let isa = interchange.header();
    // A day's difference is the clock of another time zone.
    let sent_on = Day::parse_short(isa.text(9)).filter(|day| day.days_since(today) > 1);
    sent_on.map(|_| fault_of_isa(InterchangeFault::DateInvalid, &isa, 9))
}

/// A fault of element `n` of an ISA.
pub fn fault_of_isa(fault: InterchangeFault, isa: &Segment<'_>, n: usize) -> Fault {
    let place = Place { segment: 0, ..isa.place(n, 0) };
    let (kind, tag) = (Kind::Interchange(fault), Tag::new(b"ISA"));
    Fault { kind, place, loop_id: "", tag, name: "" }
}

/// Faults of a group that depend on what we support.
pub fn group_faults(interchange: &Interchange, group: &Group) -> Vec<Fault> {
    let mut faults = group.faults.clone();
    let gs = interchange.group_header(group);
    let version = String::from_utf8_lossy(gs.text(8)).into_owned();
    let kind = match gs.text(1) {
        b"HC" => Some("837"),
        b"HP" => Some("835"),
        b"FA" if group.is_of_997() => Some("997"),
        b"FA" => Some("999"),
        b"HN" => Some("277"),
        b"HS" => Some("270"),
        b"HB" => Some("271"),
        b"HR" => Some("276"),
        b"HI" => Some("278"),
        b"BE" => Some("834"),
        b"RA" => Some("820"),
        _ => None,
    };
    let fault = match kind {
        None => Some((GroupFault::GroupUnsupported, 1)),
        Some(set) if x12::guide::find(&version, set).is_none() => {
            // The guide of another kind of group: it is the kind that is wrong.
            let is_known = x12::guide::ALL.iter().any(|guide| guide.id == version);
            Some(match is_known {
                true => (GroupFault::GroupUnsupported, 1),
                false => (GroupFault::VersionUnsupported, 8),
            })
        }
        Some(_) => None,
    };
    if let Some((fault, element)) = fault {
        let place = Place { segment: 0, ..gs.place(element, 0) };
        let (kind, tag) = (Kind::Group(fault), Tag::new(b"GS"));
        faults.push(Fault { kind, place, loop_id: "", tag, name: "" });
    }
    faults
}

/// Lays a set against its guide.
pub fn judge(interchange: &Interchange, group: &Group, set: &Set) -> Judged {
    judge_by(interchange, group, set, None)
}

/// Lays a set against its guide, and claims of it that repairs mend against it once more.
pub fn judge_mending(
    interchange: &Interchange,
    group: &Group,
    set: &Set,
    mending: &Mending<'_>,
) -> Judged {
    judge_by(interchange, group, set, Some(mending))
}

fn judge_by(
    interchange: &Interchange,
    group: &Group,
    set: &Set,
    mending: Option<&Mending<'_>>,
) -> Judged {
    let version = interchange.group_header(group).text(8);
    let kind = interchange.set_header(set).text(1);
    let (version, kind) = (String::from_utf8_lossy(version), String::from_utf8_lossy(kind));
    let guide = x12::guide::find(&version, &kind);
    let walked = match guide {
        Some(guide) => without_what_rules_tell(walk(interchange, set, guide), guide),
        None => Walked { placed: Vec::new(), faults: Vec::new(), untold: Untold::default() },
    };
    let mut faults = set.faults.clone();
    faults.extend(&walked.faults);
    let mut mended = MendedClaims::default();
    let mut rejected = Stretches::default();
    let verdict = if !set.faults.is_empty() {
        SetVerdict::Rejected
    } else if faults.is_empty() {
        SetVerdict::Accepted
    } else if guide.is_some_and(is_standard) {
        // Nothing of ours reads further: what breaks X12 is for its sender to mend.
        SetVerdict::Rejected
    } else if kind == "837" {
        let mut wrong = Wrong::of(interchange, set, &walked);
        if let (Some(mending), Some(guide), true) = (mending, guide, wrong.is_of_claims) {
            let (both, at_fault) = ((group, set), &wrong.at_fault);
            mended = mended_claims(interchange, both, guide, &walked, at_fault, mending);
            wrong.at_fault.retain(|one| !mended.holds(one.clm));
            rejected = Stretches::of(wrong.at_fault.iter().flat_map(|one| one.parts.clone()));
        }
        wrong.verdict()
    } else if kind == "835" && walked.faults.iter().any(hides_payment) {
        SetVerdict::Rejected
    } else {
        // What payers send is read as far as it can be: a fault against the guide is noted, and
        // whether a remittance is posted is for its balance to say.
        SetVerdict::WithErrors(Vec::new())
    };
    Judged { guide, walked, faults, verdict, mended, rejected }
}

/// Whether a fault of a remittance breaks X12 so that it cannot be told what is paid: a segment is
/// missing or stands where X12 has none, or a value of the payment itself is wrong.
fn hides_payment(fault: &Fault) -> bool {
    const PAYMENT: [Tag; 2] = [Tag::new(b"BPR"), Tag::new(b"TRN")];
    match fault.kind {
        Kind::Segment(segment) => segment.layer() == Layer::Standard,
        // A value that is missing or too long may be so by either layer.
        Kind::Element(element) => {
            PAYMENT.contains(&fault.tag) && element.layer() != Some(Layer::Guide)
        }
        Kind::Interchange(_) | Kind::Group(_) | Kind::Set(_) => false,
    }
}

/// What becomes of a set by its own faults and by those of the envelopes around it, in words; `None`
/// where there are none.
pub fn objection(
    interchange: &Interchange,
    group: &Group,
    judged: &Judged,
) -> Option<&'static str> {
    if !interchange.faults.is_empty() {
        return Some("the interchange around it is rejected with a TA1");
    }
    if !group_faults(interchange, group).is_empty() {
        return Some("the functional group around it is rejected with a 999");
    }
    match judged.verdict {
        SetVerdict::Accepted => None,
        SetVerdict::WithErrors(_) => Some("it breaks its guide, and is read as far as it goes"),
        SetVerdict::Rejected => Some("its transaction set is rejected with a 999"),
    }
}

/// Leaves to the scrub rules what they tell of claims of this kind.
pub(super) fn without_what_rules_tell(mut walked: Walked, guide: &Guide) -> Walked {
    let Some(kind) = ClaimKind::of_guide(guide) else { return walked };
    let tells =
        |name: &str| rules::ALL.iter().any(|rule| rule.name == name && rule.kinds.has(kind));
    walked.faults.retain(|fault| {
        let condition = fault.kind.trigger().map(|trigger| trigger.condition);
        !TOLD_BY_RULES.iter().any(|&(told, rule)| Some(told) == condition && tells(rule))
    });
    walked
}

/// What is wrong with a set of claims.
struct Wrong {
    at_fault: Vec<AtFault>,
    /// How many claims there are.
    all: usize,
    /// Every fault lies in a claim or in the levels that a claim hangs under.
    is_of_claims: bool,
}

/// A claim with faults.
#[derive(Debug)]
pub(super) struct AtFault {
    /// The place of its CLM, ST = 1.
    pub clm: u32,
    pub parts: [Range<u32>; 4],
}

impl Wrong {
    fn of(interchange: &Interchange, set: &Set, walked: &Walked) -> Wrong {
        let mut at_fault = Vec::new();
        let mut all = 0;
        let mut parts_of_all: Vec<Range<u32>> = Vec::new();
        for claim in claims(interchange, set, walked) {
            all += 1;
            // A level above may hang over more claims; each of them must see its faults.
            let parts = ranges_of(&claim.extent);
            let has_untold = parts.iter().any(|range| walked.untold.touches(range));
            parts_of_all.extend(parts.iter().cloned());
            if has_untold || faults_in(&walked.faults, &parts).next().is_some() {
                at_fault.push(AtFault { clm: claim.place.segment, parts });
            }
        }
        let claims = Stretches::of(parts_of_all);
        let mut at = walked.faults.iter().map(|fault| fault.place.segment);
        let mut untold_at = walked.untold.segments().iter().cloned().flatten();
        let is_of_claims = at.all(|at| claims.holds(at)) && untold_at.all(|at| claims.holds(at));
        Wrong { at_fault, all, is_of_claims }
    }

    /// One bad claim does not stop its neighbours, as long as every fault lies in claims, and some claim
    /// has none.
    fn verdict(&self) -> SetVerdict {
        match self.is_of_claims && self.at_fault.len() < self.all {
            true => SetVerdict::WithErrors(self.at_fault.iter().map(|one| one.clm).collect()),
            false => SetVerdict::Rejected,
        }
    }
}

/// Stretches of segments, in the order of the set. Claims of one level share it.
#[derive(Debug, Default)]
struct Stretches(Vec<Range<u32>>);

impl Stretches {
    fn of(stretches: impl IntoIterator<Item = Range<u32>>) -> Stretches {
        let stretches = stretches.into_iter().filter(|range| !range.is_empty());
        let mut stretches: Vec<Range<u32>> = stretches.collect();
        stretches.sort_by_key(|range| range.start);
        stretches.dedup();
        Stretches(stretches)
    }

    fn holds(&self, segment: u32) -> bool {
        let begun = self.0.partition_point(|range| range.start <= segment);
        let last = begun.checked_sub(1).and_then(|index| self.0.get(index));
        last.is_some_and(|range| range.contains(&segment))
    }
}

/// What a claim is made of, in the order of the file.
fn ranges_of(extent: &Extent) -> [Range<u32>; 4] {
    [
        extent.billing.clone(),
        extent.subscriber.clone(),
        extent.patient.clone(),
        extent.claim.clone(),
    ]
}

/// The faults of a set that count against one claim. They are given in the order of the file.
pub fn faults_of<'a>(faults: &'a [Fault], claim: &Claim<'_>) -> impl Iterator<Item = &'a Fault> {
    let parts = ranges_of(&claim.extent);
    parts.into_iter().flat_map(move |range| faults_within(faults, range))
}

/// The faults that stand in these stretches.
pub(super) fn faults_in<'a>(
    faults: &'a [Fault],
    stretches: &[Range<u32>],
) -> impl Iterator<Item = &'a Fault> {
    stretches.iter().flat_map(move |range| faults_within(faults, range.clone()))
}

fn faults_within(faults: &[Fault], range: Range<u32>) -> impl Iterator<Item = &Fault> {
    let first = faults.partition_point(|fault| fault.place.segment < range.start);
    faults.iter().skip(first).take_while(move |fault| fault.place.segment < range.end)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use x12::walk::FAULTS_MAX;

    use super::*;
    use crate::scrub::example::Clean;

    /// The verdict on three claims, of which the first has so many segments that do not exist.
    fn verdict_with(unknown: usize) -> SetVerdict {
        let claim = "CLM*A2*40***11:B:1*Y*A*Y*Y~HI*ABK:E119~LX*1~SV1*HC:93000*40*UN*1***1~\
                     DTP*472*D8*20261006~";
        let segments = 31 + unknown + 2 * 5;
        let text = Clean::Professional
            .text()
            .replace("HI*ABK:E119*ABF:I10~", &("QQQ*1~".repeat(unknown) + "HI*ABK:E119*ABF:I10~"))
            .replace("SE*31*", &format!("{}SE*{segments}*", claim.repeat(2)));
        let reading = x12::interchange::read(&Bytes::from(text));
        let interchange = reading.interchanges.first().expect("one interchange");
        let group = interchange.groups.first().expect("one group");
        judge(interchange, group, group.sets.first().expect("one set")).verdict
    }

    #[test]
    fn spares_the_neighbours_of_a_bad_claim() {
        assert_eq!(verdict_with(0), SetVerdict::Accepted);
        assert_eq!(verdict_with(20), SetVerdict::WithErrors(vec![19]));
    }

    #[test]
    fn leaves_to_rules_what_they_tell() {
        let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
        for (condition, rule) in TOLD_BY_RULES {
            let mut known = x12::guide::conditions::of(guide);
            assert!(known.any(|known| known.name == condition), "{condition}");
            let mut rules = crate::scrub::rules::ALL.iter();
            assert!(rules.any(|known| known.name == rule), "{rule}");
        }
        // An accident without its date is a rule's; a first name of an organization is nobody's.
        let verdict = |from: &str, to: &str| {
            let reading =
                x12::interchange::read(&Bytes::from(Clean::Professional.text().replace(from, to)));
            let interchange = reading.interchanges.first().expect("one interchange");
            let group = interchange.groups.first().expect("one group");
            judge(interchange, group, group.sets.first().expect("one set")).verdict
        };
        assert_eq!(verdict("*Y*A*Y*Y~", "*Y*A*Y*Y**OA~"), SetVerdict::Accepted);
        assert_eq!(verdict("*****46*", "*ANNA****46*"), SetVerdict::Rejected);
    }

    #[test]
    fn judges_a_set_with_more_faults_than_are_told_by_the_same_rules() {
        assert_eq!(verdict_with(FAULTS_MAX + 1), SetVerdict::WithErrors(vec![19]));
    }

    #[test]
    fn finds_the_claims_whose_faults_are_not_told() {
        let claim = |more: &str| {
            format!(
                "CLM*A2*40***11:B:1*Y*A*Y*Y~{more}HI*ABK:E119~LX*1~SV1*HC:93000*40*UN*1***1~\
                 DTP*472*D8*20261006~"
            )
        };
        let (first, third) = ("QQQ*1~".repeat(FAULTS_MAX), claim("QQQ*1~QQQ*2~"));
        let segments = 31 + FAULTS_MAX + 3 * 5 + 2;
        let verdict = |more: &str, count: usize| {
            let (second, fourth) = (claim(""), claim(""));
            let text = Clean::Professional
                .text()
                .replace("HI*ABK:E119*ABF:I10~", &format!("{first}HI*ABK:E119*ABF:I10~"))
                .replace("SE*31*", &format!("{second}{third}{fourth}{more}SE*{count}*"));
            let reading = x12::interchange::read(&Bytes::from(text));
            let interchange = reading.interchanges.first().expect("one interchange");
            let group = interchange.groups.first().expect("one group");
            let judged = judge(interchange, group, group.sets.first().expect("one set"));
            (judged.walked.untold.count(), judged.verdict)
        };
        let third = 31 + FAULTS_MAX as u32 + 5;
        assert_eq!(verdict("", segments), (2, SetVerdict::WithErrors(vec![19, third])));
        // A fault that lies in no claim rejects the set, told or not.
        let level = "HL*9**20*1~";
        assert_eq!(verdict(level, segments + 1).1, SetVerdict::Rejected);
    }
}
