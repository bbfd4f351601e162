//! Every answer is read back with the reader that reads partners' answers, and laid against its
//! own guide: it may have no fault, however broken the file that it answers.

mod told;

use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::x214::{self, ClaimVerdict, LineVerdict, Receipt};
use super::x231::{self, Echo, GroupVerdict, SetJudgement};
use super::{Verdict, ta1};
use crate::compose::{Composer, Envelope};
use crate::delimiters::Delimiters;
use crate::fault::{Fault, GroupFault, Kind, Place};
use crate::guide::row::Tag;
use crate::interchange::{Group, Interchange, Set, read};
use crate::segment::Field;
use crate::value::{Day, Decimal};
use crate::view::answer::{claim_acks, implementation_ack, ta1s};
use crate::view::claim::claims;
use crate::walk::{Walked, walk};

/// Two claims of one office, the second for a child of the insured. Everything in it is made up.
const CLAIMS: &str = "\
ISA*00*          *00*          *ZZ*OFFICE         *ZZ*GATEWAY        *261028*0930*^*00501*000000007*0*T*:~
GS*HC*OFFICE*GATEWAY*20261028*0930*21*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*B1*20261028*0930*CH~
NM1*41*2*CEDAR BILLING*****46*CEDAR~
PER*IC*ANN LOW*TE*6175550142~
NM1*40*2*GATEWAY*****46*GATEWAY~
HL*1**20*1~
NM1*85*2*CEDAR CLINIC*****XX*1999001013~
N3*12 MAIN ST~
N4*BOSTON*MA*021103202~
REF*EI*043219876~
HL*2*1*22*1~
SBR*P**GRP1******CI~
NM1*IL*1*ROE*JANE****MI*W1~
NM1*PR*2*ACME HEALTH*****PI*ACME1~
HL*3*2*23*0~
PAT*19~
NM1*QC*1*ROE*TIM*A~
N3*1 ELM ST~
N4*BOSTON*MA*02110~
DMG*D8*20180101*M~
CLM*A1*100***11:B:1*Y*A*Y*Y~
HI*ABK:E119*ABF:I10~
LX*1~
SV1*HC:99213:25*60*UN*1***1:2~
DTP*472*D8*20261006~
REF*6R*A1-1~
LX*2~
SV1*HC:93000*40*UN*1***2~
DTP*472*RD8*20261006-20261008~
CLM*A2*75.5***11:B:1*Y*A*Y*Y~
REF*D9*T7~
HI*ABK:E119~
LX*1~
SV1*HC:99212*75.5*UN*1***1~
DTP*472*D8*20261007~
SE*36*0001~
GE*1*21~
IEA*1*000000007~
";

fn envelope() -> Envelope {
    Envelope {
        sender_qualifier: "ZZ".into(),
        sender: "GATEWAY".into(),
        receiver_qualifier: "ZZ".into(),
        receiver: "OFFICE".into(),
        application_sender: "GATEWAY".into(),
        application_receiver: "OFFICE".into(),
        day: Day::new(2026, 10, 28).expect("a day of the calendar"),
        time: "1015".into(),
        control_number: 88,
        wants_ta1: false,
        is_production: false,
    }
}

/// The only interchange of a file.
fn interchange(bytes: &[u8]) -> Interchange {
    let mut reading = read(&Bytes::copy_from_slice(bytes));
    let found = reading.interchanges.pop().expect("an interchange");
    assert!(reading.interchanges.is_empty(), "more than one interchange");
    found
}

/// `CLAIMS` after each `(from, to)` is replaced, with the count in its SE made right.
fn changed(changes: &[(&str, &str)]) -> Interchange {
    let text = changes.iter().fold(CLAIMS.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from} must stand in the file once");
        text.replace(from, to)
    });
    let line = |tag: &str| text.lines().position(|line| line.starts_with(tag)).unwrap_or_default();
    let count = line("SE*") + 1 - line("ST*");
    interchange(text.replace("SE*36*", &format!("SE*{count}*")).as_bytes())
}

