//! Claims that break their guide by their form alone: repairs mend every fault of theirs, and so they
//! are not rejected for them.
//!
//! The repairs are those that rules make of any claim, as office and payer want them. They are laid over
//! the set and it is walked anew: what its guide then has no word against goes on, and the 999 notes what
//! came. Of a set without faults nothing is asked.

use std::collections::BTreeMap;
use std::ops::Range;

use x12::edit::Edit;
use x12::fault::{Fault, Kind};
use x12::guide::row::Guide;
use x12::interchange::{Group, Interchange, Set};
use x12::value::Day;
use x12::view::claim::claims;
use x12::walk::Walked;

use crate::intake::judge::{AtFault, faults_in, without_what_rules_tell};
use crate::scrub::Rulebook;
use crate::scrub::mended::{Mended, walk_with};
use crate::scrub::path::Filed;

/// What is left to do about a fault that is mended.
pub const MENDED: &str = "the repair of the value mends it; write it so the next time";

/// Who mends claims.
#[derive(Clone, Copy, Debug)]
pub struct Mending<'a> {
    pub rulebook: &'a Rulebook,
    /// Whose claims they are; empty where nobody knows.
    pub office: &'a str,
    pub today: Day,
}

/// The claims of a set whose faults are all mended.
#[derive(Debug, Default)]
pub struct MendedClaims {
    /// By the places of their CLM segments, ST = 1, in their order.
    claims: Vec<(u32, Vec<Edit>)>,
}

impl MendedClaims {
    pub const fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }

    /// Whether repairs leave no fault of a claim that has some; `clm` is the place of its CLM.
    pub fn holds(&self, clm: u32) -> bool {
        self.repairs_at(clm).is_some()
    }

    /// A mended claim as it reads with its repairs; `None` of one that is read as it came.
    pub fn read(&self, filed: &Filed<'_>) -> Option<Mended> {
        Mended::new(filed, self.repairs_at(filed.claim.place.segment)?)
    }

    fn repairs_at(&self, clm: u32) -> Option<&[Edit]> {
        let found = self.claims.binary_search_by_key(&clm, |(place, _)| *place);
        found.ok().and_then(|index| self.claims.get(index)).map(|(_, edits)| edits.as_slice())
    }
}

/// A claim at fault that has repairs.
struct Candidate {
    /// The place of its CLM.
    clm: u32,
    parts: [Range<u32>; 4],
    edits: Vec<Edit>,
    /// Those of segments that are at fault, by these.
    at_fault: BTreeMap<u32, Vec<Edit>>,
}

/// The claims at fault of which repairs mend all that is wrong.
pub(super) fn mended_claims(
    interchange: &Interchange,
    (group, set): (&Group, &Set),
    guide: &'static Guide,
    walked: &Walked,
    at_fault: &[AtFault],
    mending: &Mending<'_>,
) -> MendedClaims {
    let mut mended = candidates(interchange, set, walked, at_fault, mending);
    if mended.is_empty() {
        return MendedClaims::default();
    }
    let mut laid: BTreeMap<u32, Vec<Edit>> = BTreeMap::new();
    for (&number, edits) in mended.iter().flat_map(|one| &one.at_fault) {
        let known = laid.entry(number).or_default();
        for edit in edits {
            if !known.contains(edit) {
                known.push(edit.clone());
            }
        }
    }
    let Some(anew) = walk_with(interchange, (group, set), guide, &laid) else {
        return MendedClaims::default();
    };
    let anew = without_what_rules_tell(anew, guide);
    mended.retain(|one| one.is_mended(&anew, &laid));
    MendedClaims { claims: mended.into_iter().map(|one| (one.clm, one.edits)).collect() }
}

/// The claims at fault that have a repair wherever something is wrong. What is missing or too much is
/// not looked at: repairs are of values.
fn candidates(
    interchange: &Interchange,
    set: &Set,
    walked: &Walked,
    at_fault: &[AtFault],
    mending: &Mending<'_>,
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut waiting = at_fault.iter().peekable();
    for claim in claims(interchange, set, walked) {
        let Some(one) = waiting.next_if(|one| one.clm == claim.place.segment) else { continue };
        let faults = || faults_in(&walked.faults, &one.parts);
        if !faults().all(|fault| matches!(fault.kind, Kind::Element(_))) {
            continue;
        }
        let filed = Filed { claim: &claim, interchange, set, walked };
        let edits = mending.rulebook.repairs(&filed, mending.office, mending.today);
        let is_repaired = |fault: &Fault| edits.iter().any(|edit| is_of(edit, fault));
        if !edits.is_empty() && faults().all(is_repaired) {
            let (clm, parts) = (one.clm, one.parts.clone());
            let at_fault = at_fault_of(&edits, walked);
            candidates.push(Candidate { clm, parts, edits, at_fault });
        }
    }
    candidates
}