/// Walks a set by the guide that it names, if we know it.
fn walked(interchange: &Interchange, group: &Group, set: &Set) -> Option<Walked> {
    let gs = interchange.group_header(group);
    let version = String::from_utf8_lossy(gs.text(8)).into_owned();
    let st = interchange.set_header(set);
    let guide = crate::guide::find(&version, &String::from_utf8_lossy(st.text(1)))?;
    Some(walk(interchange, set, guide))
}

/// What the gateway would find in each set of a group.
fn judgements(interchange: &Interchange, group: &Group) -> Vec<SetJudgement> {
    let judge = |set: &Set| {
        let of_walk = walked(interchange, group, set).map(|walked| walked.faults);
        let faults = set.faults.iter().copied().chain(of_walk.into_iter().flatten()).collect();
        SetJudgement { faults, is_tolerated: false }
    };
    group.sets.iter().map(judge).collect()
}

/// The faults of a group, with that of a guide which nobody knows.
fn group_faults(interchange: &Interchange, group: &Group) -> Vec<Fault> {
    let mut faults = group.faults.clone();
    let gs = interchange.group_header(group);
    let version = String::from_utf8_lossy(gs.text(8)).into_owned();
    if !crate::guide::ALL.iter().any(|it| it.id == version || it.also.contains(&&*version)) {
        faults.push(Fault {
            kind: Kind::Group(GroupFault::VersionUnsupported),
            place: Place { segment: 0, ..gs.place(8, 0) },
            loop_id: "",
            tag: Tag::new(b"GS"),
            name: "",
        });
    }
    faults
}

/// Answers every group of an interchange with a 999.
fn answer(answered: &Interchange, echo: Echo) -> (Vec<u8>, Vec<GroupVerdict>) {
    let mut composer = Composer::new(&envelope(), Delimiters::OURS);
    ta1::compose(&mut composer, answered, &answered.faults, &[]);
    let numbers = x231::group_numbers(answered);
    let verdicts = answered.groups.iter().zip(&numbers).map(|(group, number)| {
        let (faults, sets) = (group_faults(answered, group), judgements(answered, group));
        let numbered = (group, number.as_slice());
        x231::compose(&mut composer, &envelope(), answered, numbered, &faults, &sets, echo)
    });
    let verdicts = verdicts.collect();
    (composer.finish(), verdicts)
}

/// The faults of an answer, read back.
fn faults_of(answer: &[u8]) -> Vec<String> {
    let read_back = interchange(answer);
    let groups = || read_back.groups.iter();
    let sets = || groups().flat_map(|group| group.sets.iter().map(move |set| (group, set)));
    let of_walk = sets()
        .flat_map(|(group, set)| walked(&read_back, group, set).expect("a guide of ours").faults);
    read_back
        .faults
        .iter()
        .chain(groups().flat_map(|group| &group.faults))
        .chain(sets().flat_map(|(_, set)| &set.faults))
        .copied()
        .chain(of_walk)
        .map(|fault| format!("{} {fault}", fault.place.segment))
        .collect()
}

/// The segments of the first set of an answer, ST and SE aside.
fn segments(answer: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(answer);
    let inside = text.split('~').skip_while(|segment| !segment.starts_with("ST*")).skip(1);
    inside.take_while(|segment| !segment.starts_with("SE*")).map(str::to_owned).collect()
}

#[test]
fn takes_a_file_without_faults() {
    let (answer, verdicts) = answer(&changed(&[]), Echo::WrongValues);
    assert_eq!(faults_of(&answer), [""; 0]);
    assert_eq!(verdicts[0].code(), "A");
    assert_eq!(verdicts[0].sets, [Verdict::Accepted]);
    let expected = ["AK1*HC*21*005010X222A1", "AK2*837*0001*005010X222A1", "IK5*A", "AK9*A*1*1*1"];
    assert_eq!(segments(&answer), expected);
    assert!(String::from_utf8_lossy(&answer).contains("~TA1*000000007*261028*0930*A*000~GS*FA*"));
}

/// What is replaced, and by what.
type Changes = &'static [(&'static str, &'static str)];

/// A change of the file, and what stands between AK2 and AK9 then.
const BROKEN: &[(Changes, &[&str])] = &[
    (
        // An element with a component that is wrong, and a whole element that is.
        &[("CLM*A1*100***11:B:1*Y*A", "CLM*A1*1x0***11:9:1*Y*A")],
        &["IK3*CLM*21*2300*8", "CTX*CLM01:A1", "IK4*2*782*6*1x0", "IK4*5:2*1332*7*9", "IK5*R*5"],
    ),
    (
        // Missing values have nothing to repeat.
        &[("NM1*41*2*CEDAR BILLING*****46*CEDAR", "NM1*41*2******46*CEDAR")],
        &["IK3*NM1*3*1000A*8", "IK4*3*1035*1", "IK5*R*I5"],
    ),
    (
        // A segment that is missing stands behind the one before it.
        &[("DTP*472*D8*20261007~\n", "")],
        &["IK3*DTP*35*2400*I8", "CTX*CLM01:A2", "IK5*R*I5"],
    ),
    (
        // What no row of the guide uses has a position and no number.
        &[("HI*ABK:E119~", "HI*ABK:E119~\nZZZ9*1~\nZ*2~\nK3*A*B~")],
        &[
            "IK3*ZZZ*33*2300*1",
            "CTX*CLM01:A2",
            "IK3*Z?*34*2300*1",
            "CTX*CLM01:A2",
            "IK3*K3*35*2300*7",
            "CTX*CLM01:A2",
            "IK3*K3*35*2300*8",
            "CTX*CLM01:A2",
            "IK4*2*1333*I10*B",
            "IK5*R*5*I5",
        ],
    ),
    (
        // A loop without the segment that opens it.
        &[("NM1*QC*1*ROE*TIM*A~\n", "")],
        &["IK3*NM1*17*2010CA*3", "IK5*R*5"],
    ),
    (
        // What else such a loop lacks is missing at the same place.
        &[("NM1*85*2*CEDAR CLINIC*****XX*1999001013~\nN3*12 MAIN ST~\n", "")],
        &["IK3*NM1*7*2010AA*3", "IK3*N3*7*2010AA*I8", "IK5*R*5*I5"],
    ),
    (
        // The envelope has codes of its own.
        &[("SE*36*0001", "SE*36*0002"), ("BHT*0019*00*", "BHT*0019*99*")],
        &["IK3*BHT*2**8", "IK4*2*353*7*99", "IK5*R*5*3"],
    ),
    (
        // A repetition too many. Delimiters in a wrong value cannot be repeated.
        &[("SV1*HC:93000*40*UN*1***2", "SV1*HC:93000^HC:93001*40*UN*1***2")],
        &["IK3*SV1*28*2400*8", "CTX*CLM01:A1", "IK4*1::2**12*HC 93001", "IK5*R*5"],
    ),
];

#[test]
fn says_what_is_wrong_and_where() {
    for (changes, expected) in BROKEN {
        let answered = changed(changes);
        let (answer, verdicts) = answer(&answered, Echo::WrongValues);
        assert_eq!(faults_of(&answer), [""; 0], "{changes:?}");
        assert_eq!(verdicts[0].code(), "R");
        let all = segments(&answer);
        assert_eq!(all[2..all.len() - 1], **expected, "{changes:?}");
        assert_eq!(all.last().map(String::as_str), Some("AK9*R*1*1*0"));
    }
}