impl Candidate {
    /// Whether nothing is wrong with it any more, and nothing was mended in it but by its own repairs: a
    /// level above may hang over claims of a payer that wants no repairs.
    fn is_mended(&self, anew: &Walked, laid: &BTreeMap<u32, Vec<Edit>>) -> bool {
        let mut parts = self.parts.iter();
        parts.all(|part| {
            let mut edits = laid.range(part.clone());
            !anew.untold.touches(part)
                && edits.all(|(number, laid)| self.at_fault.get(number) == Some(laid))
        }) && faults_in(&anew.faults, &self.parts).next().is_none()
    }
}

/// Whether an edit sets the element that is at fault.
fn is_of(edit: &Edit, fault: &Fault) -> bool {
    match edit {
        Edit::Set { segment, element, .. } => {
            (*segment, *element) == (fault.place.segment, fault.place.element)
        }
        Edit::Insert { .. } | Edit::Remove { .. } => false,
    }
}

/// The edits of segments that are at fault. What else is repaired is nothing to the guide.
fn at_fault_of(edits: &[Edit], walked: &Walked) -> BTreeMap<u32, Vec<Edit>> {
    let mut segments: BTreeMap<u32, Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        let Edit::Set { segment, .. } = edit else { continue };
        let alone = *segment..segment.saturating_add(1);
        let is_told = faults_in(&walked.faults, std::slice::from_ref(&alone)).next().is_some();
        if is_told || walked.untold.touches(&alone) {
            segments.entry(*segment).or_default().push(edit.clone());
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use x12::walk::FAULTS_MAX;

    use super::*;
    use crate::intake::judge::{Judged, SetVerdict, judge, judge_mending};
    use crate::scrub::example::Clean;
    use crate::scrub::profile::{OfficeTerms, Profile, Switch};
    use crate::scrub::{Severity, rules};

    fn judged(text: &str, rulebook: &Rulebook) -> Judged {
        let reading = x12::interchange::read(&Bytes::copy_from_slice(text.as_bytes()));
        let interchange = reading.interchanges.first().expect("one interchange");
        let group = interchange.groups.first().expect("one group");
        let set = group.sets.first().expect("one set");
        assert!(set.faults.is_empty(), "{:?}", set.faults);
        let today = Day::new(2026, 11, 2).expect("a day");
        let mended =
            judge_mending(interchange, group, set, &Mending { rulebook, office: "cedar", today });
        assert_eq!(judge(interchange, group, set).faults, mended.faults, "all are noted");
        mended
    }

    fn changed(from: &str, to: &str) -> String {
        let text = Clean::Professional.text();
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    }

    #[test]
    fn spares_a_claim_that_repairs_mend_whole() {
        let rulebook = Rulebook::built_in();
        for (from, to, is_mended) in [
            ("19800101*F", "1980-01-01*FEMALE", true),
            ("19800101*F", "1980-01-01*WOMAN", false),
            ("CLM*A1*100*", "CLM*A1*$100*", true),
            ("CLM*A1*100*", "CLM*A1*100,00*", false),
            ("CLM*A1*100*", "CLM*A1**", false),
            // One value is mended, another segment is missing.
            ("DMG*D8*19800101*F~\n", "DMG*D8*19800101*FEMALE~\nQQQ*1~\n", false),
        ] {
            let mut text = changed(from, to);
            if to.contains("QQQ") {
                text = text.replace("SE*31*", "SE*32*");
            }
            let judged = judged(&text, &rulebook);
            let expected =
                if is_mended { SetVerdict::WithErrors(Vec::new()) } else { SetVerdict::Rejected };
            assert_eq!(
                (judged.verdict.clone(), judged.mended.holds(19)),
                (expected, is_mended),
                "{to}"
            );
            assert!(!judged.faults.is_empty());
            assert!(judged.faults.iter().all(|fault| judged.is_mended(fault) == is_mended));
        }
        let clean = judged(Clean::Professional.text(), &rulebook);
        assert!(clean.mended.is_empty() && clean.verdict == SetVerdict::Accepted);
    }

    #[test]
    fn rejects_where_office_payer_or_rule_wants_no_repair() {
        let text = changed("19800101*F", "19800101*FEMALE");
        let with = |change: &dyn Fn(&mut Rulebook)| {
            let mut rulebook = Rulebook::built_in();
            change(&mut rulebook);
            judged(&text, &rulebook).verdict
        };
        let taken = SetVerdict::WithErrors(Vec::new());
        let of_office = |repairs| OfficeTerms { repairs, ..OfficeTerms::default() };
        let of_payer = |switches, repairs| Profile { switches, repairs, ..Profile::default() };
        for repairs in [true, false] {
            let expected = if repairs { taken.clone() } else { SetVerdict::Rejected };
            let verdict = with(&|rulebook| {
                rulebook.offices.insert("cedar".to_owned(), of_office(repairs));
            });
            assert_eq!(verdict, expected);
            let verdict = with(&|rulebook| {
                rulebook.only_payer = Some(Arc::new(of_payer(Vec::new(), repairs)));
            });
            assert_eq!(verdict, expected);
        }
        for switch in [Switch::Off, Switch::As(Severity::Hold)] {
            let verdict = with(&|rulebook| {
                let profile = of_payer(vec![("CG-ID-32", switch)], true);
                rulebook.only_payer = Some(Arc::new(profile));
            });
            assert_eq!(verdict, SetVerdict::Rejected);
        }
        let verdict = with(&|rulebook| {
            rulebook.rules.retain(|rule| rule.name != "sex-as-a-word");
            assert!(rulebook.rules.len() + 1 == rules::ALL.len());
        });
        assert_eq!(verdict, SetVerdict::Rejected);
    }

    /// The first patient's level once more, for another payer.
    fn with_second_payer(text: &str) -> String {
        let (_, rest) = text.split_once("HL*2*").expect("a subscriber");
        let (level, _) = rest.split_once("SE*31*").expect("an SE");
        let first = format!("HL*2*{level}");
        let second = first.replace("HL*2*", "HL*3*").replace("CLM*A1*", "CLM*A2*");
        let payer = second.split("NM1*PR*").nth(1).expect("a payer");
        let id = payer.split('~').next().and_then(|nm1| nm1.rsplit('*').next()).expect("an id");
        let second = second.replace(&format!("*PI*{id}~"), "*PI*OTHER~");
        let count = 31 + second.matches('~').count();
        text.replace("SE*31*", &format!("{second}SE*{count}*"))
    }

    #[test]
    fn a_fault_above_two_claims_rejects_the_one_whose_payer_wants_no_repair() {
        let n4 = "N4*BOSTON*MA*021103202~";
        let text = with_second_payer(&changed(n4, "N4*BOSTON* MA*021103202~"));
        let mut rulebook = Rulebook::built_in();
        let judged_by = |rulebook: &Rulebook| judged(&text, rulebook);
        let both = judged_by(&rulebook);
        assert_eq!(both.verdict, SetVerdict::WithErrors(Vec::new()), "{:?}", both.faults);
        assert!(both.faults.iter().all(|fault| both.is_mended(fault)));
        let without = Arc::new(Profile::default());
        rulebook.payers.insert("OTHER".to_owned(), without);
        let one = judged_by(&rulebook);
        let SetVerdict::WithErrors(rejected) = &one.verdict else { panic!("{:?}", one.verdict) };
        assert_eq!(rejected.len(), 1);
        assert!(one.mended.holds(19) && !one.mended.holds(rejected[0]));
        // It rejects a claim, and so it is not only noted.
        assert!(!one.faults.iter().any(|fault| one.is_mended(fault)));
    }

    #[test]
    fn mends_claims_whose_faults_are_not_told() {
        // A level has room for a hundred claims: fifty lines with three faults each are enough.
        let line = |number: usize| {
            format!(
                "LX*{number}~SV1*HC:99213*$2*UN*1***1~DTP*472*D8*2026-10-06~DTP*463*D8*2026-10-05~"
            )
        };
        let lines: String = (1..=50).map(line).collect();
        let claims = FAULTS_MAX / 150 + 1;
        let claim =
            |number: usize| format!("CLM*B{number}*100***11:B:1*Y*A*Y*Y~HI*ABK:E119~{lines}");
        let more: String = (0..claims).map(claim).collect();
        let count = 31 + claims * 202;
        let text = Clean::Professional.text().replace("SE*31*", &format!("{more}SE*{count}*"));
        let judged = judged(&text, &Rulebook::built_in());
        assert_eq!(judged.walked.untold.count(), 50);
        assert!(judged.is_untold_mended());
        assert_eq!(judged.verdict, SetVerdict::WithErrors(Vec::new()));
        assert!(judged.mended.holds(31 + (claims as u32 - 1) * 202));
    }
}