#[test]
fn says_once_that_a_set_names_another_guide() {
    let from = "ST*837*0001*005010X222A1";
    let answered = changed(&[(from, "ST*837*0001*005010X223A2")]);
    let group = answered.groups.first().expect("a group");
    let set = group.sets.first().expect("a set");
    let guide = crate::guide::find("005010X222A1", "837").expect("the guide that GS08 names");
    let mut faults = set.faults.clone();
    faults.extend(walk(&answered, set, guide).faults);
    let judgement = SetJudgement { faults, is_tolerated: false };
    let mut composer = Composer::new(&envelope(), Delimiters::OURS);
    let echo = Echo::WrongValues;
    let numbered = (group, &b"21"[..]);
    x231::compose(&mut composer, &envelope(), &answered, numbered, &[], &[judgement], echo);
    let said = segments(&composer.finish());
    assert!(said.iter().any(|one| one == "IK4*3*1705*I6*005010X223A2"), "{said:?}");
    assert!(said.iter().any(|one| one == "IK5*R*I5*I6"), "{said:?}");
}

#[test]
fn keeps_wrong_values_to_itself_when_told() {
    let answered = changed(&[("BHT*0019*00*", "BHT*0019*99*")]);
    let (answer, _) = answer(&answered, Echo::Nothing);
    assert!(segments(&answer).contains(&"IK4*2*353*7".to_owned()));
}

#[test]
fn takes_the_sets_that_are_sound() {
    let set = |text: &str| text.split_inclusive('\n').skip(2).take(36).collect::<String>();
    let second = set(CLAIMS).replace("*0001*", "*0002*").replace("SE*36*0001", "SE*36*0002");
    let broken = second.replace("*B1*", "**");
    let envelope = |sets: &str, count: u32| {
        let text = CLAIMS.replace(&set(CLAIMS), sets);
        interchange(text.replace("GE*1*", &format!("GE*{count}*")).as_bytes())
    };
    let (answer, verdicts) = answer(&envelope(&(set(CLAIMS) + &broken), 2), Echo::WrongValues);
    assert_eq!(faults_of(&answer), [""; 0]);
    assert_eq!(verdicts[0].sets, [Verdict::Accepted, Verdict::Rejected]);
    assert_eq!(segments(&answer).last().map(String::as_str), Some("AK9*P*2*2*1"));
}

#[test]
fn rejects_the_sets_of_a_faulty_group() {
    const AK2: &str = "AK2*837*0001*005010X222A1";
    const AK1: &str = "AK1*HC*21*005010X222A1";
    let unknown = ("21*X*005010X222A1", "21*X*006020X999A1B");
    for (change, expected) in [
        (("GE*1*21", "GE*3*21"), &[AK1, "AK9*R*3*1*0*5"][..]),
        (("GE*1*21~\n", ""), &[AK1, "AK9*R*1*1*0*3"]),
        (("*21*X*", "*x^9*X*"), &["AK1*HC*9*005010X222A1", "AK9*R*1*1*0*6*4"]),
        (unknown, &["AK1*HC*21*006020X999A1", AK2, "IK5*R*I6", "AK9*R*1*1*0*2"]),
        (("*21*X*005010X222A1", "**X"), &["AK1*HC*0*NONE", AK2, "IK5*R*I6", "AK9*R*1*1*0*6*4*2"]),
    ] {
        let (answer, verdicts) = answer(&changed(&[change]), Echo::WrongValues);
        assert_eq!(faults_of(&answer), [""; 0], "{change:?}");
        assert_eq!(verdicts[0].sets, [Verdict::Rejected], "{change:?}");
        assert_eq!(segments(&answer), expected, "{change:?}");
    }
}

#[test]
fn answers_a_file_cut_anywhere() {
    for end in 106..CLAIMS.len() {
        let (text, _) = CLAIMS.split_at(end);
        let answered = interchange(text.as_bytes());
        let (answer, verdicts) = answer(&answered, Echo::WrongValues);
        assert_eq!(faults_of(&answer), [""; 0], "cut at {end}");
        let is_whole = text.contains("IEA*1*000000007");
        assert_eq!(ta1::verdict(&answered.faults, &[]).is_accepted(), is_whole, "cut at {end}");
        let closed = text.contains("GE*1*21");
        assert!(closed || verdicts.iter().all(|verdict| verdict.code() == "R"), "cut at {end}");
    }
}

proptest::proptest! {
    #[test]
    fn answers_a_file_with_bytes_changed(
        changes in proptest::collection::vec((106..CLAIMS.len(), proptest::num::u8::ANY), 1..12),
        repeated in 0..40_usize,
        moved in 0..40_usize,
    ) {
        let mut lines: Vec<_> = CLAIMS.split_inclusive('\n').collect();
        let taken = lines.remove(1 + repeated % 37);
        lines.insert(1 + moved % 37, taken);
        lines.insert(1 + repeated % 37, taken);
        let mut bytes = lines.concat().into_bytes();
        for (at, byte) in changes {
            if let Some(old) = bytes.get_mut(at) {
                *old = byte;
            }
        }
        for answered in read(&Bytes::from(bytes)).interchanges {
            let (answer, _) = answer(&answered, Echo::WrongValues);
            let faults = faults_of(&answer);
            proptest::prop_assert!(faults.is_empty(), "{faults:?}");
            // Claims that a 999 rejects are not answered; but nothing here may panic either.
            for (group, set) in sets_of(&answered) {
                implementation_ack(&answered, set);
                if walked(&answered, group, set).is_some() {
                    answer_claims(&answered, &[accepted(), rejected(&["A7:1::", "+", "A6:1"])]);
                }
            }
        }
    }
}

#[test]
fn answers_with_a_ta1_alone() {
    let answered = interchange(CLAIMS.replace("000000007~", "000000008~").as_bytes());
    let mut composer = Composer::new(&envelope(), Delimiters::OURS);
    ta1::compose(&mut composer, &answered, &answered.faults, &[]);
    let answer = composer.finish();
    assert_eq!(faults_of(&answer), [""; 0]);
    let text = String::from_utf8_lossy(&answer).into_owned();
    assert!(text.ends_with("~TA1*000000007*261028*0930*R*001~IEA*0*000000088~"), "{text}");
}

#[test]
fn numbers_the_groups_of_an_answer_apart() {
    let group = CLAIMS.split_inclusive('\n').skip(1).take(38).collect::<String>();
    let two = group.clone() + &group.replace("*21", "*22");
    let text = CLAIMS.replace(&group, &two).replace("IEA*1*", "IEA*2*");
    let (answer, verdicts) = answer(&interchange(text.as_bytes()), Echo::WrongValues);
    assert_eq!(faults_of(&answer), [""; 0]);
    assert_eq!(verdicts.len(), 2);
}

#[test]
fn does_not_acknowledge_acknowledgments() {
    let (answer, _) = answer(&changed(&[]), Echo::WrongValues);
    let (claims, answer) = (changed(&[]), interchange(&answer));
    assert!(x231::is_wanted(&claims, &claims.groups[0]));
    assert!(!x231::is_wanted(&answer, &answer.groups[0]));
}

/// Answers the only set of `CLAIMS` after some changes with a 277CA, claim by claim.
fn answer_claims(answered: &Interchange, verdicts: &[ClaimVerdict]) -> Vec<u8> {
    let mut composer = Composer::new(&envelope(), Delimiters::OURS);
    composer.begin_group(&envelope(), x214::GROUP, x214::VERSION);
    for (group, set) in sets_of(answered) {
        let Some(walked) = walked(answered, group, set) else { continue };
        let of_set = claims(answered, set, &walked).zip(verdicts.iter().cloned().cycle());
        let of_set: Vec<_> = of_set.collect();
        x214::compose(&mut composer, answered, set, &walked, &of_set, &receipt());
    }
    composer.end_group();
    composer.finish()
}

fn sets_of(interchange: &Interchange) -> impl Iterator<Item = (&Group, &Set)> {
    interchange.groups.iter().flat_map(|group| group.sets.iter().map(move |set| (group, set)))
}

fn receipt() -> Receipt<'static> {
    Receipt {
        trace: "R88",
        received: Day::new(2026, 10, 28).expect("a day of the calendar"),
        processed: Day::new(2026, 10, 29).expect("a day of the calendar"),
        time: "0015",
        source_name: "GATEWAY",
        source_id: "GATEWAY",
    }
}

fn accepted() -> ClaimVerdict {
    ClaimVerdict { is_accepted: true, trace: "CG1".into(), ..ClaimVerdict::default() }
}

fn rejected(status: &[&str]) -> ClaimVerdict {
    let status = status.iter().map(|&text| text.to_owned()).collect();
    ClaimVerdict { status, ..ClaimVerdict::default() }
}

#[test]
fn answers_claims_level_by_level() {
    let lines = [1, 2, 9].map(|number| LineVerdict { number, status: vec!["A7:454".into()] });
    let note = Some("CG-1: 93000*25 is not a procedure".to_owned());
    let rejected = ClaimVerdict { lines: lines.into(), note, ..rejected(&[]) };
    let answer = answer_claims(&changed(&[]), &[rejected, accepted()]);
    assert_eq!(faults_of(&answer), [""; 0]);
    let expected = "\
BHT*0085*08*R88*20261029*0015*TH
HL*1**20*1
NM1*AY*2*GATEWAY*****46*GATEWAY
TRN*1*R88
DTP*050*D8*20261028
DTP*009*D8*20261029
HL*2*1*21*1
NM1*41*2*CEDAR BILLING*****46*CEDAR
TRN*2*B1
STC*A1:19:AY*20261029*WQ*175.5
QTY*90*1
QTY*AA*1
AMT*YU*75.5
AMT*YY*100
HL*3*2*19*1
NM1*85*2*CEDAR CLINIC*****XX*1999001013
TRN*1*R88-3
STC*A1:19:AY**WQ*175.5
QTY*QA*1
QTY*QC*1
AMT*YU*75.5
AMT*YY*100
HL*4*3*PT
NM1*QC*1*ROE*TIM*A***MI*W1
TRN*2*A1
STC*A3:247*20261029*U*100********CG-1  93000 25 is not a procedure
DTP*472*RD8*20261006-20261008
SVC*HC:99213:25*60*****1
STC*A7:454**U
REF*FJ*A1-1
DTP*472*D8*20261006
SVC*HC:93000*40*****1
STC*A7:454**U
REF*FJ*2
DTP*472*RD8*20261006-20261008
TRN*2*A2
STC*A1:19:PR*20261029*WQ*75.5
REF*D9*CG1
REF*D9*T7
DTP*472*D8*20261007";
    assert_eq!(segments(&answer).join("\n"), expected);
}

#[test]
fn gives_every_status_its_place() {
    for (verdict, expected) in [
        (rejected(&["A7:562:85"]), &["A7:562:85*20261029*U*100"][..]),
        (rejected(&["A7:562:85", "A6:128"]), &["A7:562:85*20261029*U*100******A6:128"]),
        (rejected(&["A7:1+A7:2+A7:3"]), &["A7:1*20261029*U*100******A7:2*A7:3"]),
        (
            // What one reason says is not torn apart.
            rejected(&["A7:1", "A7:2", "A7:3+A7:4"]),
            &["A7:1*20261029*U*100******A7:2", "A7:3*20261029*U*100******A7:4"],
        ),
        // A verdict and its statuses do not contradict each other.
        (rejected(&[]), &["A3:0*20261029*U*100"]),
        (rejected(&["A1:19"]), &["A3:0*20261029*U*100"]),
        (rejected(&["A7:21", "A7:21"]), &["A7:21*20261029*U*100******A7:0"]),
        (accepted(), &["A1:19:PR*20261029*WQ*100"]),
    ] {
        let answer = answer_claims(&changed(&[]), &[verdict, accepted()]);
        assert_eq!(faults_of(&answer), [""; 0], "{expected:?}");
        let all = segments(&answer);
        let of_claim = all.iter().skip_while(|segment| *segment != "TRN*2*A1").skip(1);
        let found: Vec<_> = of_claim.map_while(|segment| segment.strip_prefix("STC*")).collect();
        assert_eq!(found, expected);
    }
}

/// What holds for every 277CA, whatever it answers.
fn check_sums(answered: &Interchange, verdicts: &[ClaimVerdict]) {
    let read_back = interchange(&answer_claims(answered, verdicts));
    for ((group, set), (answer_group, answer_set)) in sets_of(answered).zip(sets_of(&read_back)) {
        let walked_answer = walked(&read_back, answer_group, answer_set).expect("a guide of ours");
        let acks = claim_acks(&read_back, answer_set, &walked_answer);
        let walked = walked(answered, group, set).expect("a guide of ours");
        let claims: Vec<_> = claims(answered, set, &walked).collect();
        let named: Vec<_> = acks
            .claims
            .iter()
            .map(|ack| (ack.patient_control_number.text(), ack.charge()))
            .collect();
        let sent: Vec<_> = claims
            .iter()
            .map(|claim| (claim.patient_control_number.text(), claim.total_charge.decimal()))
            .collect();
        assert_eq!(named, sent);
        for (ack, verdict) in acks.claims.iter().zip(verdicts.iter().cycle()) {
            assert_eq!(ack.is_accepted(), verdict.is_accepted);
            assert_eq!(ack.is_rejected(), !verdict.is_accepted);
            let action = if verdict.is_accepted { "WQ" } else { "U" };
            assert!(ack.statuses.iter().all(|status| status.action.is(action)));
            assert!(ack.statuses.iter().all(|status| status.day.is("20261029")));
        }
        let [batch] = &acks.batches[..] else { panic!("{} batches", acks.batches.len()) };
        let count = |field: Option<Field<'_>>| field.map_or(0, |it| it.text().parse().unwrap_or(0));
        let sum = |field: Option<Field<'_>>| field.and_then(|it| it.decimal()).unwrap_or_default();
        assert_eq!(count(batch.claims_accepted) + count(batch.claims_rejected), claims.len());
        let charges: Decimal = claims.iter().filter_map(|claim| claim.total_charge.decimal()).sum();
        assert_eq!(sum(batch.charges_accepted) + sum(batch.charges_rejected), charges);
    }
}

#[test]
fn sums_agree_with_the_claims() {
    let second_office = CLAIMS.split_inclusive('\n').skip(7).take(30).collect::<String>();
    let second_office = second_office
        .replace("HL*1*", "HL*4*")
        .replace("HL*2*1*", "HL*5*4*")
        .replace("HL*3*2*", "HL*6*5*");
    let answered = changed(&[("SE*36*", &(second_office + "SE*36*"))]);
    assert!(answered.groups.iter().all(|group| judgements(&answered, group)[0].faults.is_empty()));
    for pattern in 0..16_u8 {
        let verdict =
            |at: u8| if pattern >> at & 1 == 1 { accepted() } else { rejected(&["A6:1"]) };
        check_sums(&answered, &[0, 1, 2, 3].map(verdict));
    }
}

#[test]
fn repeats_charges_to_their_last_place() {
    for charge in ["120.001", "1234567890123", "9999999999999.999", "0120.50", "-.005"] {
        let answered = changed(&[("CLM*A1*100*", &format!("CLM*A1*{charge}*"))]);
        check_sums(&answered, &[rejected(&["A7:178"]), accepted()]);
        check_sums(&answered, &[rejected(&["A7:178"])]);
    }
    // What an element has no room for: sums of nineteen digits, and a charge that is no number.
    for (charge, sum) in [
        ("999999999999999999", "999999999999999999"),
        ("99999999999999999.9", "100000000000000075"),
    ] {
        let answered = changed(&[("CLM*A1*100*", &format!("CLM*A1*{charge}*"))]);
        let told = String::from_utf8(answer_claims(&answered, &[accepted()])).expect("text");
        assert!(told.contains(&format!("~AMT*YU*{sum}~")), "{told}");
    }
    let answered = changed(&[("CLM*A1*100*", "CLM*A1*1OO*")]);
    let told = String::from_utf8(answer_claims(&answered, &[rejected(&["A7:178"])]));
    assert!(told.is_ok_and(|told| told.contains("*U*0~") && told.contains("~AMT*YY*75.5~")));
}

#[test]
fn turns_a_whole_batch_away() {
    let answered = changed(&[]);
    let mut composer = Composer::new(&envelope(), Delimiters::OURS);
    composer.begin_group(&envelope(), x214::GROUP, x214::VERSION);
    for (group, set) in sets_of(&answered) {
        let walked = walked(&answered, group, set).expect("a guide of ours");
        let claims: Vec<_> = claims(&answered, set, &walked).collect();
        let status = ["A8:746:40".to_owned()];
        x214::compose_rejected(
            &mut composer,
            &answered,
            set,
            &walked,
            &claims,
            &status,
            &receipt(),
        );
    }
    composer.end_group();
    let answer = composer.finish();
    assert_eq!(faults_of(&answer), [""; 0]);
    let expected = [
        "HL*2*1*21*0",
        "NM1*41*2*CEDAR BILLING*****46*CEDAR",
        "TRN*2*B1",
        "STC*A8:746:40*20261029*U*175.5",
        "QTY*AA*2",
        "AMT*YY*175.5",
    ];
    assert_eq!(segments(&answer)[6..], expected);
}

/// Every file of a folder and of the folders in it.
fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Reads an interchange as claims and as each kind of acknowledgment, which may not panic. Claims
/// that a 999 accepts are answered with a 277CA, which may have no fault.
/// Gives how many were.
fn answer_whatever_it_is(interchange: &Interchange, path: &Path) -> usize {
    ta1s(interchange);
    for (group, set) in sets_of(interchange) {
        implementation_ack(interchange, set);
        if let Some(walked) = walked(interchange, group, set) {
            claim_acks(interchange, set, &walked);
        }
    }
    let is_sound = |group: &Group| {
        let is_claims = interchange.group_header(group).text(1) == b"HC";
        let sets = judgements(interchange, group);
        is_claims
            && group_faults(interchange, group).is_empty()
            && sets.iter().all(|set| x231::set_verdict(set).is_accepted())
            && group.sets.iter().all(|set| walked(interchange, group, set).is_some())
    };
    if interchange.groups.is_empty() || !interchange.groups.iter().all(is_sound) {
        return 0;
    }
    let verdicts = [accepted(), rejected(&["A7:562:85", "A6:128"])];
    let answer = answer_claims(interchange, &verdicts);
    assert_eq!(faults_of(&answer), [""; 0], "{}", path.display());
    check_sums(interchange, &verdicts);
    1
}

// Files that others have published stand beside this tree on some machines, never in it.
#[test]
fn answers_files_from_elsewhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let files = files_under(&folder);
    if files.is_empty() {
        println!("SKIPPED: there are no files from elsewhere on this machine");
    }
    let (mut answered, mut with_claims) = (0, 0);
    for path in files {
        let bytes = Bytes::from(std::fs::read(&path).expect("a readable file"));
        for interchange in read(&bytes).interchanges {
            let (answer, _) = answer(&interchange, Echo::WrongValues);
            // Groups and sets that the guide of the 999 does not list are named all the same.
            let faults = faults_of(&answer);
            assert_eq!(faults, [""; 0], "{}", path.display());
            with_claims += answer_whatever_it_is(&interchange, &path);
            answered += 1;
        }
    }
    println!("answered {answered} interchanges, {with_claims} of them claim by claim");
}
